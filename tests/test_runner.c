/* Tests of the module "runner": tables that depend on nothing but the settings, and journals
   that survive whatever happens to a run.

   The run under test is a toy: cell c draws 1 + c % 3 rows of four numbers from its stream.
   Runs that are to be killed are carried out by this same program, started again with the
   word "child": a process that has had threads must not fork and have threads again. */
#include <errno.h>
#include <ftw.h>
#include <math.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#include "runner.h"
#include "stream.h"

/* ---- the toy */

enum { CELLS = 12, COLUMNS = 4, JOURNAL_MAX = 1 << 16 };

struct toy {
    const int *order;        /* which cell stands at which place; NULL: 0, 1, 2 ... */
    int bad;                 /* this cell fails with STATUS_DIVERGED; -1: none */
    int twin;                /* this cell describes itself as its predecessor; -1: none */
    int silent;              /* this cell has no rows; -1: none */
    int raises;              /* this cell ends with a signal; -1: none */
    bool waits;              /* this toy's other cells wait until they are told to stop */
    double pause;            /* seconds that a cell takes at least */
    int calls;               /* how many cells were simulated */
    uint64_t identity[64];   /* what they were told */
};

static void nap(double seconds)
{
    struct timespec time = {(time_t)seconds, (long)(1e9 * (seconds - (time_t)seconds))};
    nanosleep(&time, NULL);
}

static int label_of(const struct toy *toy, int cell)
{
    return toy->order ? toy->order[cell] : cell;
}

static void describe(const void *context, int cell, FILE *text)
{
    const struct toy *toy = context;
    int label = label_of(toy, cell);
    fprintf(text, "toy %d", label == toy->twin ? label - 1 : label);
}

static double count_steps(const void *context, int cell)
{
    (void)context, (void)cell;
    return 1;
}

static enum status wait_to_be_stopped(struct progress *progress)
{
    for (int i = 0; i < 10000; i++) {
        if (!progress_advance(progress, 0))
            return STATUS_INTERRUPTED;
        nap(0.001);
    }
    return STATUS_CONVERGENCE;
}

static enum status simulate(const void *context, int cell, uint64_t identity,
                            struct progress *progress, struct rows *rows)
{
    struct toy *toy = (struct toy *)context; /* to count the calls */
    int label = label_of(toy, cell), call;
    struct stream stream = stream_open(2385, identity, PURPOSE_TRAINING);
    #pragma omp atomic capture
    call = toy->calls++;
    toy->identity[call % 64] = identity;
    if (label == toy->bad)
        return STATUS_DIVERGED;
    if (toy->waits)
        return wait_to_be_stopped(progress);
    if (toy->pause > 0)
        nap(toy->pause);
    for (int i = 0; label != toy->silent && i <= label % 3; i++) {
        double u = stream_uniform(&stream);
        double x = label == 7 ? NAN : stream_normal(&stream);
        rows_add(rows, (const double[]){label, i, u, x});
    }
    if (!progress_advance(progress, 1))
        return STATUS_INTERRUPTED;
    if (label == toy->raises)
        raise(SIGTERM);
    return STATUS_OK;
}

static struct toy plain_toy(void)
{
    return (struct toy){.bad = -1, .twin = -1, .silent = -1, .raises = -1};
}

static struct run run_of(const struct toy *toy, int cells)
{
    return (struct run){.cells = cells, .columns = COLUMNS, .context = toy,
                        .describe = describe, .steps = count_steps, .simulate = simulate};
}

/* ---- carrying it out */

struct outcome {
    enum status status;
    int finished, calls;
    char *table;
};

static struct outcome carry_out(struct toy *toy, int cells, int threads, const char *journal,
                                uint64_t version)
{
    struct outcome outcome = {0};
    struct run run = run_of(toy, cells);
    struct conduct conduct = {
        .threads = threads, .quiet = true, .journal = journal, .version = version};
    size_t size = 0;
    FILE *stream = open_memstream(&outcome.table, &size);
    assert_non_null(stream);
    toy->calls = 0;
    struct tally tally;
    outcome.status = runner_run(&run, &conduct, stream, &tally);
    outcome.finished = tally.finished;
    fclose(stream);
    outcome.calls = toy->calls;
    return outcome;
}

