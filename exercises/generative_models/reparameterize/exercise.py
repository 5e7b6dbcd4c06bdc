import torch

from autograder.checks import Sampler, leaves_alone, pathwise, samples

signature = "reparameterize(mu, logvar)"


def block(rows, columns, mu, logvar):
    return torch.full((rows, columns), float(mu)), torch.full((rows, columns), float(logvar))


generator = torch.Generator().manual_seed(9)
varied = tuple(torch.randn(40, 32, generator=generator) for _ in range(2))


def sampler(*blocks):
    return Sampler(
        "reparameterize",
        blocks,
        residual=lambda z, mu, logvar: (z - mu) / torch.exp(logvar / 2),
        parameters=("mu", "logvar"),
    )


public = sampler(varied, block(40, 32, 1, -2), block(40, 32, -2, 1.5))
hidden = sampler(block(1, 640, 2, 1), block(640, 1, -1, -1), block(24, 24, 0, -12), block(24, 24, 3, 6))


def identity(z, w, mu, logvar):
    """dz/dmu = 1 and dz/dlogvar = ½ exp(logvar/2) eps = ½ (z - mu)."""
    return w, w * (z - mu) / 2


checks = [
    samples(
        public, hint="z = mu + std * eps with eps ~ N(0, I) and std = exp(logvar / 2), one eps for each element of mu."
    ),
    pathwise(public, identity, points=0.75),
    leaves_alone(
        public,
        hint="Methods that end in an underscore, and +=, change a tensor in place; write x = x + y instead.",
    ),
    samples(
        hidden,
        name="draws from the right distribution at a batch of one, and for small and large spreads",
        visibility="hidden",
        hint="Tried with other shapes, and with logvar from very negative to large: the spread is exp(logvar/2) everywhere.",
        points=0.5,
    ),
]
