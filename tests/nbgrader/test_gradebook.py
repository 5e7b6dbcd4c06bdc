"""``autograder grade`` on an nbgrader course: the gradebook in one transaction, people's scores untouched."""

import hashlib
import os
import shutil
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.commands.grade import grade_class
from autograder.grading import files
from autograder.model.errors import InternalError, UsageError
from tests.conftest import RIGHT, SUM, TWICE, make_course
from tests.nbgrader.conftest import NbCourse, cell, make_nb_course

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

TEST = "mean_square-check"


def answer(source, essay="Since it is so."):
    def edit(notebook):
        cell(notebook, "mean_square")["source"] = source
        cell(notebook, "essay")["source"] = essay

    return edit


def grade(nb: NbCourse, **options) -> int:
    return grade_class("small", [nb.root], out=nb.root / "results", course=nb.course, jobs=1, **options)


@pytest.fixture(scope="module")
def nb(tmp_path_factory) -> NbCourse:
    """Three students, graded once."""
    folder = tmp_path_factory.mktemp("gradebook")
    made = make_nb_course(folder / "nb", "small", make_course(folder / "course"))
    made.hand_in("anna", answer(RIGHT))
    made.hand_in("ben", answer(SUM))
    made.hand_in("cleo", answer(TWICE, essay=""), timestamp="2026-01-05 00:00:00 UTC")
    assert grade(made) == 0
    return made


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_scores_comments_and_notebooks_are_there(nb):
    assert nb.grades("anna") == {TEST: (1, None, False), "essay": (None, None, True)}
    assert nb.grades("ben")[TEST] == (0.5, None, False)
    assert nb.grades("cleo")["essay"] == (0, None, False)
    assert "the mean is asked" in nb.comments("ben")["mean_square"]
    assert nb.path("autograded", "cleo").is_file()
    with nb.gradebook() as gradebook:
        assert str(gradebook.find_submission("small", "cleo").timestamp) == "2026-01-05 00:00:00"


def test_a_changed_check_regrades_and_leaves_what_people_gave(nb):
    nb.mark("anna", "essay", 2.5)
    nb.mark("ben", TEST, 0.75)
    assert grade(nb) == 0
    assert nb.grades("anna")["essay"] == (None, 2.5, False)  # nothing changed: the person is not asked again
    assert nb.grades("ben")[TEST] == (0.5, 0.75, False)
    wrong = nb.course / "exercises" / "small" / "mean_square" / "wrong" / "sum_for_mean.py"
    wrong.write_text(wrong.read_text().replace("credit: 0.5", "credit: 0.25"))
    assert grade(nb) == 0
    assert nb.grades("anna") == {TEST: (1, None, False), "essay": (None, 2.5, False)}
    assert nb.grades("ben")[TEST] == (0.25, 0.75, True)  # its automatic score changed: the person looks again
    assert nb.scores()["ben"] == 0.75


