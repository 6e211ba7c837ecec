/* Tests of the chapter bounds.  The tables reference/certified.tsv and data/errors.tsv are
   enclosures by ball arithmetic, see certify.c. */
#include <complex.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_zeta.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "bounds.h"
#include "task.h"

static const struct scaling authors = {0.6, 100000, 1, 0.01, 1};
static const struct scaling infinite = {0.6, 0, 1, 0.01, 1};
static const struct scaling awkward = {0.4385, 2385, 2.385, 0.385, 0.0385};

static double difference(double a, double b)
{
    return a == b ? 0 : fabs(a / b - 1);
}

#define assert_close(a, b, tolerance)                                                      \
    do {                                                                                   \
        double a_ = (a), b_ = (b);                                                         \
        if (!(difference(a_, b_) <= (tolerance)))                                          \
            fail_msg("%s = %.17g, expected %.17g, relative difference %.2e", #a, a_, b_,   \
                     difference(a_, b_));                                                  \
    } while (0)

/* --- the certified constants ---------------------------------------------- */

/* For each row of one quantity: is what f says within 2e-12 of the ball?  8 rows. */
static void check_certified(const char *quantity, double (*f)(const struct scaling *))
{
    FILE *file = fopen("tests/reference/certified.tsv", "r");
    char line[400], name[40];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        struct scaling s = {0, 0, 0, 0, 1};
        double value, radius;
        if (sscanf(line, "%39s %lf %lf %lf %lf %lf", name, &s.alpha, &s.target, &s.initial,
                   &value, &radius) != 6 || strcmp(name, quantity) != 0)
            continue;
        rows++;
        assert_true(radius < 1e-29 * value && radius > 0);
        assert_close(f(&s), value, 2e-12);
    }
    fclose(file);
    assert_int_equal(rows, 8);
}

static double unit(const struct scaling *s)
{
    return gsl_pow_2(s->target) / 2;
}

static double time_integral(const struct scaling *s)
{
    return scaling_time_integral(s->alpha, s->target / s->initial - 1);
}

static double time_quadrature(const struct scaling *s)
{
    return scaling_time_integral_by_quadrature(s->alpha, s->target / s->initial - 1);
}

static double zeta_of_normaliser(const struct scaling *s)
{
    return 1 / task_normaliser(s->alpha, 0);
}

static double hurwitz_of_loss(const struct scaling *s, int N)
{
    return scaling_parameter_loss(s, N) / unit(s) / task_normaliser(s->alpha, 0);
}

static double hurwitz_8(const struct scaling *s)
{
    return hurwitz_of_loss(s, 7);
}

static double hurwitz_239(const struct scaling *s)
{
    return hurwitz_of_loss(s, 238);
}

static double hurwitz_100001(const struct scaling *s)
{
    return hurwitz_of_loss(s, 100000);
}

static double time_constant(const struct scaling *s)
{
    return scaling_time_constant(s) / unit(s);
}

static double data_constant(const struct scaling *s)
{
    return scaling_data_constant(s) / unit(s);
}

static double parameter_constant(const struct scaling *s)
{
    return scaling_parameter_constant(s) / unit(s);
}

static double compute_constant(const struct scaling *s)
{
    return scaling_compute_constant(s) / unit(s);
}

#define CERTIFIED(test, quantity, function)                                                \
    static void test(void **state)                                                         \
    {                                                                                      \
        (void)state;                                                                       \
        check_certified(quantity, function);                                               \
    }

CERTIFIED(closed_form_is_certified, "J-polylogarithms", time_integral)
CERTIFIED(quadrature_is_certified, "J-quadrature", time_quadrature)
CERTIFIED(normaliser_is_certified, "zeta-1", zeta_of_normaliser)
CERTIFIED(loss_of_7_is_certified, "zeta-8", hurwitz_8)
CERTIFIED(loss_of_238_is_certified, "zeta-239", hurwitz_239)
CERTIFIED(loss_of_100000_is_certified, "zeta-100001", hurwitz_100001)
CERTIFIED(time_constant_is_certified, "time", time_constant)
CERTIFIED(data_constant_is_certified, "data", data_constant)
CERTIFIED(parameter_constant_is_certified, "parameters", parameter_constant)
CERTIFIED(kappa_is_certified, "kappa", scaling_kappa)
CERTIFIED(compute_constant_is_certified, "compute", compute_constant)

