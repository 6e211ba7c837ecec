#include "multilinear.h"
#include <gsl/gsl_errno.h>
#include <gsl/gsl_odeiv2.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

enum status multilinear_create_from(struct multilinear_model *model, int skills,
                                    struct skill like, const double *a, const double *b)
{
    memset(model, 0, sizeof *model);
    if (skills < 0 || !(like.target > 0) || !isfinite(like.target) || !(like.rate >= 0)
        || !isfinite(like.rate))
        return STATUS_RANGE;
    size_t n = skills > 0 ? (size_t)skills : 1;
    *model = (struct multilinear_model){skills, like.target, like.rate,
                                        calloc(n, sizeof(double)), calloc(n, sizeof(double))};
    if (!model->a || !model->b) {
        multilinear_destroy(model);
        return STATUS_MEMORY;
    }
    for (int k = 0; k < skills; k++) {
        model->a[k] = a[k];
        model->b[k] = b[k];
    }
    return STATUS_OK;
}

enum status multilinear_create(struct multilinear_model *model, int skills,
                               struct skill like)
{
    memset(model, 0, sizeof *model);
    if (skills < 0 || !(like.initial >= 0) || !isfinite(like.initial))
        return STATUS_RANGE;
    double *start = malloc((skills > 0 ? (size_t)skills : 1) * sizeof *start);
    if (!start)
        return STATUS_MEMORY;
    for (int k = 0; k < skills; k++)
        start[k] = sqrt(like.initial);
    enum status status = multilinear_create_from(model, skills, like, start, start);
    free(start);
    return status;
}

void multilinear_destroy(struct multilinear_model *model)
{
    free(model->a);
    free(model->b);
    memset(model, 0, sizeof *model);
}

static double skill_function(const struct task *task, int k, int skill, uint64_t bits)
{
    return k == skill ? task_parity(task, skill, bits) : 0;
}

static void average_gradient_over_samples(const struct multilinear_model *model,
                                          const struct multilinear_data *data,
                                          const double *a, const double *b,
                                          double *velocity)
{
    int N = model->skills;
    for (int s = 0; s < data->batch->count; s++) {
        int skill = data->batch->skill[s];
        uint64_t bits = data->batch->bits[s];
        double error = model->target * task_parity(data->task, skill, bits);
        for (int k = 0; k < N; k++)
            error -= a[k] * b[k] * skill_function(data->task, k, skill, bits);
        double step = model->rate * error / data->batch->count;
        for (int k = 0; k < N; k++) {
            velocity[k] += step * b[k] * skill_function(data->task, k, skill, bits);
            velocity[N + k] += step * a[k] * skill_function(data->task, k, skill, bits);
        }
    }
}

/* (eq:gradient-flow) */
static void find_velocity(const struct multilinear_model *model,
                          const struct multilinear_data *data, const double *a,
                          const double *b, double *velocity)
{
    int N = model->skills;
    memset(velocity, 0, 2 * (size_t)N * sizeof *velocity);
    if (data->batch) {
        average_gradient_over_samples(model, data, a, b, velocity);
        return;
    }
    for (int k = 0; k < N; k++) {
        double lambda = model->rate * data->count[k] / data->samples;
        velocity[k] = lambda * b[k] * (model->target - a[k] * b[k]);
        velocity[N + k] = lambda * a[k] * (model->target - a[k] * b[k]);
    }
}

void multilinear_velocity(const struct multilinear_model *model,
                          const struct multilinear_data *data, double *velocity)
{
    find_velocity(model, data, model->a, model->b, velocity);
}

static int in_range(struct skill skill, double T)
{
    return skill.target >= 1e-70 && skill.target <= 1e70 && skill.rate >= 0
           && skill.rate <= 1e70 && skill.probability >= 0 && skill.probability <= 1 && T >= 0;
}

/* lambda T; 0 for a rate of 0 even at T = INFINITY. */
static double elapsed(struct skill skill, double T)
{
    double lambda = skill.rate * skill.probability;
    return lambda > 0 && T > 0 ? lambda * T : 0;
}

double multilinear_logistic(struct skill skill, double T)
{
    double S = skill.target, R0 = skill.initial;
    if (!in_range(skill, T) || !(R0 >= 0 && R0 <= 1e70))
        return NAN;
    if (R0 < 1e-200)
        return R0 == 0 ? 0 : NAN;
    double x = 2 * S * elapsed(skill, T);
    return S * (R0 / (-R0 * expm1(-x) + S * exp(-x)));
}

/* |a| >= |b|; t = lambda T */
static void move_larger_and_smaller(double S, double t, double *a, double *b)
{
    double p = *a + *b, m = *a - *b, q = p * m, Omega = hypot(q, 2 * S);
    double excess = q * (q / (Omega + 2 * S)); /* Omega - 2S */
    double E = exp(-Omega * t), gone = -expm1(-Omega * t);
    double U = (Omega + 2 * S + m * m) * gone + 2 * Omega * E;
    double V = (excess + p * p) * gone + 2 * Omega * E;
    double X = (Omega + q) * *a + 2 * S * *b;
    double Y = 2 * S * (2 * S / (Omega + q)) * *b + 2 * S * *a;
    if ((*a > 0) != (*b > 0)) {
        X = (excess + q) * *a + 2 * S * p;
        Y = (excess - q) * *b + 2 * S * p;
    }
    double scale = V > 0 ? 1 / (sqrt(U) * sqrt(V)) : 0;
    *a = (X * gone + 2 * Omega * E * *a) * scale;
    *b = (Y * gone + 2 * Omega * E * *b) * scale;
}

