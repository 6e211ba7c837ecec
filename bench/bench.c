/* Time a training step of the two-layer network in every way that we have, in turn: the
   kernel's variants, dense products by CBLAS, PyTorch (bench.py, if it is installed), and the
   arithmetic peak of one core.  What is compared, and how, is explained in src/speed.nw.

       bench [--quick] [--output FILE]        from the package's top folder

   Writes a table to FILE and a digest to standard output. */
#include "common.h"
#include "mlp.h"
#include "reference.h"
#include "table.h"
#include "task.h"
#include <cblas.h>
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#if defined __x86_64__
#include <immintrin.h>
#endif

/* The variants of the kernel come first, in their own order. */
enum contender {
    BLOCKED = VARIANTS, /* dense products, rows at a time */
    UNBLOCKED,          /* dense products, the whole batch at a time */
    TORCH,
    DRAW,   /* the batch alone */
    FORWARD,  /* and the outputs */
    GRADIENT, /* and the gradient, without the step */
    ADAM,   /* the best variant with Adam */
    WITHIN, /* two threads share each step */
    CELLS,  /* two threads train a network each; time over the number of all steps */
    PEAK, /* a fixed number of fused multiplications and additions */
    ADDS, /* additions of rows of 16 floats */
    CLOCK, /* additions of integers that wait for each other, one a cycle */
    CONTENDERS
};

static const char *const names[CONTENDERS] = {"plain",     "avx2",  "avx512", "blocked",
                                              "unblocked", "torch", "draw",   "forward", "gradient", "adam",
                                              "within",    "cells", "peak",   "adds",    "clock"};

struct setting {
    int order, width, batch;
    double sigma, rate;
};

enum { SKILLS = 5, BITS = 32, SEED = 1 };
static const double alpha = 0.6, target = 5;

/* One setting, set up for every contender that is there. */
struct bench {
    struct setting setting;
    struct task task;
    struct stream stream[CONTENDERS]; /* equal at the start: the same batches for all */
    struct batch batch, other_batch;
    struct stream other_stream;
    struct mlp *net[VARIANTS];
    struct mlp *adam, *within, *cell[2];
    float *output;
    struct reference *dense[2];
    float *parameter[2]; /* of the two dense ones */
    int rows;            /* of the blocked one */
    struct torch torch; /* runs bench.py */
};

/* ---- the peak: 12 chains of fused operations, none of which waits for another; of products
   and sums apart where the processor is no x86 */

enum { CHAINS = 12, TURNS = 1 << 14 };

#define DEFINE_PEAK(name, lanes, vector, set, fma)                                         \
    static double name(void)                                                               \
    {                                                                                      \
        vector sum[CHAINS], factor = set(0.999f), term = set(0.001f), all = set(0);        \
        for (int i = 0; i < CHAINS; i++)                                                   \
            sum[i] = set((float)i);                                                        \
        double start = now();                                                              \
        for (int turn = 0; turn < TURNS; turn++)                                           \
            _Pragma("GCC unroll 12") for (int i = 0; i < CHAINS; i++)                      \
                sum[i] = fma(sum[i], factor, term);                                        \
        for (int i = 0; i < CHAINS; i++)                                                   \
            all += sum[i];                                                                 \
        volatile float kept = all[0];                                                      \
        double seconds = now() - start;                                                    \
        (void)kept;                                                                        \
        return 2.0 * lanes * CHAINS * TURNS / seconds;                                     \
    }

#define MULTIPLY_AND_ADD(a, b, c) ((a) * (b) + (c))
#define SET_FOUR(x) ((four){0} + (x))
typedef float four __attribute__((vector_size(16)));
DEFINE_PEAK(peak_plain, 4, four, SET_FOUR, MULTIPLY_AND_ADD)
#if defined __x86_64__
__attribute__((target("avx2,fma")))
DEFINE_PEAK(peak_avx2, 8, __m256, _mm256_set1_ps, _mm256_fmadd_ps)
__attribute__((target("avx512f")))
DEFINE_PEAK(peak_avx512, 16, __m512, _mm512_set1_ps, _mm512_fmadd_ps)
#endif

