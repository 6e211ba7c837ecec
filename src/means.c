#include "cells.h"
#include "experiments.h"
#include "mlp.h"
#include "twolayer.h"
#include <stdlib.h>

enum { POINTS_MOST = 20000 };

/* A learner with what else is measured of it. */
struct twice {
    struct learner inner;
    int skills;
    float output[POINTS_MOST];
};

static enum status measure_twice(void *net, const struct batch *points, double target,
                                 double *strength, double *error)
{
    struct twice *twice = net;
    double sum = 0;
    enum status status = points->count > POINTS_MOST ? STATUS_RANGE : STATUS_OK;
    if (status == STATUS_OK)
        status = twice->inner.measure(twice->inner.net, points, target, strength, error);
    if (status == STATUS_OK)
        status = mlp_forward(twice->inner.net, points, twice->output);
    for (int s = 0; status == STATUS_OK && s < points->count; s++)
        sum += twice->output[s] * points->parity[s];
    strength[twice->skills] = sum / points->count / target;
    return status;
}

static double step_twice(void *net, const struct batch *batch, double target, double rate)
{
    struct twice *twice = net;
    return twice->inner.step(twice->inner.net, batch, target, rate);
}

static void destroy_twice(void *net)
{
    struct twice *twice = net;
    if (twice->inner.destroy)
        twice->inner.destroy(twice->inner.net);
    free(twice);
}

static enum status simulate_twice(const void *context, int cell, uint64_t identity,
                                  struct progress *progress, struct rows *rows)
{
    const struct settings *settings = context;
    int batch = (int)settings->batch;
    struct training training = {.kept = 2};
    struct twice *twice = calloc(1, sizeof *twice);
    if (!twice)
        return STATUS_MEMORY;
    twice->skills = (int)settings->skills;
    training.learner = (struct learner){twice, step_twice, measure_twice, destroy_twice};
    enum status status = training_open(&training, settings, identity, batch, rows->columns);
    if (status == STATUS_OK)
        status = twolayer_create(&twice->inner, settings, identity, settings->width, batch);
    if (status == STATUS_OK) {
        training.row[0] = cell + 1;
        status = training_on_fresh_batches(&training, progress, rows);
    }
    training_close(&training);
    return status;
}

static void describe_length(const void *context, FILE *text)
{
    cells_describe_length(context, text);
    fputs(" means", text);
}

struct run experiments_mlp_means(const struct settings *settings)
{
    struct run run = experiments_mlp_time(settings);
    run.columns += (int)settings->skills;
    run.describe_length = describe_length;
    run.simulate = simulate_twice;
    return run;
}
