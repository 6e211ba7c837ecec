#include "runner.h"
#include <errno.h>
#include <inttypes.h>
#include <omp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

static volatile sig_atomic_t is_interrupted;

static void note_interruption(int signal)
{
    (void)signal;
    is_interrupted = 1;
}

void runner_catch_signals(void)
{
    struct sigaction action = {.sa_handler = note_interruption, .sa_flags = (int)SA_RESETHAND};
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
}

struct progress {
    double total, done, start, shown, deadline;
    bool quiet, is_terminal, failed;
};

static double now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static void show_progress(struct progress *progress, double time)
{
    double elapsed = time - progress->start;
    double left = elapsed * (progress->total / progress->done - 1);
    fprintf(stderr, "%s%5.1f %%  %.0f s elapsed, %.0f s left%s",
            progress->is_terminal ? "\r\033[K" : "", 100 * progress->done / progress->total,
            elapsed, left, progress->is_terminal ? "" : "\n");
    progress->shown = time;
}

bool progress_advance(struct progress *progress, double steps)
{
    bool goes_on = true;
    #pragma omp critical(progress)
    {
        double time = now(), pause = progress->is_terminal ? 0.5 : 60;
        progress->done += steps;
        if (!progress->quiet && time - progress->shown > pause)
            show_progress(progress, time);
        goes_on = !is_interrupted && !progress->failed && time < progress->deadline;
    }
    return goes_on;
}

static void stop_progress(struct progress *progress)
{
    #pragma omp critical(progress)
    progress->failed = true;
}

static struct progress begin_progress(double total, bool quiet)
{
    double time = now();
    return (struct progress){.total = total, .start = time, .shown = time, .quiet = quiet,
                             .deadline = 1e300, .is_terminal = isatty(STDERR_FILENO)};
}

static void end_progress(const struct progress *progress)
{
    if (progress->is_terminal && !progress->quiet)
        fputs("\r\033[K", stderr);
}

uint64_t runner_hash(const char *text, size_t length, uint64_t start)
{
    uint64_t hash = start ? start : UINT64_C(14695981039346656037);
    for (size_t i = 0; i < length; i++)
        hash = (hash ^ (unsigned char)text[i]) * UINT64_C(1099511628211);
    return hash;
}

struct cell {
    uint64_t identity;
    char *text; /* its rows, NULL until finished */
    size_t size;
};

static int compare_identities(const void *a, const void *b)
{
    uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
    return (x > y) - (x < y);
}

static enum status refuse_equal_cells(const struct run *run, const struct cell *cell)
{
    uint64_t *identity = malloc(sizeof *identity * (size_t)(run->cells + 1));
    if (!identity)
        return STATUS_MEMORY;
    for (int i = 0; i < run->cells; i++)
        identity[i] = cell[i].identity;
    qsort(identity, (size_t)run->cells, sizeof *identity, compare_identities);
    bool equal = false;
    for (int i = 1; i < run->cells; i++)
        equal = equal || identity[i] == identity[i - 1];
    free(identity);
    return equal ? STATUS_RANGE : STATUS_OK;
}

static enum status identify_cells(const struct run *run, struct cell *cell)
{
    for (int i = 0; i < run->cells; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        if (!stream)
            return STATUS_MEMORY;
        run->describe(run->context, i, stream);
        fclose(stream);
        cell[i].identity = runner_hash(text, size, 0);
        free(text);
    }
    return refuse_equal_cells(run, cell);
}

static bool write_record(FILE *journal, uint64_t version, const struct cell *cell)
{
    fprintf(journal, "cell %016" PRIx64 " %016" PRIx64 " %zu %016" PRIx64 "\n", version,
            cell->identity, cell->size, runner_hash(cell->text, cell->size, 0));
    fwrite(cell->text, 1, cell->size, journal);
    return !ferror(journal) && fflush(journal) == 0
           && (fsync(fileno(journal)) == 0 || errno == EINVAL);
}

struct record {
    uint64_t version, identity, checksum;
    size_t size;
    char *text;
};

static bool read_record(FILE *journal, struct record *record)
{
    record->text = NULL;
    if (fscanf(journal, "cell %" SCNx64 " %" SCNx64 " %zu %" SCNx64, &record->version,
               &record->identity, &record->size, &record->checksum) != 4
        || fgetc(journal) != '\n' || record->size > SIZE_MAX / 2)
        return false;
    record->text = malloc(record->size + 1);
    if (record->text && fread(record->text, 1, record->size, journal) == record->size
        && runner_hash(record->text, record->size, 0) == record->checksum)
        return true;
    free(record->text);
    record->text = NULL;
    return false;
}

static bool take_record(struct record *record, const struct run *run, uint64_t version,
                        struct cell *cell)
{
    for (int i = 0; i < run->cells; i++)
        if (record->version == version && record->identity == cell[i].identity
            && !cell[i].text) {
            cell[i].text = record->text;
            cell[i].size = record->size;
            return true;
        }
    return false;
}

static void recall_cells(FILE *journal, const struct run *run, uint64_t version,
                         struct cell *cell)
{
    struct record record;
    long end = 0;
    while (read_record(journal, &record)) {
        end = ftell(journal);
        if (!take_record(&record, run, version, cell))
            free(record.text);
    }
    fseek(journal, end, SEEK_SET);
}

