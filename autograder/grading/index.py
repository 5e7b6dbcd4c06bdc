"""What the class as a whole needs to know of each report, in an SQLite file beside them: nobody holds all reports at once.

The files are the truth and the index only remembers them: what has another size or time than it remembers is read again, and an
index that is missing, damaged or of another version is made anew.
"""

import contextlib
import functools
import json
import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from autograder.formats import Change, changed, read_change
from autograder.formats import json as stored
from autograder.model import CourseError, Finding, InternalError, Origin, Report, Result, Status

VERSION = 4
NAME = "index.sqlite"
_TABLES = """
create table results (id integer primary key, body text unique not null);
create table reports (file text primary key, size integer, time integer, head text not null, results text not null,
    own integer not null);
create table changes (id integer primary key, body text not null);
"""
_OTHERS = tuple(
    f"select head, results from {one} where not exists "
    f"(select 1 from {other} where {other}.file = {one}.file and {other}.results = {one}.results)"
    for one, other in (("before", "reports"), ("reports", "before"))
)  # rows of a class that the other state of it does not have
_THERE = "…"  # in place of an answer: that something was handed in
_HEAD = ("sheet", "student", "path", "sha256", "possible", "problem")


class Index:
    """Summaries of the reports in ``folder/reports``; a context manager. Where it cannot be written, it is kept in memory."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "reports"
        self._database = _opened(folder / NAME)

    def __enter__(self) -> "Index":
        return self

    def __exit__(self, *_: object) -> None:
        with contextlib.suppress(sqlite3.Error):
            self._database.commit()
        self._database.close()

    def refresh(self) -> None:
        """Reads what is new or changed and forgets what is gone; a damaged report is as good as none. Raises as ``put``."""
        with _said(self.folder):
            self._refresh()

    def _refresh(self) -> None:
        there = {path.name: _state(path) for path in _files(self.folder)}
        known = {
            name: (size, time) for name, size, time in self._database.execute("select file, size, time from reports")
        }
        for name in known.keys() - there.keys():
            self._database.execute("delete from reports where file = ?", (name,))
        for name in sorted(name for name, state in there.items() if known.get(name) != state):
            try:
                data = (self.folder / name).read_bytes()
                report = stored.read(data, name)
                self.put(report, self.folder / name, own=stored.render(report) == data)
            except (CourseError, OSError):
                self._database.execute("delete from reports where file = ?", (name,))
        self._database.commit()

    def put(self, report: Report, path: Path, *, own: bool = True) -> None:
        """Remembers the report that was written to ``path``; ``own``: in the bytes that are written here.

        Raises:
            InternalError: the disk is full; the report is on it, and is read when the index is opened again.
        """
        head = [*(getattr(report, name) for name in _HEAD), asdict(report.origin), json.dumps(dict(report.versions))]
        with _said(self.folder):
            ids = [self._id(stored.render_result(summarised(result))) for result in report.results]
            row = (path.name, *_state(path), json.dumps(head), json.dumps(ids), own)
            self._database.execute("insert or replace into reports values (?, ?, ?, ?, ?, ?)", row)

    def is_own(self, path: Path) -> bool:
        """Whether the file still holds the bytes that ``json.render`` gave for its report."""
        asked = "select size, time from reports where file = ? and own"
        with contextlib.suppress(OSError):
            return bool(self._database.execute(asked, (path.name,)).fetchone() == _state(path))
        return False

    def _id(self, body: str) -> int:
        self._database.execute("insert or ignore into results (body) values (?)", (body,))
        found: int = self._database.execute("select id from results where body = ?", (body,)).fetchone()[0]
        return found

    def summaries(self) -> dict[str, Report]:
        """Student -> report without what only its reader needs; equal results of several students are one object."""
        return self._summaries("select head, results from reports")[0]

    def _summaries(self, *queries: str) -> list[dict[str, Report]]:
        results = dict(self._database.execute("select id, body from results"))
        shared = functools.cache(lambda id: stored.read_result(results[id]))
        tables = [self._database.execute(query) for query in queries]
        found = [[_report(json.loads(head), map(shared, json.loads(ids))) for head, ids in rows] for rows in tables]
        return [{report.student: report for report in sorted(table, key=lambda r: r.student)} for table in found]

    def begin(self) -> None:
        """Keeps the class as it is before a run; what a run that did not come to its end has kept stays."""
        with _said(self.folder):
            self._database.execute("create table if not exists before as select file, head, results from reports")
            self._database.execute("create index if not exists before_file on before (file)")  # else all rows meet all
            self._database.commit()

    def changes(self) -> tuple[Change, ...]:
        """What the run has changed that is under way or, where there is none or it changed nothing, the last that did."""
        found = self._changed()
        rows = self._database.execute("select body from changes order by id")
        return found or tuple(read_change(json.loads(body)) for (body,) in rows)

    def _changed(self) -> tuple[Change, ...]:
        there = self._database.execute("select 1 from sqlite_master where name = 'before'").fetchone()
        if not there or not self._database.execute("select 1 from before").fetchone():
            return ()
        return changed(*self._summaries(*_OTHERS))

    def end(self) -> None:
        """Keeps what the run has changed, if it has changed anything."""
        with _said(self.folder):
            if found := self._changed():
                self._database.execute("delete from changes")
                bodies = [(json.dumps(asdict(change)),) for change in found]
                self._database.executemany("insert into changes (body) values (?)", bodies)
            self._database.execute("drop table if exists before")
            self._database.commit()


def summarised(result: Result) -> Result:
    """What the outputs of a class say of an exercise: outcomes, points, and the words of what is said first or has a name."""
    first = next((i for i, finding in enumerate(result.findings) if finding.status is Status.FAILED), None)
    findings = tuple(_short(f, told=i == first or f.mistake is not None) for i, f in enumerate(result.findings))
    return replace(result, findings=findings, answer=_THERE if result.answer.strip() else "")


def _short(finding: Finding, *, told: bool) -> Finding:
    kept = (finding.message, finding.tell) if told else ("", "")
    return replace(finding, message=kept[0], tell=kept[1], hint="", counterexample=None, detail=(), line=0)


def _report(head: list[Any], results: Iterable[Result]) -> Report:
    *plain, origin, versions = head
    named = dict(zip(_HEAD, plain, strict=True))
    origin["aliases"] = tuple(origin.get("aliases", ()))
    return Report(results=tuple(results), origin=Origin(**origin), versions=_versions(versions), **named)


@functools.lru_cache(maxsize=64)
def _versions(text: str) -> Mapping[str, str]:
    found: Mapping[str, str] = json.loads(text)
    return found


def _files(folder: Path) -> Iterator[Path]:
    with contextlib.suppress(FileNotFoundError), os.scandir(folder) as entries:
        yield from (Path(entry) for entry in entries if entry.name.endswith(".json") and not entry.name.startswith("."))


def _state(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_size, found.st_mtime_ns


@contextlib.contextmanager
def _said(folder: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.OperationalError as error:
        place = folder.parent / NAME
        raise InternalError(f"{place} cannot be written: {error}. Make room there, or name another place.") from None


def _opened(path: Path) -> sqlite3.Connection:
    """The index as it is, or a new one in its place; but never in place of one in which somebody writes just now."""
    try:
        return _made(path)
    except sqlite3.Error as error:
        busy = getattr(error, "sqlite_errorcode", None) in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED)
    with contextlib.suppress(sqlite3.Error, OSError):
        if not busy:
            return _anew(path)
    return _made(Path(":memory:"))


def _anew(path: Path) -> sqlite3.Connection:
    path.unlink()
    return _made(path)


def _made(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, timeout=1.0, check_same_thread=False)  # a review asks by one thread at a time
    try:
        database.execute("pragma synchronous = off")  # what is lost in a crash is read again
        version = database.execute("pragma user_version").fetchone()[0]
        if version not in (0, VERSION):
            raise sqlite3.DatabaseError("of another version")
        if version == 0:
            database.executescript(_TABLES)
        database.execute(f"pragma user_version = {VERSION}")  # fails where nothing can be written
        database.execute("select count(*) from reports").fetchone()
    except sqlite3.Error:
        database.close()
        raise
    return database
