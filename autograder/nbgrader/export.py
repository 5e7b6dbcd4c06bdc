"""``nbgrader export --exporter=autograder.nbgrader.CanvasExporter``: the gradebook's grades in a learning platform's file.

The grades are nbgrader's: automatic and manual scores, extra credit, less the penalty for being late; what cost points is read
from its comments. What the file looks like is said in one place, ``autograder.formats``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal

from nbgrader.api import Gradebook, SubmittedAssignment
from nbgrader.plugins import ExportPlugin
from traitlets import Unicode

from autograder.formats import SYMBOL
from autograder.formats import export as exported
from autograder.grading import files
from autograder.model import Finding, Origin, Report, Result, Status, UsageError
from autograder.nbgrader.assignment import exercise_of
from autograder.nbgrader.collect import platform_user

Platform = Literal["", "moodle", "canvas", "gradescope", "nbgrader"]


class _Exporter(ExportPlugin):  # type: ignore[misc]  # nbgrader ships no types
    """One assignment's grades in one of our formats."""

    format = ""
    default_name = ""
    platform: Platform = "nbgrader"

    template = Unicode("", help="The file that the learning platform exported, to be filled in.").tag(config=True)
    column = Unicode("", help="Which of its columns; by default the one called like the assignment.").tag(config=True)

    def export(self, gradebook: Gradebook) -> None:
        """Writes the file ``--to``; logs a warning for each grade that is not in it.

        Raises:
            UsageError: several assignments, or a template that does not fit.
        """
        name = self._assignment(gradebook)
        reports = [self._report(s) for s in gradebook.assignment_submissions(name) if self._wanted(s.student.id)]
        made = exported(
            self.format,
            reports,
            template=Path(self.template).read_bytes() if self.template else None,
            column=self.column,
        )
        files.write(Path(self.to or self.default_name), made.data)
        for note in made.notes:
            self.log.warning(note)

    def _assignment(self, gradebook: Gradebook) -> str:
        wanted = [str(name) for name in self.assignment]
        found = [a.name for a in gradebook.assignments if a.name in wanted or not wanted]
        if len(found) != 1:
            listed = ", ".join(a.name for a in gradebook.assignments) or "none"
            raise UsageError(
                f"One assignment is exported at a time: --assignment='[NAME]'. The gradebook has {listed}."
            )
        return str(found[0])

    def _wanted(self, student: str) -> bool:
        left_out = self.parent.coursedir.student_id_exclude.split(",") if self.parent else []
        return student not in left_out and (not self.student or student in map(str, self.student))

    def _report(self, handed_in: SubmittedAssignment) -> Report:
        student = handed_in.student
        graded = (_result(grade, nb.comments) for nb in handed_in.notebooks for grade in nb.grades)
        results = (*graded, *_penalty(handed_in))
        user = student.lms_user_id or platform_user(student.id)
        known_by = student.email if student.email and self.platform == "moodle" else student.id
        origin = Origin(
            self.platform, str(user or ""), aliases=tuple(map(str, filter(None, (student.id, student.email))))
        )
        return Report(
            handed_in.name,
            str(known_by),
            "",
            "",
            results,
            handed_in.max_score,
            problem=_problem(handed_in),
            origin=origin,
        )


def _result(grade: Any, comments: Sequence[Any]) -> Result:
    """One grade cell; one finding, which is pending while nbgrader waits for a person, and failed where points are lost and
    somebody says why: a person, else we in the first reason of our comment."""
    id = exercise_of(grade.name)
    remark = next((comment for comment in comments if comment.name == id), None)
    status, check, message = Status.PASSED, "score", ""
    if grade.needs_manual_grade and grade.manual_score is None:
        status = Status.PENDING
    elif remark and grade.score < grade.max_score and (reason := _reason(remark)):
        status, (check, message) = Status.FAILED, reason
    return Result(id, id, grade.max_score, (Finding(check, status, grade.score, grade.max_score, message=message),))


def _reason(remark: Any) -> tuple[str, str] | None:
    """(check, sentence) of why points are lost; None where nothing says it."""
    if remark.manual_comment:
        return "comment", str(remark.manual_comment)
    head = f"{SYMBOL[Status.FAILED]} "
    first = next((line for line in (remark.auto_comment or "").split("\n") if line.startswith(head)), None)
    if first is None:
        return None
    check, _, message = first.removeprefix(head).partition(": ")
    return check, message.replace("\\ ", "\\")  # as it was before it became a comment


def _problem(handed_in: SubmittedAssignment) -> str:
    """Why nothing was graded: then each answer has that one sentence for a comment, and no finding before it."""
    said = {comment.auto_comment for notebook in handed_in.notebooks for comment in notebook.comments}
    sentence = said.pop() if len(said) == 1 else None
    return sentence if sentence and not handed_in.score and sentence[0] not in SYMBOL.values() else ""


def _penalty(handed_in: SubmittedAssignment) -> Iterator[Result]:
    penalty = handed_in.late_submission_penalty
    if penalty:
        yield Result("late", "late", 0.0, (Finding("handed in late", Status.PASSED, -penalty, 0.0),))


class CanvasExporter(_Exporter):
    """Canvas's gradebook CSV: filled in (``--CanvasExporter.template=FILE``) or new."""

    format, default_name, platform = "canvas", "canvas.csv", "canvas"


class MoodleExporter(_Exporter):
    """Moodle's grading worksheet, filled in: ``--MoodleExporter.template=FILE``."""

    format, default_name, platform = "moodle", "moodle.csv", "moodle"


class GradescopeExporter(_Exporter):
    """Gradescope's roster with the grades: ``--GradescopeExporter.template=FILE``."""

    format, default_name, platform = "gradescope", "gradescope.csv", "gradescope"


class ExerciseExporter(_Exporter):
    """A table with one column per exercise."""

    format, default_name = "csv", "exercises.csv"
