"""The same bytes as Python's own."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.formats._indented import Ready, indented

SCALARS = st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
TREES = st.recursive(SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4))


@given(TREES)
def test_it_is_what_json_writes(tree):
    assert indented(tree) == json.dumps(tree, ensure_ascii=False, indent=1, allow_nan=False)


def test_a_part_that_is_written_already_stands_as_it_is():
    assert indented({"a": [Ready(indented({"b": 1}, 2))]}) == indented({"a": [{"b": 1}]})


@pytest.mark.parametrize("number", [float("nan"), float("inf")])
def test_what_json_does_not_know_is_refused(number):
    with pytest.raises(ValueError, match="Out of range"):
        indented([number])
