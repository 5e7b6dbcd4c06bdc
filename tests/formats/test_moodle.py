"""Moodle's grading worksheet: only Grade and Feedback comments change."""

import csv
import dataclasses
import io

import pytest

from autograder.formats import moodle
from autograder.model import Origin, Report, Status
from autograder.model.errors import UsageError
from tests.formats import builders

NEVER = "-"
WORKSHEET = (
    'Identifier,"Full name","Email address",Status,Grade,"Maximum Grade","Grade can be changed",'
    '"Last modified (submission)","Online text","Last modified (grade)","Feedback comments"\n'
    'Participant 11,"Ada Lovelace",ada@uni.example,"Submitted for grading - ",,20.00,Yes,'
    '"Friday, 2 January 2026, 9:00 PM","<p>See ""notes"",\nplease</p>",-,\n'
    'Participant 12,"Jürgen Groß",jg@uni.example,"Submitted for grading - ",12.00,20.00,No,-,,-,"locked"\n'
    'Participant 13,"Nguyễn Văn An",an3@uni.example,"No submission",,20.00,Yes,-,,-,"<p>My own word.</p>"\n'
    'Participant 14,"Mia Missing",mia@uni.example,"No submission",,20.00,Yes,-,,-,\n'
)


def good(student: str, user: str = "", platform: str = "moodle") -> Report:
    report = builders.report(student, good=True, written=Status.PASSED)
    return dataclasses.replace(report, origin=Origin(platform, user) if user else Origin())


def partly(student: str) -> Report:
    return dataclasses.replace(builders.report(student, written=Status.FAILED), origin=Origin())


def fill(reports: list[Report], worksheet: str = WORKSHEET) -> tuple[str, tuple[str, ...]]:
    exported = moodle.render_class(reports, builders.sheet(), template=worksheet.encode())
    return exported.data.decode(), exported.notes


def rows(text: str, delimiter: str = ",") -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline=""), delimiter=delimiter))


FULL = "<p><strong>Autograder: 20 of 20 points</strong></p>"


def test_only_grade_and_comment_of_the_students_graded_change():
    filled, notes = fill([good("x", "11"), good("y", "12"), good("Nguyễn Văn An"), good("nobody")])
    expected = WORKSHEET.replace('- ",,20.00,Yes,"Friday', '- ",20,20.00,Yes,"Friday', 1)
    expected = expected.replace('Submitted for grading - ",,20.00', 'Submitted for grading - ",20,20.00')
    expected = expected.replace('please</p>",-,\n', f'please</p>",-,{FULL}\n')
    expected = expected.replace('"No submission",,20.00,Yes,-,,-,"<p>My', '"No submission",20,20.00,Yes,-,,-,"<p>My')
    expected = expected.replace("word.</p>", f"word.</p>{FULL}")
    assert filled == expected
    assert notes == (
        "The report of nobody (20 of 20) fits no student in the file, or more than one; it was not written.",
        "Mia Missing (Participant 14) has no report; the row stays as it was.",
        "The grade of y is locked in Moodle; the row stays as it was.",
    )


def test_a_student_of_a_collected_course_is_found_by_name_and_number():
    """``autograder grade`` on an nbgrader course calls students by the folders that our collectors make."""
    folder = dataclasses.replace(good("Nguyễn-Văn-An_13"), origin=Origin("nbgrader", "Nguyễn-Văn-An_13"))
    filled, _ = fill([folder])
    assert rows(filled)[3][4] == "20"
    two = WORKSHEET.replace("Mia Missing", "Nguyễn Văn An")
    assert [row[4] for row in rows(fill([folder], two)[0])] == ["Grade", "", "12.00", "20", ""]
    stranger = dataclasses.replace(folder, student="Somebody-Else_13")
    filled, notes = fill([stranger])
    assert filled == WORKSHEET, "a number of another platform is not this one's"
    assert notes[0].startswith("The report of Somebody-Else_13 (20 of 20) fits no student")


@pytest.mark.parametrize("spelt", ["Nguyen Van An", "NGUYEN, Van An", "nguyễn văn an"])
def test_a_name_without_its_accents_is_found_where_one_student_alone_is_called_so(spelt):
    assert rows(fill([good(spelt)])[0])[3][4] == "20"
    two = WORKSHEET.replace("Mia Missing", "Nguyên Vân Án")
    assert "20" not in [row[4] for row in rows(fill([good("Nguyen Van An")], two)[0])]
    assert rows(fill([good("nguyễn văn an")], two)[0])[3][4] == "20"


