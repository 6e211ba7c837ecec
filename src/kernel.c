/* Compiled once for each variant: -DVARIANT=plain; on x86-64 also -DVARIANT=avx2 -mavx2;
   -DVARIANT=avx512 -mavx512f -mavx512bw -mavx512dq -mavx512vl
   -mprefer-vector-width=512.  Always -O2 -ffp-contract=off. */
#include "kernel.h"
#include "task.h"
#include <string.h>
#ifdef __x86_64__
#include <immintrin.h>
#endif

#if defined __AVX512F__
typedef __mmask16 mask;
typedef uint32_t both __attribute__((may_alias)); /* two blocks' activities */

/* h becomes relu(h); returns the activity.  NaN is active. */
INLINE mask rectify(part *h)
{
    mask active = _mm512_cmp_ps_mask(*h, _mm512_setzero_ps(), _CMP_NLE_UQ);
    *h = _mm512_maskz_mov_ps(active, *h);
    return active;
}

INLINE uint32_t join(mask low, mask high) { return _mm512_kunpackw(high, low); }

/* t becomes e in active lanes and 0 in the others. */
INLINE void gate(part *t, mask active, float e)
{
    *t = _mm512_maskz_mov_ps(active, _mm512_set1_ps(e));
}
#else
typedef uint16_t mask;
typedef uint32_t both __attribute__((may_alias));

static const int32_t lane_bit[LANES] __attribute__((aligned(64))) = {
    1,   2,   4,    8,    16,   32,   64,    128,
    256, 512, 1024, 2048, 4096, 8192, 16384, 32768};

#if defined __AVX2__
#define SIGNS(off, p) (_mm256_movemask_ps((__m256)(off)) << ((p) * WIDTH))
#elif defined __SSE__
#define SIGNS(off, p) (_mm_movemask_ps((__m128)(off)) << ((p) * WIDTH))
#else
INLINE int collect(flags own) { return own[0] | own[1] | own[2] | own[3]; }
#define SIGNS(off, p) collect((off) & ((const flags *)lane_bit)[p])
#endif
INLINE mask rectify(part *h)
{
    int inactive = 0;
    EACH_PART {
        flags off = h[p] <= 0.0f;
        h[p] = (part)((flags)h[p] & ~off);
        inactive |= SIGNS(off, p);
    }
    return (mask)~inactive;
}

INLINE uint32_t join(mask low, mask high) { return low | (uint32_t)high << 16; }

INLINE void gate(part *t, mask active, float e)
{
    const flags *bit = (const flags *)lane_bit;
    part everywhere = (part){0} + e;
    flags word = (flags){0} + active;
    EACH_PART t[p] = (part)((flags)everywhere & ((word & bit[p]) != 0));
}
#endif

static bool look_up(const struct workspace *w, const struct batch *batch, uint32_t *entry)
{
    const int32_t *skill = batch->skill;
    const uint64_t *bits = batch->bits;
    uint64_t foreign = 0, unknown = w->bits < 64 ? ~UINT64_C(0) << w->bits : 0;
    uint32_t skills = (uint32_t)w->skills, is_foreign = 0;
    uint32_t mask = (1u << w->fields.width[0]) - 1;
    int width = w->fields.width[0];
    #pragma omp simd reduction(| : foreign, is_foreign)
    for (int s = 0; s < batch->count; s++) {
        entry[s] = LANES * (((uint32_t)skill[s] << width) + ((uint32_t)bits[s] & mask));
        is_foreign |= (uint32_t)skill[s] >= skills;
        foreign |= bits[s] & unknown;
    }
    return !foreign && !is_foreign;
}

static void look_up_others(const struct workspace *w, const uint64_t *bits)
{
    for (int f = 1; f < w->fields.count; f++) {
        uint32_t *entry = w->entry + (size_t)f * w->capacity;
        uint32_t row = (uint32_t)w->fields.row[f], mask = (1u << w->fields.width[f]) - 1;
        int first = w->fields.first[f], samples = w->samples;
        #pragma omp simd
        for (int s = 0; s < samples; s++)
            entry[s] = LANES * (row + ((uint32_t)(bits[s] >> first) & mask));
    }
}

