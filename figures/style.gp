# Shared by all figures.  A script sets `height` (in cm) and loads this file; `name` is its own name.
# gnuplot runs in a folder that has the declared tables and no others.
eval sprintf("set terminal cairolatex pdf color colortext size 14.6cm,%gcm font ',8' fontscale 1 linewidth 1.8", height)
set output sprintf('figures/%s.tex', name)
load 'numbers.gp'

set datafile separator "\t"
set datafile missing "diverged"
set key autotitle columnheader
set key Left reverse samplen 1.6 spacing 0.95 nobox
set border linewidth 0.6
set tics scale 0.6 nomirror
set xtics offset 0,0.2
set format '$%g$'
set xlabel offset 0,0.6
set ylabel offset 1,0
set title offset 0,-0.8

# The hues of Okabe and Ito, each lighter than the one before, so that grey print keeps their order.
array colour[5] = [0x004A80, 0xC24A00, 0x0E9F76, 0xD98BB5, 0xEDAF22]
array mark[5] = [7, 5, 13, 6, 4]
pale(k) = colour[k] + 0x90000000
grey = 0x777777
# gnuplot takes this for wider than it is: labels of such an axis need an offset of about 2.4.
power_of_ten = '$10^{%T}$'

# Margins of a row of panels, as fractions of the figure: room for labels in cm, whatever the height.
left = 1.25 / 14.6
right = 1 - 0.25 / 14.6
bottom = 0.9 / height
top = 1 - 0.2 / height
top_with_title = 1 - 0.5 / height
top_with_keys = 1 - 0.55 / height
top_with_both = 1 - 0.95 / height

# A key above all panels, its line x cm from the left and its title after it: TeX sets titles whose
# width gnuplot does not know.  `eval` the key before the first panel, `keys_end` after it.
key_above(x, title, look, point) = \
    (strlen(look) ? sprintf('set arrow from screen %g,%g to screen %g,%g nohead %s; ', x / 14.6, key_level, (x + 0.6) / 14.6, key_level, look) : ''). \
    sprintf('set label ''%s'' at screen %g,%g left; ', title, (x + 0.75) / 14.6, key_level). \
    (strlen(point) ? sprintf('set label "" at screen %g,%g point %s; ', (x + 0.3) / 14.6, key_level, point) : '')
key_level = 1 - 0.2 / height
key_points = 1 # in the keys of skills
keys_end = 'unset arrow; unset label'
skill_keys(x, step) = skill_key(1, x).skill_key(2, x + step).skill_key(3, x + 2 * step).skill_key(4, x + 3 * step).skill_key(5, x + 4 * step)
skill_key(k, x) = key_above(x, sprintf('skill %d', k), sprintf('lc rgb %d', colour[k]), \
    key_points ? sprintf('pt %d ps 0.4 lc rgb %d', mark[k], colour[k]) : '')
model_key(x) = key_above(x, 'extended model', 'dt 2 lc rgb "black"', '')

# Columns of a summary, by the names in its first line.  A standard deviation says little of fewer
# than eight repeats: bands then have no width.
mean(what) = column(what)
spread(what) = column('repeats') < 8 ? 0 : column(what.'_sd')
R(k) = sprintf('R_%d', k)
# Networks of different widths are shown at the last T, which `stats` has called last_max.
at_end(x) = column('T') == last_max ? x : NaN
# Logarithmic axes leave out T = 0.
positive(x) = x > 0 ? x : NaN
# Single runs stand next to each other: repeat r of n, from -1 to 1.
aside(r, n) = n > 1 ? 2. * (r - 1) / (n - 1) - 1 : 0
