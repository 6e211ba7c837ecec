/* Compiled for all processors with -DVARIANT=plain, and for x86 also with
   -DVARIANT=avx2 -mavx2 and with -DVARIANT=avx512 -mavx512f -mavx512bw -mavx512dq
   -mavx512vl -mprefer-vector-width=512.  Always -O2 -ffp-contract=off. */
#include "kernel.h"
#include <math.h>
#include <string.h>
#if defined __x86_64__
#include <immintrin.h>
#endif

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

#define UNROLL _Pragma("GCC unroll 8")
#define EACH_PART UNROLL for (int p = 0; p < PARTS; p++)
#define INLINE static inline __attribute__((always_inline))

INLINE part *at(float *row) { return (part *)row; }
INLINE const part *in(const float *row) { return (const part *)row; }

#if defined __AVX512F__
/* h becomes relu(h); returns the activity.  NaN is active. */
INLINE uint16_t rectify(part *h)
{
    __mmask16 active = _mm512_cmp_ps_mask(*h, _mm512_setzero_ps(), _CMP_NLE_UQ);
    *h = _mm512_maskz_mov_ps(active, *h);
    return active;
}

/* t becomes e in active lanes and 0 in the others. */
INLINE void gate(part *t, uint16_t active, float e)
{
    *t = _mm512_maskz_mov_ps(active, _mm512_set1_ps(e));
}
#else
#if defined __AVX2__
#define SIGNS(m) _mm256_movemask_ps((__m256)(m))
#elif defined __SSE2__
#define SIGNS(m) _mm_movemask_ps((__m128)(m))
#else
#define SIGNS(m) (((m)[0] & 1) | ((m)[1] & 2) | ((m)[2] & 4) | ((m)[3] & 8))
#endif

INLINE uint16_t rectify(part *h)
{
    int inactive = 0;
    EACH_PART {
        flags off = h[p] <= 0.0f;
        h[p] = (part)((flags)h[p] & ~off);
        inactive |= SIGNS(off) << (p * WIDTH);
    }
    return (uint16_t)~inactive;
}

static const int32_t lane_bit[LANES] __attribute__((aligned(64))) = {
    1,   2,   4,    8,    16,   32,   64,    128,
    256, 512, 1024, 2048, 4096, 8192, 16384, 32768};

INLINE void gate(part *t, uint16_t active, float e)
{
    const flags *bit = (const flags *)lane_bit;
    part everywhere = (part){0} + e;
    flags word = (flags){0} + active;
    EACH_PART t[p] = (part)((flags)everywhere & ((word & bit[p]) != 0));
}
#endif

/* Subset sums of the weights of bits skill bits, added to entry 0. */
static void build_table(float *table, const float *weight, int bits)
{
    for (int b = 0; b < bits; b++)
        for (int q = 0; q < LANES << b; q += LANES) EACH_PART
            at(table + (LANES << b) + q)[p] = at(table + q)[p] + in(weight + b * LANES)[p];
}

/* Derivatives by the same weights from buckets; entry 0 keeps the total. */
static void fold_table(float *table, float *derivative, int bits)
{
    for (int b = bits - 1; b >= 0; b--) {
        part total[PARTS] = {0};
        for (int q = 0; q < LANES << b; q += LANES) EACH_PART {
            part upper = at(table + (LANES << b) + q)[p];
            total[p] += upper;
            at(table + q)[p] += upper;
        }
        EACH_PART at(derivative + b * LANES)[p] = total[p];
    }
}

static void build_tables(const struct workspace *w, const float *parameter)
{
    const struct fields *fields = &w->fields;
    const float *weight = parameter + w->skills * LANES;
    for (int f = 0; f < fields->count; f++) {
        float *table = w->table + fields->row[f] * LANES;
        memset(table, 0, LANES * sizeof(float));
        if (f == 0)
            memcpy(table, weight + w->bits * LANES, LANES * sizeof(float));
        build_table(table, weight + fields->first[f] * LANES, fields->width[f]);
    }
}

static void fold_tables(const struct workspace *w, float *derivative)
{
    const struct fields *fields = &w->fields;
    float *weight = derivative + w->skills * LANES;
    for (int f = 0; f < fields->count; f++)
        fold_table(w->table + fields->row[f] * LANES, weight + fields->first[f] * LANES,
                   fields->width[f]);
    memcpy(weight + w->bits * LANES, w->table, LANES * sizeof(float));
}

INLINE void forward_group(const struct workspace *w, const struct group *g,
                          const float *parameter, uint16_t *active, float *sum, int fields)
{
    const float *table = w->table, *second = parameter + (w->rows - 1) * LANES;
    const uint16_t *offset = w->offset + (size_t)g->begin * fields;
    part base[PARTS], v[PARTS];
    EACH_PART base[p] = in(table + g->key * LANES)[p] + in(parameter + g->skill * LANES)[p];
    EACH_PART v[p] = in(second)[p];
    for (int n = g->end - g->begin; n > 0; n--) {
        part h[PARTS];
        EACH_PART h[p] = base[p];
        UNROLL for (int f = 0; f < fields; f++) EACH_PART
            h[p] += in(table + offset[f])[p];
        *active++ = rectify(h);
        EACH_PART at(sum)[p] += v[p] * h[p];
        offset += fields;
        sum += LANES;
    }
}

