#!/bin/sh
# Tests of the command line, as a user and a shell see it:  tests/cli.sh PROGRAM
# Prints TAP lines and exits 1 if a test failed.  Works in a folder of its own.
set -u
LC_ALL=C
export LC_ALL
unset POSIXLY_CORRECT ARGP_HELP_FMT
OMP_WAIT_POLICY=passive # as the Makefile has it: threads that spin are slow on a busy machine
export OMP_WAIT_POLICY

program=$(cd "$(dirname "$1")" && pwd)/${1##*/}
[ -x "$program" ] || { echo "not ok 1 - $1 is a program"; exit 1; }
work=$(mktemp -d) || exit 1
child=
trap '[ -z "$child" ] || kill -9 $child 2> /dev/null; rm -rf "$work"' EXIT
trap 'exit 1' HUP INT TERM
cd "$work" || exit 1

limit=
command -v timeout > /dev/null && limit='timeout 60'
number=0
failed=0
code=0

# ---- reporting

# "condition; verdict $? NAME [WHY]": did the condition hold?
verdict() {
    number=$((number + 1))
    if [ "$1" -eq 0 ]; then
        echo "ok $number - $2"
    else
        failed=$((failed + 1))
        echo "not ok $number - $2"
        printf '%s\n' "${3:-}" | head -n 5 | sed 's/^/#   /'
    fi
}

# Show files that should have been equal.
difference() {
    diff "$1" "$2" | head -n 4
}

# ---- running

# emergence WORD...; afterwards $code, and the files out and err
run() {
    $limit "$program" "$@" > out 2> err < /dev/null
    code=$?
}

# Standard error is one line of reasonable length that has all the texts.
one_line() {
    [ "$(wc -l < err)" -eq 1 ] && [ "$(wc -c < err)" -lt 300 ] || return 1
    for text; do
        grep -qF -e "$text" err || return 1
    done
}

# refuses 'WORDS' TEXT...   exit 2, no output, one line with all the texts
refuses() {
    call=$1
    shift
    eval "run $call"
    [ $code -eq 2 ] && [ ! -s out ] && one_line "$@"
    verdict $? "refuses: $call" "exit $code: $(cat err)"
}

# fails 'WORDS' TEXT...     exit 1, one line with all the texts
fails() {
    call=$1
    shift
    eval "run $call"
    [ $code -eq 1 ] && one_line "$@"
    verdict $? "fails: $call" "exit $code: $(cat err)"
}

# Exit 0 and nothing on standard error.
succeeded() {
    [ $code -eq 0 ] && [ ! -s err ]
}

nothing_partial() { # no unfinished file is left
    [ -z "$(find . -name '*.partial*')" ]
}

rows() { # the numbers of a table
    grep -v '^#' "$1" | tail -n +2
}

# ---- words that make each command quick

printf 'repeat\tT\tloss\tR_1\n1\t0\t1\t0\n2\t0\t3\t0\n' > table.tsv
printf 'repeat\tT\tloss\tR_1\tR_2\n1\t0\t1\t0\t0\n1\t100\t0\t1\t0.5\n' > times.tsv
{
    echo '# command: emergence mlp-time --alpha 0.6 --skills 1 --target 5 --rate 0.02 --sigma 0.01 --repeats 8'
    printf 'repeat\tT\tloss\tR_1\n'
    awk 'BEGIN {for (r = 1; r <= 8; r++) for (T = 0; T <= 1500; T += 25) # kappa = 22
        printf "%d\t%d\t0\t%.9g\n", r, T, 1 / (1 + 179999 * exp(-4 * 0.02 * 5 * T / 22))}'
} > own.tsv
small='--skills 2 --bits 8 --order 2'
tiny="$small --width 17 --batch 32 --steps 50 --every 20"
quick() {
    case $1 in
    law* | strength* | map | frontier) echo "$1 --points 5" ;;
    multilinear) echo "$1 --steps 300 --repeats 3 --samples 0,5" ;;
    mlp-time | mlp-means | mlp-bytes) echo "$1 $tiny --repeats 3 --threads 2" ;;
    mlp-data) echo "$1 $small --width 17 --stop 0 --samples 1:3,4000 --steps 3 --every 2 --repeats 2 --threads 2" ;;
    mlp-width) echo "$1 $small --batch 32 --steps 50 --every 20 --widths 1,17 --repeats 2 --threads 2" ;;
    transformer-time) echo "$1 $small --width 12 --heads 2 --batch 32 --steps 50 --every 20 --repeats 3 --threads 2" ;;
    summary) echo "$1 table.tsv" ;;
    times) echo "$1 times.tsv" ;;
    fit) echo "$1 own.tsv" ;;
    'shots data') echo "$1 --repeats 2" ;;
    convergence) echo "$1 --repeats 5 --to 64 --points 4" ;;
    *) echo "$1" ;;
    esac
}

"$program" --help | sed -n 's/^  \([a-z][a-z -]*[a-z]\)  *[A-Z].*/\1/p' > commands

# ---- no command, and commands that do not exist

[ "$(wc -l < commands)" -eq 39 ]
verdict $? 'emergence --help lists the commands' "$(cat commands)"
run --version
succeeded && [ "$(wc -l < out)" -eq 1 ] && grep -q 'commit .*gcc\|commit .*cc\|commit .*clang' out
verdict $? 'emergence --version names commit and compiler' "$(cat out err)"
refuses '' 'no command' '--help'
refuses 'nonsense' "'nonsense'" '--help'
refuses 'law' "'law'"
refuses 'law space' "'law space'"
refuses 'strength --alpha 1' "'strength'"
refuses 'lawtime' "'lawtime'"
refuses 'time law' "'time law'"
refuses 'mlp-tim --alpha 1' "'mlp-tim'"
refuses '--alpha 1' "'--alpha"
refuses "''" "''"

# ---- help of every command

while read -r command; do
    run $command --help
    succeeded && grep -q "^Usage: emergence $command" out
    verdict $? "$command --help exits with 0" "exit $code: $(cat err)"

    # Every option that the header of a table has, with its value there as the default, and
    # what leaves no trace in a header.
    sed 's/^ *-h,//' out | tr '\n' ' ' | tr -s ' ' | sed 's/ --/\n--/g' > help
    "$program" $command --dry-run --quiet 2> err |
        sed -n '1s/.*emergence [a-z -]*[a-z]\( --.*\)/\1/p' | sed 's/ --/\n/g' | sed 1d > header
    echo 'output -' >> header
    case $command in numbers | calibrate | verdicts) echo 'runs .' >> header ;; esac
    case $command in
    mlp-* | transformer-*) printf 'threads 0\nvariant best\n' >> header ;;
    multilinear) echo 'threads 0' >> header ;;
    esac
    missing=$(while read -r name value; do
        grep -q "^--$name=[A-Za-z0-9|]* .*; default $value\( .*\)*\$" help || echo "--$name $value"
    done < header)
    [ -z "$missing" ]
    verdict $? "$command --help names each option with its default" "$missing"

    # Options with a value that is a number say which numbers.
    rangeless=$(grep -e '^--[a-z-]*=[XNL]' help | grep -v -e 'in [[(][0-9a-z.+-]*, [0-9a-z.+]*[])]')
    [ -z "$rangeless" ]
    verdict $? "$command --help names the range of each number" "$rangeless"

    # Options with a choice name the words twice: where the value stands, and as the range.
    wordless=$(grep -e '^--[a-z-]*=.*|' help | grep -v -e '^--[a-z-]*=\([a-z0-9|]*\) .*; one of \1; default')
    [ -z "$wordless" ]
    verdict $? "$command --help names the words of each choice" "$wordless"

    # Help wins over whatever else is asked for in order.
    run $(quick "$command") --help
    [ $code -eq 0 ] && grep -q '^Usage:' out
    verdict $? "$command with other words and --help shows the help" "exit $code: $(cat err)"

    refuses "$command --no-such-option" '--no-such-option' '--help'
    refuses "$command --no-such-option=5" "'--no-such-option'"
    refuses "$command -x" "'-x'"
    refuses "$command --" "'--'"
    refuses "$command --outpu x" "'--outpu'"
    refuses "$command --output" '--output' 'needs a value'
    case $command in
    summary | times | fit | numbers | calibrate | verdicts) ;;
    *)
        refuses "$command --quiet=yes" '--quiet' 'no value'
        refuses "$command junk" "'junk'"
        ;;
    esac
done < commands

# ---- defaults are the authors' settings

