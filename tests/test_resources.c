/* Tests of the chapter resources.  The reference table resources.tsv is made by
   mpmath at 30 digits, see resources.py beside it. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include "multilinear.h"
#include "resources.h"
#include "task.h"

static const struct scaling authors = {0.6, 100000, 1, 0.01, 1};
static const struct scaling infinite = {0.6, 0, 1, 0.01, 1};
static const struct scaling small = {0.6385, 61, 2.385, 0.0385, 0.385};

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

static double loss_of(const struct scaling *s, double T, double D, double N)
{
    struct resources r = {T, D, N};
    double loss, abserr;
    enum status status = resources_loss(s, &r, &loss, &abserr);
    if (status != STATUS_OK)
        fail_msg("T = %g, D = %g, N = %g: status %d", T, D, N, status);
    assert_true(abserr >= 0 && abserr <= 1e-9 * loss + 1e-300);
    return loss;
}

static double mean_of(double c, double rate, double D, double P)
{
    double mean, abserr;
    assert_int_equal(resources_mean(c, rate, D, P, &mean, &abserr), STATUS_OK);
    return mean;
}

/* --- the reference table ------------------------------------------------ */

enum { NUMBERS = 9 };

/* Call f on the numbers of every row of that name; return the number of rows. */
static int for_each_row(const char *name, int numbers, void (*f)(const double *))
{
    FILE *file = fopen("tests/reference/resources.tsv", "r");
    char line[400];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file)) {
        double x[NUMBERS];
        char *at = line + strcspn(line, "\t");
        if (strncmp(line, name, strlen(name)) || line[strlen(name)] != '\t')
            continue;
        for (int i = 0; i < numbers; i++)
            x[i] = strtod(at, &at);
        f(x);
        rows++;
    }
    fclose(file);
    return rows;
}

static void check_mean(const double *x)
{
    double mean, abserr;
    assert_int_equal(resources_mean(x[0], x[1], x[2], x[3], &mean, &abserr), STATUS_OK);
    if (x[4] > 1e-290) {
        assert_close(mean, x[4], 2e-13);
        if (!(fabs(mean - x[4]) <= abserr))
            fail_msg("error %.2e of the mean exceeds its bound %.2e", fabs(mean - x[4]), abserr);
    }
}

static void test_means_of_the_reference(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("mean", 5, check_mean), 400);
}

static void check_loss(const double *x)
{
    struct scaling s = {x[0], (int)x[1], x[2], x[3], x[4]};
    struct resources r = {x[5], x[6], x[7]};
    double loss, abserr;
    assert_int_equal(resources_loss(&s, &r, &loss, &abserr), STATUS_OK);
    if (x[8] > 1e-290) {
        assert_close(loss, x[8], 1e-12);
        if (!(fabs(loss - x[8]) <= abserr))
            fail_msg("error %.2e of the loss exceeds its bound %.2e", fabs(loss - x[8]), abserr);
    }
}

static void test_losses_of_the_reference(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("loss", 9, check_loss), 288);
}

static void check_law(const double *x)
{
    struct scaling s = {x[0], (int)x[1], x[2], x[3], x[4]};
    assert_close(resources_law(&s, &(struct resources){x[5], x[6], x[7]}), x[8], 1e-9);
}

static void test_joint_law_of_the_reference(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("law", 9, check_law), 9);
}

/* --- the mean over counts ------------------------------------------------ */

static void test_mean_without_data_is_that_of_the_start(void **state)
{
    (void)state;
    assert_close(mean_of(99, 23.85, 0, 0.385), gsl_pow_2(0.99), 1e-14);
    assert_close(mean_of(99, INFINITY, 0, 0.385), gsl_pow_2(0.99), 1e-14);
}

static void test_mean_without_time_is_that_of_the_start(void **state)
{
    (void)state;
    assert_close(mean_of(99, 0, 238, 0.385), gsl_pow_2(0.99), 1e-14);
    assert_close(mean_of(99, 0, INFINITY, 0.385), gsl_pow_2(0.99), 1e-14);
}

static void test_mean_after_much_time_needs_one_sample(void **state)
{
    (void)state;
    for (double D = 1; D < 1e7; D *= 7) {
        double missed = gsl_pow_2(0.99) * exp(D * log1p(-0.385 / D));
        assert_close(mean_of(99, INFINITY, D, 0.385 / D), missed, 1e-12);
        assert_close(mean_of(99, 1e4 * D, D, 0.385 / D), missed, 1e-12);
    }
}

