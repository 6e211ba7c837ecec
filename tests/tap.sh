# What the shell tests share: a scratch folder, and one line of TAP for each check.  A test reads it
# from the top folder, by ". tests/tap.sh".
set -u
LC_ALL=C
export LC_ALL
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
trap 'exit 1' HUP INT TERM
count=0
check() { # name, condition already evaluated as $?
    result=$?
    count=$((count + 1))
    [ $result -eq 0 ] && echo "ok $count - $1" || echo "not ok $count - $1"
}
sources() { git ls-files -z --cached --others --exclude-standard; }
# Go on in a scratch copy of the tree and of what is built.
enter_copy() {
    ${MAKE:-make} -s program > /dev/null || exit 1
    { sources; find build/obj build/bin build/*.* build/flags -type f -print0; } |
        xargs -0 cp -a --parents -t "$scratch" || exit 1
    cd "$scratch" || exit 1
    unset MAKEFLAGS MFLAGS MAKELEVEL
}
