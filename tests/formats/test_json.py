"""The stored report: the same back, the same bytes, and every damage named."""

import dataclasses
import json as standard

import pytest

from autograder.formats import json
from autograder.model import Finding, Origin, Report, Result, Status
from autograder.model.errors import CourseError
from tests.formats import builders

REPORTS = builders.classroom()


@pytest.mark.parametrize("report", REPORTS, ids=[str(i) for i in range(len(REPORTS))])
def test_reading_gives_back_what_was_written(report: Report):
    assert json.read(json.render(report)) == report


def test_a_name_with_undecodable_bytes_survives():
    report = dataclasses.replace(builders.report(), student="caf\udce9", path="x/caf\udce9.ipynb")
    assert json.read(json.render(report)) == report


def test_the_schema_is_version_1():
    tree = standard.loads(json.render(builders.report("s001")))
    assert list(tree) == [
        "version", "sheet", "student", "status", "score", "possible", "submission", "problem", "notes", "exercises",
        "isolation", "versions", "seconds",
    ]  # fmt: skip
    assert tree["version"] == 1
    assert tree["submission"] == {
        "path": "submissions/s001.ipynb",
        "sha256": "3f" * 32,
        "origin": {"platform": "canvas", "user": "4711", "late": True, "timestamp": "2026-01-02 00:00:00 UTC"},
    }
    exercise = tree["exercises"][1]
    assert list(exercise) == ["id", "item", "score", "possible", "findings", "answer"]
    assert list(exercise["findings"][0]) == [
        "check", "status", "points", "possible", "visibility", "message", "hint", "mistake", "counterexample", "detail", "line",
    ]  # fmt: skip


def test_scores_are_plain_numbers():
    text = json.render(builders.report()).decode()
    assert '"score": 6.6,' in text
    assert '"possible": 20,' in text
    assert '"possible": 0.5,' in text


def test_nothing_but_seconds_differs_between_two_runs():
    first = builders.report()
    slower = dataclasses.replace(
        first, seconds={"checks": 9.5, "load": 1.0}, versions=dict(reversed(first.versions.items()))
    )
    one, two = standard.loads(json.render(first)), standard.loads(json.render(slower))
    assert one.pop("seconds") != two.pop("seconds")
    assert standard.dumps(one) == standard.dumps(two)  # also the order of the keys


def test_a_class_is_a_list_by_student():
    listed = standard.loads(json.render_class([builders.report("b"), builders.report("a")]).data)
    assert [tree["student"] for tree in listed] == ["a", "b"]


def damaged(**changes: object) -> bytes:
    tree = standard.loads(json.render(builders.report()))
    return standard.dumps(tree | changes).encode()


def exercise(**changes: object) -> bytes:
    tree = standard.loads(json.render(builders.report()))
    tree["exercises"][0] |= changes
    return standard.dumps(tree).encode()


def finding(**changes: object) -> bytes:
    tree = standard.loads(json.render(builders.report()))
    tree["exercises"][0]["findings"][0] |= changes
    return standard.dumps(tree).encode()


def detail(found: object) -> bytes:
    return finding(detail=[found])


DAMAGE = {
    b"": "not readable JSON",
    b"\xff\xfe": "not readable JSON",
    b"[" * 100_000: "not readable JSON",
    b"[]": "expected an object, found []",
    json.render(builders.report())[:-300]: "not readable JSON",
    damaged(version=2): "expected version 1, found 2",
    damaged(extra=1): "the key 'extra' is unknown",
    damaged(student=3): "'student': expected a text, found 3",
    damaged(possible="20"): "'possible': expected a number",
    damaged(possible=True): "'possible': expected a number",
    damaged(possible=10**400): "'possible': expected a number",
    damaged(seconds={"load": "x"}): "'load': expected a number",
    damaged(versions={"torch": 2}): "'torch': expected a text",
    damaged(score=20): "expected 6.6, which is what the findings say, found 20",
    exercise(score=True): "exercises 1, 'score': expected 1.6",
    damaged(status="graded"): 'expected "pending", which is what the findings say',
    damaged(notes=[1]): "'notes': expected a list of texts",
    damaged(submission=None): "'submission': expected an object",
    damaged(submission={"path": "", "sha256": "", "origin": {"platform": "sakai", "user": "", "late": False,
                                                             "timestamp": ""}}): "'platform': expected one of",
    damaged(submission={"path": "", "sha256": "", "origin": {"platform": "", "user": "", "late": 0,
                                                             "timestamp": ""}}): "'late': expected true or false",
    damaged(exercises=[[]]): "exercises 1: expected an object",
    exercise(score=5): "exercises 1, 'score': expected 1.6",
    finding(status="maybe"): "findings 1, 'status': expected one of passed, failed, skipped, pending, broken",
    finding(visibility="secret"): "expected one of public, hidden",
    finding(mistake=1): "'mistake': expected a text",
    detail({"type": "video"}): "expected one of picture, line, criterion, text",
    detail({"type": "picture", "media_type": "image/gif", "caption": "", "base64": ""}): "'media_type': expected one of",
    detail({"type": "picture", "media_type": "image/png", "caption": "", "base64": "§"}): "'base64': expected base64",
    detail({"type": "line", "number": 1.5, "text": "", "latex": "", "verdict": "", "message": ""}): "a whole number",
    detail({"type": "text"}): "the key 'text' is missing",
}  # fmt: skip


@pytest.mark.parametrize("data", DAMAGE, ids=DAMAGE.values())
def test_damage_is_named_and_says_what_to_do(data: bytes):
    with pytest.raises(CourseError) as caught:
        json.read(data, "reports/s001.json")
    assert DAMAGE[data] in str(caught.value)
    assert str(caught.value).startswith("reports/s001.json")
    assert str(caught.value).endswith("grade this student again.")


def test_not_a_number_is_refused_in_both_directions():
    with pytest.raises(CourseError, match="NaN"):
        json.read(json.render(builders.report()).replace(b'"possible": 20,', b'"possible": NaN,'))
    result = Result("a", "1", 1, (Finding("b", Status.PASSED, float("nan"), 1),))
    with pytest.raises(ValueError, match="Out of range"):
        json.render(Report("s", "t", "p", "", (result,), 1))


def test_a_report_from_before_any_platform_has_an_empty_origin():
    assert json.read(json.render(builders.unreadable())).origin == Origin()


def test_a_finding_that_equals_one_that_was_read_is_looked_at_all_the_same():
    text = json.render(
        Report("s", "anna", "", "", (Result("e", "1", 1.0, (Finding("c", Status.PASSED, 1.0, 1.0),)),), 1.0)
    )
    assert json.read(text) == json.read(text)
    with pytest.raises(CourseError, match="exercises 1, findings 1, 'points': expected a number, found true"):
        json.read(text.replace(b'"points": 1', b'"points": true'))
