"""What the feedback page shows of a trained VAE."""

from torch import Tensor, stack

from autograder.checks import Detail, curves, grid, scatter

COLUMNS = 12


def pictures(after, x: Tensor, losses: Tensor, classes: Tensor, trained: str) -> tuple[Detail, ...]:
    """Reconstructions beside originals, samples of the prior, the loss, and the latent means by class if z is a plane."""
    n = COLUMNS
    beside = grid_of([x[:n], after.x_mean[:n]])
    shown: list[Detail] = [
        trained,
        grid(beside, "Held-out digits (top) and what your model makes of them, decode(mu) (bottom)."),
        grid(grid_of([after.x_prior[i * n : (i + 1) * n] for i in range(3)]), "Samples: decode(z) with z ~ N(0, I)."),
        curves(
            {"vae_loss": (range(1, len(losses) + 1), losses.tolist())},
            x="step",
            y="vae_loss",
            caption="Your vae_loss of each batch, as your code returned it.",
        ),
    ]
    if after.mu.shape[1] == 2:
        shown.append(
            scatter(
                after.mu,
                classes,
                x="mu_1",
                y="mu_2",
                caption="Where your encoder puts the held-out digits, a colour for each class.",
            )
        )
    return tuple(shown)


def grid_of(rows: list[Tensor]) -> Tensor:  # k × (n, 784) -> (k, n, 28, 28)
    return stack(rows).reshape(len(rows), -1, 28, 28)
