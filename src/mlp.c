#include "mlp.h"
#include "kernel.h"
#include <cblas.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Vectors that every x86-64 has. */
typedef float four __attribute__((vector_size(16), may_alias));
typedef int32_t four_flags __attribute__((vector_size(16), may_alias));

struct mlp {
    struct workspace work;
    const struct kernel *kernel;
    int width, threads;
    int *place;    /* [capacity]: skill and key field of a sample as one number, then
                      its place in the sorted batch */
    int *next;     /* [skills << key bits]: size of a group, then its next free place */
    float *output; /* [capacity]: outputs that are being measured */
    struct optimiser_state state;
};

bool mlp_variant_runs(enum variant variant)
{
    switch (variant) {
    case VARIANT_PLAIN:
        return true;
    case VARIANT_AVX2:
        return __builtin_cpu_supports("avx2");
    case VARIANT_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
               && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
    default:
        return false;
    }
}

enum variant mlp_best_variant(void)
{
    enum variant best = VARIANT_AVX512;
    while (!mlp_variant_runs(best))
        best--;
    return best;
}

static const struct {
    const char *name;
    const struct kernel *kernel;
} variants[VARIANTS] = {[VARIANT_PLAIN] = {"plain", &kernel_plain},
                        [VARIANT_AVX2] = {"avx2", &kernel_avx2},
                        [VARIANT_AVX512] = {"avx512", &kernel_avx512}};

const char *mlp_variant_name(enum variant variant)
{
    return variant < VARIANTS ? variants[variant].name : "unknown variant";
}

/* A key of 4 to 6 bits (all, if there are fewer), and as few further fields
   as 7 bits allow, of widths as even as possible. */
static struct fields cut_into_fields(int bits)
{
    enum { KEY_LEAST = 4, KEY_MOST = 6, FIELD_MOST = 7 };
    struct fields fields = {0};
    int others = bits > KEY_MOST ? (bits - KEY_MOST + FIELD_MOST - 1) / FIELD_MOST : 0;
    int key = others ? bits - others * FIELD_MOST : bits, first = 0;
    if (others && key < KEY_LEAST)
        key = KEY_LEAST;
    for (int f = 0; f <= others; f++) {
        int width = f ? (bits - key + f - 1) / others : key;
        fields.width[f] = width;
        fields.first[f] = first;
        fields.row[f] = fields.rows;
        fields.rows += 1 << width;
        first += width;
    }
    fields.count = others + 1;
    return fields;
}

static void *allocate(size_t count, size_t size)
{
    size_t bytes = (count * size + 63) / 64 * 64;
    return aligned_alloc(64, bytes ? bytes : 64);
}

/* Floats in the rows of all blocks, and with the row of b_out. */
static size_t size_of_blocks(const struct workspace *w)
{
    return (size_t)w->blocks * w->rows * LANES;
}

static size_t size_of_network(const struct workspace *w)
{
    return size_of_blocks(w) + LANES;
}

static float *allocate_zeros(size_t count)
{
    float *zeros = allocate(count, sizeof(float));
    if (zeros)
        memset(zeros, 0, count * sizeof(float));
    return zeros;
}

static bool allocate_workspace(struct workspace *w)
{
    size_t samples = (size_t)w->capacity;
    w->parameter = allocate_zeros(size_of_network(w));
    w->gradient = allocate_zeros(size_of_network(w));
    w->residual = allocate(samples, sizeof(float));
    w->active = allocate((size_t)w->blocks * samples, sizeof(uint16_t));
    w->offset = allocate(samples * (size_t)(w->fields.count - 1), sizeof(uint16_t));
    w->group = allocate(samples, sizeof(struct group));
    return w->parameter && w->gradient && w->residual && w->active && w->offset && w->group;
}

static size_t size_of_table(const struct workspace *w)
{
    return (size_t)w->fields.rows * LANES;
}

static size_t size_of_sum(const struct workspace *w)
{
    return (size_t)(w->capacity < PIECE ? w->capacity : PIECE) * LANES;
}

static struct workspace slice_of(const struct mlp *net, int slice)
{
    struct workspace w = net->work;
    w.table += (size_t)slice * size_of_table(&w);
    w.sum += (size_t)slice * size_of_sum(&w);
    return w;
}

