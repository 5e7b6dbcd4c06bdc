"""What an exercise is written with: ways of checking, one file each, and what they take.

Every factory returns a ``model.Check``:

agrees      the value equals an oracle's
gradient    gradients equal the oracle's, reach every argument
holds       a law is obeyed
kinds       a number is a number, not an array that holds one
pure        arguments are left alone; the same input gives the same answer
samples     draws come from the right distribution and pass gradients
written     a person reads the text
rubrics     how a person marks it: rubric.toml
expressions  a formula equals a target
derivations  each line of a derivation follows
as_read     how each line of formulas was read, before handing in
unread      texts in which no formula was found
trains      the pieces learn together
session     the requests of a training, and what the student's code did
recipes     a training said as data, which a student's pack may hold
classify    a classifier learns, with no driver of the exercise's own
reply       what came back from where they do
replayed    a check made again from what was recorded of it
kept        what of a check is recorded; kept_formula what of a formula
readback    a wrong answer's formula, read back from its values
single      whether a function fails for a batch of one alone
replay      a battery's outcomes for one answer, and the words for a difference

An exercise imports from here alone: beside the factories the inputs they draw (``Battery``, ``Sampler``, domains), the nouns and
faults they name (``Criterion``, ``Mistake`` ...), digits and pictures for trainings. What is for formulas brings the language of
mathematics with it, and is imported when it is asked for.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from autograder.checks.agrees import agrees
from autograder.checks.classify import Examples, classifier
from autograder.checks.gradient import gradient, reaches
from autograder.checks.holds import holds
from autograder.checks.kinds import is_number
from autograder.checks.pure import leaves_alone, repeats
from autograder.checks.recipes import Ask, Bound, Given, ImageGrid, LinePlot, Measure, Recipe, ScatterPlot, Sentence
from autograder.checks.replayed import KINDS, asked_of, later, replayed
from autograder.checks.reply import Reply
from autograder.checks.rubrics import FILE as RUBRIC
from autograder.checks.rubrics import read_rubric
from autograder.checks.samples import pathwise, samples
from autograder.checks.session import Attempt, Session, either
from autograder.checks.trains import probes, trains
from autograder.checks.written import written
from autograder.inputs import (
    Argument,
    Axis,
    Battery,
    Border,
    Draw,
    Formula,
    Pair,
    Sampler,
    Term,
    arguments,
    bits,
    booleans,
    call,
    choices,
    class_labels,
    close,
    integers,
    interval,
    make,
    number,
    positive,
    probability,
    read,
    real,
    texts,
)
from autograder.model import Criterion, Detail, Mistake, Picture
from autograder.training import curves, grid, images, labels, scatter

if TYPE_CHECKING:
    from autograder.checks.derivations import Part as Part
    from autograder.checks.derivations import derivation as derivation
    from autograder.checks.expressions import expression as expression
    from autograder.maths import OwnSlip as OwnSlip

_OF_FORMULAS = {
    "Part": "autograder.checks.derivations",
    "derivation": "autograder.checks.derivations",
    "expression": "autograder.checks.expressions",
    "OwnSlip": "autograder.maths",
}

__all__ = [
    "KINDS",
    "RUBRIC",
    "Argument",
    "Ask",
    "Attempt",
    "Axis",
    "Battery",
    "Border",
    "Bound",
    "Criterion",
    "Detail",
    "Draw",
    "Examples",
    "Formula",
    "Given",
    "ImageGrid",
    "LinePlot",
    "Measure",
    "Mistake",
    "OwnSlip",
    "Pair",
    "Part",
    "Picture",
    "Recipe",
    "Reply",
    "Sampler",
    "ScatterPlot",
    "Sentence",
    "Session",
    "Term",
    "agrees",
    "arguments",
    "asked_of",
    "bits",
    "booleans",
    "call",
    "choices",
    "class_labels",
    "classifier",
    "close",
    "curves",
    "derivation",
    "either",
    "expression",
    "gradient",
    "grid",
    "holds",
    "images",
    "integers",
    "interval",
    "is_number",
    "labels",
    "later",
    "leaves_alone",
    "make",
    "number",
    "pathwise",
    "positive",
    "probability",
    "probes",
    "reaches",
    "read",
    "read_rubric",
    "real",
    "repeats",
    "replayed",
    "samples",
    "scatter",
    "texts",
    "trains",
    "written",
]


def __getattr__(name: str) -> Any:
    if name not in _OF_FORMULAS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(_OF_FORMULAS[name]), name)
    return globals()[name]
