"""A small course of its own for the engine's tests: what ``autograder new exercise`` makes, and an essay."""

import atexit
import gc
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch

from autograder.commands.new import make_exercise
from autograder.course.catalog import load_sheet
from autograder.grading.grader import Grader
from autograder.model import Cell, Report, Settings, Sheet, Submission
from autograder.student import Host
from autograder.training import mnist
from tests import warm

os.environ.setdefault("OMP_NUM_THREADS", "1")  # two cores are shared by graders and students
os.environ["XDG_STATE_HOME"] = tempfile.mkdtemp(
    prefix="state-"
)  # courses of tests are not the ones of whoever runs them
atexit.register(shutil.rmtree, os.environ["XDG_STATE_HOME"], ignore_errors=True)

sys.modules["rfc3987_syntax"] = None  # type: ignore[assignment]  # jsonschema, which no IRI is shown, reads its grammars for 2 s

# It was imported above, before it could read the variable; a second thread waits for work by turning round.
torch.set_num_threads(1)

warm.put(True)
gc.disable()  # until all tests are collected: a quarter of that time went into looking for garbage in what is here to stay

REPOSITORY = Path(__file__).parent.parent
HEAVY = (  # files that take longest, the longest first; what starts last must be short, or one worker ends long after the other
    "test_every_exercise.py",
    "student/test_gpu.py",
    "commands/review/test_in_browser.py",
    "corpus/test_found.py",
    "redteam/test_redteam.py",
    "corpus/test_trainings.py",
    "checks/test_trains.py",
    "test_distribution.py",
    "grading/test_crash_safety.py",
    "windows/test_windows.py",
    "test_import_path.py",
    "student/test_isolation.py",
    "test_class.py",
    "nbgrader/test_cell.py",
    "redteam/test_ourside.py",
    "commands/test_grade.py",
    "student/test_plain.py",
    "student/test_isolation_layers.py",
    "student/test_host.py",
    "test_basics_class.py",
    "nbgrader/test_links.py",
    "documentation/test_commands.py",
    "commands/test_authoring.py",
    "commands/test_pytest_plugin.py",
    "checks/test_kinds.py",
    "checks/test_classify.py",
    "maths/test_hostile.py",
    "corpus/test_loaded.py",
    "nbgrader/test_groups.py",
    "nbgrader/test_engine.py",
    "course/test_pack_points.py",
    "checks/test_device.py",
    "maths/habits/test_fates.py",
    "commands/review/test_marking.py",
    "student/test_calls.py",
    "nbgrader/test_gradebook.py",
    "commands/test_hidden.py",
    "nbgrader/test_exceptions.py",
    "student/test_loading.py",
    "maths/test_lines.py",
    "nbgrader/test_assignment.py",
    "formats/test_messy.py",
    "maths/test_derivation.py",
    "commands/test_own_check.py",
    "fuzz/test_notebook_reader.py",
    "formats/test_browser.py",
    "grading/test_grader.py",
    "commands/test_again.py",
)
ESSAY = """
from autograder.checks import written

kind = "text"
cap = 1.0
checks = [written(__file__)]
"""
RUBRIC = """
good = "Because the square is convex; for example at -1 and 1."
weak = "Because."

[[criterion]]
name = "idea"
points = 2
full = "says the idea"
partial = "1 point where the idea is only named"
signals = ["convex"]

[[criterion]]
name = "example"
points = 1
full = "gives an example"
partial = "half a point for an example without numbers"
signals = ["for example", "say"]

[[misunderstanding]]
name = "circular"
criterion = "idea"
comment = "This says again what was asked. Say what it follows from."
"""
OPTIMISING = ("torch", "torch._dynamo")  # what a process imports that trains
RIGHT = "def mean_square(x):\n    return (x**2).mean()\n"
TWICE = "def mean_square(x):\n    return 2 * (x**2).mean()\n"
SUM = "def mean_square(x):\n    return (x**2).sum()\n"


def make_course(folder: Path) -> Path:
    """A course with the sheet ``small``: ``mean_square`` (1 point) and ``essay`` (3 points)."""
    sheet = folder / "exercises" / "small"
    sheet.mkdir(parents=True)
    (sheet / "sheet.toml").write_text('title = "A small sheet"\n[settings]\nload_seconds = 3\ncall_seconds = 2\n')
    make_exercise("small", "mean_square", item="1", course=folder)
    (sheet / "essay").mkdir()
    (sheet / "essay" / "README.md").write_text("## Say why\n")
    (sheet / "essay" / "exercise.py").write_text(ESSAY)
    (sheet / "essay" / "rubric.toml").write_text(RUBRIC)
    (sheet / "essay" / "starter.py").write_text('essay = """Your text."""\n')
    (sheet / "essay" / "solution.py").write_text('essay = """Because."""\n')
    with (sheet / "sheet.toml").open("a") as plan:
        plan.write('\n[[exercise]]\nid = "essay"\nitem = "2"\npoints = 3\n')
    return folder


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """What starts a host from here on, of this test or for it, may take one that is warm."""
    warm.put(warm.is_for(item.path))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Heavy files first; ``--no-loadscope-reorder`` keeps the order where several workers run them."""
    place = {str(Path(__file__).parent / name): i for i, name in enumerate(HEAVY)}
    items.sort(key=lambda item: place.get(str(item.path), len(place)))


def pytest_collection_finish() -> None:
    """What there is by now stays: nobody looks through it again, here or in what is forked."""
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def one_core() -> Iterator[None]:
    """What starts a worker for each core starts none here, where each core has tests of its own; what is to have two says so."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "cpu_count", lambda: 1)
        yield


@pytest.fixture(scope="session")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_course(tmp_path_factory.mktemp("course"))


@pytest.fixture(scope="session")
def sheet(course: Path) -> Sheet:
    return load_sheet("small", course)


@pytest.fixture(scope="session")
def host(sheet: Sheet) -> Iterator[Host]:
    with Host(sheet.settings, preload=("torch",)) as host:
        yield host


@pytest.fixture(scope="session")
def grader(sheet: Sheet, host: Host) -> Iterator[Grader]:
    with Grader(sheet, host) as grader:
        yield grader


@pytest.fixture(scope="session")
def trainer() -> Iterator[Host]:
    """Where many trainings run. What torch imports where an optimiser is made, a second's work for each process, is there
    already; ``test_every_exercise.py`` trains without."""
    root = mnist().root
    with Host(Settings(), preload=OPTIMISING, readable=[root], data={"mnist": root}) as host:
        yield host


def hand_in(source: str = "", student: str = "anna", **texts: str) -> Submission:
    """A submission of one cell and texts by exercise id."""
    return Submission(student, f"{student}.py", "0" * 64, (Cell(source, 1),), texts)


def finding(report: Report, check: str, exercise: str = "mean_square"):
    """The finding of one check."""
    result = next(r for r in report.results if r.id == exercise)
    return next(f for f in result.findings if f.check == check)
