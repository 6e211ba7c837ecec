#ifndef NUMBERS_H
#define NUMBERS_H

#include "status.h"
#include <stdio.h>

/* Write mean and standard deviation over the repeats in the table at path: first
   the columns between "repeat" and "steps" or "loss", whichever comes first, then
   "repeats" and, for each further column, mean and sd (0 for one value, NaN for
   none). */
enum status numbers_summarise(const char *path, FILE *stream);

/* Write the emergence times in the table at path, one row a repeat: repeat, T_1 .. T_n (inf
   for a skill that did not emerge), and the slope of their logarithms against ln k.  The level is
   that of exponent_time.  STATUS_FORMAT if it is no table of strengths R_1 .. over T. */
enum status numbers_tabulate_times(const char *path, double level, FILE *stream);

/* What is written of the numbers that runs give. */
enum numbers_kind {
    NUMBERS_TEX,     /* all, as lines \setresult{key}{value}; and the rows of the audit */
    NUMBERS_GNUPLOT, /* all, as lines key = value */
    NUMBERS_FITS,    /* a table of the fitted constants */
    NUMBERS_VERDICTS /* the report table */
};

/* Write numbers of the runs in folder.  STATUS_FILE or STATUS_FORMAT if a table is
   missing or no table; then table holds its path. */
enum status numbers_write(const char *folder, enum numbers_kind kind, FILE *stream,
                          char *table, size_t size);

#endif
