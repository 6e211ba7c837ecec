# Time emergence for three starts sigma (rows) and four exponents alpha + 1 (columns): mean; from
# eight repeats on standard deviation shaded; dashed: the extended model.
# reads: grid-0.01-0.3.summary grid-0.01-0.6.summary grid-0.01-0.9.summary grid-0.01-2.0.summary grid-0.04-0.3.summary grid-0.04-0.6.summary grid-0.04-0.9.summary grid-0.04-2.0.summary grid-0.1-0.3.summary grid-0.1-0.6.summary grid-0.1-0.9.summary grid-0.1-2.0.summary strength-grid-0.01-0.3 strength-grid-0.01-0.6 strength-grid-0.01-0.9 strength-grid-0.01-2.0 strength-grid-0.04-0.3 strength-grid-0.04-0.6 strength-grid-0.04-0.9 strength-grid-0.04-2.0 strength-grid-0.1-0.3 strength-grid-0.1-0.6 strength-grid-0.1-0.9 strength-grid-0.1-2.0
height = 9
load 'style.gp'
set multiplot layout 3,4 margins left,right,bottom,top_with_both spacing 0.02,0.025
sigmas = '0.01 0.04 0.1'
alphas = '0.3 0.6 0.9 2.0'
set logscale x
set xrange [250:2e4]
set yrange [-0.05:1.1]
set ytics 0,0.5,1
key_points = 0
eval skill_keys(1.9, 1.9)
eval model_key(11.4)
unset key
do for [s=1:3] {
    do for [a=1:4] {
        cell = sprintf('%s-%s', word(sigmas, s), word(alphas, a))
        if (s == 1) { set title sprintf('$\alpha + 1 = %.1f$', word(alphas, a) + 1) } else { set title '' }
        if (s == 3) { set format x power_of_ten; set xlabel '$T$ (steps)' } else { set format x ''; set xlabel '' }
        if (a == 1) { set format y '$%g$'; set ylabel sprintf('$R_k/S$, $\sigma = %s$', word(sigmas, s)) } else { set format y ''; set ylabel '' }
        plot for [k=1:5] 'runs/grid-'.cell.'.summary.tsv' using (positive(column(1))):(mean(R(k)) - spread(R(k))):(mean(R(k)) + spread(R(k))) \
                 with filledcurves fs transparent solid 0.25 noborder lc rgb colour[k], \
             for [k=1:5] '' using 1:(mean(R(k))) with lines lc rgb colour[k], \
             for [k=1:5] 'runs/strength-grid-'.cell.'.tsv' using 1:R(k) with lines dt 2 lc rgb 'black'
        eval keys_end
    }
}
unset multiplot
