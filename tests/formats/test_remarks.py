"""What an export says of several students alike is one sentence, whatever the format."""

import dataclasses

import pytest

from autograder.formats import canvas, gradescope, moodle
from autograder.model import Origin, Report, Status
from tests.formats import builders

NAMES = ("Ada Lovelace", "Emmy Noether", "Mary Jackson", "Sofja Kowalewskaja")
MOODLE = (
    "Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (grade)\n"
    + ("".join(f"Participant {i},{name},,,,20.00,Yes,-\n" for i, name in enumerate(NAMES)))
)
CANVAS = "Student,ID,Section,Exercise 9 (1)\n    Points Possible,,,20\n" + (
    "".join(f'"{name.split()[1]}, {name.split()[0]}",{i},A,\n' for i, name in enumerate(NAMES))
)
ROSTER = "Full Name,SID,Email\n" + "".join(f"{name},s{i},\n" for i, name in enumerate(NAMES))


def of(name: str, **options: object) -> Report:
    return dataclasses.replace(builders.report(name, **options), origin=Origin())


@pytest.fixture
def class_of_four() -> list[Report]:
    unread = [dataclasses.replace(builders.unreadable(name), origin=Origin()) for name in NAMES[2:]]
    return [*(of(name, written=Status.PENDING) for name in NAMES[:2]), *unread]


def filled(name: str, reports: list[Report]) -> tuple[str, ...]:
    sheet = builders.sheet()
    if name == "moodle":
        return moodle.render_class(reports, sheet, template=MOODLE.encode()).notes
    if name == "gradescope":
        return gradescope.render_class(reports, sheet, template=ROSTER.encode()).notes
    return canvas.render_class(
        reports, sheet, template=CANVAS.encode() if name == "canvas" else None, column="Exercise 9"
    ).notes


@pytest.mark.parametrize("name", ["moodle", "canvas", "gradescope", "canvas, a new file"])
def test_the_same_of_several_is_one_sentence(name, class_of_four):
    notes = [note for note in filled(name, class_of_four) if "no column Feedback comments" not in note]
    assert len(notes) == 2
    rows = "they are not in the file" if "new" in name else "the rows stay as they were"
    assert notes[0] == (
        f"Ada Lovelace and Emmy Noether have answers that are still to be read; {rows}. Give the points first, then export again."
    )
    assert notes[1].startswith("Mary Jackson and Sofja Kowalewskaja get 0: The file is not a notebook")


def test_braces_in_what_is_said_stay(class_of_four):
    odd = [dataclasses.replace(report, problem="damaged near '{}'.") for report in class_of_four[2:]]
    assert filled("gradescope", odd)[-1] == "Mary Jackson and Sofja Kowalewskaja get 0: damaged near '{}'."


def test_locked_grades_are_one_sentence():
    reports = [of(name, good=True, written=Status.PASSED) for name in NAMES[:2]]
    notes = moodle.render_class(reports, builders.sheet(), template=MOODLE.replace("Yes", "No").encode()).notes
    assert notes[-1] == "The grades of Ada Lovelace and Emmy Noether are locked in Moodle; the rows stay as they were."
