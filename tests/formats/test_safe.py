"""Student content where it could do harm."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.formats import file_name
from autograder.formats._safe import cell, link, printable, uncell

names = st.text(st.characters(), max_size=60)


@given(names)
def test_printable_leaves_no_control_character(text: str):
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\ud800-\udfff\u202a-\u202e\u2066-\u2069]", printable(text))
    assert "\n" not in printable(text, newlines=False)


def test_printable_shows_what_it_takes_away():
    assert printable("a\x1b[31mb\x07\x7f\r\nc\td") == "a␛[31mb␇␡\nc    d"


def test_printable_leaves_letters_of_all_scripts():
    text = "Ελένη Дмитрий شيماء 王小明 é σ²‖∇ 🙂"
    assert printable(text) == text


@given(names)
def test_a_file_name_is_one_component_on_every_system(student: str):
    name = file_name(student)
    assert name
    assert len(name.encode()) <= 120
    assert not re.search(r'[\x00-\x1f/\\:*?"<>|]', name)
    assert name[0] not in ". "
    assert name[-1] not in ". "
    assert not re.match(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)", name)


@given(names, names)
def test_different_students_have_different_files(one: str, other: str):
    assert (file_name(one) == file_name(other)) == (one == other)


def test_file_names_stay_readable():
    assert file_name("Jürgen Groß-Müller_2") == "Jürgen Groß-Müller_2"
    assert file_name("../../etc/passwd") == "%2E.%2F..%2Fetc%2Fpasswd"
    assert file_name("") == "%"
    assert file_name("con") == "%63on"
    assert file_name("Dr. No.") == "Dr. No%2E"
    long = file_name("é" * 200)
    assert long.startswith("é" * 40)
    assert long != file_name("é" * 201)


def test_a_link_is_quoted_once():
    assert link("feedback", file_name("a/b ü") + ".html") == "feedback/a%252Fb%20%C3%BC.html"


@given(names)
def test_no_text_cell_starts_a_formula(text: str):
    assert not cell(text).startswith(("=", "+", "-", "@", "\t", "\r", "\n"))


@pytest.mark.parametrize(
    "text", ["anna;=1+1", "anna; @SUM(1)", 'anna;"=1+1"', "a;b;-1", "x;＝1", "=1;=2", "'=1", ";'+1"]
)
def test_no_text_cell_holds_a_formula_where_the_semicolon_is_the_delimiter(text: str):
    assert not any(part.strip(' "').startswith(("=", "+", "-", "@", "＝")) for part in cell(text).split(";"))
    assert uncell(cell(text)) == text


@given(st.text(st.sampled_from("a;'=-@ \""), max_size=12))
def test_what_a_table_holds_is_read_back(text: str):
    assert uncell(cell(text)) == text


def test_an_ordinary_semicolon_stays_as_it_is():
    assert cell("mu; sigma = 1") == "mu; sigma = 1"
