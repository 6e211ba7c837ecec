#include "measured.h"
#include "emergence.h"
#include "task.h"
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

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

enum status measured_settings(const char *path, struct settings *settings, char **command)
{
    static const char begins[] = "# command: emergence ";
    char *line = NULL;
    size_t size = 0, length = sizeof begins - 1;
    FILE *stream = fopen(path, "r");
    enum status status = stream ? STATUS_FORMAT : STATUS_FILE;
    if (stream && getline(&line, &size, stream) > 0 && !strncmp(line, begins, length)) {
        if (command)
            *command = strndup(line + length, strcspn(line + length, " \n"));
        status = take_settings(line + length, settings);
    }
    if (stream)
        fclose(stream);
    free(line);
    return status;
}

static const struct {
    const char *command, *resource, *constant;
    enum fit_curve curve;
} kinds[] = {{"mlp-time", "T", "kappa", FIT_TIME},
             {"mlp-data", "D", "dc", FIT_STRENGTH_BY_LOSS},
             {"mlp-width", "N", "nc", FIT_PARAMETERS}};

static void find_kind(struct measured *measured, const char *command)
{
    measured->reason = "it is of another command; fit takes mlp-time, mlp-data and mlp-width";
    for (int i = 0; i < 3; i++)
        if (!strcmp(command, kinds[i].command)) {
            measured->resource = kinds[i].resource;
            measured->constant = kinds[i].constant;
            measured->curve = kinds[i].curve;
            measured->reason = NULL;
        }
}

enum status measured_read(struct measured *measured, const char *path)
{
    char *command = NULL;
    *measured = (struct measured){.reason = "its first line is no '# command: emergence ...'"};
    enum status status = measured_settings(path, &measured->settings, &command);
    if (command)
        find_kind(measured, command);
    free(command);
    if (status == STATUS_OK && measured->reason)
        status = STATUS_FORMAT;
    if (status == STATUS_OK)
        status = data_read(&measured->data, path);
    if (status == STATUS_OK
        && (data_column(&measured->data, measured->resource) < 0
            || data_column(&measured->data, "repeat") < 0
            || data_column(&measured->data, "R_1") < 0 || measured->data.rows < 1)) {
        measured->reason = "it lacks repeat, its resource, R_1 or rows";
        status = STATUS_FORMAT;
    }
    return status;
}

void measured_free(struct measured *measured)
{
    data_free(&measured->data);
}

struct fit_system measured_system(const struct settings *settings, int k)
{
    double p = task_probability(settings->alpha, (int)settings->skills, k);
    return (struct fit_system){
        {settings->target, emergence_extended_initial(settings->sigma), settings->rate, p}, k};
}

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

enum status measured_pack(const struct data *data, int repeats, int resource, int column,
                          struct fit_data *packed)
{
    int key = data_column(data, "repeat"), points = 0;
    double *place = malloc(sizeof(double) * (size_t)(data->rows + 1)), *value = NULL;
    for (int r = 0; place && r < data->rows; r++)
        find_resource(place, &points, data_row(data, r)[resource]);
    if (place)
        value = malloc(sizeof(double) * ((size_t)repeats * (size_t)points + 1));
    *packed = (struct fit_data){repeats, points, place, value};
    if (!value)
        return STATUS_MEMORY;
    for (int i = 0; i < repeats * points; i++)
        value[i] = NAN;
    for (int r = 0; r < data->rows; r++) {
        const double *row = data_row(data, r);
        int repeat = (int)row[key] - 1;
        if (repeat >= 0 && repeat < repeats)
            value[repeat * points + find_resource(place, &points, row[resource])] = row[column];
    }
    return STATUS_OK;
}

void measured_unpack(struct fit_data *packed)
{
    free((double *)packed->resource);
    free((double *)packed->value);
}

static enum status pack_skill(const struct measured *measured, int k, struct fit_data *packed)
{
    char name[16];
    snprintf(name, sizeof name, "R_%d", k);
    int column = data_column(&measured->data, name);
    *packed = (struct fit_data){0};
    if (column < 0)
        return STATUS_FORMAT;
    return measured_pack(&measured->data, (int)measured->settings.repeats,
                         data_column(&measured->data, measured->resource), column, packed);
}

enum status measured_fit(const struct measured *measured, int k, struct fit *fit)
{
    struct fit_data packed;
    struct fit_system system = measured_system(&measured->settings, k);
    enum status status = pack_skill(measured, k, &packed);
    if (status == STATUS_OK)
        status = fit_constant(measured->curve, &system, &packed, fit);
    measured_unpack(&packed);
    return status;
}

enum status measured_predict(const struct measured *measured, int k,
                             struct fit_prediction *prediction)
{
    struct fit_data packed;
    struct fit_system system = measured_system(&measured->settings, k);
    enum status status = pack_skill(measured, k, &packed);
    if (status == STATUS_OK)
        status = fit_predict(measured->curve, &system, &packed, prediction);
    measured_unpack(&packed);
    return status;
}
