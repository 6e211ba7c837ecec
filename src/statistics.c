#include "statistics.h"
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>

double statistics_crossing(int n, const double *T, const double *R, double level)
{
    if (R[0] >= level)
        return T[0];
    for (int i = 1; i < n; i++)
        if (R[i] >= level)
            return T[i - 1] + (T[i] - T[i - 1]) * (level - R[i - 1]) / (R[i] - R[i - 1]);
    return NAN;
}

static void bootstrap(int count, const double *value, int resamples, double *mean,
                      struct stream *stream, struct spread *spread)
{
    for (int i = 0; i < resamples; i++) {
        mean[i] = 0;
        for (int r = 0; r < count; r++)
            mean[i] += value[stream_below(stream, (uint64_t)count)];
        mean[i] /= count;
    }
    gsl_sort(mean, 1, (size_t)resamples);
    spread->low = gsl_stats_quantile_from_sorted_data(mean, 1, (size_t)resamples, 0.025);
    spread->high = gsl_stats_quantile_from_sorted_data(mean, 1, (size_t)resamples, 0.975);
}

const struct spread statistics_nothing = {0, NAN, NAN, NAN, NAN};

enum status statistics_condense(int count, const double *value, int resamples,
                                struct stream *stream, struct spread *spread)
{
    *spread = statistics_nothing;
    double *kept = malloc(sizeof(double) * (size_t)(count + resamples + 1));
    if (!kept)
        return STATUS_MEMORY;
    for (int i = 0; i < count; i++)
        if (!isnan(value[i]))
            kept[spread->count++] = value[i];
    if (spread->count > 0)
        spread->mean = gsl_stats_mean(kept, 1, (size_t)spread->count);
    if (spread->count > 1)
        spread->sd = gsl_stats_sd(kept, 1, (size_t)spread->count);
    if (spread->count >= STATISTICS_FEWEST && resamples > 0)
        bootstrap(spread->count, kept, resamples, kept + count, stream, spread);
    free(kept);
    return STATUS_OK;
}

double statistics_distance(const struct spread *one, const struct spread *two)
{
    return fabs(one->mean - two->mean)
           / sqrt(one->sd * one->sd / one->count + two->sd * two->sd / two->count);
}

const char *statistics_verdict(double theirs, const struct spread *ours)
{
    if (isnan(ours->low))
        return "too few repeats";
    double difference = fabs(ours->mean - theirs) / fabs(theirs);
    if ((ours->low <= theirs && theirs <= ours->high) || difference < 0.1)
        return "reproduced";
    return difference < 0.3 ? "partly reproduced" : "not reproduced";
}
