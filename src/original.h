#ifndef ORIGINAL_H
#define ORIGINAL_H

#include "statistics.h"

enum { ORIGINAL_SKILLS = 5 };

/* Steps at which R_k / S passes 1/2 in the time experiment at the original's settings, from an
   independent implementation: five seeds, mean and sd. */
extern const struct spread original_times[ORIGINAL_SKILLS];

/* What the authors report or use, by name, as they print it and as a number; NULL and NaN for an
   unknown name. */
const char *original_printed(const char *name);
double original_value(const char *name);

#endif
