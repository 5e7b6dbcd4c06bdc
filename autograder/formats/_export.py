"""What a format makes of a whole class."""

import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol, runtime_checkable

from autograder.model import Report

Writer = Callable[[BinaryIO], object]


@dataclass(frozen=True, eq=False)
class Export:
    """A file, and what the instructor must know about it.

    Attributes:
        made: the file's bytes, or what writes them into a seekable file: a large class is not held.
        notes: sentences, one for each student or grade that is not in the file, and why.
        suffix: set when the file is not of the format's own suffix (an archive of several files).
    """

    made: bytes | Writer
    notes: tuple[str, ...] = ()
    suffix: str = ""

    @property
    def data(self) -> bytes:
        """All bytes at once."""
        if isinstance(self.made, bytes):
            return self.made
        held = io.BytesIO()
        self.made(held)
        return held.getvalue()

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Export):
            return NotImplemented
        return (self.notes, self.suffix, self.data) == (other.notes, other.suffix, other.data)

    __hash__ = None  # type: ignore[assignment]  # nobody looks one up


@runtime_checkable
class Written(Protocol):
    """A class on disk, where what ``json.render`` makes of each report for the instructor is there already."""

    def written(self) -> Iterator[bytes]: ...

    def paths(self) -> Sequence[Path]:
        """The files of the reports, in the order of the students' names."""


def by_student(reports: Sequence[Report]) -> Sequence[Report]:
    """In the order of their names. What is no list is a class on disk, which comes in that order, one report at a time."""
    return sorted(reports, key=lambda report: report.student) if isinstance(reports, list | tuple) else reports
