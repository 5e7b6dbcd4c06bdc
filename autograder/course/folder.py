"""What the files of one exercise's folder say: exercise.py, the labelled answers, and whether their names are the same ones."""

import ast
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path
from types import ModuleType
from typing import Any

from autograder.inputs import Battery, Sampler
from autograder.model import Check, CourseError, Kind, Wrong, listed, meant

_KEYS = ("fails", "name", "credit", "tell", "mistake")  # of a wrong answer's docstring
_NAMES: Mapping[str, tuple[type, ...]] = {
    "kind": (str,),
    "signature": (str,),
    "names": (list, tuple),
    "checks": (list, tuple, Check),
    "cap": (int, float),
}
"""What an exercise.py sets."""


@dataclass(frozen=True)
class Said:
    """What an exercise.py sets; ``asked`` are the batteries and samplers that it names."""

    kind: Kind
    signature: str
    names: tuple[str, ...]
    checks: tuple[Check, ...]
    cap: float
    asked: tuple[Battery | Sampler, ...]


def text(path: Path) -> str:
    """Its content; "" if it is not there."""
    return path.read_text(encoding="utf-8") if path.is_file() else ""


def read_module(module: ModuleType, file: Path) -> Said:
    """What an exercise.py sets, of the right types.

    Raises:
        CourseError: a sentence with file, line, what was found and what was meant.
    """
    found = vars(module)
    _misspelt(found, file)
    kind: Any = found.get("kind", "code")
    if kind not in ("code", "text"):
        raise _fault(file, "kind", f'kind is "code" or "text", not {kind!r}{meant(str(kind), ("code", "text"))}.')
    signature, cap = found.get("signature", ""), found.get("cap", 0.25)
    if not isinstance(signature, str):
        raise _fault(file, "signature", f'signature is a text, "name(x)", not {signature!r}.')
    if type(cap) not in (int, float) or not 0 <= cap <= 1:
        raise _fault(file, "cap", f"cap is a share of the points from 0 to 1, not {cap!r}.")
    names = found.get("names", (signature.partition("(")[0],) if signature else ())
    if not isinstance(names, list | tuple) or not all(isinstance(name, str) and name.isidentifier() for name in names):
        raise _fault(file, "names", f'names of functions and classes are expected, names = ("Net",), not {names!r}.')
    asked = tuple(value for value in found.values() if isinstance(value, Battery | Sampler))
    return Said(kind, signature, tuple(names), _checks(found.get("checks"), file), float(cap), asked)


def _misspelt(found: Mapping[str, Any], file: Path) -> None:
    """A name that nothing reads and that is nearly one of those that are not set."""
    for name, types in _NAMES.items():
        if name in found or (name == "names" and "signature" in found):
            continue
        others = [key for key, value in found.items() if isinstance(value, types) and not key.startswith("_")]
        for near in get_close_matches(name, [key for key in others if key not in _NAMES], 1, 0.8):
            raise _fault(file, near, f"sets {near!r}, which nothing reads; did you mean {name!r}?")


def _checks(found: Any, file: Path) -> tuple[Check, ...]:
    if found is None:
        raise CourseError(f"{file}: no checks; a list `checks` with at least one is expected.")
    if not isinstance(found, list | tuple):
        raise _fault(file, "checks", f"checks is a list, checks = [...], not a {type(found).__name__}.")
    for check in found:
        if isinstance(check, list | tuple):
            raise _fault(
                file,
                "checks",
                "checks holds a list; derivation(...) gives one: write checks = derivation(...), or *derivation(...).",
            )
        if not isinstance(check, Check):
            raise _fault(
                file, "checks", f"checks holds {check!r}, which is no check; agrees(...) and the like make one."
            )
    if found and not any(check.points for check in found):
        raise _fault(
            file,
            "checks",
            "the points of the checks add up to 0; they are shares of the exercise's, so one must be above 0.",
        )
    return tuple(found)


def _fault(file: Path, name: str, said: str) -> CourseError:
    line = next((i for i, line in enumerate(text(file).splitlines(), 1) if re.match(rf"{re.escape(name)}\b", line)), 0)
    return CourseError(f"{file}{f', line {line}' if line else ''}: {said}")


# ------------------------------------------------------------------ a labelled wrong answer


