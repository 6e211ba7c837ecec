/* Tests of the chapter "multilinear": closed forms, integration, simulation.

   Statistics use fixed seeds, so they pass or fail for ever; their limits are such that a
   correct program would have failed with at most the stated probability. */
#include <gsl/gsl_cdf.h>

#include "common.h"
#include "multilinear.h"

static struct skill skill(double target, double initial, double rate, double probability)
{
    return (struct skill){target, initial, rate, probability};
}

/* ---- closed forms against reference tables */

TEST(flow_agrees_with_taylor_integration)
{
    FOR_ROWS(x, "tests/reference/multilinear.tsv", "ode", 36) {
        double a = x[0], b = x[1];
        assert_int_equal(multilinear_flow(skill(x[2], 0, x[3], 1), x[4], &a, &b), STATUS_OK);
        assert_close(a, x[5], 1e-14 * (fabs(x[5]) + fabs(x[6])));
        assert_close(b, x[6], 1e-14 * (fabs(x[5]) + fabs(x[6])));
    }
}

/* Relative accuracy, but for a strength on its way through zero. */
TEST(strength_agrees_with_another_closed_form)
{
    FOR_ROWS(x, "tests/reference/multilinear.tsv", "route", 120) {
        double R = multilinear_strength(skill(x[2], 0, x[3], 1), x[0], x[1], x[4]);
        double start = x[0] * x[1] < 0 ? fabs(x[0] * x[1]) : 0;
        assert_close(R, x[5], 5e-14 * fabs(x[5]) + 1e-15 * start);
    }
}

/* The rounding of the exponent x is unavoidable: relative error |x| 2^-53 (1 - R/S). */
TEST(logistic_agrees_with_reference)
{
    FOR_ROWS(x, "tests/reference/multilinear.tsv", "logistic", 108) {
        double R = multilinear_logistic(skill(x[0], x[1], x[2], 1), x[3]);
        double exponent = 2 * x[0] * x[2] * x[3];
        assert_close(R, x[4], (1e-15 + 2e-16 * exponent * fabs(1 - x[4] / x[0])) * fabs(x[4]));
    }
}

TEST(linear_agrees_with_reference)
{
    FOR_ROWS(x, "tests/reference/multilinear.tsv", "linear", 50) {
        double R = multilinear_linear(skill(x[0], x[1], x[2], 1), x[3]);
        assert_close(R, x[4], 1e-15 * (fabs(x[4]) + fabs(x[1] < 0 ? x[1] : 0)));
    }
}

/* ---- closed forms: identities */

TEST(balanced_flow_is_the_logistic)
{
    for (double a = 1e-6; a < 4; a *= 2.385)
        for (double T = 0.1; T < 300; T *= 1.9)
            assert_close(multilinear_strength(skill(2.385, 0, 0.0385, 1), a, a, T)
                             / multilinear_logistic(skill(2.385, a * a, 0.0385, 1), T), 1, 3e-14);
}

TEST(flow_composes)
{
    double a = 0.31, b = -0.22, c = 0.31, d = -0.22;
    assert_int_equal(multilinear_flow(skill(2.385, 0, 0.37, 1), 1.7 + 2.9, &a, &b), STATUS_OK);
    assert_int_equal(multilinear_flow(skill(2.385, 0, 0.37, 1), 1.7, &c, &d), STATUS_OK);
    assert_int_equal(multilinear_flow(skill(2.385, 0, 0.37, 1), 2.9, &c, &d), STATUS_OK);
    assert_close(a, c, 1e-14);
    assert_close(b, d, 1e-14);
}

TEST(flow_conserves_the_difference_of_squares)
{
    for (double T = 0.01; T < 100; T *= 1.9) {
        double a = 1.3, b = -0.4;
        assert_int_equal(multilinear_flow(skill(2.385, 0, 0.37, 1), T, &a, &b), STATUS_OK);
        assert_close((a - b) * (a + b), 1.3 * 1.3 - 0.4 * 0.4, 1e-14);
    }
}

