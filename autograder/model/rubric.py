"""What helps a person who marks a written answer. None of it is part of a report, and no point is given by it."""

from dataclasses import dataclass

from autograder.model.report import Criterion


@dataclass(frozen=True)
class Advice:
    """How to mark one criterion.

    Attributes:
        criterion: its name, its points and what a full answer says.
        partial: what earns part of the points.
        signals: words and sentences that bear on it, as examples of where to look.
    """

    criterion: Criterion
    partial: str
    signals: tuple[str, ...] = ()


@dataclass(frozen=True)
class Misunderstanding:
    """A typical one: the ``criterion`` (its name) that it bears on, and the comment to send to the student."""

    name: str
    criterion: str
    comment: str


@dataclass(frozen=True)
class Rubric:
    """A written exercise's rubric.toml; ``good`` and ``weak`` are an example answer each."""

    advice: tuple[Advice, ...]
    misunderstandings: tuple[Misunderstanding, ...]
    good: str
    weak: str

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        return tuple(advice.criterion for advice in self.advice)