/* --- the certified errors ------------------------------------------------- */

/* A row of data/errors.tsv, (exact - law)/law, beside what the program says. */
struct meeting {
    double error, radius; /* certified */
    double law;           /* what error and bound are relative to */
    double bound, loss;
};

static void meet(const char *law, double alpha, double x, struct meeting *m)
{
    struct scaling s = {alpha, 0, 1, 0.01, 1};
    enum bounds_resource resource = !strcmp(law, "time")         ? BOUNDS_TIME
                                    : !strcmp(law, "parameters") ? BOUNDS_PARAMETERS
                                                                 : BOUNDS_DATA;
    struct bounds b;
    assert_int_equal(bounds_at(&s, resource, x, &b), STATUS_OK);
    m->law = strcmp(law, "beta") ? b.law : b.integral;
    m->bound = strcmp(law, "beta") ? b.law_bound : b.integral_bound;
    m->loss = b.loss;
}

static int meet_all(const char *which, void (*check)(const struct meeting *, double x))
{
    FILE *file = fopen("data/errors.tsv", "r");
    char line[400], law[40];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        struct meeting m;
        double alpha, x;
        if (sscanf(line, "%39s %lf %lf %lf %lf", law, &alpha, &x, &m.error, &m.radius) != 5
            || strcmp(law, which) != 0)
            continue;
        meet(law, alpha, x, &m);
        check(&m, x);
        rows++;
    }
    fclose(file);
    return rows;
}

static void is_not_crossed(const struct meeting *m, double x)
{
    if (!((fabs(m->error) + m->radius) * m->law <= m->bound))
        fail_msg("at %g the error is %g and its bound %g", x, m->error, m->bound / m->law);
}

static void agrees(const struct meeting *m, double x)
{
    if (!(fabs((m->loss - m->law) / m->law - m->error) <= 2e-12 + m->radius))
        fail_msg("at %g the error is %g, not %g", x, m->loss / m->law - 1, m->error);
}

/* A bound of use: above the error, but not by much where the error is not tiny. */
static void is_not_idle(const struct meeting *m, double x)
{
    if (x >= 10 && fabs(m->error) > 1e-6 && !(m->bound < 60 * fabs(m->error) * m->law)
        && !(m->bound < 0.05 * m->law))
        fail_msg("at %g the error is %g, but its bound %g", x, m->error, m->bound / m->law);
}

static void bound_in_time_is_never_crossed(void **state)
{
    (void)state;
    assert_int_equal(meet_all("time", is_not_crossed), 3 * 41);
}

static void bound_in_data_is_never_crossed(void **state)
{
    (void)state;
    assert_true(meet_all("data", is_not_crossed) >= 3 * 28);
}

static void bound_of_beta_is_never_crossed(void **state)
{
    (void)state;
    assert_true(meet_all("beta", is_not_crossed) >= 3 * 28);
}

static void bound_in_parameters_is_never_crossed(void **state)
{
    (void)state;
    assert_true(meet_all("parameters", is_not_crossed) >= 3 * 28);
}

static void errors_agree_with_doubles(void **state)
{
    (void)state;
    meet_all("time", agrees);
    meet_all("data", agrees);
    meet_all("beta", agrees);
    meet_all("parameters", agrees);
}

static void bounds_are_of_use(void **state)
{
    (void)state;
    meet_all("time", is_not_idle);
    meet_all("data", is_not_idle);
    meet_all("beta", is_not_idle);
    meet_all("parameters", is_not_idle);
}

static void power_in_data_is_bounded_within_a_factor(void **state)
{
    (void)state;
    for (double D = 1e3; D < 1e9; D *= 31) {
        struct bounds b;
        assert_int_equal(bounds_data(&infinite, floor(D), &b), STATUS_OK);
        double s = 0.6 / 1.6, truth = s * (s + 1) / (2 * floor(D)) * b.law;
        assert_true(b.law_bound > truth && b.law_bound < 1.5 * truth);
    }
}

