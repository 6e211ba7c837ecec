/* Tests of the module "statistics": crossings, intervals and verdicts.

   Statistics use fixed seeds, so they pass or fail for ever; their limits are such that a
   correct program would have had at most the stated chance of failing when they were set. */
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_statistics_double.h>

#include "common.h"
#include "statistics.h"
#include "stream.h"

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
    return statistics_condense(count, value, NULL);
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

/* Summaries of runs are made of these, and must not change by a bit. */
TEST(mean_and_sd_have_the_bits_of_gsl)
{
    struct stream draws = stream_open(2385, 76, PURPOSE_TEST);
    for (int n = 2; n < 60; n++) {
        double value[60];
        for (int i = 0; i < n; i++)
            value[i] = 0.385 + stream_normal(&draws);
        struct spread spread = condensed(n, value);
        assert_true(spread.mean == gsl_stats_mean(value, 1, (size_t)n));
        assert_true(spread.sd == gsl_stats_sd(value, 1, (size_t)n));
    }
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

/* Mean 4.625, s = 2.669, t_7 = 2.3646 from printed tables. */
TEST(interval_is_that_of_student)
{
    const double value[] = {3, 1, 4, 8, 5, 9, 2, 5};
    struct spread spread = condensed(8, value);
    double square = 0;
    for (int i = 0; i < 8; i++)
        square += (value[i] - 4.625) * (value[i] - 4.625);
    double reach = 2.364624 * sqrt(square / 7 / 8);
    assert_close(spread.low, 4.625 - reach, 1e-5);
    assert_close(spread.high, 4.625 + reach, 1e-5);
}

TEST(logarithms_are_condensed_about_the_geometric_mean)
{
    const double value[] = {1, 2, 4, 8, 16, 32, 64, 128};
    double logarithm[8];
    for (int i = 0; i < 8; i++)
        logarithm[i] = log(value[i]);
    struct spread spread = statistics_condense_logs(8, value, NULL);
    struct spread plain = condensed(8, logarithm);
    assert_close(spread.mean, pow(2, 3.5), 1e-12);
    assert_ratio(spread.low, exp(plain.low), 1e-12);
    assert_ratio(spread.high, exp(plain.high), 1e-12);
}

/* How often an interval of n values holds the truth, of so many trials. */
static double covering(int n, int trials, bool of_logarithms, uint64_t identity)
{
    struct stream draws = stream_open(2385, identity, PURPOSE_TEST);
    int count = 0;
    for (int i = 0; i < trials; i++) {
        double value[64];
        for (int j = 0; j < n; j++) {
            double x = 0.2 * stream_normal(&draws);
            value[j] = of_logarithms ? 1049 * exp(x) : 1049 * (1 + x);
        }
        struct spread spread = of_logarithms ? statistics_condense_logs(n, value, NULL)
                                             : condensed(n, value);
        count += statistics_contains(1049, &spread);
    }
    return (double)count / trials;
}

/* Student's interval covers 0.95 of normal deviates; of 4000 trials that has a standard error of
   0.0034, and 0.015 is missed once in 10^5. */
TEST(means_are_covered_at_every_number_of_repeats)
{
    static const int n[] = {8, 10, 16, 50};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 2; j++)
            assert_close(covering(n[i], 4000, j, (uint64_t)(10 * i + j)), 0.95, 0.015);
}

/* ---- what never happened */

static const double late[] = {3, 1, 4, 1, 5, 9, 9, 9};
static const int beyond[] = {0, 0, 0, 0, 0, 1, 1, 1};

TEST(value_beyond_the_end_opens_the_interval)
{
    struct spread open = statistics_condense(8, late, beyond), closed = condensed(8, late);
    assert_true(open.mean == closed.mean && open.low == closed.low);
    assert_true(open.high == INFINITY);
    open = statistics_condense_logs(8, late, beyond);
    assert_true(open.high == INFINITY && open.low > 0 && open.low < open.mean);
}

TEST(value_before_the_start_opens_the_other_end)
{
    const int before[] = {-1, 0, 0, 0, 0, 0, 0, 0};
    struct spread open = statistics_condense_logs(8, late, before);
    assert_true(open.low == 0 && isfinite(open.high));
    assert_true(statistics_condense(8, late, before).low == -INFINITY);
}

