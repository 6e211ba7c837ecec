#ifndef ARITHMETIC_H
#define ARITHMETIC_H

#include <float.h>

#if defined __FAST_MATH__ || defined __ASSOCIATIVE_MATH__ || defined __RECIPROCAL_MATH__ \
    || defined __NO_SIGNED_ZEROS__ || __FINITE_MATH_ONLY__ || FLT_EVAL_METHOD != 0
#error "compiled with flags that change the bits of results, such as -Ofast: leave them out"
#endif

_Static_assert(sizeof 1.0 == sizeof(double) && sizeof(double) == 8,
               "constants of double precision have 64 bits");

#endif
