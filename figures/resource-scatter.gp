# The coefficient of 1/D in the loss, relative to the loss and to eta S T, over time, for two starts:
# exact losses with many samples against unlimited ones, and the law for many skills on their way.
# reads: scatter-0.01 scatter-0.0001
height = 4.6
load 'style.gp'
alpha = 0.6
rate = 0.1
s = alpha / (alpha + 1)
starts = '0.01 0.0001'
exponents = '-2 -4'
# The slope s d ln J/d ln c is what the last point has above -s(s+1)/2.
array slope[2]
array limit[300]
set logscale x
set format x power_of_ten
set xrange [0.5:300]
set yrange [-0.3:0.3]
set xlabel 'training time $\eta S T$'
set ylabel '$D\,(L/L_\infty - 1)/\eta S T$' offset 1.4,0
set lmargin at screen left
set rmargin at screen right
set bmargin at screen bottom
set tmargin at screen top_with_keys
# Of a table the first half has many samples, the second unlimited ones.
coefficient(i) = sprintf('< paste runs/scatter-%s.tsv', word(starts, i))
