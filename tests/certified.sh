#!/bin/sh
# The certified tables, computed anew: every committed ball must overlap the one that Arb gives
# here.  Speaks TAP.
. tests/tap.sh
certify=build/bin/certify
$certify constants > "$scratch/constants" && $certify compare tests/reference/certified.tsv "$scratch/constants"
constants=$?
$certify errors > "$scratch/errors" && $certify compare data/errors.tsv "$scratch/errors"
errors=$?

# A comparison that could not fail would prove nothing: one digit is changed.
sed '/^time/s/\(\.[0-9]*\)4/\15/' tests/reference/certified.tsv > "$scratch/wrong"
! $certify compare tests/reference/certified.tsv "$scratch/wrong" > "$scratch/log" 2>&1 &&
    grep -q '^not ok' "$scratch/log"
changed=$?
sed '$d' data/errors.tsv > "$scratch/short"
! $certify compare data/errors.tsv "$scratch/short" > /dev/null 2>&1
short=$?
for name in changed short; do
    eval "[ \$$name -eq 0 ]" && echo "ok - a $name table is found out" || echo "not ok - a $name table is found out"
done
[ $constants -eq 0 ] && [ $errors -eq 0 ] && [ $changed -eq 0 ] && [ $short -eq 0 ]
