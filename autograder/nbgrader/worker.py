"""The process behind ``check(...)``: reads requests from its input, one JSON object a line, and answers each with one.

It holds the course and grades; the student's code runs in processes that it starts. Whatever libraries print goes nowhere.
"""

import json
import os
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TextIO

from autograder.model import AutograderError, Cell, Options, Origin, Report, Sheet, Submission, UsageError

_NOTHING = "There is a folder for this student, but nothing was handed in that could be graded."


def main() -> None:
    """Answers until the input ends."""
    answers = _own_output()
    with ExitStack() as stack:
        desk = Desk(stack)
        for line in sys.stdin:
            try:
                answer = desk.answer(json.loads(line))
            except AutograderError as error:
                answer = {"error": str(error)}
            except Exception as error:  # anything else is our fault; the cell says so and goes on
                answer = {"error": f"Something failed on our side, not on yours: {type(error).__name__}: {error}"}
            answers.write(json.dumps(answer) + "\n")
            answers.flush()


def _own_output() -> TextIO:
    """The pipe to the notebook, for answers alone; what else is printed is thrown away."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return answers


@dataclass
class Desk:
    """Sheets and graders, opened when they are first needed; reports, so that a file is graded once."""

    stack: ExitStack
    graders: dict[tuple[Path, str, str], Any] = field(default_factory=dict)
    reports: dict[tuple[str, ...], Report] = field(default_factory=dict)

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """Score and findings of one exercise, or the whole report on a file."""
        from autograder.nbgrader.findings import fragment, words

        if request.get("report"):
            return {"report": self.whole(request)}

        course = course_of(request)
        sheet = sheet_with(request["exercise"], request["sheet"] or _said(request["file"]), course)
        grader = self._grader(course, sheet, request["checks"])
        report = self._report(grader, request)
        result = next(result for result in report.results if result.id == request["exercise"])
        score = result.score
        if score is None:  # our fault costs nobody a point, and says so
            score = result.possible
        return {
            "score": score,
            "possible": result.possible,
            "html": fragment(report, result),
            "text": words(report, result),
        }

    def whole(self, request: dict[str, Any]) -> str:
        """The report on all that a student handed in, or on one file of it, with all checks, as JSON."""
        from autograder.formats import json as report_json
        from autograder.intake import in_folder, one

        secret = tuple(Path(path) for path in request["secret"])
        options, trust = Options(**request["options"]), request["trust"]
        grader = self._grader(Path(request["course"]), request["sheet"], "all", options, secret, trust=trust)
        origin = Origin("nbgrader", request["student"], timestamp=request["timestamp"])
        where, parts, notes = Path(request["where"]), tuple(request["parts"]), request["notes"]
        path = where.joinpath(*parts)
        if not os.path.lexists(path) or request["problem"]:
            problem = request["problem"] or _NOTHING
            found = Submission(request["student"], str(path), "", problem=problem, origin=origin, notes=tuple(notes))
        elif request["whole"]:
            found = in_folder(where, parts, request["student"], grader.sheet, origin=origin, notes=notes)
        else:
            found = one(path, request["student"], grader.sheet, parts=parts, origin=origin, notes=notes)
        return report_json.render(grader.grade(found), grader.sheet, audience="instructor").decode()

    def _grader(
        self,
        course: Path,
        sheet: str,
        checks: str,
        options: Options | None = None,
        secret: tuple[Path, ...] = (),
        *,
        trust: bool = True,
    ) -> Any:
        key = (course, sheet, checks)
        if key not in self.graders:
            from autograder.course import load_sheet, own_sheet
            from autograder.grading import Grader, start_host

            own = checks != "all"
            loaded = load_sheet(sheet, course)
            loaded = own_sheet(loaded) if own else loaded
            started = start_host(
                loaded.settings,
                options,
                data=loaded.data,
                secret=(course, *secret),
                trust=trust,
                ahead=own,
                many=not own and loaded.measures,
            )
            self.stack.callback(started.close)
            self.graders[key] = self.stack.enter_context(
                Grader(loaded, started, checks="public" if own else "all", options=options)
            )
        return self.graders[key]

    def _report(self, grader: Any, request: dict[str, Any]) -> Report:
        found = submission(grader.sheet, request)
        only = [] if request["checks"] == "all" else [request["exercise"]]
        key = (grader.sheet.id, request["checks"], *only, found.sha256)
        if not found.sha256 or key not in self.reports:
            self.reports[key] = grader.grade(found, only)
        report: Report = self.reports[key]
        return report


def course_of(request: dict[str, Any]) -> Path:
    """The course for a request. To a student a pack near the notebook will do; for a grade nothing there counts, not even a
    pack, because nbgrader puts what was handed in into the folder in which it runs a notebook."""
    from autograder.course import find_course

    folder, grading = Path(request["folder"]), request["checks"] == "all"
    handed_in = [folder] if grading else [Path(request["file"])] if request["file"] else []
    return find_course(handed_in=handed_in, packs=not grading, here=folder).path


def sheet_with(exercise: str, said: str, course: Path) -> str:
    """The sheet that was named, else the only one that holds the exercise. Raises UsageError."""
    from autograder.course import exercises, sheets

    there = [said] if said in sheets(course) else sheets(course)
    found = [sheet for sheet in there if exercise in exercises(sheet, course)]
    if len(found) == 1:
        return found[0]
    if not found:
        names = ", ".join(id for sheet in there for id in exercises(sheet, course))
        raise UsageError(f"There is no exercise {exercise!r}; the exercises are {names}.")
    raise UsageError(f'Several sheets have an exercise {exercise!r}; write check("{exercise}", sheet="{found[0]}").')


def _said(file: str) -> str:
    """The sheet that a notebook says it answers; "" if it says nothing."""
    from autograder.intake import MAX_BYTES, read_bytes

    try:
        said = json.loads(read_bytes(Path(file), max_bytes=MAX_BYTES))["metadata"]["autograder"]["sheet"]
    except (AutograderError, ValueError, LookupError, TypeError, RecursionError):
        return ""
    return said if isinstance(said, str) else ""


def submission(sheet: Sheet, request: dict[str, Any]) -> Submission:
    """The notebook's file, and in place of its code what was executed, if the request says what was."""
    from autograder.intake import one

    file, cells, shown = request["file"], request["cells"], request.get("notebook")
    if not file and cells is None:
        raise UsageError("Which notebook is meant? Save it, and keep one notebook in its folder.")
    found = Submission("", "notebook", "")
    if shown:  # as it stands on the student's screen
        with TemporaryDirectory() as folder:
            Path(folder, "notebook.ipynb").write_text(shown, encoding="utf-8")
            found = one(Path(folder, "notebook.ipynb"), "", sheet)
    elif file:
        found = one(Path(file), "", sheet)
    if cells is None:
        return found
    code = tuple(Cell(source, number) for number, source in enumerate(cells, 1))
    return replace(found, sha256="", cells=code, notes=(), problem="")


if __name__ == "__main__":
    main()
