import torch

from autograder.checks import Battery, agrees, arguments, call, leaves_alone, make, real
from reference.adam import adam_step

signature = "Adam(lr=1e-3, betas=(0.9, 0.999), eps=1e-8)"

STEPS = 4


class Optimiser:
    """The oracle: the same steps are taken with it."""

    def __init__(self, lr=1e-3, betas=(0.9, 0.999), eps=1e-8):
        self.options = {"lr": lr, "betas": tuple(betas), "eps": eps}
        self.t, self.moments = 0, None

    def step(self, params, grads):
        self.t += 1
        moments = self.moments or [(torch.zeros_like(p), torch.zeros_like(p)) for p in params]
        rows = zip(params, grads, moments, strict=True)
        found = [adam_step(p, g, m, v, self.t, **self.options) for p, g, (m, v) in rows]
        self.moments = [(m, v) for _, m, v in found]
        return [theta for theta, _, _ in found]


def some_tiny(params, *grads):
    """In the first gradient of several elements some are 0, and some so small that eps counts."""
    first = [g * torch.tensor([1.0, 0.0, 1e-7]).repeat(g.numel())[: g.numel()].reshape(g.shape) for g in grads[0]]
    return params, first, *grads[1:]


def adam(*steps, key="public"):
    shapes = [[(1,)], [(2,)], [(2, 3), (3,)], [(2, 2), (2, 2)]]
    return Battery(
        "Adam",
        Optimiser,
        inputs=arguments(
            real(2),
            *[real(10)] * STEPS,
            shapes=[[shape] * (1 + STEPS) for shape in shapes],
            make=some_tiny,
        ),
        parameters=("params", *(f"grads_{t}" for t in range(1, STEPS + 1))),
        arrays="numpy",
        steps=steps,
        count=12,
        key=key,
    )


def steps(name):
    return [call(f"{name}.step", "params", f"grads_{t}", label=f"step {t} of {name}") for t in range(1, STEPS + 1)]


one = adam(make("adam"), *steps("adam"))
apart = adam(
    make("first"), make("second"), *(step for pair in zip(steps("first"), steps("second")[::-1]) for step in pair)
)
options = adam(make("adam", lr=0.1, betas=(0.8, 0.95), eps=0.01), *steps("adam"))

checks = [
    agrees(one["step 1 of adam"], name="the first step agrees with the reference"),
    agrees(one, name="later steps agree with the reference"),
    agrees(options, name="takes lr, betas and eps as arguments", points=0.5),
    agrees(apart, name="two optimisers keep apart", points=0.5),
    leaves_alone(one),
]
