#include "scaling.h"
#include "task.h"
#include <complex.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_lambert.h>
#include <gsl/gsl_sf_zeta.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>

enum status scaling_check(const struct scaling *s)
{
    bool valid = s->alpha > 0 && isfinite(s->alpha) && s->skills >= 0 && isfinite(s->target)
                 && s->initial > 0 && s->initial < s->target && s->rate > 0
                 && isfinite(s->rate) && s->target / s->initial <= 1e290;
    return valid ? STATUS_OK : STATUS_RANGE;
}

/* c = S/R(0) - 1 */
static double start_ratio(const struct scaling *s)
{
    return (s->target - s->initial) / s->initial;
}

/* f(x) = P phi(P) with P = A x^-(alpha+1): the weight of skill x in a loss. */
struct summand {
    double alpha, A;
    double rate; /* u = rate P: 2 eta S T for time, D for data */
    double c;    /* S/R(0) - 1 for time, 0 for data */
};

static double probability(const struct summand *f, double x)
{
    return f->A * pow(x, -(f->alpha + 1));
}

static double factor(const struct summand *f, double P)
{
    if (f->c > 0)
        return 1 / gsl_pow_2(1 + exp(f->rate * P) / f->c);
    return P < 1 ? exp(f->rate * log1p(-P)) : f->rate == 0;
}

static double value(const struct summand *f, double x)
{
    double P = probability(f, x);
    return P * factor(f, P);
}

/* Value of u beyond which phi is negligible against its value at u. */
static double negligible_from(const struct summand *f, double u)
{
    return f->c > 0 ? fmax(u, fmax(log(f->c), 0)) + 25 : u + 50;
}

/* sum plus f(first) + ... + f(last). */
static double add_directly(const struct summand *f, double first, double last, double sum)
{
    for (long k = lround(last); k >= lround(first); k--) {
        double P = probability(f, (double)k), phi = factor(f, P);
        sum += P * phi;
        if (phi <= 1e-18 * sum)
            break;
    }
    return sum;
}

/* gamma(n) of (eq:gregory); vanishes at infinity. */
static double end_correction(const struct summand *f, double n)
{
    double v[6];
    if (isinf(n))
        return 0;
    for (int i = 0; i < 6; i++)
        v[i] = value(f, n - 2 + i);
    return -(v[3] - v[2]) / 24 + 17 * (v[4] - 3 * v[3] + 3 * v[2] - v[1]) / 5760
           - 367 * (v[5] - 5 * v[4] + 10 * v[3] - 10 * v[2] + 5 * v[1] - v[0]) / 967680;
}

/* A skill from which (eq:gregory) may be used, when the sum ends at last. */
static double smooth_from(const struct summand *f, double last)
{
    double far = negligible_from(f, f->rate * probability(f, last)), m = 256;
    while (m < 64 * (f->alpha + 1) * (1 + fmin(f->rate * probability(f, m), far)))
        m *= 1.25;
    return floor(m);
}

enum { INTERVALS = 400 };

/* Integral with relative tolerance epsrel, NaN if it is missed. */
static double integrate(double (*integrand)(double, void *), void *params, double from,
                        double to, double epsrel)
{
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(INTERVALS);
    gsl_function F = {integrand, params};
    double result = NAN, abserr = NAN;
    if (!w)
        return NAN;
    int status = gsl_integration_qag(&F, from, to, 0, epsrel, INTERVALS, GSL_INTEG_GAUSS31,
                                     w, &result, &abserr);
    gsl_integration_workspace_free(w);
    bool rounded = status == GSL_EROUND && abserr <= 1e-11 * fabs(result);
    return status == GSL_SUCCESS || rounded ? result : NAN;
}

struct window {
    const struct summand *f;
    double P; /* probability at its upper end */
};

static double window_integrand(double t, void *params)
{
    const struct window *w = params;
    double s = w->f->alpha / (w->f->alpha + 1);
    return exp(s * t) * factor(w->f, w->P * exp(t));
}

/* int_0^length e^(st) phi(P e^t) dt, cut off where phi is negligible. */
static double integrate_window(const struct summand *f, double P, double length)
{
    struct window w = {f, P};
    double u = f->rate * P, far = log(negligible_from(f, u) / u);
    return integrate(window_integrand, &w, 0, fmin(length, far), 1e-13);
}

enum { TERMS = 24 };

/* term[j] = a_j P^j, the expansion of phi about P = 0. */
static void expand_factor(const struct summand *f, double P, double term[TERMS])
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

static double integrate_series(const struct summand *f, double y, double z)
{
    double term[TERMS], sum = 0, P = probability(f, y), beta = f->alpha + 1;
    expand_factor(f, P, term);
    for (int j = TERMS - 1; j >= 0; j--) {
        double exponent = f->alpha + j * beta;
        sum -= term[j] * expm1(-exponent * log(z / y)) / exponent;
    }
    return y * P * sum;
}

/* int_y^z f(x) dx, y > 256; z may be infinite. */
static double integrate_summand(const struct summand *f, double y, double z)
{
    double beta = f->alpha + 1, middle = pow(2 * f->rate * f->A, 1 / beta), sum = 0;
    if (y < middle) {
        double end = fmin(z, middle), P = probability(f, end);
        sum = end * P / beta * integrate_window(f, P, beta * log(end / y));
    }
    if (z > middle)
        sum += integrate_series(f, fmax(y, middle), z);
    return sum;
}

