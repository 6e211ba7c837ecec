#include "mlp.h"
#include "kernel.h"
#include "memory.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What it takes to sort a batch.  Arrays [capacity] but for next; NULL if none is sorted. */
struct sorting {
    uint32_t *key;  /* entry of field 0 */
    int *next;      /* [rows of field 0]: size of a group, then its next free place */
    int *place;     /* of a sample in the sorted batch */
    uint64_t *bits; /* sorted, as is */
    float *parity;
};

struct mlp {
    struct workspace work;
    const struct kernel *kernel;
    enum variant variant;
    int width, threads;
    int slices; /* of the present batch */
    float *output; /* [capacity]: outputs that are being measured */
    const float *parity; /* of the samples, in their order */
    struct sorting sorting;
    struct optimiser_state state;
};

static int width_of(int bits, int key, int others, int f)
{
    return f ? (bits - key + f - 1) / others : key;
}

static int64_t rows_of(int skills, int bits, int key, int others)
{
    int64_t rows = (int64_t)skills << key;
    for (int f = 1; f <= others; f++)
        rows += 1 << width_of(bits, key, others, f);
    return rows;
}

static struct fields lay_out_fields(int skills, int bits, int key, int others)
{
    struct fields fields = {.count = others + 1};
    for (int f = 0, first = 0; f <= others; f++) {
        int width = width_of(bits, key, others, f);
        fields.width[f] = width;
        fields.first[f] = first;
        fields.row[f] = fields.rows;
        fields.rows += f ? 1 << width : skills << width;
        first += width;
    }
    return fields;
}

/* As few fields as rows of a table allow, cut so that all tables together are short. */
static struct fields cut_into_fields(int skills, int bits)
{
    enum { BITS_MOST = 7 };
    int most = 0, others, key;
    while (most < bits && (int64_t)skills << (most + 1) <= 1 << BITS_MOST)
        most++;
    others = (bits - most + BITS_MOST - 1) / BITS_MOST;
    key = most;
    for (int fewer = most - 1; fewer >= 0 && fewer + others * BITS_MOST >= bits; fewer--)
        if (rows_of(skills, bits, fewer, others) <= rows_of(skills, bits, key, others))
            key = fewer;
    return lay_out_fields(skills, bits, key, others);
}

int mlp_additions(const struct mlp *net) { return 2 * net->work.fields.count; }

/* Floats in the rows of all blocks, and with the row of b_out. */
static size_t size_of_blocks(const struct workspace *w)
{
    return (size_t)w->blocks * w->rows * LANES;
}

static size_t size_of_network(const struct workspace *w)
{
    return size_of_blocks(w) + LANES;
}

static bool allocate_workspace(struct workspace *w)
{
    size_t samples = (size_t)w->capacity, pairs = ((size_t)w->blocks + 1) / 2;
    w->parameter = memory_zeros(size_of_network(w), sizeof(float));
    w->gradient = memory_zeros(size_of_network(w), sizeof(float));
    w->residual = memory_new(samples, sizeof(float));
    w->active = memory_zeros(pairs * samples, 2 * sizeof(uint16_t));
    w->entry = memory_new((size_t)w->fields.count * samples, sizeof(uint32_t));
    return w->parameter && w->gradient && w->residual && w->active && w->entry;
}

static bool allocate_sorting(struct workspace *w, struct sorting *sorting)
{
    size_t samples = (size_t)w->capacity;
    sorting->key = memory_new(samples, sizeof(uint32_t));
    sorting->next = memory_new((size_t)w->skills << w->fields.width[0], sizeof(int));
    sorting->place = memory_new(samples, sizeof(int));
    sorting->bits = memory_new(samples, sizeof(uint64_t));
    sorting->parity = memory_new(samples, sizeof(float));
    w->group = memory_new(samples, sizeof(struct group));
    return sorting->key && sorting->next && sorting->place && sorting->bits
           && sorting->parity && w->group;
}

static bool allocate_orders(struct workspace *w)
{
    size_t samples = (size_t)w->capacity, pieces = (samples + PIECE - 1) / PIECE;
    w->place = memory_new((size_t)w->fields.count * samples, sizeof(uint16_t));
    w->ordered = memory_new((size_t)w->fields.count * samples, sizeof(float));
    w->bucket = memory_new(pieces * (size_t)w->fields.rows, sizeof(struct bucket));
    return w->place && w->ordered && w->bucket;
}

