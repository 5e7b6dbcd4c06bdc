"""What of a check is recorded for a student's pack finds the same there, and the oracle is not in it."""

import pytest
import torch

from autograder import checks
from autograder.checks import (
    agrees,
    classifier,
    gradient,
    is_number,
    leaves_alone,
    pathwise,
    reaches,
    repeats,
    replayed,
    samples,
)
from autograder.checks.classify.classifier import POINTS
from autograder.checks.classify.task import CREDITS
from autograder.checks.kept import _call_data, line
from autograder.checks.readback import explain
from autograder.checks.replayed import asked_of
from autograder.model import Call, Mistake, UsageError
from tests.checks.conftest import make_battery
from tests.checks.test_readback import BATTERY, Answer
from tests.checks.test_samples import sampler

RIGHT = "def f(x, y): return x**2 * torch.log(y)"
DRAW = "def f(m, s): return m + s.exp() * torch.randn_like(m)"


@pytest.mark.parametrize(
    ("factory", "source"),
    [
        (agrees, RIGHT),
        (agrees, "def f(x, y): return 2 * x**2 * torch.log(y)"),
        (agrees, "def f(x, y): return x**2 * torch.log(y) * torch.ones(2, 1)"),
        (gradient, RIGHT),
        (gradient, "def f(x, y): return x * x.detach() * torch.log(y)"),
        (reaches, "def f(x, y): return x**2 * torch.log(y.detach())"),
        (leaves_alone, "def f(x, y): return x.pow_(2) * torch.log(y)"),
    ],
)
def test_a_recorded_check_finds_the_same(run, battery, factory, source):
    check = factory(battery)
    there = replayed(check.record())
    assert (there.name, there.points, there.needs, there.hint) == (check.name, check.points, check.needs, check.hint)
    first, second = run(check, source), run(there, source)
    assert (first is None) == (second is None)
    if first and second:
        assert (second.name, second.message, second.credit) == (first.name, first.message, first.credit)


def test_a_counterexample_in_the_pack_is_one_of_the_recorded_examples(run, battery):
    found = run(replayed(agrees(battery).record()), "def f(x, y): return 2 * x**2 * torch.log(y)")
    assert found.counterexample == "f(x=1, y=2)\nexpected 0.6931\nfound    1.386"


@pytest.mark.parametrize(
    "source", [DRAW, "def f(m, s): return m + (2 * s).exp() * torch.randn_like(m)", "def f(m, s): return m"]
)
@pytest.mark.parametrize("way", ["samples", "pathwise"])
def test_a_recorded_sampler_finds_the_same(run, way, source):
    check = samples(sampler()) if way == "samples" else pathwise(sampler(), lambda z, w, m, s: (w, w * (z - m)))
    first, second = run(check, source), run(replayed(check.record()), source)
    assert (first and (first.name, first.message)) == (second and (second.name, second.message))


@pytest.mark.parametrize(
    "function",
    [
        lambda x, y: (x**2).sum(-1).mean() - 2 * (x * y).sum(-1).mean(),
        lambda x, y: 0.5 * x.sum(-1).mean() - (x * y).sum(-1).mean(),
        lambda x, y: 0.5 * (x**2).sum(-1).mean(),
        lambda x, y: x.sin().sum(),
    ],
)
def test_a_recorded_formula_is_read_back_the_same(function):
    there = asked_of(agrees(BATTERY).record()["asked"])
    here, said = (explain(battery, Answer(function)) for battery in (BATTERY, there))
    assert (here and (here.name, here.message)) == (said and (said.name, said.message))


def test_a_battery_without_a_formula_reads_nothing_back():
    battery = make_battery()
    assert battery.formula is None
    assert asked_of(agrees(battery).record()["asked"]).formula is None


def test_the_oracle_and_the_terms_stay_behind():
    there = asked_of(agrees(BATTERY).record()["asked"])
    with pytest.raises(AssertionError, match="the oracle is not in a student's pack"):
        there.oracle(torch.ones(1, 1), torch.ones(1, 1))
    with pytest.raises(AssertionError, match="the terms of a formula are not in a student's pack"):
        there.formula.terms[0].function(torch.ones(1, 1))
    assert there.shrink(lambda call: True) is None
    assert not there.knows_more


