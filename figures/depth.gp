# Depth: strengths against time, wait over rise against the start, loss and law.
# reads: strength-layers-1 strength-layers-2 strength-layers-3 strength-layers-4 strength-layers-10 wait-layers-1 wait-layers-2 wait-layers-3 wait-layers-4 wait-layers-10 law-time-layers-1 law-time-layers-2 law-time-layers-3 law-time-layers-4 law-time-layers-10
height = 5.4
load 'style.gp'
depths = '1 2 3 4 10'
array half[5]
do for [i=1:5] {
    stats 'runs/strength-layers-'.word(depths, i).'.tsv' using ($2 < 0.5 ? $1 : NaN) name 'before' nooutput
    half[i] = before_max
}
set multiplot layout 1,3 margins left,right,bottom,top_with_keys spacing 0.09,0
do for [i=1:5] { eval key_above(2.2 * i + 0.4, '$L = '.word(depths, i).'$', sprintf('lc rgb %d', colour[i]), '') }
unset key
set logscale x
set xlabel 'time $T/T_1(\frac12)$'
set ylabel 'strength $R_k/S$'
set xrange [0.03:30]
set yrange [0:1.05]
set ytics 0.2
plot for [i=1:5] for [k=1:2] 'runs/strength-layers-'.word(depths, i).'.tsv' using ($1/half[i]):2*k with lines lc rgb colour[i] dt k
eval keys_end
set ytics auto
set logscale xy
set format xy power_of_ten
set xlabel 'start $R(0)/S$'
set ylabel 'wait over rise $W$' offset 2.4,0
set xrange [1e-9:1e-2]
set yrange [1e-2:1e7]
set xtics 1e-8,1e3
set ytics 100
plot for [i=1:5] 'runs/wait-layers-'.word(depths, i).'.tsv' using 1:2 with lines lc rgb colour[i]
set xtics auto
set ytics auto
set xlabel 'training time $T$'
set ylabel 'loss $L$' offset 2.8,0
set xrange [1:1e4]
set yrange [0.008:1]
plot for [i=1:5] 'runs/law-time-layers-'.word(depths, i).'.tsv' using 1:2 with lines lc rgb colour[i], \
     for [i=1:5] 'runs/law-time-layers-'.word(depths, i).'.tsv' using 1:3 with lines dt 3 lw 1.2 lc rgb 'black'
unset multiplot
