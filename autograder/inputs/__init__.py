"""What answers are asked, and when two values are equal.

domains  where an argument's elements come from
search   drawing and shrinking; the one file that knows Hypothesis
battery  the calls everyone answers, and the oracle's answers
sampler  the same for answers that are drawn
formula  terms that a formula may be made of
draw     location and spread that a draw may be made of
fit      the sparsest exact sum of terms
reading  a formula read back from values
compare  when two values are equal, and how an answer fails
"""

from autograder.inputs.battery import Battery, Form, single
from autograder.inputs.compare import (
    Evidence,
    Expected,
    Verdict,
    alike,
    as_tensor,
    close,
    evidence,
    is_tensor,
    judge,
    judge_gradient,
    same_value,
)
from autograder.inputs.domains import Domain, bits, interval, positive, probability, real
from autograder.inputs.draw import Draw
from autograder.inputs.fit import Law
from autograder.inputs.fit import read as read_sum
from autograder.inputs.formula import Argument, Axis, Border, Formula, Pair, Term
from autograder.inputs.reading import Reading, read_formula, reduced
from autograder.inputs.sampler import Sampler
from autograder.inputs.search import Args, Inputs, arguments

__all__ = [
    "Args",
    "Argument",
    "Axis",
    "Battery",
    "Border",
    "Domain",
    "Draw",
    "Evidence",
    "Expected",
    "Form",
    "Formula",
    "Inputs",
    "Law",
    "Pair",
    "Reading",
    "Sampler",
    "Term",
    "Verdict",
    "alike",
    "arguments",
    "as_tensor",
    "bits",
    "close",
    "evidence",
    "interval",
    "is_tensor",
    "judge",
    "judge_gradient",
    "positive",
    "probability",
    "read_formula",
    "read_sum",
    "real",
    "reduced",
    "same_value",
    "single",
]
