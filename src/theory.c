#include "theory.h"
#include "bounds.h"
#include "depth.h"
#include "emergence.h"
#include "minimal.h"
#include "shots.h"
#include "modes.h"
#include "multilinear.h"
#include "resources.h"
#include "stream.h"
#include "table.h"
#include "task.h"
#include <gsl/gsl_math.h>
#include <gsl/gsl_statistics_double.h>
#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>

static double grid_point(const struct settings *settings, long i)
{
    if (settings->points == 1 || i == 0)
        return settings->from;
    if (i == settings->points - 1)
        return settings->to;
    double part = (double)i / (double)(settings->points - 1);
    return exp((1 - part) * log(settings->from) + part * log(settings->to));
}

/* The grid point i rounded to an integer; false if it equals the one before. */
static bool integer_grid_point(const struct settings *settings, long i, double *x)
{
    *x = round(grid_point(settings, i));
    return i == 0 || *x != round(grid_point(settings, i - 1));
}

static void add_row(FILE *stream, int columns, ...)
{
    double row[8];
    va_list arguments;
    va_start(arguments, columns);
    for (int i = 0; i < columns; i++)
        row[i] = va_arg(arguments, double);
    va_end(arguments);
    table_row(stream, columns, row);
}

struct scaling theory_scaling(const struct settings *settings)
{
    return (struct scaling){.alpha = settings->alpha, .skills = (int)settings->skills,
                            .target = settings->target, .initial = settings->initial,
                            .rate = settings->rate};
}

enum status theory_constants(const struct settings *settings, FILE *stream)
{
    struct scaling s = theory_scaling(settings);
    const struct {
        const char *name;
        double value;
    } constant[] = {{"time", scaling_time_constant(&s)},
                    {"data", scaling_data_constant(&s)},
                    {"parameters", scaling_parameter_constant(&s)},
                    {"compute", scaling_compute_constant(&s)},
                    {"kappa", scaling_kappa(&s)}};
    fputs("name\tvalue\n", stream);
    for (size_t i = 0; i < sizeof constant / sizeof constant[0]; i++) {
        if (!isfinite(constant[i].value))
            return STATUS_CONVERGENCE;
        fprintf(stream, "%s\t%.17g\n", constant[i].name, constant[i].value);
    }
    return STATUS_OK;
}

enum status theory_law_time(const struct settings *settings, FILE *stream)
{
    struct scaling s = theory_scaling(settings);
    int layers = (int)settings->layers;
    fputs("T\tloss\tlaw\tbound\n", stream);
    for (long i = 0; i < settings->points; i++) {
        double T = grid_point(settings, i);
        if (layers != 2)
            add_row(stream, 4, T, depth_time_loss(layers, &s, T),
                    depth_time_law(layers, &s, T), depth_time_bound(layers, &s, T));
        else
            add_row(stream, 4, T, scaling_time_loss(&s, T), scaling_time_law(&s, T),
                    scaling_time_bound(&s, T));
    }
    return STATUS_OK;
}

enum status theory_law_data(const struct settings *settings, FILE *stream)
{
    struct scaling s = theory_scaling(settings);
    double D;
    fputs("D\tloss\tlaw\tbound\n", stream);
    for (long i = 0; i < settings->points; i++)
        if (integer_grid_point(settings, i, &D))
            add_row(stream, 4, D, scaling_data_loss(&s, D), scaling_data_law(&s, D),
                    scaling_data_bound(&s, D));
    return STATUS_OK;
}

enum status theory_law_parameters(const struct settings *settings, FILE *stream)
{
    struct scaling s = theory_scaling(settings);
    double N;
    fputs("N\tloss\tlaw\tbound\n", stream);
    for (long i = 0; i < settings->points; i++)
        if (integer_grid_point(settings, i, &N))
            add_row(stream, 4, N, scaling_parameter_loss(&s, (int)N),
                    scaling_parameter_law(&s, (int)N), scaling_parameter_bound(&s, (int)N));
    return STATUS_OK;
}

static enum status add_compute_curve(const struct settings *settings, FILE *stream,
                                     const struct scaling *s, int N)
{
    double constant = scaling_compute_constant(s), slope = s->alpha / (s->alpha + 2);
    for (long i = 0; i < settings->points; i++) {
        double C = grid_point(settings, i), loss;
        int best = N;
        if (N > 0)
            loss = scaling_compute_loss(s, N, C / N);
        else if (scaling_frontier(s, C, &best, &loss) != STATUS_OK)
            return STATUS_RANGE;
        add_row(stream, 4, (double)best, C, loss, constant * pow(C, -slope));
    }
    return STATUS_OK;
}

