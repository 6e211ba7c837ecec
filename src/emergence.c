#include "emergence.h"
#include "multilinear.h"
#include <gsl/gsl_math.h>
#include <math.h>

static int target_in_range(double target)
{
    return target >= 1e-70 && target <= 1e70;
}

static int start_in_range(double target, double initial)
{
    return target_in_range(target) && initial >= 1e-200 && initial < target;
}

static int speed_in_range(double rate, double probability)
{
    return rate > 0 && rate <= 1e70 && probability >= 0 && probability <= 1;
}

double emergence_strength_time(double target, double initial, double rate,
                               double probability, double T)
{
    if (!start_in_range(target, initial) || !speed_in_range(rate, probability))
        return NAN;
    return multilinear_logistic(target, initial, rate * probability, T);
}

/* ln(c x/y), x + y = 1. */
static double units_to_reach(double target, double initial, double x, double y)
{
    double above = fma(x, target, -initial) / initial / y;
    if (fabs(above) < 0.5)
        return log1p(above);
    return log((target - initial) / initial) + log(x / y);
}

double emergence_time(double target, double initial, double rate, double probability,
                      double epsilon)
{
    if (!start_in_range(target, initial) || !speed_in_range(rate, probability)
        || !(epsilon > 0 && epsilon < 1))
        return NAN;
    double units = units_to_reach(target, initial, epsilon, 1 - epsilon);
    return units == 0 ? 0 : units / (2 * rate * probability * target);
}

double emergence_saturation_time(double target, double initial, double rate,
                                 double probability, double epsilon)
{
    if (!start_in_range(target, initial) || !speed_in_range(rate, probability)
        || !(epsilon > 0 && epsilon < 1))
        return NAN;
    double units = units_to_reach(target, initial, 1 - epsilon, epsilon);
    return units == 0 ? 0 : units / (2 * rate * probability * target);
}

/* ln rho; NAN out of range. */
static double log_stage_ratio(double target, double initial, double epsilon)
{
    if (!start_in_range(target, initial) || !(epsilon > 0 && epsilon < 0.5))
        return NAN;
    double units = units_to_reach(target, initial, epsilon, 1 - epsilon);
    double l = log1p((1 - 2 * epsilon) / epsilon);
    return units > 0 ? log1p(2 * l / units) : NAN;
}

int emergence_in_stages(double alpha, double target, double initial, double epsilon, int k)
{
    double log_ratio = log_stage_ratio(target, initial, epsilon);
    if (!(alpha > 0) || k < 1 || isnan(log_ratio))
        return -1;
    return (alpha + 1) * log1p(1.0 / k) > log_ratio;
}

double emergence_stage_limit(double alpha, double target, double initial, double epsilon)
{
    if (!(alpha > 0))
        return NAN;
    return 1 / expm1(log_stage_ratio(target, initial, epsilon) / (alpha + 1));
}

double emergence_strength_data(double target, double initial, double probability, double D)
{
    if (!target_in_range(target) || (initial != 0 && !start_in_range(target, initial))
        || !(probability >= 0 && probability <= 1) || !(D >= 0))
        return NAN;
    if (D == 0 || probability == 0)
        return initial;
    return initial - (target - initial) * expm1(D * log1p(-probability));
}

double emergence_strength_parameters(double target, int k, double N)
{
    if (!target_in_range(target) || k < 1 || !(N >= 0))
        return NAN;
    return k <= N ? target : 0;
}

double emergence_extended_initial(double sigma)
{
    return sigma > 0 && isfinite(sigma) ? sigma * sigma / 3.6 : NAN;
}

double emergence_extended_time(double target, double initial, double rate,
                               double probability, double kappa, double T)
{
    if (!(kappa > 0) || !isfinite(kappa))
        return NAN;
    return emergence_strength_time(target, initial, 2 * rate / kappa, probability, T);
}

double emergence_extended_time_to_reach(double target, double initial, double rate,
                                        double probability, double kappa, double epsilon)
{
    if (!(kappa > 0) || !isfinite(kappa))
        return NAN;
    return emergence_time(target, initial, 2 * rate / kappa, probability, epsilon);
}

/* d/D_c, at most 1; NAN out of range. */
static double share_of_data(double target, double probability, double critical, double D)
{
    if (!target_in_range(target) || !(probability >= 0 && probability <= 1)
        || !(critical > 0) || !isfinite(critical) || !(D >= 0))
        return NAN;
    return probability == 0 ? 0 : GSL_MIN(1, D * probability / critical);
}

double emergence_extended_loss(double target, double probability, double critical,
                               double D)
{
    return target * target / 2 * (1 - share_of_data(target, probability, critical, D));
}

double emergence_extended_data(double target, double probability, double critical,
                               double D)
{
    double x = share_of_data(target, probability, critical, D);
    return target * x / (1 + sqrt(1 - x));
}

double emergence_extended_data_correlation(double target, double probability,
                                           double critical, double D)
{
    return target * share_of_data(target, probability, critical, D);
}

static double samples_for_share(double probability, double critical, double epsilon,
                                double x)
{
    if (!(probability >= 0 && probability <= 1) || !(critical > 0) || !isfinite(critical)
        || !(epsilon > 0 && epsilon < 1))
        return NAN;
    return critical * x / probability;
}

double emergence_extended_data_to_reach(double probability, double critical,
                                        double epsilon)
{
    return samples_for_share(probability, critical, epsilon, epsilon * (2 - epsilon));
}

double emergence_extended_data_to_reach_correlation(double probability, double critical,
                                                    double epsilon)
{
    return samples_for_share(probability, critical, epsilon, epsilon);
}

double emergence_extended_parameters(double target, int k, double critical, double N)
{
    if (!target_in_range(target) || k < 1 || !(critical > 0)
        || !isfinite(critical) || !(N >= 0))
        return NAN;
    return target * fmin(1, fmax(0, N / critical - (k - 1)));
}
