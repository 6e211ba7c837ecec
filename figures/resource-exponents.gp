# Local exponents -d ln L/d ln of each axis over the three planes; N is measured by N^(alpha+1).
# reads: map-td map-tn map-dn
height = 9.6
load '../../figures/style.gp'
alpha = 0.6
planes = 'td tn dn'
xcol(i) = i == 3 ? 2 : 1
ycol(i) = i == 1 ? 2 : 3
symbol(c) = word('T D N', c)
xname(c) = word('time samples parameters', c)
measure(c) = c == 3 ? '$N^{\alpha+1}$' : sprintf('$%s$', symbol(c))
set multiplot
set logscale xy
set view map
unset surface
set pm3d explicit corners2color mean
set palette defined (-0.1 '#D55E00', 0 '#FFFFFF', 0.375 '#0072B2', 0.5 '#003050')
set cbrange [-0.1:0.5]
set format xy power_of_ten
set xrange [1:1e7]
set xtics 100
gap = 0.068
width = (0.905 - left - 2 * gap) / 3
tall = (top_with_title - bottom - 0.075) / 2
unset key
do for [row=1:2] {
    do for [i=1:3] {
        axis = row == 1 ? xcol(i) : ycol(i)
        set yrange [1:(i == 1 ? 1e7 : 1e7**(1 / (alpha + 1)))]
        set ytics i == 1 ? 100 : 10
        set lmargin at screen left + (i - 1) * (width + gap)
        set rmargin at screen left + (i - 1) * (width + gap) + width
        set bmargin at screen bottom + (2 - row) * (tall + 0.075)
        set tmargin at screen bottom + (2 - row) * (tall + 0.075) + tall
        set title sprintf('$-d\ln L/d\ln$ %s', measure(axis)) offset 0,-0.6
        set ylabel sprintf('%s $%s$', xname(ycol(i)), symbol(ycol(i))) offset 1.8,0
        if (row == 2) {
            set xlabel sprintf('%s $%s$', xname(xcol(i)), symbol(xcol(i)))
            set format x power_of_ten
        } else {
            unset xlabel
            set format x ''
        }
        if (row == 1 && i == 3) {
            set colorbox user origin 0.925,bottom size 0.018,(top_with_title - bottom)
        } else {
            unset colorbox
        }
        splot sprintf('runs/map-%s.tsv', word(planes, i)) using xcol(i):ycol(i):(column(9 + row)) with pm3d
    }
}
unset multiplot
