#include "modes.h"
#include "multilinear.h"
#include "stream.h"
#include "task.h"
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { AUDIT_SKILLS = 6, AUDIT_KNOWN = 5, AUDIT_SAMPLES = 2385 };

static const double audit_a[AUDIT_KNOWN] = {0.0385, 1.3, -0.6, 2.1, 0.01};
static const double audit_b[AUDIT_KNOWN] = {0.0385, -0.2, 0.7, 0.3, 0.02};

/* S = 2.385 and eta = 0.37; the probability may be d_k/D. */
static struct skill audit_skill(double probability)
{
    return (struct skill){2.385, 0.0137, 0.37, probability};
}

struct audit {
    struct task task;
    struct batch batch;
    struct multilinear_model model;
    int count[AUDIT_SKILLS];
};

static enum status begin_audit(struct audit *audit)
{
    struct stream stream = stream_open(2385, 1, PURPOSE_TASK);
    memset(audit, 0, sizeof *audit);
    enum status status = task_create(&audit->task, AUDIT_SKILLS, 11, 3, 0.6385, true,
                                     &stream);
    if (!status)
        status = batch_create(&audit->batch, AUDIT_SAMPLES);
    if (!status)
        status = multilinear_create_from(&audit->model, AUDIT_KNOWN, audit_skill(1), audit_a,
                                         audit_b);
    if (status)
        return status;
    task_draw(&audit->task, &stream, &audit->batch);
    for (int s = 0; s < AUDIT_SAMPLES; s++)
        audit->count[audit->batch.skill[s]]++;
    return STATUS_OK;
}

static void end_audit(struct audit *audit)
{
    multilinear_destroy(&audit->model);
    batch_destroy(&audit->batch);
    task_destroy(&audit->task);
}

/* Relative difference of the loss averaged over samples from eq:empirical-loss. */
static double audit_empirical_loss(void)
{
    struct audit audit;
    double average = 0, formula = 0;
    if (begin_audit(&audit) == STATUS_OK) {
        for (int s = 0; s < AUDIT_SAMPLES; s++) {
            uint64_t bits = audit.batch.bits[s];
            double error = 0;
            for (int k = 0; k < AUDIT_SKILLS; k++)
                if (audit.batch.skill[s] == k)
                    error += (2.385 - multilinear_strength_at(&audit.model, k))
                             * task_parity(&audit.task, k, bits);
            average += error * error / 2 / AUDIT_SAMPLES;
        }
        for (int k = 0; k < AUDIT_SKILLS; k++)
            formula += 0.5 * audit.count[k] / AUDIT_SAMPLES
                       * gsl_pow_2(2.385 - multilinear_strength_at(&audit.model, k));
    }
    end_audit(&audit);
    return fabs(average / formula - 1);
}

/* Largest difference of the gradient averaged over samples from eq:gradient-flow. */
static double audit_gradient_flow(void)
{
    struct audit audit;
    double by_samples[2 * AUDIT_KNOWN], by_counts[2 * AUDIT_KNOWN], worst = NAN;
    if (begin_audit(&audit) == STATUS_OK) {
        struct multilinear_data samples = {.task = &audit.task, .batch = &audit.batch};
        struct multilinear_data counts = {.samples = AUDIT_SAMPLES, .count = audit.count};
        multilinear_velocity(&audit.model, &samples, by_samples);
        multilinear_velocity(&audit.model, &counts, by_counts);
        worst = 0;
        for (int j = 0; j < 2 * AUDIT_KNOWN; j++)
            worst = entry_worse(worst, fabs(by_samples[j] / by_counts[j] - 1));
    }
    end_audit(&audit);
    return worst;
}

enum { AUDIT_TIMES = 8 };

static const double audit_times[AUDIT_TIMES] = {0,   0.0385, 0.71, 2.385,
                                                6.1, 13.7,   41.3, 97.1};

/* Integrate over samples; truth has AUDIT_TIMES rows of 2 AUDIT_KNOWN. */
static enum status find_truth(struct audit *audit, double *truth)
{
    struct multilinear_data samples = {.task = &audit->task, .batch = &audit->batch};
    return multilinear_integrate(&audit->model, &samples, audit_times, AUDIT_TIMES, truth);
}

