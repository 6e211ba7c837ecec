#include "scaling.h"
#include "sums.h"
#include "task.h"
#include <complex.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_min.h>
#include <gsl/gsl_roots.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_lambert.h>
#include <gsl/gsl_sf_zeta.h>
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

static struct sums_summand time_summand(const struct scaling *s, double time)
{
    return (struct sums_summand){s->alpha, task_normaliser(s->alpha, s->skills),
                                    2 * s->rate * s->target * time, start_ratio(s)};
}

static double count(const struct scaling *s) /* of skills */
{
    return s->skills > 0 ? (double)s->skills : HUGE_VAL; /* INFINITY is a float */
}

double scaling_time_loss(const struct scaling *s, double time)
{
    if (scaling_check(s) || !(time >= 0) || !isfinite(time * s->rate * s->target))
        return NAN;
    struct sums_summand f = time_summand(s, time);
    return gsl_pow_2(s->target) / 2 * sums_add(&f, 1, count(s));
}

double scaling_data_loss(const struct scaling *s, double samples)
{
    if (scaling_check(s) || !(samples >= 0) || !isfinite(samples))
        return NAN;
    struct sums_summand f = {s->alpha, task_normaliser(s->alpha, s->skills), samples, 0};
    return gsl_pow_2(s->target - s->initial) / 2 * sums_add(&f, 1, count(s));
}

