"""The command, on results and on submissions, with what classes hand in: hostile, huge, broken, empty."""

import csv
import io
import json
import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.cli import cli
from tests.commands.review import classroom
from tests.formats.browser import CHROMIUM, chromium

WORDS = (
    "a purple elephant eats the gradients of a sad network and nobody in the whole world could ever say why it does so"
)
MARKER = f"<script>alert('{WORDS}')</script><img src=x onerror=alert(1)> {WORDS}"
RTL = "לפונקציה הזאת יש נגזרת שנייה חיובית בכל מקום ולכן היא קמורה כמו שאמר לנו הפיל הסגול שאוכל את הגרדיאנטים"


def run(*arguments, exit_code=0):
    result = CliRunner().invoke(cli, ["similar", *map(str, arguments)])
    assert result.exit_code == exit_code, result.output
    return result.output


def hand_in(folder: Path, **essays: str) -> Path:
    folder.mkdir(exist_ok=True)
    for student, text in essays.items():
        (folder / f"{student}.py").write_text(f"essay = {text!r}\n", encoding="utf-8")
    return folder


def compared(tmp_path, course, *paths) -> tuple[str, list[dict[str, str]]]:
    """The page, and the rows of the table."""
    page, table = tmp_path / "page.html", tmp_path / "pairs.csv"
    run(*paths, "--sheet", "small", "--course", course, "--page", page, "--to", table)
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    return page.read_text(encoding="utf-8"), rows


def students(rows):
    return [(row["student"], row["other student"]) for row in rows]


def test_results_are_compared_where_they_lie(tmp_path, sheet, course):
    essays = {"anna": WORDS, "bob": WORDS.upper() + "!", "carl": "Something else altogether, which nobody else says."}
    results = classroom.results(tmp_path / "out", sheet, essays)
    said = run(results.folder, "--course", course)
    assert str(results.folder / "similar.html") in said
    page = (results.folder / "similar.html").read_text(encoding="utf-8")
    assert "anna" in page and "bob" in page and "carl" not in page
    assert "in 2 of 3 submissions" in page


def test_submissions_need_the_name_of_their_sheet(tmp_path, course):
    folder = hand_in(tmp_path / "in", anna=WORDS)
    assert "--sheet" in run(folder, "--course", course, exit_code=2)


def test_nothing_of_a_students_is_obeyed(tmp_path, course):
    names = {"anna<b>": MARKER, "bob": MARKER}
    folder = hand_in(tmp_path / "in", **names)
    page, rows = compared(tmp_path, course, folder)
    assert students(rows) == [("anna<b>", "bob")]
    assert "purple elephant" in page
    assert not re.search(r"<script|<img|onerror=alert\(1\)>(?!&)|anna<b>", page.replace("&lt;", ""))
    assert "default-src 'none'" in page
    assert page.count("&lt;script&gt;") == 2


def test_a_name_that_a_spreadsheet_would_calculate_is_text(tmp_path, course):
    folder = hand_in(tmp_path / "in", **{"=1+1": WORDS, "bob": WORDS})
    assert students(compared(tmp_path, course, folder)[1]) == [("'=1+1", "bob")]


def test_code_that_is_no_python_is_compared(tmp_path, course):
    folder = tmp_path / "in"
    folder.mkdir()
    loop = "    {1} = [{0}[i] ** 3 / {0}[0] for i in range(17) if {0}[i] > 0.25\n"
    code = f"def mean_square({{0}}):\n{loop}    return {{1}}.cumsum().max( +-* {{1}}.std()\n"
    (folder / "anna.py").write_text(code.format("x", "total"))
    (folder / "bob.py").write_text("# mine\n" + code.format("values", "s"))
    (folder / "carl.py").write_text("def mean_square(x):\n    return (x * x).mean()\n")
    assert students(compared(tmp_path, course, folder)[1]) == [("anna", "bob")]


def test_a_text_of_a_megabyte_is_compared_and_shown_in_part(tmp_path, course):
    long = " ".join(f"word{i}" for i in range(100_000))
    (tmp_path / "in").mkdir()
    for student, text in {"anna": long, "bob": long, "carl": "It is convex. " * 72_000}.items():
        cell = {"cell_type": "markdown", "metadata": {"autograder": {"exercise": "essay"}}, "source": text}
        notebook = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}
        (tmp_path / "in" / f"{student}.ipynb").write_text(json.dumps(notebook))
    page, rows = compared(tmp_path, course, tmp_path / "in")
    assert students(rows) == [("anna", "bob")]
    assert len(page) < 100_000
    assert "characters …]" in page


def test_from_right_to_left_is_compared_and_says_its_direction(tmp_path, course):
    page, rows = compared(tmp_path, course, hand_in(tmp_path / "in", anna=RTL, bob=f"\u202e{RTL}\u202c"))
    assert students(rows) == [("anna", "bob")]
    assert 'dir="auto"' in page
    assert "\u202e" not in page


@pytest.mark.parametrize("essays", [{"anna": WORDS}, {"anna": "", "bob": ""}, {"anna": "Yes.", "bob": "Yes."}])
def test_a_class_without_a_pair_has_a_page_that_says_so(tmp_path, course, essays):
    page, rows = compared(tmp_path, course, hand_in(tmp_path / "in", **essays))
    assert rows == []
    assert "No two submissions share a passage" in page


def test_what_everybody_was_handed_makes_no_pair(tmp_path, sheet, course):
    solution = sheet.exercise("mean_square").solution
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("anna", "bob"):
        (folder / f"{name}.py").write_text(solution + "\nessay = 'Because.'\n")
    assert compared(tmp_path, course, folder)[1] == []


def test_a_student_who_hands_in_twice_is_two_submissions(tmp_path, course):
    first, second = hand_in(tmp_path / "one", anna=WORDS), hand_in(tmp_path / "two", anna=WORDS + " indeed")
    [(one, other)] = students(compared(tmp_path, course, first, second)[1])
    assert {one, other} == {"anna", "anna (2)"}


def test_a_link_to_another_file_is_not_followed(tmp_path, course):
    folder = hand_in(tmp_path / "in", anna=WORDS)
    (tmp_path / "secret.py").write_text(f"essay = {WORDS!r}\n")
    (folder / "bob.py").symlink_to(tmp_path / "secret.py")
    assert compared(tmp_path, course, folder)[1] == []


def test_the_same_class_gives_the_same_bytes(tmp_path, course):
    folder = hand_in(tmp_path / "in", anna=WORDS, bob=WORDS, carl=WORDS.replace("purple", "green"))
    assert compared(tmp_path, course, folder) == compared(tmp_path, course, folder)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="there is no chromium on this machine")
def test_the_page_fits_its_window_and_asks_for_nothing(tmp_path, course):
    compared(tmp_path, course, hand_in(tmp_path / "in", **{"anna" * 12: MARKER * 3, "bob": MARKER, "carl": "x" * 900}))
    with chromium() as page:
        for width, scheme in ((390, "light"), (1280, "dark")):
            page.show((tmp_path / "page.html").as_uri(), width=width, scheme=scheme)
            assert page.value("document.documentElement.scrollWidth") <= width
        assert not page.complaints
        assert all(url.startswith("file:") for url in page.requests)
