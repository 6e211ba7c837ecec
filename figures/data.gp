# Strength and skill loss of a network trained on D samples, against d_k = D P_s(k): both measured
# quantities against both candidate curves, one skill (left) and five skills (right).
# reads: one-skill-data.summary mlp-data.summary
height = 6.6
load '../../figures/style.gp'
set multiplot layout 1,2 margins left,right,bottom,top_with_title spacing 0.04,0
dc = authors_dc
loss_derived(d) = d < dc ? 1 - sqrt(1 - d / dc) : 1
correlation(d) = d < dc ? d / dc : 1
skill_loss(d) = d < dc ? 1 - d / dc : 0
array p[5]
do for [k=1:5] { p[k] = value(sprintf('mlp_data_probability_%d', k)) }
set xlabel 'samples of the skill, $d_k$'
set ylabel '$R_k/S$ (filled), $L_k/(S^2/2)$ (open)' offset 1,0
set xrange [0:2*dc]
set yrange [0:2]
set samples 400
set key at graph 0.98,0.97 right top
set title 'one skill' offset 0,-0.5
plot 'runs/one-skill-data.summary.tsv' using 1:7:8 with yerrorbars pt 7 ps 0.3 lc rgb colour[1] title 'strength', \
     '' using 1:9:10 with yerrorbars pt 6 ps 0.3 lc rgb colour[2] title 'skill loss', \
     loss_derived(x) with lines dt 2 lc rgb colour[1] title 'loss-derived curve', \
     correlation(x) with lines dt 3 lc rgb colour[1] title 'correlation', \
     skill_loss(x) with lines dt 2 lc rgb colour[2] title 'loss'
unset ylabel
set format y ''
set title 'five skills' offset 0,-0.5
unset key
plot for [k=1:5] 'runs/mlp-data.summary.tsv' using (column(1)*p[k]):5+2*k with points pt 7 ps 0.3 lc rgb colour[k], \
     for [k=1:5] '' using (column(1)*p[k]):15+2*k with points pt 6 ps 0.3 lc rgb colour[k], \
     loss_derived(x) with lines dt 2 lc rgb 'black', correlation(x) with lines dt 3 lc rgb 'black', \
     skill_loss(x) with lines dt 2 lc rgb grey
unset multiplot
