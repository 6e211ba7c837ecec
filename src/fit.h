#ifndef FIT_H
#define FIT_H

#include "entry.h"
#include "multilinear.h"
#include "statistics.h"
#include "status.h"
#include "stream.h"

/* What is measured, against which resource, with which constant; x = min(D P_s/D_c, 1). */
enum fit_curve {
    FIT_TIME,                    /* R/S against T: kappa, with R(0) as given */
    FIT_TIME_AND_START,          /* R/S against T: kappa and R(0); the given R(0) is a hint */
    FIT_STRENGTH_BY_LOSS,        /* R/S against D: D_c by 1 - sqrt(1 - x) */
    FIT_STRENGTH_BY_CORRELATION, /* R/S against D: D_c by x */
    FIT_LOSS_BY_LOSS,            /* L/(S^2/2) against D: D_c by 1 - x */
    FIT_LOSS_BY_CORRELATION,     /* L/(S^2/2) against D: D_c by (1 - x)^2 */
    FIT_PARAMETERS               /* R/S against N: N_c */
};

/* One skill, in the ranges of emergence.h; a curve looks at what it needs: time at S, R(0),
   eta, P_s; data at S, P_s; parameters at S, k. */
struct fit_system {
    struct skill skill;
    int k; /* >= 1 */
};

/* Measurements; a value that is not finite (a diverged run) is left out. */
struct fit_data {
    int repeats, points;    /* both >= 1 */
    const double *resource; /* [points], increasing, finite, >= 0: T, D or N */
    const double *value;    /* [repeats][points] */
};

/* A fitted constant.  Spreads are those of statistics_condense_logs over the repeats that have
   any value, each of which is fitted by itself. */
struct fit {
    struct spread constant;  /* kappa, D_c or N_c */
    struct spread initial;   /* R(0): as given, or fitted along */
    struct spread emergence; /* resource at which the value passes 1/2 */
    double residual;         /* root mean square of mean - curve, over all values */
    double scatter;          /* root mean square of value - mean, over all values */
    int left_out;            /* values that are not finite */
    int unresolved;          /* repeats that fix no constant; a bound counts, if they give one */
};

/* A curve whose constant was fixed before, set against a skill. */
struct fit_prediction {
    struct spread constant;  /* given; exact, or fitted to other runs */
    double residual;         /* root mean square of mean - curve */
    struct spread emergence; /* as in struct fit */
    double predicted;        /* the same of the curve */
    struct spread ratio;     /* emergence / predicted, with the uncertainty of the constant */
    int left_out;
};

/* Two curves set against the same data, with constants that are given, or both NaN: then each
   curve is fitted, in every resample anew. */
struct fit_contest {
    enum fit_curve curve[2];
    double constant[2]; /* with which each curve was compared */
    int count;          /* repeats with any value */
    double residual[2]; /* root mean square of mean - curve, over all skills */
    int better;         /* 0 or 1: the smaller residual */
    double probability; /* share of resamples with the same winner; NaN below 8 repeats */
};

/* The curve, and its derivative with respect to the logarithm of the constant,
   at a resource >= 0.  constant > 0.  NaN if an argument is out of range.  The last is the
   derivative of R/S for time with respect to phi = ln(R(0)/(S - R(0))), at a given kappa. */
double fit_value(enum fit_curve curve, const struct fit_system *system, double constant,
                 double resource);
double fit_slope(enum fit_curve curve, const struct fit_system *system, double constant,
                 double resource);
double fit_slope_start(const struct fit_system *system, double kappa, double T);
/* Means over repeats at the points that have a value, and how many repeats have one. */
struct fit_average {
    int points;
    double *resource, *value, *weight; /* [points] */
};

/* A curve, with all that it depends on, and what it is to follow. */
struct fit_problem {
    enum fit_curve curve;
    struct fit_system system;
    const struct fit_average *average;
};

/* Mean at each point of times[r] copies of repeat r; there is room for data->points. */
void fit_take_average(const struct fit_data *data, const int *times,
                      struct fit_average *average);

/* The second sum of (eq:fit-split) for the average of all usable repeats. */
double fit_spread_about(const struct fit_data *data, const struct fit_average *average);

/* E of (eq:fit-cost). */
double fit_cost(const struct fit_problem *problem, double constant);

/* The constant for which the knot of the curve lies at the resource. */
double fit_knot(const struct fit_problem *problem, double resource);
/* Fit each repeat; parameters only for k = 1.  STATUS_RANGE: an argument is out of range, or no
   repeat has more points with a resource > 0 and a value than constants.  STATUS_CONVERGENCE: no
   repeat fixes the constant; its mean is then INFINITY (nothing has emerged by the last point),
   0 (all has by the first), or NaN.  STATUS_MEMORY. */
enum status fit_constant(enum fit_curve curve, const struct fit_system *system,
                         const struct fit_data *data, struct fit *fit);

/* Set the curve with the constant of the prediction, > 0, against a skill; nothing is fitted.
   For FIT_TIME_AND_START the R(0) of the system is used.  STATUS_RANGE or STATUS_MEMORY. */
enum status fit_predict(enum fit_curve curve, const struct fit_system *system,
                        const struct fit_data *data, struct fit_prediction *prediction);

/* For each repeat the first resource at which its values pass a level upwards, interpolated.
   beyond[r] is 1 if they never do, and resource[r] the last that has a value; -1 if they have by
   the first that has one; else 0.  NaN for a repeat without a value. */
void fit_passages(const struct fit_data *data, double level, double *resource, int *beyond);

/* The rise between two levels, 0 < from < to < 1, over that of the curve which passes 1/2 where
   the repeat does, read at the same points; condensed over the repeats.  No constant is in it.
   STATUS_RANGE or STATUS_MEMORY. */
enum status fit_shape(enum fit_curve curve, const struct fit_system *system,
                      const struct fit_data *data, const double level[2], struct spread *ratio);

/* At each point the largest value of all repeats, the capacity; and the share of all repeats that
   are at the level or above, the trainability.  A run that diverged is not. */
void fit_widths(const struct fit_data *data, double level, double *best,
                struct spread *learned);

/* Set the two curves of a contest against the same skills: system[i] and data[i] belong to one
   skill, and all data have the same repeats.  Curves are fitted to one skill only.
   Statuses as in fit_constant. */
enum status fit_compare(int skills, const struct fit_system *system,
                        const struct fit_data *data, int resamples, struct stream *stream,
                        struct fit_contest *contest);

/* The rule: "too few repeats" below 8; "neither" if the better curve misses by more than
   0.1; name[better] if it wins in at least 95 % of the resamples; else "undecided". */
const char *fit_verdict(const struct fit_contest *contest, const char *const name[2]);

extern const struct entry fit_entries[];

#endif
