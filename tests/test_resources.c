/* Tests of the chapter resources.  The reference table resources.tsv is made by
   mpmath at 30 digits, see resources.py beside it. */
#include <gsl/gsl_math.h>
#include <time.h>

#include "common.h"
#include "multilinear.h"
#include "resources.h"
#include "task.h"

static const struct scaling authors = {0.6, 100000, 1, 0.01, 1};
static const struct scaling infinite = {0.6, 0, 1, 0.01, 1};
static const struct scaling small = {0.6385, 61, 2.385, 0.0385, 0.385};

static double loss_of(const struct scaling *s, double T, double D, double N)
{
    struct resources r = {T, D, N};
    double loss, abserr;
    enum status status = resources_loss(s, &r, &loss, &abserr);
    if (status != STATUS_OK)
        fail_with("T = %g, D = %g, N = %g: status %d", T, D, N, status);
    assert_true(abserr >= 0 && abserr <= 1e-9 * loss + 1e-300);
    return loss;
}

static double mean_of(double c, double rate, double D, double P)
{
    double mean, abserr;
    assert_int_equal(resources_mean((struct resources_training){c, rate, D}, P, &mean,
                                    &abserr), STATUS_OK);
    return mean;
}

/* --- the reference table ------------------------------------------------ */

TEST(test_means_of_the_reference)
{
    FOR_ROWS(x, "tests/reference/resources.tsv", "mean", 400) {
        double mean, abserr;
        struct resources_training with = {x[0], x[1], x[2]};
        assert_int_equal(resources_mean(with, x[3], &mean, &abserr), STATUS_OK);
        if (x[4] > 1e-290) {
            assert_ratio(mean, x[4], 2e-13);
            assert_close(mean, x[4], abserr);
        }
    }
}

TEST(test_losses_of_the_reference)
{
    FOR_ROWS(x, "tests/reference/resources.tsv", "loss", 288) {
        struct scaling s = {x[0], (int)x[1], x[2], x[3], x[4]};
        struct resources r = {x[5], x[6], x[7]};
        double loss, abserr;
        assert_int_equal(resources_loss(&s, &r, &loss, &abserr), STATUS_OK);
        if (x[8] > 1e-290) {
            assert_ratio(loss, x[8], 1e-12);
            assert_close(loss, x[8], abserr);
        }
    }
}

TEST(test_joint_law_of_the_reference)
{
    FOR_ROWS(x, "tests/reference/resources.tsv", "law", 9) {
        struct scaling s = {x[0], (int)x[1], x[2], x[3], x[4]};
        assert_ratio(resources_law(&s, &(struct resources){x[5], x[6], x[7]}), x[8], 1e-9);
    }
}

/* --- the mean over counts ------------------------------------------------ */

TEST(test_mean_without_data_is_that_of_the_start)
{
    assert_ratio(mean_of(99, 23.85, 0, 0.385), gsl_pow_2(0.99), 1e-14);
    assert_ratio(mean_of(99, INFINITY, 0, 0.385), gsl_pow_2(0.99), 1e-14);
}

TEST(test_mean_without_time_is_that_of_the_start)
{
    assert_ratio(mean_of(99, 0, 238, 0.385), gsl_pow_2(0.99), 1e-14);
    assert_ratio(mean_of(99, 0, INFINITY, 0.385), gsl_pow_2(0.99), 1e-14);
}

TEST(test_mean_after_much_time_needs_one_sample)
{
    for (double D = 1; D < 1e7; D *= 7) {
        double missed = gsl_pow_2(0.99) * exp(D * log1p(-0.385 / D));
        assert_ratio(mean_of(99, INFINITY, D, 0.385 / D), missed, 1e-12);
        assert_ratio(mean_of(99, 1e4 * D, D, 0.385 / D), missed, 1e-12);
    }
}

TEST(test_mean_of_one_sample_has_two_terms)
{
    double P = 0.2385, u = 6.385, c = 238.5;
    double expected = (1 - P) / gsl_pow_2(1 + 1 / c) + P / gsl_pow_2(1 + exp(u) / c);
    assert_ratio(mean_of(c, u, 1, P), expected, 1e-14);
}

TEST(test_certain_skill_has_all_samples)
{
    assert_ratio(mean_of(99, 6.385, 238, 1), 1 / gsl_pow_2(1 + exp(6.385) / 99), 1e-14);
}

TEST(test_mean_tends_to_the_step)
{
    double at = mean_of(99, 23.85, INFINITY, 0.2385), last = INFINITY;
    for (double D = 1e4; D < 1e15; D *= 10) {
        double error = fabs(mean_of(99, 23.85, D, 0.2385) / at - 1);
        assert_true(error < last / 5 || error < 1e-13);
        last = error;
    }
}

/* Where w is convex, or concave, on all that counts can reach (Jensen). */
TEST(test_scatter_hurts_where_the_step_is_convex)
{
    assert_true(mean_of(1.5, 6.385, 23, 0.385) > mean_of(1.5, 6.385, INFINITY, 0.385));
}

