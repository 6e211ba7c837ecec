#ifndef STATISTICS_H
#define STATISTICS_H

#include "status.h"
#include "stream.h"

/* A sample of independent repeats, condensed. */
struct spread {
    int count;         /* how many values entered */
    double mean, sd;   /* sd with the divisor count - 1; NaN for one value */
    double low, high;  /* 95 % percentile bootstrap of the mean; NaN below 8 values */
};

enum { STATISTICS_FEWEST = 8 }; /* values that an interval takes */

extern const struct spread statistics_nothing; /* of no value */

/* First T, by linear interpolation, at which R reaches level; NaN if never.
   T increases; both have n >= 1 elements. */
double statistics_crossing(int n, const double *T, const double *R, double level);

/* Condense count >= 0 values, leaving out NaN.  The stream gives the bootstrap of
   so many resamples its random numbers; without resamples there is no interval.
   STATUS_MEMORY on failure. */
enum status statistics_condense(int count, const double *value, int resamples,
                                struct stream *stream, struct spread *spread);

/* Distance of two means in standard errors,
   |m1 - m2| / sqrt(s1^2/n1 + s2^2/n2); the sets agree if it is below 3.
   NaN if a set has fewer than two values. */
double statistics_distance(const struct spread *one, const struct spread *two);

/* "reproduced", "partly reproduced", "not reproduced", or "too few repeats". */
const char *statistics_verdict(double theirs, const struct spread *ours);

#endif
