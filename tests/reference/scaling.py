#!/usr/bin/env python3
"""Reference values for the chapter scaling, by mpmath at 40 digits.

Run from the top folder: python3 tests/reference/scaling.py > tests/reference/scaling.tsv

Nothing here follows the C: integrals are mpmath's quadrature of the definition,
constants are the definitions of the chapter, kappa is a zero of the numerical
derivative of the constant, and sums are taken term by term where u > 1/4, with
Taylor coefficients by numerical differentiation and Hurwitz zeta functions beyond.
"""
from mpmath import mp, mpf, exp, log, quad, zeta, gamma, nsum, taylor, findroot, diff, binomial

mp.dps = 40


def w(u, c):
    return 1 / (1 + exp(u) / c) ** 2


def breaks(c, start):
    far = max(log(c), 0)
    points = [start, far / 4, far / 2, far - 3, far - 1, far, far + 1, far + 3, far + 10,
              far + 30, far + 60]
    return sorted({p for p in points if p >= start and p >= 0})


def integral(alpha, c):
    """J, in the variable v = u^s, which has no singularity at 0."""
    s = alpha / (alpha + 1)
    return quad(lambda v: w(v ** (1 / s), c), [p ** s for p in breaks(c, mpf(0))]) / s


def incomplete(alpha, c, b):
    """H(b) = int_0^inf e^(st) w(b e^t) dt"""
    s = alpha / (alpha + 1)
    points = [log(p / b) for p in breaks(c, b)]
    return quad(lambda t: exp(s * t) * w(b * exp(t), c), points)


def normaliser(alpha, skills):
    beta = alpha + 1
    return 1 / (zeta(beta) - (zeta(beta, skills + 1) if skills else 0))


class Settings:
    def __init__(self, alpha, skills, target, initial, rate):
        self.row = (alpha, skills, target, initial, rate)
        self.alpha, self.S, self.R0, self.eta = map(mpf, (alpha, target, initial, rate))
        self.n = skills
        self.A = normaliser(self.alpha, skills)
        self.c = self.S / self.R0 - 1
        self.s = self.alpha / (self.alpha + 1)
        self.density = self.A ** (1 / (self.alpha + 1)) / (self.alpha + 1)

    def powers(self, p, first, last):
        """sum of k^-p from first to last (0: infinity)"""
        return zeta(p, first) - (zeta(p, last + 1) if last else 0)

    def total(self, factor, rate, coefficients, last):
        beta, K = self.alpha + 1, 1
        K = int((4 * rate * self.A) ** (1 / beta)) + 1
        K = min(K, last) if last else K
        P = lambda k: self.A * mpf(k) ** -beta
        head = sum(P(k) * factor(P(k)) for k in range(1, K + 1))
        if last and K == last:
            return head
        return head + sum(a * self.A ** (j + 1) * self.powers((j + 1) * beta, K + 1, last)
                          for j, a in enumerate(coefficients))

    def time_sum(self, T, last):
        theta = 2 * self.eta * self.S * T
        a = [x * theta ** j for j, x in enumerate(taylor(lambda u: w(u, self.c), 0, 24))]
        return self.total(lambda P: w(theta * P, self.c), theta, a, last)

    def time_loss(self, T, _):
        return self.S ** 2 / 2 * self.time_sum(mpf(T), self.n)

    def data_loss(self, D, _):
        a = [(-1) ** j * binomial(D, j) for j in range(30)]
        return (self.S - self.R0) ** 2 / 2 * self.total(lambda P: (1 - P) ** D, mpf(D), a, self.n)

    def beyond(self, N):
        if self.n and N >= self.n:
            return mpf(0)
        return self.A * self.powers(self.alpha + 1, N + 1, self.n)

    def parameter_loss(self, N, _):
        return self.S ** 2 / 2 * self.beyond(N)

    def compute_loss(self, N, T):
        last = min(N, self.n) if self.n else N
        return self.S ** 2 / 2 * (self.time_sum(mpf(T), last) + self.beyond(N))

    def time_constant(self, *_):
        return self.S ** 2 / 2 * self.density * (2 * self.eta * self.S) ** -self.s * integral(self.alpha, self.c)

    def data_constant(self, *_):
        return (self.S - self.R0) ** 2 / 2 * self.density * gamma(self.s)

    def parameter_constant(self, *_):
        return self.S ** 2 * self.A / (2 * self.alpha)

    def on_ray(self, kappa):
        b = 2 * self.eta * self.S * self.A * kappa
        h = self.A / (self.alpha + 1) * incomplete(self.alpha, self.c, b)
        return self.S ** 2 / 2 * kappa ** (self.alpha / (self.alpha + 2)) * (self.A / self.alpha + h)

    def kappa(self, *_):
        mp.dps = 30
        slope = lambda y: diff(lambda z: log(self.on_ray(exp(z))), y, h=mpf(10) ** -9)
        low, high = mpf(-40), log(max(log(self.c), 0) + 1) - log(2 * self.eta * self.S * self.A)
        while high - low > mpf("1e-3"):
            middle = (low + high) / 2
            low, high = (middle, high) if slope(middle) < 0 else (low, middle)
        root = exp(findroot(slope, (low, high), solver="anderson", tol=1e-36, verify=False))
        mp.dps = 40
        return root

    def compute_constant(self, *_):
        return self.on_ray(self.kappa())


