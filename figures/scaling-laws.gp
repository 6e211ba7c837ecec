# The three laws: exact sum (solid) over power law with its constant (dotted), for three alpha.
# reads: law-time-0.3 law-time-0.6 law-time-0.9 law-data-0.3 law-data-0.6 law-data-0.9 law-parameters-0.3 law-parameters-0.6 law-parameters-0.9
height = 5
load 'style.gp'
set multiplot layout 1,3 margins left,right,bottom,top spacing 0.04,0
set logscale xy
set format xy power_of_ten
alphas = '0.3 0.6 0.9'
run(law, i) = sprintf('runs/law-%s-%s.tsv', law, word(alphas, i))
set key bottom left samplen 1.2
set yrange [4e-3:1]
set ylabel 'loss $L$' offset 2.4,0
set xlabel 'training time $T$'
plot for [i=1:3] run('time', i) using 1:2 with lines lc rgb colour[i] title sprintf('$\alpha = %s$', word(alphas, i)), \
     for [i=1:3] run('time', i) using 1:3 with lines dt 3 lw 1.2 lc rgb 'black' title i == 1 ? 'power law' : ''
unset ylabel
set format y ''
set xlabel 'training samples $D$'
plot for [i=1:3] run('data', i) using 1:2 with lines lc rgb colour[i] notitle, \
     for [i=1:3] run('data', i) using 1:3 with lines dt 3 lw 1.2 lc rgb 'black' notitle
set xlabel 'parameters $N$'
plot for [i=1:3] run('parameters', i) using 1:2 with lines lc rgb colour[i] notitle, \
     for [i=1:3] run('parameters', i) using 1:3 with lines dt 3 lw 1.2 lc rgb 'black' notitle
unset multiplot
