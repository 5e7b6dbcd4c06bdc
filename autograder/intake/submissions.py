"""Files, folders and archives as a class hands them in -> one Submission a student, nobody lost and nobody twice.

- Several files of one student (one folder, one user of the learning platform, ``alice.ipynb`` and ``alice.py`` side by side):
  they make one submission; its notes name the file that it is called after and what became of the others.
- Two submissions with one name from different places (two folders, two users, ``Alice.ipynb`` and ``alice.ipynb``): nobody can
  say here whether that is one person. Both are graded, told apart as "Alice Doe (1234)" by the platform's id or else as
  "Alice Doe (2)", and the notes of each name the other.
- One file reached by two of the given paths counts once.
"""

import difflib
import os
import stat
from collections.abc import Iterable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from pathlib import Path

from autograder.intake import archive, assembly, layout, litter, names, nested, notebook
from autograder.intake.groups import Group
from autograder.intake.layout import Claim
from autograder.intake.namesakes import told_apart
from autograder.intake.sharing import shared
from autograder.intake.student_file import StudentFile, on_disk
from autograder.model import InternalError, Origin, Sheet, Submission, SubmissionError, UsageError, listed

MAX_ENTRIES = 10_000  # of one folder
_MAX_DEPTH = 6
_MAX_CANDIDATES = 20  # files of one student that are read for answers
_EXPECTED = (
    "Expected: notebooks (.ipynb) or Python files (.py), one a student or in one folder a student, nbgrader's submitted/, or "
    "the zip archive of a learning platform."
)


@dataclass(frozen=True)
class Intake:
    """What was found.

    Attributes:
        submissions: sorted by student; names are printable and their ``names.key`` differ.
        ignored: a sentence for each file or folder that is nobody's submission.
        broken: a sentence for each submission that could not be read through a fault on our side; it is not a zero.
        groups: a sentence for each group or member of whom not all is as usual.
    """

    submissions: tuple[Submission, ...]
    ignored: tuple[str, ...] = ()
    broken: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()


def submissions(paths: Sequence[Path], sheet: Sheet, groups: Sequence[Group] = ()) -> Intake:
    """Reads every submission to ``sheet`` in the given files, folders and zip archives; of ``groups`` one for each member.

    Raises:
        UsageError: a path does not exist, an archive is none, or no submission was found.
        SubmissionError: an archive is a decompression bomb or holds more files than a class hands in.
    """
    ignored: list[str] = []
    broken: list[str] = []
    told: list[str] = []
    read: list[Submission] = []
    seen: set[tuple[str, ...]] = set()
    with ExitStack() as stack:
        found = claims(paths, sheet, stack, ignored)
        if groups:
            found, told = shared(found, groups)
        for claim in found:
            try:
                submission, source = _submission(claim, sheet)
            except InternalError as error:
                broken.append(f"{names.clean(claim.student)}: {error}")
                continue
            by_name = claim.origin.platform or claim.team or claim.problem
            whose = (source, claim.origin.user or (names.key(submission.student) if by_name else ""))
            if whose in seen:
                continue
            seen.add(whose)
            read.append(submission)
    if not read and not broken:
        given = ", ".join(map(str, paths)) or "no path"
        raise UsageError(
            f"No submission was found in {given}. {_EXPECTED} Found: {'; '.join(ignored[:5]) or 'nothing'}"
        )
    ordered = sorted(told_apart(read), key=lambda submission: (names.key(submission.student), submission.student))
    return Intake(tuple(ordered), tuple(ignored), tuple(broken), tuple(told))


def one(
    path: Path,
    student: str,
    sheet: Sheet,
    *,
    parts: tuple[str, ...] = (),
    origin: Origin | None = None,
    notes: Sequence[str] = (),
) -> Submission:
    """What one notebook or .py file says, with the Python files in its folder and in packages there to be imported.

    No link is followed in ``parts``, the student's part of the path, by default its name; ``origin`` and ``notes`` are kept.
    """
    file, max_bytes = on_disk(path, parts), sheet.settings.file_mb << 20
    found = notebook.read_file(file, student, sheet.exercises, max_bytes=max_bytes, origin=origin, notes=notes)
    if found.problem:
        return found
    packages = [entry.parent for entry in sorted(path.parent.glob("*/__init__.py"))]
    beside = [entry for folder in (path.parent, *packages) for entry in sorted(folder.glob("*.py"))]
    files = [on_disk(entry, (*file.parts[:-1], *entry.relative_to(path.parent).parts)) for entry in beside]
    modules = assembly.modules_beside(file, files)
    return replace(found, modules=modules, sha256=assembly.digest([found.sha256], modules))


# ------------------------------------------------------------------ paths -> claims


def claims(paths: Sequence[Path], sheet: Sheet, stack: ExitStack, ignored: list[str]) -> Iterable[Claim]:
    """What each student handed in, zips unpacked; files can be read as long as the ``stack`` is open."""
    for claim in _packed(paths, sheet, stack, ignored):
        files, notes = nested.unpacked(claim.files, max_bytes=sheet.settings.file_mb << 20, is_junk=litter.is_junk)
        yield layout.latest(replace(claim, files=tuple(files), notes=(*claim.notes, *notes)))


