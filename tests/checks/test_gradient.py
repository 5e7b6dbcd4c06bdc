"""Gradients: where they are cut, missing or bent."""

import re

import pytest
import torch

from autograder.checks import Battery, agrees, arguments, gradient, reaches, real, replayed
from autograder.model import CourseError

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


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("def f(x, y): return (x**2).detach() * 0 + torch.log(y)", "f does not depend on x"),
        ("def f(x, y): return x**2", "f does not depend on y"),
        ("def f(x, y): return x.detach()**2 * torch.log(y)", "No gradient of f reaches x, though"),
    ],
)
def test_an_argument_on_which_nothing_depends_is_told_from_one_that_is_cut_off(run, battery, source, said):
    assert said in run(reaches(battery), source).message


# ------------------------------------------------------------------ of one entry


def entries(oracle=lambda x: {"weights": x.exp(), "loss": (x**2).mean()}) -> Battery:
    return Battery("f", oracle, inputs=arguments(real(2), shapes=[[(2,)], [(3,)]]), gradients=(0,))


ENTRIES = "def f(x): return {'weights': x.exp(), 'loss': (x**2).mean()}"


@pytest.mark.parametrize("entry", ["weights", "loss"])
def test_gradients_are_those_of_the_entry_that_is_looked_at(run, entry):
    checks = [reaches(entries()[entry]), gradient(entries()[entry]), agrees(entries()[entry])]
    assert [run(check, ENTRIES) for check in checks] == [None] * 3
    bent = ENTRIES.replace("x**2", "x * x.detach()").replace("x.exp()", "2 * x.exp() - x.exp().detach()")
    assert run(gradient(entries()[entry]), bent).name == "wrong_gradient"
    other = ENTRIES.replace("x**2", "x.detach()**2") if entry == "loss" else ENTRIES.replace("x.exp()", "x.exp().data")
    assert run(reaches(entries()[entry]), other).name == "gradient_cut"
    assert run(reaches(entries()["loss" if entry == "weights" else "weights"]), other) is None


@pytest.mark.parametrize("entry", ["weights", "loss"])
def test_the_pack_knows_the_gradients_of_the_entry(run, entry):
    kept = replayed(gradient(entries()[entry]).record())
    assert run(kept, ENTRIES) is None
    bent = ENTRIES.replace("x**2", "x * x.detach()").replace("x.exp()", "2 * x.exp() - x.exp().detach()")
    assert run(kept, bent).name == "wrong_gradient"


@pytest.mark.parametrize(
    ("check", "said"),
    [
        (lambda: gradient(entries()), 'say of which entry, such as battery["loss"]'),
        (
            lambda: reaches(Battery("f", torch.exp, inputs=arguments(real(), shapes=[[(2,)]]), parameters=("x",))),
            "gradients=(0,)",
        ),
        (
            lambda: gradient(entries(lambda x: {"n": x.detach().sum()})["n"]),
            "returns what has no gradient (its entry 'n')",
        ),
        (lambda: gradient(entries(lambda x: x.detach())), "returns what has no gradient, but"),
    ],
)
def test_a_gradient_that_there_is_not_is_the_author_s_slip(run, check, said):
    with pytest.raises(CourseError, match=re.escape(said)):
        run(check(), ENTRIES)
