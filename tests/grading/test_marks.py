"""Marks for written answers: checked row by row, bound to the text they were given for."""

import pytest

from autograder.grading.grader import Grader
from autograder.grading.marks import Marks, dump_bound, load_bound, read_marks
from autograder.model import Status
from autograder.model.errors import CourseError
from tests.conftest import finding, hand_in

HEAD = "student,exercise,criterion,points,comment\n"
FULL = HEAD + "anna,essay,idea,1.5,nearly\nanna,essay,example,1,good\n"


@pytest.fixture
def table(tmp_path, sheet):
    def read(content: str, students=("anna",)) -> Marks:
        path = tmp_path / "marks.csv"
        path.write_text(content, encoding="utf-8")
        return read_marks(path, sheet, students)

    return read


def essay(sheet, host, marks, text):
    with Grader(sheet, host, marks=marks) as grader:
        return finding(grader.grade(hand_in(essay=text), ["essay"]), "reads as a full answer", "essay")


def test_an_answer_waits_with_its_rubric_until_every_criterion_is_marked(sheet, host, table):
    submission = hand_in(essay="Because.")
    waiting = essay(sheet, host, Marks(), "Because.")
    assert (waiting.status, [c.name for c in waiting.detail]) == (Status.PENDING, ["idea", "example"])
    partly = Marks().bind(table(HEAD + "anna,essay,idea,1.5,\n"), [submission])
    assert "still to mark: example" in essay(sheet, host, partly, "Because.").message
    found = essay(sheet, host, Marks().bind(table(FULL), [submission]), "Because.")
    assert (found.status, found.points) == (Status.FAILED, 2.5)
    assert found.message == "idea: 1.5 of 2. nearly\nexample: 1 of 1. good"


def test_marks_survive_as_long_as_the_text_is_the_same(sheet, host, table, tmp_path):
    bound = Marks().bind(table(FULL), [hand_in(essay="Because.")])
    (tmp_path / "marks.json").write_bytes(dump_bound(bound))
    kept = load_bound(tmp_path / "marks.json")
    assert kept == bound
    assert essay(sheet, host, kept, "Because. ").points == 2.5
    changed = essay(sheet, host, kept, "Because of that.")
    assert changed.status is Status.PENDING
    assert "has changed since it was marked" in changed.message


def test_the_same_row_again_does_not_bind_to_a_new_text_and_a_changed_row_does(sheet, host, table):
    bound = Marks().bind(table(FULL), [hand_in(essay="Because.")])
    again = bound.bind(table(FULL), [hand_in(essay="Other.")])
    assert essay(sheet, host, again, "Other.").status is Status.PENDING
    renewed = again.bind(table(FULL.replace("1.5", "2").replace("1,good", "1,fine")), [hand_in(essay="Other.")])
    assert essay(sheet, host, renewed, "Other.").points == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("bob,essay,idea,1,", "no submission by 'bob'"),
        ("anna,mean_square,idea,1,", "'mean_square' is no written exercise; those are essay"),
        ("anna,essay,style,1,", "essay has no criterion 'style'; it has idea and example"),
        ("anna,essay,idea,2.5,", "points must be a number from 0 to 2, not '2.5'"),
        ("anna,essay,idea,nan,", "points must be a number from 0 to 2, not 'nan'"),
        ("anna,essay,idea,,", "points must be a number from 0 to 2, not ''"),
        ("anna,essay,idea,1,\nanna,essay,idea,2,", "row 3: this student, exercise and criterion were marked"),
    ],
)
def test_each_row_that_does_not_fit_is_named(table, row, words):
    with pytest.raises(CourseError) as refused:
        table(HEAD + row)
    assert words in str(refused.value)


def test_semicolons_decimal_commas_and_a_byte_order_mark_are_read(table):
    marks = table("\ufeff" + "student;exercise;criterion;points;comment\nanna;essay;idea;1,5;\n")
    assert next(iter(marks.rows.values())).points == 1.5


def test_a_table_without_the_columns_is_refused(table):
    with pytest.raises(CourseError, match="must name the columns student, exercise, criterion, points, comment"):
        table("name,mark\n")
