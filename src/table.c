#include "table.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static FILE *open_partial(const char *path, char **partial)
{
    if (asprintf(partial, "%s.partial-XXXXXX", path) < 0)
        *partial = NULL;
    int file = *partial ? mkstemp(*partial) : -1;
    if (file < 0)
        return NULL;
    mode_t mask = umask(0);
    umask(mask);
    FILE *stream = fchmod(file, 0666 & ~mask) == 0 ? fdopen(file, "w") : NULL;
    if (!stream) {
        close(file);
        unlink(*partial);
    }
    return stream;
}

bool table_is_file(const char *path)
{
    struct stat status;
    return strcmp(path, "-") && (stat(path, &status) != 0 || S_ISREG(status.st_mode));
}

enum status table_open(struct table *table, const char *path)
{
    *table = (struct table){.path = strdup(path)};
    if (!table->path)
        return STATUS_MEMORY;
    if (!strcmp(path, "-"))
        table->stream = stdout;
    else if (!table_is_file(path))
        table->stream = fopen(path, "w");
    else
        table->stream = open_partial(path, &table->partial);
    if (table->stream)
        return STATUS_OK;
    table_abandon(table);
    return STATUS_FILE;
}

void table_abandon(struct table *table)
{
    if (table->stream && table->stream != stdout)
        fclose(table->stream);
    if (table->stream && table->partial)
        unlink(table->partial);
    free(table->path);
    free(table->partial);
    *table = (struct table){0};
}

enum status table_close(struct table *table)
{
    bool good = !ferror(table->stream) && fflush(table->stream) == 0;
    if (good && table->partial)
        good = fsync(fileno(table->stream)) == 0
               && rename(table->partial, table->path) == 0;
    if (good) {
        free(table->partial);
        table->partial = NULL;
    }
    table_abandon(table);
    return good ? STATUS_OK : STATUS_FILE;
}

void table_row(FILE *stream, int columns, const double *value)
{
    for (int i = 0; i < columns; i++) {
        if (i)
            fputc('\t', stream);
        if (isnan(value[i]))
            fputs("diverged", stream);
        else
            fprintf(stream, "%.17g", value[i]);
    }
    fputc('\n', stream);
}

static int count_fields(const char *line)
{
    int fields = 1;
    for (; *line; line++)
        fields += *line == '\t';
    return fields;
}

static bool read_row(char *line, int columns, double *value)
{
    if (count_fields(line) != columns)
        return false;
    for (int i = 0; i < columns; i++) {
        char *end = line + strcspn(line, "\t\n"), *rest;
        bool diverged = end - line == 8 && !strncmp(line, "diverged", 8);
        value[i] = diverged ? (rest = end, NAN) : strtod(line, &rest);
        if (rest != end || rest == line)
            return false;
        line = end + 1;
    }
    return true;
}

static enum status take_line(struct data *data, char *line, int *room)
{
    if (line[0] == '#' || line[0] == '\n')
        return STATUS_OK;
    if (!data->names) {
        line[strcspn(line, "\n")] = '\0';
        data->columns = count_fields(line);
        data->names = strdup(line);
        return data->names ? STATUS_OK : STATUS_MEMORY;
    }
    if (data->rows == *room) {
        *room = 2 * *room + 64;
        double *larger = realloc(data->value, sizeof(double) * *room * data->columns);
        if (!larger)
            return STATUS_MEMORY;
        data->value = larger;
    }
    double *row = data->value + (size_t)data->rows * data->columns;
    return read_row(line, data->columns, row) ? (data->rows++, STATUS_OK) : STATUS_FORMAT;
}

enum status data_read(struct data *data, const char *path)
{
    *data = (struct data){0};
    FILE *stream = fopen(path, "r");
    if (!stream)
        return STATUS_FILE;
    char *line = NULL;
    size_t size = 0;
    int room = 0;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && getline(&line, &size, stream) > 0)
        status = take_line(data, line, &room);
    if (status == STATUS_OK && (ferror(stream) || !data->names))
        status = ferror(stream) ? STATUS_FILE : STATUS_FORMAT;
    free(line);
    fclose(stream);
    if (status != STATUS_OK)
        data_free(data);
    return status;
}

void data_free(struct data *data)
{
    free(data->names);
    free(data->value);
    *data = (struct data){0};
}

int data_column(const struct data *data, const char *name)
{
    const char *names = data->names;
    for (int i = 0; i < data->columns; i++) {
        size_t length = strcspn(names, "\t");
        if (strlen(name) == length && !strncmp(names, name, length))
            return i;
        names += length + 1;
    }
    return -1;
}

void data_keep_last(struct data *data, double until)
{
    int T = data_column(data, "T"), kept = 0;
    size_t size = sizeof(double) * (size_t)data->columns;
    if (data_column(data, "N") < 0 || T < 1)
        return;
    for (int r = 0; r < data->rows; r++) {
        const double *row = data_row(data, r);
        double *last = data->value + (size_t)(kept - 1) * (size_t)data->columns;
        if (row[T] > until)
            continue;
        if (kept == 0 || memcmp(last, row, sizeof(double) * (size_t)T))
            last = data->value + (size_t)kept++ * (size_t)data->columns;
        memmove(last, row, size);
    }
    data->rows = kept;
}
