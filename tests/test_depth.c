/* Tests of the chapter "depth": unbalanced starts, more layers, steps.

   Statistics use fixed seeds, so they pass or fail for ever; their limits are such that a
   correct program would have failed with at most the stated probability. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <gsl/gsl_errno.h>
#include <gsl/gsl_sf_gamma.h>

#include "depth.h"
#include "emergence.h"
#include "multilinear.h"

#define assert_close(x, y, tolerance) check_close(x, y, tolerance, __LINE__)

static void check_close(double x, double y, double tolerance, int line)
{
    if (!(x == y || fabs(x - y) <= tolerance))
        fail_msg("line %d: %.17g is not %.17g +- %g", line, x, y, tolerance);
}

static const double S = 2.385;

/* Read the rows of a kind, as numbers, and hand each to a function. */
static int for_each_row(const char *kind, void (*check)(const double *))
{
    FILE *file = fopen("tests/reference/depth.tsv", "r");
    char line[512];
    int rows = 0;
    assert_non_null(file);
    while (fgets(line, sizeof line, file))
        if (strncmp(line, kind, strlen(kind)) == 0) {
            double x[8] = {0};
            char *place = line + strlen(kind);
            for (int i = 0; i < 8; i++)
                x[i] = strtod(place, &place);
            check(x);
            rows++;
        }
    fclose(file);
    return rows;
}

/* Rate of the clock, d u/dT, for lambda = 1. */
static double clock_speed(int layers, double target)
{
    return layers * pow(target, 2 - 2.0 / layers);
}

/* ---- depth against reference tables */

/* The rounding of the arguments is unavoidable: du = dx x^(2/L - 2)/(1 - x). */
static void check_units_row(const double *x)
{
    int layers = (int)x[0];
    if (x[1] > 1)
        return;
    double u = depth_time(layers, 1, x[1], 1, 1, x[2]) * layers, power = 2.0 / layers - 2;
    double slack = 1e-16 * x[1] * pow(x[1], power) / (1 - x[1])
                   + 1.2e-16 * pow(x[2], power) / (1 - x[2]);
    assert_close(u, x[3], 2e-14 * x[3] + slack);
}

static void times_agree_with_quadrature(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("units", check_units_row), 252);
}

/* From above as from below: the strength at the time of a strength. */
static void check_return_row(const double *x)
{
    int layers = (int)x[0];
    double R = depth_strength(layers, 1, x[1], 1, x[3] / layers);
    double m = 2 - 2.0 / layers, speed = pow(x[2], m) * fabs(1 - x[2]);
    assert_close(R, x[2], 1e-14 * x[2] + 2e-14 * fmax(x[3], fmin(1, 1 / pow(x[1], m))) * speed);
}

static void strengths_agree_with_quadrature(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("units", check_return_row), 252);
}

static void check_reach_row(const double *x)
{
    int layers = (int)x[0];
    double R = depth_strength(layers, 1, x[1], 1, x[2] / layers);
    double speed = pow(x[3], 2 - 2.0 / layers) * (1 - x[3]);
    assert_close(R, x[3], 1e-14 * x[3] + 2e-14 * x[2] * speed);
}

static void strengths_agree_with_bisection(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("reach", check_reach_row), 100);
}

static void check_integral_row(const double *x)
{
    double J = depth_time_integral((int)x[0], x[1], 1 / x[2] - 1);
    assert_close(J / x[3], 1, 1e-10);
}

static void integrals_agree_with_reference(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("integral", check_integral_row), 27);
}

/* Rounding of R: dT = dR/(omega (S - R)). */
static void check_unbalanced_row(const double *x)
{
    double target = x[0], R0 = x[1], q = x[2], R = x[3];
    double slack = 3e-16 * (fabs(R) / hypot(q, 2 * R) / (target - R)
                            + fabs(R0) / hypot(q, 2 * R0) / (target - R0));
    if (R > 0) {
        double T = depth_unbalanced_time(target, R0, q, 1, 1, R / target);
        assert_close(T, x[4], 1e-13 * fabs(x[4]) + 2 * slack);
    }
    double found = depth_unbalanced_strength(target, R0, q, 1, x[4]);
    double speed = hypot(q, 2 * R) * (target - R);
    double scale = R0 < 0 ? fabs(R0) : 0; /* a negative strength passes through zero */
    assert_close(found, R, 1e-14 * fabs(R) + 1e-15 * scale + 4e-14 * x[4] * speed);
}

