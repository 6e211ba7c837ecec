#include "numbers.h"
#include "audit.h"
#include "bounds.h"
#include "emergence.h"
#include "exponent.h"
#include "fit.h"
#include "ledger.h"
#include "measured.h"
#include "minimal.h"
#include "multilinear.h"
#include "original.h"
#include "resources.h"
#include "scaling.h"
#include "settings.h"
#include "statistics.h"
#include "table.h"
#include "task.h"
#include "theory.h"
#include <ctype.h>
#include <gsl/gsl_math.h>
#include <gsl/gsl_sort.h>
#include <math.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

struct groups {
    int labels; /* columns before the first value */
    const double **group; /* a row of each */
    int *of_row;
    bool *is_end; /* of a repeat that ended before others */
};

static bool belongs(const double *row, const double *group, int labels)
{
    return !memcmp(row + 1, group + 1, sizeof(double) * (size_t)(labels - 1));
}

static int find_group(const double *row, const double *const *group, int groups, int likely,
                      int labels)
{
    if (likely < groups && belongs(row, group[likely], labels))
        return likely;
    for (int g = 0; g < groups; g++)
        if (belongs(row, group[g], labels))
            return g;
    return groups;
}

/* Number the groups of all rows; returns how many there are. */
static int form_groups(const struct data *data, struct groups *groups)
{
    int count = 0, likely = 0;
    for (int r = 0; r < data->rows; r++) {
        const double *row = data_row(data, r);
        int g = find_group(row, (const double *const *)groups->group, count, likely,
                           groups->labels);
        if (g == count)
            groups->group[count++] = row;
        groups->of_row[r] = g;
        likely = g + 1;
    }
    return count;
}

/* Whether a row is the last of its repeat, and the repeat ended before others. */
static bool is_early_end(const struct data *data, int T, int r, double latest)
{
    const double *row = data_row(data, r);
    bool is_last = row[T] < latest && !isnan(row[T + 1]);
    for (int i = 1; is_last && i < data->rows; i++) {
        const double *other = data_row(data, (r + i) % data->rows);
        is_last = memcmp(row, other, sizeof(double) * (size_t)T) || other[T] < row[T];
    }
    return is_last;
}

static void find_early_ends(const struct data *data, int loss, bool *is_end)
{
    double latest = -INFINITY;
    bool counts_time = data_column(data, "T") == loss - 1 && loss > 1;
    for (int r = 0; counts_time && r < data->rows; r++)
        latest = fmax(latest, data_row(data, r)[loss - 1]);
    for (int r = 0; r < data->rows; r++)
        is_end[r] = counts_time && is_early_end(data, loss - 1, r, latest);
}

static bool is_held(const struct data *data, int loss, int r, const double *group)
{
    const double *row = data_row(data, r);
    return row[loss - 1] < group[loss - 1]
           && !memcmp(row + 1, group + 1, sizeof(double) * (size_t)(loss - 2));
}

/* A column of one group into value; returns how many values it has. */
static int gather_column(const struct data *data, const struct groups *groups, int g, int column,
                         double *value)
{
    int count = 0, loss = data_column(data, "loss");
    for (int r = 0; r < data->rows; r++)
        if (groups->of_row[r] == g
            || (groups->is_end[r] && is_held(data, groups->labels, r, groups->group[g])))
            value[count++] = isnan(data_row(data, r)[loss]) ? NAN : data_row(data, r)[column];
    return count;
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

static void summarise_groups(const struct data *data, const struct groups *groups, int count,
                             double *value, FILE *stream)
{
    for (int g = 0; g < count; g++) {
        double *row = value + data->rows;
        int columns = 0;
        for (int i = 1; i < groups->labels; i++)
            row[columns++] = groups->group[g][i];
        int repeats = columns++;
        for (int i = groups->labels; i < data->columns; i++) {
            row[repeats] = gather_column(data, groups, g, i, value);
            struct spread spread = statistics_condense((int)row[repeats], value, NULL);
            row[columns++] = spread.mean;
            row[columns++] = spread.count == 1 ? 0 : spread.sd;
        }
        table_row(stream, columns, row);
    }
}

/* The first column with a value; 0 if there is none, or no repeats. */
static int first_value(const struct data *data)
{
    int loss = data_column(data, "loss"), steps = data_column(data, "steps");
    if (loss < 1 || data_column(data, "repeat") != 0)
        return 0;
    return steps > 0 && steps < loss ? steps : loss;
}

enum status numbers_summarise(const char *path, FILE *stream)
{
    struct data data;
    enum status status = data_read(&data, path);
    if (status != STATUS_OK)
        return status;
    data_keep_last(&data, INFINITY);
    size_t rows = (size_t)data.rows + 1;
    struct groups groups = {first_value(&data), malloc(sizeof *groups.group * rows),
                            malloc(sizeof(int) * rows), malloc(sizeof(bool) * rows)};
    double *value = malloc(sizeof(double) * (rows + 2 * (size_t)data.columns));
    if (groups.labels == 0) {
        status = STATUS_FORMAT;
    } else if (!groups.group || !groups.of_row || !groups.is_end || !value) {
        status = STATUS_MEMORY;
    } else {
        print_summary_names(&data, groups.labels, stream);
        find_early_ends(&data, groups.labels, groups.is_end);
        summarise_groups(&data, &groups, form_groups(&data, &groups), value, stream);
    }
    free(groups.group);
    free(groups.of_row);
    free(groups.is_end);
    free(value);
    data_free(&data);
    return status;
}

static void print_times_names(const struct data *data, const struct times *times, double level,
                              FILE *stream)
{
    const char *name = data->names;
    fputs("# time: ", stream);
    if (level > 0)
        fprintf(stream, "first T at which R_k reaches %.15g", level);
    else
        fputs("mean of the first T at which R_k reaches 0.05, 0.25, 0.45 and 0.65", stream);
    fputs(", interpolated linearly; inf: not reached\n", stream);
    for (int i = 0; i < times->labels; i++) {
        int length = (int)strcspn(name, "\t");
        fprintf(stream, "%.*s\t", length, name);
        name += length + 1;
    }
    for (int k = 1; k <= times->skills; k++)
        fprintf(stream, "%sT_%d", k > 1 ? "\t" : "", k);
    fputs(times->skills > 1 ? "\tslope\n" : "\n", stream);
}

static void print_times(const struct data *data, const struct times *times, FILE *stream)
{
    const double *time = times->time;
    for (int r = 0; r < times->repeats; r++, time += times->skills) {
        const double *label = data_row(data, times->first[r]);
        double slope = exponent_slope(1, times->skills, time);
        for (int i = 0; i < times->labels; i++)
            fprintf(stream, "%.17g\t", label[i]);
        for (int k = 0; k < times->skills; k++)
            fprintf(stream, "%s%.17g", k > 0 ? "\t" : "", time[k]);
        if (times->skills > 1)
            fprintf(stream, "\t%.17g", isnan(slope) ? INFINITY : slope);
        fputc('\n', stream);
    }
}

enum status numbers_tabulate_times(const char *path, double level, FILE *stream, char *trouble,
                                   size_t size)
{
    struct data data;
    struct times times = {0};
    enum status status = data_read(&data, path);
    if (status == STATUS_FORMAT)
        strcpy(times.trouble, "it is no table of numbers");
    if (status == STATUS_OK)
        status = exponent_read(&data, level, &times);
    if (status == STATUS_OK) {
        print_times_names(&data, &times, level, stream);
        print_times(&data, &times, stream);
    }
    snprintf(trouble, size, "%s", times.trouble);
    exponent_free(&times);
    data_free(&data);
    return status;
}

struct finding {
    double theirs;
    struct spread ours;
    const char *verdict; /* NULL: none yet */
};

struct report {
    const char *folder;
    enum numbers_kind kind;
    FILE *stream;
    char *table;        /* path of the table that was opened last */
    size_t size;        /* of that string */
    enum status status; /* the first that is not OK; from then on nothing counts */
    struct finding *found; /* of each row of the ledger */
    const char *const *rows; /* wanted, NULL at their end; NULL: all */
    bool is_partial;         /* a run that is missing leaves its claims without a number */
    bool is_missing;         /* one is */
};

/* Fail with a name in the place of the table, unless something has failed before. */
static void fail_on(struct report *report, enum status status, const char *name)
{
    if (report->status != STATUS_OK)
        return;
    snprintf(report->table, report->size, "%s", name);
    report->status = status;
}

static bool is_wanted(const struct report *report, const char *row)
{
    bool wanted = !report->rows;
    for (const char *const *name = report->rows; !wanted && *name; name++)
        wanted = !strcmp(*name, row);
    return wanted;
}

/* Go on after a table that is not there, where the others will do. */
static void skip_missing(struct report *report)
{
    if (!report->is_partial || report->status != STATUS_FILE || access(report->table, F_OK) == 0)
        return;
    report->status = STATUS_OK;
    report->is_missing = true;
}

/* Whether all is well, this included. */
static bool proceed(struct report *report, enum status status)
{
    if (report->status == STATUS_OK)
        report->status = status;
    return report->status == STATUS_OK;
}

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
    else if (isfinite(value))
        fprintf(report->stream, "{\\num{%s}}\n", number);
    else
        fputs(isnan(value) ? "{---}\n" : "{\\ensuremath{\\infty}}\n", report->stream);
}

static void write_text(const struct report *report, const char *text, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    if (write_key(report, format, arguments))
        fprintf(report->stream, report->kind == NUMBERS_GNUPLOT ? "\"%s\"\n" : "{%s}\n", text);
    va_end(arguments);
}

/* The path of its table, or of its means where kind is ".summary"; after a failure the path of
   the table that failed. */
static const char *table_of(const struct report *report, const char *run, const char *kind)
{
    if (report->status == STATUS_OK)
        snprintf(report->table, report->size, "%s/%s%s.tsv", report->folder, run, kind);
    return report->table;
}

struct run {
    const char *name;
    struct settings settings;
    struct data data;
};

enum source {
    TABLE,   /* settings and table; of each width the last measurement */
    HISTORY, /* the same with all measurements */
    SUMMARY, /* settings, and the means over repeats for a table */
    TEXT     /* settings alone; its table is not one of numbers */
};

/* Whether it could be read; its data are to be freed in any case. */
static bool read_run(struct report *report, const char *name, enum source source,
                     struct run *run)
{
    *run = (struct run){.name = name};
    if (proceed(report, measured_settings(table_of(report, name, ""), &run->settings, NULL))
        && source != TEXT) {
        const char *path = table_of(report, name, source == SUMMARY ? ".summary" : "");
        enum status status = data_read(&run->data, path);
        if (status == STATUS_OK && source == TABLE)
            data_keep_last(&run->data, INFINITY);
        proceed(report, status == STATUS_OK && run->data.rows < 1 ? STATUS_FORMAT : status);
    }
    return report->status == STATUS_OK;
}

static int column(struct report *report, const struct run *run, const char *name)
{
    int column = data_column(&run->data, name);
    proceed(report, column < 0 ? STATUS_FORMAT : STATUS_OK);
    return column < 0 ? 0 : column;
}

/* Of skill k >= 1 the strength, R, or the loss, L. */
static int skill_column(struct report *report, const struct run *run, char quantity, int k)
{
    char name[16];
    snprintf(name, sizeof name, "%c_%d", quantity, k);
    return column(report, run, name);
}

static const double *last_row(const struct run *run)
{
    return data_row(&run->data, run->data.rows - 1);
}

static void write_small_starts(struct report *report)
{
    static const double alphas[] = {0.3, 0.6, 0.9};
    for (int i = 0; i < 3; i++) {
        double s = alphas[i] / (alphas[i] + 1);
        struct skill like = {.target = 1, .initial = 0.01, .rate = 1};
        for (int j = 2; j <= 8; j += 6) {
            double c = pow(10, j) - 1, step = pow(log(c), s) / s;
            write_number(report, 3, scaling_time_integral(alphas[i], c) / step,
                         "small-start/%.1f-%.0e", alphas[i], pow(10, -j));
        }
        write_number(report, 2, emergence_stage_limit(alphas[i], like, 0.05),
                     "stages/limit-%.1f", alphas[i]);
    }
}

static void write_constants(struct report *report, const struct run *run)
{
    char *line = NULL, name[32];
    size_t size = 0;
    FILE *stream = fopen(table_of(report, run->name, ""), "r");
    double value, unit = run->settings.target * run->settings.target / 2;
    while (stream && getline(&line, &size, stream) > 0)
        if (line[0] != '#' && sscanf(line, "%31[a-z]\t%lf", name, &value) == 2)
            write_number(report, 6, strcmp(name, "kappa") ? value / unit : value, "%s/%s",
                         run->name, name);
    if (stream)
        fclose(stream);
    free(line);
}

/* Returns the authors' constant of the law. */
static double write_authors(const struct report *report, const char *law, double alpha)
{
    char name[32];
    snprintf(name, sizeof name, "%s-%g", law, alpha);
    double constant = original_value(name);
    write_number(report, 3, constant, "authors/%s", name);
    return constant;
}

static void write_compute(struct report *report, const struct run *run)
{
    const struct settings *settings = &run->settings;
    int C = column(report, run, "C"), loss = column(report, run, "loss");
    double slope = settings->alpha / (settings->alpha + 2);
    for (int power = 4; power <= 8; power += 4)
        for (int r = 0; r < run->data.rows; r++) {
            const double *row = data_row(&run->data, r);
            if (fabs(log10(row[C]) - power) < 0.49 / 10)
                write_number(report, 3, row[loss] * pow(row[C], slope) * 2
                             / (settings->target * settings->target),
                             "%s/sliding-%d", run->name, power);
        }
    double authors = write_authors(report, "compute", settings->alpha);
    write_number(report, 17, authors * settings->target * settings->target / 2, "%s/authors",
                 run->name);
    write_number(report, 17, slope, "%s/slope", run->name);
    write_authors(report, "time", settings->alpha);
}

static void write_time_law(struct report *report, const struct run *run)
{
    int T = column(report, run, "T"), loss = column(report, run, "loss");
    int law = column(report, run, "law");
    struct scaling scaling = theory_scaling(&run->settings);
    for (int i = 0; i < 2; i++) {
        const double *row = i ? last_row(run) : data_row(&run->data, 0);
        const char *end = i ? "last" : "first";
        double simple = scaling_time_bound_simple(&scaling, row[T]);
        double sharp = scaling_time_bound_sharp(&scaling, row[T]);
        write_number(report, 6, row[T], "%s/%s", run->name, end);
        write_number(report, 2, fabs(row[loss] / row[law] - 1), "%s/%s-error", run->name, end);
        write_number(report, 2, simple / row[law], "%s/%s-simple", run->name, end);
        write_number(report, 2, sharp / row[law], "%s/%s-sharp", run->name, end);
    }
}

/* How much larger the exact loss is than the first term of (eq:share-of-skills), and than the
   law with the finite A, in units of either. */
static double share_excess(double alpha, int N, int skills, bool finite)
{
    struct scaling s = {alpha, skills, 1, 0.01, 1};
    double law = finite ? scaling_parameter_law(&s, N) - scaling_tail_bound(&s)
                        : bounds_parameter_series(&s, N, 1);
    return scaling_parameter_loss(&s, N) / law - 1;
}

static double share_order(double alpha)
{
    double first = share_excess(alpha, 100000, 200000, false);
    return alpha + log(first / share_excess(alpha, 10000000, 20000000, false)) / log(100);
}

static void write_share(struct report *report)
{
    static const double alphas[] = {0.3, 0.6};
    for (int i = 0; i < 2; i++)
        write_number(report, 3, share_order(alphas[i]), "share/order-%g", alphas[i]);
    write_number(report, 2, share_excess(0.3, 50000, 100000, false), "share/excess-0.3");
    write_number(report, 1, fabs(share_excess(0.3, 50000, 100000, true)), "share/finite-0.3");
}

