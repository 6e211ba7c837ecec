/* Tests of the chapter "emergence". */
#include "common.h"
#include "emergence.h"
#include "task.h"

static struct skill skill(double target, double initial, double rate, double probability)
{
    return (struct skill){target, initial, rate, probability};
}

/* ---- reference tables */

/* Relative accuracy also where the time passes through zero, epsilon = R(0)/S. */
TEST(time_agrees_with_bisection)
{
    FOR_ROWS(x, "tests/reference/emergence.tsv", "time", 75)
        assert_close(emergence_time(skill(x[0], x[1], x[2], x[3]), x[4]), x[5],
                     4e-15 * fabs(x[5]));
}

/* 1 - epsilon is not a double, so near zero only the units, not their digits, are good. */
TEST(saturation_time_agrees_with_bisection)
{
    FOR_ROWS(x, "tests/reference/emergence.tsv", "saturation", 75) {
        double unit = 1 / (2 * x[2] * x[3] * x[0]);
        assert_close(emergence_saturation_time(skill(x[0], x[1], x[2], x[3]), x[4]), x[5],
                     4e-15 * (fabs(x[5]) + unit));
    }
}

TEST(stages_agree_with_compared_times)
{
    FOR_ROWS(x, "tests/reference/emergence.tsv", "limit", 36) {
        int last = (int)x[4];
        double limit = emergence_stage_limit(x[0], skill(x[1], x[2], 1, 1), x[3]);
        assert_close(fmax(1, ceil(limit)), last + 1, 0);
        for (int k = 1; k <= last + 30; k++)
            assert_int_equal(emergence_in_stages(x[0], skill(x[1], x[2], 1, 1), x[3], k),
                             k <= last);
    }
}

TEST(strength_in_data_agrees_with_exact_enumeration)
{
    FOR_ROWS(x, "tests/reference/emergence.tsv", "data", 40)
        assert_close(emergence_strength_data(skill(x[0], x[1], 1, x[2]), x[3]), x[4],
                     1e-14 * x[4]);
}

TEST(extended_time_agrees_with_reference)
{
    FOR_ROWS(x, "tests/reference/emergence.tsv", "extended", 32) {
        double initial = emergence_extended_initial(x[2]);
        double P = task_probability(x[0], (int)x[1], (int)x[6]);
        double R = emergence_extended_time(skill(x[5], initial, x[4], P), x[3], x[7]);
        assert_close(R, x[8], 5e-14 * x[8]);
    }
}

/* Times to one half at the authors' settings (kappa = 22), computed elsewhere. */
TEST(extended_model_predicts_the_known_times)
{
    static const double known[] = {1123, 3404, 6513, 10319, 14747};
    double initial = emergence_extended_initial(0.01);
    for (int k = 1; k <= 5; k++) {
        double P = task_probability(0.6, 5, k);
        double T = emergence_extended_time_to_reach(skill(5, initial, 0.02, P), 22, 0.5);
        assert_close(T, known[k - 1], 0.5);
    }
}

/* f = a b B g is slower than a b g by B, not by B^2. */
TEST(constant_in_the_model_slows_it_once)
{
    struct skill one = skill(5, 1e-4, 0.05, 0.37);
    double R, T = emergence_time(one, 0.385);
    for (double B = 1; B > 0.04; B /= 2.385) {
        assert_int_equal(emergence_integrate_dampened(one, B, T / B, &R), STATUS_OK);
        assert_ratio(R, 0.385 * 5, 1e-10);
    }
}

TEST(impossible_constants_are_refused)
{
    static const double B[] = {0, -0.1, 1.0001, NAN};
    double R;
    for (int i = 0; i < LENGTH(B); i++) {
        R = 0;
        assert_int_equal(emergence_integrate_dampened(skill(5, 1e-4, 1, 1), B[i], 1, &R),
                         STATUS_RANGE);
        assert_true(isnan(R));
    }
    assert_int_equal(emergence_integrate_dampened(skill(5, 6, 1, 1), 0.5, 1, &R), STATUS_RANGE);
    assert_int_equal(emergence_integrate_dampened(skill(5, 1e-4, 1, 1), 0.5, -1, &R),
                     STATUS_RANGE);
}

