# The table of the transformer's benchmark as TeX rows, and the numbers in the text.
#   awk -v source=FILE -f tex/table.awk -f tex/transformer.awk FILE
BEGIN { prefix = "transformer-bench/" }
{
    slower = number(ratio(at("torch"), at("ours")), "%.1f")
    least = number(ratio(at("torch_least"), at("ours_least")), "%.1f")
    shown = 100 * at("rows") / at("batch") / (5 + at("bits"))
    share = number(100 * at("product") / at("ours"), "%.0f")
    rows = rows at("bits") " & " at("width") " & " at("batch") " & " number(at("rows"), "%.0f") " & " \
        number(shown, "%.0f") " & " digits(at("ours")) " & " \
        digits(at("torch")) " & " slower " & " least " & " share " & " \
        number(at("rate"), "%.0f") " \\\\\n"
    if (!quoted++) {
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
        result(keys[i], escape(brief(header[1, keys[i]])))
    days = header[1, "days at full size"]
    result("full-years", number(days == "" ? "nan" : days / 365.25, "%.1f"))
    result("last-ratio", slower); result("last-share", share)
    define("transformerbenchrows", rows)
}
