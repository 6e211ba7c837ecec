# Monte Carlo with all three resources finite (points: mean over data sets and its standard error)
# under L(T, D, N): loss against time for three D and three N.
# reads: resources-3.summary resources-10.summary resources-30.summary loss-simulated
height = 5.2
load 'style.gp'
set multiplot layout 1,3 margins left,right,bottom,top_with_both spacing 0.03,0
sizes = '3 10 30'
samples = '10 100 1000'
# Points may cover each other.
array point[3] = [7, 4, 6]
array size[3] = [0.3, 0.4, 0.6]
set logscale y
set xrange [0:4900]
set xtics 2000
set yrange [0.05:1]
set ytics (0.05, 0.1, 0.2, 0.5, 1)
set xlabel 'training steps $T$'
set ylabel 'loss $L/(S^2/2)$'
do for [n=1:3] {
    eval key_above(1.7 + 2.4 * n, sprintf('$N = %s$', word(sizes, n)), '', sprintf('pt %d ps %g lc rgb %d', point[n], size[n], colour[n]))
}
eval key_above(11, '$L(T, D, N)$', 'lc rgb "black"', '')
unset key
is(d, n) = column('D') == int(word(samples, d)) && (n == 0 || column('N') == int(word(sizes, n)))
do for [d=1:3] {
    set title sprintf('$D = %s$', word(samples, d))
    if (d > 1) { unset ylabel; set format y '' }
    plot for [n=3:1:-1] sprintf('runs/resources-%s.summary.tsv', word(sizes, n)) \
             using (is(d, 0) ? column('T') : NaN):(mean('loss')):(column('loss_sd') / sqrt(column('repeats'))) \
             with yerrorbars pt point[n] ps size[n] lw 0.7 lc rgb colour[n], \
         for [n=1:3] 'runs/loss-simulated.tsv' using (is(d, n) ? column('T') : NaN):(2 * column('loss')) \
             with lines lw 0.6 lc rgb 'black'
    eval keys_end
}
unset multiplot
