/* Tests of the module "fit": constants fitted to one skill, predictions for others, and contests
   between curves.

   The curves are typed again here, and minima are found again on fine grids.  Statistics use
   fixed seeds, so they pass or fail for ever; their limits are such that a correct program
   would have had at most the stated chance of failing when they were set. */
#include <gsl/gsl_cdf.h>

#include "common.h"
#include "emergence.h"
#include "fit.h"
#include "task.h"

enum { CURVES = FIT_PARAMETERS + 1, REPEATS_MAX = 64, POINTS_MAX = 64 };

/* Measurements that own their arrays. */
struct sheet {
    struct fit_data data;
    double resource[POINTS_MAX], value[REPEATS_MAX * POINTS_MAX];
};

static const struct fit_system one_skill = {{2.385, 0.0137, 0.037, 0.6385}, 1};

/* c e^-x, typed as simply as possible. */
static double typed(enum fit_curve curve, const struct fit_system *s, double constant, double r)
{
    double x = fmin(1, r * s->skill.probability / constant);
    double c = s->skill.target / s->skill.initial - 1;
    switch (curve) {
    case FIT_TIME:
    case FIT_TIME_AND_START:
        return 1 / (1 + c * exp(-4 * s->skill.rate * s->skill.probability * s->skill.target * r
                                / constant));
    case FIT_STRENGTH_BY_LOSS:
        return 1 - sqrt(1 - x);
    case FIT_STRENGTH_BY_CORRELATION:
        return x;
    case FIT_LOSS_BY_LOSS:
        return 1 - x;
    case FIT_LOSS_BY_CORRELATION:
        return (1 - x) * (1 - x);
    default:
        return fmin(1, fmax(0, r / constant - (s->k - 1)));
    }
}

/* The resource per constant at which the curve saturates, or is about half way. */
static double knot(enum fit_curve curve)
{
    if (curve == FIT_PARAMETERS)
        return 1;
    if (curve > FIT_TIME_AND_START)
        return 1 / one_skill.skill.probability;
    return log(one_skill.skill.target / one_skill.skill.initial)
           / (4 * one_skill.skill.rate * one_skill.skill.probability * one_skill.skill.target);
}

/* An even grid up to 1.7 knots, starting at 0. */
static void lay_grid(struct sheet *sheet, enum fit_curve curve, double constant, int repeats,
                     int points)
{
    assert_true(repeats <= REPEATS_MAX && points <= POINTS_MAX);
    sheet->data = (struct fit_data){repeats, points, sheet->resource, sheet->value};
    for (int j = 0; j < points; j++)
        sheet->resource[j] = 1.7 * knot(curve) * constant * j / (points - 1);
}

static void fill(struct sheet *sheet, enum fit_curve curve, double constant, double noise,
                 struct stream *stream)
{
    for (int i = 0; i < sheet->data.repeats * sheet->data.points; i++) {
        sheet->value[i] = typed(curve, &one_skill, constant,
                                sheet->resource[i % sheet->data.points]);
        if (noise > 0)
            sheet->value[i] += noise * stream_normal(stream);
    }
}

static void lay_exact(struct sheet *sheet, enum fit_curve curve, double constant, int repeats,
                      int points)
{
    lay_grid(sheet, curve, constant, repeats, points);
    fill(sheet, curve, constant, 0, NULL);
}

static void fill_with(struct sheet *sheet, double value)
{
    for (int i = 0; i < sheet->data.repeats * sheet->data.points; i++)
        sheet->value[i] = value;
}

static enum status fit_sheet(enum fit_curve curve, const struct sheet *sheet, struct fit *fit)
{
    return fit_constant(curve, &one_skill, &sheet->data, fit);
}

/* ---- curves */

TEST(curves_are_those_typed_here)
{
    for (int curve = 0; curve < CURVES; curve++)
        for (int j = 1; j <= 40; j++) {
            double r = knot((enum fit_curve)curve) * 37.1 * j * 0.0385;
            assert_close(fit_value((enum fit_curve)curve, &one_skill, 37.1, r),
                         typed((enum fit_curve)curve, &one_skill, 37.1, r), 1e-13);
        }
}

TEST(fourth_skill_waits_for_three_others)
{
    struct fit_system fourth = one_skill;
    fourth.k = 4;
    assert_close(fit_value(FIT_PARAMETERS, &fourth, 3.7, 3 * 3.7 + 1.9), 1.9 / 3.7, 1e-13);
    assert_true(fit_value(FIT_PARAMETERS, &fourth, 3.7, 3 * 3.7 - 0.1) == 0);
    assert_close(fit_slope(FIT_PARAMETERS, &fourth, 3.7, 3 * 3.7 + 1.9), -13 / 3.7, 1e-13);
    assert_true(fit_slope(FIT_PARAMETERS, &fourth, 3.7, 3 * 3.7 - 0.1) == 0);
}

TEST(constants_out_of_range_give_nan)
{
    const double bad[] = {0, -1, NAN, INFINITY};
    for (int curve = 0; curve < CURVES; curve++)
        for (int i = 0; i < 4; i++) {
            assert_true(isnan(fit_value((enum fit_curve)curve, &one_skill, bad[i], 3)));
            assert_true(isnan(fit_slope((enum fit_curve)curve, &one_skill, bad[i], 3)));
        }
}

TEST(slope_at_a_knot_is_that_of_saturation)
{
    struct fit_system system = one_skill;
    system.skill.probability = 0.5;
    for (int curve = FIT_STRENGTH_BY_LOSS; curve < CURVES; curve++) {
        double at = curve == FIT_PARAMETERS ? 8 : 16;
        assert_true(fit_slope((enum fit_curve)curve, &system, 8, at) == 0);
        assert_true(isfinite(fit_slope((enum fit_curve)curve, &system, 8, at * (1 - 1e-15))));
    }
}

/* ---- exact data */

static void check_recovery(enum fit_curve curve)
{
    static const double constant[] = {0.0237, 1.385, 22, 811.3, 6.4e8};
    static const int points[] = {7, 12, 31, 64};
    for (int i = 0; i < 20; i++) {
        struct sheet sheet;
        struct fit fit;
        lay_exact(&sheet, curve, constant[i / 4], 1, points[i % 4]);
        assert_int_equal(fit_sheet(curve, &sheet, &fit), STATUS_OK);
        assert_close(fit.constant.mean / constant[i / 4], 1, 1e-9);
        assert_close(fit.residual, 0, 1e-9);
        assert_int_equal(fit.constant.count, 1);
    }
}

TEST(exact_time_gives_kappa_back)
{
    check_recovery(FIT_TIME);
}

TEST(exact_time_gives_kappa_and_start_back)
{
    check_recovery(FIT_TIME_AND_START);
}

TEST(exact_strength_from_loss_gives_dc_back)
{
    check_recovery(FIT_STRENGTH_BY_LOSS);
}

TEST(exact_correlation_gives_dc_back)
{
    check_recovery(FIT_STRENGTH_BY_CORRELATION);
}

TEST(exact_loss_gives_dc_back)
{
    check_recovery(FIT_LOSS_BY_LOSS);
}

TEST(exact_loss_of_a_correlation_gives_dc_back)
{
    check_recovery(FIT_LOSS_BY_CORRELATION);
}

TEST(exact_parameters_give_nc_back)
{
    check_recovery(FIT_PARAMETERS);
}

/* Hints that are wrong by up to 10^6 in R(0). */
TEST(start_is_found_from_distant_hints)
{
    static const double factor[] = {1e-6, 1e-3, 0.05, 13.1, 150};
    for (int i = 0; i < 5; i++) {
        struct sheet sheet;
        struct fit fit;
        struct fit_system hint = one_skill;
        hint.skill.initial *= factor[i];
        lay_exact(&sheet, FIT_TIME, 21.3, 1, 41);
        assert_int_equal(fit_constant(FIT_TIME_AND_START, &hint, &sheet.data, &fit),
                         STATUS_OK);
        assert_close(fit.constant.mean, 21.3, 1e-7);
        assert_close(fit.initial.mean / one_skill.skill.initial, 1, 1e-7);
    }
}

