#include "transformer.h"
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
    enum variant variant;
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
    static const struct layers *const layers[VARIANTS] = BY_VARIANT(layers);
    *net = NULL;
    if (!shape_is_in_range(&shape, batch) || !variant_runs(variant))
        return STATUS_RANGE;
    struct transformer *created = calloc(1, sizeof *created);
    if (!created)
        return STATUS_MEMORY;
    created->shape = shape;
    created->capacity = batch;
    created->parameters = count_parameters(&shape);
    created->padded = (created->parameters + 15) / 16 * 16;
    created->layers = shape.exact ? &layers_double : layers[variant];
    created->variant = variant;
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
    const struct moved moved = {net->layers->parameter(net->net),
                                net->layers->gradient(net->net), net->state.mean,
                                net->state.square};
    return optimiser_move(net->variant, &moved, &update, 0, net->padded);
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