static bool needs_orders(const struct mlp *net)
{
    const struct workspace *w = &net->work;
    return net->kernel->wants_orders && w->blocks >= ORDERED_FROM
           && w->fields.rows <= ROWS_MOST;
}

static size_t size_of_tables(const struct mlp *net)
{
    int tables = needs_orders(net) ? AT_ONCE : 2;
    return (size_t)tables * net->work.fields.rows * LANES;
}

static size_t size_of_sum(const struct workspace *w)
{
    return (size_t)(w->capacity < PIECE ? w->capacity : PIECE) * LANES;
}

static struct workspace slice_of(const struct mlp *net, int slice)
{
    struct workspace w = net->work;
    w.table += (size_t)slice * size_of_tables(net);
    w.sum += (size_t)slice * size_of_sum(&w);
    return w;
}

enum status mlp_set_threads(struct mlp *net, int threads)
{
    struct workspace *w = &net->work;
    if (threads < 1 || threads > 1024)
        return STATUS_RANGE;
    float *table = memory_new((size_t)threads * size_of_tables(net), sizeof(float));
    float *sum = memory_new((size_t)threads * size_of_sum(w), sizeof(float));
    if (!table || !sum) {
        free(table);
        free(sum);
        return STATUS_MEMORY;
    }
    free(w->table);
    free(w->sum);
    w->table = table;
    w->sum = sum;
    net->threads = net->slices = threads;
    return STATUS_OK;
}

void mlp_destroy(struct mlp *net)
{
    if (!net)
        return;
    struct workspace *w = &net->work;
    struct sorting *sorting = &net->sorting;
    void *owned[] = {w->parameter,   w->gradient,   w->table,       w->sum,
                     w->residual,    w->active,     w->entry,       w->group,
                     w->place,       w->bucket,     w->ordered,     net->output,
                     sorting->key,   sorting->next, sorting->place, sorting->bits,
                     sorting->parity};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    optimiser_end(&net->state);
    free(net);
}

static bool allocate_network(struct mlp *net)
{
    net->output = memory_new((size_t)net->work.capacity, sizeof(float));
    return net->output && allocate_workspace(&net->work)
           && (net->work.blocks < SORTED_FROM || allocate_sorting(&net->work, &net->sorting))
           && (!needs_orders(net) || allocate_orders(&net->work))
           && mlp_set_threads(net, 1) == STATUS_OK;
}

bool mlp_in_range(int skills, int bits, int width, int batch)
{
    return skills >= 1 && skills <= 10000000 && bits >= 1 && bits <= 64 && width >= 1
           && width <= 10000000 && batch >= 1 && batch <= 100000000;
}

enum status mlp_create(struct mlp **net, int skills, int bits, int width, int batch,
                       enum variant variant)
{
    static const struct kernel *const kernels[VARIANTS] = BY_VARIANT(kernel);
    *net = NULL;
    if (!mlp_in_range(skills, bits, width, batch) || !variant_runs(variant))
        return STATUS_RANGE;
    struct mlp *created = calloc(1, sizeof *created);
    if (!created)
        return STATUS_MEMORY;
    created->width = width;
    created->variant = variant;
    created->kernel = kernels[variant];
    created->work = (struct workspace){.skills = skills, .bits = bits, .capacity = batch,
                                       .blocks = (width + LANES - 1) / LANES,
                                       .rows = skills + bits + 2,
                                       .fields = cut_into_fields(skills, bits)};
    if (!allocate_network(created)) {
        mlp_destroy(created);
        return STATUS_MEMORY;
    }
    *net = created;
    return STATUS_OK;
}

enum status mlp_set_optimiser(struct mlp *net, struct optimiser optimiser)
{
    return optimiser_begin(&net->state, optimiser, size_of_network(&net->work));
}

static bool move(const struct mlp *net, const struct update *update, size_t begin, size_t end)
{
    const struct workspace *w = &net->work;
    const struct moved moved = {w->parameter, w->gradient, net->state.mean, net->state.square};
    return optimiser_move(net->variant, &moved, update, begin, end);
}

static size_t kernel_place(const struct mlp *net, int i, int j)
{
    return ((size_t)(j / LANES) * net->work.rows + i) * LANES + j % LANES;
}

static size_t plain_place(const struct mlp *net, int i, int j)
{
    size_t width = net->width, inputs = net->work.rows - 2;
    if ((size_t)i < inputs)
        return j * inputs + i;
    return width * i + j;
}

size_t mlp_parameters(const struct mlp *net)
{
    return (size_t)net->width * net->work.rows + 1;
}

