"""nbgrader's own steps over folders that students fill: nothing is reached through a link, nothing waits, nothing is run.

nbgrader copies and opens what lies under ``submitted/`` as it finds it. It names its converters in its code, not in its
configuration; the exporters that ``configure`` sets are the first of ours that a converter makes, and they give it these manners.
A course folder, ``submitted`` or ``source`` may be links: the instructor made those. What has a student's name, and all below it,
may not.
"""

import glob
import os
import re
import warnings
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from nbconvert.exporters import HTMLExporter
from nbconvert.exporters.exporter import ResourcesDict
from nbformat import NotebookNode
from nbgrader.apps.api import NbGraderAPI
from nbgrader.converters import Autograde, GenerateFeedback
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import parse_utc
from sqlalchemy.exc import SAWarning

from autograder.grading import files
from autograder.intake import read_below
from autograder.model import InternalError, SubmissionError, UsageError
from autograder.nbgrader.harmless import Beside
from autograder.nbgrader.places import Parts, below, expected, lying_in, place
from autograder.nbgrader.teams import spread

STAMP = "timestamp.txt"
_PICTURE_BYTES = 2 << 20
_MOST_PICTURES = 20  # of one notebook
_LIVE_NAME = re.compile(r'[<>"\x00-\x1f\x7f]')


def refuse_name(student: str) -> None:
    """Raises UsageError for a student's id that nbgrader's pages would take for HTML; they show it as it is."""
    if _LIVE_NAME.search(student):
        raise UsageError(
            f"The student id {student!r} holds characters that nbgrader's pages take for HTML. Rename the folder in submitted/."
        )


def renamed(notebooks: list[str], expected: set[str]) -> dict[str, str]:
    """The one notebook of a name that nbgrader does not know, for the one that is missing: what it asks for -> what is there."""
    missing = expected - {Path(name).name for name in notebooks}
    strange = [Path(name) for name in notebooks if Path(name).name not in expected]
    return {str(strange[0].with_name(missing.pop())): str(strange[0])} if len(missing) == len(strange) == 1 else {}


def stand_ins(notebooks: list[str]) -> dict[str, str]:
    """For each notebook that is not there, the file that was handed in for it: Python code, or else whatever lies there."""
    there = {name: place(Path(name).parent).folder / Path(name).name for name in notebooks}
    return {
        name: str(found) for name, path in there.items() if not os.path.lexists(path) and (found := _stand_in(path))
    }


def _stand_in(notebook: Path) -> Path | None:
    if notebook.parent.is_symlink() or not notebook.parent.is_dir():
        return None
    there = [path for path in notebook.parent.iterdir() if path.name != STAMP and not path.name.startswith(".")]
    return min(there, key=lambda path: (path.suffix != ".py", path.stem != notebook.stem, path.name), default=None)


def _init_notebooks(self: Any) -> None:
    """Everybody with a folder is graded, also who handed in Python code, a PDF or nothing; nbgrader looks for notebooks alone."""
    groups = self.config.get("Grade", {}).get("groups", "")
    students = "*" if groups else self.coursedir.student_id
    folders = sorted(glob.glob(self._format_source(self.coursedir.assignment_id, students)))
    graded = (
        spread(self, Path(self.coursedir.root, groups), folders) if groups else {folder: folder for folder in folders}
    )
    found = {
        own: [os.path.join(own, Path(name).name) for name in expected(self, there)] for own, there in graded.items()
    }
    found = {own: names for own, names in found.items() if names}
    self.assignments, self.notebooks = found, []
    if not found:
        BaseConverter.init_notebooks(self)  # it says what it looked for


def pictures(folder: Path, parts: Parts) -> Beside:
    """Reads pictures beside a notebook: the first few that it names, each of a bounded size."""
    asked: list[str] = []

    def beside(name: str) -> bytes | None:
        names = [piece for piece in name.split("/") if piece != "."]
        asked.append(name)
        if len(asked) > _MOST_PICTURES or not names or {"", ".."} & set(names) or "\0" in name:
            return None
        try:
            return read_below(folder, (*parts, *names), max_bytes=_PICTURE_BYTES)
        except (SubmissionError, InternalError):
            return None

    return beside


# ------------------------------------------------------------------ when it was handed in


def stamp(folder: Path, parts: Parts) -> tuple[str, str]:
    """What stands in a student's timestamp.txt, "" for nothing, and a sentence where it is no such file."""
    try:
        text = read_below(folder, (*parts, STAMP), max_bytes=1000).decode("utf-8", "replace").strip()[:100]
    except InternalError as error:
        return "", "" if isinstance(error.__cause__, FileNotFoundError | NotADirectoryError) else str(error)
    except SubmissionError as error:
        return "", f"{STAMP} was not read. {str(error).split(' Hand in ')[0]}"
    return text, ""


