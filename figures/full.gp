# Strengths of five skills on D = 3000 samples, far beyond the stopping point of the other runs.
# reads: mlp-data-full
height = 5.4
load '../../figures/style.gp'
set xlabel 'epochs'
set ylabel 'strength $R_k/S$' offset 1,0
set yrange [-0.05:1.05]
set key outside top center horizontal
plot for [k=1:5] 'runs/mlp-data-full.tsv' using (column(1) == 1 ? column(3) : NaN):4+k with lines lc rgb colour[k] title sprintf('skill %d', k), \
     for [k=1:5] '' using (column(1) == 2 ? column(3) : NaN):4+k with lines dt 2 lc rgb colour[k] notitle
