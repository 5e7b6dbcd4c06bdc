"""Formulas, draws and samplers as declared, and coefficients read from values."""

import pytest
import torch

from autograder.inputs import Argument, Axis, Formula, Law, Term, real
from autograder.inputs.draw import Draw
from autograder.inputs.fit import read
from autograder.inputs.reading import read_formula, reduced
from autograder.inputs.sampler import Sampler

SIZES = ({"N": 3, "d": 2}, {"N": 2, "d": 5})
FORMULA = Formula(
    axes={"N": Axis("the batch", "its size", (3, 2), "rows"), "d": Axis("the features", "their number", (2, 5))},
    arguments=(Argument("N d", real(2.0), (-1.0, 0.0, 1.0)), Argument("N", real(2.0), (2.0,))),
    terms=(
        Term("square", "x²", lambda x, y: x**2, "N d"),
        Term("y", "y", lambda x, y: y, "N"),
        Term("cube", "x³", lambda x, y: x**3, "N d", instead=("square",)),
    ),
    result="N",
)


def columns(*, count=12, terms=3):
    generator = torch.Generator().manual_seed(5)
    return [torch.randn(count, terms, generator=generator, dtype=torch.float64) for _ in (0, 1)]


def laws(coefficients, *, matrices=None, plain=(True, True, True), **options):
    """``coefficients`` of either size -> what is read."""
    matrices = matrices or columns(terms=len(plain))
    values = [m @ torch.tensor(c, dtype=torch.float64) for m, c in zip(matrices, coefficients, strict=True)]
    return read(matrices, values, SIZES, plain, **options)


@pytest.mark.parametrize(
    ("small", "large", "law"),
    [
        (0.5, 0.5, Law(0.5)),
        (1 / 3, 1 / 2, Law(1.0, (("N", -1),))),
        (2 / 9, 2 / 4, Law(2.0, (("N", -2),))),
        (-2.0, -5.0, Law(-1.0, (("d", 1),))),
        (3 / 2, 2 / 5, Law(1.0, (("N", 1), ("d", -1)))),
        (0.12345678, 0.12345678, Law(0.12345678)),
    ],
)
def test_a_coefficient_is_a_number_times_powers_of_sizes(small, large, law):
    found = laws([[small, 0, 1.0], [large, 0, 1.0]])
    assert set(found) == {0, 2}
    assert found[0].same(law) and found[2].same(Law(1.0))


def test_what_is_no_sum_or_not_finite_or_of_too_few_points_is_not_read():
    matrices = columns()
    noise = torch.randn(12, generator=torch.Generator().manual_seed(7), dtype=torch.float64)
    assert read(matrices, [noise, noise], SIZES, [True] * 3) is None
    assert laws([[1, 0, 0], [1, 0, float("nan")]], matrices=matrices) is None
    assert laws([[1, 0, 0], [1, 0, 0]], matrices=columns(count=3)) is None
    assert laws([[1, 0, 0], [0, 1, 0]], matrices=matrices) is None  # other terms at the other size
    assert laws([[0, 0, 0], [0, 0, 0]], matrices=matrices) == {}


def test_single_precision_is_read_where_coefficients_are_simple():
    def rounded(coefficient):
        matrices = columns()
        values = [(m @ torch.tensor([coefficient, 0, 1.0], dtype=torch.float64)).float().double() for m in matrices]
        return [read(matrices, values, SIZES, [True] * 3, rough=rough) for rough in (False, True)]

    exact, rough = rounded(0.75)
    assert exact is None and rough[0].same(Law(0.75)) and set(rough) == {0, 2}
    assert rounded(0.7312345) == [None, None]


def test_of_terms_that_depend_on_each_other_the_fewest_then_the_right_ones_are_read():
    made = [torch.stack([m[:, 0], m[:, 1], m[:, 0] + m[:, 1]], 1) for m in columns()]
    assert set(laws([[0, 0, 2.0], [0, 0, 2.0]], matrices=made)) == {2}
    assert set(laws([[1.0, 0, 0], [1.0, 0, 0]], matrices=made)) == {0}
    twice = [torch.stack([m[:, 0], m[:, 0]], 1) for m in columns()]
    assert set(laws([[1.0, 0], [1.0, 0]], matrices=twice, plain=(False, True))) == {1}
    assert set(laws([[1.0, 0], [1.0, 0]], matrices=twice, plain=(True, False))) == {0}


def test_laws_divide_and_compare():
    law = Law(1.0, (("N", -1), ("d", 1)))
    assert law / Law(2.0, (("N", -1),)) == Law(0.5, (("d", 1),))
    assert Law(1.0) / law == Law(1.0, (("N", 1), ("d", -1)))
    assert (law.power("N"), law.power("x"), law.without("N")) == (-1, 0, Law(1.0, (("d", 1),)))
    assert law.same(Law(1.0 + 1e-8, law.powers)) and not law.same(Law(1.001, law.powers)) and not law.same(Law(1.0))


# ------------------------------------------------------------------ formulas


