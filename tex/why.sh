#!/bin/sh
# Whether a run is stale, because of what, and on a line "# seconds" how long it will take: as long
# as last time, or as its dry run says.  The dry run is the key of a run.
#   why.sh NAME TABLE PROGRAM WORD...
set -u
name=$1
table=$2
shift 2
quiet=
[ -f "$table.seconds" ] && quiet=--quiet
now=$("$@" --dry-run $quiet --output "$table.run") || { echo "# failed"; exit 1; }
key=$(printf '%s\n' "$now" | grep '^#')
if [ ! -f "$table" ]; then
    echo "$name: has not been run"
elif [ "$key" = "$(cat "$table.ran")" ]; then
    echo "$name: up to date"
    exit 0
else
    echo "$name: stale"
    printf '%s\n' "$key" | diff "$table.ran" - | sed -n 's/^</    was/p; s/^>/    now/p'
fi
if [ -n "$quiet" ]; then
    echo "# seconds $(cut -d " " -f 1 "$table.seconds")"
else
    echo "# seconds $(printf '%s\n' "$now" | sed -n 's/^seconds[^0-9]*//p')"
fi
