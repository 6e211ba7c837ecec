# Strength and skill loss of a network trained on D samples, against d_k = D P_s(k): both measured
# quantities against the candidate curves, one skill (left) and five skills (right).
# reads: one-skill-data.summary mlp-data.summary
height = 6.4
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,1 - 1.4 / height spacing 0.03,0
dc = authors_dc
from_loss(d) = d < dc ? 1 - sqrt(1 - d / dc) : 1
correlation(d) = d < dc ? d / dc : 1
skill_loss(d) = d < dc ? 1 - d / dc : 0
array p[5]
do for [k=1:5] { p[k] = value(sprintf('mlp_data_probability_%d', k)) }
loss(k) = sprintf('L_%d', k)
set xlabel 'samples of the skill, $d_k$'
set ylabel '$R_k/S$ and $L_k/(S^2/2)$'
set xrange [0:1400]
set xtics 0,400,1200
set yrange [-0.05:2]
set samples 400
unset key
eval key_above(1.2, 'strength', '', 'pt 7 ps 0.4 lc rgb "black"')
eval key_above(3.3, 'loss', '', 'pt 6 ps 0.4 lc rgb "black"')
eval key_above(4.9, 'strength, from the loss', 'dt 2 lc rgb "black"', '')
eval key_above(9, 'strength, correlation', 'dt 3 lc rgb "black"', '')
eval key_above(12.8, 'loss', sprintf('dt 4 lc rgb %d', grey), '')
key_level = key_level - 0.45 / height
array mark[5] = [7, 7, 7, 7, 7]
eval skill_keys(3.3, 1.9)
set title 'one skill'
plot 'runs/one-skill-data.summary.tsv' using 1:(mean('R_1')):(spread('R_1')) with yerrorbars pt 7 ps 0.4 lw 0.7 lc rgb colour[1], \
     '' using 1:(mean('L_1')):(spread('L_1')) with yerrorbars pt 6 ps 0.4 lw 0.7 lc rgb colour[1], \
     from_loss(x) with lines dt 2 lc rgb 'black', correlation(x) with lines dt 3 lc rgb 'black', \
     skill_loss(x) with lines dt 4 lc rgb grey
eval keys_end
unset ylabel
set format y ''
set title 'five skills'
plot for [k=1:5] 'runs/mlp-data.summary.tsv' using (column(1) * p[k]):(mean(R(k))):(spread(R(k))) with yerrorbars pt 7 ps 0.4 lw 0.7 lc rgb colour[k], \
     for [k=1:5] '' using (column(1) * p[k]):(mean(loss(k))):(spread(loss(k))) with yerrorbars pt 6 ps 0.4 lw 0.7 lc rgb colour[k], \
     from_loss(x) with lines dt 2 lc rgb 'black', correlation(x) with lines dt 3 lc rgb 'black', \
     skill_loss(x) with lines dt 4 lc rgb grey
unset multiplot
