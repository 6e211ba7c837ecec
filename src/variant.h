#ifndef VARIANT_H
#define VARIANT_H

#include "arithmetic.h"
#include <stdbool.h>

/* plain runs everywhere, the others on some x86-64. */
enum variant { VARIANT_PLAIN, VARIANT_AVX2, VARIANT_AVX512, VARIANTS };

bool variant_runs(enum variant variant);        /* on this processor */
enum variant variant_best(void);                /* the fastest that runs */
const char *variant_name(enum variant variant); /* "plain", "avx2", "avx512" */

/* The initialiser of an array [VARIANTS] of pointers to something that exists once for
   each variant that is compiled, and has the variant at the end of its name. */
#ifdef __x86_64__
#define BY_VARIANT(thing) {&thing##_plain, &thing##_avx2, &thing##_avx512}
#else
#define BY_VARIANT(thing) {&thing##_plain, 0, 0}
#endif

#endif
