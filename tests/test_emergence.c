/* Tests of the chapter "emergence". */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "emergence.h"
#include "task.h"

#define assert_close(x, y, tolerance) check_close(x, y, tolerance, __LINE__)

static void check_close(double x, double y, double tolerance, int line)
{
    if (!(x == y || fabs(x - y) <= tolerance))
        fail_msg("line %d: %.17g is not %.17g +- %g", line, x, y, tolerance);
}

/* Read the rows of a kind, as numbers, and hand each to a function. */
static int for_each_row(const char *kind, void (*check)(const double *))
{
    FILE *file = fopen("tests/reference/emergence.tsv", "r");
    char line[512];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (strncmp(line, kind, strlen(kind)) == 0) {
            double x[9] = {0};
            char *place = line + strlen(kind);
            for (int i = 0; i < 9; i++)
                x[i] = strtod(place, &place);
            check(x);
            rows++;
        }
    fclose(file);
    return rows;
}

/* ---- reference tables */

static void check_time_row(const double *x)
{
    assert_close(emergence_time(x[0], x[1], x[2], x[3], x[4]), x[5], 4e-15 * fabs(x[5]));
}

/* Relative accuracy also where the time passes through zero, epsilon = R(0)/S. */
static void time_agrees_with_bisection(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("time", check_time_row), 75);
}

/* 1 - epsilon is not a double, so near zero only the units, not their digits, are good. */
static void check_saturation_row(const double *x)
{
    double unit = 1 / (2 * x[2] * x[3] * x[0]);
    assert_close(emergence_saturation_time(x[0], x[1], x[2], x[3], x[4]), x[5],
                 4e-15 * (fabs(x[5]) + unit));
}

static void saturation_time_agrees_with_bisection(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("saturation", check_saturation_row), 75);
}

static void check_limit_row(const double *x)
{
    int last = (int)x[4];
    double limit = emergence_stage_limit(x[0], x[1], x[2], x[3]);
    assert_close(fmax(1, ceil(limit)), last + 1, 0);
    for (int k = 1; k <= last + 30; k++)
        assert_int_equal(emergence_in_stages(x[0], x[1], x[2], x[3], k), k <= last);
}

static void stages_agree_with_compared_times(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("limit", check_limit_row), 36);
}

static void check_data_row(const double *x)
{
    assert_close(emergence_strength_data(x[0], x[1], x[2], x[3]), x[4], 1e-14 * x[4]);
}

static void strength_in_data_agrees_with_exact_enumeration(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("data", check_data_row), 40);
}

static void check_extended_row(const double *x)
{
    double initial = emergence_extended_initial(x[2]);
    double P = task_probability(x[0], (int)x[1], (int)x[6]);
    double R = emergence_extended_time(x[5], initial, x[4], P, x[3], x[7]);
    assert_close(R, x[8], 5e-14 * x[8]);
}

static void extended_time_agrees_with_reference(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("extended", check_extended_row), 32);
}

/* Times to one half at the authors' settings (kappa = 22), computed elsewhere. */
static void extended_model_predicts_the_known_times(void **state)
{
    static const double known[] = {1123, 3404, 6513, 10319, 14747};
    double initial = emergence_extended_initial(0.01);
    (void)state;
    for (int k = 1; k <= 5; k++) {
        double P = task_probability(0.6, 5, k);
        double T = emergence_extended_time_to_reach(5, initial, 0.02, P, 22, 0.5);
        assert_close(T, known[k - 1], 0.5);
    }
}

/* ---- time */

static void waiting_grows_as_the_power_law(void **state)
{
    (void)state;
    double first =
        emergence_time(2.385, 0.0137, 0.37, task_probability(0.6385, 0, 3), 0.07);
    double second =
        emergence_time(2.385, 0.0137, 0.37, task_probability(0.6385, 0, 11), 0.07);
    assert_close(second / first, pow(11.0 / 3, 1.6385), 1e-13);
}

