/* Tests of the chapter "depth": unbalanced starts, more layers, steps.

   Statistics use fixed seeds, so they pass or fail for ever; their limits are such that a
   correct program would have failed with at most the stated probability. */
#include <gsl/gsl_sf_gamma.h>

#include "common.h"
#include "depth.h"
#include "emergence.h"
#include "multilinear.h"

static const double S = 2.385;

/* Skills that start at R: one of several, the only one, and one with all units 1. */
static struct skill rare(double R)
{
    return (struct skill){S, R, 0.37, 0.2};
}

static struct skill only(double R)
{
    return (struct skill){S, R, 0.37, 1};
}

static struct skill unit(double R)
{
    return (struct skill){1, R, 1, 1};
}

/* Rate of the clock, d u/dT, for lambda = 1. */
static double clock_speed(int layers, double target)
{
    return layers * pow(target, 2 - 2.0 / layers);
}

/* ---- depth against reference tables */

/* The rounding of the arguments is unavoidable: du = dx x^(2/L - 2)/(1 - x). */
TEST(times_agree_with_quadrature)
{
    FOR_ROWS(x, "tests/reference/depth.tsv", "units", 252) {
        int layers = (int)x[0];
        if (x[1] > 1)
            continue;
        double u = depth_time(layers, unit(x[1]), x[2]) * layers, power = 2.0 / layers - 2;
        double slack = 1e-16 * x[1] * pow(x[1], power) / (1 - x[1])
                       + 1.2e-16 * pow(x[2], power) / (1 - x[2]);
        assert_close(u, x[3], 2e-14 * x[3] + slack);
    }
}

/* From above as from below: the strength at the time of a strength. */
TEST(strengths_agree_with_quadrature)
{
    FOR_ROWS(x, "tests/reference/depth.tsv", "units", 252) {
        int layers = (int)x[0];
        double R = depth_strength(layers, unit(x[1]), x[3] / layers);
        double m = 2 - 2.0 / layers, speed = pow(x[2], m) * fabs(1 - x[2]);
        assert_close(R, x[2], 1e-14 * x[2] + 2e-14 * fmax(x[3], fmin(1, 1 / pow(x[1], m))) * speed);
    }
}

TEST(strengths_agree_with_bisection)
{
    FOR_ROWS(x, "tests/reference/depth.tsv", "reach", 100) {
        int layers = (int)x[0];
        double R = depth_strength(layers, unit(x[1]), x[2] / layers);
        double speed = pow(x[3], 2 - 2.0 / layers) * (1 - x[3]);
        assert_close(R, x[3], 1e-14 * x[3] + 2e-14 * x[2] * speed);
    }
}

TEST(integrals_agree_with_reference)
{
    FOR_ROWS(x, "tests/reference/depth.tsv", "integral", 27) {
        double J = depth_time_integral((int)x[0], x[1], 1 / x[2] - 1);
        assert_close(J / x[3], 1, 1e-10);
    }
}

/* Rounding of R: dT = dR/(omega (S - R)). */
TEST(unbalanced_starts_agree_with_quadrature)
{
    FOR_ROWS(x, "tests/reference/depth.tsv", "unbalanced", 166) {
        double target = x[0], R0 = x[1], q = x[2], R = x[3];
        double slack = 3e-16 * (fabs(R) / hypot(q, 2 * R) / (target - R)
                                + fabs(R0) / hypot(q, 2 * R0) / (target - R0));
        if (R > 0) {
            double T = depth_unbalanced_time((struct skill){target, R0, 1, 1}, q, R / target);
            assert_close(T, x[4], 1e-13 * fabs(x[4]) + 2 * slack);
        }
        double found = depth_unbalanced_strength((struct skill){target, R0, 1, 1}, q, x[4]);
        double speed = hypot(q, 2 * R) * (target - R);
        double scale = R0 < 0 ? fabs(R0) : 0; /* a negative strength passes through zero */
        assert_close(found, R, 1e-14 * fabs(R) + 1e-15 * scale + 4e-14 * x[4] * speed);
    }
}

/* ---- identities */

TEST(one_layer_is_the_linear_model)
{
    for (double T = 0.01; T < 100; T *= 3.7) {
        double R = depth_strength(1, only(0.0385), T);
        assert_close(R, multilinear_linear(only(0.0385), T), 1e-15);
    }
    double T = depth_time(1, rare(0.0385), 0.6385);
    assert_close(T, log((1 - 0.0385 / S) / (1 - 0.6385)) / 0.37 / 0.2, 1e-14 * T);
}

