#ifndef THEORY_H
#define THEORY_H

#include "scaling.h"
#include "settings.h"
#include "status.h"
#include <stdio.h>

/* The settings that the scaling laws depend on. */
struct scaling theory_scaling(const struct settings *settings);

/* Write column names and rows of the command of the same name to the stream. */
typedef enum status theory_table(const struct settings *settings, FILE *stream);
theory_table theory_constants, theory_law_time, theory_law_data, theory_law_parameters,
    theory_law_compute, theory_loss, theory_map, theory_frontier, theory_bounds_time,
    theory_bounds_data, theory_bounds_parameters, theory_bounds_range, theory_stages,
    theory_strength_time, theory_strength_data, theory_strength_parameters,
    theory_wait_start, theory_wait_imbalance, theory_convergence, theory_modes,
    theory_strength_counts, theory_shots_data, theory_shots_time, theory_samples, theory_minimal;

#endif
