# The certified constants and errors as TeX: rows of tables, and the numbers in the text.
#   awk -f tex/table.awk -f tex/certified.awk tests/reference/certified.tsv data/errors.tsv
function plain(x) { return "\\num{" x "}" }

BEGIN {
    split("J-polylogarithms J-quadrature zeta-1 time data parameters kappa compute", quantities, " ")
    split("$J$, polylogarithms|$J$, quadrature|$\\zeta(\\alpha+1)$|$A_T$|$A_D$|$A_N$|$\\kappa^*$|$A_C$", names, "|")
    for (i in quantities)
        symbol[quantities[i]] = names[i]
}
file == 1 { # one table for all settings, in the order of the file
    quantity = at("quantity")
    alpha = at("alpha")
    S = at("target")
    if (alpha S at("initial") != setting) {
        setting = alpha S at("initial")
        all = all (all ? "\\addlinespace\n" : "") "\\multicolumn{3}{@{}l}{$\\alpha = " alpha \
            "$, $S = " S "$, $R(0) = " plain(at("initial")) "$} \\\\\n"
    }
    # The zeta function and A_N do not depend on S; Hurwitz's values are for the tests.
    again = S == 5 && quantity ~ /zeta|parameters/
    if (quantity in symbol && !again)
        all = all symbol[quantity] " & " plain(at("value")) " & " plain(at("radius")) " \\\\\n"
    result("certified/" quantity "-" alpha "-" S, plain(at("value")))
}
file == 2 && at("x") ~ /^10*$/ { # errors: those at powers of ten, to two digits
    error = at("error") + 0
    result("error/" at("law") "-" at("alpha") "-" at("x"), plain(sprintf("%.2g", error < 0 ? -error : error)))
}
END { define("certifiedrows", all) }
