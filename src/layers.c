/* Compiled with -DVARIANT=plain and -DREAL=float, on x86 also with avx2 and avx512 and the
   flags of the instruction set, and with -DVARIANT=double -DREAL=double. */
#include "layers.h"
#include <cblas.h>
#include <math.h>
#include <omp.h>
#include <stdlib.h>
#include <string.h>

#ifndef REAL
#define REAL float
#define VARIANT plain
#endif
#define INLINE static inline __attribute__((always_inline))
#define PASTE(a, b) a##b
#define LAYERS_OF(variant) PASTE(layers_, variant)

typedef REAL real;
enum { LANES = 8, LINE = 16, IS_DOUBLE = sizeof(real) == sizeof(double) };
typedef real lanes __attribute__((vector_size(LANES * sizeof(real)), may_alias));
typedef __typeof__(_Generic((real)0, float: (int32_t)0, double: (int64_t)0)) mark;
typedef mark marks __attribute__((vector_size(LANES * sizeof(real)), may_alias)); /* -1, 0 */

INLINE lanes *at(real *row) { return (lanes *)row; }
INLINE const lanes *in(const real *row) { return (const lanes *)row; }

/* yes where the mark is set, no elsewhere. */
#define CHOOSE(mark, yes, no) ((lanes)(((marks)(yes) & (mark)) | ((marks)(no) & ~(mark))))

/* Sum over the lanes, by halves. */
INLINE real add_up(const lanes *x)
{
    lanes v = *x;
    return ((v[0] + v[4]) + (v[2] + v[6])) + ((v[1] + v[5]) + (v[3] + v[7]));
}

/* A matrix to read or to write, its rows so many numbers apart. */
struct factor {
    const real *at;
    int apart;
    bool is_turned;
};

struct sum {
    real *at;
    int apart;
    bool is_kept;
};

INLINE struct factor as_is(const real *x, int apart) { return (struct factor){x, apart, false}; }
INLINE struct factor turned(const real *x, int apart) { return (struct factor){x, apart, true}; }
INLINE struct sum set(real *x, int apart) { return (struct sum){x, apart, false}; }
INLINE struct sum add_to(real *x, int apart) { return (struct sum){x, apart, true}; }

/* C [m][n] from A [m][k] and B [k][n]. */
static void product(int m, int n, int k, struct factor A, struct factor B, struct sum C)
{
    _Generic((real)0, float: cblas_sgemm, double: cblas_dgemm)(
        CblasRowMajor, A.is_turned ? CblasTrans : CblasNoTrans,
        B.is_turned ? CblasTrans : CblasNoTrans, m, n, k, 1, A.at, A.apart, B.at, B.apart,
        C.is_kept ? 1 : 0, C.at, C.apart);
}

/* Pieces of the parameters; maps and tallies use the names of matrices and vectors too. */
enum piece {
    VALUE, POSITION, EMBED_BIAS, GAIN_1, OFFSET_1, QKV, QKV_BIAS, OUT, OUT_BIAS, GAIN_2,
    OFFSET_2, UP, UP_BIAS, DOWN, DOWN_BIAS, GAIN_3, OFFSET_3, READ, READ_BIAS, PARAMETERS,
    /* of a tally alone: gradients by e [2 n], by v [2 n] and by scores [H][2 n][2 n] */
    EMBEDDINGS = PARAMETERS, VALUES, SCORES, PIECES
};

/* Pieces of the tables; a row stands for a token's value and position. */
enum {
    EMBED,     /* [2 n][d] e */
    NORMED,    /* [2 n][d] N(e) */
    SCALE_1,   /* [2 n] 1/sigma */
    PROJECTED, /* [2 n][3 d] q, k, v */
    WEIGHT,    /* [H][2 n][2 n] exp(q.k - max) for s <= t, 0 beyond */
    ACROSS,    /* [d][2 n] v, transposed */
    CENTRED,   /* [n][d] folded w_t less its mean */
    ONES,      /* [d] 1 in each component, 0 in the padding */
    TABLES
};

/* Pieces on the way back through the tables. */
enum {
    D_PROJECTED, /* [2 n][3 d] */
    D_NORMED,    /* [2 n][d] */
    D_MAP,       /* [3 d][d] */
    D_BIAS,      /* [3 d] */
    SCRATCH
};

/* Pieces of the rows of a slice; a row stands for a prefix. */
enum {
    MIXED,    /* [d] y */
    NORMED_2, /* [d] N(h) */
    SCALE_2,  /* 1/sigma of it */
    HIDDEN,   /* [4 d] */
    STREAM,   /* [d] h, then h', then N(h'), then gradients by h' and h */
    SCALE_3,  /* 1/sigma of h' */
    READING,  /* w_t . N(h') with folded w_t */
    INVERSE,  /* [H] 1 / sum of exponentials */
    SUM,      /* f of the prefix */
    ERROR,    /* E of the prefix */
    D_HIDDEN, /* [4 d] gradient by the hidden layer */
    D_ROW,    /* [d] gradient by N(h), then by y */
    ROWS
};

struct block {
    size_t size; /* of all pieces */
    real *at[PIECES];
};

struct sizes {
    int tokens, token_room; /* n, and rounded up */
    int table;              /* 2 token_room */
    int width, width_room;  /* d */
    int hidden, hidden_room; /* 4 d */
    int heads, head, head_room; /* H, d / H */
    int mixed;              /* heads * head_room: y with its padding */
    int rows;               /* most rows of a slice */
};

INLINE int round_up(int x, int unit) { return (x + unit - 1) / unit * unit; }

/* What one thread works with: the rows of a slice, and the path to the current one. */
struct bench {
    struct block rows;
    int count, *token, *parent, *leaf; /* [rows]; leaf [rows]: of each sample of the slice */
    int *path;                         /* [tokens] row, or token, at each position */
    marks *mark;                       /* [token_room] whether the value is 1 */
    real *share, *slope;               /* [token_room] */
};

enum { GANGS = 8 };

struct net {
    struct transformer_shape shape;
    struct sizes sizes;
    struct block parameter, gradient, maps, tables, tally[GANGS];
    struct block scratch;
    int gangs;      /* how many tallies there are */
    int threads;
    struct bench *bench; /* [threads] */
};

