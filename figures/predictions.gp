# Emergence of five skills, predicted from one skill against measured, in each resource.
# reads: one-skill-time one-skill-data one-skill-width mlp-time mlp-data mlp-width
height = 6.6
load '../../figures/style.gp'
set multiplot layout 1,3 margins left,right,bottom,top_with_title spacing 0.06,0
array name[3] = ['kappa', 'dc_loss', 'nc']
array title_of[3] = ['time $T$', 'data $D$', 'hidden units $N$']
array low[3] = [500, 300, 1]
array high[3] = [30000, 60000, 30]
set logscale xy
set format xy power_of_ten
measured(i, k) = value(sprintf('predict_%s_%d_measured', name[i], k))
predicted(i, k) = value(sprintf('predict_%s_%d_predicted', name[i], k))
set ylabel 'measured' offset 1,0
set xlabel 'predicted'
unset key
do for [i=1:3] {
    set title title_of[i] offset 0,-0.5
    set xrange [low[i]:high[i]]
    set yrange [low[i]:high[i]]
    if (i > 1) { unset ylabel }
    plot x with lines dt 2 lc rgb 'black', \
         for [k=1:5] '+' using (predicted(i, k)):(measured(i, k)) every ::0::0 with points pt 7 ps 0.5 lc rgb colour[k]
}
unset multiplot
