"""A course's code runs because a person chose the course, never because of where a student's file lies."""

import os
import shutil
from pathlib import Path

import pytest

from autograder.commands.cli import cli
from autograder.course.catalog import load_sheet
from autograder.course.choice import find_course, sheets
from autograder.model.errors import UsageError
from tests.commands.test_cli import run
from tests.conftest import RIGHT

TRAP = "from pathlib import Path\nPath(__file__).with_name('ran').touch()\nchecks = []\n"


@pytest.fixture(autouse=True)
def nothing_said(monkeypatch, tmp_path):
    """Neither a variable nor a settings file of whoever runs the tests."""
    monkeypatch.delenv("AUTOGRADER_COURSE", raising=False)
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))


def make(folder: Path, sheet: str = "evil") -> Path:
    """A course whose code leaves a file ``ran`` when it runs."""
    exercise = folder / "exercises" / sheet / "x"
    exercise.mkdir(parents=True)
    (exercise / "exercise.py").write_text(TRAP)
    (exercise.parent / "sheet.toml").write_text('[[exercise]]\nid = "x"\nitem = "1"\npoints = 1\n')
    return folder


def file(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(RIGHT)
    return path


def says(path: Path) -> None:
    """The settings file names ``path``."""
    config = Path(os.environ["XDG_CONFIG_HOME"]) / "autograder" / "settings.toml"
    config.parent.mkdir(parents=True)
    config.write_text(f'course = "{path}"\n')


def test_what_a_person_said_comes_in_this_order(tmp_path, monkeypatch):
    named, variable, settings, here = (
        make(tmp_path / name, "small") for name in ("named", "variable", "settings", "here")
    )
    assert str(find_course(here=here)) == f"{here} (taken because it is the working directory)"
    says(settings)
    assert find_course(here=here).path == settings
    assert find_course(here=here).why == f"{tmp_path}/config/autograder/settings.toml names it"
    monkeypatch.setenv("AUTOGRADER_COURSE", str(variable))
    assert str(find_course(here=here)) == f"{variable} (taken because AUTOGRADER_COURSE names it)"
    assert str(find_course(named, here=here)) == f"{named} (taken because it was named for this run)"


# ------------------------------------------------------------------ never because of where a student's file lies


def beside(root: Path) -> tuple[Path, Path]:
    return make(root / "handed_in"), file(root / "handed_in" / "sheet.py")


def beside_a_notebook(root: Path) -> tuple[Path, Path]:
    return make(root / "handed_in"), file(root / "handed_in" / "sheet.ipynb")


def beside_and_named_in_capitals(root: Path) -> tuple[Path, Path]:
    return make(root / "handed_in"), file(root / "handed_in" / "sheet.IPYNB")


def beside_from_elsewhere(root: Path) -> tuple[Path, Path]:
    make(root / "handed_in")
    return root, file(root / "handed_in" / "sheet.py")


def above(root: Path) -> tuple[Path, Path]:
    make(root)
    (root / "work").mkdir()
    return root / "work", file(root / "handed_in" / "sheet.py")


def above_the_working_directory_which_holds_the_file(root: Path) -> tuple[Path, Path]:
    make(root)
    return root / "handed_in", file(root / "handed_in" / "sheet.py").parent


def the_folder_itself(root: Path) -> tuple[Path, Path]:
    make(root / "handed_in")
    return root / "handed_in", file(root / "handed_in" / "sheet.py").parent


def deeper_in_the_folder(root: Path) -> tuple[Path, Path]:
    file(root / "handed_in" / "sheet.py")
    return make(root / "handed_in" / "anna"), root / "handed_in"


def a_link_beside(root: Path) -> tuple[Path, Path]:
    elsewhere = file(root / "elsewhere" / "sheet.py")
    here = make(root / "handed_in")
    (here / "sheet.py").symlink_to(elsewhere)
    return here, here / "sheet.py"


def exercises_are_a_link_into_the_folder(root: Path) -> tuple[Path, Path]:
    made = make(root / "handed_in" / "anna")
    (root / "work").mkdir()
    (root / "work" / "exercises").symlink_to(made / "exercises")
    return root / "work", root / "handed_in"


def an_exercise_is_a_link_into_the_folder(root: Path) -> tuple[Path, Path]:
    made = make(root / "handed_in" / "anna")
    here = make(root / "work")
    shutil.rmtree(here / "exercises" / "evil" / "x")
    (here / "exercises" / "evil" / "x").symlink_to(made / "exercises" / "evil" / "x")
    return here, root / "handed_in"


def the_working_directory_is_a_link_to_the_folder(root: Path) -> tuple[Path, Path]:
    made = make(root / "handed_in")
    file(made / "sheet.py")
    (root / "work").symlink_to(made)
    return root / "work", made


SITUATIONS = [
    beside,
    beside_a_notebook,
    beside_and_named_in_capitals,
    beside_from_elsewhere,
    above,
    above_the_working_directory_which_holds_the_file,
    the_folder_itself,
    deeper_in_the_folder,
    a_link_beside,
    exercises_are_a_link_into_the_folder,
    an_exercise_is_a_link_into_the_folder,
    the_working_directory_is_a_link_to_the_folder,
]


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.parametrize("command", ["check", "grade"])
def test_a_course_near_what_was_handed_in_does_not_run(tmp_path, monkeypatch, situation, command):
    here, handed_in = situation(tmp_path / "root")
    monkeypatch.chdir(here)
    if command == "check":
        handed_in = handed_in / "sheet.py" if handed_in.is_dir() else handed_in
        if not handed_in.is_file() or not find_is_refused(handed_in):
            pytest.skip("the working directory is a course of its own to a file elsewhere")
    code, said = run(command, "evil", handed_in, *(["--out", tmp_path / "out"] if command == "grade" else []))
    assert not list(tmp_path.rglob("ran"))
    assert (code, said.count("\n")) == (2, 1), said
    assert "--course" in said or "keep the two apart" in said


def find_is_refused(handed_in: Path) -> bool:
    """Whether the file lies where the situation is about; links into the folder concern a folder that is given."""
    here = Path.cwd()
    return here.resolve() == handed_in.absolute().parent.resolve() or not (here / "exercises").is_dir()


@pytest.mark.parametrize("how", ["named", "variable", "settings"])
def test_what_was_handed_in_holds_no_course_even_if_somebody_says_so(tmp_path, monkeypatch, how):
    course = make(tmp_path / "handed_in" / "anna")
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course) if how == "variable" else "")
    if how == "settings":
        says(course)
    named = ["--course", course] if how == "named" else []
    for given in (tmp_path / "handed_in", course):
        code, said = run("grade", "evil", given, "--out", tmp_path / "out", *named)
        assert (code, said.count("\n")) == (2, 1), said
        assert "nothing there is ever a course" in said
    assert not list(tmp_path.rglob("ran"))


