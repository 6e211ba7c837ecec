#!/usr/bin/python3
"""Reference for tests/test_multilinear.c:
python3 tests/reference/multilinear.py > tests/reference/multilinear.tsv

`ode`: a, b, S, rate, T, then a(T) and b(T), by mpmath's Taylor integration at 30 digits of
    a' = rate b (S - a b), b' = rate a (S - a b); no closed form is used.
`route`: a, b, S, rate, T, then R(T), at 320 digits, by another closed form than the
    chapter's: with 2R = |q| sinh u and 2S = |q| sinh U the strength obeys
    u' = rate |q| (sinh U - sinh u), hence F = sinh((U-u)/2)/cosh((U+u)/2) decays as
    exp(-rate |q| cosh(U) T), and tanh(u/2) = (t - F)/(1 + t F) with t = tanh(U/2).
`logistic`, `linear`: S, R(0), rate, T, then R(T), at 320 digits.
"""
from mpmath import mp, mpf, mpmathify, exp, sinh, cosh, asinh, tanh, atanh, odefun, nstr


def row(kind, settings, results):
    print(kind, *[float(x).hex() for x in settings], *[nstr(x, 25) for x in results], sep="\t")


mp.dps = 30
for a, b in [(0.3, 0.3), (0.05, 0.01), (0.02, -0.015), (-0.4, 0.1), (1.3, -0.2), (0.0, 0.3),
             (2.1, 1.9), (-3.0, -0.2), (0.7, -0.699)]:
    S, rate = 2.385, 0.37
    flow = odefun(lambda T, y: [rate * y[1] * (mpf(S) - y[0] * y[1]),
                                rate * y[0] * (mpf(S) - y[0] * y[1])], 0, [mpf(a), mpf(b)])
    for T in [0.1, 1.7, 4.3, 9.1]:
        row("ode", [a, b, S, rate, T], flow(mpf(T)))

mp.dps = 320
for a, b in [(1e-4, 2e-5), (1e-9, -0.999e-9), (3e-5, 2.9999999999e-5), (1.0, -0.999999999999),
             (1e6, 1e-7), (1e6, -1e-3), (50.0, 0.1), (-1e-20, 0.5), (1e-60, 3e-60), (7.0, -6.5)]:
    for S in [2.385, 1e-3]:
        q = abs(mpf(a)**2 - mpf(b)**2)
        U, u = asinh(2 * mpf(S) / q), asinh(2 * mpf(a) * mpf(b) / q)
        for x in [1e-6, 0.31, 2.385, 9.7, 61.0, 300.0]:
            T = x / float(q * cosh(U)) / 0.37
            decay = exp(-mpf(0.37) * q * cosh(U) * mpf(T))
            F = sinh((U - u) / 2) / cosh((U + u) / 2) * decay
            t = tanh(U / 2)
            row("route", [a, b, S, 0.37, T], [q / 2 * sinh(2 * atanh((t - F) / (1 + t * F)))])

for S in [2.385, 5.0, 1e-3]:
    for R0 in [1e-200, 2.7e-5, 0.01 * S, 0.999 * S, S, 7.3 * S]:
        for x in [0.0, 1e-9, 0.7, 12.1, 400.0, 1000.0]:
            T = x / (2 * 0.013 * S)
            E = exp(-2 * mpf(0.013) * mpf(S) * mpf(T))
            row("logistic", [S, R0, 0.013, T], [mpf(S) / (1 + (mpf(S) / mpf(R0) - 1) * E)])

for S in [2.385, 5.0]:
    for w in [-3.7, 0.0, 1e-5, S, 20.0]:
        for T in [0.0, 1e-9, 3.1, 77.0, 1e5]:
            E = exp(-mpf(0.013) * mpf(T))
            row("linear", [S, w, 0.013, T], [mpf(S) + (mpf(w) - mpf(S)) * E])
