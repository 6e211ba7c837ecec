#ifndef MEASURED_H
#define MEASURED_H

#include "fit.h"
#include "settings.h"
#include "status.h"
#include "table.h"

/* A table of the two-layer network over time, data or widths, and what is fitted to it. */
struct measured {
    struct settings settings;
    struct data data;
    const char *resource, *constant; /* T, D or N; kappa, dc or nc */
    enum fit_curve curve;
    const char *reason; /* why it is none, if it is none */
};

/* Set what the command in the first line of a table says; the command itself, if wanted, is to be
   freed.  STATUS_FILE or STATUS_FORMAT. */
enum status measured_settings(const char *path, struct settings *settings, char **command);

/* STATUS_FILE, STATUS_FORMAT, STATUS_MEMORY; to be freed in any case. */
enum status measured_read(struct measured *measured, const char *path);
void measured_free(struct measured *measured);

/* The theory of skill k of a run of the two-layer network. */
struct fit_system measured_system(const struct settings *settings, int k);

/* Values of a column against that of a resource, one row a repeat, NaN where there is none; its
   arrays are to be freed by measured_unpack.  STATUS_MEMORY. */
enum status measured_pack(const struct data *data, int repeats, int resource, int column,
                          struct fit_data *packed);
void measured_unpack(struct fit_data *packed);

/* Fit the constant to the strength of skill k, or predict it with the constant given there. */
enum status measured_fit(const struct measured *measured, int k, struct fit *fit);
enum status measured_predict(const struct measured *measured, int k,
                             struct fit_prediction *prediction);

#endif
