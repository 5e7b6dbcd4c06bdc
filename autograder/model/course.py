"""What a course says: sheets of exercises, exercises of checks. They validate themselves when built."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, get_args

from autograder.model.answer import Call
from autograder.model.errors import CourseError, Mistake, listed, meant
from autograder.model.report import Criterion, Detail, Visibility
from autograder.model.rubric import Rubric

Kind = Literal["code", "text"]
Formulas = Literal["read", "steps", "all"]
Run = Callable[[Any], "Sequence[Detail] | None"]
"""Checks an Answer: returns None or details to show (good), raises Mistake (not good) or NeedsPerson."""


@dataclass(frozen=True)
class Check:
    """One thing that must hold for an answer.

    ``run(answer)`` returns (good), raises ``Mistake`` (not good) or ``NeedsPerson`` (a person must look).

    Attributes:
        name: reads like a sentence about the answer ("agrees with the reference"); unique in its exercise.
        points: >= 0; the points of an exercise's checks are scaled to the points the sheet gives the exercise.
        visibility: "public" checks are what students may run themselves; "hidden" ones run for the grade only, after all
            public ones and in another process. Of a hidden check a student sees its name, its points and a sentence.
        needs: names of earlier checks without which this one makes no sense; it is skipped when one of them failed.
        hint: said when the check fails and the mistake has no better hint. Where the check is hidden it is the sentence that a
            student sees, unless the mistake has a ``tell``.
        record: () -> plain data (wire values) from which ``checks.replayed`` rebuilds the check without the oracle; for
            the student's pack. None where a check cannot leave the course.
        own: (how much a sheet makes public of formulas, see ``Settings.formulas``) -> the check that a student's own check makes
            in place of this one; None where it makes this one. Checks that read the same formulas give equally named ones.
        instead: the check that a student's pack makes in place of this one, for no points, where this one's judge stays with the
            course: a short training. The course's own tests ask it of every right answer.
        rehearses: it is such a short training, in a pack.
        stands_in: it stands for a check that only the grader can make, whose name a student may read beforehand.
        asks: () -> the tuples of calls that ``run`` asks in any case, the very ones: they may be asked ahead.
        measures: its words hold what it measured, as those of a training do, so that no labelled answer can say them beforehand.
    """

    name: str
    points: float
    run: Run
    visibility: Visibility = "public"
    needs: tuple[str, ...] = ()
    hint: str = ""
    record: Callable[[], Mapping[str, Any]] | None = None
    own: "Callable[[Formulas], Check] | None" = None
    instead: "Check | None" = None
    rehearses: bool = False
    stands_in: bool = False
    asks: "Callable[[], Sequence[tuple[Call, ...]]] | None" = None
    measures: bool = False

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CourseError("A check needs a name that reads like a sentence about the answer.")
        if not 0 <= self.points < float("inf"):
            raise CourseError(f"Check {self.name!r}: points must be a number >= 0, not {self.points!r}.")
        if self.visibility not in ("public", "hidden"):
            raise CourseError(f'Check {self.name!r}: visibility is "public" or "hidden", not {self.visibility!r}.')
        if self.instead and (self.instead.points or self.instead.record is None):
            raise CourseError(
                f"Check {self.instead.name!r} stands in the pack in place of {self.name!r}: it must have 0 points, and a recipe "
                "for its judge."
            )


@dataclass(frozen=True)
class Wrong:
    """A labelled wrong answer: a test of the checks, and the pattern by which a student's mistake is recognised.

    Attributes:
        slug: stem of its file, the mistake's id in reports.
        name: what the mistake is called, a few words.
        fails: name of the check it fails.
        credit: share of the exercise's points that is left.
        tell: what the student reads; "" where the check says it.
        source: the wrong answer as a student would write it.
        mistake: under which name reports list it: the slug when it is recognised by how it fails, or the name that the
            check gives it by itself, "gradient_cut".
        recorded: in a student's pack, where there is no source: check name -> how it fails that check.
    """

    slug: str
    name: str
    fails: str
    credit: float
    tell: str
    source: str
    mistake: str
    recorded: "Mapping[str, Mistake] | None" = None


@dataclass(frozen=True)
class Exercise:
    """One exercise of a sheet.

    Attributes:
        id: folder name, also the key in answer cells' metadata and nbgrader's grade_id.
        item: the sheet's numbering, "9-1 (a)".
        points: what a full answer earns.
        kind: "code" (functions or classes, found by name) or "text" (found by metadata or by a string named like the id).
        names: for code, the module-level names the answer consists of; for text, empty.
        signature: how the student sees it, "mean_square(x)"; "" for text.
        checks: in order.
        cap: share of the points that is left at most when a check fails with no recognised mistake.
        task, starter, solution: what README.md, starter.py and solution.py say.
        rubric: criteria of a written answer; empty otherwise.
        guide: what else its rubric.toml tells the person who marks; None in a student's pack.
        wrong: labelled wrong answers.
        right: file stem -> source of unusual right answers.
        sha256: over the course's files that this exercise alone depends on, where it was loaded to grade.
    """

    id: str
    item: str
    points: float
    kind: Kind
    names: tuple[str, ...]
    checks: tuple[Check, ...]
    signature: str = ""
    cap: float = 0.25
    task: str = ""
    starter: str = ""
    solution: str = ""
    rubric: tuple[Criterion, ...] = ()
    guide: Rubric | None = None
    wrong: tuple[Wrong, ...] = ()
    right: Mapping[str, str] = field(default_factory=dict)
    sha256: str = ""

    def __post_init__(self) -> None:
        names = [check.name for check in self.checks]
        if len(set(names)) < len(names):
            raise CourseError(f"Exercise {self.id!r}: two checks have the same name; found {listed(names)}.")
        for i, check in enumerate(self.checks):
            if missing := set(check.needs) - set(names[:i]):
                needs = listed(sorted(missing))
                raise CourseError(
                    f"Exercise {self.id!r}: check {check.name!r} needs {needs}, which no earlier check is called"
                    f"{''.join(meant(need, names[:i]) for need in sorted(missing))}."
                )
            if check.visibility == "public" and any(
                self.checks[names.index(need)].visibility == "hidden" for need in check.needs
            ):
                raise CourseError(
                    f"Exercise {self.id!r}: check {check.name!r} is public and needs a hidden one, but hidden checks run after "
                    "all public ones; make both hidden, or take the need away."
                )
        if not self.checks:
            raise CourseError(f"Exercise {self.id!r} has no checks; a list `checks` with at least one is expected.")
        if self.points <= 0:
            raise CourseError(f"Exercise {self.id!r}: points must be > 0, not {self.points!r}.")
        if self.kind == "code" and not self.names:
            raise CourseError(f"Exercise {self.id!r} asks for code; it must name the functions or classes it wants.")


@dataclass(frozen=True)
class Data:
    """A data set of the course's own: students' code finds it at the relative path ``plain``; it lies in ``path``."""

    name: str
    plain: str
    path: Path
    sha256: str
    licence: str


@dataclass(frozen=True)
class Sheet:
    """An exercise sheet; ``settings`` are the limits of a submission, see ``Settings``. Where it was loaded to grade
    (``catalog.load_stamped``), ``sha256`` is over all files of the course that are not an exercise's own, and ``packages`` are
    the versions of what it imports."""

    id: str
    title: str
    exercises: tuple[Exercise, ...]
    settings: "Settings"
    sha256: str = ""
    packages: Mapping[str, str] = field(default_factory=dict)
    data: tuple[Data, ...] = ()

    def __post_init__(self) -> None:
        ids = [exercise.id for exercise in self.exercises]
        if len(set(ids)) < len(ids):
            raise CourseError(f"Sheet {self.id!r}: two exercises have the same id; found {ids}.")

    @property
    def points(self) -> float:
        return sum(exercise.points for exercise in self.exercises)

    def exercise(self, id: str) -> Exercise:
        """The exercise called ``id``; raises CourseError, naming those that exist."""
        for exercise in self.exercises:
            if exercise.id == id:
                return exercise
        raise CourseError(f"Sheet {self.id!r} has no exercise {id!r}; it has {listed(e.id for e in self.exercises)}.")


@dataclass(frozen=True)
class Settings:
    """What a sheet sets, each in sheet.toml under [settings]: limits of one submission, and how much a student's own check says.
    Seconds are the processor's, and a third of what is slept: other work on the machine costs nobody a point.

    Attributes:
        formulas: what students see of formulas before they hand in: how they were "read"; also which line does not follow from
            the line above ("steps", which needs no solution); or the verdict too ("all", where the course itself is there).
    """

    load_seconds: float = 10.0  # for running the notebook's cells; past it only imports and answer cells run
    call_seconds: float = 5.0  # for one call of a function
    total_seconds: float = 120.0  # for all calls of one exercise
    memory_mb: int = 3072  # address space of the student's process, beside what its libraries take
    file_mb: int = 50  # a submission larger than this is not read
    formulas: Formulas = "steps"

    def __post_init__(self) -> None:
        if self.formulas not in get_args(Formulas):
            raise CourseError(f'The setting formulas must be "read", "steps" or "all", but it is {self.formulas!r}.')
        for name, value in vars(self).items():
            if name == "formulas":
                continue
            kind = "a whole number" if name.endswith("_mb") else "a number"
            numbers = (int,) if name.endswith("_mb") else (int, float)
            if type(value) not in numbers or not value > 0:
                raise CourseError(f"The setting {name} must be {kind} above 0, but it is {value!r}.")
