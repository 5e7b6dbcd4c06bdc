"""Whose turn it is: all that is quick comes first, so that a class is soon looked at; trainings come after it."""

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.model import Submission

SAMPLE = 20  # of so many, one is trained early: so that the time left is known


@dataclass(frozen=True)
class Turn:
    """A submission to be graded, with its trainings or, for now, without."""

    submission: Submission
    training: bool = True


class Turns:
    """The submissions of a run.

    Args:
        submissions: in this order.
        trained: of these all but the trainings is known already.
        apart: grade all the others without trainings first.
    """

    def __init__(
        self, submissions: Sequence[Submission], trained: Sequence[Submission] = (), *, apart: bool = False
    ) -> None:
        self.apart = apart
        self._first, self._later = deque(submissions), deque(trained)
        self._since = SAMPLE - 1  # quick ones since the last training

    def __len__(self) -> int:
        return len(self._first) + len(self._later)

    def take(self) -> Turn:
        """The next one. Raises IndexError where nobody waits."""
        early = self._later and self._since >= SAMPLE
        if self._first and not early:
            self._since += 1
            return Turn(self._first.popleft(), training=not self.apart)
        self._since = 0
        return Turn(self._later.popleft())

    def again(self, submission: Submission) -> None:
        """Its trainings are still to come."""
        self._later.append(submission)
