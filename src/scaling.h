#ifndef SCALING_H
#define SCALING_H

#include "entry.h"
#include "status.h"

/* Settings of the multilinear model in its three limits. */
struct scaling {
    double alpha;   /* exponent of P_s(k) ~ k^-(alpha+1), > 0 */
    int skills;     /* n_s >= 0; 0 stands for infinitely many */
    double target;  /* S > 0 */
    double initial; /* R(0), 1e-290 S <= R(0) < S */
    double rate;    /* eta > 0 */
};

/* STATUS_OK if the settings are in range, STATUS_RANGE if not. */
enum status scaling_check(const struct scaling *settings);

/* Exact losses, relative accuracy 1e-12 (1e-15/alpha if alpha < 0.001, for
   that is how well alpha + 1 is known).  The cost does not grow with n_s:
   thousands of terms at most, unless c is astronomic.  NaN out of range.
   time T >= 0, in the unit of time of eta (eq:time-loss)
   samples D >= 0, need not be an integer  (eq:data-loss)
   parameters N >= 0                       (eq:parameter-loss)
   At T = 0 and at D = 0 the loss is (S - R(0))^2/2; at N = 0 it is S^2/2.
   A loss below 1e-300 of its start may come out as 0. */
double scaling_time_loss(const struct scaling *settings, double time);
double scaling_data_loss(const struct scaling *settings, double samples);
double scaling_parameter_loss(const struct scaling *settings, int parameters);

/* Loss of a model of the first N skills at time T >= 0, data unlimited;
   at N T = C it is a point of the learning curve of N against compute.
   More parameters than skills change nothing.  (eq:compute-loss) */
double scaling_compute_loss(const struct scaling *settings, int parameters, double time);

/* J = int_0^inf u^(s-1) (1 + e^u/c)^-2 du, s = alpha/(alpha+1), in two ways:
   in closed form for 0 < alpha <= 10 (eq:closed-form, eq:fermi-zeta),
   and by quadrature for alpha > 0.  c = S/R(0) - 1 > 0, at most 1e290.
   Relative accuracy 1e-12.  NaN out of range. */
double scaling_time_integral(double alpha, double c);
double scaling_time_integral_by_quadrature(double alpha, double c);

/* The two ways of the closed form, whatever c: the series in c (eq:closed-form), accurate
   for c <= 1/2, and the inversion (eq:fermi-zeta), accurate from c = 1/3 on. */
double scaling_time_integral_by_series(double alpha, double c);
double scaling_time_integral_by_inversion(double alpha, double c);

/* The expansion of J for a small start, without its error O(ln^-3 c); alpha > 0, c > 1.
   NaN out of range.  (eq:small-start) */
double scaling_time_integral_small_start(double alpha, double c);

/* The constants A_T, A_D, A_N and A_C with S^2/2 and all; a finite n_s
   enters through A only.  Relative accuracy 1e-11.  NaN out of range.
   (eq:time-law, eq:data-law, eq:parameter-law, eq:compute-law) */
double scaling_time_constant(const struct scaling *settings);
double scaling_data_constant(const struct scaling *settings);
double scaling_parameter_constant(const struct scaling *settings);
double scaling_compute_constant(const struct scaling *settings);

/* A_T T^-s, A_D D^-s, A_N N^-alpha and A_C C^(-alpha/(alpha+2)), with
   s = alpha/(alpha+1); infinite at 0.  The last solves for kappa each time:
   to tabulate it, take scaling_compute_constant once.  NaN out of range.
   (eq:time-law, eq:data-law, eq:parameter-law, eq:compute-law) */
double scaling_time_law(const struct scaling *settings, double time);
double scaling_data_law(const struct scaling *settings, double samples);
double scaling_parameter_law(const struct scaling *settings, int parameters);
double scaling_compute_law(const struct scaling *settings, double compute);

/* Bounds on |exact loss - power law|, n_s finite or infinite, valid at every
   value of the resource; infinite at 0, NaN out of range.
   (eq:time-bound-simple or eq:time-bound-sharp, whichever is smaller;
   eq:data-bound; eq:parameter-law; each with eq:finite-skills) */
double scaling_time_bound(const struct scaling *settings, double time);
double scaling_data_bound(const struct scaling *settings, double samples);
double scaling_parameter_bound(const struct scaling *settings, int parameters);

/* The two bounds on the error in time for the n_s of A, but without the tail
   of a finite n_s. */
double scaling_time_bound_simple(const struct scaling *settings, double time);
double scaling_time_bound_sharp(const struct scaling *settings, double time);

/* The bound on the tail of a finite n_s, without phi(0); 0 for infinitely many.
   (eq:finite-skills) */
double scaling_tail_bound(const struct scaling *settings);

/* kappa*: the optimal model of N skills is trained for T = kappa* N^(alpha+1)
   when N is large.  Relative accuracy 1e-11.  NaN if the settings are out
   of range or kappa* < 1e-300.  (eq:compute-optimum) */
double scaling_kappa(const struct scaling *settings);

/* s H(b) of (eq:h) with b = e^y and s = alpha/(alpha+1). */
double scaling_scaled_h(double alpha, double c, double y);

/* A(lambda) of (eq:article-ray): (eta S T)^s L for N = lambda (eta S T)^(1/(alpha+1)) skills,
   N large; lambda in (0, infinity].  NaN out of range. */
double scaling_ray_constant(const struct scaling *settings, double lambda);

/* kappa* as gsl_min finds it from values of (eq:compute-law) alone, which
   limits it to half the digits. */
double scaling_kappa_by_minimisation(const struct scaling *settings);

/* The least loss of all models at compute C = N T >= 0, and the N that has
   it: min over 1 <= N <= n_s of L(N, C/N), the global minimum, to 1e-12.
   With infinitely many skills and small C no finite N may be best; then
   the loss is its limit (S - R(0))^2/2 and N = 0, which stands for infinity.
   STATUS_RANGE if out of range, or if with infinitely many skills the best
   N may exceed 2^29.  (eq:compute-loss, eq:frontier-bound) */
enum status scaling_frontier(const struct scaling *settings, double compute,
                             int *parameters, double *loss);

extern const struct entry scaling_entries[];

#endif
