# Reads tables for the script that is given after it, which sees the rows alone:
#   awk -f tex/table.awk -f tex/NAME.awk FILE...
# file counts the files; header[file, NAME] is what "# NAME: ..." says, one line for each time that
# it is said; column[NAME] is the place of a column.
function at(name) { return name in column ? $column[name] : "nan" }

function escape(text) { gsub(/[#$%&_{}]/, "\\\\&", text); gsub(/  +/, " ", text); return text }
function brief(name) { sub(/ with .*| NO_.*/, "", name); return name } # of a library; the file has it all
function number(x, format) {
    return x == "nan" || x == "inf" ? "---" : "\\num[group-digits=integer]{" sprintf(format, x) "}"
}
function digits(x) { return number(x, x + 0 < 99.5 ? "%#.3g" : "%.0f") }
function ratio(x, y) { return x == "nan" || y == "nan" ? "nan" : x / y }
function result(key, text) { printf "\\setresult{%s%s}{%s}\n", prefix, key, text }
function define(name, rows) { printf "\\newcommand{\\%s}{%%\n%s}\n", name, rows }

BEGIN { FS = "\t" }
FNR == 1 { file++; named = 0; split("", column) }
/^#/ {
    end = index($0, ": ")
    key = substr($0, 3, end - 3)
    if ((file, key) in header)
        header[file, key] = header[file, key] "\n"
    header[file, key] = header[file, key] substr($0, end + 2)
    next
}
!named {
    for (i = 1; i <= NF; i++)
        column[$i] = i
    named = 1
    next
}
