/* How the cost of a training step grows with the width of the network, the size of the batch
   and the number of bits: one varies, the others keep the authors' values.

       growth [--quick] [--output FILE]        from the package's top folder

   Writes a table to FILE and the slopes to standard output. */
#include "common.h"
#include "mlp.h"
#include "table.h"
#include "task.h"
#include <gsl/gsl_fit.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

enum { SKILLS = 5, ROUNDS = 15, POINTS = 10 };

/* One quantity and the values it takes; slopes are fitted from the place large on. */
static const struct sweep {
    const char *name;
    int value[POINTS], count, large;
} sweeps[] = {{"width", {16, 32, 64, 128, 256, 512, 1024, 2048, 4096}, 9, 4},
              {"batch", {500, 1000, 2000, 4000, 8000, 16000, 32000}, 7, 2},
              {"bits", {8, 16, 24, 32, 40, 48, 56, 64}, 8, 2}};
enum { SWEEPS = 3 };

/* A network at work. */
struct runner {
    struct task task;
    struct stream stream;
    struct batch batch;
    struct mlp *net;
};

static void set_up(struct runner *runner, int sweep, int value)
{
    int width = sweep == 0 ? value : 1000, batch = sweep == 1 ? value : 4000;
    int bits = sweep == 2 ? value : 32;
    struct stream stream = stream_open(1, 0, PURPOSE_START);
    demand(task_create(&runner->task, SKILLS, bits, 3, 0.6, true, &stream), "task");
    demand(batch_create(&runner->batch, batch), "batch");
    demand(mlp_create(&runner->net, SKILLS, bits, width, batch, variant_best()), "network");
    mlp_initialise(runner->net, 0.01, &stream);
    runner->stream = stream_open(1, 0, PURPOSE_TRAINING);
}

static void tear_down(struct runner *runner)
{
    mlp_destroy(runner->net);
    batch_destroy(&runner->batch);
    task_destroy(&runner->task);
}

/* Seconds a step, of several that take about a slice. */
static double time_steps(struct runner *runner, double slice)
{
    double start = now(), seconds = 0;
    int steps = 0;
    while (seconds < slice) {
        task_draw(&runner->task, &runner->stream, &runner->batch);
        mlp_step(runner->net, &runner->batch, 5, 0.001);
        steps++;
        seconds = now() - start;
    }
    return seconds / steps;
}

/* All points take turns, so that a disturbance meets all; medians and minima over the rounds. */
static void time_sweep(int sweep, double slice, double *median, double *least)
{
    const struct sweep *s = &sweeps[sweep];
    struct runner runner[POINTS];
    double sample[POINTS][ROUNDS];
    for (int i = 0; i < s->count; i++)
        set_up(&runner[i], sweep, s->value[i]);
    for (int round = -1; round < ROUNDS; round++) /* the first only warms up */
        for (int i = 0; i < s->count; i++) {
            double seconds = time_steps(&runner[i], slice);
            if (round >= 0)
                sample[i][round] = seconds;
        }
    for (int i = 0; i < s->count; i++) {
        gsl_sort(sample[i], 1, ROUNDS);
        median[i] = gsl_stats_median_from_sorted_data(sample[i], 1, ROUNDS);
        least[i] = sample[i][0];
        tear_down(&runner[i]);
    }
}

/* The power law through the points where the quantity is large: time = factor x^slope. */
static double slope(const struct sweep *s, const double *median, double *factor)
{
    double x[POINTS], y[POINTS], c0, c1, cov00, cov01, cov11, sum;
    int n = s->count - s->large;
    for (int i = 0; i < n; i++) {
        x[i] = log(s->value[s->large + i]);
        y[i] = log(median[s->large + i]);
    }
    gsl_fit_linear(x, 1, y, 1, (size_t)n, &c0, &c1, &cov00, &cov01, &cov11, &sum);
    *factor = exp(c0);
    return c1;
}

static void write_sweep(FILE *stream, const struct sweep *s, const double *median,
                        const double *least)
{
    double factor, power = slope(s, median, &factor);
    fprintf(stream, "# slope: %s %.3f, ms at 1: %.4g, from %d on\n", s->name, power,
            1e3 * factor, s->value[s->large]);
    printf("time grows as %s to the power %.2f, from %d on\n", s->name, power,
           s->value[s->large]);
    for (int i = 0; i < s->count; i++)
        fprintf(stream, "%s\t%d\t%.4g\t%.4g\n", s->name, s->value[i], 1e3 * median[i],
                1e3 * least[i]);
    fputs("\n\n", stream); /* gnuplot's end of a data set */
}

int main(int argc, char **argv)
{
    static const char *const modules[] = {"draw", "kernel", "mlp", "move", "task", NULL};
    struct options options = read_options(argc, argv);
    double median[POINTS], least[POINTS];
    struct table table;
    demand(table_open(&table, options.output), options.output);
    write_header(table.stream, options.quick ? "growth --quick" : "growth", modules, "");
    fputs("# columns: the quantity that varies and its value; milliseconds a step with its "
          "batch drawn, medians over the rounds and minima\n"
          "quantity\tvalue\tms\tleast\n", table.stream);
    for (int sweep = 0; sweep < SWEEPS; sweep++) {
        time_sweep(sweep, options.quick ? 0.002 : 0.05, median, least);
        write_sweep(table.stream, &sweeps[sweep], median, least);
    }
    demand(table_close(&table), options.output);
    return EXIT_SUCCESS;
}
