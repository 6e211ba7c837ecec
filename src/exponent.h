#ifndef EXPONENT_H
#define EXPONENT_H

#include "entry.h"
#include "statistics.h"
#include "status.h"
#include "table.h"

/* The levels of the authors' scripts. */
extern const double exponent_levels[4];

/* First T, by linear interpolation, at which R reaches the level; at level 0 the mean of those at
   which it reaches 0.05, 0.25, 0.45 and 0.65.  INFINITY if it does not reach them all.
   n >= 1 elements, T increasing. */
double exponent_time(int n, const double *T, const double *R, double level);

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
    struct spread slope;  /* over all; a skill that did not emerge is counted at the last T, and
                             the interval is open where that can move it */
    struct spread later;  /* the same without the first skill; of no value for two skills */
};

/* Condense the exponents of all repeats; at least two skills.  STATUS_RANGE or STATUS_MEMORY. */
enum status exponent_condense(const struct times *times, struct exponent *exponent);

/* Geometric mean over the skills of T_k / model[k - 1], in each repeat, condensed; a time that
   is missing is counted at the last T and opens the interval.  model > 0: the times that the
   model gives for a constant of 1 make it the constant that all skills together have. */
struct spread exponent_pool(const struct times *times, const double *model);

/* Slope of ln T_k against ln(1/P_s(k)) over two runs or more that differ in alpha and have as
   many skills, with a constant for each k (eq:exponent-pooled).  A time that is missing is
   counted at the last T of its run and opens the interval.  statistics_nothing without memory,
   or where all alpha are the same. */
struct spread exponent_pooled(int runs, const struct times *times, const double *alpha);

extern const struct entry exponent_entries[];

#endif
