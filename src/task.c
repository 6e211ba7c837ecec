#include "task.h"
#include "draw.h"
#include <gsl/gsl_sf_zeta.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

double task_sum_powers(double s, double first, double last)
{
    static const double bernoulli[] = {1. / 12, -1. / 720, 1. / 30240, -1. / 1209600,
                                       1. / 47900160, -691. / 1307674368000};
    double alpha = s - 1, low = pow(first, -s), high = pow(last, -s);
    double sum = pow(first, -alpha) * -expm1(-alpha * log(last / first)) / alpha
                 + (low + high) / 2;
    for (int j = 0; j < 6; j++) {
        low *= j ? (s + 2 * j - 1) * (s + 2 * j) / first / first : s / first;
        high *= j ? (s + 2 * j - 1) * (s + 2 * j) / last / last : s / last;
        sum += bernoulli[j] * (low - high);
    }
    return sum;
}

double task_normaliser(double alpha, int skills)
{
    if (!(alpha > 0) || !isfinite(alpha) || skills < 0)
        return NAN;
    if (skills == 0)
        return 1 / gsl_sf_zeta(alpha + 1);
    double sum = 0;
    int head = skills > 64 ? 31 : skills;
    if (head < skills)
        sum = task_sum_powers(alpha + 1, head + 1, skills);
    for (int k = head; k >= 1; k--)
        sum += pow(k, -(alpha + 1));
    return 1 / sum;
}

double task_probability(double alpha, int skills, int k)
{
    if (k < 1)
        return NAN;
    if (skills > 0 && k > skills)
        return 0;
    return task_normaliser(alpha, skills) * pow(k, -(alpha + 1));
}

static void tabulate_law(struct task *task, double alpha)
{
    double sum = 0, below = 0;
    for (int k = task->skills; k >= 1; k--) {
        task->probability[k - 1] = stream_exp(fmax(-(alpha + 1) * stream_log(k), -690));
        sum += task->probability[k - 1];
    }
    for (int k = 0; k < task->skills; k++) {
        task->probability[k] /= sum;
        below += task->probability[k];
        task->threshold[k] = below >= 1 ? UINT32_MAX : (uint32_t)(below * 0x1p32);
    }
    task->threshold[task->skills - 1] = UINT32_MAX;
}

static uint64_t draw_set(struct stream *stream, int bits, int order, uint64_t taken)
{
    uint64_t set = 0;
    while (order > 0) {
        uint64_t bit = UINT64_C(1) << stream_below(stream, (uint64_t)bits);
        if (!((set | taken) & bit)) {
            set |= bit;
            order--;
        }
    }
    return set;
}

static void draw_relevant_bits(struct task *task, bool overlap, struct stream *stream)
{
    uint64_t taken = 0;
    for (int k = 0; task->order > 0 && k < task->skills; k++) {
        uint64_t set = draw_set(stream, task->bits, task->order, taken);
        for (int l = 0; overlap && l < k; l++)
            if (task->relevant[l] == set) {
                set = draw_set(stream, task->bits, task->order, 0);
                l = -1;
            }
        task->relevant[k] = set;
        taken = overlap ? 0 : taken | set;
    }
}

static bool sets_exist(int skills, int bits, int order, bool overlap)
{
    if (!overlap || order == 0)
        return (long)skills * order <= bits;
    double sets = 1;
    for (int j = 1; j <= order; j++)
        sets = sets * (bits - order + j) / j;
    return skills < 0.5 + sets;
}

enum status task_create(struct task *task, int skills, int bits, int order, double alpha,
                        bool overlap, struct stream *stream)
{
    memset(task, 0, sizeof *task);
    if (skills < 1 || bits < 1 || bits > 64 || order < 0 || order > bits
        || !(alpha > 0) || !isfinite(alpha) || !sets_exist(skills, bits, order, overlap))
        return STATUS_RANGE;
    *task = (struct task){.skills = skills, .bits = bits, .order = order,
                          .variant = variant_best(),
                          .probability = calloc(skills, sizeof(double)),
                          .threshold = calloc(skills, sizeof(uint32_t)),
                          .relevant = calloc(skills, sizeof(uint64_t))};
    if (!task->probability || !task->threshold || !task->relevant) {
        task_destroy(task);
        return STATUS_MEMORY;
    }
    tabulate_law(task, alpha);
    draw_relevant_bits(task, overlap, stream);
    return STATUS_OK;
}

void task_destroy(struct task *task)
{
    free(task->probability);
    free(task->threshold);
    free(task->relevant);
    memset(task, 0, sizeof *task);
}

