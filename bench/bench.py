#!/usr/bin/python3
"""The PyTorch contender of "make bench".

It trains the two-layer network on orders from standard input, one a line:
    create SKILLS BITS ORDER ALPHA TARGET SIGMA RATE WIDTH BATCH SEED
    step COUNT
and answers the second with the seconds that the steps took and their mean loss.
Its first line of output names PyTorch and the BLAS it has loaded; without PyTorch, none comes.
"""
import signal
import sys
import time

try:
    import torch
except ImportError:
    sys.exit(1)


class Contender:
    """A network under training: subclasses set network and draw."""

    def __init__(self, skills, bits, order, alpha, target, batch, seed):
        torch.manual_seed(seed)
        self.bits, self.target, self.batch = bits, target, batch
        self.probability = torch.arange(1, skills + 1).float().pow(-(alpha + 1))
        self.relevant = torch.randperm(bits)[:skills * order].view(skills, order)
        self.loss = torch.nn.MSELoss()

    def step(self):
        inputs, targets = self.draw()
        self.optimiser.zero_grad(set_to_none=True)
        loss = self.loss(self.network(inputs), targets)
        loss.backward()
        self.optimiser.step()
        return loss.item()


class Training(Contender):
    def __init__(self, skills, bits, order, alpha, target, sigma, rate, width, batch, seed):
        super().__init__(skills, bits, order, alpha, target, batch, seed)
        self.control = torch.eye(skills)
        self.network = torch.nn.Sequential(
            torch.nn.Linear(skills + bits, width), torch.nn.ReLU(), torch.nn.Linear(width, 1))
        for parameter in self.network.parameters():
            torch.nn.init.normal_(parameter, std=sigma)
        self.optimiser = torch.optim.SGD(self.network.parameters(), lr=rate)

    def draw(self):
        """Inputs and targets; bits come from one random word a sample, the fastest way."""
        skill = torch.multinomial(self.probability, self.batch, replacement=True)
        word = torch.randint(0, 1 << self.bits, (self.batch, 1))
        x = (word >> torch.arange(self.bits)) & 1
        odd = x.gather(1, self.relevant[skill]).sum(1, keepdim=True) & 1
        inputs = torch.cat([self.control[skill], x.float()], 1)
        return inputs, self.target * (1 - 2 * odd).float()


def loaded_blas():
    with open("/proc/self/maps") as maps:
        names = {line.split("/")[-1].strip() for line in maps if "blas" in line}
    return ", ".join(sorted(names)) or "no BLAS by that name"


def serve(training_of, kinds, orders={}):
    """Greet, then answer "create", "step" and further orders until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    torch.set_num_threads(1)
    print(f"PyTorch {torch.__version__} with {loaded_blas()}, threads: {torch.get_num_threads()}",
          flush=True)
    for line in sys.stdin:
        order, *words = line.split()
        if order == "create":
            training = training_of(*(kind(word) for kind, word in zip(kinds, words)))
        elif order in orders:
            orders[order](training, *words)
        else:
            count = int(words[0])
            start = time.perf_counter()
            loss = sum(training.step() for _ in range(count))
            print(time.perf_counter() - start, loss / count, flush=True)


if __name__ == "__main__":
    serve(Training, (int, int, int, float, float, float, float, int, int, int))
