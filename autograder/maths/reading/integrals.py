"""Integrals and sums over the whole space, and min and max over functions of the model."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Literal

from autograder.maths.reading import functions
from autograder.maths.reading.densities import filled
from autograder.maths.reading.spelling import unmarked
from autograder.maths.reading.tokens import Token, Unreadable
from autograder.maths.reading.variables import introduce, renamed
from autograder.maths.tree import At, Density, Integral, Node, Normal, Optimum, Symbol, free, walk

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
    if kind == "sum":
        if not var:
            raise line.refuse("what the sum runs over, for example sum_z")
        return Integral(filled(parser, parser.product(), var, start), var, kind)
    var, body = _integrand(parser, var)
    made = Integral(filled(parser, body, var, start), var, kind)
    return renamed(parser, made, token)


def _integrand(parser: "Parser", var: str) -> tuple[str, Node]:
    """The variable of an integral and what is integrated."""
    own = _own_variable(parser)
    if own:
        introduce(parser, own)  # at_differential knows it from here on
    parser.integrals += 1
    if parser.at_differential():
        var = _differential(parser)
        parser.integrals -= 1
        return var, parser.product()
    if own or _differential_follows(parser):
        body = parser.expression()
        if not parser.at_differential():
            raise _no_differential(parser)
        var = _differential(parser)
        parser.integrals -= 1
        return var, body
    parser.integrals -= 1
    bare = len(parser.bare)
    body = parser.product()
    observed, free_there = parser.language.observed, free(body)
    loose = [name for name in parser.language.variables if name in free_there and name not in observed]
    waiting = {parser.language.densities[name] for name, _ in parser.bare[bare:]} - {""}
    seen = {*([var] if var else []), *loose, *waiting}
    if len(seen) != 1 or not any(isinstance(part, Density | Normal) for part in walk(body)):
        raise _no_differential(parser)
    parser.guessed |= seen
    return seen.pop(), body


def _no_differential(parser: "Parser") -> Unreadable:
    wanted = " or ".join(f"d{name}" for name in parser.language.variables)
    said = f"the differential of the integral ({wanted})" if wanted else "no integral in this exercise"
    return parser.line.refuse(said)


def _differential_follows(parser: "Parser") -> bool:
    """Whether a differential of this integral stands to the right."""
    return _place_of_differential(parser, lambda name: name in (*parser.language.variables, *parser.bound)) is not None


def _own_variable(parser: "Parser") -> str:
    """y for ∫ ... dy, where the exercise has no y and nothing else of that name stands there."""
    if _differential_follows(parser):
        return ""
    known = parser.language.known
    return _place_of_differential(parser, lambda name: len(unmarked(name)) == 1 and name not in known) or ""


def _place_of_differential(parser: "Parser", is_variable: Callable[[str], bool]) -> str | None:
    """The name behind the d that belongs to the integral which begins here."""
    line, level, open_integrals, ahead = parser.line, 0, 0, 0
    while (token := line.peek(ahead)).kind != "end" and level >= 0:
        if token.kind == "operator":
            level += (token.value in ("(", "[")) - (token.value in (")", "]"))
            if level == 0 and token.value in ("=", ";", "note"):
                return None
        open_integrals += token.kind == "command" and token.value == "int" and level == 0
        if token.kind == "name" and level == 0 and token.value.startswith("d"):
            name = line.peek(ahead + 1).value if token.value == "d" else token.value[1:]
            if is_variable(name):
                if not open_integrals:
                    return name
                open_integrals -= 1
        ahead += 1
    return None


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


def evaluated(parser: "Parser", body: Node) -> Node:
    """... |_{mu_2 = 0, sigma_2 = 1}: the body with these values put in."""
    line = parser.line
    place = line.next().position
    names: list[str] = []
    values: list[Node] = []
    while line.accept("_", "^"):
        closed, more = line.accept("{"), True
        while more:
            symbol = parser.atom()
            if not isinstance(symbol, Symbol) or not line.accept("="):
                raise Unreadable("Say which symbol has which value at this bar, for example |_{x = 0}.", place)
            names.append(symbol.name)
            values.append(parser.expression())
            more = closed and line.accept(",", ";")
        if closed:
            line.need("}", " at the end of the values")
    return At(body, tuple(names), tuple(values))


def optimum(parser: "Parser", token: Token) -> Node:
    """min_G ..., max_D ..., argmin_G ...: reaches as far to the right as it can."""
    line = parser.line
    kind = token.value
    if kind == "arg":
        kind = "arg" + line.next().value
    if kind not in ("min", "max", "argmin", "argmax"):
        raise line.refuse("min or max")
    if kind in ("argmin", "argmax") and (found := _over_symbol(parser)):
        return Optimum("argmin" if kind == "argmin" else "argmax", found, parser.expression())
    if not parser.language.functions:
        raise Unreadable(f"{kind} has no place in this exercise.", token.position)
    over = over_what(parser, kind)
    line.accept(",", ":")
    goal: Literal["min", "max"] = "min" if kind.endswith("min") else "max"
    return Optimum(goal, over, parser.expression())


def _over_symbol(parser: "Parser") -> str:
    """The symbol that an argmax is over, "" if it is over something else."""
    line, start = parser.line, parser.line.place
    closing = "}" if line.accept("_") and line.accept("{") else ")" if line.accept("(") else ""
    try:
        symbol = (
            parser.name() if line.peek().kind == "name" and line.peek().value not in parser.language.functions else None
        )
        if (
            isinstance(symbol, Symbol)
            and symbol.name in parser.language.symbols
            and (not closing or line.accept(closing))
        ):
            return symbol.name
    except Unreadable:
        pass
    line.place = start
    return ""


def over_what(parser: "Parser", kind: str) -> str:
    """G, θ_G, or θ where some G_θ stands: what a min or max is over."""
    line, functions_ = parser.line, parser.language.functions
    closing = "}" if line.accept("_") and line.accept("{") else ")" if line.accept("(") else ""
    if line.peek().value == "over":
        line.next()
    token = line.next()
    over = token.value
    if over not in functions_:
        inside = _rest_of_name(parser, closing)
        over = functions.owner(parser, over + inside) or ""
    if not over:
        raise Unreadable(
            f"Expected what the {kind} is over: {' or '.join(functions_)}.", token.position, " or ".join(functions_)
        )
    if closing and not line.accept(closing):
        raise line.refuse(f'"{closing}" after {kind} over {over}')
    return over


def _rest_of_name(parser: "Parser", closing: str) -> str:
    """An index or a raised function behind θ: _G, _{G}, ^(G), ^{(G)}."""
    line, spelled, level = parser.line, "", 0
    if not line.at("_", "^"):
        return ""
    while line.peek().kind in ("name", "number") or line.at("_", "^", "{", "(", ")", "}"):
        if not level and (line.at(closing or "}") or (spelled[-1:].isalpha() and not line.at("_", "^"))):
            break
        level += line.at("{", "(") - line.at("}", ")")
        spelled += "" if line.at("{", "}", "(", ")", "_", "^") else line.peek().value
        line.next()
    return f"_{spelled}"
