#include "emergence.h"
#include "shots.h"
#include "modes.h"
#include "multilinear.h"
#include "task.h"
#include <gsl/gsl_math.h>
#include <gsl/gsl_randist.h>
#include <math.h>
#include <stdint.h>
#include <string.h>

enum { AUDIT_SKILLS = 3, AUDIT_SAMPLES = 2385 };

static const int audit_count[AUDIT_SKILLS] = {1613, 687, 85};
static const double S = 2.385;

/* |R_k(T) - R| / R (1 - R/S) for skill k + 1, with R(T) from integration. */
static double miss(double c, int k, double T, double R, double rate)
{
    struct multilinear_model model;
    struct multilinear_data data = {.samples = AUDIT_SAMPLES, .count = audit_count};
    struct skill like = {.target = S, .initial = S / (1 + c), .rate = rate};
    double y[2 * AUDIT_SKILLS] = {0}, residual = INFINITY;
    if (multilinear_create(&model, AUDIT_SKILLS, like) == STATUS_OK
        && multilinear_integrate(&model, &data, &T, 1, y) == STATUS_OK)
        residual = fabs(y[k] * y[AUDIT_SKILLS + k] - R) / R / (1 - R / S);
    multilinear_destroy(&model);
    return residual;
}

static double worst_miss(int saturated)
{
    static const double c[] = {0.385, 99, 1.8e5, 3.1e9}, epsilon[] = {0.0237, 0.385, 0.981};
    double worst = 0;
    for (int i = 0; i < 12; i++)
        for (int k = 0; k < AUDIT_SKILLS; k++) {
            double P = (double)audit_count[k] / AUDIT_SAMPLES, e = epsilon[i % 3];
            struct skill skill = {S, S / (1 + c[i / 3]), 0.37, P};
            double T = saturated ? emergence_saturation_time(skill, e) : emergence_time(skill, e);
            double R = saturated ? S - S * e : S * e;
            if (!(T < 0))
                worst = entry_worse(worst, miss(c[i / 3], k, T, R, 0.37));
        }
    return worst;
}

static double audit_emergence_time(void)
{
    return worst_miss(0);
}

static double audit_saturation_time(void)
{
    return worst_miss(1);
}

/* Time at which the logistic of a skill with probability p passes epsilon S. */
static double bisect_time(double initial, double p, double epsilon)
{
    struct skill skill = {S, initial, 0.37 * p, 1};
    double low = 0, high = 1e4 / p;
    for (int i = 0; i < 100; i++) {
        double middle = (low + high) / 2;
        if (multilinear_logistic(skill, middle) < epsilon * S)
            low = middle;
        else
            high = middle;
    }
    return high;
}

static int stages_differ(double alpha, double initial, double epsilon, int k)
{
    double now = task_probability(alpha, 0, k), next = task_probability(alpha, 0, k + 1);
    double saturated = bisect_time(initial, now, 1 - epsilon);
    int before = saturated < bisect_time(initial, next, epsilon);
    struct skill like = {.target = S, .initial = initial};
    return before != emergence_in_stages(alpha, like, epsilon, k);
}

static double audit_stages(void)
{
    static const double alpha[] = {0.05, 0.18, 0.6385, 2.385, 5};
    static const double initial[] = {0.0237, 9.9e-4, 1.7e-6, 3.1e-9};
    static const double epsilon[] = {0.0385, 0.065, 0.19, 0.32};
    int differences = 0;
    for (int i = 0; i < 80; i++) {
        double a = alpha[i / 16], start = initial[i / 4 % 4], e = epsilon[i % 4];
        for (int k = 1; k < 40; k += 1 + k / 2)
            differences += stages_differ(a, start, e, k);
    }
    return differences;
}

/* The first skill that is not learned in stages. */
static int search_stage_limit(double alpha, double initial, double epsilon)
{
    double saturated = bisect_time(initial, 1, 1 - epsilon);
    double emergent = bisect_time(initial, 1, epsilon);
    int k = 1;
    while (k < 10000 && saturated < emergent * pow(1 + 1.0 / k, alpha + 1))
        k++;
    return k;
}

