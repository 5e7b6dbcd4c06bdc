"""Names a mistake: a failing answer that fails exactly as a labelled wrong answer does is that wrong answer."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from autograder.compare import alike
from autograder.errors import Mistake, NeedsPerson
from autograder.model import Answer, Cell, Check, Exercise, Submission, Wrong

Open = Callable[[Submission, Exercise], Answer]
"""Opens an answer in a student process that its caller will close."""


@dataclass
class Recogniser:
    """Runs the labelled wrong answers of a sheet through its checks, each at most once, and compares how they fail."""

    open: Open
    _answers: dict[tuple[str, str], Answer] = field(default_factory=dict)
    _failures: dict[tuple[str, str, str], Mistake | None] = field(default_factory=dict)

    def name(self, mistake: Mistake, exercise: Exercise, check: Check) -> Mistake:
        """The same mistake with the name, credit and words of the wrong answer that fails alike, if there is one."""
        if mistake.name or mistake.evidence is None:
            return mistake
        for wrong in exercise.wrong:
            known = self.failure(wrong, exercise, check)
            if known and not known.name and alike(mistake.evidence, known.evidence):
                return replace(mistake, message=wrong.tell, name=wrong.slug, credit=wrong.credit)
        return mistake

    def explains(self, slug: str, exercise: Exercise, check: Check) -> bool:
        """Whether a wrong answer called ``slug`` fails this check too, so that a failure here is no further mistake."""
        return any(self.failure(w, exercise, check) is not None for w in exercise.wrong if w.mistake == slug)

    def failure(self, wrong: Wrong, exercise: Exercise, check: Check) -> Mistake | None:
        """How a wrong answer fails a check; None if it passes."""
        if wrong.recorded is not None:
            return wrong.recorded.get(check.name)
        key = (exercise.id, wrong.slug, check.name)
        if key not in self._failures:
            self._failures[key] = _run(check, self._answer(wrong, exercise))
        return self._failures[key]

    def _answer(self, wrong: Wrong, exercise: Exercise) -> Answer:
        key = (exercise.id, wrong.slug)
        if key not in self._answers:
            self._answers[key] = self.open(labelled(wrong.source, f"wrong/{wrong.slug}"), exercise)
        return self._answers[key]


def labelled(source: str, path: str, texts: Sequence[tuple[str, str]] = ()) -> Submission:
    """A course's own file as a submission."""
    return Submission("", path, "", (Cell(source, 1),), dict(texts))


def _run(check: Check, answer: Answer) -> Mistake | None:
    try:
        check.run(answer)
    except Mistake as mistake:
        return mistake
    except NeedsPerson:
        return None
    return None
