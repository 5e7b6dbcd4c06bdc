"""Two normal densities on the line: q = N(mu_1, sigma_1²) and p = N(mu_2, sigma_2²). Moments and integrals are
exact."""

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

from flint import arb, fmpq

from autograder.maths.language import Domains, Language
from autograder.maths.tree import Density, Node, Normal, Symbol, number
from autograder.maths.worlds import scalars
from autograder.maths.worlds.family import in_words, parameters, simple_parameters
from autograder.maths.worlds.gaussian import FLAT, Curve, Value, mean
from autograder.maths.worlds.scalars import Scalar, Undecidable, Undefined
from autograder.maths.worlds.world import Env, World

PARAMETERS: Domains = {"mu_1": "real", "mu_2": "real", "sigma_1": "positive", "sigma_2": "positive"}
INDEX = {"q": "1", "p": "2"}


class TwoNormals(World):
    def free_points(self, variables: set[str]) -> dict[str, Any]:
        return {name: self.parameters["mu_1"] + fmpq(7 * place + 5, 11) for place, name in enumerate(sorted(variables))}

    def assuming(self, left: Node, right: Node) -> World | None:
        """Also for q = p and q = N(0, 1)."""
        if not isinstance(left, Density):
            return super().assuming(left, right)
        if isinstance(right, Density):
            mu, sigma = self.moments(right.name)
        elif isinstance(right, Normal):
            mu, sigma = self.value(right.mean), scalars.sqrt(self.value(right.variance))
        else:
            return None
        return self.with_parameters({f"mu_{INDEX[left.name]}": mu, f"sigma_{INDEX[left.name]}": sigma})

    def variable(self, name: str, value: Any) -> Value:
        return value

    def density(self, tree: Density, env: Env) -> Value:
        if len(tree.args) != 1 or tree.given:
            raise Undecidable(f"{tree.name} with more than one argument (q and p are densities of one variable here)")
        mu, sigma = self.moments(tree.name)
        return self.bell(self.at(tree.args[0], env), mu, sigma * sigma)

    def normal(self, tree: Normal, env: Env) -> Value:
        return self.bell(self.at(tree.at, env), self.at(tree.mean, env), self.at(tree.variance, env))

    def moments(self, name: str) -> tuple[fmpq, fmpq]:
        return self.parameters[f"mu_{INDEX[name]}"], self.parameters[f"sigma_{INDEX[name]}"]

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
        if isinstance(dist, Density) and dist.args == (Symbol(var),) and not dist.given:
            mu, sigma = self.moments(dist.name)
            return mu, sigma * sigma
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


def language(domains: Domains) -> Language:
    return Language(
        symbols=domains,
        variables=("x", "z", "y", "t", "u", "epsilon"),
        densities={"q": "", "p": ""},
        default={"": "q"},
        drawn={"epsilon": Normal(Symbol("epsilon"), number(0), number(1))},
        own=frozenset(PARAMETERS),
    )


def with_all(domains: Domains) -> Domains:
    """Both normals always have parameters, declared or not."""
    return {**PARAMETERS, **domains}


def generic(domains: Domains, seed: int) -> Iterator[World]:
    random = Random(f"two normals {seed}")
    for round in range(12):
        values = parameters(with_all(domains), random, round)
        yield TwoNormals(values, in_words(values, domains))


def readable(domains: Domains) -> Iterator[World]:
    for round in range(12):
        values = simple_parameters(with_all(domains), round)
        yield TwoNormals(values, in_words(values, domains))
