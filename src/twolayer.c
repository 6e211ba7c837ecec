#include "twolayer.h"
#include "mlp.h"

static double step_twolayer(void *net, const struct batch *batch, double target, double rate)
{
    return mlp_step(net, batch, target, rate);
}

static enum status measure_twolayer(void *net, const struct batch *points, double target,
                                    double *strength, double *error)
{
    return mlp_measure(net, points, target, strength, error);
}

static void destroy_twolayer(void *net)
{
    mlp_destroy(net);
}

enum status twolayer_create(struct learner *learner, const struct settings *settings,
                            uint64_t identity, long width, int batch)
{
    struct stream start = stream_open(settings->seed, identity, PURPOSE_START);
    struct mlp *net;
    enum status status = mlp_create(&net, (int)settings->skills, (int)settings->bits,
                                    (int)width, batch, training_variant(settings));
    *learner = (struct learner){net, step_twolayer, measure_twolayer, destroy_twolayer};
    if (status == STATUS_OK)
        status = mlp_set_optimiser(net, training_optimiser(settings));
    if (status == STATUS_OK)
        status = mlp_set_threads(net, training_threads(settings));
    if (status == STATUS_OK)
        mlp_initialise(net, settings->sigma, &start);
    return status;
}
