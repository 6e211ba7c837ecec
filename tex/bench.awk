# The tables of bench and growth as TeX: rows, where they come from, and the numbers in the text.
#   awk -v source=FILE -f tex/table.awk -f tex/bench.awk FILE GROWTH
function quote(key, text) { quotes = quotes sprintf("\\setresult{%s%s}{%s}\n", prefix, key, text) }

# How many times slower than the kernel, by medians or by minima; percentage of the peak.
function slower(name, which) { return ratio(at(name which), at(best which)) }
# Cycles for each sample and 16 units, and the share of the additions alone; both of the best variant.
function work() { return at(best) - at("draw") }
function pairs() { return at("batch") * int((at("width") + 15) / 16) }
function cycles() { return work() / 1e-6 * at("clock") / pairs() }
function share() { return 100 * at("additions") * pairs() / at("adds") * 1e-6 / work() }
function percent(name) { return 100 * at("dense") / (at(name) / 1000) / at("peak") }

BEGIN { prefix = "bench/"; split("draw plain avx2 avx512 blocked unblocked torch", shown, " ") }
file == 2 { next } # only its slopes, "NAME EXPONENT, ..."
{
    best = header[1, "best variant"]
    row = number(at("width"), "%d") " & " number(at("batch"), "%d")
    for (i = 1; i in shown; i++)
        row = row " & " digits(at(shown[i]))
    row = row " & " number(slower("blocked"), "%.1f") " & " number(slower("torch"), "%.1f")
    row = row " & " number(percent(best), "%.0f") " & " number(percent("blocked"), "%.0f")
    rows = rows row " \\\\\n"
    if (at("width") == 16 && at("batch") == 4000) { # a narrow step, by parts
        result("adam", digits(at("adam")))
        result("part-draw", digits(at("draw")))
        result("part-forward", digits(at("forward") - at("draw")))
        result("part-backward", digits(at("gradient") - at("forward")))
        result("part-move", digits(at("adam") - at("gradient")))
    }
    if (at("width") + 0 >= widest && at("batch") + 0 >= largest) { # what the text quotes
        widest = at("width") + 0; largest = at("batch") + 0; quotes = ""
        quote("width", number(widest, "%d")); quote("batch", number(largest, "%d"))
        quote("blocked-ratio", number(slower("blocked"), "%.1f"))
        quote("blocked-ratio-least", number(slower("blocked", "_least"), "%.1f"))
        quote("torch-ratio", number(slower("torch"), "%.1f"))
        quote("torch-ratio-least", number(slower("torch", "_least"), "%.1f"))
        quote("kernel", digits(at(best)))
        quote("rows", number(at("rows"), "%d"))
        quote("peak", number(at("peak"), "%.0f"))
        quote("dense", digits(1000 * at("dense") / at("peak")))
        quote("dense-ratio", number(percent(best) / 100, "%.1f"))
        quote("cells", number(ratio(at(best), at("cells")), "%.2f"))
        quote("within", number(ratio(at(best), at("within")), "%.2f"))
        quote("cycles", number(cycles(), "%.1f"))
        quote("share", number(share(), "%.0f"))
        quote("additions", number(at("additions"), "%d"))
        quote("adds", digits(at("adds")))
        quote("gflop", number(at("dense"), "%.2f"))
    }
}
END {
    n = split(header[2, "slope"], slopes, "\n")
    for (i = 1; i <= n; i++) {
        split(slopes[i], words, "[ ,]+")
        result("growth-" words[1], number(words[2], "%.2f"))
    }
    split("machine commit blas torch", keys, " ")
    result("source", escape(source))
    for (i = 1; i in keys; i++)
        result(keys[i], escape(brief(header[1, keys[i]])))
    result("best", escape(best))
    printf "%s", quotes
    define("benchrows", rows)
}
