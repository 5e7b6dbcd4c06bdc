"""When a student handed in goes from the platform's download to nbgrader's own penalty for being late."""

import csv
import io
import json
import os
import time
import zipfile

import pytest

from autograder.model import UsageError
from autograder.nbgrader.times import from_tables
from tests.conftest import RIGHT, SUM
from tests.nbgrader.conftest import NbCourse
from tests.nbgrader.test_plugins import CANVAS, MOODLE, SAFE, WORKSHEET, exported, notebook

pytestmark = pytest.mark.filterwarnings("ignore")  # nbgrader's own, at import

PLUGIN = '''
from nbgrader.plugins import BasePlugin


class PerDay(BasePlugin):
    """A tenth of the score for each day begun."""

    def late_submission_penalty(self, student_id, score, total_seconds_late):
        return score * 0.1 * -(-total_seconds_late // 86400)
'''
HEAD = "Identifier,Full name,Status,Grade,Maximum grade,Grade can be changed,Last modified (submission),Last modified (grade)"
GERMAN = (
    "ID,Vollständiger Name,Status,Bewertung,Bestwertung,Bewertung kann geändert werden,Zuletzt geändert (Abgabe),"
    "Zuletzt geändert (Bewertung)"
)


@pytest.fixture(autouse=True)
def berlin(monkeypatch):
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def download(nb: NbCourse, members, beside=(), name: str = "download.zip") -> None:
    """An archive of ``{name: (bytes, time of the entry)}`` and what the instructor put beside it."""
    folder = nb.root / "downloaded" / "small" / "archive"
    folder.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(folder / name, "w") as file:
        for member, (data, date) in members.items():
            file.writestr(zipfile.ZipInfo(member, date), data)
    for table, text in dict(beside).items():
        (folder / table).write_text(text, encoding="utf-8")


def moodle(name: str, number: int) -> str:
    return f"{name}_{number}_assignsubmission_file_/small.ipynb"


def collect(nb: NbCourse, plugin: list[str], *more: str) -> str:
    code, log = nb.run("zip_collect", "small", *plugin, *SAFE, *more)
    assert code == 0, log
    return log


def stamps(nb: NbCourse) -> dict[str, str]:
    found = sorted((nb.root / "submitted").glob("*/small/timestamp.txt"))
    return {path.parts[-3]: path.read_text().strip() for path in found}


def due(nb: NbCourse, date: str) -> None:
    with nb.gradebook() as gradebook:
        gradebook.update_or_create_assignment("small", duedate=date)


DAY = (2026, 1, 5, 12, 0, 0)  # of the download


@pytest.mark.parametrize(
    ("head", "dates"),
    [
        (HEAD, ["Friday, 2 January 2026, 11:59 PM", "Saturday, 3 January 2026, 12:01 AM"]),
        (GERMAN, ["Freitag, 2. Januar 2026, 23:59", "Samstag, 3. Januar 2026, 00:01"]),
    ],
)
def test_moodles_worksheet_beside_the_archive_says_when(nb, head, dates):
    rows = [f'Participant {n},x,-,,4.00,Yes,"{date}",-' for n, date in zip((11, 12), dates, strict=True)]
    members = {moodle("Alice Doe", 11): (notebook(nb, RIGHT), DAY), moodle("Bob Ray", 12): (notebook(nb, SUM), DAY)}
    download(nb, members, {"worksheet.csv": "\n".join([head, *rows, "Participant 13,y,-,,4.00,Yes,-,-", ""])})
    log = collect(nb, MOODLE)
    assert stamps(nb) == {"Alice-Doe_11": "2026-01-02 22:59:00", "Bob-Ray_12": "2026-01-02 23:01:00"}
    assert "worksheet.csv says when 2 of 2 students handed in." in log
    assert "worksheet.csv was left out" not in log


@pytest.mark.parametrize(
    "said",
    [
        "vendredi 2 janvier 2026, 23:59",
        "viernes, 2 de enero de 2026, 23:59",
        "piątek, 2 stycznia 2026, 23:59",
        "2026年 1月 2日(金曜日) 23:59",
        "2026-01-02 23:59",
    ],
)
def test_a_date_is_read_in_the_language_of_the_worksheet(tmp_path, said):
    path = tmp_path / "worksheet.csv"
    path.write_text(f'{HEAD}\nParticipant 11,x,-,,4.00,Yes,"{said}",-\n')
    assert {who: str(when) for who, when in from_tables([path]).items()} == {"11": "2026-01-02 22:59:00"}


