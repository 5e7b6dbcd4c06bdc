"""What the reader of notebooks and .py files promises: answers are found, bad files become sentences."""

import hashlib
import json
import os
import socket
from pathlib import Path
from typing import Any

import nbformat
import pytest

from autograder.intake import bounded_json
from autograder.intake.notebook import MAX_CELLS, MAX_CHARACTERS, MAX_LINE, MAX_NOTES, read
from autograder.model import Check, Exercise, Submission
from autograder.model.errors import InternalError, SubmissionError

CHECK = Check("is there", 1, lambda answer: None)
FUNCTION = "def distance(a, b):\n    return abs(a - b)\n"
EXERCISES = (
    Exercise("derivation", "1 (a)", 1, "text", (), (CHECK,), task="# 1 (a)\nShow the *triangle* inequality."),
    Exercise("distance", "1 (a)", 1, "code", ("distance",), (CHECK,)),
    Exercise("essay", "1 (b)", 1, "text", (), (CHECK,), starter='essay = """Your words here."""'),
    Exercise("short", "1 (c)", 1, "text", (), (CHECK,)),
    Exercise("long", "1 (c)", 1, "text", (), (CHECK,)),
)


def code(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "code", "metadata": metadata, "outputs": [], "source": source.splitlines(keepends=True)}


def text(source: str, **metadata: Any) -> dict[str, Any]:
    return {"cell_type": "markdown", "metadata": metadata, "source": source.splitlines(keepends=True)}


def of(exercise: str) -> dict[str, Any]:
    return {"autograder": {"exercise": exercise}}


def notebook(*cells: Any, **top: Any) -> dict[str, Any]:
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5, **top}


@pytest.fixture
def reads(tmp_path: Path) -> Any:
    """Content (a notebook, text or bytes) -> Submission."""

    def reads(content: Any, name: str = "alice.ipynb", **options: Any) -> Submission:
        path = tmp_path / name
        if not isinstance(content, bytes):
            content = (content if isinstance(content, str) else json.dumps(content)).encode()
        path.write_bytes(content)
        return read(path, "alice", EXERCISES, **options)

    return reads


# ------------------------------------------------------------------ what is found


def test_a_notebook(reads: Any, tmp_path: Path) -> None:
    content = notebook(text("# Sheet"), code(FUNCTION, **of("distance")), code("x = 1"), text("because", **of("essay")))
    submission = reads(content)
    assert [(cell.source, cell.number, cell.exercise) for cell in submission.cells] == [
        (FUNCTION, 2, "distance"),
        ("x = 1", 3, ""),
    ]
    assert submission.texts == {"essay": "because"}
    assert submission.sha256 == hashlib.sha256(json.dumps(content).encode()).hexdigest()
    assert submission.path == (tmp_path / "alice.ipynb").as_posix()
    assert (submission.student, submission.problem, submission.notes) == ("alice", "", ())


def test_our_metadata_come_before_nbgraders_and_unknown_ids_count_for_nothing(reads: Any) -> None:
    grade_id = {"nbgrader": {"grade_id": "distance", "points": 1000, "locked": False}}
    cells = reads(notebook(code("1", **grade_id), code("2", **of("essay"), **grade_id), code("3", **of("other")))).cells
    assert [cell.exercise for cell in cells] == ["distance", "essay", ""]


@pytest.mark.parametrize(
    "metadata", [None, [], 3, {"autograder": 3}, {"autograder": {"exercise": ["essay"]}}, {"nbgrader": None}]
)
def test_odd_metadata_are_no_exercise(reads: Any, metadata: Any) -> None:
    submission = reads(notebook({"cell_type": "code", "metadata": metadata, "source": "1"}))
    assert [cell.exercise for cell in submission.cells] == [""]


