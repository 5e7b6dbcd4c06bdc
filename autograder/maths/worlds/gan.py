"""A GAN with finitely many points: data x, noise z, a generator G from z to x, a discriminator D from x to (0, 1)."""

from collections.abc import Iterator
from copy import copy
from random import Random

from flint import fmpq

from autograder.maths.language import Domains, Language
from autograder.maths.tree import Apply, Density, Node
from autograder.maths.worlds.family import Family, parameters, simple_parameters, simplex
from autograder.maths.worlds.finite import FiniteWorld, table
from autograder.maths.worlds.gaussian import Value
from autograder.maths.worlds.scalars import Undecidable, Undefined
from autograder.maths.worlds.world import Env, World


class Gan(FiniteWorld):
    """p_data, p_z, G and D are tables; p_g is what G makes of p_z."""

    def __init__(self, values: dict[str, fmpq], random: Random, noise: int, data: int, largest: int) -> None:
        self.sizes = {"x": data, "z": noise}
        self.data, self.noise = simplex(random, data, largest), simplex(random, noise, largest)
        self.generator = [k % data for k in range(noise)]
        random.shuffle(self.generator)
        self.discriminator = [chance * fmpq(9, 10) for chance in simplex(random, data, largest)]
        self.made = [
            sum((p for p, made in zip(self.noise, self.generator, strict=True) if made == m), fmpq(0))
            for m in range(data)
        ]
        words = (
            f"x in {{0..{data - 1}}}, z in {{0..{noise - 1}}}, p_data = {table(self.data)}, p_z = {table(self.noise)}, "
            f"G = {self.generator}, D = {table(self.discriminator)}"
        )
        super().__init__(values, words)

    def assuming(self, left: Node, right: Node) -> World | None:
        """For p_g = p_data, and for a discriminator that is the same everywhere."""
        changed = copy(self)
        changed.closed = {}
        if isinstance(left, Density) and isinstance(right, Density):
            if {left.name, right.name} != {"p_g", "p_data"}:
                return None
            changed.data = self.made
            return changed
        if not isinstance(left, Apply) or left.function not in ("D", "D*"):
            return super().assuming(left, right)
        changed.discriminator = [self.value(right)] * len(self.data)
        return changed

    def best(self, index: int) -> Value:
        """D*: what the discriminator that is best against this generator says."""
        return self.data[index] / (self.data[index] + self.made[index])

    def point(self, tree: Node, env: Env) -> tuple[str, int]:
        if isinstance(tree, Apply) and tree.function == "G":
            space, index = self.point(tree.of, env)
            if space != "z":
                raise Undefined("G of something that is not z")
            return "x", self.generator[index]
        return super().point(tree, env)

    def apply(self, tree: Apply, env: Env) -> Value:
        if tree.function == "G":
            raise Undefined("G(z) used as a number")
        space, index = self.point(tree.of, env)
        if tree.function == "D*" and space == "x":
            return self.best(index)
        if space != "x":
            raise Undefined("D of z (D judges data: D(x) or D(G(z)))")
        return self.discriminator[index]

    def density(self, tree: Density, env: Env) -> Value:
        if len(tree.args) != 1 or tree.given:
            raise Undecidable(f"{tree.name} with more than one argument")
        space, index = self.point(tree.args[0], env)
        tables = {("p_data", "x"): self.data, ("p_g", "x"): self.made, ("p_z", "z"): self.noise, ("p", "z"): self.noise}
        if (tree.name, space) not in tables:
            raise Undecidable(f"{tree.name} of {space} (there are p_data(x), p_g(x) and p_z(z))")
        return tables[tree.name, space][index]


def language(domains: Domains) -> Language:
    return Language(
        symbols=domains,
        variables=("x", "z"),
        densities={"p_data": "x", "p_z": "z", "p_g": "x", "p": ""},
        aliases={
            "pdata": "p_data",
            "data": "p_data",
            "p_real": "p_data",
            "p_r": "p_data",
            "p_d": "p_data",
            "p_x": "p_data",
            "real": "p_data",
            "pz": "p_z",
            "pg": "p_g",
            "p_G": "p_g",
            "p_model": "p_g",
            "p_fake": "p_g",
            "model": "p_g",
            "P_data": "p_data",
            "P_z": "p_z",
            "P_g": "p_g",
            "p_noise": "p_z",
            "noise": "p_z",
        },
        functions=("D", "G"),
        default={"x": "p_data", "z": "p_z"},
    )


def generic(domains: Domains, seed: int) -> Iterator[Gan]:
    random = Random(f"gan {seed}")
    for round in range(9):
        yield Gan(parameters(domains, random, round), random, 5 + round % 3, 3 + round % 2, 2**20)


def readable(domains: Domains) -> Iterator[Gan]:
    for round in range(9):
        yield Gan(simple_parameters(domains, round), Random(f"readable {round}"), 2, 2, 4)


GAN = Family("gan", language, generic, readable, enough=3)
