#include "numbers.h"
#include "audit.h"
#include "calibration.h"
#include "emergence.h"
#include "exponent.h"
#include "fit.h"
#include "multilinear.h"
#include "resources.h"
#include "scaling.h"
#include "settings.h"
#include "table.h"
#include "task.h"
#include "theory.h"
#include <ctype.h>
#include <gsl/gsl_math.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

struct group {
    const double *row;
    int count;
};

static bool belongs(const double *row, const struct group *group, int loss)
{
    return !memcmp(row + 1, group->row + 1, sizeof(double) * (size_t)(loss - 1));
}

static int find_group(const double *row, const struct group *group, int groups, int likely,
                      int loss)
{
    if (likely < groups && belongs(row, &group[likely], loss))
        return likely;
    for (int g = 0; g < groups; g++)
        if (belongs(row, &group[g], loss))
            return g;
    return groups;
}

/* Number the groups of all rows; returns how many there are. */
static int form_groups(const struct data *data, struct group *group, int *of_row, int loss)
{
    int groups = 0, likely = 0;
    for (int r = 0; r < data->rows; r++) {
        const double *row = data->value + (size_t)r * data->columns;
        int g = find_group(row, group, groups, likely, loss);
        if (g == groups)
            group[groups++] = (struct group){row, 0};
        group[g].count++;
        of_row[r] = g;
        likely = g + 1;
    }
    return groups;
}

static enum status condense_column(const struct data *data, const int *of_row, int g,
                                   int column, double *value, struct spread *spread)
{
    int count = 0, loss = data_column(data, "loss");
    for (int r = 0; r < data->rows; r++) {
        const double *row = data->value + (size_t)r * data->columns;
        if (of_row[r] == g)
            value[count++] = isnan(row[loss]) ? NAN : row[column];
    }
    return calibration_condense(count, value, 0, NULL, spread);
}

static void print_summary_names(const struct data *data, int loss, FILE *stream)
{
    const char *name = data->names;
    for (int i = 0; i < data->columns; i++) {
        int length = (int)strcspn(name, "\t");
        if (i == loss)
            fputs("repeats\t", stream);
        if (i >= loss)
            fprintf(stream, "%.*s\t%.*s_sd%c", length, name, length, name,
                    i + 1 < data->columns ? '\t' : '\n');
        else if (i > 0)
            fprintf(stream, "%.*s\t", length, name);
        name += length + 1;
    }
}

static enum status summarise_groups(const struct data *data, int loss, struct group *group,
                                    int *of_row, double *value, FILE *stream)
{
    int groups = form_groups(data, group, of_row, loss);
    for (int g = 0; g < groups; g++) {
        double *row = value + data->rows;
        int columns = 0;
        for (int i = 1; i < loss; i++)
            row[columns++] = group[g].row[i];
        row[columns++] = group[g].count;
        for (int i = loss; i < data->columns; i++) {
            struct spread spread;
            if (condense_column(data, of_row, g, i, value, &spread) != STATUS_OK)
                return STATUS_MEMORY;
            row[columns++] = spread.mean;
            row[columns++] = spread.count == 1 ? 0 : spread.sd;
        }
        table_row(stream, columns, row);
    }
    return STATUS_OK;
}

enum status numbers_summarise(const char *path, FILE *stream)
{
    struct data data;
    enum status status = data_read(&data, path);
    if (status != STATUS_OK)
        return status;
    int loss = data_column(&data, "loss"), repeat = data_column(&data, "repeat");
    int steps = data_column(&data, "steps");
    if (steps > 0 && steps < loss)
        loss = steps; /* the first column with a value */
    struct group *group = malloc(sizeof *group * (size_t)(data.rows + 1));
    int *of_row = malloc(sizeof(int) * (size_t)(data.rows + 1));
    double *value = malloc(sizeof(double) * (size_t)(data.rows + 2 * data.columns + 1));
    if (loss < 1 || repeat != 0) {
        status = STATUS_FORMAT;
    } else if (!group || !of_row || !value) {
        status = STATUS_MEMORY;
    } else {
        print_summary_names(&data, loss, stream);
        status = summarise_groups(&data, loss, group, of_row, value, stream);
    }
    free(group);
    free(of_row);
    free(value);
    data_free(&data);
    return status;
}

static int count_skills(const struct data *data)
{
    char name[16];
    int skills = 0;
    do
        snprintf(name, sizeof name, "R_%d", ++skills);
    while (data_column(data, name) >= 0);
    return skills - 1;
}

static void print_times(const double *time, int repeats, int skills, FILE *stream)
{
    fputs("repeat", stream);
    for (int k = 1; k <= skills; k++)
        fprintf(stream, "\tT_%d", k);
    fputs("\tslope\n", stream);
    for (int r = 0; r < repeats; r++, time += skills) {
        double slope = exponent_slope(1, skills, time);
        fprintf(stream, "%d", r + 1);
        for (int k = 0; k < skills; k++)
            fprintf(stream, "\t%.17g", time[k]);
        fprintf(stream, "\t%.17g\n", isnan(slope) ? INFINITY : slope);
    }
}

enum status numbers_tabulate_times(const char *path, FILE *stream)
{
    struct data data;
    enum status status = data_read(&data, path);
    if (status != STATUS_OK)
        return status;
    int skills = count_skills(&data), repeats = 0;
    for (int r = 0; r < data.rows && data_column(&data, "repeat") == 0; r++)
        repeats = (int)fmax(repeats, fmin(data.value[(size_t)r * data.columns], data.rows));
    double *time = malloc(sizeof(double) * ((size_t)repeats * (size_t)skills + 1));
    struct exponent unused;
    status = time ? exponent_of_table(&data, repeats, skills, 0, NULL, time, NULL, &unused)
                  : STATUS_MEMORY;
    if (status == STATUS_OK)
        print_times(time, repeats, skills, stream);
    free(time);
    data_free(&data);
    return status == STATUS_RANGE ? STATUS_FORMAT : status;
}

struct report {
    const char *folder;
    enum numbers_kind kind;
    FILE *stream;
    char *table; /* path of the table that was opened last */
    size_t size; /* of that string */
};

/* Whether a number is wanted; then its key has been written. */
static bool write_key(const struct report *report, const char *format, va_list arguments)
{
    bool gnuplot = report->kind == NUMBERS_GNUPLOT;
    char key[128];
    if (!gnuplot && report->kind != NUMBERS_TEX)
        return false;
    vsnprintf(key, sizeof key, format, arguments);
    for (char *c = key; gnuplot && *c; c++)
        if (!isalnum((unsigned char)*c))
            *c = '_';
    fprintf(report->stream, gnuplot ? "%s = " : "\\setresult{%s}", key);
    return true;
}

static void write_number(const struct report *report, int digits, double value,
                         const char *format, ...)
{
    char number[64];
    va_list arguments;
    va_start(arguments, format);
    bool wanted = write_key(report, format, arguments);
    va_end(arguments);
    if (!wanted)
        return;
    snprintf(number, sizeof number, "%.*g", digits, value);
    if (report->kind == NUMBERS_GNUPLOT)
        fprintf(report->stream, "%s\n", isfinite(value) ? number : "NaN");
    else
        fprintf(report->stream, isfinite(value) ? "{\\num{%s}}\n" : "{---}\n", number);
}

static void write_text(const struct report *report, const char *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (write_key(report, format, arguments))
        fprintf(report->stream, report->kind == NUMBERS_GNUPLOT ? "\"%s\"\n" : "{%s}\n", text);
    va_end(arguments);
}

static FILE *open_run(const struct report *report, const char *run)
{
    snprintf(report->table, report->size, "%s/%s.tsv", report->folder, run);
    return fopen(report->table, "r");
}

static enum status take_settings(char *line, struct settings *settings)
{
    char *state = NULL;
    for (char *word = strtok_r(line, " \n", &state); word;
         word = strtok_r(NULL, " \n", &state)) {
        const struct setting *option =
            strncmp(word, "--", 2) ? NULL : settings_find(word + 2, strlen(word + 2));
        if (!option || option->kind == KIND_TEXT)
            continue;
        char *value = option->kind == KIND_FLAG ? NULL : strtok_r(NULL, " \n", &state);
        if (option->kind != KIND_FLAG && !value)
            return STATUS_FORMAT;
        if (settings_set(settings, option, value) != STATUS_OK)
            return STATUS_FORMAT;
    }
    return STATUS_OK;
}

