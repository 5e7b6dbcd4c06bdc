"""Plain numbers: parameters with values from their domains, nothing random."""

from collections.abc import Iterator
from random import Random

from autograder.maths.language import Domains, Language
from autograder.maths.worlds.family import Family, in_words, parameters, simple_parameters
from autograder.maths.worlds.world import World


def language(domains: Domains) -> Language:
    return Language(symbols=domains)


def generic(domains: Domains, seed: int) -> Iterator[World]:
    random = Random(f"reals {seed}")
    for round in range(24):
        values = parameters(domains, random, round)
        yield World(values, in_words(values, domains))


def readable(domains: Domains) -> Iterator[World]:
    for round in range(12):
        values = simple_parameters(domains, round)
        yield World(values, in_words(values, domains))


REALS = Family("reals", language, generic, readable, enough=6)
