#include "transformer.h"
#include "kernel.h"
#include "layers.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct transformer {
    struct transformer_shape shape;
    int capacity;      /* samples to train on */
    int room;          /* samples that the arrays below can hold */
    size_t parameters, padded;
    const struct layers *layers;
    const struct kernel *kernel;
    void *net;
    struct optimiser_state state;
    struct prefixes prefixes;
    int *spare, *bucket;
    uint64_t *key;
    double *output;
};

static size_t count_parameters(const struct transformer_shape *shape)
{
    size_t d = (size_t)shape->width, n = (size_t)(shape->skills + shape->bits);
    return 12 * d * d + (2 * n + 18) * d + 1;
}

static bool shape_is_in_range(const struct transformer_shape *shape, int batch)
{
    return shape->skills >= 1 && shape->skills <= 1024 && shape->bits >= 1
           && shape->bits <= 64 && shape->heads >= 1 && shape->width >= 1
           && shape->width <= 65536 && shape->width % shape->heads == 0 && batch >= 1
           && batch <= 10000000;
}

void transformer_destroy(struct transformer *net)
{
    if (!net)
        return;
    if (net->net)
        net->layers->destroy(net->net);
    void *owned[] = {net->prefixes.order, net->prefixes.shared, net->spare, net->bucket,
                     net->key, net->output};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    optimiser_end(&net->state);
    free(net);
}

/* Room to sort batches of so many samples. */
static bool make_room(struct transformer *net, int samples)
{
    if (samples <= net->room)
        return true;
    size_t n = (size_t)samples;
    void *larger[] = {realloc(net->prefixes.order, n * sizeof(int)),
                      realloc(net->prefixes.shared, n * sizeof(int)),
                      realloc(net->spare, n * sizeof(int)),
                      realloc(net->key, n * sizeof(uint64_t)),
                      realloc(net->output, n * sizeof(double))};
    net->prefixes.order = larger[0] ? larger[0] : net->prefixes.order;
    net->prefixes.shared = larger[1] ? larger[1] : net->prefixes.shared;
    net->spare = larger[2] ? larger[2] : net->spare;
    net->key = larger[3] ? larger[3] : net->key;
    net->output = larger[4] ? larger[4] : net->output;
    for (int i = 0; i < 5; i++)
        if (!larger[i])
            return false;
    net->room = samples;
    return true;
}

enum { BUCKETS = 1024 };

static bool allocate_transformer(struct transformer *net)
{
    net->net = net->layers->create(&net->shape, net->capacity);
    net->bucket = malloc((BUCKETS + 1) * sizeof(int));
    return net->net && net->bucket && make_room(net, net->capacity);
}

enum status transformer_create(struct transformer **net, struct transformer_shape shape,
                               int batch, enum variant variant)
{
    static const struct layers *const layers[VARIANTS] = {
        &layers_plain, ON_X86(&layers_avx2), ON_X86(&layers_avx512)};
    static const struct kernel *const kernels[VARIANTS] = {
        &kernel_plain, ON_X86(&kernel_avx2), ON_X86(&kernel_avx512)};
    *net = NULL;
    if (!shape_is_in_range(&shape, batch) || !mlp_variant_runs(variant))
        return STATUS_RANGE;
    struct transformer *created = calloc(1, sizeof *created);
    if (!created)
        return STATUS_MEMORY;
    created->shape = shape;
    created->capacity = batch;
    created->parameters = count_parameters(&shape);
    created->padded = (created->parameters + 15) / 16 * 16;
    created->layers = shape.exact ? &layers_double : layers[variant];
    created->kernel = kernels[variant];
    if (!allocate_transformer(created)) {
        transformer_destroy(created);
        return STATUS_MEMORY;
    }
    *net = created;
    return STATUS_OK;
}

enum status transformer_set_threads(struct transformer *net, int threads)
{
    if (threads < 1 || threads > 1024)
        return STATUS_RANGE;
    return net->layers->set_threads(net->net, threads) ? STATUS_OK : STATUS_MEMORY;
}

/* The word with its bits in reverse: x_0 becomes the highest. */
static uint64_t reverse(uint64_t x)
{
    static const uint64_t mask[] = {0x5555555555555555, 0x3333333333333333,
                                    0x0f0f0f0f0f0f0f0f};
    for (int i = 0; i < 3; i++)
        x = (x >> (1 << i) & mask[i]) | (x & mask[i]) << (1 << i);
    return __builtin_bswap64(x);
}