static void write_finite_law(struct report *report, const struct run *run)
{
    struct scaling s = theory_scaling(&run->settings);
    const double *last = last_row(run);
    double exponent = s.alpha / (s.alpha + 1), tail = scaling_tail_bound(&s);
    double T = last[column(report, run, "T")], loss = last[column(report, run, "loss")];
    double law = last[column(report, run, "law")];
    double started = (gsl_pow_2(s.target) / 2 + tail) * pow(T, -exponent) - tail;
    write_number(report, 2, fabs(law / loss - 1), "%s/law", run->name);
    write_number(report, 2, fabs((law - tail) / loss - 1), "%s/corrected", run->name);
    write_number(report, 2, fabs(started / loss - 1), "%s/started", run->name);
    write_number(report, 1, fabs(last[column(report, run, "integral")] / loss - 1),
                 "%s/integral", run->name);
    write_number(report, 17, tail, "%s/tail", run->name);
}

static void write_range(const struct report *report, const char *key, const double range[3])
{
    char text[128] = "---";
    if (isfinite(range[0]) && isinf(range[1]))
        snprintf(text, sizeof text, "\\num{%.3g}", range[0]);
    if (isfinite(range[0]) && isfinite(range[1]))
        snprintf(text, sizeof text, "\\num{%.3g} to \\num{%.3g}", range[0], range[1]);
    write_text(report, text, "%s", key);
    snprintf(text, sizeof text, isfinite(range[2]) ? "\\num{%.3g}" : "---", range[2]);
    write_text(report, text, "%s-proved", key);
}

static void write_ranges(struct report *report, const struct run *run)
{
    int percent = column(report, run, "percent");
    for (int i = 0; i < 3 * run->data.rows && report->kind == NUMBERS_TEX; i++) {
        const double *row = data_row(&run->data, i / 3);
        char name[8], key[64];
        snprintf(name, sizeof name, "%c_from", "TDN"[i % 3]);
        snprintf(key, sizeof key, "%s/%.0f/%c", run->name, row[percent], name[0]);
        write_range(report, key, row + column(report, run, name));
    }
}

/* The largest distance of a mode from its logistic, and the settings. */
static void write_modes(struct report *report, const struct run *run)
{
    double worst = 0;
    for (int r = 0; r < run->data.rows; r++)
        for (int k = 1; k <= run->settings.skills; k++) {
            const double *row = data_row(&run->data, r);
            double distance = row[skill_column(report, run, 'M', k)]
                              - row[skill_column(report, run, 'C', k)];
            worst = entry_worse(worst, fabs(distance));
        }
    write_number(report, 2, worst, "modes/worst");
    write_number(report, 3, run->settings.sigma, "modes/sigma");
    write_number(report, 3, run->settings.rate, "modes/rate");
}

/* |mean - closed form| / S after D samples and time T; and, with D in the place of time, in
   standard errors. */
static double distance_in_time(const struct settings *settings, double p, const double at[2],
                               double mean)
{
    struct skill skill = {settings->target, settings->initial, settings->rate, p};
    return fabs(mean - emergence_strength_time(skill, at[1]) / skill.target);
}

static double distance_in_data(const struct settings *settings, double p, const double at[2],
                               double mean)
{
    struct skill skill = {settings->target, settings->initial, settings->rate, p};
    double R = emergence_strength_data(skill, at[0]) / skill.target;
    double n = (double)settings->repeats, q = pow(1 - p, at[0]);
    double error = (1 - skill.initial / skill.target) * sqrt(q * (1 - q) / n);
    return at[1] > 0 && q * n > 1 ? fabs(mean - R) / error : 0;
}

static void write_simulation(struct report *report, const struct run *run,
                             double (*distance)(const struct settings *, double p,
                                                const double at[2], double mean))
{
    const struct settings *settings = &run->settings;
    int D = column(report, run, "D"), T = column(report, run, "T");
    double worst = 0;
    for (int k = 1; k <= settings->skills; k++) {
        double p = task_probability(settings->alpha, (int)settings->skills, k);
        int mean = skill_column(report, run, 'R', k);
        for (int r = 0; r < run->data.rows; r++) {
            const double *row = data_row(&run->data, r), at[] = {row[D], row[T]};
            worst = entry_worse(worst, distance(settings, p, at, row[mean]));
        }
    }
    write_number(report, 2, worst, "%s/worst", run->name);
    write_number(report, 6, (double)settings->repeats, "%s/repeats", run->name);
}

static void write_simulation_in_time(struct report *report, const struct run *run)
{
    write_simulation(report, run, distance_in_time);
}

static void write_simulation_in_data(struct report *report, const struct run *run)
{
    write_simulation(report, run, distance_in_data);
}

static void write_stages(struct report *report, const struct run *run)
{
    int k = column(report, run, "k");
    int emergent = column(report, run, "T_e"), saturated = column(report, run, "T_s");
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        write_number(report, 6, row[emergent], "stages/emergent-%d", (int)row[k]);
        write_number(report, 6, row[saturated], "stages/saturated-%d", (int)row[k]);
    }
}

static double find_dampened_half(struct report *report, struct skill skill, double B)
{
    double low = 0, high = emergence_time(skill, 0.5) / (B * B), R;
    for (int i = 0; i < 40; i++) {
        double middle = (low + high) / 2;
        if (!proceed(report, emergence_integrate_dampened(skill, B, middle, &R)))
            return NAN;
        *(R < skill.target / 2 ? &low : &high) = middle;
    }
    return high;
}

static void write_dampened(struct report *report)
{
    const double B = 1 / sqrt(22);
    struct skill skill = {5, emergence_extended_initial(0.01), 0.05, task_probability(0.6, 5, 1)};
    double unit = emergence_time(skill, 0.5);
    write_number(report, 4, find_dampened_half(report, skill, B), "dampened/integrated");
    write_number(report, 4, unit / B, "dampened/closed");
    write_number(report, 4, unit / (B * B), "dampened/printed");
}

/* Largest distances of the means over repeats: of the loss from 1 - R; of R from theory, in
   standard errors. */
static void write_features(struct report *report, const struct run *run)
{
    double D_c = run->settings.dc, tie = 0, errors = 0;
    int d = column(report, run, "d"), loss = column(report, run, "loss");
    int R = column(report, run, "R"), sd = column(report, run, "R_sd");
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        double x = row[d] / D_c, mean = x + 2 * x * (1 - x) / D_c;
        double error = row[sd] / sqrt((double)run->settings.repeats);
        tie = entry_worse(tie, fabs(row[loss] - (1 - row[R])));
        if (x < 1)
            errors = entry_worse(errors, fabs(row[R] - mean) / error);
        if (x == 0.75)
            write_number(report, 2, row[R], "shots/strength");
    }
    write_number(report, 1, tie, "shots/tie");
    write_number(report, 2, errors, "shots/errors");
    write_number(report, 4, D_c, "shots/dc");
    write_number(report, 4, ldexp(1, (int)run->settings.bits), "shots/inputs");
    write_number(report, 4, (double)run->settings.repeats, "shots/repeats");
}

static void write_bits(const struct report *report, const struct run *run, const double *row)
{
    char bits[64 * 14 + 1] = "", relevant[64 + 1] = "";
    int length = 0;
    const double *x = row + 1, *place = x + run->settings.bits + 1;
    for (int j = 1, m = 0; j <= run->settings.bits; j++) {
        bool counts = m < run->settings.order && place[m] == j;
        length += sprintf(bits + length, counts ? "\\underline{%.0f}" : "%.0f", x[j]);
        if (counts)
            relevant[m++] = x[j] > 0 ? '1' : '0';
    }
    write_text(report, bits, "sample/%.0f/bits", row[0]);
    write_text(report, relevant, "sample/%.0f/relevant", row[0]);
}

/* For the text alone: gnuplot has no use for them. */
static void write_samples(struct report *report, const struct run *run)
{
    int g = column(report, run, "g");
    for (int r = 0; r < run->data.rows && report->kind == NUMBERS_TEX; r++) {
        const double *row = data_row(&run->data, r);
        char control[65] = "";
        for (int k = 1; k <= run->settings.skills; k++)
            control[k - 1] = row[1] == k ? '1' : '0';
        write_number(report, 3, row[1], "sample/%d/skill", r + 1);
        write_text(report, control, "sample/%d/control", r + 1);
        write_bits(report, run, row);
        write_text(report, row[g] > 0 ? "$S$" : "$-S$", "sample/%d/y", r + 1);
    }
}

static void write_needs(struct report *report, const struct run *run)
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
    struct scaling s = theory_scaling(&run->settings);
    for (size_t i = 0; i < sizeof need / sizeof need[0]; i++)
        for (int j = 0; j < 3; j++)
            write_number(report, 2,
                         resources_need(&s, need[i].scarce, need[i].other, percent[j] / 100.),
                         "need/%g/%s/%d", s.alpha, need[i].name, percent[j]);
    write_number(report, 2, resources_noise(&s, 1) - resources_noise(&s, 0), "need/%g/noise",
                 s.alpha);
}

static const struct {
    const char *name;
    double scarce;
} conditions[CONDITIONS] = {{"time", 1e3}, {"data", 1e3}, {"parameters-time", 16},
                            {"parameters-data", 100}, {"compute", 1e4}};
static const double three_alphas[] = {0.3, 0.6, 0.9};

static double loss_with(struct report *report, const struct scaling *s, struct resources r)
{
    double loss = NAN, abserr;
    proceed(report, resources_loss(s, &r, &loss, &abserr));
    return loss;
}

/* The loss at q times the border over that with what is plenty unlimited, the worst of the three
   alphas. */
static double ratio_at_border(struct report *report, int line, double q)
{
    double worst = 1;
    for (int i = 0; i < 3; i++) {
        struct scaling s = {three_alphas[i], 0, 1, 0.01, 1};
        struct resources r = resources_border(&s, line, conditions[line].scarce, q), alone = r;
        bool keeps_time = line == CONDITION_TIME || line == CONDITION_COMPUTE;
        alone.time = keeps_time ? r.time : INFINITY;
        alone.samples = line == CONDITION_DATA ? r.samples : INFINITY;
        if (line == CONDITION_TIME || line == CONDITION_DATA)
            alone.parameters = INFINITY;
        double ratio = loss_with(report, &s, r) / loss_with(report, &s, alone);
        if (fabs(ratio - 1) > fabs(worst - 1))
            worst = ratio;
    }
    return worst;
}

static void write_large_data(struct report *report)
{
    struct scaling s = {0.6, 0, 1, 0.01, 1};
    struct resources r = resources_border(&s, CONDITION_TIME, 1000, 1), alone = r;
    struct resources_bound bound = resources_large_data_bound(&s, &r);
    alone.samples = INFINITY;
    double loss = loss_with(report, &s, r), limit = loss_with(report, &s, alone);
    write_number(report, 3, r.parameters, "large-data/N");
    write_number(report, 2, bound.counts, "large-data/counts");
    write_number(report, 2, bound.curvature, "large-data/curvature");
    write_number(report, 2, loss - limit, "large-data/truth");
    write_number(report, 2, loss, "large-data/loss");
}

/* Of L(1, D, infinity) over what it was at a smaller D, alpha = 0.3. */
static double largest_rise(void)
{
    struct scaling s = {0.3, 0, 1, 0.01, 1};
    double least = INFINITY, most = 0;
    for (int i = 0; i < 300; i++) {
        double law = resources_law(&s, &(struct resources){1, 0.1 * pow(1.01, i), INFINITY});
        least = fmin(least, law);
        most = entry_worse(most, law / least - 1);
    }
    return most;
}

/* Where the coefficient of 1/D changes its sign. */
static double change_of_sign(const struct scaling *s, double low, double high)
{
    double sign = resources_scatter(s, high, INFINITY);
    for (int i = 0; i < 12; i++) {
        double middle = sqrt(low * high);
        *(resources_scatter(s, middle, INFINITY) * sign > 0 ? &high : &low) = middle;
    }
    return high;
}

static void write_scatter(struct report *report)
{
    static const double initial[] = {0.01, 0.0001}, samples[] = {1e2, 1e3, 1e4, INFINITY};
    struct scaling s = {0.6, 0, 1, 0.01, 1};
    for (int i = 0; i < 4; i++) {
        struct resources with = {10, samples[i], INFINITY};
        write_number(report, 5, loss_with(report, &s, with), "scatter/loss-%g", samples[i]);
    }
    for (int i = 0; i < 2; i++) {
        int changes = 0;
        double last = 0, before = -1;
        s.initial = initial[i];
        write_number(report, 4, resources_noise(&s, 1) - resources_noise(&s, 0),
                     "scatter/%g/slope", initial[i]);
        for (int j = 0; j < 400; j++) {
            double T = 0.5 * pow(1.02, j), now = resources_scatter(&s, T, INFINITY);
            if (now * before < 0) {
                changes++;
                last = change_of_sign(&s, T / 1.02, T);
            }
            before = now;
        }
        write_number(report, 2, changes, "scatter/%g/changes", initial[i]);
        write_number(report, 3, last, "scatter/%g/last", initial[i]);
    }
    write_number(report, 2, 100 * largest_rise(), "scatter/rise");
}

/* The largest excess over the law of T in the map of T and D where D meets its need at
   five per cent, and the same of the law of D. */
static void write_excess(struct report *report, const struct run *run)
{
    int T = column(report, run, "T"), D = column(report, run, "D");
    int loss = column(report, run, "loss");
    int time = column(report, run, "time"), data = column(report, run, "data");
    struct scaling s = theory_scaling(&run->settings);
    double samples = resources_need(&s, RESOURCE_TIME, RESOURCE_DATA, 0.05);
    double steps = resources_need(&s, RESOURCE_DATA, RESOURCE_TIME, 0.05);
    double worst[2] = {0};
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        if (row[T] >= 100 && row[D] >= samples * row[T])
            worst[0] = entry_worse(worst[0], 100 * (row[loss] / row[time] - 1));
        if (row[D] >= 100 && row[T] >= steps * row[D])
            worst[1] = entry_worse(worst[1], 100 * (row[loss] / row[data] - 1));
    }
    write_number(report, 2, worst[0], "%s/excess-time", run->name);
    write_number(report, 2, worst[1], "%s/excess-data", run->name);
}

/* The worst of |loss/law - 1| where T, D, N^(alpha+1) >= 100, and the place of the
   least slope. */
static void write_map(struct report *report, const struct run *run)
{
    int T = column(report, run, "T"), D = column(report, run, "D");
    int N = column(report, run, "N"), slope = column(report, run, "slope_2");
    int loss = column(report, run, "loss"), law = column(report, run, "law");
    double worst = 0, least[] = {INFINITY, 0, 0};
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        double y = pow(row[N], run->settings.alpha + 1);
        if (row[T] >= 100 && row[D] >= 100 && y >= 100)
            worst = entry_worse(worst, fabs(row[loss] / row[law] - 1));
        if (row[slope] < least[0])
            memcpy(least, (double[]){row[slope], row[T], row[D]}, sizeof least);
    }
    write_number(report, 2, worst, "%s/law-error", run->name);
    write_number(report, 2, least[0], "%s/least-slope", run->name);
    write_number(report, 2, least[1], "%s/least-slope-T", run->name);
    write_number(report, 2, least[2], "%s/least-slope-D", run->name);
}

struct comparison {
    double worst, steps; /* statistical error in sigma, error of the steps in per cent */
    int points;
};

static enum status compare_point(const struct scaling *s, const struct resources *at,
                                 double repeats, double mean, struct comparison *c)
{
    struct resources_moments discrete;
    double flow, abserr;
    enum status status = resources_descent(s, (long)at->time, (int)at->samples, at->parameters,
                                           &discrete);
    if (status == STATUS_OK)
        status = resources_loss(s, at, &flow, &abserr);
    if (status != STATUS_OK)
        return status;
    c->steps = entry_worse(c->steps, 100 * fabs(discrete.mean / flow - 1));
    if (at->time == 0 || discrete.third > 0.3 * pow(discrete.variance, 1.5) * sqrt(repeats))
        return STATUS_OK;
    c->points++;
    double error = sqrt(discrete.variance / repeats);
    c->worst = entry_worse(c->worst, fabs(mean - discrete.mean) / error);
    return STATUS_OK;
}