static void unbalanced_starts_agree_with_quadrature(void **state)
{
    (void)state;
    assert_int_equal(for_each_row("unbalanced", check_unbalanced_row), 166);
}

/* ---- identities */

static void one_layer_is_the_linear_model(void **state)
{
    (void)state;
    for (double T = 0.01; T < 100; T *= 3.7) {
        double R = depth_strength(1, S, 0.0385, 0.37, T);
        assert_close(R, multilinear_linear(S, 0.0385, 0.37, T), 1e-15);
    }
    double T = depth_time(1, S, 0.0385, 0.37, 0.2, 0.6385);
    assert_close(T, log((1 - 0.0385 / S) / (1 - 0.6385)) / 0.37 / 0.2, 1e-14 * T);
}

static void two_layers_are_the_logistic(void **state)
{
    (void)state;
    for (double T = 0.01; T < 100; T *= 3.7)
        assert_close(depth_strength(2, S, 0.0385, 0.37, T),
                     multilinear_logistic(S, 0.0385, 0.37, T), 1e-15);
    double T = depth_time(2, S, 1e-9, 0.37, 0.2, 0.0385);
    assert_close(T, emergence_time(S, 1e-9, 0.37, 0.2, 0.0385), 1e-14 * T);
}

static void no_imbalance_is_the_logistic(void **state)
{
    (void)state;
    for (double R0 = 1e-9; R0 < S; R0 *= 23.85) {
        double T = depth_unbalanced_time(S, R0, 0, 0.37, 0.2, 0.981);
        assert_close(T, emergence_time(S, R0, 0.37, 0.2, 0.981), 1e-14 * T);
        double late = depth_unbalanced_saturation_time(S, R0, 1e-60, 0.37, 0.2, 0.01);
        assert_close(late, emergence_saturation_time(S, R0, 0.37, 0.2, 0.01), 1e-14 * late);
    }
}

static void the_sign_of_the_imbalance_is_immaterial(void **state)
{
    (void)state;
    for (double q = 1e-6; q < 1e3; q *= 71) {
        assert_true(depth_unbalanced_time(S, -0.02, q, 1, 1, 0.3)
                    == depth_unbalanced_time(S, -0.02, -q, 1, 1, 0.3));
        assert_true(depth_unbalanced_strength(S, -0.02, q, 1, 0.71)
                    == depth_unbalanced_strength(S, -0.02, -q, 1, 0.71));
    }
}

static void a_huge_imbalance_is_lazy(void **state)
{
    (void)state;
    for (double e = 0.05; e < 1; e += 0.1) {
        double T = depth_unbalanced_time(S, 0.1, 1e9, 0.37, 0.2, e);
        double lazy = log((S - 0.1) / (S - e * S)) / (0.37 * 0.2 * 1e9);
        assert_close(T / lazy, 1, 1e-12);
    }
    assert_close(depth_unbalanced_wait(0, 1e9, 0.05), log(0.95) / (log(0.05) - log(0.95)),
                 1e-12);
}

static void a_small_imbalance_sets_the_effective_start(void **state)
{
    (void)state;
    double q = 1e-7, wait = depth_unbalanced_wait(0, q, 0.05), level = log(19.0);
    assert_close(wait, (log(4 / q) - level) / (2 * level), 1e-6);
    double R0 = 3e-8, start = R0 / 2 + hypot(q, 2 * R0) / 4;
    assert_close(depth_unbalanced_wait(R0, q, 0.05), (log(1 / start) - level) / (2 * level),
                 1e-6);
}

