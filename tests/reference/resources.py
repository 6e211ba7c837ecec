#!/usr/bin/env python3
"""Reference values for tests/test_resources.c, by mpmath at 30 digits.

    python3 tests/reference/resources.py > tests/reference/resources.tsv

Every value is a sum over all counts and all skills as in the definition; nothing is tilted, cut off, or replaced by a quadrature.
Rows:  mean  c rate D P value
       loss  alpha skills target initial rate T D N value
       law   alpha skills target initial rate T D N value   (joint law by integration over P)
"""
import sys
from functools import lru_cache
from mpmath import mp, mpf, mpmathify, exp, zeta, quad, inf

mp.dps = 30


def w(c, u):
    return (1 + exp(u) / c) ** -2


@lru_cache(maxsize=None)
def mean(c, rate, D, P):
    if D == 0:
        return w(c, mpf(0))
    if P == 1:
        return w(c, rate)
    total, p, X, growth = mpf(0), (1 - P) ** D, 1 / c, exp(rate / D)
    for d in range(D + 1):
        total += p / (1 + X) ** 2
        p *= (D - d) * P / ((d + 1) * (1 - P))
        X *= growth
    return total


def loss(alpha, skills, S, R0, eta, T, D, N):
    c, rate = S / R0 - 1, 2 * eta * S * T
    weight = [mpf(k) ** (-alpha - 1) for k in range(1, skills + 1)]
    A = 1 / sum(weight)
    total = mpf(0)
    for k, x in enumerate(weight, 1):
        total += A * x * (mean(c, rate, D, A * x) if k <= N else 1)
    return S * S / 2 * total


def law(alpha, S, R0, eta, T, D, N):
    """(S^2/2) int dk P(k) E[w] for Poisson counts, plus the skills beyond N; n_s infinite."""
    beta, A = alpha + 1, 1 / zeta(alpha + 1)
    c, theta = S / R0 - 1, 2 * eta * S * T / D
    s, PN = alpha / beta, A * N ** -beta

    def poisson(nu):
        total, p, d, X, growth = mpf(0), exp(-nu), 0, 1 / c, exp(theta)
        while d < nu + 20 * (1 + nu) ** 0.5 + 30:
            total += p / (1 + X) ** 2
            X *= growth
            d += 1
            p *= nu / d
        return total

    top = [PN * 4**i for i in range(0, 12) if PN * 4**i * D < 400] + [mpf(500) / D]
    known = quad(lambda P: P ** (s - 1) * poisson(D * P), top)
    unknown = PN**s / s
    return S * S / 2 * A ** (1 / beta) / beta * (known + unknown)


def row(name, arguments, value):
    print("\t".join([name] + [mp.nstr(mpmathify(a), 17) if a != inf else "inf" for a in arguments]
                    + [mp.nstr(value, 25)]))


def main():
    exact = lambda x: mpf(float(x))
    for c in map(exact, (0.1, 2.385, 99, 6385, 1e9)):
        for D in (1, 7, 238, 2385):
            for P in map(exact, (2.385e-5, 0.0385, 0.62385, 0.9995)):
                for x in map(exact, (0.385, 3.1, 9.7, 40, 2385)):
                    rate = exact(x / P) if x < 2385 else exact(2385)
                    row("mean", (c, rate, D, P), mean(c, rate, D, P))
    for alpha, skills, R0 in ((0.05, 23, 0.385), (0.6385, 61, 2.385e-9), (0.6, 150, 0.01385),
                              (2.385, 40, 2.1), (5, 12, 0.02385), (0.9, 1, 0.5)):
        for T in map(exact, (0, 2.385, 238.5, 2.385e5)):
            for D in (0, 1, 23, 155):
                for N in (0, skills // 3, skills):
                    arguments = tuple(map(exact, (alpha,))) + (skills,) + tuple(
                        map(exact, (2.385, R0, 0.385))) + (T, D, N)
                    row("loss", arguments, loss(*arguments))
    for alpha in map(exact, (0.3385, 0.6, 0.9385)):
        for T, D, N in ((500, 1000, 20), (3000, 1000, 200), (100, 1000, 100)):
            head = (alpha, 0) + tuple(map(exact, (2.385, 0.02385, 0.385)))
            tail = (exact(T), mpf(D), mpf(N))
            row("law", head + tail, law(alpha, *head[2:], *tail))


sys.exit(main())