enum status mlp_set_threads(struct mlp *net, int threads)
{
    struct workspace *w = &net->work;
    if (threads < 1 || threads > 1024)
        return STATUS_RANGE;
    float *table = allocate((size_t)threads * size_of_table(w), sizeof(float));
    float *sum = allocate((size_t)threads * size_of_sum(w), sizeof(float));
    if (!table || !sum) {
        free(table);
        free(sum);
        return STATUS_MEMORY;
    }
    free(w->table);
    free(w->sum);
    w->table = table;
    w->sum = sum;
    net->threads = threads;
    return STATUS_OK;
}

void mlp_destroy(struct mlp *net)
{
    if (!net)
        return;
    struct workspace *w = &net->work;
    void *owned[] = {w->parameter, w->gradient, w->table,   w->sum,    w->residual, w->active,
                     w->offset,    w->group,    net->place, net->next, net->output};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    optimiser_end(&net->state);
    free(net);
}

static bool allocate_network(struct mlp *net)
{
    size_t samples = (size_t)net->work.capacity;
    size_t keys = (size_t)net->work.skills << net->work.fields.width[0];
    net->place = allocate(samples, sizeof(int));
    net->next = allocate(keys, sizeof(int));
    net->output = allocate(samples, sizeof(float));
    return net->place && net->next && net->output && allocate_workspace(&net->work)
           && mlp_set_threads(net, 1) == STATUS_OK;
}

static bool shape_is_in_range(int skills, int bits, int width, int batch)
{
    return skills >= 1 && skills <= 10000000 && bits >= 1 && bits <= 64 && width >= 1
           && width <= 10000000 && batch >= 1 && batch <= 100000000;
}

enum status mlp_create(struct mlp **net, int skills, int bits, int width, int batch,
                       enum variant variant)
{
    *net = NULL;
    if (!shape_is_in_range(skills, bits, width, batch) || !mlp_variant_runs(variant))
        return STATUS_RANGE;
    struct mlp *created = calloc(1, sizeof *created);
    if (!created)
        return STATUS_MEMORY;
    created->width = width;
    created->kernel = variants[variant].kernel;
    created->work = (struct workspace){.skills = skills, .bits = bits, .capacity = batch,
                                       .blocks = (width + LANES - 1) / LANES,
                                       .rows = skills + bits + 2,
                                       .fields = cut_into_fields(bits)};
    if (!allocate_network(created)) {
        mlp_destroy(created);
        return STATUS_MEMORY;
    }
    *net = created;
    return STATUS_OK;
}

