"""Densities and distributions: q(x), p(x|z), N(x; mu, sigma²), and which variable a distribution without arguments ranges over.

A bare q means q of the variable that its expectation, integral or KL binds; it waits in ``parser.bare`` until that is known.
"""

from dataclasses import replace
from typing import TYPE_CHECKING

from autograder.maths.reading.tokens import Token, Unreadable
from autograder.maths.tree import Density, Node, Normal, Symbol, free, number, rebuild, walk

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser

HOLE = Symbol("")  # where N(mu, sigma²) stands without a point


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
    line.lists += 1
    before, after = [parser.expression()], list[Node]()
    bar = False
    while line.at(",", "|", ";"):
        bar = line.next().value != "," or bar
        if line.peek().kind == "name" and line.peek().value in ("theta", "phi"):  # p(x|z; θ)
            line.next()
            continue
        (after if bar else before).append(parser.expression())
    parser.integrals = waiting
    line.lists -= 1
    line.need(")", " at the end of the density's arguments")
    return tuple(before), tuple(after)


def normal(parser: "Parser", token: Token) -> Node:
    """N(x; mean, variance) or N(mean, variance)."""
    line = parser.line
    if not line.at("(", "["):
        raise line.refuse("N(x; mu, sigma^2)")
    closing = ")" if line.next().value == "(" else "]"
    line.lists += 1
    parts = [_one_or(parser)]
    while line.accept(",", ";", "|"):
        parts.append(_one_or(parser))
    line.lists -= 1
    line.need(closing, " at the end of N(...)")
    if len(parts) not in (2, 3):
        raise Unreadable("N needs a mean and a variance: N(x; mu_1, sigma_1^2).", token.position)
    return Normal(parts[0] if len(parts) == 3 else HOLE, parts[-2], parts[-1])


def _one_or(parser: "Parser") -> Node:
    if parser.line.peek().value in ("I", "Id") and parser.line.at(")", "]", ahead=1):
        parser.line.next()
        return number(1)
    return parser.expression()


def distribution(parser: "Parser", with_arguments: bool) -> Node:
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
    language, known = parser.language, (*parser.language.variables, *parser.bound)
    if dist is None:
        var = var or _drawn_in(parser, body)
        if (drawn := language.drawn.get(var)) is not None:
            return drawn, var
        name = language.default.get(var) or language.default.get("")
        if name is None:
            raise Unreadable(
                "Say which distribution this expectation is under, for example E_{x ~ p_data}[...].", token.position
            )
        dist = Density(name)
    if isinstance(dist, Normal):
        var = var or variable_of(parser, dist.at, body)
        return replace(dist, at=Symbol(var)), var
    assert isinstance(dist, Density)
    if not dist.args:
        var = var or language.densities[dist.name] or variable_of(parser, None, body)
        return replace(dist, args=(Symbol(var),)), var
    over = [part.name for part in dist.args if isinstance(part, Symbol) and part.name in known]
    over = [name for name in over if name not in language.observed] or over if len(over) > 1 else over
    if var and var in over:
        return dist, var
    if len(over) != 1:
        raise Unreadable(
            "This does not say which variable the distribution ranges over; write for example E_{q(z)}[...].",
            token.position,
        )
    return dist, over[0]


def _drawn_in(parser: "Parser", body: Node | None) -> str:
    """The only variable in a body without a distribution, if the answer says what it is drawn from; "" otherwise."""
    seen = free(body) & set(parser.language.variables) if body is not None else set[str]()
    return seen.pop() if len(seen) == 1 and seen <= parser.language.drawn.keys() else ""


def variable_of(parser: "Parser", at: Node | None, body: Node | None) -> str:
    """The variable that a distribution without arguments must mean: the only one in sight, or the first there is."""
    if isinstance(at, Symbol) and at != HOLE:
        return at.name
    seen = [name for name in parser.language.variables if body is not None and name in free(body)]
    return seen[0] if seen else parser.language.variables[0]


def filled(parser: "Parser", body: Node, var: str, start: int) -> Node:
    """The body with each bare density ranging over ``var``; forgets those, as they are settled now."""
    if all(part.args for part in _densities(body)) and HOLE.name not in free(body):
        return body
    observed = parser.language.observed

    def fill(node: Node) -> Node:
        if (
            isinstance(node, Density)
            and not node.args
            and parser.language.densities[node.name] in ("", var)
            and var not in observed
        ):
            return replace(node, args=(Symbol(var),))
        return Symbol(var) if node == HOLE else rebuild(node, fill)

    filled = fill(body)
    if all(part.args for part in _densities(filled)):
        del parser.bare[start:]
    return filled


def _densities(node: Node) -> list[Density]:

    return [part for part in walk(node) if isinstance(part, Density)]


def unsettled(parser: "Parser") -> Unreadable | None:
    """Complaint about a density that nothing gave a variable."""
    if not parser.bare:
        return None
    name, position = parser.bare[0]
    return Unreadable(
        f"{name} needs its argument here: write {name}(x), {name}(x|z), or put it under an expectation.",
        position,
        f"{name}(...)",
    )


def settled(tree: Node, parser: "Parser") -> Node:
    """A distribution that stands alone, as in "q = N(mu, sigma²)": the density at the variable it ranges over,
    where that is clear."""
    observed = parser.language.observed
    if isinstance(tree, Density) and not tree.args and (parser.language.densities[tree.name] or not observed):
        parser.bare.clear()
        return replace(tree, args=(Symbol(parser.language.densities[tree.name] or parser.language.variables[0]),))
    if isinstance(tree, Normal) and tree.at == HOLE:
        return replace(tree, at=Symbol(parser.language.variables[0]))
    return tree