TEST(given_start_is_reported_as_given)
{
    struct sheet sheet;
    struct fit fit;
    lay_exact(&sheet, FIT_TIME, 21.3, 1, 41);
    assert_int_equal(fit_sheet(FIT_TIME, &sheet, &fit), STATUS_OK);
    assert_true(fit.initial.mean == one_skill.skill.initial);
}

/* A start that is ten times too small needs a larger speed, about ln c / ln(10 c) in kappa. */
TEST(wrong_start_hides_in_kappa)
{
    struct sheet sheet;
    struct fit fit;
    struct fit_system wrong = one_skill;
    wrong.skill.initial /= 10;
    lay_exact(&sheet, FIT_TIME, 21.3, 1, 41);
    assert_int_equal(fit_constant(FIT_TIME, &wrong, &sheet.data, &fit), STATUS_OK);
    double c = one_skill.skill.target / one_skill.skill.initial - 1;
    assert_close(fit.constant.mean / 21.3, log(c) / log(10 * c), 0.02);
    assert_true(fit.residual > 0.02);
}

/* ---- minima against fine grids */

/* E by a plain double sum over all values, up to its constant part. */
static double typed_cost(enum fit_curve curve, const struct sheet *sheet, double constant)
{
    double sum = 0;
    for (int i = 0; i < sheet->data.repeats * sheet->data.points; i++) {
        double f = typed(curve, &one_skill, constant, sheet->resource[i % sheet->data.points]);
        if (isfinite(sheet->value[i]))
            sum += (sheet->value[i] - f) * (sheet->value[i] - f);
    }
    return sum;
}

enum { GRID = 4000 };

static double grid_constant(double constant, int i)
{
    return constant * exp((i - GRID / 2) * 4e-3);
}

static double grid_minimum(enum fit_curve curve, const struct sheet *sheet, double constant,
                           double *where)
{
    double least = INFINITY;
    for (int i = 0; i < GRID; i++) {
        double sum = typed_cost(curve, sheet, grid_constant(constant, i));
        if (sum < least) {
            least = sum;
            *where = grid_constant(constant, i);
        }
    }
    return least;
}

/* Noise of a few sizes; with the larger ones means exceed 1, minima abound, some on knots.
   Nothing on the grid may be lower than the fit; and the fit must be no higher than its
   neighbours at a relative distance of 10^-4. */
static void check_grid_to(enum fit_curve curve, int missing, double end)
{
    static const double noise[] = {0.01, 0.1, 0.4};
    for (int i = 0; i < 12; i++) {
        struct sheet sheet;
        struct fit fit;
        double where = 0;
        struct stream stream = stream_open(2385, (uint64_t)(100 * curve + i), PURPOSE_TEST);
        lay_grid(&sheet, curve, 21.3, 1, 14);
        for (int j = 0; j < 14; j++)
            sheet.resource[j] *= end;
        fill(&sheet, curve, 21.3, noise[i % 3], &stream);
        for (int j = 0; j < missing; j++)
            sheet.value[stream_below(&stream, 14)] = NAN;
        double least = grid_minimum(curve, &sheet, 21.3, &where);
        if (fit_sheet(curve, &sheet, &fit) == STATUS_CONVERGENCE) {
            assert_true(noise[i % 3] > 0.3);
            continue;
        }
        double found = typed_cost(curve, &sheet, fit.constant.mean);
        assert_true(found <= least * (1 + 1e-9));
        assert_true(found <= typed_cost(curve, &sheet, fit.constant.mean * 1.0001));
        assert_true(found <= typed_cost(curve, &sheet, fit.constant.mean * 0.9999));
    }
}

/* Saturated early, as usual, and not within the data. */
static void check_against_grid(enum fit_curve curve, int missing)
{
    check_grid_to(curve, missing, 2.1);
    check_grid_to(curve, missing, 1);
    check_grid_to(curve, missing, curve < FIT_STRENGTH_BY_LOSS ? 0.65 : 0.55);
}

TEST(no_grid_point_is_below_the_fit_of_time)
{
    check_against_grid(FIT_TIME, 0);
    check_against_grid(FIT_TIME, 3);
}

TEST(no_grid_point_is_below_the_fit_of_strength_from_loss)
{
    check_against_grid(FIT_STRENGTH_BY_LOSS, 0);
    check_against_grid(FIT_STRENGTH_BY_LOSS, 3);
}

TEST(no_grid_point_is_below_the_fit_of_correlation)
{
    check_against_grid(FIT_STRENGTH_BY_CORRELATION, 0);
    check_against_grid(FIT_STRENGTH_BY_CORRELATION, 3);
}

TEST(no_grid_point_is_below_the_fit_of_loss)
{
    check_against_grid(FIT_LOSS_BY_LOSS, 0);
    check_against_grid(FIT_LOSS_BY_LOSS, 3);
}

TEST(no_grid_point_is_below_the_fit_of_loss_of_correlation)
{
    check_against_grid(FIT_LOSS_BY_CORRELATION, 0);
    check_against_grid(FIT_LOSS_BY_CORRELATION, 3);
}

TEST(no_grid_point_is_below_the_fit_of_parameters)
{
    check_against_grid(FIT_PARAMETERS, 0);
    check_against_grid(FIT_PARAMETERS, 3);
}

/* Strengths that rise, pause and rise again: at least three valleys, of which the lowest is
   known from the grid. */
TEST(lowest_of_several_valleys_is_found)
{
    static const double strength[] = {0, 0.55, 0.5, 0.58, 0.52, 0.6, 0.95, 0.97};
    struct sheet sheet;
    struct fit fit;
    double where = 0;
    int valleys = 0;
    lay_grid(&sheet, FIT_PARAMETERS, 5, 1, 8);
    for (int j = 0; j < 8; j++) {
        sheet.resource[j] = j * j;
        sheet.value[j] = strength[j];
    }
    grid_minimum(FIT_PARAMETERS, &sheet, 5, &where);
    for (int i = 1; i < GRID - 1; i++) {
        double here = typed_cost(FIT_PARAMETERS, &sheet, grid_constant(5, i));
        valleys += here < typed_cost(FIT_PARAMETERS, &sheet, grid_constant(5, i - 1))
                   && here < typed_cost(FIT_PARAMETERS, &sheet, grid_constant(5, i + 1));
    }
    assert_true(valleys >= 3);
    assert_int_equal(fit_sheet(FIT_PARAMETERS, &sheet, &fit), STATUS_OK);
    assert_close(fit.constant.mean / where, 1, 4e-3);
}

/* Below the knot at 10 the slope of E is -2 * 10 * 0.2, beyond it 0 until the next point:
   the kink is a valley.  Points at 4 and 6 lie on the line of N_c = 10. */
TEST(minimum_on_a_knot_is_found)
{
    const double resource[] = {4, 6, 10, 20}, value[] = {0.4, 0.6, 1.2, 1.1};
    struct fit_data data = {1, 4, resource, value};
    struct fit fit;
    assert_int_equal(fit_constant(FIT_PARAMETERS, &one_skill, &data, &fit), STATUS_OK);
    assert_close(fit.constant.mean, 10, 1e-7);
    assert_close(fit.residual, sqrt((0.04 + 0.01) / 4), 1e-9);
}

/* Two parameters: no neighbour in a ring around the fit of a repeat is lower, however it is noisy. */
TEST(fit_of_two_parameters_is_lowest_in_its_neighbourhood)
{
    for (int i = 0; i < 30; i++) {
        struct sheet sheet;
        struct fit fit;
        struct stream stream = stream_open(2385, (uint64_t)(900 + i), PURPOSE_TEST);
        lay_grid(&sheet, FIT_TIME, 21.3, 1, 23);
        fill(&sheet, FIT_TIME, 21.3, 0.05, &stream);
        assert_int_equal(fit_sheet(FIT_TIME_AND_START, &sheet, &fit), STATUS_OK);
        for (int direction = 0; direction < 16; direction++) {
            struct fit_system there = one_skill, beside = one_skill;
            double angle = direction * 0.3927, sum[2] = {0};
            there.skill.initial = fit.initial.mean;
            beside.skill.initial = fit.initial.mean * (1 + 1e-3 * cos(angle));
            for (int k = 0; k < 23; k++) {
                double T = sheet.resource[k], kappa = fit.constant.mean;
                sum[0] += pow(sheet.value[k] - typed(FIT_TIME, &there, kappa, T), 2);
                kappa *= 1 + 1e-3 * sin(angle);
                sum[1] += pow(sheet.value[k] - typed(FIT_TIME, &beside, kappa, T), 2);
            }
            assert_true(sum[0] < sum[1]);
        }
    }
}

