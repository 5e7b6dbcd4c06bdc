"""The checks of a derivation: how its parts add up to points, and what each failure says."""

from dataclasses import dataclass

import pytest

from autograder.checks.derivations import Part, derivation
from autograder.maths import OwnSlip, Shown
from autograder.model import Fault
from autograder.model.errors import Mistake, NeedsPerson
from tests.maths.exercises import KL_TASK
from tests.maths.test_derivation import STEPS


@dataclass
class Text:
    text: str
    fault: Fault | None = None


def checks(**options):
    task = {key: value for key, value in KL_TASK.items() if key != "waypoints"}
    return derivation(
        **task,
        starts=Part("starts at a definition", 0.25),
        waypoints={
            "log densities put in": Part("puts in the log densities", 1, "Write log q(x) and log p(x) out."),
            "moments evaluated": Part("evaluates the moments", 1),
        },
        follows=Part("every line follows", 1.75),
        ends=Part("ends in the closed form", 1, "End in a formula."),
        **options,
    )


def run(text, **options):
    """Check's name -> "passed", the mistake, or "needs" where a check it needs failed."""
    found = {}
    for check in checks(**options):
        if any(found[name] != "passed" for name in check.needs):
            found[check.name] = "skipped"
            continue
        try:
            check.run(Text(text))
            found[check.name] = "passed"
        except Mistake as mistake:
            found[check.name] = mistake
    return found


def points(text):
    share = {"passed": 1.0, "skipped": 0.0}
    found = run(text)
    return sum(
        check.points * (share[found[check.name]] if isinstance(found[check.name], str) else found[check.name].partial)
        for check in checks()
    )


RIGHT = "\n".join(STEPS)


def test_a_right_derivation_earns_everything_and_is_shown():
    assert points(RIGHT) == 5
    shown = checks()[0].run(Text(RIGHT))
    assert [line.verdict for line in shown] == ["follows"] * 9
    assert all(line.latex for line in shown)


def test_definition_and_result_earn_a_small_share():
    assert points(f"{STEPS[0]}\n{STEPS[8]}") == 0.25


def test_a_result_alone_earns_next_to_nothing():
    assert points("log(σ₂/σ₁) + (σ₁² + (μ₁-μ₂)²)/(2σ₂²) - 1/2") == 0


def test_a_slip_in_line_six_keeps_the_credit_of_lines_one_to_five():
    wrong = [step.replace("- 2 μ₂ μ₁", "+ 2 μ₂ μ₁").replace("- 2 μ₁ μ₂", "+ 2 μ₁ μ₂") for step in STEPS[:8]]
    wrong.append("= log(σ₂/σ₁) + (σ₁² + (μ₁+μ₂)²)/(2σ₂²) - 1/2")
    found = run("\n".join(wrong))
    failure = found["every line follows"]
    assert failure.message.startswith("Line 6 does not follow from line 5. The sign of the term")
    assert failure.message.endswith("Lines 1 to 5 count.")
    assert failure.name == "sign_of_a_term"
    assert failure.partial == pytest.approx(5 / 9)
    assert failure.counterexample == "mu_1 = 1, mu_2 = 3, sigma_1 = 3, sigma_2 = 1/2"
    assert [line.verdict for line in failure.detail] == ["follows"] * 5 + ["first error"] + ["carried error"] * 3
    assert (
        found["ends in the closed form"].message
        == "End in a formula. The last line is not equal to what is to be derived."
    )
    assert points("\n".join(wrong)) == pytest.approx(0.25 + 1 + 1 + 1.75 * 5 / 9)


def test_an_invented_line_opens_no_way_to_the_points():
    text = f"{STEPS[0]}\n= E_q[(x-μ₁)²]\n= E_q[(x-μ₁)²]\n= σ₁²\n= σ₁² + 0\n{STEPS[8]}"
    assert points(text) <= 0.25


def test_each_part_says_what_is_missing():
    found = run(f"{STEPS[3]}\n{STEPS[5]}".removeprefix("= "))
    assert found["starts at a definition"].message == "No line of this derivation starts at a definition."
    assert found["starts at a definition"].name == "no_start"
    found = run(f"{STEPS[0]}\n{STEPS[1]}")
    assert found["puts in the log densities"].message == "Write log q(x) and log p(x) out."
    assert found["puts in the log densities"].name == "not_log_densities_put_in"
    assert found["evaluates the moments"] == found["every line follows"] == "skipped"
    assert found["ends in the closed form"] == "skipped"
    found = run("\n".join(STEPS[:4]))
    assert found["ends in the closed form"].message.startswith("End in a formula. There is still an expectation in it")


