"""All outcomes at once are right exactly where each of them is, judged alone."""

from dataclasses import replace

import pytest
import torch

from autograder.inputs import Battery, judge, judge_gradient
from autograder.model import Outcome

X = torch.tensor([0.3, -1.7, 2.1], dtype=torch.float64)


def square(x):
    return (x**2).sum()


BATTERY = Battery(
    "square", square, lambda x: [(x**2).sum()], examples=tuple((X * k,) for k in (1.0, 0.1, 3.0)), gradients=(0,)
)


def outcomes(change=lambda value: value, slope=lambda gradient: gradient):
    found = []
    for call in BATTERY.calls:
        x = call.args[0]
        found.append(Outcome(change(square(x)), (slope(2 * x),)))
    return found


def alone(found):
    return all(judge(o.value, e) == "equal" for o, e in zip(found, BATTERY.expected, strict=True))


def slopes_alone(found):
    at = [call.args[0] for call in BATTERY.calls]
    return all(
        judge_gradient(o.gradients[0], e, 0, x) == "equal" for o, e, x in zip(found, BATTERY.expected, at, strict=True)
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda value: value,
        lambda value: value.reshape(1),
        lambda value: value * (1 + 1e-3),
        lambda value: value * float("nan"),
        lambda value: value * float("inf"),
        lambda value: value.float(),
        lambda value: value.reshape(1).expand(2),
    ],
)
def test_values(change):
    found = outcomes(change)
    assert BATTERY.together.values_right(found) == alone(found)


@pytest.mark.parametrize("value", [float(square(X)), None, [square(X)]])
def test_what_is_no_tensor_is_left_to_be_judged_alone(value):
    found = [replace(outcomes()[0], value=value), *outcomes()[1:]]
    assert not BATTERY.together.values_right(found)


@pytest.mark.parametrize(
    "slope",
    [lambda g: g, lambda g: g * (1 + 1e-2), lambda g: g * 0, lambda g: g.reshape(1, 3), lambda g: g * float("nan")],
)
def test_gradients(slope):
    found = outcomes(slope=slope)
    assert BATTERY.together.gradients_right(found) == slopes_alone(found)


def test_a_gradient_that_did_not_arrive_is_left_to_be_judged_alone():
    found = [replace(outcomes()[0], gradients=(None,)), *outcomes()[1:]]
    assert not BATTERY.together.gradients_right(found)


def test_one_wrong_value_among_right_ones():
    found = [*outcomes()[:2], replace(outcomes()[2], value=square(X))]
    assert not BATTERY.together.values_right(found)
    assert not alone(found)