/* Largest residual of one row over the times and the skills from first to last. */
static double compare_with_flow(double (*residual)(const struct audit *, int k, double T,
                                                   double a, double b),
                                int first, int last)
{
    struct audit audit;
    double truth[AUDIT_TIMES * 2 * AUDIT_KNOWN] = {0}, worst = NAN;
    if (begin_audit(&audit) == STATUS_OK && find_truth(&audit, truth) == STATUS_OK) {
        worst = 0;
        for (int j = 0; j < AUDIT_TIMES; j++)
            for (int k = first; k <= last; k++) {
                const double *a = truth + 2 * AUDIT_KNOWN * j, *b = a + AUDIT_KNOWN;
                worst = entry_worse(worst, residual(&audit, k, audit_times[j], a[k], b[k]));
            }
    }
    end_audit(&audit);
    return worst;
}

static double rate_of(const struct audit *audit, int k)
{
    return audit->model.rate * audit->count[k] / AUDIT_SAMPLES;
}

/* The skill in the time that it has seen: rate lambda, probability 1. */
static struct skill skill_of(const struct audit *audit, int k)
{
    return (struct skill){2.385, audit_a[k] * audit_b[k], rate_of(audit, k), 1};
}

static double drift(const struct audit *audit, int k, double T, double a, double b)
{
    (void)audit, (void)T;
    return fabs((a - b) * (a + b) - (audit_a[k] - audit_b[k]) * (audit_a[k] + audit_b[k]));
}

/* (eq:strength-flow) */
static double strength_velocity(const struct audit *audit, int k, double T, double a,
                                double b)
{
    double q = gsl_pow_2(audit_a[k]) - gsl_pow_2(audit_b[k]), R = a * b;
    double pull = rate_of(audit, k) * (2.385 - R), a_dot = pull * b, b_dot = pull * a;
    (void)T;
    return fabs(a_dot * b + a * b_dot - pull * hypot(q, 2 * R));
}

static double logistic_error(const struct audit *audit, int k, double T, double a, double b)
{
    return fabs(multilinear_logistic(skill_of(audit, k), T) - a * b);
}

static double unbalanced_error(const struct audit *audit, int k, double T, double a,
                               double b)
{
    double a_exact = audit_a[k], b_exact = audit_b[k];
    if (multilinear_flow(skill_of(audit, k), T, &a_exact, &b_exact))
        return INFINITY;
    return entry_worse(fabs(a_exact - a), fabs(b_exact - b));
}

/* (eq:conserved) */
static double audit_conserved(void)
{
    return compare_with_flow(drift, 0, AUDIT_KNOWN - 1);
}

static double audit_strength_flow(void)
{
    return compare_with_flow(strength_velocity, 0, AUDIT_KNOWN - 1);
}

static double audit_logistic(void)
{
    return compare_with_flow(logistic_error, 0, 0); /* skill 1 starts balanced */
}

static double audit_unbalanced(void)
{
    return compare_with_flow(unbalanced_error, 0, AUDIT_KNOWN - 1);
}

/* (eq:lazy) */
static double audit_lazy(void)
{
    static const double large[] = {23.85, 51.7, 238.5, 1109, 3150};
    static const double times[] = {0.1, 0.7, 2.9, 11};
    double worst = 0;
    for (int i = 0; i < 20; i++) {
        double a = large[i / 4], T = times[i % 4], q = a * a - 0.01, R0 = -0.1 * a;
        struct skill skill = {2.385, R0, 0.37 / q, 1};
        double range = fabs(R0) + 2.385, exact = multilinear_strength(skill, a, -0.1, T);
        double lazy = 2.385 + (R0 - 2.385) * exp(-skill.rate * q * T);
        worst = entry_worse(worst, fabs(exact - lazy) / range / gsl_pow_2(range / q));
    }
    return worst;
}

