/* Tests of the two-layer network: against double precision, against PyTorch,
   against CBLAS on weights for which both are exact, against itself over
   variants and threads, and on networks set by hand. */
#include "common.h"
#include "mlp.h"
#include "reference.h"

struct shape {
    int skills, bits, width, batch;
};

/* A batch of random samples, parameters, and room for results. */
struct setting {
    struct shape shape;
    struct batch batch;
    size_t parameters;
    float *parameter, *result, *other, *output;
};

static uint64_t all_bits(int bits)
{
    return UINT64_MAX >> (64 - bits);
}

static void draw_batch(struct batch *batch, struct shape shape, struct stream *stream)
{
    *batch = *new_batch(shape.batch);
    for (int s = 0; s < shape.batch; s++) {
        batch->skill[s] = (int32_t)stream_below(stream, (uint64_t)shape.skills);
        batch->bits[s] = stream_word(stream) & all_bits(shape.bits);
        batch->parity[s] = stream_word(stream) >> 63 ? 1 : -1;
    }
}

static struct setting open_setting(struct shape shape)
{
    uint64_t identity = (uint64_t)(shape.width + shape.bits);
    struct stream stream = stream_open(7, identity, PURPOSE_TEST);
    struct setting t = {.shape = shape};
    draw_batch(&t.batch, shape, &stream);
    t.parameters = (size_t)shape.width * (shape.skills + shape.bits + 2) + 1;
    t.parameter = new_array(t.parameters, sizeof(float));
    t.result = new_array(t.parameters, sizeof(float));
    t.other = new_array(t.parameters, sizeof(float));
    t.output = new_array((size_t)shape.batch, sizeof(float));
    for (size_t i = 0; i < t.parameters; i++)
        t.parameter[i] = (float)(0.385 * stream_normal(&stream));
    return t;
}

/* Weights that are small multiples of 1/8: pre-activations and outputs are
   exact in float, whatever the order of additions. */
static struct setting open_exact_setting(struct shape shape)
{
    struct setting t = open_setting(shape);
    struct stream stream = stream_open(8, (uint64_t)shape.batch, PURPOSE_TEST);
    for (size_t i = 0; i < t.parameters; i++)
        t.parameter[i] = ((float)stream_below(&stream, 9) - 4) / 8;
    return t;
}

static void destroy_net(void *net)
{
    mlp_destroy(net);
}

static struct mlp *new_net(struct shape shape, enum variant variant)
{
    struct mlp *net;
    assert_int_equal(
        mlp_create(&net, shape.skills, shape.bits, shape.width, shape.batch, variant), STATUS_OK);
    return keep(net, destroy_net);
}

static struct mlp *open_net(const struct setting *t, int room, enum variant variant)
{
    struct shape shape = {t->shape.skills, t->shape.bits, t->shape.width, room};
    struct mlp *net = new_net(shape, variant);
    mlp_set_parameters(net, t->parameter);
    return net;
}

static struct mlp *open_best_net(const struct setting *t)
{
    return open_net(t, t->shape.batch, variant_best());
}

static void destroy_reference(void *reference)
{
    reference_destroy(reference);
}

static struct reference *open_reference(const struct setting *t, int rows)
{
    struct reference *reference;
    assert_int_equal(reference_create(&reference, t->shape.skills, t->shape.bits,
                                          t->shape.width, rows),
                     STATUS_OK);
    return keep(reference, destroy_reference);
}

/* All combinations of awkward sizes. */
static void for_all_shapes(void (*test)(struct shape))
{
    static const int widths[] = {1, 15, 16, 17, 100, 1000}, bits[] = {1, 3, 31, 32, 33, 64};
    static const int skills[] = {1, 5, 40}, batches[] = {1, 2, 15, 4000};
    for (int i = 0; i < 6; i++)
        for (int j = 0; j < 6; j++)
            for (int k = 0; k < 3; k++)
                for (int l = 0; l < 4; l++) {
                    test((struct shape){skills[k], bits[j], widths[i], batches[l]});
                    destroy_kept(NULL);
                }
}

/* --- double precision, from the definitions --- */

static double activation(const struct setting *t, const double *parameter, int unit, int s)
{
    int inputs = t->shape.skills + t->shape.bits;
    const double *row = parameter + (size_t)unit * inputs;
    double h = parameter[(size_t)t->shape.width * inputs + unit];
    for (int i = 0; i < inputs; i++) {
        int on = i < t->shape.skills ? t->batch.skill[s] == i
                                     : t->batch.bits[s] >> (i - t->shape.skills) & 1;
        h += on * row[i];
    }
    return h;
}

static double exact_output(const struct setting *t, const double *parameter, int s)
{
    double f = parameter[t->parameters - 1];
    for (int j = 0; j < t->shape.width; j++) {
        double h = activation(t, parameter, j, s);
        f += h > 0 ? h * parameter[t->parameters - 1 - t->shape.width + j] : 0;
    }
    return f;
}

static double exact_loss(const struct setting *t, const double *parameter, double target)
{
    double sum = 0;
    for (int s = 0; s < t->shape.batch; s++)
        sum += pow(exact_output(t, parameter, s) - target * t->batch.parity[s], 2);
    return sum / t->shape.batch;
}

static double *copy_to_double(const struct setting *t)
{
    double *copy = new_array(t->parameters, sizeof *copy);
    for (size_t i = 0; i < t->parameters; i++)
        copy[i] = t->parameter[i];
    return copy;
}

/* Largest difference of two arrays relative to the largest element. */
static double relative_difference(const float *a, const float *b, size_t n)
{
    double worst = 0, largest = 1e-30;
    for (size_t i = 0; i < n; i++) {
        double difference = fabs((double)a[i] - b[i]);
        if (!(difference <= worst))
            worst = difference;
        if (isnan(difference))
            return INFINITY;
        largest = fmax(largest, fabs(b[i]));
    }
    return worst / largest;
}

/* --- creation and parameters --- */

TEST(test_plain_always_runs)
{
    assert_true(variant_runs(VARIANT_PLAIN));
}

TEST(test_best_variant_runs)
{
    assert_true(variant_runs(variant_best()));
    for (int v = variant_best() + 1; v < VARIANTS; v++)
        assert_false(variant_runs(v));
}

TEST(test_variant_names)
{
    assert_string_equal(variant_name(VARIANT_PLAIN), "plain");
    assert_string_equal(variant_name(VARIANT_AVX2), "avx2");
    assert_string_equal(variant_name(VARIANT_AVX512), "avx512");
}

TEST(test_create_refuses_bad_shapes)
{
    static const struct shape bad[] = {{0, 32, 16, 4}, {-1, 32, 16, 4}, {5, 0, 16, 4},
                                       {5, 65, 16, 4}, {5, 32, 0, 4},   {5, 32, 16, 0},
                                       {5, 32, -3, 4}, {5, 32, 16, -1}};
    for (int i = 0; i < LENGTH(bad); i++) {
        struct mlp *net = (struct mlp *)&net;
        assert_int_equal(mlp_create(&net, bad[i].skills, bad[i].bits, bad[i].width,
                                    bad[i].batch, VARIANT_PLAIN),
                         STATUS_RANGE);
        assert_null(net);
    }
}

TEST(test_create_refuses_unknown_variant)
{
    struct mlp *net;
    assert_int_equal(mlp_create(&net, 5, 32, 16, 4, VARIANTS), STATUS_RANGE);
    assert_null(net);
}

TEST(test_destroy_accepts_null)
{
    mlp_destroy(NULL);
    reference_destroy(NULL);
}

TEST(test_new_network_is_zero)
{
    struct setting t = open_setting((struct shape){3, 13, 21, 9});
    struct mlp *net = new_net(t.shape, variant_best());
    mlp_get_parameters(net, t.result);
    for (size_t i = 0; i < t.parameters; i++)
        assert_true(t.result[i] == 0);
}