static void test_mean_of_one_sample_has_two_terms(void **state)
{
    (void)state;
    double P = 0.2385, u = 6.385, c = 238.5;
    double expected = (1 - P) / gsl_pow_2(1 + 1 / c) + P / gsl_pow_2(1 + exp(u) / c);
    assert_close(mean_of(c, u, 1, P), expected, 1e-14);
}

static void test_certain_skill_has_all_samples(void **state)
{
    (void)state;
    assert_close(mean_of(99, 6.385, 238, 1), 1 / gsl_pow_2(1 + exp(6.385) / 99), 1e-14);
}

static void test_mean_tends_to_the_step(void **state)
{
    (void)state;
    double at = mean_of(99, 23.85, INFINITY, 0.2385), last = INFINITY;
    for (double D = 1e4; D < 1e15; D *= 10) {
        double error = fabs(mean_of(99, 23.85, D, 0.2385) / at - 1);
        assert_true(error < last / 5 || error < 1e-13);
        last = error;
    }
}

/* Where w is convex, or concave, on all that counts can reach (Jensen). */
static void test_scatter_hurts_where_the_step_is_convex(void **state)
{
    (void)state;
    assert_true(mean_of(1.5, 6.385, 23, 0.385) > mean_of(1.5, 6.385, INFINITY, 0.385));
}

static void test_scatter_helps_where_the_step_is_concave(void **state)
{
    (void)state;
    assert_true(mean_of(2385, 6.385, 23, 0.385) < mean_of(2385, 6.385, INFINITY, 0.385));
}

/* On either side of the places where sums give way to quadrature. */
static void test_mean_is_smooth_in_probability(void **state)
{
    (void)state;
    for (double D = 1e3; D < 1e9; D *= 10)
        for (double P = 1e-6; P < 0.5; P *= 1.01) {
            double h = 1e-3, rate = D * 0.0385, low = mean_of(99, rate, D, P * (1 - h));
            double middle = mean_of(99, rate, D, P), high = mean_of(99, rate, D, P * (1 + h));
            assert_true(low >= middle && middle >= high);
            if (middle > 1e-250 && rate * P < 20)
                assert_true(fabs(low * high / middle / middle - 1) < 1e-3);
        }
}

static void test_mean_refuses_what_is_out_of_range(void **state)
{
    (void)state;
    const double bad[][4] = {{0, 1, 1, 0.5},    {NAN, 1, 1, 0.5}, {1e291, 1, 1, 0.5},
                             {9, -1, 1, 0.5},   {9, NAN, 1, 0.5}, {9, 1, -1, 0.5},
                             {9, 1, 1.5, 0.5},  {9, 1, 2e15, 0.5}, {9, 1, NAN, 0.5},
                             {9, 1, 1, -0.001}, {9, 1, 1, 1.001}, {9, 1, 1, NAN}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double mean, abserr;
        assert_int_equal(resources_mean(bad[i][0], bad[i][1], bad[i][2], bad[i][3], &mean,
                                        &abserr), STATUS_RANGE);
        assert_true(isnan(mean) && isnan(abserr));
    }
}

static void test_mean_survives_extremes(void **state)
{
    (void)state;
    const double c[] = {1e-15, 0.5, 1e290}, rate[] = {1e-300, 1, 1e300}, D[] = {1, 1e6, 1e15};
    const double P[] = {1e-300, 1e-16, 0.5, 1 - 1e-16};
    for (int i = 0; i < 3 * 3 * 3 * 4; i++) {
        double mean = mean_of(c[i % 3], rate[i / 3 % 3], D[i / 9 % 3], P[i / 27]);
        if (!(mean >= 0 && mean <= 1))
            fail_msg("case %d: mean %.17g", i, mean);
    }
}

/* --- the loss ------------------------------------------------------------ */

static void test_unlimited_data_leave_the_time_law(void **state)
{
    (void)state;
    const struct scaling all[] = {authors, infinite, small, {5, 0, 2.385, 2.1, 0.385},
                                  {0.05, 0, 2.385, 2.385e-9, 0.385}};
    for (int i = 0; i < 5; i++)
        for (double T = 0.385; T < 1e9; T *= 38.5)
            if (scaling_time_loss(&all[i], T) > 1e-250)
                assert_close(loss_of(&all[i], T, INFINITY, INFINITY),
                             scaling_time_loss(&all[i], T), 2e-12);
}

