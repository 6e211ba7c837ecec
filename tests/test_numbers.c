/* Tests of the module "numbers": summaries of tables over their repeats. */
#include <ftw.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "numbers.h"
#include "stream.h"
#include "table.h"

/* ---- every test works in an empty folder of its own */

static char home[4096], folder[64];

static int enter_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/emergence-numbers-XXXXXX");
    return !getcwd(home, sizeof home) || !mkdtemp(folder) || chdir(folder) != 0;
}

static int remove_one(const char *path, const struct stat *status, int type, struct FTW *where)
{
    (void)status, (void)type, (void)where;
    return remove(path);
}

static int leave_folder(void **state)
{
    (void)state;
    return chdir(home) != 0 || nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0;
}

static void put(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    assert_int_equal(fclose(file), 0);
}

static enum status summarise(const char *table, char **summary)
{
    size_t size = 0;
    *summary = NULL;
    put("x.tsv", table);
    FILE *stream = open_memstream(summary, &size);
    enum status status = numbers_summarise("x.tsv", stream);
    fclose(stream);
    return status;
}

static void check_summary(const char *table, const char *expected)
{
    char *summary;
    assert_int_equal(summarise(table, &summary), STATUS_OK);
    assert_string_equal(summary, expected);
    free(summary);
}

static void check_refusal(const char *table, enum status expected)
{
    char *summary;
    enum status status = summarise(table, &summary);
    free(summary);
    assert_int_equal(status, expected);
}

/* ---- exact numbers: means and standard deviations below are whole or short */

static void means_and_sds_are_exact(void **state)
{
    (void)state;
    check_summary("# command: x\nrepeat\tT\tloss\tR_1\n"
                  "1\t0\t1\t10\n1\t50\t2\t0.25\n"
                  "2\t0\t3\t20\n2\t50\t2\t0.5\n"
                  "3\t0\t5\t30\n3\t50\t2\t0.75\n",
                  "T\trepeats\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "0\t3\t3\t2\t20\t10\n"
                  "50\t3\t2\t0\t0.5\t0.25\n");
}

static void repeats_in_another_order_give_the_same(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\tR_1\n"
                  "1\t0\t1\t10\n1\t50\t2\t0.25\n"
                  "3\t50\t2\t0.75\n2\t50\t2\t0.5\n"
                  "3\t0\t5\t30\n2\t0\t3\t20\n",
                  "T\trepeats\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "0\t3\t3\t2\t20\t10\n"
                  "50\t3\t2\t0\t0.5\t0.25\n");
}

static void groups_stand_in_the_order_of_their_first_rows(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\n1\t50\t2\n1\t0\t1\n2\t0\t3\n2\t50\t2\n",
                  "T\trepeats\tloss\tloss_sd\n50\t2\t2\t0\n0\t2\t2\t1.4142135623730951\n");
}

static void one_repeat_has_an_sd_of_zero(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\tR_1\n1\t0\t1\t0.5\n1\t50\t0.25\t2\n",
                  "T\trepeats\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "0\t1\t1\t0\t0.5\t0\n50\t1\t0.25\t0\t2\t0\n");
}

static void all_columns_before_the_loss_tell_groups_apart(void **state)
{
    (void)state;
    check_summary("repeat\tD\tT\tloss\n"
                  "1\t5\t0\t1\n1\t5\t9\t2\n2\t5\t0\t3\n2\t5\t9\t4\n"
                  "1\t7\t0\t10\n1\t7\t9\t20\n2\t7\t0\t10\n2\t7\t9\t20\n",
                  "D\tT\trepeats\tloss\tloss_sd\n"
                  "5\t0\t2\t2\t1.4142135623730951\n5\t9\t2\t3\t1.4142135623730951\n"
                  "7\t0\t2\t10\t0\n7\t9\t2\t20\t0\n");
}

static void table_without_a_grid_has_one_group(void **state)
{
    (void)state;
    check_summary("repeat\tloss\n1\t1\n2\t3\n3\t5\n", "repeats\tloss\tloss_sd\n3\t3\t2\n");
}

/* ---- steps before the loss are a value, not a place: that of mlp-data */

