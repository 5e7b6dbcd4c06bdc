"""Archives of Moodle and Canvas in, their grade files out, with nbgrader's own commands."""

import csv
import io
import json
import zipfile

import pytest

from tests.conftest import RIGHT, SUM
from tests.nbgrader.conftest import NbCourse, cell

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

MOODLE = ["--ZipCollectApp.collector_plugin=autograder.nbgrader.MoodleCollector"]
CANVAS = ["--ZipCollectApp.collector_plugin=autograder.nbgrader.CanvasCollector"]
SAFE = ["--ZipCollectApp.extractor_plugin=autograder.nbgrader.SafeExtractor"]
WORKSHEET = (
    "\ufeffIdentifier,Full name,Email address,Status,Grade,Maximum grade,Grade can be changed,"
    "Last modified (submission),Last modified (grade),Feedback comments\r\n"
    'Participant 11,"Doe, Alice",alice@x.org,Submitted,,4.00,Yes,"Friday, 2 January 2026",-,\r\n'
    "Participant 12,Bob Ray,bob@x.org,Submitted,,4.00,Yes,-,-,keep me\r\n"
    "Participant 13,Eve Mae,eve@x.org,No submission,,4.00,Yes,-,-,\r\n"
)
GRADEBOOK = (
    "Student,ID,SIS Login ID,Section,A small sheet (77),Current Score\r\n"
    "    Points Possible,,,,4,(read only)\r\n"
    '"Doe, Alice",4711,alice,A,,90\r\n'
    '"Ray, Bob",4712,bob,A,EX,80\r\n'
)


def archive(nb: NbCourse, members: dict[str, bytes]) -> None:
    path = nb.root / "downloaded" / "small" / "archive" / "submissions.zip"
    path.parent.mkdir(parents=True)
    with zipfile.ZipFile(path, "w") as file:
        for name, data in members.items():
            file.writestr(name, data)


def notebook(nb: NbCourse, source: str) -> bytes:
    made = json.loads(nb.path("release").read_text())
    cell(made, "mean_square")["source"] = source
    return json.dumps(made).encode()


def fill(nb: NbCourse, scores: dict[str, float], pending: str = "") -> None:
    """Submissions with these scores, as if they had been graded."""
    with nb.gradebook() as gradebook:
        for student, score in scores.items():
            gradebook.update_or_create_student(student)
            for grade in gradebook.add_submission("small", student).notebooks[0].grades:
                grade.auto_score = score if grade.name == "mean_square-check" else 3 * score
                grade.needs_manual_grade = student == pending
        gradebook.db.commit()


def exported(nb: NbCourse, exporter: str, *arguments: str) -> tuple[int, str, str]:
    target = nb.root / "out.csv"
    code, log = nb.run("export", f"--exporter=autograder.nbgrader.{exporter}", "--to", str(target), *arguments)
    return code, log, target.read_bytes().decode() if target.is_file() else ""


def test_moodles_archive_is_collected(nb):
    archive(
        nb,
        {
            "Alice Doe_11_assignsubmission_file_/my work.ipynb": notebook(nb, RIGHT),
            "Alice Doe_11_assignsubmission_file_/notes.pdf": b"%PDF",
            "Bob Ray_12_assignsubmission_file_/small.ipynb": notebook(nb, SUM),
            "../../escape.ipynb": b"{}",
        },
    )
    code, log = nb.run("zip_collect", "small", *MOODLE, *SAFE)
    assert code == 0, log
    assert nb.path("submitted", "Alice-Doe_11").read_bytes() == notebook(nb, RIGHT)
    assert nb.path("submitted", "Bob-Ray_12").is_file()
    assert "its name leads out of the archive" in log and "notes.pdf was left out" in log
    assert not list(nb.root.parent.glob("escape*")) and len(list((nb.root / "submitted").iterdir())) == 2


def test_of_several_uploads_to_canvas_the_last_one_is_collected(nb):
    archive(
        nb,
        {
            "doealice_4711_9001_small.ipynb": notebook(nb, SUM),
            "doealice_LATE_4711_9002_small-1.ipynb": notebook(nb, RIGHT),
            "raybob_4712_9000_small.ipynb": notebook(nb, SUM),
        },
    )
    code, log = nb.run("zip_collect", "small", *CANVAS, *SAFE)
    assert code == 0, log
    assert nb.path("submitted", "doealice_4711").read_bytes() == notebook(nb, RIGHT)
    assert nb.path("submitted", "raybob_4712").is_file()
    assert "doealice_4711_9001_small.ipynb was left out" in log


