#include "cells.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum status cells_create_task(struct task *task, const struct settings *settings,
                              uint64_t identity)
{
    struct stream stream = stream_open(settings->seed, identity, PURPOSE_TASK);
    int bits = settings->bits > 0 ? (int)settings->bits : 1;
    return task_create(task, (int)settings->skills, bits, (int)settings->order,
                       settings->alpha, settings->overlap, &stream);
}

bool cells_row_is_due(const struct settings *settings, long step)
{
    return step == settings->steps || (settings->every > 0 && step % settings->every == 0);
}

void cells_add_diverged_row(struct rows *rows, double *row, int kept)
{
    for (int i = kept; i < rows->columns; i++)
        row[i] = NAN;
    rows_add(rows, row);
}

void cells_describe_length(const void *context, FILE *text)
{
    const struct settings *settings = context;
    fprintf(text, " steps %ld every %ld", settings->steps, settings->every);
    if (settings->stop > 0)
        fprintf(text, " stop %.17g", settings->stop);
}

double cells_count_steps(const void *context, int cell)
{
    (void)cell;
    return (double)((const struct settings *)context)->steps;
}

double cells_last(const char *rows, int column)
{
    const char *row = rows, *next;
    while ((next = strchr(row, '\n')) && next[1])
        row = next + 1;
    for (; column > 0; column--)
        row += strcspn(row, "\t") + 1;
    return strtod(row, NULL);
}
