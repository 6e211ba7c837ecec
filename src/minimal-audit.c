#include "minimal.h"
#include <math.h>
#include <stddef.h>

enum { AUDIT_STATES = 4 };
static const double audit_target = 2.385;
static const double audit_state[AUDIT_STATES][MINIMAL_STATE] = {
    {2, 2, 2, -1}, {1e-3, 1e-3, 1e-3, 0}, {0.385, 1.7, 0.09, 0.31}, {3.1, 0.02, 0.7, -2.385}};

/* The first state is the solution. */
static double audit_network(void)
{
    double worst = 0;
    for (int n = 0; n < AUDIT_STATES; n++) {
        const double *state = audit_state[n];
        struct minimal_weights weights = minimal_share_weights(state, audit_target);
        for (int x = 0; x < 8; x++) {
            double f = minimal_forward(&weights, x, NULL) / audit_target;
            worst = entry_worse(worst, fabs(minimal_output(state, x) - f));
            if (n == 0)
                worst = entry_worse(worst, fabs(f - minimal_parity(x)));
        }
    }
    return worst;
}

static double audit_strengths(void)
{
    double worst = 0;
    for (int n = 0; n < AUDIT_STATES; n++) {
        struct minimal_weights weights = minimal_share_weights(audit_state[n], audit_target);
        double R[3] = {0}, units[3], whole = 0;
        for (int x = 0; x < 8; x++) {
            double g = minimal_parity(x);
            whole += g * minimal_forward(&weights, x, units) / audit_target / 8;
            for (int q = 0; q < 3; q++)
                R[q] += g * units[q] / audit_target / 8;
        }
        for (int q = 0; q < 3; q++)
            worst = entry_worse(worst, fabs(minimal_share[q] * audit_state[n][q] - R[q]));
        worst = entry_worse(worst, fabs(whole - R[0] - R[1] - R[2]));
    }
    return worst;
}

/* Of parameters alpha, beta, gamma and c as they are. */
static double loss_of(const double parameter[MINIMAL_STATE])
{
    double state[MINIMAL_STATE], loss = 0;
    for (int q = 0; q < MINIMAL_BIAS; q++)
        state[q] = parameter[q] * parameter[q] / audit_target;
    state[MINIMAL_BIAS] = parameter[MINIMAL_BIAS] / audit_target;
    struct minimal_weights weights = minimal_share_weights(state, audit_target);
    for (int x = 0; x < 8; x++) {
        double answer = audit_target * minimal_parity(x);
        loss += pow(minimal_forward(&weights, x, NULL) - answer, 2) / 16;
    }
    return loss;
}

/* -dL/d(parameter i), exact but for rounding: L is of the fourth degree. */
static double force(const double parameter[MINIMAL_STATE], int i)
{
    const double steps[2] = {1e-3, 2e-3};
    double slope[2];
    for (int n = 0; n < 2; n++) {
        double moved[MINIMAL_STATE];
        for (int j = 0; j < MINIMAL_STATE; j++)
            moved[j] = parameter[j] + (i == j) * steps[n];
        double above = loss_of(moved);
        moved[i] -= 2 * steps[n];
        slope[n] = (loss_of(moved) - above) / (2 * steps[n]);
    }
    return (4 * slope[0] - slope[1]) / 3;
}

static double audit_flow(void)
{
    double worst = 0;
    for (int n = 0; n < AUDIT_STATES; n++) {
        const double *state = audit_state[n];
        double parameter[MINIMAL_STATE], rate[MINIMAL_STATE];
        for (int q = 0; q < MINIMAL_BIAS; q++)
            parameter[q] = sqrt(state[q] * audit_target);
        parameter[MINIMAL_BIAS] = state[MINIMAL_BIAS] * audit_target;
        minimal_rates(state, audit_target, rate);
        for (int i = 0; i < MINIMAL_STATE; i++) {
            double slope = force(parameter, i) / audit_target;
            double truth = i == MINIMAL_BIAS ? slope / audit_target : 2 * slope / parameter[i];
            worst = entry_worse(worst, fabs(rate[i] - truth));
        }
    }
    return worst;
}

static double audit_stages(void)
{
    static const double targets[] = {0.385, 1, 2.385};
    double worst = 0, state[MINIMAL_STATE];
    for (int i = 0; i < 3; i++)
        for (int q = 0; q < 3; q++) {
            struct minimal early = {targets[i], 1e-120 * targets[i]};
            struct minimal late = {targets[i], 1e-240 * targets[i]};
            double time = minimal_time(late, q, 0.1) - minimal_time(early, q, 0.1);
            worst = entry_worse(worst, fabs(time / (120 * M_LN10) - minimal_stage_begin[q]));
            double end = q < 2 ? minimal_stage_begin[q + 1] : 2.5;
            double middle = (minimal_stage_begin[q] + end) / 2 * 240 * M_LN10, R = 0;
            if (minimal_integrate(late, middle, state) != STATUS_OK)
                return NAN;
            for (int mode = 0; mode < 3; mode++)
                R += minimal_share[mode] * state[mode];
            worst = entry_worse(worst, fabs(R - minimal_stage_strength[q]));
        }
    return worst;
}

const struct entry minimal_entries[] = {
    {"eq:minimal-network", "against the weights, on all inputs", audit_network, 1e-14},
    {"eq:minimal-strengths", "against the weights, on all inputs", audit_strengths, 1e-14},
    {"eq:minimal-flow", "against differences of the loss", audit_flow, 1e-10},
    {"eq:minimal-stages", "against the flow from tiny starts", audit_stages, 1e-6},
    {0}};
