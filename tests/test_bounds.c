/* Tests of the chapter bounds.  The tables reference/certified.tsv and data/errors.tsv are
   enclosures by ball arithmetic, see certify.c. */
#include <complex.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_zeta.h>
#include <limits.h>

#include "bounds.h"
#include "common.h"
#include "task.h"

static const struct scaling authors = {0.6, 100000, 1, 0.01, 1};
static const struct scaling infinite = {0.6, 0, 1, 0.01, 1};
static const struct scaling awkward = {0.4385, 2385, 2.385, 0.385, 0.0385};

/* --- the certified constants ---------------------------------------------- */

static double unit(const struct scaling *s)
{
    return gsl_pow_2(s->target) / 2;
}

#define CERTIFIED(test, quantity, call)                                                    \
    TEST(test)                                                                             \
    {                                                                                      \
        FOR_ROWS(x, "tests/reference/certified.tsv", quantity, 8) {                        \
            struct scaling s = {x[0], 0, x[1], x[2], 1};                                   \
            double value = x[3], radius = x[4];                                            \
            assert_true(radius < 1e-29 * value && radius > 0);                             \
            assert_ratio(call, value, 2e-12);                                              \
        }                                                                                  \
    }

CERTIFIED(closed_form_is_certified, "J-polylogarithms",
          scaling_time_integral(s.alpha, s.target / s.initial - 1))
CERTIFIED(quadrature_is_certified, "J-quadrature",
          scaling_time_integral_by_quadrature(s.alpha, s.target / s.initial - 1))
CERTIFIED(normaliser_is_certified, "zeta-1", 1 / task_normaliser(s.alpha, 0))
CERTIFIED(loss_of_7_is_certified, "zeta-8",
          scaling_parameter_loss(&s, 7) / unit(&s) / task_normaliser(s.alpha, 0))
CERTIFIED(loss_of_238_is_certified, "zeta-239",
          scaling_parameter_loss(&s, 238) / unit(&s) / task_normaliser(s.alpha, 0))
CERTIFIED(loss_of_100000_is_certified, "zeta-100001",
          scaling_parameter_loss(&s, 100000) / unit(&s) / task_normaliser(s.alpha, 0))
CERTIFIED(time_constant_is_certified, "time", scaling_time_constant(&s) / unit(&s))
CERTIFIED(data_constant_is_certified, "data", scaling_data_constant(&s) / unit(&s))
CERTIFIED(parameter_constant_is_certified, "parameters",
          scaling_parameter_constant(&s) / unit(&s))
CERTIFIED(kappa_is_certified, "kappa", scaling_kappa(&s))
CERTIFIED(compute_constant_is_certified, "compute", scaling_compute_constant(&s) / unit(&s))

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

static void meet_all(const char *law, int rows, void (*check)(const struct meeting *, double x))
{
    FOR_ROWS(x, "data/errors.tsv", law, rows) {
        struct meeting m = {.error = x[2], .radius = x[3]};
        meet(law, x[0], x[1], &m);
        check(&m, x[1]);
    }
}

static void is_not_crossed(const struct meeting *m, double x)
{
    if (!((fabs(m->error) + m->radius) * m->law <= m->bound))
        fail_with("at %g the error is %g and its bound %g", x, m->error, m->bound / m->law);
}

static void agrees(const struct meeting *m, double x)
{
    if (!(fabs((m->loss - m->law) / m->law - m->error) <= 2e-12 + m->radius))
        fail_with("at %g the error is %g, not %g", x, m->loss / m->law - 1, m->error);
}

/* A bound of use: above the error, but not by much where the error is not tiny. */
static void is_not_idle(const struct meeting *m, double x)
{
    if (x >= 10 && fabs(m->error) > 1e-6 && !(m->bound < 60 * fabs(m->error) * m->law)
        && !(m->bound < 0.05 * m->law))
        fail_with("at %g the error is %g, but its bound %g", x, m->error, m->bound / m->law);
}

TEST(bound_in_time_is_never_crossed)
{
    meet_all("time", 123, is_not_crossed);
}

TEST(bound_in_data_is_never_crossed)
{
    meet_all("data", 93, is_not_crossed);
}

