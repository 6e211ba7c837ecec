/* Tests of the module "runner": tables that depend on nothing but the settings, and journals
   that survive whatever happens to a run.

   The run under test is a toy: cell c draws 1 + c % 3 rows of four numbers from its stream.
   Runs that are to be killed are carried out by this same program, started again with the
   word "child": a process that has had threads must not fork and have threads again. */
#include <errno.h>
#include <omp.h>
#include <signal.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>

#include "common.h"
#include "runner.h"
#include "stream.h"

/* ---- the toy */

enum { CELLS = 12, COLUMNS = 4 };

struct toy {
    void (*meanwhile)(void); /* what happens, once, while a cell is simulated; NULL: nothing */
    const char *length;      /* how it describes its length; NULL: not at all */
    const int *order;        /* which cell stands at which place; NULL: 0, 1, 2 ... */
    int bad;                 /* this cell fails with STATUS_DIVERGED; -1: none */
    int twin;                /* this cell describes itself as its predecessor; -1: none */
    int silent;              /* this cell has no rows; -1: none */
    int raises;              /* this cell ends with a signal; -1: none */
    int altered;             /* a number of this cell differs in its last bit; -1: none */
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

/* Keep the processor busy for so long, whatever else it does. */
static void work(double seconds)
{
    struct timespec start, time;
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &start);
    do
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    while (time.tv_sec - start.tv_sec + 1e-9 * (time.tv_nsec - start.tv_nsec) < seconds);
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

static void describe_length(const void *context, FILE *text)
{
    fputs(((const struct toy *)context)->length, text);
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
    if (toy->meanwhile) {
        void (*happens)(void) = toy->meanwhile;
        toy->meanwhile = NULL;
        happens();
    }
    if (label == toy->bad)
        return STATUS_DIVERGED;
    if (toy->waits)
        return wait_to_be_stopped(progress);
    if (toy->pause > 0)
        nap(toy->pause);
    for (int i = 0; label != toy->silent && i <= label % 3; i++) {
        double u = stream_uniform(&stream);
        double x = label == 7 ? NAN : stream_normal(&stream);
        u = label == toy->altered && i == 0 ? nextafter(u, 1) : u;
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
    return (struct toy){.bad = -1, .twin = -1, .silent = -1, .raises = -1, .altered = -1};
}

static struct run run_of(const struct toy *toy, int cells)
{
    return (struct run){.cells = cells, .columns = COLUMNS, .context = toy,
                        .describe = describe,
                        .describe_length = toy->length ? describe_length : NULL,
                        .steps = count_steps, .simulate = simulate};
}

/* This stands before the C library's function of that name: something happens, once, after a
   file is opened and before it is locked. */
static void (*before_the_lock)(void);

int flock(int file, int operation)
{
    void (*happens)(void) = before_the_lock;
    before_the_lock = NULL;
    if (happens)
        happens();
    return (int)syscall(SYS_flock, file, operation);
}

/* ---- carrying it out */

struct outcome {
    enum status status;
    int finished, calls;
    char *table;
};

static struct outcome conduct_run(struct toy *toy, int cells, const struct conduct *conduct,
                                  struct tally *tally)
{
    struct outcome outcome;
    struct run run = run_of(toy, cells);
    FILE *stream = open_text();
    toy->calls = 0;
    outcome.status = runner_run(&run, conduct, stream, tally);
    outcome.table = close_text(stream);
    outcome.finished = tally->finished;
    outcome.calls = toy->calls;
    return outcome;
}

static struct outcome carry_out(struct toy *toy, int cells, int threads, const char *journal,
                                uint64_t version)
{
    struct conduct conduct = {
        .threads = threads, .quiet = true, .journal = journal, .version = version};
    struct tally tally;
    return conduct_run(toy, cells, &conduct, &tally);
}

/* What every run of the plain toy must give. */
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
static void check_run(struct toy *toy, int threads, uint64_t version, int calls)
{
    struct outcome outcome = carry_out(toy, CELLS, threads, "journal", version);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_int_equal(outcome.calls, calls);
    assert_int_equal(outcome.finished, CELLS);
    assert_string_equal(outcome.table, expected_table(CELLS));
}

/* ---- files */

static int count_records(const char *path)
{
    int records = 0;
    for (const char *at = get(path); (at = strstr(at, "# cell ")); at++)
        records++;
    return records;
}

/* Fill the journal by a complete run. */
static char *fill_journal(uint64_t version)
{
    struct toy toy = plain_toy();
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", version);
    assert_int_equal(outcome.status, STATUS_OK);
    return get("journal");
}

/* ---- identities */

/* Vectors published with the definition of FNV-1a. */
TEST(hash_gives_published_values)
{
    assert_true(runner_hash("", 0, 0) == UINT64_C(0xcbf29ce484222325));
    assert_true(runner_hash("a", 1, 0) == UINT64_C(0xaf63dc4c8601ec8c));
    assert_true(runner_hash("foobar", 6, 0) == UINT64_C(0x85944171f73967e8));
}

TEST(hash_takes_bytes_as_unsigned)
{
    assert_true(runner_hash("\xff", 1, 0) == UINT64_C(0xaf64724c8602eb6e));
}

TEST(hash_of_two_parts_is_the_hash_of_the_whole)
{
    assert_true(runner_hash("bar", 3, runner_hash("foo", 3, 0)) == runner_hash("foobar", 6, 0));
}

TEST(identity_is_the_hash_of_the_description)
{
    struct toy toy = plain_toy();
    carry_out(&toy, 3, 1, NULL, 0);
    for (int i = 0; i < 3; i++) {
        char text[16];
        snprintf(text, sizeof text, "toy %d", i);
        assert_true(toy.identity[i] == runner_hash(text, strlen(text), 0));
    }
}

TEST_IN_FOLDER(equal_cells_are_refused_before_anything_is_run)
{
    struct toy toy = plain_toy();
    toy.twin = 5;
    struct outcome outcome = carry_out(&toy, CELLS, 2, "journal", 1);
    assert_int_equal(outcome.status, STATUS_RANGE);
    assert_int_equal(outcome.calls, 0);
    assert_string_equal(outcome.table, "");
}

/* ---- the table */

TEST(rows_stand_in_the_order_of_the_list)
{
    char *table = expected_table(CELLS), *at = table;
    for (int cell = 0; cell < CELLS; cell++)
        for (int i = 0; i <= cell % 3; i++) {
            assert_int_equal(strtol(at, &at, 10), cell);
            assert_int_equal(strtol(at, &at, 10), i);
            at = strchr(at, '\n') + 1;
        }
    assert_string_equal(at, "");
}

static void check_threads(int threads)
{
    struct toy toy = plain_toy();
    struct outcome outcome = carry_out(&toy, CELLS, threads, NULL, 0);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_int_equal(outcome.calls, CELLS);
    assert_string_equal(outcome.table, expected_table(CELLS));
}

TEST(two_threads_give_the_same_bytes)
{
    check_threads(2);
}

TEST(three_threads_give_the_same_bytes)
{
    check_threads(3);
}

TEST(more_threads_than_cells_give_the_same_bytes)
{
    check_threads(CELLS + 3);
}

TEST(threads_of_the_machine_give_the_same_bytes)
{
    check_threads(0);
}

TEST(order_of_cells_does_not_change_their_rows)
{
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
}

TEST(fewer_cells_give_a_beginning_of_the_table)
{
    char *table = expected_table(CELLS), *part = expected_table(5);
    assert_int_equal(strncmp(table, part, strlen(part)), 0);
}

TEST_IN_FOLDER(run_without_cells_gives_no_rows)
{
    struct toy toy = plain_toy();
    struct outcome outcome = carry_out(&toy, 0, 2, "journal", 1);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_string_equal(outcome.table, "");
}

/* ---- the journal */

TEST_IN_FOLDER(second_run_simulates_nothing)
{
    struct toy toy = plain_toy();
    check_run(&toy, 2, 1, CELLS);
    check_run(&toy, 2, 1, 0);
}

TEST_IN_FOLDER(failure_is_reported_and_gives_no_table)
{
    struct toy toy = plain_toy();
    toy.bad = 5;
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    assert_int_equal(outcome.status, STATUS_DIVERGED);
    assert_string_equal(outcome.table, "");
}

TEST_IN_FOLDER(failure_keeps_the_finished_cells)
{
    struct toy toy = plain_toy();
    toy.bad = 5;
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    assert_int_equal(outcome.finished, 5);
    assert_int_equal(outcome.calls, 6);
    assert_int_equal(count_records("journal"), 5);
}

TEST_IN_FOLDER(run_after_a_failure_does_only_what_is_missing)
{
    struct toy toy = plain_toy();
    toy.bad = 5;
    carry_out(&toy, CELLS, 1, "journal", 1);
    toy.bad = -1;
    check_run(&toy, 2, 1, CELLS - 5);
}

TEST(failure_in_one_thread_stops_the_other)
{
    struct toy toy = plain_toy();
    toy.bad = 1;
    toy.waits = true;
    struct outcome outcome = carry_out(&toy, 2, 2, NULL, 0);
    assert_int_equal(outcome.status, STATUS_DIVERGED);
}

TEST_IN_FOLDER(cell_without_rows_is_kept_too)
{
    struct toy toy = plain_toy();
    toy.silent = 4;
    struct outcome first = carry_out(&toy, CELLS, 2, "journal", 1);
    struct outcome second = carry_out(&toy, CELLS, 2, "journal", 1);
    assert_int_equal(second.calls, 0);
    assert_string_equal(first.table, second.table);
}

TEST_IN_FOLDER(longer_run_reuses_the_cells_of_a_shorter_one)
{
    struct toy toy = plain_toy();
    carry_out(&toy, 3, 1, "journal", 1);
    check_run(&toy, 2, 1, CELLS - 3);
}

TEST_IN_FOLDER(shorter_run_leaves_the_cells_of_a_longer_one)
{
    struct toy toy = plain_toy();
    char *before = fill_journal(1);
    struct outcome outcome = carry_out(&toy, 3, 1, "journal", 1);
    assert_int_equal(outcome.calls, 0);
    assert_string_equal(get("journal"), before);
}

TEST_IN_FOLDER(records_of_another_version_are_not_used)
{
    struct toy toy = plain_toy();
    fill_journal(1);
    check_run(&toy, 2, 2, CELLS);
}

TEST_IN_FOLDER(records_of_another_version_are_kept)
{
    struct toy toy = plain_toy();
    char *before = fill_journal(1);
    check_run(&toy, 2, 2, CELLS);
    assert_int_equal(strncmp(before, get("journal"), strlen(before)), 0);
    check_run(&toy, 2, 1, 0);
}

/* The record of the last cell, cut at each of its bytes: that cell alone is done again, and
   the journal ends as it was. */
TEST_IN_FOLDER(torn_record_is_recovered_at_every_byte)
{
    struct toy toy = plain_toy();
    char *journal = fill_journal(1);
    size_t size = strlen(journal), last = 0;
    for (const char *at = journal; (at = strstr(at, "# cell ")); at++)
        last = (size_t)(at - journal);
    assert_true(last > 0 && size - last > 100);
    for (size_t cut = last; cut < size; cut++) {
        put_bytes("journal", journal, cut);
        check_run(&toy, 1, 1, 1);
        assert_string_equal(get("journal"), journal);
    }
}

/* A journal cut at any byte at all, in steps of 97. */
TEST_IN_FOLDER(cut_journal_never_changes_the_table)
{
    struct toy toy = plain_toy();
    char *journal = fill_journal(1);
    size_t size = strlen(journal);
    for (size_t cut = 0; cut < size; cut += 97) {
        put_bytes("journal", journal, cut);
        int records = count_records("journal");
        struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
        assert_int_equal(outcome.status, STATUS_OK);
        assert_in_range(outcome.calls, CELLS - records, CELLS - records + 1);
        assert_string_equal(outcome.table, expected_table(CELLS));
    }
}

/* Each byte of the last record but one, changed: a wrong number never gets into the table. */
TEST_IN_FOLDER(damaged_record_never_changes_the_table)
{
    struct toy toy = plain_toy();
    char *journal = fill_journal(1);
    size_t start = 0, end = 0;
    for (const char *at = journal; (at = strstr(at, "# cell ")); at++) {
        start = end;
        end = (size_t)(at - journal);
    }
    for (size_t i = start; i < end; i++) {
        char good = journal[i];
        journal[i] = good == '1' ? '2' : good ^ 1;
        put("journal", journal);
        struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
        assert_int_equal(outcome.status, STATUS_OK);
        assert_string_equal(outcome.table, expected_table(CELLS));
        journal[i] = good;
    }
}

TEST_IN_FOLDER(foreign_file_is_not_a_journal_to_destroy)
{
    static const char text[] = "Dear journal, today I measured nothing.\n";
    struct toy toy = plain_toy();
    put("journal", text);
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    assert_int_equal(strncmp(get("journal"), text, strlen(text)), 0);
    assert_int_not_equal(outcome.status, STATUS_OK);
}

TEST_IN_FOLDER(journal_in_a_missing_folder_is_a_file_error)
{
    struct toy toy = plain_toy();
    struct outcome outcome = carry_out(&toy, CELLS, 1, "no/such/journal", 1);
    assert_int_equal(outcome.status, STATUS_FILE);
    assert_int_equal(outcome.calls, 0);
    assert_string_equal(outcome.table, "");
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
    omp_get_max_threads(); /* clang's OpenMP writes a file when it is first called */
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

/* What storing writes, under another name. */
static int store(void)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    struct conduct conduct = {.quiet = true, .journal = "journal", .archive = "archive",
                              .version = 1};
    struct tally tally;
    FILE *file = fopen("stored", "w");
    int status = (int)runner_collect(&run, &conduct, file, &tally);
    fclose(file);
    return status;
}

static int be_a_child(const char *word)
{
    if (!strcmp(word, "store"))
        return store();
    if (!strcmp(word, "full"))
        return run_on_a_full_disk();
    if (!strcmp(word, "signal"))
        return run_into_a_signal();
    return run_slowly(!strcmp(word, "catch"));
}

TEST_IN_FOLDER(journal_in_use_by_another_run_is_a_file_error)
{
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
}

TEST_IN_FOLDER(child_left_alone_completes)
{
    int status = wait_for(start_child("catch"));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_OK);
    assert_string_equal(get("table"), expected_table(CELLS));
}

/* Killed in mid-run, resumed here: only what the journal lacks is simulated. */
TEST_IN_FOLDER(killed_run_resumes_with_the_same_table)
{
    struct toy toy = plain_toy();
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
    assert_string_equal(outcome.table, expected_table(CELLS));
}

TEST_IN_FOLDER(run_killed_again_and_again_ends_with_the_same_table)
{
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
    assert_string_equal(get("table"), expected_table(CELLS));
}

static void check_interruption(int number)
{
    struct toy toy = plain_toy();
    pid_t pid = start_child("catch");
    wait_for_size("journal", 200);
    kill(pid, number);
    int status = wait_for(pid);
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_INTERRUPTED);
    assert_int_equal(size_of("table"), 0);
    int records = count_records("journal");
    assert_in_range(records, 1, CELLS - 1);
    check_run(&toy, 2, 1, CELLS - records);
}

