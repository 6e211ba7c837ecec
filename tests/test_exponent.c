/* Tests of the module "exponent": emergence times, their exponent, and what is said when a skill
   does not emerge.  Statistics use fixed seeds, so they pass or fail for ever; a correct program
   would have had at most the stated chance of failing when they were set. */
#include "common.h"
#include "exponent.h"
#include "stream.h"

/* --- times --- */

TEST(test_time_is_the_mean_of_four_crossings)
{
    const double T[] = {0, 100}, R[] = {0, 1};
    assert_close(exponent_time(2, T, R, 0), (5 + 25 + 45 + 65) / 4., 1e-12);
}

TEST(test_crossings_are_the_first)
{
    const double T[] = {0, 10, 20, 30, 40}, R[] = {0, 0.7, 0, 0.7, 0.7};
    assert_close(exponent_time(5, T, R, 0), 10 * (0.05 + 0.25 + 0.45 + 0.65) / 4 / 0.7, 1e-12);
}

TEST(test_a_skill_below_the_last_level_has_not_emerged)
{
    const double T[] = {0, 10, 20}, R[] = {0, 0.4, 0.64};
    assert_true(isinf(exponent_time(3, T, R, 0)));
}

TEST(test_a_diverged_skill_has_not_emerged)
{
    const double T[] = {0, 10}, R[] = {0, NAN};
    assert_true(isinf(exponent_time(2, T, R, 0)));
}

TEST(test_a_level_counts_alone)
{
    const double T[] = {0, 10, 20}, R[] = {0, 0.4, 0.64};
    assert_close(exponent_time(3, T, R, 0.05), 1.25, 1e-12);
    assert_close(exponent_time(3, T, R, 0.5), 10 + 10 * 0.1 / 0.24, 1e-12);
    assert_true(isinf(exponent_time(3, T, R, 0.65)));
}

/* --- slopes --- */

TEST(test_a_power_law_has_its_exponent)
{
    static const double power[] = {0, 0.05, 1.9, 2.385, -1};
    double time[40];
    for (int i = 0; i < 5; i++)
        for (int skills = 2; skills <= 40; skills++) {
            for (int k = 1; k <= skills; k++)
                time[k - 1] = 238.5 * pow(k, power[i]);
            assert_close(exponent_slope(1, skills, time), power[i], 1e-12);
        }
}

TEST(test_two_skills_have_the_slope_between_them)
{
    const double time[] = {10, 80};
    assert_close(exponent_slope(1, 2, time), 3, 1e-14);
}

TEST(test_skills_can_be_left_out)
{
    const double time[] = {1e-9, 40, 90, 160, INFINITY};
    assert_close(exponent_slope(2, 4, time), 2, 1e-14);
    assert_true(isnan(exponent_slope(0, 4, time)));
    assert_true(isnan(exponent_slope(4, 4, time)));
    assert_true(isnan(exponent_slope(4, 3, time)));
}

TEST(test_the_unit_of_time_does_not_matter)
{
    double one[] = {3, 40, 21, 700}, other[4];
    for (int k = 0; k < 4; k++)
        other[k] = 1e5 * one[k];
    assert_close(exponent_slope(1, 4, one), exponent_slope(1, 4, other), 1e-13);
}

TEST(test_no_slope_without_all_times)
{
    static const double bad[] = {INFINITY, NAN, 0, -1};
    for (int i = 0; i < 4; i++) {
        double time[] = {1, 2, bad[i]};
        assert_true(isnan(exponent_slope(1, 3, time)));
    }
    assert_true(isnan(exponent_slope(1, 1, (const double[]){1})));
    assert_true(isnan(exponent_slope(1, 0, NULL)));
}

/* --- several exponents --- */

static double frequency(double alpha, int skills, int k)
{
    double sum = 0;
    for (int l = 1; l <= skills; l++)
        sum += pow(l, -alpha - 1);
    return pow(k, -alpha - 1) / sum;
}

static const double three_exponents[] = {0.3, 0.9, 1.5};

enum { THREE = 3, POOLED = 9 };

