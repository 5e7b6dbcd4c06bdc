"""Moodle's grading worksheet in any language: its columns told by their order, the same everywhere, and by what is in them.

    Identifier, Full name, ..., Status, ..., Grade, Maximum grade, ..., Grade can be changed, ..., Last modified (grade)
    and Feedback comments, where the assignment has them

Moodle takes a worksheet back in the language in which it was downloaded, so the header stays as it is.
"""

import re
from dataclasses import replace

from autograder.formats._cells import Table, number, table
from autograder.model import UsageError

ENGLISH = ("identifier", "grade", "last modified (grade)")  # without these Moodle takes no worksheet back
_NO = {
    "no",
    "nein",
    "non",
    "não",
    "nee",
    "nej",
    "nei",
    "nie",
    "ne",
    "nem",
    "ei",
    "hayır",
    "нет",
    "ні",
    "όχι",
    "いいえ",
    "否",
}
_FEWEST = 7  # columns of the shortest worksheet


def may_be(header: tuple[str, ...]) -> bool:
    """Whether a file with this header may be a worksheet in some language."""
    return is_english(header) or len(header) >= _FEWEST


def is_english(header: tuple[str, ...]) -> bool:
    return set(ENGLISH) <= {name.lower() for name in header}


def in_english(book: Table) -> Table | None:
    """The same cells with the header that an English worksheet has, and English for "no"; None if it is no worksheet.

    ``filled`` writes neither: a cell's place in the file is what it was.
    """
    if is_english(book.header):
        return book
    columns = [[row[i].value.strip() for row in book.rows[1:]] for i in range(len(book.header))]
    top = next((i for i in range(4, len(columns)) if _is_maximum(columns[i], columns[i - 1])), None)
    if top is None or not all(re.search(r"\d$", value) for value in columns[0]):
        return None
    commented = not all(value == "-" or re.search(r"\d", value) for value in columns[-1])
    names = {0: "identifier", 1: "full name", top - 1: "grade", top: "maximum grade"}
    names[len(columns) - (2 if commented else 1)] = "last modified (grade)"
    if commented:
        names[len(columns) - 1] = "feedback comments"
    for i, values in enumerate(columns):
        if i not in names and i < top and all("@" in value for value in values if value) and any(values):
            names[i] = "email address"
        elif i not in names and i > top and any(map(_is_no, values)):
            names[i] = "grade can be changed"
    return _named(book, names)


def _is_maximum(values: list[str], grades: list[str]) -> bool:
    """One positive number in every row, and beside it grades that are none yet or numbers up to it."""
    top = number(values[0]) if values and len(set(values)) == 1 else None
    return bool(top) and all(not grade or ((n := number(grade)) is not None and n <= (top or 0)) for grade in grades)


def _named(book: Table, names: dict[int, str]) -> Table:
    header = tuple(replace(cell, value=names.get(i, "")) for i, cell in enumerate(book.rows[0]))
    locked = next((i for i, name in names.items() if name == "grade can be changed"), None)
    rows = [
        tuple(replace(cell, value="no") if i == locked and _is_no(cell.value) else cell for i, cell in enumerate(row))
        for row in book.rows[1:]
    ]
    return replace(book, rows=(header, *rows))


def _is_no(value: str) -> bool:
    return value.strip().casefold() in _NO


def last_modified(data: bytes) -> dict[str, str]:
    """Participant number -> when they handed in, in the worksheet's own words; {} if ``data`` is no worksheet or does not say."""
    try:
        book = in_english(table(data, "Moodle's worksheet", may_be, ""))
    except UsageError:
        return {}
    at = _submission_column(book) if book else None
    if book is None or at is None:
        return {}
    rows = [(re.search(r"\d+$", row[0].value.strip()), row[at].value.strip()) for row in book.rows[1:]]
    return {number[0]: said for number, said in rows if number and said.strip("-– ")}


def _submission_column(book: Table) -> int | None:
    """The first column of dates after the grades: "Last modified (submission)"; the last of them is of the grade."""
    low = [name.lower() for name in book.header]
    if "last modified (submission)" in low:
        return low.index("last modified (submission)")
    after, graded = low.index("maximum grade"), low.index("last modified (grade)")
    columns = {i: [row[i].value.strip() for row in book.rows[1:]] for i in range(after + 1, graded)}
    return next((i for i, values in columns.items() if all(map(_is_date, values))), None)


def _is_date(value: str) -> bool:
    return value == "-" or bool(re.search(r"\b\d{4}\b.*\d[:.]\d\d", value))