enum status mlp_set_optimiser(struct mlp *net, struct optimiser optimiser)
{
    enum status status = optimiser_begin(&net->state, optimiser, size_of_network(&net->work));
    net->work.mean = net->state.mean;
    net->work.square = net->state.square;
    return status;
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

static size_t count_of_keys(const struct workspace *w)
{
    return (size_t)w->skills << w->fields.width[0];
}

/* Skill and key of each sample, and how often they occur; false if a sample
   does not fit. */
static bool count_keys(struct mlp *net, const struct batch *batch)
{
    int skills = net->work.skills, key_bits = net->work.fields.width[0];
    uint64_t known = UINT64_MAX >> (64 - net->work.bits);
    uint64_t mask = (UINT64_C(1) << key_bits) - 1;
    memset(net->next, 0, count_of_keys(&net->work) * sizeof *net->next);
    for (int s = 0; s < batch->count; s++) {
        int skill = batch->skill[s];
        uint64_t x = batch->bits[s];
        if (skill < 0 || skill >= skills || x & ~known)
            return false;
        int key = skill << key_bits | (int)(x & mask);
        net->place[s] = key;
        net->next[key]++;
    }
    return true;
}

static void find_groups(struct mlp *net)
{
    struct workspace *w = &net->work;
    int key_bits = w->fields.width[0], keys = (int)count_of_keys(w), begin = 0;
    w->groups = 0;
    for (int key = 0; key < keys; key++) {
        int end = begin + net->next[key];
        net->next[key] = begin;
        while (begin < end) {
            int limit = begin - begin % PIECE + PIECE, cut = end < limit ? end : limit;
            w->group[w->groups++] =
                (struct group){begin, cut, key >> key_bits, key & ((1 << key_bits) - 1)};
            begin = cut;
        }
    }
}

static inline __attribute__((always_inline)) void
find_offsets(struct mlp *net, const struct batch *batch, int others)
{
    const struct fields fields = net->work.fields;
    uint16_t *offset = net->work.offset;
    for (int s = 0; s < batch->count; s++) {
        size_t place = (size_t)net->next[net->place[s]]++;
        uint64_t x = batch->bits[s] >> fields.first[1];
        net->place[s] = (int)place;
        _Pragma("GCC unroll 8") for (int f = 1; f <= others; f++) {
            unsigned q = (unsigned)x & ((1u << fields.width[f]) - 1);
            offset[place * others + f - 1] = (uint16_t)((fields.row[f] + q) * LANES);
            x >>= fields.width[f];
        }
    }
}

static bool sort_batch(struct mlp *net, const struct batch *batch)
{
    int others = net->work.fields.count - 1;
    if (!count_keys(net, batch))
        return false;
    find_groups(net);
    if (others == 4) /* 26 to 34 skill bits */
        find_offsets(net, batch, 4);
    else
        find_offsets(net, batch, others);
    return true;
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
    return (int)((int64_t)n * slice / net->threads);
}

static void forward_slice(const struct mlp *net, int slice)
{
    struct workspace w = slice_of(net, slice);
    int samples = w.groups ? w.group[w.groups - 1].end : 0, first = 0;
    int begin = share(net, samples, slice), end = share(net, samples, slice + 1);
    float output_bias = w.parameter[size_of_blocks(&w)];
    while (first < w.groups && w.group[first].begin < begin)
        first++;
    for (int last = first; first < w.groups && w.group[first].begin < end; first = last) {
        int origin = w.group[first].begin;
        while (last < w.groups && w.group[last].begin < end
               && w.group[last].end <= origin + PIECE)
            last++;
        net->kernel->forward(&w, first, last);
        for (int place = origin; place < w.group[last - 1].end; place++)
            w.residual[place] =
                add_lanes(w.sum + (size_t)(place - origin) * LANES) + output_bias;
    }
}

static void forward_sorted(const struct mlp *net)
{
    #pragma omp parallel for schedule(static, 1) num_threads(net->threads) if (net->threads > 1)
    for (int slice = 0; slice < net->threads; slice++)
        forward_slice(net, slice);
}

static struct batch part_of_batch(const struct batch *batch, int begin, int most)
{
    int count = batch->count - begin < most ? batch->count - begin : most;
    return (struct batch){count, batch->bits + begin, batch->skill + begin,
                          batch->parity + begin};
}

enum status mlp_forward(struct mlp *net, const struct batch *batch, float *output)
{
    for (int begin = 0; begin < batch->count;) {
        struct batch part = part_of_batch(batch, begin, net->work.capacity);
        if (!sort_batch(net, &part))
            return STATUS_RANGE;
        forward_sorted(net);
        for (int s = 0; s < part.count; s++)
            output[begin + s] = net->work.residual[net->place[s]];
        begin += part.count;
    }
    return STATUS_OK;
}

/* Loss; outputs are replaced by residuals e_s. */
static double compute_residuals(struct mlp *net, const struct batch *batch, double target)
{
    double loss[4] = {0}, total[4] = {0}, scale = 2.0 / batch->count;
    const struct workspace *w = &net->work;
    for (int s = 0; s < batch->count; s++) {
        float *residual = w->residual + net->place[s];
        double difference = *residual - target * batch->parity[s];
        loss[s % 4] += difference * difference;
        total[s % 4] += difference;
        *residual = (float)(scale * difference);
    }
    w->gradient[size_of_blocks(w)] =
        (float)(scale * ((total[0] + total[1]) + (total[2] + total[3])));
    return ((loss[0] + loss[1]) + (loss[2] + loss[3])) / batch->count;
}

/* Loss and residuals e_s; false if the batch is refused. */
static bool run_forwards(struct mlp *net, const struct batch *batch, double target,
                         double *loss)
{
    if (batch->count < 1 || batch->count > net->work.capacity || !sort_batch(net, batch))
        return false;
    forward_sorted(net);
    *loss = compute_residuals(net, batch, target);
    return true;
}

/* Gradient, and with an update (not NULL) also the step; false if the update leaves
   something not finite. */
static bool run_backwards(const struct mlp *net, const struct update *update)
{
    const struct kernel *kernel = net->kernel;
    const struct workspace *whole = &net->work;
    size_t block = (size_t)whole->rows * LANES;
    bool finite = true;
    #pragma omp parallel for schedule(static, 1) num_threads(net->threads) \
        if (net->threads > 1) reduction(&& : finite)
    for (int slice = 0; slice < net->threads; slice++) {
        struct workspace w = slice_of(net, slice);
        int first = share(net, w.blocks, slice), last = share(net, w.blocks, slice + 1);
        kernel->backward(&w, first, last);
        if (update)
            finite = kernel->move(&w, update, first * block, last * block) && finite;
    }
    if (update)
        finite = kernel->move(whole, update, size_of_blocks(whole), size_of_network(whole))
                 && finite;
    return finite;
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
        struct batch part = part_of_batch(points, begin, net->work.capacity);
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

struct mlp_reference {
    int skills, bits, inputs, width, stride, rows;
    size_t parameters;
    float *input;       /* [rows][inputs]: u_s */
    float *hidden;      /* [rows][stride]: relu(h_s) */
    float *active;      /* [rows][stride]: e_s v_j a_sj */
    float *bias;        /* [stride], padded with 0 */
    float *second;      /* [stride], likewise */
    float *output, *one; /* [rows] */
    float *gradient;    /* [parameters] */
};

void mlp_reference_destroy(struct mlp_reference *r)
{
    if (!r)
        return;
    void *owned[] = {r->input,  r->hidden, r->active, r->bias,
                     r->second, r->output, r->one,    r->gradient};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    free(r);
}

static bool allocate_reference(struct mlp_reference *r)
{
    size_t rows = (size_t)r->rows, stride = (size_t)r->stride;
    r->input = allocate(rows * r->inputs, sizeof(float));
    r->hidden = allocate(rows * stride, sizeof(float));
    r->active = allocate(rows * stride, sizeof(float));
    r->bias = allocate(stride, sizeof(float));
    r->second = allocate(stride, sizeof(float));
    r->output = allocate(rows, sizeof(float));
    r->one = allocate(rows, sizeof(float));
    r->gradient = allocate(r->parameters, sizeof(float));
    return r->input && r->hidden && r->active && r->bias && r->second && r->output && r->one
           && r->gradient;
}

enum status mlp_reference_create(struct mlp_reference **reference, int skills, int bits,
                                 int width, int rows)
{
    *reference = NULL;
    if (!shape_is_in_range(skills, bits, width, rows))
        return STATUS_RANGE;
    struct mlp_reference *r = calloc(1, sizeof *r);
    if (!r)
        return STATUS_MEMORY;
    *r = (struct mlp_reference){.skills = skills, .bits = bits, .inputs = skills + bits,
                                .width = width, .rows = rows,
                                .stride = (width + LANES - 1) / LANES * LANES,
                                .parameters = (size_t)width * (skills + bits + 2) + 1};
    if (!allocate_reference(r)) {
        mlp_reference_destroy(r);
        return STATUS_MEMORY;
    }
    for (int s = 0; s < rows; s++)
        r->one[s] = 1;
    *reference = r;
    return STATUS_OK;
}

static bool batch_fits(int skills, int bits, const struct batch *batch)
{
    uint64_t foreign_bits = 0, known = UINT64_MAX >> (64 - bits);
    bool foreign_skill = false;
    for (int s = 0; s < batch->count; s++) {
        foreign_bits |= batch->bits[s] & ~known;
        foreign_skill |= batch->skill[s] < 0 || batch->skill[s] >= skills;
    }
    return !foreign_bits && !foreign_skill;
}

static void write_inputs(struct mlp_reference *r, const struct batch *batch)
{
    memset(r->input, 0, (size_t)batch->count * r->inputs * sizeof(float));
    for (int s = 0; s < batch->count; s++) {
        float *u = r->input + (size_t)s * r->inputs;
        u[batch->skill[s]] = 1;
        for (int i = 0; i < r->bits; i++)
            u[r->skills + i] = (float)(batch->bits[s] >> i & 1);
    }
}

/* The bias and the second layer, padded with zeros to the stride. */
static void pad_layers(struct mlp_reference *r, const float *parameter)
{
    const float *bias = parameter + (size_t)r->width * r->inputs;
    memset(r->bias, 0, r->stride * sizeof(float));
    memset(r->second, 0, r->stride * sizeof(float));
    memcpy(r->bias, bias, r->width * sizeof(float));
    memcpy(r->second, bias + r->width, r->width * sizeof(float));
}

static void rectify_all(float *hidden, size_t n)
{
    for (size_t i = 0; i < n; i += 4) {
        four *h = (four *)(hidden + i);
        *h = (four)((four_flags)*h & ~(*h <= 0.0f));
    }
}

/* Outputs of at most rows samples. */
static void forward_dense(struct mlp_reference *r, const float *parameter,
                          const struct batch *batch)
{
    int n = batch->count;
    write_inputs(r, batch);
    for (int s = 0; s < n; s++)
        memcpy(r->hidden + (size_t)s * r->stride, r->bias, r->stride * sizeof(float));
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, n, r->width, r->inputs, 1,
                r->input, r->inputs, parameter, r->inputs, 1, r->hidden, r->stride);
    rectify_all(r->hidden, (size_t)n * r->stride);
    cblas_sgemv(CblasRowMajor, CblasNoTrans, n, r->stride, 1, r->hidden, r->stride,
                r->second, 1, 0, r->output, 1);
    for (int s = 0; s < n; s++)
        r->output[s] += parameter[r->parameters - 1];
}

enum status mlp_reference_forward(struct mlp_reference *r, const float *parameter,
                                  const struct batch *batch, float *output)
{
    if (!batch_fits(r->skills, r->bits, batch))
        return STATUS_RANGE;
    pad_layers(r, parameter);
    for (int begin = 0; begin < batch->count; begin += r->rows) {
        struct batch part = part_of_batch(batch, begin, r->rows);
        forward_dense(r, parameter, &part);
        memcpy(output + begin, r->output, part.count * sizeof(float));
    }
    return STATUS_OK;
}

static void mask_residuals(struct mlp_reference *r, int n)
{
    for (int s = 0; s < n; s++) {
        const four *hidden = (const four *)(r->hidden + (size_t)s * r->stride);
        const four *second = (const four *)r->second;
        four *active = (four *)(r->active + (size_t)s * r->stride);
        for (int j = 0; j < r->stride / 4; j++) {
            four product = r->output[s] * second[j];
            active[j] = (four)((four_flags)product & (hidden[j] != 0.0f));
        }
    }
}

/* Add the gradient of the samples whose residuals stand in output. */
static void backward_dense(struct mlp_reference *r, int n, float *gradient)
{
    float *bias = gradient + (size_t)r->width * r->inputs, *second = bias + r->width;
    mask_residuals(r, n);
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, r->width, r->inputs, n, 1,
                r->active, r->stride, r->input, r->inputs, 1, gradient, r->inputs);
    cblas_sgemv(CblasRowMajor, CblasTrans, n, r->width, 1, r->active, r->stride, r->one, 1,
                1, bias, 1);
    cblas_sgemv(CblasRowMajor, CblasTrans, n, r->width, 1, r->hidden, r->stride, r->output,
                1, 1, second, 1);
}

