"""What is shown. Everything of a student's is escaped; formulas are MathML, code is coloured, pictures are the report's."""

import base64
from functools import lru_cache
from itertools import groupby
from typing import Any

from jinja2 import ChoiceLoader, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape
from pygments import highlight
from pygments.formatters import HtmlFormatter
from pygments.lexers import PythonLexer
from starlette.responses import HTMLResponse

from autograder.commands.review.bearing import Bearing
from autograder.commands.review.desk import WAITS, Desk, Item
from autograder.commands.review.groups import Group, Member
from autograder.formats import WORD, _prose, points, printable, state, unit
from autograder.grading import Mark
from autograder.model import Criterion, Exercise, Finding, Line, Picture, Result

SHOWN = 6000  # characters of an answer on a page with others
WHOLE_TEXTS = 24  # of a group; of those that follow, which are nearly the same, the beginning is shown
LONGEST = 20_000  # of one that stands alone; all of it is a click away
COLOURS = 6  # criteria that have a colour of their own


def page(template: str, desk: Desk, *, status: int = 200, **values: Any) -> HTMLResponse:
    """A page of the application."""
    shared = {
        "title": desk.sheet.title,
        "marker": desk.marker,
        "names": desk.store.setting("names") == "shown",
        "number": desk.number,
        "unpublished": bool(desk.store.setting("unpublished")),
    }
    text = _ENVIRONMENT.get_template(template).render(**shared, **values)
    return HTMLResponse(text.encode("utf-8", "replace"), status)


def overview(desk: Desk, note: str = "") -> HTMLResponse:
    rows = []
    number = desk.number
    for exercise in desk.sheet.exercises:
        items = desk.items(exercise, number)
        asked = [item for item in items if item.asked]
        left = sum(desk.is_left(item, exercise, number) for item in items)
        groups = len(desk.groups(exercise)) if asked else 0
        rows.append({"exercise": exercise, "asked": len(asked), "left": left, "groups": groups, "of": len(items)})
    decisions = desk.store.decisions(12)
    return page("overview.html.j2", desk, rows=rows, decisions=decisions, note=note, apart=len(desk.disagreements()))


def exercise_page(desk: Desk, exercise: Exercise, number: int, everything: bool, note: str = "") -> HTMLResponse:
    """The groups of an exercise, or every answer to it."""
    items = {item.student: item for item in desk.items(exercise, number)}
    groups = []
    for group in desk.groups(exercise):
        inside = [items[student] for student in group.students]
        left = sum(desk.is_left(item, exercise, number) for item in inside)
        why = "" if exercise.rubric else _why(inside[0].found)
        groups.append({"group": group, "left": left, "why": why, "first": inside[0].number})
    return page(
        "exercise.html.j2",
        desk,
        exercise=exercise,
        groups=groups,
        items=list(items.values()) if everything else [],
        everything=everything,
        left=desk.left(exercise, number),
        note=note,
    )


def _why(result: Result) -> str:
    return next((finding.message for finding in result.findings if finding.status in WAITS and finding.message), "")


def group_page(
    desk: Desk,
    exercise: Exercise,
    number: int,
    members: list[tuple[Member, list[Item]]],
    place: str,
    group: Group | None,
    note: str = "",
    error: str = "",
    decision: int = 0,
    status: int = 200,
) -> HTMLResponse:
    """A written exercise's answers with its criteria: a group, or one answer (``group`` is None)."""
    bank = {
        criterion.name: [
            *(
                m.comment
                for m in (exercise.guide.misunderstandings if exercise.guide else ())
                if m.criterion == criterion.name
            )
        ]
        for criterion in exercise.rubric
    }
    for part, comments in desk.store.comments(exercise.id).items():
        bank.setdefault(part, []).extend(comment for comment in comments if comment not in bank.get(part, []))
    alone = members[0][1][0] if group is None else None
    return page(
        "group.html.j2",
        desk,
        status=status,
        exercise=exercise,
        members=members,
        place=place,
        group=group,
        alone=alone,
        advice=list(exercise.guide.advice) if exercise.guide else [],
        bank=bank,
        draft=desk.store.draft(f"{place}/{number}"),
        seen=desk.store.last,
        bearing=desk.bearing(exercise),
        left=desk.left(exercise, number),
        groups=desk.groups(exercise),
        note=note,
        error=error,
        decision=decision,
        shown=SHOWN if group else LONGEST,
        whole=WHOLE_TEXTS,
    )


def answer_page(
    desk: Desk, exercise: Exercise, item: Item, note: str = "", error: str = "", status: int = 200
) -> HTMLResponse:
    """One answer with everything that was found of it, each to be overruled."""
    reading = desk.marks[1].readings.get((item.student, exercise.id))
    return page(
        "answer.html.j2",
        desk,
        status=status,
        exercise=exercise,
        item=item,
        code=exercise.kind == "code",
        reading=reading.reading if reading else item.found.answer,
        is_read=reading is not None,
        error=error,
        note=note,
        seen=desk.store.last,
        left=desk.left(exercise),
        shown=LONGEST,
    )


def base_css() -> str:
    """What the pages share with those that are handed out."""
    assert _ENVIRONMENT.loader is not None
    return _ENVIRONMENT.loader.get_source(_ENVIRONMENT, "base.css")[0]


# ------------------------------------------------------------------ a student's content


def marked(bearing: Bearing | None, text: str, longest: int) -> Markup:
    """A text with the sentences marked that bear on a criterion; what goes beyond ``longest`` characters is left out."""
    short = text[:longest]
    if bearing is None:
        return _prose.html(short)
    parts = []
    for sentence in bearing.sentences(short):
        shown = _prose.html(sentence.text)
        if sentence.criterion is None:
            parts.append(shown)
        else:
            colour = sentence.criterion % COLOURS + 1
            parts.append(
                Markup('<mark class="c{}" title="bears on criterion {}">{}</mark>').format(
                    colour, sentence.criterion + 1, shown
                )
            )
    return Markup("").join(parts)


@lru_cache(maxsize=256)
def coloured(source: str) -> Markup:
    """Python source as HTML; the formatter escapes it."""
    made = highlight(printable(source), PythonLexer(stripnl=False), HtmlFormatter(nowrap=True))
    return Markup(made) if len(source) <= LONGEST else escape(printable(source))


def _runs(details: tuple[object, ...]) -> list[tuple[str, list[object]]]:
    return [(kind, list(run)) for kind, run in groupby(details, key=lambda detail: type(detail).__name__.lower())]


def _data_uri(picture: Picture) -> str:
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.data).decode()}"


def criteria_of(finding: Finding) -> list[Criterion]:
    return [detail for detail in finding.detail if isinstance(detail, Criterion)]


def lines_of(finding: Finding) -> list[Line]:
    return [detail for detail in finding.detail if isinstance(detail, Line)]


def _given(item: Item, part: str) -> Mark | None:
    return item.given.get(part)


def _environment() -> Environment:
    environment = Environment(
        loader=ChoiceLoader([PackageLoader("autograder.commands.review"), PackageLoader("autograder.formats")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "prose": _prose.html,
        "markdown": _prose.markdown,
        "points": points,
        "unit": unit,
        "printable": printable,
        "line": lambda text: printable(text, newlines=False),
        "coloured": coloured,
        "runs": _runs,
        "data_uri": _data_uri,
        "criteria": criteria_of,
        "state": state,
    }
    environment.globals |= {"math": _prose.math, "word": WORD, "marked": marked, "given": _given}
    return environment


_ENVIRONMENT = _environment()
