#include "experiments.h"
#include "twolayer.h"
#include <math.h>
#include <stdlib.h>

enum { FULL_BATCH_BELOW = 4000, SAMPLES_PER_BATCH = 2000 };

static int batches_of(long samples)
{
    return samples < FULL_BATCH_BELOW ? 1 : (int)(samples / SAMPLES_PER_BATCH);
}

static void shuffle(int n, int *order, struct stream *stream)
{
    for (int i = n - 1; i > 0; i--) {
        int j = (int)stream_below(stream, (uint64_t)(i + 1)), kept = order[i];
        order[i] = order[j];
        order[j] = kept;
    }
}

static void gather(const struct batch *data, const int *order, int count, struct batch *batch)
{
    batch->count = count;
    for (int s = 0; s < count; s++) {
        batch->bits[s] = data->bits[order[s]];
        batch->skill[s] = data->skill[order[s]];
        batch->parity[s] = data->parity[order[s]];
    }
}

static double train_epoch(struct training *training, const struct batch *data, int *order,
                          double rate)
{
    const struct learner *learner = &training->learner;
    int batches = batches_of(data->count);
    double loss = 0;
    if (batches > 1)
        shuffle(data->count, order, &training->samples);
    for (int b = 0; b < batches; b++) {
        int begin = (int)((int64_t)data->count * b / batches);
        int end = (int)((int64_t)data->count * (b + 1) / batches);
        gather(data, order + begin, end - begin, &training->batch);
        loss += learner->step(learner->net, &training->batch, training->settings->target, rate)
                * (end - begin) / data->count;
    }
    return loss;
}

static enum status train_on_data(struct training *training, const struct batch *data,
                                 int *order, struct progress *progress, struct rows *rows)
{
    const struct settings *settings = training->settings;
    double enough = settings->stop * settings->target * settings->target, loss = INFINITY;
    enum status status = STATUS_OK;
    long epoch = 0;
    for (;; epoch++) {
        bool ends = loss < enough || epoch == settings->steps;
        if (ends || cells_row_is_due(settings, epoch))
            status = training_add_row(training, epoch, rows);
        if (status != STATUS_OK || ends)
            break;
        loss = train_epoch(training, data, order, training_rate(settings, epoch));
        if (!isfinite(loss))
            status = STATUS_DIVERGED;
        else if (!progress_advance(progress, batches_of(data->count)))
            status = STATUS_INTERRUPTED;
        if (status != STATUS_OK)
            break;
    }
    return training_end(training, status, epoch, rows);
}

static void describe_mlp_data(const void *context, int cell, FILE *text)
{
    const struct settings *settings = context;
    fputs("mlp-data", text);
    training_describe(settings, text);
    fprintf(text, " width %ld sigma %.17g samples %ld repeat %ld", settings->width,
            settings->sigma, settings->samples.value[cell / settings->repeats],
            cell % settings->repeats + 1);
}

static enum status simulate_mlp_data(const void *context, int cell, uint64_t identity,
                                     struct progress *progress, struct rows *rows)
{
    const struct settings *settings = context;
    int samples = (int)settings->samples.value[cell / settings->repeats];
    int *order = calloc((size_t)samples, sizeof(int)), batch = samples / batches_of(samples) + 1;
    struct training training = {.kept = 3, .with_losses = true};
    struct batch data = {0};
    enum status status = order ? batch_create(&data, samples) : STATUS_MEMORY;
    if (status == STATUS_OK)
        status = training_open(&training, settings, identity, batch, rows->columns);
    if (status == STATUS_OK)
        status = twolayer_create(&training.learner, settings, identity, settings->width, batch);
    if (status == STATUS_OK) {
        task_draw(&training.task, &training.samples, &data);
        for (int s = 0; s < samples; s++)
            order[s] = s;
        training.row[0] = (double)(cell % settings->repeats + 1);
        training.row[1] = samples;
        status = train_on_data(&training, &data, order, progress, rows);
    }
    training_close(&training);
    batch_destroy(&data);
    free(order);
    return status;
}

static double count_data_steps(const void *context, int cell)
{
    const struct settings *settings = context;
    long samples = settings->samples.value[cell / settings->repeats];
    return (double)settings->steps * batches_of(samples);
}

/* From the epochs in the third column. */
static double data_steps_taken(const void *context, int cell, const char *rows)
{
    const struct settings *settings = context;
    long samples = settings->samples.value[cell / settings->repeats];
    return cells_last(rows, 2) * batches_of(samples);
}

struct run experiments_mlp_data(const struct settings *settings)
{
    return (struct run){.cells = settings->samples.count * (int)settings->repeats,
                        .columns = 4 + 2 * (int)settings->skills,
                        .context = settings,
                        .describe = describe_mlp_data,
                        .describe_length = cells_describe_length,
                        .steps = count_data_steps,
                        .taken = settings->stop > 0 ? data_steps_taken : NULL,
                        .simulate = simulate_mlp_data};
}