TEST_IN_FOLDER(sigterm_ends_a_run_and_keeps_the_journal)
{
    check_interruption(SIGTERM);
}

TEST_IN_FOLDER(sigint_ends_a_run_and_keeps_the_journal)
{
    check_interruption(SIGINT);
}

TEST_IN_FOLDER(signal_between_cells_ends_a_run_too)
{
    int status = wait_for(start_child("signal"));
    assert_true(WIFEXITED(status));
    assert_int_equal(WEXITSTATUS(status), STATUS_INTERRUPTED);
    assert_int_equal(count_records("journal"), 4);
}

/* The cell that could not be recorded is not counted among the kept ones. */
TEST_IN_FOLDER(full_disk_keeps_as_many_cells_as_it_says)
{
    struct toy toy = plain_toy();
    int status = wait_for(start_child("full"));
    assert_true(WIFEXITED(status));
    struct outcome outcome = carry_out(&toy, CELLS, 1, "journal", 1);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_string_equal(outcome.table, expected_table(CELLS));
    assert_int_equal(WEXITSTATUS(status), 50 + CELLS - outcome.calls);
}

/* ---- the archive: cells of the toy, stored by one run and taken by another */

static const char header[] = "# command: emergence toy\na\tb\tc\td\n";

static struct conduct with(const char *journal, const char *archive, uint64_t version)
{
    return (struct conduct){.threads = 1, .quiet = true, .journal = journal,
                            .archive = archive, .version = version};
}

