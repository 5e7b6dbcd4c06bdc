"""No process of ours imports from where submissions lie: every front end is run from inside a folder of traps."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.commands.cli import cli
from autograder.commands.options import GONE
from autograder.import_path import allowed
from tests.conftest import RIGHT

SINGLE = (
    *("pickle", "random", "numpy", "click", "tempfile", "hashlib", "struct", "logging", "queue", "sympy", "hypothesis"),
    *(
        "ast",
        "socket",
        "tomllib",
        "jinja2",
        "torchvision",
        "copy",
        "inspect",
        "sitecustomize",
        "usercustomize",
        "signal",
    ),
)
PACKAGES = ("torch", "msgpack", "multiprocessing", "concurrent", "json", "rich", "matplotlib", "reference", "unittest")
"""Modules of Python's, of installed packages and of courses, each as a file or as a package."""


@pytest.fixture
def bait(tmp_path) -> Path:
    """A folder with one submission and modules that leave their name in ``ran`` when they are imported."""
    folder = tmp_path / "submissions"
    folder.mkdir()
    source = f"with open({str(tmp_path / 'ran')!r}, 'a') as ran:\n    ran.write(__name__ + ' ')\n"
    for name in SINGLE:
        (folder / f"{name}.py").write_text(source)
    for name in PACKAGES:
        (folder / name).mkdir()
        (folder / name / "__init__.py").write_text(source)
    (folder / "evil.pth").write_text(f"import sys; exec({source!r})\n")
    (folder / "matplotlibrc").write_text("backend: module://pickle\nfont.size: 99\n")
    (folder / "anna").mkdir()
    (folder / "anna" / "anna.py").write_text(RIGHT)
    (folder / "bob").mkdir()
    (folder / "bob" / "bob.py").write_text(RIGHT)
    return folder


def ran(bait: Path) -> str:
    left = bait.parent / "ran"
    return left.read_text() if left.exists() else ""


def start(bait: Path, *command: str, **variables: str) -> "subprocess.CompletedProcess[str]":
    """Runs a command with the bait as working directory."""
    clean = {key: value for key, value in os.environ.items() if not key.startswith(("PYTHON", "AUTOGRADER"))}
    return subprocess.run(
        command, cwd=bait, env=clean | variables, capture_output=True, text=True, check=False, timeout=600
    )


SCRIPT = [str(Path(sys.executable).with_name("autograder"))]
MODULE = [sys.executable, "-m", "autograder"]


@pytest.mark.parametrize(
    ("command", "variables"),
    [
        pytest.param(SCRIPT, {}, id="console script", marks=pytest.mark.slow),
        pytest.param(MODULE, {}, id="python -m", marks=pytest.mark.slow),
        pytest.param([sys.executable, "-E", "-m", "autograder"], {}, id="python -E -m", marks=pytest.mark.slow),
        pytest.param(
            SCRIPT, {"PYTHONPATH": "anna"}, id="PYTHONPATH names a submission's folder", marks=pytest.mark.slow
        ),
    ],
)
def test_a_class_is_graded_from_inside_a_folder_of_traps(bait, course, command, variables):
    """With every change ``redteam/test_ourside.py`` grades a class beside such traps, with two workers."""
    out = bait.parent / "out"
    what = ["grade", "small", ".", "--out", str(out), "--course", str(course), "--jobs", "2"]
    done = start(bait, *command, *what, **variables)
    assert not ran(bait)
    assert done.returncode == 0, done.stderr
    assert json.loads((out / "reports" / "anna.json").read_bytes())["exercises"][0]["score"] == 1


