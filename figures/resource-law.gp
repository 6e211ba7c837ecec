# The joint law: exact losses over a plane of two resources fall on one curve when both axes are
# scaled.
# reads: map-td map-tn map-dn
height = 5.2
load 'style.gp'
alpha = 0.6
s = alpha / (alpha + 1)
set multiplot layout 1,3 margins left,right,bottom,top_with_keys spacing 0.04,0
set logscale xy
set format xy power_of_ten
set xrange [1e-4:70]
set xtics 100
near(u, v) = abs(log10(u / v)) < 0.08
units = '10 100 1000 10000'
curves = '1000 10000000' # units at which the law is drawn; together they cover the axis
set yrange [0.2:50]
eval key_above(2.2, 'joint law', 'lc rgb "black"', '')
do for [i=1:4] { eval key_above(2.8 + 2.1 * i + (i > 1 ? 0.6 : 0), '$'.(i == 1 ? 'D, T = ' : '').word(units, i).'$', '', sprintf('pt %d ps 0.4 lc rgb %d', mark[i], colour[i])) }
unset key
unit(p) = p == 2 ? 1 : 2        # column of the resource in the denominator
ratio(p) = p == 1 ? column(1) / column(2) : column(3)**(alpha + 1) / column(unit(p))
planes = 'td tn dn'
do for [p=1:3] {
    name = p == 2 ? 'T' : 'D'
    set xlabel p == 1 ? '$T/D$' : sprintf('$N^{\alpha+1}/%s$', name)
    set label 100 sprintf('$L\,%s^{s}$', name) at graph 0.06,0.07 left
    if (p == 1) { set ylabel 'scaled loss' offset 2.4,0 } else { unset ylabel; set format y '' }
    plot for [c=1:2] sprintf('runs/map-%s.tsv', word(planes, p)) \
             using (near(column(unit(p)), real(word(curves, c))) ? ratio(p) : NaN):(column(6) * column(unit(p))**s) \
             with lines lw 0.8 lc rgb 'black', \
         for [i=1:4] '' using (near(column(unit(p)), real(word(units, i))) ? ratio(p) : NaN):(column(4) * column(unit(p))**s) \
             with points pt mark[i] ps 0.35 lc rgb colour[i]
    eval keys_end
}
unset multiplot