/* What every run of the plain toy must give; the caller frees it. */
static char *expected_table(int cells)
{
    struct toy toy = plain_toy();
    struct outcome outcome = carry_out(&toy, cells, 1, NULL, 0);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_int_equal(outcome.finished, cells);
    assert_true(strlen(outcome.table) > 0);
    return outcome.table;
}

/* The run succeeds, simulates so many cells, and gives the table. */
static void check_run(struct toy *toy, int threads, uint64_t version, int calls,
                      const char *table)
{
    struct outcome outcome = carry_out(toy, CELLS, threads, "journal", version);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_int_equal(outcome.calls, calls);
    assert_int_equal(outcome.finished, CELLS);
    assert_string_equal(outcome.table, table);
    free(outcome.table);
}

/* ---- files: every test works in an empty folder of its own */

static char home[4096], folder[64];

static int enter_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/emergence-runner-XXXXXX");
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

static size_t get(const char *path, char text[JOURNAL_MAX])
{
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    size_t size = fread(text, 1, JOURNAL_MAX - 1, file);
    text[size] = '\0';
    fclose(file);
    return size;
}

static void put(const char *path, const char *text, size_t size)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static int count_records(const char *path)
{
    static char text[JOURNAL_MAX];
    int records = 0;
    get(path, text);
    for (const char *at = text; (at = strstr(at, "# cell ")); at++)
        records++;
    return records;
}

/* Fill the journal by a complete run. */
static size_t fill_journal(char text[JOURNAL_MAX], uint64_t version)
{
    struct toy toy = plain_toy();
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", version);
    assert_int_equal(outcome.status, STATUS_OK);
    free(outcome.table);
    return get("journal", text);
}

/* ---- identities */

