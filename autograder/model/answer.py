"""What a check sees: an answer that can be called, what a call is and what comes of it."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Protocol


@dataclass(frozen=True)
class Options:
    """What the instructor chose for a run. ``mnist`` names a folder with the full set, "" the one that comes along;
    ``fashion_mnist`` one with that which the sheet declares, "" where it declares none (the grader sets it)."""

    training: bool = True
    device: str = "auto"
    mnist: str = ""
    fashion_mnist: str = ""

    def __str__(self) -> str:
        """In words, for reports; the folder is named by a digest, since students read it."""
        data = f", MNIST {hashlib.sha256(self.mnist.encode()).hexdigest()[:8]}" if self.mnist else ""
        return f"{'trainings' if self.training else 'no trainings'}, device {self.device}{data}"


@dataclass(frozen=True)
class Call:
    """One call of a student's function: ``function(*args)`` after seeding every generator with ``seed``.

    Attributes:
        function: name of the function, or class, at module level of the submission.
        args: values: None, bool, int, float, str, torch.Tensor, numpy.ndarray, or lists and dicts of these.
        gradients: positions in ``args`` (floating tensors) with respect to which sum(value) is differentiated.
        cotangent: weights of the value in that sum (a tensor of the value's shape), or None for all ones.
        seed: for ``random``, ``numpy.random`` and ``torch``; the same call always gets the same seed.
        keywords: names of the last of ``args``, which are passed by keyword.
        of: the entry of the value that is differentiated: places and keys; () for the value, or the first tensor of a tuple.
        steps: what is done with objects of the class ``function`` in place of one call (``model.steps``); the value is then a
            dict of the steps' results by label.
    """

    function: str
    args: tuple[Any, ...]
    gradients: tuple[int, ...] = ()
    cotangent: Any = None
    seed: int = 0
    keywords: tuple[str, ...] = ()
    steps: tuple[Any, ...] = ()
    of: tuple[int | str, ...] = ()


@dataclass(frozen=True)
class Fault:
    """Why a call (or cell) gave nothing: the student's code failed, in words a student understands.

    kind is one of: exception, missing, timeout, memory, exit, crash, forbidden, protocol, unserialisable.
    ``message`` is a full sentence; ``line`` and ``cell`` say where in the submission (1-based) if known.
    """

    kind: str
    message: str
    exception: str = ""  # name of the exception's type, "" if none was raised
    cell: int | None = None
    line: int | None = None


@dataclass(frozen=True)
class Outcome:
    """What one call gave: a value or a fault, never both.

    Attributes:
        value: rebuilt on our side; torch.Tensor for tensors, numpy.ndarray for arrays, plain Python otherwise, and
            ``Opaque`` for anything else.
        gradients: one entry per requested position: a tensor, or None where no gradient reached that argument.
        gradient_fault: sentence, when gradients were asked for and could not be computed at all; "" otherwise.
        changed: positions of arguments whose contents the call changed in place.
        fault: set when there is no value.
        stopped: why steps went no further; the value holds the results before.
    """

    value: Any = None
    gradients: tuple[Any, ...] = ()
    gradient_fault: str = ""
    changed: tuple[int, ...] = ()
    fault: Fault | None = None
    stopped: Fault | None = None


@dataclass(frozen=True)
class Opaque:
    """A value that does not cross the fence; only the name of its type does."""

    type: str


class Answer(Protocol):
    """One exercise's answer in one submission: what ``Check.run`` gets. Student code runs elsewhere, in its own process."""

    @property
    def name(self) -> str:
        """The function or class asked for, or the exercise's id for a text."""

    @property
    def text(self) -> str:
        """The text handed in (written answers, derivations, expressions); "" when there is none."""

    @property
    def options(self) -> Options:
        """What the instructor chose for this run."""

    @property
    def device(self) -> str:
        """Where a training runs on this machine: "cuda", "mps" or "cpu"."""

    @property
    def spent(self) -> float:
        """Seconds of its budget that this exercise has used: processor time, and a part of what was slept."""

    @property
    def source(self) -> str:
        """Source of the student's code cells, joined; "" for a text. To be read, never to be run on our side."""

    @property
    def fault(self) -> Fault | None:
        """Why the answer could not be found or loaded, if so."""

    def calls(self, calls: Sequence[Call], *, seconds: float = 10.0) -> Sequence[Outcome]:
        """Answers all calls, in order, in one message. A call that kills the process is an Outcome with a fault; the
        calls after it are answered by a fresh process. ``seconds`` bounds each call.

        Raises:
            InternalError: our side failed (never the student's code).
        """

    def probe(
        self, source: str, function: str, args: Sequence[Any] = (), *, seconds: float = 30.0, device: str = "cpu"
    ) -> Outcome:
        """Runs our ``function(namespace, *args)``, defined in ``source``, inside the student's process; ``namespace`` is
        the dict of the submission's module-level names. The student could read ``source``: it holds no secret, and
        what it returns is judged as coming from the student. The process sees ``device``; each device has its own."""

    def leave(self, device: str) -> None:
        """Ends the process that sees ``device``, so that others may use it; what runs on the CPU stays."""