static void copy_to_plain(const struct mlp *net, const float *kernel, float *plain)
{
    for (int j = 0; j < net->width; j++)
        for (int i = 0; i < net->work.rows; i++)
            plain[plain_place(net, i, j)] = kernel[kernel_place(net, i, j)];
    plain[mlp_parameters(net) - 1] = kernel[size_of_blocks(&net->work)];
}

void mlp_get_parameters(const struct mlp *net, float *parameter)
{
    copy_to_plain(net, net->work.parameter, parameter);
}

void mlp_get_gradient(const struct mlp *net, float *gradient)
{
    copy_to_plain(net, net->work.gradient, gradient);
}

void mlp_set_parameters(struct mlp *net, const float *parameter)
{
    float *kernel = net->work.parameter;
    for (int j = 0; j < net->width; j++)
        for (int i = 0; i < net->work.rows; i++)
            kernel[kernel_place(net, i, j)] = parameter[plain_place(net, i, j)];
    kernel[size_of_blocks(&net->work)] = parameter[mlp_parameters(net) - 1];
}

void mlp_initialise(struct mlp *net, double sigma, struct stream *stream)
{
    int inputs = net->work.rows - 2;
    float *kernel = net->work.parameter;
    for (int j = 0; j < net->width; j++)
        for (int i = 0; i < inputs; i++)
            kernel[kernel_place(net, i, j)] = (float)(sigma * stream_normal(stream));
    for (int i = inputs; i < inputs + 2; i++)
        for (int j = 0; j < net->width; j++)
            kernel[kernel_place(net, i, j)] = (float)(sigma * stream_normal(stream));
    kernel[size_of_blocks(&net->work)] = (float)(sigma * stream_normal(stream));
}

static void find_groups(struct mlp *net)
{
    struct workspace *w = &net->work;
    int rows = w->skills << w->fields.width[0], begin = 0, *next = net->sorting.next;
    memset(next, 0, (size_t)rows * sizeof *next);
    for (int s = 0; s < w->samples; s++)
        next[net->sorting.key[s] / LANES]++;
    w->groups = 0;
    for (int q = 0; q < rows; q++) {
        int end = begin + next[q];
        if (begin < end)
            w->group[w->groups++] = (struct group){begin, end};
        next[q] = begin;
        begin = end;
    }
}

static void sort_batch(struct mlp *net, const struct batch *batch)
{
    struct sorting *sorting = &net->sorting;
    find_groups(net);
    for (int s = 0; s < batch->count; s++) {
        int place = sorting->next[sorting->key[s] / LANES]++;
        sorting->place[s] = place;
        sorting->bits[place] = batch->bits[s];
        sorting->parity[place] = batch->parity[s];
        net->work.entry[place] = sorting->key[s];
    }
}

/* Threads are worth their meetings if each has some ten microseconds to do. */
static int count_slices(const struct mlp *net)
{
    enum { LEAST = 8192 }; /* samples times blocks */
    int64_t most = (int64_t)net->work.samples * net->work.blocks / LEAST;
    return most < 1 ? 1 : most < net->threads ? (int)most : net->threads;
}

/* False if a sample does not fit. */
static bool look_up(struct mlp *net, const struct batch *batch)
{
    struct workspace *w = &net->work;
    uint32_t *first = w->group ? net->sorting.key : w->entry;
    w->samples = batch->count;
    net->slices = count_slices(net);
    if (!net->kernel->look_up(w, batch, first))
        return false;
    if (w->group)
        sort_batch(net, batch);
    net->parity = w->group ? net->sorting.parity : batch->parity;
    net->kernel->look_up_others(w, w->group ? net->sorting.bits : batch->bits);
    return true;
}

/* Buckets of rows with so many samples each, by size. */
static void sort_buckets(const uint16_t *size, int rows, int first_row, struct bucket *bucket)
{
    uint16_t rank[PIECE + 2];
    int begin = 0, most = 0;
    for (int q = 0; q < rows; q++)
        most = size[q] > most ? size[q] : most;
    memset(rank, 0, (size_t)(most + 2) * sizeof *rank);
    for (int q = 0; q < rows; q++)
        rank[size[q] + 1]++;
    for (int n = 0; n < most; n++)
        rank[n + 1] += rank[n];
    for (int q = 0; q < rows; q++) {
        bucket[rank[size[q]]++] =
            (struct bucket){(uint16_t)begin, (uint16_t)(begin + size[q]), first_row + q};
        begin += size[q];
    }
}

