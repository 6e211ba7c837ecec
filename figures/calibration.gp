# The one-skill runs (mean, standard deviation shaded) and the curves fitted to them; dashed black:
# the authors' constants.
# reads: one-skill-time.summary one-skill-data.summary one-skill-width.summary
height = 6.6
load '../../figures/style.gp'
set multiplot layout 1,3 margins left,right,bottom,top spacing 0.04,0
set yrange [-0.05:1.15]
set samples 500
c = one_skill_time_start_ratio
time_curve(T, kappa) = 1 / (1 + c * exp(-one_skill_time_speed * T / kappa))
data_curve(D, dc) = D < dc ? 1 - sqrt(1 - D / dc) : 1
width_curve(N, nc) = N < nc ? N / nc : 1
set ylabel 'strength $R_1/S$' offset 1,0
set xlabel 'training time $T$'
set xrange [0:2500]
set xtics 0,1000
plot 'runs/one-skill-time.summary.tsv' using 1:(column(5)-column(6)):(column(5)+column(6)) with filledcurves \
         fs transparent solid 0.22 noborder lc rgb colour[1] notitle, \
     '' using 1:5 with lines lc rgb colour[1] notitle, \
     time_curve(x, fit_kappa_mean) with lines lc rgb colour[2] notitle, \
     time_curve(x, authors_kappa) with lines dt 2 lc rgb 'black' notitle
unset ylabel
set format y ''
set xlabel 'training samples $D$'
set xrange [0:2000]
plot 'runs/one-skill-data.summary.tsv' using 1:(column(7)-column(8)):(column(7)+column(8)) with filledcurves \
         fs transparent solid 0.22 noborder lc rgb colour[1] notitle, \
     '' using 1:7 with linespoints pt 7 ps 0.25 lc rgb colour[1] notitle, \
     data_curve(x, fit_dc_loss_mean) with lines lc rgb colour[2] notitle, \
     data_curve(x, authors_dc) with lines dt 2 lc rgb 'black' notitle
set xlabel 'hidden units $N$'
set xrange [0:12.5]
set xtics 0,4
set key bottom right
plot 'runs/one-skill-width.summary.tsv' using 1:(column(6)-column(7)):(column(6)+column(7)) with filledcurves \
         fs transparent solid 0.22 noborder lc rgb colour[1] notitle, \
     '' using 1:6 with linespoints pt 7 ps 0.25 lc rgb colour[1] title 'measured', \
     width_curve(x, fit_nc_mean) with lines lc rgb colour[2] title 'fitted', \
     width_curve(x, authors_nc) with lines dt 2 lc rgb 'black' title 'authors'''
unset multiplot
