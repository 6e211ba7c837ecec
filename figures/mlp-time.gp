# Time emergence of five skills in the two-layer network (mean; from eight repeats on standard
# deviation shaded) under the extended model.
# reads: mlp-time.summary strength-extended
height = 5
load 'style.gp'
set lmargin at screen left
set rmargin at screen right
set bmargin at screen bottom
set tmargin at screen top_with_keys
set logscale x
set format x power_of_ten
set xrange [400:2e4]
set yrange [-0.03:1.08]
set ytics 0.2
set xlabel 'training time $T$ (steps)'
set ylabel 'strength $R_k/S$'
key_points = 0
eval skill_keys(1.9, 1.9)
eval model_key(11.4)
unset key
data = 'runs/mlp-time.summary.tsv'
plot for [k=1:5] data using (positive(column(1))):(mean(R(k)) - spread(R(k))):(mean(R(k)) + spread(R(k))) \
         with filledcurves fs transparent solid 0.25 noborder lc rgb colour[k], \
     for [k=1:5] data using 1:(mean(R(k))) with lines lc rgb colour[k], \
     for [k=1:5] 'runs/strength-extended.tsv' using 1:R(k) with lines dt 2 lc rgb 'black'
