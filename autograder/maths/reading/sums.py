r"""Finite sums and products over an index: \sum_{i=1}^n x_i, Σ_k p_k log q_k, ∏_i."""

from typing import TYPE_CHECKING, Literal

from autograder.maths.reading import own
from autograder.maths.reading.tokens import Token, Unreadable
from autograder.maths.tree import Element, Integral, Node, Symbol, free, walk

if TYPE_CHECKING:
    from autograder.maths.reading.grammar import Parser


def total(parser: "Parser", token: Token) -> Node | None:
    """A sum or product over an index of the exercise; None if it runs over something else."""
    if not parser.language.indices:
        return None
    kind: Literal["sum", "product"] = "sum" if token.value == "sum" else "product"
    start = parser.line.place
    name, limit = _limits(parser)
    if name == "?":
        parser.line.place = start
        return None
    outer = name and name in parser.bound
    if name:
        parser.bound.append(name)
    body = parser.product()
    if name:
        parser.bound.remove(name)
    name = name or _only_letter(parser, body, token)
    if outer:
        raise Unreadable(
            f"The index {name} stands for two things here; put brackets around the first sum, or use another letter inside.",
            token.position,
        )
    return Integral(body, name, kind, limit or _count(parser, name, body, token))


def begins_anew(parser: "Parser") -> bool:
    """Whether a sum over an index that is bound here stands ahead as a factor or below a "/": the open sum ends in front of
    it, as in Σ_i x_i y_i / Σ_i x_i^2. Nothing of the one depends on the other's index: the value is the same as inside."""
    line = parser.line
    below = line.at("/")
    ahead = 1 if below or line.at("*") else 0
    if not (parser.bound and parser.language.indices):
        return False
    if not (below and line.at("(", "[", "{", ahead=ahead)):
        return _bound_again(parser, ahead)
    level = 0
    while (token := line.peek(ahead)).kind != "end":
        level += (token.value in ("(", "[", "{")) - (token.value in (")", "]", "}"))
        if level == 0:
            return False
        if _bound_again(parser, ahead):
            return True
        ahead += 1
    return False


def _bound_again(parser: "Parser", ahead: int) -> bool:
    line = parser.line
    if line.peek(ahead).value not in ("sum", "prod") or not line.at("_", ahead=ahead + 1):
        return False
    letter = line.peek(ahead + (3 if line.at("(", "{", ahead=ahead + 2) else 2))
    return letter.kind == "name" and letter.value in parser.bound


def _limits(parser: "Parser") -> tuple[str, str]:
    """(letter of the index, symbol that counts its values); "" where it is not said, "?" for a letter that is no index."""
    line = parser.line
    name = limit = ""
    while line.at("_", "^"):
        below = line.next().value == "_"
        if below:
            name = _lower(parser)
        else:
            limit = _upper(parser)
        if name == "?":
            break
    return name, limit


def _lower(parser: "Parser") -> str:
    line = parser.line
    closing = "}" if line.accept("{") else ")" if line.accept("(") else ""
    token = line.next()
    if token.kind != "name" or not own.is_letter(parser, token.value):
        return "?"
    if closing and line.accept("="):
        first = line.next()
        if first.value != "1":
            raise Unreadable("Only sums over all values of an index, from 1 on, are read.", first.position)
    if closing and not line.accept(closing):
        raise Unreadable("Only sums over all values of an index are read.", line.peek().position)
    return token.value


def _upper(parser: "Parser") -> str:
    """The symbol that counts; a letter that means nothing else says how many there are, whatever it is called."""
    line, language = parser.line, parser.language
    closing = "}" if line.accept("{") else ")" if line.accept("(") else ""
    if not line.latex and not closing:
        line.split_digit()
    token = line.next()
    if closing and not line.accept(closing):
        raise Unreadable("Only sums over all values of an index are read.", line.peek().position)
    counts = set(language.indices.values())
    meant = language.names.get(token.value, "")
    if token.kind != "name" or (meant not in counts and (meant or token.value in language.known)):
        raise Unreadable("Only sums over all values of an index are read.", token.position)
    return meant


def _only_letter(parser: "Parser", body: Node, token: Token) -> str:
    letters = [name for name in sorted(free(body)) if own.is_letter(parser, name) and name not in parser.bound]
    if len(letters) != 1:
        raise Unreadable("Say what this runs over, for example with an index i below the sign.", token.position)
    return letters[0]


def _count(parser: "Parser", name: str, body: Node, token: Token) -> str:
    """How many values an index has: as declared, or as the sequences say that it stands at."""
    language = parser.language
    if name in language.indices:
        return language.indices[name]
    counts = {
        language.sequences[part.name]
        for part in walk(body)
        if isinstance(part, Element) and part.index == Symbol(name) and part.name in language.sequences
    } or set(language.indices.values())
    if len(counts) != 1:
        raise Unreadable(f"How many values {name} has is not said here; write the limits.", token.position)
    return counts.pop()