enum status theory_law_compute(const struct settings *settings, FILE *stream)
{
    struct scaling s = theory_scaling(settings);
    enum status status = STATUS_OK;
    fputs("N\tC\tloss\tlaw\n", stream);
    for (int i = 0; status == STATUS_OK && i < settings->parameters.count; i++)
        status = add_compute_curve(settings, stream, &s, (int)settings->parameters.value[i]);
    return status;
}

static enum status write_strengths(const struct settings *settings, FILE *stream,
                                   const char *resource,
                                   double (*strength)(const struct settings *, double p,
                                                      int k, double x))
{
    double *row = malloc(sizeof(double) * (size_t)(1 + settings->skills));
    if (!row)
        return STATUS_MEMORY;
    fputs(resource, stream);
    for (int k = 1; k <= settings->skills; k++)
        fprintf(stream, "\tR_%d%s", k, k < settings->skills ? "" : "\n");
    for (long i = 0; i < settings->points; i++) {
        row[0] = grid_point(settings, i);
        for (int k = 1; k <= settings->skills; k++) {
            double p = task_probability(settings->alpha, (int)settings->skills, k);
            row[k] = strength(settings, p, k, row[0]) / settings->target;
        }
        table_row(stream, 1 + (int)settings->skills, row);
    }
    free(row);
    return STATUS_OK;
}

static double strength_after_time(const struct settings *settings, double p, int k, double T)
{
    (void)k;
    struct skill skill = {settings->target, settings->initial, settings->rate, p};
    if (settings->kappa > 0) {
        skill.initial = emergence_extended_initial(settings->sigma);
        return emergence_extended_time(skill, settings->kappa, T);
    }
    if (settings->linear)
        return multilinear_linear(skill, T);
    if (settings->layers != 2)
        return depth_strength((int)settings->layers, skill, T);
    if (settings->imbalance != 0)
        return depth_unbalanced_strength(skill, settings->imbalance, T);
    return emergence_strength_time(skill, T);
}

static double strength_after_data(const struct settings *settings, double p, int k, double D)
{
    (void)k;
    struct skill skill = {settings->target, settings->initial, settings->rate, p};
    if (settings->dc > 0)
        return emergence_extended_data(skill, settings->dc, D);
    return emergence_strength_data(skill, D);
}

static double strength_with_parameters(const struct settings *settings, double p, int k,
                                       double N)
{
    (void)p;
    if (settings->nc > 0)
        return emergence_extended_parameters(settings->target, k, settings->nc, N);
    return emergence_strength_parameters(settings->target, k, N);
}

static void find_times(const struct settings *s, double p, double *emergent,
                       double *saturated)
{
    struct skill skill = {s->target, s->initial, s->rate, p};
    int layers = (int)s->layers;
    if (layers != 2) {
        *emergent = depth_time(layers, skill, s->fraction);
        *saturated = depth_saturation_time(layers, skill, s->fraction);
    } else {
        *emergent = depth_unbalanced_time(skill, s->imbalance, s->fraction);
        *saturated = depth_unbalanced_saturation_time(skill, s->imbalance, s->fraction);
    }
}

enum status theory_stages(const struct settings *s, FILE *stream)
{
    fputs("k\tP\tT_e\tT_s\n", stream);
    for (int k = 1; k <= s->skills; k++) {
        double p = task_probability(s->alpha, (int)s->skills, k), emergent, saturated;
        find_times(s, p, &emergent, &saturated);
        add_row(stream, 4, (double)k, p, emergent, saturated);
    }
    return STATUS_OK;
}

enum status theory_strength_time(const struct settings *settings, FILE *stream)
{
    return write_strengths(settings, stream, "T", strength_after_time);
}

enum status theory_strength_data(const struct settings *settings, FILE *stream)
{
    return write_strengths(settings, stream, "D", strength_after_data);
}

enum status theory_strength_parameters(const struct settings *settings, FILE *stream)
{
    return write_strengths(settings, stream, "N", strength_with_parameters);
}

