"""A student's process with a driver in it, and the requests that a judge makes of it.

All of that process is in the student's hands, so what comes back is read with care (``Reply``).
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from autograder.checks.reply import Reply
from autograder.model import Answer, Fault, Mistake
from autograder.student import alone
from autograder.training import Mnist, mnist

T = TypeVar("T")


@dataclass(frozen=True)
class Attempt:
    """One go at a training; a right model may be unlucky or slow to learn, so several are made before anyone loses points."""

    seed: int
    steps: int
    rate: float = 1e-3
    optimizer: str = "Adam"  # name in torch.optim

    def __str__(self) -> str:
        return f"{self.steps} steps of {self.optimizer} at {self.rate:g}, seed {self.seed}"


@dataclass(frozen=True)
class Session:
    """One student's process with one driver in it.

    ``device`` is where the training runs, ``seconds`` the budget of this check, of which ``answer.spent - spent`` are used up,
    and ``digits`` are the MNIST of this run.
    """

    answer: Answer
    source: str
    device: str
    seconds: float
    spent: float
    digits: Mnist

    @property
    def left(self) -> float:
        """Seconds of the budget that are left."""
        return self.seconds - (self.answer.spent - self.spent)

    def ask(self, function: str, *args: Any, doing: str) -> Reply:
        """Runs ``function(namespace, *args)`` of the driver in the student's process; ``doing`` says to the student what it
        was, as in "calling VAE()".

        Raises:
            Mistake: the student's code failed, took too long or too much memory.
        """
        outcome = self.answer.probe(self.source, function, args, seconds=max(self.left, 0.1), device=self.device)
        if outcome.fault is not None:
            raise _mistake(outcome.fault, doing, self.seconds)
        values = outcome.value
        return Reply(f"When {doing}", values if isinstance(values, Mapping) else {})


@dataclass
class Stopped(Mistake):
    """The student's code failed as a program; it would fail the same way at another seed. ``kind`` is the fault's."""

    kind: str = ""


def either(ways: Mapping[str, Callable[[], T]]) -> T:
    """What the first way returns that raises no Mistake: ways of asking the same, such as with two layouts of one argument, by
    what is said of them ("With x of shape (N, 784)").

    A mistake with a name ends the search, and so does code that was stopped: another way makes no difference to them.

    Raises:
        Mistake: the first way's, with what was said to the others.
    """
    failed: dict[str, Mistake] = {}
    for way, ask in ways.items():
        try:
            return ask()
        except Mistake as mistake:
            if mistake.name or (isinstance(mistake, Stopped) and mistake.kind != "exception"):
                raise
            failed[way] = mistake
    first, *others = failed.items()
    said = [f"{way}: {other.message}" for way, other in others if other.message != first[1].message]
    raise replace(first[1], message="\n".join([first[1].message, *said]))


@contextlib.contextmanager
def session_of(answer: Answer, source: str, seconds: float, device: str) -> Iterator[Session]:
    """A session with the whole budget before it; alone on its GPU, if it is to run on one."""
    with alone(device):
        try:
            yield Session(answer, source, device, seconds, answer.spent, mnist(answer.options.mnist or None))
        finally:
            if device != "cpu":
                answer.leave(device)


def _mistake(fault: Fault, doing: str, seconds: float) -> Stopped:
    if "modified by an inplace operation" in fault.message:
        return Stopped(
            f"When {doing}, PyTorch could not follow the gradients back: your code changes a value in place that they "
            "still need.",
            name="changed_in_place",
            credit=0.5,
            hint="Write h = torch.relu(h), h = h + 1 or 1 - d in place of h.relu_(), h += 1 or d.neg_().add_(1).",
        )
    return Stopped(_sentence(fault, doing, seconds), kind=fault.kind)


def _sentence(fault: Fault, doing: str, seconds: float) -> str:
    if fault.kind == "timeout":
        return f"Your code was stopped when {doing}: it took more than the {seconds:.4g} s there are. Make it smaller or faster."
    if fault.kind == "memory":
        return f"Your code ran out of memory when {doing}. Make the model smaller, or keep fewer values at a time."
    said = fault.message
    return f"When {doing}, {said[:1].lower() + said[1:] if said.startswith('Your ') else said}"