/* --- finitely many skills and parameters ------------------------------------ */

/* Sum over k <= N of P w and over the rest of P, by the definition. */
static double time_sum(const struct scaling *s, int N, double T)
{
    double A = task_normaliser(s->alpha, s->skills), c = s->target / s->initial - 1, sum = 0;
    for (int k = s->skills; k >= 1; k--) {
        double P = A * pow(k, -s->alpha - 1), u = 2 * s->rate * s->target * P * T;
        sum += k <= N ? P / gsl_pow_2(1 + exp(u) / c) : P;
    }
    return sum * unit(s);
}

static void finite_time_keeps_within_its_bounds(void **state)
{
    (void)state;
    static const int N[] = {0, 1, 2, 17, 238, 2384, 2385, 9999};
    for (int i = 0; i < 8; i++)
        for (double T = 0.0238; T < 1e8; T *= 3.1) {
            struct bounds b;
            assert_int_equal(bounds_time(&awkward, N[i], T, &b), STATUS_OK);
            double exact = time_sum(&awkward, N[i] ? N[i] : 2385, T), rounding = 3e-12 * exact;
            assert_true(fabs(exact - b.integral) <= b.integral_bound + rounding);
            assert_true(fabs(exact - b.law) <= b.law_bound + rounding);
            assert_close(b.loss, exact, 1e-11);
        }
}

static void finite_time_is_a_law_to_order_one_over_skills(void **state)
{
    (void)state;
    static const int skills[] = {100, 1000, 10000, 100000};
    for (int i = 0; i < 4; i++) { /* where half of the skills are learned */
        struct scaling s = {0.6, skills[i], 1, 0.01, 1};
        struct bounds b;
        assert_int_equal(bounds_time(&s, 0, 4 * pow(skills[i], 1.6), &b), STATUS_OK);
        assert_true(fabs(b.loss / b.integral - 1) < 4.0 / skills[i]);
        assert_true(b.integral_bound < 7.0 / skills[i] * b.loss);
        assert_true(fabs(b.loss / b.law - 1) > 0.3);
    }
}

static void finite_time_depends_on_one_combination(void **state)
{
    (void)state;
    struct scaling few = {0.6, 0, 1, 0.01, 1};
    struct bounds a, b;
    assert_int_equal(bounds_time(&few, 238, 2385, &a), STATUS_OK);
    assert_int_equal(bounds_time(&few, 2380, 2385 * pow(10, 1.6), &b), STATUS_OK);
    assert_close(a.integral, b.integral * pow(10, 0.6), 1e-10);
}

static void integral_of_a_model_is_the_compute_law_on_its_ray(void **state)
{
    (void)state;
    static const double alpha[] = {0.3, 0.9, 2.385};
    for (int i = 0; i < 3; i++) {
        struct scaling s = {alpha[i], 0, 2.385, 0.0385, 0.385};
        struct bounds b;
        double T = scaling_kappa(&s) * pow(138, alpha[i] + 1);
        assert_int_equal(bounds_time(&s, 138, T, &b), STATUS_OK);
        assert_close(b.integral, scaling_compute_law(&s, 138 * T), 1e-10);
        assert_true(fabs(b.loss - b.integral) <= b.integral_bound);
        assert_true(b.integral_bound < 0.05 * b.integral);
    }
}

static void finite_data_keeps_within_its_bounds(void **state)
{
    (void)state;
    static const int skills[] = {1, 2, 3, 38, 385, 3850};
    for (int n = 0; n < 6; n++)
        for (double D = 1; D < 1e9; D = ceil(3.1 * D)) {
            struct scaling s = {0.385, skills[n], 2.385, 0.385, 1};
            struct bounds b;
            double A = task_normaliser(s.alpha, s.skills), exact = 0;
            for (int k = s.skills; k > (s.skills == 1); k--)
                exact += A * pow(k, -1.385) * exp(D * log1p(-A * pow(k, -1.385)));
            exact *= 2; /* (S - R(0))^2/2 */
            assert_int_equal(bounds_data(&s, D, &b), STATUS_OK);
            assert_true(fabs(exact - b.integral) <= b.integral_bound + 3e-12 * exact);
            assert_true(fabs(exact - b.law) <= b.law_bound + 3e-12 * exact);
        }
}

