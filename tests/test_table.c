/* Tests of the module "table": files that are whole or absent, and numbers that come back. */
#include <errno.h>
#include <fcntl.h>
#include <float.h>
#include <glob.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

#include "common.h"
#include "stream.h"
#include "table.h"

/* ---- files */

static bool is_there(const char *path)
{
    struct stat status;
    return lstat(path, &status) == 0;
}

/* Unfinished tables in the folder. */
static int count_partial(void)
{
    glob_t found;
    int status = glob("*.partial*", 0, NULL, &found);
    int count = status == GLOB_NOMATCH ? 0 : (int)found.gl_pathc;
    assert_true(status == 0 || status == GLOB_NOMATCH);
    globfree(&found);
    return count;
}

static void open_and_write(struct table *table, const char *path)
{
    assert_int_equal(table_open(table, path), STATUS_OK);
    fputs("x\ty\n", table->stream);
    table_row(table->stream, 2, (const double[]){1, 2});
}

static const char whole[] = "x\ty\n1\t2\n";

/* ---- where a table goes */

TEST_IN_FOLDER(dash_is_no_file)
{
    assert_false(table_is_file("-"));
}

TEST_IN_FOLDER(devices_and_pipes_are_no_files)
{
    assert_int_equal(mkfifo("pipe", 0600), 0);
    assert_false(table_is_file("pipe"));
    assert_false(table_is_file("/dev/null"));
    assert_false(table_is_file("/dev/full"));
}

TEST_IN_FOLDER(folder_is_no_file)
{
    assert_false(table_is_file("."));
}

TEST_IN_FOLDER(present_and_future_files_are_files)
{
    put("old.tsv", "");
    assert_true(table_is_file("old.tsv"));
    assert_true(table_is_file("new.tsv"));
}

/* ---- writing */

TEST_IN_FOLDER(table_appears_only_when_closed)
{
    struct table table;
    open_and_write(&table, "x.tsv");
    fflush(table.stream);
    assert_false(is_there("x.tsv"));
    assert_int_equal(table_close(&table), STATUS_OK);
    assert_string_equal(get("x.tsv"), whole);
}

TEST_IN_FOLDER(nothing_else_stays_beside_a_table)
{
    struct table table;
    open_and_write(&table, "x.tsv");
    assert_int_equal(count_partial(), 1);
    table_close(&table);
    assert_int_equal(count_partial(), 0);
}

TEST_IN_FOLDER(old_table_stays_until_the_new_one_is_closed)
{
    struct table table;
    put("x.tsv", "old");
    open_and_write(&table, "x.tsv");
    fflush(table.stream);
    assert_string_equal(get("x.tsv"), "old");
    assert_int_equal(table_close(&table), STATUS_OK);
    assert_string_equal(get("x.tsv"), whole);
}

/* Who reads the old table while it is replaced goes on reading the old one. */
TEST_IN_FOLDER(replacing_is_a_rename)
{
    struct table table;
    char line[16] = "";
    put("x.tsv", "old");
    FILE *reader = fopen("x.tsv", "r");
    open_and_write(&table, "x.tsv");
    table_close(&table);
    assert_non_null(fgets(line, sizeof line, reader));
    fclose(reader);
    assert_string_equal(line, "old");
}

TEST_IN_FOLDER(abandoned_table_leaves_nothing)
{
    struct table table;
    open_and_write(&table, "x.tsv");
    table_abandon(&table);
    assert_false(is_there("x.tsv"));
    assert_int_equal(count_partial(), 0);
}

TEST_IN_FOLDER(abandoned_table_leaves_the_old_one)
{
    struct table table;
    put("x.tsv", "old");
    open_and_write(&table, "x.tsv");
    table_abandon(&table);
    assert_string_equal(get("x.tsv"), "old");
    assert_int_equal(count_partial(), 0);
}

TEST_IN_FOLDER(abandoning_twice_or_after_closing_is_harmless)
{
    struct table table;
    open_and_write(&table, "x.tsv");
    table_close(&table);
    table_abandon(&table);
    table_abandon(&table);
    assert_string_equal(get("x.tsv"), whole);
}

