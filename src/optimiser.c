#include "optimiser.h"
#include "memory.h"
#include <math.h>

static enum rule rule_of(struct optimiser optimiser)
{
    if (optimiser.kind == OPTIMISER_ADAM)
        return RULE_ADAM;
    return optimiser.momentum > 0 || optimiser.decay > 0 ? RULE_MOMENTUM : RULE_PLAIN;
}

enum status optimiser_begin(struct optimiser_state *state, struct optimiser optimiser,
                            size_t count)
{
    struct optimiser_state begun = {.optimiser = optimiser, .power = {1, 1}};
    if ((optimiser.kind != OPTIMISER_SGD && optimiser.kind != OPTIMISER_ADAM)
        || !(optimiser.momentum >= 0 && optimiser.momentum < 1) || !(optimiser.decay >= 0)
        || !isfinite((float)optimiser.decay))
        return STATUS_RANGE;
    enum rule rule = rule_of(optimiser);
    if ((rule != RULE_PLAIN && !(begun.mean = memory_zeros(count, sizeof(float))))
        || (rule == RULE_ADAM && !(begun.square = memory_zeros(count, sizeof(float))))) {
        optimiser_end(&begun);
        return STATUS_MEMORY;
    }
    optimiser_end(state);
    *state = begun;
    return STATUS_OK;
}

void optimiser_end(struct optimiser_state *state)
{
    free(state->mean);
    free(state->square);
    state->mean = state->square = NULL;
}

struct update optimiser_next(struct optimiser_state *state, double rate)
{
    const double beta[2] = {0.9, 0.999}, epsilon = 1e-8;
    struct update update = {.rule = rule_of(state->optimiser), .rate = (float)rate,
                            .decay = (float)state->optimiser.decay,
                            .momentum = (float)state->optimiser.momentum,
                            .mean_gain = (float)(1 - beta[0]),
                            .square_gain = (float)(1 - beta[1])};
    if (update.rule == RULE_ADAM) {
        state->power[0] *= beta[0];
        state->power[1] *= beta[1];
        double root = sqrt(1 - state->power[1]);
        update.rate = (float)(rate * root / (1 - state->power[0]));
        update.epsilon = (float)(epsilon * root);
    }
    return update;
}

bool optimiser_move(enum variant variant, const struct moved *moved,
                    const struct update *update, size_t begin, size_t end)
{
    static move_function *const moves[VARIANTS] = BY_VARIANT(move);
    return moves[variant](moved, update, begin, end);
}

double optimiser_rate(double first, double factor, long every, long time)
{
    if (isnan(first) || !(factor >= 0) || every < 0 || time < 0)
        return NAN;
    for (long n = every ? time / every : 0; n > 0; n /= 2) {
        if (n % 2)
            first *= factor;
        factor *= factor;
    }
    return first;
}
