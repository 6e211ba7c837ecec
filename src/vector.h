#ifndef VECTOR_H
#define VECTOR_H

#include "arithmetic.h"
#include <stdint.h>

enum { LANES = 16 }; /* units in a block, floats in a row */

#if defined __AVX512F__
enum { WIDTH = 16 };
#elif defined __AVX2__
enum { WIDTH = 8 };
#else
enum { WIDTH = 4 };
#endif
enum { PARTS = LANES / WIDTH };
typedef float part __attribute__((vector_size(4 * WIDTH), may_alias));
typedef int32_t flags __attribute__((vector_size(4 * WIDTH), may_alias));
typedef float four __attribute__((vector_size(16), may_alias)); /* outside the variants */
typedef int32_t four_flags __attribute__((vector_size(16), may_alias));

#define UNROLL _Pragma("GCC unroll 8")
#define EACH_PART UNROLL for (int p = 0; p < PARTS; p++)
#define INLINE static inline __attribute__((always_inline))

INLINE part *at(float *row) { return (part *)row; }
INLINE const part *in(const float *row) { return (const part *)row; }

#define PASTE_AGAIN(a, b) a##_##b
#define PASTE(a, b) PASTE_AGAIN(a, b)
#define OF_VARIANT(name) PASTE(name, VARIANT)

#endif
