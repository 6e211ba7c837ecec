# The one-skill runs (points: means, and single runs for widths; shaded: standard deviation, from
# eight repeats on), the curves fitted to them, and (dashed) those with the authors' constants.
# reads: one-skill-time.summary one-skill-data.summary one-skill-width one-skill-width.summary
height = 5.6
load 'style.gp'
stats 'runs/one-skill-width.tsv' using 1 name 'repeat' nooutput
stats 'runs/one-skill-width.tsv' using 2 name 'width' nooutput
stats 'runs/one-skill-width.tsv' using (column('T')) name 'last' nooutput
set multiplot layout 1,3 margins left,right,bottom,top_with_keys spacing 0.03,0
set yrange [-0.05:1.12]
set ytics 0.2
set samples 500
c = one_skill_time_start_ratio
time_curve(T, kappa) = 1 / (1 + c * exp(-one_skill_time_speed * T / kappa))
data_curve(D, dc) = D < dc ? 1 - sqrt(1 - D / dc) : 1
width_curve(N, nc) = N < nc ? N / nc : 1
measured = sprintf('pt 7 ps 0.3 lc rgb %d', colour[1])
fitted = sprintf('lw 1.3 lc rgb %d', colour[2])
eval key_above(3.4, 'measured', sprintf('lw 4 lc rgb %d', colour[1] + 0xC0000000), measured)
eval key_above(6.6, 'fitted', fitted, '')
eval key_above(9.3, 'constants of the authors', 'dt 2 lc rgb "black"', '')
unset key
set ylabel 'strength $R_1/S$'
set xlabel 'training time $T$ (steps)'
set xrange [0:1500]
set xtics 0,500,1000
plot 'runs/one-skill-time.summary.tsv' using 1:(mean(R(1)) - spread(R(1))):(mean(R(1)) + spread(R(1))) \
         with filledcurves fs transparent solid 0.25 noborder lc rgb colour[1], \
     '' using 1:(mean(R(1))) every 2 with points @measured, \
     time_curve(x, fit_kappa_mean) with lines @fitted, \
     time_curve(x, authors_kappa) with lines dt 2 lc rgb 'black'
eval keys_end
unset ylabel
set format y ''
set xlabel 'training samples $D$'
plot 'runs/one-skill-data.summary.tsv' using 1:(mean(R(1)) - spread(R(1))):(mean(R(1)) + spread(R(1))) \
         with filledcurves fs transparent solid 0.25 noborder lc rgb colour[1], \
     '' using 1:(mean(R(1))) with points @measured, \
     data_curve(x, fit_dc_loss_mean) with lines @fitted, \
     data_curve(x, authors_dc) with lines dt 2 lc rgb 'black'
set xlabel 'hidden units $N$'
set xrange [0:width_max + 0.5]
set xtics 2
plot 'runs/one-skill-width.tsv' using (at_end(column('N') + 0.2 * aside(column('repeat'), repeat_max))):R(1) with points @measured, \
     'runs/one-skill-width.summary.tsv' using 1:(mean(R(1))) with lines lc rgb colour[1], \
     width_curve(x, fit_nc_mean) with lines @fitted, \
     width_curve(x, authors_nc) with lines dt 2 lc rgb 'black'
unset multiplot