static bool block_create(struct block *block, int pieces, const size_t *size, int unit)
{
    size_t offset[PIECES];
    block->size = 0;
    for (int i = 0; i < pieces; i++) {
        offset[i] = block->size;
        block->size += (size[i] + unit - 1) / unit * unit;
    }
    block->size = (block->size + LINE - 1) / LINE * LINE;
    real *all = aligned_alloc(512, (block->size * sizeof(real) + 511) / 512 * 512);
    if (!all)
        return false;
    memset(all, 0, block->size * sizeof(real));
    for (int i = 0; i < pieces; i++)
        block->at[i] = all + offset[i];
    return true;
}

static void block_destroy(struct block *block) { free(block->at[0]); }
static struct sizes sizes_of(const struct transformer_shape *shape)
{
    enum { ROOM = 1 << 17, FEWEST = 512 };
    struct sizes n = {.tokens = shape->skills + shape->bits, .width = shape->width,
                      .hidden = 4 * shape->width, .heads = shape->heads,
                      .head = shape->width / shape->heads};
    n.token_room = round_up(n.tokens, LANES);
    n.table = 2 * n.token_room;
    n.width_room = round_up(n.width, LANES);
    n.hidden_room = round_up(n.hidden, LANES);
    n.head_room = round_up(n.head, LANES);
    n.mixed = n.heads * n.head_room;
    n.rows = n.tokens + (ROOM / n.width > FEWEST ? ROOM / n.width : FEWEST);
    return n;
}

static bool create_parameters(struct net *net)
{
    size_t n = (size_t)net->sizes.tokens, d = (size_t)net->sizes.width;
    const size_t size[PARAMETERS] = {
        [VALUE] = 2 * d,       [POSITION] = n * d, [EMBED_BIAS] = d, [GAIN_1] = d,
        [OFFSET_1] = d,        [QKV] = 3 * d * d,  [QKV_BIAS] = 3 * d, [OUT] = d * d,
        [OUT_BIAS] = d,        [GAIN_2] = d,       [OFFSET_2] = d,   [UP] = 4 * d * d,
        [UP_BIAS] = 4 * d,     [DOWN] = 4 * d * d, [DOWN_BIAS] = d,  [GAIN_3] = d,
        [OFFSET_3] = d,        [READ] = n * d,     [READ_BIAS] = 1};
    return block_create(&net->parameter, PARAMETERS, size, 1)
           && block_create(&net->gradient, PARAMETERS, size, 1);
}

static bool create_maps(struct net *net)
{
    const struct sizes *n = &net->sizes;
    size_t d = (size_t)n->width_room, y = (size_t)n->mixed, m = (size_t)n->hidden_room;
    size_t size[PIECES] = {
        [QKV] = 3 * y * d,  [QKV_BIAS] = 3 * y, [OUT] = d * y,      [OUT_BIAS] = d,
        [UP] = m * d,       [UP_BIAS] = m,      [DOWN] = d * m,     [DOWN_BIAS] = d,
        [READ] = n->tokens * d, [READ_BIAS] = (size_t)n->tokens};
    if (!block_create(&net->maps, PIECES, size, LINE))
        return false;
    size[QKV] = size[QKV_BIAS] = 0;
    size[EMBEDDINGS] = n->table * d;
    size[VALUES] = n->table * y;
    size[SCORES] = (size_t)n->heads * n->table * n->table;
    for (int g = 0; g < net->gangs; g++)
        if (!block_create(&net->tally[g], PIECES, size, LINE))
            return false;
    return true;
}

static bool create_tables(struct net *net)
{
    const struct sizes *n = &net->sizes;
    size_t tokens = (size_t)n->table, d = (size_t)n->width_room, y = (size_t)n->mixed;
    const size_t size[TABLES] = {
        [EMBED] = tokens * d, [NORMED] = tokens * d, [SCALE_1] = tokens,
        [PROJECTED] = tokens * 3 * y, [WEIGHT] = n->heads * tokens * tokens,
        [ACROSS] = y * tokens, [CENTRED] = n->tokens * d, [ONES] = d};
    if (!block_create(&net->tables, TABLES, size, LINE))
        return false;
    for (int i = 0; i < n->width; i++)
        net->tables.at[ONES][i] = 1;
    const size_t scratch[SCRATCH] = {[D_PROJECTED] = tokens * 3 * y, [D_NORMED] = tokens * d,
                                     [D_MAP] = 3 * y * d, [D_BIAS] = 3 * y};
    return block_create(&net->scratch, SCRATCH, scratch, LINE);
}

static bool bench_create(struct bench *bench, const struct sizes *n)
{
    size_t R = (size_t)n->rows, d = (size_t)n->width_room, m = (size_t)n->hidden_room;
    int longest = round_up(n->mixed > n->width ? n->mixed : n->width, LANES);
    const size_t size[ROWS] = {
        [MIXED] = R * n->mixed, [NORMED_2] = R * d, [SCALE_2] = R, [HIDDEN] = R * m,
        [STREAM] = R * d, [SCALE_3] = R, [READING] = R, [INVERSE] = R * n->heads, [SUM] = R,
        [ERROR] = R, [D_HIDDEN] = R * m, [D_ROW] = R * (size_t)longest};
    bench->token = malloc(3 * R * sizeof(int));
    bench->path = malloc((size_t)n->tokens * sizeof(int));
    real *all = aligned_alloc(512, (3 * n->token_room * sizeof(real) + 511) / 512 * 512);
    bench->share = all;
    if (!block_create(&bench->rows, ROWS, size, LINE) || !bench->token || !bench->path || !all)
        return false;
    memset(all, 0, 3 * n->token_room * sizeof(real));
    bench->slope = all + n->token_room;
    bench->mark = (marks *)(all + 2 * n->token_room);
    bench->parent = bench->token + R;
    bench->leaf = bench->token + 2 * R;
    return true;
}

/* A map and the norm before it: W [rows][width], b [rows] or NULL, gain and offset [width]. */
struct affine {
    real *W, *b, *gain, *offset;
};

