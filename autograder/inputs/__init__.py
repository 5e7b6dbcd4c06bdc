"""What answers are asked, and when two values are equal.

domains  where an argument's elements come from
search   drawing and shrinking; the one file that knows Hypothesis
battery  the calls everyone answers, and the oracle's answers
sampler  the same for answers that are drawn
compare  when two values are equal, and how an answer fails
"""

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
    same_value,
)
from autograder.inputs.domains import Domain, bits, interval, positive, probability, real
from autograder.inputs.sampler import Sampler
from autograder.inputs.search import Args, Inputs, arguments

__all__ = [
    "Args",
    "Battery",
    "Domain",
    "Evidence",
    "Expected",
    "Form",
    "Inputs",
    "Sampler",
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
    "real",
    "same_value",
]
