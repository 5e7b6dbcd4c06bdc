"""From reports to nbgrader's gradebook: what a cell's score is, and the whole class written in one transaction.

``autograder grade`` on an nbgrader course grades in parallel, then one process writes: the notebooks that Formgrader shows,
then the gradebook, which is as it was or complete. What people entered there is never touched.
"""

import os
import sqlite3
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbgrader.api import Gradebook, SubmittedAssignment, SubmittedNotebook
from nbgrader.preprocessors import AssignLatePenalties
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, OperationalError

from autograder.grading import files
from autograder.model import InternalError, Report, Result, Sheet, Status, UsageError, listed
from autograder.nbgrader.assignment import exercise_of
from autograder.nbgrader.course_folder import Course, refuse_old
from autograder.nbgrader.findings import comment
from autograder.nbgrader.guard import as_date, pictures, quiet, refuse_name, unlinked
from autograder.nbgrader.harmless import disarm
from autograder.nbgrader.places import below
from autograder.nbgrader.repair import Known, known_cells, read_any, repair, show

Entries = Mapping[tuple[str, str], tuple[float | None, str]]
"""(student of a report, exercise) -> points of the exercise's and comment, as people gave them."""


def decided(result: Result, points: float) -> tuple[float | None, bool]:
    """The automatic score of a cell worth ``points``, or None, and whether a person has to look.

    An answer that a person reads has no score until then; what was earned beside open checks counts already.
    """
    if result.score is None:
        return None, True
    pending = any(finding.status is Status.PENDING for finding in result.findings)
    if pending and not any(finding.status is Status.PASSED for finding in result.findings):
        return None, True
    return min(max(round(result.score * points / result.possible, 6), 0.0), points), pending


def student_of(report: Report) -> str:
    """What the gradebook calls the student of a report."""
    return report.origin.user if report.origin.platform == "nbgrader" else report.student


def said(report: Report, result: Result) -> str | None:
    """The comment on an answer; None where there is nothing to say."""
    if all(finding.status is Status.PASSED for finding in result.findings):
        return None
    return comment(report, result)


# ------------------------------------------------------------------ the whole class


def publish(root: Path, sheet: Sheet, reports: Sequence[Report], manual: Entries | None = None) -> list[str]:
    """Writes reports into the course's ``autograded/`` and gradebook; returns a sentence for each thing to know.

    One transaction: should anything fail, the gradebook is as it was. Manual scores and comments stay, but for those in
    ``manual``; an answer that was marked by a person asks for that person again only where the answer or its automatic score
    has changed since.

    Raises:
        UsageError: no such assignment in the gradebook, or the gradebook is of another version of nbgrader.
        InternalError: the gradebook is locked or the disk is full.
    """
    course = Course.at(root)
    refuse_old(course)
    quiet()
    try:
        with Gradebook(course.database, course.directory.course_id or "default_course") as gradebook:
            gradebook.db.commit = gradebook.db.flush  # nbgrader's own methods commit after every step
            if course.database.startswith("sqlite"):
                gradebook.db.execute(text("BEGIN IMMEDIATE"))
            assignment, notebook = the_assignment(gradebook, sheet)
            writer = _Writer(
                course,
                gradebook,
                assignment,
                notebook,
                known_cells(gradebook.find_notebook(notebook, assignment)),
                manual or {},
            )
            notes = {student_of(report): writer.write(report) for report in reports}
            gradebook.db().commit()
            return _by_what(notes)
    except (OperationalError, DatabaseError, sqlite3.Error, OSError) as error:
        reason = getattr(error, "orig", None) or error
        raise InternalError(
            f"The gradebook of {root} was not written ({reason}); it is as it was. Close what else uses it or make room, then "
            "run the same command again: nothing is graded twice."
        ) from None


def the_assignment(gradebook: Any, sheet: Sheet) -> tuple[str, str]:
    """The assignment and the notebook that hold the sheet's exercises."""
    ids = {exercise.id for exercise in sheet.exercises}
    found = [
        (assignment.name, notebook.name)
        for assignment in gradebook.assignments
        for notebook in assignment.notebooks
        if ids & {exercise_of(cell.name) for cell in notebook.grade_cells}
    ]
    named = [entry for entry in found if entry[0] == sheet.id] or found
    if len(named) == 1:
        return named[0]
    listed = ", ".join(f"{assignment}/{notebook}" for assignment, notebook in found) or "none"
    raise UsageError(
        f"The gradebook has no single notebook with the exercises of {sheet.id}; found: {listed}. Name the assignment like the "
        "sheet, and run `nbgrader generate_assignment` first."
    )


