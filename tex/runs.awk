# The table of runs as TeX rows: first what took time, then together what took hardly any.
#   awk -f tex/table.awk -f tex/runs.awk FILE, with columns run, command, seconds
function row(time) { return sprintf("\\runrow{%s}{%s}{%s}\n", at("run"), at("command"), time) }
at("seconds") < 0.05 { quick = quick row(""); count++; seconds += at("seconds"); next }
{ rows = rows row(sprintf("%.1f", at("seconds"))) }
END {
    define("runrows", rows (count ? "\\midrule\n" quick : ""))
    printf "\\newcommand{\\quickruns}{\\num{%d}}\n\\newcommand{\\quickseconds}{%.1f}\n", count, seconds
}
