#!/usr/bin/python3
"""Emergence times of the two-layer network at settings that stand in no table of the literature.

An implementation of its own: NumPy, double precision, dense products, PCG64.  It trains on fresh
batches, measures R_k/S on 20,000 fresh points of each skill every so many steps, and interpolates
the first passage of one half.  Writes tests/reference/times.tsv:  python3 tests/reference/times.py
"""
import numpy as np

POINTS, REPEATS, EVERY = 20000, 12, 20
# The words are those of the command line of mlp-time.
SETTINGS = [
    dict(skills=3, bits=12, order=2, alpha=0.9, target=2, width=100, sigma=0.1, batch=500,
         rate=0.05, momentum=0, decay=0, optimiser="sgd", steps=2400),
    dict(skills=4, bits=20, order=2, alpha=0.4, target=3, width=61, sigma=0.1, batch=777,
         rate=0.02, momentum=0.6, decay=0, optimiser="sgd", steps=3000),
    dict(skills=3, bits=12, order=2, alpha=0.9, target=2, width=100, sigma=0.05, batch=500,
         rate=0.002, momentum=0, decay=0.001, optimiser="adam", steps=1200),
]


class Task:
    def __init__(self, s, rng):
        self.s, self.rng = s, rng
        p = np.arange(1, s["skills"] + 1) ** -(s["alpha"] + 1.0)
        self.cumulative = np.cumsum(p / p.sum())
        self.relevant = rng.permutation(s["bits"])[:s["skills"] * s["order"]]
        self.relevant = self.relevant.reshape(s["skills"], s["order"])

    def draw(self, count, skill=None):
        """Inputs [count, skills + bits] and parities g_k."""
        if skill is None:
            skill = np.searchsorted(self.cumulative, self.rng.random(count), side="right")
            skill = np.minimum(skill, self.s["skills"] - 1)
        else:
            skill = np.full(count, skill)
        x = self.rng.integers(0, 2, (count, self.s["bits"]))
        bits = np.take_along_axis(x, self.relevant[skill], axis=1)
        inputs = np.concatenate([np.eye(self.s["skills"])[skill], x], axis=1)
        return inputs, 1.0 - 2 * (bits.sum(1) % 2)


class Network:
    def __init__(self, s, rng):
        inputs = s["skills"] + s["bits"]
        self.s = s
        self.w = [rng.normal(0, s["sigma"], shape)
                  for shape in ((s["width"], inputs), (s["width"],), (s["width"],), ())]
        self.first = [np.zeros_like(w) for w in self.w]
        self.second = [np.zeros_like(w) for w in self.w]
        self.t = 0

    def output(self, u):
        return np.maximum(u @ self.w[0].T + self.w[1], 0) @ self.w[2] + self.w[3]

    def gradient(self, u, y):
        """Of the mean of (f - y)^2."""
        h = u @ self.w[0].T + self.w[1]
        a = np.maximum(h, 0)
        e = 2 * (a @ self.w[2] + self.w[3] - y) / len(y)
        back = np.outer(e, self.w[2]) * (h > 0)
        return [back.T @ u, back.sum(0), a.T @ e, e.sum()]

    def step(self, u, y):
        s = self.s
        self.t += 1
        for i, g in enumerate(self.gradient(u, y)):
            g = g + s["decay"] * self.w[i]
            if s["optimiser"] == "sgd":
                self.first[i] = s["momentum"] * self.first[i] + g
                self.w[i] = self.w[i] - s["rate"] * self.first[i]
            else:
                self.first[i] = 0.9 * self.first[i] + 0.1 * g
                self.second[i] = 0.999 * self.second[i] + 0.001 * g * g
                mean = self.first[i] / (1 - 0.9 ** self.t)
                square = self.second[i] / (1 - 0.999 ** self.t)
                self.w[i] = self.w[i] - s["rate"] * mean / (np.sqrt(square) + 1e-8)


def strengths(task, network, s):
    R = []
    for k in range(s["skills"]):
        u, g = task.draw(POINTS, k)
        R.append(np.cov(network.output(u), g, bias=True)[0, 1] / g.std() / s["target"])
    return R


def passages(s, seed):
    """Steps at which R_k/S first passes one half; nan if it does not."""
    rng = np.random.Generator(np.random.PCG64(seed))
    task, network = Task(s, rng), Network(s, rng)
    before, times = strengths(task, network, s), np.full(s["skills"], np.nan)
    for T in range(1, s["steps"] + 1):
        u, g = task.draw(s["batch"])
        network.step(u, s["target"] * g)
        if T % EVERY == 0:
            after = strengths(task, network, s)
            for k in range(s["skills"]):
                if np.isnan(times[k]) and before[k] < 0.5 <= after[k]:
                    times[k] = T - EVERY * (after[k] - 0.5) / (after[k] - before[k])
            before = after
    return times


def main():
    with open("tests/reference/times.tsv", "w") as table:
        table.write("# Emergence times by tests/reference/times.py (NumPy, double precision)\n"
                    "# columns: words of emergence mlp-time, skill, repeats, mean and standard "
                    "deviation of T at R_k/S = 1/2\nwords\tk\tn\tmean\tsd\n")
        for i, s in enumerate(SETTINGS):
            times = np.array([passages(s, 1000 * i + r) for r in range(REPEATS)])
            words = " ".join(f"--{name} {value}" for name, value in s.items())
            for k in range(s["skills"]):
                t = times[:, k][~np.isnan(times[:, k])]
                table.write(f"{words} --every {EVERY}\t{k + 1}\t{len(t)}\t{t.mean():.6g}\t"
                            f"{t.std(ddof=1):.6g}\n")
            table.flush()


main()
