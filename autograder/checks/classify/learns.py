"""Whether a classifier learns, by what it says of examples that it has not seen; and, where it does not, why."""

from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn.functional import cross_entropy

from autograder.checks.classify.asks import build, logits
from autograder.checks.classify.task import Examples, Task
from autograder.checks.session import Attempt, Session
from autograder.model import Detail, Mistake
from autograder.training import curves, grid

SEEN_AT_LEAST = 0.75  # of the numbers that differ between examples, some output must depend on
VANISHES = 1e-3  # the first layer's gradient beside the last one's
SHOWN = 12
PAIRS = 128
STRAIGHT = 1e-4  # of what logits change by, so far may a linear model be from a line


@dataclass(frozen=True)
class Run:
    """One training: where, the loss of each batch, logits of the held-out examples at the end, and accuracy on the way."""

    device: str
    losses: Tensor
    out: Tensor
    accuracy: float
    loss: float
    soon: float | None


Judge = Callable[[Task, Session, Examples, Run, tuple[str, ...]], None]
"""Raises Mistake where a training is not as it should be; the last argument names parameters that began alike."""


def judge_training(task: Task, session: Session, attempt: Attempt, judge: Judge | None = None) -> tuple[Detail, ...]:
    """Trains a new model and judges it, as the task asks or by ``judge``; raises Mistake with the pictures of what went wrong."""
    examples = task.examples(session)
    reply = build(task, session, examples.x, attempt.seed)
    alike = reply.names("alike")
    run = _train(task, session, examples, attempt, reply.device())
    shown = _pictures(task, examples, run, attempt)
    try:
        (judge or _judge)(task, session, examples, run, alike)
    except Mistake as mistake:
        mistake.detail = shown
        raise
    return shown


def _train(task: Task, session: Session, examples: Examples, attempt: Attempt, device: str) -> Run:
    session.ask("begin", attempt.seed, attempt.optimizer, attempt.rate, doing=f"training your {task.function}")
    first = task.soon[0] if task.soon else attempt.steps
    losses = _steps(task, session, examples, first)
    soon = accuracy(logits(task, session, examples.x_held_out), examples.y_held_out) if task.soon else None
    if task.soon and first < attempt.steps:
        losses = torch.cat([losses, _steps(task, session, examples, attempt.steps - first)])
    out = logits(task, session, examples.x_held_out)
    loss = float(cross_entropy(out, examples.y_held_out))
    return Run(device, losses, out, accuracy(out, examples.y_held_out), loss, soon)


def _steps(task: Task, session: Session, examples: Examples, steps: int) -> Tensor:
    doing = f"training your {task.function}"
    losses = session.ask("train", examples.x, examples.y, steps, task.batch, doing=doing).tensor("losses", (None,))
    if not bool(torch.isfinite(losses).all()):
        step = int((~torch.isfinite(losses)).nonzero()[0])
        raise Mistake(f"The loss is {float(losses[step])} at step {step + 1}: outputs have grown out of bounds.")
    return losses


def accuracy(out: Tensor, y: Tensor) -> float:
    """Share of the examples whose class has the largest logit."""
    return float((out.argmax(1) == y).double().mean())


def _judge(task: Task, session: Session, examples: Examples, run: Run, alike: tuple[str, ...]) -> None:
    chance = float(torch.bincount(examples.y_held_out).max()) / len(examples.y_held_out)
    if run.accuracy < task.accuracy:
        said = (
            f"After {len(run.losses)} steps, {run.accuracy:.1%} of {len(examples.y_held_out)} {task.things[1]} that it has not "
            f"seen are recognised; at least {task.accuracy:.0%} are expected, and always saying the same gives {chance:.0%}."
        )
        explain(task, session, examples, alike, said)
        raise Mistake(said)
    if task.loss is not None and run.loss > task.loss:
        raise Mistake(
            f"The loss of {task.things[1]} that it has not seen is {run.loss:.4g}; at most {task.loss:.4g} is expected. The "
            "model is sure where it is wrong, or not sure where it is right."
        )
    if task.soon and run.soon is not None and run.soon < task.soon[1]:
        raise Mistake(
            f"It learns slowly: after {task.soon[0]} steps {run.soon:.1%} are recognised; {task.soon[1]:.0%} are expected then."
        )


