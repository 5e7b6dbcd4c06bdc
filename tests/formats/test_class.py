"""What the class's page counts."""

import dataclasses

from autograder.formats import needs_whole
from autograder.formats._cells import table
from autograder.formats._class import _loss, ordered
from autograder.formats._match import report_keys
from autograder.formats._summary import fix_first
from autograder.formats._worksheet import in_english
from autograder.model import Finding, Origin, Status
from tests.formats import builders


def test_broken_ones_come_before_unreadable_ones_and_these_before_all_others():
    reports = [builders.report("a"), builders.unreadable("b"), builders.report("c", broken=True)]
    assert [report.student for report in ordered(reports)] == ["c", "b", "a"]


def test_causes_are_ordered_by_the_points_they_cost_and_not_by_how_often_they_did():
    loss = _loss("kl", "1", 10.0, {"often": [0.5, 0.5, 0.5], "dear": [2.0], "also dear": [1.0, 1.0]})
    assert [cause for cause, _, _ in loss.causes] == ["also dear", "dear", "often"]
    assert loss.lost == 5.5


def test_a_platform_that_names_no_user_gives_no_key():
    report = dataclasses.replace(builders.report("ada"), origin=Origin("canvas", ""))
    assert report_keys(report, "canvas")[0] == frozenset()
    assert report_keys(dataclasses.replace(report, origin=Origin("canvas", "7")), "canvas")[0] == {"7"}
    assert report_keys(dataclasses.replace(report, origin=Origin("moodle", "7")), "canvas")[0] == frozenset()


def test_a_failed_check_that_cost_nothing_is_not_to_be_fixed_first():
    report = builders.report("a")
    fixes = fix_first(report, most=20)
    result = next(fix.result for fix in fixes)
    free = dataclasses.replace(
        result, findings=(Finding("c", Status.FAILED, 0, 0), builders.passed("d", result.possible))
    )
    assert free.score == free.possible
    others = tuple(free if r.id == result.id else r for r in report.results)
    assert result.id not in {fix.result.id for fix in fix_first(dataclasses.replace(report, results=others), most=20)}


def test_a_table_whose_first_column_has_no_numbers_is_no_worksheet():
    text = "a,b,c,d,e,f,g\nx,Ada,y,z,3.00,20.00,-\n"
    book = table(text.encode(), "w.csv", lambda header: True, "")
    assert in_english(book) is None
    numbered = in_english(table(text.replace("x,Ada", "x 1,Ada").encode(), "w.csv", lambda header: True, ""))
    assert numbered is not None and numbered.header[:2] == ("identifier", "full name")


def test_a_column_behind_the_grade_says_no_where_it_holds_one():
    text = "a,b,c,d,e,f,g,h,i\nx 1,Ada,y,z,3.00,20.00,later,Nein,-\nx 2,Jan,y,z,3.00,20.00,later,Ja,-\n"
    book = in_english(table(text.encode(), "w.csv", lambda header: True, ""))
    assert book is not None and book.header.index("grade can be changed") == 7


def test_json_is_made_of_whole_reports_and_the_table_of_summaries():
    assert needs_whole("json") and not needs_whole("csv")
