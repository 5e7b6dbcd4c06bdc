"""The nouns: Sheet, Exercise, Check; Submission; Finding, Report. Frozen, validated when built, no I/O.

A sheet holds exercises, an exercise holds checks. A submission is what a file says, nothing run. Grading a submission
against a sheet gives a report: one finding per check.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Literal, Protocol

from autograder.errors import CourseError, Mistake

Visibility = Literal["public", "hidden"]
Kind = Literal["code", "text"]


class Status(StrEnum):
    """What became of one check."""

    PASSED = "passed"
    FAILED = "failed"
    SKIPPED = "skipped"  # a check it needs failed
    PENDING = "pending"  # a person must read it
    BROKEN = "broken"  # our fault: no score is recorded


@dataclass(frozen=True)
class Options:
    """What the instructor chose for a run. ``mnist`` names a folder with the full set, "" the one that comes along."""

    training: bool = True
    device: str = "auto"
    mnist: str = ""


# ------------------------------------------------------------------ what a check sees


@dataclass(frozen=True)
class Call:
    """One call of a student's function: ``function(*args)`` after seeding every generator with ``seed``.

    Attributes:
        function: name of the function at module level of the submission.
        args: values: None, bool, int, float, str, torch.Tensor, or lists and dicts of these.
        gradients: positions in ``args`` (floating tensors) with respect to which sum(value) is differentiated.
        cotangent: weights of the value in that sum (a tensor of the value's shape), or None for all ones.
        seed: for ``random``, ``numpy.random`` and ``torch``; the same call always gets the same seed.
    """

    function: str
    args: tuple[Any, ...]
    gradients: tuple[int, ...] = ()
    cotangent: Any = None
    seed: int = 0


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
    """

    value: Any = None
    gradients: tuple[Any, ...] = ()
    gradient_fault: str = ""
    changed: tuple[int, ...] = ()
    fault: Fault | None = None


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

    def probe(self, source: str, function: str, args: Sequence[Any] = (), *, seconds: float = 30.0) -> Outcome:
        """Runs our ``function(namespace, *args)``, defined in ``source``, inside the student's process; ``namespace`` is
        the dict of the submission's module-level names. The student could read ``source``: it holds no secret, and
        what it returns is judged as coming from the student."""


Run = Callable[[Any], "Sequence[Detail] | None"]
"""Checks an Answer: returns None or details to show (good), raises Mistake (not good) or NeedsPerson."""


# ------------------------------------------------------------------ what a course says


@dataclass(frozen=True)
class Check:
    """One thing that must hold for an answer.

    ``run(answer)`` returns (good), raises ``Mistake`` (not good) or ``NeedsPerson`` (a person must look).

    Attributes:
        name: reads like a sentence about the answer ("agrees with the reference"); unique in its exercise.
        points: >= 0; the points of an exercise's checks are scaled to the points the sheet gives the exercise.
        visibility: "public" checks are what students may run themselves; "hidden" ones run for the grade only.
        needs: names of earlier checks without which this one makes no sense; it is skipped when one of them failed.
        hint: said when the check fails and the mistake has no better hint.
        record: () -> plain data (wire values) from which ``checks.replayed`` rebuilds the check without the oracle; for
            the student's pack. None where a check cannot leave the course.
    """

    name: str
    points: float
    run: Run
    visibility: Visibility = "public"
    needs: tuple[str, ...] = ()
    hint: str = ""
    record: Callable[[], Mapping[str, Any]] | None = None

    def __post_init__(self) -> None:
        if not self.name.strip():
            raise CourseError("A check needs a name that reads like a sentence about the answer.")
        if not 0 <= self.points < float("inf"):
            raise CourseError(f"Check {self.name!r}: points must be a number >= 0, not {self.points!r}.")
        if self.visibility not in ("public", "hidden"):
            raise CourseError(f'Check {self.name!r}: visibility is "public" or "hidden", not {self.visibility!r}.')


@dataclass(frozen=True)
class Criterion:
    """One line of a written answer's rubric: what a full answer says, and its points."""

    name: str
    points: float
    full: str


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
        signature: how the student sees it, "kl_normal(mu_1, sigma_1, mu_2, sigma_2)"; "" for text.
        checks: in order.
        cap: share of the points that is left at most when a check fails with no recognised mistake.
        task, starter, solution: what README.md, starter.py and solution.py say.
        rubric: criteria of a written answer; empty otherwise.
        wrong: labelled wrong answers.
        right: file stem -> source of unusual right answers.
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
    wrong: tuple[Wrong, ...] = ()
    right: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        names = [check.name for check in self.checks]
        if len(set(names)) < len(names):
            raise CourseError(f"Exercise {self.id!r}: two checks have the same name; found {names}.")
        for i, check in enumerate(self.checks):
            if missing := set(check.needs) - set(names[:i]):
                raise CourseError(
                    f"Exercise {self.id!r}: check {check.name!r} needs {sorted(missing)}, which no earlier check is called."
                )
        if not self.checks:
            raise CourseError(f"Exercise {self.id!r} has no checks; a list `checks` with at least one is expected.")
        if self.points <= 0:
            raise CourseError(f"Exercise {self.id!r}: points must be > 0, not {self.points!r}.")
        if self.kind == "code" and not self.names:
            raise CourseError(f"Exercise {self.id!r} asks for code; it must name the functions or classes it wants.")


@dataclass(frozen=True)
class Sheet:
    """An exercise sheet; ``settings`` are the limits of a submission, see ``Settings``. ``sha256`` is over all its files."""

    id: str
    title: str
    exercises: tuple[Exercise, ...]
    settings: "Settings"
    sha256: str = ""

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
        raise CourseError(f"Sheet {self.id!r} has no exercise {id!r}; it has {[e.id for e in self.exercises]}.")


@dataclass(frozen=True)
class Settings:
    """Limits of one submission; each may be set in sheet.toml under [settings]."""

    load_seconds: float = 10.0  # for running the notebook's cells; past it only imports and answer cells run
    call_seconds: float = 5.0  # for one call of a function
    total_seconds: float = 120.0  # for everything a submission may use
    training_seconds: float = 30.0  # for one training
    memory_mb: int = 3072  # address space of the student's process
    file_mb: int = 50  # a submission larger than this is not read


# ------------------------------------------------------------------ what a student hands in


@dataclass(frozen=True)
class Cell:
    """A code cell. ``number`` counts all cells from 1; ``exercise`` is the id in its metadata, or ""."""

    source: str
    number: int
    exercise: str = ""


@dataclass(frozen=True)
class Origin:
    """What the learning platform's file names say about a submission; empty where they say nothing.

    Attributes:
        platform: "moodle", "canvas" or "nbgrader"; "" for a plain file or folder.
        user: Canvas user id, Moodle participant id, nbgrader student id.
        late: Canvas marked the submission late (the other platforms do not say).
        timestamp: when it was handed in, as nbgrader's timestamp.txt has it.
    """

    platform: Literal["", "moodle", "canvas", "nbgrader"] = ""
    user: str = ""
    late: bool = False
    timestamp: str = ""


@dataclass(frozen=True)
class Submission:
    """What a file says, nothing run.

    Attributes:
        student: name of the student as the file or folder gives it, made printable; unique in a class.
        path: as handed to the command, with forward slashes; inside an archive, the archive's path and the member's name.
        sha256: of the file's bytes; "" when they were not read (a link, too large).
        cells: code cells in order (a .py file is one cell).
        texts: exercise id -> text of its answer cell or string.
        problem: why the file could not be read, a sentence; "" when it could. Then cells and texts are empty.
        notes: sentences on how it was read: what was left out, which of several files or cells was taken.
        origin: what the learning platform says about it.
    """

    student: str
    path: str
    sha256: str
    cells: tuple[Cell, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    problem: str = ""
    notes: tuple[str, ...] = ()
    origin: Origin = Origin()


# ------------------------------------------------------------------ what comes out


@dataclass(frozen=True)
class Picture:
    """A picture for the feedback page: SVG or PNG bytes with a caption. Part of Finding.detail."""

    media_type: Literal["image/svg+xml", "image/png"]
    data: bytes
    caption: str


@dataclass(frozen=True)
class Line:
    """One line of a derivation with its verdict. Part of Finding.detail.

    ``latex`` is the line as it was read, "" if unreadable; ``text`` as written.
    verdict: follows, first error, another error, carried error, right but does not follow, side equation, remark, unreadable,
        undecided.
    """

    number: int
    text: str
    latex: str
    verdict: str
    message: str = ""


Detail = Picture | Line | Criterion | str


@dataclass(frozen=True)
class Finding:
    """What one check found. ``mistake`` is the slug of a recognised mistake or None.

    ``points`` of ``possible``: rounded to 6 decimals, so that the findings of an exercise add up to its score.
    """

    check: str
    status: Status
    points: float
    possible: float
    visibility: Visibility = "public"
    message: str = ""
    hint: str = ""
    mistake: str | None = None
    counterexample: str | None = None
    detail: tuple[Detail, ...] = ()


@dataclass(frozen=True)
class Result:
    """One exercise of a report: its findings, and ``answer``, the text or source handed in (shown to a person who reviews)."""

    id: str
    item: str
    possible: float
    findings: tuple[Finding, ...]
    answer: str = ""

    @property
    def score(self) -> float | None:
        """Points earned so far; None while anything is BROKEN."""
        if any(finding.status is Status.BROKEN for finding in self.findings):
            return None
        return round(sum(finding.points for finding in self.findings), 6)


@dataclass(frozen=True)
class Report:
    """Everything found for one submission. ``notes`` are sentences about the submission as a whole (cells that failed);
    ``origin`` is the submission's."""

    sheet: str
    student: str
    path: str
    sha256: str
    results: tuple[Result, ...]
    possible: float
    problem: str = ""
    isolation: str = ""
    notes: tuple[str, ...] = ()
    versions: Mapping[str, str] = field(default_factory=dict)
    seconds: Mapping[str, float] = field(default_factory=dict)
    origin: Origin = Origin()

    @property
    def status(self) -> Literal["graded", "pending", "unreadable", "broken"]:
        statuses = {finding.status for result in self.results for finding in result.findings}
        if Status.BROKEN in statuses:
            return "broken"
        if self.problem:
            return "unreadable"
        return "pending" if Status.PENDING in statuses else "graded"

    @property
    def score(self) -> float | None:
        """Sum over the exercises; None while anything is BROKEN."""
        scores = [result.score for result in self.results]
        if any(score is None for score in scores):
            return None
        return round(sum(score for score in scores if score is not None), 6)
