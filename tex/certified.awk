# The certified constants and errors as TeX: rows of tables, and the numbers in the text.
#   awk -f tex/certified.awk tests/reference/certified.tsv data/errors.tsv
function number(x) { return "\\num{" x "}" }
function ball() { return number($column["value"]) " & " number($column["radius"]) }
function result(key, text) { printf "\\setresult{%s}{%s}\n", key, text }

BEGIN { FS = "\t" }
/^#/ { next }
$1 == "quantity" || $1 == "law" { # column names
    split("", column)
    for (i = 1; i <= NF; i++)
        column[$i] = i
    next
}
FILENAME ~ /certified/ { # one table for all settings, in the order of the file
    if ($2 $3 $4 != setting) {
        setting = $2 $3 $4
        all = all (all ? "\\addlinespace\n" : "") "\\multicolumn{3}{@{}l}{$\\alpha = " $2 \
            "$, $S = " $3 "$, $R(0) = " number($4) "$} \\\\\n"
    }
    name = $1 == "J-polylogarithms" ? "$J$, polylogarithms" : $1 == "J-quadrature" ? \
        "$J$, quadrature" : $1 == "zeta-1" ? "$\\zeta(\\alpha+1)$" : $1 == "time" ? "$A_T$" : \
        $1 == "data" ? "$A_D$" : $1 == "parameters" ? "$A_N$" : $1 == "kappa" ? \
        "$\\kappa^*$" : $1 == "compute" ? "$A_C$" : ""
    # The zeta function and A_N do not depend on S; Hurwitz's values are for the tests.
    again = $3 == 5 && $1 ~ /zeta|parameters/
    if (name && !again)
        all = all name " & " ball() " \\\\\n"
    result("certified/" $1 "-" $2 "-" $3, number($column["value"]))
    next
}
{ # errors: those at powers of ten, to two digits
    error = $column["error"] + 0
    if ($3 ~ /^10*$/)
        result("error/" $1 "-" $2 "-" $3, number(sprintf("%.2g", error < 0 ? -error : error)))
}
END { printf "\\newcommand{\\certifiedrows}{%%\n%s}\n", all }
