#ifndef DRAW_H
#define DRAW_H

#include <stdint.h>

/* A stream as Philox 4x32 sees it: block n has the counter
   (n mod 2^32, n / 2^32 + 2^28 purpose, identity). */
struct philox {
    uint32_t key[2], identity[2], purpose; /* purpose: shifted */
};

static inline struct philox draw_philox(uint64_t seed, uint64_t identity, uint32_t purpose)
{
    return (struct philox){{(uint32_t)seed, (uint32_t)(seed >> 32)},
                           {(uint32_t)identity, (uint32_t)(identity >> 32)},
                           purpose << 28};
}

struct drawer {
    /* Two words for each block from the first on. */
    void (*words)(const struct philox *philox, uint64_t first, int blocks, uint64_t *word);
    /* Of count random numbers u: how many of limits thresholds are not above u, and the
       set that belongs to that many: set[0] .. set[limits].  Arrays of numbers are
       aligned to 64 bytes, and are filled up to a multiple of 16. */
    void (*choose)(const uint32_t *u, int count, const uint32_t *threshold, int limits,
                   const uint32_t *set, int32_t *number, uint32_t *chosen);
    /* (-1)^(number of bits that x and the set share) */
    void (*parities)(const uint32_t *x, const uint32_t *set, int count, float *parity);
};

extern const struct drawer drawer_plain, drawer_avx2, drawer_avx512;

#endif