static void saturation_is_emergence_at_the_complement(void **state)
{
    (void)state;
    for (double epsilon = 0.0625; epsilon < 1; epsilon += 0.0625)
        assert_close(emergence_saturation_time(2.385, 0.0137, 0.37, 0.3, epsilon)
                         / emergence_time(2.385, 0.0137, 0.37, 0.3, 1 - epsilon),
                     1, 1e-14);
}

static void half_the_target_takes_log_c_units(void **state)
{
    (void)state;
    assert_close(emergence_time(2.385, 2.385 / (1 + 1e9), 0.5, 1, 0.5), 9 * log(10) / 2.385,
                 1e-14);
}

static void skill_that_starts_high_emerged_before_zero(void **state)
{
    (void)state;
    assert_true(emergence_time(2.385, 0.9, 0.37, 0.3, 0.1) < 0);
    assert_true(emergence_saturation_time(2.385, 0.9, 0.37, 0.3, 0.1) > 0);
}

static void skill_that_never_occurs_never_emerges(void **state)
{
    (void)state;
    assert_true(emergence_time(2.385, 0.0137, 0.37, 0, 0.1) == INFINITY);
    assert_true(emergence_saturation_time(2.385, 0.0137, 0.37, 0, 0.1) == INFINITY);
    assert_close(emergence_strength_time(2.385, 0.0137, 0.37, 0, INFINITY), 0.0137, 1e-17);
}

static void strength_in_time_goes_from_start_to_target(void **state)
{
    (void)state;
    assert_close(emergence_strength_time(2.385, 0.0137, 0.37, 0.3, 0), 0.0137, 1e-17);
    assert_close(emergence_strength_time(2.385, 0.0137, 0.37, 0.3, INFINITY), 2.385, 1e-15);
}

static void time_out_of_range_is_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_time(2.385, 2.385, 0.37, 0.3, 0.1)));
    assert_true(isnan(emergence_time(2.385, 3, 0.37, 0.3, 0.1)));
    assert_true(isnan(emergence_time(2.385, 0, 0.37, 0.3, 0.1)));
    assert_true(isnan(emergence_time(2.385, -0.1, 0.37, 0.3, 0.1)));
    assert_true(isnan(emergence_time(2.385, 0.1, 0, 0.3, 0.1)));
    assert_true(isnan(emergence_time(2.385, 0.1, 0.37, -0.3, 0.1)));
    assert_true(isnan(emergence_time(2.385, 0.1, 0.37, 1.3, 0.1)));
    assert_true(isnan(emergence_time(2.385, 0.1, 0.37, 0.3, 0)));
    assert_true(isnan(emergence_time(2.385, 0.1, 0.37, 0.3, 1)));
    assert_true(isnan(emergence_time(2.385, 0.1, 0.37, 0.3, NAN)));
    assert_true(isnan(emergence_time(NAN, 0.1, 0.37, 0.3, 0.1)));
}

static void saturation_time_out_of_range_is_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_saturation_time(2.385, 2.385, 0.37, 0.3, 0.1)));
    assert_true(isnan(emergence_saturation_time(2.385, 0.1, -1, 0.3, 0.1)));
    assert_true(isnan(emergence_saturation_time(2.385, 0.1, 0.37, NAN, 0.1)));
    assert_true(isnan(emergence_saturation_time(2.385, 0.1, 0.37, 0.3, 1)));
}

static void strength_in_time_out_of_range_is_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_strength_time(2.385, 2.385, 0.37, 0.3, 1)));
    assert_true(isnan(emergence_strength_time(2.385, 0, 0.37, 0.3, 1)));
    assert_true(isnan(emergence_strength_time(2.385, 0.1, 0, 0.3, 1)));
    assert_true(isnan(emergence_strength_time(2.385, 0.1, 0.37, 1.1, 1)));
    assert_true(isnan(emergence_strength_time(2.385, 0.1, 0.37, 0.3, -1)));
}