/* Vectors published with the definition of FNV-1a. */
static void hash_gives_published_values(void **state)
{
    (void)state;
    assert_true(runner_hash("", 0, 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(runner_hash("a", 1, 0) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(runner_hash("foobar", 6, 0) == UINT64_C(0x85944171f73967e8));
}

static void hash_takes_bytes_as_unsigned(void **state)
{
    (void)state;
    assert_true(runner_hash("\xff", 1, 0) == UINT64_C(0xaf64724c8602eb6e));
}

static void hash_of_two_parts_is_the_hash_of_the_whole(void **state)
{
    (void)state;
    assert_true(runner_hash("bar", 3, runner_hash("foo", 3, 0)) == runner_hash("foobar", 6, 0));
}

static void identity_is_the_hash_of_the_description(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    free(carry_out(&toy, 3, 1, NULL, 0).table);
    for (int i = 0; i < 3; i++) {
        char text[16];
        snprintf(text, sizeof text, "toy %d", i);
        assert_true(toy.identity[i] == runner_hash(text, strlen(text), 0));
    }
}

static void equal_cells_are_refused_before_anything_is_run(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    toy.twin = 5;
    struct outcome outcome = carry_out(&toy, CELLS, 2, "journal", 1);
    assert_int_equal(outcome.status, STATUS_RANGE);
    assert_int_equal(outcome.calls, 0);
    assert_string_equal(outcome.table, "");
    free(outcome.table);
}

/* ---- the table */

static void rows_stand_in_the_order_of_the_list(void **state)
{
    (void)state;
    char *table = expected_table(CELLS), *at = table;
    for (int cell = 0; cell < CELLS; cell++)
        for (int i = 0; i <= cell % 3; i++) {
            assert_int_equal(strtol(at, &at, 10), cell);
            assert_int_equal(strtol(at, &at, 10), i);
            at = strchr(at, '\n') + 1;
        }
    assert_string_equal(at, "");
    free(table);
}

static void check_threads(int threads)
{
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    struct outcome outcome = carry_out(&toy, CELLS, threads, NULL, 0);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_int_equal(outcome.calls, CELLS);
    assert_string_equal(outcome.table, table);
    free(outcome.table);
    free(table);
}

static void two_threads_give_the_same_bytes(void **state)
{
    (void)state;
    check_threads(2);
}

static void three_threads_give_the_same_bytes(void **state)
{
    (void)state;
    check_threads(3);
}

static void more_threads_than_cells_give_the_same_bytes(void **state)
{
    (void)state;
    check_threads(CELLS + 3);
}

static void threads_of_the_machine_give_the_same_bytes(void **state)
{
    (void)state;
    check_threads(0);
}

static void order_of_cells_does_not_change_their_rows(void **state)
{
    (void)state;
    static const int order[CELLS] = {7, 3, 11, 0, 9, 1, 10, 5, 2, 8, 6, 4};
    struct toy toy = plain_toy();
    toy.order = order;
    char *table = expected_table(CELLS);
    struct outcome outcome = carry_out(&toy, CELLS, 2, NULL, 0);
    assert_int_equal(strlen(outcome.table), strlen(table));
    assert_string_not_equal(outcome.table, table);
    for (char *state_of = NULL, *line = strtok_r(outcome.table, "\n", &state_of); line;
         line = strtok_r(NULL, "\n", &state_of))
        assert_non_null(strstr(table, line));
    free(outcome.table);
    free(table);
}

static void fewer_cells_give_a_beginning_of_the_table(void **state)
{
    (void)state;
    char *table = expected_table(CELLS), *part = expected_table(5);
    assert_int_equal(strncmp(table, part, strlen(part)), 0);
    free(table);
    free(part);
}

static void run_without_cells_gives_no_rows(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    struct outcome outcome = carry_out(&toy, 0, 2, "journal", 1);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_string_equal(outcome.table, "");
    free(outcome.table);
}

/* ---- the journal */

static void second_run_simulates_nothing(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    check_run(&toy, 2, 1, CELLS, table);
    check_run(&toy, 2, 1, 0, table);
    free(table);
}

static void failure_is_reported_and_gives_no_table(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    toy.bad = 5;
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    assert_int_equal(outcome.status, STATUS_DIVERGED);
    assert_string_equal(outcome.table, "");
    free(outcome.table);
}

static void failure_keeps_the_finished_cells(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    toy.bad = 5;
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    assert_int_equal(outcome.finished, 5);
    assert_int_equal(outcome.calls, 6);
    assert_int_equal(count_records("journal"), 5);
    free(outcome.table);
}

static void run_after_a_failure_does_only_what_is_missing(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    toy.bad = 5;
    free(carry_out(&toy, CELLS, 1, "journal", 1).table);
    toy.bad = -1;
    check_run(&toy, 2, 1, CELLS - 5, table);
    free(table);
}

static void failure_in_one_thread_stops_the_other(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    toy.bad = 1;
    toy.waits = true;
    struct outcome outcome = carry_out(&toy, 2, 2, NULL, 0);
    assert_int_equal(outcome.status, STATUS_DIVERGED);
    free(outcome.table);
}

static void cell_without_rows_is_kept_too(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    toy.silent = 4;
    struct outcome first = carry_out(&toy, CELLS, 2, "journal", 1);
    struct outcome second = carry_out(&toy, CELLS, 2, "journal", 1);
    assert_int_equal(second.calls, 0);
    assert_string_equal(first.table, second.table);
    free(first.table);
    free(second.table);
}

static void longer_run_reuses_the_cells_of_a_shorter_one(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    free(carry_out(&toy, 3, 1, "journal", 1).table);
    check_run(&toy, 2, 1, CELLS - 3, table);
    free(table);
}

static void shorter_run_leaves_the_cells_of_a_longer_one(void **state)
{
    (void)state;
    static char before[JOURNAL_MAX], after[JOURNAL_MAX];
    struct toy toy = plain_toy();
    fill_journal(before, 1);
    struct outcome outcome = carry_out(&toy, 3, 1, "journal", 1);
    assert_int_equal(outcome.calls, 0);
    get("journal", after);
    assert_string_equal(after, before);
    free(outcome.table);
}

static void records_of_another_version_are_not_used(void **state)
{
    (void)state;
    static char text[JOURNAL_MAX];
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    fill_journal(text, 1);
    check_run(&toy, 2, 2, CELLS, table);
    free(table);
}

static void records_of_another_version_are_kept(void **state)
{
    (void)state;
    static char before[JOURNAL_MAX], after[JOURNAL_MAX];
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    size_t size = fill_journal(before, 1);
    check_run(&toy, 2, 2, CELLS, table);
    get("journal", after);
    assert_int_equal(strncmp(before, after, size), 0);
    check_run(&toy, 2, 1, 0, table);
    free(table);
}

/* The record of the last cell, cut at each of its bytes: that cell alone is done again, and
   the journal ends as it was. */
static void torn_record_is_recovered_at_every_byte(void **state)
{
    (void)state;
    static char journal[JOURNAL_MAX], after[JOURNAL_MAX];
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    size_t size = fill_journal(journal, 1), last = 0;
    for (const char *at = journal; (at = strstr(at, "# cell ")); at++)
        last = (size_t)(at - journal);
    assert_true(last > 0 && size - last > 100);
    for (size_t cut = last; cut < size; cut++) {
        put("journal", journal, cut);
        check_run(&toy, 1, 1, 1, table);
        get("journal", after);
        assert_string_equal(after, journal);
    }
    free(table);
}

/* A journal cut at any byte at all, in steps of 97. */
static void cut_journal_never_changes_the_table(void **state)
{
    (void)state;
    static char journal[JOURNAL_MAX];
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    size_t size = fill_journal(journal, 1);
    for (size_t cut = 0; cut < size; cut += 97) {
        put("journal", journal, cut);
        int records = count_records("journal");
        struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
        assert_int_equal(outcome.status, STATUS_OK);
        assert_in_range(outcome.calls, CELLS - records, CELLS - records + 1);
        assert_string_equal(outcome.table, table);
        free(outcome.table);
    }
    free(table);
}

/* Each byte of the last record but one, changed: a wrong number never gets into the table. */
static void damaged_record_never_changes_the_table(void **state)
{
    (void)state;
    static char journal[JOURNAL_MAX];
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    fill_journal(journal, 1);
    size_t start = 0, end = 0;
    for (const char *at = journal; (at = strstr(at, "# cell ")); at++) {
        start = end;
        end = (size_t)(at - journal);
    }
    for (size_t i = start; i < end; i++) {
        char good = journal[i];
        journal[i] = good == '1' ? '2' : good ^ 1;
        put("journal", journal, strlen(journal));
        struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
        assert_int_equal(outcome.status, STATUS_OK);
        assert_string_equal(outcome.table, table);
        free(outcome.table);
        journal[i] = good;
    }
    free(table);
}

static void foreign_file_is_not_a_journal_to_destroy(void **state)
{
    (void)state;
    static const char text[] = "Dear journal, today I measured nothing.\n";
    static char after[JOURNAL_MAX];
    struct toy toy = plain_toy();
    put("journal", text, strlen(text));
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    get("journal", after);
    assert_int_equal(strncmp(after, text, strlen(text)), 0);
    assert_int_not_equal(outcome.status, STATUS_OK);
    free(outcome.table);
}

static void journal_in_a_missing_folder_is_a_file_error(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    struct outcome outcome = carry_out(&toy, CELLS, 1, "no/such/journal", 1);
    assert_int_equal(outcome.status, STATUS_FILE);
    assert_int_equal(outcome.calls, 0);
    assert_string_equal(outcome.table, "");
    free(outcome.table);
}

/* ---- other processes */

static pid_t start_child(const char *word)
{
    fflush(NULL);
    pid_t pid = fork();
    if (pid == 0) {
        execl("/proc/self/exe", "test_runner", "child", word, (char *)NULL);
        _exit(127);
    }
    assert_true(pid > 0);
    return pid;
}

static int wait_for(pid_t pid)
{
    int status = -1;
    assert_int_equal(waitpid(pid, &status, 0), pid);
    return status;
}

static off_t size_of(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? status.st_size : 0;
}

/* At most ten seconds. */
static void wait_for_size(const char *path, off_t size)
{
    for (int i = 0; i < 10000 && size_of(path) < size; i++)
        nap(0.001);
    assert_true(size_of(path) >= size);
}

/* What children do; the exit code is a status, or 100 and more for surprises. */
static int run_slowly(bool catches)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    struct conduct conduct = {.threads = 2, .quiet = true, .journal = "journal", .version = 1};
    struct tally tally;
    toy.pause = 0.02;
    if (catches)
        runner_catch_signals();
    FILE *table = fopen("table", "w");
    int status = (int)runner_run(&run, &conduct, table, &tally);
    fclose(table);
    return tally.finished == count_records("journal") ? status : 110;
}

/* A disk that is full in the middle of a record. */
static int run_on_a_full_disk(void)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    struct conduct conduct = {.threads = 1, .quiet = true, .journal = "journal", .version = 1};
    struct rlimit limit = {1000, 1000};
    struct tally tally;
    signal(SIGXFSZ, SIG_IGN);
    setrlimit(RLIMIT_FSIZE, &limit);
    enum status status = runner_run(&run, &conduct, stderr, &tally);
    return status == STATUS_FILE ? 50 + tally.finished : 120;
}

/* The signal comes when cell 3 has nothing left to ask. */
static int run_into_a_signal(void)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    struct conduct conduct = {.threads = 1, .quiet = true, .journal = "journal", .version = 1};
    struct tally tally;
    toy.raises = 3;
    runner_catch_signals();
    enum status status = runner_run(&run, &conduct, stderr, &tally);
    return tally.finished == 4 ? (int)status : 130;
}

