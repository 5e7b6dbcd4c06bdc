"""What everyone's sampler is asked: a battery's counterpart for answers that are drawn."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from torch import Tensor

from autograder.inputs.draw import Draw
from autograder.inputs.given import Args
from autograder.model import Call


@dataclass(frozen=True)
class Sampler:
    """What a sampler is asked, and what its draws must look like.

    Attributes:
        function: name of the student's function.
        blocks: arguments of the calls, the first of the draws' shape (rows, columns).
        residual: (z, *args) -> values that must be standard normal and independent.
        parameters: names of the arguments.
        draw: what right and mistaken draws are made of, by which a wrong answer's are read back.
    """

    function: str
    blocks: tuple[Args, ...]
    residual: Callable[..., Tensor]
    parameters: tuple[str, ...]
    draw: Draw | None = None

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """Each block twice. No two calls share a seed, so that honest residuals are independent between calls."""
        return tuple(
            Call(self.function, args, seed=100 + 2 * i + k) for i, args in enumerate(self.blocks) for k in (0, 1)
        )
