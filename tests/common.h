/* What the tests of all modules share.  A file of tests is a list of TEST(name) {...} and
   int main(void) { return run_cases("module"); } */
#ifndef COMMON_H
#define COMMON_H

#include <ftw.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>

#include "entry.h"
#include "task.h"

#define LENGTH(array) ((int)(sizeof(array) / sizeof(array)[0]))

/* ---- cases: they register themselves before main, in the order of the file */

static struct CMUnitTest cases[512];
static int case_count;

static inline void add_case(struct CMUnitTest one)
{
    if (case_count == LENGTH(cases))
        abort();
    cases[case_count++] = one;
}

/* What a case keeps is destroyed when the case ends, however it ends. */
struct kept {
    void *pointer;
    void (*destroy)(void *);
    struct kept *next;
};

static struct kept *kept;

static inline void *keep(void *pointer, void (*destroy)(void *))
{
    struct kept *one = malloc(sizeof *one);
    assert_non_null(one);
    #pragma omp critical(keep)
    {
        *one = (struct kept){pointer, destroy, kept};
        kept = one;
    }
    return pointer;
}

/* Room that is kept, zero at first. */
static inline void *new_array(size_t count, size_t size)
{
    void *array = calloc(count, size);
    assert_non_null(array);
    return keep(array, free);
}

static inline int destroy_kept(void **state)
{
    (void)state;
    for (struct kept *one; (one = kept); free(one)) {
        kept = one->next;
        one->destroy(one->pointer);
    }
    return 0;
}

