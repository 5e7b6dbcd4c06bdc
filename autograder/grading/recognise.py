"""Names a mistake: a failing answer that fails exactly as a labelled wrong answer does is that wrong answer."""

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.grading.failures import Failures
from autograder.inputs import alike
from autograder.intake import AnswerCell, find_texts
from autograder.model import Answer, Call, Cell, Check, Exercise, Mistake, NeedsPerson, Outcome, Submission, Wrong

MULTIPLES = (
    (-1.0, "sign_turned", "And the sign of the whole is turned round."),
    (2.0, "doubled", "And everything is doubled."),
    (0.5, "halved", "And everything is halved."),
    (-2.0, "sign_turned+doubled", "And everything is doubled, with the sign turned round."),
    (-0.5, "sign_turned+halved", "And everything is halved, with the sign turned round."),
)
"""A second slip beside a labelled one: a factor of the whole, its name, its words."""

Open = Callable[[Submission, Exercise], Answer]
"""Opens an answer in a student process that its caller will close."""


@dataclass
class Recogniser:
    """Runs the labelled wrong answers of a sheet through its checks, each at most once, and compares how they fail.

    ``kept`` is what others have found out already.
    """

    open: Open
    kept: Failures | None = None
    _together: dict[str, Answer] = field(default_factory=dict)
    _failures: dict[tuple[str, str, str], Mistake | None] = field(default_factory=dict)

    def name(
        self,
        mistake: Mistake,
        exercise: Exercise,
        check: Check,
        likely: Container[str] = (),
        passed: Sequence[Check] = (),
    ) -> Mistake:
        """The same mistake with the name, credit and words of the wrong answer that fails alike, if there is one.

        Several may fail alike, on inputs of another size or in one part of what they return; those called ``likely`` by earlier
        checks come first, then those that pass what this answer ``passed``.
        """
        if mistake.name or mistake.evidence is None:
            return mistake
        self._learn(exercise.wrong, exercise, check)
        found = [wrong for wrong in exercise.wrong if self._fails_alike(mistake, wrong, exercise, check)]
        if len(found) > 1 and not any(wrong.mistake in likely for wrong in found):
            found.sort(key=lambda wrong: sum(self.failure(wrong, exercise, other) is not None for other in passed))
        found.sort(key=lambda wrong: wrong.mistake not in likely)
        if not found:
            return mistake
        wrong = found[0]
        return replace(mistake, message=wrong.tell, tell=wrong.tell, name=wrong.slug, credit=wrong.credit)

    def multiple(self, mistake: Mistake, exercise: Exercise, check: Check) -> Mistake:
        """The same mistake with two names, where its values are a multiple of those of a labelled wrong answer, and of the right
        ones not: -2 f has no other mistake in it."""
        evidence = mistake.evidence
        if mistake.name or evidence is None or not evidence.wanted:
            return mistake
        if any(evidence.is_multiple_of_right(scale * other) for scale, *_ in MULTIPLES for other in (1, 2)):
            return mistake
        for scale, slug, words in MULTIPLES:
            for wrong in exercise.wrong:
                if self._fails_alike(mistake, wrong, exercise, check, scale):
                    said = f"{wrong.tell} {words}"
                    return replace(mistake, message=said, tell=said, name=f"{wrong.slug}+{slug}", credit=0.0)
        return mistake

    def _fails_alike(
        self, mistake: Mistake, wrong: Wrong, exercise: Exercise, check: Check, scale: float = 1.0
    ) -> bool:
        known = self.failure(wrong, exercise, check)
        return known is not None and not known.name and alike(mistake.evidence, known.evidence, scale)

    def explains(self, slug: str, exercise: Exercise, check: Check) -> bool:
        """Whether a wrong answer called ``slug`` fails this check too, so that a failure here is no further mistake."""
        return any(self.failure(w, exercise, check) is not None for w in exercise.wrong if w.mistake == slug)

    def failure(self, wrong: Wrong, exercise: Exercise, check: Check) -> Mistake | None:
        """How a wrong answer fails a check; None if it passes."""
        if wrong.recorded is not None:
            return wrong.recorded.get(check.name)
        self._learn([wrong], exercise, check)
        return self._failures[exercise.id, wrong.slug, check.name]

    def _learn(self, wrongs: Sequence[Wrong], exercise: Exercise, check: Check) -> None:
        """How these wrong answers fail a check, by what is kept or by running them."""
        new = [w for w in wrongs if w.recorded is None and (exercise.id, w.slug, check.name) not in self._failures]
        if not new:
            return

        def ask(wrong: Wrong) -> Mistake | None:
            return _run(check, _Known(self, wrong, exercise))

        found = self.kept.find(exercise, check.name, new, ask) if self.kept else {w.slug: ask(w) for w in new}
        self._failures |= {(exercise.id, slug, check.name): failure for slug, failure in found.items()}

    def together(self, exercise: Exercise) -> Answer:
        """All wrong answers of an exercise in one process, each in a namespace of its own, its functions as ``name__slug``."""
        if exercise.id not in self._together:
            cells = tuple(Cell(_apart(wrong, exercise), i) for i, wrong in enumerate(exercise.wrong, 1))
            self._together[exercise.id] = self.open(Submission("", f"{exercise.id}/wrong", "", cells), exercise)
        return self._together[exercise.id]


class _Known:
    """One wrong answer of the course, as checks see an answer."""

    def __init__(self, recogniser: Recogniser, wrong: Wrong, exercise: Exercise) -> None:
        self._recogniser, self._wrong, self._exercise = recogniser, wrong, exercise
        self._alone: Answer | None = None

    def __getattr__(self, name: str) -> Any:
        """What is not a call (a text, a probe) is asked of a process of its own."""
        if self._alone is None:
            submission = labelled(self._wrong.source, f"wrong/{self._wrong.slug}", self._exercise)
            self._alone = self._recogniser.open(submission, self._exercise)
        return getattr(self._alone, name)

    def calls(self, calls: Sequence[Call], *, seconds: float = 10.0) -> Sequence[Outcome]:
        renamed = [replace(call, function=f"{call.function}__{self._wrong.slug}") for call in calls]
        return self._recogniser.together(self._exercise).calls(renamed, seconds=seconds)


def _apart(wrong: Wrong, exercise: Exercise) -> str:
    names = "".join(f"{name}__{wrong.slug} = known[{name!r}]\n" for name in exercise.names)
    return (
        f"known = {{'__name__': '__main__'}}\nexec(compile({wrong.source!r}, {wrong.slug!r}, 'exec'), known)\n{names}"
    )


def labelled(source: str, path: str, exercise: Exercise) -> Submission:
    """A course's own file as a student would hand it in."""
    found = find_texts([AnswerCell("code", source, 1)], [exercise])
    return Submission("", path, "", (Cell(source, 1),), found.answers)


def _run(check: Check, answer: Any) -> Mistake | None:
    try:
        check.run(answer)
    except Mistake as mistake:
        return mistake
    except NeedsPerson:
        return None
    return None
