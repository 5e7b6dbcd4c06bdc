"""What nbgrader shows of a file is read as the grade reads it: by its content, in its encoding, under any name."""

import codecs
import json
import warnings

import nbformat
import pytest

from autograder.nbgrader.repair import read_any

TEXT = "# Lösung\nx = 1\n"
NOTEBOOK = json.dumps(
    nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(TEXT, metadata={"nbgrader": {"grade_id": "a"}})]),
    ensure_ascii=False,
)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("mark.ipynb", codecs.BOM_UTF8 + NOTEBOOK.encode()),
        ("wide.ipynb", NOTEBOOK.encode("utf-16")),
        ("western.ipynb", NOTEBOOK.encode("cp1252")),
        ("notebook.py", NOTEBOOK.encode()),
        ("mark.py", codecs.BOM_UTF8 + TEXT.encode()),
        ("wide.py", TEXT.encode("utf-16")),
        ("western.py", TEXT.encode("cp1252")),
        ("CAPITALS.PY", TEXT.encode()),
        ("a text.txt", TEXT.encode()),
        ("dict.py", b"{1: 2}\n"),
    ],
)
def test_what_is_graded_is_shown(tmp_path, name, data):
    (tmp_path / name).write_bytes(data)
    (cell,) = read_any(tmp_path, [name]).cells
    assert cell.source == ("{1: 2}\n" if name == "dict.py" else TEXT)
    assert ("nbgrader" in cell.metadata) == (NOTEBOOK[0].encode() in data and name != "dict.py")


def test_cells_with_one_id_or_none_are_put_right_without_a_word(tmp_path):
    made = json.loads(NOTEBOOK)
    cell = made["cells"][0]
    made["cells"] = [cell, cell, {key: value for key, value in cell.items() if key != "id"}]
    (tmp_path / "a.ipynb").write_text(json.dumps(made))
    with warnings.catch_warnings(record=True, action="always") as said:
        cells = read_any(tmp_path, ["a.ipynb"]).cells
    assert [cell.source for cell in cells] == [TEXT] * 3
    assert said == []


def test_what_is_not_graded_says_why(tmp_path):
    (tmp_path / "a.ipynb").write_bytes(b"%PDF-1.7 ...")
    (cell,) = read_any(tmp_path, ["a.ipynb"]).cells
    assert "this is a PDF" in cell.source
