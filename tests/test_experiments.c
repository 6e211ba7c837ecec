/* Tests of the module "experiments": what the cells of a run compute.

   Statistics use a fixed seed, so they pass or fail for ever; their limits are such that a
   correct program would have had at most the stated chance of failing when they were set. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_errno.h>

#include "experiments.h"
#include "mlp.h"

#define assert_close(x, y, tolerance) check_close(x, y, tolerance, __LINE__)

static void check_close(double x, double y, double tolerance, int line)
{
    if (!(fabs(x - y) <= tolerance))
        fail_msg("line %d: %.17g is not %.17g +- %g", line, x, y, tolerance);
}

/* ---- carrying out an experiment */

static const char multilinear_words[] =
    "alpha skills target initial rate batch steps every samples repeats seed";
static const char mlp_words[] = "alpha skills bits order overlap target rate width sigma batch "
                                "steps every repeats seed variant";

static struct settings settings_from(const char *words)
{
    struct settings settings = {.variant = "plain"};
    assert_int_equal(settings_apply(&settings, words), STATUS_OK);
    return settings;
}

struct result {
    enum status status;
    int rows, columns;
    char *text;
    double *value; /* value[row * columns + column], NaN for "diverged" */
};

static void parse(struct result *result)
{
    result->value = malloc(sizeof(double) * (strlen(result->text) + 1));
    assert_non_null(result->value);
    double *value = result->value;
    for (char *at = result->text; *at; at++) {
        char *end = at + strcspn(at, "\t\n");
        *value++ = strncmp(at, "diverged", 8) ? strtod(at, &at) : NAN;
        at = end;
        result->rows += *end == '\n';
    }
    assert_int_equal(value - result->value, result->rows * result->columns);
}

static struct result carry_out(const struct settings *settings, bool network, int threads)
{
    struct experiment experiment = {settings, network ? "mlp-time" : "multilinear",
                                    network ? mlp_words : multilinear_words};
    struct run run = network ? experiments_mlp_time(&experiment)
                             : experiments_multilinear(&experiment);
    struct conduct conduct = {threads, true, NULL, 0};
    struct result result = {.columns = run.columns};
    size_t size = 0;
    int finished;
    FILE *stream = open_memstream(&result.text, &size);
    result.status = runner_run(&run, &conduct, stream, &finished);
    fclose(stream);
    parse(&result);
    return result;
}

static struct result multilinear(const char *words)
{
    struct settings settings = settings_from(words);
    struct result result = carry_out(&settings, false, 1);
    assert_int_equal(result.status, STATUS_OK);
    return result;
}

static struct result network(const char *words)
{
    struct settings settings = settings_from(words);
    struct result result = carry_out(&settings, true, 1);
    assert_int_equal(result.status, STATUS_OK);
    return result;
}

static const double *row_of(const struct result *result, int row)
{
    return result->value + (size_t)row * result->columns;
}

static void discard(struct result *result)
{
    free(result->text);
    free(result->value);
}

/* P_s(k) by plain summation. */
static double probability(double alpha, int skills, int k)
{
    double sum = 0;
    for (int l = 1; l <= skills; l++)
        sum += pow(l, -(alpha + 1));
    return pow(k, -(alpha + 1)) / sum;
}

/* ---- the multilinear model: rows */

#define SMALL "alpha=0.6 target=5 initial=0.01 rate=0.01 batch=100 samples=0 seed=1 "

static void check_times(const char *words, int count, const double *T)
{
    struct result result = multilinear(words);
    assert_int_equal(result.rows, count);
    for (int i = 0; i < count; i++)
        assert_true(row_of(&result, i)[2] == T[i]);
    discard(&result);
}

static void rows_fall_on_multiples_and_on_the_last_step(void **state)
{
    (void)state;
    check_times(SMALL "skills=3 steps=25 every=10 repeats=1", 4, (double[]){0, 10, 20, 25});
}

static void last_multiple_is_not_repeated(void **state)
{
    (void)state;
    check_times(SMALL "skills=3 steps=20 every=10 repeats=1", 3, (double[]){0, 10, 20});
}

static void no_steps_give_the_start(void **state)
{
    (void)state;
    check_times(SMALL "skills=3 steps=0 every=10 repeats=1", 1, (double[]){0});
}

