"""``nbgrader zip_collect`` for what Moodle and Canvas hand out: who handed in what, and no archive that does harm.

    c.ZipCollectApp.collector_plugin = "autograder.nbgrader.MoodleCollector"
    c.ZipCollectApp.extractor_plugin = "autograder.nbgrader.SafeExtractor"

A student is called by name and platform id, "Alice-Doe_1234567", so that two of one name stay apart and the exporters know the
id. Whatever the notebook is called, it is collected under the name that was released. Of several notebooks, Python files and
zips of one student all are collected, under their own names, since the grading tells which of them count; of two uploads of one
file to Canvas the last. Who handed in none of these has whatever there is collected, so that their row in the gradebook says so.

With each goes when it was handed in (``times``), so that nbgrader takes off what the course takes off for being late. Canvas says
who was late: without a time that is a second after the due date. Of a later archive what is new replaces what was
collected before, which is kept in ``downloaded/<assignment>/earlier/``.
"""

import re
from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from nbgrader.api import Gradebook, MissingEntry
from nbgrader.plugins import FileNameCollectorPlugin
from traitlets import Unicode

from autograder.intake import archive, is_junk, names
from autograder.model import Origin, UsageError, listed, roster
from autograder.nbgrader.earlier import keep
from autograder.nbgrader.guard import as_date, stamp
from autograder.nbgrader.places import below, is_led_away
from autograder.nbgrader.times import from_entries, from_tables

_ANSWERS = {".ipynb", ".py", ".zip"}  # taken rather than anything else, which gets its student a row with the reason
_SECOND = timedelta(seconds=1)  # after the due date: what is known of whom the platform calls late, and no more
_BETTER = "A grading worksheet of Moodle, Canvas's JSON of the submissions or a table `student,timestamp` in archive/ says more."


def platform_user(student_id: str) -> str:
    """The platform's id in a student id that a collector made; "" if there is none."""
    return roster.apart(student_id)[1]


def student_id(sender: names.Sender) -> str:
    """A student's id for nbgrader: letters, digits and hyphens of the name, then the platform's id."""
    name = "-".join(re.findall(r"[^\W_]+", sender.student)) or "student"
    user = sender.origin.user.replace("_", "-")
    return f"{name}_{user}" if user else name


class _Found(NamedTuple):
    """A file, what its name says, and its number among the uploads; ``own``: the folders and name that the student gave it."""

    path: Path
    student: str
    origin: Origin
    own: tuple[str, ...]
    number: int


