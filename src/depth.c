#include "depth.h"
#include "emergence.h"
#include "multilinear.h"
#include "sums.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_odeiv2.h>
#include <limits.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

double depth_stage_limit(double alpha, double wait)
{
    if (!(alpha > 0) || !(wait >= 0))
        return NAN;
    return 1 / expm1(log1p(1 / wait) / (alpha + 1));
}

static bool target_in_range(double target)
{
    return target >= 1e-70 && target <= 1e70;
}

static bool clock_in_range(struct skill skill, double T)
{
    return skill.rate >= 0 && skill.rate <= 1e70 && skill.probability >= 0
           && skill.probability <= 1 && T >= 0;
}

static bool speed_in_range(struct skill skill)
{
    return skill.rate > 0 && clock_in_range(skill, 0);
}

struct place {
    double omega, p2, m2; /* sqrt(q^2 + 4R^2), (a + b)^2, (a - b)^2 */
};

static struct place place_of(double q, double R)
{
    double omega = hypot(q, 2 * R), larger = omega + 2 * fabs(R);
    double smaller = larger > 0 ? q * (q / larger) : 0;
    return R >= 0 ? (struct place){omega, larger, smaller}
                  : (struct place){omega, smaller, larger};
}

/* ln(now/before), given now - before as well. */
static double log_ratio(double now, double before, double difference)
{
    double relative = difference / before;
    return fabs(relative) < 0.5 ? log1p(relative) : log(now / before);
}

static double unbalanced_units(struct skill skill, double q, double x, double y)
{
    double S = skill.target, R0 = skill.initial, gain = fma(x, S, -R0);
    struct place start = place_of(q, R0), end = place_of(q, x * S);
    double Pi = hypot(q, 2 * S) + 2 * S, share = 2 * gain / (start.omega + end.omega);
    return log_ratio(S - R0, y * S, gain)
           + log_ratio(end.p2, start.p2, share * (start.p2 + end.p2))
           + 2 * log_ratio(Pi + end.m2, Pi + start.m2, -share * (start.m2 + end.m2));
}

static bool start_in_range(struct skill skill, double q)
{
    bool balanced = q == 0;
    return target_in_range(skill.target) && fabs(skill.initial) <= 1e70 && fabs(q) <= 1e70
           && (balanced ? skill.initial >= 1e-200 : fabs(q) >= 1e-70);
}

static double unbalanced_time_to(struct skill skill, double q, double x, double y)
{
    if (!start_in_range(skill, q) || !(skill.initial < skill.target)
        || !speed_in_range(skill) || !(x > 0 && y > 0))
        return NAN;
    double units = unbalanced_units(skill, q, x, y), lambda = skill.rate * skill.probability;
    return units == 0 ? 0 : units / (lambda * hypot(q, 2 * skill.target));
}

double depth_unbalanced_time(struct skill skill, double imbalance, double epsilon)
{
    return unbalanced_time_to(skill, imbalance, epsilon, 1 - epsilon);
}

double depth_unbalanced_saturation_time(struct skill skill, double imbalance, double epsilon)
{
    return unbalanced_time_to(skill, imbalance, 1 - epsilon, epsilon);
}

double depth_unbalanced_wait(double start, double imbalance, double epsilon)
{
    if (!(start < epsilon) || !(epsilon < 0.5))
        return NAN;
    struct skill skill = {1, start, 1, 1}, seen = {1, epsilon, 1, 1};
    return depth_unbalanced_time(skill, imbalance, epsilon)
           / depth_unbalanced_saturation_time(seen, imbalance, epsilon);
}

static double strength_through_saddle(struct skill skill, double q, double T)
{
    double S = skill.target, Omega = hypot(q, 2 * S), Pi = Omega + 2 * S;
    double rate = skill.rate * skill.probability, x = rate > 0 && T > 0 ? rate * Omega * T : 0;
    double E = exp(-x), gone = -expm1(-x), g = q / Pi * (q / Pi);
    double f0 = place_of(q, skill.initial).p2 / Pi;
    double f = (f0 * (1 + g * E) + g * gone) / (f0 * gone + g + E); /* p^2/Pi */
    return Pi / 4 * (f - g / f);
}