/* The ends of every range belong to it, and their neighbours outside do not. */
static double above(double x)
{
    return nextafter(x, INFINITY);
}

static double below(double x)
{
    return nextafter(x, 0);
}

static void target_may_be_at_the_ends_of_its_range(void **state)
{
    (void)state;
    assert_true(emergence_strength_parameters(1e-70, 1, 1) == 1e-70);
    assert_true(emergence_strength_parameters(1e70, 1, 1) == 1e70);
    assert_true(isnan(emergence_strength_parameters(below(1e-70), 1, 1)));
    assert_true(isnan(emergence_strength_parameters(above(1e70), 1, 1)));
}

static void start_may_be_at_the_end_of_its_range(void **state)
{
    (void)state;
    assert_close(emergence_time(1, 1e-200, 0.5, 1, 0.5), 200 * log(10), 1e-12);
    assert_true(isnan(emergence_time(1, below(1e-200), 0.5, 1, 0.5)));
}

static void rate_and_probability_may_be_at_the_ends_of_their_ranges(void **state)
{
    (void)state;
    assert_close(emergence_time(0.5, 0.25 / 3, 1e70, 1, 0.75) * 1e70, log(15), 1e-14);
    assert_true(isnan(emergence_time(0.5, 0.25, above(1e70), 1, 0.75)));
    assert_true(isnan(emergence_time(0.5, 0.25, 1, above(1), 0.75)));
    assert_true(isnan(emergence_saturation_time(0.5, 0.25, 1, 1, 0)));
    assert_true(isnan(emergence_saturation_time(0.5, 0.25, 1, 1, 1)));
}

/* R(0) = S/4 exactly: skills are there from the first, even one that never occurs. */
static void time_to_reach_the_start_is_zero(void **state)
{
    (void)state;
    assert_true(emergence_time(4, 1, 0.37, 0.3, 0.25) == 0);
    assert_true(emergence_time(4, 1, 0.37, 0, 0.25) == 0);
    assert_true(emergence_saturation_time(4, 1, 0.37, 0, 0.75) == 0);
    assert_int_equal(emergence_in_stages(0.6, 4, 1, 0.25, 1), -1);
    assert_true(isnan(emergence_stage_limit(0.6, 4, 1, 0.25)));
}

/* T = (ln c x/(1 - x))/r on both sides of R(0) = S/4, near it and far from it. */
static void time_keeps_its_digits_near_the_start(void **state)
{
    (void)state;
    for (double d = 1e-12; d < 0.7; d *= 2.385)
        for (int sign = -1; sign <= 1; sign += 2) {
            double x = 0.25 + sign * d * (sign > 0 ? 1 : 0.35), y = x - 0.25;
            double T = log1p(y / (0.25 * (1 - x)));
            assert_close(emergence_time(4, 1, 0.125, 1, x) / T, 1, 4e-15);
        }
}

/* ---- stages */

static void stages_out_of_range_have_no_answer(void **state)
{
    (void)state;
    assert_int_equal(emergence_in_stages(0, 5, 0.01, 0.05, 1), -1);
    assert_int_equal(emergence_in_stages(0.6, 5, 0.01, 0.05, 0), -1);
    assert_int_equal(emergence_in_stages(0.6, 5, 0.01, 0.5, 1), -1);
    assert_int_equal(emergence_in_stages(0.6, 5, 0.01, 0.001, 1), -1);
    assert_int_equal(emergence_in_stages(0.6, 5, 5, 0.05, 1), -1);
    assert_int_equal(emergence_in_stages(NAN, 5, 0.01, 0.05, 1), -1);
}

static void stage_limit_out_of_range_is_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_stage_limit(0, 5, 0.01, 0.05)));
    assert_true(isnan(emergence_stage_limit(0.6, 5, 0.01, 0.5)));
    assert_true(isnan(emergence_stage_limit(0.6, 5, 0.01, 0.001)));
    assert_true(isnan(emergence_stage_limit(0.6, 5, 6, 0.05)));
}

