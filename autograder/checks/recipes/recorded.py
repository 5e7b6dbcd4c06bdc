"""A recipe as plain data, and back: what is asked, shown and must hold. Nothing in it is run on this side."""

from collections.abc import Mapping, Sequence
from dataclasses import fields
from typing import Any

from torch import Tensor

from autograder.checks.recipes.measures import Bound, Measure
from autograder.checks.recipes.recipe import Ask, Recipe
from autograder.checks.recipes.shown import ImageGrid, LinePlot, ScatterPlot, Sentence
from autograder.checks.recipes.values import Given
from autograder.checks.session import Attempt

PARTS = {
    one.__name__: one
    for one in (Ask, Attempt, Bound, Given, ImageGrid, LinePlot, Measure, Recipe, ScatterPlot, Sentence)
}
KIND = "__kind__"


def data_of(value: Any) -> Any:
    """A part of a recipe, or all of it, as wire values."""
    if type(value).__name__ in PARTS:
        return {KIND: type(value).__name__, **{one.name: data_of(getattr(value, one.name)) for one in fields(value)}}
    if isinstance(value, Mapping):
        return {str(name): data_of(one) for name, one in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [data_of(one) for one in value]
    if value is None or isinstance(value, bool | int | float | str | Tensor):
        return value
    raise ValueError(f"a {type(value).__name__} is no data")


def made_of(data: Any) -> Any:
    """What ``data_of`` was given. Raises KeyError or TypeError for anything else."""
    if isinstance(data, Mapping):
        parts = {name: made_of(one) for name, one in data.items() if name != KIND}
        return PARTS[data[KIND]](**parts) if KIND in data else parts
    return tuple(made_of(one) for one in data) if isinstance(data, list) else data
