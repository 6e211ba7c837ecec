#!/bin/bash
# Where a program or a paper comes from, as C or as TeX.
#   provenance.sh program CC CFLAGS MODULE...    the constants that the program prints in its headers
#   provenance.sh paper SCALE CC TABLE...        the lines of the paper's first page
set -euo pipefail
shopt -s inherit_errexit

# The last commit that touched one of the files, with "+" if they have changed since.
commit_of() {
    commit=$(git log -1 --format=%h --abbrev=12 -- "$@" 2>/dev/null) || commit=
    changes=$(git --no-optional-locks status --porcelain -- "$@" 2>/dev/null) || changes=
    echo "${commit:-unknown}${changes:++}"
}

# What of a module can change results: neither comments nor white space.
scratch=$(mktemp)
trap 'rm -f "$scratch"' EXIT
hash() {
    LC_ALL=C awk -f tex/code.awk "$@" > "$scratch"
    sum=$(sha256sum < "$scratch")
    printf '%.16s' "$sum"
}
tex() { printf '%s' "$1" | sed 's/[#$%&_{}]/\\&/g; s/(R)//g; s/(TM)//g; s/  */ /g'; }

case $1 in
program)
    compiler=$($2 --version | sed -n 1p)
    flags=$3
    shift 3
    echo '#include "provenance.h"'
    echo "const char provenance_commit[] = \"$(commit_of 'src/*.c' 'src/*.h' Makefile)\";"
    echo "const char provenance_compiler[] = \"$compiler, $flags\";"
    echo 'const struct provenance_module provenance_modules[] = {'
    for module; do
        header=src/$module.h
        [ -f "$header" ] || header=
        sum=$(hash "src/$module.c" $header)
        echo "    {\"$module\", \"$sum\"},"
    done
    echo '    {0, 0}};'
    ;;
paper)
    scale=$2
    compiler=$($3 --version | sed -n 1p)
    compiler=$(tex "$compiler")
    shift 3
    commit=$(commit_of .)
    commit=$(tex "$commit")
    machine=$(awk -F ': *' '/^model name/ && !n++ {print $2}' /proc/cpuinfo)
    machine=$(tex "$machine, $(getconf _NPROCESSORS_ONLN) cores, $(uname -s) $(uname -m)")
    # Seconds of work, and those during which at least one run was at work.
    seconds=$(for table; do cat "$table.seconds"; done | sort -n -k 2,2 | awk '{
        work += $1
        if (NF == 1 || $2 > end) wall += $1
        else if ($3 > end) wall += $3 - end
        if ($3 > end) end = $3}
        END {printf "%.0f %.0f", work, wall}')
    # CITATION.cff: a person has two names, an entity one; references come after the authors.
    authors=$(awk '/^references:/ {exit} /^authors:/ {on = 1; next} /^[^ ]/ {on = 0}
        on && sub(/^ *(- )?(given-names|name): */, "") {gsub(/"/, ""); printf "%s%s", n++ ? ", " : "", $0}
        on && sub(/^ *(- )?family-names: */, "") {gsub(/"/, ""); printf " %s", $0}' CITATION.cff)
    date=$(git log -1 --format=%cs 2>/dev/null) || date=
    printf '\\newcommand{\\paperauthors}{%s}\n' "$(tex "$authors")"
    printf '\\newcommand{\\paperdate}{%s}\n' "$date"
    printf '\\newcommand{\\paperscale}{%s}\n' "$scale"
    printf '\\newcommand{\\papercommit}{%s}\n' "$commit"
    printf '\\newcommand{\\papercompiler}{%s}\n' "$compiler"
    printf '\\newcommand{\\papermachine}{%s}\n' "$machine"
    printf '\\newcommand{\\paperseconds}{%s}\n\\newcommand{\\paperwall}{%s}\n' $seconds
    archived=$(awk '/^# archived: / {taken += $3; old += $7} /^[^#]/ {nextfile}
        END {if (taken) printf "; %d simulations come from the archive, %d of them unverified",
             taken, old}' "$@")
    printf '\\newcommand{\\paperarchived}{%s}\n' "$archived"
    agreed=
    if [ "$scale" != paper ]; then
        pairs=
        for table; do
            archive=data/paper/${table##*/}
            if [ -f "$archive" ] && ! grep -q '^# archived: ' "$table"; then
                pairs="$pairs $archive $table"
            fi
        done
        agreed=$(awk -f tex/agree.awk $pairs < /dev/null | awk '$1 {printf "; %d of the simulations are in the archive, too, and %s", $1,
            $2 ? $2 " of them differ from it" : "agree with it to the last bit"}')
    fi
    printf '\\newcommand{\\paperagreed}{%s}\n' "$agreed"
    ;;
esac