@dataclass(frozen=True)
class _Writer:
    course: Course
    gradebook: Any
    assignment: str
    notebook: str
    known: Mapping[str, Known]
    manual: Entries

    def write(self, report: Report) -> list[str]:
        """One student: the notebook, then rows of the gradebook."""
        student = student_of(report)
        try:
            refuse_name(student)
        except UsageError as error:
            return [f"{error} The gradebook has no row for it"]
        target = self.course.file("autograded", student, self.assignment, f"{self.notebook}.ipynb")
        folder, parts = below(self.course.directory, target.parent)
        removed = [f"{link} was a link or a device; it was removed" for link in unlinked(folder, parts)]
        before = _answers(folder, (*parts, target.name))
        made, notes = self._notebook(report)
        files.write(target, (nbformat.writes(made) + "\n").encode())
        if as_date(report.origin.timestamp):
            files.write(target.with_name("timestamp.txt"), report.origin.timestamp.encode())
        after = _answers(folder, (*parts, target.name))
        changed = {id for id, answer in after.items() if before.get(id) != answer}
        self._rows(student, report, changed)
        return [*removed, *notes]

    def _notebook(self, report: Report) -> tuple[Any, list[str]]:
        folder, parts = self._handed_in(Path(report.path))
        found = read_any(folder, parts)
        notes = repair(found, self.known)
        disarm(found, self.known, pictures(folder, parts[:-1]))
        show(found.cells, report, self.known)
        return found, notes

    def _handed_in(self, path: Path) -> tuple[Path, tuple[str, ...]]:
        """The file that was graded, in the instructor's part of its path and the student's."""
        path = Path(os.path.abspath(path))
        root = below(self.course.directory, self.course.file("submitted", "x", self.assignment, ""))[0].resolve()
        folder = next((parent for parent in reversed(path.parents) if parent.resolve() == root), path.parent)
        return folder, path.relative_to(folder).parts

    def _rows(self, student: str, report: Report, changed: set[str]) -> None:
        self.gradebook.update_or_create_student(student)
        date = as_date(report.origin.timestamp)
        stamp = {"timestamp": date} if date else {}
        handed_in = self.gradebook.update_or_create_submission(self.assignment, student, **stamp)
        notebook = next(nb for nb in handed_in.notebooks if nb.name == self.notebook)
        results = {result.id: result for result in report.results}
        for grade in notebook.grades:
            if result := results.get(exercise_of(grade.name)):
                score, person = decided(result, grade.max_score)
                again = score != grade.auto_score or result.id in changed
                if grade.manual_score is None or again:
                    grade.needs_manual_grade = person or grade.manual_score is not None
                grade.auto_score = score
                given = self.manual.get((report.student, result.id), (None, ""))[0]
                value = None if given is None else round(given * grade.max_score / result.possible, 6)
                if value is not None and value != grade.manual_score:
                    grade.manual_score, grade.needs_manual_grade = value, False
        for remark in notebook.comments:
            if result := results.get(remark.name):
                remark.auto_comment = said(report, result)
                remark.manual_comment = self.manual.get((report.student, result.id), (None, remark.manual_comment))[1]
        self.gradebook.db.flush()
        self._late(handed_in, notebook)

    def _late(self, handed_in: SubmittedAssignment, notebook: SubmittedNotebook) -> None:
        """nbgrader's own penalty, by the plugin that the course chose."""
        step = AssignLatePenalties(config=self.course.config)
        step.init_plugin()
        self.gradebook.db.refresh(notebook)
        notebook.late_submission_penalty = None
        if handed_in.total_seconds_late > 0:
            args = (handed_in.student.id, notebook.score, handed_in.total_seconds_late)
            penalty = step.plugin_inst.late_submission_penalty(*args)
            notebook.late_submission_penalty = None if penalty is None else step._check_late_penalty(notebook, penalty)


def _by_what(notes: Mapping[str, Sequence[str]]) -> list[str]:
    """The same thing to know of several students said once."""
    students: dict[str, list[str]] = {}
    for student, said in notes.items():
        for note in said:
            students.setdefault(note, []).append(student)
    return [f"{'Student' if len(who) == 1 else 'Students'} {listed(who)}: {note}." for note, who in students.items()]


def _answers(folder: Path, parts: tuple[str, ...]) -> dict[str, str]:
    """What stands in the answer cells of an autograded notebook; empty where there is none."""
    return {
        cell.metadata["nbgrader"]["grade_id"]: cell.source
        for cell in read_any(folder, parts).cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
