#include "experiments.h"
#include "training.h"
#include "transformer.h"
#include <math.h>
#include <stdlib.h>
#include <time.h>

struct reader {
    struct transformer *net;
    int skills;
    int32_t *turned; /* room for the skills of a batch, NULL if control bits are in order */
};

static struct batch as_read(const struct reader *reader, const struct batch *batch)
{
    struct batch read = *batch;
    for (int s = 0; reader->turned && s < batch->count; s++)
        reader->turned[s] = reader->skills - 1 - batch->skill[s];
    if (reader->turned)
        read.skill = reader->turned;
    return read;
}

static double step_transformer(void *net, const struct batch *batch, double target, double rate)
{
    const struct reader *reader = net;
    struct batch read = as_read(reader, batch);
    return transformer_step(reader->net, &read, target, rate);
}

static enum status measure_transformer(void *net, const struct batch *points, double target,
                                       double *strength, double *error)
{
    const struct reader *reader = net;
    struct batch read = as_read(reader, points);
    return transformer_measure(reader->net, &read, target, strength, error);
}

static void destroy_transformer(void *net)
{
    struct reader *reader = net;
    transformer_destroy(reader->net);
    free(reader->turned);
    free(reader);
}

static struct reader *create_reader(const struct settings *settings, int samples)
{
    struct reader *reader = calloc(1, sizeof *reader);
    if (!reader)
        return NULL;
    reader->skills = (int)settings->skills;
    if (settings->reverse)
        reader->turned = malloc(sizeof *reader->turned * (size_t)samples);
    if (settings->reverse && !reader->turned) {
        free(reader);
        return NULL;
    }
    return reader;
}

static enum status create_transformer(struct transformer **net, const struct settings *settings,
                                      uint64_t identity)
{
    struct stream start = stream_open(settings->seed, identity, PURPOSE_START);
    const struct transformer_shape shape = {.skills = (int)settings->skills,
                                            .bits = (int)settings->bits,
                                            .width = (int)settings->width,
                                            .heads = (int)settings->heads};
    enum status status = transformer_create(net, shape, (int)settings->batch,
                                            training_variant(settings));
    if (status == STATUS_OK)
        status = transformer_set_optimiser(*net, training_optimiser(settings));
    if (status == STATUS_OK)
        status = transformer_set_threads(*net, training_threads(settings));
    if (status == STATUS_OK)
        transformer_initialise(*net, &start);
    return status;
}

static void keep_only(struct task *task, int skill)
{
    for (int k = 1; k <= task->skills; k++) {
        task->probability[k - 1] = k == skill;
        task->threshold[k - 1] = k < skill ? 0 : UINT32_MAX;
    }
}

static void describe_transformer_time(const void *context, int cell, FILE *text)
{
    const struct settings *settings = context;
    fputs("transformer-time", text);
    training_describe(settings, text);
    if (settings->only > 0)
        fprintf(text, " only %ld", settings->only);
    if (settings->reverse)
        fputs(" reverse", text);
    fprintf(text, " width %ld heads %ld batch %ld repeat %d", settings->width, settings->heads,
            settings->batch, cell + 1);
}

static enum status prepare_transformer(struct training *training,
                                       const struct settings *settings, uint64_t identity,
                                       int columns)
{
    enum status status = training_open(training, settings, identity, (int)settings->batch,
                                       columns);
    if (status == STATUS_OK && settings->only > 0)
        keep_only(&training->task, (int)settings->only);
    if (status != STATUS_OK)
        return status;
    int samples = (int)fmax(training->batch.count, training->points.count);
    struct reader *reader = create_reader(settings, samples);
    if (!reader)
        return STATUS_MEMORY;
    training->learner = (struct learner){reader, step_transformer, measure_transformer,
                                         destroy_transformer};
    return create_transformer(&reader->net, settings, identity);
}

static enum status simulate_transformer_time(const void *context, int cell, uint64_t identity,
                                             struct progress *progress, struct rows *rows)
{
    struct training training = {.kept = 2};
    enum status status = prepare_transformer(&training, context, identity, rows->columns);
    if (status == STATUS_OK) {
        training.row[0] = cell + 1;
        status = training_on_fresh_batches(&training, progress, rows);
    }
    training_close(&training);
    return status;
}

static double clock_now(void)
{
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + 1e-9 * (double)time.tv_nsec;
}

/* Seconds for what one does with a batch, from a part of it. */
static double time_batch(struct training *training, struct batch *batch, bool trains)
{
    enum { LEAST = 32 };
    struct transformer *net = ((struct reader *)training->learner.net)->net;
    double rows = transformer_rows(net, batch), strength, error;
    struct batch part = *batch;
    for (part.count = LEAST < batch->count ? LEAST : batch->count;;) {
        double start = clock_now(), seconds;
        int times = 0;
        do {
            if (trains)
                transformer_step(net, &part, training->settings->target, 1e-30);
            else
                transformer_measure(net, &part, training->settings->target, &strength, &error);
            seconds = (clock_now() - start) / ++times;
        } while (part.count == batch->count && seconds * times < 0.5 && times < 500);
        if (part.count == batch->count || seconds > 0.25)
            return seconds * rows / transformer_rows(net, &part);
        part.count = part.count < batch->count / 2 ? 2 * part.count : batch->count;
    }
}

static enum status estimate_transformer_time(const void *context, double *seconds)
{
    const struct settings *settings = context;
    struct training training = {0};
    enum status status = prepare_transformer(&training, settings, 0, 1);
    if (status == STATUS_OK) {
        double measurements = settings->every > 0 ? (double)(settings->steps / settings->every)
                                                  : 0;
        double start = clock_now();
        task_draw(&training.task, &training.samples, &training.batch);
        double draw = clock_now() - start;
        task_draw_of_skill(&training.task, &training.tests, 0, &training.points);
        double step = draw + time_batch(&training, &training.batch, true);
        double measurement = time_batch(&training, &training.points, false);
        *seconds = (double)settings->steps * step
                   + (measurements + 1) * (double)settings->skills * measurement;
    }
    training_close(&training);
    return status;
}

/* From T in the second column. */
static double transformer_steps_taken(const void *context, int cell, const char *rows)
{
    (void)context, (void)cell;
    return cells_last(rows, 1);
}

struct run experiments_transformer_time(const struct settings *settings)
{
    return (struct run){.cells = (int)settings->repeats,
                        .columns = 3 + (int)settings->skills,
                        .context = settings,
                        .describe = describe_transformer_time,
                        .describe_length = cells_describe_length,
                        .steps = cells_count_steps,
                        .taken = settings->stop > 0 ? transformer_steps_taken : NULL,
                        .simulate = simulate_transformer_time,
                        .estimate = estimate_transformer_time};
}
