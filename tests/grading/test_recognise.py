"""Naming mistakes: a failing answer that fails as a labelled wrong answer does is that wrong answer, and no other is."""

from dataclasses import replace

import pytest

from autograder.checks import agrees, gradient, leaves_alone, reaches
from autograder.grading.grader import Grader
from autograder.model import Cell, Exercise, Settings, Sheet, Status, Submission, Wrong
from autograder.student import Host
from tests.checks.conftest import make_battery

HEAD = "import torch\n"
BATTERY = make_battery()


def wrong(slug, body, credit=0.0, mistake="", fails="agrees with the reference"):
    source = f"{HEAD}def f(x, y):\n    {body}\n"
    return Wrong(slug, slug, fails, credit, "" if mistake else f"This is {slug}.", source, mistake or slug)


EXERCISE = Exercise(
    "f",
    "1",
    10.0,
    "code",
    ("f",),
    (
        agrees(BATTERY),
        reaches(BATTERY),
        leaves_alone(BATTERY),
        gradient(BATTERY, needs=("agrees with the reference", "gradients reach every argument")),
    ),
    wrong=(
        wrong("doubled", "return 2 * x**2 * torch.log(y)"),
        wrong("halved", "return x**2 * torch.log(y) / 2", credit=0.5),
        wrong("matrices_fail", "assert x.shape == y.shape\n    return x**2 * torch.log(y)", credit=0.5),
        wrong("cut", "return (x**2 * torch.log(y)).detach()", 0.5, "gradient_cut", "gradients reach every argument"),
        wrong("raises", "raise ValueError"),
    ),
)


@pytest.fixture(scope="module")
def grader():
    sheet = Sheet("s", "A sheet", (EXERCISE,), Settings())
    with Host(sheet.settings, preload=("torch",)) as host, Grader(sheet, host) as grader:
        yield grader


def grade(grader, body):
    cell = Cell(f"{HEAD}def f(x, y):\n    {body}\n", 1)
    return grader.grade(Submission("anna", "anna.py", "", (cell,))).results[0]


@pytest.mark.parametrize(
    ("body", "mistake", "score"),
    [
        ("return 2 * x**2 * torch.log(y)", "doubled", 0),
        ("return torch.log(y**2) * x * x", "doubled", 0),
        ("return (2 * x**2 * torch.log(y + 1e-7)).float()", "doubled", 0),
        ("return 0.5 * x**2 * torch.log(y)", "halved", 5),
        ("assert x.shape == y.shape, 'no'\n    return x.pow(2) * y.log()", "matrices_fail", 5),
    ],
)
def test_another_spelling_of_a_known_mistake_is_recognised(grader, body, mistake, score):
    result = grade(grader, body)
    finding = result.findings[0]
    assert (finding.mistake, finding.message, result.score) == (mistake, f"This is {mistake}.", score)


@pytest.mark.parametrize(
    "body",
    [
        "return 2.001 * x**2 * torch.log(y)",
        "return 2 * x**2 * torch.log(y) + (x.dim() == 2)",
        "raise ValueError('mine')",
        "return x**2 * torch.log(y) * float('nan')",
        "assert x.shape != y.shape\n    return x**2 * torch.log(y)",
    ],
)
def test_another_mistake_is_not(grader, body):
    result = grade(grader, body)
    assert result.findings[0].status is Status.FAILED
    assert result.findings[0].mistake is None
    assert result.score <= 2.5


def test_a_mistake_that_a_check_names_keeps_its_own_words(grader):
    result = grade(grader, "with torch.no_grad():\n        return x**2 * torch.log(y)")
    finding = next(f for f in result.findings if f.status is Status.FAILED)
    assert (finding.mistake, result.score) == ("gradient_cut", 5)
    assert "No gradient flows through f" in finding.message


def test_a_further_mistake_costs_more(grader):
    """Recognised, and wrong in a way that the recognised answer is not."""
    result = grade(grader, "x.mul_(-1)\n    return 0.5 * x**2 * torch.log(y)")
    named = {f.mistake for f in result.findings if f.mistake}
    assert named == {"halved", "changes_its_arguments"}
    assert result.score == 5
    result = grade(grader, "return 0.5 * x**2 * torch.log(y).detach()")
    assert {"halved", "gradient_missing"} <= {f.mistake for f in result.findings}
    assert result.score == 5


def test_the_findings_add_up(grader):
    for body in ("return 0.5 * x**2 * torch.log(y)", "return x", "return x**2 * torch.log(y)"):
        result = grade(grader, body)
        assert sum(f.points for f in result.findings) == pytest.approx(result.score)


def test_a_check_explains_by_any_answer_that_bears_the_name(grader):
    checks = {check.name: check for check in EXERCISE.checks}
    recogniser = grader.recogniser
    assert recogniser.explains("gradient_cut", EXERCISE, checks["gradients reach every argument"])
    assert not recogniser.explains("gradient_cut", EXERCISE, checks["agrees with the reference"])
    assert not recogniser.explains("unheard_of", EXERCISE, checks["agrees with the reference"])


def test_no_two_wrong_answers_fail_alike(grader):
    """Each is recognised as itself, wherever it stands in the list."""
    turned = replace(EXERCISE, wrong=EXERCISE.wrong[::-1])
    check = EXERCISE.checks[0]
    for exercise in (EXERCISE, turned):
        for w in exercise.wrong[:3]:
            failure = grader.recogniser.failure(w, EXERCISE, check)
            if failure and failure.evidence and w.slug != "raises":
                assert grader.recogniser.name(failure, exercise, check).name == w.slug
