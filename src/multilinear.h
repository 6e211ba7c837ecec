#ifndef MULTILINEAR_H
#define MULTILINEAR_H

#include "entry.h"
#include "status.h"
#include "stream.h"
#include "task.h"

/* A skill as the theory sees it. */
struct skill {
    double target;      /* S */
    double initial;     /* R(0) */
    double rate;        /* eta, per step or per unit of time */
    double probability; /* P_s(k), or d_k/D on a data set: lambda = eta P_s(k) */
};

/* f = sum over k <= N of a_k b_k g_k.  Arrays count from 0: index k - 1
   belongs to skill k. */
struct multilinear_model {
    int skills;    /* N >= 0 */
    double target; /* S > 0 */
    double rate;   /* eta, per step or per unit of time */
    double *a, *b; /* N each */
};

/* What it is trained on: counts, or samples if batch is not NULL. */
struct multilinear_data {
    int samples;               /* D >= 1; the batch's own count if there is a batch */
    const int *count;          /* d_k, at least N of them; unused if there is a batch */
    const struct task *task;   /* where the batch was drawn, with at least N skills */
    const struct batch *batch; /* the samples, or NULL */
};

/* A model of skills that are all like one, but for their probabilities: they start at
   a = b = sqrt(initial), or at given a and b.  skills >= 0, target > 0, rate >= 0,
   initial >= 0; else STATUS_RANGE. */
enum status multilinear_create(struct multilinear_model *model, int skills,
                               struct skill like);
enum status multilinear_create_from(struct multilinear_model *model, int skills,
                                    struct skill like, const double *a, const double *b);
void multilinear_destroy(struct multilinear_model *model);

/* velocity[k] = da_k/dT and velocity[N + k] = db_k/dT.  (eq:gradient-flow) */
void multilinear_velocity(const struct multilinear_model *model,
                          const struct multilinear_data *data, double *velocity);
/* Strength at time T for a = b at the start.  S R(0) / (R(0) (1 - E) + S E) with
   E = exp(-2 lambda S T): S / (1 + (S/R(0) - 1) E).  target in [1e-70, 1e70]; initial
   0, or in [1e-200, 1e70]; rate in [0, 1e70]; probability in [0, 1]; T >= 0, INFINITY
   included.  NAN out of range.  (eq:logistic) */
double multilinear_logistic(struct skill skill, double T);
/* Move a and b by the flow for a time T; exact.  The skill and T as above, but for the
   start, which is a and b: |a|, |b| <= 1e70; |a + b|, |a - b| zero or >= 1e-150.
   STATUS_RANGE, and nothing moved, otherwise.  (eq:unbalanced) */
enum status multilinear_flow(struct skill skill, double T, double *a, double *b);

/* Strength ab at time T for any start; NAN where multilinear_flow refuses. */
double multilinear_strength(struct skill skill, double a, double b, double T);
/* Strength of the linear model: w(0) E + S (1 - E), E = exp(-lambda T).  Ranges as
   in multilinear_logistic, but any finite initial w(0).  (eq:linear) */
double multilinear_linear(struct skill skill, double T);
/* Integrate the flow from T = 0 to each of the times, which ascend from 0 on:
   row j of y (n rows of 2N) receives a_1 .. a_N, b_1 .. b_N at times[j].
   The model itself is the start and stays there.  STATUS_RANGE if a time or the
   data are out of range, STATUS_CONVERGENCE if 10^5 steps do not suffice. */
enum status multilinear_integrate(const struct multilinear_model *model,
                                  const struct multilinear_data *data,
                                  const double *times, int n, double *y);
/* One step of gradient descent on a mini-batch with count[k] samples of skill
   k + 1, batch >= 1 samples in all (some may ask for skills beyond N).
   Stable near the target if rate count[k]/batch (a^2 + b^2) < 2.
   Nothing happens if batch < 1. */
void multilinear_step(struct multilinear_model *model, const int *count, int batch);

/* R of skill k + 1: ab, and 0 for k >= N; NAN for k < 0. */
double multilinear_strength_at(const struct multilinear_model *model, int k);

/* Half the mean squared error over skills >= N skills with the given
   probabilities.  (eq:loss) */
double multilinear_loss(const struct multilinear_model *model, const double *probability,
                        int skills);

/* How many of so many samples ask for each skill of the task: fills
   count[0 .. task->skills - 1]; one word of the stream a sample. */
void multilinear_draw_counts(const struct task *task, struct stream *stream, int samples,
                             int *count);

extern const struct entry multilinear_entries[];

#endif
