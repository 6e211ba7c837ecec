#ifndef TASK_H
#define TASK_H

#include "entry.h"
#include "status.h"
#include "stream.h"
#include <stdbool.h>
#include <stdint.h>

/* A = 1 / sum_{k=1}^{skills} k^-(alpha+1); skills = 0 stands for infinity.
   alpha > 0, skills >= 0.  NaN out of range.  (eq:power-law) */
double task_normaliser(double alpha, int skills);

/* P_s(k) = A k^-(alpha+1) for 1 <= k <= skills, 0 beyond; skills = 0 stands
   for infinity.  NaN out of range.  (eq:power-law) */
double task_probability(double alpha, int skills, int k);

/* Sum of k^-s over first <= k <= last, whole numbers with last > first >= 32; s > 1.
   (eq:euler-maclaurin) */
double task_sum_powers(double s, double first, double last);

/* A task that samples are drawn from.  Arrays have skills elements and
   count from 0: index k - 1 belongs to skill k. */
struct task {
    int skills;          /* n_s >= 1 */
    int bits;            /* 1 <= n_b <= 64 */
    int order;           /* 0 <= m <= n_b */
    double *probability; /* P_s(k) */
    uint32_t *threshold; /* 2^32 P(skill <= k), the last one 2^32 - 1 */
    uint64_t *relevant;  /* M_k as a set of bits */
    enum variant variant; /* that draws samples; at first the best */
};

/* Draw a task.  alpha > 0.  The sets M_k are disjoint, which needs
   skills * order <= bits, or with overlap merely distinct, which needs
   skills <= binomial(bits, order).  order = 0 draws no sets, for those who want
   skills but no bits; every parity is then +1.  STATUS_RANGE or STATUS_MEMORY on failure. */
enum status task_create(struct task *task, int skills, int bits, int order, double alpha,
                        bool overlap, struct stream *stream);
void task_destroy(struct task *task);
/* Samples (i, x) in three columns. */
struct batch {
    int count;
    uint64_t *bits; /* x; bit j of the word is x_j */
    int32_t *skill; /* i - 1 */
    float *parity;  /* g_i(i, x) = +1 or -1 */
};

enum status batch_create(struct batch *batch, int count); /* count >= 0 */
void batch_destroy(struct batch *batch);
/* The samples from begin on, at most so many; its columns are the batch's. */
struct batch batch_part(const struct batch *batch, int begin, int most);

/* Index k - 1 of a skill drawn from P_s. */
int task_draw_skill(const struct task *task, struct stream *stream);

/* Words of a stream that a sample takes: 1 if n_b <= 32, else 2. */
int task_words(const struct task *task);

/* Fill the batch with independent samples, or with samples of one skill
   (index k - 1), which take as many words. */
void task_draw(const struct task *task, struct stream *stream, struct batch *batch);
void task_draw_of_skill(const struct task *task, struct stream *stream, int skill,
                        struct batch *batch);

/* g_i(i, x) of one sample. */
float task_parity(const struct task *task, int skill, uint64_t bits);

extern const struct entry task_entries[];

#endif