static void every_beyond_the_end_gives_start_and_end(void **state)
{
    (void)state;
    check_times(SMALL "skills=3 steps=7 every=1000 repeats=1", 2, (double[]){0, 7});
}

static void cells_run_through_samples_then_repeats(void **state)
{
    (void)state;
    static const double expected[][2] = {{1, 5}, {2, 5}, {1, 3}, {2, 3}, {1, 0}, {2, 0}};
    struct result result = multilinear("alpha=0.6 skills=2 target=5 initial=0.01 rate=0.01 "
                                       "batch=10 steps=0 every=1 samples=5,3,0 repeats=2");
    assert_int_equal(result.rows, 6);
    for (int i = 0; i < 6; i++)
        assert_memory_equal(row_of(&result, i), expected[i], sizeof expected[i]);
    discard(&result);
}

static void strengths_start_at_their_initial_value(void **state)
{
    (void)state;
    struct result result = multilinear("alpha=0.6 skills=4 target=2.385 initial=0.0123 "
                                       "rate=0.01 batch=10 steps=0 every=1 samples=0 "
                                       "repeats=1");
    for (int k = 0; k < 4; k++)
        assert_close(row_of(&result, 0)[4 + k], 0.0123 / 2.385, 1e-15);
    discard(&result);
}

static void loss_is_the_sum_over_skills(void **state)
{
    (void)state;
    struct result result = multilinear(SMALL "skills=5 steps=400 every=50 repeats=2");
    for (int r = 0; r < result.rows; r++) {
        const double *row = row_of(&result, r);
        double loss = 0;
        for (int k = 1; k <= 5; k++)
            loss += probability(0.6, 5, k) * (1 - row[3 + k]) * (1 - row[3 + k]);
        assert_close(row[3], loss, 1e-14);
    }
    discard(&result);
}

/* ---- the multilinear model: numbers */

/* With one skill every batch is the same: R obeys R' = R (1 + eta (S - R))^2 exactly. */
static void one_skill_follows_the_recursion(void **state)
{
    (void)state;
    struct result result = multilinear("alpha=0.6 skills=1 target=2.385 initial=0.01 rate=0.03 "
                                       "batch=7 steps=300 every=1 samples=0 repeats=1");
    double R = 0.01;
    assert_int_equal(result.rows, 301);
    for (int T = 0; T <= 300; T++) {
        assert_close(row_of(&result, T)[4], R / 2.385, 1e-13);
        R *= (1 + 0.03 * (2.385 - R)) * (1 + 0.03 * (2.385 - R));
    }
    discard(&result);
}

/* Largest distance from the logistic for one skill. */
static double logistic_error(const char *words, double rate)
{
    struct result result = multilinear(words);
    double worst = 0, S = 2, c = S / 0.01 - 1;
    for (int r = 0; r < result.rows; r++) {
        const double *row = row_of(&result, r);
        worst = fmax(worst, fabs(row[4] - 1 / (1 + c * exp(-2 * rate * S * row[2]))));
    }
    discard(&result);
    return worst;
}

static void small_steps_approach_the_logistic_in_first_order(void **state)
{
    (void)state;
    double coarse = logistic_error("alpha=1 skills=1 target=2 initial=0.01 rate=0.02 batch=1 "
                                   "steps=200 every=1 samples=0 repeats=1", 0.02);
    double fine = logistic_error("alpha=1 skills=1 target=2 initial=0.01 rate=0.002 batch=1 "
                                 "steps=2000 every=10 samples=0 repeats=1", 0.002);
    assert_true(coarse < 0.1);
    assert_close(coarse / fine, 10, 1);
}

/* Fresh batches: 16 repeats around the descent in which d_k/B is P_s(k).  The noise moves
   R_k/S by at most 0.004, its curvature by less than 1e-5; limits of 6 standard errors are
   passed by chance once in 10^4 (Student, 15 degrees of freedom, 10 skills and times). */
