"""With this package installed, ``pytest sheet.ipynb`` runs a sheet's public checks, one item each.

A notebook is collected when its metadata or its folder tells which sheet it answers: ``metadata.autograder.sheet``, or the only
sheet of the course at or above it. A .py file is collected when it says ``autograder_sheet = "..."`` at module level.
"""

import ast
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.model import AutograderError, Finding, Options, Report, Status, UsageError


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("autograder")
    group.addoption("--no-training", action="store_true", help="leave the training exercises of a sheet out")


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> "SheetFile | None":
    sheet = _sheet_of(file_path, named=file_path in _arguments(parent.config))
    return SheetFile.from_parent(parent, path=file_path, sheet=sheet) if sheet else None


def _arguments(config: pytest.Config) -> set[Path]:
    return {(config.invocation_params.dir / arg.partition("::")[0]).resolve() for arg in config.args}


def _sheet_of(path: Path, *, named: bool) -> str:
    """The sheet a file answers; "" if it is none of ours. A notebook in a larger suite must say so itself."""
    if path.suffix == ".ipynb":
        return _said_by_notebook(path) or (_only_sheet(path) if named else "")
    if path.suffix == ".py":
        return _said_by_source(path)
    return ""


def _said_by_notebook(path: Path) -> str:
    try:
        said = json.loads(path.read_text(encoding="utf-8"))["metadata"]["autograder"]["sheet"]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""


def _said_by_source(path: Path) -> str:
    try:
        source = path.read_text(encoding="utf-8")
        tree = ast.parse(source) if "autograder_sheet" in source else None
    except (OSError, ValueError, SyntaxError, RecursionError):
        return ""
    for node in tree.body if tree else ():
        if isinstance(node, ast.Assign) and any(_is_sheet_name(target) for target in node.targets):
            value = node.value.value if isinstance(node.value, ast.Constant) else ""
            return value if isinstance(value, str) else ""
    return ""


def _is_sheet_name(target: ast.expr) -> bool:
    return isinstance(target, ast.Name) and target.id == "autograder_sheet"


def _only_sheet(path: Path) -> str:
    from autograder.course import find_course, sheets

    try:
        found = sheets(find_course(path.parent))
    except UsageError:
        return ""
    return found[0] if len(found) == 1 else ""


class SheetFile(pytest.File):
    """A student's file: one item per public check. The file is graded once, when its first item runs."""

    def __init__(self, *, sheet: str, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.sheet = sheet
        self._report: Report | None = None

    def collect(self) -> Iterator["CheckItem"]:
        from autograder.course import find_course, load_sheet

        try:
            loaded = load_sheet(self.sheet, find_course(self.path.parent))
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
            from autograder.commands.check import grade_public
            from autograder.course import find_course, settings
            from autograder.grading import start_host

            course = find_course(self.path.parent)
            options = Options(training=not self.config.getoption("--no-training"))
            with start_host(
                settings(self.sheet, course), options, secret=(course / "reference",), patient=False
            ) as host:
                _, self._report = grade_public(host, self.sheet, self.path, course, options)
        return self._report


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
                pytest.skip(finding.message or "an earlier check failed")
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


def words(finding: Finding) -> str:
    """What a student reads of a failed check: reason, counterexample, hint."""
    parts = [finding.message]
    if finding.counterexample:
        parts.append("\n".join(f"    {line}" for line in finding.counterexample.splitlines()))
    if finding.hint:
        parts.append(f"Hint: {finding.hint}")
    return "\n".join(parts)