TEST(test_parameters_survive_a_round_trip)
{
    for (int width = 1; width <= 33; width += 4) {
        struct setting t = open_setting((struct shape){3, 13, width, 9});
        struct mlp *net = open_best_net(&t);
        assert_int_equal(mlp_parameters(net), t.parameters);
        mlp_get_parameters(net, t.result);
        assert_memory_equal(t.result, t.parameter, t.parameters * sizeof(float));
    }
}

TEST(test_initial_draws_are_in_plain_order)
{
    for (int variant = 0; variant < VARIANTS; variant++) {
        struct setting t = open_setting((struct shape){3, 13, 21, 9});
        struct stream stream = stream_open(5, 6, PURPOSE_START), same = stream;
        if (variant_runs(variant)) {
            struct mlp *net = open_net(&t, 9, variant);
            mlp_initialise(net, 0.04, &stream);
            mlp_get_parameters(net, t.result);
            for (size_t i = 0; i < t.parameters; i++)
                assert_true(t.result[i] == (float)(0.04 * stream_normal(&same)));
        }
    }
}

/* --- outputs --- */

TEST(test_output_by_hand)
{
    /* two skills, two bits, two units; h = (1 + 4 + 16, -2 + 8 - 7) */
    struct setting t = open_setting((struct shape){2, 2, 2, 1});
    static const float parameter[] = {2, 4, 8, 16, 3, 8, -7, -7, 1, -2, 0.5f, 100, 0.25f};
    memcpy(t.parameter, parameter, sizeof parameter);
    t.batch.skill[0] = 1;
    t.batch.bits[0] = 2;
    struct mlp *net = open_best_net(&t);
    assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_OK);
    assert_true(t.output[0] == 21 * 0.5f + 0.25f);
}

static void check_outputs_exactly(struct shape shape)
{
    struct setting t = open_exact_setting(shape);
    struct mlp *net = open_best_net(&t);
    struct reference *reference = open_reference(&t, 128);
    float *expected = new_array((size_t)shape.batch, sizeof(float));
    assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_OK);
    reference_forward(reference, t.parameter, &t.batch, expected);
    for (int s = 0; s < shape.batch; s++)
        assert_true(t.output[s] == expected[s]);
}

TEST(test_outputs_equal_cblas_exactly_on_a_grid)
{
    for_all_shapes(check_outputs_exactly);
}

TEST(test_every_number_of_bits)
{
    for (int bits = 1; bits <= 64; bits++)
        check_outputs_exactly((struct shape){3, bits, 19, 61});
}

TEST(test_outputs_against_double_precision)
{
    static const struct shape shapes[] = {
        {5, 32, 100, 50}, {1, 7, 3, 20}, {40, 64, 33, 50}};
    for (int i = 0; i < 3; i++) {
        struct setting t = open_setting(shapes[i]);
        double *exact = copy_to_double(&t);
        struct mlp *net = open_best_net(&t);
        assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_OK);
        for (int s = 0; s < t.shape.batch; s++)
            assert_close(t.output[s], exact_output(&t, exact, s), 3e-5);
    }
}

TEST(test_output_depends_on_its_sample_alone)
{
    /* more samples than two pieces, in rooms of awkward sizes */
    struct setting t = open_setting((struct shape){5, 32, 20, 8501});
    float *expected = new_array(8501, sizeof(float));
    static const int rooms[] = {1, 7, 4095, 4096, 4097, 9000};
    struct mlp *net = open_best_net(&t);
    assert_int_equal(mlp_forward(net, &t.batch, expected), STATUS_OK);
    for (int i = 0; i < 6; i++) {
        net = open_net(&t, rooms[i], variant_best());
        assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_OK);
        assert_memory_equal(t.output, expected, 8501 * sizeof(float));
    }
}

TEST(test_empty_forward_is_defined)
{
    struct setting t = open_setting((struct shape){5, 32, 20, 3});
    struct mlp *net = open_best_net(&t);
    t.batch.count = 0;
    assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_OK);
}

/* 17 units, and the same with 15 units of zeros. */
static struct setting pad(const struct setting *small)
{
    struct setting large = open_setting((struct shape){3, 13, 32, 200});
    memset(large.parameter, 0, large.parameters * sizeof(float));
    memcpy(large.parameter, small->parameter, 17 * 16 * sizeof(float));
    memcpy(large.parameter + 32 * 16, small->parameter + 17 * 16, 17 * sizeof(float));
    memcpy(large.parameter + 32 * 17, small->parameter + 17 * 17, 17 * sizeof(float));
    large.parameter[large.parameters - 1] = small->parameter[small->parameters - 1];
    return large;
}

TEST(test_padding_units_do_nothing)
{
    struct setting small = open_setting((struct shape){3, 13, 17, 200});
    struct setting large = pad(&small);
    struct mlp *a = open_best_net(&small), *b = open_best_net(&large);
    double loss = mlp_step(a, &small.batch, 2.385, 0.01);
    assert_true(mlp_step(b, &small.batch, 2.385, 0.01) == loss);
    mlp_get_parameters(a, small.result);
    mlp_get_parameters(b, large.result);
    assert_memory_equal(large.result, small.result, 17 * 16 * sizeof(float));
    assert_memory_equal(large.result + 32 * 17, small.result + 17 * 17, 17 * sizeof(float));
    for (int i = 17 * 16; i < 32 * 16; i++)
        assert_true(large.result[i] == 0);
}

/* --- gradients --- */

static void check_finite_differences(struct shape shape)
{
    const double step = 1e-6, target = 2.385;
    struct setting t = open_setting(shape);
    double *exact = copy_to_double(&t), worst = 0, largest = 0;
    struct mlp *net = open_best_net(&t);
    mlp_gradient(net, &t.batch, target);
    mlp_get_gradient(net, t.result);
    for (size_t i = 0; i < t.parameters; i++) {
        double saved = exact[i];
        exact[i] = saved + step;
        double above = exact_loss(&t, exact, target);
        exact[i] = saved - step;
        double below = exact_loss(&t, exact, target);
        exact[i] = saved;
        worst = fmax(worst, fabs(t.result[i] - (above - below) / (2 * step)));
        largest = fmax(largest, fabs(t.result[i]));
    }
    assert_true(worst < 3e-6 * largest);
}

TEST(test_gradient_small)
{
    check_finite_differences((struct shape){2, 3, 5, 30});
}

TEST(test_gradient_one_unit)
{
    check_finite_differences((struct shape){1, 1, 1, 2});
}

TEST(test_gradient_two_blocks)
{
    check_finite_differences((struct shape){5, 11, 18, 40});
}

TEST(test_gradient_most_bits)
{
    check_finite_differences((struct shape){2, 64, 3, 30});
}

TEST(test_gradient_many_skills)
{
    check_finite_differences((struct shape){40, 8, 4, 60});
}

TEST(test_gradient_one_sample)
{
    check_finite_differences((struct shape){3, 33, 17, 1});
}

/* The layers one by one: each against its own largest component.  Sums of a
   group grow one sample at a time, which the tolerance allows for. */
static void check_gradient_of_cblas(struct shape shape)
{
    struct setting t = open_exact_setting(shape);
    size_t n = (size_t)shape.width, first = n * (shape.skills + shape.bits);
    struct mlp *net = open_best_net(&t);
    struct reference *dense = open_reference(&t, 100);
    double loss = mlp_gradient(net, &t.batch, 2.5);
    double expected = reference_gradient(dense, t.parameter, &t.batch, 2.5, t.other);
    int groups = shape.skills << (shape.bits < 4 ? shape.bits : 4);
    double tolerance = 4e-6 + 0x1p-24 * shape.batch / groups;
    mlp_get_gradient(net, t.result);
    assert_ratio(loss, expected, 1e-13);
    const float *bias = t.result + first, *other = t.other + first;
    assert_true(relative_difference(t.result, t.other, first) < tolerance);
    assert_true(relative_difference(bias, other, n) < tolerance);
    assert_true(relative_difference(bias + n, other + n, n) < tolerance);
    assert_true(relative_difference(bias + 2 * n, other + 2 * n, 1) < 1e-6);
    if (shape.batch <= 2) /* few enough digits to be exact */
        assert_true(relative_difference(t.result, t.other, first + n) == 0);
}

