"""Runs the code cells of a submission, in order, in one module. Runs in the student's process.

A cell that fails is recorded and the rest go on; of the failed cell's remaining lines the imports and definitions still run.
A plan says of each cell whether it runs in full, only its quick part, or not at all: the grader lowers a cell's plan when it
used up the time or ended the process, and starts again in a fresh process.
"""

import ast
import linecache
import sys
import types
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from autograder.student.inside import source, words
from autograder.student.inside.files import Files

Problem = dict[str, Any]


def module(name: str) -> types.ModuleType:
    """The module the submission becomes: ``__main__`` for a notebook, as in Jupyter, so that nothing of ours is."""
    made = types.ModuleType(name)
    made.__builtins__ = __builtins__  # type: ignore[attr-defined]  # a module run by exec has it
    sys.modules["__main__"] = sys.modules[name] = made
    return made


def run(cells: Sequence[Mapping[str, Any]], files: Files) -> Iterator[Problem | None]:
    """Runs cells ``{"text", "number", "plan", "file"}`` and yields, for each, None or what went wrong."""
    own = _own_names(cells)
    for cell in cells:
        name, namespace = words.cell_file(cell["number"]), files.namespace(cell.get("file", ""))
        try:
            idle = cell["plan"] == "skip" or files.written(cell["text"])
            text = None if idle else source.python(cell["text"])
            if text is not None:
                linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
                if cell["plan"] == "quick":
                    _run_quick(ast.parse(text).body, name, namespace, own)
                else:
                    _run_full(text, name, namespace, own)
        except BaseException as error:  # whatever a stranger's code raises, SystemExit too, ends this cell alone
            yield {"error": words.raised(error)}
        else:
            yield None


def _own_names(cells: Sequence[Mapping[str, Any]]) -> set[str]:
    names: set[str] = set()
    for cell in cells:
        try:
            names |= source.bound_names(ast.parse(source.python(cell["text"]) or ""))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return names


def _run_full(text: str, name: str, namespace: dict[str, Any], own: set[str]) -> None:
    code = compile(text, name, "exec", dont_inherit=True)
    try:
        exec(code, namespace)
    except BaseException as error:
        line = words.top_line(error, name)
        rest = [statement for statement in ast.parse(text).body if statement.lineno > line]
        _run_quick(rest, name, namespace, own)
        raise


def _run_quick(statements: list[ast.stmt], name: str, namespace: dict[str, Any], own: set[str]) -> None:
    """Runs the quick statements one by one. Only a failing import or definition counts: others may miss what was left out."""
    first: BaseException | None = None
    for statement in source.quick(statements, own):
        try:
            exec(compile(ast.Module([statement], []), name, "exec", dont_inherit=True), namespace)
        except BaseException as error:
            if first is None and not isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr | ast.If | ast.Try):
                first = error
    if first is not None:
        raise first