static void compare_resources(struct report *report, const struct run *run,
                              struct comparison *c)
{
    const struct settings *settings = &run->settings;
    int D = column(report, run, "D"), T = column(report, run, "T");
    int repeats = column(report, run, "repeats"), loss = column(report, run, "loss");
    struct scaling s = theory_scaling(settings);
    double N = (double)settings->parameters.value[0], unit = s.target * s.target / 2;
    for (int r = 0; r < run->data.rows && report->status == STATUS_OK; r++) {
        const double *row = data_row(&run->data, r);
        struct resources at = {row[T], row[D], N};
        proceed(report, compare_point(&s, &at, row[repeats], row[loss] * unit, c));
    }
}

static void write_resources(struct report *report)
{
    static const char *const runs[] = {"resources-3", "resources-10", "resources-30"};
    struct comparison c = {0};
    struct run run;
    for (int i = 0; i < 3 && read_run(report, runs[i], SUMMARY, &run); i++) {
        compare_resources(report, &run, &c);
        data_free(&run.data);
    }
    write_number(report, 2, c.worst, "resources/worst");
    write_number(report, 2, c.steps, "resources/steps");
    write_number(report, 4, c.points, "resources/points");
    write_number(report, 6, (double)run.settings.repeats, "resources/repeats");
}

/* Where a column falls below a level, interpolated in ln of the first; NAN if nowhere. */
static double falls_below(const struct data *data, int column, double level)
{
    for (int r = 1; r < data->rows; r++) {
        const double *before = data_row(data, r - 1), *now = data_row(data, r);
        if (before[column] >= level && now[column] < level)
            return before[0] * pow(now[0] / before[0], (before[column] - level)
                                                           / (before[column] - now[column]));
    }
    return NAN;
}

static void write_wait(struct report *report, const struct run *run)
{
    int wait = column(report, run, "wait"), stages = column(report, run, "stages");
    const double *first = data_row(&run->data, 0), *last = last_row(run);
    write_number(report, 3, first[wait], "%s/first", run->name);
    write_number(report, 3, last[wait], "%s/last", run->name);
    write_number(report, 7, ceil(first[stages]) - 1, "%s/stages", run->name);
    write_number(report, 2, falls_below(&run->data, wait, first[wait] / 2), "%s/half",
                 run->name);
    write_number(report, 2, falls_below(&run->data, stages, 1), "%s/last-stage", run->name);
}

static void write_starts(struct report *report)
{
    struct scaling s = {.alpha = 0.6, .skills = 0, .target = 1, .initial = 0.5, .rate = 1};
    double e = s.alpha / (s.alpha + 1), A = task_normaliser(s.alpha, 0);
    double theirs = pow(A, 1 - e) * (pow(4, -e) - pow(8, -e)) / s.alpha / 20;
    write_number(report, 2, scaling_time_constant(&s) / theirs, "starts/lower-0.6");
}

static void write_depth_law(struct report *report, const struct run *run)
{
    const struct settings *s = &run->settings;
    int T = column(report, run, "T"), loss = column(report, run, "loss");
    int law = column(report, run, "law");
    const double *last = last_row(run), *middle = data_row(&run->data, run->data.rows / 2);
    double unit = s->target * s->target / 2, exponent = s->alpha / (s->alpha + 1);
    write_number(report, 4, last[law] * pow(last[T], exponent) / unit, "%s/constant",
                 run->name);
    write_number(report, 1, fabs(middle[loss] / middle[law] - 1), "%s/error", run->name);
    write_number(report, 6, middle[T], "%s/middle", run->name);
}

static double order_of(struct report *report, const struct run *run, const char *name,
                       double from, double low, double high)
{
    int steps = column(report, run, "steps"), error = column(report, run, name);
    double n = 0, x = 0, y = 0, xx = 0, xy = 0;
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        double u = log(row[steps]), v = log(row[error]);
        if (row[steps] < from || row[error] < low || row[error] > high)
            continue;
        n += 1;
        x += u;
        y += v;
        xx += u * u;
        xy += u * v;
    }
    return -(n * xy - x * y) / (n * xx - x * x);
}

static void write_convergence(struct report *report, const struct run *run)
{
    const double *last = last_row(run);
    double steps = last[column(report, run, "steps")];
    double mean = last[column(report, run, "mean")] - last[column(report, run, "mean_theory")];
    double spread = last[column(report, run, "spread")];
    write_number(report, 3, order_of(report, run, "descent", 0, 1e-12, 0.03),
                 "convergence/order-descent");
    write_number(report, 3, order_of(report, run, "rk4", 0, 1e-12, 1e-3),
                 "convergence/order-rk4");
    write_number(report, 2, order_of(report, run, "rk8", 0, 1e-12, 1e-3),
                 "convergence/order-rk8");
    write_number(report, 2, order_of(report, run, "spread", steps / 4, 0, 1),
                 "convergence/order-spread");
    write_number(report, 2, fabs(mean) / last[column(report, run, "error")],
                 "convergence/mean-misses");
    write_number(report, 3, spread / last[column(report, run, "spread_theory")],
                 "convergence/spread-ratio");
    write_number(report, 6, steps, "convergence/last");
    write_number(report, 6, (double)run->settings.repeats, "convergence/repeats");
}

static double crossing_in_repeat(struct report *report, const struct run *run, int repeat,
                                 int column_of_skill, double level)
{
    const struct data *data = &run->data;
    int first = 0, n = 0, key = column(report, run, "repeat"), T = column(report, run, "T");
    while (first < data->rows && data_row(data, first)[key] != repeat)
        first++;
    while (first + n < data->rows && data_row(data, first + n)[key] == repeat)
        n++;
    double *pair = malloc(sizeof(double) * (size_t)(2 * n + 1)), crossing = NAN;
    for (int i = 0; pair && i < n; i++) {
        pair[i] = data_row(data, first + i)[T];
        pair[n + i] = data_row(data, first + i)[column_of_skill];
    }
    if (pair && n > 0)
        crossing = statistics_crossing(n, pair, pair + n, level);
    free(pair);
    return crossing;
}

/* Spread over the repeats of T(above), less T(below) if that is not 0. */
static struct spread condense_crossings(struct report *report, const struct run *run, int k,
                                        double below, double above)
{
    int R = skill_column(report, run, 'R', k), repeats = (int)run->settings.repeats;
    double *crossing = malloc(sizeof(double) * (size_t)repeats);
    struct spread spread = statistics_nothing;
    for (int r = 0; crossing && r < repeats; r++) {
        crossing[r] = crossing_in_repeat(report, run, r + 1, R, above);
        if (below > 0)
            crossing[r] -= crossing_in_repeat(report, run, r + 1, R, below);
    }
    if (proceed(report, crossing ? STATUS_OK : STATUS_MEMORY))
        spread = statistics_condense(repeats, crossing, NULL);
    free(crossing);
    return spread;
}

/* With the authors' constant. */
static double model_time(const struct settings *settings, int k, double level)
{
    return emergence_extended_time_to_reach(measured_system(settings, k).skill,
                                            original_value("kappa"), level);
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

static void write_rise(const struct report *report, const struct run *run, int k,
                       const struct spread *rise)
{
    double model = model_time(&run->settings, k, 0.5) - model_time(&run->settings, k, 0.25);
    write_number(report, 3, rise->mean / model, "%s/%d/rise", run->name, k);
}

/* Half-times of skill k, condensed over the seeds with one drawing. */
static struct spread authors_times(struct report *report, const struct run *run, int fair, int k)
{
    struct times times;
    struct spread spread = statistics_nothing;
    int drawing = column(report, run, "fair");
    if (proceed(report, exponent_read(&run->data, 0.5, &times)) && k <= times.skills) {
        for (int r = 0; r < times.repeats; r++) { /* they take the place of all skills' */
            double time = times.time[r * times.skills + k - 1];
            bool counts = data_row(&run->data, times.first[r])[drawing] == fair;
            times.time[r] = counts && isfinite(time) ? time : NAN;
        }
        spread = statistics_condense(times.repeats, times.time, NULL);
    }
    exponent_free(&times);
    return spread;
}

/* Whether the distance says that the times agree; it is NaN if they cannot be compared. */
static double write_comparison(const struct report *report, const struct run *run, int k,
                             const struct spread *spread, const struct spread *scripts)
{
    const char *name = run->name;
    double model = model_time(&run->settings, k, 0.5);
    double distance = statistics_distance(spread, scripts);
    bool compares = spread->count == run->settings.repeats && isfinite(distance);
    write_number(report, 6, round(model), "%s/%d/model", name, k);
    write_number(report, 3, spread->mean / model, "%s/%d/ratio", name, k);
    write_number(report, 6, round(scripts->mean), "%s/%d/scripts", name, k);
    write_number(report, 6, round(scripts->sd), "%s/%d/scripts-sd", name, k);
    write_number(report, 3, compares ? distance : NAN, "%s/%d/distance", name, k);
    write_number(report, 6, round(statistics_detectable(spread, scripts)), "%s/%d/detectable",
                 name, k);
    write_text(report, !compares ? "---" : distance < 3 ? "yes" : "no", "%s/%d/agrees", name,
               k);
    return compares ? distance : NAN;
}

static int count_diverged(struct report *report, const struct run *run)
{
    int diverged = 0, loss = column(report, run, "loss");
    for (int r = 0; r < run->data.rows; r++)
        diverged += isnan(data_row(&run->data, r)[loss]);
    return diverged;
}

static void write_mlp_time(struct report *report, const struct run *run)
{
    const char *name = run->name;
    struct run scripts = {.name = "authors-time"};
    int agreeing = 0, compared = 0;
    proceed(report, data_read(&scripts.data, table_of(report, scripts.name, "")));
    for (int k = 1; k <= ORIGINAL_SKILLS && report->status == STATUS_OK; k++) {
        struct spread theirs = authors_times(report, &scripts, 0, k);
        struct spread rise = condense_crossings(report, run, k, 0.25, 0.5);
        struct spread spread = condense_crossings(report, run, k, 0, 0.5);
        write_spread(report, name, k, &spread);
        write_rise(report, run, k, &rise);
        double distance = write_comparison(report, run, k, &spread, &theirs);
        compared += !isnan(distance);
        agreeing += distance < 3;
    }
    data_free(&scripts.data);
    write_number(report, 6, (double)run->settings.repeats, "%s/repeats", name);
    write_number(report, 6, (double)run->settings.steps, "%s/steps", name);
    write_number(report, 6, count_diverged(report, run), "%s/diverged", name);
    write_number(report, 6, agreeing, "%s/agreeing", name);
    write_number(report, 6, compared, "%s/compared", name);
}

static void keep_finding(struct report *report, const struct finding *found,
                         const char *format, va_list arguments)
{
    char key[64];
    vsnprintf(key, sizeof key, format, arguments);
    int claim = ledger_find(key);
    if (claim < 0)
        fail_on(report, STATUS_LEDGER, key);
    else if (report->status == STATUS_OK)
        report->found[claim] = *found;
}

static void write_verdict(struct report *report, const struct spread *ours, double theirs,
                          const char *format, ...)
{
    struct finding found = {theirs, *ours, statistics_verdict(theirs, ours)};
    va_list arguments;
    va_start(arguments, format);
    keep_finding(report, &found, format, arguments);
    va_end(arguments);
}

static void write_printed(struct report *report, double ours, const char *theirs,
                          const char *format, ...)
{
    struct finding found = {strtod(theirs, NULL), statistics_exactly(ours),
                            statistics_verdict_printed(theirs, ours)};
    va_list arguments;
    va_start(arguments, format);
    keep_finding(report, &found, format, arguments);
    va_end(arguments);
}

static void write_minimal_times(const struct report *report, struct minimal network)
{
    double half = minimal_time(network, MINIMAL_SKILL, 0.5);
    double full = minimal_time(network, MINIMAL_SKILL, 0.95);
    double wait = log(network.target / network.initial - 1);
    write_number(report, 3, half, "minimal/half");
    write_number(report, 3, full, "minimal/full");
    write_number(report, 3, full / half / (1 + log(19) / wait), "minimal/late");
    write_number(report, 3, 1.5 * wait, "minimal/model");
    for (int q = 0; q < 3; q++) {
        write_number(report, 3, minimal_time(network, q, 0.5), "minimal/half-%d", q + 1);
        write_number(report, 3, minimal_time(network, q, 0.95), "minimal/full-%d", q + 1);
    }
    write_number(report, 3, minimal_time(network, MINIMAL_BIAS, 0.5), "minimal/half-bias");
}

static const double tail_level[3] = {0.05, 0.5, 0.95};

/* Steps until R/S has each of three levels, in units of 1/(rate S). */
static void time_descent(struct minimal network, bool shared, double time[3])
{
    const double rate = 0.005 / network.target;
    for (int i = 0; i < 3; i++) {
        long steps = 1000000;
        minimal_descend(network, rate, shared, tail_level[i], &steps);
        time[i] = (double)steps * rate * network.target;
    }
}

static double tail_of(const double time[3])
{
    return (time[2] - time[1]) / (time[1] - time[0]);
}

static void write_minimal_tails(const struct report *report, struct minimal network,
                                const char *which)
{
    double shared[3], separate[3];
    time_descent(network, true, shared);
    time_descent(network, false, separate);
    write_number(report, 3, tail_of(shared), "minimal/tail%s", which);
    write_number(report, 3, tail_of(separate), "minimal/tail-separate%s", which);
    write_number(report, 2, separate[1] / shared[1], "minimal/slower%s", which);
}

static void write_mlp_tail(struct report *report, const struct run *run)
{
    int R = skill_column(report, run, 'R', 1), repeats = (int)run->settings.repeats;
    double *tail = malloc(sizeof(double) * (size_t)repeats), time[3];
    struct spread spread = statistics_nothing;
    for (int r = 0; tail && r < repeats; r++) {
        for (int i = 0; i < 3; i++)
            time[i] = crossing_in_repeat(report, run, r + 1, R, tail_level[i]);
        tail[r] = tail_of(time);
    }
    if (proceed(report, tail ? STATUS_OK : STATUS_MEMORY))
        spread = statistics_condense(repeats, tail, NULL);
    free(tail);
    write_number(report, 3, spread.mean, "minimal/tail-mlp");
    write_number(report, 3, spread.low, "minimal/tail-mlp-low");
    write_number(report, 3, spread.high, "minimal/tail-mlp-high");
}

static void judge_one(struct report *report, double ours, double theirs, const char *key)
{
    struct spread number = statistics_exactly(ours);
    write_verdict(report, &number, theirs, "%s", key);
}

static void judge_minimal(struct report *report, struct minimal network)
{
    static const double start[MINIMAL_STATE] = {0}, biased[MINIMAL_STATE] = {0, 0, 0, 1};
    double rate[MINIMAL_STATE], first = minimal_time(network, 0, 0.5);
    minimal_rates(start, 1, rate);
    judge_one(report, rate[0], -2, "minimal-growth");
    minimal_rates(biased, 1, rate);
    judge_one(report, rate[MINIMAL_BIAS], 8, "minimal-bias-rate");
    judge_one(report, minimal_time(network, MINIMAL_BIAS, 0.5) / first, 1, "minimal-bias");
    judge_one(report, minimal_time(network, 2, 0.95) / minimal_time(network, 0, 0.95), 2,
              "minimal-saturation");
    judge_one(report, minimal_time(network, MINIMAL_SKILL, 0.5)
              / (1.5 * log(network.target / network.initial - 1)), 1, "minimal-model");
}

static void write_minimal(struct report *report, const struct run *run)
{
    struct minimal network = {run->settings.target, run->settings.initial};
    double apart = 0;
    int R = column(report, run, "R"), descent = column(report, run, "descent");
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        apart = fmax(apart, fabs(row[R] - row[descent]));
    }
    write_number(report, 2, apart, "minimal/descent");
    write_minimal_times(report, network);
    write_minimal_tails(report, network, "");
    write_minimal_tails(report, (struct minimal){5, 5 * network.initial}, "-large");
    judge_minimal(report, network);
}

