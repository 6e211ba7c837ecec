#include "exponent.h"
#include <math.h>
#include <stdlib.h>
#include <stdio.h>

double exponent_time(int n, const double *T, const double *R)
{
    static const double level[] = {0.05, 0.25, 0.45, 0.65};
    double sum = 0;
    for (int i = 0; i < 4; i++)
        sum += calibration_crossing(n, T, R, level[i]) / 4;
    return isnan(sum) ? INFINITY : sum;
}

double exponent_slope(int first, int last, const double *time)
{
    double mean = 0, product = 0, square = 0;
    if (first < 1)
        return NAN;
    for (int k = first; k <= last; k++)
        mean += log(k) / (last - first + 1);
    for (int k = first; k <= last; k++) {
        double x = log(k) - mean;
        if (!(time[k - 1] > 0) || !isfinite(time[k - 1]))
            return NAN;
        product += x * log(time[k - 1]);
        square += x * x;
    }
    return square > 0 ? product / square : NAN;
}

/* Share of pairs of skills in order, and whether all are.  A time that is missing comes last; of
   two that are missing nobody knows, and they do not count as being in order. */
static double count_pairs(int skills, const double *time, bool *ordered)
{
    int good = 0, pairs = skills * (skills - 1) / 2;
    for (int k = 0; k < skills; k++)
        for (int l = k + 1; l < skills; l++)
            good += time[k] < time[l];
    *ordered = good == pairs;
    return (double)good / pairs;
}

static double slope_with_bound(int skills, const double *time, double last, double *bounded)
{
    for (int k = 0; k < skills; k++)
        bounded[k] = fmin(time[k], last);
    return exponent_slope(1, skills, bounded);
}

enum status exponent_condense(int repeats, int skills, const double *time, double last,
                              int resamples, struct stream *stream, struct exponent *exponent)
{
    const struct spread none = {0, NAN, NAN, NAN, NAN};
    *exponent = (struct exponent){repeats, 0, 0, 0, none, none, none};
    if (repeats < 1 || skills < 2 || resamples < 0 || !(last > 0))
        return STATUS_RANGE;
    double *value = malloc(sizeof(double) * (size_t)(3 * repeats + skills));
    if (!value)
        return STATUS_MEMORY;
    for (int r = 0; r < repeats; r++) {
        const double *row = time + (size_t)r * skills;
        bool ordered;
        exponent->pairs += count_pairs(skills, row, &ordered) / repeats;
        exponent->ordered += ordered;
        value[r] = exponent_slope(1, skills, row);
        exponent->complete += !isnan(value[r]);
        value[repeats + r] = slope_with_bound(skills, row, last, value + 3 * repeats);
        value[2 * repeats + r] = exponent_slope(2, skills, row);
    }
    enum status status =
        calibration_condense(repeats, value, resamples, stream, &exponent->slope);
    if (status == STATUS_OK)
        status = calibration_condense(repeats, value + repeats, resamples, stream,
                                      &exponent->bound);
    if (status == STATUS_OK)
        status = calibration_condense(repeats, value + 2 * repeats, resamples, stream,
                                      &exponent->later);
    free(value);
    return status;
}

/* Times of one repeat; curve has room for all rows twice.  Returns the last T, NaN if there is
   no such repeat. */
static double times_of_repeat(const struct data *table, int repeat, int skills, int first,
                              double *curve, double *time)
{
    int n = 0, T = data_column(table, "T"), from = -1;
    for (int r = 0; r < table->rows; r++) {
        const double *row = table->value + (size_t)r * table->columns;
        if (row[0] == repeat) {
            from = from < 0 ? r : from;
            curve[n++] = row[T];
        }
    }
    for (int k = 0; k < skills && n > 0; k++) {
        for (int i = 0; i < n; i++)
            curve[table->rows + i] =
                table->value[(size_t)(from + i) * table->columns + first + k];
        time[k] = exponent_time(n, curve, curve + table->rows);
    }
    return n > 0 ? curve[n - 1] : NAN;
}

static bool has_strengths(const struct data *table, int skills)
{
    int first = data_column(table, "R_1");
    return data_column(table, "repeat") == 0 && data_column(table, "T") > 0 && first > 0
           && first + skills <= table->columns;
}

enum status exponent_of_table(const struct data *table, int repeats, int skills,
                              int resamples, struct stream *stream, double *time, double *last,
                              struct exponent *exponent)
{
    int first = data_column(table, "R_1");
    double end = 0;
    if (repeats < 1 || skills < 2)
        return STATUS_RANGE;
    if (!has_strengths(table, skills))
        return STATUS_FORMAT;
    double *curve = malloc(sizeof(double) * 2 * (size_t)(table->rows + 1));
    double *own = calloc((size_t)repeats * (size_t)skills, sizeof(double));
    enum status status = curve && own ? STATUS_OK : STATUS_MEMORY;
    for (int r = 0; status == STATUS_OK && r < repeats; r++) {
        double T = times_of_repeat(table, r + 1, skills, first, curve, own + r * skills);
        status = isnan(T) ? STATUS_FORMAT : STATUS_OK;
        end = T > end ? T : end;
    }
    if (status == STATUS_OK)
        status = exponent_condense(repeats, skills, own, end, resamples, stream, exponent);
    for (int i = 0; status == STATUS_OK && time && i < repeats * skills; i++)
        time[i] = own[i];
    if (last)
        *last = end;
    free(curve);
    free(own);
    return status;
}
