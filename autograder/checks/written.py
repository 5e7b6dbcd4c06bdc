"""An answer in words: a person reads it, with the rubric beside it."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from autograder.checks.rubrics import FILE, read_rubric
from autograder.model import Answer, Check, Criterion, NeedsPerson

NAME = "reads as a full answer"


def written(file: str, *, name: str = NAME, hint: str = "") -> Check:
    """Always for a person: PENDING with the rubric until marks are given. (An empty or unchanged text earns 0 before any
    check runs.)

    Args:
        file: the exercise.py itself, ``__file__``; the criteria are in the rubric.toml beside it.

    Raises:
        CourseError: there is none, or it is wrong.
    """
    return by_criteria(read_rubric(Path(file).with_name(FILE)).criteria, name=name, hint=hint)


def by_criteria(criteria: Sequence[Criterion], *, name: str = NAME, hint: str = "") -> Check:
    """The same with the criteria themselves."""

    def run(answer: Answer) -> None:
        raise NeedsPerson("A person will read this answer.", detail=tuple(criteria))

    def record() -> Mapping[str, Any]:
        """Without what a full answer says."""
        return {
            "kind": "written",
            "criteria": [[c.name, c.points] for c in criteria],
            "options": {"name": name, "hint": hint},
        }

    return Check(name, sum(criterion.points for criterion in criteria), run, "public", (), hint, record)
