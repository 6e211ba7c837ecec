#ifndef CELLS_H
#define CELLS_H

#include "runner.h"
#include "settings.h"
#include "task.h"

/* The task of a cell.  Commands that know no bits have order 0, and draw none. */
enum status cells_create_task(struct task *task, const struct settings *settings,
                              uint64_t identity);

/* Whether there is a row after so many steps: on the multiples of every, if it is not 0,
   and at the end. */
bool cells_row_is_due(const struct settings *settings, long step);

/* A row in which all but the first columns say that training diverged. */
void cells_add_diverged_row(struct rows *rows, double *row, int kept);

/* For struct run, whose context are the settings. */
void cells_describe_length(const void *context, FILE *text);
double cells_count_steps(const void *context, int cell);

/* A column of the last of such rows. */
double cells_last(const char *rows, int column);

#endif
