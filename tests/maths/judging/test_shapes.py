"""Trees that are only written otherwise."""

import pytest

from autograder.maths.judging.shapes import shape
from autograder.maths.judging.shown import THINGS, Shown, showing
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.reader import read
from tests.maths.exercises import NORMALS
from tests.maths.judging.answers import AB

PLAIN = judge_for(None, AB).language


@pytest.mark.parametrize(
    ("one", "other", "alike"),
    [
        ("a + b", "b + a", True),
        ("a - b", "-b + a", True),
        ("a - b", "b - a", False),
        ("a - (b - 1)", "a - b + 1", True),
        ("a b", "b a", True),
        ("a a", "a^2", True),
        ("a a a", "a^3", True),
        ("a a a b", "a^3 b", True),
        ("a a a a", "a^4", True),
        ("a a", "a^3", False),
        ("a a a", "a^4", False),
        ("a^2 a", "a^3", True),
        ("e^a", "exp(a)", True),
        ("e^2", "exp(2)", True),
        ("e^2", "e e", False),
        ("a^(1/2)", "sqrt(a)", False),
        ("2 a", "a + a", False),
        ("a^b", "b^b", False),
        ("2^a", "exp(a)", False),
        ("e^(a + b)", "exp(b + a)", True),
        ("log a", "exp(a)", False),
    ],
)
def test_what_is_only_written_otherwise(one, other, alike):
    first, second = (shape(read(text, PLAIN), PLAIN) for text in (one, other))
    assert (first == second) == alike


@pytest.mark.parametrize(
    ("asked", "line", "seen"),
    [
        ("-b", "a - b", True),
        ("-b", "a - (b - 1)", True),
        ("-b", "a + b", False),
        ("a - b", "1 - b + a", True),
        ("a - b", "1 - a + b", False),
        ("a + b", "a + b^2", False),
        ("a + a", "a + b", False),
        ("a b", "1 + log(a b)", True),
        ("a b", "1 + a b b", False),
    ],
)
def test_a_formula_that_a_line_must_show_is_a_part_of_it_or_some_of_its_terms(asked, line, seen):
    assert showing(Shown((asked,)), PLAIN)(read(line, PLAIN), [], False) == seen


TABLES = judge_for(None, {"x": "real", "i": "1..n", "p_i": "simplex", "q_i": "simplex"}).language
THERE = {
    "log": "1 + log x",
    "exp": "1 + exp(x)",
    "derivative": "1 + d/dx x^2",
    "expectation": "1 + E_p[i]",
    "variance": "1 + Var_p[i]",
    "sum": "1 + sum_i p_i",
    "KL": "1 + KL(p || q)",
    "entropy": "1 + H(p)",
}


@pytest.mark.parametrize("word", THINGS)
@pytest.mark.parametrize("other", [*THERE, "prod_i p_i", "x"])
def test_what_is_gone_was_there_before(word, other):
    before, after = read(THERE.get(other, other), TABLES), read("x", TABLES)
    assert showing(Shown((), gone=word), TABLES)(after, [before], False) == (word == other)
    assert not showing(Shown((), gone=word), TABLES)(before, [before], False)


@pytest.mark.parametrize("word", THINGS)
def test_an_integral_is_no_sum(word):
    language = judge_for("two_normals", NORMALS).language
    before, after = read("1 + ∫ x q(x) dx", language), read("1 + mu_1", language)
    assert showing(Shown((), gone=word), language)(after, [before], False) == (word == "integral")
