"""A CSV file of which some cells change and every other byte stays: mark, delimiter, quoting, line ends."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from autograder.model import UsageError

DELIMITERS = (",", ";", "\t", ":")
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))  # what a spreadsheet calls Unicode text
_NUMBER = re.compile(r"-?[0-9.,]+%?")


@dataclass(frozen=True)
class Cell:
    """``value`` as the file means it; ``start`` and ``end`` are where it stands in the file's text, quotes included."""

    value: str
    start: int
    end: int
    quoted: bool


@dataclass(frozen=True)
class Table:
    """The text of a CSV file and its cells, row by row; lines with nothing in them are no rows."""

    text: str
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]
    encoding: str = "utf-8"

    @property
    def header(self) -> tuple[str, ...]:
        return tuple(cell.value.strip() for cell in self.rows[0])

    def filled(self, values: Mapping[Cell, str]) -> bytes:
        """The file with new values for some cells."""
        parts, end = [], 0
        for cell in sorted(values, key=lambda cell: cell.start):
            parts += [self.text[end : cell.start], self._written(values[cell], cell.quoted)]
            end = cell.end
        return "".join([*parts, self.text[end:]]).encode(self.encoding)

    def _written(self, value: str, quoted: bool) -> str:
        special = {self.delimiter, '"', "\n", "\r"}
        if quoted or value != value.strip() or any(character in special for character in value):
            return '"' + value.replace('"', '""') + '"'
        return value


def table(data: bytes, name: str, fits: Callable[[tuple[str, ...]], bool], expected: str) -> Table:
    """Reads a file with whichever delimiter gives a header that ``fits``; ``expected`` says what such a header holds.

    Raises:
        UsageError: not UTF-8 or UTF-16, no such header, or rows that are not as long as the header.
    """
    encoding = next((encoding for mark, encoding in _WIDE if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        raise UsageError(
            f"{name} is not UTF-8 text, nor UTF-16 with its mark; give the file as it was downloaded, not saved again by a "
            "spreadsheet."
        ) from None
    unclosed = ""
    for delimiter in DELIMITERS:
        try:
            found = Table(text, delimiter, _rows(text, delimiter), encoding)
        except _Unclosed as error:
            unclosed = str(error)
            continue
        if found.rows and fits(found.header):
            _check(found, name)
            return found
    first = text.lstrip("\ufeff").splitlines()[:1] or [""]
    raise UsageError(f"{name}: expected a header with {expected}; found {unclosed or repr(first[0][:200])}.")


class _Unclosed(Exception):
    """A quoted cell has no end, read with this delimiter."""


def _check(found: Table, name: str) -> None:
    width = len(found.header)
    for number, row in enumerate(found.rows, 1):
        if len(row) != width:
            raise UsageError(
                f"{name}: row {number} has {len(row)} cells where the header has {width}; nothing was written. "
                "Give the file as it was downloaded."
            )


def _rows(text: str, delimiter: str) -> tuple[tuple[Cell, ...], ...]:
    rows: list[tuple[Cell, ...]] = []
    row: list[Cell] = []
    at = 1 if text.startswith("\ufeff") else 0
    while at < len(text):
        cell = _cell(text, at, delimiter)
        row.append(cell)
        at = cell.end
        if text[at : at + 1] == delimiter:
            at += 1
            if at < len(text):
                continue
            row.append(Cell("", at, at, quoted=False))
        at += 2 if text.startswith("\r\n", at) else 1
        if len(row) > 1 or row[0].end > row[0].start:
            rows.append(tuple(row))
        row = []
    return tuple(rows)


def _cell(text: str, start: int, delimiter: str) -> Cell:
    if text[start : start + 1] == '"':
        end = _closing(text, start, delimiter)
        return Cell(text[start + 1 : end - 1].replace('""', '"'), start, end, quoted=True)
    stop = re.compile(f"[{re.escape(delimiter)}\r\n]").search(text, start)
    end = stop.start() if stop else len(text)
    return Cell(text[start:end], start, end, quoted=False)


def _closing(text: str, start: int, delimiter: str) -> int:
    """Where a quoted cell ends: after a quote that a delimiter, a line end or the end of the file follows."""
    at = start + 1
    while True:
        at = text.find('"', at)
        if at < 0:
            raise _Unclosed(f"a quote at character {start + 1} that is never closed")
        if text[at + 1 : at + 2] == '"':
            at += 2
        elif text[at + 1 : at + 2] in ("", delimiter, "\r", "\n"):
            return at + 1
        else:
            at += 1  # a quote in the middle, left undoubled by the program that wrote the file


def number(value: str) -> float | None:
    """A number as the platforms read it: the last ``.`` or ``,`` is the decimal mark. None if it is not one."""
    value = value.strip().removesuffix("%")
    if not _NUMBER.fullmatch(value) or not any(character.isdigit() for character in value):
        return None
    if not re.search("[.,]", value):
        return float(value)
    whole, _, part = value.rpartition(max(".,", key=value.rfind))
    return float(re.sub("[.,]", "", whole) + "." + (part or "0"))


def decimal_mark(cells: list[str]) -> str:
    """ "," if these cells write numbers that way, "." otherwise."""
    return "," if any(re.fullmatch(r"-?\d+,\d+", cell.strip()) for cell in cells) else "."


def written(score: float, mark: str) -> str:
    """A score for a platform: up to four decimals, never a thousands separator."""
    return (f"{score:.4f}".rstrip("0").rstrip(".") or "0").replace(".", mark)
