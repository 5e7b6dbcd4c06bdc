"""Drawing a battery once, and shrinking what fails."""

import math

import pytest
import torch

from autograder import domains
from autograder.battery import expect
from autograder.model import Call
from autograder.search import arguments, draw, shrink
from tests.checks.conftest import make_battery

SHAPES = [[(), ()], [(3,), (3,)], [(2, 1), (4,)], [(50,), (50,)]]


def inputs():
    return arguments(domains.real(3.0), domains.positive(0.1, 10.0), shapes=SHAPES)


def test_the_same_examples_every_time():
    first, second = (inputs().draw(10, "key") for _ in range(2))
    assert [[t.tolist() for t in args] for args in first] == [[t.tolist() for t in args] for args in second]
    other = inputs().draw(10, "other key")
    assert [[t.tolist() for t in args] for args in first] != [[t.tolist() for t in args] for args in other]


def test_every_shape_has_its_share():
    drawn = inputs().draw(10, "key")
    counts = [sum(tuple(t.shape for t in args) == tuple(entry) for args in drawn) for entry in map(tuple, SHAPES)]
    assert counts == [3, 3, 2, 2]


def test_examples_are_different_and_arguments_independent():
    drawn = inputs().draw(20, "key")
    assert len({repr(args) for args in drawn}) == 20
    large = next(args for args in drawn if args[0].shape == (50,))
    assert abs(torch.corrcoef(torch.stack([large[0], large[1].log()]))[0, 1]) < 0.6


def test_examples_are_exact_in_float32_and_in_their_domains():
    for x, y in inputs().draw(20, "key"):
        assert x.dtype == y.dtype == torch.float32
        assert (x.abs() <= 3).all()
        assert ((y >= 0.0999) & (y <= 10.001)).all()


@pytest.mark.parametrize(
    ("domain", "low", "high"),
    [
        (domains.real(5.0), -5, 5),
        (domains.positive(1e-3, 1e3), 1e-3, 1e3),
        (domains.interval(-2, 7, (0.0,)), -2, 7),
        (domains.probability(1e-4), 1e-4, 1 - 1e-4),
        (domains.bits(), 0, 1),
    ],
)
def test_domains_fill_their_range(domain, low, high):
    values = domain.fill(torch.Generator().manual_seed(0), 5000)
    assert (values >= low - 1e-9).all()
    assert (values <= high + 1e-9).all()
    assert values.min() < low + 0.1 * (high - low)
    assert values.max() > high - 0.1 * (high - low)
    assert all(low <= v <= high for v in domain.readable)


def test_pixels_are_black_and_white_half_of_the_time():
    values = domains.bits().fill(torch.Generator().manual_seed(0), 5000)
    assert 0.25 < ((values == 0) | (values == 1)).double().mean() < 0.42


def test_the_ladder_is_readable_and_its_first_rungs_are_single_numbers():
    battery = make_battery()
    first = battery.rungs[0]
    assert len(first.calls) == 8
    assert all(arg.numel() == 1 for call in first.calls for arg in call.args)
    assert all(call.gradients == () for rung in battery.rungs for call in rung.calls)
    shapes = {tuple(arg.shape for arg in call.args) for call in battery.ladder}
    assert ((2, 1), (4,)) in shapes


def test_shrinking_finds_a_small_input():
    smallest = shrink(inputs().strategy, lambda args: bool((args[0] > 1.5).any()), "key")
    assert smallest is not None
    assert sum(t.numel() for t in smallest) <= 6
    assert set(smallest[0].abs().flatten().tolist()) <= {0.0, 2.0}


def test_shrinking_stops_at_its_budget():
    asked = []
    shrink(inputs().strategy, lambda args: bool(asked.append(1)) or float(args[0].sum()) > 2.9, "key", budget=30)
    assert len(asked) <= 30


def test_nothing_fails_nothing_is_found():
    assert shrink(inputs().strategy, lambda args: False, "key") is None


def test_draw_gives_no_more_than_there_is():
    one = arguments(domains.interval(0, 0, (0.0,)), shapes=[[()]])
    assert len(draw(one.strategy, 5, "key")) == 1


# ------------------------------------------------------------------ what the oracle says


def test_the_oracle_answers_with_scale_slack_and_gradients():
    x, y = torch.tensor(3.0).double(), torch.tensor(2.0).double()
    battery = make_battery()
    e = battery.expect(battery.call((x, y)))
    assert float(e.value) == pytest.approx(9 * math.log(2))
    assert float(e.scale) == pytest.approx(9 * math.log(2))
    assert float(e.slack) == pytest.approx(2 * 9 * 1e-6 / 2, rel=1e-3)
    assert [float(g) for g in e.gradients] == pytest.approx([6 * math.log(2), 4.5])
    assert float(e.gradient_slacks[1]) == pytest.approx(2 * 9 * 1e-6 / 4, rel=1e-3)
    assert x.grad is None and not x.requires_grad


def test_a_guard_in_one_term_has_slack_though_it_cancels_in_the_sum():
    call = Call("f", (torch.tensor(2.0), torch.tensor(2.0)))
    e = expect(
        call,
        lambda a, b: torch.log(a / b),
        lambda a, b: (torch.log(a), torch.log(b)),
        [lambda a, b: (a + 1e-6, b + 1e-6)],
    )
    assert float(e.value) == 0
    assert float(e.slack) > 1e-6


def test_every_third_call_is_in_float32():
    dtypes = [call.args[0].dtype for call in make_battery().calls]
    assert dtypes[:3] == [torch.float64, torch.float64, torch.float32]


def test_the_seed_depends_on_the_numbers_alone():
    battery = make_battery()
    args = (torch.tensor(1.5), torch.tensor(2.5))
    assert battery.call(args).seed == battery.call(args, torch.float32).seed
    assert battery.call(args).seed != battery.call((args[1], args[0])).seed
