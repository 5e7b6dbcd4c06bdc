"""What a format makes of a whole class."""

from collections.abc import Sequence
from dataclasses import dataclass

from autograder.model import Report


@dataclass(frozen=True)
class Export:
    """The bytes of a file, and what the instructor must know about them.

    Attributes:
        data: the file's bytes.
        notes: sentences, one for each student or grade that is not in the file, and why.
        suffix: set when the file is not of the format's own suffix (an archive of several files).
    """

    data: bytes
    notes: tuple[str, ...] = ()
    suffix: str = ""


def by_student(reports: Sequence[Report]) -> Sequence[Report]:
    """In the order of their names. What is no list is a class on disk, which comes in that order, one report at a time."""
    return sorted(reports, key=lambda report: report.student) if isinstance(reports, list | tuple) else reports