static double audit_stage_limit(void)
{
    static const double alpha[] = {0.05, 0.6385, 2.385, 5};
    static const double initial[] = {0.0237, 1.7e-6, 3e-9};
    static const double epsilon[] = {0.0385, 0.11, 0.32, 0.47};
    double worst = 0;
    for (int i = 0; i < 48; i++) {
        double a = alpha[i / 12], start = initial[i / 4 % 3], e = epsilon[i % 4];
        struct skill like = {.target = S, .initial = start};
        double limit = emergence_stage_limit(a, like, e);
        double found = search_stage_limit(a, start, e);
        worst = entry_worse(worst, fabs(fmax(1, ceil(limit)) - found));
    }
    return worst;
}

static double audit_strength_data(void)
{
    static const unsigned D[] = {0, 1, 7, 238, 2385};
    static const double P[] = {1e-9, 2.385e-4, 0.0385, 0.6385, 1};
    double worst = 0;
    for (int i = 0; i < 25; i++) {
        double mean = 0;
        for (unsigned d = 0; d <= D[i / 5]; d++) {
            struct skill seen = {S, 0.0137, d ? 0.37 * d / D[i / 5] : 0, 1};
            mean += gsl_ran_binomial_pdf(d, P[i % 5], D[i / 5])
                    * multilinear_logistic(seen, INFINITY);
        }
        double closed = emergence_strength_data((struct skill){S, 0.0137, 0.37, P[i % 5]},
                                                D[i / 5]);
        worst = entry_worse(worst, fabs(closed - mean));
    }
    return worst;
}

static double audit_strength_parameters(void)
{
    static const int count[] = {16, 7, 5, 4, 3};
    double worst = 0;
    for (int N = 0; N <= 5; N++) {
        struct multilinear_model model;
        if (multilinear_create(&model, N, (struct skill){S, 0.0137, 0.37, 1}) != STATUS_OK)
            return NAN;
        for (int step = 0; step < 2000; step++)
            multilinear_step(&model, count, 35);
        for (int k = 1; k <= 5; k++)
            worst = entry_worse(worst, fabs(multilinear_strength_at(&model, k - 1)
                                     - emergence_strength_parameters(2.385, k, N)));
        multilinear_destroy(&model);
    }
    return worst;
}

static double audit_dampened(void)
{
    static const double times[] = {0, 11, 26.2, 62.6, 149};
    double worst = 0, R;
    for (int i = 0; i < 15; i++) {
        struct skill skill = {S, 0.0137, 0.37, (double)audit_count[i / 5] / AUDIT_SAMPLES};
        double B = 0.385, T = times[i % 5], c = S / skill.initial - 1;
        double closed = S / (1 + c * exp(-2 * 0.37 * skill.probability * B * S * T));
        if (emergence_integrate_dampened(skill, B, T, &R) != STATUS_OK)
            return NAN;
        worst = entry_worse(worst, fabs(R - closed));
    }
    return worst;
}

static double audit_extended_time(void)
{
    static const double times[] = {0, 11, 26.2, 62.6, 149, 356, 849};
    double worst = 0, initial = emergence_extended_initial(0.0385);
    for (int i = 0; i < 7 * AUDIT_SKILLS; i++) {
        double P = (double)audit_count[i / 7] / AUDIT_SAMPLES, T = times[i % 7];
        double R = emergence_extended_time((struct skill){S, initial, 0.37, P}, 21.3, T);
        if (!(R > 0.999 * S))
            worst = entry_worse(worst, miss(S / initial - 1, i / 7, T, R, 2 * 0.37 / 21.3));
    }
    return worst;
}

static double audit_extended_emergence_time(void)
{
    static const double epsilon[] = {0.0137, 0.071, 0.2385, 0.5, 0.93};
    double worst = 0, initial = emergence_extended_initial(0.0385);
    for (int i = 0; i < 5 * AUDIT_SKILLS; i++) {
        double P = (double)audit_count[i / 5] / AUDIT_SAMPLES, e = epsilon[i % 5];
        struct skill skill = {S, initial, 0.37, P};
        double T = emergence_extended_time_to_reach(skill, 21.3, e);
        worst = entry_worse(worst, miss(S / initial - 1, i / 5, T, e * S, 2 * 0.37 / 21.3));
    }
    return worst;
}