/* At the authors' settings the model promises stages for 2, 3 and 4 pairs of 5 skills. */
TEST(stages_depend_on_what_counts_as_visible)
{
    struct skill like = skill(5, emergence_extended_initial(0.01), 1, 1);
    static const double epsilon[] = {0.05, 0.1, 0.2};
    for (int i = 0; i < 3; i++)
        for (int k = 1; k <= 4; k++)
            assert_int_equal(emergence_in_stages(0.6, like, epsilon[i], k), k <= i + 2);
}

/* ---- time */

TEST(waiting_grows_as_the_power_law)
{
    double first =
        emergence_time(skill(2.385, 0.0137, 0.37, task_probability(0.6385, 0, 3)), 0.07);
    double second =
        emergence_time(skill(2.385, 0.0137, 0.37, task_probability(0.6385, 0, 11)), 0.07);
    assert_close(second / first, pow(11.0 / 3, 1.6385), 1e-13);
}

TEST(saturation_is_emergence_at_the_complement)
{
    for (double epsilon = 0.0625; epsilon < 1; epsilon += 0.0625)
        assert_close(emergence_saturation_time(skill(2.385, 0.0137, 0.37, 0.3), epsilon)
                         / emergence_time(skill(2.385, 0.0137, 0.37, 0.3), 1 - epsilon),
                     1, 1e-14);
}

TEST(half_the_target_takes_log_c_units)
{
    assert_close(emergence_time(skill(2.385, 2.385 / (1 + 1e9), 0.5, 1), 0.5),
                 9 * log(10) / 2.385, 1e-14);
}

TEST(skill_that_starts_high_emerged_before_zero)
{
    assert_true(emergence_time(skill(2.385, 0.9, 0.37, 0.3), 0.1) < 0);
    assert_true(emergence_saturation_time(skill(2.385, 0.9, 0.37, 0.3), 0.1) > 0);
}

TEST(skill_that_never_occurs_never_emerges)
{
    assert_true(emergence_time(skill(2.385, 0.0137, 0.37, 0), 0.1) == INFINITY);
    assert_true(emergence_saturation_time(skill(2.385, 0.0137, 0.37, 0), 0.1) == INFINITY);
    assert_close(emergence_strength_time(skill(2.385, 0.0137, 0.37, 0), INFINITY), 0.0137, 1e-17);
}

TEST(strength_in_time_goes_from_start_to_target)
{
    assert_close(emergence_strength_time(skill(2.385, 0.0137, 0.37, 0.3), 0), 0.0137, 1e-17);
    assert_close(emergence_strength_time(skill(2.385, 0.0137, 0.37, 0.3), INFINITY), 2.385,
                 1e-15);
}

TEST(time_out_of_range_is_nan)
{
    assert_true(isnan(emergence_time(skill(2.385, 2.385, 0.37, 0.3), 0.1)));
    assert_true(isnan(emergence_time(skill(2.385, 3, 0.37, 0.3), 0.1)));
    assert_true(isnan(emergence_time(skill(2.385, 0, 0.37, 0.3), 0.1)));
    assert_true(isnan(emergence_time(skill(2.385, -0.1, 0.37, 0.3), 0.1)));
    assert_true(isnan(emergence_time(skill(2.385, 0.1, 0, 0.3), 0.1)));
    assert_true(isnan(emergence_time(skill(2.385, 0.1, 0.37, -0.3), 0.1)));
    assert_true(isnan(emergence_time(skill(2.385, 0.1, 0.37, 1.3), 0.1)));
    assert_true(isnan(emergence_time(skill(2.385, 0.1, 0.37, 0.3), 0)));
    assert_true(isnan(emergence_time(skill(2.385, 0.1, 0.37, 0.3), 1)));
    assert_true(isnan(emergence_time(skill(2.385, 0.1, 0.37, 0.3), NAN)));
    assert_true(isnan(emergence_time(skill(NAN, 0.1, 0.37, 0.3), 0.1)));
}

TEST(saturation_time_out_of_range_is_nan)
{
    assert_true(isnan(emergence_saturation_time(skill(2.385, 2.385, 0.37, 0.3), 0.1)));
    assert_true(isnan(emergence_saturation_time(skill(2.385, 0.1, -1, 0.3), 0.1)));
    assert_true(isnan(emergence_saturation_time(skill(2.385, 0.1, 0.37, NAN), 0.1)));
    assert_true(isnan(emergence_saturation_time(skill(2.385, 0.1, 0.37, 0.3), 1)));
}

