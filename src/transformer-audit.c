#include "transformer.h"
#include "mlp.h"
#include "stream.h"
#include "task.h"
#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

enum { AUDIT_SKILLS = 3, AUDIT_BITS = 5, AUDIT_TOKENS = 8, AUDIT_WIDTH = 10, AUDIT_HEADS = 2,
       AUDIT_HIDDEN = 4 * AUDIT_WIDTH, AUDIT_BATCH = 37,
       AUDIT_PARAMETERS = 12 * AUDIT_WIDTH * AUDIT_WIDTH
                          + (2 * AUDIT_TOKENS + 18) * AUDIT_WIDTH + 1 };

struct judge {
    double e[AUDIT_TOKENS][AUDIT_WIDTH], qkv[3][AUDIT_TOKENS][AUDIT_WIDTH];
    double y[AUDIT_TOKENS][AUDIT_WIDTH], hidden[AUDIT_TOKENS][AUDIT_HIDDEN];
    double last[AUDIT_TOKENS][AUDIT_WIDTH], f;
};

/* N_i(h) with gain, and offset behind it; gain NULL: N(h). */
static void judge_norm(const double *h, const double *gain, double *x)
{
    double mean = 0, variance = 0;
    for (int i = 0; i < AUDIT_WIDTH; i++)
        mean += h[i] / AUDIT_WIDTH;
    for (int i = 0; i < AUDIT_WIDTH; i++)
        variance += (h[i] - mean) * (h[i] - mean) / AUDIT_WIDTH;
    for (int i = 0; i < AUDIT_WIDTH; i++) {
        x[i] = (h[i] - mean) / sqrt(variance + 1e-5);
        if (gain)
            x[i] = gain[i] * x[i] + gain[AUDIT_WIDTH + i];
    }
}

/* to = W x + b. */
static void judge_map(int rows, int columns, const double *W, const double *b, const double *x,
                      double *to)
{
    for (int i = 0; i < rows; i++) {
        to[i] = b[i];
        for (int j = 0; j < columns; j++)
            to[i] += W[i * columns + j] * x[j];
    }
}

static const double *judge_inputs(const double *p, int skill, uint64_t bits,
                                  struct judge *judge)
{
    enum { D = AUDIT_WIDTH };
    const double *position = p + 2 * D, *bias = position + AUDIT_TOKENS * D, *gain = bias + D;
    const double *map = gain + 2 * D, *offset = map + 3 * D * D;
    for (int t = 0; t < AUDIT_TOKENS; t++) {
        int u = t < AUDIT_SKILLS ? t == skill : (int)(bits >> (t - AUDIT_SKILLS) & 1);
        double x[D];
        for (int i = 0; i < D; i++)
            judge->e[t][i] = fmax(p[u * D + i] + position[t * D + i] + bias[i], 0);
        judge_norm(judge->e[t], gain, x);
        for (int part = 0; part < 3; part++)
            judge_map(D, D, map + part * D * D, offset + part * D, x, judge->qkv[part][t]);
    }
    return offset + 3 * D;
}

static void judge_attention(struct judge *judge, int t, int head)
{
    enum { SIZE = AUDIT_WIDTH / AUDIT_HEADS };
    double share[AUDIT_TOKENS], sum = 0;
    for (int s = 0; s <= t; s++) {
        double score = 0;
        for (int i = head * SIZE; i < (head + 1) * SIZE; i++)
            score += judge->qkv[0][t][i] * judge->qkv[1][s][i];
        share[s] = exp(score / sqrt(SIZE));
        sum += share[s];
    }
    for (int i = head * SIZE; i < (head + 1) * SIZE; i++) {
        judge->y[t][i] = 0;
        for (int s = 0; s <= t; s++)
            judge->y[t][i] += share[s] / sum * judge->qkv[2][s][i];
    }
}

