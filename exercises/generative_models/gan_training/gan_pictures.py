"""What the feedback page shows of the GAN losses and of the game they play."""

from collections.abc import Mapping

from torch import Tensor

from autograder.checks import Picture, curves, grid

SHORT = {"generator_loss": r"$J^{(G)} = -J^{(D)}$", "nonsaturating_generator_loss": "non-saturating"}


def slope_picture(d: Tensor, minimax: Tensor, other: Tensor) -> Picture:
    """How strongly each generator loss pulls at D's logit, against D(G(z))."""
    return curves(
        {
            label: (d.tolist(), slope.abs().tolist())
            for label, slope in zip(SHORT.values(), (minimax, other), strict=True)
        },
        x="D(G(z))",
        y="|gradient| in D's logit",
        caption="What G learns from: where D is sure (left), only the non-saturating loss still has a gradient.",
    )


def sample_picture(name: str, samples: Tensor) -> Picture:
    return grid(samples[:24].reshape(2, 12, 28, 28), f"G(z) after training with {name}.")


def loss_picture(losses: Mapping[str, Tensor]) -> Picture:
    """J^(D) (n,) of each game, the generator loss named."""
    lines = {f"G by {SHORT[name]}": (range(1, len(of_d) + 1), of_d.tolist()) for name, of_d in losses.items()}
    return curves(
        lines, x="step", y="discriminator_loss", caption="How hard D finds it; log 2 = 0.6931 when it cannot tell."
    )
