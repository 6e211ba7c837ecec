# Five skills over time: the multilinear model (sigmoids, one after the other) and the linear model.
# reads: strength-multilinear strength-linear
height = 5
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,top_with_both spacing 0.03,0
set logscale x
set format x power_of_ten
set xrange [1:9e3]
set yrange [0:1.05]
set xlabel 'training time $T$'
set ylabel 'strength $R_k/S$'
set title 'multilinear'
key_points = 0
eval skill_keys(3.3, 1.9)
unset key
plot for [k=1:5] 'runs/strength-multilinear.tsv' using 1:R(k) with lines lc rgb colour[k]
eval keys_end
unset ylabel
set format y ''
set title 'linear'
plot for [k=1:5] 'runs/strength-linear.tsv' using 1:R(k) with lines lc rgb colour[k]
unset multiplot
