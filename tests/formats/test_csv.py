"""grades.csv in Python and in a spreadsheet."""

import csv as standard
import io

import pytest

from autograder.formats import csv
from tests.formats import builders


def rows(reports: list, sheet: object = None) -> list[list[str]]:
    return list(standard.reader(io.StringIO(csv.render_class(reports, sheet).data.decode("utf-8-sig"), newline="")))


def test_one_column_per_exercise_in_the_sheets_order_and_rows_by_student():
    table = rows([builders.report("b", good=True), builders.report("a")], builders.sheet())
    exercises = [exercise.id for exercise in builders.sheet().exercises]
    assert table[0] == ["student", "status", "score", "possible", *exercises]
    assert table[1] == ["a", "pending", "6.6", "20", "1.6", "0", "1", "0", "2", "0", "1", "1"]
    assert [row[0] for row in table[1:]] == ["a", "b"]


def test_a_score_that_does_not_exist_is_an_empty_cell():
    row = rows([builders.report("a", broken=True)], builders.sheet())[1]
    assert row[:4] == ["a", "broken", "", "20"]
    assert row[10] == ""


def test_an_exercise_that_a_report_lacks_is_an_empty_cell():
    assert rows([builders.hostile("path")], builders.sheet())[1][4:7] == ["", "0", ""]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝"])
def test_no_cell_of_text_is_a_formula(start: str):
    report = builders.report(f"{start}1+1")
    assert rows([report])[1][0].startswith("'")


def test_a_spreadsheet_reads_names_right():
    data = csv.render_class([builders.report('Groß, "Jürgen"\nx')]).data
    assert data.startswith("\ufeff".encode())
    assert data.count(b"\r\n") == 2
    assert '"Groß, ""Jürgen"" x"'.encode() in data


def test_a_third_of_a_point_is_written_with_its_decimals():
    assert csv._score(1 / 3) == "0.333333"
    assert csv._score(10.0) == "10"
