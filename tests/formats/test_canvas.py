"""Canvas's gradebook: only the grades of one column change."""

import csv
import dataclasses
import io

import pytest

from autograder.formats import canvas
from autograder.model import Origin, Report, Status
from autograder.model.errors import UsageError
from tests.formats import builders

TITLE = "Exercise 9: Generative Models"
HEADER = f"Student,ID,SIS User ID,SIS Login ID,Section,Homework 1 (811),{TITLE} (812),Current Score,Final Score\r\n"
POINTS = "    Points Possible,,,,,10,20,(read only),(read only)\r\n"
BOOK = (
    HEADER
    + ",,,,,Manual Posting,,,\r\n"
    + POINTS
    + '"Lovelace, Ada",101,S1,ada,"Sec 1, Mon",9.5,,95,95\r\n'
    + '"Groß, Jürgen ""Joe""",102,S2,jg@uni.example,"a\nnote",,EX,,\r\n'
    + '"Nguyễn Văn, An",103,S3,an3@uni.example,Sec 1,7,"12",70,70\r\n'
    + '"Missing, Mia",104,S4,mia,Sec 1,,,,\r\n'
    + '"Student, Test",105,,test105,Sec 1,,,,\r\n'
)


def good(student: str, **origin: object) -> Report:
    report = builders.report(student, good=True, written=Status.PASSED)
    return dataclasses.replace(report, origin=Origin(**origin) if origin else Origin())


