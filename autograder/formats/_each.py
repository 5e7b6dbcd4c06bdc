"""A class in a format that knows single reports alone."""

import zipfile
from collections.abc import Sequence
from typing import BinaryIO, Protocol

from autograder.formats._audience import Audience
from autograder.formats._export import Export, by_student
from autograder.formats._safe import file_name
from autograder.model import Report, Sheet


class Render(Protocol):
    """A format's ``render``."""

    def __call__(self, report: Report, sheet: Sheet | None, *, audience: Audience) -> bytes: ...


def each(render: Render, suffix: str, reports: Sequence[Report], sheet: Sheet | None, audience: Audience) -> Export:
    """The file of the only report, or an archive of one file a student."""
    if len(reports) == 1:
        return Export(render(reports[0], sheet, audience=audience))

    def write(file: BinaryIO) -> None:
        with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
            for report in by_student(reports):
                member = zipfile.ZipInfo(file_name(report.student) + suffix)  # dated 1980: same reports, same bytes
                archive.writestr(member, render(report, sheet, audience=audience))

    return Export(write, suffix=".zip")
