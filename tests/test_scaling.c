/* Tests of the chapter scaling.  The reference table scaling.tsv is made by
   mpmath at 40 digits, see scaling.py beside it. */
#include <complex.h>
#include <gsl/gsl_math.h>
#include <limits.h>
#include <time.h>

#include "common.h"
#include "scaling.h"
#include "task.h"

static const struct scaling authors = {0.6, 100000, 1, 0.01, 1};
static const struct scaling infinite = {0.6, 0, 5, 0.01, 1};
static const struct scaling awkward = {0.4385, 2385, 2.385, 0.385, 0.0385};

/* --- the reference table ------------------------------------------------ */

/* The columns are the five of a struct scaling, x, y and the value. */
#define REFERENCE_TEST(test, quantity, rows, call, tolerance)                              \
    TEST(test)                                                                             \
    {                                                                                      \
        FOR_ROWS(x, "tests/reference/scaling.tsv", quantity, rows) {                       \
            struct scaling s = {x[0], (int)x[1], x[2], x[3], x[4]};                        \
            assert_ratio(call, x[7], tolerance);                                           \
        }                                                                                  \
    }

REFERENCE_TEST(test_integral_reference, "integral", 70,
               scaling_time_integral(s.alpha, x[5]), 2e-13)
REFERENCE_TEST(test_time_constant_reference, "time_constant", 12,
               scaling_time_constant(&s), 1.5e-13)
REFERENCE_TEST(test_data_constant_reference, "data_constant", 12,
               scaling_data_constant(&s), 1e-14)
REFERENCE_TEST(test_parameter_constant_reference, "parameter_constant", 12,
               scaling_parameter_constant(&s), 1e-14)
REFERENCE_TEST(test_kappa_reference, "kappa", 12,
               scaling_kappa(&s), 1e-13)
REFERENCE_TEST(test_compute_constant_reference, "compute_constant", 12,
               scaling_compute_constant(&s), 1e-13)
REFERENCE_TEST(test_time_loss_reference, "time_loss", 56,
               scaling_time_loss(&s, x[5]), 1e-13)
REFERENCE_TEST(test_data_loss_reference, "data_loss", 56,
               scaling_data_loss(&s, x[5]), 2e-14)
REFERENCE_TEST(test_parameter_loss_reference, "parameter_loss", 70,
               scaling_parameter_loss(&s, (int)x[5]), 2e-14)
REFERENCE_TEST(test_compute_loss_reference, "compute_loss", 56,
               scaling_compute_loss(&s, (int)x[5], x[6]), 1.5e-13)
REFERENCE_TEST(test_integral_by_quadrature_reference, "integral", 70,
               scaling_time_integral_by_quadrature(s.alpha, x[5]), 2e-13)

/* --- constants ---------------------------------------------------------- */

/* S = 1, R(0) = 0.01: J, then the constants without S^2/2 (data without
   (1-R(0))^2); S = 5: kappa and A_C.  Computed with mpmath's polylogarithm,
   zeta and gamma functions. */
static const double table[3][7] = {{0.3, 5.64430076116, 1.29064749453, 1.05877975966,
                                    0.84775594845, 2.022106, 0.952465588},
                                   {0.6, 4.17471664222, 1.20012354616, 0.88371752942,
                                    0.72915027629, 1.140596, 0.787959554},
                                   {0.9, 3.75673384540, 1.06067426081, 0.73306997839,
                                    0.63501264458, 0.850655, 0.646423681}};

TEST(test_tables_of_the_specification)
{
    for (int i = 0; i < 3; i++) {
        struct scaling s = {table[i][0], 0, 1, 0.01, 1};
        assert_ratio(scaling_time_integral(s.alpha, 99), table[i][1], 1e-11);
        assert_ratio(2 * scaling_time_constant(&s), table[i][2], 1e-11);
        assert_ratio(2 * scaling_data_constant(&s) / 0.9801, table[i][3], 1e-11);
        assert_ratio(2 * scaling_parameter_constant(&s), table[i][4], 2e-11);
    }
}

TEST(test_compute_tables_of_the_specification)
{
    for (int i = 0; i < 3; i++) {
        struct scaling s = {table[i][0], 0, 5, 0.01, 1};
        assert_ratio(scaling_kappa(&s), table[i][5], 1e-6);
        assert_ratio(scaling_compute_constant(&s) / 12.5, table[i][6], 1e-9);
    }
}

/* J = pi^2/12-like values are known at s = 1/2 only through series; at
   large c, J -> l^s/s - l^(s-1) [1 + ...]: the step moves to u = ln c. */
TEST(test_integral_grows_like_a_step)
{
    double alpha = 0.6385, s = alpha / (alpha + 1), l = 600;
    double step = pow(l, s) / s - pow(l, s - 1) + (s - 1) * pow(l, s - 2) * M_PI * M_PI / 6;
    assert_ratio(scaling_time_integral(alpha, exp(l)), step, 1e-7);
}

TEST(test_integral_is_continuous_where_the_method_changes)
{
    for (double alpha = 0.05; alpha < 10; alpha *= 2.385) {
        double below = scaling_time_integral(alpha, 0.5);
        double above = scaling_time_integral(alpha, nextafter(0.5, 1));
        assert_ratio(above, below, 1e-12);
    }
}

TEST(test_time_constant_is_continuous_where_the_method_changes)
{
    struct scaling below = {10, 0, 2.385, 0.02385, 1}, above = below;
    above.alpha = nextafter(10, 11);
    assert_ratio(scaling_time_constant(&above), scaling_time_constant(&below), 1e-12);
}

