#!/bin/sh
# Figures: a script draws without a warning from the tables that it declares on its line "# reads:",
# and reads all of them.  It starts without any table and is given those that gnuplot misses.
# Tables are those of smoke scale.  Speaks TAP.
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
smoke=build/smoke
${MAKE:-make} -s $smoke/numbers.gp $smoke/growth.tsv SCALE=smoke > /dev/null 2>&1
check 'the tables of smoke scale are there'
tables=$PWD/$smoke/runs
# The folder has the place that a scale's has, two below the top.
mkdir -p "$scratch/build/smoke/figures"
ln -s "$PWD/figures" "$PWD/data" "$scratch"
cp $smoke/numbers.gp $smoke/growth.tsv "$scratch/build/smoke"

# Draw a figure, adding to runs/ what is missed, until nothing is; what gnuplot says last is in log.
draw() { # script
    cd "$scratch/build/smoke" || return 1
    rm -rf runs && mkdir runs
    while :; do
        gnuplot -e "name='$(basename "$1" .gp)'" "../../$1" > log 2>&1
        code=$?
        missed=$(sed -n 's/.*Cannot find or open file "runs\/\(.*\)".*/\1/p' log | sort -u)
        for table in $missed; do ln -s "$tables/$table" runs; done
        # shellcheck disable=SC2086
        [ -n "$missed" ] && (cd runs && cat $missed > /dev/null 2>&1) || return $code
    done
}

for script in figures/*.gp; do
    [ "$script" = figures/style.gp ] && continue
    (draw "$script"); drawn=$?
    sed 's/^/# /' "$scratch/build/smoke/log"
    [ $drawn -eq 0 ] && [ ! -s "$scratch/build/smoke/log" ]; check "$script draws without a warning"
    sed -n 's/^# reads: //p' "$script" | tr ' ' '\n' | sed 's/$/.tsv/' | grep -v '^\.tsv$' | sort > "$scratch/declared"
    ls "$scratch/build/smoke/runs" | sort > "$scratch/read"
    differ=$(comm -3 "$scratch/declared" "$scratch/read" | tr -s '\t\n' ' ')
    [ -z "$differ" ]; check "$script reads what it declares $differ"
done
