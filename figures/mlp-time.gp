# Time emergence of five skills in the two-layer network (mean, and standard deviation over repeats
# shaded) against the extended model.
# reads: mlp-time.summary strength-extended
height = 7
load '../../figures/style.gp'
set yrange [-0.03:1.08]
set xrange [0:20000]
set xlabel 'training time $T$ (steps)'
set ylabel 'strength $R_k/S$' offset 1,0
set key outside top center horizontal
data = 'runs/mlp-time.summary.tsv'
plot for [k=1:5] data using 1:(column(3+2*k)-column(4+2*k)):(column(3+2*k)+column(4+2*k)) with filledcurves \
         fs transparent solid 0.22 noborder lc rgb colour[k] notitle, \
     for [k=1:5] data using 1:3+2*k with lines lc rgb colour[k] title sprintf('skill %d', k), \
     for [k=1:5] 'runs/strength-extended.tsv' using 1:1+k with lines dt 2 lw 1.2 lc rgb 'black' \
         title (k == 1 ? 'extended model' : '')