/* Move what journal and archive hold into the archive. */
static struct tally collect(int cells, const struct conduct *conduct)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, cells);
    struct tally tally;
    FILE *file = fopen("archive.new", "w");
    assert_non_null(file);
    fputs(header, file);
    assert_int_equal(runner_collect(&run, conduct, file, &tally), STATUS_OK);
    assert_int_equal(fclose(file), 0);
    assert_int_equal(rename("archive.new", conduct->archive), 0);
    assert_int_equal(toy.calls, 0);
    return tally;
}

/* Fill the archive with the first cells of a toy; no journal stays. */
static char *fill_archive(struct toy *toy, int cells, uint64_t version)
{
    struct conduct conduct = with("filling", "archive", version);
    conduct.fresh = true;
    struct tally tally;
    conduct_run(toy, cells, &conduct, &tally);
    assert_int_equal(tally.finished, cells);
    collect(cells, &conduct);
    assert_int_equal(remove("filling"), 0);
    return get("archive");
}

static void archive_some(int cells, uint64_t version)
{
    struct toy toy = plain_toy();
    fill_archive(&toy, cells, version);
}

/* A run with archive and journal succeeds, simulates so many cells, and has the table and
   the tally. */
static void check_archived(const struct conduct *conduct, int calls, int archived,
                           int unverified)
{
    struct toy toy = plain_toy();
    struct tally tally;
    struct outcome outcome = conduct_run(&toy, CELLS, conduct, &tally);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_int_equal(outcome.calls, calls);
    assert_string_equal(outcome.table, expected_table(CELLS));
    assert_int_equal(tally.finished, CELLS);
    assert_int_equal(tally.archived, archived);
    assert_int_equal(tally.unverified, unverified);
}

