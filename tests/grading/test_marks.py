"""Marks for written answers: checked row by row, bound to the text they were given for."""

from dataclasses import replace
from pathlib import Path

import pytest

from autograder.formats import seen_by
from autograder.grading.grader import Grader
from autograder.grading.marks import WHOLE, Mark, Marks, Reading, digest
from autograder.grading.marks_table import parts, read_marks, write_marks
from autograder.grading.store import Store, marks_in
from autograder.model import Check, Criterion, Exercise, Finding, Report, Result, Settings, Sheet, Status
from autograder.model.errors import CourseError
from tests.conftest import SUM, finding, hand_in

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
    with Grader(sheet, host) as grader:
        report = grader.grade(hand_in(essay=text), ["essay"])
    return finding(marks.over(report, sheet), "reads as a full answer", "essay")


def test_an_answer_waits_with_its_rubric_until_every_criterion_is_marked(sheet, host, table):
    submission = hand_in(essay="Because.")
    waiting = essay(sheet, host, Marks(), "Because.")
    assert (waiting.status, [c.name for c in waiting.detail]) == (Status.PENDING, ["idea", "example"])
    partly = Marks().bind(table(HEAD + "anna,essay,idea,1.5,\n"), [submission], sheet)
    assert "still to mark: example" in essay(sheet, host, partly, "Because.").message
    found = essay(sheet, host, Marks().bind(table(FULL), [submission], sheet), "Because.")
    assert (found.status, found.points) == (Status.FAILED, 2.5)
    assert found.message == "idea: 1.5 of 2. nearly\nexample: 1 of 1. good"


def test_marks_survive_as_long_as_the_text_is_the_same(sheet, host, table, tmp_path):
    bound = Marks().bind(table(FULL), [hand_in(essay="Because.")], sheet)
    with Store(tmp_path / "marks.db") as store:
        store.decide(bound.rows, marker="me", said="all")
    kept = marks_in(tmp_path / "marks.db")
    assert kept == bound
    assert essay(sheet, host, kept, "Because. ").points == 2.5
    changed = essay(sheet, host, kept, "Because of that.")
    assert changed.status is Status.PENDING
    assert "has changed since it was marked" in changed.message


def test_the_same_row_again_does_not_bind_to_a_new_text_and_a_changed_row_does(sheet, host, table):
    bound = Marks().bind(table(FULL), [hand_in(essay="Because.")], sheet)
    other = [hand_in(essay="Other.")]
    assert bound.bind(table(FULL), other, sheet) == Marks()
    renewed = bound.bind(table(FULL.replace("1.5", "2").replace("1,good", "1,fine")), other, sheet)
    assert essay(sheet, host, Marks({**bound.rows, **renewed.rows}), "Other.").points == 3


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("bob,essay,idea,1,", "no submission by 'bob'"),
        ("anna,poem,idea,1,", "there is no exercise 'poem'; those are mean_square and essay"),
        ("anna,mean_square,idea,1,", "mean_square has no check 'idea'; it has agrees with the reference"),
        ("anna,mean_square,agrees with the reference,0.2,", "points for a check need a comment: the reason that the"),
        ("anna,essay,style,1,", "essay has no criterion 'style'; it has idea and example"),
        ("anna,essay,idea,2.5,", "points must be a number from 0 to 2, not '2.5'"),
        ("anna,essay,idea,nan,", "points must be a number from 0 to 2, not 'nan'"),
        ("anna,essay,idea,,why", "points must be a number from 0 to 2, not ''"),
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


def test_a_table_that_was_written_is_read_back_as_it_was(sheet, host, grader, tmp_path):
    report = grader.grade(hand_in(essay="=1+1; because."), ["essay"])
    path = tmp_path / "marks.csv"
    path.write_bytes(write_marks([report], Marks(), sheet))
    assert read_marks(path, sheet, ["anna"]) == Marks()  # nothing is marked yet
    rows = path.read_text(encoding="utf-8-sig").splitlines()
    assert rows[1] == "anna,essay,idea,,,2,'=1+1; because."
    text = digest("=1+1; because.")
    given = Marks({("anna", "essay", "idea"): Mark(1.5, "-1 or =2, why?", text)})
    path.write_bytes(write_marks([report], given, sheet))
    assert Marks.bind(given, read_marks(path, sheet, ["anna"]), [], sheet) == Marks()
    path.write_bytes(write_marks([report], Marks({("anna", "essay", "idea"): Mark(1.5, "", "other")}), sheet))
    assert read_marks(path, sheet, ["anna"]) == Marks()  # given for another text


# ------------------------------------------------------------------ marks over what was found


CHECK = "agrees with the reference"


def test_a_finding_can_be_overruled_and_the_student_reads_why(sheet, grader):
    submission = hand_in(SUM)
    report = grader.grade(submission)
    assert report.results[0].score < 1
    key = ("anna", "mean_square", CHECK)
    possible = finding(report, CHECK).possible
    marks = Marks().bind(Marks({key: Mark(possible, "The task could be read so.")}), [submission], sheet)
    found = finding(marks.over(report, sheet), CHECK)
    assert (found.status, found.points, found.mistake) == (Status.PASSED, possible, None)
    assert found.message == "A person looked at this: The task could be read so."
    another = replace(report, sha256="1" * 64)  # the file has changed
    assert marks.over(another, sheet) == another