static void the_sigmoid_ends_at_the_target_over_root_two(void **state)
{
    (void)state;
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

static void strength_returns_the_time(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 10; layers++)
        for (double R0 = 1e-9; R0 < S; R0 *= 71)
            for (double e = 0.02; e < 1; e += 0.09) {
                double T = depth_time(layers, S, R0, 0.37, 0.2, e), R;
                if (T < 0)
                    continue;
                R = depth_strength(layers, S, R0, 0.37 * 0.2, T);
                double u = T * 0.37 * 0.2 * clock_speed(layers, S);
                assert_close(R / S / e, 1, 1e-13 + 1e-14 * u * pow(e, 1 - 2.0 / layers));
            }
}

static void times_add_up(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 40; layers += 1 + layers / 4) {
        double whole = depth_time(layers, S, 0.01, 1, 1, 0.9);
        double part = depth_time(layers, S, 0.01, 1, 1, 0.3);
        double rest = depth_time(layers, S, 0.3 * S, 1, 1, 0.9);
        assert_close(part + rest, whole, 1e-13 * whole);
        double back = depth_time(layers, S, 0.9 * S, 1, 1, 0.01 / S);
        assert_close(-back, whole, 1e-13 * whole);
    }
}

static void flow_composes_from_above(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 40; layers += 1 + layers / 4)
        for (double R0 = 2.4; R0 < 1e60; R0 *= 1e4) {
            double once = depth_strength(layers, S, R0, 0.01, 1.7);
            double twice = depth_strength(layers, S, depth_strength(layers, S, R0, 0.01, 0.6),
                                          0.01, 1.1);
            assert_close(twice / once, 1, 2e-13);
            assert_true(once >= S);
        }
}

static void the_time_scales(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 10; layers++) {
        double T = depth_time(layers, S, 0.01 * S, 0.37, 0.2, 0.3);
        double unit = depth_time(layers, 1, 0.01, 1, 1, 0.3);
        assert_close(T * 0.37 * 0.2 * pow(S, 2 - 2.0 / layers), unit, 1e-13 * unit);
    }
}

static void deep_waits_grow_like_a_power(void **state)
{
    (void)state;
    for (int layers = 3; layers <= 10; layers++) {
        double slope = log(depth_wait(layers, 1e-60, 0.05) / depth_wait(layers, 1e-50, 0.05))
                       / log(1e10);
        assert_close(slope, 1 - 2.0 / layers, 1e-9);
    }
    double T = depth_time(5, S, pow(1e-6, 5), 0.37, 0.2, 0.5);
    assert_close(T * 3 * 0.37 * S * 0.2 * pow(1e-6, 3), 1, 1e-12);
}

static void stage_limits_agree_with_emergence(void **state)
{
    (void)state;
    for (double R0 = 1e-12; R0 < 0.04; R0 *= 31) {
        double limit = emergence_stage_limit(0.6385, S, R0 * S, 0.05);
        assert_close(depth_stage_limit(0.6385, depth_wait(2, R0, 0.05)) / limit, 1, 1e-12);
        assert_close(depth_stage_limit(0.6385, depth_unbalanced_wait(R0, 0, 0.05)) / limit, 1,
                     1e-12);
    }
    assert_true(depth_stage_limit(1, 0) == 0);
}

/* ---- the time law */

static void the_law_of_two_layers_is_that_of_scaling(void **state)
{
    (void)state;
    for (int n = 0; n <= 30011; n += 30011)
        for (double alpha = 0.05; alpha < 6; alpha *= 2.385)
            for (double T = 0.02; T < 1e7; T *= 71) {
                struct scaling s = {alpha, n, S, 0.02385, 0.385};
                double loss = scaling_time_loss(&s, T);
                assert_close(depth_time_loss(2, &s, T) / loss, 1, 1e-8);
                assert_close(depth_time_law(2, &s, T) / scaling_time_law(&s, T), 1, 1e-10);
            }
}

static void the_bound_of_two_layers_is_that_of_scaling(void **state)
{
    (void)state;
    struct scaling s = {0.6385, 0, S, 0.02385, 0.385};
    assert_close(depth_time_bound(2, &s, 71) / scaling_time_bound_simple(&s, 71), 1, 1e-12);
    s.skills = 500;
    double tail = depth_time_bound(3, &s, 1e190), A = task_normaliser(0.6385, 500);
    double start = S - 0.02385;
    assert_close(tail / (start * start / 2 * A * pow(500, -0.6385) / 0.6385), 1, 1e-12);
}

