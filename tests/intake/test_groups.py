"""Lists of groups as platforms and people write them, and whose a group's submission is."""

import json
import zipfile
from pathlib import Path

import pytest

from autograder.intake import Intake, read_groups, submissions
from autograder.intake.groups import short
from autograder.model import Check, Exercise, Settings, Sheet, UsageError

CHECK = Check("is there", 1, lambda answer: None)
STARTER = "def distance(a, b):\n    raise NotImplementedError\n"
SHEET = Sheet(
    "sheet", "A sheet", (Exercise("distance", "1", 1, "code", ("distance",), (CHECK,), starter=STARTER),), Settings()
)
CANVAS = (
    "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id\n"
    '"Lovelace, Ada",4011,s11,alovel,Sec 1,Red Team,700,\n"Ray, Bob",4012,s12,bray,Sec 1,Red Team,700,\n'
    '"Noether, Emmy",4013,s13,enoet,Sec 2,Blue,701,\n"Euler, Leo",4014,s14,leuler,Sec 2,,,\n'
)
MOODLE = (
    "Grouping,Group,First name,Last name,Email address\nTutorial,Red Team,Ada,Lovelace,ada@uni.example\n"
    "Tutorial,Red Team,Bob,Ray,bob@uni.example\nTutorial,Blue,Emmy,Noether,emmy@uni.example\n"
    "Tutorial,No groups,Leo,Euler,leo@uni.example\n"
)
TABLES = {
    "canvas": CANVAS,
    "moodle": MOODLE,
    "another order": "E-Mail-Adresse;Nachname;Gruppe;Vorname\nada@uni.example;Lovelace;Red Team;Ada\n"
    "bob@uni.example;Ray;Red Team;Bob\nemmy@uni.example;Noether;Blue;Emmy\nleo@uni.example;Euler;Keine Gruppen;Leo\n",
    "French": "Nom,Prénom,Groupe\nLovelace,Ada,Red Team\nRay,Bob,Red Team\nNoether,Emmy,Blue\n",
    "Polish": "Grupa\tImię\tNazwisko\nRed Team\tAda\tLovelace\nRed Team\tBob\tRay\nBlue\tEmmy\tNoether\n",
    "whole names": 'Student,Project team\n"Lovelace, Ada",Red Team\n"Ray, Bob",Red Team\n"Noether, Emmy",Blue\n',
    "a row a group": "Team,Members\nRed Team,Ada Lovelace; Bob Ray\nBlue,Emmy Noether\n",
    "commas": 'Team,Members\nRed Team,"Ada Lovelace, Bob Ray"\nBlue,Emmy Noether\n',
    "and": "Gruppe;Mitglieder\nRed Team;Ada Lovelace und Bob Ray\nBlue;Emmy Noether\n",
    "columns": "Group,Member 1,Member 2\nRed Team,Ada Lovelace,Bob Ray\nBlue,Emmy Noether,\n",
    "letters": "Partner A,Partner B,Group\nAda Lovelace,Bob Ray,Red Team\nEmmy Noether,,Blue\n",
    "cells without a heading": "group,members\nRed Team,Ada Lovelace,Bob Ray\nBlue,Emmy Noether\n",
    "pairs of columns": "Group,Name 1,Email 1,Name 2,Email 2\nRed Team,Ada Lovelace,a@x.example,Bob Ray,b@x.example\n"
    "Blue,Emmy Noether,e@x.example,,\n",
    "with addresses": "Team,Members\nRed Team,Ada Lovelace <a@x.example>; Bob Ray <b@x.example>\nBlue,Emmy Noether <e@x.example>",
}  # fmt: skip


def letters(names) -> list[str]:
    return sorted("".join(sorted(name.replace(",", "").lower().split())) for name in names)


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_list_is_read_whatever_its_form(table: str, encoding: str) -> None:
    read = read_groups(TABLES[table].encode(encoding), "groups.csv")
    found = {group.name: letters(who.name for who in group.members) for group in read}
    assert found == {"Red Team": letters(["Ada Lovelace", "Bob Ray"]), "Blue": letters(["Emmy Noether"])}