def test_what_is_linear_in_the_draw_is_recorded_as_a_line():
    args = (torch.tensor([[1.0, 2.0]]),)
    ((a, b),) = line(lambda z: (3 - 2 * z,), args)
    assert a.tolist() == [[3.0, 3.0]]
    assert b.tolist() == [[-2.0, -2.0]]
    with pytest.raises(ValueError, match="only what is linear in the draw can be recorded"):
        line(lambda z: (z**2,), args)


def test_a_check_of_a_later_version_is_told():
    record = agrees(make_battery()).record() | {"kind": "unheard_of"}
    with pytest.raises(UsageError, match="a check of the kind 'unheard_of', which this version of autograder does not"):
        replayed(record)


def test_a_call_is_recorded_with_all_that_a_student_s_process_needs():
    weights = torch.ones(2)
    assert _call_data(Call("f", (1.0,), seed=3)) == [3, [1.0]]
    assert _call_data(Call("f", (1.0,), seed=3, keywords=("x",))) == [3, [1.0], ["x"], None]
    assert _call_data(Call("f", (1.0,), seed=3, cotangent=weights)) == [3, [1.0], [], weights]


def test_what_a_check_is_worth_where_the_exercise_says_nothing(battery):
    made = (agrees, reaches, gradient, leaves_alone, repeats, is_number)
    assert [factory(battery).points for factory in made] == [1, 0.25, 1, 0.25, 0.25, 0.25]
    assert [samples(sampler()).points, pathwise(sampler(), lambda z, w, m, s: (w, w * (z - m))).points] == [1, 1]
    assert [check.visibility for check in (agrees(battery), repeats(battery))] == ["public", "hidden"]


# ------------------------------------------------------------------ classifiers


def test_a_classifier_in_the_pack_looks_at_all_and_decides_nothing():
    here = classifier("C", accuracy=0.9, in_pack=True, credits={"frozen": 0.25}, visibility="hidden")
    packed = [check.instead or check for check in here]
    there = [replayed(check.record()) for check in packed]
    assert [check.points for check in there] == [0.0] * 7
    assert [check.name for check in there] == ["takes", "layers", "logits", "alone", "sure", "kept", "learns"]
    record = packed[-1].record()
    assert (packed[-1].name, packed[-1].points) == ("begins to tell examples apart", 0.0)
    assert {"accuracy", "loss", "soon", "steps", "seeds"}.isdisjoint(record["task"])
    assert record["task"]["credits"] == {"frozen": 0.25}
    assert all(check.record is None for check in classifier("C", accuracy=0.9))


def test_the_points_and_credits_of_a_classifier_where_the_exercise_says_nothing():
    made = classifier("C", accuracy=0.9)
    assert [check.points for check in made] == [1, 1, 0.5, 0.5, 0.5, 0.25, 2]
    assert list(POINTS) == ["takes", "layers", "logits", "alone", "sure", "kept", "learns"]
    assert [check.points for check in classifier("C", accuracy=0.9, points={"sure": 3})] == [1, 1, 0.5, 0.5, 3, 0.25, 2]
    assert set(CREDITS.values()) == {0.25, 0.5, 0.75}
    first = made[0].name
    assert first == "takes examples and gives ten logits"
    assert [check.needs for check in made] == [(), *[(first,)] * 5, (first, "every layer learns", "ends in logits")]


def test_what_is_for_formulas_is_there_when_it_is_asked_for():
    assert checks.__getattr__("derivation") is checks.derivation
    with pytest.raises(AttributeError, match="has no attribute 'derive'"):
        checks.__getattr__("derive")


def test_where_examples_are_the_courses_own_nothing_is_recorded():
    check = classifier("C", data=lambda: None, accuracy=0.9, in_pack=True)[0]
    with pytest.raises(ValueError, match="examples of the course's own stay behind"):
        check.record()


def test_a_mistake_has_the_evidence_by_which_labelled_answers_are_recognised(run, battery):
    assert run(agrees(battery), "def f(x, y): return 2 * x**2 * torch.log(y)").evidence is not None
    none: Mistake = run(agrees(battery), "def f(x, y): return 'x'")
    assert none.evidence is None
