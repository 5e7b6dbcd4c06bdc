"""What is published: wheel and source archive are built, installed away from this tree, and run there."""

import os
import shutil
import subprocess
import sys
import tarfile
import venv
import zipfile
from pathlib import Path

import pytest

from tests.conftest import REPOSITORY

LIBRARIES = next(path for path in sys.path if Path(path).name == "site-packages")  # torch is not downloaded again
SOURCES = ("autograder", "pyproject.toml", "README.md", "LICENSE")


def build(to: Path) -> tuple[Path, Path]:
    """Wheel and source archive, as ``python -m build`` makes them, from a copy without what lies about here."""
    tree = to / "tree"
    tree.mkdir()
    listed = subprocess.run(["git", "ls-files", *SOURCES], cwd=REPOSITORY, capture_output=True, text=True, check=True)
    for name in listed.stdout.splitlines():
        (tree / name).parent.mkdir(parents=True, exist_ok=True)
        (tree / name).write_bytes((REPOSITORY / name).read_bytes())
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(to / "dist"), str(tree)]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = (to / "dist").glob("*.whl")
    (archive,) = (to / "dist").glob("*.tar.gz")
    return wheel, archive


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    return build(tmp_path_factory.mktemp("build"))


@pytest.fixture(scope="module")
def installed(built, tmp_path_factory) -> Path:
    """The bin folder of an environment that holds the wheel, and the libraries of this one behind it."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=False)
    pip = [
        sys.executable,
        "-m",
        "pip",
        "--python",
        str(folder / "bin" / "python"),
        "install",
        "-q",
        "--no-deps",
        "--no-index",
    ]
    subprocess.run([*pip, str(built[0])], check=True, capture_output=True)
    (packages,) = folder.glob("lib/*/site-packages")
    (packages / "libraries.pth").write_text(LIBRARIES + "\n")
    return folder / "bin"


def test_the_name_is_one_that_nobody_else_has(built):
    assert built[0].name.startswith("deep_autograder-")


def test_wheel_and_archive_hold_the_licence_and_all_that_the_engine_reads(built):
    wheel = set(zipfile.ZipFile(built[0]).namelist())
    with tarfile.open(built[1]) as archive:
        source = {name.partition("/")[2] for name in archive.getnames()}
    ours = {str(path.relative_to(REPOSITORY)) for path in (REPOSITORY / "autograder").rglob("*") if path.is_file()}
    ours = {name for name in ours if "__pycache__" not in name}
    assert ours <= wheel
    assert ours | {"LICENSE"} <= source
    assert any(name.endswith("/LICENSE") for name in wheel)


def test_the_wheel_runs_where_this_tree_is_not(installed, tmp_path):
    said = subprocess.run(
        [installed / "autograder", "grade", "generative_models", "x.py", "--out", "o"],
        cwd=tmp_path, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert said.returncode == 2
    assert "No course" in said.stderr
    where = subprocess.run(
        [installed / "python", "-c", "import autograder; print(autograder.__file__)"],
        cwd=tmp_path, capture_output=True, text=True, check=True, env={**os.environ, "PYTHONPATH": ""},
    )  # fmt: skip
    assert Path(where.stdout.strip()).is_relative_to(installed.parent)


def test_the_wheel_grades_a_course_of_ones_own(installed, course, tmp_path):
    (tmp_path / "anna.py").write_text("def mean_square(x):\n    return (x**2).mean()\n")
    command = [installed / "autograder", "grade", "small", "anna.py", "--out", "o", "--course", str(course)]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True)
    assert (tmp_path / "o" / "reports" / "anna.json").is_file()


def test_the_wheel_tests_a_course_in_a_repository_of_its_own(installed, course, tmp_path):
    """Two sheets, one with a wrong answer that is right. What it ends with where all is well: ``commands/test_authoring.py``."""
    shutil.copytree(course, tmp_path / "course")
    shutil.copytree(course / "exercises" / "small", tmp_path / "course" / "exercises" / "other")
    wrong = tmp_path / "course" / "exercises" / "other" / "mean_square" / "wrong" / "sign.py"
    wrong.write_text(wrong.read_text().replace("return -", "return "))
    test = [installed / "autograder", "test", "--jobs", "1"]
    said = subprocess.run(test, cwd=tmp_path / "course", capture_output=True, text=True, check=False)
    assert said.returncode == 1, said.stdout + said.stderr
    assert "small: all" in said.stdout
    assert "MISS mean_square wrong/sign: passes" in said.stdout


def test_a_stranger_of_the_same_name_is_said_in_a_sentence(installed, tmp_path):
    (packages,) = installed.parent.glob("lib/*/site-packages")
    record = packages / "autograder-3.7.7.dist-info"
    record.mkdir()
    (record / "METADATA").write_text("Metadata-Version: 2.1\nName: autograder\nVersion: 3.7.7\n")
    said = subprocess.run(
        [installed / "autograder", "mistakes", "none"], cwd=tmp_path, capture_output=True, text=True, check=False
    )
    assert "autograder 3.7.7 that is installed here is another project" in said.stderr
    (record / "METADATA").unlink()
    record.rmdir()