TEST(bound_of_beta_is_never_crossed)
{
    meet_all("beta", 93, is_not_crossed);
}

TEST(bound_in_parameters_is_never_crossed)
{
    meet_all("parameters", 93, is_not_crossed);
}

TEST(errors_agree_with_doubles)
{
    meet_all("time", 123, agrees);
    meet_all("data", 93, agrees);
    meet_all("beta", 93, agrees);
    meet_all("parameters", 93, agrees);
}

TEST(bounds_are_of_use)
{
    meet_all("time", 123, is_not_idle);
    meet_all("data", 93, is_not_idle);
    meet_all("beta", 93, is_not_idle);
    meet_all("parameters", 93, is_not_idle);
}

TEST(power_in_data_is_bounded_within_a_factor)
{
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

TEST(finite_time_keeps_within_its_bounds)
{
    static const int N[] = {0, 1, 2, 17, 238, 2384, 2385, 9999};
    for (int i = 0; i < 8; i++)
        for (double T = 0.0238; T < 1e8; T *= 3.1) {
            struct bounds b;
            assert_int_equal(bounds_time(&awkward, N[i], T, &b), STATUS_OK);
            double exact = time_sum(&awkward, N[i] ? N[i] : 2385, T), rounding = 3e-12 * exact;
            assert_close(exact, b.integral, b.integral_bound + rounding);
            assert_close(exact, b.law, b.law_bound + rounding);
            assert_ratio(b.loss, exact, 1e-11);
        }
}

TEST(finite_time_is_a_law_to_order_one_over_skills)
{
    static const int skills[] = {100, 1000, 10000, 100000};
    for (int i = 0; i < 4; i++) { /* where half of the skills are learned */
        struct scaling s = {0.6, skills[i], 1, 0.01, 1};
        struct bounds b;
        assert_int_equal(bounds_time(&s, 0, 4 * pow(skills[i], 1.6), &b), STATUS_OK);
        assert_ratio(b.loss, b.integral, 4.0 / skills[i]);
        assert_true(b.integral_bound < 7.0 / skills[i] * b.loss);
        assert_true(fabs(b.loss / b.law - 1) > 0.3);
    }
}

TEST(finite_time_depends_on_one_combination)
{
    struct scaling few = {0.6, 0, 1, 0.01, 1};
    struct bounds a, b;
    assert_int_equal(bounds_time(&few, 238, 2385, &a), STATUS_OK);
    assert_int_equal(bounds_time(&few, 2380, 2385 * pow(10, 1.6), &b), STATUS_OK);
    assert_ratio(a.integral, b.integral * pow(10, 0.6), 1e-10);
}

TEST(integral_of_a_model_is_the_compute_law_on_its_ray)
{
    static const double alpha[] = {0.3, 0.9, 2.385};
    for (int i = 0; i < 3; i++) {
        struct scaling s = {alpha[i], 0, 2.385, 0.0385, 0.385};
        struct bounds b;
        double T = scaling_kappa(&s) * pow(138, alpha[i] + 1);
        assert_int_equal(bounds_time(&s, 138, T, &b), STATUS_OK);
        assert_ratio(b.integral, scaling_compute_law(&s, 138 * T), 1e-10);
        assert_close(b.loss, b.integral, b.integral_bound);
        assert_true(b.integral_bound < 0.05 * b.integral);
    }
}

TEST(finite_data_keeps_within_its_bounds)
{
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
            assert_close(exact, b.integral, b.integral_bound + 3e-12 * exact);
            assert_close(exact, b.law, b.law_bound + 3e-12 * exact);
        }
}

TEST(finite_parameters_keep_within_their_bounds)
{
    double A = task_normaliser(awkward.alpha, 2385), exact = 0;
    for (int N = 2385; N >= 1; exact += unit(&awkward) * A * pow(N--, -1.4385)) {
        struct bounds b;
        assert_int_equal(bounds_parameters(&awkward, N, &b), STATUS_OK);
        assert_close(exact, b.integral, b.integral_bound * (1 + 1e-12) + 1e-13);
        assert_close(exact, b.law, b.law_bound * (1 + 1e-12));
        assert_true(b.integral_bound <= 1.01 / N * b.law);
    }
}

