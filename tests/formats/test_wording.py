"""What outputs say of points and exercises, and the small decisions that every page shares."""

import dataclasses
import io
import xml.etree.ElementTree as ET
import zipfile

import pytest

from autograder.formats import export, gradescope, junit
from autograder.formats._class import overview
from autograder.formats._plain import plain
from autograder.formats._said import in_all, of_exercise, worth
from autograder.formats._summary import fix_first, later_points, pending_points
from autograder.formats._words import begun, points, spoken, state, unit
from autograder.formats.markdown import _code
from autograder.model import IN_PROGRESS, NOT_STARTED, Finding, Report, Result, Status
from tests.formats import builders


def finding(status=Status.PASSED, earned=0.0, possible=1.0, **options):
    return Finding("c", status, earned, possible, **options)


def result(*findings, possible=None, id="e"):
    return Result(id, "1", sum(f.possible for f in findings) if possible is None else possible, findings)


def report(*results, **options):
    return Report("s", "anna", "", "", results, sum(r.possible for r in results), **options)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (None, "–"),
        (0.0, "0"),
        (-0.0, "0"),
        (-0.001, "0"),
        (1.0, "1"),
        (1.5, "1.5"),
        (1.255, "1.25"),
        (10.0, "10"),
        (-1, "-1"),
    ],
)
def test_points_are_written_as_people_do(value, said):
    assert points(value) == said


def test_several_slips_are_said_as_a_list():
    assert spoken("kl_wrong_way+half-missing") == "kl wrong way, half missing"


def test_one_point_is_no_points():
    assert [unit(v) for v in (1.0, 1.001, 0.0, 2.0, -1.0)] == ["point", "point", "points", "points", "points"]


def test_an_exercise_is_as_its_gravest_finding():
    order = [Status.BROKEN, Status.FAILED, Status.PENDING, Status.SKIPPED, Status.PASSED]
    for i, status in enumerate(order):
        assert state(result(*(finding(s) for s in reversed(order[i:])))) is status
    assert state(result()) is Status.PASSED


def test_what_was_begun_is_told_by_its_skipped_finding():
    assert begun(result(finding(), finding(Status.SKIPPED, mistake=NOT_STARTED))) == ("○", "not started")
    assert begun(finding(Status.SKIPPED, mistake=IN_PROGRESS)) == ("◐", "in progress")
    assert begun(finding(Status.FAILED, mistake=IN_PROGRESS)) is None
    assert begun(finding(Status.SKIPPED, mistake="m")) is None


def test_an_exercise_in_one_line():
    assert of_exercise(result(finding(earned=1.0))) == "1 of 1"
    waiting = result(finding(earned=1.0), finding(Status.PENDING, 0.5, 2.0))
    assert of_exercise(waiting) == "1.5 of 3; up to 1.5 more when a person has read it"
    assert (
        of_exercise(result(finding(earned=1.0), possible=3.0))
        == "all public checks pass; 2 of 3 points are decided when graded"
    )
    failing = result(finding(Status.FAILED), possible=2.0)
    assert of_exercise(failing) == "0 of 1; 1 of 2 points is decided when graded"
    assert (
        of_exercise(result(finding(Status.SKIPPED, possible=0.0), possible=2.0))
        == "its 2 points are decided when graded"
    )
    assert of_exercise(result(finding(Status.BROKEN), possible=2.0)) == "– of 2"
    assert of_exercise(result(finding(Status.BROKEN), finding(Status.PENDING))) == "– of 2"
    assert of_exercise(result(finding(Status.SKIPPED, mistake=NOT_STARTED))) == "not started (1 point)"


def test_a_report_in_one_line():
    assert in_all(report(result(finding(earned=1.0)))) == "1 of 1 points (graded)"
    later = report(result(finding(earned=1.0), possible=3.0))
    assert in_all(later).startswith("1 of the 1 point that is decided here. 2 of 3 points are decided when")
    assert "person" not in in_all(later)
    waiting = report(result(finding(Status.PENDING), finding(earned=1.0), possible=3.0))
    assert "; 1 of them is given by a person. 1 of 3 points is decided when" in in_all(waiting)
    nothing = report(result(finding(earned=0.0, possible=0.0), possible=2.0))
    assert in_all(nothing) == "2 of 2 points are decided when your work is graded."
    assert in_all(report(result(finding(Status.BROKEN), possible=3.0))).startswith("– of 3 points (not graded")