TEST(test_finite_skills_enter_time_constant_through_normaliser)
{
    struct scaling finite = awkward, all = awkward;
    all.skills = 0;
    double ratio = task_normaliser(0.4385, 2385) / task_normaliser(0.4385, 0);
    assert_ratio(scaling_time_constant(&finite) / scaling_time_constant(&all),
                 pow(ratio, 1 / 1.4385), 1e-13);
}

TEST(test_kappa_scales_with_inverse_normaliser_and_rate)
{
    struct scaling other = awkward;
    other.skills = 0;
    other.rate = 2.385 * awkward.rate;
    double ratio = 2.385 * task_normaliser(0.4385, 0) / task_normaliser(0.4385, 2385);
    assert_ratio(scaling_kappa(&awkward) / scaling_kappa(&other), ratio, 1e-12);
}

TEST(test_minimiser_finds_the_root)
{
    assert_ratio(scaling_kappa_by_minimisation(&awkward), scaling_kappa(&awkward), 1e-6);
}

/* From c = 0.01 to 1e280; the constant is stationary there, so it has all its digits. */
TEST(test_optimum_is_found_for_any_start)
{
    for (int i = 0; i < 6; i++)
        for (double c = 0.01; c < 1e280; c *= c < 10 ? 1.385 : 2.385e9) {
            static const double alpha[] = {0.05, 0.3, 0.6385, 0.9, 2.385, 5};
            struct scaling s = {alpha[i], 0, 2.385, 2.385 / (1 + c), 1};
            double kappa = scaling_kappa(&s);
            assert_ratio(scaling_kappa_by_minimisation(&s), kappa, 1e-5);
            assert_true(isfinite(scaling_compute_constant(&s)));
        }
}

/* On rays T = kappa (N + 1/2)^(alpha+1) at large N, the loss times
   C^(alpha/(alpha+2)) is A_C at kappa* and larger on either side. */
static double constant_on_ray(const struct scaling *s, double kappa)
{
    double N = 123856.5, T = kappa * pow(N, s->alpha + 1);
    return scaling_compute_loss(s, 123856, T) * pow(N * T, s->alpha / (s->alpha + 2));
}

TEST(test_compute_constant_is_reached_on_the_optimal_ray)
{
    assert_ratio(constant_on_ray(&infinite, scaling_kappa(&infinite)),
                 scaling_compute_constant(&infinite), 1e-9);
}

TEST(test_optimal_ray_is_better_than_its_neighbours)
{
    double kappa = scaling_kappa(&infinite), least = constant_on_ray(&infinite, kappa);
    assert_true(constant_on_ray(&infinite, 0.99 * kappa) > least);
    assert_true(constant_on_ray(&infinite, 1.01 * kappa) > least);
}

/* --- exact losses ------------------------------------------------------- */

TEST(test_loss_at_time_zero_is_that_of_the_start)
{
    assert_ratio(scaling_time_loss(&awkward, 0), 2.0 * 2.0 / 2, 1e-14);
    assert_ratio(scaling_time_loss(&infinite, 0), 4.99 * 4.99 / 2, 1e-14);
}

/* 20000003 has no place in a float. */
TEST(test_many_skills_are_all_counted)
{
    struct scaling s = {0.05, 20000003, 2.385, 0.385, 1};
    assert_ratio(scaling_time_loss(&s, 0), 2, 1e-12);
    assert_ratio(scaling_data_loss(&s, 0), 2, 1e-12);
    assert_ratio(scaling_compute_loss(&s, 20000003, 0), 2, 1e-12);
}

TEST(test_loss_without_data_is_that_of_the_start)
{
    assert_ratio(scaling_data_loss(&awkward, 0), 2.0 * 2.0 / 2, 1e-14);
    assert_ratio(scaling_data_loss(&infinite, 0), 4.99 * 4.99 / 2, 1e-14);
}

TEST(test_loss_without_parameters_is_that_of_nothing)
{
    assert_ratio(scaling_parameter_loss(&awkward, 0), 2.385 * 2.385 / 2, 1e-14);
    assert_ratio(scaling_compute_loss(&infinite, 0, 23.85), 12.5, 1e-14);
}

TEST(test_one_skill_follows_the_logistic)
{
    struct scaling s = {2.385, 1, 2.385, 0.0385, 0.6385};
    double T = 1.385, R = 2.385 / (1 + (2.385 / 0.0385 - 1) * exp(-2 * 0.6385 * 2.385 * T));
    assert_ratio(scaling_time_loss(&s, T), (2.385 - R) * (2.385 - R) / 2, 1e-13);
}

TEST(test_one_skill_needs_one_sample)
{
    struct scaling s = {2.385, 1, 2.385, 0.385, 1};
    assert_true(scaling_data_loss(&s, 1) == 0);
    assert_true(scaling_parameter_loss(&s, 1) == 0);
}

/* Two skills, three samples: all eight outcomes. */
TEST(test_data_loss_by_enumeration)
{
    struct scaling s = {1.385, 2, 2.385, 0.385, 1};
    double P[2] = {task_probability(1.385, 2, 1), task_probability(1.385, 2, 2)}, mean = 0;
    for (int outcome = 0; outcome < 8; outcome++) {
        int seen[2] = {0, 0};
        double weight = 1;
        for (int j = 0; j < 3; j++) {
            int k = outcome >> j & 1;
            weight *= P[k];
            seen[k] = 1;
        }
        for (int k = 0; k < 2; k++)
            mean += seen[k] ? 0 : weight * P[k] * 2.0 * 2.0 / 2;
    }
    assert_ratio(scaling_data_loss(&s, 3), mean, 1e-14);
}

