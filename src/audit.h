#ifndef AUDIT_H
#define AUDIT_H

#include "entry.h"
#include <stdbool.h>

/* Entry number i >= 0 in reading order, or NULL past the end. */
const struct entry *audit_entry(int i);

/* Run one entry; residual is set.  False if it fails; NaN fails. */
bool audit_run(const struct entry *entry, double *residual);

#endif
