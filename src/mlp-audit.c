#include "mlp.h"
#include "reference.h"
#include <math.h>
#include <stdlib.h>
#include <string.h>

struct judge {
    int skills, bits, width;
    double *parameter; /* in plain order */
};

static double judge_activation(const struct judge *judge, int unit, int skill, uint64_t x)
{
    int inputs = judge->skills + judge->bits;
    const double *W = judge->parameter + (size_t)unit * inputs;
    double h = judge->parameter[(size_t)judge->width * inputs + unit] + W[skill];
    for (int i = 0; i < judge->bits; i++)
        if (x >> i & 1)
            h += W[judge->skills + i];
    return h;
}

static double judge_output(const struct judge *judge, int skill, uint64_t x)
{
    const double *v = judge->parameter
                      + (size_t)judge->width * (judge->skills + judge->bits + 1);
    double f = v[judge->width];
    for (int j = 0; j < judge->width; j++)
        f += v[j] * fmax(judge_activation(judge, j, skill, x), 0);
    return f;
}

static double judge_loss(const struct judge *judge, const struct batch *batch,
                         double target)
{
    double loss = 0;
    for (int s = 0; s < batch->count; s++) {
        double f = judge_output(judge, batch->skill[s], batch->bits[s]);
        loss += (f - target * batch->parity[s]) * (f - target * batch->parity[s]);
    }
    return loss / batch->count;
}

enum { AUDIT_SKILLS = 3, AUDIT_BITS = 23, AUDIT_WIDTH = 37, AUDIT_BATCH = 151 };
enum { AUDIT_PARAMETERS = AUDIT_WIDTH * (AUDIT_SKILLS + AUDIT_BITS + 2) + 1 };
static const double audit_target = 2.385;

struct audit {
    struct mlp *net;
    struct reference *reference;
    struct batch batch;
    struct judge judge;
    float parameter[AUDIT_PARAMETERS];
    double exact[AUDIT_PARAMETERS];
};

static enum status draw_audit_batch(struct batch *batch)
{
    struct task task;
    struct stream stream = stream_open(2385, 1, PURPOSE_TASK);
    enum status status = batch_create(batch, AUDIT_BATCH);
    if (status == STATUS_OK)
        status = task_create(&task, AUDIT_SKILLS, AUDIT_BITS, 3, 0.6385, false, &stream);
    if (status == STATUS_OK) {
        task_draw(&task, &stream, batch);
        task_destroy(&task);
    }
    return status;
}

static void close_audit(struct audit *audit)
{
    mlp_destroy(audit->net);
    reference_destroy(audit->reference);
    batch_destroy(&audit->batch);
}

static bool open_audit(struct audit *audit)
{
    struct stream stream = stream_open(2385, 2, PURPOSE_START);
    memset(audit, 0, sizeof *audit);
    if (draw_audit_batch(&audit->batch) != STATUS_OK
        || mlp_create(&audit->net, AUDIT_SKILLS, AUDIT_BITS, AUDIT_WIDTH, AUDIT_BATCH,
                      variant_best()) != STATUS_OK
        || reference_create(&audit->reference, AUDIT_SKILLS, AUDIT_BITS, AUDIT_WIDTH,
                                64) != STATUS_OK) {
        close_audit(audit);
        return false;
    }
    mlp_initialise(audit->net, 0.385, &stream);
    mlp_get_parameters(audit->net, audit->parameter);
    for (int i = 0; i < AUDIT_PARAMETERS; i++)
        audit->exact[i] = audit->parameter[i];
    audit->judge = (struct judge){AUDIT_SKILLS, AUDIT_BITS, AUDIT_WIDTH, audit->exact};
    return true;
}

/* f_s with every term replaced by its absolute value. */
static double sum_of_magnitudes(const struct judge *judge, int skill, uint64_t x)
{
    double exact[AUDIT_PARAMETERS];
    struct judge magnitude = *judge;
    magnitude.parameter = exact;
    for (int i = 0; i < AUDIT_PARAMETERS; i++)
        exact[i] = fabs(judge->parameter[i]);
    return judge_output(&magnitude, skill, x);
}

static double compare_outputs(bool with_reference)
{
    struct audit audit;
    float output[AUDIT_BATCH] = {0};
    double worst = 0;
    if (!open_audit(&audit))
        return NAN;
    enum status status =
        with_reference
            ? reference_forward(audit.reference, audit.parameter, &audit.batch, output)
            : mlp_forward(audit.net, &audit.batch, output);
    if (status != STATUS_OK)
        worst = NAN;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        int skill = audit.batch.skill[s];
        uint64_t x = audit.batch.bits[s];
        double error = fabs(output[s] - judge_output(&audit.judge, skill, x));
        worst = entry_worse(worst, error / sum_of_magnitudes(&audit.judge, skill, x));
    }
    close_audit(&audit);
    return worst;
}

