"""What is noted of each row, and which waypoints a derivation with an error still passes."""

import pytest

from autograder.maths.judging.steps import Findings
from tests.maths.judging.answers import KL, kl, words

MOMENT, PUT_IN = "(σ₁² + (μ₁-μ₂)²)/(2σ₂²)", "E_q[(x-μ₂)²]/(2σ₂²)"


def test_the_errors_down_to_a_row_and_their_slips():
    findings = Findings()
    findings.add(1, "follows")
    findings.error(4, message="Unknown.")
    findings.error(2, slip="sign of a term", message="Turned.")
    findings.add(2, "follows")
    findings.add(3, "carried error")
    assert [findings.slips_to(row) for row in (1, 2, 3)] == [[], ["sign of a term"], ["sign of a term"]]
    assert findings.slips_to(4) == ["sign of a term", ""]
    first = findings.first()
    assert first is not None
    assert (first.number, first.message) == (2, "Turned.")
    assert findings.worst() == {2: ("another error", "Turned."), 4: ("first error", "Unknown.")}
    assert findings.words(2) == ["another error", "follows"]
    assert findings.words(7) == []


@pytest.mark.parametrize(
    ("constant", "slip", "passed"),
    [
        ("1/2", "sign of a term", {2: ("log densities put in",), 3: ("moments evaluated",)}),
        ("7", "", {}),  # nothing explains it: what comes of it shows nothing
    ],
)
def test_what_an_error_leads_to_counts_if_a_slip_explains_it(constant, slip, passed):
    found = kl(KL[0], f"= log(σ₂/σ₁) + {constant} + {PUT_IN}", f"= log(σ₂/σ₁) + {constant} + {MOMENT}")
    assert words(found) == ["follows", "first error", "carried error"]
    assert found[1].slip == slip
    assert {line.number: line.passes for line in found[1:] if line.passes} == passed


def test_what_an_unexplained_error_leads_to_counts_behind_a_right_line_of_the_waypoint_before():
    found = kl(
        KL[0],
        f"= log(σ₂/σ₁) - 1/2 + {PUT_IN}",
        f"= log(σ₂/σ₁) + 7 + {PUT_IN}",
        f"= log(σ₂/σ₁) + 7 + {MOMENT}",
    )
    assert words(found) == ["follows", "follows", "first error", "carried error"]
    assert [line.passes for line in found[1:]] == [("log densities put in",), (), ("moments evaluated",)]


def test_two_errors_on_one_row_are_told_by_the_worse():
    (line,) = kl(f"KL = log(σ₂/σ₁) + {MOMENT} - 1/2 = log(σ₂/σ₁) + {MOMENT} + 1/2 = log(σ₂/σ₁) + {MOMENT} + 1")
    assert line.verdict == "first error"
    assert line.slip == "sign of a term"
    assert line.message.startswith("Line 1 does not hold. The sign of the term")
    assert "the right side gives" in line.message
