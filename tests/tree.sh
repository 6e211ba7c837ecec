#!/bin/sh
# The tree itself: tangled files in step with their chapters, conventions that a machine can check.
set -u
LC_ALL=C
export LC_ALL
count=0
check() {
    result=$?
    count=$((count + 1))
    [ $result -eq 0 ] && echo "ok $count - $1" || echo "not ok $count - $1"
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
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
wide=$(awk '/^<<.*>>=/{c=1;next} /^@( |$)/{c=0} c&&length($0)>98{print FILENAME":"FNR}' $chapters)
echo "$wide"
[ -z "$wide" ]; check 'code fits its line (98 columns)'
# A numbered equation has an audit entry, and an entry has an equation.
labels=$(sed -n 's/.*\\label{\(eq:[a-z-]*\)}.*/\1/p;s/.*\\label{\(eq:[A-Za-z-]*\)}.*/\1/p' src/*.nw | sort -u)
entries=$(grep -ho '^ *{"eq:[A-Za-z-]*"' src/*.nw | grep -o 'eq:[A-Za-z-]*' | sort -u)
only=$( (echo "$labels"; echo "$entries") | sort | uniq -u)
echo "$only"
[ -z "$only" ]; check 'every numbered equation has an audit entry, and every entry an equation'
# The table of audits links to the code of a module and to its tests.
modules=$(grep -o '{"[a-z]*", [a-z]*_entries}' src/audit.nw | sed 's/{"\([a-z]*\)".*/\1/')
missing=$(for module in $modules; do [ -f "src/$module.c" ] && [ -f "tests/test_$module.c" ] || echo "$module"; done)
[ "$(echo "$modules" | wc -l)" -gt 9 ] && [ -z "$missing" ]; check "every audited module has code and tests to link to $missing"
