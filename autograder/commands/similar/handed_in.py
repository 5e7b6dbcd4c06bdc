"""What each student handed in, cut into places, and what nobody is compared by: tasks, starters and the course's own code."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal, TypeVar

from autograder.grading import Results
from autograder.intake import answer_to, is_unchanged
from autograder.model import Report, Sheet, Submission

Kind = Literal["code", "text"]
OTHER = "other code"
Handing = TypeVar("Handing", Report, Submission)
_LABELLED = ("right", "wrong")  # answers as students write them: no words of the course


@dataclass(frozen=True)
class Place:
    """One answer, or the code beside the answers; ``where`` names its exercises."""

    where: str
    kind: Kind
    text: str


@dataclass(frozen=True)
class Handed:
    """What one student handed in; no two of the places hold the same text."""

    student: str
    places: tuple[Place, ...]


def from_results(results: Results, sheet: Sheet) -> list[Handed]:
    """The answers in a folder of results, as the program read them; code beside the answers is not kept there."""
    return [_of_report(report, sheet) for report in _once([report for _, report in sorted(results.load().items())])]


def _of_report(report: Report, sheet: Sheet) -> Handed:
    answers = {result.id: result.answer for result in report.results}
    return Handed(report.student, tuple(_answers(answers, sheet)))


def from_submissions(submissions: Iterable[Submission], sheet: Sheet) -> list[Handed]:
    """Answers, and the code that is part of none."""
    return [_of_submission(submission, sheet) for submission in _once([*submissions])]


def _once(found: Sequence[Handing]) -> list[Handing]:
    """What a group handed in counts for several students and is one: it is called by all of them."""
    groups: dict[tuple[str, str], list[Handing]] = {}
    for number, one in enumerate(found):
        groups.setdefault((one.path, one.sha256) if one.sha256 else ("", str(number)), []).append(one)
    return [replace(own[0], student=", ".join(one.student for one in own)) for own in groups.values()]


def _of_submission(submission: Submission, sheet: Sheet) -> Handed:
    answers = {exercise.id: answer_to(exercise, submission) for exercise in sheet.exercises}
    places = list(_answers(answers, sheet))
    code = [place.text for place in places if place.kind == "code"]
    others = [source for source in _sources(submission) if source and not any(source in text for text in code)]
    return Handed(submission.student, (*places, *(Place(OTHER, "code", source) for source in dict.fromkeys(others))))


def _sources(submission: Submission) -> Iterator[str]:
    """Cells without an exercise's text, and modules; the code of a .py file is taken apart into its answers already."""
    texts = set(submission.texts)
    if not submission.path.endswith(".py"):
        yield from (cell.source.strip("\n") for cell in submission.cells if cell.exercise not in texts)
    yield from submission.modules.values()


def _answers(answers: dict[str, str], sheet: Sheet) -> Iterator[Place]:
    """One place for each text; code that answers several exercises at once is one place."""
    where: dict[tuple[Kind, str], list[str]] = {}
    for exercise in sheet.exercises:
        text = answers.get(exercise.id, "")
        if not is_unchanged(text, exercise):
            where.setdefault((exercise.kind, text), []).append(exercise.id)
    return (Place(", ".join(ids), kind, text) for (kind, text), ids in where.items())


def told_apart(sources: Sequence[Sequence[Handed]], names: Sequence[str]) -> list[Handed]:
    """Everything from several places; a student who stands in more than one of them is called after the place too."""
    often = Counter(one.student for source in sources for one in source)
    return [
        replace(one, student=f"{one.student} ({name})") if often[one.student] > 1 else one
        for source, name in zip(sources, names, strict=False)  # the last name is of submissions, where there are some
        for one in source
    ]


def taken_away(sheet: Sheet, course: Path | None = None) -> list[Place]:
    """What students are given and what the course itself would write: nobody is near another by that."""
    said = [text for e in sheet.exercises for text in (e.task, e.starter, e.solution)]
    said += [path.read_text(encoding="utf-8", errors="replace") for path in _own(sheet, course)]
    return [Place("", kind, text) for text in said if text for kind in _KINDS]


_KINDS: Sequence[Kind] = ("code", "text")


def _own(sheet: Sheet, course: Path | None) -> Iterator[Path]:
    """Python files of the course that a student may have met: the sheet's, the oracles', not its labelled answers."""
    if course is None or not course.is_dir():
        return
    folder = course / "exercises" / sheet.id
    yield from sorted(path for path in folder.rglob("*.py") if path.parent.name not in _LABELLED)
    yield from sorted(course.glob("reference/*.py"))
