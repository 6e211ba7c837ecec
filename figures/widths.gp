# Strength against hidden units for two learning rates of Adam.
# reads: mlp-width.summary mlp-width-fast.summary strength-extended-width
height = 6.4
load '../../figures/style.gp'
set multiplot layout 1,2 margins left,right,bottom,top_with_title spacing 0.04,0
set yrange [-0.1:1.2]
set xrange [0:21]
set xlabel 'hidden units $N$'
set ylabel 'strength $R_k/S$' offset 1,0
unset key
do for [run in 'mlp-width mlp-width-fast'] {
    set title (run eq 'mlp-width' ? '$\eta = 0.01$' : '$\eta = 0.05$') offset 0,-0.5
    plot for [k=1:5] 'runs/'.run.'.summary.tsv' using 1:(column(4+2*k)-column(5+2*k)):(column(4+2*k)+column(5+2*k)) with filledcurves \
             fs transparent solid 0.18 noborder lc rgb colour[k] notitle, \
         for [k=1:5] '' using 1:4+2*k with linespoints pt 7 ps 0.25 lc rgb colour[k] title sprintf('skill %d', k), \
         for [k=1:5] 'runs/strength-extended-width.tsv' using 1:1+k with lines dt 2 lc rgb 'black' notitle
    unset ylabel
    unset key
    set format y ''
}
unset multiplot
