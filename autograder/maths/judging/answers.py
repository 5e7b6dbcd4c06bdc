"""Which formula of a text is the answer, where one formula is asked for, and what else the text claims.

The answer is chosen by what it is: it has the value that is asked for, or is called so, or is about all that the asked formula
is about. All such formulas must be right, so that a wrong one does not hide beside a right one; of these the last one in the
asked form is the answer. What stands beside them must hold. A formula that only names a part is no claim.
"""

from dataclasses import dataclass, field, replace

from autograder.maths.judging import games
from autograder.maths.judging.chains import Claim, assumed_in
from autograder.maths.judging.claims import OPTIMAL, about, at_the_optimum, condition, holds_under, mention, rivals
from autograder.maths.judging.equality import Agreement, Judge
from autograder.maths.judging.games import Scale
from autograder.maths.judging.steps import Findings, judge_claim, report
from autograder.maths.reading.equations import Equation, Script, Side
from autograder.maths.tree import Divergence, Node, Optimum, walk


@dataclass
class Answered:
    """Attributes:
    meant: sides that are meant as the answer, in order.
    other: sides that may be meant so where there are no better ones.
    findings: what is said beside them and does not hold.
    """

    meant: list[Side] = field(default_factory=list)
    other: list[Side] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)


@dataclass(frozen=True)
class Asked:
    """What is asked for, and how two formulas are compared."""

    judge: Judge
    goal: Node
    scale: Scale

    def same(self, left: Node, right: Node) -> Agreement:
        if any(isinstance(part, Optimum) for tree in (left, right) for part in walk(tree)):
            return games.compare(self.judge, left, right, self.scale)
        return at_the_optimum(left, right, self.judge) or self.judge.compare(left, right)

    def right(self, tree: Node) -> bool:
        return games.compare(self.judge, tree, self.goal, self.scale).status == "equal"

    def rivals(self, tree: Node) -> bool:
        return rivals(tree, self.goal, self.judge)


def answered(script: Script, asked: Asked) -> Answered:
    """Sorts what a text says."""
    found = Answered()
    assumed = assumed_in(script.equations, asked.judge)
    above: Equation | None = None
    for equation in script.equations:
        if equation.relation != "=":
            _claim(equation, above, asked, found)
        elif not condition(equation, asked.judge) or _of_the_optimum(equation, asked):
            conditions = assumed.get((equation.line, equation.clause), [])
            if equation.begins and above is not None and above.relation == "=":
                _go_on(equation, above, asked, conditions, found)
            else:
                _sort(equation, asked, conditions, found)
        above = equation
    return found


def _claim(equation: Equation, above: Equation | None, asked: Asked, found: Answered) -> None:
    left = equation.left or (above.sides[-1] if above else None)
    if left is not None:
        judge_claim(Claim(left, equation.relation, equation.sides[0]), asked.judge, found.findings)


def _of_the_optimum(equation: Equation, asked: Asked) -> bool:
    return any(OPTIMAL in about(side.tree, asked.judge.language) for side in equation.sides)


def _sort(equation: Equation, asked: Asked, conditions: list[tuple[Node, Node]], found: Answered) -> None:
    sides = equation.sides
    if mention(equation):
        if not equation.casual:
            found.other.extend(sides)
        return
    if len(sides) == 1 and not equation.begins and not equation.defines:
        strong = asked.right(sides[0].tree) or (asked.rivals(sides[0].tree))
        (found.meant if strong else found.other).extend(sides if strong or not equation.casual else ())
        return
    if conditions and not _holds(equation, asked) and holds_under(equation, conditions, asked.judge):
        return
    if _is_meant(equation, asked):
        found.meant.extend(side for side in sides if not _naming(side, asked))
        return
    if equation.begins or equation.defines:
        found.other.extend(sides[-1:])
    _beside(equation, asked, found)


def _go_on(
    equation: Equation, above: Equation, asked: Asked, conditions: list[tuple[Node, Node]], found: Answered
) -> None:
    """A row that begins with an equals sign says of the formula above it that it is equal: as much the answer as that one is."""
    last = above.sides[-1]
    whole = replace(equation, sides=(last, *equation.sides))
    if conditions and not _holds(whole, asked) and holds_under(whole, conditions, asked.judge):
        return
    if any(side is last for side in found.meant) or _is_meant(equation, asked):
        found.meant.extend(equation.sides)
    else:
        found.other.extend(equation.sides[-1:])
        _beside(whole, asked, found)


def _is_meant(equation: Equation, asked: Asked) -> bool:
    """Whether an equation says what is asked for: one of its sides is that, in value or by name, or is about all of it."""
    if equation.defines and not any(asked.right(side.tree) for side in equation.sides):
        return False
    return any(asked.right(side.tree) for side in equation.sides) or any(
        asked.rivals(side.tree) for side in equation.sides
    )


def _naming(side: Side, asked: Asked) -> bool:
    """Whether a side only names what is asked for: KL(q ‖ p)."""
    return (side.label or isinstance(side.tree, Divergence)) and asked.right(side.tree)


def _holds(equation: Equation, asked: Asked) -> bool:
    first = equation.sides[0].tree
    return all(asked.same(side.tree, first).status == "equal" for side in equation.sides[1:])


def _beside(equation: Equation, asked: Asked, found: Answered) -> None:
    for above, side in zip(equation.sides, equation.sides[1:], strict=False):
        verdict = asked.same(side.tree, above.tree)
        if verdict.status == "different":
            said = ["The two sides of this equation are not equal."]
            names = ("the right side", "the left side")
            report(side, said, above.tree, verdict, names, asked.judge, found.findings)
