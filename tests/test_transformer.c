/* Tests of the transformer: against NumPy layer by layer, against central differences, against
   itself over batches, slices, threads and variants, and on networks set by hand. */
#include "common.h"
#include "transformer.h"

/* --- networks and batches --- */

static void destroy_net(void *net)
{
    transformer_destroy(net);
}

static struct transformer *open_variant(struct transformer_shape shape, int room,
                                        enum variant variant)
{
    struct transformer *net;
    assert_int_equal(transformer_create(&net, shape, room, variant), STATUS_OK);
    return keep(net, destroy_net);
}

static struct transformer *open_net(struct transformer_shape shape, int room)
{
    return open_variant(shape, room, variant_best());
}

static double *allocate(size_t count)
{
    return new_array(count + 1, sizeof(double));
}

/* Weights of order one give every parameter a gradient. */
static void set_random_parameters(struct transformer *net, uint64_t seed)
{
    size_t n = transformer_parameters(net);
    double *parameter = allocate(n);
    struct stream stream = stream_open(seed, 0, PURPOSE_START);
    transformer_initialise(net, &stream);
    transformer_get_parameters(net, parameter);
    for (size_t i = 0; i < n; i++)
        parameter[i] = (float)(parameter[i] + 0.25 * stream_normal(&stream));
    transformer_set_parameters(net, parameter);
}

static struct batch draw_batch(struct transformer_shape shape, int count, uint64_t seed)
{
    struct stream stream = stream_open(seed, 1, PURPOSE_TRAINING);
    struct batch *batch = new_batch(count);
    for (int s = 0; s < count; s++) {
        batch->skill[s] = (int32_t)stream_below(&stream, (uint64_t)shape.skills);
        batch->bits[s] = stream_word(&stream) >> (64 - shape.bits);
        batch->parity[s] = stream_word(&stream) >> 63 ? 1 : -1;
    }
    return *batch;
}

static struct batch one_of(const struct batch *batch, int s)
{
    return (struct batch){1, batch->bits + s, batch->skill + s, batch->parity + s};
}

static double *gradient_of(struct transformer *net, const struct batch *batch, double *loss)
{
    double *gradient = allocate(transformer_parameters(net));
    *loss = transformer_gradient(net, batch, 2.385);
    transformer_get_gradient(net, gradient);
    return gradient;
}

static double largest_of(size_t n, const double *x)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        largest = fmax(largest, fabs(x[i]));
    return largest;
}

static double largest_difference(size_t n, const double *x, const double *y)
{
    double largest = 0;
    for (size_t i = 0; i < n; i++)
        if (!(fabs(x[i] - y[i]) <= largest))
            largest = fabs(x[i] - y[i]);
    return largest;
}

/* Awkward and even sizes, all small enough for central differences. */
static const struct transformer_shape small_shapes[] = {
    {3, 6, 16, 4, true}, {2, 5, 9, 3, true}, {1, 3, 1, 1, true}, {4, 1, 10, 2, true},
    {1, 9, 8, 8, true}};
enum { SMALL_SHAPES = LENGTH(small_shapes) };

/* --- NumPy --- */

/* The generator of tests/reference/transformer.py. */
static int draw_below(uint32_t *state, int n)
{
    *state = (uint32_t)((*state * UINT64_C(1103515245) + 12345) % (UINT64_C(1) << 31));
    return (int)(*state >> 12) % n;
}

static struct transformer *open_reference_net(struct transformer_shape shape)
{
    struct transformer *net = open_net(shape, 1);
    size_t n = transformer_parameters(net);
    double *parameter = allocate(n);
    uint32_t state = 2385;
    for (size_t i = 0; i < n; i++)
        parameter[i] = draw_below(&state, 4096) / 4096. - 0.5;
    transformer_set_parameters(net, parameter);
    return net;
}

static double value_of_layer(struct transformer *net, int skill, uint64_t bits,
                             const char *layer, int index)
{
    static const char *const names[] = {"embedding", "projection", "attention", "hidden",
                                        "stream"};
    static double value[4096];
    float parity = 1;
    int32_t skills = skill;
    struct batch sample = {1, &bits, &skills, &parity};
    if (!strcmp(layer, "output")) {
        assert_int_equal(transformer_forward(net, &sample, value), STATUS_OK);
        return value[0];
    }
    for (int i = 0; i < 5; i++)
        if (!strcmp(layer, names[i]))
            assert_int_not_equal(
                transformer_look(net, skill, bits, (enum transformer_layer)i, value), 0);
    return value[index];
}

