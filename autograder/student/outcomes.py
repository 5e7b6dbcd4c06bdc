"""What came back through the fence -> Outcome: each part is checked for what it is, since a student's process sent it."""

from typing import Any

import torch

from autograder import model
from autograder.student import faults, wire


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
    stopped = _stopped(what, item.get("stopped"), memory_mb)
    return model.Outcome(_ours(item["value"]), tuple(gradients), faults.clean(fault), tuple(changed), stopped=stopped)


def _stopped(what: str, item: Any, memory_mb: int) -> model.Fault | None:
    """Why steps went no further: in making the object, or in what was asked of it."""
    if item is None:
        return None
    if type(item) is not dict or type(item.get("error")) is not dict or type(item.get("target")) is not str:
        raise wire.WireError("an outcome's steps ended in nothing known")
    _, dot, attribute = faults.clean(item["target"], 80).partition(".")
    return faults.raised(f"{what}{dot}{attribute}", item["error"], memory_mb)


def _ours(value: Any) -> Any:
    """``value`` with the wire's opaque values as the model's."""
    if type(value) is list:
        return [_ours(entry) for entry in value]
    if type(value) is dict:
        return {key: _ours(entry) for key, entry in value.items()}
    return model.Opaque(faults.clean(value.type, 80)) if type(value) is wire.Opaque else value
