"""Formulas read back from their values: what is a sum of the terms is read, what is none is not."""

import pytest
import torch

from autograder.checks.readback import explain
from autograder.inputs import Argument, Axis, Battery, Formula, Law, Term, arguments, read_sum, real
from autograder.model import Call, Outcome

SWEEP = (-20.0, -8.0, -4.0, -3.0, -2.0, -1.0, 0.0, 1.0, 2.0, 3.0, 4.0, 8.0, 20.0)
FORMULA = Formula(
    axes={"N": Axis("the batch", "the size of the batch", (3, 2)), "d": Axis("the features", "their number", (2, 5))},
    arguments=(Argument("N d", real(2.0), SWEEP), Argument("N d", real(2.0), SWEEP)),
    terms=(
        Term("square", "x²", lambda x, y: x**2, "N d", "the squares"),
        Term("product", "xy", lambda x, y: x * y, "N d", "the products"),
        Term("x", "x", lambda x, y: x, "N d", "the squares", instead=("square",)),
        Term("cube", "x³", lambda x, y: x**3, "N d", "the squares", instead=("square",)),
    ),
)
BATTERY = Battery(
    "f",
    lambda x, y: 0.5 * (x**2).sum(-1).mean() - (x * y).sum(-1).mean(),
    lambda x, y: (0.5 * (x**2).sum(-1).mean(), (x * y).sum(-1).mean()),
    arguments(real(), real(), shapes=[[(1, 1), (1, 1)]]),
    ("x", "y"),
    formula=FORMULA,
)


class Answer:
    def __init__(self, function):
        self.function = function

    def calls(self, calls: tuple[Call, ...], *, seconds: float = 10.0) -> tuple[Outcome, ...]:
        found = []
        for call in calls:
            torch.manual_seed(call.seed)
            found.append(Outcome(value=self.function(*call.args)))
        return tuple(found)


def said(function):
    mistake = explain(BATTERY, Answer(function))
    return (mistake.name, mistake.message) if mistake else None


@pytest.mark.parametrize(
    ("function", "name", "words"),
    [
        (lambda x, y: (x**2).sum(-1).mean() - 2 * (x * y).sum(-1).mean(), "doubled", "everything is doubled"),
        (lambda x, y: 0.5 * (x**2).sum() - (x * y).sum(), "summed_over_batch", "summed over the batch"),
        (lambda x, y: 0.5 * x.sum(-1).mean() - (x * y).sum(-1).mean(), "x_for_square", "½ mean Σ x − mean Σ xy"),
        (lambda x, y: 0.5 * (x**2).sum(-1).mean(), "products_missing", "the products is missing"),
        (
            lambda x, y: 0.5 * (x**3).sum(-1).mean() + (x * y).sum(-1).mean(),
            "cube_for_square+sign_turned_of_products",
            "x³ stands where x² belongs; the sign of the products is turned round",
        ),
        (lambda x, y: 0.5 * (x**2).sum(-1).mean() - (x * y).mean(), "averaged_over_features_of_products", "averaged"),
        (lambda x, y: 0.5 * (x**2).sum(-1) - (x * y).sum(-1), "not_reduced_over_batch", "it keeps the batch"),
        (lambda x, y: (0.5 * (x**2).sum(-1) - (x * y).sum(-1))[0], "first_over_batch", "the first element"),
        (lambda x, y: (x**2).sum(-1).mean() * (1 + torch.rand(())), "random", "random"),
        (
            lambda x, y: (0.5 * (x**2).sum(-1).mean() - (x * y).sum(-1).mean()) / len(x),
            "divided_by_batch",
            "½ 1/(the size of the batch)² Σ x² − 1/(the size of the batch)² Σ xy: everything is divided by the size",
        ),
        (
            lambda x, y: len(x) * (0.5 * (x**2).sum() - (x * y).sum()),
            "multiplied_by_batch",
            "½ (the size of the batch) Σ x² − (the size of the batch) Σ xy: everything is multiplied by the size",
        ),
        (
            lambda x, y: 0.5 * (x**2).mean() / x.shape[1] - (x * y).sum(-1).mean(),
            "divided_by_features_of_squares",
            "½ 1/(their number)² mean Σ x² − mean Σ xy: the squares is divided by their number",
        ),
        (
            lambda x, y: 0.5 * x.sum(-1).mean() * len(x) ** 2 - (x * y).sum(-1).mean(),
            "x_for_square+multiplied_by_batch_of_squares",
            "x stands where x² belongs; the squares is multiplied by the size of the batch",
        ),
        (
            lambda x, y: 0.5 * (x**2).sum(-1).max() - (x * y).sum(-1).max(),
            "maximum_over_batch",
            "the maximum over the batch is taken where the mean is asked",
        ),
        (
            lambda x, y: 0.5 * (x.clamp(-3, 3) ** 2).sum(-1).mean() - (x.clamp(-3, 3) * y).sum(-1).mean(),
            "right_up_to_a_border",
            "it is right for x from -3 to 3",
        ),
    ],
)
def test_what_is_computed_is_said(function, name, words):
    found = said(function)
    assert found is not None
    assert found[0] == name and words in found[1]


@pytest.mark.parametrize(
    "function",
    [
        lambda x, y: torch.exp(x).sum(-1).mean(),
        lambda x, y: (0.5 * (x**2).sum(-1).mean() - (x * y).sum(-1).mean()).tanh(),
        lambda x, y: x.sum() * float("nan"),
        lambda x, y: x.sin(),
        lambda x, y: (0.5 * (x**2).sum(-1).mean() - (x * y).sum(-1).mean()).repeat(7),
    ],
)
def test_what_is_no_sum_of_the_terms_has_no_name(function):
    assert said(function) is None


def test_the_sparsest_reading_is_taken_where_terms_depend_on_each_other():
    torch.manual_seed(0)
    a, b = (torch.rand(30, dtype=torch.float64) for _ in range(2))
    columns = torch.stack([a, b, a - b], 1)
    size = [{"N": 2}, {"N": 3}]
    assert read_sum([columns, columns], [3 * (a - b)] * 2, size, [True, True, False]) == {2: Law(3.0)}
    assert read_sum([columns, columns], [a + 2 * b] * 2, size, [True, True, False]) == {0: Law(1.0), 1: Law(2.0)}


def test_values_that_are_nearly_a_sum_are_none():
    torch.manual_seed(0)
    columns = torch.rand(30, 3, dtype=torch.float64)
    values = columns @ torch.tensor([1.0, 2.0, 0.0], dtype=torch.float64)
    off = values * (1 + 1e-4 * torch.rand(30, dtype=torch.float64))
    size = [{"N": 2}, {"N": 3}]
    assert read_sum([columns] * 2, [values] * 2, size, [True] * 3) == {0: Law(1.0), 1: Law(2.0)}
    assert read_sum([columns] * 2, [off] * 2, size, [True] * 3) is None
    assert read_sum([columns] * 2, [off] * 2, size, [True] * 3, rough=True) is None
