#include "depth.h"
#include "multilinear.h"
#include "scaling.h"
#include "stream.h"
#include "sums.h"
#include "task.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_odeiv2.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_lambert.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

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
    struct skill like = {.target = 2.385, .rate = 0.37};
    if (multilinear_create_from(&model, AUDIT_SKILLS, like, a, b) == STATUS_OK
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
        struct skill skill = {S, R0, 0.37, audit_frequency[k]};
        double T = depth_unbalanced_time(skill, q, e);
        double late = depth_unbalanced_saturation_time(skill, q, e);
        if (!(T < 0))
            worst = entry_worse(worst, miss(R0, q, k, T, e * S));
        if (!(late < 0))
            worst = entry_worse(worst, miss(R0, q, k, late, S - e * S));
    }
    return worst;
}

static const struct skill bent = {2.385, -0.2385, 1, 1};

static double bend(double q, double T)
{
    double h = 1e-3 / hypot(q, 2 * bent.target), R[3];
    for (int i = 0; i < 3; i++)
        R[i] = depth_unbalanced_strength(bent, q, T + h * (i - 1));
    return R[0] - 2 * R[1] + R[2];
}

/* Strength where the bend changes sign between two times.  (eq:sigmoid) */
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
    return depth_unbalanced_strength(bent, q, from);
}

static double audit_sigmoid(void)
{
    static const double share[] = {0.01385, 0.1385, 0.385, 0.65, 0.7};
    double S = bent.target, worst = 0;
    for (int i = 0; i < 5; i++) {
        double q = share[i] * S, root = sqrt(S * S - 2 * q * q);
        double middle = depth_unbalanced_time(bent, q, 0.25);
        double first = inflection(q, 0.01 / hypot(q, 2 * S), middle);
        double last = inflection(q, middle, depth_unbalanced_time(bent, q, 0.9));
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
    double worst = 0, S = 2.385, e = 0.0385;
    struct skill deep = {S, 3.85e-4, 0.37, 1}, unbalanced = {S, 1e-7, 0.37, 1};
    for (int i = 0; i < 4; i++) {
        for (int layers = 1; layers <= 5; layers++) {
            double emergent = depth_time(layers, deep, e);
            double saturated = depth_saturation_time(layers, deep, e);
            worst = entry_worse(worst, stage_limit_error(alpha[i], emergent, saturated));
        }
        for (int j = 0; j < 5; j++) {
            double q = 1e-5 * pow(23.85, j);
            double emergent = depth_unbalanced_time(unbalanced, q, e);
            double saturated = depth_unbalanced_saturation_time(unbalanced, q, e);
            worst = entry_worse(worst, stage_limit_error(alpha[i], emergent, saturated));
        }
    }
    return worst;
}

enum { STARTS = 5, DRAWN = 20000, DRAWS = 400 };

static const double audit_starts[STARTS] = {2.385e-7, 0.00385, 0.0385, 0.385, 1.19};

/* The loss of one draw, or with none the mean of what lies beyond the skills drawn. */
static double loss_of_starts(const struct scaling *s, double T, struct stream *stream)
{
    double A = task_normaliser(s->alpha, s->skills), speed = 2 * s->rate * s->target * T;
    double sum = 0;
    for (int k = DRAWN; stream && k >= 1; k--) {
        double P = A * pow(k, -s->alpha - 1);
        double r = audit_starts[stream_below(stream, STARTS)] / s->target;
        double missing = 1 / (1 + r / (1 - r) * exp(fmin(speed * P, 300)));
        sum += P * missing * missing;
    }
    for (int i = 0; !stream && i < STARTS; i++) {
        struct sums_summand f = {s->alpha, A, speed, s->target / audit_starts[i] - 1};
        sum += sums_add(&f, DRAWN + 1, INFINITY) / STARTS;
    }
    return gsl_pow_2(s->target) / 2 * sum;
}

static double audit_random_starts(void)
{
    static const double alpha[] = {0.385, 0.6, 0.9385};
    double worst = 0;
    for (int a = 0; a < 3; a++) {
        struct scaling s = {alpha[a], 0, 2.385, 0.1, 0.6385};
        struct stream stream = stream_open(2385, (uint64_t)a, PURPOSE_TRAINING);
        double T = 238.5, rest = loss_of_starts(&s, T, NULL), sum = 0, squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double loss = loss_of_starts(&s, T, &stream);
            sum += loss;
            squares += loss * loss;
        }
        double sd = sqrt((squares - sum * sum / DRAWS) / (DRAWS - 1));
        double law = depth_starts_constant(&s, audit_starts, STARTS)
                     * pow(T, -s.alpha / (s.alpha + 1));
        double spread = depth_starts_spread(&s, audit_starts, STARTS, T);
        worst = entry_worse(worst, fabs(sum / DRAWS + rest - law) / sd * sqrt(DRAWS));
        worst = entry_worse(worst, fabs(sd / spread - 1) * sqrt(2.0 * DRAWS));
    }
    return worst;
}

