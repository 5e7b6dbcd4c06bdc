"""Lines judged by what stands in them alone: nothing is told of what is asked."""

import pytest

from autograder.maths import judge_for, unaided

TWO = judge_for(None, {"a": "positive", "b": "positive"})


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "log(a b)\n= log a - log b\n= log b + log a",
            [
                ("follows", ""),
                ("first error", "Line 2 does not follow from line 1. The sign of the term"),
                ("right but does not follow", "This equals line 1 again, but it does not follow from the line above."),
            ],
        ),
        ("log(a b) = log a", [("first error", "Line 1 does not hold.")]),
        ("log(a b)\n= log a + log b", [("follows", ""), ("follows", "")]),
        ("log a\nlog b", [("follows", ""), ("first error", "Line 2 does not follow from line 1.")]),
        ("a^(10^9)", [("read", "")]),
    ],
)
def test_each_line_is_held_against_the_line_above(text, said):
    found = unaided(text, TWO, {})
    assert [(line.verdict, bool(line.message)) for line in found] == [(word, bool(message)) for word, message in said]
    assert all(line.message.startswith(message) for line, (_, message) in zip(found, said, strict=True))
    assert not any("derived" in line.message for line in found)
    assert not any(line.passes for line in found)  # a start or an end would tell what is asked


def test_what_a_named_quantity_is_computed_from_is_the_first_of_its_sides():
    """A name in front says what is computed; without one, the beginning that most sides equal."""
    found = unaided("a^2 = a a\nlog(a b) = log a + log b = log b + log a", TWO, {})
    assert [line.verdict for line in found] == ["side equation", "follows"]


def test_words_alone_are_a_remark():
    assert [line.verdict for line in unaided("so we get", TWO, {})] == ["remark"]