/* Compare one layer with the rows of a case, of which there are so many for all layers. */
static void compare_layer(struct transformer_shape shape, const char *name, int expected,
                          const char *layer, double tolerance)
{
    struct transformer *net = open_reference_net(shape);
    struct reader reader = reader_of("tests/reference/transformer.tsv", name, expected);
    int rows = 0;
    while (next_row(&reader)) {
        char row_layer[64];
        double value;
        int skill, index, sample;
        unsigned long bits;
        assert_int_equal(sscanf(reader.text, "%d %d %lu %63s %d %lf", &sample, &skill, &bits,
                                row_layer, &index, &value), 6);
        if (strcmp(row_layer, layer) != 0)
            continue;
        assert_close(value_of_layer(net, skill, bits, layer, index), value,
                     tolerance * (1 + fabs(value)));
        rows++;
    }
    assert_int_not_equal(rows, 0);
}

static void follow_numpy(const char *layer)
{
    static const struct {
        const char *name;
        int rows;
        struct transformer_shape shape;
    } known[] = {{"even", 264, {3, 6, 16, 4, true}}, {"odd", 120, {2, 5, 9, 3, true}},
                 {"wide", 564, {2, 11, 24, 1, true}}, {"thin", 123, {1, 3, 1, 1, true}}};
    for (int i = 0; i < 4; i++) {
        struct transformer_shape shape = known[i].shape;
        compare_layer(shape, known[i].name, known[i].rows, layer, 2e-13);
        shape.exact = false;
        compare_layer(shape, known[i].name, known[i].rows, layer, 2e-5);
    }
}

TEST(test_embedding_follows_numpy) { follow_numpy("embedding"); }
TEST(test_projection_follows_numpy) { follow_numpy("projection"); }
TEST(test_attention_follows_numpy) { follow_numpy("attention"); }
TEST(test_hidden_follows_numpy) { follow_numpy("hidden"); }
TEST(test_stream_follows_numpy) { follow_numpy("stream"); }
TEST(test_output_follows_numpy) { follow_numpy("output"); }

/* --- central differences --- */

static double difference_quotient(struct transformer *net, const struct batch *batch,
                                  double *parameter, size_t i)
{
    const double step = 1e-6, saved = parameter[i];
    parameter[i] = saved + step;
    transformer_set_parameters(net, parameter);
    double above = transformer_gradient(net, batch, 2.385);
    parameter[i] = saved - step;
    transformer_set_parameters(net, parameter);
    double below = transformer_gradient(net, batch, 2.385);
    parameter[i] = saved;
    return (above - below) / (2 * step);
}

/* Parameters from share first to last of 1000 of the plain order, in all shapes. */
static void follow_differences(size_t first, size_t count, struct transformer_shape shape)
{
    struct transformer *net = open_net(shape, 40);
    size_t n = transformer_parameters(net);
    double *parameter = allocate(n), loss;
    set_random_parameters(net, 3);
    struct batch batch = draw_batch(shape, 40, 4);
    transformer_get_parameters(net, parameter);
    double *gradient = gradient_of(net, &batch, &loss);
    double scale = 1e-7 * (1 + largest_of(n, gradient)), sum = 0;
    for (size_t i = first; i < first + count; i++) {
        assert_close(gradient[i], difference_quotient(net, &batch, parameter, i), scale);
        sum += fabs(gradient[i]);
    }
    assert_true(sum > 0);
}

/* Where a group of parameters stands in the plain order. */
enum group { EMBEDDING, NORM_1, PROJECTION, OUT, NORM_2, UP, DOWN, NORM_3, READ, GROUPS };

static size_t start_of(struct transformer_shape shape, enum group group)
{
    size_t d = (size_t)shape.width, n = (size_t)(shape.skills + shape.bits), at = 0;
    const size_t count[GROUPS] = {(n + 3) * d, 2 * d, 3 * d * d + 3 * d, d * d + d, 2 * d,
                                  4 * d * d + 4 * d, 4 * d * d + d, 2 * d, n * d + 1};
    for (int g = 0; g < (int)group; g++)
        at += count[g];
    return at;
}

static void follow_differences_in(enum group group)
{
    for (int i = 0; i < SMALL_SHAPES; i++)
        if (small_shapes[i].width > 1) {
            struct transformer_shape shape = small_shapes[i];
            size_t first = start_of(shape, group), last = start_of(shape, group + 1);
            size_t count = last - first > 300 ? 300 : last - first;
            follow_differences(first, count, shape);
            follow_differences(last - count, count, shape);
        }
}

