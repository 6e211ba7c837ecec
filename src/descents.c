#include "cells.h"
#include "experiments.h"
#include "multilinear.h"
#include <limits.h>
#include <math.h>
#include <stdlib.h>

struct descent {
    const struct settings *settings;
    struct task task;
    struct multilinear_model model;
    struct stream stream;
    int *count;     /* samples of each skill in the batch */
    double *row;    /* repeat, D, T, loss, R_1 .. R_n */
};

static bool add_multilinear_row(struct descent *descent, long step, struct rows *rows)
{
    double *row = descent->row, *R = row + 4;
    row[2] = (double)step;
    row[3] = 0;
    for (int k = 0; k < descent->task.skills; k++) {
        R[k] = multilinear_strength_at(&descent->model, k) / descent->settings->target;
        row[3] += descent->task.probability[k] * (1 - R[k]) * (1 - R[k]);
    }
    if (isfinite(row[3]))
        rows_add(rows, row);
    else
        cells_add_diverged_row(rows, row, 3);
    return isfinite(row[3]);
}

static bool has_diverged(const struct descent *descent)
{
    for (int k = 0; k < descent->task.skills; k++)
        if (!isfinite(multilinear_strength_at(&descent->model, k)))
            return true;
    return false;
}

static enum status descend(struct descent *descent, struct progress *progress,
                           struct rows *rows)
{
    const struct settings *settings = descent->settings;
    long samples = (long)descent->row[1], batch = samples > 0 ? samples : settings->batch;
    for (long step = 0; step <= settings->steps; step++) {
        if (cells_row_is_due(settings, step) && !add_multilinear_row(descent, step, rows))
            return STATUS_OK; /* it has diverged */
        if (samples == 0 || step == 0)
            multilinear_draw_counts(&descent->task, &descent->stream, (int)batch,
                                    descent->count);
        multilinear_step(&descent->model, descent->count, (int)batch);
        if (step % 256 == 255 && !progress_advance(progress, 256))
            return STATUS_INTERRUPTED;
        if (step % 256 == 255 && step < settings->steps && has_diverged(descent)) {
            descent->row[2] = (double)(step + 1);
            cells_add_diverged_row(rows, descent->row, 3);
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static int known_skills(const struct settings *settings)
{
    long N = settings->parameters.count > 0 ? settings->parameters.value[0] : LONG_MAX;
    return (int)(N < settings->skills ? N : settings->skills);
}

static void describe_descent(const void *context, int cell, FILE *text)
{
    const struct settings *settings = context;
    long samples = settings->samples.value[cell / settings->repeats];
    fprintf(text, "multilinear alpha %.17g skills %ld target %.17g initial %.17g rate %.17g",
            settings->alpha, settings->skills, settings->target, settings->initial,
            settings->rate);
    if (known_skills(settings) < settings->skills)
        fprintf(text, " parameters %d", known_skills(settings));
    fprintf(text, " %s %ld", samples > 0 ? "samples" : "batch",
            samples > 0 ? samples : settings->batch);
    fprintf(text, " repeat %ld", cell % settings->repeats + 1);
}

static enum status simulate_multilinear(const void *context, int cell, uint64_t identity,
                                        struct progress *progress, struct rows *rows)
{
    const struct settings *settings = context;
    struct descent descent = {.settings = settings,
                              .stream = stream_open(settings->seed, identity, PURPOSE_TRAINING),
                              .count = calloc((size_t)settings->skills, sizeof(int)),
                              .row = calloc((size_t)rows->columns, sizeof(double))};
    enum status status = descent.count && descent.row ? STATUS_OK : STATUS_MEMORY;
    if (status == STATUS_OK)
        status = cells_create_task(&descent.task, settings, identity);
    if (status == STATUS_OK)
        status = multilinear_create(&descent.model, known_skills(settings),
                                    (struct skill){.target = settings->target,
                                                   .initial = settings->initial,
                                                   .rate = settings->rate});
    if (status == STATUS_OK) {
        descent.row[0] = (double)(cell % settings->repeats + 1);
        descent.row[1] = (double)settings->samples.value[cell / settings->repeats];
        status = descend(&descent, progress, rows);
    }
    multilinear_destroy(&descent.model);
    task_destroy(&descent.task);
    free(descent.count);
    free(descent.row);
    return status;
}

struct run experiments_multilinear(const struct settings *settings)
{
    return (struct run){.cells = settings->samples.count * (int)settings->repeats,
                        .columns = 4 + (int)settings->skills,
                        .context = settings,
                        .describe = describe_descent,
                        .describe_length = cells_describe_length,
                        .steps = cells_count_steps,
                        .simulate = simulate_multilinear};
}