TEST(parameters_beyond_all_skills_leave_nothing)
{
    struct bounds b;
    assert_int_equal(bounds_parameters(&awkward, 5000, &b), STATUS_OK);
    assert_true(b.loss == 0 && b.integral == 0 && b.integral_bound == 0);
    assert_true(b.law > 0 && b.law_bound == b.law);
}

TEST(infinite_time_has_the_law_as_its_integral)
{
    struct bounds b;
    assert_int_equal(bounds_time(&infinite, 0, 23.85, &b), STATUS_OK);
    assert_true(b.law == b.integral && b.law_bound == b.integral_bound);
}

TEST(units_cancel)
{
    struct scaling a = {0.6, 385, 1, 0.01, 1}, b = {0.6, 385, 3, 0.03, 0.5};
    struct bounds x, y;
    assert_int_equal(bounds_time(&a, 138, 238.5, &x), STATUS_OK);
    assert_int_equal(bounds_time(&b, 138, 159, &y), STATUS_OK);
    assert_ratio(y.law_bound, 9 * x.law_bound, 1e-9);
    assert_ratio(y.integral_bound, 9 * x.integral_bound, 1e-9);
    assert_ratio(y.integral, 9 * x.integral, 1e-11);
}

/* --- the sharp bound in data ------------------------------------------------ */

TEST(sharp_data_bound_beats_every_power)
{
    double before = 1;
    for (double D = 1e1; D <= 1e5; D *= 10) {
        double ratio = bounds_data_sharp(&infinite, D * 10) / bounds_data_sharp(&infinite, D);
        assert_true(ratio < before && ratio > 0);
        before = ratio;
    }
    assert_true(before < 1e-120);
}

