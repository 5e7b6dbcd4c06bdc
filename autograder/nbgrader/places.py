"""Where in a course folder of nbgrader's a student's files lie: the instructor's part of a path, and the student's."""

import fnmatch
import glob
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

Parts = tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """The folder in submitted/ that counts for a student, for whom else it counts, and why nothing does."""

    folder: Path
    team: Parts = ()
    problem: str = ""


_PLACES: dict[Path, Place] = {}
"""Folder that a student has or would have -> the one that counts; of the courses with groups that this process has graded."""


def place(folder: str | Path) -> Place:
    """What counts for the student to whom a folder in submitted/ belongs, or would belong."""
    whole = Path(os.path.abspath(folder))
    return _PLACES.get(whole, Place(whole))


def keep_place(folder: str | Path, found: Place) -> None:
    """From now on another folder counts for a student."""
    _PLACES[Path(os.path.abspath(folder))] = found


def below(coursedir: Any, path: str | Path) -> tuple[Path, Parts]:
    """The folder of one student's assignment, that counts, as the instructor's part of the path and the student's."""
    pieces = Path(coursedir.directory_structure).parts
    depth = len(pieces) - next(i for i, piece in enumerate(pieces) if "{student_id}" in piece)
    whole = place(path).folder
    return whole.parents[depth - 1], whole.parts[-depth:]


def is_led_away(folder: Path, parts: Parts) -> bool:
    """Whether one of the student's parts of a path is a link."""
    return any(folder.joinpath(*parts[: i + 1]).is_symlink() for i in range(len(parts)))


def expected(converter: Any, folder: str) -> list[str]:
    """The notebooks to grade in what a student handed in; where none lies there, those that nbgrader released, as if they did."""
    coursedir = converter.coursedir
    there = glob.glob(os.path.join(glob.escape(folder), f"{coursedir.notebook_id}.ipynb"))
    released = Path(coursedir.format_path(coursedir.source_directory, ".", coursedir.assignment_id))
    names = sorted(path.name for path in released.glob(f"{coursedir.notebook_id}.ipynb"))
    return there or [os.path.join(folder, name) for name in names]


def lying_in(folder: Path, parts: Parts, ignored: list[str]) -> Iterator[Parts]:
    """Names of the files below a student's folder; links are among them, folders behind links are not entered."""
    if is_led_away(folder, parts):
        return
    top = folder.joinpath(*parts)
    for where, inner, names in os.walk(top):
        inner[:] = sorted(name for name in inner if not _matches(name, ignored))
        for name in sorted(names):
            if not _matches(name, ignored):
                yield (*Path(where).relative_to(top).parts, name)


def _matches(name: str, patterns: list[str]) -> bool:
    return any(fnmatch.fnmatchcase(name, pattern) for pattern in patterns)
