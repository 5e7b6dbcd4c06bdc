"""The one place where a file of a student's is opened."""

import os
from pathlib import Path

import pytest

from autograder.intake.student_file import on_disk, read_below, read_bytes
from autograder.model.errors import InternalError, SubmissionError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "eve" / "work").mkdir(parents=True)
    (tmp_path / "eve" / "work" / "a.py").write_text("mine")
    (tmp_path / "secret").mkdir()
    (tmp_path / "secret" / "a.py").write_text("secret")
    return tmp_path


def test_a_plain_file_is_read(folder):
    assert read_below(folder, ("eve", "work", "a.py"), max_bytes=10) == b"mine"
    assert on_disk(folder / "eve" / "work" / "a.py", ("eve", "work", "a.py")).read(10) == b"mine"


@pytest.mark.parametrize("place", ["eve", "eve/work", "eve/work/a.py"])
def test_no_part_of_the_students_may_be_a_link(folder, place):
    path = folder / place
    os.rename(path, folder / "gone")
    path.symlink_to(folder / ("secret/a.py" if place.endswith("py") else "secret"))
    (folder / "secret" / "work").symlink_to(folder / "secret")
    with pytest.raises(SubmissionError, match="a link"):
        read_below(folder, ("eve", "work", "a.py"), max_bytes=10)


def test_a_link_of_the_instructors_is_followed(folder, tmp_path_factory):
    there = tmp_path_factory.mktemp("x") / "course"
    there.symlink_to(folder)
    assert read_below(there, ("eve", "work", "a.py"), max_bytes=10) == b"mine"


@pytest.mark.parametrize("place", ["eve", "eve/work", "eve/work/a.py"])
def test_a_link_put_there_after_the_look_is_not_followed(folder, place, monkeypatch):
    """Between lstat and open of one part, that part is exchanged."""
    path, look = folder / place, os.lstat

    def exchanged(name, **options):
        found = look(name, **options)
        if name == path.name and not (folder / "gone").exists():
            os.rename(path, folder / "gone")
            path.symlink_to(folder / ("secret/a.py" if place.endswith("py") else "secret"))
        return found

    (folder / "secret" / "work").mkdir()
    (folder / "secret" / "work" / "a.py").write_text("secret")
    monkeypatch.setattr(os, "lstat", exchanged)
    with pytest.raises((SubmissionError, InternalError)):
        read_below(folder, ("eve", "work", "a.py"), max_bytes=10)
    assert (folder / "gone").exists()


def test_a_second_name_is_a_file_like_any_other_for_its_owner(folder):
    os.link(folder / "eve" / "work" / "a.py", folder / "eve" / "b.py")
    assert read_below(folder, ("eve", "b.py"), max_bytes=10) == b"mine"
    assert (
        read_below(folder, ("eve", "work", "a.py"), max_bytes=10) == b"mine"
    )  # nobody can take a file's points by naming it


@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files to others")
def test_a_second_name_for_another_accounts_file_is_refused(folder):
    os.chown(folder / "eve", 12345, -1)
    os.link(folder / "secret" / "a.py", folder / "eve" / "b.py")
    with pytest.raises(SubmissionError, match="hard link"):
        read_below(folder, ("eve", "b.py"), max_bytes=10)
    assert read_below(folder, ("secret", "a.py"), max_bytes=10) == b"secret"


def test_no_more_is_read_than_may_be(folder):
    path = folder / "eve" / "work" / "a.py"
    assert read_bytes(path, max_bytes=4) == b"mine"
    for read in (lambda: read_bytes(path, max_bytes=3), lambda: on_disk(path).read(3)):
        with pytest.raises(SubmissionError):
            read()
