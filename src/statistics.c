#include "statistics.h"
#include <gsl/gsl_cdf.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double statistics_crossing(int n, const double *T, const double *R, double level)
{
    if (R[0] >= level)
        return T[0];
    for (int i = 1; i < n; i++)
        if (R[i] >= level)
            return T[i - 1] + (T[i] - T[i - 1]) * (level - R[i - 1]) / (R[i] - R[i - 1]);
    return NAN;
}

const struct spread statistics_nothing = {0, NAN, NAN, NAN, NAN};

struct spread statistics_exactly(double value)
{
    return (struct spread){0, value, 0, value, value};
}

static bool is_exact(const struct spread *spread)
{
    return spread->count == 0 && !isnan(spread->mean);
}

/* The quantile of Student's distribution of n - 1 degrees that is exceeded with probability q. */
static double student(int n, double q)
{
    return gsl_cdf_tdist_Qinv(q, n - 1);
}

static void open_ends(int count, const double *value, const int *beyond, double nothing,
                      struct spread *spread)
{
    for (int i = 0; beyond && i < count && spread->count >= STATISTICS_FEWEST; i++) {
        if (!isnan(value[i]) && beyond[i] > 0)
            spread->high = INFINITY;
        if (!isnan(value[i]) && beyond[i] < 0)
            spread->low = nothing;
    }
}

/* Mean and sd by GSL's recursions, to the bit. */
struct spread statistics_condense(int count, const double *value, const int *beyond)
{
    struct spread spread = statistics_nothing;
    long double mean = 0, variance = 0;
    int kept = 0;
    for (int i = 0; i < count; i++)
        if (!isnan(value[i]))
            mean += (value[i] - mean) / ++spread.count;
    if (spread.count > 0)
        spread.mean = (double)mean;
    for (int i = 0; i < count; i++)
        if (!isnan(value[i])) {
            long double change = value[i] - spread.mean;
            variance += (change * change - variance) / ++kept;
        }
    if (spread.count > 1)
        spread.sd = sqrt((double)variance * ((double)kept / (kept - 1)));
    if (spread.count >= STATISTICS_FEWEST) {
        double reach = student(spread.count, 0.025) * spread.sd / sqrt(spread.count);
        spread.low = spread.mean - reach;
        spread.high = spread.mean + reach;
    }
    open_ends(count, value, beyond, -INFINITY, &spread);
    return spread;
}

struct spread statistics_condense_logs(int count, const double *value, const int *beyond)
{
    double *logarithm = malloc(sizeof(double) * (size_t)(count + 1));
    if (!logarithm)
        return statistics_nothing;
    for (int i = 0; i < count; i++)
        logarithm[i] = value[i] > 0 ? log(value[i]) : NAN;
    struct spread spread = statistics_condense(count, logarithm, NULL);
    free(logarithm);
    spread.mean = exp(spread.mean);
    spread.sd *= spread.mean;
    spread.low = exp(spread.low);
    spread.high = exp(spread.high);
    open_ends(count, value, beyond, 0, &spread);
    return spread;
}

struct spread statistics_share(int successes, int trials)
{
    double k = successes, n = trials, share = k / n;
    return (struct spread){trials, share, sqrt(share * (1 - share) * n / (n - 1)),
                           successes > 0 ? gsl_cdf_beta_Pinv(0.025, k, n - k + 1) : 0,
                           successes < trials ? gsl_cdf_beta_Qinv(0.025, k + 1, n - k) : 1};
}

struct spread statistics_scale(const struct spread *spread, double factor)
{
    return (struct spread){spread->count, spread->mean * factor, spread->sd * factor,
                           spread->low * factor, spread->high * factor};
}

struct spread statistics_quotient(const struct spread *over, const struct spread *under)
{
    double a = log(over->mean), b = log(under->mean);
    double down = sqrt(gsl_pow_2(a - log(over->low)) + gsl_pow_2(log(under->high) - b));
    double up = sqrt(gsl_pow_2(log(over->high) - a) + gsl_pow_2(b - log(under->low)));
    double mean = over->mean / under->mean;
    bool first = is_exact(under) || (over->count < under->count && !is_exact(over));
    return (struct spread){first ? over->count : under->count, mean,
                           mean * hypot(over->sd / over->mean, under->sd / under->mean),
                           mean * exp(-down), mean * exp(up)};
}

