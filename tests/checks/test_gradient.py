"""Gradients: where they are cut, missing or bent."""

import pytest

from autograder.checks import gradient, reaches

RIGHT = "def f(x, y): return x**2 * torch.log(y)"


def test_right_gradients_pass(run, battery):
    assert run(reaches(battery), RIGHT) is None
    assert run(gradient(battery), RIGHT) is None


@pytest.mark.parametrize(
    ("source", "name", "part"),
    [
        ("def f(x, y): return (x**2 * torch.log(y)).detach()", "gradient_cut", "cut off from its arguments"),
        ("def f(x, y): return (x**2 * torch.log(y)).tolist()", "gradient_cut", "not a tensor"),
        ("def f(x, y): return x**2 * torch.log(y.detach())", "gradient_missing", "reaches y"),
        ("def f(x, y): return x.detach()**2 * torch.log(y)", "gradient_missing", "reaches x"),
        (
            "def f(x, y):\n    e = x.exp()\n    z = e * torch.log(y)\n    e += 1\n    return z",
            "gradient_cut",
            "backward",
        ),
    ],
)
def test_a_gradient_that_does_not_arrive_keeps_half(run, battery, source, name, part):
    mistake = run(reaches(battery), source)
    assert (mistake.name, mistake.credit) == (name, 0.5)
    assert part in mistake.message


def test_a_bent_gradient_of_a_right_value_keeps_half(run, battery):
    mistake = run(gradient(battery), "def f(x, y): return x * x.detach() * torch.log(y)")
    assert (mistake.name, mistake.credit) == ("wrong_gradient", 0.5)
    assert "The gradient of f with respect to x is " in mistake.message
    assert mistake.counterexample.startswith("f(x=")


def test_a_wrong_gradient_of_a_wrong_value_has_no_name(run, battery):
    mistake = run(gradient(battery), "def f(x, y): return x**3 * torch.log(y)")
    assert (mistake.name, mistake.credit) == ("", None)


def test_a_dead_function_fails_both(run, battery):
    for check in (reaches(battery), gradient(battery)):
        assert "not yet" in run(check, "def f(x, y): raise ValueError('not yet')").message