@pytest.mark.parametrize(
    "name", ["../handed_in/exercises/evil", "../../handed_in/exercises/evil", ".", "..", "", "a/b"]
)
def test_a_sheets_name_leads_nowhere_else(tmp_path, name):
    course = make(tmp_path / "course", "small")
    make(tmp_path / "handed_in")
    with pytest.raises(UsageError, match="No sheet"):
        load_sheet(name, course)
    assert not list(tmp_path.rglob("ran"))


# ------------------------------------------------------------------ a course that was chosen is taken


def test_submissions_may_lie_inside_the_course(tmp_path):
    course = make(tmp_path / "course")
    assert find_course(sheet="evil", handed_in=[file(course / "demo" / "anna.py").parent], here=course).path == course
    assert find_course(sheet="evil", handed_in=[course / "demo" / "anna.py"], here=course).path == course


def test_a_file_beside_the_exercises_is_checked_when_the_course_is_named(tmp_path):
    course, answer = beside(tmp_path)
    assert find_course(course, sheet="evil", handed_in=[answer], here=course).path == course


def test_a_stray_pack_in_the_working_directory_hides_no_course(course, tmp_path):
    shutil.copytree(course, tmp_path / "course")
    (tmp_path / "course" / "mine.checks").write_bytes(b"mine")
    (tmp_path / "course" / "small.checks").write_bytes(b"mine too")
    found = find_course(sheet="small", here=tmp_path / "course", packs=True)
    assert sheets(found.path) == ["small"]
    assert load_sheet("small", found.path).title == "A small sheet"


def test_a_stray_pack_beside_the_notebook_hides_no_course(tmp_path):
    course = make(tmp_path / "course", "small")
    (tmp_path / "handed_in").mkdir()
    (tmp_path / "handed_in" / "mine.checks").touch()
    answer = file(tmp_path / "handed_in" / "sheet.py")
    assert find_course(sheet="small", handed_in=[answer], packs=True, here=course).path == course


def test_a_pack_is_found_at_or_above_the_notebook_and_for_a_check_alone(tmp_path):
    answer = file(tmp_path / "pack" / "work" / "sheet.ipynb")
    (tmp_path / "pack" / "small.checks").touch()
    found = find_course(sheet="small", handed_in=[answer], packs=True, here=tmp_path)
    assert str(found) == f"{tmp_path / 'pack' / 'small.checks'} (taken because it is the pack at or above {answer})"
    for given in (answer, answer.parent, tmp_path / "pack"):
        with pytest.raises(UsageError, match="No course was chosen"):
            find_course(sheet="small", handed_in=[given], here=tmp_path)


