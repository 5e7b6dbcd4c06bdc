"""Agrees with an oracle: what counts as right, and what is said of what does not."""

import pytest

from autograder.checks import agrees
from tests.checks.conftest import make_battery

RIGHT = {
    "plain": "def f(x, y): return x**2 * torch.log(y)",
    "guarded": "def f(x, y): return x**2 * torch.log(y + 1e-8)",
    "guarded as far as it goes": "def f(x, y): return x**2 * torch.log(y + 1e-6)",
    "tuple": "def f(x, y): return x**2 * torch.log(y), 'more'",
    "extra axis": "def f(x, y): return (x**2 * torch.log(y)).unsqueeze(0)",
    "computed in float32": "def f(x, y): return (x.float()**2 * torch.log(y.float()))",
}


@pytest.mark.parametrize("source", RIGHT.values(), ids=RIGHT)
def test_a_right_value_passes(run, battery, source):
    assert run(agrees(battery), source) is None


def test_float32_only_passes_with_a_note(run, battery):
    source = "def f(x, y):\n    if x.dtype != torch.float32: raise RuntimeError('float only')\n    return x**2 * torch.log(y)"
    assert run(agrees(battery), source) is None
    assert run.detail == ("It works in float32 only.",)


def test_another_form_passes_with_a_note(run):
    battery = make_battery(
        inputs=make_battery().inputs.__class__(make_battery().inputs.domains, (((3,), (3,)),)),
        other_forms={"It takes columns only.": lambda x, y: (x.reshape(-1, 1), y.reshape(-1, 1))},
    )
    source = "def f(x, y):\n    n, one = x.shape\n    return x**2 * torch.log(y)"
    assert run(agrees(battery), source) is None
    assert run.detail == ("It takes columns only.",)


MESSAGES = {
    "wrong value": ("def f(x, y): return x**2 * y", "f returns ", " is expected."),
    "too large a guard": ("def f(x, y): return x**2 * torch.log(y + 1e-3)", "f returns ", " is expected."),
    "None": ("def f(x, y): pass", "f returns None: its last line needs a `return`"),
    "string": ("def f(x, y): return 'x'", "f returns 'x'; a tensor of shape () is expected."),
    "object": ("def f(x, y): return object()", "f returns an object of type object; a tensor"),
    "shape": (
        "def f(x, y): return torch.ones(7)",
        "f returns shape (7,) for arguments of shapes (), (); () is expected.",
    ),
    "nan": ("def f(x, y): return x**2 * torch.log(y - y - 1)", "f returns NaN where "),
    "exception": ("def f(x, y): return x**2 * torch.log(z)", "NameError", "z"),
    "array": ("def f(x, y): return (x.detach()**2 * torch.log(y.detach())).numpy()", "as an array. Return a tensor"),
    "numpy": ("def f(x, y): return x.numpy()**2 * np.log(y.numpy())", "Return a tensor"),
}


@pytest.mark.parametrize(("source", "parts"), [(m[0], m[1:]) for m in MESSAGES.values()], ids=MESSAGES)
def test_a_wrong_value_is_told(run, battery, source, parts):
    mistake = run(agrees(battery), source)
    assert mistake is not None
    for part in parts:
        assert part in mistake.message


def test_a_right_array_keeps_half(run, battery):
    mistake = run(agrees(battery), MESSAGES["numpy"][0])
    assert (mistake.name, mistake.credit) == ("not_a_tensor", 0.5)


def test_the_counterexample_is_readable(run, battery):
    mistake = run(agrees(battery, unit="nats"), "def f(x, y): return 2 * x**2 * torch.log(y)")
    assert mistake.counterexample == "f(x=1, y=2)\nexpected 0.6931 nats\nfound    1.386"


def test_a_fault_of_one_shape_has_a_counterexample_of_that_shape(run, battery):
    mistake = run(
        agrees(battery), "def f(x, y):\n    assert x.dim() < 2, 'no matrices'\n    return x**2 * torch.log(y)"
    )
    assert "no matrices" in mistake.message
    assert mistake.counterexample.startswith("f(x=[[")


def test_what_no_readable_input_shows_is_found_by_search(run):
    mistake = run(agrees(make_battery(count=30)), "def f(x, y): return x**2 * torch.log(torch.where(y > 6, y - 1, y))")
    assert mistake.counterexample.startswith("f(x=")
    assert "expected" in mistake.counterexample and "found" in mistake.counterexample


def test_an_answer_that_is_right_when_asked_again_keeps_its_first_failure(run, battery):
    source = "n = 0\ndef f(x, y):\n    global n\n    n += 1\n    return x**2 * torch.log(y) + (n == 3)"
    mistake = run(agrees(battery), source)
    expected, found = (line.split()[1:] for line in mistake.counterexample.splitlines()[1:])
    assert expected != found


def test_a_dead_function_has_no_counterexample(run, battery):
    mistake = run(agrees(battery), "def f(x, y): raise ValueError('not yet')")
    assert "not yet" in mistake.message
    assert mistake.counterexample == ""
