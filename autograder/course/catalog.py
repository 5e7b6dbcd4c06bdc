"""Course folder -> Sheet. The folder is found by path; its code runs in the grader only, never beside a student's.

A course is a folder with ``exercises/<sheet>/sheet.toml`` and one folder per exercise; modules at its top level (the
oracles) may be imported by an ``exercise.py``.
"""

import functools
import importlib.util
import sys
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.course.choice import SUFFIX, courses_sheets
from autograder.course.digest import digest, files, packages
from autograder.course.pack_file import read_settings
from autograder.model import CourseError, Exercise, Rubric, Settings, Sheet, UsageError, Wrong, listed


def exercises(name: str, course: Path) -> list[str]:
    """Ids of a sheet's exercises, without loading them."""
    if pack := _pack(name, course):
        return [exercise.id for exercise in pack.exercises]
    return [str(row.get("id", "")) for row in _plan(name, course)[1].get("exercise", [])]


def load_sheet(name: str, course: Path) -> Sheet:
    """The sheet ``name`` of a course, with everything its folder says.

    Raises:
        UsageError: there is no sheet of that name.
        CourseError: sheet.toml or an exercise is wrong; the sentence names the file.
    """
    if pack := _pack(name, course):
        return pack
    folder, plan = _plan(name, course)
    rows = plan.get("exercise", [])
    if not rows:
        raise CourseError(f"{folder / 'sheet.toml'} lists no [[exercise]]; at least one is expected.")
    exercises = tuple(load_exercise(folder / str(row.get("id", "")), course, row) for row in rows)
    return Sheet(name, str(plan.get("title", name)), exercises, _settings(plan, folder))


def load_stamped(name: str, course: Path, apart: Sequence[Path] = ()) -> Sheet:
    """The sheet with ``sha256`` and ``packages``, on which a grade depends; see ``digest`` for ``apart``. Both are taken
    before the code is loaded: who edits the course meanwhile gets a grade that is made again, not one that passes for current."""
    counted = files(course, apart)
    sha256, outside = digest(course, counted), packages(course, name, counted)
    return replace(load_sheet(name, course), sha256=sha256, packages=outside)


def settings(name: str, course: Path) -> Settings:
    """The limits that a sheet sets, without loading its exercises."""
    if path := _pack_file(name, course):
        found: Settings = _read_once(read_settings, path, path.stat().st_mtime_ns)
        return found
    folder, plan = _plan(name, course)
    return _settings(plan, folder)


def _pack(name: str, course: Path) -> Sheet | None:
    """The sheet of a student's pack; None in a course."""
    path = _pack_file(name, course)
    if path is None:
        return None
    from autograder.course.packing import read_pack  # imports torch, which a course need not

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


def _plan(name: str, course: Path) -> tuple[Path, dict[str, Any]]:
    folder = course / "exercises" / name
    if name not in (there := courses_sheets(course)):  # a name may be a notebook's word, "../.." among them
        raise UsageError(f"No sheet {name!r} in {course}; the sheets there are: {', '.join(there) or 'none'}.")
    return folder, _read_toml(folder / "sheet.toml")


def load_exercise(folder: Path, course: Path, row: Mapping[str, Any]) -> Exercise:
    """One exercise from its folder; ``row`` is its entry in sheet.toml (id, item, points)."""
    if not (folder / "exercise.py").is_file():
        raise CourseError(f"{folder} has no exercise.py; sheet.toml lists this exercise, so one is expected.")
    module = _run(folder / "exercise.py", course)
    kind: Any = getattr(module, "kind", "code")
    if kind not in ("code", "text"):
        raise CourseError(f'{folder / "exercise.py"}: kind is "code" or "text", not {kind!r}.')
    signature = getattr(module, "signature", "")
    guide = _guide(folder, kind, row)
    names = getattr(module, "names", (signature.partition("(")[0],) if signature else ())
    try:
        return Exercise(
            id=folder.name,
            item=str(row.get("item", "")),
            points=float(row.get("points", 0)),
            kind=kind,
            names=tuple(names),
            checks=tuple(getattr(module, "checks", ())),
            signature=signature,
            cap=float(getattr(module, "cap", 0.25)),
            task=_text(folder / "README.md"),
            starter=_text(folder / "starter.py"),
            solution=_text(folder / "solution.py"),
            rubric=guide.criteria if guide else (),
            guide=guide,
            wrong=tuple(_wrong(path) for path in sorted(folder.glob("wrong/*.py"))),
            right={path.stem: _text(path) for path in sorted(folder.glob("right/*.py"))},
        )
    except CourseError as error:
        raise CourseError(f"{folder / 'exercise.py'}: {error}") from None


