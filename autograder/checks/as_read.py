"""What a student's own check says of formulas: how each line was read, what could not be, and which step does not follow.

It knows the language of an exercise and nothing of what is asked: no start, no target, no waypoint. So it can go into the pack.
"""

from collections.abc import Callable, Iterable, Mapping
from copy import copy
from fractions import Fraction
from functools import lru_cache
from typing import Any

from autograder.checks.unread import without_formula
from autograder.maths import (
    Divergence,
    Domains,
    Judge,
    LineVerdict,
    Node,
    Unreadable,
    echo,
    given_names,
    judge_for,
    read,
    rows,
    script,
    slips,
    unaided,
)
from autograder.model import Answer, Check, Formulas, Line, Mistake, NeedsPerson

NAMES = {"read": "can be read", "steps": "can be read, and each line follows from the line above"}
ERRORS = ("first error", "another error", "right but does not follow")


def as_read(
    *,
    level: str,
    domains: Domains,
    world: str | None,
    names: Mapping[str, str],
    functions: Mapping[str, str] | None = None,
    densities: Mapping[str, str] | None = None,
    labels: Iterable[str] = (),
) -> Check:
    """The check itself; worth no points.

    Args:
        level: "read" or "steps".
        names: names that lines may use, and what they stand for.
        functions, densities: what the exercise declares, see ``autograder.maths.judge``.
        labels: names that lines may use although nobody says here what they stand for.
    """
    labels = sorted(labels)
    judge = copy(judge_for(world, domains, functions=functions, densities=densities))
    judge.language = judge.language.with_labels(frozenset(labels))
    given = given_names(names, judge.language)
    shown = lru_cache(maxsize=256)(lambda text: (unaided if level == "steps" else _read)(text, judge, given))

    def run(answer: Answer) -> tuple[Line, ...]:
        if answer.fault:
            raise Mistake(answer.fault.message)
        return _found(answer.text, shown(answer.text))

    def record() -> dict[str, Any]:
        known = {name: _plain(domain) for name, domain in domains.items()}
        language = {"level": level, "domains": known, "world": world, "names": dict(names), "labels": labels}
        language |= {"functions": dict(functions or {}), "densities": dict(densities or {})}
        return {"kind": "as_read", "language": language, "options": {}}

    return Check(NAMES[level], 0.0, run, record=record)


def of_record(language: Mapping[str, Any]) -> Check:
    """The check that was recorded."""
    domains = {k: Fraction(*v) if isinstance(v, list | tuple) else v for k, v in language["domains"].items()}
    return as_read(**{**language, "domains": domains})


def own(
    *,
    domains: Domains,
    world: str | None,
    names: Mapping[str, str] | None,
    functions: Mapping[str, str] | None,
    densities: Mapping[str, str] | None,
    asked: Iterable[str],
) -> Callable[[Formulas], Check]:
    """The ``own`` of a check of formulas.

    Of the exercise's names only those keep their meaning that stand for another name, as KL does for KL(q ‖ p): what a formula
    is called may be the answer, or lead to it. Declared functions and densities are given to the student and stay.

    Args:
        asked: the exercise's starts and targets, which no name may tell.
    """
    language = judge_for(world, domains, functions=functions, densities=densities).language
    secret = [read(text, language) for text in asked]

    def tells(name: str, text: str) -> bool:
        tree = given_names({**(names or {}), name: text}, language)[name]
        return not isinstance(tree, Divergence) or tree in secret

    kept = {name: text for name, text in (names or {}).items() if not tells(name, text)}
    labels = set(names or {}) - set(kept)

    def check(level: Formulas) -> Check:
        return as_read(
            level="read" if level == "read" else "steps",
            domains=domains,
            world=world,
            names=kept,
            functions=functions,
            densities=densities,
            labels=labels,
        )

    return check


def _plain(domain: Any) -> Any:
    return [domain.numerator, domain.denominator] if isinstance(domain, Fraction) else domain


# ------------------------------------------------------------------ what is shown


def _read(text: str, judge: Judge, given: Mapping[str, Node]) -> tuple[LineVerdict, ...]:
    """How each line is read, and nothing about what it says."""
    found = rows(text)
    known = script(found, judge.language, given)
    lines = []
    for row in found:
        written = "" if row.remark else echo(known.echoes.get(row.number, ()))
        if (fault := None if row.remark else known.faults.get(row.number)) is not None:
            lines.append(LineVerdict(row.number, row.text, "", "unreadable", _why(fault)))
        else:
            number = row.number if written else 0
            lines.append(LineVerdict(number, row.text, written, "read" if written else "remark"))
    return tuple(lines)


def _why(fault: Unreadable) -> str:
    return f"This line cannot be read (character {fault.position + 1}): {fault.message}"


def _found(text: str, verdicts: tuple[LineVerdict, ...]) -> tuple[Line, ...]:
    """The lines to show. Raises Mistake for a step that does not follow, NeedsPerson for what cannot be read."""
    wrong = next((line for line in verdicts if line.verdict in ERRORS), None)
    shown = tuple(_line(line, told=line is wrong) for line in verdicts)
    if not any(line.number for line in verdicts):
        raise without_formula(text, shown)
    if wrong is not None:
        raise Mistake(wrong.message, name=slips.slug(wrong.slip) if wrong.slip else "does_not_follow", detail=shown)
    if unread := [str(line.number) for line in verdicts if line.verdict == "unreadable"]:
        which = f"Line {unread[0]}" if len(unread) == 1 else f"Lines {', '.join(unread[:-1])} and {unread[-1]}"
        said = f"{which} cannot be read. Write it another way, or leave it: it costs nothing, a person will read it."
        raise NeedsPerson(said, detail=shown)
    return shown


def _line(line: LineVerdict, *, told: bool) -> Line:
    """For a person to see; what is ``told`` above the lines is not said again."""
    return Line(line.number, line.text, line.latex, line.verdict, "" if told else line.message)
