#include "resources.h"
#include "multilinear.h"
#include "sums.h"
#include "task.h"
#include <complex.h>
#include <gsl/gsl_math.h>
#include <math.h>

static double difference(double a, double b) /* relative to b */
{
    return a == b ? 0 : fabs(a / b - 1);
}

/* The loss of a model of N skills after T on a data set with these counts. */
static double loss_on_data(const struct scaling *s, const int *count, int D, int N, double T)
{
    double loss = 0;
    for (int k = 1; k <= s->skills; k++) {
        struct skill skill = {s->target, s->initial, D > 0 ? s->rate * count[k - 1] / D : 0, 1};
        double R = k <= N ? multilinear_logistic(skill, T) : 0;
        loss += task_probability(s->alpha, s->skills, k) * gsl_pow_2(s->target - R) / 2;
    }
    return loss;
}

static double mean_over_sequences(const struct scaling *s, int D, int N, double T)
{
    double sum = 0;
    for (int sequence = 0; sequence < 1 << 2 * D; sequence++) {
        int count[4] = {0};
        double weight = 1;
        for (int i = 0; i < D; i++) {
            int k = sequence >> 2 * i & 3;
            count[k]++;
            weight *= task_probability(s->alpha, s->skills, k + 1);
        }
        sum += weight * loss_on_data(s, count, D, N, T);
    }
    return sum;
}

static double audit_joint_loss(void)
{
    static const double T[] = {0, 0.385, 2.385, 23.85, 238.5};
    static const double alpha[] = {0.05, 0.6385, 2.385}, initial[] = {2.385e-9, 0.02385, 2.1};
    double worst = 0;
    for (int a = 0; a < 3; a++)
        for (int i = 0; i < 3; i++)
            for (int t = 0; t < 5; t++)
                for (int D = 0; D <= 6; D += 2) {
                    struct scaling s = {alpha[a], 4, 2.385, initial[i], 0.385};
                    struct resources r = {T[t], D, (D + t) % 5};
                    double loss, abserr, mean = mean_over_sequences(&s, D, (D + t) % 5, T[t]);
                    if (resources_loss(&s, &r, &loss, &abserr))
                        return NAN;
                    worst = entry_worse(worst, difference(loss, mean));
                }
    return worst;
}

/* ln(1 - P (1 - e^(-z theta))), without loss of digits for small theta */
static double complex log_of_mean(double theta, double P, double complex z)
{
    double x = -theta * creal(z), y = -theta * cimag(z), half = sin(y / 2);
    double re = P * (expm1(x) * cos(y) - 2 * half * half), im = P * exp(x) * sin(y);
    return log1p(2 * re + re * re + im * im) / 2 + I * atan2(im, 1 + re);
}

/* Psi(P) by the trapezoidal rule on the line Re z = t. */
static double mean_by_mellin(double lambda, double theta, double D, double P)
{
    const double h = 0.008;
    double t = fmin(fmax(resources_find_tilt(lambda, theta, D, P).t, 0.05), 1.95), sum = 0;
    for (int i = -1625; i <= 1625; i++) {
        double complex z = t + I * h * i, gammas = M_PI * (1 - z) / csin(M_PI * z);
        sum += creal(gammas * cexp(lambda * z + D * log_of_mean(theta, P, z)));
    }
    return sum * h / (2 * M_PI);
}

static double audit_tilt(void)
{
    static const double c[] = {0.385, 23.85, 6385, 2.385e8};
    static const double D[] = {1, 7, 238, 23850, 2.385e6}, u[] = {0.385, 2.385, 9.385, 23.85};
    static const double P[] = {2.385e-5, 0.02385, 0.385, 0.9385};
    double worst = 0;
    for (int i = 0; i < 4 * 5 * 4 * 4; i++) {
        double mean, abserr, samples = D[i / 4 % 5], p = P[i / 20 % 4];
        struct resources_training with = {c[i % 4], u[i / 80] / p, samples};
        double mellin = mean_by_mellin(log(with.c), with.rate / samples, samples, p);
        if (resources_mean(with, p, &mean, &abserr))
            return NAN;
        if (mean > 1e-8)
            worst = entry_worse(worst, difference(mean, mellin));
    }
    return worst;
}

