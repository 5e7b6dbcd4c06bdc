"""The language of mathematics: texts to trees, never executed; trees judged in worlds; derivations judged line by
line."""

from autograder.maths.derivation import judge_derivation
from autograder.maths.steps import LineVerdict
from autograder.maths.verdicts import Verdict, judge

__all__ = ["LineVerdict", "Verdict", "judge", "judge_derivation"]