TEST(two_layers_are_the_logistic)
{
    for (double T = 0.01; T < 100; T *= 3.7)
        assert_close(depth_strength(2, only(0.0385), T),
                     multilinear_logistic(only(0.0385), T), 1e-15);
    double T = depth_time(2, rare(1e-9), 0.0385);
    assert_close(T, emergence_time(rare(1e-9), 0.0385), 1e-14 * T);
}

TEST(no_imbalance_is_the_logistic)
{
    for (double R0 = 1e-9; R0 < S; R0 *= 23.85) {
        double T = depth_unbalanced_time(rare(R0), 0, 0.981);
        assert_close(T, emergence_time(rare(R0), 0.981), 1e-14 * T);
        double late = depth_unbalanced_saturation_time(rare(R0), 1e-60, 0.01);
        assert_close(late, emergence_saturation_time(rare(R0), 0.01),
                     1e-14 * late);
    }
}

TEST(the_sign_of_the_imbalance_is_immaterial)
{
    for (double q = 1e-6; q < 1e3; q *= 71) {
        assert_true(depth_unbalanced_time((struct skill){S, -0.02, 1, 1}, q, 0.3)
                    == depth_unbalanced_time((struct skill){S, -0.02, 1, 1}, -q, 0.3));
        assert_true(depth_unbalanced_strength((struct skill){S, -0.02, 1, 1}, q, 0.71)
                    == depth_unbalanced_strength((struct skill){S, -0.02, 1, 1}, -q, 0.71));
    }
}

TEST(a_huge_imbalance_is_lazy)
{
    for (double e = 0.05; e < 1; e += 0.1) {
        double T = depth_unbalanced_time(rare(0.1), 1e9, e);
        double lazy = log((S - 0.1) / (S - e * S)) / (0.37 * 0.2 * 1e9);
        assert_close(T / lazy, 1, 1e-12);
    }
    assert_close(depth_unbalanced_wait(0, 1e9, 0.05), log(0.95) / (log(0.05) - log(0.95)),
                 1e-12);
}

TEST(a_small_imbalance_sets_the_effective_start)
{
    double q = 1e-7, wait = depth_unbalanced_wait(0, q, 0.05), level = log(19.0);
    assert_close(wait, (log(4 / q) - level) / (2 * level), 1e-6);
    double R0 = 3e-8, start = R0 / 2 + hypot(q, 2 * R0) / 4;
    assert_close(depth_unbalanced_wait(R0, q, 0.05), (log(1 / start) - level) / (2 * level),
                 1e-6);
}

TEST(the_sigmoid_ends_at_the_target_over_root_two)
{
    for (int side = 0; side < 2; side++) {
        double q = (side ? 0.7072 : 0.707) * S, most = -INFINITY, before = 0;
        for (int i = 0; i < 4000; i++) {
            double R = S * (0.2 + 0.1 * i / 4000), v = hypot(q, 2 * R) * (S - R);
            if (i > 0)
                most = fmax(most, v - before);
            before = v;
        }
        assert_int_equal(most > 0, side == 0);
    }
}

TEST(strength_returns_the_time)
{
    for (int layers = 1; layers <= 10; layers++)
        for (double R0 = 1e-9; R0 < S; R0 *= 71)
            for (double e = 0.02; e < 1; e += 0.09) {
                double T = depth_time(layers, rare(R0), e), R;
                if (T < 0)
                    continue;
                R = depth_strength(layers, rare(R0), T);
                double u = T * 0.37 * 0.2 * clock_speed(layers, S);
                assert_close(R / S / e, 1, 1e-13 + 1e-14 * u * pow(e, 1 - 2.0 / layers));
            }
}

TEST(times_add_up)
{
    for (int layers = 1; layers <= 40; layers += 1 + layers / 4) {
        double whole = depth_time(layers, (struct skill){S, 0.01, 1, 1}, 0.9);
        double part = depth_time(layers, (struct skill){S, 0.01, 1, 1}, 0.3);
        double rest = depth_time(layers, (struct skill){S, 0.3 * S, 1, 1}, 0.9);
        assert_close(part + rest, whole, 1e-13 * whole);
        double back = depth_time(layers, (struct skill){S, 0.9 * S, 1, 1}, 0.01 / S);
        assert_close(-back, whole, 1e-13 * whole);
    }
}