static void fresh_batches_scatter_about_the_mean_descent(void **state)
{
    (void)state;
    enum { REPEATS = 16, STEPS = 2000, EVERY = 400, POINTS = STEPS / EVERY + 1 };
    struct result result =
        multilinear("alpha=0.6 skills=2 target=2 initial=0.01 rate=0.002 batch=1000 steps=2000 "
                    "every=400 samples=0 repeats=16 seed=4");
    assert_int_equal(result.rows, REPEATS * POINTS);
    for (int k = 1; k <= 2; k++) {
        double R = 0.01, factor;
        for (int T = 0; T <= STEPS; T++) {
            if (T > 0 && T % EVERY == 0) {
                double sum = 0, squares = 0;
                for (int r = 0; r < REPEATS; r++) {
                    double x = row_of(&result, r * POINTS + T / EVERY)[3 + k] - R / 2;
                    sum += x, squares += x * x;
                }
                double mean = sum / REPEATS, sd = sqrt(squares / REPEATS - mean * mean);
                assert_true(sd > 0 && sd < 0.01);
                assert_close(mean, 0, 6 * sd / sqrt(REPEATS - 1) + 1e-5);
            }
            factor = 1 + 0.002 * probability(0.6, 2, k) * (2 - R);
            R *= factor * factor;
        }
    }
    discard(&result);
}

#define DATA "alpha=0.6 skills=3 target=1 initial=0.01 rate=0.5 batch=1 steps=4000 " \
             "every=4000 samples=1,4,15 repeats=400 seed=3 "

/* On a fixed data set a skill ends learned if it occurs, and untouched if it does not. */
static void skill_is_learned_if_and_only_if_it_occurs(void **state)
{
    (void)state;
    struct result result = multilinear(DATA);
    int learned = 0, untouched = 0;
    for (int r = 1; r < result.rows; r += 2)
        for (int k = 1; k <= 3; k++) {
            double R = row_of(&result, r)[3 + k];
            learned += fabs(R - 1) < 1e-6;
            untouched += fabs(R - 0.01) < 1e-15;
        }
    assert_int_equal(learned + untouched, 3 * 1200);
    assert_true(learned > 0 && untouched > 0);
    discard(&result);
}

/* The number of repeats that learn skill k from D samples is binomial with probability
   1 - (1 - P_s(k))^D.  Both tails above 10^-6: 9 counts fail by chance once in 50,000. */
static void as_many_repeats_learn_as_the_closed_form_says(void **state)
{
    (void)state;
    static const double D[] = {1, 4, 15};
    struct result result = multilinear(DATA);
    for (int d = 0; d < 3; d++)
        for (int k = 1; k <= 3; k++) {
            unsigned learned = 0;
            for (int r = 0; r < 400; r++) {
                const double *row = row_of(&result, 2 * (400 * d + r) + 1);
                assert_true(row[1] == D[d]);
                learned += row[3 + k] > 0.5;
            }
            double p = 1 - pow(1 - probability(0.6, 3, k), D[d]);
            assert_true(gsl_cdf_binomial_P(learned, p, 400) > 1e-6);
            assert_true(learned == 0 || gsl_cdf_binomial_Q(learned - 1, p, 400) > 1e-6);
        }
    discard(&result);
}

/* From one sample exactly one skill is learned. */
static void one_sample_teaches_one_skill(void **state)
{
    (void)state;
    struct result result = multilinear(DATA);
    for (int r = 0; r < 400; r++) {
        const double *row = row_of(&result, 2 * r + 1);
        assert_close(row[4] + row[5] + row[6], 1.02, 1e-6);
    }
    discard(&result);
}

static void diverging_rate_ends_a_cell_with_one_row(void **state)
{
    (void)state;
    struct result result = multilinear("alpha=0.6 skills=2 target=5 initial=0.01 rate=1000 "
                                       "batch=10 steps=1000000000 every=1 samples=0,3 "
                                       "repeats=3");
    int diverged[2][4] = {{0}};
    for (int r = 0; r < result.rows; r++) {
        const double *row = row_of(&result, r);
        bool last = r + 1 == result.rows || row_of(&result, r + 1)[2] == 0;
        assert_int_equal(isnan(row[3]), last);
        assert_int_equal(isnan(row[4]), last);
        diverged[row[1] == 3][(int)row[0]] += isnan(row[5]);
    }
    assert_memory_equal(diverged, ((int[2][4]){{0, 1, 1, 1}, {0, 1, 1, 1}}), sizeof diverged);
    discard(&result);
}