@pytest.mark.parametrize(
    ("program", "arguments"),
    [
        (MODULE, ["check", "small", "anna/anna.py", "--only", "mean_square"]),
        pytest.param(SCRIPT, ["doctor"], marks=pytest.mark.slow),
        pytest.param(MODULE, ["mistakes", "small", "mean_square"], marks=pytest.mark.slow),
        pytest.param(MODULE, ["export", "results", "--format", "csv", "--to", "x.csv"], marks=pytest.mark.slow),
        pytest.param(MODULE, ["release", "small", "--to", "pack"], marks=pytest.mark.slow),
        pytest.param(MODULE, ["notebook", "small", "--to", "small.ipynb"], marks=pytest.mark.slow),
        pytest.param(MODULE, ["new", "exercise", "small", "no-name"], marks=pytest.mark.slow),
        (MODULE, ["--version"]),
    ],
    ids=lambda words: Path(words[0]).name,
)
def test_no_command_imports_what_lies_in_the_working_directory(bait, course, program, arguments):
    where = [] if arguments == ["--version"] else ["--course", str(course)]
    done = start(bait, *program, *arguments, *where)
    assert not ran(bait)
    assert "Traceback" not in done.stderr


def test_the_worker_behind_the_test_cell_imports_nothing_from_beside_the_notebook(bait, course):
    ask = f"""
import os
from autograder.nbgrader.cell import Worker
os.environ["PYTHONPATH"] = ":" + {str(bait)!r}
request = {{"exercise": "mean_square", "sheet": "", "folder": {str(bait)!r}, "checks": "public", "file": ""}}
worker = Worker()
print(worker.ask(request | {{"cells": [{RIGHT!r}]}}))
worker.close()
"""
    done = start(bait, sys.executable, "-P", "-c", ask, AUTOGRADER_COURSE=str(course))
    assert not ran(bait)
    assert "'score': 1.0" in done.stdout, done.stderr


def test_the_process_that_asks_sympy_imports_nothing_from_the_working_directory(bait):
    ask = "from autograder.maths.certifying import prover; h = prover._helper(); print(h.alive); prover.stop()"
    done = start(bait, sys.executable, "-P", "-c", ask)
    assert not ran(bait)
    assert done.stdout == "True\n", done.stderr


def test_pytest_grades_beside_traps(bait, course):
    """pytest's own process has them on its path when it is started with -m; the names are such as it does not import itself."""
    for path in bait.iterdir():
        if path.stem not in ("sympy", "msgpack", "torch", "torchvision", "numpy", "hypothesis", "reference", "anna"):
            shutil.rmtree(path) if path.is_dir() else path.unlink()
    (bait / "anna" / "anna.py").write_text('autograder_sheet = "small"\n' + RIGHT)
    options = ["-p", "no:cacheprovider", "-p", "no:hypothesispytest", "anna/anna.py"]
    done = start(bait, sys.executable, "-m", "pytest", *options, AUTOGRADER_COURSE=str(course))
    assert "5 passed" in done.stdout, done.stdout + done.stderr
    assert not ran(bait)


# ------------------------------------------------------------------ what is left of a path

SHOW = """
import sys
from autograder.import_path import close
close(sys.argv[1:])
import os, multiprocessing
from concurrent.futures import ProcessPoolExecutor
if __name__ == "__main__":
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        print([sys.path, pool.submit(eval, "__import__('sys').path").result(), os.environ.get("PYTHONPATH")])
"""


@pytest.mark.parametrize(
    "pythonpath",
    [
        "",
        ":",
        "{here}",
        ":{other}",
        "{other}:",
        ".",
        "./anna",
        "{here}/anna",
        "{link}",
        "{other}/../submissions",
        "{given}",
    ],
)
def test_of_pythonpath_only_what_a_person_chose_is_left(tmp_path, pythonpath):
    here, other, given = tmp_path / "submissions", tmp_path / "other", tmp_path / "given"
    for folder in (here / "anna", other, given / "deeper", tmp_path / "bin"):
        folder.mkdir(parents=True)
    (tmp_path / "link").symlink_to(here)
    for place in (here, here / "anna", given):
        (place / "pickle.py").write_text("raise SystemExit('imported')")
    (tmp_path / "bin" / "show.py").write_text(SHOW)
    value = pythonpath.format(here=here, other=other, link=tmp_path / "link", given=given / "deeper")
    done = start(here, sys.executable, str(tmp_path / "bin" / "show.py"), str(given), f"--out={here}", PYTHONPATH=value)
    assert done.returncode == 0, done.stderr
    grader, worker, left = eval(done.stdout)
    for path in (grader, worker):
        shut = [p for p in path if not os.path.isabs(p) or Path(p).resolve() in (here, here / "anna", given / "deeper")]
        assert not shut
        assert (str(other) in path) == (value in (f":{other}", f"{other}:"))
    assert left == (str(other) if str(other) in grader else None)


