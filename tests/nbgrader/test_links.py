"""What is no plain file in a student's folder: nothing is read or written through it, its student is told, the batch goes on."""

import os
import shutil
import socket
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.commands.grade import grade_class
from tests.conftest import RIGHT
from tests.nbgrader.conftest import NbCourse, cell, make_nb_course
from tests.nbgrader.test_plugins import MOODLE, SAFE, notebook

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

ANSWER, TEST = "mean_square", "mean_square-check"
ANNAS = "# the words of anna alone"
OUTSIDE = "kept outside of the course"
Make = Callable[[NbCourse, Path], object]


def link(target: str, name: str = "small.ipynb") -> Make:
    """A link in the student's folder; ``target`` is seen from there, or whole."""
    return lambda nb, folder: (folder / name).symlink_to(
        target.format(root=nb.root, outside=nb.root.parent / "outside")
    )


def folder_link(target: str, *, of_student: bool) -> Make:
    def make(nb: NbCourse, folder: Path) -> None:
        folder.rmdir()
        place = folder.parent if of_student else folder
        if of_student:
            place.rmdir()
        place.symlink_to(target)

    return make


def bound(name: str) -> Make:
    def make(nb: NbCourse, folder: Path) -> None:
        with socket.socket(socket.AF_UNIX) as made:
            here = os.getcwd()
            os.chdir(folder)  # addresses of sockets are short
            made.bind(name)
            os.chdir(here)

    return make


INSTEAD: dict[str, Make] = {
    "neighbours_notebook": link("../../anna/small/small.ipynb"),
    "neighbours_under_another_name": link("../../anna/small/small.ipynb", "mine.ipynb"),
    "neighbours_in_capitals": link("../../anna/small/small.ipynb", "Small.ipynb"),
    "neighbours_folder": folder_link("anna", of_student=True),
    "neighbours_assignment": folder_link("../anna/small", of_student=False),
    "the_source": link("{root}/source/small/small.ipynb"),
    "the_source_folder": folder_link("../../source/small", of_student=False),
    "the_gradebook": link("{root}/gradebook.db"),
    "outside_notebook": link("{outside}/small.ipynb"),
    "outside_folder": folder_link("../../../outside", of_student=False),
    "dangling": link("nowhere.ipynb"),
    "itself": link("small.ipynb"),
    "link_to_a_link": lambda nb, folder: (
        (folder / "b").symlink_to("../../anna/small/small.ipynb"),
        (folder / "small.ipynb").symlink_to("b"),
    ),
    "environment": link("/proc/self/environ"),
    "endless": link("/dev/zero"),
    "pipe": lambda nb, folder: os.mkfifo(folder / "small.ipynb"),
    "socket": bound("small.ipynb"),
    "folder": lambda nb, folder: (folder / "small.ipynb").mkdir(),
}
"""Student -> what is there in place of a notebook."""

BESIDE: dict[str, Make] = {
    "stamp_outside": link("{outside}/timestamp.txt", "timestamp.txt"),
    "stamp_pipe": lambda nb, folder: os.mkfifo(folder / "timestamp.txt"),
    "stamp_time_zone": lambda nb, folder: (folder / "timestamp.txt").write_text("2026-01-02 00:00:00 /etc/passwd"),
    "stamp_nonsense": lambda nb, folder: (folder / "timestamp.txt").write_bytes(b"\xff\xfe when it was ready"),
    "helper_outside": link("{outside}/words.txt", "words.txt"),
    "helper_folder": link("{root}/source", "data"),
    "helper_pipe": lambda nb, folder: os.mkfifo(folder / "data.csv"),
    "helper_endless": link("/dev/zero", "data.bin"),
    "picture_outside": link("{outside}/picture.png", "p.png"),
    "picture_folder": link("{outside}", "pictures"),
    "second_name": lambda nb, folder: os.link(folder / "small.ipynb", folder / "again.txt"),
}
"""Student -> what lies beside a right notebook."""


