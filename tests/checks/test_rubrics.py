"""Every mistake in a rubric.toml is a sentence with the file and the key."""

import shutil

import pytest

from autograder.checks import written
from autograder.checks.rubrics import read_rubric
from autograder.course.catalog import load_sheet
from autograder.model.errors import CourseError, NeedsPerson
from tests.conftest import RUBRIC
from tests.sheets import bundled


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "rubric.toml"
    path.write_text(RUBRIC)
    return path


def test_a_rubric_is_what_its_file_says(path):
    rubric = read_rubric(path, 3)
    assert [(c.name, c.points, c.full) for c in rubric.criteria] == [
        ("idea", 2, "says the idea"),
        ("example", 1, "gives an example"),
    ]
    assert rubric.advice[1].partial == "half a point for an example without numbers"
    assert rubric.advice[1].signals == ("for example", "say")
    assert [(m.name, m.criterion) for m in rubric.misunderstandings] == [("circular", "idea")]
    assert rubric.misunderstandings[0].comment.startswith("This says again")
    assert (rubric.good[:7], rubric.weak) == ("Because", "Because.")


def test_space_around_a_text_is_layout(path):
    path.write_text(RUBRIC.replace('"says the idea"', '"""\nsays the idea\n"""'))
    assert read_rubric(path).criteria[0].full == "says the idea"


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("[[criterion]]", "[[criterion]", r"is not valid TOML: .+line"),
        ("points = 2", "points = 1.5", r"'points' of the criteria add up to 2\.5, but the sheet gives this exercise 3\."),
        ("points = 2", "points = 0", r"'points' of \[\[criterion\]\] 1 must be a number above 0, but it is 0\."),
        ("points = 2", "points = nan", r"'points' of \[\[criterion\]\] 1 must be a number above 0, but it is nan\."),
        ("points = 2", "points = inf", r"'points' of \[\[criterion\]\] 1 must be a number above 0, but it is inf\."),
        ("points = 2", "points = true", r"'points' of \[\[criterion\]\] 1 must be a number above 0, but it is True\."),
        ("points = 2", 'points = "2"', r"'points' of \[\[criterion\]\] 1 must be a number above 0, but it is '2'\."),
        ("points = 2", "", r"\[\[criterion\]\] 1 lacks the key 'points'; a number above 0 is expected\."),
        ("points = 2", "pionts = 2", r"\[\[criterion\]\] 1 has the unknown key 'pionts'; known are name, points, full"),
        ("weak =", "bad =", r"the file has the unknown key 'bad'; known are good, weak, criterion, misunderstanding\."),
        ("weak =", "bad =", r"the file lacks the key 'weak'; a text in words is expected\."),
        ('weak = "Because."', "weak = 3", r"'weak' of the file must be a text in words, but it is 3\."),
        ('"says the idea"', '"  "', r"'full' of \[\[criterion\]\] 1 must be a text in words, but it is ''\."),
        ('"1 point where the idea is only named"', '""', r"'partial' of \[\[criterion\]\] 1 must be a text in words"),
        ('name = "idea"', 'name = ""', r"'name' of \[\[criterion\]\] 1 must be a text in words, but it is ''\."),
        ('name = "idea"', 'name = "example"', r"2 tables \[\[criterion\]\] have the 'name' 'example'; each needs one of"),
        ('name = "idea"', 'name = " example "', r"2 tables \[\[criterion\]\] have the 'name' 'example'"),
        ('name = "circular"', "", r"\[\[misunderstanding\]\] 1 lacks the key 'name'; a text in words is expected\."),
        ('"This says', '3 # "', r"'comment' of \[\[misunderstanding\]\] 1 must be a text in words, but it is 3\."),
        ('["convex"]', "[]", r"'signals' of \[\[criterion\]\] 1 must be a list of words or sentences, but it is \[\]\."),
        ('["convex"]', '["convex", " "]', r"'signals' of \[\[criterion\]\] 1 must be a list of words or sentences"),
        ('["convex"]', '"convex"', r"'signals' of \[\[criterion\]\] 1 must be a list of words .* but it is 'convex'\."),
        ('criterion = "idea"', 'criterion = "ideas"', r"'criterion' of \[\[misunderstanding\]\] 'circular' is 'ideas', but"),
        ("[[misunderstanding]]", "[[mistake]]", r"the file has the unknown key 'mistake'"),
        ("[[misunderstanding]]", "[misunderstanding]", r"'misunderstanding' of the file must be at least one table \[\["),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_said_with_file_and_key(path, old, new, says):
    assert old in RUBRIC
    path.write_text(RUBRIC.replace(old, new, 1))
    with pytest.raises(CourseError, match=r"rubric\.toml:? .*" + says):
        read_rubric(path, 3)


