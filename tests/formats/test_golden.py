"""One golden file per output: a change of any byte of what people see is seen here first.

After a change that is meant, renew them with

    RENEW_GOLDEN=1 pytest tests/formats/test_golden.py

and read the difference before it goes in.
"""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.formats import canvas, csv, gradescope, html, json, junit, markdown, moodle, text
from tests.formats import builders, test_canvas, test_moodle

GOLDEN = Path(__file__).parent.parent / "golden"
CLASS = builders.classroom()
REPORT, SHEET = builders.report(), builders.sheet()
ROSTER = [test_canvas.good("ada"), test_canvas.good("an3@uni.example"), test_canvas.good("nobody")]

FILES: dict[str, Callable[[], bytes]] = {
    "report.json": lambda: json.render(REPORT),
    "report.txt": lambda: text.render(REPORT, SHEET),
    "class.txt": lambda: text.render_class(CLASS, SHEET).data,
    "grades.csv": lambda: csv.render_class(CLASS, SHEET).data,
    "student.html": lambda: html.render(REPORT, SHEET),
    "instructor.html": lambda: html.render(builders.report(broken=True), SHEET, audience="instructor"),
    "class.html": lambda: html.render_class(CLASS, SHEET).data,
    "summary.md": lambda: markdown.render(REPORT, SHEET),
    "junit.xml": lambda: junit.render(REPORT, SHEET),
    "gradescope.json": lambda: gradescope.render(REPORT),
    "canvas.csv": lambda: canvas.render_class(ROSTER, SHEET, template=test_canvas.BOOK.encode()).data,
    "moodle.csv": lambda: moodle.render_class(ROSTER, SHEET, template=test_moodle.WORKSHEET.encode()).data,
}


@pytest.mark.parametrize("name", FILES)
def test_the_bytes_are_those_of_the_golden_file(name: str):
    path, made = GOLDEN / name, FILES[name]()
    if os.environ.get("RENEW_GOLDEN"):
        path.write_bytes(made)
    assert made == path.read_bytes(), f"{name} has changed; if that is meant, renew it: see the head of this file"