default_of() { # COMMAND EXPECTED
    run $1 --dry-run --quiet
    [ "$(head -n 1 out)" = "# command: emergence $1 $2" ]
    verdict $? "$1 has the authors' settings by default" "$(head -n 1 out)"
}
default_of constants '--alpha 0.6 --skills 0 --target 1 --initial 0.01 --rate 1'
default_of 'law time' '--alpha 0.6 --skills 100000 --target 1 --initial 0.01 --rate 1 --layers 2 --from 1 --to 10000 --points 61'
default_of 'law data' '--alpha 0.6 --skills 100000 --target 1 --initial 0.01 --rate 1 --from 1 --to 1000 --points 61'
default_of 'law parameters' '--alpha 0.6 --skills 100000 --target 1 --initial 0.01 --rate 1 --from 1 --to 100 --points 61'
default_of mlp-time '--alpha 0.6 --skills 5 --bits 32 --order 3 --target 5 --rate 0.02 --width 1000 --sigma 0.01 --batch 4000 --steps 20000 --every 50 --optimiser sgd --momentum 0 --decay 0 --cool 0.5 --cool-every 0 --repeats 10 --seed 1'
default_of mlp-means '--alpha 0.6 --skills 5 --bits 32 --order 3 --target 5 --rate 0.025 --width 1000 --sigma 0.01 --batch 4000 --steps 30000 --every 50 --optimiser sgd --momentum 0 --decay 0 --cool 0.5 --cool-every 0 --repeats 10 --seed 1'
sizes=$(seq -s , 500 500 10000),$(seq -s , 11000 1000 15000),$(seq -s , 20000 5000 35000)
default_of mlp-data "--alpha 0.6 --skills 5 --bits 32 --order 3 --target 5 --rate 0.025 --width 1000 --sigma 0.001 --steps 100000 --every 0 --optimiser sgd --momentum 0 --decay 0 --cool 0.5 --cool-every 10000 --stop 0.001 --samples $sizes --repeats 10 --seed 1"
default_of mlp-width "--alpha 0.6 --skills 5 --bits 32 --order 3 --target 5 --rate 0.01 --sigma 0.05 --batch 4000 --steps 500000 --every 0 --optimiser adam --momentum 0 --decay 0.0005 --cool 0.5 --cool-every 0 --widths $(seq -s , 20) --repeats 10 --seed 1"

default_of transformer-time '--alpha 0.9 --skills 5 --bits 32 --order 3 --only 0 --target 1 --rate 5e-05 --width 512 --heads 4 --batch 5000 --steps 1000000 --every 1000 --optimiser sgd --momentum 0 --decay 0 --cool 0.5 --cool-every 0 --stop 0 --repeats 10 --seed 1'

# ---- values out of range: option, value and range are named

real='(0, inf)'
for command in constants 'law time' 'strength data' stages multilinear mlp-time mlp-data mlp-width; do
    for value in 0 -0.6 nan -inf inf 1e400 0.6x '' six 0,6; do
        refuses "$command --alpha '$value'" '--alpha' "'$value'" "$real"
    done
    refuses "$command --alpha" '--alpha' 'needs a value'
    refuses "$command --alpha=" '--alpha' "''" "$real"
    refuses "$command --target 0" '--target' "'0'" "$real"
done
for value in 0 nan 1e-400 -1; do
    refuses "multilinear --rate $value" '--rate' "'$value'" "$real"
    refuses "constants --initial $value" '--initial' "'$value'" "$real"
    refuses "law time --from $value" '--from' "'$value'" "$real"
    refuses "law time --to $value" '--to' "'$value'" "$real"
done
for value in -1 nan inf 1e400; do
    refuses "strength time --kappa $value" '--kappa' "'$value'" '[0, inf)'
    refuses "mlp-time --sigma $value" '--sigma' "'$value'" '[0, inf)'
done
for value in 0 -1 65 64.0 1e1 0x10 '' 18446744073709551617; do
    refuses "mlp-time --bits '$value'" '--bits' "'$value'" '[1, 64]'
done
for value in 0 -5 5x 1e3 1.5 99999999999999999999999 1000001; do
    refuses "mlp-time --width $value" '--width' "'$value'" '[1, 1e+06]'
done
refuses 'mlp-time --order 0' '--order' "'0'" '[1, 64]'
refuses 'mlp-time --batch 0' '--batch' "'0'" '[1, 1e+07]'
refuses 'mlp-time --every -1' '--every' "'-1'" '[0, 1e+12]'
refuses 'mlp-time --momentum 1' '--momentum' "'1'" '[0, 1)'
refuses 'mlp-time --momentum 1.1' '--momentum' "'1.1'" '[0, 1'
refuses 'mlp-time --momentum -0.1' '--momentum' "'-0.1'" '[0, 1'
refuses 'mlp-time --decay -1' '--decay' "'-1'" '[0, inf)'
refuses 'mlp-time --cool 0' '--cool' "'0'" '(0, 1)'
refuses 'mlp-time --cool 1' '--cool' "'1'" '(0, 1)'
refuses 'mlp-time --cool-every -1' '--cool-every' "'-1'" '[0, 1e+12]'
refuses 'mlp-data --stop nan' '--stop' "'nan'" '[0, inf)'
for value in '' sg SGD adamw 'sgd|adam' 0; do
    refuses "mlp-time --optimiser '$value'" '--optimiser' "'$value'" 'one of sgd|adam'
done
refuses 'mlp-time --steps -1' '--steps' "'-1'" '[0, 1e+12]'
refuses 'mlp-time --repeats 0' '--repeats' "'0'" '[1, 1e+06]'
refuses 'mlp-time --threads 1025' '--threads' "'1025'" '[0, 1024]'
refuses 'mlp-time --seed 18446744073709551616' '--seed' "'18446744073709551616'" '[0, 1.8'
refuses 'mlp-time --seed x' '--seed' "'x'" '[0, 1.8'
refuses 'law time --points 0' '--points' "'0'" '[1, 1e+06]'
refuses 'law time --skills 10000001' '--skills' "'10000001'" '[0, 1e+07]'
refuses 'stages --fraction 0' '--fraction' "'0'" '(0, 1'
refuses 'stages --fraction 1.5' '--fraction' "'1.5'" '(0, 1'
for value in '' ',' '1,' ',1' 1,,2 1,x 1.5 -1 '1 2' 1: 2:1 0:256 2:1:1 1:2:0 1:9:1:1 1000000001 0:256:1; do
    refuses "multilinear --samples '$value'" '--samples' "'$value'" '[0, 1e+09]'
done
for value in '' 0 0:3 1: 3:1 1.5 1000001; do
    refuses "mlp-width --widths '$value'" '--widths' "'$value'" '[1, 1e+06]'
done
for value in 0 -1 65537 4x; do
    refuses "transformer-time --heads $value" '--heads' "'$value'" '[1, 65536]'
done
refuses 'transformer-time --width 12 --heads 5' '--heads' "'5'" 'does not divide --width 12'
refuses 'transformer-time --width 2 --heads 4' '--heads' "'4'" 'does not divide --width 2'
refuses 'transformer-time --width 65540' '--width' "'65540'" '[1, 65536]'
refuses 'transformer-time --skills 1025 --overlap' '--skills' "'1025'" '[1, 1024]'
refuses 'transformer-time --bits 10' '--bits' "'10'" 'skills x order = 15'
refuses 'transformer-time --only 6' '--only' "'6'" 'among 5'
refuses 'transformer-time --only -1' '--only' '[0, 1024]'
refuses 'transformer-time --momentum 1' '--momentum' "'1'" '[0, 1'
refuses 'transformer-time --sigma 1' '--sigma' '--help'
refuses 'mlp-time --heads 2' '--heads' '--help'
refuses 'times' 'FILE'
for value in '' -1 1.5 x nan inf,x 1:inf; do
    refuses "loss --time '$value'" '--time' "'$value'" '[0, 1e+15]'
    refuses "loss --samples '$value'" '--samples' "'$value'" '[0, 1e+09]'
    refuses "loss --parameters '$value'" '--parameters' "'$value'" '[0, 1e+09]'
done
refuses 'map --plane dt' '--plane' "'dt'" 'td|tn|dn'
refuses 'map --plane td --time 5' '--time' 'axis'
refuses 'map --plane dn --samples 5' '--samples' 'axis'
refuses 'map --plane td --parameters 1,2' '--parameters' 'one integer'
refuses 'map --points 1001' '--points' "'1001'" '[1, 1000]'
refuses 'multilinear --samples 5,inf' '--samples' "'inf'" '[0, 1e9]'
refuses 'multilinear --parameters 5,6' '--parameters' '[0, 1e9]'
refuses 'mlp-data --samples inf' '--samples' "'inf'"
refuses 'mlp-width --widths inf' '--widths' "'inf'" '[1, 1e6]'
refuses 'law compute --parameters inf' '--parameters' "'inf'" '[0, 1e9]'
refuses 'law compute --parameters 11,' '--parameters' "'11,'" '[0, 1e+09]'

# ---- options that want a value, options that take none, words that are no options

refuses 'mlp-time --width 17 --seed' '--seed' 'needs a value'
refuses 'mlp-time --overlap=1' '--overlap' 'no value'
refuses 'mlp-time --overlap yes' "'yes'"
refuses 'multilinear 5' "'5'"
refuses 'mlp-time -5' "'-5'"
refuses 'mlp-time alpha=1' "'alpha=1'"
refuses 'constants --bits 8' '--bits' '--help'
refuses 'multilinear --bits 8' '--bits' '--help'
refuses 'law time --kappa 22' '--kappa' '--help'
refuses 'mlp-time --stop 0.1' '--stop' '--help'
refuses 'mlp-time --widths 5' '--widths' '--help'
refuses 'mlp-data --batch 5' '--batch' '--help'
refuses 'mlp-width --width 5' '--width' '--help'
refuses 'multilinear --momentum 0' '--momentum' '--help'
refuses 'mlp-time --alph 1' '--alph' '--help'
refuses 'constants --alpha 0.6 --alpha 0' "'0'"
refuses 'summary' 'FILE'
refuses 'summary table.tsv table.tsv' "'table.tsv'"
refuses 'summary --alpha 1 table.tsv' '--alpha'

# ---- settings that are wrong together

