/* Tests of the module "experiments": what the cells of a run compute.

   Statistics use a fixed seed, so they pass or fail for ever; their limits are such that a
   correct program would have had at most the stated chance of failing when they were set. */
#include <dlfcn.h>
#include <gsl/gsl_cdf.h>
#include <pthread.h>

#include "common.h"
#include "experiments.h"
#include "mlp.h"
#include "transformer.h"

/* ---- carrying out an experiment */

enum subject { MULTILINEAR, TIME, WIDTH, DATA_SETS, TRANSFORMER, SUBJECTS };

static struct run (*const plans[SUBJECTS])(const struct settings *settings) = {
    [MULTILINEAR] = experiments_multilinear,
    [TIME] = experiments_mlp_time,
    [WIDTH] = experiments_mlp_width,
    [DATA_SETS] = experiments_mlp_data,
    [TRANSFORMER] = experiments_transformer_time};

static struct settings settings_from(const char *words)
{
    struct settings settings = {.variant = 1 + VARIANT_PLAIN};
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
    result->value = keep(malloc(sizeof(double) * (strlen(result->text) + 1)), free);
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

static struct result carry_out_run(const struct run *run, const struct settings *settings,
                                   int threads)
{
    struct conduct conduct = {.threads = threads, .quiet = true, .seed = settings->seed};
    struct result result = {.columns = run->columns};
    struct tally tally;
    FILE *stream = open_text();
    result.status = runner_run(run, &conduct, stream, &tally);
    result.text = close_text(stream);
    parse(&result);
    return result;
}

static struct result carry_out(const struct settings *settings, enum subject subject,
                               int threads)
{
    struct run run = plans[subject](settings);
    return carry_out_run(&run, settings, threads);
}

static struct result table_of(enum subject subject, const char *words)
{
    struct settings settings = settings_from(words);
    struct result result = carry_out(&settings, subject, 1);
    assert_int_equal(result.status, STATUS_OK);
    return result;
}

static void describe_place(const void *context, int cell, FILE *text)
{
    (void)context;
    fprintf(text, "cell %d", cell);
}

/* The same with random numbers that depend on the place of a cell only. */
static struct result alike(enum subject subject, const char *words)
{
    struct settings settings = settings_from(words);
    struct run run = plans[subject](&settings);
    run.describe = describe_place;
    struct result result = carry_out_run(&run, &settings, 1);
    assert_int_equal(result.status, STATUS_OK);
    return result;
}

static struct result multilinear(const char *words)
{
    return table_of(MULTILINEAR, words);
}

static struct result network(const char *words)
{
    return table_of(TIME, words);
}

static const double *row_of(const struct result *result, int row)
{
    return result->value + (size_t)row * result->columns;
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
}

TEST(rows_fall_on_multiples_and_on_the_last_step)
{
    check_times(SMALL "skills=3 steps=25 every=10 repeats=1", 4, (double[]){0, 10, 20, 25});
}

TEST(last_multiple_is_not_repeated)
{
    check_times(SMALL "skills=3 steps=20 every=10 repeats=1", 3, (double[]){0, 10, 20});
}

TEST(no_steps_give_the_start)
{
    check_times(SMALL "skills=3 steps=0 every=10 repeats=1", 1, (double[]){0});
}

TEST(every_beyond_the_end_gives_start_and_end)
{
    check_times(SMALL "skills=3 steps=7 every=1000 repeats=1", 2, (double[]){0, 7});
}

TEST(cells_run_through_samples_then_repeats)
{
    static const double expected[][2] = {{1, 5}, {2, 5}, {1, 3}, {2, 3}, {1, 0}, {2, 0}};
    struct result result = multilinear("alpha=0.6 skills=2 target=5 initial=0.01 rate=0.01 "
                                       "batch=10 steps=0 every=1 samples=5,3,0 repeats=2");
    assert_int_equal(result.rows, 6);
    for (int i = 0; i < 6; i++)
        assert_memory_equal(row_of(&result, i), expected[i], sizeof expected[i]);
}

TEST(strengths_start_at_their_initial_value)
{
    struct result result = multilinear("alpha=0.6 skills=4 target=2.385 initial=0.0123 "
                                       "rate=0.01 batch=10 steps=0 every=1 samples=0 "
                                       "repeats=1");
    for (int k = 0; k < 4; k++)
        assert_close(row_of(&result, 0)[4 + k], 0.0123 / 2.385, 1e-15);
}

TEST(loss_is_the_sum_over_skills)
{
    struct result result = multilinear(SMALL "skills=5 steps=400 every=50 repeats=2");
    for (int r = 0; r < result.rows; r++) {
        const double *row = row_of(&result, r);
        double loss = 0;
        for (int k = 1; k <= 5; k++)
            loss += probability(0.6, 5, k) * (1 - row[3 + k]) * (1 - row[3 + k]);
        assert_close(row[3], loss, 1e-14);
    }
}

/* ---- the multilinear model: numbers */

/* With one skill every batch is the same: R obeys R' = R (1 + eta (S - R))^2 exactly. */
TEST(one_skill_follows_the_recursion)
{
    struct result result = multilinear("alpha=0.6 skills=1 target=2.385 initial=0.01 rate=0.03 "
                                       "batch=7 steps=300 every=1 samples=0 repeats=1");
    double R = 0.01;
    assert_int_equal(result.rows, 301);
    for (int T = 0; T <= 300; T++) {
        assert_close(row_of(&result, T)[4], R / 2.385, 1e-13);
        R *= (1 + 0.03 * (2.385 - R)) * (1 + 0.03 * (2.385 - R));
    }
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
    return worst;
}

TEST(small_steps_approach_the_logistic_in_first_order)
{
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
TEST(fresh_batches_scatter_about_the_mean_descent)
{
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
}

#define DATA "alpha=0.6 skills=3 target=1 initial=0.01 rate=0.5 batch=1 steps=4000 " \
             "every=4000 samples=1,4,15 repeats=400 seed=3 "

/* On a fixed data set a skill ends learned if it occurs, and untouched if it does not. */
TEST(skill_is_learned_if_and_only_if_it_occurs)
{
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
}

/* The number of repeats that learn skill k from D samples is binomial with probability
   1 - (1 - P_s(k))^D.  Both tails above 10^-6: 9 counts fail by chance once in 50,000. */
TEST(as_many_repeats_learn_as_the_closed_form_says)
{
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
}

/* From one sample exactly one skill is learned. */
TEST(one_sample_teaches_one_skill)
{
    struct result result = multilinear(DATA);
    for (int r = 0; r < 400; r++) {
        const double *row = row_of(&result, 2 * r + 1);
        assert_close(row[4] + row[5] + row[6], 1.02, 1e-6);
    }
}

TEST(diverging_rate_ends_a_cell_with_one_row)
{
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
}

/* Nobody waits for millions of steps of NaN because measurements are rare. */
TEST(diverging_cell_does_not_wait_for_a_measurement)
{
    struct result result =
        multilinear("alpha=0.6 skills=2 target=5 initial=0.01 rate=1000 batch=1 "
                    "steps=5000000 every=5000000 samples=0 repeats=1");
    assert_int_equal(result.rows, 2);
    assert_true(isnan(row_of(&result, 1)[3]));
    assert_true(row_of(&result, 1)[2] <= 10000);
}

TEST(many_skills_are_no_trouble)
{
    struct result result = multilinear(SMALL "skills=10000 steps=2 every=1 repeats=1");
    assert_int_equal(result.columns, 10004);
    assert_int_equal(result.rows, 3);
}

/* ---- the multilinear model: what its numbers depend on */

#define IDENTITY SMALL "skills=4 steps=60 every=20 "

static void check_threads(const char *words, enum subject subject, int threads)
{
    struct settings settings = settings_from(words);
    struct result one = carry_out(&settings, subject, 1);
    struct result many = carry_out(&settings, subject, threads);
    assert_int_equal(one.status, STATUS_OK);
    assert_true(one.rows > 0);
    assert_string_equal(many.text, one.text);
}

TEST(multilinear_bits_do_not_depend_on_threads)
{
    check_threads(IDENTITY "samples=0,7 repeats=4", MULTILINEAR, 2);
    check_threads(IDENTITY "samples=0,7 repeats=4", MULTILINEAR, 3);
}

TEST(more_repeats_leave_the_first_ones)
{
    struct result few = multilinear(IDENTITY "repeats=2");
    struct result many = multilinear(IDENTITY "repeats=5");
    assert_int_equal(strncmp(few.text, many.text, strlen(few.text)), 0);
}

TEST(more_samples_leave_the_others)
{
    struct result one = multilinear(IDENTITY "samples=7 repeats=2");
    struct result more = multilinear(IDENTITY "samples=3,7,9 repeats=2");
    assert_non_null(strstr(more.text, one.text));
}

TEST(repeats_differ)
{
    struct result result = multilinear(IDENTITY "repeats=2");
    assert_true(row_of(&result, 3)[4] != row_of(&result, 7)[4]);
}

TEST(seeds_differ)
{
    struct result one = multilinear(IDENTITY "repeats=1 seed=1");
    struct result two = multilinear(IDENTITY "repeats=1 seed=2");
    assert_true(row_of(&one, 3)[4] != row_of(&two, 3)[4]);
}

/* ---- what a cell is called: a mistake here makes cells share random numbers, or lose them */

static char *text_of(const struct settings *settings, enum subject subject, int cell)
{
    struct run run = plans[subject](settings);
    FILE *stream = open_text();
    run.describe(run.context, cell, stream);
    return close_text(stream);
}

#define NAMED "alpha=0.6 skills=5 bits=32 order=3 target=5 initial=0.01 rate=0.02 width=1000 " \
              "heads=4 sigma=0.01 batch=4000 samples=700,0 widths=9,17 cool=0.5 steps=20 " \
              "every=5 repeats=2 seed=1 "
#define TASK_TEXT " alpha 0.59999999999999998 skills 5 bits 32 order 3 target 5 "

static void check_text(enum subject subject, const char *words, int cell, const char *expected)
{
    struct settings settings = settings_from(words);
    assert_string_equal(text_of(&settings, subject, cell), expected);
}

TEST(cells_have_these_names_for_ever)
{
    static const char model[] = "multilinear alpha 0.59999999999999998 skills 5 target 5 "
                                "initial 0.01 rate 0.02";
    char text[512];
    snprintf(text, sizeof text, "%s samples 700 repeat 2", model);
    check_text(MULTILINEAR, NAMED, 1, text);
    snprintf(text, sizeof text, "%s parameters 3 batch 4000 repeat 1", model);
    check_text(MULTILINEAR, NAMED "parameters=3", 2, text);
    check_text(TIME, NAMED, 1, "mlp-time" TASK_TEXT "sgd 0.02 width 1000 sigma 0.01 "
               "batch 4000 repeat 2");
    check_text(WIDTH, NAMED "optimiser=adam decay=0.5", 3, "mlp-width" TASK_TEXT "adam 0.02 "
               "decay 0.5 width 17 sigma 0.01 batch 4000 repeat 2");
    check_text(DATA_SETS, NAMED "momentum=0.75 cool-every=7", 0, "mlp-data" TASK_TEXT "sgd 0.02 "
               "momentum 0.75 cool 0.5 every 7 width 1000 sigma 0.01 samples 700 repeat 1");
    check_text(TRANSFORMER, NAMED, 0, "transformer-time" TASK_TEXT "sgd 0.02 width 1000 "
               "heads 4 batch 4000 repeat 1");
}

/* Whether the cell is called the same with other words. */
static bool is_same_cell(enum subject subject, const char *words)
{
    char all[512];
    struct settings settings = settings_from(NAMED), other = settings;
    snprintf(all, sizeof all, NAMED "%s", words);
    bool is_flag = !strcmp(words, "overlap") || !strcmp(words, "reverse");
    if (!is_flag)
        other = settings_from(all);
    other.overlap = !strcmp(words, "overlap");
    other.reverse = !strcmp(words, "reverse");
    return !strcmp(text_of(&settings, subject, 0), text_of(&other, subject, 0));
}

TEST(length_and_execution_do_not_name_a_cell)
{
    static const char *const words[] = {"steps=21", "every=0", "stop=0.1", "seed=2", "repeats=1",
                                        "threads=2", "variant=best", "cool=0.25"};
    for (enum subject subject = 0; subject < SUBJECTS; subject++)
        for (int i = 0; i < 8; i++)
            if (!is_same_cell(subject, words[i]))
                fail_with("%s names a cell of kind %d", words[i], (int)subject);
    assert_true(is_same_cell(DATA_SETS, "batch=3"));
    assert_true(is_same_cell(MULTILINEAR, "parameters=5"));
}

TEST(whatever_decides_bits_names_a_cell)
{
    static const struct {
        const char *words;
        bool names[SUBJECTS];
    } tries[] = {
        {"alpha=0.6000000000000001", {1, 1, 1, 1, 1}}, {"skills=4", {1, 1, 1, 1, 1}},
        {"target=5.1", {1, 1, 1, 1, 1}},  {"rate=0.021", {1, 1, 1, 1, 1}},
        {"initial=0.02", {1, 0, 0, 0, 0}}, {"parameters=4", {1, 0, 0, 0, 0}},
        {"bits=31", {0, 1, 1, 1, 1}},      {"order=2", {0, 1, 1, 1, 1}},
        {"overlap", {0, 1, 1, 1, 1}},      {"optimiser=adam", {0, 1, 1, 1, 1}},
        {"momentum=0.9", {0, 1, 1, 1, 1}}, {"decay=0.1", {0, 1, 1, 1, 1}},
        {"cool-every=9", {0, 1, 1, 1, 1}}, {"sigma=0.02", {0, 1, 1, 1, 0}},
        {"width=900", {0, 1, 0, 1, 1}},    {"widths=10", {0, 0, 1, 0, 0}},
        {"samples=701", {1, 0, 0, 1, 0}},  {"batch=3999", {0, 1, 1, 0, 1}},
        {"heads=2", {0, 0, 0, 0, 1}},      {"samples=0", {1, 0, 0, 1, 0}},
        {"only=2", {0, 0, 0, 0, 1}},       {"reverse", {0, 0, 0, 0, 1}}};
    for (int i = 0; i < LENGTH(tries); i++)
        for (enum subject subject = 0; subject < SUBJECTS; subject++)
            if (is_same_cell(subject, tries[i].words) == tries[i].names[subject])
                fail_with("%s for a cell of kind %d", tries[i].words, (int)subject);
}

/* ---- how long a cell lasts: other lengths show other rows of the same simulation */

/* Lines whose time, in that column, is a multiple of every and at most last. */
static char *thin_out(const struct result *result, int column, long every, long last)
{
    FILE *stream = open_text();
    const char *line = result->text;
    for (int r = 0; r < result->rows; r++, line = strchr(line, '\n') + 1) {
        long T = (long)row_of(result, r)[column];
        if (T % every == 0 && T <= last)
            fprintf(stream, "%.*s\n", (int)strcspn(line, "\n"), line);
    }
    return close_text(stream);
}

static const int time_column[] = {[MULTILINEAR] = 2, [TIME] = 1, [WIDTH] = 2, [DATA_SETS] = 2,
                                  [TRANSFORMER] = 1};

static void check_rows(enum subject subject, const char *words, const struct result *whole,
                       long every, long last)
{
    struct result part = table_of(subject, words);
    char *expected = thin_out(whole, time_column[subject], every, last);
    assert_true(part.rows > 1 && part.rows < whole->rows);
    assert_string_equal(part.text, expected);
}

#define LASTS "alpha=0.6 skills=3 bits=12 order=2 target=2 initial=0.01 rate=0.02 width=12 " \
              "heads=2 sigma=0.2 batch=32 repeats=2 seed=7 widths=3,17 cool=0.5 cool-every=40 "

/* 100 steps, measured every 10: measured half as often; and half as long, with both. */
static void check_lengths(enum subject subject, const char *words)
{
    char text[512];
    snprintf(text, sizeof text, LASTS "%ssteps=100 every=10", words);
    struct result whole = table_of(subject, text);
    snprintf(text, sizeof text, LASTS "%ssteps=100 every=20", words);
    check_rows(subject, text, &whole, 20, 100);
    snprintf(text, sizeof text, LASTS "%ssteps=50 every=10", words);
    check_rows(subject, text, &whole, 10, 50);
    snprintf(text, sizeof text, LASTS "%ssteps=40 every=20", words);
    check_rows(subject, text, &whole, 20, 40);
    snprintf(text, sizeof text, LASTS "%ssteps=90 every=0", words);
    struct result last = table_of(subject, text);
    for (char *line = strtok(last.text, "\n"); line; line = strtok(NULL, "\n"))
        assert_non_null(strstr(whole.text, line));
    assert_int_equal(last.rows, whole.rows / 11);
}

TEST(shorter_and_sparser_runs_have_rows_of_the_same_simulation)
{
    check_lengths(MULTILINEAR, "samples=0,9 ");
    check_lengths(TIME, "");
    check_lengths(TIME, "momentum=0.9 decay=0.01 ");
    check_lengths(WIDTH, "optimiser=adam ");
    check_lengths(DATA_SETS, "samples=20,4001 ");
    check_lengths(TRANSFORMER, "bits=6 rate=0.002 ");
}

/* A run that stops is the beginning of one that does not, and then has something to say. */
static void check_stopped(enum subject subject, const char *words)
{
    char text[512];
    snprintf(text, sizeof text, LASTS "repeats=1 widths=17 %sstop=0", words);
    struct result whole = table_of(subject, text);
    double half = row_of(&whole, whole.rows / 2)[time_column[subject] + 1];
    snprintf(text, sizeof text, LASTS "repeats=1 widths=17 %sstop=%.17g", words, 1.05 * half);
    struct result stopped = table_of(subject, text);
    assert_in_range(stopped.rows, 2, whole.rows - 1);
    assert_int_equal(strncmp(stopped.text, whole.text, strlen(stopped.text)), 0);
}

TEST(stopped_run_is_the_beginning_of_the_whole)
{
#define LEARNS "skills=2 bits=6 order=1 target=1 rate=0.05 every=1 "
    check_stopped(TIME, LEARNS "steps=150 ");
    check_stopped(WIDTH, LEARNS "steps=150 ");
    check_stopped(DATA_SETS, LEARNS "samples=500 steps=150 ");
    check_stopped(DATA_SETS, LEARNS "samples=4001 steps=80 ");
    check_stopped(TRANSFORMER, LEARNS "rate=0.005 steps=60 ");
}

/* ---- the two-layer network: rows */

#define TINY "alpha=0.6 skills=3 bits=12 order=2 target=5 rate=0.02 width=17 sigma=0.1 " \
             "batch=64 seed=1 "

TEST(network_rows_fall_on_multiples_and_on_the_last_step)
{
    static const double T[] = {0, 20, 40, 50};
    struct result result = network(TINY "steps=50 every=20 repeats=2");
    assert_int_equal(result.columns, 6);
    assert_int_equal(result.rows, 8);
    for (int r = 0; r < 8; r++) {
        assert_true(row_of(&result, r)[0] == r / 4 + 1);
        assert_true(row_of(&result, r)[1] == T[r % 4]);
    }
}

TEST(every_0_gives_the_last_row_only)
{
    struct result result = network(TINY "steps=50 every=0 repeats=2");
    assert_int_equal(result.rows, 2);
    for (int r = 0; r < 2; r++)
        assert_true(row_of(&result, r)[0] == r + 1 && row_of(&result, r)[1] == 50);
    check_times(SMALL "skills=3 steps=25 every=0 repeats=1", 1, (double[]){25});
    check_times(SMALL "skills=3 steps=0 every=0 repeats=1", 1, (double[]){0});
}

TEST(network_without_steps_gives_the_start)
{
    struct result result = network(TINY "steps=0 every=20 repeats=2");
    assert_int_equal(result.rows, 2);
    assert_true(row_of(&result, 0)[1] == 0 && row_of(&result, 1)[1] == 0);
}

TEST(network_with_one_skill)
{
    struct result result = network(TINY "skills=1 steps=3 every=3 repeats=1");
    assert_int_equal(result.columns, 4);
    assert_int_equal(result.rows, 2);
}

/* Outputs of about width sigma^2 = 2e-7: nothing is known, so the loss is that of f = 0. */
TEST(small_weights_start_from_zero_strength)
{
    struct result result = network(TINY "sigma=0.0001 steps=0 every=1 repeats=1");
    const double *row = row_of(&result, 0);
    assert_close(row[2], 1, 1e-4);
    for (int k = 1; k <= 3; k++)
        assert_close(row[2 + k], 0, 1e-4);
}

/* Skills that depend on one bit are easy: the network learns them, and the loss says so. */
TEST(network_learns_single_bits)
{
    struct result result = network("alpha=0.3 skills=2 bits=6 order=1 target=1 rate=0.1 "
                                   "width=64 sigma=0.1 batch=128 steps=600 every=600 repeats=1 seed=1");
    const double *row = row_of(&result, 1);
    assert_close(row[3], 1, 0.1);
    assert_close(row[4], 1, 0.1);
    assert_true(row[2] < 0.05);
}

/* ---- the two-layer network: what its numbers depend on */

#define BITS TINY "steps=50 every=20 repeats=3"

TEST(network_bits_do_not_depend_on_threads)
{
    check_threads(BITS, TIME, 2);
    check_threads(BITS, TIME, 3);
}

static void check_variant(enum subject subject, const char *words, enum variant variant)
{
    if (variant < VARIANTS && !variant_runs(variant))
        skip();
    struct settings plain = settings_from(words), other = plain;
    other.variant = variant < VARIANTS ? 1 + (long)variant : 0; /* 0: the best */
    struct result one = carry_out(&plain, subject, 2), two = carry_out(&other, subject, 2);
    assert_int_equal(two.status, STATUS_OK);
    assert_true(one.rows > 0);
    assert_string_equal(two.text, one.text);
}

TEST(avx2_gives_the_bits_of_plain)
{
    check_variant(TIME, BITS, VARIANT_AVX2);
}

TEST(avx512_gives_the_bits_of_plain)
{
    check_variant(TIME, BITS, VARIANT_AVX512);
}

TEST(best_variant_gives_the_bits_of_plain)
{
    check_variant(TIME, BITS, VARIANTS);
}

TEST(unknown_variant_is_out_of_range)
{
    struct settings settings = settings_from(BITS);
    settings.variant = 1 + VARIANTS;
    struct result result = carry_out(&settings, TIME, 1);
    assert_int_equal(result.status, STATUS_RANGE);
    assert_int_equal(result.rows, 0);
}

TEST(impossible_task_is_out_of_range)
{
    struct settings settings = settings_from(BITS " skills=7"); /* 14 bits of 12, disjoint */
    struct result result = carry_out(&settings, TIME, 1);
    assert_int_equal(result.status, STATUS_RANGE);
}

TEST(overlapping_skills_need_fewer_bits)
{
    struct settings settings = settings_from(TINY "skills=7 steps=1 every=1 repeats=1");
    settings.overlap = true;
    struct result result = carry_out(&settings, TIME, 1);
    assert_int_equal(result.status, STATUS_OK);
    assert_int_equal(result.rows, 2);
}

TEST(network_repeats_differ)
{
    struct result result = network(BITS);
    assert_true(row_of(&result, 0)[2] != row_of(&result, 4)[2]);
}

/* With large weights the first loss is that of the weights: it varies from draw to draw by far
   more than the 2 per cent or so that the test points are good for. */
TEST(every_repeat_draws_its_own_weights)
{
    struct result result = network(TINY "sigma=1 target=1 steps=0 every=1 repeats=4");
    double low = INFINITY, high = 0;
    for (int r = 0; r < 4; r++) {
        low = fmin(low, row_of(&result, r)[2]);
        high = fmax(high, row_of(&result, r)[2]);
    }
    assert_true(high > 1.5 * low);
}

TEST(more_network_repeats_leave_the_first_ones)
{
    struct result few = network(TINY "steps=20 every=20 repeats=1");
    struct result many = network(TINY "steps=20 every=20 repeats=3");
    assert_int_equal(strncmp(few.text, many.text, strlen(few.text)), 0);
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
}

TEST(divergence_between_measurements_gives_one_row)
{
    check_divergence(TINY "rate=100 steps=1000000000 every=1000000 repeats=3", 3);
}

TEST(divergence_at_a_measurement_gives_one_row)
{
    check_divergence(TINY "rate=100 steps=1000000000 every=1 repeats=3", 3);
}

TEST(divergence_in_the_last_step_gives_one_row)
{
    struct result result = network(TINY "rate=100 steps=1000000 every=1000000 repeats=1");
    char words[512];
    snprintf(words, sizeof words, TINY "rate=100 steps=%.0f every=1000000 repeats=1",
             row_of(&result, 1)[1]);
    check_divergence(words, 1);
}

/* ---- optimisers and schedules: with the same random numbers */

#define FRESH "alpha=0.6 skills=3 bits=12 order=2 target=2 rate=0.01 width=17 widths=17 " \
              "sigma=0.3 batch=64 repeats=1 seed=1 every=0 "
#define FIXED "alpha=0.6 skills=3 bits=12 order=2 target=2 rate=0.01 width=17 " \
              "sigma=0.3 samples=50 repeats=1 seed=1 every=0 "

static void check_same(enum subject subject, const char *one, const char *two, bool same)
{
    struct result first = alike(subject, one), second = alike(subject, two);
    assert_int_equal(strcmp(first.text, second.text) == 0, same);
}

TEST(momentum_shows_from_the_second_step_on)
{
    check_same(TIME, FRESH "steps=1", FRESH "steps=1 momentum=0.9", true);
    check_same(TIME, FRESH "steps=2", FRESH "steps=2 momentum=0.9", false);
    check_same(DATA_SETS, FIXED "steps=1", FIXED "steps=1 momentum=0.9", true);
    check_same(DATA_SETS, FIXED "steps=2", FIXED "steps=2 momentum=0.9", false);
}

TEST(decay_and_adam_show_at_once)
{
    check_same(TIME, FRESH "steps=1", FRESH "steps=1 decay=0.1", false);
    check_same(TIME, FRESH "steps=1", FRESH "steps=1 optimiser=adam", false);
    check_same(WIDTH, FRESH "steps=1", FRESH "steps=1 decay=0.1", false);
    check_same(WIDTH, FRESH "steps=1", FRESH "steps=1 optimiser=adam", false);
    check_same(DATA_SETS, FIXED "steps=1", FIXED "steps=1 decay=0.1", false);
    check_same(DATA_SETS, FIXED "steps=1", FIXED "steps=1 optimiser=adam", false);
}

/* Steps 0 to 9 have the first rate. */
TEST(rate_cools_after_so_many_steps)
{
    check_same(TIME, FRESH "steps=10", FRESH "steps=10 cool=0.5 cool-every=10", true);
    check_same(TIME, FRESH "steps=11", FRESH "steps=11 cool=0.5 cool-every=10", false);
    check_same(WIDTH, FRESH "steps=10", FRESH "steps=10 cool=0.5 cool-every=10", true);
    check_same(WIDTH, FRESH "steps=11", FRESH "steps=11 cool=0.5 cool-every=10", false);
}

/* 4000 samples are two batches: the second is step 1, but still in epoch 0. */
TEST(rate_on_data_cools_after_so_many_epochs)
{
    check_same(DATA_SETS, FIXED "samples=4000 steps=1",
               FIXED "samples=4000 steps=1 cool=0.5 cool-every=1", true);
    check_same(DATA_SETS, FIXED "samples=4000 steps=2",
               FIXED "samples=4000 steps=2 cool=0.5 cool-every=1", false);
    check_same(DATA_SETS, FIXED "samples=4000 steps=2",
               FIXED "samples=4000 steps=2 cool=0.5 cool-every=2", true);
    check_same(DATA_SETS, FIXED "steps=9", FIXED "steps=9 cool=0.5 cool-every=0", true);
}

TEST(adam_and_momentum_learn_single_bits)
{
#define EASY "alpha=0.3 skills=2 bits=6 order=1 target=1 width=32 widths=32 sigma=0.1 batch=64 " \
             "samples=400 steps=300 every=0 repeats=1 seed=1 "
    static const char *const words[] = {EASY "rate=0.01 optimiser=adam",
                                        EASY "rate=0.02 momentum=0.9"};
    static const int strengths[] = {[TIME] = 3, [WIDTH] = 4, [DATA_SETS] = 4};
    for (int i = 0; i < 2; i++)
        for (enum subject subject = TIME; subject <= DATA_SETS; subject++) {
            struct result result = table_of(subject, words[i]);
            const double *R = row_of(&result, 0) + strengths[subject];
            assert_int_equal(result.rows, 1);
            assert_close(R[0], 1, 0.1);
            assert_close(R[1], 1, 0.1);
            assert_true(R[-1] < 0.05);
        }
}

/* ---- networks of given widths */

#define NARROW "alpha=0.6 skills=3 bits=12 order=2 target=5 rate=0.01 sigma=0.1 batch=64 seed=1 " \
               "optimiser=adam decay=0.0005 cool=0.5 cool-every=7 "

TEST(cells_run_through_widths_then_repeats)
{
    static const double expected[][3] = {{1, 5, 0}, {1, 5, 3}, {2, 5, 0}, {2, 5, 3},
                                         {1, 1, 0}, {1, 1, 3}, {2, 1, 0}, {2, 1, 3}};
    struct result result = table_of(WIDTH, NARROW "steps=3 every=5 widths=5,1 repeats=2");
    assert_int_equal(result.columns, 7);
    assert_int_equal(result.rows, 8);
    for (int r = 0; r < 8; r++)
        assert_memory_equal(row_of(&result, r), expected[r], sizeof expected[r]);
}

TEST(more_widths_leave_the_others)
{
    struct result one = table_of(WIDTH, NARROW "steps=20 every=10 widths=17 repeats=2");
    struct result more = table_of(WIDTH, NARROW "steps=20 every=10 widths=20,1,17,3 repeats=2");
    assert_non_null(strstr(more.text, one.text));
}

TEST(widths_do_not_share_random_numbers)
{
    struct result result = table_of(WIDTH, NARROW "sigma=0 steps=0 every=0 widths=3,4 repeats=1");
    assert_true(row_of(&result, 0)[3] == 1 && row_of(&result, 1)[3] == 1); /* f = 0 */
    result = table_of(WIDTH, NARROW "sigma=1 steps=0 every=0 widths=3,4 repeats=1");
    assert_true(row_of(&result, 0)[3] != row_of(&result, 1)[3]);
}

TEST(widths_do_not_depend_on_threads)
{
    check_threads(NARROW "steps=20 every=8 widths=1,16,17 repeats=2", WIDTH, 2);
    check_threads(NARROW "steps=20 every=8 widths=1,16,17 repeats=2", WIDTH, 3);
}

TEST(widths_do_not_depend_on_the_variant)
{
    check_variant(WIDTH, NARROW "steps=20 every=8 widths=1,8,16,17,33 repeats=2", VARIANTS);
}

TEST(widths_do_not_depend_on_avx2)
{
    check_variant(WIDTH, NARROW "steps=20 every=8 widths=1,8,16,17,33 repeats=2", VARIANT_AVX2);
}

/* One hidden unit is two half-lines: the loss of its parities stays high, but it is a loss. */
TEST(one_unit_and_one_skill_make_a_table)
{
    struct result result = table_of(WIDTH, NARROW "skills=1 steps=30 every=0 widths=1 repeats=1");
    const double *row = row_of(&result, 0);
    assert_int_equal(result.columns, 5);
    assert_int_equal(result.rows, 1);
    assert_true(row[3] > 0.5 && row[3] < 1.5);
    assert_true(fabs(row[4]) < 0.5);
}

/* ---- the network on fixed data sets */

#define FEW "alpha=0.6 skills=3 bits=12 order=2 target=2 rate=0.02 width=17 sigma=0.1 seed=1 "

TEST(data_rows_have_the_columns_of_their_cell)
{
    static const double expected[][3] = {{1, 9, 0}, {1, 9, 4}, {1, 9, 5}, {2, 9, 0}, {2, 9, 4},
                                         {2, 9, 5}, {1, 2, 0}, {1, 2, 4}, {1, 2, 5}, {2, 2, 0},
                                         {2, 2, 4}, {2, 2, 5}};
    struct result result = table_of(DATA_SETS, FEW "steps=5 every=4 samples=9,2 repeats=2");
    assert_int_equal(result.columns, 10);
    assert_int_equal(result.rows, 12);
    for (int r = 0; r < 12; r++)
        assert_memory_equal(row_of(&result, r), expected[r], sizeof expected[r]);
}

TEST(data_loss_is_the_sum_over_its_skills)
{
    struct result result = table_of(DATA_SETS, FEW "steps=60 every=20 samples=1,100 repeats=2");
    for (int r = 0; r < result.rows; r++) {
        const double *row = row_of(&result, r);
        double loss = 0;
        for (int k = 1; k <= 3; k++)
            loss += probability(0.6, 3, k) * row[6 + k];
        assert_close(row[3], loss, 1e-13 * loss);
    }
}

TEST(data_without_epochs_gives_the_start)
{
    struct result result =
        table_of(DATA_SETS, FEW "sigma=0 steps=0 every=0 stop=1000 samples=1,5000 repeats=1");
    assert_int_equal(result.rows, 2);
    for (int r = 0; r < 2; r++) {
        assert_true(row_of(&result, r)[2] == 0);
        assert_close(row_of(&result, r)[3], 1, 1e-15);
    }
}

TEST(every_0_gives_one_row_of_each_data_set)
{
    struct result result = table_of(DATA_SETS, FEW "steps=7 every=0 samples=1:4 repeats=2");
    assert_int_equal(result.rows, 8);
    for (int r = 0; r < 8; r++)
        assert_true(row_of(&result, r)[2] == 7);
}

/* How large a batch the settings want is nothing to a data set. */
TEST(batch_larger_than_the_data_changes_nothing)
{
    check_same(DATA_SETS, FIXED "samples=1,2,50 steps=9 batch=1",
               FIXED "samples=1,2,50 steps=9 batch=4000", true);
    check_same(MULTILINEAR, FIXED "initial=0.01 steps=9 batch=1",
               FIXED "initial=0.01 steps=9 batch=4000", true);
}

/* Of alpha = 30 the chance that one of 200 samples is not of skill 1 is 10^-7.  Skill 1, a bit,
   is learned; of the others, other bits, the network knows nothing: R is the mean of 20000 signs
   times f. */
TEST(skills_without_samples_are_not_learned)
{
    struct result result =
        table_of(DATA_SETS, "alpha=30 skills=3 bits=6 order=1 target=1 rate=0.1 width=32 "
                            "sigma=0.01 steps=600 every=0 samples=200 repeats=2 seed=1");
    for (int r = 0; r < 2; r++) {
        const double *row = row_of(&result, r);
        assert_close(row[4], 1, 0.05);
        assert_close(row[5], 0, 0.1);
        assert_close(row[6], 0, 0.1);
        assert_true(row[7] < 0.05 && row[8] > 0.8 && row[9] > 0.8);
    }
}

/* Fewer samples than skills, one sample, one skill: a row each, of finite numbers. */
TEST(small_data_sets_and_networks_make_a_table)
{
    static const char *const words[] = {
        FEW "steps=30 every=0 samples=1,2 repeats=2",
        FEW "skills=6 steps=30 every=0 samples=1,2 repeats=2",
        FEW "skills=1 steps=30 every=0 samples=1,7 repeats=2",
        FEW "width=1 steps=30 every=0 samples=1,7 repeats=2",
        FEW "skills=1 width=1 bits=2 steps=30 every=0 samples=1,4001 repeats=2"};
    for (int i = 0; i < 5; i++) {
        struct result result = table_of(DATA_SETS, words[i]);
        assert_int_equal(result.rows, 4);
        for (int j = 0; j < result.rows * result.columns; j++)
            assert_true(isfinite(result.value[j]));
    }
}

/* ---- the network on fixed data sets: when it stops */

#define STOPS FIXED "rate=0.05 "

static double epochs_of(const char *words)
{
    struct result result = alike(DATA_SETS, words);
    assert_int_equal(result.rows, 1);
    double epochs = row_of(&result, 0)[2];
    return epochs;
}

TEST(stop_that_is_never_reached_leaves_all_epochs)
{
    assert_true(epochs_of(STOPS "steps=40 stop=0") == 40);
    assert_true(epochs_of(STOPS "steps=40 stop=1e-300") == 40);
}

TEST(stop_is_looked_at_after_an_epoch)
{
    assert_true(epochs_of(STOPS "steps=40 stop=1e300") == 1);
}

TEST(lower_stop_takes_longer)
{
    double high = epochs_of(STOPS "steps=20000 stop=0.2");
    double low = epochs_of(STOPS "steps=20000 stop=0.02");
    assert_true(1 < high && high < low && low < 20000);
}

/* One measurement, at the end, draws the same test points: the row is that of a run which was
   told where to end. */
TEST(stopped_run_is_the_run_of_as_many_epochs)
{
    struct result stopped = alike(DATA_SETS, STOPS "steps=20000 stop=0.02");
    char words[512];
    snprintf(words, sizeof words, STOPS "steps=%.0f stop=0", row_of(&stopped, 0)[2]);
    struct result told = alike(DATA_SETS, words);
    assert_string_equal(stopped.text, told.text);
}

TEST(stopped_run_ends_with_a_row)
{
    double epochs = epochs_of(STOPS "steps=20000 stop=0.02");
    long every = (long)epochs / 3 + 1;
    char words[512];
    snprintf(words, sizeof words, STOPS "every=%ld steps=20000 stop=0.02", every);
    struct result result = alike(DATA_SETS, words);
    assert_int_equal(result.rows, 4);
    for (int r = 0; r < 3; r++)
        assert_true(row_of(&result, r)[2] == (double)(r * every));
    assert_true(row_of(&result, 3)[2] == epochs);
}

/* At f = 0 the training loss is S^2, whatever S, and in one batch or three. */
TEST(stop_is_in_units_of_the_target)
{
    assert_true(epochs_of(FIXED "sigma=0 rate=1e-9 steps=9 target=0.02 stop=1.01") == 1);
    assert_true(epochs_of(FIXED "sigma=0 rate=1e-9 steps=9 target=0.02 stop=0.99") == 9);
    assert_true(epochs_of(FIXED "sigma=0 rate=1e-9 steps=9 target=50 stop=1.01") == 1);
    assert_true(epochs_of(FIXED "sigma=0 rate=1e-9 steps=9 target=50 stop=0.99") == 9);
    assert_true(epochs_of(FIXED "sigma=0 rate=1e-9 steps=9 samples=6001 stop=1.01") == 1);
    assert_true(epochs_of(FIXED "sigma=0 rate=1e-9 steps=9 samples=6001 stop=0.99") == 9);
}

/* ---- the network on fixed data sets: what its numbers depend on */

#define SETS FEW "steps=4 every=2 repeats=2 stop=0.001 cool=0.5 cool-every=3 "

TEST(data_sets_do_not_depend_on_threads)
{
    check_threads(SETS "width=3 samples=1,2,40,4000,6001", DATA_SETS, 2);
    check_threads(SETS "width=3 samples=1,2,40,4000,6001", DATA_SETS, 3);
}

TEST(data_sets_do_not_depend_on_avx2)
{
    check_variant(DATA_SETS, SETS "samples=1,40,4001", VARIANT_AVX2);
}

TEST(data_sets_do_not_depend_on_avx512)
{
    check_variant(DATA_SETS, SETS "samples=1,40,4001", VARIANT_AVX512);
}

TEST(data_sets_do_not_depend_on_the_variant)
{
    check_variant(DATA_SETS, SETS "momentum=0.9 samples=1,40,4001", VARIANTS);
}

TEST(data_sets_do_not_depend_on_the_others)
{
    struct result one = table_of(DATA_SETS, SETS "width=3 samples=4000");
    struct result more = table_of(DATA_SETS, SETS "width=3 samples=5,4000,1");
    struct result turned = table_of(DATA_SETS, SETS "width=3 samples=1,4000,5");
    assert_non_null(strstr(more.text, one.text));
    assert_non_null(strstr(turned.text, one.text));
    assert_true(strlen(more.text) == strlen(turned.text) && strcmp(more.text, turned.text) != 0);
}

TEST(more_data_repeats_leave_the_first_ones)
{
    struct result few = table_of(DATA_SETS, SETS "samples=30 repeats=1");
    struct result many = table_of(DATA_SETS, SETS "samples=30 repeats=3");
    assert_int_equal(strncmp(few.text, many.text, strlen(few.text)), 0);
}

/* From 4000 samples on an epoch is of batches of about 2000. */
TEST(steps_count_the_batches_of_an_epoch)
{
    static const double batches[] = {1, 1, 2, 2, 3, 50};
    struct settings settings = settings_from(
        FEW "steps=7 every=0 samples=1,3999,4000,5999,6000,100000 repeats=3");
    struct run run = experiments_mlp_data(&settings);
    assert_int_equal(run.cells, 18);
    for (int cell = 0; cell < 18; cell++)
        assert_true(run.steps(run.context, cell) == 7 * batches[cell / 3]);
}

/* So 4000 samples get in an epoch as far as 3999, the same but one, in two. */
TEST(epoch_of_4000_samples_is_two_steps)
{
#define EPOCHS "alpha=30 skills=2 bits=4 order=1 target=1 rate=0.1 width=32 sigma=0.1 seed=1 " \
               "repeats=1 every=0 "
    struct result two = alike(DATA_SETS, EPOCHS "samples=4000 steps=20");
    struct result one = alike(DATA_SETS, EPOCHS "samples=3999 steps=40");
    struct result half = alike(DATA_SETS, EPOCHS "samples=3999 steps=20");
    double loss = row_of(&two, 0)[3], same = row_of(&one, 0)[3], more = row_of(&half, 0)[3];
    assert_true(more > 1.5 * loss);
    assert_close(same, loss, 0.1 * (more - loss));
}

/* The streams of random numbers of a run's first cell, for training by hand. */
struct streams {
    struct stream sets, start, samples, tests;
};

static struct streams streams_of(const struct settings *settings, enum subject subject)
{
    char *text = text_of(settings, subject, 0);
    uint64_t identity = runner_hash(text, strlen(text), 0), seed = settings->seed;
    return (struct streams){stream_open(seed, identity, PURPOSE_TASK),
                            stream_open(seed, identity, PURPOSE_START),
                            stream_open(seed, identity, PURPOSE_TRAINING),
                            stream_open(seed, identity, PURPOSE_TEST)};
}

/* The same training by hand: epochs of two batches in an order that is shuffled, by
   exchanging from the end, before none of them, before the first, or before each. */
enum shuffles { NEVER, ONCE, ALWAYS };

static void train_by_hand(const struct settings *settings, enum shuffles shuffles, double *row)
{
    enum { D = 4001, ROUNDS = 3, POINTS = 20000 };
    struct streams by = streams_of(settings, DATA_SETS);
    struct task *task = new_task(2, 8, 2, settings->alpha, false, &by.sets);
    struct batch data = *new_batch(D), *points = new_batch(POINTS);
    struct mlp *net;
    assert_int_equal(mlp_create(&net, 2, 8, 17, D, VARIANT_PLAIN), STATUS_OK);
    mlp_initialise(net, settings->sigma, &by.start);
    task_draw(task, &by.samples, &data);
    for (int epoch = 0; epoch < ROUNDS; epoch++) {
        for (int i = D - 1; i > 0 && (shuffles == ALWAYS || (shuffles == ONCE && !epoch)); i--) {
            int j = (int)stream_below(&by.samples, (uint64_t)i + 1), skill = data.skill[i];
            uint64_t bits = data.bits[i];
            float parity = data.parity[i];
            data.bits[i] = data.bits[j], data.bits[j] = bits;
            data.skill[i] = data.skill[j], data.skill[j] = skill;
            data.parity[i] = data.parity[j], data.parity[j] = parity;
        }
        struct batch half[] = {{D / 2, data.bits, data.skill, data.parity},
                               {D - D / 2, data.bits + D / 2, data.skill + D / 2,
                                data.parity + D / 2}};
        mlp_step(net, &half[0], settings->target, settings->rate);
        mlp_step(net, &half[1], settings->target, settings->rate);
    }
    stream_seek(&by.tests, (uint64_t)(ROUNDS * 2 * POINTS * task_words(task)));
    for (int k = 0; k < 2; k++) {
        task_draw_of_skill(task, &by.tests, k, points);
        assert_int_equal(mlp_measure(net, points, settings->target, &row[k], &row[2 + k]),
                         STATUS_OK);
    }
    mlp_destroy(net);
}

TEST(samples_are_shuffled_in_each_epoch)
{
    struct settings settings =
        settings_from("alpha=0.6 skills=2 bits=8 order=2 target=5 rate=0.05 width=17 sigma=0.1 "
                      "steps=3 every=0 samples=4001 repeats=1 seed=3");
    struct result result = carry_out(&settings, DATA_SETS, 1);
    assert_int_equal(result.rows, 1);
    for (enum shuffles shuffles = NEVER; shuffles <= ALWAYS; shuffles++) {
        double row[4];
        train_by_hand(&settings, shuffles, row);
        assert_int_equal(!memcmp(row, row_of(&result, 0) + 4, sizeof row), shuffles == ALWAYS);
    }
}

/* ---- the transformer: one skill alone, and control bits in reverse order */

#define READ "alpha=0.6 skills=3 bits=7 order=2 target=1 rate=0.004 width=8 heads=2 batch=40 " \
             "steps=9 every=0 repeats=1 seed=3 "

static void turn(struct batch *batch)
{
    for (int s = 0; s < batch->count; s++)
        batch->skill[s] = 2 - batch->skill[s];
}

/* Strengths after the steps, by hand; only = 0 draws samples of all skills. */
static void read_by_hand(const struct settings *settings, double *strength)
{
    enum { POINTS = 20000 };
    struct streams by = streams_of(settings, TRANSFORMER);
    struct task *task = new_task(3, 7, 2, settings->alpha, false, &by.sets);
    struct batch *batch = new_batch((int)settings->batch), *points = new_batch(POINTS);
    struct transformer_shape shape = {.skills = 3, .bits = 7, .width = 8, .heads = 2};
    struct transformer *net;
    assert_int_equal(transformer_create(&net, shape, POINTS, VARIANT_PLAIN), STATUS_OK);
    transformer_initialise(net, &by.start);
    for (long step = 0; step < settings->steps; step++) {
        if (settings->only)
            task_draw_of_skill(task, &by.samples, (int)settings->only - 1, batch);
        else
            task_draw(task, &by.samples, batch);
        if (settings->reverse)
            turn(batch);
        transformer_step(net, batch, settings->target, settings->rate);
    }
    stream_seek(&by.tests, (uint64_t)(settings->steps * 3 * POINTS * task_words(task)));
    for (int k = 0; k < 3; k++) {
        double error;
        task_draw_of_skill(task, &by.tests, k, points);
        if (settings->reverse)
            turn(points);
        assert_int_equal(transformer_measure(net, points, settings->target, &strength[k], &error),
                         STATUS_OK);
    }
    transformer_destroy(net);
}

TEST(transformer_reads_what_it_is_asked_to)
{
    for (int only = 0; only <= 3; only++)
        for (int reverse = 0; reverse < 2; reverse++) {
            struct settings settings = settings_from(READ);
            settings.only = only;
            settings.reverse = reverse;
            struct result result = carry_out(&settings, TRANSFORMER, 1);
            double strength[3];
            read_by_hand(&settings, strength);
            assert_int_equal(result.rows, 1);
            assert_memory_equal(strength, row_of(&result, 0) + 3, sizeof strength);
        }
}

TEST(loss_of_one_skill_is_of_that_skill)
{
    struct result all = table_of(TRANSFORMER, READ "only=2 rate=0.01 steps=3000");
    const double *row = row_of(&all, 0);
    assert_true(row[4] > 0.5 && fabs(row[3]) < 0.4 && fabs(row[5]) < 0.4);
    assert_true(row[2] < 0.6); /* of a skill that is not learned it is 1 */
}

/* ---- strengths by plain means */

/* The network of mlp-time after its steps, by hand, and the mean of f g_k on its test points. */
static void measure_means_by_hand(const struct settings *settings, double *mean)
{
    enum { POINTS = 20000 };
    struct streams by = streams_of(settings, TIME);
    struct task *task = new_task(2, 8, 2, settings->alpha, false, &by.sets);
    struct batch *batch = new_batch((int)settings->batch), *points = new_batch(POINTS);
    float *output = keep(malloc(sizeof(float) * POINTS), free);
    struct mlp *net;
    assert_int_equal(mlp_create(&net, 2, 8, 17, POINTS, VARIANT_PLAIN), STATUS_OK);
    mlp_initialise(net, settings->sigma, &by.start);
    for (long step = 0; step < settings->steps; step++) {
        task_draw(task, &by.samples, batch);
        mlp_step(net, batch, settings->target, settings->rate);
    }
    stream_seek(&by.tests, (uint64_t)(settings->steps * 2 * POINTS * task_words(task)));
    for (int k = 0; k < 2; k++) {
        task_draw_of_skill(task, &by.tests, k, points);
        assert_int_equal(mlp_forward(net, points, output), STATUS_OK);
        mean[k] = 0;
        for (int s = POINTS - 1; s >= 0; s--)
            mean[k] += (double)output[s] * points->parity[s] / POINTS / settings->target;
    }
    mlp_destroy(net);
}

#define MEANS "alpha=0.6 skills=2 bits=8 order=2 target=5 rate=0.05 width=17 sigma=0.3 batch=50 " \
              "steps=7 every=0 repeats=1 seed=3"

TEST(means_are_those_of_the_outputs)
{
    struct settings settings = settings_from(MEANS);
    struct run run = experiments_mlp_means(&settings);
    struct result result = carry_out_run(&run, &settings, 1);
    double mean[2];
    measure_means_by_hand(&settings, mean);
    assert_int_equal(result.rows, 1);
    assert_int_equal(result.columns, 7);
    for (int k = 0; k < 2; k++) {
        assert_close(row_of(&result, 0)[5 + k], mean[k], 1e-12);
        assert_true(fabs(row_of(&result, 0)[3 + k] - mean[k]) > 1e-6); /* they are not centred */
    }
}

/* The same cells, so the same random numbers, but records of their own. */
TEST(means_are_of_the_cells_of_time)
{
    struct settings settings = settings_from(MEANS " repeats=3 every=2");
    struct run time = experiments_mlp_time(&settings), means = experiments_mlp_means(&settings);
    struct result one = carry_out_run(&time, &settings, 1);
    struct result both = carry_out_run(&means, &settings, 2);
    assert_int_equal(one.rows, both.rows);
    for (int r = 0; r < one.rows; r++)
        assert_memory_equal(row_of(&one, r), row_of(&both, r), sizeof(double) * 5);
    FILE *stream = open_text();
    time.describe_length(&settings, stream);
    char *length = close_text(stream);
    stream = open_text();
    means.describe_length(&settings, stream);
    assert_string_not_equal(length, close_text(stream));
}

TEST(diverging_means_end_with_one_row)
{
    struct settings settings = settings_from(MEANS " rate=1000000");
    struct run run = experiments_mlp_means(&settings);
    struct result result = carry_out_run(&run, &settings, 1);
    assert_int_equal(result.rows, 1);
    for (int i = 2; i < 7; i++)
        assert_true(isnan(row_of(&result, 0)[i]));
}

/* ---- a single cell, whose steps share the threads */

static void check_shared_steps(enum subject subject, const char *words)
{
    struct settings settings = settings_from(words);
    struct result one = carry_out(&settings, subject, 1);
    assert_int_equal(one.status, STATUS_OK);
    for (long threads = 2; threads <= 3; threads++) {
        settings.threads = threads;
        struct result shared = carry_out(&settings, subject, (int)threads);
        assert_int_equal(shared.status, STATUS_OK);
        assert_string_equal(shared.text, one.text);
    }
}

TEST(steps_of_a_single_cell_can_be_shared)
{
#define SINGLE "alpha=0.6 skills=3 bits=12 order=3 target=5 rate=0.05 width=37 widths=37 " \
               "sigma=0.1 repeats=1 seed=2 every=0 "
    check_shared_steps(TIME, SINGLE "batch=300 steps=60");
    check_shared_steps(WIDTH, SINGLE "batch=300 steps=60 optimiser=adam decay=0.001");
    check_shared_steps(DATA_SETS, SINGLE "samples=4001 steps=20 momentum=0.5");
    check_shared_steps(TRANSFORMER, SINGLE "batch=300 steps=10 rate=0.002 width=8 heads=2 "
                                           "bits=9");
}

/* This stands before the C library's function of that name, and counts. */
static int created;

int pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*begin)(void *),
                   void *argument)
{
    int (*create)(pthread_t *, const pthread_attr_t *, void *(*)(void *), void *);
    *(void **)&create = dlsym(RTLD_NEXT, "pthread_create");
    created++;
    return create(thread, attributes, begin, argument);
}