static int be_a_child(const char *word)
{
    if (!strcmp(word, "full"))
        return run_on_a_full_disk();
    if (!strcmp(word, "signal"))
        return run_into_a_signal();
    return run_slowly(!strcmp(word, "catch"));
}

static void journal_in_use_by_another_run_is_a_file_error(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    pid_t pid = start_child("slow");
    wait_for_size("journal", 1);
    errno = 0;
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    int error = errno, status = wait_for(pid);
    assert_int_equal(outcome.status, STATUS_FILE);
    assert_int_equal(error, EWOULDBLOCK);
    assert_int_equal(outcome.calls, 0);
    assert_true(WIFEXITED(status)); /* the other run has noticed nothing */
    assert_int_equal(WEXITSTATUS(status), STATUS_OK);
    free(outcome.table);
}

static void child_left_alone_completes(void **state)
{
    (void)state;
    static char text[JOURNAL_MAX];
    char *table = expected_table(CELLS);
    int status = wait_for(start_child("catch"));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_OK);
    get("table", text);
    assert_string_equal(text, table);
    free(table);
}

/* Killed in mid-run, resumed here: only what the journal lacks is simulated. */
static void killed_run_resumes_with_the_same_table(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    pid_t pid = start_child("slow");
    wait_for_size("journal", 200);
    kill(pid, SIGKILL);
    int status = wait_for(pid);
    assert_true(WIFSIGNALED(status));
    int records = count_records("journal");
    assert_in_range(records, 1, CELLS - 1);
    assert_int_equal(size_of("table"), 0);
    struct outcome outcome = carry_out(&toy, CELLS, 2, "journal", 1);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_in_range(outcome.calls, CELLS - records, CELLS - records + 1); /* one may be torn */
    assert_string_equal(outcome.table, table);
    free(outcome.table);
    free(table);
}

