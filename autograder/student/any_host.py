"""What every host offers, walled (``host``) or plain (``plain``)."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, Protocol

from autograder import model

if TYPE_CHECKING:  # imports torch
    from autograder.student.process import Process


class AnyHost(Protocol):
    """Where submissions run, each in processes of its own."""

    settings: model.Settings

    @property
    def level(self) -> str:
        """What stands between a submission and this account: a level of isolation, or "plain"."""

    @property
    def isolation(self) -> str:
        """The same in one line that is the same on every run; for every report."""

    @property
    def device(self) -> str:
        """Where trainings run."""

    def give_up_device(self, reason: str) -> None:
        """Trainings run on the CPU from here on."""

    def process(self, imports: Sequence[str] = (), device: str = "cpu") -> "Process":
        """A fresh process, which sees ``device`` and has imported ``imports``. Raises InternalError."""

    def forget(self, source: Any = None) -> None:
        """Starts the next process from scratch: what this one came from failed."""

    def close(self) -> None:
        """Ends everything it started."""