TEST(test_enough_parameters_leave_the_time_loss)
{
    double loss = scaling_time_loss(&awkward, 238.5);
    assert_true(scaling_compute_loss(&awkward, 2385, 238.5) == loss);
    assert_true(scaling_compute_loss(&awkward, INT_MAX, 238.5) == loss);
}

TEST(test_enough_time_leaves_the_parameter_loss)
{
    assert_ratio(scaling_compute_loss(&awkward, 238, 1e9),
                 scaling_parameter_loss(&awkward, 238), 1e-14);
}

TEST(test_units_of_target_and_rate)
{
    struct scaling s = awkward, t = awkward;
    t.target *= 3.1;
    t.initial *= 3.1;
    t.rate /= 3.1;
    assert_ratio(scaling_time_loss(&t, 23.85), 3.1 * 3.1 * scaling_time_loss(&s, 23.85),
                 1e-13);
}

/* A step of the method (few skills, many skills, series, quadrature) must not
   show: the loss falls and its logarithm is smooth over 12 decades. */
TEST(test_time_loss_falls_smoothly)
{
    struct scaling s = {0.3385, 0, 2.385, 0.02385, 1};
    double h = 0.001, worst = 0;
    for (double y = -3; y < 9; y += 0.0213) {
        double a = scaling_time_loss(&s, pow(10, y - h)),
               b = scaling_time_loss(&s, pow(10, y));
        double c = scaling_time_loss(&s, pow(10, y + h));
        assert_true(a > b && b > c);
        worst = fmax(worst, fabs(a - 2 * b + c) / b);
    }
    assert_true(worst < 2e-5);
}

TEST(test_many_skills_against_plain_addition)
{
    struct scaling s = {0.0727792, 327031, 2.385, 1.3776e-5, 1};
    double T = 4.8e7, A = task_normaliser(s.alpha, s.skills), c = s.target / s.initial - 1;
    double sum = 0;
    for (int k = s.skills; k >= 1; k--) {
        double P = A * pow(k, -s.alpha - 1), x = 1 + exp(2 * s.target * P * T) / c;
        sum += s.target * s.target / 2 * P / (x * x);
    }
    assert_true(sum < 1e-9); /* nearly everything is learned */
    assert_ratio(scaling_time_loss(&s, T), sum, 1e-12);
}

TEST(test_two_billion_skills_are_between_their_neighbours)
{
    struct scaling s = {0.05, 2000000000, 1, 0.01, 1};
    double direct = scaling_parameter_loss(&s, 1999999999);
    assert_ratio(direct, task_probability(0.05, 2000000000, 2000000000) / 2, 1e-9);
}

/* --- laws and bounds ---------------------------------------------------- */

/* Beyond all orders: from T = 10 to 100 the error falls by more than 10^6. */
TEST(test_time_law_is_right_beyond_all_orders)
{
    double early =
        difference(scaling_time_loss(&infinite, 10), scaling_time_law(&infinite, 10));
    double late =
        difference(scaling_time_loss(&infinite, 100), scaling_time_law(&infinite, 100));
    assert_ratio(early, 2.94e-3, 0.01);
    assert_ratio(late, 1.33e-10, 0.02);
}

static const double alphas[] = {0.05, 0.3, 0.6385, 0.9, 2.385, 5};

/* The relative error of the data law is s(s+1)/(2D) to first order. */
TEST(test_data_law_converges_at_first_order)
{
    double s = 0.6 / 1.6, expected = -s * (s + 1) / 2;
    for (double D = 1e4; D < 1e6; D *= 7) {
        double error = scaling_data_loss(&infinite, D) / scaling_data_law(&infinite, D) - 1;
        assert_ratio(error * D, expected, 1 / D + 1e-12 * D);
    }
}

TEST(test_data_loss_keeps_its_digits_with_many_samples)
{
    for (int i = 1; i < 4; i++)
        for (double D = 2e7; D < 1e13; D *= 31) {
            struct scaling s = {alphas[i], 0, 5, 0.01, 1};
            double e = alphas[i] / (alphas[i] + 1), first = e * (e + 1) / (2 * D);
            assert_ratio(scaling_data_loss(&s, D), scaling_data_law(&s, D) * (1 - first), 1e-13);
        }
}

/* zeta(a+1, N+1) = N^-a/a [1 - a/(2N) + a(a+1)/(12N^2) + O(N^-4)] */
TEST(test_parameter_law_converges_at_first_order)
{
    for (int N = 100; N < 1000000; N *= 9) {
        double error =
            scaling_parameter_loss(&infinite, N) / scaling_parameter_law(&infinite, N);
        assert_ratio(error, 1 - 0.3 / N + 0.08 / N / N, 1e-9 * 100 / N);
    }
}

static const int skill_counts[] = {0, 1, 2, 38, 385, 100003};
static const double starts[] = {2.385e-9, 0.02385, 0.385, 2.1};

typedef double law_function(const struct scaling *, double);

/* The error must stay below the bound at every point; what rounding of the
   two losses may add is allowed for. */
static void check_bound(law_function *exact, law_function *law, law_function *bound,
                        int counts)
{
    for (int a = 0; a < 6; a++)
        for (int n = 0; n < counts; n++)
            for (int i = 0; i < 4; i++)
                for (double x = 1e-4; x < 1e12; x *= 1.7385) {
                    struct scaling s = {alphas[a], skill_counts[n], 2.385, starts[i],
                                        0.6385};
                    double L = exact(&s, x), K = law(&s, x), B = bound(&s, x);
                    if (!(fabs(L - K) <= B + 1e-12 * K))
                        fail_with("alpha %g n_s %d R(0) %g at %g: |%.15g - %.15g| > %.15g",
                                  s.alpha, s.skills, s.initial, x, L, K, B);
                }
}