#define TEST_WITH(name, set_up, tear_down)                                                 \
    static void name(void **state);                                                        \
    __attribute__((constructor)) static void add_##name(void)                              \
    {                                                                                      \
        add_case((struct CMUnitTest){#name, name, set_up, tear_down, NULL});               \
    }                                                                                      \
    static void name(void **state __attribute__((unused)))

#define TEST(name) TEST_WITH(name, NULL, destroy_kept)

/* A case that runs in an empty folder of its own. */
#define TEST_IN_FOLDER(name) TEST_WITH(name, enter_folder, leave_folder)

static inline int run_cases(const char *group)
{
    gsl_set_error_handler_off();
    return cmocka_run_group_tests_name(group, cases, NULL, NULL);
}

/* ---- comparisons: of a difference, of a ratio; NaN equals nothing */

#define assert_close(x, expected, tolerance)                                               \
    check_close(#x, x, expected, tolerance, __FILE__, __LINE__)
#define assert_ratio(x, expected, tolerance)                                               \
    check_ratio(#x, x, expected, tolerance, __FILE__, __LINE__)

/* What a case prints stands with its result. */
static inline void fail_at(const char *file, int line, const char *format, ...)
{
    char message[512];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(message, sizeof message, format, arguments);
    va_end(arguments);
    _assert_true(false, message, file, line);
}

#define fail_with(...) fail_at(__FILE__, __LINE__, __VA_ARGS__)

static inline void check_close(const char *what, double x, double expected, double tolerance,
                               const char *file, int line)
{
    if (!(x == expected || fabs(x - expected) <= tolerance))
        fail_at(file, line, "%s = %.17g, expected %.17g +- %g", what, x, expected, tolerance);
}

static inline double difference(double x, double expected)
{
    return x == expected ? 0 : fabs(x / expected - 1);
}

static inline void check_ratio(const char *what, double x, double expected, double tolerance,
                               const char *file, int line)
{
    if (!(difference(x, expected) <= tolerance))
        fail_at(file, line, "%s = %.17g, expected %.17g, relative difference %.2e exceeds %g",
                what, x, expected, difference(x, expected), tolerance);
}

/* Every entry passes; return how many there are. */
static inline int assert_audits_pass(const struct entry *entries)
{
    const struct entry *entry = entries;
    for (; entry->equation; entry++)
        check_close(entry->equation, entry->residual(), 0, entry->tolerance, __FILE__, __LINE__);
    return (int)(entry - entries);
}

static inline double above(double x)
{
    return nextafter(x, INFINITY);
}

/* The neighbour of a positive number. */
static inline double below(double x)
{
    return nextafter(x, 0);
}

/* ---- tables of numbers: the rows whose first field is a given word */

struct reader {
    FILE *file;
    const char *path, *kind;
    int expected, count; /* rows there are, rows so far */
    char line[512];
    const char *text; /* what follows the first tab */
    double x[9];      /* the numbers there; 0 from the first field that is none */
};

static inline struct reader reader_of(const char *path, const char *kind, int expected)
{
    struct reader reader = {fopen(path, "r"), path, kind, expected, 0, "", NULL, {0}};
    assert_non_null(reader.file);
    return reader;
}

/* Go to the next row; after the last one there have to be as many as expected. */
static inline bool next_row(struct reader *reader)
{
    size_t length = strlen(reader->kind);
    while (fgets(reader->line, sizeof reader->line, reader->file)) {
        if (strncmp(reader->line, reader->kind, length) || reader->line[length] != '\t')
            continue;
        char *place = reader->line + length + 1;
        reader->text = place;
        for (int i = 0; i < LENGTH(reader->x); i++)
            reader->x[i] = strtod(place, &place);
        reader->count++;
        return true;
    }
    fclose(reader->file);
    if (reader->count != reader->expected)
        fail_with("%s has %d rows of %s, not %d", reader->path, reader->count, reader->kind,
                  reader->expected);
    return false;
}

/* For the numbers x[] of each row. */
#define FOR_ROWS(x, path, kind, expected)                                                  \
    for (struct reader reader_ = reader_of(path, kind, expected); next_row(&reader_);)     \
        for (const double *x = reader_.x; x; x = NULL)

/* ---- tasks and batches, which the case keeps */

static inline void destroy_task(void *task)
{
    task_destroy(task);
    free(task);
}

static inline struct task *new_task(int skills, int bits, int order, double alpha, bool overlap,
                                    struct stream *stream)
{
    struct task *task = keep(calloc(1, sizeof *task), destroy_task);
    assert_int_equal(task_create(task, skills, bits, order, alpha, overlap, stream), STATUS_OK);
    return task;
}

static inline void destroy_batch(void *batch)
{
    batch_destroy(batch);
    free(batch);
}

static inline struct batch *new_batch(int count)
{
    struct batch *batch = keep(calloc(1, sizeof *batch), destroy_batch);
    assert_int_equal(batch_create(batch, count), STATUS_OK);
    return batch;
}

/* ---- files */

static char home[4096], folder[64];

static inline int enter_folder(void **state)
{
    (void)state;
    strcpy(folder, "/tmp/emergence-test-XXXXXX");
    return !getcwd(home, sizeof home) || !mkdtemp(folder) || chdir(folder) != 0;
}

static inline int remove_one(const char *path, const struct stat *status, int type,
                             struct FTW *where)
{
    (void)status, (void)type, (void)where;
    return remove(path);
}

static inline int leave_folder(void **state)
{
    destroy_kept(state);
    return chdir(home) != 0 || nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS) != 0;
}

static inline void put_bytes(const char *path, const char *bytes, size_t size)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, size, file), size);
    assert_int_equal(fclose(file), 0);
}

static inline void put(const char *path, const char *text)
{
    put_bytes(path, text, strlen(text));
}

/* A stream into memory.  Closing it gives the text, which the case keeps. */
static char *text_written;
static size_t text_size;

static inline FILE *open_text(void)
{
    FILE *stream = open_memstream(&text_written, &text_size);
    assert_non_null(stream);
    return stream;
}

static inline char *close_text(FILE *stream)
{
    assert_int_equal(fclose(stream), 0);
    return keep(text_written, free);
}

/* What a file holds. */
static inline char *get(const char *path)
{
    FILE *file = fopen(path, "r"), *stream = open_text();
    for (int c; file && (c = getc(file)) != EOF;)
        putc(c, stream);
    if (file)
        fclose(file);
    else
        fputs("(absent)", stream);
    return close_text(stream);
}

#endif