def answers(notebook):
    cell(notebook, ANSWER)["source"] = RIGHT + ANNAS
    cell(notebook, "essay")["source"] = "![p](p.png) ![p](pictures/picture.png) ![p](../../../../outside/picture.png)"


@pytest.fixture(scope="module")
def nb(tmp_path_factory: pytest.TempPathFactory, course: Path) -> NbCourse:
    made = make_nb_course(tmp_path_factory.mktemp("links") / "nb", "small", course)
    made.hand_in("anna", answers)
    outside = made.root.parent / "outside"
    outside.mkdir()
    shutil.copy(made.path("submitted", "anna"), outside / "small.ipynb")
    (outside / "words.txt").write_text(OUTSIDE)
    (outside / "timestamp.txt").write_text("2001-01-01 00:00:00 UTC")
    (outside / "picture.png").write_bytes(b"\x89PNG\r\n\x1a\n" + OUTSIDE.encode())
    for student, make in (INSTEAD | BESIDE).items():
        path = made.path("submitted", student)
        if student in BESIDE:
            made.hand_in(student, answers)
            path.with_name("timestamp.txt").unlink()
        path.parent.mkdir(parents=True, exist_ok=True)
        make(made, path.parent)
    made.hand_in("written_away", answers)
    (made.root / "autograded").mkdir()
    (made.root / "autograded" / "written_away").symlink_to(outside)
    return made


@pytest.fixture(scope="module")
def graded(nb: NbCourse) -> tuple[NbCourse, str]:
    before = _listed(nb.root / "submitted"), _listed(nb.root.parent / "outside")
    code, log = nb.run("autograde", "small")
    assert code == 0, log
    assert (_listed(nb.root / "submitted"), _listed(nb.root.parent / "outside")) == before
    return nb, log


def _listed(folder: Path) -> list[tuple[object, ...]]:
    found = ((path, path.lstat()) for path in sorted(folder.rglob("*")))
    return [(path.name, stat.st_mode, stat.st_size, stat.st_mtime_ns) for path, stat in found]


@pytest.mark.parametrize("student", INSTEAD)
def test_who_hands_in_no_plain_file_earns_nothing_and_is_told(graded, student):
    nb, log = graded
    assert nb.grades(student)[TEST][0] == 0
    assert "was expected, but this is a" in nb.comments(student)[ANSWER]
    assert "a link" in nb.comments(student)[ANSWER] or student in ("pipe", "socket", "folder", "environment", "endless")
    assert f"Student {student}: " in log


@pytest.mark.parametrize("student", ["anna", "written_away", *BESIDE])
def test_who_hands_in_a_plain_file_keeps_every_point(graded, student):
    assert graded[0].grades(student)[TEST][0] == 1


def test_nothing_of_anybody_elses_is_shown(graded):
    nb, _ = graded
    code, log = nb.run("generate_feedback", "small")
    assert code == 0, log
    _nothing_shown(nb)


def _nothing_shown(nb: NbCourse) -> None:
    for student in (*INSTEAD, *BESIDE):
        for path in (
            p for step in ("autograded", "feedback") for p in (nb.root / step / student).rglob("*") if p.is_file()
        ):
            text = path.read_text()
            assert not path.is_symlink()
            assert ("the words of anna" in text) == (student in BESIDE and path.suffix != ".txt")
            assert OUTSIDE not in text and "BEGIN SOLUTION" not in text and "data:image/png" not in text
            assert path.name in ("small.ipynb", "small.html", "timestamp.txt")


def test_a_date_that_is_none_is_left_out_and_named(graded):
    nb, log = graded
    with nb.gradebook() as gradebook:
        for student in BESIDE:
            assert gradebook.find_submission("small", student).timestamp is None
    assert log.count("timestamp.txt was not read") >= 2 and "timestamp.txt holds no date" in log


def test_formgraders_list_of_submissions_waits_for_no_pipe(graded):
    from nbgrader.apps.api import NbGraderAPI
    from nbgrader.coursedir import CourseDirectory

    api = NbGraderAPI(CourseDirectory(root=str(graded[0].root)))
    assert all(api.get_submitted_timestamp("small", student) is None for student in BESIDE)
    assert api.get_submitted_timestamp("small", "anna") is not None