/* T_k = c_k P_s(k)^-b exp(noise); the c_k are not ordered. */
static void draw_frequencies(struct times *times, double b, double sigma, uint64_t seed)
{
    static double time[THREE][POOLED * 4];
    static const double c[] = {500, 20, 90, 3000};
    struct stream stream = stream_open(seed, 1, PURPOSE_TEST);
    for (int i = 0; i < THREE; i++) {
        for (int j = 0; j < POOLED * 4; j++)
            time[i][j] = c[j % 4] * pow(frequency(three_exponents[i], 4, j % 4 + 1), -b)
                         * exp(sigma * stream_normal(&stream));
        times[i] = (struct times){.repeats = POOLED, .skills = 4, .time = time[i], .last = 1e9};
    }
}

TEST(test_frequencies_alone_decide_a_pooled_slope)
{
    static const double slope[] = {1, 0, -0.5, 2.385};
    struct times times[THREE];
    for (int i = 0; i < 4; i++) {
        draw_frequencies(times, slope[i], 0, 0);
        struct spread b = exponent_pooled(THREE, times, three_exponents);
        assert_close(b.mean, slope[i], 1e-12);
        assert_int_equal(b.count, POOLED);
    }
    struct spread two = exponent_pooled(2, times, three_exponents);
    assert_close(two.mean, slope[3], 1e-12);
}

/* 1000 intervals: 0.95 has a standard error of 0.007. */
TEST(test_pooled_intervals_cover_the_truth)
{
    int covered = 0;
    for (int i = 0; i < 1000; i++) {
        struct times times[THREE];
        draw_frequencies(times, 1, 0.3, 100 + (uint64_t)i);
        struct spread b = exponent_pooled(THREE, times, three_exponents);
        covered += statistics_contains(1, &b);
    }
    assert_in_range(covered, 930, 970);
}

/* Later than the end pulls the slope up where the skill is rarer than on average, else down. */
TEST(test_missing_times_open_a_pooled_interval)
{
    for (int i = 0; i < THREE; i += 2)
        for (int k = 0; k < 4; k += 3) {
            struct times times[THREE];
            draw_frequencies(times, 1, 0.3, 7);
            times[i].time[4 + k] = INFINITY;
            struct spread b = exponent_pooled(THREE, times, three_exponents);
            bool is_rarer = frequency(three_exponents[i], 4, k + 1)
                            < frequency(three_exponents[1], 4, k + 1);
            assert_true(is_rarer ? b.high == INFINITY : b.low == -INFINITY);
            assert_true(isfinite(is_rarer ? b.low : b.high));
        }
}

TEST(test_one_exponent_has_no_pooled_slope)
{
    static const double same[] = {0.9, 0.9, 0.9};
    struct times times[THREE];
    draw_frequencies(times, 1, 0, 0);
    assert_true(isnan(exponent_pooled(THREE, times, same).mean));
    assert_true(isnan(exponent_pooled(1, times, same).mean));
}

/* --- over repeats --- */

enum { SKILLS = 5, REPEATS = 400 };

/* T_k = 100 k^1.9 exp(noise), noise of the given standard deviation in each. */
static void draw_times(double *time, int repeats, double sigma, uint64_t seed)
{
    struct stream stream = stream_open(seed, 0, PURPOSE_TEST);
    for (int r = 0; r < repeats; r++)
        for (int k = 1; k <= SKILLS; k++)
            *time++ = 100 * pow(k, 1.9) * exp(sigma * stream_normal(&stream));
}

static struct exponent condense(const double *time, int repeats, double last)
{
    struct times times = {.repeats = repeats, .skills = SKILLS, .time = (double *)time,
                          .last = last};
    struct exponent exponent;
    assert_int_equal(exponent_condense(&times, &exponent), STATUS_OK);
    return exponent;
}

/* The standard deviation of a slope is sigma / sqrt(sum (x - mean)^2). */
static double spread_of_slope(double sigma)
{
    double mean = 0, square = 0;
    for (int k = 1; k <= SKILLS; k++)
        mean += log(k) / SKILLS;
    for (int k = 1; k <= SKILLS; k++)
        square += (log(k) - mean) * (log(k) - mean);
    return sigma / sqrt(square);
}

