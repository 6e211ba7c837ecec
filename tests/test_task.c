/* Tests of the chapter "task": streams, portable functions, frequencies, samples.

   Statistics use fixed seeds, so they pass or fail for ever; their limits are such that a
   correct program would have failed with at most the stated probability. */
#include <float.h>
#include <gsl/gsl_cdf.h>

#include "common.h"
#include "stream.h"
#include "task.h"

/* ---- streams */

static void check_words(struct stream stream, uint64_t first, uint64_t second)
{
    uint64_t word[2];
    struct stream same = stream;
    assert_int_equal(stream_word(&stream), first);
    assert_int_equal(stream_word(&stream), second);
    for (int variant = 0; variant < VARIANTS; variant++)
        if (variant_runs(variant)) {
            struct stream again = same;
            stream_words(&again, variant, word, 2);
            assert_true(word[0] == first && word[1] == second);
        }
}

/* Random123's published vectors (tests/kat_vectors, philox4x32 10). */
TEST(stream_gives_published_vector_of_zeros)
{
    check_words(stream_open(0, 0, PURPOSE_TASK), 0xe169c58d6627e8d5, 0x9b00dbd8bc57ac4c);
}

TEST(stream_gives_published_vector_of_ones)
{
    struct stream stream = stream_open(UINT64_MAX, UINT64_MAX, (enum purpose)15);
    stream_seek(&stream, (UINT64_C(1) << 61) - 2);
    check_words(stream, 0x41c83b0e408f276d, 0x6d5451fda20bc7c6);
}

TEST(stream_gives_published_vector_of_pi)
{
    struct stream stream = stream_open(0x299f31d0a4093822, 0x0370734413198a2e, (enum purpose)8);
    stream_seek(&stream, 2 * UINT64_C(0x05a308d3243f6a88));
    check_words(stream, 0x94fdccebd16cfe09, 0x24126ea15001e420);
}

TEST(stream_words_agree_with_reference)
{
    struct reader reader = reader_of("tests/reference/task.tsv", "word", 32);
    while (next_row(&reader)) {
        unsigned long long seed, identity, purpose, index, value;
        assert_int_equal(sscanf(reader.text, "%llu %llu %llu %llu %llu", &seed, &identity,
                                &purpose, &index, &value), 5);
        struct stream stream = stream_open(seed, identity, (enum purpose)purpose);
        struct stream walked = stream;
        stream_seek(&stream, index);
        assert_int_equal(stream_word(&stream), value);
        for (unsigned long long j = 0; index < 10000 && j < index; j++)
            stream_word(&walked);
        if (index < 10000)
            assert_int_equal(stream_word(&walked), value);
    }
}

TEST(streams_differ_in_seed_identity_and_purpose)
{
    struct stream s[] = {stream_open(1, 2, PURPOSE_START), stream_open(2, 1, PURPOSE_START),
                         stream_open(1, 2, PURPOSE_TEST), stream_open(1, 3, PURPOSE_START)};
    uint64_t word[4];
    for (int i = 0; i < 4; i++) {
        word[i] = stream_word(&s[i]);
        for (int j = 0; j < i; j++)
            assert_true(word[i] != word[j]);
    }
}

/* After so many words, so many at a time, by every variant: the same words, none lost, none
   written beyond. */
static void check_words_at_a_time(enum variant variant, int before, int count)
{
    enum { MOST = 300 };
    struct stream single = stream_open(2385, 7, PURPOSE_TEST), several = single;
    uint64_t word[MOST] = {0};
    for (int j = 0; j < before; j++)
        assert_int_equal(stream_word(&single), stream_word(&several));
    stream_words(&several, variant, word, count);
    for (int j = 0; j < MOST; j++)
        assert_int_equal(word[j], j < count ? stream_word(&single) : 0);
    assert_int_equal(stream_word(&several), stream_word(&single));
}

