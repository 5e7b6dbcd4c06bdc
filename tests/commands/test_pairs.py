"""Answers with two slips, made of labelled ones, are read back."""

from dataclasses import replace

import pytest

from autograder.commands.pairs import pairs
from autograder.grading import Grader
from autograder.student import Host
from tests.conftest import REPOSITORY
from tests.sheets import bundled


@pytest.mark.slow
def test_a_hundred_answers_with_two_slips_are_read_back():
    sheet = bundled("generative_models")
    with Host(sheet.settings, secret=(REPOSITORY,)) as host, Grader(sheet, host) as grader:
        found = list(pairs(grader, [sheet.exercise("kl_standard_normal"), sheet.exercise("discriminator_loss")]))
    assert [pair for pair in found if not pair.found] == []
    assert sum(pair.both for pair in found) >= 100


def test_two_slips_in_one_answer_are_both_named():
    sheet = bundled("generative_models")
    exercise = sheet.exercise("kl_standard_normal")
    few = replace(exercise, wrong=tuple(w for w in exercise.wrong if w.slug in ("mu_not_squared", "std_not_squared")))
    with Host(sheet.settings, secret=(REPOSITORY,)) as host, Grader(sheet, host) as grader:
        (pair,) = pairs(grader, [few])
    assert pair.both, pair
    assert "σ stands where σ² belongs" in pair.message and "μ stands where μ² belongs" in pair.message
