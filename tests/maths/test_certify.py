"""sympy's second opinion: what it proves, what it is not asked, what happens when it contradicts the worlds or dies."""

import os
import signal

import pytest

from autograder.maths.certifying import prover as certifying
from autograder.maths.certifying.prover import certify_trees
from autograder.maths.judging.verdicts import Verdict, judge_for
from autograder.maths.reading.reader import read
from autograder.model.errors import InternalError
from tests.maths.exercises import KINDS, KL, NORMALS, lines

NORMAL = judge_for("two_normals", NORMALS).language


def says(left, right, *, equal=True, domains=NORMALS):
    return certify_trees(read(left, NORMAL), read(right, NORMAL), domains, equal=equal)


def closed_forms():
    """Right lines that are scalar formulas as they stand."""
    for line in lines("kl_derivation", "right"):
        plain = line.replace("\\sqrt", "").replace("sqrt", "")
        if not set("E∫HKq𝔼") & set(plain) and "int" not in line and "text" not in line:
            yield line


@pytest.mark.parametrize("line", list(closed_forms()))
def test_closed_forms_are_proved(line):
    assert says(line, KL) == "equal"


def test_wrong_closed_forms_are_found_different():
    assert says(KL.replace("- 1/2", "+ 1/2"), KL, equal=False) == "different"
    assert says("log(sigma_1)", "log(sigma_2)", equal=False) == "different"


def test_assumptions_are_declared():
    assert says("sqrt(sigma_1^2)", "sigma_1") == "equal"
    assert says("sqrt(mu_1^2)", "mu_1", equal=False) == "different"
    assert says("log(sigma_1 sigma_2)", "log sigma_1 + log sigma_2") == "equal"


@pytest.mark.parametrize(
    "line", ["E_q[x]", "KL(q || p)", "mu_1^100", "2^sigma_1", "9^9^9", "+".join(["mu_1"] * 200), "x"]
)
def test_what_is_no_small_scalar_formula_is_not_asked(line):
    assert says(line, "mu_1") == "unknown"


@pytest.mark.parametrize(("left", "equal"), [("mu_1 + mu_1", False), ("3 mu_1", True)])
def test_a_contradiction_is_our_fault_and_no_verdict(left, equal):
    with pytest.raises(InternalError, match="Two ways of comparing an answer with the target disagree"):
        says(left, "2 mu_1", equal=equal)


def test_a_verdict_of_equality_becomes_proved():
    verdict = Verdict("equal", evidence="agrees in 6 worlds")
    tree = read("mu_1 + mu_1", NORMAL)
    assert certifying.certify(verdict, tree, read("2 mu_1", NORMAL), NORMALS).evidence == "proved"
    assert certifying.certify(verdict, read("E_q[x]", NORMAL), tree, NORMALS).evidence == "agrees in 6 worlds"


def test_parameters_with_values_are_put_in():
    assert says("log(sigma_2) + mu_2", "mu_2^2", domains=KINDS["kl_simplified"]["domains"]) == "equal"


def test_a_helper_that_was_killed_is_started_again():
    assert says("mu_1 + mu_1 + 1", "2 mu_1 + 1") == "equal"
    certifying._running[0].process.kill()
    certifying._running[0].process.wait()
    assert says("mu_1 + mu_1 + 2", "2 mu_1 + 2") == "equal"


def test_a_helper_that_does_not_answer_is_killed_and_decides_nothing(monkeypatch):
    assert says("mu_1 + mu_1 + 5", "2 mu_1 + 5") == "equal"
    os.kill(certifying._running[0].process.pid, signal.SIGSTOP)
    monkeypatch.setattr(certifying, "ANSWERING", 0.1)
    assert says("mu_1 + mu_1 + 3", "2 mu_1 + 3") == "unknown"
    assert not certifying._running[0].alive
    monkeypatch.undo()
    assert says("mu_1 + mu_1 + 4", "2 mu_1 + 4") == "equal"