TEST(words_at_a_time_are_the_words_one_by_one)
{
    static const int counts[] = {127, 128, 129, 256, 257, 299};
    for (int variant = 0; variant < VARIANTS; variant++)
        for (int before = 0; variant_runs(variant) && before < 4; before++) {
            for (int count = 0; count < 70; count++)
                check_words_at_a_time(variant, before, count);
            for (int i = 0; i < 6; i++)
                check_words_at_a_time(variant, before, counts[i]);
        }
}

/* Across a carry of the block's number into the counter's second word. */
TEST(words_go_on_beyond_32_bits_of_blocks)
{
    uint64_t word[40];
    for (int variant = 0; variant < VARIANTS; variant++) {
        struct stream stream = stream_open(2385, 8, PURPOSE_TEST), single;
        stream_seek(&stream, (UINT64_C(1) << 33) - 21);
        single = stream;
        if (!variant_runs(variant))
            continue;
        stream_words(&stream, variant, word, 40);
        for (int j = 0; j < 40; j++)
            assert_int_equal(word[j], stream_word(&single));
    }
}

/* Whatever was drawn before, and also at words that do not begin a block. */
TEST(seeking_goes_to_any_word)
{
    uint64_t word[100];
    struct stream stream = stream_open(2385, 9, PURPOSE_TEST);
    for (int i = 0; i < 100; i++)
        word[i] = stream_word(&stream);
    for (int i = 99; i >= 0; i -= 7) {
        stream_seek(&stream, (uint64_t)i);
        for (int j = i; j < 100; j += j % 5 + 1, stream_seek(&stream, (uint64_t)j))
            assert_true(stream_word(&stream) == word[j]);
    }
    struct stream far = stream_open(2385, 9, PURPOSE_TEST), beyond = far;
    stream_seek(&far, UINT64_C(1) << 40);
    stream_seek(&beyond, (UINT64_C(1) << 40) + 5);
    for (int i = 0; i < 5; i++)
        assert_true(stream_word(&far) != word[i]);
    assert_true(stream_word(&far) == stream_word(&beyond));
}

TEST(uniform_is_the_middle_of_its_cell)
{
    struct stream words = stream_open(2385, 3, PURPOSE_TEST), uniforms = words;
    for (int j = 0; j < 1000; j++) {
        double cell = (double)(stream_word(&words) / 4096);
        assert_true(stream_uniform(&uniforms) == (cell + 0.5) / 4503599627370496.0);
    }
}

/* chi^2 of n draws below 7; error rate 1e-5 on either side. */
TEST(below_is_uniform)
{
    struct stream stream = stream_open(2385, 4, PURPOSE_TEST);
    double chi2 = 0;
    int count[7] = {0};
    for (int j = 0; j < 70000; j++)
        count[stream_below(&stream, 7)]++;
    for (int i = 0; i < 7; i++)
        chi2 += (count[i] - 1e4) * (count[i] - 1e4) / 1e4;
    assert_true(gsl_cdf_chisq_Q(chi2, 6) > 1e-5 && gsl_cdf_chisq_P(chi2, 6) > 1e-5);
}

/* Below 2^63 + 1 a word of more than 2^63 has to be refused. */
TEST(below_refuses_words_of_the_incomplete_cycle)
{
    struct stream stream = stream_open(2385, 5, PURPOSE_TEST), words = stream;
    const uint64_t n = (UINT64_C(1) << 63) + 1;
    int refused = 0;
    for (int j = 0; j < 100; j++) {
        uint64_t word;
        while ((word = stream_word(&words)) >= n)
            refused++;
        assert_int_equal(stream_below(&stream, n), word);
    }
    assert_true(refused > 50);
}

TEST(below_one_is_zero)
{
    struct stream stream = stream_open(2385, 6, PURPOSE_TEST);
    for (int j = 0; j < 10; j++)
        assert_int_equal(stream_below(&stream, 1), 0);
}

/* ---- logarithm, exponential, normal deviates */

static double ulp(double x)
{
    return above(fabs(x)) - fabs(x);
}

