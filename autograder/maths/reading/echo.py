r"""A tree as LaTeX: what the reader understood, with every bracket that matters. Reading the echo gives the tree
again."""

from collections.abc import Callable
from fractions import Fraction
from typing import Any

from autograder.maths.reading.characters import GREEK_NAMES
from autograder.maths.reading.spelling import unmarked
from autograder.maths.tree import (
    Apply,
    At,
    Call,
    Density,
    Derivative,
    Divergence,
    Element,
    Entropy,
    Expectation,
    Integral,
    Kronecker,
    Negative,
    Node,
    Normal,
    Number,
    Optimum,
    Power,
    Product,
    Quotient,
    Sum,
    Symbol,
    Variance,
)

OPEN, CLOSE = r"\left(", r"\right)"


def latex(node: Node) -> str:
    """LaTeX of a tree, without $ around it."""
    return _WRITERS[type(node)](node)


def _bracketed(node: Node) -> str:
    return f"{OPEN}{latex(node)}{CLOSE}"


def _name(name: str) -> str:
    base, _, index = name.partition("_")
    base, _, raised = base.partition("^")
    if (plain := unmarked(base)) != base:
        return rf"\{base.removeprefix(plain)}{{{_name(plain)}}}" + (f"_{{{index}}}" if index else "")
    written = f"\\{base}" if base in GREEK_NAMES else base if len(base) == 1 else rf"\mathrm{{{base}}}"
    if raised:
        written += f"^{{{raised}}}"
    if not index:
        return written
    return written + (f"_{{{index}}}" if len(index) == 1 or index.isdigit() else rf"_{{\mathrm{{{index}}}}}")


def _number(node: Number) -> str:
    if node.decimals:
        return f"{float(node.value):.{node.decimals}f}" if node.decimals <= 15 else _exact(node.value, node.decimals)
    value = node.value
    return str(value) if value.denominator == 1 else rf"\frac{{{value.numerator}}}{{{value.denominator}}}"


