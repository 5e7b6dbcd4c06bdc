"""A class of mistakes of its own: an answer that is right but for a batch of one."""

from collections.abc import Sequence

from torch import Tensor

from autograder.inputs import Args
from autograder.model import Mistake

HINT = "squeeze() drops the batch axis too when there is one example in it: name the axis, as in squeeze(-1), or do without."


def batch_of_one(function: str, why: str, bad: Sequence[Args], good: Sequence[Args]) -> Mistake | None:
    """The mistake, where every example that fails has a batch of one and others do not fail; ``why`` is a sentence."""
    if not all(map(_has_one, bad)) or all(map(_has_one, good)):
        return None
    message = f"{function} fails for a batch of one and is right for the other batches that were tried. {why}"
    return Mistake(message, name="batch_of_one", credit=0.75, hint=HINT, otherwise=why)


def _has_one(args: Args) -> bool:
    """Whether the first axis of some argument is of length 1, and is the batch: arguments of several ranks are broadcast."""
    shapes = [arg.shape for arg in args if isinstance(arg, Tensor)]
    return len({len(shape) for shape in shapes}) == 1 and any(shape[:1] == (1,) for shape in shapes)
