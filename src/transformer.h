#ifndef TRANSFORMER_H
#define TRANSFORMER_H

#include "entry.h"
#include "layers.h"
#include "optimiser.h"
#include "status.h"
#include "stream.h"
#include "task.h"
#include <stdbool.h>
#include <stddef.h>

struct transformer;

/* All parameters 0, with room to train on batches of up to batch samples,
   1 <= batch <= 10^7.  STATUS_RANGE (also for a variant that does not run here)
   or STATUS_MEMORY on failure, and then *net is NULL. */
enum status transformer_create(struct transformer **net, struct transformer_shape shape,
                               int batch, enum variant variant);
void transformer_destroy(struct transformer *net); /* NULL is allowed */

/* Share outputs and gradients among threads, 1 at first; results are the same to
   the bit for any number.  1 <= threads <= 1024; on failure nothing changes. */
enum status transformer_set_threads(struct transformer *net, int threads);

/* The parameters in plain order, each matrix row by row: A[2][d], B[n][d], c[d]; gain 1
   and offset 1; Q, K, V [3][d][d] and their offsets [3][d]; O[d][d], o; gain 2 and offset 2;
   U[4d][d], a; D[d][4d], b; gain 3 and offset 3; w[n][d], beta. */
size_t transformer_parameters(const struct transformer *net);
void transformer_get_parameters(const struct transformer *net, double *parameter);
void transformer_set_parameters(struct transformer *net, const double *parameter);

/* Draw the start in plain order, one uniform deviate of the stream for each
   parameter except gains and offsets of norms. */
void transformer_initialise(struct transformer *net, struct stream *stream);

/* As mlp_set_optimiser. */
enum status transformer_set_optimiser(struct transformer *net, struct optimiser optimiser);

/* Outputs f_s (eq:transformer-output) of a batch of any size.  STATUS_RANGE, and no
   output of use, if a sample has a skill or a bit that the network has not;
   STATUS_MEMORY. */
enum status transformer_forward(struct transformer *net, const struct batch *batch,
                                double *output);

/* Loss (eq:mlp-loss) and its gradient for targets y_s = target * parity[s].  NaN, and no
   gradient, if the batch is empty, exceeds the room, or has a sample as above. */
double transformer_gradient(struct transformer *net, const struct batch *batch, double target);
void transformer_get_gradient(const struct transformer *net, double *gradient);

/* One step of the optimiser; as mlp_step.  NaN for an exact network. */
double transformer_step(struct transformer *net, const struct batch *batch, double target,
                        double rate);

/* Strength and squared error on points of one skill; as mlp_measure. */
enum status transformer_measure(struct transformer *net, const struct batch *points,
                                double target, double *strength, double *error);

/* value[t][..] of one sample; returns how many there are for each token, 0 if the sample
   does not fit. */
int transformer_look(struct transformer *net, int skill, uint64_t bits,
                     enum transformer_layer layer, double *value);

/* Rows of different prefixes that a batch takes; 0 if a sample does not fit, or no memory. */
double transformer_rows(struct transformer *net, const struct batch *batch);

extern const struct entry transformer_entries[];

#endif