/* f(first) + ... + f(last); last may be infinite.  (eq:gregory) */
static double sum_skills(const struct summand *f, double first, double last)
{
    last = floor(fmin(last, exp(745 / (f->alpha + 1))));
    double m = fmax(smooth_from(f, last), first - 1);
    if (last - m < 64)
        return add_directly(f, first, last, 0);
    if (last > INT_MAX)
        last = INFINITY;
    double rest = integrate_summand(f, m + 0.5, last + 0.5) + end_correction(f, last)
                  - end_correction(f, m);
    return add_directly(f, first, m, rest);
}

static struct summand time_summand(const struct scaling *s, double time)
{
    return (struct summand){s->alpha, task_normaliser(s->alpha, s->skills),
                            2 * s->rate * s->target * time, start_ratio(s)};
}

static double count(const struct scaling *s) /* of skills */
{
    return s->skills > 0 ? (double)s->skills : HUGE_VAL; /* INFINITY is a float */
}

/* sum_{k > N} P_s(k) */
static double probability_beyond(const struct scaling *s, int N)
{
    struct summand f = {s->alpha, task_normaliser(s->alpha, s->skills), 0, 0};
    if (s->skills == 0)
        return f.A * gsl_sf_hzeta(s->alpha + 1, N + 1.0);
    return N < s->skills ? sum_skills(&f, N + 1.0, s->skills) : 0;
}

double scaling_time_loss(const struct scaling *s, double time)
{
    if (scaling_check(s) || !(time >= 0) || !isfinite(time * s->rate * s->target))
        return NAN;
    struct summand f = time_summand(s, time);
    return gsl_pow_2(s->target) / 2 * sum_skills(&f, 1, count(s));
}

double scaling_data_loss(const struct scaling *s, double samples)
{
    if (scaling_check(s) || !(samples >= 0) || !isfinite(samples))
        return NAN;
    struct summand f = {s->alpha, task_normaliser(s->alpha, s->skills), samples, 0};
    return gsl_pow_2(s->target - s->initial) / 2 * sum_skills(&f, 1, count(s));
}

double scaling_parameter_loss(const struct scaling *s, int parameters)
{
    if (scaling_check(s) || parameters < 0)
        return NAN;
    return gsl_pow_2(s->target) / 2 * probability_beyond(s, parameters);
}

double scaling_compute_loss(const struct scaling *s, int parameters, double time)
{
    if (scaling_check(s) || parameters < 0 || !(time >= 0)
        || !isfinite(time * s->rate * s->target))
        return NAN;
    struct summand f = time_summand(s, time);
    double learned = sum_skills(&f, 1, fmin(parameters, count(s)));
    return gsl_pow_2(s->target) / 2 * (learned + probability_beyond(s, parameters));
}

static double complex rotated_power(double sigma, double complex z) /* (z/i)^-sigma */
{
    return cexp(sigma * (I * M_PI_2 - clog(z)));
}

/* Re[i^sigma zeta(sigma, 1/2 - i l/(2 pi))], given 1 - sigma as well. */
static double rotated_zeta(double sigma, double complement, double l)
{
    static const double bernoulli[] = {1. / 12, -1. / 720, 1. / 30240, -1. / 1209600,
                                       1. / 47900160, -691. / 1307674368000,
                                       1. / 74724249600, -3617. / 10670622842880000};
    double complex a = 0.5 - I * l / (2 * M_PI), z = a + 12;
    double complex power = rotated_power(sigma, z), term = sigma * power / z;
    double theta = M_PI_2 - carg(z);
    double sum = -pow(cabs(z), complement) * sin(complement * theta) / complement;
    for (int n = 0; n < 12; n++)
        sum += creal(rotated_power(sigma, a + n));
    sum += creal(power) / 2;
    for (int j = 0; j < 8; j++) {
        sum += bernoulli[j] * creal(term);
        term *= (sigma + 2 * j + 1) * (sigma + 2 * j + 2) / (z * z);
    }
    return sum;
}

static double time_integral_by_series(double s, double c) /* c <= 1/2 */
{
    double sum = 0;
    for (int n = 64; n >= 2; n--)
        sum += (n % 2 ? -1 : 1) * (n - 1) * pow(c, n) * pow(n, -s);
    return gsl_sf_gamma(s) * sum;
}

static double time_integral_by_inversion(double alpha, double c)
{
    double q = 1 / (alpha + 1), s = alpha / (alpha + 1), l = log(c);
    double braces = rotated_zeta(1 + q, -q, l) / (2 * M_PI) - rotated_zeta(q, s, l) / q;
    return 2 * pow(2 * M_PI, -q) * M_PI * q / sin(M_PI * fmin(q, s)) * braces;
}

double scaling_time_integral(double alpha, double c)
{
    if (!(alpha > 0 && alpha <= 10) || !(c > 0 && c <= 1e290))
        return NAN;
    return c <= 0.5 ? time_integral_by_series(alpha / (alpha + 1), c)
                    : time_integral_by_inversion(alpha, c);
}

struct fermi {
    double s, c;
};

static double fermi_integrand(double t, void *params)
{
    const struct fermi *f = params;
    double X = exp(exp(t)) / f->c; /* F^2 (1 - F) = X / (1 + X)^3 */
    return exp((f->s + 1) * t) / gsl_pow_2(1 + X) / (1 + 1 / X);
}

