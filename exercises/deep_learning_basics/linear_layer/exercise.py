from autograder.checks import Battery, agrees, arguments, call, leaves_alone, make, read, real
from reference.linear import linear_backward, linear_forward

signature = "Linear(weight, bias)"


class Layer:
    """The oracle: the same steps are taken with it."""

    def __init__(self, weight, bias):
        self.weight, self.bias = weight, bias

    def forward(self, x):
        self.x = x
        return linear_forward(x, self.weight, self.bias)

    def backward(self, grad_y):
        grad_x, self.grad_weight, self.grad_bias = linear_backward(self.x, self.weight, grad_y)
        return grad_x


def layer(*steps, key="public"):
    return Battery(
        "Linear",
        Layer,
        inputs=arguments(
            *[real(3)] * 8,
            shapes=[("D", "K"), ("K",), ("N", "D"), ("N", "K"), ("M", "D"), ("M", "K"), ("D", "K"), ("K",)],
            sizes=[(1, 1, 2, 3), (2, 3, 2, 1), (3, 2, 4, 5), (3, 3, 3, 2)],
        ),
        parameters=("weight", "bias", "x", "grad_y", "second_x", "second_grad_y", "other_weight", "other_bias"),
        arrays="numpy",
        steps=steps,
        count=12,
        key=key,
    )


def gradients(label=""):
    return read("layer.grad_weight", label=f"{label}grad_weight"), read("layer.grad_bias", label=f"{label}grad_bias")


once = [
    make("layer", "weight", "bias"),
    call("layer.forward", "x", label="y"),
    call("layer.backward", "grad_y", label="grad_x"),
]
one = layer(*once, *gradients())
two = layer(
    *once,
    call("layer.forward", "second_x", label="second y"),
    call("layer.backward", "second_grad_y", label="second grad_x"),
    *gradients("second "),
)
apart = layer(
    make("layer", "weight", "bias"),
    make("other", "other_weight", "other_bias"),
    call("layer.forward", "x", label="y"),
    call("other.forward", "second_x", label="other y"),
    call("layer.backward", "grad_y", label="grad_x"),
    *gradients(),
)

checks = [
    agrees(one["y"], name="forward agrees with the reference"),
    agrees(one["grad_x"], name="backward returns the gradient of x"),
    agrees(one["grad_weight"], name="grad_weight agrees with the reference"),
    agrees(one["grad_bias"], name="grad_bias agrees with the reference"),
    agrees(two, name="a second batch starts afresh", points=0.5),
    agrees(apart, name="two layers keep apart", points=0.5),
    leaves_alone(two),
]