TEST(log_is_within_three_units_in_the_last_place)
{
    FOR_ROWS(x, "tests/reference/task.tsv", "log", 21)
        assert_close(stream_log(x[0]), x[1], 3 * ulp(x[1]));
}

TEST(exp_is_within_three_units_in_the_last_place)
{
    FOR_ROWS(x, "tests/reference/task.tsv", "exp", 19)
        assert_close(stream_exp(x[0]), x[1], 3 * ulp(x[1]));
}

TEST(log_of_one_is_exactly_zero)
{
    assert_true(stream_log(1) == 0 && stream_exp(0) == 1);
}

enum { DEVIATES = 1000000 };

static double moment_of_normals(int power)
{
    struct stream stream = stream_open(2385, 8, PURPOSE_TEST);
    double sum = 0;
    for (int j = 0; j < DEVIATES; j++)
        sum += pow(stream_normal(&stream), power);
    return sum / DEVIATES;
}

/* The variance of x^p is E x^2p - (E x^p)^2; 4.5 standard errors, error rate 7e-6. */
TEST(normal_has_mean_0)
{
    assert_close(moment_of_normals(1), 0, 4.5 * sqrt(1.0 / DEVIATES));
}

TEST(normal_has_variance_1)
{
    assert_close(moment_of_normals(2), 1, 4.5 * sqrt(2.0 / DEVIATES));
}

TEST(normal_has_no_skewness)
{
    assert_close(moment_of_normals(3), 0, 4.5 * sqrt(15.0 / DEVIATES));
}

TEST(normal_has_fourth_moment_3)
{
    assert_close(moment_of_normals(4), 3, 4.5 * sqrt(96.0 / DEVIATES));
}

static int compare_doubles(const void *x, const void *y)
{
    double a = *(const double *)x, b = *(const double *)y;
    return (a > b) - (a < b);
}

/* Kolmogorov and Smirnov: sqrt(n) D > 2.4 has probability 2 exp(-2 2.4^2) = 2e-5. */
TEST(normal_follows_the_normal_law)
{
    enum { N = 20000 };
    static double x[N];
    struct stream stream = stream_open(2385, 9, PURPOSE_TEST);
    double distance = 0;
    for (int j = 0; j < N; j++)
        x[j] = stream_normal(&stream);
    qsort(x, N, sizeof *x, compare_doubles);
    for (int j = 0; j < N; j++) {
        double p = gsl_cdf_ugaussian_P(x[j]);
        distance = fmax(distance, fmax(p - (double)j / N, (j + 1.0) / N - p));
    }
    assert_true(sqrt(N) * distance < 2.4);
}

TEST(successive_normals_are_uncorrelated)
{
    struct stream stream = stream_open(2385, 10, PURPOSE_TEST);
    double sum = 0, last = stream_normal(&stream);
    for (int j = 0; j < DEVIATES; j++) {
        double x = stream_normal(&stream);
        sum += x * last;
        last = x;
    }
    assert_close(sum / DEVIATES, 0, 4.5 / sqrt(DEVIATES));
}

/* ---- frequencies */

TEST(normaliser_agrees_with_reference)
{
    FOR_ROWS(x, "tests/reference/task.tsv", "normaliser", 30)
        assert_close(task_normaliser(x[0], (int)x[1]), x[2], 1e-14 * x[2]);
}

/* Few skills beyond those that are added one by one, where every term of the rest counts. */
TEST(normaliser_is_right_to_rounding_where_the_method_changes)
{
    static const double alpha[] = {1e-9, 0.05, 0.3385, 1.1, 2.385, 5};
    static const int skills[] = {1, 2, 31, 32, 63, 64, 65, 66, 67, 70, 80, 100, 200};
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 13; j++) {
            long double sum = 0;
            for (int k = skills[j]; k >= 1; k--)
                sum += powl(k, -1 - (long double)alpha[i]);
            assert_close((double)(task_normaliser(alpha[i], skills[j]) * sum), 1, 1e-15);
        }
}

