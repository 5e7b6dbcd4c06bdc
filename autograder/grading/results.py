"""The folder of results: a report and a feedback page per student, the table and the page of the class.

Every file shows what the program found with the marks of people over it; where there are some, ``unmarked/`` keeps the report
without them.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.formats import csv, file_name, html, json
from autograder.grading import files
from autograder.grading.marks import Marks
from autograder.grading.store import marks_in
from autograder.model import CourseError, Report, Sheet

REPORTS, UNMARKED = "reports", "unmarked"


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

    def load(self) -> dict[str, Report]:
        """Student -> what the program found, of every report in the folder that can be read; a damaged one is as good as none."""
        found = {}
        for folder in (REPORTS, UNMARKED):
            for path in sorted((self.folder / folder).glob("*.json")):
                try:
                    report = json.read(path.read_bytes(), path.name)
                except (CourseError, OSError):
                    continue
                found[report.student] = report
        return found

    def marked(self, sheet: Sheet) -> list[Report]:
        """All reports with the marks of people over them, by student."""
        marks = marks_in(self.marks)
        return [marks.over(report, sheet) for _, report in sorted(self.load().items())]

    def save(self, report: Report, sheet: Sheet, marks: Marks) -> None:
        """Writes the feedback page, then the report: a report that is there has its page. What was found is kept beside a report
        that marks lie over."""
        name = file_name(report.student)
        marked = marks.over(report, sheet)
        files.renew(self.folder / "feedback" / f"{name}.html", html.render(marked, sheet))
        unmarked = self.folder / UNMARKED / f"{name}.json"
        if marked != report:
            files.renew(unmarked, json.render(report, sheet))
        files.renew(self.folder / REPORTS / f"{name}.json", json.render(marked, sheet))
        if marked == report:
            unmarked.unlink(missing_ok=True)

    def publish(self, sheet: Sheet, marks: Marks) -> list[Report]:
        """Writes all that the marks change: pages, reports, grades.csv and index.html; returns the reports as they stand now."""
        known = self.load()
        for student, report in known.items():
            was_marked = (self.folder / UNMARKED / f"{file_name(student)}.json").is_file()
            if was_marked or marks.over(report, sheet) != report:
                self.save(report, sheet, marks)
        marked = [marks.over(report, sheet) for _, report in sorted(known.items())]
        self.finish(marked, sheet)
        return marked

    def has_page(self, report: Report) -> bool:
        return (self.folder / "feedback" / f"{file_name(report.student)}.html").is_file()

    def finish(self, marked: Iterable[Report], sheet: Sheet) -> None:
        """Writes grades.csv and index.html for all reports, as they stand with the marks of people."""
        ordered = sorted(marked, key=lambda report: report.student)
        files.write(self.folder / "grades.csv", csv.render_class(ordered, sheet).data)
        files.write(self.page, html.render_class(ordered, sheet).data)


def summary(reports: Sequence[Report]) -> Mapping[str, int]:
    """How many reports have which status."""
    return {s: n for s in ("graded", "pending", "unreadable", "broken") if (n := sum(r.status == s for r in reports))}
