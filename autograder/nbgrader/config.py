"""nbgrader_config.py of a course, so that nbgrader's own commands grade with this engine from the start.

What ``autograder notebook`` writes beside a source notebook: without it nbgrader would run the students' cells in a kernel of its
own, and nobody would have been told.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from autograder.grading import files

NAME = "nbgrader_config.py"
_LINES = """
# nbgrader's commands and Formgrader grade with this engine: no kernel, walled processes, nobody lost. nbgrader takes modules of
# the working directory first, where a file torch.py would run as you; the first two lines stop that.
import os, sys
sys.path[:] = [folder for folder in sys.path if folder and os.path.realpath(folder) != os.path.realpath(os.curdir)]
from autograder.nbgrader import configure

configure(get_config(), course={course!r})
"""
_CALL = re.compile(r"^[^#\n]*\bconfigure\(", re.MULTILINE)


def course_folder(source: Path) -> Path | None:
    """nbgrader's course folder around ``source/<assignment>/<notebook>.ipynb``; None where the path is of no course."""
    whole = source.absolute()
    for parent in whole.parents:
        if (parent / NAME).is_file():
            return parent
    return whole.parents[2] if len(whole.parents) > 2 and whole.parents[1].name == "source" else None


def configured(root: Path, course: Path) -> str:
    """Puts the lines into nbgrader_config.py of ``root``; returns a sentence, "" where they are there already."""
    path = root / NAME
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    if _CALL.search(before):
        return ""
    lines = _LINES.format(course=str(course.resolve()))
    files.write(path, (f"{before.rstrip()}\n{lines}" if before.strip() else lines.lstrip()).encode())
    done = "the lines were added" if before else "the file was written"
    return f"{path}: nbgrader's own commands grade with this engine; {done}."


def find_tools() -> None:
    """nbgrader calls ``alembic`` by name: it lies beside this Python, also where the environment was not activated."""
    if not shutil.which("alembic"):
        os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