/* Sort, stably, by one byte of the keys or, with shift < 0, by skill. */
static void sort_pass(struct transformer *net, const struct batch *batch, int shift)
{
    int *order = net->prefixes.order, *start = net->bucket;
#define DIGIT(s) (shift < 0 ? (size_t)batch->skill[s] : (size_t)(net->key[s] >> shift & 255))
    memset(start, 0, (BUCKETS + 1) * sizeof(int));
    for (int s = 0; s < batch->count; s++)
        start[DIGIT(s) + 1]++;
    for (int b = 0; b < BUCKETS; b++)
        start[b + 1] += start[b];
    for (int i = 0; i < batch->count; i++)
        net->spare[start[DIGIT(order[i])]++] = order[i];
    net->prefixes.order = net->spare;
    net->spare = order;
}

static int count_shared(const struct transformer *net, const struct batch *batch, int s, int t)
{
    if (batch->skill[s] != batch->skill[t])
        return batch->skill[s] < batch->skill[t] ? batch->skill[s] : batch->skill[t];
    uint64_t other = batch->bits[s] ^ batch->bits[t];
    return net->shape.skills + (other ? __builtin_ctzll(other) : net->shape.bits);
}

static bool fits(const struct transformer *net, const struct batch *batch)
{
    for (int s = 0; s < batch->count; s++)
        if (batch->skill[s] < 0 || batch->skill[s] >= net->shape.skills
            || (net->shape.bits < 64 && batch->bits[s] >> net->shape.bits))
            return false;
    return true;
}

/* Fill the network's prefixes.  STATUS_RANGE if a sample does not fit. */
static enum status sort_batch(struct transformer *net, const struct batch *batch)
{
    if (!fits(net, batch))
        return STATUS_RANGE;
    if (!make_room(net, batch->count))
        return STATUS_MEMORY;
    for (int s = 0; s < batch->count; s++) {
        net->prefixes.order[s] = s;
        net->key[s] = reverse(batch->bits[s]);
    }
    int bytes = (net->shape.bits + 7) / 8;
    for (int shift = 64 - 8 * bytes; shift < 64; shift += 8)
        sort_pass(net, batch, shift);
    sort_pass(net, batch, -1);
    net->prefixes.samples = batch->count;
    for (int i = 0; i < batch->count; i++)
        net->prefixes.shared[i] = i ? count_shared(net, batch, net->prefixes.order[i - 1],
                                                   net->prefixes.order[i]) : 0;
    return STATUS_OK;
}

size_t transformer_parameters(const struct transformer *net) { return net->parameters; }

static void read_numbers(const struct transformer *net, const void *from, double *to)
{
    for (size_t i = 0; i < net->parameters; i++)
        to[i] = net->layers->is_double ? ((const double *)from)[i] : ((const float *)from)[i];
}

void transformer_get_parameters(const struct transformer *net, double *parameter)
{
    read_numbers(net, net->layers->parameter(net->net), parameter);
}

void transformer_get_gradient(const struct transformer *net, double *gradient)
{
    read_numbers(net, net->layers->gradient(net->net), gradient);
}

static void set_parameter(struct transformer *net, size_t i, double value)
{
    void *parameter = net->layers->parameter(net->net);
    if (net->layers->is_double)
        ((double *)parameter)[i] = value;
    else
        ((float *)parameter)[i] = (float)value;
}

void transformer_set_parameters(struct transformer *net, const double *parameter)
{
    for (size_t i = 0; i < net->parameters; i++)
        set_parameter(net, i, parameter[i]);
}

/* count parameters from at on: uniform in (-bound, bound), or constant if bound is 0. */
static size_t draw_piece(struct transformer *net, size_t at, size_t count, double bound,
                         double constant, struct stream *stream)
{
    for (size_t i = 0; i < count; i++)
        set_parameter(net, at + i, bound > 0 ? bound * (2 * stream_uniform(stream) - 1)
                                             : constant);
    return at + count;
}

