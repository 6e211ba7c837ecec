# Emergence in time, data and parameters: networks (mean, standard deviation shaded) and the
# extended model with the authors' constants (dashed).
# reads: mlp-time.summary strength-extended mlp-data.summary strength-extended-data mlp-width.summary strength-extended-width
height = 6.6
load '../../figures/style.gp'
set multiplot layout 1,3 margins left,right,bottom,top spacing 0.04,0
set yrange [-0.03:1.1]
set ylabel 'strength $R_k/S$' offset 1,0
set xlabel 'training time $T$'
set xtics 0,5000,15000
plot for [k=1:5] 'runs/mlp-time.summary.tsv' using 1:(column(3+2*k)-column(4+2*k)):(column(3+2*k)+column(4+2*k)) with filledcurves \
         fs transparent solid 0.22 noborder lc rgb colour[k] notitle, \
     for [k=1:5] 'runs/mlp-time.summary.tsv' using 1:3+2*k with lines lc rgb colour[k] notitle, \
     for [k=1:5] 'runs/strength-extended.tsv' using 1:1+k with lines dt 2 lc rgb 'black' notitle
unset ylabel
set format y ''
set logscale x
set xtics auto
set format x power_of_ten
set xlabel 'training samples $D$'
set xrange [400:40000]
plot for [k=1:5] 'runs/mlp-data.summary.tsv' using 1:(column(5+2*k)-column(6+2*k)):(column(5+2*k)+column(6+2*k)) with filledcurves \
         fs transparent solid 0.22 noborder lc rgb colour[k] notitle, \
     for [k=1:5] 'runs/mlp-data.summary.tsv' using 1:5+2*k with linespoints pt 7 ps 0.25 lc rgb colour[k] notitle, \
     for [k=1:5] 'runs/strength-extended-data.tsv' using 1:1+k with lines dt 2 lc rgb 'black' notitle
unset logscale x
set format x '%g'
set xlabel 'hidden units $N$'
set xrange [0:21]
unset key
plot for [k=1:5] 'runs/mlp-width.summary.tsv' using 1:(column(4+2*k)-column(5+2*k)):(column(4+2*k)+column(5+2*k)) with filledcurves \
         fs transparent solid 0.22 noborder lc rgb colour[k] notitle, \
     for [k=1:5] 'runs/mlp-width.summary.tsv' using 1:4+2*k with linespoints pt 7 ps 0.25 lc rgb colour[k] title sprintf('skill %d', k), \
     for [k=1:5] 'runs/strength-extended-width.tsv' using 1:1+k with lines dt 2 lc rgb 'black' notitle
unset multiplot
