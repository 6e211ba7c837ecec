# The tables of the transformer's search and benchmark as TeX rows, and the numbers in the text.
#   awk -v source=FILE -f tex/table.awk -f tex/transformer.awk SEARCH FILE
BEGIN { prefix = "transformer-bench/" }
file == 1 {
    row = at("optimiser") " & " at("bits") " & " at("order") " & " at("width") " & " at("batch") \
        " & " number(at("rate"), "%g") " & " number(at("steps"), "%d") " & " at("complete") "/" at("repeats")
    for (k = 1; k <= 5; k++)
        row = row " & " number(at("T_" k), "%.0f")
    search = search row " & " at("diverged") " \\\\\n"
}
file == 2 {
    slower = number(ratio(at("torch"), at("ours")), "%.1f")
    least = number(ratio(at("torch_least"), at("ours_least")), "%.1f")
    shown = 100 * at("rows") / at("batch") / (5 + at("bits"))
    share = number(100 * at("product") / at("ours"), "%.0f")
    rows = rows at("bits") " & " at("width") " & " at("batch") " & " number(at("rows"), "%.0f") " & " \
        number(shown, "%.0f") " & " digits(at("ours")) " & " \
        digits(at("torch")) " & " slower " & " least " & " share " & " \
        number(at("rate"), "%.0f") " \\\\\n"
    if (!quoted++) { # the desk setting
        result("ours", digits(at("ours"))); result("torch", digits(at("torch")))
        result("ratio", slower); result("ratio-least", least)
        result("share", share); result("rate", number(at("rate"), "%.0f"))
        result("saved", number(100 - shown, "%.0f"))
    }
}
END {
    result("source", escape(source))
    split("machine commit blas torch", keys, " ")
    for (i = 1; i in keys; i++)
        result(keys[i], escape(brief(header[2, keys[i]])))
    days = header[2, "days at full size"]
    result("full-years", number(days == "" ? "nan" : days / 365.25, "%.1f"))
    result("last-ratio", slower); result("last-share", share)
    define("searchrows", search)
    define("transformerbenchrows", rows)
}