struct spread statistics_sum(int count, const struct spread *part)
{
    struct spread sum = statistics_nothing;
    double variance = 0, square = 0, single = 0;
    sum.mean = 0;
    for (int i = 0; i < count; i++) {
        double error = gsl_pow_2(part[i].sd) / part[i].count;
        sum.count = i == 0 || part[i].count < sum.count ? part[i].count : sum.count;
        sum.mean += part[i].mean;
        single += gsl_pow_2(part[i].sd);
        variance += error;
        square += gsl_pow_2(error) / (part[i].count - 1);
    }
    sum.sd = sqrt(single);
    if (sum.count >= STATISTICS_FEWEST) {
        double freedom = variance > 0 ? gsl_pow_2(variance) / square : sum.count - 1;
        double reach = gsl_cdf_tdist_Qinv(0.025, freedom) * sqrt(variance);
        sum.low = sum.mean - reach;
        sum.high = sum.mean + reach;
    }
    for (int i = 0; i < count && sum.count >= STATISTICS_FEWEST; i++) {
        sum.low = isinf(part[i].low) ? part[i].low : sum.low;
        sum.high = isinf(part[i].high) ? part[i].high : sum.high;
    }
    return sum;
}

/* Relative to the mean; widened in logarithms to the level 1 - 0.05/claims. */
static double reach_at(const struct spread *ratio, double end, int claims)
{
    double wider = is_exact(ratio)
                       ? 1
                       : student(ratio->count, 0.025 / claims) / student(ratio->count, 0.025);
    return ratio->mean * exp(wider * log(end / ratio->mean));
}

static struct spread hold_together(const struct spread *ratio, int claims)
{
    struct spread wide = *ratio;
    if (isnan(ratio->mean) || (isnan(ratio->low) && ratio->count >= STATISTICS_FEWEST))
        return (struct spread){ratio->count, ratio->mean, ratio->sd, 0, INFINITY};
    if (!isnan(ratio->low)) {
        wide.low = ratio->low > 0 ? reach_at(ratio, ratio->low, claims) : 0;
        wide.high = isfinite(ratio->high) ? reach_at(ratio, ratio->high, claims) : INFINITY;
    }
    return wide;
}

static double nearest_distance(const struct spread *ratio)
{
    return fmax(0, fmax(ratio->low - 1, 1 - ratio->high));
}

static double farthest_distance(const struct spread *ratio)
{
    return fmax(ratio->high - 1, 1 - ratio->low);
}

static bool is_farther(const struct spread *one, const struct spread *other)
{
    if (isinf(one->high) != isinf(other->high))
        return isinf(one->high);
    return isnan(other->mean) || fabs(one->mean - 1) > fabs(other->mean - 1);
}

/* Of what is measured. */
static int count_fewest(int count, const struct spread *ratio)
{
    int fewest = 0;
    for (int i = 0; i < count; i++)
        if (ratio[i].count > 0 && (fewest == 0 || ratio[i].count < fewest))
            fewest = ratio[i].count;
    return fewest;
}

struct spread statistics_worst(int count, const struct spread *ratio)
{
    struct spread worst = hold_together(&ratio[0], count);
    double near = 0, far = 0;
    bool few = false;
    for (int i = 0; i < count; i++) {
        struct spread wide = hold_together(&ratio[i], count);
        few = few || isnan(wide.low);
        near = fmax(near, nearest_distance(&wide));
        far = fmax(far, farthest_distance(&wide));
        if (is_farther(&wide, &worst))
            worst = wide;
    }
    bool up = isinf(worst.high) || worst.mean >= 1;
    worst.count = count_fewest(count, ratio);
    worst.low = few ? NAN : up ? 1 + near : fmax(0, 1 - far);
    worst.high = few ? NAN : up ? 1 + far : 1 - near;
    if (up && !few)
        worst.mean = fmax(worst.mean, worst.low);
    return worst;
}

static double standard_error(const struct spread *one, const struct spread *two)
{
    return sqrt(one->sd * one->sd / one->count + two->sd * two->sd / two->count);
}

double statistics_distance(const struct spread *one, const struct spread *two)
{
    return fabs(one->mean - two->mean) / standard_error(one, two);
}

double statistics_detectable(const struct spread *one, const struct spread *two)
{
    return (3 + gsl_cdf_ugaussian_Pinv(0.9)) * standard_error(one, two);
}

bool statistics_contains(double theirs, const struct spread *ours)
{
    return ours->low <= theirs && theirs <= ours->high;
}

const char *statistics_verdict(double theirs, const struct spread *ours)
{
    double one = ours->low / theirs, other = ours->high / theirs;
    double low = theirs < 0 ? other : one, high = theirs < 0 ? one : other;
    if (ours->count < STATISTICS_FEWEST && !is_exact(ours))
        return "too few repeats";
    if (low >= 0.9 && high <= 1.1)
        return "reproduced";
    if (low >= 0.7 && high <= 1.3)
        return "partly reproduced";
    return low > 1.3 || high < 0.7 ? "not reproduced" : "inconclusive";
}

const char *statistics_verdict_printed(const char *theirs, double ours)
{
    const char *point = strchr(theirs, '.');
    double unit = pow(10, point ? -(double)strspn(point + 1, "0123456789") : 0);
    double value = strtod(theirs, NULL);
    struct spread exactly = statistics_exactly(ours);
    if (fabs(ours - value) <= unit / 2)
        return "reproduced";
    return statistics_verdict(value, &exactly);
}