def test_what_a_row_says_beside_a_name_is_kept() -> None:
    (red, blue) = read_groups(CANVAS.encode(), "groups.csv")
    assert [(who.ids, who.canvas) for who in red.members] == [(("s11", "alovel"), "4011"), (("s12", "bray"), "4012")]
    assert red.keys == {"redteam", "700"} and blue.keys == {"blue", "701"}
    worksheet = (
        "Identifier,Full name,Email address,Group\nParticipant 31,Ada L,a@x.example,A\nParticipant 32,Bo,b@x.example,A"
    )
    ((who, _),) = [group.members for group in read_groups(worksheet.encode(), "groups.csv")]
    assert (who.name, who.moodle, who.emails, who.ids) == ("Ada L", "31", ("a@x.example",), ())


def test_ids_or_addresses_alone_are_members() -> None:
    (group,) = read_groups(b"Group,Members\nA,ada bob\n", "groups.csv")
    assert [who.shown for who in group.members] == ["ada bob"]  # a name of two words
    (group,) = read_groups(b'Group,Members\nA,"ada, bob"\n', "groups.csv")
    assert [who.ids for who in group.members] == [("ada",), ("bob",)]
    one, two = read_groups(b"Member 1,Member 2\na@x.example,b@x.example\nc@x.example,\n", "groups.csv")
    assert ([who.shown for who in one.members], len(two.members)) == (["a@x.example", "b@x.example"], 1)


def test_several_groups_of_one_row_are_told_from_a_name_with_a_comma() -> None:
    read = read_groups(b'Name,Groups\nAda L,"A, B"\nBob R,A\nEmmy N,B\nLeo E,"Monday, 10 am"\n', "groups.csv")
    assert {group.name: [who.name for who in group.members] for group in read} == {
        "A": ["Ada L", "Bob R"], "B": ["Ada L", "Emmy N"], "Monday, 10 am": ["Leo E"],
    }  # fmt: skip


@pytest.mark.parametrize(
    "data", [b"", b"Group,Name\n", b"one,two\n1,2\n", b"Name,Email\nAda,a@x.example\n", b"\x00\x01\n\x00"]
)
def test_what_is_no_list_of_groups_is_refused_in_a_sentence(data: bytes) -> None:
    with pytest.raises(UsageError, match=r"groups\.csv: expected a"):
        read_groups(data, "groups.csv")


def test_a_group_is_called_by_its_number() -> None:
    assert [short(name) for name in ("Group 07", "Gruppe_7", "team-7", "7", "Équipe 7")] == ["7"] * 5


# ------------------------------------------------------------------ whose a submission is


def taken(folder: Path, table: str, **files: str) -> Intake:
    """What stands in ``files`` (path with __ for /), graded with the groups of ``table``."""
    for name, answer in files.items():
        path = folder / "class" / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_name(f"{path.name}.py").write_text(f"def distance(a, b):\n    return {answer}\n")
    return submissions([folder / "class"], SHEET, read_groups(table.encode(), "groups.csv"))


def answers(found: Intake) -> dict[str, str]:
    """Student -> what their function returns, or the problem."""
    return {s.student: s.problem or s.cells[0].source.rpartition("return ")[2].strip() for s in found.submissions}


TWO = (
    "Group,Name,Email,Login\nRed Team,Ada Lovelace,ada@uni.example,al1\nRed Team,Bob Ray,bob@uni.example,br2\n"
    "Blue,Emmy Noether,en@uni.example,en3\n"
)


