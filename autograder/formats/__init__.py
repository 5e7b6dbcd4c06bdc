"""One file per output: a report or a class of reports in, bytes out.

A format is a module in this folder whose name has no leading underscore; its file is its registration, and to add one
is to add that file. It may offer

    suffix: str                                                         what a file of this format ends in, ".json"
    render(report, sheet=None, *, audience="student") -> bytes          one report
    render_class(reports, sheet=None, ...) -> Export                    all reports of a class

    whole: bool                                                         render_class needs all of a report, not its summary

A format without ``render_class`` needs all of it too. ``sheet`` adds titles and tasks and may be missing, so that a folder of
reports can be exported on its own.
``render_class`` may take ``template: bytes | None`` (a file the learning platform handed out, to be filled in) and
``column: str`` (which of its columns); ``export`` passes only what a format takes. Formats use ``model`` and libraries,
and of this folder only the modules with a leading underscore.

    json        what a report is stored as; ``read`` takes it back
    text        a terminal or a log
    html        a student's feedback page, and the page of the class
    csv         a table with one column per exercise
    markdown    the summary of a self-check, for GitHub Actions
    junit       JUnit XML, for continuous integration
    gradescope  Gradescope's results.json, or its roster with the scores
    canvas      Canvas's gradebook CSV, from nothing or filled in
    moodle      Moodle's offline grading worksheet, filled in
"""

import importlib
import inspect
import pkgutil
from collections.abc import Container, Sequence
from types import ModuleType

from autograder.formats._audience import Audience, seen_by
from autograder.formats._changes import Change, changed, read_change
from autograder.formats._each import each
from autograder.formats._export import Export
from autograder.formats._letters import spell_what_is_missing
from autograder.formats._plain import plain
from autograder.formats._safe import cell, file_name, printable, uncell
from autograder.formats._said import in_all, of_exercise
from autograder.formats._words import SYMBOL, WORD, begun, points, state, unit
from autograder.formats._worksheet import last_modified
from autograder.model import Report, Sheet, UsageError

__all__ = [
    "SYMBOL",
    "WORD",
    "Audience",
    "Change",
    "Export",
    "begun",
    "cell",
    "changed",
    "export",
    "file_name",
    "format_module",
    "in_all",
    "last_modified",
    "names",
    "needs_whole",
    "of_exercise",
    "plain",
    "points",
    "printable",
    "read_change",
    "seen_by",
    "spell_what_is_missing",
    "state",
    "uncell",
    "unit",
]


def names() -> tuple[str, ...]:
    """The names of all formats, sorted."""
    return tuple(sorted(found.name for found in pkgutil.iter_modules(__path__) if not found.name.startswith("_")))


def format_module(name: str) -> ModuleType:
    """The module of the format called ``name``.

    Raises:
        UsageError: there is none; the sentence names those that exist.
    """
    if name not in names():
        raise UsageError(f"There is no format {name!r}; the formats are {', '.join(names())}.")
    return importlib.import_module(f"{__name__}.{name}")


def needs_whole(name: str, *, filled: bool = False) -> bool:
    """Whether the format shows more of a report than the index of a folder of results knows (``grading.Index``).

    A template that is ``filled`` in takes scores and first reasons, which it knows.
    """
    module = format_module(name)
    return not filled and getattr(module, "whole", not hasattr(module, "render_class"))


def export(
    name: str,
    reports: Sequence[Report],
    sheet: Sheet | None = None,
    *,
    audience: Audience = "instructor",
    template: bytes | None = None,
    column: str = "",
) -> Export:
    """All reports in the format called ``name``: one file, or a zip archive of one file per student where the format
    knows only single reports and there are several.

    Raises:
        UsageError: unknown format, no reports, or a template or column that the format does not take or cannot use.
    """
    module = format_module(name)
    if not reports:
        raise UsageError(f"There is no report to export as {name}; grade first, then name the folder with the results.")
    if not hasattr(module, "render_class"):
        _refuse(name, (), template, column)
        return each(module.render, module.suffix, reports, sheet, audience)
    options = inspect.signature(module.render_class).parameters
    _refuse(name, options, template, column)
    given = {"audience": audience, "template": template, "column": column}
    exported: Export = module.render_class(
        reports, sheet, **{option: value for option, value in given.items() if option in options}
    )
    return exported


def _refuse(name: str, options: Container[str], template: bytes | None, column: str) -> None:
    for option, given in (("template", template is not None), ("column", bool(column))):
        if given and option not in options:
            raise UsageError(f"The format {name} takes no {option}; leave --{option} out.")
