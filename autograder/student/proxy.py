"""One exercise's answer in one submission, as checks see it: the Answer protocol of ``autograder.model``."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import torch

from autograder import model
from autograder.errors import InternalError
from autograder.student import faults, wire

if TYPE_CHECKING:
    from autograder.student.student import Student


class Answer:
    """Asks a student's process; see ``model.Answer`` for what each member promises."""

    def __init__(self, student: "Student", exercise: model.Exercise) -> None:
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
        return self._student.calls(calls, seconds)

    @property
    def device(self) -> str:
        return self._student.host.device

    def probe(
        self, source: str, function: str, args: Sequence[Any] = (), *, seconds: float = 30.0, device: str = "cpu"
    ) -> model.Outcome:
        try:
            return self._student.on(device).probe(source, function, args, seconds)
        except InternalError as error:
            if device != "cpu":
                self._student.host.give_up_device(str(error))
            raise

    def leave(self, device: str) -> None:
        self._student.leave(device)


def outcome(what: str, item: Any, memory_mb: int) -> model.Outcome:
    """The outcome an item of a reply stands for. Raises WireError if it is none."""
    if type(item) is not dict:
        raise wire.WireError("an outcome is not a dict")
    if "error" in item and type(item["error"]) is dict:
        return model.Outcome(fault=faults.raised(what, item["error"], memory_mb))
    if "too_large" in item:
        return model.Outcome(fault=faults.too_large(what, str(item["too_large"])))
    gradients, changed, fault = item.get("gradients", []), item.get("changed", []), item.get("gradient_fault", "")
    well_formed = (
        "value" in item
        and type(gradients) is list
        and all(gradient is None or isinstance(gradient, torch.Tensor) for gradient in gradients)
        and type(changed) is list
        and all(type(position) is int for position in changed)
        and type(fault) is str
    )
    if not well_formed:
        raise wire.WireError("an outcome has the wrong parts")
    return model.Outcome(_ours(item["value"]), tuple(gradients), faults.clean(fault), tuple(changed))


def _ours(value: Any) -> Any:
    """``value`` with the wire's opaque values as the model's."""
    if type(value) is list:
        return [_ours(entry) for entry in value]
    if type(value) is dict:
        return {key: _ours(entry) for key, entry in value.items()}
    return model.Opaque(faults.clean(value.type, 80)) if type(value) is wire.Opaque else value
