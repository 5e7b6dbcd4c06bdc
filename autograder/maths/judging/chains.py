"""Equations to statements: which of them are the derivation itself, and which stand beside it.

A statement belongs to the derivation when one of its sides has the target's value; every other equation is judged
on its own. A row that begins with an equals sign goes on with the equation above it, or, when that one stands
beside the derivation and the row does not continue its value, with the derivation.
"""

from dataclasses import dataclass, field

from autograder.maths.judging.equality import Judge
from autograder.maths.reading.equations import Equation, Side
from autograder.maths.tree import Divergence, Node, Symbol


@dataclass
class Statement:
    """A chain of sides. ``lead``: what its equations begin with, to recognise the next one; ``main``: part of the
    derivation."""

    sides: list[Side]
    main: bool
    lead: Node = field(default_factory=lambda: Symbol(""))

    def ends(self) -> list[Side]:
        """The first and the last side that say more than what is computed."""
        spoken = [side for side in self.sides if not naming(side)]
        return [spoken[0], spoken[-1]] if len(spoken) > 1 else spoken


def naming(side: Side) -> bool:
    """Whether a side only names what is computed: L, or KL(q ‖ p)."""
    return side.label or isinstance(side.tree, Divergence)


def statements(equations: tuple[Equation, ...], judge: Judge, target: Node) -> list[Statement]:
    found: list[Statement] = []
    for equation in equations:
        home = _home(equation, found, judge)
        if home is None:
            main = any(judge.compare(side.tree, target).status == "equal" for side in equation.sides)
            found.append(Statement(list(equation.sides), main, equation.sides[0].tree))
            continue
        new = equation.sides[1:] if not equation.continues else equation.sides
        home.sides.extend(new)
        home.main = home.main or any(judge.compare(side.tree, target).status == "equal" for side in new)
    if found and not any(statement.main for statement in found):
        max(found, key=lambda statement: len(statement.sides)).main = True
    return found


def _home(equation: Equation, found: list[Statement], judge: Judge) -> Statement | None:
    """The statement that an equation goes on with, or None for a new one."""
    if not found:
        return None
    if not equation.continues:
        same = [
            statement for statement in found if statement.lead == equation.sides[0].tree and len(equation.sides) > 1
        ]
        return same[-1] if same else None
    last = found[-1]
    mains = [statement for statement in found if statement.main]
    if last.main or not mains:
        return last
    continues = judge.compare(equation.sides[0].tree, last.sides[-1].tree).status == "equal"
    return last if continues else mains[-1]
