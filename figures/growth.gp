# Time of a training step against width, batch and bits, and the power laws fitted where these are large.
# The data come from make bench or, where that was not run, from data/growth.tsv.
height = 4.6
load 'style.gp'
growth = 'growth.tsv'
set multiplot layout 1,3 margins left,right,bottom,top spacing 0.06,0
set logscale xy
set format xy power_of_ten
set xtics 10
set yrange [0.03:20]
set key top left
set style data points
is(quantity) = strcol(1) eq quantity
header(quantity, pattern) = real(system(sprintf("sed -n 's/^# slope: %s %s/\\1/p' %s", quantity, pattern, growth)))
slope(quantity) = header(quantity, '\([0-9.]*\),.*')
factor(quantity) = header(quantity, '.*at 1: \([-0-9.e]*\),.*')
from(quantity) = header(quantity, '.*from \([0-9]*\) on')
names = 'width batch bits'
array label[3] = ['width $H$', 'batch $B$', 'bits $n_b$']
set ylabel 'time of a step / ms' offset 2.4,0
do for [i=1:3] {
    name = word(names, i)
    set xlabel label[i]
    if (i > 1) { unset ylabel; set format y '' }
    if (i == 1) { set xrange [10:8e3] }
    if (i == 2) { set xrange [200:8e4] }
    if (i == 3) { set format x '$%g$'; set xtics (8, 16, 32, 64); set xrange [7:74] }
    b = slope(name)
    a = factor(name)
    plot growth using (is(name) ? $2 : NaN):3 pt 7 ps 0.4 lc rgb colour[1] notitle, \
         [from(name):*] a * x**b with lines lc rgb colour[2] title sprintf('slope %.2f', b)
}
unset multiplot