TEST(test_the_mean_and_its_interval_are_those_of_theory)
{
    static double time[REPEATS * SKILLS];
    draw_times(time, REPEATS, 0.4, 3);
    struct exponent e = condense(time, REPEATS, 1e9);
    double error = spread_of_slope(0.4) / sqrt(REPEATS);
    assert_close(e.slope.mean, 1.9, 4 * error); /* chance 6e-5 */
    assert_close(e.slope.high - e.slope.low, 2 * 1.96 * error, 0.8 * error);
    assert_close(e.slope.sd, spread_of_slope(0.4), 0.15 * spread_of_slope(0.4));
}

/* 2000 intervals of 12 repeats: 0.95 has a standard error of 0.005. */
TEST(test_intervals_cover_the_truth)
{
    int covered = 0;
    for (int i = 0; i < 2000; i++) {
        double time[12 * SKILLS];
        draw_times(time, 12, 0.4, 100 + (uint64_t)i);
        struct exponent e = condense(time, 12, 1e9);
        covered += statistics_contains(1.9, &e.slope);
    }
    assert_in_range(covered, 1860, 1940);
}

TEST(test_complete_repeats_have_a_closed_interval)
{
    double time[9 * SKILLS];
    draw_times(time, 9, 0.3, 4);
    struct exponent e = condense(time, 9, 1e9);
    assert_int_equal(e.complete, 9);
    assert_true(isfinite(e.slope.low) && isfinite(e.slope.high));
}

TEST(test_missing_skills_are_counted_and_bounded)
{
    double time[10 * SKILLS], sum = 0;
    draw_times(time, 10, 0.3, 5);
    for (int i = 0; i < 10 * SKILLS; i++)
        time[i] = time[i] > 1500 ? INFINITY : time[i];
    time[2 * SKILLS + 4] = INFINITY;
    struct exponent e = condense(time, 10, 1500);
    assert_int_equal(e.repeats, 10);
    assert_true(e.complete < 10);
    assert_int_equal(e.slope.count, 10);
    for (int i = 0; i < 10 * SKILLS; i++)
        time[i] = fmin(time[i], 1500);
    for (int r = 0; r < 10; r++)
        sum += exponent_slope(1, SKILLS, time + r * SKILLS) / 10;
    assert_close(e.slope.mean, sum, 1e-13);
    assert_close(e.slope.low, condense(time, 10, 1e9).slope.low, 1e-13);
    assert_true(e.slope.high == INFINITY);
    assert_string_equal(statistics_verdict(0.1, &e.slope), "not reproduced");
    assert_string_equal(statistics_verdict(1.9, &e.slope), "inconclusive");
}

/* A frequent skill that is missing would lower the slope, and both together do anything. */
TEST(test_missing_skills_open_the_side_they_move)
{
    double time[8 * SKILLS];
    draw_times(time, 8, 0.3, 6);
    time[0] = INFINITY;
    struct exponent e = condense(time, 8, 1e5);
    assert_true(e.slope.low == -INFINITY && isfinite(e.slope.high));
    assert_true(isfinite(e.later.low) && isfinite(e.later.high));
    time[SKILLS + 4] = INFINITY;
    e = condense(time, 8, 1e5);
    assert_true(e.slope.low == -INFINITY && e.slope.high == INFINITY);
    assert_true(isfinite(e.later.low) && e.later.high == INFINITY);
}

TEST(test_pool_is_the_geometric_mean_over_skills)
{
    double time[9 * SKILLS], model[SKILLS], value[9];
    draw_times(time, 9, 0.1, 8);
    for (int k = 1; k <= SKILLS; k++)
        model[k - 1] = 5 * pow(k, 1.9);
    for (int r = 0; r < 9; r++) {
        value[r] = 1;
        for (int k = 0; k < SKILLS; k++)
            value[r] *= pow(time[r * SKILLS + k] / model[k], 1. / SKILLS);
    }
    struct times times = {.repeats = 9, .skills = SKILLS, .time = time, .last = 1e9};
    struct spread pool = exponent_pool(&times, model);
    struct spread direct = statistics_condense_logs(9, value, NULL);
    assert_close(pool.mean / direct.mean, 1, 1e-12);
    assert_close(pool.low / direct.low, 1, 1e-12);
    assert_close(pool.mean, 20, 1.5);
    time[7] = INFINITY;
    assert_true(exponent_pool(&times, model).high == INFINITY);
}