double scaling_time_integral_by_quadrature(double alpha, double c)
{
    if (!(alpha > 0) || !isfinite(alpha) || !(c > 0 && c <= 1e290))
        return NAN;
    struct fermi f = {alpha / (alpha + 1), c};
    double end = log(fmax(log(c), 0) + 25);
    return 2 / f.s * integrate(fermi_integrand, &f, end - 45, end, 1e-13);
}

/* A^(1/(alpha+1)) / (alpha+1) */
static double density_of_skills(const struct scaling *s)
{
    return pow(task_normaliser(s->alpha, s->skills), 1 / (s->alpha + 1)) / (s->alpha + 1);
}

double scaling_time_constant(const struct scaling *s)
{
    if (scaling_check(s))
        return NAN;
    double c = start_ratio(s), exponent = s->alpha / (s->alpha + 1);
    double J = s->alpha <= 10 ? scaling_time_integral(s->alpha, c)
                               : scaling_time_integral_by_quadrature(s->alpha, c);
    return gsl_pow_2(s->target) / 2 * density_of_skills(s) * J
           * pow(2 * s->rate * s->target, -exponent);
}

double scaling_time_law(const struct scaling *s, double time)
{
    double exponent = s->alpha / (s->alpha + 1);
    return time >= 0 ? scaling_time_constant(s) * pow(time, -exponent) : NAN;
}

struct ray {
    double alpha, c;
    double angle; /* of the argument of w, downwards */
    double decay; /* 2 pi rho sin(angle/(alpha+1)) */
};

static double ray_integrand(double t, void *params)
{
    const struct ray *r = params;
    double u = exp(t), X = exp(u * cos(r->angle)) / r->c, v = u * sin(r->angle);
    double w = 1 / (gsl_pow_2(1 + X * cos(v)) + gsl_pow_2(X * sin(v)));
    return exp(r->alpha / (r->alpha + 1) * t) * w
           / expm1(r->decay * exp(-t / (r->alpha + 1)));
}

/* The integral of (eq:time-bound-sharp), u = e^t, from where the exponential
   overflows to where w is negligible even at the largest of the integrand. */
static double integrate_on_ray(const struct ray *r)
{
    double beta = r->alpha + 1, slope = 2 * cos(r->angle);
    double summit = pow(r->decay / beta / slope, beta / (beta + 1));
    double from = beta * log(r->decay / 700);
    double to = log((fmax(log(r->c), 0) + 40) / cos(r->angle) + 4 * summit);
    struct ray params = *r;
    return from < to ? 1.0001 * integrate(ray_integrand, &params, from, to, 1e-6) : 0;
}

double scaling_time_bound_sharp(const struct scaling *s, double time)
{
    if (scaling_check(s) || !(time >= 0) || !isfinite(time * s->rate * s->target))
        return NAN;
    if (time == 0)
        return INFINITY;
    struct summand f = time_summand(s, time);
    double beta = f.alpha + 1, rho = pow(f.A * f.rate, 1 / beta), least = INFINITY;
    double widest = fmin(atan2(M_PI, log(f.c)), M_PI_2);
    for (int i = 2; i <= 4; i++) {
        struct ray r = {f.alpha, f.c, 0.2 * i * widest, 0};
        r.decay = 2 * M_PI * rho * sin(r.angle / beta);
        least = fmin(least, integrate_on_ray(&r));
    }
    return gsl_pow_2(s->target) * least * rho / (f.rate * beta);
}

double scaling_time_bound_simple(const struct scaling *s, double time)
{
    if (scaling_check(s) || !(time >= 0) || !isfinite(time * s->rate * s->target))
        return NAN;
    double W = gsl_sf_lambert_W0(start_ratio(s) / (2 * sqrt(M_E)));
    return s->target / (4 * s->rate * time) * W * W / (W + 0.5);
}

static double tail_bound(const struct scaling *s) /* without phi(0) */
{
    if (s->skills == 0)
        return 0;
    return scaling_parameter_constant(s) * pow(s->skills, -s->alpha);
}

double scaling_time_bound(const struct scaling *s, double time)
{
    double simple = scaling_time_bound_simple(s, time), start = 1 - s->initial / s->target;
    double sharp = scaling_time_bound_sharp(s, time);
    return simple >= 0 ? fmin(simple, sharp) + gsl_pow_2(start) * tail_bound(s) : NAN;
}

double scaling_data_constant(const struct scaling *s)
{
    if (scaling_check(s))
        return NAN;
    return gsl_pow_2(s->target - s->initial) / 2 * density_of_skills(s)
           * gsl_sf_gamma(s->alpha / (s->alpha + 1));
}

double scaling_data_law(const struct scaling *s, double samples)
{
    double exponent = s->alpha / (s->alpha + 1);
    return samples >= 0 ? scaling_data_constant(s) * pow(samples, -exponent) : NAN;
}

double scaling_data_bound(const struct scaling *s, double samples)
{
    double D = samples, exponent = s->alpha / (s->alpha + 1);
    double law = scaling_data_law(s, D), start = 1 - s->initial / s->target;
    if (!(D >= 0) || isinf(D) || isnan(law) || D == 0)
        return D == 0 ? law : NAN;
    double sum = exp(-D * log1p(1 / D)) / (D + 1) * gsl_pow_2(s->target - s->initial) / 2;
    double power = law * -expm1(-exponent * log1p(1 / D));
    return sum + power + gsl_pow_2(start) * tail_bound(s);
}

