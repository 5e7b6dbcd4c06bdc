"""A student's process from here on: its output, its server, and an exit code that says whose fault an end was."""

import io
import os
import sys
import traceback
from collections.abc import Callable
from typing import Any, NoReturn

from autograder.student import endings
from autograder.student.inside import intact
from autograder.student.inside.server import Server


def serve(made: Callable[[], Server], outputs: Callable[[int], io.RawIOBase]) -> NoReturn:
    """Answers until the grader hangs up, then ends the process. The grader takes what comes before the hello, or an end before
    it, as our own failure.

    Args:
        made: makes the server, once this process is as a submission may find it.
        outputs: descriptor 1 or 2 -> the file that Python prints into.
    """
    code, ours = endings.OWN_FAILURE, None
    changed, disturbed = (
        intact.changed,
        (OSError, *Server.DISTURBED),
    )  # before the submission can put others in their place
    try:
        server = made()
        sys.stdout, sys.stderr = (_printer(outputs(fd)) for fd in (1, 2))
        ours = AT_START
        server.serve()
    except BaseException as error:
        theirs = isinstance(error, disturbed) or (ours is not None and changed(ours))
        code = endings.OWN_FAILURE if theirs else endings.OUR_FAULT
        if isinstance(error, MemoryError):  # the submission's own: it left us none
            code = endings.NO_MEMORY
        os.write(2, f"{type(error).__name__}: {error}\n{traceback.format_exc()[-1500:]}".encode("utf-8", "replace"))
    finally:
        os._exit(code)


def _printer(file: io.RawIOBase) -> Any:
    return io.TextIOWrapper(file, "utf-8", "backslashreplace", newline="\n", line_buffering=True)


AT_START = intact.parts()  # once, before any process is forked