refuses 'mlp-time --skills 5 --order 3 --bits 14' '--bits' "'14'" '[15, 64]'
refuses 'mlp-time --skills 11' '--bits' "'32'" '[33, 64]'
refuses 'mlp-time --skills 40 --order 3 --bits 64' '--bits' "'64'" '120'
refuses 'mlp-time --order 9 --bits 8 --skills 1' '--order' "'9'" '8'
refuses 'mlp-time --overlap --skills 7 --order 3 --bits 4' '--skills' "'7'"
refuses 'mlp-time --overlap --skills 2 --order 64 --bits 64' '--skills' "'2'"
for command in mlp-time multilinear stages 'strength time' 'strength data' 'strength parameters'; do
    refuses "$command --skills 0" '--skills' "'0'" '[1, '
done
for command in constants 'law time' 'law compute' stages 'strength time' multilinear; do
    refuses "$command --target 2 --initial 2" '--initial' "'2'" '(0, 2)'
    refuses "$command --target 2 --initial 2.5" '--initial' "'2.5'" '(0, 2)'
done
for command in 'law time' 'law data' 'law parameters' 'law compute' 'strength time'; do
    refuses "$command --from 10 --to 9.5" '--from' "'10'" '9.5'
done
refuses 'mlp-time --variant sse9' '--variant' "'sse9'" 'one of best|plain|avx2|avx512'
refuses 'stages --fraction 0.5' '--fraction' "'0.5'" '(0.002, 0.5)'
refuses 'stages --fraction 0.002' '--fraction' "'0.002'" '(0.002, 0.5)'
refuses 'stages --target 1 --initial 0.25 --fraction 0.2' '--fraction' "'0.2'" '(0.25, 0.5)'
for command in 'strength time' stages 'law time' 'wait start'; do
    for value in 0 -1 1001 2.5 x; do
        refuses "$command --layers $value" '--layers' "'$value'" '[1, 1000]'
    done
done
for command in 'strength time' stages; do
    for value in nan inf x ''; do
        refuses "$command --imbalance '$value'" '--imbalance' "'$value'" '(-inf, inf)'
    done
    refuses "$command --imbalance 1 --layers 3" '--imbalance' "'1'" '--layers'
done
refuses 'shots data --dc 64.5' '--dc' "'64.5'" '[1, 1024]'
refuses 'shots data --dc 33 --bits 5 --samples 4' '--dc' "'33'" '[1, 32]'
refuses 'shots time --dc 8 --bits 5 --samples 33' '--samples' "'33'" '32]'
refuses 'shots time --samples 4,8' '--samples' '2 numbers'
refuses 'shots data --initial 1' '--initial' "'1'" '(0, 1)'
refuses 'strength counts --counts 5,11' '--counts' "'11'" '[0, 10]'
refuses 'strength counts --samples 0' '--samples' "'0'" '[1, '
refuses 'strength counts --samples 10,20' '--samples' '2 numbers'
refuses 'modes --skills 51' '--skills' "'51'" '[1, 50]'
refuses 'strength time --linear --layers 3' '--layers' "'3'" '--linear'
refuses 'strength time --kappa 22 --imbalance 1' '--imbalance' "'1'" '--kappa'
refuses 'wait start --fraction 0.5' '--fraction' "'0.5'" '(0, 0.5)'
refuses 'wait start --to 0.05' '--to' "'0.05'" '(0, 0.05)'
refuses 'wait imbalance --fraction 0.5' '--fraction' "'0.5'" '(1e-06, 0.5)'
refuses 'wait imbalance --initial 0.06' '--fraction' "'0.05'" '(0.06, 0.5)'
refuses 'convergence --repeats 1' '--repeats' "'1'" '[2, 1000000]'
refuses 'convergence --from 0.5' '--from' "'0.5'" '[1, 1e9]'
refuses 'strength time --linear --kappa 22' '--linear' '--kappa' "'22'"
for command in multilinear mlp-data; do
    refuses "$command --samples 5,5" '--samples' 'twice'
    refuses "$command --samples 7,1:9" '--samples' 'twice'
done
refuses 'mlp-data --samples 0' '--samples' "'0'" '[1, 1e9]'
refuses 'mlp-data --samples 0:3' '--samples' "'0'" '[1, 1e9]'
refuses "mlp-time --variant ''" '--variant' "''"
refuses 'mlp-time --variant AVX2' '--variant' "'AVX2'"

run mlp-time $tiny --overlap --skills 6 --order 3 --bits 4 --skills 4 --repeats 1
succeeded
verdict $? 'as many overlapping skills as there are sets are accepted' "$(cat err)"
run mlp-time $tiny --skills 4 --repeats 1
succeeded
verdict $? 'disjoint skills that use all bits are accepted' "$(cat err)"
run strength time --points 1 --from 7 --to 7
succeeded && [ "$(rows out | cut -f 1)" = 7 ]
verdict $? 'a grid of one point is that point' "$(cat err)"

run stages --fraction 0.4999
succeeded
verdict $? 'fractions below a half are accepted' "$(cat err)"
run strength time --linear --kappa 0 --points 2
succeeded
verdict $? 'the linear model of kappa 0 is accepted' "$(cat err)"
run multilinear --samples 0,5 --steps 0 --repeats 1
succeeded
verdict $? 'multilinear draws fresh batches for 0 samples' "$(cat err)"

# ---- tables: header, names, rows

while read -r command; do
    case $command in audit | numbers | calibrate | verdicts) continue ;; esac
    words=$(quick "$command")
    run $words
    succeeded
    verdict $? "$command succeeds in silence" "exit $code: $(cat err)"
    cp out first
    [ "$(sed -n 1p first | cut -c 1-$((21 + ${#command})))" = "# command: emergence $command" ] &&
        grep -q '^# commit: .' first && grep -q '^# compiler: .' first &&
        grep -q '^# columns: .' first && grep -Eq '^# module: [a-z]+ [0-9a-f]{16}$' first
    verdict $? "$command names command, commit, compiler, columns and modules" "$(grep '^#' first)"
    grep -v '^#' first | head -n 1 | tr '\t' '\n' | grep -q '^loss$' && [ "$command" != summary ] && [ "$command" != 'shots data' ] &&
        { grep -q '^# columns: .*loss .*E\[(f\* - f)^2' first; verdict $? "$command says what its loss is" "$(head first)"; }

    grep -v '^#' first | awk -F '\t' 'NR == 1 { n = NF } NF && NF != n { bad = 1 } END { exit bad || NR < 2 }'
    verdict $? "$command has rows as long as its column names" "$(grep -v '^#' first)"

    pasted=$(sed -n '1s/^# command: emergence //p' first)
    run $pasted
    succeeded && cmp -s first out
    verdict $? "$command, pasted back from its header, gives the same table" "$(difference first out)"

    run $words --output file.tsv
    succeeded && [ ! -s out ] && cmp -s first file.tsv && nothing_partial && [ ! -e file.tsv.journal ]
    verdict $? "$command --output writes the same table and nothing beside it" "$(cat err; ls)"

    run $words --output -
    succeeded && cmp -s first out
    verdict $? "$command --output - is standard output" "$(difference first out)"
    rm -f file.tsv
done < commands

run law time --alpha 0.30000000000000004 --from 2.385 --to 1e5 --points 3 --skills 0
cp out first
run $(sed -n '1s/^# command: emergence //p' first)
cmp -s first out && grep -q -- '--alpha 0.30000000000000004' first
verdict $? 'awkward numbers survive the header' "$(difference first out)"
run mlp-time $tiny --overlap --seed 18446744073709551615 --repeats 2
cp out first
run $(sed -n '1s/^# command: emergence //p' first)
cmp -s first out && grep -q -- '--overlap.*--seed 18446744073709551615' first
verdict $? 'flags and large seeds survive the header' "$(difference first out)"
run strength time --linear --points 3
cp out first
run strength time --points 3
! cmp -s first out && grep -q -- '--linear' first
verdict $? 'a flag changes the table' "$(head -n 1 first)"

for words in 'strength time --layers 1' 'strength time --imbalance 0' 'stages --layers 2'; do
    run $words
    cp out first
    run $(echo "$words" | sed 's/--layers 1/--linear/;s/--imbalance 0\|--layers 2//')
    rows first > ours && rows out > theirs
    paste ours theirs | awk '{ for (i = 1; i <= NF / 2; i++) { d = $i / $(i + NF / 2) - 1
        if (d > 1e-12 || d < -1e-12) bad = 1 } } END { exit bad || NR < 5 }'
    verdict $? "$words is the model known under another name" "$(difference ours theirs)"
done
run strength time --imbalance -3.5 --points 2
cp out first
run $(sed -n '1s/^# command: emergence //p' first)
cmp -s first out && grep -q -- '--imbalance -3.5' first
verdict $? 'a negative option survives the header' "$(difference first out)"
run law time --layers 4 --skills 0 --points 9 --from 1e2 --to 1e6
rows out | awk '{ d = $2 - $3; if (d > $4 || d < -$4) bad = 1 } END { exit bad || NR != 9 }'
verdict $? 'the law of four layers keeps its bound' "$(rows out)"

run strength time --points 4 --from 1 --to 1000
[ "$(rows out | cut -f 1 | tr '\n' ' ')" = '1 10 100 1000 ' ] ||
    rows out | awk '{ x = 10 ^ (NR - 1); if ($1 > x * (1 + 1e-14) || $1 < x * (1 - 1e-14)) bad = 1 }
                    END { exit bad || NR != 4 }'