/* Floating-point operations a second, by the best instructions there are. */
static double measure_peak(void)
{
    double best = peak_plain();
#if defined __x86_64__
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma"))
        best = fmax(best, peak_avx2());
    if (__builtin_cpu_supports("avx512f"))
        best = fmax(best, peak_avx512());
#endif
    return best;
}

/* ---- additions of rows, and the clock */

#define ADD_ONLY(a, b, c) ((void)(b), (a) + (c))
DEFINE_PEAK(adds_plain, 4, four, SET_FOUR, ADD_ONLY)
#if defined __x86_64__
__attribute__((target("avx2")))
DEFINE_PEAK(adds_avx2, 8, __m256, _mm256_set1_ps, ADD_ONLY)
__attribute__((target("avx512f")))
DEFINE_PEAK(adds_avx512, 16, __m512, _mm512_set1_ps, ADD_ONLY)
#endif

/* Rows of 16 floats that the best variant adds in a second. */
static double measure_adds(void)
{
    static double (*const measure[VARIANTS])(void) = BY_VARIANT(adds);
    return measure[variant_best()]() / 32; /* the count takes an operation for two */
}

/* Cycles a second. */
static double measure_clock(void)
{
    enum { CYCLES = 1 << 18 };
    unsigned long sum = 0;
    double start = now();
    for (int i = 0; i < CYCLES / 16; i++)
        _Pragma("GCC unroll 16") for (int j = 0; j < 16; j++) {
            sum += 3;
            __asm__ volatile("" : "+r"(sum));
        }
    return CYCLES / (now() - start);
}

/* Operations of a dense step: two products of B x (n_s + n_b + 1) x H, and for each unit and
   sample the second layer forwards (2) and backwards (2) and e_s v_j (1). */
static double dense_operations(const struct setting *setting)
{
    return (double)setting->batch * setting->width * (4 * (SKILLS + BITS + 1) + 5);
}

/* ---- PyTorch, in a process of its own */

static double step_torch(struct bench *bench, int steps, double *loss)
{
    double seconds = NAN;
    fprintf(bench->torch.to, "step %d\n", steps);
    fflush(bench->torch.to);
    if (fscanf(bench->torch.from, "%lf %lf", &seconds, loss) != 2)
        give_up("bench/bench.py", "it has stopped");
    return seconds;
}

/* ---- contenders */

static bool takes_part(const struct bench *bench, int contender)
{
    if (contender < VARIANTS)
        return variant_runs((enum variant)contender);
    return contender != TORCH || bench->torch.to;
}

static double step(struct bench *bench, int contender)
{
    const struct batch *batch = &bench->batch;
    double rate = bench->setting.rate;
    task_draw(&bench->task, &bench->stream[contender], &bench->batch);
    if (contender < VARIANTS)
        return mlp_step(bench->net[contender], batch, target, rate);
    if (contender == DRAW)
        return 0;
    if (contender == FORWARD)
        return mlp_forward(bench->cell[0], batch, bench->output);
    if (contender == GRADIENT)
        return mlp_gradient(bench->cell[0], batch, target);
    if (contender == ADAM)
        return mlp_step(bench->adam, batch, target, 0.01);
    if (contender == WITHIN)
        return mlp_step(bench->within, batch, target, rate);
    int i = contender - BLOCKED;
    return reference_step(bench->dense[i], bench->parameter[i], batch, target, rate);
}

/* Two networks, each with batches of its own, so many steps each; seconds for half of all. */
static double run_cells(struct bench *bench, int steps, double *loss)
{
    double sum[2] = {0, 0}, start = now();
    #pragma omp parallel for num_threads(2) schedule(static, 1)
    for (int i = 0; i < 2; i++) {
        struct batch *batch = i ? &bench->other_batch : &bench->batch;
        struct stream *stream = i ? &bench->other_stream : &bench->stream[CELLS];
        for (int n = 0; n < steps; n++) {
            task_draw(&bench->task, stream, batch);
            sum[i] += mlp_step(bench->cell[i], batch, target, bench->setting.rate);
        }
    }
    *loss = sum[0] / steps;
    return (now() - start) / 2;
}