TEST(test_scatter_helps_where_the_step_is_concave)
{
    assert_true(mean_of(2385, 6.385, 23, 0.385) < mean_of(2385, 6.385, INFINITY, 0.385));
}

/* On either side of the places where sums give way to quadrature. */
TEST(test_mean_is_smooth_in_probability)
{
    for (double D = 1e3; D < 1e9; D *= 10)
        for (double P = 1e-6; P < 0.5; P *= 1.01) {
            double h = 1e-3, rate = D * 0.0385, low = mean_of(99, rate, D, P * (1 - h));
            double middle = mean_of(99, rate, D, P), high = mean_of(99, rate, D, P * (1 + h));
            assert_true(low >= middle && middle >= high);
            if (middle > 1e-250 && rate * P < 20)
                assert_ratio(low * high, middle * middle, 1e-3);
        }
}

TEST(test_mean_refuses_what_is_out_of_range)
{
    const double bad[][4] = {{0, 1, 1, 0.5},    {NAN, 1, 1, 0.5}, {1e291, 1, 1, 0.5},
                             {9, -1, 1, 0.5},   {9, NAN, 1, 0.5}, {9, 1, -1, 0.5},
                             {9, 1, 1.5, 0.5},  {9, 1, 2e15, 0.5}, {9, 1, NAN, 0.5},
                             {9, 1, 1, -0.001}, {9, 1, 1, 1.001}, {9, 1, 1, NAN}};
    for (int i = 0; i < LENGTH(bad); i++) {
        double mean, abserr;
        struct resources_training with = {bad[i][0], bad[i][1], bad[i][2]};
        assert_int_equal(resources_mean(with, bad[i][3], &mean, &abserr), STATUS_RANGE);
        assert_true(isnan(mean) && isnan(abserr));
    }
}

TEST(test_mean_survives_extremes)
{
    const double c[] = {1e-15, 0.5, 1e290}, rate[] = {1e-300, 1, 1e300}, D[] = {1, 1e6, 1e15};
    const double P[] = {1e-300, 1e-16, 0.5, 1 - 1e-16};
    for (int i = 0; i < 3 * 3 * 3 * 4; i++) {
        double mean = mean_of(c[i % 3], rate[i / 3 % 3], D[i / 9 % 3], P[i / 27]);
        if (!(mean >= 0 && mean <= 1))
            fail_with("case %d: mean %.17g", i, mean);
    }
}

/* --- the loss ------------------------------------------------------------ */

TEST(test_unlimited_data_leave_the_time_law)
{
    const struct scaling all[] = {authors, infinite, small, {5, 0, 2.385, 2.1, 0.385},
                                  {0.05, 0, 2.385, 2.385e-9, 0.385}};
    for (int i = 0; i < 5; i++)
        for (double T = 0.385; T < 1e9; T *= 38.5)
            if (scaling_time_loss(&all[i], T) > 1e-250)
                assert_ratio(loss_of(&all[i], T, INFINITY, INFINITY),
                             scaling_time_loss(&all[i], T), 2e-12);
}

TEST(test_unlimited_time_leaves_the_data_law)
{
    const struct scaling all[] = {authors, infinite, small, {5, 0, 2.385, 2.1, 0.385},
                                  {0.05, 0, 2.385, 2.385e-9, 0.385}};
    for (int i = 0; i < 5; i++)
        for (double D = 0; D < 1e9; D = 31 * D + 1)
            if (scaling_data_loss(&all[i], D) > 1e-250)
                assert_ratio(loss_of(&all[i], INFINITY, D, INFINITY),
                             scaling_data_loss(&all[i], D), 2e-12);
}

TEST(test_parameters_alone_leave_their_law)
{
    for (int N = 0; N < 100000; N = 3 * N + 1) {
        assert_ratio(loss_of(&authors, INFINITY, INFINITY, N),
                     scaling_parameter_loss(&authors, N), 1e-12);
        assert_ratio(loss_of(&infinite, INFINITY, INFINITY, N),
                     scaling_parameter_loss(&infinite, N), 1e-12);
    }
}

TEST(test_time_and_parameters_leave_the_compute_loss)
{
    for (int N = 1; N < 100000; N = 5 * N + 2)
        for (double T = 1; T < 1e8; T *= 23.85) {
            assert_ratio(loss_of(&authors, T, INFINITY, N), scaling_compute_loss(&authors, N, T),
                         2e-12);
            assert_ratio(loss_of(&infinite, T, INFINITY, N),
                         scaling_compute_loss(&infinite, N, T), 2e-12);
        }
}

TEST(test_nothing_is_learned_without_parameters)
{
    assert_ratio(loss_of(&small, 2385, 2385, 0), gsl_pow_2(2.385) / 2, 1e-13);
}

TEST(test_everything_is_learned_with_everything)
{
    assert_true(loss_of(&small, INFINITY, INFINITY, INFINITY) == 0);
    assert_true(loss_of(&infinite, INFINITY, INFINITY, INFINITY) == 0);
}