/* The difference of two means, and the least that the rule would have shown. */
static void write_difference(const struct report *report, const char *name, int k,
                             const struct spread *one, const struct spread *two)
{
    write_number(report, 6, round(one->mean - two->mean), "%s/%d/difference", name, k);
    write_number(report, 6, round(statistics_detectable(one, two)), "%s/%d/detectable", name, k);
}

static void write_authors_times(struct report *report)
{
    struct run run = {.name = "authors-time"};
    if (proceed(report, data_read(&run.data, table_of(report, run.name, ""))))
        for (int k = 1; k <= 2; k++) {
            struct spread bytes = authors_times(report, &run, 0, k);
            struct spread fair = authors_times(report, &run, 1, k);
            write_number(report, 6, round(bytes.mean), "authors-time/%d/bytes", k);
            write_difference(report, run.name, k, &bytes, &fair);
        }
    data_free(&run.data);
}

static void write_bytes(struct report *report, const struct run *run)
{
    struct run fair = {0};
    if (!read_run(report, "mlp-time", TABLE, &fair))
        return;
    static const struct spread none = {1, 0, 0, 0, 0};
    int repeats = (int)fmin(run->settings.repeats, fair.settings.repeats);
    double *apart = malloc(sizeof(double) * 2 * (size_t)repeats), *ratio = apart + repeats;
    struct spread first = statistics_nothing;
    bool ready = proceed(report, apart ? STATUS_OK : STATUS_MEMORY);
    for (int k = 1; ready && k <= 2; k++) {
        int R = skill_column(report, run, 'R', k);
        for (int r = 0; r < repeats; r++) {
            double with = crossing_in_repeat(report, run, r + 1, R, 0.5);
            double without = crossing_in_repeat(report, &fair, r + 1, R, 0.5);
            ratio[r] = with / without;
            apart[r] = with - without;
        }
        struct spread difference = statistics_condense(repeats, apart, NULL);
        write_difference(report, "bytes", k, &difference, &none);
        if (k == 1)
            first = statistics_condense(repeats, ratio, NULL);
    }
    write_number(report, 6, repeats, "bytes/repeats");
    write_verdict(report, &first, 1, "bytes");
    free(apart);
    data_free(&fair.data);
}

enum { RESAMPLES = 1999 };

/* Values of a column against a resource; the caller unpacks them. */
static void pack(struct report *report, const struct run *run, const char *resource_name,
                 int of_skill, struct fit_data *packed)
{
    int resource = column(report, run, resource_name), repeats = (int)run->settings.repeats;
    column(report, run, "repeat");
    proceed(report, report->status == STATUS_OK
                        ? measured_pack(&run->data, repeats, resource, of_skill, packed)
                        : STATUS_OK);
}

