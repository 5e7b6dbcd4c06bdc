"""Several files of one student: which is newer, what is taken from each, and where a missing function stands."""

import json
from pathlib import Path

import pytest

from autograder.intake import submissions
from autograder.intake.student_file import StudentFile
from autograder.intake.versions import groups
from autograder.model import Check, Exercise, Settings, Sheet, Submission

CHECK = Check("is there", 1, lambda answer: None)
STUB = "def {}(a, b):\n    raise NotImplementedError\n"
SHEET = Sheet(
    "sheet",
    "A sheet",
    (
        Exercise("distance", "1", 1, "code", ("distance",), (CHECK,), starter=STUB.format("distance")),
        Exercise("product", "2", 1, "code", ("product",), (CHECK,), starter=STUB.format("product")),
        Exercise("essay", "3", 1, "text", (), (CHECK,), starter='essay = "Your words."'),
    ),
    Settings(file_mb=1),
)
DISTANCE = "def distance(a, b):\n    return abs(a - b)\n"
PRODUCT = "def product(a, b):\n    return a * b\n"


def notebook(*sources: str, kind: str = "code") -> str:
    cells = [{"cell_type": kind, "metadata": {}, "source": source} for source in sources]
    return json.dumps({"cells": cells, "metadata": {}, "nbformat": 4})


def taken(tmp_path: Path, **files: str) -> Submission:
    for name, content in files.items():
        path = tmp_path / "ada" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    (submission,) = submissions([tmp_path], SHEET).submissions
    return submission


@pytest.mark.parametrize(
    ("older", "newer"),
    [
        ("ex.ipynb", "ex (1).ipynb"),
        ("ex (2).ipynb", "ex (11).ipynb"),
        ("ex_v2.ipynb", "ex_v10.ipynb"),
        ("ex_31.12.2023.ipynb", "ex_01.02.2024.ipynb"),
        ("ex-20240109.ipynb", "ex-2024-01-10.ipynb"),
        ("ex_2024-01-09_0930.ipynb", "ex_2024-01-09_1130.ipynb"),
        ("ex_v3.ipynb", "ex_final.ipynb"),
        ("ex_final.ipynb", "ex_final2.ipynb"),
        ("ex_old.ipynb", "ex.ipynb"),
        ("ex.ipynb", "ex-Copy1.ipynb"),
    ],
)
def test_of_two_names_one_is_newer(older: str, newer: str) -> None:
    files = [StudentFile((name,), name, lambda max_bytes: b"") for name in (older, newer)]
    for order in (files, files[::-1]):
        assert [[file.name for file in group] for group in groups(order)] == [[newer, older]]


def test_names_that_are_no_versions() -> None:
    names = ("9-1_VAE.ipynb", "9-2_GAN.ipynb", "1.ipynb", "2.ipynb", "final.ipynb", "gan1.py", "gan2.py", "salt.py")
    files = [StudentFile((name,), name, lambda max_bytes: b"") for name in names]
    assert len(groups(files)) == len(names)


def test_an_empty_newer_copy_does_not_count(tmp_path: Path) -> None:
    submission = taken(tmp_path, **{"ex.ipynb": notebook(DISTANCE), "ex (1).ipynb": notebook(STUB.format("distance"))})
    assert submission.path.endswith("ada/ex.ipynb")


def test_each_answer_is_taken_from_the_file_that_has_it(tmp_path: Path) -> None:
    submission = taken(
        tmp_path,
        **{"a.ipynb": notebook(DISTANCE, 'essay = "Mine."', STUB.format("product")), "b.ipynb": notebook(PRODUCT)},
    )
    assert submission.texts == {"essay": "Mine."}
    assert [(cell.number, cell.file) for cell in submission.cells] == [(1, ""), (2, ""), (3, ""), (4, "b.ipynb")]
    assert submission.chosen == {"product": "b.ipynb"}
    assert submission.notes == (
        "2 files were handed in; a.ipynb and b.ipynb were graded, which answer 3 of 3 exercises.",
    )


def test_a_changed_module_changes_the_digest(tmp_path: Path) -> None:
    files = {"ex.ipynb": notebook("from losses import *"), "losses.py": DISTANCE}
    before = taken(tmp_path, **files)
    assert before.modules == {"losses.py": DISTANCE}
    assert taken(tmp_path, **(files | {"losses.py": DISTANCE + PRODUCT})).sha256 != before.sha256


def test_a_module_is_imported_in_its_newest_version(tmp_path: Path) -> None:
    files = {"ex.ipynb": notebook("import losses"), "losses.py": "old = 1\n", "losses (1).py": DISTANCE}
    assert taken(tmp_path, **files).modules["losses.py"] == DISTANCE


@pytest.mark.parametrize(
    ("content", "where"),
    [
        (
            notebook("class A:\n    def distance(self, a, b):\n        return 0"),
            "is a method of the class A (cell 1, line 2)",
        ),
        (
            notebook("def main():\n    def distance(a, b):\n        return 0"),
            "inside the function main (cell 1, line 2)",
        ),
        (
            notebook(DISTANCE, kind="raw"),
            "stands in a raw cell (the one that begins with `def distance(a, b):`, line 1)",
        ),
        (
            notebook(DISTANCE, kind="markdown"),
            "stands in a Markdown cell (the one that begins with `def distance(a, b):`, line 1)",
        ),
        (notebook("# " + DISTANCE), "stands in a comment (cell 1, line 1)"),
        (notebook("%%writefile d.py\n" + DISTANCE), "`from d import distance`"),
        (notebook("def Distance(a, b):\n    return 0"), "the function 'Distance' is (cell 1, line 1)"),
        (notebook("def abstand(a, b):\n    return 0"), "the function 'abstand' is (cell 1, line 1)"),
    ],
)
def test_a_missing_function_is_told_where_it_stands(tmp_path: Path, content: str, where: str) -> None:
    assert where in taken(tmp_path, **{"ex.ipynb": content}).elsewhere["distance"]


def test_the_texts_of_a_single_file_are_its_own(tmp_path: Path) -> None:
    submission = taken(tmp_path, **{"ex.ipynb": notebook(DISTANCE, 'essay = "Mine."')})
    assert submission.texts == {"essay": "Mine."}