TEST(flow_composes_from_above)
{
    for (int layers = 1; layers <= 40; layers += 1 + layers / 4)
        for (double R0 = 2.4; R0 < 1e60; R0 *= 1e4) {
            struct skill skill = {S, R0, 0.01, 1};
            double once = depth_strength(layers, skill, 1.7);
            skill.initial = depth_strength(layers, skill, 0.6);
            double twice = depth_strength(layers, skill, 1.1);
            assert_close(twice / once, 1, 2e-13);
            assert_true(once >= S);
        }
}

TEST(the_time_scales)
{
    for (int layers = 1; layers <= 10; layers++) {
        double T = depth_time(layers, rare(0.01 * S), 0.3);
        double u = depth_time(layers, unit(0.01), 0.3);
        assert_close(T * 0.37 * 0.2 * pow(S, 2 - 2.0 / layers), u, 1e-13 * u);
    }
}

TEST(deep_waits_grow_like_a_power)
{
    for (int layers = 3; layers <= 10; layers++) {
        double slope = log(depth_wait(layers, 1e-60, 0.05) / depth_wait(layers, 1e-50, 0.05))
                       / log(1e10);
        assert_close(slope, 1 - 2.0 / layers, 1e-9);
    }
    double T = depth_time(5, rare(pow(1e-6, 5)), 0.5);
    assert_close(T * 3 * 0.37 * S * 0.2 * pow(1e-6, 3), 1, 1e-12);
}

TEST(stage_limits_agree_with_emergence)
{
    for (double R0 = 1e-12; R0 < 0.04; R0 *= 31) {
        double limit = emergence_stage_limit(0.6385, (struct skill){S, R0 * S, 1, 1}, 0.05);
        assert_close(depth_stage_limit(0.6385, depth_wait(2, R0, 0.05)) / limit, 1, 1e-12);
        assert_close(depth_stage_limit(0.6385, depth_unbalanced_wait(R0, 0, 0.05)) / limit, 1,
                     1e-12);
    }
    assert_true(depth_stage_limit(1, 0) == 0);
}

/* ---- the time law */

TEST(the_law_of_two_layers_is_that_of_scaling)
{
    for (int n = 0; n <= 30011; n += 30011)
        for (double alpha = 0.05; alpha < 6; alpha *= 2.385)
            for (double T = 0.02; T < 1e7; T *= 71) {
                struct scaling s = {alpha, n, S, 0.02385, 0.385};
                double loss = scaling_time_loss(&s, T);
                assert_close(depth_time_loss(2, &s, T) / loss, 1, 1e-8);
                assert_close(depth_time_law(2, &s, T) / scaling_time_law(&s, T), 1, 1e-10);
            }
}

TEST(the_bound_of_two_layers_is_that_of_scaling)
{
    struct scaling s = {0.6385, 0, S, 0.02385, 0.385};
    assert_close(depth_time_bound(2, &s, 71) / scaling_time_bound_simple(&s, 71), 1, 1e-12);
    s.skills = 500;
    double tail = depth_time_bound(3, &s, 1e190), A = task_normaliser(0.6385, 500);
    double start = S - 0.02385;
    assert_close(tail / (start * start / 2 * A * pow(500, -0.6385) / 0.6385), 1, 1e-12);
}

/* (S^2/2) sum P (1 - x)^2 by the definition. */
TEST(the_loss_is_a_sum_over_skills)
{
    static const int skills[] = {1, 2, 599, 600, 601, 2385, 9001};
    for (int layers = 1; layers <= 10; layers += 1 + layers / 2)
        for (int i = 0; i < 7; i++)
            for (double T = 0.1; T < 1e6; T *= 71) {
                struct scaling s = {i % 2 ? 0.6385 : 1.385, skills[i], S, 0.02385, 0.385};
                double sum = 0;
                for (int k = skills[i]; k >= 1; k--) {
                    double P = task_probability(s.alpha, skills[i], k);
                    double R = depth_strength(layers, (struct skill){S, 0.02385, 0.385, P}, T);
                    sum += P * (S - R) * (S - R) / 2;
                }
                double loss = depth_time_loss(layers, &s, T);
                assert_close(loss, sum, 1e-7 * sum + 1e-15 * sqrt(sum) + 1e-30); /* S - R is rounded */
            }
}

