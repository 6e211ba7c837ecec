#!/usr/bin/env python3
"""Reference values for the sharp bound in data, by mpmath's quadrature at 25 digits.

Run from the top folder: python3 tests/reference/bounds.py > tests/reference/bounds.tsv

The integral is the one that bounds the error, at the three angles that the program tries, with
complex powers as mpmath takes them; S = 1, R(0) = 0.01, infinitely many skills.
"""
from mpmath import mp, mpf, exp, expj, expm1, linspace, pi, quad, sin, zeta, inf

mp.dps = 25


def bound(alpha, D):
    beta = 1 + mpf(alpha)
    x0 = zeta(beta) ** (-1 / beta)
    least = inf
    for fifths in (2, 3, 4):
        phi = mpf(fifths) / 5 * pi / 2 / beta

        def integrand(t):
            r = exp(t)
            P = (1 + r * expj(phi)) ** -beta
            return r * abs(P * (1 - P) ** D) / expm1(2 * pi * x0 * r * sin(phi))

        least = min(least, 2 * x0 * quad(integrand, linspace(-30, 6, 37)))
    return least / 2 * mpf("0.99") ** 2


print("# mpmath, 25 digits; see bounds.py")
print("quantity", "alpha", "D", "bound", sep="\t")
for alpha, D in (("0.6", 1), ("0.6", 3), ("2.385", 2), ("0.05", 7), ("0.385", 238), ("0.9", 2385)):
    print("sharp", alpha, D, mp.nstr(bound(alpha, D), 15), sep="\t")
