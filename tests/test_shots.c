/* Tests of the module "shots", of the chapter "emergence". */
#include "common.h"
#include "shots.h"

static void destroy_features(void *features)
{
    shots_destroy(features);
    free(features);
}

static void release_training(void *training)
{
    shots_release(training);
    free(training);
}

static struct stream numbers;

static struct features *new_features(int bits, int dimension, uint64_t identity)
{
    struct features *features = keep(calloc(1, sizeof *features), destroy_features);
    numbers = stream_open(2385, identity, PURPOSE_START);
    assert_int_equal(shots_create(features, bits, dimension, &numbers), STATUS_OK);
    return features;
}

static struct training *new_training(struct features *features, int samples)
{
    struct training *training = keep(calloc(1, sizeof *training), release_training);
    assert_int_equal(shots_draw(features, samples, &numbers, training), STATUS_OK);
    return training;
}

/* ---- functions */

TEST(functions_are_orthonormal)
{
    const struct features *f = new_features(6, 13, 1);
    for (int l = 0; l < 13; l++)
        for (int k = 0; k <= l; k++) {
            double mean = 0;
            for (int x = 0; x < 64; x++)
                mean += f->e[64 * l + x] * f->e[64 * k + x] / 64;
            assert_close(mean, k == l, 1e-13);
        }
}

TEST(functions_add_up_to_the_parity)
{
    for (int n = 1; n <= 16; n += 5) {
        const struct features *f = new_features(4, n, 2);
        for (int x = 0; x < 16; x++) {
            double sum = 0;
            for (int l = 0; l < n; l++)
                sum += f->e[16 * l + x];
            assert_close(f->g[x], ((x >> 2) + (x >> 1) + x) & 1 ? -1 : 1, 0);
            assert_close(sum / sqrt(n), f->g[x], 1e-13);
        }
    }
}

TEST(measure_knows_the_parity_and_its_half)
{
    const struct features *f = new_features(6, 9, 3);
    double w[9], loss, R;
    for (int half = 0; half < 2; half++) {
        for (int l = 0; l < 9; l++)
            w[l] = (half ? 0.5 : 1) / 3;
        shots_measure(f, w, &loss, &R);
        assert_close(loss, half ? 0.25 : 0, 1e-13);
        assert_close(R, half ? 0.5 : 1, 1e-13);
    }
}

TEST(impossible_functions_are_refused)
{
    struct stream stream = stream_open(1, 1, PURPOSE_START);
    struct features f;
    struct training t;
    assert_int_equal(shots_create(&f, 3, 9, &stream), STATUS_RANGE);
    assert_int_equal(shots_create(&f, 3, 0, &stream), STATUS_RANGE);
    assert_int_equal(shots_create(&f, -1, 1, &stream), STATUS_RANGE);
    assert_int_equal(shots_create(&f, 15, 1, &stream), STATUS_RANGE);
    assert_null(f.e);
    struct features *small = new_features(3, 8, 4);
    assert_int_equal(shots_draw(small, 0, &stream, &t), STATUS_RANGE);
    assert_int_equal(shots_draw(small, 9, &stream, &t), STATUS_RANGE);
    assert_null(t.phi);
}

/* ---- samples */

TEST(samples_do_not_repeat_and_miss_none)
{
    struct features *f = new_features(5, 3, 5);
    int seen[32] = {0};
    for (int round = 1; round <= 3; round++) {
        const struct training *t = new_training(f, 32);
        for (int j = 0; j < 32; j++) {
            int x = f->deck[j];
            seen[x]++;
            assert_close(t->g[j], f->g[x], 0);
            for (int l = 0; l < 3; l++)
                assert_close(t->phi[3 * j + l], f->e[32 * l + x], 0);
        }
        for (int x = 0; x < 32; x++)
            assert_int_equal(seen[x], round);
    }
}

/* ---- training */

/* Strength and loss at the end, the loss in units of S^2/2. */
static void train(const struct features *f, struct training *t, double initial, double *loss,
                  double *R)
{
    double y[65], w[64];
    shots_start(t, initial, &numbers, y);
    assert_int_equal(shots_finish(t, y), STATUS_OK);
    shots_weights(t, y, w);
    shots_measure(f, w, loss, R);
}