/* k_* -> (alpha + 1) ln c / (2 l) for c -> infinity, up to a relative l/ln c. */
static void small_start_buys_stages_logarithmically(void **state)
{
    double l = log(0.7 / 0.3), ln_c = log(5e190);
    (void)state;
    assert_close(emergence_stage_limit(0.6, 5, 1e-190, 0.3) / (1.6 * ln_c / (2 * l)), 1,
                 2 * l / ln_c);
}

/* ---- data and parameters */

static void no_data_leave_the_start(void **state)
{
    (void)state;
    assert_true(emergence_strength_data(2.385, 0.0137, 0.3, 0) == 0.0137);
    assert_true(emergence_strength_data(2.385, 0.0137, 1, 0) == 0.0137);
    assert_true(emergence_strength_data(2.385, 0.0137, 0, INFINITY) == 0.0137);
}

static void one_sample_teaches_a_certain_skill(void **state)
{
    (void)state;
    assert_close(emergence_strength_data(2.385, 0.0137, 1, 1), 2.385, 1e-15);
    assert_close(emergence_strength_data(2.385, 0.0137, 1e-9, INFINITY), 2.385, 1e-15);
}

static void rare_skill_keeps_its_digits(void **state)
{
    (void)state;
    assert_close(emergence_strength_data(2.385, 0, 1e-18, 3), 2.385 * 3e-18, 1e-32);
}

static void data_out_of_range_are_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_strength_data(2.385, 2.385, 0.3, 1)));
    assert_true(isnan(emergence_strength_data(2.385, -0.1, 0.3, 1)));
    assert_true(isnan(emergence_strength_data(2.385, 0.1, 1.3, 1)));
    assert_true(isnan(emergence_strength_data(2.385, 0.1, 0.3, -1)));
    assert_true(isnan(emergence_strength_data(2.385, 0.1, 0.3, NAN)));
    assert_true(isnan(emergence_strength_data(0, 0, 0.3, 1)));
}

static void model_has_the_skills_it_has_parameters_for(void **state)
{
    (void)state;
    assert_true(emergence_strength_parameters(2.385, 1, 0) == 0);
    assert_true(emergence_strength_parameters(2.385, 7, 6) == 0);
    assert_true(emergence_strength_parameters(2.385, 7, 7) == 2.385);
    assert_true(emergence_strength_parameters(2.385, 7, INFINITY) == 2.385);
}

static void parameters_out_of_range_are_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_strength_parameters(2.385, 0, 3)));
    assert_true(isnan(emergence_strength_parameters(2.385, 1, -3)));
    assert_true(isnan(emergence_strength_parameters(NAN, 1, 3)));
}

/* ---- extended model */

static void kappa_of_two_is_the_multilinear_model(void **state)
{
    (void)state;
    for (double T = 0; T < 60; T += 2.385)
        assert_close(emergence_extended_time(2.385, 0.0137, 0.37, 0.3, 2, T),
                     emergence_strength_time(2.385, 0.0137, 0.37, 0.3, T), 1e-15);
}

static void kappa_stretches_time(void **state)
{
    (void)state;
    double T = emergence_time(2.385, 0.0137, 0.37, 0.3, 0.07);
    assert_close(emergence_extended_time_to_reach(2.385, 0.0137, 0.37, 0.3, 21.3, 0.07),
                 T * 21.3 / 2, 1e-13 * T);
    assert_close(emergence_extended_time_to_reach(2.385, 0.0137, 0.37, 0.3, 0.5, 0.07),
                 T / 4, 1e-13 * T);
}

static void kappa_may_be_small(void **state)
{
    (void)state;
    assert_close(emergence_extended_time(2.385, 0.0137, 0.37, 0.3, 0.5, 2.385),
                 emergence_strength_time(2.385, 0.0137, 0.37, 0.3, 4 * 2.385), 1e-14);
}