@pytest.mark.parametrize(
    "folder", ["Red Team", "red_team", "Ada Lovelace", "Lovelace, Ada", "al1", "ada@uni.example", "ada", "br2_99"]
)
def test_one_submission_counts_for_each_member_and_says_so(tmp_path: Path, folder: str) -> None:
    found = taken(tmp_path, TWO, **{f"{folder}__sheet": "1", "en3__sheet": "3"})
    assert sorted(answers(found).values()) == ["1", "1", "3"] and len(found.submissions) == 3
    shared = [s for s in found.submissions if answers(found)[s.student] == "1"]
    for one, other in (shared, shared[::-1]):
        assert any(alias in other.origin.aliases for alias in ("al1", "br2"))
        assert one.notes[0].startswith("Handed in by a group: it counts for ") and one.notes[0].endswith(" as well.")
    assert {"al1", "br2", "en3"} <= {alias for s in found.submissions for alias in s.origin.aliases}
    assert not found.groups


def test_a_members_own_submission_is_theirs_alone(tmp_path: Path) -> None:
    found = taken(tmp_path, TWO, **{"Red Team__sheet": "1", "al1__sheet": "2"})
    assert answers(found) == {"al1": "2", "Bob Ray": "1"}
    assert (
        "Ada Lovelace handed in alone, and group Red Team something else; what was handed in alone counts."
        in found.groups
    )
    assert found.groups[0] in next(s for s in found.submissions if s.student == "al1").notes
    assert not any("counts for" in note for s in found.submissions for note in s.notes if "alone" not in note)


def test_the_same_handed_in_by_two_members_is_one_submission(tmp_path: Path) -> None:
    table = TWO.replace("Blue,Emmy", "Red Team,Emmy")
    found = taken(tmp_path, table, al1__sheet="1", br2__other="1")
    assert answers(found) == {"al1": "1", "br2": "1", "Emmy Noether": "1"} and not found.groups
    assert "for al1" not in found.submissions[0].notes[0] and "Emmy Noether" in found.submissions[1].notes[0]


def test_of_different_ones_nothing_is_guessed_for_who_handed_in_none(tmp_path: Path) -> None:
    table = TWO.replace("Blue,Emmy", "Red Team,Emmy")
    found = taken(tmp_path, table, al1__sheet="1", br2__sheet="2")
    assert (answers(found)["al1"], answers(found)["br2"]) == ("1", "2")
    problem = (
        "Different submissions may count for Emmy Noether, of group Red Team (al1 and br2); leave one, and grade again."
    )
    assert answers(found)["Emmy Noether"] == problem and problem in found.groups
    assert sum("handed in alone" in note for note in found.groups) == 2


def test_who_is_in_two_groups_is_said(tmp_path: Path) -> None:
    table = TWO + "Blue,Ada Lovelace,ada@uni.example,al1\n"
    found = taken(tmp_path / "one", table, Blue__sheet="3")
    assert answers(found) == {"Ada Lovelace": "3", "Emmy Noether": "3"}
    assert "Ada Lovelace is in groups Red Team and Blue." in found.groups
    found = taken(tmp_path / "two", table, **{"Blue__sheet": "3", "Red Team__sheet": "1"})
    assert answers(found)["Ada Lovelace"].startswith("Different submissions may count for Ada Lovelace")
    assert (answers(found)["Bob Ray"], answers(found)["Emmy Noether"]) == ("1", "3")


def test_a_group_without_a_submission_and_a_student_without_a_group_are_said(tmp_path: Path) -> None:
    found = taken(tmp_path, TWO, **{"Red Team__sheet": "1", "zoe__sheet": "9"})
    assert answers(found) == {"Ada Lovelace": "1", "Bob Ray": "1", "zoe": "9"}
    assert found.groups == (
        "zoe is in no group: counts for nobody else.",
        "Group Blue handed in nothing, so nothing was written for Emmy Noether.",
    )


def test_several_without_a_group_are_said_at_once(tmp_path: Path) -> None:
    found = taken(tmp_path, TWO, **{"Red Team__sheet": "1", "zoe__sheet": "9", "max__sheet": "8", "Blue__sheet": "3"})
    assert found.groups == ("max and zoe are in no group: count for nobody else.",)


