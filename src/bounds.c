#include "bounds.h"
#include "task.h"
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>

double bounds_inside(const struct sums_summand *f, double N)
{
    double P = sums_probability(f, N);
    return N * P / (f->alpha + 1) * sums_window(f, P, f->c > 0 ? INFINITY : -log(P), 1e-12);
}

struct tail {
    const struct sums_summand *f;
    double P; /* where it begins */
};

static double lacking_integrand(double v, void *params)
{
    const struct tail *tail = params;
    double s = tail->f->alpha / (tail->f->alpha + 1);
    return sums_lacking(tail->f, tail->P * pow(v, 1 / s));
}

static double learned_integrand(double v, void *params)
{
    const struct tail *tail = params;
    double s = tail->f->alpha / (tail->f->alpha + 1);
    return sums_learned(tail->f, tail->P * pow(v, 1 / s));
}

/* A N^-alpha/alpha, for infinitely many skills 0 */
static double weight_beyond(double alpha, double A, double N)
{
    return A / alpha * pow(N, -alpha);
}

double bounds_gap(const struct sums_summand *f, double N, double n)
{
    struct tail tail = {f, sums_probability(f, N)};
    bool all = N >= n;
    gsl_function F = {all ? lacking_integrand : learned_integrand, &tail};
    if (isinf(N))
        return 0;
    double mean = sums_integrate(&F, 0, 1, 0, 1e-10);
    if (all)
        return -weight_beyond(f->alpha, f->A, n) * mean;
    return weight_beyond(f->alpha, f->A, N) * mean - weight_beyond(f->alpha, f->A, n);
}

/* The interval that holds delta of (eq:finite-law), given |epsilon|. */
struct interval {
    double low, high;
};

static double larger(double low, double high) /* of two moduli */
{
    return fmax(fabs(low), fabs(high));
}

static struct interval bound_delta(const struct sums_summand *f, double N, double n,
                                   double epsilon) /* delta of (eq:finite-law) */
{
    double P = sums_probability(f, N), last = sums_probability(f, n);
    double unlearned = P > 0 ? P * sums_learned(f, P) : 0;
    return (struct interval){-epsilon - unlearned, epsilon + last / 2};
}

static double count(const struct scaling *s) /* of skills */
{
    return s->skills > 0 ? (double)s->skills : HUGE_VAL;
}

static enum status verdict(const struct bounds *b)
{
    bool finite = isfinite(b->loss) && isfinite(b->law) && isfinite(b->law_bound)
                  && isfinite(b->integral) && isfinite(b->integral_bound);
    return finite ? STATUS_OK : STATUS_CONVERGENCE;
}

enum status bounds_time(const struct scaling *s, int parameters, double time,
                        struct bounds *b)
{
    if (scaling_check(s) || parameters < 0 || !(time > 0)
        || !isfinite(time * s->rate * s->target))
        return STATUS_RANGE;
    double unit = gsl_pow_2(s->target) / 2, n = count(s), N = parameters ? parameters : n;
    double A = task_normaliser(s->alpha, s->skills);
    struct sums_summand f = {s->alpha, A, 2 * s->rate * s->target * time,
                             (s->target - s->initial) / s->initial};
    double epsilon = fmin(scaling_time_bound_simple(s, time), scaling_time_bound_sharp(s, time));
    N = fmin(N, n);
    struct interval delta = bound_delta(&f, N, n, epsilon / unit);
    b->loss = isinf(N) ? scaling_time_loss(s, time) : scaling_compute_loss(s, (int)N, time);
    b->law = b->integral = scaling_time_law(s, time);
    if (!isinf(N))
        b->integral = unit * (bounds_inside(&f, N)
                              + weight_beyond(s->alpha, A, N) - weight_beyond(s->alpha, A, n));
    b->integral_bound = unit * larger(delta.low, delta.high);
    double known = bounds_gap(&f, N, n);
    b->law_bound = unit * (larger(known + delta.low, known + delta.high) + 1e-9 * fabs(known));
    return verdict(b);
}

enum status bounds_parameters(const struct scaling *s, int parameters, struct bounds *b)
{
    if (scaling_check(s) || parameters < 1)
        return STATUS_RANGE;
    double unit = gsl_pow_2(s->target) / 2, n = count(s), N = fmin(parameters, n);
    double A = task_normaliser(s->alpha, s->skills), P = A * pow(N, -s->alpha - 1);
    b->loss = scaling_parameter_loss(s, parameters);
    b->law = scaling_parameter_law(s, parameters);
    b->integral = -unit * weight_beyond(s->alpha, A, N) * expm1(s->alpha * log(N / n));
    b->integral_bound = N < n ? unit * P / 2 : 0;
    b->law_bound = N < n ? unit * weight_beyond(s->alpha, A, n) + b->integral_bound : b->law;
    return verdict(b);
}

