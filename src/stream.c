#include "stream.h"
#include "draw.h"
#include <Random123/philox.h>
#include <math.h>

struct stream stream_open(uint64_t seed, uint64_t identity, enum purpose purpose)
{
    return (struct stream){.seed = seed, .identity = identity, .purpose = purpose};
}

void stream_seek(struct stream *stream, uint64_t place) { stream->place = place; }

static void hold_block(struct stream *stream, uint64_t block)
{
    struct philox p = draw_philox(stream->seed, stream->identity, (uint32_t)stream->purpose);
    philox4x32_ctr_t counter = {{(uint32_t)block, (uint32_t)(block >> 32) | p.purpose,
                                 p.identity[0], p.identity[1]}};
    philox4x32_key_t key = {{p.key[0], p.key[1]}};
    philox4x32_ctr_t v = philox4x32(counter, key);
    stream->word[0] = v.v[0] | (uint64_t)v.v[1] << 32;
    stream->word[1] = v.v[2] | (uint64_t)v.v[3] << 32;
    stream->held = block + 1;
}

uint64_t stream_word(struct stream *stream)
{
    if (stream->held != stream->place / 2 + 1)
        hold_block(stream, stream->place / 2);
    return stream->word[stream->place++ % 2];
}

void stream_words(struct stream *stream, enum variant variant, uint64_t *word, int count)
{
    static const struct drawer *const drawers[VARIANTS] = BY_VARIANT(drawer);
    struct philox p = draw_philox(stream->seed, stream->identity, (uint32_t)stream->purpose);
    for (; count > 0 && stream->place % 2; count--)
        *word++ = stream_word(stream);
    int blocks = count / 2;
    drawers[variant]->words(&p, stream->place / 2, blocks, word);
    stream->place += 2 * (uint64_t)blocks;
    if (count % 2)
        word[2 * blocks] = stream_word(stream);
}

double stream_uniform(struct stream *stream)
{
    return ((double)(stream_word(stream) >> 12) + 0.5) * 0x1p-52;
}

uint64_t stream_below(struct stream *stream, uint64_t n)
{
    uint64_t excess = (UINT64_MAX % n + 1) % n, word;
    do
        word = stream_word(stream);
    while (word > UINT64_MAX - excess);
    return word % n;
}

double stream_normal(struct stream *stream)
{
    double u, v, q;
    do {
        u = 2 * stream_uniform(stream) - 1;
        v = 2 * stream_uniform(stream) - 1;
        q = u * u + v * v;
    } while (q >= 1);
    return u * sqrt(-2 * stream_log(q) / q);
}

static const double ln2_high = 0x1.62e42fefa0000p-1, ln2_low = 0x1.cf79abc9e3b3ap-40;

double stream_log(double x)
{
    int e;
    double m = frexp(x, &e);
    if (m < 0.70710678118654752)
        m *= 2, e--;
    double z = (m - 1) / (m + 1), q = z * z, sum = 0;
    for (int n = 21; n > 1; n -= 2)
        sum = (sum + 1.0 / n) * q;
    return e * ln2_high + (2 * z + (2 * z * sum + e * ln2_low));
}

double stream_exp(double x)
{
    double e = rint(x / (ln2_high + ln2_low));
    double r = (x - e * ln2_high) - e * ln2_low, sum = 1;
    for (int n = 13; n > 0; n--)
        sum = 1 + sum * r / n;
    return ldexp(sum, (int)e);
}