def read_wrong(path: Path, exercise: Said) -> Wrong:
    """A file in wrong/: a docstring, then the code. The docstring is what the student reads, or ``key: value`` lines (a value
    may go on over further lines). What it does not say is meant: ``name`` is the file's name in words, ``fails`` the exercise's
    first check, ``credit`` what any failure leaves at most, the exercise's cap.

    Raises:
        CourseError: there is no docstring, or a key is unknown or has no such value.
    """
    source = text(path)
    docstring = _docstring(source, path)
    said = _said(docstring, path) or {"tell": " ".join(docstring.split())}
    if ("tell" in said) == ("mistake" in said):
        raise CourseError(
            f"{path}: its docstring has either `tell`, a sentence that says it, or `mistake`, the name that the check gives "
            "this mistake by itself."
        )
    name = said.get("name") or path.stem.replace("_", " ")
    fails = said.get("fails") or (exercise.checks[0].name if exercise.checks else "")
    credit = _credit(said["credit"], path) if "credit" in said else exercise.cap
    return Wrong(path.stem, name, fails, credit, said.get("tell", ""), source, said.get("mistake", path.stem))


def _said(docstring: str, path: Path) -> dict[str, str]:
    said: dict[str, str] = {}
    key = ""
    for line in docstring.splitlines():
        name, colon, value = line.partition(":")
        if colon and not line.startswith((" ", "\t")) and name.strip() in _KEYS:
            key = name.strip()
            said[key] = value.strip()
        elif colon and name.isalpha() and (near := meant(name.lower(), _KEYS)):
            raise CourseError(f"{path}: its docstring has the unknown key {name!r}{near}; known are {listed(_KEYS)}.")
        elif key and line.strip():
            said[key] += " " + line.strip()
    return said


def _credit(said: str, path: Path) -> float:
    try:
        credit = float(said)
    except ValueError:
        credit = -1.0
    if not 0 <= credit <= 1:
        raise CourseError(f"{path}: credit is a number from 0 to 1, not {said!r}.")
    return credit


def _docstring(source: str, path: Path) -> str:
    lead = source.lstrip()
    try:
        found = ast.get_docstring(ast.parse(source)) or ""
    except SyntaxError:  # a wrong answer may be one that does not compile
        found = lead[3:].partition('"""')[0].strip() if lead.startswith('"""') and '"""' in lead[3:] else ""
    if not found:
        raise CourseError(f"{path} has no docstring that says which mistake it is.")
    return found


# ------------------------------------------------------------------ all of them together


def look_over(said: Said, wrong: Sequence[Wrong], folder: Path) -> None:
    """Raises CourseError where files of the folder are missing, or speak of a function or a check by another name."""
    for asked in said.asked:
        if said.kind == "code" and said.names and asked.function not in said.names:
            raise CourseError(
                f"{folder / 'exercise.py'}: a {type(asked).__name__} asks {asked.function!r}, but the answer is called "
                f"{listed(map(repr, said.names))}{meant(asked.function, said.names)}."
            )
    checks = [check.name for check in said.checks]
    for one in wrong:
        if one.fails not in checks:
            raise CourseError(
                f"{folder / 'wrong' / one.slug}.py: fails: {one.fails!r} is no check of this exercise{meant(one.fails, checks)}; "
                f"its checks are {listed(map(repr, checks))}."
            )
    wanted = said.names if said.kind == "code" else (folder.name,)
    for name, what in (("starter.py", "it is what students get"), ("solution.py", "it is a full answer")):
        if not (folder / name).is_file():
            raise CourseError(f"{folder} has no {name}; {what}, so one is expected.")
        _defines(folder / name, wanted)


def _defines(path: Path, wanted: Iterable[str]) -> None:
    """Whether a file defines one of the names that are asked for, at its top level."""
    try:
        body = ast.parse(text(path)).body
    except SyntaxError as error:
        raise CourseError(f"{path}, line {error.lineno}: fails with SyntaxError: {error.msg}.") from None
    there = {name for node in body for name in _bound(node)}
    wanted = tuple(wanted)
    if wanted and there and not there & set(wanted):  # one of nothing speaks of other exercises
        near = next((m for name in wanted if (m := meant(name, there))), "")
        raise CourseError(
            f"{path} defines {listed(sorted(there))}, but the answer is called {listed(map(repr, wanted))}{near}."
        )


def _bound(node: ast.stmt) -> list[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return [node.name]
    if isinstance(node, ast.Assign):
        return [name.id for target in node.targets for name in ast.walk(target) if isinstance(name, ast.Name)]
    if isinstance(node, ast.Import | ast.ImportFrom):
        return [alias.asname or alias.name for alias in node.names]
    return [node.target.id] if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name) else []
