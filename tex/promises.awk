# What the text promises must be there: a number for every \result, an audit for every equation.
#   awk -f tex/promises.awk NUMBERS.tex... paper.nw src/*.nw
# Keys with an argument (#1) belong to macros, which TeX checks.
function fault(text) { print FILENAME ":" FNR ": " text > "/dev/stderr"; faults++ }
FILENAME ~ /\.tex$/ {
    if (match($0, /^\\set(result|audit)[{][^}]*[}]/)) {
        key = substr($0, 1, RLENGTH)
        gsub(/^.*[{]|[}]$/, "", key)
        known[/^\\setaudit/ ? "audit " key : key] = 1
    }
    next
}
FNR == 1 { code = 0 }
/^@( |$)/ { code = 0 }
/^<<.*>>=$/ { code = 1 }
code { next }
{
    line = $0
    while (match(line, /\\result[{][^}#]*[}]/)) {
        key = substr(line, RSTART + 8, RLENGTH - 9)
        line = substr(line, RSTART + RLENGTH)
        if (!(key in known))
            fault("no run gives the number '" key "': correct its name, or write it in a chunk of numbers")
    }
    if (match($0, /\\label[{]eq:[^}]*[}]/)) {
        key = substr($0, RSTART + 7, RLENGTH - 8)
        if (!(("audit " key) in known))
            fault("the equation '" key "' has no audit: add an entry to its chapter's audit file, or leave it without a number")
    }
}
END { exit faults > 0 }
