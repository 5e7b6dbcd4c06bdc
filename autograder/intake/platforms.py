"""Downloads of Brightspace, Blackboard, ILIAS and Gradescope -> who handed in which file, and when.

397063-2557369 - Mary Smith - Jan 14, 2024 1159 PM/sheet.ipynb     Brightspace; also flat, and A01234567_Mary Smith_date_file
Exercise 9_jdoe3_attempt_2024-01-14-21-02-38_sheet.ipynb           Blackboard; the .txt beside it says who and what
Exercise 9/Abgaben/Lovelace_Ada_alovel_123456/sheet.ipynb          ILIAS; also below Team_7/, for each of its members
assignment_9_export/submission_501/sheet.ipynb                     Gradescope; submission_metadata.yml says whose it is

The outermost folders of a download do not matter: what counts is the part of the path that a platform has made.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from autograder.intake import names
from autograder.intake.student_file import StudentFile
from autograder.model import Origin, SubmissionError

MAX_INFO = 1_000_000  # bytes of a file that a platform wrote
Platform = Literal["brightspace", "blackboard", "ilias", "gradescope"]


@dataclass(frozen=True)
class Person:
    """Who handed in: the name shown, the platform's id, and what else they are known by there."""

    name: str
    user: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class HandedIn:
    """One file (None: none, only the platform's own) of one or several people."""

    people: tuple[Person, ...]
    file: StudentFile | None


@dataclass(frozen=True)
class Download:
    """Who handed in what, and the files that are nobody's."""

    platform: Platform
    handed_in: tuple[HandedIn, ...]
    others: tuple[StudentFile, ...]

    def origin(self, person: Person) -> Origin:
        return Origin(self.platform, person.user, aliases=person.aliases)


def download(files: Sequence[StudentFile], folders: Sequence[tuple[str, ...]]) -> Download | None:
    """The download that ``files`` are, or None if no platform makes such names. ``folders`` are empty ones."""
    for platform, reads in _READERS.items():
        handed_in, others = reads(files, folders)
        if any(entry.file is not None for entry in handed_in) or (handed_in and platform == "blackboard"):
            return Download(platform, tuple(handed_in), tuple(others))
    return None


Found = tuple[list[HandedIn], list[StudentFile]]


def _text(file: StudentFile) -> str:
    try:
        return file.read(MAX_INFO).decode("utf-8-sig", "replace")
    except SubmissionError:
        return ""


# ------------------------------------------------------------------ Brightspace (D2L)

_DATE = r"(?P<month>[^\W\d]{3,9})\.? (?P<day>\d{1,2}), (?P<year>\d{4}) (?P<hour>\d{1,2}):?(?P<minute>\d{2})(?: ?(?P<half>[AP]M))?"
_D2L_FOLDER = re.compile(rf"(?P<user>\d+)-\d+ - (?P<name>.+) - {_DATE}", re.S)
_D2L_FILE = re.compile(r"(?P<user>\d+)-\d+ - (?P<name>.+?) - (?P<file>.+)", re.S)
_D2L_NUMBER = re.compile(rf"(?P<user>[A-Za-z]?\d{{4,}})_(?P<name>[^_]+)_{_DATE}_(?P<file>.+)", re.S)
_MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_OTHER_MONTHS = {"mai": "may", "mär": "mar", "okt": "oct", "dez": "dec", "maa": "mar", "mei": "may", "avr": "apr"}


def _brightspace(files: Sequence[StudentFile], _folders: Sequence[tuple[str, ...]]) -> Found:
    found, others = list[HandedIn](), list[StudentFile]()
    for file in files:
        for at, part in enumerate(file.parts):
            last = at == len(file.parts) - 1
            match = (_D2L_NUMBER.fullmatch(part) or _D2L_FILE.fullmatch(part)) if last else _D2L_FOLDER.fullmatch(part)
            if match:
                own = (match["file"],) if last else file.parts[at + 1 :]
                person = Person(match["name"], match["user"])
                found.append(HandedIn((person,), replace(file, own=own, when=_when(match))))
                break
        else:
            others.append(file)
    return found, others


