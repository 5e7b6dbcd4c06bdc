"""A large class: memory and time of index, class page and exports; what the hidden checks' own process costs a submission.

``BENCH_CLASS`` reports (10,000 by default) are one graded report under many names, so that what is measured is what grows.
"""

import os
import resource
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from autograder.course import load_sheet
from autograder.formats import export, names, needs_whole
from autograder.grading import Grader, Marks, Results, Whole, start_host
from autograder.model import Report, Sheet
from autograder.student import Student
from benchmarks.grading import COURSE, FUNCTIONS, right

CLASS = int(os.environ.get("BENCH_CLASS", "10000"))
TURNS = int(os.environ.get("BENCH_TURNS", "15"))


def processor() -> float:
    """Seconds that this process and those it has waited for have computed."""
    return sum(sum(resource.getrusage(who)[:2]) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))


def measured(work: Callable[[], object]) -> float:
    start = processor()
    work()
    return processor() - start


def peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def a_large_class(report: Report, sheet: Sheet) -> None:
    with tempfile.TemporaryDirectory() as name:
        results, before = Results(Path(name)), peak_mb()

        def save() -> None:
            for i in range(CLASS):
                results.save(replace(report, student=f"s{i:05}"), sheet, Marks())

        print(f"{CLASS} reports and pages: {1000 * measured(save) / CLASS:.1f} ms of processor each")
        print(f"class page and table: {measured(lambda: results.finish(sheet)):.1f} s of processor")
        print(f"memory above the start: {peak_mb() - before:.0f} MB (at most 300)")
        results.close()
        (Path(name) / "index.sqlite").unlink()
        print(f"the index, made anew from the reports: {measured(results.summaries):.1f} s of processor")
        summaries = [*results.summaries().values()]
        for format_ in names():
            if format_ == "moodle":
                continue  # needs a worksheet
            given = Whole(results, [s.student for s in summaries]) if needs_whole(format_) else summaries
            seconds = measured(lambda format_=format_, given=given: export(format_, given, sheet))
            print(
                f"export as {format_}: {seconds:.1f} s of processor, {peak_mb() - before:.0f} MB above the start at most"
            )


def hidden_process(sheet: Sheet) -> None:
    """The zygote's processor time is not ours to read before it ends, so each way has a host of its own."""
    afresh = Student.afresh
    found: dict[str, list[float]] = {"one process": [], "two": []}
    for _ in range(3):
        for way in found:
            Student.afresh = afresh if way == "two" else lambda self: None  # type: ignore[method-assign]
            found[way].append(measured(lambda: _turns(sheet)))
    Student.afresh = afresh  # type: ignore[method-assign]
    start = sorted(measured(lambda: _turns(sheet, 1)) for _ in range(3))[1]
    one, two = ((sorted(found[way])[1] - start) / (TURNS - 1) for way in ("one process", "two"))
    print(
        f"a right submission of {len(FUNCTIONS)} functions, hidden checks in a process of their own: {1000 * two:.0f} ms of "
        f"processor, in the same one {1000 * one:.0f} ms ({two / one:.2f} times)"
    )


def _turns(sheet: Sheet, turns: int = TURNS) -> None:
    with start_host(sheet.settings, secret=(COURSE / "exercises",)) as host, Grader(sheet, host) as grader:
        for _ in range(turns):
            grader.grade(right(sheet), FUNCTIONS)


def main() -> None:
    sheet = load_sheet("generative_models", COURSE)
    with start_host(sheet.settings, secret=(COURSE / "exercises",)) as host, Grader(sheet, host) as grader:
        report = grader.grade(right(sheet), FUNCTIONS)
    hidden_process(sheet)
    a_large_class(report, sheet)
