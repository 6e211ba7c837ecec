#!/usr/bin/python3
"""Reference for tests/test_depth.c:
python3 tests/reference/depth.py > tests/reference/depth.tsv

None of the chapter's closed forms is used.
`units`: layers, R(0)/S, R/S, then u = int x^(2/L - 2)/(1 - x) dx between them, by quadrature
    in ln x at 40 digits.
`reach`: layers, R(0)/S, u, then R/S, from the same integral by its hypergeometric form at
    60 digits and bisection.
`unbalanced`: S, R(0), q, R, then the time int dR/(sqrt(q^2 + 4R^2)(S - R)), by quadrature.
`integral`: layers, alpha, R(0)/S, then J_L = int u^(s-1) (1 - x)^2 du, by parts and quadrature
    over ln(u(x)) with u from its hypergeometric form.
"""
from mpmath import mp, mpf, quad, hyp2f1, log, exp, sqrt, nstr


def row(kind, settings, results):
    print(kind, *[x if isinstance(x, int) else float(x).hex() for x in settings],
          *[nstr(x, 25) for x in results], sep="\t")


mp.dps = 40


def clock(L, x):
    """Antiderivative of x^(-1-nu)/(1 - x), 0 < x < 1, for L > 2."""
    nu = 1 - mpf(2) / L
    return -x**-nu / nu + x**(1 - nu) / (1 - nu) * hyp2f1(1, 1 - nu, 2 - nu, x)


def units(L, x0, x):
    m = 2 - mpf(2) / L
    ends = [log(mpf(x0)), log(mpf(x))]
    if x0 < 1:
        middle = [log(mpf(v)) for v in (1e-6, 0.01, 0.5, 0.9, 0.999, 0.99999999) if x0 < v < x]
    else:
        middle = [log(mpf(v)) for v in (1e6, 100, 2, 1.1, 1.001, 1.0000001) if x < v < x0]
    return quad(lambda t: exp(t)**(1 - m) / (1 - exp(t)), [ends[0]] + middle + [ends[1]])


for L in [1, 2, 3, 4, 5, 7, 10]:
    for x0 in [1e-9, 1e-4, 0.01, 0.3, 0.99, 1.001, 1.5, 40.0, 1e6]:
        for y in [1e-7, 0.01, 0.4, 0.9]:  # fraction of the way, in some sense
            x = x0 * (1 - y) + y * (1 - 1e-6) if x0 < 1 else 1 + (x0 - 1) * (1 - y)
            row("units", [L, x0, x], [units(L, x0, x)])

mp.dps = 60
for L in [3, 4, 6, 10, 37]:
    for x0 in [1e-9, 0.003, 0.2, 0.97]:
        top = clock(L, mpf(x0))
        for x in [1.01 * x0, x0**0.7, x0**0.1, 0.5 + x0 / 2, 0.9999]:
            if x <= x0 or x >= 1:
                continue
            u = float(clock(L, mpf(x)) - top)
            low, high = mpf(x0), mpf(1) - mpf(10)**-30
            for _ in range(170):
                middle = (low + high) / 2
                if clock(L, middle) - top < u:
                    low = middle
                else:
                    high = middle
            row("reach", [L, x0, u], [low])

mp.dps = 40
for q in [0.0, 1e-12, 1e-4, 0.3, -2.0, 50.0, 1e7]:
    for R0 in [-3e4, -0.2, -1e-5, 0.0, 1e-9, 0.02, 2.0]:
        if q == 0 and R0 <= 0:
            continue
        for R in [R0 + 1e-9 * (2.385 - R0), 0.01 * 2.385, 0.6 * 2.385, 0.999 * 2.385]:
            if R <= R0:
                continue
            q_, S = mpf(q), mpf(2.385)
            marks = [-1e3, -1, -1e-3, -1e-6, -1e-9, -1e-12, 0, 1e-12, 1e-9, 1e-6, 1e-3, 1, 2.3]
            points = [mpf(R0)] + [mpf(v) for v in marks if R0 < v < R] + [mpf(R)]
            T = quad(lambda v: 1 / (sqrt(q_**2 + 4 * v**2) * (S - v)), points)
            row("unbalanced", [2.385, R0, q, R], [T])

mp.dps = 25
for L in [3, 4, 10]:
    for alpha in [0.05, 0.6, 5.0]:
        for x0 in [1e-6, 0.01, 0.9]:
            s, start = mpf(alpha) / (mpf(alpha) + 1), clock(L, mpf(x0))
            ends = [v for v in [1e-4, 0.1, 0.5, 0.9, 0.99, 0.9999] if v > x0]
            # x = x0 + (b - x0) y^p removes the power of u at the start
            f = lambda x: max(clock(L, x) - start, mpf(0))**s * (1 - x)
            first = quad(lambda y: f(x0 + (ends[0] - x0) * y**8) * 8 * y**7 * (ends[0] - x0),
                         [0, 0.25, 0.5, 0.75, 1])
            J = first + quad(f, [mpf(v) for v in ends] + [1 - mpf(10)**-6, 1 - mpf(10)**-18])
            row("integral", [L, alpha, x0], [2 / s * J])
