"""An nbgrader course folder from outside: its configuration, its directories, and whether its gradebook is of this nbgrader."""

import sqlite3
from contextlib import chdir
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import nbgrader
from alembic.script import ScriptDirectory
from nbgrader.coursedir import CourseDirectory
from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from autograder.model import UsageError


@dataclass(frozen=True)
class Course:
    """An nbgrader course as its own nbgrader_config.py sets it up."""

    config: Config
    directory: CourseDirectory

    @classmethod
    def at(cls, root: Path) -> "Course":
        """Reads nbgrader_config.py, as nbgrader's own commands do in that folder."""
        config = Config()
        if (root / "nbgrader_config.py").is_file():
            with chdir(root):
                config = PyFileConfigLoader("nbgrader_config.py", path=str(root)).load_config()
        config.CourseDirectory.setdefault("root", str(root))
        return cls(config, CourseDirectory(config=config))

    def file(self, step: str, student: str, assignment: str, name: str) -> Path:
        """A file of one student: ``step`` is "submitted" or "autograded"."""
        folder = getattr(self.directory, f"{step}_directory")
        return Path(self.directory.format_path(folder, student, assignment)) / name

    @property
    def database(self) -> str:
        return str(self.directory.db_url)


def refuse_old(course: Course) -> None:
    """Raises UsageError where the gradebook was made by another nbgrader: writing to it would spoil it."""
    if not course.database.startswith("sqlite:///"):
        return
    path = Path(course.database.removeprefix("sqlite:///"))
    try:
        connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
        try:
            found = [row[0] for row in connection.execute("SELECT version_num FROM alembic_version")]
        finally:
            connection.close()
    except sqlite3.Error as error:
        raise UsageError(f"{path} is not a gradebook that this nbgrader can read ({error}).") from None
    wanted = _newest()
    if found != [wanted]:
        raise UsageError(
            f"{path} was made by another version of nbgrader (its version is {', '.join(found) or 'unknown'}, {wanted} is "
            "expected). Back it up, then run `nbgrader db upgrade`."
        )


@cache
def _newest() -> str | None:
    """The version of gradebooks that the installed nbgrader makes; its own function for this starts a program."""
    return ScriptDirectory(str(Path(nbgrader.__file__).parent / "alembic")).get_current_head()


def how_far(converter: Any, student: str) -> str:
    """Which of how many students one of nbgrader's steps is at: " (3 of 21)"; it takes them in the order of their folders."""
    there = sorted(converter.assignments)
    path = converter._format_source(converter.coursedir.assignment_id, student)
    return f" ({there.index(path) + 1} of {len(there)})" if path in there else ""
