#!/bin/sh
# What the pipeline makes of a tool that fails, and of another locale and another awk.  Speaks TAP.
# Works in a scratch copy of the tree and of what is built; a few runs and one figure stand for all.
. tests/tap.sh
enter_copy
out=build/smoke
mkdir -p $out broken saved
touch $out/numbers.gp
printf '\\setresult{a}{1}\n%% commit: x\n' > $out/written.tex
build() { # TARGET...
    make -j1 SCALE=smoke RUNS='strength-stages law-stages stages' SUMMARISED= FIGURES=stages \
        CHAPTERS=src/task.nw -o $out/numbers.gp -o $out/written.tex "$@" > log 2>&1
}

# ---- a tool that fails

# A wrapper in front of TOOL prints half of what it should, cuts the files PATTERN in half, and fails
# whenever an argument contains WORD.
good=$PATH
breaks() { # TOOL WORD PATTERN
    cat > "broken/$1" <<END
#!/bin/sh
PATH='$good'
case "\$*" in
*'$2'*)
    $1 "\$@" > '$scratch/whole'
    head -c \$((\$(wc -c < '$scratch/whole') / 2)) '$scratch/whole'
    for file in $3; do truncate -s \$((\$(wc -c < "\$file") / 2)) "\$file"; done
    exit 1 ;;
esac
exec $1 "\$@"
END
    chmod +x "broken/$1"
}
# It stops the making of TARGET, which is right as soon as the tool is.
stops() { # TARGET TOOL [WORD [PATTERN]]
    target=$1
    breaks "$2" "${3:-}" "${4:-}"
    name="$2 ${3:-}"
    [ -e "saved/${target##*/}" ] || { build "$target" && cp "$target" saved/; } || tail -n 5 log
    case $target in
    src/*) echo junk >> "$target"; touch src/task.nw ;;
    *) rm -f "$target" ;;
    esac
    PATH=$scratch/broken:$good
    build "$target"
    code=$?
    PATH=$good
    rm "broken/$2"
    [ $code -ne 0 ] && { [ ! -e "$target" ] || [ "$(tail -n 1 "$target")" = junk ]; }
    check "$name that fails makes no ${target##*/}"
    build "$target" && cmp "$target" "saved/${target##*/}"
    check "which is right the next time"
}
for tool in expand 'awk before' 'awk chunks.awk' 'sed LIB'; do stops src/task.c $tool; done
for tool in sha256sum 'sed 1p'; do stops build/provenance.c $tool; done
for tool in nodefs sort 'grep size_t'; do stops $out/all.defs $tool; done
for tool in noweave 'awk weave.awk' 'awk book='; do stops $out/paper/task.tex $tool; done
for tool in noweave 'awk book='; do stops $out/paper-book.tex $tool; done
for table in certified mutants bench; do stops $out/$table.tex awk $table.awk; done
stops $out/transformer-tables.tex awk transformer.awk
stops $out/runs/stages.tsv awk '$2 - $1'
stops $out/figures/stages.tex sed reads:
stops $out/figures/stages.tex gnuplot '' figures/stages.*
stops $out/numbers.tex sed commit
stops $out/provenance.tex awk 'work +='
stops $out/provenance.tex sed '[#$'
# The captions in sources.tex name runs.
build $out/sources.tex && grep -q 'setfiguresource{stages}.*strength-stages' $out/sources.tex; check 'captions name their runs'

# ---- typesetting

mkdir mini
for book in paper program; do
    cat > mini/$book-book.tex <<END
