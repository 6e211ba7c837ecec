# Strengths of five skills on D = 3000 samples, far beyond the stopping point of the other runs.
# reads: mlp-data-full mlp-data.summary
height = 4.4
load 'style.gp'
stats 'runs/mlp-data-full.tsv' using 1 name 'repeat' nooutput
stats 'runs/mlp-data.summary.tsv' using (column('D') == 3000 ? column('steps') : NaN) name 'stop' nooutput
set lmargin at screen left
set rmargin at screen right
set bmargin at screen bottom
set tmargin at screen top_with_keys
set xlabel 'epochs (one step on all samples each)'
set ylabel 'strength $R_k/S$'
set xrange [0:*]
set yrange [-0.05:1.08]
set ytics 0.2
eval skill_keys(3.3, 1.9)
unset key
set arrow from stop_mean, graph 0 to stop_mean, graph 1 nohead dt 3 lc rgb grey
set label 'others stop here' at stop_mean, graph 0.6 offset 0.6,0 left tc rgb grey
plot for [r=1:repeat_max] for [k=1:5] 'runs/mlp-data-full.tsv' using (column('repeat') == r ? column('steps') : NaN):R(k) \
         with linespoints pt mark[k] ps 0.3 lw 0.7 lc rgb colour[k]
