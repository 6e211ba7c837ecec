#!/bin/sh
# Tests of the benchmark: a version of seconds, its table, and its refusal to compare what differs.
# Speaks TAP.  PyTorch need not be installed: where it matters, a stand-in replaces bench/bench.py.
. tests/tap.sh
top=$PWD
bench=$top/build/bin/bench
table=$scratch/bench.tsv
numbers() { awk -F '\t' "/^#/ {next} !n++ {for (i = 1; i <= NF; i++) c[\$i] = i; next} $1" "$2"; }

[ -x "$bench" ] || ${MAKE:-make} -s build/bin/bench
$bench --quick --output "$table" > "$scratch/digest" 2> "$scratch/trouble"
check 'bench --quick runs'
cat "$scratch/trouble"
[ -z "$(find "$scratch" -name '*.partial*')" ]; check 'nothing unfinished is left'

# ---- the table

for key in command commit compiler machine blas torch 'best variant' columns; do
    grep -q "^# $key: ." "$table"; check "the header names the $key"
done
[ "$(grep -c '^# module: \(draw\|kernel\|mlp\|move\|stream\|task\) [0-9a-f]*$' "$table")" = 6 ]
check 'and the modules with their hashes'
[ "$(grep -vc '^#' "$table")" = 5 ]; check 'a line of names and four rows follow'
[ "$(numbers '{print $c["width"] ":" $c["batch"]}' "$table" | tr '\n' ' ')" = '16:500 16:4000 64:500 64:4000 ' ]
check 'for two widths and two batches'
numbers 'NF != 33 {bad = 1} {for (i = 1; i <= NF; i++) if ($i !~ /^[0-9.]+(e[-+][0-9]+)?$/ && $i != "nan") bad = 1}
         END {exit bad}' "$table"
check 'of 33 numbers each'
numbers 'BEGIN {split("plain blocked unblocked draw", names, " ")}
         {for (i in names) if (!($c[names[i] "_least"] > 0 && $c[names[i] "_least"] <= $c[names[i]])) bad = 1}
         END {exit bad}' "$table"
check 'times are positive, and minima do not exceed medians'
numbers '$c["draw_least"] >= $c["plain_least"] || $c["rows"] < 32 || $c["rows"] > $c["batch"] {bad = 1}
         END {exit bad}' "$table"
check 'drawing is a part of a step, rows a part of the batch'
numbers '{dense = $c["width"] * $c["batch"] * 157e-9; if ((dense / $c["dense"] - 1)^2 > 1e-8) bad = 1}
         $c["dense"] / $c["blocked_least"] * 1e3 > $c["peak"] {bad = 1}
         END {exit bad}' "$table"
check 'dense products have 157 operations a unit and sample, and stay below the peak'
[ "$(grep -c '^ *[0-9][0-9]*  *[0-9][0-9]*  *[0-9]' "$scratch/digest")" = 4 ]; check 'the digest has the four rows'
[ "$(grep -c 'cycles for each sample and 16 units; 10 additions alone' "$scratch/digest")" = 4 ]; check 'and what bounds each'
[ "$(grep -c 'draw .*forward .*backward .*move' "$scratch/digest")" = 4 ]; check 'and the parts of each step'

grep -q '^Compared with \(PyTorch .*, threads: 1\|no PyTorch.*\)\.$' "$scratch/digest"; check 'and PyTorch with its threads'

# ---- equal work

# The mean loss of contender $1 in the part $2 of the training, 1 to 3.
loss() { sed -n '/^# loss at /p' "$table" | cut -d ';' -f "$2" | tr ' ' '\n' | awk -v name="$1" 'found {print; exit} $0 == name {found = 1}'; }
close() { awk -v x="$1" -v y="$2" -v tolerance="$3" 'BEGIN {exit !(x > 0 && y > 0 && (x / y - 1)^2 <= tolerance^2)}'; }
close "$(loss plain 1)" 25 0.05; check 'the loss begins near S^2'
awk -v x="$(loss plain 3)" 'BEGIN {exit !(x > 0 && x < 10)}'; check 'and more than half of it is gone at the end'
for variant in avx2 avx512; do
    [ -z "$(loss $variant 3)" ] || [ "$(loss $variant 1) $(loss $variant 3)" = "$(loss plain 1) $(loss plain 3)" ]
    check "$variant has the losses of plain, if it runs"
