"""A latent-variable model with finitely many values: z hidden, x observed. Bayes and normalisation hold by
construction."""

from collections.abc import Iterator
from copy import copy
from random import Random

from flint import fmpq

from autograder.maths.language import Domains, Language
from autograder.maths.tree import Density, Node, Symbol
from autograder.maths.worlds.family import Family, in_words, parameters, simple_parameters, simplex
from autograder.maths.worlds.finite import FiniteWorld, table
from autograder.maths.worlds.gaussian import Value
from autograder.maths.worlds.scalars import Undecidable
from autograder.maths.worlds.world import Env, World


class Latent(FiniteWorld):
    """p(z), p(x|z) and q(z|x) are tables; p(z, x), p(x) and p(z|x) follow. q(z) is q(z|x) at the observed x."""

    def __init__(self, values: dict[str, fmpq], random: Random, hidden: int, seen: int, largest: int) -> None:
        self.sizes = {"z": hidden, "x": seen}
        self.prior = simplex(random, hidden, largest)
        self.likelihood = [simplex(random, seen, largest) for _ in range(hidden)]  # by z, then x
        self.guess = [simplex(random, hidden, largest) for _ in range(seen)]  # by x, then z
        self.observed = random.randrange(seen)
        at_x = [row[self.observed] for row in self.likelihood]
        tables = {"p(z)": self.prior, "p(x|z)": at_x, "q(z)": self.guess[self.observed]}
        words = f"z in {{0..{hidden - 1}}}, " + ", ".join(f"{name} = {table(row)}" for name, row in tables.items())
        super().__init__(values, words)

    def assuming(self, left: Node, right: Node) -> World | None:
        """For q(z) = p(z) and q(z) = p(z|x)."""
        if not isinstance(left, Density) or not isinstance(right, Density):
            return super().assuming(left, right)
        mine, theirs = (left, right) if left.name == "q" else (right, left)
        if mine.name != "q" or theirs.name != "p" or theirs.args != (Symbol("z"),):
            return None
        changed = copy(self)
        changed.closed = {}
        changed.guess = [
            [self.density(theirs, {"x": seen, "z": hidden}) for hidden in range(self.sizes["z"])]
            for seen in range(self.sizes["x"])
        ]
        return changed

    def density(self, tree: Density, env: Env) -> Value:
        env = env if "x" in env else {**env, "x": self.observed}
        head = dict(self.point(arg, env) for arg in tree.args)
        given = dict(self.point(arg, env) for arg in tree.given)
        found = self.lookup(tree.name, frozenset(head), frozenset(given), head | given, env)
        if found is None:
            raise Undecidable(
                f"{tree.name} of these arguments (there are q(z), q(z|x), p(z), p(x|z), p(z|x), p(x) and p(z, x))"
            )
        return found

    def lookup(
        self, name: str, head: frozenset[str], given: frozenset[str], at: dict[str, int], env: Env
    ) -> fmpq | None:
        z, x = at.get("z", -1), at.get("x", self.observed)
        if name == "q" and head == {"z"} and given <= {"x"}:
            return self.guess[x if given else self.observed][z]
        joint = [self.prior[k] * self.likelihood[k][x] for k in range(self.sizes["z"])]
        evidence = sum(joint, fmpq(0))
        tables = {
            (frozenset("z"), frozenset()): lambda: self.prior[z],
            (frozenset("x"), frozenset("z")): lambda: self.likelihood[z][x],
            (frozenset("xz"), frozenset()): lambda: joint[z],
            (frozenset("x"), frozenset()): lambda: evidence,
            (frozenset("z"), frozenset("x")): lambda: joint[z] / evidence,
        }
        return tables[head, given]() if name == "p" and (head, given) in tables else None


def language(domains: Domains) -> Language:
    return Language(
        symbols=domains,
        variables=("z", "x"),
        observed=frozenset({"x"}),
        densities={"q": "z", "p": ""},
        default={"": "q", "z": "q"},
    )


def generic(domains: Domains, seed: int) -> Iterator[Latent]:
    random = Random(f"latent {seed}")
    for round in range(9):
        yield Latent(parameters(domains, random, round), random, 3 + round % 3, 2 + round % 2, 2**20)


def readable(domains: Domains) -> Iterator[Latent]:
    for round in range(9):
        world = Latent(simple_parameters(domains, round), Random(f"readable {round}"), 2, 2, 4)
        world.words = ", ".join(filter(None, [in_words(dict(world.parameters), domains), world.words]))
        yield world


LATENT = Family("latent", language, generic, readable, enough=3)
