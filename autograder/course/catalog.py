"""Course folder -> Sheet. The folder is found by path; its code runs in the grader only, never beside a student's.

A course is a folder with ``exercises/<sheet>/sheet.toml`` and one folder per exercise; modules at its top level (the
oracles) may be imported by an ``exercise.py``.
"""

import functools
import importlib.util
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.course.choice import SUFFIX, courses_sheets
from autograder.course.digest import digest, files, packages
from autograder.course.pack_file import read_data_sets, read_settings
from autograder.course.pieces import pieces
from autograder.course.plan import FILE, Plan, Row, read_plan
from autograder.course.plan import unlisted as not_listed
from autograder.model import CourseError, Data, Exercise, Rubric, Settings, Sheet, UsageError


def exercises(name: str, course: Path) -> list[str]:
    """Ids of a sheet's exercises, without loading them."""
    if pack := _pack(name, course):
        return [exercise.id for exercise in pack.exercises]
    return [row.id for row in _plan(name, course).rows]


def load_sheet(name: str, course: Path) -> Sheet:
    """The sheet ``name`` of a course, with everything its folder says.

    Raises:
        UsageError: there is no sheet of that name.
        CourseError: sheet.toml or an exercise is wrong; the sentence names the file.
    """
    if pack := _pack(name, course):
        return pack
    plan = _plan(name, course)
    exercises = tuple(load_exercise(plan.path.parent / row.id, course, row) for row in plan.rows)
    return Sheet(name, plan.title, exercises, plan.settings, data=plan.data)


def load_stamped(name: str, course: Path, apart: Sequence[Path] = ()) -> Sheet:
    """The sheet with ``sha256`` and ``packages``, on which a grade depends, and the exercises with theirs (``pieces``); see
    ``digest`` for ``apart``. All are taken before the code is loaded: who edits the course meanwhile gets a grade that is made
    again, not one that passes for current."""
    counted = files(course, apart)
    ids = [] if _pack(name, course) else exercises(name, course)
    shared, own = pieces(course, name, ids, counted)
    sha256, outside = digest(course, shared), packages(course, name, counted)
    digests = {id: digest(course, own[id]) for id in ids}
    sheet = load_sheet(name, course)
    stamped = tuple(replace(exercise, sha256=digests.get(exercise.id, "")) for exercise in sheet.exercises)
    return replace(sheet, exercises=stamped, sha256=sha256, packages=outside)


def settings(name: str, course: Path) -> Settings:
    """The limits that a sheet sets, without loading its exercises."""
    if path := _pack_file(name, course):
        found: Settings = _read_once(read_settings, path, path.stat().st_mtime_ns)
        return found
    return _plan(name, course).settings


def data_sets(name: str, course: Path) -> tuple[Data, ...]:
    """The data sets that a sheet declares, without loading its exercises."""
    if path := _pack_file(name, course):
        return read_data_sets(path)
    return _plan(name, course).data


def _pack(name: str, course: Path) -> Sheet | None:
    """The sheet of a student's pack; None in a course."""
    path = _pack_file(name, course)
    if path is None:
        return None
    from autograder.course.unpacking import read_pack  # imports torch, which a course need not

    sheet: Sheet = _read_once(read_pack, path, path.stat().st_mtime_ns)
    return sheet


def _pack_file(name: str, course: Path) -> Path | None:
    path = course if course.suffix == SUFFIX and course.stem == name else course / f"{name}{SUFFIX}"
    if name != Path(name).name or not path.is_file() or name in courses_sheets(course):
        return None
    return path


@functools.lru_cache(maxsize=4)
def _read_once(read: Callable[[Path], Any], path: Path, _changed: int) -> Any:
    return read(path)


def _plan(name: str, course: Path) -> Plan:
    if name not in (there := courses_sheets(course)):  # a name may be a notebook's word, "../.." among them
        raise UsageError(f"No sheet {name!r} in {course}; the sheets there are: {', '.join(there) or 'none'}.")
    return read_plan(course / "exercises" / name / FILE)


def unlisted(name: str, course: Path) -> list[str]:
    """Folders of a sheet that hold an exercise and are not listed in its sheet.toml."""
    return not_listed(course / "exercises" / name / FILE)


def load_exercise(folder: Path, course: Path, row: Row) -> Exercise:
    """One exercise from its folder; ``row`` is its entry in sheet.toml."""
    from autograder.course.folder import look_over, read_module, read_wrong, text  # imports torch

    file = folder / "exercise.py"
    if not file.is_file():
        raise CourseError(f"{row.place}: {folder} has no exercise.py; this exercise is listed, so one is expected.")
    said = read_module(_run(file, course), file)
    wrong = tuple(read_wrong(path, said) for path in sorted(folder.glob("wrong/*.py")))
    look_over(said, wrong, folder)
    guide = _guide(folder, said.kind, row.points)
    try:
        return Exercise(
            id=folder.name,
            item=row.item,
            points=row.points,
            kind=said.kind,
            names=said.names,
            checks=said.checks,
            signature=said.signature,
            cap=said.cap,
            task=text(folder / "README.md"),
            starter=text(folder / "starter.py"),
            solution=text(folder / "solution.py"),
            rubric=guide.criteria if guide else (),
            guide=guide,
            wrong=wrong,
            right={path.stem: text(path) for path in sorted(folder.glob("right/*.py"))},
        )
    except CourseError as error:
        raise CourseError(f"{file}: {error}") from None


def _guide(folder: Path, kind: str, points: float) -> Rubric | None:
    """What the folder's rubric.toml says, where there is one."""
    from autograder.checks import RUBRIC, read_rubric  # imports torch; the settings of a sheet are asked for first

    if not (folder / RUBRIC).is_file():
        return None
    if kind != "text":
        raise CourseError(f'{folder / RUBRIC} is for a written answer, but exercise.py has kind = "{kind}".')
    return read_rubric(folder / RUBRIC, points)


def _run(path: Path, course: Path) -> ModuleType:
    """Runs an exercise.py with the course's top level and its own folder importable. Trusted: it is the instructor's own code.
    Both are looked through last, so that no file there stands in for a module of Python's or an installed one."""
    if str(course) not in sys.path:
        sys.path.append(str(course))
    sys.path.insert(sys.path.index(str(course)), str(path.parent))
    spec = importlib.util.spec_from_file_location(f"_course_{path.parent.parent.name}_{path.parent.name}", path)
    if spec is None or spec.loader is None:
        raise CourseError(f"{path} cannot be loaded.")
    module = importlib.util.module_from_spec(spec)
    try:
        spec.loader.exec_module(module)
    except CourseError as error:
        raise CourseError(_placed(error, path)) from error
    except Exception as error:
        from autograder.inputs import blamed

        raise CourseError(blamed(error, "the exercise")) from error
    finally:
        sys.path.remove(str(path.parent))
    return module


def _placed(error: CourseError, path: Path) -> str:
    """With the line of the exercise that led to it, unless it names a file by itself."""
    from autograder.inputs import place

    said = str(error)
    return said if said.startswith(str(path.parent)) else f"{place(error) or path}: {said}"
