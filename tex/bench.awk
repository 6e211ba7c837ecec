# The tables of bench and growth as TeX: rows, where they come from, and the numbers in the text.
#   awk -v source=FILE -f tex/bench.awk FILE [GROWTH]
function escape(text) { gsub(/[#$%&_{}]/, "\\\\&", text); gsub(/  +/, " ", text); return text }
function brief(name) { sub(/ with .*| NO_.*/, "", name); return name } # the file has it all
function number(x, format) {
    return x == "nan" ? "---" : "\\num[group-digits=integer]{" sprintf(format, x) "}"
}
function digits(x) { return number(x, x + 0 < 99.5 ? "%#.3g" : "%.0f") }
function ratio(x, y) { return x == "nan" || y == "nan" ? "nan" : x / y }
function time(name) { return name in column ? $column[name] : "nan" }
function result(key, text) { printf "\\setresult{bench/%s}{%s}\n", key, text }
function quote(key, text) { quotes = quotes sprintf("\\setresult{bench/%s}{%s}\n", key, text) }

# How many times slower than the kernel, by medians or by minima; percentage of the peak.
function slower(name, which) { return ratio(time(name which), time(best which)) }
# Cycles for each sample and 16 units, and the share of the additions alone; both of the best variant.
function work() { return time(best) - time("draw") }
function pairs() { return time("batch") * int((time("width") + 15) / 16) }
function cycles() { return work() / 1e-6 * time("clock") / pairs() }
function share() { return 100 * time("additions") * pairs() / time("adds") * 1e-6 / work() }
function percent(name) { return 100 * time("dense") / (time(name) / 1000) / time("peak") }

FNR == 1 { file++ }
file == 2 { # "# slope: NAME EXPONENT, ..."
    if (/^# slope/) {
        split($0, words, "[ ,]+")
        result("growth-" words[3], number(words[4], "%.2f"))
    }
    next
}
BEGIN { FS = "\t"; split("draw plain avx2 avx512 blocked unblocked torch", shown, " ") }
/^# / {
    end = index($0, ": ")
    header[substr($0, 3, end - 3)] = substr($0, end + 2)
    next
}
!named { # the line of column names
    for (i = 1; i <= NF; i++)
        column[$i] = i
    best = header["best variant"]
    named = 1
    next
}
{
    row = number(time("width"), "%d") " & " number(time("batch"), "%d")
    for (i = 1; i in shown; i++)
        row = row " & " digits(time(shown[i]))
    row = row " & " number(slower("blocked"), "%.1f") " & " number(slower("torch"), "%.1f")
    row = row " & " number(percent(best), "%.0f") " & " number(percent("blocked"), "%.0f")
    rows = rows row " \\\\\n"
    if (time("width") == 16 && time("batch") == 4000) { # a narrow step, by parts
        result("adam", digits(time("adam")))
        result("part-draw", digits(time("draw")))
        result("part-forward", digits(time("forward") - time("draw")))
        result("part-backward", digits(time("gradient") - time("forward")))
        result("part-move", digits(time("adam") - time("gradient")))
    }
    if (time("width") + 0 >= widest && time("batch") + 0 >= largest) { # what the text quotes
        widest = time("width") + 0; largest = time("batch") + 0; quotes = ""
        quote("width", number(widest, "%d")); quote("batch", number(largest, "%d"))
        quote("blocked-ratio", number(slower("blocked"), "%.1f"))
        quote("blocked-ratio-least", number(slower("blocked", "_least"), "%.1f"))
        quote("torch-ratio", number(slower("torch"), "%.1f"))
        quote("torch-ratio-least", number(slower("torch", "_least"), "%.1f"))
        quote("kernel", digits(time(best)))
        quote("rows", number(time("rows"), "%d"))
        quote("peak", number(time("peak"), "%.0f"))
        quote("dense", digits(1000 * time("dense") / time("peak")))
        quote("dense-ratio", number(percent(best) / 100, "%.1f"))
        quote("cells", number(ratio(time(best), time("cells")), "%.2f"))
        quote("within", number(ratio(time(best), time("within")), "%.2f"))
        quote("cycles", number(cycles(), "%.1f"))
        quote("share", number(share(), "%.0f"))
        quote("additions", number(time("additions"), "%d"))
        quote("adds", digits(time("adds")))
        quote("gflop", number(time("dense"), "%.2f"))
    }
}
END {
    result("source", escape(source))
    result("machine", escape(header["machine"]))
    result("commit", escape(header["commit"]))
    result("blas", escape(brief(header["blas"])))
    result("torch", escape(brief(header["torch"])))
    result("best", escape(best))
    printf "%s", quotes
    printf "\\newcommand{\\benchrows}{%%\n%s}\n", rows
}