static void initial_strength_is_that_of_the_authors(void **state)
{
    (void)state;
    assert_close(emergence_extended_initial(0.01), 2.7777777777777778e-5, 1e-19);
    assert_true(isnan(emergence_extended_initial(0))
                && isnan(emergence_extended_initial(-1)));
    assert_true(isnan(emergence_extended_initial(NAN)));
}

static void extended_time_out_of_range_is_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_extended_time(2.385, 0.01, 0.37, 0.3, 0, 1)));
    assert_true(isnan(emergence_extended_time(2.385, 0.01, 0.37, 0.3, -22, 1)));
    assert_true(isnan(emergence_extended_time(2.385, 0.01, 0.37, 0.3, NAN, 1)));
    assert_true(isnan(emergence_extended_time(2.385, 0.01, 1e-300, 0.3, 0, 1)));
    assert_true(isnan(emergence_extended_time(2.385, 3, 0.37, 0.3, 22, 1)));
    assert_true(isnan(emergence_extended_time_to_reach(2.385, 0.01, 0.37, 0.3, 0, 0.1)));
    assert_true(isnan(emergence_extended_time_to_reach(2.385, 0.01, 0.37, 0.3, 22, 1)));
}

static void strength_from_the_loss_gives_the_loss(void **state)
{
    (void)state;
    for (double D = 0; D < 3000; D += 238.5) {
        double R = emergence_extended_data(2.385, 0.385, 797, D);
        assert_close(emergence_extended_loss(2.385, 0.385, 797, D),
                     (2.385 - R) * (2.385 - R) / 2, 1e-15);
    }
}

/* d/D_c = 3/4 where the gap of a quarter is largest. */
static void correlation_exceeds_the_other_strength_by_a_quarter_at_most(void **state)
{
    double largest = 0, place = 0;
    (void)state;
    for (int d = 0; d <= 900; d++) {
        double gap = emergence_extended_data_correlation(5, 0.5, 800, 2 * d)
                     - emergence_extended_data(5, 0.5, 800, 2 * d);
        assert_true(gap >= 0);
        if (gap > largest) {
            largest = gap;
            place = d;
        }
    }
    assert_close(largest, 5 * 0.25, 1e-15);
    assert_close(place, 600, 0);
}

/* 1 - sqrt(1 - x) = x/2 + x^2/8 + ... */
static void first_samples_count_half_in_the_loss(void **state)
{
    (void)state;
    assert_close(emergence_extended_data(5, 1e-9, 800, 1) / (5 * 1e-9 / 800 / 2), 1, 1e-12);
}

static void enough_data_saturate(void **state)
{
    (void)state;
    assert_true(emergence_extended_data(5, 0.5, 800, 1601) == 5);
    assert_true(emergence_extended_data_correlation(5, 0.5, 800, INFINITY) == 5);
    assert_true(emergence_extended_loss(5, 0.5, 800, 1e300) == 0);
}

static void no_data_teach_nothing(void **state)
{
    (void)state;
    assert_true(emergence_extended_data(5, 0.5, 800, 0) == 0);
    assert_true(emergence_extended_data_correlation(5, 0, 800, INFINITY) == 0);
    assert_true(emergence_extended_loss(5, 0.5, 800, 0) == 12.5);
}

static void data_to_reach_inverts_the_strength(void **state)
{
    (void)state;
    for (double epsilon = 1e-7; epsilon < 1; epsilon *= 2.385) {
        double D = emergence_extended_data_to_reach(0.0137, 797, epsilon);
        assert_close(emergence_extended_data(1, 0.0137, 797, D) / epsilon, 1,
                     1e-14 / (1 - epsilon));
        D = emergence_extended_data_to_reach_correlation(0.0137, 797, epsilon);
        assert_close(emergence_extended_data_correlation(1, 0.0137, 797, D) / epsilon, 1,
                     1e-15);
    }
}