double scaling_parameter_constant(const struct scaling *s)
{
    if (scaling_check(s))
        return NAN;
    return gsl_pow_2(s->target) * task_normaliser(s->alpha, s->skills) / (2 * s->alpha);
}

double scaling_parameter_law(const struct scaling *s, int parameters)
{
    double constant = scaling_parameter_constant(s);
    return parameters >= 0 ? constant * pow(parameters, -s->alpha) : NAN;
}

double scaling_parameter_bound(const struct scaling *s, int parameters)
{
    return scaling_parameter_law(s, parameters) * s->alpha / (2.0 * parameters)
           + tail_bound(s);
}

struct ray_of_compute {
    double alpha, c;
};

static struct summand ray_summand(const struct ray_of_compute *r, double y)
{
    return (struct summand){r->alpha, 1, exp(y), r->c};
}

/* s H(b), b = e^y */
static double scaled_H(const struct ray_of_compute *r, double y)
{
    struct summand f = ray_summand(r, y);
    return r->alpha / (r->alpha + 1) * integrate_window(&f, 1, INFINITY);
}

/* Logarithm of the constant of (eq:compute-law), up to one that is fixed. */
static double log_constant(double y, void *params)
{
    const struct ray_of_compute *r = params;
    return r->alpha / (r->alpha + 2) * y + log1p(scaled_H(r, y));
}

/* Q(b) of (eq:compute-optimum) */
static double stationarity(double y, void *params)
{
    const struct ray_of_compute *r = params;
    struct summand f = ray_summand(r, y);
    return r->alpha + 1 - (r->alpha + 2) * factor(&f, 1) - scaled_H(r, y);
}

struct bracket {
    double low, middle, high; /* the function is least in the middle */
};

static enum status bracket_optimum(struct ray_of_compute *r, struct bracket *y)
{
    y->middle = log1p(fmax(log(r->c), 0));
    y->high = y->middle + 0.01;
    double least = log_constant(y->middle, r);
    for (int i = 0; i < 60; i++) {
        y->low = y->middle - 2 * (y->high - y->middle);
        double next = log_constant(y->low, r);
        if (isnan(next) || isnan(least))
            return STATUS_CONVERGENCE;
        if (next > least)
            return STATUS_OK;
        y->high = y->middle;
        y->middle = y->low;
        least = next;
    }
    return STATUS_CONVERGENCE;
}

/* Narrow the bracket by Brent's method until it is no wider than epsabs. */
static enum status narrow_bracket(struct ray_of_compute *r, struct bracket *y,
                                  double epsabs)
{
    gsl_min_fminimizer *search = gsl_min_fminimizer_alloc(gsl_min_fminimizer_brent);
    gsl_function F = {log_constant, r};
    if (!search)
        return STATUS_MEMORY;
    int status = gsl_min_fminimizer_set(search, &F, y->middle, y->low, y->high);
    for (int i = 0; i < 200 && status == GSL_SUCCESS && y->high - y->low > epsabs; i++) {
        status = gsl_min_fminimizer_iterate(search);
        y->low = gsl_min_fminimizer_x_lower(search);
        y->high = gsl_min_fminimizer_x_upper(search);
        y->middle = gsl_min_fminimizer_x_minimum(search);
    }
    gsl_min_fminimizer_free(search);
    return status == GSL_SUCCESS ? STATUS_OK : STATUS_CONVERGENCE;
}

/* Zero of Q in the bracket. */
static enum status solve_optimum(struct ray_of_compute *r, struct bracket *y)
{
    gsl_root_fsolver *search = gsl_root_fsolver_alloc(gsl_root_fsolver_brent);
    gsl_function F = {stationarity, r};
    if (!search)
        return STATUS_MEMORY;
    int status = gsl_root_fsolver_set(search, &F, y->low, y->high), more = GSL_CONTINUE;
    for (int i = 0; i < 200 && status == GSL_SUCCESS && more == GSL_CONTINUE; i++) {
        status = gsl_root_fsolver_iterate(search);
        more = gsl_root_test_interval(gsl_root_fsolver_x_lower(search),
                                      gsl_root_fsolver_x_upper(search), 1e-13, 1e-15);
    }
    y->middle = gsl_root_fsolver_root(search);
    gsl_root_fsolver_free(search);
    return status == GSL_SUCCESS && more == GSL_SUCCESS ? STATUS_OK : STATUS_CONVERGENCE;
}

/* y = ln b* */
static enum status find_optimum(const struct scaling *s, double *y)
{
    struct bracket bracket;
    struct ray_of_compute r = {s->alpha, start_ratio(s)};
    enum status status = bracket_optimum(&r, &bracket);
    if (!status)
        status = narrow_bracket(&r, &bracket, 0.01);
    bracket.low -= 0.001;
    bracket.high += 0.001;
    if (!status)
        status = solve_optimum(&r, &bracket);
    *y = bracket.middle;
    return status;
}

static double log_kappa(const struct scaling *s, double y)
{
    return y - log(2 * s->rate * s->target * task_normaliser(s->alpha, s->skills));
}

