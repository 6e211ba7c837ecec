# Stage-like training of two skills: strengths with emergent and saturation times, and the loss.
# reads: strength-stages law-stages stages
height = 8
load '../../figures/style.gp'
set multiplot layout 2,1 margins left,right,bottom,top_with_title spacing 0,0.03
set logscale x
set xrange [100:2e4]
mark(kind, k) = value(sprintf('stages_%s_%d', kind, k))
array when[2] = ['emergent', 'saturated']
array symbol[2] = ['e', 's']
do for [k=1:2] {
    set object k rectangle from mark('emergent', k), graph 0 to mark('saturated', k), graph 1 \
        fs solid 0.12 noborder fc rgb colour[k] behind
    do for [i=1:2] {
        set arrow from mark(when[i], k), graph 0 to mark(when[i], k), graph 1 nohead dt 2 lw 0.7 lc rgb colour[k]
        set label 2*k+i sprintf('$T^%s_%d$', symbol[i], k) at mark(when[i], k), graph 1.07 center
    }
}
set yrange [0:1.05]
set ytics 0.25
set format x ''
set ylabel 'strength $R_k/S$' offset 1,0
set key at graph 0.02,0.85 left
plot for [k=1:2] 'runs/strength-stages.tsv' using 1:1+k with lines lw 1.4 lc rgb colour[k] title sprintf('skill %d', k)
unset label
set format x power_of_ten
set xlabel 'training time $T$'
set ylabel 'loss $L(T)/(S^2/2)$' offset 1,0
plot 'runs/law-stages.tsv' using 1:(2 * $2) with lines lw 1.4 lc rgb 'black' notitle
unset multiplot
