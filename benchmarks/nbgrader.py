"""Plain `nbgrader autograde` against the same course graded through the engine with one worker."""

import json
import logging
import os
import tempfile
import time
import warnings
from pathlib import Path

STUDENTS = int(os.environ.get("BENCH_STUDENTS", "6"))


def main() -> None:
    """Right submissions of the sheet's function exercises, graded in turns: nbgrader's kernel with test cells that only look
    whether the function is there (a lower bound for any test), with ours, and our engine. Starting is told apart."""
    try:
        import nbgrader  # noqa: F401 - is it there?
    except ImportError:
        print("nbgrader is not installed: pip install -e '.[nbgrader]'")
        return
    warnings.simplefilter("ignore")
    logging.disable(logging.ERROR)
    from tests.nbgrader.conftest import CONFIG, PLAIN
    from tests.nbgrader.whole_course import course_of_functions

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = course_of_functions(folder / "course")
        os.environ["AUTOGRADER_COURSE"] = str(course)
        bare = measured(folder / "bare", course, PLAIN, "nbgrader's kernel, empty tests", empty=True)
        whole = measured(folder / "whole", course, PLAIN, "nbgrader's kernel, our tests")
        ours = measured(folder / "ours", course, CONFIG, "our engine, one worker")
        print(f"{'':32} {whole / ours:6.1f} times faster than the same tests, {bare / ours:.1f} than empty ones")


def measured(folder: Path, course: Path, config: str, label: str, *, empty: bool = False) -> float:
    """Seconds a student, after a first student whose time is printed apart."""
    from tests.nbgrader.conftest import cell, make_nb_course
    from tests.nbgrader.whole_course import SHEET, solved

    nb = make_nb_course(folder, SHEET, course, config)
    if empty:
        source = json.loads(nb.path("source").read_text())
        for exercise in nb.sheet.exercises:
            cell(source, f"{exercise.id}-check")["source"] = f"assert callable({exercise.names[0]})"
        nb.path("source").write_text(json.dumps(source))
        assert nb.run("generate_assignment", SHEET, "--force")[0] == 0
    ids = [exercise.id for exercise in nb.sheet.exercises]
    nb.hand_in("s00", solved(nb, ids))
    first = seconds(nb)
    for i in range(STUDENTS):
        nb.hand_in(f"s{i + 1:02}", solved(nb, ids))
    rest = seconds(nb) / STUDENTS
    assert set(nb.scores().values()) == {nb.sheet.points}, nb.scores()
    print(
        f"{label:32} {1000 * rest:6.0f} ms a student, the first one {first:.1f} s ({STUDENTS} students, {len(ids)} functions)"
    )
    return rest


def seconds(nb: object) -> float:
    start = time.perf_counter()
    code, log = nb.run("autograde", nb.name)  # type: ignore[attr-defined]  # a helper of the tests
    assert code == 0, log
    return time.perf_counter() - start


if __name__ == "__main__":
    main()