static enum status read_settings(const struct report *report, const char *run,
                                 struct settings *settings)
{
    char *line = NULL;
    size_t size = 0;
    FILE *stream = open_run(report, run);
    enum status status = stream ? STATUS_FORMAT : STATUS_FILE;
    memset(settings, 0, sizeof *settings);
    if (stream && getline(&line, &size, stream) > 0 && !strncmp(line, "# command: ", 11))
        status = take_settings(line + 11, settings);
    if (stream)
        fclose(stream);
    free(line);
    return status;
}

/* Both at once; a table with fewer columns than these is none of ours. */
static enum status read_run(const struct report *report, const char *run,
                            struct settings *settings, struct data *data, long columns)
{
    enum status status = read_settings(report, run, settings);
    if (status == STATUS_OK)
        status = data_read(data, report->table);
    if (status == STATUS_OK && data->columns < columns) {
        data_free(data);
        return STATUS_FORMAT;
    }
    return status;
}

static enum status write_constants(const struct report *report, const char *run)
{
    struct settings settings;
    enum status status = read_settings(report, run, &settings);
    char *line = NULL, name[32];
    size_t size = 0;
    FILE *stream = status == STATUS_OK ? open_run(report, run) : NULL;
    double value, unit = settings.target * settings.target / 2;
    while (stream && getline(&line, &size, stream) > 0)
        if (line[0] != '#' && sscanf(line, "%31[a-z]\t%lf", name, &value) == 2)
            write_number(report, 6, strcmp(name, "kappa") ? value / unit : value, "%s/%s",
                         run, name);
    if (stream)
        fclose(stream);
    free(line);
    return stream ? STATUS_OK : STATUS_FILE;
}

static enum status write_compute(const struct report *report, const char *alpha)
{
    char run[32];
    struct settings settings;
    struct data data;
    snprintf(run, sizeof run, "law-compute-%s", alpha);
    enum status status = read_run(report, run, &settings, &data, 4);
    if (status != STATUS_OK)
        return status;
    double slope = settings.alpha / (settings.alpha + 2);
    for (int power = 4; power <= 8; power += 4)
        for (int r = 0; r < data.rows; r++) {
            const double *row = data.value + (size_t)r * data.columns;
            if (fabs(log10(row[1]) - power) < 0.49 / 10)
                write_number(report, 3, row[2] * pow(row[1], slope) * 2
                             / (settings.target * settings.target),
                             "%s/sliding-%d", run, power);
        }
    snprintf(run, sizeof run, "compute-%s", alpha);
    write_number(report, 3, calibration_authors(run), "authors/%s", run);
    write_number(report, 17, calibration_authors(run) * settings.target * settings.target / 2,
                 "law-compute-%s/authors", alpha);
    write_number(report, 17, slope, "law-compute-%s/slope", alpha);
    data_free(&data);
    return STATUS_OK;
}

static enum status write_time_law(const struct report *report, const char *run)
{
    struct settings settings;
    struct data data;
    enum status status = read_run(report, run, &settings, &data, 4);
    if (status != STATUS_OK)
        return status;
    struct scaling scaling = theory_scaling(&settings);
    for (int r = 0; r < data.rows; r += data.rows - 1) {
        const double *row = data.value + (size_t)r * data.columns;
        const char *end = r ? "last" : "first";
        double simple = scaling_time_bound_simple(&scaling, row[0]);
        double sharp = scaling_time_bound_sharp(&scaling, row[0]);
        write_number(report, 6, row[0], "%s/%s", run, end);
        write_number(report, 2, fabs(row[1] / row[2] - 1), "%s/%s-error", run, end);
        write_number(report, 2, simple / row[2], "%s/%s-simple", run, end);
        write_number(report, 2, sharp / row[2], "%s/%s-sharp", run, end);
        if (data.rows < 2)
            break;
    }
    data_free(&data);
    return STATUS_OK;
}

static void write_range(const struct report *report, const char *run, double percent,
                        const char *resource, const double range[3])
{
    char text[128] = "---";
    if (isfinite(range[0]) && isinf(range[1]))
        snprintf(text, sizeof text, "\\num{%.3g}", range[0]);
    if (isfinite(range[0]) && isfinite(range[1]))
        snprintf(text, sizeof text, "\\num{%.3g} to \\num{%.3g}", range[0], range[1]);
    write_text(report, text, "%s/%.0f/%s", run, percent, resource);
    snprintf(text, sizeof text, isfinite(range[2]) ? "\\num{%.3g}" : "---", range[2]);
    write_text(report, text, "%s/%.0f/%s-proved", run, percent, resource);
}

static enum status write_ranges(const struct report *report, const char *run)
{
    static const char *const resource[] = {"T", "D", "N"};
    struct settings settings;
    struct data data;
    enum status status = read_run(report, run, &settings, &data, 10);
    if (status != STATUS_OK)
        return status;
    for (int i = 0; i < 3 * data.rows && report->kind == NUMBERS_TEX; i++) {
        const double *row = data.value + (size_t)(i / 3) * data.columns;
        write_range(report, run, row[0], resource[i % 3], row + 1 + 3 * (i % 3));
    }
    data_free(&data);
    return STATUS_OK;
}

/* |mean - closed form| / S after time T, and after D samples in standard errors. */
static double distance_in_time(const struct settings *settings, double p, const double *row,
                               double mean)
{
    struct skill skill = {settings->target, settings->initial, settings->rate, p};
    return fabs(mean - emergence_strength_time(skill, row[1]) / skill.target);
}

static double distance_in_data(const struct settings *settings, double p, const double *row,
                               double mean)
{
    struct skill skill = {settings->target, settings->initial, settings->rate, p};
    double R = emergence_strength_data(skill, row[0]) / skill.target;
    double n = (double)settings->repeats, q = pow(1 - p, row[0]);
    double error = (1 - skill.initial / skill.target) * sqrt(q * (1 - q) / n);
    return row[1] > 0 && q * n > 1 ? fabs(mean - R) / error : 0;
}

static enum status write_simulation(const struct report *report, const char *run,
                                    double (*distance)(const struct settings *, double p,
                                                       const double *row, double mean))
{
    char summary[64];
    struct settings settings, unused;
    struct data data;
    snprintf(summary, sizeof summary, "%s.summary", run);
    enum status status = read_settings(report, run, &settings);
    if (status == STATUS_OK)
        status = read_run(report, summary, &unused, &data, 5 + 2 * settings.skills);
    if (status != STATUS_OK)
        return status;
    double worst = 0;
    for (int r = 0; r < data.rows; r++)
        for (int k = 1; k <= settings.skills; k++) {
            const double *row = data.value + (size_t)r * data.columns;
            double p = task_probability(settings.alpha, (int)settings.skills, k);
            worst = entry_worse(worst, distance(&settings, p, row, row[3 + 2 * k]));
        }
    write_number(report, 2, worst, "%s/worst", run);
    write_number(report, 6, (double)settings.repeats, "%s/repeats", run);
    data_free(&data);
    return status;
}

static enum status write_stages(const struct report *report)
{
    struct settings settings;
    struct data data;
    enum status status = read_run(report, "stages", &settings, &data, 4);
    for (int r = 0; status == STATUS_OK && r < data.rows; r++) {
        const double *row = data.value + (size_t)r * data.columns;
        write_number(report, 6, row[2], "stages/emergent-%d", (int)row[0]);
        write_number(report, 6, row[3], "stages/saturated-%d", (int)row[0]);
    }
    if (status == STATUS_OK)
        data_free(&data);
    return status;
}