TEST(strength_in_time_out_of_range_is_nan)
{
    assert_true(isnan(emergence_strength_time(skill(2.385, 2.385, 0.37, 0.3), 1)));
    assert_true(isnan(emergence_strength_time(skill(2.385, 0, 0.37, 0.3), 1)));
    assert_true(isnan(emergence_strength_time(skill(2.385, 0.1, 0, 0.3), 1)));
    assert_true(isnan(emergence_strength_time(skill(2.385, 0.1, 0.37, 1.1), 1)));
    assert_true(isnan(emergence_strength_time(skill(2.385, 0.1, 0.37, 0.3), -1)));
}

/* The ends of every range belong to it, and their neighbours outside do not. */
TEST(target_may_be_at_the_ends_of_its_range)
{
    assert_true(emergence_strength_parameters(1e-70, 1, 1) == 1e-70);
    assert_true(emergence_strength_parameters(1e70, 1, 1) == 1e70);
    assert_true(isnan(emergence_strength_parameters(below(1e-70), 1, 1)));
    assert_true(isnan(emergence_strength_parameters(above(1e70), 1, 1)));
}

TEST(start_may_be_at_the_end_of_its_range)
{
    assert_close(emergence_time(skill(1, 1e-200, 0.5, 1), 0.5), 200 * log(10), 1e-12);
    assert_true(isnan(emergence_time(skill(1, below(1e-200), 0.5, 1), 0.5)));
}

TEST(rate_and_probability_may_be_at_the_ends_of_their_ranges)
{
    assert_close(emergence_time(skill(0.5, 0.25 / 3, 1e70, 1), 0.75) * 1e70, log(15), 1e-14);
    assert_true(isnan(emergence_time(skill(0.5, 0.25, above(1e70), 1), 0.75)));
    assert_true(isnan(emergence_time(skill(0.5, 0.25, 1, above(1)), 0.75)));
    assert_true(isnan(emergence_saturation_time(skill(0.5, 0.25, 1, 1), 0)));
    assert_true(isnan(emergence_saturation_time(skill(0.5, 0.25, 1, 1), 1)));
}

/* R(0) = S/4 exactly: skills are there from the first, even one that never occurs. */
TEST(time_to_reach_the_start_is_zero)
{
    assert_true(emergence_time(skill(4, 1, 0.37, 0.3), 0.25) == 0);
    assert_true(emergence_time(skill(4, 1, 0.37, 0), 0.25) == 0);
    assert_true(emergence_saturation_time(skill(4, 1, 0.37, 0), 0.75) == 0);
    assert_int_equal(emergence_in_stages(0.6, skill(4, 1, 1, 1), 0.25, 1), -1);
    assert_true(isnan(emergence_stage_limit(0.6, skill(4, 1, 1, 1), 0.25)));
}

/* T = (ln c x/(1 - x))/r on both sides of R(0) = S/4, near it and far from it. */
TEST(time_keeps_its_digits_near_the_start)
{
    for (double d = 1e-12; d < 0.7; d *= 2.385)
        for (int sign = -1; sign <= 1; sign += 2) {
            double x = 0.25 + sign * d * (sign > 0 ? 1 : 0.35), y = x - 0.25;
            double T = log1p(y / (0.25 * (1 - x)));
            assert_close(emergence_time(skill(4, 1, 0.125, 1), x) / T, 1, 4e-15);
        }
}

/* ---- stages */

TEST(stages_out_of_range_have_no_answer)
{
    assert_int_equal(emergence_in_stages(0, skill(5, 0.01, 1, 1), 0.05, 1), -1);
    assert_int_equal(emergence_in_stages(0.6, skill(5, 0.01, 1, 1), 0.05, 0), -1);
    assert_int_equal(emergence_in_stages(0.6, skill(5, 0.01, 1, 1), 0.5, 1), -1);
    assert_int_equal(emergence_in_stages(0.6, skill(5, 0.01, 1, 1), 0.001, 1), -1);
    assert_int_equal(emergence_in_stages(0.6, skill(5, 5, 1, 1), 0.05, 1), -1);
    assert_int_equal(emergence_in_stages(NAN, skill(5, 0.01, 1, 1), 0.05, 1), -1);
}