/* sum_{k > N} P_s(k) */
static double probability_beyond(const struct scaling *s, int N)
{
    struct sums_summand f = {s->alpha, task_normaliser(s->alpha, s->skills), 0, 0};
    if (s->skills == 0)
        return f.A * gsl_sf_hzeta(s->alpha + 1, N + 1.0);
    return N < s->skills ? sums_add(&f, N + 1.0, s->skills) : 0;
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
    struct sums_summand f = time_summand(s, time);
    double learned = sums_add(&f, 1, fmin(parameters, count(s)));
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

double scaling_time_integral_by_series(double alpha, double c)
{
    double s = alpha / (alpha + 1), sum = 0;
    for (int n = 64; n >= 2; n--)
        sum += (n % 2 ? -1 : 1) * (n - 1) * pow(c, n) * pow(n, -s);
    return gsl_sf_gamma(s) * sum;
}

double scaling_time_integral_by_inversion(double alpha, double c) /* (eq:fermi-zeta) */
{
    double q = 1 / (alpha + 1), s = alpha / (alpha + 1), l = log(c);
    double braces = rotated_zeta(1 + q, -q, l) / (2 * M_PI) - rotated_zeta(q, s, l) / q;
    return 2 * pow(2 * M_PI, -q) * M_PI * q / sin(M_PI * fmin(q, s)) * braces;
}

double scaling_time_integral(double alpha, double c)
{
    if (!(alpha > 0 && alpha <= 10) || !(c > 0 && c <= 1e290))
        return NAN;
    return c <= 0.5 ? scaling_time_integral_by_series(alpha, c)
                    : scaling_time_integral_by_inversion(alpha, c);
}

double scaling_time_integral_by_quadrature(double alpha, double c)
{
    if (!(alpha > 0) || !isfinite(alpha) || !(c > 0 && c <= 1e290))
        return NAN;
    double s = alpha / (alpha + 1);
    return 2 / s * sums_step_integral(s, log(c), 0);
}

double scaling_time_integral_small_start(double alpha, double c)
{
    double s = alpha / (alpha + 1), l = log(c);
    if (!(alpha > 0) || !(c > 1) || !isfinite(l) || !isfinite(alpha))
        return NAN;
    return pow(l, s) / s * (1 - s / l - M_PI * M_PI / 6 * s * (1 - s) / (l * l));
}

/* A^(1/(alpha+1)) / (alpha+1) */
static double density_of_skills(const struct scaling *s)
{
    return pow(task_normaliser(s->alpha, s->skills), 1 / (s->alpha + 1)) / (s->alpha + 1);
}

double scaling_time_constant(const struct scaling *s) /* A_T of (eq:time-law) */
{
    if (scaling_check(s))
        return NAN;
    double c = start_ratio(s), exponent = s->alpha / (s->alpha + 1);
    double J = s->alpha <= 10 ? scaling_time_integral(s->alpha, c)
                               : scaling_time_integral_by_quadrature(s->alpha, c);
    return gsl_pow_2(s->target) / 2 * density_of_skills(s) * J
           * pow(2 * s->rate * s->target, -exponent);
}

double scaling_data_constant(const struct scaling *s) /* A_D of (eq:data-law) */
{
    if (scaling_check(s))
        return NAN;
    return gsl_pow_2(s->target - s->initial) / 2 * density_of_skills(s)
           * gsl_sf_gamma(s->alpha / (s->alpha + 1));
}

double scaling_parameter_constant(const struct scaling *s) /* A_N of (eq:parameter-law) */
{
    if (scaling_check(s))
        return NAN;
    return gsl_pow_2(s->target) * task_normaliser(s->alpha, s->skills) / (2 * s->alpha);
}

double scaling_time_law(const struct scaling *s, double time)
{
    double exponent = s->alpha / (s->alpha + 1);
    return time >= 0 ? scaling_time_constant(s) * pow(time, -exponent) : NAN;
}

double scaling_data_law(const struct scaling *s, double samples)
{
    double exponent = s->alpha / (s->alpha + 1);
    return samples >= 0 ? scaling_data_constant(s) * pow(samples, -exponent) : NAN;
}

double scaling_parameter_law(const struct scaling *s, int parameters)
{
    double constant = scaling_parameter_constant(s);
    return parameters >= 0 ? constant * pow(parameters, -s->alpha) : NAN;
}

/* (eq:time-bound-simple) */
double scaling_time_bound_simple(const struct scaling *s, double time)
{
    if (scaling_check(s) || !(time >= 0) || !isfinite(time * s->rate * s->target))
        return NAN;
    double W = gsl_sf_lambert_W0(start_ratio(s) / (2 * sqrt(M_E)));
    return s->target / (4 * s->rate * time) * W * W / (W + 0.5);
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
    gsl_function F = {ray_integrand, &params};
    return from < to ? 1.0001 * sums_integrate(&F, from, to, 0, 1e-6) : 0;
}

double scaling_time_bound_sharp(const struct scaling *s, double time)
{
    if (scaling_check(s) || !(time >= 0) || !isfinite(time * s->rate * s->target))
        return NAN;
    if (time == 0)
        return INFINITY;
    struct sums_summand f = time_summand(s, time);
    double beta = f.alpha + 1, rho = pow(f.A * f.rate, 1 / beta), least = INFINITY;
    double widest = fmin(atan2(M_PI, log(f.c)), M_PI_2);
    for (int i = 2; i <= 4; i++) {
        struct ray r = {f.alpha, f.c, 0.2 * i * widest, 0};
        r.decay = 2 * M_PI * rho * sin(r.angle / beta);
        least = fmin(least, integrate_on_ray(&r));
    }
    return gsl_pow_2(s->target) * least * rho / (f.rate * beta);
}

double scaling_tail_bound(const struct scaling *s)
{
    if (s->skills == 0)
        return 0;
    return scaling_parameter_constant(s) * pow(s->skills, -s->alpha);
}

double scaling_time_bound(const struct scaling *s, double time)
{
    double simple = scaling_time_bound_simple(s, time), start = 1 - s->initial / s->target;
    double sharp = scaling_time_bound_sharp(s, time);
    return simple >= 0 ? fmin(simple, sharp) + gsl_pow_2(start) * scaling_tail_bound(s) : NAN;
}

double scaling_data_bound(const struct scaling *s, double samples)
{
    double D = samples, exponent = s->alpha / (s->alpha + 1);
    double law = scaling_data_law(s, D), start = 1 - s->initial / s->target;
    if (!(D >= 0) || isinf(D) || isnan(law) || D == 0)
        return D == 0 ? law : NAN;
    double sum = exp(-D * log1p(1 / D)) / (D + 1) * gsl_pow_2(s->target - s->initial) / 2;
    double power = law * -expm1(-exponent * log1p(1 / D));
    return sum + power + gsl_pow_2(start) * scaling_tail_bound(s);
}

double scaling_parameter_bound(const struct scaling *s, int parameters)
{
    return scaling_parameter_law(s, parameters) * s->alpha / (2.0 * parameters)
           + scaling_tail_bound(s);
}

struct ray_of_compute {
    double alpha, c;
};

static struct sums_summand ray_summand(const struct ray_of_compute *r, double y)
{
    return (struct sums_summand){r->alpha, 1, exp(y), r->c};
}

double scaling_scaled_h(double alpha, double c, double y)
{
    struct sums_summand f = {alpha, 1, exp(y), c};
    return alpha / (alpha + 1) * sums_window(&f, 1, INFINITY, 1e-13);
}

static double stationarity(double y, void *params) /* Q(b) of (eq:compute-optimum) */
{
    const struct ray_of_compute *r = params;
    struct sums_summand f = ray_summand(r, y);
    return r->alpha + 1 - (r->alpha + 2) * sums_lacking(&f, 1)
           - scaling_scaled_h(r->alpha, r->c, y);
}

/* Logarithm of the constant of (eq:compute-law), up to one that is fixed. */
static double log_constant(double y, void *params)
{
    const struct ray_of_compute *r = params;
    return r->alpha / (r->alpha + 2) * y + log1p(scaling_scaled_h(r->alpha, r->c, y));
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

/* (eq:compute-constant) */
double scaling_compute_constant(const struct scaling *s)
{
    double y;
    if (scaling_check(s) || find_optimum(s, &y))
        return NAN;
    struct ray_of_compute r = {s->alpha, start_ratio(s)};
    struct sums_summand f = ray_summand(&r, y);
    return gsl_pow_2(s->target) / 2 * exp(s->alpha / (s->alpha + 2) * log_kappa(s, y))
           * task_normaliser(s->alpha, s->skills) * (s->alpha + 2) / s->alpha
           * (1 - sums_lacking(&f, 1));
}

double scaling_compute_law(const struct scaling *s, double compute)
{
    double exponent = s->alpha / (s->alpha + 2);
    return compute >= 0 ? scaling_compute_constant(s) * pow(compute, -exponent) : NAN;
}

double scaling_ray_constant(const struct scaling *s, double lambda) /* (eq:article-ray) */
{
    if (scaling_check(s) || !(lambda > 0))
        return NAN;
    double beta = s->alpha + 1, c = start_ratio(s), A = task_normaliser(s->alpha, s->skills);
    if (isinf(lambda))
        return scaling_time_constant(s) * pow(s->rate * s->target, s->alpha / beta);
    double sH = scaling_scaled_h(s->alpha, c, log(2 * A) - beta * log(lambda));
    return gsl_pow_2(s->target) / 2 * A / s->alpha * pow(lambda, -s->alpha) * (1 + sH);
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