/* (S^2/2) sum P (1 - x)^2 by the definition. */
static void the_loss_is_a_sum_over_skills(void **state)
{
    (void)state;
    static const int skills[] = {1, 2, 599, 600, 601, 2385, 9001};
    for (int layers = 1; layers <= 10; layers += 1 + layers / 2)
        for (int i = 0; i < 7; i++)
            for (double T = 0.1; T < 1e6; T *= 71) {
                struct scaling s = {i % 2 ? 0.6385 : 1.385, skills[i], S, 0.02385, 0.385};
                double sum = 0;
                for (int k = skills[i]; k >= 1; k--) {
                    double P = task_probability(s.alpha, skills[i], k);
                    double R = depth_strength(layers, S, 0.02385, 0.385 * P, T);
                    sum += P * (S - R) * (S - R) / 2;
                }
                double loss = depth_time_loss(layers, &s, T);
                assert_close(loss, sum, 1e-7 * sum + 1e-15 * sqrt(sum) + 1e-30); /* S - R is rounded */
            }
}

/* log-log slope of the exact loss: alpha/(alpha + 1) at every depth. */
static void the_exponent_does_not_depend_on_depth(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 10; layers++) {
        struct scaling s = {0.6, 0, 1, 0.1, 1};
        double slope = log(depth_time_loss(layers, &s, 1e8) / depth_time_loss(layers, &s, 1e5))
                       / log(1e3);
        assert_close(slope, -0.375, 1e-4);
        assert_close(depth_time_loss(layers, &s, 1e7) / depth_time_law(layers, &s, 1e7), 1,
                     1e-3);
    }
}

static void one_layer_has_a_gamma_function(void **state)
{
    (void)state;
    struct scaling s = {0.6, 0, 1, 0.2, 0.37};
    double A = task_normaliser(0.6, 0), e = 0.375;
    double constant = 0.5 * pow(A, 1 / 1.6) / 1.6 * pow(2 * 0.37, -e) * 0.64 * gsl_sf_gamma(e);
    assert_close(depth_time_constant(1, &s) / constant, 1, 1e-10);
}

static void a_deep_integral_is_that_of_a_step(void **state)
{
    (void)state;
    double nu = 0.5, u = 1e15 / nu, s = 0.375; /* four layers, x0 = 1e-30 */
    assert_close(depth_time_integral(4, 0.6, 1e30) / (pow(u, s) / s), 1, 1e-10);
}

static void losses_start_at_the_start(void **state)
{
    (void)state;
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
        double R = depth_strength(layers, S, 0.0385, 0.37 * frequency[k], T);
        worst = fmax(worst, fabs(depth_strength_at(&model, a, k) - R));
    }
    return worst;
}

static double order(int layers, enum depth_method method, int steps, int finer)
{
    double T = depth_time(layers, S, 0.0385, 0.37, frequency[0], 0.385);
    return log(march_error(layers, method, T, steps) / march_error(layers, method, T, finer))
           / log((double)finer / steps);
}

static void descent_has_order_one(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 10; layers += 3)
        assert_close(order(layers, DEPTH_DESCENT, 20000, 40000), 1, 0.02);
}

static void runge_and_kutta_have_order_four(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 10; layers += 3)
        assert_close(order(layers, DEPTH_RK4, 16 * layers, 64 * layers), 4, 0.05);
}

static void prince_and_dormand_have_order_eight(void **state)
{
    (void)state;
    double first = order(2, DEPTH_RK8, 1, 6), second = order(3, DEPTH_RK8, 2, 10);
    assert_close(first, 8.5, 1);
    assert_close(second, 8.5, 1.2);
}

