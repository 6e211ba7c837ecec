# README.md with its results written anew between two marks, from tables of `emergence verdicts`: those
# of the archive and, for claims on which it says nothing yet, those of another scale.
#   awk -v scale=desk -f tex/readme.awk VERDICTS ARCHIVED-VERDICTS README.md
BEGIN { FS = "\t" }
FNR == 1 { file++ }
file < 3 {
    if (/^#/ || $1 == "claim" || (file == 2 && $7 == "not run"))
        next
    theirs[$1] = $2; ours[$1] = $3; low[$1] = $4; high[$1] = $5; verdict[$1] = $7
    of[$1] = file == 1 ? scale : "paper"
    next
}
function count_laws(    claim) {
    for (claim in verdict)
        if (claim ~ /^(constant|exponent)-/) { laws++; holding += verdict[claim] == "reproduced" }
}
function end_of(x) { return x ~ /inf/ ? "∞" : sprintf("%.3g", x) } # of an interval, which may be open
function value(claim,    text) {
    text = sprintf("%.3g", ours[claim])
    return low[claim] ~ /nan/ || low[claim] == high[claim] ? text : text " [" end_of(low[claim]) ", " end_of(high[claim]) "]"
}
function line(what, authors, found, outcome, runs) { printf "| %s | %s | %s | %s | %s |\n", what, authors, found, outcome, runs }
function row(what, claim) { line(what, theirs[claim], value(claim), verdict[claim], "`" of[claim] "`") }
function results() {
    count_laws()
    print "| claim | authors | found here (95 % interval) | verdict | scale |"
    print "| --- | --- | --- | --- | --- |"
    line("constants and exponents of the four scaling laws", laws " numbers", holding " agree", holding == laws ? "reproduced" : "all but " laws - holding " reproduced", "theory")
    row("time at which five skills emerge over predicted, κ = 22", "predicted-authors-kappa")
    row("samples at which they do, D_c fitted to one skill", "predicted-dc-loss")
    row("hidden units at which they do, N_c fitted to one skill", "predicted-nc")
    row("transformer: exponent of T ∝ 1/P^x at a skill's rank", "transformer-frequency")
    row("transformer: exponent of T ∝ k^x", "transformer-time-exponent")
    print "\nRatios are those of the skill that is farthest off.  Runs of `paper` scale come from the archive."
}
/^<!-- results -->$/ { print; print ""; results(); print ""; skip = 1 }
/^<!-- end of results -->$/ { skip = 0 }
!skip