TEST(test_more_parameters_than_skills_change_nothing)
{
    assert_ratio(loss_of(&small, 23.85, 238, 61), loss_of(&small, 23.85, 238, INFINITY), 1e-15);
    assert_ratio(loss_of(&small, 23.85, 238, 61), loss_of(&small, 23.85, 238, 1e15), 1e-15);
}

/* Means over counts, one skill at a time, without blocks. */
TEST(test_blocks_against_skill_by_skill)
{
    for (int i = 0; i < 27; i++) {
        struct scaling s = {(double[]){0.0385, 0.6385, 2.385}[i % 3], 23011, 2.385, 0.01385, 0.385};
        double T = (double[]){23.85, 2385, 2.385e6}[i / 3 % 3], sum = 0;
        double D = (double[]){38, 2385, 2.385e6}[i / 9], A = task_normaliser(s.alpha, s.skills);
        for (int k = s.skills; k > 0; k--) {
            double P = A * pow(k, -s.alpha - 1);
            sum += P * (k <= 5000 ? mean_of(s.target / s.initial - 1,
                                            2 * s.rate * s.target * T, D, P) : 1);
        }
        assert_ratio(loss_of(&s, T, D, 5000), gsl_pow_2(s.target) / 2 * sum, 1e-12);
    }
}

TEST(test_rarest_skills_matter_when_all_others_are_learned)
{
    struct scaling s = {0.3, 2000, 1, 0.01, 1};
    double T = 1e6, A = task_normaliser(s.alpha, s.skills), sum = 0;
    for (int k = s.skills; k > 0; k--) {
        double P = A * pow(k, -1.3);
        sum += P * mean_of(99, 2 * T, INFINITY, P) / 2;
    }
    assert_true(sum < 1e-6);
    assert_ratio(loss_of(&s, T, INFINITY, INFINITY), sum, 1e-11);
}

TEST(test_loss_falls_with_time_and_parameters)
{
    for (double D = 1; D < 1e7; D *= 10)
        for (double T = 1; T < 1e7; T *= 10)
            for (double N = 1; N < 1e5; N *= 10) {
                double loss = loss_of(&authors, T, D, N);
                assert_true(loss_of(&authors, 1.5 * T, D, N) <= loss * (1 + 1e-13));
                assert_true(loss_of(&authors, T, D, 1 + N) < loss * (1 + 1e-13));
                assert_true(loss >= scaling_parameter_loss(&authors, (int)N) * (1 - 1e-13));
                assert_true(loss >= loss_of(&authors, INFINITY, D, N) * (1 - 1e-13));
            }
}

TEST(test_more_data_can_hurt_early_and_help_late)
{
    assert_true(loss_of(&infinite, 2.15, 1, INFINITY) < loss_of(&infinite, 2.15, 3, INFINITY));
    for (double D = 1; D < 1e6; D *= 3)
        assert_true(loss_of(&infinite, 1e5, 3 * D, INFINITY)
                    < loss_of(&infinite, 1e5, D, INFINITY));
}

/* At T = 10 the first skill has passed one half at 5.3, and yet the loss rises with D. */
TEST(test_more_data_hurt_again_before_the_second_skill)
{
    const double samples[] = {100, 1000, 10000, INFINITY};
    const double loss[] = {0.25064, 0.25249, 0.25272, 0.25274};
    for (int i = 0; i < 4; i++)
        assert_close(loss_of(&infinite, 10, samples[i], INFINITY), loss[i], 5e-6);
}

TEST(test_target_and_rate_are_units)
{
    struct scaling s = {0.6, 2385, 2.385, 0.02385, 0.385};
    struct scaling unit = {0.6, 2385, 1, 0.01, 1};
    assert_ratio(loss_of(&s, 238.5, 2385, 385),
                 gsl_pow_2(2.385) * loss_of(&unit, 238.5 * 0.385 * 2.385, 2385, 385), 1e-12);
}

TEST(test_plan_agrees_with_single_losses)
{
    const double N[] = {0, 1, 1, 17, 385, 2385, 100000, INFINITY};
    double loss[8], abserr[8];
    for (int i = 0; i < 2; i++) {
        struct resources_plan plan;
        const struct scaling *s = i ? &infinite : &authors;
        assert_int_equal(resources_plan_create(&plan, s, N, 8), STATUS_OK);
        for (double D = 3; D < 1e8; D *= 70) {
            assert_int_equal(resources_plan_losses(&plan, 2385, D, loss, abserr), STATUS_OK);
            for (int j = 0; j < 8; j++)
                assert_ratio(loss[j], loss_of(s, 2385, D, N[j]), 1e-12);
        }
        resources_plan_destroy(&plan);
    }
}