def test_a_pack_of_another_sheet_is_named(tmp_path):
    (tmp_path / "small.checks").write_text("")
    for handed_in in ([tmp_path / "anna.ipynb"], []):
        with pytest.raises(UsageError, match=r"^No sheet 'smal' in .*small\.checks; the sheets there are: small\.$"):
            find_course(sheet="smal", handed_in=handed_in, packs=True, here=tmp_path)
    with pytest.raises(UsageError, match=r"^No course was chosen"):
        find_course(sheet="smal", handed_in=[tmp_path / "anna.ipynb"], here=tmp_path)


def test_no_pack_that_a_student_put_there_decides_a_grade(tmp_path, monkeypatch):
    file(tmp_path / "small.checks")
    file(tmp_path / "anna.py")
    monkeypatch.chdir(tmp_path)
    code, said = run("grade", "small", ".", "--out", tmp_path / "out")
    assert code == 2 and "No course was chosen" in said


# ------------------------------------------------------------------ what is said


def test_a_sheet_that_is_not_there_names_the_course_and_why_it_was_taken(tmp_path):
    course = make(tmp_path / "course", "small")
    with pytest.raises(UsageError) as refused:
        find_course(course, sheet="large", here=tmp_path)
    why = "taken because it was named for this run"
    assert str(refused.value) == f"No sheet 'large' in {course} ({why}); the sheets there are: small."


def test_above_the_working_directory_a_course_is_named_and_not_taken(tmp_path):
    course = make(tmp_path / "course")
    with pytest.raises(UsageError, match=f"or go to {course} if you mean that one."):
        find_course(here=course / "exercises")


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("course = 3\n", "is expected, not 3"),
        ('course = "relative"\n', "is expected, not 'relative'"),
        ("course = \n", "cannot be read as TOML"),
        ('course = "/nowhere"\n', "/nowhere cannot be read: No such file or directory"),
    ],
)
def test_a_settings_file_that_names_no_course_is_one_sentence(tmp_path, content, words):
    says(tmp_path)
    (tmp_path / "config" / "autograder" / "settings.toml").write_text(content)
    code, said = run("check", "small", file(tmp_path / "sheet.py"))
    assert (code, said.count("\n")) == (2, 1), said
    assert words in said


def test_a_course_given_twice_is_one_sentence(tmp_path):
    course = make(tmp_path / "course")
    code, said = run("check", "evil", file(tmp_path / "sheet.py"), "--course", course, "--course", course)
    assert (code, said.count("\n")) == (2, 1), said
    assert said.startswith("autograder: --course was given 2 times")


def test_a_course_that_is_also_what_was_handed_in_is_one_sentence(tmp_path):
    course = make(tmp_path / "course")
    code, said = run("grade", "evil", course, "--course", course, "--out", tmp_path / "out")
    assert (code, said.count("\n")) == (2, 1), said


def test_grading_says_which_course_it_takes_beside_the_output(course, tmp_path):
    from click.testing import CliRunner

    answer = file(tmp_path / "in" / "anna.py").parent
    done = CliRunner().invoke(
        cli, ["grade", "small", str(answer), "--out", str(tmp_path / "out"), "--course", str(course)]
    )
    assert done.stderr.splitlines()[0] == f"Course: {course} (taken because it was named for this run)"
    assert "taken because" not in done.stdout
    assert not [path for path in (tmp_path / "out").rglob("*.*") if b"taken because" in path.read_bytes()]


def test_the_doctor_says_which_course_there_is_and_why(course, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_COURSE", str(course))
    assert f"Course: {course} (taken because AUTOGRADER_COURSE names it)" in run("doctor")[1]


def test_a_test_cell_takes_for_a_grade_nothing_from_the_folder_it_runs_in(tmp_path):
    from autograder.nbgrader.worker import course_of

    folder = make(tmp_path / "autograded" / "anna")
    (folder / "small.checks").touch()
    request = {"folder": str(folder), "file": str(file(folder / "sheet.ipynb")), "checks": "all"}
    with pytest.raises(UsageError, match="No course was chosen"):
        course_of(request)
    assert course_of(request | {"checks": "public"}) == folder / "small.checks"  # data


@pytest.mark.parametrize("packs", [["evil"], ["evil", "small"], ["small", "other"]])
def test_a_pack_does_not_make_a_course_of_the_exercises_beside_it(tmp_path, monkeypatch, packs):
    """Not for the sheet of the pack's name either."""
    here, answer = beside(tmp_path)
    for name in packs:
        (here / f"{name}.checks").write_bytes(b"a pack")
    monkeypatch.chdir(here)
    code, said = run("check", "evil", answer)
    assert (code, said.count("\n")) == (2, 1), said
    with pytest.raises(UsageError):
        load_sheet("evil", find_course(handed_in=[answer], packs=True).path)
    assert not list(tmp_path.rglob("ran"))


def test_a_code_of_a_course_is_not_run_to_learn_its_sheets(tmp_path):
    assert sheets(make(tmp_path)) == ["evil"]
    assert not list(tmp_path.rglob("ran"))