TEST(test_gradient_of_embedding) { follow_differences_in(EMBEDDING); }
TEST(test_gradient_of_first_norm) { follow_differences_in(NORM_1); }
TEST(test_gradient_of_projection) { follow_differences_in(PROJECTION); }
TEST(test_gradient_of_output_map) { follow_differences_in(OUT); }
TEST(test_gradient_of_second_norm) { follow_differences_in(NORM_2); }
TEST(test_gradient_of_map_up) { follow_differences_in(UP); }
TEST(test_gradient_of_map_down) { follow_differences_in(DOWN); }
TEST(test_gradient_of_third_norm) { follow_differences_in(NORM_3); }
TEST(test_gradient_of_read_out) { follow_differences_in(READ); }

TEST(test_groups_cover_all_parameters)
{
    for (int i = 0; i < SMALL_SHAPES; i++) {
        struct transformer *net = open_net(small_shapes[i], 1);
        assert_int_equal(start_of(small_shapes[i], GROUPS), transformer_parameters(net));
    }
}

/* --- single and double precision --- */

TEST(test_floats_follow_doubles)
{
    for (int i = 0; i < SMALL_SHAPES; i++) {
        struct transformer_shape shape = small_shapes[i];
        double loss[2], *gradient[2];
        struct batch batch = draw_batch(shape, 100, 5);
        size_t n = 0;
        for (int exact = 0; exact < 2; exact++) {
            shape.exact = exact;
            struct transformer *net = open_net(shape, 100);
            set_random_parameters(net, 6);
            n = transformer_parameters(net);
            gradient[exact] = gradient_of(net, &batch, &loss[exact]);
        }
        assert_close(loss[0] / loss[1], 1, 1e-5);
        assert_close(largest_difference(n, gradient[0], gradient[1]), 0,
                     2e-5 * (1 + largest_of(n, gradient[1])));
    }
}

/* --- the tree of prefixes --- */

TEST(test_outputs_do_not_depend_on_company)
{
    for (int i = 0; i < SMALL_SHAPES; i++) {
        struct transformer *net = open_net(small_shapes[i], 1);
        double together[200], alone;
        set_random_parameters(net, 7);
        struct batch batch = draw_batch(small_shapes[i], 200, 8);
        assert_int_equal(transformer_forward(net, &batch, together), STATUS_OK);
        for (int s = 0; s < 200; s++) {
            struct batch one = one_of(&batch, s);
            transformer_forward(net, &one, &alone);
            assert_close(together[s], alone, 1e-12 * (1 + fabs(alone)));
        }
    }
}

TEST(test_gradient_is_the_mean_over_samples)
{
    struct transformer_shape shape = {3, 7, 12, 2, true};
    struct transformer *net = open_net(shape, 64);
    size_t n = transformer_parameters(net);
    double *mean = allocate(n), loss, sum = 0;
    set_random_parameters(net, 9);
    struct batch batch = draw_batch(shape, 64, 10);
    for (int s = 0; s < 64; s++) {
        struct batch one = one_of(&batch, s);
        double *part = gradient_of(net, &one, &loss);
        sum += loss / 64;
        for (size_t i = 0; i < n; i++)
            mean[i] += part[i] / 64;
    }
    double *gradient = gradient_of(net, &batch, &loss);
    assert_close(loss, sum, 1e-12 * sum);
    assert_close(largest_difference(n, mean, gradient), 0, 1e-12 * largest_of(n, mean));
}

/* Wide enough that a batch is cut into many slices and shared by all gangs. */
static const struct transformer_shape sliced = {2, 30, 128, 4, false};
enum { SLICED_BATCH = 300 };

TEST(test_slices_add_up)
{
    struct transformer_shape shape = {2, 20, 96, 2, true};
    enum { COUNT = 900, PARTS = 9 };
    struct transformer *net = open_net(shape, COUNT);
    size_t n = transformer_parameters(net);
    double *mean = allocate(n), loss;
    set_random_parameters(net, 11);
    struct batch batch = draw_batch(shape, COUNT, 12);
    for (int p = 0; p < PARTS; p++) {
        int first = p * COUNT / PARTS;
        struct batch part = {COUNT / PARTS, batch.bits + first, batch.skill + first,
                             batch.parity + first};
        double *gradient = gradient_of(net, &part, &loss);
        for (size_t i = 0; i < n; i++)
            mean[i] += gradient[i] / PARTS;
    }
    double *gradient = gradient_of(net, &batch, &loss);
    assert_close(largest_difference(n, mean, gradient), 0, 1e-11 * largest_of(n, mean));
}

TEST(test_equal_samples_are_one_row)
{
    struct transformer_shape shape = {2, 6, 8, 2, false};
    struct transformer *net = open_net(shape, 10000);
    double *output = allocate(10000), loss;
    struct batch batch = draw_batch(shape, 10000, 13);
    for (int s = 0; s < 10000; s++) {
        batch.skill[s] = 1;
        batch.bits[s] = 37;
    }
    set_random_parameters(net, 14);
    assert_true(transformer_rows(net, &batch) < 100);
    assert_int_equal(transformer_forward(net, &batch, output), STATUS_OK);
    for (int s = 1; s < 10000; s++)
        assert_true(output[s] == output[0]);
    gradient_of(net, &batch, &loss);
    assert_true(isfinite(loss));
}