static void absent_skill_is_reached_with_infinite_data(void **state)
{
    (void)state;
    assert_true(emergence_extended_data_to_reach(0, 800, 0.5) == INFINITY);
    assert_true(emergence_extended_data_to_reach_correlation(0, 800, 0.5) == INFINITY);
}

static void extended_data_out_of_range_are_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_extended_data(5, 0.5, 0, 1)));
    assert_true(isnan(emergence_extended_data(5, 0.5, -800, 1)));
    assert_true(isnan(emergence_extended_data(5, 1.5, 800, 1)));
    assert_true(isnan(emergence_extended_data(5, 0.5, 800, -1)));
    assert_true(isnan(emergence_extended_data(-5, 0.5, 800, 1)));
    assert_true(isnan(emergence_extended_data_correlation(5, NAN, 800, 1)));
    assert_true(isnan(emergence_extended_loss(5, 0.5, 800, NAN)));
    assert_true(isnan(emergence_extended_data_to_reach(0.5, 800, 1)));
    assert_true(isnan(emergence_extended_data_to_reach(0.5, 0, 0.5)));
    assert_true(isnan(emergence_extended_data_to_reach_correlation(-1, 800, 0.5)));
}

/* N_c = 4: unit 11 is the third of skill 3. */
static void units_fill_skills_in_order(void **state)
{
    static const double share[] = {1, 1, 0.75, 0, 0};
    (void)state;
    for (int k = 1; k <= 5; k++)
        assert_close(emergence_extended_parameters(5, k, 4, 11), 5 * share[k - 1], 1e-15);
}

static void no_unit_is_lost_or_gained(void **state)
{
    (void)state;
    for (double N = 0; N < 30; N += 2.385) {
        double sum = 0;
        for (int k = 1; k <= 40; k++)
            sum += emergence_extended_parameters(1, k, 3.7, N);
        assert_close(sum * 3.7, N, 1e-13);
    }
}

static void extended_parameters_out_of_range_are_nan(void **state)
{
    (void)state;
    assert_true(isnan(emergence_extended_parameters(5, 0, 4, 1)));
    assert_true(isnan(emergence_extended_parameters(5, 1, 0, 1)));
    assert_true(isnan(emergence_extended_parameters(5, 1, 4, -1)));
    assert_true(isnan(emergence_extended_parameters(5, 1, INFINITY, 1)));
    assert_true(isnan(emergence_extended_parameters(0, 1, 4, 1)));
}

static void fractions_at_the_ends_of_their_range_are_refused(void **state)
{
    (void)state;
    assert_true(isnan(emergence_extended_data_to_reach(0.5, 800, 0)));
    assert_true(isnan(emergence_extended_data_to_reach_correlation(0.5, 800, 0)));
    assert_true(isnan(emergence_extended_data_to_reach_correlation(0.5, 800, 1)));
    assert_true(isnan(emergence_extended_data_to_reach(above(1), 800, 0.5)));
    assert_true(isnan(emergence_extended_data(5, above(1), 800, 1)));
    assert_true(isnan(emergence_strength_data(5, 0.1, above(1), 1)));
    assert_true(isnan(emergence_extended_time_to_reach(2.385, 0.01, 0.37, 0.3, 22, 0)));
}

static void certain_skill_is_reached_with_its_share(void **state)
{
    (void)state;
    assert_close(emergence_extended_data_to_reach(1, 800, 0.5), 600, 1e-12);
    assert_close(emergence_extended_data_to_reach_correlation(1, 800, 0.5), 400, 1e-12);
    assert_close(emergence_extended_data(5, 1, 800, 600), 2.5, 1e-14);
    assert_close(emergence_extended_data_correlation(5, 1, 800, 600), 3.75, 1e-14);
}

static void no_unit_teaches_nothing(void **state)
{
    (void)state;
    assert_true(emergence_extended_parameters(5, 1, 4, 0) == 0);
    assert_true(emergence_extended_parameters(5, 1, 4, 4) == 5);
    assert_true(emergence_extended_parameters(5, 1, 0.5, 0.25) == 2.5);
    assert_true(isnan(emergence_extended_parameters(5, 1, 4, NAN)));
}