struct folding {
    int rows, width, room;
    real factor;
};

/* The piece of a map from a row on, whose bias follows it, with a norm's gain and offset. */
static struct affine affine_of(real *const *piece, enum piece map, size_t row,
                               enum piece gain, int width)
{
    return (struct affine){piece[map] + row * (size_t)width, piece[map + 1] + row, piece[gain],
                           piece[gain + 1]};
}

/* W' = factor W diag(gain) in rows of room, b' = factor (b + W offset).
   (eq:transformer-fold) */
static void fold(struct folding n, struct affine of, real *folded, real *bias)
{
    for (int i = 0; i < n.rows; i++) {
        real sum = of.b ? of.b[i] : 0;
        for (int j = 0; j < n.width; j++) {
            real w = of.W[(size_t)i * n.width + j];
            folded[(size_t)i * n.room + j] = n.factor * w * of.gain[j];
            sum += w * of.offset[j];
        }
        bias[i] = n.factor * sum;
    }
}

/* Gradients by W (set), by b (set, if not NULL), and by gain and offset (added to). */
static void unfold(struct folding n, const real *folded, const real *bias, struct affine of,
                   struct affine to)
{
    for (int i = 0; i < n.rows; i++) {
        real of_bias = n.factor * bias[i];
        for (int j = 0; j < n.width; j++) {
            size_t at = (size_t)i * n.width + j;
            real of_map = n.factor * folded[(size_t)i * n.room + j], w = of.W[at];
            to.W[at] = of_map * of.gain[j] + of_bias * of.offset[j];
            to.gain[j] += of_map * w;
            to.offset[j] += of_bias * w;
        }
        if (to.b)
            to.b[i] = of_bias;
    }
}

/* Part 0 are the queries, which carry the factor of the scores. */
static struct folding folding_of_head(const struct sizes *n, int part)
{
    real factor = part == 0 ? (real)(1 / sqrt((double)n->head)) : 1;
    return (struct folding){n->head, n->width, n->width_room, factor};
}

static void fold_projection(struct net *net)
{
    const struct sizes *n = &net->sizes;
    for (int part = 0; part < 3; part++)
        for (int h = 0; h < n->heads; h++) {
            size_t row = (size_t)part * n->width + h * n->head;
            size_t to = (size_t)part * n->mixed + h * n->head_room;
            fold(folding_of_head(n, part),
                 affine_of(net->parameter.at, QKV, row, GAIN_1, n->width),
                 net->maps.at[QKV] + to * n->width_room, net->maps.at[QKV_BIAS] + to);
        }
}

/* Copy blocks of columns, each from columns to room apart or back. */
static void spread(int rows, int blocks, int columns, int room, const real *tight, real *wide)
{
    for (int i = 0; i < rows * blocks; i++)
        memcpy(wide + (size_t)i * room, tight + (size_t)i * columns, columns * sizeof(real));
}

static void gather(int rows, int blocks, int columns, int room, const real *wide, real *tight)
{
    for (int i = 0; i < rows * blocks; i++)
        memcpy(tight + (size_t)i * columns, wide + (size_t)i * room, columns * sizeof(real));
}

static struct folding folding_up(const struct sizes *n)
{
    return (struct folding){n->hidden, n->width, n->width_room, 1};
}

static struct folding folding_of_reading(const struct sizes *n)
{
    return (struct folding){n->tokens, n->width, n->width_room, 1};
}

static struct affine reading_of(real *const *piece, int width)
{
    struct affine reading = affine_of(piece, READ, 0, GAIN_3, width);
    reading.b = NULL;
    return reading;
}

static void fold_all(struct net *net)
{
    const struct sizes *n = &net->sizes;
    real *const *p = net->parameter.at, *const *m = net->maps.at;
    fold_projection(net);
    fold(folding_up(n), affine_of(p, UP, 0, GAIN_2, n->width), m[UP], m[UP_BIAS]);
    fold(folding_of_reading(n), reading_of(p, n->width), m[READ], m[READ_BIAS]);
    spread(n->width, n->heads, n->head, n->head_room, p[OUT], m[OUT]);
    spread(n->width, 1, n->hidden, n->hidden_room, p[DOWN], m[DOWN]);
    memcpy(m[OUT_BIAS], p[OUT_BIAS], n->width * sizeof(real));
    memcpy(m[DOWN_BIAS], p[DOWN_BIAS], n->width * sizeof(real));
}

/* h [d] becomes N(h); returns 1/sigma.  (eq:transformer-norm) */
INLINE real normalise(const struct sizes *n, const real *ones, real *h)
{
    lanes sum = {0}, squares = {0};
    for (int i = 0; i < n->width_room; i += LANES)
        sum += *in(h + i);
    real mean = add_up(&sum) / (real)n->width;
    for (int i = 0; i < n->width_room; i += LANES) {
        lanes x = (*in(h + i) - mean) * *in(ones + i);
        *at(h + i) = x;
        squares += x * x;
    }
    real scale = (real)(1 / sqrt((double)add_up(&squares) / n->width + 1e-5));
    for (int i = 0; i < n->width_room; i += LANES)
        *at(h + i) *= scale;
    return scale;
}

/* The gradient by x = N(h) [d] becomes that by h.  (eq:transformer-norm-gradient) */
INLINE void normalise_back(const struct sizes *n, const real *ones, const real *x, real scale,
                           real *dx)
{
    lanes sum = {0}, along = {0};
    for (int i = 0; i < n->width_room; i += LANES) {
        sum += *in(dx + i);
        along += *in(dx + i) * *in(x + i);
    }
    real mean = add_up(&sum) / (real)n->width, part = add_up(&along) / (real)n->width;
    for (int i = 0; i < n->width_room; i += LANES)
        *at(dx + i) = (*in(dx + i) - mean - *in(x + i) * part) * *in(ones + i) * scale;
}