/* ---- values that are not there */

TEST(repeat_of_nan_is_as_if_it_were_not_there)
{
    struct sheet sheet;
    struct fit with, without;
    struct stream stream = stream_open(2385, 51, PURPOSE_TEST);
    lay_grid(&sheet, FIT_STRENGTH_BY_LOSS, 811.3, 10, 20);
    fill(&sheet, FIT_STRENGTH_BY_LOSS, 811.3, 0.05, &stream);
    sheet.data.repeats = 9;
    assert_int_equal(fit_sheet(FIT_STRENGTH_BY_LOSS, &sheet, &without), STATUS_OK);
    sheet.data.repeats = 10;
    memmove(sheet.value + 20, sheet.value, sizeof(double) * 9 * 20);
    for (int j = 0; j < 20; j++)
        sheet.value[j] = NAN;
    assert_int_equal(fit_sheet(FIT_STRENGTH_BY_LOSS, &sheet, &with), STATUS_OK);
    assert_int_equal(with.constant.count, 9);
    assert_int_equal(with.left_out, 20);
    assert_int_equal(without.left_out, 0);
    assert_true(with.constant.mean == without.constant.mean);
    assert_true(with.constant.low == without.constant.low);
    assert_true(with.constant.high == without.constant.high);
    assert_true(with.scatter == without.scatter);
}

TEST(first_repeat_may_be_the_one_that_diverged)
{
    struct sheet sheet;
    struct fit fit;
    lay_exact(&sheet, FIT_TIME, 21.3, 9, 30);
    for (int j = 0; j < 30; j++)
        sheet.value[j] = NAN;
    assert_int_equal(fit_sheet(FIT_TIME, &sheet, &fit), STATUS_OK);
    assert_int_equal(fit.constant.count, 8);
    assert_close(fit.constant.low, 21.3, 1e-8);
    assert_close(fit.constant.high, 21.3, 1e-8);
}

TEST(infinite_values_are_left_out)
{
    struct sheet sheet;
    struct fit fit;
    lay_exact(&sheet, FIT_TIME, 21.3, 3, 30);
    sheet.value[17] = INFINITY;
    sheet.value[18] = -INFINITY;
    sheet.value[19] = NAN;
    assert_int_equal(fit_sheet(FIT_TIME, &sheet, &fit), STATUS_OK);
    assert_int_equal(fit.left_out, 3);
    assert_close(fit.constant.mean, 21.3, 1e-8);
}

/* Two repeats at 0.4 and 0.6, and one of them at another point: it alone fixes N_c = 1/u, where
   (0.4 - 10 u)^2 + (0.9 - 16 u)^2 is least; the residual is that of both, two values counting
   twice. */
TEST(points_weigh_by_the_number_of_their_values)
{
    const double resource[] = {10, 16}, value[] = {0.4, 0.9, 0.6, NAN};
    struct fit_data data = {2, 2, resource, value};
    struct fit fit;
    assert_int_equal(fit_constant(FIT_PARAMETERS, &one_skill, &data, &fit), STATUS_OK);
    double u = 18.4 / 356;
    assert_close(fit.constant.mean, 1 / u, 1e-8);
    assert_int_equal(fit.unresolved, 1);
    assert_close(fit.residual, sqrt((2 * pow(0.5 - 10 * u, 2) + pow(0.9 - 16 * u, 2)) / 3), 1e-9);
    assert_close(fit.scatter, sqrt(0.02 / 3), 1e-12);
}

/* ---- degenerate data */

static void check_flat(double value, double constant)
{
    for (int curve = 0; curve < CURVES; curve++) {
        struct sheet sheet;
        struct fit fit;
        bool falls = curve == FIT_LOSS_BY_LOSS || curve == FIT_LOSS_BY_CORRELATION;
        lay_grid(&sheet, (enum fit_curve)curve, 21.3, 9, 20);
        fill_with(&sheet, falls ? 1 - value : value);
        sheet.value[0] = falls ? 1 : 0;
        assert_int_equal(fit_sheet((enum fit_curve)curve, &sheet, &fit), STATUS_CONVERGENCE);
        assert_true(fit.constant.mean == constant);
        assert_true(constant > 0 ? fit.constant.low > 0 && fit.constant.high == INFINITY
                                 : fit.constant.low == 0 && isfinite(fit.constant.high));
        assert_int_equal(fit.constant.count, 9);
    }
}

TEST(nothing_emerged_is_an_infinite_constant)
{
    check_flat(0, INFINITY);
}

TEST(everything_emerged_is_a_constant_of_zero)
{
    check_flat(1, 0);
}

TEST(noise_about_zero_is_nothing_emerged)
{
    struct stream stream = stream_open(2385, 52, PURPOSE_TEST);
    for (int curve = 0; curve < CURVES; curve++) {
        struct sheet sheet;
        struct fit fit;
        bool falls = curve == FIT_LOSS_BY_LOSS || curve == FIT_LOSS_BY_CORRELATION;
        lay_grid(&sheet, (enum fit_curve)curve, 21.3, 9, 20);
        for (int i = 0; i < 9 * 20; i++)
            sheet.value[i] = (falls ? 1 : 0) + 0.01 * stream_normal(&stream);
        assert_int_equal(fit_sheet((enum fit_curve)curve, &sheet, &fit), STATUS_CONVERGENCE);
        assert_true(fit.constant.mean == INFINITY);
    }
}

/* On the line of N_c = 10, up to 4.9 units and up to 5.1. */
TEST(rise_must_reach_one_half_to_be_fitted)
{
    const double value[] = {0.1, 0.3, 0.49}, short_of[] = {1, 3, 4.9};
    const double more[] = {0.1, 0.3, 0.51}, beyond[] = {1, 3, 5.1};
    struct fit fit;
    assert_int_equal(fit_constant(FIT_PARAMETERS, &one_skill,
                                  &(struct fit_data){1, 3, short_of, value}, &fit),
                     STATUS_CONVERGENCE);
    assert_true(fit.constant.mean == INFINITY);
    assert_int_equal(fit_constant(FIT_PARAMETERS, &one_skill,
                                  &(struct fit_data){1, 3, beyond, more}, &fit),
                     STATUS_OK);
    assert_close(fit.constant.mean, 10, 1e-8);
}

TEST(single_point_is_out_of_range)
{
    for (int curve = 0; curve < CURVES; curve++) {
        struct sheet sheet;
        struct fit fit;
        lay_exact(&sheet, (enum fit_curve)curve, 21.3, 9, 2);
        assert_int_equal(fit_sheet((enum fit_curve)curve, &sheet, &fit), STATUS_RANGE);
        sheet.data.points = 1;
        assert_int_equal(fit_sheet((enum fit_curve)curve, &sheet, &fit), STATUS_RANGE);
        assert_true(isnan(fit.constant.mean) && isnan(fit.residual));
    }
}

TEST(two_points_fix_one_constant_but_not_two)
{
    struct sheet sheet;
    struct fit fit;
    lay_exact(&sheet, FIT_TIME, 21.3, 1, 3);
    assert_int_equal(fit_sheet(FIT_TIME, &sheet, &fit), STATUS_OK);
    assert_close(fit.constant.mean, 21.3, 1e-8);
    assert_int_equal(fit_sheet(FIT_TIME_AND_START, &sheet, &fit), STATUS_RANGE);
}

TEST(nothing_but_nan_is_out_of_range)
{
    for (int curve = 0; curve < CURVES; curve++) {
        struct sheet sheet;
        struct fit fit;
        lay_grid(&sheet, (enum fit_curve)curve, 21.3, 9, 20);
        fill_with(&sheet, NAN);
        assert_int_equal(fit_sheet((enum fit_curve)curve, &sheet, &fit), STATUS_RANGE);
        assert_int_equal(fit.left_out, 9 * 20);
        assert_int_equal(fit.constant.count, 0);
    }
}

