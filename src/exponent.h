#ifndef EXPONENT_H
#define EXPONENT_H

#include "entry.h"
#include "statistics.h"
#include "status.h"
#include "stream.h"
#include "table.h"

/* First T, by linear interpolation, at which R reaches the level, 0 < level < 1; for level 0
   the mean over 0.05, 0.25, 0.45 and 0.65.  INFINITY if R does not reach them all.
   n >= 1 elements, T increasing. */
double exponent_time(double level, int n, const double *T, const double *R);

/* Emergence times, INFINITY where a skill did not emerge before last. */
struct times {
    int repeats, skills;
    double *time;     /* [repeats][skills] */
    double last;      /* T at the end of the longest repeat */
    int labels;       /* columns before T, which tell the repeats apart */
    int *first;       /* row of the table in which a repeat begins */
    char trouble[80]; /* what a table lacks that has no times */
};

/* Read the times of a table with columns T and, after it, R_1 .. R_n; rows that agree in all
   columns before T are one repeat, in which T must increase.  To be freed in any case.
   STATUS_FORMAT if there are none, and trouble says why; STATUS_RANGE, STATUS_MEMORY. */
enum status exponent_read(const struct data *table, double level, struct times *times);
void exponent_free(struct times *times);
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
