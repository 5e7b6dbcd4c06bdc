r"""The notation of probability, read on top of ``grammar.py``: densities, E, Var, KL, H, N(x; mu, sigma²), ∫, sums, min and max.

An expectation without brackets takes the term that follows it. ``E_q(x)[...]`` has the distribution q(x), while ``E_q(x) (...)``
is the mean of x times a bracket. ``E_q(x - a)^2`` is the expectation of the square, ``E_q(x)^2`` and ``E_q[...]^2``
the square of the expectation. A distribution without arguments ranges over the variable that its expectation or integral binds.
"""

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from autograder.maths.tokens import Token, Unreadable
from autograder.maths.tree import (
    Apply,
    Density,
    Divergence,
    Entropy,
    Expectation,
    Integral,
    Node,
    Normal,
    Optimum,
    Power,
    Sum,
    Symbol,
    Variance,
    free,
    number,
    rebuild,
    walk,
)

if TYPE_CHECKING:
    from autograder.maths.grammar import Parser

HOLE = Symbol("")  # where N(mu, sigma²) stands without a point
WHOLE_SPACE = frozenset({"-", "+", "infinity", "R", "X", "Z", "{", "}", "_", "^", "x", "z", "y", "d"})


def named(parser: "Parser") -> Node | None:
    """What a name in the language of probability stands for, or None if it is no such name."""
    token, line, language = parser.line.peek(), parser.line, parser.language
    word = token.value
    if word == "D" and line.at("_", ahead=1) and "KL" in (line.peek(2).value, line.peek(3).value):
        line.next()
        parser.index()
        return divergence(parser, token)
    if (label := _label(parser)) is not None:
        return label
    if word in ("KL", "DKL", "KLD", "kl"):
        line.next()
        return divergence(parser, token)
    if word == "D" and "D" not in language.functions and language.densities and line.at("(", "[", ahead=1):
        line.next()
        return divergence(parser, token)
    if word in ("E", "Var", "var") and language.densities:
        line.next()
        return expectation(parser, token)
    if word in ("H", "h", "Ent") and language.densities and line.at("(", "[", ahead=1):
        line.next()
        return entropy(parser)
    if word == "N" and language.densities:
        line.next()
        return normal(parser, token)
    if word in language.functions:
        return apply(parser)
    return density(parser)


def _label(parser: "Parser") -> Node | None:
    """A name that stands for a formula: L, V(D, G), J^(D), J_D, or one that the student introduced."""
    start = parser.line.place
    spelled = identifier(parser)
    divergence_follows = spelled in ("KL", "D_KL", "DKL") and parser.line.at("(", "[", "{")
    if spelled in parser.language.labels and not divergence_follows:
        return Symbol(spelled)
    parser.line.place = start
    return None


def identifier(parser: "Parser") -> str | None:
    """A name with its index, a function in raised brackets (J^(D)) and plain arguments (V(D, G)); None if none stands here."""
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


# ------------------------------------------------------------------ densities


def density(parser: "Parser") -> Node | None:
    """q(x), p(x|z), p_data(x), or a bare q whose variable is found later."""
    line, start = parser.line, parser.line.place
    token = line.next()
    index = parser.index() if line.at("_") and line.peek(1).kind != "end" else ""
    name = parser.language.density(token.value, index)
    if name is None:
        line.place = start
        return None
    if line.at("("):
        args, given = arguments(parser)
        return Density(name, args, given)
    parser.bare.append((name, token.position))
    return Density(name)


def arguments(parser: "Parser") -> tuple[tuple[Node, ...], tuple[Node, ...]]:
    """What stands in the brackets of a density, before and after the bar."""
    line = parser.line
    line.need("(")
    waiting, parser.integrals = parser.integrals, 0
    before, after = [parser.expression()], list[Node]()
    bar = False
    while line.at(",", "|", ";"):
        bar = line.next().value != "," or bar
        if line.peek().kind == "name" and line.peek().value in ("theta", "phi"):  # p(x|z; θ)
            line.next()
            continue
        (after if bar else before).append(parser.expression())
    parser.integrals = waiting
    line.need(")", " at the end of the density's arguments")
    return tuple(before), tuple(after)