/* Subset sums of the weights of bits skill bits, added to entry 0.  (eq:mlp-table) */
static void build_table(float *table, const float *weight, int bits)
{
    for (int b = 0; b < bits; b++)
        for (int q = 0; q < LANES << b; q += LANES) EACH_PART
            at(table + (LANES << b) + q)[p] = at(table + q)[p]
                                              + in(weight + b * LANES)[p];
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
        EACH_PART at(derivative + b * LANES)[p] = total[p]; /* (eq:mlp-fold) */
    }
}

/* Rows [skills][size] from the first size of them and the weights of the skills. */
static void build_skills(float *table, const float *weight, int skills, int size)
{
    for (int k = skills - 1; k >= 0; k--)
        for (int q = 0; q < size * LANES; q += LANES) EACH_PART
            at(table + (size_t)k * size * LANES + q)[p] =
                at(table + q)[p] + in(weight + k * LANES)[p];
}

static void fold_skills(float *table, float *derivative, int skills, int size)
{
    for (int k = 0; k < skills; k++) {
        part total[PARTS] = {0};
        for (int q = 0; q < size * LANES; q += LANES) EACH_PART {
            part bucket = at(table + (size_t)k * size * LANES + q)[p];
            total[p] += bucket;
            if (k > 0)
                at(table + q)[p] += bucket;
        }
        EACH_PART at(derivative + k * LANES)[p] = total[p];
    }
}

static void build_block(const struct workspace *w, int block, float *tables)
{
    const struct fields *fields = &w->fields;
    const float *parameter = w->parameter + (size_t)block * w->rows * LANES;
    const float *weight = parameter + w->skills * LANES, *bias = weight + w->bits * LANES;
    for (int f = 0; f < fields->count; f++) {
        float *table = tables + fields->row[f] * LANES;
        if (f == 0)
            memcpy(table, bias, LANES * sizeof(float));
        else
            memset(table, 0, LANES * sizeof(float));
        build_table(table, weight + fields->first[f] * LANES, fields->width[f]);
    }
    build_skills(tables, parameter, w->skills, 1 << fields->width[0]);
}

static void build(const struct workspace *w, int first)
{
    for (int i = 0; i < 2 && first + i < w->blocks; i++)
        build_block(w, first + i, w->table + (size_t)i * w->fields.rows * LANES);
}

static void fold_block(const struct workspace *w, float *tables, float *derivative)
{
    const struct fields *fields = &w->fields;
    float *weight = derivative + w->skills * LANES;
    fold_skills(tables, derivative, w->skills, 1 << fields->width[0]);
    for (int f = 0; f < fields->count; f++)
        fold_table(tables + fields->row[f] * LANES, weight + fields->first[f] * LANES,
                   fields->width[f]);
    memcpy(weight + w->bits * LANES, tables, LANES * sizeof(float));
}

struct stretch {
    int begin, end;
    const float *table;  /* of the first block; the second one's stands behind it */
    const float *base;   /* the row that a group starts from, or NULL */
    const float *second; /* v of the first block */
    float *sum;          /* of sample begin */
    bool sets;           /* the sums, and does not add to them */
    uint16_t *active;    /* of sample 0 and the first block */
};

INLINE void forward_samples(const struct workspace *w, struct stretch t, int blocks,
                            int others, bool is_group)
{
    const uint32_t *entry = w->entry;
    const float *table[2];
    size_t capacity = (size_t)w->capacity;
    part base[2][PARTS] = {{{0}}}, v[2][PARTS];
    UNROLL for (int i = 0; i < blocks; i++) {
        table[i] = t.table + i * (size_t)w->fields.rows * LANES;
        EACH_PART v[i][p] = in(t.second + i * (size_t)w->rows * LANES)[p];
        if (is_group)
            EACH_PART base[i][p] = in(t.base + (table[i] - table[0]))[p];
    }
    for (int s = t.begin; s < t.end; s++, t.sum += LANES) {
        part h[2][PARTS];
        UNROLL for (int i = 0; i < blocks; i++) EACH_PART {
            if (is_group)
                h[i][p] = base[i][p];
            else
                h[i][p] = in(table[i] + entry[s])[p];
        }
        UNROLL for (int f = 1; f <= others; f++) {
            size_t row = entry[f * capacity + s];
            UNROLL for (int i = 0; i < blocks; i++) EACH_PART
                h[i][p] += in(table[i] + row)[p];
        }
        mask m[2] = {0};
        part output[PARTS] = {0};
        if (!t.sets)
            EACH_PART output[p] = in(t.sum)[p];
        UNROLL for (int i = 0; i < blocks; i++) {
            m[i] = rectify(h[i]);
            EACH_PART output[p] += v[i][p] * h[i][p];
        }
        if (blocks == 2)
            *(both *)(t.active + 2 * s) = join(m[0], m[1]);
        else
            t.active[2 * s] = m[0];
        EACH_PART at(t.sum)[p] = output[p];
    }
}
#define SPECIALISE(others, call) \
    switch (others) {            \
    case 1: call(1); break;      \
    case 2: call(2); break;      \
    case 3: call(3); break;      \
    case 4: call(4); break;      \
    default: call(others);       \
    }