done
for dense in blocked unblocked; do
    close "$(loss $dense 1)" "$(loss plain 1)" 1e-5; check "$dense has the kernel's loss at first"
    close "$(loss $dense 3)" "$(loss plain 3)" 0.3; check "and learns as fast"
done
if grep -q '^# torch: PyTorch' "$table"; then
    close "$(loss torch 1)" "$(loss plain 1)" 0.3; check "PyTorch has the kernel's loss at first"
    close "$(loss torch 3)" "$(loss plain 3)" 0.3; check 'and learns as fast'
    mkdir -p "$scratch/half/bench"
    sed 's/lr=rate/lr=rate \/ 2/' bench/bench.py > "$scratch/half/bench/bench.py"
    (cd "$scratch/half" && $bench --quick > out 2> err)
    [ $? -eq 1 ] && grep -q 'do not do the same work' "$scratch/half/err"
    check 'PyTorch with half the rate is found out'
fi

# ---- with stand-ins for PyTorch

mkdir -p "$scratch/none/bench" "$scratch/idle/bench" "$scratch/dead/bench"
echo 'raise SystemExit(1)' > "$scratch/none/bench/bench.py"
cat > "$scratch/idle/bench/bench.py" <<'END'
import sys
print("PyTorch that does nothing", flush=True)
for line in sys.stdin:
    if line.startswith("step"):
        print(0.001, 25, flush=True)
END
echo 'print("PyTorch that dies", flush=True)' > "$scratch/dead/bench/bench.py"

(cd "$scratch/none" && $bench --quick --output bench.tsv > out 2> err)
check 'bench runs without PyTorch'
grep -q '^# torch: not installed$' "$scratch/none/bench.tsv"; check 'and says so'
numbers '$c["torch"] != "nan" || $c["torch_least"] != "nan" {bad = 1} END {exit bad || n < 2}' "$scratch/none/bench.tsv"
check 'its columns hold nan then'
(cd "$scratch/idle" && $bench --quick --output bench.tsv > out 2> err)
[ $? -eq 1 ] && grep -q 'do not do the same work' "$scratch/idle/err" && [ ! -e "$scratch/idle/bench.tsv" ]
check 'a contender that does not learn is refused'
(cd "$scratch/dead" && $bench --quick > out 2> err)
[ $? -eq 1 ] && grep -q 'it has stopped' "$scratch/dead/err"; check 'one that dies is noticed'

# ---- in TeX

for file in "$table" "$scratch/none/bench.tsv" data/bench.tsv; do
    rows=$(grep -vc '^#' "$file")
    awk -v source=x -f tex/table.awk -f tex/bench.awk "$file" data/growth.tsv > "$scratch/bench.tex"
    [ "$(grep -c '^\\num.*\\\\$' "$scratch/bench.tex")" = $((rows - 1)) ] \
        && awk -F '&' '/\\\\$/ && NF != 13 {bad = 1} END {exit bad}' "$scratch/bench.tex" \
        && ! grep -q '{-*nan\|{-*inf' "$scratch/bench.tex"
    check "${file#"$scratch"/} becomes rows of 13 columns"
done
wanted=$(grep -o '\\result{bench/[a-z-]*}' src/speed.nw | sort -u | sed 's/\\result/\\setresult/')
[ -n "$wanted" ] && [ -z "$(for key in $wanted; do grep -qF "$key" "$scratch/bench.tex" || echo "$key"; done)" ]
check 'and has every number of the text'

# ---- growth

[ -x build/bin/growth ] || ${MAKE:-make} -s build/bin/growth
build/bin/growth --quick --output "$scratch/growth.tsv" > "$scratch/digest"; check 'growth --quick runs'
[ "$(grep -c '^time grows as .* to the power [0-9.]*, from [0-9]* on$' "$scratch/digest")" = 3 ]; check 'and prints three slopes'
for file in "$scratch/growth.tsv" data/growth.tsv; do
    awk -F '\t' '/^# slope: (width|batch|bits) [0-9.]+, ms at 1: [0-9.e-]+, from [0-9]+ on$/ {slopes++}
        /^#/ || NF == 0 || $1 == "quantity" {next}
        {rows[$1]++} !($3 > 0 && $4 > 0 && $4 <= $3) || ($1 == name && !($2 > value)) {bad = 1} {name = $1; value = $2}
        END {exit bad || slopes != 3 || rows["width"] != 9 || rows["batch"] != 7 || rows["bits"] != 8}' "$file"
    check "${file#"$scratch"/} has all points, and the law through them"