static void test_unlimited_time_leaves_the_data_law(void **state)
{
    (void)state;
    const struct scaling all[] = {authors, infinite, small, {5, 0, 2.385, 2.1, 0.385},
                                  {0.05, 0, 2.385, 2.385e-9, 0.385}};
    for (int i = 0; i < 5; i++)
        for (double D = 0; D < 1e9; D = 31 * D + 1)
            if (scaling_data_loss(&all[i], D) > 1e-250)
                assert_close(loss_of(&all[i], INFINITY, D, INFINITY),
                             scaling_data_loss(&all[i], D), 2e-12);
}

static void test_parameters_alone_leave_their_law(void **state)
{
    (void)state;
    for (int N = 0; N < 100000; N = 3 * N + 1) {
        assert_close(loss_of(&authors, INFINITY, INFINITY, N),
                     scaling_parameter_loss(&authors, N), 1e-12);
        assert_close(loss_of(&infinite, INFINITY, INFINITY, N),
                     scaling_parameter_loss(&infinite, N), 1e-12);
    }
}

static void test_time_and_parameters_leave_the_compute_loss(void **state)
{
    (void)state;
    for (int N = 1; N < 100000; N = 5 * N + 2)
        for (double T = 1; T < 1e8; T *= 23.85) {
            assert_close(loss_of(&authors, T, INFINITY, N), scaling_compute_loss(&authors, N, T),
                         2e-12);
            assert_close(loss_of(&infinite, T, INFINITY, N),
                         scaling_compute_loss(&infinite, N, T), 2e-12);
        }
}

static void test_nothing_is_learned_without_parameters(void **state)
{
    (void)state;
    assert_close(loss_of(&small, 2385, 2385, 0), gsl_pow_2(2.385) / 2, 1e-13);
}

static void test_everything_is_learned_with_everything(void **state)
{
    (void)state;
    assert_true(loss_of(&small, INFINITY, INFINITY, INFINITY) == 0);
    assert_true(loss_of(&infinite, INFINITY, INFINITY, INFINITY) == 0);
}

static void test_more_parameters_than_skills_change_nothing(void **state)
{
    (void)state;
    assert_close(loss_of(&small, 23.85, 238, 61), loss_of(&small, 23.85, 238, INFINITY), 1e-15);
    assert_close(loss_of(&small, 23.85, 238, 61), loss_of(&small, 23.85, 238, 1e15), 1e-15);
}

/* Means over counts, one skill at a time, without blocks. */
static void test_blocks_against_skill_by_skill(void **state)
{
    (void)state;
    for (int i = 0; i < 27; i++) {
        struct scaling s = {(double[]){0.0385, 0.6385, 2.385}[i % 3], 23011, 2.385, 0.01385, 0.385};
        double T = (double[]){23.85, 2385, 2.385e6}[i / 3 % 3], sum = 0;
        double D = (double[]){38, 2385, 2.385e6}[i / 9], A = task_normaliser(s.alpha, s.skills);
        for (int k = s.skills; k > 0; k--) {
            double P = A * pow(k, -s.alpha - 1);
            sum += P * (k <= 5000 ? mean_of(s.target / s.initial - 1,
                                            2 * s.rate * s.target * T, D, P) : 1);
        }
        assert_close(loss_of(&s, T, D, 5000), gsl_pow_2(s.target) / 2 * sum, 1e-12);
    }
}

static void test_rarest_skills_matter_when_all_others_are_learned(void **state)
{
    (void)state;
    struct scaling s = {0.3, 2000, 1, 0.01, 1};
    double T = 1e6, A = task_normaliser(s.alpha, s.skills), sum = 0;
    for (int k = s.skills; k > 0; k--) {
        double P = A * pow(k, -1.3);
        sum += P * mean_of(99, 2 * T, INFINITY, P) / 2;
    }
    assert_true(sum < 1e-6);
    assert_close(loss_of(&s, T, INFINITY, INFINITY), sum, 1e-11);
}

