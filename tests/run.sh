#!/bin/sh
# Run every test from the top folder and close with "N passed, N failed".
#   tests/run.sh [NAME...]    all tests, or the named ones: units, sanitized, shell scripts in tests/
# Every test speaks TAP: a line "ok ..." or "not ok ..." for each case.
set -u
LC_ALL=C
export LC_ALL
MAKE=${MAKE:-make}
export CMOCKA_MESSAGE_OUTPUT=TAP OPENBLAS_NUM_THREADS=1
log=build/tests/log
mkdir -p build/tests
: > $log
passed=0
failed=0

# Run a command, show its failures, count its cases; one that breaks off counts as a failure.
run() {
    name=$1
    shift
    "$@" > build/tests/output 2>&1 < /dev/null
    code=$?
    cat build/tests/output >> $log
    good=$(grep -c '^ok ' build/tests/output)
    bad=$(grep -c '^not ok ' build/tests/output)
    if [ $code -ne 0 ] && [ "$bad" -eq 0 ] || [ $((good + bad)) -eq 0 ]; then
        bad=$((bad + 1))
        echo "not ok $name: exit code $code"
        tail -n 20 build/tests/output | sed 's/^/    /'
    fi
    grep "^# skipped: " build/tests/output | sed "s/^# /    /"
    grep -A 6 '^not ok ' build/tests/output | sed 's/^/    /'
    printf '%-28s %4d passed %3d failed\n' "$name" "$good" "$bad"
    passed=$((passed + good))
    failed=$((failed + bad))
}

units() {
    $MAKE -s unit-tests || { echo 'not ok the unit tests do not build'; failed=$((failed + 1)); }
    for test in build/tests/test_*; do
        [ -x "$test" ] && run "${test##*/}" "$test"
    done
}

# The unit tests once more, under the address and undefined-behaviour sanitizers.
sanitized() {
    $MAKE -s sanitized-tests || { echo 'not ok the sanitized tests do not build'; failed=$((failed + 1)); }
    for test in build/sanitized/test_*; do
        [ -x "$test" ] && run "sanitized ${test##*/}" "$test"
    done
}

for part in ${*:-units sanitized certified tree modules portable cli times bench tools pipeline}; do
    case $part in
    units | sanitized) $part ;;
    *) run "$part" sh "tests/$part.sh" build/bin/emergence ;;
    esac
done

echo "$passed passed, $failed failed"
[ $failed -eq 0 ]
