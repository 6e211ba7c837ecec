# The network of three units: modes and skill over time, and the skill from ever smaller starts.
# reads: minimal minimal-1e-8 minimal-1e-32 minimal-1e-128
height = 5.6
load 'style.gp'
set multiplot layout 1,2 margins left,right,bottom,top spacing 0.11,0
set yrange [0:1.05]
set xlabel 'training time $T$'
set ylabel 'strength $R/S$'
set xrange [0:1000]
set key at graph 0.02,0.99 left top
plot for [q=1:3] 'runs/minimal.tsv' using 'T':sprintf('R_%d', q) with lines lc rgb colour[q] title sprintf('mode %d', q), \
     'runs/minimal.tsv' using 'T':'R' with lines lc rgb 'black' title 'skill', \
     '' using 'T':'descent' every 10 with points pt 6 ps 0.4 lc rgb 'black' notitle, \
     '' using 'T':'model' with lines dt 2 lc rgb 'black' title 'model', \
     '' using 'T':'separate' with lines dt 3 lc rgb grey title 'separate'
# Runs, their R(0) = 10^-x S, and their rates; S = 1.
runs = 'minimal minimal-1e-8 minimal-1e-32 minimal-1e-128'
small = '2 8 32 128'
rates = '0.02 0.05 0.2 0.2'
unit(i) = word(small, i) * log(10.) / word(rates, i)
set xlabel '$\eta S\,T / \ln(S/R(0))$'
set xrange [0:2.6]
set key at graph 0.02,0.99 left top
$limit << end
0	0
1	0
1	0.142857
1.388889	0.142857
1.388889	0.625
1.833333	0.625
1.833333	1
2.6	1
end
plot $limit using 1:2 with lines lw 3 lc rgb 0xBBBBBB notitle, \
     for [i=1:4] 'runs/'.word(runs, i).'.tsv' using (column('T') / unit(i)):'R' with lines lc rgb colour[i] title sprintf('$R(0)=10^{-%s}S$', word(small, i))
unset multiplot
