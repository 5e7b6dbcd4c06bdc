"""Two normal densities on the line: q = N(mu_1, sigma_1²) and p = N(mu_2, sigma_2²). Moments and integrals are
exact."""

from collections.abc import Iterator
from random import Random
from typing import Any

from flint import fmpq

from autograder.maths.language import Domains, Language
from autograder.maths.tree import Density, Node, Normal, Symbol, number
from autograder.maths.worlds import scalars
from autograder.maths.worlds.family import in_words, parameters, simple_parameters
from autograder.maths.worlds.gaussian import Value
from autograder.maths.worlds.line import RealLine
from autograder.maths.worlds.scalars import Scalar, Undecidable
from autograder.maths.worlds.world import Env, World

PARAMETERS: Domains = {"mu_1": "real", "mu_2": "real", "sigma_1": "positive", "sigma_2": "positive"}
INDEX = {"q": "1", "p": "2"}


class TwoNormals(RealLine):
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

    def density(self, tree: Density, env: Env) -> Value:
        if len(tree.args) != 1 or tree.given:
            raise Undecidable(f"{tree.name} with more than one argument (q and p are densities of one variable here)")
        mu, sigma = self.moments(tree.name)
        return self.bell(self.at(tree.args[0], env), mu, sigma * sigma)

    def moments(self, name: str) -> tuple[fmpq, fmpq]:
        return self.parameters[f"mu_{INDEX[name]}"], self.parameters[f"sigma_{INDEX[name]}"]

    def known(self, dist: Node, var: str, env: Env) -> tuple[Scalar, Scalar] | None:
        """Mean and variance of a distribution of ``var`` that is written as such."""
        if isinstance(dist, Density) and dist.args == (Symbol(var),) and not dist.given:
            mu, sigma = self.moments(dist.name)
            return mu, sigma * sigma
        return super().known(dist, var, env)


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