static void the_whole_system_keeps_its_balance(void **state)
{
    (void)state;
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

static void integration_agrees_with_the_closed_form(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 10; layers++) {
        struct depth_model model = {layers, 3, S, 0.37, frequency};
        double a[30], T = depth_time(layers, S, 1e-4, 0.37, frequency[1], 0.7385);
        assert_int_equal(depth_balance(&model, 1e-4, a), STATUS_OK);
        assert_int_equal(depth_integrate(&model, T, a), STATUS_OK);
        assert_close(depth_strength_at(&model, a, 1), 0.7385 * S, 1e-7);
        assert_close(depth_strength_at(&model, a, 2),
                     depth_strength(layers, S, 1e-4, 0.37 * frequency[2], T), 1e-9);
    }
}

/* What is left when the delay is allowed for is of second order. */
static void descent_is_late(void **state)
{
    (void)state;
    double rest[2];
    for (int i = 0; i < 2; i++) {
        struct depth_model model = {3, 1, S, i ? 5e-4 : 1e-3, frequency};
        double a[3], lambda = model.rate * 0.67;
        int steps = (i + 1) * (int)depth_time(3, S, 0.0385, 1e-3, 0.67, 0.385);
        assert_int_equal(depth_balance(&model, 0.0385, a), STATUS_OK);
        assert_int_equal(depth_march(&model, DEPTH_DESCENT, steps, steps, a), STATUS_OK);
        double late = depth_descent_delay(3, S, 0.0385, lambda, steps);
        rest[i] = depth_strength_at(&model, a, 0)
                  - depth_strength(3, S, 0.0385, lambda, steps - late);
    }
    assert_close(log(rest[0] / rest[1]) / log(2), 2, 0.05);
}

static void the_delay_is_half_the_logarithm_of_the_speed(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 10; layers++) {
        double T = depth_time(layers, S, 0.0385, 0.37, 1, 0.385), R = 0.385 * S, R0 = 0.0385;
        double speed = pow(R / R0, 1 - 1.0 / layers) * (S - R) / (S - R0);
        assert_close(depth_descent_delay(layers, S, R0, 0.37, T), log(speed) / 2, 1e-12);
        assert_true(depth_descent_delay(layers, S, R0, 0.37, 0) == 0);
    }
}

/* Mean and standard deviation of skill 1 of two, in 4000 runs; P receives P_s(1). */
static void sample(int batch, int steps, double rate, double *P, double *mean, double *sd)
{
    struct stream stream = stream_open(71, (uint64_t)steps, PURPOSE_TRAINING);
    struct task task;
    double R[2], sum = 0, squares = 0, n = 4000;
    assert_int_equal(task_create(&task, 2, 1, 0, 0.6385, true, &stream), STATUS_OK);
    *P = task.probability[0];
    for (int i = 0; i < n; i++) {
        assert_int_equal(depth_sample_descent(&task, S, 0.0385, rate, batch, steps, &stream, R),
                         STATUS_OK);
        sum += R[0];
        squares += R[0] * R[0];
    }
    task_destroy(&task);
    *mean = sum / n;
    *sd = sqrt((squares - sum * sum / n) / (n - 1));
}

/* Fails by chance with a probability of 6e-5. */
static void batches_have_their_mean(void **state)
{
    double P, mean, sd;
    (void)state;
    sample(5, 300, 0.9 / 300, &P, &mean, &sd);
    double expected = depth_batch_mean(S, 0.0385, 0.9 / 300, P, 5, 300);
    assert_close(mean, expected, 4 * sd / sqrt(4000));
    assert_true(fabs(mean - multilinear_logistic(S, 0.0385, P * 0.9 / 300, 300))
                > 8 * sd / sqrt(4000)); /* the correction is seen */
}

/* The spread falls like sqrt(rate/batch); fails by chance with a probability of 2e-4. */
static void batches_have_their_spread(void **state)
{
    static const int batch[] = {4, 4, 16}, steps[] = {200, 800, 200};
    double P, mean, sd[3];
    (void)state;
    for (int i = 0; i < 3; i++) {
        sample(batch[i], steps[i], 0.9 / steps[i], &P, &mean, &sd[i]);
        double theory = depth_batch_spread(S, 0.0385, 0.9 / steps[i], P, batch[i], steps[i]);
        assert_close(sd[i] / theory, 1, 0.01 + 4 / sqrt(2 * 4000));
    }
    assert_close(log(sd[0] / sd[1]) / log(4), 0.5, 0.07);
    assert_close(log(sd[0] / sd[2]) / log(4), 0.5, 0.07);
}

