"""The self-check of a student with Windows: what Windows lacks is taken away in the command and in what it starts."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.commands.release import release
from autograder.formats._letters import encodable
from autograder.intake import student_file
from autograder.model import SubmissionError
from tests.conftest import RIGHT, TWICE, make_course

RUN = Path(__file__).with_name("run.py")


def windows(*arguments: str, script: str = "", folder: Path) -> tuple[int, str]:
    """Exit code and output of the command, or of a script, in a console with the code page 1252."""
    environment = {**os.environ, "PYTHONIOENCODING": "cp1252", "PYTHONUTF8": "0", "COLUMNS": "200"}
    done = subprocess.run(
        [sys.executable, str(RUN), *(["--"] if script else arguments)],
        input=script.encode(), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=folder, check=False,
    )  # fmt: skip
    return done.returncode, done.stdout.decode("cp1252").replace("\r\n", "\n")


@pytest.fixture(scope="module")
def course(tmp_path_factory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="module")
def pack(course, tmp_path_factory) -> Path:
    folder = tmp_path_factory.mktemp("pack") / "Blatt 3 für Anna"
    release("small", folder, course=course)
    (folder / "anna.py").write_bytes(b"\xef\xbb\xbf" + TWICE.replace("\n", "\r\n").encode())
    return folder


def test_a_check_names_a_mistake_in_a_file_of_windows(pack):
    code, said = windows("check", "small", "anna.py", folder=pack)
    assert code == 1, said
    assert "x 1 mean_square" in said
    assert "mean_square(" in said  # the example
    assert "Traceback" not in said


def test_pytest_runs_the_same_checks(pack):
    named = pack / "named.py"
    named.write_bytes(b'autograder_sheet = "small"\r\n' + RIGHT.replace("\n", "\r\n").encode())
    code, said = windows(script=f"import pytest\nraise SystemExit(pytest.main([{str(named)!r}, '-v']))", folder=pack)
    assert code == 0, said
    assert "mean_square: agrees" in said
    assert "passed" in said


def test_the_cell_of_a_notebook_checks(pack):
    script = f"""
import json
from contextlib import ExitStack
from autograder.nbgrader.worker import Desk
with ExitStack() as stack:
    desk = Desk(stack)
    for source in ({RIGHT!r}, {TWICE!r}):
        request = dict(exercise="mean_square", sheet="", folder={str(pack)!r}, checks="public", file="", cells=[source])
        print("score", desk.answer(request)["score"])
"""
    code, said = windows(script=script, folder=pack)
    assert code == 0, said
    right, wrong = (float(line.split()[1]) for line in said.splitlines() if line.startswith("score "))
    assert right > wrong


@pytest.mark.slow
def test_the_doctor_says_that_there_are_no_walls(pack):
    _, said = windows("doctor", folder=pack)
    assert "Isolation: plain (no walls" in said


def test_a_grade_takes_no_plain_host_by_itself(course, pack, tmp_path):
    grade = ("grade", "small", str(pack / "anna.py"), "--course", str(course), "--out", str(tmp_path / "out"))
    code, said = windows(*grade, folder=tmp_path)
    assert code == 2, said
    assert "say --i-trust-these-students" in said
    code, said = windows(*grade, "--i-trust-these-students", folder=tmp_path)
    assert code == 0, said
    assert (tmp_path / "out" / "grades.csv").is_file()


def test_letters_that_a_console_lacks_are_spelt():
    assert encodable("✓ KL(q‖p) of σ², Σ ≤ ½ „x“ 你", "cp1252") == "+ KL(q||p) of sigma², Sigma <= ½ „x“ ?"


def test_without_folders_to_open_in_a_link_is_refused_all_the_same(tmp_path, monkeypatch):
    monkeypatch.setattr(student_file, "IN_FOLDERS", False)
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "a.py").write_bytes(b"x = 1\r\n")
    assert student_file.read_below(tmp_path, ("real", "a.py"), max_bytes=99) == b"x = 1\r\n"
    (tmp_path / "link").symlink_to(tmp_path / "real")
    (tmp_path / "link.py").symlink_to(tmp_path / "real" / "a.py")
    for parts in (("link", "a.py"), ("link.py",)):
        with pytest.raises(SubmissionError, match="link"):
            student_file.read_below(tmp_path, parts, max_bytes=99)
