"""Shapes by name, the domains that fill them, and steps: what an author writes and what is refused."""

import pytest
import torch

from autograder.inputs.domains import (
    bits,
    booleans,
    choices,
    class_labels,
    integers,
    interval,
    number,
    positive,
    probability,
    real,
    texts,
)
from autograder.inputs.given import Inputs
from autograder.inputs.shapes import arguments
from autograder.inputs.steps import Step, call, make, read, script
from autograder.model import CourseError


def test_names_share_a_length_and_some_sizes_tell_them_apart():
    inputs = arguments(real(), real(), shapes=[("N", "K"), ("N", 2)])
    assert inputs.shapes == (((1, 2), (1, 2)), ((3, 2), (3, 2)), ((3, 3), (3, 2)), ((4, 5), (4, 2)))
    assert [dict(row) for row in inputs.sizes] == [
        {"N": 1, "K": 2},
        {"N": 3, "K": 2},
        {"N": 3, "K": 3},
        {"N": 4, "K": 5},
    ]


def test_sizes_are_those_given_by_place_or_by_name():
    by_place = arguments(real(), real(), shapes=[("N", "K"), [("K",), ("N",)]], sizes=[(2, 3)])
    by_name = arguments(real(), real(), shapes=[("N", "K"), [("K",), ("N",)]], sizes=[{"K": 3, "N": 2, "more": 1}])
    assert by_place.shapes == by_name.shapes == (((2, 3), [(3,), (2,)]),)


def test_shapes_without_names_are_taken_as_they_stand():
    assert arguments(real(), real()).shapes == (((), ()),)
    assert arguments(real(), shapes=[[(2,)], [[(1,), (3,)]]]).shapes == (((2,),), ([(1,), (3,)],))
    assert arguments(real(), shapes=[[[2, 3]]]).shapes == (((2, 3),),)  # a list of lengths is a shape too


@pytest.mark.parametrize(
    ("shapes", "sizes", "words"),
    [
        ([[(2,)], [(3,), (3,)]], (), "has 2 domains but 1 shapes"),
        ([("N",)], (), "has 2 domains but 1 shapes"),
        ([("N",), ("K",)], [(1,)], "do not say how long each of N, K is"),
        ([("N",), ("K",)], [(1, 2, 3)], "do not say how long each of N, K is"),
        ([("N",), ("K",)], [{"N": 1}], "do not say how long each of N, K is"),
    ],
)
def test_a_shape_too_few_or_a_length_without_a_name_is_one_sentence(shapes, sizes, words):
    with pytest.raises(CourseError, match=words):
        arguments(real(), real(), shapes=shapes, sizes=sizes)


def filled(domain, n=4000):
    return domain.fill(torch.Generator().manual_seed(1), n)


@pytest.mark.parametrize(
    ("domain", "low", "high", "readable"),
    [
        (real(2.5), -2.5, 2.5, (0.0, 1.0, -1.0, 2.0, 0.5, -2.0, -0.5)),
        (positive(0.5, 3.0), 0.5, 3.0, (1.0, 2.0, 0.5, 3.0)),
        (positive(), 0.05, 20.0, (1.0, 2.0, 0.5, 3.0, 4.0, 0.25)),
        (interval(-1.0, 2.0, [0.0]), -1.0, 2.0, (0.0,)),
        (interval(-1.0, 3.0), -1.0, 3.0, (1.0, 0.0, 2.0)),
        (probability(0.01), 0.01, 0.99, (0.5, 0.25, 0.75, 0.125, 0.875, 0.0625)),
        (bits(), 0.0, 1.0, (0.0, 1.0, 0.5, 0.25)),
        (integers(-2, 3), -2, 3, (0.0, 1.0, -1.0, 2.0, -2.0, 3.0)),
        (integers(0, 20), 0, 20, tuple(map(float, range(8)))),
        (integers(5, 500), 5, 500, (5.0, 6.0, 500.0)),
        (class_labels(3), 0, 2, (0.0, 1.0, 2.0)),
        (class_labels("C").at({"C": 4}), 0, 3, (0.0, 1.0, 2.0, 3.0)),
        (booleans(), 0, 1, (1.0, 0.0)),
    ],
)
def test_a_domain_fills_all_of_its_range_and_says_what_is_readable(domain, low, high, readable):
    values = filled(domain)
    assert values.shape == (4000,)
    assert float(values.min()) >= low and float(values.max()) <= high
    span = high - low
    assert float(values.double().min()) <= low + span / 20 and float(values.double().max()) >= high - span / 20
    assert domain.readable == readable
    assert torch.equal(values, filled(domain))  # the generator alone decides
    assert domain.at({"C": 4}) is domain


