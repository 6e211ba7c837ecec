# Emergence in time, data and parameters: networks (lines: means; points: single runs; shaded:
# standard deviation, from eight repeats on) under the extended model with the authors' constants.
# reads: mlp-time.summary strength-extended mlp-data mlp-data.summary strength-extended-data mlp-width mlp-width.summary strength-extended-width
height = 5.8
load 'style.gp'
stats 'runs/mlp-data.tsv' using 1 name 'data' nooutput
stats 'runs/mlp-width.tsv' using 1 name 'width' nooutput
stats 'runs/mlp-width.tsv' using (column('T')) name 'last' nooutput
set multiplot layout 1,3 margins left,right,bottom,top_with_both spacing 0.025,0
eval skill_keys(1.9, 1.9)
eval model_key(11.4)
unset key
set logscale x
set format x power_of_ten
set yrange [-0.06:1.12]
set ytics 0.2
set title 'time'
set xlabel 'training time $T$ (steps)'
set ylabel 'strength $R_k/S$'
set xrange [400:2e4]
plot for [k=1:5] 'runs/mlp-time.summary.tsv' using (positive(column(1))):(mean(R(k)) - spread(R(k))):(mean(R(k)) + spread(R(k))) \
         with filledcurves fs transparent solid 0.25 noborder lc rgb colour[k], \
     for [k=1:5] '' using 1:(mean(R(k))) with lines lc rgb colour[k], \
     for [k=1:5] 'runs/strength-extended.tsv' using 1:R(k) with lines dt 2 lc rgb 'black'
eval keys_end
unset ylabel
set format y ''
set title 'data'
set xlabel 'training samples $D$'
set xrange [400:4e4]
plot for [k=1:5] 'runs/mlp-data.summary.tsv' using (positive(column(1))):(mean(R(k)) - spread(R(k))):(mean(R(k)) + spread(R(k))) \
         with filledcurves fs transparent solid 0.25 noborder lc rgb colour[k], \
     for [k=1:5] 'runs/mlp-data.tsv' using (column('D') * 1.03**aside(column('repeat'), data_max)):R(k) \
         with points pt mark[k] ps 0.3 lc rgb colour[k], \
     for [k=1:5] 'runs/mlp-data.summary.tsv' using 1:(mean(R(k))) with lines lc rgb colour[k], \
     for [k=1:5] 'runs/strength-extended-data.tsv' using 1:R(k) with lines dt 2 lc rgb 'black'
set title 'parameters'
set xlabel 'hidden units $N$'
set format x '$%g$'
set xtics (1, 2, 5, 10, 20)
set xrange [1:22]
plot for [k=1:5] 'runs/mlp-width.tsv' using (at_end(column('N') * 1.04**aside(column('repeat'), width_max))):R(k) \
         with points pt mark[k] ps 0.25 lc rgb pale(k), \
     for [k=1:5] 'runs/mlp-width.summary.tsv' using 1:(mean(R(k))) with lines lc rgb colour[k], \
     for [k=1:5] 'runs/strength-extended-width.tsv' using 1:R(k) with lines dt 2 lc rgb 'black'
unset multiplot
