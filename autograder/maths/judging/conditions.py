"""A judge in the worlds in which something is assumed: sigma_1 = 1, q = p, p_g = p_data."""

from copy import copy

from autograder.maths.judging.equality import Judge
from autograder.maths.tree import Node
from autograder.maths.worlds.scalars import Undecidable, Undefined
from autograder.maths.worlds.world import World

Condition = tuple[Node, Node]  # the left side is to equal the right side


def assuming(judge: Judge, conditions: tuple[Condition, ...]) -> Judge | None:
    """The same judge in the worlds changed so that the conditions hold; None where there are none."""
    other = copy(judge)
    other.remembered = {}
    other.generic, other.readable = (
        [changed for world in worlds if (changed := _changed(world, conditions)) is not None]
        for worlds in (judge.generic, judge.readable)
    )
    return other if len(other.generic) == len(judge.generic) else None


def _changed(world: World, conditions: tuple[Condition, ...]) -> World | None:
    for left, right in conditions:
        try:
            changed = world.assuming(left, right)
        except (Undefined, Undecidable):
            return None
        if changed is None:
            return None
        world = changed
    return world
