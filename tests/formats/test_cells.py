"""A CSV file in which only the cells named change."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.formats._cells import Table, decimal_mark, number, table, written
from autograder.model.errors import UsageError

# No carriage return alone: Python's own writer leaves it unquoted before 3.13, and no platform writes one.
text = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)
cells = st.one_of(text, st.sampled_from(['"', '""', ",", ";", "\n", "\r\n", "a,b", '"a"', "", " "]))


@st.composite
def files(draw: st.DrawFn) -> tuple[str, str, list[list[str]]]:
    """A file as csv writes it, its delimiter and its cells (the header is a, b, c)."""
    width = 3
    rows = [["a", "b", "c"], *draw(st.lists(st.lists(cells, min_size=width, max_size=width), max_size=5))]
    delimiter = draw(st.sampled_from(",;\t:"))
    quoting = draw(st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]))
    end = draw(st.sampled_from(["\n", "\r\n"]))
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, quoting=quoting, lineterminator=end).writerows(rows)
    return draw(st.sampled_from(["", "\ufeff"])) + file.getvalue(), delimiter, rows


def read(content: str) -> Table:
    return table(content.encode(), "grades.csv", lambda header: header == ("a", "b", "c"), "a, b and c")


@given(files())
def test_cells_are_read_as_csv_reads_them(file: tuple[str, str, list[list[str]]]):
    content, delimiter, rows = file
    found = read(content)
    assert found.delimiter == delimiter
    assert [[cell.value for cell in row] for row in found.rows] == rows
    assert found.filled({}) == content.encode()


@given(files(), st.data())
def test_only_the_cells_named_change(file: tuple[str, str, list[list[str]]], data: st.DataObject):
    content, _, rows = file
    found = read(content)
    row, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.integers(0, 2))
    value = data.draw(cells)
    cell = found.rows[row][column]
    filled = found.filled({cell: value}).decode()
    assert filled.startswith(content[: cell.start])
    assert filled.endswith(content[cell.end :])
    if row:
        expected = [[value if (i, j) == (row, column) else old for j, old in enumerate(r)] for i, r in enumerate(rows)]
        assert [[cell.value for cell in row] for row in read(filled).rows] == expected


def test_blank_lines_and_a_missing_last_line_end_are_kept():
    content = "a,b,c\r\n\r\n1,2,\r\n\r\n4,5,6"
    assert [len(row) for row in read(content).rows] == [3, 3, 3]
    assert read(content).filled({read(content).rows[1][2]: "x"}) == b"a,b,c\r\n\r\n1,2,x\r\n\r\n4,5,6"


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_unicode_text_of_a_spreadsheet_stays_what_it_was(encoding):
    made = "\ufeffa\tb\tc\r\nŁukasz\tİpek\t\r\n".encode(encoding)
    found = table(made, "grades.csv", lambda header: header == ("a", "b", "c"), "a, b and c")
    assert [cell.value for cell in found.rows[1]] == ["Łukasz", "İpek", ""]
    assert found.filled({}) == made
    assert found.filled({found.rows[1][2]: "é"}) == made[:-4] + "é\r\n".encode(encoding)


def test_a_delimiter_ends_the_file():
    assert read("a,b,c\n1,2,").filled({read("a,b,c\n1,2,").rows[1][2]: "3"}) == b"a,b,c\n1,2,3"


def test_a_quote_that_the_writer_left_undoubled_is_text():
    assert read('a,b,c\n"he said \\"hi\\" to",2,3\n').rows[1][0].value == 'he said \\"hi\\" to'


BAD = {
    b"a,b,c\n\xff,1,2\n": "is not UTF-8 text",
    b"x,y,z\n": "expected a header with a, b and c; found 'x,y,z'",
    b"": "expected a header with a, b and c; found ''",
    b"a,b,c\n1,2\n": "row 2 has 2 cells where the header has 3; nothing was written",
    b'a,b,c\n"1,2,3\n': "a quote at character 7 that is never closed",
}


@pytest.mark.parametrize("data", BAD, ids=BAD.values())
def test_a_file_that_does_not_fit_is_refused_with_a_sentence(data: bytes):
    with pytest.raises(UsageError) as caught:
        table(data, "grades.csv", lambda header: header == ("a", "b", "c"), "a, b and c")
    assert BAD[data] in str(caught.value)
    assert str(caught.value).startswith("grades.csv")


NUMBERS = {
    "20": 20, "20.5": 20.5, "20,5": 20.5, "1.234,5": 1234.5, "1,234.5": 1234.5, "-3": -3, "80%": 80, "20,": 20,
    "EX": None, "": None, "-": None, ".": None, "(read only)": None,
}  # fmt: skip


@pytest.mark.parametrize("value", NUMBERS)
def test_numbers_are_read_as_the_platforms_do(value: str):
    assert number(value) == NUMBERS[value]


def test_scores_are_written_without_thousands_separators():
    assert written(1234.5, ",") == "1234,5"
    assert written(20.0, ".") == "20"
    assert written(1 / 3, ".") == "0.3333"
    assert written(0.0, ".") == "0"


def test_the_decimal_mark_is_the_files_own():
    assert decimal_mark(["", "12,50", "3"]) == ","
    assert decimal_mark(["1.5", "Doe, Jane", "1,234.5"]) == "."