/* The order of one field in the piece that starts with sample begin. */
static void order_samples(const struct workspace *w, int begin, int f)
{
    const uint32_t *entry = w->entry + (size_t)f * w->capacity + begin;
    uint16_t *place = w->place + (size_t)f * w->capacity + begin;
    int first_row = w->fields.row[f], left = w->samples - begin;
    int rows = (f + 1 < w->fields.count ? w->fields.row[f + 1] : w->fields.rows) - first_row;
    int samples = left < PIECE ? left : PIECE, next = 0;
    uint16_t size[ROWS_MOST], free_place[ROWS_MOST];
    memset(size, 0, (size_t)rows * sizeof *size);
    for (int s = 0; s < samples; s++)
        size[entry[s] / LANES - first_row]++;
    sort_buckets(size, rows, first_row,
                 w->bucket + (size_t)(begin / PIECE) * w->fields.rows + first_row);
    for (int q = 0; q < rows; next += size[q++])
        free_place[q] = (uint16_t)next;
    for (int s = 0; s < samples; s++)
        place[free_place[entry[s] / LANES - first_row]++] = (uint16_t)s;
}

/* The orders of every field, or of those that are a slice's share. */
static void order_slice(const struct mlp *net, int slice)
{
    const struct workspace *w = &net->work;
    for (int f = slice; w->place && f < w->fields.count; f += net->slices)
        for (int begin = 0; begin < w->samples; begin += PIECE)
            order_samples(w, begin, f);
}

static void order_residuals(const struct mlp *net, int slice)
{
    const struct workspace *w = &net->work;
    for (int f = slice; w->place && f < w->fields.count; f += net->slices) {
        const uint16_t *place = w->place + (size_t)f * w->capacity;
        float *ordered = w->ordered + (size_t)f * w->capacity;
        for (int begin = 0; begin < w->samples; begin += PIECE)
            for (int n = begin; n < w->samples && n < begin + PIECE; n++)
                ordered[n] = w->residual[begin + place[n]];
    }
}

static float add_lanes(const float *row)
{
    const four *lane = (const four *)row;
    four sum = (lane[0] + lane[2]) + (lane[1] + lane[3]);
    return (sum[0] + sum[2]) + (sum[1] + sum[3]);
}

/* First place of a slice's share among n. */
static int share(const struct mlp *net, int n, int slice)
{
    return (int)((int64_t)n * slice / net->slices);
}

static void forward_slice(const struct mlp *net, int slice)
{
    enum { SHORT_PIECE = 256 };
    const struct workspace w = slice_of(net, slice);
    int begin = share(net, w.samples, slice), end = share(net, w.samples, slice + 1);
    int piece = w.blocks <= 2 ? SHORT_PIECE : PIECE;
    float output_bias = w.parameter[size_of_blocks(&w)];
    for (int s = begin, next; s < end; s = next) {
        next = end - s < piece ? end : s + piece;
        for (int block = 0; block < w.blocks; block += 2) {
            if (w.blocks > 2 || s == begin)
                net->kernel->build(&w, block);
            net->kernel->forward(&w, block, s, next);
        }
        for (int i = s; i < next; i++)
            w.residual[i] = add_lanes(w.sum + (size_t)(i - s) * LANES) + output_bias;
    }
}

/* Outputs, where the residuals will stand; false if a sample does not fit. */
static bool run_samples(struct mlp *net, const struct batch *batch, bool with_orders)
{
    if (!look_up(net, batch))
        return false;
    #pragma omp parallel for schedule(static, 1) num_threads(net->slices) if (net->slices > 1)
    for (int slice = 0; slice < net->slices; slice++) {
        if (with_orders)
            order_slice(net, slice);
        forward_slice(net, slice);
    }
    return true;
}

enum status mlp_forward(struct mlp *net, const struct batch *batch, float *output)
{
    for (int begin = 0; begin < batch->count;) {
        struct batch part = batch_part(batch, begin, net->work.capacity);
        if (!run_samples(net, &part, false))
            return STATUS_RANGE;
        for (int s = 0; s < part.count; s++)
            output[begin + s] = net->work.residual[net->work.group ? net->sorting.place[s] : s];
        begin += part.count;
    }
    return STATUS_OK;
}

enum { SUMS = 16 };

static void add_residuals(float *residual, const float *parity, double target, double scale,
                          int count, double *loss, double *total)
{
    #pragma omp simd
    for (int l = 0; l < count; l++) {
        double difference = residual[l] - target * parity[l];
        loss[l] += difference * difference;
        total[l] += difference;
        residual[l] = (float)(scale * difference);
    }
}