TEST(test_time_bound_is_never_crossed)
{
    check_bound(scaling_time_loss, scaling_time_law, scaling_time_bound, 6);
}

TEST(test_simple_time_bound_is_never_crossed)
{
    check_bound(scaling_time_loss, scaling_time_law, scaling_time_bound_simple, 1);
}

TEST(test_sharp_time_bound_is_never_crossed)
{
    check_bound(scaling_time_loss, scaling_time_law, scaling_time_bound_sharp, 1);
}

TEST(test_data_bound_is_never_crossed)
{
    check_bound(scaling_data_loss, scaling_data_law, scaling_data_bound, 6);
}

static double parameter_loss(const struct scaling *s, double N)
{
    return scaling_parameter_loss(s, (int)fmin(1 + N, INT_MAX));
}

static double parameter_law(const struct scaling *s, double N)
{
    return scaling_parameter_law(s, (int)fmin(1 + N, INT_MAX));
}

static double parameter_bound(const struct scaling *s, double N)
{
    return scaling_parameter_bound(s, (int)fmin(1 + N, INT_MAX));
}

TEST(test_parameter_bound_is_never_crossed)
{
    check_bound(parameter_loss, parameter_law, parameter_bound, 6);
}

TEST(test_parameter_law_is_above_the_loss)
{
    for (int a = 0; a < 6; a++)
        for (int N = 1; N < 100000; N *= 3) {
            struct scaling s = {alphas[a], 0, 2.385, 0.385, 1};
            assert_true(scaling_parameter_law(&s, N) > scaling_parameter_loss(&s, N));
        }
}

/* Bounds that could not fail would be no bounds: each comes close somewhere. */
TEST(test_bounds_are_not_vacuous)
{
    assert_true(scaling_time_bound_sharp(&infinite, 10)
                < 5e-3 * scaling_time_law(&infinite, 10));
    assert_true(scaling_time_bound(&infinite, 100)
                < 2e-9 * scaling_time_law(&infinite, 100));
    double error =
        scaling_parameter_law(&infinite, 50) - scaling_parameter_loss(&infinite, 50);
    assert_true(error > 0.97 * scaling_parameter_bound(&infinite, 50));
    assert_true(scaling_data_bound(&infinite, 1e6)
                < 1e-3 * scaling_data_law(&infinite, 1e6));
}

/* The simple bound is the largest term of the sum, found here by search. */
TEST(test_simple_bound_is_the_largest_term)
{
    double T = 2.385, c = 499, largest = 0;
    for (double P = 0; P < 4; P += 1e-5)
        largest = fmax(largest, 12.5 * P / pow(1 + exp(10 * P * T) / c, 2));
    assert_ratio(scaling_time_bound_simple(&infinite, T), largest, 1e-7);
}

/* The sharp bound by the trapezoidal rule over t = ln u, in complex arithmetic. */
static double sharp_bound_by_trapezoid(const struct scaling *s, double time, double angle)
{
    double beta = s->alpha + 1, rate = 2 * s->rate * s->target * time, sum = 0;
    double c = s->target / s->initial - 1, h = 1 / 256.0;
    double rho = pow(rate * task_normaliser(s->alpha, s->skills), 1 / beta);
    for (double t = -50; exp(t) * cos(angle) < 340; t += h) {
        double complex u = exp(t) * cexp(-I * angle), F = 1 / (1 + cexp(u) / c);
        double y = 2 * M_PI * rho * exp(-t / beta) * sin(angle / beta);
        sum += h * exp(t * s->alpha / beta) * cabs(F * F) / expm1(y);
    }
    return s->target * s->target * rho / rate / beta * sum;
}

/* It is enlarged by 1e-4 for the sake of its quadrature. */
TEST(test_sharp_bound_is_the_least_of_three_rays)
{
    static const double time[] = {0.385, 9.1, 123.85, 2385};
    for (int i = 0; i < 48; i++) {
        struct scaling s = {alphas[1 + i % 3 * 2], i % 2 ? 385 : 0, 2.385, starts[i / 3 % 4],
                            0.6385};
        double ell = log(s.target / s.initial - 1), T = time[i / 12], least = INFINITY;
        double widest = fmin(carg(ell + I * M_PI), M_PI_2);
        for (int j = 2; j <= 4; j++)
            least = fmin(least, sharp_bound_by_trapezoid(&s, T, j * widest / 5));
        assert_ratio(scaling_time_bound_sharp(&s, T), 1.0001 * least, 2e-6);
    }
}

/* (1 - R(0)/S)^2 S^2 A n_s^-alpha / (2 alpha), or without the first factor. */
static double missing_tail(const struct scaling *s, double start)
{
    double A = task_normaliser(s->alpha, s->skills), S = s->target * start;
    return s->skills ? S * S * A * pow(s->skills, -s->alpha) / 2 / s->alpha : 0;
}

TEST(test_time_bound_is_the_smaller_of_two_with_a_tail)
{
    struct scaling s = awkward;
    for (int i = 0; i < 2; i++, s.skills = 0)
        for (double T = 0.01; T < 1e5; T *= 3.1) {
            double simple = scaling_time_bound_simple(&s, T);
            double sharp = scaling_time_bound_sharp(&s, T);
            double tail = missing_tail(&s, 1 - s.initial / s.target);
            assert_ratio(scaling_time_bound(&s, T), fmin(simple, sharp) + tail, 1e-14);
        }
}

