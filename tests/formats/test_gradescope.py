"""Gradescope's results.json, and its roster with the scores."""

import csv
import dataclasses
import io
import json

import pytest

from autograder.formats import export, gradescope
from autograder.model import Origin, Report, Status, UsageError
from tests.formats import builders

VISIBILITIES = {"hidden", "after_due_date", "after_published", "visible"}


def results(**options: object) -> dict:
    return json.loads(gradescope.render(builders.report(**options)))


def test_it_has_the_keys_and_values_that_gradescope_reads():
    found = results()
    assert set(found) == {
        "score",
        "output",
        "output_format",
        "test_output_format",
        "visibility",
        "stdout_visibility",
        "tests",
        "extra_data",
    }
    assert found["visibility"] in VISIBILITIES
    for test in found["tests"]:
        assert set(test) <= {"name", "number", "output", "visibility", "status", "score", "max_score"}
        assert test["visibility"] in VISIBILITIES
        assert test.get("status", "passed") in ("passed", "failed")


def test_scores_add_up_and_a_waiting_answer_has_none_yet():
    found = results()
    assert found["score"] == 6.6
    assert sum(test.get("score", 0) for test in found["tests"]) == pytest.approx(6.6)
    waiting = [test for test in found["tests"] if test["name"].startswith("reconstruction_term")]
    assert [set(test) & {"score", "max_score", "status"} for test in waiting] == [set()]
    assert "2 points are still to be given by a person." in found["output"]


def test_hidden_checks_wait_for_publication_and_hide_their_inputs():
    hidden = [test for test in results()["tests"] if "holds far from the usual" in test["name"]]
    assert [test["visibility"] for test in hidden] == ["after_published"]
    assert "SECRET-INPUT" not in gradescope.render(builders.report()).decode()
    assert "off by far more" in hidden[0]["output"]


def test_our_fault_gives_no_score_anywhere():
    found = results(broken=True)
    assert "score" not in found
    assert not [test for test in found["tests"] if "score" in test or "max_score" in test]
    assert "/secret/path" not in json.dumps(found)


def test_an_unreadable_file_says_why():
    found = json.loads(gradescope.render(builders.unreadable()))
    assert found["score"] == 0
    assert "found a PDF" in found["output"]


# ------------------------------------------------------------------ its roster

ROSTERS = {
    "halves": "First Name,Last Name,SID,Email,Section\nAda,Lovelace,s11,ada@uni.example,A\nBob,Ray,s12,Bob@uni.example,B\n"
    "Emmy,Noether,s13,emmy@uni.example,A\nTom,Tutor,,tom@uni.example,\n",
    "whole": "Full Name,Email,SID,Role,Sections\nAda Lovelace,ada@uni.example,s11,Student,A\n"
    "Bob Ray,Bob@uni.example,s12,Student,B\nEmmy Noether,emmy@uni.example,s13,Student,A\nTom Tutor,tom@uni.example,,TA,\n",
    "German": "Matrikelnummer;Nachname;Vorname;E-Mail-Adresse\ns11;Lovelace;Ada;ada@uni.example\n"
    "s12;Ray;Bob;Bob@uni.example\ns13;Noether;Emmy;emmy@uni.example\n;Tutor;Tom;tom@uni.example\n",
    "headings that say nothing": "One,Two,Name\ns11,ada@uni.example,Ada Lovelace\ns12,Bob@uni.example,Bob Ray\n"
    "s13,emmy@uni.example,Emmy Noether\ns14,tom@uni.example,Tom Tutor\n",
}


def good(student: str, user: str = "", aliases: tuple[str, ...] = ()) -> Report:
    report = builders.report(student, good=True, written=Status.PASSED)
    return dataclasses.replace(report, origin=Origin("gradescope" if user else "", user, aliases=aliases))


def filled(reports: list[Report], roster: str) -> tuple[list[list[str]], tuple[str, ...]]:
    made = export("gradescope", reports, builders.sheet(), template=roster.encode())
    assert made.suffix == ".csv"
    return list(csv.reader(io.StringIO(made.data.decode("utf-8-sig"), newline=""))), made.notes


@pytest.mark.parametrize("form", ROSTERS)
@pytest.mark.parametrize("known", ["s12", "bob@uni.example", "name", "login", "alias"])
def test_a_roster_keeps_its_rows_and_gets_each_students_score(form: str, known: str):
    bob = {
        "name": good("Ray, Bob"), "login": good("bob"), "alias": good("Robert", aliases=("s12",)),
    }.get(known) or good("R. Ray", known)  # fmt: skip
    rows, notes = filled([good("Ada Lovelace", "s11"), bob], ROSTERS[form])
    given = [line.split(";" if ";" in line else ",") for line in ROSTERS[form].splitlines()]
    assert [row[:-3] for row in rows] == given
    grades = [["Total Score", "Max Points", "Status"], ["20", "20", "Graded"], ["20", "20", "Graded"]]
    assert [row[-3:] for row in rows] == [*grades, ["", "", "Missing"], ["", "", "Missing"]]
    assert [note for note in notes if "Emmy Noether (s13)" in note and "no report" in note]
    assert ("Tom Tutor" in " ".join(notes)) == (form != "whole")  # whose role says that they hand in nothing


def test_who_is_not_on_the_roster_is_said_and_nobody_is_guessed():
    twins = ROSTERS["halves"] + "Ada,Lovelace,s15,al@uni.example,B\n"
    rows, notes = filled([good("Ada Lovelace"), good("Zoe", "s99")], twins)
    assert {row[-1] for row in rows[1:]} == {"Missing"}
    assert notes[0].startswith("2 reports fit no student in the file") and "Ada Lovelace (" in notes[0]
    assert "Zoe (" in notes[0]


def test_what_waits_has_no_score_on_the_roster():
    rows, notes = filled([dataclasses.replace(builders.report("Ada Lovelace"), origin=Origin())], ROSTERS["halves"])
    assert rows[1][-3:] == ["", "20", "Ungraded"] and any("still to be read" in note for note in notes)


def test_a_file_that_is_no_roster_is_refused():
    with pytest.raises(UsageError, match="Gradescope's roster: expected"):
        filled([good("Ada")], "Section,Status\nA,B\n")


def test_without_a_roster_each_submission_has_its_file():
    assert export("gradescope", [good("Ada"), good("Bob")], builders.sheet()).suffix == ".zip"
