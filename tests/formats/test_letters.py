"""Letters that a console lacks."""

import pytest

from autograder.formats._letters import _letter


@pytest.mark.parametrize(
    ("letter", "spelt"), [("ψ", "psi"), ("Ψ", "Psi"), ("é", "e"), ("ﬁ", "fi"), ("Ж", "?"), ("字", "?")]
)
def test_a_letter_is_spelt_by_its_name_or_its_plain_form(letter, spelt):
    assert _letter(letter) == spelt
