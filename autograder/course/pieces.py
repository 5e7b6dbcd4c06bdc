"""Which files of a course each exercise of a sheet is graded with, so that a change in one exercise leaves the others' grades.

An exercise depends on its own folder, and on the folders of those it names in its code as a path, a text or a module; everything
outside of the exercises' folders is everyone's. Where code looks around on its own (``glob``, ``..``), nobody can say what it
reads: then it depends on all of them.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from autograder.course.digest import reached

_LOOKS_AROUND = re.compile(
    r"""\b(glob|rglob|iterdir|listdir|scandir|walk|parents)\b|\.parent\.parent|(?<!\.)\.\.["'/]|["'/]\.\.(?!\.)|\bfrom\s+\.\."""
)
_FROM_EXERCISES = re.compile(r"^[ \t]*from[ \t]+[\w.]*exercises[\w.]*[ \t]+import[ \t]*(\([^)]*\)|[^\n]*)", re.M)


def pieces(
    course: Path, sheet: str, ids: Sequence[str], counted: Sequence[Path]
) -> tuple[list[Path], Mapping[str, list[Path]]]:
    """The files of ``counted`` that are everyone's, and those of each exercise of the sheet."""
    own = _own(course / "exercises" / sheet, ids, counted)
    taken = {path for several in own.values() for path in several}
    if any(_names(path, ids) for path in reached(course, sheet, counted) if path not in taken):
        return list(counted), {id: [] for id in ids}
    needs = {id: _named(own[id], id, ids) for id in ids}
    shared = [path for path in counted if path not in taken]
    return shared, {id: sorted(path for other in _all(id, needs) for path in own[other]) for id in ids}


def _own(folder: Path, ids: Sequence[str], counted: Sequence[Path]) -> dict[str, list[Path]]:
    """The files in each exercise's own folder."""
    own: dict[str, list[Path]] = {id: [] for id in ids}
    depth = len(folder.parts)
    for path in counted:
        if path.parts[:depth] == folder.parts and path.parts[depth] in own:
            own[path.parts[depth]].append(path)
    return own


def _named(files: Iterable[Path], own: str, ids: Sequence[str]) -> set[str]:
    found: set[str] = set()
    for path in files:
        if path.suffix == ".py" and path.parent.name not in ("wrong", "right"):  # answers are run elsewhere
            found |= _names(path, ids)
    return found - {own}


def _names(path: Path, ids: Sequence[str]) -> set[str]:
    """The exercises that a file's code names, or all of them."""
    text = path.read_text(encoding="utf-8", errors="replace")
    if _LOOKS_AROUND.search(text):
        return set(ids)
    taken = " ".join(_FROM_EXERCISES.findall(text))
    return {
        id
        for id in ids
        if re.search(rf"[/.\"']{re.escape(id)}[/.\"']", text) or re.search(rf"\b{re.escape(id)}\b", taken)
    }


def _all(id: str, needs: Mapping[str, set[str]]) -> set[str]:
    """The exercise and all that it depends on, over any number of steps."""
    found, waiting = {id}, [id]
    while waiting:
        new = needs[waiting.pop()] - found
        found |= new
        waiting += new
    return found