def test_what_cannot_be_decided_costs_nothing_until_a_person_has_read_it():
    for check in checks():
        with pytest.raises(NeedsPerson, match=r"Line 4.*It costs nothing until a person has read it\.") as raised:
            check.run(Text("\n".join([*STEPS[:3], "= 3^(10^9)", *STEPS[4:]])))
        assert len(raised.value.detail) == 9


@pytest.mark.parametrize("line", ["= log(σ₂/σ₁) ++*", "= foo", "|__ both normal __| ~~>"])
def test_an_unreadable_row_is_a_remark_where_the_derivation_is_whole_without_it(line):
    text = "\n".join([*STEPS[:4], line, *STEPS[4:]])
    assert points(text) == 5
    shown = checks()[0].run(Text(text))[4]
    assert shown.verdict == "remark"
    assert shown.number == 0 or "whole without this line" in shown.message


@pytest.mark.parametrize(
    ("rows", "held"),
    [
        ([*STEPS[:2], "= log(σ₂/σ₁) ++*", STEPS[8]], {"puts in the log densities"}),
        ([*STEPS[:8], "= foo"], {"ends in the closed form", "every line follows"}),
        (["KL = foo", *STEPS[3:]], {"starts at a definition", "every line follows"}),
    ],
)
def test_an_unreadable_row_on_which_a_verdict_hangs_goes_to_a_person(rows, held):
    found = run_held("\n".join(rows))
    assert {name for name, outcome in found.items() if isinstance(outcome, NeedsPerson)} >= held
    assert not [outcome for outcome in found.values() if isinstance(outcome, Mistake)]


def test_a_line_that_does_not_follow_from_a_readable_one_is_wrong_whatever_could_not_be_read():
    found = run_held("\n".join([*STEPS[:2], "~ foo ++*", STEPS[2], STEPS[3], STEPS[4].replace("- 1/2 +", "+ 1/2 +")]))
    assert found["every line follows"].name == "sign_of_a_term"


def run_held(text):
    """Like ``run``, with what goes to a person."""
    found = {}
    for check in checks():
        if all(found.get(name) == "passed" for name in check.needs):
            try:
                check.run(Text(text))
                found[check.name] = "passed"
            except (Mistake, NeedsPerson) as outcome:
                found[check.name] = outcome
    return found


def test_unless_the_instructor_says_so():
    found = run("\n".join([*STEPS[:8], "= foo"]), unreadable="wrong")
    assert {mistake.name for mistake in found.values() if isinstance(mistake, Mistake)} == {"unreadable"}


@pytest.mark.parametrize("text", ["", "\n\n", "# only a remark", "I could not do this one."])
def test_no_mathematics_earns_nothing(text):
    assert points(text) == 0
    assert run(text)["starts at a definition"].name == "no_formula"


def test_a_missing_answer_says_so():
    with pytest.raises(Mistake, match="no text"):
        checks()[0].run(Text("", Fault("missing", "There is no text.")))


SLIP_LINE = "log(sigma_2/sigma_1) - (sigma_1^2 + (mu_1 - mu_2)^2)/(2 sigma_2^2) - 1/2"


def test_the_author_says_what_a_slip_leaves():
    slips = {"moments subtracted": OwnSlip(SLIP_LINE, "The moments are added.", 0.5)}
    found = run("\n".join([*STEPS[:-1], f"= {SLIP_LINE}"]), slips=slips)["every line follows"]
    assert (found.name, found.credit) == ("moments_subtracted", 0.5)
    assert "The moments are added." in found.message
    assert "count" not in found.message
    assert found.partial > 0  # a slip without a credit keeps the lines before it


def test_nothing_counts_without_a_start_where_the_author_says_so():
    text = "\n".join(STEPS[2:])
    assert run(text)["puts in the log densities"] == "passed"
    strict = run(text, must_start=True)
    assert strict["starts at a definition"].name == "no_start"
    assert {strict[name] for name in list(strict)[1:]} == {"skipped"}
    assert set(run(RIGHT, must_start=True).values()) == {"passed"}


@pytest.mark.parametrize("last", ["", "\nwhere foo ++*"])
def test_an_error_on_the_first_line_hangs_on_nothing_above(last):
    found = run_held(f"E_q[(x-μ₁)²] = 2σ₁²\n{RIGHT}{last}")["every line follows"]
    assert isinstance(found, Mistake)
    assert found.message.startswith("The two sides of this equation are not equal. A factor 1/2")


def test_a_part_says_what_a_line_must_show():
    assert Part("a", 1).shown() is None
    assert Part("a", 1, shows="x + 1").shown() == Shown(("x + 1",))
    assert Part("a", 1, shows=["x", "y"], inside="log").shown() == Shown(("x", "y"), "log")
    assert Part("a", 1, gone="derivative").shown() == Shown((), "", "derivative")
    assert Part("a", 1, shows=callable).shown() is callable
