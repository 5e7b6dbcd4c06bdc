"""The tree that every reader gives and everything else walks: frozen nodes, no meaning, no evaluation.

A tree says what stands on the page: ``1/2 σ²`` is a product with a quotient in it, not a number times a symbol.
Random variables (x, z), parameters (mu_1) and the constants pi and e are all ``Symbol``; which is which is the
world's business.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, fields
from fractions import Fraction
from typing import Literal


@dataclass(frozen=True, slots=True)
class Node:
    """Base of all nodes."""


@dataclass(frozen=True, slots=True)
class Number(Node):
    """``decimals`` digits stood after a point (0: written exactly), so a rounding can be told from a fraction."""

    value: Fraction
    decimals: int = 0


@dataclass(frozen=True, slots=True)
class Symbol(Node):
    name: str


@dataclass(frozen=True, slots=True)
class Negative(Node):
    of: Node


@dataclass(frozen=True, slots=True)
class Sum(Node):
    terms: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Product(Node):
    factors: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Quotient(Node):
    top: Node
    bottom: Node


@dataclass(frozen=True, slots=True)
class Power(Node):
    base: Node
    exponent: Node


@dataclass(frozen=True, slots=True)
class Call(Node):
    """log, exp or sqrt. ``bare``: written without brackets, so the reading was a choice."""

    function: str
    of: Node
    bare: bool = False


@dataclass(frozen=True, slots=True)
class Density(Node):
    """q(x), p(x|z), p(z, x). No arguments while the reader does not know them yet (a bare q)."""

    name: str
    args: tuple[Node, ...] = ()
    given: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Normal(Node):
    """N(at; mean, variance): the density of a normal at a point."""

    at: Node
    mean: Node
    variance: Node


@dataclass(frozen=True, slots=True)
class Apply(Node):
    """A function of the model or of the exercise, D(x) or s(x); ``rest``: its further arguments."""

    function: str
    of: Node
    rest: tuple[Node, ...] = ()


@dataclass(frozen=True, slots=True)
class Element(Node):
    """x_i: what a sequence holds at a place, a number from 1 or the letter of an index."""

    name: str
    index: Node


@dataclass(frozen=True, slots=True)
class Kronecker(Node):
    """1 where two indices are equal, 0 elsewhere."""

    left: Node
    right: Node


@dataclass(frozen=True, slots=True)
class Derivative(Node):
    """d body / d wrt, ``order`` times; wrt is a symbol, an element, or what a name stands for."""

    body: Node
    wrt: Node
    order: int = 1


@dataclass(frozen=True, slots=True)
class Expectation(Node):
    """E of ``body`` when ``var`` is drawn from ``dist``, a density in ``var``."""

    dist: Node
    var: str
    body: Node


@dataclass(frozen=True, slots=True)
class Variance(Node):
    dist: Node
    var: str
    body: Node


@dataclass(frozen=True, slots=True)
class Divergence(Node):
    """KL(left ‖ right) = ∫ left log(left/right) dvar, in nats."""

    left: Node
    right: Node
    var: str


@dataclass(frozen=True, slots=True)
class Entropy(Node):
    """H(of) or, with ``relative``, the cross-entropy H(of, relative) = -∫ of log(relative) dvar, in nats."""

    of: Node
    relative: Node | None
    var: str


@dataclass(frozen=True, slots=True)
class Integral(Node):
    """∫ body dvar over the whole space, or over all values; ``over``: the symbol that counts those of an index, or ""."""

    body: Node
    var: str
    kind: Literal["integral", "sum", "product"] = "integral"
    over: str = ""


@dataclass(frozen=True, slots=True)
class At(Node):
    """The body with values put in for symbols: f |_{x = 0}."""

    body: Node
    names: tuple[str, ...]
    values: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Optimum(Node):
    """min or max of ``body`` over a function of the model, or the value of a symbol at which it is least or greatest."""

    kind: Literal["min", "max", "argmin", "argmax"]
    over: str
    body: Node


_CHILD_FIELDS: dict[type[Node], tuple[tuple[str, bool], ...]] = {}


def _child_fields(kind: type[Node]) -> tuple[tuple[str, bool], ...]:
    """The fields of a node that hold nodes, and whether each holds a tuple of them; found once for each kind."""
    if kind not in _CHILD_FIELDS:
        named = [(field.name, str(field.type)) for field in fields(kind)]
        _CHILD_FIELDS[kind] = tuple((name, "tuple" in type_) for name, type_ in named if "Node" in type_)
    return _CHILD_FIELDS[kind]


def children(node: Node) -> Iterator[Node]:
    for name, many in _child_fields(type(node)):
        value = getattr(node, name)
        if many:
            yield from value
        elif value is not None:
            yield value


def walk(node: Node) -> Iterator[Node]:
    """The node and everything below it, parents first."""
    todo = [node]
    while todo:
        node = todo.pop()
        yield node
        todo.extend(children(node))


def rebuild(node: Node, change: Callable[[Node], Node]) -> Node:
    """The node with ``change`` applied to each child."""
    values = {}
    for name, many in _child_fields(type(node)):
        value = getattr(node, name)
        if value is not None:
            values[name] = tuple(change(item) for item in value) if many else change(value)
    if all(values[name] is getattr(node, name) for name in values):
        return node
    return type(node)(**{field.name: values.get(field.name, getattr(node, field.name)) for field in fields(node)})


def substitute(node: Node, old: Node, new: Node) -> Node:
    """Every node equal to ``old`` replaced by ``new``."""
    return new if node == old else rebuild(node, lambda child: substitute(child, old, new))


def variants(node: Node, change: Callable[[Node], list[Node]]) -> Iterator[tuple[Node, Node, Node]]:
    """(whole tree, old part, new part) for every single place and every part that ``change`` offers there."""
    for new in change(node):
        yield new, node, new
    for name, many in _child_fields(type(node)):
        value = getattr(node, name)
        for place, child in enumerate(value if many else () if value is None else (value,)):
            for whole, old, new in variants(child, change):
                filled = (*value[:place], whole, *value[place + 1 :]) if many else whole
                copied = {field.name: getattr(node, field.name) for field in fields(node)}
                yield type(node)(**{**copied, name: filled}), old, new


def number(value: int | Fraction) -> Number:
    return Number(Fraction(value))


def symbols(node: Node) -> set[str]:
    return {part.name for part in walk(node) if isinstance(part, Symbol)}


def free(node: Node) -> set[str]:
    """Names of symbols that no expectation, integral, KL or entropy around them binds."""
    if isinstance(node, At):
        return (free(node.body) - set(node.names)) | {name for value in node.values for name in free(value)}
    below: set[str] = set()
    for child in children(node):
        below |= free(child)
    if isinstance(node, Symbol):
        return {node.name}
    if isinstance(node, Expectation | Variance | Divergence | Entropy | Integral | Optimum):
        below.discard(node.over if isinstance(node, Optimum) else node.var)
    return below
