"""A world gives every symbol a value and every density a meaning, and so every tree a number.

``World`` knows arithmetic; what a density, an expectation or an integral is, its kinds say (``worlds/``). A world
is immutable but for its count of steps: a tree that needs too many is refused, so that no line can hang.
"""

from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from flint import arb, ctx, fmpq

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
)
from autograder.maths.worlds import meanings, scalars
from autograder.maths.worlds.gaussian import Curve, Value
from autograder.maths.worlds.scalars import Scalar, Undecidable

MAX_STEPS = 20_000
MAX_REMEMBERED = 2_000
BINDING = (Expectation, Variance, Divergence, Entropy, Integral)
Env = Mapping[str, Any]  # variable -> its value: a point of a finite space, a Scalar or a Curve


class World:
    """One choice of all parameters and tables.

    Attributes:
        parameters: symbol -> value.
        words: the world in a sentence a student can compute in.
        rounding: read decimals as everything that rounds to them.
    """

    def __init__(self, parameters: Mapping[str, fmpq], words: str) -> None:
        self.parameters, self.words = parameters, words
        self.steps = 0
        self.rounding = False
        self.formulas: Mapping[str, Formula] = {}  # functions and densities that the exercise declares
        self.derivatives: dict[Derivative, Node] = {}
        self.closed: dict[
            tuple[int, Node], Value
        ] = {}  # values of expectations and the like that depend on nothing outside

    def value(self, tree: Node, env: Env | None = None) -> Scalar:
        """The number the tree stands for here.

        Raises:
            Undefined: it has none.
            Undecidable: this world cannot tell.
        """
        self.steps = 0
        value = self.at(tree, env or {})
        if isinstance(value, Curve):
            raise Undecidable(f"a formula that still depends on {value.var}")
        if isinstance(value, arb) and not value.is_finite():
            raise Undecidable("a number that is astronomically large")
        return value

    def assuming(self, left: Node, right: Node) -> "World | None":
        """This world, changed so that ``left`` equals ``right``; None if this kind of world has no such change.

        Raises:
            Undefined, Undecidable: ``right`` has no value here.
        """
        if not isinstance(left, Symbol) or left.name not in self.parameters:
            return None
        return self.with_parameters({left.name: self.value(right)})

    def with_parameters(self, changes: Mapping[str, fmpq]) -> "World":
        """A copy in which some parameters have other values."""
        changed = copy(self)
        changed.parameters, changed.closed = {**self.parameters, **changes}, {}
        shown = [part.partition(" = ")[0] for part in self.words.split(", ")]
        if all(name in self.parameters for name in shown):
            changed.words = ", ".join(f"{name} = {changed.parameters[name]}" for name in shown)
        return changed

    def free_points(self, variables: set[str]) -> dict[str, Any]:
        """A value for each random variable that stands free on both sides of an equation."""
        raise NotImplementedError

    # ------------------------------------------------------------------ arithmetic

    def at(self, tree: Node, env: Env) -> Value:
        self.steps += 1
        if self.steps > MAX_STEPS:
            raise Undecidable("a formula that takes too many steps to compute")
        if not env and isinstance(tree, BINDING) and not self.rounding:
            return self.remembered(tree)
        return _MEANING[type(tree)](self, tree, env)

    def remembered(self, tree: Node) -> Value:
        """The value of an expectation, integral, ... outside all others, computed once for each precision."""
        key = (ctx.prec, tree)
        if key not in self.closed:
            if len(self.closed) >= MAX_REMEMBERED:
                self.closed.clear()
            self.closed[key] = _MEANING[type(tree)](self, tree, {})
        return self.closed[key]

    def number(self, tree: Number, env: Env) -> Value:
        if self.rounding and tree.decimals:
            return scalars.ball(tree.value, tree.value.__class__(1, 2 * 10**tree.decimals))
        return scalars.exact(tree.value)

    def symbol(self, tree: Symbol, env: Env) -> Value:
        if tree.name in env:
            return self.variable(tree.name, env[tree.name])
        if tree.name in self.parameters:
            return self.parameters[tree.name]
        if tree.name == "pi":
            return arb.pi()
        if tree.name == "e":
            return arb(1).exp()
        raise Undecidable(f"{tree.name}, which stands free here")

    def sum(self, tree: Sum, env: Env) -> Value:
        total = self.at(tree.terms[0], env)
        for term in tree.terms[1:]:
            total = total + (-self.at(term.of, env) if isinstance(term, Negative) else self.at(term, env))
        return total

    def product(self, tree: Product, env: Env) -> Value:
        total = self.at(tree.factors[0], env)
        for factor in tree.factors[1:]:
            total = total * self.at(factor, env)
        return total

    def quotient(self, tree: Quotient, env: Env) -> Value:
        top, bottom = self.at(tree.top, env), self.at(tree.bottom, env)
        return top * bottom.inverse() if isinstance(bottom, Curve) else top * scalars.divide(fmpq(1), bottom)

    def power(self, tree: Power, env: Env) -> Value:
        base, exponent = self.at(tree.base, env), self.at(tree.exponent, env)
        euler = tree.base == Symbol("e") and "e" not in self.parameters
        if isinstance(exponent, Curve):
            return exponent.exp() if euler else (exponent * scalars.log(base)).exp()
        if isinstance(base, Curve):
            return base.power(exponent)
        return scalars.exp(exponent) if euler else scalars.power(base, exponent)

    def call(self, tree: Call, env: Env) -> Value:
        value = self.at(tree.of, env)
        if isinstance(value, Curve):
            return value.call(tree.function)
        return {"log": scalars.log, "exp": scalars.exp, "sqrt": scalars.sqrt}[tree.function](value)

    # ------------------------------------------------------------------ probability, in terms of expectations and integrals

    def variance(self, tree: Variance, env: Env) -> Value:
        mean = self.expected(tree.dist, tree.var, lambda inner: self.at(tree.body, inner), env)

        def squared(inner: Env) -> Value:
            body = self.at(tree.body, inner)
            return body * body

        return self.expected(tree.dist, tree.var, squared, env) + -(mean * mean)

    def divergence(self, tree: Divergence, env: Env) -> Value:
        def ratio(inner: Env) -> Value:
            return self.log(self.at(tree.left, inner)) + -self.log(self.at(tree.right, inner))

        return self.weighed(tree.left, tree.var, ratio, env)

    def entropy(self, tree: Entropy, env: Env) -> Value:
        of = tree.of if tree.relative is None else tree.relative
        return -self.weighed(tree.of, tree.var, lambda inner: self.log(self.at(of, inner)), env)

    def weighed(self, weight: Node, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        """∫ weight · body dvar."""
        return self.integrated(var, lambda inner: self.at(weight, inner) * body(inner), env)

    def expectation(self, tree: Expectation, env: Env) -> Value:
        return self.expected(tree.dist, tree.var, lambda inner: self.at(tree.body, inner), env)

    def integral(self, tree: Integral, env: Env) -> Value:
        if tree.over:
            return meanings.over_index(self, tree, env)
        return self.integrated(tree.var, lambda inner: self.at(tree.body, inner), env)

    @staticmethod
    def log(value: Value) -> Value:
        return value.log() if isinstance(value, Curve) else scalars.log(value)

    # ------------------------------------------------------------------ what each kind of world says

    def variable(self, name: str, value: Any) -> Value:
        """The number a bound random variable stands for."""
        raise Undecidable(f"{name} used as a number")

    def density(self, tree: Density, env: Env) -> Value:
        if tree.name in self.formulas and len(self.formulas[tree.name].parameters) == len(tree.args):
            return meanings.declared(self, tree.name, tree.args, env)
        raise Undecidable(f"the density {tree.name}")

    def normal(self, tree: Normal, env: Env) -> Value:
        raise Undecidable("a normal density")

    def element(self, tree: Element, env: Env) -> Value:
        raise Undecidable(f"the sequence {tree.name}")

    def kronecker(self, tree: Kronecker, env: Env) -> Value:
        raise Undecidable("indices")

    def apply(self, tree: Apply, env: Env) -> Value:
        raise Undecidable(f"the function {tree.function}")

    def expected(self, dist: Node, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        return self.weighed(dist, var, body, env)

    def integrated(self, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        raise Undecidable("an integral")


_MEANING: dict[type[Node], Callable[[World, Any, Env], Value]] = {
    Number: lambda world, tree, env: world.number(tree, env),
    Symbol: lambda world, tree, env: world.symbol(tree, env),
    Negative: lambda world, tree, env: -world.at(tree.of, env),
    Sum: lambda world, tree, env: world.sum(tree, env),
    Product: lambda world, tree, env: world.product(tree, env),
    Quotient: lambda world, tree, env: world.quotient(tree, env),
    Power: lambda world, tree, env: world.power(tree, env),
    Call: lambda world, tree, env: world.call(tree, env),
    Density: lambda world, tree, env: world.density(tree, env),
    Normal: lambda world, tree, env: world.normal(tree, env),
    Apply: meanings.apply,
    Element: lambda world, tree, env: world.element(tree, env),
    Kronecker: lambda world, tree, env: world.kronecker(tree, env),
    Derivative: meanings.derivative,
    Expectation: lambda world, tree, env: world.expectation(tree, env),
    Variance: lambda world, tree, env: world.variance(tree, env),
    Divergence: lambda world, tree, env: world.divergence(tree, env),
    Entropy: lambda world, tree, env: world.entropy(tree, env),
    Integral: lambda world, tree, env: world.integral(tree, env),
    Optimum: meanings.optimum,
    At: meanings.put_in,
}
