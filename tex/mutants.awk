# The table of mutants as TeX: its rows, module by module, and the numbers in the text.
#   awk -f tex/mutants.awk tests/mutants.tsv
function result(key, n) { printf "\\setresult{mutants/%s}{%d}\n", key, n }
function cells(name,    row, i) {
    row = " & " drawn[name] + 0
    for (i = 1; i in fates; i++)
        row = row " & " count[name, fates[i]] + 0
    return row
}

BEGIN { FS = "\t"; split("own tests,audit,other tests,equivalent,survived", fates, ",") }
/^# / {
    end = index($0, ": ")
    header[substr($0, 3, end - 3)] = substr($0, end + 2)
    next
}
!named { # the line of column names
    for (i = 1; i <= NF; i++)
        column[$i] = i
    named = 1
    next
}
{
    module = $column["module"]
    fate = $column["fate"]
    if (!drawn[module]++)
        modules[++n] = module
    drawn["all"]++
    count[module, fate]++
    count["all", fate]++
    kind = $column["kind"]
    if (!of_kind[kind]++)
        kinds[++m] = kind
    late += $column["by"] ~ /time limit/
}
END {
    equivalent = count["all", "equivalent"]
    caught = drawn["all"] - equivalent - count["all", "survived"]
    result("drawn", drawn["all"])
    result("candidates", header["candidates"])
    result("seed", header["seed"])
    result("limit", header["seconds"])
    result("equivalent", equivalent)
    result("real", drawn["all"] - equivalent)
    result("caught", caught)
    result("survived", count["all", "survived"])
    result("late", late)
    for (i = 1; i <= m; i++)
        result("kind/" kinds[i], of_kind[kinds[i]])
    printf "\\newcommand{\\mutantrows}{%%\n"
    for (i = 1; i <= n; i++)
        printf "\\texttt{%s}%s \\\\\n", modules[i], cells(modules[i])
    printf "\\midrule\nall%s \\\\\n}\n", cells("all")
}