/* A step between two points of the grid: any small kappa and R(0) with the right ratio do. */
TEST(step_fixes_no_start)
{
    struct sheet sheet;
    struct fit fit;
    lay_grid(&sheet, FIT_TIME, 21.3, 1, 20);
    for (int j = 0; j < 20; j++)
        sheet.value[j] = j >= 10;
    assert_int_equal(fit_sheet(FIT_TIME_AND_START, &sheet, &fit), STATUS_CONVERGENCE);
    assert_true(isnan(fit.constant.mean) && isnan(fit.initial.mean));
}

TEST(one_repeat_has_no_interval)
{
    struct sheet sheet;
    struct fit fit;
    lay_exact(&sheet, FIT_TIME, 21.3, 1, 20);
    assert_int_equal(fit_sheet(FIT_TIME, &sheet, &fit), STATUS_OK);
    assert_true(isnan(fit.constant.low) && isnan(fit.constant.high) && isnan(fit.constant.sd));
    assert_true(fit.scatter == 0);
}

static void check_refused(enum fit_curve curve, const struct fit_system *system,
                          const struct fit_data *data)
{
    struct fit fit;
    assert_int_equal(fit_constant(curve, system, data, &fit), STATUS_RANGE);
    assert_true(isnan(fit.constant.mean));
}

TEST(resources_out_of_order_are_refused)
{
    static const double bad[][4] = {{1, 2, 2, 3}, {1, 3, 2, 4},        {-1, 1, 2, 3},
                                    {1, 2, NAN, 3}, {1, 2, 3, INFINITY}, {NAN, 1, 2, 3}};
    const double value[] = {0.1, 0.4, 0.7, 1};
    for (int i = 0; i < 6; i++)
        check_refused(FIT_PARAMETERS, &one_skill, &(struct fit_data){1, 4, bad[i], value});
}

TEST(empty_data_are_refused)
{
    const double resource[] = {1, 2, 3}, value[] = {0.2, 0.4, 0.6};
    check_refused(FIT_PARAMETERS, &one_skill, &(struct fit_data){0, 3, resource, value});
    check_refused(FIT_PARAMETERS, &one_skill, &(struct fit_data){1, 0, resource, value});
    check_refused(FIT_PARAMETERS, &one_skill, &(struct fit_data){-1, 3, resource, value});
}

TEST(systems_out_of_range_are_refused)
{
    const double resource[] = {1, 2, 3}, value[] = {0.2, 0.5, 0.7};
    const struct fit_data data = {1, 3, resource, value};
    static const struct fit_system bad[] = {
        {{0, 0.01, 0.037, 0.6}, 1}, {{2.385, 0, 0.037, 0.6}, 1},
        {{2.385, 2.385, 0.037, 0.6}, 1}, {{2.385, -1, 0.037, 0.6}, 1},
        {{2.385, 0.01, 0, 0.6}, 1}, {{2.385, 0.01, 0.037, 0}, 1},
        {{2.385, 0.01, 0.037, 1.1}, 1}, {{2.385, NAN, 0.037, 0.6}, 1},
        {{2.385, 0.01, NAN, 0.6}, 1}};
    for (int i = 0; i < 9; i++)
        check_refused(FIT_TIME, &bad[i], &data);
    check_refused(FIT_STRENGTH_BY_LOSS, &bad[0], &data);
    check_refused(FIT_STRENGTH_BY_CORRELATION, &bad[5], &data);
    check_refused(FIT_LOSS_BY_LOSS, &bad[6], &data);
}

TEST(units_are_fitted_to_the_first_skill_only)
{
    const double resource[] = {1, 2, 3}, value[] = {0.2, 0.5, 0.7};
    struct fit_system second = one_skill;
    second.k = 2;
    check_refused(FIT_PARAMETERS, &second, &(struct fit_data){1, 3, resource, value});
    second.k = 0;
    check_refused(FIT_PARAMETERS, &second, &(struct fit_data){1, 3, resource, value});
}

/* ---- intervals */

TEST(seven_repeats_have_no_interval_and_eight_have)
{
    struct sheet sheet;
    struct fit fit;
    struct stream stream = stream_open(2385, 53, PURPOSE_TEST);
    lay_grid(&sheet, FIT_STRENGTH_BY_CORRELATION, 811.3, 8, 20);
    fill(&sheet, FIT_STRENGTH_BY_CORRELATION, 811.3, 0.05, &stream);
    assert_int_equal(fit_sheet(FIT_STRENGTH_BY_CORRELATION, &sheet, &fit), STATUS_OK);
    assert_true(fit.constant.low < fit.constant.mean && fit.constant.mean < fit.constant.high);
    sheet.data.repeats = 7;
    assert_int_equal(fit_sheet(FIT_STRENGTH_BY_CORRELATION, &sheet, &fit), STATUS_OK);
    assert_true(isnan(fit.constant.low) && isnan(fit.constant.high));
}

/* Each repeat is a line R_r = a_r N/10, with N_c = 10/a_r. */
TEST(interval_is_that_of_whole_repeats)
{
    struct sheet sheet;
    struct fit fit;
    struct stream draws = stream_open(2385, 55, PURPOSE_TEST);
    double constant[20];
    lay_grid(&sheet, FIT_PARAMETERS, 10, 20, 12);
    for (int r = 0; r < 20; r++) {
        constant[r] = 10 / (1 + 0.1 * stream_normal(&draws));
        for (int j = 0; j < 12; j++) {
            sheet.resource[j] = (j + 1) * 0.6;
            sheet.value[r * 12 + j] = sheet.resource[j] / constant[r];
        }
    }
    struct spread spread = statistics_condense_logs(20, constant, NULL);
    assert_int_equal(fit_sheet(FIT_PARAMETERS, &sheet, &fit), STATUS_OK);
    assert_close(fit.constant.mean, spread.mean, 1e-7);
    assert_close(fit.constant.low, spread.low, 1e-7);
    assert_close(fit.constant.high, spread.high, 1e-7);
    assert_close(fit.constant.sd, spread.sd, 1e-7);
}

/* Curves with the shape and the scatter of the networks' at the grids of their runs: over time
   each repeat has a kappa of its own; of data sets and widths each point has, and a hidden unit
   is of use with probability 3/4. */
static void draw_like_networks(enum fit_curve curve, struct sheet *sheet, double constant,
                               struct stream *draws)
{
    double of_repeat = constant;
    for (int i = 0; i < sheet->data.repeats * sheet->data.points; i++) {
        double x = sheet->resource[i % sheet->data.points], here;
        if (i % sheet->data.points == 0)
            of_repeat = constant * exp(0.06 * stream_normal(draws));
        here = curve == FIT_TIME ? of_repeat : constant * exp(0.15 * stream_normal(draws));
        if (curve == FIT_PARAMETERS) {
            int useful = 0;
            for (int unit = 0; unit < x; unit++)
                useful += stream_uniform(draws) < 0.75;
            here = 0.75 * constant;
            x = useful;
        }
        sheet->value[i] = fit_value(curve, &one_skill, here, x) + 0.005 * stream_normal(draws);
    }
}

static void lay_like_runs(enum fit_curve curve, struct sheet *sheet, double constant, int repeats)
{
    static const double width[] = {1, 2, 3, 4, 5, 6, 8};
    static const double part[] = {0.2, 0.4, 0.6, 0.8, 1, 1.2, 1.4, 1.6, 1.8, 2, 2.6, 3.2, 4};
    int points = curve == FIT_TIME ? 31 : curve == FIT_PARAMETERS ? 7 : 13;
    lay_grid(sheet, curve, constant, repeats, points);
    for (int j = 0; j < points && curve != FIT_TIME; j++)
        sheet->resource[j] = curve == FIT_PARAMETERS ? width[j] : part[j] * knot(curve) * constant;
}

/* What the geometric mean of the constants of many repeats is. */
static double true_constant(enum fit_curve curve, double constant)
{
    struct stream draws = stream_open(2385, (uint64_t)(90 + curve), PURPOSE_TEST);
    double sum = 0;
    for (int i = 0; i < 30; i++) {
        struct sheet sheet;
        struct fit fit;
        lay_like_runs(curve, &sheet, constant, 60);
        draw_like_networks(curve, &sheet, constant, &draws);
        assert_int_equal(fit_sheet(curve, &sheet, &fit), STATUS_OK);
        sum += log(fit.constant.mean) / 30;
    }
    return exp(sum);
}

