"""Which files an exercise depends on: its own, those it names, and everyone's; all, where nobody can say."""

import pytest

from autograder.course.digest import files
from autograder.course.pieces import pieces

IDS = ("first", "second", "third")


@pytest.fixture
def course(tmp_path):
    for id in IDS:
        folder = tmp_path / "exercises" / "small" / id
        folder.mkdir(parents=True)
        (folder / "exercise.py").write_text("from formulas import mean\n")
    (tmp_path / "exercises" / "small" / "sheet.toml").write_text("")
    (tmp_path / "formulas.py").write_text("def first(x):\n    return x\n")
    return tmp_path


def needs(course):
    shared, own = pieces(course, "small", IDS, files(course))
    return shared, {id: {path.parent.name for path in own[id]} for id in IDS}


def test_each_has_its_own_folder_and_the_rest_is_everyones(course):
    shared, own = needs(course)
    assert {path.name for path in shared} == {"sheet.toml", "formulas.py"}
    assert own == {id: {id} for id in IDS}


@pytest.mark.parametrize(
    "source",
    [
        "from exercises.small import second\n",
        "from exercises.small import (\n    first,\n    second,\n)\n",
        "from exercises.small.second.exercise import checks\n",
        "import exercises.small.second.exercise\n",
        "open('exercises/small/second/table.csv')\n",
        "open(COURSE / 'exercises' / 'small' / 'second' / 'table.csv')\n",
    ],
)
def test_an_exercise_depends_on_those_it_names_and_on_what_they_name(course, source):
    (course / "exercises/small/first/exercise.py").write_text(source)
    (course / "exercises/small/second/exercise.py").write_text("import exercises.small.third.tables\n")
    assert needs(course)[1] == {"first": set(IDS), "second": {"second", "third"}, "third": {"third"}}


@pytest.mark.parametrize(
    "source",
    [
        "list(HERE.glob('*'))\n",
        "open(HERE / '../second/x')\n",
        "HERE = Path(__file__).parents[1]\n",
        "from .. import x\n",
        "os.listdir(x)\n",
    ],
)
def test_what_looks_around_depends_on_all(course, source):
    (course / "exercises/small/first/exercise.py").write_text(source)
    assert needs(course)[1]["first"] == set(IDS)


def test_what_is_everyones_and_looks_at_exercises_makes_them_everyones(course):
    (course / "formulas.py").write_text("from exercises.small.second.tables import table\n")
    shared, own = needs(course)
    assert shared == files(course)
    assert not any(own.values())


def test_a_module_that_no_exercise_imports_may_name_them(course):
    (course / "make_demo.py").write_text("open('exercises/small/second/x')\n")
    assert needs(course)[1] == {id: {id} for id in IDS}