static double audit_gauss_bound(void)
{
    static const double D[] = {23850, 2.385e5, 2.385e6}, P[] = {0.02385, 0.385, 0.9385};
    double worst = 0;
    for (int i = 0; i < 3 * 3 * 5 * 12; i++) {
        double spread = 0.8 / pow(1.7, i / 9 % 5), p = P[i / 3 % 3], samples = D[i % 3], mean;
        double theta = spread / sqrt(samples * p * (1 - p)), total, sum;
        struct resources_tilt q = resources_find_tilt(4.385, theta, samples, p);
        double sigma = sqrt(samples * q.P * (1 - q.P));
        if (!resources_add_counts(&q, &total, &sum)
            || resources_mean_by_gauss(&q, 1 + i / 45, &mean))
            return NAN;
        double error = fmax(fabs(mean - sum / total) - 1e-13, 0);
        worst = entry_worse(worst, error / resources_gauss_bound(sigma * theta, 1 + i / 45));
    }
    return worst;
}

static double sum_power_in_block(const struct resources_block *block, int power)
{
    double sum = 0, half = block->skills / 2;
    for (long i = 0; i < block->skills; i++)
        sum += gsl_pow_int((i - (block->skills - 1) / 2) / half, power);
    return sum;
}

/* Nodes are given as probabilities; at alpha = 1 and A = 1, x = P^-(1/2). */
static double audit_gram(void)
{
    static const double skills[] = {17, 23, 64, 238, 2385, 23850};
    struct scaling s = {1, 0, 2.385, 0.385, 1};
    double worst = 0;
    for (int i = 0; i < 6; i++) {
        struct resources_block block = {.first = 23, .skills = skills[i],
                                        .nodes = RESOURCES_NODES};
        struct resources_node node[RESOURCES_NODES];
        if (resources_fill_block(&s, 1, &block, node))
            return NAN;
        for (int power = 0; power < 2 * RESOURCES_NODES; power++) {
            double sum = 0, middle = block.first + (skills[i] - 1) / 2;
            for (int j = 0; j < RESOURCES_NODES; j++)
                sum += node[j].weight
                       * gsl_pow_int((1 / sqrt(node[j].P) - middle) / skills[i] * 2, power);
            double exact = sum_power_in_block(&block, power);
            worst = entry_worse(worst, fabs(sum - exact) / skills[i]);
        }
    }
    return worst;
}

/* Exact loss of infinitely many skills at T, D and whole N; NAN if it fails. */
static double exact_loss(const struct scaling *s, double T, double D, double N)
{
    struct resources r = {T, D, N};
    double loss, abserr;
    return resources_loss(s, &r, &loss, &abserr) ? NAN : loss;
}

static double audit_joint_law(void)
{
    static const double alpha[] = {0.3385, 0.6, 0.9385}, ratio[] = {0.06385, 2.385, 63.85};
    double worst = 0;
    for (int i = 0; i < 3 * 4 * 4; i++) {
        struct scaling s = {alpha[i % 3], 0, 2.385, 0.02385, 0.385};
        double D = 2.385e9, T = i / 3 % 4 < 3 ? D * ratio[i / 3 % 4] : INFINITY;
        double N = i / 12 < 3 ? round(pow(D * ratio[i / 12], 1 / (s.alpha + 1))) : INFINITY;
        struct resources r = {T, D, N + 0.5};
        worst = entry_worse(worst, difference(exact_loss(&s, T, D, N), resources_law(&s, &r)));
        r.samples = INFINITY;
        if (isfinite(T) && isfinite(N))
            worst = entry_worse(worst, difference(exact_loss(&s, T, INFINITY, N),
                                                  resources_law(&s, &r)));
    }
    return worst;
}

static double audit_homogeneous(void)
{
    static const double alpha[] = {0.3385, 0.6, 0.9385}, T[] = {2.385e6, 2.385e7, 2.385e8};
    static const int N[] = {1192, 11927, 40000};
    double worst = 0;
    for (int i = 0; i < 27; i++) {
        struct scaling s = {alpha[i % 3], 0, 2.385, 0.02385, 0.385};
        double beta = s.alpha + 1, q = pow(3, beta), D = 2.385e7;
        double large = exact_loss(&s, q * T[i / 9], round(q * D), 3 * N[i / 3 % 3] + 1);
        double small = exact_loss(&s, T[i / 9], D, N[i / 3 % 3]);
        worst = entry_worse(worst, difference(large * pow(q, s.alpha / beta), small));
    }
    return worst;
}

/* lim D [L(T, D, N) - L(T, infinity, N)] from four losses. */
static double extrapolate_scatter(const struct scaling *s, double T, double N)
{
    double limit = exact_loss(s, T, INFINITY, N), a[4];
    for (int i = 0; i < 4; i++) {
        double D = ceil(200 * fmax(T * s->rate * s->target, 5)) * (1 << i);
        a[i] = D * (exact_loss(s, T, D, N) - limit);
    }
    for (int order = 1; order < 4; order++)
        for (int i = 3; i >= order; i--)
            a[i] += (a[i] - a[i - 1]) / ((1 << order) - 1);
    return a[3];
}

