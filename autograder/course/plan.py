"""``sheet.toml``: what a sheet is made of. Whatever is wrong with it is said with the line where it stands.

title = "Exercise 2: Deep Learning Basics"

[settings]           limits of a submission, see ``model.Settings``

[data.prices]        data of the course's own, see ``data``

[[exercise]]         one for each folder, in the order of the sheet
id = "softmax"       the folder
item = "2-1 (a)"     its number on the sheet
points = 3
"""

import math
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from autograder.course.data import read_data
from autograder.model import CourseError, Data, Settings, listed, meant

FILE = "sheet.toml"
_KEYS = ("title", "settings", "exercise", "data")
_EXERCISE = ("id", "item", "points")


@dataclass(frozen=True)
class Row:
    """An entry [[exercise]]; ``place`` is "sheet.toml, line 7"."""

    id: str
    item: str
    points: float
    place: str


@dataclass(frozen=True)
class Plan:
    """What a sheet.toml says."""

    path: Path
    title: str
    rows: tuple[Row, ...]
    settings: Settings
    data: tuple[Data, ...]


def read_plan(path: Path) -> Plan:
    """The plan in ``path``.

    Raises:
        CourseError: a sentence with file, line, what was found and what was meant.
    """
    try:
        text = path.read_text(encoding="utf-8")
        data = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise CourseError(f"{path} is not valid TOML: {error}") from None
    read = _Read(path, text.splitlines())
    read.known(data, _KEYS, "the file")
    title = data.get("title", path.parent.name)
    if not isinstance(title, str):
        raise read.fault("title", f"title must be a text, but it is {title!r}.")
    rows, settings = read.rows(data.get("exercise", [])), read.settings(data.get("settings", {}))
    return Plan(path, title, rows, settings, read.data(data.get("data", {})))


@dataclass(frozen=True)
class _Read:
    path: Path
    lines: list[str]

    def fault(self, key: str, said: str, table: int = 0) -> CourseError:
        """The sentence with the line of ``key``: in the ``table``-th [[exercise]], or anywhere where that is 0."""
        line = self._line(key, table)
        return CourseError(f"{self.path}{f', line {line}' if line else ''}: {said}")

    def _line(self, key: str, table: int) -> int:
        heads = [i for i, line in enumerate(self.lines) if re.match(r"\s*\[\[\s*exercise", line)]
        start = heads[table - 1] if table and table <= len(heads) else 0
        for i, line in enumerate(self.lines[start:], start + 1):
            if re.match(rf"\s*\[*\s*[\"']?{re.escape(key)}\b", line):
                return i
        return start + 1 if table else 0

    def known(self, table: Mapping[str, Any], keys: Iterable[str], where: str, number: int = 0) -> None:
        for key in table:
            if key not in keys:
                raise self.fault(
                    key, f"{where} has the unknown key {key!r}{meant(key, keys)}; known are {listed(keys)}.", number
                )

    def rows(self, data: Any) -> tuple[Row, ...]:
        if not data:
            raise CourseError(f"{self.path} lists no [[exercise]]; at least one is expected.")
        if not isinstance(data, list) or not all(isinstance(row, dict) for row in data):
            raise self.fault("exercise", "exercises are tables [[exercise]], with two brackets on either side.")
        found = tuple(self._row(row, number) for number, row in enumerate(data, 1))
        ids = [row.id for row in found]
        for number, id in enumerate(ids, 1):
            if id in ids[: number - 1]:
                raise self.fault("id", f"two exercises have the id {id!r}; each folder is listed once.", number)
        return found

    def _row(self, row: Mapping[str, Any], number: int) -> Row:
        id, item = row.get("id"), row.get("item", "")
        points: Any = row.get("points")
        self.known(row, _EXERCISE, f"[[exercise]] {id if isinstance(id, str) else number}", number)
        if not isinstance(id, str) or not id or Path(id).name != id:
            raise self.fault("id", f"id must be the name of a folder beside {FILE}, but it is {id!r}.", number)
        if not isinstance(item, str):
            raise self.fault("item", f'item of {id} must be a text, "3-1 (a)", but it is {item!r}.', number)
        if type(points) not in (int, float) or not points > 0 or not math.isfinite(points):
            raise self.fault("points", f"points of {id} must be a number above 0, but it is {points!r}.", number)
        folder = self.path.parent / id
        if not folder.is_dir():
            folders = [path.name for path in self.path.parent.iterdir() if (path / "exercise.py").is_file()]
            raise self.fault("id", f"there is no folder {folder}{meant(id, folders)}.", number)
        return Row(id, item, float(points), f"{self.path}, line {self._line('id', number)}")

    def settings(self, given: Any) -> Settings:
        if not isinstance(given, dict):
            raise self.fault("settings", "settings are a table [settings].")
        known = sorted(field.name for field in fields(Settings))
        for key in given:
            if key not in known:
                raise self.fault(key, f"unknown settings: {key}{meant(key, known)}; known are {listed(known)}.")
        for key in given:
            try:
                Settings(**{key: given[key]})
            except CourseError as error:
                raise self.fault(key, str(error)) from None
        return Settings(**given)

    def data(self, given: Any) -> tuple[Data, ...]:
        if not isinstance(given, dict):
            raise self.fault("data", "data are tables, [data.NAME] one each.")
        found = []
        for name, table in given.items():
            try:
                found.append(read_data(name, table, self.path.parents[2]))
            except CourseError as error:
                raise self.fault(f"data.{name}", str(error)) from None
        return tuple(found)


def unlisted(path: Path) -> list[str]:
    """Folders beside ``path``, a sheet.toml, that hold an exercise and are not listed in it."""
    there = [folder.name for folder in sorted(path.parent.iterdir()) if (folder / "exercise.py").is_file()]
    rows = {row.id for row in read_plan(path).rows}
    return [name for name in there if name not in rows]