def _when(match: re.Match[str]) -> str:
    """A date of Brightspace as digits that sort."""
    parts = match.groupdict()
    if "month" not in parts:
        return ""
    month = parts["month"][:3].lower()
    month = _OTHER_MONTHS.get(month, month)
    number = _MONTHS.index(month) + 1 if month in _MONTHS else 0
    hour = int(parts["hour"])
    if parts["half"]:
        hour = hour % 12 + (12 if parts["half"] == "PM" else 0)
    return f"{parts['year']}{number:02d}{int(parts['day']):02d}{hour:02d}{parts['minute']}00"


# ------------------------------------------------------------------ Blackboard

_ATTEMPT = re.compile(
    r"(?P<base>(?P<assignment>.+)_(?P<login>[^_]+)_attempt_(?P<when>\d{4}(?:-\d{2}){5}))(?:_(?P<file>.+)|\.txt)", re.S
)
_INFO_NAME = re.compile(r"^Name:[ \t]*(?P<name>[^\n]*?)[ \t]*\((?P<login>[^()\n]+)\)[ \t]*\r?$", re.M)


def _blackboard(files: Sequence[StudentFile], _folders: Sequence[tuple[str, ...]]) -> Found:
    read = [(file, _ATTEMPT.fullmatch(file.parts[-1])) for file in files]
    people: dict[tuple[tuple[str, ...], str], Person] = {}
    for file, match in read:
        if match and match["file"] is None:
            said = _INFO_NAME.search(_text(file)[:5000]) or {"name": "", "login": match["login"]}
            people[file.parts[:-1], match["base"]] = Person(said["name"] or said["login"], said["login"])
    found, others, seen = list[HandedIn](), list[StudentFile](), set[Person]()
    for file, match in read:
        if match is None:
            others.append(file)
        elif match["file"] is not None:
            person = people.get((file.parts[:-1], match["base"]), Person(match["login"], match["login"]))
            when = match["when"].replace("-", "")
            found.append(HandedIn((person,), replace(file, own=(match["file"],), when=when)))
            seen.add(person)
    found += [HandedIn((person,), None) for person in dict.fromkeys(people.values()) if person not in seen]
    return found, others


# ------------------------------------------------------------------ ILIAS

_MEMBER = re.compile(
    r"(?P<first>[^\W\d_][^_\d]*)_(?P<second>[^\W\d_][^_\d]*)_(?P<login>[a-z][\w.\-]*)_(?P<id>\d+)", re.S
)
_TEAM = re.compile(r"team[ _]\d+", re.I)
_ABOVE = re.compile(r"abgaben|submissions?|team[ _]\d+|multi_feedback.*", re.I)
_STAMPED = re.compile(r"(?P<when>\d{14})_(?P<file>.+)", re.S)


def _ilias(files: Sequence[StudentFile], folders: Sequence[tuple[str, ...]]) -> Found:
    places = [*(file.parts[:-1] for file in files), *folders]
    depth = next(
        (at for parts in places for at, part in enumerate(parts) if _is_member(part, parts[:at], places)), None
    )
    if depth is None:
        return [], list(files)
    teams: dict[tuple[str, ...], dict[str, Person]] = {}
    for parts in places:
        if at := _member_at(parts, places):
            teams.setdefault(parts[: at - 1], {})[parts[at - 1]] = _member(parts[at - 1])
    found, others = list[HandedIn](), list[StudentFile]()
    for file in files:
        at = _member_at(file.parts[:-1], places)
        if not at:
            others.append(file)
            continue
        above = file.parts[: at - 1]
        team = bool(above) and bool(_TEAM.fullmatch(above[-1]))
        people = tuple(teams[above].values()) if team else (_member(file.parts[at - 1]),)
        stamp = _STAMPED.fullmatch(file.parts[-1])
        own = (*file.parts[at:-1], stamp["file"] if stamp else file.parts[-1])
        found.append(HandedIn(people, replace(file, own=own, when=stamp["when"] if stamp else "")))
    return found, others


