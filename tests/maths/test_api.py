"""The names that may be used without a notebook, and the examples in their documentation."""

import doctest

import autograder.maths
from autograder.maths.judging import derivation, verdicts


def test_the_examples_in_the_documentation_hold():
    for module in (verdicts, derivation):
        found = doctest.testmod(module)
        assert found.attempted >= 1
        assert found.failed == 0


def test_the_table_of_contents_is_true():
    assert sorted(autograder.maths.__all__) == ["LineVerdict", "Verdict", "judge", "judge_derivation"]
    assert all(hasattr(autograder.maths, name) for name in autograder.maths.__all__)
