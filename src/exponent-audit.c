#include "exponent.h"
#include "stream.h"
#include <gsl/gsl_fit.h>
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

const struct entry exponent_entries[] = {
    {"eq:exponent-slope", "against GSL's straight line", audit_slope, 1e-13},
    {0}};
