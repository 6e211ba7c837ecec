#include "depth.h"
#include "multilinear.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_integration.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_odeiv2.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_lambert.h>
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

static bool speed_in_range(double rate, double probability)
{
    return rate > 0 && rate <= 1e70 && probability >= 0 && probability <= 1;
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

static double unbalanced_units(double S, double initial, double q, double x, double y)
{
    struct place start = place_of(q, initial), end = place_of(q, x * S);
    double gain = fma(x, S, -initial), Pi = hypot(q, 2 * S) + 2 * S;
    double share = 2 * gain / (start.omega + end.omega);
    return log_ratio(S - initial, y * S, gain)
           + log_ratio(end.p2, start.p2, share * (start.p2 + end.p2))
           + 2 * log_ratio(Pi + end.m2, Pi + start.m2, -share * (start.m2 + end.m2));
}

static bool start_in_range(double target, double initial, double q)
{
    bool balanced = q == 0;
    return target_in_range(target) && fabs(initial) <= 1e70 && fabs(q) <= 1e70
           && (balanced ? initial >= 1e-200 : fabs(q) >= 1e-70);
}

static double unbalanced_time_to(double target, double initial, double q, double rate,
                                 double probability, double x, double y)
{
    if (!start_in_range(target, initial, q) || !(initial < target)
        || !speed_in_range(rate, probability) || !(x > 0 && y > 0))
        return NAN;
    double units = unbalanced_units(target, initial, q, x, y);
    return units == 0 ? 0 : units / (rate * probability * hypot(q, 2 * target));
}

double depth_unbalanced_time(double target, double initial, double imbalance, double rate,
                             double probability, double epsilon)
{
    return unbalanced_time_to(target, initial, imbalance, rate, probability, epsilon,
                              1 - epsilon);
}

double depth_unbalanced_saturation_time(double target, double initial, double imbalance,
                                        double rate, double probability, double epsilon)
{
    return unbalanced_time_to(target, initial, imbalance, rate, probability, 1 - epsilon,
                              epsilon);
}

double depth_unbalanced_wait(double start, double imbalance, double epsilon)
{
    if (!(start < epsilon) || !(epsilon < 0.5))
        return NAN;
    return depth_unbalanced_time(1, start, imbalance, 1, 1, epsilon)
           / depth_unbalanced_saturation_time(1, epsilon, imbalance, 1, 1, epsilon);
}

static double strength_through_saddle(double S, double initial, double q, double rate,
                                      double T)
{
    double Omega = hypot(q, 2 * S), Pi = Omega + 2 * S;
    double x = rate > 0 && T > 0 ? rate * Omega * T : 0, E = exp(-x), gone = -expm1(-x);
    double f0 = place_of(q, initial).p2 / Pi, g = q / Pi * (q / Pi);
    double f = (f0 * (1 + g * E) + g * gone) / (f0 * gone + g + E); /* p^2/Pi */
    return Pi / 4 * (f - g / f);
}

double depth_unbalanced_strength(double target, double initial, double imbalance,
                                 double rate, double T)
{
    if (!start_in_range(target, initial, imbalance))
        return NAN;
    double q = fabs(imbalance);
    if (q == 0)
        return multilinear_logistic(target, initial, rate, T);
    if (initial < -q && rate >= 0 && rate <= 1e70 && T >= 0)
        return strength_through_saddle(target, initial, q, rate, T);
    double a = sqrt((hypot(q, 2 * initial) + q) / 2);
    return multilinear_strength(target, a, initial / a, rate, T);
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

/* ln |(1 - z)/c|, z = (R/S)^(1/L) = exp(l) */
static double log_gap(int layers, struct odds o, double l)
{
    return o.c == 0 ? -log(layers) : log(expm1(l) / -o.c);
}

/* The terms of Phi with j >= 1. */
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

/* ln(c x/y), x + y = 1. */
static double growth_to_reach(double target, double initial, double x, double y)
{
    double above = fma(x, target, -initial) / initial / y;
    if (fabs(above) < 0.5)
        return log1p(above);
    return log((target - initial) / initial) + log(x / y);
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

static double time_to(int layers, double target, double initial, double rate,
                      double probability, double x, double y)
{
    if (!layers_in_range(layers) || !target_in_range(target) || !(initial >= 1e-200)
        || !(initial < target) || !speed_in_range(rate, probability) || !(x > 0 && y > 0))
        return NAN;
    double h = growth_to_reach(target, initial, x, y);
    double u = units(layers, odds_of(target, initial), h);
    return u == 0 ? 0 : u / clock_rate(layers, target, rate) / probability;
}

double depth_time(int layers, double target, double initial, double rate,
                  double probability, double epsilon)
{
    return time_to(layers, target, initial, rate, probability, epsilon, 1 - epsilon);
}

double depth_saturation_time(int layers, double target, double initial, double rate,
                             double probability, double epsilon)
{
    return time_to(layers, target, initial, rate, probability, 1 - epsilon, epsilon);
}

double depth_wait(int layers, double start, double epsilon)
{
    if (!(start < epsilon) || !(epsilon < 0.5))
        return NAN;
    return depth_time(layers, 1, start, 1, 1, epsilon)
           / depth_saturation_time(layers, 1, epsilon, 1, 1, epsilon);
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

double depth_strength(int layers, double target, double initial, double rate, double T)
{
    if (!layers_in_range(layers) || !(initial >= 0))
        return NAN;
    if (layers == 1)
        return initial <= 1e70 ? multilinear_linear(target, initial, rate, T) : NAN;
    double at_once = multilinear_logistic(target, initial, rate, T);
    if (layers == 2 || isnan(at_once) || initial == 0 || initial == target || rate == 0
        || T == 0)
        return at_once;
    double V = clock_rate(layers, target, rate) * T;
    struct odds start = odds_of(target, initial);
    if (V > units(layers, start, 1500))
        return target;
    return multilinear_logistic(target, initial, growth_after(layers, start, V),
                                0.5 / target);
}

static double integrate(double (*integrand)(double, void *), void *params, double from,
                        double to, double epsrel)
{
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(400);
    gsl_function F = {integrand, params};
    double result = NAN, abserr = NAN;
    if (!w)
        return NAN;
    int status = gsl_integration_qag(&F, from, to, 0, epsrel, 400, GSL_INTEG_GAUSS31, w,
                                     &result, &abserr);
    gsl_integration_workspace_free(w);
    bool rounded = status == GSL_EROUND && abserr <= 100 * epsrel * fabs(result);
    return status == GSL_SUCCESS || rounded ? result : NAN;
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
    double sum = integrate(rise_integrand, &rise, split, end, 1e-12);
    return 2 / rise.s * (sum + integrate(rise_integrand, &rise, end - 45, split, 1e-11));
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

static double contribution(const struct learner *l, double k)
{
    double P = l->A * pow(k, -l->settings->alpha - 1);
    double h = growth_after(l->layers, l->start, l->speed * P);
    struct odds o = after_growth(l->start, h);
    return P * gsl_pow_2(o.c / o.r);
}

static double contribution_integrand(double t, void *params)
{
    double k = exp(t);
    return k * contribution(params, k);
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
    if (far < to)
        sum = gsl_pow_2(l->start.c / l->start.r) * l->A * (pow(far, -alpha) - pow(to, -alpha))
              / alpha;
    if (middle < end)
        sum += integrate(contribution_integrand, &params, log(middle), log(end), 1e-9);
    if (from < middle && contribution(l, middle * 0.9999) > 0)
        sum += integrate(contribution_integrand, &params, log(from), log(middle), 1e-9);
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
        sum = (contribution(&l, K + 1) - contribution(&l, K)) / 24;
        if (s->skills)
            sum -= (contribution(&l, last + 1) - contribution(&l, last)) / 24;
        sum += integrate_rest(&l, half, K + 0.5, last + 0.5);
    }
    for (int k = (int)fmin(K, last); k >= 1; k--)
        sum += contribution(&l, k);
    return gsl_pow_2(s->target) / 2 * sum;
}

double depth_strength_at(const struct depth_model *model, const double *a, int k)
{
    double R = 1;
    for (int l = 0; l < model->layers; l++)
        R *= a[(size_t)l * model->skills + k];
    return R;
}

/* da/dT: each parameter meets the product of the others. */
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
        double R = multilinear_logistic(model->target, initial,
                                        model->rate * model->frequency[k], T);
        error = fmax(error, fabs(depth_strength_at(model, a, k) - R) / model->target);
    }
    free(a);
    return error;
}

double depth_descent_delay(int layers, double target, double initial, double rate, double T)
{
    if (!layers_in_range(layers) || !target_in_range(target)
        || !(initial >= 1e-200 && initial < target) || !(rate > 0 && rate <= 1e70)
        || !(T >= 0 && T * rate <= 1e100))
        return NAN;
    struct odds start = odds_of(target, initial);
    double h = growth_after(layers, start, clock_rate(layers, target, rate) * T);
    double fall = log_of(start) - log_of(after_growth(start, h)); /* ln r_0/r */
    return ((2 - 1.0 / layers) * fall - h) / 2;
}

static double clock_variance(double rate, double probability, int batch, double T)
{
    return rate * rate * T * probability * (1 - probability) / batch;
}

double depth_batch_mean(double target, double initial, double rate, double probability,
                        int batch, double T)
{
    double R = multilinear_logistic(target, initial, rate * probability, T);
    double delay = depth_descent_delay(2, target, initial, rate * probability, T);
    double velocity = 2 * R * (target - R), curvature = 2 * velocity * (target - 2 * R);
    double square = probability + (1 - probability) / batch;
    return batch < 1 ? NAN : R + clock_variance(rate, probability, batch, T) / 2 * curvature
                                 - rate * square * delay * velocity;
}

double depth_batch_spread(double target, double initial, double rate, double probability,
                          int batch, double T)
{
    double R = multilinear_logistic(target, initial, rate * probability, T);
    return batch < 1 ? NAN : 2 * R * (target - R)
                                 * sqrt(clock_variance(rate, probability, batch, T));
}

enum status depth_sample_descent(const struct task *task, double target, double initial,
                                 double rate, int batch, int steps, struct stream *stream,
                                 double *R)
{
    struct multilinear_model model;
    if (batch < 1 || steps < 0)
        return STATUS_RANGE;
    int *count = malloc((size_t)task->skills * sizeof *count);
    if (!count)
        return STATUS_MEMORY;
    enum status status = multilinear_create(&model, task->skills, target, rate, initial);
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

enum { AUDIT_SKILLS = 3, AUDIT_SAMPLES = 2385 };

static const int audit_count[AUDIT_SKILLS] = {1613, 687, 85};
static const double audit_frequency[AUDIT_SKILLS] = {1613 / 2385., 687 / 2385., 85 / 2385.};

/* |R_k(T) - R| / R for skill k + 1 of the integrated system. */
static double miss(double R0, double q, int k, double T, double R)
{
    struct multilinear_model model;
    struct multilinear_data data = {.samples = AUDIT_SAMPLES, .count = audit_count};
    double a[AUDIT_SKILLS], b[AUDIT_SKILLS], y[2 * AUDIT_SKILLS] = {0}, residual = INFINITY;
    double larger = sqrt((hypot(q, 2 * R0) + fabs(q)) / 2);
    for (int i = 0; i < AUDIT_SKILLS; i++) {
        a[i] = q >= 0 ? larger : R0 / larger;
        b[i] = q >= 0 ? R0 / larger : larger;
    }
    if (multilinear_create_from(&model, AUDIT_SKILLS, 2.385, 0.37, a, b) == STATUS_OK
        && multilinear_integrate(&model, &data, &T, 1, y) == STATUS_OK)
        residual = fabs(y[k] * y[AUDIT_SKILLS + k] / R - 1);
    multilinear_destroy(&model);
    return residual;
}

static double audit_unbalanced_time(void)
{
    static const double imbalance[] = {0, 1e-9, -0.00385, 0.385, -2.385, 71, -2385};
    static const double start[] = {1e-9, 0.00385, 2.1, -0.0385, -71};
    static const double fraction[] = {0.0237, 0.385, 0.981};
    double worst = 0, S = 2.385;
    for (int i = 0; i < 7 * 5 * 3; i++) {
        double q = imbalance[i / 15], R0 = start[i / 3 % 5], e = fraction[i % 3];
        int k = i % AUDIT_SKILLS;
        if (R0 < 0 && fabs(q) < 1e-3 * fabs(R0)) /* the integrator would miss the saddle */
            continue;
        double T = depth_unbalanced_time(S, R0, q, 0.37, audit_frequency[k], e);
        double late = depth_unbalanced_saturation_time(S, R0, q, 0.37, audit_frequency[k], e);
        if (!(T < 0))
            worst = entry_worse(worst, miss(R0, q, k, T, e * S));
        if (!(late < 0))
            worst = entry_worse(worst, miss(R0, q, k, late, S - e * S));
    }
    return worst;
}

static double bend(double q, double T)
{
    double h = 1e-3 / hypot(q, 2 * 2.385), R[3];
    for (int i = 0; i < 3; i++)
        R[i] = depth_unbalanced_strength(2.385, -0.2385, q, 1, T + h * (i - 1));
    return R[0] - 2 * R[1] + R[2];
}

/* Strength where the bend changes sign between two times. */
static double inflection(double q, double from, double to)
{
    double sign = bend(q, from);
    for (int i = 0; i < 60; i++) {
        double middle = (from + to) / 2;
        if (bend(q, middle) * sign > 0)
            from = middle;
        else
            to = middle;
    }
    return depth_unbalanced_strength(2.385, -0.2385, q, 1, from);
}

static double audit_sigmoid(void)
{
    static const double share[] = {0.01385, 0.1385, 0.385, 0.65, 0.7};
    double S = 2.385, worst = 0;
    for (int i = 0; i < 5; i++) {
        double q = share[i] * S, root = sqrt(S * S - 2 * q * q);
        double middle = depth_unbalanced_time(S, -0.2385, q, 1, 1, 0.25);
        double first = inflection(q, 0.01 / hypot(q, 2 * S), middle);
        double last = inflection(q, middle, depth_unbalanced_time(S, -0.2385, q, 1, 1, 0.9));
        worst = entry_worse(worst, fabs(first - (S - root) / 4) / S);
        worst = entry_worse(worst, fabs(last - (S + root) / 4) / S);
    }
    for (int i = 1; i < 100; i++)
        if (bend(0.715 * S, 0.05 * i / S) > 0)
            return INFINITY;
    return worst;
}

static double stage_limit_error(double alpha, double emergent, double saturated)
{
    int k = 1;
    while (k < 100000 && saturated < emergent * pow(1 + 1.0 / k, alpha + 1))
        k++;
    double limit = depth_stage_limit(alpha, emergent / (saturated - emergent));
    return fabs(fmax(1, ceil(limit)) - k);
}

static double audit_stage_ratio(void)
{
    static const double alpha[] = {0.05, 0.6385, 2.385, 5};
    double worst = 0, S = 2.385;
    for (int i = 0; i < 4; i++) {
        for (int layers = 1; layers <= 5; layers++) {
            double emergent = depth_time(layers, S, 3.85e-4, 0.37, 1, 0.0385);
            double saturated = depth_saturation_time(layers, S, 3.85e-4, 0.37, 1, 0.0385);
            worst = entry_worse(worst, stage_limit_error(alpha[i], emergent, saturated));
        }
        for (int j = 0; j < 5; j++) {
            double q = 1e-5 * pow(23.85, j);
            double emergent = depth_unbalanced_time(S, 1e-7, q, 0.37, 1, 0.0385);
            double saturated = depth_unbalanced_saturation_time(S, 1e-7, q, 0.37, 1, 0.0385);
            worst = entry_worse(worst, stage_limit_error(alpha[i], emergent, saturated));
        }
    }
    return worst;
}

static double product(const double *a, int layers)
{
    double R = 1;
    for (int l = 0; l < layers; l++)
        R *= a[l];
    return R;
}

/* dR/dt of one skill by central differences of its loss. */
static double strength_velocity(int layers, double start, double rate)
{
    double a[8], velocity = 0, h = 1e-5;
    for (int l = 0; l < layers; l++)
        a[l] = pow(start, 1.0 / layers);
    for (int l = 0; l < layers; l++) {
        double at = a[l], loss[2], R[2];
        for (int i = 0; i < 2; i++) {
            a[l] = at + (2 * i - 1) * h;
            R[i] = product(a, layers);
            loss[i] = gsl_pow_2(2.385 - R[i]) / 2;
        }
        a[l] = at;
        velocity -= rate * (loss[1] - loss[0]) * (R[1] - R[0]) / (4 * h * h);
    }
    return velocity;
}

static double audit_deep_flow(void)
{
    static const double starts[] = {0.0385, 0.71, 2.1, 3.85};
    double worst = 0;
    for (int layers = 1; layers <= 8; layers++)
        for (int i = 0; i < 4; i++) {
            double R = starts[i], found = strength_velocity(layers, R, 0.2385);
            double flow = 0.2385 * layers * pow(R, 2 - 2.0 / layers) * (2.385 - R);
            worst = entry_worse(worst, fabs(found / flow - 1));
        }
    return worst;
}

static double odds_integrand(double t, void *params)
{
    const double *nu = params;
    return pow(1 + exp(t), *nu);
}

static double units_by_quadrature(int layers, double x0, double x)
{
    gsl_integration_workspace *w = gsl_integration_workspace_alloc(400);
    double nu = 1 - 2.0 / layers, result = NAN, abserr;
    gsl_function F = {odds_integrand, &nu};
    if (w)
        gsl_integration_qag(&F, log(1 / x - 1), log(1 / x0 - 1), 0, 1e-12, 400,
                            GSL_INTEG_GAUSS61, w, &result, &abserr);
    gsl_integration_workspace_free(w);
    return result;
}

static double audit_odds_flow(void)
{
    static const double x0[] = {1e-9, 3.85e-5, 0.02385, 0.385, 0.99};
    double worst = 0;
    for (int layers = 1; layers <= 10; layers++)
        for (int i = 0; i < 5; i++)
            for (int j = 0; 0.9 * pow(0.1385, j) > x0[i]; j++) {
                double x = 0.9 * pow(0.1385, j);
                double u = units(layers, odds_of(2.385, x0[i] * 2.385),
                                 log(1 / x0[i] - 1) - log(1 / x - 1));
                double expected = units_by_quadrature(layers, x0[i], x);
                worst = entry_worse(worst, fabs(u / expected - 1));
            }
    return worst;
}

/* Strength of skill k + 1 after the integrated flow of AUDIT_SKILLS equal starts. */
static double integrated(int layers, double initial, double T, int k)
{
    double a[10 * AUDIT_SKILLS] = {0};
    struct depth_model model = {layers, AUDIT_SKILLS, 2.385, 0.37, audit_frequency};
    if (depth_balance(&model, initial, a) != STATUS_OK
        || depth_integrate(&model, T, a) != STATUS_OK)
        return NAN;
    return depth_strength_at(&model, a, k);
}

/* How late strength R comes, in the larger of T and 1/(mu P). */
static double lateness(int layers, double R, double found, double T, double mu)
{
    double x = R / 2.385, speed = mu * pow(x, 2 - 2.0 / layers) * fabs(1 - x);
    return fabs(found - R) / 2.385 / speed / fmax(T, 1 / mu);
}

static double audit_deep_time(void)
{
    static const double start[] = {2.385e-4, 0.00385, 0.385, 2.36};
    static const double fraction[] = {0.0237, 0.385, 0.981};
    double worst = 0, S = 2.385;
    for (int i = 0; i < 7 * 12; i++) {
        static const int depths[] = {1, 2, 3, 4, 5, 7, 10};
        int layers = depths[i / 12], k = i % AUDIT_SKILLS;
        double e = fraction[i % 3], R0 = start[i / 3 % 4], P = audit_frequency[k];
        double mu = 0.37 * layers * pow(S, 2 - 2.0 / layers) * P;
        double T = depth_time(layers, S, R0, 0.37, P, e);
        if (!(T < 0))
            worst = entry_worse(worst, lateness(layers, e * S, integrated(layers, R0, T, k),
                                                T, mu));
        R0 = i % 2 ? 2.5 : 71;
        T = (1 + i % 3) / mu;
        double R = depth_strength(layers, S, R0, 0.37 * P, T);
        worst = entry_worse(worst, lateness(layers, R, integrated(layers, R0, T, k), T, mu));
    }
    return worst;
}

static int evaluate_limit(double u, const double y[], double velocity[], void *params)
{
    (void)u, (void)params;
    velocity[0] = y[0] * y[0] * (1 - y[0]);
    return GSL_SUCCESS;
}

/* eq:infinite-depth against integration of dx/du = x^2 (1 - x). */
static double audit_infinite_depth(void)
{
    gsl_odeiv2_system system = {evaluate_limit, NULL, 1, NULL};
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(
        &system, gsl_odeiv2_step_rk8pd, 1e-3, 0, 1e-13);
    double x = 0.02385, c = 1 / x - 1, u = 0, worst = driver ? 0 : NAN;
    for (int i = 1; driver && i < 60; i++) {
        if (gsl_odeiv2_driver_apply(driver, &u, i, &x))
            worst = NAN;
        double closed = 1 / (1 + gsl_sf_lambert_W0(c * exp(c - i)));
        worst = entry_worse(worst, fabs(closed / x - 1));
        double finite = depth_strength(1000, 1, 0.02385, 1e-3, i); /* nearly there */
        if (!(fabs(finite - x) < 0.05))
            worst = INFINITY;
    }
    gsl_odeiv2_driver_free(driver);
    return worst;
}

static double audit_deep_wait(void)
{
    static const double start[] = {3.85e-4, 2.385e-7, 1e-9};
    double worst = 0, e = 0.0385;
    for (int layers = 3; layers <= 10; layers++)
        for (int i = 0; i < 3; i++) {
            double nu = 1 - 2.0 / layers, rho = units_by_quadrature(layers, e, 1 - e);
            double W = depth_wait(layers, start[i], e), power = pow(start[i], -nu) / nu;
            double neglected = pow(e, -nu) / nu;
            worst = entry_worse(worst, fabs(W * rho - power) / neglected);
        }
    return worst;
}

struct audit_rise {
    int layers;
    double s;
};

static int evaluate_rise(double t, const double y[], double velocity[], void *params)
{
    const struct audit_rise *rise = params;
    double u = exp(t), missing = 1 - y[0];
    velocity[0] = u * pow(y[0], 2 - 2.0 / rise->layers) * missing;
    velocity[1] = pow(u, rise->s) * missing * missing;
    return isfinite(velocity[0]) ? GSL_SUCCESS : GSL_ERANGE;
}

/* J_L from the integrated flow; alone before u = 1e-9, where x is x0 + u x0^(1+nu). */
static double integral_by_flow(int layers, double alpha, double x0)
{
    struct audit_rise rise = {layers, alpha / (alpha + 1)};
    gsl_odeiv2_system system = {evaluate_rise, NULL, 2, &rise};
    double u = 1e-9, t = log(u), y[] = {x0 + u * pow(x0, 2 - 2.0 / layers) * (1 - x0),
                                        pow(u, rise.s) / rise.s * gsl_pow_2(1 - x0)};
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(
        &system, gsl_odeiv2_step_rk8pd, 1e-2, 0, 1e-12);
    int failure = !driver;
    while (!failure && 1 - y[0] > 1e-9)
        failure = gsl_odeiv2_driver_apply(driver, &t, t + 0.1, y);
    gsl_odeiv2_driver_free(driver);
    return failure ? NAN : y[1];
}

static double audit_deep_integral(void)
{
    static const double alpha[] = {0.05, 0.3385, 0.6, 2.385, 5};
    static const double start[] = {1e-4, 0.02385, 0.385, 0.99};
    double worst = 0;
    for (int i = 0; i < 20; i++) {
        double a = alpha[i / 4], x0 = start[i % 4], c = 1 / x0 - 1, s = a / (a + 1);
        double one = gsl_pow_2(1 - x0) * pow(2, -s) * gsl_sf_gamma(s);
        double two = scaling_time_integral(a, c);
        worst = entry_worse(worst, fabs(depth_time_integral(1, a, c) / one - 1));
        worst = entry_worse(worst, fabs(depth_time_integral(2, a, c) / two - 1));
        int layers = i % 3 ? 3 + i % 4 : 10;
        double J = depth_time_integral(layers, a, c);
        worst = entry_worse(worst, fabs(J / integral_by_flow(layers, a, x0) - 1));
    }
    return worst;
}

enum { AUDIT_SUM = 3000 };

/* The loss over S^2/2 of infinitely many skills; mu T = speed. */
static double loss_by_flow(int layers, double alpha, double x0, double speed)
{
    struct audit_rise rise = {layers, 1};
    gsl_odeiv2_system system = {evaluate_rise, NULL, 2, &rise};
    double A = task_normaliser(alpha, 0), t = -30, y[] = {x0, 0}, sum = 0, n = AUDIT_SUM;
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(
        &system, gsl_odeiv2_step_rk8pd, 1e-2, 1e-14, 1e-12);
    int failure = !driver;
    for (int k = AUDIT_SUM; k >= 1 && !failure; k--) {
        double P = A * pow(k, -alpha - 1);
        failure = gsl_odeiv2_driver_apply(driver, &t, log(speed * P), y);
        sum += P * gsl_pow_2(1 - y[0]);
    }
    gsl_odeiv2_driver_free(driver);
    double w = gsl_pow_2(1 - x0), slope = 2 * w * pow(x0, 2 - 2.0 / layers) * speed;
    sum += A * pow(n + 0.5, -alpha) / alpha * w;
    sum -= A * A * pow(n + 0.5, -2 * alpha - 1) / (2 * alpha + 1) * slope;
    return failure ? NAN : sum;
}

static double audit_deep_law(void)
{
    static const int depths[] = {1, 2, 3, 5, 10};
    double worst = 0;
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 2; j++) {
            struct scaling s = {j ? 1.385 : 2.385, 0, 2.385, 0.2385, 0.385};
            double T = 1e5, speed = 0.385 * depths[i] * pow(2.385, 2 - 2. / depths[i]) * T;
            double sum = loss_by_flow(depths[i], s.alpha, 0.1, speed) * gsl_pow_2(2.385) / 2;
            double loss = depth_time_loss(depths[i], &s, T);
            if (!(fabs(loss / sum - 1) < 1e-6))
                return INFINITY;
            worst = entry_worse(worst, fabs(depth_time_law(depths[i], &s, T) / sum - 1));
        }
    return worst;
}

static double audit_deep_bound(void)
{
    static const double alpha[] = {0.05, 0.6, 2.385, 5}, start[] = {0.00385, 0.385, 2.3};
    double worst = 0;
    for (int i = 0; i < 12; i++)
        for (int layers = 1; layers <= 10; layers += 1 + layers / 3)
            for (int j = 0; j < 5; j++) {
                double T = 0.02385 * pow(23.85, j);
                struct scaling s = {alpha[i / 3], i % 2 ? 700 : 0, 2.385, start[i % 3], 0.385};
                double bound = depth_time_bound(layers, &s, T);
                double law = depth_time_law(layers, &s, T);
                double error = fabs(depth_time_loss(layers, &s, T) - law) - 1e-7 * law;
                worst = entry_worse(worst, error / bound);
            }
    return worst;
}

static double audit_descent_delay(void)
{
    double worst = 0, a[10 * AUDIT_SKILLS] = {0};
    for (int layers = 1; layers <= 10; layers += 1 + layers / 3) {
        struct depth_model model = {layers, AUDIT_SKILLS, 2.385, 1e-4 / layers,
                                    audit_frequency};
        double T = depth_time(layers, 2.385, 0.0385, model.rate, audit_frequency[0], 0.385);
        int steps = (int)T;
        if (depth_balance(&model, 0.0385, a)
            || depth_march(&model, DEPTH_DESCENT, steps, steps, a))
            return NAN;
        for (int k = 0; k < 2; k++) {
            double lambda = model.rate * audit_frequency[k], found;
            double late = depth_descent_delay(layers, 2.385, 0.0385, lambda, steps);
            double flow = depth_strength(layers, 2.385, 0.0385, lambda, steps);
            double shifted = depth_strength(layers, 2.385, 0.0385, lambda, steps - late);
            found = depth_strength_at(&model, a, k);
            worst = entry_worse(worst, fabs((found - shifted) / (found - flow)));
        }
    }
    return worst;
}

enum { AUDIT_RUNS = 3000 };

/* Mean and variance of AUDIT_RUNS runs, skill 1 of two. */
static enum status sample_runs(double rate, int batch, int steps, double P[1], double *mean,
                               double *variance)
{
    struct stream stream = stream_open(2385, (uint64_t)steps, PURPOSE_TRAINING);
    struct task task;
    double R[2] = {0}, sum = 0, squares = 0;
    enum status status = task_create(&task, 2, 1, 0, 0.6385, true, &stream);
    for (int i = 0; i < AUDIT_RUNS && status == STATUS_OK; i++) {
        status = depth_sample_descent(&task, 2.385, 0.0385, rate, batch, steps, &stream, R);
        sum += R[0];
        squares += R[0] * R[0];
    }
    *P = status == STATUS_OK ? task.probability[0] : NAN;
    *mean = sum / AUDIT_RUNS;
    *variance = (squares - sum * sum / AUDIT_RUNS) / (AUDIT_RUNS - 1);
    task_destroy(&task);
    return status;
}

/* Of (eq:batch-mean), or of (eq:batch-spread), in standard errors. */
static double audit_batches(bool of_mean)
{
    double worst = 0, S = 2.385, P, mean, variance;
    for (int i = 0; i < 2; i++) {
        int batch = i ? 7 : 2, steps = i ? 150 : 200;
        double rate = (i ? 0.75 : 1.0) / steps;
        if (sample_runs(rate, batch, steps, &P, &mean, &variance) != STATUS_OK)
            return NAN;
        double expected = depth_batch_mean(S, 0.0385, rate, P, batch, steps);
        double spread = depth_batch_spread(S, 0.0385, rate, P, batch, steps);
        double off = of_mean ? (mean - expected) / sqrt(variance / AUDIT_RUNS)
                             : (sqrt(variance) / spread - 1) * sqrt(2.0 * AUDIT_RUNS);
        worst = entry_worse(worst, fabs(off));
    }
    return worst;
}

static double audit_batch_mean(void)
{
    return audit_batches(true);
}

static double audit_batch_spread(void)
{
    return audit_batches(false);
}

const struct entry depth_entries[] = {
    {"eq:stage-ratio", "against a search skill by skill", audit_stage_ratio, 0},
    {"eq:unbalanced-time", "against the integrated flow", audit_unbalanced_time, 1e-9},
    {"eq:sigmoid", "inflections bisected in time", audit_sigmoid, 1e-5},
    {"eq:deep-flow", "against differences of the loss", audit_deep_flow, 1e-7},
    {"eq:odds-flow", "quadrature against the elementary form", audit_odds_flow, 1e-11},
    {"eq:deep-time", "against the integrated flow of all parameters", audit_deep_time, 1e-9},
    {"eq:infinite-depth", "against the integrated flow", audit_infinite_depth, 1e-9},
    {"eq:deep-wait", "exact times, in units of the neglected order", audit_deep_wait, 1},
    {"eq:deep-law", "against a sum over integrated skills", audit_deep_law, 1e-6},
    {"eq:deep-bound", "error over its bound", audit_deep_bound, 1},
    {"eq:deep-integral", "against the integrated flow and closed forms",
     audit_deep_integral, 1e-8},
    {"eq:descent-delay", "what is left of the error of descent", audit_descent_delay, 1e-2},
    {"eq:batch-mean", "sampled descent, in standard errors", audit_batch_mean, 4},
    {"eq:batch-spread", "sampled descent, in standard errors", audit_batch_spread, 4},
    {0}};