class _Collector(FileNameCollectorPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """Tells nbgrader whose each file is and when it came; asked once for each of the extracted files."""

    notebook = Unicode("", help="Name of the notebook, where several were released.").tag(config=True)
    times = Unicode("", help="A table of who handed in when; by default what lies in archive/.").tag(config=True)
    tells_late = False  # whether the platform marks who was late

    def read(self, path: Path, root: Path) -> tuple[names.Sender, int] | None:
        """Who handed in ``path`` and the number of the upload, by the names below ``root``; None if they do not say."""
        raise NotImplementedError

    def collect(self, submitted_file: str) -> dict[str, str] | None:
        """nbgrader's question: ``{"student_id", "file_id", "timestamp"}`` or None, for a file to leave out."""
        path, coursedir = Path(submitted_file), self.parent.coursedir
        if path not in self._chosen:
            if path.parent == self._root and path.name in {table.name for table in self._tables()}:
                return None  # a copy of what says when; nbgrader names it as skipped
            self.log.warning("%s was left out: another file of its student's counts, or it is nobody's.", path.name)
            return None
        found, when = self._chosen[path], self._when.get(path)
        target = below(
            coursedir, coursedir.format_path(coursedir.submitted_directory, found.student, coursedir.assignment_id)
        )
        if is_led_away(*target):
            self.log.warning("%s was left out: %s is a link.", path.name, target[0].joinpath(*target[1]))
            return None
        there = as_date(stamp(*target)[0])
        if there and when and when < there:
            self.log.warning("%s was left out: %s has a later one, of %s.", path.name, found.student, there)
            return None
        if found.student not in self._kept:
            new = [other.path for other in self._chosen.values() if other.student == found.student]
            self._kept[found.student] = kept = keep(*target, new, self._folder("earlier"))
            if kept:
                self.log.warning("What %s handed in earlier is kept in %s.", found.student, kept)
        when = when or (None if self._kept[found.student] else there)
        return {"student_id": found.student, "file_id": self._called(found)} | (
            {"timestamp": f"{when:%Y-%m-%d %H:%M:%S} UTC"} if when else {}
        )

    @cached_property
    def _kept(self) -> dict[str, Path | None]:
        """Students whose earlier hand-in has been looked at, and where it is kept."""
        return {}

    def _called(self, found: _Found) -> str:
        """The name of a file in ``submitted/``: the released notebook's for the only one, else its own."""
        if sum(other.student == found.student for other in self._chosen.values()) > 1:
            return "/".join(map(names.clean, found.own))
        suffix = archive.UNREAD if found.path.name.endswith(archive.UNREAD) else found.path.suffix
        return f"{self._released(found.path)}{suffix}"

    def _folder(self, step: str) -> Path:
        return Path(self.parent._format_collect_path(step))

    @cached_property
    def _root(self) -> Path:
        """nbgrader's folder of extracted files."""
        return self._folder(self.parent.extracted_directory)

    def _released(self, path: Path) -> str:
        coursedir = self.parent.coursedir
        folder = Path(coursedir.format_path(coursedir.release_directory, ".", coursedir.assignment_id))
        there = sorted(file.stem for file in folder.glob("*.ipynb"))
        wanted = [self.notebook] if self.notebook else there
        if len(wanted) == 1:
            return wanted[0]
        if path.stem in there:
            return path.stem
        raise UsageError(
            f"{folder} holds {', '.join(there) or 'no notebook'}; say which one with --{type(self).__name__}.notebook=NAME."
        )

    @cached_property
    def _chosen(self) -> dict[Path, _Found]:
        """The files to collect."""
        by_student: dict[str, list[_Found]] = defaultdict(list)
        for path in sorted(self._root.rglob("*")):
            if path.is_symlink() or not path.is_file() or is_junk(path.relative_to(self._root).parts):
                continue  # nbgrader would copy what a link leads to
            if said := self.read(path, self._root):
                own = (
                    (said[0].original,) if said[0].original else path.relative_to(self._root).parts[self._depth(path) :]
                )
                found = _Found(path, student_id(said[0]), said[0].origin, own, said[1])
                by_student[found.student].append(found)
        return {one.path: one for found in by_student.values() for one in _counting(found)}

    def _depth(self, path: Path) -> int:
        """How many folders lead to what the student named."""
        parts = path.relative_to(self._root).parts
        return next(i for i in range(1, len(parts) + 1) if self.read(self._root.joinpath(*parts[:i]), self._root))

    @cached_property
    def _when(self) -> dict[Path, datetime]:
        """When each of them was handed in, in UTC without a zone, as nbgrader writes it."""
        said = self._said()
        entries = from_entries(list(self._chosen), self._root)
        when = {}
        for path, found in self._chosen.items():
            told = said.get(found.origin.user) or said.get(found.student)
            if time := told or self._by_entry(found, entries.get(path)):
                when[path] = time
        self._tell(when, entries, said)
        return when

    def _said(self) -> dict[str, datetime]:
        """What the tables say, one by one: which of them say anything is to be known."""
        found: dict[str, datetime] = {}
        for table in [Path(self.times)] if self.times else self._tables():
            read = from_tables([table])
            who = {one.student for one in self._chosen.values() if {one.origin.user, one.student} & set(read)}
            everybody = len({one.student for one in self._chosen.values()})
            if read:
                self.log.info("%s says when %d of %d students handed in.", table.name, len(who), everybody)
            else:
                self.log.warning("%s says of nobody when they handed in. %s", table.name, _BETTER)
            found |= read
        return found

    def _tables(self) -> list[Path]:
        """What the instructor put beside the archive; a file of that kind that a student handed in is none."""
        archive = self._folder(self.parent.archive_directory)
        there = [path for path in sorted(archive.glob("*")) if path.suffix.lower() in (".csv", ".json")]
        return [path for path in there if not self.read(path, archive)]

    def _by_entry(self, found: _Found, entry: datetime | None) -> datetime | None:
        """The time of the archive's entry, as far as it agrees with what the platform says of being late."""
        if not self.tells_late:
            return entry
        if self._due is None or (entry and (entry > self._due) == found.origin.late):
            return entry
        return self._due + _SECOND if found.origin.late else None

    @cached_property
    def _due(self) -> datetime | None:
        """nbgrader's date for the assignment, in UTC without a zone."""
        coursedir = self.parent.coursedir
        try:
            with Gradebook(coursedir.db_url, coursedir.course_id) as gradebook:
                due: datetime | None = gradebook.find_assignment(coursedir.assignment_id).duedate
        except MissingEntry:
            return None
        return due

    def _tell(
        self, when: Mapping[Path, datetime], entries: Mapping[Path, datetime], said: Mapping[str, datetime]
    ) -> None:
        """One sentence on where the times come from, and one on who has none."""
        second = self._due and self._due + _SECOND
        late = sorted({f.student for f in self._chosen.values() if f.origin.late and when.get(f.path) == second})
        without = len(self._chosen) - len(when)
        if entries and not said:
            self.log.warning("Times of handing in are those of the archive's entries. %s", _BETTER)
        if self.tells_late and late and not said:
            self.log.warning(
                "Canvas marked %s as late%s. %s",
                listed(late),
                ", which counts as a second after the due date"
                if self._due
                else ", and the assignment has no due date",
                _BETTER,
            )
        elif without and not self.tells_late:
            self.log.warning("%d of %d have no time of handing in. %s", without, len(self._chosen), _BETTER)


def _counting(found: list[_Found]) -> list[_Found]:
    """Of one student's files those that are collected: what may answer, or else the first; of one file's uploads the last."""
    answers = [one for one in found if one.path.suffix.lower() in _ANSWERS] or found[:1]
    last: dict[tuple[str, ...], _Found] = {}
    for one in sorted(answers, key=lambda one: one.number):
        again = re.sub(r"-\d+(?=\.\w+$)", "", one.own[-1]) if one.number else one.own[-1]  # Canvas numbers them
        last[*one.own[:-1], again.casefold()] = one
    return list(last.values())


class MoodleCollector(_Collector):
    """``Full Name_<participant id>_assignsubmission_file_/x.ipynb``, with folders or without."""

    def read(self, path: Path, root: Path) -> tuple[names.Sender, int] | None:
        for part in path.relative_to(root).parts:
            if sender := names.moodle(part):
                return sender, 0
        return None


class CanvasCollector(_Collector):
    """``doejane_[LATE_]<user id>_<file id>_x.ipynb``; of several uploads the last one counts."""

    tells_late = True

    def read(self, path: Path, root: Path) -> tuple[names.Sender, int] | None:
        return names.canvas(path.name)