TEST(sharp_data_bound_covers_alpha_and_few_skills)
{
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
TEST(sharp_data_bound_is_the_least_of_three_rays)
{
    static const double alpha[] = {0.05, 0.385, 2.385};
    static const double D[] = {1, 2.385, 23.85, 2385, 238500, 2.385e9};
    for (int i = 0; i < 36; i++) {
        struct scaling s = {alpha[i % 3], i < 18 ? 0 : 385, 2.385, 0.385, 1};
        double least = INFINITY;
        for (int j = 2; j <= 4; j++)
            least = fmin(least, sharp_data_bound_by_trapezoid(&s, D[i / 3 % 6],
                                                              j * M_PI / 10 / (s.alpha + 1)));
        if (least > 1e-290)
            assert_ratio(bounds_data_sharp(&s, D[i / 3 % 6]), 1.0001 * least, 3e-6);
    }
}

/* Few skills and many samples, or much time: the law's excess is known, and little is added. */
TEST(bound_is_reached_where_the_missing_skills_decide)
{
    for (int i = 0; i < 2; i++) {
        struct scaling s = {i ? 0.385 : 1.385, 38, 2.385, 0.385, 1};
        struct bounds data, time;
        assert_int_equal(bounds_data(&s, 1e4, &data), STATUS_OK);
        assert_int_equal(bounds_time(&s, 0, 1e4, &time), STATUS_OK);
        assert_ratio(data.law_bound, fabs(data.loss - data.law), 0.2);
        assert_ratio(time.law_bound, fabs(time.loss - time.law), 0.2);
    }
}

/* At c = 1 nothing happens, early or late. */
TEST(integral_is_continuous_in_the_start)
{
    for (double T = 1e-3; T < 1e4; T *= 10) {
        struct scaling above = {0.385, 38, 2, 1 - 1e-10, 1}, below = {0.385, 38, 2, 1 + 1e-10, 1};
        struct bounds x, y;
        assert_int_equal(bounds_time(&above, 0, T, &x), STATUS_OK);
        assert_int_equal(bounds_time(&below, 0, T, &y), STATUS_OK);
        assert_ratio(x.integral, y.integral, 1e-8);
    }
}

/* The program enlarges the integral by a factor 1.0001, more than its tolerance. */
TEST(sharp_data_bound_is_the_integral)
{
    FOR_ROWS(x, "tests/reference/bounds.tsv", "sharp", 6) {
        struct scaling s = {x[0], 0, 1, 0.01, 1};
        assert_ratio(bounds_data_sharp(&s, x[1]), 1.0001 * x[2], 5e-6);
    }
}

TEST(sharp_data_bound_needs_a_sample)
{
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

TEST(ranges_are_those_of_the_errors)
{
    struct scaling settings[] = {infinite, authors, {0.9, 0, 1, 0.01, 1},
                                 {2.385, 0, 2.385, 0.385, 0.385}, {0.9, 20000, 2, 1e-6, 3}};
    for (int i = 0; i < 5; i++)
        for (int resource = 0; resource < 3; resource++) {
            check_range(&settings[i], (enum bounds_resource)resource, 0.05);
            check_range(&settings[i], (enum bounds_resource)resource, 0.2385);
        }
}

TEST(infinite_ranges_have_no_end)
{
    for (int resource = 0; resource < 3; resource++) {
        struct bounds_range r;
        assert_int_equal(bounds_range(&infinite, (enum bounds_resource)resource, 0.01, &r), 0);
        assert_true(isinf(r.to) && r.proved >= r.from && r.proved < 3 * r.from);
    }
}

TEST(range_in_parameters_is_half_alpha_over_p)
{
    struct bounds_range r; /* relative error alpha/(2N) to first order */
    assert_int_equal(bounds_range(&infinite, BOUNDS_PARAMETERS, 0.001, &r), STATUS_OK);
    assert_close(r.from, 300, 1 && fabs(r.proved - 300) <= 1);
}

TEST(range_in_data_is_its_first_order)
{
    struct bounds_range r; /* relative error s(s+1)/(2D), s = 3/8 */
    assert_int_equal(bounds_range(&infinite, BOUNDS_DATA, 0.001, &r), STATUS_OK);
    assert_close(r.from, 0.375 * 1.375 / 0.002, 2);
}

TEST(no_range_is_infinite)
{
    struct scaling s = {0.3, 100000, 1, 0.01, 1};
    struct bounds_range r;
    assert_int_equal(bounds_range(&s, BOUNDS_PARAMETERS, 0.01, &r), STATUS_OK);
    assert_true(isinf(r.from) && isinf(r.to) && isinf(r.proved));
}

TEST(ranges_of_few_skills_end)
{
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

TEST(extreme_settings_are_survived)
{
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

TEST(out_of_range_is_refused)
{
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

/* --- a share of the skills ------------------------------------------------ */

/* mpmath: the series, and the loss that it approaches. */
TEST(share_of_skills_by_mpmath)
{
    struct scaling s = {0.4385, 23850, 2.385, 0.385, 1};
    assert_ratio(bounds_parameter_series(&s, 2385, 1), 0.0471494224621831, 1e-13);
    assert_ratio(bounds_parameter_series(&s, 2385, 2), 0.0475974215932956, 1e-13);
    assert_ratio(bounds_parameter_series(&s, 2385, 3), 0.0475908513642402, 1e-13);
    assert_ratio(scaling_parameter_loss(&s, 2385), 0.0475950824119737, 1e-12);
}

TEST(share_of_skills_refuses_what_is_no_share)
{
    struct scaling s = {0.4385, 23850, 2.385, 0.385, 1};
    assert_true(isnan(bounds_parameter_series(&s, 0, 1)));
    assert_true(isnan(bounds_parameter_series(&s, 23850, 1)));
    assert_true(isnan(bounds_parameter_series(&s, 2385, 0)));
    assert_true(isnan(bounds_parameter_series(&s, 2385, 4)));
    assert_true(isnan(bounds_parameter_series(&infinite, 2385, 1)));
}

/* For finite N the law less the article's L_C is nearer than the law, and less the tail that
   is missing nearer still. */
TEST(integral_beats_the_correction_and_that_the_law)
{
    struct scaling s = {0.1, 50000, 5, 0.01, 1};
    struct bounds b;
    assert_int_equal(bounds_time(&s, 0, 1000, &b), STATUS_OK);
    double law = fabs(b.law - b.loss), corrected = fabs(b.law - scaling_tail_bound(&s) - b.loss);
    assert_true(law > b.loss && corrected < 0.006 * b.loss);
    assert_true(fabs(b.integral - b.loss) < 1e-3 * corrected);
}

int main(void)
{
    return run_cases("bounds");
}