/* Seconds for so many steps (for PEAK: for one operation), and the mean loss. */
static double run(struct bench *bench, int contender, int steps, double *loss)
{
    double sum = 0, start;
    if (contender == TORCH)
        return step_torch(bench, steps, loss);
    if (contender == CELLS)
        return run_cells(bench, steps, loss);
    if (contender >= PEAK) {
        double (*const measure[])(void) = {measure_peak, measure_adds, measure_clock}, best = 0;
        for (int i = 0; i < steps; i++)
            best = fmax(best, measure[contender - PEAK]());
        *loss = 0;
        return steps / best;
    }
    start = now();
    for (int i = 0; i < steps; i++)
        sum += step(bench, contender);
    *loss = sum / steps;
    return now() - start;
}

static double best_of(struct bench *bench, int contender, int runs)
{
    double best = INFINITY, loss;
    for (int i = 0; i < runs; i++)
        best = fmin(best, run(bench, contender, 1, &loss));
    return best;
}

/* Set the blocked reference up for so many rows. */
static void set_rows(struct bench *bench, int rows)
{
    reference_destroy(bench->dense[0]);
    demand(reference_create(&bench->dense[0], SKILLS, BITS, bench->setting.width, rows),
           "reference");
    bench->rows = rows;
}

/* Find the fastest block, a power of two or the whole batch; three times over, so that a
   disturbance does not decide. */
static void choose_rows(struct bench *bench)
{
    int batch = bench->setting.batch, best_rows = batch;
    double best = INFINITY;
    for (int i = 0; i < 3; i++)
        for (int rows = 32; rows < 2 * batch; rows *= 2) {
            set_rows(bench, rows < batch ? rows : batch);
            double seconds = best_of(bench, BLOCKED, 6);
            if (seconds < best) {
                best = seconds;
                best_rows = bench->rows;
            }
        }
    set_rows(bench, best_rows);
}

static void set_up_dense(struct bench *bench, const float *start, size_t parameters)
{
    const struct setting *setting = &bench->setting;
    demand(reference_create(&bench->dense[1], SKILLS, BITS, setting->width, setting->batch),
           "reference");
    for (int i = 0; i < 2; i++) {
        bench->parameter[i] = reserve(parameters * sizeof(float), "parameters");
        memcpy(bench->parameter[i], start, parameters * sizeof(float));
    }
    choose_rows(bench);
    bench->stream[BLOCKED] = bench->stream[UNBLOCKED];
    memcpy(bench->parameter[0], start, parameters * sizeof(float));
}

static struct mlp *create_best(const struct setting *setting, const float *start)
{
    struct mlp *net;
    demand(mlp_create(&net, SKILLS, BITS, setting->width, setting->batch, variant_best()),
           "network");
    mlp_set_parameters(net, start);
    return net;
}

static void set_up_best(struct bench *bench, const float *start)
{
    const struct setting *setting = &bench->setting;
    bench->adam = create_best(setting, start);
    demand(mlp_set_optimiser(bench->adam, (struct optimiser){OPTIMISER_ADAM, 0, 5e-4}), "Adam");
    bench->within = create_best(setting, start);
    demand(mlp_set_threads(bench->within, 2), "threads");
    for (int i = 0; i < 2; i++)
        bench->cell[i] = create_best(setting, start);
    bench->output = reserve((size_t)setting->batch * sizeof(float), "outputs");
    demand(batch_create(&bench->other_batch, setting->batch), "batch");
    bench->other_stream = stream_open(SEED, 1, PURPOSE_TRAINING);
}

static void set_up(struct bench *bench, const struct setting *setting)
{
    struct stream stream = stream_open(SEED, 0, PURPOSE_TASK);
    float *start = NULL;
    size_t parameters = 0;
    bench->setting = *setting;
    demand(task_create(&bench->task, SKILLS, BITS, setting->order, alpha, false, &stream),
           "task");
    demand(batch_create(&bench->batch, setting->batch), "batch");
    for (int c = 0; c < CONTENDERS; c++)
        bench->stream[c] = stream_open(SEED, 0, PURPOSE_TRAINING);
    for (int v = 0; v < VARIANTS; v++) {
        if (!takes_part(bench, v))
            continue;
        stream = stream_open(SEED, 0, PURPOSE_START);
        demand(mlp_create(&bench->net[v], SKILLS, BITS, setting->width, setting->batch,
                          (enum variant)v), "network");
        mlp_initialise(bench->net[v], setting->sigma, &stream);
    }
    parameters = mlp_parameters(bench->net[VARIANT_PLAIN]);
    start = reserve(parameters * sizeof(float), "parameters");
    mlp_get_parameters(bench->net[VARIANT_PLAIN], start);
    set_up_dense(bench, start, parameters);
    set_up_best(bench, start);
    free(start);
    if (bench->torch.to)
        fprintf(bench->torch.to, "create %d %d %d %g %g %g %g %d %d %d\n", SKILLS, BITS,
                setting->order, alpha, target, setting->sigma, setting->rate, setting->width,
                setting->batch, SEED);
}

