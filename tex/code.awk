# C as the compiler reads it: without comments, white space collapsed to one blank; what a string
# holds stays, and a directive keeps its line.  What changes this text can change results.
function put(word) {
    printf "%s%s", space && begun ? " " : "", word
    begun = 1
    space = 0
}
function end_line() {
    if (begun)
        print ""
    begun = space = 0
}
FNR == 1 { end_line() }
{
    directive = !comment && (continued || /^[ \t]*#/)
    if (directive && !continued)
        end_line()
    continued = directive && sub(/\\$/, "")
    while ($0 != "") {
        if (comment) {
            comment = !match($0, /\*\//)
            $0 = comment ? "" : substr($0, RSTART + 2)
            continue
        }
        if (match($0, /^[ \t]+/) || match($0, /^\/\/.*/))
            space = 1
        else if (match($0, /^\/\*/))
            space = comment = 1
        else if (match($0, /^"([^"\\]|\\.)*"/) || match($0, /^'([^'\\]|\\.)*'/) ||
                 match($0, /^[^ \t"'\/]+/) || match($0, /^./))
            put(substr($0, 1, RLENGTH))
        $0 = substr($0, RLENGTH + 1)
    }
    space = 1
    if (directive && !continued)
        end_line()
}
END { end_line() }
