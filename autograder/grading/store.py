"""``marks.db``: every decision of a person, kept beside the reports.

A decision is a few marks or a reading, said by one marker at once. Decisions are only ever added, and undone by a flag; what
counts is the last one that is not undone. So two windows, or two markers, overwrite nothing that could not be had back.

SQLite by the standard library, because five plain tables need no mapper. WAL, so that `export` reads while somebody marks.
``synchronous=FULL``, because in WAL mode anything less may lose the last decisions with the machine's power.
"""

import json
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.grading.marks import WHOLE, Key, Mark, Marks, Reading
from autograder.model import CourseError, InternalError

_TABLES = """
CREATE TABLE IF NOT EXISTS decisions (id INTEGER PRIMARY KEY, marker TEXT, said TEXT, undone INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS marks (decision INTEGER REFERENCES decisions, pass INTEGER, student TEXT, exercise TEXT, part TEXT,
    points REAL, comment TEXT, text TEXT);
CREATE TABLE IF NOT EXISTS readings (decision INTEGER REFERENCES decisions, student TEXT, exercise TEXT, reading TEXT, text TEXT);
CREATE TABLE IF NOT EXISTS comments (exercise TEXT, part TEXT, comment TEXT, UNIQUE (exercise, part, comment));
CREATE TABLE IF NOT EXISTS drafts (place TEXT PRIMARY KEY, form TEXT);
CREATE TABLE IF NOT EXISTS published (place TEXT, student TEXT, exercise TEXT, points REAL, comment TEXT,
    PRIMARY KEY (place, student, exercise));
CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT);
CREATE INDEX IF NOT EXISTS marks_by_decision ON marks (decision);
"""


@dataclass(frozen=True)
class Decision:
    """One entry of what was decided; ``size`` answers are touched by it."""

    id: int
    marker: str
    said: str
    undone: bool
    size: int