TEST(test_bad_resources_are_refused)
{
    const struct resources bad[] = {{-1, 1, 1},  {NAN, 1, 1}, {1, -1, 1},  {1, 0.5, 1},
                                    {1, NAN, 1}, {1, 2e15, 1}, {1, 1, -1}, {1, 1, 1.5},
                                    {1, 1, NAN}, {1, 1, 2e15}};
    for (int i = 0; i < LENGTH(bad); i++) {
        double loss, abserr;
        assert_int_equal(resources_loss(&small, &bad[i], &loss, &abserr), STATUS_RANGE);
        assert_true(isnan(loss));
    }
}

TEST(test_bad_settings_are_refused)
{
    const struct scaling bad[] = {{0, 5, 1, 0.01, 1},  {0.6, -1, 1, 0.01, 1}, {0.6, 5, 1, 1, 1},
                                  {0.6, 5, 1, 0, 1},   {0.6, 5, 1, 0.01, 0},  {NAN, 5, 1, 0.01, 1},
                                  {0.6, 5, NAN, 0.01, 1}};
    struct resources r = {1, 1, 1}, best;
    for (int i = 0; i < LENGTH(bad); i++) {
        double loss, abserr;
        assert_int_equal(resources_loss(&bad[i], &r, &loss, &abserr), STATUS_RANGE);
        assert_true(isnan(resources_law(&bad[i], &r)));
        assert_true(isnan(resources_noise(&bad[i], 1)));
        assert_true(isnan(resources_scatter(&bad[i], 1, 1)));
        assert_true(isnan(resources_large_data_bound(&bad[i], &r).counts));
        assert_true(isnan(resources_need(&bad[i], RESOURCE_TIME, RESOURCE_DATA, 0.1)));
        assert_int_equal(resources_frontier(&bad[i], 1, 1, &best, &loss), STATUS_RANGE);
    }
}

TEST(test_plan_refuses_disorder)
{
    struct resources_plan plan;
    assert_int_equal(resources_plan_create(&plan, &small, (double[]){3, 2}, 2), STATUS_RANGE);
    assert_int_equal(resources_plan_create(&plan, &small, (double[]){3}, 0), STATUS_RANGE);
}

/* --- the joint law ------------------------------------------------------- */

TEST(test_joint_law_has_the_single_laws_as_limits)
{
    for (int i = 0; i < 3; i++) {
        struct scaling s = {0.3 * (i + 1), 0, 2.385, 0.02385, 0.385};
        double N = INFINITY;
        assert_ratio(resources_law(&s, &(struct resources){238, INFINITY, N}),
                     scaling_time_law(&s, 238), 1e-11);
        assert_ratio(resources_law(&s, &(struct resources){INFINITY, 238, N}),
                     scaling_data_law(&s, 238), 1e-12);
        assert_ratio(resources_law(&s, &(struct resources){INFINITY, INFINITY, 238}),
                     scaling_parameter_law(&s, 238), 1e-12);
    }
}

TEST(test_joint_law_on_the_optimal_ray_is_the_compute_law)
{
    for (int i = 0; i < 3; i++) {
        struct scaling s = {0.3 * (i + 1), 0, 2.385, 0.02385, 0.385};
        double N = 1e4, T = scaling_kappa(&s) * pow(N, s.alpha + 1);
        assert_ratio(resources_law(&s, &(struct resources){T, INFINITY, N}),
                     scaling_compute_law(&s, N * T), 1e-10);
    }
}

TEST(test_joint_law_is_homogeneous)
{
    struct resources r = {238.5, 1385, 138.5}, q = {3 * 238.5, 3 * 1385, 138.5 * pow(3, 0.625)};
    assert_ratio(resources_law(&infinite, &q) * pow(3, 0.375), resources_law(&infinite, &r), 1e-12);
}

/* The binomial correction: relative s (s + 1)/2D, whatever T is. */
TEST(test_joint_law_converges_at_first_order_in_data)
{
    for (double T = 1e3; T < 1e7; T *= 10) {
        double law = resources_law(&infinite, &(struct resources){T, 1e4, INFINITY});
        double error = 1 - loss_of(&infinite, T, 1e4, INFINITY) / law;
        assert_ratio(error * 1e4, 0.375 * 1.375 / 2, 2e-3);
    }
}

TEST(test_joint_law_converges_at_second_order_in_parameters)
{
    double error[2];
    for (int i = 0; i < 2; i++) {
        double N = i ? 400 : 100, T = pow(N, 1.6);
        double law = resources_law(&infinite, &(struct resources){T, INFINITY, N + 0.5});
        error[i] = loss_of(&infinite, T, INFINITY, N) / law - 1;
    }
    assert_ratio(error[0] / error[1], 16, 0.05);
}

TEST(test_joint_law_is_continuous_where_data_become_unlimited)
{
    double T = 2385, edge = 2 * T / 1e-4;
    for (int i = 0; i < 2; i++) {
        double N = i ? 200 : INFINITY;
        double below = resources_law(&infinite, &(struct resources){T, edge * 0.999, N});
        assert_ratio(resources_law(&infinite, &(struct resources){T, edge * 1.001, N}), below,
                     1e-4);
    }
}