TEST(bound_of_zero_says_nothing_but_counts)
{
    const double value[] = {3, 1, 4, 1, 5, 9, 2, 6, 0};
    const int last[] = {0, 0, 0, 0, 0, 0, 0, 0, 1};
    struct spread open = statistics_condense_logs(9, value, last);
    struct spread closed = statistics_condense_logs(8, value, NULL);
    assert_true(open.mean == closed.mean && open.high == INFINITY);
}

/* A run is cut at c: the lower end stays below the true mean 19 times out of 20 and more. */
TEST(lower_end_survives_the_cut)
{
    struct stream draws = stream_open(2385, 77, PURPOSE_TEST);
    int good = 0;
    for (int i = 0; i < 2000; i++) {
        double value[10];
        int cut[10];
        for (int j = 0; j < 10; j++) {
            value[j] = 10 + 2 * stream_normal(&draws);
            cut[j] = value[j] > 11;
            value[j] = fmin(value[j], 11);
        }
        good += statistics_condense(10, value, cut).low <= 10;
    }
    assert_true(good >= 0.975 * 2000 - 4 * sqrt(2000 * 0.025 * 0.975));
}

/* ---- shares: printed values, and the exact sum over the binomial */

TEST(shares_have_the_limits_of_clopper_and_pearson)
{
    struct spread all = statistics_share(10, 10), none = statistics_share(0, 10);
    struct spread most = statistics_share(8, 10);
    assert_close(all.low, pow(0.025, 0.1), 1e-9);
    assert_true(all.high == 1 && none.low == 0 && all.mean == 1 && none.mean == 0);
    assert_close(none.high, 1 - pow(0.025, 0.1), 1e-9);
    assert_close(most.low, 0.4439045, 1e-6);
    assert_close(most.high, 0.9747893, 1e-6);
    assert_int_equal(most.count, 10);
}

TEST(shares_are_covered_at_every_number_of_repeats)
{
    static const int n[] = {1, 8, 10, 16, 50};
    for (int i = 0; i < 5; i++)
        for (double p = 0.005; p < 1; p += 0.005) {
            double covered = 0;
            for (int k = 0; k <= n[i]; k++) {
                struct spread share = statistics_share(k, n[i]);
                if (statistics_contains(p, &share))
                    covered += exp(lgamma(n[i] + 1) - lgamma(k + 1) - lgamma(n[i] - k + 1)
                                   + k * log(p) + (n[i] - k) * log(1 - p));
            }
            assert_true(covered >= 0.95 - 1e-9);
        }
}

TEST(thirty_six_of_thirty_six_reproduce_a_certainty)
{
    struct spread few = statistics_share(35, 35), enough = statistics_share(36, 36);
    assert_string_equal(statistics_verdict(1, &few), "partly reproduced");
    assert_string_equal(statistics_verdict(1, &enough), "reproduced");
}

/* ---- quotients */

TEST(quotient_adds_the_squares_of_the_logarithms)
{
    struct spread over = {12, 20, 2, 10, 40}, under = {9, 5, 1, 4, 10};
    struct spread ratio = statistics_quotient(&over, &under);
    assert_close(ratio.mean, 4, 1e-15);
    assert_int_equal(ratio.count, 9);
    assert_ratio(ratio.low, 4 * exp(-log(2) * sqrt(2)), 1e-12);
    assert_ratio(ratio.high, 4 * exp(hypot(log(2), log(1.25))), 1e-12);
}

TEST(quotient_by_what_is_exact_is_the_interval_itself)
{
    struct spread over = {12, 20, 2, 10, 40}, under = statistics_exactly(5);
    struct spread ratio = statistics_quotient(&over, &under);
    assert_int_equal(ratio.count, 12);
    assert_ratio(ratio.low, 2, 1e-14);
    assert_ratio(ratio.high, 8, 1e-14);
    ratio = statistics_quotient(&under, &over);
    assert_int_equal(ratio.count, 12);
    assert_ratio(ratio.low, 0.125, 1e-14);
    over = statistics_exactly(20);
    ratio = statistics_quotient(&over, &under);
    assert_true(ratio.count == 0 && ratio.low == 4 && ratio.high == 4);
}

/* ---- sums */

