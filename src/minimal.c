#include "minimal.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <string.h>

const double minimal_share[3] = {1. / 4, 1. / 8, 1. / 8};

static int bit(int x, int i) { return x >> i & 1; }

double minimal_parity(int x) { return (bit(x, 0) + bit(x, 1) + bit(x, 2)) % 2 ? -1 : 1; }
double minimal_output(const double state[MINIMAL_STATE], int x)
{
    switch (bit(x, 0) - bit(x, 1) + bit(x, 2)) {
    case -1: return state[MINIMAL_BIAS] + 2 * state[1] - 2 * state[0];
    case 0: return state[MINIMAL_BIAS] + state[1];
    case 1: return state[MINIMAL_BIAS];
    default: return state[MINIMAL_BIAS] + state[2];
    }
}

void minimal_rates(const double state[MINIMAL_STATE], double target,
                   double rate[MINIMAL_STATE])
{
    double a = state[0], b = state[1], g = state[2], c = state[MINIMAL_BIAS];
    rate[0] = 1 - 2 * a + 2 * b + c;
    rate[1] = (1 + 4 * a - 7 * b - 5 * c) / 2;
    rate[2] = (1 - g - c) / 2;
    rate[MINIMAL_BIAS] = (2 * a - 5 * b - g - 8 * c) / (8 * target);
}

const double minimal_stage_begin[3] = {1, 25. / 18, 33. / 18};
const double minimal_stage_strength[3] = {1. / 7, 5. / 8, 1};
static void state_of(const double z[MINIMAL_STATE], double state[MINIMAL_STATE])
{
    for (int q = 0; q < MINIMAL_BIAS; q++)
        state[q] = exp(z[q]);
    state[MINIMAL_BIAS] = z[MINIMAL_BIAS];
}

static int flow_of_logarithms(double time, const double z[], double slope[], void *target)
{
    double state[MINIMAL_STATE];
    (void)time;
    state_of(z, state);
    minimal_rates(state, *(double *)target, slope);
    for (int i = 0; i < MINIMAL_STATE; i++)
        if (!isfinite(slope[i]))
            return GSL_FAILURE; /* too long a trial step */
    return GSL_SUCCESS;
}

static bool in_range(struct minimal network)
{
    return network.target >= 0.01 && network.target <= 1000
           && network.initial >= 1e-290 * network.target && network.initial < network.target;
}

/* From z on for a time; false if the steps do not suffice. */
static bool advance(gsl_odeiv2_driver *driver, double time, double z[MINIMAL_STATE])
{
    double now = 0;
    gsl_odeiv2_driver_reset(driver);
    gsl_odeiv2_driver_reset_hstart(driver, 1e-3);
    return time == 0 || gsl_odeiv2_driver_apply(driver, &now, time, z) == GSL_SUCCESS;
}

static void start(struct minimal network, double z[MINIMAL_STATE])
{
    for (int q = 0; q < MINIMAL_BIAS; q++)
        z[q] = log(2 * network.initial / network.target);
    z[MINIMAL_BIAS] = 0;
}

static gsl_odeiv2_driver *open_driver(const gsl_odeiv2_system *system)
{
    return gsl_odeiv2_driver_alloc_y_new(system, gsl_odeiv2_step_rk8pd, 1e-3, 1e-12, 1e-12);
}

enum status minimal_integrate(struct minimal network, double time, double state[MINIMAL_STATE])
{
    double z[MINIMAL_STATE];
    if (!in_range(network) || !(time >= 0) || !isfinite(time))
        return STATUS_RANGE;
    gsl_odeiv2_system system = {flow_of_logarithms, NULL, MINIMAL_STATE, &network.target};
    gsl_odeiv2_driver *driver = open_driver(&system);
    if (!driver)
        return STATUS_MEMORY;
    start(network, z);
    bool arrived = advance(driver, time, z);
    gsl_odeiv2_driver_free(driver);
    state_of(z, state);
    return arrived ? STATUS_OK : STATUS_CONVERGENCE;
}

/* In units of what it is in the end. */
static double learned(const double z[MINIMAL_STATE], int part)
{
    double state[MINIMAL_STATE], R = 0;
    state_of(z, state);
    for (int q = 0; q < MINIMAL_BIAS; q++)
        R += minimal_share[q] * state[q];
    return part == MINIMAL_SKILL ? R : part == MINIMAL_BIAS ? -state[part] : state[part] / 2;
}

