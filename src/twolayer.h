#ifndef TWOLAYER_H
#define TWOLAYER_H

#include "training.h"

/* A two-layer network at its start.  batch: largest batch. */
enum status twolayer_create(struct learner *learner, const struct settings *settings,
                            uint64_t identity, long width, int batch);

#endif
