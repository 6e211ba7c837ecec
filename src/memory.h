#ifndef MEMORY_H
#define MEMORY_H

#include <stdlib.h>
#include <string.h>

/* Room for count things of a size, aligned to 64 bytes and a multiple of them; NULL if there
   is none.  free() gives it back. */
static inline void *memory_new(size_t count, size_t size)
{
    size_t bytes = (count * size + 63) / 64 * 64;
    return aligned_alloc(64, bytes ? bytes : 64);
}

static inline void *memory_zeros(size_t count, size_t size)
{
    void *zeros = memory_new(count, size);
    if (zeros)
        memset(zeros, 0, count * size);
    return zeros;
}

#endif