/* Of 1000 trials, and 300 of 50 repeats, 93 to 97 % hold the truth: at 0.95 so many trials have
   a standard error of 0.007, or 0.013.  The seeds are fixed. */
static void check_coverage(enum fit_curve curve, double constant)
{
    static const int n[] = {8, 10, 16, 50};
    double truth = true_constant(curve, constant);
    for (int i = 0; i < 4; i++) {
        struct stream draws = stream_open(2385, (uint64_t)(60 + curve), PURPOSE_TEST);
        int covering = 0, trials = n[i] < 50 ? 1000 : 300;
        for (int trial = 0; trial < trials; trial++) {
            struct sheet sheet;
            struct fit fit;
            lay_like_runs(curve, &sheet, constant, n[i]);
            draw_like_networks(curve, &sheet, constant, &draws);
            assert_int_equal(fit_sheet(curve, &sheet, &fit), STATUS_OK);
            covering += statistics_contains(truth, &fit.constant);
        }
        if (covering < 0.93 * trials || covering > 0.97 * trials)
            fail_with("curve %d: %d of %d intervals of %d repeats hold the truth", (int)curve,
                      covering, trials, n[i]);
    }
}

TEST(kappa_is_covered_at_every_number_of_repeats)
{
    check_coverage(FIT_TIME, 22);
}

TEST(dc_is_covered_at_every_number_of_repeats)
{
    check_coverage(FIT_STRENGTH_BY_LOSS, 500);
    check_coverage(FIT_STRENGTH_BY_CORRELATION, 500);
    check_coverage(FIT_LOSS_BY_LOSS, 500);
}

TEST(nc_is_covered_at_every_number_of_repeats)
{
    check_coverage(FIT_PARAMETERS, 3.5);
}

/* Five repeats have N_c = 6, three have less than one half at 6 units, so N_c > 12. */
TEST(repeats_that_do_not_emerge_open_the_interval)
{
    static const double bound[] = {6, 6, 6, 6, 6, 12, 12, 12};
    struct sheet sheet;
    struct fit fit;
    lay_grid(&sheet, FIT_PARAMETERS, 5, 8, 6);
    for (int r = 0; r < 8; r++)
        for (int j = 0; j < 6; j++) {
            sheet.resource[j] = j + 1;
            sheet.value[r * 6 + j] = r < 5 ? fmin(1, (j + 1) / 6.) : 0;
        }
    assert_int_equal(fit_sheet(FIT_PARAMETERS, &sheet, &fit), STATUS_OK);
    assert_close(fit.constant.low, statistics_condense_logs(8, bound, NULL).low, 1e-8);
    assert_true(fit.constant.high == INFINITY && fit.emergence.high == INFINITY);
    assert_int_equal(fit.unresolved, 3);
    assert_int_equal(fit.constant.count, 8);
}

/* Each repeat passes one half at N_c/2. */
TEST(emergence_beside_a_constant_needs_no_model)
{
    struct sheet sheet;
    struct fit fit;
    lay_exact(&sheet, FIT_PARAMETERS, 10, 9, 18);
    assert_int_equal(fit_sheet(FIT_PARAMETERS, &sheet, &fit), STATUS_OK);
    assert_close(fit.emergence.mean, 5, 1e-9);
    lay_exact(&sheet, FIT_LOSS_BY_LOSS, 10, 9, 18);
    assert_int_equal(fit_sheet(FIT_LOSS_BY_LOSS, &sheet, &fit), STATUS_OK);
    assert_close(fit.emergence.mean, 5 / one_skill.skill.probability, 1e-9);
}

TEST(fitted_start_has_an_interval)
{
    struct sheet sheet;
    struct fit fit;
    struct stream stream = stream_open(2385, 57, PURPOSE_TEST);
    lay_grid(&sheet, FIT_TIME, 21.3, 12, 25);
    fill(&sheet, FIT_TIME, 21.3, 0.02, &stream);
    assert_int_equal(fit_sheet(FIT_TIME_AND_START, &sheet, &fit), STATUS_OK);
    assert_int_equal(fit.unresolved, 0);
    assert_true(fit.initial.low < fit.initial.mean && fit.initial.mean < fit.initial.high);
    assert_true(fit.initial.low < one_skill.skill.initial
                && one_skill.skill.initial < fit.initial.high);
    assert_true(fit.constant.low < 21.3 && 21.3 < fit.constant.high);
}

/* A step has no shape, and nothing is known of its start. */
TEST(repeat_that_cannot_be_fitted_opens_both_ends)
{
    struct sheet sheet;
    struct fit fit;
    lay_exact(&sheet, FIT_TIME, 21.3, 9, 20);
    for (int j = 0; j < 20; j++)
        sheet.value[j] = j >= 10;
    assert_int_equal(fit_sheet(FIT_TIME_AND_START, &sheet, &fit), STATUS_OK);
    assert_int_equal(fit.unresolved, 1);
    assert_close(fit.constant.mean, 21.3, 1e-6);
    assert_true(fit.constant.low == 0 && fit.constant.high == INFINITY);
}

/* ---- repeats that emerge at different times */

/* Logistics whose emergence times spread by 7 %, each with its own R(0) and the same kappa.
   c = 2 10^5, delta = 0.07 ln c tau. */
static double spread_starts(struct sheet *sheet, struct fit_system *system)
{
    double variance = 0, phi = -log(2e5);
    *system = one_skill;
    system->skill.initial = system->skill.target / (1 + 2e5);
    lay_grid(sheet, FIT_TIME, 40, 41, 61);
    for (int r = 0; r < 41; r++) {
        struct fit_system other = *system;
        double z = gsl_cdf_ugaussian_Pinv((r + 0.5) / 41), shift = 0.07 * 12.2 * z;
        variance += shift * shift / 41;
        other.skill.initial = system->skill.target / (1 + exp(-phi - shift));
        for (int j = 0; j < 61; j++)
            sheet->value[r * 61 + j] = typed(FIT_TIME, &other, 21.3, sheet->resource[j]);
    }
    return variance;
}

TEST(fit_of_each_repeat_keeps_its_steepness)
{
    struct sheet sheet;
    struct fit_system system;
    spread_starts(&sheet, &system);
    for (int r = 0; r < 41; r++) {
        struct fit_data one = {1, 61, sheet.resource, sheet.value + r * 61};
        struct fit fit;
        assert_int_equal(fit_constant(FIT_TIME_AND_START, &system, &one, &fit),
                         STATUS_OK);
        assert_close(fit.constant.mean, 21.3, 1e-6);
        assert_close(fit.residual, 0, 1e-7);
    }
}

/* The text: the mean looks like a logistic with tau^2 + 3 delta^2/pi^2; the repeats do not. */
TEST(fit_of_their_mean_is_too_slow_as_the_text_says)
{
    struct sheet sheet;
    struct fit_system system;
    struct fit fit;
    double delta2 = spread_starts(&sheet, &system), pi = 3.14159265358979, mean[61] = {0};
    struct fit_data one = {1, 61, sheet.resource, mean};
    for (int i = 0; i < 41 * 61; i++)
        mean[i % 61] += sheet.value[i] / 41;
    assert_int_equal(fit_constant(FIT_TIME_AND_START, &system, &one, &fit), STATUS_OK);
    assert_close(fit.constant.mean / 21.3, sqrt(1 + 3 * delta2 / (pi * pi)), 0.03);
    assert_int_equal(fit_constant(FIT_TIME, &system, &sheet.data, &fit), STATUS_OK);
    assert_close(fit.constant.mean / 21.3, 1, 0.01);
    assert_int_equal(fit_constant(FIT_TIME_AND_START, &system, &sheet.data, &fit), STATUS_OK);
    assert_close(fit.constant.mean, 21.3, 1e-6);
}

/* ---- predictions */

static struct fit_system skill_of_five(int k)
{
    struct fit_system system = one_skill;
    system.skill.probability = task_probability(0.6, 5, k);
    system.k = k;
    return system;
}

