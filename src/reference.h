#ifndef REFERENCE_H
#define REFERENCE_H

#include "status.h"
#include "task.h"

struct reference;

/* The same network by dense products (CBLAS), rows samples at a time, on
   parameters in plain order.  Arguments and errors as above, but there is room
   for batches of any size; 1 <= rows <= 10^8. */
enum status reference_create(struct reference **reference, int skills, int bits,
                                 int width, int rows);
void reference_destroy(struct reference *reference);
enum status reference_forward(struct reference *reference, const float *parameter,
                                  const struct batch *batch, float *output);
double reference_gradient(struct reference *reference, const float *parameter,
                              const struct batch *batch, double target, float *gradient);
double reference_step(struct reference *reference, float *parameter,
                          const struct batch *batch, double target, double rate);

#endif
