#!/usr/bin/python3
"""The PyTorch contender of bench/transformer.c: the same transformer, as one usually writes it.

It takes orders from standard input, one a line:
    create SKILLS BITS ORDER ALPHA TARGET RATE WIDTH HEADS BATCH SEED
    load       then a line with all parameters in the plain order of transformer.h
    check N    then N lines "SKILL BITS PARITY"; answers with loss and length of the gradient
    step N     answers with the seconds that N steps took and their mean loss
Its first line of output names PyTorch and the BLAS it has loaded; without PyTorch, none comes.
"""
import sys

from bench import Contender, serve, torch
from torch import nn
from torch.nn import functional as F


class Attention(nn.Module):
    def __init__(self, tokens, width, heads):
        super().__init__()
        self.heads = heads
        self.qkv = nn.Linear(width, 3 * width)
        self.out = nn.Linear(width, width)
        self.register_buffer("future", torch.ones(tokens, tokens).triu(1).bool())

    def forward(self, x):
        batch, tokens, width = x.shape
        q, k, v = (part.view(batch, tokens, self.heads, -1).transpose(1, 2)
                   for part in self.qkv(x).split(width, 2))
        score = q @ k.transpose(2, 3) / (width / self.heads) ** 0.5
        share = score.masked_fill(self.future, float("-inf")).softmax(3)
        return self.out((share @ v).transpose(1, 2).reshape(batch, tokens, width))


class Transformer(nn.Module):
    """Parameters are registered in the plain order of transformer.h."""

    def __init__(self, tokens, width, heads):
        super().__init__()
        bound = (tokens + 2) ** -0.5
        draw = lambda *shape: nn.Parameter(torch.empty(shape).uniform_(-bound, bound))
        self.value, self.position, self.bias = draw(2, width), draw(tokens, width), draw(width)
        self.norm1 = nn.LayerNorm(width)
        self.attention = Attention(tokens, width, heads)
        self.norm2 = nn.LayerNorm(width)
        self.up, self.down = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm3 = nn.LayerNorm(width)
        self.read = nn.Linear(tokens * width, 1)
        with torch.no_grad():
            self.attention.out.weight.div_(2 ** 0.5)
            self.down.weight.div_(2 ** 0.5)

    def forward(self, u):
        e = F.relu(F.embedding(u, self.value) + self.position + self.bias)
        h = e + self.attention(self.norm1(e))
        h = h + self.down(F.relu(self.up(self.norm2(h))))
        return self.read(self.norm3(h).flatten(1))


class Training(Contender):
    def __init__(self, skills, bits, order, alpha, target, rate, width, heads, batch, seed):
        super().__init__(skills, bits, order, alpha, target, batch, seed)
        self.control = torch.eye(skills, dtype=torch.long)
        self.network = Transformer(skills + bits, width, heads)
        self.optimiser = torch.optim.SGD(self.network.parameters(), lr=rate)

    def tokens(self, skill, word):
        x = (word[:, None] >> torch.arange(self.bits)) & 1
        return torch.cat([self.control[skill], x], 1)

    def draw(self):
        skill = torch.multinomial(self.probability, self.batch, replacement=True)
        u = self.tokens(skill, torch.randint(0, 1 << self.bits, (self.batch,)))
        odd = u[:, -self.bits:].gather(1, self.relevant[skill]).sum(1, keepdim=True) & 1
        return u, self.target * (1 - 2 * odd).float()

    def load(self, numbers):
        at = 0
        with torch.no_grad():
            for parameter in self.network.parameters():
                part = torch.tensor(numbers[at:at + parameter.numel()])
                parameter.copy_(part.view(parameter.shape))
                at += parameter.numel()
        if at != len(numbers):
            sys.exit("the numbers of parameters differ")

    def check(self, samples):
        u = self.tokens(torch.tensor([int(s[0]) for s in samples]),
                        torch.tensor([int(s[1]) for s in samples]))
        y = self.target * torch.tensor([[float(s[2])] for s in samples])
        self.optimiser.zero_grad()
        loss = self.loss(self.network(u), y)
        loss.backward()
        square = sum((p.grad.double() ** 2).sum() for p in self.network.parameters())
        return loss.item(), float(square) ** 0.5


def load(training):
    training.load([float(word) for word in sys.stdin.readline().split()])


def check(training, count):
    samples = [sys.stdin.readline().split() for _ in range(int(count))]
    print(*training.check(samples), flush=True)


serve(Training, (int, int, int, float, float, float, int, int, int, int),
      {"load": load, "check": check})