double scaling_kappa(const struct scaling *s)
{
    double y;
    if (scaling_check(s) || find_optimum(s, &y) || log_kappa(s, y) < -690)
        return NAN;
    return exp(log_kappa(s, y));
}

double scaling_kappa_by_minimisation(const struct scaling *s)
{
    struct bracket y;
    struct ray_of_compute r = {s->alpha, scaling_check(s) ? NAN : start_ratio(s)};
    if (scaling_check(s) || bracket_optimum(&r, &y) || narrow_bracket(&r, &y, 1e-7))
        return NAN;
    return exp(log_kappa(s, y.middle));
}

double scaling_compute_constant(const struct scaling *s)
{
    double y;
    if (scaling_check(s) || find_optimum(s, &y))
        return NAN;
    struct ray_of_compute r = {s->alpha, start_ratio(s)};
    struct summand f = ray_summand(&r, y);
    return gsl_pow_2(s->target) / 2 * exp(s->alpha / (s->alpha + 2) * log_kappa(s, y))
           * task_normaliser(s->alpha, s->skills) * (s->alpha + 2) / s->alpha
           * (1 - factor(&f, 1));
}

double scaling_compute_law(const struct scaling *s, double compute)
{
    double exponent = s->alpha / (s->alpha + 2);
    return compute >= 0 ? scaling_compute_constant(s) * pow(compute, -exponent) : NAN;
}

struct frontier {
    const struct scaling *settings;
    double compute, loss; /* best so far */
    int N;
};

static double learn(const struct frontier *f, double N, double at)
{
    return scaling_compute_loss(f->settings, (int)N, f->compute / at);
}

static double try_model(struct frontier *f, int N)
{
    double loss = learn(f, N, N);
    if (loss < f->loss) {
        f->loss = loss;
        f->N = N;
    }
    return loss;
}

/* Find the best N of first..last by (eq:frontier-bound). */
static void search_block(struct frontier *f, int first, int last)
{
    if (last - first < 2) {
        try_model(f, first);
        try_model(f, last);
    } else if (learn(f, last, first) < f->loss * (1 - 1e-14)) {
        int middle = first + (last - first) / 2;
        search_block(f, middle + 1, last);
        search_block(f, first, middle);
    }
}

static void search_by_thirds(struct frontier *f, int low, int high)
{
    while (high - low > 2) {
        int third = (high - low) / 3;
        if (try_model(f, low + third) <= try_model(f, high - third))
            high -= third;
        else
            low += third;
    }
}

enum { LARGEST_MODEL = 1 << 29 };

static int largest_model(const struct frontier *f)
{
    int skills = f->settings->skills, N = 1;
    if (skills > 0)
        return skills;
    while (N < LARGEST_MODEL && scaling_time_loss(f->settings, f->compute / N) < f->loss)
        N *= 2;
    return N;
}

enum status scaling_frontier(const struct scaling *s, double compute, int *parameters,
                             double *loss)
{
    struct frontier f = {s, compute, INFINITY, 1};
    if (scaling_check(s) || !(compute >= 0) || !isfinite(compute * s->rate * s->target))
        return STATUS_RANGE;
    int last = s->skills > 0 ? s->skills : LARGEST_MODEL;
    for (int N = 1; N <= last / 2; N *= 2)
        try_model(&f, N);
    search_by_thirds(&f, 1 + f.N / 2, (int)fmin(2.0 * f.N, last));
    last = largest_model(&f);
    for (int N = 1; N <= last; N = N > last / 2 ? last + 1 : 2 * N)
        search_block(&f, N, (int)fmin(2.0 * N - 1, last));
    double limit = gsl_pow_2(s->target - s->initial) / 2;
    bool unbounded = s->skills == 0 && f.loss >= limit * (1 - 1e-14);
    *loss = unbounded ? limit : f.loss;
    *parameters = unbounded ? 0 : f.N;
    if (s->skills == 0 && last == LARGEST_MODEL && !unbounded)
        return STATUS_RANGE;
    return isfinite(*loss) ? STATUS_OK : STATUS_CONVERGENCE;
}

static const double audit_alpha[] = {0.05, 0.3385, 0.6, 2.385, 5};
static const int audit_skills[] = {1, 2, 255, 256, 257, 321, 2385, 30011};
static const double audit_initial[] = {2.385e-9, 0.02385, 0.385, 2.1};
enum { ALPHAS = 5, SKILLS = 8, INITIALS = 4 };

static double difference(double a, double b) /* relative to b */
{
    return a == b ? 0 : fabs(a / b - 1);
}

/* sum_k P_k (S - R_k)^2 / 2 with R_k on the logistic for k <= N, 0 beyond. */
static double add_up_time(const struct scaling *s, int N, double T)
{
    double A = task_normaliser(s->alpha, s->skills), c = s->target / s->initial - 1;
    double sum = 0;
    for (int k = s->skills; k >= 1; k--) {
        double P = A * pow(k, -s->alpha - 1), e = c * exp(-2 * s->rate * s->target * P * T);
        double missing = k <= N ? s->target * e / (1 + e) : s->target;
        sum += P * missing * missing / 2;
    }
    return sum;
}

