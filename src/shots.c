#include "shots.h"
#include "march.h"
#include "modes.h"
#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

/* Rows q_0 = g, q_1, .. become e_l = q_l - 2 v_l (v . q)/|v|^2 with v = (1, 0, ..) - u. */
static void give_equal_weights(struct features *features)
{
    int n = features->dimension;
    double share = 1 / sqrt(n), square = 2 - 2 * share;
    for (int x = 0; x < features->inputs && n > 1; x++) {
        double *q = features->e + x, product = q[0];
        for (int l = 0; l < n; l++)
            product -= share * q[(size_t)l * features->inputs];
        for (int l = 0; l < n; l++)
            q[(size_t)l * features->inputs] -= 2 * ((l == 0) - share) * product / square;
    }
}

static void fill_features(struct features *features, struct stream *stream)
{
    size_t inputs = (size_t)features->inputs, size = inputs * (size_t)features->dimension;
    for (size_t x = 0; x < inputs; x++) {
        features->g[x] = __builtin_parityll(x & 7) ? -1 : 1;
        features->deck[x] = (int)x;
    }
    memcpy(features->e, features->g, inputs * sizeof(double));
    for (size_t i = inputs; i < size; i++)
        features->e[i] = stream_normal(stream);
    modes_orthonormalise(features->dimension, features->inputs, features->e);
    for (size_t i = 0; i < size; i++)
        features->e[i] *= sqrt((double)inputs);
    give_equal_weights(features);
}

enum status shots_create(struct features *features, int bits, int dimension,
                            struct stream *stream)
{
    memset(features, 0, sizeof *features);
    if (bits < 0 || bits > 14 || dimension < 1 || dimension > 1 << bits)
        return STATUS_RANGE;
    size_t inputs = (size_t)1 << bits;
    *features = (struct features){1 << bits, dimension, malloc(inputs * sizeof(double)),
                                  malloc(inputs * (size_t)dimension * sizeof(double)),
                                  malloc(inputs * sizeof(int))};
    if (!features->g || !features->e || !features->deck) {
        shots_destroy(features);
        return STATUS_MEMORY;
    }
    fill_features(features, stream);
    return STATUS_OK;
}

void shots_destroy(struct features *features)
{
    free(features->g);
    free(features->e);
    free(features->deck);
    memset(features, 0, sizeof *features);
}

void shots_measure(const struct features *features, const double *w, double *loss,
                      double *strength)
{
    *loss = *strength = 0;
    for (int x = 0; x < features->inputs; x++) {
        double f = 0, g = features->g[x];
        for (int l = 0; l < features->dimension; l++)
            f += w[l] * features->e[(size_t)l * (size_t)features->inputs + (size_t)x];
        *loss += (g - f) * (g - f) / features->inputs;
        *strength += g * f / features->inputs;
    }
}

enum status shots_draw(struct features *features, int samples, struct stream *stream,
                          struct training *training)
{
    memset(training, 0, sizeof *training);
    if (samples < 1 || samples > features->inputs)
        return STATUS_RANGE;
    int n = features->dimension;
    *training = (struct training){n, samples, false, 1,
                                  malloc(sizeof(double) * (size_t)samples * (size_t)n),
                                  malloc(sizeof(double) * (size_t)samples)};
    if (!training->phi || !training->g) {
        shots_release(training);
        return STATUS_MEMORY;
    }
    for (int j = 0; j < samples; j++) {
        int other = j + (int)stream_below(stream, (uint64_t)(features->inputs - j));
        int x = features->deck[other];
        features->deck[other] = features->deck[j];
        features->deck[j] = x;
        training->g[j] = features->g[x];
        for (int l = 0; l < n; l++)
            training->phi[j * n + l] = features->e[l * features->inputs + x];
    }
    return STATUS_OK;
}

void shots_release(struct training *training)
{
    free(training->phi);
    free(training->g);
    memset(training, 0, sizeof *training);
}

static double factor(const struct training *training, const double *y)
{
    return training->linear ? 1 : y[0];
}

void shots_weights(const struct training *training, const double *y, double *w)
{
    for (int l = 0; l < training->dimension; l++)
        w[l] = factor(training, y) * y[l + !training->linear];
}

static double error_on(const struct training *training, const double *y, int j)
{
    const double *B = y + !training->linear, *phi = training->phi + j * training->dimension;
    double f = 0;
    for (int l = 0; l < training->dimension; l++)
        f += phi[l] * B[l];
    return factor(training, y) * f - training->g[j];
}

double shots_training_loss(const struct training *training, const double *y)
{
    double loss = 0;
    for (int j = 0; j < training->samples; j++) {
        double error = error_on(training, y, j);
        loss += error * error / 2 / training->samples;
    }
    return loss;
}

void shots_velocity(const struct training *training, const double *y, double *velocity)
{
    int n = training->dimension, first = !training->linear;
    double a = factor(training, y), *v = velocity + first;
    memset(velocity, 0, sizeof *velocity * (size_t)(n + first));
    for (int j = 0; j < training->samples; j++) {
        double weight = -training->rate * error_on(training, y, j) / training->samples;
        for (int l = 0; l < n; l++)
            v[l] += weight * training->phi[j * n + l];
    }
    if (training->linear)
        return;
    for (int l = 0; l < n; l++) {
        velocity[0] += y[l + 1] * v[l];
        v[l] *= a;
    }
}

static void find_velocity(const void *training, const double *y, double *velocity)
{
    shots_velocity(training, y, velocity);
}

void shots_start(const struct training *training, double initial, struct stream *stream,
                    double *y)
{
    int n = training->dimension;
    double square = 0;
    memset(y, 0, sizeof *y * (size_t)(n + 1));
    if (training->linear)
        return;
    for (int l = 1; l <= n; l++) {
        y[l] = stream_normal(stream);
        square += y[l] * y[l];
    }
    y[0] = sqrt(initial);
    for (int l = 1; l <= n; l++)
        y[l] *= y[0] / 2 / sqrt(square);
}

enum status shots_move(const struct training *training, double T, double *y)
{
    int dimension = training->dimension + !training->linear;
    return march_flow(&(struct march){find_velocity, training, dimension, 1e-9}, T, y);
}

enum status shots_finish(const struct training *training, double *y)
{
    enum status status = STATUS_OK;
    for (double T = 16; status == STATUS_OK && T < 1e6; T *= 2) {
        status = shots_move(training, T, y);
        if (shots_training_loss(training, y) < 1e-10)
            return status;
    }
    return status ? status : STATUS_CONVERGENCE;
}
