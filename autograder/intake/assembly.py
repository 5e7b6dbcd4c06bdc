"""Several files of one student -> one submission.

Of two versions of a file the newest counts that answers anything. What the main file lacks is taken from the others: each
runs as a module of its own, so that the names of one are not mixed up with another's. Python files are there to be imported.
"""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.intake import names, texts, versions
from autograder.intake.content import decode_python, tidy
from autograder.intake.sections import defines
from autograder.intake.student_file import StudentFile
from autograder.model import Exercise, Sheet, Submission, SubmissionError

MAX_MODULES = 50
MAX_MODULE_BYTES = 2_000_000  # of all modules together
_STUB = re.compile(
    r"raise NotImplementedError|:\s*(?:(\"{3}|'{3}).*?\1)?\s*(?:pass|\.\.\.|return|return None)?\s*\Z", re.S
)


@dataclass(frozen=True)
class Read:
    """A file of the student's, read by itself."""

    file: StudentFile
    submission: Submission
    answers: frozenset[str]  # exercises it answers, and names it defines


def read(file: StudentFile, submission: Submission, sheet: Sheet) -> Read:
    """What a file answers: ids of text exercises, and names of functions and classes that are more than the starter."""
    if submission.problem:
        return Read(file, submission, frozenset())
    written = {e.id for e in sheet.exercises if not texts.is_unchanged(submission.texts.get(e.id, ""), e)}
    sources = [cell.source for cell in submission.cells]
    defined = {
        name for e in sheet.exercises for name in e.names if any(done(source, name, e.starter) for source in sources)
    }
    return Read(file, submission, frozenset(written | defined))


def done(source: str, name: str, starter: str) -> bool:
    """Whether code defines ``name`` at the margin with more than the starter's stub."""
    block = _block(source, name)
    if block is None:
        return defines(source, name)
    return not _STUB.search(block) and "".join(block.split()) != "".join((_block(starter, name) or "").split())


def _block(source: str, name: str) -> str | None:
    """The last definition of a function or class at the margin, up to the next line there."""
    heads = list(re.finditer(rf"^(?:(?:async[ \t]+)?def|class)[ \t]+{re.escape(name)}\b", source, re.M))
    if not heads:
        return None
    end = re.compile(r"^[^\s#)\]}]", re.M).search(source, heads[-1].end())
    return source[heads[-1].start() : end.start() if end else len(source)].rstrip()


def count(answers: frozenset[str], exercises: Sequence[Exercise]) -> int:
    """How many exercises are answered."""
    return sum(e.id in answers if e.kind == "text" else set(e.names) <= answers for e in exercises)


def assembled(found: Sequence[Read], files: Sequence[StudentFile], sheet: Sheet) -> tuple[Submission, StudentFile]:
    """One submission of all that was read (in the order of preference), and the file it is called after.

    Args:
        files: everything the student handed in.
    """
    found = [_with_imports(entry, found, sheet) for entry in found]
    newest, older = _newest(found)
    main = max(newest, key=lambda entry: (not entry.submission.problem, count(entry.answers, sheet.exercises)))
    others = [entry for entry in newest if entry is not main and not entry.submission.problem]
    modules = modules_beside(main.file, files)
    used, chosen, taken = _parts(main, others, sheet)
    cells = list(main.submission.cells)
    for entry in used:
        start = max((cell.number for cell in cells), default=0)
        name = names.clean(entry.file.name)
        cells += [replace(cell, number=start + cell.number, file=name) for cell in entry.submission.cells]
    submission = replace(
        main.submission,
        cells=tuple(cells),
        texts=_merged([main, *used], "texts", taken),
        doubts=_merged([main, *used], "doubts", taken),
        modules=modules,
        chosen=chosen,
        sha256=digest([entry.submission.sha256 for entry in (main, *used)], modules),
    )
    if len(found) > 1:
        notes = [_note(main, used, older, found, sheet)]
        rest = [note for entry in used for note in entry.submission.notes]
        submission = replace(submission, notes=(*notes, *submission.notes, *rest))
    return submission, main.file


def _with_imports(entry: Read, found: Sequence[Read], sheet: Sheet) -> Read:
    """A file that imports another one answers with what that defines."""
    imported = _imported([entry])
    texts_only = {e.id for e in sheet.exercises if e.kind == "text"}
    theirs = [
        other.answers - texts_only
        for other in found
        if other is not entry
        and other.file.suffix == ".py"
        and re.sub(r"^.*/|\.py$", "", versions.version(other.file)[0]) in {name.casefold() for name in imported}
    ]
    return replace(entry, answers=entry.answers.union(*theirs))


