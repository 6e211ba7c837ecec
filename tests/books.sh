#!/bin/sh
# The two books that were typeset in a folder: the paper is short and has little code, both number
# equations alike, and every link from one to the other leads to the right page.  Speaks TAP.
#   tests/books.sh FOLDER
. tests/tap.sh
out=$1
complain() { sed 's/^/# /; 10q' "$1"; [ ! -s "$1" ]; }

pages=$(pdfinfo "$out/paper.pdf" | sed -n 's/^Pages: *//p')
[ "${pages:-999}" -le 80 ]; check "the paper has at most 80 pages ($pages)"
for book in paper program; do
    pdfinfo "$out/$book.pdf" | grep -q '^Title: .*Emergence' &&
        pdfinfo "$out/$book.pdf" | grep -q '^Author: .'
    check "the $book has a title and authors"
done
pdftotext -l 4 -nopgbrk "$out/paper.pdf" "$scratch/report"
grep -q '^Figure 1:' "$scratch/report" && grep -q '^Table 1:' "$scratch/report"
check 'figure 1 and the table of verdicts are on the first four pages'

# ---- code in the paper: 20 to 30 chunks, of 12 lines at most

awk '/\\nwbegincode/ {lines = 0; chunks++; next}
    /^\\nwendcode/ {if (lines > 12) print FILENAME ": a chunk of " lines " lines"; next}
    {lines++}
    END {if (chunks < 20 || chunks > 30) print chunks + 0 " chunks"}' "$out"/paper/*.tex > "$scratch/long"
complain "$scratch/long"; check 'the paper has 20 to 30 chunks of at most 12 lines'

# ---- numbers of equations, figures and tables

numbers() { sed -n 's/^\\newlabel{\(\(eq\|fig\|tab\|sec\|prop\):[^}@]*\)}{{\([^}]*\)}.*/\1 \3/p' "$out/proof-$1.aux" | sort; }
numbers paper > "$scratch/paper"
numbers program > "$scratch/program"
comm -23 "$scratch/paper" "$scratch/program" > "$scratch/differ"
[ -s "$scratch/paper" ] && complain "$scratch/differ"
check 'what the paper numbers has the same number in the program'

# ---- links: "FROM: NAME" of every link, "PAGE NAME" of every place that one can go to

links() { grep -a -o '/GoToR */D *([^)]*)\|/D *([^)]*)[^>]*/GoToR\|/GoToR[^>]*/D *([^)]*)' "$out/$1.pdf" |
    sed 's/.*(\(.*\)).*/\1/' | sort -u; }
places() { pdfinfo -dests "$out/$1.pdf" | sed -n 's/^ *\([0-9]*\) .*"\(.*\)"$/\2 \1/p' | sort -u; }
for book in paper program; do
    links $book > "$scratch/$book.links"
    places $book > "$scratch/$book.places"
    pdftotext -layout "$out/$book.pdf" "$scratch/$book.text"
    awk -v folder="$scratch/$book" 'BEGIN {RS = "\f"} {print > (folder "." NR); close(folder "." NR)}' "$scratch/$book.text"
done
[ -s "$scratch/paper.links" ] && [ -s "$scratch/program.links" ]; check 'there are links both ways'
for pair in paper:program program:paper; do
    from=${pair%:*} to=${pair#*:}
    cut -d ' ' -f 1 "$scratch/$to.places" | sort -u | comm -23 "$scratch/$from.links" - > "$scratch/lost"
    complain "$scratch/lost"; check "every link of the $from leads to a place in the $to"
    # The page that is printed beside a link is the page of its place.
    sed -n 's/^\\setpage{\(.*\)}{\(.*\)}$/\1 \2/p' "$out/proof-$to.pages" | sort -u > "$scratch/said"
    join "$scratch/said" "$scratch/$to.places" | awk '$2 != $3 {print $1 ": page " $3 ", not " $2}' > "$scratch/moved"
    [ -s "$scratch/said" ] && complain "$scratch/moved"; check "the pages of the $to that the $from names are right"
done
# In the program a chunk begins there that names the equation; in the paper the page has its number.
while read -r name page; do
    case $name in
    code:eq:*) cat "$scratch/program.$page" "$scratch/program.$((page + 1))" | grep -q "${name#code:}" || echo "$name is not on page $page of the program" ;;
    esac
done < "$scratch/program.places" > "$scratch/wrong"
while read -r name page; do
    number=$(sed -n "s/^$name //p" "$scratch/paper")
    case $name in
    eq:*) grep -qF "($number)" "$scratch/paper.$page" || echo "$name is not on page $page of the paper" ;;
    esac
done < "$scratch/paper.places" >> "$scratch/wrong"
complain "$scratch/wrong"; check 'and the equation is there'
sed -n 's/^eq:[^ ]*/&/p' "$scratch/paper" | cut -d ' ' -f 1 | while read -r name; do
    grep -qx "code:$name" "$scratch/paper.links" || echo "$name leads nowhere"
    grep -qx "audit:$name" "$scratch/paper.links" || echo "$name has no residual"
    grep -qx "$name" "$scratch/program.links" || echo "$name has no way back"
done > "$scratch/without"
complain "$scratch/without"; check 'every equation of the paper has its links, both ways'
echo "1..$count"
