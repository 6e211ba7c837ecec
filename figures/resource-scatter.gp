# The coefficient of 1/D in the loss, relative to the loss and to eta S T, over time, for two starts:
# exact losses with many samples against unlimited ones, and the law for many skills on their way.
# reads: scatter-0.01 scatter-0.0001
height = 4.8
load 'style.gp'
alpha = 0.6
rate = 0.1
s = alpha / (alpha + 1)
table(i) = sprintf('runs/scatter-%s.tsv', word('0.01 0.0001', i))
array slope[2] = [scatter_0_01_slope, scatter_0_0001_slope]
# The losses without limit on data stand in the second half of a table, at the same times.
array limit[600]
learn(row, loss) = (limit[int(row) + 1] = loss, loss)
coefficient(row, D, loss, x) = D * (loss / limit[int(row) + half + 1] - 1) / x
# Skill k passes one half at ln c/2 P_k.
zeta = (sum [k=1:2000] k**(-alpha - 1)) + 2000.5**-alpha / alpha
passes(k, initial) = log(1 / initial - 1) / 2 * zeta * k**(alpha + 1)
set multiplot layout 1,2 margins left,right,bottom,top_with_keys spacing 0.03,0
set logscale x
set format x power_of_ten
set xrange [0.5:250]
set yrange [-0.4:0.6]
set ytics 0.2
set xzeroaxis lt 1 lw 0.5 lc rgb grey
set xlabel 'training time $\eta S T$'
set ylabel '$D\,(L/L_\infty - 1)/\eta S T$' offset 1.6,0
eval key_above(2.2, 'exact losses', sprintf('lc rgb %d', colour[1]), '')
eval key_above(5.2, 'many skills on their way', 'dt 2 lc rgb "black"', '')
eval key_above(9.8, 'a skill passes one half', '', sprintf('pt 2 ps 0.5 lc rgb %d', colour[2]))
unset key
do for [i=1:2] {
    initial = i == 1 ? 0.01 : 0.0001
    stats [*:*] [*:*] table(i) using (learn($0, $4)) name 'losses' nooutput
    half = int(losses_records) / 2
    set label 100 sprintf('$R(0) = 10^{%g}$', i == 1 ? -2 : -4) at graph 0.05,0.92 left
    do for [k=1:6] { set label 100 + k '' at passes(k, initial),0 point pt 2 ps 0.5 lc rgb colour[2] }
    if (i == 2) { unset ylabel; set format y '' }
    plot table(i) using ($2 < 1e300 ? rate * $1 : NaN):($2 < 1e300 ? coefficient($0, $2, $4, rate * $1) : NaN) with lines lc rgb colour[1], \
         [x=0.5:250] slope[i] - s * (s + 1) / (2 * x) with lines dt 2 lc rgb 'black'
    eval keys_end
}
unset multiplot
