"""Small worlds in which every symbol has a value and every density a meaning, and so every tree a number.

world        arithmetic of trees; what a density or an expectation is, the kinds of worlds say
meanings     declared functions, finite sums, bars with values, in any world
derivatives  the rules of differentiation, on trees
extrema      argmin and argmax over a symbol
scalars      exact rationals as long as possible, certified balls beyond
gaussian     functions of one real variable that are integrated exactly
family       a kind of world: random members as evidence, small ones to show a student
line         one real variable: normals, and integrals over the line
reals        plain numbers, sequences of them, and what an exercise declares
two_normals, grid    two normals on the line, exactly and by the trapezoidal rule
finite       what worlds with finitely many points share
latent       a latent-variable model
gan          a GAN
formal       densities that are unrelated tables: what is equal here is equal by rewriting alone
"""

from autograder.maths.worlds.family import Family
from autograder.maths.worlds.gan import GAN
from autograder.maths.worlds.grid import TWO_NORMALS
from autograder.maths.worlds.latent import LATENT
from autograder.maths.worlds.reals import REALS
from autograder.maths.worlds.scalars import Undecidable
from autograder.model import CourseError

FAMILIES = {family.name: family for family in (REALS, TWO_NORMALS, LATENT, GAN)}


def family(name: str | None) -> Family:
    """The kind of world called ``name``; None is ``"reals"``. Raises CourseError, naming those that exist."""
    if (name or "reals") not in FAMILIES:
        raise CourseError(f"There is no world {name!r}; there are {', '.join(FAMILIES)}.")
    return FAMILIES[name or "reals"]


__all__ = ["FAMILIES", "Family", "Undecidable", "family"]
