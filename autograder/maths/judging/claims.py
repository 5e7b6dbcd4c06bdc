"""What is said beside a derivation or an answer: inequalities, what holds under a condition, what replaces a random variable.

A true statement costs nothing, a false one is named at its line. An equation that could not hold for all parameters (sigma_1 = 1,
q = p) is a condition: what is said in the same sentence has to hold under it, or without it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from autograder.maths.judging.changes import swapped_divergence
from autograder.maths.judging.conditions import Condition, assuming
from autograder.maths.judging.equality import Agreement, Judge
from autograder.maths.language import Language
from autograder.maths.reading.declarations import Declared, substitutes
from autograder.maths.reading.echo import latex
from autograder.maths.reading.equations import Equation, Relation
from autograder.maths.tree import (
    Apply,
    Call,
    Density,
    Divergence,
    Expectation,
    Negative,
    Node,
    Normal,
    Number,
    Optimum,
    Power,
    Quotient,
    Symbol,
    free,
    number,
    variants,
    walk,
)
from autograder.maths.worlds import scalars
from autograder.maths.worlds.scalars import Undecidable, Undefined

WORDS: Mapping[Relation, str] = {
    "≤": "at most",
    "≥": "at least",
    "<": "less than",
    ">": "larger than",
    "≠": "other than",
}
OPTIMAL = "D*"  # the best answer to the other player


def mention(equation: Equation) -> bool:
    """Whether a formula is only named ("where D(x) is the probability"), so that it claims nothing."""
    tree = equation.sides[0].tree
    plain = isinstance(tree, Symbol | Number | Density | Apply | Normal) and not equation.sides[0].label
    return equation.lone and plain


def about(tree: Node, language: Language) -> frozenset[object]:
    """Which parameters, densities and functions stand in a formula, and what it optimises."""
    found: set[object] = set()
    for part in walk(tree):
        if isinstance(part, Symbol) and part.name in language.symbols:
            found.add(part.name)
        elif isinstance(part, Density):
            found.add((part.name, frozenset(part.args), bool(part.given)))
        elif isinstance(part, Apply | Call):
            found.add(part.function)
        elif isinstance(part, Optimum):
            found.add(("optimum", part.over))
    return frozenset(found)


def rivals(tree: Node, target: Node, judge: Judge) -> bool:
    """Whether a formula is about all that the target is about, so that it can only be meant as another form of it."""
    return not judge.loose(tree) and about(tree, judge.language) >= about(target, judge.language)


def swapped(tree: Node, terms: Iterable[Node], judge: Judge) -> str:
    """What is wrong with a term that is named in a sentence ("the second term is -KL(p ‖ q)"): its KL is the other way round."""
    if not any(isinstance(part, Divergence) for part in walk(tree)):
        return ""
    known = [term for each in terms if not judge.loose(each) for term in (each, Negative(each))]

    def is_term(candidate: Node) -> bool:
        return any(judge.compare(candidate, term).status == "equal" for term in known)

    turned = [whole for whole, _, _ in variants(tree, swapped_divergence)]
    if is_term(tree) or not any(is_term(whole) for whole in turned):
        return ""
    return f"No line above has the term ${latex(tree)}$; the two distributions of its KL are swapped."


# ------------------------------------------------------------------ conditions


def condition(equation: Equation, judge: Judge) -> tuple[Condition, ...]:
    """What an equation assumes, () if it claims something."""
    if equation.defines or equation.relation != "=":
        return ()
    trees = [side.tree for side in equation.sides]
    pairs = [(trees[0], other) for other in trees[1:]]
    if not all(_assumes(left, right, judge) for left, right in pairs):
        return ()
    if all(judge.compare(left, right).status == "equal" for left, right in pairs):
        return ()
    return tuple(pairs)


def _assumes(left: Node, right: Node, judge: Judge) -> bool:
    if isinstance(left, Density) and isinstance(right, Density):
        return left.args == right.args and len(left.args) == 1
    if isinstance(left, Density) and isinstance(right, Normal):
        return isinstance(right.mean, Number) and isinstance(right.variance, Number)
    if isinstance(left, Apply) and left.function in (OPTIMAL, "D"):
        return isinstance(right, Number | Quotient) and not free(right)
    base = left.base if isinstance(left, Power) else left
    if not isinstance(base, Symbol) or not isinstance(judge.language.symbols.get(base.name), str):
        return False
    return all(isinstance(part, Symbol | Number) or type(part).__name__ in ARITHMETIC for part in walk(right)) and not (
        free(right) & set(judge.language.variables)
    )


ARITHMETIC = ("Negative", "Sum", "Product", "Quotient", "Power")


def holds_under(equation: Equation, conditions: Iterable[Condition], judge: Judge) -> bool:
    """Whether the sides of an equation are equal once the conditions hold."""
    assumed = assuming(judge, tuple(conditions))
    if assumed is None or len(equation.sides) < 2:
        return False
    first = equation.sides[0].tree
    return all(assumed.compare(side.tree, first).status == "equal" for side in equation.sides[1:])


def at_the_optimum(left: Node, right: Node, judge: Judge) -> Agreement | None:
    """Compares what is said of D* with what it is: the best answer to G or, where a number is given, also where p_g = p_data."""
    if not any(isinstance(part, Apply) and part.function == OPTIMAL for side in (left, right) for part in walk(side)):
        return None
    loose = judge.loose(left) | judge.loose(right)
    found = judge.in_worlds(left, right, loose)
    if found.status == "equal" or any(isinstance(part, Density) for side in (left, right) for part in walk(side)):
        return found
    equal = (Density("p_g", (Symbol("x"),)), Density("p_data", (Symbol("x"),)))
    assumed = assuming(judge, (equal,))
    return found if assumed is None else assumed.in_worlds(left, right, loose)


# ------------------------------------------------------------------ inequalities


def inequality(left: Node, relation: Relation, right: Node, judge: Judge) -> Agreement:
    """Whether ``left ≤ right``, or another relation, holds in all worlds; "undecided" where a parameter alone is bounded."""
    if judge.unnamed(left) or judge.unnamed(right):
        return Agreement("undecided", reason="")
    loose = judge.loose(left) | judge.loose(right)
    strict, apart, seen = relation in ("<", ">", "≠"), False, 0
    for world in (*judge.readable, *judge.generic):  # the small numbers first, for what is shown
        values = judge.outcome(world, left, loose), judge.outcome(world, right, loose)
        if any(isinstance(value, Undefined | Undecidable) for value in values):
            continue
        seen += 1
        apart = apart or bool(scalars.differ(*values))
        low, high = values if relation in ("≤", "<") else (values[1], values[0])
        if relation != "≠" and low > high and scalars.differ(low, high):
            return _violated(left, right, world.words, values)
    if not seen:
        return Agreement("undecided", reason="")
    return (
        Agreement("equal", worlds=seen) if apart or not strict else Agreement("different", reason="The two are equal.")
    )


def _violated(left: Node, right: Node, words: str, values: tuple[scalars.Scalar, scalars.Scalar]) -> Agreement:
    if isinstance(left, Symbol) or isinstance(right, Symbol):  # sigma_1 > 1: a condition on a parameter
        return Agreement("undecided", reason="")
    return Agreement("different", world=words, values=scalars.show_both(*values))


# ------------------------------------------------------------------ variables that replace others


def replacement(one: Declared, language: Language, judge: Judge) -> str:
    """What is wrong with x = mu + sigma t for x drawn from q, "" if nothing is: mean and variance must be those of x."""
    name = language.default.get(one.variable) or language.default.get("")
    others = substitutes(one, language)
    if one.tree is None or len(others) != 1 or not language.own or not name:
        return ""
    (other,) = others
    dist = language.drawn.get(other)
    if not isinstance(dist, Normal):
        return ""
    mine: Node = language.drawn.get(one.variable) or Density(name, (Symbol(one.variable),))
    for power in (1, 2):
        asked = Expectation(mine, one.variable, Power(Symbol(one.variable), number(power)))
        made = Expectation(replace(dist, at=Symbol(other)), other, Power(one.tree, number(power)))
        if judge.compare(made, asked).status == "different":
            what = "mean" if power == 1 else "variance"
            return f"With ${one.variable} = {latex(one.tree)}$ the {what} of ${one.variable}$ is not what it should be."
    return ""
