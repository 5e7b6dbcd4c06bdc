"""A submission being graded: its student process, and a fresh one after our side failed."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from autograder.errors import AutograderError
from autograder.model import Call, Exercise, Fault, Options, Outcome, Submission
from autograder.student import Host, Student
from autograder.student.proxy import Answer as Remote


class Memo:
    """An Answer that remembers the outcomes of a tuple of calls, so that checks may share a battery."""

    def __init__(self, answer: Remote, options: Options) -> None:
        self._answer = answer
        self.options = options
        self._seen: dict[int, tuple[Sequence[Call], Sequence[Outcome]]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._answer, name)

    def calls(self, calls: Sequence[Call], *, seconds: float | None = None) -> Sequence[Outcome]:
        limit = {} if seconds is None else {"seconds": seconds}
        if not isinstance(calls, tuple):
            return self._answer.calls(calls, **limit)
        if id(calls) not in self._seen:  # the tuple is kept, so that its id stays its own
            self._seen[id(calls)] = (calls, self._answer.calls(calls, **limit))
        return self._seen[id(calls)][1]


@dataclass
class Attempt:
    """A submission's student process, and a fresh one after our side failed."""

    host: Host
    submission: Submission
    options: Options
    _student: Student | None = None
    _answers: dict[str, Memo] = field(default_factory=dict)

    def __enter__(self) -> "Attempt":
        return self

    def __exit__(self, *_: object) -> None:
        self.again()

    @property
    def notes(self) -> tuple[str, ...]:
        return self._student.notes if self._student else ()

    def again(self) -> None:
        if self._student:
            self._student.__exit__(None, None, None)
        self._student = None
        self._answers.clear()

    def answer(self, exercise: Exercise) -> Memo:
        if self._student is None:
            self._student = self.host.open(self.submission)
            self._student.__enter__()
        if exercise.id not in self._answers:
            self._answers[exercise.id] = Memo(self._student.answer(exercise), self.options)
        return self._answers[exercise.id]

    def fault(self, exercise: Exercise) -> Fault | None:
        """The answer's own fault; what fails on our side is left to the checks to report."""
        try:
            fault: Fault | None = self.answer(exercise).fault
        except AutograderError:
            self.again()
            return None
        return fault
