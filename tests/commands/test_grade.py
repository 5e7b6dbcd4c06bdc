"""A class graded into a folder: everything written, nothing lost, the same bytes each time."""

import errno
import json
import os
import re
import shutil
from pathlib import Path

import pytest

from autograder.commands.exports import export_results
from autograder.commands.grade import grade_class
from autograder.grading import Grader, Results, files
from autograder.model.errors import InternalError, UsageError
from tests.conftest import RIGHT, SUM, TWICE, make_course

CLASS = {
    "anna.py": RIGHT + 'essay = "Because."\n',
    "bob.py": SUM,
    "carl.py": TWICE,
    "dora.ipynb": "not a notebook",
    "emil.py": "import os\nos._exit(3)\n",
}


def hand_out(folder: Path, answers: dict[str, str]) -> Path:
    folder.mkdir()
    for name, source in answers.items():
        (folder / name).write_text(source)
    return folder


def contents(out: Path) -> dict[str, bytes]:
    """Every file below ``out`` but for the lock, with ``seconds`` taken out, and the digest of the engine, which may be at work
    on itself while its tests run."""
    return {
        str(p.relative_to(out)): re.sub(rb'"seconds": \{[^}]*\}|engine"?:? "?[0-9a-f]{16}', b"", p.read_bytes())
        for p in sorted(out.rglob("*"))
        if p.is_file() and p.name not in (".lock", "index.sqlite")  # the index remembers times of files
    }


@pytest.fixture(scope="module")
def graded(course, tmp_path_factory) -> tuple[Path, Path]:
    """The class and its results, graded by one process."""
    folder = tmp_path_factory.mktemp("class")
    handed_in = hand_out(folder / "in", CLASS)
    assert grade_class("small", [handed_in], out=folder / "out", jobs=1, course=course) == 0
    return handed_in, folder / "out"