static void steps_are_condensed_like_a_loss(void **state)
{
    (void)state;
    check_summary("repeat\tD\tsteps\tloss\tR_1\tL_1\n"
                  "1\t500\t10\t1\t0.5\t2\n2\t500\t20\t3\t0.5\t4\n3\t500\t30\t5\t0.5\t6\n"
                  "1\t7\t100\t2\t1\t0\n2\t7\t100\t2\t0\t0\n3\t7\t100\t2\t0.5\t0\n",
                  "D\trepeats\tsteps\tsteps_sd\tloss\tloss_sd\tR_1\tR_1_sd\tL_1\tL_1_sd\n"
                  "500\t3\t20\t10\t3\t2\t0.5\t0\t4\t2\n"
                  "7\t3\t100\t0\t2\t0\t0.5\t0.5\t0\t0\n");
}

static void steps_after_the_loss_are_like_any_column(void **state)
{
    (void)state;
    check_summary("repeat\tD\tloss\tsteps\n1\t5\t1\t10\n2\t5\t3\t10\n",
                  "D\trepeats\tloss\tloss_sd\tsteps\tsteps_sd\n"
                  "5\t2\t2\t1.4142135623730951\t10\t0\n");
}

static void table_of_steps_without_a_grid_has_one_group(void **state)
{
    (void)state;
    check_summary("repeat\tsteps\tloss\n1\t10\t1\n2\t30\t1\n3\t50\t1\n",
                  "repeats\tsteps\tsteps_sd\tloss\tloss_sd\n3\t30\t20\t1\t0\n");
}

static void diverged_data_sets_are_counted_and_left_out(void **state)
{
    (void)state;
    check_summary("repeat\tD\tsteps\tloss\tR_1\n"
                  "1\t5\t7\tdiverged\tdiverged\n2\t5\t10\t3\t0.5\n3\t5\t10\t5\t1\n",
                  "D\trepeats\tsteps\tsteps_sd\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "5\t3\t10\t0\t4\t1.4142135623730951\t0.75\t0.35355339059327379\n");
}

static void steps_of_diverged_data_sets_alone_are_no_number(void **state)
{
    (void)state;
    check_summary("repeat\tD\tsteps\tloss\n1\t5\t7\tdiverged\n2\t5\t8\tdiverged\n",
                  "D\trepeats\tsteps\tsteps_sd\tloss\tloss_sd\n"
                  "5\t2\tdiverged\tdiverged\tdiverged\tdiverged\n");
}

static void steps_without_a_loss_are_refused(void **state)
{
    (void)state;
    check_refusal("repeat\tD\tsteps\tR_1\n1\t5\t10\t1\n", STATUS_FORMAT);
}

/* ---- divergence */

static void diverged_rows_are_counted_but_left_out_of_the_means(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\tR_1\n"
                  "1\t0\t1\t10\n2\t0\tdiverged\tdiverged\n3\t0\t5\t30\n",
                  "T\trepeats\tloss\tloss_sd\tR_1\tR_1_sd\n"
                  "0\t3\t3\t2.8284271247461903\t20\t14.142135623730951\n");
}

static void single_survivor_has_an_sd_of_zero(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\n1\t0\tdiverged\n2\t0\t3\n",
                  "T\trepeats\tloss\tloss_sd\n0\t2\t3\t0\n");
}

static void group_of_diverged_rows_says_so(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\n1\t7\tdiverged\n2\t7\tdiverged\n",
                  "T\trepeats\tloss\tloss_sd\n7\t2\tdiverged\tdiverged\n");
}

static void cell_that_ended_early_is_missing_later_on(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\n"
                  "1\t0\t1\n1\t17\tdiverged\n"
                  "2\t0\t1\n2\t50\t3\n"
                  "3\t0\t1\n3\t50\t5\n",
                  "T\trepeats\tloss\tloss_sd\n"
                  "0\t3\t1\t0\n17\t1\tdiverged\tdiverged\n50\t2\t4\t1.4142135623730951\n");
}

/* ---- shapes */

static void more_than_eight_repeats_are_no_different(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\n1\t0\t5\n2\t0\t5\n3\t0\t1\n4\t0\t5\n5\t0\t5\n6\t0\t5\n"
                  "7\t0\t9\n8\t0\t5\n9\t0\t5\n",
                  "T\trepeats\tloss\tloss_sd\n0\t9\t5\t2\n");
}

static void table_without_rows_has_an_empty_summary(void **state)
{
    (void)state;
    check_summary("repeat\tT\tloss\n", "T\trepeats\tloss\tloss_sd\n");
}

