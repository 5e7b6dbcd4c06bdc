"""What a line says of a random variable: x ~ N(mu, sigma²), and x = mu + sigma t, by which another one takes its place."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from autograder.maths.language import Language
from autograder.maths.reading.reader import read_side
from autograder.maths.reading.tokens import Line, Unreadable
from autograder.maths.tree import (
    Density,
    Divergence,
    Entropy,
    Expectation,
    Integral,
    Node,
    Normal,
    Symbol,
    Variance,
    free,
    number,
    rebuild,
)

BINDING = (Expectation, Variance, Divergence, Entropy, Integral)


@dataclass(frozen=True)
class Declared:
    """``drawn``: the variable is said to have the distribution ``tree``; otherwise to be equal to it. No tree: not read."""

    row: int
    variable: str
    drawn: bool
    tree: Node | None


def declaration(tokens: Line, language: Language, row: int) -> Declared | None:
    """Reads "x ~ N(mu, sigma^2)", "x = mu + sigma z" or "dx = sigma dz" at the place in ``tokens``, if one stands there."""
    word = tokens.peek().value
    variable = word.removeprefix("d")
    if variable not in language.variables or not tokens.at("~", "=", ahead=1):
        return None
    start = tokens.place
    tokens.next()
    drawn = tokens.next().value == "~"
    tree: Node | None = None
    try:
        tree = read_side(tokens, language) if word == variable else None
    except Unreadable:
        tree = None
    if tree is None or not (tokens.peek().kind == "end" or tokens.at(",", ";", ":")):
        tree = None
        tokens.place = start
        _skip(tokens)
    if drawn and isinstance(tree, Normal):
        tree = replace(tree, at=Symbol(variable))
    elif drawn and isinstance(tree, Density) and len(tree.args) == 1:
        tree = replace(tree, args=(Symbol(variable),))
    elif drawn:
        tree = None
    return Declared(row, variable, drawn, tree)


def _skip(tokens: Line) -> None:
    level = 0
    while tokens.peek().kind != "end" and (level or not tokens.at(",", ";")):
        token = tokens.next()
        level += (token.value in ("(", "[", "{")) - (token.value in (")", "]", "}"))


def drawn(declared: list[Declared], language: Language) -> dict[str, Node]:
    """Variable -> its distribution. One in whose terms x is written (x = mu + sigma t) is standard normal by default."""
    found = dict(language.drawn)
    for one in declared:
        for name in substitutes(one, language):
            if language.own:
                found.setdefault(name, Normal(Symbol(name), number(0), number(1)))
    found.update({one.variable: one.tree for one in declared if one.drawn and one.tree is not None})
    return found


def substitutes(one: Declared, language: Language) -> set[str]:
    """The variables in terms of which another one is written."""
    return set() if one.drawn or one.tree is None else free(one.tree) & set(language.variables) - {one.variable}


def in_place(tree: Node, moved: Mapping[str, Node]) -> Node:
    """The tree with each variable that stands free replaced by what it is said to be."""
    if isinstance(tree, Symbol):
        return moved.get(tree.name, tree)
    if isinstance(tree, BINDING):
        moved = {name: node for name, node in moved.items() if name != tree.var}
    return rebuild(tree, lambda child: in_place(child, moved)) if moved else tree