/* Teams within teams would be made of new threads each time. */
TEST(threads_of_a_single_cell_are_created_once)
{
    static const char *const words[] = {
        [TIME] = SINGLE "batch=300 steps=200", [WIDTH] = SINGLE "batch=300 steps=200",
        [DATA_SETS] = SINGLE "samples=4001 steps=100",
        [TRANSFORMER] = SINGLE "batch=300 steps=30 width=8 heads=2 bits=9"};
    for (enum subject subject = TIME; subject <= TRANSFORMER; subject++) {
        struct settings settings = settings_from(words[subject]);
        settings.threads = 3;
        created = 0;
        struct result result = carry_out(&settings, subject, 3);
        assert_int_equal(result.status, STATUS_OK);
        assert_in_range(created, 0, 2);
    }
}

/* ---- divergence in every experiment */

static void check_one_diverged_row(enum subject subject, const char *words, int cells)
{
    static const int kept[] = {3, 2, 3, 3};
    struct result result = table_of(subject, words);
    int before = kept[subject], diverged = 0;
    for (int r = 0; r < result.rows; r++) {
        const double *row = row_of(&result, r), *next = row_of(&result, r + 1);
        size_t name = sizeof(double) * (size_t)(before - 1);
        bool last = r + 1 == result.rows || memcmp(row, next, name) != 0;
        for (int i = 0; i < before; i++)
            assert_true(isfinite(row[i]));
        for (int i = before; i < result.columns; i++)
            assert_int_equal(isnan(row[i]), last);
        assert_true(last || next[before - 1] >= row[before - 1]);
        diverged += last;
    }
    assert_int_equal(diverged, cells);
}

