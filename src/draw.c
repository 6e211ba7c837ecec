/* Compiled once for each variant, as kernel.c. */
#include "draw.h"
#include "vector.h"
#ifdef __x86_64__
#include <immintrin.h>
#endif

#if defined __AVX512F__
#define MULTIPLY(a, b) ((lanes)_mm512_mul_epu32((__m512i)(a), (__m512i)(b)))
#elif defined __AVX2__
#define MULTIPLY(a, b) ((lanes)_mm256_mul_epu32((__m256i)(a), (__m256i)(b)))
#elif defined __SSE2__
#define MULTIPLY(a, b) ((lanes)_mm_mul_epu32((__m128i)(a), (__m128i)(b)))
#else
#define MULTIPLY(a, b) (((a) & UINT32_MAX) * (b))
#endif

typedef uint64_t lanes __attribute__((vector_size(4 * WIDTH), may_alias));
enum { BLOCKS = WIDTH / 2, CHUNK = 64 };

INLINE void rounds(const struct philox *p, lanes *c)
{
    lanes first = (lanes){0} + 0xd2511f53, second = (lanes){0} + 0xcd9e8d57;
    uint32_t k0 = p->key[0], k1 = p->key[1];
    _Pragma("GCC unroll 10") for (int round = 0; round < 10; round++) {
        lanes a = MULTIPLY(c[0], first), b = MULTIPLY(c[2], second);
        c[0] = (b >> 32) ^ c[1] ^ k0;
        c[2] = (a >> 32) ^ c[3] ^ k1;
        c[1] = b;
        c[3] = a;
        k0 += 0x9e3779b9;
        k1 += 0xbb67ae85;
    }
}

/* The words of as many blocks as are treated at a time. */
INLINE void draw_blocks(const struct philox *p, uint64_t first, uint64_t *low, uint64_t *high)
{
    lanes c[4], n = {0};
    for (int i = 0; i < BLOCKS; i++)
        n[i] = first + (uint64_t)i;
    c[0] = n;
    c[1] = (n >> 32) | p->purpose;
    c[2] = (lanes){0} + p->identity[0];
    c[3] = (lanes){0} + p->identity[1];
    rounds(p, c);
    *(lanes *)low = (c[0] & UINT32_MAX) | c[1] << 32;
    *(lanes *)high = (c[2] & UINT32_MAX) | c[3] << 32;
}

static void words(const struct philox *philox, uint64_t first, int blocks, uint64_t *word)
{
    const struct philox p = *philox;
    for (int begin = 0; begin < blocks; begin += CHUNK) {
        uint64_t low[CHUNK] __attribute__((aligned(64)));
        uint64_t high[CHUNK] __attribute__((aligned(64)));
        int count = blocks - begin < CHUNK ? blocks - begin : CHUNK;
        for (int i = 0; i < count; i += BLOCKS)
            draw_blocks(&p, first + (uint64_t)(begin + i), low + i, high + i);
        #pragma omp simd
        for (int i = 0; i < count; i++) {
            word[2 * (begin + i)] = low[i];
            word[2 * (begin + i) + 1] = high[i];
        }
    }
}

typedef uint32_t numbers __attribute__((vector_size(4 * WIDTH), may_alias));

static void choose(const uint32_t *u, int count, const uint32_t *threshold, int limits,
                   const uint32_t *set, int32_t *number, uint32_t *chosen)
{
    for (int s = 0; s < count; s += WIDTH) {
        numbers here = *(const numbers *)(u + s), passed = {0}, kept = passed + set[0];
        for (int k = 0; k < limits; k++) {
            numbers is_beyond = (numbers)(here >= threshold[k]);
            passed -= is_beyond;
            kept = (is_beyond & set[k + 1]) | (~is_beyond & kept);
        }
        *(numbers *)(number + s) = passed;
        *(numbers *)(chosen + s) = kept;
    }
}

static void parities(const uint32_t *x, const uint32_t *set, int count, float *parity)
{
    #pragma omp simd
    for (int s = 0; s < count; s++) {
        uint32_t y = x[s] & set[s];
        y ^= y >> 16;
        y ^= y >> 8;
        y ^= y >> 4;
        y ^= y >> 2;
        y ^= y >> 1;
        parity[s] = (float)(1 - 2 * (int32_t)(y & 1));
    }
}

const struct drawer OF_VARIANT(drawer) = {words, choose, parities};
