#ifndef NUMBERS_H
#define NUMBERS_H

#include "status.h"
#include <stdio.h>

/* Write mean and standard deviation over the repeats in the table at path: first
   the columns between "repeat" and "steps" or "loss", whichever comes first, then
   "repeats" and, for each further column, mean and sd (0 for one value, NaN for
   none). */
enum status numbers_summarise(const char *path, FILE *stream);

/* Write the emergence times in the table at path (exponent_time says at which level), one row
   a repeat: the columns before T, T_1 .. T_n (inf for a skill that did not emerge), and for
   two skills or more the slope of their logarithms against ln k.  STATUS_FORMAT if it has
   none; then trouble, of so many characters, says why. */
enum status numbers_tabulate_times(const char *path, double level, FILE *stream, char *trouble,
                                   size_t size);

/* What is written of the numbers that runs give. */
enum numbers_kind {
    NUMBERS_TEX,     /* all, as lines \setresult{key}{value}; and the rows of the audit */
    NUMBERS_GNUPLOT, /* all, as lines key = value */
    NUMBERS_FITS,    /* a table of the fitted constants */
    NUMBERS_VERDICTS /* the report table */
};

/* Write numbers of the runs in folder.  STATUS_FILE or STATUS_FORMAT if a table is
   missing or no table; then table holds its path.  Fits and verdicts make do with the runs that
   are there; of the claims in rows, which ends with NULL, or all if it is NULL.  STATUS_EMPTY
   if the runs of one that was named are not there; then table holds its name. */
enum status numbers_write(const char *folder, enum numbers_kind kind, const char *const *rows,
                          FILE *stream, char *table, size_t size);

#endif