@pytest.mark.parametrize("spelt", ["Mueller Strasse", "Muller Strasse", "Müller Straße"])
def test_umlauts_may_be_spelt_out(spelt):
    assert rows(fill([good(spelt)], WORKSHEET.replace("Mia Missing", "Müller Straße"))[0])[4][4] == "20"


def test_many_of_one_kind_are_said_in_one_sentence():
    assert fill([good("nobody"), good("no one")])[1] == (
        "2 reports fit no student in the file, or more than one; they were not written: no one (20 of 20) and nobody (20 of 20).",
        "4 rows have no report and stay as they were: Ada Lovelace (Participant 11), Jürgen Groß (Participant 12), "
        "Nguyễn Văn An (Participant 13) and Mia Missing (Participant 14).",
    )


def test_a_comment_says_why_points_are_missing_and_no_hidden_input():
    comment = rows(fill([partly("mia")])[0])[4][10]
    assert comment.startswith(
        "<p><strong>Autograder: 6.6 of 20 points</strong></p><ul><li>9-1 (a) kl_derivation, 1.6 of 5: "
    )
    assert "<li>9-1 (a) kl_normal, 0 of 2: You return KL(p‖q): the two distributions are swapped.</li>" in comment
    assert "SECRET" not in comment
    assert "\n" not in comment


def test_filling_again_replaces_our_comment_and_keeps_the_teachers():
    once, _ = fill([partly("Nguyễn Văn An")])
    again, _ = fill([good("Nguyễn Văn An")], once)
    assert rows(again)[3][10] == f"<p>My own word.</p>{FULL}"
    assert fill([partly("Nguyễn Văn An")], once)[0] == once


