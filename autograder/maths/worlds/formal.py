"""A world in which the densities are unrelated positive tables: what is equal here is equal by rewriting alone.

It tells a definition in another spelling (E_q[log q - log p] for ∫ q log(q/p)) from anything that uses what q and
p are.
"""

from collections.abc import Iterator
from random import Random
from typing import Any

from flint import fmpq

from autograder.maths.language import Language
from autograder.maths.tree import Density, Integral, Normal, Power, Symbol, number
from autograder.maths.worlds.finite import FiniteWorld
from autograder.maths.worlds.gaussian import Value
from autograder.maths.worlds.scalars import Undecidable
from autograder.maths.worlds.world import Env

SIZE = 3
MOMENTS = {"q": ("mu_1", "sigma_1"), "p": ("mu_2", "sigma_2")}


class Formal(FiniteWorld):
    """Only the density that expectations are under by default is normalised, so that constants may leave them."""

    def __init__(self, language: Language, seed: int) -> None:
        super().__init__({}, "")
        self.language, self.seed = language, seed
        self.sizes = dict.fromkeys(language.variables, SIZE)
        self.fixed: dict[str, Any] = dict.fromkeys(language.observed, 1)
        self.normalised = language.default.get("")

    def density(self, tree: Density, env: Env) -> Value:
        env = {**self.fixed, **env}
        head = sorted(self.key(*self.point(arg, env)) for arg in tree.args)
        given = sorted(self.key(*self.point(arg, env)) for arg in tree.given)
        if tree.name == self.normalised and len(head) == 1:
            index, row = head[0][1], [self.entry(tree.name, [(head[0][0], k)], []) for k in range(SIZE)]
            return row[index] / sum(row, fmpq(0))
        return self.entry(tree.name, head, given)

    def integral(self, tree: Integral, env: Env) -> Value:
        if tree.over:
            raise Undecidable("a sum over an index")
        return super().integral(tree, env)

    def normal(self, tree: Normal, env: Env) -> Value:
        """One of the two normals, written out."""
        for name, (mu, sigma) in MOMENTS.items():
            if tree.mean == Symbol(mu) and tree.variance == Power(Symbol(sigma), number(2)):
                return self.density(Density(name, (tree.at,)), env)
        return super().normal(tree, env)

    def key(self, variable: str, index: int) -> tuple[str, int]:
        """Densities of a model are told apart by their variables; q and p of one variable are the same at x and at
        z."""
        return (variable if self.language.observed else "", index)

    def entry(self, name: str, head: list[tuple[str, int]], given: list[tuple[str, int]]) -> fmpq:
        return fmpq(Random(f"formal {self.seed} {name} {head} {given}").randint(1, 2**20), 2**19 + 1)


def worlds(language: Language) -> Iterator[Formal]:
    for seed in range(3):
        yield Formal(language, seed)
