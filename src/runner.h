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
   a simulation that fills rows.  What decides which rows these are, and no bit of
   them, is described apart from the cells, or NULL.  taken, for cells that may end
   early, is the number of steps behind such rows; NULL where all take their length.
   The functions get context unchanged. */
struct run {
    int cells, columns;
    const void *context;
    void (*describe)(const void *context, int cell, FILE *text);
    void (*describe_length)(const void *context, FILE *text);
    double (*steps)(const void *context, int cell);
    double (*taken)(const void *context, int cell, const char *rows);
    enum status (*simulate)(const void *context, int cell, uint64_t identity,
                            struct progress *progress, struct rows *rows);
    /* Seconds of a cell, all of which cost the same, if a short probe would say little; or
       NULL. */
    enum status (*estimate)(const void *context, double *seconds);
};

struct conduct {
    int threads;         /* 0: as many as the machine has */
    bool quiet;          /* no progress messages */
    const char *journal; /* file that keeps finished cells, or NULL */
    const char *archive; /* file of cells that were finished long ago, or NULL */
    bool fresh;          /* take none from there */
    uint64_t seed;       /* of all random numbers */
    uint64_t version;    /* of the code; the journal's cells of another are not reused */
    const char **trouble; /* where to leave the name of a file that fails, or NULL */
    struct hold *hold;   /* where to leave what is locked, for runner_release; or NULL: nothing
                            stays locked */
};

/* Locked files: the journal, and what stands beside an archive while it is replaced. */
struct hold {
    FILE *journal, *archive;
};

/* How many cells of a run are finished, how many of these come from the archive,
   and how many of those were made by another version of the code.  left is set by
   runner_collect: how many records of the journal belong to no cell of the run;
   drawn and equal by runner_verify: how many cells were computed again, and how many
   of them agree. */
struct tally {
    int finished, archived, unverified, left, drawn, equal;
};

/* Count steps done.  False if the cell should stop at once, with
   STATUS_INTERRUPTED. */
bool progress_advance(struct progress *progress, double steps);

/* FNV-1a, 64 bits. */
uint64_t runner_hash(const char *text, size_t length, uint64_t start);

/* Carry out all cells that neither journal nor archive holds and write the rows
   of all to table, in the order of the list.  The journal stays. */
enum status runner_run(const struct run *run, const struct conduct *conduct, FILE *table,
                       struct tally *tally);

/* Lock the archive, waiting for who has it, and write the records of all cells that
   journal or archive holds to file, also those that another version of the code made,
   and what else the archive holds. */
enum status runner_collect(const struct run *run, const struct conduct *conduct, FILE *file,
                           struct tally *tally);

/* Recompute cells drawn at random from the archive, as many as asked for or all,
   and compare rows bit for bit.  If all agree, lock the archive as above, and write all
   that it holds by then to file: the cells that it had from the first as of this version.
   STATUS_EMPTY if it has no cell of the run. */
enum status runner_verify(const struct run *run, const struct conduct *conduct, int cells,
                          FILE *file, struct tally *tally);

/* Give free what conduct->hold has, and remove the journal first if that is wanted. */
void runner_release(const struct conduct *conduct, bool removes_journal);

/* Steps and seconds on one thread that the unfinished cells take, from probes of some
   of them, about two seconds in all.  is_bound: they may end early, and no finished cell
   says when; the archive is asked even if none is to be taken from there. */
struct estimate {
    int cells;
    double steps, seconds;
    bool is_bound;
};

enum status runner_estimate(const struct run *run, const struct conduct *conduct,
                            struct estimate *estimate);

/* Let SIGINT and SIGTERM end a run in good order. */
void runner_catch_signals(void);

#endif