static void print_sample(const struct task *task, const struct batch *batch, int s, FILE *stream)
{
    fprintf(stream, "%d\t%d", s + 1, batch->skill[s] + 1);
    for (int j = 0; j < task->bits; j++)
        fprintf(stream, "\t%d", (int)(batch->bits[s] >> j & 1));
    for (int j = 0; j < task->bits; j++)
        if (task->relevant[batch->skill[s]] >> j & 1)
            fprintf(stream, "\t%d", j + 1);
    fprintf(stream, "\t%g\n", batch->parity[s]);
}

enum status theory_samples(const struct settings *s, FILE *stream)
{
    struct stream draws = stream_open(s->seed, 0, PURPOSE_TASK);
    struct task task;
    struct batch batch = {0};
    enum status status = task_create(&task, (int)s->skills, (int)s->bits, (int)s->order,
                                     s->alpha, s->overlap, &draws);
    if (status == STATUS_OK)
        status = batch_create(&batch, (int)s->batch);
    fputs("sample\tk", stream);
    for (long j = 1; j <= s->bits; j++)
        fprintf(stream, "\tx_%ld", j);
    for (long j = 1; j <= s->order; j++)
        fprintf(stream, "\tplace_%ld", j);
    fputs("\tg\n", stream);
    if (status == STATUS_OK) {
        struct stream training = stream_open(s->seed, 0, PURPOSE_TRAINING);
        task_draw(&task, &training, &batch);
        for (int i = 0; i < batch.count; i++)
            print_sample(&task, &batch, i, stream);
    }
    batch_destroy(&batch);
    task_destroy(&task);
    return status;
}

enum status theory_modes(const struct settings *s, FILE *stream)
{
    struct stream draws = stream_open(s->seed, 0, PURPOSE_START);
    struct modes modes;
    int n = (int)s->skills;
    double *row = calloc((size_t)(3 * n + 1), sizeof *row), *start = row + 2 * n + 1;
    enum status status = modes_create(&modes, n, s->rate, s->sigma, &draws);
    status = !row ? STATUS_MEMORY : status ? status : modes_starts(&modes, start);
    fputs("T", stream);
    for (int k = 1; k <= n; k++)
        fprintf(stream, "\tM_%d\tC_%d", k, k);
    fputc('\n', stream);
    for (long i = 0; i < s->points && status == STATUS_OK; i++) {
        double T = grid_point(s, i);
        status = modes_move(&modes, T - row[0]);
        row[0] = T;
        for (int k = 0; k < n; k++) {
            struct skill mode = {1, start[k], s->rate, modes.lambda[k]};
            row[2 * k + 1] = modes_strength(&modes, k);
            row[2 * k + 2] = multilinear_logistic(mode, T);
        }
        if (status == STATUS_OK)
            table_row(stream, 2 * n + 1, row);
    }
    modes_destroy(&modes);
    free(row);
    return status;
}

enum status theory_strength_counts(const struct settings *s, FILE *stream)
{
    double row[1 + LIST_MAX];
    fputs("T", stream);
    for (int k = 1; k <= s->counts.count; k++)
        fprintf(stream, "\tR_%d", k);
    fputc('\n', stream);
    for (long i = 0; i < s->points; i++) {
        row[0] = grid_point(s, i);
        for (int k = 0; k < s->counts.count; k++) {
            double share = (double)s->counts.value[k] / (double)s->samples.value[0];
            struct skill skill = {s->target, s->initial, s->rate, share};
            row[k + 1] = (s->linear ? multilinear_linear(skill, row[0])
                                    : multilinear_logistic(skill, row[0])) / s->target;
        }
        table_row(stream, 1 + s->counts.count, row);
    }
    return STATUS_OK;
}

/* Strength read from a loss in units of S^2/2. */
static double read_loss(double loss)
{
    return 1 - sqrt(loss);
}

static enum status train_both(const struct settings *s, struct features *features, long d,
                              struct stream *stream, double *row)
{
    struct training training;
    double *y = malloc(sizeof *y * (size_t)(2 * features->dimension + 1));
    double *w = y + features->dimension + 1;
    enum status status = shots_draw(features, (int)d, stream, &training);
    status = y ? status : STATUS_MEMORY;
    for (int linear = 0; linear < 2 && status == STATUS_OK; linear++) {
        training.linear = linear;
        shots_start(&training, s->initial, stream, y);
        status = shots_finish(&training, y);
        shots_weights(&training, y, w);
        shots_measure(features, w, &row[2 + 3 * linear], &row[3 + 3 * linear]);
        row[4 + 3 * linear] = read_loss(row[2 + 3 * linear]);
    }
    shots_release(&training);
    free(y);
    return status;
}

