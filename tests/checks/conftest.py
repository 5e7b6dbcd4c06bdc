"""A small battery, and answers to it in a student's process."""

from collections.abc import Callable, Iterator

import pytest
import torch

from autograder.checks import agrees
from autograder.grading.attempt import Memo
from autograder.grading.recognise import labelled
from autograder.inputs.battery import Battery
from autograder.inputs.domains import positive, real
from autograder.inputs.shapes import arguments
from autograder.model import Check, Exercise, Options, Settings
from autograder.model.errors import Mistake
from autograder.student import Answer, Host, Student


def _oracle(x, y):
    return x**2 * torch.log(y)


def make_battery(**options) -> Battery:
    """Of ``f(x, y) = x² log y``, elementwise: y > 0."""
    given = {
        "function": "f",
        "oracle": _oracle,
        "terms": lambda x, y: (x**2 * torch.log(y),),
        "inputs": arguments(real(3.0), positive(0.1, 10.0), shapes=[[(), ()], [(3,), (3,)], [(2, 1), (4,)]]),
        "parameters": ("x", "y"),
        "count": 9,
        "guards": (lambda x, y: (x, y + 1e-6),),
        "gradients": (0, 1),
    }
    return Battery(**(given | options))


@pytest.fixture(scope="session")
def battery() -> Battery:
    return make_battery()


@pytest.fixture(scope="session")
def process() -> Iterator[Host]:
    with Host(Settings(), preload=("torch",)) as host:
        yield host


@pytest.fixture
def run(process) -> Iterator[Callable[..., Mistake | None]]:
    """run(check, body): the Mistake that a check raises for a function whose lines are ``body``, or None; ``.detail`` of the
    last check that passed is kept."""
    opened = []

    def go(check: Check, source: str, function: str = "f") -> Mistake | None:
        exercise = Exercise("f", "1", 1, "code", (function,), (agrees(make_battery()),))
        student = Student(process, labelled("import torch\nimport numpy as np\n" + source, "f.py", exercise))
        student.__enter__()
        opened.append(student)
        try:
            go.detail = check.run(Memo(Answer(student, exercise), Options(), 10.0)) or ()
        except Mistake as mistake:
            mistake.counterexample = mistake.shrink() if mistake.shrink else mistake.counterexample
            return mistake
        return None

    go.detail = ()
    yield go
    for student in opened:
        student.__exit__(None, None, None)
