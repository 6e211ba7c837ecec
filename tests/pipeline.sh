#!/bin/sh
# The pipeline at smoke scale, in a scratch copy of the tree: the paper builds, typesets without
# complaint, and reruns exactly what an edit makes stale.  Speaks TAP.
. tests/tap.sh
git rev-parse --git-dir > /dev/null || { echo 'not ok 1 - the pipeline is tested in a git checkout only'; exit 1; }
sources | xargs -0 cp --parents -t "$scratch" 2>/dev/null
cd "$scratch" || exit 1
keep() { git add -A && git -c user.name=test -c user.email=test commit -qm "$1"; }
git init -q && keep 'The tree under test' || exit 1
unset MAKEFLAGS MFLAGS MAKELEVEL
out=build/smoke
paper() { make paper SCALE=smoke > log 2>&1; }
figures() { make figures SCALE=smoke > log 2>&1; }
# The runs whose tables are newer than the marker.
rerun() { find $out/runs -name '*.tsv' ! -name '*.summary.tsv' -newer marker -exec basename {} .tsv ';' | sort | tr '\n' ' '; }
mark() { touch marker; sleep 1.1; }

paper || tail -n 30 log | sed "s,^,# ,"
[ -s paper.pdf ] && [ -s program.pdf ]; check 'make paper SCALE=smoke makes both books'
# Another part of the tests has the other core, so this counts the processor's time.
times > used
spent=$(awk 'NR == 2 {gsub(/s/, ""); for (i = 1; i <= 2; i++) {split($i, part, "m"); t += 60 * part[1] + part[2]} printf "%.0f", t}' used)
[ "$spent" -gt 10 ] && [ "$spent" -lt 220 ]; check "it takes less than 220 s of a processor, compilation included ($spent)"
cat $out/proof-paper.log $out/proof-program.log > logs
[ -s $out/proof-program.log ] && ! grep -E 'Citation.*undefined|Reference.*undefined|undefined references|multiply.defined' logs > complaints
check 'no undefined or doubled reference'
! grep -E '^Overfull \\[hv]box \(([2-9]|[0-9]{2,})[0-9.]*pt' logs >> complaints
check 'no overfull box over 2 pt'
! grep -E '^! |No result|No audit|has been referenced but does not exist' logs >> complaints
check 'every number, audit mark and link is there'
cat complaints
pdftotext paper.pdf text 2>/dev/null && grep -q 'smoke' text; check 'the paper says that it is of smoke scale'
tr '\n' ' ' < text | grep -q 'Script: figures/stages.gp; runs: strength- *stages, *law- *stages, *stages'
check 'captions name their script and their runs'
[ -s text ] && ! grep -E '[?][?]' text; check 'no question marks in place of references'
sh tests/books.sh $out > log 2>&1; grep '^#' log
while read -r result _ _ name; do [ "$result" = ok ]; check "$name"; done <<END
$(grep -E '^(not )?ok ' log | sed 's/^not ok/not/')
END
[ -d $out/runs ] && [ -z "$(find $out/runs -name '*.journal' -o -name '*.lock' -o -name '*.partial*')" ]; check 'nothing unfinished is left'

# ---- the verdicts, from tables whose answers are known

cp -r $out/runs known
logistic='function R(c, v, T) {return 1 / (1 + c * exp(-v * T))}'
nine='for (r = 1; r <= 9; r++)'
task='--alpha 0.6 --bits 32 --order 3 --target 5'
# kappa = 17: 4 eta S / kappa = 0.4 / 17, and R(0) = sigma^2/3.6, c = 5 * 3.6 / 10^-4 - 1.
awk_rows() { awk "$logistic BEGIN {OFS = \"\\t\"; $1}" < /dev/null; }
fake() { { echo "# command: emergence $2"; sed -n '/^[^#]/{p;q;}' $out/runs/$1.tsv; awk_rows "$3"; } > known/$1.tsv; }
fake one-skill-time "mlp-time $task --skills 1 --rate 0.02 --sigma 0.01 --steps 2500 --every 25 --repeats 9 --seed 1" \
    "$nine for (T = 0; T <= 2500; T += 25) print r, T, 0, R(179999, 0.4 / 17, T)"
