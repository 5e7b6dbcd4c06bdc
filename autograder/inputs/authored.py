"""What an author's own code raises, as the course's fault: with file and line, what it was, and what was meant."""

import builtins
import inspect
import os
import re
import sys
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.model import AutograderError, CourseError, Mistake, NeedsPerson, meant

_ENGINE = str(Path(__file__).parents[1]) + os.sep
_LIBRARIES = (
    str(Path(os.__file__).parent) + os.sep,
    f"{os.sep}site-packages{os.sep}",
    f"{os.sep}dist-packages{os.sep}",
)
_PASS = (Mistake, NeedsPerson, AutograderError, OSError)  # verdicts, faults that have their sentence, and the machine's
_KEYWORD = re.compile(r"(?:(\w+)\.__init__|(\w+))\(\) got an unexpected keyword argument '(\w+)'")
_IMPORT = re.compile(r"cannot import name '(\w+)'")


@contextmanager
def authored(what: str) -> Iterator[None]:
    """Whatever code of the course, run in it, raises becomes a CourseError; ``what`` is its subject: "the oracle of f"."""
    try:
        yield
    except _PASS:
        raise
    except Exception as error:
        raise CourseError(blamed(error, what)) from error


def blamed(error: BaseException, what: str) -> str:
    """The sentence on an error, with the place: "exercise.py, line 7: the oracle of f fails with NameError: ..."."""
    where = place(error)
    return f"{where}: {what} fails with {_said(error)}" if where else f"{what} fails with {_said(error)}"


def place(error: BaseException) -> str:
    """The innermost line that is neither the engine's nor a library's, "/course/exercise.py, line 7"; "" if there is none."""
    if isinstance(error, SyntaxError) and error.filename:
        return f"{error.filename}, line {error.lineno}"
    own = _own(error.__traceback__)
    return f"{own.tb_frame.f_code.co_filename}, line {own.tb_lineno}" if own else ""


def _own(trace: TracebackType | None) -> TracebackType | None:
    found = None
    while trace is not None:
        file = trace.tb_frame.f_code.co_filename
        if not file.startswith((_ENGINE, "<")) and not any(part in file for part in _LIBRARIES):
            found = trace
        trace = trace.tb_next
    return found


def _said(error: BaseException) -> str:
    """The error in Python's words, with what was meant where Python or the names that there are say it."""
    if isinstance(error, SyntaxError):
        return f"SyntaxError: {error.msg}."
    (text, *_) = traceback.format_exception_only(error)
    suggested = "" if "Did you mean" in text else _suggestion(error)
    return f"{text.strip().rstrip('.?')}{suggested}{'?' if 'Did you mean' in text or suggested else '.'}"


def _suggestion(error: BaseException) -> str:
    own, said = _own(error.__traceback__), str(error)
    if isinstance(error, NameError) and own and error.name:
        return meant(error.name, own.tb_frame.f_globals | own.tb_frame.f_locals | vars(builtins))
    if isinstance(error, AttributeError) and error.name:
        return meant(error.name, dir(error.obj))
    if (found := _KEYWORD.search(said)) and own:
        names = own.tb_frame.f_globals | own.tb_frame.f_locals
        return meant(found[3], _parameters(names.get(found[1] or found[2])))
    if (found := _IMPORT.search(said)) and isinstance(error, ImportError) and error.name:
        return meant(found[1], dir(sys.modules.get(error.name)))
    return ""


def _parameters(function: Any) -> list[str]:
    try:
        return list(inspect.signature(function).parameters)
    except (TypeError, ValueError):
        return []
