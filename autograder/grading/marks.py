"""Points that people give to written answers: read from a table, bound to the text they were given for.

A mark counts as long as the student's text is the one that was marked. What is bound to which text is kept beside the
reports (``marks.json``), so that marks survive a regrade.
"""

import csv
import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.model import CourseError, Criterion, Exercise, Sheet, Status, Submission, listed

if TYPE_CHECKING:
    from autograder.grading.settle import Found

COLUMNS = ("student", "exercise", "criterion", "points", "comment")
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Mark:
    """Points for one criterion of one student's answer; ``text`` is the digest of the answer it was given for."""

    points: float
    comment: str = ""
    text: str = ""


@dataclass(frozen=True)
class Marks:
    """(student, exercise, criterion) -> Mark."""

    rows: Mapping[Key, Mark] = field(default_factory=dict)

    def apply(self, submission: Submission, exercise: Exercise, text: str, found: "list[Found]") -> "list[Found]":
        """Pending findings with a rubric become points where every criterion is marked for this very text."""
        return [self._apply(submission.student, exercise, text, f) if f.status is Status.PENDING else f for f in found]

    def _apply(self, student: str, exercise: Exercise, text: str, found: "Found") -> "Found":
        rubric = [c for c in found.detail if isinstance(c, Criterion)]
        marks = [self.rows.get((student, exercise.id, criterion.name)) for criterion in rubric]
        given = [mark for mark in marks if mark]
        if not rubric or not given:
            return found
        if any(mark.text != digest(text) for mark in given):
            return replace(found, message="The text has changed since it was marked; a person will read it again.")
        if len(given) < len(rubric):
            missing = [c.name for c, mark in zip(rubric, marks, strict=True) if mark is None]
            return replace(
                found, message=f"A person has begun to mark this answer; still to mark: {', '.join(missing)}."
            )
        points, possible = sum(m.points for m in given), sum(c.points for c in rubric)
        lines = [
            f"{c.name}: {m.points:g} of {c.points:g}. {m.comment}".strip() for c, m in zip(rubric, given, strict=True)
        ]
        status = Status.PASSED if points >= possible else Status.FAILED
        return replace(found, status=status, message="\n".join(lines), partial=points / possible)

    def of(self, student: str) -> str:
        """Digest of one student's marks: with it a report is known to be up to date."""
        mine = sorted((key, asdict(mark)) for key, mark in self.rows.items() if key[0] == student)
        return digest(json.dumps(mine)) if mine else ""

    def bind(self, new: "Marks", submissions: Iterable[Submission]) -> "Marks":
        """These marks and new ones; a new or changed mark is bound to the text as it is now."""
        texts = {(s.student, id): digest(text) for s in submissions for id, text in s.texts.items()}
        rows = dict(self.rows)
        for key, mark in new.rows.items():
            old = rows.get(key)
            if old is None or (old.points, old.comment) != (mark.points, mark.comment):
                rows[key] = replace(mark, text=texts.get(key[:2], ""))
        return Marks(rows)


def digest(text: str) -> str:
    """Of a text up to white space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_marks(path: Path, sheet: Sheet, students: Sequence[str]) -> Marks:
    """A table with the columns student, exercise, criterion, points, comment; delimiter comma or semicolon.

    Raises:
        CourseError: one sentence per row that does not fit the sheet or the class.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise CourseError(f"The marks file {path} cannot be read: {error}.") from None
    head = content.splitlines()[0] if content else ""
    reader = csv.DictReader(content.splitlines(), delimiter=";" if head.count(";") > head.count(",") else ",")
    if missing := set(COLUMNS[:4]) - set(reader.fieldnames or ()):
        raise CourseError(
            f"{path}: the first row must name the columns {', '.join(COLUMNS)}; missing: {listed(sorted(missing))}."
        )
    rows: dict[Key, Mark] = {}
    problems = []
    for number, row in enumerate(reader, 2):
        problem = _problem(row, sheet, students)
        key = (row["student"] or "", row["exercise"] or "", row["criterion"] or "")
        if not problem and key in rows:
            problem = "this student, exercise and criterion were marked in an earlier row"
        if problem:
            problems.append(f"row {number}: {problem}")
        else:
            rows[key] = Mark(_number(row["points"]), row.get("comment") or "")
    if problems:
        raise CourseError(f"{path} has {len(problems)} rows that do not fit:\n" + "\n".join(problems))
    return Marks(rows)


def _problem(row: Mapping[str, str | None], sheet: Sheet, students: Sequence[str]) -> str:
    if row["student"] not in students:
        return f"no submission by {row['student']!r}"
    exercise = next((e for e in sheet.exercises if e.id == row["exercise"]), None)
    if exercise is None or not exercise.rubric:
        written = [e.id for e in sheet.exercises if e.rubric]
        return f"{row['exercise']!r} is no written exercise; those are {', '.join(written)}"
    criterion = next((c for c in exercise.rubric if c.name == row["criterion"]), None)
    if criterion is None:
        return f"{exercise.id} has no criterion {row['criterion']!r}; it has {listed(c.name for c in exercise.rubric)}"
    points = _number(row["points"])
    if not 0 <= points <= criterion.points:
        return f"points must be a number from 0 to {criterion.points:g}, not {row['points']!r}"
    return ""


def _number(text: str | None) -> float:
    try:
        return float((text or "").replace(",", "."))
    except ValueError:
        return float("nan")


def load_bound(path: Path) -> Marks:
    """Marks kept beside the reports; none if there is no such file."""
    if not path.is_file():
        return Marks()
    return Marks(
        {
            (r["student"], r["exercise"], r["criterion"]): Mark(r["points"], r["comment"], r["text"])
            for r in json.loads(path.read_text(encoding="utf-8"))
        }
    )


def dump_bound(marks: Marks) -> bytes:
    """The content of ``marks.json``."""
    rows = [
        {"student": s, "exercise": e, "criterion": c, **asdict(mark)} for (s, e, c), mark in sorted(marks.rows.items())
    ]
    return json.dumps(rows, ensure_ascii=False, indent=1).encode()
