#ifndef OPTIMISER_H
#define OPTIMISER_H

#include "move.h"
#include "status.h"
#include "variant.h"
#include <stddef.h>

enum optimiser_kind { OPTIMISER_SGD, OPTIMISER_ADAM };

/* What a step does with a gradient. */
struct optimiser {
    enum optimiser_kind kind; /* (eq:mlp-momentum) or (eq:mlp-adam) */
    double momentum;          /* mu, 0 <= mu < 1; of SGD only */
    double decay;             /* lambda >= 0, added to the gradient as lambda * parameter */
};

/* An optimiser on its way: all zeros is plain descent. */
struct optimiser_state {
    struct optimiser optimiser;
    double power[2];      /* beta_1^t, beta_2^t after t steps */
    float *mean, *square; /* u_t or m_t, and s_t; aligned to 64 bytes, NULL if not needed */
};

/* Begin anew, at step 1, for so many parameters.  On STATUS_RANGE (momentum or decay as
   above, decay a finite float) or STATUS_MEMORY nothing changes. */
enum status optimiser_begin(struct optimiser_state *state, struct optimiser optimiser,
                            size_t count);
void optimiser_end(struct optimiser_state *state);

/* What has to be done to all parameters in the next step. */
struct update optimiser_next(struct optimiser_state *state, double rate);

/* Do it to elements begin .. end-1, by a variant that runs here. */
bool optimiser_move(enum variant variant, const struct moved *moved,
                    const struct update *update, size_t begin, size_t end);

/* first * factor^floor(time / every): the rate at a time that is counted in steps
   or in epochs from 0 (eq:mlp-schedule).  factor, time >= 0; every >= 0, and 0 stands
   for never; NaN out of range.  The same bits on every machine. */
double optimiser_rate(double first, double factor, long every, long time);

#endif
