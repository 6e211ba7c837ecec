#include "variant.h"

bool variant_runs(enum variant variant)
{
    switch (variant) {
    case VARIANT_PLAIN:
        return true;
#ifdef __x86_64__
    case VARIANT_AVX2:
        return __builtin_cpu_supports("avx2");
    case VARIANT_AVX512:
        return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw")
               && __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
#endif
    default:
        return false;
    }
}

enum variant variant_best(void)
{
    int best = VARIANT_AVX512;
    while (!variant_runs((enum variant)best))
        best--;
    return (enum variant)best;
}

const char *variant_name(enum variant variant)
{
    static const char *const name[VARIANTS] = {"plain", "avx2", "avx512"};
    return variant < VARIANTS ? name[variant] : "unknown variant";
}
