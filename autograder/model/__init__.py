"""The nouns: Sheet, Exercise, Check; Submission; Finding, Report. Frozen, no I/O.

A sheet holds exercises, an exercise holds checks. A submission is what a file says, nothing run. Grading a submission
against a sheet gives a report: one finding per check.
"""

from autograder.model.answer import Answer, Call, Fault, Opaque, Options, Outcome
from autograder.model.course import Check, Exercise, Kind, Run, Settings, Sheet, Wrong
from autograder.model.report import Criterion, Detail, Finding, Line, Picture, Report, Result, Status, Visibility
from autograder.model.rubric import Advice, Misunderstanding, Rubric
from autograder.model.submission import Cell, Origin, Submission

__all__ = [
    "Advice",
    "Answer",
    "Call",
    "Cell",
    "Check",
    "Criterion",
    "Detail",
    "Exercise",
    "Fault",
    "Finding",
    "Kind",
    "Line",
    "Misunderstanding",
    "Opaque",
    "Options",
    "Origin",
    "Outcome",
    "Picture",
    "Report",
    "Result",
    "Rubric",
    "Run",
    "Settings",
    "Sheet",
    "Status",
    "Submission",
    "Visibility",
    "Wrong",
]
