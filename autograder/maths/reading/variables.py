"""Bound variables by any name: E_{y ~ p_data}[log D(y)] says what E_{x ~ p_data}[log D(x)] says."""

from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.maths.reading.tokens import Token, Unreadable
from autograder.maths.tree import Density, Expectation, Integral, Node, Symbol, Variance, free, substitute, walk

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser

Binder = Expectation | Variance | Integral


def introduce(parser: "Parser", name: str) -> None:
    """From here on ``name`` is a variable of its own, if the exercise has none of that name."""
    if name not in parser.language.variables and name not in parser.bound:
        parser.bound.append(name)


def renamed(parser: "Parser", made: Binder, token: Token) -> Node:
    """What binds a variable of its own, with a variable of the exercise in its place.

    Raises:
        Unreadable: none is left that does not stand in the body already.
    """
    if made.var in parser.language.variables or made.var not in parser.bound:
        return made
    parser.bound.remove(made.var)
    taken, old = free(made.body), Symbol(made.var)
    for name in _fitting(parser, made):
        if name not in taken:
            # what is bound further in by the same name hides it, so nothing is caught
            if any(getattr(part, "var", "") == name for part in walk(made.body)):
                continue
            changed = substitute(made, old, Symbol(name))
            assert isinstance(changed, Expectation | Variance | Integral)
            return replace(changed, var=name)
    raise Unreadable(f'"{made.var}" is not declared here. {parser.language.suggest(made.var)}', token.position)


def _fitting(parser: "Parser", made: Binder) -> list[str]:
    """Variables that the binder may range over: those of the densities that its variable stands in."""
    language, own = parser.language, Symbol(made.var)
    over = {language.densities[part.name] for part in walk(made) if isinstance(part, Density) and own in part.args} - {
        ""
    }
    if over:
        return [name for name in language.variables if name in over]
    return [name for name in language.variables if name not in language.observed]
