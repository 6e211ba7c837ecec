#include "fit.h"
#include "stream.h"
#include <gsl/gsl_math.h>
#include <math.h>
#include <stddef.h>

enum { AUDIT_REPEATS = 5, AUDIT_POINTS = 23 };

static const struct fit_system audited_system = {{2.385, 0.0137, 0.037, 0.6385}, 1};

/* AUDIT_POINTS resources, up to 1.7 times the resource at which the knot is passed. */
static void audit_grid(enum fit_curve curve, double constant, double *resource)
{
    struct fit_problem problem = {curve, audited_system, NULL};
    for (int j = 0; j < AUDIT_POINTS; j++)
        resource[j] = constant * 1.7 / fit_knot(&problem, 1) * j / (AUDIT_POINTS - 1);
}

static void strike_out(double *value, struct stream *stream)
{
    for (int i = 0; i < AUDIT_REPEATS * AUDIT_POINTS; i++)
        if (stream_below(stream, 5) == 0)
            value[i] = NAN;
}

/* |left - right| / left of (eq:fit-split). */
static double audit_split(void)
{
    double resource[AUDIT_POINTS], value[AUDIT_REPEATS * AUDIT_POINTS];
    double memory[3 * AUDIT_POINTS];
    int times[AUDIT_REPEATS] = {1, 1, 1, 1, 1};
    struct stream stream = stream_open(2385, 31, PURPOSE_TEST);
    struct fit_average average = {0, memory, memory + AUDIT_POINTS, memory + 2 * AUDIT_POINTS};
    struct fit_data data = {AUDIT_REPEATS, AUDIT_POINTS, resource, value};
    struct fit_problem problem = {FIT_TIME, audited_system, &average};
    double left = 0;
    audit_grid(FIT_TIME, 21.3, resource);
    for (int i = 0; i < AUDIT_REPEATS * AUDIT_POINTS; i++)
        value[i] = stream_uniform(&stream);
    strike_out(value, &stream);
    for (int i = 0; i < AUDIT_REPEATS * AUDIT_POINTS; i++) {
        double f = fit_value(FIT_TIME, &audited_system, 17.9, resource[i % AUDIT_POINTS]);
        left += isnan(value[i]) ? 0 : gsl_pow_2(value[i] - f);
    }
    fit_take_average(&data, times, &average);
    return fabs(fit_cost(&problem, 17.9) + fit_spread_about(&data, &average) - left) / left;
}

/* Largest relative error of the constants found, for a curve with this constant. */
static double miss_exact(enum fit_curve curve, double constant, struct stream *stream)
{
    double resource[AUDIT_POINTS], value[AUDIT_REPEATS * AUDIT_POINTS];
    struct fit_data data = {AUDIT_REPEATS, AUDIT_POINTS, resource, value};
    struct fit_system hint = audited_system;
    struct fit fit;
    audit_grid(curve, constant, resource);
    for (int i = 0; i < AUDIT_REPEATS * AUDIT_POINTS; i++)
        value[i] = fit_value(curve, &audited_system, constant, resource[i % AUDIT_POINTS]);
    strike_out(value, stream);
    if (curve == FIT_TIME_AND_START)
        hint.skill.initial /= 17.3;
    if (fit_constant(curve, &hint, &data, &fit) != STATUS_OK)
        return NAN;
    return entry_worse(fabs(fit.constant.mean / constant - 1),
                       fabs(fit.initial.mean / audited_system.skill.initial - 1));
}

static double audit_cost(void)
{
    static const double constant[] = {0.0385, 1.37, 21.3, 823, 3.1e7};
    struct stream stream = stream_open(2385, 32, PURPOSE_TEST);
    double worst = 0;
    for (int curve = FIT_TIME; curve <= FIT_PARAMETERS; curve++)
        for (int i = 0; i < 5; i++)
            worst = entry_worse(worst, miss_exact((enum fit_curve)curve, constant[i], &stream));
    return worst;
}