double mlp_reference_gradient(struct mlp_reference *r, const float *parameter,
                              const struct batch *batch, double target, float *gradient)
{
    double loss = 0, total = 0, scale = 2.0 / batch->count;
    if (batch->count < 1 || !batch_fits(r->skills, r->bits, batch))
        return NAN;
    memset(gradient, 0, r->parameters * sizeof(float));
    pad_layers(r, parameter);
    for (int begin = 0; begin < batch->count; begin += r->rows) {
        struct batch part = part_of_batch(batch, begin, r->rows);
        forward_dense(r, parameter, &part);
        for (int s = 0; s < part.count; s++) {
            double difference = r->output[s] - target * part.parity[s];
            loss += difference * difference;
            total += difference;
            r->output[s] = (float)(scale * difference);
        }
        backward_dense(r, part.count, gradient);
    }
    gradient[r->parameters - 1] = (float)(scale * total);
    return loss / batch->count;
}

double mlp_reference_step(struct mlp_reference *r, float *parameter,
                          const struct batch *batch, double target, double rate)
{
    memset(r->gradient, 0, r->parameters * sizeof(float));
    double loss = mlp_reference_gradient(r, parameter, batch, target, r->gradient);
    for (size_t i = 0; i < r->parameters; i++)
        parameter[i] -= (float)rate * r->gradient[i];
    return loss;
}

