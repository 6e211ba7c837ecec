#include "experiments.h"
#include "twolayer.h"

static enum status simulate_fresh(const void *context, int cell, uint64_t identity,
                                  struct progress *progress, struct rows *rows, bool has_widths)
{
    const struct settings *settings = context;
    long width = has_widths ? settings->widths.value[cell / settings->repeats] : settings->width;
    int batch = (int)settings->batch;
    struct training training = {.kept = has_widths ? 3 : 2};
    enum status status = training_open(&training, settings, identity, batch, rows->columns);
    if (status == STATUS_OK)
        status = twolayer_create(&training.learner, settings, identity, width, batch);
    if (status == STATUS_OK) {
        training.row[0] = (double)(cell % settings->repeats + 1);
        training.row[1] = (double)width;
        status = training_on_fresh_batches(&training, progress, rows);
    }
    training_close(&training);
    return status;
}

static void describe_fresh(const char *kind, const struct settings *settings, long width,
                           int cell, FILE *text)
{
    fputs(kind, text);
    training_describe(settings, text);
    fprintf(text, " width %ld sigma %.17g batch %ld repeat %ld", width, settings->sigma,
            settings->batch, cell % settings->repeats + 1);
}

static void describe_mlp_time(const void *context, int cell, FILE *text)
{
    const struct settings *settings = context;
    describe_fresh("mlp-time", settings, settings->width, cell, text);
}

static enum status simulate_mlp_time(const void *context, int cell, uint64_t identity,
                                     struct progress *progress, struct rows *rows)
{
    return simulate_fresh(context, cell, identity, progress, rows, false);
}

struct run experiments_mlp_time(const struct settings *settings)
{
    return (struct run){.cells = (int)settings->repeats,
                        .columns = 3 + (int)settings->skills,
                        .context = settings,
                        .describe = describe_mlp_time,
                        .describe_length = cells_describe_length,
                        .steps = cells_count_steps,
                        .simulate = simulate_mlp_time};
}

static void describe_mlp_width(const void *context, int cell, FILE *text)
{
    const struct settings *settings = context;
    long width = settings->widths.value[cell / settings->repeats];
    describe_fresh("mlp-width", settings, width, cell, text);
}

static enum status simulate_mlp_width(const void *context, int cell, uint64_t identity,
                                      struct progress *progress, struct rows *rows)
{
    return simulate_fresh(context, cell, identity, progress, rows, true);
}

struct run experiments_mlp_width(const struct settings *settings)
{
    return (struct run){.cells = settings->widths.count * (int)settings->repeats,
                        .columns = 4 + (int)settings->skills,
                        .context = settings,
                        .describe = describe_mlp_width,
                        .describe_length = cells_describe_length,
                        .steps = cells_count_steps,
                        .simulate = simulate_mlp_width};
}