verdict $? 'grids are evenly spaced in the logarithm' "$(rows out)"
run law data --from 1 --to 10 --points 40
rows out | awk 'NR != $1 { bad = 1 } END { exit bad || NR != 10 }'
verdict $? 'grids of integers have no doubles' "$(rows out)"
run multilinear --samples 5:15:5 --steps 0 --repeats 2
[ "$(rows out | cut -f 1-3 | tr '\t\n' ',;')" = '1,5,0;2,5,0;1,10,0;2,10,0;1,15,0;2,15,0;' ]
verdict $? 'multilinear has its columns repeat, D, T in order' "$(rows out)"
run mlp-time $tiny --repeats 2
[ "$(grep -v '^#' out | head -n 1 | tr '\t' ,)" = repeat,T,loss,R_1,R_2 ] &&
    [ "$(rows out | cut -f 1,2 | tr '\t\n' ',;')" = '1,0;1,20;1,40;1,50;2,0;2,20;2,40;2,50;' ]
verdict $? 'mlp-time has T = 0, the multiples of --every, and the last step' "$(rows out)"
run mlp-time $tiny --every 0 --repeats 2
[ "$(rows out | cut -f 1,2 | tr '\t\n' ',;')" = '1,50;2,50;' ]
verdict $? 'mlp-time --every 0 has the last step only' "$(rows out)"
run mlp-time $tiny --rate 0.03 --repeats 2 && rows out > time.rows
run mlp-means $tiny --rate 0.03 --repeats 2
[ "$(grep -v '^#' out | head -n 1 | tr '\t' ,)" = repeat,T,loss,R_1,R_2,M_1,M_2 ] &&
    rows out | cut -f 1-5 | cmp -s - time.rows
verdict $? 'mlp-means has the rows of mlp-time, and the means' "$(rows out)"
run $(quick mlp-data)
[ "$(grep -v '^#' out | head -n 1 | tr '\t' ,)" = repeat,D,steps,loss,R_1,R_2,L_1,L_2 ] &&
    [ "$(rows out | cut -f 1-3 | head -n 7 | tr '\t\n' ',;')" = '1,1,0;1,1,2;1,1,3;2,1,0;2,1,2;2,1,3;1,2,0;' ]
verdict $? 'mlp-data has its columns repeat, D, steps in order' "$(rows out)"
cp out data.tsv
run summary data.tsv
[ "$(grep -v '^#' out | head -n 1 | cut -f 1-6 | tr '\t' ,)" = D,repeats,steps,steps_sd,loss,loss_sd ] &&
    [ "$(rows out | cut -f 1 | tr '\n' ' ')" = '1 2 3 4000 ' ]
verdict $? 'a summary of mlp-data has a row for each D' "$(rows out)"
run mlp-data $small --width 17 --samples 5 --stop 1e9 --steps 100 --repeats 1
[ "$(rows out | cut -f 1-3 | tr '\t\n' ',;')" = '1,5,1;' ]
verdict $? 'mlp-data stops when its loss is low enough' "$(rows out)"
run $(quick mlp-width)
[ "$(grep -v '^#' out | head -n 1 | tr '\t' ,)" = repeat,N,T,loss,R_1,R_2 ] &&
    [ "$(rows out | cut -f 1-3 | head -n 9 | tr '\t\n' ',;')" = '1,1,0;1,1,20;1,1,40;1,1,50;2,1,0;2,1,20;2,1,40;2,1,50;1,17,0;' ]
verdict $? 'mlp-width has its columns repeat, N, T in order' "$(rows out)"
run $(quick transformer-time)
[ "$(grep -v '^#' out | head -n 1 | tr '\t' ,)" = repeat,T,loss,R_1,R_2 ] &&
    [ "$(rows out | cut -f 1,2 | head -n 5 | tr '\t\n' ',;')" = '1,0;1,20;1,40;1,50;2,0;' ]
verdict $? 'transformer-time has its columns repeat, T in order' "$(rows out)"
grep -q '^# blas: OpenBLAS [0-9].*, core [A-Za-z]' out
verdict $? 'transformer-time names OpenBLAS, its version and core type' "$(grep '^#' out)"
cp out first
for words in '--threads 1' '--threads 3' '--variant plain'; do
    run $(quick transformer-time) $words
    cmp -s first out
    verdict $? "transformer-time is the same with $words" "$(difference first out)"
done
run $(quick transformer-time) --optimiser adam --heads 3
! cmp -s first out && grep -q -- '--heads 3 .*--optimiser adam' out
verdict $? 'heads and optimiser change the table and stand in its header' "$(head -n 1 out)"
run transformer-time $small --width 12 --batch 32 --rate 1e6 --steps 100000000 --repeats 2
succeeded && [ "$(grep -c 'diverged.diverged' out)" -eq 2 ]
verdict $? 'a rate that is too large ends each repeat of the transformer, too' "$(rows out; cat err)"
run transformer-time $small --width 12 --batch 32 --steps 1000 --every 100 --repeats 3 --dry-run
succeeded && grep -q '^cells.3$' out && grep -q '^steps.3000$' out && grep -q '^seconds on one thread.[0-9]*$' out
verdict $? 'transformer-time --dry-run says cells, steps and seconds' "$(cat out)"
run transformer-time $small --width 12 --batch 32 --steps 1000 --every 7 --repeats 2 --stop 1e9
[ "$(rows out | cut -f 1,2 | tr '\t\n' ',;')" = '1,0;2,0;' ]
verdict $? 'transformer-time stops when the measured loss is low enough' "$(rows out)"
run times times.tsv
[ "$(rows out)" = "$(printf '1\t35\tinf\tinf')" ]
verdict $? 'times has the mean of four crossings, and inf for a skill that did not emerge' "$(rows out)"
grep -q '^# time: mean of .* 0.05, 0.25, 0.45 and 0.65, interpolated linearly' out
verdict $? 'and says so' "$(cat out)"
run times times.tsv --level 0.4
[ "$(rows out | cut -f 1-3)" = "$(printf '1\t40\t80')" ] && grep -q '^# time: first T at which R_k reaches 0.4, interpolated' out &&
    grep -q '^# command: .*--level 0.4' out
verdict $? 'times takes one level, and says which' "$(cat out err)"
refuses 'times times.tsv --level 1' '--level' "'1'" '[0, 1)'
curves() { # how many combinations of the columns before T a table has
    grep -v '^#' "$1" | awk -F '\t' 'NR == 1 { while ($(++n) != "T"); next }
        { key = ""; for (i = 1; i < n; i++) key = key $i " "; seen[key] } END { for (key in seen) m++; print m }'
}
for words in 'strength time' 'multilinear --steps 200 --samples 0,5 --repeats 2' "mlp-time $tiny --repeats 2" \
    'mlp-width --skills 1 --bits 3 --batch 32 --steps 40 --every 20 --widths 1,3 --repeats 2'; do
    run $words --output any.tsv
    run times any.tsv --level 0.001
    succeeded && [ "$(rows out | wc -l)" -eq "$(curves any.tsv)" ]
    verdict $? "times reads what emergence ${words%% *} writes" "$(cat out err)"
done
run mlp-time $tiny --repeats 3 --output any.tsv
run summary any.tsv --output means.tsv
run times means.tsv --level 0.001
succeeded && [ "$(rows out | wc -l)" -eq 1 ] && grep -q '^T_1	T_2	slope$' out
verdict $? 'times reads the means over repeats' "$(cat out err)"
run multilinear --samples 5:7 --steps 0 --repeats 1
cp out first
grep -q -- '--samples 5,6,7 ' first
verdict $? 'a list of first:last is written out in the header' "$(head -n 1 first)"
run mlp-time $tiny --repeats 1 --optimiser adam --decay 0.1 --cool 0.25 --cool-every 7
cp out first
run $(sed -n '1s/^# command: emergence //p' first)
cmp -s first out && grep -q -- '--optimiser adam --momentum 0 --decay 0.1 --cool 0.25 --cool-every 7' first
verdict $? 'optimiser and schedule survive the header' "$(difference first out)"
run mlp-time $tiny --steps 0 --repeats 1
succeeded && [ "$(rows out | wc -l)" -eq 1 ]
verdict $? 'no steps give one row' "$(rows out)"
run mlp-time $tiny --rate 1e6 --steps 1000000000 --repeats 2
succeeded && [ "$(grep -c 'diverged.diverged' out)" -eq 2 ]
verdict $? 'a rate that is too large ends each repeat with one row that says so' "$(rows out; cat err)"
(ulimit -s 1024; $limit "$program" strength time --skills 200000 --points 1 > out 2> err) 2> /dev/null
code=$?
[ $code -eq 0 ] || { [ $code -eq 1 ] && one_line; }
verdict $? 'strengths of very many skills do not crash' "exit $code"

# ---- numbers that are known: computed with mpmath, polylogarithms and quadrature at 40 digits,
# in units of S^2/2, the data law's without (1 - R(0))^2; kappa and compute for S = 5

close() { # FILE NAME VALUE SCALE: is the constant, times the scale, the value to 1e-10?
    awk -v name="$2" -v value="$3" -v scale="$4" \
        '$1 == name { x = $2 * scale / value - 1 } END { exit !(x < 1e-10 && x > -1e-10 && x != "") }' "$1"
}
while read -r alpha time data parameters kappa compute; do
    run constants --alpha "$alpha"
    close out time "$time" 2
    verdict $? "constant of the time law at alpha = $alpha" "$(grep time out)"
    close out data "$data" 2.04060810121416
    verdict $? "constant of the data law at alpha = $alpha" "$(grep data out)"
    close out parameters "$parameters" 2
    verdict $? "constant of the parameter law at alpha = $alpha" "$(grep param out)"
    run constants --alpha "$alpha" --target 5
    close out kappa "$kappa" 1 && close out compute "$compute" 0.08
    verdict $? "constants of the compute law at alpha = $alpha" "$(grep -e kappa -e compute out)"
