# The time that the runs of a scale still take, from their dry runs.
/^# run:/ { run = $3 }
/^# failed/ { failed = 1 }
/^cells/ { cells = $2; all_cells += cells }
/^seconds/ {
    bound = /at most/
    printf "%-20s %6d cells %9.0f s on one thread%s\n", run, cells, $NF, bound ? ", at most" : ""
    total += $NF
    bounds += bound
}
END {
    printf "%-20s %6d cells %9.0f s on one thread%s\n", "in all", all_cells, total, \
        bounds ? ", at most" : ""
    exit failed
}