/* Largest relative difference over a grid of settings, T and N. */
static double audit_time_sum(bool all_parameters)
{
    static const double T[] = {0, 0.02385, 2.385, 238.5, 2.385e4, 2.385e7};
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int n = 0; n < SKILLS; n++)
            for (int t = 0; t < 6; t++) {
                struct scaling s = {audit_alpha[a], audit_skills[n], 2.385,
                                    audit_initial[n % INITIALS], 0.385};
                int N = all_parameters ? s.skills : s.skills / 3;
                double sum = add_up_time(&s, N, T[t]);
                double loss = all_parameters ? scaling_time_loss(&s, T[t])
                                             : scaling_compute_loss(&s, N, T[t]);
                if (sum > 1e-290)
                    worst = entry_worse(worst, difference(loss, sum));
            }
    return worst;
}

static double audit_time_loss(void)
{
    return audit_time_sum(true);
}

static double audit_compute_loss(void)
{
    return audit_time_sum(false);
}

static double audit_data_loss(void)
{
    static const double D[] = {0, 1, 2.385, 239, 2385, 23850};
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int n = 0; n < SKILLS; n++)
            for (int d = 0; d < 6; d++) {
                struct scaling s = {audit_alpha[a], audit_skills[n], 2.385, 0.385, 1};
                double A = task_normaliser(s.alpha, s.skills), sum = 0;
                for (int k = s.skills; k >= 1; k--) {
                    double P = A * pow(k, -s.alpha - 1);
                    sum += 2 * P * (double)powl(1 - (long double)P, D[d]);
                }
                if (sum > 1e-290)
                    worst = entry_worse(worst, difference(scaling_data_loss(&s, D[d]), sum));
            }
    return worst;
}

static double audit_parameter_loss(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int n = 0; n < SKILLS; n++)
            for (int N = 0; N <= audit_skills[n]; N += 1 + audit_skills[n] / 7) {
                struct scaling s = {audit_alpha[a], audit_skills[n], 2.385, 0.385, 1};
                double sum = 0, A = task_normaliser(s.alpha, s.skills);
                for (int k = s.skills; k > N; k--)
                    sum += A * pow(k, -s.alpha - 1);
                double loss = scaling_parameter_loss(&s, N);
                worst = entry_worse(worst, difference(loss, gsl_pow_2(2.385) / 2 * sum));
            }
    return worst;
}

/* (eq:gregory) from 64 to 192 for x^-3.385. */
static double gregory_of_power(void)
{
    struct summand f = {2.385, 1, 0, 0};
    double integral = (pow(64.5, -2.385) - pow(192.5, -2.385)) / 2.385;
    double sum = integral + end_correction(&f, 192) - end_correction(&f, 64);
    return difference(sum, add_directly(&f, 65, 192, 0));
}

/* (eq:gregory) from 2 to 5 for x^6: 3^6 + 4^6 + 5^6. */
static double gregory_of_polynomial(void)
{
    struct summand f = {-7, 1, 0, 0};
    double integral = (pow(5.5, 7) - pow(2.5, 7)) / 7;
    return difference(integral + end_correction(&f, 5) - end_correction(&f, 2), 20450);
}

/* First 2e5 skills by addition, the rest by two Hurwitz zeta functions. */
static double audit_gregory(void)
{
    static const double T[] = {0.02385, 2.385, 238.5};
    double worst = entry_worse(gregory_of_power(), gregory_of_polynomial());
    for (int a = 2; a < ALPHAS; a++)
        for (int t = 0; t < 3; t++) {
            struct scaling s = {audit_alpha[a], 0, 2.385, 0.02385, 0.385};
            struct summand f = time_summand(&s, T[t]);
            double F = 1 - s.initial / s.target, sum = 0, beta = s.alpha + 1, m = 200000;
            for (int k = 200000; k >= 1; k--)
                sum += value(&f, k);
            sum += f.A * F * F * gsl_sf_hzeta(beta, m + 1);
            sum -= 2 * F * F * (1 - F) * f.rate * f.A * f.A * gsl_sf_hzeta(2 * beta, m + 1);
            double loss = scaling_time_loss(&s, T[t]) / gsl_pow_2(s.target) * 2;
            worst = entry_worse(worst, difference(loss, sum));
        }
    return worst;
}

static double audit_closed_form(void)
{
    static const double alpha[] = {0.05, 0.3, 0.6385, 0.9, 2.385, 5, 7.385, 10};
    double worst = 0;
    for (int a = 0; a < 8; a++)
        for (int i = 0; i < 28; i++) {
            double c = 0.1 * pow(2.385, i);
            double J = scaling_time_integral_by_quadrature(alpha[a], c);
            worst = entry_worse(worst, difference(scaling_time_integral(alpha[a], c), J));
        }
    return worst;
}

static double audit_fermi_zeta(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < 7; i++) {
            double c = 0.3385 + 0.025 * i;
            double alpha = audit_alpha[a], J = time_integral_by_inversion(alpha, c);
            double series = time_integral_by_series(alpha / (alpha + 1), c);
            worst = entry_worse(worst, difference(J, series));
        }
    return worst;
}

static double audit_time_law(void)
{
    static const double alpha[] = {0.6, 0.9, 2.385, 5}, T[] = {2385, 1e4, 4e6, 1e13};
    double worst = 0;
    for (int a = 0; a < 4; a++) {
        struct scaling s = {alpha[a], 0, 5, 0.02385, 0.385};
        struct summand f = time_summand(&s, T[a]);
        double F = 1 - s.initial / s.target, m = 1e6, p = f.alpha + 1;
        double slope = 2 * F * F * (1 - F) * f.rate;
        double sum = F * F * f.A * gsl_sf_hzeta(p, m + 1);
        sum -= slope * f.A * f.A * gsl_sf_hzeta(2 * p, m + 1);
        for (int k = 1000000; k >= 1; k--)
            sum += value(&f, k);
        worst = entry_worse(worst, difference(scaling_time_law(&s, T[a]), sum * 12.5));
    }
    return worst;
}

