"""A sheet as a notebook: the source of an nbgrader assignment, or what a student's pack holds.

Per exercise: the task (locked), the answer cell, and a test cell. Functions are graded in the test cell; texts are graded in
their answer cell, since nbgrader wants every Markdown answer to be a grade cell, and have a locked cell that shows findings.
"""

import ast
from collections.abc import Iterator
from typing import Any, Literal

import nbformat

from autograder.model import Exercise, Sheet

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"  # nbgrader's marks; what is between them is never released
TASK, CHECK = "-task", "-check"  # grade_ids are the exercise's id and these
WELCOME = "# Run this cell first. The cells `check(...)` below then tell you how far your answers are right."
Part = Literal["source", "release"]


def notebook(sheet: Sheet, part: Part = "source") -> bytes:
    """The sheet as a notebook file; the same sheet gives the same bytes.

    Args:
        part: "source" has solutions between nbgrader's marks, for ``nbgrader generate_assignment``; "release" has starters.
    """
    cells = [_markdown("welcome", f"# {sheet.title}", kind="readonly"), _code("setup", _setup(), kind="readonly")]
    for exercise in sheet.exercises:
        cells += _exercise(sheet, exercise, part)
    made = nbformat.v4.new_notebook(cells=cells)
    made.metadata = nbformat.from_dict(
        {
            "autograder": {"sheet": sheet.id},
            "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
            "language_info": {"name": "python"},
        }
    )
    nbformat.validate(made)
    return (nbformat.writes(made) + "\n").encode()


def exercise_of(grade_id: str) -> str:
    """The exercise that a cell of this grade_id belongs to."""
    return grade_id.removesuffix(CHECK)


def _setup() -> str:
    return f"{WELCOME}\nfrom autograder.nbgrader import check"


def _exercise(sheet: Sheet, exercise: Exercise, part: Part) -> Iterator[Any]:
    worth = f"{exercise.points:g} {'point' if exercise.points == 1 else 'points'}"
    heading = f"**{exercise.item}** · {worth}" if exercise.item else worth
    yield _markdown(exercise.id + TASK, f"{heading}\n\n{exercise.task.strip()}", kind="readonly")
    if exercise.kind == "text":
        text = (
            _text(exercise)
            if part == "source"
            else _string(exercise.starter, exercise.id).strip() or "YOUR ANSWER HERE"
        )
        yield _markdown(exercise.id, text, kind="manual", points=exercise.points, exercise=exercise.id)
        if not exercise.rubric:
            yield _code(exercise.id + CHECK, _call(exercise), kind="readonly")
        return
    if _has_answer(sheet, exercise):
        source = (
            between_marks(exercise.starter, exercise.solution) if part == "source" else exercise.starter.strip("\n")
        )
        yield _code(exercise.id, source, kind="solution", exercise=exercise.id)
    yield _code(exercise.id + CHECK, _call(exercise), kind="tests", points=exercise.points)


def _call(exercise: Exercise) -> str:
    return f'check("{exercise.id}")'


def _has_answer(sheet: Sheet, exercise: Exercise) -> bool:
    """Whether something new is to be written; an exercise may also check what others ask for, together."""
    others = {name for other in sheet.exercises if other is not exercise for name in other.names}
    return bool(set(exercise.names) - others) or bool(_definitions(exercise.starter))


def _definitions(source: str) -> list[ast.stmt]:
    return [node for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef)]


# ------------------------------------------------------------------ starter and solution in one cell


def between_marks(starter: str, solution: str) -> str:
    """One cell that holds the solution and is the starter once nbgrader has put its stub in place of what is between the marks.

    Where the solution goes on as the starter begins, the marks stand around the difference. Otherwise they stand around the
    starter's last stub and, after it, the whole solution, which defines everything anew.
    """
    given, wanted = starter.rstrip().split("\n"), solution.rstrip().split("\n")
    at = _stub(given)
    if at is None:
        return "\n".join([*given, "", "", BEGIN, *wanted, END] if starter.strip() else [BEGIN, *wanted, END])
    head, indent = given[:at], " " * (len(given[-1]) - len(given[-1].lstrip()))
    if wanted[:at] == head and len(_definitions(solution)) == len(_definitions(starter)) == 1:
        return "\n".join([*head, indent + BEGIN, *wanted[at:], indent + END])
    return "\n".join([*head, indent + BEGIN, *given[at:], "", "", *wanted, indent + END])


def _stub(lines: list[str]) -> int | None:
    """Where the stub begins that ends a starter: ``raise NotImplementedError`` and the comments above it."""
    at = len(lines) - 1
    if not lines[at].strip().startswith("raise NotImplementedError"):
        return None
    while at and lines[at - 1].strip().startswith("#"):
        at -= 1
    return at


def _text(exercise: Exercise) -> str:
    """A text's solution between marks; nbgrader puts its own words for "nothing yet" in their place."""
    return "\n".join([BEGIN, _string(exercise.solution, exercise.id).strip(), END])


def _string(source: str, name: str) -> str:
    """The string, or list of strings, called ``name`` in a course's own file."""
    for node in ast.parse(source).body:
        if isinstance(node, ast.Assign) and any(isinstance(t, ast.Name) and t.id == name for t in node.targets):
            value = ast.literal_eval(node.value)
            return "\n".join(value) if isinstance(value, list | tuple) else str(value)
    return ""


# ------------------------------------------------------------------ cells

_FLAGS = {  # grade, solution, locked: as nbgrader's own editor writes them
    "manual": (True, True, False),
    "solution": (False, True, False),
    "tests": (True, False, True),
    "readonly": (False, False, True),
}


def _metadata(id: str, kind: str, points: float | None, exercise: str) -> dict[str, Any]:
    grade, solution, locked = _FLAGS[kind]
    ours = {"schema_version": 3, "grade_id": id, "grade": grade, "solution": solution, "locked": locked, "task": False}
    if points is not None:
        ours["points"] = int(points) if points == int(points) else points
    return {"nbgrader": ours} | ({"autograder": {"exercise": exercise}} if exercise else {})


def _markdown(id: str, source: str, *, kind: str, points: float | None = None, exercise: str = "") -> Any:
    return nbformat.v4.new_markdown_cell(source, id=id, metadata=_metadata(id, kind, points, exercise))


def _code(id: str, source: str, *, kind: str, points: float | None = None, exercise: str = "") -> Any:
    return nbformat.v4.new_code_cell(source, id=id, metadata=_metadata(id, kind, points, exercise))