static void test_loss_falls_with_time_and_parameters(void **state)
{
    (void)state;
    for (double D = 1; D < 1e7; D *= 10)
        for (double T = 1; T < 1e7; T *= 10)
            for (double N = 1; N < 1e5; N *= 10) {
                double loss = loss_of(&authors, T, D, N);
                assert_true(loss_of(&authors, 1.5 * T, D, N) <= loss * (1 + 1e-13));
                assert_true(loss_of(&authors, T, D, 1 + N) < loss * (1 + 1e-13));
                assert_true(loss >= scaling_parameter_loss(&authors, (int)N) * (1 - 1e-13));
                assert_true(loss >= loss_of(&authors, INFINITY, D, N) * (1 - 1e-13));
            }
}

static void test_more_data_can_hurt_early_and_help_late(void **state)
{
    (void)state;
    assert_true(loss_of(&infinite, 2.15, 1, INFINITY) < loss_of(&infinite, 2.15, 3, INFINITY));
    for (double D = 1; D < 1e6; D *= 3)
        assert_true(loss_of(&infinite, 1e5, 3 * D, INFINITY)
                    < loss_of(&infinite, 1e5, D, INFINITY));
}

static void test_target_and_rate_are_units(void **state)
{
    (void)state;
    struct scaling s = {0.6, 2385, 2.385, 0.02385, 0.385};
    struct scaling unit = {0.6, 2385, 1, 0.01, 1};
    assert_close(loss_of(&s, 238.5, 2385, 385),
                 gsl_pow_2(2.385) * loss_of(&unit, 238.5 * 0.385 * 2.385, 2385, 385), 1e-12);
}

static void test_plan_agrees_with_single_losses(void **state)
{
    (void)state;
    const double N[] = {0, 1, 1, 17, 385, 2385, 100000, INFINITY};
    double loss[8], abserr[8];
    for (int i = 0; i < 2; i++) {
        struct resources_plan plan;
        const struct scaling *s = i ? &infinite : &authors;
        assert_int_equal(resources_plan_create(&plan, s, N, 8), STATUS_OK);
        for (double D = 3; D < 1e8; D *= 70) {
            assert_int_equal(resources_plan_losses(&plan, 2385, D, loss, abserr), STATUS_OK);
            for (int j = 0; j < 8; j++)
                assert_close(loss[j], loss_of(s, 2385, D, N[j]), 1e-12);
        }
        resources_plan_destroy(&plan);
    }
}

static void test_bad_resources_are_refused(void **state)
{
    (void)state;
    const struct resources bad[] = {{-1, 1, 1},  {NAN, 1, 1}, {1, -1, 1},  {1, 0.5, 1},
                                    {1, NAN, 1}, {1, 2e15, 1}, {1, 1, -1}, {1, 1, 1.5},
                                    {1, 1, NAN}, {1, 1, 2e15}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double loss, abserr;
        assert_int_equal(resources_loss(&small, &bad[i], &loss, &abserr), STATUS_RANGE);
        assert_true(isnan(loss));
    }
}

static void test_bad_settings_are_refused(void **state)
{
    (void)state;
    const struct scaling bad[] = {{0, 5, 1, 0.01, 1},  {0.6, -1, 1, 0.01, 1}, {0.6, 5, 1, 1, 1},
                                  {0.6, 5, 1, 0, 1},   {0.6, 5, 1, 0.01, 0},  {NAN, 5, 1, 0.01, 1},
                                  {0.6, 5, NAN, 0.01, 1}};
    struct resources r = {1, 1, 1}, best;
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        double loss, abserr;
        assert_int_equal(resources_loss(&bad[i], &r, &loss, &abserr), STATUS_RANGE);
        assert_true(isnan(resources_law(&bad[i], &r)));
        assert_true(isnan(resources_noise(&bad[i])));
        assert_true(isnan(resources_need(&bad[i], RESOURCE_TIME, RESOURCE_DATA, 0.1)));
        assert_int_equal(resources_frontier(&bad[i], 1, 1, &best, &loss), STATUS_RANGE);
    }
}

static void test_plan_refuses_disorder(void **state)
{
    (void)state;
    struct resources_plan plan;
    assert_int_equal(resources_plan_create(&plan, &small, (double[]){3, 2}, 2), STATUS_RANGE);
    assert_int_equal(resources_plan_create(&plan, &small, (double[]){3}, 0), STATUS_RANGE);
}

/* --- the joint law ------------------------------------------------------- */

