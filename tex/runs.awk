# The table of runs as TeX rows, seconds below ten to a hundredth.
#   awk -f tex/table.awk -f tex/runs.awk FILE, with columns run, command, seconds
{
    time = sprintf(at("seconds") < 9.995 ? "%.2f" : "%.0f", at("seconds"))
    rows = rows sprintf("\\runrow{%s}{%s}{%s}\n", at("run"), at("command"), time)
}
END { define("runrows", rows) }
