#ifndef BYTES_H
#define BYTES_H

#include "cells.h"
#include "entry.h"

/* E chi_M for a set M of the bits, whose whole bytes, from bit 0 on, are uniform in 0 .. 254,
   each by itself; the other bits are fair.  1 <= bits <= 64.  (eq:byte-means) */
double bytes_mean(uint64_t set, int bits);

/* Replace every whole byte that is 255 by one that is uniform in 0 .. 254, and renew the
   parities.  Fair bits are then distributed as above. */
void bytes_redraw(const struct task *task, struct stream *stream, struct batch *batch);

/* experiments_mlp_time with all samples, also those that it is measured on, so redrawn. */
struct run bytes_mlp_time(const struct settings *settings);

extern const struct entry bytes_entries[];

#endif
