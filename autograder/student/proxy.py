"""One exercise's answer in one submission, as checks see it: the Answer protocol of ``autograder.model``."""

from collections.abc import Sequence
from typing import Any

from autograder import model
from autograder.model import InternalError
from autograder.student.student import Student


class Answer:
    """Asks a student's process; see ``model.Answer`` for what each member promises."""

    def __init__(self, student: Student, exercise: model.Exercise) -> None:
        self._student, self._exercise = student, exercise

    @property
    def name(self) -> str:
        return self._exercise.names[0] if self._exercise.names else self._exercise.id

    @property
    def text(self) -> str:
        return self._student.submission.texts.get(self._exercise.id, "")

    @property
    def source(self) -> str:
        if self._exercise.kind == "text":
            return ""
        return "\n\n".join(cell.source for cell in self._student.submission.cells)

    @property
    def fault(self) -> model.Fault | None:
        """Why a name the exercise asks for is not there; None for a text. Loads the submission."""
        return None if self._exercise.kind == "text" else self._student.missing(self._exercise.names)

    def calls(self, calls: Sequence[model.Call], *, seconds: float = 10.0) -> Sequence[model.Outcome]:
        return self._student.for_(self._exercise.id).calls(calls, seconds)

    def ahead(self, calls: Sequence[model.Call], seconds: float) -> list[model.Outcome] | None:
        """See ``Student.ahead``; the calls may be those of several exercises."""
        return self._student.ahead(calls, seconds)

    @property
    def spent(self) -> float:
        return self._student.for_(self._exercise.id).spent

    @property
    def device(self) -> str:
        return self._student.host.device

    def probe(
        self, source: str, function: str, args: Sequence[Any] = (), *, seconds: float = 30.0, device: str = "cpu"
    ) -> model.Outcome:
        try:
            return self._student.for_(self._exercise.id).on(device).probe(source, function, args, seconds)
        except InternalError as error:
            if device != "cpu":
                self._student.host.give_up_device(str(error))
            raise

    def leave(self, device: str) -> None:
        self._student.leave(device)