TEST(probabilities_add_up_to_one)
{
    double sum = 0;
    for (int k = 137; k >= 1; k--)
        sum += task_probability(0.385, 137, k);
    assert_close(sum, 1, 1e-14);
}

TEST(probability_falls_as_the_power_law)
{
    double ratio = task_probability(0.6, 0, 7) / task_probability(0.6, 0, 23);
    assert_close(ratio, pow(23.0 / 7, 1.6), 1e-13);
}

TEST(skill_beyond_the_last_never_occurs)
{
    assert_true(task_probability(0.6, 5, 6) == 0 && task_probability(0.6, 5, 5) > 0);
}

TEST(frequencies_out_of_range_are_nan)
{
    assert_true(isnan(task_normaliser(0, 5)));
    assert_true(isnan(task_normaliser(-0.3, 5)));
    assert_true(isnan(task_normaliser(NAN, 5)));
    assert_true(isnan(task_normaliser(INFINITY, 5)));
    assert_true(isnan(task_normaliser(0.6, -1)));
    assert_true(isnan(task_probability(0.6, 5, 0)));
}

/* ---- tasks */

static struct task *make_task(int skills, int bits, int order, double alpha, bool overlap)
{
    struct stream stream = stream_open(2385, 11, PURPOSE_TASK);
    return new_task(skills, bits, order, alpha, overlap, &stream);
}

static enum status try_task(int skills, int bits, int order, double alpha, bool overlap)
{
    struct task task;
    struct stream stream = stream_open(2385, 11, PURPOSE_TASK);
    enum status status = task_create(&task, skills, bits, order, alpha, overlap, &stream);
    task_destroy(&task);
    return status;
}

TEST(disjoint_sets_use_every_bit_once)
{
    struct task *task = make_task(16, 64, 4, 0.6, false);
    uint64_t all = 0;
    for (int k = 0; k < 16; k++) {
        assert_int_equal(all & task->relevant[k], 0);
        assert_int_equal(__builtin_popcountll(task->relevant[k]), 4);
        all |= task->relevant[k];
    }
    assert_int_equal(all, UINT64_MAX);
}

TEST(sets_stay_within_the_bits)
{
    struct task *task = make_task(40, 9, 4, 0.6, true);
    for (int k = 0; k < 40; k++)
        assert_true(task->relevant[k] < 512 && __builtin_popcountll(task->relevant[k]) == 4);
}

/* Six skills on four bits in pairs: every one of the six pairs occurs. */
TEST(overlapping_sets_are_distinct)
{
    struct task *task = make_task(6, 4, 2, 0.6, true);
    int seen[16] = {0}, pairs = 0;
    for (int k = 0; k < 6; k++)
        pairs += !seen[task->relevant[k]]++;
    assert_int_equal(pairs, 6);
}

/* The first set of three bits out of ten, over many tasks; error rate 1e-5. */
TEST(sets_are_uniform)
{
    enum { TASKS = 20000 };
    double chi2 = 0;
    int count[10] = {0};
    for (int t = 0; t < TASKS; t++) {
        struct stream stream = stream_open(2385, 1000 + t, PURPOSE_TASK);
        struct task *task = new_task(2, 10, 1, 0.6, false, &stream);
        count[__builtin_ctzll(task->relevant[1])]++;
    }
    for (int i = 0; i < 10; i++)
        chi2 += pow(count[i] - TASKS / 10.0, 2) / (TASKS / 10.0);
    assert_true(gsl_cdf_chisq_Q(chi2, 9) > 1e-5);
}

TEST(too_many_disjoint_sets_are_refused)
{
    assert_int_equal(try_task(5, 14, 3, 0.6, false), STATUS_RANGE);
    assert_int_equal(try_task(5, 15, 3, 0.6, false), STATUS_OK);
}

