"""What people say about answers: points for a criterion, a check or a whole exercise, and how an unreadable text is to be read.

A mark counts as long as the answer is the one it was given for: it carries the digest of the text (of code: of the whole file).
Reports hold what the program found. Marks lie over them, by ``Marks.over``, in every output; none of them is ever lost to a
regrade, and what the program found comes back where a mark is taken away.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import cached_property

from autograder.grading.settle import rounded
from autograder.model import Criterion, Exercise, Finding, Report, Result, Sheet, Status, Submission

WHOLE = ""
"""In place of a criterion or a check: the exercise as a whole."""
CHANGED = "The text has changed since it was marked; a person will read it again."
Key = tuple[str, str, str]


@dataclass(frozen=True)
class Mark:
    """Points of one criterion or check; ``text`` is the digest of the answer they were given for, ``marker`` who gave them."""

    points: float
    comment: str = ""
    text: str = ""
    marker: str = field(default="", compare=False)


@dataclass(frozen=True)
class Reading:
    """How a text that could not be read is to be read; ``text`` is the digest of what was handed in."""

    reading: str
    text: str = ""


@dataclass(frozen=True)
class Marks:
    """(student, exercise, criterion or check) -> Mark, and (student, exercise) -> Reading."""

    rows: Mapping[Key, Mark] = field(default_factory=dict)
    readings: Mapping[tuple[str, str], Reading] = field(default_factory=dict)

    @cached_property
    def _by_student(self) -> Mapping[str, Mapping[tuple[str, str], Mark]]:
        found: dict[str, dict[tuple[str, str], Mark]] = {}
        for (student, exercise, part), mark in self.rows.items():
            found.setdefault(student, {})[exercise, part] = mark
        return found

    def over(self, report: Report, sheet: Sheet) -> Report:
        """The report as it stands with these marks."""
        mine = self._by_student.get(report.student)
        if not mine:
            return report
        kinds = {exercise.id: exercise for exercise in sheet.exercises}
        results = tuple(
            _marked(result, {part: mark for (id, part), mark in mine.items() if id == result.id}, answer)
            for result in report.results
            for answer in [answered(report, result, kinds.get(result.id))]
        )
        if report.problem and results != report.results:  # a person has found something to mark all the same
            return replace(report, results=results, problem="", notes=(report.problem, *report.notes))
        return replace(report, results=results)

    def given(self, report: Report, result: Result, exercise: Exercise | None) -> dict[str, Mark]:
        """Part -> mark, of those that count for this very answer."""
        answer = answered(report, result, exercise)
        mine = self._by_student.get(report.student, {})
        return {part: mark for (id, part), mark in mine.items() if id == result.id and mark.text == answer}

    def bind(self, new: "Marks", submissions: Iterable[Submission], sheet: Sheet) -> "Marks":
        """Of the new marks those that say something new, bound to the answers as they are now."""
        there = {s.student: s for s in submissions}
        return self._bound(new, lambda key: _handed_in(there[key[0]], sheet.exercise(key[1])))

    def bind_to(self, new: "Marks", reports: Mapping[str, Report], sheet: Sheet) -> "Marks":
        """The same with what the reports say was handed in."""

        def answer(key: Key) -> str:
            report = reports[key[0]]
            result = next(result for result in report.results if result.id == key[1])
            return answered(report, result, sheet.exercise(key[1]))

        return self._bound(new, answer)

    def _bound(self, new: "Marks", answer: Callable[[Key], str]) -> "Marks":
        rows = {}
        for key, mark in new.rows.items():
            old = self.rows.get(key)
            if old is None or (old.points, old.comment.split()) != (mark.points, mark.comment.split()):
                rows[key] = replace(mark, text=answer(key))
        return Marks(rows)

    # -------------------------------------------------------------- readings

    def as_read(self, submission: Submission) -> Submission:
        """The submission with its texts as a person read them, where they are the texts that were read."""
        texts = {id: self._read(submission.student, id, text) for id, text in submission.texts.items()}
        changed = texts != dict(submission.texts)
        doubts = {id: doubt for id, doubt in submission.doubts.items() if texts[id] == submission.texts[id]}
        return replace(submission, texts=texts, doubts=doubts) if changed else submission

    def _read(self, student: str, exercise: str, text: str) -> str:
        read = self.readings.get((student, exercise))
        return read.reading if read and read.text == digest(text) else text

    def stamp(self, student: str) -> str:
        """Digest of what was read for one student: with it a report is known to be up to date."""
        mine = sorted((id, asdict(reading)) for (name, id), reading in self.readings.items() if name == student)
        return digest(json.dumps(mine)) if mine else ""


def digest(text: str) -> str:
    """Of a text up to white space."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]