/* log-log slope of the exact loss: alpha/(alpha + 1) at every depth. */
TEST(the_exponent_does_not_depend_on_depth)
{
    for (int layers = 1; layers <= 10; layers++) {
        struct scaling s = {0.6, 0, 1, 0.1, 1};
        double slope = log(depth_time_loss(layers, &s, 1e8) / depth_time_loss(layers, &s, 1e5))
                       / log(1e3);
        assert_close(slope, -0.375, 1e-4);
        assert_close(depth_time_loss(layers, &s, 1e7) / depth_time_law(layers, &s, 1e7), 1,
                     1e-3);
    }
}

TEST(one_layer_has_a_gamma_function)
{
    struct scaling s = {0.6, 0, 1, 0.2, 0.37};
    double A = task_normaliser(0.6, 0), e = 0.375;
    double constant = 0.5 * pow(A, 1 / 1.6) / 1.6 * pow(2 * 0.37, -e) * 0.64 * gsl_sf_gamma(e);
    assert_close(depth_time_constant(1, &s) / constant, 1, 1e-10);
}

TEST(a_deep_integral_is_that_of_a_step)
{
    double nu = 0.5, u = 1e15 / nu, s = 0.375; /* four layers, x0 = 1e-30 */
    assert_close(depth_time_integral(4, 0.6, 1e30) / (pow(u, s) / s), 1, 1e-10);
}

TEST(losses_start_at_the_start)
{
    for (int layers = 1; layers <= 10; layers++) {
        struct scaling s = {0.6385, layers % 2 ? 0 : 700, S, 0.385, 0.385};
        double start = (S - 0.385) * (S - 0.385) / 2;
        assert_close(depth_time_loss(layers, &s, 0) / start, 1, 1e-7);
        assert_true(isinf(depth_time_law(layers, &s, 0)));
        assert_true(isinf(depth_time_bound(layers, &s, 0)));
    }
}

/* ---- the whole system, and orders of convergence */

static const double frequency[3] = {0.67, 0.28, 0.05};

/* Largest error of the strengths after so many steps. */
static double march_error(int layers, enum depth_method method, double T, int steps)
{
    struct depth_model model = {layers, 3, S, 0.37, frequency};
    double a[30], worst = 0;
    assert_int_equal(depth_balance(&model, 0.0385, a), STATUS_OK);
    assert_int_equal(depth_march(&model, method, T, steps, a), STATUS_OK);
    for (int k = 0; k < 3; k++) {
        double R = depth_strength(layers, (struct skill){S, 0.0385, 0.37, frequency[k]}, T);
        worst = fmax(worst, fabs(depth_strength_at(&model, a, k) - R));
    }
    return worst;
}

static double order(int layers, enum depth_method method, int steps, int finer)
{
    double T = depth_time(layers, (struct skill){S, 0.0385, 0.37, frequency[0]}, 0.385);
    return log(march_error(layers, method, T, steps) / march_error(layers, method, T, finer))
           / log((double)finer / steps);
}

TEST(descent_has_order_one)
{
    for (int layers = 1; layers <= 10; layers += 3)
        assert_close(order(layers, DEPTH_DESCENT, 20000, 40000), 1, 0.02);
}

TEST(runge_and_kutta_have_order_four)
{
    for (int layers = 1; layers <= 10; layers += 3)
        assert_close(order(layers, DEPTH_RK4, 16 * layers, 64 * layers), 4, 0.05);
}

TEST(prince_and_dormand_have_order_eight)
{
    double first = order(2, DEPTH_RK8, 1, 6), second = order(3, DEPTH_RK8, 2, 10);
    assert_close(first, 8.5, 1);
    assert_close(second, 8.5, 1.2);
}

TEST(the_whole_system_keeps_its_balance)
{
    struct depth_model model = {4, 3, S, 0.37, frequency};
    double a[12];
    assert_int_equal(depth_balance(&model, 0.0385, a), STATUS_OK);
    a[1] = 0.9; /* skill 2, layer 1 */
    double before = a[1] * a[1] - a[4] * a[4];
    assert_int_equal(depth_integrate(&model, 7.1, a), STATUS_OK);
    assert_close(a[1] * a[1] - a[4] * a[4], before, 1e-12);
    assert_close(a[0] * a[0] - a[3] * a[3], 0, 1e-14);
    assert_true(a[4] > 1.1 * pow(0.0385, 0.25));
}