INLINE void exponentiate(lanes *x)
{
    static const double inverse_factorial[] = {
        1,         1,          1. / 2,       1. / 6,        1. / 24,        1. / 120,
        1. / 720,  1. / 5040,  1. / 40320,   1. / 362880,   1. / 3628800,   1. / 39916800,
        1. / 479001600, 1. / 6227020800};
    const real high = 0x1.62e4p-1, low = 0x1.7f7d1cf79abcap-20; /* ln 2 */
    const real magic = IS_DOUBLE ? 0x1.8p52 : 0x1.8p23;
    const int mantissa = IS_DOUBLE ? 52 : 23, bias = IS_DOUBLE ? 1023 : 127;
    lanes least = (lanes){0} - 80, y = CHOOSE(*x < least, least, *x);
    lanes shifted = y * (real)1.4426950408889634 + magic, m = shifted - magic;
    lanes r = (y - m * high) - m * low, sum = (lanes){0} + (real)inverse_factorial[13];
    for (int i = 12; i >= 0; i--)
        sum = sum * r + (real)inverse_factorial[i];
    marks power = ((marks)shifted - (marks)((lanes){0} + magic) + bias) << mantissa;
    *x = sum * (lanes)power;
}

/* e of every token, and its norm.  (eq:transformer-embedding) */
static void embed(struct net *net)
{
    const struct sizes *n = &net->sizes;
    real *const *p = net->parameter.at, *const *table = net->tables.at;
    for (int u = 0; u < 2; u++)
        for (int t = 0; t < n->tokens; t++) {
            size_t row = (size_t)u * n->token_room + t;
            real *e = table[EMBED] + row * n->width_room;
            for (int i = 0; i < n->width; i++) {
                real sum = p[VALUE][u * n->width + i] + p[POSITION][t * n->width + i]
                           + p[EMBED_BIAS][i];
                e[i] = sum <= 0 ? 0 : sum; /* keeps NaN */
            }
            real *x = table[NORMED] + row * n->width_room;
            memcpy(x, e, n->width_room * sizeof(real));
            table[SCALE_1][row] = normalise(n, table[ONES], x);
        }
}

static void project(struct net *net)
{
    const struct sizes *n = &net->sizes;
    int columns = 3 * n->mixed, d = n->width_room;
    real *projected = net->tables.at[PROJECTED], *across = net->tables.at[ACROSS];
    for (int row = 0; row < n->table; row++)
        memcpy(projected + (size_t)row * columns, net->maps.at[QKV_BIAS],
               columns * sizeof(real));
    product(n->table, columns, d, as_is(net->tables.at[NORMED], d),
            turned(net->maps.at[QKV], d), add_to(projected, columns));
    for (int row = 0; row < n->table; row++)
        for (int i = 0; i < n->mixed; i++)
            across[(size_t)i * n->table + row] =
                projected[(size_t)row * columns + 2 * n->mixed + i];
}

/* exp(score - largest) for s <= t, and 0 beyond, in one row of a head. */
static void exponentiate_row(const struct sizes *n, int t, real *row)
{
    real largest = row[0];
    for (int u = 0; u < 2; u++)
        for (int s = 0; s <= t; s++)
            largest = row[u * n->token_room + s] > largest ? row[u * n->token_room + s]
                                                           : largest;
    for (int u = 0; u < 2; u++) {
        real *half = row + u * n->token_room;
        for (int s = 0; s <= t; s += LANES) {
            *at(half + s) -= largest;
            exponentiate(at(half + s));
        }
        memset(half + t + 1, 0, (n->token_room - t - 1) * sizeof(real));
    }
}

static void score(struct net *net)
{
    const struct sizes *n = &net->sizes;
    int columns = 3 * n->mixed;
    for (int h = 0; h < n->heads; h++) {
        const real *q = net->tables.at[PROJECTED] + h * n->head_room;
        real *weight = net->tables.at[WEIGHT] + (size_t)h * n->table * n->table;
        product(n->table, n->table, n->head_room, as_is(q, columns),
                turned(q + n->mixed, columns), set(weight, n->table));
        for (int row = 0; row < n->table; row++)
            if (row % n->token_room < n->tokens)
                exponentiate_row(n, row % n->token_room, weight + (size_t)row * n->table);
    }
}

static void centre_reading(struct net *net)
{
    const struct sizes *n = &net->sizes;
    const real *ones = net->tables.at[ONES];
    for (int t = 0; t < n->tokens; t++) {
        const real *w = net->maps.at[READ] + (size_t)t * n->width_room;
        lanes sum = {0};
        for (int i = 0; i < n->width_room; i += LANES)
            sum += *in(w + i);
        real mean = add_up(&sum) / (real)n->width;
        for (int i = 0; i < n->width_room; i += LANES)
            *at(net->tables.at[CENTRED] + (size_t)t * n->width_room + i) =
                (*in(w + i) - mean) * *in(ones + i);
    }
}

static void fill_tables(struct net *net)
{
    fold_all(net);
    embed(net);
    project(net);
    score(net);
    centre_reading(net);
}

static int token_of(const struct net *net, const struct batch *batch, int sample, int t)
{
    int skills = net->shape.skills;
    bool value = t < skills ? batch->skill[sample] == t
                            : batch->bits[sample] >> (t - skills) & 1;
    return value * net->sizes.token_room + t;
}

/* Rows of samples begin .. end-1 of the sorted batch. */
static void lay_out_rows(const struct net *net, const struct batch *batch,
                         const struct prefixes *prefixes, int begin, int end,
                         struct bench *bench)
{
    bench->count = 0;
    for (int i = begin; i < end; i++) {
        for (int t = i == begin ? 0 : prefixes->shared[i]; t < net->sizes.tokens; t++) {
            int row = bench->count++;
            bench->token[row] = token_of(net, batch, prefixes->order[i], t);
            bench->parent[row] = t > 0 ? bench->path[t - 1] : -1;
            bench->path[t] = row;
        }
        bench->leaf[i - begin] = bench->path[net->sizes.tokens - 1];
    }
}

/* Where the slice that begins at a sample ends; adds its rows. */
static int end_of_slice(const struct net *net, const struct prefixes *prefixes, int begin,
                        double *rows)
{
    int count = net->sizes.tokens, end = begin + 1;
    for (; end < prefixes->samples && end - begin < net->sizes.rows; end++) {
        int more = net->sizes.tokens - prefixes->shared[end];
        if (count + more > net->sizes.rows)
            break;
        count += more;
    }
    *rows += count;
    return end;
}