done << 'END'
0.3 1.29064749452625 1.05877975965776 0.847755948454706 2.02210628317 0.952465588352725
0.6 1.20012354615787 0.8837175294161 0.729150276290789 1.14059551694 0.787959554311154
0.9 1.0606742608001 0.733069978392057 0.635012644578811 0.850655056241 0.646423681253342
END
for law in time data parameters; do
    run law $law --skills 0 --alpha 0.4385 --initial 0.02385
    rows out | awk '{ d = $2 - $3; if (d < 0) d = -d; if (d > $4 * (1 + 1e-9) + 1e-13) bad = 1 }
                    END { exit bad || NR < 40 }'
    verdict $? "law $law keeps within its bound for infinitely many skills" "$(rows out | head -n 3)"
done

# ---- bounds and ranges

for law in time data parameters; do
    for words in '--skills 0' '--skills 238 --alpha 0.2385' '--initial 0.385'; do
        run bounds $law $words --points 30
        rows out | awk '{ n = NF - 5; d = $(n + 1) - $(n + 2); if (d < 0) d = -d
                          e = $(n + 1) - $(n + 4); if (e < 0) e = -e
                          if (d > $(n + 3) + 1e-11 || e > $(n + 5) + 1e-11) bad = 1 }
                        END { exit bad || NR < 15 }'
        verdict $? "bounds $law $words keeps within its bounds" "$(rows out | head -n 3; cat err)"
    done
done
run bounds time --parameters 0,7,238 --points 3
[ "$(rows out | cut -f 1 | uniq | tr '\n' ' ')" = '0 7 238 ' ]
verdict $? 'bounds time has a curve for each number of parameters' "$(rows out)"
run bounds range --alpha 0.6 --skills 0
[ "$(rows out | cut -f 1,8 | tr '\t\n' ',;')" = '1,30;5,6;20,2;' ]
verdict $? 'bounds range finds that the parameter law holds from alpha/2p on' "$(rows out)"
refuses 'bounds data --from 0.5' --from 0.5 '[1, 1e9]'
refuses 'bounds range --alpha 0' --alpha "'0'"
refuses 'bounds range --parameters 3' 'unknown option' --parameters
refuses 'bounds' 'bounds'

# ---- shorter and sparser runs are parts of a longer one

words="mlp-data $small --width 17 --sigma 0.4 --rate 0.05 --samples 20,4001 --repeats 2"
run $words --steps 12 --every 1 --stop 0
rows out > whole
run $words --steps 12 --every 2 --stop 0
awk '$3 % 2 == 0' whole > first
rows out | cmp -s - first && [ "$(wc -l < first)" -eq 28 ]
verdict $? 'a run measured half as often has every second row' "$(rows out | diff - first)"
run $words --steps 6 --every 1 --stop 0
awk '$3 <= 6' whole > first
rows out | cmp -s - first && [ "$(wc -l < first)" -eq 28 ]
verdict $? 'a run of half the steps is the beginning of the whole' "$(rows out | diff - first)"
run $words --steps 12 --every 1 --stop 0.8
rows out | grep -vxF -f whole > first
succeeded && [ ! -s first ] && [ "$(rows out | wc -l)" -lt 52 ]
verdict $? 'a run that stops has rows of the run that goes on' "$(cat err first)"

# ---- neither threads nor variants nor quiet leave a trace

run multilinear --steps 500 --repeats 4 --samples 0,9 --threads 1
cp out first
for threads in 2 3 0; do
    run multilinear --steps 500 --repeats 4 --samples 0,9 --threads $threads
    cmp -s first out
    verdict $? "multilinear is the same for --threads 1 and $threads" "$(difference first out)"
done
run mlp-time $tiny --repeats 4 --threads 1 --variant plain
cp out first
for threads in 2 3 0; do
    run mlp-time $tiny --repeats 4 --threads $threads --variant plain
    cmp -s first out
    verdict $? "mlp-time is the same for --threads 1 and $threads" "$(difference first out)"
done
for variant in avx2 avx512 best; do
    run mlp-time $tiny --repeats 4 --variant $variant
    name="mlp-time is the same for --variant plain and $variant"
    if [ $code -eq 2 ] && one_line "'$variant'" 'cannot run'; then
        true
        verdict $? "$name # SKIP not on this processor"
    else
        cmp -s first out
        verdict $? "$name" "$(difference first out)"
    fi
done
for command in mlp-data mlp-width; do
    words=$(quick $command)
    run $words --threads 1 --variant plain
    cp out other
    for threads in 2 3; do
        run $words --threads $threads
        cmp -s other out
        verdict $? "$command is the same for --threads 1 --variant plain and --threads $threads" "$(difference other out)"
    done
done
for words in "mlp-time $tiny" "mlp-width $small --batch 32 --steps 50 --widths 17" \
    "mlp-data $small --width 17 --samples 4001 --steps 5"; do
    run $words --repeats 1 --threads 1
    cp out single
    for threads in 2 3; do
        run $words --repeats 1 --threads $threads
        succeeded && cmp -s single out
        verdict $? "a single cell is the same for --threads 1 and $threads: $words" "$(cat err; difference single out)"
    done
done
run mlp-time $tiny --repeats 4 --quiet
cmp -s first out
verdict $? 'mlp-time is the same with --quiet' "$(difference first out)"
run mlp-time $tiny --repeats 4 --seed 2
! cmp -s first out
verdict $? 'mlp-time depends on the seed'

# ---- dry runs

run mlp-time $tiny --repeats 7 --dry-run --output dry.tsv
succeeded && grep -q '^cells.7$' out && grep -q '^steps.350$' out && grep -q 'seconds' out
verdict $? 'a dry run prints cells, steps and an estimate' "$(cat out err)"
[ ! -e dry.tsv ] && [ ! -e dry.tsv.journal ] && nothing_partial
verdict $? 'a dry run leaves no files' "$(ls)"
run multilinear --samples 0,5,7 --repeats 4 --steps 100 --dry-run
grep -q '^cells.12$' out && grep -q '^steps.1200$' out
verdict $? 'a dry run counts cells over all sample sizes' "$(cat out)"
run mlp-data $small --samples 5,4000,6001 --steps 10 --repeats 2 --dry-run
grep -q '^cells.6$' out && grep -q '^steps.120$' out
verdict $? 'a dry run counts the batches of an epoch' "$(cat out)"
run mlp-width $small --widths 1:3 --steps 10 --repeats 2 --dry-run
grep -q '^cells.6$' out && grep -q '^steps.60$' out
verdict $? 'a dry run counts cells over all widths' "$(cat out)"
run mlp-time $tiny --repeats 2
sed -n '/^# command/p;/^# module/p' out > first
run mlp-time $tiny --repeats 2 --dry-run --quiet
cmp -s first out
verdict $? 'a quiet dry run prints what the result depends on, and nothing else' "$(difference first out)"
run mlp-time $tiny --repeats 2 --dry-run --quiet --threads 2 --variant plain --output x
cmp -s first out
verdict $? 'the result does not depend on threads, variant or output' "$(difference first out)"
run mlp-time $tiny --repeats 2 --rate 0.03 --dry-run --quiet
! cmp -s first out
verdict $? 'the result depends on the rate'

# ---- output that cannot be written

for command in constants 'law time' 'strength data' stages multilinear mlp-time mlp-data mlp-width summary; do
    words=$(quick "$command")
    fails "$words --output no/such/x.tsv" 'no/such/x.tsv' 'No such file'
    fails "$words --output /dev/full" '/dev/full' 'No space left'
    $limit "$program" $words > /dev/full 2> err
    code=$?
    [ $code -eq 1 ] && one_line 'standard output' 'No space left'
    verdict $? "fails: $words > /dev/full" "exit $code: $(cat err)"
    $limit "$program" $words 2> err >&-
    code=$?
    [ $code -eq 1 ] && one_line 'standard output'
    verdict $? "fails: $words with standard output closed" "exit $code: $(cat err)"
    mkdir folder
    fails "$words --output folder" 'folder'
    rmdir folder && nothing_partial
    verdict $? "$command leaves nothing where it could not write" "$(ls)"
    rm -rf folder folder.journal
done
fails 'law time --points 3000 --output /dev/full' '/dev/full' 'No space left'
run law time --points 5 --output ''
[ $code -ne 0 ] && one_line && nothing_partial
verdict $? 'an empty name is no place for a table' "exit $code: $(cat err; ls -a)"
fails 'constants --output table.tsv/x.tsv' 'table.tsv/x.tsv'
fails "mlp-time $tiny --output table.tsv/x.tsv" 'table.tsv/x.tsv'
mkdir locked && chmod 500 locked
where=locked
touch locked/x 2> /dev/null && where=/proc # a superuser can write anywhere but there
fails "constants --output $where/x.tsv" "$where/x.tsv"
fails "mlp-time $tiny --output $where/x.tsv" "$where/x.tsv"
for words in --help --version 'mlp-time --help' "mlp-time $tiny --dry-run" 'constants --dry-run'; do
    $limit "$program" $words > /dev/full 2> err
    code=$?
    [ $code -eq 1 ]
    verdict $? "fails: $words > /dev/full" "exit $code: $(cat err)"