/* A basis of all functions on the inputs: d/D_c for every data set, by either model. */
TEST(complete_basis_learns_its_share)
{
    for (int d = 1; d <= 32; d += 6)
        for (int linear = 0; linear < 2; linear++) {
            struct features *f = new_features(5, 32, 6);
            struct training *t = new_training(f, d);
            double loss, R;
            t->linear = linear;
            train(f, t, 1e-10, &loss, &R);
            assert_close(R, d / 32., 3e-5);
            assert_close(loss, 1 - d / 32., 6e-5);
        }
}

/* Whatever the samples, L = S (S - R)/2, which is not (S - R)^2/2. */
TEST(loss_is_tied_to_strength)
{
    for (uint64_t trial = 0; trial < 5; trial++) {
        struct features *f = new_features(8, 24, 20 + trial);
        struct training *t = new_training(f, 12);
        double loss, R;
        train(f, t, 1e-10, &loss, &R);
        assert_close(loss, 1 - R, 6e-5);
        assert_true(fabs(loss - (1 - R) * (1 - R)) > 0.1);
    }
}

TEST(both_models_end_at_the_same_function)
{
    struct features *f = new_features(8, 24, 7);
    struct training *t = new_training(f, 17);
    double loss[2], R[2];
    for (int linear = 0; linear < 2; linear++) {
        t->linear = linear;
        train(f, t, 1e-10, &loss[linear], &R[linear]);
    }
    assert_close(R[0], R[1], 1e-4);
    assert_close(loss[0], loss[1], 1e-4);
}

/* The mean over data sets: x + 2 x (1 - x)/D_c for few functions on many inputs. */
TEST(mean_share_is_the_learnability)
{
    enum { TRIALS = 400, DIMENSION = 16, D = 6 };
    double sum = 0, square = 0, x = (double)D / DIMENSION;
    for (int trial = 0; trial < TRIALS; trial++) {
        struct features *f = new_features(10, DIMENSION, 100 + (uint64_t)trial);
        struct training *t = new_training(f, D);
        double loss, R;
        t->linear = true;
        train(f, t, 0, &loss, &R);
        sum += R / TRIALS;
        square += R * R / TRIALS;
    }
    double error = sqrt((square - sum * sum) / TRIALS);
    assert_close(sum, x + 2 * x * (1 - x) / DIMENSION, 4 * error);
    assert_true(fabs(sum - (1 - sqrt(1 - x))) > 20 * error);
}

/* Half the strength of the end comes much later than a twentieth of it only if linear. */
TEST(only_the_product_waits)
{
    struct features *f = new_features(8, 24, 8);
    struct training *t = new_training(f, 12);
    for (int linear = 0; linear < 2; linear++) {
        double y[65], w[64], loss, R, end, early = 0, late = 0;
        t->linear = linear;
        train(f, t, 1e-8, &loss, &end);
        shots_start(t, 1e-8, &numbers, y);
        for (int step = 1; late == 0; step++) {
            assert_int_equal(shots_move(t, 0.01, y), STATUS_OK);
            shots_weights(t, y, w);
            shots_measure(f, w, &loss, &R);
            early = early == 0 && R > 0.05 * end ? step : early;
            late = R > 0.5 * end ? step : 0;
        }
        assert_true(linear ? late > 5 * early : late < 1.5 * early);
    }
}

TEST(start_is_as_asked)
{
    struct training *t = new_training(new_features(6, 20, 9), 12);
    double y[21], square = 0;
    shots_start(t, 0.0385, &numbers, y);
    for (int l = 1; l <= 20; l++)
        square += y[l] * y[l];
    assert_close(y[0] * y[0], 0.0385, 1e-15);
    assert_close(square, 0.0385 / 4, 1e-15);
    t->linear = true;
    shots_start(t, 0.0385, &numbers, y);
    for (int l = 0; l < 20; l++)
        assert_close(y[l], 0, 0);
}

int main(void)
{
    return run_cases("shots");
}