double depth_unbalanced_strength(struct skill skill, double imbalance, double T)
{
    double q = fabs(imbalance), R0 = skill.initial;
    if (!start_in_range(skill, q) || !clock_in_range(skill, T))
        return NAN;
    if (q == 0)
        return multilinear_logistic(skill, T);
    if (R0 < -q)
        return strength_through_saddle(skill, q, T);
    double a = sqrt((hypot(q, 2 * R0) + q) / 2);
    return multilinear_strength(skill, a, R0 / a, T);
}

double depth_starts_constant(const struct scaling *s, const double *initial, int count)
{
    double sum = 0;
    for (int i = 0; i < count; i++) {
        struct scaling one = *s;
        one.initial = initial[i];
        sum += scaling_time_constant(&one);
    }
    return count > 0 ? sum / count : NAN;
}

struct starts {
    double target, s;
    const double *initial;
    int count;
};

/* Mean of (w(u) - centre)^power over the starts. */
static double starts_moment(const struct starts *p, double u, double centre, int power)
{
    double sum = 0;
    for (int i = 0; i < p->count; i++) {
        double lambda = log((p->target - p->initial[i]) / p->initial[i]);
        sum += gsl_pow_int(sums_step(lambda, u) - centre, power);
    }
    return sum / p->count;
}

static double starts_integrand(double t, void *params)
{
    const struct starts *p = params;
    double u = exp(t), mean = starts_moment(p, u, 0, 1);
    return exp((p->s + 1) * t) * starts_moment(p, u, mean, 2);
}

double depth_starts_spread(const struct scaling *s, const double *initial, int count,
                           double time)
{
    double beta = s->alpha + 1, A = task_normaliser(s->alpha, s->skills), latest = 0;
    if (isnan(depth_starts_constant(s, initial, count)) || !(time > 0) || !isfinite(time))
        return NAN;
    for (int i = 0; i < count; i++)
        latest = fmax(latest, log(s->target / initial[i]));
    struct starts params = {s->target, s->alpha / beta, initial, count};
    gsl_function F = {starts_integrand, &params};
    double speed = 2 * s->rate * s->target * time;
    double integral = sums_integrate(&F, -40, log(latest + 40), 1e-24, 1e-8);
    return gsl_pow_2(s->target) / 2 / speed
           * sqrt(pow(speed * A, 1 / beta) / beta * integral);
}

struct odds {
    double r, c; /* S/R and S/R - 1 */
};

static struct odds odds_of(double target, double R)
{
    return (struct odds){target / R, (target - R) / R};
}

static struct odds after_growth(struct odds start, double h)
{
    double E = exp(-h);
    return (struct odds){start.r * E - expm1(-h), start.c * E};
}

static double exponent(int layers) /* nu */
{
    return 1 - 2.0 / layers;
}

static double log_of(struct odds o) /* ln S/R */
{
    return fabs(o.c) < 0.5 ? log1p(o.c) : log(o.r);
}

/* The terms of Phi with j >= 1, at z = e^l. */
static double sum_over_roots(int layers, double l)
{
    double z = exp(l), sum = 0;
    for (int j = 1; 2 * j <= layers; j++) {
        double theta = 2 * M_PI * j / layers, weight = 2 * j == layers ? 1 : 2;
        double re = 1 - z * cos(theta), im = z * sin(theta);
        sum -= weight * (cos(2 * theta) * log(hypot(re, im))
                         - sin(2 * theta) * atan2(im, re));
    }
    return sum;
}

/* ln |(1 - z)/c|, z = (R/S)^(1/L) = exp(l) */
static double log_gap(int layers, struct odds o, double l)
{
    return o.c == 0 ? -log(layers) : log(expm1(l) / -o.c);
}

static double units_by_roots(int layers, struct odds from, struct odds to, double h)
{
    double l0 = -log_of(from) / layers, l = -log_of(to) / layers, nu = exponent(layers);
    double power = exp(-nu * layers * l0) - exp(-nu * layers * l);
    return power / nu + h + log_gap(layers, from, l0) - log_gap(layers, to, l)
           + sum_over_roots(layers, l) - sum_over_roots(layers, l0);
}

struct span {
    struct odds start;
    double nu;
};

static double span_integrand(double h, void *params)
{
    const struct span *span = params;
    return pow(after_growth(span->start, h).r, span->nu);
}

static double units_by_rule(int layers, struct odds start, double h)
{
    struct span span = {start, exponent(layers)};
    gsl_function F = {span_integrand, &span};
    double result, abserr, resabs, resasc;
    gsl_integration_qk21(&F, 0, h, &result, &abserr, &resabs, &resasc);
    return result;
}

