#include "bytes.h"
#include <math.h>

static double mean_by_counting(uint64_t set)
{
    double sum = 0;
    for (uint64_t x = 0; x < 1 << 18; x++)
        if ((x & 255) != 255 && (x >> 8 & 255) != 255)
            sum += __builtin_parityll(x & set) ? -1 : 1;
    return sum / (255 * 255 * 4);
}

static double audit_byte_means(void)
{
    static const uint64_t others[] = {0, 0x100, 0x8100, 0x10000};
    double worst = 0;
    for (uint64_t set = 0; set < 256; set += 5)
        for (int i = 0; i < 4; i++) {
            double mean = mean_by_counting(set | others[i]);
            worst = entry_worse(worst, fabs(bytes_mean(set | others[i], 18) - mean));
        }
    return worst;
}

const struct entry bytes_entries[] = {
    {"eq:byte-means", "against all values of two bytes", audit_byte_means, 1e-15},
    {0}};
