/* Tests of the module "statistics": crossings, intervals and verdicts.

   Statistics use fixed seeds, so they pass or fail for ever; their limits are such that a
   correct program would have had at most the stated chance of failing when they were set. */
#include <gsl/gsl_cdf.h>

#include "common.h"
#include "statistics.h"

/* ---- crossings */

TEST(crossing_is_interpolated)
{
    const double T[] = {0, 50, 100, 200}, R[] = {0, 0.1, 0.3, 0.7};
    assert_close(statistics_crossing(4, T, R, 0.5), 150, 1e-12);
    assert_close(statistics_crossing(4, T, R, 0.15), 62.5, 1e-12);
}

TEST(crossing_at_a_point_is_that_point)
{
    const double T[] = {0, 50, 100}, R[] = {0, 0.5, 0.75};
    assert_true(statistics_crossing(3, T, R, 0.5) == 50);
}

TEST(crossing_at_the_last_point_counts)
{
    const double T[] = {0, 50, 100}, R[] = {0, 0.25, 0.5};
    assert_true(statistics_crossing(3, T, R, 0.5) == 100);
}

TEST(level_passed_at_the_start_is_crossed_there)
{
    const double T[] = {7, 50}, R[] = {0.6, 0.1};
    assert_true(statistics_crossing(2, T, R, 0.5) == 7);
    assert_true(statistics_crossing(2, T, R, 0.6) == 7);
}

TEST(level_never_reached_is_nan)
{
    const double T[] = {0, 50, 100}, R[] = {0, 0.49, 0.4999};
    assert_true(isnan(statistics_crossing(3, T, R, 0.5)));
}

TEST(single_point_below_the_level_is_nan)
{
    const double T[] = {0}, R[] = {0.1};
    assert_true(isnan(statistics_crossing(1, T, R, 0.5)));
}

TEST(first_of_several_crossings_counts)
{
    const double T[] = {0, 10, 20, 30, 40}, R[] = {0, 1, 0, 0, 1};
    assert_close(statistics_crossing(5, T, R, 0.5), 5, 1e-12);
}

TEST(level_may_be_negative)
{
    const double T[] = {0, 10}, R[] = {-1, 0};
    assert_close(statistics_crossing(2, T, R, -0.25), 7.5, 1e-12);
}

TEST(diverged_end_is_never_crossed)
{
    const double T[] = {0, 10, 20}, R[] = {0, 0.4, NAN};
    assert_true(isnan(statistics_crossing(3, T, R, 0.5)));
}

TEST(crossing_before_a_divergence_counts)
{
    const double T[] = {0, 10, 20}, R[] = {0, 1, NAN};
    assert_close(statistics_crossing(3, T, R, 0.5), 5, 1e-12);
}

/* Linear interpolation of a logistic measured every h steps: the error falls as h^2. */
TEST(interpolation_converges_in_second_order)
{
    double error[2];
    for (int i = 0; i < 2; i++) {
        double T[2000], R[2000], h = i ? 1 : 10;
        for (int j = 0; j < 2000; j++) {
            T[j] = h * j;
            R[j] = 1 / (1 + exp(-(T[j] - 997) / 40));
        }
        error[i] = fabs(statistics_crossing(2000, T, R, 0.3) - (997 + 40 * log(3. / 7)));
    }
    assert_true(error[0] < 0.2);
    assert_true(error[1] < error[0] / 20);
}

/* ---- spreads */

static struct spread condensed(int count, const double *value)
{
    struct spread spread;
    struct stream stream = stream_open(2385, 3, PURPOSE_BOOTSTRAP);
    assert_int_equal(statistics_condense(count, value, 1000, &stream, &spread), STATUS_OK);
    return spread;
}

TEST(mean_and_sd_of_known_values)
{
    struct spread spread = condensed(4, (const double[]){2, 4, 4, 10});
    assert_int_equal(spread.count, 4);
    assert_close(spread.mean, 5, 1e-15);
    assert_close(spread.sd, sqrt(12), 1e-14); /* (9 + 1 + 1 + 25) / 3 */
}

/* Values near 10^9 with a spread of 1: sums of squares would lose it. */
TEST(large_mean_keeps_a_small_sd)
{
    struct spread spread = condensed(3, (const double[]){1e9 - 1, 1e9, 1e9 + 1});
    assert_close(spread.mean, 1e9, 1e-6);
    assert_close(spread.sd, 1, 1e-12);
}

TEST(no_value_has_no_mean)
{
    struct spread spread = condensed(0, NULL);
    assert_int_equal(spread.count, 0);
    assert_true(isnan(spread.mean) && isnan(spread.sd));
    assert_true(isnan(spread.low) && isnan(spread.high));
}