enum { AUDIT_INPUTS = 64 };

static double parity_of(int x)
{
    uint64_t relevant[] = {0x29};
    struct task task = {.relevant = relevant};
    return task_parity(&task, 0, (uint64_t)x);
}

/* H_xl = delta_xl - 2 v_x v_l, v along 1 - g. */
static double reflection(int x, int l)
{
    double length = 0;
    for (int i = 0; i < AUDIT_INPUTS; i++)
        length += gsl_pow_2(1 - parity_of(i));
    return (x == l) - 2 * (1 - parity_of(x)) * (1 - parity_of(l)) / length;
}

/* f(x) once d of the coefficients are known. */
static double partial_answer(int d, int x)
{
    double f = 0;
    for (int l = 0; l < d; l++)
        f += S * reflection(x, l);
    return f;
}

struct moments {
    double loss, correlation, rest;
};

static struct moments average_over_inputs(int d)
{
    struct moments mean = {0};
    for (int x = 0; x < AUDIT_INPUTS; x++) {
        double f = partial_answer(d, x), g = parity_of(x);
        mean.loss += gsl_pow_2(S * g - f) / 2 / AUDIT_INPUTS;
        mean.correlation += g * f / AUDIT_INPUTS;
    }
    for (int x = 0; x < AUDIT_INPUTS; x++)
        mean.rest += gsl_pow_2(partial_answer(d, x) - mean.correlation * parity_of(x))
                     / AUDIT_INPUTS;
    return mean;
}

/* (eq:loss-split) */
/* Residuals of the four equations with d coefficients known out of 64, where
   P = 0.385 and D = d/P; the last is (eq:extended-reach). */
static void compare_with_picture(int d, double residual[5])
{
    struct skill skill = {.target = S, .probability = 0.385};
    struct moments mean = average_over_inputs(d);
    double D = d / skill.probability, from_loss = S - sqrt(2 * mean.loss);
    residual[0] = fabs(emergence_extended_loss(skill, AUDIT_INPUTS, D) - mean.loss);
    residual[1] = fabs(emergence_extended_data(skill, AUDIT_INPUTS, D) - from_loss);
    residual[2] = fabs(emergence_extended_data_correlation(skill, AUDIT_INPUTS, D)
                       - mean.correlation);
    residual[3] = fabs(gsl_pow_2(S - mean.correlation) / 2 + mean.rest / 2 - mean.loss);
    double by_loss = emergence_extended_data_to_reach(skill, AUDIT_INPUTS, from_loss / S);
    double by_correlation = emergence_extended_data_to_reach_correlation(
        skill, AUDIT_INPUTS, mean.correlation / S);
    residual[4] = entry_worse(fabs(by_loss / D - 1), fabs(by_correlation / D - 1));
}

static double worst_against_picture(int equation)
{
    double worst = 0, residual[5];
    for (int d = 1; d < AUDIT_INPUTS; d += 3) {
        compare_with_picture(d, residual);
        worst = entry_worse(worst, residual[equation]);
    }
    return worst;
}

static double audit_extended_loss(void)
{
    return worst_against_picture(0);
}

static double audit_extended_data(void)
{
    return worst_against_picture(1);
}

static double audit_extended_correlation(void)
{
    return worst_against_picture(2);
}

static double audit_loss_split(void)
{
    return worst_against_picture(3);
}

static double audit_extended_reach(void)
{
    return worst_against_picture(4);
}

enum { DIMENSION = 20, TRAINED = 12 };

struct trial {
    struct features features;
    struct training training;
    double y[DIMENSION + 1], span[TRAINED * DIMENSION];
};

static enum status begin_trial(struct trial *trial, double initial)
{
    struct stream stream = stream_open(2385, 3, PURPOSE_START);
    memset(trial, 0, sizeof *trial);
    enum status status = shots_create(&trial->features, 6, DIMENSION, &stream);
    if (status == STATUS_OK)
        status = shots_draw(&trial->features, TRAINED, &stream, &trial->training);
    if (status != STATUS_OK)
        return status;
    shots_start(&trial->training, initial, &stream, trial->y);
    memcpy(trial->span, trial->training.phi, sizeof trial->span);
    modes_orthonormalise(TRAINED, DIMENSION, trial->span);
    return STATUS_OK;
}

