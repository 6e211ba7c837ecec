#ifndef CALIBRATION_H
#define CALIBRATION_H

#include "status.h"
#include "stream.h"

/* A sample of independent repeats, condensed. */
struct spread {
    int count;         /* how many values entered */
    double mean, sd;   /* sd with the divisor count - 1; NaN for one value */
    double low, high;  /* 95 % percentile bootstrap of the mean; NaN below 8 values */
};

/* First T, by linear interpolation, at which R reaches level; NaN if never.
   T increases; both have n >= 1 elements. */
double calibration_crossing(int n, const double *T, const double *R, double level);

/* Condense count >= 0 values, leaving out NaN.  The stream gives the bootstrap of
   so many resamples its random numbers; without resamples there is no interval.
   STATUS_MEMORY on failure. */
enum status calibration_condense(int count, const double *value, int resamples,
                                 struct stream *stream, struct spread *spread);

/* Distance of two means in standard errors,
   |m1 - m2| / sqrt(s1^2/n1 + s2^2/n2); the sets agree if it is below 3.
   NaN if a set has fewer than two values. */
double calibration_distance(const struct spread *one, const struct spread *two);

/* "reproduced", "partly reproduced", "not reproduced", or "too few repeats". */
const char *calibration_verdict(double theirs, const struct spread *ours);

enum { CALIBRATION_SKILLS = 5 };

/* Steps at which R_k / S passes 1/2 in the time experiment at the authors'
   settings, from an independent implementation: five seeds, mean and sd. */
extern const struct spread calibration_independent_times[CALIBRATION_SKILLS];

/* What the authors report or use, by name; NaN for an unknown name. */
double calibration_authors(const char *name);

#endif