static void judge_sample(const double *parameter, int skill, uint64_t bits,
                         struct judge *judge)
{
    enum { D = AUDIT_WIDTH, M = AUDIT_HIDDEN };
    const double *out = judge_inputs(parameter, skill, bits, judge), *gain_2 = out + D * D + D;
    const double *up = gain_2 + 2 * D, *down = up + M * D + M, *gain_3 = down + D * M + D;
    const double *read = gain_3 + 2 * D;
    judge->f = read[AUDIT_TOKENS * D];
    for (int t = 0; t < AUDIT_TOKENS; t++) {
        double h[D], x[D];
        for (int head = 0; head < AUDIT_HEADS; head++)
            judge_attention(judge, t, head);
        judge_map(D, D, out, out + D * D, judge->y[t], h);
        for (int i = 0; i < D; i++)
            h[i] += judge->e[t][i];
        judge_norm(h, gain_2, x);
        judge_map(M, D, up, up + M * D, x, judge->hidden[t]);
        for (int i = 0; i < M; i++)
            judge->hidden[t][i] = fmax(judge->hidden[t][i], 0);
        judge_map(D, M, down, down + D * M, judge->hidden[t], x);
        for (int i = 0; i < D; i++)
            h[i] += x[i];
        judge_norm(h, NULL, judge->last[t]);
        judge_norm(h, gain_3, x);
        for (int i = 0; i < D; i++)
            judge->f += read[t * D + i] * x[i];
    }
}

struct audit {
    struct transformer *net;
    struct batch batch;
    double parameter[AUDIT_PARAMETERS];
};

static void close_audit(struct audit *audit)
{
    transformer_destroy(audit->net);
    batch_destroy(&audit->batch);
}

static void draw_audit(struct audit *audit, struct stream *stream)
{
    transformer_initialise(audit->net, stream);
    transformer_get_parameters(audit->net, audit->parameter);
    for (int i = 0; i < AUDIT_PARAMETERS; i++)
        audit->parameter[i] = (float)(audit->parameter[i] + 0.2385 * stream_normal(stream));
    transformer_set_parameters(audit->net, audit->parameter);
}

static bool open_audit(struct audit *audit, bool exact)
{
    struct stream stream = stream_open(2385, 3, PURPOSE_START);
    const struct transformer_shape shape = {AUDIT_SKILLS, AUDIT_BITS, AUDIT_WIDTH, AUDIT_HEADS,
                                            exact};
    struct task task;
    memset(audit, 0, sizeof *audit);
    if (task_create(&task, AUDIT_SKILLS, AUDIT_BITS, 2, 0.6385, true, &stream) != STATUS_OK)
        return false;
    bool good = batch_create(&audit->batch, AUDIT_BATCH) == STATUS_OK
                && transformer_create(&audit->net, shape, AUDIT_BATCH, variant_best())
                       == STATUS_OK;
    if (good) {
        task_draw(&task, &stream, &audit->batch);
        draw_audit(audit, &stream);
    } else {
        close_audit(audit);
    }
    task_destroy(&task);
    return good;
}

static const double *judged_layer(const struct judge *judge, enum transformer_layer layer)
{
    switch (layer) {
    case LAYER_EMBEDDING: return judge->e[0];
    case LAYER_ATTENTION: return judge->y[0];
    case LAYER_HIDDEN: return judge->hidden[0];
    default: return judge->last[0];
    }
}

static double compare_layer(enum transformer_layer layer)
{
    static struct audit audit;
    static double value[AUDIT_TOKENS * AUDIT_HIDDEN];
    struct judge judge;
    double worst = 0;
    if (!open_audit(&audit, true))
        return NAN;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        int skill = audit.batch.skill[s];
        uint64_t bits = audit.batch.bits[s];
        judge_sample(audit.parameter, skill, bits, &judge);
        const double *expected = judged_layer(&judge, layer);
        int count = AUDIT_TOKENS * transformer_look(audit.net, skill, bits, layer, value);
        for (int i = 0; i < count; i++)
            worst = entry_worse(worst, fabs(value[i] - expected[i]));
        worst = count > 0 ? worst : NAN;
    }
    close_audit(&audit);
    return worst;
}

static double audit_embedding(void) { return compare_layer(LAYER_EMBEDDING); }
static double audit_attention(void) { return compare_layer(LAYER_ATTENTION); }
static double audit_block(void) { return compare_layer(LAYER_HIDDEN); }
static double audit_norm(void) { return compare_layer(LAYER_STREAM); }
static double audit_output(void)
{
    struct audit audit;
    struct judge judge;
    double output[AUDIT_BATCH] = {0}, worst = 0, largest = 0;
    if (!open_audit(&audit, false))
        return NAN;
    if (transformer_forward(audit.net, &audit.batch, output) != STATUS_OK)
        worst = NAN;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        judge_sample(audit.parameter, audit.batch.skill[s], audit.batch.bits[s], &judge);
        worst = entry_worse(worst, fabs(output[s] - judge.f));
        largest = entry_worse(largest, fabs(judge.f));
    }
    close_audit(&audit);
    return worst / largest;
}

