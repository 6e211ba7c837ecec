# What a book shows of a chapter, as noweb.
#   awk -v book=paper|program [-v evaluations=FILE] -f tex/book.awk src/NAME.nw
# A paragraph that begins on the line of an @ is for the program alone, and so is a chunk of code
# unless "% paper" stands above it; all else is for both.
# Before a chunk the program gets the anchors of the equations that it evaluates, by the list of
# evaluates.awk, and both books get the anchor of a chunk that they share.

function finish_chunk(    word, n, i, names) {
    if (book == "program") {
        word = chunk
        sub(/>>=.*$/, "", word)
        gsub(/[^A-Za-z]/, "", word)
        printf "\\chunkhere{%s}", word
        n = split(evaluated[number], names, " ")
        for (i = 1; i <= n; i++)
            printf "\\evaluates{%s}", names[i]
    }
    if (shared)
        printf "\\sharedchunk{%s:%d}", chapter, shared
    if (shared || book == "program")
        printf "%%\n%s@\n", chunk
    else
        print ""
    code = shared = 0
}

FNR == 1 {
    chapter = FILENAME
    gsub(/.*\/|\.nw$/, "", chapter)
    while (evaluations && (getline line < evaluations) > 0) {
        split(line, words, " ")
        if (words[1] == chapter)
            evaluated[words[2]] = evaluated[words[2]] " " words[3]
    }
}

code && /^@( |$)/ { finish_chunk(); closed = 1 }

/^@( |$)/ {
    aside = $0 ~ /^@ ./
    if (book == "paper" && aside)
        next
    # The @ that ended a chunk stands already.
    if (closed) {
        closed = 0
        if ($0 == "@" || $0 == "@ ")
            next
        sub(/^@ /, "")
    }
    print
    next
}

{ closed = 0 }

/^% paper$/ { marked = 1; next }

/^<<.*>>=$/ {
    if (code)
        finish_chunk()
    code = 1
    number++
    aside = 0
    chunk = ""
    shared = marked ? ++count : 0
    marked = 0
}

code { chunk = chunk $0 "\n"; next }

/^$/ { aside = 0 }

!aside || book == "program" { print }

END { if (code) finish_chunk() }
