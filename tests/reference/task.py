#!/usr/bin/python3
"""Reference for tests/test_task.c: python3 tests/reference/task.py > tests/reference/task.tsv

Random words come from Philox 4x64-10 written here after its definition (Salmon et al.,
SC'11), with arbitrary-precision integers; the script first checks itself against the
vectors published with Random123.  Logarithms, exponentials and sums are mpmath's, at 40
digits, for arguments that are exactly the doubles printed in hexadecimal.
"""
from mpmath import mp, mpf, log, exp, zeta, nstr

mp.dps = 40
MASK = (1 << 64) - 1


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2E7470EE14C6C93 * c[0], 0xCA5A826395121157 * c[2]
        c = [(p1 >> 64) ^ c[1] ^ k[0], p1 & MASK, (p0 >> 64) ^ c[3] ^ k[1], p0 & MASK]
        k = [(k[0] + 0x9E3779B97F4A7C15) & MASK, (k[1] + 0xBB67AE8584CAA73B) & MASK]
    return c


PUBLISHED = [
    ([0] * 4, [0] * 2,
     [0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b]),
    ([MASK] * 4, [MASK] * 2,
     [0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0]),
    ([0x243f6a8885a308d3, 0x13198a2e03707344, 0xa4093822299f31d0, 0x082efa98ec4e6c89],
     [0x452821e638d01377, 0xbe5466cf34e90c6c],
     [0xa528f45403e61d95, 0x38c72dbd566e9788, 0xa5a1610e72fd18b5, 0x57bd43b5e52b7fe6]),
]
for counter, key, result in PUBLISHED:
    assert philox(counter, key) == result, "this script's Philox is wrong"

print("# word seed identity purpose index value")
for seed, identity, purpose in [(0, 0, 0), (2385, 0, 0), (2385, 7, 2), (MASK, 2**63 + 1, 4)]:
    for index in [0, 1, 3, 4, 11, 12, 2385]:
        word = philox([index // 4, 0, 0, purpose], [seed, identity])[index % 4]
        print("word", seed, identity, purpose, index, word, sep="\t")

print("# log x ln(x)")
for x in [5e-324, 1e-310, 2.2250738585072014e-308, 1e-200, 2.385e-7, 0.1, 0.5,
          0.70710678118654746, 0.70710678118654757, 0.9, 0.999, 1 - 2.0**-53, 1.0,
          1 + 2.0**-52, 1.001, 1.4142135623730949, 1.4142135623730951, 2.385, 3.0, 1e5,
          1.7976931348623157e308]:
    print("log", float(x).hex(), nstr(log(mpf(x)), 25), sep="\t")

print("# exp x exp(x)")
for x in [-699.5, -345.67, -23.85, -2.385, -0.34657359027997264, -0.1, -1e-9, 0.0, 1e-17,
          1e-5, 0.25, 0.34657359027997264, 0.34657359027997270, 1.0, 2.385, 10.5, 99.9,
          345.67, 699.5]:
    print("exp", float(x).hex(), nstr(exp(mpf(x)), 25), sep="\t")

print("# normaliser alpha skills A (0 skills: infinitely many)")
for alpha in [0.05, 0.3, 0.6385, 2.385, 5.0]:
    for skills in [1, 3, 64, 65, 1000, 0]:
        s = mpf(alpha) + 1
        total = zeta(s) - (zeta(s, skills + 1) if skills else 0)
        print("normaliser", float(alpha).hex(), skills, nstr(1 / total, 25), sep="\t")
