# Time emergence for three starts sigma (rows) and four exponents alpha + 1 (columns).
# reads: grid-0.01-0.3.summary grid-0.01-0.6.summary grid-0.01-0.9.summary grid-0.01-2.0.summary grid-0.04-0.3.summary grid-0.04-0.6.summary grid-0.04-0.9.summary grid-0.04-2.0.summary grid-0.1-0.3.summary grid-0.1-0.6.summary grid-0.1-0.9.summary grid-0.1-2.0.summary strength-grid-0.01-0.3 strength-grid-0.01-0.6 strength-grid-0.01-0.9 strength-grid-0.01-2.0 strength-grid-0.04-0.3 strength-grid-0.04-0.6 strength-grid-0.04-0.9 strength-grid-0.04-2.0 strength-grid-0.1-0.3 strength-grid-0.1-0.6 strength-grid-0.1-0.9 strength-grid-0.1-2.0
height = 11
load '../../figures/style.gp'
set multiplot layout 3,4 margins left,right,bottom,top_with_title spacing 0.02,0.03
sigmas = '0.01 0.04 0.1'
alphas = '0.3 0.6 0.9 2.0'
set yrange [-0.05:1.1]
set xrange [0:20000]
set xtics 0,10000,20000
set ytics 0,0.5,1
do for [s=1:3] {
    do for [a=1:4] {
        cell = sprintf('%s-%s', word(sigmas, s), word(alphas, a))
        if (s == 1) { set title sprintf('$\alpha + 1 = %.1f$', word(alphas, a) + 1) offset 0,-0.5 } else { unset title }
        if (s == 3) { set format x '%g'; set xlabel '$T$' } else { set format x ''; unset xlabel }
        if (a == 1) { set format y '%g'; set ylabel sprintf('$R_k/S$, $\sigma = %s$', word(sigmas, s)) offset 1,0 } else { set format y ''; unset ylabel }
        plot for [k=1:5] 'runs/grid-'.cell.'.summary.tsv' using 1:3+2*k with lines lc rgb colour[k] notitle, \
             for [k=1:5] 'runs/strength-grid-'.cell.'.tsv' using 1:1+k with lines dt 2 lc rgb 'black' notitle
    }
}
unset multiplot
