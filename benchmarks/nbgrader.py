"""Plain `nbgrader autograde` against the same course graded through the engine with one worker."""

import logging
import os
import shutil
import sys
import tempfile
import time
import warnings
from pathlib import Path

STUDENTS = 12


def main() -> None:
    """Both grade the same submissions of the sheet's function exercises, in turns, in one run."""
    try:
        import nbgrader  # noqa: F401 - is it there?
    except ImportError:
        print("nbgrader is not installed: pip install -e '.[nbgrader]'")
        return
    warnings.simplefilter("ignore")
    logging.disable(logging.INFO)
    from tests.nbgrader.conftest import CONFIG, PLAIN, make_nb_course
    from tests.nbgrader.whole_course import SHEET, course_of_functions, solved

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        course = course_of_functions(folder / "course")
        os.environ["AUTOGRADER_COURSE"] = str(course)
        times = {}
        for label, config in (("nbgrader's kernel", PLAIN), ("our engine", CONFIG)):
            nb = make_nb_course(folder / label.split()[0].strip("'s"), SHEET, course, config)
            for i in range(STUDENTS):
                nb.hand_in(f"s{i:02}", solved(nb, [e.id for e in nb.sheet.exercises]))
            start = time.perf_counter()
            code, log = nb.run("autograde", SHEET)
            times[label] = (time.perf_counter() - start) / STUDENTS
            assert code == 0, log
            assert set(nb.scores().values()) == {nb.sheet.points}, nb.scores()
            print(
                f"{label:18} {1000 * times[label]:8.0f} ms a student ({STUDENTS} students, {len(nb.sheet.exercises)} functions)"
            )
        plain, ours = times.values()
        print(f"{'ratio':18} {plain / ours:8.1f} times faster")
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main())
