# Networks at the article's settings: strength against time from two starts, under the printed curve,
# and against hidden units.
# reads: article-time.summary strength-article article-small.summary strength-article-small article-width article-width.summary strength-extended-width
height = 5.8
load 'style.gp'
stats 'runs/article-width.tsv' using 1 name 'width' nooutput
stats 'runs/article-width.tsv' using (column('T')) name 'last' nooutput
set multiplot layout 1,3 margins left,right,bottom,top_with_both spacing 0.025,0
eval skill_keys(1.9, 1.9)
eval model_key(11.4)
unset key
set logscale x
set format x power_of_ten
set yrange [-0.06:1.12]
set ytics 0.2
set xrange [400:3e4]
set xlabel 'training time $T$ (steps)'
set ylabel 'strength $R_k/S$'
do for [run in 'time small'] {
    set title (run eq 'time' ? '$\sigma = 0.01$' : '$\sigma = 0.001$')
    model = 'runs/strength-article'.(run eq 'time' ? '' : '-small').'.tsv'
    plot for [k=1:5] 'runs/article-'.run.'.summary.tsv' using (positive(column(1))):(mean(R(k)) - spread(R(k))):(mean(R(k)) + spread(R(k))) \
             with filledcurves fs transparent solid 0.25 noborder lc rgb colour[k], \
         for [k=1:5] '' using (positive(column(1))):(mean(R(k))) with lines lc rgb colour[k], \
         for [k=1:5] model using 1:R(k) with lines dt 2 lc rgb 'black'
    eval keys_end
    unset ylabel
    set format y ''
}
set title 'hidden units'
set xlabel 'hidden units $N$'
set format x '$%g$'
set xtics (1, 2, 5, 10, 20)
set xrange [1:22]
plot for [k=1:5] 'runs/article-width.tsv' using (at_end(column('N') * 1.04**aside(column('repeat'), width_max))):R(k) \
         with points pt mark[k] ps 0.25 lc rgb pale(k), \
     for [k=1:5] 'runs/article-width.summary.tsv' using 1:(mean(R(k))) with lines lc rgb colour[k], \
     for [k=1:5] 'runs/strength-extended-width.tsv' using 1:R(k) with lines dt 2 lc rgb 'black'
unset multiplot
