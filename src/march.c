#include "march.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>

static int evaluate(double T, const double y[], double velocity[], void *params)
{
    const struct march *march = params;
    (void)T;
    march->velocity(march->system, y, velocity);
    for (int j = 0; j < march->dimension; j++)
        if (!isfinite(velocity[j]))
            return GSL_ERANGE;
    return GSL_SUCCESS;
}

enum status march_flow(const struct march *march, double T, double *y)
{
    struct march copy = *march;
    if (!(T >= 0) || !isfinite(T))
        return STATUS_RANGE;
    if (T == 0)
        return STATUS_OK;
    gsl_odeiv2_system system = {evaluate, NULL, (size_t)march->dimension, &copy};
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(
        &system, gsl_odeiv2_step_rk8pd, 1e-6 * T, march->tolerance / 10, march->tolerance);
    if (!driver)
        return STATUS_MEMORY;
    double now = 0;
    gsl_odeiv2_driver_set_nmax(driver, 100000);
    int failure = gsl_odeiv2_driver_apply(driver, &now, T, y);
    gsl_odeiv2_driver_free(driver);
    return failure ? STATUS_CONVERGENCE : STATUS_OK;
}
