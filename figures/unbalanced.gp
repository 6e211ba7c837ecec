# Unbalanced starts: strength against time, and wait over rise against the imbalance.
# reads: strength-imbalance-0 strength-imbalance-0.001 strength-imbalance-0.1 strength-imbalance-0.70711 strength-imbalance-10 wait-imbalance-1e-3 wait-imbalance-1e-6 wait-imbalance-1e-9
height = 5.4
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,top spacing 0.11,0
imbalances = '0 0.001 0.1 0.70711 10'
names = '$q=0$ $q=10^{-3}S$ $q=0.1\,S$ $q=S/\sqrt2$ $q=10\,S$'
starts = '1e-3 1e-6 1e-9'
start_names = '$R(0)=10^{-3}S$ $R(0)=10^{-6}S$ $R(0)=10^{-9}S$'
omega(i) = sqrt(word(imbalances, i)**2 + 4)
set xlabel 'time $\eta P_s \Omega\, T$'
set ylabel 'strength $R/S$'
set xrange [0:20]
set yrange [0:1.05]
set key bottom right
plot for [i=1:5] 'runs/strength-imbalance-'.word(imbalances, i).'.tsv' using ($1*omega(i)):2 with lines lc rgb colour[i] title word(names, i)
set logscale xy
set format x power_of_ten
set xlabel 'imbalance $|q|/S$'
set ylabel 'wait over rise $W$' offset 2.4,0
set xrange [1e-11:100]
set yrange [0.0008:10]
set xtics 1e-10,1e3
set key bottom left
set arrow 1 from 0.70711,0.0008 to 0.70711,10 nohead dt 3 lc rgb grey
level = log(19.0)
flat(x) = (log(1/x - 1) - level)/(2*level)
plot for [i=1:3] 'runs/wait-imbalance-'.word(starts, i).'.tsv' using 1:2 with lines lc rgb colour[i] title word(start_names, i), \
     for [i=1:3] flat(10**(-3.0*i)) with lines dt 3 lc rgb colour[i] notitle, \
     log(0.95)/(log(0.05) - log(0.95)) with lines dt 3 lc rgb grey notitle
unset multiplot