enum status theory_shots_data(const struct settings *s, FILE *stream)
{
    enum status status = STATUS_OK;
    fputs("repeat\td\tloss\tR\treading\tloss_linear\tR_linear\treading_linear\n", stream);
    for (long r = 1; r <= s->repeats && status == STATUS_OK; r++) {
        struct stream draws = stream_open(s->seed, (uint64_t)r, PURPOSE_START);
        struct features features;
        status = shots_create(&features, (int)s->bits, (int)s->dc, &draws);
        for (int i = 0; i < s->samples.count && status == STATUS_OK; i++) {
            double row[8] = {(double)r, (double)s->samples.value[i]};
            status = train_both(s, &features, s->samples.value[i], &draws, row);
            if (status == STATUS_OK)
                table_row(stream, 8, row);
        }
        shots_destroy(&features);
    }
    return status;
}

static enum status follow(const struct settings *s, const struct features *features,
                          struct training *training, struct stream *draws, FILE *stream)
{
    size_t n = (size_t)features->dimension;
    double *y[2] = {calloc(3 * n + 2, sizeof(double))}, *w = y[0] + 2 * n + 2, now = 0;
    enum status status = y[0] ? STATUS_OK : STATUS_MEMORY;
    y[1] = y[0] + n + 1;
    training->rate = s->rate;
    if (status == STATUS_OK)
        shots_start(training, s->initial, draws, y[0]);
    for (long i = 0; i < s->points && status == STATUS_OK; i++) {
        double T = grid_point(s, i), row[5] = {T}, loss;
        for (int linear = 0; linear < 2 && status == STATUS_OK; linear++) {
            training->linear = linear;
            status = shots_move(training, T - now, y[linear]);
            shots_weights(training, y[linear], w);
            shots_measure(features, w, &loss, &row[1 + 2 * linear]);
            row[2 + 2 * linear] = read_loss(loss);
        }
        if (status == STATUS_OK)
            table_row(stream, 5, row);
        now = T;
    }
    free(y[0]);
    return status;
}

enum status theory_shots_time(const struct settings *s, FILE *stream)
{
    struct stream draws = stream_open(s->seed, 0, PURPOSE_START);
    struct features features;
    struct training training = {0};
    enum status status = shots_create(&features, (int)s->bits, (int)s->dc, &draws);
    if (status == STATUS_OK)
        status = shots_draw(&features, (int)s->samples.value[0], &draws, &training);
    fputs("T\tR\treading\tR_linear\treading_linear\n", stream);
    if (status == STATUS_OK)
        status = follow(s, &features, &training, &draws, stream);
    shots_release(&training);
    shots_destroy(&features);
    return status;
}

static double resource_value(long value)
{
    return value == LONG_MAX ? HUGE_VAL : (double)value;
}

enum status theory_loss(const struct settings *o, FILE *stream)
{
    struct scaling s = theory_scaling(o);
    enum status status = STATUS_OK;
    fputs("T\tD\tN\tloss\tbound\tlaw\n", stream);
    for (int i = 0; i < o->samples.count; i++)
        for (int j = 0; j < o->parameters.count; j++)
            for (int k = 0; k < o->time.count && status == STATUS_OK; k++) {
                struct resources r = {resource_value(o->time.value[k]),
                                      resource_value(o->samples.value[i]),
                                      resource_value(o->parameters.value[j])};
                double loss, abserr;
                status = resources_loss(&s, &r, &loss, &abserr);
                add_row(stream, 6, r.time, r.samples, r.parameters, loss, abserr,
                        resources_law(&s, &r));
            }
    return status;
}

enum { AXIS_T, AXIS_D, AXIS_N, AXES };

struct map {
    const struct settings *settings;
    int count[AXES], first, second; /* points of each axis; axes of the plane */
    double *at[AXES];               /* resources on the axes */
    double *loss, *abserr;          /* [T][D][N] */
};

static size_t map_place(const struct map *map, const int i[AXES])
{
    return ((size_t)i[AXIS_T] * map->count[AXIS_D] + i[AXIS_D]) * map->count[AXIS_N] + i[AXIS_N];
}

