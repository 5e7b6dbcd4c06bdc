"""What answers are asked, and when two values are equal.

domains  where an argument's elements come from
shapes   how many there are: lengths by name
arrays   every array in an argument, whatever holds it
search   drawing and shrinking; the one file that knows Hypothesis
battery  the calls everyone answers, and the oracle's answers
steps    what is done with an object of a class, in place of one call
oracle   what an oracle says of a call, with its scales and slacks
value    what an answer is made of, and how another is read alike
words    the same in words
sampler  the same for answers that are drawn
compare  when two values are equal, and how an answer fails
"""

from autograder.inputs.arrays import for_oracle
from autograder.inputs.battery import Battery, Form
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
    possible,
    same_value,
    shown,
)
from autograder.inputs.domains import (
    Domain,
    bits,
    booleans,
    choices,
    class_labels,
    integers,
    interval,
    number,
    positive,
    probability,
    real,
    texts,
)
from autograder.inputs.sampler import Sampler
from autograder.inputs.search import Args, Inputs
from autograder.inputs.shapes import arguments
from autograder.inputs.steps import Step, call, make, read, script
from autograder.inputs.value import Absent, layout_data, layout_from, rows, unread
from autograder.inputs.words import kind_of, words

__all__ = [
    "Absent",
    "Args",
    "Battery",
    "Domain",
    "Evidence",
    "Expected",
    "Form",
    "Inputs",
    "Sampler",
    "Step",
    "Verdict",
    "alike",
    "arguments",
    "as_tensor",
    "bits",
    "booleans",
    "call",
    "choices",
    "class_labels",
    "close",
    "evidence",
    "for_oracle",
    "integers",
    "interval",
    "is_tensor",
    "judge",
    "judge_gradient",
    "kind_of",
    "layout_data",
    "layout_from",
    "make",
    "number",
    "positive",
    "possible",
    "probability",
    "read",
    "real",
    "rows",
    "same_value",
    "script",
    "shown",
    "texts",
    "unread",
    "words",
]
