#ifndef MODES_H
#define MODES_H

#include "status.h"
#include "stream.h"

/* f(x) = W2 W1 x on inputs with E[x x^T] = 1, and the modes of its target,
   Sigma = E[f* x^T] = sum over k of lambda_k v_k u_k^T.  Matrices by rows. */
struct modes {
    int count, inputs, outputs; /* n >= 1 modes and hidden units, n + 2, n + 1 */
    double rate;                /* eta */
    double *lambda;             /* n */
    double *u, *v;              /* n x inputs and n x outputs, orthonormal rows */
    double *correlation;        /* Sigma, outputs x inputs */
    double *weights;            /* W1, n x inputs, then W2, outputs x n */
};

/* Random directions, lambda_k = 2^(1 - k), and normal weights of standard deviation sigma.
   1 <= count <= 50, rate and sigma finite and >= 0; else STATUS_RANGE. */
enum status modes_create(struct modes *modes, int count, double rate, double sigma,
                         struct stream *stream);
void modes_destroy(struct modes *modes);

/* The velocity of weights, in the order of the weights.  (eq:linear-network) */
void modes_velocity(const struct modes *modes, const double *weights, double *velocity);

/* Move the weights by the flow for a time T >= 0. */
enum status modes_move(struct modes *modes, double T);

/* v_k^T W2 W1 u_k of mode k + 1, in units of lambda_k; 0 <= k < n. */
double modes_strength(const struct modes *modes, int k);

/* start[k] = a_k(0) b_k(0) / lambda_k of a small random start, for all n modes.
   STATUS_MEMORY on failure. */
enum status modes_starts(const struct modes *modes, double *start);

/* Subtract from each row what it has in common with those before it, and give it length 1.
   count <= length rows, independent of each other. */
void modes_orthonormalise(int count, int length, double *rows);

#endif
