"""Marks for written answers: checked row by row, bound to the text they were given for."""

from pathlib import Path

import pytest

from autograder.grading.grader import Grader
from autograder.grading.marks import Mark, Marks, digest, dump_bound, load_bound, read_marks
from autograder.grading.settle import Found
from autograder.model import Check, Criterion, Exercise, Status
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
        ("anna,unheard,idea,1,", "'unheard' is no written exercise; those are essay"),
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


# ------------------------------------------------------------------ without a grader


def pending(*criteria, status=Status.PENDING):
    detail = ("note", *(Criterion(name, points, "full") for name, points in criteria))
    return Found(Check("c", 3.0, lambda answer: None), status, "waits", detail=detail)


def applied(found, rows, text="Because.", student="anna"):
    exercise = Exercise("essay", "2", 3.0, "text", (), (found.check,))
    marks = Marks({("anna", "essay", name): Mark(points, comment, digest(of)) for name, points, comment, of in rows})
    (made,) = marks.apply(hand_in(student=student), exercise, text, [found])
    return made


def test_marks_become_points():
    both = pending(("idea", 2), ("example", 1))
    full = applied(both, [("idea", 2.0, "", "Because."), ("example", 1.0, "good", "Because.")])
    assert (full.status, full.partial, full.message) == (Status.PASSED, 1.0, "idea: 2 of 2.\nexample: 1 of 1. good")
    part = applied(both, [("idea", 0.5, "", "Because."), ("example", 1.0, "", "Because.")])
    assert (part.status, part.partial) == (Status.FAILED, 0.5)
    nothing = applied(both, [("idea", 0.0, "", "Because."), ("example", 0.0, "", "Because.")])
    assert (nothing.status, nothing.partial) == (Status.FAILED, 0.0)


def test_a_finding_stays_as_it_is_without_marks_of_its_own():
    rows = [("idea", 2.0, "", "Because.")]
    for found in (pending(("idea", 2), status=Status.PASSED), pending(), pending(("example", 1))):
        assert applied(found, rows) is found
    found = pending(("idea", 2))
    assert applied(found, rows, student="bob") is found  # they are anna's


def test_one_mark_for_another_text_is_enough_to_read_again():
    rows = [("idea", 2.0, "", "Because."), ("example", 1.0, "", "Other.")]
    found = applied(pending(("idea", 2), ("example", 1)), rows)
    assert found.status is Status.PENDING and "has changed" in found.message
    assert (
        applied(pending(("idea", 2)), rows[:1], text=" Because.\n").status is Status.PASSED
    )  # white space is no change


def test_what_is_still_to_mark_is_named():
    found = applied(pending(("idea", 1), ("example", 1), ("words", 1)), [("example", 1.0, "", "Because.")])
    assert found.message == "A person has begun to mark this answer; still to mark: idea, words."
    assert found.status is Status.PENDING


def test_a_students_marks_have_a_digest_that_changes_with_them_alone():
    one = Marks({("anna", "essay", "idea"): Mark(1.0, "c", "t"), ("bob", "essay", "idea"): Mark(1.0)})
    assert one.of("carl") == ""
    assert len(one.of("anna")) == 16 and one.of("anna") != one.of("bob")
    other = Marks({**one.rows, ("bob", "essay", "idea"): Mark(2.0)})
    assert (other.of("anna") == one.of("anna")) and other.of("bob") != one.of("bob")
    for changed in (Mark(2.0, "c", "t"), Mark(1.0, "d", "t"), Mark(1.0, "c", "u")):
        assert Marks({("anna", "essay", "idea"): changed}).of("anna") != one.of("anna")
    turned = Marks(dict(reversed([*one.rows.items(), (("anna", "a", "b"), Mark(1.0))])))
    assert turned.of("anna") == Marks({**one.rows, ("anna", "a", "b"): Mark(1.0)}).of("anna")  # whatever the order


def test_a_digest_is_of_the_words():
    assert digest("a  b\nc") == digest(" a b c ") != digest("abc")
    assert len(digest("")) == 16
    assert digest("\ud800") != digest("")  # half a surrogate pair, as a damaged file may hold


def test_a_new_mark_is_bound_to_the_text_of_its_student_and_exercise():
    texts = [hand_in(essay="Because.", other="Else."), hand_in(student="bob", essay="Why.")]
    key = ("anna", "essay", "idea")
    bound = Marks().bind(Marks({key: Mark(1.0), ("bob", "essay", "idea"): Mark(2.0, "c")}), texts)
    assert bound.rows[key] == Mark(1.0, "", digest("Because."))
    assert bound.rows["bob", "essay", "idea"] == Mark(2.0, "c", digest("Why."))
    assert Marks().bind(Marks({("carl", "essay", "idea"): Mark(1.0)}), texts).rows["carl", "essay", "idea"].text == ""
    later = [hand_in(essay="Other.")]
    assert bound.bind(Marks({key: Mark(1.0)}), later).rows[key].text == digest("Because.")
    assert bound.bind(Marks({key: Mark(1.5)}), later).rows[key] == Mark(1.5, "", digest("Other."))
    assert bound.bind(Marks({key: Mark(1.0, "said")}), later).rows[key] == Mark(1.0, "said", digest("Other."))
    assert bound.bind(Marks(), later) == bound


def test_all_rows_that_do_not_fit_are_counted_and_named(table):
    with pytest.raises(CourseError) as refused:
        table(FULL + "bob,essay,idea,1,\nanna,essay,idea,-1,\nanna,essay,idea,1,\n")
    lines = str(refused.value).splitlines()
    assert lines[0].endswith("has 3 rows that do not fit:")
    assert [line.partition(":")[0] for line in lines[1:]] == ["row 4", "row 5", "row 6"]


def test_the_whole_range_of_points_may_be_given(table):
    rows = table(HEAD + "anna,essay,idea,0,none\nanna,essay,example,1,").rows
    assert rows == {("anna", "essay", "idea"): Mark(0.0, "none"), ("anna", "essay", "example"): Mark(1.0)}


def test_a_table_may_lack_comments_and_an_empty_one_is_refused(table):
    assert table("student,exercise,criterion,points\nanna,essay,idea,1\n").rows["anna", "essay", "idea"] == Mark(1.0)
    with pytest.raises(CourseError, match="missing: criterion, exercise, points and student"):
        table("")
    with pytest.raises(CourseError, match=r"cannot be read"):
        read_marks(Path("no such file.csv"), None, ())


def test_no_file_of_bound_marks_is_no_marks_and_a_kept_one_is_in_order(tmp_path):
    assert load_bound(tmp_path / "marks.json") == Marks()
    rows = {("bob", "e", "c"): Mark(1.0, "ü", "t"), ("anna", "e", "d"): Mark(2.5)}
    kept = dump_bound(Marks(rows))
    assert dump_bound(Marks(dict(reversed(rows.items())))) == kept
    assert kept.index(b"anna") < kept.index(b"bob") and "ü".encode() in kept
