#!/usr/bin/python3
"""Reference for tests/test_emergence.c:
python3 tests/reference/emergence.py > tests/reference/emergence.tsv

Everything at 60 digits, for settings that are exactly the doubles printed in hexadecimal.
`time`, `saturation`: S, R(0), rate, P, epsilon, T: the root of the logistic, found by
    bisection of R(T) in units of 1/(2 rate P S), not from the logarithm.
`limit`: alpha, S, R(0), epsilon, k: the number of leading skills learned in stages, found by
    comparing those times skill by skill.
`data`: S, R(0), P, D, mean: the sum over all counts with exact rational probabilities.
`extended`: alpha, skills, sigma, kappa, rate, S, k, T, R: the extended model in time.
"""
from fractions import Fraction
from math import comb
from mpmath import mp, mpf, exp, nstr, zeta

mp.dps = 60


def row(kind, settings, result):
    print(kind, *[x if isinstance(x, int) else float(x).hex() for x in settings],
          result if isinstance(result, int) else nstr(result, 25), sep="\t")


def units(S, R0, target):
    """Root of S/(1 + c exp(-x)) = target."""
    low, high, c = mpf(-2000), mpf(2000), mpf(S) / mpf(R0) - 1
    for _ in range(250):
        x = (low + high) / 2
        if mpf(S) / (1 + c * exp(-x)) < target:
            low = x
        else:
            high = x
    return high


S = 2.385
for R0 in [1e-200, 2.7e-5, 0.0137, 1.2, 2.384]:
    for P in [0.9, 0.0137, 1e-9]:
        for e in [1e-12, 0.0137 / 2.385, 0.031, 0.5, 0.981]:
            scale = 2 * mpf(0.37) * mpf(P) * mpf(S)
            row("time", [S, R0, 0.37, P, e], units(S, R0, mpf(e) * S) / scale)
            row("saturation", [S, R0, 0.37, P, e], units(S, R0, (1 - mpf(e)) * S) / scale)

for alpha in [0.05, 0.6385, 2.385, 5.0]:
    for R0 in [1e-9, 2.7e-5, 0.0137]:
        for e in [0.03, 0.11, 0.33]:
            early, late = units(S, R0, mpf(e) * S), units(S, R0, (1 - mpf(e)) * S)
            k = 1
            while late * mpf(k)**(alpha + 1) < early * mpf(k + 1)**(alpha + 1):
                k += 1
            row("limit", [alpha, S, R0, e], k - 1)

for R0 in [0.0137, 2.7e-5]:
    for P in [1e-12, 0.0137, 0.5, 0.93]:
        for D in [0, 1, 2, 17, 120]:
            p, mean = Fraction(P), Fraction(0)
            for d in range(D + 1):
                R = Fraction(S) if d else Fraction(R0)
                mean += comb(D, d) * p**d * (1 - p)**(D - d) * R
            row("data", [S, R0, P, D], mpf(mean.numerator) / mpf(mean.denominator))

for alpha, skills, sigma, kappa, rate, S in [(0.6, 5, 0.01, 22.0, 0.02, 5.0),
                                             (0.9, 3, 0.1, 7.3, 0.013, 2.385)]:
    A = 1 / sum(mpf(k)**-(mpf(alpha) + 1) for k in range(1, skills + 1))
    for k in range(1, skills + 1):
        P = A * mpf(k)**-(mpf(alpha) + 1)
        for T in [0.0, 900.0, 3404.0, 20000.0]:
            c = mpf(S) / (mpf(sigma)**2 / mpf("3.6")) - 1
            R = mpf(S) / (1 + c * exp(-4 * mpf(rate) * P * mpf(S) * mpf(T) / mpf(kappa)))
            row("extended", [alpha, skills, sigma, kappa, rate, S, k, T], R)
