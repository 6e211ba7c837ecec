#ifndef EXPONENT_H
#define EXPONENT_H

#include "entry.h"
#include "statistics.h"
#include "status.h"
#include "stream.h"
#include "table.h"

/* Mean of the first T, by linear interpolation, at which R reaches 0.05, 0.25, 0.45 and 0.65;
   INFINITY if it does not reach them all.  n >= 1 elements, T increasing. */
double exponent_time(int n, const double *T, const double *R);

/* Emergence times, INFINITY where a skill did not emerge before last. */
struct times {
    int repeats, skills;
    double *time; /* [repeats][skills] */
    double last;  /* T at the end */
};

/* Fill time and last from a table with columns repeat, T and R_1 .. R_n; there is room for so
   many repeats, which are numbered from 1, and skills.  STATUS_FORMAT if it is no such table,
   STATUS_RANGE, STATUS_MEMORY. */
enum status exponent_read(const struct data *table, struct times *times);
/* Least-squares slope of ln T_k against ln k, k = first .. last, T_k = time[k - 1]
   (eq:exponent-slope); NaN if first < 1, last <= first, or a time is not a positive number. */
double exponent_slope(int first, int last, const double *time);

struct exponent {
    int repeats;          /* in the table */
    int complete;         /* in which every skill emerged */
    int ordered;          /* in which no skill emerged before a more frequent one */
    double pairs;         /* share of pairs of skills, over all repeats, in that order */
    struct spread slope;  /* over the complete repeats */
    struct spread later;  /* the same without the first skill; NaN for two skills */
    struct spread bound;  /* over all, a skill that did not emerge counted at the last T */
};

/* Condense the exponents of all repeats; at least two skills.  A spread is that of
   statistics_condense; without resamples the stream may be NULL.
   STATUS_RANGE or STATUS_MEMORY. */
enum status exponent_condense(const struct times *times, int resamples, struct stream *stream,
                              struct exponent *exponent);

extern const struct entry exponent_entries[];

#endif