TEST(test_a_complete_tree_has_its_nodes)
{
    for (int bits = 1; bits <= 8; bits++) {
        struct transformer_shape shape = {3, bits, 4, 1, false};
        struct transformer *net = open_net(shape, 1);
        struct batch batch = draw_batch(shape, 3 << bits, 15);
        for (int s = 0; s < 3 << bits; s++) {
            batch.skill[s] = s / (1 << bits);
            batch.bits[s] = (uint64_t)(s % (1 << bits));
        }
        /* Control tokens: 1 0; 10 01 00; 100 010 001. */
        double nodes = 3 * ((2 << bits) - 2) + 2 + 3 + 3;
        assert_close(transformer_rows(net, &batch), nodes, 0);
    }
}

static int token_at(struct transformer_shape shape, const struct batch *batch, int s, int t)
{
    return t < shape.skills ? batch->skill[s] == t
                            : (int)(batch->bits[s] >> (t - shape.skills) & 1);
}

static bool same_prefix(struct transformer_shape shape, const struct batch *batch, int r, int s,
                        int length)
{
    for (int t = 0; t < length; t++)
        if (token_at(shape, batch, r, t) != token_at(shape, batch, s, t))
            return false;
    return true;
}

TEST(test_rows_are_the_different_prefixes)
{
    struct transformer_shape shape = {4, 40, 4, 1, false};
    struct transformer *net = open_net(shape, 1);
    int nodes = 0;
    struct batch batch = draw_batch(shape, 60, 16);
    for (int length = 1; length <= 44; length++)
        for (int s = 0; s < 60; s++) {
            bool is_new = true;
            for (int r = 0; r < s; r++)
                is_new = is_new && !same_prefix(shape, &batch, r, s, length);
            nodes += is_new;
        }
    assert_close(transformer_rows(net, &batch), nodes, 0);
}

TEST(test_attention_is_causal)
{
    struct transformer_shape shape = {3, 10, 8, 2, false};
    struct transformer *net = open_net(shape, 1);
    double one[13 * 8], other[13 * 8];
    set_random_parameters(net, 17);
    assert_int_equal(transformer_look(net, 1, 0x155, LAYER_STREAM, one), 8);
    assert_int_equal(transformer_look(net, 1, 0x155 ^ 1 << 6, LAYER_STREAM, other), 8);
    for (int t = 0; t < 13; t++)
        assert_int_equal(memcmp(one + 8 * t, other + 8 * t, 8 * sizeof(double)) == 0, t < 9);
}

TEST(test_the_last_of_64_bits_counts)
{
    struct transformer_shape shape = {1, 64, 8, 2, false};
    struct transformer *net = open_net(shape, 3);
    uint64_t bits[3] = {0, UINT64_C(1) << 63, UINT64_MAX};
    int32_t skill[3] = {0};
    float parity[3] = {1, -1, 1};
    double output[3];
    struct batch batch = {3, bits, skill, parity};
    set_random_parameters(net, 18);
    assert_int_equal(transformer_forward(net, &batch, output), STATUS_OK);
    assert_true(output[0] != output[1] && output[1] != output[2]);
    assert_close(transformer_rows(net, &batch), 65 + 1 + 64, 0);
}

/* --- the same bits --- */

static double *gradient_with(enum variant variant, int threads, size_t *n)
{
    struct transformer *net = open_variant(sliced, SLICED_BATCH, variant);
    double loss;
    assert_int_equal(transformer_set_threads(net, threads), STATUS_OK);
    set_random_parameters(net, 19);
    struct batch batch = draw_batch(sliced, SLICED_BATCH, 20);
    *n = transformer_parameters(net);
    return gradient_of(net, &batch, &loss);
}

TEST(test_threads_do_not_show)
{
    size_t n;
    double *expected = gradient_with(variant_best(), 1, &n);
    for (int threads = 2; threads <= 9; threads += 1 + 3 * (threads > 2)) {
        double *gradient = gradient_with(variant_best(), threads, &n);
        assert_memory_equal(gradient, expected, n * sizeof(double));
    }
}

TEST(test_variants_do_not_show)
{
    size_t n;
    double *expected = gradient_with(VARIANT_PLAIN, 1, &n);
    for (int v = VARIANT_AVX2; v < VARIANTS; v++) {
        if (!variant_runs((enum variant)v))
            continue;
        double *gradient = gradient_with((enum variant)v, 1, &n);
        assert_memory_equal(gradient, expected, n * sizeof(double));
    }
}