/* Each has a file of its own, and who ends last has the last word. */
TEST_IN_FOLDER(two_writers_do_not_meet)
{
    struct table one, two;
    open_and_write(&one, "x.tsv");
    open_and_write(&two, "x.tsv");
    assert_int_equal(count_partial(), 2);
    fputs("3\t4\n", one.stream);
    assert_int_equal(table_close(&one), STATUS_OK);
    assert_string_equal(get("x.tsv"), "x\ty\n1\t2\n3\t4\n");
    assert_int_equal(table_close(&two), STATUS_OK);
    assert_string_equal(get("x.tsv"), whole);
    assert_int_equal(count_partial(), 0);
}

TEST_IN_FOLDER(table_has_the_rights_of_any_new_file)
{
    static const mode_t masks[] = {0, 022, 027, 077};
    for (int i = 0; i < 4; i++) {
        struct table table;
        struct stat status;
        mode_t mask = umask(masks[i]);
        open_and_write(&table, "x.tsv");
        assert_int_equal(table_close(&table), STATUS_OK);
        assert_int_equal(umask(mask), masks[i]);
        assert_int_equal(stat("x.tsv", &status), 0);
        assert_int_equal(status.st_mode & 0777, 0666 & ~masks[i]);
    }
}

TEST_IN_FOLDER(missing_folder_is_a_file_error)
{
    struct table table;
    errno = 0;
    assert_int_equal(table_open(&table, "no/such/x.tsv"), STATUS_FILE);
    assert_int_equal(errno, ENOENT);
}

TEST_IN_FOLDER(folder_as_a_table_is_a_file_error)
{
    struct table table;
    assert_int_equal(mkdir("x.tsv", 0700), 0);
    assert_int_equal(table_open(&table, "x.tsv"), STATUS_FILE);
    assert_int_equal(count_partial(), 0);
}

TEST_IN_FOLDER(file_as_a_folder_is_a_file_error)
{
    struct table table;
    put("file", "");
    assert_int_equal(table_open(&table, "file/x.tsv"), STATUS_FILE);
}

/* The final name turns into a folder while the table is written. */
TEST_IN_FOLDER(failing_rename_is_a_file_error)
{
    struct table table;
    open_and_write(&table, "x.tsv");
    assert_int_equal(mkdir("x.tsv", 0700), 0);
    assert_int_equal(table_close(&table), STATUS_FILE);
    assert_int_equal(count_partial(), 0);
}

TEST_IN_FOLDER(full_device_is_a_file_error)
{
    struct table table;
    open_and_write(&table, "/dev/full");
    assert_int_equal(table_close(&table), STATUS_FILE);
}

/* More than any buffer holds, so that the error comes before the end. */
TEST_IN_FOLDER(full_device_is_noticed_in_mid_table)
{
    struct table table;
    const double row[] = {M_PI, M_E};
    assert_int_equal(table_open(&table, "/dev/full"), STATUS_OK);
    for (int i = 0; i < 10000; i++)
        table_row(table.stream, 2, row);
    assert_int_equal(table_close(&table), STATUS_FILE);
}

TEST_IN_FOLDER(device_is_written_to_and_stays_a_device)
{
    struct table table;
    struct stat status;
    open_and_write(&table, "/dev/null");
    assert_int_equal(table_close(&table), STATUS_OK);
    assert_int_equal(stat("/dev/null", &status), 0);
    assert_true(S_ISCHR(status.st_mode));
    assert_int_equal(glob("/dev/null?*", 0, NULL, &(glob_t){0}), GLOB_NOMATCH);
}

TEST_IN_FOLDER(pipe_is_written_to_directly)
{
    struct table table;
    char text[64] = "";
    assert_int_equal(mkfifo("pipe", 0600), 0);
    int end = open("pipe", O_RDWR | O_NONBLOCK);
    open_and_write(&table, "pipe");
    assert_int_equal(table_close(&table), STATUS_OK);
    assert_int_equal(read(end, text, sizeof text - 1), (int)strlen(whole));
    close(end);
    assert_string_equal(text, whole);
}

