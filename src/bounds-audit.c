#include "bounds.h"
#include "scaling.h"
#include "task.h"
#include <gsl/gsl_math.h>
#include <math.h>

static const double audit_alpha[] = {0.05, 0.3385, 0.6, 2.385, 5};
static const int audit_skills[] = {1, 2, 38, 2385};
static const double audit_initial[] = {2.385e-9, 0.02385, 0.385, 2.1};
enum { ALPHAS = 5, SKILLS = 4, INITIALS = 4 };
/* Lambda, the first N skills with phi and the others without. */
static double add_up(const struct sums_summand *f, int N, int n)
{
    double sum = 0;
    for (int k = n; k >= 1; k--) {
        double P = f->A * pow(k, -f->alpha - 1);
        sum += k <= N ? P * sums_lacking(f, P) : P;
    }
    return sum;
}

static double exceed(double exact, double estimate, double bound)
{
    double error = fabs(exact - estimate) - 2e-12 * fmax(exact, estimate);
    return error <= 0 ? 0 : error / bound;
}

static double audit_finite_time(const struct scaling *s, int N, double T)
{
    struct bounds b;
    struct sums_summand f = {s->alpha, task_normaliser(s->alpha, s->skills),
                             2 * s->rate * s->target * T, s->target / s->initial - 1};
    if (bounds_time(s, N, T, &b))
        return NAN;
    double exact = gsl_pow_2(s->target) / 2 * add_up(&f, N, s->skills);
    return entry_worse(exceed(exact, b.integral, b.integral_bound),
                       exceed(exact, b.law, b.law_bound));
}

static double audit_finite_data(const struct scaling *s, double D)
{
    struct bounds b;
    struct sums_summand f = {s->alpha, task_normaliser(s->alpha, s->skills), D, 0};
    if (bounds_data(s, D, &b))
        return NAN;
    double exact = gsl_pow_2(s->target - s->initial) / 2 * add_up(&f, s->skills, s->skills);
    return entry_worse(exceed(exact, b.integral, b.integral_bound),
                       exceed(exact, b.law, b.law_bound));
}

static double audit_finite_parameters(const struct scaling *s, int N)
{
    struct bounds b;
    if (bounds_parameters(s, N, &b))
        return NAN;
    double exact = 0;
    for (int k = s->skills; k > N; k--)
        exact += task_normaliser(s->alpha, s->skills) * pow(k, -s->alpha - 1);
    exact *= gsl_pow_2(s->target) / 2;
    return entry_worse(exceed(exact, b.integral, b.integral_bound),
                       exceed(exact, b.law, b.law_bound));
}

static double audit_finite_law(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int n = 0; n < SKILLS; n++)
            for (int j = 0; j < 9; j++) {
                struct scaling s = {audit_alpha[a], audit_skills[n], 2.385,
                                    audit_initial[(a + j) % INITIALS], 0.6385};
                double x = 0.02385 * pow(8.385, j);
                int N[] = {s.skills, 1 + s.skills / 3, 1};
                for (int i = 0; i < 3; i++)
                    worst = entry_worse(worst, audit_finite_time(&s, N[i], x));
                worst = entry_worse(worst, audit_finite_data(&s, 1 + floor(x)));
                worst = entry_worse(worst, audit_finite_parameters(&s, 1 + j * s.skills / 9));
            }
    return worst;
}

static double audit_share_of_skills(void)
{
    static const double share[] = {0.02385, 0.385, 0.9385}, alpha[] = {0.3385, 0.6, 1.385, 2.385};
    double worst = 0;
    for (int a = 0; a < 4; a++)
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 3; j++) {
                int skills = (int)(pow(0.02385, j) * (a > 1 ? 1e6 : 1.2e9));
                int N = (int)(share[i] * skills);
                struct scaling s = {alpha[a], skills, 2.385, 0.02385, 1};
                double exact = scaling_parameter_loss(&s, N);
                double leading = bounds_parameter_series(&s, N, 1), e = alpha[a];
                double neglected = pow(N, -2 * e) + pow(N, -e - 1) + pow(N, -2);
                double error = fabs(exact - bounds_parameter_series(&s, N, 3)) / leading;
                worst = entry_worse(worst, (error - 2e-12) / neglected);
            }
    return worst;
}

static double audit_beyond(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int j = 0; j < 8; j++) {
            struct scaling s = {audit_alpha[a], 38, 2.385, audit_initial[j % INITIALS], 0.6385};
            double T = 0.2385 * pow(5.385, j), D = 1 + floor(T), e = s.alpha / (s.alpha + 1);
            double A = task_normaliser(s.alpha, 38);
            struct sums_summand time = {s.alpha, A, 2 * 0.6385 * 2.385 * T,
                                        2.385 / s.initial - 1};
            struct sums_summand data = {s.alpha, A, D, 0};
            double whole = scaling_time_law(&s, T) / gsl_pow_2(s.target) * 2;
            double rest = whole - bounds_inside(&time, 38);
            worst = entry_worse(worst, fabs(bounds_gap(&time, 38, 38) + rest) / whole);
            whole = pow(A, 1 - e) * (1 - e) / e;
            for (int i = 1; i <= D; i++)
                whole *= i / (i + e);
            rest = whole - bounds_inside(&data, 38);
            worst = entry_worse(worst, fabs(bounds_gap(&data, 38, 38) + rest) / whole);
        }
    return worst;
}

static double audit_data_bound_sharp(void)
{
    double worst = 0;
    for (int a = 0; a < ALPHAS; a++)
        for (int D = 1; D < 30000; D = 1 + D * 11 / 8) {
            struct scaling s = {audit_alpha[a], 0, 2.385, 0.02385, 0.6385};
            struct bounds b;
            if (bounds_data(&s, D, &b))
                return NAN;
            double beta = pow(task_normaliser(s.alpha, 0), 1 / (s.alpha + 1)) / s.alpha;
            for (int j = 1; j <= D; j++)
                beta *= j / (j + s.alpha / (s.alpha + 1));
            beta *= gsl_pow_2(s.target - s.initial) / 2;
            worst = entry_worse(worst, exceed(b.loss, beta, bounds_data_sharp(&s, D)));
        }
    return worst;
}

const struct entry bounds_entries[] = {
    {"eq:finite-law", "error over bound at most 1", audit_finite_law, 1},
    {"eq:share-of-skills", "exact loss, in units of the neglected orders",
     audit_share_of_skills, 2},
    {"eq:beyond", "against the whole integral less the inside", audit_beyond, 1e-10},
    {"eq:data-bound-sharp", "error over bound at most 1", audit_data_bound_sharp, 1},
    {0}};
