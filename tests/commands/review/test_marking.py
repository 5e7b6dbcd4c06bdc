"""Marking in the application: groups, exceptions, undo, two windows, two markers, overruling; and what the outputs show."""

import re

import pytest

from autograder.commands.grade import grade_class
from autograder.commands.review.command import review
from autograder.grading import files, marks_in
from autograder.grading.marks_table import read_marks
from autograder.model import CourseError, UsageError
from tests.commands.review import classroom
from tests.conftest import make_course

FULL = {"ok-0": "1", "points-0": "", "comment-0": "", "ok-1": "1", "points-1": "0,5", "comment-1": "Which numbers?"}


def grades(results) -> dict[str, list[str]]:
    rows = (results.folder / "grades.csv").read_text(encoding="utf-8-sig").splitlines()
    return {row.split(",")[0]: row.split(",")[1:] for row in rows[1:]}


def test_a_group_is_marked_with_exceptions_and_grades_and_feedback_show_it(browser, folder):
    place = browser.group(classroom.GOOD)
    form = browser.form(place)
    group = browser.desk.group(browser.desk.sheet.exercise("essay"), place.rpartition("/")[2])
    left_out = next(member for member in group.members if "carl" in member.students)
    form["to"].remove(left_out.key)
    browser.post(f"{place}/give", **form, **FULL)
    given = {key[0] for key in browser.store.marks().rows}
    assert {"anna", "bob"} <= given
    assert "carl" not in given
    browser.post("/publish")
    assert grades(folder)["anna"] == ["graded", "2.5", "4", "0", "2.5"]
    assert grades(folder)["carl"][0] == "pending"
    page = (folder.folder / "feedback" / "anna.html").read_text()
    assert "Which numbers?" in page
    assert "idea: 2 of 2" in page
    assert "2.5" in (folder.folder / "index.html").read_text()
    assert "Which numbers?" in browser.get(browser.group(classroom.WEAK)).text  # the bank has grown


def test_what_was_given_is_undone(browser, folder):
    place = browser.group(classroom.WEAK)
    browser.post(f"{place}/give", **browser.form(place), **FULL)
    assert browser.store.marks().rows
    browser.post("/undo", decision=str(browser.store.last))
    assert not browser.store.marks().rows
    browser.post("/publish")
    assert grades(folder)["dora"][0] == "pending"


def test_a_second_window_that_was_opened_earlier_overwrites_nothing(browser):
    place = browser.group(classroom.WEAK)
    first, second = browser.form(place), browser.form(place)
    browser.post(f"{place}/give", **first, **FULL)
    before = browser.store.marks()
    answer = browser.post(f"{place}/give", **second, **{**FULL, "points-0": "1"})
    assert "marked meanwhile in another window" in answer.text
    assert browser.store.marks() == before


def test_what_is_ticked_is_kept_before_it_is_given_and_a_late_draft_is_not(browser):
    place = browser.group(classroom.WEAK)
    form = browser.form(place)
    browser.post(f"{place}/draft", **form, **{"ok-0": "1", "comment-1": "half a thought"})
    shown = browser.get(place).text
    assert 'name="ok-0" value="1" data-key="1" checked' in shown
    assert "half a thought" in shown
    browser.post(f"{place}/give", **form, **FULL)
    browser.post(f"{place}/draft", **form, **{"comment-1": "half a thought"})
    assert "half a thought" not in browser.get(place).text


@pytest.mark.parametrize(
    ("field", "value"), [("points-0", "3"), ("points-0", "nan"), ("points-1", "-1"), ("points-1", "x")]
)
def test_points_that_do_not_fit_change_nothing_and_what_was_typed_stays(browser, field, value):
    place = browser.group(classroom.WEAK)
    answer = browser.post(f"{place}/give", **browser.form(place), **{**FULL, field: value})
    assert answer.status_code == 400
    assert "points must be a number from 0 to" in answer.text
    assert f'value="{value}"' in answer.text
    assert not browser.store.marks().rows


