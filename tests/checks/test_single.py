"""Right but for a batch of one."""

import pytest
import torch

from autograder.checks import agrees, holds
from autograder.inputs.domains import real
from autograder.inputs.search import arguments
from tests.checks.conftest import make_battery


def battery(*shapes):
    def mean(x, y):
        return (x * y).mean()

    inputs = arguments(real(3.0), real(3.0), shapes=[[shape, shape] for shape in shapes])
    return make_battery(oracle=mean, terms=lambda x, y: (mean(x, y),), inputs=inputs, guards=(), gradients=())


SQUEEZED = "def f(x, y):\n    assert x.squeeze().dim() == 1\n    return (x * y).mean()"


def test_a_batch_of_one_is_a_class_of_its_own(run):
    mistake = run(agrees(battery((1,), (3,), (4,))), SQUEEZED)
    assert (mistake.name, mistake.credit) == ("batch_of_one", 0.75)
    assert "fails for a batch of one" in mistake.message and "squeeze(-1)" in mistake.hint


@pytest.mark.parametrize(
    "source",
    [
        "def f(x, y): return 2 * (x * y).mean()",
        "def f(x, y):\n    assert x.dim() == 1 and len(x) == 3\n    return (x * y).mean()",
    ],
)
def test_what_fails_for_others_too_is_none(run, source):
    assert run(agrees(battery((1,), (3,), (4,))), source).name == ""


def test_a_law_that_breaks_for_a_batch_of_one(run):
    def scales(value, twice, *_):
        return (2 * value - twice).abs() < 1e-4

    examples = [(torch.ones(n), torch.full((n,), 3.0)) for n in (1, 2, 5)]
    law = holds(
        "scales", battery((3,)), scales, tell="No.", examples=examples, inputs=(lambda *a: a, lambda x, y: (2 * x, y))
    )
    assert run(law, SQUEEZED).name == "batch_of_one"
    assert run(law, "def f(x, y): return (x * x * y).mean()").name == ""
    assert "obeys no law" in run(law, "def f(x, y): return (x * y).mean() + float('inf')").message