static void finite_parameters_keep_within_their_bounds(void **state)
{
    (void)state;
    double A = task_normaliser(awkward.alpha, 2385), exact = 0;
    for (int N = 2385; N >= 1; exact += unit(&awkward) * A * pow(N--, -1.4385)) {
        struct bounds b;
        assert_int_equal(bounds_parameters(&awkward, N, &b), STATUS_OK);
        assert_true(fabs(exact - b.integral) <= b.integral_bound * (1 + 1e-12) + 1e-13);
        assert_true(fabs(exact - b.law) <= b.law_bound * (1 + 1e-12));
        assert_true(b.integral_bound <= 1.01 / N * b.law);
    }
}

static void parameters_beyond_all_skills_leave_nothing(void **state)
{
    (void)state;
    struct bounds b;
    assert_int_equal(bounds_parameters(&awkward, 5000, &b), STATUS_OK);
    assert_true(b.loss == 0 && b.integral == 0 && b.integral_bound == 0);
    assert_true(b.law > 0 && b.law_bound == b.law);
}

static void infinite_time_has_the_law_as_its_integral(void **state)
{
    (void)state;
    struct bounds b;
    assert_int_equal(bounds_time(&infinite, 0, 23.85, &b), STATUS_OK);
    assert_true(b.law == b.integral && b.law_bound == b.integral_bound);
}

static void units_cancel(void **state)
{
    (void)state;
    struct scaling a = {0.6, 385, 1, 0.01, 1}, b = {0.6, 385, 3, 0.03, 0.5};
    struct bounds x, y;
    assert_int_equal(bounds_time(&a, 138, 238.5, &x), STATUS_OK);
    assert_int_equal(bounds_time(&b, 138, 159, &y), STATUS_OK);
    assert_close(y.law_bound, 9 * x.law_bound, 1e-9);
    assert_close(y.integral_bound, 9 * x.integral_bound, 1e-9);
    assert_close(y.integral, 9 * x.integral, 1e-11);
}

/* --- the sharp bound in data ------------------------------------------------ */

static void sharp_data_bound_beats_every_power(void **state)
{
    (void)state;
    double before = 1;
    for (double D = 1e1; D <= 1e5; D *= 10) {
        double ratio = bounds_data_sharp(&infinite, D * 10) / bounds_data_sharp(&infinite, D);
        assert_true(ratio < before && ratio > 0);
        before = ratio;
    }
    assert_true(before < 1e-120);
}

static void sharp_data_bound_covers_alpha_and_few_skills(void **state)
{
    (void)state;
    static const double alpha[] = {0.001, 0.05, 0.385, 2.385, 10};
    static const int skills[] = {0, 1, 2, 38};
    for (int i = 0; i < 20; i++) {
        struct scaling s = {alpha[i % 5], skills[i / 5], 1, 0.01, 1};
        for (double D = 1; D < 1e12; D *= 97) {
            double bound = bounds_data_sharp(&s, D);
            assert_true(bound > 0 && isfinite(bound));
        }
    }
}

/* The integral over t = ln r by the trapezoidal rule, in complex arithmetic. */
static double sharp_data_bound_by_trapezoid(const struct scaling *s, double D, double angle)
{
    double beta = s->alpha + 1, x0 = pow(task_normaliser(s->alpha, s->skills), 1 / beta);
    double decay = 2 * M_PI * x0 * sin(angle), sum = 0, h = 1 / 256.0, r;
    for (double t = -40; (r = exp(t)) * decay < 700; t += h) {
        double complex p = cpow(1 + r * cexp(I * angle), -beta);
        sum += h * r * cabs(p) * pow(cabs(1 - p), D) / expm1(decay * r);
    }
    return pow(s->target - s->initial, 2) * x0 * sum;
}

