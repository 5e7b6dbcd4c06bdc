"""How a row is written back."""

import pytest

from autograder.maths import judge
from autograder.maths.judging.verdicts import echo, judge_for
from autograder.maths.reading.equations import equations
from autograder.maths.reading.rows import Row
from tests.maths.judging.answers import AB

LANGUAGE = judge_for(None, AB).language


@pytest.mark.parametrize(
    ("row", "written"),
    [
        ("a = b", "a = b"),
        ("= a = b", "= a = b"),
        ("a = b, b = 1", r"a = b ,\quad b = 1"),
        ("= a, b = 1", r"= a ,\quad b = 1"),
        ("a, = b", r"a ,\quad b"),
    ],
)
def test_a_row_is_written_back_with_the_equals_sign_it_begins_with(row, written):
    assert echo(equations(Row(1, row), LANGUAGE)) == written


@pytest.mark.parametrize("text", ["E_r[x] = m\nr(x) = N(x; m, v)", "r(x) = N(x; m, v)\nm", "c = v\nm", "m\nc := v"])
def test_what_a_density_or_a_name_is_said_to_be_is_not_the_answer(text):
    noise = {"domains": {"m": "real", "v": "positive"}, "densities": {"r(x)": "N(x; m, v)"}}
    assert judge(text, "m", **noise).status == "equal"
