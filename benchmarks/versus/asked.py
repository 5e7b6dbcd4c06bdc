"""The calls that this engine makes of a right answer, with what comes back, in a file that needs torch alone to be read.

An example is ``(args, wanted, at, slopes, weights, seed)``: ``f(*args)`` gives ``wanted``, and ``sum(weights * f(*args))`` has
the slopes ``slopes`` by the arguments at ``at``.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from unittest.mock import patch

import torch

from autograder.grading import Grader, start_host
from autograder.model import Call, Outcome, Sheet
from autograder.student import Student
from benchmarks.grading import COURSE, FUNCTIONS, right

Example = tuple[list[Any], Any, list[int], list[Any], Any, int]

ASSERTS = """\
import torch

for args, wanted, at, slopes, weights, seed in torch.load("examples.pt")["{name}"]:
    torch.default_generator.manual_seed(seed)
    args = [arg.clone() for arg in args]
    leaves = [args[i].requires_grad_() for i in at]
    value = {name}(*args)
    assert torch.allclose(value, wanted, equal_nan=True)
    if at and value.requires_grad:
        total = value.sum() if weights is None else (value * weights).sum()
        found = torch.autograd.grad(total, leaves, allow_unused=True)
        for slope, right in zip(found, slopes):
            assert slope is right or torch.allclose(slope, right, equal_nan=True)
"""
"""Everybody's tests of one exercise: a cell of nbgrader's, a test of otter's, a part of a script."""


def asked(sheet: Sheet) -> dict[str, list[Example]]:
    """Function -> every call that is made while a right submission of the function exercises is graded."""
    found: dict[str, list[Example]] = {sheet.exercise(id).names[0]: [] for id in FUNCTIONS}

    def note(calls: Sequence[Call], outcomes: Sequence[Outcome]) -> None:
        for call, outcome in zip(calls, outcomes, strict=True):
            found[call.function].append(_example(call, outcome))

    with noted(note), start_host(sheet.settings, secret=(COURSE / "exercises",)) as host, Grader(sheet, host) as grader:
        report = grader.grade(right(sheet), FUNCTIONS)
    assert report.score == report.possible, "the solutions are right"
    return found


@contextmanager
def noted(note: Callable[[Sequence[Call], Sequence[Outcome]], None]) -> Iterator[None]:
    """``note`` is told of whatever students' processes are asked."""

    def telling(ask: Callable[..., Any]) -> Callable[..., Any]:
        def told(self: Student, calls: Sequence[Call], seconds: float) -> Any:
            if outcomes := ask(self, calls, seconds):
                note(calls, outcomes)
            return outcomes

        return told

    with patch.object(Student, "calls", telling(Student.calls)), patch.object(Student, "ahead", telling(Student.ahead)):
        yield


def _example(call: Call, outcome: Outcome) -> Example:
    assert outcome.fault is None, outcome.fault
    assert not (call.keywords or call.steps or call.of), "ASSERTS call by place, once"
    slopes = list(outcome.gradients) if any(slope is not None for slope in outcome.gradients) else []
    at = list(call.gradients) if slopes else []
    return list(call.args), outcome.value, at, slopes, call.cotangent, call.seed


def keep(examples: dict[str, list[Example]], path: Path) -> None:
    torch.save(examples, path)