/* Welch's degrees of freedom by hand: e^2 = 0.5, 2 and nu = 2.5^2 / (0.25/7 + 4/9). */
TEST(sum_of_means_has_the_interval_of_welch)
{
    struct spread part[] = {{8, 3, 2, 0, 6}, {10, -1, sqrt(20), -5, 3}};
    struct spread sum = statistics_sum(2, part);
    double freedom = 6.25 / (0.25 / 7 + 4. / 9);
    assert_int_equal(sum.count, 8);
    assert_close(sum.mean, 2, 1e-14);
    assert_close(sum.sd, sqrt(24), 1e-14);
    assert_close(sum.high - sum.mean, gsl_cdf_tdist_Qinv(0.025, freedom) * sqrt(2.5), 1e-12);
    assert_close(sum.mean - sum.low, sum.high - sum.mean, 1e-14);
}

TEST(sum_of_one_mean_is_that_mean)
{
    double value[9];
    for (int i = 0; i < 9; i++)
        value[i] = i * i;
    struct spread one = statistics_condense(9, value, NULL), sum = statistics_sum(1, &one);
    assert_close(sum.low, one.low, 1e-12);
    assert_close(sum.high, one.high, 1e-12);
}

TEST(sum_has_no_interval_below_eight_repeats_and_open_ends_where_a_part_has)
{
    struct spread part[] = {{8, 3, 2, 0, INFINITY}, {7, 1, 1, NAN, NAN}};
    assert_true(isnan(statistics_sum(2, part).low));
    part[1] = (struct spread){9, 1, 1, -INFINITY, 2};
    struct spread sum = statistics_sum(2, part);
    assert_true(sum.high == INFINITY && sum.low == -INFINITY);
    part[1].low = 0;
    assert_true(isfinite(statistics_sum(2, part).low));
}

TEST(open_ends_stay_open_in_a_quotient)
{
    struct spread over = {12, 20, 2, 10, INFINITY}, under = {9, 5, 1, 4, 10};
    assert_true(statistics_quotient(&over, &under).high == INFINITY);
    assert_true(statistics_quotient(&under, &over).low == 0);
    over.low = over.high = NAN;
    assert_true(isnan(statistics_quotient(&over, &under).low));
}

/* Two samples of n lognormal values: coverage between 0.93 and 0.97, with a standard error of
   0.0034 at 4000 trials. */
TEST(quotients_are_covered_at_every_number_of_repeats)
{
    static const int n[] = {8, 10, 16, 50};
    struct stream draws = stream_open(2385, 78, PURPOSE_TEST);
    for (int i = 0; i < 4; i++) {
        int count = 0;
        for (int trial = 0; trial < 4000; trial++) {
            double one[50], two[50];
            for (int j = 0; j < n[i]; j++) {
                one[j] = 3 * exp(0.1 * stream_normal(&draws));
                two[j] = 7 * exp(0.06 * stream_normal(&draws));
            }
            struct spread over = statistics_condense_logs(n[i], one, NULL);
            struct spread under = statistics_condense_logs(n[i], two, NULL);
            struct spread ratio = statistics_quotient(&over, &under);
            count += statistics_contains(3. / 7, &ratio);
        }
        assert_in_range(count, 4000 * 0.93, 4000 * 0.97);
    }
}

/* ---- the worst of several */

static struct spread ratio_of(double low, double mean, double high)
{
    return (struct spread){10, mean, 0.1, low, high};
}

TEST(worst_of_one_is_that_one)
{
    struct spread one = ratio_of(1.1, 1.2, 1.25), worst = statistics_worst(1, &one);
    assert_close(worst.mean, 1.2, 1e-15);
    assert_close(worst.low, 1.1, 1e-12);
    assert_close(worst.high, 1.25, 1e-12);
    one = ratio_of(0.6, 0.8, 0.95);
    worst = statistics_worst(1, &one);
    assert_close(worst.low, 0.6, 1e-12);
    assert_close(worst.high, 0.95, 1e-12);
}

/* Of exact ratios the interval is the distance of the farthest. */
TEST(worst_of_exact_ratios_is_exact)
{
    struct spread ratio[] = {statistics_exactly(1.05), statistics_exactly(0.9),
                             statistics_exactly(1.02)};
    struct spread worst = statistics_worst(3, ratio);
    assert_int_equal(worst.count, 0);
    assert_close(worst.low, 0.9, 1e-15);
    assert_close(worst.high, 0.9, 1e-15);
    assert_string_equal(statistics_verdict(1, &worst), "reproduced");
}