def test_what_a_failure_had_cost_comes_back_once_no_failure_is_left():
    failed = Finding("a", Status.FAILED, 0.0, 1.0, mistake="slip")
    cut = Finding("b", Status.PASSED, 0.25, 1.0)
    other = Finding("c", Status.FAILED, 0.0, 1.0)
    report = Report("s", "anna", "f", "0" * 64, (Result("x", "1", 3.0, (failed, cut, other)),), 3.0)
    sheet = Sheet("s", "S", (), Settings())
    first = {("anna", "x", "a"): Mark(1.0, "fine", "0" * 16)}
    assert Marks(first).over(report, sheet).score == 1.25
    both = {**first, ("anna", "x", "c"): Mark(0.5, "half", "0" * 16)}
    assert Marks(both).over(report, sheet).score == 2.5


def test_a_hidden_checks_reason_reaches_the_student():
    hidden = Finding("h", Status.FAILED, 0.0, 1.0, "hidden", message="inputs 42", tell="It fails.")
    report = Report("s", "anna", "f", "0" * 64, (Result("x", "1", 1.0, (hidden,)),), 1.0)
    marks = Marks({("anna", "x", "h"): Mark(1.0, "It does not.", "0" * 16)})
    [result] = seen_by(marks.over(report, Sheet("s", "S", (), Settings())), "student").results
    assert "It does not." in result.findings[0].message
    assert "42" not in str(result)


def test_points_for_the_whole_exercise_are_spread_over_its_findings():
    found = (Finding("a", Status.PASSED, 1.0, 1.0), Finding("b", Status.BROKEN, 0.0, 2.0))
    report = Report("s", "anna", "f", "0" * 64, (Result("x", "1", 3.0, found),), 3.0)
    marked = Marks({("anna", "x", WHOLE): Mark(2.0, "as in class", "0" * 16)}).over(
        report, Sheet("s", "S", (), Settings())
    )
    assert (marked.score, marked.status) == (2.0, "graded")
    assert marked.results[0].findings[1].message == "A person gave 2 of 3. as in class"


def test_where_a_person_gave_a_part_of_the_points_the_rest_stays_failed():
    found = (
        Finding("a", Status.PASSED, 1.0, 1.0),
        Finding("b", Status.FAILED, 0.0, 1.0, message="No b."),
        Finding("c", Status.FAILED, 0.0, 2.0, message="No c."),
    )
    report = Report("s", "anna", "f", "0" * 64, (Result("x", "1", 4.0, found),), 4.0)
    marked = Marks({("anna", "x", WHOLE): Mark(2.0, "half", "0" * 16)}).over(report, Sheet("s", "S", (), Settings()))
    a, b, c = marked.results[0].findings
    assert [f.points for f in (a, b, c)] == [0.5, 0.5, 1.0]
    assert (a.status, a.message) == (Status.PASSED, "")
    assert b.message == "A person gave 2 of 4. half"
    assert (c.status, c.message) == (Status.FAILED, "No c.")


def test_checks_that_are_worth_nothing_can_be_marked_up_to_nothing():
    free = Exercise("f", "1", 3.0, "code", ("f",), (Check("a", 0.0, lambda answer: None),))
    assert parts(free) == {"a": 0.0, WHOLE: 3.0}
    assert parts(replace(free, checks=(Check("a", 1.0, lambda _: None), Check("b", 2.0, lambda _: None)))) == {
        "a": 1.0,
        "b": 2.0,
        WHOLE: 3.0,
    }


def test_a_table_is_in_the_order_of_its_students():
    waiting = (Finding("a", Status.PENDING, 0.0, 1.0),)
    reports = [
        Report("s", name, "f", "0" * 64, (Result("x", "1", 1.0, waiting),), 1.0) for name in ("cem", "anna", "ben")
    ]
    exercise = Exercise("x", "1", 1.0, "code", ("f",), (Check("a", 1.0, lambda answer: None),))
    table = write_marks(reports, Marks(), Sheet("s", "S", (exercise,), Settings())).decode("utf-8-sig")
    assert [line.partition(",")[0] for line in table.splitlines()] == ["student", "anna", "ben", "cem"]


def test_a_text_is_judged_as_a_person_read_it_and_shown_as_it_was_handed_in(sheet, host):
    reading = {("anna", "essay"): Reading("Because.", digest("B3cause"))}
    with Grader(sheet, host, marks=Marks(readings=reading)) as grader:
        assert grader.marks.as_read(hand_in(essay="B3cause")).texts["essay"] == "Because."
        assert grader.marks.as_read(hand_in(essay="changed")).texts["essay"] == "changed"
        assert grader.grade(hand_in(essay="B3cause"), ["essay"]).results[0].answer == "B3cause"


# ------------------------------------------------------------------ on disk