static enum status fill_axis(struct map *map, int axis, const struct list *list)
{
    const struct settings *o = map->settings;
    bool is_grid = axis == map->first || axis == map->second;
    double *at = map->at[axis] = malloc(sizeof(double) * (size_t)o->points);
    if (!at)
        return STATUS_MEMORY;
    at[0] = resource_value(list->value[0]);
    map->count[axis] = !is_grid;
    for (long i = 0; is_grid && i < o->points; i++) {
        double x = grid_point(o, i);
        if (axis == AXIS_N)
            x = pow(x, 1 / (o->alpha + 1));
        if (axis != AXIS_T)
            x = fmax(round(x), 1);
        if (map->count[axis] == 0 || x > at[map->count[axis] - 1])
            at[map->count[axis]++] = x;
    }
    return map->count[axis] > 0 ? STATUS_OK : STATUS_RANGE;
}

static enum status compute_map(struct map *map)
{
    const struct scaling s = theory_scaling(map->settings);
    struct resources_plan plan;
    size_t points = (size_t)map->count[0] * map->count[1] * map->count[2];
    enum status status = resources_plan_create(&plan, &s, map->at[AXIS_N], map->count[AXIS_N]);
    if (status)
        return status;
    map->loss = calloc(points, 2 * sizeof(double));
    map->abserr = map->loss + points;
    status = map->loss ? STATUS_OK : STATUS_MEMORY;
    for (int t = 0; t < map->count[AXIS_T]; t++)
        for (int d = 0; d < map->count[AXIS_D] && status == STATUS_OK; d++) {
            size_t place = map_place(map, (int[]){t, d, 0});
            status = resources_plan_losses(&plan, map->at[AXIS_T][t], map->at[AXIS_D][d],
                                           map->loss + place, map->abserr + place);
        }
    resources_plan_destroy(&plan);
    return status;
}

static double map_slope(const struct map *map, const int i[AXES], int axis)
{
    int low[AXES] = {i[0], i[1], i[2]}, high[AXES] = {i[0], i[1], i[2]};
    low[axis] = GSL_MAX(i[axis] - 1, 0);
    high[axis] = GSL_MIN(i[axis] + 1, map->count[axis] - 1);
    double run = log(map->at[axis][high[axis]] / map->at[axis][low[axis]]);
    double rise = log(map->loss[map_place(map, high)] / map->loss[map_place(map, low)]);
    double measure = axis == AXIS_N ? map->settings->alpha + 1 : 1;
    return run > 0 ? -rise / (run * measure) : 0;
}

static void print_map(const struct map *map, FILE *stream)
{
    const struct scaling s = theory_scaling(map->settings);
    for (int a = 0; a < map->count[map->first]; a++, fputc('\n', stream))
        for (int b = 0; b < map->count[map->second]; b++) {
            int i[AXES] = {0};
            i[map->first] = a;
            i[map->second] = b;
            double T = map->at[AXIS_T][i[AXIS_T]], D = map->at[AXIS_D][i[AXIS_D]];
            double N = map->at[AXIS_N][i[AXIS_N]], loss = map->loss[map_place(map, i)];
            const double row[] = {T, D, N, loss, map->abserr[map_place(map, i)],
                                  resources_law(&s, &(struct resources){T, D, N}),
                                  isinf(T) ? 0 : scaling_time_loss(&s, T),
                                  isinf(D) ? 0 : scaling_data_loss(&s, D),
                                  isinf(N) ? 0 : scaling_parameter_loss(&s, (int)N),
                                  map_slope(map, i, map->first),
                                  map_slope(map, i, map->second)};
            table_row(stream, 11, row);
        }
}

enum status theory_map(const struct settings *o, FILE *stream)
{
    static const int axes[][2] = {{AXIS_T, AXIS_D}, {AXIS_T, AXIS_N}, {AXIS_D, AXIS_N}};
    struct map map = {.settings = o, .first = axes[o->plane][0], .second = axes[o->plane][1]};
    const struct list *list[] = {&o->time, &o->samples, &o->parameters};
    enum status status = STATUS_OK;
    for (int axis = 0; axis < AXES && status == STATUS_OK; axis++)
        status = fill_axis(&map, axis, list[axis]);
    if (status == STATUS_OK)
        status = compute_map(&map);
    fputs("T\tD\tN\tloss\tbound\tlaw\ttime\tdata\tparameters\tslope_1\tslope_2\n", stream);
    if (status == STATUS_OK)
        print_map(&map, stream);
    for (int axis = 0; axis < AXES; axis++)
        free(map.at[axis]);
    free(map.loss);
    return status;
}