static void the_whole_batch_is_full_descent(void **state)
{
    (void)state;
    double R = multilinear_logistic(S, 0.0385, 0.01, 71);
    double late = depth_descent_delay(2, S, 0.0385, 0.01, 71);
    double mean = depth_batch_mean(S, 0.0385, 0.01, 1, 3, 71); /* a single skill: P = 1 */
    assert_close(mean, R - 0.01 * late * 2 * R * (S - R), 1e-15);
    assert_true(depth_batch_spread(S, 0.0385, 0.01, 1, 3, 71) == 0);
}

/* ---- edges */

static void edges_of_depth(void **state)
{
    (void)state;
    assert_true(depth_strength(3, S, 0, 0.37, 7) == 0);
    assert_true(depth_strength(3, S, S, 0.37, 7) == S);
    assert_true(depth_strength(3, S, 0.02, 0, INFINITY) == 0.02);
    assert_true(depth_strength(3, S, 0.02, 0.37, 0) == 0.02);
    assert_true(depth_strength(3, S, 0.02, 0.37, INFINITY) == S);
    assert_true(depth_strength(7, S, 71, 0.37, INFINITY) == S);
    assert_true(depth_strength(1, S, 0, 0.37, 1) > 0);
    assert_true(isinf(depth_time(3, S, 0.02, 0.37, 0, 0.5)));
    assert_true(isinf(depth_unbalanced_time(S, 0.02, 1, 0.37, 0, 0.5)));
    assert_true(depth_time(5, S, 0.5 * S, 0.37, 1, 0.5) == 0);
    assert_true(depth_unbalanced_time(S, 0.5 * S, 1.7, 0.37, 1, 0.5) == 0);
    assert_true(depth_unbalanced_time(S, 0.6 * S, 1.7, 0.37, 1, 0.5) < 0);
}

static void extreme_starts_stay_finite(void **state)
{
    (void)state;
    for (int layers = 1; layers <= 1000; layers += 1 + layers / 2)
        for (double R0 = 1e-200; R0 < 1; R0 *= 1e13) {
            double T = depth_time(layers, 1, R0, 1, 1, 0.9);
            assert_true(isfinite(T) && T > 0);
            double R = depth_strength(layers, 1, R0, 1, 0.999 * T);
            assert_true(R >= R0 && R < 0.9);
        }
    for (double R0 = -1e60; R0 < 0; R0 *= 1e-7)
        for (double q = 1e-60; q < 1e70; q *= 1e13) {
            double T = depth_unbalanced_time(1, R0, q, 1, 1, 0.9);
            assert_true(isfinite(T) && T > 0);
            double R = depth_unbalanced_strength(1, R0, q, 1, T);
            assert_close(R, 0.9, 1e-12 - 1e-15 * R0); /* it passed through zero */
        }
}

/* The ends of every range belong to it or not, as the interface says. */
static void fractions_are_inside_their_range(void **state)
{
    (void)state;
    for (int end = 0; end < 2; end++) {
        for (int layers = 1; layers < 5; layers++) {
            assert_true(isnan(depth_time(layers, 2.385, 0.01, 0.37, 0.3, end)));
            assert_true(isnan(depth_saturation_time(layers, 2.385, 0.01, 0.37, 0.3, end)));
        }
        assert_true(isnan(depth_unbalanced_time(2.385, 0.01, 0.5, 0.37, 0.3, end)));
        assert_true(isnan(depth_unbalanced_saturation_time(2.385, 0.01, 0.5, 0.37, 0.3, end)));
    }
}

