"""With this package installed, ``pytest sheet.ipynb`` runs a sheet's public checks, one item each.

A notebook is collected when its metadata or its folder tells which sheet it answers: ``metadata.autograder.sheet``, or, if it was
named on the command line, the only sheet of the course or pack. A .py file is collected when a line of it at the margin says
``autograder_sheet = "..."``, or when it was named, is no test file and lies beside the pack of one sheet. Such a file is ours
alone: no other collector sees it, and it is read within bounds and never imported into pytest's process.
"""

import re
from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from _pytest.pathlib import fnmatch_ex  # as pytest itself decides what a test file is

from autograder.course import SUFFIX, find_course, sheets
from autograder.import_path import Closed
from autograder.intake import as_utf8, read_head, sheet_said_by
from autograder.model import (
    IN_PROGRESS,
    NOT_STARTED,
    AutograderError,
    Finding,
    Options,
    Report,
    Result,
    Status,
    UsageError,
)

MAX_HEAD = 4 << 20  # bytes of a .py file in which the line is looked for
_SAYS_SHEET = re.compile(r"^autograder_sheet[ \t]*(?::[^=\n]{0,40})?=[ \t]*(['\"])([^'\"\n]{1,200})\1", re.M)


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("autograder")
    group.addoption("--no-training", action="store_true", help="leave the training exercises of a sheet out")


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_collect_file(
    file_path: Path, parent: pytest.Collector
) -> Generator[None, list[pytest.Collector], Sequence[pytest.Collector]]:
    """What others made of a sheet's file (a module to import, a doctest, a notebook to execute) is dropped before it is used."""
    others = yield
    sheet = _sheet_of(file_path, parent.config)
    return [SheetFile.from_parent(_unpackaged(parent), path=file_path, sheet=sheet)] if sheet else others


def _unpackaged(parent: pytest.Collector) -> pytest.Collector:
    """The nearest collector above that is no package: a package runs its ``__init__.py`` before any item in it."""
    while isinstance(parent, pytest.Package) and isinstance(parent.parent, pytest.Collector):
        parent = parent.parent
    return parent


def _sheet_of(path: Path, config: pytest.Config) -> str:
    """The sheet a file answers; "" if it is none of ours. A notebook in a larger suite must say so itself."""
    if path.suffix == ".ipynb":
        return sheet_said_by(path) or (_only_sheet(path, config) if _is_named(path, config) else "")
    if path.suffix == ".py":
        return _said_by_source(path) or (_sheet_of_pack(path, config) if _is_named(path, config) else "")
    return ""


def _is_named(path: Path, config: pytest.Config) -> bool:
    return path in {(config.invocation_params.dir / arg.partition("::")[0]).resolve() for arg in config.args}


def _said_by_source(path: Path) -> str:
    """Found as text, never parsed: what a stranger wrote may be too much for a parser."""
    try:
        source = as_utf8(read_head(path, MAX_HEAD)).decode("utf-8-sig", "replace")
    except OSError:
        return ""
    found = _SAYS_SHEET.search(source.replace("\r", "\n"))
    return found[2] if found else ""


def _course_for(path: Path, config: pytest.Config, sheet: str = "") -> Path:
    return find_course(sheet=sheet, handed_in=[path], packs=True, here=config.invocation_params.dir).path


def _only_sheet(path: Path, config: pytest.Config) -> str:
    try:
        found = sheets(_course_for(path, config))
    except UsageError:
        return ""
    return found[0] if len(found) == 1 else ""


def _sheet_of_pack(path: Path, config: pytest.Config) -> str:
    """The sheet of the one pack beside a .py file that is no test file."""
    if any(fnmatch_ex(pattern, path) for pattern in config.getini("python_files")):
        return ""
    packs = sorted(path.parent.glob(f"*{SUFFIX}"))
    return packs[0].stem if len(packs) == 1 else ""


class SheetFile(pytest.File):
    """A student's file: one item per public check. The file is graded once, when its first item runs."""

    def __init__(self, *, sheet: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sheet = sheet
        self._report: Report | None = None

    def collect(self) -> Iterator["CheckItem"]:
        try:
            with self._closed():
                from autograder.course import load_sheet, own_sheet  # imports torch

                loaded = own_sheet(load_sheet(self.sheet, _course_for(self.path, self.config, self.sheet)))
        except AutograderError as error:
            raise self.CollectError(str(error)) from None
        for exercise in loaded.exercises:
            for check in exercise.checks:
                if check.visibility == "public":
                    name = f"{exercise.id}: {check.name}"
                    yield CheckItem.from_parent(self, name=name, exercise=exercise.id, check=check.name)

    def report(self) -> Report:
        """The report on this file, made at the first request."""
        if self._report is None:
            with self._closed():
                self._report = self._graded()
            self.config.stash.setdefault(_GRADED, []).append(self)
        return self._report

    def _closed(self) -> Closed:
        """``python -m pytest`` has the working directory on its import path, and pytest puts folders of tests there."""
        return Closed(self.path.parent)

    def _graded(self) -> Report:
        from autograder.commands.check import grade_public

        course = _course_for(self.path, self.config, self.sheet)
        options = Options(training=not self.config.getoption("--no-training"))
        return grade_public(self.sheet, self.path, course, options)


_GRADED = pytest.StashKey[list[SheetFile]]()


class CheckItem(pytest.Item):
    """One check of one exercise."""

    def __init__(self, *, exercise: str, check: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.exercise = exercise
        self.check = check

    def runtest(self) -> None:
        assert isinstance(self.parent, SheetFile)
        report = self.parent.report()
        result = next(r for r in report.results if r.id == self.exercise)
        finding = next(f for f in result.findings if f.check == self.check)
        match finding.status:
            case Status.FAILED:
                raise CheckFailed(finding)
            case Status.BROKEN:
                raise CheckFailed(finding)
            case Status.SKIPPED:
                pytest.skip(_why_skipped(finding, result))
            case Status.PENDING:
                pytest.skip(finding.message)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        if isinstance(excinfo.value, CheckFailed):
            return words(excinfo.value.finding)
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, None, str]:
        return self.path, None, self.name


class CheckFailed(Exception):
    """Carries a finding to pytest's report."""

    def __init__(self, finding: Finding) -> None:
        super().__init__(finding.message)
        self.finding = finding


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How each formula was read, and what only the grade decides."""
    for file in terminalreporter.config.stash.get(_GRADED, []):
        from autograder.formats import in_all, text

        report = file.report()
        lines = text.formulas_as_read(report)
        terminalreporter.section(f"{file.path.name}: {in_all(report)}", sep="-")
        for line in lines:
            terminalreporter.write_line(line)


def _why_skipped(finding: Finding, result: Result) -> str:
    """The reason in one sentence; of an exercise that is not done yet, what its first check said."""
    said = next((f.message for f in result.findings if f.mistake in (NOT_STARTED, IN_PROGRESS) and f.message), "")
    return finding.message or said or "an earlier check has to pass first"


def words(finding: Finding) -> str:
    """What a student reads of a failed check: reason, counterexample, hint."""
    parts = [finding.message]
    if finding.counterexample:
        parts.append("\n".join(f"    {line}" for line in finding.counterexample.splitlines()))
    if finding.hint:
        parts.append(f"Hint: {finding.hint}")
    return "\n".join(parts)