class Store:
    """A folder's marks. A context manager; every method that changes something returns once it is on disk."""

    def __init__(self, path: Path) -> None:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
            for pragma in ("journal_mode=WAL", "synchronous=FULL", "busy_timeout=10000"):
                self._db.execute(f"PRAGMA {pragma}")
            self._db.executescript(_TABLES)
        except (sqlite3.OperationalError, OSError) as error:  # the place, and not what is in the file
            raise CourseError(
                f"{path}, where marks are kept, cannot be written ({error}). See that there is room and that the folder may be "
                "written, or copy it to where that is so."
            ) from None
        except sqlite3.Error as error:
            raise CourseError(
                f"{path} cannot be used as a file of marks ({error}); restore it from a backup or move it away."
            ) from None
        self.path = path

    def __enter__(self) -> "Store":
        return self

    def __exit__(self, *_: object) -> None:
        self._db.close()

    # -------------------------------------------------------------- what counts

    def marks(self, number: int = 1) -> Marks:
        """The marks that count; of the second marker's pass where ``number`` is 2. Readings are of both."""
        rows = self._db.execute(
            "SELECT m.student, m.exercise, m.part, m.points, m.comment, m.text, d.marker FROM marks m "
            "JOIN decisions d ON d.id = m.decision WHERE d.undone = 0 AND m.pass = ? ORDER BY d.id, m.rowid",
            (number,),
        )
        found: dict[Key, Mark | None] = {}
        for student, exercise, part, points, comment, text, marker in rows:
            found[student, exercise, part] = None if points is None else Mark(points, comment, text, marker)
        read: dict[tuple[str, str], Reading] = {}
        for student, exercise, reading, text in self._db.execute(
            "SELECT r.student, r.exercise, r.reading, r.text FROM readings r JOIN decisions d ON d.id = r.decision "
            "WHERE d.undone = 0 ORDER BY d.id"
        ):
            read[student, exercise] = Reading(reading, text)
        return Marks({key: mark for key, mark in found.items() if mark}, read)

    @property
    def last(self) -> int:
        """The number of the last decision; rises with each."""
        return int(self._db.execute("SELECT COALESCE(MAX(id), 0) FROM decisions").fetchone()[0])

    def since(self, decision: int, number: int = 1) -> set[Key]:
        """What was marked after that decision."""
        rows = self._db.execute(
            "SELECT m.student, m.exercise, m.part FROM marks m JOIN decisions d ON d.id = m.decision "
            "WHERE d.undone = 0 AND d.id > ? AND m.pass = ?",
            (decision, number),
        )
        return set(rows)

    @property
    def was_read(self) -> set[tuple[str, str]]:
        """The (student, exercise) that a reading was ever given for."""
        return set(self._db.execute("SELECT student, exercise FROM readings"))

    def decisions(self, limit: int = 30) -> list[Decision]:
        """The last ones, newest first."""
        rows = self._db.execute(
            "SELECT id, marker, said, undone, (SELECT COUNT(DISTINCT student) FROM marks WHERE decision = id) "
            "+ (SELECT COUNT(*) FROM readings WHERE decision = id) FROM decisions ORDER BY id DESC LIMIT ?",
            (limit,),
        )
        return [Decision(id, marker, said, bool(undone), size) for id, marker, said, undone, size in rows]

    # -------------------------------------------------------------- deciding

    def decide(self, marks: Mapping[Key, Mark], *, marker: str, said: str, number: int = 1) -> int:
        """Adds marks as one decision, in place of points for the exercise as a whole; returns its number, 0 for no marks."""
        if not marks:
            return 0
        whole = {key for key in self.marks(number).rows if key[2] == WHOLE and key not in marks}
        touched = {key[:2] for key in marks}
        replaced = {key for key in whole if key[:2] in touched}
        with self._written():
            id = self._decision(marker, said)
            self._db.executemany(
                "INSERT INTO marks VALUES (?, ?, ?, ?, ?, NULL, '', '')", [(id, number, *key) for key in replaced]
            )
            self._db.executemany(
                "INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                [(id, number, *key, mark.points, mark.comment, mark.text) for key, mark in marks.items()],
            )
        return id

    def settle(self, key: Key, mark: Mark, *, marker: str, said: str) -> None:
        """One mark for both passes: what two markers agreed on."""
        with self._written():
            id = self._decision(marker, said)
            for number in (1, 2):
                row = (id, number, *key, mark.points, mark.comment, mark.text)
                self._db.execute("INSERT INTO marks VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)

    def read(self, student: str, exercise: str, reading: Reading, *, marker: str, said: str) -> int:
        """Adds how a text is to be read."""
        with self._written():
            id = self._decision(marker, said)
            row = (id, student, exercise, reading.reading, reading.text)
            self._db.execute("INSERT INTO readings VALUES (?, ?, ?, ?, ?)", row)
        return id

    def undo(self, decision: int, *, undone: bool = True) -> set[tuple[str, str]]:
        """Takes a decision back, or makes it count again; returns the (student, exercise) it touches."""
        with self._written():
            self._db.execute("UPDATE decisions SET undone = ? WHERE id = ?", (int(undone), decision))
        rows = self._db.execute(
            "SELECT student, exercise FROM marks WHERE decision = ? UNION SELECT student, exercise FROM readings "
            "WHERE decision = ?",
            (decision, decision),
        )
        return set(rows)

    def _decision(self, marker: str, said: str) -> int:
        found = self._db.execute("INSERT INTO decisions (marker, said) VALUES (?, ?)", (marker, said)).lastrowid
        assert found is not None
        return found

    @contextmanager
    def _written(self) -> Iterator[None]:
        try:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")
        except sqlite3.Error as error:
            raise InternalError(f"{self.path} could not be written ({error}); what was there before is kept.") from None

    # -------------------------------------------------------------- beside the marks

    def comments(self, exercise: str) -> dict[str, list[str]]:
        """The bank: part -> comments that were written for it, in the order in which they came."""
        found: dict[str, list[str]] = {}
        rows = self._db.execute("SELECT part, comment FROM comments WHERE exercise = ? ORDER BY rowid", (exercise,))
        for part, comment in rows:
            found.setdefault(part, []).append(comment)
        return found

    def keep_comments(self, exercise: str, comments: Iterable[tuple[str, str]]) -> None:
        with self._written():
            self._db.executemany(
                "INSERT OR IGNORE INTO comments VALUES (?, ?, ?)",
                [(exercise, part, comment) for part, comment in comments if comment],
            )

    def draft(self, place: str) -> dict[str, list[str]]:
        """What was ticked and typed at a place and not given yet; empty where nothing was."""
        row = self._db.execute("SELECT form FROM drafts WHERE place = ?", (place,)).fetchone()
        return json.loads(row[0]) if row else {}

    def keep_draft(self, place: str, form: Mapping[str, list[str]]) -> None:
        """An empty form takes the draft away."""
        with self._written():
            if form:
                self._db.execute("INSERT OR REPLACE INTO drafts VALUES (?, ?)", (place, json.dumps(form)))
            else:
                self._db.execute("DELETE FROM drafts WHERE place = ?", (place,))

    def published(self, place: str) -> dict[tuple[str, str], tuple[float | None, str]]:
        """(student, exercise) -> manual points and comment, as they were last written to a gradebook."""
        rows = self._db.execute("SELECT student, exercise, points, comment FROM published WHERE place = ?", (place,))
        return {(student, exercise): (points, comment) for student, exercise, points, comment in rows}

    def keep_published(self, place: str, entries: Mapping[tuple[str, str], tuple[float | None, str]]) -> None:
        with self._written():
            self._db.executemany(
                "INSERT OR REPLACE INTO published VALUES (?, ?, ?, ?, ?)",
                [(place, *key, points, comment) for key, (points, comment) in entries.items()],
            )

    def setting(self, name: str) -> str:
        row = self._db.execute("SELECT value FROM settings WHERE name = ?", (name,)).fetchone()
        return str(row[0]) if row else ""

    def keep_setting(self, name: str, value: str) -> None:
        with self._written():
            self._db.execute("INSERT OR REPLACE INTO settings VALUES (?, ?)", (name, value))


def marks_in(path: Path) -> Marks:
    """The marks of a folder; none where nobody has marked anything."""
    if not path.is_file():
        return Marks()
    with Store(path) as store:
        return store.marks()
