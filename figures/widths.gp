# Strength against hidden units for two learning rates of Adam: single runs (points, set apart by
# skill and repeat) and means (lines), under the extended model.
# reads: mlp-width mlp-width.summary mlp-width-fast mlp-width-fast.summary strength-extended-width
height = 5.8
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,top_with_both spacing 0.03,0
set yrange [-0.06:1.12]
set ytics 0.2
set xrange [0:22]
set xlabel 'hidden units $N$'
set ylabel 'strength $R_k/S$'
eval skill_keys(1.9, 1.9)
eval model_key(11.4)
unset key
do for [run in 'mlp-width mlp-width-fast'] {
    set title (run eq 'mlp-width' ? '$\eta = 0.01$' : '$\eta = 0.05$')
    stats 'runs/'.run.'.tsv' using 1 name 'repeat' nooutput
    stats [*:*] [*:*] 'runs/'.run.'.tsv' using (column('T')) name 'last' nooutput
    plot for [k=1:5] 'runs/'.run.'.tsv' using (at_end(column('N') + 0.24 * (k - 3) + 0.1 * aside(column('repeat'), repeat_max))):R(k) \
             with points pt mark[k] ps 0.3 lc rgb colour[k], \
         for [k=1:5] 'runs/'.run.'.summary.tsv' using 1:(mean(R(k))) with lines lc rgb colour[k], \
         for [k=1:5] 'runs/strength-extended-width.tsv' using 1:R(k) with lines dt 2 lc rgb 'black'
    eval keys_end
    unset ylabel
    set format y ''
}
unset multiplot
