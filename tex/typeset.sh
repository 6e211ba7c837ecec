#!/bin/bash
# Typeset paper.tex in the current folder: a first pass, noweb's index, then as many passes as it takes.
# The paper gets its name when it is complete.  What fails is forgotten, but for the log: latexmk would
# not try again before its input changes.
set -eu
forget() {
    find . -maxdepth 1 -name 'proof.*' ! -name proof.log -exec rm {} +
    exit 1
}
trap forget ERR
options='-interaction=nonstopmode -halt-on-error -jobname=proof'
pdflatex $options paper.tex
noindex proof
latexmk -pdf $options paper.tex
mv proof.pdf paper.pdf
