"""Does an answer do its work over many calls: train, and be judged by what came out.

An exercise keeps a *driver* beside its ``exercise.py``: a plain Python file that runs in the student's process and calls
the student's pieces. A *judge*, a function of the exercise that runs here, asks the driver for tensors and decides. The
driver decides nothing: all of that process is in the student's hands, so what comes back is read with care (``Reply``)
and judged by values computed on this side.
"""

import contextlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, TypeVar

from autograder.checks.reply import Reply
from autograder.inputs import authored
from autograder.model import UNTRAINED, Answer, Check, Detail, Fault, InternalError, Mistake, NeedsPerson, Visibility
from autograder.student import alone
from autograder.training import Mnist, mnist

FORGIVEN = (Mistake, InternalError, OSError)  # of a training on a GPU: the CPU has the last word
T = TypeVar("T")
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
            if mistake.name or (isinstance(mistake, _Stopped) and mistake.kind != "exception"):
                raise
            failed[way] = mistake
    first, *others = failed.items()
    said = [f"{way}: {other.message}" for way, other in others if other.message != first[1].message]
    raise replace(first[1], message="\n".join([first[1].message, *said]))


def probes(
    name: str,
    *,
    points: float,
    driver: Path | Sequence[Path],
    judge: Callable[[Session], tuple[Detail, ...]],
    visibility: Visibility = "public",
    needs: tuple[str, ...] = (),
    hint: str = "",
    seconds: float = 30.0,
) -> Check:
    """A check that asks the driver for values and trains nothing; ``judge`` returns what to show, or raises Mistake.

    Of several files each goes on where the one before ends.
    """
    source = _source(driver)

    def run(answer: Answer) -> tuple[Detail, ...]:
        return _on_its_device(answer, source, seconds, lambda session: _judged(name, lambda: judge(session)))

    return Check(name, points, run, visibility=visibility, needs=needs, hint=hint, measures=True)


def trains(
    name: str,
    *,
    points: float,
    driver: Path | Sequence[Path],
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
    source = _source(driver)

    def run(answer: Answer) -> tuple[Detail, ...]:
        if not answer.options.training:
            raise NeedsPerson(UNTRAINED)
        return _on_its_device(
            answer, source, seconds, lambda session: _judged(name, lambda: _first_good(session, judge, attempts))
        )

    return Check(name, points, run, visibility=visibility, needs=needs, hint=hint, measures=True)


def _judged(name: str, judge: Callable[[], T]) -> T:
    """What the exercise's judge says; whatever else it raises is the course's fault."""
    with authored(f"the judge of {name!r}"):
        return judge()


def _source(driver: Path | Sequence[Path]) -> str:
    files = [driver] if isinstance(driver, Path) else driver
    return "\n\n".join(file.read_text(encoding="utf-8") for file in files)


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
    return _Stopped(_sentence(fault, doing, seconds), kind=fault.kind)


def _sentence(fault: Fault, doing: str, seconds: float) -> str:
    if fault.kind == "timeout":
        return f"Your code was stopped when {doing}: it took more than the {seconds:.4g} s there are. Make it smaller or faster."
    if fault.kind == "memory":
        return f"Your code ran out of memory when {doing}. Make the model smaller, or keep fewer values at a time."
    said = fault.message
    return f"When {doing}, {said[:1].lower() + said[1:] if said.startswith('Your ') else said}"
