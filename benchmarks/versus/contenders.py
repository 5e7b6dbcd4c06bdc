"""Who is compared. Each gets a class of right answers, every file of its own bytes, and says which commands grade it.

All run the same tests but this engine, whose calls these tests are. What a command needs once and for all (the released
assignment, the archive with the tests) is made before, and not counted.
"""

import json
import os
import shutil
import subprocess
import sys
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from pathlib import Path

import nbformat

from autograder.course import load_sheet
from autograder.model import Sheet
from benchmarks import large
from benchmarks.grading import COURSE, FUNCTIONS
from benchmarks.versus.asked import ASSERTS, asked, keep
from benchmarks.versus.measured import Command, Cost, cost

HERE = Path(__file__).parent
Lines = Sequence[Sequence[Command]]
OTTER_TEST = """\
OK_FORMAT = False

from otter.test_files import test_case

name = "{name}"
points = 1


@test_case(points=1, hidden=False)
def test_{name}({name}):
{body}"""


@dataclass
class Class_:
    """What all contenders share: the sheet, the calls and the answers. ``folder`` is ours."""

    folder: Path
    sheet: Sheet = field(default_factory=lambda: load_sheet(large.SHEET, COURSE))

    @cached_property
    def examples(self) -> Path:
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / "examples.pt"
        found = asked(self.sheet)
        self.calls = {name: len(calls) for name, calls in found.items()}
        keep(found, path)
        return path

    @cached_property
    def course(self) -> Path:
        return large.course(self.folder)

    @cached_property
    def names(self) -> dict[str, str]:
        return {id: self.sheet.exercise(id).names[0] for id in FUNCTIONS}

    def tests(self, id: str) -> str:
        return ASSERTS.format(name=self.names[id])

    def answers(self, i: int) -> list[str]:
        return [f"# handed in by number {i}\n{self.sheet.exercise(id).solution}" for id in FUNCTIONS]

    def fresh(self, name: str) -> Path:
        """An empty folder, once more."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        (self.folder / name).mkdir(parents=True)
        return self.folder / name

    def scripts(self, count: int) -> Path:
        folder = self.fresh("scripts")
        for i in range(count):
            (folder / f"s{i:03}.py").write_text("\n\n".join(self.answers(i)), encoding="utf-8")
        return folder


def engine(class_: Class_, count: int, workers: int, *options: str) -> Lines:
    words = ["-m", "autograder", "grade", large.SHEET, str(class_.scripts(count)), "--course", str(class_.course)]
    words += ["--out", str(class_.fresh("out")), "--no-training", "--jobs", str(workers), *options]
    return [[_python(words, class_.folder)]]


def dask(class_: Class_, count: int, workers: int) -> Lines:
    return engine(class_, count, workers, "--engine", "dask")


def mixed(class_: Class_, count: int, workers: int) -> Lines:
    """Four in ten answers are wrong, unusual or not begun, as in ``benchmarks.large``."""
    lines = engine(class_, 0, workers)
    large.hand_in(class_.folder / "scripts", count)
    return lines


def nbgrader(class_: Class_, count: int, workers: int) -> Lines:
    """``nbgrader autograde`` knows one process alone: of two workers each has a course folder with its part of the class."""
    from tests.nbgrader.conftest import NbCourse

    root, lines = _released(class_), []
    for old in class_.folder.glob("nb[0-9]"):
        shutil.rmtree(old)
    for part, students in enumerate(_parts(count, workers)):
        folder = class_.fresh(f"nb{part}")
        shutil.copytree(root, folder, dirs_exist_ok=True)
        made = NbCourse(folder, class_.sheet, class_.course)
        for i in students:
            made.hand_in(f"s{i:03}", lambda notebook, i=i: _answered(notebook, class_, i))
            shutil.copy(class_.examples, made.path("submitted", f"s{i:03}").parent)
        lines.append([_python(["-m", "nbgrader", "autograde", large.SHEET], folder)])
    return lines


def _released(class_: Class_) -> Path:
    """An nbgrader course whose test cells are asserts."""
    from tests.nbgrader.conftest import PLAIN, cell, make_nb_course

    if not (root := class_.folder / "released").is_dir():
        made = make_nb_course(root, large.SHEET, class_.course, PLAIN)
        source = json.loads(made.path("source").read_text())
        cell(source, "setup")["source"] = "import torch"
        for id in FUNCTIONS:
            cell(source, f"{id}-check")["source"] = class_.tests(id)
        made.path("source").write_text(json.dumps(source))
        shutil.copy(class_.examples, made.path("source").parent)
        code, log = made.run("generate_assignment", large.SHEET, "--force")
        assert code == 0, log
    return root


def _answered(notebook: dict, class_: Class_, i: int) -> None:
    from tests.nbgrader.conftest import cell

    for id, answer in zip(FUNCTIONS, class_.answers(i), strict=True):
        cell(notebook, id)["source"] = answer


def otter(class_: Class_, count: int, workers: int) -> Lines:
    """``otter run`` knows one submission alone; ``otter grade`` is the same in containers."""
    archive, folder = _archive(class_), class_.fresh("otter")
    for i in range(count):
        cells = [nbformat.v4.new_code_cell(answer, id=f"c{at}") for at, answer in enumerate(class_.answers(i))]
        kernel = {"kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"}}
        (folder / f"s{i:03}").mkdir()
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=kernel), folder / f"s{i:03}" / "s.ipynb")

    def command(i: int) -> Command:
        return _python(["-m", "otter", "run", "s.ipynb", "-a", str(archive), "-o", "."], folder / f"s{i:03}")

    return [[command(i) for i in part] for part in _parts(count, workers)]


def _archive(class_: Class_) -> Path:
    folder = class_.folder / "otter-tests"
    if not (path := folder / "autograder.zip").is_file():
        (folder / "tests").mkdir(parents=True)
        for id, name in class_.names.items():
            (folder / "tests" / f"{name}.py").write_text(otter_test(name, class_.tests(id)))
        shutil.copy(class_.examples, folder)
        words = ["-m", "otter", "generate", "-t", "tests", "-o", path.name, "--no-environment", "examples.pt"]
        subprocess.run([sys.executable, *words], cwd=folder, env=_environment(), check=True, capture_output=True)
    return path


def otter_test(name: str, tests: str) -> str:
    """The test file of one function."""
    return OTTER_TEST.format(name=name, body=textwrap.indent(tests, "    "))


def asserts(class_: Class_, count: int, workers: int) -> Lines:
    """A Python process for each student: the file, then the asserts."""
    folder, tests = class_.scripts(count), class_.folder / "asserts.txt"
    class_.examples  # noqa: B018 - is made
    tests.write_text("\n\n".join(class_.tests(id) for id in FUNCTIONS), encoding="utf-8")

    def command(i: int) -> Command:
        return _python([str(HERE / "alone.py"), str(tests), str(folder / f"s{i:03}.py")], class_.folder)

    return [[command(i) for i in part] for part in _parts(count, workers)]


def floor(class_: Class_, count: int, workers: int) -> Cost:
    """What the calls alone cost, as ``floor.py`` says; the process and its imports do not count."""
    folder = class_.scripts(count)
    command = _python([str(HERE / "floor.py"), str(folder)], class_.examples.parent)
    done = subprocess.run(
        command.words, cwd=command.cwd, env=command.environment, capture_output=True, text=True, check=True
    )
    wall, processor, seen = map(float, done.stdout.split())
    assert seen == count
    return Cost(wall, processor, 0.0)


CONTENDERS: dict[str, tuple[str, Callable[..., Lines]]] = {
    "engine": ("autograder grade", engine),
    "dask": ("autograder grade with Dask", dask),
    "mixed": ("autograder grade, 40 % not right", mixed),
    "nbgrader": ("nbgrader autograde", nbgrader),
    "otter": ("otter run", otter),
    "asserts": ("asserts, a process each", asserts),
    "floor": ("the calls alone, one warm process", lambda *_: []),
}


def cost_of(class_: Class_, who: str, count: int, workers: int) -> Cost:
    """Grades a fresh class of ``count``, and sees that everybody got the points."""
    if who == "floor":
        return floor(class_, count, workers)
    found = cost(CONTENDERS[who][1](class_, count, workers))
    CHECKED.get(who, lambda *_: None)(class_, count)
    return found


def _graded_in_full(class_: Class_, count: int) -> None:
    rows = (class_.folder / "out" / "grades.csv").read_text(encoding="utf-8-sig").splitlines()[1:]
    assert [row.split(",")[2] for row in rows] == [str(len(FUNCTIONS))] * count, rows[:3]


def _nbgrader_in_full(class_: Class_, count: int) -> None:
    from tests.nbgrader.conftest import NbCourse

    parts = [NbCourse(folder, class_.sheet, class_.course) for folder in class_.folder.glob("nb[0-9]")]
    scores = list(chain.from_iterable(part.scores().values() for part in parts))
    assert scores == [float(len(FUNCTIONS))] * count, scores


def _otter_in_full(class_: Class_, count: int) -> None:
    found = [json.loads(path.read_text()) for path in (class_.folder / "otter").glob("*/results.json")]
    scores = [sum(test.get("score", 0.0) for test in one["tests"]) for one in found]
    assert scores == [float(len(FUNCTIONS))] * count, scores


CHECKED: dict[str, Callable[[Class_, int], None]] = {
    "engine": _graded_in_full,
    "dask": _graded_in_full,
    "nbgrader": _nbgrader_in_full,
    "otter": _otter_in_full,
}


def _parts(count: int, workers: int) -> list[range]:
    return [part for part in (range(first, count, workers) for first in range(workers)) if part]


def _python(words: Sequence[str], cwd: Path) -> Command:
    return Command((sys.executable, *words), cwd, _environment())


def _environment() -> dict[str, str]:
    """One thread in every process, and this interpreter's programs first: nbgrader calls alembic by name."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "OMP_NUM_THREADS": "1"}
