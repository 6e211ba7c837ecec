# README.md with its results written anew between two marks, from the table of `emergence verdicts`.
#   awk -v scale=desk -f tex/readme.awk VERDICTS README.md
BEGIN { FS = "\t" }
FNR == NR {
    if (/^#/ || $1 == "claim")
        next
    theirs[$1] = $2; ours[$1] = $3; low[$1] = $4; high[$1] = $5; verdict[$1] = $7
    if ($1 ~ /^(constant|exponent)-/) { laws++; if ($7 == "reproduced") holding++ }
    next
}
function end_of(x) { return x ~ /inf/ ? "∞" : sprintf("%.3g", x) } # of an interval, which may be open
function value(claim,    text) {
    text = sprintf("%.3g", ours[claim])
    return low[claim] ~ /nan/ || low[claim] == high[claim] ? text : text " [" end_of(low[claim]) ", " end_of(high[claim]) "]"
}
function row(what, authors, found, outcome) { printf "| %s | %s | %s | %s |\n", what, authors, found, outcome }
function results() {
    print "| claim | authors | found here (95 % interval) | verdict |"
    print "| --- | --- | --- | --- |"
    row("constants and exponents of the four scaling laws", laws " numbers", holding " agree", holding == laws ? "reproduced" : "all but " laws - holding " reproduced")
    row("time at which five skills emerge over predicted, κ = 22", theirs["predicted-authors-kappa"], value("predicted-authors-kappa"), verdict["predicted-authors-kappa"])
    row("samples at which they do, D_c fitted to one skill", theirs["predicted-dc-loss"], value("predicted-dc-loss"), verdict["predicted-dc-loss"])
    row("hidden units at which they do, N_c fitted to one skill", theirs["predicted-nc"], value("predicted-nc"), verdict["predicted-nc"])
    row("transformer: exponent of T ∝ k^x", theirs["transformer-time-exponent"], value("transformer-time-exponent"), verdict["transformer-time-exponent"])
    print "\nRatios are those of the skill that is farthest off; runs of `" scale "` scale."
}
/^<!-- results -->$/ { print; print ""; results(); print ""; skip = 1 }
/^<!-- end of results -->$/ { skip = 0 }
!skip
