#!/bin/bash
# Typeset both books, proof-paper.pdf and proof-program.pdf, in the current folder.  Each names pages
# of the other, and the program has noweb's index, so both are set until neither changes any more.
# A break between two pages can depend on a page's number and the number on the break: then there is
# nothing to settle on, and a pass that is whole but for such a number stands.
# What fails is forgotten, but for the log: latexmk would not try again before its input changes.
set -eEu
forget() {
    wait
    find . -maxdepth 1 -name 'proof-*' ! -name '*.log' -exec rm {} +
    exit 1
}
trap forget ERR
options='-interaction=nonstopmode -halt-on-error'
first() { pdflatex $options -jobname="proof-$1" "$1-book.tex"; }
again() {
    code=0
    latexmk -pdf $options -jobname="proof-$1" "$1-book.tex" > "proof-$1.passes" 2>&1 || code=$?
    cat "proof-$1.passes"
    [ $code -ne 0 ] || return 0
    grep -q 'too many passes' "proof-$1.passes" || return 1
    touch proof-unsettled
}
both() {
    (trap - ERR; "$1" program) > program.typeset 2>&1 &
    "$1" paper
    wait $! || { cat program.typeset; return 1; }
}
# Make what a pass reads of the one before; says whether that is new.
tell() {
    noindex proof-program
    cat proof-program.nwi proof-paper.new proof-program.new > proof-told.new
    cp proof-paper.new proof-paper.pages
    cp proof-program.new proof-program.pages
    if cmp -s proof-told.new proof-told; then return 1; fi
    mv proof-told.new proof-told
}
rm -f proof-unsettled
[ -f proof-program.aux ] && [ -f proof-paper.aux ] || both first
if [ -f proof-told ]; then both again; fi
rounds=0
while tell && [ ! -e proof-unsettled ]; do
    rounds=$((rounds + 1))
    [ $rounds -lt 6 ] || touch proof-unsettled
    both again
done
if [ -e proof-unsettled ]; then
    echo 'a page number depends on itself; the books stand as they are'
else
    both again
fi