static double units_by_series(int layers, struct odds from, struct odds to)
{
    double sum = 0, nu = exponent(layers);
    for (int n = 1; n <= 60; n++)
        sum += (pow(to.r, n + nu) - pow(from.r, n + nu)) / (n + nu);
    return sum;
}

/* u in which the log-odds grow by h.  (eq:deep-time) */
static double units(int layers, struct odds start, double h)
{
    if (h < 0)
        return -units(layers, after_growth(start, h), -h);
    if (layers == 2)
        return h;
    if (layers == 1) {
        double E = exp(-h);
        return h < 600 ? log1p(expm1(h) / start.r) : h + log(E + (1 - E) / start.r);
    }
    if (h <= (start.c > 0 ? 1 : fmin(1, -log1p(-start.r) / 2)))
        return units_by_rule(layers, start, h);
    struct odds end = after_growth(start, h);
    return end.r <= 0.5 ? units_by_series(layers, start, end)
                        : units_by_roots(layers, start, end, h);
}

double depth_units(int layers, struct skill skill, double h)
{
    return units(layers, odds_of(skill.target, skill.initial), h);
}

static bool layers_in_range(int layers)
{
    return layers >= 1 && layers <= DEPTH_LAYERS;
}

/* mu = eta L S^(2 - 2/L), or lambda in place of eta */
static double clock_rate(int layers, double target, double rate)
{
    return rate * layers * pow(target, 2 - 2.0 / layers);
}

static double time_to(int layers, struct skill skill, double x, double y)
{
    double S = skill.target, R0 = skill.initial;
    if (!layers_in_range(layers) || !target_in_range(S) || !(R0 >= 1e-200) || !(R0 < S)
        || !speed_in_range(skill) || !(x > 0 && y > 0))
        return NAN;
    double u = depth_units(layers, skill, emergence_units(skill, x, y));
    return u == 0 ? 0 : u / clock_rate(layers, S, skill.rate) / skill.probability;
}

double depth_time(int layers, struct skill skill, double epsilon)
{
    return time_to(layers, skill, epsilon, 1 - epsilon);
}

double depth_saturation_time(int layers, struct skill skill, double epsilon)
{
    return time_to(layers, skill, 1 - epsilon, epsilon);
}

double depth_wait(int layers, double start, double epsilon)
{
    if (!(start < epsilon) || !(epsilon < 0.5))
        return NAN;
    return depth_time(layers, (struct skill){1, start, 1, 1}, epsilon)
           / depth_saturation_time(layers, (struct skill){1, epsilon, 1, 1}, epsilon);
}

/* h such that units(layers, start, h) = V >= 0. */
static double growth_after(int layers, struct odds start, double V)
{
    double h = 0, nu = exponent(layers);
    if (layers == 2)
        return V;
    if (layers == 1)
        return V < 600 ? log1p(expm1(V) * start.r) : V + log(start.r);
    for (int i = 0; i < 4000; i++) {
        double slope = pow(after_growth(start, h).r, nu);
        double step = (V - units(layers, start, h)) / slope;
        bool turned = start.c > 0 ? step <= 0 : step >= 0;
        if ((i > 0 && turned) || fabs(step) <= 4e-16 * h)
            return h;
        h = start.c < 0 ? fmin(h + step, V + 1) : h + step;
    }
    return NAN;
}

double depth_strength(int layers, struct skill skill, double T)
{
    double S = skill.target, R0 = skill.initial, rate = skill.rate * skill.probability;
    if (!layers_in_range(layers) || !(R0 >= 0))
        return NAN;
    if (layers == 1)
        return R0 <= 1e70 ? multilinear_linear(skill, T) : NAN;
    double at_once = multilinear_logistic(skill, T);
    if (layers == 2 || isnan(at_once) || R0 == 0 || R0 == S || rate == 0 || T == 0)
        return at_once;
    struct odds start = odds_of(S, R0);
    double V = clock_rate(layers, S, rate) * T;
    if (V > units(layers, start, 1500))
        return S;
    double growth = growth_after(layers, start, V);
    return multilinear_logistic((struct skill){S, R0, growth, 1}, 0.5 / S);
}

struct rise {
    int layers;
    struct odds start;
    double s;
};

static double rise_integrand(double t, void *params)
{
    const struct rise *rise = params;
    double h = exp(t), u = units(rise->layers, rise->start, h);
    struct odds o = after_growth(rise->start, h);
    return pow(u, rise->s) * gsl_pow_2(o.c / o.r) / o.r * h;
}

