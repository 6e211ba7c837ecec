#include "audit.h"
#include "bounds.h"
#include "bytes.h"
#include "depth.h"
#include "emergence.h"
#include "exponent.h"
#include "fit.h"
#include "minimal.h"
#include "mlp.h"
#include "multilinear.h"
#include "resources.h"
#include "scaling.h"
#include "task.h"
#include "transformer.h"
#include <stddef.h>
#include <string.h>

static const struct {
    const char *module;
    const struct entry *entries;
} parts[] = {{"task", task_entries},
             {"multilinear", multilinear_entries},
             {"emergence", emergence_entries},
             {"scaling", scaling_entries},
             {"depth", depth_entries},
             {"resources", resources_entries},
             {"bounds", bounds_entries},
             {"mlp", mlp_entries},
             {"minimal", minimal_entries},
             {"transformer", transformer_entries},
             {"fit", fit_entries},
             {"exponent", exponent_entries},
             {"bytes", bytes_entries}};
enum { PARTS = sizeof parts / sizeof parts[0] };

const struct entry *audit_entry(int i)
{
    for (int part = 0; part < PARTS; part++)
        for (const struct entry *entry = parts[part].entries; entry->equation; entry++)
            if (i-- == 0)
                return entry;
    return NULL;
}

const char *audit_module(const char *equation)
{
    for (int part = 0; part < PARTS; part++)
        for (const struct entry *entry = parts[part].entries; entry->equation; entry++)
            if (!strcmp(entry->equation, equation))
                return parts[part].module;
    return NULL;
}

bool audit_run(const struct entry *entry, double *residual)
{
    *residual = entry->residual();
    return *residual <= entry->tolerance;
}