TEST(flow_treats_both_factors_alike)
{
    double a = 1.3, b = 0.4, c = 0.4, d = 1.3;
    multilinear_flow(skill(2.385, 0, 0.37, 1), 1.1, &a, &b);
    multilinear_flow(skill(2.385, 0, 0.37, 1), 1.1, &c, &d);
    assert_true(a == d && b == c && a != 1.3);
}

TEST(flow_commutes_with_a_change_of_sign)
{
    double a = 1.3, b = -0.4, c = -1.3, d = 0.4;
    multilinear_flow(skill(2.385, 0, 0.37, 1), 1.1, &a, &b);
    multilinear_flow(skill(2.385, 0, 0.37, 1), 1.1, &c, &d);
    assert_true(a == -c && b == -d && b != -0.4);
}

TEST(flow_at_time_0_stays)
{
    assert_close(multilinear_strength(skill(2.385, 0, 0.37, 1), 1e-7, 1e5, 0), 1e-2, 1e-16);
    assert_close(multilinear_strength(skill(2.385, 0, 0.37, 1), -0.3, 0.7, 0), -0.21, 1e-16);
    assert_close(multilinear_logistic(skill(2.385, 0.0137, 0.37, 1), 0), 0.0137, 1e-17);
    assert_close(multilinear_linear(skill(2.385, -0.0137, 0.37, 1), 0), -0.0137, 0);
}

TEST(everything_ends_at_the_target)
{
    assert_close(multilinear_logistic(skill(2.385, 1e-200, 1e-9, 1), INFINITY), 2.385, 1e-15);
    assert_close(multilinear_logistic(skill(2.385, 77, 1e-9, 1), INFINITY), 2.385, 1e-15);
    assert_close(multilinear_linear(skill(2.385, -5, 1e-9, 1), INFINITY), 2.385, 1e-15);
    assert_close(multilinear_strength(skill(2.385, 0, 1e-9, 1), 0.3, -0.7, INFINITY), 2.385,
                 1e-14);
    assert_close(multilinear_strength(skill(2.385, 0, 1e-9, 1), 0, 1e-3, INFINITY), 2.385, 1e-14);
}

TEST(without_data_nothing_ever_moves)
{
    assert_close(multilinear_logistic(skill(2.385, 0.0137, 0, 1), INFINITY), 0.0137, 1e-17);
    assert_close(multilinear_linear(skill(2.385, -0.0137, 0, 1), INFINITY), -0.0137, 0);
    assert_close(multilinear_strength(skill(2.385, 0, 0, 1), 0.3, -0.7, INFINITY), -0.21, 1e-16);
}

TEST(start_at_the_saddle_stays_there)
{
    assert_true(multilinear_strength(skill(2.385, 0, 0.37, 1), 0, 0, 10) == 0);
    assert_true(multilinear_strength(skill(2.385, 0, 0.37, 1), 0, 0, INFINITY) == 0);
    assert_true(multilinear_logistic(skill(2.385, 0, 0.37, 1), INFINITY) == 0);
}

TEST(opposite_factors_run_into_the_saddle)
{
    double a = 0.7, b = -0.7;
    assert_int_equal(multilinear_flow(skill(2.385, 0, 0.37, 1), INFINITY, &a, &b), STATUS_OK);
    assert_true(a == 0 && b == 0);
    /* q = 0 and R < 0: R' = -2 rate R (S - R), a logistic that runs backwards */
    double c = 2.385 / -0.49 - 1, E = exp(2 * 0.37 * 2.385 * 1.7);
    assert_close(multilinear_strength(skill(2.385, 0, 0.37, 1), 0.7, -0.7, 1.7),
                 2.385 / (1 + c * E), 1e-15);
}

TEST(strength_above_the_target_decays_to_it)
{
    double last = 9;
    for (double T = 0.05; T < 5; T += 0.05) {
        double R = multilinear_logistic(skill(2.385, 9, 0.37, 1), T);
        assert_true(R < last && R > 2.385);
        last = R;
    }
}

TEST(huge_exponents_do_not_overflow)
{
    assert_close(multilinear_logistic(skill(2.385, 1e-200, 1e70, 1), 1e300), 2.385, 1e-15);
    assert_close(multilinear_strength(skill(1e70, 0, 1e70, 1), 1e-20, 1e60, 1e300), 1e70, 1e56);
}