static enum status predict(enum fit_curve curve, const struct fit_system *system,
                           double constant, const struct fit_data *data,
                           struct fit_prediction *prediction)
{
    prediction->constant = statistics_exactly(constant);
    return fit_predict(curve, system, data, prediction);
}

/* Data of a skill made with one constant, on a grid that ends at end times the knot. */
static void measure(struct sheet *sheet, enum fit_curve curve, const struct fit_system *system,
                    double constant, int repeats, double end)
{
    double last = knot(curve) * constant * end * one_skill.skill.probability
                  / system->skill.probability;
    if (curve == FIT_PARAMETERS)
        last = constant * (system->k - 1 + end);
    sheet->data = (struct fit_data){repeats, 60, sheet->resource, sheet->value};
    for (int i = 0; i < repeats * 60; i++) {
        sheet->resource[i % 60] = last * (i % 60) / 59;
        sheet->value[i] = typed(curve, system, constant, sheet->resource[i % 60]);
    }
}

TEST(right_constant_predicts_every_skill)
{
    for (int curve = 0; curve < CURVES; curve++)
        for (int k = 1; k <= 5; k++) {
            struct sheet sheet;
            struct fit_prediction prediction;
            struct fit_system system = skill_of_five(k);
            measure(&sheet, (enum fit_curve)curve, &system, 37.1, 3, 1.4);
            assert_int_equal(predict((enum fit_curve)curve, &system, 37.1, &sheet.data, &prediction), STATUS_OK);
            assert_close(prediction.residual, 0, 1e-12);
            assert_close(prediction.ratio.mean, 1, 1e-10);
            assert_int_equal(prediction.emergence.count, 3);
            assert_true(isnan(prediction.emergence.low));
        }
}

/* All curves depend on resource / constant, so emergence is proportional to the constant. */
TEST(wrong_constant_gives_the_ratio_of_constants)
{
    for (int curve = 0; curve < CURVES; curve++)
        for (int k = 1; k <= 5; k++) {
            struct sheet sheet;
            struct fit_prediction prediction;
            struct fit_system system = skill_of_five(k);
            measure(&sheet, (enum fit_curve)curve, &system, 37.1, 3, 1.4);
            assert_int_equal(predict((enum fit_curve)curve, &system, 37.1 / 1.2, &sheet.data,
                                         &prediction), STATUS_OK);
            assert_close(prediction.ratio.mean, 1.2, 0.01);
            assert_true(prediction.residual > 0.01);
        }
}

TEST(residual_of_a_prediction_is_the_plain_one)
{
    struct sheet sheet;
    struct fit_prediction prediction;
    struct fit_system system = skill_of_five(2);
    double sum = 0;
    measure(&sheet, FIT_STRENGTH_BY_LOSS, &system, 811.3, 2, 1.4);
    for (int j = 0; j < 60; j++) {
        double x = fmin(1, sheet.resource[j] * system.skill.probability / 700);
        sum += pow(sheet.value[j] - x, 2);
    }
    assert_int_equal(predict(FIT_STRENGTH_BY_CORRELATION, &system, 700, &sheet.data, &prediction), STATUS_OK);
    assert_close(prediction.residual, sqrt(sum / 60), 1e-12);
}

/* Grids that end before the prediction; the closed forms of emergence.h are the truth. */
TEST(predictions_beyond_the_data_are_those_of_the_closed_forms)
{
    for (int k = 1; k <= 5; k++) {
        struct sheet sheet;
        struct fit_prediction p;
        struct fit_system system = skill_of_five(k);
        struct skill skill = {2.385, 0.0137, 0.037, system.skill.probability};
        double T = emergence_extended_time_to_reach(skill, 37.1, 0.5);
        measure(&sheet, FIT_TIME, &system, 37.1, 1, 0.3);
        assert_int_equal(predict(FIT_TIME, &system, 37.1, &sheet.data, &p), STATUS_OK);
        assert_close(p.predicted / T, 1, 1e-12);
        assert_close(p.ratio.mean, sheet.resource[59] / T, 1e-12); /* at least */
        measure(&sheet, FIT_STRENGTH_BY_LOSS, &system, 811.3, 1, 0.3);
        assert_int_equal(predict(FIT_STRENGTH_BY_LOSS, &system, 811.3, &sheet.data, &p), STATUS_OK);
        assert_close(p.predicted / emergence_extended_data_to_reach(skill, 811.3, 0.5), 1, 1e-12);
        assert_int_equal(predict(FIT_LOSS_BY_LOSS, &system, 811.3, &sheet.data, &p),
                         STATUS_OK);
        assert_close(p.predicted
                         / emergence_extended_data_to_reach_correlation(skill, 811.3, 0.5),
                     1, 1e-12);
        measure(&sheet, FIT_PARAMETERS, &system, 3.7, 1, 0.3);
        assert_int_equal(predict(FIT_PARAMETERS, &system, 3.7, &sheet.data, &p),
                         STATUS_OK);
        assert_close(p.predicted, 3.7 * (k - 0.5), 1e-12);
    }
}

/* The run ends at 1.1 times the knot: the ratio is at least that, whatever it may be. */
TEST(skill_that_has_not_emerged_has_a_bound)
{
    struct sheet sheet;
    struct fit_prediction prediction;
    struct fit_system system = skill_of_five(3);
    measure(&sheet, FIT_TIME, &system, 37.1, 8, 1.1);
    fill_with(&sheet, 0.2);
    assert_int_equal(predict(FIT_TIME, &system, 37.1, &sheet.data, &prediction), STATUS_OK);
    assert_close(prediction.ratio.low, sheet.resource[59] / prediction.predicted, 1e-12);
    assert_true(prediction.ratio.high == INFINITY);
}

TEST(skill_that_has_emerged_before_the_first_point_has_a_bound)
{
    const double resource[] = {500, 1000};
    double value[16];
    struct fit_data data = {8, 2, resource, value};
    struct fit_prediction prediction;
    for (int i = 0; i < 16; i++)
        value[i] = i % 2 ? 1 : 0.8;
    assert_int_equal(predict(FIT_STRENGTH_BY_CORRELATION, &one_skill, 100, &data, &prediction),
                     STATUS_OK);
    assert_close(prediction.predicted, 50 / one_skill.skill.probability, 1e-9);
    assert_close(prediction.ratio.high, 500 / prediction.predicted, 1e-9);
    assert_true(prediction.ratio.low == 0);
}

/* 8 repeats of an exact curve, with a constant known to 20 %: the ratio is no better known. */
TEST(prediction_carries_the_uncertainty_of_its_constant)
{
    struct sheet sheet;
    struct fit_prediction prediction = {.constant = {9, 37.1, 1, 37.1 / 1.2, 37.1 * 1.2}};
    struct fit_system system = skill_of_five(3);
    measure(&sheet, FIT_TIME, &system, 37.1, 8, 1.4);
    assert_int_equal(fit_predict(FIT_TIME, &system, &sheet.data, &prediction), STATUS_OK);
    assert_close(prediction.ratio.low, 1 / 1.2, 1e-9);
    assert_close(prediction.ratio.high, 1.2, 1e-9);
    assert_int_equal(prediction.ratio.count, 8);
}

TEST(start_above_one_half_has_emerged_at_once)
{
    const double resource[] = {50, 100}, value[] = {0.3, 0.8};
    struct fit_data data = {1, 2, resource, value};
    struct fit_system early = one_skill;
    struct fit_prediction prediction;
    early.skill.initial = 0.7 * early.skill.target;
    assert_int_equal(predict(FIT_TIME, &early, 22, &data, &prediction), STATUS_OK);
    assert_true(prediction.predicted == 0);
    assert_close(prediction.emergence.mean, 70, 1e-12);
}

/* Lines a_r N/10 pass 1/2 at 5/a_r. */
TEST(emergence_has_the_interval_of_its_repeats)
{
    static const double a[] = {0.8, 0.9, 0.95, 1, 1, 1.05, 1.1, 1.2};
    struct sheet sheet;
    struct fit_prediction prediction;
    double passage[8];
    for (int r = 0; r < 8; r++)
        passage[r] = 5 / a[r];
    struct spread factor = statistics_condense_logs(8, passage, NULL);
    sheet.data = (struct fit_data){8, 60, sheet.resource, sheet.value};
    for (int i = 0; i < 8 * 60; i++) {
        sheet.resource[i % 60] = (i % 60) * 0.15;
        sheet.value[i] = a[i / 60] * sheet.resource[i % 60] / 10;
    }
    assert_int_equal(predict(FIT_PARAMETERS, &one_skill, 10, &sheet.data, &prediction), STATUS_OK);
    assert_close(prediction.emergence.mean, factor.mean, 1e-12);
    assert_close(prediction.emergence.low, factor.low, 1e-12);
    assert_close(prediction.emergence.high, factor.high, 1e-12);
}

