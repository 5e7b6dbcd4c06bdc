"""A battery: which calls are asked, with what left out, and which part of the answer is looked at."""

import pytest
import torch

from autograder.inputs.arrays import seed_of
from autograder.inputs.battery import Battery
from autograder.inputs.domains import number, real
from autograder.inputs.shapes import arguments
from autograder.inputs.steps import call, make, read
from autograder.inputs.value import Absent
from autograder.model import CourseError, Fault, Outcome

X, Y = [1.0, 2.0], [3.0, 4.0]


def pair(x, y, scale=1.0):
    return x * scale, {"sum": x + y, "name": "n"}


def battery(**options):
    return Battery("pair", pair, **{"examples": ((X, Y, 2.0),) * 7, "returns": ("first", "rest")} | options)


def test_parameters_are_the_oracles_own():
    assert battery().parameters == ("x", "y", "scale")
    assert battery(parameters=("a", "b", "c")).parameters == ("a", "b", "c")


def test_every_third_call_is_in_float32():
    floats = [one.args[0].dtype is torch.float32 for one in battery().calls]
    assert floats == [False, False, True, False, False, True, False]
    assert not any(one.args[0].dtype is torch.float32 for one in battery(single=False).calls)
    assert [e.single for e in battery().expected] == floats


@pytest.mark.parametrize(
    ("made", "given"),
    [
        (battery(optional=("scale",)), {"out", "place", "keyword"}),
        (battery(optional=("scale",)).without(), {"out"}),
        (battery(optional=("scale",)).given(), {"place", "keyword"}),
        (battery(), {"place"}),
    ],
)
def test_optional_arguments_are_left_out_and_given_in_turn(made, given):
    def how(one):
        return "keyword" if one.keywords else "place" if len(one.args) == 3 else "out"

    assert {how(one) for one in made.calls} == given
    assert all(one.keywords == ("scale",) for one in made.calls if how(one) == "keyword")
    firsts = [float(one.value[0]) for one in made.expected]
    assert {value for one, value in zip(made.calls, firsts, strict=True) if how(one) == "out"} <= {1.0}
    assert {value for one, value in zip(made.calls, firsts, strict=True) if how(one) != "out"} <= {2.0}


def test_one_example_gives_its_optional_arguments_by_place():
    made = battery(optional=("scale",))
    one = made.call(made.drawn[0])
    assert (len(one.args), one.keywords, one.function) == (3, (), "pair")
    assert one.seed == seed_of(made.drawn[0])
    assert made.plain(made.drawn[0]).gradients == ()


def test_a_part_is_looked_at_by_place_name_or_key():
    made = battery()
    assert made["rest"].path == made[1].path == (1,)
    inner = made["rest", "sum"]
    assert inner.path == made["rest"]["sum"].path == (1, "sum")
    assert inner.expected[0].value.tolist() == [4, 6]
    assert inner.expect(inner.calls[0]).value.tolist() == [4, 6]
    assert inner.part().path == inner.path and made.part("first", tolerance=0.5).expected[0].slack.tolist() == [
        0.5,
        0.5,
    ]
    assert (made.returned, inner.returned) == (True, False)
    assert (made.subject, made["first"].subject) == ("pair returns", "The entry 'first' of pair is")
    assert inner.around == "a dictionary with the keys 'sum' and 'name'"
    for keys in ("none", 2, ("rest", "none")):
        with pytest.raises(CourseError, match=r"has no part .*: what the oracle returns is a list of"):
            made[keys]


def test_a_part_is_looked_at_in_an_outcome():
    made = battery()
    outcome = Outcome([torch.ones(2), {"sum": torch.zeros(2)}])
    assert made.looked_at(outcome) is outcome
    assert made["rest", "sum"].looked_at(outcome).value.tolist() == [0, 0]
    assert isinstance(made["rest", "name"].looked_at(outcome).value, Absent)
    failed = Outcome(fault=Fault("exception", "no"))
    assert made["first"].looked_at(failed) is failed


def test_what_steps_give_is_called_by_what_was_done():
    class Counter:
        def __init__(self, start):
            self.total = start

        def add(self, x):
            return {"sum": self.total + x}

    steps = (make("c", "x"), call("c.add", "y", label="added"), read("c.total"))
    made = Battery("Counter", Counter, examples=((X, Y),), parameters=("x", "y"), steps=steps)
    assert made["added"].subject == "Counter.add returns" and made["added"].returned
    assert made["added", "sum"].subject == "Counter.add['sum'] returns"
    assert made["c.total"].subject == "Counter.total is" and not made["c.total"].returned
    stopped = Outcome({"added": {"sum": torch.ones(2)}}, stopped=Fault("exception", "no"))
    assert made["added"].looked_at(stopped).fault is None
    assert made["c.total"].looked_at(stopped).fault == made.looked_at(stopped).fault == Fault("exception", "no")


def test_forms_are_tried_without_gradients_in_float32_and_otherwise():
    made = battery(gradients=(0,), other_forms={"It takes columns.": lambda x, y, s: (x[:, None], y[:, None], s)})
    assert [form.note for form in made.forms] == ["", "It works in float32 only.", *["It takes columns."] * 2]
    assert all(one.gradients == () for one in made.forms[0].calls)
    assert {one.args[0].dtype for one in made.forms[1].calls} == {torch.float32}
    assert made.forms[2].calls[0].args[0].shape == (2, 1)
    assert [form.note for form in battery().forms] == ["It works in float32 only."]


def test_without_inputs_there_is_no_ladder_and_nothing_to_shrink():
    made = battery()
    assert (made.ladder, made.rungs, made.right) == ((), (), None)
    assert made.shrink(lambda one: True) is None


def test_weights_show_what_a_plain_sum_hides():
    made = Battery("f", lambda x: x * 2, examples=((X,),), gradients=(0,), weighted=True)
    assert made.calls[0].cotangent.shape == (2,)
    assert made.expected[0].gradients[0].tolist() == (2 * made.calls[0].cotangent).tolist()
    assert Battery("f", lambda x: x * 2, examples=((X,),)).calls[0].cotangent is None


def test_what_the_oracle_takes_by_keyword_alone_is_never_given_by_place():
    made = Battery(
        "f",
        lambda x, *, scale=1.0: x * scale,
        inputs=arguments(real(), number(real()), shapes=[[(2,), ()]]),
        optional=("scale",),
    )
    assert {(len(call.args), call.keywords) for call in made.calls} == {(1, ()), (2, ("scale",))}


def test_a_part_is_found_without_the_answers_to_all_calls():
    asked = []

    def oracle(x):
        asked.append(x)
        return x, {"next": x + 1}

    whole = Battery("f", oracle, inputs=arguments(real(3.0), shapes=[[(2,)]]), parameters=("x",), returns=("a", "b"))
    asked.clear()
    part = whole["b"]["next"]
    assert len(asked) == 1
    assert "dict" in part.around
    assert len(part.expected) == len(whole.drawn)
