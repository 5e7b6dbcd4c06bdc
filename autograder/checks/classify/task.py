"""What is asked of a classifier: the class, the examples it learns from and is judged by, and how it is trained."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from math import isqrt
from pathlib import Path

import torch
from torch import Tensor

from autograder.checks.session import Session
from autograder.model import CourseError, Mistake
from autograder.training import images, labels, ready

DRIVER = Path(__file__).parent / "driver.py"
LIMITS = {"train": 10_000, "t10k": 500}  # examples a training sees, and held-out ones it is judged by
CREDITS: Mapping[
    str, float
] = {  # share of the exercise's points that a mistake leaves, where the exercise says nothing else
    "needs_arguments": 0.5,
    "no_module": 0.25,
    "not_flattened": 0.25,
    "flattened_with_the_batch": 0.25,
    "class_returned": 0.25,
    "one_output": 0.25,
    "batch_of_one": 0.75,
    "not_registered": 0.5,
    "made_in_forward": 0.25,
    "frozen": 0.5,
    "detached": 0.5,
    "softmax_at_the_end": 0.75,
    "sigmoid_at_the_end": 0.75,
    "relu_at_the_end": 0.5,
    "softmax_over_the_batch": 0.25,
    "batch_statistics": 0.75,
    "depends_on_the_batch": 0.75,
    "random_after_eval": 0.5,
    "changes_its_arguments": 0.75,
    "alike_weights": 0.5,
    "vanishing_gradient": 0.5,
    "too_narrow": 0.5,
    "no_nonlinearity": 0.5,
    "part_of_the_input": 0.5,
}


@dataclass(frozen=True)
class Examples:
    """x (n, ...) as bytes, read as numbers in [0, 1], or as floats; y (n,) the classes from 0; and the same held out."""

    x: Tensor
    y: Tensor
    x_held_out: Tensor
    y_held_out: Tensor


Data = str | Callable[[], Examples]


@dataclass(frozen=True)
class Task:
    """One exercise; see ``classifier`` for what the fields mean."""

    function: str
    data: Data
    shape: tuple[int, ...]
    classes: int
    things: tuple[str, str]
    steps: int
    batch: int
    rate: float
    optimizer: str
    accuracy: float
    loss: float | None
    soon: tuple[int, float] | None
    credits: Mapping[str, float] = field(default_factory=dict)

    def examples(self, session: Session) -> Examples:
        """All examples, in the shape that forward takes.

        Raises:
            CourseError: the course's own examples do not fit the exercise, or the sheet does not declare the named ones.
        """
        if callable(self.data):
            found = self.data()
        else:
            digits = ready(self.data, session.digits, session.answer.options)
            parts = [(images(digits, part, n), labels(digits, part, n).long()) for part, n in LIMITS.items()]
            found = Examples(*parts[0], *parts[1])
        for x, y in ((found.x, found.y), (found.x_held_out, found.y_held_out)):
            self.must_fit(x, y)
        return Examples(self.shaped(found.x), found.y, self.shaped(found.x_held_out), found.y_held_out)

    def must_fit(self, x: Tensor, y: Tensor) -> None:
        if len(x) != len(y) or not len(x) or x[0].numel() != self.shape_numel():
            raise CourseError(
                f"{self.function}: the examples must be (n, {', '.join(map(str, self.shape))}) with n classes beside them, but "
                f"they are {tuple(x.shape)} and {tuple(y.shape)}."
            )
        if int(y.min()) < 0 or int(y.max()) >= self.classes:
            raise CourseError(
                f"{self.function}: classes must be 0 to {self.classes - 1}, but there are {int(y.min())} to {int(y.max())}."
            )

    def shape_numel(self) -> int:
        return int(torch.Size(self.shape).numel())

    def shaped(self, x: Tensor) -> Tensor:
        return x.reshape(-1, *self.shape)

    def pictures(self) -> int:
        """The side of the square that an example can be drawn as, 0 if it is none."""
        side = isqrt(self.shape_numel())
        return side if side > 4 and self.shape[-2:] == (side, side) else 0

    def mistake(self, name: str, message: str, hint: str = "") -> Mistake:
        """A mistake that is known by its name, with what it leaves."""
        return Mistake(message, name=name, credit=self.credits.get(name, CREDITS[name]), hint=hint)
