"""What happened, as plain data for the other side, which finds the sentences. Runs in the student's process.

Every text comes from a stranger's objects: reading one may raise, loop or be enormous. It is cut short here and cleaned there.
"""

import traceback
from types import TracebackType
from typing import Any

LONGEST = 500


def cell_file(number: int) -> str:
    """The name that tracebacks and linecache know a cell by."""
    return f"<cell {number}>"


def raised(error: BaseException) -> dict[str, Any]:
    """``{"type", "bases", "text", "errno", "cell", "line"}`` of an exception; the place is the last in the student's code. Of a
    cell that is no Python also ``"source"``, the line."""
    cell, line = _place(error)
    bases = [base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"]
    place: dict[str, Any] = {"cell": cell, "line": line}
    if isinstance(error, SyntaxError) and _cell_number(str(error.filename)) is not None:
        place["source"] = str(error.text or "").strip()[:LONGEST]
    return {"type": type(error).__name__[:100], "bases": bases, "text": _text(error), "errno": _errno(error), **place}


def top_line(error: BaseException, name: str) -> int:
    """The line of cell ``name`` at whose top level ``error`` came up; 0 if it did not."""
    if isinstance(error, SyntaxError) and error.filename == name:
        return error.lineno or 0
    for frame, line in traceback.walk_tb(error.__traceback__):
        if frame.f_code.co_filename == name and frame.f_code.co_name == "<module>":
            return line
    return 0


def _place(error: BaseException) -> tuple[int | None, int | None]:
    if isinstance(error, SyntaxError) and (number := _cell_number(str(error.filename))) is not None:
        return number, error.lineno
    place: tuple[int | None, int | None] = (None, None)
    step: TracebackType | None = error.__traceback__
    while step is not None:
        number = _cell_number(step.tb_frame.f_code.co_filename)
        if number is not None:
            place = (number, step.tb_lineno)
        step = step.tb_next
    return place


def _cell_number(name: str) -> int | None:
    digits = name.removeprefix("<cell ").removesuffix(">")
    return int(digits) if name.startswith("<cell ") and digits.isdecimal() and len(digits) < 9 else None


def _text(error: BaseException) -> str:
    try:
        return str(error.msg if isinstance(error, SyntaxError) else error)[:LONGEST]
    except BaseException:
        return ""


def _errno(error: BaseException) -> int:
    number = error.errno if isinstance(error, OSError) else 0
    return number if type(number) is int else 0
