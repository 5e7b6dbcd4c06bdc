"""The folder of results: a report and a feedback page per student, the table and the page of the class."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.formats import csv, file_name, html, json
from autograder.grading import files
from autograder.model import CourseError, Report, Sheet


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

    def load(self) -> dict[str, Report]:
        """Student -> report, of every report in the folder that can be read; a damaged one is as good as none."""
        found = {}
        for path in sorted((self.folder / "reports").glob("*.json")):
            try:
                report = json.read(path.read_bytes(), path.name)
            except (CourseError, OSError):
                continue
            found[report.student] = report
        return found

    def save(self, report: Report, sheet: Sheet) -> None:
        """Writes the feedback page, then the report: a report that is there has its page."""
        name = file_name(report.student)
        files.write(self.folder / "feedback" / f"{name}.html", html.render(report, sheet))
        files.write(self.folder / "reports" / f"{name}.json", json.render(report, sheet))

    def has_page(self, report: Report) -> bool:
        return (self.folder / "feedback" / f"{file_name(report.student)}.html").is_file()

    def finish(self, reports: Iterable[Report], sheet: Sheet) -> None:
        """Writes grades.csv and index.html for all reports."""
        ordered = sorted(reports, key=lambda report: report.student)
        files.write(self.folder / "grades.csv", csv.render_class(ordered, sheet).data)
        files.write(self.page, html.render_class(ordered, sheet).data)


def summary(reports: Sequence[Report]) -> Mapping[str, int]:
    """How many reports have which status."""
    return {s: n for s in ("graded", "pending", "unreadable", "broken") if (n := sum(r.status == s for r in reports))}
