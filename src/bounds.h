#ifndef BOUNDS_H
#define BOUNDS_H

#include "entry.h"
#include "scaling.h"
#include "status.h"
#include "sums.h"

enum bounds_resource { BOUNDS_TIME, BOUNDS_DATA, BOUNDS_PARAMETERS };

/* A loss, its power law, and the integral that stands for its sum. */
struct bounds {
    double loss;           /* exact */
    double law;            /* power law with its constant */
    double law_bound;      /* |loss - law| <= law_bound */
    double integral;       /* the sum over skills replaced, n_s and N as they are */
    double integral_bound; /* |loss - integral| <= integral_bound */
};

/* The loss of N = gamma n_s parameters of finitely many skills as a series in powers of N,
   whose normaliser is 1/zeta(alpha+1): one term, in N^-alpha, two, also in N^-2alpha, or
   three, also in N^-(alpha+1).  1 <= N < n_s.  NaN out of range.  (eq:share-of-skills) */
double bounds_parameter_series(const struct scaling *settings, int parameters, int terms);
/* Everything at T > 0 for a model of the first N >= 1 skills, parameters = 0: of all;
   at D >= 1; at N >= 1.  STATUS_RANGE if out of range, STATUS_CONVERGENCE if a
   quadrature fails.  The bounds hold for exact arithmetic; loss, law and integral
   are rounded, relative 1e-11.  (eq:finite-law, eq:beyond) */
enum status bounds_time(const struct scaling *settings, int parameters, double time,
                        struct bounds *bounds);
enum status bounds_data(const struct scaling *settings, double samples,
                        struct bounds *bounds);
enum status bounds_parameters(const struct scaling *settings, int parameters,
                              struct bounds *bounds);

/* One of them; x is an integer below 2^31 for parameters. */
enum status bounds_at(const struct scaling *settings, enum bounds_resource resource,
                      double x, struct bounds *bounds);

/* The sharp bound on |epsilon| in data, in the unit of a loss and without the parts of
   a finite n_s; infinite for D < 1, NaN out of range.  (eq:data-bound-sharp) */
double bounds_data_sharp(const struct scaling *settings, double samples);

/* The integral of P phi(P) up to skill N.  (eq:finite-law) */
double bounds_inside(const struct sums_summand *f, double N);

/* That integral and the n - N skills without phi, less the integral over all x: what is
   counted differently beyond N <= n.  (eq:beyond) */
double bounds_gap(const struct sums_summand *f, double N, double n);

/* Where |loss - law| <= fraction law, on the longest stretch; both are infinite if there
   is none, and to is infinite if it has no end.  proved: the least value of the resource
   at which law_bound <= fraction law, infinite if there is none. */
struct bounds_range {
    double from, to, proved;
};

/* 0 < fraction < 1.  The stretch of D and of N is one of integers.  STATUS_RANGE if out
   of range, STATUS_CONVERGENCE if a quadrature fails or the search does not end. */
enum status bounds_range(const struct scaling *settings, enum bounds_resource resource,
                         double fraction, struct bounds_range *range);

extern const struct entry bounds_entries[];

#endif
