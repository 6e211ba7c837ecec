# After noweave: an equation gets its mark in the margin, and a chunk of another chapter, which
# noweave does not know, the page of its first part, \chunkhere in book.awk.
function key(name) {
    gsub(/\\[A-Za-z]+|[^A-Za-z]/, "", name)
    return name
}
/^\\nwixlogsorted.*[{]nw@notdef[}]/ { next }
{
    gsub(/\\label[{]eq:[a-z0-9-]*[}]/, "&\\audited&")
    gsub(/\\audited\\label/, "\\audited")
    while (match($0, /~[{]\\nwtagstyle[{][}]\\subpageref[{]nw@notdef[}][}]/)) {
        name = before = substr($0, 1, RSTART - 1)
        sub(/^.*\\LA[{][}]/, "", name)
        $0 = before "~{\\nwtagstyle{}\\chunkpage{" key(name) "}}" substr($0, RSTART + RLENGTH)
    }
    # In code the name of an equation leads to it.
    if (/\\nwbegincode/ || /\\nwendcode/)
        code = /\\nwbegincode/
    else if (code)
        gsub(/eq:[a-z0-9-]*[a-z0-9]/, "\\hyperlink{&}{&}")
    print
}