def test_what_is_undone_does_not_count_and_can_be_had_back(tmp_path):
    key, mark = ("anna", "essay", "idea"), Mark(1.0, "", "t")
    with Store(tmp_path / "marks.db") as store:
        store.decide({key: mark}, marker="a", said="first")
        second = store.decide({key: Mark(2.0, "", "t")}, marker="b", said="second")
        assert store.marks().rows[key].points == 2
        assert store.undo(second) == {("anna", "essay")}
        assert store.marks().rows == {key: mark}
        store.undo(second, undone=False)
    assert marks_in(tmp_path / "marks.db").rows[key].points == 2


def test_a_file_that_is_no_store_is_named_and_left_alone(tmp_path):
    path = tmp_path / "marks.db"
    path.write_bytes(b"student,points\n" * 100)
    with pytest.raises(CourseError, match=r"is not a database\); restore it from a backup"):
        Store(path)
    assert path.read_bytes() == b"student,points\n" * 100


# ------------------------------------------------------------------ without a grader


def pending(*criteria, status=Status.PENDING):
    detail = ("note", *(Criterion(name, points, "full") for name, points in criteria))
    return Finding("c", status, 0.0, 3.0, message="waits", detail=detail)


def applied(found, rows, text="Because.", student="anna"):
    exercise = Exercise("essay", "2", 3.0, "text", (), (Check("c", 3.0, lambda answer: None),))
    marks = Marks({("anna", "essay", name): Mark(points, comment, digest(of)) for name, points, comment, of in rows})
    report = Report("s", student, "f", "0" * 64, (Result("essay", "2", 3.0, (found,), text),), 3.0)
    return marks.over(report, Sheet("s", "S", (exercise,), Settings())).results[0].findings[0]


def test_marks_become_points():
    both = pending(("idea", 2), ("example", 1))
    full = applied(both, [("idea", 2.0, "", "Because."), ("example", 1.0, "good", "Because.")])
    assert (full.status, full.points, full.message) == (Status.PASSED, 3.0, "idea: 2 of 2.\nexample: 1 of 1. good")
    part = applied(both, [("idea", 0.5, "", "Because."), ("example", 1.0, "", "Because.")])
    assert (part.status, part.points) == (Status.FAILED, 1.5)
    nothing = applied(both, [("idea", 0.0, "", "Because."), ("example", 0.0, "", "Because.")])
    assert (nothing.status, nothing.points) == (Status.FAILED, 0.0)


def test_a_finding_stays_as_it_is_without_marks_of_its_own():
    rows = [("idea", 2.0, "", "Because.")]
    for found in (pending(), pending(("example", 1))):
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


def test_a_students_readings_have_a_digest_that_changes_with_them_alone():
    one = Marks(readings={("anna", "essay"): Reading("r", "t"), ("bob", "essay"): Reading("r", "t")})
    assert one.stamp("carl") == ""
    other = Marks(readings={**one.readings, ("bob", "essay"): Reading("s", "t")})
    assert other.stamp("anna") == one.stamp("anna") and other.stamp("bob") != one.stamp("bob")
    for changed in (Reading("s", "t"), Reading("r", "u")):
        assert Marks(readings={("anna", "essay"): changed}).stamp("anna") != one.stamp("anna")
    turned = Marks(readings=dict(reversed([*one.readings.items()])))
    assert turned.stamp("anna") == one.stamp("anna")  # whatever the order


def test_a_digest_is_of_the_words():
    assert digest("a  b\nc") == digest(" a b c ") != digest("abc")
    assert len(digest("")) == 16
    assert digest("\ud800") != digest("")  # half a surrogate pair, as a damaged file may hold


def test_a_new_mark_is_bound_to_the_text_of_its_student_and_exercise(sheet):
    texts = [hand_in(essay="Because.", other="Else."), hand_in(student="bob", essay="Why.")]
    key = ("anna", "essay", "idea")
    bound = Marks().bind(Marks({key: Mark(1.0), ("bob", "essay", "idea"): Mark(2.0, "c")}), texts, sheet)
    assert bound.rows[key] == Mark(1.0, "", digest("Because."))
    assert bound.rows["bob", "essay", "idea"] == Mark(2.0, "c", digest("Why."))
    later = [hand_in(essay="Other.")]
    assert bound.bind(Marks({key: Mark(1.0)}), later, sheet) == Marks()
    assert bound.bind(Marks({key: Mark(1.5)}), later, sheet).rows[key] == Mark(1.5, "", digest("Other."))
    assert bound.bind(Marks({key: Mark(1.0, "said")}), later, sheet).rows[key] == Mark(1.0, "said", digest("Other."))


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


def test_no_file_of_marks_is_no_marks(tmp_path):
    assert marks_in(tmp_path / "marks.db") == Marks()
    assert not (tmp_path / "marks.db").exists()


@pytest.mark.parametrize("name", ["file/marks.db", "marks.db"])
def test_a_place_where_no_marks_can_be_kept_is_said_to_be_that(tmp_path, name):
    (tmp_path / "file").write_text("")
    (tmp_path / "marks.db").mkdir()
    with pytest.raises(CourseError, match=r"marks\.db, where marks are kept, cannot be written .*or copy it to where"):
        Store(tmp_path / name)