TEST(test_joint_law_with_large_models_and_many_counts)
{
    /* x = D P_N of 4e4: the sum begins far from zero */
    double D = 1e7, N = 100, T = 1e5;
    double law = resources_law(&infinite, &(struct resources){T, D, N + 0.5});
    assert_ratio(law, loss_of(&infinite, T, D, N), 3e-5);
}

/* The last skills that fit have a thousand samples and are not yet learned. */
TEST(test_joint_law_with_late_skills_of_many_counts)
{
    const struct scaling late = {0.6, 0, 1, 1e-44, 1};
    double D = 4e6, N = 100, T = 1.6e5;
    double law = resources_law(&late, &(struct resources){T, D, N + 0.5});
    assert_ratio(law, loss_of(&late, T, D, N), 1e-4);
}

TEST(test_law_is_infinite_without_a_resource)
{
    assert_true(isinf(resources_law(&infinite, &(struct resources){0, 5, 5})));
    assert_true(isinf(resources_law(&infinite, &(struct resources){5, 0, 5})));
    assert_true(isinf(resources_law(&infinite, &(struct resources){5, 5, 0})));
    assert_true(isnan(resources_law(&infinite, &(struct resources){-5, 5, 5})));
}

/* Corollaries 3 and 6 of the original, with constants. */
TEST(test_faces_lie_between_the_larger_law_and_the_sum)
{
    for (double N = 0.1; N < 1e3; N *= 1.7)
        for (int i = 0; i < 2; i++) {
            double T = i ? INFINITY : 10, D = i ? 10 : INFINITY;
            double face = resources_law(&infinite, &(struct resources){T, D, N});
            double one = i ? scaling_data_law(&infinite, 10) : scaling_time_law(&infinite, 10);
            double two = resources_law(&infinite, &(struct resources){INFINITY, INFINITY, N});
            assert_true(face >= fmax(one, two) * (1 - 1e-12) && face <= one + two);
        }
}

/* --- what scatter costs -------------------------------------------------- */

/* Second differences of w, skill by skill. */
TEST(test_scatter_against_differences)
{
    for (double T = 0.2385; T < 1e4; T *= 3.85)
        for (int N = 0; N <= 61; N += 20) {
            double sum = 0, c = small.target / small.initial - 1, h = 1e-3;
            for (int k = 1; k <= N; k++) {
                double P = task_probability(small.alpha, small.skills, k);
                double u = 2 * small.rate * small.target * T * P;
                double w[3];
                for (int i = 0; i < 3; i++)
                    w[i] = 1 / gsl_pow_2(1 + exp(u + (i - 1) * h) / c);
                sum += u * u * (1 - P) * (w[0] - 2 * w[1] + w[2]) / (h * h);
            }
            double expected = gsl_pow_2(small.target) / 4 * sum;
            assert_close(resources_scatter(&small, T, N), expected, 1e-6 + 1e-5 * fabs(expected));
        }
}

TEST(test_scatter_changes_sign_as_skills_emerge)
{
    int changes = 0;
    double before = -1;
    for (double T = 0.5; T < 1e4; T *= 1.01) {
        double now = resources_scatter(&infinite, T, INFINITY);
        changes += now * before < 0;
        before = now;
    }
    assert_int_equal(changes, 5);
    assert_true(before > 0);
}

/* With Poisson counts instead of binomial ones it would be 45.9724. */
TEST(test_noise_has_a_binomial_part)
{
    double excess = loss_of(&infinite, 1000, 1e7, INFINITY)
                    / loss_of(&infinite, 1000, INFINITY, INFINITY) - 1;
    assert_close(1e7 * excess, 45.7146, 1e-4);
    assert_close(resources_noise(&infinite, 1000), 45.7146, 2e-3);
    assert_ratio(resources_noise(&infinite, 0), -0.375 * 1.375 / 2, 1e-14);
}

TEST(test_scatter_out_of_range_is_nan)
{
    assert_true(isnan(resources_scatter(&infinite, -1, 5)));
    assert_true(isnan(resources_scatter(&infinite, INFINITY, 5)));
    assert_true(isnan(resources_scatter(&infinite, 1, 0.5)));
    assert_true(isnan(resources_noise(&infinite, -1)));
    assert_true(isnan(resources_noise(&infinite, INFINITY)));
}

/* --- the original's conditions ------------------------------------------- */

