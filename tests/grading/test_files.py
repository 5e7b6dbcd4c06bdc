"""Files whole or not at all, one grader per folder."""

import errno
import os
import subprocess
import sys

import pytest

from autograder.grading import files
from autograder.model.errors import InternalError, UsageError


def test_a_file_is_written_whole_and_its_draft_is_gone(tmp_path):
    files.write(tmp_path / "deep" / "report.json", b"{}")
    assert (tmp_path / "deep" / "report.json").read_bytes() == b"{}"
    assert [p.name for p in (tmp_path / "deep").iterdir()] == ["report.json"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_a_full_disk_leaves_the_old_content_and_no_draft(tmp_path, monkeypatch, step):
    target = tmp_path / "grades.csv"
    files.write(target, b"old")

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, step, full)
    with pytest.raises(InternalError, match=r"No space left on device. Make room there, or name another place"):
        files.write(target, b"new")
    assert target.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["grades.csv"]


def test_drafts_of_a_killed_run_are_removed(tmp_path):
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports" / ".anna.json.123.part").write_bytes(b"{")
    (tmp_path / "reports" / "anna.json").write_bytes(b"{}")
    files.remove_drafts(tmp_path)
    assert [p.name for p in (tmp_path / "reports").iterdir()] == ["anna.json"]


def test_a_folder_too_deep_for_a_path_does_not_stop_the_grader(tmp_path):
    (tmp_path / ".grades.csv.123.part").write_bytes(b"")
    here = os.open(tmp_path, os.O_RDONLY)
    for _ in range(30):
        os.mkdir("d" * 200, dir_fd=here)
        here, above = os.open("d" * 200, os.O_RDONLY, dir_fd=here), here
        os.close(above)
    os.close(here)
    files.remove_drafts(tmp_path)
    assert [path.name[:3] for path in tmp_path.iterdir()] == ["ddd"]


def test_a_second_grader_in_the_folder_is_refused_until_the_first_ends(tmp_path):
    code = (
        "import sys, pathlib; from autograder.grading import files\n"
        "with files.only_one(pathlib.Path(sys.argv[1])):\n    print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert other.stdout is not None and other.stdout.readline() == "held\n"
    with pytest.raises(UsageError, match="Another grader is at work"), files.only_one(tmp_path):
        pass
    other.kill()  # a lock goes with the process that holds it
    other.communicate()
    with files.only_one(tmp_path):
        pass


def test_a_folder_that_cannot_be_made_is_a_usage_error(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="choose another --out"), files.only_one(tmp_path / "file" / "out"):
        pass
