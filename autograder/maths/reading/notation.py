"""Names: which notation a name opens (E, Var, KL, H, N, D, G, a density), and names that stand for a whole formula."""

from typing import TYPE_CHECKING

from autograder.maths.reading import densities, expectations
from autograder.maths.reading.tokens import Unreadable
from autograder.maths.tree import Apply, Node, Symbol

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser


DIVERGENCES = frozenset({"KL", "DKL", "D_KL", "KLD", "kl"})
RESERVED = frozenset({"E", "Var", "var", "H", "h", "Ent", "N", "log", "ln", "exp", "d"})  # never the name of a formula


def named(parser: "Parser") -> Node | None:
    """What a name in the language of probability stands for, or None if it is no such name."""
    token, line, language = parser.line.peek(), parser.line, parser.language
    word = token.value
    if word == "D" and line.at("_", ahead=1) and "KL" in (line.peek(2).value, line.peek(3).value):
        line.next()
        parser.index()
        return expectations.divergence(parser, token)
    if (label := _label(parser)) is not None:
        return label
    if word in DIVERGENCES:
        line.next()
        return expectations.divergence(parser, token)
    if word == "D" and "D" not in language.functions and language.densities and line.at("(", "[", ahead=1):
        line.next()
        return expectations.divergence(parser, token)
    if word in ("E", "Var", "var") and language.densities:
        line.next()
        return expectations.expectation(parser, token)
    if word in ("H", "h", "Ent") and language.densities and line.at("(", "[", ahead=1):
        line.next()
        return expectations.entropy(parser)
    if word == "N" and language.densities:
        line.next()
        return densities.normal(parser, token)
    if word in language.functions:
        return apply(parser)
    return densities.density(parser)


def _label(parser: "Parser") -> Node | None:
    """A name that stands for a formula: L, V(D, G), J^(D), J_D, or one that the student introduced."""
    start = parser.line.place
    spelled = identifier(parser)
    divergence_follows = spelled in DIVERGENCES and parser.line.at("(", "[", "{")
    if spelled in parser.language.labels and not divergence_follows:
        return Symbol(spelled)
    parser.line.place = start
    return None


def identifier(parser: "Parser") -> str | None:
    """A name with its index, a function in raised brackets (J^(D)) and plain arguments (V(D, G)); None if none
    stands here."""
    line = parser.line
    if line.peek().kind != "name":
        return None
    word = line.next().value
    if line.at("_") and (line.peek(1).kind in ("number", "name") or line.at("{", ahead=1)):
        try:
            word += "_" + parser.index()
        except Unreadable:
            return None
    raised = [line.peek(ahead).value for ahead in range(6)]
    if raised[0] == "^" and raised[1] == "{" and raised[2] == "(" and raised[4:6] == [")", "}"]:
        word, line.place = f"{word}^({raised[3]})", line.place + 6
    elif raised[0] == "^" and raised[1] == "(" and raised[3] == ")":
        word, line.place = f"{word}^({raised[2]})", line.place + 4
    elif raised[0] == "_" and raised[1] in parser.language.functions:
        word, line.place = f"{word}_{raised[1]}", line.place + 2
    if word not in DIVERGENCES:
        _skip_plain_arguments(parser)
    return word


def _skip_plain_arguments(parser: "Parser") -> None:
    """V(D, G), L(q), L(θ, φ; x): names in brackets say what a label depends on, and nothing more."""
    line, start = parser.line, parser.line.place
    if not line.accept("(", "["):
        return
    while line.peek().kind == "name" or line.at(",", ";", "_", "{", "}") or line.peek().kind == "number":
        line.next()
    inside = line.tokens[start + 1 : line.place]
    if not inside or all(token.kind == "number" for token in inside) or not line.accept(")", "]"):
        line.place = start


def apply(parser: "Parser") -> Node:
    token, line = parser.line.next(), parser.line
    if (best := _best(parser, token.value)) is not None:
        return best
    if line.at("^", "_"):
        raise Unreadable(
            f"{token.value} with an index or a star is not read here; write {token.value}(...).", line.peek().position
        )
    if not line.at("(", "["):
        raise line.refuse(f"what {token.value} is applied to: {token.value}(...)")
    return Apply(token.value, parser.bracket())


def _best(parser: "Parser", function: str) -> Node | None:
    """D^*(x), the best answer to the other player; without an argument it is that at the variable it judges."""
    line, start = parser.line, parser.line.place
    if function != "D" or not line.accept("^", "_"):
        return None
    braced = line.accept("{")
    if not line.accept("*") or (braced and not line.accept("}")):
        line.place = start
        return None
    return Apply(f"{function}*", parser.bracket() if line.at("(", "[") else Symbol(parser.language.variables[0]))