static void test_joint_law_has_the_single_laws_as_limits(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct scaling s = {0.3 * (i + 1), 0, 2.385, 0.02385, 0.385};
        double N = INFINITY;
        assert_close(resources_law(&s, &(struct resources){238, INFINITY, N}),
                     scaling_time_law(&s, 238), 1e-11);
        assert_close(resources_law(&s, &(struct resources){INFINITY, 238, N}),
                     scaling_data_law(&s, 238), 1e-12);
        assert_close(resources_law(&s, &(struct resources){INFINITY, INFINITY, 238}),
                     scaling_parameter_law(&s, 238), 1e-12);
    }
}

static void test_joint_law_on_the_optimal_ray_is_the_compute_law(void **state)
{
    (void)state;
    for (int i = 0; i < 3; i++) {
        struct scaling s = {0.3 * (i + 1), 0, 2.385, 0.02385, 0.385};
        double N = 1e4, T = scaling_kappa(&s) * pow(N, s.alpha + 1);
        assert_close(resources_law(&s, &(struct resources){T, INFINITY, N}),
                     scaling_compute_law(&s, N * T), 1e-10);
    }
}

static void test_joint_law_is_homogeneous(void **state)
{
    (void)state;
    struct resources r = {238.5, 1385, 138.5}, q = {3 * 238.5, 3 * 1385, 138.5 * pow(3, 0.625)};
    assert_close(resources_law(&infinite, &q) * pow(3, 0.375), resources_law(&infinite, &r), 1e-12);
}

/* The binomial correction: relative s (s + 1)/2D, whatever T is. */
static void test_joint_law_converges_at_first_order_in_data(void **state)
{
    (void)state;
    for (double T = 1e3; T < 1e7; T *= 10) {
        double law = resources_law(&infinite, &(struct resources){T, 1e4, INFINITY});
        double error = 1 - loss_of(&infinite, T, 1e4, INFINITY) / law;
        assert_close(error * 1e4, 0.375 * 1.375 / 2, 2e-3);
    }
}

static void test_joint_law_converges_at_second_order_in_parameters(void **state)
{
    (void)state;
    double error[2];
    for (int i = 0; i < 2; i++) {
        double N = i ? 400 : 100, T = pow(N, 1.6);
        double law = resources_law(&infinite, &(struct resources){T, INFINITY, N + 0.5});
        error[i] = loss_of(&infinite, T, INFINITY, N) / law - 1;
    }
    assert_close(error[0] / error[1], 16, 0.05);
}

static void test_joint_law_is_continuous_where_data_become_unlimited(void **state)
{
    (void)state;
    double T = 2385, edge = 2 * T / 1e-4;
    for (int i = 0; i < 2; i++) {
        double N = i ? 200 : INFINITY;
        double below = resources_law(&infinite, &(struct resources){T, edge * 0.999, N});
        assert_close(resources_law(&infinite, &(struct resources){T, edge * 1.001, N}), below,
                     1e-4);
    }
}

static void test_joint_law_with_large_models_and_many_counts(void **state)
{
    (void)state; /* x = D P_N of 4e4: the sum begins far from zero */
    double D = 1e7, N = 100, T = 1e5;
    double law = resources_law(&infinite, &(struct resources){T, D, N + 0.5});
    assert_close(law, loss_of(&infinite, T, D, N), 3e-5);
}

static void test_law_is_infinite_without_a_resource(void **state)
{
    (void)state;
    assert_true(isinf(resources_law(&infinite, &(struct resources){0, 5, 5})));
    assert_true(isinf(resources_law(&infinite, &(struct resources){5, 0, 5})));
    assert_true(isinf(resources_law(&infinite, &(struct resources){5, 5, 0})));
    assert_true(isnan(resources_law(&infinite, &(struct resources){-5, 5, 5})));
}

/* --- needs --------------------------------------------------------------- */