static double audit_start_order(void)
{
    double worst = 0;
    for (int j = 0; j < 7; j++) {
        struct scaling low = {0.6385, 0, 2.385, audit_starts[0], 0.6385}, high = low;
        struct stream stream = stream_open(2385, (uint64_t)j, PURPOSE_TRAINING);
        double T = 0.02385 * pow(8.385, j);
        high.initial = audit_starts[STARTS - 1];
        double loss = loss_of_starts(&low, T, &stream) + loss_of_starts(&low, T, NULL);
        worst = entry_worse(worst, loss / scaling_time_loss(&low, T));
        worst = entry_worse(worst, scaling_time_loss(&high, T) / loss);
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
    double nu = 1 - 2.0 / layers;
    gsl_function F = {odds_integrand, &nu};
    return sums_integrate(&F, log(1 / x - 1), log(1 / x0 - 1), 0, 1e-12);
}

static double audit_odds_flow(void)
{
    static const double x0[] = {1e-9, 3.85e-5, 0.02385, 0.385, 0.99};
    double worst = 0;
    for (int layers = 1; layers <= 10; layers++)
        for (int i = 0; i < 5; i++)
            for (int j = 0; 0.9 * pow(0.1385, j) > x0[i]; j++) {
                double x = 0.9 * pow(0.1385, j), S = 2.385;
                double u = depth_units(layers, (struct skill){S, x0[i] * S, 1, 1},
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
        double T = depth_time(layers, (struct skill){S, R0, 0.37, P}, e);
        if (!(T < 0))
            worst = entry_worse(worst, lateness(layers, e * S, integrated(layers, R0, T, k),
                                                T, mu));
        R0 = i % 2 ? 2.5 : 71;
        T = (1 + i % 3) / mu;
        double R = depth_strength(layers, (struct skill){S, R0, 0.37, P}, T);
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
        double finite = depth_strength(1000, (struct skill){1, 0.02385, 1e-3, 1}, i);
        if (!(fabs(finite - x) < 0.05)) /* nearly there */
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
        struct skill skill = {2.385, 0.0385, model.rate, audit_frequency[0]};
        double T = depth_time(layers, skill, 0.385);
        int steps = (int)T;
        if (depth_balance(&model, 0.0385, a)
            || depth_march(&model, DEPTH_DESCENT, steps, steps, a))
            return NAN;
        for (int k = 0; k < 2; k++) {
            skill.probability = audit_frequency[k];
            double late = depth_descent_delay(layers, skill, steps);
            double flow = depth_strength(layers, skill, steps);
            double shifted = depth_strength(layers, skill, steps - late);
            double found = depth_strength_at(&model, a, k);
            worst = entry_worse(worst, fabs((found - shifted) / (found - flow)));
        }
    }
    return worst;
}

enum { AUDIT_RUNS = 3000 };

/* Mean and variance of AUDIT_RUNS runs of skill 1 of two, whose probability is set. */
static enum status sample_runs(struct skill *skill, int batch, int steps, double *mean,
                               double *variance)
{
    struct stream stream = stream_open(2385, (uint64_t)steps, PURPOSE_TRAINING);
    struct task task;
    double R[2] = {0}, sum = 0, squares = 0;
    enum status status = task_create(&task, 2, 1, 0, 0.6385, true, &stream);
    for (int i = 0; i < AUDIT_RUNS && status == STATUS_OK; i++) {
        status = depth_sample_descent(&task, *skill, batch, steps, &stream, R);
        sum += R[0];
        squares += R[0] * R[0];
    }
    skill->probability = status == STATUS_OK ? task.probability[0] : NAN;
    *mean = sum / AUDIT_RUNS;
    *variance = (squares - sum * sum / AUDIT_RUNS) / (AUDIT_RUNS - 1);
    task_destroy(&task);
    return status;
}

/* Of (eq:batch-mean), or of (eq:batch-spread), in standard errors. */
static double audit_batches(bool of_mean)
{
    double worst = 0, mean, variance;
    for (int i = 0; i < 2; i++) {
        int batch = i ? 7 : 2, steps = i ? 150 : 200;
        struct skill skill = {2.385, 0.0385, (i ? 0.75 : 1.0) / steps, 0};
        if (sample_runs(&skill, batch, steps, &mean, &variance) != STATUS_OK)
            return NAN;
        double expected = depth_batch_mean(skill, batch, steps);
        double spread = depth_batch_spread(skill, batch, steps);
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
    {"eq:start-order", "share of a bound that a draw takes", audit_start_order, 1},
    {"eq:random-starts", "sampled starts, in standard errors", audit_random_starts, 4},
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
