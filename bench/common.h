/* What the benchmarks share: a process that runs PyTorch, options, and the header of a table. */
#ifndef COMMON_H
#define COMMON_H

#include "status.h"
#include <stdbool.h>
#include <stdio.h>

/* One line, which names the program, and exit code 1. */
_Noreturn void give_up(const char *what, const char *why);
void demand(enum status status, const char *what);

void *reserve(size_t bytes, const char *what); /* memory, or one line and exit code 1 */
double now(void);                              /* seconds */

/* A process that runs a script; both NULL without PyTorch. */
struct torch {
    FILE *to, *from;
};

/* Start a script; its first line goes to greeting, which is left empty if there is none. */
void start_torch(struct torch *torch, const char *script, char *greeting, int size);
void stop_torch(struct torch *torch);

struct options {
    bool quick;
    const char *output;
};
struct options read_options(int argc, char **argv);

/* Where a table comes from; modules ends with NULL. */
void write_header(FILE *stream, const char *command, const char *const *modules,
                  const char *torch);

#endif
