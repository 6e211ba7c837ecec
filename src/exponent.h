#ifndef EXPONENT_H
#define EXPONENT_H

#include "calibration.h"
#include "entry.h"
#include "status.h"
#include "stream.h"
#include "table.h"

/* Mean of the first T, by linear interpolation, at which R reaches 0.05, 0.25, 0.45 and 0.65;
   INFINITY if it does not reach them all.  n >= 1 elements, T increasing. */
double exponent_time(int n, const double *T, const double *R);

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

/* Condense time[repeats][skills], INFINITY where a skill did not emerge before last.  A spread
   is that of calibration_condense; without resamples the stream may be NULL.
   STATUS_RANGE or STATUS_MEMORY. */
enum status exponent_condense(int repeats, int skills, const double *time, double last,
                              int resamples, struct stream *stream, struct exponent *exponent);

/* The same for a table with columns repeat, T and R_1 .. R_n; also time[repeats][skills] and
   last, if not NULL.  Repeats are numbered from 1.  STATUS_FORMAT if it is no such table. */
enum status exponent_of_table(const struct data *table, int repeats, int skills,
                              int resamples, struct stream *stream, double *time, double *last,
                              struct exponent *exponent);

extern const struct entry exponent_entries[];

#endif
