"""Files, folders and archives as classes hand them in: everybody once, nobody lost."""

import json
import os
import unicodedata
import zipfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from autograder.formats import file_name
from autograder.intake import names
from autograder.intake.submissions import Intake, submissions
from autograder.model import Check, Exercise, Origin, Settings, Sheet
from autograder.model.errors import SubmissionError, UsageError

CHECK = Check("is there", 1, lambda answer: None)
SHEET = Sheet(
    "generative_models",
    "Exercise 9",
    (
        Exercise("distance", "1", 1, "code", ("distance",), (CHECK,), starter="def distance(a, b):\n    ...\n"),
        Exercise("essay", "2", 1, "text", (), (CHECK,), starter='essay = "Your words."'),
    ),
    Settings(file_mb=1),
)
STARTER = 'def distance(a, b):\n    ...\nessay = "Your words."\n'
ANSWER = 'def distance(a, b):\n    return abs(a - b)\nessay = "Mine."\n'


def notebook(source: str = ANSWER) -> str:
    return json.dumps(
        {"cells": [{"cell_type": "code", "metadata": {}, "source": source}], "metadata": {}, "nbformat": 4}
    )


def hand_in(folder: Path, *files: str | tuple[str, str]) -> Path:
    """Writes files below ``folder``: a name alone holds a good answer."""
    for file in files:
        name, content = file if isinstance(file, tuple) else (file, notebook() if file.endswith(".ipynb") else ANSWER)
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(content)
    return folder


def taken(*paths: Path) -> Intake:
    return submissions(paths, SHEET)


def students(*paths: Path) -> list[str]:
    return [submission.student for submission in taken(*paths).submissions]


# ------------------------------------------------------------------ layouts


def test_a_file(tmp_path: Path) -> None:
    hand_in(tmp_path, "alice.ipynb", "bob.py")
    assert students(tmp_path / "bob.py", tmp_path / "alice.ipynb") == ["alice", "bob"]


def test_files_of_one_name_are_called_after_their_folders(tmp_path: Path) -> None:
    hand_in(tmp_path, "alice/sheet.ipynb", "bob/sheet.ipynb")
    assert students(tmp_path / "alice/sheet.ipynb", tmp_path / "bob/sheet.ipynb") == ["alice", "bob"]


def test_a_flat_folder(tmp_path: Path) -> None:
    extra = [(name, "x") for name in ("README.md", "grades.csv", ".DS_Store", "data.npz", "conftest.py")]
    hand_in(tmp_path, "Bob.ipynb", "alice.ipynb", "carol.py", ".ipynb_checkpoints/alice-checkpoint.ipynb", *extra)
    hand_in(tmp_path, ("figures/plot.png", "x"))
    found = taken(tmp_path)
    assert [submission.student for submission in found.submissions] == ["alice", "Bob", "carol"]
    assert not any(submission.problem or submission.notes for submission in found.submissions)
    assert sorted(found.ignored) == [
        "README.md: not a submission.",
        "conftest.py: not a submission.",
        "data.npz: not a submission.",
        "figures/: a folder without a notebook.",
        "grades.csv: not a submission.",
    ]


@pytest.mark.parametrize(
    "name", ["dave.pdf", "dave.docx", "dave.html", "dave.zip", "dave.txt", "dave", "dave.tar.gz", "dave.ipynb.txt"]
)
def test_what_is_no_notebook_is_a_row_of_the_class(tmp_path: Path, name: str) -> None:
    hand_in(tmp_path, "alice.ipynb", (name, "words"))
    found = taken(tmp_path)
    assert [(submission.student, bool(submission.problem)) for submission in found.submissions] == [
        ("alice", False),
        ("dave", True),
    ]
    assert found.ignored == ()


def test_a_notebook_under_another_name_is_read_all_the_same(tmp_path: Path) -> None:
    hand_in(tmp_path, ("alice.ipynb.txt", notebook()), ("bob.json", notebook()))
    assert [(s.student, s.problem) for s in taken(tmp_path).submissions] == [("alice", ""), ("bob", "")]