double depth_time_integral(int layers, double alpha, double c)
{
    if (!layers_in_range(layers) || !(alpha > 0) || !isfinite(alpha)
        || !(c > 0 && c <= 1e200))
        return NAN;
    struct rise rise = {layers, {1 + c, c}, alpha / (alpha + 1)};
    double end = log(fmax(log(c), 0) + 25), begin = fmax(log(c), 0) - 25;
    double split = begin > 1 ? log(begin) : end - 3;
    gsl_function F = {rise_integrand, &rise};
    double sum = sums_integrate(&F, split, end, 0, 1e-12);
    return 2 / rise.s * (sum + sums_integrate(&F, end - 45, split, 0, 1e-11));
}

static bool law_in_range(int layers, const struct scaling *s)
{
    return layers_in_range(layers) && scaling_check(s) == STATUS_OK && s->rate <= 1e70
           && target_in_range(s->target) && s->target / s->initial <= 1e200;
}

double depth_time_constant(int layers, const struct scaling *s)
{
    if (!law_in_range(layers, s))
        return NAN;
    double beta = s->alpha + 1, A = task_normaliser(s->alpha, s->skills);
    double c = (s->target - s->initial) / s->initial;
    double J = depth_time_integral(layers, s->alpha, c);
    return gsl_pow_2(s->target) / 2 * pow(A, 1 / beta) / beta * J
           * pow(clock_rate(layers, s->target, s->rate), -s->alpha / beta);
}

double depth_time_law(int layers, const struct scaling *s, double time)
{
    double law = depth_time_constant(layers, s);
    return time >= 0 ? law * pow(time, -s->alpha / (s->alpha + 1)) : NAN;
}

/* max u w(u) */
static double largest_summand(int layers, struct odds start)
{
    double low = 0, high = fmax(log(start.c), 0) + 40;
    for (int i = 0; i < 100; i++) {
        double h = (low + high) / 2, u = units(layers, start, h);
        double x = 1 / after_growth(start, h).r;
        if (2 * u * pow(x, 2 - 2.0 / layers) < 1)
            low = h;
        else
            high = h;
    }
    struct odds o = after_growth(start, low);
    return units(layers, start, low) * gsl_pow_2(o.c / o.r);
}

double depth_time_bound(int layers, const struct scaling *s, double time)
{
    if (!law_in_range(layers, s) || !(time >= 0 && time <= 1e200))
        return NAN;
    double A = task_normaliser(s->alpha, s->skills), start = 1 - s->initial / s->target;
    double most = largest_summand(layers, odds_of(s->target, s->initial));
    double tail = s->skills ? A * pow(s->skills, -s->alpha) / s->alpha : 0;
    return gsl_pow_2(s->target) / 2
           * (most / clock_rate(layers, s->target, s->rate) / time + start * start * tail);
}

struct learner {
    int layers;
    const struct scaling *settings;
    double A, speed; /* normaliser, mu T */
    struct odds start;
};

static double contribution(double k, void *params)
{
    const struct learner *l = params;
    double P = l->A * pow(k, -l->settings->alpha - 1);
    double h = growth_after(l->layers, l->start, l->speed * P);
    struct odds o = after_growth(l->start, h);
    return P * gsl_pow_2(o.c / o.r);
}

static double contribution_integrand(double t, void *params)
{
    double k = exp(t);
    return k * contribution(k, params);
}

/* Skill, not an integer, at which mu P T = u. */
static double skill_at(const struct learner *l, double u)
{
    return pow(l->A * l->speed / u, 1 / (l->settings->alpha + 1));
}

static double integrate_rest(const struct learner *l, double half, double from, double to)
{
    double far = fmax(skill_at(l, 1e-12), 2 * from), sum = 0, alpha = l->settings->alpha;
    double end = fmin(far, to), middle = fmin(fmax(skill_at(l, half), from), end);
    struct learner params = *l;
    gsl_function F = {contribution_integrand, &params};
    if (far < to)
        sum = gsl_pow_2(l->start.c / l->start.r) * l->A * (pow(far, -alpha) - pow(to, -alpha))
              / alpha;
    if (middle < end)
        sum += sums_integrate(&F, log(middle), log(end), 0, 1e-9);
    if (from < middle && contribution(middle * 0.9999, &params) > 0)
        sum += sums_integrate(&F, log(from), log(middle), 0, 1e-9);
    return sum;
}

