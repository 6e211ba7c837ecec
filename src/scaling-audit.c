#include "scaling.h"
#include "sums.h"
#include "task.h"
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_gamma.h>
#include <gsl/gsl_sf_zeta.h>
#include <math.h>
#include <stdbool.h>

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
    struct sums_summand f = {2.385, 1, 0, 0};
    gsl_function F = {sums_weight, &f};
    double integral = (pow(64.5, -2.385) - pow(192.5, -2.385)) / 2.385;
    double formula = integral + sums_end_correction(&F, 192, 3) - sums_end_correction(&F, 64, 3);
    double sum = 0;
    for (int k = 192; k >= 65; k--)
        sum += sums_weight(k, &f);
    return difference(formula, sum);
}

/* (eq:gregory) from 2 to 5 for x^6: 3^6 + 4^6 + 5^6. */
static double gregory_of_polynomial(void)
{
    struct sums_summand f = {-7, 1, 0, 0};
    gsl_function F = {sums_weight, &f};
    double integral = (pow(5.5, 7) - pow(2.5, 7)) / 7;
    double correction = sums_end_correction(&F, 5, 3) - sums_end_correction(&F, 2, 3);
    return difference(integral + correction, 20450);
}

/* The summand of the loss in time. */
static struct sums_summand summand_at(const struct scaling *s, double T)
{
    return (struct sums_summand){s->alpha, task_normaliser(s->alpha, s->skills),
                                    2 * s->rate * s->target * T,
                                    (s->target - s->initial) / s->initial};
}

/* First 2e5 skills by addition, the rest by two Hurwitz zeta functions. */
static double audit_gregory(void)
{
    static const double T[] = {0.02385, 2.385, 238.5};
    double worst = entry_worse(gregory_of_power(), gregory_of_polynomial());
    for (int a = 2; a < ALPHAS; a++)
        for (int t = 0; t < 3; t++) {
            struct scaling s = {audit_alpha[a], 0, 2.385, 0.02385, 0.385};
            struct sums_summand f = summand_at(&s, T[t]);
            double F = 1 - s.initial / s.target, sum = 0, beta = s.alpha + 1, m = 200000;
            for (int k = 200000; k >= 1; k--)
                sum += sums_weight(k, &f);
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
            double alpha = audit_alpha[a], J = scaling_time_integral_by_inversion(alpha, c);
            double series = scaling_time_integral_by_series(alpha, c);
            worst = entry_worse(worst, difference(J, series));
        }
    return worst;
}

static double audit_small_start(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < 6; i++) {
            double alpha = audit_alpha[a], s = alpha / (alpha + 1), l = 100 + 93.85 * i;
            double J = scaling_time_integral_by_quadrature(alpha, exp(l));
            double error = (J - scaling_time_integral_small_start(alpha, exp(l))) * s / pow(l, s);
            double next = -M_PI * M_PI / 6 * s * (1 - s) * (2 - s) / gsl_pow_3(l);
            worst = entry_worse(worst, difference(error, next));
        }
    return worst;
}

static double audit_time_law(void)
{
    static const double alpha[] = {0.6, 0.9, 2.385, 5}, T[] = {2385, 1e4, 4e6, 1e13};
    double worst = 0;
    for (int a = 0; a < 4; a++) {
        struct scaling s = {alpha[a], 0, 5, 0.02385, 0.385};
        struct sums_summand f = summand_at(&s, T[a]);
        double F = 1 - s.initial / s.target, m = 1e6, p = f.alpha + 1;
        double slope = 2 * F * F * (1 - F) * f.rate;
        double sum = F * F * f.A * gsl_sf_hzeta(p, m + 1);
        sum -= slope * f.A * f.A * gsl_sf_hzeta(2 * p, m + 1);
        for (int k = 1000000; k >= 1; k--)
            sum += sums_weight(k, &f);
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
        double c = (s.target - s.initial) / s.initial, largest = 0;
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
            worst = entry_worse(worst, tail / scaling_tail_bound(&s));
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
    double c = (s->target - s->initial) / s->initial;
    double b = 2 * s->rate * s->target * A * kappa;
    return gsl_pow_2(s->target) / 2 * A / s->alpha
           * (1 + scaling_scaled_h(s->alpha, c, log(b)));
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

struct head {
    double s, c;
};

/* u^s F^2 (1 - F), with u^s (w(u)/2) left from the integration by parts */
static double head_integrand(double u, void *params)
{
    const struct head *head = params;
    double X = exp(u) / head->c;
    return pow(u, head->s) * X / gsl_pow_3(1 + X);
}

static double integrate_head(double s, double c, double b)
{
    struct head head = {s, c};
    gsl_function F = {head_integrand, &head};
    return sums_integrate(&F, 0, b, 0, 1e-12);
}

static double audit_h(void)
{
    static const double b[] = {0.2385, 2.385, 7.385};
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < 3; i++) {
            double alpha = audit_alpha[a], s = alpha / (alpha + 1), c = 6385;
            double head = (pow(b[i], s) / gsl_pow_2(1 + exp(b[i]) / c)
                           + 2 * integrate_head(s, c, b[i])) / s;
            double rest = (scaling_time_integral(alpha, c) - head) / pow(b[i], s);
            double H = scaling_scaled_h(alpha, c, log(b[i])) / s;
            worst = entry_worse(worst, difference(H, rest));
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

struct article {
    double s, c;
};

static double article_integrand(double t, void *params)
{
    const struct article *a = params;
    return exp(a->s * t) / gsl_pow_2(1 + exp(2 * exp(t)) / a->c);
}

static double article_constant(const struct scaling *s, double lambda)
{
    double beta = s->alpha + 1, A = task_normaliser(s->alpha, s->skills);
    struct article article = {s->alpha / beta, (s->target - s->initial) / s->initial};
    double from = log(A) - beta * log(lambda), to = log(fmax(log(article.c), 0) + 30);
    gsl_function F = {article_integrand, &article};
    double integral = from < to ? sums_integrate(&F, from, to, 0, 1e-10) : 0;
    return gsl_pow_2(s->target) / 2
           * (pow(A, 1 / beta) / beta * integral + A / s->alpha * pow(lambda, -s->alpha));
}

static double audit_article_ray(void)
{
    static const double nearby[] = {0.385, 0.99, 1, 1.01, 2.385};
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int i = 0; i < INITIALS; i++)
            for (int j = 0; j < 5; j++) {
                struct scaling s = {audit_alpha[a], 2385, 2.385, audit_initial[i], 0.6385};
                double speed = s.rate * s.target, g = s.alpha + 2, beta = s.alpha + 1;
                double best = pow(speed * scaling_kappa(&s), -1 / g), lambda = nearby[j] * best;
                double ray = pow(lambda, g / beta), A = article_constant(&s, ray);
                double C = A * pow(lambda, s.alpha / beta) * pow(speed, -s.alpha / g);
                double least = scaling_compute_constant(&s);
                worst = entry_worse(worst, difference(scaling_ray_constant(&s, ray), A));
                if (j == 2)
                    worst = entry_worse(worst, difference(least, C));
                else if (!(C > least))
                    return INFINITY;
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
    {"eq:small-start", "error of the expansion against its next term", audit_small_start, 0.1},
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
    {"eq:article-ray", "against the article's integral", audit_article_ray, 1e-9},
    {"eq:frontier-bound", "against trying every model", audit_frontier, 2e-12},
    {0}};