/* Error over bound, the error reduced by what rounding may contribute. */
static double exceed(double exact, double law, double bound)
{
    return isinf(bound) ? 0 : (fabs(exact - law) - 2e-12 * law) / bound;
}

typedef double scaling_function(const struct scaling *, double);

/* Largest ratio of error to bound over settings and 27 values of a resource. */
static double exceed_at_most(scaling_function *exact, scaling_function *law,
                             scaling_function *bound, const int skills[3])
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int n = 0; n < 3; n++)
            for (int i = 0; i < INITIALS; i++)
                for (int j = 0; j < 27; j++) {
                    double x = 1e-3 * pow(3.1385, j);
                    struct scaling s = {audit_alpha[a], skills[n], 2.385, audit_initial[i],
                                        0.6385};
                    double ratio = exceed(exact(&s, x), law(&s, x), bound(&s, x));
                    worst = entry_worse(worst, ratio);
                }
    return worst;
}

static double audit_time_bound_sharp(void)
{
    static const int skills[3] = {0};
    return exceed_at_most(scaling_time_loss, scaling_time_law, scaling_time_bound_sharp,
                          skills);
}

/* The simple bound over infinitely many skills, and its maximum of u w(u). */
static double audit_time_bound_simple(void)
{
    static const int skills[3] = {0};
    double worst = exceed_at_most(scaling_time_loss, scaling_time_law,
                                  scaling_time_bound_simple, skills);
    for (int i = 0; i < INITIALS; i++) {
        struct scaling s = {0.6385, 0, 2.385, audit_initial[i], 0.385};
        double c = start_ratio(&s), largest = 0;
        for (int j = 0; j < 40000; j++)
            largest = fmax(largest, j / 1000. / gsl_pow_2(1 + exp(j / 1000.) / c));
        double bound = scaling_time_bound_simple(&s, 0.6385) * 4 * 0.385 * 0.6385 / 2.385;
        if (!(difference(bound, largest) < 1e-6))
            return NAN;
    }
    return worst;
}

/* The exact loss against the Beta function, and the law against its next
   order: L ~ A_D D^-s [1 - s(s+1)/(2D)], up to O(1/D^2). */
static double audit_data_law(void)
{
    static const double alpha[] = {0.3385, 0.6, 0.9};
    double worst = 0;
    for (int a = 0; a < 3; a++) {
        struct scaling s = {alpha[a], 0, 2.385, 0.02385, 1};
        double e = alpha[a] / (alpha[a] + 1), D = 238500;
        double beta = scaling_data_constant(&s) / gsl_sf_gamma(e + 1), sum = 0;
        for (int j = 1; j <= D; j++)
            beta *= j / (j + e);
        double A = task_normaliser(alpha[a], 0), m = 1e6, p = alpha[a] + 1;
        for (int k = 1000000; k >= 1; k--)
            sum += A * pow(k, -p) * exp(D * log1p(-A * pow(k, -p)));
        for (int j = 0; j < 12; j++) {
            double tail = pow(A, j + 1) * gsl_sf_hzeta((j + 1) * p, m + 1);
            sum += pow(-D, j) / tgamma(j + 1) * tail;
        }
        sum *= gsl_pow_2(s.target - s.initial) / 2;
        double next = scaling_data_law(&s, D) * (1 - e * (e + 1) / (2 * D));
        worst = entry_worse(worst, fmax(difference(beta, sum), difference(next, sum)));
    }
    return worst;
}

static double audit_data_bound(void)
{
    static const int skills[3] = {0, 38, 100003};
    return exceed_at_most(scaling_data_loss, scaling_data_law, scaling_data_bound, skills);
}

static double audit_finite_skills(void)
{
    static const int skills[3] = {3, 38, 100003};
    double worst = exceed_at_most(scaling_time_loss, scaling_time_law, scaling_time_bound,
                                  skills);
    for (int a = 0; a < ALPHAS; a++)
        for (int n = 0; n < 3; n++) {
            struct scaling s = {audit_alpha[a], skills[n], 2.385, 0.02385, 0.385};
            double tail = task_normaliser(s.alpha, s.skills)
                          * gsl_sf_hzeta(s.alpha + 1, s.skills + 1.0);
            tail *= gsl_pow_2(s.target) / 2;
            worst = entry_worse(worst, tail / tail_bound(&s));
        }
    return worst;
}

static double audit_parameter_law(void)
{
    static const int skills[] = {0, 38, 100003};
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int n = 0; n < 3; n++)
            for (int N = 1; N < 200000; N += 1 + N / 3) {
                struct scaling s = {audit_alpha[a], skills[n], 2.385, 0.02385, 0.385};
                double law = scaling_parameter_law(&s, N);
                worst = entry_worse(worst, exceed(scaling_parameter_loss(&s, N), law,
                                           scaling_parameter_bound(&s, N)));
                if (skills[n] == 0 && scaling_parameter_loss(&s, N) > law)
                    return NAN;
            }
    return worst;
}

