# The extended model in data: strength after training on d samples, by its definition and as read from
# the loss; and its approach in time, with the linear model.
# reads: shots-data.summary shots-time
height = 5.4
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,top_with_keys spacing 0.06,0
D_c = shots_dc
set errorbars small
set yrange [0:1.05]
set xrange [0:1.55]
set xtics 0,0.25,1.5
set xlabel 'samples $d/D_c$'
set ylabel 'strength $R_k/S$'
eval key_above(1.2, 'definition', sprintf('lc rgb %d', colour[1]), sprintf('pt 7 ps 0.4 lc rgb %d', colour[1]))
eval key_above(3.4, 'from the loss', sprintf('dt 2 lc rgb %d', colour[2]), sprintf('pt 6 ps 0.4 lc rgb %d', colour[2]))
eval key_above(8.2, 'multilinear', sprintf('lc rgb %d', colour[1]), '')
eval key_above(10.6, 'linear', sprintf('lc rgb %d', grey), 'pt 2 ps 0.5 lc rgb "black"')
unset key
share(x) = x < 1 ? x : 1
plot [x=0:1.55] share(x) with lines lc rgb colour[1] lw 0.7, 1 - sqrt(1 - share(x)) with lines dt 2 lc rgb colour[2] lw 0.7, \
     'runs/shots-data.summary.tsv' using (column('d') / D_c):(mean('R')):(column('R_sd')) with yerrorbars pt 7 ps 0.4 lw 0.7 lc rgb colour[1], \
     '' using (column('d') / D_c):(mean('reading')):(column('reading_sd')) with yerrorbars pt 6 ps 0.4 lw 0.7 lc rgb colour[2], \
     '' using (column('d') / D_c):(mean('R_linear')) with points pt 2 ps 0.5 lw 0.7 lc rgb 'black'
eval keys_end
unset ylabel
set format y ''
set logscale x
set format x power_of_ten
set xtics auto
set xrange [0.1:100]
set xlabel 'training time $T$'
plot 'runs/shots-time.tsv' using 1:(column('R')) with lines lc rgb colour[1], \
     '' using 1:(column('R_linear')) with lines lc rgb grey, \
     '' using 1:(column('reading')) with lines dt 2 lc rgb colour[2], \
     '' using 1:(column('reading_linear')) with lines dt 2 lc rgb grey
unset multiplot
