#ifndef LAYERS_H
#define LAYERS_H

#include "task.h"
#include <stdbool.h>
#include <stddef.h>

/* n = skills + bits tokens, width d, heads H. */
struct transformer_shape {
    int skills; /* n_s, 1 .. 1024 */
    int bits;   /* n_b, 1 .. 64 */
    int width;  /* d, 1 .. 65536, a multiple of heads */
    int heads;  /* H >= 1 */
    bool exact; /* in double precision, for tests: has a gradient but takes no steps */
};

enum transformer_layer {
    LAYER_EMBEDDING,  /* e_t [d] */
    LAYER_PROJECTION, /* q_t, k_t, v_t [3 d]; q_t divided by sqrt(d/H) */
    LAYER_ATTENTION,  /* y_t [d] */
    LAYER_HIDDEN,     /* relu(U N_2(h_t) + a) [4 d] */
    LAYER_STREAM      /* N(h'_t) [d] */
};

/* A batch sorted by token sequences: order[i] is the i-th sample, and
   shared[i] the number of tokens that it has in common with the one before. */
struct prefixes {
    int samples, *order, *shared;
};

struct layers {
    bool is_double;
    /* Network for batches of up to so many samples; NULL without memory. */
    void *(*create)(const struct transformer_shape *shape, int samples);
    void (*destroy)(void *net);
    bool (*set_threads)(void *net, int threads); /* false without memory */
    /* Floats (or doubles), in plain order, padded with zeros to a multiple of 16. */
    void *(*parameter)(void *net);
    void *(*gradient)(void *net);
    /* Outputs [count of the batch]; with a gradient for the targets if backwards. */
    bool (*run)(void *net, const struct batch *batch, const struct prefixes *prefixes,
                double target, bool backwards, double *output); /* false without memory */
    /* Rows that the batch takes. */
    double (*rows)(void *net, const struct prefixes *prefixes);
    /* Values of a layer, token by token, after a run on one sample; how many each. */
    int (*look)(void *net, int skill, uint64_t bits, enum transformer_layer layer,
                double *value);
};

/* The same source in single precision for each variant of the kernel, and in double. */
extern const struct layers layers_plain, layers_double;
#if defined __x86_64__
extern const struct layers layers_avx2, layers_avx512;
#endif

#endif