static void every_audit_passes(void **state)
{
    (void)state;
    for (const struct entry *entry = emergence_entries; entry->equation; entry++)
        if (!(entry->residual() <= entry->tolerance))
            fail_msg("%s: %g", entry->equation, entry->residual());
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(time_agrees_with_bisection),
        cmocka_unit_test(saturation_time_agrees_with_bisection),
        cmocka_unit_test(stages_agree_with_compared_times),
        cmocka_unit_test(strength_in_data_agrees_with_exact_enumeration),
        cmocka_unit_test(extended_time_agrees_with_reference),
        cmocka_unit_test(extended_model_predicts_the_known_times),
        cmocka_unit_test(waiting_grows_as_the_power_law),
        cmocka_unit_test(saturation_is_emergence_at_the_complement),
        cmocka_unit_test(half_the_target_takes_log_c_units),
        cmocka_unit_test(skill_that_starts_high_emerged_before_zero),
        cmocka_unit_test(skill_that_never_occurs_never_emerges),
        cmocka_unit_test(strength_in_time_goes_from_start_to_target),
        cmocka_unit_test(time_out_of_range_is_nan),
        cmocka_unit_test(saturation_time_out_of_range_is_nan),
        cmocka_unit_test(strength_in_time_out_of_range_is_nan),
        cmocka_unit_test(target_may_be_at_the_ends_of_its_range),
        cmocka_unit_test(start_may_be_at_the_end_of_its_range),
        cmocka_unit_test(rate_and_probability_may_be_at_the_ends_of_their_ranges),
        cmocka_unit_test(time_to_reach_the_start_is_zero),
        cmocka_unit_test(time_keeps_its_digits_near_the_start),
        cmocka_unit_test(stages_out_of_range_have_no_answer),
        cmocka_unit_test(stage_limit_out_of_range_is_nan),
        cmocka_unit_test(small_start_buys_stages_logarithmically),
        cmocka_unit_test(no_data_leave_the_start),
        cmocka_unit_test(one_sample_teaches_a_certain_skill),
        cmocka_unit_test(rare_skill_keeps_its_digits),
        cmocka_unit_test(data_out_of_range_are_nan),
        cmocka_unit_test(model_has_the_skills_it_has_parameters_for),
        cmocka_unit_test(parameters_out_of_range_are_nan),
        cmocka_unit_test(kappa_of_two_is_the_multilinear_model),
        cmocka_unit_test(kappa_stretches_time),
        cmocka_unit_test(kappa_may_be_small),
        cmocka_unit_test(initial_strength_is_that_of_the_authors),
        cmocka_unit_test(extended_time_out_of_range_is_nan),
        cmocka_unit_test(strength_from_the_loss_gives_the_loss),
        cmocka_unit_test(correlation_exceeds_the_other_strength_by_a_quarter_at_most),
        cmocka_unit_test(first_samples_count_half_in_the_loss),
        cmocka_unit_test(enough_data_saturate),
        cmocka_unit_test(no_data_teach_nothing),
        cmocka_unit_test(data_to_reach_inverts_the_strength),
        cmocka_unit_test(absent_skill_is_reached_with_infinite_data),
        cmocka_unit_test(extended_data_out_of_range_are_nan),
        cmocka_unit_test(units_fill_skills_in_order),
        cmocka_unit_test(no_unit_is_lost_or_gained),
        cmocka_unit_test(extended_parameters_out_of_range_are_nan),
        cmocka_unit_test(fractions_at_the_ends_of_their_range_are_refused),
        cmocka_unit_test(certain_skill_is_reached_with_its_share),
        cmocka_unit_test(no_unit_teaches_nothing),
        cmocka_unit_test(every_audit_passes),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests_name("emergence", tests, NULL, NULL);
}
