"""``autograder preview``: what students of a sheet will have before them, and what they will read after a few mistakes.

<sheet>.ipynb   the notebook, as students get it
<sheet>.html    the feedback page of a student who makes the first labelled mistake of each exercise
"""

import hashlib
from pathlib import Path

from autograder.course import find_course, load_sheet
from autograder.formats import html
from autograder.grading import Grader, files, labelled, start_host
from autograder.model import Exercise, Options, Sheet, Submission
from autograder.nbgrader.assignment import notebook


def preview(
    sheet: str,
    to: Path | None = None,
    *,
    no_training: bool = False,
    device: str = "auto",
    mnist: Path | None = None,
    course: Path | None = None,
) -> list[Path]:
    """Writes both into the folder ``to``, by default ``.preview`` in the working directory, which no grade depends on; returns
    the files written.

    Raises:
        UsageError, CourseError: there is no such sheet, or the course is wrong.
    """
    course = find_course(course, sheet=sheet).path
    loaded = load_sheet(sheet, course)
    folder = to or Path(".preview")
    options = Options(not no_training, device, str(mnist or ""))
    with (
        start_host(loaded.settings, options, data=loaded.data, secret=(course,)) as host,
        Grader(loaded, host, options=options) as grader,
    ):
        page = html.render(grader.grade(_handed_in(loaded)), loaded)
    written = {folder / f"{sheet}.ipynb": notebook(loaded, "release"), folder / f"{sheet}.html": page}
    for path, content in written.items():
        files.write(path, content)
    return list(written)


def _handed_in(sheet: Sheet) -> Submission:
    """The first wrong answer of each exercise, or its solution where it has none, as one submission."""
    parts = [labelled(_answer(exercise), "", exercise) for exercise in sheet.exercises]
    texts = {id: text for part in parts for id, text in part.texts.items()}
    cells = tuple(cell for part in parts for cell in part.cells)
    digest = hashlib.sha256(repr((cells, texts)).encode()).hexdigest()
    return Submission("preview", f"{sheet.id}.ipynb", digest, cells, texts)


def _answer(exercise: Exercise) -> str:
    return exercise.wrong[0].source if exercise.wrong else exercise.solution