TEST(test_the_past_does_not_show)
{
    struct transformer_shape shape = {2, 8, 16, 4, false};
    struct transformer *net = open_net(shape, 50);
    double loss[3];
    struct batch batch = draw_batch(shape, 50, 21);
    struct batch other = draw_batch(shape, 33, 22);
    set_random_parameters(net, 23);
    double *first = gradient_of(net, &batch, &loss[0]);
    gradient_of(net, &other, &loss[1]);
    double *again = gradient_of(net, &batch, &loss[2]);
    assert_true(loss[0] == loss[2]);
    assert_memory_equal(first, again, transformer_parameters(net) * sizeof(double));
}

/* --- the start --- */

static double *start_of_net(struct transformer_shape shape, enum variant variant)
{
    struct stream stream = stream_open(5, 6, PURPOSE_START);
    struct transformer *net = open_variant(shape, 1, variant);
    double *parameter = allocate(transformer_parameters(net));
    transformer_initialise(net, &stream);
    transformer_get_parameters(net, parameter);
    return parameter;
}

/* A uniform sample in (-bound, bound): all inside, the largest near the bound, and the mean
   square within 5 standard errors. */
static void check_uniform(const double *x, size_t n, double bound)
{
    double largest = largest_of(n, x), square = 0;
    for (size_t i = 0; i < n; i++)
        square += x[i] * x[i] / (bound * bound) / (double)n;
    assert_true(largest < bound * (1 + 1e-6) && largest > bound * (1 - 12. / (double)n));
    assert_close(square, 1. / 3, 5 * sqrt(4. / 45 / (double)n));
}

TEST(test_start_is_pytorchs)
{
    struct transformer_shape shape = {5, 10, 32, 4, false};
    double *p = start_of_net(shape, variant_best());
    const size_t d = 32, n = 15;
    check_uniform(p, (n + 3) * d, 1 / sqrt(17.));
    check_uniform(p + start_of(shape, PROJECTION), 3 * d * d + 3 * d, 1 / sqrt(32.));
    check_uniform(p + start_of(shape, OUT), d * d, 1 / sqrt(64.));
    check_uniform(p + start_of(shape, OUT) + d * d, d, 1 / sqrt(32.));
    check_uniform(p + start_of(shape, UP), 4 * d * d + 4 * d, 1 / sqrt(32.));
    check_uniform(p + start_of(shape, DOWN), 4 * d * d, 1 / sqrt(256.));
    check_uniform(p + start_of(shape, DOWN) + 4 * d * d, d, 1 / sqrt(128.));
    check_uniform(p + start_of(shape, READ), n * d + 1, 1 / sqrt(480.));
    for (int norm = 0; norm < 3; norm++) {
        const double *gain = p + start_of(shape, (enum group[]){NORM_1, NORM_2, NORM_3}[norm]);
        for (size_t i = 0; i < d; i++)
            assert_true(gain[i] == 1 && gain[d + i] == 0);
    }
}

TEST(test_start_does_not_depend_on_the_variant)
{
    struct transformer_shape shape = {2, 5, 9, 3, false};
    double *one = start_of_net(shape, VARIANT_PLAIN), *other = start_of_net(shape, variant_best());
    shape.exact = true;
    double *exact = start_of_net(shape, VARIANT_PLAIN);
    size_t n = start_of(shape, GROUPS);
    assert_memory_equal(one, other, n * sizeof(double));
    for (size_t i = 0; i < n; i++)
        assert_true((float)exact[i] == one[i]);
}

TEST(test_start_uses_one_deviate_for_each_weight)
{
    struct transformer_shape shape = {2, 5, 9, 3, false};
    double *p = start_of_net(shape, VARIANT_PLAIN);
    struct stream stream = stream_open(5, 6, PURPOSE_START);
    size_t n = start_of(shape, GROUPS), norms = 6 * 9;
    for (size_t i = 0; i < n - norms - 1; i++)
        stream_uniform(&stream);
    assert_true(p[n - 1] == (float)((2 * stream_uniform(&stream) - 1) / sqrt(63.)));
}

/* --- steps --- */

struct walk {
    struct transformer *net;
    struct batch batch;
    size_t n;
    double *before, *after, *gradient;
};

