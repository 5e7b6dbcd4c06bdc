"""One real variable: normal densities, and integrals over the whole line, exactly."""

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from autograder.maths.tree import Node, Normal, Symbol
from autograder.maths.worlds import scalars
from autograder.maths.worlds.gaussian import FLAT, Curve, Value, mean
from autograder.maths.worlds.scalars import Scalar, Undecidable, Undefined
from autograder.maths.worlds.world import Env, World


class RealLine(World):
    def variable(self, name: str, value: Any) -> Value:
        return value

    def normal(self, tree: Normal, env: Env) -> Value:
        return self.bell(self.at(tree.at, env), self.at(tree.mean, env), self.at(tree.variance, env))

    @staticmethod
    def bell(point: Value, mu: Scalar, variance: Scalar) -> Value:
        """exp(-(point - mu)² / (2 variance)) / sqrt(2 pi variance)"""
        if not variance > 0:
            raise Undefined("a normal with a variance that is not positive")
        distance = point + -mu
        exponent = distance * distance * (fmpq(-1, 2) / variance)
        raised = exponent.exp() if isinstance(exponent, Curve) else scalars.exp(exponent)
        return raised * (1 / (2 * arb.pi() * variance).sqrt())

    def weighed(self, weight: Node, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        """Exact by the moments where the body is a polynomial, by the integral of the product otherwise."""
        value = body({**env, var: Curve.identity(var)})
        if (known := self.known(weight, var, env)) is not None:
            if not isinstance(value, Curve) or value.var != var:
                return value
            if set(value.parts) == {FLAT}:
                return mean(value.parts[FLAT], *known)
        return self.integrated(var, lambda inner: self.at(weight, inner) * value, env)

    def known(self, dist: Node, var: str, env: Env) -> tuple[Scalar, Scalar] | None:
        """Mean and variance of a distribution of ``var`` that is written as such."""
        if isinstance(dist, Normal) and dist.at == Symbol(var):
            mu, variance = self.at(dist.mean, env), self.at(dist.variance, env)
            if isinstance(mu, Curve) or isinstance(variance, Curve):
                return None
            if not variance > 0:
                raise Undefined("a normal with a variance that is not positive")
            return mu, variance
        return None

    def integrated(self, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        value = body({**env, var: Curve.identity(var)})
        if isinstance(value, Curve) and value.var == var:
            return value.integral()
        if isinstance(value, Curve):
            raise Undecidable(f"an integral over {var} of a formula in {value.var}")
        if value == 0:
            return fmpq(0)
        raise Undefined("an integral that diverges")