/* (S^2/2) [A/alpha + h(kappa)], the loss on a ray times N^alpha. */
static double ray_constant(const struct scaling *s, double kappa)
{
    double A = task_normaliser(s->alpha, s->skills);
    struct ray_of_compute r = {s->alpha, start_ratio(s)};
    double b = 2 * s->rate * s->target * A * kappa;
    return gsl_pow_2(s->target) / 2 * A / s->alpha * (1 + scaled_H(&r, log(b)));
}

static double audit_compute_law(void)
{
    static const double kappa[] = {0.2385, 0.6385, 2.385, 23.85};
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < INITIALS; i++)
            for (int j = 0; j < 4; j++) {
                struct scaling s = {audit_alpha[a], 0, 2.385, audit_initial[i], 0.6385};
                double N = 23850.5, T = kappa[j] * pow(N, s.alpha + 1);
                double loss = scaling_compute_loss(&s, 23850, T) * pow(N, s.alpha);
                worst = entry_worse(worst, difference(loss, ray_constant(&s, kappa[j])));
            }
    return worst;
}

/* u^s F^2 (1 - F), with u^s (w(u)/2) left from the integration by parts */
static double head_integrand(double u, void *params)
{
    const struct fermi *f = params;
    double X = exp(u) / f->c;
    return pow(u, f->s) * X / gsl_pow_3(1 + X);
}

static double audit_h(void)
{
    static const double b[] = {0.2385, 2.385, 7.385};
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < 3; i++) {
            double alpha = audit_alpha[a], s = alpha / (alpha + 1), c = 6385;
            struct ray_of_compute r = {alpha, c};
            struct fermi f = {s, c};
            double head = (pow(b[i], s) / gsl_pow_2(1 + exp(b[i]) / c)
                           + 2 * integrate(head_integrand, &f, 0, b[i], 1e-12)) / s;
            double rest = (scaling_time_integral(alpha, c) - head) / pow(b[i], s);
            worst = entry_worse(worst, difference(scaled_H(&r, log(b[i])) / s, rest));
        }
    return worst;
}

static double audit_compute_optimum(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < INITIALS; i++) {
            struct scaling s = {audit_alpha[a], 2385, 2.385, audit_initial[i], 0.6385};
            double kappa = scaling_kappa_by_minimisation(&s);
            worst = entry_worse(worst, difference(kappa, scaling_kappa(&s)));
        }
    return worst;
}

static double audit_compute_constant(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < INITIALS; i++) {
            struct scaling s = {audit_alpha[a], 2385, 2.385, audit_initial[i], 0.6385};
            double kappa = scaling_kappa(&s), exponent = s.alpha / (s.alpha + 2);
            double constant = ray_constant(&s, kappa) * pow(kappa, exponent);
            worst = entry_worse(worst, difference(scaling_compute_constant(&s), constant));
        }
    return worst;
}

static double audit_frontier(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < 9; i++) {
            double C = i ? 0.02385 * pow(31.385, i - 1) : 0;
            struct scaling s = {audit_alpha[a], 138, 2.385, audit_initial[a % INITIALS], 1};
            double least = INFINITY, loss;
            int N;
            for (int n = 1; n <= 138; n++)
                least = fmin(least, add_up_time(&s, n, C / n));
            if (scaling_frontier(&s, C, &N, &loss))
                return NAN;
            double found = difference(add_up_time(&s, N, C / N), least);
            if (least > 1e-290)
                worst = entry_worse(worst, difference(loss, least) + found);
        }
    return worst;
}

const struct entry scaling_entries[] = {
    {"eq:time-loss", "against a loop over logistics", audit_time_loss, 2e-12},
    {"eq:data-loss", "against a loop over skills", audit_data_loss, 2e-12},
    {"eq:parameter-loss", "against a loop over skills", audit_parameter_loss, 2e-12},
    {"eq:compute-loss", "against a loop over skills", audit_compute_loss, 2e-12},
    {"eq:gregory", "against addition and Hurwitz zeta functions", audit_gregory, 2e-12},
    {"eq:time-law", "against the sum at large times", audit_time_law, 2e-12},
    {"eq:closed-form", "against quadrature", audit_closed_form, 1e-12},
    {"eq:fermi-zeta", "against the series in c", audit_fermi_zeta, 1e-12},
    {"eq:time-bound-simple", "error over bound at most 1", audit_time_bound_simple, 1},
    {"eq:time-bound-sharp", "error over bound at most 1", audit_time_bound_sharp, 1},
    {"eq:data-law", "against the sum at many samples", audit_data_law, 1e-10},
    {"eq:data-bound", "error over bound at most 1", audit_data_bound, 1},
    {"eq:parameter-law", "error over bound at most 1", audit_parameter_law, 1},
    {"eq:finite-skills", "error over bound at most 1", audit_finite_skills, 1},
    {"eq:h", "against the complement to J", audit_h, 1e-10},
    {"eq:compute-law", "against the loss of a large model", audit_compute_law, 1e-6},
    {"eq:compute-optimum", "against minimisation of values", audit_compute_optimum, 1e-6},
    {"eq:compute-constant", "against the law on the optimal ray", audit_compute_constant,
     1e-11},
    {"eq:frontier-bound", "against trying every model", audit_frontier, 2e-12},
    {0}};