static void run_killed_again_and_again_ends_with_the_same_table(void **state)
{
    (void)state;
    static char text[JOURNAL_MAX];
    char *table = expected_table(CELLS);
    int status = 0;
    for (int i = 0; i < 5; i++) {
        pid_t pid = start_child("slow");
        nap(0.01 + 0.017 * i);
        kill(pid, SIGKILL);
        wait_for(pid);
    }
    status = wait_for(start_child("slow"));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_OK);
    get("table", text);
    assert_string_equal(text, table);
    free(table);
}

static void check_interruption(int number)
{
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    pid_t pid = start_child("catch");
    wait_for_size("journal", 200);
    kill(pid, number);
    int status = wait_for(pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_INTERRUPTED);
    assert_int_equal(size_of("table"), 0);
    int records = count_records("journal");
    assert_in_range(records, 1, CELLS - 1);
    check_run(&toy, 2, 1, CELLS - records, table);
    free(table);
}

static void sigterm_ends_a_run_and_keeps_the_journal(void **state)
{
    (void)state;
    check_interruption(SIGTERM);
}

static void sigint_ends_a_run_and_keeps_the_journal(void **state)
{
    (void)state;
    check_interruption(SIGINT);
}

static void signal_between_cells_ends_a_run_too(void **state)
{
    (void)state;
    int status = wait_for(start_child("signal"));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_INTERRUPTED);
    assert_int_equal(count_records("journal"), 4);
}

