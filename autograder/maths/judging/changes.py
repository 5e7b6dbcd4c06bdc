"""One place of a tree, changed as people change it by mistake: each function gives what may stand in place of a node."""

from collections.abc import Callable
from dataclasses import replace
from itertools import combinations

from autograder.maths.tree import (
    Call,
    Density,
    Divergence,
    Expectation,
    Integral,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Variance,
    number,
)

MAX_TERMS = 5  # of a sum of which several are changed at once


def signs(node: Node) -> list[Node]:
    if isinstance(node, Sum):
        return [Sum((*node.terms[:k], _turned(term), *node.terms[k + 1 :])) for k, term in enumerate(node.terms)]
    return []


def _turned(term: Node) -> Node:
    return term.of if isinstance(term, Negative) else Negative(term)


def halves(node: Node) -> list[Node]:
    """A half put in front of one term, or of several."""
    return _some_terms(node, lambda term: Quotient(term, number(2)))


def doubles(node: Node) -> list[Node]:
    return _some_terms(node, lambda term: Product((number(2), term)))


def _some_terms(node: Node, change: Callable[[Node], Node]) -> list[Node]:
    """A sum with one term changed, then with several but not all."""
    if not isinstance(node, Sum) or len(node.terms) > MAX_TERMS:
        return []
    places = range(len(node.terms))
    chosen = [places_ for size in places[1:] for places_ in combinations(places, size)]
    return [Sum(tuple(change(term) if k in some else term for k, term in enumerate(node.terms))) for some in chosen]


def turned_whole(node: Node) -> list[Node]:
    return [Negative(node)] if not isinstance(node, Number | Symbol | Negative) else []


def whole_half(node: Node) -> list[Node]:
    return [Quotient(node, number(2))] if not isinstance(node, Number | Symbol) else []


def dropped_terms(node: Node) -> list[Node]:
    if not isinstance(node, Sum):
        return []
    rest = [(*node.terms[:k], *node.terms[k + 1 :]) for k in range(len(node.terms))]
    return [terms[0] if len(terms) == 1 else Sum(terms) for terms in rest]


def squares(node: Node) -> list[Node]:
    """sigma for sigma², and sigma² for sigma."""
    if isinstance(node, Power) and isinstance(node.base, Symbol) and node.exponent == number(2):
        return [node.base]
    return [Power(node, number(2))] if isinstance(node, Symbol) and node.name.startswith("sigma") else []


def turned_quotient(node: Node) -> list[Node]:
    """log(b/a) as a term where log(a/b) belongs; of -log(a/b) one says that the sign is wrong."""
    if not isinstance(node, Sum):
        return []
    return [
        Sum((*node.terms[:k], turned, *node.terms[k + 1 :]))
        for k, term in enumerate(node.terms)
        for turned in _turned_log(term)
    ]


def _turned_log(term: Node) -> list[Node]:
    if isinstance(term, Product):
        return [Product((*term.factors[:-1], turned)) for turned in _turned_log(term.factors[-1])]
    if isinstance(term, Call) and term.function == "log" and isinstance(term.of, Quotient):
        return [replace(term, of=Quotient(term.of.bottom, term.of.top))]
    if isinstance(term, Expectation | Integral):
        return [replace(term, body=turned) for turned in _turned_log(term.body)]
    return []


def swapped_divergence(node: Node) -> list[Node]:
    return [replace(node, left=node.right, right=node.left)] if isinstance(node, Divergence) else []


def other_distribution(node: Node) -> list[Node]:
    if not isinstance(node, Expectation | Variance) or not isinstance(node.dist, Density):
        return []
    names = {"q": ["p"], "p": ["q"], "p_data": ["p_g"], "p_g": ["p_data"]}.get(node.dist.name, [])
    return [replace(node, dist=replace(node.dist, name=name, given=())) for name in names]


def other_index(node: Node) -> list[Node]:
    if not isinstance(node, Symbol) or not node.name.endswith(("_1", "_2")):
        return []
    return [Symbol(node.name[:-1] + ("2" if node.name.endswith("1") else "1"))]


def lost_mean(node: Node) -> list[Node]:
    """Var[y] where E[y²] stands, as the whole expectation or as one of its terms."""
    if not isinstance(node, Expectation):
        return []
    if isinstance(node.body, Sum):
        return [_with_variance(node, node.body, k) for k, term in enumerate(node.body.terms) if _squared(term)]
    body, outside = node.body, list[Node]()
    if isinstance(body, Product):
        outside, body = list(body.factors[:-1]), body.factors[-1]
    elif isinstance(body, Quotient):
        outside, body = [Quotient(number(1), body.bottom)], body.top
    if not isinstance(body, Power) or body.exponent != number(2):
        return []
    variance = Variance(node.dist, node.var, body.base)
    return [Product((*outside, variance)) if outside else variance]


def _squared(term: Node) -> bool:
    return isinstance(term, Power) and term.exponent == number(2)


def _with_variance(node: Expectation, body: Sum, place: int) -> Node:
    term = body.terms[place]
    assert isinstance(term, Power)
    rest = Sum((*body.terms[:place], *body.terms[place + 1 :]))
    return Sum((Variance(node.dist, node.var, term.base), replace(node, body=rest)))


def log_outside(node: Node) -> list[Node]:
    if isinstance(node, Expectation) and isinstance(node.body, Call) and node.body.function == "log":
        return [Call("log", replace(node, body=node.body.of))]
    if isinstance(node, Integral) and isinstance(node.body, Product):
        last = node.body.factors[-1]
        if isinstance(last, Call) and last.function == "log":
            return [Call("log", replace(node, body=Product((*node.body.factors[:-1], last.of))))]
    return []


def crossless(node: Node) -> list[Node]:
    """(a ± b)² taken for a² ± b², or for a² + b²."""
    if (
        not isinstance(node, Power)
        or node.exponent != number(2)
        or not isinstance(node.base, Sum)
        or len(node.base.terms) != 2
    ):
        return []
    first, second = node.base.terms
    second = second.of if isinstance(second, Negative) else second
    a, b = Power(first, number(2)), Power(second, number(2))
    return [Sum((a, Negative(b))), Sum((a, b))]


def log_moved_in(node: Node) -> list[Node]:
    """1 - log D, or -log D, for log(1 - D)."""
    if (
        not isinstance(node, Call)
        or node.function != "log"
        or not isinstance(node.of, Sum)
        or node.of.terms[0] != number(1)
    ):
        return []
    rest = node.of.terms[1]
    inner = Call("log", rest.of if isinstance(rest, Negative) else rest)
    return [Sum((number(1), Negative(inner))), inner, Negative(inner)]


def quotient_of_logs(node: Node) -> list[Node]:
    """log a / b read as written, where log(a/b) was meant."""
    if isinstance(node, Quotient) and isinstance(node.top, Call) and node.top.bare and node.top.function == "log":
        return [Call("log", Quotient(node.top.of, node.bottom))]
    if isinstance(node, Product) and isinstance(node.factors[0], Quotient) and node.factors[0].top == number(1):
        return [Quotient(number(1), Product((node.factors[0].bottom, *node.factors[1:])))]
    return []