static int find_skill(const struct task *task, uint32_t u)
{
    int low = 0;
    for (int left = task->skills, half; left > 1; left -= half) {
        half = left / 2;
        low += half & -(u >= task->threshold[low + half - 1]);
    }
    return low;
}

int task_draw_skill(const struct task *task, struct stream *stream)
{
    return find_skill(task, (uint32_t)(stream_word(stream) >> 32));
}

float task_parity(const struct task *task, int skill, uint64_t bits)
{
    static const float sign[] = {1, -1};
    return sign[__builtin_parityll(bits & task->relevant[skill])];
}

int task_words(const struct task *task) { return task->bits <= 32 ? 1 : 2; }

static uint64_t bits_of(const struct task *task, const uint64_t *word)
{
    if (task->bits <= 32)
        return (uint32_t)word[0] >> (32 - task->bits);
    return word[1] >> (64 - task->bits);
}

static void draw_sample(const struct task *task, const uint64_t *word, int skill,
                        struct batch *batch, int s)
{
    batch->skill[s] = skill;
    batch->bits[s] = bits_of(task, word);
    batch->parity[s] = task_parity(task, skill, batch->bits[s]);
}

enum { PORTION = 256, FEW_SKILLS = 16 };
#define ALIGNED __attribute__((aligned(64)))

/* Few skills and at most 32 bits. */
static void draw_portion(const struct task *task, const uint64_t *word, struct batch *batch,
                         int begin, int count)
{
    static const struct drawer *const drawers[VARIANTS] = BY_VARIANT(drawer);
    const struct drawer *drawer = drawers[task->variant];
    uint32_t set[FEW_SKILLS], u[PORTION] ALIGNED, x[PORTION] ALIGNED, chosen[PORTION] ALIGNED;
    int32_t skill[PORTION] ALIGNED;
    int unused = 32 - task->bits;
    for (int k = 0; k < task->skills; k++)
        set[k] = (uint32_t)task->relevant[k];
    #pragma omp simd
    for (int s = 0; s < count; s++) {
        u[s] = (uint32_t)(word[s] >> 32);
        x[s] = (uint32_t)word[s] >> unused;
        batch->bits[begin + s] = x[s];
    }
    for (int s = count; s % 16; s++)
        u[s] = 0;
    drawer->choose(u, count, task->threshold, task->skills - 1, set, skill, chosen);
    memcpy(batch->skill + begin, skill, (size_t)count * sizeof *skill);
    drawer->parities(x, chosen, count, batch->parity + begin);
}

void task_draw(const struct task *task, struct stream *stream, struct batch *batch)
{
    uint64_t word[2 * PORTION];
    int words = task_words(task);
    for (int begin = 0, count; begin < batch->count; begin += count) {
        count = batch->count - begin < PORTION ? batch->count - begin : PORTION;
        stream_words(stream, task->variant, word, words * count);
        if (words == 1 && task->skills <= FEW_SKILLS)
            draw_portion(task, word, batch, begin, count);
        else
            for (int s = 0; s < count; s++)
                draw_sample(task, word + words * s,
                            find_skill(task, (uint32_t)(word[words * s] >> 32)), batch,
                            begin + s);
    }
}

void task_draw_of_skill(const struct task *task, struct stream *stream, int skill,
                        struct batch *batch)
{
    uint64_t word[2 * PORTION];
    int words = task_words(task);
    for (int begin = 0, count; begin < batch->count; begin += count) {
        count = batch->count - begin < PORTION ? batch->count - begin : PORTION;
        stream_words(stream, task->variant, word, words * count);
        for (int s = 0; s < count; s++)
            draw_sample(task, word + words * s, skill, batch, begin + s);
    }
}

enum status batch_create(struct batch *batch, int count)
{
    size_t n = count > 0 ? (size_t)count : 1;
    *batch = (struct batch){count, malloc(n * sizeof(uint64_t)), malloc(n * sizeof(int32_t)),
                            malloc(n * sizeof(float))};
    if (batch->bits && batch->skill && batch->parity)
        return STATUS_OK;
    batch_destroy(batch);
    return STATUS_MEMORY;
}

struct batch batch_part(const struct batch *batch, int begin, int most)
{
    int count = batch->count - begin < most ? batch->count - begin : most;
    return (struct batch){count, batch->bits + begin, batch->skill + begin,
                          batch->parity + begin};
}

void batch_destroy(struct batch *batch)
{
    free(batch->bits);
    free(batch->skill);
    free(batch->parity);
    memset(batch, 0, sizeof *batch);
}
