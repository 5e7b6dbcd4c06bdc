"""The folder of results: a report and a feedback page per student, the table and the page of the class, and an index."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import overload

from autograder.formats import csv, file_name, html, json
from autograder.grading import files
from autograder.grading.index import Index
from autograder.model import CourseError, Report, Sheet

STATUSES = ("graded", "pending", "unreadable", "broken")


@dataclass(frozen=True)
class Results:
    """Where a class's results lie. Every file is written whole or not at all."""

    folder: Path

    @property
    def marks(self) -> Path:
        return self.folder / "marks.json"

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
        """A student's whole report; None if there is none that can be read."""
        path = self._report(student)
        try:
            return json.read(path.read_bytes(), path.name)
        except (CourseError, OSError):
            return None

    def save(self, report: Report, sheet: Sheet) -> None:
        """Writes the feedback page, then the report: a report that is there has its page."""
        name = file_name(report.student)
        files.write(self.folder / "feedback" / f"{name}.html", html.render(report, sheet))
        files.write(self._report(report.student), json.render(report, sheet))
        self._index.put(report, self._report(report.student))

    def _report(self, student: str) -> Path:
        return self.folder / "reports" / f"{file_name(student)}.json"

    def has_page(self, report: Report) -> bool:
        return (self.folder / "feedback" / f"{file_name(report.student)}.html").is_file()

    def finish(self, sheet: Sheet) -> dict[str, Report]:
        """Writes grades.csv and index.html for all reports, and returns their summaries."""
        known = self.summaries()
        files.write(self.folder / "grades.csv", csv.render_class([*known.values()], sheet).data)
        files.write(self.page, html.render_class([*known.values()], sheet).data)
        return known

    def close(self) -> None:
        """Puts the index on disk."""
        self._index.__exit__()
        vars(self).pop("_index")


@dataclass(frozen=True)
class Whole(Sequence[Report]):
    """Whole reports of some students in the order of their names, each read when it is its turn."""

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
        found = self.results.read(self.students[at])
        if found is None:
            raise CourseError(f"The report of {self.students[at]} has gone; run the same command again.")
        return found

    def __iter__(self) -> Iterator[Report]:
        return (self[i] for i in range(len(self)))


def summary(reports: Sequence[Report]) -> Mapping[str, int]:
    """How many reports have which status."""
    found = Counter[str](report.status for report in reports)
    return {status: found[status] for status in STATUSES if found[status]}
