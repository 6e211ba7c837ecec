#ifndef ORIGINAL_H
#define ORIGINAL_H

#include "statistics.h"

enum { ORIGINAL_SKILLS = 5 };

/* What the authors report or use, by name, as they print it and as a number; NULL and NaN for an
   unknown name. */
const char *original_printed(const char *name);
double original_value(const char *name);

#endif