TEST(test_gradients_equal_those_of_cblas)
{
    for_all_shapes(check_gradient_of_cblas);
}

TEST(test_gradient_of_several_pieces)
{
    check_gradient_of_cblas((struct shape){5, 32, 20, 4096});
    check_gradient_of_cblas((struct shape){5, 32, 20, 4097});
    check_gradient_of_cblas((struct shape){1, 2, 20, 9001});
}

TEST(test_unit_at_zero_is_inactive)
{
    /* all h = 0, v = 1: nothing but b_out has a gradient */
    struct setting t = open_setting((struct shape){2, 9, 5, 50});
    memset(t.parameter, 0, t.parameters * sizeof(float));
    for (size_t i = t.parameters - 6; i < t.parameters - 1; i++)
        t.parameter[i] = 1;
    for (int variant = 0; variant < VARIANTS; variant++)
        if (variant_runs(variant)) {
            struct mlp *net = open_net(&t, 50, variant);
            mlp_gradient(net, &t.batch, 1);
            mlp_get_gradient(net, t.result);
            for (size_t i = 0; i < t.parameters - 1; i++)
                assert_true(t.result[i] == 0);
            assert_true(t.result[t.parameters - 1] != 0);
        }
}

TEST(test_gradient_does_not_depend_on_earlier_calls)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    double loss = mlp_gradient(net, &t.batch, 2.385);
    mlp_get_gradient(net, t.result);
    struct batch half = t.batch;
    half.count = 111;
    mlp_gradient(net, &half, -1);
    assert_int_equal(mlp_forward(net, &half, t.output), STATUS_OK);
    assert_true(mlp_gradient(net, &t.batch, 2.385) == loss);
    mlp_get_gradient(net, t.other);
    assert_memory_equal(t.other, t.result, t.parameters * sizeof(float));
}

TEST(test_gradient_leaves_parameters)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    mlp_gradient(net, &t.batch, 2.385);
    mlp_get_parameters(net, t.result);
    assert_memory_equal(t.result, t.parameter, t.parameters * sizeof(float));
}

/* --- steps --- */

TEST(test_loss_is_the_mean_square)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 301});
    struct mlp *net = open_best_net(&t);
    double sum = 0;
    assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_OK);
    for (int s = 0; s < 301; s++)
        sum += pow(t.output[s] - 2.385 * t.batch.parity[s], 2);
    assert_ratio(mlp_step(net, &t.batch, 2.385, 0.01), sum / 301, 1e-14);
}

TEST(test_step_subtracts_rate_times_gradient)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    mlp_gradient(net, &t.batch, 2.385);
    mlp_get_gradient(net, t.other);
    mlp_step(net, &t.batch, 2.385, 0.0385);
    mlp_get_parameters(net, t.result);
    for (size_t i = 0; i < t.parameters; i++) {
        float change = 0.0385f * t.other[i];
        assert_true(t.result[i] == t.parameter[i] - change);
    }
}

TEST(test_zero_rate_changes_nothing)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    mlp_step(net, &t.batch, 2.385, 0);
    mlp_get_parameters(net, t.result);
    assert_memory_equal(t.result, t.parameter, t.parameters * sizeof(float));
}

TEST(test_small_step_lowers_the_loss_as_predicted)
{
    /* loss falls by rate |gradient|^2 to first order */
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    double square = 0, rate = 2e-6;
    mlp_gradient(net, &t.batch, 2.385);
    mlp_get_gradient(net, t.other);
    for (size_t i = 0; i < t.parameters; i++)
        square += (double)t.other[i] * t.other[i];
    double before = mlp_step(net, &t.batch, 2.385, rate);
    double after = mlp_gradient(net, &t.batch, 2.385);
    assert_true(after < before);
    assert_ratio(before - after, rate * square, 0.02);
}

TEST(test_steps_follow_the_reference)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    struct reference *reference = open_reference(&t, 64);
    for (int step = 0; step < 20; step++) {
        double loss = mlp_step(net, &t.batch, 2.385, 0.002);
        double expected =
            reference_step(reference, t.parameter, &t.batch, 2.385, 0.002);
        assert_ratio(loss, expected, 1e-4);
    }
    mlp_get_parameters(net, t.result);
    assert_true(relative_difference(t.result, t.parameter, t.parameters) < 1e-4);
}

TEST(test_training_learns_a_parity)
{
    struct stream stream = stream_open(3, 4, PURPOSE_TRAINING);
    struct task *task = new_task(2, 6, 2, 0.6, false, &stream);
    struct batch *batch = new_batch(100);
    struct mlp *net = new_net((struct shape){2, 6, 32, 100}, variant_best());
    double loss = NAN;
    mlp_initialise(net, 0.2, &stream);
    for (int step = 0; step < 3000; step++) {
        task_draw(task, &stream, batch);
        loss = mlp_step(net, batch, 1, 0.05);
    }
    assert_true(loss < 0.05);
}

/* --- batches that do not fit --- */

static void check_refusal(struct setting *t, struct mlp *net)
{
    assert_true(isnan(mlp_gradient(net, &t->batch, 1)));
    assert_true(isnan(mlp_step(net, &t->batch, 1, 0.1)));
    mlp_get_parameters(net, t->result);
    assert_memory_equal(t->result, t->parameter, t->parameters * sizeof(float));
}

TEST(test_foreign_bits_are_refused)
{
    struct setting t = open_setting((struct shape){5, 31, 20, 30});
    struct mlp *net = open_best_net(&t);
    double strength, error;
    t.batch.bits[29] |= UINT64_C(1) << 31;
    check_refusal(&t, net);
    assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_RANGE);
    assert_int_equal(mlp_measure(net, &t.batch, 1, &strength, &error), STATUS_RANGE);
}

TEST(test_foreign_skills_are_refused)
{
    for (int skill = -1; skill <= 5; skill += 6) {
        struct setting t = open_setting((struct shape){5, 31, 20, 30});
        struct mlp *net = open_best_net(&t);
        t.batch.skill[17] = skill;
        check_refusal(&t, net);
        assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_RANGE);
    }
}

TEST(test_empty_and_large_batches_are_refused)
{
    struct setting t = open_setting((struct shape){5, 31, 20, 30});
    struct mlp *net = open_net(&t, 29, variant_best());
    check_refusal(&t, net);
    t.batch.count = 0;
    check_refusal(&t, net);
}

/* --- divergence --- */

static void check_poison(size_t parameter, float poison)
{
    for (int variant = 0; variant < VARIANTS; variant++) {
        struct setting t = open_setting((struct shape){2, 9, 20, 50});
        if (variant_runs(variant)) {
            t.parameter[parameter < t.parameters ? parameter : t.parameters - 1] = poison;
            struct mlp *net = open_net(&t, 50, variant);
            assert_false(isfinite(mlp_step(net, &t.batch, 1, 0.01)));
            assert_false(isfinite(mlp_step(net, &t.batch, 1, 0.01)));
        }
    }
}

TEST(test_nan_weight_shows)
{
    check_poison(5 * 11 + 7, NAN);
}

TEST(test_nan_bias_shows)
{
    check_poison(20 * 11 + 19, NAN);
}

TEST(test_nan_output_bias_shows)
{
    check_poison(SIZE_MAX, NAN);
}

TEST(test_infinite_weight_shows)
{
    check_poison(5 * 11 + 7, INFINITY);
}

TEST(test_nan_behind_inactive_unit_shows)
{
    /* unit 3 never active, its second-layer weight NaN */
    struct setting t = open_setting((struct shape){2, 9, 20, 50});
    t.parameter[20 * 11 + 3] = -1000;
    t.parameter[20 * 12 + 3] = NAN;
    for (int variant = 0; variant < VARIANTS; variant++)
        if (variant_runs(variant)) {
            struct mlp *net = open_net(&t, 50, variant);
            assert_true(isnan(mlp_gradient(net, &t.batch, 1)));
        }
}

