#include "exponent.h"
#include "task.h"
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

const double exponent_levels[4] = {0.05, 0.25, 0.45, 0.65};

double exponent_time(int n, const double *T, const double *R, double level)
{
    double sum = level > 0 ? statistics_crossing(n, T, R, level) : 0;
    for (int i = 0; level == 0 && i < 4; i++)
        sum += statistics_crossing(n, T, R, exponent_levels[i]) / 4;
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

/* Weights w[run][k] of ln T; false if all alpha are the same. */
static bool weigh(int runs, int skills, const double *alpha, double *w)
{
    double square = 0;
    for (int k = 0; k < skills; k++) {
        double mean = 0;
        for (int i = 0; i < runs; i++) {
            w[i * skills + k] = -log(task_probability(alpha[i], skills, k + 1));
            mean += w[i * skills + k] / runs;
        }
        for (int i = 0; i < runs; i++) {
            w[i * skills + k] -= mean;
            square += w[i * skills + k] * w[i * skills + k];
        }
    }
    for (int i = 0; i < runs * skills; i++)
        w[i] /= square;
    return square > 1e-20;
}

/* Mean of y_alpha over the repeats of a run; has room for one value each. */
static struct spread weighted_times(const struct times *times, const double *w, double *value)
{
    bool low = false, high = false;
    for (int r = 0; r < times->repeats; r++) {
        const double *time = times->time + (size_t)r * (size_t)times->skills;
        value[r] = 0;
        for (int k = 0; k < times->skills; k++) {
            value[r] += w[k] * log(fmin(time[k], times->last));
            low = low || (time[k] > times->last && w[k] < 0);
            high = high || (time[k] > times->last && w[k] > 0);
        }
    }
    struct spread spread = statistics_condense(times->repeats, value, NULL);
    if (spread.count >= STATISTICS_FEWEST && low)
        spread.low = -INFINITY;
    if (spread.count >= STATISTICS_FEWEST && high)
        spread.high = INFINITY;
    return spread;
}

struct spread exponent_pooled(int runs, const struct times *times, const double *alpha)
{
    int skills = times->skills, most = 0;
    for (int i = 0; i < runs; i++)
        most = times[i].repeats > most ? times[i].repeats : most;
    struct spread pooled = statistics_nothing;
    struct spread *part = malloc(sizeof *part * (size_t)runs);
    double *w = calloc((size_t)(runs * skills + most), sizeof(double));
    if (part && w && weigh(runs, skills, alpha, w)) {
        for (int i = 0; i < runs; i++)
            part[i] = weighted_times(&times[i], w + i * skills, w + runs * skills);
        pooled = statistics_sum(runs, part);
    }
    free(part);
    free(w);
    return pooled;
}

static int count_skills(const struct data *table)
{
    char name[16];
    int skills = 0;
    do
        snprintf(name, sizeof name, "R_%d", ++skills);
    while (data_column(table, name) >= 0);
    return skills - 1;
}

/* What keeps it from being a table of strengths over time; NULL if nothing does. */
static const char *missing_from(const struct data *table)
{
    int T = data_column(table, "T"), first = data_column(table, "R_1");
    return T < 0              ? "it has no column T"
           : first < 0        ? "it has no strengths, column R_1"
           : first < T        ? "its column R_1 stands before T"
           : table->rows == 0 ? "it has no rows"
                              : NULL;
}

static int find_repeat(const struct data *table, const struct times *times, const double *row)
{
    for (int i = times->repeats - 1; i >= 0; i--)
        if (!memcmp(row, data_row(table, times->first[i]),
                    sizeof(double) * (size_t)times->labels))
            return i;
    return -1;
}

/* Number the repeats in the order in which they begin, and their rows; latest has room for
   the T of each. */
static enum status number_repeats(const struct data *table, struct times *times, int *of_row,
                                  double *latest)
{
    for (int r = 0; r < table->rows; r++) {
        const double *row = data_row(table, r);
        double T = row[times->labels];
        int i = find_repeat(table, times, row);
        if (i < 0 ? isnan(T) : !(T > latest[i])) {
            snprintf(times->trouble, sizeof times->trouble,
                     "T does not increase within a repeat, in row %d", r + 1);
            return STATUS_FORMAT;
        }
        if (i < 0)
            times->first[i = times->repeats++] = r;
        of_row[r] = i;
        latest[i] = T;
    }
    return STATUS_OK;
}

/* Curve has room for all rows twice. */
static void read_repeat(const struct data *table, double level, int repeat, const int *of_row,
                        struct times *times, double *curve)
{
    double *R = curve + table->rows;
    for (int k = 0; k < times->skills; k++) {
        char name[16];
        snprintf(name, sizeof name, "R_%d", k + 1);
        int column = data_column(table, name), n = 0;
        for (int r = times->first[repeat]; r < table->rows; r++)
            if (of_row[r] == repeat) {
                curve[n] = data_row(table, r)[times->labels];
                times->last = fmax(times->last, curve[n]);
                R[n++] = data_row(table, r)[column];
            }
        times->time[repeat * times->skills + k] = exponent_time(n, curve, R, level);
    }
}

static enum status read_repeats(const struct data *table, double level, struct times *times,
                                int *of_row, double *curve)
{
    enum status status = number_repeats(table, times, of_row, curve);
    if (status == STATUS_OK && times->repeats == table->rows) {
        snprintf(times->trouble, sizeof times->trouble,
                 "no repeat has two rows, and one shows nothing rising");
        status = STATUS_FORMAT;
    }
    for (int i = 0; status == STATUS_OK && i < times->repeats; i++)
        read_repeat(table, level, i, of_row, times, curve);
    return status;
}

enum status exponent_read(const struct data *table, double level, struct times *times)
{
    size_t rows = (size_t)table->rows;
    const char *missing = missing_from(table);
    *times = (struct times){.labels = data_column(table, "T"), .skills = count_skills(table)};
    if (!(level >= 0) || level >= 1)
        return STATUS_RANGE;
    if (missing) {
        snprintf(times->trouble, sizeof times->trouble, "%s", missing);
        return STATUS_FORMAT;
    }
    times->first = calloc(rows, sizeof(int));
    times->time = malloc(sizeof(double) * rows * (size_t)times->skills);
    int *of_row = malloc(sizeof(int) * rows);
    double *curve = malloc(sizeof(double) * 2 * rows);
    enum status status = times->first && times->time && of_row && curve
                             ? read_repeats(table, level, times, of_row, curve)
                             : STATUS_MEMORY;
    free(of_row);
    free(curve);
    return status;
}

void exponent_free(struct times *times)
{
    free(times->time);
    free(times->first);
    *times = (struct times){0};
}
