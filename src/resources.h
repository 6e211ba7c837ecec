#ifndef RESOURCES_H
#define RESOURCES_H

#include "entry.h"
#include "scaling.h"
#include "status.h"

/* What a model has at its disposal.  Each may be INFINITY. */
struct resources {
    double time;       /* T >= 0 */
    double samples;    /* D, a whole number >= 0, at most 1e15 unless infinite */
    double parameters; /* N, a whole number >= 0, at most 1e15 unless infinite */
};

/* L(T, D, N) and a bound on its absolute error: the truncation of sums over
   counts, which is proven, rounding, and an estimate of the error of the sum
   over skills.  n_s may be 0, for infinitely many.  STATUS_RANGE if something is
   out of range.  (eq:joint-loss) */
enum status resources_loss(const struct scaling *settings,
                           const struct resources *resources, double *loss,
                           double *abserr);

/* What a skill is trained with; rate and D may be infinite. */
struct resources_training {
    double c;    /* S/R(0) - 1 > 0, at most 1e290 */
    double rate; /* 2 eta S T >= 0 */
    double D;    /* >= 0, a whole number and at most 1e15 unless infinite */
};

/* Psi(P) = E[w(theta d)], d ~ Bin(D, P), theta = rate/D, w(u) = (1 + e^u/c)^-2, 0 <= P <= 1,
   and a bound on its absolute error, typically 1e-14 of it.  A mean below 1e-300 may come
   out as 0.  STATUS_RANGE, or STATUS_CONVERGENCE if the sum is too long. */
enum status resources_mean(struct resources_training with, double P, double *mean,
                           double *abserr);

/* A binomial mean, tilted.  (eq:tilt) */
struct resources_tilt {
    double lambda, theta, D; /* ln c, 2 eta S T/D, finite D */
    double t, P, odds;       /* P' and P'/(1 - P') */
    double peak;             /* ln M - t ln c */
    double log_factor;       /* ln KM */
};

/* The tilt that puts the maximum at the mean, 0 < P < 1. */
struct resources_tilt resources_find_tilt(double lambda, double theta, double D, double P);

/* Sums of p and of p phi over counts, p = 1 at the mode of the tilted law; the tails left
   out are below 1e-17 of the latter.  Returns the number of terms, 0 if they are too many. */
int resources_add_counts(const struct resources_tilt *q, double *total, double *sum);

/* E[phi] by Gauss quadrature with 1 <= n <= 24 nodes, and the bound on its error for
   spread = sigma theta (eq:gauss-bound). */
enum status resources_mean_by_gauss(const struct resources_tilt *q, int n, double *mean);
double resources_gauss_bound(double spread, int n);

/* A quadrature over skills that serves all T and D, for a list of models. */
struct resources_plan {
    struct scaling settings;
    int models, blocks, nodes;
    int unlimited; /* the first model without a limit */
    struct resources_block *block;
    struct resources_node *node;
    double beyond, beyond_squared; /* infinite n_s: sums of P, P^2 beyond the blocks */
};

/* Prepare models of parameters[0] <= parameters[1] <= ... skills, whole numbers or
   INFINITY.  After an error there is nothing to destroy. */
enum status resources_plan_create(struct resources_plan *plan,
                                  const struct scaling *settings,
                                  const double *parameters, int models);
void resources_plan_destroy(struct resources_plan *plan);

/* loss[i] = L(T, D, N_i) and abserr[i] as in resources_loss, for all models. */
enum status resources_plan_losses(const struct resources_plan *plan, double time,
                                  double samples, double *loss, double *abserr);

enum { RESOURCES_NODES = 16 };

struct resources_node {
    double P, weight;  /* of the node, in skills */
    double last[2];    /* V_i0 V_ij for j = n-2, n-1; 0 where the sum is exact */
};

struct resources_block {
    double first, skills; /* skills first .. first + skills - 1 */
    int node, nodes;      /* its nodes in the plan */
    int model;            /* the first model that has it; models: none */
};