def normal(parser: "Parser", token: Token) -> Node:
    """N(x; mean, variance) or N(mean, variance)."""
    line = parser.line
    if not line.at("(", "["):
        raise line.refuse("N(x; mu, sigma^2)")
    closing = ")" if line.next().value == "(" else "]"
    parts = [_one_or(parser)]
    while line.accept(",", ";", "|"):
        parts.append(_one_or(parser))
    line.need(closing, " at the end of N(...)")
    if len(parts) not in (2, 3):
        raise Unreadable("N needs a mean and a variance: N(x; mu_1, sigma_1^2).", token.position)
    return Normal(parts[0] if len(parts) == 3 else HOLE, parts[-2], parts[-1])


def _one_or(parser: "Parser") -> Node:
    if parser.line.peek().value in ("I", "Id") and parser.line.at(")", "]", ahead=1):
        parser.line.next()
        return number(1)
    return parser.expression()


def apply(parser: "Parser") -> Node:
    token, line = parser.line.next(), parser.line
    if line.at("^", "_"):
        raise Unreadable(f"{token.value} with an index or a star is not read here; write {token.value}(...).", line.peek().position)
    if not line.at("(", "["):
        raise line.refuse(f"what {token.value} is applied to: {token.value}(...)")
    return Apply(token.value, parser.bracket())


# ------------------------------------------------------------------ expectations, KL, entropy


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
    dist, var = bind(parser, dist, var, body, token)
    body = _filled(parser, body, var, start)
    return Expectation(dist, var, body) if token.value == "E" else Variance(dist, var, body)


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
    closed = line.accept("{")
    var = ""
    if line.peek().value in parser.language.variables and not line.at("(", "_", ahead=1):
        var = line.next().value
        if not line.accept("~"):
            if closed:
                line.need("}", " at the end of the index")
            return None, var
    start = len(parser.bare)
    dist = _distribution(parser, closed or bool(var))
    del parser.bare[start:]
    if closed:
        line.need("}", " at the end of the index")
    return dist, var


def _distribution(parser: "Parser", with_arguments: bool) -> Node:
    token = parser.line.peek()
    if token.value == "N":
        parser.line.next()
        return normal(parser, token)
    if token.kind != "name":
        raise parser.line.refuse("a distribution, for example q(z)")
    start = parser.line.place
    parser.line.next()
    index = parser.index() if parser.line.at("_") else ""
    name = parser.language.density(token.value, index)
    if name is None:
        parser.line.place = start
        known = ", ".join(parser.language.densities)
        raise Unreadable(f'"{token.value}" is no distribution here; there are {known}.', token.position)
    args, given = arguments(parser) if with_arguments and parser.line.at("(") else ((), ())
    return Density(name, args, given)


def bind(parser: "Parser", dist: Node | None, var: str, body: Node | None, token: Token) -> tuple[Node, str]:
    """The distribution with its arguments and the variable it ranges over."""
    language = parser.language
    if dist is None:
        name = language.default.get(var) or language.default.get("")
        if name is None:
            raise Unreadable("Say which distribution this expectation is under, for example E_{x ~ p_data}[...].", token.position)
        dist = Density(name)
    if isinstance(dist, Normal):
        var = var or _variable_of(parser, dist.at, body)
        return replace(dist, at=Symbol(var)), var
    assert isinstance(dist, Density)
    if not dist.args:
        var = var or language.densities[dist.name] or _variable_of(parser, None, body)
        return replace(dist, args=(Symbol(var),)), var
    over = [part.name for part in dist.args if isinstance(part, Symbol) and part.name in language.variables]
    over = [name for name in over if name not in language.observed] or over if len(over) > 1 else over
    if var and var in over:
        return dist, var
    if len(over) != 1:
        raise Unreadable("This does not say which variable the distribution ranges over; write for example E_{q(z)}[...].", token.position)
    return dist, over[0]


def _variable_of(parser: "Parser", at: Node | None, body: Node | None) -> str:
    """The variable that a distribution without arguments must mean: the only one in sight, or the first there is."""
    if isinstance(at, Symbol) and at != HOLE:
        return at.name
    seen = [name for name in parser.language.variables if body is not None and name in free(body)]
    return seen[0] if seen else parser.language.variables[0]


