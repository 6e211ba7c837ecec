# One file of a root and all that it inputs, chapters included.
#   cd build/<scale>; awk -v path=.:../../tex -f flatten.awk paper-book.tex
function place(name,    folders, n, i, file, line) {
    if (name !~ /\.(tex|pages)$/)
        name = name ".tex"
    n = split(path, folders, ":")
    for (i = 1; i <= n; i++) {
        file = folders[i] "/" name
        if ((getline line < file) >= 0) {
            close(file)
            return file
        }
    }
    print "flatten: " name " is not there" > "/dev/stderr"
    failed = 1
    exit 1
}
function put(file,    line, name) {
    while ((getline line < file) > 0) {
        if (line ~ /^\\(input|chapterfile)[{][^#}]*[}]/ || line ~ /InputIfFileExists[{]proof-\\otherbook/) {
            name = line
            if (name ~ /InputIfFileExists/)
                name = "proof-program.pages"
            else
                gsub(/^\\[a-z]*[{]|[}].*$/, "", name)
            put(place(line ~ /^\\chapterfile/ ? "paper/" name : name))
        } else
            print line
    }
    close(file)
}
BEGIN {
    put(ARGV[1])
    exit failed
}
