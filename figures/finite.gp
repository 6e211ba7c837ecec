# Finitely many skills: the loss, the power law and the article's correction of it, and their errors.
# reads: finite-law-0.1 finite-law-0.3 finite-law-0.5 finite-law-0.7
height = 5.4
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,top spacing 0.13,0
set logscale xy
set format xy power_of_ten
alphas = '0.1 0.3 0.5 0.7'
run(i) = 'runs/finite-law-'.word(alphas, i).'.tsv'
tail(i) = value('finite_law_'.word('0_1 0_3 0_5 0_7', i).'_tail')
set xlabel 'training time $T$'
set ylabel 'loss $L$' offset 2.4,0
set xrange [1:1000]
set yrange [0.4:25]
set key bottom left samplen 1.2
plot for [i=1:4] run(i) using 2:3 with lines lc rgb colour[i] title sprintf('$\alpha = %s$', word(alphas, i)), \
     for [i=1:4] run(i) using 2:4 with lines dt 3 lc rgb colour[i] notitle, \
     for [i=1:4] run(i) using 2:($4-tail(i)) with lines dt 2 lc rgb 'black' notitle
set ylabel 'relative error'
set yrange [1e-8:10]
set ytics 100
set key bottom left
plot for [i=1:4] run(i) using 2:(abs($4/$3-1)) with lines dt 3 lc rgb colour[i] notitle, \
     for [i=1:4] run(i) using 2:(abs(($4-tail(i))/$3-1)) with lines dt 2 lc rgb colour[i] notitle, \
     for [i=1:4] run(i) using 2:(abs($6/$3-1)) with lines lc rgb colour[i] notitle, \
     NaN with lines dt 3 lc rgb grey title 'power law', NaN with lines dt 2 lc rgb grey title 'corrected', \
     NaN with lines lc rgb grey title 'integral'
unset multiplot