def handed_in_at(coursedir: Any, path: str | Path, log: Any) -> datetime | None:
    """The date in a student's timestamp.txt; None, and a warning, where there is none that can be understood."""
    text, trouble = stamp(*below(coursedir, path))
    found = as_date(text)
    if trouble or (text and not found):
        log.warning("%s: %s", path, trouble or f"{STAMP} holds no date.")
    return found


def as_date(text: str) -> datetime | None:
    """A date as nbgrader reads it; None for what is none. A word that is a path would be opened as a time zone."""
    if not text or any(word.lstrip(":").startswith("/") or ".." in word for word in text.split()):
        return None
    try:
        return parse_utc(text)
    except (ValueError, OverflowError, TypeError):
        return None


def _existing_timestamp(self: Any, dest_path: str) -> datetime | None:
    return handed_in_at(self, dest_path, self.log)


def _submitted_timestamp(self: Any, assignment_id: str, student_id: str) -> datetime | None:
    path = self.coursedir.format_path(self.coursedir.submitted_directory, student_id, assignment_id)
    return handed_in_at(self.coursedir, path, self.log)


def install() -> None:
    """nbgrader reads timestamp.txt, and finds who handed in, in these places, and lets nobody put in others."""
    CourseDirectory.get_existing_timestamp = _existing_timestamp
    NbGraderAPI.get_submitted_timestamp = _submitted_timestamp
    Autograde.init_notebooks = _init_notebooks
    quiet()


def quiet() -> None:
    """nbgrader adds a submission before its session knows it; SQLAlchemy says so for each, and all is stored none the less."""
    warnings.filterwarnings("ignore", category=SAWarning, module=r"nbgrader\.")


# ------------------------------------------------------------------ nbgrader's converters


class PlainCopies(BaseConverter):  # type: ignore[misc]  # nbgrader ships no types
    """A converter that copies plain files and writes to plain files; comes after nbgrader's own class in the order of bases."""

    def init_destination(self, assignment_id: str, student_id: str) -> bool:
        """Asked first for every student."""
        refuse_name(student_id)
        for path in self.own_folders(assignment_id, student_id):
            for link in unlinked(*below(self.coursedir, path)):
                self.log.warning("%s was a link or a device; it was removed.", link)
        return bool(super().init_destination(assignment_id, student_id))

    def own_folders(self, assignment_id: str, student_id: str) -> list[str]:
        """Where nothing but nbgrader's own work may lie."""
        return [self._format_dest(assignment_id, student_id)]

    def copies(self, assignment_id: str) -> bool:
        """Whether what lies beside a notebook goes along with it."""
        return True

    def init_assignment(self, assignment_id: str, student_id: str) -> None:
        """In place of nbgrader's copying."""
        if not self.copies(assignment_id):
            return
        folder, parts = below(self.coursedir, self._format_source(assignment_id, student_id))
        target = Path(self._format_dest(assignment_id, student_id))
        for names in lying_in(folder, parts, [*self.coursedir.ignore, "*.ipynb"]):
            try:
                data = read_below(folder, (*parts, *names), max_bytes=self.coursedir.max_file_size * 1000)
                files.write(target.joinpath(*names), data)
            except (SubmissionError, InternalError) as error:
                self.log.warning("Student %s: %s was left out. %s", student_id, "/".join(names), error)


def unlinked(folder: Path, parts: Parts) -> Iterator[Path]:
    """Removes every link and device from a folder of nbgrader's own results, and names it."""
    path = folder
    for part in parts:
        path = path / part
        if path.is_symlink():
            path.unlink()
            yield path
            return
    for where, inner, names in os.walk(path):
        for found in (Path(where) / name for name in (*inner, *names)):
            if found.is_symlink() or not (found.is_dir() or found.is_file()):
                found.unlink()
                yield found


class _Feedback(GenerateFeedback, PlainCopies):  # type: ignore[misc]  # nbgrader ships no types
    def own_folders(self, assignment_id: str, student_id: str) -> list[str]:
        return [self._format_source(assignment_id, student_id), self._format_dest(assignment_id, student_id)]


class FeedbackExporter(HTMLExporter):
    """nbconvert's own, made by a converter that then minds links."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if type(self.parent) is GenerateFeedback:
            self.parent.__class__ = _Feedback

    def from_notebook_node(
        self, nb: NotebookNode, resources: ResourcesDict | dict[str, Any] | None = None, **options: Any
    ) -> tuple[Any, dict[str, Any]]:
        """nbconvert looks for the state of widgets, of which Colab writes the name alone; the page needs neither."""
        nb.metadata.pop("widgets", None)
        return super().from_notebook_node(nb, resources, **options)