@pytest.mark.parametrize("mark", ["", "\ufeff"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_decimal_commas_delimiter_mark_and_line_ends_stay(delimiter: str, end: str, mark: str):
    lines = [
        ["Identifier", "Grade", "Maximum grade", "Last modified (grade)", "Feedback comments"],
        ["Participant 11", "", "20,00", "-", ""],
        ["Participant 14", "3,50", "20,00", "-", ""],
    ]
    worksheet = mark + "".join(delimiter.join(line) + end for line in lines)
    filled, _ = fill([dataclasses.replace(partly("x"), origin=Origin("moodle", "11"))], worksheet)
    assert filled.startswith(mark + delimiter.join(lines[0]) + end)
    found = rows(filled, delimiter)
    assert found[1][:4] == ["Participant 11", "6,6", "20,00", "-"]
    assert found[2] == lines[2]
    assert filled.count(end) == 3


def test_a_decimal_comma_in_a_comma_worksheet_is_quoted():
    worksheet = WORKSHEET.replace("20.00", '"20,00"').replace("12.00", '"12,00"')
    filled, _ = fill([partly("Mia Missing")], worksheet)
    assert '"No submission","6,6","20,00",Yes,-,,-,<p>' not in filled  # the comment holds commas and is quoted
    assert '"No submission","6,6","20,00",Yes,-,,-,"<p>' in filled


@pytest.mark.parametrize("student", ["ada@uni.example", "ADA@uni.example", "ada", "Ada Lovelace", "ada lovelace"])
def test_a_student_is_found_by_address_login_or_name(student: str):
    assert rows(fill([good(student)])[0])[1][4] == "20"


def test_a_participant_number_of_canvas_is_none():
    assert fill([good("x", "11", "canvas")])[0] == WORKSHEET


def test_the_participant_wins_over_the_name():
    assert [row[4] for row in rows(fill([good("Ada Lovelace", "14")])[0])] == ["Grade", "", "12.00", "", "20"]


def test_a_worksheet_without_names_works_by_participant():
    worksheet = "Identifier,Grade,Last modified (grade)\nParticipant 11,,-\nTeilnehmer/in14,,-\n"
    filled, notes = fill([good("a", "11"), good("b", "14")], worksheet)
    assert filled == worksheet.replace(",,", ",20,")
    assert notes == (
        "The worksheet has no column Feedback comments, so only the grades are written; the assignment's settings turn "
        "comments on.",
    )


def test_no_score_no_grade():
    reports = [builders.report("Ada Lovelace", broken=True), builders.report("mia", written=Status.PENDING)]
    filled, notes = fill([dataclasses.replace(report, origin=Origin()) for report in reports])
    assert filled == WORKSHEET
    assert any(note.startswith("Ada Lovelace has no score") for note in notes)
    assert any(note.startswith("mia has answers that are still to be read") for note in notes)


def test_an_unreadable_file_gets_0_and_its_reason():
    filled, notes = fill([builders.unreadable("ada")])
    assert rows(filled)[1][4] == "0"
    assert "<li>The file is not a notebook: JSON was expected, found a PDF." in rows(filled)[1][10]
    assert any(note.startswith("ada gets 0") for note in notes)


@pytest.mark.parametrize("name", builders.HOSTILE)
def test_a_comment_holds_no_html_of_a_student(name: str):
    report = dataclasses.replace(builders.hostile(name), origin=Origin("moodle", "11"))
    comment = rows(fill([report])[0])[1][10]
    assert "<script" not in comment
    assert "\x1b" not in comment
    assert comment.startswith("<p><strong>Autograder: 0 of 2 points</strong></p><ul><li>")


REFUSED = {
    WORKSHEET.replace(
        "20.00", "10.00"
    ): "x has 20 points, but the assignment's maximum grade is 10; nothing was written.",
    WORKSHEET.replace("Maximum Grade", "Scale"): "graded by a scale, not by points",
    WORKSHEET.replace("Identifier", "ID").replace("20.00", "Good"): "This is none, or is graded by a scale",
    WORKSHEET.replace('"locked"', '"locked",'): "row 3 has 12 cells where the header has 11",
}


@pytest.mark.parametrize("worksheet", REFUSED, ids=REFUSED.values())
def test_what_cannot_be_filled_is_refused_with_a_sentence(worksheet: str):
    with pytest.raises(UsageError) as caught:
        fill([good("x", "11")], worksheet)
    assert REFUSED[worksheet] in str(caught.value)


def test_without_a_worksheet_the_sentence_says_where_to_get_one():
    with pytest.raises(UsageError, match=r"Download grading worksheet.*--template"):
        moodle.render_class([good("x")])


GERMAN = (
    "\ufeffID;Vollständiger Name;E-Mail-Adresse;Status;Bewertung;Bestwertung;Bewertung kann geändert werden;"
    "Zuletzt geändert (Abgabe);Zuletzt geändert (Bewertung);Feedback als Kommentar\r\n"
    "Teilnehmer/in11;Ada Lovelace;ada@uni.example;Zur Bewertung abgegeben;;20,00;Ja;Freitag, 2. Januar 2026;-;\r\n"
    "Teilnehmer/in12;Jürgen Groß;jg@uni.example;Zur Bewertung abgegeben;12,00;20,00;Nein;-;-;\r\n"
)
JAPANESE = (
    "識別子,フルネーム,ステータス,グループ,評点,最大評点,評点を変更可能,最終更新日時 (提出),最終更新日時 (評点)\n"
    "参加者 11,Ada Lovelace,提出なし,A,,20.00,はい,-,-\n"
)


def test_a_german_worksheet_is_filled_by_the_place_and_content_of_its_columns():
    filled, notes = fill([good("x", "11"), good("Jürgen Groß")], GERMAN)
    expected = GERMAN.replace("abgegeben;;20,00", "abgegeben;20;20,00").replace("2026;-;\r\n", f"2026;-;{FULL}\r\n")
    assert filled == expected
    assert notes == ("The grade of Jürgen Groß is locked in Moodle; the row stays as it was.",)


def test_a_worksheet_of_another_language_without_comments_gets_its_grade_alone():
    filled, notes = fill([good("Ada Lovelace")], JAPANESE)
    assert filled == JAPANESE.replace("A,,20.00", "A,20,20.00")
    assert len(notes) == 1 and "no column Feedback comments" in notes[0]


def test_another_table_of_as_many_columns_is_no_worksheet():
    with pytest.raises(UsageError, match="Identifier, Grade and Last modified"):
        fill([good("Ada Lovelace")], "a,b,c,d,e,f,g,h\n1,2,3,4,x,y,z,w\n")


def test_the_first_row_too_says_how_numbers_are_written():
    one = GERMAN.splitlines(keepends=True)
    worksheet = one[0] + one[1]
    filled, _notes = fill([partly("Ada Lovelace")], worksheet)
    written = rows(filled, ";")[1][rows(worksheet, ";")[1].index("20,00") - 1]
    assert "," in written and "." not in written