static double bisect(gsl_odeiv2_driver *driver, const double before[MINIMAL_STATE], double width,
                     int part, double level)
{
    double low = 0;
    for (int i = 0; i < 48; i++) {
        double z[MINIMAL_STATE], middle = low + (width /= 2);
        memcpy(z, before, sizeof z);
        if (!advance(driver, middle, z))
            return NAN;
        low = learned(z, part) < level ? middle : low;
    }
    return low;
}

double minimal_time(struct minimal network, int part, double level)
{
    enum { MOST = 1000000 };
    const double width = 0.25;
    double z[MINIMAL_STATE], before[MINIMAL_STATE], time = NAN;
    if (!in_range(network) || part < 0 || part > MINIMAL_SKILL || !(level > 0 && level < 1))
        return NAN;
    gsl_odeiv2_system system = {flow_of_logarithms, NULL, MINIMAL_STATE, &network.target};
    gsl_odeiv2_driver *driver = open_driver(&system);
    if (!driver)
        return NAN;
    start(network, z);
    bool goes_on = true;
    for (int i = 0; goes_on && i < MOST; i++) {
        memcpy(before, z, sizeof z);
        goes_on = advance(driver, width, z);
        if (goes_on && learned(z, part) >= level) {
            time = i * width + bisect(driver, before, width, part, level);
            goes_on = false;
        }
    }
    gsl_odeiv2_driver_free(driver);
    return time;
}

static const double pattern[3][5] = {{-1, 1, -1, 0, -2}, {-1, 1, -1, 1, 1}, {1, -1, 1, -1, 1}};

struct minimal_weights minimal_share_weights(const double state[MINIMAL_STATE], double target)
{
    struct minimal_weights weights = {.bias = state[MINIMAL_BIAS] * target};
    for (int j = 0; j < 3; j++)
        for (int i = 0; i < 5; i++)
            weights.unit[j][i] = pattern[j][i] * sqrt(state[j] * target);
    return weights;
}

static double activation(const double unit[5], int x)
{
    double h = unit[3];
    for (int i = 0; i < 3; i++)
        h += unit[i] * bit(x, i);
    return fmax(h, 0);
}

double minimal_forward(const struct minimal_weights *weights, int x, double *units)
{
    double f = weights->bias;
    for (int j = 0; j < 3; j++) {
        double output = weights->unit[j][4] * activation(weights->unit[j], x);
        f += output;
        if (units)
            units[j] = output;
    }
    return f;
}

/* Add to the gradient what an input does whose output is too large by error. */
static void add_gradient(const struct minimal_weights *weights, int x, double error,
                         struct minimal_weights *gradient)
{
    gradient->bias += error / 8;
    for (int j = 0; j < 3; j++) {
        const double *unit = weights->unit[j];
        double h = activation(unit, x);
        gradient->unit[j][4] += error * h / 8;
        for (int i = 0; h > 0 && i < 4; i++)
            gradient->unit[j][i] += error * unit[4] * (i < 3 ? bit(x, i) : 1) / 8;
    }
}

/* Of the unit's parameter, as it acts on its weights. */
static void share_gradient(double gradient[5], const double of_unit[5])
{
    double sum = 0;
    for (int i = 0; i < 5; i++)
        sum += of_unit[i] * gradient[i];
    for (int i = 0; i < 5; i++)
        gradient[i] = of_unit[i] * sum;
}

double minimal_step(struct minimal_weights *weights, double target, double rate, bool shared)
{
    struct minimal_weights gradient = {0};
    double R = 0;
    for (int x = 0; x < 8; x++) {
        double f = minimal_forward(weights, x, NULL), g = minimal_parity(x);
        R += f * g / 8;
        add_gradient(weights, x, f - target * g, &gradient);
    }
    for (int j = 0; j < 3; j++) {
        if (shared)
            share_gradient(gradient.unit[j], pattern[j]);
        for (int i = 0; i < 5; i++)
            weights->unit[j][i] -= rate * gradient.unit[j][i];
    }
    weights->bias -= rate * gradient.bias;
    return R / target;
}

double minimal_descend(struct minimal network, double rate, bool shared, double level,
                       long *steps)
{
    double z[MINIMAL_STATE], state[MINIMAL_STATE], R;
    if (!in_range(network) || !(rate > 0) || *steps < 0)
        return NAN;
    start(network, z);
    state_of(z, state);
    struct minimal_weights weights = minimal_share_weights(state, network.target);
    for (long step = 0;; step++) {
        R = minimal_step(&weights, network.target, rate, shared);
        if (step == *steps || (level < 1 && R >= level)) {
            *steps = step;
            return R;
        }
    }
}