static enum status write_needs(const struct report *report, const char *alpha)
{
    static const struct {
        const char *name;
        enum resource scarce, other;
    } need[] = {{"time-data", RESOURCE_TIME, RESOURCE_DATA},
                {"time-parameters", RESOURCE_TIME, RESOURCE_PARAMETERS},
                {"data-time", RESOURCE_DATA, RESOURCE_TIME},
                {"data-parameters", RESOURCE_DATA, RESOURCE_PARAMETERS},
                {"parameters-time", RESOURCE_PARAMETERS, RESOURCE_TIME},
                {"parameters-data", RESOURCE_PARAMETERS, RESOURCE_DATA},
                {"compute-data", RESOURCE_COMPUTE, RESOURCE_DATA}};
    static const int percent[] = {1, 5, 20};
    struct settings settings;
    char run[32];
    snprintf(run, sizeof run, "constants-%s", alpha);
    enum status status = read_settings(report, run, &settings);
    struct scaling s = theory_scaling(&settings);
    for (size_t i = 0; status == STATUS_OK && i < sizeof need / sizeof need[0]; i++)
        for (int j = 0; j < 3; j++)
            write_number(report, 2,
                         resources_need(&s, need[i].scarce, need[i].other, percent[j] / 100.),
                         "need/%s/%s/%d", alpha, need[i].name, percent[j]);
    write_number(report, 2, resources_noise(&s), "need/%s/noise", alpha);
    return status;
}

/* The worst of |loss/law - 1| where T, D, N^(alpha+1) >= 100, and the place of the
   least slope. */
static enum status write_map(const struct report *report, const char *run)
{
    struct settings settings;
    struct data data;
    double worst = 0, least[] = {INFINITY, 0, 0};
    enum status status = read_run(report, run, &settings, &data, 11);
    for (int r = 0; status == STATUS_OK && r < data.rows; r++) {
        const double *row = data.value + (size_t)r * data.columns;
        double y = pow(row[2], settings.alpha + 1);
        if (row[0] >= 100 && row[1] >= 100 && y >= 100)
            worst = entry_worse(worst, fabs(row[3] / row[5] - 1));
        if (row[10] < least[0])
            memcpy(least, (double[]){row[10], row[0], row[1]}, sizeof least);
    }
    if (status != STATUS_OK)
        return status;
    write_number(report, 2, worst, "%s/law-error", run);
    write_number(report, 2, least[0], "%s/least-slope", run);
    write_number(report, 2, least[1], "%s/least-slope-T", run);
    write_number(report, 2, least[2], "%s/least-slope-D", run);
    data_free(&data);
    return status;
}

/* The largest excess over the law of T in the map of T and D where D meets its need at
   five per cent, and the same of the law of D. */
static enum status write_excess(const struct report *report)
{
    struct settings settings;
    struct data data;
    double worst[2] = {0};
    enum status status = read_run(report, "map-td", &settings, &data, 11);
    if (status != STATUS_OK)
        return status;
    struct scaling s = theory_scaling(&settings);
    double D = resources_need(&s, RESOURCE_TIME, RESOURCE_DATA, 0.05);
    double T = resources_need(&s, RESOURCE_DATA, RESOURCE_TIME, 0.05);
    for (int r = 0; r < data.rows; r++) {
        const double *row = data.value + (size_t)r * data.columns;
        if (row[0] >= 100 && row[1] >= D * row[0])
            worst[0] = entry_worse(worst[0], 100 * (row[3] / row[6] - 1));
        if (row[1] >= 100 && row[0] >= T * row[1])
            worst[1] = entry_worse(worst[1], 100 * (row[3] / row[7] - 1));
    }
    write_number(report, 2, worst[0], "map-td/excess-time");
    write_number(report, 2, worst[1], "map-td/excess-data");
    data_free(&data);
    return status;
}

struct comparison {
    double worst, steps; /* statistical error in sigma, error of the steps in per cent */
    int points;
};

static enum status compare_resources(const struct report *report, const char *run,
                                     struct comparison *c)
{
    char summary[64];
    struct settings settings, unused;
    struct data data;
    snprintf(summary, sizeof summary, "%s.summary", run);
    enum status status = read_settings(report, run, &settings);
    if (status == STATUS_OK)
        status = read_run(report, summary, &unused, &data, 5);
    if (status != STATUS_OK)
        return status;
    struct scaling s = theory_scaling(&settings);
    double N = (double)settings.parameters.value[0], unit = s.target * s.target / 2;
    for (int r = 0; r < data.rows && status == STATUS_OK; r++) {
        const double *row = data.value + (size_t)r * data.columns;
        struct resources at = {row[1], row[0], N};
        struct resources_moments discrete;
        double flow = NAN, abserr;
        status = resources_descent(&s, (long)row[1], (int)row[0], N, &discrete);
        if (status == STATUS_OK)
            status = resources_loss(&s, &at, &flow, &abserr);
        c->steps = entry_worse(c->steps, 100 * fabs(discrete.mean / flow - 1));
        if (row[1] == 0
            || discrete.third > 0.3 * pow(discrete.variance, 1.5) * sqrt(row[2]))
            continue;
        c->points++;
        double error = sqrt(discrete.variance / row[2]);
        c->worst = entry_worse(c->worst, fabs(row[3] * unit - discrete.mean) / error);
    }
    data_free(&data);
    return status;
}

static enum status write_resources(const struct report *report)
{
    static const char *const alphas[] = {"0.3", "0.6", "0.9"};
    static const char *const maps[] = {"map-td", "map-tn", "map-dn"};
    static const char *const runs[] = {"resources-3", "resources-10", "resources-30"};
    struct comparison c = {0};
    struct settings settings = {0};
    enum status status = STATUS_OK;
    for (int i = 0; i < 3 && status == STATUS_OK; i++) {
        status = write_needs(report, alphas[i]);
        if (status == STATUS_OK)
            status = write_map(report, maps[i]);
        if (status == STATUS_OK)
            status = compare_resources(report, runs[i], &c);
    }
    if (status == STATUS_OK)
        status = write_excess(report);
    if (status == STATUS_OK)
        status = read_settings(report, runs[0], &settings);
    write_number(report, 2, c.worst, "resources/worst");
    write_number(report, 2, c.steps, "resources/steps");
    write_number(report, 4, c.points, "resources/points");
    write_number(report, 6, (double)settings.repeats, "resources/repeats");
    return status;
}

/* Where a column falls below a level, interpolated in ln of the first; NAN if nowhere. */
static double falls_below(const struct data *data, int column, double level)
{
    for (int r = 1; r < data->rows; r++) {
        const double *now = data->value + (size_t)r * data->columns;
        const double *before = now - data->columns;
        if (before[column] >= level && now[column] < level)
            return before[0] * pow(now[0] / before[0], (before[column] - level)
                                                           / (before[column] - now[column]));
    }
    return NAN;
}

static enum status write_wait(const struct report *report, const char *kind, const char *which)
{
    char run[48];
    struct settings settings;
    struct data data;
    snprintf(run, sizeof run, "wait-%s-%s", kind, which);
    enum status status = read_run(report, run, &settings, &data, 3);
    if (status != STATUS_OK)
        return status;
    const double *first = data.value, *last = first + (size_t)(data.rows - 1) * data.columns;
    write_number(report, 3, first[1], "%s/first", run);
    write_number(report, 3, last[1], "%s/last", run);
    write_number(report, 7, ceil(first[2]) - 1, "%s/stages", run);
    write_number(report, 2, falls_below(&data, 1, first[1] / 2), "%s/half", run);
    write_number(report, 2, falls_below(&data, 2, 1), "%s/last-stage", run);
    data_free(&data);
    return STATUS_OK;
}

static enum status write_depth_law(const struct report *report, const char *layers)
{
    char run[48];
    struct settings s;
    struct data data;
    snprintf(run, sizeof run, "law-time-layers-%s", layers);
    enum status status = read_run(report, run, &s, &data, 4);
    if (status != STATUS_OK)
        return status;
    const double *last = data.value + (size_t)(data.rows - 1) * data.columns;
    double unit = s.target * s.target / 2, exponent = s.alpha / (s.alpha + 1);
    write_number(report, 4, last[2] * pow(last[0], exponent) / unit, "%s/constant", run);
    const double *middle = data.value + (size_t)(data.rows / 2) * data.columns;
    write_number(report, 1, fabs(middle[1] / middle[2] - 1), "%s/error", run);
    write_number(report, 6, middle[0], "%s/middle", run);
    data_free(&data);
    return STATUS_OK;
}

