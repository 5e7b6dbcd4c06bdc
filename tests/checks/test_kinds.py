"""Answers of every usual kind: what is asked, what counts as right, what is said of the rest, and all of it from a record."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
import torch
from torch import nn

from autograder.checks import (
    Battery,
    agrees,
    arguments,
    booleans,
    call,
    choices,
    class_labels,
    holds,
    integers,
    is_number,
    leaves_alone,
    make,
    number,
    read,
    real,
    repeats,
    replayed,
    texts,
)
from autograder.model import Check, CourseError, Mistake
from autograder.student import wire

Asked = Callable[..., "Mistake | None"]


def from_record(check: Check) -> Check:
    """The check made again from what crosses into a student's pack."""
    assert check.record is not None
    raw = wire.dumps(dict(check.record()), wire.REQUEST)
    size, _ = wire.HEADER.unpack_from(raw)
    start = wire.HEADER.size
    return replayed(wire.loads(raw[start : start + size], bytearray(raw[start + size :]), wire.REQUEST))


def asked(run: Asked, check: Check, source: str, function: str = "f") -> "Mistake | None":
    """What the check says, and its record says the same."""
    found = run(check, source, function)
    again = run(from_record(check), source, function)
    assert (found and found.message) == (again and again.message)
    return found


def pair(**options: Any) -> Battery:
    """``f(x, y)``: the mean of each row's entry at its label, and the rows doubled."""

    def oracle(x, y):
        return x.gather(1, y.unsqueeze(1)).mean(), 2 * x

    given = {
        "inputs": arguments(real(3), class_labels("K"), shapes=[("N", "K"), ("N",)], sizes=[(1, 2), (2, 3), (4, 2)]),
        "arrays": "numpy",
        "returns": ("mean", "double"),
        "count": 6,
    }
    return Battery("f", oracle, **(given | options))


GOOD = "def f(x, y): return x[np.arange(len(y)), y].mean(), 2 * x"
PAIRS = {
    "right": (GOOD, "", ""),
    "lists and numbers": ("def f(x, y): return [float(x[range(len(y)), y].mean()), (2 * x).tolist()]", "", ""),
    "one wrong": ("def f(x, y): return x[np.arange(len(y)), y].mean(), 3 * x", "", "The entry 'double' of f is "),
    "one missing": (
        "def f(x, y): return x[np.arange(len(y)), y].mean()",
        "",
        "The entry 'double' of f is missing: a number came back where a list of a number and an array of shape (1, 2)",
    ),
    "too many": ("def f(x, y): return 1, 2, 3", "is missing: a list of 3 times a number", "is missing"),
    "another shape": (
        "def f(x, y): return x[np.arange(len(y)), y].mean(), x[0]",
        "",
        "is an array of shape (2,); an array of shape (1, 2) is expected.",
    ),
    "a text": ("def f(x, y): return 'no', 2 * x", "The entry 'mean' of f is a text; a number is expected.", ""),
    "nothing": ("def f(x, y): pass", "is missing: None came back", "is missing: None came back"),
    "an exception": ("def f(x, y): return x[y]['a']", "f raised IndexError", "f raised IndexError"),
    "arrays in": (
        "def f(x, y):\n    assert isinstance(x, np.ndarray) and y.dtype == np.int64\n    " + GOOD.partition(": ")[2],
        "",
        "",
    ),
}


@pytest.mark.parametrize(("source", "mean", "double"), PAIRS.values(), ids=PAIRS)
def test_each_entry_of_a_tuple_has_a_verdict_of_its_own(run, source, mean, double):
    for key, words in (("mean", mean), ("double", double)):
        found = asked(run, agrees(pair()[key]), source)
        assert (found is None) == (not words)
        assert found is None or words in found.message


def test_an_entry_may_have_a_tolerance_of_its_own(run):
    source = "def f(x, y): return x[np.arange(len(y)), y].mean() + 0.01, 2 * x + 0.01"
    assert asked(run, agrees(pair().part("mean", tolerance=0.02)), source) is None
    assert asked(run, agrees(pair()["double"]), source)


