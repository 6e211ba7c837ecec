# What the archive, at paper scale, says of claims on which the runs of a smaller scale say something
# else, as TeX:
#   awk -f tex/table.awk -f tex/archive.awk ARCHIVED-VERDICTS VERDICTS
function value(x) { return x == "nan" ? "---" : x ~ /inf/ ? (x ~ /^-/ ? "$-\\infty$" : "$\\infty$") : "\\num{" sprintf("%.4g", x) "}" }
function found() { return at("ours") "\t" at("low") "\t" at("high") "\t" at("verdict") }
file == 1 && at("verdict") != "not run" {
    said[$1] = found()
    interval = at("low") == at("high") ? "exact" : "[" value(at("low")) ", " value(at("high")) "]"
    text[$1] = "{" value(at("ours")) "}{" interval "}{" at("verdict") "}"
    verdict[$1] = at("verdict")
}
file == 2 && ($1 in said) && said[$1] != found() {
    printf "\\setarchived{%s}{%s}%s\n", $1, verdict[$1] == at("verdict") ? "archive" : "archive differs", text[$1]
}