TEST(integration_agrees_with_the_closed_form)
{
    for (int layers = 1; layers <= 10; layers++) {
        struct depth_model model = {layers, 3, S, 0.37, frequency};
        struct skill skill = {S, 1e-4, 0.37, frequency[1]};
        double a[30], T = depth_time(layers, skill, 0.7385);
        assert_int_equal(depth_balance(&model, 1e-4, a), STATUS_OK);
        assert_int_equal(depth_integrate(&model, T, a), STATUS_OK);
        assert_close(depth_strength_at(&model, a, 1), 0.7385 * S, 1e-7);
        skill.probability = frequency[2];
        assert_close(depth_strength_at(&model, a, 2), depth_strength(layers, skill, T), 1e-9);
    }
}

/* What is left when the delay is allowed for is of second order. */
TEST(descent_is_late)
{
    double rest[2];
    for (int i = 0; i < 2; i++) {
        struct depth_model model = {3, 1, S, i ? 5e-4 : 1e-3, frequency};
        double a[3], lambda = model.rate * 0.67;
        int steps = (i + 1) * (int)depth_time(3, (struct skill){S, 0.0385, 1e-3, 0.67}, 0.385);
        assert_int_equal(depth_balance(&model, 0.0385, a), STATUS_OK);
        assert_int_equal(depth_march(&model, DEPTH_DESCENT, steps, steps, a), STATUS_OK);
        double late = depth_descent_delay(3, (struct skill){S, 0.0385, lambda, 1}, steps);
        rest[i] = depth_strength_at(&model, a, 0)
                  - depth_strength(3, (struct skill){S, 0.0385, lambda, 1}, steps - late);
    }
    assert_close(log(rest[0] / rest[1]) / log(2), 2, 0.05);
}

TEST(the_delay_is_half_the_logarithm_of_the_speed)
{
    for (int layers = 1; layers <= 10; layers++) {
        double R0 = 0.0385, T = depth_time(layers, only(R0), 0.385), R = 0.385 * S;
        double speed = pow(R / R0, 1 - 1.0 / layers) * (S - R) / (S - R0);
        assert_close(depth_descent_delay(layers, only(R0), T), log(speed) / 2, 1e-12);
        assert_true(depth_descent_delay(layers, only(R0), 0) == 0);
    }
}

/* Mean and standard deviation of skill 1 of two, in 4000 runs; P receives P_s(1). */
static void sample(int batch, int steps, double rate, double *P, double *mean, double *sd)
{
    struct stream stream = stream_open(71, (uint64_t)steps, PURPOSE_TRAINING);
    struct skill like = {S, 0.0385, rate, 1};
    struct task *task = new_task(2, 1, 0, 0.6385, true, &stream);
    double R[2], sum = 0, squares = 0, n = 4000;
    *P = task->probability[0];
    for (int i = 0; i < n; i++) {
        assert_int_equal(depth_sample_descent(task, like, batch, steps, &stream, R), STATUS_OK);
        sum += R[0];
        squares += R[0] * R[0];
    }
    *mean = sum / n;
    *sd = sqrt((squares - sum * sum / n) / (n - 1));
}

/* Fails by chance with a probability of 6e-5. */
TEST(batches_have_their_mean)
{
    double P, mean, sd;
    sample(5, 300, 0.9 / 300, &P, &mean, &sd);
    double expected = depth_batch_mean((struct skill){S, 0.0385, 0.9 / 300, P}, 5, 300);
    assert_close(mean, expected, 4 * sd / sqrt(4000));
    double flow = multilinear_logistic((struct skill){S, 0.0385, 0.9 / 300, P}, 300);
    assert_true(fabs(mean - flow)
                > 8 * sd / sqrt(4000)); /* the correction is seen */
}

/* Of batches of one sample, k of T have the skill with a binomial probability, and those are k
   steps of descent: the mean and the spread without sampling. */
static void enumerate_batches(double initial, double rate, double P, int T, double *mean,
                              double *sd)
{
    double a = sqrt(initial), squares = 0;
    *mean = 0;
    for (int k = 0; k <= T; k++) {
        double weight = exp(lgamma(T + 1) - lgamma(k + 1) - lgamma(T - k + 1) + k * log(P)
                            + (T - k) * log1p(-P));
        *mean += weight * a * a;
        squares += weight * a * a * a * a;
        a += rate * a * (S - a * a);
    }
    *sd = sqrt(squares - *mean * *mean);
}