@pytest.mark.parametrize("mark", ",;\t")
def test_a_table_may_have_any_delimiter(tmp_path, mark):
    path = tmp_path / "times.csv"
    path.write_text("\ufeffTimestamp,Student\n2026-01-02 11:00:00 UTC,11\n,12\n".replace(",", mark))
    assert {who: str(when) for who, when in from_tables([path]).items()} == {"11": "2026-01-02 11:00:00"}


def test_a_table_that_says_nothing_is_named(nb):
    download(nb, {moodle("Alice Doe", 11): (notebook(nb, RIGHT), DAY)}, {"list.csv": "name,email\nAlice Doe,a@x.org\n"})
    assert "list.csv says of nobody when they handed in." in collect(nb, MOODLE)


def test_a_date_that_cannot_be_read_is_no_guess(tmp_path):
    path = tmp_path / "worksheet.csv"
    path.write_text(f'{HEAD}\nParticipant 11,x,-,,4.00,Yes,"Monday, 2 January 2026, 11:59 PM",-\n')
    with pytest.raises(UsageError, match="in no language"):
        from_tables([path])


def test_times_of_entries_count_where_they_cannot_be_of_the_download(nb):
    members = {
        moodle("Alice Doe", 11): (notebook(nb, RIGHT), (2026, 1, 2, 12, 0, 0)),
        moodle("Bob Ray", 12): (notebook(nb, SUM), (2026, 1, 3, 13, 30, 0)),
    }
    download(nb, members)
    assert "those of the archive's entries" in collect(nb, MOODLE)
    assert stamps(nb) == {"Alice-Doe_11": "2026-01-02 11:00:00", "Bob-Ray_12": "2026-01-03 12:30:00"}


def test_the_time_of_the_download_makes_nobody_late(nb):
    members = {
        moodle("Alice Doe", 11): (notebook(nb, RIGHT), DAY),
        moodle("Bob Ray", 12): (notebook(nb, SUM), (2026, 1, 5, 12, 20, 0)),
    }
    download(nb, members)
    log = collect(nb, MOODLE)
    assert stamps(nb) == {} and "2 of 2 have no time of handing in" in log


def test_a_students_own_table_says_nothing(nb):
    members = {moodle("Alice Doe", 11): (notebook(nb, RIGHT), DAY)}
    lie = "student,timestamp\n11,2020-01-01 00:00:00 UTC\n"
    download(nb, members, {"Alice Doe_11_assignsubmission_file_times.csv": lie})
    collect(nb, MOODLE)
    assert stamps(nb) == {}


def test_canvas_says_who_was_late_and_its_interface_when(nb):
    due(nb, "2026-01-02 12:00:00 UTC")
    members = {
        "doealice_4711_9001_small.ipynb": (notebook(nb, RIGHT), DAY),
        "raybob_LATE_4712_9002_small.ipynb": (notebook(nb, RIGHT), DAY),
    }
    download(nb, members)
    assert "Canvas marked raybob_4712 as late, which counts as a second after the due date" in collect(nb, CANVAS)
    assert stamps(nb) == {"raybob_4712": "2026-01-02 12:00:01"}
    said = [
        {"user_id": 4711, "submitted_at": "2026-01-02T11:00:00Z"},
        {"user_id": 4712, "submitted_at": "2026-01-04T13:00:00Z"},
    ]
    download(nb, members, {"submissions.json": json.dumps(said)})
    collect(nb, CANVAS, "--force")
    assert stamps(nb) == {"doealice_4711": "2026-01-02 11:00:00", "raybob_4712": "2026-01-04 13:00:00"}


def test_who_is_late_by_the_time_of_the_entry_is_not_said_to_be_a_second_late(nb):
    due(nb, "2026-01-02 12:00:00 UTC")
    members = {
        "doealice_LATE_4711_9001_small.ipynb": (notebook(nb, RIGHT), (2026, 1, 5, 10, 0, 0)),
        "raybob_LATE_4712_9002_small.ipynb": (notebook(nb, RIGHT), (2026, 1, 1, 10, 0, 0)),
        "zoe_4713_9003_small.ipynb": (notebook(nb, RIGHT), (2026, 1, 1, 10, 0, 0)),
    }
    download(nb, members)
    assert "Canvas marked raybob_4712 as late, which counts as a second after" in collect(nb, CANVAS)
    assert stamps(nb)["doealice_4711"].startswith("2026-01-05 ")


