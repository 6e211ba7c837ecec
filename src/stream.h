#ifndef STREAM_H
#define STREAM_H

#include "variant.h"
#include <stdint.h>

/* What a stream is used for; streams of different purpose are independent.  At most 16. */
enum purpose { PURPOSE_TASK, PURPOSE_START, PURPOSE_TRAINING, PURPOSE_TEST, PURPOSE_BOOTSTRAP };

/* A place in the sequence of 2^61 random words of (seed, identity, purpose). */
struct stream {
    uint64_t seed, identity;
    enum purpose purpose;
    uint64_t place;   /* of the next word */
    uint64_t word[2]; /* the words of one block */
    uint64_t held;    /* 1 + the number of that block; 0: none */
};

struct stream stream_open(uint64_t seed, uint64_t identity, enum purpose purpose);
void stream_seek(struct stream *stream, uint64_t place);     /* 0 is the first word */
uint64_t stream_word(struct stream *stream);                 /* 64 uniform bits */
double stream_uniform(struct stream *stream);                /* in (0, 1), 52 bits */
double stream_normal(struct stream *stream);                 /* mean 0, variance 1 */
uint64_t stream_below(struct stream *stream, uint64_t n);    /* 0 .. n-1, n > 0 */

/* The next count words, by a variant that runs here. */
void stream_words(struct stream *stream, enum variant variant, uint64_t *word, int count);

/* ln x for x > 0 and exp x for |x| < 700, to a few units in the last place,
   with the same bits on every machine. */
double stream_log(double x);
double stream_exp(double x);

#endif
