# Emergence in the transformer: strengths over time (mean and standard deviation over the repeats),
# emergence times against the skill at three exponents (geometric mean and standard deviation), and
# times in units of the frequency (geometric mean with its interval).
# reads: transformer-time.summary
height = 6
load 'style.gp'
set samples 401
set multiplot layout 1,3 margins left,right,bottom,top_with_both spacing 0.085,0
runs = 'transformer_0_3 transformer_time transformer_1_5'
array shade[3] = [0x0E9F76, 0x000000, 0xC24A00]
exponent(i) = value(word(runs, i).'_predicted')
steps = 2 * transformer_time_5_mean
set logscale x
set format x power_of_ten
set yrange [-0.06:1.08]
set ytics 0.2
set xrange [steps / 100.:steps]
set xlabel 'training time $T$ (steps)'
set ylabel 'strength $R_k/S$'
set title sprintf('$\alpha = %.1f$', transformer_time_predicted - 1)
key_points = 0
eval skill_keys(0.9, 1.75)
eval key_above(9.8, 'fit', 'lc rgb "black"', '')
eval key_above(11.3, '$k^{\alpha + 1}$', 'dt 2 lc rgb "black"', '')
unset key
plot for [k=1:5] 'runs/transformer-time.summary.tsv' using (positive(column(1))):(mean(R(k)) - spread(R(k))):(mean(R(k)) + spread(R(k))) \
         with filledcurves fs transparent solid 0.25 noborder lc rgb colour[k], \
     for [k=1:5] '' using (positive(column(1))):(mean(R(k))) with lines lc rgb colour[k]
eval keys_end

within(x) = x >= 1 && x <= 5 ? 1 : NaN
set logscale xy
set yrange [*:*]
set ytics auto
set format x '$%g$'
set format y power_of_ten
set xrange [0.85:5.9]
set xtics (1,2,3,4,5)
set xlabel 'skill $k$'
set key bottom right samplen 1.5 width -4
set ylabel '$T_k$ (steps)' offset 2.1,0
set title 'times'
T(i, k) = value(sprintf('%s_%d_mean', word(runs, i), k))
e(i, k) = exp(value(sprintf('%s_%d_spread', word(runs, i), k)))
plot for [i=1:3] for [k=1:5] '+' every ::0::0 using (k):(T(i, k)):(T(i, k) / e(i, k)):(T(i, k) * e(i, k)) \
         with yerrorbars pt 7 ps 0.35 lw 0.7 lc rgb shade[i] notitle, \
     for [i=1:3] within(x) * value(word(runs, i).'_fitted') * x**value(word(runs, i).'_slope_mean') with lines lc rgb shade[i] \
         title sprintf('%.1f: $k^{%.2f}$', exponent(i), value(word(runs, i).'_slope_mean')), \
     for [i=1:3] within(x) * value(word(runs, i).'_law') * x**exponent(i) with lines dt 2 lc rgb shade[i] notitle

unset logscale y
set format y '$%g$'
set yrange [0:3.6]
set ytics 1
set ylabel '$T_k P_s(k)$ (1000 steps)' offset 1.2,0
set title 'in units of $P_s(k)$'
set key top right width -2
others = runs
do for [name in 'reverse alone first'] { if (exists('transformer_'.name.'_5_product')) { others = others.' transformer_'.name } }
label(name) = name eq 'transformer_reverse' ? 'reversed' : name eq 'transformer_alone' ? 'each alone' : name eq 'transformer_first' ? 'skill 1 alone' : \
    sprintf('$\alpha = %.1f$', value(name.'_predicted') - 1)
tint(name) = name eq 'transformer_0_3' ? shade[1] : name eq 'transformer_time' ? shade[2] : name eq 'transformer_1_5' ? shade[3] : name eq 'transformer_reverse' ? 0x004A80 : grey
point(name) = name eq 'transformer_first' ? 4 : name eq 'transformer_alone' ? 5 : 7
p(name, k, what) = exists(sprintf('%s_%d_product%s', name, k, what)) ? value(sprintf('%s_%d_product%s', name, k, what)) / 1000. : NaN
plot for [i=1:words(others)] for [k=1:5] '+' every ::0::0 using (k * 1.02**(i - 3)):(p(word(others, i), k, '')): \
         (p(word(others, i), k, '_low')):(p(word(others, i), k, '_high')) with yerrorbars pt point(word(others, i)) ps 0.35 lw 0.7 lc rgb tint(word(others, i)) \
         title (k == 5 ? label(word(others, i)) : '')
unset multiplot