INLINE void forward_block(const struct workspace *w, int block, int first, int last,
                          int fields)
{
    const float *parameter = w->parameter + (size_t)block * w->rows * LANES;
    uint16_t *active = w->active + (size_t)block * w->capacity;
    const struct group *group = w->group;
    int origin = group[first].begin;
    build_tables(w, parameter);
    for (int g = first; g < last; g++) {
        int begin = group[g].begin;
        forward_group(w, group + g, parameter, active + begin,
                      w->sum + (size_t)(begin - origin) * LANES, fields);
    }
}

#define SPECIALISE(fields, call) \
    switch (fields) {            \
    case 1: call(1); break;      \
    case 2: call(2); break;      \
    case 3: call(3); break;      \
    case 4: call(4); break;      \
    default: call(fields);       \
    }

static void forward(const struct workspace *w, int first, int last)
{
    int fields = w->fields.count - 1;
    size_t samples = (size_t)(w->group[last - 1].end - w->group[first].begin);
    memset(w->sum, 0, samples * LANES * sizeof(float));
    for (int block = 0; block < w->blocks; block++) {
#define FORWARD(n) forward_block(w, block, first, last, n)
        SPECIALISE(fields, FORWARD)
    }
}

INLINE void backward_group(const struct workspace *w, const struct group *g,
                           const uint16_t *active, float *derivative, int fields)
{
    float *table = w->table;
    const float *residual = w->residual + g->begin;
    const uint16_t *offset = w->offset + (size_t)g->begin * fields;
    part total[PARTS] = {0};
    for (int n = g->end - g->begin; n > 0; n--) {
        part t[PARTS];
        gate(t, *active++, *residual++);
        EACH_PART total[p] += t[p];
        UNROLL for (int f = 0; f < fields; f++) EACH_PART
            at(table + offset[f])[p] += t[p];
        offset += fields;
    }
    EACH_PART at(table + g->key * LANES)[p] += total[p];
    EACH_PART at(derivative + g->skill * LANES)[p] += total[p];
}

static void finish_gradient(const struct workspace *w, const float *parameter, float *G)
{
    int second = (w->rows - 1) * LANES;
    part v[PARTS], sum[PARTS] = {0};
    EACH_PART v[p] = in(parameter + second)[p];
    for (int i = 0; i < second; i += LANES) EACH_PART {
        sum[p] += in(parameter + i)[p] * at(G + i)[p];
        at(G + i)[p] *= v[p];
    }
    EACH_PART at(G + second)[p] = sum[p];
}

INLINE void backward_block(const struct workspace *w, int block, int fields)
{
    const float *parameter = w->parameter + (size_t)block * w->rows * LANES;
    float *derivative = w->gradient + (size_t)block * w->rows * LANES;
    const uint16_t *active = w->active + (size_t)block * w->capacity;
    const struct group *group = w->group;
    int groups = w->groups;
    memset(w->table, 0, (size_t)w->fields.rows * LANES * sizeof(float));
    memset(derivative, 0, (size_t)w->skills * LANES * sizeof(float));
    for (int g = 0; g < groups; g++)
        backward_group(w, group + g, active + group[g].begin, derivative, fields);
    fold_tables(w, derivative);
    finish_gradient(w, parameter, derivative);
}

static void backward(const struct workspace *w, int first, int last)
{
    int fields = w->fields.count - 1;
    for (int block = first; block < last; block++) {
#define BACKWARD(n) backward_block(w, block, n)
        SPECIALISE(fields, BACKWARD)
    }
}

#if defined __AVX512F__
INLINE void take_root(part *x) { *x = _mm512_sqrt_ps(*x); }
#elif defined __AVX2__
INLINE void take_root(part *x) { *x = _mm256_sqrt_ps(*x); }
#elif defined __SSE2__
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

INLINE void adapt(part *x, const part *g, part *mean, part *square, const struct update *u)
{
    part d = *g + u->decay * *x;
    *mean += u->mean_gain * (d - *mean);
    *square += u->square_gain * (d * d - *square);
    part root = *square;
    take_root(&root);
    *x -= u->rate * *mean / (root + u->epsilon);
}

INLINE void move_row(const struct workspace *w, const struct update *u, size_t i, part *flaw)
{
    part *x = at(w->parameter + i);
    const part *g = in(w->gradient + i);
    EACH_PART {
        if (u->rule == RULE_PLAIN)
            x[p] -= u->rate * g[p];
        else if (u->rule == RULE_MOMENTUM)
            descend(x + p, g + p, at(w->mean + i) + p, u);
        else {
            part *square = at(w->square + i) + p;
            adapt(x + p, g + p, at(w->mean + i) + p, square, u);
            flaw[p] += *square - *square;
        }
        flaw[p] += x[p] - x[p];
    }
}

static bool move(const struct workspace *w, const struct update *update, size_t begin,
                 size_t end)
{
    const struct update u = *update;
    part flaw[PARTS] = {0};
    bool finite = true;
    for (size_t i = begin; i < end; i += LANES)
        move_row(w, &u, i, flaw);
    for (int p = 0; p < PARTS; p++)
        for (int lane = 0; lane < WIDTH; lane++)
            finite = finite && flaw[p][lane] == 0;
    return finite;
}

#define PASTE(a, b) a##b
#define KERNEL_OF(variant) PASTE(kernel_, variant)
const struct kernel KERNEL_OF(VARIANT) = {forward, backward, move};