/* ---- closed forms: range */

TEST(logistic_out_of_range_is_nan)
{
    assert_true(isnan(multilinear_logistic(skill(0, 0.01, 0.1, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(-2, 0.01, 0.1, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(INFINITY, 0.01, 0.1, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(2, -0.01, 0.1, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(2, 1e-250, 0.1, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(2, 0.01, -0.1, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(2, 0.01, 0.1, 1), -1)));
    assert_true(isnan(multilinear_logistic(skill(2, 0.01, 0.1, 1), NAN)));
    assert_true(isnan(multilinear_logistic(skill(NAN, 0.01, 0.1, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(2, NAN, 0.1, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(2, 0.01, NAN, 1), 1)));
    assert_true(isnan(multilinear_logistic(skill(2, 0.01, 0.1, -0.1), 1)));
    assert_true(isnan(multilinear_logistic(skill(2, 0.01, 0.1, above(1)), 1)));
}

TEST(linear_out_of_range_is_nan)
{
    assert_true(isnan(multilinear_linear(skill(0, 0.01, 0.1, 1), 1)));
    assert_true(isnan(multilinear_linear(skill(2, INFINITY, 0.1, 1), 1)));
    assert_true(isnan(multilinear_linear(skill(2, 0.01, -0.1, 1), 1)));
    assert_true(isnan(multilinear_linear(skill(2, 0.01, 0.1, 1), -1)));
}

TEST(strength_out_of_range_is_nan)
{
    assert_true(isnan(multilinear_strength(skill(0, 0, 0.1, 1), 0.1, 0.1, 1)));
    assert_true(isnan(multilinear_strength(skill(2, 0, 0.1, 1), NAN, 0.1, 1)));
    assert_true(isnan(multilinear_strength(skill(2, 0, 0.1, 1), 0.1, INFINITY, 1)));
    assert_true(isnan(multilinear_strength(skill(2, 0, 0.1, 1), 1e-160, 1e-160, 1)));
    assert_true(isnan(multilinear_strength(skill(2, 0, -0.1, 1), 0.1, 0.1, 1)));
}

TEST(refused_flow_moves_nothing)
{
    double a = 0.3, b = 0.7;
    assert_int_equal(multilinear_flow(skill(2.385, 0, 0.37, 1), -1, &a, &b), STATUS_RANGE);
    assert_true(a == 0.3 && b == 0.7);
}

/* The ends of every range belong to it, and their neighbours outside do not. */
TEST(target_may_be_at_the_ends_of_its_range)
{
    assert_true(multilinear_linear(skill(1e-70, 0, 1, 1), INFINITY) == 1e-70);
    assert_true(multilinear_linear(skill(1e70, 0, 1, 1), INFINITY) == 1e70);
    assert_true(isnan(multilinear_linear(skill(below(1e-70), 0, 1, 1), INFINITY)));
    assert_true(isnan(multilinear_linear(skill(above(1e70), 0, 1, 1), INFINITY)));
}

TEST(rate_may_be_at_the_ends_of_its_range)
{
    assert_close(multilinear_linear(skill(2.385, 0, 1e70, 1), 1e-70), -2.385 * expm1(-1), 1e-15);
    assert_true(multilinear_linear(skill(2.385, 0.5, 0, 1), INFINITY) == 0.5);
    assert_true(isnan(multilinear_linear(skill(2.385, 0, above(1e70), 1), 1e-70)));
}

TEST(start_may_be_at_the_ends_of_its_range)
{
    assert_close(multilinear_logistic(skill(1, 1e-200, 0.5, 1), 230) / (1e-200 * exp(230)), 1,
                 1e-12);
    assert_true(multilinear_logistic(skill(2.385, 1e70, 0.5, 1), INFINITY) == 2.385);
    assert_true(multilinear_logistic(skill(2.385, 0, 0.5, 1), INFINITY) == 0);
    assert_true(isnan(multilinear_logistic(skill(1, below(1e-200), 0.5, 1), 230)));
    assert_true(isnan(multilinear_logistic(skill(2.385, above(1e70), 0.5, 1), INFINITY)));
}

TEST(factors_may_be_at_the_ends_of_their_range)
{
    assert_true(multilinear_strength(skill(1, 0, 0, 1), 1e-150, 0, 1) == 0);
    assert_close(multilinear_strength(skill(1, 0, 1, 1), 1e70, 1e70, INFINITY), 1, 1e-14);
    assert_true(isnan(multilinear_strength(skill(1, 0, 0, 1), below(1e-150), 0, 1)));
    assert_true(isnan(multilinear_strength(skill(1, 0, 0, 1), 0, below(1e-150), 1)));
    assert_true(isnan(multilinear_strength(skill(1, 0, 0, 1), 1.1e70, 1e70, 1)));
}

/* ---- the model and its gradient */

enum { SKILLS = 4, KNOWN = 3, SAMPLES = 500 };

static const double start_a[KNOWN] = {0.31, -0.42, 1.9},
                    start_b[KNOWN] = {0.27, 0.11, 0.05};

struct fixture {
    struct task *task;
    struct batch *batch;
    struct multilinear_model model;
    int count[SKILLS];
};

static void tear_down(void *fixture)
{
    multilinear_destroy(&((struct fixture *)fixture)->model);
    free(fixture);
}

static struct fixture *set_up(void)
{
    struct stream stream = stream_open(2385, 31, PURPOSE_TASK);
    struct fixture *f = keep(calloc(1, sizeof *f), tear_down);
    f->task = new_task(SKILLS, 12, 3, 0.6385, false, &stream);
    f->batch = new_batch(SAMPLES);
    task_draw(f->task, &stream, f->batch);
    for (int s = 0; s < SAMPLES; s++)
        f->count[f->batch->skill[s]]++;
    assert_int_equal(
        multilinear_create_from(&f->model, KNOWN, skill(2.385, 0, 0.37, 1), start_a, start_b),
        STATUS_OK);
    return f;
}

/* Half the mean squared error, sample by sample. */
static double sample_loss(const struct fixture *f)
{
    double sum = 0;
    for (int s = 0; s < SAMPLES; s++) {
        int i = f->batch->skill[s];
        double y = 2.385 * f->batch->parity[s], g = f->batch->parity[s];
        double e = y - (i < KNOWN ? f->model.a[i] * f->model.b[i] * g : 0);
        sum += e * e / 2;
    }
    return sum / SAMPLES;
}

static double central_difference(struct fixture *f, double *parameter)
{
    double x = *parameter, h = 1e-4;
    *parameter = x + h;
    double above = sample_loss(f);
    *parameter = x - h;
    double below = sample_loss(f);
    *parameter = x;
    return (above - below) / (2 * h);
}

TEST(velocity_is_minus_the_gradient)
{
    double velocity[2 * KNOWN];
    struct fixture *f = set_up();
    struct multilinear_data data = {.samples = SAMPLES, .count = f->count};
    multilinear_velocity(&f->model, &data, velocity);
    for (int k = 0; k < KNOWN; k++) {
        assert_close(velocity[k], -0.37 * central_difference(f, &f->model.a[k]), 1e-7);
        assert_close(velocity[KNOWN + k], -0.37 * central_difference(f, &f->model.b[k]),
                     1e-7);
    }
}

TEST(samples_and_counts_give_one_velocity)
{
    double by_samples[2 * KNOWN], by_counts[2 * KNOWN];
    struct fixture *f = set_up();
    struct multilinear_data samples = {.task = f->task, .batch = f->batch};
    struct multilinear_data counts = {.samples = SAMPLES, .count = f->count};
    multilinear_velocity(&f->model, &samples, by_samples);
    multilinear_velocity(&f->model, &counts, by_counts);
    for (int j = 0; j < 2 * KNOWN; j++)
        assert_close(by_samples[j], by_counts[j], 1e-14);
}

TEST(step_follows_the_velocity_of_its_samples)
{
    double velocity[2 * KNOWN];
    struct fixture *f = set_up();
    struct multilinear_data samples = {.task = f->task, .batch = f->batch};
    multilinear_velocity(&f->model, &samples, velocity);
    multilinear_step(&f->model, f->count, SAMPLES);
    for (int k = 0; k < KNOWN; k++) {
        assert_close(f->model.a[k], start_a[k] + velocity[k], 1e-14);
        assert_close(f->model.b[k], start_b[k] + velocity[KNOWN + k], 1e-14);
    }
}

TEST(step_shrinks_the_conserved_quantity_as_derived)
{
    struct fixture *f = set_up();
    multilinear_step(&f->model, f->count, SAMPLES);
    for (int k = 0; k < KNOWN; k++) {
        double q = start_a[k] * start_a[k] - start_b[k] * start_b[k];
        double move = 0.37 * f->count[k] / SAMPLES * (2.385 - start_a[k] * start_b[k]);
        double after = f->model.a[k] * f->model.a[k] - f->model.b[k] * f->model.b[k];
        assert_close(after, q * (1 - move * move), 1e-14);
    }
}

TEST(step_on_an_empty_batch_does_nothing)
{
    struct fixture *f = set_up();
    multilinear_step(&f->model, f->count, 0);
    assert_memory_equal(f->model.a, start_a, sizeof start_a);
}

TEST(balanced_model_starts_at_its_strength)
{
    struct multilinear_model model;
    assert_int_equal(multilinear_create(&model, 3, skill(2.385, 0.0137, 0.37, 1)), STATUS_OK);
    for (int k = 0; k < 3; k++) {
        assert_close(multilinear_strength_at(&model, k), 0.0137, 1e-17);
        assert_true(model.a[k] == model.b[k]);
    }
    multilinear_destroy(&model);
}

TEST(strength_beyond_the_model_is_zero)
{
    struct fixture *f = set_up();
    assert_true(multilinear_strength_at(&f->model, KNOWN) == 0);
    assert_true(multilinear_strength_at(&f->model, 1000) == 0);
    assert_true(isnan(multilinear_strength_at(&f->model, -1)));
}

TEST(loss_counts_skills_beyond_the_model)
{
    static const double p[] = {0.5, 0.25, 0.125, 0.125};
    struct fixture *f = set_up();
    double expected = 0.125 * 2.385 * 2.385 / 2;
    for (int k = 0; k < KNOWN; k++)
        expected += p[k] * pow(2.385 - start_a[k] * start_b[k], 2) / 2;
    assert_close(multilinear_loss(&f->model, p, SKILLS), expected, 1e-15);
}

TEST(model_of_no_skills_is_harmless)
{
    struct multilinear_model model;
    struct multilinear_data data = {.samples = 3, .count = (int[]){3}};
    double T = 1, y = 7;
    assert_int_equal(multilinear_create(&model, 0, skill(2.385, 0.01, 0.37, 1)), STATUS_OK);
    multilinear_step(&model, (int[]){1}, 1);
    assert_int_equal(multilinear_integrate(&model, &data, &T, 1, &y), STATUS_OK);
    assert_true(multilinear_strength_at(&model, 0) == 0 && y == 7);
    multilinear_destroy(&model);
}

static enum status try_model(int skills, double target, double rate, double initial)
{
    struct multilinear_model model;
    enum status status = multilinear_create(&model, skills, skill(target, initial, rate, 1));
    multilinear_destroy(&model);
    return status;
}

TEST(impossible_models_are_refused)
{
    assert_int_equal(try_model(-1, 2.385, 0.37, 0.01), STATUS_RANGE);
    assert_int_equal(try_model(3, 0, 0.37, 0.01), STATUS_RANGE);
    assert_int_equal(try_model(3, NAN, 0.37, 0.01), STATUS_RANGE);
    assert_int_equal(try_model(3, 2.385, -0.37, 0.01), STATUS_RANGE);
    assert_int_equal(try_model(3, 2.385, INFINITY, 0.01), STATUS_RANGE);
    assert_int_equal(try_model(3, 2.385, 0.37, -0.01), STATUS_RANGE);
    assert_int_equal(try_model(3, 2.385, 0.37, NAN), STATUS_RANGE);
}

/* ---- integration */

TEST(integration_agrees_with_the_closed_form)
{
    static const double times[] = {0, 0.7, 0.7, 3.1, 40};
    double y[5 * 2 * KNOWN];
    struct fixture *f = set_up();
    struct multilinear_data data = {.samples = SAMPLES, .count = f->count};
    assert_int_equal(multilinear_integrate(&f->model, &data, times, 5, y), STATUS_OK);
    for (int j = 0; j < 5; j++)
        for (int k = 0; k < KNOWN; k++) {
            double a = start_a[k], b = start_b[k], rate = 0.37 * f->count[k] / SAMPLES;
            assert_int_equal(multilinear_flow(skill(2.385, 0, rate, 1), times[j], &a, &b),
                             STATUS_OK);
            assert_close(y[2 * KNOWN * j + k], a, 1e-12);
            assert_close(y[2 * KNOWN * j + KNOWN + k], b, 1e-12);
        }
}

TEST(integration_leaves_the_model_alone)
{
    double y[2 * KNOWN], T = 3.1;
    struct fixture *f = set_up();
    struct multilinear_data data = {.task = f->task, .batch = f->batch};
    assert_int_equal(multilinear_integrate(&f->model, &data, &T, 1, y), STATUS_OK);
    assert_memory_equal(f->model.a, start_a, sizeof start_a);
    assert_memory_equal(f->model.b, start_b, sizeof start_b);
}

static enum status try_times(double first, double second, int samples)
{
    double y[4 * KNOWN], times[] = {first, second};
    struct fixture *f = set_up();
    struct multilinear_data data = {.samples = samples, .count = f->count};
    return multilinear_integrate(&f->model, &data, times, 2, y);
}

TEST(impossible_times_are_refused)
{
    assert_int_equal(try_times(1, 2, SAMPLES), STATUS_OK);
    assert_int_equal(try_times(2, 1, SAMPLES), STATUS_RANGE);
    assert_int_equal(try_times(-1, 1, SAMPLES), STATUS_RANGE);
    assert_int_equal(try_times(1, INFINITY, SAMPLES), STATUS_RANGE);
    assert_int_equal(try_times(NAN, 1, SAMPLES), STATUS_RANGE);
    assert_int_equal(try_times(1, 2, 0), STATUS_RANGE);
}

/* A fast skill that keeps the steps short beside a slow one: give up, do not hang. */
TEST(integration_that_never_ends_is_given_up)
{
    static const double a[] = {1e5, 0.01}, b[] = {-0.3, 0.01};
    static const int count[] = {1, 1};
    struct multilinear_model model;
    struct multilinear_data data = {.samples = 2, .count = count};
    double y[4], T = 1e4;
    assert_int_equal(multilinear_create_from(&model, 2, skill(2.385, 0, 1e-3, 1), a, b),
                     STATUS_OK);
    assert_int_equal(multilinear_integrate(&model, &data, &T, 1, y), STATUS_CONVERGENCE);
    multilinear_destroy(&model);
}

/* ---- simulation */

/* Error of full-batch descent at T = 4.1 with steps of 4.1/n. */
static double error_of_descent(int n)
{
    static const int count[] = {3, 2};
    static const double a[] = {0.3, 0.9}, b[] = {0.3, -0.2};
    struct multilinear_model model;
    assert_int_equal(multilinear_create_from(&model, 2, skill(2.385, 0, 0.37 * 4.1 / n, 1), a, b),
                     STATUS_OK);
    for (int step = 0; step < n; step++)
        multilinear_step(&model, count, 5);
    double first = multilinear_strength(skill(2.385, 0, 0.37 * 3 / 5, 1), 0.3, 0.3, 4.1);
    double second = multilinear_strength(skill(2.385, 0, 0.37 * 2 / 5, 1), 0.9, -0.2, 4.1);
    double error = hypot(multilinear_strength_at(&model, 0) - first,
                         multilinear_strength_at(&model, 1) - second);
    multilinear_destroy(&model);
    return error;
}

TEST(descent_converges_to_the_flow_at_first_order)
{
    for (int n = 200; n < 6000; n *= 2)
        assert_close(error_of_descent(n) / error_of_descent(2 * n), 2, 4.0 / n);
    assert_true(error_of_descent(10000) < 1e-4);
}

TEST(counts_are_the_skills_that_the_task_draws)
{
    struct stream stream = stream_open(2385, 32, PURPOSE_TRAINING), same = stream;
    int count[SKILLS], expected[SKILLS] = {0};
    struct fixture *f = set_up();
    multilinear_draw_counts(f->task, &stream, 1000, count);
    for (int s = 0; s < 1000; s++)
        expected[task_draw_skill(f->task, &same)]++;
    assert_memory_equal(count, expected, sizeof count);
    assert_int_equal(stream_word(&stream), stream_word(&same));
}

/* Counts of 4000 samples, 500 times: their scatter is binomial; error rate 1e-5 a side. */
TEST(counts_scatter_as_a_binomial)
{
    struct stream stream = stream_open(2385, 33, PURPOSE_TRAINING);
    double P = task_probability(0.6385, SKILLS, 2), chi2 = 0;
    struct fixture *f = set_up();
    for (int i = 0; i < 500; i++) {
        int count[SKILLS];
        multilinear_draw_counts(f->task, &stream, 4000, count);
        chi2 += pow(count[1] - 4000 * P, 2) / (4000 * P * (1 - P));
    }
    assert_true(gsl_cdf_chisq_Q(chi2, 500) > 1e-5 && gsl_cdf_chisq_P(chi2, 500) > 1e-5);
}

/* Mean over 400 simulations with fresh batches at half height, where the curve is steepest:
   within 4.5 standard errors of the closed form; error rate 7e-6.  The bias of first order
   in the rate is 1.4e-3 here (full-batch descent), the standard error 4e-3. */
TEST(descent_on_fresh_batches_follows_the_law_of_much_data)
{
    enum { REPEATS = 400 };
    double P = task_probability(0.6385, SKILLS, 1), rate = 1e-3, sum = 0, squares = 0;
    struct fixture *f = set_up();
    int steps = (int)(log(2.385 / 0.0137 - 1) / (2 * rate * P * 2.385));
    for (int i = 0; i < REPEATS; i++) {
        struct multilinear_model model;
        struct stream stream = stream_open(2385, 40 + i, PURPOSE_TRAINING);
        assert_int_equal(multilinear_create(&model, 1, skill(2.385, 0.0137, rate, 1)), STATUS_OK);
        for (int step = 0; step < steps; step++) {
            int count[SKILLS];
            multilinear_draw_counts(f->task, &stream, 4, count);
            multilinear_step(&model, count, 4);
        }
        double R = multilinear_strength_at(&model, 0);
        sum += R;
        squares += R * R;
        multilinear_destroy(&model);
    }
    double mean = sum / REPEATS, error = sqrt((squares / REPEATS - mean * mean) / REPEATS);
    assert_true(error < 5e-3);
    assert_close(mean, multilinear_logistic(skill(2.385, 0.0137, rate * P, 1), steps),
                 4.5 * error);
}

/* A fixed data set, trained to the end: all that occurs is learned, once is enough. */
TEST(descent_on_a_fixed_set_learns_what_occurs)
{
    static const int count[] = {300, 1, 0, 59};
    struct multilinear_model model;
    assert_int_equal(multilinear_create(&model, 3, skill(2.385, 0.0137, 0.37, 1)), STATUS_OK);
    for (int step = 0; step < 20000; step++)
        multilinear_step(&model, count, 360);
    assert_close(multilinear_strength_at(&model, 0), 2.385, 1e-14);
    assert_close(multilinear_strength_at(&model, 1), 2.385, 1e-12);
    assert_close(multilinear_strength_at(&model, 2), 0.0137, 1e-17);
    assert_true(multilinear_strength_at(&model, 3) == 0);
    multilinear_destroy(&model);
}

TEST(every_audit_passes)
{
    assert_audits_pass(multilinear_entries);
}

int main(void)
{
    return run_cases("multilinear");
}
