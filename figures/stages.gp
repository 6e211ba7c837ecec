# Stage-like training: strengths of the first skills with emergent and saturation times, and the loss.
# reads: strength-stages law-stages stages
height = 6
load 'style.gp'
set multiplot layout 2,1 margins left,right,bottom,top_with_title spacing 0,0.03
set xrange [0:200]
array when[2] = ['T_e', 'T_s']
mark(i, k) = time[2 * (i - 1) + k]
array time[4]
array symbol[2] = ['e', 's']
array P[2]
do for [i=1:2] {
    do for [k=1:2] {
        stats 'runs/stages.tsv' using (column('k') == k ? column(when[i]) : NaN) name 'of' nooutput
        time[2 * (i - 1) + k] = of_min
        stats 'runs/stages.tsv' using (column('k') == k ? column('P') : NaN) name 'of' nooutput
        P[k] = of_min
    }
}
do for [k=1:2] {
    set object k rectangle from mark(1, k), graph 0 to mark(2, k), graph 1 \
        fs solid 0.12 noborder fc rgb colour[k] behind
    do for [i=1:2] {
        set arrow from mark(i, k), graph 0 to mark(i, k), graph 1 nohead dt 2 lw 0.7 lc rgb colour[k]
        set label 2*k+i sprintf('$T^%s_%d$', symbol[i], k) at mark(i, k), graph 1.1 center
    }
}
set yrange [0:1.05]
set ytics 0,0.5,1
set format x ''
set ylabel 'strength $R_k/S$'
set key at graph 0.34,0.75 left top samplen 1
plot for [k=1:3] 'runs/strength-stages.tsv' using 1:1+k with lines lw 1.4 lc rgb colour[k] title sprintf('skill %d', k)
unset label
set format x '$%g$'
set yrange [0:13.5]
set ytics 0,5,10
set xlabel 'training time $T$'
set ylabel 'loss $L(T)$'
half = 12.5
plot 'runs/law-stages.tsv' using 1:2 with lines lw 1.4 lc rgb 'black' notitle, \
     for [k=0:2] half * (1 - (k > 0 ? P[1] : 0) - (k > 1 ? P[2] : 0)) with lines dt 3 lw 0.8 lc rgb grey notitle
unset multiplot
