"""A folder of results in other formats, and the sheet and course that it is about."""

from collections.abc import Sequence
from pathlib import Path

from autograder.course import find_course, is_remembered, load_sheet
from autograder.formats import Audience, format_module, needs_whole, takes
from autograder.formats import export as export_reports
from autograder.grading import Results, Whole, files, marks_in
from autograder.model import Sheet, UsageError, listed

COURSE = "course.txt"  # in a folder of results: the course they were graded with, for commands run elsewhere


def sheet_of(folder: Path, course: Path | None) -> Sheet:
    """The sheet that the reports in ``folder`` are about.

    Raises:
        UsageError: there are none, or no course was chosen that has it.
    """
    return load_sheet(*course_of(folder, course))


def course_of(folder: Path, course: Path | None) -> tuple[str, Path]:
    """The name of the sheet that the reports in ``folder`` are about, and its course. Raises UsageError as ``sheet_of`` does."""
    reports = Results(folder).summaries()
    if not reports:
        raise UsageError(f"No reports in {folder}; name the folder that `autograder grade --out` wrote.")
    name = next(iter(reports.values())).sheet
    try:
        chosen = find_course(course, sheet=name, handed_in=[folder])
    except UsageError:
        if course or not (folder / COURSE).is_file():
            raise
        graded_with = Path((folder / COURSE).read_text(encoding="utf-8").strip())
        if not graded_with.is_dir():
            raise UsageError(
                f"{folder} was graded with the course in {graded_with}, which is not there; say --course FOLDER, with the "
                "folder where that course lies now."
            ) from None
        if not is_remembered(graded_with):  # the folder may have been handed in, and a course is code
            raise UsageError(
                f"{folder} says that it was graded with {graded_with}, but you never graded with that course here; "
                f"say --course {graded_with} if it is yours."
            ) from None
        chosen = find_course(graded_with, sheet=name, handed_in=[folder])
    return name, chosen.path


def export_results(
    folder: Path,
    formats: Sequence[str],
    to: Path,
    *,
    template: Path | None = None,
    column: str = "",
    audience: Audience = "instructor",
    course: Path | None = None,
) -> Sequence[str]:
    """Writes the reports in ``folder`` in another format to the file ``to``, or in several, each to a file of its name in the
    folder ``to``; returns sentences the instructor must know.

    Raises:
        UsageError: no such format, no reports, or what a format cannot use; of several, those before it are written, and
            ``template`` and ``column`` are for the one that takes them.
    """
    modules = {name: format_module(name) for name in formats}
    if template and len(takers := [name for name in modules if takes(name, "template")]) > 1:
        raise UsageError(
            f"{listed(takers)} each fill in a file of their own; say --template with one of them at a time."
        )
    if to.is_dir() if len(modules) == 1 else to.is_file():
        wanted = "a file to write" if len(modules) == 1 else "a folder to write into, for several formats,"
        raise UsageError(f"--to {to}: {wanted} is expected, and this is a {'folder' if to.is_dir() else 'file'}.")
    sheet, results = sheet_of(folder, course), Results(folder)
    if results.marks.is_file():
        results.publish(sheet, marks_in(results.marks))
    summaries = [*results.summaries().values()]
    whole = Whole(results, [report.student for report in summaries])
    filled = template.read_bytes() if template else None
    notes: list[str] = []
    for name, module in modules.items():
        alone = len(modules) == 1
        taken = filled if alone or takes(name, "template") else None
        made = export_reports(
            name,
            whole if needs_whole(name, filled=taken is not None) else summaries,
            sheet,
            audience=audience,
            template=taken,
            column=column if alone or takes(name, "column") else "",
        )
        files.write(to if alone else to / f"{name}{made.suffix or module.suffix}", made.made)
        notes += made.notes
    return notes