def test_a_python_file_is_one_cell_with_its_strings(reads: Any) -> None:
    source = (
        FUNCTION + 'derivation = r"""\na = b\n"""\nessay = ["one", "two"]\nif True:\n    short = "not at the margin"\n'
    )
    submission = reads(source, "bob.py")
    assert [(cell.source, cell.number) for cell in submission.cells] == [(source, 1)]
    assert submission.texts == {"derivation": "\na = b\n", "essay": "one\ntwo"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ('derivation = r"\\frac{a}{b}"', r"\frac{a}{b}"),
        ("derivation: str = 'a'", "a"),
        ("derivation = ('a'\n  'b')", "ab"),
        ("derivation = 'a' + 'b'", "ab"),
        ("derivation = ('a', 'b',)  # two lines", "a\nb"),
        ("derivation = [\n 'a', # first\n 'b'\n]", "a\nb"),
        ("derivation = 'old'\nderivation = 'new'", "new"),
        ("derivation = 'a'; x = 1", "a"),
        ("%matplotlib inline\n!pip install x\nderivation = 'a'\n??what", "a"),
        ("derivation = \\\n 'a'", "a"),
        ('x = derivation == "no"\nderivation = "yes"', "yes"),
    ],
)
def test_strings_in_code(reads: Any, source: str, expected: str) -> None:
    assert reads(notebook(code(source))).texts == {"derivation": expected}


@pytest.mark.parametrize(
    "value", ["f'{x}'", "b'a'", "5", "open('x').read()", "['a', 1]", "'a'.strip()", "", "('a'", "'" + "("]
)
def test_what_is_no_string_is_not_evaluated_and_the_student_is_told(reads: Any, value: str) -> None:
    submission = reads(notebook(code(f"derivation = {value}\n")))
    assert submission.texts == {}
    assert "not a plain string" in submission.notes[0]


def test_latex_without_r_is_read_as_meant(reads: Any) -> None:
    submission = reads(notebook(code('derivation = """\\theta = \\frac{1}{2}\\n"""'), code('essay = "one\\ntwo"')))
    assert submission.texts == {"derivation": "\\theta = \\frac{1}{2}\\n", "essay": "one\ntwo"}
    assert "no r before its quotes" in submission.notes[0]
    assert reads('derivation = "\\\\theta"', "a.py").texts == {"derivation": "\\theta"}


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("r'''a'''", "a"),
        ("# mine\nanswer = 'a'", "a"),
        ("['a', 'b']", "a\nb"),
        ("words, not code", "words, not code"),
        ("'a'\nx", "'a'\nx"),
    ],
)
def test_a_code_cell_with_a_texts_metadata(reads: Any, source: str, expected: str) -> None:
    assert reads(notebook(code(source, **of("derivation")))).texts == {"derivation": expected}


def test_a_raw_cell_with_a_texts_metadata(reads: Any) -> None:
    assert reads(notebook({**text("a", **of("derivation")), "cell_type": "raw"})).texts == {"derivation": "a"}


def test_of_two_answer_cells_the_last_that_says_something_counts_with_a_note(reads: Any) -> None:
    cells = [
        text(source, **of("essay")) for source in ("first", "second", " \n", "Your words here.", "YOUR ANSWER HERE")
    ]
    submission = reads(notebook(*cells))
    assert submission.texts == {"essay": "second"}
    assert submission.notes == ("2 different answers to essay were found; the last one counts.",)


def test_an_unchanged_starter_is_the_answer_only_where_there_is_no_other(reads: Any) -> None:
    starter = text("Your words here.", **of("essay"))
    assert reads(notebook(starter)).texts == {"essay": "Your words here."}
    assert reads(notebook(starter, code("essay = 'mine'"))).texts == {"essay": "mine"}
    assert reads(notebook(text("YOUR ANSWER HERE", **of("essay")))).texts == {}