def test_domains_are_spread_as_they_say():
    assert abs(float((filled(positive(0.01, 100.0)) < 1).double().mean()) - 0.5) < 0.05
    assert abs(float((filled(probability()) < 0.5).double().mean()) - 0.5) < 0.05
    assert abs(float((filled(bits()) % 1 == 0).double().mean()) - 1 / 3) < 0.05
    assert abs(float((filled(real()).abs() < 1).double().mean()) - 0.5) < 0.25
    assert abs(float(filled(booleans(0.9)).double().mean()) - 0.9) < 0.05
    assert filled(positive()).dtype == torch.float64 and filled(integers(0, 3)).dtype == torch.int64


def test_numbers_choices_and_texts_are_no_arrays():
    assert number(real()).plain and not real().plain
    assert choices(1, "a", None).values == (1, "a", None)
    words = texts("abc", 5).values
    assert words[:5] == ("a", "ab", "ba", "aa", "abc")
    assert len(set(words)) == len(words) and set("".join(words)) <= set("abc")
    assert max(map(len, words)) == 5 and min(map(len, words)) == 1
    assert texts("abc", 5).values == words  # the same each time


def test_the_ladder_is_of_the_simplest_shapes_and_some_small_ones():
    inputs = Inputs((real(1.0),), (((),), ((2,),), ((17,),)))
    shapes = [tuple(args[0].shape) for args in inputs.ladder]
    assert shapes == [()] * 5 + [(2,)] * 8


# ------------------------------------------------------------------ steps


def test_a_step_says_where_its_arguments_come_from():
    step = call("layer.forward", "x", "made", 3, label="out", scale="y", mode=None)
    assert step.bound(("x", "y"), ("made",)) == [
        "call",
        "layer.forward",
        "out",
        [{"at": 0}, {"of": "made"}, {"is": 3}],
        {"scale": {"at": 1}, "mode": {"is": None}},
    ]
    assert (call("layer.forward").label, read("layer.w").label, make("layer").label) == (
        "layer.forward",
        "layer.w",
        "layer",
    )
    assert (read("layer.w", label="w").label, Step("read", "a", "a").keywords) == ("w", {})
    with pytest.raises(CourseError, match=r"takes 'z', which is neither a parameter \(x, y\) .* \(there is none\)"):
        call("layer.forward", "z").bound(("x", "y"), ())
    with pytest.raises(CourseError, match=r"of an earlier step \(made, out\)"):
        call("layer.forward", "z").bound(("x",), ("made", "out"))


def test_steps_as_a_student_would_type_them():
    steps = (
        make("layer", 2, bias="b"),
        call("layer.forward", "x", label="layer.out"),
        call("layer.backward", "layer.out"),
        call("layer.__len__"),
        call("layer.__getitem__", 0),
        call("layer.__call__", "x"),
        call("layer.__iter__"),
        read("layer.weight"),
    )
    labels = [step.label for step in steps]
    bound = [step.bound(("x", "b"), labels[:i]) for i, step in enumerate(steps)]
    assert script(bound, "Linear", ["torch.ones(2)", "None"]) == [
        "layer = Linear(2, bias=None)",
        "layer_out = layer.forward(torch.ones(2))",
        "layer.backward(layer_out)",
        "len(layer)",
        "layer[0]",
        "layer(torch.ones(2))",
        "list(layer)",
        "layer.weight",
    ]


def test_the_shape_of_a_number_is_no_entry_of_shapes():
    """So that one entry of numbers, or of a list of arrays and a number, need not stand in another list."""
    two = (number(integers(0, 9)), number(real()))
    assert arguments(*two, shapes=[(), ()]) == arguments(*two)
    clipped = (real(), number(positive()))
    assert arguments(*clipped, shapes=[[(2,), (3,)], ()]) == arguments(*clipped, shapes=[[[(2,), (3,)], ()]])
    with pytest.raises(CourseError, match=r"has 2 domains but 1 shapes in \[\(2,\)\].*a list of such entries"):
        arguments(real(), real(), shapes=[[(2,)], [(3,)]])