static double order_of(const struct data *data, const char *name, double from, double low,
                       double high)
{
    int column = data_column(data, name);
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (int r = 0; column >= 0 && r < data->rows; r++) {
        const double *row = data->value + (size_t)r * data->columns;
        double u = log(row[0]), v = log(row[column]);
        if (row[0] < from || row[column] < low || row[column] > high)
            continue;
        n += 1;
        x += u;
        y += v;
        xx += u * u;
        xy += u * v;
    }
    return -(n * xy - x * y) / (n * xx - x * x);
}

static enum status write_convergence(const struct report *report)
{
    struct settings settings;
    struct data data;
    enum status status = read_run(report, "convergence", &settings, &data, 9);
    if (status != STATUS_OK)
        return status;
    const double *last = data.value + (size_t)(data.rows - 1) * data.columns;
    write_number(report, 3, order_of(&data, "descent", 0, 1e-12, 0.03),
                 "convergence/order-descent");
    write_number(report, 3, order_of(&data, "rk4", 0, 1e-12, 1e-3), "convergence/order-rk4");
    write_number(report, 2, order_of(&data, "rk8", 0, 1e-12, 1e-3), "convergence/order-rk8");
    write_number(report, 2, order_of(&data, "spread", last[0] / 4, 0, 1),
                 "convergence/order-spread");
    write_number(report, 2, fabs(last[4] - last[6]) / last[5], "convergence/mean-misses");
    write_number(report, 3, last[7] / last[8], "convergence/spread-ratio");
    write_number(report, 6, last[0], "convergence/last");
    write_number(report, 6, (double)settings.repeats, "convergence/repeats");
    data_free(&data);
    return STATUS_OK;
}

static enum status write_depths(const struct report *report)
{
    static const char *const layers[] = {"1", "2", "3", "4", "10"};
    static const char *const starts[] = {"1e-3", "1e-6", "1e-9"};
    enum status status = write_convergence(report);
    for (int i = 0; status == STATUS_OK && i < 3; i++)
        status = write_wait(report, "imbalance", starts[i]);
    for (int i = 0; status == STATUS_OK && i < 5; i++) {
        status = write_wait(report, "layers", layers[i]);
        if (status == STATUS_OK)
            status = write_depth_law(report, layers[i]);
    }
    return status;
}

static double crossing_in_repeat(const struct data *data, int repeat, int column,
                                 double level)
{
    int first = 0, n = 0;
    while (first < data->rows && data->value[(size_t)first * data->columns] != repeat)
        first++;
    while (first + n < data->rows
           && data->value[(size_t)(first + n) * data->columns] == repeat)
        n++;
    double *pair = malloc(sizeof(double) * (size_t)(2 * n + 1)), crossing = NAN;
    for (int i = 0; pair && i < n; i++) {
        pair[i] = data->value[(size_t)(first + i) * data->columns + 1];
        pair[n + i] = data->value[(size_t)(first + i) * data->columns + column];
    }
    if (pair && n > 0)
        crossing = calibration_crossing(n, pair, pair + n, level);
    free(pair);
    return crossing;
}

/* Spread over the repeats of T(above), less T(below) if that is not 0. */
static enum status condense_crossings(const struct data *data, const struct settings *settings,
                                      int k, double below, double above,
                                      struct spread *spread)
{
    char name[16];
    snprintf(name, sizeof name, "R_%d", k);
    int column = data_column(data, name), repeats = (int)settings->repeats;
    double *crossing = malloc(sizeof(double) * (size_t)repeats);
    struct stream stream = stream_open(settings->seed, (uint64_t)k, PURPOSE_BOOTSTRAP);
    if (column < 0 || !crossing) {
        free(crossing);
        return column < 0 ? STATUS_FORMAT : STATUS_MEMORY;
    }
    for (int r = 0; r < repeats; r++) {
        crossing[r] = crossing_in_repeat(data, r + 1, column, above);
        if (below > 0)
            crossing[r] -= crossing_in_repeat(data, r + 1, column, below);
    }
    enum status status = calibration_condense(repeats, crossing, 10000, &stream, spread);
    free(crossing);
    return status;
}

static void write_spread(const struct report *report, const char *run, int k,
                         const struct spread *spread)
{
    write_number(report, 6, spread->count, "%s/%d/count", run, k);
    write_number(report, 6, round(spread->mean), "%s/%d/mean", run, k);
    write_number(report, 6, round(spread->sd), "%s/%d/sd", run, k);
    write_number(report, 6, round(spread->low), "%s/%d/low", run, k);
    write_number(report, 6, round(spread->high), "%s/%d/high", run, k);
}

static double model_time(const struct settings *settings, int k, double level)
{
    double p = task_probability(settings->alpha, (int)settings->skills, k);
    struct skill skill = {settings->target, emergence_extended_initial(settings->sigma),
                          settings->rate, p};
    return emergence_extended_time_to_reach(skill, calibration_authors("kappa"), level);
}

static void write_rise(const struct report *report, const char *run, int k,
                       const struct settings *settings, const struct spread *rise)
{
    double model = model_time(settings, k, 0.5) - model_time(settings, k, 0.25);
    write_number(report, 3, rise->mean / model, "%s/%d/rise", run, k);
}

/* A skill that not every repeat has learned is not compared. */
static bool write_comparison(const struct report *report, const char *run, int k,
                             const struct settings *settings, const struct spread *spread)
{
    const struct spread *independent = &calibration_independent_times[k - 1];
    double model = model_time(settings, k, 0.5);
    double distance = calibration_distance(spread, independent);
    bool compares = spread->count == settings->repeats && isfinite(distance);
    write_number(report, 6, round(model), "%s/%d/model", run, k);
    write_number(report, 3, spread->mean / model, "%s/%d/ratio", run, k);
    write_number(report, 5, independent->mean, "%s/%d/independent", run, k);
    write_number(report, 3, independent->sd, "%s/%d/independent-sd", run, k);
    write_number(report, 3, compares ? distance : NAN, "%s/%d/distance", run, k);
    write_text(report, !compares ? "---" : distance < 3 ? "yes" : "no", "%s/%d/agrees", run, k);
    return compares && distance < 3;
}

static int count_diverged(const struct data *data)
{
    int diverged = 0;
    for (int r = 0; r < data->rows; r++)
        diverged += isnan(data->value[(size_t)(r + 1) * data->columns - 1]);
    return diverged;
}

static enum status write_mlp_time(const struct report *report)
{
    const char *run = "mlp-time";
    struct settings settings;
    struct data data;
    enum status status = read_run(report, run, &settings, &data, 4);
    if (status != STATUS_OK)
        return status;
    int agreeing = 0;
    for (int k = 1; status == STATUS_OK && k <= CALIBRATION_SKILLS; k++) {
        struct spread spread, rise;
        status = condense_crossings(&data, &settings, k, 0.25, 0.5, &rise);
        if (status == STATUS_OK)
            status = condense_crossings(&data, &settings, k, 0, 0.5, &spread);
        if (status == STATUS_OK) {
            write_spread(report, run, k, &spread);
            write_rise(report, run, k, &settings, &rise);
            agreeing += write_comparison(report, run, k, &settings, &spread);
        }
    }
    write_number(report, 6, (double)settings.repeats, "%s/repeats", run);
    write_number(report, 6, (double)settings.steps, "%s/steps", run);
    write_number(report, 6, count_diverged(&data), "%s/diverged", run);
    write_number(report, 6, agreeing, "%s/agreeing", run);
    data_free(&data);
    return status;
}

static struct spread exactly(double value)
{
    return (struct spread){0, value, 0, value, value};
}