def _packed(paths: Sequence[Path], sheet: Sheet, stack: ExitStack, ignored: list[str]) -> Iterable[Claim]:
    single: list[Path] = []
    for path in paths:
        mode = _mode(path)
        if stat.S_ISDIR(mode):
            folders, notes = list[tuple[str, ...]](), list[str]()
            files = _walk(path, folders, notes)
            found, others = layout.claims(files, path.resolve().name, sheet.id, folders)
        elif stat.S_ISREG(mode) and path.suffix.lower() == ".zip":
            files, notes = stack.enter_context(archive.opened(path))
            folders = archive.empty_folders(path)
            found, others = layout.claims(_below_own_name(files, path.stem), "", sheet.id, folders)
        else:
            single.append(path)
            continue
        ignored += [*notes, *others]
        yield from found
    stems = [path.stem for path in single]
    for path in single:  # alice/sheet.ipynb bob/sheet.ipynb: the folder says whose it is
        same_name = stems.count(path.stem) > 1
        claim = layout.claims([on_disk(path)], "", "")[0] or [Claim(path.stem, (on_disk(path),))]
        yield replace(claim[0], student=path.resolve().parent.name) if same_name else claim[0]


def _mode(path: Path) -> int:
    try:
        return os.lstat(path).st_mode
    except FileNotFoundError:
        beside = sorted(os.listdir(path.parent)) if path.parent.is_dir() else []
        close = difflib.get_close_matches(path.name, beside, n=3) or beside[:3]
        hint = f"There is: {', '.join(map(names.clean, close))}." if close else f"{path.parent} is empty or no folder."
        raise UsageError(f"{path} does not exist. {hint}") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be used: {error.strerror}.") from None


def _below_own_name(files: list[StudentFile], name: str) -> list[StudentFile]:
    """class.zip that holds one folder class/: what is in it."""
    inside = [file for file in files if len(file.parts) > 1 and file.parts[0] == name]
    beside = [file for file in files if file not in inside and not file.parts[0].startswith(("__", "."))]
    return files if beside or not inside else [replace(file, parts=file.parts[1:]) for file in inside]


def _walk(folder: Path, folders: list[tuple[str, ...]], notes: list[str]) -> list[StudentFile]:
    """Every file below ``folder``, by name; links are listed. ``folders`` gets what is entered: nothing hidden or too deep."""
    found, deep, waiting = list[StudentFile](), set[str](), list[tuple[str, ...]]([()])
    while waiting:
        parts = waiting.pop()
        try:
            with os.scandir(folder.joinpath(*parts)) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            raise UsageError(
                f"{folder.joinpath(*parts)} cannot be listed: {error.strerror}. Give a folder that can."
            ) from None
        if len(listed) > MAX_ENTRIES and not parts:
            raise UsageError(f"{folder} holds {len(listed)} files; a class does not hand in more than {MAX_ENTRIES}.")
        for entry in listed[:MAX_ENTRIES]:
            below = (*parts, entry.name)
            if not entry.is_dir(follow_symlinks=False):
                found.append(on_disk(folder.joinpath(*below), below))
            elif len(below) <= _MAX_DEPTH and not litter.is_hidden(entry.name):
                waiting.append(below)
                folders.append(below)
            elif not litter.is_hidden(entry.name):
                deep.add(f"{names.clean(parts[0])}/: deeper than {_MAX_DEPTH} folders nothing is read.")
    notes += sorted(deep)
    return sorted(found, key=lambda file: file.parts)


# ------------------------------------------------------------------ claim -> submission


def _submission(claim: Claim, sheet: Sheet) -> tuple[Submission, str]:
    """The submission, and what tells its file from every other one."""
    student = names.clean(claim.student)
    max_bytes = sheet.settings.file_mb << 20
    files = layout.candidates(claim)
    if claim.problem or not files:
        return _nothing(claim, student), claim.files[0].path if claim.files else student
    read = [
        (notebook.read_file(file, student, sheet.exercises, max_bytes=max_bytes, origin=claim.origin), file)
        for file in files[:_MAX_CANDIDATES]
    ]
    found = [assembly.read(file, submission, sheet) for submission, file in read]
    submission, file = assembly.assembled(found, claim.files, sheet)
    submission = replace(submission, notes=(*_team(claim), *claim.notes, *submission.notes))
    if claim.origin.platform == "nbgrader":
        submission = replace(submission, origin=replace(claim.origin, timestamp=_timestamp(claim, file)))
    return submission, os.path.abspath(file.path)


def _nothing(claim: Claim, student: str) -> Submission:
    if not claim.files:
        problem = "The platform says that this student took part, but nothing was handed in that could be graded."
        return Submission(student, "", "", problem=problem, origin=claim.origin, notes=claim.notes)
    there = ", ".join(names.clean(file.name) for file in claim.files[:5])
    path = notebook.clean_path(claim.files[0].path.rpartition("/")[0])
    problem = f"A notebook (.ipynb) or Python file (.py) was expected, but only this was handed in: {there}."
    notes = (*_team(claim), *claim.notes)
    return Submission(student, path, "", problem=claim.problem or problem, origin=claim.origin, notes=notes)


def _team(claim: Claim) -> list[str]:
    """For whom else it counts."""
    return (
        [f"Handed in by a group: it counts for {listed(map(names.clean, claim.team))} as well."] if claim.team else []
    )


def _timestamp(claim: Claim, file: StudentFile) -> str:
    for other in claim.files:
        if other.parts == (*file.parts[:-1], "timestamp.txt"):
            try:
                first = other.read(1000).decode("utf-8", "replace").strip().partition("\n")[0]
            except SubmissionError:
                return ""
            return names.clean(first, limit=60) if first else ""
    return ""