/* (eq:effective-start) */
static double audit_effective_start(void)
{
    static const double sizes[] = {0.1, 0.0237, 2.385e-3, 1.1e-4, 1e-5};
    static const double exponents[] = {4, 5.3, 9.1, 13.7, 23.85, 37};
    double worst = 0;
    for (int i = 0; i < 30; i++) {
        double size = sizes[i / 6], x = exponents[i % 6];
        double a = 0.7 * size, b = -0.4 * size, start = gsl_pow_2(a + b) / 4;
        double exact = multilinear_strength(audit_skill(1), a, b, x / (0.37 * 2.385));
        double small = 2.385 / (1 + 2.385 / start * exp(-2 * x));
        double order = size * size / 2.385 + size * size / start * exp(-4 * x);
        worst = entry_worse(worst, fabs(exact / small - 1) / order);
    }
    return worst;
}

/* (eq:infinite-time) */
static double audit_infinite_time(void)
{
    static const double a[] = {0.0385, 1.3, -0.6, 2.1, 0.03};
    static const double b[] = {0.0385, -0.2, 0.7, 0.3, 0.2};
    static const int count[] = {1600, 700, 84, 0, 1};
    struct multilinear_model model;
    struct multilinear_data data = {.samples = AUDIT_SAMPLES, .count = count};
    double y[2 * AUDIT_KNOWN] = {0}, end = 2e4, worst = NAN;
    struct skill fast = {.target = 2.385, .rate = 1.37};
    if (multilinear_create_from(&model, AUDIT_KNOWN, fast, a, b) == STATUS_OK
        && multilinear_integrate(&model, &data, &end, 1, y) == STATUS_OK) {
        worst = 0;
        for (int k = 0; k < AUDIT_KNOWN; k++) {
            double expected = count[k] ? 2.385 : a[k] * b[k];
            worst = entry_worse(worst, fabs(y[k] * y[AUDIT_KNOWN + k] - expected));
            struct skill skill = {.target = 2.385, .rate = count[k] ? 0.1 : 0, .probability = 1};
            double closed = multilinear_strength(skill, a[k], b[k], INFINITY);
            worst = entry_worse(worst, fabs(closed - expected));
        }
    }
    multilinear_destroy(&model);
    return worst;
}

/* Binomial mean of the logistic at d/D; the sum of probabilities divides. */
static double average_over_counts(double P, int D, double rate, double T)
{
    int mode = (int)((D + 1) * P), width = (int)(10 * sqrt(D * P * (1 - P))) + 10;
    double total = 0, sum = 0;
    for (int side = 0; side < 2; side++) {
        double p = 1;
        for (int j = side; j <= width; j++) {
            int d = side ? mode - j : mode + j;
            if (d < 0 || d > D)
                break;
            if (side)
                p *= (d + 1.0) / (D - d) * (1 - P) / P;
            else if (j)
                p *= (D - d + 1.0) / d * P / (1 - P);
            total += p;
            sum += p * multilinear_logistic((struct skill){2.385, 0.0137, rate * d / D, 1}, T);
        }
    }
    return sum / total;
}

/* Largest relative difference of D (mean - limit) from the second-order term. */
static double audit_infinite_data(void)
{
    static const double probabilities[] = {0.021, 0.065, 0.2385, 0.63};
    static const double exponents[] = {3.7, 4.6, 5.5, 6.4, 7.3};
    const int D = 400000;
    double worst = 0;
    for (int i = 0; i < 20; i++) {
        double P = probabilities[i / 5], x = exponents[i % 5];
        double T = x / (2 * 0.37 * P * 2.385);
        double R = 2.385 / (1 + (2.385 / 0.0137 - 1) * exp(-x)), share = R / 2.385;
        double curvature = R * (1 - share) * (1 - 2 * share) * x * x;
        double bias = average_over_counts(P, D, 0.37, T) - R;
        worst = entry_worse(worst, fabs(bias / (curvature * (1 - P) / P / 2 / D) - 1));
    }
    return worst;
}