/* Nobody waits for millions of steps of NaN because measurements are rare. */
static void diverging_cell_does_not_wait_for_a_measurement(void **state)
{
    (void)state;
    struct result result =
        multilinear("alpha=0.6 skills=2 target=5 initial=0.01 rate=1000 batch=1 "
                    "steps=5000000 every=5000000 samples=0 repeats=1");
    assert_int_equal(result.rows, 2);
    assert_true(isnan(row_of(&result, 1)[3]));
    assert_true(row_of(&result, 1)[2] <= 10000);
    discard(&result);
}

static void many_skills_are_no_trouble(void **state)
{
    (void)state;
    struct result result = multilinear(SMALL "skills=10000 steps=2 every=1 repeats=1");
    assert_int_equal(result.columns, 10004);
    assert_int_equal(result.rows, 3);
    discard(&result);
}

/* ---- the multilinear model: what its numbers depend on */

#define IDENTITY SMALL "skills=4 steps=60 every=20 "

static void check_threads(const char *words, bool is_network, int threads)
{
    struct settings settings = settings_from(words);
    struct result one = carry_out(&settings, is_network, 1);
    struct result many = carry_out(&settings, is_network, threads);
    assert_int_equal(one.status, STATUS_OK);
    assert_true(one.rows > 0);
    assert_string_equal(many.text, one.text);
    discard(&one);
    discard(&many);
}

static void multilinear_bits_do_not_depend_on_threads(void **state)
{
    (void)state;
    check_threads(IDENTITY "samples=0,7 repeats=4", false, 2);
    check_threads(IDENTITY "samples=0,7 repeats=4", false, 3);
}

static void more_repeats_leave_the_first_ones(void **state)
{
    (void)state;
    struct result few = multilinear(IDENTITY "repeats=2");
    struct result many = multilinear(IDENTITY "repeats=5");
    assert_int_equal(strncmp(few.text, many.text, strlen(few.text)), 0);
    discard(&few);
    discard(&many);
}

static void more_samples_leave_the_others(void **state)
{
    (void)state;
    struct result one = multilinear(IDENTITY "samples=7 repeats=2");
    struct result more = multilinear(IDENTITY "samples=3,7,9 repeats=2");
    assert_non_null(strstr(more.text, one.text));
    discard(&one);
    discard(&more);
}

static void repeats_differ(void **state)
{
    (void)state;
    struct result result = multilinear(IDENTITY "repeats=2");
    assert_true(row_of(&result, 3)[4] != row_of(&result, 7)[4]);
    discard(&result);
}

static void seeds_differ(void **state)
{
    (void)state;
    struct result one = multilinear(IDENTITY "repeats=1 seed=1");
    struct result two = multilinear(IDENTITY "repeats=1 seed=2");
    assert_true(row_of(&one, 3)[4] != row_of(&two, 3)[4]);
    discard(&one);
    discard(&two);
}

/* ---- the two-layer network: rows */

#define TINY "alpha=0.6 skills=3 bits=12 order=2 target=5 rate=0.02 width=17 sigma=0.1 " \
             "batch=64 seed=1 "

static void network_rows_fall_on_multiples_and_on_the_last_step(void **state)
{
    (void)state;
    static const double T[] = {0, 20, 40, 50};
    struct result result = network(TINY "steps=50 every=20 repeats=2");
    assert_int_equal(result.columns, 6);
    assert_int_equal(result.rows, 8);
    for (int r = 0; r < 8; r++) {
        assert_true(row_of(&result, r)[0] == r / 4 + 1);
        assert_true(row_of(&result, r)[1] == T[r % 4]);
    }
    discard(&result);
}

static void network_without_steps_gives_the_start(void **state)
{
    (void)state;
    struct result result = network(TINY "steps=0 every=20 repeats=2");
    assert_int_equal(result.rows, 2);
    assert_true(row_of(&result, 0)[1] == 0 && row_of(&result, 1)[1] == 0);
    discard(&result);
}

static void network_with_one_skill(void **state)
{
    (void)state;
    struct result result = network(TINY "skills=1 steps=3 every=3 repeats=1");
    assert_int_equal(result.columns, 4);
    assert_int_equal(result.rows, 2);
    discard(&result);
}

