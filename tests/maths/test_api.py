"""The names that may be used without a notebook, and the examples in their documentation."""

import doctest

from autograder.maths.judging import derivation, verdicts


def test_the_examples_in_the_documentation_hold():
    for module in (verdicts, derivation):
        found = doctest.testmod(module)
        assert found.attempted >= 1
        assert found.failed == 0
