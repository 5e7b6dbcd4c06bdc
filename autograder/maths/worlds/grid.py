"""Two normals with integrals by the trapezoidal rule: for formulas without a closed form, and only ever to tell
two values apart.

The rule converges faster than any power of the step for smooth integrands with Gaussian tails; a value counts only
if two steps agree.
"""

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from autograder.maths.tree import Node
from autograder.maths.worlds.family import Family
from autograder.maths.worlds.gaussian import Value
from autograder.maths.worlds.scalars import Scalar, Undecidable
from autograder.maths.worlds.two_normals import TwoNormals, generic, language, readable
from autograder.maths.worlds.world import Env

REACH = 12  # standard deviations to either side
COARSE, FINE = 60, 90  # steps to either side
CLOSE = arb(10) ** -9


class Grid(TwoNormals):
    """``steps`` to either side of the origin of the wider normal."""

    steps = COARSE

    def known(self, dist: Node, var: str, env: Env) -> None:
        return None

    def weighed(self, weight: Node, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        return self.integrated(var, lambda inner: self.at(weight, inner) * body(inner), env)

    def integrated(self, var: str, body: Callable[[Env], Value], env: Env) -> Value:
        centre = (self.parameters["mu_1"] + self.parameters["mu_2"]) / 2
        apart = abs(self.parameters["mu_1"] - centre)
        width = (max(self.parameters["sigma_1"], self.parameters["sigma_2"]) * REACH + apart) / self.steps
        total: Any = fmpq(0)
        for step in range(-self.steps, self.steps + 1):
            total = total + body({**env, var: centre + step * width + fmpq(1, 1013)})
        return total * width


def rough(world: TwoNormals, tree: Node) -> Scalar:
    """The value of a tree to nine digits.

    Raises:
        Undecidable: the integrals do not settle.
        Undefined: the integrand is undefined somewhere.
    """
    grid = Grid(world.parameters, world.words)
    values = []
    for grid.steps in (COARSE, FINE):
        values.append(grid.value(tree))
    if not abs(arb(values[0]) - arb(values[1])) < CLOSE * (1 + abs(arb(values[1]))):
        raise Undecidable("an integral for which there is no closed form")
    return values[1]


TWO_NORMALS = Family("two_normals", language, generic, readable, enough=3, rough=rough)
