"""What a student handed in before: kept when a later archive brings something else in its place."""

import hashlib
from pathlib import Path

from autograder.grading import files
from autograder.intake import MAX_BYTES, read_below
from autograder.model import InternalError, SubmissionError
from autograder.nbgrader.guard import STAMP, as_date, stamp
from autograder.nbgrader.places import Parts, lying_in


def keep(folder: Path, parts: Parts, new: Path, to: Path) -> Path | None:
    """Copies what was collected before to ``to/<student>/<its time>/``, unless ``new`` is the same; where it is, or None.

    Args:
        folder, parts: where a student's assignment lies, in the instructor's part of the path and the student's.
        new: the file that is to take its place.
    """
    there = {names: data for names in lying_in(folder, parts, []) if (data := _read(folder, (*parts, *names)))}
    answers = [data for names, data in there.items() if names != (STAMP,)]
    if not answers or answers == [new.read_bytes()]:
        return None
    target = _free(to / parts[0] / _called(folder, parts, answers))
    for names, data in there.items():
        files.write(target.joinpath(*names), data)
    return target


def _read(folder: Path, parts: Parts) -> bytes:
    try:
        return read_below(folder, parts, max_bytes=MAX_BYTES)
    except (SubmissionError, InternalError):
        return b""  # a link or too large: nothing that we collected


def _called(folder: Path, parts: Parts, answers: list[bytes]) -> str:
    """The time of handing in, as it may stand in a name on every system; else a digest of what was handed in."""
    when = as_date(stamp(folder, parts)[0])
    return f"{when:%Y-%m-%d %H.%M.%S}" if when else hashlib.sha256(b"".join(answers)).hexdigest()[:12]


def _free(path: Path) -> Path:
    number, free = 1, path
    while free.exists():
        number += 1
        free = path.with_name(f"{path.name} ({number})")
    return free
