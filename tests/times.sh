#!/bin/sh
# Emergence times of the two-layer network against an independent implementation, at settings
# that stand in no table:  tests/times.sh PROGRAM.  Speaks TAP.
# The reference is tests/reference/times.tsv, made by times.py beside it.  Two sets of times agree
# if their means differ by less than 3 standard errors; for ten comparisons of equal means that
# leaves a false alarm of 3 %, once, since the program's repeats are fixed by their seed.
set -u
LC_ALL=C
export LC_ALL
program=$1
reference=tests/reference/times.tsv
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM

# Mean and standard deviation over repeats of the first passage of R_k/S = 1/2, for each k.
passages() {
    awk -F '\t' '/^#/ {next} !named {for (i = 1; i <= NF; i++) if ($i ~ /^R_/) k[i] = substr($i, 3); named = 1; next}
        {for (i in k) {
            if ($1 == repeat[i] && !(($1, i) in T) && R[i] < 0.5 && $i >= 0.5)
                T[$1, i] = $2 - ($2 - last) * ($i - 0.5) / ($i - R[i])
            R[i] = $i; repeat[i] = $1}
         last = $2}
        END {for (at in T) {split(at, key, SUBSEP); i = key[2]; n[i]++; s[i] += T[at]; q[i] += T[at] ^ 2}
             for (i in n) {m = s[i] / n[i]; print k[i], n[i], m, sqrt((q[i] - n[i] * m * m) / (n[i] - 1))}}' "$1"
}

number=0
grep '^--' $reference | cut -f 1 | sort -u > "$scratch/settings"
[ -s "$scratch/settings" ] || echo "not ok 1 - $reference has settings"
while read -r words; do
    # shellcheck disable=SC2086
    "$program" mlp-time $words --repeats 12 --seed 11 --quiet > "$scratch/table" < /dev/null
    passages "$scratch/table" > "$scratch/ours"
    awk -F '\t' -v words="$words" '$1 == words {print $2, $3, $4, $5}' $reference > "$scratch/theirs"
    while read -r k n mean sd; do
        number=$((number + 1))
        awk -v k="$k" -v n="$n" -v mean="$mean" -v sd="$sd" '
            $1 == k {d = ($3 - mean) / sqrt($4 ^ 2 / $2 + sd ^ 2 / n); good = $2 == 12 && n == 12 && d * d < 9
                     printf "# %g +- %g, independently %g +- %g: %.1f standard errors\n", $3, $4, mean, sd, d}
            END {exit !good}' "$scratch/ours"
        verdict=$?
        name="skill $k emerges when an independent network has it: $words"
        [ $verdict -eq 0 ] && echo "ok $number - $name" || echo "not ok $number - $name"
    done < "$scratch/theirs"
done < "$scratch/settings"
