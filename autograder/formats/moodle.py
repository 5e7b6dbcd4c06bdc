"""Moodle's offline grading worksheet, filled in: only Grade and Feedback comments change, every other byte stays.

Moodle takes back nothing but its own worksheet: it finds students by the participant numbers in it and refuses rows
that it graded later. Locked grades stay, and so do comments that a teacher wrote; ours follow them, and are replaced
when the worksheet is filled again.
"""

import re
from collections.abc import Sequence

from markupsafe import escape

from autograder.formats._audience import seen_by
from autograder.formats._cells import Cell, Table, decimal_mark, number, table, written
from autograder.formats._export import Export
from autograder.formats._match import Person, matched, unmatched
from autograder.formats._plain import plain
from autograder.formats._remarks import WHO, Remark, is_open, sentences, unread, unscored
from autograder.formats._safe import printable
from autograder.formats._words import points
from autograder.formats._worksheet import in_english, may_be
from autograder.model import Finding, Report, Sheet, Status, UsageError, roster

suffix = ".csv"

_OURS = re.compile(r"\s*<p[^>]*>\s*<(strong|b)>Autograder: .*", re.DOTALL | re.IGNORECASE)
_NO_WORKSHEET = (
    "Moodle takes grades back only in its own worksheet. Download it (in the assignment's submissions, "
    "“Download grading worksheet”) and give it with --template."
)
_HEADER = (
    "the columns Identifier, Grade and Last modified (grade); in another language, the same columns in the same order"
)


def render_class(reports: Sequence[Report], sheet: Sheet | None = None, *, template: bytes | None = None) -> Export:
    """The worksheet ``template`` with grades and comments of ``reports``.

    Raises:
        UsageError: no worksheet, an assignment graded by a scale, or a score above the maximum grade.
    """
    if template is None:
        raise UsageError(_NO_WORKSHEET)
    book = in_english(table(template, "Moodle's worksheet", may_be, _HEADER))
    if book is None:
        raise UsageError(
            f"Moodle's worksheet: expected a header with {_HEADER}. This is none, or is graded by a scale."
        )
    if _index(book, "scale") is not None:
        raise UsageError("This assignment is graded by a scale, not by points; set its grade type to Point in Moodle.")
    ordered = sorted(reports, key=lambda report: report.student)
    people = [_person(book, row) for row in range(1, len(book.rows))]
    pairs = matched(ordered, people, "moodle")
    notes = unmatched(ordered, people, pairs)
    if _index(book, "feedback comments") is None:
        notes.insert(0, "The worksheet has no column Feedback comments, so only the grades are written; the assignment's "
                        "settings turn comments on.")  # fmt: skip
    values: dict[Cell, str] = {}
    mark = decimal_mark(
        [_value(book, row, name) for row in range(1, len(book.rows)) for name in ("maximum grade", "grade")]
    )
    remarks: list[Remark] = []
    for row, report in sorted(pairs.items()):
        if remark := _kept(book, row, report):
            remarks.append(remark)
        else:
            values |= _filled(book, row, report, mark)
            remarks += unread(report)
    return Export(book.filled(values), (*notes, *sentences(remarks)))


def _kept(book: Table, row: int, report: Report) -> Remark | None:
    """Why this row stays as it is; None if it is to be written."""
    if _value(book, row, "grade can be changed").lower() == "no":
        return Remark(
            report.student,
            f"The grade of {WHO} is locked in Moodle; the row stays as it was.",
            f"The grades of {WHO} are locked in Moodle; the rows stay as they were.",
        )
    if is_open(report):
        return unscored(report)
    top = number(_value(book, row, "maximum grade"))
    if top is not None and (report.score or 0) > top:
        raise UsageError(
            f"{printable(report.student, newlines=False)} has {points(report.score)} points, but the assignment's maximum grade "
            f"is {points(top)}; nothing was written. Set the maximum grade in Moodle."
        )
    return None


def _filled(book: Table, row: int, report: Report, mark: str) -> dict[Cell, str]:
    grade = _cell(book, row, "grade")
    values = {grade: written(report.score or 0, mark)} if grade else {}
    comments = _cell(book, row, "feedback comments")
    if comments is not None:
        values[comments] = _OURS.sub("", comments.value) + _comment(seen_by(report, "student"))
    return values


def _comment(report: Report) -> str:
    """One line of HTML: the score, and per exercise that lost points the first reason."""
    score = f"<p><strong>Autograder: {points(report.score)} of {points(report.possible)} points</strong></p>"
    said = [report.problem] if report.problem else []
    for result in report.results if not report.problem else ():
        failed = next((finding for finding in result.findings if finding.status is Status.FAILED), None)
        if failed is not None:
            called = " ".join(dict.fromkeys((result.item, result.id)))
            head = f"{called}, {points(result.score)} of {points(result.possible)}: "
            said.append(head + _reason(failed))
    items = "".join(f"<li>{escape(printable(text, newlines=False))}</li>" for text in said)
    return score + (f"<ul>{items}</ul>" if items else "")


def _reason(finding: Finding) -> str:
    return plain(finding.message) or finding.check


# ------------------------------------------------------------------ the worksheet


def _index(book: Table, name: str) -> int | None:
    low = [title.lower() for title in book.header]
    return low.index(name) if name in low else None


def _cell(book: Table, row: int, name: str) -> Cell | None:
    column = _index(book, name)
    return None if column is None else book.rows[row][column]


def _value(book: Table, row: int, name: str) -> str:
    cell = _cell(book, row, name)
    return cell.value.strip() if cell else ""


def _person(book: Table, row: int) -> Person:
    """A row: the participant's number stands at the end of "Participant 123"."""
    identifier, full = _value(book, row, "identifier"), _value(book, row, "full name")
    participant = re.search(r"\d+$", identifier)
    own = roster.known(participant[0] if participant else "")
    logins = roster.known(roster.folded(_value(book, row, "id number")), roster.folded(_value(book, row, "username")))
    shown = printable(f"{full} ({identifier})" if full else identifier, newlines=False)
    return Person(
        row, shown, (own, logins, roster.email_keys(_value(book, row, "email address")), roster.name_keys(full), own)
    )