static void write_verdict(const struct report *report, const struct spread *ours,
                          double authors, const char *format, ...)
{
    char claim[64];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(claim, sizeof claim, format, arguments);
    va_end(arguments);
    const char *verdict = calibration_verdict(authors, ours);
    if (report->kind == NUMBERS_VERDICTS)
        fprintf(report->stream, "%s\t%.6g\t%.6g\t%.6g\t%.6g\t%d\t%s\n", claim, authors,
                ours->mean, ours->low, ours->high, ours->count, verdict);
    write_number(report, 4, authors, "verdict/%s/authors", claim);
    write_number(report, 4, ours->mean, "verdict/%s/ours", claim);
    write_number(report, 4, ours->low, "verdict/%s/low", claim);
    write_number(report, 4, ours->high, "verdict/%s/high", claim);
    write_text(report, verdict, "verdict/%s/verdict", claim);
}

enum { RESAMPLES = 1999 };

static int find_resource(double *resource, int *points, double x)
{
    int at = 0;
    while (at < *points && resource[at] < x)
        at++;
    if (at < *points && resource[at] == x)
        return at;
    memmove(resource + at + 1, resource + at, sizeof *resource * (size_t)(*points - at));
    resource[at] = x;
    ++*points;
    return at;
}

/* Values of a column against a resource; the caller frees resource and value. */
static enum status pack(const struct data *data, const char *resource_name, const char *name,
                        int repeats, struct fit_data *packed)
{
    int key = data_column(data, resource_name), column = data_column(data, name);
    double *resource = malloc(sizeof(double) * (size_t)(data->rows + 1));
    double *value = NULL;
    int points = 0;
    for (int r = 0; resource && key >= 0 && r < data->rows; r++)
        find_resource(resource, &points, data->value[(size_t)r * data->columns + key]);
    if (resource)
        value = calloc((size_t)repeats * (size_t)points + 1, sizeof(double));
    *packed = (struct fit_data){repeats, points, resource, value};
    if (!value)
        return STATUS_MEMORY;
    if (key < 0 || column < 0)
        return STATUS_FORMAT;
    for (int i = 0; i < repeats * points; i++)
        value[i] = NAN;
    for (int r = 0; r < data->rows; r++) {
        const double *row = data->value + (size_t)r * data->columns;
        int repeat = (int)row[0] - 1, at = find_resource(resource, &points, row[key]);
        if (repeat >= 0 && repeat < repeats)
            value[repeat * points + at] = row[column];
    }
    return STATUS_OK;
}

static void unpack(struct fit_data *packed)
{
    free((double *)packed->resource);
    free((double *)packed->value);
}

static struct fit_system system_of(const struct settings *settings, int k)
{
    return (struct fit_system){
        .target = settings->target,
        .initial = emergence_extended_initial(settings->sigma),
        .rate = settings->rate,
        .probability = task_probability(settings->alpha, (int)settings->skills, k),
        .skill = k};
}

static void write_fit(const struct report *report, const char *name, const char *authors,
                      const struct fit *fit)
{
    const struct spread *constant = &fit->constant;
    const char *verdict = calibration_verdict(calibration_authors(authors), constant);
    if (report->kind == NUMBERS_FITS)
        fprintf(report->stream, "%s\t%.6g\t%.6g\t%.6g\t%.6g\t%d\t%.3g\t%d\t%s\n", name,
                calibration_authors(authors), constant->mean, constant->low, constant->high,
                constant->count, fit->residual, fit->left_out, verdict);
    write_number(report, 4, constant->mean, "fit/%s/mean", name);
    write_number(report, 4, constant->low, "fit/%s/low", name);
    write_number(report, 4, constant->high, "fit/%s/high", name);
    write_number(report, 6, constant->count, "fit/%s/repeats", name);
    write_number(report, 2, fit->residual, "fit/%s/residual", name);
    write_number(report, 2, fit->scatter, "fit/%s/scatter", name);
    write_number(report, 6, fit->left_out, "fit/%s/left-out", name);
    write_text(report, verdict, "fit/%s/verdict", name);
}

/* Root mean square over the repeats at resource 0; NaN if it was not measured. */
static double value_at_start(const struct fit_data *packed)
{
    double sum = 0;
    for (int r = 0; r < packed->repeats; r++)
        sum += gsl_pow_2(packed->value[(size_t)r * (size_t)packed->points]);
    return packed->points > 0 && packed->resource[0] == 0 ? sqrt(sum / packed->repeats) : NAN;
}

static enum status fit_run(const struct report *report, const char *run, const char *resource,
                           const char *column, enum fit_curve curve, const char *name,
                           const char *authors, bool starts_as_measured, struct fit *fit)
{
    struct settings settings;
    struct data data;
    enum status status = read_run(report, run, &settings, &data, 4);
    if (status != STATUS_OK)
        return status;
    struct fit_data packed;
    status = pack(&data, resource, column, (int)settings.repeats, &packed);
    *fit = (struct fit){.constant = {0, NAN, NAN, NAN, NAN}, .residual = NAN, .scatter = NAN};
    if (status == STATUS_OK) {
        struct fit_system system = system_of(&settings, 1);
        struct stream stream = stream_open(settings.seed, curve, PURPOSE_BOOTSTRAP);
        write_number(report, 2, system.initial / system.target, "%s/start", run);
        write_number(report, 2, value_at_start(&packed), "%s/start-measured", run);
        if (starts_as_measured)
            system.initial = system.target * value_at_start(&packed);
        status = fit_constant(curve, &system, &packed, RESAMPLES, &stream, fit);
        if (status == STATUS_RANGE || status == STATUS_CONVERGENCE)
            status = STATUS_OK;
        write_fit(report, name, authors, fit);
        write_number(report, 17, 4 * system.rate * system.probability * system.target,
                     "%s/speed", run);
        write_number(report, 17, system.target / system.initial - 1, "%s/start-ratio", run);
        write_number(report, 6, (double)settings.steps, "%s/steps", run);
    }
    unpack(&packed);
    data_free(&data);
    return status;
}

static bool is_farther(double ratio, double other)
{
    return isfinite(ratio) && (!isfinite(other) || fabs(log(ratio)) > fabs(log(other)));
}

static void keep_worst(const struct fit_prediction *prediction, struct spread *worst)
{
    const struct spread *emergence = &prediction->emergence;
    double predicted = prediction->predicted;
    if (is_farther(prediction->ratio, worst->mean))
        *worst = (struct spread){emergence->count, prediction->ratio,
                                 emergence->sd / predicted, emergence->low / predicted,
                                 emergence->high / predicted};
}

static enum status predict_skill(const struct report *report, const struct settings *settings,
                                 const struct data *data, const char *resource,
                                 enum fit_curve curve, const char *name, double constant, int k,
                                 struct spread *worst)
{
    char column[16];
    snprintf(column, sizeof column, "R_%d", k);
    struct fit_data packed;
    struct fit_prediction prediction = {NAN, {0, NAN, NAN, NAN, NAN}, NAN, NAN, 0};
    enum status status = pack(data, resource, column, (int)settings->repeats, &packed);
    if (status == STATUS_OK && constant > 0 && isfinite(constant)) {
        struct fit_system system = system_of(settings, k);
        struct stream stream = stream_open(settings->seed, (uint64_t)k, PURPOSE_BOOTSTRAP);
        status = fit_predict(curve, &system, constant, &packed, RESAMPLES, &stream,
                             &prediction);
        if (status == STATUS_RANGE)
            status = STATUS_OK;
    }
    write_number(report, 2, prediction.residual, "predict/%s/%d/residual", name, k);
    write_number(report, 4, prediction.emergence.mean, "predict/%s/%d/measured", name, k);
    write_number(report, 4, prediction.predicted, "predict/%s/%d/predicted", name, k);
    write_number(report, 3, prediction.ratio, "predict/%s/%d/ratio", name, k);
    keep_worst(&prediction, worst);
    unpack(&packed);
    return status;
}

/* Mean of the column "steps" over the rows with so many samples that have not
   diverged; NaN if none. */
static double mean_steps(const struct data *data, double samples)
{
    int D = data_column(data, "D"), steps = data_column(data, "steps"), count = 0;
    int loss = data_column(data, "loss");
    double sum = 0;
    for (int r = 0; D >= 0 && steps >= 0 && loss >= 0 && r < data->rows; r++) {
        const double *row = data->value + (size_t)r * data->columns;
        if (row[D] == samples && !isnan(row[loss])) {
            sum += row[steps];
            count++;
        }
    }
    return count ? sum / count : NAN;
}

