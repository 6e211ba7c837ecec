#include "sums.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>

enum { INTERVALS = 400 };

double sums_integrate(const gsl_function *F, double from, double to, double epsabs,
                      double epsrel)
{
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(INTERVALS);
    double result = NAN, abserr = NAN;
    if (!w)
        return NAN;
    int status = gsl_integration_qag(F, from, to, epsabs, epsrel, INTERVALS,
                                     GSL_INTEG_GAUSS31, w, &result, &abserr);
    gsl_integration_workspace_free(w);
    bool rounded = status == GSL_EROUND && abserr <= 10 * epsrel * fabs(result);
    return status == GSL_SUCCESS || rounded ? result : NAN;
}

double sums_end_correction(const gsl_function *f, double n, int terms)
{
    double v[6] = {0};
    if (isinf(n))
        return 0;
    for (int i = 3 - terms; i < 3 + terms; i++)
        v[i] = GSL_FN_EVAL(f, n - 2 + i);
    double sum = -(v[3] - v[2]) / 24;
    if (terms > 1)
        sum += 17 * (v[4] - 3 * v[3] + 3 * v[2] - v[1]) / 5760;
    if (terms > 2)
        sum -= 367 * (v[5] - 5 * v[4] + 10 * v[3] - 10 * v[2] + 5 * v[1] - v[0]) / 967680;
    return sum;
}

double sums_softplus(double y)
{
    return fmax(y, 0) + log1p(exp(-fabs(y)));
}

double sums_step(double lambda, double u)
{
    return u == HUGE_VAL ? 0 : exp(-2 * sums_softplus(u - lambda));
}

struct fermi {
    double power, lambda;
};

/* u^power F^2 (1 - F) du with u = e^t */
static double fermi_integrand(double t, void *params)
{
    const struct fermi *f = params;
    double v = exp(t) - f->lambda;
    return exp((f->power + 1) * t - 2 * sums_softplus(v) - sums_softplus(-v));
}

double sums_step_integral(double power, double lambda, double b)
{
    struct fermi f = {power, lambda};
    gsl_function F = {fermi_integrand, &f};
    double to = log(fmax(lambda, 0) + 25);
    double from = fmax(b > 0 ? log(b) : -HUGE_VAL, to - 45 / (power + 1));
    return from < to ? sums_integrate(&F, from, to, 0, 1e-12) : 0;
}

double sums_lacking(const struct sums_summand *f, double P)
{
    if (f->c > 0)
        return 1 / gsl_pow_2(1 + exp(f->rate * P) / f->c);
    return P < 1 ? exp(f->rate * log1p(-P)) : f->rate == 0;
}

double sums_learned(const struct sums_summand *f, double P)
{
    if (f->c == 0)
        return P < 1 ? -expm1(f->rate * log1p(-P)) : f->rate != 0;
    double F = 1 / (1 + exp(f->rate * P) / f->c);
    return (1 + F) / (1 + f->c * exp(-f->rate * P)); /* 1 - F^2 */
}

double sums_probability(const struct sums_summand *f, double x)
{
    return f->A * pow(x, -(f->alpha + 1));
}

double sums_weight(double x, void *params)
{
    const struct sums_summand *f = params;
    double P = sums_probability(f, x);
    return P * sums_lacking(f, P);
}

/* Value of u beyond which phi is negligible against its value at u. */
static double negligible_from(const struct sums_summand *f, double u)
{
    return f->c > 0 ? fmax(u, fmax(log(f->c), 0)) + 25 : u + 50;
}

/* sum plus f(first) + ... + f(last). */
static double add_directly(const struct sums_summand *f, double first, double last, double sum)
{
    for (long k = lround(last); k >= lround(first); k--) {
        double P = sums_probability(f, (double)k), phi = sums_lacking(f, P);
        sum += P * phi;
        if (phi <= 1e-18 * sum)
            break;
    }
    return sum;
}

/* A skill from which (eq:gregory) may be used, when the sum ends at last. */
static double smooth_from(const struct sums_summand *f, double last)
{
    double far = negligible_from(f, f->rate * sums_probability(f, last)), m = 256;
    while (m < 64 * (f->alpha + 1) * (1 + fmin(f->rate * sums_probability(f, m), far)))
        m *= 1.25;
    return floor(m);
}

struct window {
    const struct sums_summand *f;
    double P; /* probability at its upper end */
};

static double window_integrand(double t, void *params)
{
    const struct window *w = params;
    double s = w->f->alpha / (w->f->alpha + 1);
    return exp(s * t) * sums_lacking(w->f, w->P * exp(t));
}

double sums_window(const struct sums_summand *f, double P, double length, double epsrel)
{
    struct window w = {f, P};
    gsl_function F = {window_integrand, &w};
    double u = f->rate * P, far = log(negligible_from(f, u) / u);
    return sums_integrate(&F, 0, fmin(length, far), 0, epsrel);
}

enum { TERMS = 24 };

/* term[j] = a_j P^j, the expansion of phi about P = 0. */
static void expand_lacking(const struct sums_summand *f, double P, double term[TERMS])
{
    double F[TERMS + 1] = {1 / (1 + 1 / f->c)}, u = f->rate * P;
    term[0] = 1;
    for (int j = 0; j < TERMS && f->c > 0; j++) {
        term[j] = 0;
        for (int i = 0; i <= j; i++)
            term[j] += F[i] * F[j - i];
        F[j + 1] = u * (term[j] - F[j]) / (j + 1);
    }
    for (int j = 1; j < TERMS && f->c == 0; j++)
        term[j] = -term[j - 1] * (f->rate - j + 1) / j * P;
}

static double integrate_series(const struct sums_summand *f, double y, double z)
{
    double term[TERMS] = {0}, sum = 0, P = sums_probability(f, y), beta = f->alpha + 1;
    expand_lacking(f, P, term);
    for (int j = TERMS - 1; j >= 0; j--) {
        double exponent = f->alpha + j * beta;
        sum -= term[j] * expm1(-exponent * log(z / y)) / exponent;
    }
    return y * P * sum;
}

/* int_y^z f(x) dx, y > 256; z may be infinite. */
static double integrate_skills(const struct sums_summand *f, double y, double z)
{
    double beta = f->alpha + 1, middle = pow(2 * f->rate * f->A, 1 / beta), sum = 0;
    if (y < middle) {
        double end = fmin(z, middle), P = sums_probability(f, end);
        sum = end * P / beta * sums_window(f, P, beta * log(end / y), 1e-13);
    }
    if (z > middle)
        sum += integrate_series(f, fmax(y, middle), z);
    return sum;
}

double sums_add(const struct sums_summand *f, double first, double last)
{
    struct sums_summand params = *f;
    gsl_function weight = {sums_weight, &params};
    last = floor(fmin(last, exp(745 / (f->alpha + 1))));
    double m = fmax(smooth_from(f, last), first - 1);
    if (last - m < 64)
        return add_directly(f, first, last, 0);
    if (last > INT_MAX)
        last = INFINITY;
    double rest = integrate_skills(f, m + 0.5, last + 0.5)
                  + sums_end_correction(&weight, last, 3) - sums_end_correction(&weight, m, 3);
    return add_directly(f, first, m, rest);
}