TEST(test_borders_are_those_of_the_original)
{
    struct resources few = resources_border(&infinite, CONDITION_TIME, 1000, 1);
    assert_true(few.parameters == 75 && few.samples == 1e9); /* N T^2 < T^3 */
    struct resources many = resources_border(&infinite, CONDITION_TIME, 10, 1000);
    assert_true(many.parameters == 317 && many.samples == 1000 * 317 * 1e2); /* N T^2 > T^3 */
    struct resources data = resources_border(&infinite, CONDITION_DATA, 1000, 10);
    assert_ratio(data.time, 10 * 1000 * log(1000), 1e-14);
    assert_true(data.samples == 1000 && data.parameters == 317);
    struct resources slow = resources_border(&infinite, CONDITION_PARAMETERS_TIME, 32, 2);
    assert_ratio(slow.time, 2 * 256, 1e-13); /* 32^1.6 = 2^8 */
    assert_close(slow.samples, 2 * gsl_pow_3(512), 1);
    struct resources scarce = resources_border(&infinite, CONDITION_PARAMETERS_DATA, 32, 2);
    assert_close(scarce.samples, 512, 1);
    assert_ratio(scarce.time, 2 * scarce.samples * log(scarce.samples), 1e-14);
    struct resources best = resources_border(&infinite, CONDITION_COMPUTE, 1000, 3);
    assert_true(best.time == 1000 && best.samples == 3e9);
    assert_close(scaling_kappa(&infinite) * pow(best.parameters, 1.6), 1000, 50);
}

/* They suffice: the excess over the loss of the scarce resource falls to nothing. */
TEST(test_conditions_of_the_original_suffice)
{
    const double scarce[] = {1e3, 1e3, 16, 100, 1e4};
    for (int i = 0; i < CONDITIONS * 3; i++) {
        int line = i / 3;
        struct scaling s = {0.3 * (i % 3 + 1), 0, 1, 0.01, 1};
        double before = INFINITY;
        for (double q = 1; q <= 100; q *= 10) {
            struct resources r = resources_border(&s, line, scarce[line], q);
            double limit = line == CONDITION_TIME ? scaling_time_loss(&s, r.time)
                           : line == CONDITION_DATA ? scaling_data_loss(&s, r.samples)
                           : line == CONDITION_COMPUTE
                               ? scaling_compute_loss(&s, (int)r.parameters, r.time)
                               : scaling_parameter_loss(&s, (int)r.parameters);
            double excess = loss_of(&s, r.time, r.samples, r.parameters) / limit - 1;
            assert_true(excess >= -1e-13 && excess <= fmax(0.8 * before, 1e-12));
            before = excess;
        }
        assert_true(before < 0.01);
    }
}

/* The joint law exceeds the single law at every ratio: conditions linear in each resource are
   sufficient and necessary. */
TEST(test_joint_law_exceeds_the_single_law_at_every_ratio)
{
    for (int i = 0; i < 3 * 6; i++) {
        struct scaling s = {0.3 * (i % 3 + 1), 0, 1, 0.01, 1};
        int scarce = i / 3 % 3, other = (scarce + 1 + i / 9) % 3;
        double x[] = {INFINITY, INFINITY, INFINITY}, before = INFINITY;
        x[scarce] = 1;
        double single = resources_law(&s, &(struct resources){x[0], x[1], x[2]});
        for (double ratio = 1e-3; ratio < 1e3; ratio *= 1.05) {
            x[other] = pow(ratio, other == 2 ? 1 / (1 + s.alpha) : 1);
            double excess = resources_law(&s, &(struct resources){x[0], x[1], x[2]}) / single - 1;
            if (!(excess > 0 || before < 1e-9))
                fail_with("alpha %g, %d and %d at %g: %g after %g", s.alpha, scarce, other, ratio,
                          excess, before);
            before = excess;
        }
        assert_true(before < 0.01);
    }
}

/* Where one sample of a skill ceases to be enough, D near 2 eta S T/ln c, the excess is less at
   the smaller ratio, for any number of skills. */
TEST(test_more_data_hurt_where_one_sample_ceases_to_be_enough)
{
    struct scaling s = {0.3, 0, 1, 0.01, 1};
    for (double T = 1e4; T < 1e8; T *= 100)
        assert_ratio(loss_of(&s, T, 0.54 * T, INFINITY) / loss_of(&s, T, 0.4 * T, INFINITY), 1.0063,
                     1e-3);
}

TEST(test_bound_at_large_data_by_hand)
{
    struct scaling s = {0.6, 0, 2.385, 0.02385, 0.385};
    double P = task_probability(s.alpha, 0, 1), S2 = 2.385 * 2.385;
    struct resources r = {23.85, 238, 1};
    struct resources_bound bound = resources_large_data_bound(&s, &r);
    assert_ratio(bound.counts, pow(2, 0.6) * S2 * sqrt(P / 238), 1e-13);
    assert_ratio(bound.curvature, 4 * gsl_pow_2(S2 * 0.385 * 23.85 * P) / 238, 1e-13);
    double late = S2 * S2 / (2 * gsl_pow_2(0.02385)) * 238
                  * exp(-4 * 0.385 * 2.385 * 23.85 / 238) * P * P;
    assert_ratio(resources_late_bound(&s, &r), late, 1e-13);
    r.parameters = INFINITY;
    assert_true(isnan(resources_large_data_bound(&s, &r).counts));
    s.skills = 2385;
    assert_true(resources_large_data_bound(&s, &r).counts > bound.counts);
    r.samples = 0;
    assert_true(isnan(resources_large_data_bound(&s, &r).curvature));
    assert_true(isnan(resources_late_bound(&s, &r)));
}

