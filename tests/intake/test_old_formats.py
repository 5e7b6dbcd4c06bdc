"""Cells of notebooks of old formats."""

import pytest

from autograder.intake.old_formats import _modern


@pytest.mark.parametrize(
    ("level", "hashes"), [(1, "#"), (6, "######"), (7, "#"), (0, "#"), (-1, "#"), ("2", "#"), (None, "#")]
)
def test_a_heading_is_markdown_of_a_level_that_there_is(level, hashes):
    cell = _modern({"cell_type": "heading", "level": level, "source": ["Why", " so"]})
    assert (cell["cell_type"], cell["source"]) == ("markdown", f"{hashes} Why so")
