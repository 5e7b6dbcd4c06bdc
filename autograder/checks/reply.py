"""What a driver returned, as coming from the student: each field is checked for what it is when it is taken out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import torch

from autograder.model import Mistake
from autograder.student import DEVICES


@dataclass(frozen=True)
class Reply:
    """The answer to one request; ``request`` says which, as in "When calling VAE()"."""

    request: str
    values: Mapping[str, Any]

    def tensor(self, key: str, shape: tuple[int | None, ...] | None = None) -> torch.Tensor:
        """The floating tensor under ``key`` on the CPU; None in ``shape`` stands for any size.

        Raises:
            Mistake: it is not there, no tensor, or of another shape.
        """
        value = self.values.get(key)
        if not isinstance(value, torch.Tensor):
            raise Mistake(f"{self.request}: {key} must be a tensor, but it is {_a(value)}.")
        if shape is not None and not _fits(value.shape, shape):
            expected = ", ".join("any" if size is None else str(size) for size in shape)
            raise Mistake(f"{self.request}: {key} must have the shape ({expected}), but it has {tuple(value.shape)}.")
        return value.detach().to("cpu", torch.float32)

    def number(self, key: str) -> float:
        """A finite or infinite number; NaN where there is none."""
        value = self.values.get(key)
        return float(value) if isinstance(value, (bool, int, float)) else float("nan")

    def text(self, key: str) -> str:
        """A short text in one line; "" where there is none."""
        value = self.values.get(key)
        return " ".join(value.split())[:200] if isinstance(value, str) else ""

    def device(self) -> str:
        """Where the driver says that it runs, in a word of ours."""
        said = self.text("device").partition(":")[0]
        return said if said in DEVICES else "a device without a name"

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names, at most twenty."""
        value = self.values.get(key)
        return tuple(str(name)[:80] for name in value[:20]) if isinstance(value, (list, tuple)) else ()


def _fits(shape: Sequence[int], expected: Sequence[int | None]) -> bool:
    pairs = zip(expected, shape, strict=False)
    return len(shape) == len(expected) and all(want in (None, got) for want, got in pairs)


def _a(value: object) -> str:
    return "nothing" if value is None else f"a {getattr(value, 'type', type(value).__name__)}"