struct judge {
    int skills, bits, width;
    double *parameter; /* in plain order */
};

static double judge_activation(const struct judge *judge, int unit, int skill, uint64_t x)
{
    int inputs = judge->skills + judge->bits;
    const double *W = judge->parameter + (size_t)unit * inputs;
    double h = judge->parameter[(size_t)judge->width * inputs + unit] + W[skill];
    for (int i = 0; i < judge->bits; i++)
        if (x >> i & 1)
            h += W[judge->skills + i];
    return h;
}

static double judge_output(const struct judge *judge, int skill, uint64_t x)
{
    const double *v = judge->parameter
                      + (size_t)judge->width * (judge->skills + judge->bits + 1);
    double f = v[judge->width];
    for (int j = 0; j < judge->width; j++)
        f += v[j] * fmax(judge_activation(judge, j, skill, x), 0);
    return f;
}

static double judge_loss(const struct judge *judge, const struct batch *batch,
                         double target)
{
    double loss = 0;
    for (int s = 0; s < batch->count; s++) {
        double f = judge_output(judge, batch->skill[s], batch->bits[s]);
        loss += (f - target * batch->parity[s]) * (f - target * batch->parity[s]);
    }
    return loss / batch->count;
}

enum { AUDIT_SKILLS = 3, AUDIT_BITS = 23, AUDIT_WIDTH = 37, AUDIT_BATCH = 151 };
enum { AUDIT_PARAMETERS = AUDIT_WIDTH * (AUDIT_SKILLS + AUDIT_BITS + 2) + 1 };
static const double audit_target = 2.385;

