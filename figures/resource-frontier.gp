# Compute with finite data: level lines of the loss and the ridge of the optimum (left), the best
# N and the loss, scaled, for three D and for unlimited data (middle, right).
# reads: map-tn-data frontier-data
height = 5.4
load 'style.gp'
alpha = 0.6
s = alpha / (alpha + 1)
set contour base
set format '%g'
unset surface
set view map
set cntrparam cubicspline
set cntrparam levels incremental -1.9,0.2,-0.3
set table 'figures/resource-frontier.contour'
splot 'runs/map-tn-data.tsv' using (log10(column(1))):(log10(column(3))):(log10(column(4)))
unset table
unset contour
set datafile separator whitespace # what gnuplot writes
set key noautotitle
set multiplot layout 1,3 margins left,right,bottom,top_with_both spacing 0.07,0
set logscale xy
set format xy power_of_ten
sizes = '1000 10000 100000'
names = '10^3 10^4 10^5'
is(x, i) = x == real(word(sizes, i))
set title '$D = 10^5$'
set xlabel 'training time $T$'
set ylabel 'parameters $N$' offset 1.8,0
set xrange [1:9e6]
set yrange [1:1e4]
set xtics 100
eval key_above(0.3, 'level of $L$', sprintf('lw 0.6 lc rgb %d', grey), '')
eval key_above(2.8, 'equal $N T$', sprintf('lw 0.7 dt 3 lc rgb %d', grey), '')
do for [i=1:3] { eval key_above(2.9 + 2.3 * i, sprintf('$D = %s$', word(names, i)), sprintf('lc rgb %d', colour[i]), sprintf('pt %d ps 0.4 lc rgb %d', mark[i], colour[i])) }
eval key_above(12, '$D = \infty$', 'dt 2 lc rgb "black"', '')
unset key
plot 'figures/resource-frontier.contour' using (10**$1):(10**$2) with lines lw 0.6 lc rgb grey, \
     for [p=2:10:2] 10**p / x with lines lw 0.7 dt 3 lc rgb grey, \
     'runs/frontier-data.tsv' using (is(column(1), 3) ? column(4) : NaN):3 with lines lw 1.5 lc rgb colour[3], \
     '' using (column(1) > 1e300 ? column(4) : NaN):3 with lines dt 2 lc rgb 'black'
eval keys_end
set title 'best $N/D^{1/(\alpha+1)}$'
unset ylabel
scaled(C, D) = C / D**((alpha + 2) / (alpha + 1))
set xlabel '$C/D^{(\alpha+2)/(\alpha+1)}$'
set xrange [1e-4:1e4]
set yrange [1e-3:1e3]
plot for [i=1:3] 'runs/frontier-data.tsv' using (is(column(1), i) ? scaled(column(2), column(1)) : NaN):(column(3) / column(1)**(1 / (alpha + 1))) \
         with points pt mark[i] ps 0.4 lc rgb colour[i], \
     '' using (column(1) > 1e300 ? scaled(column(2), 1e5) : NaN):(column(3) / 1e5**(1 / (alpha + 1))) with lines dt 2 lc rgb 'black'
set title 'loss $L\,D^{s}$'
set yrange [0.1:10]
plot for [i=1:3] 'runs/frontier-data.tsv' using (is(column(1), i) ? scaled(column(2), column(1)) : NaN):(column(5) * column(1)**s) \
         with points pt mark[i] ps 0.4 lc rgb colour[i], \
     '' using (column(1) > 1e300 ? scaled(column(2), 1e5) : NaN):(column(5) * 1e5**s) with lines dt 2 lc rgb 'black'
unset multiplot
