"""Ways of checking, one file each; every factory returns a ``model.Check``.

agrees      the value equals an oracle's
gradient    gradients equal the oracle's, reach every argument
holds       a law is obeyed
pure        arguments are left alone; the same input gives the same answer
samples     draws come from the right distribution and pass gradients
written     a person reads the text
expression  a formula equals a target
derivation  each line of a derivation follows
trains      the pieces learn together
replayed    a check made again from what was recorded of it
"""

from autograder.checks.agrees import agrees
from autograder.checks.derivation import Part, derivation
from autograder.checks.expression import expression
from autograder.checks.gradient import gradient, reaches
from autograder.checks.holds import holds
from autograder.checks.pure import leaves_alone, repeats
from autograder.checks.replayed import replayed
from autograder.checks.samples import Sampler, pathwise, samples
from autograder.checks.trains import Attempt, Reply, Session, probes, trains
from autograder.checks.written import written

__all__ = [
    "Attempt",
    "Part",
    "Reply",
    "Sampler",
    "Session",
    "agrees",
    "derivation",
    "expression",
    "gradient",
    "holds",
    "leaves_alone",
    "pathwise",
    "probes",
    "reaches",
    "repeats",
    "replayed",
    "samples",
    "trains",
    "written",
]
