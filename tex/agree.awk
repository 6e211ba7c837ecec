# How many simulations are both in an archive and in a table, and how many of these differ in a row
# that both have:
#   awk -f tex/agree.awk ARCHIVE TABLE [ARCHIVE TABLE ...]
# Rows are told apart by the columns before the first value; a simulation is what is left of these
# without T.
BEGIN { FS = "\t" }
FNR == 1 { if (++file % 2) split("", row); labels = 0 }
/^#/ { next }
!labels {
    for (i = 1; i <= NF && $i != "loss" && $i != "steps"; i++)
        time = $i == "T" ? i : 0
    labels = i - 1
    next
}
{
    key = cell = int((file + 1) / 2)
    for (i = 1; i <= labels; i++) {
        key = key SUBSEP $i
        if (i != time)
            cell = cell SUBSEP $i
    }
}
file % 2 { row[key] = $0; next }
key in row {
    if (!(cell in seen)) { seen[cell]; cells++ }
    if (row[key] != $0 && !(cell in other)) { other[cell]; differ++ }
}
END { print cells + 0, differ + 0 }
