"""What an author types: a sheet and exercises are begun, looked at and tested; what they lack is asked for."""

import shutil
import tomllib
from pathlib import Path

import pytest

from autograder.commands.new import KINDS
from autograder.course import load_sheet
from tests.commands.test_cli import run
from tests.conftest import make_course


@pytest.fixture
def begun(tmp_path) -> Path:
    """A folder in which a sheet was begun."""
    assert run("new", "sheet", "mine", "--title", 'Exercise "3"', "--course", tmp_path)[0] == 0
    return tmp_path


def test_a_sheet_is_begun_where_no_course_was(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    code, said = run("new", "sheet", "mine", "--title", 'Exercise "3"')
    assert code == 0, said
    plan = tomllib.loads((tmp_path / "exercises" / "mine" / "sheet.toml").read_text())
    assert plan == {"title": 'Exercise "3"'}
    assert "autograder new exercise mine" in said


def test_an_exercise_of_each_kind_passes_its_test_as_it_stands(begun):
    for i, kind in enumerate(KINDS, 1):
        options = ("--kind", kind, "--item", f"3-{i} (ä)", "--points", i)
        code, said = run("new", "exercise", "mine", f"a_{kind}", *options, "--course", begun)
        assert code == 0, said
    made = load_sheet("mine", begun).exercises
    assert [(exercise.item, exercise.points) for exercise in made] == [
        (f"3-{i} (ä)", i) for i in range(1, len(KINDS) + 1)
    ]
    code, said = run("test", "mine", "--jobs", "1", "--course", begun)
    assert code == 0, said
    assert "expectations are met" in said


@pytest.mark.parametrize(
    ("args", "words"),
    [
        (("sheet", "other"), "The title students read is missing: say --title"),
        (("sheet", "no-name", "--title", "x"), "'no-name' cannot name a sheet"),
        (("sheet", "mine", "--title", "x"), "exists already"),
        (("exercise", "mine", "a_thing"), "Its number on the sheet is missing: say --item"),
        (("exercise", "mine", "a_thing", "--item", " "), "Its number on the sheet is missing"),
        (
            ("exercise", "mine", "a_thing", "--item", "1", "--kind", "fonction"),
            "no kind 'fonction' of exercise",
        ),
        (("exercise", "mine", "a_thing", "--item", "1", "--points", "0"), "points above 0, not 0"),
        (("exercise", "main", "a_thing", "--item", "1"), "No sheet 'main'"),
    ],
)
def test_what_is_missing_or_wrong_is_said_and_nothing_is_left_behind(begun, args, words):
    if args[0] == "exercise" and "main" in args:
        run("new", "exercise", "mine", "first", "--item", "1", "--course", begun)
    before = sorted(begun.rglob("*"))
    code, said = run("new", *args, "--course", begun)
    assert code == 2
    assert words in said
    assert sorted(begun.rglob("*")) == before


def test_at_a_terminal_it_is_asked_for(begun, monkeypatch):
    asked = []
    monkeypatch.setattr(
        "autograder.commands.new.sys", type("sys", (), {"stdin": type("s", (), {"isatty": lambda: True})})
    )
    monkeypatch.setattr("click.prompt", lambda text, **_: asked.append(text) or "4-2")
    assert run("new", "exercise", "mine", "a_thing", "--kind", "written", "--course", begun)[0] == 0
    assert load_sheet("mine", begun).exercise("a_thing").item == "4-2"
    assert asked and "number on the sheet" in asked[0]


@pytest.fixture
def small(course, tmp_path) -> Path:
    shutil.copytree(course, tmp_path / "course")
    return tmp_path / "course"


def _edit(path: Path, old: str, new: str) -> None:
    assert old in path.read_text()
    path.write_text(path.read_text().replace(old, new))


SLIPS = (
    ("starter.py", "raise NotImplementedError", "return (x**2).mean()  #", "starter: earns 1 point"),
    ("solution.py", "(x**2).mean()", "(x**2).sum()", "solution: agrees with the reference: "),
    ("wrong/sign.py", "return -", "return ", "wrong/sign: passes 'agrees with the reference'"),
    ("wrong/sum_for_mean.py", "is asked.", "is asked", "does not end as a sentence does"),
    (
        "wrong/in_place.py",
        "credit: 0.75",
        "credit: 0.5",
        "wrong/in_place: earns 0.75 points, where credit: 0.5 leaves 0.5.",
    ),
    ("wrong/cut_off.py", "gradient_cut", "gradient_lost", "wrong/cut_off: is recognised as gradient_cut"),
    ("wrong/half_the_gradient.py", "", "", "checks: no wrong answer fails 'gradients agree with the reference'"),
)


def test_what_is_not_as_the_course_says_is_a_miss(small):
    sheet = small / "exercises" / "small"
    for file, old, new, _ in SLIPS:
        if old:
            _edit(sheet / "mean_square" / file, old, new)
        else:
            (sheet / "mean_square" / file).unlink()
    _edit(sheet / "sheet.toml", 'item = "2"', 'item = ""')
    _edit(sheet / "sheet.toml", 'title = "A small sheet"', "")
    code, found = run("test", "--jobs", "1", "--course", small)
    assert code == 1
    for _, _, _, said in SLIPS:
        assert said in found
    assert "MISS sheet.toml title: " in found
    assert "MISS essay item: " in found
    assert f"{len(SLIPS) + 2} of" in found


def test_a_training_is_begun_with_the_grader_s_own_loop(begun):
    assert run("new", "exercise", "mine", "shapes", "--kind", "training", "--item", "1", "--course", begun)[0] == 0
    folder = begun / "exercises" / "mine" / "shapes"
    assert "checks = classifier(" in (folder / "exercise.py").read_text()
    assert not (folder / "driver.py").exists()
    assert "class Shapes(nn.Module)" in (folder / "starter.py").read_text()
    caught = {path.read_text().split("fails: ")[1].splitlines()[0] for path in (folder / "wrong").iterdir()}
    assert caught == {check.name for check in load_sheet("mine", begun).exercise("shapes").checks}


def test_a_label_of_a_check_that_does_not_speak_is_told_which_does(small):
    folder = small / "exercises" / "small" / "mean_square"
    _edit(folder / "exercise.py", "checks = [", 'checks = [\n    agrees(battery, name="agrees at once"),')
    _edit(
        folder / "wrong" / "half_the_gradient.py", "fails: gradients agree", "fails: is never negative#gradients agree"
    )
    _edit(
        folder / "wrong" / "half_the_gradient.py",
        "is never negative#gradients agree with the reference",
        "is never negative",
    )
    _edit(
        folder / "wrong" / "cut_off.py",
        "fails: gradients reach every argument",
        "fails: gradients agree with the reference",
    )
    code, found = run("test", "small", "mean_square", "--jobs", "1", "--course", small)
    assert code == 1
    assert (
        "wrong/sign: students read it at 'agrees at once', which comes before 'agrees with the reference' and fails as well; "
        "write fails: agrees at once." in found
    )
    assert (
        "wrong/cut_off: fails what is needed before anything is asked about 'gradients agree with the reference'"
        in found
    )
    assert "wrong/half_the_gradient: passes 'is never negative'" in found


def test_a_mistake_that_no_check_names_wants_words(small):
    sign = small / "exercises" / "small" / "mean_square" / "wrong" / "sign.py"
    sign.write_text(
        sign.read_text().replace("tell: You return the negative of the mean of the squares.", "mistake: sign")
    )
    code, found = run("test", "small", "mean_square", "--jobs", "1", "--course", small)
    assert code == 1
    assert "wrong/sign: students read nothing" in found
    assert "write `tell` in place of `mistake`" in found


def test_a_preview_is_the_notebook_and_a_page_with_the_first_mistakes(course, tmp_path):
    code, said = run("preview", "small", "--to", tmp_path / "look", "--course", course)
    assert code == 0, said
    assert sorted(path.name for path in (tmp_path / "look").iterdir()) == ["small.html", "small.ipynb"]
    page = (tmp_path / "look" / "small.html").read_text()
    assert load_sheet("small", course).exercise("mean_square").wrong[0].slug == "cut_off"
    assert "No gradient flows through mean_square" in page
    assert "raise NotImplementedError" in (tmp_path / "look" / "small.ipynb").read_text()


def test_by_default_a_preview_lies_where_no_grade_depends_on_it(course, tmp_path, monkeypatch):
    make_course(tmp_path)
    monkeypatch.chdir(tmp_path)
    before = load_stamp(tmp_path)
    assert run("preview", "small")[0] == 0
    assert (tmp_path / ".preview" / "small.html").is_file()
    assert load_stamp(tmp_path) == before


def load_stamp(course: Path) -> str:
    from autograder.course import load_stamped

    return load_stamped("small", course).sha256