def test_links_where_nbgrader_writes_are_removed_and_not_followed(graded):
    nb, log = graded
    assert not (nb.root / "autograded" / "written_away").is_symlink()
    assert "written_away was a link or a device; it was removed" in log
    target, words = nb.root / "feedback" / "anna" / "small", nb.root.parent / "outside" / "words.txt"
    target.mkdir(parents=True, exist_ok=True)
    (target / "small.html").unlink(missing_ok=True)
    (target / "small.html").symlink_to(words)
    inner = nb.root / "autograded" / "anna" / "small" / "more.txt"
    inner.symlink_to(words)
    code, log = nb.run("generate_feedback", "small", "--student", "anna", "--force")
    assert code == 0, log
    assert words.read_text() == OUTSIDE and not inner.exists() and not (target / "more.txt").exists()


def test_our_own_command_follows_none_either(graded, tmp_path):
    nb, _ = graded
    shutil.rmtree(nb.root / "autograded")
    shutil.rmtree(nb.root / "feedback", ignore_errors=True)
    assert grade_class("small", [nb.root], out=tmp_path / "results", course=nb.course, jobs=1) == 0
    for student in INSTEAD:
        assert nb.grades(student)[TEST][0] == 0, student
        assert "was expected, but" in nb.comments(student)[ANSWER], student
    for student in ("anna", *BESIDE):
        assert nb.grades(student)[TEST][0] == 1, student
    _nothing_shown(nb)
    pages = "".join(path.read_text() for path in (tmp_path / "results").rglob("*.html") if path.stem in INSTEAD)
    assert "the words of anna" not in pages and OUTSIDE not in pages


# ------------------------------------------------------------------ what a learning platform hands out


def test_of_an_archive_no_link_is_unpacked_or_collected(tmp_path, released):
    root = tmp_path / "nb"
    shutil.copytree(released.root, root)
    nb = NbCourse(root, released.sheet, released.course)
    folder, secret = root / "downloaded" / "small" / "archive", tmp_path / "secret.ipynb"
    folder.mkdir(parents=True)
    secret.write_bytes(notebook(nb, f"'{OUTSIDE}'"))
    with zipfile.ZipFile(folder / "moodle.zip", "w") as file:
        file.writestr("Al Ok_1_assignsubmission_file_/a.ipynb", notebook(nb, RIGHT))
        member = zipfile.ZipInfo("Eve Zip_2_assignsubmission_file_/a.ipynb")
        member.external_attr = 0o120777 << 16
        file.writestr(member, str(secret))
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as file:
        file.writestr("Eve Archive_3_assignsubmission_file_/a.ipynb", secret.read_bytes())
    (folder / "other.zip").symlink_to(tmp_path / "other.zip")
    (folder / "Eve Loose_4_assignsubmission_file_a.ipynb").symlink_to(secret)
    os.mkfifo(folder / "Eve Pipe_5_assignsubmission_file_a.ipynb")
    (folder / "Eve Folder_6_assignsubmission_file_").symlink_to(tmp_path)
    (root / "submitted").mkdir()
    (root / "submitted" / "Bo-Led_7").symlink_to(tmp_path)
    (folder / "Bo Led_7_assignsubmission_file_a.ipynb").write_bytes(notebook(nb, RIGHT))
    code, log = nb.run("zip_collect", "small", *MOODLE, *SAFE)
    assert code == 0, log
    assert sorted(path.name for path in (root / "submitted").iterdir()) == ["Al-Ok_1", "Bo-Led_7", "Eve-Zip_2"]
    (reason,) = (root / "submitted" / "Eve-Zip_2" / "small").glob("*.txt")  # a row that says why
    assert reason.name == "small.not-read.txt" and "the archive holds a link" in reason.read_text()
    assert not (tmp_path / "small").exists()
    assert OUTSIDE not in "".join(
        path.read_text() for path in (root / "downloaded" / "small" / "extracted").rglob("*.ipynb")
    )
    assert log.count("is a link") >= 3