TEST(too_many_overlapping_sets_are_refused)
{
    assert_int_equal(try_task(7, 4, 2, 0.6, true), STATUS_RANGE);
    assert_int_equal(try_task(2, 4, 4, 0.6, true), STATUS_RANGE);
}

TEST(impossible_sizes_are_refused)
{
    assert_int_equal(try_task(0, 32, 3, 0.6, false), STATUS_RANGE);
    assert_int_equal(try_task(-5, 32, 3, 0.6, true), STATUS_RANGE);
    assert_int_equal(try_task(1, 0, 1, 0.6, false), STATUS_RANGE);
    assert_int_equal(try_task(1, 65, 3, 0.6, false), STATUS_RANGE);
    assert_int_equal(try_task(1, 32, -1, 0.6, false), STATUS_RANGE);
    assert_int_equal(try_task(1, 8, 9, 0.6, true), STATUS_RANGE);
    assert_int_equal(try_task(2000000000, 32, 3, 0.6, false), STATUS_RANGE);
}

TEST(order_0_has_skills_without_bits)
{
    for (int overlap = 0; overlap < 2; overlap++) {
        struct task *task = make_task(1000, 5, 0, 0.6, overlap);
        for (int k = 0; k < 1000; k++)
            assert_true(task->relevant[k] == 0 && task_parity(task, k, 0x15) == 1);
    }
}

TEST(impossible_exponents_are_refused)
{
    assert_int_equal(try_task(5, 32, 3, 0, false), STATUS_RANGE);
    assert_int_equal(try_task(5, 32, 3, -1.6, false), STATUS_RANGE);
    assert_int_equal(try_task(5, 32, 3, NAN, false), STATUS_RANGE);
}

TEST(refused_task_can_be_destroyed)
{
    struct task task;
    struct stream stream = stream_open(1, 2, PURPOSE_TASK);
    assert_int_equal(task_create(&task, 5, 3, 3, 0.6, false, &stream), STATUS_RANGE);
    task_destroy(&task);
    assert_null(task.relevant);
}

TEST(tabulated_law_is_the_law)
{
    struct task *task = make_task(400, 64, 3, 0.385, true);
    for (int k = 0; k < 400; k++) {
        double p = task_probability(0.385, 400, k + 1);
        assert_close(task->probability[k], p, 1e-13 * p);
    }
}

TEST(thresholds_are_the_cumulative_law)
{
    struct task *task = make_task(50, 64, 3, 0.385, true);
    double below = 0;
    for (int k = 0; k < 50; k++) {
        below += task_probability(0.385, 50, k + 1);
        assert_close(task->threshold[k] / 4294967296.0, below, 1 / 4294967296.0);
    }
    assert_int_equal(task->threshold[49], UINT32_MAX);
}

/* ---- samples */

TEST(parity_agrees_with_counting_bits)
{
    struct task *task = make_task(9, 8, 3, 0.6, true);
    for (int k = 0; k < 9; k++)
        for (uint64_t x = 0; x < 256; x++) {
            int sign = 1;
            for (int j = 0; j < 8; j++)
                if ((task->relevant[k] >> j & 1) && (x >> j & 1))
                    sign = -sign;
            assert_true(task_parity(task, k, x) == (float)sign);
        }
}

enum { SAMPLES = 100000 };

static struct batch *make_batch(const struct task *task, int count, uint64_t identity)
{
    struct stream stream = stream_open(2385, identity, PURPOSE_TRAINING);
    struct batch *batch = new_batch(count);
    task_draw(task, &stream, batch);
    return batch;
}

/* chi^2 of the skills of 10^5 samples; error rate 1e-5 on either side. */
TEST(skills_are_drawn_with_their_probabilities)
{
    struct task *task = make_task(12, 36, 3, 0.385, false);
    struct batch *batch = make_batch(task, SAMPLES, 12);
    double count[12] = {0}, chi2 = 0;
    for (int s = 0; s < SAMPLES; s++)
        count[batch->skill[s]]++;
    for (int k = 0; k < 12; k++) {
        double expected = SAMPLES * task_probability(0.385, 12, k + 1);
        chi2 += (count[k] - expected) * (count[k] - expected) / expected;
    }
    assert_true(gsl_cdf_chisq_Q(chi2, 11) > 1e-5 && gsl_cdf_chisq_P(chi2, 11) > 1e-5);
}

