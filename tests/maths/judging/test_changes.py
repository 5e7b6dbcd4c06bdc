"""Slips in the places where people make them."""

import pytest

from autograder.maths.judging import changes
from autograder.maths.judging.verdicts import judge_for
from autograder.maths.reading.echo import latex
from autograder.maths.reading.reader import read
from tests.maths.exercises import NORMALS
from tests.maths.judging.answers import KL, formula, kl

TWO = judge_for("two_normals", NORMALS).language


@pytest.mark.parametrize(
    "moment",
    ["1/(2σ₂²) E_q[(x-μ₂)²]", "E_q[1/2 (1/σ₂²) (x-μ₂)²]", "E_q[(x-μ₂)²/(2σ₂²)]", "1/(2σ₂²) E_q[x² - 2μ₂x + μ₂²]"],
)
def test_a_second_moment_taken_for_a_variance_is_seen_however_it_is_written(moment):
    variance = "σ₁² - 2μ₁μ₂ + μ₂²" if "2μ₂x" in moment else "σ₁²"
    found = kl(KL[0], f"= log(σ₂/σ₁) - 1/2 + {moment}", f"= log(σ₂/σ₁) - 1/2 + ({variance})/(2σ₂²)")
    assert [line.slip for line in found] == ["", "", "Var = E[x²] without the mean"]


@pytest.mark.parametrize(
    ("change", "written", "expected"),
    [
        (changes.lost_mean, "E_q[3 x²]", ["3 Var_q[x]"]),
        (changes.lost_mean, "E_q[x²/sigma_1]", ["1/sigma_1 Var_q[x]"]),
        (changes.lost_mean, "E_q[x³]", []),
        (changes.lost_mean, "E_q[x]", []),
        (changes.lost_mean, "E_q[x² - 2 x]", ["Var_q[x] + E_q[-2 x]"]),
        (changes.quotient_of_logs, "1/2 sigma_1", ["1/(2 sigma_1)"]),
        (changes.quotient_of_logs, "1/2 sigma_1 sigma_2", ["1/(2 sigma_1 sigma_2)"]),
        (changes.quotient_of_logs, "3/2 sigma_1", []),
        (changes.quotient_of_logs, "sigma_1 sigma_2", []),
        (changes.quotient_of_logs, "log sigma_1/sigma_2", ["log(sigma_1/sigma_2)"]),
        (changes.quotient_of_logs, "log(sigma_1)/sigma_2", []),  # its brackets say what is meant
        (changes.other_index, "sigma_1", ["sigma_2"]),
        (changes.other_index, "mu_2", ["mu_1"]),
        (changes.other_index, "x", []),
        (changes.squares, "sigma_1^2", ["sigma_1"]),
        (changes.squares, "sigma_1", ["sigma_1^2"]),
        (changes.squares, "mu_1", []),
        (changes.squares, "sigma_1^3", []),
        (changes.crossless, "(mu_1 - mu_2)^2", ["mu_1^2 - mu_2^2", "mu_1^2 + mu_2^2"]),
        (changes.crossless, "(mu_1 + mu_2)^2", ["mu_1^2 - mu_2^2", "mu_1^2 + mu_2^2"]),
        (changes.crossless, "(mu_1 + mu_2)^3", []),
        (changes.crossless, "(mu_1 + mu_2 + 1)^2", []),
        (changes.crossless, "mu_1^2", []),
        (changes.log_moved_in, "log(1 - mu_1)", ["1 - log mu_1", "log mu_1", "-log mu_1"]),
        (changes.log_moved_in, "log(2 - mu_1)", []),
        (changes.log_moved_in, "log(mu_1 - 1)", []),
        (changes.signs, "mu_1 - mu_2", ["-mu_1 - mu_2", "mu_1 + mu_2"]),
        (changes.halves, "mu_1 + mu_2", ["mu_1/2 + mu_2", "mu_1 + mu_2/2"]),
        (changes.doubles, "mu_1 + mu_2", ["2 mu_1 + mu_2", "mu_1 + 2 mu_2"]),
        (changes.whole_half, "mu_1 mu_2", ["mu_1 mu_2/2"]),
        (changes.whole_half, "mu_1", []),
        (changes.turned_whole, "mu_1 mu_2", ["-mu_1 mu_2"]),
        (changes.turned_whole, "-mu_1", []),
        (changes.dropped_terms, "mu_1 + mu_2", ["mu_2", "mu_1"]),
        (changes.dropped_terms, "mu_1 + mu_2 + 1", ["mu_2 + 1", "mu_1 + 1", "mu_1 + mu_2"]),
        (changes.turned_quotient, "log(mu_1/mu_2) + 1", ["log(mu_2/mu_1) + 1"]),
        (changes.turned_quotient, "1 + 1/2 log(mu_1/mu_2)", ["1 + 1/2 log(mu_2/mu_1)"]),
        (changes.turned_quotient, "1 + E_q[log(x/mu_2)]", ["1 + E_q[log(mu_2/x)]"]),
        (changes.turned_quotient, "1 - log(mu_1/mu_2)", []),
        (changes.log_outside, "E_q[log x]", ["log E_q[x]"]),
        (changes.log_outside, "E_q[exp(x)]", []),
        (changes.log_outside, "∫ q(x) log p(x) dx", ["log(∫ q(x) p(x) dx)"]),
        (changes.other_distribution, "E_q[x]", ["E_p[x]"]),
        (changes.other_distribution, "Var_p[x]", ["Var_q[x]"]),
        (changes.swapped_divergence, "KL(q || p)", ["KL(p || q)"]),
    ],
)
def test_what_a_slip_makes_of_a_formula(change, written, expected):
    assert [_plain(latex(tree)) for tree in change(read(written, TWO))] == [
        _plain(latex(read(text, TWO))) for text in expected
    ]


def _plain(text: str) -> str:
    return "".join(text.split()).replace(r"\left", "").replace(r"\right", "").replace(r"\,", "")


def test_no_more_than_five_terms_are_changed_several_at_once():
    assert len(changes.halves(read("1 + 2 + 3 + 4 + 5", TWO))) == 2**5 - 2
    assert changes.halves(read("1 + 2 + 3 + 4 + 5 + 6", TWO)) == []


def test_a_fraction_that_is_read_otherwise_than_it_was_meant():
    becomes, _, message = formula("1/2a", "1/(2 a)", domains={"a": "positive"})
    assert becomes == "ambiguous_fraction"
    assert message.startswith(r"What is written is read as $\frac{1}{2} \, a$; write brackets")
    assert formula("2/3a", "2/(3 a)", domains={"a": "positive"})[0] == "another_formula"
