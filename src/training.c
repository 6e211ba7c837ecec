#include "training.h"
#include <math.h>
#include <omp.h>
#include <stdlib.h>

enum { TEST_POINTS = 20000 };

enum status training_open(struct training *training, const struct settings *settings,
                          uint64_t identity, int batch, int columns)
{
    training->settings = settings;
    training->samples = stream_open(settings->seed, identity, PURPOSE_TRAINING);
    training->tests = stream_open(settings->seed, identity, PURPOSE_TEST);
    training->row = calloc((size_t)columns, sizeof(double));
    enum status status = training->row ? STATUS_OK : STATUS_MEMORY;
    if (status == STATUS_OK)
        status = cells_create_task(&training->task, settings, identity);
    training->task.variant = training_variant(settings);
    if (status == STATUS_OK)
        status = batch_create(&training->batch, batch);
    if (status == STATUS_OK)
        status = batch_create(&training->points, TEST_POINTS);
    return status;
}

void training_close(struct training *training)
{
    if (training->learner.destroy)
        training->learner.destroy(training->learner.net);
    batch_destroy(&training->batch);
    batch_destroy(&training->points);
    task_destroy(&training->task);
    free(training->row);
}

void training_describe(const struct settings *settings, FILE *text)
{
    fprintf(text, " alpha %.17g skills %ld bits %ld order %ld%s target %.17g", settings->alpha,
            settings->skills, settings->bits, settings->order,
            settings->overlap ? " overlap" : "", settings->target);
    fprintf(text, " %s %.17g", settings->optimiser ? "adam" : "sgd", settings->rate);
    if (settings->momentum > 0)
        fprintf(text, " momentum %.17g", settings->momentum);
    if (settings->decay > 0)
        fprintf(text, " decay %.17g", settings->decay);
    if (settings->cool_every > 0)
        fprintf(text, " cool %.17g every %ld", settings->cool, settings->cool_every);
}

struct optimiser training_optimiser(const struct settings *settings)
{
    return (struct optimiser){settings->optimiser ? OPTIMISER_ADAM : OPTIMISER_SGD,
                              settings->momentum, settings->decay};
}

double training_rate(const struct settings *settings, long time)
{
    return optimiser_rate(settings->rate, settings->cool, settings->cool_every, time);
}

enum variant training_variant(const struct settings *settings)
{
    return settings->variant == 0 ? variant_best() : (enum variant)(settings->variant - 1);
}

int training_threads(const struct settings *settings)
{
    return settings->threads > 1 && !omp_in_parallel() ? (int)settings->threads : 1;
}

static void seek_tests(struct training *training, long T)
{
    const struct task *task = &training->task;
    uint64_t points = (uint64_t)training->points.count * (uint64_t)task->skills;
    stream_seek(&training->tests, (uint64_t)T * points * (uint64_t)task_words(task));
}

static enum status measure_skills(struct training *training, long T)
{
    const struct learner *learner = &training->learner;
    int skills = training->task.skills;
    double *loss = training->row + training->kept, *R = loss + 1;
    *loss = 0;
    seek_tests(training, T);
    for (int k = 0; k < skills; k++) {
        double error;
        task_draw_of_skill(&training->task, &training->tests, k, &training->points);
        enum status status = learner->measure(learner->net, &training->points,
                                              training->settings->target, &R[k], &error);
        if (status != STATUS_OK)
            return status;
        if (training->with_losses)
            R[skills + k] = error;
        *loss += training->task.probability[k] * error;
    }
    return STATUS_OK;
}

enum status training_add_row(struct training *training, long T, struct rows *rows)
{
    training->row[training->kept - 1] = (double)T;
    enum status status = measure_skills(training, T);
    if (status != STATUS_OK)
        return status;
    if (!isfinite(training->row[training->kept]))
        return STATUS_DIVERGED;
    rows_add(rows, training->row);
    return STATUS_OK;
}

enum status training_end(struct training *training, enum status status, long T,
                         struct rows *rows)
{
    if (status != STATUS_DIVERGED)
        return status;
    training->row[training->kept - 1] = (double)T;
    cells_add_diverged_row(rows, training->row, training->kept);
    return STATUS_OK;
}

static bool has_learned(const struct training *training, long step)
{
    return cells_row_is_due(training->settings, step)
           && training->row[training->kept] < training->settings->stop;
}

enum status training_on_fresh_batches(struct training *training, struct progress *progress,
                                      struct rows *rows)
{
    const struct settings *settings = training->settings;
    const struct learner *learner = &training->learner;
    enum status status = STATUS_OK;
    long step = 0;
    for (;; step++) {
        if (cells_row_is_due(settings, step))
            status = training_add_row(training, step, rows);
        if (status != STATUS_OK || step == settings->steps || has_learned(training, step))
            break;
        task_draw(&training->task, &training->samples, &training->batch);
        double loss = learner->step(learner->net, &training->batch, settings->target,
                                    training_rate(settings, step));
        if (!isfinite(loss))
            status = STATUS_DIVERGED;
        else if (!progress_advance(progress, 1))
            status = STATUS_INTERRUPTED;
        if (status != STATUS_OK)
            break;
    }
    return training_end(training, status, step, rows);
}