enum status theory_frontier(const struct settings *o, FILE *stream)
{
    struct scaling s = theory_scaling(o);
    fputs("D\tC\tN\tT\tloss\n", stream);
    for (int i = 0; i < o->samples.count; i++, fputc('\n', stream))
        for (long j = 0; j < o->points; j++) {
            double D = resource_value(o->samples.value[i]), C = grid_point(o, j), loss;
            struct resources best;
            enum status status = resources_frontier(&s, D, C, &best, &loss);
            if (status != STATUS_OK)
                return status;
            add_row(stream, 5, D, C, best.parameters, best.time, loss);
        }
    return STATUS_OK;
}

enum status theory_bounds_time(const struct settings *settings, FILE *stream)
{
    struct scaling s = theory_scaling(settings);
    enum status status = STATUS_OK;
    struct bounds b = {0};
    fputs("N\tT\tloss\tlaw\tlaw_bound\tintegral\tintegral_bound\n", stream);
    for (int n = 0; n < settings->parameters.count; n++)
        for (long i = 0; status == STATUS_OK && i < settings->points; i++) {
            int N = (int)settings->parameters.value[n];
            double T = grid_point(settings, i);
            status = bounds_time(&s, N, T, &b);
            add_row(stream, 7, (double)N, T, b.loss, b.law, b.law_bound, b.integral,
                    b.integral_bound);
        }
    return status;
}

static enum status write_bounds(const struct settings *settings, FILE *stream,
                                enum bounds_resource resource)
{
    struct scaling s = theory_scaling(settings);
    enum status status = STATUS_OK;
    struct bounds b = {0};
    double x;
    for (long i = 0; status == STATUS_OK && i < settings->points; i++)
        if (integer_grid_point(settings, i, &x)) {
            status = bounds_at(&s, resource, x, &b);
            add_row(stream, 6, x, b.loss, b.law, b.law_bound, b.integral, b.integral_bound);
        }
    return status;
}

enum status theory_bounds_data(const struct settings *settings, FILE *stream)
{
    fputs("D\tloss\tlaw\tlaw_bound\tintegral\tintegral_bound\n", stream);
    return write_bounds(settings, stream, BOUNDS_DATA);
}

enum status theory_bounds_parameters(const struct settings *settings, FILE *stream)
{
    fputs("N\tloss\tlaw\tlaw_bound\tintegral\tintegral_bound\n", stream);
    return write_bounds(settings, stream, BOUNDS_PARAMETERS);
}

enum status theory_bounds_range(const struct settings *settings, FILE *stream)
{
    static const double percent[] = {1, 5, 20};
    struct scaling s = theory_scaling(settings);
    fputs("percent\tT_from\tT_to\tT_proved\tD_from\tD_to\tD_proved\tN_from\tN_to\tN_proved\n",
          stream);
    for (int i = 0; i < 3; i++) {
        double row[10] = {percent[i]};
        for (int resource = BOUNDS_TIME; resource <= BOUNDS_PARAMETERS; resource++) {
            struct bounds_range range;
            enum status status = bounds_range(&s, (enum bounds_resource)resource,
                                              percent[i] / 100, &range);
            if (status != STATUS_OK)
                return status;
            row[3 * resource + 1] = range.from;
            row[3 * resource + 2] = range.to;
            row[3 * resource + 3] = range.proved;
        }
        table_row(stream, 10, row);
    }
    return STATUS_OK;
}

enum status theory_wait_start(const struct settings *s, FILE *stream)
{
    fputs("start\twait\tstages\n", stream);
    for (long i = 0; i < s->points; i++) {
        double start = grid_point(s, i), W = depth_wait((int)s->layers, start, s->fraction);
        add_row(stream, 3, start, W, depth_stage_limit(s->alpha, W));
    }
    return STATUS_OK;
}

enum status theory_wait_imbalance(const struct settings *s, FILE *stream)
{
    fputs("imbalance\twait\tstages\n", stream);
    for (long i = 0; i < s->points; i++) {
        double q = grid_point(s, i), W = depth_unbalanced_wait(s->initial, q, s->fraction);
        add_row(stream, 3, q, W, depth_stage_limit(s->alpha, W));
    }
    return STATUS_OK;
}