TEST(stage_limit_out_of_range_is_nan)
{
    assert_true(isnan(emergence_stage_limit(0, skill(5, 0.01, 1, 1), 0.05)));
    assert_true(isnan(emergence_stage_limit(0.6, skill(5, 0.01, 1, 1), 0.5)));
    assert_true(isnan(emergence_stage_limit(0.6, skill(5, 0.01, 1, 1), 0.001)));
    assert_true(isnan(emergence_stage_limit(0.6, skill(5, 6, 1, 1), 0.05)));
}

/* k_* -> (alpha + 1) ln c / (2 l) for c -> infinity, up to a relative l/ln c. */
TEST(small_start_buys_stages_logarithmically)
{
    double l = log(0.7 / 0.3), ln_c = log(5e190);
    assert_close(emergence_stage_limit(0.6, skill(5, 1e-190, 1, 1), 0.3) / (1.6 * ln_c / (2 * l)),
                 1, 2 * l / ln_c);
}

/* ---- data and parameters */

TEST(no_data_leave_the_start)
{
    assert_true(emergence_strength_data(skill(2.385, 0.0137, 1, 0.3), 0) == 0.0137);
    assert_true(emergence_strength_data(skill(2.385, 0.0137, 1, 1), 0) == 0.0137);
    assert_true(emergence_strength_data(skill(2.385, 0.0137, 1, 0), INFINITY) == 0.0137);
}

TEST(one_sample_teaches_a_certain_skill)
{
    assert_close(emergence_strength_data(skill(2.385, 0.0137, 1, 1), 1), 2.385, 1e-15);
    assert_close(emergence_strength_data(skill(2.385, 0.0137, 1, 1e-9), INFINITY), 2.385, 1e-15);
}

TEST(rare_skill_keeps_its_digits)
{
    assert_close(emergence_strength_data(skill(2.385, 0, 1, 1e-18), 3), 2.385 * 3e-18, 1e-32);
}

TEST(data_out_of_range_are_nan)
{
    assert_true(isnan(emergence_strength_data(skill(2.385, 2.385, 1, 0.3), 1)));
    assert_true(isnan(emergence_strength_data(skill(2.385, -0.1, 1, 0.3), 1)));
    assert_true(isnan(emergence_strength_data(skill(2.385, 0.1, 1, 1.3), 1)));
    assert_true(isnan(emergence_strength_data(skill(2.385, 0.1, 1, 0.3), -1)));
    assert_true(isnan(emergence_strength_data(skill(2.385, 0.1, 1, 0.3), NAN)));
    assert_true(isnan(emergence_strength_data(skill(0, 0, 1, 0.3), 1)));
}

TEST(model_has_the_skills_it_has_parameters_for)
{
    assert_true(emergence_strength_parameters(2.385, 1, 0) == 0);
    assert_true(emergence_strength_parameters(2.385, 7, 6) == 0);
    assert_true(emergence_strength_parameters(2.385, 7, 7) == 2.385);
    assert_true(emergence_strength_parameters(2.385, 7, INFINITY) == 2.385);
}

TEST(parameters_out_of_range_are_nan)
{
    assert_true(isnan(emergence_strength_parameters(2.385, 0, 3)));
    assert_true(isnan(emergence_strength_parameters(2.385, 1, -3)));
    assert_true(isnan(emergence_strength_parameters(NAN, 1, 3)));
}

/* ---- extended model */

TEST(kappa_of_two_is_the_multilinear_model)
{
    for (double T = 0; T < 60; T += 2.385)
        assert_close(emergence_extended_time(skill(2.385, 0.0137, 0.37, 0.3), 2, T),
                     emergence_strength_time(skill(2.385, 0.0137, 0.37, 0.3), T), 1e-15);
}

TEST(kappa_stretches_time)
{
    double T = emergence_time(skill(2.385, 0.0137, 0.37, 0.3), 0.07);
    assert_close(emergence_extended_time_to_reach(skill(2.385, 0.0137, 0.37, 0.3), 21.3, 0.07),
                 T * 21.3 / 2, 1e-13 * T);
    assert_close(emergence_extended_time_to_reach(skill(2.385, 0.0137, 0.37, 0.3), 0.5, 0.07),
                 T / 4, 1e-13 * T);
}

TEST(kappa_may_be_small)
{
    assert_close(emergence_extended_time(skill(2.385, 0.0137, 0.37, 0.3), 0.5, 2.385),
                 emergence_strength_time(skill(2.385, 0.0137, 0.37, 0.3), 4 * 2.385), 1e-14);
}

