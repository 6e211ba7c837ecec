# Five skills over time: the multilinear model (sigmoids, one after the other) and the linear model.
# reads: strength-multilinear strength-linear
height = 6.2
load '../../figures/style.gp'
set multiplot layout 1,2 margins left,right,bottom,top_with_title spacing 0.04,0
set logscale x
set format x power_of_ten
set xrange [1:2e4]
set yrange [0:1.05]
set xlabel 'training time $T$'
set ylabel 'strength $R_k/S$' offset 1,0
set title 'multilinear' offset 0,-0.5
set key top left
plot for [k=1:5] 'runs/strength-multilinear.tsv' using 1:1+k with lines lc rgb colour[k] title sprintf('$k = %d$', k)
unset ylabel
set format y ''
set title 'linear' offset 0,-0.5
plot for [k=1:5] 'runs/strength-linear.tsv' using 1:1+k with lines lc rgb colour[k] notitle
unset multiplot