def test_what_a_check_is_worth():
    assert worth(finding(possible=0.0)) == ""
    assert worth(finding(earned=1.0)) == " (1 of 1)"
    assert worth(finding(earned=0.5)) == " (1 once the mistake in this exercise is fixed)"
    assert worth(finding(earned=0.99999)) == " (1 of 1)"  # rounding is no mistake
    assert worth(finding(Status.PENDING, possible=2.0)) == " (up to 2)"
    assert worth(finding(Status.FAILED, 0.5)) == " (0.5 of 1)"


def test_what_lost_most_comes_first_and_what_lost_nothing_does_not():
    lost = [
        result(finding(Status.FAILED, 0.5), id="half"),
        result(finding(Status.FAILED, 1.0), id="nothing"),
        result(finding(Status.FAILED, 0.0), id="one"),
        result(finding(Status.FAILED), finding(Status.BROKEN), id="broken"),
        result(finding(Status.SKIPPED), id="skipped"),
        result(finding(Status.FAILED), finding(Status.PENDING, possible=5.0), id="also one"),
        result(finding(Status.FAILED, 0.25), id="most"),
    ]
    found = fix_first(report(*lost))
    assert [(f.result.id, f.lost) for f in found] == [("one", 1.0), ("also one", 1.0), ("most", 0.75)]
    assert len(fix_first(report(*lost), most=1)) == 1


def test_open_points_are_counted():
    some = report(
        result(finding(Status.PENDING, 0.5, 2.0), finding(Status.FAILED)), result(finding(earned=1.0), possible=2.0)
    )
    assert (pending_points(some), later_points(some)) == (1.5, 1.0)
    assert (pending_points(some.results[1]), later_points(some.results[0])) == (0.0, 0.0)


def test_an_unreadable_or_broken_report_is_no_score_of_the_class():
    good = report(result(finding(earned=1.0)))
    waits = report(result(finding(Status.PENDING)))
    unread = report(result(finding(Status.FAILED)), problem="no notebook")
    broken = report(result(finding(Status.BROKEN)))
    found = overview([good, waits, unread, broken], None)
    assert found.scores == (1.0,) and found.mean == 1.0  # what nobody has read yet is no 0
    assert found.statuses == {"graded": 1, "pending": 1, "unreadable": 1, "broken": 1}
    assert overview([unread], None).mean is None


def test_each_of_a_class_is_rendered_for_whom_it_is_meant():
    reports = [builders.report("b"), builders.report("a")]
    archive = export("gradescope", reports, builders.sheet(), audience="instructor")
    with zipfile.ZipFile(io.BytesIO(archive.data)) as packed:
        names, first = packed.namelist(), packed.read(packed.namelist()[0])
    assert [name[0] for name in names] == ["a", "b"] and archive.suffix == ".zip"
    assert first == gradescope.render(reports[1], builders.sheet(), audience="instructor")
    alone = export("gradescope", reports[1:], builders.sheet(), audience="instructor")
    assert alone.data == first


def test_only_a_failure_has_a_type_in_junit():
    made = report(
        result(
            finding(Status.SKIPPED, mistake=NOT_STARTED),
            dataclasses.replace(finding(Status.FAILED, mistake="m"), check="d"),
        )
    )
    root = ET.fromstring(junit.render(made))
    assert root.find(".//skipped").get("type") is None and root.find(".//failure").get("type") == "m"


def test_no_line_of_an_autograders_output_is_empty():
    found = gradescope.render(report(result(finding(earned=1.0, hint="Try."))), None)
    assert b"Try." not in found and b'"output": "\\n' not in found


def test_accents_keep_what_stands_below_them():
    assert plain(r"$\hat{x}$ and $\bar y$ and $\tilde{\mu}$") == "x_hat and y_bar and μ_tilde"


@pytest.mark.parametrize(
    ("given", "said"), [("x", "`x`"), ("a|b", "<code>a&#124;b</code>"), (" ", "<code>"), ("a`b", "<code>")]
)
def test_code_in_markdown_ends_where_it_should(given, said):
    assert _code(given).startswith(said)
