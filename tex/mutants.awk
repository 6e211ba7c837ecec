# The table of mutants as TeX: its rows, module by module, and the numbers in the text.
#   awk -f tex/table.awk -f tex/mutants.awk tests/mutants.tsv
function cells(name,    row, i) {
    row = " & " drawn[name] + 0
    for (i = 1; i in fates; i++)
        row = row " & " count[name, fates[i]] + 0
    return row " \\\\\n"
}

BEGIN { prefix = "mutants/"; split("own tests,audit,other tests,equivalent,survived", fates, ",") }
{
    module = at("module")
    if (!drawn[module]++)
        modules[++n] = module
    drawn["all"]++
    count[module, at("fate")]++
    count["all", at("fate")]++
    if (!of_kind[at("kind")]++)
        kinds[++m] = at("kind")
    late += at("by") ~ /time limit/
}
END {
    equivalent = count["all", "equivalent"] + 0
    survived = count["all", "survived"] + 0
    result("drawn", drawn["all"] + 0)
    result("candidates", header[1, "candidates"])
    result("seed", header[1, "seed"])
    result("limit", header[1, "seconds"])
    result("equivalent", equivalent)
    result("real", drawn["all"] - equivalent)
    result("caught", drawn["all"] - equivalent - survived)
    result("survived", survived)
    result("late", late + 0)
    for (i = 1; i <= m; i++)
        result("kind/" kinds[i], of_kind[kinds[i]])
    for (i = 1; i <= n; i++)
        rows = rows "\\texttt{" modules[i] "}" cells(modules[i])
    define("mutantrows", rows "\\midrule\nall" cells("all"))
}