/* Before, at and after the middle of the curve; what is left falls like the rate squared. */
TEST(batches_of_one_sample_have_the_enumerated_mean_and_spread)
{
    static const double T[] = {400, 1000, 1600};
    for (int i = 0; i < 3; i++) {
        double rest[2], mean, sd;
        for (int half = 0; half < 2; half++) {
            struct skill skill = {S, 0.04, half ? 0.0015 : 0.003, 0.3};
            int steps = (int)T[i] * (half + 1);
            enumerate_batches(0.04, skill.rate, 0.3, steps, &mean, &sd);
            rest[half] = mean - depth_batch_mean(skill, 1, steps);
            assert_close(depth_batch_spread(skill, 1, steps) / sd, 1, 15 * skill.rate);
        }
        double effect = mean - multilinear_logistic((struct skill){S, 0.04, 0.003, 0.3}, T[i]);
        assert_close(rest[1] / effect, 0, 0.02);
        assert_close(rest[0] / rest[1], 4, 0.2);
    }
}

/* The spread falls like sqrt(rate/batch); fails by chance with a probability of 2e-4. */
TEST(batches_have_their_spread)
{
    static const int batch[] = {4, 4, 16}, steps[] = {200, 800, 200};
    double P, mean, sd[3];
    for (int i = 0; i < 3; i++) {
        sample(batch[i], steps[i], 0.9 / steps[i], &P, &mean, &sd[i]);
        struct skill skill = {S, 0.0385, 0.9 / steps[i], P};
        double theory = depth_batch_spread(skill, batch[i], steps[i]);
        assert_close(sd[i] / theory, 1, 0.01 + 4 / sqrt(2 * 4000));
    }
    assert_close(log(sd[0] / sd[1]) / log(4), 0.5, 0.07);
    assert_close(log(sd[0] / sd[2]) / log(4), 0.5, 0.07);
}

TEST(the_whole_batch_is_full_descent)
{
    struct skill skill = {S, 0.0385, 0.01, 1}; /* the only one */
    double R = multilinear_logistic(skill, 71), late = depth_descent_delay(2, skill, 71);
    assert_close(depth_batch_mean(skill, 3, 71), R - 0.01 * late * 2 * R * (S - R), 1e-15);
    assert_true(depth_batch_spread(skill, 3, 71) == 0);
}

/* ---- edges */

TEST(edges_of_depth)
{
    assert_true(depth_strength(3, only(0), 7) == 0);
    assert_true(depth_strength(3, only(S), 7) == S);
    assert_true(depth_strength(3, (struct skill){S, 0.02, 0, 1}, INFINITY) == 0.02);
    assert_true(depth_strength(3, only(0.02), 0) == 0.02);
    assert_true(depth_strength(3, only(0.02), INFINITY) == S);
    assert_true(depth_strength(7, only(71), INFINITY) == S);
    assert_true(depth_strength(1, only(0), 1) > 0);
    assert_true(isinf(depth_time(3, (struct skill){S, 0.02, 0.37, 0}, 0.5)));
    assert_true(isinf(depth_unbalanced_time((struct skill){S, 0.02, 0.37, 0}, 1, 0.5)));
    assert_true(depth_time(5, only(0.5 * S), 0.5) == 0);
    assert_true(depth_unbalanced_time(only(0.5 * S), 1.7, 0.5) == 0);
    struct skill unseen = {S, 0.5 * S, 0.37, 0}; /* but there already */
    assert_true(depth_time(5, unseen, 0.5) == 0);
    assert_true(depth_unbalanced_time(unseen, 1.7, 0.5) == 0);
    assert_true(depth_unbalanced_time(only(0.02), 1e70, 0.5) > 0);
    assert_true(depth_unbalanced_time(only(0.02), -1e70, 0.5) > 0);
    assert_true(depth_unbalanced_time(only(0.6 * S), 1.7, 0.5) < 0);
}

TEST(extreme_starts_stay_finite)
{
    for (int layers = 1; layers <= 1000; layers += 1 + layers / 2)
        for (double R0 = 1e-200; R0 < 1; R0 *= 1e13) {
            double T = depth_time(layers, unit(R0), 0.9);
            assert_true(isfinite(T) && T > 0);
            double R = depth_strength(layers, unit(R0), 0.999 * T);
            assert_true(R >= R0 && R < 0.9);
        }
    for (double R0 = -1e60; R0 < 0; R0 *= 1e-7)
        for (double q = 1e-60; q < 1e70; q *= 1e13) {
            double T = depth_unbalanced_time(unit(R0), q, 0.9);
            assert_true(isfinite(T) && T > 0);
            double R = depth_unbalanced_strength(unit(R0), q, T);
            assert_close(R, 0.9, 1e-12 - 1e-15 * R0); /* it passed through zero */
        }
}

