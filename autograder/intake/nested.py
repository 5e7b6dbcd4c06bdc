"""Zips that students hand in -> the files in them, where the zip lies. Bounded in depth, number and bytes."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from autograder.intake import archive, names
from autograder.intake.student_file import StudentFile, read_below
from autograder.model import AutograderError, SubmissionError

Junk = Callable[[tuple[str, ...]], bool]  # whether a path is litter of an operating system
MAX_DEPTH = 4  # zips inside one another
MAX_FILES = 500  # of one student
MAX_BYTES = 200 << 20  # of one student's zips, packed and unpacked


def unpacked(files: Sequence[StudentFile], *, max_bytes: int, is_junk: Junk) -> tuple[list[StudentFile], list[str]]:
    """``files`` with the content of each zip in its place, and a sentence for each that could not be had."""
    budget = _Budget(max_bytes, is_junk)
    found = [inner for file in files for inner in _inside(file, budget, 0)]
    return found, budget.notes


def read_inside(folder: Path, parts: Sequence[str], *, max_bytes: int) -> bytes:
    """As ``student_file.read_below``, also of a file in zips that ``parts`` lead through."""
    at = next((i for i, part in enumerate(parts[:-1], 1) if part.lower().endswith(".zip")), 0)
    if not at or folder.joinpath(*parts[:at]).is_dir():
        return read_below(folder, parts, max_bytes=max_bytes)
    return _member(read_below(folder, parts[:at], max_bytes=max_bytes), tuple(parts[at:]), max_bytes)


def _member(data: bytes, parts: tuple[str, ...], max_bytes: int) -> bytes:
    for file in archive.members(data, "")[0]:
        if parts[: len(file.parts)] == file.parts:
            found, rest = file.read(max_bytes), parts[len(file.parts) :]
            return _member(found, rest, max_bytes) if rest else found
    raise SubmissionError("A file in a zip was expected, and it is not there.")


class _Budget:
    def __init__(self, max_bytes: int, is_junk: Junk) -> None:
        self.max_bytes, self.is_junk = max_bytes, is_junk
        self.files, self.bytes = MAX_FILES, MAX_BYTES
        self.notes: list[str] = []

    def refuse(self, file: StudentFile, why: str) -> None:
        if len(self.notes) < 10:
            self.notes.append(f"{names.clean('/'.join(file.below))}: {why}")


def _inside(file: StudentFile, budget: _Budget, depth: int) -> Iterator[StudentFile]:
    if file.suffix != ".zip":
        yield file
        return
    if depth == MAX_DEPTH:
        budget.refuse(file, f"more than {MAX_DEPTH} zips inside one another; what is further inside was not read.")
        yield file
        return
    try:
        data = file.read(budget.max_bytes)
        budget.bytes -= len(data)
        inner, notes = archive.members(data, file.path)
    except AutograderError as error:
        budget.refuse(file, _short(error))
        yield file
        return
    budget.notes += notes[:5]
    kept = [member for member in inner if not budget.is_junk(member.parts)]
    for member in _below_wrapper(kept):
        budget.files -= 1
        if budget.files < 0 or budget.bytes < 0:
            budget.refuse(
                file, f"a hand-in of more than {MAX_FILES} files or {MAX_BYTES >> 20} MB; the rest was not read."
            )
            return
        own = (*file.below[:-1], *member.parts)
        yield from _inside(replace(member, parts=own, own=own, when=file.when), budget, depth + 1)


def _below_wrapper(files: list[StudentFile]) -> list[StudentFile]:
    """A folder that was zipped as a whole, with the notebook in it: what is in it."""
    tops = {file.parts[0] for file in files}
    notebook = any(file.suffix == ".ipynb" and len(file.parts) == 2 for file in files)
    if len(tops) != 1 or not notebook or any(len(file.parts) == 1 for file in files):
        return files
    return [replace(file, parts=file.parts[1:]) for file in files]


def _short(error: AutograderError) -> str:
    return str(error) if isinstance(error, SubmissionError) else "the zip is damaged and could not be opened."
