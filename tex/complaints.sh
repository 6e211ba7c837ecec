#!/bin/bash
# What TeX only warns of must not build: references and citations that lead nowhere, labels given
# twice, links without a target.  Names the places in the sources, and the remedy.
#   complaints.sh BOOK LOG
set -euo pipefail
book=$1
scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT
# The log breaks its lines at 79 characters.  One complaint a line: kind, tab, name.
awk '{line = line $0} length == 79 {next} {print line; line = ""}' "$2" | sed -n "
    s/^.*Reference \`\([^']*\)' on page.* undefined.*/reference\t\1/p
    s/^.*Citation \`\([^']*\)' on page.* undefined.*/citation\t\1/p
    s/^.*Label \`\([^'@]*\)' multiply defined.*/label\t\1/p
    s/^.*name{\([^}]*\)} has been referenced but does not exist.*/link\t\1/p" | sort -u > "$scratch"
while IFS=$'\t' read -r kind name; do
    case $kind in
    reference) sought="ref{[^}]*$name" remedy="nothing in the $book has the label '$name': correct it, or leave the paragraph to the program" ;;
    citation) sought="cite[a-z]*{[^}]*$name" remedy="tex/references.bib has no entry '$name': add it, or correct the name" ;;
    label) sought="label{$name}" remedy="the label '$name' is given twice: rename one of them" ;;
    link) sought="${name#*:}" remedy="a link leads to '$name', which is not there" ;;
    esac
    { grep -nE -- "$sought" paper.nw src/*.nw || echo "the $book"; } | sed 1q |
        sed "s,^\([^:]*:[0-9]*\).*,\1,; s|\$|: $remedy|"
done < "$scratch" >&2
[ ! -s "$scratch" ]
