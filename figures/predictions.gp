# Emergence of five skills, predicted from one skill against measured, in each resource: of the mean
# (points), and from the first to the last of the single runs (bars; to the edge if one has none).
# reads: mlp-time mlp-data mlp-width
height = 6
load 'style.gp'
array name[3] = ['kappa', 'dc_loss', 'nc']
runs = 'mlp-time mlp-data mlp-width'
resources = 'T D N'
array title_of[3] = ['time $T$ (steps)', 'data $D$ (samples)', 'hidden units $N$']
array low[3] = [500, 500, 1]
array high[3] = [30000, 30000, 30]
seen(x, otherwise) = x == x ? x : otherwise
outside = 1e-9 # where no axis reaches
measured(i, k) = seen(value(sprintf('predict_%s_%d_measured', name[i], k)), outside)
predicted(i, k) = seen(value(sprintf('predict_%s_%d_predicted', name[i], k)), outside)

# Where the strength of a run first passes one half, between two of its points.
follow(x, y) = (emerged = emerged == 0 && y >= 0.5 ? x_before + (x - x_before) * (0.5 - y_before) / (y - y_before) : emerged, \
    x_before = x, y_before = y, 0)
array first[15]
array last[15]
do for [i=1:3] {
    table = 'runs/'.word(runs, i).'.tsv'
    stats table using 1 name 'repeat' nooutput
    do for [k=1:5] {
        at = 5 * (i - 1) + k
        first[at] = high[i]
        last[at] = 0
        do for [r=1:repeat_max] {
            emerged = 0; x_before = 0; y_before = 0
            stats table using (column('repeat') == r ? follow(column(word(resources, i)), column(R(k))) : 0) nooutput
            if (emerged > 0 && emerged < first[at]) { first[at] = emerged }
            if (emerged == 0) { emerged = high[i] }
            if (emerged > last[at]) { last[at] = emerged }
        }
    }
}
set multiplot layout 1,3 margins left,right,bottom,top_with_both spacing 0.06,0
set logscale xy
set format xy power_of_ten
set ylabel 'measured'
set xlabel 'predicted'
eval skill_keys(2.2, 1.9)
eval key_above(11.7, 'equal', 'dt 2 lc rgb "black"', '')
unset key
do for [i=1:3] {
    set title title_of[i]
    set xrange [low[i]:high[i]]
    set yrange [low[i]:high[i]]
    if (i == 3) { set format xy '$%g$'; set xtics (1, 2, 5, 10, 20); set ytics (1, 2, 5, 10, 20) }
    plot x with lines dt 2 lc rgb 'black', \
         for [k=1:5] '+' every ::0::0 using (predicted(i, k)):(measured(i, k)):(first[5*(i-1)+k]):(last[5*(i-1)+k]) \
             with yerrorbars pt mark[k] ps 0.5 lw 0.7 lc rgb colour[k]
    eval keys_end
    unset ylabel
}
unset multiplot