done
run constants --output /dev/null
succeeded && [ -c /dev/null ]
verdict $? 'a device is written to and stays one' "$(cat err)"
(ulimit -f 1; trap '' XFSZ; $limit "$program" law time --points 2000 --output small.tsv > out 2> err)
code=$?
[ $code -eq 1 ] && one_line small.tsv && [ ! -e small.tsv ] && nothing_partial
verdict $? 'a disk that fills up leaves no table' "exit $code: $(cat err; ls)"

# ---- input that cannot be read

fails 'summary absent.tsv' 'absent.tsv' 'No such file'
fails 'summary .' '.'
run fit own.tsv --predict own.tsv
succeeded && [ "$(rows out | awk -F '\t' '$3 == "kappa" && ($4 - 22) ^ 2 < 1e-4 && ($10 - 1) ^ 2 < 1e-4' | wc -l)" -eq 2 ]
verdict $? 'fit gives a constant back, and predicts with it' "$(cat out err)"
sed '1s/mlp-time/transformer-time/' own.tsv > other.tsv
sed '1s/skills 1/skills 2/' own.tsv > two.tsv
sed '1s/mlp-time/mlp-data/; 2s/T/D/' own.tsv > data.tsv
fails 'fit absent.tsv' 'absent.tsv' 'No such file'
fails 'fit table.tsv' 'table.tsv' 'first line'
fails 'fit other.tsv' 'other.tsv' 'another command'
fails 'fit two.tsv' 'two.tsv' '--skill'
fails 'fit own.tsv --skill 2' 'own.tsv' 'no such --skill'
fails 'fit own.tsv --predict data.tsv' 'data.tsv' 'same resource'
run times own.tsv --level 0.5
succeeded && rows out | awk -F '\t' '($2 - 22 * log(179999) / 0.4) ^ 2 > 1 {exit 1}'
verdict $? 'times takes one skill and a level' "$(cat out err)"
fails 'times absent.tsv' 'absent.tsv' 'No such file'
fails 'times table.tsv' 'table.tsv' 'no emergence times' 'no repeat has two rows'
run law time --points 3 --output law.tsv
fails 'times law.tsv' 'law.tsv' 'no strengths, column R_1'
run strength data --points 3 --output law.tsv
fails 'times law.tsv' 'law.tsv' 'no column T'
run constants --output law.tsv
fails 'times law.tsv' 'law.tsv' 'no table of numbers'
{ cat times.tsv; tail -n 1 times.tsv; } > law.tsv
fails 'times law.tsv' 'law.tsv' 'T does not increase within a repeat, in row 3'
rm law.tsv
echo 'no table' > junk.tsv
fails 'summary junk.tsv' 'junk.tsv'
printf 'repeat\tT\tloss\n1\t2\n' > junk.tsv
fails 'summary junk.tsv' 'junk.tsv' 'not a table'
: > junk.tsv
fails 'summary junk.tsv' 'junk.tsv' 'not a table'
fails 'numbers --runs no/such' 'no/such'
fails 'calibrate --runs no/such' 'no/such'
fails 'verdicts --runs no/such' 'no/such'
fails 'numbers --runs no/such --gnuplot' 'no/such'
# A folder without runs: what needs none is judged, the rest is not run, and says so when asked for.
mkdir bare
run verdicts --runs bare
succeeded && grep -q '^constant-time-0.3	.*	reproduced	' out && grep -q '^kappa	.*	not run	' out
verdict $? 'verdicts does with the runs that are there' "$(cat err; head out)"
run verdicts --runs bare constant-time-0.3
succeeded && [ "$(rows out | wc -l)" -eq 1 ]
verdict $? 'and prints the claims that are named' "$(cat out err)"
fails 'verdicts --runs bare constant-time-0.3 kappa' 'not run: kappa' 'not in --runs bare'
fails 'calibrate --runs bare kappa' 'not run: kappa'
fails 'numbers --runs bare' 'bare/' 'No such file'
refuses 'verdicts --runs bare nonsense' "'nonsense'" 'is no claim'
rmdir bare
cp table.tsv old.tsv
fails 'summary junk.tsv --output old.tsv' 'junk.tsv'
cmp -s table.tsv old.tsv && nothing_partial
verdict $? 'a command that fails leaves the old table' "$(ls)"
run summary table.tsv
[ "$(grep -v '^#' out | tr '\t\n' ',;')" = 'T,repeats,loss,loss_sd,R_1,R_1_sd;0,2,2,1.4142135623730951,0,0;' ]
verdict $? 'summary prints means and standard deviations' "$(cat out)"

# ---- runs that are interrupted or killed, and resumed

long='mlp-time --skills 2 --bits 12 --order 2 --width 64 --batch 500 --steps 2400 --every 1200 --repeats 8 --threads 2'
run $long --output whole.tsv
succeeded && [ "$(rows whole.tsv | wc -l)" -eq 24 ]
verdict $? 'the run to be interrupted completes when left alone' "$(cat err)"

# Start the long run into x.tsv, and send a signal when its journal has so many bytes.  A run
# that was faster than that is started again.
interrupt() { # BYTES SIGNAL WORD...
    bytes=$1
    signal=$2
    shift 2
    for _ in 1 2 3 4 5; do
        rm -f x.tsv*
        [ ! -f keep.tsv ] || cp keep.tsv x.tsv
        "$program" $long --output x.tsv "$@" > out 2> err < /dev/null &
        child=$!
        await "$bytes"
        stop "$signal"
        [ $code -eq 0 ] || break
    done
}

await() { # BYTES
    tries=0
    while [ $tries -lt 1000 ] && kill -0 $child 2> /dev/null; do
        size=$(wc -c 2> /dev/null < x.tsv.journal || echo -1)
        [ "$size" -ge "$1" ] && break
        sleep 0.01
        tries=$((tries + 1))
    done
}

# Send a signal; what still runs two seconds later is killed.
stop() { # SIGNAL
    kill -"$1" $child
    tries=0
    while [ $tries -lt 100 ] && kill -0 $child; do
        sleep 0.02
        tries=$((tries + 1))
    done
    [ $tries -lt 100 ] || kill -9 $child
    wait $child
    code=$?
    child=
} 2> /dev/null

kept() {
    grep -c '^# cell ' x.tsv.journal 2> /dev/null || true
}

resume() { # NAME WORD...
    name=$1
    shift
    run $long --output x.tsv "$@"
    succeeded && cmp -s x.tsv whole.tsv && [ ! -e x.tsv.journal ] && nothing_partial
    verdict $? "$name" "exit $code: $(cat err; difference x.tsv whole.tsv; ls x.tsv*)"
}

for sent in INT TERM; do
    interrupt 1 $sent
    [ $code -eq 1 ]
    verdict $? "SIG$sent makes a run exit with 1" "exit $code"
    [ ! -e x.tsv ] && nothing_partial
    verdict $? "SIG$sent leaves no table under the final name" "$(ls)"
    grep -q "$(kept) of 8 cells .*kept in x.tsv.journal" err && [ "$(kept)" -ge 1 ] && [ "$(kept)" -lt 8 ]
    verdict $? "after SIG$sent a message says what is kept" "$(cat err; kept)"
    grep -q interrupted err
    verdict $? "after SIG$sent a message says what happened" "$(cat err)"
    resume "a run that SIG$sent ended resumes with the same table"
done

interrupt 0 INT
[ $code -eq 1 ] && one_line interrupted
verdict $? 'a run that has finished nothing says only that it was interrupted' "exit $code: $(cat err)"
resume 'and starts anew'

cp table.tsv keep.tsv
interrupt 1 INT
cmp -s x.tsv table.tsv
verdict $? 'an interrupted run leaves the old table' "$(ls)"
rm keep.tsv

interrupt 1 KILL
[ $code -eq 137 ] && [ ! -e x.tsv ] && [ "$(kept)" -ge 1 ]
verdict $? 'a killed run leaves its journal and no table' "exit $code: $(ls)"
cp x.tsv.journal torn
resume 'a killed run resumes with the same table'

interrupt 1 KILL
resume 'a killed run resumes with other threads and another variant' --threads 1 --variant plain

cp torn x.tsv.journal
size=$(wc -c < torn)
dd if=torn of=x.tsv.journal bs=1 count=$((size - 7)) 2> /dev/null
rm -f x.tsv
resume 'a torn record at the end of the journal is done again'

interrupt 1 KILL
run $long --output x.tsv --seed 2
cp x.tsv other.tsv
run $long --output fresh.tsv --seed 2
succeeded && cmp -s other.tsv fresh.tsv && ! cmp -s other.tsv whole.tsv
verdict $? 'a journal of another seed is not used' "$(cat err)"

interrupt 1 KILL
run $long --output x.tsv --steps 700
cp x.tsv other.tsv
run $long --output fresh.tsv --steps 700
succeeded && cmp -s other.tsv fresh.tsv
verdict $? 'a journal of other settings is not used' "$(cat err)"

echo 'Dear journal, today I measured nothing.' > y.tsv.journal
cp y.tsv.journal mine
fails "$long --output y.tsv" 'y.tsv'
cmp -s y.tsv.journal mine
verdict $? 'a file that is no journal is not overwritten' "$(cat y.tsv.journal)"

