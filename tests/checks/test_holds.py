"""Laws: obeyed, broken, and impossible to state."""

import torch

from autograder.checks import holds
from autograder.inputs.compare import close


def even(battery, **options):
    return holds(
        "is even in x",
        battery,
        lambda value, mirrored, x, y: close(value, mirrored, 1.0, factor=1e3),
        inputs=(lambda x, y: (x, y), lambda x, y: (-x, y)),
        tell="f(-x, y) is f(x, y).",
        **options,
    )


def test_an_obeyed_law_passes(run, battery):
    assert run(even(battery), "def f(x, y): return 7 * x**2 + y") is None


def test_a_broken_law_is_told_with_every_value(run, battery):
    mistake = run(even(battery), "def f(x, y): return x + y")
    assert (mistake.message, mistake.name, mistake.credit) == ("f(-x, y) is f(x, y).", "", None)
    first, second = mistake.counterexample.splitlines()
    assert first.startswith("f(x=")
    assert " = " in second


def test_a_law_may_be_a_mistake_of_its_own(run, battery):
    mistake = run(even(battery, mistake="odd", credit=0.75), "def f(x, y): return x + y")
    assert (mistake.name, mistake.credit) == ("odd", 0.75)


def test_a_fault_is_no_broken_law(run, battery):
    check = even(battery, mistake="odd", credit=0.75)
    source = "def f(x, y):\n    assert (x >= 0).all(), 'negative'\n    return x"
    mistake = run(check, source)
    assert "negative" in mistake.message
    assert mistake.name == ""


def test_what_is_no_tensor_is_no_broken_law(run, battery):
    mistake = run(even(battery, mistake="odd", credit=0.75), "def f(x, y): return 'x'")
    assert "f returns 'x'; a tensor is expected." in mistake.message
    assert mistake.name == ""


def test_a_shape_the_law_cannot_be_stated_for_breaks_it(run, battery):
    source = "def f(x, y): return torch.ones(5 if (x > 0).all() else 6)"
    examples = [(torch.tensor([2.0, 3.0]), torch.tensor([1.0, 1.0]))]
    assert run(even(battery, examples=examples), source).message == "f(-x, y) is f(x, y)."


def test_float32_only_obeys_laws_too(run, battery):
    source = "def f(x, y):\n    if x.dtype != torch.float32: raise RuntimeError('float only')\n    return x**2 * torch.log(y)"
    assert run(even(battery), source) is None
