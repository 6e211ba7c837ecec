# Where each law holds within 1, 5 and 20 per cent (contours of the exact loss), and the paper's
# sufficient conditions, over the planes of T and D, T and N, D and N.
# reads: map-td map-tn map-dn
height = 6.2
load '../../figures/style.gp'
alpha = 0.6
levels = '0.2 0.05 0.01'
array law[3] = ['time', 'data', 'parameters']
array lawcolour[3] = [colour[1], colour[2], colour[3]]
array first[3] = [1, 2, 1]      # panel td, tn, dn: the two laws that compete, as law[] numbers
plane = 'td tn dn'
xcol(i) = i == 3 ? 2 : 1
ycol(i) = i == 1 ? 2 : 3
one(i) = i == 3 ? 2 : 1
two(i) = i == 1 ? 2 : 3
excess(loss, single) = loss > (1 + 1e-9) * single ? log10(loss / single - 1) : -9
set contour base
unset surface
set view map
set cntrparam cubicspline
do for [i=1:3] {
    do for [l=1:3] {
        set cntrparam levels discrete log10(real(word(levels, l)))
        do for [r=1:2] {
            c = r == 1 ? one(i) : two(i)
            set table sprintf('figures/resource-map-%d-%d-%d.contour', i, r, l)
            splot sprintf('runs/map-%s.tsv', word(plane, i)) \
                using (log10(column(xcol(i)))):(log10(column(ycol(i)))):(excess(column(4), column(6 + c)))
            unset table
        }
    }
}
unset contour
set datafile separator whitespace # what gnuplot writes
set key noautotitle
set multiplot layout 1,3 margins left,right,bottom,top_with_title spacing 0.075,0
set logscale xy
set format xy power_of_ten
set xrange [1:1e7]
set xtics 100
set samples 300
contour(i, r, l) = sprintf('figures/resource-map-%d-%d-%d.contour', i, r, l)
dash(l) = l == 1 ? 1 : l == 2 ? 4 : 3
set key at graph 0.03,0.97 left top samplen 1.2
do for [i=1:3] {
    set xlabel i == 3 ? 'samples $D$' : 'training time $T$'
    set ylabel i == 1 ? 'samples $D$' : 'parameters $N$' offset 1.5,0
    top_y = i == 1 ? 1e7 : 1e7**(1 / (alpha + 1))
    set yrange [1:top_y]
    set ytics i == 1 ? 100 : 10
    unset label
    if (i == 1) {
        set label 1 'time' at graph 0.12,0.62 tc rgb colour[1]
        set label 2 'data' at graph 0.72,0.12 tc rgb colour[2]
        paper1(x) = x**(3 + 1 / (alpha + 1))
        paper2(x) = NaN
        paperfunction(D) = D * log(D)
    }
    if (i == 2) {
        set label 1 'time' at graph 0.12,0.62 tc rgb colour[1]
        set label 3 'parameters' at graph 0.95,0.12 right tc rgb colour[3]
    }
    if (i == 3) {
        set label 2 'data' at graph 0.12,0.62 tc rgb colour[2]
        set label 3 'parameters' at graph 0.95,0.12 right tc rgb colour[3]
    }
    set title sprintf('%s unlimited', word('$N$ $D$ $T$', i)) offset 0,-0.5
    set parametric
    set trange [1:1e7]
    if (i == 1) {
        plot for [l=1:3] contour(i, 1, l) using (10**$1):(10**$2) with lines lc rgb lawcolour[one(i)] dt dash(l) notitle, \
             for [l=1:3] contour(i, 2, l) using (10**$1):(10**$2) with lines lc rgb lawcolour[two(i)] dt dash(l) notitle, \
             t, t**(3 + 1 / (alpha + 1)) with lines lw 0.7 lc rgb 'black' title '$D = N T^3$', \
             t, t**3 with lines lw 0.7 dt 2 lc rgb 'black' title '$D = T^3$', \
             t * log(t), t with lines lw 0.7 dt 4 lc rgb 'black' title '$T = D \ln D$'
    }
    if (i == 2) {
        plot for [l=1:3] contour(i, 1, l) using (10**$1):(10**$2) with lines lc rgb lawcolour[one(i)] dt dash(l) title sprintf('\SI{%g}{\percent}', 100 * real(word(levels, l))), \
             for [l=1:3] contour(i, 2, l) using (10**$1):(10**$2) with lines lc rgb lawcolour[two(i)] dt dash(l) notitle, \
             t, t**(1 / (alpha + 1)) with lines lw 0.7 lc rgb 'black' title '$N^{\alpha+1} = T$'
    }
    if (i == 3) {
        plot for [l=1:3] contour(i, 1, l) using (10**$1):(10**$2) with lines lc rgb lawcolour[one(i)] dt dash(l) notitle, \
             for [l=1:3] contour(i, 2, l) using (10**$1):(10**$2) with lines lc rgb lawcolour[two(i)] dt dash(l) notitle, \
             t, t**(1 / (alpha + 1)) with lines lw 0.7 dt 4 lc rgb 'black' title '$N^{\alpha+1} = D$', \
             t**(1 + 3 * (alpha + 1)), t with lines lw 0.7 lc rgb 'black' title '$D = N T^3$'
    }
    unset parametric
}
unset multiplot