TEST(one_skill_that_is_certainly_off_decides)
{
    struct spread ratio[] = {ratio_of(0.95, 1, 1.05), ratio_of(1.5, 1.6, 1.7)};
    struct spread worst = statistics_worst(2, ratio);
    assert_string_equal(statistics_verdict(1, &worst), "not reproduced");
    ratio[0] = ratio_of(0.2, 0.9, 3);
    worst = statistics_worst(2, ratio);
    assert_string_equal(statistics_verdict(1, &worst), "not reproduced");
}

TEST(skill_that_is_missing_leaves_it_open)
{
    struct spread ratio[] = {ratio_of(0.99, 1, 1.01), statistics_nothing};
    struct spread worst = statistics_worst(2, ratio);
    assert_string_equal(statistics_verdict(1, &worst), "inconclusive");
    assert_int_equal(worst.count, 10);
    ratio[1] = (struct spread){10, 0.8, 0, 0.8, INFINITY};
    worst = statistics_worst(2, ratio);
    assert_string_equal(statistics_verdict(1, &worst), "inconclusive");
    ratio[1] = (struct spread){10, 1.4, 0, 1.4, INFINITY};
    worst = statistics_worst(2, ratio);
    assert_string_equal(statistics_verdict(1, &worst), "not reproduced");
    ratio[1] = (struct spread){7, 1, 0.1, NAN, NAN};
    worst = statistics_worst(2, ratio);
    assert_string_equal(statistics_verdict(1, &worst), "too few repeats");
}

/* Five skills with the true ratios 1, 1.1, 0.9, 1.25 and 0.8, nine repeats each: the interval of
   the worst holds 1.25's distance of 0.25 in at least 95 % of 1000 trials, less 4.5 standard
   errors. */