/* Put the row's token on the path; returns its position. */
INLINE int step_along(const struct sizes *n, struct bench *bench, int row)
{
    int token = bench->token[row], value = token >= n->token_room;
    int t = token - value * n->token_room;
    bench->path[t] = token;
    bench->mark[t / LANES][t % LANES] = -value;
    return t;
}

/* Numerators of the row's shares in a head, and their sum. */
INLINE real take_shares(const struct net *net, struct bench *bench, int token, int t, int h)
{
    const struct sizes *n = &net->sizes;
    const real *zero = net->tables.at[WEIGHT] + ((size_t)h * n->table + token) * n->table;
    const real *one = zero + n->token_room;
    lanes sum = {0};
    for (int s = 0; s <= t; s += LANES) {
        lanes share = CHOOSE(bench->mark[s / LANES], *in(one + s), *in(zero + s));
        *at(bench->share + s) = share;
        sum += share;
    }
    return add_up(&sum);
}

/* y of the row, head by head.  (eq:transformer-attention) */
static void attend(const struct net *net, struct bench *bench, int row)
{
    const struct sizes *n = &net->sizes;
    int t = step_along(n, bench, row);
    for (int h = 0; h < n->heads; h++) {
        real inverse = 1 / take_shares(net, bench, bench->token[row], t, h);
        bench->rows.at[INVERSE][row * n->heads + h] = inverse;
        for (int i = h * n->head_room; i < (h + 1) * n->head_room; i += LANES) {
            const real *values = net->tables.at[PROJECTED] + 2 * n->mixed + i;
            lanes sum = {0};
            for (int s = 0; s <= t; s++)
                sum += bench->share[s] * *in(values + (size_t)bench->path[s] * 3 * n->mixed);
            *at(bench->rows.at[MIXED] + (size_t)row * n->mixed + i) = sum * inverse;
        }
    }
}

/* Gradients by the shares in a head; returns sum p dp.  dy points to the head. */
INLINE real slopes_of_shares(const struct net *net, struct bench *bench, int t, int h,
                             const real *dy, real inverse)
{
    const struct sizes *n = &net->sizes;
    const real *across = net->tables.at[ACROSS] + (size_t)h * n->head_room * n->table;
    lanes total = {0};
    for (int s = 0; s <= t; s += LANES) {
        marks mark = bench->mark[s / LANES];
        lanes slope = {0};
        for (int i = 0; i < n->head; i++) {
            const real *zero = across + (size_t)i * n->table + s;
            slope += dy[i] * CHOOSE(mark, *in(zero + n->token_room), *in(zero));
        }
        *at(bench->share + s) *= inverse;
        *at(bench->slope + s) = slope;
        total += *in(bench->share + s) * slope;
    }
    return add_up(&total);
}

/* Add to the scores that the row has used.  (eq:transformer-softmax-gradient) */
INLINE void tally_scores(const struct sizes *n, const struct bench *bench, int t, real mean,
                         real *zero)
{
    for (int s = 0; s <= t; s += LANES) {
        marks mark = bench->mark[s / LANES];
        lanes z = *in(bench->share + s) * (*in(bench->slope + s) - mean);
        *at(zero + s) += CHOOSE(mark, (lanes){0}, z);
        *at(zero + n->token_room + s) += CHOOSE(mark, z, (lanes){0});
    }
}

static void attend_back(const struct net *net, struct bench *bench, struct block *tally,
                        int row)
{
    const struct sizes *n = &net->sizes;
    int t = step_along(n, bench, row), token = bench->token[row];
    for (int h = 0; h < n->heads; h++) {
        const real *dy = bench->rows.at[D_ROW] + (size_t)row * n->mixed + h * n->head_room;
        take_shares(net, bench, token, t, h);
        real mean = slopes_of_shares(net, bench, t, h, dy,
                                     bench->rows.at[INVERSE][row * n->heads + h]);
        tally_scores(n, bench, t, mean,
                     tally->at[SCORES] + ((size_t)h * n->table + token) * n->table);
        for (int s = 0; s <= t; s++) {
            real *dv = tally->at[VALUES] + (size_t)bench->path[s] * n->mixed
                       + h * n->head_room;
            for (int i = 0; i < n->head_room; i += LANES)
                *at(dv + i) += bench->share[s] * *in(dy + i);
        }
    }
}

INLINE void add_row(const struct sizes *n, real *to, const real *x)
{
    for (int i = 0; i < n->width_room; i += LANES)
        *at(to + i) += *in(x + i);
}

/* h = e + O y + o (O y is there), N(h), and h + b, to which D relu() is added next. */
static void join_stream(const struct net *net, struct bench *bench, int row)
{
    const struct sizes *n = &net->sizes;
    real *h = bench->rows.at[STREAM] + (size_t)row * n->width_room;
    real *x = bench->rows.at[NORMED_2] + (size_t)row * n->width_room;
    add_row(n, h, net->tables.at[EMBED] + (size_t)bench->token[row] * n->width_room);
    add_row(n, h, net->maps.at[OUT_BIAS]);
    memcpy(x, h, n->width_room * sizeof(real));
    bench->rows.at[SCALE_2][row] = normalise(n, net->tables.at[ONES], x);
    add_row(n, h, net->maps.at[DOWN_BIAS]);
}

static void rectify(const struct net *net, real *hidden)
{
    const real *bias = net->maps.at[UP_BIAS];
    for (int i = 0; i < net->sizes.hidden_room; i += LANES) {
        lanes g = *in(hidden + i) + *in(bias + i);
        *at(hidden + i) = CHOOSE(g <= (lanes){0}, (lanes){0}, g);
    }
}

