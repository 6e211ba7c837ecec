#!/usr/bin/python3
"""Reference for tests/test_transformer.c:
    /usr/bin/python3 tests/reference/transformer.py > tests/reference/transformer.tsv

NumPy evaluates the transformer as its equations are written: one sample and one token after the
other, in double precision, with a full mask for the attention.  Nothing is shared, tabulated or
folded.  Parameters come from a small linear congruential generator, which the test repeats.
"""
import numpy as np

CASES = [  # name, skills, bits, width, heads
    ("even", 3, 6, 16, 4),
    ("odd", 2, 5, 9, 3),
    ("wide", 2, 11, 24, 1),
    ("thin", 1, 3, 1, 1),
]
SAMPLES = 3


class Generator:
    def __init__(self):
        self.state = 2385

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return (self.state >> 12) % n

    def weights(self, *shape):  # multiples of 2^-12 in [-1/2, 1/2), exact as floats
        count = int(np.prod(shape))
        return np.array([self.below(4096) / 4096 - 0.5 for _ in range(count)]).reshape(shape)


def norm(h, gain, offset):
    plain = (h - h.mean()) / np.sqrt(h.var() + 1e-5)
    return plain, gain * plain + offset


def draw(generator, n, d):
    w = generator.weights
    names = [("A", (2, d)), ("B", (n, d)), ("c", (d,)), ("gain1", (d,)), ("offset1", (d,)),
             ("qkv", (3, d, d)), ("qkv_bias", (3, d)), ("O", (d, d)), ("o", (d,)),
             ("gain2", (d,)), ("offset2", (d,)), ("U", (4 * d, d)), ("a", (4 * d,)),
             ("D", (d, 4 * d)), ("b", (d,)), ("gain3", (d,)), ("offset3", (d,)),
             ("w", (n, d)), ("beta", (1,))]
    return {name: w(*shape) for name, shape in names}


def run(p, tokens, d, heads):
    n, size = len(tokens), d // heads
    e = np.array([np.maximum(p["A"][u] + p["B"][t] + p["c"], 0) for t, u in enumerate(tokens)])
    x = np.array([norm(row, p["gain1"], p["offset1"])[1] for row in e])
    q, k, v = (x @ p["qkv"][i].T + p["qkv_bias"][i] for i in range(3))
    q = q / np.sqrt(size)
    y = np.zeros((n, d))
    for h in range(heads):
        part = slice(h * size, (h + 1) * size)
        score = q[:, part] @ k[:, part].T
        score[np.triu_indices(n, 1)] = -np.inf
        share = np.exp(score)
        y[:, part] = (share / share.sum(1, keepdims=True)) @ v[:, part]
    f, hidden, stream = p["beta"][0], [], []
    for t in range(n):
        h = e[t] + p["O"] @ y[t] + p["o"]
        g = np.maximum(p["U"] @ norm(h, p["gain2"], p["offset2"])[1] + p["a"], 0)
        last = h + p["D"] @ g + p["b"]
        plain, scaled = norm(last, p["gain3"], p["offset3"])
        f += p["w"][t] @ scaled
        hidden.append(g)
        stream.append(plain)
    return [("embedding", e), ("projection", np.hstack([q, k, v])), ("attention", y),
            ("hidden", np.array(hidden)), ("stream", np.array(stream)), ("output", np.array([f]))]


print("# case sample skill bits layer index value; skill from 0; index counts t * columns + i")
for name, skills, bits, d, heads in CASES:
    generator = Generator()
    p = draw(generator, skills + bits, d)
    for sample in range(SAMPLES):
        skill, word = generator.below(skills), generator.below(2**bits)
        tokens = [int(t == skill) for t in range(skills)] + [word >> j & 1 for j in range(bits)]
        for layer, value in run(p, tokens, d, heads):
            flat = value.reshape(-1)
            for i in range(0, len(flat), 1 if len(flat) < 30 else 17):
                print(name, sample, skill, word, layer, i, "%.17g" % flat[i], sep="\t")