static void write_fit(const struct report *report, const char *name, const char *authors,
                      const struct fit *fit)
{
    const struct spread *constant = &fit->constant;
    const char *verdict = statistics_verdict(original_value(authors), constant);
    if (report->kind == NUMBERS_FITS && is_wanted(report, name))
        fprintf(report->stream, "%s\t%.6g\t%.6g\t%.6g\t%.6g\t%d\t%.3g\t%d\t%s\n", name,
                original_value(authors), constant->mean, constant->low, constant->high,
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

/* A fit, and the run with five skills that it is to predict, if any. */
struct plan {
    const char *run, *resource;
    char quantity; /* R or L */
    const char *name, *authors, *predicted, *theirs;
    enum fit_curve curve;
    bool starts_as_measured;
};

/* What the data do not decide has no constant, and is no failure. */
static enum status pardon(enum status status)
{
    return status == STATUS_RANGE || status == STATUS_CONVERGENCE ? STATUS_OK : status;
}

static struct spread fit_run(struct report *report, const struct plan *plan)
{
    struct run run;
    struct fit_data packed = {0};
    struct fit fit = {.constant = statistics_nothing, .emergence = statistics_nothing,
                      .residual = NAN, .scatter = NAN};
    if (!read_run(report, plan->run, TABLE, &run))
        return statistics_nothing;
    pack(report, &run, plan->resource, skill_column(report, &run, plan->quantity, 1), &packed);
    if (report->status == STATUS_OK) {
        struct fit_system system = measured_system(&run.settings, 1);
        struct skill *skill = &system.skill;
        write_number(report, 2, skill->initial / skill->target, "%s/start", run.name);
        write_number(report, 2, value_at_start(&packed), "%s/start-measured", run.name);
        if (plan->starts_as_measured)
            skill->initial = skill->target * value_at_start(&packed);
        proceed(report, pardon(fit_constant(plan->curve, &system, &packed, &fit)));
        write_fit(report, plan->name, plan->authors, &fit);
        write_number(report, 17, 4 * skill->rate * skill->probability * skill->target,
                     "%s/speed", run.name);
        write_number(report, 17, skill->target / skill->initial - 1, "%s/start-ratio",
                     run.name);
        write_number(report, 6, (double)run.settings.steps, "%s/steps", run.name);
    }
    write_number(report, 6, original_value(plan->authors), "authors/%s", plan->authors);
    write_verdict(report, &fit.constant, original_value(plan->authors), "%s", plan->name);
    measured_unpack(&packed);
    data_free(&run.data);
    return fit.constant;
}

/* A constant, and where its curve is to hold. */
struct forecast {
    const char *name, *resource;
    enum fit_curve curve;
    struct spread constant;
};

static void predict_skill(struct report *report, const struct run *run,
                          const struct forecast *forecast, int k, struct spread *ratio)
{
    struct fit_data packed = {0};
    struct fit_prediction prediction = {forecast->constant, NAN, statistics_nothing, NAN,
                                        statistics_nothing, 0};
    const char *name = forecast->name;
    pack(report, run, forecast->resource, skill_column(report, run, 'R', k), &packed);
    if (report->status == STATUS_OK) {
        struct fit_system system = measured_system(&run->settings, k);
        proceed(report, pardon(fit_predict(forecast->curve, &system, &packed, &prediction)));
    }
    write_number(report, 2, prediction.residual, "predict/%s/%d/residual", name, k);
    write_number(report, 4, prediction.emergence.mean, "predict/%s/%d/measured", name, k);
    write_number(report, 4, prediction.predicted, "predict/%s/%d/predicted", name, k);
    write_number(report, 3, prediction.ratio.mean, "predict/%s/%d/ratio", name, k);
    *ratio = prediction.ratio;
    measured_unpack(&packed);
}

/* Mean of the column "steps" over the rows with so many samples that have not
   diverged; NaN if none. */
static double mean_steps(const struct data *data, double samples)
{
    int D = data_column(data, "D"), steps = data_column(data, "steps"), count = 0;
    int loss = data_column(data, "loss");
    double sum = 0;
    for (int r = 0; D >= 0 && steps >= 0 && loss >= 0 && r < data->rows; r++) {
        const double *row = data_row(data, r);
        if (row[D] == samples && !isnan(row[loss])) {
            sum += row[steps];
            count++;
        }
    }
    return count ? sum / count : NAN;
}

static void predict_run(struct report *report, const char *name,
                        const struct forecast *forecast)
{
    struct run run;
    struct spread ratio[ORIGINAL_SKILLS], worst;
    for (int k = 0; k < ORIGINAL_SKILLS; k++)
        ratio[k] = statistics_nothing;
    if (!read_run(report, name, TABLE, &run))
        return;
    for (int k = 1; k <= run.settings.skills && k <= ORIGINAL_SKILLS; k++) {
        double p = task_probability(run.settings.alpha, (int)run.settings.skills, k);
        write_number(report, 17, p, "%s/probability-%d", name, k);
        predict_skill(report, &run, forecast, k, &ratio[k - 1]);
    }
    worst = statistics_worst(ORIGINAL_SKILLS, ratio);
    write_verdict(report, &worst, 1, "predicted-%s", forecast->name);
    write_number(report, 6, (double)run.settings.repeats, "%s/repeats", name);
    write_number(report, 6, (double)run.settings.steps, "%s/steps", name);
    write_number(report, 3, mean_steps(&run.data, 3000), "%s/stopped", name);
    data_free(&run.data);
}

static void write_units_after(struct report *report)
{
    static const double steps[] = {20000, 50000};
    for (int i = 0; i < 2; i++) {
        struct run run;
        struct fit_data packed = {0};
        struct fit fit = {.constant = statistics_nothing};
        bool read = read_run(report, "one-skill-width", HISTORY, &run);
        data_keep_last(&run.data, steps[i]);
        if (read && run.data.rows > 0 && last_row(&run)[column(report, &run, "T")] == steps[i]) {
            struct fit_system system = measured_system(&run.settings, 1);
            pack(report, &run, "N", skill_column(report, &run, 'R', 1), &packed);
            if (report->status == STATUS_OK)
                proceed(report, pardon(fit_constant(FIT_PARAMETERS, &system, &packed, &fit)));
        }
        write_number(report, 3, fit.constant.mean, "fit/nc/%.0f/mean", steps[i]);
        write_number(report, 3, fit.constant.low, "fit/nc/%.0f/low", steps[i]);
        write_number(report, 3, fit.constant.high, "fit/nc/%.0f/high", steps[i]);
        measured_unpack(&packed);
        data_free(&run.data);
    }
}

static void write_fits(struct report *report)
{
    static const struct plan plans[] = {
        {"one-skill-time", "T", 'R', "kappa-free", "kappa", NULL, NULL, FIT_TIME_AND_START,
         false},
        {"one-skill-time", "T", 'R', "kappa-measured", "kappa", NULL, NULL, FIT_TIME, true},
        {"one-skill-time", "T", 'R', "kappa", "kappa", "mlp-time", "authors-kappa", FIT_TIME,
         false},
        {"one-skill-data", "D", 'R', "dc-loss", "dc", "mlp-data", "authors-dc-loss",
         FIT_STRENGTH_BY_LOSS, false},
        {"one-skill-data", "D", 'R', "dc-correlation", "dc", "mlp-data",
         "authors-dc-correlation", FIT_STRENGTH_BY_CORRELATION, false},
        {"one-skill-data", "D", 'L', "dc-skill-loss", "dc", NULL, NULL, FIT_LOSS_BY_LOSS,
         false},
        {"one-skill-width", "N", 'R', "nc", "nc", "mlp-width", "authors-nc", FIT_PARAMETERS,
         false},
    };
    for (size_t i = 0; i < sizeof plans / sizeof plans[0]; i++) {
        const struct plan *plan = &plans[i];
        struct spread constant = fit_run(report, plan);
        struct spread authors = statistics_exactly(original_value(plan->authors));
        struct forecast ours = {plan->name, plan->resource, plan->curve, constant};
        struct forecast theirs = {plan->theirs, plan->resource, plan->curve, authors};
        if (plan->predicted) {
            predict_run(report, plan->predicted, &ours);
            predict_run(report, plan->predicted, &theirs);
        }
        skip_missing(report);
    }
    write_units_after(report);
}

/* Returns the contest with these constants, or with fitted ones, for a quantity of a run. */
static struct fit_contest compare_on_run(struct report *report, const char *name, char quantity,
                                         struct fit_contest contest)
{
    struct fit_system system[ORIGINAL_SKILLS];
    struct fit_data packed[ORIGINAL_SKILLS] = {{0}};
    struct run run;
    if (!read_run(report, name, TABLE, &run))
        return contest;
    int skills = (int)fmin(run.settings.skills, ORIGINAL_SKILLS);
    for (int k = 1; k <= skills; k++) {
        system[k - 1] = measured_system(&run.settings, k);
        pack(report, &run, "D", skill_column(report, &run, quantity, k), &packed[k - 1]);
    }
    struct stream stream = stream_open(run.settings.seed, 7, PURPOSE_BOOTSTRAP);
    if (report->status == STATUS_OK)
        proceed(report, pardon(fit_compare(skills, system, packed, RESAMPLES, &stream,
                                           &contest)));
    for (int k = 0; k < skills; k++)
        measured_unpack(&packed[k]);
    data_free(&run.data);
    return contest;
}

static void write_contest(const struct report *report, const char *name,
                          const struct fit_contest *contest)
{
    static const char *const names[] = {"loss-derived", "correlation"};
    for (int i = 0; i < 2; i++) {
        write_number(report, 3, contest->constant[i], "contest/%s/%s-dc", name, names[i]);
        write_number(report, 2, contest->residual[i], "contest/%s/%s", name, names[i]);
    }
    write_text(report, contest->count ? fit_verdict(contest, names) : "---",
               "contest/%s/verdict", name);
}

static void write_contests(struct report *report)
{
    struct fit_contest strength = {{FIT_STRENGTH_BY_LOSS, FIT_STRENGTH_BY_CORRELATION},
                                   .constant = {NAN, NAN}};
    struct fit_contest loss = {{FIT_LOSS_BY_LOSS, FIT_LOSS_BY_CORRELATION},
                               .constant = {NAN, NAN}};
    strength = compare_on_run(report, "one-skill-data", 'R', strength);
    write_contest(report, "strength", &strength);
    strength = compare_on_run(report, "mlp-data", 'R', strength);
    write_contest(report, "five-strength", &strength);
    loss = compare_on_run(report, "one-skill-data", 'L', loss);
    write_contest(report, "loss", &loss);
    loss = compare_on_run(report, "mlp-data", 'L', loss);
    write_contest(report, "five-loss", &loss);
}

struct sufficiency {
    const char *name, *symbol, *one, *five; /* of the runs with one skill and with five */
    enum fit_curve curve;
};

/* Resource at one half in the extended model whose constant is 1. */
static double unit_emergence(enum fit_curve curve, const struct fit_system *system)
{
    switch (curve) {
    case FIT_TIME: return emergence_extended_time_to_reach(system->skill, 1, 0.5);
    case FIT_STRENGTH_BY_LOSS: return emergence_extended_data_to_reach(system->skill, 1, 0.5);
    default: return system->k - 0.5;
    }
}

/* What the emergences of all skills say. */
struct emergences {
    struct spread constant;                /* of all skills together */
    struct spread slope;                   /* over that of the model */
    struct spread shape[ORIGINAL_SKILLS]; /* rise over that of the model */
};

static void find_emergences_of_skill(struct report *report, const struct run *run,
                                     const struct sufficiency *claim, int k,
                                     struct times *times, struct spread *shape)
{
    struct fit_system system = measured_system(&run->settings, k);
    struct fit_data packed = {0};
    pack(report, run, claim->symbol, skill_column(report, run, 'R', k), &packed);
    double *at = malloc(sizeof(double) * (size_t)times->repeats);
    int *beyond = malloc(sizeof(int) * (size_t)times->repeats);
    if (proceed(report, at && beyond ? STATUS_OK : STATUS_MEMORY)) {
        fit_passages(&packed, 0.5, at, beyond);
        for (int r = 0; r < times->repeats; r++)
            times->time[r * times->skills + k - 1] = beyond[r] == 1 ? INFINITY : at[r];
        times->last = packed.resource[packed.points - 1];
        proceed(report, pardon(fit_shape(claim->curve, &system, &packed,
                                         (double[]){0.25, 0.75}, shape)));
    }
    free(at);
    free(beyond);
    measured_unpack(&packed);
}

static void find_emergences(struct report *report, const struct sufficiency *claim,
                            const char *name, struct emergences *found)
{
    struct run run;
    struct exponent exponent = {.slope = statistics_nothing};
    double model[ORIGINAL_SKILLS];
    *found = (struct emergences){statistics_nothing, statistics_nothing, {{0}}};
    if (!read_run(report, name, TABLE, &run))
        return;
    int skills = (int)fmin(run.settings.skills, ORIGINAL_SKILLS);
    int repeats = (int)run.settings.repeats;
    struct times times = {.repeats = repeats, .skills = skills};
    times.time = malloc(sizeof(double) * (size_t)repeats * (size_t)skills);
    proceed(report, times.time ? STATUS_OK : STATUS_MEMORY);
    for (int k = 1; k <= skills && report->status == STATUS_OK; k++) {
        struct fit_system system = measured_system(&run.settings, k);
        model[k - 1] = unit_emergence(claim->curve, &system);
        found->shape[k - 1] = statistics_nothing;
        find_emergences_of_skill(report, &run, claim, k, &times, &found->shape[k - 1]);
    }
    if (report->status == STATUS_OK) {
        found->constant = exponent_pool(&times, model);
        if (skills > 1 && proceed(report, pardon(exponent_condense(&times, &exponent))))
            found->slope = statistics_scale(&exponent.slope,
                                            1 / exponent_slope(1, skills, model));
    }
    free(times.time);
    data_free(&run.data);
}

static void write_trainability(struct report *report, const struct run *run)
{
    double units = 0;
    int capacity = 0;
    for (int k = 1; k <= ORIGINAL_SKILLS; k++) {
        struct fit_data packed = {0};
        pack(report, run, "N", skill_column(report, run, 'R', k), &packed);
        size_t points = (size_t)packed.points;
        double *best = malloc(sizeof *best * (points + 1));
        struct spread *learned = malloc(sizeof *learned * (points + 1));
        if (proceed(report, best && learned && points ? STATUS_OK : STATUS_MEMORY)) {
            fit_widths(&packed, 0.5, best, learned);
            units = packed.resource[points - 1];
            capacity += best[points - 1] >= 0.5;
            write_number(report, 2, learned[points - 1].mean, "trainability/%d/share", k);
            write_number(report, 2, learned[points - 1].low, "trainability/%d/low", k);
            write_number(report, 2, learned[points - 1].high, "trainability/%d/high", k);
        }
        free(best);
        free(learned);
        measured_unpack(&packed);
    }
    write_number(report, 3, units, "trainability/units");
    write_number(report, 3, capacity, "trainability/capacity");
}

static void judge_sufficiency(struct report *report)
{
    static const struct sufficiency claims[] = {
        {"time", "T", "one-skill-time", "mlp-time", FIT_TIME},
        {"data", "D", "one-skill-data", "mlp-data", FIT_STRENGTH_BY_LOSS},
        {"width", "N", "one-skill-width", "mlp-width", FIT_PARAMETERS},
    };
    for (int i = 0; i < 3 && report->status == STATUS_OK; i++) {
        struct emergences one, five;
        find_emergences(report, &claims[i], claims[i].one, &one);
        find_emergences(report, &claims[i], claims[i].five, &five);
        struct spread transfer = statistics_quotient(&five.constant, &one.constant);
        struct spread worst = statistics_worst(ORIGINAL_SKILLS, five.shape);
        write_verdict(report, &five.slope, 1, "%s-frequency", claims[i].name);
        write_verdict(report, &transfer, 1, "%s-transfer", claims[i].name);
        write_verdict(report, &worst, 1, "%s-shape", claims[i].name);
        write_verdict(report, &one.shape[0], 1, "%s-shape-one", claims[i].name);
        struct spread abrupt = statistics_exactly(one.shape[0].high < 1);
        if (claims[i].curve == FIT_STRENGTH_BY_LOSS)
            write_verdict(report, isnan(one.shape[0].high) ? &statistics_nothing : &abrupt, 1,
                          "limit-data");
        skip_missing(report);
    }
}

/* Ratios of which some are only known to be at least so large. */
struct bounded {
    int count;
    double *value;
    int *beyond; /* 1: at least */
};

static void add_ratio(struct report *report, struct bounded *ratios, double value, int beyond)
{
    size_t count = (size_t)ratios->count + 1;
    double *values = realloc(ratios->value, sizeof *values * count);
    if (values)
        ratios->value = values;
    int *flags = realloc(ratios->beyond, sizeof *flags * count);
    if (flags)
        ratios->beyond = flags;
    if (!proceed(report, values && flags ? STATUS_OK : STATUS_MEMORY))
        return;
    ratios->value[ratios->count] = value;
    ratios->beyond[ratios->count++] = beyond;
}

static void add_network(struct report *report, const struct run *run, int repeat,
                        struct bounded *networks, struct bounded *of_skill)
{
    double last = last_row(run)[column(report, run, "T")], sum = 0;
    int skills = 0, beyond = 0;
    for (int k = 1; k <= run->settings.skills && k <= ORIGINAL_SKILLS; k++) {
        double model = model_time(&run->settings, k, 0.5);
        int R = skill_column(report, run, 'R', k);
        double measured = crossing_in_repeat(report, run, repeat, R, 0.5);
        if (model > last)
            continue;
        int censored = isnan(measured);
        double ratio = (censored ? last : measured) / model;
        add_ratio(report, &of_skill[k - 1], ratio, censored);
        sum += log(ratio);
        beyond = beyond || censored;
        skills++;
    }
    if (skills > 0)
        add_ratio(report, networks, exp(sum / skills), beyond);
}

static struct spread condense_ratios(struct bounded *ratios)
{
    struct spread spread = statistics_condense_logs(ratios->count, ratios->value, ratios->beyond);
    free(ratios->value);
    free(ratios->beyond);
    return spread;
}

static void judge_grid(struct report *report)
{
    static const char *const sigma[] = {"0.01", "0.04", "0.1"};
    static const char *const alpha[] = {"0.3", "0.6", "0.9", "2.0"};
    struct bounded networks[3] = {{0}}, skills[ORIGINAL_SKILLS] = {{0}};
    for (int i = 0; i < 12; i++) {
        struct run run;
        char name[32];
        snprintf(name, sizeof name, "grid-%s-%s", sigma[i / 4], alpha[i % 4]);
        if (read_run(report, name, TABLE, &run))
            for (int r = 1; r <= run.settings.repeats; r++)
                add_network(report, &run, r, &networks[i / 4], skills);
        data_free(&run.data);
    }
    for (int i = 0; i < 3; i++) {
        struct spread ratio = condense_ratios(&networks[i]);
        write_verdict(report, &ratio, 1, "grid-%s", sigma[i]);
    }
    for (int k = 0; k < ORIGINAL_SKILLS; k++)
        write_number(report, 3, condense_ratios(&skills[k]).mean, "grid-skill/%d", k + 1);
}

/* Settings with which the published figures may have been drawn: the runs of five skills and
   of one, and how much slower than theirs the curve is. */
static const struct reading {
    const char *name, *five, *one;
    double slower;
} readings[] = {{"table", "article-time", "article-one", 1},
                {"text", "article-small", "article-one-small", 1},
                {"scripts", "mlp-time", "one-skill-time", 1},
                {"mixed", "mlp-time", "one-skill-time", 2}};
enum { READINGS = 4, CURVES = 1 + ORIGINAL_SKILLS };

/* Half-times over those of the curve, by repeat; NaN of what has not emerged.  Curve 0 is of
   one skill alone. */
struct ratios {
    int repeats[CURVES];
    double *of[CURVES];
    double model[CURVES];
};

/* Curves first .. last of a reading are skills of a run. */
static void gather_ratios(struct report *report, const char *name, int first, int last,
                          double slower, struct ratios *ratios)
{
    struct run run;
    if (!read_run(report, name, TABLE, &run))
        return;
    int repeats = (int)run.settings.repeats;
    for (int i = first; i <= last; i++) {
        int k = i > 0 ? i : 1, R = skill_column(report, &run, 'R', k);
        double *ratio = malloc(sizeof *ratio * (size_t)repeats);
        ratios->model[i] = slower * model_time(&run.settings, k, 0.5);
        ratios->of[i] = ratio;
        ratios->repeats[i] = repeats;
        if (!proceed(report, ratio ? STATUS_OK : STATUS_MEMORY))
            break;
        for (int r = 0; r < repeats; r++)
            ratio[r] = crossing_in_repeat(report, &run, r + 1, R, 0.5) / ratios->model[i];
    }
    data_free(&run.data);
}

/* Mean of a curve's ratios over its repeats, or over those that a stream draws. */
static double mean_ratio(const struct ratios *ratios, int i, struct stream *stream)
{
    int n = ratios->repeats[i];
    double sum = 0;
    for (int r = 0; r < n; r++)
        sum += ratios->of[i][stream ? (int)stream_below(stream, (uint64_t)n) : r];
    return sum / n;
}

/* The farthest of the first curves from 1, as |ln|. */
static double farthest_ratio(const struct ratios *ratios, int curves, struct stream *stream)
{
    double worst = 0;
    struct stream again = {0};
    for (int i = 0; i < curves; i++) {
        if (stream && i > 1)
            *stream = again; /* the same repeats for all skills of a network */
        else if (stream)
            again = *stream;
        worst = fmax(worst, fabs(log(mean_ratio(ratios, i, stream))));
    }
    return worst;
}

/* How many curves, from the first, have emerged in every repeat of every reading. */
static int count_curves(const struct ratios *ratios)
{
    for (int i = 0; i < CURVES; i++)
        for (int j = 0; j < READINGS; j++)
            if (!isfinite(mean_ratio(&ratios[j], i, NULL)))
                return i;
    return CURVES;
}

/* What resamples say of a reading: its farthest ratios, sorted, and how often it is nearest. */
struct outcome {
    double worst[RESAMPLES];
    int nearest;
};

static void resample_readings(const struct ratios *ratios, int curves, struct stream *stream,
                              struct outcome *outcome)
{
    for (int n = 0; n < RESAMPLES; n++) {
        int nearest = 0;
        for (int j = 0; j < READINGS; j++) {
            outcome[j].worst[n] = farthest_ratio(&ratios[j], curves, stream);
            if (outcome[j].worst[n] < outcome[nearest].worst[n])
                nearest = j;
        }
        outcome[nearest].nearest++;
    }
    for (int j = 0; j < READINGS; j++)
        gsl_sort(outcome[j].worst, 1, RESAMPLES);
}

static const char *winner_of(const struct outcome *outcome)
{
    static const char *const names[READINGS] = {
        "the article's settings with the start of its table",
        "the article's settings with the start of its text", "the scripts' settings",
        "the printed curve with the scripts' networks"};
    for (int j = 0; j < READINGS; j++)
        if (outcome[j].nearest >= 0.95 * RESAMPLES)
            return names[j];
    return "not decided";
}

static void write_reading(const struct report *report, const char *name,
                          const struct ratios *ratios)
{
    for (int i = 0; i < CURVES; i++) {
        double ratio = mean_ratio(ratios, i, NULL);
        write_number(report, 6, round(ratios->model[i]), "reading/%s/%d/model", name, i);
        write_number(report, 6, round(ratio * ratios->model[i]), "reading/%s/%d/mean", name, i);
        write_number(report, 3, ratio, "reading/%s/%d/ratio", name, i);
    }
}

/* No outcome: too few repeats to say. */
static void write_outcome(const struct report *report, const char *name, double worst,
                          const struct outcome *outcome)
{
    double low = NAN, high = NAN, share = NAN;
    if (outcome) {
        low = outcome->worst[RESAMPLES / 40];
        high = outcome->worst[RESAMPLES - 1 - RESAMPLES / 40];
        share = (double)outcome->nearest / RESAMPLES;
    }
    write_number(report, 2, worst, "reading/%s/worst", name);
    write_number(report, 2, low, "reading/%s/low", name);
    write_number(report, 2, high, "reading/%s/high", name);
    write_number(report, 2, share, "reading/%s/share", name);
}

/* Nothing, if the skill has not emerged in every repeat. */
static struct spread ratio_of_curve(const struct ratios *ratios, int i)
{
    struct spread spread = statistics_condense_logs(ratios->repeats[i], ratios->of[i], NULL);
    return spread.count == ratios->repeats[i] ? spread : statistics_nothing;
}

static void judge_reading(struct report *report, const struct ratios *ratios, const char *one,
                          const char *five)
{
    struct spread ratio[CURVES], worst;
    for (int i = 0; i < CURVES; i++)
        ratio[i] = ratio_of_curve(ratios, i);
    write_verdict(report, &ratio[0], 1, "%s", one);
    worst = statistics_worst(CURVES - 1, ratio + 1);
    write_verdict(report, &worst, 1, "%s", five);
}

static void hold_readings_together(struct report *report, const struct ratios *ratios)
{
    struct outcome outcome[READINGS] = {0};
    struct stream stream = stream_open(1, 0, PURPOSE_BOOTSTRAP);
    int curves = count_curves(ratios);
    bool has_repeats = curves > 0;
    for (int i = 0; i < READINGS * CURVES; i++)
        has_repeats = has_repeats
                      && ratios[i / CURVES].repeats[i % CURVES] >= STATISTICS_FEWEST;
    if (has_repeats)
        resample_readings(ratios, curves, &stream, outcome);
    for (int j = 0; j < READINGS; j++) {
        double worst = has_repeats ? farthest_ratio(&ratios[j], curves, NULL) : NAN;
        write_outcome(report, readings[j].name, worst, has_repeats ? &outcome[j] : NULL);
    }
    write_number(report, 2, curves, "readings/curves");
    write_text(report, has_repeats ? winner_of(outcome) : "too few repeats", "readings/winner");
}

/* How far a strength falls below what it was before, in the mean over repeats. */
static void write_fall(struct report *report, const struct reading *reading)
{
    struct run run;
    double most = 0, fall = 0, sum = 0;
    if (!read_run(report, reading->one, TABLE, &run))
        return;
    int R = skill_column(report, &run, 'R', 1), T = column(report, &run, "T");
    for (int r = 0; r < run.data.rows; r++) {
        const double *row = data_row(&run.data, r);
        if (row[T] == 0) {
            sum += fall;
            most = fall = 0;
        }
        most = fmax(most, row[R]);
        fall = fmax(fall, most - row[R]);
    }
    write_number(report, 2, (sum + fall) / (double)run.settings.repeats, "reading/%s/fall",
                 reading->name);
    data_free(&run.data);
}

static void write_readings(struct report *report)
{
    struct ratios ratios[READINGS] = {0};
    for (int j = 0; j < READINGS; j++) {
        const struct reading *reading = &readings[j];
        gather_ratios(report, reading->one, 0, 0, reading->slower, &ratios[j]);
        gather_ratios(report, reading->five, 1, ORIGINAL_SKILLS, reading->slower, &ratios[j]);
    }
    if (report->status == STATUS_OK) {
        for (int j = 0; j < READINGS; j++) {
            write_reading(report, readings[j].name, &ratios[j]);
            write_fall(report, &readings[j]);
        }
        hold_readings_together(report, ratios);
        judge_reading(report, &ratios[0], "reading-one", "reading-table");
        judge_reading(report, &ratios[1], "reading-one-text", "reading-text");
    }
    for (int i = 0; i < READINGS * CURVES; i++)
        free(ratios[i / CURVES].of[i % CURVES]);
}

/* Root mean square and largest difference in the table, in units of S. */
static void write_differences(struct report *report, const struct run *run)
{
    double sum = 0, most = 0;
    int count = 0;
    for (int k = 1; k <= ORIGINAL_SKILLS; k++) {
        int R = skill_column(report, run, 'R', k), M = skill_column(report, run, 'M', k);
        for (int r = 0; r < run->data.rows; r++) {
            const double *row = data_row(&run->data, r);
            double difference = fabs(row[M] - row[R]);
            if (isnan(difference))
                continue;
            sum += difference * difference;
            most = fmax(most, difference);
            count++;
        }
    }
    write_number(report, 2, sqrt(sum / count), "plain/rms");
    write_number(report, 2, most, "plain/most");
}

/* Share of repeats in which all skills emerge, if they had as long as the article says. */
static void judge_emergence(struct report *report, const struct run *run)
{
    int repeats = (int)run->settings.repeats, emerged = 0;
    for (int r = 1; r <= repeats; r++) {
        bool all = true;
        for (int k = 1; k <= ORIGINAL_SKILLS; k++)
            all = all && isfinite(crossing_in_repeat(report, run, r,
                                                     skill_column(report, run, 'R', k), 0.5));
        emerged += all;
    }
    struct spread share = statistics_share(emerged, repeats);
    write_verdict(report, run->settings.steps >= 30000 ? &share : &statistics_nothing, 1,
                  "five-emerge");
}

/* Of the times by the plain mean and by the strength, for skill 1. */
static void write_plain_means(struct report *report, const struct run *run)
{
    int repeats = (int)run->settings.repeats;
    int R = skill_column(report, run, 'R', 1), M = skill_column(report, run, 'M', 1);
    double *ratio = malloc(sizeof *ratio * (size_t)repeats);
    struct spread spread = statistics_nothing;
    for (int r = 0; ratio && r < repeats; r++)
        ratio[r] = crossing_in_repeat(report, run, r + 1, M, 0.5)
                   / crossing_in_repeat(report, run, r + 1, R, 0.5);
    if (proceed(report, ratio ? STATUS_OK : STATUS_MEMORY)) {
        spread = statistics_condense(repeats, ratio, NULL);
        write_differences(report, run);
    }
    write_number(report, 6, spread.mean, "plain/ratio");
    write_verdict(report, &spread, 1, "plain-mean");
    judge_emergence(report, run);
    free(ratio);
}

enum { TEN = 10 };
static const double published_at_ten[3][TEN] = {
    {0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98, 0.98},
    {NAN, 0.95, 0.95, 0.95, 0.96, 0.96, 0.04, 0.96, 0.96, 0.95},
    {0.6, 0, 0.72, 0.90, 0.92, 0.64, 0.88, 0.8, 0.58, 0.52}};

/* 1 - R_k/S = lambda c/(2 P_s(k) S) under a decay lambda, with c of the parity of the article's
   figure 8. */
static double shortfall_of_decay(const struct settings *settings, int k)
{
    double p = task_probability(settings->alpha, (int)settings->skills, k);
    return settings->decay * (8 + 4 * sqrt(3)) / (2 * p * settings->target);
}

/* Strengths of a skill at ten units that are a skill's, more than one half; NaN for others. */
static int take_learned(struct report *report, const struct run *run, int k, double *learned)
{
    int N = column(report, run, "N"), T = column(report, run, "T"), count = 0;
    int R = skill_column(report, run, 'R', k);
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        if (row[N] == TEN && row[T] == (double)run->settings.steps)
            learned[count++] = row[R] > 0.5 ? row[R] : NAN;
    }
    return count;
}

static struct spread write_learned(struct report *report, const char *name, int k, int count,
                                   const double *learned)
{
    struct spread spread = statistics_condense(count, learned, NULL);
    write_number(report, 2, (double)spread.count / count, "width/%s/%d/learned", name, k);
    write_number(report, 3, spread.mean, "width/%s/%d/plateau", name, k);
    write_number(report, 2, 1 - spread.mean, "width/%s/%d/shortfall", name, k);
    return spread;
}

/* What skill 1 lacks, in units of what it lacks in the article's table. */
static struct spread compare_shortfalls(const struct spread *plateau)
{
    double theirs = 1 - published_at_ten[0][0];
    return (struct spread){plateau->count, (1 - plateau->mean) / theirs, plateau->sd / theirs,
                           (1 - plateau->high) / theirs, (1 - plateau->low) / theirs};
}

static void write_width(struct report *report, const char *name, const char *run_name)
{
    struct run run;
    if (!read_run(report, run_name, TABLE, &run))
        return;
    double *learned = malloc(sizeof *learned * (size_t)(run.data.rows + 1));
    for (int k = 1; k <= 3 && proceed(report, learned ? STATUS_OK : STATUS_MEMORY); k++) {
        int count = take_learned(report, &run, k, learned);
        struct spread plateau = write_learned(report, name, k, count, learned);
        struct spread ours = compare_shortfalls(&plateau);
        if (k == 1)
            write_verdict(report, &ours, 1, "decay-%s", name);
    }
    write_number(report, 2, shortfall_of_decay(&run.settings, 1), "width/shortfall/%s", name);
    write_number(report, 6, (double)run.settings.steps, "width/%s/steps", name);
    free(learned);
    data_free(&run.data);
}

static void write_widths(struct report *report)
{
    for (int k = 1; k <= 3; k++) {
        double learned[TEN];
        for (int r = 0; r < TEN; r++)
            learned[r] = published_at_ten[k - 1][r] > 0.5 ? published_at_ten[k - 1][r] : NAN;
        write_learned(report, "published", k, TEN, learned);
    }
    write_width(report, "article", "article-width");
    write_width(report, "scripts", "mlp-width");
    write_width(report, "tenfold", "width-decay");
}

static void count_early(struct report *report, const char *name)
{
    struct run run;
    int early = 0, networks = 0;
    if (!read_run(report, name, TABLE, &run))
        return;
    int steps = column(report, &run, "steps"), loss = column(report, &run, "loss");
    for (int r = 0; r < run.data.rows; r++) {
        const double *row = data_row(&run.data, r);
        networks += !isnan(row[loss]);
        early += !isnan(row[loss]) && row[steps] <= (double)run.settings.cool_every;
    }
    write_number(report, 6, networks, "schedule/%s/networks", name);
    write_number(report, 6, early, "schedule/%s/early", name);
    data_free(&run.data);
}

/* Strengths of the networks on so many samples; returns those of skill 1, condensed. */
static struct spread write_schedule(struct report *report, const char *name,
                                    const char *run_name)
{
    enum { COMPARED = 3000 };
    struct run run;
    struct spread first = statistics_nothing, spread;
    if (!read_run(report, run_name, TABLE, &run))
        return first;
    double *value = malloc(sizeof *value * (size_t)(run.data.rows + 1));
    int D = column(report, &run, "D");
    for (int k = 0; k <= 2 && proceed(report, value ? STATUS_OK : STATUS_MEMORY); k++) {
        int of = k ? skill_column(report, &run, 'R', k) : column(report, &run, "steps");
        int count = 0;
        for (int r = 0; r < run.data.rows; r++)
            if (data_row(&run.data, r)[D] == COMPARED)
                value[count++] = data_row(&run.data, r)[of];
        spread = statistics_condense(count, value, NULL);
        write_number(report, k ? 3 : 6, k ? spread.mean : round(spread.mean), "schedule/%s/%d",
                     name, k);
        first = k == 1 ? spread : first;
    }
    free(value);
    data_free(&run.data);
    return first;
}

static void write_schedules(struct report *report)
{
    count_early(report, "mlp-data");
    count_early(report, "one-skill-data");
    struct spread theirs = write_schedule(report, "scripts", "mlp-data");
    struct spread ours = write_schedule(report, "article", "article-data");
    struct spread ratio = statistics_quotient(&ours, &theirs);
    write_verdict(report, &ratio, 1, "data-schedule");
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

/* Of skill k the times in each repeat, condensed; a time that is missing is counted at the last
   T and opens the interval. */
static struct spread condense_times(struct report *report, const struct times *times, int k)
{
    struct spread spread = statistics_nothing;
    double *value = malloc(sizeof *value * (size_t)times->repeats);
    int *beyond = malloc(sizeof *beyond * (size_t)times->repeats);
    if (proceed(report, value && beyond ? STATUS_OK : STATUS_MEMORY)) {
        for (int r = 0; r < times->repeats; r++) {
            double time = times->time[r * times->skills + k - 1];
            value[r] = fmin(time, times->last);
            beyond[r] = time > times->last;
        }
        spread = statistics_condense_logs(times->repeats, value, beyond);
    }
    free(value);
    free(beyond);
    return spread;
}

static void write_time(struct report *report, const char *run, int k, const struct spread *time,
                       double frequency)
{
    write_number(report, 4, time->mean, "%s/%d/mean", run, k);
    write_number(report, 3, time->sd / time->mean, "%s/%d/spread", run, k);
    write_number(report, 4, frequency * time->mean, "%s/%d/product", run, k);
    write_number(report, 4, frequency * time->low, "%s/%d/product-low", run, k);
    write_number(report, 4, frequency * time->high, "%s/%d/product-high", run, k);
}

/* And where the lines of both slopes through the means begin. */
static void write_times(struct report *report, const struct run *run, const struct times *times,
                        double slope)
{
    double alpha = run->settings.alpha, height = 0, place = 0, bar = 0;
    for (int k = 1; k <= times->skills; k++) {
        struct spread time = condense_times(report, times, k);
        write_time(report, run->name, k, &time, task_probability(alpha, times->skills, k));
        bar += 100 * time.sd / time.mean / times->skills;
        height += log(time.mean) / times->skills;
        place += log(k) / times->skills;
    }
    write_number(report, 2, bar, "%s/bar", run->name);
    write_number(report, 6, exp(height - slope * place), "%s/fitted", run->name);
    write_number(report, 6, exp(height - (alpha + 1) * place), "%s/law", run->name);
}

static void write_exponent(const struct report *report, const char *run,
                           const struct settings *settings, const struct exponent *exponent)
{
    write_interval(report, run, "slope", &exponent->slope);
    write_number(report, 3, settings->alpha + 1, "%s/predicted", run);
    write_number(report, 6, exponent->repeats, "%s/repeats", run);
    write_number(report, 6, exponent->complete, "%s/complete", run);
    write_number(report, 6, exponent->ordered, "%s/ordered", run);
    write_number(report, 3, 100 * exponent->pairs, "%s/pairs", run);
    write_text(report, statistics_verdict(settings->alpha + 1, &exponent->slope), "%s/verdict",
               run);
    write_number(report, 6, (double)settings->steps, "%s/steps", run);
    write_number(report, 6, settings->rate, "%s/rate", run);
}

/* Times of the mean strengths, at a level. */
static bool read_mean_times(struct report *report, double level, struct times *times)
{
    struct run mean;
    bool read = read_run(report, "transformer-time", SUMMARY, &mean)
                && proceed(report, exponent_read(&mean.data, level, times));
    data_free(&mean.data);
    return read;
}

static void write_scripts_exponent(struct report *report, const char *run)
{
    struct times four = {0}, one[4] = {{0}};
    double bar = 0;
    bool ready = read_mean_times(report, 0, &four);
    for (int i = 0; ready && i < 4; i++)
        ready = read_mean_times(report, exponent_levels[i], &one[i]);
    for (int k = 0; ready && k < four.skills; k++) {
        double square = 0;
        for (int i = 0; i < 4; i++)
            square += gsl_pow_2(one[i].time[k] / four.time[k] - 1) / 4;
        bar += 100 * sqrt(square) / four.skills;
    }
    if (ready) {
        write_number(report, 3, exponent_slope(1, four.skills, four.time), "%s/scripts/slope",
                     run);
        write_number(report, 2, bar, "%s/scripts/bar", run);
    }
    for (int i = 0; i < 4; i++)
        exponent_free(&one[i]);
    exponent_free(&four);
}

/* Of skill k in each repeat, condensed: the time of one half, the rise from 0.2 to 0.5, and in
   units of it that from 0.5 to 0.8.  One that does not come to 0.8 takes at least until the end;
   where one does not come to one half, nothing is known of the last. */
static void find_shape(const struct times level[3], int k, double *value, int *beyond,
                       struct spread shape[3])
{
    int repeats = level[1].repeats, skills = level[1].skills;
    bool known = true;
    for (int i = 0; i < 3; i++) {
        for (int r = 0; r < repeats; r++) {
            int at = r * skills + k - 1;
            double first = level[0].time[at], middle = level[1].time[at];
            double rise = middle - first, end = fmin(level[2].time[at], level[2].last);
            value[r] = i == 0 ? middle : i == 1 ? rise : (end - middle) / rise;
            value[r] = isfinite(value[r]) ? value[r] : NAN;
            beyond[r] = i == 2 && isinf(level[2].time[at]);
            known = known && middle < level[2].last;
        }
        shape[i] = statistics_condense_logs(repeats, value, beyond);
    }
    if (!known)
        shape[2] = statistics_nothing;
}

static struct spread write_shape(struct report *report, const struct run *run,
                                 const struct times level[3], double *value, int *beyond)
{
    struct spread ratio[16];
    int skills = level[1].skills < 16 ? level[1].skills : 16;
    for (int k = 1; k <= skills; k++) {
        struct spread shape[3];
        find_shape(level, k, value, beyond, shape);
        ratio[k - 1] = shape[2];
        write_number(report, 4, shape[0].mean, "%s/%d/half", run->name, k);
        write_number(report, 4, shape[1].mean, "%s/%d/early", run->name, k);
        write_number(report, 3, ratio[k - 1].mean, "%s/%d/late", run->name, k);
    }
    return statistics_worst(skills, ratio);
}

static bool read_level(struct report *report, const struct run *run, double level,
                       struct times *times)
{
    proceed(report, exponent_read(&run->data, level, times));
    return proceed(report, times->repeats == run->settings.repeats
                                   && times->skills == run->settings.skills
                               ? STATUS_OK
                               : STATUS_FORMAT);
}

static void write_level(struct report *report, const struct run *run, double level,
                          const char *name)
{
    struct times times;
    struct exponent exponent;
    if (read_level(report, run, level, &times)
        && proceed(report, exponent_condense(&times, &exponent))) {
        write_interval(report, run->name, name, &exponent.slope);
        if (!strcmp(run->name, "transformer-time"))
            write_verdict(report, &exponent.slope, run->settings.alpha + 1, "%s-%s", run->name,
                          name);
    }
    exponent_free(&times);
}

static void judge_shape(struct report *report, const struct run *run)
{
    static const double levels[] = {0.2, 0.5, 0.8};
    struct times level[3] = {0};
    size_t repeats = (size_t)run->settings.repeats;
    double *value = malloc(sizeof *value * repeats);
    int *beyond = malloc(sizeof *beyond * repeats);
    bool ready = proceed(report, value && beyond ? STATUS_OK : STATUS_MEMORY);
    for (int i = 0; ready && i < 3; i++)
        ready = read_level(report, run, levels[i], &level[i]);
    if (ready) {
        struct spread worst = write_shape(report, run, level, value, beyond);
        write_verdict(report, &worst, 1, "transformer-time-shape");
    }
    for (int i = 0; i < 3; i++)
        exponent_free(&level[i]);
    free(value);
    free(beyond);
}

static void write_transformer(struct report *report, const struct run *run)
{
    struct exponent exponent;
    struct times times;
    bool is_main = !strcmp(run->name, "transformer-time");
    if (read_level(report, run, 0.05, &times)
        && proceed(report, exponent_condense(&times, &exponent))) {
        write_exponent(report, run->name, &run->settings, &exponent);
        write_times(report, run, &times, exponent.slope.mean);
        write_level(report, run, 0.5, "exponent-half");
        write_level(report, run, 0, "exponent-four");
    }
    if (is_main && report->status == STATUS_OK) {
        struct spread share = statistics_share(exponent.ordered, exponent.repeats);
        write_verdict(report, &exponent.slope, run->settings.alpha + 1,
                      "transformer-time-exponent");
        write_verdict(report, &share, 1, "transformer-time-order");
        write_scripts_exponent(report, run->name);
        judge_shape(report, run);
    }
    exponent_free(&times);
}

static bool read_run_if_any(struct report *report, const char *name, struct run *run)
{
    *run = (struct run){0};
    if (report->status != STATUS_OK || access(table_of(report, name, ""), F_OK))
        return false;
    return read_run(report, name, TABLE, run);
}

static void write_transformers(struct report *report)
{
    static const char *const runs[] = {"transformer-0.3", "transformer-time", "transformer-1.5",
                                       "transformer-wide", "transformer-momentum",
                                       "transformer-reverse", "transformer-adam"};
    char rows[512] = "";
    for (size_t i = 0; i < sizeof runs / sizeof runs[0]; i++) {
        struct run run;
        bool read = i < 3 ? read_run(report, runs[i], TABLE, &run)
                          : read_run_if_any(report, runs[i], &run);
        if (read) {
            write_transformer(report, &run);
            sprintf(rows + strlen(rows), "\\transformerrow{%s}\n", runs[i]);
        }
        data_free(&run.data);
    }
    if (report->kind == NUMBERS_TEX)
        fprintf(report->stream, "\\newcommand{\\transformerrows}{%%\n%s}\n", rows);
}

static void write_pooled_level(struct report *report, const struct run run[3], double level,
                               const char *name)
{
    struct times times[3] = {0};
    double alpha[3];
    bool ready = true;
    for (int i = 0; i < 3; i++) {
        ready = ready && read_level(report, &run[i], level, &times[i]);
        alpha[i] = run[i].settings.alpha;
    }
    if (ready) {
        struct spread slope = exponent_pooled(3, times, alpha);
        write_interval(report, "transformer", name, &slope);
        write_verdict(report, &slope, 1, "transformer-%s", name);
    }
    for (int i = 0; i < 3; i++)
        exponent_free(&times[i]);
}

static void write_pooled(struct report *report)
{
    static const char *const runs[] = {"transformer-0.3", "transformer-time", "transformer-1.5"};
    struct run run[3] = {0};
    bool ready = true;
    for (int i = 0; i < 3; i++)
        ready = ready && read_run(report, runs[i], TABLE, &run[i]);
    if (ready) {
        write_pooled_level(report, run, 0.05, "frequency");
        write_pooled_level(report, run, 0.5, "frequency-half");
        write_pooled_level(report, run, 0, "frequency-four");
    }
    for (int i = 0; i < 3; i++)
        data_free(&run[i].data);
}

static struct spread write_alone(struct report *report, const struct run *run, double rate,
                                 const char *name, int place)
{
    struct spread time = statistics_nothing;
    struct times times;
    if (read_level(report, run, 0.05, &times)) {
        time = condense_times(report, &times, (int)run->settings.only);
        write_time(report, name, place, &time, run->settings.rate / rate);
    }
    exponent_free(&times);
    return time;
}

/* The times of skill k among five over those that it takes alone. */
static void write_help(struct report *report, const struct times *among, int k,
                       const struct spread *alone)
{
    struct spread together = condense_times(report, among, k);
    struct spread ratio = statistics_quotient(&together, alone);
    write_number(report, 2, ratio.mean, "transformer-alone/%d/ratio", k);
    write_number(report, 2, ratio.low, "transformer-alone/%d/ratio-low", k);
    write_number(report, 2, ratio.high, "transformer-alone/%d/ratio-high", k);
}

static void write_help_of_all(struct report *report, const struct times *among,
                              const struct spread *alone)
{
    int others = among->skills - 1;
    double *value = calloc((size_t)among->repeats, sizeof *value);
    int *beyond = calloc((size_t)among->repeats, sizeof *beyond);
    struct spread part[ORIGINAL_SKILLS];
    if (proceed(report, value && beyond ? STATUS_OK : STATUS_MEMORY)) {
        for (int r = 0; r < among->repeats; r++)
            for (int k = 1; k <= others; k++) {
                double time = among->time[r * among->skills + k];
                value[r] += log(fmin(time, among->last)) / others;
                beyond[r] |= time > among->last;
            }
        part[0] = statistics_condense(among->repeats, value, beyond);
        for (int k = 1; k <= others; k++)
            part[k] = (struct spread){alone[k].count, -log(alone[k].mean) / others,
                                      alone[k].sd / alone[k].mean / others,
                                      -log(alone[k].high) / others, -log(alone[k].low) / others};
        struct spread sum = statistics_sum(1 + others, part);
        sum = (struct spread){sum.count, exp(sum.mean), NAN, exp(sum.low), exp(sum.high)};
        write_interval(report, "transformer", "help", &sum);
    }
    free(value);
    free(beyond);
}

static void write_five(struct report *report, const struct run *five, const struct times *among,
                       const struct spread *alone)
{
    struct exponent exponent;
    if (proceed(report, exponent_condense(among, &exponent))) {
        write_times(report, five, among, exponent.slope.mean);
        write_interval(report, five->name, "slope", &exponent.slope);
        write_interval(report, five->name, "later", &exponent.later);
        write_help_of_all(report, among, alone);
    }
}

static void write_skills_alone(struct report *report)
{
    struct spread alone[ORIGINAL_SKILLS] = {{0}};
    static const char *const names[] = {"transformer-alone", "transformer-first"};
    struct run five;
    struct times among = {0};
    bool ready = read_run(report, "transformer-five", TABLE, &five)
                 && read_level(report, &five, 0.05, &among)
                 && proceed(report, among.skills == ORIGINAL_SKILLS ? STATUS_OK : STATUS_FORMAT);
    for (int i = 0; ready && i < 2 * ORIGINAL_SKILLS; i++) {
        char name[32];
        struct run run;
        const char *kind = names[i / ORIGINAL_SKILLS];
        int place = i % ORIGINAL_SKILLS + 1;
        snprintf(name, sizeof name, "%s-%d", kind, place);
        bool read = i < ORIGINAL_SKILLS ? read_run(report, name, TABLE, &run)
                                        : read_run_if_any(report, name, &run);
        if (read) {
            struct spread time = write_alone(report, &run, five.settings.rate, kind, place);
            if (i < ORIGINAL_SKILLS) {
                alone[i] = time;
                write_help(report, &among, place, &time);
            }
        }
        data_free(&run.data);
    }
    if (ready && report->status == STATUS_OK)
        write_five(report, &five, &among, alone);
    exponent_free(&among);
    data_free(&five.data);
}

static void judge_model_stages(struct report *report)
{
    static const double epsilon[] = {0.05, 0.1, 0.2};
    struct skill like = {5, emergence_extended_initial(0.01), 0.02, 1};
    for (int i = 0; i < 3; i++) {
        double limit = emergence_stage_limit(0.6, like, epsilon[i]);
        struct spread ours = statistics_exactly(fmin(4, ceil(limit) - 1));
        write_verdict(report, &ours, 4, "model-stages-%g", epsilon[i]);
    }
}

static void judge_steps(struct report *report, const struct run *run)
{
    const struct settings *o = &run->settings;
    struct scaling s = theory_scaling(o);
    double half = o->target * o->target / 2, P = task_probability(o->alpha, s.skills, 1);
    struct skill second = {o->target, o->initial, o->rate,
                           task_probability(o->alpha, s.skills, 2)};
    double loss = scaling_time_loss(&s, emergence_time(second, o->fraction));
    struct spread step = statistics_exactly((half - loss) / (P * half));
    struct spread left = statistics_exactly(half * (1 - task_probability(o->alpha, 0, 1)));
    write_verdict(report, &step, 1, "stage-step");
    write_verdict(report, &left, original_value("loss-axis"), "stage-axis");
}

static void judge_rates(struct report *report)
{
    struct skill skill = {5, emergence_extended_initial(0.01), 0.05, task_probability(0.6, 5, 1)};
    double printed = 22 * emergence_time(skill, 0.5);
    double dampened = find_dampened_half(report, skill, 1 / sqrt(22));
    double extended = emergence_extended_time_to_reach(skill, 22, 0.5);
    struct spread constant = statistics_exactly(printed / dampened);
    struct spread drawn = statistics_exactly(printed / extended);
    write_verdict(report, &constant, 1, "rate-constant");
    write_verdict(report, &drawn, 1, "rate-half");
}

static void judge_shots(struct report *report, const struct run *run)
{
    int d = column(report, run, "d"), count = 0;
    int of[] = {column(report, run, "loss"), column(report, run, "R")};
    const double theirs[] = {0.75, 1 - sqrt(0.75)};
    static const char *const claim[] = {"shots-loss", "shots-strength"};
    double *value = malloc(sizeof *value * (size_t)run->data.rows);
    proceed(report, value ? STATUS_OK : STATUS_MEMORY);
    for (int i = 0; i < 2 && report->status == STATUS_OK; i++, count = 0) {
        for (int r = 0; r < run->data.rows; r++)
            if (data_row(&run->data, r)[d] == run->settings.dc / 4)
                value[count++] = data_row(&run->data, r)[of[i]];
        struct spread ours = statistics_condense(count, value, NULL);
        write_verdict(report, &ours, theirs[i], "%s", claim[i]);
    }
    free(value);
}

static void judge_conditions(struct report *report)
{
    for (int line = 0; line < CONDITIONS; line++) {
        double ratio = NAN;
        for (int q = 1; q <= 100; q *= 10) {
            ratio = ratio_at_border(report, line, q);
            write_number(report, 2, 100 * fabs(ratio - 1), "condition/%s/%d",
                         conditions[line].name, q);
        }
        struct spread ours = statistics_exactly(ratio);
        write_verdict(report, &ours, 1, "condition-%s", conditions[line].name);
    }
}

/* Resources on a row of table 4: time, data, parameters, compute. */
static struct resources on_row(int row, double alpha, double x)
{
    struct resources r = {INFINITY, INFINITY, INFINITY};
    switch (row) {
    case 0: r.time = x; break;
    case 1: r.samples = x; break;
    case 2: r.parameters = x; break;
    default:
        r.parameters = round(pow(x, 1 / (alpha + 2)));
        r.time = x / r.parameters;
    }
    return r;
}

static void judge_exponents_of_rows(struct report *report)
{
    static const double from[] = {1e3, 1e3, 1e3, 1e8};
    double worst = 1;
    for (int i = 0; i < 12; i++) {
        double alpha = three_alphas[i % 3], exponent[] = {1 + alpha, 1 + alpha, 1, 2 + alpha};
        struct scaling s = {alpha, 0, 1, 0.01, 1};
        int row = i / 3;
        double ratio = loss_with(report, &s, on_row(row, alpha, from[row]))
                       / loss_with(report, &s, on_row(row, alpha, 100 * from[row]));
        double slope = log(ratio) / log(100) / (alpha / exponent[row]);
        if (fabs(slope - 1) > fabs(worst - 1))
            worst = slope;
    }
    struct spread ours = statistics_exactly(worst);
    write_verdict(report, &ours, 1, "rows-of-table-4");
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

static double slope_over_exponent(const struct law *law, double alpha, int skills)
{
    struct scaling s = {.alpha = alpha, .skills = skills, .target = law->target,
                        .initial = 0.01, .rate = 1};
    double first = loss_at(law->name[0], &s, law->from);
    double last = loss_at(law->name[0], &s, law->to);
    return log(first / last) / log(law->to / law->from) / exponent_of(law->name[0], alpha);
}

/* The one that is farther from 1. */
static double farther(double ratio, double other)
{
    bool is = isfinite(ratio) && (!isfinite(other) || fabs(log(ratio)) > fabs(log(other)));
    return is ? ratio : other;
}

/* The worst of the three alphas. */
static struct spread worst_slope(const struct law *law, int skills)
{
    double worst = NAN;
    for (int i = 0; i < 3; i++) {
        worst = farther(slope_over_exponent(law, three_alphas[i], skills), worst);
    }
    return statistics_exactly(worst);
}

static void judge_exponents(struct report *report)
{
    static const struct law laws[] = {{"time", 1e3, 1e4, 100000, 1},
                                      {"data", 1e2, 1e3, 100000, 1},
                                      {"parameters", 10, 100, 100000, 1},
                                      {"compute", 1e4, 1e8, 50000, 5}};
    for (int i = 0; i < 4; i++) {
        struct spread infinite = worst_slope(&laws[i], 0);
        struct spread finite = worst_slope(&laws[i], laws[i].skills);
        write_verdict(report, &infinite, 1, "exponent-%s", laws[i].name);
        write_verdict(report, &finite, 1, "finite-%s", laws[i].name);
    }
    double infinite = slope_over_exponent(&laws[3], 0.3, 0);
    double finite = slope_over_exponent(&laws[3], 0.3, laws[3].skills);
    struct spread share = statistics_exactly((infinite - 1) / (finite - 1));
    write_number(report, 3, infinite, "exponent-compute/infinite-0.3");
    write_number(report, 3, finite, "exponent-compute/finite-0.3");
    write_verdict(report, &share, 1, "finite-parameters-excess");
}

static void judge_constants(struct report *report)
{
    for (int i = 0; i < 3; i++) {
        char name[32];
        struct scaling time = {.alpha = three_alphas[i], .target = 1, .initial = 0.01,
                               .rate = 1};
        struct scaling compute = time;
        compute.target = 5;
        snprintf(name, sizeof name, "time-%.1f", three_alphas[i]);
        write_printed(report, 2 * scaling_time_constant(&time), original_printed(name),
                      "constant-%s", name);
        snprintf(name, sizeof name, "compute-%.1f", three_alphas[i]);
        write_printed(report, scaling_compute_constant(&compute) / 12.5, original_printed(name),
                      "constant-%s", name);
    }
}

/* Steepest slope of the loss of one skill, in units of 8 eta S^3/27. */
static double steepest_loss(void)
{
    struct scaling s = {.alpha = 0.6, .skills = 1, .target = 1, .initial = 0.01, .rate = 1};
    double steepest = 0, step = 1e-3;
    for (int i = 0; i < 5000; i++) {
        double slope = (scaling_time_loss(&s, i * step) - scaling_time_loss(&s, (i + 1) * step))
                       / step;
        steepest = fmax(steepest, slope);
    }
    return steepest * 27 / 8;
}

static void judge_prints(struct report *report)
{
    double parameters = NAN, stages = NAN, data = 1;
    for (int i = 0; i < 3; i++) {
        double alpha = three_alphas[i], s = alpha / (alpha + 1);
        struct scaling law = {.alpha = alpha, .target = 1, .initial = 0.01, .rate = 1};
        double share = scaling_time_integral(alpha, 99) / pow(log(99), s) * s;
        double part = 2 * scaling_parameter_constant(&law);
        data = gsl_pow_2(1 - law.initial / law.target);
        write_number(report, 3, 1 / data, "printed/data-%.1f", alpha);
        write_number(report, 4, 1 / part, "printed/parameters-%.1f", alpha);
        parameters = farther(part, parameters);
        stages = farther(share, stages);
    }
    const double found[] = {data, parameters, stages, -1, steepest_loss()};
    static const char *const keys[] = {"printed-data", "printed-parameters", "stages-constant",
                                       "compute-divisor", "steepest-loss"};
    for (int i = 0; i < 5; i++) {
        struct spread ours = statistics_exactly(found[i]);
        write_verdict(report, &ours, 1, "%s", keys[i]);
    }
}

/* Exact loss over B T^-s - L_C, the farthest from one of a run; B = 0 stands for A_T. */
static double worst_correction(struct report *report, const struct run *run, double B,
                               double tail)
{
    double s = run->settings.alpha / (run->settings.alpha + 1), worst = NAN;
    int T = column(report, run, "T"), loss = column(report, run, "loss");
    int law = column(report, run, "law");
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        double power = B > 0 ? B * pow(row[T], -s) : row[law];
        double ratio = row[loss] / (power - tail);
        if (row[T] > 9.99)
            worst = farther(ratio, worst);
    }
    return worst;
}

static void judge_finite_laws(struct report *report)
{
    static const char *const runs[]
        = {"finite-law-0.1", "finite-law-0.3", "finite-law-0.5", "finite-law-0.7"};
    double corrected = NAN, started = NAN;
    for (int i = 0; i < 4; i++) {
        struct run run;
        if (read_run(report, runs[i], TABLE, &run)) {
            struct scaling s = theory_scaling(&run.settings);
            double tail = scaling_tail_bound(&s), B = gsl_pow_2(s.target) / 2 + tail;
            double ratio = worst_correction(report, &run, 0, tail);
            double other = worst_correction(report, &run, B, tail);
            corrected = farther(ratio, corrected);
            started = farther(other, started);
        }
        data_free(&run.data);
    }
    double order = farther(share_order(0.3) / 0.6, share_order(0.6) / 1.2);
    struct spread ours[] = {statistics_exactly(corrected), statistics_exactly(started),
                            statistics_exactly(order)};
    write_verdict(report, &ours[0], 1, "finite-correction");
    write_verdict(report, &ours[1], 1, "finite-correction-start");
    write_verdict(report, &ours[2], 1, "share-order");
}

/* Pairs of neighbours of which the first passes high before the second passes low; a skill
   that never passes passes last. */
static double count_pairs(struct report *report, const struct run *run, int repeat,
                          double high, double low)
{
    int pairs = 0;
    for (int k = 1; k < ORIGINAL_SKILLS; k++) {
        int first = skill_column(report, run, 'R', k);
        int second = skill_column(report, run, 'R', k + 1);
        double before = crossing_in_repeat(report, run, repeat, first, high);
        double after = crossing_in_repeat(report, run, repeat, second, low);
        pairs += before < after || (isfinite(before) && isnan(after));
    }
    return pairs;
}

static double model_pairs(const struct settings *settings, double high, double low)
{
    double pairs = 0;
    for (int k = 1; k < ORIGINAL_SKILLS; k++)
        pairs += model_time(settings, k, high) < model_time(settings, k + 1, low);
    return pairs;
}

static void judge_stages(struct report *report, const struct run *run, double epsilon)
{
    int repeats = (int)run->settings.repeats;
    double *stages = malloc(sizeof(double) * (size_t)repeats);
    for (int r = 0; stages && r < repeats; r++)
        stages[r] = count_pairs(report, run, r + 1, 1 - epsilon, epsilon);
    if (proceed(report, stages ? STATUS_OK : STATUS_MEMORY)) {
        struct spread pairs = statistics_condense(repeats, stages, NULL);
        write_verdict(report, &pairs, model_pairs(&run->settings, 1 - epsilon, epsilon),
                      "stages-%g", epsilon);
    }
    free(stages);
}

static void judge_sequence(struct report *report, const struct run *run)
{
    int repeats = (int)run->settings.repeats, ordered = 0;
    for (int r = 1; r <= repeats; r++)
        ordered += count_pairs(report, run, r, 0.5, 0.5) == ORIGINAL_SKILLS - 1;
    struct spread share = statistics_share(ordered, repeats);
    write_verdict(report, &share, 1, "order");
    share = statistics_exactly(repeats);
    write_verdict(report, &share, 10, "repeats");
    judge_stages(report, run, 0.05);
    judge_stages(report, run, 0.1);
    judge_stages(report, run, 0.2);
}

/* Whether a row's skills with at least half their strength are the first few. */
static bool learns_the_first(struct report *report, const struct run *run, const double *row)
{
    bool missed = false;
    if (isnan(row[column(report, run, "loss")]))
        return false;
    for (int k = 1; k <= run->settings.skills; k++) {
        bool learned = row[skill_column(report, run, 'R', k)] >= 0.5;
        if (learned && missed)
            return false;
        missed = missed || !learned;
    }
    return true;
}

static void judge_learned_sets(struct report *report, const struct run *run)
{
    int N = column(report, run, "N"), trials = 0, successes = 0;
    for (int r = 0; r < run->data.rows; r++) {
        const double *row = data_row(&run->data, r);
        if (row[N] != 10)
            continue;
        trials++;
        successes += learns_the_first(report, run, row);
    }
    struct spread share = trials ? statistics_share(successes, trials) : statistics_nothing;
    write_verdict(report, &share, 0.8, "first-few");
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

static void write_audit(struct report *report)
{
    char *line = NULL, equation[64], verdict[16];
    size_t size = 0;
    double residual, tolerance;
    if (report->kind != NUMBERS_TEX)
        return;
    FILE *stream = fopen(table_of(report, "audit", ""), "r");
    for (int pass = 0; stream && pass < 2; pass++, rewind(stream)) {
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
    free(line);
    if (proceed(report, stream ? STATUS_OK : STATUS_FILE)) {
        fputs("}\n", report->stream);
        fclose(stream);
    }
}

/* Whether the audit called name passed; false with a status if the table has no such row. */
static bool audit_passed(struct report *report, const char *name)
{
    char *line = NULL, equation[64], verdict[16] = "";
    size_t size = 0;
    FILE *stream = fopen(table_of(report, "audit", ""), "r");
    bool found = false;
    while (stream && !found && getline(&line, &size, stream) > 0)
        found = sscanf(line, "%63s %*s %*s %15s", equation, verdict) == 2
                && !strcmp(equation, name);
    free(line);
    if (proceed(report, stream ? STATUS_OK : STATUS_FILE))
        fclose(stream);
    if (!found)
        fail_on(report, STATUS_LEDGER, name);
    return found && !strcmp(verdict, "passed");
}

static struct finding prove(struct report *report, const char *evidence)
{
    char names[256], *state = NULL;
    int audits = 0, passed = 0;
    snprintf(names, sizeof names, "%s", evidence);
    for (char *name = strtok_r(names, " ", &state); name; name = strtok_r(NULL, " ", &state)) {
        audits++;
        passed += audit_passed(report, name);
    }
    struct spread share = statistics_exactly(audits ? (double)passed / audits : NAN);
    return (struct finding){1, share, passed == audits ? "reproduced" : "not reproduced"};
}

static void write_value(const struct report *report, double value)
{
    if (isfinite(value))
        fprintf(report->stream, "\\num{%.4g}", value);
    else
        fputs(isnan(value) ? "---" : "\\ensuremath{\\infty}", report->stream);
}

/* For the paper: a value with its interval, if it has one; nothing for a proof. */
static void write_row(const struct report *report, const struct claim *claim,
                      const struct finding *found)
{
    const struct spread *ours = &found->ours;
    fprintf(report->stream, "\\ledgerrow{%s}{%s}{%s}{%s}{%s}{", claim->key, claim->place,
            claim->statement, claim->room, claim->settings);
    if (!claim->evidence)
        write_value(report, found->theirs);
    fputs("}{", report->stream);
    if (claim->evidence) {
        fputs(*claim->evidence ? "proved" : "", report->stream);
    } else {
        write_value(report, ours->mean);
        if (ours->low < ours->high) {
            fputs(" [", report->stream);
            write_value(report, ours->low);
            fputs(", ", report->stream);
            write_value(report, ours->high);
            fputs("]", report->stream);
        }
    }
    fprintf(report->stream, "}{%s}\n", found->verdict);
}

static void write_rows(const struct report *report)
{
    const struct claim *claim;
    fputs("\\newcommand{\\ledgerrows}{%\n", report->stream);
    for (int i = 0; (claim = ledger_claim(i)); i++)
        if (claim->key)
            write_row(report, claim, &report->found[i]);
        else
            fprintf(report->stream, "\\ledgerhead{%s}\n", claim->statement);
    fputs("}\n", report->stream);
}

/* A NaN without its sign. */
static void write_field(const struct report *report, double value)
{
    fprintf(report->stream, "\t%.6g", isnan(value) ? NAN : value);
}

static void write_line(const struct report *report, const struct claim *claim,
                       const struct finding *found)
{
    const struct spread *ours = &found->ours;
    fputs(claim->key, report->stream);
    write_field(report, found->theirs);
    write_field(report, ours->mean);
    write_field(report, ours->low);
    write_field(report, ours->high);
    fprintf(report->stream, "\t%d\t%s\t%s\t%s\t%s\t%s\t%s\n", ours->count, found->verdict,
            statistics_contains(found->theirs, ours) ? "yes" : "no",
            *claim->settings ? claim->settings : "theory", claim->place, claim->room,
            claim->statement);
}

static void write_finding(const struct report *report, const struct claim *claim,
                          const struct finding *found)
{
    const struct spread *ours = &found->ours;
    if (report->kind == NUMBERS_VERDICTS && is_wanted(report, claim->key))
        write_line(report, claim, found);
    if (report->kind == NUMBERS_TEX)
        write_text(report, claim->statement, "verdict/%s/claim", claim->key);
    write_number(report, 4, found->theirs, "verdict/%s/authors", claim->key);
    write_number(report, 4, ours->mean, "verdict/%s/ours", claim->key);
    write_number(report, 4, ours->low, "verdict/%s/low", claim->key);
    write_number(report, 4, ours->high, "verdict/%s/high", claim->key);
    write_text(report, found->verdict, "verdict/%s/verdict", claim->key);
}

static void count_verdicts(const struct report *report)
{
    static const char *const verdicts[]
        = {"reproduced",   "partly reproduced", "not reproduced",
           "inconclusive", "too few repeats",   "not run"};
    int claims = 0;
    for (size_t v = 0; v < sizeof verdicts / sizeof verdicts[0]; v++) {
        int count = 0;
        for (int i = 0; ledger_claim(i); i++)
            count += ledger_claim(i)->key && !strcmp(report->found[i].verdict, verdicts[v]);
        write_number(report, 3, count, "verdicts/%s", verdicts[v]);
        claims += count;
    }
    write_number(report, 3, claims, "verdicts/claims");
}

/* What was found of claim i; one that should have a number and has none is an error. */
static struct finding conclude(struct report *report, int i)
{
    static const struct finding nothing = {NAN, {0, NAN, NAN, NAN, NAN}, "not run"};
    const struct claim *claim = ledger_claim(i);
    bool is_audited = access(table_of(report, "audit", ""), F_OK) == 0 || !report->is_partial;
    if (claim->evidence && *claim->evidence && is_audited)
        return prove(report, claim->evidence);
    if (claim->evidence || (report->is_missing && !report->found[i].verdict))
        return nothing;
    if (!report->found[i].verdict)
        fail_on(report, STATUS_LEDGER, claim->key);
    return report->found[i];
}

static void write_ledger(struct report *report)
{
    const struct claim *claim;
    for (int i = 0; report->status == STATUS_OK && (claim = ledger_claim(i)); i++)
        if (claim->key)
            report->found[i] = conclude(report, i);
    for (int i = 0; report->rows && report->status == STATUS_OK && (claim = ledger_claim(i)); i++)
        if (claim->key && is_wanted(report, claim->key) && !claim->evidence
            && !strcmp(report->found[i].verdict, "not run"))
            fail_on(report, STATUS_EMPTY, claim->key);
    if (report->status != STATUS_OK)
        return;
    if (report->kind == NUMBERS_TEX)
        write_rows(report);
    for (int i = 0; (claim = ledger_claim(i)); i++)
        if (claim->key)
            write_finding(report, claim, &report->found[i]);
    count_verdicts(report);
}

static const struct {
    const char *run;
    void (*write)(struct report *, const struct run *);
    enum source source;
    void (*gather)(struct report *);
} parts[] = {
    #define EXPONENT(alpha) \
        {"constants-" alpha, write_constants, TEXT, NULL}, \
        {"compute-constants-" alpha, write_constants, TEXT, NULL}, \
        {"law-compute-" alpha, write_compute, TABLE, NULL}, \
        {"bounds-range-" alpha, write_ranges, TABLE, NULL}, \
        {"finite-range-" alpha, write_ranges, TABLE, NULL}
    EXPONENT("0.3"), EXPONENT("0.6"), EXPONENT("0.9"),
    {"finite-law-0.1", write_finite_law, TABLE, NULL},
    {"finite-law-0.3", write_finite_law, TABLE, NULL},
    {"finite-law-0.5", write_finite_law, TABLE, NULL},
    {"finite-law-0.7", write_finite_law, TABLE, NULL},
    {.gather = write_share},
    {.gather = write_small_starts},
    {.gather = judge_prints},
    {.gather = judge_finite_laws},
    {"law-time-infinite", write_time_law, TABLE, NULL},
    {"law-time-0.3", write_time_law, TABLE, NULL},
    {"samples", write_samples, TABLE, NULL},
    {"modes", write_modes, TABLE, NULL},
    {"stages", write_stages, TABLE, NULL},
    {.gather = write_dampened},
    {"shots-data", write_features, SUMMARY, NULL},
    {.gather = judge_model_stages},
    {"stages", judge_steps, TABLE, NULL},
    {.gather = judge_rates},
    {"shots-data", judge_shots, TABLE, NULL},
    {"multilinear-time", write_simulation_in_time, SUMMARY, NULL},
    {"multilinear-data", write_simulation_in_data, SUMMARY, NULL},
    {"constants-0.3", write_needs, TEXT, NULL},
    {"map-td", write_map, TABLE, NULL},
    {"constants-0.6", write_needs, TEXT, NULL},
    {"map-tn", write_map, TABLE, NULL},
    {"constants-0.9", write_needs, TEXT, NULL},
    {"map-dn", write_map, TABLE, NULL},
    {"map-td", write_excess, TABLE, NULL},
    {.gather = write_scatter},
    {.gather = write_large_data},
    {.gather = write_resources},
    #define LAYERS(layers) \
        {"wait-layers-" layers, write_wait, TABLE, NULL}, \
        {"law-time-layers-" layers, write_depth_law, TABLE, NULL}
    {"convergence", write_convergence, TABLE, NULL},
    {.gather = write_starts},
    {"wait-imbalance-1e-3", write_wait, TABLE, NULL},
    {"wait-imbalance-1e-6", write_wait, TABLE, NULL},
    {"wait-imbalance-1e-9", write_wait, TABLE, NULL},
    LAYERS("1"), LAYERS("2"), LAYERS("3"), LAYERS("4"), LAYERS("10"),
    {"mlp-time", write_mlp_time, TABLE, NULL},
    {"minimal", write_minimal, TABLE, NULL},
    {"mlp-time", write_mlp_tail, TABLE, NULL},
    {.gather = write_authors_times},
    {"mlp-time-bytes", write_bytes, TABLE, NULL},
    {.gather = write_fits},
    {.gather = write_contests},
    {.gather = judge_sufficiency},
    {.gather = write_readings},
    {"article-time", write_plain_means, TABLE, NULL},
    {.gather = write_widths},
    {.gather = write_schedules},
    {.gather = write_transformers},
    {.gather = write_pooled},
    {.gather = write_skills_alone},
    {.gather = judge_constants},
    {.gather = judge_exponents},
    {.gather = judge_conditions},
    {.gather = judge_exponents_of_rows},
    {"mlp-time", judge_sequence, TABLE, NULL},
    {"mlp-width", judge_learned_sets, TABLE, NULL},
    {"mlp-width", write_trainability, TABLE, NULL},
    {.gather = judge_grid},
    {.gather = write_ledger},
    {.gather = write_audit},
};

static void write_part(struct report *report, int i)
{
    struct run run = {0};
    if (parts[i].gather)
        parts[i].gather(report);
    else if (read_run(report, parts[i].run, parts[i].source, &run))
        parts[i].write(report, &run);
    data_free(&run.data);
    skip_missing(report);
}

enum status numbers_write(const char *folder, enum numbers_kind kind, const char *const *rows,
                          FILE *stream, char *table, size_t size)
{
    struct finding found[LEDGER_ROWS] = {0};
    bool is_partial = kind == NUMBERS_FITS || kind == NUMBERS_VERDICTS;
    struct report report = {folder, kind, stream, table, size, STATUS_OK, found, rows,
                            is_partial, false};
    snprintf(table, size, "%s", folder);
    if (access(folder, R_OK | X_OK) != 0)
        return STATUS_FILE;
    if (kind == NUMBERS_FITS)
        fputs("constant\tauthors\tmean\tlow\thigh\trepeats\tresidual\tleft_out\tverdict\n",
              stream);
    if (kind == NUMBERS_VERDICTS)
        fputs("claim\tauthors\tours\tlow\thigh\trepeats\tverdict\tcontains\tsettings\tplace\troom"
              "\tstatement\n",
              stream);
    for (int i = 0; report.status == STATUS_OK && i < (int)(sizeof parts / sizeof parts[0]); i++)
        write_part(&report, i);
    return report.status;
}