/* ---- in a process of its own, whose exit code answers */

static int answer_of(int (*child)(void))
{
    int status;
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0)
        _exit(child());
    assert_int_equal(waitpid(pid, &status, 0), pid);
    assert_true(WIFEXITED(status));
    return WEXITSTATUS(status);
}

/* A disk that is full after 64 KiB. */
static int write_beyond_the_limit(void)
{
    struct rlimit limit = {65536, 65536};
    struct table table;
    const double row[] = {M_PI, M_E};
    signal(SIGXFSZ, SIG_IGN);
    if (setrlimit(RLIMIT_FSIZE, &limit) != 0 || table_open(&table, "x.tsv") != STATUS_OK)
        return 100;
    for (int i = 0; i < 10000; i++)
        table_row(table.stream, 2, row);
    return (int)table_close(&table);
}

TEST_IN_FOLDER(full_disk_is_a_file_error)
{
    assert_int_equal(answer_of(write_beyond_the_limit), STATUS_FILE);
}

TEST_IN_FOLDER(full_disk_leaves_no_new_table)
{
    answer_of(write_beyond_the_limit);
    assert_false(is_there("x.tsv"));
    assert_int_equal(count_partial(), 0);
}

TEST_IN_FOLDER(full_disk_leaves_the_old_table)
{
    put("x.tsv", "old");
    answer_of(write_beyond_the_limit);
    assert_string_equal(get("x.tsv"), "old");
}

/* Standard output is flushed by closing the table, but stays open for others. */
static int write_to_standard_output(void)
{
    struct table table;
    if (!freopen("out", "w", stdout) || table_open(&table, "-") != STATUS_OK)
        return 100;
    fputs("x\n", table.stream);
    table_row(table.stream, 1, (const double[]){0.5});
    int status = (int)table_close(&table);
    if (strcmp(get("out"), "x\n0.5\n") != 0)
        return 101;
    return puts("more") < 0 || fflush(stdout) != 0 ? 102 : status;
}

TEST_IN_FOLDER(dash_is_standard_output)
{
    assert_int_equal(answer_of(write_to_standard_output), STATUS_OK);
    assert_string_equal(get("out"), "x\n0.5\nmore\n");
}

static int write_to_full_standard_output(void)
{
    struct table table;
    if (!freopen("/dev/full", "w", stdout) || table_open(&table, "-") != STATUS_OK)
        return 100;
    fputs("x\n", table.stream);
    return (int)table_close(&table);
}

TEST_IN_FOLDER(full_standard_output_is_a_file_error)
{
    assert_int_equal(answer_of(write_to_full_standard_output), STATUS_FILE);
}

/* ---- rows */

TEST_IN_FOLDER(row_has_tabs_and_17_digits)
{
    FILE *stream = open_text();
    table_row(stream, 4, (const double[]){1, 0.1, -2.385e-7, 1e300});
    assert_string_equal(close_text(stream), "1\t0.10000000000000001\t-2.3850000000000002e-07\t"
                        "1.0000000000000001e+300\n");
}

TEST_IN_FOLDER(nan_is_called_diverged_and_infinity_is_not)
{
    FILE *stream = open_text();
    table_row(stream, 4, (const double[]){NAN, 7, INFINITY, -INFINITY});
    assert_string_equal(close_text(stream), "diverged\t7\tinf\t-inf\n");
}