TEST(test_divergence_shows)
{
    struct setting t = open_setting((struct shape){5, 32, 100, 300});
    struct mlp *net = open_best_net(&t);
    double loss = 0;
    for (int step = 0; step < 100 && isfinite(loss); step++)
        loss = mlp_step(net, &t.batch, 5, 10);
    assert_false(isfinite(loss));
}

/* --- equal bits --- */

static void compare_variants(struct setting t)
{
    struct shape shape = t.shape;
    float *output = new_array((size_t)shape.batch, sizeof(float));
    struct mlp *plain = open_net(&t, shape.batch, VARIANT_PLAIN);
    double loss = mlp_step(plain, &t.batch, 2.385, 0.001);
    mlp_get_parameters(plain, t.result);
    assert_int_equal(mlp_forward(plain, &t.batch, output), STATUS_OK);
    for (int variant = VARIANT_AVX2; variant < VARIANTS; variant++)
        if (variant_runs(variant)) {
            struct mlp *net = open_net(&t, shape.batch, variant);
            assert_true(mlp_step(net, &t.batch, 2.385, 0.001) == loss);
            mlp_get_parameters(net, t.other);
            assert_memory_equal(t.other, t.result, t.parameters * sizeof(float));
            assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_OK);
            assert_memory_equal(t.output, output, (size_t)shape.batch * sizeof(float));
        }
}

static void check_variants(struct shape shape)
{
    compare_variants(open_setting(shape));
}

/* On the grid many pre-activations are exactly 0. */
static void check_variants_on_a_grid(struct shape shape)
{
    compare_variants(open_exact_setting(shape));
}

TEST(test_variants_give_equal_bits_on_a_grid)
{
    for_all_shapes(check_variants_on_a_grid);
}

TEST(test_variants_give_equal_bits)
{
    for_all_shapes(check_variants);
}

TEST(test_variants_give_equal_bits_for_every_number_of_bits)
{
    for (int bits = 1; bits <= 64; bits++)
        check_variants((struct shape){3, bits, 19, 61});
}

/* Batches as drawn, sorted, and ordered by every field; whole eights of blocks, and rests. */
TEST(test_variants_give_equal_bits_for_every_number_of_blocks)
{
    for (int blocks = 1; blocks <= 20; blocks++)
        check_variants((struct shape){3, 20, 16 * blocks - 5, 300});
}

/* Samples beyond a piece, skills beyond a field, and tables too long for orders. */
TEST(test_variants_give_equal_bits_at_large_sizes)
{
    static const struct shape shapes[] = {{5, 32, 150, 9001}, {2, 9, 128, 8192},
                                          {40, 64, 200, 4097}, {200, 40, 130, 5000},
                                          {5000, 20, 130, 600}, {130, 7, 40, 4500}};
    for (int i = 0; i < 6; i++)
        check_variants(shapes[i]);
}

/* FNV-1a, continued over n bytes. */
static uint64_t hash_on(uint64_t hash, const void *data, size_t n)
{
    const unsigned char *byte = data;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ byte[i]) * UINT64_C(1099511628211);
    return hash;
}

/* Of the losses of 30 steps and the network that they leave. */
static uint64_t hash_of_training(enum variant variant)
{
    struct stream stream = stream_open(2385, 3, PURPOSE_TRAINING);
    struct task *task = new_task(5, 32, 3, 0.6, false, &stream);
    struct batch *batch = new_batch(500);
    struct mlp *net = new_net((struct shape){5, 32, 100, 500}, variant);
    mlp_initialise(net, 0.1, &stream);
    uint64_t hash = UINT64_C(14695981039346656037);
    for (int step = 0; step < 30; step++) {
        task_draw(task, &stream, batch);
        double loss = mlp_step(net, batch, 5, 0.02);
        hash = hash_on(hash, &loss, sizeof loss);
    }
    size_t n = mlp_parameters(net) * sizeof(float);
    float *parameter = new_array(n, 1);
    mlp_get_parameters(net, parameter);
    return hash_on(hash, parameter, n);
}

TEST(test_training_has_known_bits)
{
    for (int variant = 0; variant < VARIANTS; variant++)
        if (variant_runs(variant))
            assert_int_equal(hash_of_training(variant), UINT64_C(0x2737142dbd5f6382));
}

/* --- optimisers --- */

static const struct optimiser plain_sgd = {OPTIMISER_SGD, 0, 0},
                              momentum = {OPTIMISER_SGD, 0.9, 0},
                              momentum_and_decay = {OPTIMISER_SGD, 0.7, 0.0385},
                              adam = {OPTIMISER_ADAM, 0, 0},
                              adam_and_decay = {OPTIMISER_ADAM, 0, 0.0385};

static const struct optimiser *const optimisers[] = {&plain_sgd, &momentum, &momentum_and_decay,
                                                     &adam, &adam_and_decay};
enum { OPTIMISERS = 5 };

static void set_optimiser(struct mlp *net, struct optimiser optimiser)
{
    assert_int_equal(mlp_set_optimiser(net, optimiser), STATUS_OK);
}

TEST(test_bad_optimisers_are_refused)
{
    static const struct optimiser bad[] = {
        {OPTIMISER_SGD, -0.1, 0},  {OPTIMISER_SGD, 1, 0},     {OPTIMISER_SGD, NAN, 0},
        {OPTIMISER_ADAM, 0, -1},   {OPTIMISER_ADAM, 0, NAN},  {OPTIMISER_SGD, 0, INFINITY},
        {OPTIMISER_ADAM, 0, 1e39}, {(enum optimiser_kind)7, 0, 0}};
    struct setting t = open_setting((struct shape){3, 13, 21, 9});
    struct mlp *net = open_best_net(&t), *same = open_best_net(&t);
    set_optimiser(net, adam);
    set_optimiser(same, adam);
    for (int i = 0; i < LENGTH(bad); i++) {
        mlp_step(net, &t.batch, 1, 0.1);
        mlp_step(same, &t.batch, 1, 0.1);
        assert_int_equal(mlp_set_optimiser(net, bad[i]), STATUS_RANGE);
    }
    mlp_get_parameters(net, t.result);
    mlp_get_parameters(same, t.other);
    assert_memory_equal(t.result, t.other, t.parameters * sizeof(float));
}

TEST(test_sgd_without_momentum_is_plain)
{
    struct setting t = open_setting((struct shape){3, 13, 21, 90});
    struct mlp *net = open_best_net(&t), *chosen = open_best_net(&t);
    set_optimiser(chosen, momentum);
    mlp_step(chosen, &t.batch, 1, 0);
    set_optimiser(chosen, plain_sgd);
    for (int step = 0; step < 5; step++)
        assert_true(mlp_step(net, &t.batch, 1, 0.01) == mlp_step(chosen, &t.batch, 1, 0.01));
    mlp_get_parameters(net, t.result);
    mlp_get_parameters(chosen, t.other);
    assert_memory_equal(t.result, t.other, t.parameters * sizeof(float));
}

/* torch.optim.SGD(momentum=0.7, weight_decay=0.0385), in floats, operation by operation. */
TEST(test_momentum_to_the_bit)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    float *velocity = new_array(t.parameters, sizeof(float));
    set_optimiser(net, momentum_and_decay);
    for (int step = 0; step < 10; step++) {
        mlp_step(net, &t.batch, 2.385, 0.00385);
        mlp_get_parameters(net, t.result);
        mlp_get_gradient(net, t.other);
        for (size_t i = 0; i < t.parameters; i++) {
            float decay = 0.0385f * t.parameter[i], kept = 0.7f * velocity[i];
            float push = t.other[i] + decay;
            velocity[i] = kept + push;
            float change = 0.00385f * velocity[i];
            assert_true(t.result[i] == t.parameter[i] - change);
        }
        memcpy(t.parameter, t.result, t.parameters * sizeof(float));
    }
}