static void tear_down(struct bench *bench)
{
    task_destroy(&bench->task);
    batch_destroy(&bench->batch);
    batch_destroy(&bench->other_batch);
    free(bench->output);
    mlp_destroy(bench->adam);
    mlp_destroy(bench->within);
    for (int i = 0; i < 2; i++)
        mlp_destroy(bench->cell[i]);
    for (int v = 0; v < VARIANTS; v++) {
        mlp_destroy(bench->net[v]);
        bench->net[v] = NULL;
    }
    for (int i = 0; i < 2; i++) {
        reference_destroy(bench->dense[i]);
        free(bench->parameter[i]);
        bench->dense[i] = NULL;
    }
}

/* ---- do all do the same work? */

/* Train them all on an easier task.  The variants must agree to the bit.  The dense ones see
   the same batches, but round in another order, which training amplifies: their mean loss must
   agree to 10^-5 over the first 50 steps.  When most has been learned it may differ as much as
   with other batches, which is what PyTorch has at all times: networks of different seeds
   spread by 7 %, so 30 % are three standard deviations of a difference. */
static bool losses_agree(const double loss[CONTENDERS], double dense_tolerance)
{
    for (int c = 0; c <= TORCH; c++) {
        double tolerance = c < VARIANTS ? 0 : c < TORCH ? dense_tolerance : 0.3;
        if (fabs(loss[c] / loss[VARIANT_PLAIN] - 1) > tolerance)
            return false;
    }
    return true;
}

static bool compare_losses(struct bench *bench, FILE *stream)
{
    static const struct setting easy = {.order = 2, .width = 256, .batch = 500, .sigma = 0.1,
                                        .rate = 0.05};
    static const int until[] = {50, 300, 400}; /* steps */
    double loss[3][CONTENDERS];
    set_up(bench, &easy);
    fprintf(stream, "# loss at order %d, width %d, batch %d:", easy.order, easy.width,
            easy.batch);
    for (int i = 0; i < 3; i++) {
        int from = i ? until[i - 1] : 0;
        fprintf(stream, "%s mean of steps %d to %d:", i ? ";" : "", from + 1, until[i]);
        for (int c = 0; c <= TORCH; c++) {
            loss[i][c] = NAN; /* which differs from nothing */
            if (takes_part(bench, c)) {
                run(bench, c, until[i] - from, &loss[i][c]);
                fprintf(stream, " %s %.9g", names[c], loss[i][c]);
            }
        }
    }
    fputc('\n', stream);
    tear_down(bench);
    return losses_agree(loss[0], 1e-5) && losses_agree(loss[2], 0.3);
}

/* ---- timing */

enum { ROUNDS_MOST = 999, ROUNDS_LEAST = 5 };

struct result {
    double median[CONTENDERS], least[CONTENDERS]; /* seconds a step; NaN: takes no part */
    int rounds;
};

/* Round robin: a slice of each contender in turn, beginning with a step that is not timed,
   until the time is up.  Slices are about equally long, so that whatever else runs on this
   machine disturbs all alike. */