static double judge_loss(const struct audit *audit, double target)
{
    struct judge judge;
    double loss = 0;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        judge_sample(audit->parameter, audit->batch.skill[s], audit->batch.bits[s], &judge);
        double difference = judge.f - target * audit->batch.parity[s];
        loss += difference * difference / AUDIT_BATCH;
    }
    return loss;
}

/* Largest error of the gradient by count parameters from first on, every step-th, relative
   to the largest component of all. */
static double compare_gradient(int first, int count, int step)
{
    static struct audit audit;
    static double gradient[AUDIT_PARAMETERS];
    double worst = 0, largest = 0;
    if (!open_audit(&audit, true))
        return NAN;
    double loss = transformer_gradient(audit.net, &audit.batch, 2.385);
    transformer_get_gradient(audit.net, gradient);
    worst = fabs(loss / judge_loss(&audit, 2.385) - 1);
    for (int i = 0; i < AUDIT_PARAMETERS; i++)
        largest = entry_worse(largest, fabs(gradient[i]));
    for (int i = first; i < first + count; i += step) {
        double saved = audit.parameter[i];
        audit.parameter[i] = saved + 1e-6;
        double above = judge_loss(&audit, 2.385);
        audit.parameter[i] = saved - 1e-6;
        double below = judge_loss(&audit, 2.385);
        audit.parameter[i] = saved;
        double quotient = (above - below) / 2e-6;
        worst = entry_worse(worst, fabs(gradient[i] - quotient) / largest);
    }
    close_audit(&audit);
    return worst;
}

enum { AUDIT_SQUARE = AUDIT_WIDTH * AUDIT_WIDTH,
       AUDIT_GAIN_1 = (AUDIT_TOKENS + 3) * AUDIT_WIDTH,
       AUDIT_QKV = AUDIT_GAIN_1 + 2 * AUDIT_WIDTH,
       AUDIT_OUT = AUDIT_QKV + 3 * (AUDIT_SQUARE + AUDIT_WIDTH),
       AUDIT_GAIN_2 = AUDIT_OUT + AUDIT_SQUARE + AUDIT_WIDTH,
       AUDIT_UP = AUDIT_GAIN_2 + 2 * AUDIT_WIDTH,
       AUDIT_GAIN_3 = AUDIT_PARAMETERS - 1 - (AUDIT_TOKENS + 2) * AUDIT_WIDTH,
       AUDIT_READ = AUDIT_GAIN_3 + 2 * AUDIT_WIDTH };

static double audit_softmax(void) { return compare_gradient(AUDIT_QKV, 2 * AUDIT_SQUARE, 5); }

static double audit_norm_gradient(void)
{
    return entry_worse(compare_gradient(AUDIT_UP, AUDIT_GAIN_3 - AUDIT_UP, 11),
                       compare_gradient(0, AUDIT_GAIN_1, 5));
}

static double audit_fold(void)
{
    double one = compare_gradient(AUDIT_GAIN_1, 2 * AUDIT_WIDTH, 1);
    double two = compare_gradient(AUDIT_GAIN_2, 2 * AUDIT_WIDTH, 1);
    double three = compare_gradient(AUDIT_GAIN_3, 2 * AUDIT_WIDTH, 1);
    return entry_worse(entry_worse(one, two), three);
}

static double audit_tree(void)
{
    return compare_gradient(AUDIT_READ, AUDIT_PARAMETERS - AUDIT_READ, 3);
}

const struct entry transformer_entries[] = {
    {"eq:transformer-embedding", "the tables against single tokens", audit_embedding, 1e-13},
    {"eq:transformer-block", "the hidden layer against single tokens", audit_block, 1e-12},
    {"eq:transformer-output", "single precision against double precision", audit_output, 1e-5},
    {"eq:transformer-norm", "the last norm against single tokens", audit_norm, 1e-12},
    {"eq:transformer-attention", "tabulated shares against single tokens", audit_attention,
     1e-13},
    {"eq:transformer-tree", "the gradient by the output's weights against central differences",
     audit_tree, 1e-7},
    {"eq:transformer-fold", "the gradient by gains and offsets against central differences",
     audit_fold, 1e-7},
    {"eq:transformer-norm-gradient",
     "the gradient by maps and embedding against central differences", audit_norm_gradient,
     1e-7},
    {"eq:transformer-softmax-gradient",
     "the gradient by queries and keys against central differences", audit_softmax, 1e-7},
    {0}};
