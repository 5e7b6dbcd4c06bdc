"""From a text in either spelling to a tree: the one door through which a student's line comes in."""

from autograder.maths.language import Language
from autograder.maths.reading import latex, text
from autograder.maths.reading.densities import settled, unsettled
from autograder.maths.reading.grammar import Parser
from autograder.maths.reading.tokens import Line, Unreadable
from autograder.maths.tree import Density, Node, Normal


def tokenise(line: str, like: str = "") -> Line:
    """Tokens of a line; LaTeX if it, or ``like`` of which it is a part, has a backslash command or a $, else plain text."""
    whole = like or line
    return latex.tokens(line) if "\\" in whole or "$" in whole else text.tokens(line)


def read(line: str, language: Language) -> Node:
    """The tree of one expression (no equals sign).

    Raises:
        Unreadable: with the position, and what was expected there.
    """
    tokens = tokenise(line)
    if not tokens.tokens:
        raise Unreadable("There is nothing to read here.", 0, "an expression")
    tree = read_side(tokens, language)
    if tokens.peek().kind != "end":
        raise tokens.refuse("the end of the line, + - * / or a factor")
    return tree


def read_side(tokens: Line, language: Language) -> Node:
    """The expression that starts at the place in ``tokens``; leaves the place behind it."""
    parser = Parser(tokens, language)
    try:
        tree = parser.expression()
    except RecursionError:
        raise Unreadable("This line is nested too deeply; write it in several lines.", tokens.peek().position) from None
    if isinstance(tree, Density | Normal):
        tree = settled(tree, parser)
    if complaint := unsettled(parser):
        raise complaint
    return tree
