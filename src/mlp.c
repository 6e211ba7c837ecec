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

/* What a thread has of its own: all but parameters, gradient and activities, which are the
   network's. */
struct slice {
    struct workspace work;
    struct sorting sorting;
    const float *parity; /* of the samples, in their order */
    double loss;
    bool fits;           /* the batch does */
};

enum { PARTS_MOST = 2 };

struct mlp {
    struct workspace work; /* its parameters, gradient, activities and sizes */
    const struct kernel *kernel;
    enum variant variant;
    int width, threads;
    int slices;          /* for the present batch */
    struct slice *slice; /* [threads] */
    float *sum;          /* [PARTS_MOST][capacity]: f_s - b_out, part by part */
    float *output;       /* [capacity]: outputs that are being measured */
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
    w->active = memory_zeros(pairs * samples, 2 * sizeof(uint16_t));
    return w->parameter && w->gradient && w->active;
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

static bool allocate_slice(const struct mlp *net, struct slice *slice)
{
    struct workspace *w = &slice->work;
    *slice = (struct slice){.work = net->work};
    size_t samples = (size_t)w->capacity, piece = samples < PIECE ? samples : PIECE;
    size_t tables = needs_orders(net) ? AT_ONCE : 2;
    w->residual = memory_new(samples, sizeof(float));
    w->entry = memory_new((size_t)w->fields.count * samples, sizeof(uint32_t));
    w->table = memory_new(tables * (size_t)w->fields.rows * LANES, sizeof(float));
    w->sum = memory_new(piece * LANES, sizeof(float));
    return w->residual && w->entry && w->table && w->sum
           && (w->blocks < SORTED_FROM || allocate_sorting(w, &slice->sorting))
           && (!needs_orders(net) || allocate_orders(w));
}

static void free_slices(struct slice *slice, int count)
{
    for (int i = 0; slice && i < count; i++) {
        const struct workspace *w = &slice[i].work;
        const struct sorting *sorting = &slice[i].sorting;
        void *owned[] = {w->residual,   w->entry,      w->table,       w->sum,
                         w->group,      w->place,      w->bucket,      w->ordered,
                         sorting->key,  sorting->next, sorting->place, sorting->bits,
                         sorting->parity};
        for (size_t j = 0; j < sizeof owned / sizeof *owned; j++)
            free(owned[j]);
    }
    free(slice);
}

enum status mlp_set_threads(struct mlp *net, int threads)
{
    if (threads < 1 || threads > 1024)
        return STATUS_RANGE;
    struct slice *slice = calloc((size_t)threads, sizeof *slice);
    bool complete = slice;
    for (int i = 0; complete && i < threads; i++)
        complete = allocate_slice(net, &slice[i]);
    if (!complete) {
        free_slices(slice, threads);
        return STATUS_MEMORY;
    }
    free_slices(net->slice, net->threads);
    net->slice = slice;
    net->threads = threads;
    return STATUS_OK;
}

void mlp_destroy(struct mlp *net)
{
    if (!net)
        return;
    free_slices(net->slice, net->threads);
    free(net->work.parameter);
    free(net->work.gradient);
    free(net->work.active);
    free(net->sum);
    free(net->output);
    optimiser_end(&net->state);
    free(net);
}

static bool allocate_network(struct mlp *net)
{
    size_t samples = (size_t)net->work.capacity;
    net->output = memory_new(samples, sizeof(float));
    net->sum = memory_new(PARTS_MOST * samples, sizeof(float));
    return net->output && net->sum && allocate_workspace(&net->work)
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

static void find_groups(struct slice *slice)
{
    struct workspace *w = &slice->work;
    int rows = w->skills << w->fields.width[0], begin = 0, *next = slice->sorting.next;
    memset(next, 0, (size_t)rows * sizeof *next);
    for (int s = 0; s < w->samples; s++)
        next[slice->sorting.key[s] / LANES]++;
    w->groups = 0;
    for (int q = 0; q < rows; q++) {
        int end = begin + next[q];
        if (begin < end)
            w->group[w->groups++] = (struct group){begin, end};
        next[q] = begin;
        begin = end;
    }
}

static void sort_batch(struct slice *slice, const struct batch *batch)
{
    struct sorting *sorting = &slice->sorting;
    find_groups(slice);
    for (int s = 0; s < batch->count; s++) {
        int place = sorting->next[sorting->key[s] / LANES]++;
        sorting->place[s] = place;
        sorting->bits[place] = batch->bits[s];
        sorting->parity[place] = batch->parity[s];
        slice->work.entry[place] = sorting->key[s];
    }
}

/* False if a sample does not fit. */
static bool look_up(const struct kernel *kernel, struct slice *slice, const struct batch *batch)
{
    struct workspace *w = &slice->work;
    w->samples = batch->count;
    if (!kernel->look_up(w, batch, w->group ? slice->sorting.key : w->entry))
        return false;
    if (w->group)
        sort_batch(slice, batch);
    slice->parity = w->group ? slice->sorting.parity : batch->parity;
    kernel->look_up_others(w, w->group ? slice->sorting.bits : batch->bits);
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

static void order_all(const struct workspace *w)
{
    for (int f = 0; w->place && f < w->fields.count; f++)
        for (int begin = 0; begin < w->samples; begin += PIECE)
            order_samples(w, begin, f);
}

static void order_residuals(const struct workspace *w)
{
    for (int f = 0; w->place && f < w->fields.count; f++) {
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

static int count_parts(const struct workspace *w) { return w->blocks < ORDERED_FROM ? 1 : 2; }

/* Blocks begin .. end-1, and with them a slice's place among size slices of its team. */
struct team {
    int first_part, last_part, begin, end, rank, size;
};

static int first_block(const struct workspace *w, int part)
{
    int block = 2 * ((w->blocks + 1) / 2 * part / count_parts(w));
    return block < w->blocks ? block : w->blocks;
}

static struct team team_of(const struct mlp *net, int slice)
{
    const struct workspace *w = &net->work;
    int parts = count_parts(w), teams = net->slices < parts ? net->slices : parts;
    int team = slice % teams, last = teams == 1 ? parts : team + 1;
    return (struct team){.first_part = team, .last_part = last,
                         .begin = first_block(w, team), .end = first_block(w, last),
                         .rank = slice / teams,
                         .size = (net->slices - team + teams - 1) / teams};
}

/* First of a slice's share among n, in its team. */
static int share(struct team team, int n, int rank)
{
    return (int)((int64_t)n * rank / team.size);
}

static void forward_part(const struct mlp *net, const struct workspace *w, int part,
                         int begin, int end)
{
    enum { SHORT_PIECE = 256 };
    int piece = w->blocks <= 2 ? SHORT_PIECE : PIECE;
    int first = first_block(w, part), last = first_block(w, part + 1);
    float *sum = net->sum + (size_t)part * w->capacity;
    for (int s = begin, next; s < end; s = next) {
        next = end - s < piece ? end : s + piece;
        for (int block = first; block < last; block += 2) {
            if (w->blocks > 2 || s == begin)
                net->kernel->build(w, block);
            net->kernel->forward(w, block, s, next, block == first);
        }
        for (int i = s; i < next; i++)
            sum[i] = add_lanes(w->sum + (size_t)(i - s) * LANES);
    }
}

static void forward_slice(const struct mlp *net, int slice)
{
    const struct workspace *w = &net->slice[slice].work;
    struct team team = team_of(net, slice);
    int begin = share(team, w->samples, team.rank), end = share(team, w->samples, team.rank + 1);
    for (int part = team.first_part; part < team.last_part; part++)
        forward_part(net, w, part, begin, end);
}

/* Outputs, where the residuals will stand. */
static void add_parts(const struct mlp *net, const struct workspace *w)
{
    const float *first = net->sum, *second = net->sum + w->capacity;
    float output_bias = w->parameter[size_of_blocks(w)];
    bool has_second = count_parts(w) == 2;
    for (int s = 0; s < w->samples; s++)
        w->residual[s] = (has_second ? first[s] + second[s] : first[s]) + output_bias;
}

static int count_slices(const struct mlp *net, int samples)
{
    enum { LEAST = 8192 }; /* samples times blocks */
    int64_t most = (int64_t)samples * net->work.blocks / LEAST;
    return most < 1 ? 1 : most < net->threads ? (int)most : net->threads;
}

/* The part of a step before the meeting; with orders if one follows. */
static void begin_slice(const struct mlp *net, int slice, const struct batch *batch,
                        bool with_orders)
{
    struct slice *own = &net->slice[slice];
    own->fits = look_up(net->kernel, own, batch);
    if (own->fits && with_orders)
        order_all(&own->work);
    if (own->fits)
        forward_slice(net, slice);
}

enum status mlp_forward(struct mlp *net, const struct batch *batch, float *output)
{
    const struct slice *own = net->slice;
    for (int begin = 0; begin < batch->count; begin += own->work.samples) {
        struct batch part = batch_part(batch, begin, net->work.capacity);
        net->slices = count_slices(net, part.count);
        #pragma omp parallel for schedule(static, 1) num_threads(net->slices) \
            if (net->slices > 1)
        for (int slice = 0; slice < net->slices; slice++)
            begin_slice(net, slice, &part, false);
        if (!own->fits)
            return STATUS_RANGE;
        add_parts(net, &own->work);
        for (int s = 0; s < part.count; s++)
            output[begin + s] =
                own->work.residual[own->work.group ? own->sorting.place[s] : s];
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

/* Loss; outputs are replaced by residuals e_s, and *sum is set to that of f_s - y_s. */
static double compute_residuals(const struct slice *own, double target, double *sum)
{
    const struct workspace *w = &own->work;
    double loss[SUMS] = {0}, total[SUMS] = {0}, scale = 2.0 / w->samples;
    for (int s = 0; s < w->samples; s += SUMS) {
        int count = w->samples - s < SUMS ? w->samples - s : SUMS;
        add_residuals(w->residual + s, own->parity + s, target, scale, count, loss, total);
    }
    for (int l = 1; l < SUMS; l++) {
        loss[0] += loss[l];
        total[0] += total[l];
    }
    *sum = total[0];
    return loss[0] / w->samples;
}

/* The part of a step after the meeting: the gradient of a slice's share of the blocks, and
   with an update (not NULL) also the step; false if the update leaves something not finite. */
static bool end_slice(const struct mlp *net, int slice, double target,
                      const struct update *update)
{
    struct slice *own = &net->slice[slice];
    const struct workspace *w = &own->work;
    struct team team = team_of(net, slice);
    int pairs = (team.end - team.begin + 1) / 2;
    int first = team.begin + 2 * share(team, pairs, team.rank);
    int end = team.begin + 2 * share(team, pairs, team.rank + 1);
    int last = end < team.end ? end : team.end;
    size_t block = (size_t)w->rows * LANES;
    double total;
    add_parts(net, w);
    own->loss = compute_residuals(own, target, &total);
    order_residuals(w);
    if (slice == 0)
        w->gradient[size_of_blocks(w)] = (float)(2.0 / w->samples * total);
    if (first >= last)
        return true;
    net->kernel->backward(w, first, last);
    return !update || move(net, update, first * block, last * block);
}

/* Gradient and loss, and with an update also the step; false if the batch is refused. */
static bool run(struct mlp *net, const struct batch *batch, double target,
                const struct update *update, double *loss)
{
    const struct workspace *w = &net->work;
    bool finite = true;
    if (batch->count < 1 || batch->count > w->capacity)
        return false;
    net->slices = count_slices(net, batch->count);
    #pragma omp parallel num_threads(net->slices) if (net->slices > 1) reduction(&& : finite)
    {
        #pragma omp for schedule(static, 1)
        for (int slice = 0; slice < net->slices; slice++)
            begin_slice(net, slice, batch, true);
        #pragma omp for schedule(static, 1)
        for (int slice = 0; slice < net->slices; slice++)
            if (net->slice[slice].fits)
                finite = end_slice(net, slice, target, update) && finite;
    }
    *loss = net->slice->loss;
    if (net->slice->fits && update)
        finite = move(net, update, size_of_blocks(w), size_of_network(w)) && finite;
    if (!finite)
        w->parameter[size_of_blocks(w)] = NAN;
    return net->slice->fits;
}

double mlp_gradient(struct mlp *net, const struct batch *batch, double target)
{
    double loss;
    return run(net, batch, target, NULL, &loss) ? loss : NAN;
}

double mlp_step(struct mlp *net, const struct batch *batch, double target, double rate)
{
    struct optimiser_state next = net->state;
    struct update update = optimiser_next(&next, rate);
    double loss;
    if (!isfinite((float)rate) || !run(net, batch, target, &update, &loss))
        return NAN;
    net->state = next;
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