struct audit {
    struct mlp *net;
    struct mlp_reference *reference;
    struct batch batch;
    struct judge judge;
    float parameter[AUDIT_PARAMETERS];
    double exact[AUDIT_PARAMETERS];
};

static enum status draw_audit_batch(struct batch *batch)
{
    struct task task;
    struct stream stream = stream_open(2385, 1, PURPOSE_TASK);
    enum status status = batch_create(batch, AUDIT_BATCH);
    if (status == STATUS_OK)
        status = task_create(&task, AUDIT_SKILLS, AUDIT_BITS, 3, 0.6385, false, &stream);
    if (status == STATUS_OK) {
        task_draw(&task, &stream, batch);
        task_destroy(&task);
    }
    return status;
}

static void close_audit(struct audit *audit)
{
    mlp_destroy(audit->net);
    mlp_reference_destroy(audit->reference);
    batch_destroy(&audit->batch);
}

static bool open_audit(struct audit *audit)
{
    struct stream stream = stream_open(2385, 2, PURPOSE_START);
    memset(audit, 0, sizeof *audit);
    if (draw_audit_batch(&audit->batch) != STATUS_OK
        || mlp_create(&audit->net, AUDIT_SKILLS, AUDIT_BITS, AUDIT_WIDTH, AUDIT_BATCH,
                      mlp_best_variant()) != STATUS_OK
        || mlp_reference_create(&audit->reference, AUDIT_SKILLS, AUDIT_BITS, AUDIT_WIDTH,
                                64) != STATUS_OK) {
        close_audit(audit);
        return false;
    }
    mlp_initialise(audit->net, 0.385, &stream);
    mlp_get_parameters(audit->net, audit->parameter);
    for (int i = 0; i < AUDIT_PARAMETERS; i++)
        audit->exact[i] = audit->parameter[i];
    audit->judge = (struct judge){AUDIT_SKILLS, AUDIT_BITS, AUDIT_WIDTH, audit->exact};
    return true;
}

/* f_s with every term replaced by its absolute value. */
static double sum_of_magnitudes(const struct judge *judge, int skill, uint64_t x)
{
    double exact[AUDIT_PARAMETERS];
    struct judge magnitude = *judge;
    magnitude.parameter = exact;
    for (int i = 0; i < AUDIT_PARAMETERS; i++)
        exact[i] = fabs(judge->parameter[i]);
    return judge_output(&magnitude, skill, x);
}

static double compare_outputs(bool with_reference)
{
    struct audit audit;
    float output[AUDIT_BATCH] = {0};
    double worst = 0;
    if (!open_audit(&audit))
        return NAN;
    enum status status =
        with_reference
            ? mlp_reference_forward(audit.reference, audit.parameter, &audit.batch, output)
            : mlp_forward(audit.net, &audit.batch, output);
    if (status != STATUS_OK)
        worst = NAN;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        int skill = audit.batch.skill[s];
        uint64_t x = audit.batch.bits[s];
        double error = fabs(output[s] - judge_output(&audit.judge, skill, x));
        worst = entry_worse(worst, error / sum_of_magnitudes(&audit.judge, skill, x));
    }
    close_audit(&audit);
    return worst;
}