static double audit_network(void) { return compare_outputs(true); }
static double audit_table(void) { return compare_outputs(false); }
static double audit_mean_square(void)
{
    struct audit audit;
    if (!open_audit(&audit))
        return NAN;
    double loss = mlp_gradient(audit.net, &audit.batch, audit_target);
    double residual = fabs(loss / judge_loss(&audit.judge, &audit.batch, audit_target) - 1);
    close_audit(&audit);
    return residual;
}

static double difference_quotient(struct audit *audit, int parameter)
{
    const double step = 1e-6;
    double saved = audit->exact[parameter];
    audit->exact[parameter] = saved + step;
    double above = judge_loss(&audit->judge, &audit->batch, audit_target);
    audit->exact[parameter] = saved - step;
    double below = judge_loss(&audit->judge, &audit->batch, audit_target);
    audit->exact[parameter] = saved;
    return (above - below) / (2 * step);
}

static double audit_gradient(void)
{
    struct audit audit;
    float gradient[AUDIT_PARAMETERS] = {0};
    double worst = 0, largest = 0;
    if (!open_audit(&audit))
        return NAN;
    mlp_gradient(audit.net, &audit.batch, audit_target);
    mlp_get_gradient(audit.net, gradient);
    for (int i = 0; i < AUDIT_PARAMETERS; i++) {
        worst = entry_worse(worst, fabs(gradient[i] - difference_quotient(&audit, i)));
        largest = entry_worse(largest, fabs(gradient[i]));
    }
    close_audit(&audit);
    return worst / largest;
}

static double audit_fold(void)
{
    struct audit audit;
    float after[AUDIT_PARAMETERS];
    double worst = 0, largest = 0;
    if (!open_audit(&audit))
        return NAN;
    memcpy(after, audit.parameter, sizeof after);
    reference_step(audit.reference, after, &audit.batch, audit_target, 0.2385);
    mlp_step(audit.net, &audit.batch, audit_target, 0.2385);
    mlp_get_parameters(audit.net, audit.parameter);
    for (int i = 0; i < AUDIT_PARAMETERS; i++) {
        worst = entry_worse(worst, fabs((double)audit.parameter[i] - after[i]));
        largest = entry_worse(largest, fabs(after[i] - audit.exact[i]));
    }
    close_audit(&audit);
    return worst / largest;
}

static double sum_over_samples(const struct audit *audit, int unit)
{
    double sum = 0;
    for (int s = 0; s < AUDIT_BATCH; s++) {
        int skill = audit->batch.skill[s];
        uint64_t x = audit->batch.bits[s];
        double f = judge_output(&audit->judge, skill, x);
        double residual = 2 * (f - audit_target * audit->batch.parity[s]) / AUDIT_BATCH;
        sum += residual * fmax(judge_activation(&audit->judge, unit, skill, x), 0);
    }
    return sum;
}

static double audit_free(void)
{
    struct audit audit;
    float gradient[AUDIT_PARAMETERS] = {0};
    const float *second = gradient + AUDIT_PARAMETERS - 1 - AUDIT_WIDTH;
    double worst = 0, largest = 0;
    if (!open_audit(&audit))
        return NAN;
    mlp_gradient(audit.net, &audit.batch, audit_target);
    mlp_get_gradient(audit.net, gradient);
    for (int j = 0; j < AUDIT_WIDTH; j++) {
        double direct = sum_over_samples(&audit, j);
        worst = entry_worse(worst, fabs(second[j] - direct));
        largest = entry_worse(largest, fabs(direct));
    }
    close_audit(&audit);
    return worst / largest;
}

enum { AUDIT_STEPS = 40 };

/* What d_1 .. d_t of one parameter say: the move of step t over the rate, and
   the same with absolute values in the numerator. */
struct sum_over_past {
    double move, magnitude;
};

static struct sum_over_past sum_velocity(const double *d, int t)
{
    struct sum_over_past sum = {0};
    for (int r = 0; r < t; r++) {
        sum.move += pow(0.9, t - 1 - r) * d[r];
        sum.magnitude += pow(0.9, t - 1 - r) * fabs(d[r]);
    }
    return sum;
}