/* The ends of every range belong to it or not, as the interface says. */
TEST(fractions_are_inside_their_range)
{
    for (int end = 0; end < 2; end++) {
        for (int layers = 1; layers < 5; layers++) {
            assert_true(isnan(depth_time(layers, rare(0.01), end)));
            assert_true(isnan(depth_saturation_time(layers, rare(0.01), end)));
        }
        assert_true(isnan(depth_unbalanced_time(rare(0.01), 0.5, end)));
        assert_true(isnan(depth_unbalanced_saturation_time(rare(0.01), 0.5, end)));
    }
}

/* Late, when only the last of finitely many skills are unlearned and the end of the sum counts. */
TEST(the_late_loss_of_two_layers_is_that_of_scaling)
{
    for (int i = 0; i < 60; i++) {
        struct scaling s = {i % 2 ? 0.385 : 2.385, i % 4 < 2 ? 300 : 1009, 2.385, 0.02385, 1};
        double P = task_probability(s.alpha, s.skills, s.skills), T = i / 6.0 / (2 * 2.385 * P);
        assert_close(depth_time_loss(2, &s, T) / scaling_time_loss(&s, T), 1, 1e-6);
    }
}

TEST(wait_is_for_what_has_not_come)
{
    assert_true(isnan(depth_unbalanced_wait(0.125, 0.5, 0.125)));
    assert_true(isnan(depth_wait(3, 0.125, 0.125)));
    assert_true(isnan(depth_unbalanced_wait(0.125, 0.5, 0.5)) && isnan(depth_wait(3, 0.125, 0.5)));
}

TEST(time_and_rate_may_be_at_the_ends_of_their_ranges)
{
    struct skill fast = {2.385, 0.01, 1e70, 1};
    struct scaling s = {0.6385, 0, 2.385, 0.01, 0.37};
    assert_true(depth_time_bound(3, &s, 1e200) > 0);
    assert_true(isnan(depth_time_bound(3, &s, nextafter(1e200, INFINITY))));
    assert_true(isnan(depth_descent_delay(3, (struct skill){2.385, 0.01, 0, 1}, 1)));
    assert_false(isnan(depth_descent_delay(3, fast, 1e-70)));
    fast.rate = nextafter(1e70, INFINITY);
    assert_true(isnan(depth_descent_delay(3, fast, 1e-70)));
}

TEST(bad_arguments_give_nan)
{
    assert_true(isnan(depth_time(0, only(0.02), 0.5)));
    assert_true(isnan(depth_time(1001, only(0.02), 0.5)));
    assert_true(isnan(depth_time(3, only(0), 0.5)));
    assert_true(isnan(depth_time(3, only(S), 0.5)));
    assert_true(isnan(depth_time(3, (struct skill){S, 0.02, 0, 1}, 0.5)));
    assert_true(isnan(depth_time(3, (struct skill){S, 0.02, 0.37, 1.1}, 0.5)));
    assert_true(isnan(depth_time(3, only(0.02), 1)));
    assert_true(isnan(depth_saturation_time(3, only(0.02), 0)));
    assert_true(isnan(depth_time(3, (struct skill){NAN, 0.02, 0.37, 1}, 0.5)));
    assert_true(isnan(depth_strength(3, only(-1), 1)));
    assert_true(isnan(depth_strength(3, only(0.02), -1)));
    assert_true(isnan(depth_strength(0, only(0.02), 1)));
    assert_true(isnan(depth_unbalanced_time(only(-0.02), 0, 0.5)));
    assert_true(isnan(depth_unbalanced_time(only(S), 1, 0.5)));
    assert_true(isnan(depth_unbalanced_strength(only(-0.02), 0, 1)));
    assert_true(isnan(depth_unbalanced_strength((struct skill){S, -7, -1, 1}, 1, 1)));
    assert_true(isnan(depth_unbalanced_wait(0.06, 1, 0.05)));
    assert_true(isnan(depth_wait(3, 0.01, 0.5)));
    assert_true(isnan(depth_stage_limit(0, 1)));
    assert_true(isnan(depth_stage_limit(1, -1)));
}

