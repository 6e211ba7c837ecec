/* Tests of the chapter "bytes": samples in which no byte is 255.

   Statistics use fixed seeds; a correct program would have failed with probability 1e-6. */
#include "bytes.h"
#include "common.h"
#include "experiments.h"
#include "settings.h"
#include "statistics.h"
#include "table.h"

static const char small[] = "alpha=0.6 skills=2 bits=18 order=3 target=5 rate=0.02 width=24 "
                            "sigma=0.01 batch=200 steps=40 every=10 optimiser=sgd repeats=2 "
                            "seed=1 threads=1 variant=best cool=0.5";

static char *rows_of(struct run (*plan)(const struct settings *), const char *more)
{
    struct settings settings = {0};
    struct tally tally;
    assert_int_equal(settings_apply(&settings, small), STATUS_OK);
    assert_int_equal(settings_apply(&settings, more), STATUS_OK);
    struct run run = plan(&settings);
    struct conduct conduct = {.threads = 1, .quiet = true, .seed = 1};
    FILE *stream = open_text();
    assert_int_equal(runner_run(&run, &conduct, stream, &tally), STATUS_OK);
    return close_text(stream);
}

TEST(without_a_whole_byte_twins_are_equal)
{
    assert_string_equal(rows_of(bytes_mlp_time, "bits=7 overlap"),
                        rows_of(experiments_mlp_time, "bits=7 overlap"));
    assert_string_not_equal(rows_of(bytes_mlp_time, ""), rows_of(experiments_mlp_time, ""));
}

/* Rows at 0, 20, 40 are among those at 0, 10, .., and a short run begins a long one. */
TEST(what_is_measured_changes_no_bit)
{
    const char *dense = rows_of(bytes_mlp_time, "repeats=1"), *line;
    char *thin = rows_of(bytes_mlp_time, "repeats=1 every=20"), *left = NULL;
    for (line = strtok_r(thin, "\n", &left); line; line = strtok_r(NULL, "\n", &left))
        assert_non_null(strstr(dense, line));
    const char *brief = rows_of(bytes_mlp_time, "repeats=1 steps=20");
    assert_int_equal(strncmp(brief, dense, strlen(brief)), 0);
}

static struct task draw_task(struct stream *stream)
{
    struct task task;
    assert_int_equal(task_create(&task, 2, 18, 3, 0.6, false, stream), STATUS_OK);
    return task;
}

/* Means of chi over four million samples, against the formula; parities as the bits have them. */
TEST(redrawn_bytes_have_the_means_of_the_formula)
{
    static const uint64_t sets[] = {0, 1, 3, 0x80, 0xff, 0x100, 0x101, 0x301, 0x30000, 0x10001};
    enum { COUNT = 4000000 };
    struct stream stream = stream_open(2385, 5, PURPOSE_TRAINING);
    struct task task = draw_task(&stream);
    struct batch batch;
    double sum[LENGTH(sets)] = {0};
    assert_int_equal(batch_create(&batch, COUNT), STATUS_OK);
    task_draw(&task, &stream, &batch);
    bytes_redraw(&task, &stream, &batch);
    for (int s = 0; s < COUNT; s++) {
        uint64_t x = batch.bits[s];
        assert_true((x & 255) != 255 && (x >> 8 & 255) != 255 && x < 1 << 18);
        assert_true(batch.parity[s] == task_parity(&task, batch.skill[s], x));
        for (int i = 0; i < LENGTH(sets); i++)
            sum[i] += __builtin_parityll(x & sets[i]) ? -1 : 1;
    }
    for (int i = 0; i < LENGTH(sets); i++)
        assert_close(sum[i] / COUNT, bytes_mean(sets[i], 18), 5.5 / sqrt(COUNT));
    assert_close(bytes_mean(1, 18), 1. / 255, 1e-18);
    assert_close(bytes_mean(3, 18), -1. / 255, 1e-18);
    batch_destroy(&batch);
    task_destroy(&task);
}

/* What the authors' own scripts took to one half, by the table beside this file. */
TEST(the_scripts_take_as_long_with_either_drawing)
{
    struct data data;
    double mean[2] = {0};
    int seeds[2] = {0};
    assert_int_equal(data_read(&data, "tests/reference/authors-time.tsv"), STATUS_OK);
    for (int fair = 0; fair < 2; fair++)
        for (int seed = 1; seed <= 6; seed++) {
            double T[300], R[300];
            int n = 0;
            for (int r = 0; r < data.rows && n < 300; r++) {
                const double *row = data_row(&data, r);
                if (row[0] == fair && row[1] == seed) {
                    T[n] = row[2];
                    R[n++] = row[3];
                }
            }
            if (n > 0) {
                mean[fair] += statistics_crossing(n, T, R, 0.5);
                seeds[fair]++;
            }
        }
    data_free(&data);
    assert_int_equal(seeds[0], 6);
    assert_int_equal(seeds[1], 4);
    assert_close(mean[0] / 6, 1030, 1);
    assert_close(mean[1] / 4, 1050.5, 1);
}

int main(void) { return run_cases("bytes"); }