def _guide(folder: Path, kind: str, row: Mapping[str, Any]) -> Rubric | None:
    """What the folder's rubric.toml says, where there is one."""
    from autograder.checks import RUBRIC, read_rubric  # imports torch; the settings of a sheet are asked for first

    if not (folder / RUBRIC).is_file():
        return None
    if kind != "text":
        raise CourseError(f'{folder / RUBRIC} is for a written answer, but exercise.py has kind = "{kind}".')
    return read_rubric(folder / RUBRIC, float(row.get("points", 0)))


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
    except CourseError:
        raise
    except Exception as error:
        raise CourseError(f"{path} fails with {type(error).__name__}: {error}") from error
    finally:
        sys.path.remove(str(path.parent))
    return module


_KEYS = ("fails", "name", "credit", "tell", "mistake")


def _wrong(path: Path) -> Wrong:
    """A file in wrong/: ``key: value`` lines in its docstring (a value may go on over indented lines), then the code."""
    source = _text(path)
    said: dict[str, str] = {}
    key = ""
    for line in (_docstring(source, path)).splitlines():
        name, colon, value = line.partition(":")
        if colon and name.strip() in _KEYS and not line.startswith((" ", "\t")):
            key = name.strip()
            said[key] = value.strip()
        elif key and line.strip():
            said[key] += " " + line.strip()
    if missing := {"fails", "name", "credit"} - set(said):
        raise CourseError(f"{path}: its docstring lacks {listed(sorted(missing))}; lines `key: value` are expected.")
    if ("tell" in said) == ("mistake" in said):
        raise CourseError(
            f"{path}: its docstring has either `tell`, what the student reads, or `mistake`, the name that the check gives "
            "this mistake by itself."
        )
    try:
        credit = float(said["credit"])
    except ValueError:
        raise CourseError(f"{path}: credit is a number from 0 to 1, not {said['credit']!r}.") from None
    if not 0 <= credit <= 1:
        raise CourseError(f"{path}: credit is a number from 0 to 1, not {said['credit']!r}.")
    return Wrong(
        path.stem, said["name"], said["fails"], credit, said.get("tell", ""), source, said.get("mistake", path.stem)
    )


def _docstring(source: str, path: Path) -> str:
    import ast

    try:
        return ast.get_docstring(ast.parse(source)) or ""
    except SyntaxError:
        lead = source.lstrip()  # a wrong answer may be one that does not compile
        if lead.startswith('"""') and '"""' in lead[3:]:
            return lead[3:].partition('"""')[0].strip()
        raise CourseError(f"{path} has no docstring that says which mistake it is.") from None


def _settings(plan: Mapping[str, Any], folder: Path) -> Settings:
    given = plan.get("settings", {})
    known = {field.name for field in fields(Settings)}
    if unknown := set(given) - known:
        raise CourseError(
            f"{folder / 'sheet.toml'}: unknown settings: {listed(sorted(unknown))}; known are {listed(sorted(known))}."
        )
    try:
        return Settings(**given)
    except CourseError as error:
        raise CourseError(f"{folder / 'sheet.toml'}: {error}") from None


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise CourseError(f"{path} is not valid TOML: {error}") from None


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
