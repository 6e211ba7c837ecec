/* Tests of the chapter "sums". */
#include "common.h"
#include "sums.h"
#include <gsl/gsl_sf_zeta.h>

static double power_of(double x, void *params)
{
    return pow(x, *(double *)params);
}

static double wild(double x, void *params)
{
    (void)params;
    return sin(1 / x) / x;
}

/* ---- any function */

TEST(integrals_of_powers)
{
    double power = 2.385;
    gsl_function F = {power_of, &power};
    assert_ratio(sums_integrate(&F, 0, 3, 0, 1e-12), pow(3, 3.385) / 3.385, 1e-12);
    power = -0.6;
    assert_ratio(sums_integrate(&F, 0, 1, 0, 1e-9), 2.5, 1e-8);
}

TEST(a_missed_integral_is_nan)
{
    gsl_function F = {wild, NULL};
    assert_true(isnan(sums_integrate(&F, 1e-9, 1, 0, 1e-12)));
}

/* n terms of the correction are exact for the power 2n + 1 and its predecessor, not beyond. */
TEST(end_corrections_have_their_order)
{
    for (int terms = 1; terms <= 3; terms++)
        for (int p = 0; p <= 2 * terms + 2; p++) {
            double power = p, sum = 0;
            gsl_function F = {power_of, &power};
            for (int k = 4; k <= 9; k++)
                sum += pow(k, p);
            double integral = (pow(9.5, p + 1) - pow(3.5, p + 1)) / (p + 1);
            double formula = integral + sums_end_correction(&F, 9, terms)
                             - sums_end_correction(&F, 3, terms);
            if (p <= 2 * terms)
                assert_ratio(formula, sum, 1e-14);
            else
                assert_true(difference(formula, sum) < 1e-3);
        }
    double power = 1;
    gsl_function F = {power_of, &power};
    assert_close(sums_end_correction(&F, INFINITY, 3), 0, 0);
}

/* ---- the step */

TEST(softplus_and_step_at_extremes)
{
    assert_ratio(sums_softplus(0), M_LN2, 1e-15);
    assert_ratio(sums_softplus(-700), exp(-700), 1e-13);
    assert_close(sums_softplus(1e300), 1e300, 0);
    assert_ratio(sums_step(log(99), 0), 0.9801, 1e-14);
    assert_ratio(sums_step(log(99), log(99)), 0.25, 1e-14);
    assert_ratio(sums_step(667, 710), exp(-86), 1e-13);
    assert_close(sums_step(3, INFINITY), 0, 0);
}

/* int F^2 (1 - F) = w(b)/2, and int u F^2 (1 - F) by parts. */
TEST(integrals_of_the_step)
{
    static const double c[] = {0.385, 99, 6385, 2.385e9}, b[] = {0, 0.385, 2.385, 30};
    for (int i = 0; i < 4; i++)
        for (int j = 0; j < 4; j++) {
            double lambda = log(c[i]), F = 1 / (1 + exp(b[j] - lambda));
            double rest = sums_softplus(lambda - b[j]) - F, whole = sums_step(lambda, 0);
            assert_close(sums_step_integral(0, lambda, b[j]), F * F / 2, 2e-11 * whole);
            assert_close(sums_step_integral(1, lambda, b[j]), (b[j] * F * F + rest) / 2,
                         2e-11 * fmax(whole, lambda * lambda));
        }
    assert_close(sums_step_integral(0.5, 2, 1000), 0, 0);
}

/* ---- skills */

static const struct sums_summand some[] = {{0.6, 0.4375, 238.5, 99}, {0.6, 0.4375, 238.5, 0},
                                           {0.05, 0.048, 2.385e6, 6385}, {2.385, 0.87, 0, 0}};

TEST(what_is_lacking_and_learned_is_one)
{
    for (int i = 0; i < LENGTH(some); i++)
        for (double P = 1; P > 1e-12; P *= 0.385) {
            double lacking = sums_lacking(&some[i], P), learned = sums_learned(&some[i], P);
            assert_close(lacking + learned, 1, 4e-16);
            assert_true(lacking >= 0 && learned >= 0);
        }
    struct sums_summand data = {0.6, 1, 1000, 0}, none = {0.6, 1, 0, 0};
    assert_ratio(sums_learned(&data, 1e-15), 1e-12, 1e-12);
    assert_close(sums_lacking(&data, 1), 0, 0);
    assert_close(sums_learned(&data, 1), 1, 0);
    assert_close(sums_lacking(&none, 1), 1, 0);
    assert_close(sums_learned(&none, 1), 0, 0);
}

TEST(the_weight_is_the_probability_times_what_is_lacking)
{
    struct sums_summand f = some[0];
    assert_ratio(sums_probability(&f, 8), 0.4375 * pow(8, -1.6), 1e-15);
    double u = 238.5 * 0.4375 * pow(8, -1.6);
    assert_ratio(sums_weight(8, &f), u / 238.5 * pow(1 + exp(u) / 99, -2), 1e-14);
}

/* Where nothing is learned the window is an exponential. */
TEST(window_of_a_flat_step)
{
    struct sums_summand f = {0.6, 1, 1e-9, 1e12};
    double s = 0.6 / 1.6;
    assert_ratio(sums_window(&f, 0.1, 3, 1e-12), expm1(3 * s) / s, 1e-10);
    assert_ratio(sums_window(&f, 0.1, 0.5, 1e-12), expm1(0.5 * s) / s, 1e-10);
}

TEST(sums_agree_with_loops)
{
    static const double last[] = {1, 3, 257, 320, 321, 5000, 100000};
    for (int i = 0; i < LENGTH(some); i++)
        for (int j = 0; j < LENGTH(last); j++)
            for (double first = 1; first <= last[j]; first += 1 + floor(last[j] / 3)) {
                struct sums_summand f = some[i];
                double sum = 0;
                for (double k = last[j]; k >= first; k--)
                    sum += sums_weight(k, &f);
                if (sum > 1e-290)
                    assert_ratio(sums_add(&f, first, last[j]), sum, 1e-12);
            }
}

TEST(an_infinite_sum_is_a_zeta_function)
{
    struct sums_summand f = {0.6, 0.4375, 0, 0};
    assert_ratio(sums_add(&f, 1, INFINITY), 0.4375 * gsl_sf_zeta(1.6), 1e-12);
    assert_ratio(sums_add(&f, 1001, INFINITY), 0.4375 * gsl_sf_hzeta(1.6, 1001), 1e-12);
}

int main(void)
{
    return run_cases("sums");
}