TEST(initial_strength_is_that_of_the_authors)
{
    assert_close(emergence_extended_initial(0.01), 2.7777777777777778e-5, 1e-19);
    assert_true(isnan(emergence_extended_initial(0))
                && isnan(emergence_extended_initial(-1)));
    assert_true(isnan(emergence_extended_initial(NAN)));
}

TEST(extended_time_out_of_range_is_nan)
{
    assert_true(isnan(emergence_extended_time(skill(2.385, 0.01, 0.37, 0.3), 0, 1)));
    assert_true(isnan(emergence_extended_time(skill(2.385, 0.01, 0.37, 0.3), -22, 1)));
    assert_true(isnan(emergence_extended_time(skill(2.385, 0.01, 0.37, 0.3), NAN, 1)));
    assert_true(isnan(emergence_extended_time(skill(2.385, 0.01, 1e-300, 0.3), 0, 1)));
    assert_true(isnan(emergence_extended_time(skill(2.385, 3, 0.37, 0.3), 22, 1)));
    assert_true(isnan(emergence_extended_time_to_reach(skill(2.385, 0.01, 0.37, 0.3), 0, 0.1)));
    assert_true(isnan(emergence_extended_time_to_reach(skill(2.385, 0.01, 0.37, 0.3), 22, 1)));
}

TEST(strength_from_the_loss_gives_the_loss)
{
    for (double D = 0; D < 3000; D += 238.5) {
        double R = emergence_extended_data(skill(2.385, 0, 1, 0.385), 797, D);
        assert_close(emergence_extended_loss(skill(2.385, 0, 1, 0.385), 797, D),
                     (2.385 - R) * (2.385 - R) / 2, 1e-15);
    }
}

