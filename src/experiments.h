#ifndef EXPERIMENTS_H
#define EXPERIMENTS_H

#include "runner.h"
#include "settings.h"

/* SGD of the multilinear model of the first N skills, N = parameters[0] if there is
   such a list, else n_s.  Rows: repeat, D, T, loss, R_1 .. R_n.
   D = 0 draws fresh batches, D > 0 descends on a fixed set of D samples. */
struct run experiments_multilinear(const struct settings *settings);

/* The two-layer network over time, on fresh batches.
   Rows: repeat, T, loss, R_1 .. R_n. */
struct run experiments_mlp_time(const struct settings *settings);

/* The same networks, with the plain means M_k = mean of f g_k over S on the same test points.
   Rows: repeat, T, loss, R_1 .. R_n, M_1 .. M_n. */
struct run experiments_mlp_means(const struct settings *settings);

/* The same for a list of widths.  Rows: repeat, N, T, loss, R_1 .. R_n. */
struct run experiments_mlp_width(const struct settings *settings);

/* The network on fixed data sets of the listed numbers of samples, for at most
   settings->steps epochs, or until the mean loss of an epoch is below
   settings->stop S^2.
   Rows: repeat, D, steps (epochs), loss, R_1 .. R_n, L_1 .. L_n, L_k in units of
   S^2/2. */
struct run experiments_mlp_data(const struct settings *settings);

/* The transformer over time, on fresh batches.  Rows: repeat, T, loss, R_1 .. R_n. */
struct run experiments_transformer_time(const struct settings *settings);

/* In all, loss is sum_k P_s(k) E[(f* - f)^2 | k] / S^2 and R_k is in units of
   S; T counts steps, from 0.  A cell whose loss is not finite ends at once with
   one row in which all but repeat, D, N and T are NaN.  The settings are the
   context of the run and must outlive it. */

#endif
