"""The folder of results: what is written where, and what is read back."""

import re
from dataclasses import replace
from pathlib import Path

from autograder.grading import Marks, Results, summary
from autograder.grading.marks import WHOLE, Mark, answered
from tests.formats import builders
from tests.formats.builders import classroom, sheet

SHEET = sheet()


def test_a_report_is_written_with_its_page_and_read_back(tmp_path):
    results = Results(tmp_path)
    report = classroom()[0]
    assert results.load() == {} and not results.has_page(report)
    results.save(report, SHEET, Marks())
    assert results.has_page(report)
    assert results.load() == {report.student: report}
    assert (tmp_path / "reports").is_dir() and (tmp_path / "feedback").is_dir()


def test_a_page_comes_before_its_report(tmp_path, monkeypatch):
    from autograder.grading import files

    written, real = [], files.renew
    monkeypatch.setattr(files, "renew", lambda path, content: (written.append(path.parent.name), real(path, content)))
    Results(tmp_path).save(classroom()[0], SHEET, Marks())
    assert written == ["feedback", "reports"]


def test_a_damaged_report_is_as_good_as_none_and_hides_no_other(tmp_path):
    results = Results(tmp_path)
    anna, ben, *_ = (replace(report, student=name) for report, name in zip(classroom(), ("anna", "ben"), strict=False))
    for report in (anna, ben):
        results.save(report, SHEET, Marks())
    (tmp_path / "reports" / "anna.json").write_bytes(b"{")
    (tmp_path / "reports" / "aaron.json").mkdir()
    assert set(results.load()) == {"ben"}


def test_a_class_is_written_in_the_order_of_its_students(tmp_path):
    results = Results(tmp_path)
    assert results.page.parent == results.marks.parent == tmp_path
    for name in ("carl", "anna", "ben"):
        results.save(replace(classroom()[0], student=name), SHEET, Marks())
    results.finish(SHEET)
    rows = (tmp_path / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    assert [row.partition(",")[0] for row in rows[1:]] == ["anna", "ben", "carl"]
    page = results.page.read_text()
    assert page.index("anna") < page.index("ben") < page.index("carl")


def test_a_class_in_numbers_names_the_statuses_that_there_are():
    reports = classroom()
    found = summary(reports)
    assert sum(found.values()) == len(reports)
    assert found == {
        s: n for s in ("graded", "pending", "unreadable", "broken") if (n := [r.status for r in reports].count(s))
    }
    assert summary([]) == {}


def run(folder: Path, *students: str, good: bool = False, ends: bool = True) -> str:
    """What a run of the grader does with the folder; returns the class page."""
    results = Results(folder)
    results.begin()
    for student in students:
        results.save(builders.report(student, good=good), SHEET, Marks())
    if ends:
        results.finish(SHEET)
        results.end()
        results.close()
    else:
        results._index._database.close()  # as a killed process leaves it: what was not committed is gone
    return results.page.read_text() if results.page.exists() else ""


def what_changed(page: str) -> list[str]:
    start = page.find("<h2>What changed</h2>")
    return re.findall(r"<summary>(.*?)</summary>", page[start : page.index("<h2>Scores</h2>")]) if start >= 0 else []


def test_the_class_page_says_what_the_last_run_changed(tmp_path):
    assert what_changed(run(tmp_path, "anna", "ben")) == []  # nothing was there before
    changed = run(tmp_path, "ben", "carl", good=True)
    assert what_changed(changed) == ["New: <b>1</b> student", "More points: <b>1</b> student"]
    assert run(tmp_path) == run(tmp_path, "ben", good=True) == changed  # a run that changes nothing changes no byte
    assert what_changed(run(tmp_path, "carl")) == ["Fewer points: <b>1</b> student"]


def test_a_run_that_was_killed_and_goes_on_says_what_both_changed(tmp_path):
    run(tmp_path, "anna", "ben")
    run(tmp_path, "anna", good=True, ends=False)
    assert what_changed(run(tmp_path, "ben", good=True)) == ["More points: <b>2</b> students"]


def test_a_first_run_that_was_killed_and_goes_on_finds_nobody_new(tmp_path):
    run(tmp_path, "anna", ends=False)
    assert what_changed(run(tmp_path, "ben")) == []


def test_what_a_person_marks_after_a_run_is_no_change_of_it(tmp_path):
    run(tmp_path, "anna")
    results = Results(tmp_path)
    results.save(builders.report("anna", good=True), SHEET, Marks())
    results.finish(SHEET)
    results.close()
    assert what_changed(results.page.read_text()) == []


def test_without_the_index_the_page_says_nothing_of_a_change(tmp_path):
    run(tmp_path, "anna")
    assert what_changed(run(tmp_path, "anna", good=True))
    (tmp_path / "index.sqlite").unlink()
    assert what_changed(run(tmp_path)) == []


def test_marks_that_are_taken_back_leave_the_report_as_it_was(tmp_path):
    results = Results(tmp_path)
    report = classroom()[0]
    results.save(report, SHEET, Marks())
    path = next((tmp_path / "reports").iterdir())
    before = path.read_bytes()
    first = report.results[0]
    text = answered(report, first, SHEET.exercise(first.id))
    given = Marks({(report.student, first.id, WHOLE): Mark(0.0, "copied", text)})
    results.publish(SHEET, given)
    assert b"A person gave 0 of 5. copied" in path.read_bytes()
    results.publish(SHEET, Marks())
    assert path.read_bytes() == before
    assert results.load()[report.student] == report
    page = (tmp_path / "index.html").read_bytes()
    results.publish(SHEET, Marks())
    assert (tmp_path / "index.html").read_bytes() == page
