"""x_hat must be a probability for each pixel; where it is none, which function stands at the end of decode."""

import torch
from torch import Tensor

from autograder.checks import Mistake, Session, images

WIDE = 30.0  # standard deviations of z: far enough that the last function of decode shows how far it reaches
TWICE = 0.7311  # sigmoid(1): the most that a sigmoid of a sigmoid gives
ENDS = {  # the last function of decode, by the range of its values: slug, what it seems to be
    "tanh_output": "A tanh stands at the end of decode, whose values lie in (-1, 1).",
    "relu_output": "A ReLU, or another function without an upper bound, stands at the end of decode.",
    "logits": "These are logits, it seems.",
}


def pixels_of(session: Session, x_hat: Tensor, n: int, d: int, what: str) -> Tensor:  # (n, 784)
    """x_hat one value a pixel, in whatever shape; raises Mistake when it is no probability. ``d`` latents belong to each."""
    if x_hat.numel() != n * 784:
        raise Mistake(
            f"{what} of {n} digits must give {n} × 784 pixels, but it gives a tensor of shape {tuple(x_hat.shape)}."
        )
    if not torch.isfinite(x_hat).all():
        raise Mistake(f"{what} gives values that are not finite.")
    low, high = float(x_hat.min()), float(x_hat.max())
    if low < 0 or high > 1:
        end = last_function(session, d)
        raise Mistake(
            f"{what} gives values from {low:.4g} to {high:.4g}. {ENDS[end]} x_hat is the probability of each pixel, in (0, 1); "
            "end decode with a sigmoid.",
            name=end,
            credit=0.25,
        )
    return x_hat.reshape(n, 784)


def last_function(session: Session, d: int) -> str:
    """Which of ENDS it is, by the values of decode far out."""
    try:
        x_hat = session.ask("decode", latents(d, WIDE), doing="calling decode(z)").tensor("x_hat")
    except Mistake:
        return "logits"
    low, high = float(x_hat.min()), float(x_hat.max())
    if -1 <= low < 0 and high <= 1:
        return "tanh_output"
    return "relu_output" if low >= 0 and high > 1 else "logits"


def latents(d: int, spread: float = 1.0) -> Tensor:  # (64, d)
    return spread * torch.randn(64, d, generator=torch.Generator().manual_seed(6))


def judge_output(session: Session, d: int, forward_layout: str, encode_layout: str) -> None:
    """Every pixel must be free to be dark or bright, whatever the others are."""
    near, wide = (decode(session, latents(d, spread)) for spread in (1.0, WIDE))
    binarised(near)
    softmax(torch.cat([near, wide]))
    never_dark(wide, "decode(z)")
    second_sigmoid(session, forward_layout, encode_layout)


def decode(session: Session, z: Tensor, seed: int = 0) -> Tensor:  # (n, 784)
    reply = session.ask("decode", z, seed, doing="calling decode(z)")
    return pixels_of(session, reply.tensor("x_hat"), len(z), z.shape[1], "decode(z)")


def binarised(x_hat: Tensor) -> None:
    if bool(((x_hat == 0) | (x_hat == 1)).all()):
        raise Mistake(
            "decode(z) gives 0 or 1 for every pixel: x_hat is rounded, or drawn from the probabilities. No gradient passes that. "
            "Return the probabilities as the sigmoid gives them.",
            name="binarised_output",
            credit=0.25,
        )


def softmax(x_hat: Tensor) -> None:
    """The sum over the pixels is the same whatever z is: one pixel can only be bright at the cost of another."""
    sums = x_hat.sum(1)
    if float(sums.max() - sums.min()) < 1e-3 * float(sums.max()) and float(x_hat.std(0).max()) > 1e-4:
        raise Mistake(
            f"The pixels of each x_hat sum to {float(sums.mean()):.4g}, whatever z is: a softmax stands at the end of decode. It "
            "gives one distribution over the pixels, so that one can only be bright if others are dark; here each pixel has a "
            "probability of its own. End decode with a sigmoid.",
            name="softmax_output",
            credit=0.25,
        )


def never_dark(x_hat: Tensor, what: str) -> None:
    low, high = float(x_hat.min()), float(x_hat.max())
    if low < 0.5:
        return
    twice = high <= TWICE + 1e-4
    why = "sigmoid(sigmoid(·)) lies in (1/2, 0.7311)" if twice else "sigmoid(relu(·)) lies in [1/2, 1)"
    raise Mistake(
        f"{what} is never below 1/2: its values go from {low:.4g} to {high:.4g}, whatever z is. {why}, and most pixels of a "
        f"digit are 0. {'Apply the sigmoid once' if twice else 'Leave out the ReLU before the sigmoid'}, at the end of decode.",
        name="sigmoid_twice" if twice else "relu_before_sigmoid",
        credit=0.5,
    )


def second_sigmoid(session: Session, forward_layout: str, encode_layout: str) -> None:
    """forward must return what decode gives."""
    pixels = images(session.digits, "t10k", 8)
    reply = session.ask("beside", pixels, forward_layout, encode_layout, 5, False, doing="calling forward(x)")
    if "decoded" not in reply.values:
        return
    x_hat, own = reply.tensor("x_hat").flatten(), reply.tensor("decoded").flatten()
    if x_hat.shape == own.shape and torch.allclose(x_hat, own.sigmoid(), atol=1e-5):
        raise Mistake(
            f"forward(x) puts a second sigmoid on what decode gives, which ends with one: x_hat is never below 1/2 (here from "
            f"{float(x_hat.min()):.4g} to {float(x_hat.max()):.4g}), and most pixels are 0. Return decode(z) as it is.",
            name="sigmoid_twice",
            credit=0.5,
        )