/* The cell that could not be recorded is not counted among the kept ones. */
static void full_disk_keeps_as_many_cells_as_it_says(void **state)
{
    (void)state;
    struct toy toy = plain_toy();
    char *table = expected_table(CELLS);
    int status = wait_for(start_child("full"));
    assert_true(WIFEXITED(status));
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_string_equal(outcome.table, table);
    assert_int_equal(WEXITSTATUS(status), 50 + CELLS - outcome.calls);
    free(outcome.table);
    free(table);
}

/* ---- estimates */

enum { ESTIMATE_CELLS = 5, ESTIMATE_STEPS = 50 };

static double many_steps(const void *context, int cell)
{
    (void)cell;
    return *(const double *)context;
}

static enum status step_slowly(const void *context, int cell, uint64_t identity,
                               struct progress *progress, struct rows *rows)
{
    (void)cell, (void)identity, (void)rows;
    for (double i = 0; i < *(const double *)context; i++) {
        nap(0.002);
        if (!progress_advance(progress, 1))
            return STATUS_INTERRUPTED;
    }
    return STATUS_OK;
}

static enum status report_nothing(const void *context, int cell, uint64_t identity,
                                  struct progress *progress, struct rows *rows)
{
    (void)context, (void)cell, (void)identity, (void)progress, (void)rows;
    nap(0.1);
    return STATUS_OK;
}

static void describe_number(const void *context, int cell, FILE *text)
{
    (void)context;
    fprintf(text, "%d", cell);
}

static double estimate(double steps,
                       enum status (*of)(const void *, int, uint64_t, struct progress *,
                                         struct rows *))
{
    struct run run = {.cells = ESTIMATE_CELLS, .columns = COLUMNS, .context = &steps,
                      .describe = describe_number, .steps = many_steps, .simulate = of};
    struct conduct conduct = {.quiet = true};
    struct estimate estimate;
    assert_int_equal(runner_estimate(&run, &conduct, &estimate), STATUS_OK);
    return estimate.seconds;
}

/* A step takes 2 ms, and up to three times as long on a busy machine. */
static void estimate_of_short_cells_counts_all_cells(void **state)
{
    (void)state;
    double seconds = estimate(ESTIMATE_STEPS, step_slowly);
    double nominal = ESTIMATE_CELLS * ESTIMATE_STEPS * 0.002;
    assert_true(seconds > 0.9 * nominal && seconds < 3 * nominal);
}