fake one-skill-data "mlp-data $task --skills 1 --rate 0.025 --sigma 0.001 --samples 100:1000:100 --repeats 9 --seed 1" \
    "$nine for (D = 100; D <= 1000; D += 100) {x = D < 640 ? D / 640 : 1; print r, D, 1, 0, 1 - sqrt(1 - x), 1 - x}"
fake one-skill-width "mlp-width $task --skills 1 --rate 0.05 --sigma 0.05 --widths 1:8 --steps 100 --repeats 9 --seed 1" \
    "$nine for (N = 1; N <= 8; N++) print r, N, 100, 0, N < 5 ? N / 5 : 1"
# Nine repeats whose skills emerge at 1000 k, sharply; in the last two, skills 4 and 5 change places.
fake mlp-time "mlp-time $task --skills 5 --rate 0.02 --sigma 0.01 --steps 8000 --every 10 --repeats 9 --seed 1" \
    "$nine for (T = 0; T <= 8000; T += 10) {a = 4000; b = 5000; if (r > 7) {a = 5000; b = 4000}
     print r, T, 0, R(exp(5), 0.005, T), R(exp(20), 0.01, T), R(exp(30), 0.01, T), R(exp(a / 100), 0.01, T), R(exp(b / 100), 0.01, T)}"