/* --- needs --------------------------------------------------------------- */

/* The exact loss at the need has the excess asked for. */
TEST(test_needs_against_exact_losses)
{
    const double tolerance[] = {0.01, 0.05, 0.2};
    for (int i = 0; i < 3; i++) {
        double e = tolerance[i], unit = 1e6, y, law;
        y = resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, e);
        law = scaling_time_loss(&infinite, unit);
        assert_ratio(loss_of(&infinite, unit, round(y * unit), INFINITY) / law - 1, e, 1e-2);
        y = resources_need(&infinite, RESOURCE_TIME, RESOURCE_PARAMETERS, e);
        assert_ratio(loss_of(&infinite, unit, INFINITY, round(pow(y * unit, 0.625) - 0.5)) / law
                         - 1, e, 2e-2);
        y = resources_need(&infinite, RESOURCE_DATA, RESOURCE_TIME, e);
        law = scaling_data_loss(&infinite, unit);
        assert_ratio(loss_of(&infinite, y * unit, unit, INFINITY) / law - 1, e, 1e-2);
        y = resources_need(&infinite, RESOURCE_DATA, RESOURCE_PARAMETERS, e);
        assert_ratio(loss_of(&infinite, INFINITY, unit, round(pow(y * unit, 0.625) - 0.5)) / law
                         - 1, e, 2e-2);
        law = scaling_parameter_loss(&infinite, 5000);
        y = resources_need(&infinite, RESOURCE_PARAMETERS, RESOURCE_TIME, e);
        assert_ratio(loss_of(&infinite, y * pow(5000.5, 1.6), INFINITY, 5000) / law - 1, e, 1e-2);
        y = resources_need(&infinite, RESOURCE_PARAMETERS, RESOURCE_DATA, e);
        assert_ratio(loss_of(&infinite, INFINITY, round(y * pow(5000.5, 1.6)), 5000) / law - 1, e,
                     1e-2);
    }
}

TEST(test_need_of_compute_on_the_optimal_ray)
{
    double T = scaling_kappa(&infinite) * pow(5000.5, 1.6), e = 0.05;
    double y = resources_need(&infinite, RESOURCE_COMPUTE, RESOURCE_DATA, e);
    double excess = loss_of(&infinite, T, round(y * T), 5000)
                    / loss_of(&infinite, T, INFINITY, 5000) - 1;
    assert_ratio(excess, e, 1e-2);
}

TEST(test_need_of_time_has_a_closed_form)
{
    for (double e = 1e-2; e > 1e-7; e /= 10) {
        double s = 0.375, closed = log(99 * (sqrt(s / e / gsl_pow_2(0.99)) - 1)) / 2;
        assert_ratio(resources_need(&infinite, RESOURCE_DATA, RESOURCE_TIME, e), closed, 1e-3);
    }
}

TEST(test_need_of_data_follows_the_scatter)
{
    double e = 1e-3;
    assert_ratio(resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, e) * e,
                 resources_noise(&infinite, 1) - resources_noise(&infinite, 0), 1e-2);
}

TEST(test_needs_scale_with_rate_and_target)
{
    struct scaling fast = {0.6, 0, 2.385, 0.02385, 0.385};
    double unit = 0.385 * 2.385;
    assert_ratio(resources_need(&fast, RESOURCE_TIME, RESOURCE_DATA, 0.05),
                 unit * resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, 0.05), 1e-9);
    assert_ratio(resources_need(&fast, RESOURCE_DATA, RESOURCE_TIME, 0.05) * unit,
                 resources_need(&infinite, RESOURCE_DATA, RESOURCE_TIME, 0.05), 1e-9);
}

TEST(test_needs_out_of_range_are_nan)
{
    assert_true(isnan(resources_need(&infinite, RESOURCE_TIME, RESOURCE_TIME, 0.1)));
    assert_true(isnan(resources_need(&infinite, RESOURCE_TIME, RESOURCE_COMPUTE, 0.1)));
    assert_true(isnan(resources_need(&infinite, RESOURCE_COMPUTE, RESOURCE_TIME, 0.1)));
    assert_true(isnan(resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, 0)));
    assert_true(isnan(resources_need(&infinite, RESOURCE_TIME, RESOURCE_DATA, NAN)));
}

/* --- compute ------------------------------------------------------------- */

TEST(test_frontier_by_trying_every_model)
{
    struct scaling s = {0.6, 60, 1, 0.01, 1};
    for (double D = 1; D < 2e5; D *= 19)
        for (double C = 0.3; C < 1e7; C *= 7.7) {
            struct resources best;
            double loss, least = INFINITY;
            assert_int_equal(resources_frontier(&s, D, C, &best, &loss), STATUS_OK);
            for (int N = 1; N <= 60; N++)
                least = fmin(least, loss_of(&s, C / N, D, N));
            assert_ratio(loss, least, 1e-12);
            assert_ratio(best.time * best.parameters, C, 1e-15);
        }
}

