"""What the worlds with finitely many points share: integrals are sums, and a variable is a point, not a number."""

from collections.abc import Callable, Mapping
from typing import Any

from flint import fmpq

from autograder.maths.tree import Node, Symbol
from autograder.maths.worlds.gaussian import Value
from autograder.maths.worlds.scalars import Undecidable
from autograder.maths.worlds.world import Env, World


class FiniteWorld(World):
    """Attributes:
    sizes: variable -> how many points its space has.
    """

    sizes: Mapping[str, int]

    def free_points(self, variables: set[str]) -> dict[str, Any]:
        return {name: place % self.sizes[name] for place, name in enumerate(sorted(variables), start=1)}

    def point(self, tree: Node, env: Env) -> tuple[str, int]:
        """The space and the point that an argument of a density names."""
        if isinstance(tree, Symbol) and tree.name in env:
            return tree.name, env[tree.name]
        if isinstance(tree, Symbol) and tree.name in self.sizes:
            raise Undecidable(f"{tree.name}, which stands free here")
        raise Undecidable("an argument that is no random variable")

    def integrated(self, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        total: Value = fmpq(0)
        for index in range(self.sizes[var]):
            total = total + body({**env, var: index})
        return total


def table(values: list[fmpq]) -> str:
    return f"[{', '.join(map(str, values))}]"