static bool begins_like_a_journal(FILE *journal)
{
    char start[5];
    size_t length = fread(start, 1, sizeof start, journal);
    rewind(journal);
    return !strncmp(start, "cell ", length);
}

static enum status open_journal(FILE **journal, const struct run *run,
                                const struct conduct *conduct, struct cell *cell)
{
    *journal = NULL;
    if (!conduct->journal)
        return STATUS_OK;
    *journal = fopen(conduct->journal, "a+");
    if (!*journal)
        return STATUS_FILE;
    if (flock(fileno(*journal), LOCK_EX | LOCK_NB) != 0) {
        fclose(*journal);
        *journal = NULL;
        return STATUS_FILE;
    }
    rewind(*journal);
    if (!begins_like_a_journal(*journal))
        return STATUS_FORMAT;
    recall_cells(*journal, run, conduct->version, cell);
    return ftruncate(fileno(*journal), ftell(*journal)) == 0 ? STATUS_OK : STATUS_FILE;
}

void rows_add(struct rows *rows, const double *value)
{
    table_row(rows->stream, rows->columns, value);
}

static enum status carry_out_cell(const struct run *run, int i, struct progress *progress,
                                  struct cell *cell)
{
    char *text = NULL;
    struct rows rows = {.stream = open_memstream(&text, &cell->size), .columns = run->columns};
    if (!rows.stream)
        return STATUS_MEMORY;
    enum status status = run->simulate(run->context, i, cell->identity, progress, &rows);
    if (fclose(rows.stream) != 0 && status == STATUS_OK)
        status = STATUS_MEMORY;
    if (status == STATUS_OK)
        cell->text = text;
    else
        free(text);
    return status;
}

static enum status keep_cell(FILE *journal, uint64_t version, struct cell *cell)
{
    if (write_record(journal, version, cell))
        return STATUS_OK;
    free(cell->text);
    cell->text = NULL;
    return STATUS_FILE;
}

static int count_threads(const struct conduct *conduct)
{
    return conduct->threads > 0 ? conduct->threads : omp_get_num_procs();
}

static enum status carry_out_cells(const struct run *run, const struct conduct *conduct,
                                   FILE *journal, struct cell *cell,
                                   struct progress *progress)
{
    enum status result = STATUS_OK;
    #pragma omp parallel for schedule(dynamic, 1) num_threads(count_threads(conduct))
    for (int i = 0; i < run->cells; i++) {
        if (cell[i].text || !progress_advance(progress, 0))
            continue;
        enum status status = carry_out_cell(run, i, progress, &cell[i]);
        #pragma omp critical(journal)
        {
            if (status == STATUS_OK && journal)
                status = keep_cell(journal, conduct->version, &cell[i]);
            if (status != STATUS_OK && result == STATUS_OK)
                result = status;
            if (status != STATUS_OK)
                stop_progress(progress);
        }
    }
    return is_interrupted ? STATUS_INTERRUPTED : result;
}

static double steps_to_do(const struct run *run, const struct cell *cell)
{
    double total = 0;
    for (int i = 0; i < run->cells; i++)
        total += cell[i].text ? 0 : run->steps(run->context, i);
    return total > 0 ? total : 1;
}

static void write_cells(const struct run *run, const struct cell *cell, FILE *table)
{
    for (int i = 0; i < run->cells; i++)
        fwrite(cell[i].text, 1, cell[i].size, table);
}

static void free_cells(const struct run *run, struct cell *cell, int *finished)
{
    *finished = 0;
    for (int i = 0; i < run->cells; i++) {
        *finished += cell[i].text != NULL;
        free(cell[i].text);
    }
    free(cell);
}

enum status runner_run(const struct run *run, const struct conduct *conduct, FILE *table,
                       int *finished)
{
    FILE *journal = NULL;
    *finished = 0;
    struct cell *cell = calloc((size_t)run->cells + 1, sizeof *cell);
    if (!cell)
        return STATUS_MEMORY;
    enum status status = identify_cells(run, cell);
    if (status == STATUS_OK)
        status = open_journal(&journal, run, conduct, cell);
    if (status == STATUS_OK) {
        struct progress progress = begin_progress(steps_to_do(run, cell), conduct->quiet);
        status = carry_out_cells(run, conduct, journal, cell, &progress);
        end_progress(&progress);
    }
    if (status == STATUS_OK)
        write_cells(run, cell, table);
    if (journal)
        fclose(journal);
    free_cells(run, cell, finished);
    return status;
}

enum status runner_estimate(const struct run *run, double *seconds)
{
    if (run->estimate) {
        enum status done = run->estimate(run->context, seconds);
        *seconds *= run->cells;
        return done;
    }
    struct cell *cell = calloc((size_t)run->cells + 1, sizeof *cell);
    if (!cell)
        return STATUS_MEMORY;
    int finished;
    enum status status = identify_cells(run, cell);
    struct progress progress = begin_progress(1, true);
    progress.deadline = progress.start + 2;
    if (status == STATUS_OK)
        status = carry_out_cell(run, 0, &progress, &cell[0]);
    double elapsed = now() - progress.start;
    if (status == STATUS_OK)
        progress.done = run->steps(run->context, 0);
    free(cell[0].text);
    cell[0].text = NULL;
    *seconds = elapsed * steps_to_do(run, cell) / (progress.done > 0 ? progress.done : 1);
    free_cells(run, cell, &finished);
    return status == STATUS_INTERRUPTED && !is_interrupted ? STATUS_OK : status;
}