@pytest.mark.parametrize(
    "cells",
    [
        [text("## derivation\nIt follows.")],
        [text("**derivation**: see below\nIt follows.")],
        [text("### Exercise 1 (a)\nIt follows.")],
        [text("1a)\nIt follows.")],
        [text("# 1 (a)\nShow the *triangle*   inequality."), text("It follows.")],
        [text("# 1 (a)\nShow the *triangle* inequality.\nIt follows.")],
        [text("## Answer to derivation"), text("no"), text("# 1 (a)"), text("It follows.")],
        [text("", **of("derivation")), text("# 1 (a)\nIt follows.")],  # the cell meant for it was left empty
    ],
)
def test_an_answer_below_its_heading_where_metadata_are_lost(reads: Any, cells: list[Any]) -> None:
    assert reads(notebook(*cells)).texts == {"derivation": "It follows."}


@pytest.mark.parametrize(
    "cells",
    [
        [text("# 1 (a)\nShow the *triangle* inequality.")],
        [text("1 (c)\nTwo texts have this number.")],
        [text("distance\nThis is code.")],
        [text("11 (a)\nAnother sheet.")],
        [text("# 1 (a)"), code("x"), text("Something else.")],
        [text("# 1 (a)"), text("# 1 (b)")],
    ],
)
def test_a_heading_that_does_not_say_whose_answer_it_is(reads: Any, cells: list[Any]) -> None:
    assert reads(notebook(*cells)).texts == {}


def test_the_cell_below_a_heading_may_be_anothers_answer(reads: Any) -> None:
    assert reads(notebook(text("# 1 (a)"), text("mine", **of("essay")))).texts == {"essay": "mine"}


# ------------------------------------------------------------------ formats and encodings


def test_old_formats(reads: Any) -> None:
    cells = [
        {"cell_type": "heading", "level": 2, "source": "essay"},
        {"cell_type": "markdown", "source": ["some ", "words"], "metadata": {}},
        {"cell_type": "code", "input": FUNCTION, "outputs": [{"x": 1}], "metadata": of("distance")},
        "damaged",
    ]
    for version in (2, 3):
        submission = reads(
            {"nbformat": version, "metadata": {}, "worksheets": [{"cells": cells[:2]}, None, {"cells": cells[2:]}]}
        )
        assert [(cell.source, cell.number, cell.exercise) for cell in submission.cells] == [(FUNCTION, 3, "distance")]
        assert submission.texts == {"essay": "some words"}


@pytest.mark.parametrize("kind", ["markdown", "raw", "html", "heading", "code"])
def test_old_formats_are_read_as_nbformat_reads_them(reads: Any, kind: str) -> None:
    key = "input" if kind == "code" else "source"
    cell = {"cell_type": kind, key: f"derivation\n{kind}", "level": 3, "outputs": [], "metadata": of("essay")}
    old = {
        "nbformat": 3,
        "nbformat_minor": 0,
        "metadata": {"name": ""},
        "worksheets": [{"metadata": {}, "cells": [cell]}],
    }
    ours = reads(old)
    (theirs,) = nbformat.v4.upgrade(nbformat.from_dict(old)).cells
    assert [cell.source for cell in ours.cells] == ([theirs.source] if theirs.cell_type == "code" else [])
    assert ours.texts == {"essay": theirs.source}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
@pytest.mark.parametrize("name", ["a.py", "a.ipynb"])
def test_unicode_encodings(reads: Any, encoding: str, name: str) -> None:
    source = "essay = 'Größe 😀'\n"
    content = source if name == "a.py" else json.dumps(notebook(code(source)), ensure_ascii=False)
    submission = reads(content.encode(encoding), name)
    assert submission.texts == {"essay": "Größe 😀"}
    assert submission.notes == ()


