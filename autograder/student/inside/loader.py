"""Runs the code cells of a submission, in order, in one module, as Jupyter would. Runs in the student's process.

A cell that fails is recorded and the rest go on; of the failed cell's remaining lines the imports and definitions still run.
A plan says of each cell whether it runs in full, only its quick part, or not at all: the grader lowers a cell's plan when it
used up the time or ended the process, and starts again in a fresh process.
"""

import __future__

import ast
import asyncio
import inspect
import linecache
import re
import sys
import types
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from autograder.student.inside import source, words
from autograder.student.inside.files import Files
from autograder.student.inside.switches import Switches

Problem = dict[str, Any]
FUTURE_FLAGS = [getattr(__future__, name).compiler_flag for name in __future__.all_feature_names]
DEFINED = re.compile(r"^(?:async[ \t]+)?(?:def|class)[ \t]+(\w+)|^(\w+)[ \t]*=(?!=)", re.M)
OWN_LOOP = re.compile(
    r"asyncio\s*\.\s*run\b|run_until_complete|run_forever|nest_asyncio"
)  # cannot run inside another loop


def module(name: str) -> types.ModuleType:
    """The module the submission becomes: ``__main__`` for a notebook, as in Jupyter, so that nothing of ours is."""
    made = types.ModuleType(name)
    made.__builtins__ = __builtins__  # type: ignore[attr-defined]  # a module run by exec has it
    sys.modules["__main__"] = sys.modules[name] = made
    return made


class Loader:
    """The cells ``{"text", "number", "plan", "file"}`` of a submission, and the namespaces of ``files`` that they fill.

    What a cell switches on with ``from __future__`` stays on for the cells after it in its file, and ``await`` may stand outside
    of functions; all cells share one event loop.
    """

    def __init__(self, cells: Sequence[Mapping[str, Any]], files: Files, switches: Switches) -> None:
        self.cells, self.files, self.switches = cells, files, switches
        self.namespace = files.namespace("")  # of the cell that runs; afterwards the main one
        self._file = ""
        self.flags: dict[str, int] = {}
        self.missed: dict[str, Problem] = {}  # name -> what kept a cell from defining it
        self._own: set[str] = set()
        self._passed_over: dict[str, tuple[ast.stmt, str]] = {}
        self._loop: asyncio.AbstractEventLoop | None = None

    def run(self) -> Iterator[Problem | None]:
        """Runs the cells and yields, for each, None or what went wrong."""
        self._own = _own_names(self.cells)
        for cell in self.cells:
            name = words.cell_file(cell["number"])
            self._enter(cell.get("file", ""))
            try:
                idle = cell["plan"] == "skip" or self.files.written(cell["text"])
                text = None if idle else source.python(cell["text"])
                if text is not None:
                    linecache.cache[name] = (len(text), None, text.splitlines(keepends=True), name)
                    if cell["plan"] == "quick":
                        self._run_quick(ast.parse(text).body, name)
                    else:
                        self._run_full(text, name)
            except BaseException as error:  # whatever a stranger's code raises, SystemExit too, ends this cell alone
                if isinstance(error, SyntaxError):
                    self._miss_names(_named(cell["text"]), error)
                yield {"error": self.explained(error)}
            else:
                yield None
        self._enter("")

    def _enter(self, file: str) -> None:
        self._file, self.namespace = file, self.files.namespace(file)

    def explained(self, error: BaseException) -> Problem:
        """What an exception was, in plain words; for a name that is not there also why not, where a cell failed to define it."""
        problem = words.raised(error)
        name = getattr(error, "name", None)
        if isinstance(error, NameError) and type(name) is str and name not in self.namespace:
            cause = self.missed.get(name) or self._import_again(name) or self.missed.get("*")
            if cause and (cause["cell"], cause["line"]) != (problem["cell"], problem["line"]):
                problem["cause"] = {key: cause[key] for key in cause if key != "cause"}
        return problem

    def _import_again(self, name: str) -> Problem | None:
        """Why an import that the code itself passed over (``try: import x``) does not make ``name``; None if there is none."""
        if name not in self._passed_over:
            return None
        statement, file = self._passed_over.pop(name)
        try:
            exec(self._compiled(ast.Module([statement], []), file), {})
        except BaseException as error:
            self.missed[name] = words.raised(error)
        return self.missed.get(name)

    # -------------------------------------------------------------- one cell

    def _run_full(self, text: str, name: str) -> None:
        code = self._compiled(text, name)
        try:
            self._execute(code, text)
        except BaseException as error:
            line = words.top_line(error, name)
            statements = ast.parse(text).body
            self._run_quick([statement for statement in statements if statement.lineno > line], name)
            self._miss([statement for statement in statements if (statement.end_lineno or 0) >= line], error)
            raise
        if "import" in text and ("try" in text or "if" in text):
            found = source.imports(ast.parse(text).body)
            self._passed_over |= {bound: (found[bound], name) for bound in found if bound not in self.namespace}

    def _run_quick(self, statements: list[ast.stmt], name: str) -> None:
        """Runs the quick statements one by one. Only a failing import or definition counts: others may miss what was left out."""
        first: BaseException | None = None
        for statement in source.quick(statements, self._own):
            try:
                self._execute(self._compiled(ast.Module([statement], []), name), "")
            except BaseException as error:
                self._miss([statement], error)
                counts = not isinstance(statement, ast.Assign | ast.AnnAssign | ast.Expr | ast.If | ast.Try)
                if first is None and counts:
                    first = error
        if first is not None:
            raise first

    def _compiled(self, text: str | ast.Module, name: str) -> types.CodeType:
        flags = self.flags.get(self._file, ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
        code: types.CodeType = compile(text, name, "exec", flags=flags, dont_inherit=True)
        for flag in FUTURE_FLAGS:
            flags |= code.co_flags & flag
        self.flags[self._file] = flags
        return code

    def _execute(self, code: types.CodeType, text: str) -> None:
        """Runs a cell: in the event loop if it awaits something or, as in Jupyter, may ask for the loop it runs in."""
        with self.switches.cell():
            if code.co_flags & inspect.CO_COROUTINE:
                self._wait_for(eval(code, self.namespace))
            elif "asyncio" in text and not OWN_LOOP.search(text):
                self._wait_for(_in_a_coroutine(code, self.namespace))
            else:
                exec(code, self.namespace)

    def _wait_for(self, coroutine: Any) -> None:
        if self._loop is None or self._loop.is_closed():
            self._loop = asyncio.new_event_loop()
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(coroutine)

    def _miss(self, statements: Sequence[ast.stmt], error: BaseException) -> None:
        """Notes why the names that ``statements`` were to define are not there; the first reason stands."""
        self._miss_names(source.defined_names(statements), error)

    def _miss_names(self, names: Iterable[str], error: BaseException) -> None:
        for name in names:
            if name not in self.namespace and name not in self.missed:
                self.missed[name] = self.explained(error)


def _named(text: str) -> list[str]:
    """Names that a cell which is no Python would define, by its look."""
    return [first or second for first, second in DEFINED.findall(text)]


async def _in_a_coroutine(code: types.CodeType, namespace: dict[str, Any]) -> None:
    exec(code, namespace)


def _own_names(cells: Sequence[Mapping[str, Any]]) -> set[str]:
    names: set[str] = set()
    for cell in cells:
        try:
            names |= source.bound_names(ast.parse(source.python(cell["text"]) or ""))
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            continue
    return names