def _filled(parser: "Parser", body: Node, var: str, start: int) -> Node:
    """The body with each bare density ranging over ``var``; forgets those, as they are settled now."""
    if len(parser.bare) == start and HOLE.name not in free(body):
        return body
    observed = parser.language.observed

    def fill(node: Node) -> Node:
        if isinstance(node, Density) and not node.args and parser.language.densities[node.name] in ("", var) and var not in observed:
            return replace(node, args=(Symbol(var),))
        return Symbol(var) if node == HOLE else rebuild(node, fill)

    filled = fill(body)
    if all(part.args for part in _densities(filled)):
        del parser.bare[start:]
    return filled


def _densities(node: Node) -> list[Density]:
    from autograder.maths.tree import walk

    return [part for part in walk(node) if isinstance(part, Density)]


def divergence(parser: "Parser", token: Token) -> Node:
    r"""KL(q ‖ p), with ‖, ||, \|, |, a comma or a semicolon between the two."""
    line = parser.line
    if not line.at("(", "[", "{"):
        raise line.refuse('two distributions: KL(q || p)')
    closing = {"(": ")", "[": "]", "{": "}"}[line.next().value]
    start = len(parser.bare)
    left = parser.expression()
    if not line.accept("norm", "|", ",", ";", ":"):
        raise line.refuse('"||" between the two distributions of the KL')
    right = parser.expression()
    line.need(closing, " at the end of the KL")
    var = _over(parser, left, right, token)
    left, right = _filled(parser, left, var, start), _filled(parser, right, var, start)
    del parser.bare[start:]
    return Divergence(left, right, var)


def _over(parser: "Parser", left: Node, right: Node, token: Token) -> str:
    """The variable of a KL or an entropy: that of its first distribution, or of the second where the first is bare."""
    for side in (left, right):
        if isinstance(side, Density | Normal) and (isinstance(side, Density) and side.args or isinstance(side, Normal) and side.at != HOLE):
            dist = side if isinstance(side, Density) else None
            return bind(parser, dist, "", None, token)[1] if dist else _variable_of(parser, side.at if isinstance(side, Normal) else None, None)
    if isinstance(left, Density):
        return bind(parser, left, "", right, token)[1]
    return _variable_of(parser, None, left)


def entropy(parser: "Parser") -> Node:
    """H(q), or the cross-entropy H(q, p)."""
    line, token = parser.line, parser.line.peek()
    closing = {"(": ")", "[": "]"}[line.next().value]
    start = len(parser.bare)
    of = parser.expression()
    relative = parser.expression() if line.accept(",", ";") else None
    line.need(closing, " at the end of the entropy")
    var = _over(parser, of, relative or of, token)
    of = _filled(parser, of, var, start)
    relative = None if relative is None else _filled(parser, relative, var, start)
    del parser.bare[start:]
    return Entropy(of, relative, var)


# ------------------------------------------------------------------ integrals, sums, optima


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
            raise line.refuse(f"the differential of the integral ({wanted})" if wanted else "no integral in this exercise")
        var = _differential(parser)
        parser.integrals -= 1
    return Integral(_filled(parser, body, var, start), var, kind)


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
        raise Unreadable("Expected the variable of the integral here.", token.position, " or ".join(parser.language.variables))
    while nested and not line.at(")"):
        if line.peek().value not in ("-", ",", "oo", "infinity", "inf", "np", "sp"):
            raise line.refuse("limits -oo, oo: only integrals over the whole space are read")
        line.next()
    if nested:
        line.need(")")
    line.need(")", " at the end of the integral")
    return Integral(_filled(parser, body, token.value, start), token.value, kind)


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
                raise Unreadable("Only integrals and sums over the whole space are read; leave the limits out.", part.position)
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
        raise Unreadable(f"Expected what the {token.value} is over: {' or '.join(functions)}.", over.position, " or ".join(functions))
    if grouped and not line.accept("}", ")"):
        raise line.refuse(f'"}}" after {token.value} over {over.value}')
    kind: Literal["min", "max"] = "min" if token.value == "min" else "max"
    return Optimum(kind, over.value, parser.expression())


def unsettled(parser: "Parser") -> Unreadable | None:
    """Complaint about a density that nothing gave a variable."""
    if not parser.bare:
        return None
    name, position = parser.bare[0]
    return Unreadable(f"{name} needs its argument here: write {name}(x), {name}(x|z), or put it under an expectation.", position, f"{name}(...)")


