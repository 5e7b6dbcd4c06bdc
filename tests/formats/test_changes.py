"""What changed between two states of a class: who is new, whose points are others, by which exercise, and nothing else."""

import re
from dataclasses import replace

from autograder.formats import changed, html
from autograder.formats._changes import NOT_THERE, Change, Step, by_exercise, grouped
from autograder.model import Finding, Report, Result, Status
from tests.formats import builders


def result(id: str, points: float, status: Status = Status.FAILED) -> Result:
    return Result(id, "1", 2, (Finding("c", status, points, 2),), "answer")


def report(student: str, *results: Result) -> Report:
    return replace(builders.report(student), results=results, possible=2.0 * len(results))


def between(before: tuple[Result, ...], now: tuple[Result, ...]) -> tuple[Change, ...]:
    return changed({"s": report("s", *before)}, {"s": report("s", *now)})


def test_more_and_fewer_points_are_said_with_their_exercises():
    before = (result("a", 0), result("b", 2), result("c", 1))
    [up] = between(before, (result("a", 2), result("b", 1), result("c", 1)))
    assert (up.kind, up.whole) == ("up", Step("", "3", "4", 1.0))
    assert up.steps == (Step("a", "0", "2", 2.0), Step("b", "2", "1", -1.0))
    [down] = between(before, (result("a", 0), result("b", 0.5), result("c", 1)))
    assert (down.kind, down.steps) == ("down", (Step("b", "2", "0.5", -1.5),))
    assert between(before, before) == ()


def test_other_words_for_the_same_points_are_no_change():
    other = replace(
        result("a", 1), findings=(Finding("c", Status.FAILED, 1, 2, message="Other words.", mistake="other"),)
    )
    assert between((result("a", 1),), (other,)) == ()


def test_what_is_open_or_broken_is_never_said_as_0():
    [asked] = between((result("a", 2, Status.PASSED),), (result("a", 0, Status.PENDING),))
    assert (asked.kind, asked.steps) == ("down", (Step("a", "2", "open", -2.0),))
    [read] = between((result("a", 0, Status.PENDING),), (result("a", 0),))
    assert (read.kind, read.steps) == ("otherwise", (Step("a", "open", "0", 0.0),))
    [broke] = between((result("a", 1),), (result("a", 0, Status.BROKEN),))
    assert (broke.kind, broke.steps) == ("otherwise", (Step("a", "1", "our fault", 0.0),))


def test_new_students_and_new_exercises_are_named():
    now = {name: report(name, result("a", 1), result("b", 1)) for name in ("old", "new")}
    old, new = changed({"old": report("old", result("a", 1)), "gone": report("gone")}, now)
    assert (new.student, new.kind, new.steps) == ("new", "new", ())
    assert (old.student, old.kind, old.steps) == ("old", "up", (Step("b", NOT_THERE, "1", 0.0),))


def test_the_greatest_change_comes_first_and_kinds_that_nobody_is_of_are_left_out():
    before = {name: report(name, result("a", 1)) for name in "abc"}
    now = {name: report(name, result("a", points)) for name, points in zip("abc", (1.5, 2, 0), strict=True)}
    found = changed(before, now)
    assert [change.student for change in found] == ["b", "c", "a"]
    assert [(words, len(group)) for words, group in grouped(found)] == [("More points", 2), ("Fewer points", 1)]
    assert by_exercise(found, ["b", "a"]) == [("a", 2, 1, 0)]


def test_the_class_page_has_the_section_only_where_something_changed():
    reports = [report(name, result("a", 1)) for name in (*builders.HOSTILE.values(), "ada")]
    before = {r.student: report(r.student, result("a", 0)) for r in reports if r.student != "ada"}
    changes = changed(before, {r.student: r for r in reports})
    page = html.render_class(reports, changes=changes).data.decode()
    section = page[page.index("<h2>What changed</h2>") : page.index("<h2>Scores</h2>")]
    said = " ".join(re.sub("<[^>]*>", " ", section).split())
    assert "New: 1 student ada 1" in said
    assert f"More points: {len(before)} students" in said
    assert "a 0 → 1" in said
    assert "<script>" not in section
    for nothing in ((), [replace(change, student="no longer there") for change in changes]):
        assert "What changed" not in html.render_class(reports, changes=nothing).data.decode()


def test_long_lists_of_changes_are_not_laid_out():
    reports = [report(f"s{i:03}", result("a", 1)) for i in range(100)]
    changes = changed({r.student: report(r.student, result("a", 0)) for r in reports}, {r.student: r for r in reports})
    page = html.render_class(reports, changes=changes).data
    assert b"s042" not in re.sub(rb"<noscript>.*?</noscript>", b"", page, flags=re.DOTALL)
