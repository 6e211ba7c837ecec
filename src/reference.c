#include "reference.h"
#include "memory.h"
#include "mlp.h"
#include "vector.h"
#include <cblas.h>
#include <math.h>

struct reference {
    int skills, bits, inputs, width, stride, rows;
    size_t parameters;
    float *input;       /* [rows][inputs]: u_s */
    float *hidden;      /* [rows][stride]: relu(h_s) */
    float *active;      /* [rows][stride]: e_s v_j a_sj */
    float *bias;        /* [stride], padded with 0 */
    float *second;      /* [stride], likewise */
    float *output, *one; /* [rows] */
    float *gradient;    /* [parameters] */
};

void reference_destroy(struct reference *r)
{
    if (!r)
        return;
    void *owned[] = {r->input,  r->hidden, r->active, r->bias,
                     r->second, r->output, r->one,    r->gradient};
    for (size_t i = 0; i < sizeof owned / sizeof *owned; i++)
        free(owned[i]);
    free(r);
}

static bool allocate_reference(struct reference *r)
{
    size_t rows = (size_t)r->rows, stride = (size_t)r->stride;
    r->input = memory_new(rows * r->inputs, sizeof(float));
    r->hidden = memory_new(rows * stride, sizeof(float));
    r->active = memory_new(rows * stride, sizeof(float));
    r->bias = memory_new(stride, sizeof(float));
    r->second = memory_new(stride, sizeof(float));
    r->output = memory_new(rows, sizeof(float));
    r->one = memory_new(rows, sizeof(float));
    r->gradient = memory_new(r->parameters, sizeof(float));
    return r->input && r->hidden && r->active && r->bias && r->second && r->output && r->one
           && r->gradient;
}

enum status reference_create(struct reference **reference, int skills, int bits,
                                 int width, int rows)
{
    *reference = NULL;
    if (!mlp_in_range(skills, bits, width, rows))
        return STATUS_RANGE;
    struct reference *r = calloc(1, sizeof *r);
    if (!r)
        return STATUS_MEMORY;
    *r = (struct reference){.skills = skills, .bits = bits, .inputs = skills + bits,
                                .width = width, .rows = rows,
                                .stride = (width + LANES - 1) / LANES * LANES,
                                .parameters = (size_t)width * (skills + bits + 2) + 1};
    if (!allocate_reference(r)) {
        reference_destroy(r);
        return STATUS_MEMORY;
    }
    for (int s = 0; s < rows; s++)
        r->one[s] = 1;
    *reference = r;
    return STATUS_OK;
}

static bool batch_fits(int skills, int bits, const struct batch *batch)
{
    uint64_t foreign_bits = 0, known = UINT64_MAX >> (64 - bits);
    bool foreign_skill = false;
    for (int s = 0; s < batch->count; s++) {
        foreign_bits |= batch->bits[s] & ~known;
        foreign_skill |= batch->skill[s] < 0 || batch->skill[s] >= skills;
    }
    return !foreign_bits && !foreign_skill;
}

static void write_inputs(struct reference *r, const struct batch *batch)
{
    memset(r->input, 0, (size_t)batch->count * r->inputs * sizeof(float));
    for (int s = 0; s < batch->count; s++) {
        float *u = r->input + (size_t)s * r->inputs;
        u[batch->skill[s]] = 1;
        for (int i = 0; i < r->bits; i++)
            u[r->skills + i] = (float)(batch->bits[s] >> i & 1);
    }
}

/* The bias and the second layer, padded with zeros to the stride. */
static void pad_layers(struct reference *r, const float *parameter)
{
    const float *bias = parameter + (size_t)r->width * r->inputs;
    memset(r->bias, 0, r->stride * sizeof(float));
    memset(r->second, 0, r->stride * sizeof(float));
    memcpy(r->bias, bias, r->width * sizeof(float));
    memcpy(r->second, bias + r->width, r->width * sizeof(float));
}

