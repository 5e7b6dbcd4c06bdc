"""Where an asked function or class stands when it is not at the margin of a code cell, and what the student should change.

Looks at lines and their indentation alone; a stranger's source is not parsed on our side.
"""

import difflib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.intake.handed_out import HandedOut
from autograder.intake.names import clean, opening
from autograder.intake.sections import AnswerCell, defines
from autograder.model import Exercise

_DEFINITION = re.compile(
    r"^(?P<indent>[ \t]*)(?:async[ \t]+)?(?P<what>def|class)[ \t]+(?P<name>\w+)[ \t]*(?P<rest>[^\n]{0,300})", re.M
)
_HEADER = re.compile(
    r"(?P<indent>[ \t]*)(?:async[ \t]+)?(?P<what>class|def|if|else|elif|try|except|with|for|while)\b[ \t]*(?P<name>\w*)"
)
_GUARD = re.compile(r"if[ \t(]+__name__")
_MAX_DEFINITIONS = 500


@dataclass(frozen=True)
class _Definition:
    what: str
    name: str
    parameters: tuple[str, ...]
    cell: AnswerCell
    line: int
    indent: int


def elsewhere(cells: Sequence[AnswerCell], exercises: Sequence[Exercise], *, python: bool) -> dict[str, str]:
    """Name -> a sentence, for each asked name that no code cell defines at the margin and that is found in another place.

    Args:
        python: the cells are of a .py file, of which places are told by the line alone.
    """
    found = {}
    code = [cell for cell in cells if cell.kind == "code"]
    asked = {name: exercise for exercise in reversed(exercises) for name in exercise.names}
    everything: list[_Definition] | None = None
    for name, exercise in asked.items():
        if any(defines(cell.source, name) and not cell.source.lstrip().startswith("%%") for cell in code):
            continue
        if everything is None:
            everything = [definition for cell in cells for definition in _definitions(cell)][:_MAX_DEFINITIONS]
        sentence = _under_its_name(name, everything, cells, python=python)
        sentence = sentence or _under_another(name, exercise, everything, cells, set(asked), exercises, python=python)
        if sentence:
            found[name] = sentence
    return found


def _definitions(cell: AnswerCell) -> Iterator[_Definition]:
    for match in _DEFINITION.finditer(cell.source):
        inside = re.match(r"\(?([^()]*)", match["rest"])
        parameters = tuple(re.findall(r"(\w+)\s*(?::[^,=]*)?(?:=[^,]*)?(?:,|$)", inside[1] if inside else ""))
        line = cell.source.count("\n", 0, match.start()) + 1
        yield _Definition(match["what"], match["name"], parameters, cell, line, len(match["indent"].expandtabs()))


def _place(cell: AnswerCell, line: int, *, python: bool) -> str:
    """Of a code cell by its number, for which whoever has the submission finds words; no other has one there."""
    place = f"cell {cell.number}" if cell.kind == "code" else opening(cell.source, "one")
    return f"line {line}" if python else f"{place}, line {line}"


# ------------------------------------------------------------------ under its own name


def _under_its_name(name: str, definitions: Sequence[_Definition], cells: Sequence[AnswerCell], *, python: bool) -> str:
    for definition in reversed(definitions):
        if definition.name != name:
            continue
        place = _place(definition.cell, definition.line, python=python)
        if definition.cell.kind == "text":
            kind = "raw" if definition.cell.raw else "Markdown"
            return f"{name!r} stands in a {kind} cell ({place}), which is not run: turn it into a code cell (key Y)."
        if file := re.match(r"\s*%%(?:writefile|file)\s+(?:-a\s+)?(\S+)", definition.cell.source):
            module = clean(file[1].removesuffix(".py"), limit=40)
            return (
                f"{name!r} is written into a file ({place}) that nothing imports: "
                f"add a cell with `from {module} import {name}`."
            )
        if definition.indent:
            return _nested(name, definition, place)
    for cell in cells:
        if cell.kind == "code" and (
            match := re.search(rf"^[ \t]*#+[ \t]*(?:def|class)[ \t]+{re.escape(name)}\b", cell.source, re.M)
        ):
            line = cell.source.count("\n", 0, match.start()) + 1
            place = _place(cell, line, python=python)
            return f"{name!r} stands in a comment ({place}), which is not run: take the # away from its lines."
    return ""


