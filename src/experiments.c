#include "experiments.h"
#include "mlp.h"
#include "multilinear.h"
#include "task.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const struct settings *settings_of(const void *context)
{
    return ((const struct experiment *)context)->settings;
}

static void describe_repeat(const void *context, int cell, FILE *text)
{
    const struct experiment *experiment = context;
    fputs(experiment->command, text);
    settings_print(text, experiment->settings, experiment->words, ROLE_MODEL);
    fprintf(text, " repeat %d", cell + 1);
}

static double count_steps(const void *context, int cell)
{
    (void)cell;
    return (double)settings_of(context)->steps;
}

/* With commands that know no bits the task has order 0. */
static enum status create_task(struct task *task, const struct settings *settings,
                               uint64_t identity)
{
    struct stream stream = stream_open(settings->seed, identity, PURPOSE_TASK);
    int bits = settings->bits > 0 ? (int)settings->bits : 1;
    return task_create(task, (int)settings->skills, bits, (int)settings->order,
                       settings->alpha, settings->overlap, &stream);
}

static void add_diverged_row(struct rows *rows, double *row, int kept)
{
    for (int i = kept; i < rows->columns; i++)
        row[i] = NAN;
    rows_add(rows, row);
}

static bool is_row_due(const struct settings *settings, long step)
{
    return step % settings->every == 0 || step == settings->steps;
}

static void describe_multilinear(const void *context, int cell, FILE *text)
{
    const struct settings *settings = settings_of(context);
    describe_repeat(context, cell % (int)settings->repeats, text);
    fprintf(text, " samples %ld", settings->samples.value[cell / settings->repeats]);
}

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
        add_diverged_row(rows, row, 3);
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
        if (is_row_due(settings, step) && !add_multilinear_row(descent, step, rows))
            return STATUS_OK; /* it has diverged */
        if (samples == 0 || step == 0)
            multilinear_draw_counts(&descent->task, &descent->stream, (int)batch,
                                    descent->count);
        multilinear_step(&descent->model, descent->count, (int)batch);
        if (step % 256 == 255 && !progress_advance(progress, 256))
            return STATUS_INTERRUPTED;
        if (step % 256 == 255 && step < settings->steps && has_diverged(descent)) {
            descent->row[2] = (double)(step + 1);
            add_diverged_row(rows, descent->row, 3);
            return STATUS_OK;
        }
    }
    return STATUS_OK;
}

static enum status simulate_multilinear(const void *context, int cell, uint64_t identity,
                                        struct progress *progress, struct rows *rows)
{
    const struct settings *settings = settings_of(context);
    struct descent descent = {.settings = settings,
                              .stream = stream_open(settings->seed, identity, PURPOSE_TRAINING),
                              .count = calloc((size_t)settings->skills, sizeof(int)),
                              .row = calloc((size_t)rows->columns, sizeof(double))};
    enum status status = descent.count && descent.row ? STATUS_OK : STATUS_MEMORY;
    if (status == STATUS_OK)
        status = create_task(&descent.task, settings, identity);
    if (status == STATUS_OK)
        status = multilinear_create(&descent.model, (int)settings->skills, settings->target,
                                    settings->rate, settings->initial);
    if (status == STATUS_OK) {
        descent.row[0] = cell % (int)settings->repeats + 1;
        descent.row[1] = (double)settings->samples.value[cell / settings->repeats];
        status = descend(&descent, progress, rows);
    }
    multilinear_destroy(&descent.model);
    task_destroy(&descent.task);
    free(descent.count);
    free(descent.row);
    return status;
}

struct run experiments_multilinear(const struct experiment *experiment)
{
    const struct settings *settings = experiment->settings;
    return (struct run){.cells = settings->samples.count * (int)settings->repeats,
                        .columns = 4 + (int)settings->skills,
                        .context = experiment,
                        .describe = describe_multilinear,
                        .steps = count_steps,
                        .simulate = simulate_multilinear};
}

enum { TEST_POINTS = 20000 };

struct training {
    const struct settings *settings;
    struct task task;
    struct mlp *net;
    struct batch batch, points;
    struct stream batches, tests;
    double *row; /* repeat, T, loss, R_1 .. R_n */
};

static enum status measure_skills(struct training *training)
{
    double *loss = training->row + 2, *R = training->row + 3, error;
    *loss = 0;
    for (int k = 0; k < training->task.skills; k++) {
        task_draw_of_skill(&training->task, &training->tests, k, &training->points);
        enum status status = mlp_measure(training->net, &training->points,
                                         training->settings->target, &R[k], &error);
        if (status != STATUS_OK)
            return status;
        *loss += training->task.probability[k] * error;
    }
    return STATUS_OK;
}

static enum status train(struct training *training, struct progress *progress,
                         struct rows *rows)
{
    const struct settings *settings = training->settings;
    for (long step = 0;; step++) {
        training->row[1] = (double)step;
        if (is_row_due(settings, step)) {
            enum status status = measure_skills(training);
            if (status != STATUS_OK)
                return status;
            if (!isfinite(training->row[2]))
                break;
            rows_add(rows, training->row);
        }
        if (step == settings->steps)
            return STATUS_OK;
        task_draw(&training->task, &training->batches, &training->batch);
        double loss = mlp_step(training->net, &training->batch, settings->target,
                               settings->rate);
        if (!isfinite(loss))
            break;
        if (!progress_advance(progress, 1))
            return STATUS_INTERRUPTED;
    }
    add_diverged_row(rows, training->row, 2);
    return STATUS_OK;
}

static enum variant find_variant(const char *name)
{
    enum variant variant = VARIANT_PLAIN;
    while (variant < VARIANTS && strcmp(mlp_variant_name(variant), name))
        variant++;
    return variant;
}

static enum status prepare_training(struct training *training, uint64_t identity)
{
    const struct settings *settings = training->settings;
    struct stream start = stream_open(settings->seed, identity, PURPOSE_START);
    training->batches = stream_open(settings->seed, identity, PURPOSE_TRAINING);
    training->tests = stream_open(settings->seed, identity, PURPOSE_TEST);
    enum status status = create_task(&training->task, settings, identity);
    if (status == STATUS_OK)
        status = batch_create(&training->batch, (int)settings->batch);
    if (status == STATUS_OK)
        status = batch_create(&training->points, TEST_POINTS);
    if (status == STATUS_OK)
        status = mlp_create(&training->net, (int)settings->skills, (int)settings->bits,
                            (int)settings->width, (int)settings->batch,
                            find_variant(settings->variant));
    if (status == STATUS_OK)
        mlp_initialise(training->net, settings->sigma, &start);
    return status;
}

static enum status simulate_mlp_time(const void *context, int cell, uint64_t identity,
                                     struct progress *progress, struct rows *rows)
{
    struct training training = {.settings = settings_of(context),
                                .row = calloc((size_t)rows->columns, sizeof(double))};
    enum status status = training.row ? prepare_training(&training, identity) : STATUS_MEMORY;
    if (status == STATUS_OK) {
        training.row[0] = cell + 1;
        status = train(&training, progress, rows);
    }
    mlp_destroy(training.net);
    batch_destroy(&training.batch);
    batch_destroy(&training.points);
    task_destroy(&training.task);
    free(training.row);
    return status;
}

struct run experiments_mlp_time(const struct experiment *experiment)
{
    return (struct run){.cells = (int)experiment->settings->repeats,
                        .columns = 3 + (int)experiment->settings->skills,
                        .context = experiment,
                        .describe = describe_repeat,
                        .steps = count_steps,
                        .simulate = simulate_mlp_time};
}
