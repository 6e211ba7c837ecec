#include "task.h"
#include "stream.h"
#include <gsl/gsl_math.h>
#include <gsl/gsl_sf_zeta.h>
#include <math.h>
#include <stdbool.h>
#include <stdint.h>

static double add_up_powers(double s, int first, int last)
{
    double sum = 0;
    for (int k = last; k >= first; k--)
        sum += pow(k, -s);
    return sum;
}

/* Largest relative difference of A from the plain sum; settings from one
   skill to a million and alpha from nearly 0 to 5. */
static double audit_power_law(void)
{
    static const double alpha[] = {1e-9, 0.05, 0.6385, 2.385, 5};
    static const int skills[] = {1, 2, 31, 32, 64, 65, 66, 1009, 1000003};
    double worst = 0;
    for (int i = 0; i < 5; i++)
        for (int j = 0; j < 9; j++) {
            double sum = add_up_powers(alpha[i] + 1, 1, skills[j]);
            worst = entry_worse(worst, fabs(task_normaliser(alpha[i], skills[j]) * sum - 1));
        }
    return worst;
}

/* Largest relative difference of the tail by Euler-Maclaurin from the
   difference of two Hurwitz zeta functions, and of the infinite sum from
   a finite one with its tail. */
static double audit_euler_maclaurin(void)
{
    static const double alpha[] = {0.05, 0.6385, 2.385, 5};
    double worst = 0;
    for (int i = 0; i < 4; i++) {
        double s = alpha[i] + 1;
        double tail = gsl_sf_hzeta(s, 33) - gsl_sf_hzeta(s, 2386);
        worst = entry_worse(worst, fabs(task_sum_powers(s, 33, 2385) / tail - 1));
        double whole = add_up_powers(s, 1, 2385) + gsl_sf_hzeta(s, 2386);
        worst = entry_worse(worst, fabs(task_normaliser(alpha[i], 0) * whole - 1));
    }
    return worst;
}

enum { AUDIT_SKILLS = 9, AUDIT_INPUTS = 256 };

static double skill_function(const struct task *task, int k, int i, int x)
{
    return i == k ? task_parity(task, k, (uint64_t)x) : 0;
}

static enum status create_audit_task(struct task *task, double alpha)
{
    struct stream stream = stream_open(2385, 0, PURPOSE_TASK);
    return task_create(task, AUDIT_SKILLS, 8, 3, alpha, true, &stream);
}

/* (eq:orthogonality) */
static double residual_of_pair(const struct task *task, int k, int l)
{
    double moment = 0, mean = 0;
    for (int i = 0; i < AUDIT_SKILLS; i++)
        for (int x = 0; x < AUDIT_INPUTS; x++) {
            double g = skill_function(task, k, i, x);
            moment += task->probability[i] * g * skill_function(task, l, i, x) / AUDIT_INPUTS;
            mean += g / AUDIT_INPUTS;
        }
    double expected = k == l ? task_probability(0.6385, AUDIT_SKILLS, k + 1) : 0;
    return entry_worse(fabs(moment - expected), fabs(mean));
}

static double audit_orthogonality(void)
{
    struct task task;
    if (create_audit_task(&task, 0.6385) != STATUS_OK)
        return NAN;
    double worst = 0;
    for (int k = 0; k < AUDIT_SKILLS; k++)
        for (int l = 0; l < AUDIT_SKILLS; l++)
            worst = entry_worse(worst, residual_of_pair(&task, k, l));
    task_destroy(&task);
    return worst;
}

/* (eq:loss) */
static double squared_error(const struct task *task, double target, const double *R, int i,
                            int x)
{
    double error = 0;
    for (int k = 0; k < AUDIT_SKILLS; k++)
        error += (target - R[k]) * skill_function(task, k, i, x);
    return error * error;
}

static double audit_loss(void)
{
    static const double R[AUDIT_SKILLS] = {2.1, -0.3, 0.5385, 2.385, 0, 1.7, 3.1, 0.01, 1};
    const double target = 2.385;
    struct task task;
    if (create_audit_task(&task, 1.385) != STATUS_OK)
        return NAN;
    double formula = 0, average = 0;
    for (int i = 0; i < AUDIT_SKILLS; i++) {
        double p = task_probability(1.385, AUDIT_SKILLS, i + 1);
        formula += p * gsl_pow_2(target - R[i]) / 2;
        for (int x = 0; x < AUDIT_INPUTS; x++)
            average += task.probability[i] * squared_error(&task, target, R, i, x) / 2;
    }
    task_destroy(&task);
    return fabs(average / AUDIT_INPUTS / formula - 1);
}

const struct entry task_entries[] = {
    {"eq:power-law", "Euler--Maclaurin against plain summation", audit_power_law, 1e-12},
    {"eq:euler-maclaurin", "against Hurwitz zeta functions", audit_euler_maclaurin, 1e-12},
    {"eq:orthogonality", "against the sum over all inputs", audit_orthogonality, 1e-14},
    {"eq:loss", "against the sum over all inputs", audit_loss, 1e-14},
    {0}};
