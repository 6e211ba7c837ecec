#ifndef AUDIT_H
#define AUDIT_H

#include "entry.h"
#include <stdbool.h>

/* Entry number i >= 0 in reading order, or NULL past the end. */
const struct entry *audit_entry(int i);

/* The module that an equation's entry belongs to, or NULL. */
const char *audit_module(const char *equation);

/* Run one entry; residual is set.  False if it fails; NaN fails. */
bool audit_run(const struct entry *entry, double *residual);

#endif
