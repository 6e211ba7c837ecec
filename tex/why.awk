# What is said of each run, and a last line with the number and the time of those that are stale.
/^# failed/ { failed = 1 }
/^# seconds/ { stale++; seconds += $3; next }
/^[^ #]/ { runs++ }
{ print }
END {
    printf "%d of %d runs are stale", stale, runs
    if (stale && seconds < 120)
        printf ", and take about %.0f s one after the other", seconds
    else if (stale)
        printf ", and take about %.0f min one after the other", seconds / 60
    print ""
    exit failed
}