/* Late, when only the last of finitely many skills are unlearned and the end of the sum counts. */
static void the_late_loss_of_two_layers_is_that_of_scaling(void **state)
{
    (void)state;
    for (int i = 0; i < 60; i++) {
        struct scaling s = {i % 2 ? 0.385 : 2.385, i % 4 < 2 ? 300 : 1009, 2.385, 0.02385, 1};
        double P = task_probability(s.alpha, s.skills, s.skills), T = i / 6.0 / (2 * 2.385 * P);
        assert_close(depth_time_loss(2, &s, T) / scaling_time_loss(&s, T), 1, 1e-6);
    }
}

static void wait_is_for_what_has_not_come(void **state)
{
    (void)state;
    assert_true(isnan(depth_unbalanced_wait(0.125, 0.5, 0.125)));
    assert_true(isnan(depth_wait(3, 0.125, 0.125)));
    assert_true(isnan(depth_unbalanced_wait(0.125, 0.5, 0.5)) && isnan(depth_wait(3, 0.125, 0.5)));
}

static void time_and_rate_may_be_at_the_ends_of_their_ranges(void **state)
{
    (void)state;
    struct scaling s = {0.6385, 0, 2.385, 0.01, 0.37};
    assert_true(depth_time_bound(3, &s, 1e200) > 0);
    assert_true(isnan(depth_time_bound(3, &s, nextafter(1e200, INFINITY))));
    assert_true(isnan(depth_descent_delay(3, 2.385, 0.01, 0, 1)));
    assert_false(isnan(depth_descent_delay(3, 2.385, 0.01, 1e70, 1e-70)));
    assert_true(isnan(depth_descent_delay(3, 2.385, 0.01, nextafter(1e70, INFINITY), 1e-70)));
}

static void bad_arguments_give_nan(void **state)
{
    (void)state;
    assert_true(isnan(depth_time(0, S, 0.02, 0.37, 1, 0.5)));
    assert_true(isnan(depth_time(1001, S, 0.02, 0.37, 1, 0.5)));
    assert_true(isnan(depth_time(3, S, 0, 0.37, 1, 0.5)));
    assert_true(isnan(depth_time(3, S, S, 0.37, 1, 0.5)));
    assert_true(isnan(depth_time(3, S, 0.02, 0, 1, 0.5)));
    assert_true(isnan(depth_time(3, S, 0.02, 0.37, 1.1, 0.5)));
    assert_true(isnan(depth_time(3, S, 0.02, 0.37, 1, 1)));
    assert_true(isnan(depth_saturation_time(3, S, 0.02, 0.37, 1, 0)));
    assert_true(isnan(depth_time(3, NAN, 0.02, 0.37, 1, 0.5)));
    assert_true(isnan(depth_strength(3, S, -1, 0.37, 1)));
    assert_true(isnan(depth_strength(3, S, 0.02, 0.37, -1)));
    assert_true(isnan(depth_strength(0, S, 0.02, 0.37, 1)));
    assert_true(isnan(depth_unbalanced_time(S, -0.02, 0, 0.37, 1, 0.5)));
    assert_true(isnan(depth_unbalanced_time(S, S, 1, 0.37, 1, 0.5)));
    assert_true(isnan(depth_unbalanced_strength(S, -0.02, 0, 0.37, 1)));
    assert_true(isnan(depth_unbalanced_strength(S, -7, 1, -1, 1)));
    assert_true(isnan(depth_unbalanced_wait(0.06, 1, 0.05)));
    assert_true(isnan(depth_wait(3, 0.01, 0.5)));
    assert_true(isnan(depth_stage_limit(0, 1)));
    assert_true(isnan(depth_stage_limit(1, -1)));
}

