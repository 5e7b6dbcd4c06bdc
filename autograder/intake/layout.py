"""Which files of a folder or archive belong to whom. Looks at names alone, reads nothing.

alice.ipynb, bob.py                                     one file a student
alice/sheet.ipynb, bob/work/sheet.py                    one folder a student
submitted/alice/generative_models/sheet.ipynb           nbgrader
Alice Doe_1234_assignsubmission_file_/sheet.ipynb       Moodle (also without folders)
doealice_LATE_1234_5678_sheet.ipynb                     Canvas

What other platforms make stands in ``platforms``.
"""

import unicodedata
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import PurePosixPath

from autograder.intake import litter, names, platforms
from autograder.intake.student_file import StudentFile
from autograder.model import Origin

ANSWERS = frozenset({".ipynb", ".py"})
# What people hand in in place of a notebook: such a file is a row of the class. Any other file is not a submission.
DOCUMENTS = frozenset([
    "", ".pdf", ".html", ".htm", ".doc", ".docx", ".odt", ".rtf", ".txt", ".json", ".zip", ".gz", ".tar", ".7z", ".rar",
    ".r", ".rmd", ".m", ".jl", ".jpg", ".jpeg", ".heic", ".pages", ".md",
])  # fmt: skip
_ROOTS = ("submitted", "submissions")


@dataclass(frozen=True)
class Claim:
    """What one student handed in: ``files`` may be several, or none where the platform only says that there was nothing.

    ``team`` are the others for whom it counts; ``problem`` says why nothing of it can be graded.
    """

    student: str
    files: tuple[StudentFile, ...]
    origin: Origin = field(default_factory=Origin)
    notes: tuple[str, ...] = ()
    team: tuple[str, ...] = ()
    problem: str = ""


def claims(
    files: Sequence[StudentFile], root: str, sheet: str, empty: Sequence[tuple[str, ...]] = ()
) -> tuple[list[Claim], list[str]]:
    """Who handed in which of ``files``, and a sentence for each file or folder that is nobody's.

    Args:
        root: name of the folder that holds them, "" for an archive.
        sheet: id of the sheet; a file of that name is a student's whatever the folder's layout.
        empty: folders that hold nothing.
    """
    files = [file for file in files if not litter.is_junk(file.parts)]
    if found := platforms.download(files, empty):
        return _of_platform(found)
    root, files = _below_root(root, files, sheet)
    hidden = [
        f"{'/'.join(map(names.clean, file.parts))}: hidden, so not read."
        for file in files
        if any(map(litter.is_hidden, file.parts))
    ]
    files = [file for file in files if not any(map(litter.is_hidden, file.parts))]
    top = [file for file in files if len(file.parts) == 1]
    if root and (names.moodle(root) or any(is_called(_stem(file.name), sheet) for file in top)):
        return [_folder(root, files)], hidden
    alone, ignored = _single_files(top)
    grouped = _grouped([file for file in files if len(file.parts) > 1], lambda file: _sender_key(file.parts[0]))
    folders = [_folder(group[0].parts[0], group) for group in grouped]
    folders, notes = _of_assignment(folders, sheet, nbgrader=root in _ROOTS[:1])
    if alone:  # folders with data or pictures beside the students' files
        notes += [f"{claim.student}/: a folder without a notebook." for claim in folders if not candidates(claim)]
        folders = [claim for claim in folders if candidates(claim)]
    return _merged(alone + folders), hidden + ignored + notes


def _of_platform(found: platforms.Download) -> tuple[list[Claim], list[str]]:
    files: dict[platforms.Person, list[StudentFile]] = {}
    teams: dict[platforms.Person, dict[platforms.Person, None]] = {}
    for entry in found.handed_in:
        for person in entry.people:
            files.setdefault(person, []).extend([entry.file] if entry.file else [])
            teams.setdefault(person, {}).update(dict.fromkeys(other for other in entry.people if other != person))
    ignored = [f"{'/'.join(map(names.clean, file.parts))}: nobody's submission." for file in found.others]
    claims = [
        Claim(person.name, tuple(own), found.origin(person), team=tuple(other.name for other in teams[person]))
        for person, own in files.items()
    ]
    return claims, ignored


def latest(claim: Claim) -> Claim:
    """Of files that were handed in several times under one name, the last one as the platform dates them."""
    newest: dict[tuple[str, ...], StudentFile] = {}
    for file in claim.files:
        other = newest.get(file.below)
        if other is None or file.when >= other.when:
            newest[file.below] = file
    again = [file for file in claim.files if file.when and newest[file.below] is not file]
    said = sorted({names.clean("/".join(file.below)) for file in again})
    notes = tuple(f"{name} was handed in several times; the last one counts." for name in said)
    kept = tuple(file for file in claim.files if file not in again)
    return replace(claim, files=kept, notes=(*claim.notes, *notes))


def candidates(claim: Claim) -> list[StudentFile]:
    """The files of a claim that may be the answer: notebooks and Python files, or else documents; the likeliest first."""
    for suffixes in (ANSWERS, DOCUMENTS):
        found = [file for file in claim.files if file.suffix in suffixes and not litter.is_never(file.name)]
        if found := [file for file in found if file.name != "timestamp.txt"]:
            return sorted(found, key=_preference)
    return []


def _preference(file: StudentFile) -> tuple[bool, int, int, tuple[str, ...]]:
    canvas = names.canvas(file.name)
    return file.suffix != ".ipynb", len(file.below), -canvas[1] if canvas else 0, file.below


# ------------------------------------------------------------------ files at the top