static struct walk take_step(struct optimiser optimiser, double rate, int steps)
{
    struct transformer_shape shape = {3, 6, 8, 2, false};
    struct walk w = {.net = open_net(shape, 30)};
    w.n = transformer_parameters(w.net);
    w.before = allocate(w.n);
    w.after = allocate(w.n);
    w.gradient = allocate(w.n);
    w.batch = draw_batch(shape, 30, 24);
    set_random_parameters(w.net, 25);
    assert_int_equal(transformer_set_optimiser(w.net, optimiser), STATUS_OK);
    for (int i = 0; i < steps; i++) {
        transformer_get_parameters(w.net, w.before);
        assert_true(isfinite(transformer_step(w.net, &w.batch, 2.385, rate)));
        transformer_get_gradient(w.net, w.gradient);
        transformer_get_parameters(w.net, w.after);
    }
    return w;
}

TEST(test_a_plain_step_descends)
{
    struct walk w = take_step((struct optimiser){OPTIMISER_SGD, 0, 0}, 0.01, 1);
    for (size_t i = 0; i < w.n; i++)
        assert_true(w.after[i]
                    == (float)((float)w.before[i] - 0.01f * (float)w.gradient[i]));
}

TEST(test_decay_pulls_to_zero)
{
    struct walk w = take_step((struct optimiser){OPTIMISER_SGD, 0, 0.5}, 0.01, 1);
    for (size_t i = 0; i < w.n; i++)
        assert_close(w.after[i], w.before[i] - 0.01 * (w.gradient[i] + 0.5 * w.before[i]),
                     1e-6 * (1 + fabs(w.before[i])));
}

TEST(test_momentum_remembers)
{
    struct walk one = take_step((struct optimiser){OPTIMISER_SGD, 0.9, 0}, 0.001, 1);
    struct walk two = take_step((struct optimiser){OPTIMISER_SGD, 0.9, 0}, 0.001, 2);
    for (size_t i = 0; i < one.n; i++)
        assert_close(two.after[i] - two.before[i],
                     -0.001 * (two.gradient[i] + 0.9 * one.gradient[i]),
                     1e-6 * (1 + fabs(two.before[i])));
}

TEST(test_adams_first_step_has_the_length_of_the_rate)
{
    struct walk w = take_step((struct optimiser){OPTIMISER_ADAM, 0, 0}, 0.001, 1);
    for (size_t i = 0; i < w.n; i++)
        if (fabs(w.gradient[i]) > 1e-4)
            assert_close(w.before[i] - w.after[i], copysign(0.001, w.gradient[i]),
                         1e-6 * (1 + fabs(w.before[i])));
}

TEST(test_a_step_returns_the_loss_before_it)
{
    struct walk w = take_step((struct optimiser){OPTIMISER_SGD, 0, 0}, 0.0001, 1);
    double after = transformer_gradient(w.net, &w.batch, 2.385);
    transformer_set_parameters(w.net, w.before);
    double before = transformer_gradient(w.net, &w.batch, 2.385), slope = 0;
    assert_true(transformer_step(w.net, &w.batch, 2.385, 0.0001) == before);
    for (size_t i = 0; i < w.n; i++)
        slope += w.gradient[i] * w.gradient[i];
    assert_close((before - after) / (0.0001 * slope), 1, 0.05);
}

TEST(test_a_step_of_rate_zero_moves_nothing)
{
    struct walk w = take_step((struct optimiser){OPTIMISER_SGD, 0, 0}, 0, 1);
    assert_memory_equal(w.before, w.after, w.n * sizeof(double));
}

/* --- it learns --- */

TEST(test_it_learns_a_parity_of_two_bits)
{
    struct transformer_shape shape = {1, 4, 16, 2, false};
    struct transformer *net = open_net(shape, 64);
    struct stream stream = stream_open(26, 1, PURPOSE_TASK);
    struct task *task = new_task(1, 4, 2, 0.6, false, &stream);
    struct batch *batch = new_batch(64), *points = new_batch(2000);
    double strength, error;
    transformer_initialise(net, &stream);
    for (int step = 0; step < 3000; step++) {
        task_draw(task, &stream, batch);
        transformer_step(net, batch, 1, 0.006);
    }
    task_draw_of_skill(task, &stream, 0, points);
    assert_int_equal(transformer_measure(net, points, 1, &strength, &error), STATUS_OK);
    assert_true(strength > 0.95 && error < 0.01);
}

/* --- a network set by hand --- */

/* Width 2, no block: e_t is (1, 0) or (0, 1), N(e_t) = +-(r, -r) with r as in eq. (norm), and f
   reads the one bit at place bit with amplitude factor. */
static struct transformer *open_hand_net(int skills, int bits, int bit, double factor,
                                         double constant)
{
    struct transformer_shape shape = {skills, bits, 2, 1, false};
    struct transformer *net = open_net(shape, 10);
    size_t n = transformer_parameters(net), read = start_of(shape, READ);
    double *p = allocate(n), r = 0.5 / sqrt(0.25 + 1e-5);
    p[0] = p[3] = 1; /* A_0 = (1, 0), A_1 = (0, 1) */
    p[start_of(shape, NORM_3)] = p[start_of(shape, NORM_3) + 1] = 1;
    p[read + 2 * (size_t)(skills + bit)] = factor / (2 * r);
    p[read + 2 * (size_t)(skills + bit) + 1] = -factor / (2 * r);
    p[n - 1] = constant;
    transformer_set_parameters(net, p);
    return net;
}