TEST(nothing_but_nan_is_no_value)
{
    struct spread spread = condensed(9, (const double[]){NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN,
                                                         NAN});
    assert_int_equal(spread.count, 0);
    assert_true(isnan(spread.mean) && isnan(spread.low));
}

TEST(one_value_has_no_sd)
{
    struct spread spread = condensed(1, (const double[]){2.385});
    assert_int_equal(spread.count, 1);
    assert_true(spread.mean == 2.385);
    assert_true(isnan(spread.sd) && isnan(spread.low) && isnan(spread.high));
}

TEST(nan_is_left_out)
{
    struct spread with = condensed(6, (const double[]){NAN, 2, 4, NAN, 9, NAN});
    struct spread without = condensed(3, (const double[]){2, 4, 9});
    assert_int_equal(with.count, 3);
    assert_true(with.mean == without.mean && with.sd == without.sd);
}

static const double nine[] = {3, 1, 4, 1, 5, 9, 2, 6, NAN};

TEST(seven_values_have_no_interval)
{
    struct spread spread = condensed(7, nine);
    assert_int_equal(spread.count, 7);
    assert_true(isnan(spread.low) && isnan(spread.high));
}

TEST(eight_values_have_an_interval)
{
    struct spread spread = condensed(8, nine);
    assert_true(spread.low < spread.mean && spread.mean < spread.high);
}

TEST(seven_values_and_a_nan_have_no_interval)
{
    struct spread spread = condensed(8, nine + 1);
    assert_int_equal(spread.count, 7);
    assert_true(isnan(spread.low) && isnan(spread.high));
}

TEST(equal_values_have_an_interval_of_no_width)
{
    struct spread spread = condensed(8, (const double[]){7, 7, 7, 7, 7, 7, 7, 7});
    assert_true(spread.low == 7 && spread.high == 7 && spread.sd == 0);
}

TEST(same_stream_gives_the_same_interval)
{
    struct spread one = condensed(8, nine), two = condensed(8, nine);
    assert_true(one.low == two.low && one.high == two.high);
}

/* Resampled means of seven zeros and an eight are binomial, B(8, 1/8): P(0) = 0.34,
   P(X <= 2) = 0.933, P(X <= 3) = 0.989.  The 2.5 % quantile is 0 and the 97.5 % quantile is 3;
   at 10000 resamples either could miss only by chance of less than 10^-15. */
TEST(bootstrap_of_a_binomial_has_its_exact_quantiles)
{
    const double value[] = {0, 0, 0, 8, 0, 0, 0, 0};
    struct stream stream = stream_open(2385, 4, PURPOSE_BOOTSTRAP);
    struct spread spread;
    assert_int_equal(statistics_condense(8, value, 10000, &stream, &spread), STATUS_OK);
    assert_true(spread.low == 0);
    assert_true(spread.high == 3);
}

/* How often the interval of the mean of n normal deviates holds the true mean, of 2000. */
static int count_covering(int n, uint64_t identity)
{
    struct stream draws = stream_open(2385, identity, PURPOSE_TEST);
    struct stream stream = stream_open(2385, identity, PURPOSE_BOOTSTRAP);
    int covering = 0;
    for (int i = 0; i < 2000; i++) {
        double value[64];
        struct spread spread;
        for (int j = 0; j < n; j++)
            value[j] = 1049 + 71 * stream_normal(&draws);
        statistics_condense(n, value, 400, &stream, &spread);
        covering += spread.low <= 1049 && 1049 <= spread.high;
    }
    return covering;
}

/* For large n the percentile interval is mean -+ 1.96 s sqrt((n-1)/n) / sqrt(n), which covers
   with the probability that |t| of n - 1 degrees of freedom is below 1.96 sqrt((n-1)/n):
   0.941 for n = 50, 0.929 for n = 20.  Finite resamples and higher orders change it by less
   than 0.01; the limits are that and 4.5 standard errors, which one in 10^5 would miss. */
static void check_coverage(int n, uint64_t identity)
{
    double p = 1 - 2 * gsl_cdf_tdist_Q(1.959964 * sqrt((n - 1.) / n), n - 1);
    double error = sqrt(p * (1 - p) / 2000);
    assert_close(count_covering(n, identity) / 2000., p, 0.01 + 4.5 * error);
}

TEST(interval_of_20_covers_as_often_as_theory_says)
{
    check_coverage(20, 5);
}

TEST(interval_of_50_covers_as_often_as_theory_says)
{
    check_coverage(50, 6);
}

