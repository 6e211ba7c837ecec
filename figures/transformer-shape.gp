# How the skills of the transformer saturate under SGD, T linear, one panel a skill: mean and standard
# deviation over the repeats; dashed: the logistic that rises from 0.2 to one half as they do on
# geometric average.
# reads: transformer-time.summary
height = 4
load 'style.gp'
half(k) = value(sprintf('transformer_time_%d_half', k))
early(k) = value(sprintf('transformer_time_%d_early', k))
set multiplot layout 1,5 margins left,right,bottom,top_with_title spacing 0.028,0
unset key
set yrange [-0.06:1.08]
set ytics 0.5
set ylabel 'strength $R_k/S$'
set xlabel '$T$ (1000 steps)'
set samples 201
data = 'runs/transformer-time.summary.tsv'
do for [k=1:5] {
    set title sprintf('skill %d', k)
    width = half(k) > 0 ? 3 * half(k) / 1000 : transformer_time_steps / 1000.
    set xrange [0:width]
    set xtics (0, sprintf('$%.2g$', width / 2) width / 2)
    plot data using (column(1) / 1000):(mean(R(k)) - spread(R(k))):(mean(R(k)) + spread(R(k))) with filledcurves fs transparent solid 0.25 noborder lc rgb colour[k], \
         data using (column(1) / 1000):(mean(R(k))) with lines lc rgb colour[k], \
         1 / (1 + exp(log(4) * (half(k) - 1000 * x) / early(k))) with lines dt 2 lc rgb 'black'
    set format y ''
    unset ylabel
}
unset multiplot
