"""A training said as data: what is asked of a driver, what is shown of its replies, what must hold of them.

recipe      the requests, and the judge that they make
values      names for what came back and for what was given
measures    numbers of values, and the bounds on them
shown       pictures and sentences
recorded    a recipe as plain data, and back; a check made of it
"""

from autograder.checks.recipes.measures import Bound, Measure
from autograder.checks.recipes.recipe import Ask, Recipe
from autograder.checks.recipes.recorded import data_of, made_of
from autograder.checks.recipes.shown import ImageGrid, LinePlot, ScatterPlot, Sentence
from autograder.checks.recipes.values import Given

__all__ = [
    "Ask",
    "Bound",
    "Given",
    "ImageGrid",
    "LinePlot",
    "Measure",
    "Recipe",
    "ScatterPlot",
    "Sentence",
    "data_of",
    "made_of",
]
