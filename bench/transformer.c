/* Time a training step of the transformer against PyTorch (transformer.py, if it is installed), in
   turn, and how much of it OpenBLAS takes.  What is compared, and how, is explained in
   src/transformer.nw.

       bench-transformer [--quick] [--output FILE]        from the package's top folder

   Writes a table to FILE and a digest to standard output.  It is linked with
   -Wl,--wrap=cblas_sgemm, so that every matrix product passes a clock. */
#include "common.h"
#include "table.h"
#include "task.h"
#include "transformer.h"
#include <cblas.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

struct setting {
    int bits, order, width, heads, batch;
    double rate;
};

enum { SKILLS = 5, SEED = 1, ROUNDS_MOST = 199, ROUNDS_LEAST = 3 };
static const double alpha = 0.9, target = 1;

struct bench {
    struct setting setting;
    struct task task;
    struct stream stream;
    struct batch batch;
    struct transformer *net;
    struct torch torch; /* runs transformer.py */
};

/* ---- the clock at the matrix products */

static double product_seconds, product_operations;

void __real_cblas_sgemm(enum CBLAS_ORDER, enum CBLAS_TRANSPOSE, enum CBLAS_TRANSPOSE, int, int,
                        int, float, const float *, int, const float *, int, float, float *, int);
void __wrap_cblas_sgemm(enum CBLAS_ORDER, enum CBLAS_TRANSPOSE, enum CBLAS_TRANSPOSE, int, int,
                        int, float, const float *, int, const float *, int, float, float *, int);

void __wrap_cblas_sgemm(enum CBLAS_ORDER order, enum CBLAS_TRANSPOSE transpose_a,
                        enum CBLAS_TRANSPOSE transpose_b, int m, int n, int k, float factor,
                        const float *a, int lda, const float *b, int ldb, float keep, float *c,
                        int ldc)
{
    double start = now();
    __real_cblas_sgemm(order, transpose_a, transpose_b, m, n, k, factor, a, lda, b, ldb, keep, c,
                       ldc);
    product_seconds += now() - start;
    product_operations += 2.0 * m * n * k;
}

/* ---- PyTorch, in a process of its own */

static void ask_torch(struct bench *bench, double *one, double *two)
{
    fflush(bench->torch.to);
    if (fscanf(bench->torch.from, "%lf %lf", one, two) != 2)
        give_up("bench/transformer.py", "it has stopped");
}

/* ---- one setting */

static void set_up(struct bench *bench, const struct setting *setting)
{
    struct stream stream = stream_open(SEED, 0, PURPOSE_TASK);
    struct stream start = stream_open(SEED, 0, PURPOSE_START);
    const struct transformer_shape shape = {SKILLS, setting->bits, setting->width,
                                            setting->heads, false};
    bench->setting = *setting;
    bench->stream = stream_open(SEED, 0, PURPOSE_TRAINING);
    demand(task_create(&bench->task, SKILLS, setting->bits, setting->order, alpha, false,
                       &stream), "task");
    demand(batch_create(&bench->batch, setting->batch), "batch");
    demand(transformer_create(&bench->net, shape, setting->batch, variant_best()),
           "network");
    transformer_initialise(bench->net, &start);
    if (bench->torch.to)
        fprintf(bench->torch.to, "create %d %d %d %g %g %g %d %d %d %d\n", SKILLS, setting->bits,
                setting->order, alpha, target, setting->rate, setting->width, setting->heads,
                setting->batch, SEED);
}

static void tear_down(struct bench *bench)
{
    task_destroy(&bench->task);
    batch_destroy(&bench->batch);
    transformer_destroy(bench->net);
}

/* Loss, and length of the gradient, of PyTorch's network with our parameters on our batch. */
static void check_torch(struct bench *bench, double *loss, double *length)
{
    size_t n = transformer_parameters(bench->net);
    double *parameter = reserve(n * sizeof(double), "parameters");
    transformer_get_parameters(bench->net, parameter);
    fputs("load\n", bench->torch.to);
    for (size_t i = 0; i < n; i++)
        fprintf(bench->torch.to, "%.9g ", parameter[i]);
    fprintf(bench->torch.to, "\ncheck %d\n", bench->batch.count);
    for (int s = 0; s < bench->batch.count; s++)
        fprintf(bench->torch.to, "%d %llu %g\n", bench->batch.skill[s],
                (unsigned long long)bench->batch.bits[s], bench->batch.parity[s]);
    free(parameter);
    ask_torch(bench, loss, length);
}

