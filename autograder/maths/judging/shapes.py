"""A tree up to what is only written otherwise: the order of terms and factors, where signs stand, a a for a^2."""

from dataclasses import replace
from typing import Any

from autograder.maths.language import Language
from autograder.maths.tree import (
    Call,
    Density,
    Element,
    Expectation,
    Integral,
    Negative,
    Node,
    Number,
    Power,
    Product,
    Sum,
    Symbol,
    children,
    rebuild,
    walk,
)


def shape(tree: Node, language: Language) -> Any:
    """A tree up to the order of terms and factors, signs pulled out, q(z|x) for q(z) where x is observed, and p_i for p(x) where
    both are letters of one index and nothing else in the tree has another."""
    return _shape(_with_one_letter(tree, language), language)


def _with_one_letter(tree: Node, language: Language) -> Node:
    letters = {name for part in walk(tree) for name in _names(part) if name not in language.random} & set(
        language.variables
    )
    letter = next(iter(language.indices), "")
    other = next(iter(letters), letter)
    return _renamed(tree, other, letter) if len(letters) == 1 and other != letter else tree


def _names(part: Node) -> tuple[str, ...]:
    return (part.name,) if isinstance(part, Symbol) else (part.var,) if isinstance(part, Integral | Expectation) else ()


def _renamed(tree: Node, old: str, new: str) -> Node:
    tree = rebuild(tree, lambda child: _renamed(child, old, new))
    if isinstance(tree, Symbol):
        return Symbol(new) if tree.name == old else tree
    return replace(tree, var=new) if isinstance(tree, Integral | Expectation) and tree.var == old else tree


def _shape(tree: Node, language: Language) -> Any:
    if isinstance(tree, Sum | Negative):
        return ("sum", tuple(sorted(((sign, _shape(term, language)) for sign, term in _terms(tree, 1)), key=repr)))
    if isinstance(tree, Product) or _copies(tree) > 1:
        return ("product", tuple(sorted((_shape(factor, language) for factor in _factors(tree)), key=repr)))
    if isinstance(tree, Element) and tree.name in language.densities:
        tree = Density(tree.name, (tree.index,))
    if isinstance(tree, Density):
        given = () if tree.name == language.default.get("") else tuple(sorted(map(str, tree.given)))
        return ("density", tree.name, tuple(sorted(map(str, tree.args))), given)
    if isinstance(tree, Number):
        return ("number", tree.value)
    if isinstance(tree, Symbol):
        return ("symbol", tree.name)
    if is_exponential(tree) and isinstance(tree, Power):
        return _shape(Call("exp", tree.exponent), language)
    extra = (
        getattr(tree, "function", ""),
        getattr(tree, "var", ""),
        getattr(tree, "kind", ""),
        getattr(tree, "over", ""),
        getattr(tree, "order", ""),
        getattr(tree, "name", "") or getattr(tree, "names", ""),
    )
    return (type(tree).__name__, extra, tuple(_shape(child, language) for child in children(tree)))


def _copies(tree: Node) -> int:
    """n of a^n for a small whole number, else 1: a a and a^2 look alike."""
    if isinstance(tree, Power) and isinstance(tree.exponent, Number) and not is_exponential(tree):
        n = tree.exponent.value
        return int(n) if n in (2, 3, 4) else 1
    return 1


def _factors(tree: Node) -> list[Node]:
    if isinstance(tree, Product):
        return [found for factor in tree.factors for found in _factors(factor)]
    if (n := _copies(tree)) > 1:
        assert isinstance(tree, Power)
        return _factors(tree.base) * n
    return [tree]


def is_exponential(tree: Node) -> bool:
    """exp(a), or e^a."""
    if isinstance(tree, Power):
        return tree.base == Symbol("e")
    return isinstance(tree, Call) and tree.function == "exp"


def _terms(tree: Node, sign: int) -> list[tuple[int, Node]]:
    if isinstance(tree, Negative):
        return _terms(tree.of, -sign)
    if isinstance(tree, Sum):
        return [found for term in tree.terms for found in _terms(term, sign)]
    return [(sign, tree)]


def shapes(tree: Node, language: Language) -> list[Any]:
    return [(sign, shape(term, language)) for sign, term in _terms(tree, 1)]