def test_the_interpreters_own_folders_stay_even_where_they_lie_in_a_folder_that_is_named():
    own = [p for p in sys.path if p.endswith("site-packages")]
    assert own
    assert allowed(own, [sys.prefix, "/"]) == own


def test_programs_and_libraries_are_not_looked_for_in_the_working_directory(bait):
    show = "import os; from autograder.import_path import close; close(); print(os.environ['PATH'], "
    show += "os.environ.get('LD_LIBRARY_PATH'))"
    done = start(bait, sys.executable, "-P", "-c", show, PATH=f":.:{bait}:/usr/bin:", LD_LIBRARY_PATH=":")
    assert done.stdout == "/usr/bin None\n", done.stderr


def test_a_module_of_the_course_does_not_stand_in_for_an_installed_one(course, tmp_path):
    """A course that is the working directory is on the path for its oracles, behind all that is installed."""
    shutil.copytree(course, tmp_path / "course")
    (tmp_path / "course" / "oracles.py").write_text("factor = 1\n")
    (tmp_path / "course" / "colorsys.py").write_text("raise SystemExit('imported')\n")
    exercise = tmp_path / "course" / "exercises" / "small" / "mean_square" / "exercise.py"
    exercise.write_text("import colorsys\nimport oracles\n" + exercise.read_text())
    load = "import sys; from pathlib import Path; from autograder.course.catalog import load_sheet; "
    load += "load_sheet('small', Path.cwd()); print(sys.path[-1])"
    done = start(tmp_path / "course", sys.executable, "-P", "-c", load)
    assert done.stdout.strip() == str(tmp_path / "course"), done.stderr


# ------------------------------------------------------------------ the working directory itself


def test_a_working_directory_that_is_gone_is_one_sentence(tmp_path):
    command = (
        f"mkdir {tmp_path}/gone && cd {tmp_path}/gone && rmdir {tmp_path}/gone && exec {SCRIPT[0]} check small x.py"
    )
    done = start(tmp_path, "sh", "-c", command)
    assert done.returncode == 2, done.stderr
    assert (
        done.stderr
        == "autograder: The working directory is gone; go to a folder that exists and run the command again.\n"
    )


def test_a_working_directory_that_goes_meanwhile_is_one_sentence(tmp_path, monkeypatch):
    def graded(*_, **__):
        here.rmdir()
        os.getcwd()

    here = tmp_path / "here"
    here.mkdir()
    monkeypatch.chdir(here)
    monkeypatch.setattr("autograder.commands.grade.grade_class", graded)
    done = CliRunner().invoke(cli, ["grade", "small", "x", "--out", "y"])
    assert (done.exit_code, done.output) == (2, f"autograder: {GONE}\n")


@pytest.mark.skipif(os.getuid() != 0, reason="becomes another user")
def test_a_working_directory_that_cannot_be_read_is_one_sentence(tmp_path):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    read_before = (  # what the other user may not
        "import os, importlib.metadata, autograder.formats; from autograder.commands.cli import cli"
    )
    code = f"{read_before}; os.chdir({str(closed)!r}); os.setuid(65534); cli(['doctor'])"
    done = start(tmp_path, sys.executable, "-c", code)
    assert done.returncode == 2, done.stderr
    assert done.stderr.startswith("autograder: The working directory") and done.stderr.count("\n") == 1


def test_a_working_directory_full_of_files_is_not_looked_through(tmp_path, course, monkeypatch):
    for number in range(10_500):
        (tmp_path / f"{number}.txt").touch()
    monkeypatch.chdir(tmp_path)
    run = CliRunner().invoke
    done = run(cli, ["grade", "small", ".", "--out", str(tmp_path / "out"), "--course", str(course)])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 2), done.stderr  # which course it is, and the sentence
    done = run(cli, ["check", "small", "1.txt"])
    assert (done.exit_code, done.stderr.count("\n")) == (2, 1), done.stderr
