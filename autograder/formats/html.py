"""Pages: one per student, to be handed out, and one of the class, for the instructor.

Each page is one file without scripts, fonts or pictures from elsewhere, and says so in its content security policy.
"""

import base64
import hashlib
from collections.abc import Callable, Sequence
from itertools import groupby
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from autograder.formats import _prose
from autograder.formats._audience import Audience, seen_by
from autograder.formats._changes import Change, by_exercise, grouped
from autograder.formats._class import Rate, ordered, overview, signs
from autograder.formats._export import Export
from autograder.formats._listing import excerpt, listing, stands_open
from autograder.formats._safe import file_name, link, printable
from autograder.formats._summary import fix_first, pending_points, told_once
from autograder.formats._words import REPORT_WORD, WORD, points, spoken, state, title, unit
from autograder.model import Detail, Exercise, Picture, Report, Result, Sheet

suffix = ".html"

FEEDBACK = "feedback"  # folder of the students' pages, seen from the class page
_FEW = 10  # students who changed: as many stand unfolded
_LONGEST_ANSWER = 20_000  # characters of an answer shown on a page

_LINE = {
    "follows": "passed",
    "side equation": "passed",
    "read": "passed",
    "first error": "failed",
    "another error": "failed",
    "unreadable": "pending",
    "right but does not follow": "failed",
    "undecided": "pending",
}  # every other verdict is a remark


def render(report: Report, sheet: Sheet | None = None, *, audience: Audience = "student") -> bytes:
    """One student's page."""
    seen = told_once(seen_by(report, audience))
    return _page(
        "student.html.j2",
        css="student.css",
        title=title(sheet, report),
        report=seen,
        audience=audience,
        fixes=fix_first(seen),
        exercises=_exercises(sheet),
        pending=pending_points(seen),
        longest_answer=_LONGEST_ANSWER,
        anchors={result.id: f"x-{i}" for i, result in enumerate(seen.results, 1)},
        filename=seen.path if audience == "instructor" else seen.path.rpartition("/")[2],
    )


def render_class(reports: Sequence[Report], sheet: Sheet | None = None, *, changes: Sequence[Change] = ()) -> Export:
    """The page of the class; it links to ``feedback/<file_name(student)>.html``. ``changes``: what the last run changed."""
    rows = ordered(reports)
    numbers, students = overview(rows, sheet), {report.student for report in rows}
    script = _file("class.js") + _file("leaf.js")
    page = _page(
        "class.html.j2",
        css="class.css",
        title=title(sheet, rows[0] if rows else None),
        reports=rows,
        cells=_cells([id for id, _ in numbers.exercises]),
        overview=numbers,
        few=_FEW,
        changes=grouped(there := [change for change in changes if change.student in students]),
        changed_exercises=by_exercise(there, [id for id, _ in numbers.exercises]),
        versions=_versions(rows),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
    )
    return Export(page)


def _page(template: str, css: str, **values: Any) -> bytes:
    styles = Markup(_file("base.css") + _file(css))
    return _ENVIRONMENT.get_template(template).render(css=styles, **values).encode("utf-8", "replace")


def _file(name: str) -> str:
    loader = _ENVIRONMENT.loader
    assert loader is not None
    return loader.get_source(_ENVIRONMENT, name)[0]


def _exercises(sheet: Sheet | None) -> dict[str, Exercise]:
    return {exercise.id: exercise for exercise in sheet.exercises} if sheet else {}


def _data_uri(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def _runs(details: Sequence[Detail]) -> list[tuple[str, list[Detail]]]:
    """Neighbours of one type together, with the type's name in lower case."""
    return [(kind, list(run)) for kind, run in groupby(details, key=lambda detail: type(detail).__name__.lower())]


def _cells(exercises: Sequence[str]) -> Callable[[Report], Markup]:
    """What makes a report's cells in the class's table. Equal results of several students are one object and made once.

    The script makes links of cells that are shown: ``data-at`` says where the exercise stands on the student's page if that is
    another place than the column's.
    """
    made: dict[int, tuple[str, str]] = {}

    def cell(result: Result | None, at: int, column: int) -> str:
        if result is None:
            return '<td class="x"></td>'
        start, end = made.get(id(result)) or made.setdefault(id(result), _cell(result))
        return start + (f' data-at="{at}"' if at != column else "") + end

    def cells(report: Report) -> Markup:
        found: dict[str, tuple[Result | None, int]] = {r.id: (r, i) for i, r in enumerate(report.results, 1)}
        placed = [(*found.get(id, (None, 0)), column) for column, id in enumerate(exercises, 1)]
        return Markup("".join(cell(result, at, column) for result, at, column in placed))

    return cells


def _cell(result: Result) -> tuple[str, str]:
    """The start and the end of a cell: what a person may look for in it, and its points."""
    waits, said = pending_points(result), points(result.score)
    looked_for = f' data-is="{signs([result])}"' if result.score != result.possible else ""
    if result.score is None:
        return f'<td class="x broken" data-value="broken"{looked_for} title="our fault"', ">!</td>"
    if waits:
        more = f"{points(waits)} more" if result.score else points(waits)
        start = f'<td class="x pending" data-value="open"{looked_for} title="to be read: up to {more}"'
        return start, f">{said if result.score else 'open'}</td>"
    kind = "full" if result.score >= result.possible else "some" if result.score else "none"
    return f'<td class="x {kind}"{looked_for} title="{said} of {points(result.possible)}"', f">{said}</td>"


def _groups(rates: Sequence[Rate]) -> list[tuple[str, list[Rate]]]:
    """Checks of one exercise together."""
    return [(exercise, list(group)) for exercise, group in groupby(rates, key=lambda rate: rate.exercise)]


def _versions(reports: Sequence[Report]) -> str:
    """What the reports were graded with; several versions of one thing are all named."""
    named = sorted({(name, version) for report in reports for name, version in report.versions.items()})
    return ", ".join(printable(f"{name} {version}", newlines=False) for name, version in named)


def _shortened(answer: str) -> str:
    if len(answer) <= _LONGEST_ANSWER:
        return printable(answer)
    return printable(answer[:_LONGEST_ANSWER]) + f"\n… and {len(answer) - _LONGEST_ANSWER} more characters"


def _page_of(student: str) -> str:
    return link(FEEDBACK, file_name(student) + suffix)


def _percent(part: float, whole: float) -> str:
    """For a width in CSS; two decimals, so that the bytes do not depend on the last bit."""
    return f"{100 * part / whole:.2f}%" if whole else "0%"


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("autograder.formats", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(
        prose=_prose.html,
        markdown=_prose.markdown,
        points=points,
        unit=unit,
        spoken=spoken,
        printable=printable,
        line=lambda text: printable(text, newlines=False),
        shortened=_shortened,
        data_uri=_data_uri,
        runs=_runs,
        groups=_groups,
        state=state,
        page_of=_page_of,
    )
    environment.globals.update(
        math=_prose.math,
        excerpt=excerpt,
        listing=listing,
        stands_open=stands_open,
        percent=_percent,
        signs=signs,
        word=WORD,
        report_word=REPORT_WORD,
        line_verdict=_LINE,
        pending_points=pending_points,
    )
    return environment


_ENVIRONMENT = _environment()