enum { FIRST_SKILLS = 600 };

double depth_time_loss(int layers, const struct scaling *s, double time)
{
    if (!law_in_range(layers, s) || !(time >= 0 && time <= 1e200))
        return NAN;
    struct learner l = {layers, s, task_normaliser(s->alpha, s->skills),
                        clock_rate(layers, s->target, s->rate) * time,
                        odds_of(s->target, s->initial)};
    double half = units(layers, l.start, fmax(0.1, log(l.start.c))), sum = 0;
    double last = s->skills ? s->skills : HUGE_VAL, K = FIRST_SKILLS;
    double u = l.speed * l.A * pow(K, -s->alpha - 1);
    if (u > half / 2 && u < 4 * half)
        K = ceil(K * pow(2 * u / half, 1 / (s->alpha + 1)));
    if (last > K) {
        gsl_function F = {contribution, &l};
        sum = sums_end_correction(&F, last, 1) - sums_end_correction(&F, K, 1);
        sum += integrate_rest(&l, half, K + 0.5, last + 0.5);
    }
    for (int k = (int)fmin(K, last); k >= 1; k--)
        sum += contribution(k, &l);
    return gsl_pow_2(s->target) / 2 * sum;
}

double depth_strength_at(const struct depth_model *model, const double *a, int k)
{
    double R = 1;
    for (int l = 0; l < model->layers; l++)
        R *= a[(size_t)l * model->skills + k];
    return R;
}

/* da/dT.  (eq:deep-flow) */
static int evaluate_gradient(double T, const double a[], double velocity[], void *params)
{
    const struct depth_model *model = params;
    int L = model->layers, N = model->skills;
    bool finite = true;
    (void)T;
    for (int k = 0; k < N; k++) {
        double pull = model->rate * model->frequency[k]
                      * (model->target - depth_strength_at(model, a, k));
        for (int l = 0; l < L; l++) {
            double others = 1;
            for (int m = 0; m < L; m++)
                others *= m == l ? 1 : a[m * N + k];
            velocity[l * N + k] = pull * others;
            finite = finite && isfinite(pull * others);
        }
    }
    return finite ? GSL_SUCCESS : GSL_ERANGE;
}

static bool model_in_range(const struct depth_model *model)
{
    return layers_in_range(model->layers) && model->skills >= 1
           && model->skills <= INT_MAX / DEPTH_LAYERS && target_in_range(model->target)
           && model->rate > 0 && model->rate <= 1e70;
}

static size_t parameters(const struct depth_model *model)
{
    return (size_t)model->layers * (size_t)model->skills;
}

enum status depth_balance(const struct depth_model *model, double initial, double *a)
{
    if (!model_in_range(model) || !(initial > 0) || !isfinite(initial))
        return STATUS_RANGE;
    for (int i = 0; i < model->layers * model->skills; i++)
        a[i] = pow(initial, 1.0 / model->layers);
    return STATUS_OK;
}

static enum status drive(const gsl_odeiv2_system *system, double T, double *a)
{
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(
        system, gsl_odeiv2_step_rk8pd, 1e-6 * T, 1e-30, 1e-13);
    double t = 0;
    if (!driver)
        return STATUS_MEMORY;
    gsl_odeiv2_driver_set_nmax(driver, 1000000);
    int failure = gsl_odeiv2_driver_apply(driver, &t, T, a);
    gsl_odeiv2_driver_free(driver);
    return failure ? STATUS_CONVERGENCE : STATUS_OK;
}

enum status depth_integrate(const struct depth_model *model, double T, double *a)
{
    if (!model_in_range(model) || !(T >= 0) || !isfinite(T))
        return STATUS_RANGE;
    struct depth_model params = *model;
    gsl_odeiv2_system system = {evaluate_gradient, NULL, parameters(model), &params};
    return T == 0 ? STATUS_OK : drive(&system, T, a);
}

static enum status step_by(const gsl_odeiv2_step_type *type, const gsl_odeiv2_system *system,
                           double T, int steps, double *a)
{
    gsl_odeiv2_step *step = gsl_odeiv2_step_alloc(type, system->dimension);
    double *error = malloc(system->dimension * sizeof *error);
    enum status status = step && error ? STATUS_OK : STATUS_MEMORY;
    for (int i = 0; i < steps && status == STATUS_OK; i++)
        if (gsl_odeiv2_step_apply(step, i * (T / steps), T / steps, a, error, NULL, NULL,
                                  system))
            status = STATUS_CONVERGENCE;
    free(error);
    if (step)
        gsl_odeiv2_step_free(step);
    return status;
}

