"""A course's list of groups: a CSV of groups and their members, as learning platforms export it or people write it.

    Group,First name,Last name,Email address      a row for each member (Moodle; Canvas has group_name, name, login_id ...)
    Team;Members                                  a row for each group, its members between semicolons, commas or "and"
    Group,Name 1,Email 1,Name 2,Email 2           the same with columns for each

Which column says what, whatever its heading, is told by ``model.roster``.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from autograder.intake import names
from autograder.model import UsageError, roster

_BETWEEN = re.compile(r"\s*[;\n|&]\s*|\s+(?:and|und|et)\s+")  # members, whatever the column is called
_COMMA = re.compile(r"\s*,\s*")  # between members only where no "Last, First" is meant
_NO_GROUP = re.compile(
    r"(?:no|not|none|kein\w*|nicht|ohne|aucun\w*|sin|ning\w*|ness\w*|geen|niet|sem|nenhum\w*|ingen|brak|bez|без|нет)\b"
    r"(?!\.? ?\d).*|[-–—]*",
    re.IGNORECASE | re.DOTALL,
)
_WORD = re.compile(r"gr(?:o|u|ou|oe)p+[aeos]?|teams?|[eé]quip[eo]s?|squadra|zespol|skupina")
_PERSON = ("first", "last", "name", "several", "email", "id", "canvas")


@dataclass(frozen=True)
class Group:
    """A group: ``keys`` are its name and numbers, as ``roster.letters`` writes them."""

    name: str
    keys: frozenset[str]
    members: tuple[roster.Identity, ...]


def short(name: str) -> str:
    """A group's name without the word for a group and leading zeros: "7" for "Group 07"."""
    return _WORD.sub("", roster.letters(name)).lstrip("0")


def read_groups(data: bytes, name: str) -> tuple[Group, ...]:
    """The groups in a table; a member that stands in a group twice is one.

    Args:
        name: of the file, for what is said.

    Raises:
        UsageError: no table, or none of groups and their members.
    """
    table = _Table(roster.rows_of(data, name))
    if not table.people or (table.group is None and not table.numbered):
        raise UsageError(
            f"{name}: expected a column of groups and columns of their members (name, e-mail or id), or a row for each group "
            f"with columns Member 1, Member 2 and so on; found {', '.join(map(repr, table.rows[0]))}."
        )
    members: dict[str, dict[roster.Identity, None]] = {}
    shown: dict[str, str] = {}
    for number, row in enumerate(table.rows[1:], 2):
        for group in table.groups(row, number):
            key = roster.letters(group)
            shown.setdefault(key, names.clean(group))
            members.setdefault(key, {}).update(dict.fromkeys(table.members(row)))
    numbers = table.numbers
    return tuple(
        Group(shown[key], frozenset({key, *numbers.get(key, ())}), tuple(found)) for key, found in members.items()
    )


@dataclass(frozen=True)
class _Table:
    rows: Sequence[Sequence[str]]

    @cached_property
    def columns(self) -> list[roster.Column]:
        return roster.columns(self.rows)

    @cached_property
    def people(self) -> list[roster.Column]:
        return [column for column in self.columns if column.kind in _PERSON]

    @cached_property
    def group(self) -> int | None:
        """The column of groups: one of names before one of numbers."""
        found = [c.at for kind in ("group", "groupid") for c in self.columns if c.kind == kind]
        return found[0] if found else None

    @cached_property
    def numbered(self) -> bool:
        """Whether there is "Member 1", "Member 2"."""
        return len({column.number for column in self.people if column.number}) > 1

    @cached_property
    def is_row_a_group(self) -> bool:
        said = [self._cell(row, self.group) for row in self.rows[1:]]
        return self.numbered or len(set(said)) == len(said)

    def _cell(self, row: Sequence[str], at: int | None) -> str:
        return row[at] if at is not None and at < len(row) else ""

    # -------------------------------------------------------------- groups

    @cached_property
    def _alone(self) -> set[str]:
        """Groups that are the only one of some row."""
        return {roster.letters(self._cell(row, self.group)) for row in self.rows[1:]}

    def groups(self, row: Sequence[str], number: int) -> list[str]:
        """The groups of a row, usually one."""
        if self.group is None:
            return [f"of row {number}"]
        said = self._cell(row, self.group)
        listed = [part for part in re.split(r"\s*[;,\n]\s*", said) if part]
        if len(listed) > 1 and (";" in said or all(roster.letters(part) in self._alone for part in listed)):
            return listed
        return [] if _NO_GROUP.fullmatch(said) else [said]

    @property
    def numbers(self) -> Mapping[str, set[str]]:
        """A group's key -> further keys: numbers of the platform that no other group has."""
        found: dict[str, set[str]] = {}
        for column in (c for c in self.columns if c.kind == "groupid" and c.at != self.group):
            of: dict[str, set[str]] = {}
            for row in self.rows[1:]:
                of.setdefault(roster.letters(self._cell(row, column.at)), set()).add(
                    roster.letters(self._cell(row, self.group))
                )
            for value, keys in of.items():
                if value and len(keys) == 1:
                    found.setdefault(next(iter(keys)), set()).add(value)
        return found

    # -------------------------------------------------------------- members

    def members(self, row: Sequence[str]) -> list[roster.Identity]:
        if not self.is_row_a_group:
            found = [roster.identity(row, self.people)]
        elif self.numbered:
            numbers = dict.fromkeys(c.number for c in self.people if c.number or c.kind in ("name", "email", "several"))
            found = [roster.identity(row, [c for c in self.people if c.number == number]) for number in numbers]
        else:
            found = self._listed(row)
        return [member for member in found if member.shown]

    def _listed(self, row: Sequence[str]) -> list[roster.Identity]:
        """Members that stand in one cell, and those in cells to the right that have no heading."""
        lists = [(c, self._split(self._cell(row, c.at), c)) for c in self.people]
        lists = [entry for entry in lists if entry[1]]
        more = [cell for at, cell in enumerate(row) if cell and (at >= len(self.columns) or not self.rows[0][at])]
        beside = [roster.identity([cell], [roster.Column(0, "name")]) for cell in more]
        if len({len(parts) for _, parts in lists}) > 1:  # of lists that do not fit together the first
            lists = lists[:1]
        found = [
            roster.identity(
                [parts[i] for _, parts in lists], [roster.Column(at, c.kind) for at, (c, _) in enumerate(lists)]
            )
            for i in range(len(lists[0][1]) if lists else 0)
        ]
        return found + beside

    def _split(self, cell: str, column: roster.Column) -> list[str]:
        parts = [part for part in _BETWEEN.split(cell) if part]
        commas = column.kind in ("several", "email", "id") and len(parts) == 1
        return [part for part in _COMMA.split(cell) if part] if commas else parts
