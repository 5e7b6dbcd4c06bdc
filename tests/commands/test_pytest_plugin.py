"""``pytest sheet.ipynb``: one item per public check, messages for students, no traceback through our code.

Most run pytest within this process, where the same plugin is at work and torch is imported already; a file that may end a
process is given to one of its own.
"""

import json
from pathlib import Path

import pytest

from tests.conftest import RIGHT, SUM

pytest_plugins = ["pytester"]
TRAP = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\n"
SAYS = 'autograder_sheet = "small"\n'


@pytest.fixture
def here(course, pytester: pytest.Pytester, monkeypatch) -> Path:
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    return pytester.path


def notebook(path: Path, source: str, sheet: str = "") -> None:
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    metadata = {"autograder": {"sheet": sheet}} if sheet else {}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [cell]}))


def test_a_notebook_is_a_test_file_with_one_item_per_check(here, pytester):
    notebook(here / "anna.ipynb", RIGHT)
    result = pytester.runpytest_subprocess("anna.ipynb", "-v")
    result.assert_outcomes(passed=5, skipped=1)
    lines = [
        "anna.ipynb::mean_square: agrees with the reference PASSED*",
        "*SKIPPED (Not started*",
        "*anna.ipynb: *points*",
    ]
    result.stdout.fnmatch_lines(lines)


def test_a_mistake_is_told_without_a_traceback(here, pytester):
    (here / "anna.py").write_text(SAYS + SUM)
    result = pytester.runpytest_inprocess("anna.py")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["You return the sum of the squares; the mean is asked.", "*expected 0.5"])
    assert "Traceback" not in result.stdout.str()
    assert "autograder/" not in result.stdout.str()


def test_a_sheet_that_does_not_exist_is_said_at_collection(here, pytester):
    (here / "anna.py").write_text('autograder_sheet = "large"\n' + RIGHT)
    result = pytester.runpytest_inprocess("anna.py")
    assert result.ret == 2
    result.stdout.fnmatch_lines(["*No sheet 'large'*"])


def test_other_files_are_left_to_pytest(here, pytester):
    (here / "test_own.py").write_text("def test_it(): pass\n")
    notebook(here / "lecture.ipynb", RIGHT)
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


# ------------------------------------------------------------------ the student's file never runs in pytest's process

FILES = {
    "a .py file": ("anna.py", SAYS),
    "one called like a test file": ("test_anna.py", SAYS),
    "one called like a test file the other way": ("anna_test.py", SAYS),
    "the sheet said at the end": ("anna.py", "{source}" + SAYS),
    "the sheet said twice": ("anna.py", SAYS + SAYS),
    "with a type": ("anna.py", 'autograder_sheet: str = "small"\n'),
    "in single quotes, without spaces": ("anna.py", "autograder_sheet='small'  # mine\n"),
    "a million minus signs": ("anna.py", SAYS + "x = " + "-" * 1_000_000 + "1\n"),
    "a hundred thousand brackets": ("anna.py", SAYS + "x = " + "(" * 100_000 + "\n"),
    "a line of two million characters": ("anna.py", SAYS + "x = '" + "a" * 2_000_000 + "'\n"),
    "not Python": ("anna.py", SAYS + "def (:\n"),
    "old line ends": ("anna.py", SAYS.replace("\n", "\r")),
    "a byte order mark": ("anna.py", "\ufeff" + SAYS),
    "a NUL at the end": ("anna.py", SAYS + "\0"),
    "conftest's name aside, a name of Python's": ("pickle.py", SAYS),
}