def test_a_comment_that_fits_on_no_page_is_not_taken_and_stays_typed(browser):
    place, long = browser.group(classroom.WEAK), "so " * 5_000
    answer = browser.post(f"{place}/give", **browser.form(place), **{**FULL, "comment-0": long})
    assert answer.status_code == 400
    assert "at most 10,000 are kept" in answer.text
    assert long.strip() in answer.text
    place = f"/e/mean_square/a/{browser.number('anna')}"
    answer = browser.post(f"{place}/decide", finding="0", seen=str(browser.store.last), points="1", reason=long)
    assert answer.status_code == 400
    assert not browser.store.marks().rows


@pytest.mark.parametrize("number", ["", "x", "9" * 40, "9" * 5_000])
def test_a_number_that_no_page_of_ours_has_is_refused_in_a_sentence(browser, number):
    answer = browser.post("/undo", decision=number)
    assert answer.status_code == 400
    assert "must be a whole number" in answer.text
    assert len(answer.text) < 3_000


def test_the_sentences_of_an_answer_that_bear_on_a_criterion_are_marked_on_its_page(browser):
    said = re.findall(
        r'<mark class="c(\d)" title="bears on criterion \1">(.*?)</mark>', browser.get(browser.group("convex, s")).text
    )
    assert ("1", "The square is convex, since its second derivative is 2.") in said
    assert any(number == "2" and "For example at -1 and 1 it is 1" in sentence for number, sentence in said)


def test_names_are_hidden_unless_asked_for(browser):
    place = browser.group(classroom.GOOD)
    pages = [browser.get(path).text for path in ("/", place, "/e/mean_square?show=all")]
    assert not any(name in page for page in pages for name in ("anna", "carl"))
    browser.post("/settings", names="shown")
    assert "carl" in browser.get(place).text


def test_a_finding_is_overruled_with_a_reason_that_the_student_reads(browser, folder):
    place = f"/e/mean_square/a/{browser.number('anna')}"
    assert browser.get(place).text.count("It is twice as large.") == 1
    form = {"finding": "0", "seen": str(browser.store.last), "points": "1"}
    assert "A reason is needed" in browser.post(f"{place}/decide", **form, reason="").text
    browser.post(f"{place}/decide", **form, reason="The sheet allowed the factor.")
    assert "The program found: It is twice as large." in browser.get(place).text
    browser.post("/publish")
    assert grades(folder)["anna"][3] == "1"
    assert "The sheet allowed the factor." in (folder.folder / "feedback" / "anna.html").read_text()
    assert folder.load()["anna"].results[0].findings[0].mistake == "twice"  # what was found is kept


def test_what_was_overruled_is_found_again_once_it_is_undone(browser, folder):
    place = f"/e/mean_square/a/{browser.number('anna')}"
    browser.post(f"{place}/decide", finding="0", seen=str(browser.store.last), points="1", reason="It was allowed.")
    browser.post("/undo", decision=str(browser.store.last))
    browser.post("/publish")
    assert grades(folder)["anna"][3] == "0"
    page = (folder.folder / "feedback" / "anna.html").read_text()
    assert "It is twice as large." in page and "It was allowed." not in page


def test_a_text_of_a_megabyte_is_marked_like_any_other(browser, folder):
    place = browser.group("It is convex. It is convex.")
    browser.post(f"{place}/give", **browser.form(place), **FULL)
    assert browser.store.marks().rows["hugo", "essay", "example"].points == 0.5


def test_what_is_broken_waits_and_a_person_decides(browser, folder):
    assert folder.load()["hugo"].status == "broken"
    place = browser.get("/e/mean_square/next").url.path
    assert place == f"/e/mean_square/a/{browser.number('hugo')}"
    browser.post(f"{place}/decide", finding="0", seen="0", accept="1", points="0", reason="")
    browser.post("/publish")
    assert grades(folder)["hugo"][:2] == ["pending", "1"]