static void find_linear_velocity(const struct audit *audit, const double *w,
                                 double *velocity)
{
    memset(velocity, 0, AUDIT_KNOWN * sizeof *velocity);
    for (int s = 0; s < AUDIT_SAMPLES; s++) {
        int i = audit->batch.skill[s];
        double g = task_parity(&audit->task, i, audit->batch.bits[s]);
        double f = i < AUDIT_KNOWN ? w[i] * g : 0;
        if (i < AUDIT_KNOWN)
            velocity[i] += 0.37 * (2.385 * g - f) * g / AUDIT_SAMPLES;
    }
}

static void step_by_runge_kutta(const struct audit *audit, double h, double *w)
{
    static const double place[] = {0, 0.5, 0.5, 1}, weight[] = {1, 2, 2, 1};
    double velocity[AUDIT_KNOWN] = {0}, at[AUDIT_KNOWN], sum[AUDIT_KNOWN] = {0};
    for (int stage = 0; stage < 4; stage++) {
        for (int k = 0; k < AUDIT_KNOWN; k++)
            at[k] = w[k] + h * place[stage] * velocity[k];
        find_linear_velocity(audit, at, velocity);
        for (int k = 0; k < AUDIT_KNOWN; k++)
            sum[k] += weight[stage] * velocity[k] / 6;
    }
    for (int k = 0; k < AUDIT_KNOWN; k++)
        w[k] += h * sum[k];
}

static double audit_linear(void)
{
    struct audit audit;
    double w[AUDIT_KNOWN], h = 0.0385, worst = NAN;
    memcpy(w, audit_b, sizeof w);
    if (begin_audit(&audit) == STATUS_OK) {
        worst = 0;
        for (int step = 1; step <= 300; step++) {
            step_by_runge_kutta(&audit, h, w);
            for (int k = 0; k < AUDIT_KNOWN; k++) {
                struct skill skill = {2.385, audit_b[k], rate_of(&audit, k), 1};
                double closed = multilinear_linear(skill, h * step);
                worst = entry_worse(worst, fabs(closed - w[k]));
            }
        }
    }
    end_audit(&audit);
    return worst;
}

static double loss_over_axes(const struct modes *modes, const double *weights)
{
    int n = modes->count, inputs = modes->inputs;
    const double *W2 = weights + n * inputs;
    double loss = 0;
    for (int s = 0; s < inputs; s++)
        for (int i = 0; i < modes->outputs; i++) {
            double x = sqrt(inputs), error = modes->correlation[i * inputs + s] * x;
            for (int h = 0; h < n; h++)
                error -= W2[i * n + h] * weights[h * inputs + s] * x;
            loss += error * error / 2 / inputs;
        }
    return loss;
}

static double audit_linear_network(void)
{
    struct stream stream = stream_open(2385, 1, PURPOSE_START);
    struct modes modes;
    double velocity[60] = {0}, worst = NAN, h = 1e-4;
    if (modes_create(&modes, 4, 0.37, 0.6, &stream) == STATUS_OK) {
        modes_velocity(&modes, modes.weights, velocity);
        worst = 0;
        for (int j = 0; j < 4 * (modes.inputs + modes.outputs); j++) {
            double *w = &modes.weights[j], kept = *w;
            *w = kept + h;
            double up = loss_over_axes(&modes, modes.weights);
            *w = kept - h;
            double down = loss_over_axes(&modes, modes.weights);
            *w = kept;
            worst = entry_worse(worst, fabs(velocity[j] + 0.37 * (up - down) / 2 / h));
        }
    }
    modes_destroy(&modes);
    return worst;
}

static void align(struct modes *modes, double start, struct stream *stream)
{
    int n = modes->count, inputs = modes->inputs, outputs = modes->outputs;
    double r[25];
    for (int j = 0; j < n * n; j++)
        r[j] = stream_normal(stream);
    modes_orthonormalise(n, n, r);
    memset(modes->weights, 0, (size_t)(n * (inputs + outputs)) * sizeof(double));
    for (int k = 0; k < n; k++)
        for (int h = 0; h < n; h++) {
            for (int j = 0; j < inputs; j++)
                modes->weights[h * inputs + j] += start * r[k * n + h] * modes->u[k * inputs + j];
            for (int i = 0; i < outputs; i++)
                modes->weights[n * inputs + i * n + h] +=
                    start * r[k * n + h] * modes->v[k * outputs + i];
        }
}

