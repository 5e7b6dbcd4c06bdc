"""A student's own check: the public checks on one file, readable in a terminal; with ``watch``, again at each save."""

import functools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console

from autograder.course import SUFFIX, data_sets, find_course, settings
from autograder.formats import format_module, text
from autograder.grading import start_host
from autograder.model import Answer, Exercise, NeedsPerson, Options, Picture, Report, Run, Sheet, Status, UsageError

if TYPE_CHECKING:  # imports torch; a host starts first
    from autograder.grading import Grader


NOT_TRIED = "A short training, for no points: --only {} tries it here, and so does --html page.html, with pictures."
PICTURES = 'The pictures: run the cell check("...") of the notebook, or add --html page.html to this command.'


def check_file(
    sheet: str,
    file: Path,
    *,
    only: Sequence[str] = (),
    markdown: Path | None = None,
    html: Path | None = None,
    watch: bool = False,
    no_training: bool = False,
    device: str = "auto",
    mnist: Path | None = None,
    course: Path | None = None,
) -> bool:
    """Prints what the public checks find; True if nothing failed (with ``watch``, the last time).

    Short trainings that earn no points are made for ``only`` and ``html`` alone: nobody else waits for them.

    Raises:
        UsageError: no such sheet, exercise or file, or a page would overwrite answers.
        InternalError: a page cannot be written; one that is there stays.
    """
    if not file.is_file():
        raise UsageError(f"No file {file}; expected your notebook or .py file.")
    for page in filter(None, (markdown, html)):
        _refuse_answers(page, file)
    course = find_course(course, sheet=sheet, handed_in=[file], packs=True).path
    options = Options(not no_training, device, str(mnist or ""))
    with _own_grader(sheet, course, options, ahead=watch, rehearse=bool(only or html)) as grader:
        right = True
        with suppress(KeyboardInterrupt) if watch else nullcontext():
            for report in _reports(grader, file, _ids(grader.sheet, only), watch=watch):
                right = _is_right(report)  # known before it is shown: whoever has read it may end the watch
                console = Console(soft_wrap=True)
                text.show(report, console, grader.sheet)
                if html:
                    _write(html, _page(report))
                elif any(isinstance(one, Picture) for r in report.results for f in r.findings for one in f.detail):
                    console.print(PICTURES, markup=False, highlight=False)
                if markdown:
                    _write(markdown, format_module("markdown").render(report, grader.sheet))
    return right


def _refuse_answers(page: Path, file: Path) -> None:
    """Raises UsageError where a page would take the place of somebody's work."""
    if page.suffix.lower() in (".ipynb", ".py", SUFFIX) or (page.exists() and page.samefile(file)):
        raise UsageError(f"{page} would be overwritten by the page; name another file for it, such as page.html.")


def _write(page: Path, content: bytes) -> None:
    from autograder.grading import files  # not for a plain check, which is to be quick

    files.write(page, content)


def _page(report: Report) -> bytes:
    """What the notebook shows, as a page without scripts that fetches nothing."""
    from autograder.nbgrader.findings import fragment

    policy = "default-src 'none'; img-src data:; style-src 'unsafe-inline'"
    head = f'<!doctype html>\n<meta charset="utf-8">\n<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
    told = report.results[:1] if report.problem else report.results  # what is wrong with a whole file is said once
    body = "\n<br>\n".join(fragment(report, result) for result in told)
    return f"{head}<title>{escape(report.sheet)}</title>\n{body}\n".encode()


def _is_right(report: Report) -> bool:
    return not report.problem and all(f.status is not Status.FAILED for r in report.results for f in r.findings)


def _reports(grader: "Grader", file: Path, only: Sequence[str], *, watch: bool) -> Iterator[Report]:
    """The report on ``file``; with ``watch`` also, after each save, on what it changed."""
    from autograder.intake import one

    submission = one(file, file.stem, grader.sheet)
    yield grader.grade(submission, only)
    if not watch:
        return
    from autograder.commands.watch import changes

    console = Console(stderr=True, soft_wrap=True)
    console.print(f"Waiting for {file.name} to be saved; Ctrl-C ends.", markup=False, highlight=False)
    for saved, touched in changes(file, grader.sheet, submission):
        if wanted := [id for id in touched if not only or id in only]:
            yield grader.grade(saved, wanted)


def _at_once(sheet: Sheet) -> Sheet:
    """``sheet`` without the short trainings that earn nothing: each says how it is tried. All else is answered in less time."""

    def left_out(id: str) -> Run:
        def run(_: Answer) -> None:
            raise NeedsPerson(NOT_TRIED.format(id))

        return run

    def quick(exercise: Exercise) -> Exercise:
        checks = [replace(c, run=left_out(exercise.id), asks=None) if c.rehearses else c for c in exercise.checks]
        return replace(exercise, checks=tuple(checks))

    return replace(sheet, exercises=tuple(map(quick, sheet.exercises)))


def _ids(sheet: Sheet, only: Sequence[str]) -> list[str]:
    """Exercises named, several with commas between. Raises CourseError for one that is not there."""
    ids = [id.strip() for names in only for id in names.split(",") if id.strip()]
    for id in ids:
        sheet.exercise(id)
    return ids


@contextmanager
def _own_grader(sheet: str, course: Path, options: Options, *, ahead: bool, rehearse: bool) -> "Iterator[Grader]":
    """A grader for public checks, of which ``rehearse`` makes the short trainings.

    The sheet is loaded, which imports torch, while a student's process imports torch too.
    """

    @functools.cache
    def loaded() -> Sheet:
        from autograder.course import load_sheet, own_sheet
        from autograder.grading import Grader  # noqa: F401 - so that it is there already

        known = own_sheet(load_sheet(sheet, course))
        return known if rehearse else _at_once(known)

    host = start_host(
        settings(sheet, course),
        options,
        data=data_sets(sheet, course),
        secret=(course / "reference",),
        patient=False,
        ahead=ahead,
        meanwhile=loaded,
    )
    from autograder.grading import Grader

    with host, Grader(loaded(), host, checks="public", options=options) as grader:
        yield grader


def grade_public(sheet: str, file: Path, course: Path, options: Options) -> Report:
    """The report of the public checks on one file."""
    with _own_grader(sheet, course, options, ahead=False, rehearse=True) as grader:
        return next(_reports(grader, file, [], watch=False))
