"""Which row of a platform's file belongs to which report. A pair must be the only one possible; nobody is guessed, and
whoever is left on either side is named."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.formats._safe import printable
from autograder.formats._words import points
from autograder.model import Report, listed, roster

Keys = frozenset[str]


@dataclass(frozen=True)
class Person:
    """A row of the platform's file.

    ``keys`` holds what the row is known by: the platform's own id; login or number; e-mail; name; what a file may be called.
    """

    row: int
    shown: str
    keys: tuple[Keys, ...]

    @property
    def all_keys(self) -> tuple[Keys, ...]:
        """With the name beside the number, and the name as it is spelt without accents."""
        own, login, email, name, bare = self.keys
        return (own, login, email, frozenset(f"{o} {n}" for o in own for n in name), name, _plain(name), bare)


def report_keys(report: Report, platform: str) -> tuple[Keys, ...]:
    """What a report is known by: the platform's own id; login or number; e-mail; number and name in an id that our collectors
    made; name; name without accents; a bare id as file name."""
    own = {roster.folded(report.origin.user)} if report.origin.platform == platform and report.origin.user else set()
    student = frozenset({roster.folded(report.student)})
    logins = student | set(map(roster.folded, report.origin.aliases))
    name, number = roster.apart(report.student)
    names = roster.name_keys(report.student) | roster.name_keys(name)
    both = frozenset(f"{roster.folded(number)} {key}" for key in roster.name_keys(name))
    return (frozenset(own), logins, logins, both, names, _plain(names), student)


def _plain(names: Keys) -> Keys:
    return roster.plain_keys(*names)


def matched(reports: Sequence[Report], people: Sequence[Person], platform: str) -> dict[int, Report]:
    """Row -> report, surest kind of key first; only pairs where neither side has another candidate of that kind."""
    pairs: dict[int, Report] = {}
    keys = {i: report_keys(report, platform) for i, report in enumerate(reports)}
    free = {person.row: person for person in people}
    for kind in range(7):
        rows, wanted = (
            _index((p.all_keys[kind], p.row) for p in free.values()),
            _index((keys[i][kind], i) for i in keys),
        )
        for i in list(keys):
            found = {row for key in keys[i][kind] for row in rows[key]}
            rivals = (
                {j for row in found for key in free[row].all_keys[kind] for j in wanted[key]} if len(found) == 1 else {}
            )
            if len(rivals) == 1:
                row = found.pop()  # still free: whoever took it would have been a rival
                pairs[row] = reports[i]
                del keys[i], free[row]
    return pairs


def _index(entries: Iterable[tuple[Keys, int]]) -> defaultdict[str, set[int]]:
    index: defaultdict[str, set[int]] = defaultdict(set)
    for keys, number in entries:
        for key in keys:
            index[key].add(number)
    return index


def unmatched(reports: Sequence[Report], people: Sequence[Person], pairs: dict[int, Report]) -> list[str]:
    """What is said of reports without a row, and of rows without a report: a sentence each."""
    placed = {id(report) for report in pairs.values()}
    left = [
        f"{_name(report.student)} ({points(report.score)} of {points(report.possible)})"
        for report in reports
        if id(report) not in placed
    ]
    rows = [person.shown for person in people if person.row not in pairs]
    notes = []
    if len(left) == 1:
        notes.append(f"The report of {left[0]} fits no student in the file, or more than one; it was not written.")
    elif left:
        notes.append(
            f"{len(left)} reports fit no student in the file, or more than one; they were not written: {listed(left)}."
        )
    if len(rows) == 1:
        notes.append(f"{rows[0]} has no report; the row stays as it was.")
    elif rows:
        notes.append(f"{len(rows)} rows have no report and stay as they were: {listed(rows)}.")
    return notes


def _name(student: str) -> str:
    return printable(student, newlines=False)