def _member_at(parts: tuple[str, ...], places: Sequence[tuple[str, ...]]) -> int:
    """How many folders lead to a member's own one and it; 0 if none does."""
    return next((at + 1 for at, part in enumerate(parts) if _is_member(part, parts[:at], places)), 0)


def _is_member(part: str, above: tuple[str, ...], places: Sequence[tuple[str, ...]]) -> bool:
    """Whether a folder is a member's: its name alone may be anything's, so that all beside it must look alike."""
    if not _MEMBER.fullmatch(part):
        return False
    if above and _ABOVE.fullmatch(above[-1]):
        return True
    depth = len(above)
    beside = {parts[depth] for parts in places if parts[:depth] == above and len(parts) > depth}
    return len(beside) > 1 and all(_MEMBER.fullmatch(name) for name in beside)


def _member(folder: str) -> Person:
    """Last and first name as ILIAS writes them, or the other way round where the login shows it."""
    match = _MEMBER.fullmatch(folder)
    assert match
    first, second = match["first"], match["second"]
    turned = _ascii(second)[:3] in match["login"] and _ascii(first)[:3] not in match["login"]
    last, given = (second, first) if turned else (first, second)
    return Person(f"{given} {last}", match["login"])


def _ascii(name: str) -> str:
    return name.lower().translate({ord(c): plain for c, plain in zip("äöüß", ("ae", "oe", "ue", "ss"), strict=True)})


# ------------------------------------------------------------------ Gradescope

_EXPORT = re.compile(r"assignment_\d+_export")
_SUBMISSION = re.compile(r"submission_(\d+)")
_FIELD = re.compile(r"^\s*(?:-\s+)?:?(?P<key>name|sid|email|history):\s*(?P<value>.*?)\s*$")


def _gradescope(files: Sequence[StudentFile], _folders: Sequence[tuple[str, ...]]) -> Found:
    owners: dict[tuple[str, ...], dict[str, tuple[Person, ...]]] = {}
    for file in files:
        if file.parts[-1] == "submission_metadata.yml":
            owners[file.parts[:-1]] = _submitters(_text(file).split("\n"))
    found, others = list[HandedIn](), list[StudentFile]()
    for file in files:
        at = next((i for i, part in enumerate(file.parts[:-1]) if _SUBMISSION.fullmatch(part)), None)
        known = at is not None and (file.parts[:at] in owners or not at or _EXPORT.fullmatch(file.parts[at - 1]))
        if at is None or not known:
            others.append(file)
            continue
        folder = file.parts[at]
        people = owners.get(file.parts[:at], {}).get(folder) or (Person(folder, folder.partition("_")[2]),)
        found.append(HandedIn(people, replace(file, own=file.parts[at + 1 :])))
    return found, others


def _submitters(lines: Iterable[str]) -> dict[str, tuple[Person, ...]]:
    """Folder -> its submitters. Of a YAML file whose layout is always the same, the few lines that are needed."""
    found: dict[str, list[dict[str, str]]] = {}
    people: list[dict[str, str]] | None = None
    for line in lines:
        if top := re.fullmatch(r"[\"']?(submission_\d+)[\"']?:\s*", line):
            people = found.setdefault(top[1], [])
        elif people is not None and (match := _FIELD.match(line[:500])):
            if match["key"] == "history":
                people = None  # what follows are earlier hand-ins
            elif match["key"] == "name" or (people and match["key"] in people[-1]):
                people.append({match["key"]: match["value"].strip("'\"")})
            elif people:
                people[-1][match["key"]] = match["value"].strip("'\"")
    return {folder: tuple(map(_submitter, entries)) for folder, entries in found.items() if entries}


def _submitter(entry: dict[str, str]) -> Person:
    user = entry.get("sid") or entry.get("email") or entry.get("name", "")
    aliases = [names.clean(entry[key]) for key in ("sid", "email") if entry.get(key)]
    return Person(entry.get("name") or user, names.clean(user) if user else "", tuple(aliases))


_READERS: dict[Platform, Callable[[Sequence[StudentFile], Sequence[tuple[str, ...]]], Found]] = {
    "brightspace": _brightspace,
    "blackboard": _blackboard,
    "gradescope": _gradescope,
    "ilias": _ilias,
}
