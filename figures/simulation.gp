# The multilinear model: stochastic gradient descent (points, mean over repeats and its standard
# error) under the closed forms (lines), for time and for data.
# reads: multilinear-time.summary strength-multilinear-time multilinear-data.summary strength-multilinear-data
height = 5.6
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,top_with_keys spacing 0.03,0
error(k) = column(R(k).'_sd') / sqrt(column('repeats'))
set logscale x
set format x power_of_ten
set yrange [-0.03:1.08]
set errorbars small
eval skill_keys(1.9, 1.9)
eval key_above(11.4, 'closed form', 'lc rgb "black"', '')
unset key
set ylabel 'strength $R_k/S$'
set xlabel 'training time $T$'
set xrange [25:3000]
plot for [k=1:5] 'runs/multilinear-time.summary.tsv' using (positive(column('T'))):(mean(R(k))):(error(k)) every 4 with yerrorbars \
         pt mark[k] ps 0.4 lw 0.8 lc rgb colour[k], \
     for [k=1:5] 'runs/strength-multilinear-time.tsv' using 1:R(k) with lines lw 0.5 lc rgb 'black'
eval keys_end
unset ylabel
set format y ''
set xlabel 'training samples $D$'
set xrange [0.9:200]
plot for [k=1:5] 'runs/multilinear-data.summary.tsv' using (column('T') > 0 ? column('D') : NaN):(mean(R(k))):(error(k)) with yerrorbars \
         pt mark[k] ps 0.4 lw 0.8 lc rgb colour[k], \
     for [k=1:5] 'runs/strength-multilinear-data.tsv' using 1:R(k) with lines lw 0.5 lc rgb 'black'
unset multiplot