TEST(test_first_step_of_adam_has_the_size_of_the_rate)
{
    /* m = 0.1 g, s = 0.001 g^2: g / (|g| + epsilon) */
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    set_optimiser(net, adam);
    mlp_step(net, &t.batch, 2.385, 0.0385);
    mlp_get_parameters(net, t.result);
    mlp_get_gradient(net, t.other);
    for (size_t i = 0; i < t.parameters; i++) {
        double g = t.other[i], move = 0.0385 * g / (fabs(g) + 1e-8);
        assert_close(t.parameter[i] - move, t.result[i], 4 * 0x1p-24);
    }
}

TEST(test_epsilon_of_adam)
{
    /* no unit is active and decay is 1e-8: d = 1e-8 theta, of the order of epsilon */
    struct setting t = open_setting((struct shape){2, 9, 17, 50});
    size_t first = 17 * 11;
    for (size_t i = first; i < first + 17; i++)
        t.parameter[i] = -1000;
    struct mlp *net = open_best_net(&t);
    set_optimiser(net, (struct optimiser){OPTIMISER_ADAM, 0, 1e-8});
    mlp_step(net, &t.batch, 2.385, 0.0385);
    mlp_get_parameters(net, t.result);
    for (size_t i = 0; i < first; i++) {
        double d = 1e-8 * t.parameter[i], move = 0.0385 * d / (fabs(d) + 1e-8);
        assert_close(t.parameter[i] - move, t.result[i], 4 * 0x1p-24);
    }
}

/* Kingma and Ba's algorithm in double precision, of one parameter, and how far
   rounding can have carried floats away from it: unit roundoffs are collected to
   first order along the recursions. */
struct judge {
    double mean, square, mean_error, square_error;
};

/* Expected change in step t, and in *bound the error that rounding excuses. */
static double judge_adam(struct judge *judge, int t, double g, double theta, double rate,
                         double decay, double *bound)
{
    const double u = 0x1p-24, tiny = 1e-37;
    double d = g + decay * theta, d_error = u * (fabs(g) + 3 * fabs(decay * theta));
    double mean = judge->mean, square = judge->square;
    judge->mean = 0.9 * mean + 0.1 * d;
    judge->square = 0.999 * square + 0.001 * d * d;
    judge->mean_error = 0.9 * judge->mean_error + 0.1 * d_error + u * fabs(judge->mean)
                        + 0.3 * u * (fabs(d) + fabs(mean)) + tiny;
    judge->square_error = 0.999 * judge->square_error + 0.002 * fabs(d) * d_error
                          + u * judge->square + 0.004 * u * (d * d + square) + tiny;
    double correction = sqrt(1 - pow(0.999, t)), size = rate * correction / (1 - pow(0.9, t));
    double root = sqrt(judge->square), below = root + 1e-8 * correction;
    double root_error = fmin(judge->square_error / (2 * root), sqrt(judge->square_error));
    if (root == 0)
        root_error = sqrt(judge->square_error);
    double move = size * judge->mean / below;
    *bound = size * judge->mean_error / below + fabs(move) * (root_error / below + 6 * u)
             + u * (fabs(theta) + 2 * fabs(move));
    return -move;
}

/* One step of the net against the judges; largest error over its bound. */
static double judge_step(struct setting *t, struct mlp *net, struct judge *judge, int step,
                         double rate, double decay)
{
    double worst = 0, bound;
    assert_true(isfinite(mlp_step(net, &t->batch, 2.385, rate)));
    mlp_get_parameters(net, t->result);
    mlp_get_gradient(net, t->other);
    for (size_t i = 0; i < t->parameters; i++) {
        double theta = t->parameter[i];
        double change = judge_adam(judge + i, step, t->other[i], theta, rate, decay, &bound);
        worst = fmax(worst, fabs(t->result[i] - (theta + change)) / bound);
    }
    memcpy(t->parameter, t->result, t->parameters * sizeof(float));
    return worst;
}

/* Steps with fresh batches; the first is as large as the shape says, others may be
   smaller, down to one sample. */
static void check_adam(struct shape shape, int steps, double decay)
{
    struct setting t = open_setting(shape);
    struct stream stream = stream_open(13, 14, PURPOSE_TEST);
    struct judge *judge = new_array(t.parameters, sizeof *judge);
    struct mlp *net = open_best_net(&t);
    set_optimiser(net, (struct optimiser){OPTIMISER_ADAM, 0, decay});
    for (int step = 1; step <= steps; step++) {
        double rate = optimiser_rate(0.0385, 0.9, 50, step);
        assert_true(judge_step(&t, net, judge, step, rate, decay) <= 1.01);
        draw_batch(&t.batch, shape, &stream);
        t.batch.count -= (int)stream_below(&stream, (uint64_t)shape.batch);
    }
}

TEST(test_adam_follows_double_precision)
{
    check_adam((struct shape){5, 32, 21, 60}, 500, 0);
}

TEST(test_adam_with_decay_follows_double_precision)
{
    check_adam((struct shape){5, 32, 21, 60}, 500, 0.005);
}

TEST(test_adam_of_the_width_experiment)
{
    for (int width = 1; width <= 20; width += 3)
        check_adam((struct shape){5, 32, width, 500}, 60, 5e-4);
}

TEST(test_adam_at_awkward_shapes)
{
    /* width 1; n_s = 1; one bit; one sample; more skills than samples */
    static const struct shape shapes[] = {{5, 32, 1, 60}, {1, 32, 16, 60}, {1, 1, 1, 1},
                                          {40, 64, 33, 7}, {3, 7, 16, 1}};
    for (int i = 0; i < 5; i++) {
        check_adam(shapes[i], 200, 0);
        check_adam(shapes[i], 200, 0.005);
    }
}

TEST(test_skill_without_samples_keeps_its_weights)
{
    for (int o = 0; o < OPTIMISERS; o++) {
        struct setting t = open_setting((struct shape){4, 13, 21, 90});
        for (int s = 0; s < 90; s++)
            t.batch.skill[s] = t.batch.skill[s] == 2 ? 1 : t.batch.skill[s];
        struct mlp *net = open_best_net(&t);
        set_optimiser(net, *optimisers[o]);
        for (int step = 0; step < 30; step++)
            mlp_step(net, &t.batch, 1, 0.001);
        mlp_get_parameters(net, t.result);
        for (size_t i = 2; i < 21 * 17; i += 17)
            if (optimisers[o]->decay == 0)
                assert_true(t.result[i] == t.parameter[i]);
            else
                assert_true(fabs(t.result[i]) < fabs(t.parameter[i]));
    }
}

TEST(test_padding_is_inert_for_every_optimiser)
{
    for (int o = 0; o < OPTIMISERS; o++) {
        struct setting small = open_setting((struct shape){3, 13, 17, 200});
        struct setting large = pad(&small);
        struct mlp *a = open_best_net(&small), *b = open_best_net(&large);
        set_optimiser(a, *optimisers[o]);
        set_optimiser(b, *optimisers[o]);
        for (int step = 0; step < 20; step++) {
            double loss = mlp_step(a, &small.batch, 2.385, 0.001);
            assert_true(mlp_step(b, &small.batch, 2.385, 0.001) == loss);
        }
        mlp_get_parameters(a, small.result);
        mlp_get_parameters(b, large.result);
        assert_memory_equal(large.result, small.result, 17 * 16 * sizeof(float));
        for (int i = 17 * 16; i < 32 * 16; i++)
            assert_true(large.result[i] == 0);
    }
}

TEST(test_choosing_an_optimiser_forgets_the_past)
{
    for (int o = 0; o < OPTIMISERS; o++) {
        struct setting t = open_setting((struct shape){3, 13, 21, 90});
        struct mlp *used = open_best_net(&t), *fresh = open_best_net(&t);
        set_optimiser(used, *optimisers[o]);
        set_optimiser(fresh, *optimisers[o]);
        for (int step = 0; step < 5; step++)
            mlp_step(used, &t.batch, -3, 0.01);
        mlp_set_parameters(used, t.parameter);
        set_optimiser(used, *optimisers[o]);
        mlp_step(used, &t.batch, 1, 0.01);
        mlp_step(fresh, &t.batch, 1, 0.01);
        mlp_get_parameters(used, t.result);
        mlp_get_parameters(fresh, t.other);
        assert_memory_equal(t.result, t.other, t.parameters * sizeof(float));
    }
}

