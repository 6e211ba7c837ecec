# Where each law holds within 20, 5 and 1 per cent of the exact loss of one resource (contours), and
# the borders of the original's conditions, over the planes of T and D, T and N, D and N.
# reads: map-td map-tn map-dn
height = 7.7
load 'style.gp'
bottom = 2.9 / height # room for the keys
alpha = 0.6
levels = '0.2 0.05 0.01'
planes = 'td tn dn'
unlimited = '$N$ $D$ $T$'
laws = 'time data parameters'
one(i) = i == 3 ? 2 : 1         # the law that holds above the diagonal, as a number of the laws
two(i) = i == 1 ? 2 : 3         # and below it
contour(i, l, c) = sprintf('figures/resource-map-%d-%d-%d.contour', i, l, c)
excess(loss, single) = loss > (1 + 1e-9) * single ? log10(loss / single - 1) : -9
set contour base
set format '%g'
unset surface
set cntrparam cubicspline
do for [i=1:3] {
    do for [l=1:3] {
        set cntrparam levels discrete log10(real(word(levels, l)))
        do for [c in sprintf('%d %d', one(i), two(i))] {
            set table contour(i, l, int(c))
            splot sprintf('runs/map-%s.tsv', word(planes, i)) using (log10(column(one(i)))):(log10(column(two(i)))):(excess(column(4), column(6 + int(c))))
            unset table
        }
    }
}
unset contour
set datafile separator whitespace # what gnuplot writes
set key noautotitle
set multiplot layout 1,3 margins left,right,bottom,top_with_title spacing 0.09,0
set logscale xy
set format xy power_of_ten
set xrange [1:1e7]
set trange [1:1e7]
set xtics 100
set samples 400
set parametric
dash(l) = l == 1 ? 1 : l == 2 ? 4 : 3
set key at graph 0.5,-0.27 center top samplen 1.8
do for [i=1:3] {
    set xlabel i == 3 ? 'samples $D$' : 'training time $T$'
    set ylabel i == 1 ? 'samples $D$' : 'parameters $N$' offset 1.9,0
    set yrange [1:(i == 1 ? 1e7 : 1e7**(1 / (alpha + 1)))]
    set ytics i == 1 ? 100 : 10
    set title sprintf('%s unlimited', word(unlimited, i))
    set label 1 word(laws, one(i)) at graph i == 1 ? 0.45 : 0.08,0.88 left tc rgb colour[one(i)]
    set label 2 word(laws, two(i)) at graph 0.95,0.07 right tc rgb colour[two(i)]
    first(x) = i == 1 ? x**3 : i == 2 ? x**(1 / (alpha + 1)) : NaN # N T^2 < T^3 at N^(alpha+1) = T
    plot for [l=1:3] contour(i, l, one(i)) using (10**$1):(10**$2) with lines lc rgb colour[one(i)] dt dash(l) \
             title i == 2 ? sprintf('\SI{%g}{\percent}', 100 * real(word(levels, l))) : '', \
         for [l=1:3] contour(i, l, two(i)) using (10**$1):(10**$2) with lines lc rgb colour[two(i)] dt dash(l), \
         t, first(t) with lines lw 0.7 lc rgb 'black' title i == 1 ? '$D = T^3$' : i == 2 ? '$N^{\alpha+1} = T$' : '', \
         (i == 1 ? t * log(t) : NaN), t with lines lw 0.7 dt 4 lc rgb 'black' title i == 1 ? '$T = D \ln D$' : '', \
         t, (i == 3 ? t**(1 / (alpha + 1)) : NaN) with lines lw 0.7 dt 4 lc rgb 'black' title i == 3 ? '$N^{\alpha+1} = D$' : '', \
         (i == 3 ? t**(3 * (alpha + 1)) : NaN), t with lines lw 0.7 lc rgb 'black' title i == 3 ? '$D = T^3$' : ''
}
unset multiplot
