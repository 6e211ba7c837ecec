# Which chunk evaluates an equation: the first that names "eq:NAME" in a function of its own chapter,
# else in an interface there, else in a function or an interface elsewhere, else in a list of audits.
# Lines "CHAPTER NUMBER eq:NAME", the chunks of a chapter being numbered.
#   awk -f tex/evaluates.awk src/*.nw > FILE
function finish(    rest, name, rank) {
    if (!code)
        return
    rest = chunk
    while (match(rest, /.?eq:[a-z0-9-]+/)) {
        name = substr(rest, RSTART, RLENGTH)
        rest = substr(rest, RSTART + RLENGTH)
        rank = name ~ /^"/ ? 3 : chunk ~ /\n[a-z][^\n;={}]*\([^{};]*\);\n/ && chunk !~ /\n[{]\n/ ? 2 : 1
        sub(/^.?eq:/, "eq:", name)
        candidates++
        equation[candidates] = name
        ranks[candidates] = rank
        places[candidates] = chapter " " number
    }
    code = 0
}
FNR == 1 {
    finish()
    chapter = FILENAME
    gsub(/.*\/|\.nw$/, "", chapter)
    number = 0
}
/^@( |$)/ { finish() }
/^<<.*>>=$/ { finish(); code = 1; number++; chunk = "\n"; next }
code { chunk = chunk $0 "\n" }
!code && match($0, /\\label[{]eq:[^}]*[}]/) { home[substr($0, RSTART + 7, RLENGTH - 8)] = chapter }
END {
    finish()
    for (i = 1; i <= candidates; i++) {
        name = equation[i]
        rank = ranks[i] + (index(places[i], home[name] " ") != 1) * (ranks[i] < 3 ? 2 : 3)
        if (ranks[i] == 3)
            rank += 2
        if (!(name in best) || rank < best[name]) {
            best[name] = rank
            place[name] = places[i]
        }
    }
    for (name in place)
        print place[name], name
}
