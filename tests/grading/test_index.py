"""The index knows what the files say, whatever became of either; and nothing that is made of it needs all reports."""

import json
import sqlite3
import tempfile
from contextlib import nullcontext
from dataclasses import replace

import pytest

from autograder.formats import _parts, export, names, needs_whole
from autograder.grading import Marks, Results, Whole
from autograder.grading.index import _OTHERS, VERSION, Index, summarised
from autograder.model import CourseError, Finding, InternalError, Result, Status
from tests.formats import builders, test_moodle

CLASS = ("anna", "ben", "cem")


@pytest.fixture
def results(tmp_path):
    made = Results(tmp_path)
    for student in CLASS:
        made.save(builders.report(student), builders.sheet(), Marks())
    made.close()
    return made


def known(results):
    with Index(results.folder) as index:
        index.refresh()
        return index.summaries()


def test_what_a_run_has_changed_is_found_without_comparing_all_with_all(results):
    with Index(results.folder) as index:
        index.refresh()
        index.begin()
        for query in _OTHERS:
            steps = [step for *_, step in index._database.execute(f"explain query plan {query}")]
            (_, inner) = [step for step in steps if step.startswith(("SCAN", "SEARCH"))]
            assert inner.startswith("SEARCH"), steps


def test_it_says_of_each_report_what_the_class_page_needs(results):
    found, whole = known(results)["anna"], builders.report("anna")
    assert (found.score, found.status, found.versions, found.origin) == (
        whole.score, whole.status, whole.versions, whole.origin,
    )  # fmt: skip
    assert not any(f.detail or f.counterexample for r in found.results for f in r.findings)


def test_equal_results_of_several_students_are_one_object(results):
    found = known(results)
    assert found["anna"].results[0] is found["ben"].results[0]


@pytest.mark.parametrize("harm", ["missing", "damaged", "of another version", "empty"])
def test_it_is_made_anew_from_the_reports(results, harm):
    path, before = results.folder / "index.sqlite", known(results)
    if harm == "missing":
        path.unlink()
    elif harm == "of another version":
        with sqlite3.connect(path) as database:
            database.execute(f"pragma user_version = {VERSION + 1}")
        database.close()
    else:
        path.write_bytes(b"no database" * 1000 if harm == "damaged" else b"")
    assert known(results) == before


def test_a_report_that_was_changed_added_or_deleted_behind_its_back_is_noticed(results):
    known(results)
    folder = results.folder / "reports"
    (folder / "anna.json").unlink()
    (folder / "ben.json").write_text("{}")
    (folder / "dora.json").write_text((folder / "cem.json").read_text().replace('"cem"', '"dora"'))
    assert set(known(results)) == {"cem", "dora"}


def test_where_it_cannot_be_written_it_is_kept_in_memory(results):
    path = results.folder / "index.sqlite"
    path.unlink()
    path.mkdir()
    assert set(known(results)) == set(CLASS)


def test_who_looks_while_a_run_writes_sees_all_and_leaves_its_index_alone(results):
    running = Results(results.folder)
    running.save(builders.report("dora"), builders.sheet(), Marks())  # not committed before the run ends
    before = (results.folder / "index.sqlite").stat().st_ino
    assert set(known(results)) == {*CLASS, "dora"}
    assert (results.folder / "index.sqlite").stat().st_ino == before
    running.save(builders.report("emil"), builders.sheet(), Marks())
    running.close()
    assert set(known(results)) == {*CLASS, "dora", "emil"}


def test_where_the_disk_is_full_one_sentence_says_so_and_the_report_is_known_once_there_is_room(results):
    opened = Results(results.folder)
    opened._index._database.execute("pragma max_page_count = 1")  # as many as there are
    long = replace(builders.report("dora"), problem="x" * 10_000)
    with pytest.raises(
        InternalError, match=r"index.sqlite cannot be written: .*full. Make room there, or name another"
    ):
        opened.save(long, builders.sheet(), Marks())
    opened.close()
    assert known(results)["dora"].problem == long.problem


TEMPLATES = {"moodle": test_moodle.WORKSHEET.encode()}


@pytest.mark.parametrize("name", names())
def test_every_format_gives_the_same_bytes_as_from_whole_reports(results, name):
    template = TEMPLATES.get(name)
    opened = Results(results.folder)
    whole = [opened.read(student) for student in CLASS]
    summaries = [*opened.summaries().values()]
    given = Whole(opened, [report.student for report in summaries]) if needs_whole(name) else summaries
    made = export(name, given, builders.sheet(), template=template)
    assert made == export(name, whole, builders.sheet(), template=template)