static enum status predict_run(const struct report *report, const char *run,
                               const char *resource, enum fit_curve curve, const char *name,
                               double constant)
{
    struct settings settings;
    struct data data;
    struct spread worst = {0, NAN, NAN, NAN, NAN};
    enum status status = read_run(report, run, &settings, &data, 4);
    if (status != STATUS_OK)
        return status;
    for (int k = 1; status == STATUS_OK && k <= settings.skills; k++) {
        double p = task_probability(settings.alpha, (int)settings.skills, k);
        write_number(report, 17, p, "%s/probability-%d", run, k);
        status = predict_skill(report, &settings, &data, resource, curve, name, constant, k,
                               &worst);
    }
    write_verdict(report, &worst, 1, "predicted-%s", name);
    write_number(report, 6, (double)settings.repeats, "%s/repeats", run);
    write_number(report, 6, (double)settings.steps, "%s/steps", run);
    write_number(report, 3, mean_steps(&data, 3000), "%s/stopped", run);
    data_free(&data);
    return status;
}

static enum status compare_on_run(const struct report *report, const char *run, char quantity,
                                  const enum fit_curve curve[2], const double *constant,
                                  struct fit_contest *contest)
{
    struct settings settings;
    struct data data;
    struct fit_system system[CALIBRATION_SKILLS] = {{0}};
    struct fit_data packed[CALIBRATION_SKILLS] = {{0}};
    enum status status = read_run(report, run, &settings, &data, 6);
    if (status != STATUS_OK)
        return status;
    int skills = 0;
    for (; status == STATUS_OK && skills < settings.skills && skills < CALIBRATION_SKILLS;
         skills++) {
        char column[16];
        snprintf(column, sizeof column, "%c_%d", quantity, skills + 1);
        system[skills] = system_of(&settings, skills + 1);
        status = pack(&data, "D", column, (int)settings.repeats, &packed[skills]);
    }
    struct stream stream = stream_open(settings.seed, 7, PURPOSE_BOOTSTRAP);
    if (status == STATUS_OK)
        status = fit_compare(curve, constant, skills, system, packed, RESAMPLES, &stream,
                             contest);
    for (int k = 0; k < skills; k++)
        unpack(&packed[k]);
    data_free(&data);
    return status == STATUS_RANGE || status == STATUS_CONVERGENCE ? STATUS_OK : status;
}

static enum status hold_contest(const struct report *report, const char *run, char quantity,
                                const enum fit_curve curve[2], const char *name,
                                const double *fixed, double found[2])
{
    static const char *const names[] = {"loss-derived", "correlation"};
    struct fit_contest contest = {0, {NAN, NAN}, {NAN, NAN}, 0, NAN};
    enum status status = compare_on_run(report, run, quantity, curve, fixed, &contest);
    for (int i = 0; i < 2; i++) {
        found[i] = contest.constant[i];
        write_number(report, 3, contest.constant[i], "contest/%s/%s-dc", name, names[i]);
        write_number(report, 2, contest.residual[i], "contest/%s/%s", name, names[i]);
    }
    write_text(report, contest.count ? fit_verdict(&contest, names) : "---",
               "contest/%s/verdict", name);
    return status;
}

static enum status write_contests(const struct report *report)
{
    static const enum fit_curve strength[] = {FIT_STRENGTH_BY_LOSS,
                                              FIT_STRENGTH_BY_CORRELATION};
    static const enum fit_curve loss[] = {FIT_LOSS_BY_LOSS, FIT_LOSS_BY_CORRELATION};
    double constant[2], same[2];
    const char *one = "one-skill-data", *five = "mlp-data";
    enum status status = hold_contest(report, one, 'R', strength, "strength", NULL, constant);
    if (status == STATUS_OK)
        status = hold_contest(report, five, 'R', strength, "five-strength", constant, same);
    if (status == STATUS_OK)
        status = hold_contest(report, one, 'L', loss, "loss", NULL, constant);
    if (status == STATUS_OK)
        status = hold_contest(report, five, 'L', loss, "five-loss", constant, same);
    return status;
}

static enum status write_fits(const struct report *report)
{
    const struct {
        const char *run, *resource, *column, *name, *authors, *predicted, *theirs;
        enum fit_curve curve;
        bool starts_as_measured;
    } plan[] = {
        {"one-skill-time", "T", "R_1", "kappa-free", "kappa", NULL, NULL,
         FIT_TIME_AND_START, false},
        {"one-skill-time", "T", "R_1", "kappa-measured", "kappa", NULL, NULL, FIT_TIME,
         true},
        {"one-skill-time", "T", "R_1", "kappa", "kappa", "mlp-time", "authors-kappa", FIT_TIME,
         false},
        {"one-skill-data", "D", "R_1", "dc-loss", "dc", "mlp-data", "authors-dc-loss",
         FIT_STRENGTH_BY_LOSS, false},
        {"one-skill-data", "D", "R_1", "dc-correlation", "dc", "mlp-data",
         "authors-dc-correlation", FIT_STRENGTH_BY_CORRELATION, false},
        {"one-skill-data", "D", "L_1", "dc-skill-loss", "dc", NULL, NULL, FIT_LOSS_BY_LOSS,
         false},
        {"one-skill-width", "N", "R_1", "nc", "nc", "mlp-width", "authors-nc", FIT_PARAMETERS,
         false},
    };
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof plan / sizeof plan[0]; i++) {
        struct fit fit;
        status = fit_run(report, plan[i].run, plan[i].resource, plan[i].column, plan[i].curve,
                         plan[i].name, plan[i].authors, plan[i].starts_as_measured, &fit);
        write_number(report, 6, calibration_authors(plan[i].authors), "authors/%s",
                     plan[i].authors);
        write_verdict(report, &fit.constant, calibration_authors(plan[i].authors), "%s",
                      plan[i].name);
        if (status == STATUS_OK && plan[i].predicted)
            status = predict_run(report, plan[i].predicted, plan[i].resource, plan[i].curve,
                                 plan[i].name, fit.constant.mean);
        if (status == STATUS_OK && plan[i].predicted)
            status = predict_run(report, plan[i].predicted, plan[i].resource, plan[i].curve,
                                 plan[i].theirs, calibration_authors(plan[i].authors));
    }
    return status == STATUS_OK ? write_contests(report) : status;
}

static void write_interval(const struct report *report, const char *run, const char *name,
                           const struct spread *spread)
{
    write_number(report, 3, round(1000 * spread->mean) / 1000, "%s/%s/mean", run, name);
    write_number(report, 2, round(1000 * spread->sd) / 1000, "%s/%s/sd", run, name);
    write_number(report, 3, round(1000 * spread->low) / 1000, "%s/%s/low", run, name);
    write_number(report, 3, round(1000 * spread->high) / 1000, "%s/%s/high", run, name);
    write_number(report, 6, spread->count, "%s/%s/count", run, name);
}

/* Geometric means of the times, what of its own a skill has seen by then in units of what the
   first has, and where lines of both slopes through the means begin. */
static enum status write_times(const struct report *report, const char *run,
                               const struct settings *settings, const double *time,
                               const struct exponent *exponent, struct stream *stream)
{
    int repeats = (int)settings->repeats, skills = (int)settings->skills;
    double *value = malloc(sizeof(double) * (size_t)repeats), height = 0, place = 0, seen = 0;
    struct spread spread;
    enum status status = value ? STATUS_OK : STATUS_MEMORY;
    for (int k = 1; status == STATUS_OK && k <= skills; k++) {
        for (int r = 0; r < repeats; r++)
            value[r] = isinf(time[r * skills + k - 1]) ? NAN : log(time[r * skills + k - 1]);
        status = calibration_condense(repeats, value, RESAMPLES, stream, &spread);
        write_number(report, 6, spread.count, "%s/%d/count", run, k);
        write_number(report, 4, exp(spread.mean), "%s/%d/mean", run, k);
        write_number(report, 4, exp(spread.low), "%s/%d/low", run, k);
        write_number(report, 4, exp(spread.high), "%s/%d/high", run, k);
        double samples = exp(spread.mean) * task_probability(settings->alpha, skills, k);
        seen = k == 1 ? samples : seen;
        write_number(report, 2, samples / seen, "%s/%d/seen", run, k);
        height += spread.mean / skills;
        place += log(k) / skills;
    }
    write_number(report, 6, exp(height - exponent->slope.mean * place), "%s/fitted", run);
    write_number(report, 6, exp(height - (settings->alpha + 1) * place), "%s/law", run);
    free(value);
    return status;
}

