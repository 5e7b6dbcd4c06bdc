"""Formulas that could not be read: the reading stands beside them; accepted, given points, or read in another way."""

import pytest

from autograder.grading import Results
from autograder.grading.marks import Marks
from autograder.model import Finding, Report, Result, Sheet, Status
from tests.commands.review.classroom import unread
from tests.commands.review.conftest import Browser
from tests.sheets import bundled

ID = "kl_simplified"


@pytest.fixture(scope="module")
def formulas() -> Sheet:
    return bundled("generative_models")


@pytest.fixture
def browser(formulas, tmp_path):
    exercise = formulas.exercise(ID)
    line = unread(1, "KL = 1/2 sum (mu2 ++ sigma2 - log)")
    findings = tuple(
        Finding(check.name, Status.PENDING, 0.0, round(exercise.points / len(exercise.checks), 6), detail=(line,))
        for check in exercise.checks
    )
    result = Result(ID, exercise.item, exercise.points, findings, "K L == ???")
    results = Results(tmp_path / "out")
    results.save(Report(formulas.id, "anna", "in/anna.py", "0" * 64, (result,), exercise.points), formulas, Marks())
    made = Browser(results, formulas).opened()
    yield made
    made.client.close()
    made.store.__exit__()


def test_a_corrected_reading_is_judged_at_once_kept_and_undone(browser, formulas):
    import ast

    [text] = [
        ast.literal_eval(node.value)
        for node in ast.parse(formulas.exercise(ID).solution).body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == ID
    ]
    place = f"/e/{ID}/a/1"
    page = browser.get(place).text
    assert "K L == ???" in page
    assert "This line cannot be read." in page
    browser.post(f"{place}/read", reading=text)
    report = browser.desk.results.load()["anna"]
    assert report.score == report.possible
    assert report.results[0].answer == "K L == ???"
    assert report.versions["read"] == browser.store.marks().stamp("anna")
    browser.post("/undo", decision=str(browser.store.last))
    undone = browser.desk.results.load()["anna"]
    assert undone.score < report.score
    assert "read" not in undone.versions


def test_an_unreadable_formula_is_accepted_with_one_press(browser):
    place = f"/e/{ID}/a/1"
    for at, _ in enumerate(browser.desk.reports["anna"].results[0].findings):
        browser.post(f"{place}/decide", finding=str(at), seen=str(browser.store.last), accept="1", points="", reason="")
    [now] = browser.desk.results.publish(browser.desk.sheet, browser.store.marks()).values()
    assert (now.status, now.score) == ("graded", now.possible)
