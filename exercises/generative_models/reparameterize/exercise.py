import torch

from autograder.checks import Argument, Draw, Sampler, Term, leaves_alone, pathwise, real, samples

signature = "reparameterize(mu, logvar)"


def block(rows, columns, mu, logvar):
    return torch.full((rows, columns), float(mu)), torch.full((rows, columns), float(logvar))


generator = torch.Generator().manual_seed(9)
varied = tuple(torch.randn(40, 32, generator=generator) for _ in range(2))


def spread(slug, symbol, function, tell=""):
    return Term(slug, symbol, function, "", instead=("std",) if slug != "std" else (), tell=tell)


draw = Draw(
    arguments=(
        Argument("", real(2.0), (-10.0, -3.0, -1.0, 0.0, 1.0, 3.0, 10.0)),
        Argument(
            "",
            real(2.0),
            (-14.0, -10.0, -8.0, -6.0, -5.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 8.0),
        ),
    ),
    location=Term("mu", "mu", lambda mu, logvar: mu, ""),
    spreads=(
        spread("std", "exp(logvar/2)", lambda mu, logvar: torch.exp(logvar / 2)),
        spread("variance", "exp(logvar), the variance,", lambda mu, logvar: torch.exp(logvar)),
        spread("exp_two_logvar", "exp(2·logvar)", lambda mu, logvar: torch.exp(2 * logvar)),
        spread("logvar", "logvar", lambda mu, logvar: logvar),
        spread("root_of_logvar", "the root of |logvar|", lambda mu, logvar: logvar.abs().sqrt()),
        spread("one", "1", lambda mu, logvar: torch.ones_like(mu), "the noise is not scaled by exp(logvar/2)"),
        spread("precision", "exp(-logvar/2)", lambda mu, logvar: torch.exp(-logvar / 2)),
        spread(
            "mu_std",
            "mu · exp(logvar/2)",
            lambda mu, logvar: mu * torch.exp(logvar / 2),
            "mu is multiplied by the noise",
        ),
        spread(
            "mu_variance",
            "mu · exp(logvar)",
            lambda mu, logvar: mu * torch.exp(logvar),
            "mu is multiplied by the noise",
        ),
        spread("fourth_root", "exp(logvar/4)", lambda mu, logvar: torch.exp(logvar / 4)),
        spread("softplus", "softplus(logvar)", lambda mu, logvar: torch.nn.functional.softplus(logvar)),
    ),
)


def sampler(*blocks):
    return Sampler(
        "reparameterize",
        blocks,
        residual=lambda z, mu, logvar: (z - mu) / torch.exp(logvar / 2),
        parameters=("mu", "logvar"),
        draw=draw,
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