TEST(test_refused_steps_leave_no_trace)
{
    static const double rates[] = {NAN, INFINITY, -INFINITY, 1e39};
    for (int o = 0; o < OPTIMISERS; o++) {
        struct setting t = open_setting((struct shape){3, 13, 21, 90});
        struct mlp *net = open_best_net(&t), *same = open_best_net(&t);
        struct batch empty = t.batch;
        empty.count = 0;
        set_optimiser(net, *optimisers[o]);
        set_optimiser(same, *optimisers[o]);
        for (int step = 0; step < 4; step++) {
            assert_true(isnan(mlp_step(net, &empty, 1, 0.01)));
            assert_true(isnan(mlp_step(net, &t.batch, 1, rates[step])));
            assert_true(mlp_step(net, &t.batch, 1, 0.01) == mlp_step(same, &t.batch, 1, 0.01));
        }
        mlp_get_parameters(net, t.result);
        mlp_get_parameters(same, t.other);
        assert_memory_equal(t.result, t.other, t.parameters * sizeof(float));
    }
}

/* --- PyTorch --- */

/* The generator of tests/reference/mlp.py. */
static int draw_below(uint32_t *generator, int n)
{
    *generator = (*generator * UINT32_C(1103515245) + 12345) & 0x7fffffff;
    return (int)((*generator >> 12) % (uint32_t)n);
}

static void draw_torch_batch(uint32_t *generator, struct batch *batch)
{
    for (int s = 0; s < batch->count; s++) {
        batch->skill[s] = draw_below(generator, 3);
        batch->bits[s] = (uint64_t)draw_below(generator, 64);
        batch->parity[s] =
            __builtin_parityll(batch->bits[s] >> 2 * batch->skill[s] & 3) ? -1 : 1;
    }
}

/* Compare with the rows of a case; quantities by index. */
static void compare_with_table(const char *name, const char *quantity, int rows,
                               const double *value)
{
    char kind[64];
    snprintf(kind, sizeof kind, "%s\t%s", name, quantity);
    FOR_ROWS(x, "tests/reference/mlp.tsv", kind, rows)
        assert_close(value[(int)x[0]], x[1], 4e-6);
}

enum { TORCH_STEPS = 400, TORCH_PARAMETERS = 20 * 11 + 1 };

/* Train as the script does, with rate first * factor^floor(step / every). */
static void follow_torch(const char *name, struct optimiser optimiser, double first,
                         double factor, long every)
{
    struct setting t = open_setting((struct shape){3, 6, 20, 40});
    uint32_t generator = 2385;
    double loss[TORCH_STEPS], parameter[TORCH_PARAMETERS];
    assert_int_equal(t.parameters, TORCH_PARAMETERS);
    for (size_t i = 0; i < t.parameters; i++)
        t.parameter[i] = (float)draw_below(&generator, 4096) / 4096 - 0.5f;
    struct mlp *net = open_best_net(&t);
    set_optimiser(net, optimiser);
    for (int step = 0; step < TORCH_STEPS; step++) {
        draw_torch_batch(&generator, &t.batch);
        loss[step] = mlp_step(net, &t.batch, 2, optimiser_rate(first, factor, every, step));
    }
    mlp_get_parameters(net, t.result);
    for (size_t i = 0; i < t.parameters; i++)
        parameter[i] = t.result[i];
    compare_with_table(name, "loss", 10, loss);
    compare_with_table(name, "parameter", 56, parameter);
}

TEST(test_torch_sgd)
{
    follow_torch("sgd", plain_sgd, 0.02, 1, 0);
}

TEST(test_torch_momentum)
{
    follow_torch("momentum", momentum, 0.005, 1, 0);
}

TEST(test_torch_decay_and_falling_rate)
{
    follow_torch("decay", (struct optimiser){OPTIMISER_SGD, 0, 0.02}, 0.02, 0.995, 20);
}

TEST(test_torch_momentum_and_decay)
{
    follow_torch("both", (struct optimiser){OPTIMISER_SGD, 0.7, 0.01}, 0.005, 1, 0);
}

TEST(test_torch_adam)
{
    follow_torch("adam", adam, 0.005, 1, 0);
}

TEST(test_torch_adam_with_decay_and_halved_rate)
{
    follow_torch("adam-decay", (struct optimiser){OPTIMISER_ADAM, 0, 5e-4}, 0.01 / 2, 0.5,
                 100);
}

/* --- schedules --- */

TEST(test_rate_of_the_data_experiment)
{
    /* 0.05, halved at once and again every 10,000 epochs */
    assert_true(optimiser_rate(0.05 / 2, 0.5, 10000, 0) == 0.025);
    assert_true(optimiser_rate(0.05 / 2, 0.5, 10000, 9999) == 0.025);
    assert_true(optimiser_rate(0.05 / 2, 0.5, 10000, 10000) == 0.0125);
    assert_true(optimiser_rate(0.05 / 2, 0.5, 10000, 99999) == 0.05 / 1024);
}

TEST(test_rate_of_the_calibration)
{
    assert_true(optimiser_rate(0.05, 0.995, 500, 499) == 0.05);
    assert_true(optimiser_rate(0.05, 0.995, 500, 500) == 0.05 * 0.995);
    assert_ratio(optimiser_rate(0.05, 0.995, 500, 49999), 0.05 * pow(0.995, 99), 1e-14);
}

TEST(test_rate_that_never_changes)
{
    assert_true(optimiser_rate(0.02, 0.5, 0, 1000000) == 0.02);
    assert_true(optimiser_rate(0.02, 1, 10, 1000000) == 0.02);
    assert_true(optimiser_rate(0.02, 0, 10, 9) == 0.02);
    assert_true(optimiser_rate(0.02, 0, 10, 10) == 0);
}

TEST(test_rate_out_of_range)
{
    assert_true(isnan(optimiser_rate(NAN, 0.5, 10, 5)));
    assert_true(isnan(optimiser_rate(0.1, -0.5, 10, 5)));
    assert_true(isnan(optimiser_rate(0.1, NAN, 10, 5)));
    assert_true(isnan(optimiser_rate(0.1, 0.5, -10, 5)));
    assert_true(isnan(optimiser_rate(0.1, 0.5, 10, -5)));
    assert_true(optimiser_rate(0.1, 0.5, 1, 1000000000) == 0);
}

/* --- divergence with every optimiser --- */

/* Once a loss is not finite, none is any more, and measurements say so. */
static void check_stays_lost(struct setting *t, struct mlp *net)
{
    double strength, error;
    for (int step = 0; step < 5; step++)
        assert_false(isfinite(mlp_step(net, &t->batch, 1, 1e-6)));
    assert_int_equal(mlp_measure(net, &t->batch, 1, &strength, &error), STATUS_OK);
    assert_false(isfinite(strength));
    assert_false(isfinite(error));
}

TEST(test_divergence_shows_with_every_optimiser)
{
    for (int o = 0; o < OPTIMISERS; o++) {
        struct setting t = open_setting((struct shape){5, 32, 20, 100});
        struct mlp *net = open_best_net(&t);
        double loss = 0;
        set_optimiser(net, *optimisers[o]);
        for (int step = 0; step < 100 && isfinite(loss); step++)
            loss = mlp_step(net, &t.batch, 5, 1e15);
        assert_false(isfinite(loss));
        check_stays_lost(&t, net);
    }
}

/* A unit whose second-layer weight is enormous and whose activation is tiny: the loss
   is harmless, the gradient of its first layer is not. */
static struct setting open_steep_setting(void)
{
    struct setting t = open_setting((struct shape){1, 1, 1, 1});
    static const float parameter[] = {0, 0, 1e-20f, 1e25f, 0};
    memcpy(t.parameter, parameter, sizeof parameter);
    t.batch.parity[0] = -1;
    return t;
}