TEST(bad_settings_give_nan_or_range)
{
    struct scaling s = {0.6, 0, S, S, 1};
    struct depth_model model = {0, 3, S, 1, frequency};
    double a[9];
    assert_true(isnan(depth_time_loss(3, &s, 1)) && isnan(depth_time_bound(3, &s, 1)));
    s.initial = 0.01;
    assert_true(isnan(depth_time_loss(3, &s, -1)) && isnan(depth_time_law(3, &s, -1)));
    assert_true(isnan(depth_time_integral(3, 0, 99)) && isnan(depth_time_integral(3, 1, 0)));
    assert_true(isnan(depth_descent_delay(2, (struct skill){S, 0, 1, 1}, 1)));
    assert_true(isnan(depth_batch_mean((struct skill){S, 0.01, 1, 0.5}, 0, 1)));
    assert_int_equal(depth_balance(&model, 0.01, a), STATUS_RANGE);
    model.layers = 3;
    assert_int_equal(depth_balance(&model, 0, a), STATUS_RANGE);
    assert_int_equal(depth_balance(&model, 0.01, a), STATUS_OK);
    assert_int_equal(depth_march(&model, DEPTH_RK4, 1, 0, a), STATUS_RANGE);
    assert_int_equal(depth_integrate(&model, NAN, a), STATUS_RANGE);
    assert_int_equal(depth_march(&model, DEPTH_DESCENT, 1e6, 50, a), STATUS_CONVERGENCE);
}

/* Order 4: twice the steps leave a sixteenth of the error; three layers have no such form. */
TEST(error_of_a_march_falls_by_its_order)
{
    const double frequency[] = {0.7, 0.3};
    struct depth_model model = {2, 2, 2.385, 0.5, frequency};
    double coarse = depth_march_error(&model, DEPTH_RK4, 0.01, 3, 32);
    double fine = depth_march_error(&model, DEPTH_RK4, 0.01, 3, 64);
    assert_true(coarse < 1e-3 && coarse / fine > 12 && coarse / fine < 20);
    assert_true(isnan(depth_march_error(&model, DEPTH_RK4, 0.01, -1, 32)));
    assert_true(isnan(depth_march_error(&model, DEPTH_RK4, 0.01, 3, 0)));
    model.layers = 3;
    assert_true(isnan(depth_march_error(&model, DEPTH_RK4, 0.01, 3, 32)));
}

/* ---- unequal starts */

/* mpmath. */
TEST(two_starts_by_mpmath)
{
    struct scaling s = {0.4385, 0, 2.385, 1, 0.0385};
    const double starts[] = {0.00385, 0.385};
    assert_ratio(depth_starts_constant(&s, starts, 2), 6.21214594892582, 1e-11);
    assert_ratio(depth_starts_spread(&s, starts, 2, 238.5), 0.144244464425168, 1e-7);
}

TEST(equal_starts_have_the_law_of_one_and_no_spread)
{
    struct scaling s = {0.6, 0, 2.385, 0.0385, 1};
    const double starts[] = {0.0385, 0.0385, 0.0385};
    assert_ratio(depth_starts_constant(&s, starts, 3), scaling_time_constant(&s), 1e-14);
    assert_true(depth_starts_spread(&s, starts, 3, 238.5) < 1e-7);
}

/* Relative to the law the spread falls like T^(-1/(2(alpha+1))). */
TEST(spread_over_starts_averages_out)
{
    struct scaling s = {0.6, 0, 2.385, 1, 1};
    const double starts[] = {1e-5, 0.385, 1};
    double few = depth_starts_spread(&s, starts, 3, 10);
    double many = depth_starts_spread(&s, starts, 3, 1e5);
    assert_ratio(many / few, pow(1e4, -0.6 / 1.6 - 0.5 / 1.6), 1e-7);
}

TEST(starts_out_of_range_are_refused)
{
    struct scaling s = {0.6, 0, 2.385, 1, 1};
    const double good[] = {0.1, 0.2}, bad[] = {0.1, 2.4};
    assert_true(isnan(depth_starts_constant(&s, good, 0)));
    assert_true(isnan(depth_starts_constant(&s, bad, 2)));
    assert_true(isnan(depth_starts_spread(&s, bad, 2, 1)));
    assert_true(isnan(depth_starts_spread(&s, good, 2, 0)));
    assert_true(isnan(depth_starts_spread(&s, good, 2, INFINITY)));
    s.alpha = 0;
    assert_true(isnan(depth_starts_constant(&s, good, 2)));
}

int main(void)
{
    return run_cases("depth");
}
