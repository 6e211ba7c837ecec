#!/bin/sh
# Run every test from the top folder and close with "N passed, N failed".
#   tests/run.sh [NAME...]    all tests, or the named ones: units, sanitized, shell scripts in tests/
# Every test speaks TAP: a line "ok ..." or "not ok ..." for each case.  As many parts run at a time
# as there are cores, the longest first; what measures time comes last and alone.
set -u
LC_ALL=C
export LC_ALL
MAKE=${MAKE:-make}
export MAKE CMOCKA_MESSAGE_OUTPUT=TAP OPENBLAS_NUM_THREADS=1
folder=build/tests
results=$folder/results

# One part: count its cases, show its failures; one that breaks off counts as a failure.
if [ "${1:-}" = --part ]; then
    name=$2
    case $name in
    test_*) program=$folder/$name ;;
    sanitized-*) program=build/sanitized/${name#sanitized-} ;;
    *) program="sh tests/$name.sh build/bin/emergence" ;;
    esac
    output=$results/$name
    $program > "$output" 2>&1 < /dev/null
    code=$?
    good=$(grep -c '^ok ' "$output")
    bad=$(grep -c '^not ok ' "$output")
    {
        if [ $code -ne 0 ] && [ "$bad" -eq 0 ] || [ $((good + bad)) -eq 0 ]; then
            bad=$((bad + 1))
            echo "not ok $name: exit code $code"
            tail -n 20 "$output" | sed 's/^/    /'
        fi
        grep '^# skipped: ' "$output" | sed 's/^# /    /'
        grep -A 6 '^not ok ' "$output" | sed 's/^/    /'
        printf '%-28s %4d passed %3d failed\n' "$name" "$good" "$bad"
    } > "$output.summary"
    cat "$output.summary"
    exit
fi

rm -rf $results
mkdir -p $results
names() { for test in tests/test_*.c; do basename "$test" .c; done; }
parts=
for part in ${*:-units sanitized pipeline archive tools portable cli tree modules certified times bench}; do
    case $part in
    units) $MAKE -s unit-tests && parts="$parts $(names)" || echo 'not ok the unit tests do not build' > $results/units.summary ;;
    sanitized) $MAKE -s sanitized-tests && parts="$parts $(names | sed 's/^/sanitized-/')" || echo 'not ok the sanitized tests do not build' > $results/sanitized.summary ;;
    *) parts="$parts $part" ;;
    esac
done
cat $results/*.summary 2> /dev/null

first='pipeline archive cli tools sanitized-test_experiments sanitized-test_mlp portable sanitized-test_runner sanitized-test_fit'
alone='test_runner times bench'
pick() { for part in $1; do case " $2 " in *" $part "*) echo "$part" ;; esac; done; }
leave() { for part in $1; do case " $2 " in *" $part "*) ;; *) echo "$part" ;; esac; done; }
{ pick "$first" "$(echo $parts)"; leave "$(leave "$parts" "$first")" "$alone"; } |
    xargs -r -P "$(getconf _NPROCESSORS_ONLN)" -n 1 sh tests/run.sh --part
pick "$alone" "$(echo $parts)" | xargs -r -n 1 sh tests/run.sh --part

cat $results/*.summary | awk '
    /^not ok the .* tests do not build$/ {failed++}
    / passed .* failed$/ {passed += $(NF - 3); failed += $(NF - 1)}
    END {print passed + 0 " passed, " failed + 0 " failed"; exit failed > 0 || !passed}'