/* Outputs of about width sigma^2 = 2e-7: nothing is known, so the loss is that of f = 0. */
static void small_weights_start_from_zero_strength(void **state)
{
    (void)state;
    struct result result = network(TINY "sigma=0.0001 steps=0 every=1 repeats=1");
    const double *row = row_of(&result, 0);
    assert_close(row[2], 1, 1e-4);
    for (int k = 1; k <= 3; k++)
        assert_close(row[2 + k], 0, 1e-4);
    discard(&result);
}

/* Skills that depend on one bit are easy: the network learns them, and the loss says so. */
static void network_learns_single_bits(void **state)
{
    (void)state;
    struct result result = network("alpha=0.3 skills=2 bits=6 order=1 target=1 rate=0.1 "
                                   "width=64 sigma=0.1 batch=128 steps=600 every=600 repeats=1 seed=1");
    const double *row = row_of(&result, 1);
    assert_close(row[3], 1, 0.1);
    assert_close(row[4], 1, 0.1);
    assert_true(row[2] < 0.05);
    discard(&result);
}

/* ---- the two-layer network: what its numbers depend on */

#define BITS TINY "steps=50 every=20 repeats=3"

static void network_bits_do_not_depend_on_threads(void **state)
{
    (void)state;
    check_threads(BITS, true, 2);
    check_threads(BITS, true, 3);
}

static void check_variant(enum variant variant)
{
    if (!mlp_variant_runs(variant))
        skip();
    struct settings plain = settings_from(BITS), other = plain;
    other.variant = mlp_variant_name(variant);
    struct result one = carry_out(&plain, true, 2), two = carry_out(&other, true, 2);
    assert_int_equal(two.status, STATUS_OK);
    assert_string_equal(two.text, one.text);
    discard(&one);
    discard(&two);
}

static void avx2_gives_the_bits_of_plain(void **state)
{
    (void)state;
    check_variant(VARIANT_AVX2);
}

static void avx512_gives_the_bits_of_plain(void **state)
{
    (void)state;
    check_variant(VARIANT_AVX512);
}

static void unknown_variant_is_out_of_range(void **state)
{
    (void)state;
    struct settings settings = settings_from(BITS);
    settings.variant = "sse9";
    struct result result = carry_out(&settings, true, 1);
    assert_int_equal(result.status, STATUS_RANGE);
    assert_int_equal(result.rows, 0);
    discard(&result);
}

static void impossible_task_is_out_of_range(void **state)
{
    (void)state;
    struct settings settings = settings_from(BITS " skills=7"); /* 14 bits of 12, disjoint */
    struct result result = carry_out(&settings, true, 1);
    assert_int_equal(result.status, STATUS_RANGE);
    discard(&result);
}

static void overlapping_skills_need_fewer_bits(void **state)
{
    (void)state;
    struct settings settings = settings_from(TINY "skills=7 steps=1 every=1 repeats=1");
    settings.overlap = true;
    struct result result = carry_out(&settings, true, 1);
    assert_int_equal(result.status, STATUS_OK);
    assert_int_equal(result.rows, 2);
    discard(&result);
}

static void network_repeats_differ(void **state)
{
    (void)state;
    struct result result = network(BITS);
    assert_true(row_of(&result, 0)[2] != row_of(&result, 4)[2]);
    discard(&result);
}

/* With large weights the first loss is that of the weights: it varies from draw to draw by far
   more than the 2 per cent or so that the test points are good for. */
static void every_repeat_draws_its_own_weights(void **state)
{
    (void)state;
    struct result result = network(TINY "sigma=1 target=1 steps=0 every=1 repeats=4");
    double low = INFINITY, high = 0;
    for (int r = 0; r < 4; r++) {
        low = fmin(low, row_of(&result, r)[2]);
        high = fmax(high, row_of(&result, r)[2]);
    }
    assert_true(high > 1.5 * low);
    discard(&result);
}

static void more_network_repeats_leave_the_first_ones(void **state)
{
    (void)state;
    struct result few = network(TINY "steps=20 every=20 repeats=1");
    struct result many = network(TINY "steps=20 every=20 repeats=3");
    assert_int_equal(strncmp(few.text, many.text, strlen(few.text)), 0);
    discard(&few);
    discard(&many);
}