/* The sum's bound, the difference of two powers, and the tail. */
TEST(test_data_bound_is_what_was_derived)
{
    for (int i = 0; i < 18; i++)
        for (double D = 0.385; D < 2000; D *= 7.1) {
            struct scaling s = {alphas[i % 6], skill_counts[i / 6 * 2], 2.385, 0.385, 1};
            double e = s.alpha / (s.alpha + 1), A = scaling_data_constant(&s);
            double sum = 2 * pow(D / (D + 1), D) / (D + 1);
            double power = A * (pow(D, -e) - pow(D + 1, -e));
            assert_ratio(scaling_data_bound(&s, D), sum + power + missing_tail(&s, 2 / 2.385),
                         1e-12);
        }
}

TEST(test_parameter_bound_is_what_was_derived)
{
    for (int i = 0; i < 36; i++)
        for (int N = 1; N < 100000; N *= 17) {
            struct scaling s = {alphas[i % 6], skill_counts[i / 6], 2.385, 0.385, 1};
            double S = s.target, A = task_normaliser(s.alpha, s.skills);
            double bound = S * S / 4 * A * pow(N, -s.alpha - 1) + missing_tail(&s, 1);
            assert_ratio(scaling_parameter_bound(&s, N), bound, 1e-13);
        }
}

TEST(test_simple_bound_solves_its_own_equation)
{
    for (int i = 0; i < 4; i++) {
        struct scaling s = {0.6385, 385, 2.385, starts[i], 0.0385};
        double x = (s.target / s.initial - 1) / 2 / sqrt(exp(1)), W = x / (1 + x);
        for (int j = 0; j < 100; j++) /* W + ln W = ln x, by Newton from below */
            W -= (W + log(W) - log(x)) / (1 + 1 / W);
        assert_ratio(scaling_time_bound_simple(&s, 7.1),
                     2.385 / 4 / 0.0385 / 7.1 * W * W / (W + 0.5), 1e-13);
    }
}

TEST(test_tail_of_finite_skills_is_a_sixth_of_the_law)
{
    struct scaling s = {0.3, 100000, 1, 0.01, 1};
    double tail = 1 - scaling_time_loss(&s, 1e4) / scaling_time_law(&s, 1e4);
    assert_true(tail > 0.165 && tail < 0.175);
}

TEST(test_laws_and_bounds_are_infinite_at_zero)
{
    assert_true(isinf(scaling_time_law(&authors, 0))
                && isinf(scaling_time_bound(&authors, 0)));
    assert_true(isinf(scaling_time_bound_sharp(&authors, 0)));
    assert_true(isinf(scaling_data_law(&authors, 0))
                && isinf(scaling_data_bound(&authors, 0)));
    assert_true(isinf(scaling_parameter_law(&authors, 0)));
    assert_true(isinf(scaling_parameter_bound(&authors, 0)));
    assert_true(isinf(scaling_compute_law(&authors, 0)));
}

TEST(test_compute_law_is_constant_times_power)
{
    assert_ratio(scaling_compute_law(&infinite, 23850),
                 scaling_compute_constant(&infinite) * pow(23850, -0.6 / 2.6), 1e-14);
}

/* --- what the article prints ---------------------------------------------- */

/* mpmath: the expansion, and J over its first term where the article has the limit. */
TEST(test_small_start_by_mpmath)
{
    assert_ratio(scaling_time_integral_small_start(0.6, 99), 4.25242634440691, 1e-13);
    assert_ratio(scaling_time_integral_small_start(0.4385, 1e8), 7.8332923648981, 1e-13);
    double step = pow(log(99), 0.375) / 0.375;
    assert_ratio(scaling_time_integral(0.6, 99) / step, 0.88368392, 1e-7);
    assert_true(isnan(scaling_time_integral_small_start(0, 99)));
    assert_true(isnan(scaling_time_integral_small_start(0.6, 1)));
    assert_true(isnan(scaling_time_integral_small_start(0.6, INFINITY)));
}

/* alpha zeta(alpha+1) is not 1, and the start is in the constant of data. */
TEST(test_printed_constants_are_not_those_of_the_laws)
{
    static const double alpha[] = {0.3, 0.6, 0.9}, excess[] = {1.1795847635, 1.3714593994,
                                                               1.5747717916};
    for (int i = 0; i < 3; i++) {
        struct scaling s = {alpha[i], 0, 2.385, 0.385, 1}, none = s;
        none.initial = 1e-280;
        assert_ratio(2.385 * 2.385 / 2 / scaling_parameter_constant(&s), excess[i], 1e-10);
        assert_ratio(scaling_data_constant(&s) / scaling_data_constant(&none),
                     gsl_pow_2(2 / 2.385), 1e-12);
    }
}

/* mpmath: the article's integral. */
TEST(test_constant_along_rays_by_mpmath)
{
    struct scaling s = {0.4385, 0, 2.385, 0.385, 0.0385};
    assert_ratio(scaling_ray_constant(&s, 0.5), 3.10166712879037, 1e-12);
    assert_ratio(scaling_ray_constant(&s, 1.385), 2.46825480695299, 1e-12);
    assert_ratio(scaling_ray_constant(&s, 23.85), 2.00915590124598, 1e-12);
    assert_ratio(scaling_ray_constant(&s, INFINITY),
                 scaling_time_constant(&s) * pow(0.0385 * 2.385, 0.4385 / 1.4385), 1e-13);
    assert_true(isnan(scaling_ray_constant(&s, 0)));
    assert_true(isnan(scaling_ray_constant(&s, NAN)));
    s.rate = 0;
    assert_true(isnan(scaling_ray_constant(&s, 1)));
}

