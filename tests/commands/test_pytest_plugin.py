"""``pytest sheet.ipynb``: one item per public check, messages for students, no traceback through our code."""

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import RIGHT, SUM

pytest_plugins = ["pytester"]


@pytest.fixture
def here(course, pytester: pytest.Pytester) -> Path:
    shutil.copytree(course, pytester.path, dirs_exist_ok=True)
    return pytester.path


def notebook(path: Path, source: str, sheet: str = "") -> None:
    cell = {"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}
    metadata = {"autograder": {"sheet": sheet}} if sheet else {}
    path.write_text(json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": metadata, "cells": [cell]}))


def test_a_notebook_is_a_test_file_with_one_item_per_check(here, pytester):
    notebook(here / "anna.ipynb", RIGHT)
    result = pytester.runpytest_subprocess("anna.ipynb", "-v")
    result.assert_outcomes(passed=5, failed=1)
    lines = ["anna.ipynb::mean_square: agrees with the reference PASSED*", "Nothing was handed in for essay."]
    result.stdout.fnmatch_lines(lines)


def test_a_mistake_is_told_without_a_traceback(here, pytester):
    (here / "anna.py").write_text('autograder_sheet = "small"\n' + SUM)
    result = pytester.runpytest_subprocess("anna.py")
    assert result.ret == 1
    result.stdout.fnmatch_lines(["You return the sum of the squares; the mean is asked.", "*expected 0.5"])
    assert "Traceback" not in result.stdout.str()
    assert "autograder/" not in result.stdout.str()


def test_a_sheet_that_does_not_exist_is_said_at_collection(here, pytester):
    (here / "anna.py").write_text('autograder_sheet = "large"\n' + RIGHT)
    result = pytester.runpytest_subprocess("anna.py")
    assert result.ret == 2
    result.stdout.fnmatch_lines(["*No sheet 'large'*"])


def test_other_files_are_left_to_pytest(here, pytester):
    (here / "test_own.py").write_text("def test_it(): pass\n")
    notebook(here / "lecture.ipynb", RIGHT)
    pytester.runpytest_subprocess().assert_outcomes(passed=1)