/* Equal tails: as many intervals lie above the true mean as below.  Of about 140 misses the
   difference has a standard deviation of 12; 54 would be missed once in 10^5. */
TEST(interval_misses_evenly_on_both_sides)
{
    struct stream draws = stream_open(2385, 7, PURPOSE_TEST);
    struct stream stream = stream_open(2385, 7, PURPOSE_BOOTSTRAP);
    int above = 0, below = 0;
    for (int i = 0; i < 2000; i++) {
        double value[20];
        struct spread spread;
        for (int j = 0; j < 20; j++)
            value[j] = stream_normal(&draws);
        statistics_condense(20, value, 400, &stream, &spread);
        above += spread.low > 0;
        below += spread.high < 0;
    }
    assert_true(above + below > 60);
    assert_in_range(above - below + 54, 0, 108);
}

/* ---- distance */

static struct spread spread_of(int count, double mean, double sd)
{
    return (struct spread){count, mean, sd, NAN, NAN};
}

/* |10 - 4| / sqrt(9/9 + 16/2) = 2. */
TEST(distance_of_known_sets)
{
    struct spread one = spread_of(9, 10, 3), two = spread_of(2, 4, 4);
    assert_close(statistics_distance(&one, &two), 2, 1e-15);
}

TEST(distance_is_symmetric)
{
    struct spread one = spread_of(9, 10, 3), two = spread_of(5, 4, 4);
    assert_true(statistics_distance(&one, &two) == statistics_distance(&two, &one));
}

TEST(distance_to_a_single_value_is_nan)
{
    struct spread one = spread_of(9, 10, 3), two = spread_of(1, 4, NAN);
    assert_true(isnan(statistics_distance(&one, &two)));
}

TEST(distance_to_no_value_is_nan)
{
    struct spread one = spread_of(9, 10, 3), two = spread_of(0, NAN, NAN);
    assert_true(isnan(statistics_distance(&one, &two)));
}

TEST(distance_to_a_certain_value)
{
    struct spread one = spread_of(4, 10, 3), two = spread_of(8, 7, 0);
    assert_close(statistics_distance(&one, &two), 2, 1e-15);
}

/* ---- verdicts */

static const char *verdict(double theirs, double mean, double low, double high)
{
    return statistics_verdict(theirs, &(struct spread){8, mean, 1, low, high});
}

TEST(value_inside_the_interval_is_reproduced)
{
    assert_string_equal(verdict(22, 30, 20, 40), "reproduced");
}

TEST(value_at_an_end_of_the_interval_is_reproduced)
{
    assert_string_equal(verdict(22, 40, 22, 60), "reproduced");
    assert_string_equal(verdict(22, 10, 0, 22), "reproduced");
}

TEST(value_within_ten_per_cent_is_reproduced)
{
    assert_string_equal(verdict(100, 109.9, 109, 111), "reproduced");
    assert_string_equal(verdict(100, 90.1, 89, 91), "reproduced");
}

TEST(value_beyond_ten_per_cent_is_partly_reproduced)
{
    assert_string_equal(verdict(100, 110.1, 109, 111), "partly reproduced");
    assert_string_equal(verdict(100, 89.9, 89, 91), "partly reproduced");
}

TEST(value_within_thirty_per_cent_is_partly_reproduced)
{
    assert_string_equal(verdict(100, 129.9, 129, 131), "partly reproduced");
    assert_string_equal(verdict(100, 70.1, 69, 71), "partly reproduced");
}

TEST(value_beyond_thirty_per_cent_is_not_reproduced)
{
    assert_string_equal(verdict(100, 130.1, 129, 131), "not reproduced");
    assert_string_equal(verdict(100, 69.9, 69, 71), "not reproduced");
}

/* Per cent of the authors' value: 30 below 100 is 30 %, 100 below 130 would be 23 %. */
TEST(difference_is_relative_to_the_authors)
{
    assert_string_equal(verdict(100, 131, 130.5, 132), "not reproduced");
    assert_string_equal(verdict(131, 100, 99, 101), "partly reproduced");
}

TEST(negative_value_is_judged_like_a_positive_one)
{
    assert_string_equal(verdict(-0.375, -0.39, -0.4, -0.38), "reproduced");
    assert_string_equal(verdict(-0.375, 0.375, 0.37, 0.38), "not reproduced");
}

TEST(too_few_repeats_give_no_verdict)
{
    struct spread spread = condensed(7, nine);
    assert_string_equal(statistics_verdict(spread.mean, &spread), "too few repeats");
}

int main(void)
{
    return run_cases("statistics");
}