done

# ---- the archive and bad usage

[ "$(grep -vc '^#' data/bench.tsv)" = 9 ] && grep -q '^# command: bench$' data/bench.tsv
check 'the archived table is of a full run'
$bench --fast > "$scratch/out" 2> "$scratch/err"
[ $? -eq 2 ] && [ "$(wc -l < "$scratch/err")" = 1 ]; check 'an unknown option is refused in one line'
$bench --quick --output "$scratch/no/folder" > "$scratch/out" 2> "$scratch/err"
[ $? -eq 1 ] && grep -q 'no/folder' "$scratch/err"; check 'a file that cannot be written is refused at once'

# ---- the transformer

transformer=$top/build/bin/bench-transformer
table=$scratch/transformer.tsv
cd "$top" || exit 1
$transformer --quick --output "$table" > "$scratch/digest" 2> "$scratch/trouble"
check 'bench-transformer --quick runs'
cat "$scratch/trouble"
for key in command commit compiler machine blas torch columns; do
    grep -q "^# $key: ." "$table"; check "its header names the $key"
done
[ "$(grep -vc '^#' "$table")" = 2 ] && numbers 'NF != 13 {bad = 1} END {exit bad}' "$table"
check 'a line of names and a row of 13 numbers follow'
numbers '!($c["product"] > 0 && $c["product"] < $c["ours"] && $c["ours_least"] <= $c["ours"] && $c["rate"] > 0) {bad = 1}
         $c["rows"] <= 128 || $c["rows"] >= 128 * 15 {bad = 1} END {exit bad}' "$table"
check 'products are a part of a step, and prefixes a part of the tokens'
if grep -q '^# torch: PyTorch' "$table"; then
    grep -q '^# loss and length of the gradient after 300 steps: ours [0-9.]* [0-9.]* torch [0-9.]* [0-9.]*$' "$table"
    check 'loss and gradient have been compared with those of PyTorch'
    numbers '!($c["torch"] > $c["ours"]) {bad = 1} END {exit bad}' "$table"; check 'PyTorch is slower'
    mkdir -p "$scratch/other/bench"
    cp bench/bench.py "$scratch/other/bench/"
    sed 's/(width \/ self.heads) \*\* 0.5/width ** 0.5/' bench/transformer.py > "$scratch/other/bench/transformer.py"
    (cd "$scratch/other" && $transformer --quick > out 2> err)
    [ $? -eq 1 ] && grep -q 'does not do the same work' "$scratch/other/err"
    check 'PyTorch with other scores is found out'
fi
mkdir -p "$scratch/no-torch/bench"
echo 'raise SystemExit(1)' > "$scratch/no-torch/bench/transformer.py"
(cd "$scratch/no-torch" && $transformer --quick --output t.tsv > out 2> err)
[ $? -eq 0 ] && grep -q '^# torch: not installed$' "$scratch/no-torch/t.tsv"; check 'bench-transformer runs without PyTorch'
for file in "$table" "$scratch/no-torch/t.tsv" data/transformer-bench.tsv; do
    awk -v source=x -f tex/table.awk -f tex/transformer.awk "$file" > "$scratch/transformer.tex"
    wanted=$(grep -o '\\result{transformer-bench/[a-z-]*}' src/transformer.nw | sort -u | sed 's/\\result/\\setresult/')
    [ -n "$wanted" ] && [ -z "$(for key in $wanted; do grep -qF "$key" "$scratch/transformer.tex" || echo "$key"; done)" ] \
        && ! grep -q '{-*nan\|{-*inf' "$scratch/transformer.tex"
    check "${file#"$scratch"/} has every number of the text"
done
[ "$(grep -vc '^#' data/transformer-bench.tsv)" = 5 ] && grep -q '^# command: bench-transformer$' data/transformer-bench.tsv
check 'the archived table of the transformer is of a full run'
$transformer --fast > "$scratch/out" 2> "$scratch/err"
[ $? -eq 2 ] && [ "$(wc -l < "$scratch/err")" = 1 ]; check 'an unknown option is refused there, too'