static void summary_is_a_table(void **state)
{
    (void)state;
    struct data data;
    char *summary;
    summarise("repeat\tT\tloss\tR_1\tR_2\n1\t0\t1\t2\t3\n2\t0\t4\t5\t6\n", &summary);
    put("y.tsv", summary);
    free(summary);
    assert_int_equal(data_read(&data, "y.tsv"), STATUS_OK);
    assert_int_equal(data.columns, 8);
    assert_int_equal(data_column(&data, "R_2_sd"), 7);
    data_free(&data);
}

/* 40 repeats of 50 times of 3 skills, rows shuffled: against sums made while drawing. */
static void shuffled_table_gives_the_means_of_its_groups(void **state)
{
    (void)state;
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
        assert_true(fabs(row[2] - sum[(int)row[0]] / REPEATS) < 1e-14);
        assert_true(row[3] > 0.5 && row[3] < 1.5);
    }
    data_free(&data);
}

/* ---- refusals */

static void missing_table_is_a_file_error(void **state)
{
    (void)state;
    assert_int_equal(numbers_summarise("absent.tsv", stderr), STATUS_FILE);
}

static void table_without_a_loss_is_refused(void **state)
{
    (void)state;
    check_refusal("repeat\tT\tR_1\n1\t0\t1\n", STATUS_FORMAT);
}

static void table_without_repeats_is_refused(void **state)
{
    (void)state;
    check_refusal("T\tloss\tlaw\n0\t1\t1\n", STATUS_FORMAT);
}

static void repeat_must_come_first(void **state)
{
    (void)state;
    check_refusal("T\trepeat\tloss\n0\t1\t1\n", STATUS_FORMAT);
}

static void malformed_table_is_refused(void **state)
{
    (void)state;
    check_refusal("repeat\tT\tloss\n1\t0\n", STATUS_FORMAT);
}

static void empty_file_is_refused(void **state)
{
    (void)state;
    check_refusal("", STATUS_FORMAT);
}

static void refused_table_gives_no_output(void **state)
{
    (void)state;
    char *summary;
    summarise("T\tloss\n1\t2\n", &summary);
    assert_string_equal(summary, "");
    free(summary);
}

/* ---- numbers of a folder */

static void folder_without_runs_is_a_file_error(void **state)
{
    (void)state;
    char *text = NULL, last[64] = "";
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    enum status status = numbers_write("no/such", false, stream, last, sizeof last);
    fclose(stream);
    free(text);
    assert_int_equal(status, STATUS_FILE);
    assert_int_equal(strncmp(last, "no/such/", 8), 0); /* and says which file */
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(void)
{
    static const struct CMUnitTest tests[] = {
        HERE(means_and_sds_are_exact),
        HERE(repeats_in_another_order_give_the_same),
        HERE(groups_stand_in_the_order_of_their_first_rows),
        HERE(one_repeat_has_an_sd_of_zero),
        HERE(all_columns_before_the_loss_tell_groups_apart),
        HERE(table_without_a_grid_has_one_group),
        HERE(steps_are_condensed_like_a_loss),
        HERE(steps_after_the_loss_are_like_any_column),
        HERE(table_of_steps_without_a_grid_has_one_group),
        HERE(diverged_data_sets_are_counted_and_left_out),
        HERE(steps_of_diverged_data_sets_alone_are_no_number),
        HERE(steps_without_a_loss_are_refused),
        HERE(diverged_rows_are_counted_but_left_out_of_the_means),
        HERE(single_survivor_has_an_sd_of_zero),
        HERE(group_of_diverged_rows_says_so),
        HERE(cell_that_ended_early_is_missing_later_on),
        HERE(more_than_eight_repeats_are_no_different),
        HERE(table_without_rows_has_an_empty_summary),
        HERE(summary_is_a_table),
        HERE(shuffled_table_gives_the_means_of_its_groups),
        HERE(missing_table_is_a_file_error),
        HERE(table_without_a_loss_is_refused),
        HERE(table_without_repeats_is_refused),
        HERE(repeat_must_come_first),
        HERE(malformed_table_is_refused),
        HERE(empty_file_is_refused),
        HERE(refused_table_gives_no_output),
        HERE(folder_without_runs_is_a_file_error),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests_name("numbers", tests, NULL, NULL);
}
