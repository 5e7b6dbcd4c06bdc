"""Runs tests against a fault: a fork of a process that has imported what is slow to import and nothing of ours."""

import importlib
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.mutants.faults import Fault

SLOW_TO_IMPORT = (
    "torch",
    "numpy",
    "sympy",
    "hypothesis",
    "pytest",
    "click",
    "rich",
    "jinja2",
    "msgpack",
    "flint",
    "markdown_it",
)
QUICK = [
    "-q",
    "-x",
    "-m",
    "not slow and not browser",
    "-p",
    "no:xdist",
    "--no-header",
    "-W",
    "ignore::pytest.PytestAssertRewriteWarning",
]
SAID = "said.txt"
PATIENCE = 60  # seconds for the tests of one fault: it may loop for ever


class Trial:
    """The tests of ``folders`` by the lines of ``modules`` that they reach, learned from one run without a fault."""

    def __init__(self, tree: Path, modules: Sequence[Path], folders: Sequence[str], seconds: float) -> None:
        self.tree, self.seconds = tree, seconds
        for name in SLOW_TO_IMPORT:
            importlib.import_module(name)
        known = tree / "reached.json"
        ended = _forked(lambda: _learn(modules, folders, known), patience=1800)
        if ended != 0:
            raise SystemExit(f"the tests fail without a fault ({ended}):\n{(tree / SAID).read_text()[-3000:]}")
        sys.dont_write_bytecode = True  # two faults of one second and size would be taken for one another
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        said = json.loads(known.read_text())
        self.reached: dict[str, dict[str, list[str]]] = said["reached"]
        self.took: dict[str, float] = said["took"]

    def of(self, module: Path, fault: Fault) -> str:
        """``noticed``, ``survives``, or ``no test`` where none comes to the line."""
        tests = self._tests(module, fault)
        if not tests:
            return "no test"
        source = module.read_bytes()
        for compiled in (module.parent / "__pycache__").glob(f"{module.stem}.*"):
            compiled.unlink()
        module.write_bytes(fault.into(source))
        try:
            return "survives" if _forked(lambda: _pytest([*QUICK, *tests]), patience=PATIENCE) == 0 else "noticed"
        finally:
            module.write_bytes(source)

    def _tests(self, module: Path, fault: Fault) -> list[str]:
        """The tests that reach the line, the quickest first; of a line that runs on import, those that reach the module."""
        lines = self.reached.get(str(module), {})
        for line in range(
            fault.line, min(fault.statement, fault.line) - 1, -1
        ):  # of several lines, some are not counted
            if str(line) in lines:
                break
        else:
            return []
        found = lines[str(line)] or sorted({test for tests in lines.values() for test in tests})
        chosen, seconds = [], 0.0
        for test in sorted(found, key=lambda test: self.took.get(test, 0.0)):
            seconds += self.took.get(test, 0.0)
            if chosen and seconds > self.seconds:
                break
            chosen.append(test)
        return chosen


def _learn(modules: Sequence[Path], folders: Sequence[str], to: Path) -> int:
    """Runs all tests once: which of them reach a line, and how long each takes."""
    from coverage import Coverage

    measured = Coverage(data_file=None, include=[str(path) for path in modules], messages=False, config_file=False)
    watch = _Watch(measured)
    measured.start()
    ended = _pytest([*(word for word in QUICK if word != "-x"), *folders], watch)
    measured.stop()
    data = measured.get_data()
    reached = {str(path): data.contexts_by_lineno(str(path)) for path in modules}
    cleaned = {path: {line: sorted(filter(None, tests)) for line, tests in at.items()} for path, at in reached.items()}
    to.write_text(json.dumps({"reached": cleaned, "took": watch.took}))
    return ended


class _Watch:
    """A plugin of pytest."""

    def __init__(self, measured: Any) -> None:
        self.measured, self.took = measured, dict[str, float]()

    def pytest_runtest_setup(self, item: Any) -> None:
        self.measured.switch_context(item.nodeid)

    def pytest_runtest_logreport(self, report: Any) -> None:
        self.took[report.nodeid] = self.took.get(report.nodeid, 0.0) + report.duration


def _pytest(words: list[str], *plugins: object) -> int:
    import pytest

    for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "autograder")]:
        del sys.modules[name]
    return int(pytest.main(words, list(plugins)))


def _forked(work: Callable[[], int], *, patience: int) -> int:
    """What ``work`` returns in a process of its own, whose words are not shown and which has an end."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    try:
        os.setsid()
        said = os.open(SAID, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(said, 1)
        os.dup2(said, 2)
        signal.signal(signal.SIGALRM, lambda *_: os.killpg(0, signal.SIGKILL))
        signal.alarm(patience)
        ended = work()
        sys.stdout.flush()
        os._exit(ended)
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(99)
