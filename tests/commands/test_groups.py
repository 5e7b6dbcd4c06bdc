"""`grade --groups`: one submission of a group reaches each member in every export."""

import csv
import io
from pathlib import Path

import pytest

from autograder.commands.exports import export_results
from autograder.commands.grade import grade_class
from tests.conftest import RIGHT, SUM

GROUPS = (
    "name,canvas_user_id,user_id,login_id,sections,group_name,canvas_group_id,group_id\n"
    '"Lovelace, Ada",4011,s11,ada@uni.example,S,Red Team,700,\n"Ray, Bob",4012,s12,bob@uni.example,S,Red Team,700,\n'
    '"Noether, Emmy",4013,s13,emmy@uni.example,S,Blue,701,\n"Euler, Leo",4014,s14,leo@uni.example,S,Green,702,\n'
)
FILES = {
    "canvas": "Student,ID,SIS User ID,SIS Login ID,Section,Small (5)\n    Points Possible,,,,,4\n"
    '"Lovelace, Ada",4011,s11,ada@uni.example,S,\n"Ray, Bob",4012,s12,bob@uni.example,S,\n'
    '"Noether, Emmy",4013,s13,emmy@uni.example,S,\n',
    "moodle": "Identifier,Full name,Email address,Grade,Maximum grade,Grade can be changed,Last modified (grade)\n"
    "Participant 1,Ada L.,ada@uni.example,,4.00,Yes,-\nParticipant 2,Bob R.,bob@uni.example,,4.00,Yes,-\n"
    "Participant 3,Emmy N.,emmy@uni.example,,4.00,Yes,-\n",
    "gradescope": "First Name,Last Name,SID,Email,Section\nAda,L,s11,a@x.example,\nBob,R,s12,b@x.example,\n"
    "Emmy,N,s13,e@x.example,\n",
}  # known by number, by address alone, by number alone
COLUMN = {"canvas": "Small (5)", "moodle": "Grade", "gradescope": "Total Score"}


@pytest.fixture(scope="module")
def graded(course: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("groups")
    for path, answer in {"red_team/small.py": RIGHT, "Blue/small.py": SUM, "zoe/small.py": SUM}.items():
        (folder / "in" / path).parent.mkdir(parents=True)
        (folder / "in" / path).write_text(answer)
    (folder / "groups.csv").write_text(GROUPS)
    assert (
        grade_class("small", [folder / "in"], out=folder / "out", course=course, jobs=1, groups=folder / "groups.csv")
        == 0
    )
    return folder / "out"


def test_each_member_has_a_report_a_page_and_a_row(graded: Path):
    rows = {
        row["student"]: row
        for row in csv.DictReader((graded / "grades.csv").read_text(encoding="utf-8-sig").splitlines())
    }
    assert set(rows) == {"Lovelace, Ada", "Ray, Bob", "Noether, Emmy", "zoe"}
    assert float(rows["Lovelace, Ada"]["mean_square"]) == float(rows["Ray, Bob"]["mean_square"]) == 1
    pages = {path.name: path.read_text() for path in (graded / "feedback").iterdir()}
    assert len(pages) == 4
    assert "Handed in by a group: it counts for Ray, Bob as well." in next(t for n, t in pages.items() if "Ada" in n)


@pytest.mark.parametrize("format_", FILES)
def test_each_member_has_the_grade_in_each_export(graded: Path, course: Path, tmp_path: Path, format_: str):
    template, to = tmp_path / "in.csv", tmp_path / "out.csv"
    template.write_text(FILES[format_])
    column = COLUMN["canvas"] if format_ == "canvas" else ""
    notes = export_results(graded, [format_], to, template=template, column=column, course=course)
    rows = list(csv.DictReader(io.StringIO(to.read_text(encoding="utf-8-sig"), newline="")))
    found = [row[COLUMN[format_]] for row in rows if row[COLUMN[format_]] not in ("", "4")]
    assert len(found) == 3 and found[0] == found[1] != found[2]
    assert [note for note in notes if "zoe" in note] and not [note for note in notes if "Ada" in note]


def test_the_run_says_what_was_not_as_usual(graded: Path, course: Path, capsys: pytest.CaptureFixture[str]):
    groups = graded.parent / "groups.csv"
    assert grade_class("small", [graded.parent / "in"], out=graded, course=course, jobs=1, groups=groups) == 0
    said = capsys.readouterr().out
    assert "Group Green handed in nothing, so nothing was written for Euler, Leo." in said
    assert "zoe is in no group: counts for nobody else." in said
    assert "Grading 0 submissions; 4 unchanged since the last run." in said
