"""The checks of an exercise that asks for a classifier: a torch.nn.Module from examples to logits, which the grader trains."""

from collections.abc import Mapping
from dataclasses import replace
from functools import partial
from typing import Any

from autograder.checks.classify import learns
from autograder.checks.classify.rehearsal import look, recorded, rehearsal
from autograder.checks.classify.task import CREDITS, DRIVER, Data, Task
from autograder.checks.session import Attempt
from autograder.checks.trains import trains
from autograder.model import Check, CourseError, Visibility, listed
from autograder.training import READY

NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
POINTS: Mapping[str, float] = {
    "takes": 1,
    "layers": 1,
    "logits": 0.5,
    "alone": 0.5,
    "sure": 0.5,
    "kept": 0.25,
    "learns": 2,
}


def classifier(
    function: str,
    *,
    data: Data = "mnist",
    shape: tuple[int, ...] = (1, 28, 28),
    classes: int = 10,
    things: tuple[str, str] = ("example", "examples"),
    steps: int = 400,
    batch: int = 64,
    rate: float = 1e-3,
    optimizer: str = "Adam",
    accuracy: float,
    loss: float | None = None,
    soon: tuple[int, float] | None = None,
    seeds: int = 3,
    points: Mapping[str, float] | None = None,
    credits: Mapping[str, float] | None = None,
    visibility: Visibility = "public",
    in_pack: bool = False,
    seconds: float = 60.0,
) -> list[Check]:
    """The checks of a classifier: it takes examples and gives logits, every layer learns, it ends in logits, judges each alone,
    gives the same answer twice after eval(), leaves its input alone, and learns.

    Training is the grader's: cross-entropy, batches drawn from the training examples, then ``eval()``. Judged are examples that
    never enter the student's process with their classes.

    Args:
        function: the class, or a module of that name, which works without arguments.
        data: "mnist", which comes along, "fashion_mnist", which sheet.toml then declares, or a function that returns the course's
            own ``Examples``.
        shape: of one example, as forward gets it behind the batch.
        things: what one example is called, and several.
        steps, batch, rate, optimizer: of the training; the optimizer by its name in torch.optim.
        accuracy: share of held-out examples that must be recognised.
        loss: the largest cross-entropy on them that is accepted; None for any.
        soon: (steps, share) that must be recognised by then, which is how fast it learns; None for any.
        seeds: so many trainings are tried before anyone loses points to bad luck.
        points: of the checks by their short names, takes, layers, logits, alone, sure, kept, learns.
        credits: share of the points that a mistake leaves by the mistake's name.
        in_pack: whether a student's pack may hold it: all but this training, and a short one in its place, with its pictures;
            never accuracy, loss, soon, steps or seeds. Not where the examples are the course's own.
        seconds: of processor time for all trainings of one answer.

    Raises:
        CourseError: there are no such data, optimizer, points or mistakes, or a share is none.
    """
    task = Task(
        function, data, shape, classes, things, steps, batch, rate, optimizer, accuracy, loss, soon, credits or {}
    )
    _must_be_whole(task, points or {})
    worth = {**POINTS, **(points or {})}
    one, many = things
    count = NUMBERS[classes] if classes < len(NUMBERS) else str(classes)
    first = f"takes {many} and gives {count} logits"

    names = {
        "takes": first,
        "layers": (every := "every layer learns"),
        "logits": (ends := "ends in logits"),
        "alone": f"judges each {one} by itself",
        "sure": "gives the same answer twice",
        "kept": f"leaves the {many} alone",
    }
    learning = trains(
        f"learns to tell {many} apart",
        points=worth["learns"],
        driver=DRIVER,
        judge=partial(learns.judge_training, task),
        attempts=[Attempt(seed, steps, rate, optimizer) for seed in range(seeds)],
        visibility=visibility,
        needs=(first, every, ends),
        seconds=seconds,
    )
    said: dict[str, Any] = {"visibility": visibility}
    looks = {
        short: look(task, short, name, points=worth[short], needs=() if short == "takes" else (first,), **said)
        for short, name in names.items()
    }
    if not in_pack:
        return [*looks.values(), learning]
    kept = [
        replace(check, record=recorded(task, short, needs=check.needs, seconds=seconds))
        for short, check in looks.items()
    ]
    return [*kept, replace(learning, instead=rehearsal(task, needs=learning.needs, seconds=seconds))]


def _must_be_whole(task: Task, points: Mapping[str, float]) -> None:
    import torch

    if isinstance(task.data, str) and task.data not in READY:
        raise CourseError(
            f"There are no data called {task.data!r}; there are {listed(READY)}, or a function of your own."
        )
    if not isinstance(getattr(torch.optim, task.optimizer, None), type):
        raise CourseError(f"torch.optim has no optimizer {task.optimizer!r}.")
    for said, given, known in (("points", points, POINTS), ("credits", task.credits, CREDITS)):
        if unknown := [name for name in given if name not in known]:
            raise CourseError(f"{said} of a classifier are given for {listed(known)}; not for {unknown[0]!r}.")
    shares = {"accuracy": task.accuracy, "soon": task.soon[1] if task.soon else 0.5, **task.credits}
    for name, share in shares.items():
        if not 0 <= share <= 1:
            raise CourseError(f"{name} of a classifier must be a share from 0 to 1, not {share!r}.")
    if task.soon and not 0 < task.soon[0] <= task.steps:
        raise CourseError(f"soon of a classifier is at a step from 1 to {task.steps}, not {task.soon[0]}.")