/* The exact loss at the need has the excess asked for. */
static void test_needs_against_exact_losses(void **state)
{
    (void)state;
    const double tolerance[] = {0.01, 0.05, 0.2};
    for (int i = 0; i < 3; i++) {
        double e = tolerance[i], unit = 1e6, y, law;
        y = resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, e);
        law = scaling_time_loss(&infinite, unit);
        assert_close(loss_of(&infinite, unit, round(y * unit), INFINITY) / law - 1, e, 1e-2);
        y = resources_need(&infinite, RESOURCE_TIME, RESOURCE_PARAMETERS, e);
        assert_close(loss_of(&infinite, unit, INFINITY, round(pow(y * unit, 0.625) - 0.5)) / law
                         - 1, e, 2e-2);
        y = resources_need(&infinite, RESOURCE_DATA, RESOURCE_TIME, e);
        law = scaling_data_loss(&infinite, unit);
        assert_close(loss_of(&infinite, y * unit, unit, INFINITY) / law - 1, e, 1e-2);
        y = resources_need(&infinite, RESOURCE_DATA, RESOURCE_PARAMETERS, e);
        assert_close(loss_of(&infinite, INFINITY, unit, round(pow(y * unit, 0.625) - 0.5)) / law
                         - 1, e, 2e-2);
        law = scaling_parameter_loss(&infinite, 5000);
        y = resources_need(&infinite, RESOURCE_PARAMETERS, RESOURCE_TIME, e);
        assert_close(loss_of(&infinite, y * pow(5000.5, 1.6), INFINITY, 5000) / law - 1, e, 1e-2);
        y = resources_need(&infinite, RESOURCE_PARAMETERS, RESOURCE_DATA, e);
        assert_close(loss_of(&infinite, INFINITY, round(y * pow(5000.5, 1.6)), 5000) / law - 1, e,
                     1e-2);
    }
}

static void test_need_of_compute_on_the_optimal_ray(void **state)
{
    (void)state;
    double T = scaling_kappa(&infinite) * pow(5000.5, 1.6), e = 0.05;
    double y = resources_need(&infinite, RESOURCE_COMPUTE, RESOURCE_DATA, e);
    double excess = loss_of(&infinite, T, round(y * T), 5000)
                    / loss_of(&infinite, T, INFINITY, 5000) - 1;
    assert_close(excess, e, 1e-2);
}

static void test_need_of_time_has_a_closed_form(void **state)
{
    (void)state;
    for (double e = 1e-2; e > 1e-7; e /= 10) {
        double s = 0.375, closed = log(99 * (sqrt(s / e / gsl_pow_2(0.99)) - 1)) / 2;
        assert_close(resources_need(&infinite, RESOURCE_DATA, RESOURCE_TIME, e), closed, 1e-3);
    }
}

static void test_need_of_data_follows_the_scatter(void **state)
{
    (void)state;
    double e = 1e-3;
    assert_close(resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, e) * e,
                 resources_noise(&infinite), 1e-2);
}

static void test_needs_scale_with_rate_and_target(void **state)
{
    (void)state;
    struct scaling fast = {0.6, 0, 2.385, 0.02385, 0.385};
    double unit = 0.385 * 2.385;
    assert_close(resources_need(&fast, RESOURCE_TIME, RESOURCE_DATA, 0.05),
                 unit * resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, 0.05), 1e-9);
    assert_close(resources_need(&fast, RESOURCE_DATA, RESOURCE_TIME, 0.05) * unit,
                 resources_need(&infinite, RESOURCE_DATA, RESOURCE_TIME, 0.05), 1e-9);
}

static void test_needs_out_of_range_are_nan(void **state)
{
    (void)state;
    assert_true(isnan(resources_need(&infinite, RESOURCE_TIME, RESOURCE_TIME, 0.1)));
    assert_true(isnan(resources_need(&infinite, RESOURCE_TIME, RESOURCE_COMPUTE, 0.1)));
    assert_true(isnan(resources_need(&infinite, RESOURCE_COMPUTE, RESOURCE_TIME, 0.1)));
    assert_true(isnan(resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, 0)));
    assert_true(isnan(resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, NAN)));
}

/* --- compute ------------------------------------------------------------- */

static void test_frontier_by_trying_every_model(void **state)
{
    (void)state;
    struct scaling s = {0.6, 60, 1, 0.01, 1};
    for (double D = 1; D < 2e5; D *= 19)
        for (double C = 0.3; C < 1e7; C *= 7.7) {
            struct resources best;
            double loss, least = INFINITY;
            assert_int_equal(resources_frontier(&s, D, C, &best, &loss), STATUS_OK);
            for (int N = 1; N <= 60; N++)
                least = fmin(least, loss_of(&s, C / N, D, N));
            assert_close(loss, least, 1e-12);
            assert_close(best.time * best.parameters, C, 1e-15);
        }
}

static void test_frontier_of_unlimited_data_is_that_of_scaling(void **state)
{
    (void)state;
    for (double C = 10; C < 1e10; C *= 31) {
        struct resources best;
        double loss, exact;
        int N;
        assert_int_equal(resources_frontier(&authors, INFINITY, C, &best, &loss), STATUS_OK);
        assert_int_equal(scaling_frontier(&authors, C, &N, &exact), STATUS_OK);
        assert_close(loss, exact, 1e-4);
    }
}

