#include "experiments.h"
#include "mlp.h"
#include "multilinear.h"
#include "task.h"
#include "transformer.h"
#include <limits.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

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

static void describe_samples(const void *context, int cell, FILE *text)
{
    const struct settings *settings = settings_of(context);
    describe_repeat(context, cell % (int)settings->repeats, text);
    fprintf(text, " samples %ld", settings->samples.value[cell / settings->repeats]);
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
    return step == settings->steps || (settings->every > 0 && step % settings->every == 0);
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

static int known_skills(const struct settings *settings)
{
    long N = settings->parameters.count > 0 ? settings->parameters.value[0] : LONG_MAX;
    return (int)(N < settings->skills ? N : settings->skills);
}

static void describe_descent(const void *context, int cell, FILE *text)
{
    describe_samples(context, cell, text);
    if (known_skills(settings_of(context)) < settings_of(context)->skills)
        fprintf(text, " parameters %d", known_skills(settings_of(context)));
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
        status = multilinear_create(&descent.model, known_skills(settings), settings->target,
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
                        .describe = describe_descent,
                        .steps = count_steps,
                        .simulate = simulate_multilinear};
}

enum { TEST_POINTS = 20000 };

struct training {
    const struct settings *settings;
    struct task task;
    struct mlp *net;
    struct transformer *transformer; /* in place of net */
    struct batch batch, points;
    struct stream samples, tests;
    double *row; /* what identifies the cell, then T, loss, R_1 .. R_n and perhaps L_1 .. L_n */
    int kept;    /* columns before the loss */
    bool with_losses;
};

static enum status measure_points(struct training *training, double *strength, double *error)
{
    double target = training->settings->target;
    if (training->transformer)
        return transformer_measure(training->transformer, &training->points, target, strength,
                                   error);
    return mlp_measure(training->net, &training->points, target, strength, error);
}

static double step_on_batch(struct training *training, double rate)
{
    double target = training->settings->target;
    if (training->transformer)
        return transformer_step(training->transformer, &training->batch, target, rate);
    return mlp_step(training->net, &training->batch, target, rate);
}

static enum status measure_skills(struct training *training)
{
    int skills = training->task.skills;
    double *loss = training->row + training->kept, *R = loss + 1;
    *loss = 0;
    for (int k = 0; k < skills; k++) {
        double error;
        task_draw_of_skill(&training->task, &training->tests, k, &training->points);
        enum status status = measure_points(training, &R[k], &error);
        if (status != STATUS_OK)
            return status;
        if (training->with_losses)
            R[skills + k] = error;
        *loss += training->task.probability[k] * error;
    }
    return STATUS_OK;
}

static enum status add_measured_row(struct training *training, long T, struct rows *rows)
{
    training->row[training->kept - 1] = (double)T;
    enum status status = measure_skills(training);
    if (status != STATUS_OK)
        return status;
    if (!isfinite(training->row[training->kept]))
        return STATUS_DIVERGED;
    rows_add(rows, training->row);
    return STATUS_OK;
}

static enum status end_training(struct training *training, enum status status, long T,
                                struct rows *rows)
{
    if (status != STATUS_DIVERGED)
        return status;
    training->row[training->kept - 1] = (double)T;
    add_diverged_row(rows, training->row, training->kept);
    return STATUS_OK;
}

static bool has_learned(const struct training *training, long step)
{
    return is_row_due(training->settings, step)
           && training->row[training->kept] < training->settings->stop;
}

static double rate_at(const struct settings *settings, long time)
{
    return optimiser_rate(settings->rate, settings->cool, settings->cool_every, time);
}

static enum status train_on_fresh_batches(struct training *training, struct progress *progress,
                                          struct rows *rows)
{
    const struct settings *settings = training->settings;
    enum status status = STATUS_OK;
    long step = 0;
    for (;; step++) {
        if (is_row_due(settings, step))
            status = add_measured_row(training, step, rows);
        if (status != STATUS_OK || step == settings->steps || has_learned(training, step))
            break;
        task_draw(&training->task, &training->samples, &training->batch);
        double loss = step_on_batch(training, rate_at(settings, step));
        if (!isfinite(loss))
            status = STATUS_DIVERGED;
        else if (!progress_advance(progress, 1))
            status = STATUS_INTERRUPTED;
        if (status != STATUS_OK)
            break;
    }
    return end_training(training, status, step, rows);
}

static enum variant chosen_variant(const struct settings *settings)
{
    return settings->variant == 0 ? mlp_best_variant() : (enum variant)(settings->variant - 1);
}

/* Everything but the network; batch: largest batch. */
static enum status open_training(struct training *training, uint64_t identity, int batch)
{
    const struct settings *settings = training->settings;
    training->samples = stream_open(settings->seed, identity, PURPOSE_TRAINING);
    training->tests = stream_open(settings->seed, identity, PURPOSE_TEST);
    enum status status = create_task(&training->task, settings, identity);
    if (status == STATUS_OK)
        status = batch_create(&training->batch, batch);
    if (status == STATUS_OK)
        status = batch_create(&training->points, TEST_POINTS);
    return status;
}

static struct optimiser chosen_optimiser(const struct settings *settings)
{
    return (struct optimiser){settings->optimiser ? OPTIMISER_ADAM : OPTIMISER_SGD,
                              settings->momentum, settings->decay};
}

static enum status prepare_training(struct training *training, uint64_t identity, int width,
                                    int batch)
{
    const struct settings *settings = training->settings;
    struct stream start = stream_open(settings->seed, identity, PURPOSE_START);
    enum status status = open_training(training, identity, batch);
    if (status == STATUS_OK)
        status = mlp_create(&training->net, (int)settings->skills, (int)settings->bits, width,
                            batch, chosen_variant(settings));
    if (status == STATUS_OK)
        status = mlp_set_optimiser(training->net, chosen_optimiser(settings));
    if (status == STATUS_OK && !omp_in_parallel() && settings->threads > 1)
        status = mlp_set_threads(training->net, (int)settings->threads);
    if (status == STATUS_OK)
        mlp_initialise(training->net, settings->sigma, &start);
    return status;
}

static void finish_training(struct training *training)
{
    mlp_destroy(training->net);
    transformer_destroy(training->transformer);
    batch_destroy(&training->batch);
    batch_destroy(&training->points);
    task_destroy(&training->task);
    free(training->row);
}

static enum status simulate_fresh(const void *context, int cell, uint64_t identity,
                                  struct progress *progress, struct rows *rows, bool has_widths)
{
    const struct settings *settings = settings_of(context);
    int repeats = (int)settings->repeats;
    long width = has_widths ? settings->widths.value[cell / repeats] : settings->width;
    struct training training = {.settings = settings,
                                .kept = has_widths ? 3 : 2,
                                .row = calloc((size_t)rows->columns, sizeof(double))};
    enum status status = STATUS_MEMORY;
    if (training.row)
        status = prepare_training(&training, identity, (int)width, (int)settings->batch);
    if (status == STATUS_OK) {
        training.row[0] = cell % repeats + 1;
        training.row[1] = (double)width;
        status = train_on_fresh_batches(&training, progress, rows);
    }
    finish_training(&training);
    return status;
}

static enum status simulate_mlp_time(const void *context, int cell, uint64_t identity,
                                     struct progress *progress, struct rows *rows)
{
    return simulate_fresh(context, cell, identity, progress, rows, false);
}

static enum status simulate_mlp_width(const void *context, int cell, uint64_t identity,
                                      struct progress *progress, struct rows *rows)
{
    return simulate_fresh(context, cell, identity, progress, rows, true);
}

static void describe_width(const void *context, int cell, FILE *text)
{
    const struct settings *settings = settings_of(context);
    describe_repeat(context, cell % (int)settings->repeats, text);
    fprintf(text, " width %ld", settings->widths.value[cell / settings->repeats]);
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

struct run experiments_mlp_width(const struct experiment *experiment)
{
    const struct settings *settings = experiment->settings;
    return (struct run){.cells = settings->widths.count * (int)settings->repeats,
                        .columns = 4 + (int)settings->skills,
                        .context = experiment,
                        .describe = describe_width,
                        .steps = count_steps,
                        .simulate = simulate_mlp_width};
}

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
    int batches = batches_of(data->count);
    double loss = 0;
    if (batches > 1)
        shuffle(data->count, order, &training->samples);
    for (int b = 0; b < batches; b++) {
        int begin = (int)((int64_t)data->count * b / batches);
        int end = (int)((int64_t)data->count * (b + 1) / batches);
        gather(data, order + begin, end - begin, &training->batch);
        loss += mlp_step(training->net, &training->batch, training->settings->target, rate)
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
        if (ends || is_row_due(settings, epoch))
            status = add_measured_row(training, epoch, rows);
        if (status != STATUS_OK || ends)
            break;
        loss = train_epoch(training, data, order, rate_at(settings, epoch));
        if (!isfinite(loss))
            status = STATUS_DIVERGED;
        else if (!progress_advance(progress, batches_of(data->count)))
            status = STATUS_INTERRUPTED;
        if (status != STATUS_OK)
            break;
    }
    return end_training(training, status, epoch, rows);
}

static enum status simulate_mlp_data(const void *context, int cell, uint64_t identity,
                                     struct progress *progress, struct rows *rows)
{
    const struct settings *settings = settings_of(context);
    int repeats = (int)settings->repeats, samples = (int)settings->samples.value[cell / repeats];
    struct training training = {.settings = settings,
                                .kept = 3,
                                .with_losses = true,
                                .row = calloc((size_t)rows->columns, sizeof(double))};
    struct batch data = {0};
    int *order = calloc((size_t)samples, sizeof(int)), batches = batches_of(samples);
    enum status status = training.row && order ? batch_create(&data, samples) : STATUS_MEMORY;
    if (status == STATUS_OK)
        status = prepare_training(&training, identity, (int)settings->width,
                                  samples / batches + 1);
    if (status == STATUS_OK) {
        task_draw(&training.task, &training.samples, &data);
        for (int s = 0; s < samples; s++)
            order[s] = s;
        training.row[0] = cell % repeats + 1;
        training.row[1] = samples;
        status = train_on_data(&training, &data, order, progress, rows);
    }
    finish_training(&training);
    batch_destroy(&data);
    free(order);
    return status;
}

static double count_data_steps(const void *context, int cell)
{
    const struct settings *settings = settings_of(context);
    long samples = settings->samples.value[cell / settings->repeats];
    return (double)settings->steps * batches_of(samples);
}

/* From the epochs in the third column of the last row. */
static double data_steps_taken(const void *context, int cell, const char *rows)
{
    const struct settings *settings = settings_of(context);
    long samples = settings->samples.value[cell / settings->repeats];
    const char *row = rows, *next;
    while ((next = strchr(row, '\n')) && next[1])
        row = next + 1;
    double epochs = 0;
    sscanf(row, "%*[^\t]\t%*[^\t]\t%lf", &epochs);
    return epochs * batches_of(samples);
}

struct run experiments_mlp_data(const struct experiment *experiment)
{
    const struct settings *settings = experiment->settings;
    return (struct run){.cells = settings->samples.count * (int)settings->repeats,
                        .columns = 4 + 2 * (int)settings->skills,
                        .context = experiment,
                        .describe = describe_samples,
                        .steps = count_data_steps,
                        .taken = settings->stop > 0 ? data_steps_taken : NULL,
                        .simulate = simulate_mlp_data};
}

static enum status prepare_transformer(struct training *training, uint64_t identity)
{
    const struct settings *settings = training->settings;
    struct stream start = stream_open(settings->seed, identity, PURPOSE_START);
    const struct transformer_shape shape = {.skills = (int)settings->skills,
                                            .bits = (int)settings->bits,
                                            .width = (int)settings->width,
                                            .heads = (int)settings->heads};
    enum status status = open_training(training, identity, (int)settings->batch);
    if (status == STATUS_OK)
        status = transformer_create(&training->transformer, shape, (int)settings->batch,
                                    chosen_variant(settings));
    if (status == STATUS_OK)
        status = transformer_set_optimiser(training->transformer, chosen_optimiser(settings));
    if (status == STATUS_OK && !omp_in_parallel() && settings->threads > 1)
        status = transformer_set_threads(training->transformer, (int)settings->threads);
    if (status == STATUS_OK)
        transformer_initialise(training->transformer, &start);
    return status;
}

static enum status simulate_transformer_time(const void *context, int cell, uint64_t identity,
                                             struct progress *progress, struct rows *rows)
{
    struct training training = {.settings = settings_of(context),
                                .kept = 2,
                                .row = calloc((size_t)rows->columns, sizeof(double))};
    enum status status = training.row ? prepare_transformer(&training, identity)
                                      : STATUS_MEMORY;
    if (status == STATUS_OK) {
        training.row[0] = cell + 1;
        status = train_on_fresh_batches(&training, progress, rows);
    }
    finish_training(&training);
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
    struct transformer *net = training->transformer;
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
    const struct settings *settings = settings_of(context);
    struct training training = {.settings = settings};
    enum status status = prepare_transformer(&training, 0);
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
    finish_training(&training);
    return status;
}

/* From T in the second column of the last row. */
static double transformer_steps_taken(const void *context, int cell, const char *rows)
{
    (void)context, (void)cell;
    const char *row = rows, *next;
    while ((next = strchr(row, '\n')) && next[1])
        row = next + 1;
    double steps = 0;
    sscanf(row, "%*[^\t]\t%lf", &steps);
    return steps;
}

struct run experiments_transformer_time(const struct experiment *experiment)
{
    return (struct run){.cells = (int)experiment->settings->repeats,
                        .columns = 3 + (int)experiment->settings->skills,
                        .context = experiment,
                        .describe = describe_repeat,
                        .steps = count_steps,
                        .taken = experiment->settings->stop > 0 ? transformer_steps_taken : NULL,
                        .simulate = simulate_transformer_time,
                        .estimate = estimate_transformer_time};
}
