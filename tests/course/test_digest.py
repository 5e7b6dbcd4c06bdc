"""A grade is never stale: whatever file of the course changes, its digest does; and nothing else changes it."""

import os
import shutil
from pathlib import Path

import pytest
import torch

from autograder.commands.grade import grade_class
from autograder.course.catalog import load_stamped
from autograder.course.digest import digest, files, fingerprint, packages
from autograder.model.errors import CourseError
from tests.conftest import RIGHT

EXERCISE = "exercises/small/mean_square"


@pytest.fixture
def course(course, tmp_path) -> Path:
    """A copy of the small course with files of all kinds."""
    copy = tmp_path / "course"
    shutil.copytree(course, copy)
    for name in (*COUNTS, *LEFT_OUT):
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        if not (copy / name).exists():
            (copy / name).write_text("before")
    (copy / "venv" / "pyvenv.cfg").touch()
    (copy / "old results" / ".lock").touch()
    return copy


COUNTS = [
    "formulas.py",
    "oracles/exact.py",
    "oracles/deep/er/exact.py",
    "oracles/__init__.py",
    "table.csv",
    "data/table.csv",
    "data/raw/table.bin",
    "exercises/table.csv",
    "exercises/helper.py",
    "exercises/small/helper.py",
    "exercises/small/data/table.npz",
    "exercises/other/sheet.toml",
    "exercises/other/shared.py",
    "tests/oracle.py",
    "benchmarks/oracle.py",
    "autograder/oracle.py",
    "file without suffix",
    f"{EXERCISE}/exercise.py",
    f"{EXERCISE}/README.md",
    f"{EXERCISE}/starter.py",
    f"{EXERCISE}/solution.py",
    f"{EXERCISE}/wrong/sign.py",
    f"{EXERCISE}/table.toml",
    f"{EXERCISE}/pieces/driver.py",
    "exercises/small/sheet.toml",
]
LEFT_OUT = [
    ".git/index",
    ".idea/x.xml",
    "oracles/__pycache__/exact.cpython-311.pyc",
    "oracles/.exact.py.swp",
    "venv/lib/python3.11/site-packages/torch/version.py",
    "node_modules/x/index.js",
    "handed_in/anna.ipynb",
    "results/reports/anna.json",
    "old results/reports/anna.json",
    "alone.ipynb",
]


def of(course: Path) -> tuple[str, str]:
    apart = [course / "handed_in", course / "results", course / "alone.ipynb"]
    return digest(course, files(course, apart)), fingerprint(course, apart)


@pytest.mark.parametrize("name", COUNTS)
def test_every_file_of_the_course_counts(course, name):
    before, path = of(course), course / name
    path.write_bytes(path.read_bytes() + b"\n# after")
    changed = of(course)
    path.unlink()
    gone = of(course)
    assert len({before[0], changed[0], gone[0]}) == len({before[1], changed[1], gone[1]}) == 3


@pytest.mark.parametrize("name", LEFT_OUT)
def test_what_is_not_the_courses_own_does_not(course, name):
    before = of(course)
    (course / name).write_text("after")
    assert of(course) == before


def test_a_file_that_is_renamed_or_new_counts(course):
    seen = {of(course)[0]}
    (course / "data" / "table.csv").rename(course / "data" / "other.csv")
    seen.add(of(course)[0])
    (course / "data" / "new.csv").touch()
    seen.add(of(course)[0])
    assert len(seen) == 3


def test_a_link_counts_as_what_it_leads_to_and_ends(course, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    oracle = tmp_path / "elsewhere" / "oracle.py"
    oracle.write_text("before")
    (course / "linked").symlink_to(tmp_path / "elsewhere")
    (course / "data" / "loop").symlink_to(course)
    (course / "gone").symlink_to(tmp_path / "nowhere")
    before = of(course)[0]
    oracle.write_text("after")
    assert of(course)[0] != before


def test_the_same_content_gives_the_same_digest_wherever_it_lies(course, tmp_path):
    shutil.copytree(course, tmp_path / "moved")
    assert of(course)[0] == of(tmp_path / "moved")[0]


def test_a_pack_is_one_file(tmp_path):
    (tmp_path / "small.checks").write_bytes(b"data")
    (tmp_path / "mine.ipynb").touch()
    assert files(tmp_path / "small.checks") == [tmp_path / "small.checks"]


def test_a_folder_that_is_no_course_alone_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr("autograder.course.digest.MAX_FILES", 3)
    for number in range(4):
        (tmp_path / str(number)).touch()
    with pytest.raises(CourseError, match="holds more than 3 files"):
        files(tmp_path)


@pytest.mark.skipif(os.name == "nt" or os.getuid() == 0, reason="root reads everything")
def test_a_file_that_cannot_be_read_is_named(course):
    (course / "formulas.py").chmod(0)
    with pytest.raises(CourseError, match=r"formulas\.py cannot be read"):
        of(course)


# ------------------------------------------------------------------ what lies outside is named by version


@pytest.mark.parametrize(
    ("where", "source", "named"),
    [
        (f"{EXERCISE}/exercise.py", "import msgpack\n", "msgpack"),
        (f"{EXERCISE}/exercise.py", "def run():\n    import msgpack.ext as m, os\n", "msgpack"),
        (f"{EXERCISE}/helper.py", "from PIL import Image\n", "pillow"),
        ("formulas.py", "import numpy as np\nfrom nbformat.v4 import reads\n", "nbformat"),
        ("oracles/deep/er/exact.py", "import os, mpmath\n", "mpmath"),
        ("unused.py", "import mpmath\n", None),
    ],
)
def test_installed_packages_that_the_code_imports_are_named_by_version(course, where, source, named):
    from importlib.metadata import version

    with (course / EXERCISE / "exercise.py").open("a") as file:
        file.write("\nimport formulas\ndef later():\n    import oracles.deep\n")
    with (course / where).open("a") as file:
        file.write("\n" + source)
    found = packages(course, "small", files(course))
    assert found["torch"] == version("torch")
    assert (found.get(named) == version(named)) if named else "mpmath" not in found
    assert "autograder" not in found


# ------------------------------------------------------------------ and so it is graded again


ORACLE = """
from pathlib import Path

def factor():
    return float((Path(__file__).parent / "data" / "factor.txt").read_text())
"""


def test_an_oracle_and_a_table_it_opens_late_change_the_grade_at_the_next_run(course, tmp_path, capsys):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "anna.py").write_text(RIGHT)
    (course / "nested" / "data").mkdir(parents=True)
    (course / "nested" / "oracle_of_mine.py").write_text(ORACLE)
    table, exercise = course / "nested" / "data" / "factor.txt", course / EXERCISE / "exercise.py"
    table.write_text("1")
    source = exercise.read_text()
    assert "(x**2).mean()" in source
    source = source.replace(
        "(x**2).mean()", "__import__('nested.oracle_of_mine').oracle_of_mine.factor() * (x**2).mean()"
    )
    exercise.write_text(source)

    def graded() -> tuple[str, bool]:
        grade_class("small", [tmp_path / "in"], out=tmp_path / "out", course=course, jobs=1)
        said = capsys.readouterr().out
        return said, "1 of 4" in said

    assert graded()[1]
    assert "unchanged since the last run" in graded()[0]
    table.write_text("2")
    said, full = graded()
    assert "Grading 1 submission." in said and not full


def test_a_report_names_what_the_course_imports(course):
    sheet = load_stamped("small", course)
    assert sheet.packages["torch"] == torch.__version__
    assert len(sheet.sha256) == 64
