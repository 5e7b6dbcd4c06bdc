"""Expectations, variances, KL divergences and entropies.

An expectation without brackets takes the term that follows it. ``E_q(x)[...]`` has the distribution q(x), while
``E_q(x) (...)`` is the mean of x times a bracket. ``E_q(x - a)^2`` is the expectation of the square, ``E_q(x)^2`` and
``E_q[...]^2`` the square of the expectation.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.maths.reading.densities import HOLE, arguments, bind, distribution, filled, variable_of
from autograder.maths.reading.tokens import Token
from autograder.maths.reading.variables import introduce, renamed
from autograder.maths.tree import Density, Divergence, Entropy, Expectation, Node, Normal, Power, Sum, Variance

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser


def expectation(parser: "Parser", token: Token) -> Node:
    """E or Var with its distribution and its body."""
    line = parser.line
    dist, var = _subscript(parser) if line.accept("_") else (None, "")
    start = len(parser.bare)
    if line.at("(", "[", "{"):
        if line.at("(") and isinstance(dist, Density) and not dist.args and _single_name_before(parser, "["):
            args, given = arguments(parser)
            dist = replace(dist, args=args, given=given)
        round_bracket = line.at("(")
        body = parser.bracket()
        if round_bracket and isinstance(body, Sum) and line.accept("^"):
            body = Power(body, parser.exponent())
    elif parser.starts_factor():
        body = parser.term()
    else:
        raise line.refuse(f"[ and what the {'expectation' if token.value == 'E' else 'variance'} is taken of")
    return _made(parser, token, dist, var, body, start)


def _made(parser: "Parser", token: Token, dist: Node | None, var: str, body: Node, start: int) -> Node:
    dist, var = bind(parser, dist, var, body, token)
    body = filled(parser, body, var, start)
    made = Variance(dist, var, body) if token.value in ("Var", "var") else Expectation(dist, var, body)
    return renamed(parser, made, token)


def angles(parser: "Parser", token: Token) -> Node:
    """⟨f⟩_q, the expectation of physicists."""
    start, waiting = len(parser.bare), parser.integrals
    parser.integrals = 0
    body = parser.expression()
    parser.integrals = waiting
    parser.line.need(")>", " at the end of the expectation")
    dist, var = _subscript(parser) if parser.line.accept("_") else (None, "")
    return _made(parser, token, dist, var, body, start)


def _single_name_before(parser: "Parser", opening: str) -> bool:
    """E_q(z)[...] and E_q(z|x)[...]: the round brackets belong to q when square ones follow."""
    line = parser.line
    ahead = 1
    while line.peek(ahead).kind == "name" or line.at("|", ",", ahead=ahead):
        ahead += 1
    return ahead > 1 and line.at(")", ahead=ahead) and line.at(opening, "{", ahead=ahead + 1)


def _subscript(parser: "Parser") -> tuple[Node | None, str]:
    """The distribution and the variable in an index: q, q(z), x ~ p_data, x ~ N(0, 1), z."""
    line = parser.line
    closing = "}" if line.accept("{") else ")" if line.accept("(") else ""
    var = ""
    own = line.peek().kind == "name" and line.at("~", ahead=1)
    if (own or line.peek().value in parser.language.variables) and not line.at("(", "_", ahead=1):
        var = line.next().value
        introduce(parser, var)
        if not line.accept("~"):
            if closing:
                line.need(closing, " at the end of the index")
            return None, var
    start = len(parser.bare)
    dist = distribution(parser, bool(closing or var))
    del parser.bare[start:]
    if closing:
        line.need(closing, " at the end of the index")
    return dist, var


def divergence(parser: "Parser", token: Token) -> Node:
    r"""KL(q ‖ p), with ‖, ||, \|, |, a comma or a semicolon between the two."""
    line = parser.line
    if not line.at("(", "[", "{"):
        raise line.refuse("two distributions: KL(q || p)")
    closing = {"(": ")", "[": "]", "{": "}"}[line.next().value]
    start = len(parser.bare)
    line.lists += 1
    left = parser.expression()
    if not line.accept("norm", "|", ",", ";", ":"):
        raise line.refuse('"||" between the two distributions of the KL')
    right = parser.expression()
    line.lists -= 1
    line.need(closing, " at the end of the KL")
    var = _over(parser, left, right, token)
    left, right = filled(parser, left, var, start), filled(parser, right, var, start)
    del parser.bare[start:]
    return Divergence(left, right, var)


def _over(parser: "Parser", left: Node, right: Node, token: Token) -> str:
    """The variable of a KL or an entropy: that of its first distribution, or of the second where the first is bare."""
    for side in (left, right):
        if isinstance(side, Density | Normal) and (
            (isinstance(side, Density) and side.args) or (isinstance(side, Normal) and side.at != HOLE)
        ):
            dist = side if isinstance(side, Density) else None
            return (
                bind(parser, dist, "", None, token)[1]
                if dist
                else variable_of(parser, side.at if isinstance(side, Normal) else None, None)
            )
    if isinstance(left, Density):
        return bind(parser, left, "", right, token)[1]
    return variable_of(parser, None, left)


def entropy(parser: "Parser") -> Node:
    """H(q), or the cross-entropy H(q, p)."""
    line, token = parser.line, parser.line.peek()
    closing = {"(": ")", "[": "]"}[line.next().value]
    start = len(parser.bare)
    line.lists += 1
    of = parser.expression()
    relative = parser.expression() if line.accept(",", ";") else None
    line.lists -= 1
    line.need(closing, " at the end of the entropy")
    var = _over(parser, of, relative or of, token)
    of = filled(parser, of, var, start)
    relative = None if relative is None else filled(parser, relative, var, start)
    del parser.bare[start:]
    return Entropy(of, relative, var)
