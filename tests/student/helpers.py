"""Submissions and exercises for the tests of the student's side."""

from autograder import model
from autograder.model import Call, Cell, Check, Exercise, Outcome, Submission
from autograder.student import Answer, Host
from autograder.student.student import Student

SETTINGS = model.Settings(load_seconds=2.0, call_seconds=2.0, total_seconds=30.0, memory_mb=2048)


def submission(*cells: str, path: str = "anna.ipynb") -> Submission:
    """A submission of these cells, numbered from 1."""
    return Submission("anna", path, "0" * 64, tuple(Cell(text, number) for number, text in enumerate(cells, 1)))


def exercise(*names: str) -> Exercise:
    """An exercise that asks for these names."""
    return Exercise(names[0], "1", 1.0, "code", names, (Check("is there", 1.0, lambda answer: None),))


def outcomes(student: Student, *calls: Call, seconds: float = 2.0) -> list[Outcome]:
    """The outcomes of these calls, in one batch."""
    return list(Answer(student, exercise(calls[0].function)).calls(calls, seconds=seconds))


def call(host: Host, source: str, *args: object, function: str = "f", **fields: object) -> Outcome:
    """The outcome of one call of ``function`` of a submission of one cell."""
    with Student(host, submission(source)) as student:
        return outcomes(student, Call(function, args, **fields))[0]