static void measure_by_hand(double factor, double constant, double *strength, double *error)
{
    struct stream stream = stream_open(27, 1, PURPOSE_TASK);
    struct task *task = new_task(2, 6, 1, 0.6, false, &stream);
    struct batch *points = new_batch(5000);
    struct transformer *net = open_hand_net(2, 6, __builtin_ctzll(task->relevant[1]), factor,
                                            constant);
    task_draw_of_skill(task, &stream, 1, points);
    assert_int_equal(transformer_measure(net, points, 2.385, strength, error), STATUS_OK);
}

TEST(test_a_skill_set_by_hand_has_strength_one)
{
    double strength, error;
    measure_by_hand(2.385, 0, &strength, &error);
    assert_close(strength, 1, 1e-3);
    assert_close(error, 0, 1e-9);
}

TEST(test_half_a_skill_has_half_the_strength)
{
    double strength, error;
    measure_by_hand(2.385 / 2, 0, &strength, &error);
    assert_close(strength, 0.5, 1e-3);
    assert_close(error, 0.25, 1e-5);
}

TEST(test_a_constant_has_no_strength)
{
    double strength, error;
    measure_by_hand(0, 2.385, &strength, &error);
    assert_close(strength, 0, 1e-9);
    assert_close(error, 2, 0.12); /* 0 or 4 with even odds; 4 standard errors */
}

/* --- what is refused --- */

TEST(test_bad_shapes_are_refused)
{
    static const struct transformer_shape bad[] = {
        {0, 4, 8, 2, false}, {1025, 4, 8, 2, false}, {2, 0, 8, 2, false}, {2, 65, 8, 2, false},
        {2, 4, 0, 1, false}, {2, 4, 65537, 1, false}, {2, 4, 8, 0, false}, {2, 4, 8, 3, false},
        {2, 4, 8, 16, false}, {2, 4, 8, -2, false}};
    for (int i = 0; i < LENGTH(bad); i++) {
        struct transformer *net = (struct transformer *)1;
        assert_int_equal(transformer_create(&net, bad[i], 4, VARIANT_PLAIN), STATUS_RANGE);
        assert_null(net);
    }
}

TEST(test_bad_rooms_variants_and_threads_are_refused)
{
    struct transformer_shape shape = {2, 4, 8, 2, false};
    struct transformer *net;
    assert_int_equal(transformer_create(&net, shape, 0, VARIANT_PLAIN), STATUS_RANGE);
    assert_int_equal(transformer_create(&net, shape, 10000001, VARIANT_PLAIN), STATUS_RANGE);
    assert_int_equal(transformer_create(&net, shape, 4, VARIANTS), STATUS_RANGE);
    net = open_net(shape, 4);
    assert_int_equal(transformer_set_threads(net, 0), STATUS_RANGE);
    assert_int_equal(transformer_set_threads(net, 1025), STATUS_RANGE);
    transformer_destroy(NULL);
}

TEST(test_bad_optimisers_are_refused)
{
    struct transformer *net = open_net((struct transformer_shape){2, 4, 8, 2, false}, 4);
    static const struct optimiser bad[] = {{OPTIMISER_SGD, 1, 0}, {OPTIMISER_SGD, -0.1, 0},
                                           {OPTIMISER_SGD, NAN, 0}, {OPTIMISER_SGD, 0, -1},
                                           {OPTIMISER_ADAM, 0, INFINITY},
                                           {(enum optimiser_kind)2, 0, 0}};
    for (int i = 0; i < LENGTH(bad); i++)
        assert_int_equal(transformer_set_optimiser(net, bad[i]), STATUS_RANGE);
}

