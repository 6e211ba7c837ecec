#!/bin/bash
# The search for the transformer's desk setting:  bash bench/transformer-search.sh > data/transformer-search.tsv
# Runs every setting (ten minutes on one core), keeps the tables in build/search, and condenses each to a row.
# Times are geometric means over the repeats, "inf" where a skill did not emerge in all of them.
set -euo pipefail
export LC_ALL=C
program=build/bin/emergence
mkdir -p build/search
echo "# command: bash bench/transformer-search.sh"
echo "# commit: $(sed -n 's/^const char provenance_commit.. = "\(.*\)";/\1/p' build/provenance.c)"
echo "# columns: settings, repeats, those in which every skill emerged, those that diverged, emergence times of the skills"
printf 'optimiser\tbits\torder\twidth\tbatch\trate\tsteps\trepeats\tcomplete\tdiverged\tT_1\tT_2\tT_3\tT_4\tT_5\n'
try() { # OPTIMISER BITS ORDER WIDTH BATCH RATE STEPS REPEATS EVERY
    words="--optimiser $1 --bits $2 --order $3 --width $4 --batch $5 --rate $6 --steps $7 --every $9 --seed 2 --stop 0.001"
    name=build/search/$(echo "$*" | tr ' ' '-').tsv
    [ -f "$name" ] || $program transformer-time $words --repeats $8 --threads ${THREADS:-0} --quiet --output "$name"
    $program times "$name" | awk -F '\t' -v settings="$1 $2 $3 $4 $5 $6 $7 $8" \
        -v diverged="$(grep -c diverged "$name" || true)" '
        /^#/ || /^repeat/ {next}
        {whole = 1
         for (k = 1; k <= 5; k++) {if ($(k + 1) == "inf") {missing[k] = 1; whole = 0} else sum[k] += log($(k + 1))}
         complete += whole; n++}
        END {gsub(" ", "\t", settings); printf "%s\t%d\t%d", settings, complete, diverged
             for (k = 1; k <= 5; k++) printf "\t%s", missing[k] ? "inf" : sprintf("%.0f", exp(sum[k] / n))
             print ""}'
}
try sgd 15 3 32 128 0.0015 20000 2 100
try sgd 10 2 16 64 0.0036 40000 3 100
try sgd 10 2 32 64 0.0018 40000 3 100
try sgd 10 2 32 128 0.0018 40000 3 100
try sgd 10 2 32 128 0.004 3000 3 100
try adam 10 2 32 128 0.0002 10000 3 20
try adam 10 2 32 128 0.001 6000 3 20
