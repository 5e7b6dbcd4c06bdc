import torch

from autograder.checks import Battery, agrees, arguments, call, leaves_alone, make, read, real
from reference.batch_norm import batch_moments, batch_norm, running_moments

signature = "BatchNorm(gamma, beta, momentum=0.1, eps=1e-5)"


class Layer:
    """The oracle: the same steps are taken with it."""

    def __init__(self, gamma, beta, momentum=0.1, eps=1e-5):
        self.gamma, self.beta, self.momentum, self.eps = gamma, beta, momentum, eps
        self.running_mean, self.running_var = torch.zeros_like(gamma), torch.ones_like(gamma)

    def forward(self, x, training=True):
        mean, var = self.running_mean, self.running_var
        if training:
            self.running_mean, self.running_var = running_moments(mean, var, x, momentum=self.momentum)
            mean, var = batch_moments(x)
        return batch_norm(x, self.gamma, self.beta, mean, var, eps=self.eps)


def features(gamma, beta, x, second_x, single_x, other_gamma, other_beta):
    """The second feature hardly varies, so that eps counts; the third is constant."""
    x = 2 * x + 3
    x[:, 1:2] = 3 + (x[:, 1:2] - 3) / 256
    x[:, 2:3] = 5.5
    return gamma, beta, x, second_x - 1, single_x, other_gamma, other_beta


def layer(*steps, key="public"):
    return Battery(
        "BatchNorm",
        Layer,
        inputs=arguments(
            *[real(3)] * 7,
            shapes=[("D",), ("D",), ("N", "D"), ("M", "D"), (1, "D"), ("D",), ("D",)],
            sizes=[
                {"N": 2, "M": 2, "D": 1},
                {"N": 3, "M": 2, "D": 2},
                {"N": 4, "M": 5, "D": 4},
                {"N": 8, "M": 3, "D": 3},
            ],
            make=features,
        ),
        parameters=("gamma", "beta", "x", "second_x", "single_x", "other_gamma", "other_beta"),
        arrays="numpy",
        steps=steps,
        count=12,
        key=key,
    )


def statistics(name="layer", after=""):
    return [read(f"{name}.{kind}", label=f"{kind}{after}") for kind in ("running_mean", "running_var")]


made = make("layer", "gamma", "beta")
trained = [made, call("layer.forward", "x", label="_"), call("layer.forward", "second_x", label="_")]

once = layer(made, call("layer.forward", "x", label="y"))
running = layer(
    made,
    call("layer.forward", "x", label="_"),
    *statistics(after=" after one batch"),
    call("layer.forward", "second_x", label="_"),
    *statistics(after=" after two batches"),
)
evaluated = layer(
    *trained,
    call("layer.forward", "single_x", training=False, label="y of one example"),
    call("layer.forward", "x", False, label="y of a batch"),
)
unchanged = layer(*trained, call("layer.forward", "x", training=False, label="_"), *statistics())
options = layer(
    make("layer", "gamma", "beta", momentum=0.5, eps=0.25),
    call("layer.forward", "x", label="y"),
    *statistics(),
)
apart = layer(
    made,
    make("other", "other_gamma", "other_beta"),
    call("layer.forward", "x", label="_"),
    call("other.forward", "second_x", label="_"),
    *statistics(),
    call("layer.forward", "single_x", training=False, label="y"),
)

checks = [
    agrees(once["y"], name="normalises a batch in training", points=1),
    agrees(running, name="keeps running statistics", points=1),
    agrees(evaluated, name="uses the running statistics after training", points=0.5),
    agrees(unchanged, name="evaluation changes nothing", points=0.25),
    agrees(options, name="takes momentum and eps as arguments", points=0.5),
    agrees(apart, name="two layers keep apart", points=0.25),
    leaves_alone(layer(*trained, call("layer.forward", "x", training=False, label="y"))),
]
