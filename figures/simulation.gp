# The multilinear model: stochastic gradient descent (points, mean over repeats and its standard
# error) against the closed forms (lines), for time and for data.
# reads: multilinear-time.summary strength-multilinear-time multilinear-data.summary strength-multilinear-data
height = 6.6
load '../../figures/style.gp'
set multiplot layout 1,2 margins left,right,bottom,top spacing 0.07,0
set logscale x
set format x power_of_ten
set yrange [-0.02:1.05]
unset key
set ylabel 'strength $R_k/S$' offset 1,0
set xlabel 'training time $T$'
set xrange [25:3000]
plot for [k=1:5] 'runs/strength-multilinear-time.tsv' using 1:1+k with lines lc rgb colour[k] notitle, \
     for [k=1:5] 'runs/multilinear-time.summary.tsv' using 2:4+2*k:(column(5+2*k)/sqrt(column(3))) every 4 with yerrorbars \
         pt 7 ps 0.25 lw 0.6 lc rgb colour[k] notitle
unset ylabel
set xlabel 'training samples $D$'
set key bottom right
set xrange [0.9:1100]
plot for [k=1:5] 'runs/strength-multilinear-data.tsv' using 1:1+k with lines lc rgb colour[k] title sprintf('$k = %d$', k), \
     for [k=1:5] 'runs/multilinear-data.summary.tsv' using 1:(column(2) > 0 ? column(4+2*k) : NaN):(column(5+2*k)/sqrt(column(3))) with yerrorbars \
         pt 7 ps 0.25 lw 0.6 lc rgb colour[k] notitle
unset multiplot
