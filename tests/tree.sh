#!/bin/sh
# The tree itself: tangled files in step with their chapters, conventions that a machine can check.
. tests/tap.sh

make -s tangle TO="$scratch" > /dev/null 2>&1
check 'make tangle works'
for file in "$scratch"/*; do
    cmp -s "$file" "src/${file##*/}"
    check "src/${file##*/} is what its chapter tangles to"
done
extra=$(for file in src/*.c src/*.h src/*.mk; do [ -f "$scratch/${file##*/}" ] || echo "$file"; done)
[ -z "$extra" ]; check "every tangled file has a chapter $extra"

if git rev-parse --git-dir > /dev/null 2>&1; then
    tracked=$(git ls-files src | sort | sed 's/^src\///' | grep -v '\.nw$')
    [ "$tracked" = "$(ls "$scratch" | sort)" ]; check 'the tangled files are committed, and no others'
fi

chapters='src/*.nw paper.nw'
long=$(for f in $chapters; do awk -v f="$f" '/^<<.*>>=/||/^@( |$)/{if(n!=""&&NR-s-1>50)print f":"s" "n;n=""} /^<<.*>>=/{n=$0;s=NR}' "$f"; done)
echo "$long"
[ -z "$long" ]; check 'no chunk is longer than 50 lines'
nameless=$(grep -nE '^<<(functions|audits|structures|helpers)( of .*)?>>=|^@ +$' src/*.nw)
echo "$nameless"
[ -z "$nameless" ]; check 'every chunk is named for its thought, and every aside has words'
# The bits of task_create and of the drawers are final, their names and parameters with them.
many=$(for f in src/*.h; do sed 's/\/\*.*\*\///' "$f" | sed '/^ *\/\*/,/\*\//d' | tr '\n' ' ' | tr ';{}' '\n\n\n' |
    grep -E '\(([^,()]*,){6}[^()]*\) *$' | grep -v 'task_create\|(\*choose)' | sed "s,^,$f: ,"; done)
echo "$many"
[ -z "$many" ]; check 'no public function has more than six parameters'
wide=$(awk '/^<<.*>>=/{c=1;next} /^@( |$)/{c=0} c&&length($0)>98{print FILENAME":"FNR}' $chapters)
echo "$wide"
[ -z "$wide" ]; check 'code fits its line (98 columns)'
# A numbered equation has an audit entry, and an entry has an equation.
labels=$(sed -n 's/.*\\label{\(eq:[a-z-]*\)}.*/\1/p;s/.*\\label{\(eq:[A-Za-z-]*\)}.*/\1/p' src/*.nw | sort -u)
entries=$(grep -ho '^ *{"eq:[A-Za-z-]*"' src/*.nw | grep -o 'eq:[A-Za-z-]*' | sort -u)
only=$( (echo "$labels"; echo "$entries") | sort | uniq -u)
echo "$only"
[ -z "$only" ]; check 'every numbered equation has an audit entry, and every entry an equation'
# Nothing that computes holds audits, and nothing is lost: each array of entries has a file of its own.
mixed=$(grep -l '_entries\[\] = {' src/*.c | grep -v -e '-audit\.c$' | tr '\n' ' ')
[ -z "$mixed" ]; check "audits stand in files of their own $mixed"
# The table of audits links to the code of a module and to its tests.
modules=$(grep -o '{"[a-z]*", [a-z]*_entries}' src/audit.nw | sed 's/{"\([a-z]*\)".*/\1/')
missing=$(for module in $modules; do
    [ -f "src/$module.c" ] && [ -f "tests/test_$module.c" ] &&
        grep -qs "${module}_entries\[\] = {" "src/$module-audit.c" || echo "$module"
done)
[ "$(echo "$modules" | wc -l)" -gt 9 ] && [ -z "$missing" ]; check "every audited module has code, audits and tests $missing"
# Modules use each other in one direction.
circle=$(for file in src/*.c src/*.h; do
    module=${file##*/}
    sed -n "s/^#include \"\(.*\)\.h\"/${module%.?} \1/p" "$file"
done | awk '$1 != $2' | tsort 2>&1 > /dev/null | tr '\n' ' ')
[ -z "$circle" ]; check "no module includes itself through others $circle"

# Flags that can change bits are refused by the Makefile wherever they stand, and most of them by
# the header beneath all modules; flags that cannot are let through.
refused() { ! make -n program "$@" > "$scratch/log" 2>&1 && [ "$(grep -c 'can change the bits' "$scratch/log")" = 1 ]; }
for flag in -Ofast -ffast-math -funsafe-math-optimizations -fassociative-math -freciprocal-math \
    -ffinite-math-only -fno-signed-zeros -fsingle-precision-constant -ffp-contract=fast \
    -ffp-contract=on -mfpmath=387 -mdaz-ftz -m32; do
    refused "CFLAGS=-O2 $flag"; check "make refuses $flag"
