#include "exponent.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

double exponent_time(int n, const double *T, const double *R, double level)
{
    static const double levels[] = {0.05, 0.25, 0.45, 0.65};
    double sum = level > 0 ? statistics_crossing(n, T, R, level) : 0;
    for (int i = 0; level == 0 && i < 4; i++)
        sum += statistics_crossing(n, T, R, levels[i]) / 4;
    return isnan(sum) ? INFINITY : sum;
}

/* (eq:exponent-slope) */
double exponent_slope(int first, int last, const double *time)
{
    double mean = 0, product = 0, square = 0;
    if (first < 1)
        return NAN;
    for (int k = first; k <= last; k++)
        if (!(time[k - 1] > 0) || !isfinite(time[k - 1]))
            return NAN;
    for (int k = first; k <= last; k++)
        mean += log(k) / (last - first + 1);
    for (int k = first; k <= last; k++) {
        double x = log(k) - mean;
        product += x * log(time[k - 1]);
        square += x * x;
    }
    return square > 0 ? product / square : NAN;
}

/* Share of pairs of skills in order, and whether all are. */
static double count_pairs(int skills, const double *time, bool *ordered)
{
    int good = 0, pairs = skills * (skills - 1) / 2;
    for (int k = 0; k < skills; k++)
        for (int l = k + 1; l < skills; l++)
            good += time[k] < time[l];
    *ordered = good == pairs;
    return (double)good / pairs;
}

static double slope_with_bound(const struct times *times, int first, const double *time,
                               double *bounded)
{
    for (int k = 0; k < times->skills; k++)
        bounded[k] = fmin(time[k], times->last);
    return exponent_slope(first, times->skills, bounded);
}

static void open_slope(const struct times *times, int first, struct spread *slope)
{
    double mean = 0;
    for (int k = first; k <= times->skills; k++)
        mean += log(k) / (times->skills - first + 1);
    for (int i = 0; !isnan(slope->low) && i < times->repeats * times->skills; i++) {
        int k = i % times->skills + 1;
        if (k < first || !(times->time[i] > times->last))
            continue;
        if (log(k) >= mean)
            slope->high = INFINITY;
        else
            slope->low = -INFINITY;
    }
}

enum status exponent_condense(const struct times *times, struct exponent *exponent)
{
    int repeats = times->repeats, skills = times->skills;
    *exponent = (struct exponent){repeats, 0, 0, 0, statistics_nothing, statistics_nothing};
    if (repeats < 1 || skills < 2 || !(times->last > 0))
        return STATUS_RANGE;
    double *slope = malloc(sizeof(double) * (size_t)(2 * repeats + skills));
    if (!slope)
        return STATUS_MEMORY;
    double *later = slope + repeats, *bounded = later + repeats;
    for (int r = 0; r < repeats; r++) {
        const double *time = times->time + (size_t)r * (size_t)skills;
        bool ordered;
        exponent->pairs += count_pairs(skills, time, &ordered) / repeats;
        exponent->ordered += ordered;
        exponent->complete += !isnan(exponent_slope(1, skills, time));
        slope[r] = slope_with_bound(times, 1, time, bounded);
        later[r] = slope_with_bound(times, 2, time, bounded);
    }
    exponent->slope = statistics_condense(repeats, slope, NULL);
    exponent->later = statistics_condense(repeats, later, NULL);
    open_slope(times, 1, &exponent->slope);
    open_slope(times, 2, &exponent->later);
    free(slope);
    return STATUS_OK;
}

struct spread exponent_pool(const struct times *times, const double *model)
{
    struct spread pool = statistics_nothing;
    double *value = malloc(sizeof(double) * (size_t)times->repeats);
    int *beyond = calloc((size_t)times->repeats, sizeof(int));
    for (int r = 0; value && beyond && r < times->repeats; r++) {
        const double *time = times->time + (size_t)r * (size_t)times->skills;
        double sum = 0;
        for (int k = 0; k < times->skills; k++) {
            sum += log(fmin(time[k], times->last) / model[k]) / times->skills;
            beyond[r] |= time[k] > times->last;
        }
        value[r] = exp(sum);
    }
    if (value && beyond)
        pool = statistics_condense_logs(times->repeats, value, beyond);
    free(value);
    free(beyond);
    return pool;
}

/* Curve has room for all rows twice.  Returns the last T, NaN if there is no such repeat. */
static double times_of_repeat(const struct data *table, int repeat, const struct times *times,
                              double *curve)
{
    int name = data_column(table, "repeat"), T = data_column(table, "T");
    int first = data_column(table, "R_1"), from = -1, n = 0;
    double *R = curve + table->rows;
    double *time = times->time + (size_t)(repeat - 1) * (size_t)times->skills;
    for (int r = 0; r < table->rows; r++) {
        const double *row = table->value + (size_t)r * table->columns;
        if (row[name] == repeat) {
            from = from < 0 ? r : from;
            curve[n++] = row[T];
        }
    }
    for (int k = 0; k < times->skills && n > 0; k++) {
        for (int i = 0; i < n; i++)
            R[i] = table->value[(size_t)(from + i) * table->columns + first + k];
        time[k] = exponent_time(n, curve, R, times->level);
    }
    return n > 0 ? curve[n - 1] : NAN;
}

static bool has_strengths(const struct data *table, int skills)
{
    int first = data_column(table, "R_1");
    return data_column(table, "repeat") >= 0 && data_column(table, "T") >= 0 && first >= 0
           && first + skills <= table->columns;
}

enum status exponent_read(const struct data *table, struct times *times)
{
    int skills = times->skills;
    if (times->repeats < 1 || skills < 1)
        return STATUS_RANGE;
    if (!has_strengths(table, skills))
        return STATUS_FORMAT;
    double *curve = malloc(sizeof(double) * 2 * (size_t)(table->rows + 1));
    if (!curve)
        return STATUS_MEMORY;
    times->last = 0;
    for (int r = 0; r < times->repeats && !isnan(times->last); r++) {
        double T = times_of_repeat(table, r + 1, times, curve);
        times->last = isnan(T) || T > times->last ? T : times->last;
    }
    free(curve);
    return isnan(times->last) ? STATUS_FORMAT : STATUS_OK;
}