def test_other_encodings(reads: Any) -> None:
    source = "essay = 'Größe'\n"
    assert reads(b"#!/usr/bin/python\n# -*- coding: latin-1 -*-\n" + source.encode("latin-1"), "a.py").texts == {
        "essay": "Größe"
    }
    for name, content in (("a.py", source), ("a.ipynb", json.dumps(notebook(code(source)), ensure_ascii=False))):
        submission = reads(content.encode("cp1252"), name)
        assert submission.texts == {"essay": "Größe"}
        assert "Windows-1252" in submission.notes[0]


def test_characters_that_no_file_can_hold(reads: Any) -> None:
    submission = reads(notebook(code("a\0\ud800\r\nb\rc"), text("\udfff", **of("essay"))))
    assert submission.cells[0].source == "a\N{REPLACEMENT CHARACTER}\N{REPLACEMENT CHARACTER}\nb\nc"
    assert submission.texts == {"essay": "\N{REPLACEMENT CHARACTER}"}
    assert len(submission.notes) == 2
    assert reads(notebook(code(r"essay = '\ud800\0'"))).texts == {"essay": "\N{REPLACEMENT CHARACTER}" * 2}


def test_what_json_allows_or_python_adds(reads: Any) -> None:
    content = json.dumps(notebook(code("x"))).replace(
        '"metadata": {}', '"metadata": {"a": NaN, "b": -Infinity, "c": %s}' % ("9" * 5000), 1
    )
    assert [cell.source for cell in reads(content).cells] == ["x"]
    twice = json.dumps(notebook(code("last"))).replace("{", '{"cells": [{"cell_type": "code", "source": "first"}], ', 1)
    assert [cell.source for cell in reads(twice).cells] == ["last"]


@pytest.mark.parametrize(
    "outputs",
    [
        "[" * 100_000 + "]" * 100_000,
        '["%s"]' % ("\\n" * 100_000),
        '{"outputs": {"outputs": ["}]"]}}',
        "17",
        "null",
        '"\\""',
        "[" + "NaN," * 99_999 + "1]",
    ],
)
def test_outputs_are_not_looked_at(reads: Any, outputs: str) -> None:
    content = json.dumps(notebook(code("x"), code("y"))).replace('"outputs": []', f'"outputs" : {outputs}')
    assert [cell.source for cell in reads(content).cells] == ["x", "y"]


def test_a_large_picture_in_an_answer_leaves_its_place(reads: Any) -> None:
    submission = reads(notebook(text(f"![](data:image/png;base64,{'A' * 6_000_000}) so it is", **of("essay"))))
    assert submission.texts == {"essay": "![](data:image/png;base64,) so it is"}


# ------------------------------------------------------------------ damage inside


@pytest.mark.parametrize(
    "cell",
    [
        None,
        3,
        [],
        {},
        {"cell_type": "code"},
        {**code("x"), "source": 5},
        {**code(""), "source": ["x", 1]},
        {**code("x"), "cell_type": 1},
    ],
)
def test_a_damaged_cell_is_left_out_and_the_rest_is_read(reads: Any, cell: Any) -> None:
    submission = reads(notebook(code("first"), cell, code("third")))
    assert [(cell.source, cell.number) for cell in submission.cells] == [("first", 1), ("third", 3)]
    assert submission.notes == ("A cell, number 2 from the top, is damaged and was left out.",)


def test_there_is_an_end_to_remarks(reads: Any) -> None:
    notes = reads(notebook(*[None] * 1000)).notes
    assert len(notes) == MAX_NOTES + 1
    assert notes[-1] == "There are 980 more remarks of this kind."


def test_a_cell_or_line_that_is_too_long_is_left_out(reads: Any) -> None:
    submission = reads(notebook(code("x;" * MAX_CHARACTERS), code("y" * (MAX_LINE + 1)), code("z" * MAX_LINE)))
    assert [cell.number for cell in submission.cells] == [3]
    assert [note.partition(": it has")[0] for note in submission.notes] == [
        f"The cell that begins with `{letters}…` was left out" for letters in (("x;" * 30)[:59], "y" * 59)
    ]
    long = reads(notebook(text("w" * 100_001, **of("essay"))))
    assert len(long.texts["essay"]) == 100_000
    assert "first 100000 were read" in long.notes[0]