static struct sum_over_past sum_averages(const double *d, int t)
{
    double weights = 0, mean = 0, magnitude = 0, weights_of_squares = 0, square = 0;
    for (int r = 0; r < t; r++) {
        double weight = pow(0.9, t - 1 - r), weight_of_square = pow(0.999, t - 1 - r);
        weights += weight;
        mean += weight * d[r];
        magnitude += weight * fabs(d[r]);
        weights_of_squares += weight_of_square;
        square += weight_of_square * d[r] * d[r];
    }
    double divisor = weights * (sqrt(square / weights_of_squares) + 1e-8);
    return (struct sum_over_past){mean / divisor, magnitude / divisor};
}

struct walk {
    struct audit audit;
    double d[AUDIT_PARAMETERS][AUDIT_STEPS];
    float after[AUDIT_PARAMETERS], gradient[AUDIT_PARAMETERS];
};

/* Take step t with the kernel; worst error of a move, relative to the magnitudes. */
static double compare_step(struct walk *walk, double rate, double decay, int t,
                           struct sum_over_past (*sum)(const double *, int))
{
    struct audit *audit = &walk->audit;
    double worst = 0;
    mlp_step(audit->net, &audit->batch, audit_target, rate);
    mlp_get_parameters(audit->net, walk->after);
    mlp_get_gradient(audit->net, walk->gradient);
    for (int i = 0; i < AUDIT_PARAMETERS; i++) {
        double before = audit->parameter[i];
        walk->d[i][t - 1] = walk->gradient[i] + decay * before;
        struct sum_over_past past = sum(walk->d[i], t);
        double error = fabs(walk->after[i] - (before - rate * past.move));
        worst = entry_worse(worst, error / (fabs(before) + rate * past.magnitude));
    }
    memcpy(audit->parameter, walk->after, sizeof walk->after);
    return worst;
}

static double compare_steps(struct optimiser optimiser, double rate,
                            struct sum_over_past (*sum)(const double *, int))
{
    struct walk *walk = malloc(sizeof *walk);
    double worst = NAN;
    if (!walk || !open_audit(&walk->audit)) {
        free(walk);
        return NAN;
    }
    struct audit *audit = &walk->audit;
    audit->parameter[AUDIT_WIDTH * (AUDIT_SKILLS + AUDIT_BITS) + 5] = -1000;
    mlp_set_parameters(audit->net, audit->parameter);
    if (mlp_set_optimiser(audit->net, optimiser) == STATUS_OK) {
        worst = 0;
        for (int t = 1; t <= AUDIT_STEPS; t++)
            worst = entry_worse(worst, compare_step(walk, rate, optimiser.decay, t, sum));
    }
    close_audit(audit);
    free(walk);
    return worst;
}

static double audit_momentum(void)
{
    struct optimiser optimiser = {OPTIMISER_SGD, 0.9, 0.02385};
    return compare_steps(optimiser, 0.002385, sum_velocity);
}

static double audit_adam(void)
{
    struct optimiser optimiser = {OPTIMISER_ADAM, 0, 2.385e-8};
    return compare_steps(optimiser, 0.2385, sum_averages);
}

static double audit_schedule(void)
{
    static const double factor[] = {0.5, 0.995, 1.02385};
    static const long every[] = {1, 7, 500};
    double worst = 0;
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++) {
            double rate = 0.2385;
            for (long t = 0; t < 1000; t++) {
                rate *= t > 0 && t % every[j] == 0 ? factor[i] : 1;
                double other = optimiser_rate(0.2385, factor[i], every[j], t);
                worst = entry_worse(worst, fabs(other / rate - 1));
            }
        }
    return worst;
}

const struct entry mlp_entries[] = {
    {"eq:mlp-network", "the reference's outputs against double precision", audit_network,
     68 * 0x1p-24},
    {"eq:mlp-table", "the kernel's outputs against double precision", audit_table,
     21 * 0x1p-24},
    {"eq:mlp-loss", "against double precision", audit_mean_square, 1e-7},
    {"eq:mlp-gradient", "the kernel against central differences", audit_gradient, 2e-6},
    {"eq:mlp-fold", "a step of the kernel against one of the reference", audit_fold,
     211 * 0x1p-24},
    {"eq:mlp-momentum", "the kernel's moves against sums over the past", audit_momentum,
     125 * 0x1p-24},
    {"eq:mlp-adam", "the kernel's moves against averages of the past", audit_adam,
     90 * 0x1p-24},
    {"eq:mlp-schedule", "against one factor at a time", audit_schedule, 2000 * 0x1p-53},
    {"eq:mlp-free", "against the sum over samples in double precision", audit_free, 2e-6},
    {0}};
