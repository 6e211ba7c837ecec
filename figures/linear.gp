# Modes of a linear network (integrated, and their logistics); three skills in the multilinear model
# and in the linear model.
# reads: modes counts-multilinear counts-linear
height = 5
load 'style.gp'
set multiplot layout 1,3 margins left,right,bottom,top_with_both spacing 0.03,0
set xrange [0:100]
set xtics 0,20,80
set yrange [0:1.05]
set xlabel 'training time $T$'
set ylabel 'strength'
unset key
# Curves have their labels beside them.
near(k, x, y, text) = sprintf('set label 1%d ''$%s$'' at %g,%g left front textcolor rgb %d; ', k, text, x, y, colour[k])
eval key_above(1.2, 'closed form', 'dt 3 lc rgb "black"', '')
set title 'linear network, $\lambda_k$'
eval near(1, 20, 0.5, '1').near(2, 36, 0.5, '\frac12').near(3, 64, 0.5, '\frac14')
plot for [k=1:3] 'runs/modes.tsv' using 1:(column(sprintf('M_%d', k))) with lines lc rgb colour[k], \
     for [k=1:3] '' using 1:(column(sprintf('C_%d', k))) with lines dt 3 lc rgb 'black'
eval keys_end
unset ylabel
set format y ''
set title 'multilinear, $d_k/D$'
eval near(1, 15, 0.8, '0.5').near(2, 33.5, 0.8, '0.2').near(3, 64, 0.8, '0.1')
plot for [k=1:3] 'runs/counts-multilinear.tsv' using 1:(column(R(k))) with lines lc rgb colour[k]
unset label
set title 'linear, $d_k/D$'
set key bottom right
array share[3] = ['0.5', '0.2', '0.1']
plot for [k=1:3] 'runs/counts-linear.tsv' using 1:(column(R(k))) with lines lc rgb colour[k] title '$'.share[k].'$'
unset multiplot
