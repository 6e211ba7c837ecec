#ifndef DEPTH_H
#define DEPTH_H

#include "entry.h"
#include "multilinear.h"
#include "scaling.h"
#include "status.h"
#include "stream.h"
#include "task.h"

/* Throughout, of a skill: target S in [1e-70, 1e70]; rate eta in (0, 1e70]; probability
   P_s(k) in [0, 1].  layers L in [1, 1000]; epsilon in (0, 1), a fraction of S.  NAN if an
   argument is out of range. */
enum { DEPTH_LAYERS = 1000 };

/* k_*: skill k is learned in stages if and only if k < k_*, when waiting takes
   wait >= 0 times as long as rising.  alpha > 0.  (eq:stage-ratio) */
double depth_stage_limit(double alpha, double wait);

/* Time at which a skill with R(0) = initial and a^2 - b^2 = imbalance reaches epsilon S
   or (1 - epsilon) S.  initial < S, |initial| <= 1e70; |imbalance| 0, and then
   initial >= 1e-200, or in [1e-70, 1e70].  Negative if R(0) is larger already;
   infinite if P_s = 0.  (eq:unbalanced-time) */
double depth_unbalanced_time(struct skill skill, double imbalance, double epsilon);
double depth_unbalanced_saturation_time(struct skill skill, double imbalance,
                                        double epsilon);

/* W = T^e/(T^s - T^e) for start = R(0)/S < epsilon < 1/2 and imbalance = q/S. */
double depth_unbalanced_wait(double start, double imbalance, double epsilon);

/* Strength at time T >= 0 from the same starts, or from initial >= S; the rate may be 0.
   (eq:unbalanced) */
double depth_unbalanced_strength(struct skill skill, double imbalance, double T);

/* Skills that draw their starts R_k(0) with equal weights from count >= 1 values in
   initial, each in the range of scaling.h; settings->initial is not used.  The mean of A_T,
   which lies between its values for the largest and the smallest start, and the standard
   deviation of the loss at time T > 0, for many skills in transition.
   (eq:start-order, eq:random-starts) */
double depth_starts_constant(const struct scaling *settings, const double *initial, int count);
double depth_starts_spread(const struct scaling *settings, const double *initial, int count,
                           double time);

/* Time at which R_k = epsilon S, or (1 - epsilon) S, with balanced layers and
   R(0) = initial in [1e-200, S).  Negative if R(0) is larger already; infinite if
   P_s = 0.  (eq:deep-time) */
double depth_time(int layers, struct skill skill, double epsilon);
double depth_saturation_time(int layers, struct skill skill, double epsilon);

/* u = mu P_s T in which the log-odds of R/S grow by h, from R = initial on.
   (eq:odds-flow, eq:deep-time) */
double depth_units(int layers, struct skill skill, double h);

/* W = T^e/(T^s - T^e) for start = R(0)/S < epsilon < 1/2; for three layers or more and
   small starts it tends to (eq:deep-wait). */
double depth_wait(int layers, double start, double epsilon);

/* Strength at time T >= 0, INFINITY included, from initial = 0 or in [1e-200, 1e70];
   the rate may be 0.  Relative error as if T had one of 1e-14. */
double depth_strength(int layers, struct skill skill, double T);

/* J_L, s = alpha/(alpha+1); layers in [1, 1000], alpha > 0, c = S/R(0) - 1 in (0, 1e200].
   Relative accuracy 1e-10.  (eq:deep-integral) */
double depth_time_integral(int layers, double alpha, double c);

/* A_T, A_T T^-s, the loss, and the bound on its distance from the law, the tail of a
   finite n_s included, with settings as in scaling.h but R(0) >= 1e-200 S, T <= 1e200.
   The loss has a relative accuracy of 1e-6, better where its summand varies slowly.
   (eq:deep-law, eq:deep-bound) */
double depth_time_constant(int layers, const struct scaling *settings);
double depth_time_law(int layers, const struct scaling *settings, double time);
double depth_time_loss(int layers, const struct scaling *settings, double time);
double depth_time_bound(int layers, const struct scaling *settings, double time);

/* f = sum_k (prod_l a_kl) g_k with frequency[k] = P_s(k + 1) or d_k/D of skill k + 1. */
struct depth_model {
    int layers, skills;   /* L in [1, 1000], N >= 1 */
    double target, rate;  /* S and eta > 0 */
    const double *frequency;
};

enum depth_method {
    DEPTH_DESCENT, /* gradient descent, which is Euler's method */
    DEPTH_RK4,     /* Runge and Kutta's, of order 4 */
    DEPTH_RK8      /* Prince and Dormand's, of order 8 */
};

/* Fill a[l N + k], L N numbers, with a balanced start.  initial > 0. */
enum status depth_balance(const struct depth_model *model, double initial, double *a);

/* Move a by the flow for a time T >= 0: adaptively, to 13 digits, or in so many equal
   steps (>= 1).  STATUS_RANGE; STATUS_CONVERGENCE if a does not stay finite. */
enum status depth_integrate(const struct depth_model *model, double T, double *a);
enum status depth_march(const struct depth_model *model, enum depth_method method,
                        double T, int steps, double *a);

/* Largest |R_k - closed form| / S of two balanced layers after so many steps; NAN if out
   of range or not finite.  (eq:logistic) */
double depth_march_error(const struct depth_model *model, enum depth_method method,
                         double initial, double T, int steps);

/* prod_l a_kl of skill k + 1, 0 <= k < N */
double depth_strength_at(const struct depth_model *model, const double *a, int k);

/* Steps by which gradient descent is late after T >= 0 steps; initial in [1e-200, S),
   lambda = eta P_s in (0, 1e70].  (eq:descent-delay) */
double depth_descent_delay(int layers, struct skill skill, double T);

/* Mean and standard deviation of the strength of two layers after T steps on fresh
   batches of batch >= 1 samples, to leading order.  (eq:batch-mean, eq:batch-spread) */
double depth_batch_mean(struct skill skill, int batch, double T);
double depth_batch_spread(struct skill skill, int batch, double T);

/* One run of so many steps, two layers: R[k] for the skills of the task, which are all
   like one but for their probabilities. */
enum status depth_sample_descent(const struct task *task, struct skill like, int batch,
                                 int steps, struct stream *stream, double *R);

extern const struct entry depth_entries[];

#endif
