"""Whether two trees are equal, whether each line follows, and which slip explains one that does not.

equality    two trees in random worlds, with a world a student can check
verdicts    one text against another: the verdict and its words
forms       what a line looks like: closed forms, templates, waypoints
games       min and max pulled to the front
tasks       what a derivation is judged against
chains      which equations are the derivation, and which stand beside it
steps       each side against the side above it
derivation  the whole derivation
unaided     each line against the line above, without a target
changes     one place of a tree, changed as people change it by mistake
slips       which of these changes explains a line
"""

from autograder.maths.judging import forms, slips
from autograder.maths.judging.derivation import Examined, examine, judge_derivation
from autograder.maths.judging.equality import Judge
from autograder.maths.judging.games import Scale, problem
from autograder.maths.judging.steps import LineVerdict
from autograder.maths.judging.tasks import task
from autograder.maths.judging.unaided import unaided
from autograder.maths.judging.verdicts import Verdict, echo, final_side, judge, judge_for, verdict_on

__all__ = [
    "Examined",
    "Judge",
    "LineVerdict",
    "Scale",
    "Verdict",
    "echo",
    "examine",
    "final_side",
    "forms",
    "judge",
    "judge_derivation",
    "judge_for",
    "problem",
    "slips",
    "task",
    "unaided",
    "verdict_on",
]