def _newest(found: Sequence[Read]) -> tuple[list[Read], list[tuple[Read, Read]]]:
    """Of each file the newest version that answers something, and pairs of an older one and the one that counts."""
    by_file = {entry.file: entry for entry in found}
    newest, older = [], []
    for group in versions.groups([entry.file for entry in found]):
        entries = [by_file[file] for file in group]
        first = next((entry for entry in entries if entry.answers), entries[0])
        newest.append(first)
        older += [(entry, first) for entry in entries if entry is not first]
    return newest, older


def _parts(main: Read, others: Sequence[Read], sheet: Sheet) -> tuple[list[Read], dict[str, str], dict[str, Read]]:
    """Files that answer what those before lack; name -> file for functions; exercise id -> the file its text is from."""
    used: list[Read] = []
    chosen: dict[str, str] = {}
    taken = dict.fromkeys(main.submission.texts, main)
    have = set(main.answers)
    imported = _imported([main, *others])
    for entry in sorted(others, key=lambda entry: -count(entry.answers, sheet.exercises)):
        new = entry.answers - have
        stem = re.sub(r"\.py$", "", entry.file.name)
        if not new or (stem in imported and entry.file.suffix == ".py" and not new & set(entry.submission.texts)):
            continue
        used.append(entry)
        have |= new
        file = names.clean(entry.file.name)
        chosen |= dict.fromkeys(sorted(new - {e.id for e in sheet.exercises if e.kind == "text"}), file)
        taken |= {id: entry for id in new if id in entry.submission.texts}
    return used, chosen, taken


def _imported(entries: Sequence[Read]) -> set[str]:
    sources = "\n".join(cell.source for entry in entries for cell in entry.submission.cells)
    return {
        part
        for match in re.finditer(r"^[ \t]*(?:from|import)[ \t]+([\w.]+)", sources, re.M)
        for part in match[1].split(".")
    }


def _merged(entries: Sequence[Read], what: str, taken: dict[str, Read]) -> dict[str, str]:
    return {
        id: getattr(entry.submission, what)[id]
        for id, entry in taken.items()
        if any(entry is one for one in entries) and id in getattr(entry.submission, what)
    }


def modules_beside(main: StudentFile, files: Sequence[StudentFile]) -> dict[str, str]:
    """Path below the main file's folder -> source of every Python file; under the plain name the newest version."""
    folder = main.below[:-1]
    beside = [file for file in files if file.suffix == ".py" and file.path != main.path]
    python = sorted(beside, key=lambda file: (len(file.below), file.below))[:MAX_MODULES]
    found: dict[str, str] = {}
    left = MAX_MODULE_BYTES
    for group in versions.groups(python):
        for file in reversed(group):  # the newest last
            try:
                source = tidy(decode_python(file.read(left))[0])[0]
            except SubmissionError:
                continue
            left -= len(source)
            path = file.below[len(folder) :] if file.below[: len(folder)] == folder else file.below
            found["/".join(map(names.clean, path))] = source
            plain = re.sub(r"^.*/", "", versions.version(file)[0])
            same = next((other for other in group if other.name.casefold() == plain), None)
            if same is not None and len(group) > 1:
                found["/".join(map(names.clean, (*path[:-1], same.name)))] = source
    return found


def digest(files: Sequence[str], modules: Mapping[str, str]) -> str:
    """Of all that a submission consists of: the digests of the files that are graded, and the modules."""
    if len(files) == 1 and not modules:
        return files[0]
    whole = hashlib.sha256()
    for part in [*files, *(f"{path}\0{modules[path]}\0" for path in sorted(modules))]:
        whole.update(part.encode("utf-8", "surrogatepass"))
    return whole.hexdigest()


# ------------------------------------------------------------------ what is said about it


def _note(
    main: Read,
    used: Sequence[Read],
    older: Sequence[tuple[Read, Read]],
    found: Sequence[Read],
    sheet: Sheet,
) -> str:
    answers = frozenset().union(main.answers, *(entry.answers for entry in used))
    graded = " and ".join(names.clean(entry.file.name) for entry in [main, *used])
    verb = "were" if used else "was"
    said = (
        f"{len(found)} files were handed in; {graded} {verb} graded, which answer{'' if used else 's'} "
        f"{count(answers, sheet.exercises)} of {len(sheet.exercises)} exercises."
    )
    for old, new in older:
        said += f" {names.clean(old.file.name)} is an older version of {names.clean(new.file.name)}."
    rest = [e for e in found if e is not main and e not in used and all(e is not old for old, _new in older)]
    imported = _imported(found)
    helpers = [e for e in rest if e.file.suffix == ".py" and (not e.answers or e.file.name[:-3] in imported)]
    if helpers and main.file.suffix != ".py":
        said += f" There to be imported: {', '.join(names.clean(e.file.name) for e in helpers)}."
        rest = [e for e in rest if e not in helpers]
    if rest:
        said += f" Not graded: {', '.join(names.clean(e.file.name) for e in rest)}."
    return said
