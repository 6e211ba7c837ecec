#ifndef SUMS_H
#define SUMS_H

#include "arithmetic.h"
#include <gsl/gsl_math.h>

/* Integral of F to epsabs or epsrel, whichever is easier; where rounding prevents that, to ten
   times as much.  NaN if it is missed. */
double sums_integrate(const gsl_function *F, double from, double to, double epsabs,
                      double epsrel);

/* gamma(n) of (eq:gregory) with its first 1 to 3 terms; vanishes at infinity. */
double sums_end_correction(const gsl_function *f, double n, int terms);

/* ln(1 + e^y), and w(u) = (1 + e^(u - lambda))^-2 with lambda = ln c, whatever c; u may be
   infinite. */
double sums_softplus(double y);
double sums_step(double lambda, double u);

/* int_b^inf u^power F^2 (1 - F) du, w = F^2; power > -1, b >= 0.  NaN if it is missed. */
double sums_step_integral(double power, double lambda, double b);

/* f(x) = P phi(P) with P = A x^-(alpha+1): the weight of skill x in a loss. */
struct sums_summand {
    double alpha, A;
    double rate, c; /* phi(P) = w(rate P) for c = S/R(0) - 1 > 0, (1 - P)^rate for c = 0 */
};

double sums_probability(const struct sums_summand *f, double x); /* P */

/* phi(P), and 1 - phi(P) without cancellation. */
double sums_lacking(const struct sums_summand *f, double P);
double sums_learned(const struct sums_summand *f, double P);

/* f(x), x > 0; f points to struct sums_summand, as in a gsl_function. */
double sums_weight(double x, void *f);

/* int_0^length e^(st) phi(P e^t) dt, s = alpha/(alpha+1), cut off where phi is negligible:
   (alpha+1)/(x P) times the integral of f up to skill x, whose probability is P. */
double sums_window(const struct sums_summand *f, double P, double length, double epsrel);

/* f(first) + ... + f(last), relative accuracy 1e-12; last may be infinite.  (eq:gregory) */
double sums_add(const struct sums_summand *f, double first, double last);

#endif
