"""Two slips at once: labelled wrong answers combined, and what is read back from them."""

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from autograder.grading import Grader, labelled
from autograder.model import Exercise, Finding, Wrong

_APART = "These two cannot be combined."

_ADDED = "one + other - right"
_MULTIPLIED = "one * (other / right)"


@dataclass(frozen=True)
class Pair:
    """Two labelled slips in one answer, and under which name the answer is listed; "" if it has none."""

    exercise: str
    first: str
    second: str
    found: str
    message: str

    @property
    def both(self) -> bool:
        return {self.first, self.second} <= set(self.found.split("+"))


def pairs(grader: Grader, exercises: Sequence[Exercise]) -> Iterator[Pair]:
    """Each two labelled answers of an exercise that are read back as one slip each, put into one answer.

    Labelled answers are recognised as such; here they are read back, so that none is known beforehand.
    """
    for exercise in exercises:
        unknown = replace(exercise, wrong=(), checks=exercise.checks[:1])
        single = _single(grader, unknown, exercise.wrong)
        for (first, one), (second, other) in itertools.combinations(single.items(), 2):
            if pair := _pair(grader, unknown, (first, one), (second, other)):
                yield pair


def _single(grader: Grader, exercise: Exercise, wrong: Sequence[Wrong]) -> dict[str, Wrong]:
    """Names of slips, each with a labelled answer that makes it alone."""
    found: dict[str, Wrong] = {}
    for answer in wrong:
        finding = _first(grader, exercise, answer.source)
        shaped = (
            "as well" in finding.message or "it keeps" in finding.message
        )  # a result of another shape cannot be added
        if (
            finding.mistake
            and finding.message.startswith("Your function computes")
            and "+" not in finding.mistake
            and not shaped
        ):
            found.setdefault(finding.mistake, answer)
    return found


def _pair(grader: Grader, exercise: Exercise, one: tuple[str, Wrong], other: tuple[str, Wrong]) -> Pair | None:
    """The answer with both slips: their differences from the right one added or, where both are not found in that, multiplied.
    None where the two touch the same term, so that one answer cannot hold both."""
    tried = []
    for formula in (_ADDED, _MULTIPLIED):
        finding = _first(grader, exercise, _combined(exercise, one[1], other[1], formula))
        if _APART in finding.message:
            return None
        tried.append(Pair(exercise.id, one[0], other[0], finding.mistake or "", finding.message))
        if tried[-1].both:
            return tried[-1]
    return None if _same_place(*one, *other) else tried[0]


def _same_place(first: str, _one: Wrong, second: str, _other: Wrong) -> bool:
    """Whether both slips are about one term or one factor."""
    plain = [name.removesuffix("_missing") for name in (first, second)]
    ends = {name.rpartition("_of_")[2] if "_of_" in name else name.rpartition("_for_")[2] for name in plain}
    return len(ends) == 1 or not any(
        "_of_" in name or "_for_" in name or "_missing" in name for name in (first, second)
    )


def _combined(exercise: Exercise, one: Wrong, other: Wrong, formula: str) -> str:
    name = exercise.names[0]
    sources = {"one": one.source, "other": other.source, "right": exercise.solution}
    lines = [f"{key}_names = {{}}\nexec({source!r}, {key}_names)" for key, source in sources.items()]
    calls = [f"    {key} = {key}_names[{name!r}](*arguments)" for key in sources]
    check = f"    if not one.shape == other.shape == right.shape:\n        raise ValueError({_APART!r})"
    return "\n".join([*lines, f"def {name}(*arguments):", *calls, check, f"    return {formula}", ""])


def _first(grader: Grader, exercise: Exercise, source: str) -> Finding:
    return grader.result(exercise, labelled(source, "pair", exercise)).findings[0]
