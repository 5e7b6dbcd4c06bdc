"""From a text in either spelling to a tree: the one door through which a student's line comes in."""

from autograder.maths.language import Language
from autograder.maths.reading import latex, text
from autograder.maths.reading.densities import settled, unsettled
from autograder.maths.reading.grammar import Parser
from autograder.maths.reading.spelling import spelled
from autograder.maths.reading.tokens import Line, Unreadable
from autograder.maths.tree import Density, Node, Normal, free


def tokenise(line: str, language: Language) -> Line:
    """Tokens of a line; LaTeX if it has a backslash command or a $, else plain text."""
    tokens = (latex.tokens if "\\" in line or "$" in line else text.tokens)(line, language.words)
    tokens.tokens = spelled(tokens.tokens, language)
    return tokens


def read(line: str, language: Language) -> Node:
    """The tree of one expression (no equals sign).

    Raises:
        Unreadable: with the position, and what was expected there.
    """
    try:
        return _read(line, language)
    except Unreadable as reason:
        reason.line = reason.line or line
        raise


def _read(line: str, language: Language) -> Node:
    tokens = tokenise(line, language)
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
    if parser.guessed & free(tree):
        raise tokens.refuse("the differential of each integral, as one cannot see how far it reaches")
    if parser.bound:
        raise Unreadable(f'"{parser.bound[0]}" is not declared here. {language.suggest(parser.bound[0])}', 0)
    return tree
