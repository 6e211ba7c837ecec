#include "status.h"

const char *status_text(enum status status)
{
    static const char *const text[] = {
        [STATUS_OK] = "success",
        [STATUS_RANGE] = "an argument is out of range",
        [STATUS_MEMORY] = "out of memory",
        [STATUS_CONVERGENCE] = "an iteration did not reach its tolerance",
        [STATUS_DIVERGED] = "the training loss is not finite",
        [STATUS_FILE] = "reading or writing failed",
        [STATUS_FORMAT] = "the file is not a table of this program",
        [STATUS_AUDIT] = "an audit entry failed",
        [STATUS_UNEQUAL] = "an archived cell is not what is computed now",
        [STATUS_LEDGER] = "the ledger has no such claim, or no number for it",
        [STATUS_EMPTY] = "the archive has no cell of this run with this seed",
        [STATUS_INTERRUPTED] = "interrupted",
    };
    return status <= STATUS_INTERRUPTED ? text[status] : "unknown status";
}
