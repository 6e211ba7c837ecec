#!/bin/bash
# Typeset both books in the current folder.  Each refers to pages of the other, so both have a first
# pass, then noweb's index is made, then latexmk gives each as many passes as it takes.
# A book gets its name when both are complete.  What fails is forgotten, but for the log: latexmk
# would not try again before its input changes.
set -eu
forget() {
    wait
    find . -maxdepth 1 -name 'proof-*' ! -name '*.log' -exec rm {} +
    exit 1
}
trap forget ERR
options='-interaction=nonstopmode -halt-on-error'
first() { pdflatex $options -jobname="proof-$1" "$1-book.tex"; }
finish() { latexmk -pdf $options -jobname="proof-$1" "$1-book.tex"; }
# Do it to both at once, then tell each the pages of the other.
both() {
    "$1" program > program.typeset 2>&1 &
    "$1" paper
    wait $! || { cat program.typeset; return 1; }
    for book in paper program; do cp "proof-$book.new" "proof-$book.pages"; done
}
both first
noindex proof-program
both finish
both finish
cmp proof-paper.new proof-paper.pages && cmp proof-program.new proof-program.pages
for book in paper program; do
    mv "proof-$book.pdf" "$book.pdf"
done
