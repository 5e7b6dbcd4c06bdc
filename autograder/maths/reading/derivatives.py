r"""Derivatives: d/dx f, df/dx, \frac{\partial f}{\partial\mu}, \partial_\mu f. Primes are read where functions are."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from autograder.maths.reading.tokens import Token, Unreadable
from autograder.maths.tree import Derivative, Element, Node, Symbol

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser

SIGNS = ("d", "partial")
MAX_ORDER = 4


def fraction(parser: "Parser") -> Node | None:
    r"""What \frac{d f}{dx} or \frac{d}{dx} f means, at the place behind \frac; None if no derivative stands there."""
    if not (parser.line.at("{") and _sign(parser, 1)):
        return None
    return _attempt(parser, lambda: _read(parser, "}", "{"))


def quotient(parser: "Parser") -> Node | None:
    """d/dx f, ds/dx; None if no derivative stands here."""
    if not _sign(parser, 0) or not _slash_ahead(parser):
        return None
    return _attempt(parser, lambda: _read(parser, "/", ""))


def lowered(parser: "Parser") -> Node | None:
    r"""\partial_\mu f and \nabla_\mu f."""
    line = parser.line
    if line.peek().value not in ("partial", "nabla") or not line.at("_", ahead=1):
        return None
    line.place += 2
    closed = line.accept("{")
    wrt = _variable(parser)
    if closed:
        line.need("}")
    return Derivative(_operand(parser), wrt)


Found = tuple[Node | None, Node, int]  # what is differentiated, None if it follows; by what; how often


def _attempt(parser: "Parser", read: Callable[[], Found | None]) -> Node | None:
    line = parser.line
    start, tokens, bare, own = line.place, list(line.tokens), len(parser.bare), parser.bare_own
    try:
        found = read()
    except Unreadable:
        found = None
    if found is None:
        line.place, line.tokens, parser.bare_own = start, tokens, own
        del parser.bare[bare:]
        return None
    body, wrt, order = found
    return Derivative(_operand(parser) if body is None else body, wrt, order)


def _read(parser: "Parser", closing: str, opening: str) -> Found | None:
    line = parser.line
    if opening:
        line.need(opening)
    if not _take_sign(parser):
        return None
    order = _order(parser)
    body = None
    if not line.at(closing):
        body = parser.product() if closing == "}" else parser.factor()
    line.need(closing)
    braced = line.accept("{") or (not opening and line.accept("("))
    close = line.tokens[line.place - 1].value if braced else ""
    if not _take_sign(parser):
        return None
    wrt = _variable(parser)
    below = _order(parser)
    if braced:
        line.need({"{": "}", "(": ")"}[close])
    return (body, wrt, order) if order == below else None


def _operand(parser: "Parser") -> Node:
    """What a derivative is taken of: the bracket behind it, or the term; ``wide``, what the bracket begins: d/dx (a)/(b)."""
    narrow = parser.line.at("(", "[", "{") and not parser.language.wide
    return parser.factor() if narrow else parser.product()


def _order(parser: "Parser") -> int:
    line = parser.line
    if not line.accept("^"):
        return 1
    braced = line.accept("{")
    token = line.next()
    if braced:
        line.need("}")
    if not token.value.isdigit() or not 1 <= int(token.value) <= MAX_ORDER:
        raise Unreadable(f"Derivatives of order 1 to {MAX_ORDER} are read.", token.position)
    return int(token.value)


def _variable(parser: "Parser") -> Node:
    """What a derivative is by: a symbol, an element of a sequence, or a name."""
    token = parser.line.peek()
    found = parser.name() if token.kind == "name" else None
    if not isinstance(found, Symbol | Element):
        raise Unreadable("Expected the symbol that the derivative is by.", token.position)
    return found


def _sign(parser: "Parser", ahead: int) -> bool:
    token = parser.line.peek(ahead)
    return token.kind == "name" and (token.value in SIGNS or _glued(parser, token))


def _glued(parser: "Parser", token: Token) -> bool:
    """ds, dmu: a d and a name in one word."""
    rest = token.value[1:]
    return token.value.startswith("d") and token.value not in parser.language.known and rest in parser.language.known


def _take_sign(parser: "Parser") -> bool:
    line = parser.line
    token = line.peek()
    if token.kind != "name":
        return False
    if token.value in SIGNS:
        line.next()
        return True
    if not _glued(parser, token):
        return False
    line.tokens = [*line.tokens]
    line.tokens[line.place] = Token("name", token.value[1:], token.position + 1)
    return True


def _slash_ahead(parser: "Parser") -> bool:
    """Whether a "/" and a d or ∂ stand to the right at this level, so that d/dx is worth trying."""
    line, level, ahead = parser.line, 0, 0
    while (token := line.peek(ahead)).kind != "end" and level >= 0 and ahead < 60:
        if token.kind == "operator":
            level += (token.value in ("(", "[", "{")) - (token.value in (")", "]", "}"))
            if level == 0 and token.value in ("=", "+", "-", ";"):
                return False
            if level == 0 and token.value == "/":
                following = 2 if line.at("(", "{", ahead=ahead + 1) else 1
                return _sign(parser, ahead + following)
        ahead += 1
    return False