def test_a_file_of_the_sheet_is_not_imported(here, pytester):
    """Nor the ``__init__.py`` beside it, which pytest runs before any test of a package."""
    paths = {name: here / f"case_{number}" / file for number, (name, (file, _)) in enumerate(FILES.items())}
    for name, path in paths.items():
        path.parent.mkdir()
        (path.parent / "__init__.py").write_text(TRAP)
        source = FILES[name][1].replace("{source}", TRAP) + TRAP + "def test_mine(): pass\n" + RIGHT
        path.write_text(source, encoding="utf-8", newline="")
    given = [str(path.relative_to(here)) for path in paths.values()]
    said = pytester.runpytest_inprocess("--collect-only", "-q", "--doctest-modules", *given).stdout.str()
    assert not list(here.rglob("ran"))
    missing = [
        name for name, path in paths.items() if f"{path.parent.name}/{path.name}::mean_square: agrees" not in said
    ]
    assert not missing, said
    assert "test_mine" not in said


def test_a_million_minus_signs_are_graded(here, pytester):
    (here / "anna.py").write_text(SAYS + RIGHT + "x = " + "-" * 1_000_000 + "1\n")
    (here / "__init__.py").write_text(TRAP)
    result = pytester.runpytest_subprocess("anna.py")
    assert not (here / "ran").exists()
    assert "MemoryError" not in result.stdout.str() + result.stderr.str()
    assert result.ret == 1  # nothing runs of a file that Python cannot compile


def link(path: Path) -> None:
    path.with_name("elsewhere.txt").write_text(SAYS + TRAP)
    path.symlink_to(path.with_name("elsewhere.txt"))


def huge(path: Path) -> None:
    path.write_text(SAYS + TRAP + "#" + " " * (60 << 20))


@pytest.mark.parametrize("make", [link, huge])
def test_what_is_not_read_is_not_imported_either(here, pytester, make):
    make(here / "anna.py")
    result = pytester.runpytest_inprocess("anna.py")
    assert not (here / "ran").exists()
    assert result.ret == 1, result.stdout.str()


def test_beside_a_pack_a_file_that_is_named_needs_not_say_its_sheet(course, pytester, monkeypatch):
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    (pytester.path / "small.checks").write_bytes(b"damaged")
    (pytester.path / "anna.py").write_text(TRAP)
    (pytester.path / "test_own.py").write_text("def test_it(): pass\n")
    result = pytester.runpytest_inprocess("anna.py")
    assert not (pytester.path / "ran").exists()
    result.stdout.fnmatch_lines(["*small.checks cannot be read as a sheet's checks*"])
    pytester.runpytest_inprocess("test_own.py").assert_outcomes(passed=1)


def test_hostile_notebooks_in_a_larger_suite_are_left_alone(here, pytester):
    deep, minus, damaged = "[" * 100_000, '{"metadata": {"autograder": {"sheet": ' + "-" * 1_000_000 + "1}}}", "{"
    for name, value in {"deep": deep, "minus": minus, "damaged": damaged}.items():
        (here / f"{name}.ipynb").write_text(value)
    (here / "test_own.py").write_text("def test_it(): pass\n")
    pytester.runpytest_inprocess().assert_outcomes(passed=1)


# ------------------------------------------------------------------ a course beside it neither


@pytest.mark.parametrize("where", ["beside", "above"])
def test_a_course_near_the_file_does_not_run(pytester, monkeypatch, tmp_path, where):
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    folder = pytester.path / "handed_in" / "deep"
    exercise = (folder if where == "beside" else folder.parent) / "exercises" / "small" / "x"
    exercise.mkdir(parents=True)
    folder.mkdir(exist_ok=True)
    (exercise / "exercise.py").write_text(TRAP + "checks = []\n")
    (exercise.parent / "sheet.toml").write_text('[[exercise]]\nid = "x"\nitem = "1"\npoints = 1\n')
    (folder / "sheet.py").write_text(SAYS + RIGHT)
    notebook(folder / "sheet.ipynb", RIGHT, "small")
    result = pytester.runpytest_inprocess("handed_in/deep/sheet.py", "handed_in/deep/sheet.ipynb")
    result.stdout.fnmatch_lines(["*No course was chosen*", "*No course was chosen*"])
    monkeypatch.chdir(folder)
    pytester.runpytest_inprocess(folder / "sheet.py", folder / "sheet.ipynb")
    assert not list(pytester.path.rglob("ran"))
