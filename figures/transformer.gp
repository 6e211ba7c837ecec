# Emergence in the transformer: strengths over time, and emergence times against the skill for SGD
# and for Adam.  Lines and open circles: single repeats; bars: geometric mean with its interval.
# reads: transformer-time transformer-time.times transformer-adam.times
height = 6
load 'style.gp'
within(x) = x >= 1 && x <= 5 ? 1 : NaN
set samples 401
set multiplot layout 1,3 margins left,right,bottom,top_with_both spacing 0.085,0
steps = transformer_time_steps
set logscale x
set format x power_of_ten
set yrange [-0.06:1.08]
set ytics 0.2
set xrange [steps / 300.:steps]
set xlabel 'training time $T$ (steps)'
set ylabel 'strength $R_k/S$'
set title 'SGD'
key_points = 0
eval skill_keys(0.9, 1.75)
eval key_above(9.8, 'fit', 'lc rgb "black"', '')
eval key_above(11.3, '$k^{\alpha + 1}$', 'dt 2 lc rgb "black"', '')
unset key
data = 'runs/transformer-time.tsv'
plot for [r=1:transformer_time_repeats] for [k=1:5] data using ($1 == r && $2 > 0 ? $2 : NaN):R(k) \
         with lines lw 0.5 lc rgb pale(k)
eval keys_end

set yrange [1:10]
set logscale xy
set ytics auto
set format x '$%g$'
set format y power_of_ten
set xrange [0.85:5.9]
set xtics (1,2,3,4,5)
set xlabel 'skill $k$'
set key bottom right samplen 1.5 width -4
# Runs of the larger setting exist at paper scale only.
others = ''
do for [a in '0_5 0_9 1_5'] { if (exists('transformer_large_'.a.'_fitted')) { others = others.' '.a } }
a = '' # gnuplot evaluates a plot once even if its list is empty
other(a, what) = strlen(a) ? value('transformer_large_'.a.'_'.what) : NaN
do for [run in 'transformer-time transformer-adam'] {
    name = run eq 'transformer-time' ? 'transformer_time_' : 'transformer_adam_'
    set title (run eq 'transformer-time' ? 'SGD' : 'Adam')
    set ylabel (run eq 'transformer-time' ? 'emergence time (steps)' : '') offset 2.1,0
    set yrange [value(name.'steps') / 300.:value(name.'steps')]
    slope = value(name.'slope_mean')
    fitted = value(name.'fitted'); law = value(name.'law'); power = value(name.'predicted')
    plot for [k=1:5] 'runs/'.run.'.times.tsv' using (k + 0):1+k with points pt 6 ps 0.3 lc rgb colour[k] notitle, \
         for [k=1:5] '+' every ::0::0 using (1.08 * k):(value(name.k.'_mean')):(value(name.k.'_low')):(value(name.k.'_high')) \
             with yerrorbars pt 7 ps 0.4 lc rgb 'black' notitle, \
         within(x) * fitted * x**slope with lines lc rgb 'black' title sprintf('$k^{%.2f}$', slope), \
         within(x) * law * x**power with lines dt 2 lc rgb 'black' title sprintf('$k^{%.1f}$', power), \
         for [a in (run eq 'transformer-time' ? others : '')] for [k=1:5] '+' every ::0::0 using (1.08 * k): \
             (other(a, sprintf('%d_mean', k))):(other(a, sprintf('%d_low', k))):(other(a, sprintf('%d_high', k))) with yerrorbars pt 4 ps 0.3 lc rgb grey notitle, \
         for [a in (run eq 'transformer-time' ? others : '')] within(x) * other(a, 'fitted') * x**other(a, 'slope_mean') \
             with lines lc rgb grey title sprintf('%.1f: $k^{%.2f}$', other(a, 'predicted'), other(a, 'slope_mean'))
}
unset multiplot