/* Sum of the squares of all standardised means; error rate 1e-5. */
TEST(bits_are_fair)
{
    struct task *task = make_task(5, 37, 3, 0.6, false);
    struct batch *batch = make_batch(task, SAMPLES, 13);
    double chi2 = 0;
    for (int j = 0; j < 37; j++) {
        int ones = 0;
        for (int s = 0; s < SAMPLES; s++)
            ones += batch->bits[s] >> j & 1;
        chi2 += (ones - SAMPLES / 2.0) * (ones - SAMPLES / 2.0) / (SAMPLES / 4.0);
    }
    assert_true(gsl_cdf_chisq_Q(chi2, 37) > 1e-5 && gsl_cdf_chisq_P(chi2, 37) > 1e-5);
}

TEST(pairs_of_bits_are_independent)
{
    struct task *task = make_task(5, 20, 3, 0.6, false);
    struct batch *batch = make_batch(task, SAMPLES, 14);
    double chi2 = 0;
    for (int i = 0; i < 20; i++)
        for (int j = 0; j < i; j++) {
            int equal = 0;
            for (int s = 0; s < SAMPLES; s++)
                equal += (batch->bits[s] >> i & 1) == (batch->bits[s] >> j & 1);
            chi2 += (equal - SAMPLES / 2.0) * (equal - SAMPLES / 2.0) / (SAMPLES / 4.0);
        }
    assert_true(gsl_cdf_chisq_Q(chi2, 190) > 1e-5);
}

/* Mean parity of each skill within 4.5 standard errors; error rate 3.5e-5 over five. */
TEST(parities_are_balanced_within_each_skill)
{
    struct task *task = make_task(5, 32, 3, 0.6, false);
    struct batch *batch = make_batch(task, SAMPLES, 15);
    double sum[5] = {0}, count[5] = {0};
    for (int s = 0; s < SAMPLES; s++) {
        sum[batch->skill[s]] += batch->parity[s];
        count[batch->skill[s]]++;
    }
    for (int k = 0; k < 5; k++)
        assert_close(sum[k] / sqrt(count[k]), 0, 4.5);
}

TEST(bits_do_not_exceed_their_number)
{
    struct task *task = make_task(3, 11, 3, 0.6, false);
    struct batch *batch = make_batch(task, 5000, 16);
    uint64_t any = 0;
    for (int s = 0; s < 5000; s++)
        any |= batch->bits[s];
    assert_int_equal(any, 2047);
}

TEST(all_64_bits_are_used)
{
    struct task *task = make_task(3, 64, 3, 0.6, false);
    struct batch *batch = make_batch(task, 200, 17);
    uint64_t any = 0, all = UINT64_MAX;
    for (int s = 0; s < 200; s++) {
        any |= batch->bits[s];
        all &= batch->bits[s];
    }
    assert_true(any == UINT64_MAX && all == 0);
}

/* The upper half of a word is the skill's; 32 bits or fewer share it, more take another. */
static void check_samples(int skills, int bits, enum variant variant, int count)
{
    struct task *task = make_task(skills, bits, 3, 0.6, true);
    struct stream stream = stream_open(2385, 18, PURPOSE_TRAINING), words = stream;
    struct batch *batch = new_batch(count);
    task->variant = variant;
    task_draw(task, &stream, batch);
    assert_int_equal(task_words(task), bits <= 32 ? 1 : 2);
    for (int s = 0; s < count; s++) {
        struct stream same = words;
        assert_int_equal(task_draw_skill(task, &words), batch->skill[s]);
        uint64_t low = stream_word(&same) & UINT32_MAX;
        uint64_t x = bits <= 32 ? low >> (32 - bits) : stream_word(&words) >> (64 - bits);
        assert_int_equal(x, batch->bits[s]);
        assert_true(batch->parity[s] == task_parity(task, batch->skill[s], x));
    }
    assert_int_equal(stream_word(&stream), stream_word(&words));
}

