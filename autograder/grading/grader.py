"""grade(sheet, submission, host) -> Report: every check of every exercise, and what each failure costs."""

import time
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import replace
from typing import Literal

from autograder.grading.attempt import Attempt, Memo
from autograder.grading.begun import in_progress, not_started, unstarted
from autograder.grading.failures import Failures
from autograder.grading.later import with_later
from autograder.grading.marks import Marks
from autograder.grading.recognise import Recogniser
from autograder.grading.settle import Found, apart, drawn_once, known, once, read_back, settle, steady
from autograder.grading.spots import by_place, in_places
from autograder.grading.stamp import versions
from autograder.intake import answer_to, is_unchanged, line_in_answer
from autograder.model import (
    IN_PROGRESS,
    AutograderError,
    Check,
    CourseError,
    Exercise,
    Finding,
    Mistake,
    NeedsPerson,
    Options,
    Report,
    Result,
    Sheet,
    Status,
    Submission,
    Visibility,
)
from autograder.student import Answer, AnyHost, Student, place_in
from autograder.training import fashion_mnist

Audience = Literal["all", "public"]
COURSE_FAULT = "The exercise itself is at fault here, not you: "


class Grader:
    """Grades submissions of one sheet with one student host; a context manager.

    Args:
        sheet: the sheet.
        host: runs student code; the grader does not close it.
        checks: "all" for grades, "public" for a student's own check.
        marks: how people read texts; the points they give lie over the report, see ``Marks.over``.
        kept: how labelled wrong answers fail, where that is known.
    """

    def __init__(
        self,
        sheet: Sheet,
        host: AnyHost,
        *,
        checks: Audience = "all",
        marks: Marks | None = None,
        options: Options | None = None,
        kept: Failures | None = None,
    ) -> None:
        clothes = fashion_mnist(sheet.data)
        self.options = replace(options or Options(), fashion_mnist=str(clothes or ""))
        self.sheet = sheet
        self.host = host
        self.checks = checks
        self.marks = marks or Marks()
        self._known = ExitStack()
        self.recogniser = Recogniser(self._open_known, kept)

    def __enter__(self) -> "Grader":
        return self

    def __exit__(self, *_: object) -> None:
        self._known.close()

    def grade(self, submission: Submission, only: Sequence[str] = (), *, options: Options | None = None) -> Report:
        """Everything found for one submission; ``only`` limits it to the exercises of these ids, ``options`` stand in place of
        the grader's.

        Never raises for what a submission does: its faults are findings, ours are findings with status BROKEN.
        """
        start = time.perf_counter()
        exercises = [e for e in self.sheet.exercises if not only or e.id in only]
        read = self.marks.as_read(submission)
        chosen = replace(options, fashion_mnist=self.options.fashion_mnist) if options else self.options
        with Attempt(self.host, read, chosen) as attempt:
            found, notes = self._found(exercises, read, attempt)
        return Report(
            sheet=self.sheet.id,
            student=submission.student,
            path=submission.path,
            sha256=submission.sha256,
            results=tuple(self._result(exercise, submission, found[exercise.id]) for exercise in exercises),
            possible=sum(exercise.points for exercise in exercises),
            problem=submission.problem,
            isolation=self.host.isolation,
            notes=tuple(by_place(steady(note), submission) for note in (*submission.notes, *notes)),
            versions=versions() if self.checks == "all" else {},
            origin=submission.origin,
            hurried=attempt.hurried,
            seconds={"total": round(time.perf_counter() - start, 3)},
        )

    def result(self, exercise: Exercise, submission: Submission) -> Result:
        """The result of one exercise alone, which need not be the sheet's own: it may know other wrong answers."""
        read = self.marks.as_read(submission)
        with Attempt(self.host, read, self.options) as attempt:
            found, _ = self._found([exercise], read, attempt)
        return self._result(exercise, submission, found[exercise.id])

    def _found(
        self, exercises: Sequence[Exercise], submission: Submission, attempt: Attempt
    ) -> tuple[dict[str, dict[str, Found]], tuple[str, ...]]:
        """What is found, by exercise and check, and the attempt's notes."""
        found = {exercise.id: self._unanswered(exercise, submission, attempt) for exercise in exercises}
        open_ = [exercise for exercise in exercises if exercise.kind == "code" and not found[exercise.id]]
        attempt.ahead(open_, "public")
        for exercise in exercises:
            self._run(exercise, "public", attempt, found[exercise.id])
        notes = attempt.notes
        attempt.afresh()  # no public call meets what a hidden one saw or left
        if self.checks == "all":
            attempt.ahead(open_, "hidden")
        for exercise in exercises if self.checks == "all" else ():
            self._run(exercise, "hidden", attempt, found[exercise.id])
        return found, notes

    def _result(self, exercise: Exercise, submission: Submission, found: dict[str, Found]) -> Result:
        ordered = [found[check.name] for check in exercise.checks if check.name in found]
        settled = drawn_once(settle(exercise, ordered, self.recogniser))
        findings = tuple(replace(finding, line=_line(finding, exercise, submission)) for finding in settled)
        answer, stamp = answer_to(exercise, submission), exercise.sha256[:16]
        result = Result(exercise.id, exercise.item, exercise.points, findings, answer, stamp=stamp)
        return in_places(with_later(exercise, result) if self.checks == "public" else result, submission)

    def _unanswered(self, exercise: Exercise, submission: Submission, attempt: Attempt) -> dict[str, Found]:
        """What is found, by check, where there is no answer to check or a person must say whose it is; else empty."""
        checks = [check for check in exercise.checks if self.checks == "all" or check.visibility == "public"]
        if self.checks == "public" and not submission.problem:
            missing = exercise.kind == "code" and getattr(attempt.fault(exercise), "kind", "") == "missing"
            if said := not_started(exercise, submission, missing=missing):
                return {found.check.name: found for found in unstarted(checks, said)}
        reason = submission.problem or self._nothing(exercise, submission.texts.get(exercise.id, ""), attempt)
        found = [Found(check, Status.SKIPPED) for check in checks] if reason else []
        found[:1] = [replace(first, status=Status.FAILED, message=reason, tell=reason) for first in found[:1]]
        if not reason and not exercise.rubric and (doubt := submission.doubts.get(exercise.id)):
            found = [Found(check, Status.PENDING, doubt) for check in checks]
        return {one.check.name: one for one in found}

    def _nothing(self, exercise: Exercise, text: str, attempt: Attempt) -> str:
        """Why there is no answer to check, as a sentence; "" if there is one."""
        if exercise.kind == "text":
            if not text.strip():
                return f"Nothing was handed in for {exercise.id}."
            if is_unchanged(text, exercise):
                return f"The answer to {exercise.id} is still the text that was handed out."
            return ""
        fault = attempt.fault(exercise)
        return fault.message if fault else ""

    def _run(self, exercise: Exercise, visibility: Visibility, attempt: Attempt, found: dict[str, Found]) -> None:
        """Adds what the checks of one visibility find; those that have their finding are not run."""
        for check in exercise.checks:
            if check.visibility != visibility or check.name in found:
                continue
            if any(one.mistake == IN_PROGRESS for one in found.values()):
                found[check.name] = Found(check, Status.SKIPPED)
                continue
            blocked = [found[name] for name in check.needs if name in found and found[name].status != Status.PASSED]
            if blocked:
                waiting = all(b.status is Status.PENDING for b in blocked)
                found[check.name] = Found(check, Status.PENDING if waiting else Status.SKIPPED)
            else:
                before = list(found.values())
                found[check.name] = once(self._check(exercise, check, attempt, before), before)

    def _check(self, exercise: Exercise, check: Check, attempt: Attempt, before: Sequence[Found]) -> Found:
        for last in (False, True):
            try:
                detail = check.run(attempt.answer(exercise))
                return Found(check, Status.PASSED, detail=tuple(detail or ()))
            except Mistake as mistake:
                if self.checks == "public" and (begun := in_progress(check, mistake)):
                    return begun
                return self._failed(exercise, check, mistake, before)
            except NeedsPerson as request:
                return Found(check, Status.PENDING, request.message, detail=tuple(request.detail))
            except Exception as error:  # anything else is our side's fault: once more in a fresh process
                if last or isinstance(error, CourseError):
                    return _broken(check, error)
                attempt.again()
        raise AssertionError("unreachable")

    def _failed(self, exercise: Exercise, check: Check, mistake: Mistake, before: Sequence[Found]) -> Found:
        likely = {found.mistake for found in before}
        passed = [found.check for found in before if found.status is Status.PASSED]
        try:
            name = self.recogniser.name
            mistake = apart(mistake, before)
            mistake = known(mistake, before) or read_back(name(mistake, exercise, check, likely, passed))
            mistake = self.recogniser.multiple(mistake, exercise, check)
            counterexample, said = mistake.shrink() if mistake.shrink else (mistake.counterexample, "")
        except Exception as error:  # naming a mistake is our side's work
            return _broken(check, error)
        return Found(
            check,
            Status.FAILED,
            mistake.message if mistake.name or not said else said,  # the numbers of the example that is shown
            hint=mistake.hint or check.hint,
            counterexample=counterexample,
            mistake=mistake.name,
            credit=mistake.credit,
            partial=mistake.partial,
            detail=tuple(mistake.detail),
            whole=mistake.whole,
            tell=mistake.tell or check.hint,
        )

    def _open_known(self, submission: Submission, exercise: Exercise) -> Memo:
        answer = Answer(self._known.enter_context(Student(self.host, submission)), exercise)
        return Memo(answer, self.options, self.sheet.settings.call_seconds)


def _line(finding: Finding, exercise: Exercise, submission: Submission) -> int:
    place = place_in(finding.message) if finding.status is Status.FAILED else None
    return line_in_answer(exercise, submission, *place) if place else 0


def _broken(check: Check, error: Exception) -> Found:
    if isinstance(error, CourseError):
        return Found(check, Status.BROKEN, f"{COURSE_FAULT}{error}")
    kind = "" if isinstance(error, AutograderError) else f"{type(error).__name__}: "
    return Found(check, Status.BROKEN, f"The grader failed here, not you: {kind}{error}")
