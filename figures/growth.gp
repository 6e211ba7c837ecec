# Time of a training step against width, batch and bits, and the power laws fitted where these are large.
# The data come from make bench or, where that was not run, from data/growth.tsv.
height = 5
load '../../figures/style.gp'
growth = 'growth.tsv'
set multiplot layout 1,3 margins left,right,bottom,top spacing 0.075,0
set logscale xy
set format xy power_of_ten
set xtics 10
set key top left
set style data points
is(quantity) = strcol(1) eq quantity
header(quantity, pattern) = real(system(sprintf("sed -n 's/^# slope: %s %s/\\1/p' %s", quantity, pattern, growth)))
slope(quantity) = header(quantity, '\([0-9.]*\),.*')
factor(quantity) = header(quantity, '.*at 1: \([-0-9.e]*\),.*')
from(quantity) = header(quantity, '.*from \([0-9]*\) on')
names = 'width batch bits'
array label[3] = ['width $H$', 'batch $B$', 'bits $n_b$']
set ylabel 'time of a step / ms' offset 1.5,0
do for [i=1:3] {
    name = word(names, i)
    set xlabel label[i] offset 0,0.3
    if (i > 1) { unset ylabel }
    if (i == 3) { set format xy '$%g$'; set xtics (8, 16, 32, 64); set xrange [7:74]; set yrange [0.25:6]; set ytics (0.5, 1, 2, 5) }
    b = slope(name)
    a = factor(name)
    plot growth using (is(name) ? $2 : NaN):3 pt 7 ps 0.5 lc rgb colour[1] notitle, \
         [from(name):*] a * x**b with lines lc rgb colour[2] title sprintf('slope %.2f', b)
}
unset multiplot
