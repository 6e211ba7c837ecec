#ifndef SETTINGS_H
#define SETTINGS_H

#include "status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { LIST_MAX = 256 };

struct list {
    int count;
    long value[LIST_MAX]; /* LONG_MAX stands for "inf" */
};

/* What a command can be told.  Units: S is the unit of R, one step of
   training is the unit of time. */
struct settings {
    double alpha, target, initial, rate, sigma;
    double momentum, decay, cool, stop;
    double kappa, dc, nc, fraction, level, from, to, imbalance;
    long layers, skill;
    long skills, bits, order, width, heads, batch, steps, every, cool_every, optimiser, only;
    long repeats, points, plane, threads, variant, verify;
    uint64_t seed;
    bool overlap, reverse, linear, gnuplot, fresh, store, dry_run, quiet;
    struct list time, samples, counts, parameters, widths;
    const char *output, *archive, *predict, *runs; /* archive and predict may be NULL */
};

enum kind { KIND_REAL, KIND_COUNT, KIND_WORD, KIND_FLAG, KIND_LIST, KIND_CHOICE, KIND_TEXT };

/* Which ends of a range are in it; an infinite end never is. */
enum ends { ENDS_IN, ENDS_OUT, HIGH_OUT };

enum role {
    ROLE_MODEL,    /* what is computed */
    ROLE_EXTENT,   /* which cells and points of it, and for how long */
    ROLE_EXECUTION /* where and how; leaves no trace in a table */
};

struct setting {
    const char *name;     /* without the two dashes */
    const char *argument; /* placeholder in the help, NULL for a flag; a choice's words */
    const char *meaning;
    enum kind kind;
    size_t offset;    /* into struct settings */
    double low, high; /* range */
    enum ends ends;
    enum role role;
};

extern const struct setting settings_options[]; /* ends with name NULL */
/* The option of that name (of length characters), or NULL. */
const struct setting *settings_find(const char *name, size_t length);

/* Set one option from text.  STATUS_RANGE if it is no value in the range. */
enum status settings_set(struct settings *settings, const struct setting *option,
                         const char *text);

/* Set options from words "name=value" or "name" (a flag, left off). */
enum status settings_apply(struct settings *settings, const char *words);

/* Write the range as in "a number in (0, inf)". */
void settings_print_range(FILE *stream, const struct setting *option);

/* Whether an option is among such words. */
bool settings_among(const char *name, const char *words);

/* Write the value of an option so that it reads back as the same value. */
void settings_print_value(FILE *stream, const struct settings *settings,
                          const struct setting *option);

/* Write " --name value" for the options among words, flags if on,
   whose role is at most the given one. */
void settings_print(FILE *stream, const struct settings *settings, const char *words,
                    enum role role);

#endif
