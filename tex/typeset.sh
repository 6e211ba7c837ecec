#!/bin/sh
# Typeset paper.tex in the current folder: a first pass, noweb's index, then as many passes as it takes.
set -eu
pdflatex -interaction=nonstopmode -halt-on-error paper.tex
noindex paper.tex
exec latexmk -pdf -interaction=nonstopmode -halt-on-error paper.tex