def test_a_hidden_notebook_is_named(tmp_path: Path) -> None:
    hand_in(tmp_path, "alice.ipynb", ".bob.ipynb", ".git/x.py", ".Cy_5_assignsubmission_file_/sheet.ipynb")
    found = taken(tmp_path)
    assert [submission.student for submission in found.submissions] == [".Cy", "alice"]
    assert found.ignored == (".bob.ipynb: hidden, so not read.",)


def test_what_lies_beside_submitted_is_not_spoken_of(tmp_path: Path) -> None:
    hand_in(tmp_path, "submitted/ann/sheet/sheet.ipynb", "submitted/ann/sheet/.x.ipynb", "results/.lock", ".venv/x.py")
    assert taken(tmp_path).ignored == ("ann/sheet/.x.ipynb: hidden, so not read.",)


def test_one_folder_a_student(tmp_path: Path) -> None:
    hand_in(
        tmp_path,
        "alice/sheet.ipynb",
        ("alice/data/x.csv", ""),
        "bob/work/deep/sheet.py",
        ("carol/notes.pdf", "x"),
        ("dave/a.csv", ""),
    )
    found = taken(tmp_path)
    assert [submission.student for submission in found.submissions] == ["alice", "bob", "carol", "dave"]
    assert [bool(submission.problem) for submission in found.submissions] == [False, False, True, True]
    assert "only this was handed in: a.csv." in found.submissions[3].problem
    assert found.submissions[1].path == f"{tmp_path.as_posix()}/bob/work/deep/sheet.py"


def test_the_folder_of_one_student(tmp_path: Path) -> None:
    hand_in(tmp_path / "alice", "generative_models.ipynb", "helper.py")
    assert students(tmp_path / "alice") == ["alice"]


@pytest.mark.parametrize("given", ["", "submitted"])
def test_nbgrader(tmp_path: Path, given: str) -> None:
    hand_in(
        tmp_path,
        "source/generative_models/sheet.ipynb",
        "submitted/alice/generative_models/sheet.ipynb",
        ("submitted/alice/generative_models/timestamp.txt", "2026-01-02 00:00:00 UTC\n"),
        "submitted/alice/ps1/old.ipynb",
        "submitted/bob/generative_models/sheet.ipynb",
        "submitted/carol/ps1/old.ipynb",
    )
    found = taken(tmp_path / given)
    assert [(submission.student, submission.origin) for submission in found.submissions] == [
        ("alice", Origin("nbgrader", "alice", timestamp="2026-01-02 00:00:00 UTC")),
        ("bob", Origin("nbgrader", "bob")),
    ]
    assert found.ignored == ("carol: nothing was handed in for generative_models.",)
    assert "generative_models/sheet.ipynb" in found.submissions[0].path


@pytest.mark.parametrize("given", ["", "submitted"])
def test_nbgrader_with_students_in_the_assignments_folder(tmp_path: Path, given: str) -> None:
    hand_in(
        tmp_path,
        "submitted/generative_models/alice/sheet.ipynb",
        ("submitted/generative_models/alice/timestamp.txt", "2026-01-02 00:00:00 UTC\n"),
        "submitted/generative_models/bob/sheet.ipynb",
        "submitted/ps1/carol/old.ipynb",
    )
    assert [(submission.student, submission.origin) for submission in taken(tmp_path / given).submissions] == [
        ("alice", Origin("nbgrader", "alice", timestamp="2026-01-02 00:00:00 UTC")),
        ("bob", Origin("nbgrader", "bob")),
    ]


def test_an_empty_folder_of_nbgraders_is_a_student_who_handed_in_nothing(tmp_path: Path) -> None:
    hand_in(tmp_path, "submitted/alice/generative_models/sheet.ipynb")
    (tmp_path / "submitted" / "bob" / "generative_models").mkdir(parents=True)
    (tmp_path / "submitted" / "carol" / "generative_models" / "sheet.ipynb").mkdir(parents=True)
    problems = {submission.student: submission.problem for submission in taken(tmp_path).submissions}
    assert problems["alice"] == "" and "nothing was handed in" in problems["bob"] and "folder" in problems["carol"]


def test_an_assignment_of_another_name(tmp_path: Path) -> None:
    hand_in(tmp_path, "submitted/alice/ps9/sheet.ipynb", ("submitted/alice/ps8/sheet.ipynb", notebook("x = 1")))
    (submission,) = taken(tmp_path).submissions
    assert "/ps9/" in submission.path