TEST(test_overflow_of_a_square_shows)
{
    /* d = 2e30 fits, d^2 does not; with s infinite the parameter would stand still */
    for (int variant = 0; variant < VARIANTS; variant++)
        if (variant_runs(variant)) {
            struct setting t = open_steep_setting();
            struct mlp *net = open_net(&t, 1, variant);
            set_optimiser(net, adam);
            assert_true(isfinite(mlp_step(net, &t.batch, 1, 1e-30)));
            assert_true(isnan(mlp_step(net, &t.batch, 1, 1e-30)));
        }
}

TEST(test_unit_lost_to_minus_infinity_shows)
{
    /* the bias becomes minus infinity, the unit inactive, the outputs finite */
    for (int o = 0; o < 3; o++)
        for (int variant = 0; variant < VARIANTS; variant++)
            if (variant_runs(variant)) {
                struct setting t = open_steep_setting();
                struct mlp *net = open_net(&t, 1, variant);
                set_optimiser(net, *optimisers[o]);
                assert_true(isfinite(mlp_step(net, &t.batch, 1, 1e10)));
                mlp_get_parameters(net, t.result);
                assert_true(t.result[2] == -INFINITY);
                assert_true(isnan(mlp_step(net, &t.batch, 1, 1e-30)));
            }
}

TEST(test_finite_training_is_not_called_lost)
{
    /* 1e18 is large but its square fits */
    struct setting t = open_steep_setting();
    t.parameter[3] = 1e13f;
    struct mlp *net = open_best_net(&t);
    set_optimiser(net, adam);
    for (int step = 0; step < 10; step++)
        assert_true(isfinite(mlp_step(net, &t.batch, 1, 1e-30)));
}

/* --- equal bits with every optimiser, and over threads --- */

/* Losses of a few steps, then parameters, and outputs. */
static uint64_t hash_of_steps(const struct setting *t, enum variant variant, int threads,
                              struct optimiser optimiser)
{
    struct mlp *net = open_net(t, t->shape.batch, variant);
    uint64_t hash = UINT64_C(14695981039346656037);
    assert_int_equal(mlp_set_threads(net, threads), STATUS_OK);
    set_optimiser(net, optimiser);
    for (int step = 0; step < 3; step++) {
        double loss = mlp_step(net, &t->batch, 2.385, 0.001);
        hash = hash_on(hash, &loss, sizeof loss);
    }
    mlp_get_parameters(net, t->result);
    assert_int_equal(mlp_forward(net, &t->batch, t->output), STATUS_OK);
    hash = hash_on(hash, t->result, t->parameters * sizeof(float));
    return hash_on(hash, t->output, (size_t)t->shape.batch * sizeof(float));
}

TEST(test_steps_with_several_pieces_have_known_bits)
{
    /* plain descent; the batch as it is, sorted, and ordered by every field */
    static const struct {
        struct shape shape;
        uint64_t hash;
    } known[] = {{{1, 3, 17, 9001}, UINT64_C(0xc41b0a78188ba6d4)},
                 {{5, 32, 70, 9001}, UINT64_C(0x60a4dbb02a57937)},
                 {{5, 32, 200, 9001}, UINT64_C(0x85b063a0dc03d993)}};
    for (int i = 0; i < 3; i++) {
        struct setting t = open_setting(known[i].shape);
        for (int variant = 0; variant < VARIANTS; variant++)
            if (variant_runs(variant))
                assert_int_equal(hash_of_steps(&t, variant, 1, plain_sgd), known[i].hash);
    }
}

TEST(test_steps_of_momentum_and_adam_have_known_bits)
{
    struct setting t = open_setting((struct shape){5, 32, 21, 500});
    for (int variant = 0; variant < VARIANTS; variant++)
        if (variant_runs(variant)) {
            assert_int_equal(hash_of_steps(&t, variant, 2, momentum_and_decay),
                             UINT64_C(0xc1d3e2c18977d8f1));
            assert_int_equal(hash_of_steps(&t, variant, 2, adam_and_decay),
                             UINT64_C(0x193e2890d9772fb1));
        }
}

TEST(test_variants_give_equal_bits_with_every_optimiser)
{
    static const struct shape shapes[] = {{5, 32, 16, 500}, {1, 1, 1, 1}, {3, 64, 33, 100}};
    for (int i = 0; i < 3; i++) {
        struct setting t = open_setting(shapes[i]);
        for (int o = 0; o < OPTIMISERS; o++)
            for (int variant = VARIANT_AVX2; variant < VARIANTS; variant++)
                if (variant_runs(variant))
                    assert_int_equal(hash_of_steps(&t, variant, 1, *optimisers[o]),
                                     hash_of_steps(&t, VARIANT_PLAIN, 1, *optimisers[o]));
    }
}

TEST(test_threads_give_equal_bits)
{
    /* too little to share; fewer blocks than threads, fewer groups than threads, several pieces */
    static const struct shape shapes[] = {{5, 32, 100, 500}, {5, 32, 16, 4000},
                                          {1, 1, 1, 1},      {1, 3, 17, 9001},
                                          {1, 32, 50, 4097}, {40, 64, 33, 100},
                                          {5, 32, 1000, 500}, {5, 32, 150, 4097},
                                          {1, 3, 17, 30000},  {40, 64, 33, 33000}};
    static const int threads[] = {2, 3, 7, 64};
    for (int i = 0; i < 10; i++) {
        struct setting t = open_setting(shapes[i]);
        for (int o = 0; o < OPTIMISERS; o += 2) {
            uint64_t one = hash_of_steps(&t, variant_best(), 1, *optimisers[o]);
            for (int j = 0; j < 4; j++)
                assert_int_equal(
                    hash_of_steps(&t, variant_best(), threads[j], *optimisers[o]), one);
        }
    }
}

TEST(test_threads_within_threads_give_equal_bits)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 8300});
    uint64_t hash[4];
    struct setting copies[4];
    for (int i = 0; i < 4; i++)
        copies[i] = open_setting(t.shape);
    #pragma omp parallel for num_threads(2)
    for (int i = 0; i < 4; i++)
        hash[i] = hash_of_steps(&copies[i], variant_best(), 1 + i % 3, adam);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(hash[i], hash_of_steps(&t, variant_best(), 1, adam));
    }
}

TEST(test_loss_of_one_slice_shows_where_one_thread_does_all)
{
    /* the steep unit of before in the first of three blocks, and the others zero */
    double loss[2] = {NAN, NAN};
    struct setting t = open_setting((struct shape){1, 1, 40, 9000});
    memset(t.parameter, 0, t.parameters * sizeof(float));
    t.parameter[2 * 40] = 1e-20f;
    t.parameter[3 * 40] = 1e25f;
    struct mlp *net = open_best_net(&t);
    assert_int_equal(mlp_set_threads(net, 3), STATUS_OK);
    set_optimiser(net, adam);
    #pragma omp parallel num_threads(2)
    #pragma omp single
    for (int step = 0; step < 2; step++)
        loss[step] = mlp_step(net, &t.batch, 1, 1e-30);
    assert_true(isfinite(loss[0]));
    assert_true(isnan(loss[1]));
}

TEST(test_threads_measure_the_same)
{
    struct setting t = open_setting((struct shape){1, 20, 33, 9001});
    double strength[3], error[3];
    for (int i = 0; i < 3; i++) {
        struct mlp *net = open_net(&t, 8300, variant_best());
        assert_int_equal(mlp_set_threads(net, i + 1), STATUS_OK);
        assert_int_equal(mlp_measure(net, &t.batch, 2.385, &strength[i], &error[i]), STATUS_OK);
    }
    assert_true(strength[0] == strength[1] && strength[1] == strength[2]);
    assert_true(error[0] == error[1] && error[1] == error[2]);
}

