#include "bytes.h"
#include "experiments.h"
#include "twolayer.h"
#include <stdlib.h>

double bytes_mean(uint64_t set, int bits)
{
    double mean = 1;
    for (int b = 0; b < bits; b += 8) {
        uint64_t within = set >> b & 255;
        if (within && b + 8 <= bits)
            mean *= (__builtin_parityll(within) ? 1 : -1) / 255.;
        else if (within)
            mean = 0;
    }
    return mean;
}

void bytes_redraw(const struct task *task, struct stream *stream, struct batch *batch)
{
    for (int s = 0; s < batch->count; s++) {
        uint64_t x = batch->bits[s];
        for (int b = 0; b + 8 <= task->bits; b += 8)
            if ((x >> b & 255) == 255)
                x ^= (255 ^ stream_below(stream, 255)) << b;
        batch->bits[s] = x;
        batch->parity[s] = task_parity(task, batch->skill[s], x);
    }
}

struct filter {
    struct learner learner;
    const struct task *task;
    struct stream training, tests;
    uint64_t steps; /* taken so far */
};

static double step_filtered(void *net, const struct batch *batch, double target, double rate)
{
    struct filter *filter = net;
    struct batch samples = *batch;
    bytes_redraw(filter->task, &filter->training, &samples);
    filter->steps++;
    return filter->learner.step(filter->learner.net, &samples, target, rate);
}

static enum status measure_filtered(void *net, const struct batch *points, double target,
                                    double *strength, double *error)
{
    struct filter *filter = net;
    struct batch samples = *points;
    uint64_t skills = (uint64_t)filter->task->skills, skill = (uint64_t)points->skill[0];
    stream_seek(&filter->tests, (filter->steps * skills + skill) << 20);
    bytes_redraw(filter->task, &filter->tests, &samples);
    return filter->learner.measure(filter->learner.net, &samples, target, strength, error);
}

static void destroy_filtered(void *net)
{
    struct filter *filter = net;
    filter->learner.destroy(filter->learner.net);
}

static enum status find_twin(const struct settings *settings, int cell, uint64_t *identity)
{
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return STATUS_MEMORY;
    experiments_mlp_time(settings).describe(settings, cell, stream);
    fclose(stream);
    *identity = runner_hash(text, size, 0);
    free(text);
    return STATUS_OK;
}

static void describe_mlp_bytes(const void *context, int cell, FILE *text)
{
    fputs("bytes of ", text);
    experiments_mlp_time(context).describe(context, cell, text);
}

static enum status simulate_mlp_bytes(const void *context, int cell, uint64_t identity,
                                      struct progress *progress, struct rows *rows)
{
    const struct settings *settings = context;
    struct training training = {.kept = 2};
    struct filter filter = {.task = &training.task,
                            .training = stream_open(settings->seed, identity, PURPOSE_TRAINING),
                            .tests = stream_open(settings->seed, identity, PURPOSE_TEST)};
    uint64_t twin = 0;
    int batch = (int)settings->batch;
    enum status status = find_twin(settings, cell, &twin);
    if (status == STATUS_OK)
        status = training_open(&training, settings, twin, batch, rows->columns);
    if (status == STATUS_OK) {
        status = twolayer_create(&filter.learner, settings, twin, settings->width, batch);
        training.learner =
            (struct learner){&filter, step_filtered, measure_filtered, destroy_filtered};
    }
    if (status == STATUS_OK) {
        training.row[0] = (double)(cell % settings->repeats + 1);
        status = training_on_fresh_batches(&training, progress, rows);
    }
    training_close(&training);
    return status;
}

struct run bytes_mlp_time(const struct settings *settings)
{
    struct run run = experiments_mlp_time(settings);
    run.describe = describe_mlp_bytes;
    run.simulate = simulate_mlp_bytes;
    return run;
}