TEST(test_frontier_of_unlimited_data_is_that_of_scaling)
{
    for (double C = 10; C < 1e10; C *= 31) {
        struct resources best;
        double loss, exact;
        int N;
        assert_int_equal(resources_frontier(&authors, INFINITY, C, &best, &loss), STATUS_OK);
        assert_int_equal(scaling_frontier(&authors, C, &N, &exact), STATUS_OK);
        assert_ratio(loss, exact, 1e-4);
    }
}

TEST(test_frontier_ends_at_the_data_law)
{
    struct resources best;
    double loss;
    assert_int_equal(resources_frontier(&authors, 1000, 1e14, &best, &loss), STATUS_OK);
    assert_ratio(loss, scaling_data_loss(&authors, 1000), 1e-9);
}

TEST(test_frontier_refuses_what_is_out_of_range)
{
    const double bad[][2] = {{1, 0}, {1, -1}, {1, NAN}, {1, INFINITY}, {-1, 1}, {0.5, 1}, {NAN, 1}};
    for (int i = 0; i < LENGTH(bad); i++) {
        struct resources best;
        double loss;
        assert_int_equal(resources_frontier(&small, bad[i][0], bad[i][1], &best, &loss),
                         STATUS_RANGE);
        assert_true(isnan(loss));
    }
}

/* --- descent ------------------------------------------------------------- */

TEST(test_descent_tends_to_the_flow_at_first_order)
{
    double error[2];
    for (int i = 0; i < 2; i++) {
        struct scaling s = {0.6, 30, 1, 0.01, i ? 0.0125 : 0.05};
        struct resources_moments m;
        long steps = i ? 2000 : 500;
        assert_int_equal(resources_descent(&s, steps, 100, 10, &m), STATUS_OK);
        error[i] = m.mean / loss_of(&s, (double)steps, 100, 10) - 1;
    }
    assert_true(fabs(error[0]) > 1e-5);
    assert_ratio(error[0] / error[1], 4, 0.05);
}

/* Mean and scatter of simulated descents on drawn data sets.  The bound of 4.5 standard
   errors is exceeded by chance once in 1e5; the variance of 4000 losses is within 10 %. */
TEST(test_descent_against_monte_carlo)
{
    enum { SKILLS = 12, SAMPLES = 40, STEPS = 400, REPEATS = 4000, N = 7 };
    struct scaling s = {0.6, SKILLS, 1, 0.01, 0.2};
    struct stream stream = stream_open(2385, 7, PURPOSE_TRAINING);
    struct resources_moments m;
    struct task *task = new_task(SKILLS, 1, 0, s.alpha, false, &stream);
    double sum = 0, squares = 0;
    int count[SKILLS];
    assert_int_equal(resources_descent(&s, STEPS, SAMPLES, N, &m), STATUS_OK);
    for (int i = 0; i < REPEATS; i++) {
        struct multilinear_model model;
        struct skill like = {s.target, s.initial, s.rate, 1};
        assert_int_equal(multilinear_create(&model, N, like), STATUS_OK);
        multilinear_draw_counts(task, &stream, SAMPLES, count);
        for (int step = 0; step < STEPS; step++)
            multilinear_step(&model, count, SAMPLES);
        double loss = multilinear_loss(&model, task->probability, SKILLS);
        sum += loss - m.mean;
        squares += gsl_pow_2(loss - m.mean);
        multilinear_destroy(&model);
    }
    assert_close(sum / REPEATS, 0, 4.5 * sqrt(m.variance / REPEATS));
    assert_true(squares / REPEATS < 1.1 * m.variance && squares / REPEATS > 0.4 * m.variance);
}

TEST(test_descent_of_one_skill_is_certain)
{
    struct scaling s = {0.6, 1, 2.385, 0.0385, 1e-4};
    struct resources_moments m;
    assert_int_equal(resources_descent(&s, 8000, 3, 1, &m), STATUS_OK);
    assert_ratio(m.mean, scaling_time_loss(&s, 8000), 1e-2);
    assert_true(m.variance == 0);
}

TEST(test_descent_refuses_what_is_out_of_range)
{
    struct resources_moments m;
    assert_int_equal(resources_descent(&small, -1, 1, 1, &m), STATUS_RANGE);
    assert_int_equal(resources_descent(&small, 1, 0, 1, &m), STATUS_RANGE);
    assert_int_equal(resources_descent(&small, 1, 1000001, 1, &m), STATUS_RANGE);
    assert_int_equal(resources_descent(&small, 1, 1, 0.5, &m), STATUS_RANGE);
    assert_int_equal(resources_descent(&infinite, 1, 1, 1, &m), STATUS_RANGE);
}

/* --- the whole ----------------------------------------------------------- */

TEST(test_every_audit_entry_passes)
{
    assert_audits_pass(resources_entries);
}

int main(void)
{
    return run_cases("resources");
}