rm -f x.tsv*
"$program" $long --output x.tsv > first 2> first.err < /dev/null &
child=$!
await 0
fails "$long --output x.tsv" 'x.tsv' 'in use by another run'
fails "$long --output x.tsv --archive y.tsv --store" 'x.tsv.journal' 'in use by another run'
run $long --output x.tsv --dry-run
succeeded && grep -q '^cells' out && [ ! -e y.tsv ]
verdict $? 'a run in progress does not hinder a dry run' "exit $code: $(cat out err)"
wait $child
code=$?
child=
[ $code -eq 0 ] && cmp -s x.tsv whole.tsv
verdict $? 'the run that was there first is not disturbed' "exit $code: $(cat first.err)"

"$program" $long > out 2> err < /dev/null &
child=$!
sleep 0.1
stop INT
[ $code -eq 1 ] && [ ! -s out ] && one_line interrupted
verdict $? 'an interrupted run prints no table' "exit $code: $(cat out err)"

rm -f x.tsv*
"$program" law time --points 1000000 --output x.tsv > out 2> err < /dev/null &
child=$!
sleep 0.2
stop TERM
[ $code -ne 0 ] && [ $code -ne 137 ] && [ ! -e x.tsv ]
verdict $? 'a long table of theory can be interrupted' "exit $code: $(ls)"

# ---- archives

refuses "mlp-time --fresh" '--fresh' '--archive'
refuses "mlp-time --store --output x.tsv" '--store' '--archive'
refuses "mlp-time --verify 1" '--verify' '--archive'
refuses "mlp-time --archive a.tsv --fresh --store --output x.tsv" 'exclude each other'
refuses "mlp-time --archive a.tsv --fresh --verify 1" 'exclude each other'
refuses "mlp-time --archive a.tsv --store --verify 1 --output x.tsv" 'exclude each other'
refuses "mlp-time --archive a.tsv --store --dry-run --output x.tsv" '--store' '--dry-run'
refuses "mlp-time --archive a.tsv --verify 1 --dry-run" '--verify' '--dry-run'
refuses "mlp-time --archive a.tsv --store" '--store' '--output'
refuses "mlp-time --archive a.tsv --output a.tsv" '--archive' "'a.tsv'" '--output'
refuses "mlp-time --archive ''" '--archive' "''" 'not a file'
refuses "mlp-time --archive /dev/null" '--archive' "'/dev/null'" 'not a file'
refuses "mlp-time --archive ." '--archive' "'.'" 'not a file'
refuses "mlp-time --archive" '--archive' 'needs a value'
for value in 0 -1 1.5 1000001 all; do
    refuses "mlp-time --archive a.tsv --verify $value" '--verify' "'$value'" '[1, 1e+06]'
done
refuses 'law time --archive a.tsv' '--archive' '--help'
[ ! -e a.tsv ]
verdict $? 'what is refused leaves no archive' "$(ls)"

rm -f x.tsv*
cells="mlp-time $tiny --quiet"
cells_in() { grep -c '^# cell ' "$1" 2> /dev/null || true; }
unarchived() { grep -v '^# archived' "$1" | cmp -s - "$2"; }
run $cells --repeats 4 --output four.tsv
run $cells --repeats 2 --output two.tsv
run $cells --repeats 2 --archive a.tsv --output x.tsv
succeeded && cmp -s x.tsv two.tsv && [ ! -e a.tsv ] && [ "$(cells_in x.tsv.journal)" = 2 ]
verdict $? 'a run with an archive keeps its journal, and does not touch the archive' "$(cat err; ls)"
run $cells --repeats 2 --archive a.tsv --output x.tsv --store
succeeded && grep -q '^a.tsv: 2 of 2 cells$' out && [ "$(cells_in a.tsv)" = 2 ] && [ ! -e x.tsv.journal ]
verdict $? 'cells are moved into the archive' "exit $code: $(cat out err; ls)"
cmp -s x.tsv two.tsv && nothing_partial
verdict $? 'the table stays where it is' "$(ls)"
rows a.tsv > first && rows two.tsv | cmp -s - first && [ "$(sed -n 1p a.tsv)" = "$(sed -n 1p two.tsv)" ]
verdict $? 'an archive is a table with the same rows' "$(difference a.tsv two.tsv)"
cp a.tsv kept.tsv
run $cells --repeats 4 --archive a.tsv --output x.tsv
succeeded && unarchived x.tsv four.tsv && grep -q '^# archived: 2 of 4 cells, 0 of them unverified$' x.tsv
verdict $? 'a table completed from the archive says so and is the same' "$(cat err; difference x.tsv four.tsv)"
cmp -s a.tsv kept.tsv && [ "$(cells_in x.tsv.journal)" = 2 ]
verdict $? 'its new cells are in the journal' "$(ls)"
run $cells --repeats 4 --archive a.tsv --output x.tsv --store
run $cells --repeats 1 --archive a.tsv --output v.tsv --store
grep -q '^a.tsv: 1 of 1 cells$' out && [ "$(cells_in a.tsv)" = 4 ]
verdict $? 'a shorter run keeps the cells of a longer one' "$(cat out err; ls)"
run $cells --repeats 4 --archive a.tsv --output x.tsv
succeeded && unarchived x.tsv four.tsv && [ ! -e x.tsv.journal ]
verdict $? 'a table wholly from the archive is the same and leaves no journal' "$(cat err; ls)"
run summary x.tsv
mv out first
run summary four.tsv
[ "$(sed 1d first)" = "$(sed 1d out)" ]
verdict $? 'and reads like any table' "$(difference first out)"
run $cells --repeats 4 --archive a.tsv --fresh --output x.tsv
succeeded && cmp -s x.tsv four.tsv && [ "$(cells_in x.tsv.journal)" = 4 ]
verdict $? 'a fresh run takes nothing from the archive' "$(cat err; difference x.tsv four.tsv)"
rm -f x.tsv*
run $cells --repeats 4 --archive a.tsv --seed 2 --output x.tsv
grep '^# archived' x.tsv > first
[ ! -s first ]
verdict $? 'cells of another seed are not taken' "$(cat first)"
rm -f x.tsv*

run mlp-time $tiny --repeats 6 --archive a.tsv --dry-run
grep -q '^cells.2$' out && grep -q '^steps.100$' out
verdict $? 'a dry run leaves archived cells out' "$(cat out err)"
run mlp-time $tiny --repeats 6 --archive a.tsv --fresh --dry-run
grep -q '^cells.6$' out
verdict $? 'a fresh dry run has all cells' "$(cat out err)"
data="mlp-data $small --width 17 --samples 5 --stop 1e9 --steps 1000"
run $data --repeats 2 --archive sets.tsv --output x.tsv
run $data --repeats 2 --archive sets.tsv --output x.tsv --store
for words in '' --fresh; do
    run $data --repeats 4 --archive sets.tsv --dry-run $words
    grep -q '^seconds on one thread.[0-9]' out && grep -q "^steps.$([ "$words" ] && echo 4 || echo 2)\$" out
    verdict $? "a dry run $words learns from the archive when cells end" "$(cat out err)"
done
run $data --repeats 4 --dry-run
grep -q '^seconds on one thread, at most' out && grep -q '^steps.4000$' out
verdict $? 'without finished cells it knows only a bound' "$(cat out err)"

version=$(sed -n 's/^# cell \([0-9a-f]*\) .*/\1/p' a.tsv | head -n 1)
sed "s/^# cell $version/# cell 0123456789abcdef/" a.tsv > old.tsv
run $cells --repeats 4 --archive old.tsv --output x.tsv
succeeded && unarchived x.tsv four.tsv && grep -q '^# archived: 4 of 4 cells, 4 of them unverified$' x.tsv
verdict $? 'cells of another version are taken and counted' "$(cat err; grep archived x.tsv)"
run $cells --repeats 4 --archive old.tsv --verify 2
succeeded && grep -q '^old.tsv: 2 of 2 recomputed cells agree, 0 of 4 stay unverified$' out
verdict $? 'cells that agree verify the archive' "exit $code: $(cat out err)"
sed 1d a.tsv > first
sed 1d old.tsv | cmp -s - first && nothing_partial
verdict $? 'and it is marked as of this version' "$(difference old.tsv a.tsv)"
run $cells --repeats 4 --archive a.tsv --verify 1000 --threads 2
succeeded && grep -q ': 4 of 4 recomputed cells agree' out
verdict $? 'no more cells can be verified than there are' "$(cat out err)"

# The rows of another rate, with a right checksum, under the key of the first cell.
run $cells --rate 0.0200001 --repeats 1 --archive rate.tsv --output v.tsv
run $cells --rate 0.0200001 --repeats 1 --archive rate.tsv --output v.tsv --store
awk 'FNR == 1 { file++ }
    file == 1 && /^# cell / { size = $5; sum = $6; forged = 1; next }
    file == 1 { if (forged) rows = rows $0 "\n"; next }
    /^# cell / { cell++ }
    /^# cell / && cell == 1 { printf "# cell 0123456789abcdef %s %s %s\n%s", $4, size, sum, rows; next }
    cell != 1' rate.tsv a.tsv > forged.tsv
cp forged.tsv kept.tsv
fails "$cells --repeats 4 --archive forged.tsv --verify 4" 'archived cell'
grep -q '^forged.tsv: 3 of 4 recomputed cells agree, 1 of 4 stay unverified$' out
verdict $? 'verification finds a cell that is not what is computed now' "$(cat out err)"
cmp -s forged.tsv kept.tsv && nothing_partial
verdict $? 'and leaves the archive alone' "$(difference forged.tsv kept.tsv)"

