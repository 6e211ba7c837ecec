# Monte Carlo with all three resources finite against L(T, D, N): loss against time for three D and
# three N.
# reads: resources-3.summary resources-10.summary resources-30.summary loss-simulated
height = 5.6
load '../../figures/style.gp'
set multiplot layout 1,3 margins left,right,bottom,top_with_title spacing 0.03,0
sizes = '3 10 30'
samples = '10 100 1000'
set logscale y
set xrange [0:5000]
set xtics 2000
set yrange [0.05:1]
set xlabel 'training steps $T$'
set ylabel 'loss $L/(S^2/2)$' offset 1,0
do for [d=1:3] {
    set title sprintf('$D = %s$', word(samples, d)) offset 0,-0.5
    if (d > 1) { unset ylabel; set format y '' }
    if (d < 3) { unset key } else { set key at graph 0.98,0.97 right top }
    plot for [n=1:3] 'runs/loss-simulated.tsv' using (column(2) == int(word(samples, d)) && column(3) == int(word(sizes, n)) ? column(1) : NaN):(2 * column(4)) \
             with lines lc rgb colour[n] notitle, \
         for [n=1:3] sprintf('runs/resources-%s.summary.tsv', word(sizes, n)) using (column(1) == int(word(samples, d)) ? column(2) : NaN):4:(column(5) / sqrt(column(3))) \
             with yerrorbars pt 7 ps 0.25 lw 0.7 lc rgb colour[n] title sprintf('$N = %s$', word(sizes, n))
}
unset multiplot
