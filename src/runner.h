#ifndef RUNNER_H
#define RUNNER_H

#include "status.h"
#include "table.h"
#include <stdbool.h>
#include <stdint.h>

struct progress;

/* Where a cell leaves its rows. */
struct rows {
    FILE *stream;
    int columns;
};

void rows_add(struct rows *rows, const double *value);

/* A run: cells, each with a text that identifies it, a length in steps, and
   a simulation that fills rows.  The functions get context unchanged. */
struct run {
    int cells, columns;
    const void *context;
    void (*describe)(const void *context, int cell, FILE *text);
    double (*steps)(const void *context, int cell);
    enum status (*simulate)(const void *context, int cell, uint64_t identity,
                            struct progress *progress, struct rows *rows);
    /* Seconds of one cell, if a probe of two seconds would say little; or NULL. */
    enum status (*estimate)(const void *context, double *seconds);
};

struct conduct {
    int threads;         /* 0: as many as the machine has */
    bool quiet;          /* no progress messages */
    const char *journal; /* file that keeps finished cells, or NULL */
    uint64_t version;    /* of seed and code; cells of another are not reused */
};

/* Count steps done.  False if the cell should stop at once, with
   STATUS_INTERRUPTED. */
bool progress_advance(struct progress *progress, double steps);

/* FNV-1a, 64 bits. */
uint64_t runner_hash(const char *text, size_t length, uint64_t start);

/* Carry out all cells that the journal does not hold and write their rows to
   table, in the order of the list.  The journal stays if the run fails.
   finished is set to the number of cells done, in this sitting or before. */
enum status runner_run(const struct run *run, const struct conduct *conduct, FILE *table,
                       int *finished);

/* Seconds that the run takes on one thread, from a probe of about two seconds. */
enum status runner_estimate(const struct run *run, double *seconds);

/* Let SIGINT and SIGTERM end a run in good order. */
void runner_catch_signals(void);

#endif