def test_a_member_is_found_without_the_accents_of_the_name(tmp_path: Path) -> None:
    found = taken(tmp_path, "Team,Members\nRed,Anh Nguyen; Joerg Mueller\n", **{"Jörg Müller__sheet": "1"})
    assert answers(found) == {"Anh Nguyen": "1", "Jörg Müller": "1"}


def test_what_fits_two_is_nobodys_but_its_own(tmp_path: Path) -> None:
    table = "Group,Name,Login\nA,Ada Lovelace,a1\nA,Bob Ray,b1\nB,Ada Lovelace,a2\n"
    found = taken(tmp_path, table, **{"Ada Lovelace__sheet": "1"})
    assert answers(found) == {"Ada Lovelace": "1"}
    assert "Ada Lovelace may be Ada Lovelace (a1) or Ada Lovelace (a2): counts for nobody else." in found.groups


def test_equal_answers_of_two_groups_make_no_common_group(tmp_path: Path) -> None:
    found = taken(tmp_path, TWO, **{"Red Team__sheet": "1", "Blue__sheet": "1"})
    assert [s.notes for s in found.submissions if s.student == "Emmy Noether"] == [()]
    assert not any("Emmy" in note for s in found.submissions for note in s.notes)


def test_a_folder_called_by_the_groups_number(tmp_path: Path) -> None:
    table = "Gruppe,Name\n1,Ada Lovelace\n1,Bob Ray\n10,Emmy Noether\n"
    found = taken(tmp_path, table, **{"group_01__sheet": "1", "Team 10__sheet": "2"})
    assert answers(found) == {"Ada Lovelace": "1", "Bob Ray": "1", "Emmy Noether": "2"}


def archive(path: Path, names: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name, answer in names.items():
            source = f"def distance(a, b):\n    return {answer}\n"
            cells = [{"cell_type": "code", "metadata": {}, "source": source, "outputs": [], "execution_count": None}]
            file.writestr(name, json.dumps({"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}))
    return path


def test_canvas_names_the_group_and_its_number_reaches_each_member(tmp_path: Path) -> None:
    path = archive(tmp_path / "s.zip", {"redteam_4011_501_sheet.ipynb": "1", "blue_4013_502_sheet.ipynb": "2"})
    found = submissions([path], SHEET, read_groups(CANVAS.encode(), "groups.csv"))
    told = {s.student: (s.origin.platform, s.origin.user) for s in found.submissions}
    assert set(told.values()) == {("canvas", "4011"), ("canvas", "4012"), ("canvas", "4013")}
    assert len(answers(found)) == 3 and not [note for note in found.groups if "Euler" in note]


def test_moodles_copies_for_each_member_are_one_group(tmp_path: Path) -> None:
    names = {f"Red Team-{who}_assignsubmission_file_/sheet.ipynb": "1" for who in ("Ada Lovelace_31", "Bob Ray_32")}
    path = archive(tmp_path / "s.zip", names)
    found = submissions([path], SHEET, read_groups(MOODLE.encode(), "groups.csv"))
    assert [(s.student, s.origin.user) for s in found.submissions] == [("Ada Lovelace", "31"), ("Bob Ray", "32")]
    assert found.submissions[0].notes == ("Handed in by a group: it counts for Bob Ray as well.",)


def test_iliass_teams_need_no_list(tmp_path: Path) -> None:
    names = {
        "Abgaben/Team_1/Lovelace_Ada_alovel_101/sheet.ipynb": "1",
        "Abgaben/Team_1/Ray_Bob_bray_102/.keep": "0",
        "Abgaben/Team_2/Noether_Emmy_enoet_103/sheet.ipynb": "2",
    }
    found = submissions([archive(tmp_path / "s.zip", names)], SHEET)
    notes = {s.student: s.notes for s in found.submissions}
    assert notes["Ada Lovelace"] == ("Handed in by a group: it counts for Bob Ray as well.",)
    assert notes["Bob Ray"] == ("Handed in by a group: it counts for Ada Lovelace as well.",)
    assert notes["Emmy Noether"] == ()