def test_whole_reports_are_read_one_at_a_time(results, monkeypatch):
    alive = []
    shown = Results.shown
    monkeypatch.setattr(Results, "shown", lambda self, student: alive.append(student) or shown(self, student))
    reports = iter(Whole(Results(results.folder), CLASS))
    assert next(reports).student == "anna"
    assert alive == ["anna"]


@pytest.mark.parametrize("name", ["json", "junit", "gradescope"])
def test_a_class_is_written_while_it_is_read(results, monkeypatch, name):
    """``suites`` is where those of junit wait for the head."""
    at = []
    with tempfile.TemporaryFile() as file, tempfile.TemporaryFile() as suites:
        monkeypatch.setattr(tempfile, "TemporaryFile", lambda: nullcontext(suites))
        for method, read in (("shown", Results.shown), ("written", Results.written)):

            def noted(self, student, read=read):
                at.append(file.tell() + suites.tell())
                return read(self, student)

            monkeypatch.setattr(Results, method, noted)
        export(name, Whole(Results(results.folder), CLASS), builders.sheet()).made(file)
    assert at == sorted(at) and len(set(at)) == len(CLASS)


@pytest.mark.parametrize("audience", ["instructor", "student"])
@pytest.mark.parametrize("name", ["junit", "gradescope"])
def test_several_processes_make_the_same_bytes_of_a_large_class(results, monkeypatch, name, audience):
    opened = Results(results.folder)
    alone = export(name, Whole(opened, CLASS), builders.sheet(), audience=audience).data
    monkeypatch.setattr(_parts, "LARGE", 3)
    monkeypatch.setattr(_parts, "PART", 2)
    monkeypatch.setattr(_parts, "_cores", lambda: 2)
    monkeypatch.setattr(Results, "shown", None)  # nothing of it is read here but the first report, for the title
    whole = Whole(opened, CLASS)
    monkeypatch.setattr(Whole, "__getitem__", lambda self, at: builders.report(CLASS[at]))
    assert export(name, whole, builders.sheet(), audience=audience).data == alone


def test_a_report_of_a_large_class_that_has_gone_is_said(results, monkeypatch):
    monkeypatch.setattr(_parts, "LARGE", 3)
    monkeypatch.setattr(_parts, "_cores", lambda: 2)
    whole = Whole(Results(results.folder), CLASS)
    (results.folder / "reports" / "ben.json").unlink()
    with pytest.raises(CourseError, match=r"ben.json cannot be read .*run the same command again"):
        assert export("gradescope", whole, builders.sheet()).data


def test_a_report_in_other_bytes_is_exported_in_ours(results):
    whole = Whole(Results(results.folder), CLASS)
    expected = export("json", whole).data
    path = results.folder / "reports" / "ben.json"
    path.write_text(json.dumps(json.loads(path.read_text())))
    assert export("json", whole).data == expected
    assert export("json", Whole(Results(results.folder), CLASS)).data == expected


def test_json_of_a_class_on_disk_is_copied_and_nothing_is_read_for_it(results, monkeypatch):
    whole = Whole(Results(results.folder), CLASS)
    expected = export("json", [*whole]).data
    monkeypatch.setattr(Results, "shown", None)
    assert export("json", whole).data == expected


def test_json_of_a_class_is_what_json_itself_would_write():
    from autograder.formats import json as format_

    reports = [builders.report(student) for student in CLASS]
    trees = [json.loads(format_.render(report)) for report in reports]
    expected = json.dumps(trees, ensure_ascii=False, indent=1) + "\n"
    assert format_.render_class(reports).data.decode() == expected


def test_of_what_is_told_first_the_words_stay_and_nothing_else():
    def made(status, **more):
        said = {"message": "Said.", "hint": "A hint.", "tell": "Told.", "line": 7, "counterexample": "f(1)"}
        return Finding("a", status, 0.0, 1.0, **said, **more)

    failed, later, named = made(Status.FAILED), made(Status.FAILED), made(Status.FAILED, mistake="m")
    short = summarised(Result("x", "1", 4.0, (made(Status.PASSED), failed, later, named), answer="  text "))
    assert [(f.message, f.tell) for f in short.findings] == [("", ""), ("Said.", "Told."), ("", ""), ("Said.", "Told.")]
    assert {(f.hint, f.counterexample, f.detail, f.line) for f in short.findings} == {("", None, (), 0)}
    assert short.answer.strip()
    assert short.answer != "  text "
    assert summarised(Result("x", "1", 4.0, (failed,), answer="  ")).answer == ""