/* Nodes of a block for P = A x^-(alpha+1): all its skills, or RESOURCES_NODES of Gauss
   quadrature over them.  (eq:gram) */
enum status resources_fill_block(const struct scaling *settings, double A,
                                 const struct resources_block *block,
                                 struct resources_node *node);

/* The joint law, a homogeneous function of T, D and N^(alpha+1); here resources
   need not be whole.  n_s enters through A only.  Infinite if a resource is 0.
   T/D below 1e-4/(2 eta S) is taken for 0, which costs less than 1e-4 of it.
   NAN out of range.
   (eq:joint-law, eq:homogeneous, eq:time-parameters, eq:data-parameters) */
double resources_law(const struct scaling *settings, const struct resources *resources);

/* lim D [L(T, D, N) - L(T, infinity, N)], D to infinity, at time T >= 0 and for N skills, a
   whole number or INFINITY; NAN out of range.  (eq:scatter) */
double resources_scatter(const struct scaling *settings, double time, double parameters);

/* lim D [L(T, D)/L(T) - 1] for many skills on their way, T >= 0; NAN out of range.  (eq:noise) */
double resources_noise(const struct scaling *settings, double time);

enum resource { RESOURCE_TIME, RESOURCE_DATA, RESOURCE_PARAMETERS, RESOURCE_COMPUTE };

/* Least ratio of another resource to the scarce one, in terms of T, D and
   N^(alpha+1), from which on the joint law is within a fraction tolerance of the law
   of the scarce one.  With scarce compute, T on the optimal ray stands for it.
   NAN out of range, or if there is no such ratio between 1e-12 and 1e12. */
double resources_need(const struct scaling *settings, enum resource scarce,
                      enum resource other, double tolerance);

/* The two terms of (eq:large-data), for D > 0 and whole N >= 1, finite unless n_s is; NAN out of
   range. */
struct resources_bound {
    double counts, curvature;
};

struct resources_bound resources_large_data_bound(const struct scaling *settings,
                                                  const struct resources *resources);

/* The right-hand side of (eq:late); D finite, else the same ranges. */
double resources_late_bound(const struct scaling *settings, const struct resources *resources);

/* The lines of Nam et al.'s tables 2 and 6. */
enum resources_condition {
    CONDITION_TIME,            /* D >> N T^2, D >> T^3; N^(alpha+1) >> T */
    CONDITION_DATA,            /* T >> D log D; N^(alpha+1) >> D */
    CONDITION_PARAMETERS_TIME, /* D >> T^3; T >> N^(alpha+1) */
    CONDITION_PARAMETERS_DATA, /* T >> D log D; D >> N^(alpha+1) */
    CONDITION_COMPUTE,         /* D >> T^3; T = kappa* N^(alpha+1) */
    CONDITIONS
};

/* Resources that exceed each condition of a line q-fold, the scarce one being x: T, D, N, N,
   T.  D and N are rounded up to whole numbers. */
struct resources resources_border(const struct scaling *settings, enum resources_condition line,
                                  double x, double q);

/* Divide compute = N T > 0 between N and T, given D samples (or INFINITY): the
   best N found, 1 <= N <= n_s, its T, and the loss.  Large N are found to one
   per cent, and the loss to 1e-4 of it or better.  With infinitely many skills N is
   at most 2^49.  STATUS_RANGE if out of range. */
enum status resources_frontier(const struct scaling *settings, double samples,
                               double compute, struct resources *best, double *loss);

/* The loss after a number of steps of gradient descent at settings->rate from a
   balanced start, for a model of N skills, over data sets of D samples: its mean,
   (eq:joint-loss) with steps in place of flow, and its variance and third absolute
   central moments added over skills as if they were independent.  n_s > 0,
   1 <= D <= 1e6. */
struct resources_moments {
    double mean, variance, third;
};

enum status resources_descent(const struct scaling *settings, long steps, int samples,
                              double parameters, struct resources_moments *loss);

extern const struct entry resources_entries[];

#endif
