#ifndef TABLE_H
#define TABLE_H

#include "status.h"
#include <stdbool.h>
#include <stdio.h>

/* A table being written.  Files appear under their name only when complete. */
struct table {
    FILE *stream;
    char *path, *partial; /* partial is NULL when the stream is written to directly */
};

/* Whether path names a regular file, or none yet: not "-", no device, no pipe. */
bool table_is_file(const char *path);

/* path "-" is standard output; devices and pipes are written to directly.
   STATUS_FILE if the file cannot be created. */
enum status table_open(struct table *table, const char *path);
void table_row(FILE *stream, int columns, const double *value);
enum status table_close(struct table *table); /* STATUS_FILE if anything was lost */
void table_abandon(struct table *table);      /* leave nothing behind */

/* A table that was read: value[row * columns + column]; "diverged" is NaN. */
struct data {
    int rows, columns;
    char *names; /* the line of column names */
    double *value;
};

enum status data_read(struct data *data, const char *path);
void data_free(struct data *data);
int data_column(const struct data *data, const char *name); /* -1 if absent */

/* In a table over hidden units, with columns N and T, keep the last row of each network up to
   that T; its rows follow each other.  Others stay as they are. */
void data_keep_last(struct data *data, double until);

static inline const double *data_row(const struct data *data, int row)
{
    return data->value + (size_t)row * data->columns;
}

#endif
