"""Values of any kind: read into a row, compared there, and looked at part by part."""

from collections import OrderedDict

import numpy as np
import pytest
import torch

from autograder.inputs.compare import Expected, judge, possible
from autograder.inputs.value import (
    Absent,
    Keys,
    Leaf,
    Places,
    array,
    is_number,
    layout_data,
    layout_from,
    layout_of,
    part,
    rows,
    span,
    unread,
)
from autograder.inputs.words import kind_of, words
from autograder.model import Opaque

NESTED = {"loss": 2.0, "rows": [torch.ones(2, 3), "ab", None], "ok": True, "sizes": [1, 2, 3]}


def expected(value, *, single=False):
    layout = layout_of(value)
    row = rows(value, layout).double()
    return Expected(row, torch.ones_like(row), torch.zeros_like(row), layout=layout, single=single)


def test_a_layout_says_what_a_value_is_made_of():
    layout = layout_of(NESTED)
    assert layout == Keys(
        (
            ("loss", Leaf("array")),
            ("rows", Places((Leaf("array", (2, 3)), Leaf("text", (2,)), Leaf("none", (0,))))),
            ("ok", Leaf("truth")),
            ("sizes", Leaf("list", (3,))),
        )
    )
    assert layout.size == 1 + 6 + 2 + 0 + 1 + 3
    assert layout_from(layout_data(layout)) == layout
    assert layout_of(np.bool_(True)) == Leaf("truth")
    assert layout_of([[1, 2], [3, 4]]) == Places((Leaf("list", (2,)), Leaf("list", (2,))))
    with pytest.raises(TypeError, match="a value of type object cannot be compared"):
        layout_of(object())


def test_a_value_that_was_read_is_the_value():
    layout = layout_of(NESTED)
    back = unread(rows(NESTED, layout), layout)
    assert list(back) == list(NESTED)
    assert torch.equal(back["rows"][0], torch.ones(2, 3).double())
    assert back["rows"][1:] == ["ab", None]
    assert back["ok"] is True
    assert back["sizes"].tolist() == [1, 2, 3]
    assert back["loss"].shape == () and float(back["loss"]) == 2.0


def test_what_is_expected_is_said_as_the_oracle_returned_it():
    assert expected("ab").meant == "ab"
    assert Expected(torch.ones(2), torch.ones(2), torch.zeros(2)).meant.tolist() == [1, 1]


@pytest.mark.parametrize(
    ("value", "meant", "verdict"),
    [
        (2.0, 2.0, "equal"),
        (torch.tensor([[2.0]]), 2.0, "equal"),  # a number may come as an array of one element
        (np.array(2), 2.0, "equal"),
        (2, 2.0, "equal"),
        (True, 1.0, "wrong type"),
        (1.0, True, "equal"),  # numpy and torch have truth values of their own, and a comparison may return them
        (np.bool_(True), True, "equal"),
        (torch.tensor(True), True, "equal"),
        (False, True, "differs"),
        ("ab", "ab", "equal"),
        ("ac", "ab", "differs"),
        ("abc", "ab", "differs"),  # another length is another text, no wrong shape
        (b"ab", "ab", "wrong type"),
        (None, None, "equal"),
        (0.0, None, "wrong type"),
        (None, 0.0, "wrong type"),
        ([1, 2], [1, 2], "equal"),
        (np.array([1.0, 2.0]), [1, 2], "equal"),
        ([1, 2, 3], [1, 2], "differs"),
        ([1, 3], [1, 2], "differs"),
        (torch.ones(2), torch.ones(2), "equal"),
        (torch.ones(3), torch.ones(2), "wrong shape"),
        (torch.ones(2, 2), torch.ones(2), "broadcasts"),
        (2 * torch.ones(2, 2), torch.ones(2), "wrong shape"),
        (torch.ones(2, dtype=torch.complex64), torch.ones(2), "wrong type"),
        (np.array(["a"]), torch.ones(1), "wrong type"),
        (Absent({}), torch.ones(2), "absent"),
        ([[1], "b"], [[1], "b"], "equal"),
        (([1], "b"), [[1], "b"], "equal"),
        ([[2], "b"], [[1], "b"], "differs"),
        ([[1]], [[1], "b"], "wrong type"),
        ([[1], "b", 3], [[1], "b"], "wrong type"),
        ([[1], "bc"], [[1], "b"], "wrong type"),
        ({"a": 1, "b": 2}, {"a": 1, "b": 2}, "equal"),
        (OrderedDict(b=2, a=1), {"a": 1, "b": 2}, "equal"),
        ({"a": 1}, {"a": 1, "b": 2}, "wrong type"),
        ({"a": 1, "b": 2, "c": 3}, {"a": 1, "b": 2}, "wrong type"),
        ([1, 2], {"a": 1, "b": 2}, "wrong type"),
        (np.array([[1, 2], [3, 4]]), [[1, 2], [3, 4]], "equal"),  # lists of lists may come as an array
        (float("nan"), 1.0, "nan"),
        (float("inf"), 1.0, "infinite"),
        ([], [], "equal"),
    ],
)
def test_values_of_any_kind_are_judged(value, meant, verdict):
    assert judge(value, expected(meant)) == verdict