def test_marks_given_in_formgrader_flow_back_into_grades_and_pages(nb):
    nb.mark("cleo", "essay", 1.5)
    assert grade(nb) == 0
    rows = (nb.root / "results" / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert next(row for row in rows if row.startswith("cleo,")).endswith(",1.5")
    assert "A person gave 1.5 of 3." in (nb.root / "results" / "feedback" / "cleo.html").read_text()
    nb.mark("cleo", "essay", 0.5)  # changed there later
    assert grade(nb) == 0
    rows = (nb.root / "results" / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert next(row for row in rows if row.startswith("cleo,")).endswith(",0.5")
    assert nb.grades("cleo")["essay"] == (0, 0.5, False)


@pytest.mark.slow
def test_points_of_a_marks_file_reach_the_gradebook_and_stay(nb, tmp_path):
    table = tmp_path / "marks.csv"
    table.write_text("student,exercise,criterion,points,comment\nben,essay,idea,1,\nben,essay,example,1,good\n")
    assert grade(nb, marks=table) == 0
    assert nb.grades("ben")["essay"] == (None, 2, False)
    assert grade(nb) == 0
    assert nb.grades("ben")["essay"] == (None, 2, False)
    with nb.gradebook() as gradebook:
        [comment] = [
            c for c in gradebook.find_submission_notebook("small", "small", "ben").comments if c.name == "essay"
        ]
    assert "example: 1 of 1. good" in comment.manual_comment


@pytest.mark.slow
def test_a_changed_answer_asks_the_person_again(nb):
    nb.mark("anna", "essay", 2.5)
    nb.hand_in("anna", answer(RIGHT, essay="No, since it is otherwise."))
    assert grade(nb) == 0
    assert nb.grades("anna")["essay"] == (None, 2.5, True)


@pytest.mark.slow
def test_a_late_penalty_is_nbgraders(nb):
    with nb.gradebook() as gradebook:
        gradebook.update_or_create_assignment("small", duedate="2026-01-04 00:00:00 UTC")
    config = nb.root / "nbgrader_config.py"
    config.write_text(config.read_text() + 'c.LateSubmissionPlugin.penalty_method = "zero"\n')
    assert grade(nb) == 0
    with nb.gradebook() as gradebook:
        late = gradebook.find_submission("small", "cleo")
        assert late.late_submission_penalty == late.score == 0.25
        assert gradebook.find_submission("small", "ben").late_submission_penalty == 0


def test_a_locked_gradebook_is_left_as_it_was(nb, monkeypatch):
    import sqlalchemy.dialects.sqlite.pysqlite as dialect

    connect = dialect.SQLiteDialect_pysqlite.connect
    monkeypatch.setattr(
        dialect.SQLiteDialect_pysqlite, "connect", lambda self, *a, **k: connect(self, *a, **k | {"timeout": 0.1})
    )
    other = sqlite3.connect(nb.root / "gradebook.db")
    before = digest(nb.root / "gradebook.db")
    (nb.root / "results" / "gradebooks.json").unlink()  # so that there is something to write
    other.execute("BEGIN IMMEDIATE")
    try:
        with pytest.raises(InternalError, match=r"(?s)database is locked.*it is as it was"):
            grade(nb)
    finally:
        other.rollback()
        other.close()
    assert digest(nb.root / "gradebook.db") == before


@pytest.mark.slow
def test_a_full_disk_leaves_the_gradebook_as_it_was(nb, monkeypatch):
    before, write = nb.scores(), files.write
    nb.hand_in("anna", answer(TWICE))

    def full(path, content):
        if "ben" in str(path) and "autograded" in str(path):
            raise InternalError(f"{path} cannot be written: No space left on device.")
        write(path, content)

    monkeypatch.setattr(files, "write", full)
    with pytest.raises(InternalError, match="No space left"):
        grade(nb)
    assert nb.scores() == before
    monkeypatch.setattr(files, "write", write)
    assert grade(nb) == 0
    assert nb.grades("anna")[TEST][0] < 1


def test_a_gradebook_of_an_earlier_nbgrader_is_not_touched(nb):
    path = nb.root / "gradebook.db"
    kept = path.read_bytes()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '724cde206c17'")
    connection.close()
    before = digest(path)
    try:
        with pytest.raises(UsageError, match="nbgrader db upgrade"):
            grade(nb)
        assert digest(path) == before
    finally:
        path.write_bytes(kept)


@pytest.mark.slow
def test_a_gradebook_without_the_assignment_is_said_so(tmp_path, released):
    shutil.copytree(released.root, tmp_path / "nb")
    other = replace(released, root=tmp_path / "nb")
    with other.gradebook() as gradebook:
        gradebook.remove_assignment("small")
    other.hand_in("anna", answer(RIGHT))
    with pytest.raises(UsageError, match="nbgrader generate_assignment"):
        grade(other)
    assert os.path.exists(other.root / "results" / "grades.csv")  # the reports are there all the same


def test_an_unchanged_class_opens_no_gradebook(tmp_path, released, capsys, monkeypatch):
    shutil.copytree(released.root, tmp_path / "nb")
    made = replace(released, root=tmp_path / "nb")
    made.hand_in("anna", answer(RIGHT))
    assert grade(made) == 0
    capsys.readouterr()
    opened = []
    monkeypatch.setattr("autograder.nbgrader.manual.exchange", lambda *args: opened.append(args) or [])
    assert grade(made) == 0
    assert not opened and "gradebook.db (unchanged)" in capsys.readouterr().out
    made.mark("anna", "essay", 2)  # Formgrader
    assert grade(made) == 0
    assert len(opened) == 1


@pytest.mark.filterwarnings("always")
def test_what_is_to_know_is_said_once_for_all_and_sqlalchemy_is_quiet(tmp_path, released, capsys, recwarn):
    shutil.copytree(released.root, tmp_path / "nb")
    made = replace(released, root=tmp_path / "nb")
    for student in ("anna", "ben", "cleo"):
        made.hand_in(student, lambda notebook: notebook["cells"].clear())
    assert grade(made) == 0
    out = capsys.readouterr().out
    assert out.count("put back") == 1
    assert "Students anna, ben and cleo: none of the assignment's cells is there; all were put back." in out
    assert not [w for w in recwarn if "not in session" in str(w.message)]
