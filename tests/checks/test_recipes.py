"""A recipe's measures, bounds and pictures, on values that are known; how a pack uses one is in course/test_pack_recipe.py."""

import math

import pytest
import torch

from autograder.checks import Bound, ImageGrid, LinePlot, Measure, Mistake, Reply, ScatterPlot, Sentence
from autograder.checks.recipes.measures import KINDS
from autograder.checks.recipes.recorded import data_of, made_of
from autograder.checks.recipes.values import Values
from autograder.model import CourseError, Picture
from autograder.student import fold, unfold

noise = torch.Generator().manual_seed(3)
A, B = torch.randn(20, 4, generator=noise), torch.randn(20, 4, generator=noise) + 1
CURVE = torch.arange(40.0)
LOGITS, CLASSES = torch.tensor([[2.0, 1.0], [0.0, 3.0], [1.0, 0.0], [5.0, 4.0]]), torch.tensor([0, 1, 1, 0])
REPLY = Reply(
    "When training", {"losses": CURVE, "number": 2.5, "text": "no", "nan": CURVE / 0 * 0, "flat": A.reshape(80)}
)
VALUES = Values({"a": A, "one": A[:1], "b": B, "logits": LOGITS, "classes": CLASSES}, {"train": REPLY})


def by_hand(kind: str) -> float:
    """Each measure once more, in Python's own numbers."""
    rows, others = A.tolist(), B.tolist()
    among = [math.dist(x, y) for x in rows for y in rows if x is not y]
    among_others = [math.dist(x, y) for x in others for y in others if x is not y]
    between = [math.dist(x, y) for x in rows for y in others]
    own = [math.dist(x, o) < math.dist(x, y) for x, o in zip(rows, others, strict=True) for y in others if y is not o]
    softmax = [math.log(sum(map(math.exp, r))) - r[c] for r, c in zip(LOGITS.tolist(), CLASSES.tolist(), strict=True)]
    column = [[row[i] for row in rows] for i in range(4)]
    spread = [math.sqrt(sum((v - sum(c) / 20) ** 2 for v in c) / 19) for c in column]
    return {
        "mean": 19.5,
        "least": 0,
        "largest": 39,
        "first tenth": 1.5,
        "last tenth": 37.5,
        "spread of rows": sum(spread) / 4,
        "accuracy": 0.75,
        "cross-entropy": sum(softmax) / 4,
        "squared distance": sum(math.dist(x, y) ** 2 for x, y in zip(rows, others, strict=True)) / 20,
        "nearer to own": sum(own) / len(own),
        "energy distance": 2 * sum(between) / 400 - sum(among) / 380 - sum(among_others) / 380,
    }[kind]


@pytest.mark.parametrize("kind", KINDS)
def test_a_measure_is_what_it_is_by_hand(kind):
    of = ("logits", "classes") if kind in ("accuracy", "cross-entropy") else ("a", "b")
    of = of if KINDS[kind][0] == 2 else ("a",) if kind == "spread of rows" else ("train.losses",)
    assert Measure(kind, of).find(VALUES) == pytest.approx(by_hand(kind), rel=1e-5)
    assert Measure(kind, of, times=-2).find(VALUES) == pytest.approx(-2 * by_hand(kind), rel=1e-5)


@pytest.mark.parametrize(
    ("kind", "of"),
    [
        ("squared distance", ("a", "train.losses")),
        ("squared distance", ("a", "train.flat")),
        ("squared distance", ("a", "one")),
        ("nearer to own", ("a", "logits")),
        ("accuracy", ("logits", "a")),
        ("accuracy", ("train.losses", "classes")),
        ("cross-entropy", ("a", "classes")),
        ("energy distance", ("a", "logits")),
        ("spread of rows", ("train.number",)),
    ],
)
def test_values_that_do_not_fit_are_said_with_their_shapes(kind, of):
    with pytest.raises(Mistake, match=rf"^Your code gives {of[0]} of shape .* the {kind} cannot be told of that\.$"):
        Measure(kind, of).find(VALUES)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (Sentence("{}", (Measure("nearer to own", ("long", "long")),)), "the nearer to own cannot be told"),
        (Sentence("{}", (Measure("energy distance", ("long", "a")),)), "the energy distance cannot be told"),
        (LinePlot({"loss": "long"}, x="x", y="y", caption="c"), "loss: 120000 numbers came back; a curve has at most"),
        (ImageGrid(("large",), "c"), "square images of at most 256 pixels"),
    ],
)
def test_what_is_too_large_for_our_side_is_not_worked_on(one, words):
    with pytest.raises(Mistake, match=words):
        one.show(Values({"a": A, "long": torch.zeros(30_000, 4), "large": torch.zeros(1, 300, 300)}))