/* 3000 random doubles of all sizes and signs, and the ends of the range. */
TEST_IN_FOLDER(doubles_read_back_with_the_same_bits)
{
    enum { ROWS = 1000, COLUMNS = 3 };
    static double value[ROWS * COLUMNS] = {DBL_MAX, -DBL_MIN, 5e-324, 0.1, -0.0};
    struct stream stream = stream_open(2385, 2, PURPOSE_TEST);
    struct table table;
    struct data data;
    for (int i = 5; i < ROWS * COLUMNS; i++)
        do {
            uint64_t word = stream_word(&stream);
            memcpy(&value[i], &word, sizeof word);
        } while (!isfinite(value[i]));
    assert_int_equal(table_open(&table, "x.tsv"), STATUS_OK);
    fputs("a\tb\tc\n", table.stream);
    for (int r = 0; r < ROWS; r++)
        table_row(table.stream, COLUMNS, value + COLUMNS * r);
    assert_int_equal(table_close(&table), STATUS_OK);
    assert_int_equal(data_read(&data, "x.tsv"), STATUS_OK);
    assert_int_equal(data.rows, ROWS);
    assert_int_equal(data.columns, COLUMNS);
    assert_memory_equal(data.value, value, sizeof value);
    data_free(&data);
}

/* ---- reading */

static enum status status_of(const char *text)
{
    struct data data;
    put("x.tsv", text);
    enum status status = data_read(&data, "x.tsv");
    data_free(&data);
    return status;
}

static void read_text(struct data *data, const char *text)
{
    put("x.tsv", text);
    assert_int_equal(data_read(data, "x.tsv"), STATUS_OK);
}

TEST_IN_FOLDER(comments_and_blank_lines_are_skipped)
{
    struct data data;
    read_text(&data, "# command: x\n\n# y\nT\tloss\n# in between\n1\t2\n\n3\t4\n# last\n");
    assert_int_equal(data.rows, 2);
    assert_int_equal(data.columns, 2);
    assert_memory_equal(data.value, ((const double[]){1, 2, 3, 4}), 4 * sizeof(double));
    data_free(&data);
}

TEST_IN_FOLDER(diverged_is_read_as_nan)
{
    struct data data;
    read_text(&data, "T\tloss\tR\n7\tdiverged\tdiverged\n");
    assert_true(data.value[0] == 7);
    assert_true(isnan(data.value[1]));
    assert_true(isnan(data.value[2]));
    data_free(&data);
}

TEST_IN_FOLDER(last_line_needs_no_newline)
{
    struct data data;
    read_text(&data, "T\tloss\n7\t0.5");
    assert_true(data.rows == 1 && data.value[1] == 0.5);
    data_free(&data);
}

TEST_IN_FOLDER(names_alone_are_a_table_without_rows)
{
    struct data data;
    read_text(&data, "# x\nT\tloss\n");
    assert_int_equal(data.rows, 0);
    assert_int_equal(data.columns, 2);
    assert_string_equal(data.names, "T\tloss");
    data_free(&data);
}

TEST_IN_FOLDER(missing_file_is_a_file_error)
{
    struct data data;
    assert_int_equal(data_read(&data, "absent.tsv"), STATUS_FILE);
    data_free(&data);
}

TEST_IN_FOLDER(folder_cannot_be_read)
{
    struct data data;
    assert_int_equal(data_read(&data, "."), STATUS_FILE);
    data_free(&data);
}

TEST_IN_FOLDER(refused_table_leaves_empty_data)
{
    struct data data;
    put("x.tsv", "T\tloss\n1\t2\n3\n");
    assert_int_equal(data_read(&data, "x.tsv"), STATUS_FORMAT);
    assert_null(data.value);
    assert_null(data.names);
    assert_int_equal(data.rows, 0);
}

/* A test for each malformed table. */
struct malformed {
    const char *name, *text;
};

static void is_malformed(void **state)
{
    const struct malformed *malformed = *state;
    assert_int_equal(status_of(malformed->text), STATUS_FORMAT);
}

