"""What one exercise's answer is in a submission, for a person to look at: the text, or the code that defines the asked names."""

import re
from collections.abc import Iterator

from autograder.intake.sections import defines, definitions
from autograder.model import Cell, Exercise, Submission

_GAP = "\n\n"  # between pieces


def answer_to(exercise: Exercise, submission: Submission) -> str:
    """The text handed in for ``exercise``, or its code; "" where there is none. Nothing is run or parsed."""
    if exercise.kind == "text":
        return submission.texts.get(exercise.id, "")
    return _GAP.join(source for _, _, source in _code(exercise, submission))


def line_in_answer(exercise: Exercise, submission: Submission, cell: int, line: int) -> int:
    """Which line (from 1) of ``answer_to`` is this line of this cell; 0 if none is."""
    before = 0
    for number, first, source in _code(exercise, submission) if exercise.kind == "code" else ():
        length = source.count("\n") + 1
        if number == cell and first <= line < first + length:
            return before + line - first + 1
        before += length + _GAP.count("\n") - 1
    return 0


def _code(exercise: Exercise, submission: Submission) -> Iterator[tuple[int, int, str]]:
    """Cell, its line where the piece begins, and the piece."""
    whole = not submission.path.endswith(".py")
    return (
        (cell.number, first, source)
        for cell in submission.cells
        for first, source in _parts(cell, exercise, whole=whole)
    )


def _parts(cell: Cell, exercise: Exercise, *, whole: bool) -> Iterator[tuple[int, str]]:
    """The cell where it is an answer cell or defines a name; of a .py file, which is one cell, the definitions alone."""
    if whole and (cell.exercise == exercise.id or any(defines(cell.source, name) for name in exercise.names)):
        yield len(cell.source) - len(cell.source.lstrip("\n")) + 1, cell.source.strip("\n")
    elif not whole:
        for name in exercise.names:
            if defines(cell.source, name):
                yield from _definitions(cell.source, name)


def _definitions(source: str, name: str) -> Iterator[tuple[int, str]]:
    """From the line that defines ``name`` to the next line at the margin that begins something."""
    lines = source.split("\n")
    for start in definitions(source, name):
        end = next((i for i in range(start + 1, len(lines)) if re.match(r"[^\s)\]}#]", lines[i])), len(lines))
        while start and lines[start - 1].startswith("@"):
            start -= 1
        yield start + 1, "\n".join(lines[start:end]).strip("\n")
