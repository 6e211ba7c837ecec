# Local exponents -d ln L/d ln of each axis over the three planes; N is measured by N^(alpha+1).
# reads: map-td map-tn map-dn
height = 8.4
load 'style.gp'
alpha = 0.6
planes = 'td tn dn'
xcol(i) = i == 3 ? 2 : 1
ycol(i) = i == 1 ? 2 : 3
name(c) = word('T D N', c)
noun(c) = word('time samples parameters', c)
measure(c) = c == 3 ? 'N^{\alpha+1}' : name(c)
# A cell reaches half a step of the grid to the left and below, and as far to the right and above
# as later cells cover it, since whole numbers leave gaps.
half(c) = 7 / 84. / (c == 3 ? alpha + 1 : 1)
place(c) = log10(column(c))
gap = 0.082
width = (0.905 - left - 2 * gap) / 3
between = 0.085
tall = (top_with_title - bottom - between) / 2
set multiplot
power_of_ten = '$10^{%g}$' # boxes want linear axes
set format xy power_of_ten
set palette defined (-0.1 '#D55E00', 0 '#FFFFFF', 0.375 '#0072B2', 0.5 '#003050')
set cbrange [-0.1:0.5]
set style fill solid noborder
set xrange [0:7]
set xtics 2
set tics front
unset key
do for [row=1:2] {
    do for [i=1:3] {
        cx = xcol(i)
        cy = ycol(i)
        set yrange [0:(i == 1 ? 7 : 7 / (alpha + 1))]
        set ytics i == 1 ? 2 : 1
        set lmargin at screen left + (i - 1) * (width + gap)
        set rmargin at screen left + (i - 1) * (width + gap) + width
        set bmargin at screen bottom + (2 - row) * (tall + between)
        set tmargin at screen bottom + (2 - row) * (tall + between) + tall
        set title sprintf('$-d\ln L/d\ln %s$', measure(row == 1 ? cx : cy))
        set ylabel sprintf('%s $%s$', noun(cy), name(cy)) offset 1.9,0
        if (row == 2) { set xlabel sprintf('%s $%s$', noun(cx), name(cx)) }
        set format x row == 2 ? power_of_ten : ''
        if (row == 1 && i == 3) {
            set colorbox user origin 0.925,bottom size 0.018,(top_with_title - bottom)
        } else {
            unset colorbox
        }
        plot sprintf('runs/map-%s.tsv', word(planes, i)) using \
            (place(cx)):(place(cy)):(place(cx) - half(cx)):(place(cx) + 0.3):(place(cy) - half(cy)):(place(cy) + 0.3):(column(9 + row)) \
            with boxxyerror lc palette
    }
}
unset multiplot
