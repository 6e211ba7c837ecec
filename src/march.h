#ifndef MARCH_H
#define MARCH_H

#include "status.h"

/* y' = velocity(y), autonomous; its dimension >= 1; tolerance per step, relative, and absolute
   in units of 1. */
struct march {
    void (*velocity)(const void *system, const double *y, double *velocity);
    const void *system;
    int dimension;
    double tolerance;
};

/* Move y by the flow for a finite time T >= 0; else STATUS_RANGE, and nothing moved.
   STATUS_CONVERGENCE if 10^5 steps do not suffice, or y overflows. */
enum status march_flow(const struct march *march, double T, double *y);

#endif
