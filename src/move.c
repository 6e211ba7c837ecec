/* Compiled once for each variant, as kernel.c. */
#include "move.h"
#include "vector.h"
#include <math.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#if defined __AVX512F__
INLINE void take_root(part *x) { *x = _mm512_sqrt_ps(*x); }
#elif defined __AVX2__
INLINE void take_root(part *x) { *x = _mm256_sqrt_ps(*x); }
#elif defined __SSE__
INLINE void take_root(part *x) { *x = _mm_sqrt_ps(*x); }
#else
INLINE void take_root(part *x)
{
    for (int lane = 0; lane < WIDTH; lane++)
        (*x)[lane] = sqrtf((*x)[lane]);
}
#endif

INLINE void descend(part *x, const part *g, part *velocity, const struct update *u)
{
    *velocity = u->momentum * *velocity + (*g + u->decay * *x);
    *x -= u->rate * *velocity;
}

INLINE void adapt(part *x, const part *g, part *mean, part *square,
                  const struct update *u)
{
    part d = *g + u->decay * *x;
    *mean += u->mean_gain * (d - *mean);
    *square += u->square_gain * (d * d - *square);
    part root = *square;
    take_root(&root);
    *x -= u->rate * *mean / (root + u->epsilon); /* (eq:mlp-adam) */
}

INLINE void move_row(const struct moved *m, const struct update *u, size_t i, part *flaw)
{
    part *x = at(m->parameter + i);
    const part *g = in(m->gradient + i);
    EACH_PART {
        if (u->rule == RULE_PLAIN)
            x[p] -= u->rate * g[p];
        else if (u->rule == RULE_MOMENTUM)
            descend(x + p, g + p, at(m->mean + i) + p, u);
        else {
            part *square = at(m->square + i) + p;
            adapt(x + p, g + p, at(m->mean + i) + p, square, u);
            flaw[p] += *square - *square;
        }
        flaw[p] += x[p] - x[p];
    }
}

bool OF_VARIANT(move)(const struct moved *moved, const struct update *update, size_t begin,
                      size_t end)
{
    const struct moved m = *moved;
    const struct update u = *update;
    part flaw[PARTS] = {0};
    bool finite = true;
    for (size_t i = begin; i < end; i += LANES)
        move_row(&m, &u, i, flaw);
    for (int p = 0; p < PARTS; p++)
        for (int lane = 0; lane < WIDTH; lane++)
            finite = finite && flaw[p][lane] == 0;
    return finite;
}
