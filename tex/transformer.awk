# The tables of the transformer's search and benchmark as TeX rows, and the numbers in the text.
#   awk -v source=FILE -f tex/transformer.awk SEARCH FILE
function escape(text) { gsub(/[#$%&_{}]/, "\\\\&", text); gsub(/  +/, " ", text); return text }
function brief(name) { sub(/ with .*| NO_.*/, "", name); return name } # the file has it all
function number(x, format) {
    return x == "nan" || x == "inf" ? "---" : "\\num[group-digits=integer]{" sprintf(format, x) "}"
}
function digits(x) { return number(x, x + 0 < 99.5 ? "%#.3g" : "%.0f") }
function result(key, text) { printf "\\setresult{transformer-bench/%s}{%s}\n", key, text }
function at(name) { return $column[name] }

BEGIN { FS = "\t" }
FNR == 1 { file++; named = 0; split("", column) }
/^# / {
    end = index($0, ": ")
    if (file == 2)
        header[substr($0, 3, end - 3)] = substr($0, end + 2)
    next
}
!named { for (i = 1; i <= NF; i++) column[$i] = i; named = 1; next }
file == 1 {
    row = at("optimiser") " & " at("bits") " & " at("order") " & " at("width") " & " at("batch") \
        " & " number(at("rate"), "%g") " & " number(at("steps"), "%d") " & " at("complete") "/" at("repeats")
    for (k = 1; k <= 5; k++)
        row = row " & " (at("T_" k) == "inf" ? "---" : number(at("T_" k), "%.0f"))
    search = search row " & " at("diverged") " \\\\\n"
}
file == 2 {
    ratio = at("torch") == "nan" ? "nan" : at("torch") / at("ours")
    least = at("torch_least") == "nan" ? "nan" : at("torch_least") / at("ours_least")
    share = number(100 * at("product") / at("ours"), "%.0f")
    rows = rows at("bits") " & " at("width") " & " at("batch") " & " number(at("rows"), "%.0f") " & " \
        number(100 * at("rows") / at("batch") / (5 + at("bits")), "%.0f") " & " digits(at("ours")) " & " \
        digits(at("torch")) " & " number(ratio, "%.1f") " & " number(least, "%.1f") " & " share " & " \
        number(at("rate"), "%.0f") " \\\\\n"
    if (!quoted++) { # the desk setting
        result("ours", digits(at("ours"))); result("torch", digits(at("torch")))
        result("ratio", number(ratio, "%.1f")); result("ratio-least", number(least, "%.1f"))
        result("share", share); result("rate", number(at("rate"), "%.0f"))
        result("saved", number(100 - 100 * at("rows") / at("batch") / (5 + at("bits")), "%.0f"))
    }
    last_ratio = number(ratio, "%.1f"); last_share = share
}
END {
    result("source", escape(source))
    split("machine commit blas torch", keys, " ")
    for (i = 1; i in keys; i++)
        result(keys[i], escape(brief(header[keys[i]])))
    result("full-years", number(header["days at full size"] == "" ? "nan" : header["days at full size"] / 365.25, "%.1f"))
    result("last-ratio", last_ratio); result("last-share", last_share)
    printf "\\newcommand{\\searchrows}{%%\n%s}\n", search
    printf "\\newcommand{\\transformerbenchrows}{%%\n%s}\n", rows
}
