"""A kind of world: what may be named in it, random members as evidence, small members to show a student."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Any

from flint import fmpq

from autograder.maths.language import Domain, Domains, Language
from autograder.maths.tree import Node
from autograder.maths.worlds.scalars import Scalar, exact
from autograder.maths.worlds.world import World

SIMPLE = {  # values a student can compute with
    "real": [Fraction(1), Fraction(3), Fraction(-1), Fraction(2), Fraction(0), Fraction(-2), Fraction(1, 2)],
    "positive": [Fraction(2), Fraction(1), Fraction(3), Fraction(1, 2), Fraction(4), Fraction(3, 2)],
    "unit": [Fraction(1, 2), Fraction(1, 4), Fraction(3, 4), Fraction(1, 3), Fraction(2, 3), Fraction(1, 5)],
}
SCALES = (Fraction(3), Fraction(1, 2), Fraction(12))


@dataclass(frozen=True)
class Family:
    """Attributes:
    name: as exercises call it.
    language: domains -> what may be written.
    generic: (domains, seed) -> endless worlds with large numerators; agreement in ``enough`` of them counts as
        equality.
    readable: domains -> small worlds, for counterexamples only.
    rough: (world, tree) -> an approximate value of a tree that has no exact one, to tell two values apart.
    """

    name: str
    language: Callable[[Domains], Language]
    generic: Callable[[Domains, int], Iterator[World]]
    readable: Callable[[Domains], Iterator[World]]
    enough: int
    rough: Callable[[Any, Node], Scalar] | None = None


def draw(domain: Domain, random: Random, round: int) -> fmpq:
    """A rational with a large numerator from a domain; the scale changes from round to round."""
    if not isinstance(domain, str):
        return exact(Fraction(domain))
    unit = Fraction(random.randrange(1, 2**30), 2**30 + 3)
    if domain == "unit":
        return exact(unit)
    value = unit * SCALES[round % len(SCALES)] + Fraction(1, 64)
    return exact(-value if domain == "real" and random.random() < 0.5 else value)


def simple(domain: Domain, place: int) -> fmpq:
    """The small value number ``place`` of a domain."""
    if not isinstance(domain, str):
        return exact(Fraction(domain))
    return exact(SIMPLE[domain][place % len(SIMPLE[domain])])


def parameters(domains: Domains, random: Random, round: int) -> dict[str, fmpq]:
    return {name: draw(domain, random, round) for name, domain in sorted(domains.items())}


def simple_parameters(domains: Domains, round: int) -> dict[str, fmpq]:
    return {
        name: simple(domain, round * (2 + place) + place)
        for place, (name, domain) in enumerate(sorted(domains.items()))
    }


def in_words(values: dict[str, fmpq], domains: Domains) -> str:
    """ "mu_1 = 1, sigma_1 = 2": the free parameters of a world."""
    return ", ".join(f"{name} = {value}" for name, value in values.items() if isinstance(domains.get(name), str))


def simplex(random: Random, size: int, largest: int) -> list[fmpq]:
    """Probabilities that sum to one, all different, with numerators up to ``largest``."""
    weights: list[int] = []
    while len(set(weights)) < size:
        weights = [random.randint(1, largest) for _ in range(size)]
    return [fmpq(weight, sum(weights)) for weight in weights]
