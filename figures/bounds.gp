# Errors of the laws (certified points, or lines) and the proved bounds above them, relative to the
# law, for three alpha; above for infinitely many skills, below for 10^5.
# reads: bounds-time-0.3 bounds-time-0.6 bounds-time-0.9 bounds-data-0.3 bounds-data-0.6 bounds-data-0.9 bounds-parameters-0.3 bounds-parameters-0.6 bounds-parameters-0.9 finite-time-0.3 finite-time-0.6 finite-time-0.9 finite-data-0.3 finite-data-0.6 finite-data-0.9 finite-parameters-0.3 finite-parameters-0.6 finite-parameters-0.9
height = 9.6
load 'style.gp'
errors = 'errors.tsv'
alphas = '0.3 0.6 0.9'
alpha(i) = word(alphas, i)
run(skills, law, i) = sprintf('runs/%s-%s-%s.tsv', skills, law, alpha(i))
is(law, i) = strcol(1) eq law && strcol(2) eq alpha(i)

set multiplot layout 2,3 margins 1.5 / 14.6,right,bottom,top_with_keys spacing 0.075,0.115
set logscale xy
set format xy power_of_ten
do for [i=1:3] { eval key_above(0.4 + 2.1 * i, '$\alpha = '.alpha(i).'$', sprintf('lc rgb %d', colour[i]), '') }
eval key_above(9.2, 'proved bound', 'lc rgb "black"', '')
eval key_above(12.2, 'error', 'lw 3 lc rgb 0x90000000', 'pt 7 ps 0.3 lc rgb "black"')
unset key
set xlabel 'training time $T$'
set ylabel 'relative error, $n_s = \infty$' offset 2,0
set xrange [0.1:1e4]
set yrange [1e-46:10]
set ytics ('$10^{-40}$' 1e-40, '$10^{-30}$' 1e-30, '$10^{-20}$' 1e-20, '$10^{-10}$' 1e-10, '$1$' 1)
plot for [i=1:3] errors using (is('time', i) ? $3 : NaN):(abs($4)) with points pt 7 ps 0.25 lc rgb colour[i], \
     for [i=1:3] run('bounds', 'time', i) using 2:($5/$4) with lines lc rgb colour[i]
eval keys_end
unset ylabel
set xlabel 'training samples $D$'
set xrange [1:1e4]
plot for [i=1:3] errors using (is('beta', i) ? $3 : NaN):(abs($4)) with points pt 6 ps 0.25 lc rgb colour[i], \
     for [i=1:3] run('bounds', 'data', i) using 1:($6/$5) with lines dt 2 lc rgb colour[i], \
     for [i=1:3] errors using (is('data', i) ? $3 : NaN):(abs($4)) with points pt 7 ps 0.25 lc rgb colour[i], \
     for [i=1:3] run('bounds', 'data', i) using 1:($4/$3) with lines lc rgb colour[i]
set xlabel 'parameters $N$'
set yrange [1e-5:1]
set ytics autofreq 10
plot for [i=1:3] errors using (is('parameters', i) ? $3 : NaN):(abs($4)) with points pt 7 ps 0.25 lc rgb colour[i], \
     for [i=1:3] run('bounds', 'parameters', i) using 1:($4/$3) with lines lc rgb colour[i]

set yrange [1e-4:4]
set xlabel 'training time $T$'
set ylabel 'relative error, $n_s = 10^5$' offset 2,0
set xrange [0.1:1e9]
set xtics ('$10^0$' 1, '$10^3$' 1e3, '$10^6$' 1e6, '$10^9$' 1e9)
plot for [i=1:3] run('finite', 'time', i) using 2:(abs($3/$4-1)) with lines lw 3 lc rgb pale(i), \
     for [i=1:3] run('finite', 'time', i) using 2:($5/$4) with lines lc rgb colour[i]
unset ylabel
set xlabel 'training samples $D$'
set xrange [1:1e9]
plot for [i=1:3] run('finite', 'data', i) using 1:(abs($2/$3-1)) with lines lw 3 lc rgb pale(i), \
     for [i=1:3] run('finite', 'data', i) using 1:($4/$3) with lines lc rgb colour[i]
set xlabel 'parameters $N$'
set xrange [1:1e5]
set xtics autofreq
plot for [i=1:3] run('finite', 'parameters', i) using 1:(abs($2/$3-1)) with lines lw 3 lc rgb pale(i), \
     for [i=1:3] run('finite', 'parameters', i) using 1:($4/$3) with lines lc rgb colour[i]
unset multiplot