static void time_slices(struct bench *bench, double seconds, struct result *result)
{
    static double sample[CONTENDERS][ROUNDS_MOST];
    const double slice = 0.02;
    double start = now(), loss;
    int steps[CONTENDERS] = {0}, round = 0;
    for (int c = 0; c < CONTENDERS; c++)
        if (takes_part(bench, c))
            steps[c] = c >= PEAK ? 5 : 1 + (int)(slice / best_of(bench, c, 3));
    for (; round < ROUNDS_MOST && (round < ROUNDS_LEAST || now() - start < seconds); round++)
        for (int i = 0; i < CONTENDERS; i++) {
            int c = (round + i) % CONTENDERS;
            if (steps[c] == 0)
                continue;
            run(bench, c, 1, &loss);
            sample[c][round] = run(bench, c, steps[c], &loss) / steps[c];
        }
    result->rounds = round;
    for (int c = 0; c < CONTENDERS; c++) {
        result->median[c] = result->least[c] = NAN;
        if (steps[c] == 0)
            continue;
        gsl_sort(sample[c], 1, (size_t)round);
        result->median[c] = gsl_stats_median_from_sorted_data(sample[c], 1, (size_t)round);
        result->least[c] = sample[c][0];
    }
}

/* ---- the table */

static void write_columns(FILE *stream)
{
    fputs("# columns: milliseconds a step with its batch drawn, medians over the rounds, then "
          "minima (_least); draw: the batch alone; forward: and the outputs; gradient: all but "
          "the step; adam: with Adam; within: two threads a step; cells: two threads, a network "
          "each; rows: of a block; dense: 10^9 operations of a dense step; additions: of rows, "
          "for each sample and 16 units; peak, adds, clock: 10^9 operations, additions of rows "
          "and cycles a second, peak the most seen, the others medians; nan: takes no part\n"
          "width\tbatch\trounds\trows\tdense\tadditions\tpeak\tadds\tclock", stream);
    for (int c = 0; c < PEAK; c++)
        fprintf(stream, "\t%s", names[c]);
    for (int c = 0; c < PEAK; c++)
        fprintf(stream, "\t%s_least", names[c]);
    fputc('\n', stream);
}

static void write_row(FILE *stream, const struct bench *bench, const struct result *result)
{
    fprintf(stream, "%d\t%d\t%d\t%d\t%.6g\t%d\t%.4g\t%.4g\t%.4g", bench->setting.width,
            bench->setting.batch, result->rounds, bench->rows,
            dense_operations(&bench->setting) / 1e9, mlp_additions(bench->adam),
            1e-9 / result->least[PEAK], 1e-9 / result->median[ADDS],
            1e-9 / result->median[CLOCK]);
    for (int c = 0; c < PEAK; c++)
        fprintf(stream, "\t%.4g", 1e3 * result->median[c]);
    for (int c = 0; c < PEAK; c++)
        fprintf(stream, "\t%.4g", 1e3 * result->least[c]);
    fputc('\n', stream);
}

/* ---- the digest */

static void print_names(void)
{
    printf("Milliseconds a step (medians), and how many times the kernel (%s) is faster.\n",
           variant_name(variant_best()));
    printf("%5s %5s", "width", "batch");
    for (int c = 0; c < PEAK; c++)
        printf(" %9s", names[c]);
    printf("  blocked/kernel  torch/kernel  dense at peak\n");
}

static void print_row(const struct bench *bench, const struct result *result)
{
    const double *t = result->median;
    double kernel = t[variant_best()];
    printf("%5d %5d", bench->setting.width, bench->setting.batch);
    for (int c = 0; c < PEAK; c++)
        printf(" %9.4g", 1e3 * t[c]);
    printf(" %15.3g %13.3g %14.4g\n", t[BLOCKED] / kernel, t[TORCH] / kernel,
           1e3 * dense_operations(&bench->setting) * result->least[PEAK]);
    fflush(stdout);
}

static void print_goal(const char *what, double by_medians, double by_minima, double goal)
{
    if (isnan(by_medians))
        printf("  %s: not measured (is python3-torch installed?)\n", what);
    else
        printf("  %s: %.3g by medians, %.3g by minima; the goal, %g, is %s\n", what,
               by_medians, by_minima, goal, by_medians >= goal ? "met" : "NOT met");
}