def _exact(value: Fraction, decimals: int) -> str:
    whole, rest = divmod(abs(value.numerator) * 10**decimals // value.denominator, 10**decimals)
    return f"{'-' if value < 0 else ''}{whole}.{rest:0{decimals}d}"


def _sum(node: Sum) -> str:
    written = _term(node.terms[0])
    for term in node.terms[1:]:
        if isinstance(term, Negative):
            written += f" - {_factor(term.of) if isinstance(term.of, Negative | Sum | Optimum) else _term(term.of)}"
        else:
            written += f" + {_bracketed(term) if isinstance(term, Negative) else _term(term)}"
    return written


def _term(node: Node) -> str:
    return _bracketed(node) if isinstance(node, Sum | Optimum) else latex(node)


def _factor(node: Node) -> str:
    loose = (
        isinstance(node, Sum | Negative | Optimum)
        or (isinstance(node, Integral) and node.kind != "integral")
        or _without_end(node)
    )
    return _bracketed(node) if loose else latex(node)


def _without_end(node: Node) -> bool:
    """Whether what stands to the right of a node would be read as a part of it."""
    return isinstance(node, Derivative) and not isinstance(node.body, Apply)


def _derivative(node: Derivative) -> str:
    order = f"^{{{node.order}}}" if node.order > 1 else ""
    by = rf"\frac{{\mathrm{{d}}{order}}}{{\mathrm{{d}} {latex(node.wrt)}{order}}}"
    if (
        isinstance(node.wrt, Symbol)
        and isinstance(node.body, Apply)
        and node.body.of == node.wrt
        and not node.body.rest
    ):
        return rf"\frac{{\mathrm{{d}}{order} {latex(node.body)}}}{{\mathrm{{d}} {latex(node.wrt)}{order}}}"
    return f"{by} {_bracketed(node.body)}"


def _element(node: Element) -> str:
    return f"{_name(node.name)}_{{{latex(node.index)}}}"


def _product(node: Product) -> str:
    written = _factor(node.factors[0])
    for before, factor in zip(node.factors, node.factors[1:], strict=False):
        dotted = _leading_number(factor) or isinstance(before, Integral) or isinstance(factor, Product)
        written += (r" \cdot " if dotted else r" \, ") + (
            _bracketed(factor) if isinstance(factor, Product) else _factor(factor)
        )
    return written


def _leading_number(node: Node) -> bool:
    """Whether a factor begins with a digit, so that a dot is needed before it."""
    if isinstance(node, Power):
        return _leading_number(node.base)
    return isinstance(node, Number)


def _power(node: Power) -> str:
    tight = isinstance(node.base, Symbol | Apply | Density) or (
        isinstance(node.base, Number) and node.base.value.denominator == 1
    )
    base = latex(node.base) if tight and "^" not in latex(node.base) else _bracketed(node.base)
    return f"{base}^{{{latex(node.exponent)}}}"


def _call(node: Call) -> str:
    if node.function == "sqrt":
        return rf"\sqrt{{{latex(node.of)}}}"
    if isinstance(node.of, Quotient):
        return rf"\{node.function}{OPEN}{latex(node.of)}{CLOSE}"
    return (
        rf"\{node.function} {latex(node.of)}"
        if isinstance(node.of, Symbol | Density)
        else rf"\{node.function}{_bracketed(node.of)}"
    )


def _density(node: Density) -> str:
    given = rf" \mid {', '.join(map(latex, node.given))}" if node.given else ""
    return f"{_name(node.name)}({', '.join(map(latex, node.args))}{given})"


def _normal(node: Normal) -> str:
    point = f"{latex(node.at)}; " if node.at != Symbol("") else ""
    return rf"\mathcal{{N}}({point}{latex(node.mean)}, {latex(node.variance)})"


def _under(node: Expectation | Variance) -> str:
    if isinstance(node.dist, Density):
        return rf"{_name(node.var)} \sim {latex(node.dist)}"
    assert isinstance(node.dist, Normal)
    return rf"{_name(node.var)} \sim \mathcal{{N}}({latex(node.dist.mean)}, {latex(node.dist.variance)})"


def _integral(node: Integral) -> str:
    if node.over:
        sign = r"\sum" if node.kind == "sum" else r"\prod"
        return rf"{sign}_{{{_name(node.var)}=1}}^{{{_name(node.over)}}} {_factor(node.body)}"
    if node.kind == "sum":
        return rf"\sum_{{{_name(node.var)}}} {_factor(node.body)}"
    return rf"\int {latex(node.body)} \, \mathrm{{d}}{_name(node.var)}"


def _entropy(node: Entropy) -> str:
    return f"H({latex(node.of)}{'' if node.relative is None else f', {latex(node.relative)}'})"


def _at(node: At) -> str:
    values = ", ".join(f"{_name(name)} = {latex(value)}" for name, value in zip(node.names, node.values, strict=True))
    return rf"\left.{_bracketed(node.body)}\right|_{{{values}}}"


_OPTIMA = {"min": r"\min", "max": r"\max", "argmin": r"\operatorname{argmin}", "argmax": r"\operatorname{argmax}"}
_WRITERS: dict[type[Node], Callable[[Any], str]] = {
    Number: _number,
    Symbol: lambda node: _name(node.name) if node.name != "e" else r"\mathrm{e}",
    Negative: lambda node: f"-{_factor(node.of)}",
    Sum: _sum,
    Product: _product,
    Quotient: lambda node: rf"\frac{{{latex(node.top)}}}{{{latex(node.bottom)}}}",
    Power: _power,
    Call: _call,
    Density: _density,
    Normal: _normal,
    Apply: lambda node: f"{_name(node.function)}({', '.join(map(latex, (node.of, *node.rest)))})",
    Expectation: lambda node: rf"\mathbb{{E}}_{{{_under(node)}}}\left[{latex(node.body)}\right]",
    Variance: lambda node: rf"\operatorname{{Var}}_{{{_under(node)}}}\left[{latex(node.body)}\right]",
    Divergence: lambda node: rf"\mathrm{{KL}}{OPEN}{latex(node.left)} \,\|\, {latex(node.right)}{CLOSE}",
    Entropy: _entropy,
    At: _at,
    Derivative: _derivative,
    Element: _element,
    Kronecker: lambda node: rf"\delta_{{{latex(node.left)} {latex(node.right)}}}",
    Integral: _integral,
    Optimum: lambda node: rf"{_OPTIMA[node.kind]}_{{{_name(node.over)}}} {latex(node.body)}",
}
