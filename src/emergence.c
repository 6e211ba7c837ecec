#include "emergence.h"
#include "march.h"
#include "multilinear.h"
#include <gsl/gsl_math.h>
#include <math.h>

static int target_in_range(double target)
{
    return target >= 1e-70 && target <= 1e70;
}

static int probability_in_range(double probability)
{
    return probability >= 0 && probability <= 1;
}

static int start_in_range(struct skill skill)
{
    return target_in_range(skill.target) && skill.initial >= 1e-200
           && skill.initial < skill.target;
}

static int in_range(struct skill skill)
{
    return start_in_range(skill) && skill.rate > 0 && skill.rate <= 1e70
           && probability_in_range(skill.probability);
}

double emergence_strength_time(struct skill skill, double T)
{
    return in_range(skill) ? multilinear_logistic(skill, T) : NAN;
}

double emergence_units(struct skill skill, double x, double y)
{
    double above = fma(x, skill.target, -skill.initial) / skill.initial / y;
    if (fabs(above) < 0.5)
        return log1p(above);
    return log((skill.target - skill.initial) / skill.initial) + log(x / y);
}

static double time_to_reach(struct skill skill, double x, double y)
{
    if (!in_range(skill) || !(x > 0 && x < 1 && y > 0 && y < 1))
        return NAN;
    double units = emergence_units(skill, x, y);
    return units == 0 ? 0 : units / (2 * skill.rate * skill.probability * skill.target);
}

double emergence_time(struct skill skill, double epsilon)
{
    return time_to_reach(skill, epsilon, 1 - epsilon);
}

double emergence_saturation_time(struct skill skill, double epsilon)
{
    return time_to_reach(skill, 1 - epsilon, epsilon);
}

/* ln rho; NAN out of range. */
static double log_stage_ratio(struct skill like, double epsilon)
{
    if (!start_in_range(like) || !(epsilon > 0 && epsilon < 0.5))
        return NAN;
    double units = emergence_units(like, epsilon, 1 - epsilon);
    double l = log1p((1 - 2 * epsilon) / epsilon);
    return units > 0 ? log1p(2 * l / units) : NAN;
}

int emergence_in_stages(double alpha, struct skill like, double epsilon, int k)
{
    double log_ratio = log_stage_ratio(like, epsilon);
    if (!(alpha > 0) || k < 1 || isnan(log_ratio))
        return -1;
    return (alpha + 1) * log1p(1.0 / k) > log_ratio;
}

double emergence_stage_limit(double alpha, struct skill like, double epsilon)
{
    if (!(alpha > 0))
        return NAN;
    return 1 / expm1(log_stage_ratio(like, epsilon) / (alpha + 1));
}

double emergence_strength_data(struct skill skill, double D)
{
    if (!target_in_range(skill.target) || (skill.initial != 0 && !start_in_range(skill))
        || !probability_in_range(skill.probability) || !(D >= 0))
        return NAN;
    if (D == 0 || skill.probability == 0)
        return skill.initial;
    return skill.initial
           - (skill.target - skill.initial) * expm1(D * log1p(-skill.probability));
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

/* The skill with its clock slowed by kappa, and twice as fast without the half. */
static struct skill extended(struct skill skill, double kappa)
{
    skill.rate = kappa > 0 && isfinite(kappa) ? 2 * skill.rate / kappa : NAN;
    return skill;
}

double emergence_extended_time(struct skill skill, double kappa, double T)
{
    return emergence_strength_time(extended(skill, kappa), T);
}

double emergence_extended_time_to_reach(struct skill skill, double kappa, double epsilon)
{
    return emergence_time(extended(skill, kappa), epsilon);
}

struct dampened {
    double target, speed, B; /* S, eta P_s, B */
};

static void find_dampened_velocity(const void *system, const double *y, double *velocity)
{
    const struct dampened *model = system;
    double error = model->target - y[0] * y[1] * model->B;
    velocity[0] = model->speed * error * y[1] * model->B;
    velocity[1] = model->speed * error * y[0] * model->B;
}

enum status emergence_integrate_dampened(struct skill skill, double B, double T, double *R)
{
    *R = NAN;
    if (!in_range(skill) || !(B > 0 && B <= 1))
        return STATUS_RANGE;
    struct dampened model = {skill.target, skill.rate * skill.probability, B};
    double y[2] = {sqrt(skill.initial / B), sqrt(skill.initial / B)};
    enum status status = march_flow(&(struct march){find_dampened_velocity, &model, 2, 1e-13},
                                    T, y);
    if (status == STATUS_OK)
        *R = y[0] * y[1] * B;
    return status;
}

/* d/D_c, at most 1; NAN out of range. */
static double share_of_data(struct skill skill, double critical, double D)
{
    if (!target_in_range(skill.target) || !probability_in_range(skill.probability)
        || !(critical > 0) || !isfinite(critical) || !(D >= 0))
        return NAN;
    return skill.probability == 0 ? 0 : GSL_MIN(1, D * skill.probability / critical);
}

double emergence_extended_loss(struct skill skill, double critical, double D)
{
    return skill.target * skill.target / 2 * (1 - share_of_data(skill, critical, D));
}

double emergence_extended_data(struct skill skill, double critical, double D)
{
    double x = share_of_data(skill, critical, D);
    return skill.target * x / (1 + sqrt(1 - x));
}

double emergence_extended_data_correlation(struct skill skill, double critical, double D)
{
    return skill.target * share_of_data(skill, critical, D);
}

/* D at which d/D_c is x. */
static double samples_for_share(struct skill skill, double critical, double x)
{
    if (!probability_in_range(skill.probability) || !(critical > 0) || !isfinite(critical))
        return NAN;
    return critical * x / skill.probability;
}

double emergence_extended_data_to_reach(struct skill skill, double critical,
                                        double epsilon)
{
    if (!(epsilon > 0 && epsilon < 1))
        return NAN;
    return samples_for_share(skill, critical, epsilon * (2 - epsilon));
}

double emergence_extended_data_to_reach_correlation(struct skill skill, double critical,
                                                    double epsilon)
{
    if (!(epsilon > 0 && epsilon < 1))
        return NAN;
    return samples_for_share(skill, critical, epsilon);
}

double emergence_extended_parameters(double target, int k, double critical, double N)
{
    if (!target_in_range(target) || k < 1 || !(critical > 0)
        || !isfinite(critical) || !(N >= 0))
        return NAN;
    return target * fmin(1, fmax(0, N / critical - (k - 1)));
}