def test_nbgraders_own_penalty_takes_the_days_off(nb):
    due(nb, "2026-01-02 12:00:00 UTC")
    (nb.root / "per_day.py").write_text(PLUGIN)
    config = nb.root / "nbgrader_config.py"
    config.write_text(config.read_text() + '\nc.AssignLatePenalties.plugin_class = "per_day.PerDay"\n')
    times = "student,timestamp\n11,2026-01-02 11:00:00 UTC\n12,2026-01-04 13:00:00 UTC\nZoe-Fox_13,2026-01-02 12:30:00 UTC\n"
    people = (("Alice Doe", 11), ("Bob Ray", 12), ("Zoe Fox", 13))
    download(nb, {moodle(*who): (notebook(nb, RIGHT), DAY) for who in people}, {"times.csv": times})
    collect(nb, MOODLE)
    code, log = nb.run("autograde", "small")
    assert code == 0, log
    rows = csv.DictReader(io.StringIO(exported(nb, "ExerciseExporter")[2].removeprefix("\ufeff")))
    assert {r["student"]: r["score"] for r in rows} == {"Alice-Doe_11": "1", "Bob-Ray_12": "0.7", "Zoe-Fox_13": "0.9"}


def test_a_resubmission_keeps_what_was_there_before(nb):
    bob = {moodle("Bob Ray", 12): (notebook(nb, SUM), DAY)}
    times = "student,timestamp\n11,2026-01-02 11:00:00 UTC\n"
    download(nb, {moodle("Alice Doe", 11): (notebook(nb, SUM), DAY), **bob}, {"times.csv": times})
    collect(nb, MOODLE)
    download(
        nb, {moodle("Alice Doe", 11): (notebook(nb, RIGHT), DAY), **bob}, {"times.csv": times.replace("11:00", "13:00")}
    )
    assert "What Alice-Doe_11 handed in earlier is kept in" in collect(nb, MOODLE, "--force")
    assert nb.path("submitted", "Alice-Doe_11").read_bytes() == notebook(nb, RIGHT)
    assert stamps(nb) == {"Alice-Doe_11": "2026-01-02 13:00:00"}
    earlier = nb.root / "downloaded" / "small" / "earlier"
    assert sorted(str(path.relative_to(earlier)) for path in earlier.rglob("*") if path.is_file()) == [
        "Alice-Doe_11/2026-01-02 11.00.00/small.ipynb",
        "Alice-Doe_11/2026-01-02 11.00.00/timestamp.txt",
    ]
    download(nb, {moodle("Alice Doe", 11): (notebook(nb, SUM), DAY)}, {"times.csv": times})
    assert "has a later one" in collect(nb, MOODLE, "--force")
    assert nb.path("submitted", "Alice-Doe_11").read_bytes() == notebook(nb, RIGHT)


def test_a_link_among_what_was_collected_is_not_kept(nb, tmp_path):
    download(nb, {moodle("Alice Doe", 11): (notebook(nb, SUM), DAY)})
    collect(nb, MOODLE)
    (tmp_path / "secret").write_text("secret")
    os.symlink(tmp_path / "secret", nb.path("submitted", "Alice-Doe_11").with_name("link.txt"))
    download(nb, {moodle("Alice Doe", 11): (notebook(nb, RIGHT), DAY)})
    collect(nb, MOODLE, "--force")
    kept = [path for path in (nb.root / "downloaded" / "small" / "earlier").rglob("*") if path.is_file()]
    assert [path.name for path in kept] == ["small.ipynb"]


def test_who_handed_in_a_pdf_has_a_row_that_says_so(nb):
    name = "Eve Mae_13_assignsubmission_file_/answers.pdf"
    download(nb, {moodle("Alice Doe", 11): (notebook(nb, RIGHT), DAY), name: (b"%PDF-1.7", DAY)})
    collect(nb, MOODLE)
    code, log = nb.run("autograde", "small")
    assert code == 0, log
    assert nb.scores() == {"Alice-Doe_11": 1, "Eve-Mae_13": 0}
    assert "PDF" in nb.comments("Eve-Mae_13")["mean_square"]
    (nb.root / "worksheet.csv").write_text(WORKSHEET)
    _, log, text = exported(nb, "MoodleExporter", "--MoodleExporter.template=worksheet.csv")
    assert "gets 0: A notebook or Python file was expected, but this is a PDF." in log
    assert "<ul><li>A notebook or Python file was expected, but this is a PDF." in text
    assert text.count("PDF") == 1