#define WILD "alpha=0.6 skills=2 bits=8 order=2 target=5 initial=0.01 width=5 widths=1,9 " \
             "sigma=0.1 batch=16 samples=1,3,4000 repeats=2 seed=1 steps=1000000000 "

TEST(diverging_network_ends_with_one_row)
{
    check_one_diverged_row(TIME, WILD "rate=1000 every=0", 2);
    check_one_diverged_row(TIME, WILD "rate=1000 every=1", 2);
    check_one_diverged_row(WIDTH, WILD "rate=1000 every=0", 4);
    check_one_diverged_row(WIDTH, WILD "rate=1000 every=1", 4);
}

TEST(diverging_data_set_ends_with_one_row)
{
    check_one_diverged_row(DATA_SETS, WILD "rate=1000 every=0", 6);
    check_one_diverged_row(DATA_SETS, WILD "rate=1000 every=1", 6);
    check_one_diverged_row(DATA_SETS, WILD "rate=1000 every=3 stop=0.001", 6);
}

TEST(diverging_descent_ends_with_one_row)
{
    check_one_diverged_row(MULTILINEAR, WILD "rate=1000 every=0", 6);
    check_one_diverged_row(MULTILINEAR, WILD "rate=1000 every=1", 6);
}

TEST(diverging_optimisers_end_with_one_row)
{
    for (enum subject subject = TIME; subject <= DATA_SETS; subject++) {
        int cells = (int[]){0, 2, 4, 6}[subject];
        check_one_diverged_row(subject, WILD "rate=1e30 every=0 optimiser=adam", cells);
        check_one_diverged_row(subject, WILD "rate=1000 every=0 momentum=0.9", cells);
    }
}

TEST(rate_beyond_a_float_diverges_at_once)
{
    for (enum subject subject = TIME; subject <= DATA_SETS; subject++)
        check_one_diverged_row(subject, WILD "rate=1e300 every=0",
                               (int[]){0, 2, 4, 6}[subject]);
}

int main(void)
{
    return run_cases("experiments");
}
