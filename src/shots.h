#ifndef SHOTS_H
#define SHOTS_H

#include "status.h"
#include "stream.h"
#include <stdbool.h>

/* Functions e_1 .. e_n on the inputs 0 .. inputs - 1 of one skill, orthonormal in their mean over
   inputs, with sum over l of e_l = sqrt(n) g. */
struct features {
    int inputs, dimension; /* 2^bits; n = D_c */
    double *g;             /* g(x) = +1 or -1, the parity of the last three bits */
    double *e;             /* e_l(x), dimension x inputs */
    int *deck;             /* the inputs, in the order of the last shuffle */
};

/* 0 <= bits <= 14, 1 <= dimension <= 2^bits; else STATUS_RANGE. */
enum status shots_create(struct features *features, int bits, int dimension,
                            struct stream *stream);
void shots_destroy(struct features *features);

/* Mean over all inputs of (g - f)^2 and of g f, for f = sum over l of w_l e_l. */
void shots_measure(const struct features *features, const double *w, double *loss,
                      double *strength);
/* Samples to train on, S = 1, and how.  The parameters are y: a, B_1 .. B_n; or w_1 .. w_n if
   linear. */
struct training {
    int dimension, samples; /* n, d = D */
    bool linear;
    double rate;
    double *phi; /* e_l(x_j), samples x dimension */
    double *g;   /* g(x_j) */
};

/* Draw distinct inputs.  1 <= samples <= inputs; else STATUS_RANGE. */
enum status shots_draw(struct features *features, int samples, struct stream *stream,
                          struct training *training);
void shots_release(struct training *training);

/* w of the parameters: a B, or the parameters themselves. */
void shots_weights(const struct training *training, const double *y, double *w);

/* dy/dT, and half the mean over the samples of (g - f)^2.  (eq:features-flow) */
void shots_velocity(const struct training *training, const double *y, double *velocity);
double shots_training_loss(const struct training *training, const double *y);

/* Parameters of a start: a = sqrt(initial), and for B a random direction of length a/2; or
   zero if linear. */
void shots_start(const struct training *training, double initial, struct stream *stream,
                    double *y);

/* Move y by the flow for a time T, or until the loss on the samples is below 1e-10. */
enum status shots_move(const struct training *training, double T, double *y);
enum status shots_finish(const struct training *training, double *y);

#endif
