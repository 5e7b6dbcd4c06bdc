"""Answers as real students write them, and what becomes of each: full points, held for a person, or points lost, and where.

An answer's exercise is the name of its file. Its checks run as in grading, but in this process: formulas are read, never run.
"""

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from pathlib import Path

from autograder.course.catalog import load_exercise
from autograder.course.plan import Row
from autograder.model import Exercise, Fault, Line, Mistake, NeedsPerson

HERE = Path(__file__).parent
COURSE = HERE.parent.parent.parent
FOLDER = COURSE / "exercises" / "generative_models"
ERRORS = ("first error", "another error")


@dataclass(frozen=True)
class Written:
    """One answer of the corpus; ``line``: where a wrong one errs, a part of one line of its text."""

    exercise: str
    habit: str
    label: str
    text: str
    line: str = ""
    slip: str = ""
    source: str = ""


@dataclass(frozen=True)
class Fate:
    """What an answer gets: ``word`` is "full", "held" or "lost"; ``rows`` are the rows at which something is said to be wrong."""

    word: str
    message: str = ""
    rows: tuple[str, ...] = ()
    shown: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Text:
    """An answer as a check sees it."""

    text: str
    fault: Fault | None = None


def corpus() -> Iterator[Written]:
    for path in sorted(HERE.rglob("*.toml")):
        for number, row in enumerate(tomllib.loads(path.read_text(encoding="utf-8"))["answer"], start=1):
            yield Written(path.stem, **row, source=f"{path.parent.name}/{path.stem} {number}")


@cache
def exercise(name: str) -> Exercise:
    return load_exercise(FOLDER / name, COURSE, Row(name, "1", 1.0, "sheet.toml"))


def fate(answer: Written) -> Fate:
    """Runs the checks of the answer's exercise."""
    passed: set[str] = set()
    held, lost, shown = list[NeedsPerson](), list[Mistake](), tuple[Line, ...]()
    for check in exercise(answer.exercise).checks:
        if not passed.issuperset(check.needs):
            continue
        try:
            shown = check.run(Text(answer.text)) or shown  # type: ignore[arg-type, assignment]  # all that these checks ask for
            passed.add(check.name)
        except NeedsPerson as reason:
            held.append(reason)
        except Mistake as mistake:
            lost.append(mistake)
    for reason in (*lost, *held):
        rows = tuple(line.text for line in reason.detail if isinstance(line, Line) and line.verdict in ERRORS)
        missing = tuple(
            line.text
            for line in reason.detail
            if isinstance(line, Line) and line.verdict == "right but does not follow"
        )
        word = "lost" if lost else "held"
        return Fate(word, reason.message, rows[:1] or missing[:1], reason.detail)  # type: ignore[arg-type]
    return Fate("full", shown=shown)


def on_the_line(answer: Written, found: Fate) -> bool:
    """Whether the first row said to be wrong stands where the answer errs."""
    if not found.rows:
        return False
    lines = [line for line in answer.text.split("\n") if line.strip()]
    wanted = next(place for place, line in enumerate(lines) if answer.line in line)
    row = _bare(found.rows[0])
    common = [_common(row, _bare(line)) for line in lines]
    whole = common[wanted] >= 0.6 * len(_bare(lines[wanted]))  # a row may go over several lines
    return common[wanted] == max(common) or whole


def _bare(text: str) -> str:
    return re.sub(r"[\s&$;]|\\\\", "", text)


def _common(left: str, right: str) -> int:
    return SequenceMatcher(None, left, right, autojunk=False).find_longest_match().size
