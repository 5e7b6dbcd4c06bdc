"""Equations to statements: which of them are the derivation itself, and which stand beside it.

A statement belongs to the derivation when one of its sides has the target's value; every other equation is judged
on its own. A row that begins with an equals sign goes on with the equation above it, or, when that one stands
beside the derivation and the row does not continue its value, with the derivation.
"""

from dataclasses import dataclass, field

from autograder.maths.judging.claims import OPTIMAL, about, condition, holds_under, mention, rivals
from autograder.maths.judging.conditions import Condition
from autograder.maths.judging.equality import Judge
from autograder.maths.reading.equations import Equation, Relation, Side
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


@dataclass(frozen=True)
class Claim:
    """That one side is larger or smaller than another."""

    left: Side
    relation: Relation
    right: Side


@dataclass
class Said:
    """Everything that an answer says.

    Attributes:
        statements: equations, those that go on with each other joined.
        claims: inequalities.
        granted: equations that hold under what their sentence assumes.
        mentions: formulas in sentences of which nothing is said.
    """

    statements: list[Statement] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    granted: list[Equation] = field(default_factory=list)
    mentions: list[Side] = field(default_factory=list)


def said(equations: tuple[Equation, ...], judge: Judge, target: Node) -> Said:
    """Sorts the equations of an answer."""
    assumed = assumed_in(equations, judge)
    found = Said()
    for equation in equations:
        if condition(equation, judge) and not any(
            OPTIMAL in about(side.tree, judge.language) for side in equation.sides
        ):
            continue
        conditions = assumed.get((equation.line, equation.clause), [])
        if conditions and not _true(equation, judge) and holds_under(equation, conditions, judge):
            found.granted.append(equation)
        elif _mentioned(equation, judge, target):
            found.mentions.extend(equation.sides)
        else:
            _add(equation, found, judge, target)
    if found.statements and not any(statement.main for statement in found.statements):
        max(found.statements, key=lambda statement: len(statement.sides)).main = True
    return found


Assumed = dict[tuple[int, int], list[Condition]]  # line and part of it -> what is assumed there


def assumed_in(equations: tuple[Equation, ...], judge: Judge) -> Assumed:
    """What is assumed in each part of a sentence; a line of nothing but conditions is meant for the line below."""
    assumed: Assumed = {}
    claiming = {equation.line for equation in equations if not condition(equation, judge)}
    for equation in equations:
        for pair in condition(equation, judge):
            assumed.setdefault((equation.line, equation.clause), []).append(pair)
            if equation.line not in claiming:
                assumed.setdefault((equation.line + 1, 0), []).append(pair)
    return assumed


def _true(equation: Equation, judge: Judge) -> bool:
    first = equation.sides[0].tree
    return all(judge.compare(side.tree, first).status == "equal" for side in equation.sides[1:])


def _mentioned(equation: Equation, judge: Judge, target: Node) -> bool:
    """Whether a formula stands in a sentence without saying anything about what is asked."""
    if mention(equation):
        return True
    if not equation.lone or not equation.casual:
        return False
    tree = equation.sides[0].tree
    return not rivals(tree, target, judge) and judge.compare(tree, target).status != "equal"


def _add(equation: Equation, found: Said, judge: Judge, target: Node) -> None:
    main = any(judge.compare(side.tree, target).status == "equal" for side in equation.sides)
    if equation.relation != "=":
        last = found.statements[-1].sides[-1] if found.statements else None
        if (left := equation.left or last) is not None:
            found.claims.append(Claim(left, equation.relation, equation.sides[0]))
        if len(equation.sides) > 1 or main:
            found.statements.append(Statement(list(equation.sides), main, equation.sides[0].tree))
        return
    home = _home(equation, found.statements, judge)
    if home is None:
        found.statements.append(Statement(list(equation.sides), main, equation.sides[0].tree))
        return
    home.sides.extend(equation.sides if equation.continues else equation.sides[1:])
    home.main = home.main or main


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
    if equation.lone and equation.casual:
        return mains[-1]
    continues = judge.compare(equation.sides[0].tree, last.sides[-1].tree).status == "equal"
    return last if continues else mains[-1]