def test_what_was_computed_in_single_precision_may_be_as_inexact_in_any_kind_of_value():
    near, off = 2.0 + 5e-5, 2.0 + 5e-4
    for given in (near, [near], torch.tensor(near, dtype=torch.float64)):
        meant = [2.0] if isinstance(given, list) else 2.0
        assert judge(given, expected(meant, single=True)) == "equal"
        assert judge(given, expected(meant)) == "differs"
    assert judge(off, expected(2.0, single=True)) == "differs"
    assert judge(torch.tensor(off), expected(2.0, single=True)) == "differs"  # no more because it says float32 itself
    assert judge(torch.tensor(2.01, dtype=torch.float16), expected(2.0, single=True)) == "equal"


def test_a_part_has_the_scale_and_the_slack_of_its_own_place():
    layout = Keys((("a", Leaf("array", (2,))), ("b", Leaf("array", (2, 2))), ("c", Leaf("array"))))
    row = torch.arange(7.0).double()
    whole = Expected(row, row * 10, row * 100, layout=layout)
    b = whole.part(("b",))
    assert b.value.tolist() == [[2, 3], [4, 5]]
    assert b.scale.tolist() == [[20, 30], [40, 50]]
    assert b.slack.tolist() == [[200, 300], [400, 500]]
    assert b.layout == Leaf("array", (2, 2))
    own = whole.part(("b",), tolerance=0.5)
    assert (own.scale.tolist(), own.slack.tolist()) == ([[0, 0], [0, 0]], [[0.5, 0.5], [0.5, 0.5]])
    assert judge(row[2:6].reshape(2, 2) + 0.4, own) == "equal"
    assert judge(row[2:6].reshape(2, 2) + 0.6, own) == "differs"
    assert whole.part(("c",)).value.shape == ()
    one = Expected(row, row, row)
    assert one.part(("b",)) is one


def test_a_part_that_is_a_list_of_values_stays_one_row():
    whole = expected([1.0, [torch.ones(2), torch.zeros(3)]])
    inner = whole.part((1,))
    assert inner.value.tolist() == [1, 1, 0, 0, 0]
    assert judge([torch.ones(2), torch.zeros(3)], inner) == "equal"


@pytest.mark.parametrize(
    ("value", "meant", "answer"),
    [
        (3.0, 2.0, True),
        (None, 2.0, False),
        (float("nan"), 2.0, False),
        (torch.ones(3), torch.ones(2), False),
        ([5.0, "x"], [1.0, torch.ones(2)], True),  # the first is a number, though a wrong one
        (["x", "y"], [1.0, torch.ones(2)], False),
        ({"a": 7.0}, {"a": 1.0, "b": "t"}, True),
        ({"c": 7.0}, {"a": 1.0, "b": "t"}, False),
        (7.0, [1.0, "t"], True),  # what is no list counts as the first entry
        ([1.0, "t", 3.0], [1.0, "t"], False),  # a longer list has none of them
    ],
)
def test_what_could_be_an_answer_is_told_from_what_could_not(value, meant, answer):
    assert possible(value, expected(meant)) is answer


