#include "audit.h"
#include "bounds.h"
#include "depth.h"
#include "emergence.h"
#include "exponent.h"
#include "fit.h"
#include "mlp.h"
#include "multilinear.h"
#include "resources.h"
#include "scaling.h"
#include "task.h"
#include "transformer.h"
#include <stddef.h>

static const struct entry *const chapters[] = {
    task_entries,      multilinear_entries, emergence_entries,   scaling_entries,
    depth_entries,     resources_entries,   bounds_entries,      mlp_entries,
    transformer_entries, fit_entries,       exponent_entries};

const struct entry *audit_entry(int i)
{
    for (size_t c = 0; c < sizeof chapters / sizeof chapters[0]; c++)
        for (const struct entry *entry = chapters[c]; entry->equation; entry++)
            if (i-- == 0)
                return entry;
    return NULL;
}

bool audit_run(const struct entry *entry, double *residual)
{
    *residual = entry->residual();
    return *residual <= entry->tolerance;
}