/* It is enlarged by 1e-4 for the sake of its quadrature. */
static void sharp_data_bound_is_the_least_of_three_rays(void **state)
{
    (void)state;
    static const double alpha[] = {0.05, 0.385, 2.385};
    static const double D[] = {1, 2.385, 23.85, 2385, 238500, 2.385e9};
    for (int i = 0; i < 36; i++) {
        struct scaling s = {alpha[i % 3], i < 18 ? 0 : 385, 2.385, 0.385, 1};
        double least = INFINITY;
        for (int j = 2; j <= 4; j++)
            least = fmin(least, sharp_data_bound_by_trapezoid(&s, D[i / 3 % 6],
                                                              j * M_PI / 10 / (s.alpha + 1)));
        if (least > 1e-290)
            assert_close(bounds_data_sharp(&s, D[i / 3 % 6]), 1.0001 * least, 3e-6);
    }
}

/* Few skills and many samples, or much time: the law's excess is known, and little is added. */
static void bound_is_reached_where_the_missing_skills_decide(void **state)
{
    (void)state;
    for (int i = 0; i < 2; i++) {
        struct scaling s = {i ? 0.385 : 1.385, 38, 2.385, 0.385, 1};
        struct bounds data, time;
        assert_int_equal(bounds_data(&s, 1e4, &data), STATUS_OK);
        assert_int_equal(bounds_time(&s, 0, 1e4, &time), STATUS_OK);
        assert_close(data.law_bound, fabs(data.loss - data.law), 0.2);
        assert_close(time.law_bound, fabs(time.loss - time.law), 0.2);
    }
}

/* At c = 1 nothing happens, early or late. */
static void integral_is_continuous_in_the_start(void **state)
{
    (void)state;
    for (double T = 1e-3; T < 1e4; T *= 10) {
        struct scaling above = {0.385, 38, 2, 1 - 1e-10, 1}, below = {0.385, 38, 2, 1 + 1e-10, 1};
        struct bounds x, y;
        assert_int_equal(bounds_time(&above, 0, T, &x), STATUS_OK);
        assert_int_equal(bounds_time(&below, 0, T, &y), STATUS_OK);
        assert_close(x.integral, y.integral, 1e-8);
    }
}

/* The program enlarges the integral by a factor 1.0001, more than its tolerance. */
static void sharp_data_bound_is_the_integral(void **state)
{
    (void)state;
    FILE *file = fopen("tests/reference/bounds.tsv", "r");
    char line[400];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        struct scaling s = {0, 0, 1, 0.01, 1};
        double D, value;
        if (sscanf(line, "%lf %lf %lf", &s.alpha, &D, &value) != 3)
            continue;
        rows++;
        assert_close(bounds_data_sharp(&s, D), 1.0001 * value, 5e-6);
    }
    fclose(file);
    assert_int_equal(rows, 6);
}

static void sharp_data_bound_needs_a_sample(void **state)
{
    (void)state;
    assert_true(isinf(bounds_data_sharp(&infinite, 0.5)));
    assert_true(isinf(bounds_data_sharp(&infinite, 0)));
    assert_true(isnan(bounds_data_sharp(&infinite, -1)));
    assert_true(isnan(bounds_data_sharp(&infinite, NAN)));
}

/* --- ranges ---------------------------------------------------------------- */

static double error_at(const struct scaling *s, enum bounds_resource resource, double x)
{
    struct bounds b;
    return bounds_at(s, resource, x, &b) ? NAN : fabs(b.loss / b.law - 1);
}

/* Inside its range a law holds, and just outside it does not. */
static void check_range(const struct scaling *s, enum bounds_resource resource,
                        double fraction)
{
    struct bounds_range r;
    bool integer = resource != BOUNDS_TIME;
    assert_int_equal(bounds_range(s, resource, fraction, &r), STATUS_OK);
    assert_true(r.from < r.to && r.from > 0);
    double end = isinf(r.to) ? 1000 * r.from : r.to;
    for (int i = 0; i <= 400; i++) {
        double x = exp(log(r.from) + i / 400. * log(end / r.from));
        x = integer ? round(x) : x;
        assert_true(error_at(s, resource, x) <= fraction * (1 + 1e-6));
    }
    double before = integer ? r.from - 1 : r.from * (1 - 1e-6);
    if (before > 0)
        assert_true(error_at(s, resource, before) > fraction);
    if (!isinf(r.to))
        assert_true(error_at(s, resource, integer ? r.to + 1 : r.to * (1 + 1e-6)) > fraction);
}

