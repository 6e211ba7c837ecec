#ifndef TRAINING_H
#define TRAINING_H

#include "cells.h"
#include "optimiser.h"

/* A network; the functions get net unchanged, and do what those of mlp.h do. */
struct learner {
    void *net;
    double (*step)(void *net, const struct batch *batch, double target, double rate);
    enum status (*measure)(void *net, const struct batch *points, double target,
                           double *strength, double *error);
    void (*destroy)(void *net);
};

/* A learner and what it trains on. */
struct training {
    const struct settings *settings;
    struct learner learner;
    struct task task;
    struct batch batch, points;
    struct stream samples, tests;
    double *row; /* what identifies the cell, then T, loss, R_1 .. R_n and perhaps L_1 .. L_n */
    int kept;    /* columns before the loss */
    bool with_losses;
};

/* Everything but the learner.  kept and with_losses are given, the rest zero; batch:
   largest batch, columns: of a row. */
enum status training_open(struct training *training, const struct settings *settings,
                          uint64_t identity, int batch, int columns);
void training_close(struct training *training); /* the learner, too */

/* What decides the bits of a training run, whatever the network. */
void training_describe(const struct settings *settings, FILE *text);

struct optimiser training_optimiser(const struct settings *settings);
double training_rate(const struct settings *settings, long time);
int training_threads(const struct settings *settings); /* to share a step among, here */
enum variant training_variant(const struct settings *settings);

/* Measure after T steps or epochs, and add the row; STATUS_DIVERGED if it is not finite. */
enum status training_add_row(struct training *training, long T, struct rows *rows);

/* What a training that ends with that status at T returns, after a last row if it diverged. */
enum status training_end(struct training *training, enum status status, long T,
                         struct rows *rows);

/* settings->steps steps, each on a batch of its own. */
enum status training_on_fresh_batches(struct training *training, struct progress *progress,
                                      struct rows *rows);

#endif