TEST(test_divergence_is_the_same_for_all_threads)
{
    /* unit 0 of 50 is lost; the parameters that remain must not depend on threads */
    struct setting t = open_setting((struct shape){2, 9, 50, 12000});
    t.parameter[50 * 11] = 3e38f;
    uint64_t one = hash_of_steps(&t, variant_best(), 1, momentum_and_decay);
    for (int threads = 2; threads < 6; threads++)
        assert_int_equal(hash_of_steps(&t, variant_best(), threads, momentum_and_decay),
                         one);
}

TEST(test_bad_numbers_of_threads_are_refused)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 300});
    struct mlp *net = open_best_net(&t);
    assert_int_equal(mlp_set_threads(net, 0), STATUS_RANGE);
    assert_int_equal(mlp_set_threads(net, -2), STATUS_RANGE);
    assert_int_equal(mlp_set_threads(net, 1025), STATUS_RANGE);
    assert_true(isfinite(mlp_step(net, &t.batch, 1, 0.01)));
}

/* --- measurement --- */

/* With c relevant bits set, (-1)^c = 1 - 2 c + 4 relu(c - 1) - 4 relu(c - 2)
   for c <= 3.  Four units a skill say so when its control bit is set, and are
   inactive otherwise. */
static void set_parities(struct setting *t, const struct task *task, float scale)
{
    int inputs = t->shape.skills + t->shape.bits, width = t->shape.width;
    static const float factor[] = {1, -2, 4, -4}, threshold[] = {0, 0, 1, 2};
    memset(t->parameter, 0, t->parameters * sizeof(float));
    for (int j = 0; j < width; j++) {
        float *row = t->parameter + (size_t)j * inputs;
        row[j / 4] = j % 4 ? 4 : 1;
        for (int i = 0; j % 4 && i < t->shape.bits; i++)
            row[t->shape.skills + i] = (float)(task->relevant[j / 4] >> i & 1);
        t->parameter[width * inputs + j] = j % 4 ? -4 - threshold[j % 4] : 0;
        t->parameter[width * (inputs + 1) + j] = scale * factor[j % 4];
    }
}

/* Measure skill k of a network that computes scale * g_k + shift. */
static void measure_parity(int k, float scale, float shift, double *strength, double *error)
{
    struct stream stream = stream_open(11, 12, PURPOSE_TEST);
    struct task *task = new_task(5, 32, 3, 0.6, false, &stream);
    struct setting t = open_setting((struct shape){5, 32, 20, 1000});
    set_parities(&t, task, scale);
    t.parameter[t.parameters - 1] = shift;
    task_draw_of_skill(task, &stream, k, &t.batch);
    struct mlp *net = open_net(&t, 300, variant_best());
    assert_int_equal(mlp_measure(net, &t.batch, 5, strength, error), STATUS_OK);
}

TEST(test_parity_network_has_strength_one)
{
    for (int k = 0; k < 5; k++) {
        double strength, error;
        measure_parity(k, 5, 0, &strength, &error);
        /* centred on a finite sample: covariance over deviation is the deviation */
        assert_close(strength, 1, 5e-3);
        assert_true(error == 0);
    }
}

TEST(test_half_a_parity)
{
    double whole, half, error;
    measure_parity(2, 5, 0, &whole, &error);
    measure_parity(2, 2.5f, 0, &half, &error);
    assert_close(half / whole, 0.5, 1e-14);
    assert_close(error, 0.25, 1e-14);
}

TEST(test_constant_shift_has_no_strength)
{
    double shifted, centred, error;
    measure_parity(2, 5, 0, &centred, &error);
    measure_parity(2, 5, 1.5f, &shifted, &error);
    assert_close(shifted, centred, 1e-13);
    assert_close(error, 1.5 * 1.5 / 25, 1e-14);
    measure_parity(2, 0, 1.5f, &shifted, &error);
    assert_close(shifted, 0, 1e-14);
}

TEST(test_measure_by_definition)
{
    struct setting t = open_setting((struct shape){1, 20, 33, 701});
    struct mlp *net = open_net(&t, 64, variant_best());
    double n = 701, f = 0, g = 0, cov = 0, var = 0, square = 0, strength, error;
    assert_int_equal(mlp_forward(net, &t.batch, t.output), STATUS_OK);
    for (int s = 0; s < 701; s++) {
        f += t.output[s] / n;
        g += t.batch.parity[s] / n;
    }
    for (int s = 0; s < 701; s++) {
        cov += (t.output[s] - f) * (t.batch.parity[s] - g) / n;
        var += (t.batch.parity[s] - g) * (t.batch.parity[s] - g) / n;
        square += pow(t.output[s] - 2.385 * t.batch.parity[s], 2) / n;
    }
    assert_int_equal(mlp_measure(net, &t.batch, 2.385, &strength, &error), STATUS_OK);
    assert_close(strength, cov / sqrt(var) / 2.385, 1e-13);
    assert_close(error / (square / (2.385 * 2.385)), 1, 1e-13);
}

TEST(test_measure_does_not_depend_on_room)
{
    struct setting t = open_setting((struct shape){1, 20, 33, 701});
    double strength[3], error[3];
    static const int rooms[] = {1, 64, 1000};
    for (int i = 0; i < 3; i++) {
        struct mlp *net = open_net(&t, rooms[i], variant_best());
        assert_int_equal(mlp_measure(net, &t.batch, 2.385, &strength[i], &error[i]),
                         STATUS_OK);
    }
    assert_true(strength[0] == strength[1] && strength[1] == strength[2]);
    assert_true(error[0] == error[1] && error[1] == error[2]);
}

TEST(test_measure_refuses_what_it_cannot_define)
{
    struct setting t = open_setting((struct shape){1, 20, 33, 70});
    struct mlp *net = open_best_net(&t);
    double strength, error;
    assert_int_equal(mlp_measure(net, &t.batch, 0, &strength, &error), STATUS_RANGE);
    for (int s = 0; s < 70; s++)
        t.batch.parity[s] = -1;
    assert_int_equal(mlp_measure(net, &t.batch, 1, &strength, &error), STATUS_RANGE);
    t.batch.count = 0;
    assert_int_equal(mlp_measure(net, &t.batch, 1, &strength, &error), STATUS_RANGE);
}

/* --- the reference --- */

TEST(test_reference_does_not_depend_on_rows)
{
    struct setting t = open_setting((struct shape){5, 32, 50, 301});
    struct reference *reference = open_reference(&t, 301);
    double loss = reference_gradient(reference, t.parameter, &t.batch, 2.385, t.result);
    static const int rows[] = {1, 64, 300, 1000};
    for (int i = 0; i < 4; i++) {
        reference = open_reference(&t, rows[i]);
        double other =
            reference_gradient(reference, t.parameter, &t.batch, 2.385, t.other);
        assert_ratio(other, loss, 1e-6);
        assert_true(relative_difference(t.other, t.result, t.parameters) < 1e-5);
    }
}

TEST(test_reference_refuses_foreign_samples)
{
    struct setting t = open_setting((struct shape){5, 31, 20, 30});
    struct reference *reference = open_reference(&t, 64);
    memcpy(t.result, t.parameter, t.parameters * sizeof(float));
    t.batch.skill[17] = 5;
    assert_true(isnan(reference_step(reference, t.parameter, &t.batch, 1, 0.1)));
    assert_int_equal(reference_forward(reference, t.parameter, &t.batch, t.output),
                     STATUS_RANGE);
    t.batch.skill[17] = 0;
    t.batch.bits[3] |= UINT64_C(1) << 31;
    assert_true(isnan(reference_step(reference, t.parameter, &t.batch, 1, 0.1)));
    assert_memory_equal(t.result, t.parameter, t.parameters * sizeof(float));
}

TEST(test_reference_refuses_bad_shapes)
{
    struct reference *reference;
    assert_int_equal(reference_create(&reference, 5, 32, 16, 0), STATUS_RANGE);
    assert_int_equal(reference_create(&reference, 5, 65, 16, 1), STATUS_RANGE);
    assert_null(reference);
}

/* --- audit --- */

TEST(test_audit_entries_pass)
{
    assert_int_equal(assert_audits_pass(mlp_entries), 9);
}

int main(void)
{
    return run_cases("mlp");
}