/* N(h'), and f of the prefix.  (eq:transformer-tree) */
static void read_out(const struct net *net, struct bench *bench, int row)
{
    const struct sizes *n = &net->sizes;
    int t = bench->token[row] % n->token_room, parent = bench->parent[row];
    real *x = bench->rows.at[STREAM] + (size_t)row * n->width_room;
    const real *w = net->maps.at[READ] + (size_t)t * n->width_room;
    bench->rows.at[SCALE_3][row] = normalise(n, net->tables.at[ONES], x);
    lanes sum = {0};
    for (int i = 0; i < n->width_room; i += LANES)
        sum += *in(w + i) * *in(x + i);
    real reading = add_up(&sum), *f = bench->rows.at[SUM];
    bench->rows.at[READING][row] = reading;
    f[row] = (parent < 0 ? net->parameter.at[READ_BIAS][0] : f[parent])
             + (reading + net->maps.at[READ_BIAS][t]);
}

/* The block for all rows of a slice, and their outputs.  (eq:transformer-block) */
static void run_rows(const struct net *net, struct bench *bench)
{
    const struct sizes *n = &net->sizes;
    int R = bench->count, d = n->width_room, m = n->hidden_room, y = n->mixed;
    real *const *row = bench->rows.at, *const *map = net->maps.at;
    for (int r = 0; r < R; r++)
        attend(net, bench, r);
    product(R, d, y, as_is(row[MIXED], y), turned(map[OUT], y), set(row[STREAM], d));
    for (int r = 0; r < R; r++)
        join_stream(net, bench, r);
    product(R, m, d, as_is(row[NORMED_2], d), turned(map[UP], d), set(row[HIDDEN], m));
    for (int r = 0; r < R; r++)
        rectify(net, row[HIDDEN] + (size_t)r * m);
    product(R, d, m, as_is(row[HIDDEN], m), turned(map[DOWN], m), add_to(row[STREAM], d));
    for (int r = 0; r < R; r++)
        read_out(net, bench, r);
}

/* E of all prefixes from the residuals at the leaves; rows come after their parents. */
static void gather_errors(struct bench *bench)
{
    real *E = bench->rows.at[ERROR];
    for (int r = bench->count - 1; r >= 0; r--)
        if (bench->parent[r] >= 0)
            E[bench->parent[r]] += E[r];
}

/* N(h') becomes the gradient by h'. */
static void read_out_back(const struct net *net, struct bench *bench, struct block *tally,
                          int row)
{
    const struct sizes *n = &net->sizes;
    int t = bench->token[row] % n->token_room;
    real *x = bench->rows.at[STREAM] + (size_t)row * n->width_room;
    const real *centred = net->tables.at[CENTRED] + (size_t)t * n->width_room;
    real *dw = tally->at[READ] + (size_t)t * n->width_room, *db = tally->at[DOWN_BIAS];
    real E = bench->rows.at[ERROR][row], scale = E * bench->rows.at[SCALE_3][row];
    real part = bench->rows.at[READING][row] / (real)n->width;
    for (int i = 0; i < n->width_room; i += LANES) {
        *at(dw + i) += E * *in(x + i);
        *at(x + i) = scale * (*in(centred + i) - part * *in(x + i));
        *at(db + i) += *in(x + i);
    }
}

static void rectify_back(const struct net *net, const real *hidden, real *dhidden,
                         struct block *tally)
{
    real *db = tally->at[UP_BIAS];
    for (int i = 0; i < net->sizes.hidden_room; i += LANES) {
        lanes d = CHOOSE(*in(hidden + i) > (lanes){0}, *in(dhidden + i), (lanes){0});
        *at(dhidden + i) = d;
        *at(db + i) += d;
    }
}

/* Gradient by h: past the hidden layer, and through it, where the gradient by N(h) is. */
static void join_stream_back(const struct net *net, struct bench *bench, struct block *tally,
                             int row)
{
    const struct sizes *n = &net->sizes;
    real *dh = bench->rows.at[STREAM] + (size_t)row * n->width_room;
    real *dx = bench->rows.at[D_ROW] + (size_t)row * n->width_room;
    normalise_back(n, net->tables.at[ONES],
                   bench->rows.at[NORMED_2] + (size_t)row * n->width_room,
                   bench->rows.at[SCALE_2][row], dx);
    add_row(n, dh, dx);
    add_row(n, tally->at[OUT_BIAS], dh);
    add_row(n, tally->at[EMBEDDINGS] + (size_t)bench->token[row] * n->width_room, dh);
}

static void run_rows_back(const struct net *net, struct bench *bench, struct block *tally)
{
    const struct sizes *n = &net->sizes;
    int R = bench->count, d = n->width_room, m = n->hidden_room, y = n->mixed;
    real *const *row = bench->rows.at, *const *map = net->maps.at, *const *to = tally->at;
    gather_errors(bench);
    for (int r = 0; r < R; r++)
        read_out_back(net, bench, tally, r);
    product(R, m, d, as_is(row[STREAM], d), as_is(map[DOWN], m), set(row[D_HIDDEN], m));
    product(d, m, R, turned(row[STREAM], d), as_is(row[HIDDEN], m), add_to(to[DOWN], m));
    for (int r = 0; r < R; r++)
        rectify_back(net, row[HIDDEN] + (size_t)r * m, row[D_HIDDEN] + (size_t)r * m, tally);
    product(R, d, m, as_is(row[D_HIDDEN], m), as_is(map[UP], d), set(row[D_ROW], d));
    product(m, d, R, turned(row[D_HIDDEN], m), as_is(row[NORMED_2], d), add_to(to[UP], d));
    for (int r = 0; r < R; r++)
        join_stream_back(net, bench, tally, r);
    product(R, y, d, as_is(row[STREAM], d), as_is(map[OUT], y), set(row[D_ROW], y));
    product(d, y, R, turned(row[STREAM], d), as_is(row[MIXED], y), add_to(to[OUT], y));
    for (int r = 0; r < R; r++)
        attend_back(net, bench, tally, r);
}

