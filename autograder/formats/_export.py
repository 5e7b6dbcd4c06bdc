"""What a format makes of a whole class."""

from dataclasses import dataclass


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
