"""A class in a format that knows single reports alone."""

import zipfile
from collections.abc import Iterable, Sequence
from functools import partial
from typing import BinaryIO, Protocol

from autograder.formats._audience import Audience
from autograder.formats._export import Export, by_student
from autograder.formats._parts import in_parts
from autograder.formats._safe import file_name
from autograder.model import Report, Sheet


class Render(Protocol):
    """A format's ``render``."""

    def __call__(self, report: Report, sheet: Sheet | None, *, audience: Audience) -> bytes: ...


def each(
    render: Render,
    suffix: str,
    reports: Sequence[Report],
    sheet: Sheet | None,
    audience: Audience,
    *,
    alone: bool = False,
) -> Export:
    """The file of the only report, or an archive of one file a student. ``alone``: ``render`` is a function of a module and makes
    nothing of the sheet, so that several processes may make the files of a large class."""
    if len(reports) == 1:
        return Export(render(reports[0], sheet, audience=audience))

    def write(file: BinaryIO) -> None:
        make = partial(_files, render, suffix, audience)
        parts = in_parts(reports, make) if alone else (make([report], sheet) for report in by_student(reports))
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, data in (file for part in parts for file in part):
                archive.writestr(zipfile.ZipInfo(name), data)  # dated 1980: same reports, same bytes

    return Export(write, suffix=".zip")


def _files(
    render: Render, suffix: str, audience: Audience, reports: Iterable[Report], sheet: Sheet | None = None
) -> list[tuple[str, bytes]]:
    """Names and contents."""
    return [(file_name(r.student) + suffix, render(r, sheet, audience=audience)) for r in reports]