void transformer_initialise(struct transformer *net, struct stream *stream)
{
    size_t d = (size_t)net->shape.width, n = (size_t)(net->shape.skills + net->shape.bits);
    double first = 1 / sqrt((double)(n + 2)), wide = 1 / sqrt((double)d);
    double last = 1 / sqrt((double)(n * d)), out = sqrt(0.5);
    const struct {
        size_t count;
        double bound, constant;
    } piece[] = {{(n + 3) * d, first, 0},          {d, 0, 1}, {d, 0, 0},
                 {3 * d * d + 3 * d, wide, 0},     {d * d, out * wide, 0}, {d, wide, 0},
                 {d, 0, 1}, {d, 0, 0},             {4 * d * d + 4 * d, wide, 0},
                 {4 * d * d, out * wide / 2, 0},   {d, wide / 2, 0},
                 {d, 0, 1}, {d, 0, 0},             {n * d + 1, last, 0}};
    size_t at = 0;
    for (size_t i = 0; i < sizeof piece / sizeof *piece; i++)
        at = draw_piece(net, at, piece[i].count, piece[i].bound, piece[i].constant, stream);
}

enum status transformer_set_optimiser(struct transformer *net, struct optimiser optimiser)
{
    return optimiser_begin(&net->state, optimiser, net->padded);
}

/* False if a parameter, or the optimiser's memory, is not finite afterwards. */
static bool move(struct transformer *net, double rate)
{
    struct update update = optimiser_next(&net->state, rate);
    struct workspace flat = {.parameter = net->layers->parameter(net->net),
                             .gradient = net->layers->gradient(net->net),
                             .mean = net->state.mean, .square = net->state.square};
    return net->kernel->move(&flat, &update, 0, net->padded);
}

enum status transformer_forward(struct transformer *net, const struct batch *batch,
                                double *output)
{
    enum status status = sort_batch(net, batch);
    if (status != STATUS_OK || batch->count == 0)
        return status;
    return net->layers->run(net->net, batch, &net->prefixes, 0, false, output) ? STATUS_OK
                                                                               : STATUS_MEMORY;
}

double transformer_gradient(struct transformer *net, const struct batch *batch, double target)
{
    double loss = 0;
    if (batch->count < 1 || batch->count > net->capacity
        || sort_batch(net, batch) != STATUS_OK
        || !net->layers->run(net->net, batch, &net->prefixes, target, true, net->output))
        return NAN;
    for (int s = 0; s < batch->count; s++) {
        double difference = net->output[s] - target * batch->parity[s];
        loss += difference * difference;
    }
    return loss / batch->count;
}

double transformer_step(struct transformer *net, const struct batch *batch, double target,
                        double rate)
{
    if (net->shape.exact || !isfinite((float)rate))
        return NAN;
    double loss = transformer_gradient(net, batch, target);
    if (!isnan(loss) && !move(net, rate))
        set_parameter(net, net->parameters - 1, NAN);
    return loss;
}

double transformer_rows(struct transformer *net, const struct batch *batch)
{
    return sort_batch(net, batch) == STATUS_OK ? net->layers->rows(net->net, &net->prefixes)
                                               : 0;
}

int transformer_look(struct transformer *net, int skill, uint64_t bits,
                     enum transformer_layer layer, double *value)
{
    int32_t index = skill;
    float parity = 1;
    double output;
    struct batch sample = {1, &bits, &index, &parity};
    if (transformer_forward(net, &sample, &output) != STATUS_OK)
        return 0;
    return net->layers->look(net->net, skill, bits, layer, value);
}

enum status transformer_measure(struct transformer *net, const struct batch *points,
                                double target, double *strength, double *error)
{
    if (points->count < 2 || target == 0 || !make_room(net, points->count))
        return STATUS_RANGE;
    enum status status = transformer_forward(net, points, net->output);
    double n = points->count, f = 0, g = 0, fg = 0, square = 0;
    for (int s = 0; status == STATUS_OK && s < points->count; s++) {
        double output = net->output[s], parity = points->parity[s];
        f += output;
        g += parity;
        fg += output * parity;
        square += (output - target * parity) * (output - target * parity);
    }
    double variance = 1 - (g / n) * (g / n);
    if (status != STATUS_OK || !(variance > 0))
        return STATUS_RANGE;
    *strength = (fg / n - (f / n) * (g / n)) / sqrt(variance) / target;
    *error = square / n / (target * target);
    return STATUS_OK;
}

