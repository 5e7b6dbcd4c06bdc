"""An item of the demo class, marked whole in a browser: by groups with exceptions, the server killed in the middle."""

import csv
import signal
from collections import Counter
from collections.abc import Iterator

import pytest

from tests.conftest import REPOSITORY
from tests.formats.browser import CHROMIUM, Page, chromium
from tests.sheets import bundled

pytest.importorskip("starlette")
pytest.importorskip("sklearn")

from autograder.commands.review.groups import grouped
from autograder.grading import Results
from autograder.grading.marks import Marks
from autograder.grading.store import marks_in
from autograder.model import Finding, Report, Result, Status
from tests.commands.review.test_groups import ITEMS, kind, rubric, texts
from tests.commands.review.test_in_browser import Review, press, until

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,  # test_in_browser marks a smaller class in the same way
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]
SHARE = {"good": 1.0, "partial": 0.5, "wrong": 0.0}


@pytest.fixture(scope="module")
def page() -> Iterator[Page]:
    with chromium() as page:
        yield page


def handed_in(folder, sheet, item: str) -> Results:
    """Results in which the item's answers wait, as ``grade`` leaves them."""
    exercise, results = sheet.exercise(item), Results(folder)
    for student, text in texts(item).items():
        waits = Finding(exercise.checks[0].name, Status.PENDING, 0.0, exercise.points, detail=exercise.rubric)
        made = Result(item, exercise.item, exercise.points, (waits,), text)
        report = Report(
            sheet.id, student, f"in/{student}.py", student.encode().hex().ljust(64, "0"), (made,), exercise.points
        )
        results.save(report, sheet, Marks())
    results.finish(sheet)
    return results


def give(page: Page, kinds: dict[str, str], exercise) -> int:
    """One decision, for those of the ticked answers that a reader would mark alike; returns how many were taken out."""
    ticked = page.value("[...document.querySelectorAll('[name=to]:checked')].map(box => box.value)")
    [(common, _)] = Counter(kinds[key] for key in ticked).most_common(1)
    others = [key for key in ticked if kinds[key] != common]
    for key in others:
        page.value(f"document.querySelector('[name=to][value=\"{key}\"]').click()")
    for i, criterion in enumerate(exercise.rubric):
        page.value(f"document.querySelector('[name=points-{i}]').value = '{SHARE[common] * criterion.points}'")
    page.value(f"document.querySelector('[name=comment-0]').value = 'Read as {common}.'")
    press(page, "g")
    return len(others)


@pytest.mark.parametrize("item", ITEMS)
def test_the_item_takes_a_third_of_the_decisions_and_nothing_is_lost(page, tmp_path, item):
    sheet = bundled("generative_models")
    exercise, answers = sheet.exercise(item), texts(item)
    assert len(answers) >= 40
    results = handed_in(tmp_path / "out", sheet, item)
    members = [member for group in grouped(answers, rubric(item)) for member in group.members]
    kinds = {member.key: kind(member.students[0], item) for member in members}
    review, decisions, exceptions = Review(results.folder, REPOSITORY), 0, 0
    page.show(review.address, width=1280)
    while True:
        page.show(f"{review.base}/e/{item}/next", width=1280)
        if "/g/" not in page.value("location.pathname"):
            break
        before = marks_in(results.marks)
        exceptions += give(page, kinds, exercise)
        until(lambda before=before: marks_in(results.marks).rows != before.rows)
        decisions += 1
        if decisions == 5:
            known = marks_in(results.marks)
            review.end(signal.SIGKILL)
            review = Review(results.folder, REPOSITORY)
            page.show(review.address, width=1280)
            assert marks_in(results.marks) == known
    review.end()
    print(f"{item}: {decisions} decisions for {len(answers)} answers, {exceptions} exceptions")
    assert exceptions
    assert decisions <= len(answers) / 3
    with (tmp_path / "out" / "grades.csv").open(encoding="utf-8-sig", newline="") as file:
        table = {row["student"]: row for row in csv.DictReader(file)}
    for student in answers:
        said = kind(student, item)
        assert float(table[student]["score"]) == SHARE[said] * exercise.points
        assert f"Read as {said}." in (tmp_path / "out" / "feedback" / f"{student}.html").read_text()
