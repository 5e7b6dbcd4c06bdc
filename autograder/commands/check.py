"""A student's own check: the public checks on one file, readable in a terminal."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Console

from autograder.course import data_sets, find_course, settings
from autograder.formats import format_module, text
from autograder.grading import start_host
from autograder.model import Options, Report, Sheet, Status, UsageError
from autograder.student import Host


def check_file(
    sheet: str,
    file: Path,
    *,
    only: Sequence[str] = (),
    markdown: Path | None = None,
    no_training: bool = False,
    device: str = "auto",
    mnist: Path | None = None,
    course: Path | None = None,
) -> bool:
    """Prints what the public checks find; True if nothing failed.

    Raises:
        UsageError: no such sheet, exercise or file.
    """
    if not file.is_file():
        raise UsageError(f"No file {file}; expected your notebook or .py file.")
    course = find_course(course, sheet=sheet, handed_in=[file], packs=True).path
    options = Options(not no_training, device, str(mnist or ""))
    with start_host(
        settings(sheet, course), options, data=data_sets(sheet, course), secret=(course / "reference",), patient=False
    ) as host:
        loaded, report = grade_public(host, sheet, file, course, options, only)
    text.show(report, Console(soft_wrap=True), loaded)
    if markdown:
        markdown.write_bytes(format_module("markdown").render(report, loaded))
    return not report.problem and all(f.status is not Status.FAILED for r in report.results for f in r.findings)


def grade_public(
    host: Host, sheet: str, file: Path, course: Path, options: Options, only: Sequence[str] = ()
) -> tuple[Sheet, Report]:
    """The sheet and the report of its public checks on one file."""
    from autograder.course import load_sheet, own_sheet
    from autograder.grading import Grader
    from autograder.intake import one

    loaded = own_sheet(load_sheet(sheet, course))
    only = [id.strip() for names in only for id in names.split(",") if id.strip()]
    for id in only:
        loaded.exercise(id)
    submission = one(file, file.stem, loaded)
    with Grader(loaded, host, checks="public", options=options) as grader:
        return loaded, grader.grade(submission, only)