/* (eq:modes) */
static double audit_modes(void)
{
    static const double step[] = {0.3, 4.1, 9.7, 13.9, 20, 60};
    struct stream stream = stream_open(2385, 2, PURPOSE_START);
    struct modes modes;
    double worst = NAN, T = 0;
    if (modes_create(&modes, 4, 0.37, 0, &stream) == STATUS_OK) {
        worst = 0;
        align(&modes, 0.0385, &stream);
        for (int i = 0; i < 6; i++) {
            if (modes_move(&modes, step[i]) != STATUS_OK)
                worst = NAN;
            T += step[i];
            for (int k = 0; k < 4; k++) {
                double lambda = modes.lambda[k], c = lambda / 0.0385 / 0.0385 - 1;
                double closed = 1 / (1 + c * exp(-2 * 0.37 * lambda * T));
                worst = entry_worse(worst, fabs(modes_strength(&modes, k) - closed));
            }
        }
    }
    modes_destroy(&modes);
    return worst;
}

static double simulate_by_parts(const struct audit *audit, struct multilinear_model *model,
                                int parts, int *seen)
{
    struct stream stream = stream_open(2385, 1, PURPOSE_TRAINING);
    int count[AUDIT_SKILLS];
    *seen = 0;
    model->rate /= parts;
    for (int step = 0; step < 2600; step++) {
        multilinear_draw_counts(&audit->task, &stream, 16, count);
        *seen += count[0];
        for (int part = 0; part < parts; part++)
            multilinear_step(model, count, 16);
    }
    return multilinear_strength_at(model, 0);
}

/* (eq:clock) */
static double audit_clock(void)
{
    struct audit audit;
    double R[2] = {0}, worst = NAN;
    struct skill slow = {2.385, 0.0137, 7e-4, 1}, seen_by_one = {2.385, 0.0137, 7e-4 / 16, 1};
    if (begin_audit(&audit) == STATUS_OK) {
        int seen = 0;
        for (int parts = 1; parts <= 2; parts++) {
            struct multilinear_model model;
            if (multilinear_create(&model, 1, slow) == STATUS_OK)
                R[parts - 1] = simulate_by_parts(&audit, &model, parts, &seen);
            multilinear_destroy(&model);
        }
        double closed = multilinear_logistic(seen_by_one, seen);
        worst = fabs(2 * R[1] - R[0] - closed);
    }
    end_audit(&audit);
    return worst;
}

const struct entry multilinear_entries[] = {
    {"eq:empirical-loss", "against the average over samples", audit_empirical_loss, 1e-13},
    {"eq:gradient-flow", "against the average over samples", audit_gradient_flow, 1e-12},
    {"eq:conserved", "along the integrated flow of all samples", audit_conserved, 1e-11},
    {"eq:strength-flow", "against the velocities of both", audit_strength_flow, 1e-12},
    {"eq:logistic", "against the integrated flow of all samples", audit_logistic, 1e-11},
    {"eq:unbalanced", "against the integrated flow of all samples",
     audit_unbalanced, 1e-11},
    {"eq:lazy", "exact flow, in units of the neglected order", audit_lazy, 1},
    {"eq:effective-start", "exact flow, in units of the neglected order",
     audit_effective_start, 0.5},
    {"eq:infinite-time", "against the integrated flow", audit_infinite_time, 1e-10},
    {"eq:infinite-data", "bias of the exact binomial mean", audit_infinite_data, 1e-2},
    {"eq:linear", "against Runge--Kutta over all samples", audit_linear, 1e-8},
    {"eq:linear-network", "against differences of the loss over samples",
     audit_linear_network, 1e-8},
    {"eq:modes", "against the integrated matrices", audit_modes, 1e-10},
    {"eq:clock", "against extrapolated simulation", audit_clock, 1e-6},
    {0}};
