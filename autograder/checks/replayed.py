"""A check made again from what was recorded of it, for a student's pack."""

from typing import Any

import torch
from torch import Tensor

from autograder.checks.agrees import agrees
from autograder.checks.classify import of_record as of_classifier
from autograder.checks.gradient import gradient, reaches
from autograder.checks.kept import Data, Recorded, doubles
from autograder.checks.kept_formula import draw_of
from autograder.checks.kinds import is_number
from autograder.checks.pure import leaves_alone, repeats
from autograder.checks.samples import pathwise, samples
from autograder.checks.trains import KIND as TRAINS
from autograder.checks.trains import of_record as of_training
from autograder.checks.written import by_criteria
from autograder.inputs import Sampler
from autograder.model import Answer, Check, Criterion, NeedsPerson, UsageError

_OF_BATTERY = {
    "agrees": agrees,
    "is_number": is_number,
    "gradient": gradient,
    "reaches": reaches,
    "leaves_alone": leaves_alone,
    "repeats": repeats,
}

KINDS = frozenset({*_OF_BATTERY, "later", "written", "as_read", "pathwise", "samples", "classifier", TRAINS})
"""What there may be in a pack."""


def replayed(data: Data, asked: Any = None) -> Check:
    """The check that ``data`` describes, see ``Check.record``.

    Args:
        asked: the battery or sampler of ``data`` if it is there already (``asked_of``); checks that share one answer it once.

    Raises:
        UsageError: the data are of a later version of this package.
    """
    kind = data["kind"]
    options: dict[str, Any] = {k: tuple(v) if k == "needs" else v for k, v in data.get("options", {}).items()}
    if kind == "later":
        return later(**options)
    if kind == "written":
        return by_criteria([Criterion(name, points, "") for name, points in data["criteria"]], **options)
    if kind == "as_read":
        from autograder.checks.as_read import of_record  # brings the language of mathematics with it

        return of_record(data["language"])
    if kind == "classifier":
        return of_classifier(data)
    if kind == TRAINS:
        return of_training(data)
    asked = asked_of(data["asked"]) if asked is None else asked
    if "part" in data:
        asked = asked.part(*data["part"]["path"], tolerance=data["part"]["tolerance"])
    if kind == "pathwise":
        lines = data["identity"]
        return pathwise(asked, lambda z, _w, *_args: tuple(_at(row, z) for row in lines), **options)
    if kind == "samples":
        return samples(asked, **options)
    if kind not in _OF_BATTERY:
        raise UsageError(
            f"The pack holds a check of the kind {kind!r}, which this version of autograder does not know; update it."
        )
    return _OF_BATTERY[kind](asked, **options)


def asked_of(data: Data) -> Any:
    """The battery or sampler that was recorded."""
    return sampler_of(data) if "blocks" in data else Recorded.of(data)


def sampler_of(data: Data) -> Sampler:
    """The sampler that ``sampler_data`` recorded."""
    blocks = [(tuple(block["args"]), block["residual"][0]) for block in data["blocks"]]

    def residual(z: Tensor, *args: Tensor) -> Tensor:
        a, b = next(row for known, row in blocks if all(map(torch.equal, doubles(known), args)))
        return torch.as_tensor(a + b * z)

    return Sampler(
        data["function"],
        tuple(args for args, _ in blocks),
        residual,
        tuple(data["parameters"]),
        draw_of(data.get("draw")),
    )


def later(*, points: float, name: str, visibility: str = "public") -> Check:
    """Stands for checks that only the grader can make."""

    def run(answer: Answer) -> None:
        raise NeedsPerson("This is checked when your work is graded, not here.")

    hidden = visibility == "hidden"
    return Check(name, points, run, "hidden" if hidden else "public", stands_in=hidden)


def _at(line: Any, z: Tensor) -> Tensor:
    value: Tensor = line[0] + line[1] * z
    return value
