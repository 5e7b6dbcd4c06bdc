"""Naming mistakes: a failing answer that fails as a labelled wrong answer does is that wrong answer, and no other is."""

from dataclasses import replace

import pytest
import torch

from autograder.checks import agrees, gradient, leaves_alone, reaches
from autograder.grading.grader import Grader
from autograder.grading.recognise import Recogniser, labelled
from autograder.inputs.evidence import Evidence
from autograder.model import (
    Call,
    Cell,
    Check,
    Exercise,
    Mistake,
    NeedsPerson,
    Settings,
    Sheet,
    Status,
    Submission,
    Wrong,
)
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


# ------------------------------------------------------------------ with failures as a student's pack records them


def evidence(number):
    return Evidence((torch.tensor(float(number)).double(),))


def recorded(slug, fails, credit=0.5):
    """A wrong answer that fails the checks in ``fails``, each with this value."""
    failures = {check: Mistake("No.", evidence=evidence(value)) for check, value in fails.items()}
    return Wrong(slug, slug, "a", credit, f"This is {slug}.", "", slug, recorded=failures)


A, B = (Check(name, 1.0, lambda answer: None) for name in "ab")


def named(*wrongs, value=1.0, **options):
    def never(*_):
        raise AssertionError("nothing is opened")

    exercise = Exercise("f", "1", 2.0, "code", ("f",), (A, B), wrong=wrongs)
    return Recogniser(never).name(Mistake("Differs.", evidence=evidence(value)), exercise, A, **options)


def test_who_fails_alike_gives_name_credit_and_words():
    found = named(recorded("other", {"a": 2.0}), recorded("m", {"a": 1.0}, credit=0.25))
    assert (found.name, found.credit, found.message, found.tell) == ("m", 0.25, "This is m.", "This is m.")
    assert named(recorded("other", {"a": 2.0}), recorded("passes", {})).name == ""
    assert named().name == ""


def test_a_mistake_with_a_name_or_without_evidence_stays_as_it_is():
    recogniser = Recogniser(lambda *_: None)
    exercise = Exercise("f", "1", 2.0, "code", ("f",), (A,), wrong=(recorded("m", {"a": 1.0}),))
    for mistake in (Mistake("No.", name="n", evidence=evidence(1.0)), Mistake("No.")):
        assert recogniser.name(mistake, exercise, A) is mistake


def test_a_wrong_answer_whose_failure_has_a_name_is_not_recognised_by_it():
    wrong = Wrong("m", "m", "a", 0.5, "", "", "m", recorded={"a": Mistake("No.", name="n", evidence=evidence(1.0))})
    assert named(wrong).name == ""


def test_of_several_that_fail_alike_the_likely_one_is_meant_then_who_passes_the_same():
    first, second = recorded("first", {"a": 1.0, "b": 1.0}), recorded("second", {"a": 1.0})
    assert named(first, second).name == "first"
    assert named(first, second, passed=[B]).name == "second"
    assert named(first, second, likely={"first"}, passed=[B]).name == "first"
    assert named(first, second, likely={"second"}).name == "second"
    assert named(first, second, likely={"unheard"}, passed=[B]).name == "second"


def test_what_a_wrong_answer_fails_is_run_once_and_only_if_it_is_not_recorded():
    ran = []

    def fails(answer):
        ran.append(1)
        raise Mistake("No.")

    check, waits = (
        Check("a", 1.0, fails),
        Check("w", 1.0, lambda answer: (_ for _ in ()).throw(NeedsPerson("reads it"))),
    )
    live = Wrong("m", "m", "a", 0.5, "", "def f(): pass", "m")
    exercise = Exercise("f", "1", 2.0, "code", ("f",), (check, waits), wrong=(live,))
    recogniser = Recogniser(lambda *_: None)
    assert recogniser.failure(live, exercise, check).message == "No."
    assert recogniser.failure(live, exercise, check) is not None and ran == [1]
    assert recogniser.failure(live, exercise, waits) is None
    assert recogniser.failure(recorded("m", {}), exercise, check) is None and ran == [1]
    assert recogniser.explains("m", exercise, check) and not recogniser.explains("m", exercise, waits)