static void test_frontier_ends_at_the_data_law(void **state)
{
    (void)state;
    struct resources best;
    double loss;
    assert_int_equal(resources_frontier(&authors, 1000, 1e14, &best, &loss), STATUS_OK);
    assert_close(loss, scaling_data_loss(&authors, 1000), 1e-9);
}

static void test_frontier_refuses_what_is_out_of_range(void **state)
{
    (void)state;
    const double bad[][2] = {{1, 0}, {1, -1}, {1, NAN}, {1, INFINITY}, {-1, 1}, {0.5, 1}, {NAN, 1}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct resources best;
        double loss;
        assert_int_equal(resources_frontier(&small, bad[i][0], bad[i][1], &best, &loss),
                         STATUS_RANGE);
        assert_true(isnan(loss));
    }
}

/* --- descent ------------------------------------------------------------- */

static void test_descent_tends_to_the_flow_at_first_order(void **state)
{
    (void)state;
    double error[2];
    for (int i = 0; i < 2; i++) {
        struct scaling s = {0.6, 30, 1, 0.01, i ? 0.0125 : 0.05};
        struct resources_moments m;
        long steps = i ? 2000 : 500;
        assert_int_equal(resources_descent(&s, steps, 100, 10, &m), STATUS_OK);
        error[i] = m.mean / loss_of(&s, (double)steps, 100, 10) - 1;
    }
    assert_true(fabs(error[0]) > 1e-5);
    assert_close(error[0] / error[1], 4, 0.05);
}

/* Mean and scatter of simulated descents on drawn data sets.  The bound of 4.5 standard
   errors is exceeded by chance once in 1e5; the variance of 4000 losses is within 10 %. */
static void test_descent_against_monte_carlo(void **state)
{
    (void)state;
    enum { SKILLS = 12, SAMPLES = 40, STEPS = 400, REPEATS = 4000, N = 7 };
    struct scaling s = {0.6, SKILLS, 1, 0.01, 0.2};
    struct stream stream = stream_open(2385, 7, PURPOSE_TRAINING);
    struct resources_moments m;
    struct task task;
    double sum = 0, squares = 0;
    int count[SKILLS];
    assert_int_equal(resources_descent(&s, STEPS, SAMPLES, N, &m), STATUS_OK);
    assert_int_equal(task_create(&task, SKILLS, 1, 0, s.alpha, false, &stream), STATUS_OK);
    for (int i = 0; i < REPEATS; i++) {
        struct multilinear_model model;
        assert_int_equal(multilinear_create(&model, N, s.target, s.rate, s.initial), STATUS_OK);
        multilinear_draw_counts(&task, &stream, SAMPLES, count);
        for (int step = 0; step < STEPS; step++)
            multilinear_step(&model, count, SAMPLES);
        double loss = multilinear_loss(&model, task.probability, SKILLS);
        sum += loss - m.mean;
        squares += gsl_pow_2(loss - m.mean);
        multilinear_destroy(&model);
    }
    task_destroy(&task);
    assert_true(fabs(sum / REPEATS) < 4.5 * sqrt(m.variance / REPEATS));
    assert_true(squares / REPEATS < 1.1 * m.variance && squares / REPEATS > 0.4 * m.variance);
}

static void test_descent_of_one_skill_is_certain(void **state)
{
    (void)state;
    struct scaling s = {0.6, 1, 2.385, 0.0385, 1e-4};
    struct resources_moments m;
    assert_int_equal(resources_descent(&s, 8000, 3, 1, &m), STATUS_OK);
    assert_close(m.mean, scaling_time_loss(&s, 8000), 1e-2);
    assert_true(m.variance == 0);
}

static void test_descent_refuses_what_is_out_of_range(void **state)
{
    (void)state;
    struct resources_moments m;
    assert_int_equal(resources_descent(&small, -1, 1, 1, &m), STATUS_RANGE);
    assert_int_equal(resources_descent(&small, 1, 0, 1, &m), STATUS_RANGE);
    assert_int_equal(resources_descent(&small, 1, 1000001, 1, &m), STATUS_RANGE);
    assert_int_equal(resources_descent(&small, 1, 1, 0.5, &m), STATUS_RANGE);
    assert_int_equal(resources_descent(&infinite, 1, 1, 1, &m), STATUS_RANGE);
}

