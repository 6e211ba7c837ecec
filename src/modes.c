#include "modes.h"
#include "march.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

static double dot(int length, const double *x, const double *y)
{
    double sum = 0;
    for (int j = 0; j < length; j++)
        sum += x[j] * y[j];
    return sum;
}

static void leave_orthogonal(int count, int length, const double *rows, double *x)
{
    for (int pass = 0; pass < 2; pass++)
        for (int l = 0; l < count; l++) {
            const double *row = rows + (size_t)l * length;
            double part = dot(length, row, x);
            for (int j = 0; j < length; j++)
                x[j] -= part * row[j];
        }
}

void modes_orthonormalise(int count, int length, double *rows)
{
    for (int k = 0; k < count; k++) {
        double *x = rows + (size_t)k * length;
        leave_orthogonal(k, length, rows, x);
        double norm = sqrt(dot(length, x, x));
        for (int j = 0; j < length; j++)
            x[j] /= norm;
    }
}

static void draw_normal(struct stream *stream, double sigma, int count, double *x)
{
    for (int j = 0; j < count; j++)
        x[j] = sigma * stream_normal(stream);
}

static void add_up_modes(struct modes *modes)
{
    for (int k = 0; k < modes->count; k++)
        for (int i = 0; i < modes->outputs; i++)
            for (int j = 0; j < modes->inputs; j++)
                modes->correlation[i * modes->inputs + j] +=
                    modes->lambda[k] * modes->v[k * modes->outputs + i]
                    * modes->u[k * modes->inputs + j];
}

static int weight_count(const struct modes *modes)
{
    return modes->count * (modes->inputs + modes->outputs);
}

enum status modes_create(struct modes *modes, int count, double rate, double sigma,
                         struct stream *stream)
{
    memset(modes, 0, sizeof *modes);
    if (count < 1 || count > 50 || !(rate >= 0 && isfinite(rate))
        || !(sigma >= 0 && isfinite(sigma)))
        return STATUS_RANGE;
    *modes = (struct modes){.count = count, .inputs = count + 2, .outputs = count + 1,
                            .rate = rate};
    int weights = weight_count(modes);
    modes->lambda = calloc((size_t)(count + 2 * weights + modes->inputs * modes->outputs),
                           sizeof(double));
    if (!modes->lambda)
        return STATUS_MEMORY;
    modes->u = modes->lambda + count;
    modes->v = modes->u + count * modes->inputs;
    modes->weights = modes->v + count * modes->outputs;
    modes->correlation = modes->weights + weights;
    for (int k = 0; k < count; k++)
        modes->lambda[k] = ldexp(1, -k);
    draw_normal(stream, 1, weights, modes->u); /* and v */
    modes_orthonormalise(count, modes->inputs, modes->u);
    modes_orthonormalise(count, modes->outputs, modes->v);
    draw_normal(stream, sigma, weights, modes->weights);
    add_up_modes(modes);
    return STATUS_OK;
}

void modes_destroy(struct modes *modes)
{
    free(modes->lambda);
    memset(modes, 0, sizeof *modes);
}

void modes_velocity(const struct modes *modes, const double *weights, double *velocity)
{
    int n = modes->count, inputs = modes->inputs;
    const double *W1 = weights, *W2 = weights + n * inputs;
    double *V1 = velocity, *V2 = velocity + n * inputs;
    memset(velocity, 0, (size_t)weight_count(modes) * sizeof *velocity);
    for (int i = 0; i < modes->outputs; i++)
        for (int j = 0; j < inputs; j++) {
            double error = modes->correlation[i * inputs + j];
            for (int h = 0; h < n; h++)
                error -= W2[i * n + h] * W1[h * inputs + j];
            for (int h = 0; h < n; h++) {
                V1[h * inputs + j] += modes->rate * W2[i * n + h] * error;
                V2[i * n + h] += modes->rate * error * W1[h * inputs + j];
            }
        }
}

static void find_velocity(const void *modes, const double *weights, double *velocity)
{
    modes_velocity(modes, weights, velocity);
}

enum status modes_move(struct modes *modes, double T)
{
    return march_flow(&(struct march){find_velocity, modes, weight_count(modes), 1e-13}, T,
                      modes->weights);
}

/* x[h] = (W1 u_k)_h and y[h] = (W2^T v_k)_h for hidden unit h. */
static void look_from_both_sides(const struct modes *modes, int k, int h, double *x, double *y)
{
    int n = modes->count, inputs = modes->inputs;
    const double *W1 = modes->weights, *W2 = modes->weights + n * inputs;
    *x = dot(inputs, W1 + h * inputs, modes->u + k * inputs);
    *y = 0;
    for (int i = 0; i < modes->outputs; i++)
        *y += modes->v[k * modes->outputs + i] * W2[i * n + h];
}

double modes_strength(const struct modes *modes, int k)
{
    double strength = 0;
    for (int h = 0; h < modes->count; h++) {
        double x, y;
        look_from_both_sides(modes, k, h, &x, &y);
        strength += x * y;
    }
    return strength / modes->lambda[k];
}

enum status modes_starts(const struct modes *modes, double *start)
{
    int n = modes->count;
    double *rho = malloc((size_t)(n * n) * sizeof *rho);
    if (!rho)
        return STATUS_MEMORY;
    for (int k = 0; k < n; k++) {
        double x, y, *left = rho + k * n;
        for (int h = 0; h < n; h++) {
            look_from_both_sides(modes, k, h, &x, &y);
            left[h] = (x + y) / 2;
        }
        leave_orthogonal(k, n, rho, left);
        double square = dot(n, left, left);
        start[k] = square / modes->lambda[k];
        for (int h = 0; h < n && square > 0; h++)
            left[h] /= sqrt(square);
    }
    free(rho);
    return STATUS_OK;
}