double bounds_parameter_series(const struct scaling *s, int parameters, int terms)
{
    if (scaling_check(s) || parameters < 1 || parameters >= s->skills || terms < 1 || terms > 3)
        return NAN;
    double N = parameters, alpha = s->alpha, share = N / s->skills;
    double A = task_normaliser(alpha, 0), missing = -expm1(alpha * log(share));
    double sum = missing * pow(N, -alpha);
    if (terms > 1)
        sum += pow(share, alpha) * missing * A / alpha * pow(N, -2 * alpha);
    if (terms > 2)
        sum += alpha / 2 * expm1((alpha + 1) * log(share)) * pow(N, -alpha - 1);
    return gsl_pow_2(s->target) / 2 * A / alpha * sum;
}

struct ray {
    double beta, D;
    double angle; /* phi */
    double decay; /* 2 pi x_0 sin phi */
};

static double ray_integrand(double t, void *params)
{
    const struct ray *ray = params;
    double r = exp(t), along = r * cos(ray->angle), across = r * sin(ray->angle);
    double a = ray->beta / 2 * log1p(2 * along + r * r);
    double b = ray->beta * atan2(across, 1 + along), P = exp(-a);
    double near_0 = log(gsl_pow_2(expm1(-a)) + 4 * P * gsl_pow_2(sin(b / 2)));
    double near_1 = log1p(-P * (2 * cos(b) - P));
    return r * P * exp(ray->D / 2 * (P > 0.5 ? near_0 : near_1)) / expm1(ray->decay * r);
}

static double integrate_on_ray(const struct ray *ray)
{
    struct ray params = *ray;
    double balance = ray->beta * ray->D / ray->decay * cos(ray->beta * ray->angle);
    double from = -40 - log(ray->beta), to = log(720 / ray->decay);
    double summit = fmin(log(fmax(balance, 1e-3)) / (ray->beta + 1), to - 0.1);
    gsl_function F = {ray_integrand, &params};
    double low = sums_integrate(&F, from, summit, 1e-301, 1e-6);
    double high = sums_integrate(&F, summit, to, 1e-301, 1e-6);
    return 1.0001 * (low + high) + exp(-40 * ray->D) / (ray->decay * ray->D) + 1e-300;
}

double bounds_data_sharp(const struct scaling *s, double samples)
{
    if (scaling_check(s) || !(samples >= 0) || !isfinite(samples))
        return NAN;
    if (samples < 1)
        return INFINITY;
    double beta = s->alpha + 1, x0 = pow(task_normaliser(s->alpha, s->skills), 1 / beta);
    double least = INFINITY;
    for (int i = 2; i <= 4; i++) {
        struct ray ray = {beta, samples, 0.2 * i * M_PI_2 / beta, 0};
        ray.decay = 2 * M_PI * x0 * sin(ray.angle);
        least = fmin(least, integrate_on_ray(&ray));
    }
    return gsl_pow_2(s->target - s->initial) * x0 * least;
}

/* The two parts of (eq:data-bound): |epsilon|, and how much of the power law is too much. */
static double simple_bound(double D)
{
    return exp(-D * log1p(1 / D)) / (D + 1);
}

static double power_excess(const struct scaling *s, double D)
{
    return -expm1(-s->alpha / (s->alpha + 1) * log1p(1 / D));
}

enum status bounds_data(const struct scaling *s, double samples, struct bounds *b)
{
    if (scaling_check(s) || !(samples >= 1) || !isfinite(samples))
        return STATUS_RANGE;
    double D = samples, unit = gsl_pow_2(s->target - s->initial) / 2, n = count(s);
    double A = task_normaliser(s->alpha, s->skills), exponent = s->alpha / (s->alpha + 1);
    struct sums_summand f = {s->alpha, A, D, 0};
    double epsilon = fmin(simple_bound(D), bounds_data_sharp(s, D) / unit);
    struct interval delta = bound_delta(&f, n, n, epsilon);
    b->loss = scaling_data_loss(s, D);
    b->law = scaling_data_law(s, D);
    b->integral = unit * pow(A, 1 / (s->alpha + 1)) / (s->alpha + 1)
                  * exp(gsl_sf_lnbeta(exponent, D + 1));
    if (!isinf(n))
        b->integral = unit * bounds_inside(&f, n);
    b->integral_bound = unit * larger(delta.low, delta.high);
    double known = unit * bounds_gap(&f, n, n) * (1 + 1e-9);
    double power = power_excess(s, D) * b->law;
    b->law_bound = larger(known - power + unit * delta.low, known + unit * delta.high);
    return verdict(b);
}

enum status bounds_at(const struct scaling *s, enum bounds_resource resource, double x,
                      struct bounds *b)
{
    switch (resource) {
    case BOUNDS_TIME: return bounds_time(s, 0, x, b);
    case BOUNDS_DATA: return bounds_data(s, x, b);
    default: return x >= 1 && x <= INT_MAX ? bounds_parameters(s, (int)x, b) : STATUS_RANGE;
    }
}

