"""What a line looks like, whatever it is worth: closed forms, templates, and the waypoints of a derivation."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from autograder.maths.judging.shapes import shape
from autograder.maths.language import Domains, Language
from autograder.maths.tree import (
    Apply,
    Call,
    Density,
    Derivative,
    Divergence,
    Entropy,
    Expectation,
    Integral,
    Negative,
    Node,
    Normal,
    Optimum,
    Product,
    Sum,
    Symbol,
    Variance,
    number,
    rebuild,
    walk,
)

OPEN = {
    Expectation: "an expectation",
    Variance: "a variance",
    Integral: "an integral",
    Density: "a density",
    Normal: "a normal density",
    Divergence: "a KL",
    Entropy: "an entropy",
    Optimum: "a min or max",
    Apply: "a function",
    Derivative: "a derivative",
}


def complaint(tree: Node, form: str | None, language: Language, pattern: Node | None) -> str:
    """Why a line does not have the asked form, "" if it has. ``form``: None, "closed", or a template (read as
    ``pattern``)."""
    if form is None:
        return ""
    if form == "closed":
        return not_closed(tree, language.symbols, language.random)
    assert pattern is not None
    same = shape(tree, language) == shape(pattern, language)
    return "" if same else f"This is not of the form {form}."


def not_closed(tree: Node, domains: Domains, variables: tuple[str, ...]) -> str:
    for part in walk(tree):
        if type(part) in OPEN and not (isinstance(part, Integral) and part.over):
            return f"There is still {OPEN[type(part)]} in it; a formula in the parameters alone is asked."
        if isinstance(part, Symbol) and part.name in variables:
            return f"There is still {part.name} in it; a formula in the parameters alone is asked."
        if isinstance(part, Symbol) and not isinstance(domains.get(part.name, "real"), str):
            return f"{part.name} has the value {domains[part.name]} here; put it in."
    return ""


def expanded(tree: Node, sign: int = 1) -> list[Node]:
    """The terms of a formula with their signs, those under an expectation or integral and in a product apart. A term that does
    not depend on the variable of its expectation stands outside."""
    if isinstance(tree, Negative):
        return expanded(tree.of, -sign)
    if isinstance(tree, Sum):
        return [found for term in tree.terms for found in expanded(term, sign)]
    if isinstance(tree, Expectation):
        return [_under(tree, term, sign) for term in expanded(tree.body)]
    if isinstance(tree, Integral):
        return [_signed(replace(tree, body=term), sign) for term in expanded(tree.body)]
    if isinstance(tree, Product) and any(isinstance(factor, Sum) for factor in tree.factors):
        place = next(place for place, factor in enumerate(tree.factors) if isinstance(factor, Sum))
        before, after = tree.factors[:place], tree.factors[place + 1 :]
        return [_signed(Product((*before, term, *after)), sign) for term in expanded(tree.factors[place])]
    return [_signed(tree, sign)]


def _under(tree: Expectation, term: Node, sign: int) -> Node:
    return _signed(replace(tree, body=term) if Symbol(tree.var) in walk(term) else term, sign)


def _signed(tree: Node, sign: int) -> Node:
    return tree if sign > 0 else Negative(tree)


# ------------------------------------------------------------------ waypoints

Others = list[Node]  # the other lines of the derivation
Waypoint = Callable[[Node, Others, bool], bool]  # (line, other lines, whether it ends its chain)


def log_densities_put_in(tree: Node, others: Others | None = None, end: bool = False) -> bool:
    """No density is left inside a logarithm, and an expectation or integral of a formula in its variable is."""
    return not has_log_density(tree) and any(_in_its_variable(part) for part in walk(tree))


def has_log_density(tree: Node) -> bool:
    """Whether the logarithm of a density is still written as such, or hidden in a KL or an entropy."""
    return any(
        isinstance(part, Divergence | Entropy)
        or (
            isinstance(part, Call)
            and part.function == "log"
            and any(isinstance(below, Density | Normal) for below in walk(part))
        )
        for part in walk(tree)
    )


def _in_its_variable(part: Node) -> bool:
    if not isinstance(part, Expectation | Integral | Variance):
        return False
    return Symbol(part.var) in walk(_without_densities(part.body))


def _without_densities(tree: Node) -> Node:
    if isinstance(tree, Density | Normal):
        return number(1)
    return rebuild(tree, _without_densities)


def is_open(tree: Node) -> bool:
    """Whether an expectation, an integral, a density or another thing that has to be worked out is left."""
    return any(type(part) in OPEN for part in walk(tree))


def moments_apart(tree: Node) -> bool:
    """The log densities are put in, and an expectation without a logarithm stands apart from the constants."""
    if not log_densities_put_in(tree):
        return False
    return any(
        _in_its_variable(part) and not any(isinstance(below, Call) and below.function == "log" for below in walk(part))
        for part in walk(tree)
    )


def moments_evaluated(tree: Node, others: Others, end: bool) -> bool:
    """No expectation or integral is left, and the step that took them away can be seen: the line is not just the
    result put down."""
    if is_open(tree):
        return False
    return not end or any(moments_apart(other) for other in others)


def joint_factored(tree: Node, others: Others, end: bool) -> bool:
    """A conditional density in place of the joint one, before anything is called a KL."""
    densities = [part for part in walk(tree) if isinstance(part, Density)]
    if any(len(part.args) > 1 for part in densities) or any(isinstance(part, Divergence) for part in walk(tree)):
        return False
    return any(part.given and part.name != "q" for part in densities)


def logs_split(tree: Node, others: Others, end: bool) -> bool:
    """The logarithm of the conditional density stands by itself, and the rest is not yet called a KL."""
    if not joint_factored(tree, others, end):
        return False
    return any(
        isinstance(part, Call)
        and part.function == "log"
        and isinstance(part.of, Density)
        and part.of.given
        and part.of.name != "q"
        for part in walk(tree)
    )


WAYPOINTS: Mapping[str, Waypoint] = {
    "log densities put in": log_densities_put_in,
    "moments evaluated": moments_evaluated,
    "joint factored": joint_factored,
    "logs split": logs_split,
}