# ------------------------------------------------------------------ files that are refused with a sentence


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "The file is empty."),
        (b" \n\0\0", "The file is empty."),
        (b"null", "begins with 'null'"),
        (b"[]", "begins with '[]'"),
        (b"3", "begins with '3'"),
        (b"Dear teacher, here is my homework", "begins with 'Dear teacher"),
        (b"{}", "list of cells, but here it is nothing"),
        (b'{"cells": {}}', "list of cells, but here it is an object"),
        (b'{"cells": "x"}', "list of cells, but here it is a text"),
        (b'{"cells": [', "breaks off before its end (an upload that was cut short?). Save the notebook,"),
        (b'{"cells": [], "a": "b', "breaks off before its end"),
        (
            b'{"cells": [}',
            "not valid JSON; it is damaged near '{\"cells\": [}'. Save the notebook, look whether it opens",
        ),
        (b"\0\0\0\x18ftypheic\0\0", "a photo or a film. Hand in"),
        (b"\0\0\x01\0\x01\0\x10\x10\0\0", "was expected, but this is a binary file. Hand in"),
        (b"\x01\x02\x03 words", "A notebook or Python file was expected, but this is a binary file. Hand in"),
        (b'{"cells": [], "metadata": ' + b"[" * 100_000, "more than 100 deep"),
        (b'{"cells": [], "a": [' + b"{}," * 200_001, "more than 200000 values"),
        (b'{"cells": [], "a": "' + b"x" * 5_000_000, "5.0 MB of text beside its outputs"),
        (json.dumps(notebook(*[code("")] * (MAX_CELLS + 1))).encode(), f"{MAX_CELLS + 1} cells"),
        (json.dumps(notebook(code("x <- 1"), metadata={"kernelspec": {"language": "R"}})).encode(), "language is R."),
        (json.dumps(notebook(code("x"), metadata={"language_info": {"name": "julia"}})).encode(), "language is julia."),
        (b"PK\x03\x04rest", "a zip archive or an Office document"),
        (b"%PDF-1.7", "a PDF"),
        (b"\x89PNG\r\n", "a picture"),
        (b"{\\rtf1", "a word processor's document"),
        (b"version https://git-lfs.github.com/spec/v1\noid", "git lfs pull"),
        (b"\n<!DOCTYPE html>\n<html><body class='jp-Notebook'>", "an HTML export of a notebook"),
        (b"<html><form><input type=password>", "perhaps the login page"),
        (b'{\n<<<<<<< HEAD\n "cells": []\n=======\n>>>>>>> main\n}', "unresolved Git merge"),
    ],
)
def test_what_is_no_notebook(reads: Any, content: bytes, sentence: str) -> None:
    submission = reads(content)
    assert sentence in submission.problem
    assert submission.problem.endswith(".")
    assert (submission.cells, dict(submission.texts)) == ((), {})
    assert submission.sha256 == (hashlib.sha256(content).hexdigest() if content else "")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"# coding: rot13\nvzcbeg bf", "names the encoding 'rot13'"),
        (b"# coding: utf-7\n", "names the encoding 'utf-7'"),
        (b"x = 1\n\xcb\0\0\0" * 3, "a binary file"),
        (b"x = 1\n" * 1_000_000, "5.7 MB"),
        (("x = 1\n" * 1_000_000).encode("utf-16"), "The file is utf-16 and has 11.4 MB; at most 8.0 MB are read"),
        (b"PK\x03\x04", "a zip archive"),
    ],
)
def test_what_is_no_python_file(reads: Any, content: bytes, sentence: str) -> None:
    assert sentence in reads(content, "a.py").problem