TEST(diverged_values_are_left_out_of_predictions)
{
    struct sheet sheet;
    struct fit_prediction prediction;
    struct fit_system system = skill_of_five(2);
    measure(&sheet, FIT_TIME, &system, 37.1, 2, 1.4);
    for (int j = 20; j < 60; j++)
        sheet.value[60 + j] = NAN;
    assert_int_equal(predict(FIT_TIME, &system, 37.1, &sheet.data, &prediction),
                     STATUS_OK);
    assert_int_equal(prediction.left_out, 40);
    assert_close(prediction.residual, 0, 1e-12);
    assert_close(prediction.ratio.mean, sqrt(sheet.resource[19] / prediction.predicted), 1e-10);
    fill_with(&sheet, NAN);
    assert_int_equal(predict(FIT_TIME, &system, 37.1, &sheet.data, &prediction),
                     STATUS_RANGE);
}

TEST(constants_out_of_range_predict_nothing)
{
    const double bad[] = {0, -3, NAN, INFINITY};
    struct sheet sheet;
    struct fit_prediction prediction;
    measure(&sheet, FIT_TIME, &one_skill, 37.1, 1, 1.4);
    for (int i = 0; i < 4; i++) {
        assert_int_equal(predict(FIT_TIME, &one_skill, bad[i], &sheet.data, &prediction), STATUS_RANGE);
        assert_true(isnan(prediction.residual) && isnan(prediction.ratio.mean));
    }
}

/* ---- shapes and widths */

TEST(shape_of_the_curve_itself_is_one_whatever_the_constant)
{
    static const double level[] = {0.25, 0.5};
    for (int curve = 0; curve < CURVES; curve++) {
        struct sheet sheet;
        struct spread ratio;
        lay_exact(&sheet, (enum fit_curve)curve, 37.1, 8, 64);
        assert_int_equal(fit_shape((enum fit_curve)curve, &one_skill, &sheet.data, level, &ratio),
                         STATUS_OK);
        assert_close(ratio.mean, 1, 0.01);
        assert_int_equal(ratio.count, 8);
    }
}

/* A logistic that waits as long and rises three times as slowly. */
TEST(shape_of_a_slow_rise_is_told)
{
    static const double level[] = {0.1, 0.9};
    struct sheet sheet;
    struct spread ratio;
    struct fit_system steep = one_skill;
    steep.skill.initial = 1e-6;
    lay_grid(&sheet, FIT_TIME, 60, 8, 64);
    double half = emergence_extended_time_to_reach(one_skill.skill, 37.1, 0.5);
    double times = emergence_extended_time_to_reach(steep.skill, 37.1, 0.5) / half;
    for (int i = 0; i < 8 * 64; i++)
        sheet.value[i] = fit_value(FIT_TIME, &one_skill, 37.1, sheet.resource[i % 64]);
    assert_int_equal(fit_shape(FIT_TIME, &steep, &sheet.data, level, &ratio), STATUS_OK);
    assert_close(ratio.mean / times, 1, 0.02);
}

TEST(rise_that_is_cut_short_is_at_least_what_is_seen)
{
    static const double level[] = {0.25, 0.9};
    struct sheet sheet;
    struct spread ratio;
    lay_exact(&sheet, FIT_TIME, 37.1, 8, 64);
    for (int j = 0; j < 64; j++)
        sheet.value[j] = fmin(sheet.value[j], 0.8);
    assert_int_equal(fit_shape(FIT_TIME, &one_skill, &sheet.data, level, &ratio), STATUS_OK);
    assert_true(ratio.high == INFINITY && ratio.low > 0);
    fill_with(&sheet, 0.3);
    assert_int_equal(fit_shape(FIT_TIME, &one_skill, &sheet.data, level, &ratio), STATUS_OK);
    assert_int_equal(ratio.count, 0);
    assert_int_equal(fit_shape(FIT_TIME, &one_skill, &sheet.data, (double[]){0.5, 0.5}, &ratio),
                     STATUS_RANGE);
}

TEST(capacity_is_the_best_and_trainability_the_share)
{
    const double resource[] = {1, 2}, value[] = {0.1, 0.9, 0.6, NAN, 0.5, 0.4};
    struct fit_data data = {3, 2, resource, value};
    double best[2];
    struct spread learned[2];
    fit_widths(&data, 0.5, best, learned);
    assert_true(best[0] == 0.6 && best[1] == 0.9);
    assert_close(learned[0].mean, 2. / 3, 1e-15);
    assert_close(learned[1].mean, 1. / 3, 1e-15);
    assert_int_equal(learned[1].count, 3);
}

/* ---- noise, censoring, truncation */

/* The verdict on five skills that follow the model, with noise, runs that end at a point of the
   grid, and only the first so many in the table. */
static int rank_of_five(double noise, int points, int skills, uint64_t identity)
{
    struct stream draws = stream_open(2385, identity, PURPOSE_TEST);
    struct spread ratio[5];
    for (int k = 1; k <= 5; k++) {
        struct sheet sheet;
        struct fit_prediction prediction = {.constant = {10, 37.1, 0.4, 36.9, 37.3}};
        struct fit_system system = skill_of_five(k), slowest = skill_of_five(5);
        double value[8 * 60];
        measure(&sheet, FIT_TIME, &slowest, 37.1, 8, 1.4);
        for (int r = 0; r < 8; r++) {
            double constant = 37.1 * exp(noise * stream_normal(&draws));
            for (int j = 0; j < points; j++)
                value[r * points + j] = typed(FIT_TIME, &system, constant, sheet.resource[j]);
        }
        struct fit_data data = {8, points, sheet.resource, value};
        ratio[k - 1] = statistics_nothing;
        if (k > skills)
            continue;
        assert_int_equal(fit_predict(FIT_TIME, &system, &data, &prediction), STATUS_OK);
        ratio[k - 1] = prediction.ratio;
    }
    struct spread worst = statistics_worst(5, ratio);
    const char *verdict = statistics_verdict(1, &worst);
    return !strcmp(verdict, "reproduced") ? 2 : !strcmp(verdict, "partly reproduced");
}

TEST(noise_censoring_and_truncation_never_improve_a_verdict)
{
    for (uint64_t trial = 0; trial < 8; trial++) {
        int whole = rank_of_five(0.02, 60, 5, trial);
        assert_int_equal(whole, 2);
        assert_int_equal(rank_of_five(0.1, 60, 5, trial), 1);
        assert_int_equal(rank_of_five(0.5, 60, 5, trial), 0);
        assert_int_equal(rank_of_five(0.02, 40, 5, trial), 0); /* the fifth comes too late */
        assert_int_equal(rank_of_five(0.02, 20, 5, trial), 0);
        for (int skills = 1; skills < 5; skills++)
            assert_int_equal(rank_of_five(0.02, 60, skills, trial), 0);
    }
}

/* ---- contests */

static const enum fit_curve of_strength[] = {FIT_STRENGTH_BY_LOSS, FIT_STRENGTH_BY_CORRELATION};
static const enum fit_curve of_loss[] = {FIT_LOSS_BY_LOSS, FIT_LOSS_BY_CORRELATION};
static const char *const names[] = {"loss-derived", "correlation"};

/* With two constants, or with fitted ones if there are none. */
static enum status compare(const enum fit_curve curve[2], const double *constant, int skills,
                           const struct fit_system *system, const struct fit_data *data,
                           int resamples, struct stream *stream, struct fit_contest *contest)
{
    *contest = (struct fit_contest){{curve[0], curve[1]}, {NAN, NAN}, 0, {0}, 0, 0};
    for (int i = 0; constant && i < 2; i++)
        contest->constant[i] = constant[i];
    return fit_compare(skills, system, data, resamples, stream, contest);
}