/* One row that says so ends each cell, whether or not the divergence meets a measurement. */
static void check_divergence(const char *words, int repeats)
{
    struct result result = network(words);
    int diverged[9] = {0};
    for (int r = 0; r < result.rows; r++) {
        const double *row = row_of(&result, r);
        bool last = r + 1 == result.rows || row_of(&result, r + 1)[0] != row[0];
        assert_int_equal(isnan(row[2]), last);
        for (int i = 3; i < result.columns; i++)
            assert_int_equal(isnan(row[i]), last);
        assert_true(isfinite(row[1]));
        assert_true(last || row_of(&result, r + 1)[1] > row[1]);
        diverged[(int)row[0]] += isnan(row[2]);
    }
    for (int repeat = 1; repeat <= repeats; repeat++)
        assert_int_equal(diverged[repeat], 1);
    discard(&result);
}

static void divergence_between_measurements_gives_one_row(void **state)
{
    (void)state;
    check_divergence(TINY "rate=100 steps=1000000000 every=1000000 repeats=3", 3);
}

static void divergence_at_a_measurement_gives_one_row(void **state)
{
    (void)state;
    check_divergence(TINY "rate=100 steps=1000000000 every=1 repeats=3", 3);
}

static void divergence_in_the_last_step_gives_one_row(void **state)
{
    (void)state;
    struct result result = network(TINY "rate=100 steps=1000000 every=1000000 repeats=1");
    char words[512];
    snprintf(words, sizeof words, TINY "rate=100 steps=%.0f every=1000000 repeats=1",
             row_of(&result, 1)[1]);
    discard(&result);
    check_divergence(words, 1);
}

int main(void)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_fall_on_multiples_and_on_the_last_step),
        cmocka_unit_test(last_multiple_is_not_repeated),
        cmocka_unit_test(no_steps_give_the_start),
        cmocka_unit_test(every_beyond_the_end_gives_start_and_end),
        cmocka_unit_test(cells_run_through_samples_then_repeats),
        cmocka_unit_test(strengths_start_at_their_initial_value),
        cmocka_unit_test(loss_is_the_sum_over_skills),
        cmocka_unit_test(one_skill_follows_the_recursion),
        cmocka_unit_test(small_steps_approach_the_logistic_in_first_order),
        cmocka_unit_test(fresh_batches_scatter_about_the_mean_descent),
        cmocka_unit_test(skill_is_learned_if_and_only_if_it_occurs),
        cmocka_unit_test(as_many_repeats_learn_as_the_closed_form_says),
        cmocka_unit_test(one_sample_teaches_one_skill),
        cmocka_unit_test(diverging_rate_ends_a_cell_with_one_row),
        cmocka_unit_test(diverging_cell_does_not_wait_for_a_measurement),
        cmocka_unit_test(many_skills_are_no_trouble),
        cmocka_unit_test(multilinear_bits_do_not_depend_on_threads),
        cmocka_unit_test(more_repeats_leave_the_first_ones),
        cmocka_unit_test(more_samples_leave_the_others),
        cmocka_unit_test(repeats_differ),
        cmocka_unit_test(seeds_differ),
        cmocka_unit_test(network_rows_fall_on_multiples_and_on_the_last_step),
        cmocka_unit_test(network_without_steps_gives_the_start),
        cmocka_unit_test(network_with_one_skill),
        cmocka_unit_test(small_weights_start_from_zero_strength),
        cmocka_unit_test(network_learns_single_bits),
        cmocka_unit_test(network_bits_do_not_depend_on_threads),
        cmocka_unit_test(avx2_gives_the_bits_of_plain),
        cmocka_unit_test(avx512_gives_the_bits_of_plain),
        cmocka_unit_test(unknown_variant_is_out_of_range),
        cmocka_unit_test(impossible_task_is_out_of_range),
        cmocka_unit_test(overlapping_skills_need_fewer_bits),
        cmocka_unit_test(network_repeats_differ),
        cmocka_unit_test(every_repeat_draws_its_own_weights),
        cmocka_unit_test(more_network_repeats_leave_the_first_ones),
        cmocka_unit_test(divergence_between_measurements_gives_one_row),
        cmocka_unit_test(divergence_at_a_measurement_gives_one_row),
        cmocka_unit_test(divergence_in_the_last_step_gives_one_row),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests_name("experiments", tests, NULL, NULL);
}