def test_a_counterexample_shows_arrays_labels_and_the_entry(run):
    found = asked(run, agrees(pair()["double"]), "def f(x, y): return x[np.arange(len(y)), y].mean(), x")
    assert found.counterexample.splitlines()[0] == "f(x=array [[0, 1]], y=array [0])"
    assert found.counterexample.splitlines()[1:] == ["expected [[0, 2]]", "found    array [[0, 1]]"]


def test_changing_an_array_in_place_is_seen(run):
    found = asked(run, leaves_alone(pair()), GOOD.replace("return", "x[:] = x + 1; return"))
    assert (found.name, "argument x" in found.message) == ("changes_its_arguments", True)
    assert asked(run, leaves_alone(pair()), GOOD) is None


def test_answers_that_change_are_seen_in_any_part(run):
    source = (
        "calls = []\ndef f(x, y):\n    calls.append(0)\n    return x[np.arange(len(y)), y].mean(), 2 * x + len(calls)"
    )
    assert asked(run, repeats(pair()), source)
    assert asked(run, repeats(pair()["mean"]), source) is None


def test_a_law_gets_the_entries(run):
    law = holds("adds up", pair(), lambda both, x, y: (both[1] - 2 * x).abs() < 1e-6, tell="It does not add up.")
    assert run(law, GOOD) is None
    assert run(law, GOOD.replace("2 * x", "x")).message == "It does not add up."
    assert "is expected" in run(law, "def f(x, y): return 'nothing'").message


def metrics() -> Battery:
    def oracle(found, there):
        return {"hits": int((found & there).sum()), "any": bool(found.any())}

    return Battery(
        "f", oracle, inputs=arguments(booleans(), booleans(), shapes=[("N",), ("N",)]), arrays="numpy", count=6
    )


def test_a_dict_is_judged_by_key(run):
    right = "def f(found, there): return {'hits': (found & there).sum(), 'any': bool(found.any())}"
    assert asked(run, agrees(metrics()), right) is None
    other = "def f(found, there): return {'hit': (found & there).sum(), 'any': bool(found.any())}"
    assert (
        "'hit' and 'any' came back where a dictionary with the keys 'hits' and 'any'"
        in asked(run, agrees(metrics()["hits"]), other).message
    )
    assert asked(run, agrees(metrics()["any"]), other) is None


def test_a_part_that_is_not_there_is_the_authors_slip():
    with pytest.raises(CourseError, match=r"no part \('miss',\).*keys 'hits' and 'any'"):
        metrics()["miss"]


def masked() -> Battery:
    def oracle(x, mask=None, scale=1.0):
        return (x if mask is None else torch.where(mask, x, 0.0)).sum() * scale

    inputs = arguments(real(3), booleans(), number(integers(2, 5)), shapes=[("N",), ("N",), ()])
    return Battery("f", oracle, inputs=inputs, optional=("mask", "scale"), count=9, gradients=(0,), weighted=True)


def test_optional_arguments_come_by_place_by_keyword_and_not_at_all(run):
    right = "def f(x, mask=None, scale=1.0): return (x if mask is None else torch.where(mask, x, 0.0)).sum() * scale"
    assert asked(run, agrees(masked()), right) is None
    assert {len(c.args) for c in masked().calls} == {1, 3}
    assert {c.keywords for c in masked().calls} == {(), ("mask", "scale")}
    assert "unexpected keyword" in asked(run, agrees(masked()), right.replace("mask", "allowed")).message
    needed = right.replace("mask=None, scale=1.0", "mask, scale")
    assert "missing" in asked(run, agrees(masked().without()), needed).message
    assert asked(run, agrees(masked().given()), needed) is None


def test_lists_of_arrays_go_in_and_come_out(run):
    def oracle(arrays):
        return [2 * one for one in arrays]

    shapes = [[[(1,)]], [[(2, 3), (3,)]]]
    battery = Battery("f", oracle, inputs=arguments(real(3), shapes=shapes), arrays="numpy", count=4)
    assert asked(run, agrees(battery), "def f(arrays): return [2 * a for a in arrays]") is None
    found = asked(run, agrees(battery), "def f(arrays): return 2 * arrays[0]")
    assert "is expected" in found.message
    assert asked(run, agrees(battery), "def f(arrays): return [a for a in arrays]").counterexample.startswith(
        "f(arrays=["
    )
    assert asked(run, leaves_alone(battery), "def f(arrays):\n    arrays[0] += 1\n    return arrays").name