TEST(test_the_later_skills_have_a_slope_of_their_own)
{
    double time[8 * SKILLS];
    for (int r = 0; r < 8; r++)
        for (int k = 1; k <= SKILLS; k++)
            time[r * SKILLS + k - 1] = (k == 1 ? 3 : 1) * 100 * pow(k, 2.385);
    struct exponent e = condense(time, 8, 1e9);
    assert_close(e.later.mean, 2.385, 1e-12);
    assert_close(e.later.low, 2.385, 1e-12);
    assert_true(e.slope.mean < 2.3);
}

TEST(test_order_counts_pairs)
{
    const double time[3 * SKILLS] = {1, 2, 3, 4, 5, 1, 2, 3, 5, 4, 5, 4, 3, 2, 1};
    struct exponent e = condense(time, 3, 10);
    assert_int_equal(e.ordered, 1);
    assert_close(e.pairs, (10 + 9 + 0) / 30., 1e-15);
}

TEST(test_one_missing_skill_may_be_last_but_two_are_unknown)
{
    const double inf = INFINITY;
    const double time[3 * SKILLS] = {1, 2, 3, 4, inf, 1, 2, 3, inf, inf, inf, 2, 3, 4, 5};
    struct exponent e = condense(time, 3, 10);
    assert_int_equal(e.ordered, 1);
    assert_close(e.pairs, (10 + 9 + 6) / 30., 1e-15);
}

TEST(test_equal_times_are_in_no_order)
{
    const double time[SKILLS] = {7, 7, 7, 7, 7};
    struct exponent e = condense(time, 1, 10);
    assert_int_equal(e.ordered, 0);
    assert_close(e.slope.mean, 0, 1e-15);
}

TEST(test_bad_arguments_are_refused)
{
    double time[SKILLS] = {1, 2, 3, 4, 5};
    struct exponent e;
    const struct times bad[] = {{.repeats = 0, .skills = 5, .time = time, .last = 9},
                                {.repeats = 1, .skills = 1, .time = time, .last = 9},
                                {.repeats = 1, .skills = 5, .time = time, .last = 0},
                                {.repeats = 1, .skills = 5, .time = time, .last = NAN}};
    for (int i = 0; i < LENGTH(bad); i++)
        assert_int_equal(exponent_condense(&bad[i], &e), STATUS_RANGE);
    assert_true(isnan(e.slope.mean));
}

/* --- tables --- */

static void free_times(void *times)
{
    exponent_free(times);
}

static struct times *read_times(const char *text, double level, enum status expected)
{
    struct data data;
    struct times *times = keep(new_array(1, sizeof *times), free_times);
    put("x.tsv", text);
    assert_int_equal(data_read(&data, "x.tsv"), STATUS_OK);
    enum status status = exponent_read(&data, level, times);
    data_free(&data);
    assert_int_equal(status, expected);
    return times;
}

static void check_refused(const char *text, const char *trouble)
{
    assert_string_equal(read_times(text, 0, STATUS_FORMAT)->trouble, trouble);
}

#define NAMES "repeat\tT\tloss\tR_1\tR_2\n"
#define TWO_REPEATS                                                                            \
    NAMES "1\t0\t1\t0\t0\n1\t100\t1\t1\t0\n1\t200\t1\t1\t1\n"                                  \
          "2\t0\t1\t0\t0\n2\t200\t1\t1\t0.5\n2\t400\t1\t1\t1\n"

static void check_two_repeats(const struct times *times)
{
    static const double expected[] = {35, 135, 70, (20 + 100 + 180 + 260) / 4.};
    assert_int_equal(times->repeats, 2);
    assert_int_equal(times->skills, 2);
    for (int i = 0; i < 4; i++)
        assert_close(times->time[i], expected[i], 1e-12);
    assert_close(times->last, 400, 0);
}

TEST_IN_FOLDER(test_tables_are_read_repeat_by_repeat)
{
    struct exponent e;
    const struct times *times = read_times(TWO_REPEATS, 0, STATUS_OK);
    check_two_repeats(times);
    assert_int_equal(exponent_condense(times, &e), STATUS_OK);
    assert_int_equal(e.complete, 2);
}

TEST_IN_FOLDER(test_a_table_is_read_at_one_level)
{
    const struct times *times = read_times(TWO_REPEATS, 0.5, STATUS_OK);
    assert_close(times->time[0], 50, 1e-12);
    assert_close(times->time[3], 200, 1e-12);
}