/* --- the whole ----------------------------------------------------------- */

static void test_every_audit_entry_passes(void **state)
{
    (void)state;
    for (const struct entry *entry = resources_entries; entry->equation; entry++)
        if (!(entry->residual() <= entry->tolerance))
            fail_msg("%s fails", entry->equation);
}

int main(void)
{
    gsl_set_error_handler_off();
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_means_of_the_reference),
        cmocka_unit_test(test_losses_of_the_reference),
        cmocka_unit_test(test_joint_law_of_the_reference),
        cmocka_unit_test(test_mean_without_data_is_that_of_the_start),
        cmocka_unit_test(test_mean_without_time_is_that_of_the_start),
        cmocka_unit_test(test_mean_after_much_time_needs_one_sample),
        cmocka_unit_test(test_mean_of_one_sample_has_two_terms),
        cmocka_unit_test(test_certain_skill_has_all_samples),
        cmocka_unit_test(test_mean_tends_to_the_step),
        cmocka_unit_test(test_scatter_hurts_where_the_step_is_convex),
        cmocka_unit_test(test_scatter_helps_where_the_step_is_concave),
        cmocka_unit_test(test_mean_is_smooth_in_probability),
        cmocka_unit_test(test_mean_refuses_what_is_out_of_range),
        cmocka_unit_test(test_mean_survives_extremes),
        cmocka_unit_test(test_unlimited_data_leave_the_time_law),
        cmocka_unit_test(test_unlimited_time_leaves_the_data_law),
        cmocka_unit_test(test_parameters_alone_leave_their_law),
        cmocka_unit_test(test_time_and_parameters_leave_the_compute_loss),
        cmocka_unit_test(test_nothing_is_learned_without_parameters),
        cmocka_unit_test(test_everything_is_learned_with_everything),
        cmocka_unit_test(test_more_parameters_than_skills_change_nothing),
        cmocka_unit_test(test_blocks_against_skill_by_skill),
        cmocka_unit_test(test_rarest_skills_matter_when_all_others_are_learned),
        cmocka_unit_test(test_loss_falls_with_time_and_parameters),
        cmocka_unit_test(test_more_data_can_hurt_early_and_help_late),
        cmocka_unit_test(test_target_and_rate_are_units),
        cmocka_unit_test(test_plan_agrees_with_single_losses),
        cmocka_unit_test(test_bad_resources_are_refused),
        cmocka_unit_test(test_bad_settings_are_refused),
        cmocka_unit_test(test_plan_refuses_disorder),
        cmocka_unit_test(test_joint_law_has_the_single_laws_as_limits),
        cmocka_unit_test(test_joint_law_on_the_optimal_ray_is_the_compute_law),
        cmocka_unit_test(test_joint_law_is_homogeneous),
        cmocka_unit_test(test_joint_law_converges_at_first_order_in_data),
        cmocka_unit_test(test_joint_law_converges_at_second_order_in_parameters),
        cmocka_unit_test(test_joint_law_is_continuous_where_data_become_unlimited),
        cmocka_unit_test(test_joint_law_with_large_models_and_many_counts),
        cmocka_unit_test(test_law_is_infinite_without_a_resource),
        cmocka_unit_test(test_needs_against_exact_losses),
        cmocka_unit_test(test_need_of_compute_on_the_optimal_ray),
        cmocka_unit_test(test_need_of_time_has_a_closed_form),
        cmocka_unit_test(test_need_of_data_follows_the_scatter),
        cmocka_unit_test(test_needs_scale_with_rate_and_target),
        cmocka_unit_test(test_needs_out_of_range_are_nan),
        cmocka_unit_test(test_frontier_by_trying_every_model),
        cmocka_unit_test(test_frontier_of_unlimited_data_is_that_of_scaling),
        cmocka_unit_test(test_frontier_ends_at_the_data_law),
        cmocka_unit_test(test_frontier_refuses_what_is_out_of_range),
        cmocka_unit_test(test_descent_tends_to_the_flow_at_first_order),
        cmocka_unit_test(test_descent_against_monte_carlo),
        cmocka_unit_test(test_descent_of_one_skill_is_certain),
        cmocka_unit_test(test_descent_refuses_what_is_out_of_range),
        cmocka_unit_test(test_every_audit_entry_passes),
    };
    return cmocka_run_group_tests_name("resources", tests, NULL, NULL);
}