def test_one_tensor_could_be_an_answer_by_its_shape():
    meant = Expected(torch.ones(2), torch.ones(2), torch.zeros(2))
    assert possible(3 * torch.ones(2), meant)
    assert not possible(torch.ones(3), meant)


# ------------------------------------------------------------------ parts


@pytest.mark.parametrize(
    ("value", "path", "places", "found"),
    [
        ([1, 2], (1,), 0, 2),
        ([1, 2], (1,), 2, 2),
        ([1, 2], (0,), 1, Absent([1, 2])),
        ([1, 2], (2,), 0, Absent([1, 2])),
        ({"a": [3, 4]}, ("a", 1), 1, 4),  # only the whole may not be longer than it should be
        ({"a": 1}, ("b",), 0, Absent({"a": 1})),
        ({"a": 1}, (0,), 0, Absent({"a": 1})),
        ([1], ("a",), 0, Absent([1])),
        (5.0, (0,), 2, 5.0),
        (5.0, (1,), 2, Absent(5.0)),
        (None, (0,), 2, Absent(None)),
        (5.0, (), 0, 5.0),
    ],
)
def test_the_part_of_an_answer(value, path, places, found):
    assert part(value, path, places) == found


def test_where_a_part_lies_in_the_row():
    layout = layout_of(NESTED)
    assert span(layout, ()) == (0, layout)
    assert span(layout, ("rows", 1)) == (1 + 6, Leaf("text", (2,)))
    assert span(layout, ("ok",)) == (1 + 8, Leaf("truth"))
    assert span(layout, ("sizes",)) == (1 + 8 + 1, Leaf("list", (3,)))
    for path in (("none",), ("rows", 3), ("loss", 0), ("rows", "a")):
        with pytest.raises(LookupError):
            span(layout, path)


# ------------------------------------------------------------------ arrays, words


def test_what_is_an_array_of_numbers():
    assert array([[1, 2], [3, 4]]).tolist() == [[1, 2], [3, 4]]
    assert array([torch.ones(2), [1, 2]]).dtype == torch.float64
    assert array([]).shape == (0,)
    assert array(np.float32(2)).dtype == torch.float32
    assert array(np.array([True])).dtype == torch.bool
    for value in ([1, [2]], [1, "2"], "1", None, True, {"a": 1}, np.array([1j]), np.array(["a"]), [[1, 2], [3]]):
        assert array(value) is None
    assert [is_number(v) for v in (1, 1.0, np.int8(1), True, "1", None)] == [True, True, True, False, False, False]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "None"),
        (True, "a truth value"),
        ("x", "a text"),
        (1, "a number"),
        (np.float64(1), "a number"),
        (1j, "a value of type complex"),
        (Opaque("Net"), "an object of type Net"),
        (torch.ones(2, 3), "a tensor of shape (2, 3)"),
        (np.ones(2), "an array of shape (2,)"),
        ([], "an empty list"),
        ([1], "a list of a number"),
        ([1, 2, 3], "a list of 3 times a number"),
        ((1, "x", None), "a list of a number, a text and None"),
        ({}, "{}"),
        ({"a": 1, "b": 2}, "a dictionary with the keys 'a' and 'b'"),
        (Absent([1, 2]), "a list of 2 times a number"),
        (dict.fromkeys("abcdefghi"), "a dictionary with the keys 'a', 'b', 'c', 'd', 'e', 'f', 'g' and 'h'"),
        ([1, "x"] * 4, "a list of a number, a text, a number, a text, a number and a text"),
    ],
)
def test_a_value_in_words(value, said):
    assert kind_of(value) == said


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "None"),
        ("x", "a text"),
        (True, "True or False"),
        ([1, 2], "a list of numbers"),
        (1.0, "a number"),
        (torch.ones(2, 3), "an array of shape (2, 3)"),
        ([1.0, "x"], "a list of a number and a text"),
        ({"a": 1.0, "b": "x"}, "a dictionary with the keys 'a' and 'b'"),
    ],
)
def test_a_layout_in_words(value, said):
    assert words(layout_of(value)) == said