TEST_IN_FOLDER(archived_cells_are_taken_whatever_their_version)
{
    archive_some(CELLS, 1);
    struct conduct same = with(NULL, "archive", 1), other = with(NULL, "archive", 2);
    check_archived(&same, 0, CELLS, 0);
    check_archived(&other, 0, CELLS, CELLS);
}

TEST_IN_FOLDER(archived_cells_are_taken_by_their_key)
{
    static const int order[CELLS] = {7, 3, 11, 0, 9, 1, 10, 5, 2, 8, 6, 4};
    struct toy toy = plain_toy();
    toy.order = order;
    fill_archive(&toy, CELLS, 1);
    struct conduct conduct = with(NULL, "archive", 1);
    check_archived(&conduct, 0, CELLS, 0);
}

TEST_IN_FOLDER(archived_cells_of_another_seed_are_not_taken)
{
    archive_some(CELLS, 1);
    struct conduct conduct = with(NULL, "archive", 1);
    conduct.seed = 2;
    check_archived(&conduct, CELLS, 0, 0);
}

TEST_IN_FOLDER(journal_of_another_seed_is_not_used)
{
    struct conduct conduct = with("journal", NULL, 1);
    check_archived(&conduct, CELLS, 0, 0);
    conduct.seed = 2;
    check_archived(&conduct, CELLS, 0, 0);
    check_archived(&conduct, 0, 0, 0);
}

/* Neither is taken for the other, and both stay. */
TEST_IN_FOLDER(records_of_two_lengths_stand_side_by_side)
{
    struct toy toy = plain_toy();
    toy.length = " steps 100";
    check_run(&toy, 2, 1, CELLS);
    uint64_t identity = toy.identity[0];
    toy.length = " steps 200";
    check_run(&toy, 1, 1, CELLS);
    bool is_known = false;
    for (int i = 0; i < CELLS; i++)
        is_known = is_known || toy.identity[i] == identity;
    assert_true(is_known);
    check_run(&toy, 2, 1, 0);
    toy.length = " steps 100";
    check_run(&toy, 2, 1, 0);
    assert_int_equal(count_records("journal"), 2 * CELLS);
}

TEST_IN_FOLDER(fresh_run_takes_no_archived_cell)
{
    archive_some(CELLS, 1);
    struct conduct conduct = with(NULL, "archive", 1);
    conduct.fresh = true;
    check_archived(&conduct, CELLS, 0, 0);
}

TEST_IN_FOLDER(run_computes_what_the_archive_lacks)
{
    archive_some(5, 1);
    struct conduct conduct = with("journal", "archive", 2);
    check_archived(&conduct, CELLS - 5, 5, 5);
    assert_int_equal(count_records("journal"), CELLS - 5);
    check_archived(&conduct, 0, 5, 5);
}

/* Two of the four cells of the journal differ from those of the archive. */
TEST_IN_FOLDER(journal_goes_before_the_archive)
{
    struct toy toy = plain_toy();
    toy.altered = 2;
    fill_archive(&toy, CELLS, 2);
    toy.altered = -1;
    struct conduct conduct = with("journal", NULL, 2);
    struct tally tally;
    conduct_run(&toy, 4, &conduct, &tally);
    conduct.archive = "archive";
    check_archived(&conduct, 0, CELLS - 4, 0);
}

TEST_IN_FOLDER(missing_archive_is_an_empty_one)
{
    struct conduct conduct = with(NULL, "absent", 1);
    check_archived(&conduct, CELLS, 0, 0);
    assert_int_not_equal(access("absent", F_OK), 0);
}

/* A byte of a record in the middle, changed, but for its last, which ends the line before
   the next record: its cell alone is lost. */
static void damage_in_the_middle_costs_one_cell(const struct conduct *conduct,
                                                const char *path)
{
    char *text = get(path);
    char *begin = text, *end;
    for (int record = 0; record < 5; record++)
        begin = strstr(begin + 1, "# cell ");
    end = strstr(begin + 1, "# cell ");
    assert_true(begin && end && end - begin > 100);
    for (char *at = begin; at < end - 1; at += 5) {
        char good = *at;
        *at = good == '1' ? '2' : good ^ 1;
        put(path, text);
        struct toy toy = plain_toy();
        struct tally tally;
        struct outcome outcome = conduct_run(&toy, CELLS, conduct, &tally);
        assert_int_equal(outcome.status, STATUS_OK);
        assert_string_equal(outcome.table, expected_table(CELLS));
        assert_in_range(outcome.calls, conduct->journal ? 1 : 0, 1);
        *at = good;
    }
    *begin = '-';
    put(path, text);
}

TEST_IN_FOLDER(damaged_record_in_a_journal_costs_one_cell)
{
    struct conduct conduct = with("journal", NULL, 1);
    fill_journal(1);
    damage_in_the_middle_costs_one_cell(&conduct, "journal");
    check_archived(&conduct, 1, 0, 0);
}

/* The version does not matter there, so a wrong one costs nothing. */
TEST_IN_FOLDER(damaged_record_in_an_archive_costs_one_cell)
{
    struct conduct conduct = with(NULL, "archive", 1);
    archive_some(CELLS, 1);
    damage_in_the_middle_costs_one_cell(&conduct, "archive");
    check_archived(&conduct, 1, CELLS - 1, 0);
}

/* A journal goes on after damage: what is computed again is kept behind it. */
TEST_IN_FOLDER(damaged_journal_is_whole_after_a_run)
{
    struct conduct conduct = with("journal", NULL, 1);
    char *text = fill_journal(1);
    strstr(strstr(text, "\n5\t") - 100, "# cell ")[3] = 'x';
    put("journal", text);
    check_archived(&conduct, 1, 0, 0);
    check_archived(&conduct, 0, 0, 0);
}

