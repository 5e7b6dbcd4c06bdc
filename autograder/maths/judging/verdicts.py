"""Judging one text against another: the verdict, its words, and the worlds kept ready for each exercise."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from autograder.maths.judging import games
from autograder.maths.judging.equality import Agreement, Judge, Status
from autograder.maths.judging.games import Scale
from autograder.maths.language import Domain, Domains, canonical
from autograder.maths.reading.declared import with_densities, with_functions
from autograder.maths.reading.echo import latex
from autograder.maths.reading.equations import Equation, Script, Side, script
from autograder.maths.reading.meanings import given_names
from autograder.maths.reading.reader import read
from autograder.maths.reading.rows import rows
from autograder.maths.reading.tokens import Unreadable
from autograder.maths.tree import Node
from autograder.maths.worlds import family
from autograder.model import CourseError


@dataclass(frozen=True)
class Verdict:
    """What is to be said of one answer.

    Attributes:
        status: "equal", "different", "undecided" (a person has to read it) or "unreadable".
        message: a sentence, "" for "equal".
        latex: the answer as it was read, "" if it was not.
        evidence: for "equal": "agrees in 6 worlds", or "proved".
        world: for "different": small values where the two differ, if there are any.
        values: (answer, target) there, with enough digits to differ.
        position: for "unreadable": offset in the line, 0-based.
        expected: for "unreadable": what could have stood there.
        notes: further sentences ("A decimal in this line is a rounding ...").
    """

    status: Status
    message: str = ""
    latex: str = ""
    evidence: str = ""
    world: str = ""
    values: tuple[str, str] | None = None
    position: int | None = None
    expected: str = ""
    notes: tuple[str, ...] = ()


def judge(
    answer: str,
    target: str,
    *,
    domains: Domains,
    world: str | None = None,
    names: Mapping[str, str] | None = None,
    scale: Scale = "exact",
    functions: Mapping[str, str] | None = None,
    densities: Mapping[str, str] | None = None,
    seed: int = 0,
) -> Verdict:
    """Whether two texts say the same; of an answer with several sides or lines, its last side counts.

    Args:
        answer: plain text or LaTeX.
        target: what it should equal, in any form.
        domains: parameter -> "real", "positive", "unit", or its value; letter -> "1..n" for an index, and then
            "x_i" -> "real" or "simplex" for a sequence.
        world: "reals" (the default), "two_normals", "latent" or "gan".
        functions, densities: what the exercise declares, "s(x)" -> "1/(1+exp(-x))", "r(x)" -> "N(x; m, 1)".
        names: names that the answer may use and what they stand for, "J^(D)" -> "...".
        scale: "positive" to let a positive factor pass, and max of -f for min of f.
        seed: of the random worlds; changes no verdict.

    Raises:
        CourseError: the target or a name cannot be read.

    >>> judge("ln(a) + ln(b)", "log(a b)", domains={"a": "positive", "b": "positive"}).status
    'equal'
    """
    ready = judge_for(world, domains, seed, functions=functions, densities=densities)
    given, goal = asked(ready, target, tuple((names or {}).items()))
    ready.start()
    found = script(rows(answer), ready.language, given)
    last_fault = max(found.faults, default=0)
    if not found.equations or last_fault > found.equations[-1].sides[-1].row:
        return _unreadable(answer, found.faults.get(last_fault))
    return verdict_on(ready, final_side(found, ready).tree, goal, scale)


def final_side(found: Script, ready: Judge) -> Side:
    """What counts where one formula is asked: the last side, but for what a name or a density is said to be."""
    said = [
        equation for equation in found.equations if not equation.defines and not ready.loose(equation.sides[-1].tree)
    ]
    return (said or found.equations)[-1].sides[-1]


@lru_cache(maxsize=256)
def asked(ready: Judge, target: str, names: tuple[tuple[str, str], ...]) -> tuple[Mapping[str, Node], Node]:
    """What the exercise's names stand for, and its target.

    Raises:
        CourseError: one of them cannot be read.
    """
    try:
        return given_names(dict(names), ready.language), read(target, ready.language)
    except Unreadable as reason:
        raise CourseError(f"A formula of the exercise cannot be read: {reason}") from reason


def verdict_on(ready: Judge, tree: Node, goal: Node, scale: Scale = "exact") -> Verdict:
    """The verdict on a tree."""
    agreement = games.compare(ready, tree, goal, scale)
    evidence = f"agrees in {agreement.worlds} worlds" if agreement.status == "equal" else ""
    message = (
        "" if agreement.status == "equal" else sentence(agreement, "your answer", "what is asked") or agreement.reason
    )
    return Verdict(
        agreement.status,
        message,
        latex(tree),
        evidence,
        agreement.world,
        agreement.values,
        notes=agreement.notes,
    )


def _unreadable(answer: str, fault: Unreadable | None) -> Verdict:
    if fault is None:
        fault = Unreadable("There is no formula in this answer.", 0, "a formula")
    return Verdict("unreadable", fault.message, position=fault.position, expected=fault.expected)


def sentence(agreement: Agreement, left: str, right: str) -> str:
    """Why two things are not equal: the world and both values, or the reason."""
    if agreement.values is None:
        return agreement.reason
    where = f"At {agreement.world}: " if agreement.world else ""
    return f"{where}{left} gives {agreement.values[0]}, {right} gives {agreement.values[1]}."


def echo(equations: Iterable[Equation]) -> str:
    """One row as LaTeX."""
    written: list[str] = []
    for equation in equations:
        sides = " = ".join(latex(side.tree) for side in equation.sides)
        written.append(f"= {sides}" if equation.begins and not written else sides)
    return r" ,\quad ".join(written)


def judge_for(
    world: str | None,
    domains: Domains,
    seed: int = 0,
    *,
    functions: Mapping[str, str] | None = None,
    densities: Mapping[str, str] | None = None,
) -> Judge:
    """The worlds of an exercise; the same object for the same arguments.

    Raises:
        CourseError: there is no such world or domain, or a function or density of the exercise cannot be read.
    """
    return _judge_for(
        world or "reals",
        tuple(sorted(canonical(domains, family(world).language(domains)).items())),
        seed,
        tuple((functions or {}).items()),
        tuple((densities or {}).items()),
    )


Texts = tuple[tuple[str, str], ...]


@lru_cache(maxsize=64)
def _judge_for(
    world: str, domains: tuple[tuple[str, Domain], ...], seed: int, functions: Texts, densities: Texts
) -> Judge:
    language = family(world).language(dict(domains))
    try:
        language = with_densities(with_functions(language, functions), densities)
    except Unreadable as reason:
        raise CourseError(f"A function of the exercise cannot be read: {reason}") from reason
    return Judge(family(world), dict(domains), language=language, seed=seed)
