"""Typical slips of an author: each is said in a sentence with the file, the line, what was found and what was meant, and none is
blamed on a student or on the grader.
"""

import re
import shutil
from dataclasses import dataclass

import pytest

from autograder.course import load_sheet, unlisted
from autograder.grading import Grader, row, unsaid
from autograder.model import CourseError
from tests.conftest import hand_in

SHEET, EXERCISE, STARTER, SOLUTION, SIGN = "sheet.toml", "exercise.py", "starter.py", "solution.py", "wrong/sign.py"


@dataclass(frozen=True)
class Slip:
    """In ``file`` of the exercise ``mean_square``, or the sheet's plan, ``old`` is written as ``new``; "" for a file that is not
    there."""

    name: str
    file: str
    old: str
    new: str
    says: str


AT_ONCE = (  # when the sheet is loaded
    Slip("a key of the sheet", SHEET, "title =", "titel =", r"sheet\.toml, line 1: the file has the unknown key 'titel'; did you mean 'title'"),
    Slip("a key of an exercise", SHEET, "points = 3", "pionts = 3", r"sheet\.toml, line 14: \[\[exercise\]\] essay has .*'pionts'; did you mean 'points'"),
    Slip("a setting", SHEET, "load_seconds", "load_second", r"sheet\.toml, line 3: unknown settings: load_second; did you mean 'load_seconds'"),
    Slip("a value of a setting", SHEET, "load_seconds = 3", "load_seconds = 0", r"sheet\.toml, line 3: .*must be a number above 0, but it is 0"),
    Slip("a folder's name", SHEET, 'id = "essay"', 'id = "esay"', r"sheet\.toml, line 12: there is no folder .*esay; did you mean 'essay'"),
    Slip("listed twice", SHEET, 'id = "essay"', 'id = "mean_square"', r"sheet\.toml, line 12: two exercises have the id 'mean_square'"),
    Slip("points as a text", SHEET, "points = 3", 'points = "3"', r"sheet\.toml, line 14: points of essay must be a number above 0, but it is '3'"),
    Slip("no points", SHEET, "points = 3", "", r"sheet\.toml, line 11: points of essay must be a number above 0, but it is None"),
    Slip("an item as a number", SHEET, 'item = "2"', "item = 2", r"sheet\.toml, line 13: item of essay must be a text"),
    Slip("points of a rubric", SHEET, "points = 3", "points = 4", r"rubric\.toml: 'points' of the criteria add up to 3, but .* gives this exercise 4"),
    Slip("no exercise.py", EXERCISE, "", "", r"sheet\.toml, line 7: .*mean_square has no exercise\.py"),
    Slip("no starter", STARTER, "", "", r"mean_square has no starter\.py; it is what students get"),
    Slip("no solution", SOLUTION, "", "", r"mean_square has no solution\.py; it is a full answer"),
    Slip("another function in the starter", STARTER, "def mean_square", "def mean_squared", r"starter\.py defines .*mean_squared.*; did you mean 'mean_squared'"),
    Slip("a starter that does not compile", STARTER, "def mean_square(x):", "def mean_square(x)", r"starter\.py, line 4: fails with SyntaxError: expected ':'"),
    Slip("syntax", EXERCISE, "def oracle(x):", "def oracle(x)", r"exercise\.py, line 8: .* fails with SyntaxError: expected ':'"),
    Slip("an import", EXERCISE, "import Battery, agrees,", "import Battery, agree,", r"exercise\.py, line 3: .*cannot import name 'agree' .*; did you mean 'agrees'"),
    Slip("a name", EXERCISE, "reaches(battery),", "reaches(batery),", r"exercise\.py, line \d+: .*NameError: name 'batery' is not defined; did you mean 'battery'"),
    Slip("an option", EXERCISE, "points=0.5,", "point=0.5,", r"exercise\.py, line \d+: .*gradient\(\) got an unexpected keyword argument 'point'; did you mean 'points'"),
    Slip("an option of the battery", EXERCISE, "gradients=(0,)", "gradient=(0,)", r"exercise\.py, line \d+: .*argument 'gradient'; did you mean 'gradients'"),
    Slip("signature misspelt", EXERCISE, "signature =", "signatur =", r"exercise\.py, line 5: sets 'signatur', which nothing reads; did you mean 'signature'"),
    Slip("checks misspelt", EXERCISE, "checks = [", "check = [", r"exercise\.py, line \d+: sets 'check', which nothing reads; did you mean 'checks'"),
    Slip("a kind that is none", EXERCISE, "signature =", 'kind = "txt"\nsignature =', r"exercise\.py, line 5: kind is \"code\" or \"text\", not 'txt'; did you mean 'text'"),
    Slip("a list among the checks", EXERCISE, "reaches(battery),", "[reaches(battery)],", r"exercise\.py, line \d+: checks holds a list"),
    Slip("what is no check", EXERCISE, "reaches(battery),", "battery,", r"exercise\.py, line \d+: checks holds Battery.* is no check"),
    Slip("the battery asks another function", EXERCISE, '"mean_square",', '"mean_sqare",', r"exercise\.py: a Battery asks 'mean_sqare', but the answer is called 'mean_square'; did you mean 'mean_square'"),
    Slip("more domains than arguments", EXERCISE, "arguments(real(),", "arguments(real(), real(),", r"exercise\.py, line \d+: arguments\(\.\.\.\) has 2 domains but 1 shapes"),
    Slip("more parameters than the oracle takes", EXERCISE, 'parameters=("x",)', 'parameters=("x", "y")', r"exercise\.py, line \d+: The battery of mean_square has 1 domains for 2 parameters \(x, y\)"),
    Slip("an oracle of another arity", EXERCISE, "def oracle(x):", "def oracle(x, y):", r"exercise\.py, line \d+: The oracle of mean_square \(line 8 of .*exercise\.py\) takes \(x, y\), but it is given 1 arguments: x"),
    Slip("terms of another arity", EXERCISE, "def terms(x):", "def terms():", r"Terms of mean_square \(line 13 of .*exercise\.py\) takes \(\), but it is given 1"),
    Slip("a gradient of no argument", EXERCISE, "gradients=(0,)", "gradients=(1,)", r"exercise\.py, line \d+: .*gradient at position 1; positions are 0 to 0"),
    Slip("a need that no check is called", EXERCISE, '"gradients reach every argument")', '"gradients reach all")', r"exercise\.py: .*needs gradients reach all, which no earlier check is called; did you mean 'gradients reach every argument'"),
    Slip("points of all checks 0", EXERCISE, "]\n", "]\nfrom dataclasses import replace\nchecks = [replace(c, points=0) for c in checks]\n", r"exercise\.py, line \d+: the points of the checks add up to 0"),
    Slip("fails no check", SIGN, "fails: agrees with the reference", "fails: agrees with reference", r"sign\.py: fails: 'agrees with reference' is no check of this exercise; did you mean 'agrees with the reference'"),
    Slip("a key of a wrong answer", SIGN, "tell: ", "tells: ", r"sign\.py: its docstring has the unknown key 'tells'; did you mean 'tell'"),
    Slip("nothing to tell", SIGN, "tell: You return the negative of the mean of the squares.\n", "", r"sign\.py: its docstring has either `tell`, a sentence that says it, or `mistake`"),
    Slip("a key with a capital", SIGN, "tell: ", "Tells: ", r"sign\.py: its docstring has the unknown key 'Tells'; did you mean 'tell'"),
    Slip("credit in percent", SIGN, "credit: 0", "credit: 50", r"sign\.py: credit is a number from 0 to 1, not '50'"),
)  # fmt: skip
WHEN_ASKED = (  # when the exercise is tried for the first time
    Slip("an oracle that raises", EXERCISE, "return (x**2).mean()", "return (x**2).men()", r"exercise\.py, line 10: the oracle of mean_square fails with AttributeError: .*'men'.*"),
    Slip("an oracle of no value", EXERCISE, "return (x**2).mean()", "return {1, 2}", r"The oracle of mean_square returns what cannot be compared \(a value of type set"),
    Slip("terms that raise", EXERCISE, "return ((x**2).mean(),)", "return ((y**2).mean(),)", r"exercise\.py, line 15: terms of mean_square fails with NameError: name 'y' is not defined"),
    Slip("terms of another shape", EXERCISE, "return ((x**2).mean(),)", "return (x**2,)", r"terms of mean_square returns a summand of shape \(\d,\), but the oracle's value has shape \(\)"),
    Slip("one term alone", EXERCISE, "return ((x**2).mean(),)", "return (x**2).mean()", r"terms of mean_square returns one tensor; a tuple of summands is expected"),
    Slip("a law that raises", EXERCISE, "lambda value, x: value >= 0", "lambda value: value >= 0", r"exercise\.py, line \d+: a law fails with TypeError: .*takes 1 positional argument but 2 were given|a law fails with TypeError"),
)  # fmt: skip
BLAMED = re.compile(r"\b(you|your|grader|student)\b", re.I)