static void end_trial(struct trial *trial)
{
    shots_release(&trial->training);
    shots_destroy(&trial->features);
}

/* p = P x. */
static void project(const struct trial *trial, const double *x, double *p)
{
    memset(p, 0, DIMENSION * sizeof *p);
    for (int j = 0; j < TRAINED; j++) {
        double part = 0;
        for (int l = 0; l < DIMENSION; l++)
            part += trial->span[j * DIMENSION + l] * x[l];
        for (int l = 0; l < DIMENSION; l++)
            p[l] += part * trial->span[j * DIMENSION + l];
    }
}

static double audit_shots_flow(void)
{
    struct trial trial;
    double velocity[DIMENSION + 1], worst = NAN, h = 1e-4;
    if (begin_trial(&trial, 0.71) == STATUS_OK) {
        worst = 0;
        for (int linear = 0; linear < 2; linear++) {
            trial.training.linear = linear;
            shots_velocity(&trial.training, trial.y, velocity);
            for (int i = 0; i < DIMENSION + !linear; i++) {
                double *y = &trial.y[i], kept = *y;
                *y = kept + h;
                double up = shots_training_loss(&trial.training, trial.y);
                *y = kept - h;
                double down = shots_training_loss(&trial.training, trial.y);
                *y = kept;
                worst = entry_worse(worst, fabs(velocity[i] + (up - down) / 2 / h));
            }
        }
    }
    end_trial(&trial);
    return worst;
}

/* (eq:features-conserved) */
static double audit_shots_conserved(void)
{
    struct trial trial;
    double before[DIMENSION + 1] = {0}, p[DIMENSION], worst = NAN, q = 0;
    if (begin_trial(&trial, 0.71) == STATUS_OK) {
        memcpy(before, trial.y, sizeof before);
        worst = shots_move(&trial.training, 3.85, trial.y) == STATUS_OK ? 0 : NAN;
        double difference[DIMENSION];
        for (int l = 0; l < DIMENSION; l++) {
            difference[l] = trial.y[l + 1] - before[l + 1];
            q += gsl_pow_2(trial.y[l + 1]) - gsl_pow_2(before[l + 1]);
        }
        project(&trial, difference, p);
        for (int l = 0; l < DIMENSION; l++)
            worst = entry_worse(worst, fabs(difference[l] - p[l]));
        q -= gsl_pow_2(trial.y[0]) - gsl_pow_2(before[0]);
        worst = entry_worse(worst, fabs(q));
    }
    end_trial(&trial);
    return worst;
}

/* The largest difference of w after training from S P u + a (1 - P) B(0).
   (eq:minimum-norm) */
static double audit_minimum_norm(void)
{
    double worst = 0;
    for (int linear = 0; linear < 2; linear++) {
        struct trial trial;
        double u[DIMENSION], B[DIMENSION] = {0}, Pu[DIMENSION], PB[DIMENSION], w[DIMENSION];
        if (begin_trial(&trial, 0.071) != STATUS_OK) {
            end_trial(&trial);
            return NAN;
        }
        trial.training.linear = linear;
        if (linear)
            memset(trial.y, 0, sizeof trial.y);
        memcpy(B, trial.y + 1, sizeof B);
        if (shots_move(&trial.training, 3000, trial.y) != STATUS_OK)
            worst = NAN;
        shots_weights(&trial.training, trial.y, w);
        for (int l = 0; l < DIMENSION; l++)
            u[l] = 1 / sqrt(DIMENSION);
        project(&trial, u, Pu);
        project(&trial, B, PB);
        for (int l = 0; l < DIMENSION; l++) {
            double end = Pu[l] + (linear ? 0 : trial.y[0] * (B[l] - PB[l]));
            worst = entry_worse(worst, fabs(w[l] - end));
        }
        end_trial(&trial);
    }
    return worst;
}