static void rectify_all(float *hidden, size_t n)
{
    for (size_t i = 0; i < n; i += 4) {
        four *h = (four *)(hidden + i);
        *h = (four)((four_flags)*h & ~(*h <= 0.0f));
    }
}

/* Outputs of at most rows samples. */
static void forward_dense(struct reference *r, const float *parameter,
                          const struct batch *batch)
{
    int n = batch->count;
    write_inputs(r, batch);
    for (int s = 0; s < n; s++)
        memcpy(r->hidden + (size_t)s * r->stride, r->bias, r->stride * sizeof(float));
    cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, n, r->width, r->inputs, 1,
                r->input, r->inputs, parameter, r->inputs, 1, r->hidden, r->stride);
    rectify_all(r->hidden, (size_t)n * r->stride);
    cblas_sgemv(CblasRowMajor, CblasNoTrans, n, r->stride, 1, r->hidden, r->stride,
                r->second, 1, 0, r->output, 1);
    for (int s = 0; s < n; s++)
        r->output[s] += parameter[r->parameters - 1];
}

enum status reference_forward(struct reference *r, const float *parameter,
                                  const struct batch *batch, float *output)
{
    if (!batch_fits(r->skills, r->bits, batch))
        return STATUS_RANGE;
    pad_layers(r, parameter);
    for (int begin = 0; begin < batch->count; begin += r->rows) {
        struct batch part = batch_part(batch, begin, r->rows);
        forward_dense(r, parameter, &part);
        memcpy(output + begin, r->output, part.count * sizeof(float));
    }
    return STATUS_OK;
}

static void mask_residuals(struct reference *r, int n)
{
    for (int s = 0; s < n; s++) {
        const four *hidden = (const four *)(r->hidden + (size_t)s * r->stride);
        const four *second = (const four *)r->second;
        four *active = (four *)(r->active + (size_t)s * r->stride);
        for (int j = 0; j < r->stride / 4; j++) {
            four product = r->output[s] * second[j];
            active[j] = (four)((four_flags)product & (hidden[j] != 0.0f));
        }
    }
}

/* Add the gradient of the samples whose residuals stand in output. */
static void backward_dense(struct reference *r, int n, float *gradient)
{
    float *bias = gradient + (size_t)r->width * r->inputs, *second = bias + r->width;
    mask_residuals(r, n);
    cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, r->width, r->inputs, n, 1,
                r->active, r->stride, r->input, r->inputs, 1, gradient, r->inputs);
    cblas_sgemv(CblasRowMajor, CblasTrans, n, r->width, 1, r->active, r->stride, r->one, 1,
                1, bias, 1);
    cblas_sgemv(CblasRowMajor, CblasTrans, n, r->width, 1, r->hidden, r->stride, r->output,
                1, 1, second, 1);
}

double reference_gradient(struct reference *r, const float *parameter,
                              const struct batch *batch, double target, float *gradient)
{
    double loss = 0, total = 0, scale = 2.0 / batch->count;
    if (batch->count < 1 || !batch_fits(r->skills, r->bits, batch))
        return NAN;
    memset(gradient, 0, r->parameters * sizeof(float));
    pad_layers(r, parameter);
    for (int begin = 0; begin < batch->count; begin += r->rows) {
        struct batch part = batch_part(batch, begin, r->rows);
        forward_dense(r, parameter, &part);
        for (int s = 0; s < part.count; s++) {
            double difference = r->output[s] - target * part.parity[s];
            loss += difference * difference;
            total += difference;
            r->output[s] = (float)(scale * difference);
        }
        backward_dense(r, part.count, gradient);
    }
    gradient[r->parameters - 1] = (float)(scale * total);
    return loss / batch->count;
}

double reference_step(struct reference *r, float *parameter,
                          const struct batch *batch, double target, double rate)
{
    memset(r->gradient, 0, r->parameters * sizeof(float));
    double loss = reference_gradient(r, parameter, batch, target, r->gradient);
    for (size_t i = 0; i < r->parameters; i++)
        parameter[i] -= (float)rate * r->gradient[i];
    return loss;
}