static void ranges_are_those_of_the_errors(void **state)
{
    (void)state;
    struct scaling settings[] = {infinite, authors, {0.9, 0, 1, 0.01, 1},
                                 {2.385, 0, 2.385, 0.385, 0.385}, {0.9, 20000, 2, 1e-6, 3}};
    for (int i = 0; i < 5; i++)
        for (int resource = 0; resource < 3; resource++) {
            check_range(&settings[i], (enum bounds_resource)resource, 0.05);
            check_range(&settings[i], (enum bounds_resource)resource, 0.2385);
        }
}

static void infinite_ranges_have_no_end(void **state)
{
    (void)state;
    for (int resource = 0; resource < 3; resource++) {
        struct bounds_range r;
        assert_int_equal(bounds_range(&infinite, (enum bounds_resource)resource, 0.01, &r), 0);
        assert_true(isinf(r.to) && r.proved >= r.from && r.proved < 3 * r.from);
    }
}

static void range_in_parameters_is_half_alpha_over_p(void **state)
{
    (void)state;
    struct bounds_range r; /* relative error alpha/(2N) to first order */
    assert_int_equal(bounds_range(&infinite, BOUNDS_PARAMETERS, 0.001, &r), STATUS_OK);
    assert_true(fabs(r.from - 300) <= 1 && fabs(r.proved - 300) <= 1);
}

static void range_in_data_is_its_first_order(void **state)
{
    (void)state;
    struct bounds_range r; /* relative error s(s+1)/(2D), s = 3/8 */
    assert_int_equal(bounds_range(&infinite, BOUNDS_DATA, 0.001, &r), STATUS_OK);
    assert_true(fabs(r.from - 0.375 * 1.375 / 0.002) < 2);
}

static void no_range_is_infinite(void **state)
{
    (void)state;
    struct scaling s = {0.3, 100000, 1, 0.01, 1};
    struct bounds_range r;
    assert_int_equal(bounds_range(&s, BOUNDS_PARAMETERS, 0.01, &r), STATUS_OK);
    assert_true(isinf(r.from) && isinf(r.to) && isinf(r.proved));
}

static void ranges_of_few_skills_end(void **state)
{
    (void)state;
    static const int skills[] = {1, 2, 3, 17};
    for (int i = 0; i < 12; i++) {
        struct scaling s = {0.05 + 0.385 * i, skills[i % 4], 1, 0.01, 1};
        struct bounds_range r;
        for (int resource = 0; resource < 3; resource++) {
            enum bounds_resource of = (enum bounds_resource)resource;
            assert_int_equal(bounds_range(&s, of, 0.05, &r), STATUS_OK);
            assert_true(isinf(r.from) || (r.to < INFINITY && r.from <= r.to));
        }
    }
}

static void extreme_settings_are_survived(void **state)
{
    (void)state;
    struct scaling s[] = {{0.001, 0, 1, 0.01, 1}, {5, 0, 1, 1e-9, 1}, {0.6, 0, 1, 0.999, 1},
                          {0.05, 1000000, 1, 1e-9, 1}};
    for (int i = 0; i < 4; i++)
        for (int resource = 0; resource < 3; resource++) {
            struct bounds_range r;
            assert_int_equal(bounds_range(&s[i], (enum bounds_resource)resource, 0.2, &r), 0);
            assert_false(isnan(r.from));
        }
}

/* --- what is out of range ------------------------------------------------------ */

