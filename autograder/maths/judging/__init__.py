"""Whether two trees are equal, whether each line follows, and which slip explains one that does not.

equality    two trees in random worlds, with a world a student can check
verdicts    one text against another: the verdict and its words
forms       what a line looks like: closed forms, templates, waypoints
shapes      a tree up to what is only written otherwise
games       min and max pulled to the front
shown       what a waypoint of the exercise's own asks of a line
tasks       what a derivation is judged against
conditions  a judge in the worlds where something is assumed
claims      what is said beside it: inequalities, conditions, replaced variables
chains      which equations are the derivation, and which stand beside it
starts      where a derivation may start
steps       each side against the side above it
waypoints   which line passes which waypoint
derivation  the whole derivation
unaided     each line against the line above, without a target
answers     which formula of a text is the answer, where one formula is asked for
changes     one place of a tree, changed as people change it by mistake
own_slips   slips that the exercise expects, in its own words
slips       which of these changes explains a line
"""

from autograder.maths.judging import forms, games, slips
from autograder.maths.judging.answers import Answered, Asked, answered
from autograder.maths.judging.derivation import Examined, examine, judge_derivation
from autograder.maths.judging.equality import Judge
from autograder.maths.judging.games import Scale, bare, problem
from autograder.maths.judging.own_slips import OwnSlip, with_slips
from autograder.maths.judging.shown import Shown
from autograder.maths.judging.steps import LineVerdict
from autograder.maths.judging.tasks import Shows, task
from autograder.maths.judging.unaided import unaided
from autograder.maths.judging.verdicts import Verdict, echo, final_side, judge, judge_for, verdict_on

__all__ = [
    "Answered",
    "Asked",
    "Examined",
    "Judge",
    "LineVerdict",
    "OwnSlip",
    "Scale",
    "Shown",
    "Shows",
    "Verdict",
    "answered",
    "bare",
    "echo",
    "examine",
    "final_side",
    "forms",
    "games",
    "judge",
    "judge_derivation",
    "judge_for",
    "problem",
    "slips",
    "task",
    "unaided",
    "verdict_on",
    "with_slips",
]
