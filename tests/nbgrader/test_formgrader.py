"""Formgrader in a real browser: it shows our scores and comments, lists what waits for a person, and its button grades with us.

Set AUTOGRADER_SCREENSHOTS to a folder to keep pictures of the pages.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import RIGHT, SUM
from tests.nbgrader import vectors
from tests.nbgrader.chromium import CHROMIUM, Page
from tests.nbgrader.conftest import NbCourse, cell, make_nb_course
from tests.nbgrader.test_harmless import STANDS, TOUCH

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore"),  # nbgrader's own, at import
    pytest.mark.skipif(not CHROMIUM, reason="needs chromium"),
]
TOKEN = "formgrader"


@dataclass(frozen=True)
class Browser:
    """A Jupyter server with Formgrader, seen through headless Chromium."""

    nb: NbCourse
    port: int
    page: Page

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.port}/{path}{'&' if '?' in path else '?'}token={TOKEN}"

    def look(self, path: str, name: str, until: str) -> str:
        """The page once it shows ``until``; its picture is kept where pictures are."""
        shown = self.page.open(self.url(path), until)
        if folder := os.environ.get("AUTOGRADER_SCREENSHOTS"):
            self.page.picture(Path(folder) / f"{name}.png")
        return shown

    def get(self, path: str) -> object:
        with urllib.request.urlopen(self.url(path), timeout=300) as reply:
            return json.loads(reply.read())

    def post(self, path: str) -> dict[str, object]:
        """What a button of Formgrader sends."""
        request = urllib.request.Request(
            self.url(path), data=b"{}", method="POST", headers={"Authorization": f"token {TOKEN}"}
        )
        with urllib.request.urlopen(request, timeout=300) as reply:
            return json.loads(reply.read())


@pytest.fixture(scope="module")
def browser(tmp_path_factory, course) -> Iterator[Browser]:
    folder = tmp_path_factory.mktemp("formgrader")
    nb = make_nb_course(folder / "nb", "small", course)
    for student, source in {"anna": RIGHT, "ben": SUM, "cleo": SUM}.items():

        def edit(notebook, source=source):
            cell(notebook, "mean_square")["source"] = source
            cell(notebook, "essay")["source"] = "Since it is so."

        nb.hand_in(student, edit)
    nb.hand_in("dora", vectors.fill)
    for student in ("anna", "ben", "dora"):
        assert nb.run("autograde", "small", "--student", student)[0] == 0
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (folder / "server.log").open("w")
    options = ["--no-browser", f"--port={port}", "--ip=127.0.0.1", f"--IdentityProvider.token={TOKEN}", "--allow-root"]
    home = {"HOME": str(folder), "JUPYTER_RUNTIME_DIR": str(folder / "run")}
    process = subprocess.Popen(
        [sys.executable, "-m", "jupyter_server", *options], cwd=nb.root, env=os.environ | home, stdout=log, stderr=log
    )
    try:
        with Page(folder / "profile", {"Authorization": f"token {TOKEN}"}) as page:
            found = Browser(nb, port, page)
            _wait(found, folder / "server.log")
            yield found
    finally:
        process.terminate()
        process.wait(30)
        log.close()


def _wait(browser: Browser, log: Path) -> None:
    for _ in range(120):
        try:
            browser.get("formgrader/api/status")
            return
        except (urllib.error.URLError, ConnectionError):
            time.sleep(0.5)
    raise AssertionError(log.read_text())


def test_the_list_of_submissions_shows_scores_and_who_waits(browser):
    page = browser.look("formgrader/manage_submissions/small", "submissions", until="0.5 / 4")
    assert "1 / 4" in page
    assert "needs manual grading" in page
    assert "needs autograding" in page


def test_the_manual_queue_and_a_submission_show_score_and_findings(browser):
    queue = browser.look("formgrader/gradebook/small/small", "queue", until="Submission #2")
    assert "0.5 / 4" in queue and "Submission #4" not in queue
    rows = {row["student"]: row for row in browser.get("formgrader/api/submitted_notebooks/small/small") if row["id"]}
    page = browser.look(f"formgrader/submissions/{rows['ben']['id']}", "submission", until="def mean_square")
    assert "You return the sum of the squares; the mean is asked." in page
    assert "<script>steal" not in page
    shown = "[...document.querySelectorAll('input.score')].map(i => i.value || i.placeholder).join(' ')"
    for _ in range(60):
        if "0.5" in (values := str(browser.page.run(shown))).split():
            break
        time.sleep(0.5)
    assert "0.5" in values.split()


def test_the_autograde_button_grades_with_our_engine(browser):
    reply = browser.post("formgrader/api/submission/small/cleo/autograde")
    assert reply["success"] is True, reply
    assert "Student cleo: 0.5 of 4 points" in str(reply["log"])
    assert browser.nb.grades("cleo")["mean_square-check"] == (0.5, None, False)


def test_a_notebook_of_attacks_changes_nothing_on_formgraders_page(browser):
    rows = {row["student"]: row for row in browser.get("formgrader/api/submitted_notebooks/small/small") if row["id"]}
    stands, forms = {}, "document.querySelectorAll('form, button, iframe, input, textarea').length"
    for student in ("ben", "dora"):
        browser.look(f"formgrader/submissions/{rows[student]['id']}/", f"attacks_{student}", until="Student's answer")
        browser.page.run(f"new Promise(done => setTimeout(done, 3000)).then(() => {{{TOUCH}}})")
        browser.page.run("new Promise(done => setTimeout(done, 1000))")
        assert browser.page.run("window.fired || ''") == ""
        assert rows[student]["id"] in browser.page.run("location.href")
        fetched = browser.page.run("performance.getEntriesByType('resource').map(entry => entry.name).join(' ')")
        assert "canary.invalid" not in fetched
        stands[student] = browser.page.run(STANDS), browser.page.run(forms)
    assert [row[1:] for row in stands["ben"][0]] == [row[1:] for row in stands["dora"][0]]
    assert all(on_top for *_, on_top in stands["dora"][0]) and stands["ben"][1] == stands["dora"][1]
    score = (
        "document.getElementById('mean_square-check').value || document.getElementById('mean_square-check').placeholder"
    )
    assert browser.page.run(score) not in ("", None)
