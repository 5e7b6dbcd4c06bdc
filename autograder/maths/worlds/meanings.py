"""What declared functions, derivatives, finite sums, optima and bars with values mean in any world."""

from collections.abc import Mapping
from copy import copy
from typing import TYPE_CHECKING, Any

from flint import fmpq

from autograder.maths.tree import Apply, At, Derivative, Integral, Node, Optimum
from autograder.maths.worlds.derivatives import differentiated
from autograder.maths.worlds.extrema import extremum
from autograder.maths.worlds.gaussian import Curve, Value
from autograder.maths.worlds.scalars import Undecidable

if TYPE_CHECKING:
    from autograder.maths.worlds.world import World

Env = Mapping[str, Any]


def apply(world: "World", tree: Apply, env: Env) -> Value:
    """A function that the exercise declares, or one of the world."""
    if tree.function in world.formulas:
        return declared(world, tree.function, (tree.of, *tree.rest), env)
    return world.apply(tree, env)


def declared(world: "World", function: str, arguments: tuple[Node, ...], env: Env) -> Value:
    """The value of a function or density that the exercise declares."""
    formula = world.formulas[function]
    values = [world.at(argument, env) for argument in arguments]
    return world.at(formula.tree, dict(zip(formula.parameters, values, strict=True)))


def over_index(world: "World", tree: Integral, env: Env) -> Value:
    """A finite sum or product over all values of an index."""
    total: Value = fmpq(tree.kind == "product")
    for place in range(int(world.parameters[tree.over])):
        value = world.at(tree.body, {**env, tree.var: place})
        total = total * value if tree.kind == "product" else total + value
    return total


def derivative(world: "World", tree: Derivative, env: Env) -> Value:
    if tree not in world.derivatives:
        world.derivatives[tree] = differentiated(tree, world.formulas)
    return world.at(world.derivatives[tree], env)


def optimum(world: "World", tree: Optimum, env: Env) -> Value:
    if tree.kind in ("min", "max"):
        raise Undecidable(f"a {tree.kind} inside a formula")
    return extremum(world, tree, env)


def put_in(world: "World", tree: At, env: Env) -> Value:
    """The body where some symbols have other values: a parameter in all densities too."""
    values = {name: world.at(value, env) for name, value in zip(tree.names, tree.values, strict=True)}
    if any(isinstance(value, Curve) for value in values.values()):
        raise Undecidable("a value that is no number")
    changed = copy(world)
    changed.parameters = {**world.parameters, **{name: values[name] for name in values if name in world.parameters}}
    changed.closed = {}
    bound = {name: value for name, value in values.items() if name not in world.parameters or name in env}
    value = changed.at(tree.body, {**env, **bound})
    world.steps = changed.steps
    return value