enum { AUDIT_SKILLS = 3, AUDIT_BITS = 5, AUDIT_TOKENS = 8, AUDIT_WIDTH = 10, AUDIT_HEADS = 2,
       AUDIT_HIDDEN = 4 * AUDIT_WIDTH, AUDIT_BATCH = 37,
       AUDIT_PARAMETERS = 12 * AUDIT_WIDTH * AUDIT_WIDTH
                          + (2 * AUDIT_TOKENS + 18) * AUDIT_WIDTH + 1 };

struct judge {
    double e[AUDIT_TOKENS][AUDIT_WIDTH], qkv[3][AUDIT_TOKENS][AUDIT_WIDTH];
    double y[AUDIT_TOKENS][AUDIT_WIDTH], hidden[AUDIT_TOKENS][AUDIT_HIDDEN];
    double last[AUDIT_TOKENS][AUDIT_WIDTH], f;
};

/* N_i(h) with gain, and offset behind it; gain NULL: N(h). */
static void judge_norm(const double *h, const double *gain, double *x)
{
    double mean = 0, variance = 0;
    for (int i = 0; i < AUDIT_WIDTH; i++)
        mean += h[i] / AUDIT_WIDTH;
    for (int i = 0; i < AUDIT_WIDTH; i++)
        variance += (h[i] - mean) * (h[i] - mean) / AUDIT_WIDTH;
    for (int i = 0; i < AUDIT_WIDTH; i++) {
        x[i] = (h[i] - mean) / sqrt(variance + 1e-5);
        if (gain)
            x[i] = gain[i] * x[i] + gain[AUDIT_WIDTH + i];
    }
}

/* to = W x + b. */
static void judge_map(int rows, int columns, const double *W, const double *b, const double *x,
                      double *to)
{
    for (int i = 0; i < rows; i++) {
        to[i] = b[i];
        for (int j = 0; j < columns; j++)
            to[i] += W[i * columns + j] * x[j];
    }
}

static const double *judge_inputs(const double *p, int skill, uint64_t bits,
                                  struct judge *judge)
{
    enum { D = AUDIT_WIDTH };
    const double *position = p + 2 * D, *bias = position + AUDIT_TOKENS * D, *gain = bias + D;
    const double *map = gain + 2 * D, *offset = map + 3 * D * D;
    for (int t = 0; t < AUDIT_TOKENS; t++) {
        int u = t < AUDIT_SKILLS ? t == skill : (int)(bits >> (t - AUDIT_SKILLS) & 1);
        double x[D];
        for (int i = 0; i < D; i++)
            judge->e[t][i] = fmax(p[u * D + i] + position[t * D + i] + bias[i], 0);
        judge_norm(judge->e[t], gain, x);
        for (int part = 0; part < 3; part++)
            judge_map(D, D, map + part * D * D, offset + part * D, x, judge->qkv[part][t]);
    }
    return offset + 3 * D;
}

static void judge_attention(struct judge *judge, int t, int head)
{
    enum { SIZE = AUDIT_WIDTH / AUDIT_HEADS };
    double share[AUDIT_TOKENS], sum = 0;
    for (int s = 0; s <= t; s++) {
        double score = 0;
        for (int i = head * SIZE; i < (head + 1) * SIZE; i++)
            score += judge->qkv[0][t][i] * judge->qkv[1][s][i];
        share[s] = exp(score / sqrt(SIZE));
        sum += share[s];
    }
    for (int i = head * SIZE; i < (head + 1) * SIZE; i++) {
        judge->y[t][i] = 0;
        for (int s = 0; s <= t; s++)
            judge->y[t][i] += share[s] / sum * judge->qkv[2][s][i];
    }
}

static void judge_sample(const double *parameter, int skill, uint64_t bits,
                         struct judge *judge)
{
    enum { D = AUDIT_WIDTH, M = AUDIT_HIDDEN };
    const double *out = judge_inputs(parameter, skill, bits, judge), *gain_2 = out + D * D + D;
    const double *up = gain_2 + 2 * D, *down = up + M * D + M, *gain_3 = down + D * M + D;
    const double *read = gain_3 + 2 * D;
    judge->f = read[AUDIT_TOKENS * D];
    for (int t = 0; t < AUDIT_TOKENS; t++) {
        double h[D], x[D];
        for (int head = 0; head < AUDIT_HEADS; head++)
            judge_attention(judge, t, head);
        judge_map(D, D, out, out + D * D, judge->y[t], h);
        for (int i = 0; i < D; i++)
            h[i] += judge->e[t][i];
        judge_norm(h, gain_2, x);
        judge_map(M, D, up, up + M * D, x, judge->hidden[t]);
        for (int i = 0; i < M; i++)
            judge->hidden[t][i] = fmax(judge->hidden[t][i], 0);
        judge_map(D, M, down, down + D * M, judge->hidden[t], x);
        for (int i = 0; i < D; i++)
            h[i] += x[i];
        judge_norm(h, NULL, judge->last[t]);
        judge_norm(h, gain_3, x);
        for (int i = 0; i < D; i++)
            judge->f += read[t * D + i] * x[i];
    }
}

