"""One student's folder, read as ``submissions`` reads a class: several files, zips inside zips, folders."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from autograder.intake import litter
from autograder.intake.layout import Claim
from autograder.intake.student_file import StudentFile, on_disk
from autograder.intake.submissions import EMPTY, opened, read_claim
from autograder.intake.walk import walked
from autograder.model import Origin, Sheet, Submission


def in_folder(
    where: Path, parts: tuple[str, ...], student: str, sheet: Sheet, *, origin: Origin, notes: Sequence[str] = ()
) -> Submission:
    """What everything in the folder says.

    Args:
        where, parts: the instructor's part of its path, and the student's, in which no link is followed.
    """
    said: list[str] = []
    files = tuple(_files(where, parts, said))
    claim = opened(
        Claim(student, files or (on_disk(where.joinpath(*parts), parts),), origin, problem="" if files else EMPTY),
        sheet,
    )
    return read_claim(replace(claim, notes=(*notes, *said, *claim.notes)), sheet)[0]


def _files(where: Path, parts: tuple[str, ...], notes: list[str]) -> list[StudentFile]:
    """Plain files and links in the folder, the folder itself if it is a link or none."""
    top = where.joinpath(*parts)
    if not top.is_dir() or any(where.joinpath(*parts[: i + 1]).is_symlink() for i in range(len(parts))):
        return [on_disk(top, parts)]
    found = [file.parts for file in walked(top, [], notes) if not litter.is_junk(file.parts)]
    kept = [below for below in found if not any(map(litter.is_hidden, below))]
    return [replace(on_disk(top.joinpath(*below), (*parts, *below)), own=(*parts[1:], *below)) for below in kept]
