#!/bin/sh
# The archive of paper scale: what is killed, kept, resumed, estimated and verified.  Speaks TAP.
# Works in a scratch copy of the tree and of what is built.
. tests/tap.sh
enter_copy

# One run that takes seconds stands for all; it begins without an archive.
rm -rf data/paper
run=build/paper/runs/mlp-time.tsv
tiny='--skills 2 --bits 12 --order 2 --width 64 --batch 500 --steps 1200 --every 600 --repeats 8'
one() { # TARGET WORD...
    make "$@" SCALE=paper THREADS=1 RUNS=mlp-time SUMMARISED= "mlp-time.paper=$tiny"
}
cells() { grep -c '^# cell ' "$1" 2> /dev/null; }
same() { grep -v '^# archived' $run | cmp -s - whole.tsv; }
one runs > log 2>&1 && cp $run whole.tsv && [ "$(cells $run.run.journal)" = 8 ] && [ ! -e data/paper ]
check 'a run of paper scale keeps its cells for the archive'
rm -rf build/paper
setsid make runs SCALE=paper THREADS=1 RUNS=mlp-time SUMMARISED= "mlp-time.paper=$tiny" > log 2>&1 &
group=$!
tries=0
until [ -s $run.run.journal ] || [ $tries -ge 1000 ]; do sleep 0.01; tries=$((tries + 1)); done
kill -KILL -$group; wait $group 2> /dev/null
[ ! -e $run ] && one archive > log 2>&1 && some=$(cells data/paper/mlp-time.tsv) && [ "$some" -ge 1 ] && [ "$some" -lt 8 ] && [ ! -e $run.run.journal ]
check 'make archive keeps what a killed run has finished'
one estimate > log 2>&1 && grep -q "^mlp-time *$((8 - some)) cells" log && grep -q "^in all *$((8 - some)) cells" log
check 'make estimate counts what it has not'
one runs > log 2>&1 && same && grep -q "^# archived: $some of 8 cells, 0 of them unverified" $run
check 'the run, resumed, gives the same table'
one archive > log 2>&1 && [ "$(cells data/paper/mlp-time.tsv)" = 8 ] && one estimate > log 2>&1 && grep -q '^in all *0 cells' log
check 'then the archive has all cells, and nothing is left'
one verify CELLS=2 > log 2>&1 && grep -q ': 2 of 2 recomputed cells agree, 0 of 8 stay unverified' log
check 'make verify computes some again'
! one verify CELLS=0 > log 2>&1 && grep -q -- "--verify: '0' is not" log
check 'and refuses to compute none'
cp data/paper/mlp-time.tsv data/paper/mlp-width.tsv
! make verify SCALE=paper THREADS=1 'RUNS=mlp-time mlp-width' SUMMARISED= "mlp-time.paper=$tiny" > log 2>&1 &&
    grep -q 'mlp-time.tsv: 1 of 1 recomputed cells agree' log && grep -q 'no cell of this run.*: data/paper/mlp-width.tsv' log
check 'of several runs each is verified, and one without cells is named'
rm data/paper/mlp-width.tsv
mv data/paper kept; ! one verify > log 2>&1 && grep -q 'data/paper has no simulation to verify' log
check 'make verify without an archive says so'
mv kept data/paper
touch marker; sleep 1.1; one runs > log 2>&1 && [ $run -ot marker ] && one runs FRESH=1 > log 2>&1 && cmp -s $run whole.tsv
check 'FRESH=1 computes all cells again'
for goals in archive archive-mlp-time 'verify SCALE=desk' 'archive-mlp-time SCALE=desk'; do make -n RUNS=mlp-time $goals; done > log 2>&1
grep -q 'build/paper/runs/mlp-time' log && ! grep -q build/desk/runs log
check 'only cells of paper scale are archived'
mv data/paper/mlp-time.tsv kept.tsv; mkdir data/paper/mlp-time.tsv; rm $run
! one estimate > log 2>&1 && grep -q 'not a file' log
check 'an estimate that fails says so'
rmdir data/paper/mlp-time.tsv

# ---- what a book says of the archive

row='repeat\tN\tT\tloss\n'
printf "# cell a\n${row}1\t2\t0\t0.5\n1\t2\t9\t0.25\n2\t2\t0\t0.5\n1\t3\t0\tdiverged\n" > archived
printf "${row}1\t2\t0\t0.5\n1\t2\t5\t0.75\n2\t2\t5\t0.5\n1\t3\t0\tdiverged\n" > table
agree() { awk -f tex/agree.awk "$@" < /dev/null; }
[ "$(agree archived table)" = '2 0' ] && [ "$(agree)" = '0 0' ]; check 'simulations are compared in the rows that both have'
sed 's/0.5$/0.50000000000000011/' table > other
[ "$(agree archived other)" = '2 1' ]; check 'and one that differs in the last bit is counted'
[ "$(agree archived table archived other archived archived)" = '7 1' ]; check 'each run has its own archive'
printf 'claim\tauthors\tours\tlow\thigh\trepeats\tverdict\n' > names
printf 'a\t1\t1.5\t1.2\tinf\t8\tinconclusive\nb\t1\t2\t2\t2\t0\treproduced\nc\t1\tnan\tnan\tnan\t0\tnot run\nd\t1\t0.9\t0.8\t1.1\t50\treproduced\n' | cat names - > archived
printf 'a\t1\t1.5\t1.2\tinf\t8\tinconclusive\nb\t1\t3\t3\t3\t0\tnot reproduced\nc\t1\t2\t1\t3\t8\treproduced\nd\t1\t1\tnan\tnan\t2\treproduced\n' | cat names - > table
[ "$(awk -f tex/table.awk -f tex/archive.awk archived table)" = '\setarchived{b}{archive differs}{\num{2}}{exact}{reproduced}
\setarchived{d}{archive}{\num{0.9}}{[\num{0.8}, \num{1.1}]}{reproduced}' ]
check 'beside a verdict stands that of the archive, if it says something else'
