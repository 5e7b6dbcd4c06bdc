"""The kinds of worlds, by name: ``reals``, ``two_normals``, ``latent``, ``gan``."""

from autograder.errors import CourseError
from autograder.maths.worlds.family import Family
from autograder.maths.worlds.gan import GAN
from autograder.maths.worlds.grid import TWO_NORMALS
from autograder.maths.worlds.latent import LATENT
from autograder.maths.worlds.reals import REALS

FAMILIES = {family.name: family for family in (REALS, TWO_NORMALS, LATENT, GAN)}


def family(name: str | None) -> Family:
    """The kind of world called ``name``; None is ``"reals"``. Raises CourseError, naming those that exist."""
    if (name or "reals") not in FAMILIES:
        raise CourseError(f"There is no world {name!r}; there are {', '.join(FAMILIES)}.")
    return FAMILIES[name or "reals"]


__all__ = ["FAMILIES", "Family", "family"]
