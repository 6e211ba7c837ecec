# Convergence to the closed form: integrators and descent (left), descent on random batches (right).
# reads: convergence
height = 5.6
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,top_with_keys spacing 0.11,0
table = 'runs/convergence.tsv'
set logscale xy
set format xy power_of_ten
set xlabel 'steps at fixed $\eta T$'
set ylabel 'largest error $|R - R_{\mathrm{flow}}|/S$' offset 2.9,0
set xrange [3:3000]
set yrange [1e-16:100]
set ytics 1e4
eval key_above(1.3, 'descent', '', sprintf('pt 7 ps 0.4 lc rgb %d', colour[1]))
eval key_above(3.4, 'order 4', '', sprintf('pt 5 ps 0.4 lc rgb %d', colour[2]))
eval key_above(5.5, 'order 8', '', sprintf('pt 13 ps 0.5 lc rgb %d', colour[3]))
eval key_above(8.6, 'error of the mean', sprintf('lc rgb %d', colour[1]), sprintf('pt 7 ps 0.4 lc rgb %d', colour[1]))
eval key_above(12, 'spread', sprintf('lc rgb %d', colour[2]), sprintf('pt 5 ps 0.4 lc rgb %d', colour[2]))
unset key
plot table using 1:2 with points pt 7 ps 0.4 lc rgb colour[1], \
     table using 1:3 with points pt 5 ps 0.4 lc rgb colour[2], \
     table using 1:4 with points pt 13 ps 0.5 lc rgb colour[3], \
     6.9/x with lines dt 3 lc rgb colour[1], \
     1.7/x**4 with lines dt 3 lc rgb colour[2], \
     0.05/x**8 with lines dt 3 lc rgb colour[3]
eval keys_end
set ylabel 'error and spread of $R_1/S$' offset 2,0
set yrange [1e-3:3]
set ytics 10
plot table using 1:(abs($5)):6 with yerrorbars pt 7 ps 0.3 lw 0.7 lc rgb colour[1], \
     table using 1:(abs($7)) with lines lc rgb colour[1], \
     table using 1:8 with points pt 5 ps 0.4 lc rgb colour[2], \
     table using 1:9 with lines lc rgb colour[2]
unset multiplot
