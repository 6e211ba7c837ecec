# Errors of the laws (certified points, or lines) and the proved bounds above them, relative to the
# law, for three alpha; above for infinitely many skills, below for 10^5.
# reads: bounds-time-0.3 bounds-time-0.6 bounds-time-0.9 bounds-data-0.3 bounds-data-0.6 bounds-data-0.9 bounds-parameters-0.3 bounds-parameters-0.6 bounds-parameters-0.9 finite-time-0.3 finite-time-0.6 finite-time-0.9 finite-data-0.3 finite-data-0.6 finite-data-0.9 finite-parameters-0.3 finite-parameters-0.6 finite-parameters-0.9
height = 12
load '../../figures/style.gp'
errors = '../../data/errors.tsv'
alphas = '0.3 0.6 0.9'
alpha(i) = word(alphas, i)
run(skills, law, i) = sprintf('runs/%s-%s-%s.tsv', skills, law, alpha(i))
is(law, i) = strcol(1) eq law && strcol(2) eq alpha(i)
pale(i) = colour[i] + 0x90000000

set multiplot layout 2,3 margins 1.75 / 14.6,right,bottom,top spacing 0.085,0.105
set logscale xy
set format xy power_of_ten
set key at graph 0.02,0.03 left bottom
set xlabel 'training time $T$' offset 0,0.4
set ylabel 'relative error, $n_s = \infty$' offset 0.5,0
set xrange [0.1:1e4]
set yrange [1e-46:10]
set ytics ('$10^{-40}$' 1e-40, '$10^{-30}$' 1e-30, '$10^{-20}$' 1e-20, '$10^{-10}$' 1e-10, '$1$' 1)
plot for [i=1:3] errors using (is('time', i) ? $3 : NaN):(abs($4)) with points pt 7 ps 0.25 lc rgb colour[i] notitle, \
     for [i=1:3] run('bounds', 'time', i) using 2:($5/$4) with lines lc rgb colour[i] title sprintf('$\alpha = %s$', alpha(i))
unset ylabel
set xlabel 'training samples $D$'
set xrange [1:1e4]
plot for [i=1:3] errors using (is('beta', i) ? $3 : NaN):(abs($4)) with points pt 6 ps 0.25 lc rgb colour[i] notitle, \
     for [i=1:3] run('bounds', 'data', i) using 1:($6/$5) with lines dt 2 lc rgb colour[i] notitle, \
     for [i=1:3] errors using (is('data', i) ? $3 : NaN):(abs($4)) with points pt 7 ps 0.25 lc rgb colour[i] notitle, \
     for [i=1:3] run('bounds', 'data', i) using 1:($4/$3) with lines lc rgb colour[i] notitle
set xlabel 'parameters $N$'
set yrange [1e-5:1]
set ytics autofreq
plot for [i=1:3] errors using (is('parameters', i) ? $3 : NaN):(abs($4)) with points pt 7 ps 0.25 lc rgb colour[i] notitle, \
     for [i=1:3] run('bounds', 'parameters', i) using 1:($4/$3) with lines lc rgb colour[i] notitle

set yrange [1e-4:4]
set xlabel 'training time $T$'
set ylabel 'relative error, $n_s = 10^5$'
set xrange [0.1:1e9]
set xtics ('$10^0$' 1, '$10^3$' 1e3, '$10^6$' 1e6, '$10^9$' 1e9)
plot for [i=1:3] run('finite', 'time', i) using 2:(abs($3/$4-1)) with lines lw 3 lc rgb pale(i) notitle, \
     for [i=1:3] run('finite', 'time', i) using 2:($5/$4) with lines lc rgb colour[i] notitle
unset ylabel
set xlabel 'training samples $D$'
set xrange [1:1e9]
plot for [i=1:3] run('finite', 'data', i) using 1:(abs($2/$3-1)) with lines lw 3 lc rgb pale(i) notitle, \
     for [i=1:3] run('finite', 'data', i) using 1:($4/$3) with lines lc rgb colour[i] notitle
set xlabel 'parameters $N$'
set xrange [1:1e5]
set xtics autofreq
plot for [i=1:3] run('finite', 'parameters', i) using 1:(abs($2/$3-1)) with lines lw 3 lc rgb pale(i) notitle, \
     for [i=1:3] run('finite', 'parameters', i) using 1:($4/$3) with lines lc rgb colour[i] notitle
unset multiplot