static void write_exponent(const struct report *report, const char *run,
                           const struct settings *settings, const struct exponent *exponent)
{
    const struct spread *slope = &exponent->slope;
    double predicted = settings->alpha + 1;
    bool inside = slope->low <= predicted && predicted <= slope->high;
    write_interval(report, run, "slope", slope);
    write_interval(report, run, "bound", &exponent->bound);
    write_interval(report, run, "later", &exponent->later);
    write_number(report, 3, predicted, "%s/predicted", run);
    write_number(report, 6, exponent->repeats, "%s/repeats", run);
    write_number(report, 6, exponent->complete, "%s/complete", run);
    write_number(report, 6, exponent->ordered, "%s/ordered", run);
    write_number(report, 3, 100 * exponent->pairs, "%s/pairs", run);
    write_text(report, isnan(slope->low) ? "---" : inside ? "yes" : "no", "%s/inside", run);
    write_text(report, calibration_verdict(predicted, slope), "%s/verdict", run);
    write_number(report, 6, (double)settings->steps, "%s/steps", run);
    write_number(report, 6, (double)settings->bits, "%s/bits", run);
    write_number(report, 6, (double)settings->order, "%s/order", run);
    write_number(report, 6, (double)settings->width, "%s/width", run);
    write_number(report, 6, (double)settings->heads, "%s/heads", run);
    write_number(report, 6, (double)settings->batch, "%s/batch", run);
    write_number(report, 6, settings->rate, "%s/rate", run);
}

static enum status judge_transformer(const struct report *report, const char *run,
                                     double predicted, const struct exponent *exponent,
                                     struct stream *stream)
{
    double *is_ordered = calloc((size_t)exponent->repeats, sizeof(double));
    struct spread share;
    enum status status = is_ordered ? STATUS_OK : STATUS_MEMORY;
    for (int r = 0; status == STATUS_OK && r < exponent->ordered; r++)
        is_ordered[r] = 1;
    if (status == STATUS_OK)
        status = calibration_condense(exponent->repeats, is_ordered, RESAMPLES, stream, &share);
    if (status == STATUS_OK) {
        write_verdict(report, &exponent->slope, predicted, "%s-exponent", run);
        write_verdict(report, &share, 1, "%s-order", run);
    }
    free(is_ordered);
    return status;
}

static enum status write_transformer_run(const struct report *report, const char *run)
{
    struct settings settings;
    struct data data;
    struct exponent exponent;
    enum status status = read_run(report, run, &settings, &data, 5);
    if (status != STATUS_OK)
        return status;
    struct stream stream = stream_open(settings.seed, 1, PURPOSE_BOOTSTRAP);
    double *time = malloc(sizeof(double) * (size_t)(settings.repeats * settings.skills));
    status = time ? exponent_of_table(&data, (int)settings.repeats, (int)settings.skills,
                                      RESAMPLES, &stream, time, NULL, &exponent)
                  : STATUS_MEMORY;
    if (status == STATUS_OK) {
        write_exponent(report, run, &settings, &exponent);
        status = write_times(report, run, &settings, time, &exponent, &stream);
    }
    if (status == STATUS_OK && settings.optimiser == 0)
        status = judge_transformer(report, run, settings.alpha + 1, &exponent, &stream);
    free(time);
    data_free(&data);
    return status;
}

static enum status write_transformer(const struct report *report)
{
    enum { RUNS = 5 };
    static const char *const runs[RUNS] = {"transformer-time", "transformer-adam",
                                           "transformer-large-0.5", "transformer-large-0.9",
                                           "transformer-large-1.5"};
    bool exists[RUNS] = {false};
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < RUNS; i++) {
        FILE *stream = open_run(report, runs[i]);
        exists[i] = stream || !strcmp(runs[i], "transformer-time");
        if (stream)
            fclose(stream);
        if (exists[i])
            status = write_transformer_run(report, runs[i]);
    }
    if (report->kind != NUMBERS_TEX)
        return status;
    fputs("\\newcommand{\\transformerrows}{%\n", report->stream);
    for (int i = 0; i < RUNS; i++)
        if (exists[i])
            fprintf(report->stream, "\\transformerrow{%s}\n", runs[i]);
    fputs("}\n", report->stream);
    return status;
}

struct law {
    const char *name;
    double from, to; /* of the slope */
    int skills;      /* the authors' n_s */
    double target;
};

static double loss_at(char law, const struct scaling *s, double x)
{
    int parameters;
    double loss;
    switch (law) {
    case 't': return scaling_time_loss(s, x);
    case 'd': return scaling_data_loss(s, x);
    case 'p': return scaling_parameter_loss(s, (int)x);
    default: return scaling_frontier(s, x, &parameters, &loss) == STATUS_OK ? loss : NAN;
    }
}

static double exponent_of(char law, double alpha)
{
    return law == 'p' ? alpha : alpha / (alpha + (law == 'c' ? 2 : 1));
}

/* Slope over exponent, the worst of the three alphas. */
static double worst_slope(const struct law *law, int skills)
{
    static const double alphas[] = {0.3, 0.6, 0.9};
    double worst = NAN;
    for (int i = 0; i < 3; i++) {
        struct scaling s = {.alpha = alphas[i], .skills = skills, .target = law->target,
                            .initial = 0.01, .rate = 1};
        double first = loss_at(law->name[0], &s, law->from);
        double last = loss_at(law->name[0], &s, law->to);
        double ratio = log(first / last) / log(law->to / law->from)
                       / exponent_of(law->name[0], alphas[i]);
        if (is_farther(ratio, worst))
            worst = ratio;
    }
    return worst;
}

static void judge_exponents(const struct report *report)
{
    static const struct law laws[] = {{"time", 1e3, 1e4, 100000, 1},
                                      {"data", 1e2, 1e3, 100000, 1},
                                      {"parameters", 10, 100, 100000, 1},
                                      {"compute", 1e4, 1e8, 50000, 5}};
    for (int i = 0; i < 4; i++) {
        struct spread ours = exactly(worst_slope(&laws[i], 0));
        write_verdict(report, &ours, 1, "exponent-%s", laws[i].name);
        write_number(report, 3, worst_slope(&laws[i], laws[i].skills),
                     "exponent-%s/finite", laws[i].name);
    }
}

static void judge_constants(const struct report *report)
{
    static const double alphas[] = {0.3, 0.6, 0.9};
    for (int i = 0; i < 3; i++) {
        char name[32];
        struct scaling time = {.alpha = alphas[i], .skills = 0, .target = 1, .initial = 0.01,
                               .rate = 1};
        struct scaling compute = time;
        compute.target = 5;
        struct spread ours = exactly(2 * scaling_time_constant(&time));
        snprintf(name, sizeof name, "time-%.1f", alphas[i]);
        write_verdict(report, &ours, calibration_authors(name), "constant-%s", name);
        ours = exactly(scaling_compute_constant(&compute) / 12.5);
        snprintf(name, sizeof name, "compute-%.1f", alphas[i]);
        write_verdict(report, &ours, calibration_authors(name), "constant-%s", name);
    }
}

/* Pairs of neighbours of which the first passes high before the second passes low; a skill
   that never passes passes last. */
static double count_pairs(const struct data *data, int repeat, double high, double low)
{
    int column = data_column(data, "R_1"), pairs = 0;
    for (int k = 1; k < CALIBRATION_SKILLS; k++) {
        double before = crossing_in_repeat(data, repeat, column + k - 1, high);
        double after = crossing_in_repeat(data, repeat, column + k, low);
        pairs += before < after || (isfinite(before) && isnan(after));
    }
    return pairs;
}

