"""The class page of 3,000 students in Chromium: how long it takes to open, to search, to filter and to sort.

A third of the results has a mistake, a third waits, so that every list on the page is long.
"""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from autograder.course import load_sheet
from autograder.formats import html
from autograder.model import Finding, Report, Result, Sheet, Status
from benchmarks.grading import COURSE
from tests.formats.browser import CHROMIUM, Page, chromium

STUDENTS, TURNS = 3000, 5
_PAINTED = "new Promise(done => requestAnimationFrame(() => setTimeout(done, 0)))"
_ACTIONS = {
    "search": "search.value = 's01'; search.dispatchEvent(new Event('input'))",
    "search cleared": "search.value = ''; search.dispatchEvent(new Event('input'))",
    "filter": "kind.value = 'l'; kind.dispatchEvent(new Event('input'))",
    "sort": "document.querySelectorAll('.students th button')[4].click()",
}


def _report(sheet: Sheet, number: int) -> Report:
    """Every third exercise is right, every third has a mistake, every third waits."""
    kinds = [(Status.PASSED, None), (Status.FAILED, f"mistake {number % 40}"), (Status.PENDING, None)]
    results = []
    for i, exercise in enumerate(sheet.exercises):
        status, mistake = kinds[(i + number) % 3]
        got = exercise.points if status is Status.PASSED else 0.0
        finding = Finding("is right", status, got, exercise.points, message="What was wrong.", mistake=mistake)
        results.append(Result(exercise.id, exercise.item, exercise.points, (finding,), "…"))
    return Report(sheet.id, f"s{number:04}", "f", "0" * 64, tuple(results), sheet.points)


def measure() -> Iterator[tuple[str, float, str]]:
    """(what, value, unit)."""
    sheet = load_sheet("generative_models", COURSE)
    data = html.render_class([_report(sheet, i) for i in range(STUDENTS)], sheet).data
    yield "bytes of the page for a student", len(data) / STUDENTS, "bytes"
    with tempfile.TemporaryDirectory() as folder, chromium() as page:
        path = Path(folder) / "index.html"
        path.write_bytes(data)
        page.show("about:blank", width=1280)
        opened = [_seconds(page, lambda: page.show(path.as_uri(), width=1280)) for _ in range(TURNS)]
        yield "open (at most 2 s)", median(opened), "s"
        for name, action in _ACTIONS.items():
            took = [_seconds(page, lambda action=action: page.value(action)) for _ in range(TURNS)]
            yield f"{name} (at most 0.1 s)" if name == "search" else name, median(took), "s"


def _seconds(page: Page, work) -> float:
    """Until the next frame is drawn."""
    start = time.perf_counter()
    work()
    page.ask("Runtime.evaluate", expression=_PAINTED, awaitPromise=True)
    return time.perf_counter() - start


def main() -> None:
    if CHROMIUM is None:
        print("no chromium here")
        return
    for what, value, unit in measure():
        print(f"{what:<50} {value:8.3f} {unit}")


if __name__ == "__main__":
    main()
