# The joint law: exact losses over a plane of two resources fall on one curve when both axes are
# scaled.
# reads: map-td map-tn map-dn
height = 6
load '../../figures/style.gp'
alpha = 0.6
s = alpha / (alpha + 1)
set multiplot layout 1,3 margins left,right,bottom,top spacing 0.06,0
set logscale xy
set format xy power_of_ten
set xrange [1e-4:1e4]
set yrange [0.1:30]
set xtics 100
measure(c, x) = c == 3 ? x**(alpha + 1) : x
# points of the plane where the unit u (a column) is near the value v; the curve has the largest unit
near(u, v) = abs(log10(u / v)) < 0.08
units = '10 100 1000 10000'
set key at graph 0.98,0.97 right top
set ylabel 'scaled loss' offset 1.5,0
set xlabel '$T/D$'
set label 1 '$L\,D^{s}$' at graph 0.06,0.07 left
plot 'runs/map-td.tsv' using (column(2) >= 1e3 ? column(1) / column(2) : NaN):(column(6) * column(2)**s) with dots lc rgb grey title 'joint law', \
     for [i=1:4] '' using (near(column(2), real(word(units, i))) ? column(1) / column(2) : NaN):(column(4) * column(2)**s) \
         with points pt 6 ps 0.35 lc rgb colour[i] title sprintf('$D = %s$', word(units, i))
unset ylabel
set format y ''
set xlabel '$N^{\alpha+1}/T$'
set label 1 '$L\,T^{s}$'
plot 'runs/map-tn.tsv' using (column(1) >= 1e3 ? measure(3, column(3)) / column(1) : NaN):(column(6) * column(1)**s) with dots lc rgb grey notitle, \
     for [i=1:4] '' using (near(column(1), real(word(units, i))) ? measure(3, column(3)) / column(1) : NaN):(column(4) * column(1)**s) \
         with points pt 6 ps 0.35 lc rgb colour[i] title sprintf('$T = %s$', word(units, i))
set xlabel '$N^{\alpha+1}/D$'
set label 1 '$L\,D^{s}$'
plot 'runs/map-dn.tsv' using (column(2) >= 1e3 ? measure(3, column(3)) / column(2) : NaN):(column(6) * column(2)**s) with dots lc rgb grey notitle, \
     for [i=1:4] '' using (near(column(2), real(word(units, i))) ? measure(3, column(3)) / column(2) : NaN):(column(4) * column(2)**s) \
         with points pt 6 ps 0.35 lc rgb colour[i] title sprintf('$D = %s$', word(units, i))
unset multiplot