/* With the power of lambda as a factor there is a minimum, as a divisor none. */
TEST(test_power_of_lambda_is_a_factor)
{
    struct scaling s = {0.6, 0, 1, 0.01, 1};
    double e = 0.6 / 1.6, best = pow(scaling_kappa(&s), -1 / 2.6), before = INFINITY;
    double least = scaling_ray_constant(&s, pow(best, 2.6 / 1.6)) * pow(best, e);
    assert_ratio(least, scaling_compute_constant(&s), 1e-11);
    for (double lambda = 1e-3; lambda < 1e9; lambda *= 2.385) {
        double A = scaling_ray_constant(&s, pow(lambda, 2.6 / 1.6));
        assert_true(A * pow(lambda, e) > least);
        assert_true(A * pow(lambda, -e) < before);
        before = A * pow(lambda, -e);
    }
    assert_true(before < 1e-2 * least);
}

/* --- the compute frontier ----------------------------------------------- */

TEST(test_frontier_by_trying_every_model)
{
    for (int i = 0; i < 4; i++)
        for (double C = 1e-3; C < 1e7; C *= 7.385) {
            struct scaling s = {0.3385, 261, 2.385, starts[i], 1};
            double least = INFINITY, loss;
            int best = 0, N;
            for (int n = 1; n <= 261; n++)
                if (scaling_compute_loss(&s, n, C / n) < least) {
                    least = scaling_compute_loss(&s, n, C / n);
                    best = n;
                }
            assert_int_equal(scaling_frontier(&s, C, &N, &loss), STATUS_OK);
            assert_int_equal(N, best);
            assert_true(loss == least);
        }
}

/* Few skills, so that every model is the best of its block at some compute. */
TEST(test_frontier_of_few_skills_by_trying_every_model)
{
    for (int skills = 1; skills <= 24; skills++)
        for (double C = 1e-2; C < 1e5; C *= 1.385) {
            struct scaling s = {0.3385, skills, 2.385, 0.02385, 1};
            double least = INFINITY, loss;
            int N;
            for (int n = 1; n <= skills; n++)
                least = fmin(least, scaling_compute_loss(&s, n, C / n));
            assert_int_equal(scaling_frontier(&s, C, &N, &loss), STATUS_OK);
            assert_ratio(loss, least, 1e-13);
            assert_ratio(scaling_compute_loss(&s, N, C / N), loss, 1e-13);
        }
}

/* The optimum is a limit in N: the distance falls like 1/N. */
TEST(test_frontier_approaches_the_law)
{
    for (int i = 0; i < 3; i++) {
        struct scaling s = {table[i][0], 0, 5, 0.01, 1};
        double loss, C = 1e13;
        int N;
        assert_int_equal(scaling_frontier(&s, C, &N, &loss), STATUS_OK);
        assert_ratio(loss, scaling_compute_law(&s, C), 0.3 / N);
        assert_ratio(N, pow(C / scaling_kappa(&s), 1 / (s.alpha + 2)), 2e-3);
    }
}

/* The finite envelope of the authors' figure: 0.87 at C = 1e4, 0.60 at 1e8. */
TEST(test_finite_frontier_slides)
{
    struct scaling s = {0.3, 50000, 5, 0.01, 1};
    double loss;
    int N;
    assert_int_equal(scaling_frontier(&s, 1e4, &N, &loss), STATUS_OK);
    assert_close(loss * pow(1e4, 0.3 / 2.3) / 12.5, 0.87, 0.005);
    assert_int_equal(scaling_frontier(&s, 1e8, &N, &loss), STATUS_OK);
    assert_close(loss * pow(1e8, 0.3 / 2.3) / 12.5, 0.60, 0.005);
}

TEST(test_frontier_falls_with_compute)
{
    double before = INFINITY, loss;
    int N;
    for (double C = 1e-2; C < 1e10; C *= 2.385) {
        assert_int_equal(scaling_frontier(&awkward, C, &N, &loss), STATUS_OK);
        assert_true(loss <= before && N >= 1 && N <= 2385);
        before = loss;
    }
}

TEST(test_without_compute_all_skills_at_their_start_are_best)
{
    double loss;
    int N;
    assert_int_equal(scaling_frontier(&awkward, 0, &N, &loss), STATUS_OK);
    assert_int_equal(N, 2385);
    assert_ratio(loss, 2.0, 1e-14);
}

TEST(test_infinitely_many_untrained_skills_may_be_best)
{
    double loss;
    int N;
    assert_int_equal(scaling_frontier(&infinite, 1e-2, &N, &loss), STATUS_OK);
    assert_int_equal(N, 0);
    assert_ratio(loss, 4.99 * 4.99 / 2, 1e-15);
}

TEST(test_frontier_ends_at_the_number_of_skills)
{
    double loss;
    int N;
    assert_int_equal(scaling_frontier(&awkward, 1e11, &N, &loss), STATUS_OK);
    assert_int_equal(N, 2385);
    assert_ratio(loss, scaling_time_loss(&awkward, 1e11 / 2385), 1e-14);
}

TEST(test_frontier_refuses_what_it_cannot_search)
{
    double loss;
    int N;
    assert_int_equal(scaling_frontier(&infinite, 1e300, &N, &loss), STATUS_RANGE);
    assert_int_equal(scaling_frontier(&infinite, -1, &N, &loss), STATUS_RANGE);
    assert_int_equal(scaling_frontier(&infinite, NAN, &N, &loss), STATUS_RANGE);
}

/* --- ranges ------------------------------------------------------------- */