def test_a_notebook_called_py_and_a_python_file_called_ipynb(reads: Any) -> None:
    submission = reads(notebook(code(FUNCTION)), "a.py")
    assert (submission.cells[0].source, "is a notebook, although" in submission.notes[0]) == (FUNCTION, True)
    for name in ("a.ipynb", "a.txt", "a"):
        submission = reads(FUNCTION, name)
        assert (submission.cells[0].source, "holds Python and is no notebook" in submission.notes[0]) == (
            FUNCTION,
            True,
        )
    assert reads('{"a": 1}\nx = 1\n', "a.py").cells[0].source == '{"a": 1}\nx = 1\n'
    assert reads(notebook(), "a.json").notes == ("The notebook has no cells.",)


def test_the_size_is_looked_at_before_reading(tmp_path: Path) -> None:
    path = tmp_path / "a.ipynb"
    with path.open("wb") as file:
        file.truncate(2**31)  # a sparse file: no disk, two gigabytes to read
    submission = read(path, "a", EXERCISES)
    assert submission.problem.startswith("The file has 2048.0 MB; at most 50.0 MB are read.")
    assert submission.sha256 == ""
    path.write_text(json.dumps(notebook()))
    assert read(path, "a", EXERCISES, max_bytes=10).problem.startswith("The file has")
    assert not read(path, "a", EXERCISES, max_bytes=path.stat().st_size).problem


def test_links_pipes_sockets_folders_and_devices_are_refused(tmp_path: Path) -> None:
    secret = tmp_path / "solution.ipynb"
    secret.write_text(json.dumps(notebook(code("secret"))))
    (tmp_path / "link.ipynb").symlink_to(secret)
    os.mkfifo(tmp_path / "pipe.ipynb")
    (tmp_path / "folder.ipynb").mkdir()
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(tmp_path / "socket.ipynb"))
    kinds = {"link": "a link", "pipe": "a pipe", "folder": "a folder", "socket": "a socket"}
    for name, kind in kinds.items():
        submission = read(tmp_path / f"{name}.ipynb", name, EXERCISES)
        assert f"this is {kind}." in submission.problem
        assert (submission.sha256, submission.cells) == ("", ())
    assert "this is a device." in read(Path("/dev/zero"), "zero", EXERCISES).problem


def test_a_file_that_becomes_a_link_after_it_was_looked_at(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "solution.ipynb").write_text(json.dumps(notebook(code("secret"))))
    (tmp_path / "link.ipynb").symlink_to(tmp_path / "solution.ipynb")
    monkeypatch.setattr("autograder.intake.student_file.os.lstat", os.stat)  # the look sees what the link leads to
    assert "this is a link." in read(tmp_path / "link.ipynb", "a", EXERCISES).problem


def test_a_file_that_vanished_is_no_fault_of_the_student(tmp_path: Path) -> None:
    with pytest.raises(InternalError, match="could not be read: No such file"):
        read(tmp_path / "gone.ipynb", "a", EXERCISES)


def test_stored_outputs_and_points_claim_nothing(reads: Any) -> None:
    cell = code(FUNCTION, nbgrader={"grade_id": "distance", "points": 1000, "grade": True, "locked": True})
    honest = reads(notebook(cell))
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "10/10 PASSED"}]
    boasting = reads(notebook(cell))
    assert (boasting.cells, boasting.texts, boasting.notes) == (honest.cells, honest.texts, honest.notes)
    assert "1000" not in repr(boasting)
    assert "PASSED" not in repr(boasting)


def test_outputs_are_neither_read_nor_counted() -> None:
    outputs = b'"outputs": [' + b"[]," * bounded_json.MAX_VALUES + b"[]]"
    data = b'{"cells": [{"source": "x", ' + outputs + b"}]}"
    assert bounded_json.loads(data, without=frozenset({"outputs"}))[0] == {"cells": [{"source": "x", "outputs": None}]}
    with pytest.raises(SubmissionError, match="values"):
        bounded_json.loads(data)
