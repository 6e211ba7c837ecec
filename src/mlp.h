#ifndef MLP_H
#define MLP_H

#include "entry.h"
#include "optimiser.h"
#include "status.h"
#include "stream.h"
#include "task.h"
#include "variant.h"
#include <stdbool.h>
#include <stddef.h>

struct mlp;

/* Whether there can be such a network: 1 <= skills, width <= 10^7; 1 <= bits <= 64;
   1 <= batch <= 10^8. */
bool mlp_in_range(int skills, int bits, int width, int batch);

/* A network of width hidden units on skills control bits and bits skill bits
   (eq:mlp-network), all parameters 0, with room to train on batches of up to
   batch samples, all in range.  STATUS_RANGE (also for a variant that does not
   run here) or STATUS_MEMORY on failure, and then *net is NULL. */
enum status mlp_create(struct mlp **net, int skills, int bits, int width, int batch,
                       enum variant variant);
void mlp_destroy(struct mlp *net); /* NULL is allowed */

/* Share outputs, gradients and steps among threads, 1 at first; results are the
   same to the bit for any number, also where OpenMP grants fewer.
   1 <= threads <= 1024; on STATUS_RANGE or STATUS_MEMORY nothing changes. */
enum status mlp_set_threads(struct mlp *net, int threads);

/* Additions of rows of 16 floats that a step has for each sample and 16 units, the least
   that it can take. */
int mlp_additions(const struct mlp *net);

/* The parameters in plain order: W[j][i] unit by unit (within a unit the
   skills control bits, then the skill bits), then b[j], v[j], b_out. */
size_t mlp_parameters(const struct mlp *net); /* width (skills + bits + 2) + 1 */
void mlp_get_parameters(const struct mlp *net, float *parameter);
void mlp_set_parameters(struct mlp *net, const float *parameter);

/* Draw all parameters from N(0, sigma^2), in plain order, one normal deviate
   of the stream each. */
void mlp_initialise(struct mlp *net, double sigma, struct stream *stream);

/* From now on step with this optimiser, at its step 1, with no memory of the past.
   On STATUS_RANGE or STATUS_MEMORY nothing changes. */
enum status mlp_set_optimiser(struct mlp *net, struct optimiser optimiser);

/* Outputs f_s (eq:mlp-network) of a batch of any size.  STATUS_RANGE, and no
   output of use, if a sample has a skill or a bit that the network has not. */
enum status mlp_forward(struct mlp *net, const struct batch *batch, float *output);

/* Gradient of the loss (eq:mlp-loss) for targets y_s = target * parity[s],
   kept in the network until the next call; returns the loss, which is NaN or
   infinite if an output is.  NaN, and no gradient, if the batch is empty,
   exceeds the network's room, or has a sample as above. */
double mlp_gradient(struct mlp *net, const struct batch *batch, double target);
void mlp_get_gradient(const struct mlp *net, float *gradient); /* in plain order */

/* One step of the optimiser, by default parameter -= rate * gradient.  Returns
   the loss before the step, as mlp_gradient does.  NaN, and parameters and optimiser
   stay as they are, if the batch is refused or the rate is not a finite float.
   A step that leaves a parameter or the optimiser's memory not finite makes b_out
   NaN, so that every later loss is NaN. */
double mlp_step(struct mlp *net, const struct batch *batch, double target, double rate);

/* On test points, all of one skill k: *strength = R_k/S, the covariance of
   f and g_k over the standard deviation of g_k and over S, and
   *error = E[(S g_k - f)^2 | k] / S^2, as means over the points; S = target,
   not 0.  STATUS_RANGE as above or if g_k is the same at all points. */
enum status mlp_measure(struct mlp *net, const struct batch *points, double target,
                        double *strength, double *error);

extern const struct entry mlp_entries[];

#endif
