"""Canvas's gradebook CSV: the file that Canvas exported with one column filled in, or a new file with that one column.

Only grades change; every other byte of an exported file stays. Excused students stay excused, a column that Canvas
computes itself is refused, and so is a score above the points Canvas gives for the assignment.
"""

import csv
import io
import re
from collections.abc import Sequence

from autograder.formats._cells import Table, decimal_mark, number, table, written
from autograder.formats._export import Export
from autograder.formats._match import Person, matched, unmatched
from autograder.formats._remarks import WHO, Remark, is_open, sentences, unread, unscored
from autograder.formats._safe import cell, printable
from autograder.formats._words import points, title
from autograder.model import Report, Sheet, UsageError, roster

suffix = ".csv"

_IDS = ("student", "lastname", "firstname", "id", "sis user id", "sis login id", "integration id")
_INFO = {*_IDS, "root account", "section"}
_RESERVED = re.compile(
    r"((unposted )?(current|final) (score|points|grade)|override (score|grade|status))", re.IGNORECASE
)


def render_class(
    reports: Sequence[Report], sheet: Sheet | None = None, *, template: bytes | None = None, column: str = ""
) -> Export:
    """The grades for Canvas.

    Args:
        reports: of one sheet.
        sheet: names the column where ``column`` does not.
        template: the gradebook that Canvas exported; without it a new file, students known by login and Canvas id.
        column: the assignment's title, its id, or "Title (id)" as Canvas writes it; the sheet's title if empty.

    Raises:
        UsageError: not a gradebook, no such column or several, a read-only column, or a score above its points.
    """
    wanted = column or title(sheet, reports[0] if reports else None)
    ordered = sorted(reports, key=lambda report: report.student)
    if template is None:
        return _new(ordered, wanted)
    return _filled(ordered, template, wanted)


def _new(reports: Sequence[Report], wanted: str) -> Export:
    file = io.StringIO(newline="")
    writer = csv.writer(file, lineterminator="\r\n")
    writer.writerow(["Student", "ID", "SIS User ID", "SIS Login ID", "Section", cell(wanted)])
    possible = max((report.possible for report in reports), default=0)
    writer.writerow(["    Points Possible", "", "", "", "", written(possible, ".")])
    remarks: list[Remark] = []
    for report in reports:
        if is_open(report):
            remarks.append(unscored(report, one="it is not in the file", several="they are not in the file"))
            continue
        own = report.origin.user if report.origin.platform == "canvas" else ""
        name = cell(report.student)
        writer.writerow([name, cell(own), "", "" if own else name, "", written(report.score or 0, ".")])
        remarks += unread(report)
    return Export(file.getvalue().encode("utf-8"), tuple(sentences(remarks)))


def _filled(reports: Sequence[Report], template: bytes, wanted: str) -> Export:
    book = table(template, "Canvas's gradebook", _is_gradebook, "the columns Student, ID and Section")
    at = _column(book, wanted)
    first, top = _first_student(book, at)
    people = [_person(book, row) for row in range(first, len(book.rows)) if not _is_test(book, row)]
    pairs = matched(reports, people, "canvas")
    notes = unmatched(reports, people, pairs)
    if top is not None and reports and top != reports[0].possible:
        both = f"Canvas gives {points(top)} points for {book.header[at]!r}, the sheet {points(reports[0].possible)}"
        notes.insert(0, f"{both}; the scores are written as they are.")
    mark = decimal_mark([row[i].value for row in book.rows[1:] for i in range(_info_end(book), len(row))])
    values, remarks = {}, list[Remark]()
    for row, report in sorted(pairs.items()):
        grade = book.rows[row][at]
        if remark := _kept(report, grade.value, top, book.header[at]):
            remarks.append(remark)
        else:
            values[grade] = written(report.score or 0, mark)
            remarks += unread(report)
    return Export(book.filled(values), (*notes, *sentences(remarks)))


def _kept(report: Report, grade: str, top: float | None, column: str) -> Remark | None:
    """Why this student's cell stays as it is; None if it is to be written."""
    if grade.strip().upper() == "EX":
        return Remark(
            report.student, f"{WHO} is excused in Canvas and stays so.", f"{WHO} are excused in Canvas and stay so."
        )
    if is_open(report):
        return unscored(report)
    if top is not None and (report.score or 0) > top:
        raise UsageError(
            f"{printable(report.student, newlines=False)} has {points(report.score)} points, but Canvas gives only "
            f"{points(top)} for {column!r}; nothing was written. Set the assignment's points in Canvas, or name another "
            "column."
        )
    return None


# ------------------------------------------------------------------ the file Canvas exports


def _is_gradebook(header: tuple[str, ...]) -> bool:
    low = [name.lower() for name in header]
    return len(low) > 3 and ("student" in low[0] or low[0] == "lastname") and "id" in low and "section" in low


def _index(book: Table, name: str) -> int | None:
    low = [title.lower() for title in book.header]
    return low.index(name) if name in low else None


def _info_end(book: Table) -> int:
    return 1 + max(i for i, name in enumerate(book.header) if name.lower() in _INFO)


def _column(book: Table, wanted: str) -> int:
    """The column of the assignment called ``wanted``: as it stands there, or else by its title or its id alone."""
    columns = {i: name for i, name in enumerate(book.header) if i >= _info_end(book) and not _RESERVED.fullmatch(name)}
    for called in (_whole, _title_and_id):
        found = [i for i, name in columns.items() if roster.folded(wanted) in called(name)]
        if len(found) == 1:
            return found[0]
        if found:
            listed = ", ".join(repr(columns[i]) for i in found)
            raise UsageError(
                f"Several columns of the gradebook are called {wanted!r}; name one of them whole: {listed}."
            )
    listed = ", ".join(map(repr, columns.values())) or "(it holds no assignment)"
    raise UsageError(f"The gradebook has no column {wanted!r}; name one of {listed}.")


def _whole(name: str) -> set[str]:
    return {roster.folded(name)}


def _title_and_id(name: str) -> set[str]:
    parts = re.fullmatch(r"(.*\S)\s*\((\d+)\)", name)
    return {roster.folded(parts[1]), parts[2]} if parts else set()


def _first_student(book: Table, at: int) -> tuple[int, float | None]:
    """The first row below the one with the points, and the points of the column (None if there is no such row)."""
    for number_of_row, row in enumerate(book.rows[1:4], 1):
        if "points possible" in row[0].value.lower():
            if re.search(r"read\s+only", row[at].value, re.IGNORECASE):
                raise UsageError(
                    f"Canvas computes the column {book.header[at]!r}, it is read only; name an assignment's."
                )
            return number_of_row + 1, number(row[at].value)
    return 1, None


def _person(book: Table, row: int) -> Person:
    def value(name: str) -> str:
        column = _index(book, name)
        return book.rows[row][column].value.strip() if column is not None else ""

    full = value("student") or f"{value('lastname')}, {value('firstname')}"
    logins = roster.known(*(roster.folded(value(name)) for name in ("sis login id", "sis user id", "integration id")))
    emails = frozenset(key for login in logins if "@" in login for key in roster.email_keys(login))
    canvas_id = roster.known(value("id"))
    shown = f"{printable(full, newlines=False)} (Canvas id {value('id')})"
    return Person(row, shown, (canvas_id, logins, emails, roster.name_keys(full), canvas_id))


def _is_test(book: Table, row: int) -> bool:
    """Canvas's own test student, and lines that hold no person."""
    return roster.folded(book.rows[row][0].value) in ("student, test", "test student", "")