struct search {
    const struct scaling *settings;
    enum bounds_resource resource;
    double fraction;
    enum status status;
};

static double loss_at(const struct search *q, double x)
{
    switch (q->resource) {
    case BOUNDS_TIME: return scaling_time_loss(q->settings, x);
    case BOUNDS_DATA: return scaling_data_loss(q->settings, x);
    default: return scaling_parameter_loss(q->settings, (int)x);
    }
}

static double law_at(const struct search *q, double x)
{
    switch (q->resource) {
    case BOUNDS_TIME: return scaling_time_law(q->settings, x);
    case BOUNDS_DATA: return scaling_data_law(q->settings, x);
    default: return scaling_parameter_law(q->settings, (int)x);
    }
}

static bool holds(struct search *q, double x)
{
    double law = law_at(q, x), error = fabs(loss_at(q, x) - law);
    if (!isfinite(error))
        q->status = STATUS_CONVERGENCE;
    return error <= q->fraction * law;
}

static bool provably_holds(struct search *q, double x)
{
    struct bounds b;
    enum status status = bounds_at(q->settings, q->resource, x, &b);
    if (status)
        q->status = status;
    return !status && b.law_bound <= q->fraction * b.law;
}

/* Whether the law holds from here on, if there are infinitely many skills. */
static bool holds_for_ever(struct search *q, double x)
{
    const struct scaling *s = q->settings;
    if (s->skills > 0)
        return false;
    if (q->resource != BOUNDS_DATA)
        return provably_holds(q, x);
    double simple = simple_bound(x) * gsl_pow_2(s->target - s->initial) / 2, law = law_at(q, x);
    return x >= s->alpha && simple + power_excess(s, x) * law <= q->fraction * law;
}

static double edge(struct search *q, bool (*test)(struct search *, double), double low,
                   double high)
{
    bool integer = q->resource != BOUNDS_TIME, rising = test(q, high);
    for (int i = 0; i < 60 && (integer ? high - low > 1 : high > low * (1 + 1e-9)); i++) {
        double middle = integer ? floor((low + high) / 2) : sqrt(low) * sqrt(high);
        *(test(q, middle) == rising ? &high : &low) = middle;
    }
    return rising ? high : low;
}

static double first_step(const struct search *q)
{
    const struct scaling *s = q->settings;
    double start = loss_at(q, q->resource == BOUNDS_PARAMETERS ? 1 : 0);
    double slope = s->alpha / (s->alpha + 1);
    if (q->resource == BOUNDS_PARAMETERS)
        return 1;
    double x = pow(law_at(q, 1) * (1 - q->fraction) / start, 1 / slope);
    return q->resource == BOUNDS_DATA ? fmax(1, floor(x)) : fmax(x, 1e-200) * 0.999;
}

/* Where the last of finitely many skills has been learned. */
static double last_step(const struct search *q)
{
    const struct scaling *s = q->settings;
    if (s->skills == 0)
        return q->resource == BOUNDS_PARAMETERS ? INT_MAX : INFINITY;
    double P = task_probability(s->alpha, s->skills, s->skills);
    double c = s->target / s->initial - 1;
    switch (q->resource) {
    case BOUNDS_TIME: return (fmax(log(c), 0) + 5) / (2 * s->rate * s->target * P);
    case BOUNDS_DATA: return ceil(10 / P);
    default: return s->skills;
    }
}

static void record(struct bounds_range *longest, double from, double to)
{
    if (isinf(longest->from) || to / from > longest->to / longest->from) {
        longest->from = from;
        longest->to = to;
    }
}

static double next_step(const struct search *q, double x)
{
    return q->resource == BOUNDS_TIME ? x * 1.03 : fmax(x + 1, round(x * 1.03));
}

static void walk(struct search *q, double first, double last, struct bounds_range *range)
{
    double from = first, before = first;
    bool held = false;
    for (double x = first; !q->status; before = x, x = fmin(last, next_step(q, x))) {
        bool now = holds(q, x);
        if (now && !held)
            from = x > first ? edge(q, holds, before, x) : x;
        if (!now && held)
            record(range, from, edge(q, holds, before, x));
        held = now;
        if (isinf(range->proved) && provably_holds(q, x))
            range->proved = x > first ? edge(q, provably_holds, before, x) : x;
        bool done = holds_for_ever(q, x);
        if (held && (done || x >= last))
            record(range, from, done ? INFINITY : x);
        if (done || x >= last)
            return;
        if (!(x < 1e200))
            q->status = STATUS_CONVERGENCE;
    }
}

enum status bounds_range(const struct scaling *s, enum bounds_resource resource,
                         double fraction, struct bounds_range *range)
{
    struct search q = {s, resource, fraction, STATUS_OK};
    *range = (struct bounds_range){INFINITY, INFINITY, INFINITY};
    if (scaling_check(s) || !(fraction > 0 && fraction < 1))
        return STATUS_RANGE;
    walk(&q, first_step(&q), last_step(&q), range);
    return q.status;
}