KINDS = {
    "text": (lambda text: text[::-1], texts("abc d"), "def f(text): return text[::-1]", "def f(text): return text"),
    "ids": (lambda text: [ord(c) for c in text], texts("abc"),
            "def f(text): return [ord(c) for c in text]", "def f(text): return [ord(c) for c in text[1:]]"),
    "truth": (lambda n: n > 2, number(integers(0, 5)), "def f(n): return n > 2", "def f(n): return n >= 2"),
    "number": (lambda n: n * n, number(integers(0, 5)), "def f(n): return n * n", "def f(n): return n"),
    "none": (lambda n: None, number(integers(0, 5)), "def f(n): pass", "def f(n): return n"),
    "choice": (lambda how: how == "sum", choices("sum", "mean"), "def f(how): return how == 'sum'", "def f(how): return how"),
}  # fmt: skip


@pytest.mark.parametrize(("oracle", "domain", "right", "wrong"), KINDS.values(), ids=KINDS)
def test_every_kind_of_value_is_compared(run, oracle, domain, right, wrong):
    battery = Battery("f", oracle, inputs=arguments(domain), count=6)
    assert asked(run, agrees(battery), right) is None
    found = asked(run, agrees(battery), wrong)
    assert "expected" in found.message
    assert found.counterexample.count("\n") == 2
    assert "is expected" in asked(run, agrees(battery), "def f(x): return object()").message


def test_a_number_is_told_from_a_tensor_that_holds_one(run):
    battery = Battery("f", lambda x: float(x.sum()), inputs=arguments(real(3), shapes=[("N",)]), count=4)
    assert asked(run, agrees(battery), "def f(x): return x.sum()") is None
    assert asked(run, is_number(battery), "def f(x): return x.sum().item()") is None
    assert "a tensor of shape ()" in asked(run, is_number(battery), "def f(x): return x.sum()").message


# ------------------------------------------------------------------ classes


class Sum:
    """An oracle with state."""

    def __init__(self, start, factor=1.0):
        self.total, self.factor, self.seen = start, factor, []

    def add(self, x):
        self.total = self.total + self.factor * x
        self.seen.append(x)
        return self.total

    def __len__(self):
        return len(self.seen)

    def __getitem__(self, i):
        return self.seen[i]


SUM = """
class Sum:
    def __init__(self, start, factor=1.0):
        self.total, self.factor, self.seen = start.copy(), factor, []

    def add(self, x):
        self.total = self.total + self.factor * x
        self.seen.append(x)
        return self.total

    def __len__(self):
        return len(self.seen)

    def __getitem__(self, i):
        return self.seen[i]
"""


def total(*steps) -> Battery:
    steps = steps or (
        make("a", "start", factor=2.0),
        make("b", "x"),
        call("a.add", "x", label="first"),
        call("b.add", "start", label="other"),
        call("a.add", "first", label="second"),
        read("a.total", label="total"),
        call("a.__len__", label="length"),
        call("a.__getitem__", 0, label="item"),
    )
    inputs = arguments(real(3), real(3), shapes=[("N",), ("N",)])
    return Battery("Sum", Sum, inputs=inputs, parameters=("start", "x"), arrays="numpy", steps=steps, count=4)


EACH_STEP = total()


def test_steps_keep_the_state_of_each_object(run):
    assert asked(run, agrees(total()), SUM, "Sum") is None
    assert asked(run, leaves_alone(total()), SUM, "Sum") is None


STATES = {
    "in place": (SUM.replace("self.total = self.total + self", "self.total += self"), []),
    "shared": (
        SUM.replace("class Sum:", "class Sum:\n    seen = []")
        .replace(", self.seen", ", self._")
        .replace("factor, []", "factor, 0"),
        ["length", "item"]),
    "no length": (SUM.replace("__len__", "size"), ["length", "item"]),
    "forgets": (SUM.replace("self.total + self.factor", "self.factor"), ["first", "other", "second", "total"]),
}  # fmt: skip


