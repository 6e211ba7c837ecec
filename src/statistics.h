#ifndef STATISTICS_H
#define STATISTICS_H

#include "status.h"
#include <stdbool.h>

/* What is known of a number. */
struct spread {
    int count;         /* how many values entered; 0 if it is computed, or unknown */
    double mean, sd;   /* sd with the divisor count - 1; NaN for one value */
    double low, high;  /* 95 % interval, NaN below 8 values; an end is infinite, or 0 for a
                          positive number, where nothing bounds it; both are the mean of a
                          number that is computed */
};

enum { STATISTICS_FEWEST = 8 }; /* values that an interval takes */

extern const struct spread statistics_nothing; /* of no value */

/* A number that is computed. */
struct spread statistics_exactly(double value);

/* Mean with Student's interval; and the geometric mean of values > 0, with Student's interval of
   the logarithms, sd being that of the logarithms times the mean.  NaN is left out, and there
   also what is not > 0.  Where beyond[i] is 1 (-1) the true value is known to be at least (at
   most) value[i]; beyond may be NULL.  That end is then open, and the mean bounds the true one
   from the other side. */
struct spread statistics_condense(int count, const double *value, const int *beyond);
struct spread statistics_condense_logs(int count, const double *value, const int *beyond);

/* Share of the trials >= 1 that succeeded, with the interval of Clopper and Pearson. */
struct spread statistics_share(int successes, int trials);

/* A number times a factor > 0. */
struct spread statistics_scale(const struct spread *spread, double factor);

/* One positive number over another that is independent of it.  Its interval has that of both
   in it, its count is the smaller one of what is measured. */
struct spread statistics_quotient(const struct spread *over, const struct spread *under);

/* Sum of independent means, with the interval of Welch and Satterthwaite; its count is the
   smallest of theirs, its sd that of a sum of single values. */
struct spread statistics_sum(int count, const struct spread *part);

/* Of count >= 1 ratios the one farthest from 1, with an interval that holds simultaneously.
   A ratio that is unknown, statistics_nothing, may be anything. */
struct spread statistics_worst(int count, const struct spread *ratio);
/* First T, by linear interpolation, at which R reaches level; NaN if never.
   T increases; both have n >= 1 elements. */
double statistics_crossing(int n, const double *T, const double *R, double level);

/* Distance of two means in standard errors,
   |m1 - m2| / sqrt(s1^2/n1 + s2^2/n2); the sets agree if it is below 3.
   NaN if a set has fewer than two values. */
double statistics_distance(const struct spread *one, const struct spread *two);

/* The difference of two true means that this rule refuses nine times out of ten. */
double statistics_detectable(const struct spread *one, const struct spread *two);

/* Whether the interval holds a value; false if there is none. */
bool statistics_contains(double theirs, const struct spread *ours);

/* "reproduced", "partly reproduced", "not reproduced", "inconclusive", or "too few repeats".
   theirs is not 0. */
const char *statistics_verdict(double theirs, const struct spread *ours);

/* The same of a computed number and of digits as they are printed, "0.70": reproduced too if it
   rounds to them. */
const char *statistics_verdict_printed(const char *theirs, double ours);

#endif
