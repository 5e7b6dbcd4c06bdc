"""``autograder similar``: from folders to a page, and to a table where one is wanted."""

from collections.abc import Sequence
from pathlib import Path

import click

from autograder.commands.exports import course_of
from autograder.commands.similar.handed_in import from_results, from_submissions, taken_away, told_apart
from autograder.commands.similar.page import page as rendered
from autograder.commands.similar.pairs import Compared, compared
from autograder.commands.similar.table import table
from autograder.course import find_course, load_sheet
from autograder.grading import Results, files
from autograder.intake import submissions
from autograder.model import Sheet, UsageError

PAGE = "similar.html"


def similar(
    paths: Sequence[Path],
    *,
    sheet: str = "",
    page: Path | None = None,
    to: Path | None = None,
    course: Path | None = None,
) -> int:
    """Compares what stands in folders of results, and in submissions as ``grade`` takes them, as one class; returns how many
    submissions could not be read through a fault on our side.

    Raises:
        UsageError: no such path, no submission in it, or nothing says which sheet they answer.
        CourseError: the course is wrong.
    """
    folders = [path for path in paths if _holds_results(path)]
    others = [path for path in paths if path not in folders]
    loaded, place = _sheet(sheet, folders, others, course)
    handed, broken = [[*from_results(Results(folder), loaded)] for folder in folders], 0
    if others:
        taken = submissions(others, loaded)
        handed.append(from_submissions(taken.submissions, loaded))
        for note in (*(f"ignored: {one}" for one in taken.ignored), *taken.broken):
            click.echo(note, err=True)
        broken = len(taken.broken)
    found = compared(told_apart(handed, [*map(str, folders), "submissions"]), taken_away(loaded, place))
    where = page or (folders[0] / PAGE if len(folders) == 1 and not others else Path(PAGE))
    files.write(where, rendered(found, loaded))
    if to:
        files.write(to, table(found))
    _conclude(found, [where, *([to] if to else [])])
    return broken


def _holds_results(path: Path) -> bool:
    return (path / "reports").is_dir() and (path / "grades.csv").is_file()


def _sheet(name: str, folders: Sequence[Path], others: Sequence[Path], course: Path | None) -> tuple[Sheet, Path]:
    """The sheet that everything answers, and its course."""
    found = [course_of(folder, course) for folder in folders]
    named = {sheet for sheet, _ in found} | ({name} if name else set())
    if not named:
        raise UsageError(f"Which sheet do the submissions in {others[0]} answer? Name it with --sheet.")
    if len(named) > 1:
        raise UsageError(f"One sheet is compared at a time; found {', '.join(sorted(named))}.")
    place = found[0][1] if found else find_course(course, sheet=name, handed_in=others).path
    return load_sheet(named.pop(), place), place


def _conclude(found: Compared, written: Sequence[Path]) -> None:
    with_text = sum(bool(one.places) for one in found.handed)
    click.echo(f"{with_text} of {len(found.handed)} submissions hold something to compare; {len(found.pairs)} pairs.")
    for path in written:
        click.echo(path)