def cells(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def fill(reports: list[Report], book: str = BOOK, column: str = "") -> tuple[str, tuple[str, ...]]:
    exported = canvas.render_class(reports, builders.sheet(), template=book.encode(), column=column)
    return exported.data.decode(), exported.notes


def test_only_the_cells_of_the_column_change():
    filled, notes = fill([good("ada"), good("jg"), good("an3@uni.example"), good("nobody")])
    expected = BOOK.replace('"Sec 1, Mon",9.5,,', '"Sec 1, Mon",9.5,20,').replace('7,"12"', '7,"20"')
    assert filled == expected
    assert notes == (
        "The report of nobody (20 of 20) fits no student in the file, or more than one; it was not written.",
        "Missing, Mia (Canvas id 104) has no report; the row stays as it was.",
        "jg is excused in Canvas and stays so.",
    )


def test_a_semicolon_file_with_a_mark_decimal_commas_and_unix_line_ends_stays_one():
    book = "\ufeff" + (
        f"Student;ID;SIS Login ID;Section;{TITLE} (812);Homework\n    Points Possible;;;;20,0;10,0\n"
        "Lovelace, Ada;101;ada;1;;9,5"
    )
    filled, _ = fill([dataclasses.replace(builders.report("ada", written=Status.FAILED))], book)
    assert filled == book.replace("1;;9,5", "1;6,6;9,5")


def test_a_decimal_comma_in_a_comma_file_is_quoted():
    book = f'Student,ID,Section,{TITLE},Homework\nPoints Possible,,,20,10\n"Lovelace, Ada",101,1,,"9,5"\n'
    filled, _ = fill([builders.report("Ada Lovelace", written=Status.FAILED)], book)
    assert filled == book.replace(',1,,"9,5"', ',1,"6,6","9,5"')


@pytest.mark.parametrize(
    ("student", "origin"),
    [
        ("lovelaceada", {"platform": "canvas", "user": "101"}),
        ("ada", {}),
        ("S1", {}),
        ("Ada Lovelace", {}),
        ("Lovelace, Ada", {}),
        ("lovelaceada", {}),
        ("101", {}),
    ],
)
def test_a_student_is_found_by_id_login_number_or_name(student: str, origin: dict):
    filled, _ = fill([good(student, **origin)])
    assert filled == BOOK.replace('"Sec 1, Mon",9.5,,', '"Sec 1, Mon",9.5,20,')


def test_an_id_of_another_platform_is_not_canvas_id():
    filled, notes = fill([good("who", platform="moodle", user="101")])
    assert filled == BOOK
    assert notes[0].startswith("The report of who")


def test_the_surer_key_wins_over_a_name():
    mia_by_id = good("Ada Lovelace", platform="canvas", user="104")
    filled, _ = fill([mia_by_id])
    assert filled == BOOK.replace("mia,Sec 1,,,,", "mia,Sec 1,,20,,")


def test_two_students_of_one_name_are_not_guessed():
    twins = HEADER + POINTS + '"Lee, Kim",1,,k1,A,,,,\r\n"Lee, Kim",2,,k2,A,,,,\r\n'
    filled, notes = fill([good("Kim Lee")], twins)
    assert filled == twins
    assert len(notes) == 2 and notes[1].startswith("2 rows have no report")
    filled, _ = fill([good("k2"), good("Kim Lee")], twins)  # one is known by login, so the other is the other
    assert [row[6] for row in cells(filled.encode())[2:]] == ["20", "20"]


def test_two_reports_for_one_row_are_not_guessed():
    filled, notes = fill([good("Ada Lovelace"), good("lovelaceada")])
    assert filled == BOOK
    assert notes[0].startswith("2 reports fit no student")


def test_no_score_no_grade():
    filled, notes = fill([builders.report("ada", broken=True), builders.report("mia", written=Status.PENDING)])
    assert filled == BOOK
    assert any(note.startswith("ada has no score, something failed on our side") for note in notes)
    assert any(note.startswith("mia has answers that are still to be read") for note in notes)


def test_an_unreadable_file_gets_0_and_is_named():
    filled, notes = fill([builders.unreadable("ada")])
    assert filled == BOOK.replace('"Sec 1, Mon",9.5,,', '"Sec 1, Mon",9.5,0,')
    assert any(note.startswith("ada gets 0: The file is not a notebook") for note in notes)


@pytest.mark.parametrize("column", [f"{TITLE} (812)", TITLE, "812", TITLE.lower()])
def test_the_column_is_named_by_title_id_or_both(column: str):
    assert fill([good("ada")], column=column)[0] != BOOK


REFUSED = {
    "Quiz": "has no column 'Quiz'; name one of 'Homework 1 (811)', 'Exercise 9: Generative Models (812)'.",
    "Current Score": "has no column 'Current Score'",
}


@pytest.mark.parametrize("column", REFUSED)
def test_a_column_that_does_not_exist_or_is_canvas_own_is_refused(column: str):
    with pytest.raises(UsageError) as caught:
        fill([good("ada")], column=column)
    assert REFUSED[column] in str(caught.value)


def test_a_read_only_column_is_refused():
    with pytest.raises(
        UsageError, match=r"computes the column 'Exercise 9: Generative Models \(812\)', it is read only"
    ):
        fill([good("ada")], BOOK.replace(",10,20,", ",10,(read only),"))


def test_one_title_twice_must_be_named_whole():
    book = BOOK.replace("Homework 1 (811)", f"{TITLE} (811)").replace(",10,20,", ",20,20,")
    with pytest.raises(UsageError, match=r"Several columns.*\(811\)', 'Exercise 9: Generative Models \(812\)'"):
        fill([good("ada")], book)
    assert fill([good("ada")], book, f"{TITLE} (811)")[0] == book.replace('Mon",9.5,,', 'Mon",20,,')


def test_a_score_above_the_points_possible_is_refused():
    with pytest.raises(UsageError, match="ada has 20 points, but Canvas gives only 10 for 'Homework"):
        fill([good("ada")], column="811")


def test_other_points_possible_are_named():
    _, notes = fill([good("ada")], BOOK.replace(",10,20,", ",10,100,"))
    assert notes[0] == f"Canvas gives 100 points for '{TITLE} (812)', the sheet 20; the scores are written as they are."


def test_a_gradebook_with_two_name_columns():
    book = f"LastName,FirstName,ID,Section,{TITLE} (1)\nPoints Possible,,,,20\nLovelace,Ada,7,A,\n"
    assert fill([good("Ada Lovelace")], book)[0] == book.replace("7,A,", "7,A,20")


def test_a_gradebook_without_a_row_of_points():
    book = f"Student,ID,Section,{TITLE}\nAda Lovelace,7,A,\n"
    assert fill([good("Ada Lovelace")], book)[0] == book.replace("7,A,", "7,A,20")


def test_what_is_no_gradebook_is_refused():
    with pytest.raises(UsageError, match="expected a header with the columns Student, ID and Section; found 'a,b'"):
        fill([good("ada")], "a,b\n1,2\n")


def test_from_nothing():
    exported = canvas.render_class(
        [
            good("ada"),
            good("lovelaceada", platform="canvas", user="101"),
            builders.report("late"),
            builders.hostile("formula"),
        ],
        builders.sheet(),
    )
    rows = cells(exported.data)
    assert rows[0] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", TITLE]
    assert rows[1] == ["    Points Possible", "", "", "", "", "20"]
    assert rows[3:] == [["ada", "", "", "ada", "", "20"], ["lovelaceada", "101", "", "", "", "20"]]
    assert rows[2][0].startswith("'=HYPERLINK")
    assert exported.notes == (
        "late has answers that are still to be read; it is not in the file. Give the points first, then export again.",
    )


def test_filling_a_filled_file_changes_nothing():
    once, _ = fill([good("ada"), good("mia")])
    assert fill([good("ada"), good("mia")], once)[0] == once


def test_a_class_without_reports_leaves_the_book_as_it_is():
    filled, _notes = fill([])
    assert filled == BOOK