static void check_foreign(const char *path, const char *text)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    const char *trouble = NULL;
    struct conduct conduct = with("journal", "archive", 1);
    conduct.trouble = &trouble;
    struct tally tally;
    struct estimate left;
    remove("journal");
    remove("archive");
    put(path, text);
    struct outcome outcome = conduct_run(&toy, CELLS, &conduct, &tally);
    assert_int_equal(outcome.status, STATUS_FORMAT);
    assert_string_equal(trouble, path);
    assert_int_equal(outcome.calls, 0);
    assert_int_equal(runner_collect(&run, &conduct, stderr, &tally), STATUS_FORMAT);
    assert_int_equal(runner_estimate(&run, &conduct, &left), STATUS_FORMAT);
    if (!strcmp(path, "archive"))
        assert_int_equal(runner_verify(&run, &conduct, 1, stderr, &tally), STATUS_FORMAT);
    assert_string_equal(get(path), text);
}

TEST_IN_FOLDER(foreign_file_is_not_an_archive)
{
    check_foreign("archive", "");
    check_foreign("archive", "Dear archive, today I measured nothing.\n");
    check_foreign("archive", "# command: something else\n");
    check_foreign("archive", "# cell 0000000000000001 0000000000000002 0 cbf29ce484222325\n");
}

TEST_IN_FOLDER(table_without_records_is_not_an_archive)
{
    check_foreign("archive", "# command: emergence law time\nT\tloss\n1\t0.5\n");
    check_foreign("archive", header);
}

TEST_IN_FOLDER(foreign_journal_is_named_and_left_alone)
{
    check_foreign("journal", "Dear journal, today I measured nothing.\n");
    check_foreign("journal", header);
}

TEST_IN_FOLDER(archive_that_cannot_be_read_is_a_file_error)
{
    struct toy toy = plain_toy();
    const char *trouble = NULL;
    struct conduct conduct = with(NULL, "file/archive", 1);
    conduct.trouble = &trouble;
    struct tally tally;
    put("file", "");
    struct outcome outcome = conduct_run(&toy, CELLS, &conduct, &tally);
    assert_int_equal(outcome.status, STATUS_FILE);
    assert_int_equal(errno, ENOTDIR);
    assert_string_equal(trouble, "file/archive");
    assert_int_equal(outcome.calls, 0);
}

/* ---- storing */

TEST_IN_FOLDER(collecting_moves_the_journal_into_the_archive)
{
    fill_journal(1);
    struct conduct conduct = with("journal", "archive", 1);
    struct tally tally = collect(CELLS, &conduct);
    assert_int_equal(tally.finished, CELLS);
    assert_int_equal(tally.left, 0);
    assert_int_equal(count_records("archive"), CELLS);
    conduct.journal = NULL;
    check_archived(&conduct, 0, CELLS, 0);
}

TEST_IN_FOLDER(collecting_twice_changes_nothing)
{
    struct toy toy = plain_toy();
    char *once = fill_archive(&toy, CELLS, 1);
    struct conduct conduct = with(NULL, "archive", 2);
    collect(CELLS, &conduct);
    assert_string_equal(get("archive"), once);
}

TEST_IN_FOLDER(shorter_run_keeps_a_longer_archive)
{
    struct toy toy = plain_toy();
    archive_some(CELLS, 1);
    struct conduct conduct = with("journal", "archive", 2);
    conduct.fresh = true;
    struct tally tally;
    conduct_run(&toy, 3, &conduct, &tally);
    collect(3, &conduct);
    assert_int_equal(count_records("archive"), CELLS);
    conduct = with(NULL, "archive", 2);
    check_archived(&conduct, 0, CELLS, CELLS - 3);
}

TEST_IN_FOLDER(other_runs_keep_their_place_in_an_archive)
{
    archive_some(CELLS, 1);
    struct toy toy = plain_toy();
    struct conduct conduct = with("journal", "archive", 1);
    conduct.seed = 2;
    struct tally tally;
    conduct_run(&toy, CELLS, &conduct, &tally);
    collect(CELLS, &conduct);
    assert_int_equal(count_records("archive"), 2 * CELLS);
    conduct.journal = NULL;
    check_archived(&conduct, 0, CELLS, 0);
    conduct.seed = 0;
    check_archived(&conduct, 0, CELLS, 0);
}

/* Hours of work are not lost to an edit between a run and its storing. */
TEST_IN_FOLDER(cells_of_another_version_are_stored_as_unverified)
{
    fill_journal(1);
    struct conduct conduct = with("journal", "archive", 2);
    struct tally tally = collect(CELLS, &conduct);
    assert_int_equal(tally.finished, CELLS);
    conduct.journal = NULL;
    check_archived(&conduct, 0, CELLS, CELLS);
}

TEST_IN_FOLDER(cells_of_this_version_are_stored_first)
{
    struct toy toy = plain_toy();
    struct conduct conduct = with("journal", NULL, 1);
    struct tally tally;
    toy.altered = 2;
    conduct_run(&toy, CELLS, &conduct, &tally);
    toy.altered = -1;
    conduct.version = 2;
    conduct_run(&toy, CELLS, &conduct, &tally);
    conduct.archive = "archive";
    collect(CELLS, &conduct);
    conduct.journal = NULL;
    check_archived(&conduct, 0, CELLS, 0);
}

TEST_IN_FOLDER(records_that_a_shorter_run_cannot_store_are_counted)
{
    fill_journal(1);
    struct conduct conduct = with("journal", "archive", 1);
    struct tally tally = collect(3, &conduct);
    assert_int_equal(tally.finished, 3);
    assert_int_equal(tally.left, CELLS - 3);
}

TEST_IN_FOLDER(storing_is_never_fresh)
{
    archive_some(CELLS, 1);
    struct conduct conduct = with("journal", "archive", 1);
    conduct.fresh = true;
    collect(CELLS, &conduct);
    assert_int_equal(count_records("archive"), CELLS);
}

TEST_IN_FOLDER(full_disk_is_noticed_in_storing)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    struct conduct conduct = with(NULL, "archive", 1);
    struct tally tally;
    archive_some(CELLS, 1);
    FILE *full = fopen("/dev/full", "w");
    assert_non_null(full);
    static char small[64];
    setvbuf(full, small, _IOFBF, sizeof small);
    assert_int_equal(runner_collect(&run, &conduct, full, &tally), STATUS_FILE);
    fclose(full);
}

/* ---- verifying */

struct verdict {
    int calls;
    struct tally tally;
};