def test_moodle(tmp_path: Path) -> None:
    hand_in(
        tmp_path,
        "Anna Doe_1234567_assignsubmission_file_/sheet.ipynb",
        ("Anna Doe_1234567_assignsubmission_onlinetext_/onlinetext.html", "<p>hello"),
        "Anna Doe_7654321_assignsubmission_file_/sheet.ipynb",
        "Bo_42_assignsubmission_file/sheet.py",
        ("Cy_43_assignsubmission_onlinetext_/onlinetext.html", "<p>hello"),
        "Di_44_assignsubmission_file_sheet.ipynb",
    )
    found = taken(tmp_path).submissions
    assert [(submission.student, submission.origin.platform, submission.origin.user) for submission in found] == [
        ("Anna Doe (1234567)", "moodle", "1234567"),
        ("Anna Doe (7654321)", "moodle", "7654321"),
        ("Bo", "moodle", "42"),
        ("Cy", "moodle", "43"),
        ("Di", "moodle", "44"),
    ]
    assert [bool(submission.problem) for submission in found] == [False, False, False, True, False]
    assert "2 submissions have the name 'Anna Doe'" in found[0].notes[0]


CANVAS = (
    "doejane_LATE_1234_5678_sheet-1.ipynb",
    "doejane_LATE_1234_5999_sheet-2.ipynb",
    "roebob_1235_5679_sheet.py",
    ("foecy_1236_text.html", "<p>hello"),
)


def test_canvas(tmp_path: Path) -> None:
    found = taken(hand_in(tmp_path, *CANVAS)).submissions
    assert [(submission.student, submission.origin) for submission in found] == [
        ("doejane", Origin("canvas", "1234", late=True)),
        ("foecy", Origin("canvas", "1236")),
        ("roebob", Origin("canvas", "1235")),
    ]
    assert found[0].path.endswith("_5999_sheet-2.ipynb")  # equally good: the later upload
    assert found[1].problem


def test_names_that_only_look_like_canvas(tmp_path: Path) -> None:
    assert students(hand_in(tmp_path, "mueller_2026_001_sheet.ipynb", "meyer_2026_001_sheet.ipynb")) == [
        "meyer_2026_001_sheet",
        "mueller_2026_001_sheet",
    ]


def zipped(folder: Path, path: Path) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for entry in sorted(folder.rglob("*")):
            file.write(entry, entry.relative_to(folder))
    return path


@pytest.mark.parametrize("inside", ["", "class/", "submissions/"])
def test_an_archive_is_read_like_the_folder(tmp_path: Path, inside: str) -> None:
    hand_in(tmp_path / "class" / inside, *CANVAS, ("__MACOSX/._x.ipynb", "x"), (".DS_Store", "x"))
    path = zipped(tmp_path / "class", tmp_path / "class.zip")
    found = taken(path).submissions
    assert [submission.student for submission in found] == ["doejane", "foecy", "roebob"]
    assert found[0].origin == Origin("canvas", "1234", late=True)
    assert found[0].path == f"{path.as_posix()}/{inside}doejane_LATE_1234_5999_sheet-2.ipynb"
    assert "distance" in found[0].cells[0].source


def test_a_bad_member_is_its_students_problem_alone(tmp_path: Path) -> None:
    path = tmp_path / "class.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("alice.ipynb", notebook())
        file.writestr("../evil.ipynb", notebook())
        file.writestr("inner.zip", b"PK\x03\x04")
        link = zipfile.ZipInfo("bob.ipynb")
        link.external_attr = 0o120777 << 16
        file.writestr(link, "alice.ipynb")
        file.writestr("carol.ipynb", b" " * 2_000_000)
    found = taken(path)
    assert [(submission.student, submission.problem[:40]) for submission in found.submissions] == [
        ("alice", ""),
        ("bob", "A file was expected, but the archive hol"),
        ("carol", "The file has 1.9 MB; at most 1.0 MB are "),
        ("inner", "A notebook or Python file was expected, "),
    ]
    assert found.ignored == ("..-evil.ipynb: its name leads out of the archive; it was left out.",)


# ------------------------------------------------------------------ several files, one student


