"""What answers are asked, and when two values are equal.

domains  where an argument's elements come from
shapes   how many there are: lengths by name
arrays   every array in an argument, whatever holds it
given    domains and shapes of all arguments, and the readable examples
search   drawing and shrinking; the one file that knows Hypothesis
battery  the calls everyone answers, and the oracle's answers
forms    the same calls as some answers need them
steps    what is done with an object of a class, in place of one call
fitting  whether the parts of a battery fit together
authored what an author's own code raises, with its place
oracle   what an oracle says of a call, with its scales and slacks
value    what an answer is made of, and how another is read alike
words    the same in words
sampler  the same for answers that are drawn
formula  terms that a formula may be made of
draw     location and spread that a draw may be made of
fit      the sparsest exact sum of terms
reading  a formula read back from values
compare  when two values are equal
together the same for all answers at once
evidence how an answer fails
"""

from autograder.inputs.arrays import for_oracle
from autograder.inputs.authored import authored, blamed, place
from autograder.inputs.battery import Battery
from autograder.inputs.compare import Expected, Verdict, as_tensor, close, is_tensor, judge, judge_gradient, possible
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
from autograder.inputs.draw import Draw
from autograder.inputs.evidence import Evidence, alike, evidence, same_value, shown
from autograder.inputs.fit import Law
from autograder.inputs.fit import read as read_sum
from autograder.inputs.forms import Form, in_float32
from autograder.inputs.formula import Argument, Axis, Border, Formula, Pair, Term
from autograder.inputs.given import Args, Inputs
from autograder.inputs.reading import Reading, read_formula, reduced
from autograder.inputs.sampler import Sampler
from autograder.inputs.shapes import arguments
from autograder.inputs.steps import Step, call, make, read, script
from autograder.inputs.together import Together
from autograder.inputs.value import Absent, layout_data, layout_from, rows, unread
from autograder.inputs.words import kind_of, words

__all__ = [
    "Absent",
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
    "Step",
    "Term",
    "Together",
    "Verdict",
    "alike",
    "arguments",
    "as_tensor",
    "authored",
    "bits",
    "blamed",
    "booleans",
    "call",
    "choices",
    "class_labels",
    "close",
    "evidence",
    "for_oracle",
    "in_float32",
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
    "place",
    "positive",
    "possible",
    "probability",
    "read",
    "read_formula",
    "read_sum",
    "real",
    "reduced",
    "rows",
    "same_value",
    "script",
    "shown",
    "texts",
    "unread",
    "words",
]