/* Verify with a toy; the archive becomes what is written if all agree. */
static struct verdict verify(struct toy *toy, int cells, uint64_t version)
{
    struct run run = run_of(toy, CELLS);
    struct conduct conduct = with("journal", "archive", version);
    struct verdict verdict;
    char *before = get("archive");
    toy->calls = 0;
    FILE *file = fopen("archive.new", "w");
    assert_non_null(file);
    fputs(header, file);
    assert_int_equal(runner_verify(&run, &conduct, cells, file, &verdict.tally), STATUS_OK);
    bool is_written = ftell(file) > (long)strlen(header);
    fclose(file);
    assert_string_equal(get("archive"), before);
    assert_int_equal(verdict.tally.drawn, toy->calls);
    assert_int_equal(is_written, toy->calls > 0 && verdict.tally.equal == toy->calls);
    if (is_written)
        assert_int_equal(rename("archive.new", "archive"), 0);
    verdict.calls = toy->calls;
    return verdict;
}

TEST_IN_FOLDER(verified_archive_is_of_this_version)
{
    struct toy toy = plain_toy();
    archive_some(CELLS, 1);
    struct verdict verdict = verify(&toy, 3, 2);
    assert_int_equal(verdict.calls, 3);
    assert_int_equal(verdict.tally.equal, 3);
    assert_int_equal(verdict.tally.archived, CELLS);
    assert_int_equal(verdict.tally.unverified, 0);
    struct conduct conduct = with(NULL, "archive", 2);
    check_archived(&conduct, 0, CELLS, 0);
}

TEST_IN_FOLDER(single_changed_bit_is_found)
{
    struct toy toy = plain_toy();
    archive_some(CELLS, 1);
    toy.altered = 4;
    struct verdict verdict = verify(&toy, CELLS, 2);
    assert_int_equal(verdict.calls, CELLS);
    assert_int_equal(verdict.tally.equal, CELLS - 1);
    assert_int_equal(verdict.tally.unverified, CELLS);
}

TEST_IN_FOLDER(missing_and_surplus_rows_are_found)
{
    struct toy toy = plain_toy();
    archive_some(CELLS, 1);
    toy.silent = 4;
    assert_int_equal(verify(&toy, CELLS, 1).tally.equal, CELLS - 1);
    fill_archive(&toy, CELLS, 1);
    toy.silent = -1;
    assert_int_equal(verify(&toy, CELLS, 1).tally.equal, CELLS - 1);
}

TEST_IN_FOLDER(more_cells_than_there_are_verify_all)
{
    struct toy toy = plain_toy();
    archive_some(5, 1);
    struct verdict verdict = verify(&toy, 1000000, 2);
    assert_int_equal(verdict.calls, 5);
    assert_int_equal(verdict.tally.equal, 5);
    assert_int_equal(verdict.tally.archived, 5);
}

TEST_IN_FOLDER(verifying_no_cell_verifies_nothing)
{
    struct toy toy = plain_toy();
    archive_some(CELLS, 1);
    assert_int_equal(verify(&toy, 0, 2).tally.unverified, CELLS);
}

/* One cell of three, 40 times: a given one is never drawn once in 10^7. */
TEST_IN_FOLDER(any_cell_may_be_drawn)
{
    struct toy toy = plain_toy();
    int found = 0;
    archive_some(3, 1);
    toy.altered = 1;
    for (int i = 0; i < 40; i++)
        found += verify(&toy, 1, 1).tally.equal == 0;
    assert_in_range(found, 1, 39);
}

TEST_IN_FOLDER(verifying_keeps_the_cells_of_other_runs)
{
    static const int order[CELLS + 4] = {0, 1, 2,  3,  4,  5,  6,  7,
                                         8, 9, 10, 11, 12, 13, 14, 15};
    struct toy toy = plain_toy();
    toy.order = order;
    fill_archive(&toy, CELLS + 4, 1);
    verify(&toy, 2, 2);
    assert_int_equal(count_records("archive"), CELLS + 4);
}

/* ---- nothing to verify */

static void check_nothing_to_verify(enum status expected, uint64_t seed)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    const char *trouble = NULL;
    struct conduct conduct = with("journal", "archive", 1);
    conduct.trouble = &trouble;
    conduct.seed = seed;
    struct tally tally;
    errno = 0;
    assert_int_equal(runner_verify(&run, &conduct, 3, stderr, &tally), expected);
    assert_true(expected != STATUS_FILE || errno == ENOENT);
    assert_string_equal(trouble, "archive");
    assert_int_equal(toy.calls, 0);
    assert_int_not_equal(access("archive.lock", F_OK), 0);
}

TEST_IN_FOLDER(missing_archive_cannot_be_verified)
{
    check_nothing_to_verify(STATUS_FILE, 0);
    assert_int_not_equal(access("archive", F_OK), 0);
}

TEST_IN_FOLDER(archive_of_another_seed_cannot_be_verified)
{
    archive_some(CELLS, 1);
    check_nothing_to_verify(STATUS_EMPTY, 2);
}

/* ---- several processes at one archive, played by one */

/* Somebody else completes the archive. */
static void store_all(void)
{
    struct toy toy = plain_toy();
    struct conduct conduct = with("other journal", "archive", 1);
    struct tally tally;
    conduct_run(&toy, CELLS, &conduct, &tally);
    collect(CELLS, &conduct);
    remove("other journal");
}

static void store_another_cell_2(void)
{
    struct toy toy = plain_toy();
    toy.altered = 2;
    remove("archive");
    fill_archive(&toy, CELLS, 1);
}

static struct tally verify_while(void (*happens)(void))
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    struct conduct conduct = with("journal", "archive", 2);
    struct tally tally;
    toy.meanwhile = happens;
    FILE *file = fopen("verified", "w");
    fputs(header, file);
    assert_int_equal(runner_verify(&run, &conduct, CELLS, file, &tally), STATUS_OK);
    fclose(file);
    return tally;
}

TEST_IN_FOLDER(cells_stored_during_a_verification_stay)
{
    archive_some(5, 1);
    struct tally tally = verify_while(store_all);
    assert_int_equal(tally.drawn, 5);
    assert_int_equal(tally.equal, 5);
    assert_int_equal(tally.unverified, CELLS - 5);
    assert_int_equal(count_records("verified"), CELLS);
}