static void estimate_of_a_long_cell_takes_two_seconds(void **state)
{
    (void)state;
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    double seconds = estimate(1e6, step_slowly), nominal = ESTIMATE_CELLS * 1e6 * 0.002;
    clock_gettime(CLOCK_MONOTONIC, &end);
    assert_in_range(end.tv_sec - start.tv_sec, 1, 5);
    assert_true(seconds > 0.9 * nominal && seconds < 3 * nominal);
}

/* A cell that ended by itself was a whole cell, whatever it reported. */
static void estimate_of_unreported_steps_counts_cells(void **state)
{
    (void)state;
    double seconds = estimate(255, report_nothing);
    assert_true(seconds > 0.9 * ESTIMATE_CELLS * 0.1 && seconds < 3 * ESTIMATE_CELLS * 0.1);
}

#define HERE(test) cmocka_unit_test_setup_teardown(test, enter_folder, leave_folder)

int main(int argc, char **argv)
{
    static const struct CMUnitTest tests[] = {
        cmocka_unit_test(hash_gives_published_values),
        cmocka_unit_test(hash_takes_bytes_as_unsigned),
        cmocka_unit_test(hash_of_two_parts_is_the_hash_of_the_whole),
        cmocka_unit_test(identity_is_the_hash_of_the_description),
        HERE(equal_cells_are_refused_before_anything_is_run),
        cmocka_unit_test(rows_stand_in_the_order_of_the_list),
        cmocka_unit_test(two_threads_give_the_same_bytes),
        cmocka_unit_test(three_threads_give_the_same_bytes),
        cmocka_unit_test(more_threads_than_cells_give_the_same_bytes),
        cmocka_unit_test(threads_of_the_machine_give_the_same_bytes),
        cmocka_unit_test(order_of_cells_does_not_change_their_rows),
        cmocka_unit_test(fewer_cells_give_a_beginning_of_the_table),
        HERE(run_without_cells_gives_no_rows),
        HERE(second_run_simulates_nothing),
        HERE(failure_is_reported_and_gives_no_table),
        HERE(failure_keeps_the_finished_cells),
        HERE(run_after_a_failure_does_only_what_is_missing),
        cmocka_unit_test(failure_in_one_thread_stops_the_other),
        HERE(cell_without_rows_is_kept_too),
        HERE(longer_run_reuses_the_cells_of_a_shorter_one),
        HERE(shorter_run_leaves_the_cells_of_a_longer_one),
        HERE(records_of_another_version_are_not_used),
        HERE(records_of_another_version_are_kept),
        HERE(torn_record_is_recovered_at_every_byte),
        HERE(cut_journal_never_changes_the_table),
        HERE(damaged_record_never_changes_the_table),
        HERE(foreign_file_is_not_a_journal_to_destroy),
        HERE(journal_in_a_missing_folder_is_a_file_error),
        HERE(journal_in_use_by_another_run_is_a_file_error),
        HERE(child_left_alone_completes),
        HERE(killed_run_resumes_with_the_same_table),
        HERE(run_killed_again_and_again_ends_with_the_same_table),
        HERE(sigterm_ends_a_run_and_keeps_the_journal),
        HERE(sigint_ends_a_run_and_keeps_the_journal),
        HERE(signal_between_cells_ends_a_run_too),
        HERE(full_disk_keeps_as_many_cells_as_it_says),
        cmocka_unit_test(estimate_of_short_cells_counts_all_cells),
        cmocka_unit_test(estimate_of_a_long_cell_takes_two_seconds),
        cmocka_unit_test(estimate_of_unreported_steps_counts_cells),
    };
    if (argc == 3 && !strcmp(argv[1], "child"))
        return be_a_child(argv[2]);
    return cmocka_run_group_tests_name("runner", tests, NULL, NULL);
}