static const struct scaling bad[] = {
    {0, 0, 1, 0.01, 1},        {-1, 0, 1, 0.01, 1},         {NAN, 0, 1, 0.01, 1},
    {INFINITY, 0, 1, 0.01, 1}, {0.6, -1, 1, 0.01, 1},       {0.6, 0, 0, 0.01, 1},
    {0.6, 0, -1, -2, 1},       {0.6, 0, NAN, 0.01, 1},      {0.6, 0, INFINITY, 0.01, 1},
    {0.6, 0, 1, 0, 1},         {0.6, 0, 1, 1, 1},           {0.6, 0, 1, 1.5, 1},
    {0.6, 0, 1, NAN, 1},       {0.6, 0, 1, 0.01, 0},        {0.6, 0, 1, 0.01, -1},
    {0.6, 0, 1, 0.01, NAN},    {0.6, 0, 1, 0.01, INFINITY}, {0.6, 0, 1, 1e-300, 1}};
enum { BAD = LENGTH(bad) };

TEST(test_bad_settings_are_refused)
{
    assert_int_equal(scaling_check(&authors), STATUS_OK);
    for (int i = 0; i < BAD; i++)
        assert_int_equal(scaling_check(&bad[i]), STATUS_RANGE);
}

TEST(test_bad_settings_give_nan_constants)
{
    for (int i = 0; i < BAD; i++) {
        assert_true(isnan(scaling_time_constant(&bad[i])));
        assert_true(isnan(scaling_data_constant(&bad[i])));
        assert_true(isnan(scaling_parameter_constant(&bad[i])));
        assert_true(isnan(scaling_compute_constant(&bad[i])));
        assert_true(isnan(scaling_kappa(&bad[i])));
        assert_true(isnan(scaling_kappa_by_minimisation(&bad[i])));
    }
}

TEST(test_bad_settings_give_nan_losses)
{
    for (int i = 0; i < BAD; i++) {
        assert_true(isnan(scaling_time_loss(&bad[i], 2))
                    && isnan(scaling_time_law(&bad[i], 2)));
        assert_true(isnan(scaling_data_loss(&bad[i], 2))
                    && isnan(scaling_data_law(&bad[i], 2)));
        assert_true(isnan(scaling_parameter_loss(&bad[i], 2)));
        assert_true(isnan(scaling_parameter_law(&bad[i], 2)));
        assert_true(isnan(scaling_compute_loss(&bad[i], 2, 2)));
        assert_true(isnan(scaling_time_bound(&bad[i], 2)));
        assert_true(isnan(scaling_data_bound(&bad[i], 2)));
        assert_true(isnan(scaling_parameter_bound(&bad[i], 2)));
    }
}

TEST(test_bad_resources_give_nan)
{
    static const double x[] = {-1, -1e-300, NAN, -INFINITY, INFINITY};
    for (int i = 0; i < 5; i++) {
        assert_true(isnan(scaling_time_loss(&authors, x[i])));
        assert_true(isnan(scaling_time_bound(&authors, x[i])));
        assert_true(isnan(scaling_data_loss(&authors, x[i])));
        assert_true(isnan(scaling_data_bound(&authors, x[i])));
        assert_true(isnan(scaling_compute_loss(&authors, 2, x[i])));
    }
    assert_true(isnan(scaling_parameter_loss(&authors, -1)));
    assert_true(isnan(scaling_parameter_law(&authors, -1)));
    assert_true(isnan(scaling_parameter_bound(&authors, -1)));
    assert_true(isnan(scaling_compute_loss(&authors, -1, 2)));
    assert_true(isnan(scaling_time_law(&authors, -1))
                && isnan(scaling_compute_law(&authors, -1)));
}

/* What must be finite is eta S T, not T. */
TEST(test_product_of_time_rate_and_target_may_not_overflow)
{
    struct scaling fast = {0.6, 5, 1, 0.01, 1e10}, slow = {0.6, 5, 1, 0.01, 1e-10};
    struct scaling large = {0.6, 5, 1e10, 1e8, 1}, small = {0.6, 5, 1e-10, 1e-12, 1};
    assert_true(isnan(scaling_time_loss(&fast, 1e300)) && isnan(scaling_time_loss(&large, 1e300)));
    assert_true(scaling_time_loss(&slow, 1e300) == 0 && scaling_time_loss(&small, 1e300) == 0);
    assert_true(isnan(scaling_compute_loss(&fast, 5, 1e300))
                && isnan(scaling_compute_loss(&large, 5, 1e300)));
    assert_true(scaling_compute_loss(&slow, 5, 1e300) == 0
                && scaling_compute_loss(&small, 5, 1e300) == 0);
}

TEST(test_bounds_need_a_finite_product_of_time_rate_and_target)
{
    struct scaling fast = {0.6, 0, 1, 0.01, 1e10}, slow = {0.6, 0, 1, 0.01, 1e-10};
    struct scaling large = {0.6, 0, 1e10, 1e8, 1}, small = {0.6, 0, 1e-10, 1e-12, 1};
    assert_true(isnan(scaling_time_bound_simple(&fast, 1e300))
                && isnan(scaling_time_bound_simple(&large, 1e300)));
    assert_true(scaling_time_bound_simple(&slow, 1e300) > 0
                && scaling_time_bound_simple(&small, 1e300) > 0);
    assert_true(isnan(scaling_time_bound_sharp(&fast, 1e300))
                && isnan(scaling_time_bound_sharp(&large, 1e300)));
    assert_true(scaling_time_bound_sharp(&slow, 1e300) == 0
                && scaling_time_bound_sharp(&small, 1e300) == 0);
}

