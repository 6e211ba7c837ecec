#!/usr/bin/python3
"""Reference for tests/test_mlp.c: /usr/bin/python3 tests/reference/mlp.py > tests/reference/mlp.tsv

PyTorch (Debian's python3-torch 1.13.1) trains the two-layer network in double precision with
its own layers, automatic differentiation, optimisers and schedules.  Starting weights and
batches come from a small linear congruential generator, which the test repeats.

Adam's decay is kept small.  At 5e-3, weights that have no gradient but the decay arrive at 0 within
these 400 steps and are tossed about it by steps as large as the rate, whose signs hang on the last
bit of a float; the test could then only ask for agreement to 5e-4.
"""
import torch
from torch import nn

torch.set_default_dtype(torch.float64)
torch.set_num_threads(1)
SKILLS, BITS, WIDTH, BATCH, STEPS, EVERY, TARGET = 3, 6, 20, 40, 400, 40, 2


class Generator:
    def __init__(self):
        self.state = 2385

    def below(self, n):
        self.state = (self.state * 1103515245 + 12345) % 2**31
        return (self.state >> 12) % n

    def weight(self):  # a multiple of 2^-12 in [-1/2, 1/2), exact as a float
        return self.below(4096) / 4096 - 0.5


def draw_network(generator):
    inputs = SKILLS + BITS
    first, second = nn.Linear(inputs, WIDTH), nn.Linear(WIDTH, 1)
    with torch.no_grad():
        for tensor in (first.weight, first.bias, second.weight, second.bias):
            for i in range(tensor.numel()):
                tensor.view(-1)[i] = generator.weight()
    return nn.Sequential(first, nn.ReLU(), second)


def draw_batch(generator):
    u, y = torch.zeros(BATCH, SKILLS + BITS), torch.zeros(BATCH, 1)
    for s in range(BATCH):
        skill, x = generator.below(SKILLS), generator.below(2**BITS)
        u[s, skill] = 1
        for i in range(BITS):
            u[s, SKILLS + i] = x >> i & 1
        y[s] = TARGET * (-1) ** bin(x >> 2 * skill & 3).count("1")
    return u, y


CASES = [  # name, optimiser, schedule
    ("sgd", lambda p: torch.optim.SGD(p, lr=0.02), None),
    ("momentum", lambda p: torch.optim.SGD(p, lr=0.005, momentum=0.9), None),
    ("decay", lambda p: torch.optim.SGD(p, lr=0.02, weight_decay=0.02), (1, 0.995, 20)),
    ("both", lambda p: torch.optim.SGD(p, lr=0.005, momentum=0.7, weight_decay=0.01), None),
    ("adam", lambda p: torch.optim.Adam(p, lr=0.005), None),
    ("adam-decay", lambda p: torch.optim.Adam(p, lr=0.01, weight_decay=5e-4), (0.5, 0.5, 100)),
]

print("# case quantity index value; quantity is the loss of a step, or a parameter at the end")
for name, choose, schedule in CASES:
    generator = Generator()
    network = draw_network(generator)
    optimiser = choose(network.parameters())
    scheduler = None
    if schedule:
        at_once, factor, every = schedule
        for group in optimiser.param_groups:
            group["lr"] *= at_once
        scheduler = torch.optim.lr_scheduler.StepLR(optimiser, every, factor)
    for step in range(STEPS):
        u, y = draw_batch(generator)
        optimiser.zero_grad()
        loss = nn.functional.mse_loss(network(u), y)
        loss.backward()
        optimiser.step()
        if scheduler:
            scheduler.step()
        if step % EVERY == EVERY - 1:
            print(name, "loss", step, "%.17g" % loss.item(), sep="\t")
    flat = torch.cat([p.detach().reshape(-1) for p in network.parameters()])
    for i, value in enumerate(flat.tolist()):
        if i % 4 == 0 or i == len(flat) - 1:
            print(name, "parameter", i, "%.17g" % value, sep="\t")