$PWD/build/bin/emergence verdicts --runs known > verdicts 2> log; check 'verdicts are passed on any runs of that form'
says() { awk -F '\t' -v claim="$1" -v ours="$2" -v verdict="$3" '$1 == claim {found = ($3 / ours - 1) ^ 2 < 1e-6 && $7 == verdict}
    END {exit !found}' verdicts || { sed -n "/^$1	/s/^/# /p" verdicts; false; }; }
says kappa 17 'partly reproduced'; check 'kappa is found, and judged'
says dc-loss 640 'partly reproduced'; check 'and D_c'
says nc 5 'partly reproduced'; check 'and N_c'
says order 0.7777777778 inconclusive; check 'seven of nine repeats keep the order'
# From 5 % to 95 % takes 2 * 2.944 / 0.01 = 589 steps, twice as many for the first skill: all four
# pairs are stages, but for the one that has changed places.
says stages-0.05 3.7777777778 'not reproduced'; check 'neighbours in stages are counted'
build/bin/emergence calibrate --runs known | awk -F '\t' '$1 == "kappa" && ($3 - 17) ^ 2 < 1e-8 {found = 1} END {exit !found}'
check 'calibrate has the same constants'
for run in grid-0.01-0.3 one-skill-time mlp-time; do
    build/bin/emergence mlp-time --skills 9 --bits 27 --width 16 --batch 32 --steps 20 --every 10 --repeats 1 --quiet > known/$run.tsv
done
build/bin/emergence verdicts --runs known > /dev/null 2> log; check 'runs of more skills than the original has are judged, too'
echo 'no table' > known/grid-0.01-0.9.tsv
! build/bin/emergence numbers --runs known > /dev/null 2> log && grep -q 'known/grid-0.01-0.9.tsv' log
check 'a table that is none is named'

mark; paper
[ -s paper.pdf ] && [ -z "$(rerun)" ]; check 'a second make runs nothing'

# A commit of prose: neither program nor tables nor figures are written again.
mark; sed -i 's/^What makes the problem interesting is/What makes the problem so interesting is/' src/task.nw
keep 'An edit to prose'; paper
[ paper.pdf -nt marker ] && [ -z "$(find build/bin $out/runs $out/figures -type f -newer marker)" ]
check 'an edit to prose typesets and does nothing else'
pdftotext paper.pdf text && tr '\n' ' ' < text | grep -q 'problem so interesting'; check 'and it reaches the paper'
grep -q "$(git rev-parse --short=12 HEAD)" text; check 'whose first page says the commit'

# ---- what is false does not build: file, line and remedy are named

line=$(($(grep -c '' src/task.nw) + 1))
false_text() { # LINE, then what must be said
    cp src/task.nw task.before
    printf '%s\n' "$1" >> src/task.nw
    ! make paper SCALE=smoke > log 2>&1 && grep -q "$2" log
}
false_text 'It is \result{no/number}.' "src/task.nw:$line: no run gives the number 'no/number': "
check 'a number without a run'; mv task.before src/task.nw
cp src/task.nw task.before
printf '%s\n' '\begin{equation} 1 = 1 \label{eq:none} \end{equation}' >> src/task.nw
! awk -f tex/promises.awk $out/*.tex paper.nw src/task.nw 2> log && grep -q "src/task.nw:$line: the equation 'eq:none' has no audit: " log
check 'an equation without an audit'; mv task.before src/task.nw
false_text '<<no such chunk>>=' "src/task.nw:$line: chunk <<no such chunk>> is used nowhere: " && make help > log 2>&1
check 'a chunk that is used nowhere, which leaves make help as it is'; mv task.before src/task.nw
sed -i '0,/^<<task.c>>=$/s//&\n<<no such chunk>>/' src/task.nw
! make paper SCALE=smoke > log 2>&1 && grep -q 'src/task.nw:[0-9]*: chunk <<no such chunk>> is defined nowhere: ' log
check 'a chunk that is not defined'; sed -i '/^<<no such chunk>>$/d' src/task.nw
for kind in "Reference \`eq:power-law'" "Citation \`nam2024'"; do
    echo "LaTeX Warning: $kind on page 1 undefined on input line 1." > log
    ! bash tex/complaints.sh paper log > complaints 2>&1 && grep -q '^[a-z/]*.nw:[0-9]*: ' complaints
    check "${kind%% *} undefined"
done
sed -i.before '/^# reads: /s/ stages//' figures/stages.gp; figures
grep -q '^figures/stages.gp:[0-9]*: .*runs/stages.tsv' log && grep -q 'figures/stages.gp: every table must stand on its line' log
check 'a figure that reads what it does not declare'; mv figures/stages.gp.before figures/stages.gp
sed -i.before '/^[^#]/d' $out/runs/law-stages.tsv; touch figures/stages.gp; figures
grep -q 'figures/stages.gp: every table must stand .* and have rows' log
check 'a figure without data'; mv $out/runs/law-stages.tsv.before $out/runs/law-stages.tsv

# ---- what is handed on

make arxiv SCALE=smoke > log 2>&1 && mkdir alone && tar -xzf $out/arxiv.tar.gz -C alone &&
    (cd alone && for pass in 1 2 3; do pdflatex -interaction=batchmode paper > /dev/null; done; pdfinfo paper.pdf) | grep '^Pages:' > pages
[ "$(cat pages)" = "$(pdfinfo paper.pdf | grep '^Pages:')" ] && ! grep -E 'undefined references|Rerun to' alone/paper.log
check 'make arxiv packs what three runs of pdflatex make the paper of'
make release SCALE=smoke > log 2>&1 && tar -tzf build/emergence-*.tar.gz > names && grep -q '/paper.pdf$' names && grep -q '/program.pdf$' names &&
    [ "$(grep -vc '/$' names)" = $(($(git ls-files | wc -l) + 2)) ]
check 'make release packs the sources and both books'

mark; sed -i 's/^height = .*/height = 7.5/' figures/stages.gp; figures
[ -z "$(rerun)" ] && [ $out/figures/stages.tex -nt marker ] && [ ! $out/figures/linear.tex -nt marker ]
check 'an edit to a figure redraws that figure and reruns nothing'

# ---- what an edit makes stale

why() { make why SCALE=smoke > why 2>&1; }
stale() { sed -n 's/^\([^ ]*\): stale$/\1/p' why | sort | tr '\n' ' '; }
# Add a declaration to a module that does nothing but be there; change words of a chapter.
add_to() { sed -i "/^<<$1\.c>>=\$/a struct edited;" src/*.nw; }
instead() { sed -i "s/$1/$2/" src/*.nw; }

# What decides no bit: comments, blank lines and indentation, audits, a help text, the meaning of an
# option, the reading of tables, the journal.  Only the run of the audit rests on all of these.
cp -r src src.before
sed -i 's/^double [a-z_]*(.*)$/\/* Edited. *\/\n\n  &/' src/*.nw
instead 'alpha\[\] = {1e-9, 0.05,' 'alpha[] = {1e-9, 0.06,'
instead 'int first, int count, int step)' 'int start, int count, int step)'
instead 'for (int i = first; i < first + count; i += step)' 'for (int i = start; i < start + count; i += step)'
instead '"Emergence over time in the two-layer network."' '"The two-layer network over time."'
instead '"number of skill bits n_b"' '"number of bits, n_b"'
for module in table settings runner program; do add_to $module; done
why
for file in task-audit transformer-audit program settings table runner; do
    cmp -s "src/$file.c" "src.before/$file.c" && echo "$file"
done > unedited
[ ! -s unedited ] && [ "$(stale)" = 'audit ' ]; check 'comments, audits, help and the journal make no run stale but that of the audit'
cat unedited
grep -q '^1 of [0-9]* runs are stale, and take about [0-9]* s' why; check 'make why says how many runs, and how long'

# What decides bits: a formula of emergence, and the experiment of the transformer.
experiment=$(grep -l '^struct run experiments_transformer_time(' src/*.c)
module=$(basename "$experiment" .c)
instead 'return target \* fmin(1' 'return (target) * fmin(1'
add_to "$module"
why
runs_of() { awk -v module="# module: $1 " 'index($0, module) {print FILENAME}' $out/runs/*.ran | sed 's/.*\///; s/\.tsv\.ran$//'; }
{ runs_of emergence; runs_of "$module"; echo audit; } | sort -u | tr '\n' ' ' > expected
[ "$(stale)" = "$(cat expected)" ]; check 'a line that decides bits makes exactly those runs stale that rest on it'
grep -A 3 '^strength-stages: stale' why | grep -q 'now.*module: emergence'; check 'make why names the run and the module'
case " $(stale)" in *' mlp-'* | *' multilinear-'* | *' law-'*) false ;; *' transformer-time '*) true ;; *) false ;; esac
check 'an experiment leaves the others alone'
mark; make runs SCALE=smoke > log 2>&1
[ "$(rerun)" = "$(cat expected)" ]; check 'and make runs carries out just those'

mark; sed -i 's/^strength-extended.command := .*/& --points 50/' src/*.nw; make runs SCALE=smoke > log 2>&1
[ "$(rerun)" = 'strength-extended ' ]; check 'an edit to the settings of a run reruns that run'

rm $out/runs/law-time-0.3.tsv; mark; figures
[ "$(rerun)" = 'law-time-0.3 ' ] && [ $out/figures/scaling-laws.tex -nt marker ]
check 'a table that was lost is made again, and what shows it'

mkdir tools
for tool in $(echo "$PATH" | tr ':' ' '); do ln -s "$tool"/* tools/ 2>/dev/null; done
rm -f tools/gnuplot
PATH=$scratch/tools make paper SCALE=smoke > log 2>&1
[ $? -ne 0 ] && grep -q 'gnuplot is not installed.*gnuplot-nox' log; check 'without gnuplot, make paper names the package'
make paper SCALE=huge > log 2>&1
[ $? -ne 0 ] && grep -q 'smoke, desk or paper' log; check 'an unknown scale is refused'
rm -rf tools/notangle build
PATH=$scratch/tools make program > log 2>&1
check 'the program builds without noweb'