/* Derivative in ln theta by central differences, extrapolated. */
static double difference(enum fit_curve curve, double constant, double resource)
{
    double h = 1e-3, coarse, fine;
    fine = (fit_value(curve, &audited_system, constant * exp(h), resource)
            - fit_value(curve, &audited_system, constant * exp(-h), resource)) / (2 * h);
    coarse = (fit_value(curve, &audited_system, constant * exp(2 * h), resource)
              - fit_value(curve, &audited_system, constant * exp(-2 * h), resource)) / (4 * h);
    return (4 * fine - coarse) / 3;
}

static double worst_slope(enum fit_curve first, enum fit_curve last)
{
    static const double constant[] = {0.0385, 21.3, 3.1e7};
    double worst = 0, resource[AUDIT_POINTS];
    for (int curve = (int)first; curve <= (int)last; curve++)
        for (int i = 0; i < 3; i++) {
            audit_grid((enum fit_curve)curve, constant[i], resource);
            for (int j = 0; j < AUDIT_POINTS; j++) {
                double slope = fit_slope((enum fit_curve)curve, &audited_system, constant[i],
                                         resource[j]);
                worst = entry_worse(worst, fabs(slope - difference((enum fit_curve)curve,
                                                                   constant[i], resource[j])));
            }
        }
    return worst;
}

/* The slope in phi, by differences of the strength in R(0). */
static double worst_slope_of_start(void)
{
    double resource[AUDIT_POINTS], worst = 0, h = 1e-4, S = audited_system.skill.target;
    double phi = log(0.0137 / (S - 0.0137));
    struct fit_system more = audited_system, less = audited_system;
    audit_grid(FIT_TIME, 21.3, resource);
    more.skill.initial = S / (1 + exp(-phi - h));
    less.skill.initial = S / (1 + exp(-phi + h));
    for (int j = 0; j < AUDIT_POINTS; j++) {
        double rise = fit_value(FIT_TIME, &more, 21.3, resource[j])
                      - fit_value(FIT_TIME, &less, 21.3, resource[j]);
        double slope = fit_slope_start(&audited_system, 21.3, resource[j]);
        worst = entry_worse(worst, fabs(slope - rise / (2 * h)));
    }
    return worst;
}

static double audit_slope_time(void)
{
    return entry_worse(worst_slope(FIT_TIME, FIT_TIME), worst_slope_of_start());
}

static double audit_slope_data(void)
{
    return worst_slope(FIT_STRENGTH_BY_LOSS, FIT_PARAMETERS);
}

/* One-sided slope of E at u, in the direction of the step h. */
static double slope_beside(const struct fit_problem *problem, double u, double h)
{
    double E = fit_cost(problem, 1 / u), once = (fit_cost(problem, 1 / (u + h)) - E) / h;
    return 2 * once - (fit_cost(problem, 1 / (u + 2 * h)) - E) / (2 * h);
}

static double audit_kink(void)
{
    double resource[] = {37, 138.5, 238.5, 411, 823};
    double value[] = {0.11, 0.385, 1.037, 0.83, 0.97}, weight[] = {5, 3, 4, 5, 1}, worst = 0;
    struct fit_average average = {5, resource, value, weight};
    struct fit_problem problem = {FIT_STRENGTH_BY_CORRELATION, audited_system, &average};
    for (int j = 0; j < 5; j++) {
        double d = resource[j] * audited_system.skill.probability, u = 1 / d, h = 1e-5 * u;
        double jump = slope_beside(&problem, u, h) - slope_beside(&problem, u, -h);
        double claimed = -2 * weight[j] * d * (1 - value[j]);
        worst = entry_worse(worst, fabs(jump / claimed - 1));
    }
    return worst;
}

const struct entry fit_entries[] = {
    {"eq:fit-split", "against the sum over all repeats", audit_split, 1e-13},
    {"eq:fit-cost", "constants recovered from exact curves", audit_cost, 1e-10},
    {"eq:fit-slope-time", "against central differences", audit_slope_time, 1e-8},
    {"eq:fit-slope-data", "against central differences", audit_slope_data, 1e-7},
    {"eq:fit-kink", "against one-sided differences of the cost", audit_kink, 1e-8},
    {0}};
