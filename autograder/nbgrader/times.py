"""When each student handed in, as far as a download says it: nbgrader's penalty for being late counts from there.

Best is what the platform wrote into a file of its own, put beside its archive: Moodle's grading worksheet, in any language; the
JSON of Canvas's interface (``.../assignments/<id>/submissions``); or a table ``student,timestamp``. Next come the times of an
archive's entries, where they can be times of handing in: in many downloads they are the time of the download itself. Times
without a zone are of this machine's (``TZ=Europe/Berlin nbgrader zip_collect ...`` sets another).
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from itertools import chain
from pathlib import Path
from typing import Any

from babel import Locale
from babel.localedata import locale_identifiers

from autograder.formats import last_modified
from autograder.intake import read_bytes
from autograder.model import AutograderError, UsageError, roster

MAX_TABLE = 20_000_000  # bytes of a worksheet or of Canvas's JSON
_DOWNLOAD = 3600  # seconds in which a platform writes an archive; times that lie nearer together are of the download
_ONE_OF = 631_152_000  # 1990: what is earlier is no date (zip archives begin in 1980)
_PARTICLE = 3  # letters of the longest word of a date that is neither month nor weekday: "de", "den", "às"
_CLOCK = re.compile(r"\b(\d{1,2})[:.](\d{2})(?:[:.]\d{2})?\s*([ap])?\.?m?\b", re.IGNORECASE)
_YEAR, _DAY = re.compile(r"\b(\d{4})\b"), re.compile(r"\b(\d{1,2})\b(?!:)")


def from_tables(paths: Sequence[Path]) -> dict[str, datetime]:
    """Platform id or student id -> time in UTC without a zone, by the files among ``paths`` that say it; others are left alone.

    Raises:
        UsageError: a file cannot be read, or its dates cannot.
    """
    found: dict[str, datetime] = {}
    for path in paths:
        try:
            data = read_bytes(path, max_bytes=MAX_TABLE)
        except AutograderError as error:
            raise UsageError(f"{path}: {error}") from None
        read = _canvas_json if path.suffix.lower() == ".json" else _csv
        found |= read(data, path)
    return found


def from_entries(paths: Sequence[Path], root: Path) -> dict[Path, datetime]:
    """File -> the time of its entry, for the archives (folders in ``root``) whose entries were not all written at once."""
    archives: dict[str, dict[Path, float]] = {}
    for path in paths:
        written = path.stat().st_mtime
        if written > _ONE_OF:
            archives.setdefault(path.relative_to(root).parts[0], {})[path] = written
    spread = [own for own in archives.values() if max(own.values()) - min(own.values()) > _DOWNLOAD]
    return {path: _utc(datetime.fromtimestamp(time, UTC)) for own in spread for path, time in own.items()}


def _utc(when: datetime) -> datetime:
    """In UTC, without a zone, as nbgrader keeps times; what has no zone is of this machine's."""
    return when.astimezone(UTC).replace(tzinfo=None)


# ------------------------------------------------------------------ tables


def _canvas_json(data: bytes, path: Path) -> dict[str, datetime]:
    try:
        entries = json.loads(data)
        said = {str(e["user_id"]): e["submitted_at"] for e in entries if e.get("submitted_at")}
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return {}
    return {user: _iso(time, path) for user, time in said.items()}


def _csv(data: bytes, path: Path) -> dict[str, datetime]:
    try:
        head, *rows = roster.rows_of(data, path.name)
    except UsageError:
        return {}
    titles = [title.casefold() for title in head]
    if {"student", "timestamp"} <= set(titles):
        said = [(row[titles.index("student")], row[titles.index("timestamp")]) for row in rows if len(row) == len(head)]
        return {student: _iso(time, path) for student, time in said if time}
    return _dates(last_modified(data), path)


def _iso(text: Any, path: Path) -> datetime:
    """A date as programs write it. One without a zone is of this machine's."""
    try:
        return _utc(datetime.fromisoformat(str(text).strip().removesuffix(" UTC") + _zone(str(text))))
    except ValueError:
        raise UsageError(f"{path}: {str(text)[:60]!r} is no date like 2026-01-31 23:59:00 UTC.") from None


def _zone(text: str) -> str:
    return "+00:00" if text.strip().endswith(" UTC") else ""


def _dates(said: Mapping[str, str], path: Path) -> dict[str, datetime]:
    """Dates in words, all in one language: the first in which every one is a day that falls on its weekday."""
    if not said:
        return {}
    for months, weekdays in chain([({}, {})], _languages()):
        read = {who: _in_words(text, months, weekdays) for who, text in said.items()}
        if all(read.values()):
            return {who: _utc(when) for who, when in read.items() if when}
    raise UsageError(f"{path}: the date {next(iter(said.values()))[:60]!r} is in no language that is known here.")


def _in_words(text: str, months: Mapping[str, int], weekdays: Mapping[str, int]) -> datetime | None:
    """ "Friday, 2 January 2026, 11:59 PM", or a date as programs write it; of this machine's zone."""
    if found := _as_programs_do(text):
        return found
    words = re.findall(r"[^\W\d_][^\W\d_.-]*(?:-[^\W\d_]+)?", text.casefold())
    month = next((months[word] for word in words if word in months), 0)
    clock, year = _CLOCK.search(text), _YEAR.search(text)
    rest = _YEAR.sub(" ", text[: clock.start()] + text[clock.end() :]) if clock else ""
    day = _DAY.search(rest)
    if not (month and clock and year and day):
        return None
    hour = int(clock[1]) % 12 + (12 if clock[3].lower() == "p" else 0) if clock[3] else int(clock[1])
    try:
        made = datetime(int(year[1]), month, int(day[1]), hour, int(clock[2]))
    except ValueError:
        return None
    others = {word for word in words if word not in months and len(word) > _PARTICLE}
    return made if not others or made.weekday() in {weekdays.get(word) for word in words} else None


def _as_programs_do(text: str) -> datetime | None:
    """ISO 8601, and the same numbers with 年 月 日 between them."""
    text = re.sub(r"(\d{4})年\s*(\d{1,2})月\s*(\d{1,2})日\S*", _with_hyphens, text)
    try:
        return datetime.fromisoformat(text.strip())
    except ValueError:
        return None


def _with_hyphens(match: re.Match[str]) -> str:
    return f"{match[1]}-{int(match[2]):02}-{int(match[3]):02}"


@cache
def _languages() -> tuple[tuple[dict[str, int], dict[str, int]], ...]:
    """Names of months and of weekdays in each language, English and German first."""
    codes = [code for code in locale_identifiers() if "_" not in code and code not in ("en", "de", "root")]
    return tuple(_names(Locale.parse(code)) for code in ["en", "de", *codes])


def _names(language: Locale) -> tuple[dict[str, int], dict[str, int]]:
    return dict(_every(language.months)), dict(_every(language.days))


def _every(names: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
    for width in ("wide", "abbreviated"):
        for context in ("format", "stand-alone"):
            for number, name in names[context][width].items():
                yield name.casefold().strip("."), number
