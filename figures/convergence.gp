# Convergence to the closed form: integrators and descent (left), descent on random batches (right).
# reads: convergence
height = 6.4
load '../../figures/style.gp'
set multiplot layout 1,2 margins left,right,bottom,top spacing 0.12,0
table = 'runs/convergence.tsv'
set logscale xy
set format xy power_of_ten
set xlabel 'steps at fixed $\eta T$'
set ylabel 'largest error $|R - R_{\mathrm{flow}}|/S$' offset 1,0
set xrange [3:3000]
set yrange [1e-16:1e8]
set key top right
plot table using 1:2 with points pt 7 ps 0.4 lc rgb colour[1] title 'gradient descent', \
     table using 1:3 with points pt 5 ps 0.4 lc rgb colour[2] title 'order 4', \
     table using 1:4 with points pt 9 ps 0.5 lc rgb colour[3] title 'order 8', \
     6.9/x with lines dt 3 lc rgb colour[1] notitle, \
     1.7/x**4 with lines dt 3 lc rgb colour[2] notitle, \
     0.05/x**8 with lines dt 3 lc rgb colour[3] notitle
set ylabel 'error and spread of $R_1/S$' offset 2,0
set yrange [1e-3:30]
set key top right
plot table using 1:(abs($5)):6 with yerrorbars pt 7 ps 0.3 lw 0.7 lc rgb colour[1] title 'error of the mean', \
     table using 1:(abs($7)) with lines lc rgb colour[1] notitle, \
     table using 1:8 with points pt 5 ps 0.4 lc rgb colour[2] title 'spread', \
     table using 1:9 with lines lc rgb colour[2] notitle
unset multiplot