\\documentclass{article}
\\usepackage{noweb}
\\noweboptions{externalindex}
\\begin{document}
\\newwrite\\pages\\immediate\\openout\\pages=proof-$book.new
As was said~\\cite{mini}, see \\pageref{end}.
\\bibliographystyle{plain}\\bibliography{mini}
\\nowebindex\\label{end}
\\end{document}
END
done
echo '@misc{mini, author={A. Nobody}, title={All}, year=2000}' > mini/mini.bib
typeset() { (cd mini && bash ../tex/typeset.sh) > log 2>&1; }
typeset && pdftotext mini/proof-paper.pdf saved/paper && grep -q Nobody saved/paper; check 'a paper is typeset'
for tool in pdflatex 'pdflatex -recorder' noindex bibtex; do
    # shellcheck disable=SC2086
    set -- $tool
    rm mini/proof-*
    breaks "$1" "${2:-}" 'proof-paper.[!l]*'
    PATH=$scratch/broken:$good
    typeset
    code=$?
    PATH=$good
    rm "broken/$1"
    [ $code -ne 0 ] && [ ! -e mini/proof-paper.pdf ]; check "$tool that fails makes no paper"
    typeset && pdftotext mini/proof-paper.pdf text && cmp text saved/paper; check 'which is right the next time'
done

cat > mini/program-book.tex <<'END'
\documentclass{article}
\begin{document}
\newwrite\pages\immediate\openout\pages=proof-program.new
There.
\makeatletter
\ifx\r@end\undefined\else\ifnum\expandafter\@secondoftwo\r@end=1 \newpage\fi\fi
Here.\label{end}
\end{document}
END
rm mini/proof-*
typeset && [ -s mini/proof-program.pdf ] && grep -q 'depends on itself' log; check 'a page number that depends on itself does not keep a book from being made'

# ---- a decimal comma, and any awk

if command -v localedef > /dev/null && localedef -i de_DE -f UTF-8 "$scratch/de_DE.UTF-8" 2> /dev/null; then
    comma=de_DE.UTF-8
else
    comma=C
    echo '# skipped: a decimal comma, without the package locales'
fi
tables="$out/certified.tex $out/mutants.tex $out/bench.tex $out/transformer-tables.tex $out/numbers.tex
    $out/figures/stages.tex $out/provenance.tex $out/sources.tex $out/all.defs src/task.c"
for run in strength-stages law-stages stages; do echo 1.25 > $out/runs/$run.tsv.seconds; done
rm -f $out/*.tex
touch -r $out/runs/stages.tsv $out/written.tex
build $tables && mkdir point && cp $tables point/
for awk in mawk gawk busybox; do
    command -v $awk > /dev/null || { echo "# skipped: awk by $awk"; continue; }
    ln -sf "$(command -v $awk)" broken/awk
    for table in $tables; do [ $table = src/task.c ] || rm $table; done
    touch src/task.nw
    (PATH=$scratch/broken:$good LC_ALL=$comma LOCPATH=$scratch build $tables) || tail -n 5 log
    for table in $tables; do cmp $table "point/${table##*/}" || echo "$table"; done > differ 2>&1
    sed "s/^/# /" differ; [ ! -s differ ]
    check "$awk as awk and LC_ALL=$comma change nothing"
    rm broken/awk
done

# ---- the runs of a scale share the cores

would() { make -n runs SCALE=desk "$@" 2>&1 | grep -e '--threads'; }
threads() { would "$@" | grep -o -e '--threads [0-9]*' | sort -u | tr -cd '0-9\n'; }
[ "$(threads CORES=2)" = 1 ]; check 'two cores work on two runs of one thread'
[ "$(threads CORES=2 -j1)" = 2 ] && [ "$(threads CORES=12 -j3)" = 4 ]; check 'fewer runs at a time get more threads'
[ "$(threads CORES=200)" -gt 4 ]; check 'and so do all runs where cores abound'
[ "$(threads CORES=2 THREADS=7)" = 7 ] && [ "$(THREADS=7 threads CORES=2)" = 7 ]; check 'THREADS is obeyed'
longest=$(sed -n '/^LONGEST/,/[^\\]$/p' src/runs.mk | tr -d '\\\n' | sed 's/.*:= *//')
[ "$(would | sed -n 's/.*--output .*runs\/\(.*\)\.tsv.*/\1/p' | head -n "$(echo $longest | wc -w)" | tr '\n' ' ')" = "$(echo $longest) " ]
check 'the longest runs start first'