TEST(test_frontier_needs_a_finite_product_of_compute_rate_and_target)
{
    struct scaling fast = {0.6, 5, 1, 0.01, 1e10}, slow = {0.6, 5, 1, 0.01, 1e-10};
    struct scaling large = {0.6, 5, 1e10, 1e8, 1}, small = {0.6, 5, 1e-10, 1e-12, 1};
    double loss;
    int N;
    assert_int_equal(scaling_frontier(&fast, 1e300, &N, &loss), STATUS_RANGE);
    assert_int_equal(scaling_frontier(&large, 1e300, &N, &loss), STATUS_RANGE);
    assert_int_equal(scaling_frontier(&slow, 1e300, &N, &loss), STATUS_OK);
    assert_int_equal(scaling_frontier(&small, 1e300, &N, &loss), STATUS_OK);
}

/* The ends of a range belong to it, and their neighbours outside do not. */
TEST(test_integral_reaches_the_ends_of_its_range)
{
    double far = pow(290 * log(10), 0.375);
    assert_ratio(scaling_time_integral(0.6, 1e290), far / 0.375, 2e-3);
    assert_ratio(scaling_time_integral_by_quadrature(0.6, 1e290),
                 scaling_time_integral(0.6, 1e290), 1e-12);
    assert_ratio(scaling_time_integral(10, 2.385),
                 scaling_time_integral_by_quadrature(10, 2.385), 1e-12);
    assert_true(isnan(scaling_time_integral(nextafter(10, 11), 2.385)));
    assert_true(isnan(scaling_time_integral(0.6, nextafter(1e290, INFINITY))));
    assert_true(isnan(scaling_time_integral_by_quadrature(0.6, nextafter(1e290, INFINITY))));
}

TEST(test_start_may_be_at_the_end_of_its_range)
{
    struct scaling s = {0.6, 0, 1e290, 1, 1};
    assert_int_equal(scaling_check(&s), STATUS_OK);
    s.target = nextafter(1e290, INFINITY);
    assert_int_equal(scaling_check(&s), STATUS_RANGE);
}

TEST(test_laws_are_zero_at_infinity)
{
    assert_true(scaling_time_law(&authors, INFINITY) == 0);
    assert_true(scaling_data_law(&authors, INFINITY) == 0);
    assert_true(scaling_compute_law(&authors, INFINITY) == 0);
    assert_true(isnan(scaling_data_law(&authors, -1)));
}

TEST(test_integral_refuses_what_is_out_of_range)
{
    static const double pairs[][2] = {{0, 99},         {-1, 99},      {NAN, 99},
                                      {0.6, 0},        {0.6, -1},     {0.6, NAN},
                                      {0.6, INFINITY}, {INFINITY, 99}};
    for (int i = 0; i < 8; i++) {
        assert_true(isnan(scaling_time_integral(pairs[i][0], pairs[i][1])));
        assert_true(isnan(scaling_time_integral_by_quadrature(pairs[i][0], pairs[i][1])));
    }
    assert_true(isnan(scaling_time_integral(10.5, 99)));
}

/* Extreme settings give finite numbers between 0 and the loss of the start. */
TEST(test_extreme_settings_stay_finite)
{
    static const struct scaling extreme[] = {
        {1e-3, 0, 1, 0.01, 1},          {1e6, 0, 1, 0.01, 1},
        {0.05, INT_MAX, 1, 0.01, 1},    {0.3, 0, 1, 1e-280, 1},
        {0.6, 0, 1, 0.999999, 1},       {50, 100000, 1, 0.5, 1},
        {0.3, INT_MAX, 1, 1e-100, 1e10}};
    for (int i = 0; i < 7; i++)
        for (double x = 1e-300; x < 1e280; x *= 2.385e10) {
            double start = 0.5 * pow(1 - extreme[i].initial, 2) * (1 + 1e-11);
            double time = scaling_time_loss(&extreme[i], x);
            double data = scaling_data_loss(&extreme[i], x);
            if (!(time >= 0 && time <= start && data >= 0 && data <= start))
                fail_with("setting %d at %g: %.17g, %.17g, start %.17g", i, x, time, data,
                          start);
        }
}

/* All theory figures: three laws and the compute figure for three exponents. */
TEST(test_all_figures_take_less_than_five_seconds)
{
    static const int models[] = {11,  21,  51,   71,   101,  201,
                                 501, 701, 1001, 2001, 5001, 10001};
    clock_t start = clock();
    double sum = 0, loss;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j <= 60; j++) {
            struct scaling s = {table[i][0], 100000, 1, 0.01, 1},
                           f = {s.alpha, 50000, 5, 0.01, 1};
            double T = pow(10, j / 15.0), C = pow(10, 2 + 7 * j / 60.0);
            int N;
            sum += scaling_time_loss(&s, T) + scaling_time_law(&s, T)
                   + scaling_time_bound(&s, T);
            sum += scaling_data_loss(&s, T) + scaling_data_law(&s, T)
                   + scaling_data_bound(&s, T);
            sum += scaling_parameter_loss(&s, 1 + j) + scaling_parameter_bound(&s, 1 + j);
            for (int n = 0; n < 12; n++)
                sum += scaling_compute_loss(&f, models[n], C / models[n]);
            assert_int_equal(scaling_frontier(&f, C, &N, &loss), STATUS_OK);
            sum += loss + scaling_compute_law(&f, C);
        }
    assert_true(isfinite(sum));
    assert_true((double)(clock() - start) / CLOCKS_PER_SEC < 5);
}

TEST(test_every_audit_entry_passes)
{
    assert_int_equal(assert_audits_pass(scaling_entries), 21);
}

int main(void)
{
    return run_cases("scaling");
}