def test_the_file_that_answers_most_is_graded(tmp_path: Path) -> None:
    hand_in(
        tmp_path,
        ("alice/a_sheet.ipynb", notebook(STARTER)),
        ("alice/sheet_done.py", ANSWER),
        ("alice/x.ipynb", "damaged"),
    )
    (submission,) = taken(tmp_path).submissions
    assert submission.path.endswith("/sheet_done.py")
    assert submission.notes[0] == (
        "3 files were handed in; sheet_done.py was graded, which answers 2 of 2 exercises. Not graded: a_sheet.ipynb, x.ipynb."
    )


def test_one_name_two_types_is_one_student(tmp_path: Path) -> None:
    (submission,) = taken(hand_in(tmp_path, "alice.py", "alice.ipynb", ("alice.pdf", "x"))).submissions
    assert (submission.student, submission.path) == ("alice", f"{tmp_path.as_posix()}/alice.ipynb")
    assert "Not graded: alice.py." in submission.notes[0]


def test_one_name_from_two_folders_is_two_submissions(tmp_path: Path) -> None:
    hand_in(tmp_path, "monday/alice.ipynb", "tuesday/alice.ipynb", "tuesday/alice (2).ipynb")
    found = taken(tmp_path / "monday", tmp_path / "tuesday").submissions
    assert [(submission.student, Path(submission.path).parent.name) for submission in found] == [
        ("alice", "monday"),
        ("alice (2)", "tuesday"),
        ("alice (3)", "tuesday"),
    ]
    assert found[0].notes == ("2 submissions have the name 'alice'; this is 'alice', see also 'alice (3)'.",)


def test_case_and_composed_letters_do_not_mix_students_up(tmp_path: Path) -> None:
    composed, decomposed = (unicodedata.normalize(form, "Müller.ipynb") for form in ("NFC", "NFD"))
    hand_in(tmp_path, "Anna.ipynb", "anna.ipynb", composed, decomposed)
    if len(os.listdir(tmp_path)) < 4:
        pytest.skip("this file system takes such names for one")
    assert students(tmp_path) == ["Anna", "anna (2)", "Müller", "Müller (2)"]


def test_what_lies_too_deep_is_said(tmp_path: Path) -> None:
    hand_in(
        tmp_path,
        "alice/1/2/3/4/5/sheet.py",
        "bob/1/2/3/4/5/6/sheet.py",
        "bob/1/2/3/4/5/7/sheet.py",
        "bob/1/2/3/4/5/.git/x.py",
    )
    found = taken(tmp_path)
    assert [submission.student for submission in found.submissions] == ["alice"]
    assert found.ignored == ("bob/: deeper than 6 folders nothing is read.",)


def test_a_file_given_twice_counts_once(tmp_path: Path) -> None:
    hand_in(tmp_path, "alice.ipynb", "bob.ipynb")
    assert students(tmp_path, tmp_path / "alice.ipynb", tmp_path) == ["alice", "bob"]


@given(
    st.lists(
        st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1, max_size=20),
        max_size=8,
        unique=True,
    )
)
@example(raw=["."])
@example(raw=["._"])
@example(raw=["._anna"])
@settings(derandomize=True, database=None, deadline=None)
def test_students_and_their_output_files_are_distinct(tmp_path_factory: pytest.TempPathFactory, raw: list[str]) -> None:
    path = tmp_path_factory.mktemp("class") / "class.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("anna.ipynb", notebook())
        for number, name in enumerate(raw):
            file.writestr(f"{name}_{number + 1}_assignsubmission_file_/sheet.ipynb", notebook())
    found = taken(path)
    assert len(found.submissions) + len(found.ignored) == len(raw) + 1
    students = [submission.student for submission in found.submissions]
    assert all(student.isprintable() and student.strip() for student in students)
    assert len({names.key(student) for student in students}) == len(students)
    assert len({names.key(file_name(student)) for student in students}) == len(students)


# ------------------------------------------------------------------ hostile folders


