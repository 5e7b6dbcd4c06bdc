"""A text without a formula is looked through once, however long it is."""

import pytest

from autograder.checks.unread import without_formula
from autograder.model import Mistake, NeedsPerson


@pytest.mark.parametrize("filler", ["\n", " ", "![", "%", "# \n", "$\n"])
def test_a_text_made_to_keep_a_search_busy_does_not(filler):
    """What grows with the square of the length would need minutes for this."""
    text = filler * (100_000 // len(filler))
    assert isinstance(without_formula(text), Mistake)
    assert isinstance(without_formula(f"{text} see the scan"), NeedsPerson) or "#" in filler or "%" in filler
