#ifndef STREAM_H
#define STREAM_H

#include "arithmetic.h"
#include <Random123/philox.h>
#include <stdint.h>

/* What a stream is used for; streams of different purpose are independent. */
enum purpose { PURPOSE_TASK, PURPOSE_START, PURPOSE_TRAINING, PURPOSE_TEST, PURPOSE_BOOTSTRAP };

/* A place in the sequence of random words of (seed, identity, purpose). */
struct stream {
    philox4x64_key_t key;
    philox4x64_ctr_t counter;
    philox4x64_ctr_t block; /* the four words at counter - 1 */
    int left;               /* how many of them are unused */
};

struct stream stream_open(uint64_t seed, uint64_t identity, enum purpose purpose);
uint64_t stream_word(struct stream *stream);                 /* 64 uniform bits */
void stream_words(struct stream *stream, uint64_t *word, int count); /* the next ones */
double stream_uniform(struct stream *stream);                /* in (0, 1), 52 bits */
double stream_normal(struct stream *stream);                 /* mean 0, variance 1 */
uint64_t stream_below(struct stream *stream, uint64_t n);    /* 0 .. n-1, n > 0 */

/* ln x for x > 0 and exp x for |x| < 700, to a few units in the last place,
   with the same bits on every machine. */
double stream_log(double x);
double stream_exp(double x);

#endif
