"""A submission being graded: its student process, and a fresh one after our side failed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.model import AutograderError, Call, Exercise, Fault, Options, Outcome, Submission
from autograder.student import Answer as Remote
from autograder.student import AnyHost, Student

DEADLY = ("timeout", "crash", "exit", "memory")


class Memo:
    """An Answer that remembers the outcomes of a tuple of calls, so that checks may share a battery."""

    def __init__(self, answer: Remote, options: Options, seconds: float) -> None:
        self._answer = answer
        self.options = options
        self._limit = seconds
        self._dead: dict[str, Fault] = {}
        self._seen: dict[int, tuple[Sequence[Call], Sequence[Outcome]]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._answer, name)

    def calls(self, calls: Sequence[Call], *, seconds: float | None = None) -> Sequence[Outcome]:
        if not isinstance(calls, tuple):
            return self._ask(calls, seconds)
        if id(calls) not in self._seen:  # the tuple is kept, so that its id stays its own
            self._seen[id(calls)] = (calls, self._ask(calls, seconds))
        return self._seen[id(calls)][1]

    def _ask(self, calls: Sequence[Call], seconds: float | None) -> Sequence[Outcome]:
        """Asks, unless every call of a whole batch of this function hung or ended its process before: then it would again."""
        if calls and calls[0].function in self._dead:
            return [Outcome(fault=self._dead[calls[0].function])] * len(calls)
        outcomes = self._answer.calls(calls, seconds=seconds or self._limit)
        faults = [outcome.fault for outcome in outcomes]
        if len(faults) > 1 and faults[0] and all(fault and fault.kind in DEADLY for fault in faults):
            self._dead[calls[0].function] = faults[0]
        return outcomes


@dataclass
class Attempt:
    """A submission's student process, and a fresh one after our side failed."""

    host: AnyHost
    submission: Submission
    options: Options
    _student: Student | None = None
    _answers: dict[str, Memo] = field(default_factory=dict)
    _hurried: bool = False

    def __enter__(self) -> "Attempt":
        return self

    def __exit__(self, *_: object) -> None:
        self.again()

    @property
    def notes(self) -> tuple[str, ...]:
        return self._student.notes if self._student else ()

    @property
    def hurried(self) -> bool:
        """Whether something of it ended at a limit while the machine was busy with other work."""
        return self._hurried or (self._student is not None and self._student.hurried)

    def again(self) -> None:
        if self._student:
            self._student.__exit__(None, None, None)
            self._hurried |= self._student.hurried
        self._student = None
        self._answers.clear()

    def afresh(self) -> None:
        """From here on what is called is called in a process that no earlier call has met; outcomes that are known stay known."""
        if self._student:
            self._student.afresh()

    def answer(self, exercise: Exercise) -> Memo:
        if self._student is None:
            self._student = Student(self.host, self.submission)
            self._student.__enter__()
        if exercise.id not in self._answers:
            self._answers[exercise.id] = Memo(
                Remote(self._student, exercise), self.options, self.host.settings.call_seconds
            )
        return self._answers[exercise.id]

    def fault(self, exercise: Exercise) -> Fault | None:
        """The answer's own fault; what fails on our side is left to the checks to report."""
        try:
            fault: Fault | None = self.answer(exercise).fault
        except AutograderError:
            self.again()
            return None
        return fault