static const struct malformed malformed[] = {
    {"empty file is refused", ""},
    {"comments alone are refused", "# command: x\n# y\n"},
    {"blank lines alone are refused", "\n\n"},
    {"missing field is refused", "a\tb\n1\t2\n3\n"},
    {"field too many is refused", "a\tb\n1\t2\t3\n"},
    {"trailing tab is refused", "a\tb\n1\t2\t\n"},
    {"empty first field is refused", "a\tb\n\t2\n"},
    {"empty last field is refused", "a\tb\n1\t\n"},
    {"empty middle field is refused", "a\tb\tc\n1\t\t3\n"},
    {"word is refused", "a\tb\n1\tx\n"},
    {"trailing junk is refused", "a\tb\n1\t2x\n"},
    {"junk after a blank is refused", "a\tb\n1\t2 x\n"},
    {"second number in a field is refused", "a\tb\n1\t2 3\n"},
    {"blank instead of a tab is refused", "a\tb\n1 2\n"},
    {"decimal comma is refused", "a\tb\n1\t2,5\n"},
    {"half a number is refused", "a\tb\n1\t2e\n"},
    {"sign alone is refused", "a\tb\n1\t-\n"},
    {"carriage return is refused", "a\tb\n1\t2\r\n"},
    {"word that begins with diverged is refused", "a\tb\n1\tdivergedly\n"},
    {"half a diverged is refused", "a\tb\n1\tdiverg\n"},
    {"comment after a number is refused", "a\tb\n1\t2 # two\n"},
};

/* ---- columns */

static int column_of(const char *name)
{
    struct data data;
    read_text(&data, "repeat\tT\tloss\tR_1\tR_10\n1\t2\t3\t4\t5\n");
    int column = data_column(&data, name);
    data_free(&data);
    return column;
}

TEST_IN_FOLDER(first_column_is_found)
{
    assert_int_equal(column_of("repeat"), 0);
}

TEST_IN_FOLDER(last_column_is_found)
{
    assert_int_equal(column_of("R_10"), 4);
}

TEST_IN_FOLDER(column_needs_its_whole_name)
{
    assert_int_equal(column_of("R_1"), 3);
    assert_int_equal(column_of("R_"), -1);
    assert_int_equal(column_of("R_100"), -1);
}

TEST_IN_FOLDER(absent_column_is_minus_one)
{
    assert_int_equal(column_of("N"), -1);
    assert_int_equal(column_of(""), -1);
    assert_int_equal(column_of("T\tloss"), -1);
}

/* Rows of networks over hidden units, of which one diverged early. */
TEST_IN_FOLDER(networks_of_a_width_are_kept_at_their_last_time)
{
    static const char table[] = "repeat\tN\tT\tloss\n1\t4\t0\t9\n1\t4\t10\t8\n1\t4\t20\t7\n"
                                "2\t4\t0\t6\n2\t4\t3\tdiverged\n1\t5\t0\t5\n1\t5\t10\t4\n"
                                "1\t5\t20\t3\n";
    struct data data;
    put("w.tsv", table);
    assert_int_equal(data_read(&data, "w.tsv"), STATUS_OK);
    data_keep_last(&data, INFINITY);
    assert_int_equal(data.rows, 3);
    assert_true(data_row(&data, 0)[3] == 7 && isnan(data_row(&data, 1)[3]));
    assert_true(data_row(&data, 1)[2] == 3 && data_row(&data, 2)[3] == 3);
    data_free(&data);
    assert_int_equal(data_read(&data, "w.tsv"), STATUS_OK);
    data_keep_last(&data, 10);
    assert_int_equal(data.rows, 3);
    assert_true(data_row(&data, 0)[3] == 8 && data_row(&data, 2)[3] == 4);
    data_free(&data);
    put("t.tsv", "repeat\tT\tloss\n1\t0\t1\n1\t5\t2\n");
    assert_int_equal(data_read(&data, "t.tsv"), STATUS_OK);
    data_keep_last(&data, INFINITY);
    assert_int_equal(data.rows, 2);
    data_free(&data);
}

int main(void)
{
    for (int i = 0; i < LENGTH(malformed); i++)
        add_case((struct CMUnitTest){malformed[i].name, is_malformed, enter_folder, leave_folder,
                                     (void *)&malformed[i]});
    return run_cases("table");
}
