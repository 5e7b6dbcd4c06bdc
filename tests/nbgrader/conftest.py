"""An nbgrader course of its own, and nbgrader's real commands, run in this process."""

import json
import logging
import os
import shutil
import sys
import warnings
from collections.abc import Callable, Iterator
from contextlib import chdir, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest

from autograder.course.catalog import load_sheet
from autograder.model import Sheet

CONFIG = """
c = get_config()
c.CourseDirectory.course_id = "course"
from autograder.nbgrader import configure
configure(c, course={course!r}, training=False)
"""
PLAIN = 'c = get_config()\nc.CourseDirectory.course_id = "course"\n'
APPS = {
    "generate_assignment": "GenerateAssignmentApp",
    "autograde": "AutogradeApp",
    "generate_feedback": "GenerateFeedbackApp",
    "export": "ExportApp",
    "zip_collect": "ZipCollectApp",
}


@dataclass(frozen=True)
class NbCourse:
    """An nbgrader course folder with one assignment, called like the sheet."""

    root: Path
    sheet: Sheet
    course: Path

    @property
    def name(self) -> str:
        return self.sheet.id

    def run(self, command: str, *arguments: str) -> tuple[int, str]:
        """One of nbgrader's commands; its exit code and what it logged."""
        return run_app(self.root, command, *arguments)

    def cells(self, step: str = "release", student: str = ".") -> list[dict[str, Any]]:
        return json.loads(self.path(step, student).read_text())["cells"]

    def path(self, step: str, student: str = ".") -> Path:
        return self.root / step / student / self.name / f"{self.name}.ipynb"

    def hand_in(
        self,
        student: str,
        edit: Callable[[dict[str, Any]], object] = lambda notebook: None,
        *,
        raw: bytes | None = None,
        timestamp: str = "2026-01-02 00:00:00 UTC",
        name: str = "",
    ) -> Path:
        """What ``student`` submits: the released notebook, edited, or raw bytes."""
        notebook = json.loads(self.path("release").read_text())
        edit(notebook)
        path = self.path("submitted", student)
        path = path.with_name(name) if name else path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(json.dumps(notebook).encode() if raw is None else raw)
        (path.parent / "timestamp.txt").write_text(timestamp + "\n")
        return path

    @contextmanager
    def gradebook(self) -> Iterator[Any]:
        from nbgrader.api import Gradebook

        with Gradebook(f"sqlite:///{self.root / 'gradebook.db'}", "course") as gradebook:
            yield gradebook

    def grades(self, student: str) -> dict[str, Any]:
        """grade_id -> (auto_score, manual_score, needs_manual_grade)."""
        with self.gradebook() as gradebook:
            handed_in = gradebook.find_submission(self.name, student)
            return {g.name: (g.auto_score, g.manual_score, g.needs_manual_grade) for g in handed_in.notebooks[0].grades}

    def scores(self) -> dict[str, float]:
        with self.gradebook() as gradebook:
            return {s.student.id: round(s.score, 6) for s in gradebook.assignment_submissions(self.name)}

    def comments(self, student: str) -> dict[str, str]:
        with self.gradebook() as gradebook:
            handed_in = gradebook.find_submission(self.name, student)
            return {c.name: c.comment or "" for c in handed_in.notebooks[0].comments}

    def mark(self, student: str, grade_id: str, points: float) -> None:
        """What Formgrader does when a person enters a score."""
        with self.gradebook() as gradebook:
            grade = gradebook.find_grade(grade_id, self.name, self.name, student)
            grade.manual_score, grade.needs_manual_grade = points, False
            gradebook.db.commit()


def run_app(root: Path, command: str, *arguments: str) -> tuple[int, str]:
    """One of nbgrader's commands in this process, in folder ``root``."""
    import nbgrader.apps

    app = getattr(nbgrader.apps, APPS[command])()
    log = _Log()
    with chdir(root), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's and its libraries' own
        try:
            app.initialize(list(arguments))
            app.log.addHandler(log)
            app.start()
            code = 0
        except SystemExit as exit:
            code = int(exit.code or 0)
        finally:
            app.log.removeHandler(log)
    return code, "\n".join(log.lines)


class _Log(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(record.getMessage())


def make_nb_course(root: Path, name: str, course: Path, config: str = CONFIG) -> NbCourse:
    """An nbgrader course with the released assignment ``name``; a copy, where one has been made from the same course before."""
    key = (name, course, config)
    if kept := _KEPT.get(key):
        shutil.copytree(kept.root, root, dirs_exist_ok=True)
        return replace(kept, root=root)
    made = _released(root, name, course, config)
    _KEPT[key] = replace(made, root=root.with_name(f"{root.name}.released"))
    shutil.copytree(root, _KEPT[key].root)
    return made


_KEPT: dict[tuple[str, Path, str], NbCourse] = {}


def _released(root: Path, name: str, course: Path, config: str) -> NbCourse:
    from autograder.nbgrader.assignment import notebook

    os.environ["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"  # nbgrader calls alembic by name
    made = NbCourse(root, load_sheet(name, course), course)
    made.path("source").parent.mkdir(parents=True)
    made.path("source").write_bytes(notebook(made.sheet))
    (root / "nbgrader_config.py").write_text(config.format(course=str(course)))
    code, log = made.run("generate_assignment", name)
    assert code == 0, log
    return made


def cell(notebook: dict[str, Any], id: str) -> dict[str, Any]:
    """The cell of this grade_id."""
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == id)


@pytest.fixture(scope="session", autouse=True)
def statements() -> Iterator[None]:
    """nbgrader opens its gradebook anew for each step of each student, and all statements were compiled anew, a fifth
    of the time of these tests: here its engines share one dialect, and what was compiled for it."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's and its libraries' own
        from nbgrader import api
    create, first = api.create_engine, []

    def create_engine(*arguments: Any, **options: Any) -> Any:
        engine = create(*arguments, **options)
        first[:] = first or [engine]
        engine.dialect, engine._compiled_cache = first[0].dialect, first[0]._compiled_cache
        return engine

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(api, "create_engine", create_engine)
        yield


@pytest.fixture(scope="session")
def released(tmp_path_factory: pytest.TempPathFactory, course: Path) -> NbCourse:
    """The small sheet, released; to be copied, not to be used."""
    return make_nb_course(tmp_path_factory.mktemp("released") / "nb", "small", course)


@pytest.fixture
def nb(tmp_path: Path, released: NbCourse) -> NbCourse:
    """The small sheet, released."""
    shutil.copytree(released.root, tmp_path / "nb")
    return replace(released, root=tmp_path / "nb")