/* Strengths of skill 1 after so many random batches, one for each repeat. */
static enum status descend_at_random(const struct settings *s, const struct task *task,
                                     double rate, int steps, double *sample)
{
    struct skill like = {s->target, s->initial, rate, 1};
    double *R = malloc(sizeof *R * (size_t)s->skills);
    struct stream stream = stream_open(s->seed, (uint64_t)steps, PURPOSE_TRAINING);
    enum status status = R ? STATUS_OK : STATUS_MEMORY;
    for (long i = 0; i < s->repeats && status == STATUS_OK; i++) {
        status = depth_sample_descent(task, like, (int)s->batch, steps, &stream, R);
        sample[i] = status == STATUS_OK ? R[0] / s->target : NAN;
    }
    free(R);
    return status;
}

static enum status add_convergence(const struct settings *s, FILE *stream,
                                   const struct task *task, double T, int steps,
                                   double *sample)
{
    const struct depth_model model = {2, (int)s->skills, s->target, 1, task->probability};
    double S = s->target, P = task->probability[0], rate = T / steps;
    enum status status = descend_at_random(s, task, rate, steps, sample);
    if (status != STATUS_OK)
        return status;
    size_t n = (size_t)s->repeats;
    double sd = gsl_stats_sd(sample, 1, n), mean = gsl_stats_mean(sample, 1, n);
    double R = multilinear_logistic((struct skill){S, s->initial, 1, P}, T) / S;
    struct skill skill = {S, s->initial, rate, P};
    double expected = depth_batch_mean(skill, (int)s->batch, steps) / S;
    double spread = depth_batch_spread(skill, (int)s->batch, steps) / S;
    fprintf(stream, "%d", steps);
    for (int method = DEPTH_DESCENT; method <= DEPTH_RK8; method++)
        fprintf(stream, "\t%.17g",
                depth_march_error(&model, (enum depth_method)method, s->initial, T, steps));
    fprintf(stream, "\t%.17g\t%.17g\t%.17g\t%.17g\t%.17g\n", mean - R, sd / sqrt((double)n),
            expected - R, sd, spread);
    return STATUS_OK;
}

enum status theory_convergence(const struct settings *s, FILE *stream)
{
    struct stream draws = stream_open(s->seed, 0, PURPOSE_TASK);
    struct task task = {0};
    double *sample = malloc(sizeof *sample * (size_t)s->repeats), steps;
    enum status status = sample ? task_create(&task, (int)s->skills, 1, 0, s->alpha, true,
                                              &draws)
                                : STATUS_MEMORY;
    fputs("steps\tdescent\trk4\trk8\tmean\terror\tmean_theory\tspread\tspread_theory\n", stream);
    for (long i = 0; i < s->points && status == STATUS_OK; i++)
        if (integer_grid_point(s, i, &steps)) {
            struct skill first = {s->target, s->initial, 1, task.probability[0]};
            double T = depth_time(2, first, s->fraction);
            status = add_convergence(s, stream, &task, T, (int)steps, sample);
        }
    task_destroy(&task);
    free(sample);
    return status;
}

static enum status add_minimal_row(const struct settings *settings, long T, FILE *stream)
{
    struct minimal network = {settings->target, settings->initial};
    struct skill model = {settings->target, settings->initial, settings->rate, 1. / 3};
    double state[MINIMAL_STATE] = {0}, R[3];
    double shared = minimal_descend(network, settings->rate, true, 1, &T);
    double separate = minimal_descend(network, settings->rate, false, 1, &T);
    enum status status =
        minimal_integrate(network, settings->rate * settings->target * (double)T, state);
    for (int q = 0; q < 3; q++)
        R[q] = minimal_share[q] * state[q];
    if (status == STATUS_OK)
        add_row(stream, 8, (double)T, R[0], R[1], R[2], R[0] + R[1] + R[2], shared, separate,
                multilinear_logistic(model, (double)T) / settings->target);
    return status;
}

enum status theory_minimal(const struct settings *settings, FILE *stream)
{
    enum status status = STATUS_OK;
    fputs("T\tR_1\tR_2\tR_3\tR\tdescent\tseparate\tmodel\n", stream);
    for (int i = 0; status == STATUS_OK && i < settings->time.count; i++)
        status = add_minimal_row(settings, settings->time.value[i], stream);
    return status;
}
