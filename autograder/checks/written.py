"""An answer in words: a person reads it, with the rubric beside it."""

from collections.abc import Mapping, Sequence
from typing import Any

from autograder.model import Answer, Check, Criterion, NeedsPerson


def written(criteria: Sequence[Criterion], *, name: str = "reads as a full answer", hint: str = "") -> Check:
    """Always for a person: PENDING with the rubric until marks are given. (An empty or unchanged text earns 0 before any
    check runs.)"""

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