def test_a_formula_asks_generic_points_at_two_sizes_and_sweeps():
    small, large = FORMULA.points
    assert len(small) == len(large) == 11
    assert {tuple(a.shape for a in args) for args in small} == {((3, 2), (3,))}
    assert {tuple(a.shape for a in args) for args in large} == {((2, 5), (2,))}
    assert all(a.dtype == torch.float32 for args in small + large for a in args)
    assert not torch.equal(small[0][0].flatten()[:6], large[0][0].flatten()[:6])
    assert [(at, [float(a) for a in args]) for at, args in FORMULA.sweeps] == [
        *((0, [x, 0.0]) for x in (-1.0, 0.0, 1.0)),
        *((0, [x, 1.0]) for x in (-1.0, 0.0, 1.0)),
        (1, [0.0, 2.0]),
        (1, [1.0, 2.0]),
    ]
    assert {tuple(a.shape for a in args) for _, args in FORMULA.sweeps} == {((1, 1), (1,))}
    assert FORMULA.examples == (*small, *large, *(args for _, args in FORMULA.sweeps))


def test_a_formula_knows_its_terms_axes_and_their_kinds():
    assert FORMULA.term("y").symbol == "y" and FORMULA.term("cube").instead == ("square",)
    assert (FORMULA.kind("N"), FORMULA.kind("d")) == ("rows", "d")
    assert FORMULA.axis("d").words == "the features" and FORMULA.axis("rows").words == "rows"
    assert FORMULA.sizes(1) == {"N": 2, "d": 5}
    values = FORMULA.values
    assert [len(values), len(values[0]), len(values[0][0])] == [2, 3, 11]
    assert values[1][0][0].shape == (2, 5) and values[1][1][0].dtype == torch.float64


def said(function, **options):
    return read_formula(FORMULA, tuple([function(*args) for args in points] for points in FORMULA.points), **options)


def test_a_function_is_read_with_the_axes_that_it_keeps():
    found = said(lambda x, y: (x.double() ** 2).mean(-1) - 2 * y.double())
    assert found.kept == ("N",)
    assert set(found.laws) == {"square", "y"}
    assert found.laws["square"].same(Law(1.0, (("d", -1),))) and found.laws["y"].same(Law(-2.0))
    whole = said(lambda x, y: (x.double() ** 3).sum() + y.double().mean())
    assert whole.kept == () and set(whole.laws) == {"cube", "y"}
    assert said(lambda x, y: (x.double() ** 3).sum(), right=True) is None
    assert said(lambda x, y: x.double() ** 2).kept == ("N", "d")
    assert said(lambda x, y: x.double().sin()) is None
    assert said(lambda x, y: torch.ones(7)) is None
    assert said(lambda x, y: x.double().sum() if len(x) == 3 else x.double().sum(-1)) is None


def test_a_term_is_summed_over_what_is_not_kept_and_repeated_along_what_it_lacks():
    value = torch.arange(6.0).reshape(3, 2)
    sizes = {"N": 3, "d": 2}
    assert reduced(value, ["N", "d"], ["N"], sizes).tolist() == [1, 5, 9]
    assert reduced(value, ["N", "d"], [], sizes).tolist() == [15]
    assert reduced(torch.tensor([1.0, 2.0]), ["d"], ["N", "d"], sizes).tolist() == [1, 2, 1, 2, 1, 2]
    assert reduced(torch.tensor([1.0, 2.0, 3.0]), ["N"], ["N", "d"], sizes).tolist() == [1, 1, 2, 2, 3, 3]


# ------------------------------------------------------------------ draws


def test_a_draw_asks_generic_and_swept_arguments():
    draw = Draw(
        (Argument("", real(2.0), (3.0, -1.0)), Argument("", real(2.0), (5.0,))),
        Term("mu", "μ", lambda mu, s: mu, ""),
        (Term("s", "σ", lambda mu, s: s, ""), Term("twice", "2σ", lambda mu, s: 2 * s, "")),
        shape=(2, 3),
    )
    assert draw.numbers.shape == (12, 2) and len(set(draw.numbers.flatten().tolist())) == 24
    assert torch.equal(draw.numbers, draw.numbers.float().double())
    assert draw.swept.tolist() == [[-1, 0], [3, 0], [0, 5]]
    assert [a.shape for a in draw.args(draw.swept[0])] == [(2, 3)] * 2 and float(draw.args(draw.swept[1])[0][1, 2]) == 3
    generic, swept = draw.values
    assert [v.tolist() for v in swept] == [[-1, 3, 0], [0, 0, 5], [0, 0, 10]]
    assert torch.equal(generic[0], draw.numbers[:, 0])
    assert draw.seed == draw.seed != 0


def test_no_two_calls_of_a_sampler_share_a_seed():
    blocks = tuple((torch.zeros(2, 2), float(i)) for i in range(5))
    calls = Sampler("f", blocks, lambda z, *args: z, ("x", "y")).calls
    assert len(calls) == 10 and len({call.seed for call in calls}) == 10
    assert [call.args[1] for call in calls] == [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]