static enum status contest_of(const enum fit_curve *curve, enum fit_curve truth, double noise,
                              int repeats, struct fit_contest *contest)
{
    struct sheet sheet;
    struct stream draws = stream_open(2385, 71, PURPOSE_TEST);
    struct stream stream = stream_open(2385, 71, PURPOSE_BOOTSTRAP);
    lay_grid(&sheet, truth, 811.3, repeats, 20);
    fill(&sheet, truth, 811.3, noise, &draws);
    return compare(curve, NULL, 1, &one_skill, &sheet.data, 199, &stream, contest);
}

static void check_winner(const enum fit_curve *curve, int truth)
{
    struct fit_contest contest;
    assert_int_equal(contest_of(curve, curve[truth], 0.02, 10, &contest), STATUS_OK);
    assert_int_equal(contest.better, truth);
    assert_true(contest.probability == 1);
    assert_close(contest.constant[truth], 811.3, 30);
    assert_close(contest.residual[truth], 0.02 / sqrt(10), 0.003);
    assert_true(contest.residual[1 - truth] > 0.03);
    assert_string_equal(fit_verdict(&contest, names), names[truth]);
}

TEST(true_curve_of_the_strength_wins)
{
    check_winner(of_strength, 0);
    check_winner(of_strength, 1);
}

TEST(true_curve_of_the_loss_wins)
{
    check_winner(of_loss, 0);
    check_winner(of_loss, 1);
}

/* The half-filled table of the emergence chapter: strength x and loss 1 - x at once. */
TEST(table_has_the_correlation_for_strength_and_the_line_for_loss)
{
    struct fit_contest strength, loss;
    assert_int_equal(contest_of(of_strength, FIT_STRENGTH_BY_CORRELATION, 0.01, 8, &strength),
                     STATUS_OK);
    assert_int_equal(contest_of(of_loss, FIT_LOSS_BY_LOSS, 0.01, 8, &loss), STATUS_OK);
    assert_string_equal(fit_verdict(&strength, names), "correlation");
    assert_string_equal(fit_verdict(&loss, names), "loss-derived");
}

/* The loser is fitted too: its residual is the least that it can have. */
TEST(loser_has_its_best_constant)
{
    struct sheet sheet;
    struct fit_contest contest;
    double where = 0;
    lay_exact(&sheet, FIT_STRENGTH_BY_CORRELATION, 811.3, 1, 20);
    assert_int_equal(compare(of_strength, NULL, 1, &one_skill, &sheet.data, 0, NULL, &contest),
                     STATUS_OK);
    double least = grid_minimum(FIT_STRENGTH_BY_LOSS, &sheet, 811.3, &where);
    assert_close(contest.residual[0], sqrt(least / 20), 1e-3);
    assert_true(contest.residual[0] <= sqrt(least / 20));
    assert_close(contest.constant[0] / where, 1, 0.005);
}

/* Half of the repeats follow one curve and half the other: no verdict. */
TEST(tie_is_undecided)
{
    struct sheet sheet;
    struct fit_contest contest;
    struct stream stream = stream_open(2385, 72, PURPOSE_BOOTSTRAP);
    const double constant[] = {811.3, 811.3};
    lay_grid(&sheet, FIT_STRENGTH_BY_LOSS, 811.3, 10, 20);
    for (int i = 0; i < 10 * 20; i++)
        sheet.value[i] = typed(of_strength[i / 20 % 2], &one_skill, 811.3, sheet.resource[i % 20]);
    assert_int_equal(compare(of_strength, constant, 1, &one_skill, &sheet.data, 999, &stream,
                                 &contest), STATUS_OK);
    assert_close(contest.residual[0], contest.residual[1], 1e-12);
    /* the same winner in the resamples with more than five of its kind: at most 0.377 + ties */
    assert_in_range(contest.probability * 1000, 300, 700);
    assert_string_equal(fit_verdict(&contest, names), "undecided");
}

TEST(two_bad_curves_are_neither)
{
    struct sheet sheet;
    struct fit_contest contest;
    struct stream stream = stream_open(2385, 73, PURPOSE_BOOTSTRAP);
    lay_grid(&sheet, FIT_STRENGTH_BY_LOSS, 811.3, 8, 20);
    for (int i = 0; i < 8 * 20; i++)
        sheet.value[i] = i % 20 % 2 ? 0.05 : 0.9;
    assert_int_equal(compare(of_strength, (const double[]){811.3, 811.3}, 1, &one_skill,
                                 &sheet.data, 99, &stream, &contest), STATUS_OK);
    assert_string_equal(fit_verdict(&contest, names), "neither");
}

TEST(seven_repeats_give_no_verdict)
{
    struct fit_contest contest;
    assert_int_equal(contest_of(of_strength, FIT_STRENGTH_BY_LOSS, 0.02, 7, &contest), STATUS_OK);
    assert_true(isnan(contest.probability));
    assert_string_equal(fit_verdict(&contest, names), "too few repeats");
}

TEST(verdict_needs_a_probability_of_95_per_cent)
{
    struct fit_contest contest = {{0}, {1, 1}, 10, {0.05, 0.02}, 1, 0.949};
    assert_string_equal(fit_verdict(&contest, names), "undecided");
    contest.probability = 0.951;
    assert_string_equal(fit_verdict(&contest, names), "correlation");
    contest.residual[1] = 0.1001;
    assert_string_equal(fit_verdict(&contest, names), "neither");
    contest.residual[1] = NAN;
    assert_string_equal(fit_verdict(&contest, names), "neither");
}

/* Five skills with fixed constants: the residual pools all points of all skills. */
TEST(contest_over_five_skills_pools_them)
{
    static struct sheet sheet[5];
    struct fit_system system[5];
    struct fit_data data[5];
    struct fit_contest contest;
    struct stream stream = stream_open(2385, 74, PURPOSE_BOOTSTRAP);
    double sum = 0, constant[] = {900, 800};
    for (int k = 0; k < 5; k++) {
        system[k] = skill_of_five(k + 1);
        measure(&sheet[k], FIT_STRENGTH_BY_CORRELATION, &system[k], 800, 9, 1.4);
        data[k] = sheet[k].data;
        for (int j = 0; j < 60; j++)
            sum += pow(sheet[k].value[j]
                           - typed(FIT_STRENGTH_BY_LOSS, &system[k], 900, sheet[k].resource[j]), 2);
    }
    assert_int_equal(compare(of_strength, constant, 5, system, data, 99, &stream, &contest),
                     STATUS_OK);
    assert_close(contest.residual[0], sqrt(sum / 300), 1e-12);
    assert_close(contest.residual[1], 0, 1e-12);
    assert_true(contest.constant[0] == 900 && contest.constant[1] == 800);
    assert_string_equal(fit_verdict(&contest, names), "correlation");
}

TEST(contests_out_of_range_are_refused)
{
    struct sheet sheet;
    struct fit_contest contest;
    lay_exact(&sheet, FIT_STRENGTH_BY_LOSS, 811.3, 2, 20);
    const struct fit_system system[] = {one_skill, one_skill};
    struct fit_data data[] = {sheet.data, sheet.data};
    const double good[] = {800, 800}, bad[] = {800, NAN};
    assert_int_equal(compare(of_strength, NULL, 2, system, data, 0, NULL, &contest),
                     STATUS_RANGE); /* refit of two skills */
    assert_int_equal(compare(of_strength, good, 0, system, data, 0, NULL, &contest),
                     STATUS_RANGE);
    assert_int_equal(compare(of_strength, bad, 2, system, data, 0, NULL, &contest),
                     STATUS_RANGE);
    data[1].repeats = 1;
    assert_int_equal(compare(of_strength, good, 2, system, data, 0, NULL, &contest),
                     STATUS_RANGE);
    assert_true(isnan(contest.residual[0]));
    fill_with(&sheet, NAN);
    assert_int_equal(compare(of_strength, good, 1, system, data, 0, NULL, &contest),
                     STATUS_RANGE);
    fill_with(&sheet, 0);
    assert_int_equal(compare(of_strength, NULL, 1, system, data, 0, NULL, &contest),
                     STATUS_CONVERGENCE);
}

int main(void)
{
    return run_cases("fit");
}
