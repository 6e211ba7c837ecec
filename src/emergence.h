#ifndef EMERGENCE_H
#define EMERGENCE_H

#include "entry.h"
#include "multilinear.h"

/* Throughout, of a skill: target S in [1e-70, 1e70]; initial R(0) in [1e-200, S), because a skill
   that starts at 0 never emerges and one that starts at S has; rate eta in
   (0, 1e70]; probability P_s(k) in [0, 1], 0 for a skill that never occurs;
   epsilon in (0, 1), a fraction of S.  NAN if an argument is out of range. */

/* R_k(T) = S / (1 + c exp(-2 eta P_s S T)), c = S/R(0) - 1, after a time
   T >= 0, INFINITY included, with unlimited data.  (eq:infinite-data) */
double emergence_strength_time(struct skill skill, double T);

/* ln(c x/y): the units 1 / (2 eta P_s S) that it takes to reach x S with y S missing,
   x + y = 1.  Arguments are not checked. */
double emergence_units(struct skill skill, double x, double y);

/* Time at which R_k = epsilon S: ln(c epsilon/(1 - epsilon)) / (2 eta P_s S).
   Negative if R(0) > epsilon S; infinite if P_s = 0.  (eq:emergence-time) */
double emergence_time(struct skill skill, double epsilon);

/* Time at which R_k = (1 - epsilon) S; the digits of a small epsilon are kept.
   (eq:emergent-saturated) */
double emergence_saturation_time(struct skill skill, double epsilon);
/* Is skill k nearly learned before skill k + 1 is visible, T^s_k < T^e_{k+1}, if all are
   like one but for their probabilities?  1 or 0; -1 unless alpha > 0, k >= 1 and
   R(0)/S < epsilon < 1/2.  The rate does not matter.  (eq:stages) */
int emergence_in_stages(double alpha, struct skill like, double epsilon, int k);

/* k_*: skill k is learned in stages if and only if k < k_*.  Ranges as above.
   (eq:stage-limit) */
double emergence_stage_limit(double alpha, struct skill like, double epsilon);
/* E R_k(D) = S - (S - R(0)) (1 - P_s)^D after D >= 0 samples, INFINITY included, and
   unlimited time.  Here R(0) = 0 stands for the limit of small starts.
   (eq:strength-data) */
double emergence_strength_data(struct skill skill, double D);

/* R_k(N) = S if k <= N, else 0; k >= 1, N >= 0.  (eq:strength-parameters) */
double emergence_strength_parameters(double target, int k, double N);
/* R(0) = sigma^2/3.6 for initial weights of standard deviation sigma > 0. */
double emergence_extended_initial(double sigma);

/* R_k(T) = S / (1 + c exp(-4 eta P_s S T/kappa)), T >= 0, kappa > 0; kappa = 2 is
   the multilinear model.  (eq:extended-time) */
double emergence_extended_time(struct skill skill, double kappa, double T);

/* Time at which that is epsilon S: kappa/2 times emergence_time.
   (eq:extended-emergence-time) */
double emergence_extended_time_to_reach(struct skill skill, double kappa, double epsilon);

/* Strength of f = a b B g at time T >= 0, B in (0, 1], by integration of a and b, which start
   equal.  STATUS_RANGE, or STATUS_CONVERGENCE.  (eq:dampened) */
enum status emergence_integrate_dampened(struct skill skill, double B, double T, double *R);
/* Skill loss L_k = (S^2/2) (1 - d/D_c), 0 for d > D_c, and strength from the loss,
   S (1 - sqrt(1 - d/D_c)), or from the correlation, S d/D_c, both S for d > D_c, with
   d = D P_s, D >= 0 and critical = D_c > 0.
   (eq:extended-loss, eq:extended-data, eq:extended-correlation) */
double emergence_extended_loss(struct skill skill, double critical, double D);
double emergence_extended_data(struct skill skill, double critical, double D);
double emergence_extended_data_correlation(struct skill skill, double critical, double D);

/* Number of samples D at which the strength from the loss, or from the correlation,
   is epsilon S; INFINITY if P_s = 0.  (eq:extended-reach) */
double emergence_extended_data_to_reach(struct skill skill, double critical,
                                        double epsilon);
double emergence_extended_data_to_reach_correlation(struct skill skill, double critical,
                                                    double epsilon);
/* R_k(N) = S clip((N - (k - 1) N_c)/N_c, 0, 1) with N >= 0 hidden units, k >= 1,
   critical = N_c > 0.  (eq:extended-parameters) */
double emergence_extended_parameters(double target, int k, double critical, double N);

extern const struct entry emergence_entries[];

#endif
