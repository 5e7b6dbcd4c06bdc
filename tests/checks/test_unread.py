"""A text without a formula is looked through once, however long it is."""

import pytest

from autograder.checks.unread import without_formula
from autograder.model import Line, Mistake, NeedsPerson


@pytest.mark.parametrize("filler", ["\n", " ", "![", "%", "# \n", "$\n"])
def test_a_text_made_to_keep_a_search_busy_does_not(filler):
    """What grows with the square of the length would need minutes for this."""
    text = filler * (100_000 // len(filler))
    assert isinstance(without_formula(text), Mistake)
    assert isinstance(without_formula(f"{text} see the scan"), NeedsPerson) or "#" in filler or "%" in filler


@pytest.mark.parametrize(
    ("text", "unread", "becomes"),
    [
        ("", 0, "no_formula"),
        ("I do not know", 0, "no_formula"),
        ("one two three four five six seven", 0, "no_formula"),
        ("one two three four five six seven eight", 0, "person"),
        ("# one two three four five six seven eight nine", 0, "no_formula"),  # a comment
        ("so", 1, "person"),
        ("see my scan", 0, "person"),
        ("Foto", 0, "person"),
        ("![](a.png)", 0, "person"),
        ("my_answer.pdf", 0, "person"),
    ],
)
def test_who_decides_on_a_text_without_a_formula(text, unread, becomes):
    shown = (Line(0, text, "", "remark", ""),)
    found = without_formula(text, shown, unread=unread)
    assert found.detail == shown
    assert (found.name if isinstance(found, Mistake) else "person") == becomes
