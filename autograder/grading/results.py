"""The folder of results: a report and a feedback page per student, the table and the page of the class, and an index.

Every file shows what the program found with the marks of people over it; where there are some, ``unmarked/`` keeps the report
without them.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import overload

from autograder.formats import csv, file_name, html, json
from autograder.grading import files
from autograder.grading.index import Index
from autograder.grading.marks import Marks
from autograder.model import CourseError, Report, Sheet

REPORTS, UNMARKED = "reports", "unmarked"
STATUSES = ("graded", "pending", "unreadable", "broken")


@dataclass(frozen=True)
class Results:
    """Where a class's results lie. Every file is written whole or not at all."""

    folder: Path

    @property
    def marks(self) -> Path:
        return self.folder / "marks.db"

    @property
    def page(self) -> Path:
        return self.folder / "index.html"

    @cached_property
    def _index(self) -> Index:
        index = Index(self.folder)
        index.refresh()
        return index

    def summaries(self) -> dict[str, Report]:
        """Student -> summary of the report (``index.summarised``), of every report in the folder that can be read."""
        return self._index.summaries()

    def read(self, student: str) -> Report | None:
        """What the program found of a student; None if there is no report that can be read."""
        return self._read(UNMARKED, student) or self._read(REPORTS, student)

    def shown(self, student: str) -> Report | None:
        """A student's report with the marks that lay over it when it was written."""
        return self._read(REPORTS, student)

    def written(self, student: str) -> bytes:
        """The file of a student's report if it is as ``save`` left it, else nothing."""
        path = self._path(REPORTS, student)
        return path.read_bytes() if self._index.is_own(path) else b""

    def path(self, student: str) -> Path:
        """The file of a student's report."""
        return self._path(REPORTS, student)

    def load(self) -> dict[str, Report]:
        """Student -> what the program found. Holds all of a class: for where a person works on it."""
        found = {student: self.read(student) for student in self.summaries()}
        return {student: report for student, report in found.items() if report}

    def _read(self, folder: str, student: str) -> Report | None:
        path = self._path(folder, student)
        try:
            return json.read(path.read_bytes(), path.name)
        except (CourseError, OSError):
            return None

    def _path(self, folder: str, student: str) -> Path:
        return self.folder / folder / f"{file_name(student)}.json"

    def save(self, report: Report, sheet: Sheet, marks: Marks) -> None:
        """Writes the feedback page, then the report: a report that is there has its page. What was found is kept beside a report
        that marks lie over."""
        marked = marks.over(report, sheet)
        path, unmarked = self._path(REPORTS, report.student), self._path(UNMARKED, report.student)
        files.renew(self.folder / "feedback" / f"{file_name(report.student)}.html", html.render(marked, sheet))
        if marked != report:
            files.renew(unmarked, json.render(report, sheet))
        files.renew(path, json.render(marked, sheet))
        if marked == report:
            unmarked.unlink(missing_ok=True)
        self._index.put(marked, path)

    def publish(self, sheet: Sheet, marks: Marks) -> dict[str, Report]:
        """Writes all that the marks change: pages, reports, grades.csv and index.html; returns the summaries as they are now."""
        there = self.summaries().keys()
        marked = {student for student, _, _ in marks.rows} & there
        if (self.folder / UNMARKED).is_dir():
            marked |= {student for student in there if self._path(UNMARKED, student).is_file()}
        for student in sorted(marked):
            if report := self.read(student):
                self.save(report, sheet, marks)
        return self.finish(sheet)

    def has_page(self, report: Report) -> bool:
        return (self.folder / "feedback" / f"{file_name(report.student)}.html").is_file()

    def finish(self, sheet: Sheet) -> dict[str, Report]:
        """Writes grades.csv and index.html for all reports, and returns their summaries."""
        known = self.summaries()
        files.write(self.folder / "grades.csv", csv.render_class([*known.values()], sheet).data)
        files.write(self.page, html.render_class([*known.values()], sheet, changes=self._index.changes()).data)
        return known

    def begin(self) -> None:
        """Before a run: the class page compares with the results as they are now, or as they were when a run began that did not
        come to its end."""
        self._index.begin()

    def end(self) -> None:
        """After a run. One that changed nothing leaves what the page says of the last that did."""
        self._index.end()

    def close(self) -> None:
        """Puts the index on disk."""
        self._index.__exit__()
        vars(self).pop("_index")


@dataclass(frozen=True)
class Whole(Sequence[Report]):
    """Whole reports of some students in the order of their names, with marks over them, each read when it is its turn."""

    results: Results
    students: Sequence[str]

    def __len__(self) -> int:
        return len(self.students)

    @overload
    def __getitem__(self, at: int) -> Report: ...
    @overload
    def __getitem__(self, at: slice) -> "Whole": ...
    def __getitem__(self, at: int | slice) -> "Report | Whole":
        if isinstance(at, slice):
            return Whole(self.results, self.students[at])
        found = self.results.shown(self.students[at])
        if found is None:
            raise CourseError(f"The report of {self.students[at]} has gone; run the same command again.")
        return found

    def __iter__(self) -> Iterator[Report]:
        return (self[i] for i in range(len(self)))

    def paths(self) -> Sequence[Path]:
        """The files of the reports."""
        return [self.results.path(student) for student in self.students]

    def written(self) -> Iterator[bytes]:
        """What ``json.render`` makes of each: the file, where it holds that, so that nothing is read only to be written again."""
        for i, student in enumerate(self.students):
            yield self.results.written(student) or json.render(self[i])


def summary(reports: Sequence[Report]) -> Mapping[str, int]:
    """How many reports have which status."""
    found = Counter[str](report.status for report in reports)
    return {status: found[status] for status in STATUSES if found[status]}