def test_all_wrong_answers_of_an_exercise_share_one_process_and_what_is_no_call_has_its_own():
    opened, asked = [], []

    class Opened:
        def calls(self, calls, *, seconds=10.0):
            asked.append([call.function for call in calls])
            return ()

        def text(self):
            return "answer"

    def open_(submission, exercise):
        opened.append(submission)
        return Opened()

    def run(answer):
        answer.calls([Call("f", ())])
        if answer.text() == "answer" and answer.text():
            raise Mistake("No.")

    check = Check("a", 1.0, run)
    wrongs = tuple(Wrong(slug, slug, "a", 0.5, "", f"def f():\n    return {slug!r}\n", slug) for slug in ("m", "n"))
    exercise = Exercise("f", "1", 2.0, "code", ("f",), (check,), wrong=wrongs)
    recogniser = Recogniser(open_)
    assert all(recogniser.failure(wrong, exercise, check) for wrong in wrongs)
    assert asked == [["f__m"], ["f__n"]]
    assert [s.path for s in opened] == ["f/wrong", "wrong/m", "wrong/n"]
    assert [cell.number for cell in opened[0].cells] == [1, 2]
    known = {"__name__": "other"}
    for cell in opened[0].cells:
        exec(cell.source, known)  # our own text
    assert (known["f__m"](), known["f__n"]()) == ("m", "n") and "f" not in known
    assert opened[1].cells[0].source == wrongs[0].source


def test_the_text_of_a_labelled_answer_is_found_as_in_a_students_file():
    essay = Exercise("essay", "2", 1.0, "text", (), (A,))
    found = labelled('essay = """Because."""\n', "wrong/m", essay)
    assert found.texts == {"essay": "Because."} and (found.student, found.path) == ("", "wrong/m")


A_CHECK = Check("a", 1.0, lambda answer: None)


def multiple(found, *, wanted=7.0, name="", wrong=3.0):
    """What becomes of an answer whose value is ``found``, where a labelled answer gives ``wrong`` and ``wanted`` is right."""
    exercise = Exercise("f", "1", 2.0, "code", ("f",), (A_CHECK,), wrong=(recorded("m", {"a": wrong}),))
    right = () if wanted is None else (torch.tensor(wanted).double(),)
    mistake = Mistake("No.", name=name, evidence=replace(evidence(found), wanted=right))
    return Recogniser(lambda *_: None).multiple(mistake, exercise, A_CHECK)


@pytest.mark.parametrize(
    ("scale", "name", "said"),
    [
        (-1.0, "m+sign_turned", "And the sign of the whole is turned round."),
        (2.0, "m+doubled", "And everything is doubled."),
        (0.5, "m+halved", "And everything is halved."),
        (-2.0, "m+sign_turned+doubled", "And everything is doubled, with the sign turned round."),
        (-0.5, "m+sign_turned+halved", "And everything is halved, with the sign turned round."),
    ],
)
def test_a_second_slip_is_a_factor_of_the_whole(scale, name, said):
    found = multiple(3.0 * scale)
    assert (found.name, found.credit) == (name, 0.0)
    assert found.message == found.tell == f"This is m. {said}"


@pytest.mark.parametrize(
    ("found", "options"),
    [
        (9.0, {}),  # no such factor
        (6.0, {"wanted": None}),  # nobody knows what is right
        (6.0, {"name": "known"}),
        (6.0, {"wanted": 3.0}),  # twice the right value has no other mistake in it
        (6.0, {"wanted": 6.0, "wrong": 12.0}),
        (-12.0, {"wanted": 3.0, "wrong": 6.0}),
    ],
)
def test_what_is_a_multiple_of_nothing_known_or_of_what_is_right_has_no_second_slip(found, options):
    assert multiple(found, **options).name == options.get("name", "")