def test_what_did_not_come_back_is_the_students_and_a_wrong_name_the_courses():
    for key in ("text", "absent"):
        with pytest.raises(Mistake, match=f"When training: {key} must be a tensor"):
            VALUES.tensor(f"train.{key}")
    with pytest.raises(CourseError, match=r"no value 'loss\.losses'"):
        VALUES.tensor("loss.losses")
    assert VALUES.tensor("train.number") == 2.5


def test_a_bound_holds_at_its_limit_and_never_for_what_is_no_number():
    mean = Measure("mean", ("train.losses",))
    Bound(mean, "x", at_least=19.5).must_hold(VALUES)
    Bound(mean, "x", at_most=Measure("mean", ("train.losses",))).must_hold(VALUES)
    failing = [
        Bound(mean, "{found} and {wanted}", at_least=19.6),
        Bound(mean, "{found} and {wanted}", at_most=Measure("last tenth", ("train.losses",), times=0.5)),
    ]
    for bound, wanted in zip(failing, ("19.6", "18.75"), strict=True):
        with pytest.raises(Mistake, match=f"^19.5 and {wanted}$"):
            bound.must_hold(VALUES)
    for limit in ({"at_least": -math.inf}, {"at_most": math.inf}):
        with pytest.raises(Mistake, match="nan"):
            Bound(Measure("mean", ("train.nan",)), "{found}", **limit).must_hold(VALUES)


def test_words_in_braces_are_the_authors_own():
    assert Sentence("{x} is {}", (Measure("mean", ("train.losses",)),)).show(VALUES) == "{x} is 19.5"
    with pytest.raises(Mistake, match=r"^\{0.__class__\}$"):
        Bound(Measure("mean", ("train.losses",)), "{0.__class__}", at_most=0).must_hold(VALUES)


def test_pictures_are_drawn_of_what_fits_and_the_rest_is_said():
    assert isinstance(ImageGrid(("a", "b"), "c", columns=5).show(VALUES), Picture)
    with pytest.raises(
        Mistake, match=r"train\.losses has the shape \(40,\); square images of at most 256 pixels a side are expected"
    ):
        ImageGrid(("a", "train.losses"), "c").show(VALUES)
    with pytest.raises(Mistake, match=r"but there are 12 of \(2, 2\) in a and 4 of \(2, 2\) in few"):
        ImageGrid(("a", "few"), "c").show(Values({"a": A, "few": A[:4]}))
    assert isinstance(LinePlot({"loss": "train.losses"}, x="x", y="y", caption="c").show(VALUES), Picture)
    with pytest.raises(Mistake, match="both: 40 numbers came back, where 80 are expected"):
        LinePlot({"both": ("a", "train.losses")}, x="x", y="y", caption="c").show(VALUES)
    lines = {"of G": "train.losses", "of D": "train.nan"}
    with pytest.raises(Mistake, match=r"^loss is nan from step 1 on \(of D\)\.$"):
        LinePlot(lines, x="step", y="loss", caption="c").must_be_finite(VALUES)
    assert ScatterPlot("a", "b", x="x", y="y", caption="c").show(VALUES) is None
    plane = Values({"z": A[:, :2], "classes": torch.arange(20) % 10})
    assert isinstance(ScatterPlot("z", "classes", x="x", y="y", caption="c").show(plane), Picture)


@pytest.mark.parametrize(
    "one", [Bound(Measure("mean", ("a",), 0.5), "x", at_most=1.0), Sentence("x"), ImageGrid(("a",), "c")]
)
def test_parts_come_back_from_the_wire_as_they_were(one):
    assert made_of(unfold(fold(data_of(one)))) == one


def test_what_is_no_data_is_refused_before_it_is_in_a_pack():
    with pytest.raises(ValueError, match="a function is no data"):
        data_of({"x": lambda: None})
