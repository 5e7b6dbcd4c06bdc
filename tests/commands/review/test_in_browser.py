"""In a real browser: an item marked by groups with exceptions, the server killed in the middle, every mark found again."""

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.commands.review import classroom
from tests.conftest import REPOSITORY
from tests.formats.browser import CHROMIUM, Page, chromium

pytest.importorskip("starlette")
pytest.importorskip("sklearn")

from autograder.commands.review.groups import grouped
from autograder.grading.store import marks_in

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine"),
]
SAYS = "document.body.innerText"


class Review:
    """The command as a person starts it."""

    def __init__(self, folder: Path, course: Path) -> None:
        self.folder, self.log = folder, folder.parent / "review.log"
        command = [sys.executable, "-m", "autograder", "review", str(folder), "--course", str(course), "--marker", "me"]
        with self.log.open("w") as log:
            unbuffered = os.environ | {"PYTHONUNBUFFERED": "1"}
            self.process = subprocess.Popen(command, stdout=log, stderr=log, cwd=REPOSITORY, env=unbuffered)
        until(lambda: "token=" in self.log.read_text() or self.process.poll() is not None)
        self.address = re.findall(r"http\S+", self.log.read_text())[0]
        self.base = self.address.partition("/?")[0]

    def end(self, number: int = signal.SIGINT) -> str:
        self.process.send_signal(number)
        self.process.wait(120)
        return self.log.read_text()


def until(true) -> None:
    for _ in range(1200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came to that")


@pytest.fixture(scope="module")
def chrome() -> Iterator[Page]:
    with chromium() as page:
        yield page


@pytest.fixture
def page(chrome: Page) -> Page:
    chrome.complaints.clear()
    chrome.requests.clear()
    return chrome


@pytest.fixture(scope="module")
def shown_class(chrome: Page, tmp_path_factory, sheet, course) -> Iterator[Review]:
    """The class at which the pages are looked at, opened in the browser."""
    results = classroom.results(tmp_path_factory.mktemp("shown") / "out", sheet)
    review = Review(results.folder, course)
    chrome.show(review.address, width=1280)
    yield review
    review.end()


def shown(page: Page, words: str) -> None:
    until(lambda: words in str(page.value(SAYS)))


def press(page: Page, key: str) -> None:
    """A key, as somebody presses it who is not typing."""
    page.value(f"document.body.dispatchEvent(new KeyboardEvent('keydown', {{key: '{key}', bubbles: true}}))")


def test_an_item_is_marked_by_groups_and_nothing_is_lost_when_the_server_is_killed(page, tmp_path, sheet, course):
    essays = {f"{name}{i}": text for i in range(4) for name, text in classroom.ESSAYS.items() if name != "hugo"}
    results = classroom.results(tmp_path / "out", sheet, essays)
    groups = grouped(essays, sheet.exercise("essay").guide)
    review, decisions, killed = Review(results.folder, course), 0, False
    page.show(review.address, width=1280)
    while True:
        page.show(f"{review.base}/e/essay/next", width=1280)
        if "/next" not in str(page.value("location.pathname")) and "/g/" not in str(page.value("location.pathname")):
            break
        first = page.value("document.querySelectorAll('[name=to]').length") > 1 and decisions == 0
        if first:  # all but one text of the group
            page.value("document.querySelectorAll('[name=to]')[0].click()")
        press(page, "1")
        page.value("document.querySelector('[name=points-1]').value = '0.5'")
        before = marks_in(results.marks)
        if not killed:  # ticked, not given: the draft is on disk
            page.value("document.querySelector('[name=comment-0]').value = 'A comment'")
            page.value("document.querySelector('[name=comment-0]').dispatchEvent(new Event('change', {bubbles: true}))")
            until(lambda: b"A comment" in (results.folder / "marks.db-wal").read_bytes())
        press(page, "g")
        until(lambda before=before: marks_in(results.marks).rows != before.rows)
        decisions += 1
        if decisions == 2:
            known = marks_in(results.marks)
            review.end(signal.SIGKILL)
            killed, review = True, Review(results.folder, course)
            page.show(review.address, width=1280)
            page.complaints[:] = [  # while it was dead, or died
                said for said in page.complaints if "Failed to load resource: net::ERR_" not in said
            ]
            assert marks_in(results.marks) == known
    assert killed
    assert decisions == len(groups) + 1  # one exception
    marked = {key[0] for key in marks_in(results.marks).rows}
    assert marked == set(essays)
    assert "Grades and feedback are written" in review.end()
    table = (results.folder / "grades.csv").read_text(encoding="utf-8-sig")
    assert table.count(",graded,2.5,4,0,2.5") == len(essays)
    assert "A comment" in (results.folder / "feedback" / "anna0.html").read_text()
    assert not page.complaints
    assert all(url.startswith(("http://127.0.0.1:", "data:")) for url in page.requests)


def test_a_second_review_is_refused_in_a_sentence(shown_class, course):
    command = [sys.executable, "-m", "autograder", "review", str(shown_class.folder), "--course", str(course)]
    second = subprocess.run(command, capture_output=True, text=True, cwd=REPOSITORY)
    assert second.returncode == 2
    assert "Somebody is at work in" in second.stderr


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [390, 1280])
def test_every_page_fits_its_window_and_axe_finds_nothing(page, shown_class, sheet, width, scheme):
    group = grouped(classroom.ESSAYS, sheet.exercise("essay").guide)[0].key
    paths = [
        "/",
        "/e/essay",
        f"/e/essay/g/{group}",
        "/e/essay/a/1",
        "/e/mean_square/a/1",
        "/e/essay?show=all",
        "/disagreements",
    ]
    for path in paths:
        page.show(shown_class.base + path, width=width, scheme=scheme)
        assert page.value("document.documentElement.scrollWidth") <= width, path
        assert page.violations() == [], path
    assert not page.complaints
