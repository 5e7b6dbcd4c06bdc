"""What a grade depends on beside the submission and the engine: every file of the course, and what its code imports from outside.

All files of the course's folder count, whether or not its code is seen to read them: an oracle may open a table at its hundredth
call, and a list of what was opened until then would leave it out. A needless file costs a needless grading; a missing one
would cost a stale grade. Left out is what cannot be the course's own:

- names that begin with a dot, and ``__pycache__``;
- installed packages: a folder with ``pyvenv.cfg`` or named ``site-packages`` or ``node_modules``, and the engine itself;
- what was handed in and what was written for this run, and every folder of results (it has our lock).

Installed packages that the course's files import are named by version.
"""

import hashlib
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from importlib import metadata
from pathlib import Path

import autograder
from autograder.course.choice import SUFFIX
from autograder.model import CourseError

LOCK = ".lock"
"""The file by which a folder of results is known."""

ENGINE = Path(autograder.__file__).resolve().parent
MAX_FILES = 50_000
_PACKAGES = ("site-packages", "dist-packages", "node_modules", "__pycache__")


def digest(course: Path, counted: Sequence[Path]) -> str:
    """Over names and content of the files ``counted``.

    Raises:
        CourseError: one cannot be read.
    """
    total = hashlib.sha256()
    for path in counted:
        total.update(f"{path.relative_to(course)}\0".encode("utf-8", "surrogateescape"))
        total.update(_content(path))
    return total.hexdigest()


def fingerprint(course: Path, apart: Sequence[Path] = ()) -> str:
    """Over names, sizes and times of the same files: whether a process that has loaded the course is out of date."""
    stats = [(str(path), path.stat()) for path in files(course, apart)]
    return hashlib.sha256(repr([(path, stat.st_size, stat.st_mtime_ns) for path, stat in stats]).encode()).hexdigest()


def files(course: Path, apart: Sequence[Path] = ()) -> list[Path]:
    """Every file that counts, sorted; a link counts as what it leads to. ``apart`` are submissions and results.

    Raises:
        CourseError: the folder holds more files than a course does, or cannot be read.
    """
    if course.suffix == SUFFIX and course.is_file():
        return [course]
    shut = {ENGINE, *(path.resolve() for path in apart)}
    found: list[Path] = []
    for path in _walk(course, course.resolve(), shut, {course.resolve()}):
        found.append(path)
        if len(found) > MAX_FILES:
            raise CourseError(
                f"{course} holds more than {MAX_FILES:,} files, and a grade depends on all of them; keep the course in a "
                "folder of its own, or its submissions elsewhere."
            )
    return sorted(found)


def _walk(folder: Path, real_folder: Path, shut: set[Path], seen: set[Path]) -> Iterator[Path]:
    try:
        with os.scandir(folder) as scan:
            entries = sorted(scan, key=lambda entry: entry.name)
    except OSError as error:
        raise CourseError(
            f"{folder} cannot be read ({error.strerror or error}), and a grade may depend on it."
        ) from None
    for entry in entries:
        path = Path(entry.path)
        if entry.name.startswith(".") or entry.name in _PACKAGES:
            continue
        real = path.resolve() if entry.is_symlink() else real_folder / entry.name
        if real in shut:
            continue
        if entry.is_dir():
            if real not in seen and not _is_foreign(path):
                yield from _walk(path, real, shut, seen | {real})
        elif entry.is_file():
            yield path


def _is_foreign(folder: Path) -> bool:
    return (folder / "pyvenv.cfg").is_file() or (folder / LOCK).is_file()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").digest()
    except OSError as error:
        raise CourseError(f"{path} cannot be read ({error.strerror or error}), and a grade may depend on it.") from None


# ------------------------------------------------------------------ what lies outside

_IMPORT = re.compile(r"^[ \t]*(?:from[ \t]+([A-Za-z_]\w*)|import[ \t]+([A-Za-z_][\w., \t]*))", re.M)


def packages(course: Path, sheet: str, counted: Iterable[Path]) -> Mapping[str, str]:
    """Name and version of each installed distribution that the sheet's folder imports, or a file of ``counted`` that it imports.

    Found in the text, so that an import inside a function counts before it has run.
    """
    counted = list(counted)
    below = _below(course, counted)
    names = {name for path in reached(course, sheet, counted) for name in _imported(path)}
    own = {path.stem for several in below.values() for path in several}
    found = {distribution for name in names - set(below) for distribution in _distributions(name, own=name in own)}
    return {name: metadata.version(name) for name in sorted(found) if name != "autograder"}


def reached(course: Path, sheet: str, counted: Iterable[Path]) -> list[Path]:
    """The Python files of ``counted`` in the sheet's folder, and those outside of exercises that they import, by their text."""
    below = _below(course, counted)
    inside = course / "exercises" / sheet
    found = [path for path in below.get("exercises", ()) if path.is_relative_to(inside)]
    names = {"exercises"}
    for path in found:  # grows meanwhile
        new = _imported(path) - names
        names |= new
        found += [inner for name in sorted(new) for inner in below.get(name, ())]
    return found


def _below(course: Path, counted: Iterable[Path]) -> dict[str, list[Path]]:
    """Name that is imported from the course's folder -> its Python files."""
    below: dict[str, list[Path]] = {}
    for path in counted:
        if path.suffix == ".py":
            below.setdefault(path.relative_to(course).parts[0].removesuffix(".py"), []).append(path)
    return below


def _imported(path: Path) -> set[str]:
    """First names of the modules a file imports, Python's own left out."""
    found: set[str] = set()
    for module, several in _IMPORT.findall(path.read_text(encoding="utf-8", errors="replace")):
        found |= {module} if module else {one.split()[0].partition(".")[0] for one in several.split(",") if one.strip()}
    return found - sys.stdlib_module_names


@cache
def _distributions(module: str, *, own: bool) -> tuple[str, ...]:
    """Most are called like their module; the table of the others takes long to make: not for what may be the course's ``own``."""
    try:
        return (metadata.metadata(module)["Name"],)
    except metadata.PackageNotFoundError:
        return () if own else tuple(_table().get(module, ()))


@cache
def _table() -> Mapping[str, list[str]]:
    return metadata.packages_distributions()