TEST(test_samples_that_do_not_fit_are_refused)
{
    struct transformer_shape shape = {2, 4, 8, 2, false};
    struct transformer *net = open_net(shape, 4);
    uint64_t bits[5] = {1, 2, 3, 4, 5};
    int32_t skill[5] = {0, 1, 0, 1, 0};
    float parity[5] = {1, 1, 1, 1, 1};
    double output[5], before[1024], after[1024], value[4096];
    struct batch batch = {4, bits, skill, parity};
    set_random_parameters(net, 28);
    transformer_get_parameters(net, before);
    batch.count = 5;
    assert_true(isnan(transformer_step(net, &batch, 1, 0.1)));
    batch.count = 0;
    assert_true(isnan(transformer_step(net, &batch, 1, 0.1)));
    batch.count = 4;
    assert_true(isnan(transformer_step(net, &batch, 1, NAN)));
    assert_true(isnan(transformer_step(net, &batch, 1, 1e39)));
    bits[2] = 16;
    assert_true(isnan(transformer_step(net, &batch, 1, 0.1)));
    assert_int_equal(transformer_forward(net, &batch, output), STATUS_RANGE);
    bits[2] = 3;
    skill[1] = 2;
    assert_int_equal(transformer_forward(net, &batch, output), STATUS_RANGE);
    skill[1] = -1;
    assert_int_equal(transformer_forward(net, &batch, output), STATUS_RANGE);
    assert_close(transformer_rows(net, &batch), 0, 0);
    assert_int_equal(transformer_look(net, 2, 0, LAYER_STREAM, value), 0);
    transformer_get_parameters(net, after);
    assert_memory_equal(before, after, transformer_parameters(net) * sizeof(double));
}

TEST(test_an_exact_network_takes_no_steps)
{
    struct transformer_shape shape = {2, 4, 8, 2, true};
    struct transformer *net = open_net(shape, 4);
    struct batch batch = draw_batch(shape, 4, 29);
    assert_true(isnan(transformer_step(net, &batch, 1, 0.1)));
}

TEST(test_measuring_needs_points_and_a_target)
{
    struct transformer_shape shape = {2, 4, 8, 2, false};
    struct transformer *net = open_net(shape, 4);
    double strength, error;
    struct batch points = draw_batch(shape, 6, 30);
    assert_int_equal(transformer_measure(net, &points, 0, &strength, &error), STATUS_RANGE);
    for (int s = 0; s < 6; s++)
        points.parity[s] = 1;
    assert_int_equal(transformer_measure(net, &points, 1, &strength, &error), STATUS_RANGE);
    points.count = 1;
    assert_int_equal(transformer_measure(net, &points, 1, &strength, &error), STATUS_RANGE);
    points.count = 6;
}

/* --- divergence shows --- */

static void diverge(struct optimiser optimiser, double rate)
{
    struct transformer_shape shape = {2, 6, 8, 2, false};
    struct transformer *net = open_net(shape, 20);
    double loss = 0;
    struct batch batch = draw_batch(shape, 20, 31);
    set_random_parameters(net, 32);
    transformer_set_optimiser(net, optimiser);
    for (int step = 0; step < 200 && isfinite(loss); step++)
        loss = transformer_step(net, &batch, 1, rate);
    assert_false(isfinite(loss));
    assert_false(isfinite(transformer_step(net, &batch, 1, rate)));
}

TEST(test_divergence_shows_in_the_loss)
{
    diverge((struct optimiser){OPTIMISER_SGD, 0, 0}, 1e30);
    diverge((struct optimiser){OPTIMISER_SGD, 0, 0}, 1e5);
    diverge((struct optimiser){OPTIMISER_SGD, 0.9, 0}, 1e10);
    diverge((struct optimiser){OPTIMISER_ADAM, 0, 0}, 1e38);
}

TEST(test_one_parameter_that_is_not_finite_shows)
{
    struct transformer_shape shape = {2, 6, 8, 2, false};
    struct transformer *net = open_net(shape, 64);
    size_t n = transformer_parameters(net);
    double *p = allocate(n), loss;
    struct batch batch = draw_batch(shape, 64, 33);
    set_random_parameters(net, 34);
    transformer_get_parameters(net, p);
    for (enum group g = EMBEDDING; g < GROUPS; g++) {
        double saved = p[start_of(shape, g)];
        p[start_of(shape, g)] = NAN;
        transformer_set_parameters(net, p);
        gradient_of(net, &batch, &loss);
        assert_true(isnan(loss));
        p[start_of(shape, g)] = saved;
    }
}

/* Scores of thousands leave one share of one and no infinities. */
TEST(test_large_scores_are_harmless)
{
    struct transformer_shape shape = {2, 6, 8, 2, false};
    struct transformer *net = open_net(shape, 64);
    double *p = allocate(transformer_parameters(net)), loss;
    struct batch batch = draw_batch(shape, 64, 35);
    set_random_parameters(net, 36);
    transformer_get_parameters(net, p);
    for (size_t i = start_of(shape, PROJECTION); i < start_of(shape, PROJECTION) + 128; i++)
        p[i] *= 60;
    transformer_set_parameters(net, p);
    double *gradient = gradient_of(net, &batch, &loss);
    assert_true(isfinite(loss) && isfinite(largest_of(transformer_parameters(net), gradient)));
}

int main(void)
{
    return run_cases("transformer");
}
