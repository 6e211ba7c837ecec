/* Tests of the modules "modes" and "march", of the chapter "multilinear". */
#include "common.h"
#include "march.h"
#include "modes.h"

static void destroy_modes(void *modes)
{
    modes_destroy(modes);
    free(modes);
}

static struct modes *new_modes(int count, double rate, double sigma, uint64_t identity)
{
    struct stream stream = stream_open(2385, identity, PURPOSE_START);
    struct modes *modes = keep(calloc(1, sizeof *modes), destroy_modes);
    assert_int_equal(modes_create(modes, count, rate, sigma, &stream), STATUS_OK);
    return modes;
}

/* ---- marching */

static void turn(const void *system, const double *y, double *velocity)
{
    double omega = *(const double *)system;
    velocity[0] = -omega * y[1];
    velocity[1] = omega * y[0];
}

static void explode(const void *system, const double *y, double *velocity)
{
    (void)system;
    velocity[0] = y[0] * y[0];
}

TEST(march_follows_a_rotation)
{
    double omega = 2.385, y[2] = {1, 0};
    struct march march = {turn, &omega, 2, 1e-12};
    assert_int_equal(march_flow(&march, 3.7, y), STATUS_OK);
    assert_close(y[0], cos(omega * 3.7), 1e-10);
    assert_close(y[1], sin(omega * 3.7), 1e-10);
}

TEST(march_of_no_time_stays)
{
    double omega = 1, y[2] = {0.385, -2};
    struct march march = {turn, &omega, 2, 1e-12};
    assert_int_equal(march_flow(&march, 0, y), STATUS_OK);
    assert_close(y[0], 0.385, 0);
    assert_close(y[1], -2, 0);
}

TEST(march_refuses_impossible_times)
{
    static const double times[] = {-1e-9, INFINITY, NAN};
    double omega = 1, y[2] = {0.385, -2};
    struct march march = {turn, &omega, 2, 1e-12};
    for (int i = 0; i < LENGTH(times); i++)
        assert_int_equal(march_flow(&march, times[i], y), STATUS_RANGE);
    assert_close(y[0], 0.385, 0);
}

TEST(march_into_a_pole_is_given_up)
{
    double y[1] = {1};
    assert_int_equal(march_flow(&(struct march){explode, NULL, 1, 1e-9}, 1.5, y),
                     STATUS_CONVERGENCE);
}

/* ---- linear networks */

static double product(const double *x, const double *y, int length)
{
    double sum = 0;
    for (int j = 0; j < length; j++)
        sum += x[j] * y[j];
    return sum;
}

TEST(directions_are_orthonormal)
{
    const struct modes *m = new_modes(7, 0.1, 0.01, 1);
    for (int k = 0; k < 7; k++)
        for (int l = 0; l <= k; l++) {
            assert_close(product(m->u + k * 9, m->u + l * 9, 9), k == l, 1e-14);
            assert_close(product(m->v + k * 8, m->v + l * 8, 8), k == l, 1e-14);
        }
}

/* Sigma u_k = lambda_k v_k with 1, 1/2, 1/4. */
TEST(target_has_the_modes)
{
    const struct modes *m = new_modes(3, 0.1, 0.01, 2);
    static const double lambda[] = {1, 0.5, 0.25};
    for (int k = 0; k < 3; k++)
        for (int i = 0; i < 4; i++)
            assert_close(product(m->correlation + 5 * i, m->u + 5 * k, 5),
                         lambda[k] * m->v[4 * k + i], 1e-14);
}

TEST(weights_have_the_spread_they_were_given)
{
    const struct modes *m = new_modes(50, 0.1, 0.385, 3);
    int n = 50 * (52 + 51);
    double square = product(m->weights, m->weights, n) / n;
    assert_ratio(square, 0.385 * 0.385, 5 * sqrt(2. / n));
}

TEST(network_ends_at_the_target)
{
    struct modes *m = new_modes(3, 0.37, 0.02, 4);
    assert_int_equal(modes_move(m, 300), STATUS_OK);
    for (int k = 0; k < 3; k++)
        assert_close(modes_strength(m, k), 1, 1e-8);
}

/* W1 W1^T - W2^T W2 does not change. */
TEST(network_conserves_the_imbalance_of_its_layers)
{
    struct modes *m = new_modes(3, 0.37, 0.7, 5);
    double before[9] = {0};
    for (int after = 0; after < 2; after++) {
        const double *W1 = m->weights, *W2 = W1 + 15;
        for (int g = 0; g < 3; g++)
            for (int h = 0; h < 3; h++) {
                double q = product(W1 + 5 * g, W1 + 5 * h, 5);
                for (int i = 0; i < 4; i++)
                    q -= W2[3 * i + g] * W2[3 * i + h];
                if (after)
                    assert_close(q, before[3 * g + h], 1e-10);
                before[3 * g + h] = q;
            }
        assert_int_equal(modes_move(m, 2.9), STATUS_OK);
    }
}

/* Largest distance of the modes from the logistics of their starts. */
static double worst_distance(double sigma)
{
    double worst = 0;
    for (uint64_t trial = 0; trial < 5; trial++) {
        struct modes *m = new_modes(3, 1, sigma, 10 + trial);
        double start[3];
        assert_int_equal(modes_starts(m, start), STATUS_OK);
        for (int step = 1; step <= 60; step++) {
            assert_int_equal(modes_move(m, 1), STATUS_OK);
            for (int k = 0; k < 3; k++) {
                double c = 1 / start[k] - 1;
                double closed = 1 / (1 + c * exp(-2 * m->lambda[k] * step));
                worst = fmax(worst, fabs(modes_strength(m, k) - closed));
            }
        }
    }
    return worst;
}

/* A start ten times as small brings them ten times as near. */
TEST(small_random_start_gives_logistics)
{
    double far = worst_distance(1e-2), near = worst_distance(1e-3);
    assert_true(far < 0.2);
    assert_close(far / near, 10, 4);
}

TEST(a_mode_of_no_start_stays_at_zero)
{
    struct modes *m = new_modes(3, 1, 0, 6);
    double start[3];
    assert_int_equal(modes_starts(m, start), STATUS_OK);
    assert_int_equal(modes_move(m, 5), STATUS_OK);
    for (int k = 0; k < 3; k++) {
        assert_close(start[k], 0, 0);
        assert_close(modes_strength(m, k), 0, 0);
    }
}

TEST(impossible_networks_are_refused)
{
    struct stream stream = stream_open(1, 1, PURPOSE_START);
    struct modes modes;
    assert_int_equal(modes_create(&modes, 0, 1, 1, &stream), STATUS_RANGE);
    assert_int_equal(modes_create(&modes, 51, 1, 1, &stream), STATUS_RANGE);
    assert_int_equal(modes_create(&modes, 3, -1, 1, &stream), STATUS_RANGE);
    assert_int_equal(modes_create(&modes, 3, NAN, 1, &stream), STATUS_RANGE);
    assert_int_equal(modes_create(&modes, 3, 1, INFINITY, &stream), STATUS_RANGE);
    assert_null(modes.lambda);
}

int main(void)
{
    return run_cases("modes");
}
