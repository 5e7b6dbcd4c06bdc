"""Does an answer do its work over many calls: train, and be judged by what came out.

An exercise keeps a *driver* beside its ``exercise.py``: a plain Python file that runs in the student's process and calls the
student's pieces. A *judge*, a function of the exercise that runs here, asks the driver for tensors and decides. The driver decides nothing:
all of that process is in the student's hands, so what comes back is read with care (``Reply``) and judged by values computed
on this side.
"""

import fcntl
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch

from autograder.datasets import Mnist, mnist
from autograder.errors import Mistake, NeedsPerson, UsageError
from autograder.model import Answer, Check, Detail, Fault, Visibility

Judge = Callable[["Session", "Attempt"], tuple[Detail, ...]]


@dataclass(frozen=True)
class Attempt:
    """One go at a training; a right model may be unlucky, so several are made before anyone loses points."""

    seed: int = 0
    rate: float = 1e-3
    optimizer: str = "Adam"  # name in torch.optim


@dataclass(frozen=True)
class Reply:
    """What the driver returned, as coming from the student: every field is checked for what it is when it is taken out."""

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
        if shape is not None and (
            value.dim() != len(shape)
            or any(want not in (None, got) for want, got in zip(shape, value.shape, strict=True))
        ):
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

    def names(self, key: str) -> tuple[str, ...]:
        """A list of names, at most twenty."""
        value = self.values.get(key)
        return tuple(str(name)[:80] for name in value[:20]) if isinstance(value, (list, tuple)) else ()


@dataclass(frozen=True)
class Session:
    """One student's process with one driver in it.

    ``device`` is the one the instructor asked for; ``deadline`` is when the budget of this check ends (time.monotonic).
    """

    answer: Answer
    source: str
    device: str
    seconds: float
    deadline: float
    digits: Mnist

    def ask(self, function: str, *args: Any, doing: str) -> Reply:
        """Runs ``function(namespace, *args)`` of the driver in the student's process. ``doing`` says what, for the student:
        "calling VAE()".

        Raises:
            Mistake: the student's code failed, took too long or too much memory.
        """
        left = self.deadline - time.monotonic()
        outcome = self.answer.probe(self.source, function, args, seconds=max(left, 0.1))
        if outcome.fault is not None:
            raise _Stopped(_sentence(outcome.fault, doing, self.seconds), partial=0.0)
        values = outcome.value
        return Reply(f"When {doing}", values if isinstance(values, Mapping) else {})


@dataclass
class _Stopped(Mistake):
    """The student's code failed as a program; it would fail the same way at another seed."""


def probes(
    name: str,
    *,
    points: float,
    driver: str | Path | Sequence[str | Path],
    judge: Callable[[Session], tuple[Detail, ...]],
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    seconds: float = 30.0,
) -> Check:
    """A check that asks the driver for some values and trains nothing. ``judge`` returns what to show, or raises Mistake."""
    source = _source(driver)

    def run(answer: Answer) -> tuple[Detail, ...]:
        with _session(answer, source, seconds) as session:
            return judge(session)

    return Check(name, points, run, visibility=visibility, needs=needs, hint=hint)


def trains(
    name: str,
    *,
    points: float,
    driver: str | Path | Sequence[str | Path],
    judge: Judge,
    attempts: Sequence[Attempt] = (Attempt(0), Attempt(1), Attempt(2, rate=3e-4)),
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    seconds: float = 30.0,
) -> Check:
    """A check that trains: passed when ``judge`` finds nothing wrong at one of the ``attempts``, in their order.

    When all fail, the first attempt's finding stands. A program that fails (an exception, too slow, too large) is not tried again.
    ``judge(session, attempt)`` returns what to show (pictures), or raises Mistake. All attempts share ``seconds``. With ``--no-training`` the points stay open.
    """
    source = _source(driver)

    def run(answer: Answer) -> tuple[Detail, ...]:
        if not answer.options.training:
            raise NeedsPerson("Nothing was trained this time (--no-training): these points are open, not lost.")
        with _session(answer, source, seconds) as session:
            return _first_good(session, judge, attempts)

    return Check(name, points, run, visibility=visibility, needs=needs, hint=hint)


def _first_good(session: Session, judge: Judge, attempts: Sequence[Attempt]) -> tuple[Detail, ...]:
    first: Mistake | None = None
    for attempt in attempts:
        try:
            return judge(session, attempt)
        except _Stopped as stopped:
            raise first or stopped from None
        except Mistake as mistake:
            first = first or mistake
        if time.monotonic() > session.deadline:
            break
    assert first is not None, "a training needs at least one attempt"
    raise first


def _source(driver: str | Path | Sequence[str | Path]) -> str:
    files = [driver] if isinstance(driver, (str, Path)) else driver
    return "\n\n".join(Path(file).read_text(encoding="utf-8") for file in files)


@contextmanager
def _session(answer: Answer, source: str, seconds: float) -> Iterator[Session]:
    """A session with the whole budget before it; alone on its GPU, if it is to run on one."""
    device = chosen_device(answer.options.device)
    with nullcontext() if device == "cpu" else _alone(device):
        yield Session(answer, source, device, seconds, time.monotonic() + seconds, mnist(answer.options.mnist or None))


def chosen_device(asked: str) -> str:
    """ "cpu", "cuda" or "mps": the one asked for, or with "auto" the best that is there.

    Asks the driver library (NVML) and initialises nothing, so that a process may still be forked from this one.

    Raises:
        UsageError: the device asked for is not there.
    """
    there = ["cpu"]
    if torch.backends.mps.is_available():
        there.insert(0, "mps")
    if _cuda_is_there():
        there.insert(0, "cuda")
    if asked == "auto":
        return there[0]
    if asked not in there:
        raise UsageError(f"--device {asked}: this machine has {', '.join(there)}. Choose one of them, or auto.")
    return asked


def _cuda_is_there() -> bool:
    os.environ.setdefault("PYTORCH_NVML_BASED_CUDA_CHECK", "1")  # asks the driver and leaves CUDA uninitialised
    return torch.cuda.is_available()


@contextmanager
def _alone(device: str) -> Iterator[None]:
    """Holds the machine-wide lock of ``device``: one training at a time, whichever grader started it."""
    with (Path(tempfile.gettempdir()) / f"autograder-{device}.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _sentence(fault: Fault, doing: str, seconds: float) -> str:
    if fault.kind == "timeout":
        return f"Your code was stopped when {doing}: it took more than the {seconds:.4g} s there are. A smaller model trains well in 3 s."
    if fault.kind == "memory":
        return f"Your code ran out of memory when {doing}. A smaller model or fewer values kept at a time will do."
    return f"Your code failed when {doing}: {fault.message}"


def _a(value: object) -> str:
    return "nothing" if value is None else f"a {getattr(value, 'type', type(value).__name__)}"