static double length_of_gradient(struct transformer *net)
{
    size_t n = transformer_parameters(net);
    double *gradient = reserve(n * sizeof(double), "gradient"), square = 0;
    transformer_get_gradient(net, gradient);
    for (size_t i = 0; i < n; i++)
        square += gradient[i] * gradient[i];
    free(gradient);
    return sqrt(square);
}

/* Do both do the same work?  The network is first trained for a while, so that its parameters
   are those of no initialisation; then loss and gradient must agree to 10^-4. */
static bool does_equal_work(struct bench *bench, FILE *stream)
{
    static const struct setting easy = {10, 2, 32, 4, 64, 0.0018};
    double loss, length, ours, our_length;
    set_up(bench, &easy);
    for (int step = 0; step < 300; step++) {
        task_draw(&bench->task, &bench->stream, &bench->batch);
        transformer_step(bench->net, &bench->batch, target, easy.rate);
    }
    ours = transformer_gradient(bench->net, &bench->batch, target);
    our_length = length_of_gradient(bench->net);
    check_torch(bench, &loss, &length);
    tear_down(bench);
    fprintf(stream, "# loss and length of the gradient after 300 steps: ours %.9g %.9g torch "
            "%.9g %.9g\n", ours, our_length, loss, length);
    return fabs(loss / ours - 1) < 1e-4 && fabs(length / our_length - 1) < 1e-4;
}

/* ---- timing */

struct result {
    double ours, ours_least, torch, torch_least; /* seconds a step; NaN: takes no part */
    double product, operations;                  /* of a step: seconds, floating point */
    double rows;
    int rounds;
};

static double run_ours(struct bench *bench, int steps)
{
    double start = now();
    for (int i = 0; i < steps; i++) {
        task_draw(&bench->task, &bench->stream, &bench->batch);
        transformer_step(bench->net, &bench->batch, target, bench->setting.rate);
    }
    return now() - start;
}

static double run_torch(struct bench *bench, int steps)
{
    double seconds, loss;
    fprintf(bench->torch.to, "step %d\n", steps);
    ask_torch(bench, &seconds, &loss);
    return seconds;
}

static int steps_in(double slice, double seconds) { return 1 + (int)(slice / seconds); }

static double median_of(double *sample, int n, double *least)
{
    gsl_sort(sample, 1, (size_t)n);
    *least = sample[0];
    return gsl_stats_median_from_sorted_data(sample, 1, (size_t)n);
}

/* In turn, a slice of each that begins with a step that is not timed. */
static void time_slices(struct bench *bench, double seconds, struct result *result)
{
    static double ours[ROUNDS_MOST], torch[ROUNDS_MOST], product[ROUNDS_MOST];
    double start = now(), slice = 0.05, unused;
    int mine = (run_ours(bench, 1), steps_in(slice, run_ours(bench, 1))), theirs = 0, round = 0;
    if (bench->torch.to)
        theirs = (run_torch(bench, 1), steps_in(slice, run_torch(bench, 1)));
    *result = (struct result){.torch = NAN, .torch_least = NAN};
    for (; round < ROUNDS_MOST && (round < ROUNDS_LEAST || now() - start < seconds); round++) {
        run_ours(bench, 1);
        product_seconds = product_operations = 0;
        ours[round] = run_ours(bench, mine) / mine;
        product[round] = product_seconds / mine;
        result->operations = product_operations / mine;
        if (bench->torch.to)
            torch[round] = (run_torch(bench, 1), run_torch(bench, theirs) / theirs);
    }
    result->rounds = round;
    result->rows = transformer_rows(bench->net, &bench->batch);
    result->ours = median_of(ours, round, &result->ours_least);
    result->product = median_of(product, round, &unused);
    if (bench->torch.to)
        result->torch = median_of(torch, round, &result->torch_least);
}

/* ---- the table and the digest */

