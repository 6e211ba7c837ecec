# Chunks that are used but not defined, defined but not used, or defined in several chapters, each
# with its place and the remedy.  Roots are files; what collects from many chapters is named here.
#   awk -f tex/chunks.awk src/*.nw
function fault(place, text) { print place ": " text > "/dev/stderr"; faults++ }
/^@( |$)/ { code = 0 }
/^<<.*>>=$/ {
    code = 1
    name = substr($0, 3, length($0) - 5)
    place = FILENAME ":" FNR
    if (!(name in defined))
        defined[name] = place
    else if (index(defined[name], FILENAME ":") != 1 && name !~ /^(runs|numbers of .*)$/ && name ~ / /)
        fault(place, "chunk <<" name ">> is also defined in " defined[name] ": give one of them a name of its own")
    next
}
code && /<<.*>>/ {
    name = $0
    sub(/^.*<</, "", name)
    sub(/>>.*$/, "", name)
    if (!(name in used))
        used[name] = FILENAME ":" FNR
}
END {
    for (name in used)
        if (!(name in defined))
            fault(used[name], "chunk <<" name ">> is defined nowhere: write it, or correct its name")
    for (name in defined)
        if (!(name in used) && name !~ /^[a-z-]+\.[a-z]+$/)
            fault(defined[name], "chunk <<" name ">> is used nowhere: use it, or delete it")
    exit faults > 0
}