static void out_of_range_is_refused(void **state)
{
    (void)state;
    struct bounds b;
    struct bounds_range r;
    struct scaling bad = infinite;
    bad.alpha = -0.6;
    assert_int_equal(bounds_time(&bad, 0, 1, &b), STATUS_RANGE);
    assert_int_equal(bounds_data(&bad, 1, &b), STATUS_RANGE);
    assert_int_equal(bounds_parameters(&bad, 1, &b), STATUS_RANGE);
    assert_int_equal(bounds_range(&bad, BOUNDS_TIME, 0.1, &r), STATUS_RANGE);
    assert_int_equal(bounds_time(&infinite, 0, 0, &b), STATUS_RANGE);
    assert_int_equal(bounds_time(&infinite, -1, 1, &b), STATUS_RANGE);
    assert_int_equal(bounds_time(&infinite, 0, INFINITY, &b), STATUS_RANGE);
    assert_int_equal(bounds_time(&infinite, 0, NAN, &b), STATUS_RANGE);
    assert_int_equal(bounds_data(&infinite, 0, &b), STATUS_RANGE);
    assert_int_equal(bounds_data(&infinite, NAN, &b), STATUS_RANGE);
    assert_int_equal(bounds_parameters(&infinite, 0, &b), STATUS_RANGE);
    assert_int_equal(bounds_at(&infinite, BOUNDS_PARAMETERS, 1e10, &b), STATUS_RANGE);
    assert_int_equal(bounds_range(&infinite, BOUNDS_TIME, 0, &r), STATUS_RANGE);
    assert_int_equal(bounds_range(&infinite, BOUNDS_TIME, 1, &r), STATUS_RANGE);
    assert_int_equal(bounds_range(&infinite, BOUNDS_TIME, NAN, &r), STATUS_RANGE);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_form_is_certified),
        cmocka_unit_test(quadrature_is_certified),
        cmocka_unit_test(normaliser_is_certified),
        cmocka_unit_test(loss_of_7_is_certified),
        cmocka_unit_test(loss_of_238_is_certified),
        cmocka_unit_test(loss_of_100000_is_certified),
        cmocka_unit_test(time_constant_is_certified),
        cmocka_unit_test(data_constant_is_certified),
        cmocka_unit_test(parameter_constant_is_certified),
        cmocka_unit_test(kappa_is_certified),
        cmocka_unit_test(compute_constant_is_certified),
        cmocka_unit_test(bound_in_time_is_never_crossed),
        cmocka_unit_test(bound_in_data_is_never_crossed),
        cmocka_unit_test(bound_of_beta_is_never_crossed),
        cmocka_unit_test(bound_in_parameters_is_never_crossed),
        cmocka_unit_test(errors_agree_with_doubles),
        cmocka_unit_test(bounds_are_of_use),
        cmocka_unit_test(power_in_data_is_bounded_within_a_factor),
        cmocka_unit_test(finite_time_keeps_within_its_bounds),
        cmocka_unit_test(finite_time_is_a_law_to_order_one_over_skills),
        cmocka_unit_test(finite_time_depends_on_one_combination),
        cmocka_unit_test(integral_of_a_model_is_the_compute_law_on_its_ray),
        cmocka_unit_test(finite_data_keeps_within_its_bounds),
        cmocka_unit_test(finite_parameters_keep_within_their_bounds),
        cmocka_unit_test(parameters_beyond_all_skills_leave_nothing),
        cmocka_unit_test(infinite_time_has_the_law_as_its_integral),
        cmocka_unit_test(units_cancel),
        cmocka_unit_test(sharp_data_bound_beats_every_power),
        cmocka_unit_test(sharp_data_bound_covers_alpha_and_few_skills),
        cmocka_unit_test(sharp_data_bound_is_the_least_of_three_rays),
        cmocka_unit_test(bound_is_reached_where_the_missing_skills_decide),
        cmocka_unit_test(integral_is_continuous_in_the_start),
        cmocka_unit_test(sharp_data_bound_is_the_integral),
        cmocka_unit_test(sharp_data_bound_needs_a_sample),
        cmocka_unit_test(ranges_are_those_of_the_errors),
        cmocka_unit_test(infinite_ranges_have_no_end),
        cmocka_unit_test(range_in_parameters_is_half_alpha_over_p),
        cmocka_unit_test(range_in_data_is_its_first_order),
        cmocka_unit_test(no_range_is_infinite),
        cmocka_unit_test(ranges_of_few_skills_end),
        cmocka_unit_test(extreme_settings_are_survived),
        cmocka_unit_test(out_of_range_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
