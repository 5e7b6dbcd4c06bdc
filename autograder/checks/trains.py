"""Does an answer do its work over many calls: train, and be judged by what came out.

An exercise keeps a *driver* beside its ``exercise.py``: a plain Python file that runs in the student's process and calls
the student's pieces. A *judge*, a function of the exercise that runs here, asks the driver for tensors and decides. The
driver decides nothing: all of that process is in the student's hands, so what comes back is read with care (``Reply``)
and judged by values computed on this side.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from autograder.model import Answer, Check, Detail, Fault, InternalError, Mistake, NeedsPerson, Visibility
from autograder.student import DEVICES, alone
from autograder.training import Mnist, mnist

FORGIVEN = (Mistake, InternalError, OSError)  # of a training on a GPU: the CPU has the last word
Judge = Callable[["Session", "Attempt"], tuple[Detail, ...]]


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
class Reply:
    """What the driver returned, as coming from the student: each field is checked for what it is when it is taken out."""

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
            raise _stopped(outcome.fault, doing, self.seconds)
        values = outcome.value
        return Reply(f"When {doing}", values if isinstance(values, Mapping) else {})


@dataclass
class _Stopped(Mistake):
    """The student's code failed as a program; it would fail the same way at another seed."""


def probes(
    name: str,
    *,
    points: float,
    driver: Path,
    judge: Callable[[Session], tuple[Detail, ...]],
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    seconds: float = 30.0,
) -> Check:
    """A check that asks the driver for values and trains nothing; ``judge`` returns what to show, or raises Mistake."""
    source = driver.read_text(encoding="utf-8")

    def run(answer: Answer) -> tuple[Detail, ...]:
        return _on_its_device(answer, source, seconds, judge)

    return Check(name, points, run, visibility=visibility, needs=needs, hint=hint)


def trains(
    name: str,
    *,
    points: float,
    driver: Path,
    judge: Judge,
    attempts: Sequence[Attempt],
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    seconds: float = 30.0,
) -> Check:
    """A check that trains: passed when ``judge`` finds nothing wrong at one of the ``attempts``, in their order.

    When all fail, the first one's finding stands. Two kinds of failure are not tried again: a mistake that the judge knows
    by its name, which no luck explains, and code that does not run (an exception, too slow, too large).

    ``judge(session, attempt)`` returns what to show (pictures), or raises Mistake. All attempts share ``seconds``. With
    ``--no-training`` the points stay open.
    """
    source = driver.read_text(encoding="utf-8")

    def run(answer: Answer) -> tuple[Detail, ...]:
        if not answer.options.training:
            raise NeedsPerson("Nothing was trained this time (--no-training): these points are open, not lost.")
        return _on_its_device(answer, source, seconds, lambda session: _first_good(session, judge, attempts))

    return Check(name, points, run, visibility=visibility, needs=needs, hint=hint)


def _first_good(session: Session, judge: Judge, attempts: Sequence[Attempt]) -> tuple[Detail, ...]:
    first: Mistake | None = None
    for attempt in attempts:
        try:
            return judge(session, attempt)
        except _Stopped as stopped:
            raise first or stopped from None
        except Mistake as mistake:
            if mistake.name:
                raise
            first = first or mistake
        if session.left <= 0:
            break
    assert first is not None, "a training needs at least one attempt"
    raise first


def _on_its_device(
    answer: Answer, source: str, seconds: float, work: Callable[[Session], tuple[Detail, ...]]
) -> tuple[Detail, ...]:
    """``work`` where trainings run here. What a GPU finds wrong is done again on the CPU, and the CPU's verdict stands: no
    driver, no other sum and no other memory costs anyone a point."""
    if answer.device != "cpu":
        with contextlib.suppress(*FORGIVEN), session_of(answer, source, seconds, answer.device) as session:
            return work(session)
    with session_of(answer, source, seconds, "cpu") as session:
        return work(session)


@contextlib.contextmanager
def session_of(answer: Answer, source: str, seconds: float, device: str) -> Iterator[Session]:
    """A session with the whole budget before it; alone on its GPU, if it is to run on one."""
    with alone(device):
        try:
            yield Session(answer, source, device, seconds, answer.spent, mnist(answer.options.mnist or None))
        finally:
            if device != "cpu":
                answer.leave(device)


def _stopped(fault: Fault, doing: str, seconds: float) -> _Stopped:
    if "modified by an inplace operation" in fault.message:
        return _Stopped(
            f"When {doing}, PyTorch could not follow the gradients back: your code changes a value in place that they "
            "still need.",
            name="changed_in_place",
            credit=0.5,
            hint="Write h = torch.relu(h), h = h + 1 or 1 - d in place of h.relu_(), h += 1 or d.neg_().add_(1).",
        )
    return _Stopped(_sentence(fault, doing, seconds))


def _sentence(fault: Fault, doing: str, seconds: float) -> str:
    if fault.kind == "timeout":
        return f"Your code was stopped when {doing}: it took more than the {seconds:.4g} s there are. Make it smaller or faster."
    if fault.kind == "memory":
        return f"Your code ran out of memory when {doing}. Make the model smaller, or keep fewer values at a time."
    said = fault.message
    return f"When {doing}, {said[:1].lower() + said[1:] if said.startswith('Your ') else said}"


def _fits(shape: Sequence[int], expected: Sequence[int | None]) -> bool:
    pairs = zip(expected, shape, strict=False)
    return len(shape) == len(expected) and all(want in (None, got) for want, got in pairs)


def _a(value: object) -> str:
    return "nothing" if value is None else f"a {getattr(value, 'type', type(value).__name__)}"