def answered(report: Report, result: Result, exercise: Exercise | None) -> str:
    """The digest of an answer: of a text, or for code of the file, since what it calls may stand anywhere in it."""
    text = exercise.kind == "text" if exercise else bool(result.answer)
    return digest(result.answer) if text else report.sha256[:16]


def _handed_in(submission: Submission, exercise: Exercise) -> str:
    if exercise.kind == "text":
        return digest(submission.texts.get(exercise.id, ""))
    return submission.sha256[:16]


# ------------------------------------------------------------------ marks over findings


def _marked(result: Result, marks: Mapping[str, Mark], answer: str) -> Result:
    if not marks:
        return result
    current = {part: mark for part, mark in marks.items() if mark.text == answer}
    stale = len(current) < len(marks)
    found = [_finding(finding, current, stale) for finding in result.findings]
    found = _settled(result.findings, found)
    if WHOLE in current:
        found = _whole(result, found, current[WHOLE])
    return replace(result, findings=tuple(found))


def _finding(finding: Finding, marks: Mapping[str, Mark], stale: bool) -> Finding:
    if rubric := [part for part in finding.detail if isinstance(part, Criterion)]:
        found = _by_criteria(finding, rubric, marks)
    elif mark := marks.get(finding.check):
        return _decided(finding, mark.points, f"A person looked at this: {mark.comment}")
    else:
        found = finding
    if stale and found.status is Status.PENDING:
        return replace(finding, message=CHANGED)
    return found


def _by_criteria(finding: Finding, rubric: list[Criterion], marks: Mapping[str, Mark]) -> Finding:
    given = [marks.get(criterion.name) for criterion in rubric]
    if not any(given):
        return finding
    if missing := [c.name for c, mark in zip(rubric, given, strict=True) if mark is None]:
        return replace(finding, message=f"A person has begun to mark this answer; still to mark: {', '.join(missing)}.")
    rows = [(c, mark) for c, mark in zip(rubric, given, strict=True) if mark]
    share = sum(mark.points for _, mark in rows) / sum(c.points for c in rubric)
    lines = [f"{c.name}: {mark.points:g} of {c.points:g}. {mark.comment}".strip() for c, mark in rows]
    return _decided(finding, round(share * finding.possible, 6), "\n".join(lines))


def _decided(finding: Finding, points: float, message: str) -> Finding:
    """As a person decided; the reason reaches the student, of a hidden check too."""
    full = points >= finding.possible
    return replace(
        finding,
        status=Status.PASSED if full else Status.FAILED,
        points=points,
        message=message,
        tell=message if finding.visibility == "hidden" else "",
        mistake=None,
        hint="",
        counterexample=None if full else finding.counterexample,
    )


def _settled(before: tuple[Finding, ...], found: list[Finding]) -> list[Finding]:
    """What a failure had cost the checks that passed comes back once a person has said of every failure that it is none."""
    overruled = any(old.status is Status.FAILED and new is not old for old, new in zip(before, found, strict=True))
    if not overruled or any(old is new and new.status is Status.FAILED for old, new in zip(before, found, strict=True)):
        return found
    return [
        replace(new, points=new.possible) if new is old and new.status is Status.PASSED else new
        for old, new in zip(before, found, strict=True)
    ]


def _whole(result: Result, found: list[Finding], mark: Mark) -> list[Finding]:
    """The exercise's points over its findings, each in proportion; the comment where something was open, else first."""
    share = mark.points / result.possible
    earned = rounded([share * finding.possible for finding in found])
    said = f"A person gave {mark.points:g} of {result.possible:g}. {mark.comment}".strip()
    passed = (Status.PASSED, Status.SKIPPED)
    at = next((i for i, finding in enumerate(found) if finding.status not in passed), 0)
    made = []
    for i, (finding, points) in enumerate(zip(found, earned, strict=True)):
        if i == at or share >= 1 or finding.status in (Status.PENDING, Status.BROKEN):
            made.append(_decided(finding, points, said if i == at else ""))
        else:
            made.append(replace(finding, points=points))
    return made