def test_links_are_refused_wherever_they_stand(tmp_path: Path) -> None:
    hand_in(tmp_path, "course/solution/sheet.ipynb", "class/alice/sheet.ipynb")
    (tmp_path / "class/bob").symlink_to(tmp_path / "course/solution")
    (tmp_path / "class/carol").mkdir()
    (tmp_path / "class/carol/sheet.ipynb").symlink_to(tmp_path / "course/solution/sheet.ipynb")
    (tmp_path / "class/dave").mkdir()
    (tmp_path / "class/dave/work").symlink_to(tmp_path / "course/solution")
    by_student = {submission.student: submission for submission in taken(tmp_path / "class").submissions}
    assert sorted(by_student) == ["alice", "bob", "carol", "dave"]
    assert not by_student["alice"].problem
    for student in ("bob", "carol", "dave"):
        assert "this is a link" in by_student[student].problem
        assert by_student[student].cells == ()
    (submission,) = taken(tmp_path / "class/bob").submissions  # as a shell's class/* gives it
    assert "this is a link" in submission.problem


def test_a_pipe_does_not_hold_up_the_class(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "alice.ipynb")
    os.mkfifo(tmp_path / "bob.zip")
    found = taken(tmp_path, tmp_path / "bob.zip").submissions
    assert ["a pipe" in submission.problem for submission in found] == [True, True]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_our_fault_and_stops_nobody_as_user(tmp_path: Path) -> None:
    (hand_in(tmp_path, "alice.ipynb", "bob.ipynb") / "bob.ipynb").chmod(0)
    found = taken(tmp_path)
    assert [submission.student for submission in found.submissions] == ["alice"]
    assert found.broken[0].startswith("bob: ")


def test_a_file_that_vanishes_is_our_fault_and_stops_nobody(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hand_in(tmp_path, "alice.ipynb", "bob.ipynb")
    lstat = os.lstat

    def vanished(path: Path | str, **options: int) -> os.stat_result:
        if str(path).endswith("bob.ipynb"):
            raise FileNotFoundError(2, "No such file or directory", str(path))
        return lstat(path, **options)

    monkeypatch.setattr("autograder.intake.student_file.os.lstat", vanished)
    found = taken(tmp_path)
    assert [submission.student for submission in found.submissions] == ["alice"]
    assert len(found.broken) == 1
    assert found.broken[0].startswith("bob: The submission")


@pytest.mark.parametrize(
    ("raw", "shown"),
    [
        ("a\nb\tc", "a b c"),
        ("\u202eevil\u200b\x1b[31m", "evil[31m"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("<script>", "<script>"),
        ("-rf", "-rf"),
        ("CON", "CON"),
        ("..", "unnamed"),
        ("\ud800", "unnamed"),
        ("a/b\\c", "a-b-c"),
        ("Mu\u0308ller", "Müller"),
        ("x" * 300, "x" * 99 + "…"),
    ],
)
def test_names_are_made_printable(raw: str, shown: str) -> None:
    assert names.clean(raw) == shown


def test_a_name_that_is_not_utf8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.ipynb"
    try:
        Path(os.fsdecode(raw)).write_text(notebook())
    except OSError:
        pytest.skip("this file system wants UTF-8")
    (submission,) = taken(tmp_path).submissions
    assert (submission.student, submission.problem) == ("caf", "")
    assert submission.path.encode()


# ------------------------------------------------------------------ wrong commands


def test_a_path_that_does_not_exist(tmp_path: Path) -> None:
    hand_in(tmp_path, "alice.ipynb")
    with pytest.raises(UsageError, match=r"alicia\.ipynb does not exist\. There is: alice\.ipynb\."):
        taken(tmp_path / "alicia.ipynb")


def test_nothing_to_grade(tmp_path: Path) -> None:
    hand_in(tmp_path, ("grades.csv", "x"))
    with pytest.raises(
        UsageError, match=r"No submission was found .* Expected: notebooks .* Found: grades\.csv: not a submission"
    ):
        taken(tmp_path)
    with pytest.raises(UsageError, match="No submission was found in no path"):
        taken()


def test_an_archive_that_is_none(tmp_path: Path) -> None:
    hand_in(tmp_path, ("class.zip", "words"))
    with pytest.raises(UsageError, match="a zip archive from a learning platform was expected"):
        taken(tmp_path / "class.zip")


def test_ten_thousand_files(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "class.zip", "w") as file:
        for number in range(10_001):
            file.writestr(f"{number}.ipynb", b"")
    with pytest.raises(SubmissionError, match="more than 10000 files"):
        taken(tmp_path / "class.zip")