def show(name, row, x, y, value):
    print(name, *row, x, y, mp.nstr(value, 18), sep="\t")


def main():
    print("# mpmath, 40 digits; see scaling.py")
    print("quantity", "alpha", "skills", "target", "initial", "rate", "x", "y", "value", sep="\t")
    for alpha in ("0.05", "0.3", "0.6385", "0.9", "2.385", "5", "10"):
        for c in ("0.1", "0.49", "0.51", "0.999", "2.385", "99", "499", "238500", "1e9", "1e100"):
            show("integral", (alpha, 0, 1, 0.5, 1), c, 0, integral(mpf(alpha), mpf(c)))
    grid = [("0.3", 0, "1", "0.01", "1"), ("0.6", 0, "1", "0.01", "1"), ("0.9", 0, "1", "0.01", "1"),
            ("0.3", 0, "5", "0.01", "1"), ("0.6", 0, "5", "0.01", "1"), ("0.9", 0, "5", "0.01", "1"),
            ("0.05", 0, "2.385", "1e-9", "0.385"), ("0.4385", 2385, "2.385", "0.385", "0.0385"),
            ("1.385", 100003, "0.385", "0.02385", "23.85"), ("2.385", 1, "2.385", "1.5", "2.385"),
            ("5", 17, "3.1385", "2.385e-6", "0.6385"), ("5", 0, "2.385", "0.385", "1")]
    for row in grid:
        settings = Settings(*row)
        for name in ("time_constant", "data_constant", "parameter_constant", "kappa", "compute_constant"):
            show(name, row, 0, 0, getattr(settings, name)())
    sums = [row for row in grid if row[0] != "0.05"] + [("0.05", 0, "2.385", "0.385", "0.385"),
            ("0.05", 1000000, "2.385", "1e-9", "0.385"), ("0.3", 100000, "1", "0.01", "1")]
    for row in sums:
        settings = Settings(*row)
        for T in ("0.02385", "2.385", "238.5", "4385"):
            show("time_loss", row, T, 0, settings.time_loss(T, 0))
        for D in (1, 7, 238, 5385):
            show("data_loss", row, D, 0, settings.data_loss(D, 0))
        for N in (0, 1, 7, 238, 99999):
            show("parameter_loss", row, N, 0, settings.parameter_loss(N, 0))
        for N, T in ((3, "2.385"), (238, "23.85"), (2385, "238.5"), (30011, "2385")):
            show("compute_loss", row, N, T, settings.compute_loss(N, T))


main()
