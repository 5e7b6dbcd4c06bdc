"""Integrals and sums over the whole space, and min and max over functions of the model."""

from typing import TYPE_CHECKING, Literal

from autograder.maths.reading.densities import filled
from autograder.maths.reading.tokens import Token, Unreadable
from autograder.maths.tree import Integral, Node, Optimum

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser

WHOLE_SPACE = frozenset({"-", "+", "infinity", "R", "X", "Z", "{", "}", "_", "^", "x", "z", "y", "d"})


def integral(parser: "Parser", token: Token) -> Node:
    """∫ ... dx, ∫ dx ..., Integral(..., x), sum_z ..., Sum(..., z)."""
    line = parser.line
    kind: Literal["integral", "sum"] = "integral" if token.value == "int" else "sum"
    start = len(parser.bare)
    if line.at("(") and _has_comma(parser):
        return _as_function(parser, kind, start)
    var = _limits(parser, token)
    parser.integrals += 1
    if kind == "sum":
        parser.integrals -= 1
        if not var:
            raise line.refuse("what the sum runs over, for example sum_z")
        body = parser.term()
    elif parser.at_differential():
        var = _differential(parser)
        parser.integrals -= 1
        body = parser.term()
    else:
        body = parser.expression()
        if not parser.at_differential():
            wanted = " or ".join(f"d{name}" for name in parser.language.variables)
            raise line.refuse(
                f"the differential of the integral ({wanted})" if wanted else "no integral in this exercise"
            )
        var = _differential(parser)
        parser.integrals -= 1
    return Integral(filled(parser, body, var, start), var, kind)


def _differential(parser: "Parser") -> str:
    token = parser.line.next()
    return parser.line.next().value if token.value == "d" else token.value[1:]


def _has_comma(parser: "Parser") -> bool:
    """Whether the bracket that opens here has a comma of its own: Integral(f, x)."""
    level, ahead = 0, 0
    while (token := parser.line.peek(ahead)).kind != "end":
        if token.kind == "operator":
            level += (token.value in "([{") - (token.value in ")]}") if len(token.value) == 1 else 0
            if level == 1 and token.value == ",":
                return True
            if level == 0:
                return False
        ahead += 1
    return False


def _as_function(parser: "Parser", kind: Literal["integral", "sum"], start: int) -> Node:
    line = parser.line
    line.need("(")
    body = parser.expression()
    line.need(",")
    nested = line.accept("(")
    token = line.next()
    if token.value not in parser.language.variables:
        raise Unreadable(
            "Expected the variable of the integral here.", token.position, " or ".join(parser.language.variables)
        )
    while nested and not line.at(")"):
        if line.peek().value not in ("-", ",", "oo", "infinity", "inf", "np", "sp"):
            raise line.refuse("limits -oo, oo: only integrals over the whole space are read")
        line.next()
    if nested:
        line.need(")")
    line.need(")", " at the end of the integral")
    return Integral(filled(parser, body, token.value, start), token.value, kind)


def _limits(parser: "Parser", token: Token) -> str:
    """Reads limits and gives the variable if they name it; refuses limits that cut the space."""
    line, var = parser.line, ""
    while line.at("_", "^"):
        line.next()
        end = line.place + 1
        if line.at("{"):
            level = 0
            end = line.place
            while end < len(line.tokens):
                level += {"{": 1, "}": -1}.get(line.tokens[end].value, 0)
                end += 1
                if level == 0:
                    break
        elif line.at("-", "+"):
            end = line.place + 2
        for part in line.tokens[line.place : end]:
            if part.value not in WHOLE_SPACE and part.value not in parser.language.variables:
                raise Unreadable(
                    "Only integrals and sums over the whole space are read; leave the limits out.", part.position
                )
            var = part.value if part.value in parser.language.variables and not var else var
        line.place = end
    return var


def optimum(parser: "Parser", token: Token) -> Node:
    """min_G ..., max_D ...: reaches as far to the right as it can."""
    line, functions = parser.line, parser.language.functions
    if not functions:
        raise Unreadable(f"{token.value} has no place in this exercise.", token.position)
    grouped = line.accept("_", "(") and (line.accept("{") or line.tokens[line.place - 1].value == "(")
    if line.peek().value == "over":
        line.next()
    over = line.next()
    if over.value not in functions:
        raise Unreadable(
            f"Expected what the {token.value} is over: {' or '.join(functions)}.", over.position, " or ".join(functions)
        )
    if grouped and not line.accept("}", ")"):
        raise line.refuse(f'"}}" after {token.value} over {over.value}')
    kind: Literal["min", "max"] = "min" if token.value == "min" else "max"
    return Optimum(kind, over.value, parser.expression())