def explain(task: Task, session: Session, examples: Examples, alike: tuple[str, ...], said: str) -> None:
    """Raises the Mistake that explains why the trained model is no better, if one does."""
    if alike:
        message = f"{said} All numbers in {alike[0]} begin alike, so that all units behind it are and stay alike."
        raise task.mistake(
            "alike_weights", message, "Begin at small random numbers, as PyTorch's layers do by themselves."
        )
    varying = examples.x[:256].float().std(0) > 0
    seen = session.ask("seen", examples.x_held_out[:256], doing="looking into your model").tensor("seen", task.shape)
    share = float(seen[varying].mean())
    if share < SEEN_AT_LEAST:
        message = f"{said} The output depends on {share:.0%} of each {task.things[0]} only."
        raise task.mistake(
            "part_of_the_input", message, "Use all of x: look at what is cut off or left out before the first layer."
        )
    linear = _linear(task, session, examples)
    build(task, session, examples.x)
    inside = session.ask("inside", examples.x[:64], examples.y[:64], doing="looking into your model")
    widths, slopes = inside.tensor("widths", (None,)), inside.tensor("slopes", (None,))
    if len(widths) and float(widths.min()) < (task.classes + 1) // 2:
        message = (
            f"{said} All that is known of a {task.things[0]} goes through {int(widths.min())} numbers behind one layer."
        )
        raise task.mistake("too_narrow", message, "Make that layer wider, a hundred units or so.")
    if linear:
        message = f"{said} Logits are linear in x: without a nonlinearity between them, several layers are one."
        raise task.mistake("no_nonlinearity", message, "Put a ReLU between every two layers.")
    if len(slopes) > 1 and float(slopes[0]) < VANISHES * float(slopes[-1]):
        message = (
            f"{said} The gradient of the first layer is {float(slopes[0] / slopes[-1]):.2g} of that of the last one."
        )
        raise task.mistake("vanishing_gradient", message, "Use ReLU in place of sigmoid or tanh, or fewer layers.")


def _linear(task: Task, session: Session, examples: Examples) -> bool:
    """Whether halfway between two examples the model says what is halfway between its logits, up to log-probabilities' shift."""
    bytes_ = examples.x_held_out.dtype is torch.uint8
    x = examples.x_held_out[:PAIRS].float() / (255 if bytes_ else 1)
    n = len(x) // 2
    a, b = x[:n], x[n : 2 * n]
    out = logits(task, session, torch.cat([a, b, (a + b) / 2])).double()
    left, right, between = torch.split(out - out[:, :1], n)
    away = (between - (left + right) / 2).abs().max()
    return bool(away < STRAIGHT * (left - right).abs().max())


def _pictures(task: Task, examples: Examples, run: Run, attempt: Attempt) -> tuple[Detail, ...]:
    """The loss of each batch, and examples that are not recognised."""
    steps = range(1, len(run.losses) + 1)
    many = f"{len(examples.y_held_out)} held-out {task.things[1]}"
    right = f"{run.accuracy:.1%} of {many} are recognised, and their loss is {run.loss:.4g}."
    shown: list[Detail] = [
        f"Trained on {run.device}: {attempt}, {task.batch} {task.things[1]} a step. {right}",
        curves({"loss": (steps, run.losses.tolist())}, x="step", y="cross-entropy", caption="The loss of each batch."),
    ]
    missed = (run.out.argmax(1) != examples.y_held_out).nonzero().flatten()[:SHOWN]
    if (side := task.pictures()) and len(missed):
        said = ", ".join(f"{int(examples.y_held_out[i])} as {int(run.out[i].argmax())}" for i in missed)
        pixels = examples.x_held_out[missed].float().reshape(1, -1, side, side)
        scaled = pixels / 255 if examples.x_held_out.dtype is torch.uint8 else pixels
        shown.append(grid(scaled, f"Not recognised: {said}."))
    return tuple(shown)
