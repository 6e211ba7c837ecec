/* Tests of the module "numbers": summaries of tables over their repeats. */
#include <sys/stat.h>

#include "common.h"
#include "numbers.h"
#include "stream.h"
#include "table.h"

static enum status summarise(const char *table, char **summary)
{
    put("x.tsv", table);
    FILE *stream = open_text();
    enum status status = numbers_summarise("x.tsv", stream);
    *summary = close_text(stream);
    return status;
}

static void check_summary(const char *table, const char *expected)
{
    char *summary;
    assert_int_equal(summarise(table, &summary), STATUS_OK);
    assert_string_equal(summary, expected);
}

static void check_refusal(const char *table, enum status expected)
{
    char *summary;
    assert_int_equal(summarise(table, &summary), expected);
}

/* ---- exact numbers: means and standard deviations below are whole or short */

TEST_IN_FOLDER(means_and_sds_are_exact)
{
    check_summary("# command: x\nrepeat\tT\tloss\tR_1\n"
                  "1\t0\t1\t10\n1\t50\t2\t0.25\n"
                  "2\t0\t3\t20\n2\t50\t2\t0.5\n"
                  "3\t0\t5\t30\n3\t50\t2\t0.75\n",
                  "T\trepeats\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "0\t3\t3\t2\t20\t10\n"
                  "50\t3\t2\t0\t0.5\t0.25\n");
}

TEST_IN_FOLDER(repeats_in_another_order_give_the_same)
{
    check_summary("repeat\tT\tloss\tR_1\n"
                  "1\t0\t1\t10\n1\t50\t2\t0.25\n"
                  "3\t50\t2\t0.75\n2\t50\t2\t0.5\n"
                  "3\t0\t5\t30\n2\t0\t3\t20\n",
                  "T\trepeats\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "0\t3\t3\t2\t20\t10\n"
                  "50\t3\t2\t0\t0.5\t0.25\n");
}

TEST_IN_FOLDER(groups_stand_in_the_order_of_their_first_rows)
{
    check_summary("repeat\tT\tloss\n1\t50\t2\n1\t0\t1\n2\t0\t3\n2\t50\t2\n",
                  "T\trepeats\tloss\tloss_sd\n50\t2\t2\t0\n0\t2\t2\t1.4142135623730951\n");
}