static void bad_settings_give_nan_or_range(void **state)
{
    struct scaling s = {0.6, 0, S, S, 1};
    struct depth_model model = {0, 3, S, 1, frequency};
    double a[9];
    (void)state;
    assert_true(isnan(depth_time_loss(3, &s, 1)) && isnan(depth_time_bound(3, &s, 1)));
    s.initial = 0.01;
    assert_true(isnan(depth_time_loss(3, &s, -1)) && isnan(depth_time_law(3, &s, -1)));
    assert_true(isnan(depth_time_integral(3, 0, 99)) && isnan(depth_time_integral(3, 1, 0)));
    assert_true(isnan(depth_descent_delay(2, S, 0, 1, 1)));
    assert_true(isnan(depth_batch_mean(S, 0.01, 1, 0.5, 0, 1)));
    assert_int_equal(depth_balance(&model, 0.01, a), STATUS_RANGE);
    model.layers = 3;
    assert_int_equal(depth_balance(&model, 0, a), STATUS_RANGE);
    assert_int_equal(depth_balance(&model, 0.01, a), STATUS_OK);
    assert_int_equal(depth_march(&model, DEPTH_RK4, 1, 0, a), STATUS_RANGE);
    assert_int_equal(depth_integrate(&model, NAN, a), STATUS_RANGE);
    assert_int_equal(depth_march(&model, DEPTH_DESCENT, 1e6, 50, a), STATUS_CONVERGENCE);
}

/* Order 4: twice the steps leave a sixteenth of the error; three layers have no such form. */
static void error_of_a_march_falls_by_its_order(void **state)
{
    (void)state;
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(times_agree_with_quadrature),
        cmocka_unit_test(strengths_agree_with_quadrature),
        cmocka_unit_test(strengths_agree_with_bisection),
        cmocka_unit_test(integrals_agree_with_reference),
        cmocka_unit_test(unbalanced_starts_agree_with_quadrature),
        cmocka_unit_test(one_layer_is_the_linear_model),
        cmocka_unit_test(two_layers_are_the_logistic),
        cmocka_unit_test(no_imbalance_is_the_logistic),
        cmocka_unit_test(the_sign_of_the_imbalance_is_immaterial),
        cmocka_unit_test(a_huge_imbalance_is_lazy),
        cmocka_unit_test(a_small_imbalance_sets_the_effective_start),
        cmocka_unit_test(the_sigmoid_ends_at_the_target_over_root_two),
        cmocka_unit_test(strength_returns_the_time),
        cmocka_unit_test(times_add_up),
        cmocka_unit_test(flow_composes_from_above),
        cmocka_unit_test(the_time_scales),
        cmocka_unit_test(deep_waits_grow_like_a_power),
        cmocka_unit_test(stage_limits_agree_with_emergence),
        cmocka_unit_test(the_law_of_two_layers_is_that_of_scaling),
        cmocka_unit_test(the_bound_of_two_layers_is_that_of_scaling),
        cmocka_unit_test(the_loss_is_a_sum_over_skills),
        cmocka_unit_test(the_exponent_does_not_depend_on_depth),
        cmocka_unit_test(one_layer_has_a_gamma_function),
        cmocka_unit_test(a_deep_integral_is_that_of_a_step),
        cmocka_unit_test(losses_start_at_the_start),
        cmocka_unit_test(descent_has_order_one),
        cmocka_unit_test(runge_and_kutta_have_order_four),
        cmocka_unit_test(prince_and_dormand_have_order_eight),
        cmocka_unit_test(the_whole_system_keeps_its_balance),
        cmocka_unit_test(integration_agrees_with_the_closed_form),
        cmocka_unit_test(descent_is_late),
        cmocka_unit_test(the_delay_is_half_the_logarithm_of_the_speed),
        cmocka_unit_test(batches_have_their_mean),
        cmocka_unit_test(batches_have_their_spread),
        cmocka_unit_test(the_whole_batch_is_full_descent),
        cmocka_unit_test(edges_of_depth),
        cmocka_unit_test(extreme_starts_stay_finite),
        cmocka_unit_test(fractions_are_inside_their_range),
        cmocka_unit_test(time_and_rate_may_be_at_the_ends_of_their_ranges),
        cmocka_unit_test(the_late_loss_of_two_layers_is_that_of_scaling),
        cmocka_unit_test(wait_is_for_what_has_not_come),
        cmocka_unit_test(bad_arguments_give_nan),
        cmocka_unit_test(bad_settings_give_nan_or_range),
        cmocka_unit_test(error_of_a_march_falls_by_its_order),
    };
    gsl_set_error_handler_off();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