def test_an_archive_of_too_many_files_is_refused_by_name(nb):
    archive(nb, {f"x_{i}_assignsubmission_file_/small.ipynb": b"" for i in range(10_001)})
    with pytest.raises(Exception, match=r"submissions.zip.*10000"):
        nb.run("zip_collect", "small", *MOODLE, *SAFE)
    assert not (nb.root / "submitted").exists()


def test_moodles_worksheet_is_filled_and_nothing_else_changes(nb):
    (nb.root / "worksheet.csv").write_bytes(WORKSHEET.encode())
    fill(nb, {"Alice-Doe_11": 0.5, "Bob-Ray_12": 0.25, "Zoe_99": 1}, pending="Zoe_99")
    code, log, text = exported(nb, "MoodleExporter", "--MoodleExporter.template=worksheet.csv")
    assert code == 0, log
    before, after = (list(csv.reader(io.StringIO(t.removeprefix("\ufeff")))) for t in (WORKSHEET, text))
    assert [row[4] for row in after[1:]] == ["2", "1", ""]
    kept = [i for i in range(10) if i not in (4, 9)]
    assert [[row[i] for i in kept] for row in after] == [[row[i] for i in kept] for row in before]
    assert after[2][9].startswith("keep me") and "Autograder: 1 of 4 points" in after[2][9]
    assert "Zoe_99" in log and "Eve Mae" in log


def test_canvass_gradebook_is_filled(nb):
    (nb.root / "canvas_in.csv").write_bytes(GRADEBOOK.encode())
    fill(nb, {"doealice_4711": 0.5, "raybob_4712": 1})
    options = ["--CanvasExporter.template=canvas_in.csv", "--CanvasExporter.column=A small sheet"]
    code, log, text = exported(nb, "CanvasExporter", *options)
    assert code == 0, log
    assert text == GRADEBOOK.replace("alice,A,,90", "alice,A,2,90")
    assert "excused" in log


def test_gradescopes_roster_gets_extra_credit_too(nb):
    (nb.root / "roster.csv").write_text("Name,SID,Email\nAlice Doe,s1,alice@x.org\nBob Ray,s2,bob@x.org\n")
    fill(nb, {"alice": 0.5})
    with nb.gradebook() as gradebook:
        gradebook.find_grade("mean_square-check", "small", "small", "alice").extra_credit = 0.25
        gradebook.update_or_create_student("alice", email="alice@x.org")
        gradebook.db.commit()
    code, log, text = exported(nb, "GradescopeExporter", "--GradescopeExporter.template=roster.csv")
    assert code == 0, log
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(row["SID"], row["Total Score"], row["Status"]) for row in rows] == [
        ("s1", "2.25", "Graded"),
        ("s2", "", "Missing"),
    ]
    assert "Bob Ray" in log


def test_without_a_file_canvas_gets_a_new_one(nb):
    fill(nb, {"alice": 0.5})
    code, log, text = exported(nb, "CanvasExporter")
    assert code == 0, log
    assert "alice" in text.splitlines()[2] and text.splitlines()[2].endswith(",2")


def test_a_table_with_one_column_per_exercise(nb):
    fill(nb, {"alice": 0.5, "bob": 1}, pending="bob")
    code, log, text = exported(nb, "ExerciseExporter")
    assert code == 0, log
    rows = list(csv.DictReader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [(r["student"], r["status"], r["score"], r["mean_square"], r["essay"]) for r in rows] == [
        ("alice", "graded", "2", "0.5", "1.5"),
        ("bob", "pending", "4", "1", "3"),
    ]


def test_a_late_penalty_is_taken_off(nb):
    fill(nb, {"alice": 1})
    with nb.gradebook() as gradebook:
        gradebook.find_submission("small", "alice").notebooks[0].late_submission_penalty = 1.5
        gradebook.db.commit()
    assert csv.DictReader(io.StringIO(exported(nb, "ExerciseExporter")[2])).__next__()["score"] == "2.5"