static double model_pairs(const struct settings *settings, double high, double low)
{
    double pairs = 0;
    for (int k = 1; k < CALIBRATION_SKILLS; k++)
        pairs += model_time(settings, k, high) < model_time(settings, k + 1, low);
    return pairs;
}

static enum status judge_sequence(const struct report *report)
{
    struct settings settings;
    struct data data;
    enum status status = read_run(report, "mlp-time", &settings, &data, 3 + CALIBRATION_SKILLS);
    if (status != STATUS_OK)
        return status;
    int repeats = (int)settings.repeats;
    double *ordered = malloc(sizeof(double) * 2 * (size_t)repeats), *stages = ordered + repeats;
    struct stream stream = stream_open(settings.seed, 0, PURPOSE_BOOTSTRAP);
    struct spread spread[2];
    status = ordered ? STATUS_OK : STATUS_MEMORY;
    for (int r = 0; status == STATUS_OK && r < repeats; r++) {
        ordered[r] = count_pairs(&data, r + 1, 0.5, 0.5) == CALIBRATION_SKILLS - 1;
        stages[r] = count_pairs(&data, r + 1, 0.95, 0.05);
    }
    for (int i = 0; status == STATUS_OK && i < 2; i++)
        status = calibration_condense(repeats, i ? stages : ordered, RESAMPLES, &stream,
                                      &spread[i]);
    if (status == STATUS_OK) {
        write_verdict(report, &spread[0], 1, "order");
        write_verdict(report, &spread[1], model_pairs(&settings, 0.95, 0.05), "stages");
    }
    free(ordered);
    data_free(&data);
    return status;
}

/* Mean over skills of the ratio of measured to predicted time; NaN if none emerges. */
static enum status ratio_on_grid(const struct report *report, const char *run, double *ratio)
{
    struct settings settings;
    struct data data;
    enum status status = read_run(report, run, &settings, &data, 4);
    double sum = 0;
    int skills = 0;
    for (int k = 1; status == STATUS_OK && k <= settings.skills; k++) {
        struct spread spread;
        status = condense_crossings(&data, &settings, k, 0, 0.5, &spread);
        if (status != STATUS_OK)
            break;
        double one = spread.mean / model_time(&settings, k, 0.5);
        if (spread.count == settings.repeats && isfinite(one)) {
            sum += one;
            skills++;
        }
    }
    *ratio = skills ? sum / skills : NAN;
    if (status == STATUS_OK || status == STATUS_MEMORY)
        data_free(&data);
    return status;
}

static enum status judge_grid(const struct report *report)
{
    static const char *const sigma[] = {"0.01", "0.04", "0.1"};
    static const char *const alpha[] = {"0.3", "0.6", "0.9", "2.0"};
    double ratio[12];
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < 12; i++) {
        char run[32];
        snprintf(run, sizeof run, "grid-%s-%s", sigma[i / 4], alpha[i % 4]);
        status = ratio_on_grid(report, run, &ratio[i]);
        write_number(report, 3, ratio[i], "grid/%s/%s", sigma[i / 4], alpha[i % 4]);
    }
    struct spread spread;
    struct stream stream = stream_open(1, 0, PURPOSE_BOOTSTRAP);
    if (status == STATUS_OK)
        status = calibration_condense(12, ratio, RESAMPLES, &stream, &spread);
    if (status == STATUS_OK)
        write_verdict(report, &spread, 1, "grid");
    return status;
}

static enum status write_verdicts(const struct report *report)
{
    judge_constants(report);
    judge_exponents(report);
    enum status status = judge_sequence(report);
    return status == STATUS_OK ? judge_grid(report) : status;
}

static void print_residual(const struct report *report, double residual)
{
    fprintf(report->stream, residual == 0 ? "0" : "\\num{%.1e}", residual);
}

static const char *comparison_of(const char *equation)
{
    const struct entry *entry;
    for (int i = 0; (entry = audit_entry(i)); i++)
        if (!strcmp(entry->equation, equation))
            return entry->comparison;
    return "";
}

static void write_mark(const struct report *report, const char *equation, double residual)
{
    fprintf(report->stream, "\\setaudit{%s}{", equation);
    print_residual(report, residual);
    fputs("}\n", report->stream);
}

static void write_audit_row(const struct report *report, const char *equation,
                            double residual, double tolerance, const char *verdict)
{
    fprintf(report->stream, "\\auditrow{%s}{%s}{", equation, comparison_of(equation));
    print_residual(report, residual);
    fputs("}{", report->stream);
    print_residual(report, tolerance);
    const char *module = audit_module(equation);
    fprintf(report->stream, "}{%s}{%s}\n", verdict, module ? module : "audit");
}

static enum status write_audit(const struct report *report)
{
    char *line = NULL, equation[64], verdict[16];
    size_t size = 0;
    double residual, tolerance;
    FILE *stream = open_run(report, "audit");
    if (!stream)
        return STATUS_FILE;
    for (int pass = 0; pass < 2; pass++, rewind(stream)) {
        if (pass == 1)
            fputs("\\newcommand{\\auditrows}{%\n", report->stream);
        while (getline(&line, &size, stream) > 0)
            if (line[0] == '#'
                || sscanf(line, "%63s %lf %lf %15s", equation, &residual, &tolerance,
                          verdict) != 4)
                continue;
            else if (pass == 0)
                write_mark(report, equation, residual);
            else
                write_audit_row(report, equation, residual, tolerance, verdict);
    }
    fputs("}\n", report->stream);
    free(line);
    fclose(stream);
    return STATUS_OK;
}

static enum status write_laws(const struct report *report)
{
    static const char *const alphas[] = {"0.3", "0.6", "0.9"};
    enum status status = STATUS_OK;
    for (int i = 0; status == STATUS_OK && i < 3; i++) {
        char run[32];
        snprintf(run, sizeof run, "constants-%s", alphas[i]);
        status = write_constants(report, run);
        snprintf(run, sizeof run, "compute-constants-%s", alphas[i]);
        if (status == STATUS_OK)
            status = write_constants(report, run);
        if (status == STATUS_OK)
            status = write_compute(report, alphas[i]);
        snprintf(run, sizeof run, "time-%s", alphas[i]);
        write_number(report, 3, calibration_authors(run), "authors/%s", run);
        snprintf(run, sizeof run, "bounds-range-%s", alphas[i]);
        if (status == STATUS_OK)
            status = write_ranges(report, run);
        snprintf(run, sizeof run, "finite-range-%s", alphas[i]);
        if (status == STATUS_OK)
            status = write_ranges(report, run);
    }
    return status;
}

enum status numbers_write(const char *folder, enum numbers_kind kind, FILE *stream,
                          char *table, size_t size)
{
    struct report report = {folder, kind, stream, table, size};
    if (kind == NUMBERS_FITS)
        fputs("constant\tauthors\tmean\tlow\thigh\trepeats\tresidual\tleft_out\tverdict\n",
              stream);
    if (kind == NUMBERS_VERDICTS)
        fputs("claim\tauthors\tours\tlow\thigh\trepeats\tverdict\n", stream);
    enum status status = write_laws(&report);
    if (status == STATUS_OK)
        status = write_time_law(&report, "law-time-infinite");
    if (status == STATUS_OK)
        status = write_time_law(&report, "law-time-0.3");
    if (status == STATUS_OK)
        status = write_stages(&report);
    if (status == STATUS_OK)
        status = write_simulation(&report, "multilinear-time", distance_in_time);
    if (status == STATUS_OK)
        status = write_simulation(&report, "multilinear-data", distance_in_data);
    if (status == STATUS_OK)
        status = write_resources(&report);
    if (status == STATUS_OK)
        status = write_depths(&report);
    if (status == STATUS_OK)
        status = write_mlp_time(&report);
    if (status == STATUS_OK)
        status = write_fits(&report);
    if (status == STATUS_OK)
        status = write_transformer(&report);
    if (status == STATUS_OK)
        status = write_verdicts(&report);
    if (status == STATUS_OK && kind == NUMBERS_TEX)
        status = write_audit(&report);
    return status;
}