done
refused 'CC=gcc -Ofast' && refused CPPFLAGS=-Ofast && refused LDFLAGS=-Ofast; check 'in CC, CPPFLAGS and LDFLAGS too'
for flags in -O0 -O3 '-O2 -march=native' '-O2 -mfpmath=sse -ffp-contract=off'; do
    make -n program "CFLAGS=$flags" > "$scratch/log" 2>&1; check "make lets $flags through"
done
compiles() { ${CC:-gcc} -std=c17 -D_GNU_SOURCE -Isrc -DVARIANT=plain -DREAL=float "$@" > "$scratch/log" 2>&1; }
compiles -O3 -march=native -fsyntax-only src/stream.c; check 'the sources compile with -O3 -march=native'
for flag in -Ofast -ffast-math -ffinite-math-only; do
    ! compiles "$flag" -fsyntax-only src/stream.c && grep -q 'flags that change the bits' "$scratch/log"
    check "the sources refuse $flag themselves"
done
bare=$(for file in src/*.c; do compiles -MM "$file" && grep -q arithmetic.h "$scratch/log" || echo "$file"; done)
[ -z "$bare" ]; check "every module includes arithmetic.h $bare"

# What is hashed of a module is its code: all of it, as the compiler finds where comments end, and
# nothing else, by any awk.
code() { awk -f tex/code.awk "$@"; }
wrong=$(for file in $(grep -LE '^# *(if |ifdef|elif|else)' src/*.c src/*.h); do
    ${CC:-gcc} -fpreprocessed -dD -E -P "$file" | tr -d ' \t\n\\' > "$scratch/compiler"
    code "$file" | tr -d ' \t\n\\' | cmp -s - "$scratch/compiler" || echo "$file"
done)
[ -z "$wrong" ]; check "code is told from comments as the compiler does $wrong"
printf '%s\n' '#define A 1 /* two' 'lines */' '#define B \' '  "a /* b  // c" // d' "int x = '\"' + 4 / 2; /**/" '' 'int y;' > "$scratch/awkward.c"
printf '%s\n' '#define A 1' '#define B "a /* b  // c"' "int x = '\"' + 4 / 2; int y;" > "$scratch/expected"
code "$scratch/awkward.c" | cmp - "$scratch/expected"; check 'comments, strings and directives are told apart'
sed 's/  "a/ "a/; s/a \/\* b  /a \/* b /' "$scratch/awkward.c" > "$scratch/other.c"
! code "$scratch/other.c" | cmp -s - "$scratch/expected"; check 'a blank in a string counts'
awk '{print "\t" $0 "  \n"} /;$/ {print "/* more */ // and more"}' src/stream.c > "$scratch/spaced.c"
code "$scratch/spaced.c" > "$scratch/spaced" && code src/stream.c | cmp - "$scratch/spaced"
check 'comments, blank lines and indentation change nothing'
for awk in gawk mawk 'busybox awk' original-awk; do
    command -v ${awk%% *} > /dev/null || continue
    for file in src/*.c; do LC_ALL=C $awk -f tex/code.awk "$file"; done | cksum
done | sort -u > "$scratch/sums"
[ "$(wc -l < "$scratch/sums")" -le 1 ]; check 'every awk gives the same'
# The cells of a smaller scale are cells of the paper scale, or their beginnings: what is run is
# the same, with no more repeats or steps, and samples and widths that the paper scale has too.
headers() { # SCALE: each simulation with its settings in canonical form
    printf 'include src/runs.mk\n$(foreach r,$(RUNS),$(info $(r) $($(r).command) $($(r).$(SCALE))))\nall:;@:\n' |
        make -s -f - SCALE="$1" | while read -r run words; do
            case $words in multilinear* | mlp-* | transformer-*) ;; *) continue ;; esac
            # shellcheck disable=SC2086
            "$program" $words --dry-run --quiet < /dev/null | sed -n "1s/^# command: emergence/$run/p"
        done
}
program=$1
headers paper > "$scratch/paper"
for scale in smoke desk; do
    headers $scale > "$scratch/$scale"
    strange=$(awk 'function within(list, whole,   part, n, i) {n = split(list, part, ",")
            for (i = 1; i <= n; i++) if (index("," whole ",", "," part[i] ",") == 0) return 0
            return 1}
        {rest = $1; split("", extent)
         for (i = 2; i <= NF; i++)
             if ($i ~ /^--(repeats|steps|every|samples|widths)$/) {extent[$i] = $(i + 1); i++}
             else rest = rest " " $i}
        FNR == NR {what[$1] = rest; for (x in extent) most[$1, x] = extent[x]; next}
        {good = what[$1] == rest
         for (x in extent) if (x == "--samples" || x == "--widths") good = good && within(extent[x], most[$1, x])
             else if (x != "--every") good = good && extent[x] + 0 <= most[$1, x] + 0
         if (!good) print $1}' "$scratch/paper" "$scratch/$scale")
    echo "$strange"
    [ "$(wc -l < "$scratch/$scale")" -gt 25 ] && [ -z "$strange" ]; check "the cells of $scale scale are cells of paper scale"
done