def _single_files(files: list[StudentFile]) -> tuple[list[Claim], list[str]]:
    handed_in, ignored = list[StudentFile](), list[str]()
    for file in files:
        if file.suffix in ANSWERS | DOCUMENTS and not litter.is_never(file.name):
            handed_in.append(file)
        else:
            ignored.append(f"{names.clean(file.name)}: not a submission.")
    if _from_canvas(handed_in):
        groups = _grouped(handed_in, lambda file: _canvas_origin(file).user if names.canvas(file.name) else file.name)
        return [Claim(_student(group[0]), tuple(group), _canvas_origin(group[0])) for group in groups], ignored
    seen: dict[Hashable, int] = {}

    def key(file: StudentFile) -> Hashable:
        """One student's are files of one name and different types; a second one of the same type is somebody else's."""
        if names.moodle(file.name):
            return _sender_key(file.name)
        name = unicodedata.normalize("NFC", file.name)
        seen[name] = seen.get(name, 0) + 1
        return unicodedata.normalize("NFC", _stem(file.name)), seen[name]

    found = []
    for group in _grouped(handed_in, key):
        sender = names.moodle(group[0].name)
        found.append(
            Claim(*(sender[:1] if sender else (_stem(group[0].name),)), tuple(group), sender[1] if sender else Origin())
        )
    return found, ignored


def _from_canvas(files: list[StudentFile]) -> bool:
    """Whether every notebook's name is one that Canvas makes: distinct file ids, and one name for one user id."""
    read = [names.canvas(file.name) for file in files if file.suffix in ANSWERS or names.canvas(file.name)]
    if not read or None in read:
        return False
    senders = [entry for entry in read if entry]
    ids = [number for _sender, number in senders if number]
    people = {(sender.student, sender.origin.user) for sender, _number in senders}
    return len(set(ids)) == len(ids) and len({user for _name, user in people}) == len(people)


def _canvas_origin(file: StudentFile) -> Origin:
    read = names.canvas(file.name)
    return read[0].origin if read else Origin()


def _student(file: StudentFile) -> str:
    read = names.canvas(file.name)
    return read[0].student if read else _stem(file.name)


# ------------------------------------------------------------------ folders


def _below_root(root: str, files: list[StudentFile], sheet: str) -> tuple[str, list[StudentFile]]:
    """Goes down into ``submitted/`` of a course or ``submissions/`` of an archive, leaving out what lies beside it.

    An nbgrader course may have students' folders in the assignment's instead of the other way round (its directory_structure).
    """
    for name in _ROOTS:
        if root != name and any(file.parts[0] == name and len(file.parts) > 1 for file in files):
            root, files = name, [_lower(file) for file in files if file.parts[0] == name and len(file.parts) > 1]
            break
    turned = [file for file in files if is_called(file.parts[0], sheet) and len(file.parts) > 2]
    if root == _ROOTS[0] and turned and all(len(file.parts) > 2 for file in files if is_called(file.parts[0], sheet)):
        return root, [_lower(file) for file in turned]
    return root, files


def _lower(file: StudentFile) -> StudentFile:
    return replace(file, parts=file.parts[1:])


def _folder(name: str, files: Sequence[StudentFile]) -> Claim:
    sender = names.moodle(name)
    inside = all(len(file.parts) > 1 and file.parts[0] == name for file in files)
    own = tuple(replace(file, own=file.parts[1:]) if inside else file for file in files)
    return Claim(sender.student if sender else name, own, sender.origin if sender else Origin())


def _of_assignment(folders: list[Claim], sheet: str, *, nbgrader: bool) -> tuple[list[Claim], list[str]]:
    """nbgrader's <student>/<assignment>/: where any student has a folder of the sheet's name, only those folders count."""
    inside = {
        id(claim): tuple(f for f in claim.files if len(f.parts) > 1 and is_called(f.parts[1], sheet))
        for claim in folders
    }
    named = any(
        len(file.parts) > 2 for files in inside.values() for file in files
    )  # a link in a folder's place is a file
    kept, notes = [], []
    for claim in folders:
        files = inside[id(claim)] if named else claim.files
        if named and not files:
            notes.append(f"{names.clean(claim.student)}: nothing was handed in for {sheet}.")
            continue
        marked = nbgrader or any(file.name == "timestamp.txt" for file in files)
        origin = Origin("nbgrader", claim.student) if marked and not claim.origin.platform else claim.origin
        kept.append(Claim(claim.student, files, origin))
    return kept, notes


def _sender_key(name: str) -> Hashable:
    """Equal for what one student has on Moodle: files, folder, online text."""
    sender = names.moodle(name)
    return (sender.student, sender.origin.user) if sender else name


def _merged(claims: list[Claim]) -> list[Claim]:
    """Claims of one Moodle or Canvas user become one."""
    groups: dict[Hashable, list[Claim]] = {}
    for number, claim in enumerate(claims):
        user = (claim.origin.platform, claim.origin.user, claim.student)
        groups.setdefault(user if claim.origin.user else number, []).append(claim)
    return [replace(group[0], files=tuple(f for claim in group for f in claim.files)) for group in groups.values()]


# ------------------------------------------------------------------ names


def _grouped(files: Sequence[StudentFile], key: Callable[[StudentFile], Hashable]) -> list[list[StudentFile]]:
    groups: dict[Hashable, list[StudentFile]] = {}
    for file in files:
        groups.setdefault(key(file), []).append(file)
    return list(groups.values())


def _stem(name: str) -> str:
    """A file's name without its type; "alice.ipynb.txt" and "alice.tar.gz" have two."""
    path = PurePosixPath(name)
    while path.suffix and path.suffix.lower() in ANSWERS | DOCUMENTS:
        path = path.with_suffix("")
    return path.name


def is_called(name: str, sheet: str) -> bool:
    """Whether a file or folder bears the sheet's name, however it is spelt."""
    return "".join(filter(str.isalnum, name.lower())) == "".join(filter(str.isalnum, sheet.lower()))
