"""Optimisation problems: min and max pulled to the front, so that two problems can be compared part by part."""

from dataclasses import dataclass
from typing import Literal

from autograder.maths.judging.equality import Agreement, Judge
from autograder.maths.tree import Apply, Density, Negative, Node, Number, Optimum, Product, Quotient, Sum, Symbol, walk
from autograder.maths.worlds import scalars
from autograder.maths.worlds.scalars import Undecidable, Undefined

Scale = Literal["exact", "positive"]
Goal = tuple[str, str]  # ("min", "G")
FLIPPED = {"min": "max", "max": "min"}


@dataclass(frozen=True)
class Problem:
    """``goals`` from the outside to the inside, and what is optimised."""

    goals: tuple[Goal, ...]
    body: Node

    def flipped(self) -> "Problem":
        """The same problem said of the negative."""
        return Problem(tuple((FLIPPED[kind], over) for kind, over in self.goals), Negative(self.body))

    def words(self) -> str:
        return " ".join(f"{kind} over {over}," for kind, over in self.goals).rstrip(",") or "neither min nor max"


def problem(tree: Node) -> Problem:
    """Pulls every min and max to the front.

    Raises:
        Undecidable: two of them stand side by side, or something that depends on what is optimised stands outside.
    """
    if isinstance(tree, Optimum) and tree.kind in FLIPPED:
        inner = problem(tree.body)
        return Problem(((tree.kind, tree.over), *inner.goals), inner.body)
    if not _optima(tree):
        return Problem((), tree)
    if isinstance(tree, Negative):
        return problem(tree.of).flipped()
    if isinstance(tree, Quotient) and isinstance(tree.bottom, Number) and tree.bottom.value > 0:
        inner = problem(tree.top)
        return Problem(inner.goals, Quotient(inner.body, tree.bottom))
    if isinstance(tree, Product):
        return _scaled(tree)
    if isinstance(tree, Sum):
        return _shifted(tree)
    raise Undecidable("a min or max inside another formula")


def _optima(tree: Node) -> list[Node]:
    return [part for part in walk(tree) if isinstance(part, Optimum) and part.kind in FLIPPED]


def _scaled(tree: Product) -> Problem:
    """c · min f for a number c > 0."""
    inside = [factor for factor in tree.factors if _optima(factor)]
    outside = [factor for factor in tree.factors if not _optima(factor)]
    if len(inside) > 1 or not all(_positive(factor) for factor in outside):
        raise Undecidable("a product with a min or max in it")
    inner = problem(inside[0])
    return Problem(inner.goals, Product((*outside, inner.body)))


def _positive(factor: Node) -> bool:
    if isinstance(factor, Quotient):
        return _positive(factor.top) and _positive(factor.bottom)
    return isinstance(factor, Number) and factor.value > 0


def _shifted(tree: Sum) -> Problem:
    """a + min f, where a does not depend on what is optimised."""
    inside = [term for term in tree.terms if _optima(term)]
    outside = [term for term in tree.terms if not _optima(term)]
    if len(inside) > 1:
        raise Undecidable("several min or max side by side")
    inner = problem(inside[0])
    if any(_depends(term, over) for term in outside for _, over in inner.goals):
        raise Undecidable("a min or max that does not cover all of the formula")
    return Problem(inner.goals, Sum((*outside, inner.body)))


def _depends(term: Node, function: str) -> bool:
    made = function == "G" and any(isinstance(part, Density) and part.name == "p_g" for part in walk(term))
    return made or any(isinstance(part, Apply) and part.function == function for part in walk(term))


def compare(judge: Judge, answer: Node, target: Node, scale: Scale) -> Agreement:
    """Compares two formulas or problems; with ``scale="positive"`` a positive factor does not matter, and neither
    does whether a problem is said of f or, with min and max exchanged, of -f."""
    try:
        mine, asked = problem(answer), problem(target)
    except Undecidable as reason:
        return Agreement("undecided", reason=f"This line contains {reason}; a person has to read it.")
    if scale == "positive" and mine.goals != asked.goals and mine.flipped().goals == asked.goals:
        mine = mine.flipped()
    if mine.goals != asked.goals:
        return Agreement(
            "different", reason=f"This line has {mine.words()}; that is another problem than the one asked."
        )
    if scale == "positive" and (factor := common_factor(judge, mine.body, asked.body)) is not None:
        note = () if factor == "1" else (f"Equal up to the factor {factor}.",)
        return Agreement("equal", worlds=judge.family.enough, notes=note)
    return judge.compare(mine.body, asked.body)


def common_factor(judge: Judge, left: Node, right: Node) -> str | None:
    """The positive number c with left = c · right in all worlds, in words; None if there is none."""
    if judge.loose(left) or judge.loose(right) or judge.unnamed(left):
        return None
    pairs = [
        (judge.outcome(world, left), judge.outcome(world, right)) for world in judge.generic[: judge.family.enough + 1]
    ]
    if any(isinstance(value, Undefined | Undecidable) for pair in pairs for value in pair):
        return None
    first_left, first_right = pairs[0]
    if not (first_left * first_right > 0):
        return None
    if any(scalars.differ(mine * first_right, first_left * theirs) is not False for mine, theirs in pairs[1:]):
        return None
    return scalars.show(first_left / first_right)


def bare(tree: Node) -> str:
    """The name that is optimised, or stands alone; "" if a tree is more than a name."""
    while isinstance(tree, Optimum | Negative):
        tree = tree.body if isinstance(tree, Optimum) else tree.of
    return tree.name if isinstance(tree, Symbol) else ""