static void write_row(FILE *stream, const struct bench *bench, const struct result *result)
{
    const struct setting *s = &bench->setting;
    fprintf(stream, "%d\t%d\t%d\t%d\t%d\t%d\t%.0f\t%.4g\t%.4g\t%.4g\t%.4g\t%.4g\t%.4g\n",
            s->bits, s->order, s->width, s->heads, s->batch, result->rounds, result->rows,
            1e3 * result->ours, 1e3 * result->ours_least, 1e3 * result->torch,
            1e3 * result->torch_least, 1e3 * result->product,
            1e-9 * result->operations / result->product);
    printf("%4d %5d %5d %6.0f %9.4g %9.4g %6.3g %6.0f %% %9.3g\n", s->bits, s->width, s->batch,
           result->rows, 1e3 * result->ours, 1e3 * result->torch, result->torch / result->ours,
           100 * result->product / result->ours, 1e-9 * result->operations / result->product);
    fflush(stdout);
}

/* Days that 10^6 steps of 5000 samples take on one core, from the seconds for a row. */
static double days_at_full_size(const struct bench *bench, const struct result *result)
{
    struct stream stream = stream_open(SEED, 1, PURPOSE_TRAINING);
    struct batch batch;
    demand(batch_create(&batch, 5000), "batch");
    task_draw(&bench->task, &stream, &batch);
    double rows = transformer_rows(bench->net, &batch);
    batch_destroy(&batch);
    return 1e6 * result->ours * rows / result->rows / 86400;
}

static void time_all(struct bench *bench, bool quick, FILE *stream)
{
    static const struct setting setting[] = {{10, 2, 32, 4, 128, 0.0018},
                                             {16, 2, 64, 4, 256, 0.0006},
                                             {32, 3, 128, 4, 256, 0.0002},
                                             {32, 3, 512, 4, 128, 0.00005}};
    struct result result, first = {0};
    fputs("# columns: setting, rounds, rows of the last batch, milliseconds a step with its batch "
          "drawn (medians over the rounds, minima), those spent in matrix products (median), "
          "and their rate in 10^9 operations a second; nan: takes no part\n"
          "bits\torder\twidth\theads\tbatch\trounds\trows\tours\tours_least\ttorch\ttorch_least\t"
          "product\trate\n", stream);
    puts("The transformer, one thread: milliseconds a step (medians), the ratio, and the share "
         "and rate\nof matrix products (Gflop/s).\n"
         "bits width batch   rows      ours     torch  ratio products      rate");
    for (int i = 0; i < (quick ? 1 : 4); i++) {
        set_up(bench, &setting[i]);
        time_slices(bench, quick ? 0.5 : 12, &result);
        write_row(stream, bench, &result);
        first = i ? first : result;
        if (i == 3)
            fprintf(stream, "# days at full size: %.3g\n", days_at_full_size(bench, &result));
        tear_down(bench);
    }
    if (!quick && bench->torch.to)
        printf("  time of PyTorch over ours at the desk setting: %.3g by medians, %.3g by minima; "
               "the goal, 3, is %s\n", first.torch / first.ours,
               first.torch_least / first.ours_least,
               fmin(first.torch / first.ours, first.torch_least / first.ours_least) >= 3
                   ? "met" : "NOT met by both");
}

int main(int argc, char **argv)
{
    struct options options = read_options(argc, argv);
    struct bench bench = {0};
    struct table table;
    static const char *const modules[] = {"kernel", "layers",      "optimiser", "stream",
                                          "task",   "transformer", NULL};
    char torch[256], *text = NULL;
    size_t size = 0;
    signal(SIGPIPE, SIG_IGN);
    setenv("OPENBLAS_NUM_THREADS", "1", 1);
    setenv("OMP_NUM_THREADS", "1", 1);
    openblas_set_num_threads(1);
    demand(table_open(&table, options.output), options.output);
    table_abandon(&table);
    FILE *stream = open_memstream(&text, &size);
    demand(stream ? STATUS_OK : STATUS_MEMORY, "table");
    start_torch(&bench.torch, "bench/transformer.py", torch, sizeof torch);
    write_header(stream, options.quick ? "bench-transformer --quick" : "bench-transformer", modules,
                 torch);
    if (bench.torch.to && !does_equal_work(&bench, stream))
        give_up("PyTorch does not do the same work", "loss or gradient differ");
    time_all(&bench, options.quick, stream);
    stop_torch(&bench.torch);
    fclose(stream);
    demand(table_open(&table, options.output), options.output);
    fwrite(text, 1, size, table.stream);
    demand(table_close(&table), options.output);
    free(text);
    return EXIT_SUCCESS;
}