static int usable(double x)
{
    return x == 0 || (fabs(x) >= 1e-150 && fabs(x) <= 2e70);
}

enum status multilinear_flow(struct skill skill, double T, double *a, double *b)
{
    if (!in_range(skill, T) || !usable(*a + *b) || !usable(*a - *b))
        return STATUS_RANGE;
    if (fabs(*a) >= fabs(*b))
        move_larger_and_smaller(skill.target, elapsed(skill, T), a, b);
    else
        move_larger_and_smaller(skill.target, elapsed(skill, T), b, a);
    return STATUS_OK;
}

double multilinear_strength(struct skill skill, double a, double b, double T)
{
    return multilinear_flow(skill, T, &a, &b) ? NAN : a * b;
}

struct flow {
    const struct multilinear_model *model;
    const struct multilinear_data *data;
};

static int evaluate_flow(double T, const double y[], double velocity[], void *params)
{
    const struct flow *flow = params;
    int N = flow->model->skills;
    (void)T;
    find_velocity(flow->model, flow->data, y, y + N, velocity);
    for (int j = 0; j < 2 * N; j++)
        if (!isfinite(velocity[j]))
            return GSL_ERANGE;
    return GSL_SUCCESS;
}

static int times_ascend(const double *times, int n)
{
    for (int j = 0; j < n; j++)
        if (!(times[j] >= (j ? times[j - 1] : 0)) || !isfinite(times[j]))
            return 0;
    return n >= 0;
}

static int data_usable(const struct multilinear_data *data)
{
    if (data->batch)
        return data->task && data->batch->count >= 1;
    return data->count && data->samples >= 1;
}

enum status multilinear_integrate(const struct multilinear_model *model,
                                  const struct multilinear_data *data,
                                  const double *times, int n, double *y)
{
    size_t N = (size_t)model->skills;
    if (!times_ascend(times, n) || !data_usable(data))
        return STATUS_RANGE;
    if (n == 0 || N == 0)
        return STATUS_OK;
    struct flow flow = {model, data};
    gsl_odeiv2_system system = {evaluate_flow, NULL, 2 * N, &flow};
    double h = times[n - 1] > 0 ? 1e-6 * times[n - 1] : 1;
    gsl_odeiv2_driver *driver = gsl_odeiv2_driver_alloc_y_new(
        &system, gsl_odeiv2_step_rk8pd, h, 1e-14 * sqrt(model->target), 1e-13);
    if (!driver)
        return STATUS_MEMORY;
    gsl_odeiv2_driver_set_nmax(driver, 100000);
    memcpy(y, model->a, N * sizeof *y);
    memcpy(y + N, model->b, N * sizeof *y);
    double T = 0;
    int failure = GSL_SUCCESS;
    for (int j = 0; j < n && !failure; j++, y += 2 * N) {
        failure = gsl_odeiv2_driver_apply(driver, &T, times[j], y);
        if (j + 1 < n)
            memcpy(y + 2 * N, y, 2 * N * sizeof *y);
    }
    gsl_odeiv2_driver_free(driver);
    return failure ? STATUS_CONVERGENCE : STATUS_OK;
}

double multilinear_linear(struct skill skill, double T)
{
    if (!in_range(skill, T) || !isfinite(skill.initial))
        return NAN;
    double x = elapsed(skill, T);
    return skill.initial * exp(-x) - skill.target * expm1(-x);
}

void multilinear_step(struct multilinear_model *model, const int *count, int batch)
{
    for (int k = 0; k < model->skills && batch >= 1; k++) {
        double a = model->a[k], b = model->b[k];
        double step = model->rate * count[k] / batch * (model->target - a * b);
        model->a[k] = a + step * b;
        model->b[k] = b + step * a;
    }
}

double multilinear_strength_at(const struct multilinear_model *model, int k)
{
    if (k < 0)
        return NAN;
    return k < model->skills ? model->a[k] * model->b[k] : 0;
}

double multilinear_loss(const struct multilinear_model *model, const double *probability,
                        int skills)
{
    double loss = 0;
    for (int k = skills - 1; k >= 0; k--) {
        double missing = model->target - multilinear_strength_at(model, k);
        loss += probability[k] * missing * missing / 2;
    }
    return loss;
}

void multilinear_draw_counts(const struct task *task, struct stream *stream, int samples,
                             int *count)
{
    memset(count, 0, (size_t)task->skills * sizeof *count);
    for (int s = 0; s < samples; s++)
        count[task_draw_skill(task, stream)]++;
}
