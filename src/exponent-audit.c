#include "exponent.h"
#include "stream.h"
#include "task.h"
#include <gsl/gsl_fit.h>
#include <gsl/gsl_multifit.h>
#include <math.h>

static double audit_slope(void)
{
    double worst = 0;
    struct stream stream = stream_open(2385, 5, PURPOSE_TEST);
    for (int skills = 2; skills <= 9; skills++) {
        double x[9], y[9], time[9], c0, c1, cov[3], sum;
        for (int k = 1; k <= skills; k++) {
            x[k - 1] = log(k);
            y[k - 1] = 2.385 * log(k) + 0.385 * stream_normal(&stream);
            time[k - 1] = 1385 * exp(y[k - 1]);
        }
        gsl_fit_linear(x, 1, y, 1, (size_t)skills, &c0, &c1, &cov[0], &cov[1], &cov[2], &sum);
        worst = entry_worse(worst, fabs(exponent_slope(1, skills, time) - c1));
    }
    return worst;
}

/* Slope of the least-squares problem with columns ln(1/P_s) and, for each k, an indicator. */
static double regress(int runs, const double *alpha, const double *time)
{
    enum { SKILLS = 4 };
    size_t rows = (size_t)runs * SKILLS;
    gsl_matrix *X = gsl_matrix_calloc(rows, SKILLS + 1);
    gsl_matrix *covariance = gsl_matrix_alloc(SKILLS + 1, SKILLS + 1);
    gsl_vector *y = gsl_vector_alloc(rows), *c = gsl_vector_alloc(SKILLS + 1);
    gsl_multifit_linear_workspace *work = gsl_multifit_linear_alloc(rows, SKILLS + 1);
    double square;
    for (size_t i = 0; i < rows; i++) {
        int k = (int)(i % SKILLS);
        gsl_matrix_set(X, i, 0, -log(task_probability(alpha[i / SKILLS], SKILLS, k + 1)));
        gsl_matrix_set(X, i, (size_t)k + 1, 1);
        gsl_vector_set(y, i, log(time[i]));
    }
    gsl_multifit_linear(X, y, c, covariance, &square, work);
    double slope = gsl_vector_get(c, 0);
    gsl_multifit_linear_free(work);
    gsl_matrix_free(X);
    gsl_matrix_free(covariance);
    gsl_vector_free(y);
    gsl_vector_free(c);
    return slope;
}

static double audit_pooled(void)
{
    static const double alpha[] = {0.3, 0.9, 1.5, 2};
    struct stream stream = stream_open(2385, 6, PURPOSE_TEST);
    double worst = 0, time[16];
    for (int runs = 2; runs <= 4; runs++) {
        struct times times[4];
        for (int i = 0; i < 16; i++)
            time[i] = 1385 * exp(stream_normal(&stream));
        for (int i = 0; i < runs; i++)
            times[i] = (struct times){.repeats = 1, .skills = 4, .time = time + 4 * i,
                                      .last = 1e9};
        struct spread slope = exponent_pooled(runs, times, alpha);
        worst = entry_worse(worst, fabs(slope.mean - regress(runs, alpha, time)));
    }
    return worst;
}

const struct entry exponent_entries[] = {
    {"eq:exponent-slope", "against GSL's straight line", audit_slope, 1e-13},
    {"eq:exponent-pooled", "GSL's regression with an indicator for each k", audit_pooled, 1e-12},
    {0}};
