#ifndef STATUS_H
#define STATUS_H

#include "arithmetic.h"

/* What a function that can fail reports; 0 is success. */
enum status {
    STATUS_OK,
    STATUS_RANGE,       /* an argument is outside its stated range */
    STATUS_MEMORY,      /* no memory */
    STATUS_CONVERGENCE, /* an iteration or a quadrature missed its tolerance */
    STATUS_DIVERGED,    /* a training loss became infinite or NaN */
    STATUS_FILE,        /* reading or writing failed; errno says why */
    STATUS_FORMAT,      /* a file is not a table of this program */
    STATUS_AUDIT,       /* an audit entry failed */
    STATUS_UNEQUAL,     /* an archived cell is not what is computed now */
    STATUS_LEDGER,      /* the ledger and the numbers of the runs do not match */
    STATUS_EMPTY,       /* an archive has no cell of this run */
    STATUS_INTERRUPTED  /* the user asked to stop */
};

/* One clause that says what a status means; never NULL. */
const char *status_text(enum status status);

#endif