@pytest.fixture
def slipped(course, tmp_path):
    """A copy of the small course with a slip in it."""
    shutil.copytree(course, tmp_path / "course")
    sheet = tmp_path / "course" / "exercises" / "small"

    def put(slip: Slip):
        path = sheet / slip.file if slip.file == SHEET else sheet / "mean_square" / slip.file
        if not slip.old:
            path.unlink()
            return sheet.parents[1]
        text = path.read_text()
        assert slip.old in text
        path.write_text(text.replace(slip.old, slip.new))
        return sheet.parents[1]

    return put


def _said(error: CourseError) -> str:
    said = re.sub(r"(/[\w.-]+)+/|; did you mean|Did you mean", " ", str(error))
    assert said.rstrip().endswith((".", "?", ")")), said
    assert not BLAMED.search(said.replace("students get", "")), said
    return str(error)


def test_there_are_enough_of_them():
    assert len(AT_ONCE) + len(WHEN_ASKED) >= 20
    assert len({slip.name for slip in (*AT_ONCE, *WHEN_ASKED)}) == len(AT_ONCE) + len(WHEN_ASKED)


@pytest.mark.parametrize("slip", AT_ONCE, ids=lambda slip: slip.name)
def test_a_slip_is_said_when_the_sheet_is_loaded(slipped, slip):
    course = slipped(slip)
    with pytest.raises(CourseError, match=slip.says) as caught:
        load_sheet("small", course)
    _said(caught.value)


@pytest.mark.parametrize("slip", WHEN_ASKED, ids=lambda slip: slip.name)
def test_a_slip_is_said_when_the_exercise_is_tried_and_costs_no_student_a_point(slipped, host, slip):
    loaded = load_sheet("small", slipped(slip))
    with Grader(loaded, host) as grader:
        with pytest.raises(CourseError, match=slip.says) as caught:
            row(grader, loaded.exercises[0], "solution")
        _said(caught.value)
        report = grader.grade(hand_in(loaded.exercises[0].solution), ["mean_square"])
    assert report.score is None
    broken = [finding.message for finding in report.results[0].findings if finding.status == "broken"]
    assert broken and all(said.startswith("The exercise itself is at fault here, not you: ") for said in broken)


def test_a_folder_that_is_not_listed_is_a_miss_of_the_course(slipped):
    course = slipped(Slip("not listed", SHEET, '[[exercise]]\nid = "essay"\nitem = "2"\npoints = 3\n', "", ""))
    assert unlisted("small", course) == ["essay"]
    (found,) = unsaid(load_sheet("small", course), unlisted("small", course))
    assert found.exercise == "essay"
    assert found.miss.startswith("sheet.toml does not list this folder")
