"""Derivatives of trees: the rules, applied to what stands there."""

from collections.abc import Mapping

from autograder.maths.language import Formula
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
    free,
    number,
    substitute,
    walk,
)
from autograder.maths.worlds.scalars import Undecidable

ZERO, ONE, TWO = number(0), number(1), number(2)
MAX_NODES = 3_000
MAX_ORDER = 4


def differentiated(tree: Derivative, formulas: Mapping[str, Formula]) -> Node:
    """The derivative as a tree without this derivative in it.

    Raises:
        Undecidable: there is no rule for what stands there, or it grows too long.
    """
    if tree.order > MAX_ORDER:
        raise Undecidable(f"a derivative of order more than {MAX_ORDER}")
    body, wrt = tree.body, tree.wrt
    if isinstance(wrt, Symbol | Element):
        for _ in range(tree.order):
            body = _Rules(wrt, formulas).of(body)
        return body
    names = sorted(free(wrt))
    if len(names) != 1 or tree.order != 1:
        raise Undecidable("a derivative with respect to a formula in several symbols")
    inner = _Rules(Symbol(names[0]), formulas)
    return Quotient(inner.of(body), inner.of(wrt))


class _Rules:
    """Derivatives with respect to one symbol or element."""

    def __init__(self, wrt: Symbol | Element, formulas: Mapping[str, Formula]) -> None:
        self.wrt, self.formulas, self.spent = wrt, formulas, 0

    def of(self, node: Node) -> Node:
        self.spent += 1
        if self.spent > MAX_NODES:
            raise Undecidable("a derivative that is too long to compute")
        match node:
            case Symbol():
                return ONE if node == self.wrt else ZERO
            case Element(name, index):
                return self.element(node, name, index)
            case Number() | Kronecker():
                return ZERO
            case Negative(of):
                return _negative(self.of(of))
            case Sum(terms):
                return _sum([self.of(term) for term in terms])
            case Product(factors):
                return _sum(
                    [_product([*factors[:k], self.of(factor), *factors[k + 1 :]]) for k, factor in enumerate(factors)]
                )
            case Quotient(top, bottom):
                return self.quotient(top, bottom)
            case Power(base, exponent):
                return self.power(node, base, exponent)
            case Call(function, of):
                return self.call(node, function, of)
            case _:
                return self.rest(node)

    def quotient(self, top: Node, bottom: Node) -> Node:
        above, below = self.of(top), self.of(bottom)
        if below == ZERO:
            return ZERO if above == ZERO else Quotient(above, bottom)
        lost = _product([top, below])
        difference = _negative(lost) if above == ZERO else Sum((_product([above, bottom]), Negative(lost)))
        return Quotient(difference, Power(bottom, TWO))

    def power(self, node: Node, base: Node, exponent: Node) -> Node:
        inner, raised = self.of(base), self.of(exponent)
        lower = Power(base, Sum((exponent, number(-1))))
        by_base = ZERO if inner == ZERO else _product([exponent, lower, inner])
        log = Call("log", base)
        by_exponent = ZERO if raised == ZERO else _product([node, log, raised])
        return _sum([by_base, by_exponent])

    def call(self, node: Node, function: str, of: Node) -> Node:
        inner = self.of(of)
        if inner == ZERO:
            return ZERO
        if function == "log":
            return Quotient(inner, of)
        return _product([node, inner]) if function == "exp" else Quotient(inner, _product([TWO, node]))

    def element(self, node: Node, name: str, index: Node) -> Node:
        if (formula := self.formulas.get(name)) is not None:
            return self.of(_with(formula, (index,)))
        if isinstance(self.wrt, Element) and self.wrt.name == name:
            return ONE if index == self.wrt.index else Kronecker(index, self.wrt.index)
        return ZERO

    def rest(self, node: Node) -> Node:
        match node:
            case Apply(function, of, others) if function in self.formulas:
                return self.applied(self.formulas[function], (of, *others))
            case Density(name, args, _) if name in self.formulas:
                return self.applied(self.formulas[name], args)
            case Normal(at, mean, variance):
                return self.of(bell(at, mean, variance))
            case Derivative():
                return self.of(differentiated(node, self.formulas))
            case Integral(body, var, kind, over) if not self.bound(var):
                if kind == "product":
                    total = Integral(Quotient(self.of(body), body), var, "sum", over)
                    return _product([node, total])
                return Integral(self.of(body), var, kind, over)
            case Expectation(dist, var, body) if not self.bound(var) and self.constant(dist):
                return Expectation(dist, var, self.of(body))
            case _ if self.constant(node):
                return ZERO
        raise Undecidable("the derivative of something for which there is no rule here")

    def applied(self, formula: Formula, arguments: tuple[Node, ...]) -> Node:
        return self.of(_with(formula, arguments))

    def bound(self, var: str) -> bool:
        """Whether a variable bound here would be taken for the one of the derivative."""
        if isinstance(self.wrt, Element) and self.wrt.index == Symbol(var):
            raise Undecidable(f"the index {var} in two senses")
        return self.wrt == Symbol(var)

    def constant(self, node: Node) -> bool:
        """Whether a node certainly does not depend on the symbol. What the densities of a world depend on is not known."""
        hidden = (Density, Divergence, Entropy, Variance, Apply, Optimum, At, Derivative)
        if any(isinstance(part, hidden) for part in walk(node)):
            return False
        own = {self.wrt.name}
        return not any(isinstance(part, Symbol | Element) and part.name in own for part in walk(node))


def _with(formula: Formula, arguments: tuple[Node, ...]) -> Node:
    """The formula with its arguments put in, all at once."""
    tree = formula.tree
    names = [Symbol(f"{name} ") for name in formula.parameters]  # no text is read as a name with a space
    for name, hole in zip(formula.parameters, names, strict=True):
        tree = substitute(tree, Symbol(name), hole)
    for hole, argument in zip(names, arguments, strict=True):
        tree = substitute(tree, hole, argument)
    return tree


def bell(at: Node, mean: Node, variance: Node) -> Node:
    """The density of a normal as a formula."""
    exponent = Negative(Quotient(Power(Sum((at, Negative(mean))), TWO), Product((TWO, variance))))
    return Quotient(Call("exp", exponent), Call("sqrt", Product((TWO, Symbol("pi"), variance))))


def _negative(node: Node) -> Node:
    return ZERO if node == ZERO else Negative(node)


def _sum(terms: list[Node]) -> Node:
    kept = tuple(term for term in terms if term != ZERO)
    return ZERO if not kept else kept[0] if len(kept) == 1 else Sum(kept)


def _product(factors: list[Node]) -> Node:
    if ZERO in factors:
        return ZERO
    kept = tuple(factor for factor in factors if factor != ONE)
    return ONE if not kept else kept[0] if len(kept) == 1 else Product(kept)
