#!/usr/bin/python3
"""Reference for tests/test_task.c: python3 tests/reference/task.py > tests/reference/task.tsv

Random words come from Philox 4x32-10 written here after its definition (Salmon et al.,
SC'11), with arbitrary-precision integers; the script first checks itself against the
vectors published with Random123.  Logarithms, exponentials and sums are mpmath's, at 40
digits, for arguments that are exactly the doubles printed in hexadecimal.
"""
from mpmath import mp, mpf, log, exp, zeta, nstr

mp.dps = 40
MASK, MASK32 = (1 << 64) - 1, (1 << 32) - 1


def philox(counter, key):
    c, k = list(counter), list(key)
    for _ in range(10):
        p0, p1 = 0xD2511F53 * c[0], 0xCD9E8D57 * c[2]
        c = [(p1 >> 32) ^ c[1] ^ k[0], p1 & MASK32, (p0 >> 32) ^ c[3] ^ k[1], p0 & MASK32]
        k = [(k[0] + 0x9E3779B9) & MASK32, (k[1] + 0xBB67AE85) & MASK32]
    return c


PUBLISHED = [
    ([0] * 4, [0] * 2, [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8]),
    ([MASK32] * 4, [MASK32] * 2, [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd]),
    ([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344], [0xa4093822, 0x299f31d0],
     [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1]),
]
for counter, key, result in PUBLISHED:
    assert philox(counter, key) == result, "this script's Philox is wrong"


def word(seed, identity, purpose, index):
    """Two to a block, whose number has 60 bits and shares a word with the purpose."""
    block, half = divmod(index, 2)
    counter = [block & MASK32, block >> 32 | purpose << 28, identity & MASK32, identity >> 32]
    v = philox(counter, [seed & MASK32, seed >> 32])
    return v[2 * half] | v[2 * half + 1] << 32


print("# word seed identity purpose index value")
for seed, identity, purpose in [(0, 0, 0), (2385, 0, 0), (2385, 7, 2), (MASK, 2**63 + 1, 4)]:
    for index in [0, 1, 3, 4, 11, 2385, 2**33 + 1, 2**61 - 1]:
        print("word", seed, identity, purpose, index, word(seed, identity, purpose, index), sep="\t")

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