def test_a_second_marker_sees_no_marks_and_disagreements_are_listed_and_settled(browser):
    place = browser.group(classroom.WEAK)
    browser.post(f"{place}/give", **browser.form(place), **FULL)
    browser.post("/settings", **{"pass": "2"})
    assert "Which numbers? " not in browser.get(place).text.partition('class="criteria"')[0]
    browser.post(f"{place}/give", **browser.form(place), **{**FULL, "points-0": "1"})
    assert {key[0] for key, _, _ in browser.desk.disagreements()} == {"dora", "emil"}
    assert browser.store.marks().rows["dora", "essay", "idea"].points == 2  # the first counts until it is settled
    assert "Take this" in browser.get("/disagreements").text
    browser.post("/settle", number=str(browser.number("dora")), part=["essay", "idea"], taken="2")
    assert {key[0] for key, _, _ in browser.desk.disagreements()} == {"emil"}
    assert browser.store.marks().rows["dora", "essay", "idea"].points == 1


# ------------------------------------------------------------------ without a browser


def test_marks_travel_as_a_table(folder, sheet, course, tmp_path):
    table = tmp_path / "marks.csv"
    review(folder.folder, to=table, course=course)
    text = table.read_text(encoding="utf-8-sig").replace("emil,essay,idea,,", "emil,essay,idea,1,so", 1)
    table.write_text(text.replace("emil,essay,example,,", "emil,essay,example,0.5,ok", 1), encoding="utf-8")
    review(folder.folder, from_=table, course=course)
    assert grades(folder)["emil"][4] == "1.5"
    again = tmp_path / "again.csv"
    review(folder.folder, to=again, course=course)
    assert len(read_marks(again, sheet, classroom.ESSAYS).rows) == 2


def test_a_table_with_a_row_that_does_not_fit_changes_nothing(folder, course, tmp_path):
    table = tmp_path / "marks.csv"
    table.write_text(
        "student,exercise,criterion,points,comment\nemil,essay,idea,1,\nnobody,essay,idea,1,\nemil,essay,example,9,\n"
    )
    with pytest.raises(CourseError) as refused:
        review(folder.folder, from_=table, course=course)
    assert "row 3: no submission by 'nobody'" in str(refused.value)
    assert "row 4: points must be a number from 0 to 1, not '9'" in str(refused.value)
    review(folder.folder, to=table, course=course)
    assert "emil,essay,idea,,," in table.read_text(encoding="utf-8-sig")


def test_a_rubric_whose_points_do_not_add_up_is_said_and_the_marks_stay(browser, folder, tmp_path):
    place = browser.group(classroom.WEAK)
    browser.post(f"{place}/give", **browser.form(place), **FULL)
    before = browser.store.marks()
    changed = make_course(tmp_path / "course")
    rubric = changed / "exercises" / "small" / "essay" / "rubric.toml"
    rubric.write_text(rubric.read_text().replace("points = 2", "points = 2.5"))
    with pytest.raises(CourseError, match=r"rubric\.toml.*3\.5"):
        review(folder.folder, course=changed)
    assert marks_in(folder.marks) == before


def test_grading_into_a_folder_is_refused_while_somebody_marks_there(folder, course, tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "zoe.py").write_text("essay = 'Because.'\n")
    with files.only_one(folder.folder), pytest.raises(UsageError, match="or a review"):
        grade_class("small", [tmp_path / "in"], out=folder.folder, course=course)
    assert not (folder.folder / "reports" / "zoe.json").exists()


def test_a_second_review_of_a_folder_is_refused(folder, course):
    with files.only_one(folder.folder), pytest.raises(UsageError, match="Somebody is at work in") as refused:
        review(folder.folder, course=course)
    assert "\n" not in str(refused.value)