static enum status descend(const gsl_odeiv2_system *system, double T, int steps, double *a)
{
    double *velocity = calloc(system->dimension, sizeof *velocity);
    enum status status = velocity ? STATUS_OK : STATUS_MEMORY;
    for (int step = 0; step < steps && status == STATUS_OK; step++) {
        if (evaluate_gradient(0, a, velocity, system->params))
            status = STATUS_CONVERGENCE;
        for (size_t i = 0; i < system->dimension; i++)
            a[i] += T / steps * velocity[i];
    }
    free(velocity);
    return status;
}

enum status depth_march(const struct depth_model *model, enum depth_method method,
                        double T, int steps, double *a)
{
    if (!model_in_range(model) || !(T >= 0) || !isfinite(T) || steps < 1)
        return STATUS_RANGE;
    struct depth_model params = *model;
    gsl_odeiv2_system system = {evaluate_gradient, NULL, parameters(model), &params};
    if (method == DEPTH_DESCENT)
        return descend(&system, T, steps, a);
    return step_by(method == DEPTH_RK4 ? gsl_odeiv2_step_rk4 : gsl_odeiv2_step_rk8pd, &system,
                   T, steps, a);
}

double depth_march_error(const struct depth_model *model, enum depth_method method,
                         double initial, double T, int steps)
{
    if (!model_in_range(model) || model->layers != 2)
        return NAN;
    double *a = malloc(sizeof *a * parameters(model)), error = NAN;
    if (a && !depth_balance(model, initial, a) && !depth_march(model, method, T, steps, a))
        error = 0;
    for (int k = 0; k < model->skills && error >= 0; k++) {
        double R = multilinear_logistic(
            (struct skill){model->target, initial, model->rate, model->frequency[k]}, T);
        error = fmax(error, fabs(depth_strength_at(model, a, k) - R) / model->target);
    }
    free(a);
    return error;
}

double depth_descent_delay(int layers, struct skill skill, double T)
{
    double S = skill.target, lambda = skill.rate * skill.probability;
    if (!layers_in_range(layers) || !target_in_range(S)
        || !(skill.initial >= 1e-200 && skill.initial < S) || !(lambda > 0 && lambda <= 1e70)
        || !(T >= 0 && T * lambda <= 1e100))
        return NAN;
    struct odds start = odds_of(S, skill.initial);
    double h = growth_after(layers, start, clock_rate(layers, S, lambda) * T);
    double fall = log_of(start) - log_of(after_growth(start, h)); /* ln r_0/r */
    return ((2 - 1.0 / layers) * fall - h) / 2;
}

static double clock_variance(struct skill skill, int batch, double T)
{
    double P = skill.probability;
    return skill.rate * skill.rate * T * P * (1 - P) / batch;
}

double depth_batch_mean(struct skill skill, int batch, double T)
{
    double R = multilinear_logistic(skill, T), S = skill.target, P = skill.probability;
    double delay = depth_descent_delay(2, skill, T);
    double velocity = 2 * R * (S - R), curvature = 2 * velocity * (S - 2 * R);
    double square = P + (1 - P) / batch;
    return batch < 1 ? NAN : R + clock_variance(skill, batch, T) / 2 * curvature
                                 - skill.rate * square * delay * velocity;
}

double depth_batch_spread(struct skill skill, int batch, double T)
{
    double R = multilinear_logistic(skill, T);
    return batch < 1 ? NAN
                     : 2 * R * (skill.target - R) * sqrt(clock_variance(skill, batch, T));
}

enum status depth_sample_descent(const struct task *task, struct skill like, int batch,
                                 int steps, struct stream *stream, double *R)
{
    struct multilinear_model model;
    if (batch < 1 || steps < 0)
        return STATUS_RANGE;
    int *count = malloc((size_t)task->skills * sizeof *count);
    if (!count)
        return STATUS_MEMORY;
    enum status status = multilinear_create(&model, task->skills, like);
    for (int step = 0; step < steps && status == STATUS_OK; step++) {
        multilinear_draw_counts(task, stream, batch, count);
        multilinear_step(&model, count, batch);
    }
    for (int k = 0; k < task->skills && status == STATUS_OK; k++)
        R[k] = multilinear_strength_at(&model, k);
    multilinear_destroy(&model);
    free(count);
    return status;
}
