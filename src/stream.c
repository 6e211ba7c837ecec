#include "stream.h"
#include <math.h>

struct stream stream_open(uint64_t seed, uint64_t identity, enum purpose purpose)
{
    struct stream stream = {.key = {{seed, identity}}, .counter = {{0, 0, 0, purpose}}};
    return stream;
}

uint64_t stream_word(struct stream *stream)
{
    if (stream->left == 0) {
        stream->block = philox4x64(stream->counter, stream->key);
        stream->counter.v[0]++;
        stream->left = 4;
    }
    return stream->block.v[4 - stream->left--];
}

void stream_words(struct stream *stream, uint64_t *word, int count)
{
    for (; count > 0 && stream->left > 0; count--)
        *word++ = stream_word(stream);
    for (; count >= 4; count -= 4, word += 4, stream->counter.v[0]++) {
        philox4x64_ctr_t block = philox4x64(stream->counter, stream->key);
        for (int i = 0; i < 4; i++)
            word[i] = block.v[i];
    }
    for (; count > 0; count--)
        *word++ = stream_word(stream);
}

void stream_seek(struct stream *stream, uint64_t word)
{
    stream->counter.v[0] = word / 4;
    stream->left = 0;
    for (word %= 4; word > 0; word--)
        stream_word(stream);
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