static void print_goals(const struct bench *bench, const struct result *result)
{
    const double *t = result->median, *least = result->least;
    enum variant best = variant_best();
    double peak = dense_operations(&bench->setting) * result->least[PEAK];
    printf("At width %d, batch %d, one thread, data generation included:\n",
           bench->setting.width, bench->setting.batch);
    print_goal("time of blocked CBLAS over the kernel's", t[BLOCKED] / t[best],
               least[BLOCKED] / least[best], 4);
    print_goal("time of PyTorch over the kernel's", t[TORCH] / t[best],
               least[TORCH] / least[best], 20);
    print_goal("time of dense arithmetic at the peak over the kernel's", peak / t[best],
               peak / least[best], 2);
    print_goal("speed of two threads over cells in units of one thread's", t[best] / t[CELLS],
               least[best] / least[CELLS], 1.8);
    print_goal("speed of two threads within a step in units of one thread's",
               t[best] / t[WITHIN], least[best] / least[WITHIN], 1.6);
}

/* What a step takes, batch not drawn, against what its additions alone would. */
static void print_bound(const struct bench *bench, const struct result *result)
{
    const double *t = result->median;
    double pairs = (double)bench->setting.batch * ((bench->setting.width + 15) / 16);
    double work = t[variant_best()] - t[DRAW];
    double bound = mlp_additions(bench->adam) * pairs * t[ADDS];
    printf("%5d %5d: %.2f cycles for each sample and 16 units; %d additions alone take %.3g ms, "
           "%.0f %% of the step\n",
           bench->setting.width, bench->setting.batch, work / pairs / t[CLOCK],
           mlp_additions(bench->adam), 1e3 * bound, 100 * bound / work);
}

/* By differences, so that they add up to the step with Adam. */
static void print_parts(const struct bench *bench, const struct result *result)
{
    const double *t = result->median;
    printf("%5d %5d: draw %.4f, look up, sort and forward %.4f, backward %.4f, move (Adam) %.4f, "
           "in all %.4f ms\n", bench->setting.width, bench->setting.batch, 1e3 * t[DRAW],
           1e3 * (t[FORWARD] - t[DRAW]), 1e3 * (t[GRADIENT] - t[FORWARD]),
           1e3 * (t[ADAM] - t[GRADIENT]), 1e3 * t[ADAM]);
}

static void print_adam_goal(const struct bench *bench, const struct result *result)
{
    double median = 1e3 * result->median[ADAM];
    printf("With Adam at width %d, batch %d: %.3g ms a step by medians; the goal, 0.15, is %s\n",
           bench->setting.width, bench->setting.batch, median,
           median <= 0.15 ? "met" : "NOT met");
}

/* ---- start */

static void time_all(struct bench *bench, bool quick, FILE *stream)
{
    static const int widths[] = {16, 64, 256, 1000}, batches[] = {500, 4000};
    struct result result;
    write_columns(stream);
    print_names();
    for (int w = 0; w < (quick ? 2 : 4); w++)
        for (int b = 0; b < 2; b++) {
            struct setting setting = {.order = 3, .width = widths[w], .batch = batches[b],
                                      .sigma = 0.01, .rate = 0.02};
            set_up(bench, &setting);
            time_slices(bench, quick ? 0.3 : 15, &result);
            write_row(stream, bench, &result);
            print_row(bench, &result);
            print_bound(bench, &result);
            print_parts(bench, &result);
            if (!quick && w == 0 && b == 1)
                print_adam_goal(bench, &result);
            tear_down(bench);
        }
    if (!quick)
        print_goals(bench, &result);
}

/* The table is gathered in memory, so that an interrupted run leaves nothing behind; that it
   can be written is made sure of at the start. */
int main(int argc, char **argv)
{
    struct options options = read_options(argc, argv);
    struct bench bench = {0};
    struct table table;
    static const char *const modules[] = {"draw", "kernel", "mlp", "move", "optimiser", "stream",
                                         "task", NULL};
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
    start_torch(&bench.torch, "bench/bench.py", torch, sizeof torch);
    write_header(stream, options.quick ? "bench --quick" : "bench", modules, torch);
    fprintf(stream, "# best variant: %s\n", variant_name(variant_best()));
    printf("Compared with %s.\n", torch[0] ? torch : "no PyTorch, which is not installed");
    if (!compare_losses(&bench, stream))
        give_up("the contenders do not do the same work", "their losses differ");
    time_all(&bench, options.quick, stream);
    stop_torch(&bench.torch);
    fclose(stream);
    demand(table_open(&table, options.output), options.output);
    fwrite(text, 1, size, table.stream);
    demand(table_close(&table), options.output);
    free(text);
    return EXIT_SUCCESS;
}