/* The rows of two repeats in turn: what stands between the rows of one is the other's. */
TEST_IN_FOLDER(test_repeats_may_alternate)
{
    check_two_repeats(read_times(NAMES "1\t0\t1\t0\t0\n2\t0\t1\t0\t0\n1\t100\t1\t1\t0\n"
                                       "2\t200\t1\t1\t0.5\n2\t400\t1\t1\t1\n1\t200\t1\t1\t1\n",
                                 0, STATUS_OK));
}

TEST_IN_FOLDER(test_repeats_need_not_begin_with_one)
{
    check_two_repeats(read_times(NAMES "7\t0\t1\t0\t0\n7\t100\t1\t1\t0\n7\t200\t1\t1\t1\n"
                                       "3\t0\t1\t0\t0\n3\t200\t1\t1\t0.5\n3\t400\t1\t1\t1\n",
                                 0, STATUS_OK));
}

TEST_IN_FOLDER(test_every_column_before_the_time_tells_repeats_apart)
{
    check_two_repeats(read_times("repeat\tD\tT\tR_1\tR_2\n"
                                 "1\t5\t0\t0\t0\n1\t5\t100\t1\t0\n1\t5\t200\t1\t1\n"
                                 "1\t7\t0\t0\t0\n1\t7\t200\t1\t0.5\n1\t7\t400\t1\t1\n",
                                 0, STATUS_OK));
}

/* As in a table of means: no repeat, no loss, and spreads between the strengths. */
TEST_IN_FOLDER(test_columns_that_are_not_needed_may_be_others)
{
    const struct times *times = read_times("T\tR_1\tR_1_sd\tR_2\tR_2_sd\n"
                                           "0\t0\t0.9\t0\t0.9\n100\t1\t0.9\t0\t0.9\n"
                                           "200\t1\t0.9\t1\t0.9\n",
                                           0, STATUS_OK);
    assert_int_equal(times->repeats, 1);
    assert_int_equal(times->skills, 2);
    assert_close(times->time[0], 35, 1e-12);
    assert_close(times->time[1], 135, 1e-12);
}

TEST_IN_FOLDER(test_a_diverged_repeat_is_incomplete)
{
    struct exponent e;
    const struct times *times
        = read_times(NAMES "1\t0\t1\t0\t0\n1\t100\t1\t1\t1\n2\t0\t1\t0\t0\n"
                           "2\t7\tdiverged\tdiverged\tdiverged\n",
                     0, STATUS_OK);
    assert_true(isinf(times->time[2]) && isinf(times->time[3]));
    assert_close(times->last, 100, 0);
    assert_int_equal(exponent_condense(times, &e), STATUS_OK);
    assert_int_equal(e.complete, 1);
}

TEST_IN_FOLDER(test_other_tables_are_refused_for_their_own_reason)
{
    check_refused("repeat\tN\tR_1\tR_2\n1\t2\t3\t4\n", "it has no column T");
    check_refused("repeat\tT\tloss\n1\t2\t3\n", "it has no strengths, column R_1");
    check_refused("R_1\tT\n1\t2\n", "its column R_1 stands before T");
    check_refused(NAMES, "it has no rows");
    check_refused(NAMES "1\t5\t1\t0\t0\n2\t5\t1\t0\t0\n",
                  "no repeat has two rows, and one shows nothing rising");
    check_refused(NAMES "1\t5\t1\t0\t0\n1\t9\t1\t0\t0\n1\t9\t1\t0\t0\n",
                  "T does not increase within a repeat, in row 3");
    check_refused(NAMES "1\t5\t1\t0\t0\n2\t9\t1\t0\t0\n1\t4\t1\t0\t0\n",
                  "T does not increase within a repeat, in row 3");
    check_refused(NAMES "1\tdiverged\t1\t0\t0\n1\t4\t1\t0\t0\n",
                  "T does not increase within a repeat, in row 1");
    assert_string_equal(read_times(TWO_REPEATS, 1, STATUS_RANGE)->trouble, "");
    read_times(TWO_REPEATS, -0.1, STATUS_RANGE);
    read_times(TWO_REPEATS, NAN, STATUS_RANGE);
}

int main(void)
{
    return run_cases("exponent");
}