TEST_IN_FOLDER(cell_replaced_during_a_verification_is_not_believed)
{
    archive_some(CELLS, 1);
    struct tally tally = verify_while(store_another_cell_2);
    assert_int_equal(tally.equal, CELLS);
    assert_int_equal(tally.unverified, 1);
    assert_int_equal(count_records("verified"), CELLS);
}

/* The other goes while this one waits for the lock; it takes the file of the lock with it. */
TEST_IN_FOLDER(cells_stored_while_one_waits_stay)
{
    struct toy toy = plain_toy();
    struct conduct conduct = with("journal", NULL, 1);
    struct tally tally;
    conduct_run(&toy, 3, &conduct, &tally);
    conduct.archive = "archive";
    struct run run = run_of(&toy, 3);
    FILE *file = fopen("stored", "w");
    before_the_lock = store_all;
    assert_int_equal(runner_collect(&run, &conduct, file, &tally), STATUS_OK);
    fclose(file);
    assert_int_equal(count_records("stored"), CELLS);
    assert_int_not_equal(access("archive.lock", F_OK), 0);
}

TEST_IN_FOLDER(storing_waits_for_the_lock)
{
    fill_journal(1);
    FILE *lock = fopen("archive.lock", "we"); /* which the child does not inherit */
    assert_int_equal(flock(fileno(lock), LOCK_EX), 0);
    pid_t pid = start_child("store");
    nap(0.2);
    assert_int_equal(waitpid(pid, NULL, WNOHANG), 0);
    fclose(lock);
    assert_int_equal(wait_for(pid), 0);
    assert_int_equal(count_records("stored"), CELLS);
}

/* ---- a journal and its removal */

static void remove_the_journal(void)
{
    assert_int_equal(remove("journal"), 0);
}

/* Else the cells would be written to a file that nobody sees. */
TEST_IN_FOLDER(journal_removed_before_it_is_locked_is_noticed)
{
    struct toy toy = plain_toy();
    fill_journal(1);
    before_the_lock = remove_the_journal;
    check_run(&toy, 2, 1, CELLS);
    assert_int_equal(count_records("journal"), CELLS);
}

TEST_IN_FOLDER(journal_stays_locked_until_it_is_removed)
{
    struct toy toy = plain_toy(), other = toy;
    struct hold hold = {0}, others = {0};
    struct conduct conduct = with("journal", NULL, 1), second = conduct;
    struct tally tally;
    conduct.hold = &hold;
    second.hold = &others;
    conduct_run(&toy, CELLS, &conduct, &tally);
    struct outcome outcome = conduct_run(&other, CELLS, &second, &tally);
    assert_int_equal(outcome.status, STATUS_FILE);
    runner_release(&second, true); /* of a journal that it does not have */
    assert_int_equal(count_records("journal"), CELLS);
    runner_release(&conduct, true);
    assert_int_not_equal(access("journal", F_OK), 0);
    outcome = conduct_run(&other, CELLS, &second, &tally);
    assert_int_equal(outcome.status, STATUS_OK);
    assert_int_equal(outcome.calls, CELLS);
    runner_release(&second, false);
    assert_int_equal(count_records("journal"), CELLS);
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
        work(0.002);
        if (!progress_advance(progress, 1))
            return STATUS_INTERRUPTED;
    }
    return STATUS_OK;
}