static double audit_network(void) { return compare_outputs(true); }
static double audit_table(void) { return compare_outputs(false); }
static double audit_mean_square(void)
{
    struct audit audit;
    if (!open_audit(&audit))
        return NAN;
    double loss = mlp_gradient(audit.net, &audit.batch, audit_target);
    double residual = fabs(loss / judge_loss(&audit.judge, &audit.batch, audit_target) - 1);
    close_audit(&audit);
    return residual;
}

static double difference_quotient(struct audit *audit, int parameter)
{
    const double step = 1e-6;
    double saved = audit->exact[parameter];
    audit->exact[parameter] = saved + step;
    double above = judge_loss(&audit->judge, &audit->batch, audit_target);
    audit->exact[parameter] = saved - step;
    double below = judge_loss(&audit->judge, &audit->batch, audit_target);
    audit->exact[parameter] = saved;
    return (above - below) / (2 * step);
}

static double audit_gradient(void)
{
    struct audit audit;
    float gradient[AUDIT_PARAMETERS] = {0};
    double worst = 0, largest = 0;
    if (!open_audit(&audit))
        return NAN;
    mlp_gradient(audit.net, &audit.batch, audit_target);
    mlp_get_gradient(audit.net, gradient);
    for (int i = 0; i < AUDIT_PARAMETERS; i++) {
        worst = entry_worse(worst, fabs(gradient[i] - difference_quotient(&audit, i)));
        largest = entry_worse(largest, fabs(gradient[i]));
    }
    close_audit(&audit);
    return worst / largest;
}

static double audit_fold(void)
{
    struct audit audit;
    float after[AUDIT_PARAMETERS];
    double worst = 0, largest = 0;
    if (!open_audit(&audit))
        return NAN;
    memcpy(after, audit.parameter, sizeof after);
    mlp_reference_step(audit.reference, after, &audit.batch, audit_target, 0.2385);
    mlp_step(audit.net, &audit.batch, audit_target, 0.2385);
    mlp_get_parameters(audit.net, audit.parameter);
    for (int i = 0; i < AUDIT_PARAMETERS; i++) {
        worst = entry_worse(worst, fabs((double)audit.parameter[i] - after[i]));
        largest = entry_worse(largest, fabs(after[i] - audit.exact[i]));
    }
    close_audit(&audit);
    return worst / largest;
}

static double sum_over_samples(const struct audit *audit, int unit)
{
    double sum = 0;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        int skill = audit->batch.skill[s];
        uint64_t x = audit->batch.bits[s];
        double f = judge_output(&audit->judge, skill, x);
        double residual = 2 * (f - audit_target * audit->batch.parity[s]) / AUDIT_BATCH;
        sum += residual * fmax(judge_activation(&audit->judge, unit, skill, x), 0);
    }
    return sum;
}

static double audit_free(void)
{
    struct audit audit;
    float gradient[AUDIT_PARAMETERS] = {0};
    const float *second = gradient + AUDIT_PARAMETERS - 1 - AUDIT_WIDTH;
    double worst = 0, largest = 0;
    if (!open_audit(&audit))
        return NAN;
    mlp_gradient(audit.net, &audit.batch, audit_target);
    mlp_get_gradient(audit.net, gradient);
    for (int j = 0; j < AUDIT_WIDTH; j++) {
        double direct = sum_over_samples(&audit, j);
        worst = entry_worse(worst, fabs(second[j] - direct));
        largest = entry_worse(largest, fabs(direct));
    }
    close_audit(&audit);
    return worst / largest;
}

enum { AUDIT_STEPS = 40 };

/* What d_1 .. d_t of one parameter say: the move of step t over the rate, and
   the same with absolute values in the numerator. */
struct sum_over_past {
    double move, magnitude;
};

static struct sum_over_past sum_velocity(const double *d, int t)
{
    struct sum_over_past sum = {0};
    for (int r = 0; r < t; r++) {
        sum.move += pow(0.9, t - 1 - r) * d[r];
        sum.magnitude += pow(0.9, t - 1 - r) * fabs(d[r]);
    }
    return sum;
}