sed 's/^# columns: .*/# columns: repeat, T, loss, R_1 .. R_n/' a.tsv > older.tsv
run $cells --repeats 4 --archive older.tsv --output z.tsv
succeeded && grep -q '^# archived: 4 of 4 cells, 0 ' z.tsv
verdict $? 'an archive that says less of its columns is as good' "$(cat err; grep archived z.tsv)"
sed '/^# cell /,$ { s/^2\t20\t./2\t20\t8/ }' a.tsv > damaged.tsv
run $cells --repeats 4 --archive damaged.tsv --output z.tsv
succeeded && unarchived z.tsv four.tsv && grep -q '^# archived: 3 of 4 cells' z.tsv
verdict $? 'a damaged record of the archive is done again' "$(cat err; grep archived z.tsv)"
fails "$cells --repeats 4 --archive absent.tsv --verify 1" 'absent.tsv' 'No such file'
[ ! -s out ] && [ ! -e absent.tsv ] && [ ! -e absent.tsv.lock ]
verdict $? 'an archive that does not exist is not made' "$(ls)"
for words in '--seed 2' '--rate 0.03' '--steps 40'; do
    fails "$cells --repeats 4 --archive a.tsv --verify 1 $words" 'a.tsv' 'no cell of this run'
done

for file in mine four.tsv table.tsv; do
    cp $file kept.tsv
    for words in '' --store '--verify 1' --dry-run; do
        fails "mlp-time $tiny --archive $file --output q.tsv $words" "$file" 'not a table'
    done
    cmp -s $file kept.tsv && [ ! -e q.tsv ] && nothing_partial
    verdict $? "$file is not an archive and is left alone" "$(ls)"
done
rm -f q.tsv*
cp mine q.tsv.journal
for words in '' --store --dry-run; do
    fails "mlp-time $tiny --archive a.tsv --output q.tsv $words" 'q.tsv.journal' 'not a table'
done
cmp -s q.tsv.journal mine
verdict $? 'with an archive, too, a malformed journal is named and left alone' "$(cat q.tsv.journal)"
fails "mlp-time $tiny --archive table.tsv/a.tsv" 'table.tsv/a.tsv' 'Not a directory'
fails "mlp-time $tiny --archive table.tsv/a.tsv --dry-run" 'table.tsv/a.tsv' 'Not a directory'

rm -f x.tsv*
run $cells --repeats 2 --archive a2.tsv --output x.tsv
for path in no/such/a.tsv $where/a.tsv table.tsv/a.tsv; do
    fails "$cells --repeats 2 --archive $path --output x.tsv --store" "$path"
done
[ "$(cells_in x.tsv.journal)" = 2 ]
verdict $? 'cells that could not be stored stay in the journal' "$(ls)"
(ulimit -f 1; trap '' XFSZ
    $limit "$program" $cells --repeats 2 --archive a2.tsv --output x.tsv --store > out 2> err)
code=$?
[ $code -eq 1 ] && one_line a2.tsv && [ ! -e a2.tsv ] && nothing_partial &&
    [ "$(cells_in x.tsv.journal)" = 2 ]
verdict $? 'nor are they lost to a disk that fills up' "exit $code: $(cat err; ls)"
run $cells --repeats 1 --archive a2.tsv --output x.tsv --store
succeeded && [ "$(cells_in a2.tsv)" = 1 ] && [ "$(cells_in x.tsv.journal)" = 2 ]
verdict $? 'a journal of more cells than are stored stays' "$(cat out err; ls)"
run $cells --repeats 2 --rate 0.03 --archive a2.tsv --output x.tsv --store
[ "$(cells_in a2.tsv)" = 1 ] && [ "$(cells_in x.tsv.journal)" = 2 ]
verdict $? 'and so does one of other settings' "$(cat out err; ls)"

interrupt 1 KILL --archive long.tsv
cells_kept=$(kept)
run $long --output x.tsv --archive long.tsv --store
succeeded && [ "$(cells_in long.tsv)" -ge "$((cells_kept - 1))" ] && [ ! -e x.tsv.journal ]
verdict $? 'the cells of a killed run are stored' "exit $code: $(cat out err)"
run $long --output x.tsv --archive long.tsv
succeeded && unarchived x.tsv whole.tsv && grep -q "^# archived: $(cells_in long.tsv) of 8" x.tsv
verdict $? 'and complete its table' "$(cat err; difference x.tsv whole.tsv)"

# ---- several processes at one archive, and at one table

# The cells of eight repeats, each in the journal of a run of its own seed.
for seed in 1 2 3 4; do
    run $cells --repeats 2 --seed $seed --archive many.tsv --output j$seed.tsv
done
run $cells --repeats 2 --archive many.tsv --output j1.tsv --store
slow="mlp-time $tiny --quiet --steps 50 --repeats 2 --archive many.tsv"
for seed in 2 3 4; do
    $limit "$program" $slow --seed $seed --output j$seed.tsv --store > out$seed 2> err$seed &
    $limit "$program" $slow --verify 2 > out1$seed 2> err1$seed &
done
wait
[ "$(cells_in many.tsv)" = 8 ] && ! ls many.tsv?* j?.tsv.journal > /dev/null 2>&1 && nothing_partial
verdict $? 'storing and verifying at the same time lose no cell' "$(cells_in many.tsv; ls; cat err*)"
[ "$(cat out? | grep -c '^many.tsv: 2 of 2 cells$')" = 3 ] && [ "$(grep -l '2 of 2 recomputed cells agree' out1? | wc -l)" = 3 ]
verdict $? 'and all succeed' "$(cat out? out1? err? err1?)"
for seed in 1 2 3 4; do
    run $cells --repeats 2 --seed $seed --archive many.tsv --verify 2
    succeeded && grep -q ': 2 of 2 recomputed cells agree, 0 of 2 stay unverified' out
    verdict $? "the cells of seed $seed are what they were" "$(cat out err)"
done
run $cells --repeats 2 --steps 40 --archive many.tsv --output k.tsv
run $cells --repeats 2 --steps 40 --archive many.tsv --output k.tsv --store
run $cells --repeats 2 --archive many.tsv --output l.tsv
succeeded && [ "$(cells_in many.tsv)" = 10 ] && unarchived l.tsv two.tsv
verdict $? 'cells of two lengths stand side by side' "$(cat err; difference l.tsv two.tsv)"

# A run either completes its table or finds the journal in use; no journal stays, or is lost.
racing="mlp-time $tiny --quiet --repeats 2 --output race.tsv"
for round in 1 2 3 4 5 6 7 8 9 10; do
    for racer in 1 2 3 4; do
        { $limit "$program" $racing > /dev/null 2> err$racer; echo $? > code$racer; } &
    done
    wait
    for racer in 1 2 3 4; do
        read -r code < code$racer
        [ "$code" -eq 0 ] && echo done && continue
        grep -q 'in use by another run' err$racer && echo refused && continue
        cat err$racer
    done
    cmp -s race.tsv two.tsv && [ ! -e race.tsv.journal ] || echo 'another table'
done > first
grep -q done first && ! grep -v -x -e done -e refused first > out && nothing_partial
verdict $? 'runs that race for one table make it, or are refused' "$(sort first | uniq -c; ls race*)"

run mlp-data --help
tr -s ' \n' ' ' < out | grep -q '0, with multilinear only, draws fresh batches'
verdict $? 'the help of mlp-data says that 0 samples are for multilinear' "$(cat out)"
# ---- all three resources

run loss --skills 5 --time 0,7,inf --samples 0,7,inf --parameters 0,3,inf
succeeded && [ "$(rows out | awk -F '\t' '$2 == 0 && $3 == 0 && ($4 / 0.5 - 1)^2 < 1e-24' | wc -l)" -eq 3 ] &&
    rows out | grep -qx 'inf	inf	inf	0	0	0' && [ "$(rows out | wc -l)" -eq 27 ]
verdict $? 'loss: no data is 0, unlimited data are inf' "$(cat out err)"
[ "$(rows out | awk -F '\t' '$1 == 0 && $3 == "inf" && ($4 / 0.49005 - 1)^2 < 1e-24' | wc -l)" -eq 3 ]
verdict $? 'loss: no time leaves the start' "$(cat out)"
cp out before
run $(sed -n 's/^# command: emergence //p' out)
cmp -s out before
verdict $? 'loss: the command in the header makes the same table' "$(difference out before)"

run map --skills 500 --plane dn --time 70 --points 5 --to 1000
succeeded && rows out | awk -F '\t' 'NF == 11 {n++; bad += !($1 == 70 && $4 >= $7 && $4 >= $9 && $5 < 1e-10)}
    NF == 0 {blank++} END {exit !(n == 25 && blank == 5 && bad == 0)}'
verdict $? 'map: losses are above those of the single resources' "$(cat out err)"

run frontier --skills 500 --samples 7,inf --from 10 --to 1000 --points 3
succeeded && rows out | awk -F '\t' 'NF == 5 {n++; bad += ($3 * $4 / $2 - 1)^2 > 1e-20 || $3 < 1 || $3 > 500}
    END {exit !(n == 6 && bad == 0)}'
verdict $? 'frontier: N T = C' "$(cat out err)"

run multilinear --skills 6 --samples 20 --steps 500 --every 500 --repeats 2 --parameters 4
succeeded && [ "$(rows out | awk -F '\t' '$9 == 0 && $10 == 0 && $8 != 0' | wc -l)" -eq 4 ]
verdict $? 'multilinear: skills beyond --parameters stay at 0' "$(cat out err)"

echo "1..$number"
[ $failed -eq 0 ]