static double audit_scatter(void)
{
    static const double alpha[] = {0.3385, 0.6, 0.9385}, T[] = {0.385, 2.385, 9.385, 38.5, 385};
    double worst = 0;
    for (int i = 0; i < 3 * 5 * 2; i++) {
        struct scaling s = {alpha[i % 3], 0, 2.385, 0.02385, 0.385};
        double N = i < 15 ? INFINITY : 23, scatter = resources_scatter(&s, T[i / 3 % 5], N);
        worst = entry_worse(worst, difference(extrapolate_scatter(&s, T[i / 3 % 5], N), scatter));
    }
    return worst;
}

static double audit_noise(void)
{
    static const double alpha[] = {0.3385, 0.6, 0.9385}, initial[] = {2.385, 0.02385, 0.385};
    static const double T[] = {238.5, 2385, 23850};
    double worst = 0;
    for (int i = 0; i < 3 * 3 * 3; i++) {
        struct scaling s = {alpha[i % 3], 0, 23.85, initial[i / 3 % 3], 0.385};
        double limit = exact_loss(&s, T[i / 9], INFINITY, INFINITY);
        double scatter = extrapolate_scatter(&s, T[i / 9], INFINITY) / limit;
        worst = entry_worse(worst, difference(scatter, resources_noise(&s, T[i / 9])));
    }
    return worst;
}

struct share {
    double rate, lambda; /* w(rate z) */
    double P, sigma;     /* z: mean, standard deviation */
};

static double normal_mean(const struct share *x)
{
    double sum = 0, h = 0.004;
    for (int i = -2500; i <= 2500; i++)
        sum += exp(-gsl_pow_2(i * h) / 2)
               / gsl_pow_2(1 + exp(x->rate * (x->P + x->sigma * i * h) - x->lambda));
    return sum * h / sqrt(2 * M_PI);
}

/* Share number i of D samples. */
static struct share choose_share(int i, double D)
{
    static const double P[] = {0.02385, 0.385, 0.9385};
    static const double steepness[] = {0.0385, 0.385, 2.385, 23.85};
    static const double place[] = {-1.385, 0, 0.0385, 1.385};
    struct share x = {.P = P[i % 3], .sigma = sqrt(P[i % 3] * (1 - P[i % 3]) / D)};
    x.rate = steepness[i / 3 % 4] / x.sigma;
    x.lambda = x.rate * x.P + steepness[i / 3 % 4] * place[i / 12 % 4] + (i / 48 ? 0.466 : 0);
    return x;
}

static double audit_berry_esseen(void) /* (eq:berry-esseen) */
{
    static const double D[] = {1, 2, 7, 38, 238, 2385};
    double worst = 0;
    for (int i = 0; i < 6 * 96; i++) {
        struct share x = choose_share(i / 6, D[i % 6]);
        struct resources_training with = {exp(x.lambda), x.rate, D[i % 6]};
        double mean, abserr;
        if (x.lambda > 600)
            continue;
        if (resources_mean(with, x.P, &mean, &abserr))
            return NAN;
        double bound = 1 / (D[i % 6] * x.sigma);
        worst = entry_worse(worst, fabs(mean - normal_mean(&x)) / bound);
    }
    return worst;
}

static double audit_curvature(void) /* (eq:curvature) */
{
    double F = (15 - sqrt(33)) / 24, worst = 0;
    for (int i = 0; i < 96; i++) {
        struct share x = choose_share(i, 238);
        double at = 1 / gsl_pow_2(1 + exp(x.rate * x.P - x.lambda));
        double bound = gsl_pow_2(x.sigma * x.rate) / 2 * 2 * F * F * (1 - F) * (2 - 3 * F);
        worst = entry_worse(worst, fabs(normal_mean(&x) - at) / bound);
    }
    return worst;
}

static double audit_large_data(void)
{
    static const double alpha[] = {0.3385, 1, 1.385}, T[] = {0.385, 23.85, 2385};
    static const double D[] = {1, 23, 2385, 2.385e7}, N[] = {1, 23, 2385};
    double worst = 0;
    for (int i = 0; i < 3 * 3 * 4 * 3; i++) {
        struct scaling s = {alpha[i % 3], 0, 2.385, 0.02385, 0.385};
        struct resources r = {T[i / 3 % 3], D[i / 9 % 4], N[i / 36]};
        struct resources_bound bound = resources_large_data_bound(&s, &r);
        double error = exact_loss(&s, r.time, r.samples, r.parameters)
                       - exact_loss(&s, r.time, INFINITY, r.parameters);
        worst = entry_worse(worst, fabs(error) / (bound.counts + bound.curvature));
    }
    return worst;
}