static struct sum_over_past sum_averages(const double *d, int t)
{
    double weights = 0, mean = 0, magnitude = 0, weights_of_squares = 0, square = 0;
    for (int r = 0; r < t; r++) {
        double weight = pow(0.9, t - 1 - r), weight_of_square = pow(0.999, t - 1 - r);
        weights += weight;
        mean += weight * d[r];
        magnitude += weight * fabs(d[r]);
        weights_of_squares += weight_of_square;
        square += weight_of_square * d[r] * d[r];
    }
    double divisor = weights * (sqrt(square / weights_of_squares) + 1e-8);
    return (struct sum_over_past){mean / divisor, magnitude / divisor};
}

struct walk {
    struct audit audit;
    double d[AUDIT_PARAMETERS][AUDIT_STEPS];
    float after[AUDIT_PARAMETERS], gradient[AUDIT_PARAMETERS];
};

/* Take step t with the kernel; worst error of a move, relative to the magnitudes. */
static double compare_step(struct walk *walk, double rate, double decay, int t,
                           struct sum_over_past (*sum)(const double *, int))
{
    struct audit *audit = &walk->audit;
    double worst = 0;
    mlp_step(audit->net, &audit->batch, audit_target, rate);
    mlp_get_parameters(audit->net, walk->after);
    mlp_get_gradient(audit->net, walk->gradient);
    for (int i = 0; i < AUDIT_PARAMETERS; i++) {
        double before = audit->parameter[i];
        walk->d[i][t - 1] = walk->gradient[i] + decay * before;
        struct sum_over_past past = sum(walk->d[i], t);
        double error = fabs(walk->after[i] - (before - rate * past.move));
        worst = entry_worse(worst, error / (fabs(before) + rate * past.magnitude));
    }
    memcpy(audit->parameter, walk->after, sizeof walk->after);
    return worst;
}

static double compare_steps(struct optimiser optimiser, double rate,
                            struct sum_over_past (*sum)(const double *, int))
{
    struct walk *walk = malloc(sizeof *walk);
    double worst = NAN;
    if (!walk || !open_audit(&walk->audit)) {
        free(walk);
        return NAN;
    }
    struct audit *audit = &walk->audit;
    audit->parameter[AUDIT_WIDTH * (AUDIT_SKILLS + AUDIT_BITS) + 5] = -1000;
    mlp_set_parameters(audit->net, audit->parameter);
    if (mlp_set_optimiser(audit->net, optimiser) == STATUS_OK) {
        worst = 0;
        for (int t = 1; t <= AUDIT_STEPS; t++)
            worst = entry_worse(worst, compare_step(walk, rate, optimiser.decay, t, sum));
    }
    close_audit(audit);
    free(walk);
    return worst;
}

static double audit_momentum(void)
{
    struct optimiser optimiser = {OPTIMISER_SGD, 0.9, 0.02385};
    return compare_steps(optimiser, 0.002385, sum_velocity);
}

static double audit_adam(void)
{
    struct optimiser optimiser = {OPTIMISER_ADAM, 0, 2.385e-8};
    return compare_steps(optimiser, 0.2385, sum_averages);
}

static double audit_schedule(void)
{
    static const double factor[] = {0.5, 0.995, 1.02385};
    static const long every[] = {1, 7, 500};
    double worst = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double rate = 0.2385;
            for (long t = 0; t < 1000; t++) {
                rate *= t > 0 && t % every[j] == 0 ? factor[i] : 1;
                double other = optimiser_rate(0.2385, factor[i], every[j], t);
                worst = entry_worse(worst, fabs(other / rate - 1));
            }
        }
    return worst;
}

const struct entry mlp_entries[] = {
    {"eq:mlp-network", "the reference's outputs against double precision", audit_network,
     68 * 0x1p-24},
    {"eq:mlp-table", "the kernel's outputs against double precision", audit_table,
     21 * 0x1p-24},
    {"eq:mlp-loss", "against double precision", audit_mean_square, 1e-7},
    {"eq:mlp-gradient", "the kernel against central differences", audit_gradient, 2e-6},
    {"eq:mlp-fold", "a step of the kernel against one of the reference", audit_fold,
     211 * 0x1p-24},
    {"eq:mlp-momentum", "the kernel's moves against sums over the past", audit_momentum,
     125 * 0x1p-24},
    {"eq:mlp-adam", "the kernel's moves against averages of the past", audit_adam,
     90 * 0x1p-24},
    {"eq:mlp-schedule", "against one factor at a time", audit_schedule, 2000 * 0x1p-53},
    {"eq:mlp-free", "against the sum over samples in double precision", audit_free, 2e-6},
    {0}};