struct audit {
    struct transformer *net;
    struct batch batch;
    double parameter[AUDIT_PARAMETERS];
};

static void close_audit(struct audit *audit)
{
    transformer_destroy(audit->net);
    batch_destroy(&audit->batch);
}

static void draw_audit(struct audit *audit, struct stream *stream)
{
    transformer_initialise(audit->net, stream);
    transformer_get_parameters(audit->net, audit->parameter);
    for (int i = 0; i < AUDIT_PARAMETERS; i++)
        audit->parameter[i] = (float)(audit->parameter[i] + 0.2385 * stream_normal(stream));
    transformer_set_parameters(audit->net, audit->parameter);
}

static bool open_audit(struct audit *audit, bool exact)
{
    struct stream stream = stream_open(2385, 3, PURPOSE_START);
    const struct transformer_shape shape = {AUDIT_SKILLS, AUDIT_BITS, AUDIT_WIDTH, AUDIT_HEADS,
                                            exact};
    struct task task;
    memset(audit, 0, sizeof *audit);
    if (task_create(&task, AUDIT_SKILLS, AUDIT_BITS, 2, 0.6385, true, &stream) != STATUS_OK)
        return false;
    bool good = batch_create(&audit->batch, AUDIT_BATCH) == STATUS_OK
                && transformer_create(&audit->net, shape, AUDIT_BATCH, mlp_best_variant())
                       == STATUS_OK;
    if (good) {
        task_draw(&task, &stream, &audit->batch);
        draw_audit(audit, &stream);
    } else {
        close_audit(audit);
    }
    task_destroy(&task);
    return good;
}

static const double *judged_layer(const struct judge *judge, enum transformer_layer layer)
{
    switch (layer) {
    case LAYER_EMBEDDING: return judge->e[0];
    case LAYER_ATTENTION: return judge->y[0];
    case LAYER_HIDDEN: return judge->hidden[0];
    default: return judge->last[0];
    }
}

static double compare_layer(enum transformer_layer layer)
{
    static struct audit audit;
    static double value[AUDIT_TOKENS * AUDIT_HIDDEN];
    struct judge judge;
    double worst = 0;
    if (!open_audit(&audit, true))
        return NAN;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        int skill = audit.batch.skill[s];
        uint64_t bits = audit.batch.bits[s];
        judge_sample(audit.parameter, skill, bits, &judge);
        const double *expected = judged_layer(&judge, layer);
        int count = AUDIT_TOKENS * transformer_look(audit.net, skill, bits, layer, value);
        for (int i = 0; i < count; i++)
            worst = entry_worse(worst, fabs(value[i] - expected[i]));
        worst = count > 0 ? worst : NAN;
    }
    close_audit(&audit);
    return worst;
}

static double audit_embedding(void) { return compare_layer(LAYER_EMBEDDING); }
static double audit_attention(void) { return compare_layer(LAYER_ATTENTION); }
static double audit_block(void) { return compare_layer(LAYER_HIDDEN); }
static double audit_norm(void) { return compare_layer(LAYER_STREAM); }
static double audit_output(void)
{
    struct audit audit;
    struct judge judge;
    double output[AUDIT_BATCH] = {0}, worst = 0, largest = 0;
    if (!open_audit(&audit, false))
        return NAN;
    if (transformer_forward(audit.net, &audit.batch, output) != STATUS_OK)
        worst = NAN;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        judge_sample(audit.parameter, audit.batch.skill[s], audit.batch.bits[s], &judge);
        worst = entry_worse(worst, fabs(output[s] - judge.f));
        largest = entry_worse(largest, fabs(judge.f));
    }
    close_audit(&audit);
    return worst / largest;
}