/* Gradient by the projection: of queries and keys from the scores, and of values. */
static void return_scores(struct net *net, const struct block *tally, real *d_projected)
{
    const struct sizes *n = &net->sizes;
    int columns = 3 * n->mixed, rows = n->table;
    for (int h = 0; h < n->heads; h++) {
        const real *q = net->tables.at[PROJECTED] + h * n->head_room, *k = q + n->mixed;
        const real *z = tally->at[SCORES] + (size_t)h * rows * rows;
        real *dq = d_projected + h * n->head_room, *dk = dq + n->mixed;
        product(rows, n->head_room, rows, as_is(z, rows), as_is(k, columns), set(dq, columns));
        product(rows, n->head_room, rows, turned(z, rows), as_is(q, columns), set(dk, columns));
    }
    for (int row = 0; row < rows; row++)
        memcpy(d_projected + (size_t)row * columns + 2 * n->mixed,
               tally->at[VALUES] + (size_t)row * n->mixed, n->mixed * sizeof(real));
}

/* From the gradient by N(e) to that by the parameters of the embedding. */
static void return_embedding(struct net *net, const struct block *tally, real *dx)
{
    const struct sizes *n = &net->sizes;
    real *const *to = net->gradient.at;
    for (int u = 0; u < 2; u++)
        for (int t = 0; t < n->tokens; t++) {
            size_t row = (size_t)u * n->token_room + t, first = row * n->width_room;
            normalise_back(n, net->tables.at[ONES], net->tables.at[NORMED] + first,
                           net->tables.at[SCALE_1][row], dx + first);
            for (int i = 0; i < n->width; i++) {
                real d = dx[first + i] + tally->at[EMBEDDINGS][first + i];
                d = net->tables.at[EMBED][first + i] > 0 ? d : 0;
                to[VALUE][u * n->width + i] += d;
                to[POSITION][t * n->width + i] += d;
                to[EMBED_BIAS][i] += d;
            }
        }
}

static void return_projection(struct net *net, const real *of_map, const real *of_bias)
{
    const struct sizes *n = &net->sizes;
    for (int part = 0; part < 3; part++)
        for (int h = 0; h < n->heads; h++) {
            size_t row = (size_t)part * n->width + h * n->head;
            size_t from = (size_t)part * n->mixed + h * n->head_room;
            unfold(folding_of_head(n, part), of_map + from * n->width_room, of_bias + from,
                   affine_of(net->parameter.at, QKV, row, GAIN_1, n->width),
                   affine_of(net->gradient.at, QKV, row, GAIN_1, n->width));
        }
}

static void return_maps(struct net *net, const struct block *tally, real total)
{
    const struct sizes *n = &net->sizes;
    real *const *p = net->parameter.at, *const *to = net->gradient.at;
    for (int t = 0; t < n->tokens; t++)
        tally->at[READ_BIAS][t] = total; /* every sample passes every position */
    unfold(folding_up(n), tally->at[UP], tally->at[UP_BIAS],
           affine_of(p, UP, 0, GAIN_2, n->width), affine_of(to, UP, 0, GAIN_2, n->width));
    unfold(folding_of_reading(n), tally->at[READ], tally->at[READ_BIAS],
           reading_of(p, n->width), reading_of(to, n->width));
    to[READ_BIAS][0] = total;
    gather(n->width, n->heads, n->head, n->head_room, tally->at[OUT], to[OUT]);
    gather(n->width, 1, n->hidden, n->hidden_room, tally->at[DOWN], to[DOWN]);
    memcpy(to[OUT_BIAS], tally->at[OUT_BIAS], n->width * sizeof(real));
    memcpy(to[DOWN_BIAS], tally->at[DOWN_BIAS], n->width * sizeof(real));
}

static void return_all(struct net *net, const struct block *tally, real total)
{
    const struct sizes *n = &net->sizes;
    int columns = 3 * n->mixed, d = n->width_room, rows = n->table;
    real *const *scratch = net->scratch.at;
    memset(net->gradient.at[0], 0, net->gradient.size * sizeof(real));
    return_maps(net, tally, total);
    return_scores(net, tally, scratch[D_PROJECTED]);
    product(columns, d, rows, turned(scratch[D_PROJECTED], columns),
            as_is(net->tables.at[NORMED], d), set(scratch[D_MAP], d));
    product(rows, d, columns, as_is(scratch[D_PROJECTED], columns),
            as_is(net->maps.at[QKV], d), set(scratch[D_NORMED], d));
    memset(scratch[D_BIAS], 0, columns * sizeof(real));
    for (int row = 0; row < rows; row++)
        for (int i = 0; i < columns; i++)
            scratch[D_BIAS][i] += scratch[D_PROJECTED][(size_t)row * columns + i];
    return_projection(net, scratch[D_MAP], scratch[D_BIAS]);
    return_embedding(net, tally, scratch[D_NORMED]);
}

static void bench_destroy(struct bench *bench)
{
    block_destroy(&bench->rows);
    free(bench->token);
    free(bench->path);
    free(bench->share);
}

static void destroy_benches(struct bench *bench, int threads)
{
    for (int i = 0; bench && i < threads; i++)
        bench_destroy(&bench[i]);
    free(bench);
}

static void destroy(void *p)
{
    struct net *net = p;
    if (!net)
        return;
    struct block *block[] = {&net->parameter, &net->gradient, &net->maps, &net->tables,
                             &net->scratch};
    for (size_t i = 0; i < sizeof block / sizeof *block; i++)
        block_destroy(block[i]);
    for (int g = 0; g < net->gangs; g++)
        block_destroy(&net->tally[g]);
    destroy_benches(net->bench, net->threads);
    free(net);
}

static bool set_threads(void *p, int threads)
{
    struct net *net = p;
    struct bench *bench = calloc((size_t)threads, sizeof *bench);
    bool complete = bench;
    for (int i = 0; complete && i < threads; i++)
        complete = bench_create(&bench[i], &net->sizes);
    if (!complete) {
        destroy_benches(bench, threads);
        return false;
    }
    destroy_benches(net->bench, net->threads);
    net->bench = bench;
    net->threads = threads;
    return true;
}

/* As many gangs as a batch can have slices, but for a bound. */
static int gangs_for(const struct sizes *n, int samples)
{
    double slices = ceil((double)samples * n->tokens / (n->rows - n->tokens + 1));
    return slices < GANGS ? (int)slices : GANGS;
}