def test_every_student_has_a_report_and_a_page_and_the_class_a_table_and_a_page(graded):
    _, out = graded
    stems = [name.partition(".")[0] for name in CLASS]
    assert sorted(p.stem for p in (out / "reports").iterdir()) == stems
    assert sorted(p.stem for p in (out / "feedback").iterdir()) == stems
    rows = (out / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert rows[1] == "anna,pending,1,4,1,0"
    assert rows[4] == "dora,unreadable,0,4,0,0"
    assert (out / "index.html").is_file()


def test_a_report_says_what_the_schema_promises(graded):
    report = json.loads((graded[1] / "reports" / "bob.json").read_bytes())
    assert (report["version"], report["sheet"], report["student"], report["status"]) == (1, "small", "bob", "graded")
    assert (report["score"], report["possible"]) == (0.5, 4)
    assert report["exercises"][0]["findings"][0]["mistake"] == "sum_for_mean"


def test_workers_have_ended_when_it_is_said_that_something_cannot_be_written(course, tmp_path, monkeypatch):
    ended = []

    def graded(*_, **__):
        try:
            yield None
        finally:
            ended.append(True)

    def full(*_):
        raise InternalError("No space left on device.")

    monkeypatch.setattr("autograder.commands.grade.grade_all", graded)
    monkeypatch.setattr(Results, "save", full)
    with pytest.raises(InternalError) as raised:
        grade_class("small", [hand_out(tmp_path / "in", {"a.py": RIGHT})], out=tmp_path / "out", course=course, jobs=2)
    assert ended and raised.value  # whose traceback still knows the run


@pytest.mark.parametrize("jobs", [1, pytest.param(2, marks=pytest.mark.slow)])
def test_another_order_and_two_workers_give_the_same_bytes(graded, course, tmp_path, jobs):
    """That two workers give the bytes of one is seen in ``grading/test_crash_safety.py`` too."""
    handed_in, out = graded
    paths = [handed_in / name for name in reversed(CLASS)]
    again = tmp_path / "out"
    grade_class("small", paths, out=again, jobs=jobs, course=course)
    assert contents(again) == contents(out)


def test_a_second_run_grades_what_is_new_or_changed_alone(graded, course, tmp_path, capsys):
    handed_in, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(graded[0], handed_in)
    shutil.copytree(graded[1], out)
    grade_class("small", [handed_in], out=out, jobs=1, course=course)
    assert "Grading 0 submissions; 5 unchanged" in capsys.readouterr().out
    (handed_in / "bob.py").write_text(RIGHT)
    (handed_in / "fred.py").write_text(RIGHT)
    (out / "feedback" / "carl.html").unlink()
    (out / "reports" / "anna.json").write_text("{ half a rep")
    grade_class("small", [handed_in], out=out, jobs=1, course=course)
    assert "Grading 4 submissions; 2 unchanged" in capsys.readouterr().out
    assert json.loads((out / "reports" / "bob.json").read_bytes())["score"] == 1


def test_a_full_disk_keeps_what_was_graded_and_the_next_run_goes_on(course, tmp_path, monkeypatch, capsys):
    handed_in = hand_out(tmp_path / "in", {"anna.py": RIGHT, "bob.py": SUM})
    written, write = [], files.write

    def filling(path: Path, content: bytes) -> None:
        if len(written) == 3:
            raise InternalError(f"{path} cannot be written: {os.strerror(errno.ENOSPC)}.")
        written.append(path)
        write(path, content)

    with monkeypatch.context() as patched:
        patched.setattr("autograder.grading.files.write", filling)
        with pytest.raises(InternalError, match="No space left"):
            grade_class("small", [handed_in], out=tmp_path / "out", jobs=1, course=course)
    assert [p.name for p in (tmp_path / "out" / "reports").iterdir()] == ["anna.json"]
    grade_class("small", [handed_in], out=tmp_path / "out", jobs=1, course=course)
    assert "Grading 1 submission; 1 unchanged" in capsys.readouterr().out


TRAINED = """
from autograder.model import UNTRAINED, Check, NeedsPerson


def learns(answer):
    if not answer.options.training:
        raise NeedsPerson(UNTRAINED)


signature = "mean_square(x)"
checks = [Check("learns", 1.0, learns), Check("is there", 1.0, lambda answer: None, needs=("learns",))]
"""


def test_after_a_run_without_trainings_these_alone_are_graded_and_the_bytes_are_those_of_one_run(tmp_path, monkeypatch):
    course = make_course(tmp_path / "course")
    training = course / "exercises" / "small" / "training"
    shutil.copytree(course / "exercises" / "small" / "mean_square", training, ignore=shutil.ignore_patterns("wrong"))
    (training / "exercise.py").write_text(TRAINED)
    with (course / "exercises" / "small" / "sheet.toml").open("a") as plan:
        plan.write('\n[[exercise]]\nid = "training"\nitem = "3"\npoints = 2\n')
    handed_in = hand_out(tmp_path / "in", {"anna.py": RIGHT, "bob.py": SUM, "carl.py": "x = 1\n"})
    grade_class("small", [handed_in], out=tmp_path / "once", jobs=1, course=course)
    grade_class("small", [handed_in], out=tmp_path / "twice", jobs=1, course=course, no_training=True)
    report = json.loads((tmp_path / "twice" / "reports" / "bob.json").read_bytes())
    assert [r["findings"][0]["status"] for r in report["exercises"]] == ["failed", "failed", "pending"]
    asked, grade = [], Grader.grade
    monkeypatch.setattr(
        Grader, "grade", lambda self, s, only=(), **how: asked.append((s.student, only)) or grade(self, s, only, **how)
    )
    grade_class("small", [handed_in], out=tmp_path / "twice", jobs=1, course=course)
    assert asked == [("anna", ["training"]), ("bob", ["training"])]
    twice, once = contents(tmp_path / "twice"), contents(tmp_path / "once")
    grade_class("small", [handed_in / "bob.py"], out=tmp_path / "alone", jobs=1, course=course)
    assert asked[2:] == [("bob", ())] and contents(tmp_path / "alone")["reports/bob.json"] == once["reports/bob.json"]
    assert twice.pop("index.html") != once.pop("index.html")  # it says what the second run has changed
    assert twice == once


def test_the_class_page_is_there_while_grading_goes_on_and_is_renewed(graded, course, tmp_path, monkeypatch, capsys):
    handed_in, before = graded
    reports, pages = [*Results(before).load().values()], []

    def graded_slowly(*_, **__):
        for report in reports:
            yield report
            page = tmp_path / "out" / "index.html"
            pages.append([r.student in page.read_text() for r in reports] if page.is_file() else None)

    monkeypatch.setattr("autograder.commands.grade.grade_all", graded_slowly)
    monkeypatch.setattr("autograder.commands.grade.EARLY", 0.0)
    monkeypatch.setattr("autograder.commands.grade.SHARE", 0.0)
    grade_class("small", [handed_in], out=tmp_path / "out", jobs=1, course=course)
    assert [sum(page) for page in pages] == [i + 1 for i in range(len(reports))]
    assert capsys.readouterr().out.count("Class page, renewed on the way:") == 1


def test_stopping_early_keeps_what_is_done(course, tmp_path, capsys):
    handed_in = hand_out(tmp_path / "in", {"anna.py": RIGHT, "bob.py": SUM})
    asked = iter([False, True, True, True])
    grade_class("small", [handed_in], out=tmp_path / "out", jobs=1, course=course, stop=lambda: next(asked))
    assert [p.stem for p in (tmp_path / "out" / "reports").iterdir()] == ["anna"]
    assert "Stopped early: run the same command again" in capsys.readouterr().out


def test_marks_earn_points_and_survive_a_regrade(graded, course, tmp_path):
    handed_in, out = tmp_path / "in", tmp_path / "out"
    shutil.copytree(graded[0], handed_in)
    shutil.copytree(graded[1], out)
    marks = tmp_path / "marks.csv"
    marks.write_text("student,exercise,criterion,points,comment\nanna,essay,idea,2,\nanna,essay,example,1,\n")
    grade_class("small", [handed_in], out=out, jobs=1, course=course, marks=marks)
    grade_class("small", [handed_in], out=out, jobs=1, course=course, fresh=True)
    report = json.loads((out / "reports" / "anna.json").read_bytes())
    assert (report["status"], report["score"]) == ("graded", 4)


@pytest.mark.parametrize(
    ("sheet", "path", "words"),
    [
        ("large", "in", "No sheet 'large' in .*; the sheets there are: small"),
        ("small", "elsewhere", "No file or folder .*elsewhere; expected a notebook"),
    ],
)
def test_a_wrong_name_says_what_was_expected_and_what_exists(course, tmp_path, sheet, path, words):
    hand_out(tmp_path / "in", {"anna.py": RIGHT})
    with pytest.raises(UsageError, match=words):
        grade_class(sheet, [tmp_path / path], out=tmp_path / "out", course=course)


def test_results_are_written_in_other_formats(graded, course, tmp_path):
    export_results(graded[1], ["junit"], tmp_path / "class.xml", course=course)
    assert b"<testsuite" in (tmp_path / "class.xml").read_bytes()
    with pytest.raises(UsageError, match="No reports in"):
        export_results(tmp_path, ["csv"], tmp_path / "x.csv", course=course)


def test_several_formats_are_written_at_once_and_a_template_is_for_who_takes_it(graded, course, tmp_path):
    book = tmp_path / "book.csv"
    book.write_text("Student,ID,Section,Exercise (7)\n    Points Possible,,,20\nAnna,1,x,\n")
    formats, to = ["junit", "csv", "canvas"], tmp_path / "all"
    notes = export_results(graded[1], formats, to, template=book, column="Exercise", course=course)
    assert sorted(path.name for path in to.iterdir()) == ["canvas.csv", "csv.csv", "junit.xml"]
    for name, path in zip(formats, ("junit.xml", "csv.csv", "canvas.csv"), strict=True):
        given = {"template": book, "column": "Exercise"} if name == "canvas" else {}
        said = export_results(graded[1], [name], tmp_path / "one", course=course, **given)
        assert (to / path).read_bytes() == (tmp_path / "one").read_bytes() and set(said) <= set(notes)
    with pytest.raises(UsageError, match="There is no format 'cvs'"):
        export_results(graded[1], ["csv", "cvs"], tmp_path / "none", course=course)
    with pytest.raises(UsageError, match="canvas and gradescope each fill in a file of their own"):
        export_results(graded[1], ["canvas", "gradescope"], tmp_path / "none", template=book, course=course)
    assert not (tmp_path / "none").exists()


DEVICE = ({"device": "tpu"}, r"--device tpu: this machine has .*cpu\. Choose one of them, or auto")
ISOLATION = ({"require_isolation": "docker"}, r"There is no isolation level 'docker'; the levels are")


@pytest.mark.parametrize(
    ("jobs", "asked", "says"),
    [
        pytest.param(1, *DEVICE, id="device"),
        pytest.param(1, *ISOLATION, id="isolation"),
        pytest.param(2, *DEVICE, id="device, two workers", marks=pytest.mark.slow),
        pytest.param(2, *ISOLATION, id="isolation, two workers"),
    ],
)
def test_what_cannot_be_had_is_said_once_and_nobody_is_broken(course, tmp_path, jobs, asked, says):
    handed_in = hand_out(tmp_path / "in", {"anna.py": RIGHT, "bob.py": SUM, "carl.py": TWICE})
    with pytest.raises(UsageError, match=says):
        grade_class("small", [handed_in], out=tmp_path / "out", jobs=jobs, course=course, **asked)
    assert not list((tmp_path / "out").glob("reports/*"))
