#ifndef MINIMAL_H
#define MINIMAL_H

#include "entry.h"
#include "status.h"
#include <stdbool.h>

/* A network of three units with target S in [0.01, 1000] and initial strength R(0) in
   [1e-290 S, S). */
struct minimal {
    double target, initial;
};

/* alpha^2, beta^2, gamma^2 and c, in units of S. */
enum { MINIMAL_BIAS = 3, MINIMAL_STATE = 4 };

/* f/S on input x, 0 <= x < 8, x_i = x >> (i - 1) & 1, of a state with squares not below 0.
   (eq:minimal-network) */
double minimal_output(const double state[MINIMAL_STATE], int x);

/* (-1)^(x_1 + x_2 + x_3) */
double minimal_parity(int x);

/* R^(q)/S = share[q] state[q], q = 0, 1, 2; their sum is R/S.  (eq:minimal-strengths) */
extern const double minimal_share[3];
/* d ln alpha^2, d ln beta^2, d ln gamma^2 and d(c/S), over d(eta S T).  (eq:minimal-flow) */
void minimal_rates(const double state[MINIMAL_STATE], double target,
                   double rate[MINIMAL_STATE]);

/* The state after the time eta S T >= 0, from alpha^2 = beta^2 = gamma^2 = 2 R(0), c = 0, where
   R = R(0).  STATUS_RANGE, STATUS_MEMORY or STATUS_CONVERGENCE. */
enum status minimal_integrate(struct minimal network, double time, double state[MINIMAL_STATE]);

/* eta S T at which a part passes level, in (0, 1), of what it has in the end: the mode part = 0,
   1, 2, the bias, MINIMAL_BIAS, or the skill, MINIMAL_SKILL.  NaN out of range. */
enum { MINIMAL_SKILL = 4 };
double minimal_time(struct minimal network, int part, double level);

/* eta S T / ln(S/R(0)) at which stage 0, 1 or 2 begins as R(0) -> 0, and R/S in it.
   (eq:minimal-stages) */
extern const double minimal_stage_begin[3], minimal_stage_strength[3];
/* Of unit j the weights of x_1, x_2, x_3, the bias and the weight of its output; as they are,
   in no unit but that of f. */
struct minimal_weights {
    double unit[3][5], bias;
};

/* The weights that share the parameters of a state. */
struct minimal_weights minimal_share_weights(const double state[MINIMAL_STATE], double target);

/* f on input x; with units, [3], also what each adds to it. */
double minimal_forward(const struct minimal_weights *weights, int x, double *units);

/* One step of gradient descent on L over the eight inputs; shared: of the four parameters, else
   of all sixteen weights.  Returns R/S before it. */
double minimal_step(struct minimal_weights *weights, double target, double rate, bool shared);

/* R/S after so many steps >= 0 from the start of minimal_integrate; NaN out of range.  At most
   as many as it takes to pass the level, if that is below 1; *steps is set to how many were
   taken. */
double minimal_descend(struct minimal network, double rate, bool shared, double level,
                       long *steps);

extern const struct entry minimal_entries[];

#endif