INLINE void forward_stretch(const struct workspace *w, const struct stretch *t, int blocks,
                            int others)
{
    if (t->base)
        forward_samples(w, *t, blocks, others, true);
    else
        forward_samples(w, *t, blocks, others, false);
}

static void forward_one(const struct workspace *w, const struct stretch *t)
{
#define ONE(n) forward_stretch(w, t, 1, n)
    SPECIALISE(w->fields.count - 1, ONE)
}

#if defined __AVX512F__
enum { TOGETHER = 2 };

static void forward_two(const struct workspace *w, const struct stretch *t)
{
#define TWO(n) forward_stretch(w, t, 2, n)
    SPECIALISE(w->fields.count - 1, TWO)
}
#else
enum { TOGETHER = 1 };
#define forward_two forward_one
#endif

/* The first group that ends after a sample. */
static int find_group(const struct workspace *w, int sample)
{
    int low = 0, high = w->groups;
    while (low < high) {
        int middle = (low + high) / 2;
        if (w->group[middle].end <= sample)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static void forward_groups(const struct workspace *w, struct stretch t, int end,
                           void (*run)(const struct workspace *, const struct stretch *))
{
    for (int g = find_group(w, t.begin); t.begin < end; g++) {
        t.end = w->group[g].end < end ? w->group[g].end : end;
        t.base = t.table + w->entry[t.begin];
        run(w, &t);
        t.sum += (size_t)(t.end - t.begin) * LANES;
        t.begin = t.end;
    }
}

static void forward(const struct workspace *w, int first, int begin, int end, bool sets)
{
    for (int block = first; block < first + 2 && block < w->blocks; block += TOGETHER) {
        bool is_pair = TOGETHER == 2 && block + 1 < w->blocks;
        struct stretch t = {
            .begin = begin, .end = end,
            .table = w->table + (size_t)(block - first) * w->fields.rows * LANES,
            .second = w->parameter + ((size_t)(block + 1) * w->rows - 1) * LANES,
            .sum = w->sum, .sets = sets && block == first,
            .active = w->active + (size_t)(block / 2) * w->capacity * 2 + block % 2};
        if (w->group)
            forward_groups(w, t, end, is_pair ? forward_two : forward_one);
        else if (is_pair)
            forward_two(w, &t);
        else
            forward_one(w, &t);
    }
}

INLINE void fill_in_memory(const struct workspace *w, int block, int begin, int end,
                           int others, bool is_group)
{
    float *table = w->table, *first = table + w->entry[begin];
    const float *residual = w->residual;
    const uint32_t *entry = w->entry;
    const uint16_t *active = w->active + (size_t)(block / 2) * w->capacity * 2 + block % 2;
    size_t capacity = (size_t)w->capacity;
    part total[PARTS];
    EACH_PART total[p] = at(first)[p];
    for (int s = begin; s < end; s++) {
        part t[PARTS];
        float *bucket[FIELDS];
        gate(t, active[2 * s], residual[s]);
        EACH_PART total[p] += t[p];
        UNROLL for (int f = is_group; f <= others; f++)
            bucket[f] = table + entry[f * capacity + s];
        UNROLL for (int f = is_group; f <= others; f++)
            EACH_PART at(bucket[f])[p] += t[p];
    }
    if (is_group)
        EACH_PART at(first)[p] = total[p];
}

INLINE void fill_all_in_memory(const struct workspace *w, int block, int others)
{
    memset(w->table, 0, (size_t)w->fields.rows * LANES * sizeof(float));
    for (int g = 0; w->group && g < w->groups; g++)
        fill_in_memory(w, block, w->group[g].begin, w->group[g].end, others, true);
    if (!w->group)
        fill_in_memory(w, block, 0, w->samples, others, false);
}

#if defined __AVX512F__
enum { WANTS_ORDERS = 1 };

INLINE void fill_bucket(const struct workspace *w, const struct bucket *bucket,
                        const uint16_t *active, const uint16_t *place, const float *ordered,
                        int blocks, bool sets)
{
    const __m512i bit = _mm512_sllv_epi32(_mm512_set1_epi32(1), _mm512_setr_epi32(
        0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15));
    const __m512i high_bit = _mm512_slli_epi32(bit, 16);
    float *row = w->table + (size_t)bucket->row * LANES;
    size_t next = (size_t)w->fields.rows * LANES;
    part sum[AT_ONCE] = {{0}};
    UNROLL for (int i = 0; i < blocks && !sets; i++)
        sum[i] = *in(row + i * next);
    for (int n = bucket->begin; n < bucket->end; n++) {
        part e = _mm512_set1_ps(ordered[n]);
        const uint16_t *word = active + 2 * place[n];
        UNROLL for (int i = 0; i < blocks; i += 2) {
            __m512i two = _mm512_set1_epi32((int)*(const both *)(word + i * (size_t)w->capacity));
            sum[i] = _mm512_mask_add_ps(sum[i], _mm512_test_epi32_mask(two, bit), sum[i], e);
            sum[i + 1] = _mm512_mask_add_ps(sum[i + 1], _mm512_test_epi32_mask(two, high_bit),
                                            sum[i + 1], e);
        }
    }
    UNROLL for (int i = 0; i < blocks; i++)
        *at(row + i * next) = sum[i];
}
#else
enum { WANTS_ORDERS = 0 };
#endif

#if defined __AVX512F__
INLINE void fill_in_order(const struct workspace *w, int first, int blocks)
{
    const struct bucket *bucket = w->bucket;
    for (int begin = 0; begin < w->samples; begin += PIECE) {
        const uint16_t *active = w->active + ((size_t)(first / 2) * w->capacity + begin) * 2;
        for (int f = 0; f < w->fields.count; f++) {
            const uint16_t *place = w->place + (size_t)f * w->capacity + begin;
            const float *ordered = w->ordered + (size_t)f * w->capacity + begin;
            int rows = f + 1 < w->fields.count ? w->fields.row[f + 1] : w->fields.rows;
            for (int n = w->fields.row[f]; n < rows; n++, bucket++)
                if (begin == 0)
                    fill_bucket(w, bucket, active, place, ordered, blocks, true);
                else
                    fill_bucket(w, bucket, active, place, ordered, blocks, false);
        }
    }
}

/* Returns how many blocks it has treated. */
static int fill_several(const struct workspace *w, int first, int last)
{
    if (last - first >= 8)
        fill_in_order(w, first, 8);
    else if (last - first > 2)
        fill_in_order(w, first, 4);
    else
        fill_in_order(w, first, 2);
    return last - first >= 8 ? 8 : last - first > 2 ? 4 : 2;
}
#endif

/* From G to the gradient: (eq:mlp-gradient, eq:mlp-free). */
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

static void finish_block(const struct workspace *w, int block, float *tables)
{
    size_t place = (size_t)block * w->rows * LANES;
    fold_block(w, tables, w->gradient + place);
    finish_gradient(w, w->parameter + place, w->gradient + place);
}

static void backward_in_memory(const struct workspace *w, int first, int last)
{
    int others = w->fields.count - 1;
    for (int block = first; block < last; block++) {
#define BACKWARD(n) fill_all_in_memory(w, block, n)
        SPECIALISE(others, BACKWARD)
        finish_block(w, block, w->table);
    }
}

static void backward(const struct workspace *w, int first, int last)
{
    if (!w->place) {
        backward_in_memory(w, first, last);
        return;
    }
#if defined __AVX512F__
    for (int block = first, blocks; block < last; block += blocks) {
        blocks = fill_several(w, block, last);
        for (int i = 0; i < blocks && block + i < last; i++)
            finish_block(w, block + i, w->table + (size_t)i * w->fields.rows * LANES);
    }
#endif
}

const struct kernel OF_VARIANT(kernel) = {
    WANTS_ORDERS, look_up, look_up_others, build, forward, backward};