/* d/D_c = 3/4 where the gap of a quarter is largest. */
TEST(correlation_exceeds_the_other_strength_by_a_quarter_at_most)
{
    double largest = 0, place = 0;
    for (int d = 0; d <= 900; d++) {
        double gap = emergence_extended_data_correlation(skill(5, 0, 1, 0.5), 800, 2 * d)
                     - emergence_extended_data(skill(5, 0, 1, 0.5), 800, 2 * d);
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
TEST(first_samples_count_half_in_the_loss)
{
    assert_close(emergence_extended_data(skill(5, 0, 1, 1e-9), 800, 1) / (5 * 1e-9 / 800 / 2), 1,
                 1e-12);
}

TEST(enough_data_saturate)
{
    assert_true(emergence_extended_data(skill(5, 0, 1, 0.5), 800, 1601) == 5);
    assert_true(emergence_extended_data_correlation(skill(5, 0, 1, 0.5), 800, INFINITY) == 5);
    assert_true(emergence_extended_loss(skill(5, 0, 1, 0.5), 800, 1e300) == 0);
}

TEST(no_data_teach_nothing)
{
    assert_true(emergence_extended_data(skill(5, 0, 1, 0.5), 800, 0) == 0);
    assert_true(emergence_extended_data_correlation(skill(5, 0, 1, 0), 800, INFINITY) == 0);
    assert_true(emergence_extended_loss(skill(5, 0, 1, 0.5), 800, 0) == 12.5);
}

TEST(data_to_reach_inverts_the_strength)
{
    for (double epsilon = 1e-7; epsilon < 1; epsilon *= 2.385) {
        double D = emergence_extended_data_to_reach(skill(1, 0, 1, 0.0137), 797, epsilon);
        assert_close(emergence_extended_data(skill(1, 0, 1, 0.0137), 797, D) / epsilon, 1,
                     1e-14 / (1 - epsilon));
        D = emergence_extended_data_to_reach_correlation(skill(1, 0, 1, 0.0137), 797, epsilon);
        assert_close(emergence_extended_data_correlation(skill(1, 0, 1, 0.0137), 797, D)
                         / epsilon, 1, 1e-15);
    }
}

TEST(absent_skill_is_reached_with_infinite_data)
{
    assert_true(emergence_extended_data_to_reach(skill(1, 0, 1, 0), 800, 0.5) == INFINITY);
    assert_true(emergence_extended_data_to_reach_correlation(skill(1, 0, 1, 0), 800, 0.5)
                == INFINITY);
}

TEST(extended_data_out_of_range_are_nan)
{
    assert_true(isnan(emergence_extended_data(skill(5, 0, 1, 0.5), 0, 1)));
    assert_true(isnan(emergence_extended_data(skill(5, 0, 1, 0.5), -800, 1)));
    assert_true(isnan(emergence_extended_data(skill(5, 0, 1, 1.5), 800, 1)));
    assert_true(isnan(emergence_extended_data(skill(5, 0, 1, 0.5), 800, -1)));
    assert_true(isnan(emergence_extended_data(skill(-5, 0, 1, 0.5), 800, 1)));
    assert_true(isnan(emergence_extended_data_correlation(skill(5, 0, 1, NAN), 800, 1)));
    assert_true(isnan(emergence_extended_loss(skill(5, 0, 1, 0.5), 800, NAN)));
    assert_true(isnan(emergence_extended_data_to_reach(skill(1, 0, 1, 0.5), 800, 1)));
    assert_true(isnan(emergence_extended_data_to_reach(skill(1, 0, 1, 0.5), 0, 0.5)));
    assert_true(isnan(emergence_extended_data_to_reach_correlation(skill(1, 0, 1, -1), 800, 0.5)));
}

/* N_c = 4: unit 11 is the third of skill 3. */
TEST(units_fill_skills_in_order)
{
    static const double share[] = {1, 1, 0.75, 0, 0};
    for (int k = 1; k <= 5; k++)
        assert_close(emergence_extended_parameters(5, k, 4, 11), 5 * share[k - 1], 1e-15);
}

TEST(no_unit_is_lost_or_gained)
{
    for (double N = 0; N < 30; N += 2.385) {
        double sum = 0;
        for (int k = 1; k <= 40; k++)
            sum += emergence_extended_parameters(1, k, 3.7, N);
        assert_close(sum * 3.7, N, 1e-13);
    }
}

TEST(extended_parameters_out_of_range_are_nan)
{
    assert_true(isnan(emergence_extended_parameters(5, 0, 4, 1)));
    assert_true(isnan(emergence_extended_parameters(5, 1, 0, 1)));
    assert_true(isnan(emergence_extended_parameters(5, 1, 4, -1)));
    assert_true(isnan(emergence_extended_parameters(5, 1, INFINITY, 1)));
    assert_true(isnan(emergence_extended_parameters(0, 1, 4, 1)));
}

TEST(fractions_at_the_ends_of_their_range_are_refused)
{
    assert_true(isnan(emergence_extended_data_to_reach(skill(1, 0, 1, 0.5), 800, 0)));
    assert_true(isnan(emergence_extended_data_to_reach_correlation(skill(1, 0, 1, 0.5), 800, 0)));
    assert_true(isnan(emergence_extended_data_to_reach_correlation(skill(1, 0, 1, 0.5), 800, 1)));
    assert_true(isnan(emergence_extended_data_to_reach(skill(1, 0, 1, above(1)), 800, 0.5)));
    assert_true(isnan(emergence_extended_data(skill(5, 0, 1, above(1)), 800, 1)));
    assert_true(isnan(emergence_strength_data(skill(5, 0.1, 1, above(1)), 1)));
    assert_true(isnan(emergence_extended_time_to_reach(skill(2.385, 0.01, 0.37, 0.3), 22, 0)));
}

TEST(certain_skill_is_reached_with_its_share)
{
    assert_close(emergence_extended_data_to_reach(skill(1, 0, 1, 1), 800, 0.5), 600, 1e-12);
    assert_close(emergence_extended_data_to_reach_correlation(skill(1, 0, 1, 1), 800, 0.5), 400,
                 1e-12);
    assert_close(emergence_extended_data(skill(5, 0, 1, 1), 800, 600), 2.5, 1e-14);
    assert_close(emergence_extended_data_correlation(skill(5, 0, 1, 1), 800, 600), 3.75, 1e-14);
}

TEST(no_unit_teaches_nothing)
{
    assert_true(emergence_extended_parameters(5, 1, 4, 0) == 0);
    assert_true(emergence_extended_parameters(5, 1, 4, 4) == 5);
    assert_true(emergence_extended_parameters(5, 1, 0.5, 0.25) == 2.5);
    assert_true(isnan(emergence_extended_parameters(5, 1, 4, NAN)));
}

TEST(every_audit_passes)
{
    assert_audits_pass(emergence_entries);
}

int main(void)
{
    return run_cases("emergence");
}