static enum status report_nothing(const void *context, int cell, uint64_t identity,
                                  struct progress *progress, struct rows *rows)
{
    (void)context, (void)cell, (void)identity, (void)progress, (void)rows;
    work(0.1);
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

/* A step takes the processor 2 ms. */
TEST(estimate_of_short_cells_counts_all_cells)
{
    double seconds = estimate(ESTIMATE_STEPS, step_slowly);
    double nominal = ESTIMATE_CELLS * ESTIMATE_STEPS * 0.002;
    assert_true(seconds > 0.9 * nominal && seconds < 3 * nominal);
}

TEST(estimate_of_a_long_cell_takes_two_seconds)
{
    struct timespec start, end;
    clock_gettime(CLOCK_MONOTONIC, &start);
    double seconds = estimate(1e6, step_slowly), nominal = ESTIMATE_CELLS * 1e6 * 0.002;
    clock_gettime(CLOCK_MONOTONIC, &end);
    assert_in_range(end.tv_sec - start.tv_sec, 1, 5);
    assert_true(seconds > 0.9 * nominal && seconds < 3 * nominal);
}

/* A cell that ended by itself was a whole cell, whatever it reported. */
TEST(estimate_of_unreported_steps_counts_cells)
{
    double seconds = estimate(255, report_nothing);
    assert_true(seconds > 0.9 * ESTIMATE_CELLS * 0.1 && seconds < 3 * ESTIMATE_CELLS * 0.1);
}

/* A run whose cells work: cell i is number first + stride i, which says how long its steps
   are and how many it takes of those that it may. */
struct workers {
    int first, stride, allowed;
    double (*pause)(int number);
    int (*needed)(int number);
};

static int number_of(const struct workers *workers, int cell)
{
    return workers->first + workers->stride * cell;
}

static void describe_worker(const void *context, int cell, FILE *text)
{
    fprintf(text, "%d", number_of(context, cell));
}

static double steps_of_worker(const void *context, int cell)
{
    (void)cell;
    return ((const struct workers *)context)->allowed;
}

static double steps_worked(const void *context, int cell, const char *rows)
{
    (void)context, (void)cell;
    return strtod(rows, NULL);
}

static enum status work_well(const void *context, int cell, uint64_t identity,
                              struct progress *progress, struct rows *rows)
{
    (void)identity;
    const struct workers *workers = context;
    int number = number_of(workers, cell), needed = workers->needed(number);
    for (int i = 0; i < needed; i++) {
        work(workers->pause(number));
        if (!progress_advance(progress, 1))
            return STATUS_INTERRUPTED;
    }
    rows_add(rows, (const double[]){needed, 0, 0, 0});
    return STATUS_OK;
}

static struct run working_run(const struct workers *workers, int cells, bool may_end_early)
{
    return (struct run){.cells = cells, .columns = COLUMNS, .context = workers,
                        .describe = describe_worker, .steps = steps_of_worker,
                        .taken = may_end_early ? steps_worked : NULL, .simulate = work_well};
}

/* Carry out a run and keep its cells. */
static void finish(const struct workers *workers, int cells, const char *journal)
{
    struct run run = working_run(workers, cells, true);
    struct conduct conduct = {.threads = 16, .quiet = true, .journal = journal};
    struct tally tally;
    FILE *table = fopen("table", "w");
    assert_int_equal(runner_run(&run, &conduct, table, &tally), STATUS_OK);
    fclose(table);
}

/* So many cells are left, and their time is within a quarter. */
static void check_estimate(const struct run *run, const struct conduct *conduct, int cells,
                           double steps, double seconds, bool is_bound)
{
    struct estimate left;
    assert_int_equal(runner_estimate(run, conduct, &left), STATUS_OK);
    assert_int_equal(left.cells, cells);
    assert_close(left.steps, steps, 0.25 * steps);
    assert_close(left.seconds, seconds, 0.25 * seconds);
    assert_int_equal(left.is_bound, is_bound);
}

static int two(int number)
{
    (void)number;
    return 2;
}

static double longer_and_longer(int number)
{
    return 0.01 * (1 + number);
}

static double wide_or_narrow(int number)
{
    return number < 12 ? 0.004 : 0.04;
}

TEST_IN_FOLDER(cells_of_growing_cost_are_estimated)
{
    struct workers workers = {0, 1, 2, longer_and_longer, two};
    struct run run = working_run(&workers, 9, false);
    struct conduct conduct = {.quiet = true};
    check_estimate(&run, &conduct, 9, 18, 2 * 0.01 * 45, false);
}

TEST_IN_FOLDER(cells_of_two_costs_are_estimated)
{
    struct workers workers = {0, 1, 2, wide_or_narrow, two};
    struct run run = working_run(&workers, 24, false);
    struct conduct conduct = {.quiet = true};
    check_estimate(&run, &conduct, 24, 48, 2 * (12 * 0.004 + 12 * 0.04), false);
}

/* Of cells in the journal, the first three, nothing is left; the cost is that of the rest. */
TEST_IN_FOLDER(finished_cells_take_no_time)
{
    struct workers workers = {0, 1, 2, longer_and_longer, two};
    finish(&workers, 3, "journal");
    struct run run = working_run(&workers, 7, false);
    struct conduct conduct = {.quiet = true, .journal = "journal"};
    check_estimate(&run, &conduct, 4, 8, 2 * 0.01 * (4 + 5 + 6 + 7), false);
    run.cells = 3;
    check_estimate(&run, &conduct, 0, 0, 0, false);
}

static double always_short(int number)
{
    (void)number;
    return 0.005;
}

static int more_and_more(int number)
{
    return 10 + number;
}

TEST_IN_FOLDER(cells_that_may_end_early_have_a_bound)
{
    struct workers workers = {0, 1, 1000, always_short, more_and_more};
    struct run run = working_run(&workers, 8, true);
    struct conduct conduct = {.quiet = true};
    check_estimate(&run, &conduct, 8, 8000, 8000 * 0.005, true);
}

/* Every third of 12 cells is finished and shows when the others end: after 10 + i steps. */
TEST_IN_FOLDER(finished_cells_say_when_others_end)
{
    struct workers some = {0, 3, 1000, always_short, more_and_more}, all = some;
    all.stride = 1;
    finish(&some, 4, "journal");
    struct run run = working_run(&all, 12, true);
    struct conduct conduct = {.quiet = true, .journal = "journal"};
    int steps = 0;
    for (int i = 0; i < 12; i++)
        steps += i % 3 ? 10 + i : 0;
    check_estimate(&run, &conduct, 8, steps, steps * 0.005, false);
}

/* None is taken from the archive, and yet it is known when they end. */
TEST_IN_FOLDER(fresh_estimate_learns_from_the_archive)
{
    struct workers workers = {0, 1, 1000, always_short, more_and_more};
    struct run run = working_run(&workers, 8, true);
    struct conduct conduct = {.quiet = true, .journal = "journal", .archive = "archive"};
    finish(&workers, 8, "journal");
    FILE *archive = fopen("archive.new", "w");
    struct tally tally;
    fputs(header, archive);
    assert_int_equal(runner_collect(&run, &conduct, archive, &tally), STATUS_OK);
    fclose(archive);
    rename("archive.new", "archive");
    remove("journal");
    check_estimate(&run, &conduct, 0, 0, 0, false);
    conduct.fresh = true;
    check_estimate(&run, &conduct, 8, 108, 108 * 0.005, false);
}

static int none(int number)
{
    (void)number;
    return 0;
}

TEST_IN_FOLDER(cells_without_steps_take_no_time)
{
    struct workers workers = {0, 2, 0, always_short, none}, all = workers;
    all.stride = 1;
    finish(&workers, 3, "journal");
    struct run run = working_run(&all, 6, true);
    struct conduct conduct = {.quiet = true, .journal = "journal"};
    check_estimate(&run, &conduct, 3, 0, 0, true);
}

TEST_IN_FOLDER(estimate_reads_a_journal_in_use)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    struct conduct conduct = with("journal", NULL, 1);
    struct estimate left;
    pid_t pid = start_child("slow");
    wait_for_size("journal", 200);
    enum status status = runner_estimate(&run, &conduct, &left);
    int ended = wait_for(pid);
    assert_int_equal(status, STATUS_OK);
    assert_in_range(left.cells, 1, CELLS - 1);
    assert_true(WIFEXITED(ended)); /* the run has noticed nothing */
    assert_int_equal(WEXITSTATUS(ended), STATUS_OK);
    assert_int_equal(count_records("journal"), CELLS);
}

TEST_IN_FOLDER(estimate_makes_no_files)
{
    struct toy toy = plain_toy();
    struct run run = run_of(&toy, CELLS);
    struct conduct conduct = with("journal", "archive", 1);
    struct estimate left;
    assert_int_equal(runner_estimate(&run, &conduct, &left), STATUS_OK);
    assert_int_not_equal(access("journal", F_OK), 0);
    assert_int_not_equal(access("archive", F_OK), 0);
}

int main(int argc, char **argv)
{
    if (argc == 3 && !strcmp(argv[1], "child"))
        return be_a_child(argv[2]);
    return run_cases("runner");
}
