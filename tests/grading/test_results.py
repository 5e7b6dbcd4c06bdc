"""The folder of results: what is written where, and what is read back."""

from dataclasses import replace

from autograder.grading import Results, summary
from tests.formats.builders import classroom, sheet

SHEET = sheet()


def test_a_report_is_written_with_its_page_and_read_back(tmp_path):
    results = Results(tmp_path)
    report = classroom()[0]
    assert results.load() == {} and not results.has_page(report)
    results.save(report, SHEET)
    assert results.has_page(report)
    assert results.load() == {report.student: report}
    assert (tmp_path / "reports").is_dir() and (tmp_path / "feedback").is_dir()


def test_a_page_comes_before_its_report(tmp_path, monkeypatch):
    from autograder.grading import files

    written = []
    monkeypatch.setattr(files, "write", lambda path, content: written.append(path.parent.name))
    Results(tmp_path).save(classroom()[0], SHEET)
    assert written == ["feedback", "reports"]


def test_a_damaged_report_is_as_good_as_none_and_hides_no_other(tmp_path):
    results = Results(tmp_path)
    anna, ben, *_ = (replace(report, student=name) for report, name in zip(classroom(), ("anna", "ben"), strict=False))
    for report in (anna, ben):
        results.save(report, SHEET)
    (tmp_path / "reports" / "anna.json").write_bytes(b"{")
    (tmp_path / "reports" / "aaron.json").mkdir()
    assert set(results.load()) == {"ben"}


def test_a_class_is_written_in_the_order_of_its_students(tmp_path):
    results = Results(tmp_path)
    assert results.page.parent == results.marks.parent == tmp_path
    reports = [replace(classroom()[0], student=name) for name in ("carl", "anna", "ben")]
    results.finish(reports, SHEET)
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
