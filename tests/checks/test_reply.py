"""What comes back from a student's process is read with care: the wrong kind is said, and nothing long is passed on."""

import pytest
import torch

from autograder.checks.reply import DEVICES, Reply
from autograder.checks.samples import _chi_square
from autograder.model import Mistake


def reply(**values):
    return Reply("When calling f", values)


def test_a_tensor_is_read_where_it_has_the_shape():
    value = torch.ones(2, 3, dtype=torch.float64, requires_grad=True)
    found = reply(x=value).tensor("x", (2, None))
    assert (found.dtype, found.requires_grad, tuple(found.shape)) == (torch.float32, False, (2, 3))
    assert reply(x=value).tensor("x").shape == (2, 3)
    for shape in ((3, 2), (2,), (2, 3, 1), (None, 2)):
        with pytest.raises(Mistake, match=r"x must have the shape \(.*\), but it has \(2, 3\)"):
            reply(x=value).tensor("x", shape)


@pytest.mark.parametrize("value", ["text", None, [1.0]])
def test_what_is_no_tensor_is_said(value):
    with pytest.raises(Mistake, match="When calling f"):
        reply(x=value).tensor("x")


@pytest.mark.parametrize(
    ("value", "number", "text"),
    [
        (2, 2.0, ""),
        (True, 1.0, ""),
        (0.5, 0.5, ""),
        ("two\nlines  of it", None, "two lines of it"),
        ("x" * 300, None, "x" * 200),
        (None, None, ""),
        ([1], None, ""),
    ],
)
def test_numbers_and_texts_are_read_as_such(value, number, text):
    found = reply(x=value).number("x")
    assert found == number or (number is None and found != found)
    assert reply(x=value).text("x") == text


def test_names_are_a_few_short_ones():
    assert reply(x=["a", 3]).names("x") == ("a", "3")
    assert reply(x=[str(i) for i in range(30)]).names("x") == tuple(str(i) for i in range(20))
    assert reply(x=["n" * 100]).names("x") == ("n" * 80,)
    assert reply(x="abc").names("x") == reply().names("x") == ()


def test_a_device_is_named_in_a_word_of_ours():
    for device in DEVICES:
        assert reply(device=f"{device}:0").device() == reply(device=device).device() == device
    assert reply(device="<b>:0").device() == reply().device() == "a device without a name"


@pytest.mark.parametrize(
    ("value", "degrees", "chance"),
    [(1.0, 0, 1.0), (3.841459, 1, 0.1), (0.00393214, 1, 0.1), (18.307, 10, 0.1), (9.341818, 10, 1.0)],
)
def test_tails_of_chi_square_on_both_sides(value, degrees, chance):
    """Quantiles from a table: 95 % and 5 % at one degree, 95 % and the median at ten."""
    assert _chi_square(torch.tensor(value, dtype=torch.float64), degrees) == pytest.approx(chance, rel=1e-3)