TEST(a_sample_takes_one_word_or_two)
{
    static const int skills[] = {1, 2, 5, 16, 17, 50}, bits[] = {7, 31, 32, 33, 64};
    for (int variant = 0; variant < VARIANTS; variant++)
        for (int i = 0; variant_runs(variant) && i < 6; i++)
            for (int j = i < 4 ? 0 : 1; j < 5; j++) {
                check_samples(skills[i], bits[j], variant, 37);
                check_samples(skills[i], bits[j], variant, 256);
                check_samples(skills[i], bits[j], variant, 523);
            }
}

/* However they are drawn, so that a stream can be set to the place of any sample. */
TEST(samples_take_as_many_words_as_the_task_says)
{
    for (int bits = 16; bits <= 64; bits += 48) {
        struct task *task = make_task(5, bits, 3, 0.6, false);
        struct stream any = stream_open(2385, 20, PURPOSE_TEST), one = any, words = any;
        struct batch *batch = new_batch(37);
        task_draw(task, &any, batch);
        task_draw_of_skill(task, &one, 3, batch);
        stream_seek(&words, (uint64_t)(37 * task_words(task)));
        uint64_t word = stream_word(&words);
        assert_true(stream_word(&any) == word && stream_word(&one) == word);
    }
}

TEST(samples_of_one_skill_have_that_skill)
{
    struct task *task = make_task(5, 32, 3, 0.6, false);
    struct stream stream = stream_open(2385, 19, PURPOSE_TEST), words = stream;
    struct batch *batch = new_batch(41);
    task_draw_of_skill(task, &stream, 3, batch);
    for (int s = 0; s < 41; s++) {
        uint64_t x = stream_word(&words) & UINT32_MAX;
        assert_int_equal(batch->skill[s], 3);
        assert_true(batch->bits[s] == x && batch->parity[s] == task_parity(task, 3, x));
    }
}

TEST(a_single_skill_is_always_drawn)
{
    struct task *task = make_task(1, 32, 3, 0.6, false);
    struct stream stream = stream_open(2385, 20, PURPOSE_TEST);
    for (int j = 0; j < 1000; j++)
        assert_int_equal(task_draw_skill(task, &stream), 0);
}

/* A threshold is the first number of the next skill. */
TEST(a_word_at_the_threshold_belongs_to_the_next_skill)
{
    struct stream stream = stream_open(2385, 22, PURPOSE_TEST), words = stream;
    uint32_t u = (uint32_t)(stream_word(&words) >> 32), threshold[] = {u, UINT32_MAX};
    struct task task = {.skills = 2, .bits = 1, .order = 1, .threshold = threshold};
    assert_int_equal(task_draw_skill(&task, &stream), 1);
    stream = stream_open(2385, 22, PURPOSE_TEST);
    threshold[0] = u + 1;
    assert_int_equal(task_draw_skill(&task, &stream), 0);
}

TEST(an_empty_batch_is_harmless)
{
    struct task *task = make_task(5, 32, 3, 0.6, false);
    struct stream stream = stream_open(2385, 21, PURPOSE_TEST), untouched = stream;
    struct batch *batch = new_batch(0);
    task_draw(task, &stream, batch);
    assert_int_equal(stream_word(&stream), stream_word(&untouched));
}

TEST(equal_streams_make_equal_tasks)
{
    struct task *one = make_task(30, 40, 3, 0.6, true),
                *two = make_task(30, 40, 3, 0.6, true);
    assert_memory_equal(one->relevant, two->relevant, 30 * sizeof(uint64_t));
}

TEST(every_audit_passes)
{
    assert_audits_pass(task_entries);
}

int main(void)
{
    return run_cases("task");
}