static double judge_loss(const struct audit *audit, double target)
{
    struct judge judge;
    double loss = 0;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        judge_sample(audit->parameter, audit->batch.skill[s], audit->batch.bits[s], &judge);
        double difference = judge.f - target * audit->batch.parity[s];
        loss += difference * difference / AUDIT_BATCH;
    }
    return loss;
}

/* Largest error of the gradient by count parameters from first on, every step-th, relative
   to the largest component of all. */
static double compare_gradient(int first, int count, int step)
{
    static struct audit audit;
    static double gradient[AUDIT_PARAMETERS];
    double worst = 0, largest = 0;
    if (!open_audit(&audit, true))
        return NAN;
    double loss = transformer_gradient(audit.net, &audit.batch, 2.385);
    transformer_get_gradient(audit.net, gradient);
    worst = fabs(loss / judge_loss(&audit, 2.385) - 1);
    for (int i = 0; i < AUDIT_PARAMETERS; i++)
        largest = entry_worse(largest, fabs(gradient[i]));
    for (int i = first; i < first + count; i += step) {
        double saved = audit.parameter[i];
        audit.parameter[i] = saved + 1e-6;
        double above = judge_loss(&audit, 2.385);
        audit.parameter[i] = saved - 1e-6;
        double below = judge_loss(&audit, 2.385);
        audit.parameter[i] = saved;
        double quotient = (above - below) / 2e-6;
        worst = entry_worse(worst, fabs(gradient[i] - quotient) / largest);
    }
    close_audit(&audit);
    return worst;
}

enum { AUDIT_SQUARE = AUDIT_WIDTH * AUDIT_WIDTH,
       AUDIT_GAIN_1 = (AUDIT_TOKENS + 3) * AUDIT_WIDTH,
       AUDIT_QKV = AUDIT_GAIN_1 + 2 * AUDIT_WIDTH,
       AUDIT_OUT = AUDIT_QKV + 3 * (AUDIT_SQUARE + AUDIT_WIDTH),
       AUDIT_GAIN_2 = AUDIT_OUT + AUDIT_SQUARE + AUDIT_WIDTH,
       AUDIT_UP = AUDIT_GAIN_2 + 2 * AUDIT_WIDTH,
       AUDIT_GAIN_3 = AUDIT_PARAMETERS - 1 - (AUDIT_TOKENS + 2) * AUDIT_WIDTH,
       AUDIT_READ = AUDIT_GAIN_3 + 2 * AUDIT_WIDTH };

static double audit_softmax(void) { return compare_gradient(AUDIT_QKV, 2 * AUDIT_SQUARE, 5); }

static double audit_norm_gradient(void)
{
    return entry_worse(compare_gradient(AUDIT_UP, AUDIT_GAIN_3 - AUDIT_UP, 11),
                       compare_gradient(0, AUDIT_GAIN_1, 5));
}

static double audit_fold(void)
{
    double one = compare_gradient(AUDIT_GAIN_1, 2 * AUDIT_WIDTH, 1);
    double two = compare_gradient(AUDIT_GAIN_2, 2 * AUDIT_WIDTH, 1);
    double three = compare_gradient(AUDIT_GAIN_3, 2 * AUDIT_WIDTH, 1);
    return entry_worse(entry_worse(one, two), three);
}

static double audit_tree(void)
{
    return compare_gradient(AUDIT_READ, AUDIT_PARAMETERS - AUDIT_READ, 3);
}

const struct entry transformer_entries[] = {
    {"eq:transformer-embedding", "the tables against single tokens", audit_embedding, 1e-13},
    {"eq:transformer-block", "the hidden layer against single tokens", audit_block, 1e-12},
    {"eq:transformer-output", "single precision against double precision", audit_output, 1e-5},
    {"eq:transformer-norm", "the last norm against single tokens", audit_norm, 1e-12},
    {"eq:transformer-attention", "tabulated shares against single tokens", audit_attention,
     1e-13},
    {"eq:transformer-tree", "the gradient by the output's weights against central differences",
     audit_tree, 1e-7},
    {"eq:transformer-fold", "the gradient by gains and offsets against central differences",
     audit_fold, 1e-7},
    {"eq:transformer-norm-gradient",
     "the gradient by maps and embedding against central differences", audit_norm_gradient,
     1e-7},
    {"eq:transformer-softmax-gradient",
     "the gradient by queries and keys against central differences", audit_softmax, 1e-7},
    {0}};
