#!/bin/sh
# The modules that the table of commands declares, against the program's own call graph: a result
# depends on every module whose functions or tables can be reached from its command, and on no
# other.  Constants and layouts that a header gives without a call are not seen.  Speaks TAP.
#   tests/modules.sh PROGRAM
. tests/tap.sh
program=$PWD/${1:-build/bin/emergence}
export OPENBLAS_NUM_THREADS=1

command -v readelf > /dev/null || {
    echo 'ok 1 - skipped: readelf (Debian package binutils) is not installed'
    exit 0
}

# These carry out, record or name, and decide no bit of a result: the command line; options by name
# (their values stand in the key of a run); the reading and writing of tables; the journal and the
# archive (how a cell's identity is hashed is held by known answers in its unit test); statuses;
# where the program comes from; audits.
left_out='program settings table runner status provenance audit [a-z]*-audit'

for object in build/graph/*.o; do
    name=${object##*/}
    [ -f "src/${name%.o}.c" ] || rm -f "$object"
done
${MAKE:-make} -s graph > "$scratch/log" 2>&1 || cat "$scratch/log"
[ -s build/graph/program.o ]; check 'every module compiles with a section for each function'

# A node is a section of an object; an edge is a relocation.
readelf -SsrW build/graph/*.o > "$scratch/elf"
cat > "$scratch/edges.awk" <<'AWK'
function node(section) { return module ":" section }
function is_content(section) { return section ~ /^\.(text|rodata|data|bss|tbss|tdata)/ }
/^File: / { module = $2; gsub(/.*\/|\.o$/, "", module); from = "" }
/^ *\[ *[0-9]+\]/ { sub(/^ *\[ */, ""); sub(/\]/, ""); section[module, $1] = $2 }
/^Relocation section / { from = $3; gsub(/^'\.rela?|'$/, "", from); next }
/^Symbol table / { from = "" }
from != "" && /^[0-9a-f]+ / && is_content(from) { print "edge", node(from), module, $5 }
/^ *[0-9]+: / && $7 ~ /^[0-9]+$/ && $8 != "" {
    print $5 == "LOCAL" ? "local" : "global", module, $8, node(section[module, $7])
}
AWK
awk -f "$scratch/edges.awk" "$scratch/elf" > "$scratch/edges"

# Rows of the table of commands, as "COMMAND<tab>FUNCTION".
awk '/ commands\[\] = / {inside = 1}
    inside && /^ *\{"/ {split($0, part, "\""); name = part[2]}
    inside && match($0, /\.(run|tabulate) = [a-z_]+/) {print name "\t" substr($0, RSTART, RLENGTH)}' src/program.c |
    sed 's/\.[a-z]* = //' > "$scratch/commands"

# What a command reaches, as "COMMAND<tab>MODULE".  The graph ends at modules that are left out, but
# for the functions of the command line that the command's own one calls.
cat > "$scratch/reach.awk" <<'AWK'
BEGIN { split(left_out, pattern, " ") }
function is_left_out(module,    i) {
    for (i in pattern)
        if (module ~ "^" pattern[i] "$")
            return 1
}
function visit(node,    module) {
    module = node
    sub(/:.*/, "", module)
    if (seen[node]++ || (is_left_out(module) && node !~ /^program:\.text/))
        return
    if (module != "program")
        reached[module] = 1
    follow(module, node)
}
function follow(module, node,    i) {
    for (i = 1; i <= edges[node]; i++)
        if (resolve(module, target[node, i]) != "")
            visit(resolve(module, target[node, i]))
}
function resolve(module, symbol) {
    if (symbol ~ /^\./)
        return module ":" symbol
    return (module, symbol) in place ? place[module, symbol] : everywhere[symbol]
}
FILENAME == ARGV[1] && $1 == "edge" { target[$2, ++edges[$2]] = $4 }
FILENAME == ARGV[1] && $1 == "local" { place[$2, $3] = $4 }
FILENAME == ARGV[1] && $1 == "global" { everywhere[$3] = $4 }
FILENAME == ARGV[2] {
    split("", seen)
    split("", reached)
    split($0, part, "\t")
    start = resolve("program", part[2])
    if (start ~ /^program:/)
        follow("program", start)
    else
        visit(start)
    for (module in reached)
        print part[1] "\t" module
}
AWK
awk -v left_out="$left_out" -f "$scratch/reach.awk" "$scratch/edges" "$scratch/commands" | sort > "$scratch/reached"

# The modules that a command declares stand in its dry run, or in the header of its table.
"$program" multilinear --skills 2 --steps 2 --every 1 --repeats 1 --batch 1 --quiet --output "$scratch/table"
"$program" mlp-time --skills 1 --bits 4 --width 4 --batch 8 --steps 30 --every 10 --repeats 1 --rate 1e-9 --quiet |
    awk -F '\t' -v OFS='\t' '!/^#/ && $1 == 1 {$4 = ($2 >= 20)} 1' > "$scratch/own"
declared() {
    case $1 in
    summary | times) "$program" $1 "$scratch/table" ;;
    fit) "$program" fit "$scratch/own" ;;
    *) "$program" $1 --dry-run --quiet ;;
    esac | sed -n 's/^# module: \([^ ]*\) .*/\1/p' | sort
}

# Compare two sorted lists of modules; one line says what is missing and what is superfluous.
compare() { # COMMAND DECLARED
    sed -n "s/^$1	//p" "$scratch/reached" > "$scratch/needed"
    missing=$(comm -13 "$2" "$scratch/needed" | tr '\n' ' ')
    superfluous=$(comm -23 "$2" "$scratch/needed" | tr '\n' ' ')
    [ -z "$missing$superfluous" ] ||
        echo "# $1:${missing:+ missing: $missing}${superfluous:+ superfluous: $superfluous}"
}

while IFS='	' read -r command function; do
    case $command in audit | calibrate | verdicts | numbers) continue ;; esac # depend on all
    declared "$command" > "$scratch/declared"
    said=$(compare "$command" "$scratch/declared")
    [ -s "$scratch/needed" ] && [ -z "$said" ]; check "$command declares what $function reaches"
    [ -z "$said" ] || echo "$said"
done < "$scratch/commands"
[ "$count" -gt 20 ]; check 'all commands are compared'

# The comparison can fail: a list without a module that is reached only through a table of
# functions, and with one that is not reached.
declared mlp-time | sed 's/^kernel$/bounds/' | sort > "$scratch/declared"
[ "$(compare mlp-time "$scratch/declared")" = '# mlp-time: missing: kernel  superfluous: bounds ' ]
check 'a wrong list is told, and what is wrong with it'
