# Shared by all figures.  A script sets `height` (in cm) and loads this file; `name` is its own name.
# gnuplot runs in build/<scale>, where latexmk runs too: cairolatex writes the path into its output.
eval sprintf("set terminal cairolatex pdf color size 14.6cm,%gcm font ',8' fontscale 1 linewidth 1.6", height)
set output sprintf('figures/%s.tex', name)
load 'numbers.gp'

set datafile separator "\t"
set datafile missing "diverged"
set key autotitle columnheader
set key Left reverse samplen 1.4 spacing 0.95 nobox
set border linewidth 0.6
set tics scale 0.6 nomirror
set format '$%g$'

# Colours that differ in lightness too (Okabe and Ito).
array colour[6] = [0x0072B2, 0xD55E00, 0x009E73, 0xCC79A7, 0xE69F00, 0x56B4E9]
grey = 0x777777
power_of_ten = '$10^{%T}$'

# Margins of a row of panels, as fractions of the figure: room for labels in cm, whatever the height.
left = 1.4 / 14.6
right = 1 - 0.25 / 14.6
bottom = 1.15 / height
top = 1 - 0.3 / height
top_with_title = 1 - 0.65 / height