/* (eq:minimum-loss) */
static double audit_minimum_loss(void)
{
    struct trial trial;
    double worst = NAN, loss, R, share = 0, w[DIMENSION], u[DIMENSION], Pu[DIMENSION];
    if (begin_trial(&trial, 0.071) == STATUS_OK) {
        memset(trial.y + 1, 0, DIMENSION * sizeof(double));
        worst = shots_move(&trial.training, 3000, trial.y) == STATUS_OK ? 0 : NAN;
        shots_weights(&trial.training, trial.y, w);
        shots_measure(&trial.features, w, &loss, &R);
        for (int l = 0; l < DIMENSION; l++)
            u[l] = 1 / sqrt(DIMENSION);
        project(&trial, u, Pu);
        for (int l = 0; l < DIMENSION; l++)
            share += Pu[l] * Pu[l];
        worst = entry_worse(worst, entry_worse(fabs(R - share), fabs(loss - (1 - R))));
    }
    end_trial(&trial);
    return worst;
}

/* The allocation of exactly N units that loses least, as units[k]. */
static void allocate_by_trying(double alpha, int N, int units[4])
{
    double least = INFINITY;
    for (int way = 0; way < 625; way++) {
        const int n[] = {way % 5, way / 5 % 5, way / 25 % 5, way / 125};
        double loss = 0;
        int total = 0;
        for (int k = 0; k < 4; k++) {
            total += n[k];
            loss += task_probability(alpha, 4, k + 1) * (1 - n[k] / 4.0);
        }
        if (total == N && loss < least) {
            least = loss;
            for (int k = 0; k < 4; k++)
                units[k] = n[k];
        }
    }
}

static double audit_extended_parameters(void)
{
    static const double alpha[] = {0.05, 0.6385, 2.385, 5};
    double worst = 0;
    for (int i = 0; i < 4 * 17; i++) {
        int units[4] = {0}, N = i % 17;
        allocate_by_trying(alpha[i / 17], N, units);
        for (int k = 0; k < 4; k++) {
            double R = emergence_extended_parameters(2.385, k + 1, 4, N);
            worst = entry_worse(worst, fabs(R - 2.385 * units[k] / 4));
        }
    }
    return worst;
}

const struct entry emergence_entries[] = {
    {"eq:emergence-time", "against the integrated flow", audit_emergence_time, 1e-9},
    {"eq:emergent-saturated", "against the integrated flow", audit_saturation_time, 1e-9},
    {"eq:stages", "verdicts that differ from bisected times", audit_stages, 0},
    {"eq:stage-limit", "against a search skill by skill", audit_stage_limit, 0},
    {"eq:strength-data", "against the sum over all counts", audit_strength_data, 1e-10},
    {"eq:strength-parameters", "against trained models", audit_strength_parameters, 1e-12},
    {"eq:dampened", "against the integrated factors", audit_dampened, 1e-10},
    {"eq:extended-time", "against the integrated flow", audit_extended_time, 1e-10},
    {"eq:extended-emergence-time", "against the integrated flow",
     audit_extended_emergence_time, 1e-10},
    {"eq:features-flow", "against differences of the loss over samples",
     audit_shots_flow, 1e-7},
    {"eq:features-conserved", "along the integrated flow", audit_shots_conserved, 1e-7},
    {"eq:minimum-norm", "against training of both models", audit_minimum_norm, 1e-6},
    {"eq:minimum-loss", "against training and the sum over all inputs",
     audit_minimum_loss, 1e-6},
    {"eq:extended-loss", "against the sum over all inputs", audit_extended_loss, 1e-13},
    {"eq:extended-data", "against the sum over all inputs", audit_extended_data, 1e-13},
    {"eq:extended-correlation", "against the sum over all inputs",
     audit_extended_correlation, 1e-13},
    {"eq:loss-split", "against the sum over all inputs", audit_loss_split, 1e-13},
    {"eq:extended-reach", "against the sum over all inputs", audit_extended_reach, 1e-12},
    {"eq:extended-parameters", "against all allocations", audit_extended_parameters, 1e-14},
    {0}};
