#include "runner.h"
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <omp.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
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

static double read_clock(clockid_t clock)
{
    struct timespec time;
    clock_gettime(clock, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

static double now(void)
{
    return read_clock(CLOCK_MONOTONIC);
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
    uint64_t key;     /* of identity, seed and length: what a record goes by */
    uint64_t version; /* of the code that made the rows */
    char *text;       /* its rows, NULL until finished */
    size_t size;
    bool is_archived;
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

static enum status identify_cells(const struct run *run, uint64_t seed, struct cell *cell)
{
    for (int i = 0; i < run->cells; i++) {
        char *text = NULL;
        size_t size = 0;
        FILE *stream = open_memstream(&text, &size);
        if (!stream)
            return STATUS_MEMORY;
        run->describe(run->context, i, stream);
        fflush(stream);
        cell[i].identity = runner_hash(text, size, 0);
        fprintf(stream, " seed %" PRIu64, seed);
        if (run->describe_length)
            run->describe_length(run->context, stream);
        fclose(stream);
        cell[i].key = runner_hash(text, size, 0);
        free(text);
    }
    return refuse_equal_cells(run, cell);
}

static bool is_under_its_name(const char *path, FILE *file)
{
    struct stat named, opened;
    return stat(path, &named) == 0 && fstat(fileno(file), &opened) == 0
           && named.st_dev == opened.st_dev && named.st_ino == opened.st_ino;
}

static enum status lock_file(const char *path, bool waits, FILE **file)
{
    for (;;) {
        *file = fopen(path, "a+");
        if (!*file)
            return STATUS_FILE;
        int error = flock(fileno(*file), waits ? LOCK_EX : LOCK_EX | LOCK_NB) == 0 ? 0 : errno;
        if (!error && is_under_its_name(path, *file))
            return STATUS_OK;
        fclose(*file);
        *file = NULL;
        errno = error;
        if (error)
            return is_interrupted ? STATUS_INTERRUPTED : STATUS_FILE;
    }
}

static char *name_of_lock(const struct conduct *conduct)
{
    char *path = NULL;
    return asprintf(&path, "%s.lock", conduct->archive) < 0 ? NULL : path;
}

static enum status lock_archive(const struct conduct *conduct, FILE **lock)
{
    char *path = name_of_lock(conduct);
    enum status status = path ? lock_file(path, true, lock) : STATUS_MEMORY;
    free(path);
    if (status == STATUS_FILE && conduct->trouble)
        *conduct->trouble = conduct->archive;
    return status;
}

static void give_free(const struct conduct *conduct, struct hold *hold, bool removes_journal)
{
    int error = errno;
    char *lock = hold->archive ? name_of_lock(conduct) : NULL;
    if (hold->journal && removes_journal)
        remove(conduct->journal);
    if (lock)
        remove(lock);
    if (hold->journal)
        fclose(hold->journal);
    if (hold->archive)
        fclose(hold->archive);
    free(lock);
    *hold = (struct hold){0};
    errno = error;
}

static void hand_over(const struct conduct *conduct, struct hold *hold)
{
    if (conduct->hold)
        *conduct->hold = *hold;
    else
        give_free(conduct, hold, false);
}

void runner_release(const struct conduct *conduct, bool removes_journal)
{
    give_free(conduct, conduct->hold, removes_journal);
}

static bool write_record(FILE *journal, const struct cell *cell)
{
    fprintf(journal, "# cell %016" PRIx64 " %016" PRIx64 " %zu %016" PRIx64 "\n",
            cell->version, cell->key, cell->size, runner_hash(cell->text, cell->size, 0));
    fwrite(cell->text, 1, cell->size, journal);
    return !ferror(journal);
}

static bool flush_to_disk(FILE *journal)
{
    return fflush(journal) == 0 && (fsync(fileno(journal)) == 0 || errno == EINVAL);
}

struct record {
    uint64_t version, key, checksum;
    size_t size;
    char *text;
};

static bool read_rows(FILE *journal, struct record *record)
{
    record->text = record->size < SIZE_MAX / 2 ? malloc(record->size + 1) : NULL;
    if (record->text && fread(record->text, 1, record->size, journal) == record->size
        && runner_hash(record->text, record->size, 0) == record->checksum) {
        record->text[record->size] = '\0';
        return true;
    }
    free(record->text);
    record->text = NULL;
    return false;
}

static bool read_record(FILE *journal, struct record *record)
{
    char line[128];
    while (fgets(line, sizeof line, journal)) {
        long after = ftell(journal);
        if (sscanf(line, "# cell %" SCNx64 " %" SCNx64 " %zu %" SCNx64, &record->version,
                   &record->key, &record->size, &record->checksum) == 4
            && strchr(line, '\n') && read_rows(journal, record))
            return true;
        if (after < 0 || fseek(journal, after, SEEK_SET) != 0)
            return false;
    }
    return false;
}

static struct cell *find_cell(const struct run *run, struct cell *cell, uint64_t key)
{
    for (int i = 0; i < run->cells; i++)
        if (cell[i].key == key)
            return &cell[i];
    return NULL;
}

/* Take the records of a file; end is set to where the last good one ends. */
static void recall_cells(FILE *file, const struct run *run, const uint64_t *version,
                         struct cell *cell, long *end)
{
    struct record record;
    *end = 0;
    while (read_record(file, &record)) {
        *end = ftell(file);
        struct cell *found = find_cell(run, cell, record.key);
        if (!found || found->text || (version && record.version != *version)) {
            free(record.text);
            continue;
        }
        found->text = record.text;
        found->size = record.size;
        found->version = record.version;
        found->is_archived = !version;
    }
}

static bool begins_like_a_journal(FILE *journal)
{
    char start[7];
    size_t length = fread(start, 1, sizeof start, journal);
    rewind(journal);
    return !strncmp(start, "# cell ", length);
}

static enum status open_journal(FILE **journal, const struct run *run,
                                const struct conduct *conduct, struct cell *cell)
{
    long end;
    if (!conduct->journal)
        return STATUS_OK;
    enum status status = lock_file(conduct->journal, false, journal);
    if (status != STATUS_OK)
        return status;
    rewind(*journal);
    if (!begins_like_a_journal(*journal))
        return STATUS_FORMAT;
    recall_cells(*journal, run, &conduct->version, cell, &end);
    return ftruncate(fileno(*journal), end) == 0 ? STATUS_OK : STATUS_FILE;
}

static bool begins_like_an_archive(FILE *archive)
{
    static const char first[] = "# command: emergence ";
    char start[sizeof first] = "";
    bool good = fgets(start, sizeof start, archive) && !strcmp(start, first);
    rewind(archive);
    return good;
}

static enum status read_records(const char *path, const struct run *run,
                                const uint64_t *version, struct cell *cell)
{
    FILE *file = path ? fopen(path, "r") : NULL;
    long end;
    if (!file)
        return path && errno != ENOENT ? STATUS_FILE : STATUS_OK;
    bool good = version ? begins_like_a_journal(file) : begins_like_an_archive(file);
    if (good)
        recall_cells(file, run, version, cell, &end);
    good = good && (version || end > 0);
    enum status status = ferror(file) ? STATUS_FILE : good ? STATUS_OK : STATUS_FORMAT;
    fclose(file);
    return status;
}

static struct tally count_cells(const struct run *run, const struct conduct *conduct,
                                const struct cell *cell)
{
    struct tally tally = {0};
    for (int i = 0; i < run->cells; i++) {
        tally.finished += cell[i].text != NULL;
        tally.archived += cell[i].is_archived;
        tally.unverified += cell[i].is_archived && cell[i].version != conduct->version;
    }
    return tally;
}

/* The cells of a run, with what journal and archive hold of them.  Without a place
   for it, the journal is only read. */
static enum status recall_run(const struct run *run, const struct conduct *conduct,
                              struct cell **cell, FILE **journal)
{
    if (journal)
        *journal = NULL;
    *cell = calloc((size_t)run->cells + 1, sizeof **cell);
    if (!*cell)
        return STATUS_MEMORY;
    const char *path = conduct->journal;
    enum status status = identify_cells(run, conduct->seed, *cell);
    if (status == STATUS_OK)
        status = journal ? open_journal(journal, run, conduct, *cell)
                         : read_records(path, run, &conduct->version, *cell);
    if (status == STATUS_OK && !(journal && conduct->fresh)) {
        path = conduct->archive;
        status = read_records(path, run, NULL, *cell);
    }
    if ((status == STATUS_FILE || status == STATUS_FORMAT) && conduct->trouble)
        *conduct->trouble = path;
    return status;
}

static void forget_run(const struct run *run, struct cell *cell)
{
    for (int i = 0; cell && i < run->cells; i++)
        free(cell[i].text);
    free(cell);
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
    cell->is_archived = false;
    return status;
}

static enum status keep_cell(FILE *journal, struct cell *cell)
{
    if (write_record(journal, cell) && flush_to_disk(journal))
        return STATUS_OK;
    free(cell->text);
    cell->text = NULL;
    return STATUS_FILE;
}

static int count_threads(const struct run *run, const struct conduct *conduct,
                         const struct cell *cell)
{
    int left = run->cells - count_cells(run, conduct, cell).finished;
    int threads = conduct->threads > 0 ? conduct->threads : omp_get_num_procs();
    return left <= 1 ? 1 : threads;
}

/* What the threads share. */
struct work {
    const struct run *run;
    const struct conduct *conduct;
    FILE *journal;
    struct cell *cell;
    struct progress *progress;
    enum status status; /* the first that is no success */
};

static void work_off_cell(struct work *work, int i)
{
    struct cell *cell = &work->cell[i];
    if (cell->text || !progress_advance(work->progress, 0))
        return;
    cell->version = work->conduct->version;
    enum status status = carry_out_cell(work->run, i, work->progress, cell);
    #pragma omp critical(journal)
    {
        if (status == STATUS_OK && work->journal)
            status = keep_cell(work->journal, cell);
        if (status != STATUS_OK && work->status == STATUS_OK)
            work->status = status;
        if (status != STATUS_OK)
            stop_progress(work->progress);
    }
}

static enum status carry_out_cells(struct work *work)
{
    int threads = count_threads(work->run, work->conduct, work->cell);
    if (threads == 1) {
        for (int i = 0; i < work->run->cells; i++)
            work_off_cell(work, i);
    } else {
        #pragma omp parallel for schedule(dynamic, 1) num_threads(threads)
        for (int i = 0; i < work->run->cells; i++)
            work_off_cell(work, i);
    }
    return is_interrupted ? STATUS_INTERRUPTED : work->status;
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

enum status runner_run(const struct run *run, const struct conduct *conduct, FILE *table,
                       struct tally *tally)
{
    struct hold hold = {0};
    struct cell *cell;
    *tally = (struct tally){0};
    enum status status = recall_run(run, conduct, &cell, &hold.journal);
    if (status == STATUS_OK) {
        struct progress progress = begin_progress(steps_to_do(run, cell), conduct->quiet);
        status = carry_out_cells(&(struct work){run, conduct, hold.journal, cell, &progress,
                                                STATUS_OK});
        end_progress(&progress);
    }
    if (cell)
        *tally = count_cells(run, conduct, cell);
    if (status == STATUS_OK)
        write_cells(run, cell, table);
    forget_run(run, cell);
    hand_over(conduct, &hold);
    return status;
}

static bool copy_other_records(const char *path, const struct run *run, struct cell *cell,
                               FILE *file)
{
    FILE *archive = fopen(path, "r");
    struct record record;
    bool good = true;
    while (archive && read_record(archive, &record)) {
        struct cell other = {.key = record.key, .version = record.version,
                             .text = record.text, .size = record.size};
        if (!find_cell(run, cell, record.key))
            good = write_record(file, &other) && good;
        free(record.text);
    }
    if (archive) {
        good = !ferror(archive) && good;
        fclose(archive);
    }
    return good;
}

static enum status write_records(const struct run *run, const struct conduct *conduct,
                                 struct cell *cell, FILE *file)
{
    bool good = true;
    for (int i = 0; i < run->cells; i++)
        if (cell[i].text)
            good = write_record(file, &cell[i]) && good;
    good = copy_other_records(conduct->archive, run, cell, file) && good;
    return good ? STATUS_OK : STATUS_FILE;
}

/* Take the journal's records of any version; returns how many are of other runs. */
static int recall_old_cells(FILE *journal, const struct run *run, struct cell *cell)
{
    struct record record;
    long end;
    int others = 0;
    rewind(journal);
    recall_cells(journal, run, NULL, cell, &end);
    rewind(journal);
    while (read_record(journal, &record)) {
        others += !find_cell(run, cell, record.key);
        free(record.text);
    }
    return others;
}

enum status runner_collect(const struct run *run, const struct conduct *conduct, FILE *file,
                           struct tally *tally)
{
    struct hold hold = {0};
    struct cell *cell = NULL;
    struct conduct with_archive = *conduct;
    with_archive.fresh = false;
    *tally = (struct tally){0};
    enum status status = lock_archive(conduct, &hold.archive);
    if (status == STATUS_OK)
        status = recall_run(run, &with_archive, &cell, &hold.journal);
    if (status == STATUS_OK) {
        int left = hold.journal ? recall_old_cells(hold.journal, run, cell) : 0;
        *tally = count_cells(run, conduct, cell);
        tally->left = left;
        status = write_records(run, conduct, cell, file);
    }
    forget_run(run, cell);
    hand_over(conduct, &hold);
    return status;
}

static enum status verify_cell(const struct run *run, int i, const struct conduct *conduct,
                               const struct cell *cell, bool *equal)
{
    struct progress progress = begin_progress(run->steps(run->context, i), conduct->quiet);
    struct cell again = {.identity = cell[i].identity};
    enum status status = carry_out_cell(run, i, &progress, &again);
    end_progress(&progress);
    *equal = status == STATUS_OK && again.size == cell[i].size
             && !memcmp(again.text, cell[i].text, again.size);
    free(again.text);
    return status;
}

static int draw_archived(const struct run *run, const struct cell *cell, int *place)
{
    int count = 0;
    for (int i = 0; i < run->cells; i++)
        if (cell[i].is_archived)
            place[count++] = i;
    struct timespec time;
    clock_gettime(CLOCK_REALTIME, &time);
    unsigned short state[3] = {(unsigned short)time.tv_nsec,
                               (unsigned short)(time.tv_nsec >> 16),
                               (unsigned short)time.tv_sec};
    for (int i = 0; i < count; i++) {
        int j = i + (int)(erand48(state) * (count - i)), kept = place[i];
        place[i] = place[j];
        place[j] = kept;
    }
    return count;
}

static enum status verify_cells(const struct run *run, const struct conduct *conduct,
                                int cells, const struct cell *cell, struct tally *tally)
{
    int *place = malloc(sizeof(int) * (size_t)(run->cells + 1));
    enum status status = place ? STATUS_OK : STATUS_MEMORY;
    int count = place ? draw_archived(run, cell, place) : 0;
    *tally = count_cells(run, conduct, cell);
    tally->drawn = cells < count ? cells : count;
    for (int i = 0; status == STATUS_OK && i < tally->drawn; i++) {
        bool is_equal;
        status = verify_cell(run, place[i], conduct, cell, &is_equal);
        tally->equal += is_equal;
    }
    free(place);
    return status;
}

static bool have_equal_rows(const struct cell *a, const struct cell *b)
{
    return a->text && b->text && a->size == b->size && !memcmp(a->text, b->text, a->size);
}

static enum status write_believed(const struct run *run, const struct conduct *conduct,
                                  const struct cell *believed, FILE *file,
                                  struct tally *tally, struct hold *hold)
{
    struct cell *cell = NULL;
    enum status status = lock_archive(conduct, &hold->archive);
    if (status == STATUS_OK)
        status = recall_run(run, conduct, &cell, NULL);
    for (int i = 0; status == STATUS_OK && i < run->cells; i++)
        if (have_equal_rows(&cell[i], &believed[i]))
            cell[i].version = conduct->version;
    if (status == STATUS_OK) {
        tally->unverified = count_cells(run, conduct, cell).unverified;
        status = write_records(run, conduct, cell, file);
    }
    forget_run(run, cell);
    return status;
}

static enum status refuse_emptiness(const struct conduct *conduct)
{
    if (conduct->trouble)
        *conduct->trouble = conduct->archive;
    return access(conduct->archive, F_OK) == 0 ? STATUS_EMPTY : STATUS_FILE;
}

enum status runner_verify(const struct run *run, const struct conduct *conduct, int cells,
                          FILE *file, struct tally *tally)
{
    struct hold hold = {0};
    struct cell *cell;
    struct conduct archive_only = *conduct;
    archive_only.journal = NULL;
    *tally = (struct tally){0};
    enum status status = recall_run(run, &archive_only, &cell, NULL);
    if (status == STATUS_OK && count_cells(run, conduct, cell).archived == 0)
        status = refuse_emptiness(conduct);
    if (status == STATUS_OK)
        status = verify_cells(run, conduct, cells, cell, tally);
    if (status == STATUS_OK && tally->drawn > 0 && tally->equal == tally->drawn)
        status = write_believed(run, &archive_only, cell, file, tally, &hold);
    forget_run(run, cell);
    hand_over(conduct, &hold);
    return status;
}

enum { PROBES = 5 };

/* Seconds a step of cell i. */
static enum status probe(const struct run *run, int i, const struct cell *cell,
                         double *seconds)
{
    struct progress progress = begin_progress(1, true);
    struct cell probed = {.identity = cell[i].identity};
    if (run->estimate) {
        enum status estimated = run->estimate(run->context, seconds);
        *seconds /= fmax(run->steps(run->context, i), 1);
        return estimated;
    }
    progress.deadline = progress.start + 2.0 / PROBES;
    double start = read_clock(CLOCK_PROCESS_CPUTIME_ID);
    enum status status = carry_out_cell(run, i, &progress, &probed);
    double elapsed = read_clock(CLOCK_PROCESS_CPUTIME_ID) - start;
    if (status == STATUS_OK)
        progress.done = run->taken ? run->taken(run->context, i, probed.text)
                                   : run->steps(run->context, i);
    free(probed.text);
    *seconds = elapsed / (progress.done > 0 ? progress.done : 1);
    return status == STATUS_INTERRUPTED && !is_interrupted ? STATUS_OK : status;
}

/* The fraction of its steps that the finished cell nearest to i took; 1 if none is. */
static double fraction_taken(const struct run *run, const struct cell *cell, int i)
{
    for (int away = 0; run->taken && away < run->cells; away++)
        for (int j = i - away; j <= i + away; j += away > 0 ? 2 * away : 1)
            if (j >= 0 && j < run->cells && cell[j].text && run->steps(run->context, j) > 0)
                return run->taken(run->context, j, cell[j].text)
                       / run->steps(run->context, j);
    return 1;
}

static double interpolate(int probes, const int *place, const double *value, int i)
{
    int p = 1;
    while (p < probes - 1 && place[p] < i)
        p++;
    if (probes == 1 || place[p] == place[p - 1])
        return value[0];
    double part = (double)(i - place[p - 1]) / (place[p] - place[p - 1]);
    return value[p - 1] + part * (value[p] - value[p - 1]);
}

static enum status estimate_cells(const struct run *run, const struct cell *cell, bool fresh,
                                  int *left, struct estimate *estimate)
{
    int place[PROBES];
    double cost[PROBES];
    int probes = 0, cells = 0;
    enum status status = STATUS_OK;
    for (int i = 0; i < run->cells; i++)
        if (!cell[i].text || (fresh && cell[i].is_archived))
            left[cells++] = i;
    int most = run->estimate ? 1 : PROBES; /* such cells are alike */
    for (; status == STATUS_OK && probes < most && probes < cells; probes++) {
        int at = cells < PROBES ? probes : (int)((long)probes * (cells - 1) / (PROBES - 1));
        place[probes] = left[at];
        status = probe(run, left[at], cell, &cost[probes]);
    }
    *estimate = (struct estimate){.cells = cells, .is_bound = run->taken && cells > 0};
    for (int i = 0; status == STATUS_OK && i < cells; i++) {
        double fraction = fraction_taken(run, cell, left[i]);
        double steps = fraction * run->steps(run->context, left[i]);
        estimate->steps += steps;
        estimate->seconds += steps * interpolate(probes, place, cost, left[i]);
        estimate->is_bound = estimate->is_bound && fraction == 1;
    }
    return status;
}

enum status runner_estimate(const struct run *run, const struct conduct *conduct,
                            struct estimate *estimate)
{
    struct cell *cell;
    int *left = malloc(sizeof(int) * (size_t)(run->cells + 1));
    *estimate = (struct estimate){0};
    enum status status = recall_run(run, conduct, &cell, NULL);
    if (status == STATUS_OK)
        status = left ? estimate_cells(run, cell, conduct->fresh, left, estimate)
                      : STATUS_MEMORY;
    free(left);
    forget_run(run, cell);
    return status;
}
