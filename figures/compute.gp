# Loss against compute: the learning curve of each N, the optimum, our law and the authors' constant.
# reads: law-curves-0.3 law-curves-0.6 law-curves-0.9 law-compute-0.3 law-compute-0.6 law-compute-0.9
height = 5.4
load 'style.gp'
set multiplot layout 1,3 margins left,right,bottom,top_with_title spacing 0.03,0
set logscale xy
set format xy power_of_ten
set xrange [1e2:1e9]
set yrange [4e-3:20]
set xtics 100
alphas = '0.3 0.6 0.9'
widths = '11 21 51 71 101 201 501 701 1001 2001 5001 10001'
key(i) = 'law_compute_'.word('0_3 0_6 0_9', i)
authors(i, C) = value(key(i).'_authors') * C**-value(key(i).'_slope')
set xlabel 'compute $C = N T$'
set key bottom left samplen 1.4
do for [i=1:3] {
    a = word(alphas, i)
    set title sprintf('$\alpha = %s$', a)
    if (i == 1) { set ylabel 'loss $L$' offset 2.4,0 } else { unset ylabel; unset key; set format y '' }
    plot for [n=1:12] sprintf('runs/law-curves-%s.tsv', a) using (column(1) == int(word(widths, n)) ? column(2) : NaN):3 \
             with lines lw 0.6 lc rgb 0x9DBCD4 title n == 1 ? 'one $N$ each' : '', \
         sprintf('runs/law-compute-%s.tsv', a) using 2:3 with lines lw 1.4 lc rgb colour[1] title 'best $N$', \
         '' using 2:4 with lines dt 3 lw 1.8 lc rgb 'black' title 'our law', \
         '' using 2:(authors(i, column(2))) with lines dt 2 lc rgb colour[2] title 'authors'' constant'
}
unset multiplot
