"""The nouns, and every fault sorted by whose it is: Sheet, Exercise, Check; Submission; Finding, Report. Frozen, no I/O.

A sheet holds exercises, an exercise holds checks. A submission is what a file says, nothing run. Grading a submission
against a sheet gives a report: one finding per check.

course      Sheet, Exercise, Check, Wrong; they validate themselves when they are built
submission  what a file says, nothing run
roster      who a row of a list of people is
answer      what a check is given: an Answer to be called, its outcomes and faults
rubric      Rubric: how a person marks a written answer
report      Finding, Result, Report, and what is shown beside them
steps       steps on objects of a student's class, carried out on both sides of the fence
errors      every fault, sorted by whose it is
"""

from autograder.model import roster
from autograder.model.answer import Answer, Call, Fault, Opaque, Options, Outcome
from autograder.model.course import Check, Data, Exercise, Formulas, Kind, Run, Settings, Sheet, Wrong
from autograder.model.errors import (
    AutograderError,
    CourseError,
    InternalError,
    Mistake,
    NeedsPerson,
    SubmissionError,
    UsageError,
    listed,
    meant,
)
from autograder.model.report import (
    AGAIN,
    IN_PROGRESS,
    NOT_STARTED,
    UNTRAINED,
    Criterion,
    Detail,
    Finding,
    Line,
    Picture,
    Report,
    Result,
    Status,
    Visibility,
)
from autograder.model.rubric import Advice, Misunderstanding, Rubric
from autograder.model.steps import perform
from autograder.model.submission import Cell, Origin, Submission

__all__ = [
    "AGAIN",
    "IN_PROGRESS",
    "NOT_STARTED",
    "UNTRAINED",
    "Advice",
    "Answer",
    "AutograderError",
    "Call",
    "Cell",
    "Check",
    "CourseError",
    "Criterion",
    "Data",
    "Detail",
    "Exercise",
    "Fault",
    "Finding",
    "Formulas",
    "InternalError",
    "Kind",
    "Line",
    "Mistake",
    "Misunderstanding",
    "NeedsPerson",
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
    "SubmissionError",
    "UsageError",
    "Visibility",
    "Wrong",
    "listed",
    "meant",
    "perform",
    "roster",
]