def _nested(name: str, definition: _Definition, place: str) -> str:
    what, outer, guard = _around(definition)
    outer = clean(outer, limit=60)
    if what == "class":
        return (
            f"{name!r} is a method of the class {outer} ({place}), and cannot be called by itself: write it as a function "
            f"at the left margin, without `self`. The class may go on calling it."
        )
    if what == "def":
        return (
            f"{name!r} is defined inside the function {outer} ({place}), and cannot be called from outside: "
            f"move it out of {outer}, to the left margin."
        )
    if guard:
        return (
            f"{name!r} stands below `if __name__ == '__main__':` ({place}), which does not run when the file is imported: "
            "move it above, to the left margin."
        )
    return f"{name!r} is indented below another line ({place}) that did not run: move it to the left margin."


def _around(definition: _Definition) -> tuple[str, str, bool]:
    """What a nested definition stands in: the outermost class or function as ("class", name), or whether it is a main guard."""
    lines = definition.cell.source.split("\n")[: definition.line - 1]
    indent, what, name, guard = definition.indent, "", "", False
    for line in reversed(lines[-2000:]):
        match = _HEADER.match(line)
        if match and line.strip() and len(match["indent"].expandtabs()) < indent:
            indent = len(match["indent"].expandtabs())
            guard = guard or bool(_GUARD.match(line.strip()))
            if match["what"] in ("class", "def"):
                what, name = match["what"], match["name"]
        if indent == 0:
            break
    return what, name, guard


# ------------------------------------------------------------------ under another name


def _under_another(
    name: str,
    exercise: Exercise,
    definitions: Sequence[_Definition],
    cells: Sequence[AnswerCell],
    asked: set[str],
    exercises: Sequence[Exercise],
    *,
    python: bool,
) -> str:
    wanted = next((d for d in _definitions(AnswerCell("code", exercise.starter, 0)) if d.name == name), None)
    starters = {d.name for e in exercises for d in _definitions(AnswerCell("code", e.starter, 0))}
    what = wanted.what if wanted else "class" if name[:1].isupper() else "def"
    free = [
        d
        for d in definitions
        if d.what == what and d.indent == 0 and d.cell.kind == "code" and d.name not in asked | starters
    ]
    below = _cells_below(cells, exercise, exercises)
    methods = _methods(exercise.starter, name) if what == "class" else set()

    def likeness(d: _Definition) -> float:
        same = d.cell.exercise == exercise.id or d.cell.number in below
        alike = difflib.SequenceMatcher(None, _plain(d.name), _plain(name), autojunk=False).ratio()
        score = 1.0 if _plain(d.name) == _plain(name) else 0.6 * alike if alike > 0.6 else 0.0
        score = max(score, 0.7) if _shortens(d.name, name) else score
        score += 0.5 if same and (len([o for o in free if o.cell is d.cell]) == 1 or alike > 0.4) else 0.0
        if wanted and what == "def" and d.parameters and d.parameters == wanted.parameters:
            score += 0.5
        own = _methods(d.cell.source, d.name) if what == "class" else set()
        if methods and len(own & methods) >= max(2, len(methods) - 1):
            score += 0.6
        return score

    best = max(free, key=likeness, default=None)
    if best is None or likeness(best) < 0.4:
        return ""
    other = clean(best.name, limit=60)
    kind = "class" if what == "class" else "function"
    place = _place(best.cell, best.line, python=python)
    return (
        f"{name!r} is not there, but the {kind} {other!r} is ({place}): if it is meant, call it {name}, "
        f"or add a line `{name} = {other}` below it."
    )


def _shortens(short: str, name: str) -> bool:
    """Whether each word of a name begins the word of the other: "v_loss", "value_loss"."""
    parts, whole = short.lower().split("_"), name.lower().split("_")
    return len(parts) == len(whole) and all(a and b.startswith(a) for a, b in zip(parts, whole, strict=True))


def _cells_below(cells: Sequence[AnswerCell], exercise: Exercise, exercises: Sequence[Exercise]) -> set[int]:
    """Numbers of the code cells below the exercise's task, up to the next Markdown cell that holds a task."""
    handed = HandedOut(exercises)
    found, here = set(), False
    for cell in cells:
        if cell.kind == "text":
            tasks = handed.without(cell.source).tasks
            here = any(task.id == exercise.id for task in tasks) if tasks else here
        elif here:
            found.add(cell.number)
    return found


def _methods(source: str, name: str) -> set[str]:
    start = re.search(rf"^class[ \t]+{re.escape(name)}\b[^\n]*\n", source, re.M)
    if not start:
        return set()
    end = re.compile(r"^\S", re.M).search(source, start.end())
    body = source[start.end() : end.start() if end else len(source)]
    return set(re.findall(r"^[ \t]+def[ \t]+(\w+)", body, re.M)) - {"__init__"}


def _plain(name: str) -> str:
    return name.replace("_", "").lower()
