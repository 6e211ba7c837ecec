#ifndef MOVE_H
#define MOVE_H

#include <stdbool.h>
#include <stddef.h>

enum rule { RULE_PLAIN, RULE_MOMENTUM, RULE_ADAM };

struct update {
    enum rule rule;
    float rate;        /* eta_t; for Adam a_t */
    float decay;       /* lambda */
    float momentum;    /* mu */
    float mean_gain;   /* 1 - beta_1 */
    float square_gain; /* 1 - beta_2 */
    float epsilon;     /* epsilon_t */
};

/* Arrays aligned to 64 bytes, whole rows of LANES floats long. */
struct moved {
    float *parameter;
    const float *gradient;
    float *mean, *square; /* u_t or m_t, and s_t; NULL if not needed */
};

/* Move elements begin .. end-1, whole rows; false if what they became, or s_t, is not
   finite somewhere.  (eq:mlp-momentum, eq:mlp-adam) */
typedef bool move_function(const struct moved *moved, const struct update *update,
                           size_t begin, size_t end);
extern move_function move_plain, move_avx2, move_avx512;

#endif