/* Loss; outputs are replaced by residuals e_s. */
static double compute_residuals(struct mlp *net, const struct batch *batch, double target)
{
    double loss[SUMS] = {0}, total[SUMS] = {0}, scale = 2.0 / batch->count;
    const struct workspace *w = &net->work;
    int s = 0;
    for (; s + SUMS <= batch->count; s += SUMS)
        add_residuals(w->residual + s, net->parity + s, target, scale, SUMS, loss, total);
    add_residuals(w->residual + s, net->parity + s, target, scale, batch->count - s, loss,
                  total);
    for (int l = 1; l < SUMS; l++) {
        loss[0] += loss[l];
        total[0] += total[l];
    }
    w->gradient[size_of_blocks(w)] = (float)(scale * total[0]);
    return loss[0] / batch->count;
}

/* Loss and residuals e_s; false if the batch is refused. */
static bool run_forwards(struct mlp *net, const struct batch *batch, double target,
                         double *loss)
{
    if (batch->count < 1 || batch->count > net->work.capacity
        || !run_samples(net, batch, true))
        return false;
    *loss = compute_residuals(net, batch, target);
    return true;
}

/* Gradient of a slice's share of the blocks, and with an update (not NULL) also the step;
   false if the update leaves something not finite. */
static bool backward_slice(const struct mlp *net, const struct update *update, int slice)
{
    const struct workspace w = slice_of(net, slice);
    int pairs = (w.blocks + 1) / 2, begin = 2 * share(net, pairs, slice);
    int end = 2 * share(net, pairs, slice + 1), last = end < w.blocks ? end : w.blocks;
    size_t block = (size_t)w.rows * LANES;
    if (begin < last)
        net->kernel->backward(&w, begin, last);
    return !update || begin >= last || move(net, update, begin * block, last * block);
}

static bool run_backwards(const struct mlp *net, const struct update *update)
{
    const struct workspace *w = &net->work;
    bool finite = true;
    #pragma omp parallel num_threads(net->slices) if (net->slices > 1) reduction(&& : finite)
    {
        #pragma omp for schedule(static, 1)
        for (int slice = 0; slice < net->slices; slice++)
            order_residuals(net, slice);
        #pragma omp for schedule(static, 1)
        for (int slice = 0; slice < net->slices; slice++)
            finite = backward_slice(net, update, slice) && finite;
    }
    return finite && (!update || move(net, update, size_of_blocks(w), size_of_network(w)));
}

double mlp_gradient(struct mlp *net, const struct batch *batch, double target)
{
    double loss;
    if (!run_forwards(net, batch, target, &loss))
        return NAN;
    run_backwards(net, NULL);
    return loss;
}

double mlp_step(struct mlp *net, const struct batch *batch, double target, double rate)
{
    double loss;
    if (!isfinite((float)rate) || !run_forwards(net, batch, target, &loss))
        return NAN;
    struct update update = optimiser_next(&net->state, rate);
    if (!run_backwards(net, &update))
        net->work.parameter[size_of_blocks(&net->work)] = NAN;
    return loss;
}

struct moments {
    double f, g, fg, error; /* sums of f, g, f g, (f - S g)^2 */
};

static void add_moments(struct moments *sum, const struct batch *points,
                        const float *output, double target)
{
    for (int s = 0; s < points->count; s++) {
        double f = output[s], g = points->parity[s], difference = f - target * g;
        sum->f += f;
        sum->g += g;
        sum->fg += f * g;
        sum->error += difference * difference;
    }
}

enum status mlp_measure(struct mlp *net, const struct batch *points, double target,
                        double *strength, double *error)
{
    struct moments sum = {0};
    for (int begin = 0; begin < points->count;) {
        struct batch part = batch_part(points, begin, net->work.capacity);
        if (mlp_forward(net, &part, net->output) != STATUS_OK)
            return STATUS_RANGE;
        add_moments(&sum, &part, net->output, target);
        begin += part.count;
    }
    double n = points->count, variance = 1 - (sum.g / n) * (sum.g / n);
    if (points->count < 2 || !(variance > 0) || target == 0)
        return STATUS_RANGE;
    *strength = (sum.fg / n - (sum.f / n) * (sum.g / n)) / sqrt(variance) / target;
    *error = sum.error / n / (target * target);
    return STATUS_OK;
}
