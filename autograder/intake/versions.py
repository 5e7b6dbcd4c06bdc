"""Which of two files is the newer version of the other, by their names and by when the platform says they were handed in."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.intake.student_file import StudentFile

_MARKS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (kind, re.compile(rf"[ _\-.]*(?:{pattern})$", re.I))
    for kind, pattern in (
        ("copy", r"\((\d{1,3})\)|(?<![a-z])copy ?(\d{0,3})|\((?:copy|kopie) ?(\d{0,3})\)|(?<![a-z])kopie ?(\d{0,3})"),
        ("date", r"(?<!\d)(\d{4})[-_.]?(\d{2})[-_.]?(\d{2})(?:[T _\-.]*(\d{2})[-_.:h]?(\d{2})(?:[-_.:]?(\d{2}))?)?"),
        ("day", r"(?<!\d)(\d{1,2})[-_.](\d{1,2})[-_.](\d{4})"),
        ("version", r"(?<![a-z0-9])(?:version|vers|ver|v|rev)[ ._]?(\d{1,3}(?:\.\d{1,3})?)"),
        (
            "final",
            r"(?<![a-z])(?:final(?:e|ly)?|fixed|corrected|endfassung|abgabe|korrigiert|neu|new|fertig|done)(\d{0,2})",
        ),
        ("old", r"(?<![a-z])(?:old|alt|backup|bak|orig(?:inal)?|draft|entwurf|wip)(\d{0,2})"),
    )
)
_STAMP = re.compile(r"^(\d{4})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})_")


@dataclass(frozen=True, order=True)
class Version:
    """Orders versions of one file: the newest is the largest."""

    when: str = ""  # from the platform
    date: tuple[int, ...] = ()
    rank: int = 0  # -1 for one that is called old, 1 for a final one
    number: tuple[int, ...] = ()
    copy: int = 0


def version(file: StudentFile) -> tuple[str, Version]:
    """The name that all versions of a file share, and which version it is."""
    stem = re.sub(r"\.[^.]*$", "", _STAMP.sub("", file.name))
    found: dict[str, tuple[int, ...]] = {}
    rank = 0
    while mark := next(((kind, m) for kind, pattern in _MARKS if (m := pattern.search(stem)) and m.start() > 0), None):
        kind, match = mark
        numbers = tuple(int(part) for group in match.groups() if group for part in group.split("."))
        stem = stem[: match.start()]
        if kind in ("final", "old"):
            rank = rank or (1 if kind == "final" else -1)
            kind = "version"
        found.setdefault(kind, numbers)
    date = found.get("date") or found.get("day", ())[::-1]
    copy = (found["copy"] or (1,))[0] if "copy" in found else 0
    stamp = _STAMP.match(file.name)
    when = file.when or ("".join(stem_part for stem_part in stamp.groups()) if stamp else "")
    folder = "/".join(file.below[:-1])
    return f"{folder}/{stem.casefold()}{file.suffix}", Version(when, date, rank, found.get("version", ()), copy)


def groups(files: Sequence[StudentFile]) -> list[list[StudentFile]]:
    """Files that are versions of one another, the newest first; in the order of the first of each."""
    found: dict[str, list[StudentFile]] = {}
    for file in files:
        found.setdefault(version(file)[0], []).append(file)
    return [sorted(group, key=lambda file: version(file)[1], reverse=True) for group in found.values()]