TEST_IN_FOLDER(one_repeat_has_an_sd_of_zero)
{
    check_summary("repeat\tT\tloss\tR_1\n1\t0\t1\t0.5\n1\t50\t0.25\t2\n",
                  "T\trepeats\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "0\t1\t1\t0\t0.5\t0\n50\t1\t0.25\t0\t2\t0\n");
}

TEST_IN_FOLDER(all_columns_before_the_loss_tell_groups_apart)
{
    check_summary("repeat\tD\tT\tloss\n"
                  "1\t5\t0\t1\n1\t5\t9\t2\n2\t5\t0\t3\n2\t5\t9\t4\n"
                  "1\t7\t0\t10\n1\t7\t9\t20\n2\t7\t0\t10\n2\t7\t9\t20\n",
                  "D\tT\trepeats\tloss\tloss_sd\n"
                  "5\t0\t2\t2\t1.4142135623730951\n5\t9\t2\t3\t1.4142135623730951\n"
                  "7\t0\t2\t10\t0\n7\t9\t2\t20\t0\n");
}

TEST_IN_FOLDER(table_without_a_grid_has_one_group)
{
    check_summary("repeat\tloss\n1\t1\n2\t3\n3\t5\n", "repeats\tloss\tloss_sd\n3\t3\t2\n");
}

/* ---- steps before the loss are a value, not a place: that of mlp-data */

TEST_IN_FOLDER(steps_are_condensed_like_a_loss)
{
    check_summary("repeat\tD\tsteps\tloss\tR_1\tL_1\n"
                  "1\t500\t10\t1\t0.5\t2\n2\t500\t20\t3\t0.5\t4\n3\t500\t30\t5\t0.5\t6\n"
                  "1\t7\t100\t2\t1\t0\n2\t7\t100\t2\t0\t0\n3\t7\t100\t2\t0.5\t0\n",
                  "D\trepeats\tsteps\tsteps_sd\tloss\tloss_sd\tR_1\tR_1_sd\tL_1\tL_1_sd\n"
                  "500\t3\t20\t10\t3\t2\t0.5\t0\t4\t2\n"
                  "7\t3\t100\t0\t2\t0\t0.5\t0.5\t0\t0\n");
}

TEST_IN_FOLDER(steps_after_the_loss_are_like_any_column)
{
    check_summary("repeat\tD\tloss\tsteps\n1\t5\t1\t10\n2\t5\t3\t10\n",
                  "D\trepeats\tloss\tloss_sd\tsteps\tsteps_sd\n"
                  "5\t2\t2\t1.4142135623730951\t10\t0\n");
}

TEST_IN_FOLDER(table_of_steps_without_a_grid_has_one_group)
{
    check_summary("repeat\tsteps\tloss\n1\t10\t1\n2\t30\t1\n3\t50\t1\n",
                  "repeats\tsteps\tsteps_sd\tloss\tloss_sd\n3\t30\t20\t1\t0\n");
}

TEST_IN_FOLDER(diverged_data_sets_are_counted_and_left_out)
{
    check_summary("repeat\tD\tsteps\tloss\tR_1\n"
                  "1\t5\t7\tdiverged\tdiverged\n2\t5\t10\t3\t0.5\n3\t5\t10\t5\t1\n",
                  "D\trepeats\tsteps\tsteps_sd\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "5\t3\t10\t0\t4\t1.4142135623730951\t0.75\t0.35355339059327379\n");
}

TEST_IN_FOLDER(steps_of_diverged_data_sets_alone_are_no_number)
{
    check_summary("repeat\tD\tsteps\tloss\n1\t5\t7\tdiverged\n2\t5\t8\tdiverged\n",
                  "D\trepeats\tsteps\tsteps_sd\tloss\tloss_sd\n"
                  "5\t2\tdiverged\tdiverged\tdiverged\tdiverged\n");
}

TEST_IN_FOLDER(steps_without_a_loss_are_refused)
{
    check_refusal("repeat\tD\tsteps\tR_1\n1\t5\t10\t1\n", STATUS_FORMAT);
}

/* ---- divergence */

TEST_IN_FOLDER(diverged_rows_are_counted_but_left_out_of_the_means)
{
    check_summary("repeat\tT\tloss\tR_1\n"
                  "1\t0\t1\t10\n2\t0\tdiverged\tdiverged\n3\t0\t5\t30\n",
                  "T\trepeats\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "0\t3\t3\t2.8284271247461903\t20\t14.142135623730951\n");
}

TEST_IN_FOLDER(single_survivor_has_an_sd_of_zero)
{
    check_summary("repeat\tT\tloss\n1\t0\tdiverged\n2\t0\t3\n",
                  "T\trepeats\tloss\tloss_sd\n0\t2\t3\t0\n");
}

TEST_IN_FOLDER(group_of_diverged_rows_says_so)
{
    check_summary("repeat\tT\tloss\n1\t7\tdiverged\n2\t7\tdiverged\n",
                  "T\trepeats\tloss\tloss_sd\n7\t2\tdiverged\tdiverged\n");
}

TEST_IN_FOLDER(cell_that_ended_early_is_missing_later_on)
{
    check_summary("repeat\tT\tloss\n"
                  "1\t0\t1\n1\t17\tdiverged\n"
                  "2\t0\t1\n2\t50\t3\n"
                  "3\t0\t1\n3\t50\t5\n",
                  "T\trepeats\tloss\tloss_sd\n"
                  "0\t3\t1\t0\n17\t1\tdiverged\tdiverged\n50\t2\t4\t1.4142135623730951\n");
}

/* ---- shapes */

TEST_IN_FOLDER(more_than_eight_repeats_are_no_different)
{
    check_summary("repeat\tT\tloss\n1\t0\t5\n2\t0\t5\n3\t0\t1\n4\t0\t5\n5\t0\t5\n6\t0\t5\n"
                  "7\t0\t9\n8\t0\t5\n9\t0\t5\n",
                  "T\trepeats\tloss\tloss_sd\n0\t9\t5\t2\n");
}

/* Repeat 2 had learned all after 10 steps; repeat 3 diverged; D = 9 ended for all. */
TEST_IN_FOLDER(repeat_that_ended_keeps_its_last_values)
{
    check_summary("repeat\tT\tloss\n1\t0\t1\n1\t10\t0.5\n1\t20\t0.2\n2\t0\t1\n2\t10\t0.1\n"
                  "3\t0\t1\n3\t20\tdiverged\n",
                  "T\trepeats\tloss\tloss_sd\n0\t3\t1\t0\n10\t2\t0.29999999999999999\t"
                  "0.28284271247461901\n20\t3\t0.15000000000000002\t0.070710678118654766\n");
    check_summary("repeat\tD\tT\tloss\n1\t8\t0\t1\n1\t8\t5\t3\n2\t8\t0\t5\n1\t9\t0\t7\n",
                  "D\tT\trepeats\tloss\tloss_sd\n8\t0\t2\t3\t2.8284271247461903\n"
                  "8\t5\t2\t4\t1.4142135623730951\n9\t0\t1\t7\t0\n");
}

TEST_IN_FOLDER(table_without_rows_has_an_empty_summary)
{
    check_summary("repeat\tT\tloss\n", "T\trepeats\tloss\tloss_sd\n");
}

TEST_IN_FOLDER(summary_is_a_table)
{
    struct data data;
    char *summary;
    summarise("repeat\tT\tloss\tR_1\tR_2\n1\t0\t1\t2\t3\n2\t0\t4\t5\t6\n", &summary);
    put("y.tsv", summary);
    assert_int_equal(data_read(&data, "y.tsv"), STATUS_OK);
    assert_int_equal(data.columns, 8);
    assert_int_equal(data_column(&data, "R_2_sd"), 7);
    data_free(&data);
}

/* 40 repeats of 50 times of 3 skills, rows shuffled: against sums made while drawing. */
TEST_IN_FOLDER(shuffled_table_gives_the_means_of_its_groups)
{
    enum { REPEATS = 40, TIMES = 50, ROWS = REPEATS * TIMES };
    static int order[ROWS];
    static double sum[TIMES], value[ROWS];
    struct stream stream = stream_open(2385, 8, PURPOSE_TEST);
    FILE *file = fopen("big.tsv", "w");
    fputs("repeat\tT\tloss\n", file);
    for (int i = 0; i < ROWS; i++) {
        int j = (int)stream_below(&stream, (uint64_t)i + 1);
        order[i] = order[j];
        order[j] = i;
        value[i] = stream_normal(&stream);
        sum[i % TIMES] += value[i];
    }
    for (int i = 0; i < ROWS; i++)
        fprintf(file, "%d\t%d\t%.17g\n", order[i] / TIMES + 1, order[i] % TIMES,
                value[order[i]]);
    fclose(file);
    FILE *summary = fopen("summary.tsv", "w");
    assert_int_equal(numbers_summarise("big.tsv", summary), STATUS_OK);
    fclose(summary);
    struct data data;
    assert_int_equal(data_read(&data, "summary.tsv"), STATUS_OK);
    assert_int_equal(data.rows, TIMES);
    for (int r = 0; r < TIMES; r++) {
        const double *row = data.value + 4 * r;
        assert_true(row[1] == REPEATS);
        assert_close(row[2], sum[(int)row[0]] / REPEATS, 1e-14);
        assert_true(row[3] > 0.5 && row[3] < 1.5);
    }
    data_free(&data);
}

/* ---- refusals */

TEST_IN_FOLDER(missing_table_is_a_file_error)
{
    assert_int_equal(numbers_summarise("absent.tsv", stderr), STATUS_FILE);
}

TEST_IN_FOLDER(table_without_a_loss_is_refused)
{
    check_refusal("repeat\tT\tR_1\n1\t0\t1\n", STATUS_FORMAT);
}

TEST_IN_FOLDER(table_without_repeats_is_refused)
{
    check_refusal("T\tloss\tlaw\n0\t1\t1\n", STATUS_FORMAT);
}

TEST_IN_FOLDER(repeat_must_come_first)
{
    check_refusal("T\trepeat\tloss\n0\t1\t1\n", STATUS_FORMAT);
}

TEST_IN_FOLDER(malformed_table_is_refused)
{
    check_refusal("repeat\tT\tloss\n1\t0\n", STATUS_FORMAT);
}

TEST_IN_FOLDER(empty_file_is_refused)
{
    check_refusal("", STATUS_FORMAT);
}

TEST_IN_FOLDER(refused_table_gives_no_output)
{
    char *summary;
    summarise("T\tloss\n1\t2\n", &summary);
    assert_string_equal(summary, "");
}

/* ---- numbers of a folder */

TEST_IN_FOLDER(folder_without_runs_is_a_file_error)
{
    char last[64] = "";
    FILE *stream = open_text();
    assert_int_equal(numbers_write("no/such", NUMBERS_TEX, NULL, stream, last, sizeof last), STATUS_FILE);
    close_text(stream);
    assert_int_equal(strncmp(last, "no/such", 7), 0); /* and says which */
}

int main(void)
{
    return run_cases("numbers");
}