def test_all_mistakes_are_said_at_once(path):
    path.write_text(RUBRIC.replace("points = 2", "points = -1").replace("weak", "bad").replace("comment", "remark"))
    with pytest.raises(CourseError) as caught:
        read_rubric(path, 3)
    said = str(caught.value).splitlines()
    assert len(said) == 5 and all(line.startswith(f"{path}: ") for line in said)


def test_two_misunderstandings_of_one_name_are_said(path):
    path.write_text(RUBRIC + RUBRIC[RUBRIC.index("[[misunderstanding]]") :])
    with pytest.raises(CourseError, match=r"2 tables \[\[misunderstanding\]\] have the 'name' 'circular'"):
        read_rubric(path)


def test_a_file_that_is_no_text_is_said(path):
    path.write_bytes(b'good = "\xff"')
    with pytest.raises(CourseError, match=r"rubric\.toml is not valid TOML: .*utf-8"):
        read_rubric(path)


@pytest.fixture
def essay(course, tmp_path):
    """The written exercise of a copy of the small course."""
    shutil.copytree(course, tmp_path / "course")
    return tmp_path / "course" / "exercises" / "small" / "essay"


def load(essay):
    return load_sheet("small", essay.parents[2]).exercises[1]


def test_a_written_answer_takes_its_criteria_from_its_folder(essay):
    exercise = load(essay)
    assert [c.name for c in exercise.rubric] == ["idea", "example"]
    assert exercise.guide.criteria == exercise.rubric
    assert exercise.checks[0].points == 3


def test_a_written_answer_without_a_rubric_is_said(essay):
    (essay / "rubric.toml").unlink()
    with pytest.raises(CourseError, match=r"essay has no rubric\.toml; a written answer takes its criteria from there"):
        load(essay)


def test_points_that_are_not_the_sheets_are_said(essay):
    plan = essay.parent / "sheet.toml"
    plan.write_text(plan.read_text().replace("points = 3", "points = 4"))
    with pytest.raises(
        CourseError, match=r"rubric\.toml: 'points' of the criteria add up to 3, but the sheet gives .* 4"
    ):
        load(essay)


def test_a_rubric_beside_code_is_said(essay):
    shutil.copy(essay / "rubric.toml", essay.parent / "mean_square")
    with pytest.raises(CourseError, match=r'rubric\.toml is for a written answer, but exercise\.py has kind = "code"'):
        load(essay)


WRITTEN = [e for e in bundled("generative_models").exercises if e.guide]


@pytest.mark.parametrize("exercise", WRITTEN, ids=lambda exercise: exercise.id)
def test_the_courses_rubrics_say_something_of_each_criterion(exercise):
    guide = exercise.guide
    assert {m.criterion for m in guide.misunderstandings} == {c.name for c in guide.criteria}
    assert all(comment.count(".") >= 2 for comment in (m.comment for m in guide.misunderstandings))
    assert len(guide.good) > 2 * len(guide.weak)


def test_four_exercises_of_the_course_are_written():
    assert len(WRITTEN) == 4


def test_a_written_answer_goes_to_a_person_with_the_criteria_beside_it(essay):
    check = written(str(essay / "exercise.py"), name="is argued", hint="Two sentences.")
    assert (check.name, check.hint, check.points) == ("is argued", "Two sentences.", 3)
    with pytest.raises(NeedsPerson) as found:
        check.run(None)
    assert [criterion.name for criterion in found.value.detail] == [name for name, _ in check.record()["criteria"]]
    assert check.record()["options"] == {"name": "is argued", "hint": "Two sentences."}