static void *create(const struct transformer_shape *shape, int samples)
{
    struct net *net = calloc(1, sizeof *net);
    if (!net)
        return NULL;
    net->shape = *shape;
    net->sizes = sizes_of(shape);
    net->gangs = gangs_for(&net->sizes, samples);
    if (create_parameters(net) && create_maps(net) && create_tables(net) && set_threads(net, 1))
        return net;
    destroy(net);
    return NULL;
}

/* What a run works on. */
struct task_of_run {
    const struct batch *batch;
    const struct prefixes *prefixes;
    double target;
    bool backwards;
    double *output;
};

/* Outputs, and residuals at the leaves; returns the sum of residuals. */
static double take_outputs(const struct task_of_run *task, int begin, int end,
                           struct bench *bench)
{
    double total = 0, scale = 2.0 / task->batch->count;
    real *E = bench->rows.at[ERROR];
    memset(E, 0, (size_t)bench->count * sizeof(real));
    for (int i = begin; i < end; i++) {
        int sample = task->prefixes->order[i], leaf = bench->leaf[i - begin];
        double f = bench->rows.at[SUM][leaf];
        double residual = scale * (f - task->target * task->batch->parity[sample]);
        task->output[sample] = f;
        E[leaf] += (real)residual;
        total += residual;
    }
    return total;
}

static double run_slice(const struct net *net, const struct task_of_run *task, int begin,
                        int end, struct bench *bench, struct block *tally)
{
    lay_out_rows(net, task->batch, task->prefixes, begin, end, bench);
    run_rows(net, bench);
    double total = take_outputs(task, begin, end, bench);
    if (task->backwards)
        run_rows_back(net, bench, tally);
    return total;
}

/* First samples of the slices, and the end of the last. */
static int *cut_into_slices(const struct net *net, const struct prefixes *prefixes, int *count,
                            double *rows)
{
    int *first = malloc(((size_t)prefixes->samples + 1) * sizeof(int)), sample = 0;
    *count = 0;
    *rows = 0;
    while (first && sample < prefixes->samples) {
        first[(*count)++] = sample;
        sample = end_of_slice(net, prefixes, sample, rows);
    }
    if (first)
        first[*count] = prefixes->samples;
    return first;
}

static double run_gang(struct net *net, const struct task_of_run *task, const int *first,
                       int begin, int end, struct block *tally)
{
    double total = 0;
    if (task->backwards)
        memset(tally->at[0], 0, tally->size * sizeof(real));
    for (int slice = begin; slice < end; slice++)
        total += run_slice(net, task, first[slice], first[slice + 1],
                           &net->bench[omp_get_thread_num()], tally);
    return total;
}

static void add_tally(const struct block *to, const struct block *from)
{
    for (size_t i = 0; i < to->size; i += LANES)
        *at(to->at[0] + i) += *in(from->at[0] + i);
}

static bool run(void *p, const struct batch *batch, const struct prefixes *prefixes,
                double target, bool backwards, double *output)
{
    struct net *net = p;
    struct task_of_run task = {batch, prefixes, target, backwards, output};
    int slices;
    double rows, total[GANGS] = {0};
    int *first = cut_into_slices(net, prefixes, &slices, &rows);
    if (!first)
        return false;
    fill_tables(net);
    int gangs = slices < net->gangs ? slices : net->gangs;
    #pragma omp parallel for schedule(dynamic, 1) num_threads(net->threads) \
        if (net->threads > 1)
    for (int g = 0; g < gangs; g++)
        total[g] = run_gang(net, &task, first, (int)((int64_t)slices * g / gangs),
                            (int)((int64_t)slices * (g + 1) / gangs), &net->tally[g]);
    free(first);
    for (int g = 1; g < gangs; g++) {
        total[0] += total[g];
        if (backwards)
            add_tally(&net->tally[0], &net->tally[g]);
    }
    if (backwards)
        return_all(net, &net->tally[0], (real)total[0]);
    return true;
}

static double count_rows(void *p, const struct prefixes *prefixes)
{
    int slices;
    double rows;
    free(cut_into_slices(p, prefixes, &slices, &rows));
    return rows;
}

struct view {
    const real *row;
    int columns, blocks, room; /* blocks of columns that stand room apart */
};

/* The layer at the row of a token or, after a run on one sample, at its position. */
static struct view view_of(const struct net *net, enum transformer_layer layer, int token,
                           int t)
{
    const struct sizes *n = &net->sizes;
    real *const *table = net->tables.at, *const *row = net->bench[0].rows.at;
    switch (layer) {
    case LAYER_EMBEDDING:
        return (struct view){table[EMBED] + (size_t)token * n->width_room, n->width, 1, 0};
    case LAYER_PROJECTION:
        return (struct view){table[PROJECTED] + (size_t)token * 3 * n->mixed, n->head,
                             3 * n->heads, n->head_room};
    case LAYER_ATTENTION:
        return (struct view){row[MIXED] + (size_t)t * n->mixed, n->head, n->heads,
                             n->head_room};
    case LAYER_HIDDEN:
        return (struct view){row[HIDDEN] + (size_t)t * n->hidden_room, n->hidden, 1, 0};
    default:
        return (struct view){row[STREAM] + (size_t)t * n->width_room, n->width, 1, 0};
    }
}

static int look(void *p, int skill, uint64_t bits, enum transformer_layer layer, double *value)
{
    struct net *net = p;
    int32_t index = skill;
    struct batch batch = {1, &bits, &index, NULL};
    int columns = 0;
    for (int t = 0; t < net->sizes.tokens; t++) {
        struct view view = view_of(net, layer, token_of(net, &batch, 0, t), t);
        columns = view.columns * view.blocks;
        for (int b = 0; b < view.blocks; b++)
            for (int i = 0; i < view.columns; i++)
                *value++ = (double)view.row[b * view.room + i];
    }
    return columns;
}

static void *parameter(void *net) { return ((struct net *)net)->parameter.at[0]; }
static void *gradient(void *net) { return ((struct net *)net)->gradient.at[0]; }

const struct layers LAYERS_OF(VARIANT) = {
    IS_DOUBLE, create, destroy, set_threads, parameter, gradient, run, count_rows, look};
