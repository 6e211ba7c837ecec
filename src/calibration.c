#include "calibration.h"
#include <gsl/gsl_sort.h>
#include <gsl/gsl_statistics_double.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double calibration_crossing(int n, const double *T, const double *R, double level)
{
    if (R[0] >= level)
        return T[0];
    for (int i = 1; i < n; i++)
        if (R[i] >= level)
            return T[i - 1] + (T[i] - T[i - 1]) * (level - R[i - 1]) / (R[i] - R[i - 1]);
    return NAN;
}

static double mean_of_resample(int count, const double *value, struct stream *stream)
{
    double sum = 0;
    for (int i = 0; i < count; i++)
        sum += value[stream_below(stream, (uint64_t)count)];
    return sum / count;
}

static void bootstrap(int count, const double *value, int resamples, double *mean,
                      struct stream *stream, struct spread *spread)
{
    for (int i = 0; i < resamples; i++)
        mean[i] = mean_of_resample(count, value, stream);
    gsl_sort(mean, 1, (size_t)resamples);
    spread->low = gsl_stats_quantile_from_sorted_data(mean, 1, (size_t)resamples, 0.025);
    spread->high = gsl_stats_quantile_from_sorted_data(mean, 1, (size_t)resamples, 0.975);
}

enum status calibration_condense(int count, const double *value, int resamples,
                                 struct stream *stream, struct spread *spread)
{
    *spread = (struct spread){0, NAN, NAN, NAN, NAN};
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
    if (spread->count >= 8 && resamples > 0)
        bootstrap(spread->count, kept, resamples, kept + count, stream, spread);
    free(kept);
    return STATUS_OK;
}

double calibration_distance(const struct spread *one, const struct spread *two)
{
    return fabs(one->mean - two->mean)
           / sqrt(one->sd * one->sd / one->count + two->sd * two->sd / two->count);
}

const char *calibration_verdict(double theirs, const struct spread *ours)
{
    if (isnan(ours->low))
        return "too few repeats";
    double difference = fabs(ours->mean - theirs) / fabs(theirs);
    if ((ours->low <= theirs && theirs <= ours->high) || difference < 0.1)
        return "reproduced";
    return difference < 0.3 ? "partly reproduced" : "not reproduced";
}

const struct spread calibration_independent_times[CALIBRATION_SKILLS] = {
    {5, 1049, 71, NAN, NAN},   {5, 3240, 150, NAN, NAN},  {5, 6569, 458, NAN, NAN},
    {5, 11239, 400, NAN, NAN}, {5, 15560, 445, NAN, NAN},
};

struct authors_value {
    const char *name;
    double value;
};

static const struct authors_value authors_values[] = {
    {"kappa", 22}, {"dc", 800}, {"nc", 4}, {"slope", 3.6},
    {"time-0.3", 1.29}, {"time-0.6", 1.20}, {"time-0.9", 1.06},
    {"compute-0.3", 0.68}, {"compute-0.6", 0.70}, {"compute-0.9", 0.64},
};

double calibration_authors(const char *name)
{
    for (size_t i = 0; i < sizeof authors_values / sizeof authors_values[0]; i++)
        if (!strcmp(authors_values[i].name, name))
            return authors_values[i].value;
    return NAN;
}