TEST(worst_distance_is_covered)
{
    static const double truth[] = {1, 1.1, 0.9, 1.25, 0.8};
    struct stream draws = stream_open(2385, 79, PURPOSE_TEST);
    int count = 0;
    for (int trial = 0; trial < 1000; trial++) {
        struct spread ratio[5];
        for (int k = 0; k < 5; k++) {
            double value[9];
            for (int r = 0; r < 9; r++)
                value[r] = truth[k] * exp(0.15 * stream_normal(&draws));
            ratio[k] = statistics_condense_logs(9, value, NULL);
        }
        struct spread worst = statistics_worst(5, ratio);
        double near = fmax(0, fmax(worst.low - 1, 1 - worst.high));
        count += near <= 0.25 && 0.25 <= fmax(worst.high - 1, 1 - worst.low);
    }
    assert_true(count >= 919);
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

/* The difference that is refused nine times out of ten, by simulation with known errors. */
TEST(detectable_difference_is_refused_nine_times_out_of_ten)
{
    struct stream draws = stream_open(2385, 80, PURPOSE_TEST);
    struct spread one = spread_of(9, 10, 3), two = spread_of(16, 0, 8);
    double difference = statistics_detectable(&one, &two);
    int refused = 0;
    for (int i = 0; i < 4000; i++) {
        two.mean = 10 - difference + 2 * stream_normal(&draws);
        one.mean = 10 + stream_normal(&draws);
        refused += statistics_distance(&one, &two) >= 3;
    }
    assert_close(refused / 4000., 0.9, 4.5 * sqrt(0.09 / 4000));
}

/* ---- verdicts */

static const char *verdict(double theirs, double low, double high)
{
    return statistics_verdict(theirs, &(struct spread){8, (low + high) / 2, 1, low, high});
}

TEST(interval_within_ten_per_cent_reproduces)
{
    assert_string_equal(verdict(100, 90, 110), "reproduced");
    assert_string_equal(verdict(100, 104, 105), "reproduced");
}

/* The value itself inside a wide interval used to be "reproduced". */
TEST(wide_interval_about_the_value_is_inconclusive)
{
    assert_string_equal(verdict(22, 10, 40), "inconclusive");
    assert_string_equal(verdict(100, 69, 110), "inconclusive");
    assert_string_equal(verdict(100, 100, INFINITY), "inconclusive");
}

TEST(interval_within_thirty_per_cent_reproduces_in_part)
{
    assert_string_equal(verdict(100, 89, 110), "partly reproduced");
    assert_string_equal(verdict(100, 70, 130), "partly reproduced");
    assert_string_equal(verdict(100, 120, 121), "partly reproduced");
}

TEST(interval_wholly_outside_is_not_reproduced)
{
    assert_string_equal(verdict(100, 130.1, 500), "not reproduced");
    assert_string_equal(verdict(100, 130.1, INFINITY), "not reproduced");
    assert_string_equal(verdict(100, 10, 69.9), "not reproduced");
    assert_string_equal(verdict(100, 129, 500), "inconclusive");
}

TEST(difference_is_relative_to_the_authors)
{
    assert_string_equal(verdict(100, 130.5, 132), "not reproduced");
    assert_string_equal(verdict(131, 99, 101), "partly reproduced");
}

TEST(negative_value_is_judged_like_a_positive_one)
{
    assert_string_equal(verdict(-0.375, -0.4, -0.38), "reproduced");
    assert_string_equal(verdict(-0.375, -0.47, -0.38), "partly reproduced");
    assert_string_equal(verdict(-0.375, 0.37, 0.38), "not reproduced");
}

TEST(too_few_repeats_give_no_verdict)
{
    struct spread spread = condensed(7, nine), share = statistics_share(7, 7);
    assert_string_equal(statistics_verdict(spread.mean, &spread), "too few repeats");
    assert_string_equal(statistics_verdict(0.9, &share), "too few repeats");
    assert_string_equal(statistics_verdict(1, &statistics_nothing), "too few repeats");
}

TEST(interval_that_is_withheld_decides_nothing)
{
    assert_string_equal(verdict(1, NAN, NAN), "inconclusive");
}

TEST(computed_number_has_itself_for_an_interval)
{
    struct spread exact = statistics_exactly(1.09);
    assert_string_equal(statistics_verdict(1, &exact), "reproduced");
    exact = statistics_exactly(0.75);
    assert_string_equal(statistics_verdict(1, &exact), "partly reproduced");
    exact = statistics_exactly(1.4);
    assert_string_equal(statistics_verdict(1, &exact), "not reproduced");
}

TEST(computed_number_may_round_to_the_digits_that_are_printed)
{
    assert_string_equal(statistics_verdict_printed("4", 4.49), "reproduced");
    assert_string_equal(statistics_verdict_printed("4", 4.51), "partly reproduced");
    assert_string_equal(statistics_verdict_printed("4.0", 4.49), "partly reproduced");
    assert_string_equal(statistics_verdict_printed("0.70", 0.7049), "reproduced");
    assert_string_equal(statistics_verdict_printed("-0.2", -0.249), "reproduced");
    assert_string_equal(statistics_verdict_printed("-0.2", 0.2), "not reproduced");
}

/* ---- more noise, fewer skills: never better */

static int rank(const char *verdict)
{
    return !strcmp(verdict, "reproduced") ? 2 : !strcmp(verdict, "partly reproduced");
}

static int rank_of_worst(int count, const struct spread *ratio)
{
    struct spread worst = statistics_worst(count, ratio);
    return rank(statistics_verdict(1, &worst));
}

TEST(noise_and_missing_skills_never_improve_a_verdict)
{
    struct stream draws = stream_open(2385, 81, PURPOSE_TEST);
    int seen[3] = {0};
    for (int trial = 0; trial < 3000; trial++) {
        struct spread ratio[5], one;
        double size = trial % 3 == 0 ? 0.01 : 0.1;
        for (int k = 0; k < 5; k++) {
            double mean = exp(size * stream_normal(&draws)), reach = size * stream_uniform(&draws);
            ratio[k] = ratio_of(mean * exp(-reach), mean, mean * exp(reach));
        }
        int whole = rank_of_worst(5, ratio), k = (int)stream_below(&draws, 5);
        seen[whole]++;
        one = ratio[k];
        ratio[k] = statistics_nothing; /* not in the table */
        assert_true(rank_of_worst(5, ratio) <= whole);
        ratio[k] = one;
        ratio[k].high = INFINITY; /* not emerged by the end */
        ratio[k].mean = fmin(one.mean, 0.9);
        assert_true(rank_of_worst(5, ratio) <= whole);
        ratio[k] = one;
        ratio[k].low *= 0.9; /* noise */
        ratio[k].high *= 1.1;
        assert_true(rank_of_worst(5, ratio) <= whole);
        assert_true(rank(statistics_verdict(1, &ratio[k])) <= rank(statistics_verdict(1, &one)));
    }
    assert_true(seen[0] > 100 && seen[1] > 100 && seen[2] > 100);
}

int main(void)
{
    return run_cases("statistics");
}
