/* Tests of the chapter "minimal": the network of three units. */
#include "common.h"
#include "minimal.h"

static const struct minimal plain = {1, 0.01}, large = {5, 0.05};

/* The published equations have every sign reversed: with them nothing grows. */
TEST(a_small_start_grows_in_the_network_itself)
{
    const double small[MINIMAL_STATE] = {2e-4, 2e-4, 2e-4, 0};
    double rate[MINIMAL_STATE];
    struct minimal_weights weights = minimal_share_weights(small, 2.385);
    struct minimal_weights before = weights;
    minimal_step(&weights, 2.385, 1e-6, true);
    minimal_rates(small, 2.385, rate);
    for (int j = 0; j < 3; j++) {
        double grown = log(weights.unit[j][4] / before.unit[j][4]) * 2 / (1e-6 * 2.385);
        assert_close(grown, rate[j], 1e-6);
        assert_close(rate[j], j == 0 ? 1 : 0.5, 2e-3);
    }
}

/* The bias is driven by the squares alone, upwards where only the first has grown. */
TEST(the_bias_follows)
{
    double y[MINIMAL_STATE], rate[MINIMAL_STATE];
    const double still[MINIMAL_STATE] = {0}, biased[MINIMAL_STATE] = {0, 0, 0, 0.31};
    minimal_rates(still, 2.385, rate);
    assert_close(rate[MINIMAL_BIAS], 0, 0);
    minimal_rates(biased, 2.385, rate);
    assert_close(rate[MINIMAL_BIAS] * 2.385, -0.31, 1e-15);
    struct minimal tiny = {1, 1e-120};
    assert_int_equal(minimal_integrate(tiny, 1.2 * 120 * M_LN10, y), STATUS_OK);
    assert_close(y[MINIMAL_BIAS], 1. / 7, 1e-6);
    assert_close(y[0], 4. / 7, 1e-6);
    assert_true(minimal_time(plain, MINIMAL_BIAS, 0.5) > minimal_time(plain, 0, 0.5));
}

/* Half a percent in a thousand steps, and in proportion to the step. */
TEST(descent_converges_to_the_flow)
{
    double error[2], y[MINIMAL_STATE], R = 0;
    assert_int_equal(minimal_integrate(plain, 8, y), STATUS_OK);
    for (int q = 0; q < 3; q++)
        R += minimal_share[q] * y[q];
    for (int i = 0; i < 2; i++) {
        long steps = 800 << i;
        error[i] = minimal_descend(plain, 8. / steps, true, 1, &steps) - R;
    }
    assert_true(fabs(error[0]) < 1e-3);
    assert_ratio(error[0] / error[1], 2, 0.05);
}

TEST(the_parity_is_learned_with_weights_shared_and_separate)
{
    for (int shared = 0; shared < 2; shared++) {
        long steps = 20000;
        assert_close(minimal_descend(plain, 0.02, shared, 1, &steps), 1, 1e-3);
        assert_int_equal(steps, 20000);
    }
}

TEST(a_time_is_where_the_level_is)
{
    double y[MINIMAL_STATE];
    for (int part = 0; part < 3; part++) {
        double time = minimal_time(large, part, 0.385);
        assert_int_equal(minimal_integrate(large, time, y), STATUS_OK);
        assert_close(y[part] / 2, 0.385, 1e-9);
    }
}

/* With the squares in tow the bias dies out at 3 eta/8 where S is large. */
TEST(the_bias_is_last_where_the_target_is_large)
{
    struct minimal huge = {1000, 10};
    double early[MINIMAL_STATE], late[MINIMAL_STATE];
    assert_int_equal(minimal_integrate(huge, 8000, early), STATUS_OK);
    assert_int_equal(minimal_integrate(huge, 12000, late), STATUS_OK);
    double rate = log((early[MINIMAL_BIAS] + 1) / (late[MINIMAL_BIAS] + 1)) / 4;
    assert_ratio(rate, 3. / 8, 0.01);
}

/* However small the start, 95 per cent come 33/25 as late as one half. */
TEST(the_tail_does_not_vanish_with_the_start)
{
    struct minimal tiny = {1, 1e-280};
    double ratio = minimal_time(tiny, MINIMAL_SKILL, 0.95) / minimal_time(tiny, MINIMAL_SKILL, 0.5);
    assert_ratio(ratio, 33. / 25, 0.01);
}

TEST(bad_arguments_are_refused)
{
    double y[MINIMAL_STATE];
    long steps = 1;
    const struct minimal bad[] = {{0.001, 1e-4}, {2000, 1}, {1, 1}, {1, 0}, {1, NAN}, {NAN, 0.1}};
    for (int i = 0; i < LENGTH(bad); i++) {
        assert_int_equal(minimal_integrate(bad[i], 1, y), STATUS_RANGE);
        assert_true(isnan(minimal_time(bad[i], 0, 0.5)));
        assert_true(isnan(minimal_descend(bad[i], 0.1, true, 1, &steps)));
    }
    assert_int_equal(minimal_integrate(plain, -1, y), STATUS_RANGE);
    assert_int_equal(minimal_integrate(plain, INFINITY, y), STATUS_RANGE);
    assert_true(isnan(minimal_time(plain, 5, 0.5)) && isnan(minimal_time(plain, 0, 1)));
    assert_true(isnan(minimal_descend(plain, 0, true, 1, &steps)));
}

int main(void) { return run_cases("minimal"); }