static double audit_late(void)
{
    static const double alpha[] = {0.3385, 1, 1.385}, ratio[] = {0.0385, 2.385, 9.385};
    static const double D[] = {1, 7, 2385}, N[] = {1, 23, 2385};
    double worst = 0;
    for (int i = 0; i < 3 * 3 * 3 * 3; i++) {
        struct scaling s = {alpha[i % 3], 0, 2.385, 0.02385, 0.385};
        struct resources r = {ratio[i / 3 % 3] * D[i / 9 % 3], D[i / 9 % 3], N[i / 27]};
        double error = exact_loss(&s, r.time, r.samples, r.parameters)
                       - exact_loss(&s, INFINITY, r.samples, r.parameters);
        worst = entry_worse(worst, error < -1e-13 ? INFINITY
                                                  : error / resources_late_bound(&s, &r));
    }
    return worst;
}

struct face {
    double s, c;
};

static double face_integrand(double t, void *params) /* u^(s-1) (1 + e^(2u)/c)^-2 du, u = e^t */
{
    const struct face *f = params;
    return exp(f->s * t) / gsl_pow_2(1 + exp(2 * exp(t)) / f->c);
}

/* A(lambda) of the original's Theorem 4. */
static double original_constant(const struct scaling *s, double lambda)
{
    double beta = s->alpha + 1, zeta = 1 / task_normaliser(s->alpha, 0);
    struct face face = {s->alpha / beta, s->target / s->initial - 1};
    gsl_function f = {face_integrand, &face};
    double from = -beta * log(lambda) - log(zeta), half = gsl_pow_2(s->target) / 2;
    double integral = sums_integrate(&f, from, fmax(from, 0) + 5, 1e-13, 1e-11);
    return pow(zeta, -1 / beta) / beta * half * integral
           + half / (s->alpha * zeta) * pow(lambda, -s->alpha);
}

static double audit_time_parameters(void)
{
    static const double alpha[] = {0.3385, 0.6, 0.9385}, lambda[] = {0.385, 1, 2.385, 38.5};
    double worst = 0;
    for (int i = 0; i < 12; i++) {
        struct scaling s = {alpha[i % 3], 0, 2.385, 0.02385, 0.385};
        double unit = s.rate * s.target * 23.85, beta = s.alpha + 1;
        struct resources r = {23.85, INFINITY, lambda[i / 3] * pow(unit, 1 / beta)};
        double theirs = original_constant(&s, lambda[i / 3]) * pow(unit, -s.alpha / beta);
        worst = entry_worse(worst, difference(resources_law(&s, &r), theirs));
    }
    return worst;
}

static double audit_data_parameters(void)
{
    static const double alpha[] = {0.3385, 0.6, 0.9385}, ratio[] = {0.06385, 0.385, 2.385, 63.85};
    double worst = 0;
    for (int i = 0; i < 12; i++) {
        struct scaling s = {alpha[i % 3], 0, 2.385, 0.02385, 0.385};
        double D = 2.385e9, N = round(pow(D * ratio[i / 3], 1 / (s.alpha + 1)));
        struct resources r = {INFINITY, D, N + 0.5};
        worst = entry_worse(worst, difference(exact_loss(&s, INFINITY, D, N),
                                              resources_law(&s, &r)));
    }
    return worst;
}

const struct entry resources_entries[] = {
    {"eq:joint-loss", "against the mean over all data sets", audit_joint_loss, 1e-12},
    {"eq:tilt", "against an inverse Mellin transform", audit_tilt, 1e-12},
    {"eq:gauss-bound", "error over bound at most 1", audit_gauss_bound, 1},
    {"eq:gram", "against sums of powers", audit_gram, 1e-13},
    {"eq:joint-law", "against exact losses at large T, D and N", audit_joint_law, 1e-8},
    {"eq:homogeneous", "exact losses against each other", audit_homogeneous, 1e-6},
    {"eq:scatter", "against extrapolated exact losses", audit_scatter, 1e-6},
    {"eq:noise", "against extrapolated exact losses", audit_noise, 1e-6},
    {"eq:time-parameters", "against an integral as published", audit_time_parameters, 1e-10},
    {"eq:data-parameters", "against exact losses at large D and N", audit_data_parameters, 1e-8},
    {"eq:berry-esseen", "error over bound at most 1", audit_berry_esseen, 1},
    {"eq:curvature", "error over bound at most 1", audit_curvature, 1},
    {"eq:large-data", "error over bound at most 1", audit_large_data, 1},
    {"eq:late", "error over bound at most 1", audit_late, 1},
    {0}};