@pytest.mark.parametrize(("source", "fails"), STATES.values(), ids=STATES)
def test_each_step_belongs_to_a_check_of_its_own(run, source, fails):
    labels = ("first", "other", "second", "total", "length", "item")
    found = {label: asked(run, agrees(EACH_STEP[label]), source, "Sum") for label in labels}
    assert [label for label in labels if found[label]] == fails


def test_what_a_step_gave_is_kept_as_it_was(run):
    """A result that later steps change in place counts as it came back."""
    source = SUM.replace("self.total = self.total + self.factor * x", "self.total += self.factor * x")
    assert asked(run, agrees(total()["first"]), source, "Sum") is None


def test_a_counterexample_of_a_class_is_a_script(run):
    battery = total(
        make("a", "start", factor=2.0), call("a.add", "x", label="first"), call("a.add", "first", label="second")
    )
    found = asked(run, agrees(battery["second"]), SUM.replace("self.factor * x", "x"), "Sum")
    assert found.counterexample.splitlines() == [
        "a = Sum(array [0], factor=2.0)",
        "first = a.add(array [1])",
        "a.add(first)",
        "expected [6]",
        "found    array [2]",
    ]
    assert found.message.startswith("Sum.add returns ")


@pytest.mark.parametrize(
    ("source", "said"),
    [
        (SUM.replace("start, factor=1.0", "start"), "Sum raised TypeError"),
        (SUM.replace("def add", "def plus"), "Sum.add raised AttributeError"),
        (SUM.replace("self.total, self", "self.sum, self").replace("return self.total", "return 0"), "Sum.add raised"),
    ],
)
def test_what_fails_in_a_step_is_the_answers_fault(run, source, said):
    assert said in asked(run, agrees(total()["first"]), source, "Sum").message


def test_a_step_that_names_nothing_is_the_authors_slip():
    with pytest.raises(CourseError, match=r"takes 'y', which is neither a parameter \(start, x\)"):
        len(total(make("a", "start"), call("a.add", "y")).calls)


class Affine(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1).double()

    def forward(self, x):
        return self.layer(x)


def test_a_module_is_asked_with_weights_of_ours(run):
    state = {"layer.weight": torch.tensor([[1.0, 2.0]]), "layer.bias": torch.tensor([3.0])}
    battery = Battery(
        "Affine",
        Affine,
        inputs=arguments(choices(state), real(3), shapes=[(), (3, 2)]),
        parameters=("state", "x"),
        steps=(make("net"), call("net.load_state_dict", "state", label="_"), call("net.__call__", "x", label="y")),
        count=4,
        single=False,
    )
    source = """
from torch import nn
class Affine(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(2, 1).double()
    def forward(self, x):
        return self.layer(x)
"""
    assert asked(run, agrees(battery["y"]), source, "Affine") is None
    assert asked(run, agrees(battery["y"]), source.replace("self.layer(x)", "self.layer(x).relu()"), "Affine")


# ------------------------------------------------------------------ what is asked


def test_sizes_are_shared_by_name():
    for x, y in pair().drawn:
        assert (len(x), y.dtype, int(y.max()) < x.shape[1]) == (len(y), torch.int64, True)
    some = arguments(real(), class_labels("C"), shapes=[("N", "C"), ("N",)])
    assert some.shapes == (((1, 2), (1,)), ((3, 2), (3,)), ((3, 3), (3,)), ((4, 5), (4,)))


def test_the_same_example_is_asked_in_both_precisions_of_all_that_floats():
    assert {str(c.args[0].dtype) for c in pair().calls} == {"float32", "float64"}
    assert {str(c.args[1].dtype) for c in pair().calls} == {"int64"}


def test_examples_of_ones_own_are_lists_of_numbers():
    battery = replace(pair(), inputs=None, examples=(([[1000.0, 0.0]], [0]),))
    assert battery.calls[0].args[0].tolist() == [[1000.0, 0.0]]
    assert battery.ladder == ()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"shapes": [("N",)]}, "2 domains but 1 shapes"),
        ({"shapes": [("N",), ("N",)], "sizes": [(1, 2)]}, "do not say how long each of N is"),
    ],
)
def test_an_authors_slips_in_shapes_are_sentences(options, said):
    with pytest.raises(CourseError, match=said):
        arguments(real(), real(), **options)
